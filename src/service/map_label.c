/* Labels on a chain map: see map_label.h. */
#include "service/map_label.h"

/*
 * Advance of an ASCII letter in thousandths of the type size, after the metrics of Helvetica (Adobe
 * Core 14, public AFM files), rounded up by group. Han characters are square.
 */
static uint32_t advance(unsigned char c) {
    if (c >= 0x80)
        return 1000;
    if (strchr("ijl.,;:'|!I ()[]/ftr-", c) != NULL)
        return 330;
    if (strchr("mwMW@%", c) != NULL)
        return 890;
    return c >= 'A' && c <= 'Z' ? 720 : 560;
}

static size_t character_length(unsigned char lead) {
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Whether a character cannot begin a line: closing marks (GB/T 15834-2011, 5.1). */
static bool is_closing(struct str rest) {
    static const char *const marks[] = {"）", "、", "，", "。", "；", "：", "》", "”"};
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (str_starts(rest, str_of(marks[i])))
            return true;
    return false;
}

/* Whether a line may end after the character at `at`. */
static bool breaks_after(struct str name, size_t at, size_t len) {
    char c = name.ptr[at];
    struct str rest = str_sub(name, at + len, name.len);
    if (rest.len == 0 || rest.ptr[0] == ' ' || c == '-' || c == '/')
        return true;
    return len >= 3 && !is_closing(rest) && !str_starts(str_sub(name, at, name.len), STR("（"));
}

/* The end of the longest line that starts at `from`; at least one character. */
static size_t line_end(struct str name, size_t from, uint32_t room) {
    size_t best = from, at = from;
    uint32_t width = 0;
    while (at < name.len) {
        size_t len = character_length((unsigned char)name.ptr[at]);
        if (at + len > name.len)
            len = name.len - at;
        width += advance((unsigned char)name.ptr[at]);
        if (width > room && at > from)
            break;
        if (breaks_after(name, at, len))
            best = at + len;
        at += len;
    }
    return best > from ? best : at;
}

struct map_label map_label_fit(struct str name, uint32_t width, uint32_t lines_max) {
    const uint32_t room = width * 1000 / 11; /* in thousandths of the type size */
    struct map_label label = {.lines = 0};
    size_t at = 0;
    while (at < name.len && label.lines < lines_max && label.lines < MAP_LABEL_LINES) {
        size_t end = line_end(name, at, room);
        label.line[label.lines++] = str_trim(str_sub(name, at, end));
        at = end;
        while (at < name.len && name.ptr[at] == ' ')
            at++;
    }
    label.cut = at < name.len;
    if (label.lines == 0)
        label.line[label.lines++] = STR("");
    return label;
}

struct map_label map_label_break(struct str name) {
    return map_label_fit(name, MAP_BOX_WIDTH - MAP_BADGE_WIDTH - 8, MAP_LABEL_LINES);
}
