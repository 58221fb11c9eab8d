/*
 * The words of an edition's world: see import_words.h.
 *
 * Areas are compared by their core: the folded name without words that every area has ("chain",
 * "zone", 链, 展区) and without the plural s. A text whose core words all belong to one area only
 * means that area.
 */
#include "service/import_words.h"

#include "base/mem.h"
#include "model/spelling.h"
#include "text/fold.h"

enum { TEXT_BYTES_MAX = 16 * SPELLING_BYTES_MAX };

/* Areas --------------------------------------------------------------------------------------- */

static struct str without_han_tail(struct str text) {
    static const char *const tails[] = {"展区", "专区", "展馆", "产业链", "链条",
                                        "馆",   "区",   "链",   "展"};
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]);) {
        struct str tail = str_of(tails[i]);
        if (text.len >= tail.len + 6 && str_ends(text, tail)) {
            text = str_sub(text, 0, text.len - tail.len);
            i = 0;
        } else {
            i++;
        }
    }
    return text;
}

static bool is_area_filler(struct str word) {
    static const char *const fillers[] = {
        "chain", "area", "zone",       "hall",    "pavilion", "section", "sector", "expo",
        "the",   "and",  "exhibition", "bereich", "halle",    "of",      "theme",  ""};
    for (size_t i = 0; i < sizeof(fillers) / sizeof(fillers[0]); i++)
        if (str_equal_c(word, fillers[i]))
            return true;
    return false;
}

/* The next core word of a folded text, or false. */
static bool next_core_word(struct str *rest, struct str *word) {
    while (str_next(rest, " -_/&,.;()", word)) {
        if (word->len > 3 && str_ends(*word, STR("s")))
            *word = str_sub(*word, 0, word->len - 1);
        if (!is_area_filler(*word)) {
            *word = without_han_tail(*word);
            return true;
        }
    }
    return false;
}

/* Whether every core word of `text` is one of `name`; Han words may also be a part of one. */
static bool core_is_inside(struct str text, struct str name) {
    struct str word, other;
    bool any = false;
    while (next_core_word(&text, &word)) {
        struct str rest = name;
        bool found = false;
        while (!found && next_core_word(&rest, &other))
            found =
                str_equal(word, other) || (word.len >= 6 && (unsigned char)word.ptr[0] >= 0xE3 &&
                                           str_find(other, word) != SIZE_MAX);
        if (!found)
            return false;
        any = true;
    }
    return any;
}

static bool area_row_fits(const struct import_words *w, uint32_t row, struct str folded,
                          struct buf *name) {
    const struct import_area *area = &w->rows.areas[row];
    const struct str names[] = {area->name_en, area->name_zh, area->code};
    for (size_t i = 0; i < 3; i++) {
        buf_clear(name);
        if (text_fold_plain(names[i], name, NULL) == ERR_OK &&
            core_is_inside(folded, buf_str(name)))
            return true;
    }
    return false;
}

static uint32_t first_area_row(const struct import_words *w, struct str code) {
    uint32_t i = 0;
    while (!str_equal(w->rows.areas[i].code, code))
        i++;
    return i;
}

/* The only area whose core holds that of `text`; VOCAB_NONE or VOCAB_AMBIGUOUS otherwise. */
static enum err find_area_core(const struct import_words *w, struct str text, uint32_t *area,
                               struct errinfo *info) {
    struct buf folded, name;
    buf_init(&folded, TEXT_BYTES_MAX);
    buf_init(&name, TEXT_BYTES_MAX);
    enum err code = text_fold_plain(text, &folded, info);
    *area = VOCAB_NONE;
    for (uint32_t i = 0; code == ERR_OK && i < w->rows.area_count; i++) {
        uint32_t first = first_area_row(w, w->rows.areas[i].code);
        if (first == *area || !area_row_fits(w, i, buf_str(&folded), &name))
            continue;
        *area = *area == VOCAB_NONE ? first : VOCAB_AMBIGUOUS;
        if (*area == VOCAB_AMBIGUOUS)
            break;
    }
    buf_release(&folded);
    buf_release(&name);
    return code;
}

