/* Whether the library has read the whole head: see head.h. */
#include "http/head.h"

enum { LINE_END = 2 }; /* CRLF */

/* A walk over the buffer, from its first byte. */
struct walk {
    const char *at;
    size_t left;
};

/* Steps over so many zeros; false when there is anything else. */
static bool pass_zeros(struct walk *walk, size_t count) {
    if (count > walk->left)
        return false;
    for (size_t i = 0; i < count; i++)
        if (walk->at[i] != '\0')
            return false;
    walk->at += count;
    walk->left -= count;
    return true;
}

/* Bytes between here and where `piece` begins; SIZE_MAX when it lies elsewhere. */
static size_t gap_before(const struct walk *walk, struct str piece) {
    uintptr_t here = (uintptr_t)walk->at, begin = (uintptr_t)piece.ptr;
    return begin < here || begin - here > walk->left ? SIZE_MAX : begin - here;
}

/* Steps over a piece, which begins here. */
static bool pass(struct walk *walk, struct str piece) {
    if (piece.ptr != walk->at || piece.len > walk->left)
        return false;
    walk->at += piece.len;
    walk->left -= piece.len;
    return true;
}

static bool pass_blanks(struct walk *walk, size_t count) {
    if (count > walk->left)
        return false;
    for (size_t i = 0; i < count; i++)
        if (walk->at[i] != ' ' && walk->at[i] != '\t')
            return false;
    walk->at += count;
    walk->left -= count;
    return true;
}

bool http_head_is_covered(const struct http_head *head) {
    struct walk walk = {.at = head->method.ptr, .left = head->size};
    if (!pass(&walk, head->method) || !pass_zeros(&walk, 1) || !pass(&walk, head->target) ||
        !pass_zeros(&walk, 1) || !pass(&walk, head->version))
        return false;
    for (size_t i = 0; i < head->header_count; i++) {
        const struct http_header *h = &head->headers[i];
        if (!pass_zeros(&walk, LINE_END) || !pass(&walk, h->name) || !pass_zeros(&walk, 1) ||
            !pass_blanks(&walk, gap_before(&walk, h->value)) || !pass(&walk, h->value))
            return false;
    }
    return pass_zeros(&walk, 2 * LINE_END) && walk.left == 0;
}
