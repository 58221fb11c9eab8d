/*
 * Benchmark of the chain map's layout.
 *
 *   bench-map                    the table: ours beside graphviz's dot, free and with lanes
 *   bench-map --svg CHAIN FILE   draws one chain of the catalogue
 *
 * Both get the same boxes and links. "cross" and dot's crossings are counted by one function on the
 * drawn curves of either (map_dot.c): pairs of links without a common node. "counted" is what the
 * engine reports; it has the crossings of links with a common node too. dot gets 120 seconds, too
 * few for 1,000 nodes on a busy machine: then its columns are empty.
 */
#include <stdio.h>

#include "base/clock.h"
#include "map_dot.h"
#include "map_svg.h"

enum { ARENA_BYTES_MAX = 1 << 30, RUNS = 5 };

static void print_dot(const struct bench_chain *c, enum bench_dot_mode mode) {
    struct bench_drawing d;
    if (bench_run_dot(c, mode, &d))
        printf(" | %7lu %8.0f %5u %9.1f", (unsigned long)d.crossings, d.length, d.hits, d.time_ms);
    else
        printf(" | %7s %8s %5s %9s", "-", "-", "-", "-");
    fflush(stdout);
}

static enum err print_chain(struct arena *a, const struct bench_chain *c, struct errinfo *info) {
    struct map_layout out;
    struct bench_drawing d;
    int64_t best = INT64_MAX;
    for (int run = 0; run < RUNS; run++) {
        int64_t start = clock_monotonic_ns();
        enum err code = map_lay_out(&c->in, NULL, a, NULL, &out, info);
        int64_t time = clock_monotonic_ns() - start;
        if (code != ERR_OK)
            return code;
        best = time < best ? time : best;
    }
    if (!bench_judge_ours(c, &out, &d))
        return err_memory(info);
    printf("%-22.*s %4u %4u %3u %4u %5.0fx%-5.0f %7lu %7lu %8.0f %5u %9.1f", STR_ARG(c->name),
           c->in.node_count, c->in.link_count, out.columns, out.bends, out.width, out.height,
           (unsigned long)out.crossings, (unsigned long)d.crossings, d.length, d.hits,
           (double)best / 1e6);
    fflush(stdout);
    print_dot(c, BENCH_DOT_FREE);
    print_dot(c, BENCH_DOT_LANES);
    printf("\n");
    return ERR_OK;
}

static enum err print_table(struct arena *a, const struct bench_chain *chains, uint32_t count,
                            struct errinfo *info) {
    static const uint32_t sizes[][2] = {{100, 300}, {300, 1000}, {1000, 5000}};
    struct bench_chain random;
    enum err code = ERR_OK;
    printf("%-22s %4s %4s %3s %4s %11s %7s %7s %8s %5s %9s | dot free%25s | dot with lanes\n",
           "chain", "node", "link", "col", "bend", "size", "counted", "cross", "length", "hits",
           "ms", "");
    for (uint32_t i = 0; code == ERR_OK && i < count; i++)
        code = print_chain(a, &chains[i], info);
    for (size_t i = 0; code == ERR_OK && i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        code = bench_make_chain(a, sizes[i][0], sizes[i][1], 1, &random, info);
        if (code == ERR_OK)
            code = print_chain(a, &random, info);
    }
    return code;
}

static enum err draw_chain(struct arena *a, const struct bench_chain *c, const char *file,
                           struct errinfo *info) {
    struct map_layout out;
    struct map_options o;
    map_options_init(&o);
    enum err code = map_lay_out(&c->in, &o, a, NULL, &out, info);
    if (code != ERR_OK)
        return code;
    FILE *f = fopen(file, "w");
    if (f == NULL)
        return err_errno(info, "write", file);
    bench_draw_svg(f, c, &out, &o);
    return fclose(f) == 0 ? ERR_OK : err_errno(info, "write", file);
}

int main(int argc, char **argv) {
    struct bench_chain chains[BENCH_CHAINS_MAX];
    struct arena a;
    struct errinfo info;
    uint32_t count = 0;
    arena_init(&a, ARENA_BYTES_MAX);
    enum err code = bench_read_chains(&a, chains, &count, &info);
    if (code == ERR_OK && argc == 4 && str_equal_c(str_of(argv[1]), "--svg")) {
        code = err_set(&info, ERR_NOT_FOUND, "no chain %s", argv[2]);
        for (uint32_t i = 0; i < count; i++)
            if (str_equal_c(chains[i].name, argv[2]))
                code = draw_chain(&a, &chains[i], argv[3], &info);
    } else if (code == ERR_OK) {
        code = print_table(&a, chains, count, &info);
    }
    if (code != ERR_OK) {
        char text[1200];
        err_format(&info, text, sizeof(text));
        fprintf(stderr, "bench-map: %s\n", text);
    }
    arena_release(&a);
    return code == ERR_OK ? 0 : 1;
}
