/* Spellings: see spelling.h. */
#include "model/spelling.h"

#include "text/fold.h"
#include "text/utf8.h"

/* Blanks, punctuation and symbols that people write or leave out without meaning anything. The text
 * is folded already, so full-width forms are ASCII. */
static bool is_filler(uint32_t c) {
    if (c < 0x80)
        return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    if (c >= 0x3000 && c <= 0x303F)
        return c != 0x3005 && c != 0x3007; /* 々 and 〇 are characters of words */
    return c <= 0xBF || c == 0xD7 || (c >= 0x2010 && c <= 0x206F) || c == 0x30FB || c == 0x2BC;
}

enum err spelling_key(struct str text, struct buf *out, struct errinfo *info) {
    if (text.len > SPELLING_BYTES_MAX)
        return ERR_OK;
    struct buf folded;
    buf_init(&folded, 16 * SPELLING_BYTES_MAX);
    enum err code = text_fold_plain(text, &folded, info);
    if (code == ERR_OK) {
        struct str rest = buf_str(&folded);
        while (rest.len > 0) {
            const char *from = rest.ptr;
            uint32_t c = utf8_next(&rest);
            if (!is_filler(c))
                buf_add(out, from, (size_t)(rest.ptr - from));
        }
        code = buf_error(out, info);
    }
    buf_release(&folded);
    return code;
}

bool spelling_is_blank(struct str text) {
    static const char *const words[] = {
        "n/a",
        "n.a.",
        "n. a.",
        "n.a",
        "#n/a",
        "nil",
        "null",
        "none",
        "unknown",
        "tbd",
        "tba",
        "tbc",
        "?",
        "??",
        "???",
        "？",
        "not known",
        "not applicable",
        "not available",
        "unspecified",
        "keine angabe",
        "k.a.",
        "k. a.",
        "无",
        "無",
        "未知",
        "不详",
        "暂无",
        "待定",
        "未填",
        "没有",
        "不适用",
        "未定",
        "/",
        "\\",
        "／",
        "*",
        "……",
        "...",
    };
    text = str_trim(text);
    struct str rest = text;
    bool only_dashes = true;
    while (rest.len > 0 && only_dashes) {
        uint32_t c = utf8_next(&rest);
        only_dashes = c == '-' || c == '_' || c == ' ' || c == 0x3000 || c == 0xA0 || c == 0xFF0D ||
                      (c >= 0x2000 && c <= 0x200B) || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 ||
                      c == 0xFEFF || c == '\t' || c == '\n' || c == '\r';
    }
    if (only_dashes)
        return true;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal_nocase(text, str_of(words[i])))
            return true;
    return false;
}

enum { DISTANCE_LEN_MAX = 64 };

static size_t code_points(struct str s, uint32_t out[DISTANCE_LEN_MAX]) {
    size_t n = 0;
    while (s.len > 0 && n < DISTANCE_LEN_MAX)
        out[n++] = utf8_next(&s);
    return s.len == 0 ? n : SIZE_MAX;
}

static uint32_t min_u32(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

uint32_t spelling_distance(struct str a, struct str b, uint32_t limit) {
    uint32_t x[DISTANCE_LEN_MAX], y[DISTANCE_LEN_MAX];
    if (str_equal(a, b))
        return 0;
    size_t n = code_points(a, x), m = code_points(b, y);
    if (n == SIZE_MAX || m == SIZE_MAX || (n > m ? n - m : m - n) > limit)
        return limit + 1;
    /* Three rows of the table: two before, before, current. */
    uint32_t rows[3][DISTANCE_LEN_MAX + 1];
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = (uint32_t)j;
    for (size_t i = 1; i <= n; i++) {
        uint32_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two = rows[(i + 1) % 3];
        row[0] = (uint32_t)i;
        uint32_t best = row[0];
        for (size_t j = 1; j <= m; j++) {
            uint32_t d = above[j - 1] + (x[i - 1] != y[j - 1]);
            d = min_u32(d, min_u32(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                d = min_u32(d, two[j - 2] + 1);
            row[j] = d;
            best = min_u32(best, d);
        }
        if (best > limit)
            return limit + 1;
    }
    return min_u32(rows[n % 3][m], limit + 1);
}
