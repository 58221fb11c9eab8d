/*
 * The chain engine at the sizes it is designed for: an edition, a standing network on our catalogue
 * and on a generated one, and trophic levels of large networks. Arguments: none; with "edition",
 * only the edition.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/threads.h"
#include "base/vec.h"
#include "engine/chain/chain_ask.h"
#include "engine/chain/trophic.h"
#include "exchange/table_read.h"

enum { CHAINS = 7, COUNTRIES = 60, CANDIDATES = 8 };

struct catalogue {
    struct chain_graph graph;
    VEC(uint32_t)
    input;
    VEC(uint32_t)
    output;
    VEC(uint8_t)
    kind;
    VEC(uint32_t)
    group;
    VEC(uint8_t)
    is_service;
    struct chain_slice slice[CHAINS];
    struct {
        VEC(uint32_t)
        node;
        VEC(uint8_t)
        stage;
        VEC(uint8_t)
        role;
        VEC(uint32_t)
        final;
    } chain[CHAINS];
    struct str_map nodes, chains, pairs;
    struct arena arena;
};

/* A benchmark has nobody to report to: the run ends with the words of the error. */
static void must(enum err err, const struct errinfo *info) {
    if (err == ERR_OK)
        return;
    char text[3 * ERR_TEXT_MAX];
    err_format(info, text, sizeof(text));
    fprintf(stderr, "%s\n", text);
    exit(1);
}

static void must_have(bool room) {
    struct errinfo info = {0};
    if (!room)
        must(err_memory(&info), &info);
}

static uint32_t named(struct catalogue *c, struct str_map *map, struct str name) {
    uint32_t number = str_map_get(map, name);
    if (number == MAP_NONE) {
        number = map->len;
        must_have(str_map_put(map, arena_copy(&c->arena, name), number));
    }
    return number;
}

typedef void row_use(struct catalogue *c, const struct str *cell);

static void each_row(struct catalogue *c, const char *file, row_use *use) {
    const char *root = getenv("FAIRLEAD_SOURCE");
    char path[4096];
    struct table *table;
    struct table_row row;
    struct errinfo info = {0};
    bool end = false;
    snprintf(path, sizeof(path), "%s/data/catalogue/%s", root != NULL ? root : ".", file);
    must(table_open(path, NULL, &table, &info), &info);
    must(table_next(table, &row, &end, &info), &info);
    for (;;) {
        must(table_next(table, &row, &end, &info), &info);
        if (end)
            break;
        use(c, row.cells);
    }
    table_close(table);
}

static uint8_t word(struct str text, const char *const *words) {
    uint8_t i = 0;
    while (words[i] != NULL && !str_equal_c(text, words[i]))
        i++;
    return i;
}

static void use_node(struct catalogue *c, const struct str *cell) {
    named(c, &c->nodes, cell[0]);
    must_have(vec_push(&c->is_service, str_equal_c(cell[1], "service")));
}

static void use_link(struct catalogue *c, const struct str *cell) {
    static const char *const kinds[] = {"essential", "optional", "capital", NULL};
    char pair[512];
    snprintf(pair, sizeof(pair), "%.*s>%.*s", STR_ARG(cell[0]), STR_ARG(cell[1]));
    named(c, &c->pairs, str_of(pair));
    must_have(vec_push(&c->input, named(c, &c->nodes, cell[0])) &&
              vec_push(&c->output, named(c, &c->nodes, cell[1])) &&
              vec_push(&c->kind, word(cell[2], kinds)) && vec_push(&c->group, 0));
}

static void use_alternative(struct catalogue *c, const struct str *cell) {
    char pair[512];
    snprintf(pair, sizeof(pair), "%.*s>%.*s", STR_ARG(cell[2]), STR_ARG(cell[0]));
    uint32_t link = str_map_get(&c->pairs, str_of(pair)), group = 0;
    if (link != MAP_NONE && str_to_u32(cell[1], &group))
        c->group.at[link] = group;
}

static void use_chain(struct catalogue *c, const struct str *cell) {
    uint32_t chain = named(c, &c->chains, cell[0]);
    struct str finals = cell[5], final;
    while (chain < CHAINS && str_next(&finals, " ", &final))
        must_have(vec_push(&c->chain[chain].final, named(c, &c->nodes, final)));
}

