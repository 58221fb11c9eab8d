#include "map_chains.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/rng.h"
#include "exchange/csv_read.h"

enum { FILE_BYTES_MAX = 4 << 20, NODES_MAX = 2000, LINKS_MAX = 8000 };

struct table {
    struct str (*rows)[4]; /* the first four cells of each record */
    uint32_t count;
};

static enum err read_file(const char *name, struct buf *text, struct errinfo *info) {
    char path[1024];
    const char *source = getenv("FAIRLEAD_SOURCE");
    snprintf(path, sizeof(path), "%s/data/catalogue/%s", source != NULL ? source : ".", name);
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return err_errno(info, "open", path);
    char block[1 << 14];
    size_t got;
    while ((got = fread(block, 1, sizeof(block), f)) > 0)
        buf_add(text, block, got);
    fclose(f);
    return buf_error(text, info);
}

static enum err read_table(struct arena *a, const char *name, struct table *t,
                           struct errinfo *info) {
    struct buf text;
    struct csv_reader reader;
    struct table_row row;
    bool end = false;
    buf_init(&text, FILE_BYTES_MAX);
    enum err code = read_file(name, &text, info);
    struct str rest = buf_str(&text);
    csv_reader_init(&reader, csv_source_text(&rest), ',', NULL);
    t->count = 0;
    t->rows = arena_new(a, LINKS_MAX, sizeof(*t->rows));
    if (code == ERR_OK && t->rows == NULL)
        code = err_memory(info);
    while (code == ERR_OK && (code = csv_next(&reader, &row, &end, info)) == ERR_OK && !end) {
        for (uint32_t i = 0; row.record > 0 && i < 4 && i < row.count; i++)
            t->rows[t->count][i] = arena_copy(a, row.cells[i]);
        t->count += row.record > 0 && t->count + 1 < LINKS_MAX;
    }
    csv_reader_release(&reader);
    buf_release(&text);
    return code;
}

struct str bench_label_line(struct str *rest) {
    struct str s = str_trim(*rest);
    size_t cut = s.len <= BENCH_LINE_CHARS ? s.len : 0;
    for (size_t i = 1; i < s.len && cut < s.len && (i <= BENCH_LINE_CHARS || cut == 0); i++)
        if (s.ptr[i] == ' ')
            cut = i;
    cut = cut == 0 ? s.len : cut;
    *rest = str_sub(s, cut, s.len);
    return str_sub(s, 0, cut);
}

static double box_height(struct str label) {
    int lines = 0;
    for (struct str rest = label; rest.len > 0; lines++)
        bench_label_line(&rest);
    return lines * BENCH_LINE_HEIGHT + BENCH_BOX_PAD;
}

static struct str label_of(const struct table *names, struct str id) {
    for (uint32_t i = 0; i < names->count; i++)
        if (str_equal(names->rows[i][0], id))
            return names->rows[i][2];
    return id;
}

static enum map_lane lane_of(struct str stage) {
    if (str_equal_c(stage, "upstream"))
        return MAP_UPSTREAM;
    if (str_equal_c(stage, "midstream"))
        return MAP_MIDSTREAM;
    return str_equal_c(stage, "downstream") ? MAP_DOWNSTREAM : MAP_UNSTAGED;
}

static uint32_t weight_of(struct str kind) {
    if (str_equal_c(kind, "essential"))
        return 4;
    return str_equal_c(kind, "optional") ? 2 : 1;
}

