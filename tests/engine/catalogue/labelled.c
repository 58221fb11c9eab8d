#include "engine/catalogue/labelled.h"

#include <errno.h>

#include "base/buf.h"
#include "exchange/csv_read.h"

enum { FILE_BYTES_MAX = 16 << 20, COLUMNS_MAX = 32, PATH_BYTES_MAX = 1024 };

/* A CSV file in memory, its rows by column name. */
struct sheet {
    struct buf bytes;
    struct str rest;
    struct csv_reader reader;
    struct str head[COLUMNS_MAX];
    struct table_row row;
};

static enum err read_file(const char *root, const char *name, struct buf *out,
                          struct errinfo *info) {
    char path[PATH_BYTES_MAX];
    snprintf(path, sizeof(path), "%s/%s", root, name);
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return err_errno(info, "open", path);
    char block[4096];
    size_t n;
    while ((n = fread(block, 1, sizeof(block), f)) > 0)
        buf_add(out, block, n);
    fclose(f);
    return buf_error(out, info);
}

static enum err sheet_open(struct labelled *l, struct sheet *s, const char *root, const char *name,
                           struct errinfo *info) {
    *s = (struct sheet){0};
    buf_init(&s->bytes, FILE_BYTES_MAX);
    enum err e = read_file(root, name, &s->bytes, info);
    s->rest = buf_str(&s->bytes);
    csv_reader_init(&s->reader, csv_source_text(&s->rest), ',', NULL);
    bool end = false;
    if (e == ERR_OK)
        e = csv_next(&s->reader, &s->row, &end, info);
    for (uint32_t i = 0; e == ERR_OK && i < s->row.count && i < COLUMNS_MAX; i++)
        s->head[i] = arena_copy(&l->arena, s->row.cells[i]);
    return e;
}

static void sheet_close(struct sheet *s) {
    csv_reader_release(&s->reader);
    buf_release(&s->bytes);
}

static struct str cell(struct labelled *l, const struct sheet *s, const char *column) {
    for (uint32_t i = 0; i < s->row.count && i < COLUMNS_MAX; i++)
        if (str_equal_c(s->head[i], column))
            return arena_copy(&l->arena, s->row.cells[i]);
    return STR("");
}

static enum err load_nodes(struct labelled *l, const char *root, struct errinfo *info) {
    struct sheet s;
    bool end = false;
    enum err e = sheet_open(l, &s, root, "data/catalogue/nodes.csv", info);
    while (e == ERR_OK && (e = csv_next(&s.reader, &s.row, &end, info)) == ERR_OK && !end) {
        struct classify_node node = {
            .name_en = cell(l, &s, "name_en"),
            .name_zh = cell(l, &s, "name_zh"),
            .synonyms_en = cell(l, &s, "synonyms_en"),
            .synonyms_zh = cell(l, &s, "synonyms_zh"),
            .hs2022 = cell(l, &s, "hs2022"),
            .cpc21 = cell(l, &s, "cpc21"),
            .kind = cell(l, &s, "kind"),
        };
        struct str id = cell(l, &s, "id");
        if (!str_map_put(&l->node_of, id, (uint32_t)l->nodes.len) || !vec_push(&l->nodes, node) ||
            !vec_push(&l->ids, id))
            e = err_memory(info);
    }
    sheet_close(&s);
    return e;
}

static enum err load_lexicon(struct labelled *l, const char *root, struct errinfo *info) {
    struct sheet s;
    bool end = false;
    enum err e = sheet_open(l, &s, root, "data/catalogue/lexicon.csv", info);
    while (e == ERR_OK && (e = csv_next(&s.reader, &s.row, &end, info)) == ERR_OK && !end) {
        struct classify_lexeme row = {.from = cell(l, &s, "from"), .to = cell(l, &s, "to")};
        struct str word = cell(l, &s, "relation");
        if (!classify_relation_of(word, &row.relation))
            e = err_set(info, ERR_INPUT, "lexicon.csv line %ld: unknown relation", s.row.line);
        else if (!vec_push(&l->lexicon, row))
            e = err_memory(info);
    }
    sheet_close(&s);
    return e;
}