static void use_member(struct catalogue *c, const struct str *cell) {
    static const char *const stages[] = {"upstream", "midstream", "downstream", NULL};
    static const char *const roles[] = {"core", "shared", "tool", "service", NULL};
    uint32_t chain = named(c, &c->chains, cell[0]);
    if (chain < CHAINS)
        must_have(vec_push(&c->chain[chain].node, named(c, &c->nodes, cell[1])) &&
                  vec_push(&c->chain[chain].stage, word(cell[2], stages)) &&
                  vec_push(&c->chain[chain].role, word(cell[3], roles)));
}

static void fill_slices(struct catalogue *c) {
    c->graph.links = (uint32_t)c->input.len;
    c->graph.input = c->input.at;
    c->graph.output = c->output.at;
    c->graph.kind = c->kind.at;
    c->graph.alternative_group = c->group.at;
    c->graph.is_service = c->is_service.at;
    for (int i = 0; i < CHAINS; i++)
        c->slice[i] = (struct chain_slice){
            .members = (uint32_t)c->chain[i].node.len,
            .node = c->chain[i].node.at,
            .stage = c->chain[i].stage.at,
            .role = c->chain[i].role.at,
            .finals = (uint32_t)c->chain[i].final.len,
            .final = c->chain[i].final.at,
        };
}

static void load_catalogue(struct catalogue *c) {
    *c = (struct catalogue){0};
    arena_init(&c->arena, 1 << 24);
    each_row(c, "nodes.csv", use_node);
    c->graph.nodes = c->nodes.len;
    each_row(c, "links.csv", use_link);
    each_row(c, "alternatives.csv", use_alternative);
    each_row(c, "chains.csv", use_chain);
    each_row(c, "chain_nodes.csv", use_member);
    fill_slices(c);
}

/* Nodes in a row; each takes about three inputs from those a little before it, and seven chains
 * share out windows of the row. One stage in ten is left to be computed. */
static void generate_catalogue(struct catalogue *c, uint32_t nodes) {
    struct rng rng;
    rng_init(&rng, 1);
    *c = (struct catalogue){0};
    arena_init(&c->arena, 1 << 24);
    c->graph.nodes = nodes;
    for (uint32_t i = 0; i < nodes; i++)
        must_have(vec_push(&c->is_service, rng_below(&rng, 8) == 0));
    for (uint32_t i = 100; i < nodes; i++)
        for (uint32_t k = 0; k < 3; k++)
            must_have(
                vec_push(&c->input, i - 1 - rng_below(&rng, i < 5000 ? i : 5000)) &&
                vec_push(&c->output, i) &&
                vec_push(&c->kind, rng_below(&rng, 4) == 0 ? CHAIN_OPTIONAL : CHAIN_ESSENTIAL) &&
                vec_push(&c->group, rng_below(&rng, 4) == 0 ? 1 : 0));
    for (uint32_t chain = 0; chain < CHAINS; chain++) {
        uint32_t from = nodes / 8 * chain, to = from + nodes / 4;
        for (uint32_t i = from; i < to; i++) {
            uint8_t stage = (uint8_t)(3 * (uint64_t)(i - from) / (to - from));
            must_have(vec_push(&c->chain[chain].node, i) &&
                      vec_push(&c->chain[chain].stage,
                               rng_below(&rng, 10) == 0 ? CHAIN_STAGE_UNKNOWN : stage) &&
                      vec_push(&c->chain[chain].role, (uint8_t)rng_below(&rng, 4)));
            if (i + 100 >= to)
                must_have(vec_push(&c->chain[chain].final, i));
        }
    }
    fill_slices(c);
}

static void release_catalogue(struct catalogue *c) {
    vec_free(&c->input);
    vec_free(&c->output);
    vec_free(&c->kind);
    vec_free(&c->group);
    vec_free(&c->is_service);
    for (int i = 0; i < CHAINS; i++) {
        vec_free(&c->chain[i].node);
        vec_free(&c->chain[i].stage);
        vec_free(&c->chain[i].role);
        vec_free(&c->chain[i].final);
    }
    str_map_release(&c->nodes);
    str_map_release(&c->chains);
    str_map_release(&c->pairs);
    arena_release(&c->arena);
}