static enum err unknown_area(const struct import_words *w, struct str text, bool ambiguous,
                             struct errinfo *info) {
    char list[ERR_TEXT_MAX - 80] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < w->rows.area_count && used < sizeof(list); i++)
        if (first_area_row(w, w->rows.areas[i].code) == i)
            used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%.*s",
                                     used > 0 ? ", " : "", STR_ARG(w->rows.areas[i].name_en));
    err_set(info, ERR_INPUT, "%s \"%.*s\"",
            ambiguous ? "more than one area is meant by" : "unknown area",
            text.len > 100 ? 100 : (int)text.len, text.ptr);
    err_hint(info, "Write one of %s", list);
    return ERR_INPUT;
}

enum err import_words_area(const struct import_words *w, struct str text, uint32_t *area,
                           struct errinfo *info) {
    *area = UINT32_MAX;
    text = str_trim(text);
    if (spelling_is_blank(text))
        return ERR_OK;
    uint32_t value;
    enum err code = vocab_find(&w->area_words, text, &value, info);
    if (code == ERR_OK && value == VOCAB_NONE && text.len <= SPELLING_BYTES_MAX)
        code = find_area_core(w, text, &value, info);
    if (code != ERR_OK)
        return code;
    if (value >= w->rows.area_count)
        return unknown_area(w, text, value == VOCAB_AMBIGUOUS, info);
    *area = value;
    return ERR_OK;
}

/* Pavilions ----------------------------------------------------------------------------------- */

uint32_t import_words_pavilion(const struct import_words *w, struct str name, uint32_t edition) {
    for (uint32_t i = 0; i < w->rows.pavilion_count && name.len > 0; i++) {
        const struct import_pavilion *p = &w->rows.pavilions[i];
        if (p->edition == edition &&
            (str_equal_nocase(p->name_en, name) || str_equal_nocase(p->name_zh, name)))
            return i;
    }
    return UINT32_MAX;
}

/* Nodes --------------------------------------------------------------------------------------- */

static enum err find_node(const struct import_words *w, struct str piece, uint32_t *node,
                          struct errinfo *info) {
    *node = str_map_get(&w->node_codes, piece);
    return *node == MAP_NONE ? vocab_find(&w->node_words, piece, node, info) : ERR_OK;
}

static enum err unknown_node(const struct import_words *w, struct str piece, struct errinfo *info) {
    const struct vocab_word *near;
    enum err code = vocab_nearest(&w->node_words, piece, &near, info);
    if (code != ERR_OK)
        return code;
    err_set(info, ERR_INPUT, "unknown node \"%.*s\"", piece.len > 100 ? 100 : (int)piece.len,
            piece.ptr);
    if (near != NULL)
        err_hint(info, "Did you mean \"%.*s\"? Write ids or names of catalogue nodes",
                 STR_ARG(near->spelling));
    else
        err_hint(info, "Write ids or names of catalogue nodes, separated by ;");
    return ERR_INPUT;
}

struct node_walk {
    import_node_fn *fn; /* NULL: only look whether all are known */
    void *ctx;
};

/* A piece that is no node as a whole may be codes separated by blanks. */
static enum err walk_piece(const struct import_words *w, struct str piece,
                           const struct node_walk *walk, struct errinfo *info) {
    uint32_t node;
    struct str word, rest = piece;
    enum err code = find_node(w, piece, &node, info);
    if (code != ERR_OK)
        return code;
    if (node < w->rows.node_count)
        return walk->fn != NULL ? walk->fn(walk->ctx, node, info) : ERR_OK;
    bool several = str_find(piece, STR(" ")) != SIZE_MAX;
    while (several && code == ERR_OK && str_next(&rest, " ", &word)) {
        if (word.len == 0)
            continue;
        code = find_node(w, word, &node, info);
        if (code == ERR_OK && node >= w->rows.node_count)
            return unknown_node(w, word, info);
        if (code == ERR_OK && walk->fn != NULL)
            code = walk->fn(walk->ctx, node, info);
    }
    return several || code != ERR_OK ? code : unknown_node(w, piece, info);
}

static enum err walk_nodes(const struct import_words *w, struct str folded,
                           const struct node_walk *walk, struct errinfo *info) {
    struct str rest = folded, piece;
    enum err code = ERR_OK;
    while (code == ERR_OK && str_next(&rest, ";,|\n", &piece)) {
        piece = str_trim(piece);
        if (piece.len > 0)
            code = walk_piece(w, piece, walk, info);
    }
    return code;
}

