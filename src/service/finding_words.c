/*
 * Sentences of an import in Chinese: see finding_words.h.
 *
 * A sentence of the list is literal pieces with places between them. A place takes the shortest
 * text up to the next piece, the last one all that is left. The list is gone through from the
 * first, so that what is special stands before what is general.
 */
#include "service/finding_words.h"

enum { PLACES_MAX = 4, DEPTH_MAX = 2 };

static const struct {
    const char *english, *chinese;
} sentences[] = {
#define SAY(ENGLISH, CHINESE) {ENGLISH, CHINESE},
#include "service/finding_words.def"
#undef SAY
};

/* The place that a pattern begins with ("%1"), or -1. */
static int place_at(struct str pattern) {
    return pattern.len > 1 && pattern.ptr[0] == '%' && pattern.ptr[1] >= '1' &&
                   pattern.ptr[1] < '1' + PLACES_MAX
               ? pattern.ptr[1] - '1'
               : -1;
}

/* The literal piece that a pattern begins with. */
static struct str piece_of(struct str pattern) {
    size_t len = 0;
    while (len < pattern.len && place_at(str_sub(pattern, len, pattern.len)) < 0)
        len++;
    return str_sub(pattern, 0, len);
}

static bool matches(struct str pattern, struct str text, struct str places[PLACES_MAX]) {
    struct str piece = piece_of(pattern);
    if (text.len < piece.len || !str_equal(str_sub(text, 0, piece.len), piece))
        return false;
    pattern = str_sub(pattern, piece.len, pattern.len);
    text = str_sub(text, piece.len, text.len);
    while (pattern.len > 0) {
        int place = place_at(pattern);
        pattern = str_sub(pattern, 2, pattern.len);
        piece = piece_of(pattern);
        pattern = str_sub(pattern, piece.len, pattern.len);
        size_t at = piece.len == 0                                   ? text.len
                    : pattern.len > 0                                ? str_find(text, piece)
                    : text.len >= piece.len && str_ends(text, piece) ? text.len - piece.len
                                                                     : SIZE_MAX;
        if (at == SIZE_MAX)
            return false;
        places[place] = str_sub(text, 0, at);
        text = str_sub(text, at + piece.len, text.len);
    }
    return text.len == 0;
}

static bool say(struct str english, int depth, struct buf *out);

static void add_place(struct str value, int depth, struct buf *out) {
    if (depth == DEPTH_MAX || !say(value, depth + 1, out))
        buf_add(out, value.ptr, value.len);
}

static bool say(struct str english, int depth, struct buf *out) {
    struct str places[PLACES_MAX] = {0};
    for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
        struct str rest = str_of(sentences[i].chinese);
        if (!matches(str_of(sentences[i].english), english, places))
            continue;
        while (rest.len > 0) {
            struct str piece = piece_of(rest);
            buf_add(out, piece.ptr, piece.len);
            rest = str_sub(rest, piece.len, rest.len);
            int place = place_at(rest);
            if (place < 0)
                break;
            /* What stands in quotes is the sheet's own and stays as it is. */
            add_place(places[place], str_ends(piece, STR("“")) ? DEPTH_MAX : depth, out);
            rest = str_sub(rest, 2, rest.len);
        }
        return true;
    }
    return false;
}

bool finding_words_zh(struct str english, struct buf *out) {
    return english.len > 0 && say(english, 0, out);
}
