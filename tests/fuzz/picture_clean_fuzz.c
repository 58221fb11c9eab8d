/*
 * Any bytes: a picture is decoded or refused in words, and what comes out is a picture within the
 * limits that comes out the same again but for its compression.
 */
#include "exchange/picture_clean.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct picture head, picture, again;
    struct errinfo info;
    struct buf clean, twice;
    struct str bytes = {(const char *)data, size};
    errinfo_init(&info);
    /* Large ones take long and find nothing that small ones do not. */
    if (picture_read(bytes, &head, NULL) == ERR_OK && (uint64_t)head.width * head.height > 65536)
        return 0;
    if (picture_clean(bytes, &clean, &picture, &info) != ERR_OK) {
        if (info.message[0] == '\0' || info.hint[0] == '\0')
            __builtin_trap();
        return 0;
    }
    if (picture_clean(buf_str(&clean), &twice, &again, NULL) != ERR_OK ||
        again.width != picture.width || again.height != picture.height ||
        again.format != picture.format || picture.orientation != 1)
        __builtin_trap();
    buf_release(&twice);
    buf_release(&clean);
    return 0;
}
