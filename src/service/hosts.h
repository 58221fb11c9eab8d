/*
 * Hosts of an event, as a cell lists them: "Hubei; Hungary", "湖北；匈牙利", "湖北、匈牙利".
 *
 * The order is that of the invitation; the English and the Chinese list have the same one.
 *
 * Thread rule: any thread.
 */
#ifndef FAIRLEAD_SERVICE_HOSTS_H
#define FAIRLEAD_SERVICE_HOSTS_H

#include "base/str.h"

/* Takes the next name from `rest`, without blanks around it; false when none is left. Names without
 * a letter are passed over. */
bool hosts_next(struct str *rest, struct str *name);

/* How many names a list holds. O(len). */
uint32_t hosts_count(struct str list);

#endif
