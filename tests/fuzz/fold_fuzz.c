/* Any bytes: the folded form is UTF-8, has no blank at the ends or twice, and folds to itself. */
#include "text/fold.h"
#include "text/utf8.h"

enum { OUT_MAX = 1 << 22 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str in = {(const char *)data, size};
    for (int plain = 0; plain < 2; plain++) {
        struct buf once, twice;
        buf_init(&once, OUT_MAX);
        buf_init(&twice, OUT_MAX);
        enum err (*fold)(struct str, struct buf *, struct errinfo *) =
            plain ? text_fold_plain : text_fold;
        if (fold(in, &once, NULL) != ERR_OK || fold(buf_str(&once), &twice, NULL) != ERR_OK)
            __builtin_trap();
        struct str s = buf_str(&once);
        if (!utf8_valid(s) || !str_equal(s, buf_str(&twice)) ||
            str_find(s, STR("  ")) != SIZE_MAX || str_trim(s).len != s.len)
            __builtin_trap();
        buf_release(&once);
        buf_release(&twice);
    }
    return 0;
}