/* CRC-32 as in zlib (ISO 3309), so that the parts can be found with any tool. */
static uint32_t crc32_of(struct str s) {
    uint32_t crc = ~0U;
    for (size_t i = 0; i < s.len; i++) {
        crc ^= (unsigned char)s.ptr[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ ((crc & 1) ? 0xEDB88320U : 0);
    }
    return ~crc;
}

static enum err add_text(struct labelled *l, struct text_set *set, struct labelled_text text,
                         struct str nodes, struct errinfo *info) {
    struct str one;
    if (text.text.len == 0)
        return ERR_OK;
    while (str_next(&nodes, " ", &one)) {
        uint32_t node = str_map_get(&l->node_of, one);
        if (one.len == 0)
            continue;
        if (node == MAP_NONE || text.label_count == LABELS_MAX)
            return err_set(info, ERR_INPUT, "unknown node %.*s", STR_ARG(one));
        text.labels[text.label_count++] = node;
    }
    return vec_push(&set->list, text) ? ERR_OK : err_memory(info);
}

/* The rows of a file with an English and a Chinese text, those with labels only. */
static enum err load_sample(struct labelled *l, struct text_set *set, const char *root,
                            const char *file, const char *const columns[4],
                            const struct str_map *vague, struct errinfo *info) {
    struct sheet s;
    bool end = false;
    enum err e = sheet_open(l, &s, root, file, info);
    while (e == ERR_OK && (e = csv_next(&s.reader, &s.row, &end, info)) == ERR_OK && !end) {
        struct str name = cell(l, &s, columns[0]), nodes = cell(l, &s, columns[3]);
        struct labelled_text text = {.name = name,
                                     .held_out = crc32_of(name) % 2 == 1,
                                     .vague = str_map_get(vague, name) != MAP_NONE};
        for (int k = 1; k <= 2 && nodes.len > 0 && e == ERR_OK; k++) {
            text.text = cell(l, &s, columns[k]);
            e = add_text(l, set, text, nodes, info);
        }
    }
    sheet_close(&s);
    return e;
}

static enum err load_fresh(struct labelled *l, const char *root, struct errinfo *info) {
    struct sheet s;
    bool end = false;
    enum err e = sheet_open(l, &s, root, "tests/engine/catalogue/fresh_texts.csv", info);
    while (e == ERR_OK && (e = csv_next(&s.reader, &s.row, &end, info)) == ERR_OK && !end) {
        struct labelled_text text = {.text = cell(l, &s, "text")};
        text.name = text.text;
        text.held_out = crc32_of(text.text) % 3 == 0;
        e = add_text(l, &l->fresh, text, cell(l, &s, "nodes"), info);
    }
    sheet_close(&s);
    return e;
}

static enum err load_vague(struct labelled *l, const char *root, struct str_map *vague,
                           struct errinfo *info) {
    struct sheet s;
    bool end = false;
    enum err e = sheet_open(l, &s, root, "tests/engine/catalogue/vague_rows.csv", info);
    while (e == ERR_OK && (e = csv_next(&s.reader, &s.row, &end, info)) == ERR_OK && !end)
        if (!str_map_put(vague, cell(l, &s, "name"), 1))
            e = err_memory(info);
    sheet_close(&s);
    return e;
}

enum err labelled_load(struct labelled *l, const char *root, struct errinfo *info) {
    static const char *const exhibitors[] = {"name_en", "offers_text", "offers_text_zh",
                                             "offers_nodes"};
    static const char *const exhibits[] = {"name_en", "name_en", "name_zh", "node"};
    *l = (struct labelled){0};
    arena_init(&l->arena, FILE_BYTES_MAX);
    struct str_map vague = {0};
    enum err e = load_nodes(l, root, info);
    if (e == ERR_OK)
        e = load_lexicon(l, root, info);
    if (e == ERR_OK)
        e = load_vague(l, root, &vague, info);
    if (e == ERR_OK)
        e = load_sample(l, &l->exhibitors, root, "data/sample/exhibitors.csv", exhibitors, &vague,
                        info);
    if (e == ERR_OK)
        e = load_sample(l, &l->exhibits, root, "data/sample/exhibits.csv", exhibits, &vague, info);
    if (e == ERR_OK)
        e = load_fresh(l, root, info);
    str_map_release(&vague);
    if (e != ERR_OK)
        labelled_release(l);
    return e;
}

void labelled_release(struct labelled *l) {
    vec_free(&l->nodes);
    vec_free(&l->ids);
    str_map_release(&l->node_of);
    vec_free(&l->lexicon);
    vec_free(&l->exhibitors.list);
    vec_free(&l->exhibits.list);
    vec_free(&l->fresh.list);
    arena_release(&l->arena);
}

static bool is_label(const struct labelled_text *t, uint32_t node) {
    for (uint32_t i = 0; i < t->label_count; i++)
        if (t->labels[i] == node)
            return true;
    return false;
}

static bool in_parts(const struct labelled_text *t, unsigned parts) {
    return (parts & (t->held_out ? PART_HELD_OUT : PART_TUNED)) != 0 &&
           (!t->vague || (parts & PART_VAGUE) != 0);
}

static void count_text(const struct labelled_text *t, const struct classify_result *r,
                       struct tally *out) {
    uint32_t five = 0, found = 0;
    for (uint32_t i = 0; i < r->hit_count; i++) {
        bool right = is_label(t, r->hits[i].node);
        five += right && i < 5;
        found += right && r->hits[i].score >= CLASSIFY_ASK_FROM;
        out->asserted += r->hits[i].asserted;
        out->right += r->hits[i].asserted && right;
    }
    if (t->label_count == 0) {
        out->empty++;
        out->sure_empty += r->verdict == CLASSIFY_SURE;
        return;
    }
    out->texts++;
    out->first += r->hit_count > 0 && is_label(t, r->hits[0].node);
    out->five += five > 0;
    out->labels += t->label_count;
    out->found += found;
}

static void print_miss(const struct labelled *l, const struct labelled_text *t,
                       const struct classify_result *r, FILE *out) {
    bool wrong = t->label_count == 0 ? r->verdict == CLASSIFY_SURE
                                     : r->hit_count == 0 || !is_label(t, r->hits[0].node);
    for (uint32_t i = 0; i < r->hit_count; i++)
        wrong = wrong || (r->hits[i].asserted && !is_label(t, r->hits[i].node));
    if (!wrong)
        return;
    fprintf(out, "%.*s\n    want", STR_ARG(t->text));
    for (uint32_t i = 0; i < t->label_count; i++)
        fprintf(out, " %.*s", STR_ARG(l->ids.at[t->labels[i]]));
    fprintf(out, "\n    got ");
    for (uint32_t i = 0; i < r->hit_count && i < 5; i++)
        fprintf(out, " %s%.*s %.2f", is_label(t, r->hits[i].node) ? "*" : "",
                STR_ARG(l->ids.at[r->hits[i].node]), (double)r->hits[i].score);
    fprintf(out, "\n");
}

enum err labelled_tally(const struct labelled *l, const struct text_set *set, unsigned parts,
                        const struct classifier *c, struct tally *out, FILE *misses,
                        struct errinfo *info) {
    struct classify_scratch *scratch;
    enum err e = classify_scratch_new(c, &scratch, info);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < set->list.len && e == ERR_OK; i++) {
        const struct labelled_text *t = &set->list.at[i];
        struct classify_result r;
        if (!in_parts(t, parts))
            continue;
        e = classify_text(c, scratch, t->text, NULL, &r, info);
        if (e == ERR_OK)
            count_text(t, &r, out);
        if (e == ERR_OK && misses != NULL && !t->held_out)
            print_miss(l, t, &r, misses);
    }
    classify_scratch_free(scratch);
    return e;
}

enum err labelled_calibrate(const struct text_set *set, unsigned parts, const struct classifier *c,
                            uint32_t hits[10], uint32_t right[10], struct errinfo *info) {
    struct classify_scratch *scratch;
    enum err e = classify_scratch_new(c, &scratch, info);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < set->list.len && e == ERR_OK; i++) {
        const struct labelled_text *t = &set->list.at[i];
        struct classify_result r;
        if (!in_parts(t, parts))
            continue;
        e = classify_text(c, scratch, t->text, NULL, &r, info);
        for (uint32_t k = 0; e == ERR_OK && k < r.hit_count; k++) {
            uint32_t tenth = (uint32_t)(r.hits[k].score * 10);
            hits[tenth < 9 ? tenth : 9]++;
            right[tenth < 9 ? tenth : 9] += is_label(t, r.hits[k].node);
        }
    }
    classify_scratch_free(scratch);
    return e;
}