/* The chain `c->name` from the tables of nodes in chains, links and names. */
static bool fill_chain(struct arena *a, const struct table t[3], struct bench_chain *c) {
    struct str_map index = {0};
    struct map_node *nodes = arena_new(a, NODES_MAX, sizeof(*nodes));
    struct map_link *links = arena_new(a, LINKS_MAX, sizeof(*links));
    c->labels = arena_new(a, NODES_MAX, sizeof(*c->labels));
    bool ok = nodes != NULL && links != NULL && c->labels != NULL;
    c->in = (struct map_input){.nodes = nodes, .links = links};
    for (uint32_t i = 0; ok && i < t[0].count && c->in.node_count < NODES_MAX; i++) {
        struct str *row = t[0].rows[i];
        if (!str_equal(row[0], c->name))
            continue;
        uint32_t v = c->in.node_count++;
        c->labels[v] = label_of(&t[2], row[1]);
        nodes[v] = (struct map_node){lane_of(row[2]), BENCH_BOX_WIDTH, box_height(c->labels[v])};
        ok = str_map_put(&index, row[1], v);
    }
    for (uint32_t i = 0; ok && i < t[1].count; i++) {
        struct str *row = t[1].rows[i];
        uint32_t from = str_map_get(&index, row[0]), to = str_map_get(&index, row[1]);
        if (from != MAP_NONE && to != MAP_NONE)
            links[c->in.link_count++] = (struct map_link){from, to, weight_of(row[2])};
    }
    str_map_release(&index);
    return ok;
}

enum err bench_read_chains(struct arena *a, struct bench_chain *chains, uint32_t *count,
                           struct errinfo *info) {
    const char *names[] = {"chain_nodes.csv", "links.csv", "nodes.csv", "chains.csv"};
    struct table t[4];
    for (int i = 0; i < 4; i++) {
        enum err code = read_table(a, names[i], &t[i], info);
        if (code != ERR_OK)
            return code;
    }
    *count = t[3].count < BENCH_CHAINS_MAX ? t[3].count : BENCH_CHAINS_MAX;
    for (uint32_t i = 0; i < *count; i++) {
        chains[i].name = t[3].rows[i][0];
        if (!fill_chain(a, t, &chains[i]))
            return err_memory(info);
    }
    return ERR_OK;
}

enum err bench_make_chain(struct arena *a, uint32_t nodes, uint32_t links, uint64_t seed,
                          struct bench_chain *chain, struct errinfo *info) {
    enum { LEVELS = 10, MIDSTREAM = 6, DOWNSTREAM = 9, FIRST = 16 };
    struct rng r;
    uint32_t start[LEVELS + 1], shares = 0, sum = 0;
    struct map_node *node = arena_new(a, nodes, sizeof(*node));
    struct map_link *link = arena_new(a, links, sizeof(*link));
    if (node == NULL || link == NULL)
        return err_memory(info);
    rng_init(&r, seed);
    for (uint32_t l = 0; l < LEVELS; l++)
        shares += FIRST - l;
    for (uint32_t l = 0; l <= LEVELS; l++) {
        start[l] = nodes * sum / shares;
        sum += FIRST - l;
    }
    for (uint32_t l = 0; l < LEVELS; l++)
        for (uint32_t v = start[l]; v < start[l + 1]; v++) {
            enum map_lane lane = MAP_UPSTREAM;
            if (l >= MIDSTREAM)
                lane = l >= DOWNSTREAM ? MAP_DOWNSTREAM : MAP_MIDSTREAM;
            node[v] = (struct map_node){lane, BENCH_BOX_WIDTH,
                                        BENCH_LINE_HEIGHT * (1 + rng_below(&r, 2)) + BENCH_BOX_PAD};
        }
    struct u64_map seen = {0};
    for (uint32_t i = 0; i < links;) {
        uint32_t from = rng_below(&r, LEVELS - 1), to = from + 1;
        while (to + 1 < LEVELS && rng_below(&r, 4) == 0)
            to++;
        uint32_t u = start[from] + rng_below(&r, start[from + 1] - start[from]);
        uint32_t v = start[to] + rng_below(&r, start[to + 1] - start[to]);
        bool back = rng_below(&r, 50) == 0;
        uint64_t key = (uint64_t)u * nodes + v;
        if (u64_map_get(&seen, key) != MAP_NONE)
            continue;
        if (!u64_map_put(&seen, key, 1)) {
            u64_map_release(&seen);
            return err_memory(info);
        }
        link[i++] = (struct map_link){back ? v : u, back ? u : v, 1 + rng_below(&r, 4)};
    }
    u64_map_release(&seen);
    *chain = (struct bench_chain){.name = arena_printf(a, "random %u/%u", nodes, links),
                                  .in = {node, nodes, link, links}};
    return chain->name.ptr != NULL ? ERR_OK : err_memory(info);
}
