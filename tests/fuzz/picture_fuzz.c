/*
 * Any bytes: a picture is told or refused in words, never read beyond their end; what is told keeps
 * the limits, and more bytes behind a whole picture do not change it.
 */
#include "exchange/picture.h"

#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct picture picture, again;
    struct errinfo info;
    errinfo_init(&info);
    /* A copy of its own size, so that the sanitizer sees a read beyond it. */
    char *copy = mem_new(size + 1, 1);
    if (copy == NULL)
        return 0;
    memcpy(copy + 1, data, size);
    enum err code = picture_read((struct str){copy + 1, size}, &picture, &info);
    if (code == ERR_OK) {
        if (picture.format == PICTURE_NONE || picture.width == 0 || picture.height == 0 ||
            picture.width > PICTURE_SIDE_MAX || picture.height > PICTURE_SIDE_MAX ||
            picture_media_type(str_of(picture_format_name(picture.format))) == NULL)
            __builtin_trap();
        char *longer = mem_new(size + 16, 1);
        if (longer != NULL) {
            memcpy(longer, data, size);
            if (picture_read((struct str){longer, size + 16}, &again, NULL) != ERR_OK ||
                memcmp(&again, &picture, sizeof(picture)) != 0)
                __builtin_trap();
        }
        mem_free(longer);
    } else if (info.message[0] == '\0' || info.hint[0] == '\0') {
        __builtin_trap();
    }
    mem_free(copy);
    return 0;
}