/* Folded, with every separator that is not a blank as ";". Line breaks would fold to blanks. */
static enum err fold_list(struct str text, struct buf *out, struct errinfo *info) {
    static const char *const marks[] = {"、", "\n", "\r", "\t"};
    struct buf raw;
    buf_init(&raw, out->max);
    while (text.len > 0) {
        size_t i = 0, count = sizeof(marks) / sizeof(marks[0]);
        while (i < count && !str_starts(text, str_of(marks[i])))
            i++;
        if (i < count)
            buf_add_char(&raw, ';');
        else
            buf_add_char(&raw, text.ptr[0]);
        size_t step = i < count ? strlen(marks[i]) : 1;
        text = str_sub(text, step, text.len);
    }
    enum err code = buf_error(&raw, info);
    if (code == ERR_OK)
        code = text_fold(buf_str(&raw), out, info);
    buf_release(&raw);
    return code;
}

enum err import_words_nodes(const struct import_words *w, struct str text, import_node_fn *fn,
                            void *ctx, struct errinfo *info) {
    enum { LIST_BYTES_MAX = 4 * 1024 * 1024 };
    struct buf folded;
    if (spelling_is_blank(text))
        return ERR_OK;
    buf_init(&folded, LIST_BYTES_MAX);
    enum err code = fold_list(text, &folded, info);
    if (code == ERR_OK)
        code = walk_nodes(w, buf_str(&folded), &(struct node_walk){NULL, NULL}, info);
    if (code == ERR_OK)
        code = walk_nodes(w, buf_str(&folded), &(struct node_walk){fn, ctx}, info);
    buf_release(&folded);
    return code;
}

/* Life ---------------------------------------------------------------------------------------- */

static enum err add_areas(struct import_words *w, struct errinfo *info) {
    enum err code = ERR_OK;
    for (uint32_t i = 0; code == ERR_OK && i < w->rows.area_count; i++) {
        const struct import_area *area = &w->rows.areas[i];
        uint32_t value = first_area_row(w, area->code);
        code = vocab_add(&w->area_words, area->code, value, info);
        if (code == ERR_OK)
            code = vocab_add(&w->area_words, area->name_en, value, info);
        if (code == ERR_OK)
            code = vocab_add(&w->area_words, area->name_zh, value, info);
    }
    return code;
}

static enum err add_nodes(struct import_words *w, struct errinfo *info) {
    enum err code = ERR_OK;
    for (uint32_t i = 0; code == ERR_OK && i < w->rows.node_count; i++) {
        const struct import_node *node = &w->rows.nodes[i];
        if (!str_map_put(&w->node_codes, node->code, i))
            return err_memory(info);
        code = vocab_add(&w->node_words, node->code, i, info);
    }
    for (uint32_t i = 0; code == ERR_OK && i < w->rows.node_count; i++) {
        code = vocab_add(&w->node_words, w->rows.nodes[i].name_en, i, info);
        if (code == ERR_OK)
            code = vocab_add(&w->node_words, w->rows.nodes[i].name_zh, i, info);
    }
    return code;
}

enum err import_words_init(struct import_words *w, const struct import_words_rows *rows,
                           struct errinfo *info) {
    *w = (struct import_words){.rows = *rows};
    vocab_init(&w->area_words);
    vocab_init(&w->node_words);
    if (rows->edition_count > IMPORT_EDITIONS_MAX)
        return err_set(info, ERR_LIMIT, "there are %u editions, at most %d can be imported at once",
                       rows->edition_count, IMPORT_EDITIONS_MAX);
    enum err code = place_table_init(&w->places, rows->countries, rows->country_count,
                                     rows->regions, rows->region_count, info);
    if (code == ERR_OK)
        code = add_areas(w, info);
    if (code == ERR_OK)
        code = add_nodes(w, info);
    if (code != ERR_OK)
        import_words_release(w);
    return code;
}

void import_words_release(struct import_words *w) {
    place_table_release(&w->places);
    vocab_release(&w->area_words);
    vocab_release(&w->node_words);
    str_map_release(&w->node_codes);
}
