/* Lists of hosts: see hosts.h. */
#include "service/hosts.h"

/* The length of the separator that `text` begins with, or 0. */
static size_t separator_len(struct str text) {
    static const char *const separators[] = {";", "；", "、", "\n"};
    for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++)
        if (str_starts(text, str_of(separators[i])))
            return strlen(separators[i]);
    return 0;
}

bool hosts_next(struct str *rest, struct str *name) {
    while (rest->len > 0) {
        size_t len = 0, wall = 0;
        while (len < rest->len && (wall = separator_len(str_sub(*rest, len, rest->len))) == 0)
            len++;
        *name = str_trim(str_sub(*rest, 0, len));
        *rest = str_sub(*rest, len + wall, rest->len);
        if (name->len > 0)
            return true;
    }
    return false;
}

uint32_t hosts_count(struct str list) {
    uint32_t count = 0;
    struct str name;
    while (hosts_next(&list, &name))
        count++;
    return count;
}
