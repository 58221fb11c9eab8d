/* Whatever is pasted as a list: each line says something, its parts lie inside it, the list comes
 * to its end, and a text that was taken once is taken whole when it stands alone. */
#include <stddef.h>
#include <stdint.h>

#include "service/wish_lines.h"

static void check_inside(struct str part, struct str text) {
    if (part.len > 0 && (part.ptr < text.ptr || part.ptr + part.len > text.ptr + text.len))
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct str list = {(const char *)data, size};
    struct str rest = list;
    struct wish_line line, again;
    for (size_t lines = 0; wish_lines_next(&rest, &line); lines++) {
        struct str alone = line.text;
        if (lines > size || line.text.len == 0 || line.name.len == 0)
            __builtin_trap();
        check_inside(line.text, list);
        check_inside(line.name, line.text);
        check_inside(line.tail, line.text);
        if (!wish_lines_next(&alone, &again) || again.text.len == 0 || alone.len > 0)
            __builtin_trap();
    }
    return 0;
}