struct edition {
    struct chain_register reg;
    uint32_t *country, *lead, *exhibitor, *node;
    uint8_t *size, *origin, *basis;
};

/* Claims in random order; popular nodes and countries take most, as in life. */
static void generate_edition(struct edition *e, uint32_t exhibitors, size_t claims,
                             uint32_t nodes) {
    struct rng rng;
    rng_init(&rng, 2);
    *e = (struct edition){
        .country = mem_new(exhibitors, sizeof(uint32_t)),
        .lead = mem_new(exhibitors, sizeof(uint32_t)),
        .size = mem_new(exhibitors, 1),
        .origin = mem_new(exhibitors, 1),
        .exhibitor = mem_new(claims, sizeof(uint32_t)),
        .node = mem_new(claims, sizeof(uint32_t)),
        .basis = mem_new(claims, 1),
    };
    must_have(e->country != NULL && e->lead != NULL && e->size != NULL && e->origin != NULL &&
              e->exhibitor != NULL && e->node != NULL && e->basis != NULL);
    for (uint32_t i = 0; i < exhibitors; i++) {
        double draw = rng_unit(&rng);
        uint32_t country = (uint32_t)(draw * draw * draw * (COUNTRIES + 1));
        e->country[i] = country < COUNTRIES ? country : CHAIN_NONE;
        e->origin[i] = country == 0          ? CHAIN_DOMESTIC
                       : country < COUNTRIES ? CHAIN_FOREIGN
                                             : CHAIN_ORIGIN_UNKNOWN;
        e->size[i] = (uint8_t)rng_below(&rng, CHAIN_SIZES);
        e->lead[i] = i > 10 && rng_below(&rng, 3) == 0 ? rng_below(&rng, i / 10) : CHAIN_NONE;
    }
    for (size_t i = 0; i < claims; i++) {
        double draw = rng_unit(&rng);
        e->exhibitor[i] = rng_below(&rng, exhibitors);
        e->node[i] = (uint32_t)(draw * draw * nodes);
        e->basis[i] = (uint8_t)rng_below(&rng, CHAIN_BASES);
    }
    size_t offers = claims / 10 * 7;
    e->reg = (struct chain_register){
        .exhibitors = exhibitors,
        .countries = COUNTRIES,
        .country = e->country,
        .size = e->size,
        .origin = e->origin,
        .lead = e->lead,
        .offers = {offers, e->exhibitor, e->node, e->basis},
        .needs = {claims - offers, e->exhibitor + offers, e->node + offers, e->basis + offers},
        .complete = true,
    };
}

static void release_edition(struct edition *e) {
    mem_free(e->country);
    mem_free(e->lead);
    mem_free(e->size);
    mem_free(e->origin);
    mem_free(e->exhibitor);
    mem_free(e->node);
    mem_free(e->basis);
}

static double ms_since(int64_t start) {
    return (double)(clock_monotonic_ns() - start) / 1e6;
}

static double peak_gib(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / (1 << 20);
}

static void print_run(const char *what, uint32_t nodes, size_t links, uint32_t exhibitors,
                      size_t claims, uint32_t threads, double ms) {
    printf("%-38s %9u %9zu %9u %9zu %7u %10.2f %8.2f\n", what, nodes, links, exhibitors, claims,
           threads, ms, peak_gib());
}

/* Candidates for every gap, and all neighbours of every exhibitor. */
static void ask_all(const struct chain_report *report) {
    struct chain_candidate found[CANDIDATES];
    struct errinfo info = {0};
    size_t count, gaps = 0;
    for (uint32_t c = 0; c < report->input.chains; c++)
        gaps += report->chain[c].gaps;
    int64_t start = clock_monotonic_ns();
    for (size_t i = 0; i < gaps; i++)
        must(chain_candidates(report, report->gap[i].node, report->gap[i].kind, found, CANDIDATES,
                              &count, &info),
             &info);
    printf("%-38s %.2f ms for %zu gaps\n", "  candidates of all gaps", ms_since(start), gaps);
    start = clock_monotonic_ns();
    for (uint32_t e = 0; e < report->input.reg->exhibitors; e++)
        for (int direction = CHAIN_UP; direction <= CHAIN_DOWN; direction++) {
            struct chain_neighbours neighbours;
            must(chain_find_neighbours(report, e, (enum chain_direction)direction, CHAIN_NONE,
                                       &neighbours, &info),
                 &info);
            chain_neighbours_release(&neighbours);
        }
    printf("%-38s %.2f ms for %u exhibitors\n", "  neighbours up and down of all", ms_since(start),
           report->input.reg->exhibitors);
}

