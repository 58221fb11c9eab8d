/* Editions: what the organiser says of a whole edition. */
#ifndef FAIRLEAD_SERVICE_EDITION_H
#define FAIRLEAD_SERVICE_EDITION_H

#include "store/store.h"

struct edition_marks {
    bool set_register; /* whether register_complete is to be set */
    bool register_complete;
    bool make_current; /* the one shown when none is named; the former one gives way */
};

/* Sets the marks of the edition with that code, in one batch. ERR_NOT_FOUND. */
enum err edition_mark(struct store *store, struct str actor, int64_t at_ms, struct str edition_code,
                      const struct edition_marks *marks, struct errinfo *info) ERR_CHECK;

#endif
