/*
 * Codes: see codes.h. Lengths: HS 2022 has chapters (2), headings (4) and subheadings (6 digits);
 * national tariffs add up to 4 more, which are dropped. CPC 2.1 has divisions (2) to subclasses
 * (5). A node's code is entered with each of its beginnings, so that "8507" finds 850760.
 */
#include "engine/catalogue/codes.h"

#include <stdlib.h>

enum { HS_MIN = 4, HS_MAX = 6, HS_NATIONAL_MAX = 10, CPC_MIN = 3, CPC_MAX = 5, PREFIX_BYTES = 24 };

#define WEIGHT_NAMED 1.0F  /* "HS" or "CPC" stands before it */
#define WEIGHT_DOTTED 0.8F /* 8507.60 */
#define WEIGHT_BARE 0.6F   /* 850760 */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether `mark` stands as a word of its own at the end part of `before`, without case. */
static bool names(struct str before, const char *mark) {
    struct str m = str_of(mark);
    for (size_t at = before.len; at-- > 0;) {
        if (at + m.len > before.len || !str_equal_nocase(str_sub(before, at, at + m.len), m))
            continue;
        bool ascii = is_letter(mark[0]);
        bool left = at == 0 || !is_letter(before.ptr[at - 1]);
        bool right = at + m.len == before.len || !is_letter(before.ptr[at + m.len]);
        if (!ascii || (left && right))
            return true;
    }
    return false;
}

static const char *const hs_names[] = {"HS",     "HTS",  "H.S.", "HS code",  "HScode",
                                       "HS2022", "税则", "税号", "海关编码", "商品编码"};

/* Reads digits and inner dots from `at`; returns the end, sets the digits and whether dotted. */
static size_t read_digits(struct str text, size_t at, char digits[HS_NATIONAL_MAX + 1],
                          size_t *count, bool *dotted) {
    *count = 0;
    *dotted = false;
    for (; at < text.len; at++) {
        if (is_digit(text.ptr[at])) {
            if (*count <= HS_NATIONAL_MAX) /* one more than a code has is enough to refuse it */
                digits[(*count)++] = text.ptr[at];
        } else if (text.ptr[at] == '.' && at + 1 < text.len && is_digit(text.ptr[at + 1]) &&
                   *count >= 2) {
            *dotted = *dotted || *count == HS_MIN;
        } else {
            break;
        }
    }
    return at;
}

static uint32_t number_of(const char *digits, size_t count) {
    uint32_t n = 1;
    for (size_t i = 0; i < count; i++)
        n = n * 10 + (uint32_t)(digits[i] - '0');
    return n;
}

/* Decides what the digits are; false: no code. */
static bool judge(struct str before, const char *digits, size_t count, bool dotted,
                  struct code_found *out) {
    if (names(before, "CPC")) {
        if (count < CPC_MIN || count > CPC_MAX)
            return false;
        out->system = CODE_CPC;
        out->weight = WEIGHT_NAMED;
        out->digits = number_of(digits, count);
        return true;
    }
    bool named = false;
    for (size_t k = 0; k < sizeof(hs_names) / sizeof(*hs_names); k++)
        named = named || names(before, hs_names[k]);
    if (count < HS_MIN || count > HS_NATIONAL_MAX || count % 2 != 0 || (!named && count < HS_MAX))
        return false;
    out->system = CODE_HS;
    out->weight = named ? WEIGHT_NAMED : dotted ? WEIGHT_DOTTED : WEIGHT_BARE;
    out->digits = number_of(digits, count < HS_MAX ? count : HS_MAX);
    return true;
}

size_t codes_find(struct str text, struct code_found found[CODES_FOUND_MAX]) {
    size_t count = 0;
    for (size_t i = 0; i < text.len && count < CODES_FOUND_MAX;) {
        if (!is_digit(text.ptr[i])) {
            i++;
            continue;
        }
        char digits[HS_NATIONAL_MAX + 1];
        size_t digit_count;
        bool dotted;
        size_t end = read_digits(text, i, digits, &digit_count, &dotted);
        bool inside =
            (i > 0 && is_letter(text.ptr[i - 1])) || (end < text.len && is_letter(text.ptr[end]));
        struct str before = str_sub(text, i > PREFIX_BYTES ? i - PREFIX_BYTES : 0, i);
        bool glued = i >= 2 && (str_ends(before, STR("HS")) || str_ends(before, STR("CPC")));
        struct code_found *f = &found[count];
        if ((!inside || glued) && digit_count >= CPC_MIN &&
            judge(before, digits, digit_count, dotted, f)) {
            f->from = (uint32_t)i;
            f->to = (uint32_t)end;
            count++;
        }
        i = end;
    }
    return count;
}

struct code_entry {
    uint64_t key;
    uint32_t node;
    bool exact;
};

static int by_key(const void *a, const void *b) {
    const struct code_entry *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return (int)y->exact - (int)x->exact;
}

struct code_entries {
    VEC(struct code_entry)
    list;
};

static bool add_list(struct code_entries *out, enum code_system system, size_t min, struct str list,
                     uint32_t node) {
    struct str one;
    while (str_next(&list, " ", &one)) {
        uint32_t number;
        if (one.len < min || one.len > HS_MAX || !str_to_u32(one, &number))
            continue;
        for (size_t len = min; len <= one.len; len++) {
            uint64_t key = pair_key(system, number_of(one.ptr, len));
            if (!vec_push(&out->list, (struct code_entry){key, node, len == one.len}))
                return false;
        }
    }
    return true;
}

bool codes_build(struct classifier *c, const struct classify_node *nodes) {
    struct code_entries entries = {{0}};
    bool ok = true;
    for (uint32_t i = 0; i < c->node_count && ok; i++)
        ok = add_list(&entries, CODE_HS, HS_MIN, nodes[i].hs2022, i) &&
             add_list(&entries, CODE_CPC, CPC_MIN, nodes[i].cpc21, i);
    if (ok && entries.list.len > 0)
        qsort(entries.list.at, entries.list.len, sizeof(*entries.list.at), by_key);
    for (size_t i = 0; i < entries.list.len && ok; i++) {
        const struct code_entry *e = &entries.list.at[i];
        if (i > 0 && e[-1].key == e->key && e[-1].node == e->node)
            continue;
        if (i == 0 || e[-1].key != e->key)
            ok = vec_push(&c->code_list, (struct code){(uint32_t)c->code_uses.len, 0}) &&
                 u64_map_put(&c->codes, e->key, (uint32_t)c->code_list.len - 1);
        ok = ok && vec_push(&c->code_uses, (struct code_use){e->node, e->exact});
        if (ok)
            c->code_list.at[c->code_list.len - 1].count++;
    }
    vec_free(&entries.list);
    return ok;
}

const struct code *codes_get(const struct classifier *c, enum code_system system, uint32_t digits) {
    uint32_t at = u64_map_get(&c->codes, pair_key(system, digits));
    return at != MAP_NONE ? &c->code_list.at[at] : NULL;
}