static void run_edition(const char *what, const struct catalogue *c, uint32_t exhibitors,
                        size_t claims, uint32_t threads, int rounds, bool ask) {
    struct edition e;
    generate_edition(&e, exhibitors, claims, c->graph.nodes);
    struct chain_input input = {
        .graph = &c->graph, .chains = CHAINS, .slice = c->slice, .reg = &e.reg};
    struct job job = {.threads = threads};
    struct errinfo info = {0};
    double best = INFINITY;
    for (int i = 0; i < rounds; i++) {
        struct chain_report *report = NULL;
        int64_t start = clock_monotonic_ns();
        must(chain_analyse(&input, &job, &report, &info), &info);
        best = fmin(best, ms_since(start));
        if (i == rounds - 1)
            print_run(what, c->graph.nodes, c->graph.links, exhibitors, claims, threads, best);
        if (i == rounds - 1 && ask)
            ask_all(report);
        chain_report_free(report);
    }
    release_edition(&e);
}

/* How a node's suppliers are chosen in a network of `nodes` for trophic levels. */
enum shape { RANDOM, LAYERS, LONG, SHAPES };

static void run_trophic(enum shape shape, uint32_t nodes, size_t links, uint32_t threads) {
    static const char *const name[SHAPES] = {"trophic levels, random network",
                                             "trophic levels, 20 layers with strays",
                                             "trophic levels, long and thin"};
    struct rng rng;
    rng_init(&rng, 3);
    uint32_t *from = mem_new(links, sizeof(*from)), *to = mem_new(links, sizeof(*to));
    double *level = mem_new(nodes, sizeof(*level));
    must_have(from != NULL && to != NULL && level != NULL);
    uint32_t width = shape == LONG ? 20 : nodes / 20;
    for (size_t i = 0; i < links; i++) {
        to[i] = rng_below(&rng, nodes);
        bool stray = shape == RANDOM || to[i] < width || (shape == LAYERS && i % 20 == 0);
        from[i] = stray && shape != LONG ? rng_below(&rng, nodes)
                  : to[i] < width        ? to[i] + width
                                         : to[i] / width * width - 1 - rng_below(&rng, width);
    }
    struct trophic_network network = {nodes, links, from, to, NULL};
    struct trophic_result result;
    struct job job = {.threads = threads};
    struct errinfo info = {0};
    int64_t start = clock_monotonic_ns();
    must(trophic_levels(&network, &job, level, NULL, &result, &info), &info);
    print_run(name[shape], nodes, links, 0, 0, threads, ms_since(start));
    printf("%-38s F0 %.4f, %u steps, residual %.1e\n", "", result.incoherence, result.iterations,
           result.residual);
    mem_free(from);
    mem_free(to);
    mem_free(level);
}

int main(int argc, char **argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    bool all = argc < 2 || strcmp(argv[1], "edition") != 0;
    uint32_t threads = threads_available();
    struct catalogue ours, large;
    load_catalogue(&ours);
    printf("%-38s %9s %9s %9s %9s %7s %10s %8s\n", "what", "nodes", "links", "exhib.", "claims",
           "threads", "ms", "peak GiB");
    run_edition("edition, our catalogue", &ours, 1200, 10000, 1, 50, true);
    if (all) {
        run_edition("network, our catalogue", &ours, 1000000, 10000000, 1, 1, false);
        run_edition("network, our catalogue", &ours, 1000000, 10000000, threads, 1, false);
        generate_catalogue(&large, 100000);
        run_edition("network, generated catalogue", &large, 1000000, 10000000, 1, 1, false);
        run_edition("network, generated catalogue", &large, 1000000, 10000000, threads, 1, false);
        release_catalogue(&large);
        for (int shape = RANDOM; shape < SHAPES; shape++)
            run_trophic((enum shape)shape, 1000000, 10000000, threads);
    }
    release_catalogue(&ours);
    return 0;
}
