/* Private to the header mapping: what one header can mean. */
#ifndef FAIRLEAD_SERVICE_IMPORT_HEADER_WORDS_H
#define FAIRLEAD_SERVICE_IMPORT_HEADER_WORDS_H

#include "service/import_header.h"

#define HEADER_IGNORE_BIT (UINT32_C(1) << 31)

struct header_meaning {
    uint32_t mask; /* bit per possible field; 0 = none known */
    enum header_how how;
    enum field_language language; /* said by the header */
};

/* What `header` can mean on a sheet of that kind. O(len * words inside). */
enum err header_meaning_of(const struct header_words *w, enum sheet_id sheet, struct str header,
                           struct header_meaning *out, struct errinfo *info) ERR_CHECK;

#endif
