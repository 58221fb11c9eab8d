/*
 * What replies cost: drawing them, and finding drawn ones.
 *
 *     bench-http                  hits a second of the cache on one thread and on two
 *     bench-http draw DB          draws each address on standard input, without HTTP and without
 *                                 cache; prints per pattern what a page costs
 *     bench-http serve DB         serves without cache until standard input ends
 *
 * bench/http_bench.sh measures over HTTP, and uses the last two.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/api.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/threads.h"
#include "base/vec.h"
#include "http/cache.h"
#include "http/gzip.h"
#include "http/route.h"
#include "site/site.h"

enum {
    PAGES = 4000,
    PAGE_BYTES = 4000,
    HITS = 2000000,
    PATTERNS_MAX = 200,
    REPLY_MAX = 64 << 20,
    NO_CACHE = 1, /* a byte: nothing fits */
};

/* Hits --------------------------------------------------------------------------------------- */

struct hits {
    struct http_cache *cache;
    char (*keys)[48];
};

static void hit(void *ctx, size_t from, size_t to, uint32_t worker) {
    const struct hits *hits = ctx;
    const struct http_header header = {STR("Accept-Encoding"), STR("gzip, deflate, br")};
    const struct http_request request = {.headers = &header, .header_count = 1};
    struct rng rng;
    unsigned status;
    rng_init(&rng, from);
    for (size_t i = from; i < to; i++) {
        struct http_drawing drawing = {.key = str_of(hits->keys[rng_below(&rng, PAGES)])};
        struct http_kept *kept = http_cache_find(hits->cache, &drawing);
        (void)http_kept_form(kept, &request, &status);
        http_kept_put(kept);
    }
}

static int bench_hits(void) {
    struct hits hits = {.keys = mem_new(PAGES, sizeof(*hits.keys))};
    if (hits.keys == NULL || http_cache_new((size_t)1 << 30, 1, &hits.cache, NULL) != ERR_OK)
        return 1;
    for (int i = 0; i < PAGES; i++) {
        snprintf(hits.keys[i], sizeof(hits.keys[i]), "/en/2024/exhibitors/%d", i);
        struct http_drawing drawing = {.key = str_of(hits.keys[i])};
        struct http_reply reply = {.status = 200, .content_type = "text/html"};
        buf_init(&reply.body, REPLY_MAX);
        while (reply.body.len < PAGE_BYTES)
            buf_printf(&reply.body, "<p>exhibitor %d</p>", i);
        struct http_kept *kept;
        (void)http_cache_begin(hits.cache, &drawing, &kept);
        kept = http_kept_new(&reply, drawing.key);
        (void)http_cache_done(hits.cache, &drawing, kept);
        http_kept_put(kept);
    }
    printf("%-40s %12s\n", "finding a drawn reply", "a second");
    for (uint32_t threads = 1; threads <= 2; threads++) {
        int64_t began = clock_monotonic_ns();
        threads_for(threads, HITS, HITS / 16, hit, &hits);
        double seconds = (double)(clock_monotonic_ns() - began) / 1e9;
        printf("%-33s %u thread%s %10.0f\n", "  of 4,000 kept,", threads, threads > 1 ? "s" : " ",
               HITS / seconds);
    }
    http_cache_free(hits.cache);
    mem_free(hits.keys);
    return 0;
}

/* Site and API ------------------------------------------------------------------------------- */

struct served {
    struct snapshots *snapshots;
    struct site *site;
    struct api *api;
    struct http_route *routes;
    size_t route_count;
};

static bool open_served(struct served *s, const char *database) {
    struct errinfo info;
    size_t of_api = 0, of_site = 0;
    errinfo_init(&info);
    enum err e = snapshots_new(database, &s->snapshots, &info);
    const struct site_options options = {.snapshots = s->snapshots,
                                         .origin = "https://expo.example"};
    if (e == ERR_OK)
        e = site_new(&options, &s->site, &info);
    const struct api_options open_data = {.snapshots = s->snapshots};
    if (e == ERR_OK)
        e = api_new(&open_data, &s->api, &info);
    if (e != ERR_OK) {
        fprintf(stderr, "%s: %s\n", database, info.message);
        return false;
    }
    const struct http_route *api = api_http_routes(s->api, &of_api);
    const struct http_route *site = site_routes(s->site, &of_site);
    s->route_count = of_api + of_site;
    s->routes = mem_new(s->route_count, sizeof(*s->routes));
    if (s->routes == NULL)
        return false;
    memcpy(s->routes, api, of_api * sizeof(*api));
    memcpy(s->routes + of_api, site, of_site * sizeof(*site));
    return true;
}

static void close_served(struct served *s) {
    mem_free(s->routes);
    api_free(s->api);
    site_free(s->site);
    snapshots_free(s->snapshots);
}

/* Drawing ------------------------------------------------------------------------------------ */

struct figure {
    const char *pattern;
    VEC(int64_t)
    drawn_ns;
    int64_t gzip_ns;
    size_t bytes, packed;
};

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void draw(const struct served *s, struct str target, struct figure *figures) {
    struct http_reply reply = {.status = 200, .content_type = "text/html"};
    struct http_request request = {.method = HTTP_GET}, told;
    struct http_allowed allowed;
    struct str path, query, key;
    struct http_param *params;
    struct arena arena;
    struct buf packed;
    arena_init(&arena, REPLY_MAX);
    buf_init(&reply.body, REPLY_MAX);
    buf_init(&packed, REPLY_MAX);
    request.arena = &arena;
    const struct http_route *route = NULL;
    if (http_target_split(target, &path, &query, NULL) == ERR_OK &&
        http_path_decode(&arena, path, &request.path, NULL) == ERR_OK &&
        http_query_decode(&arena, query, &params, &request.query_count, NULL) == ERR_OK) {
        request.query = params;
        route = http_route_find(s->routes, s->route_count, HTTP_GET, request.path, request.params,
                                &allowed);
    }
    if (route == NULL || http_route_canonical(route, &request, &told, &key, NULL) != ERR_OK)
        goto done;
    int64_t began = clock_thread_ns();
    enum err e = route->handler(route->ctx, &told, &reply, NULL);
    int64_t drawn = clock_thread_ns();
    if (e != ERR_OK) {
        fprintf(stderr, "%.*s: %s\n", STR_ARG(target), err_name(e));
        goto done;
    }
    (void)http_gzip(buf_str(&reply.body), &packed);
    struct figure *f = &figures[route - s->routes];
    f->pattern = route->pattern;
    f->gzip_ns += clock_thread_ns() - drawn;
    f->bytes += reply.body.len;
    f->packed += packed.len;
    if (!vec_push(&f->drawn_ns, drawn - began))
        fprintf(stderr, "no memory\n");

done:
    buf_release(&packed);
    buf_release(&reply.body);
    arena_release(&arena);
}

static int bench_drawing(const char *database) {
    struct served s = {0};
    static struct figure figures[PATTERNS_MAX];
    char *line = NULL;
    size_t capacity = 0;
    ssize_t len;
    if (!open_served(&s, database) || s.route_count > PATTERNS_MAX)
        return 1;
    while ((len = getline(&line, &capacity, stdin)) > 0)
        draw(&s, str_trim((struct str){line, (size_t)len}), figures);
    printf("%-42s %6s %9s %9s %9s %9s %9s %9s\n", "drawing, of processor time", "pages", "mean us",
           "median", "p99", "gzip us", "bytes", "gzipped");
    for (size_t i = 0; i < s.route_count; i++) {
        struct figure *f = &figures[i];
        size_t n = f->drawn_ns.len;
        int64_t sum = 0;
        if (n == 0)
            continue;
        qsort(f->drawn_ns.at, n, sizeof(*f->drawn_ns.at), by_size);
        for (size_t j = 0; j < n; j++)
            sum += f->drawn_ns.at[j];
        printf("%-42s %6zu %9.0f %9.0f %9.0f %9.0f %9zu %9zu\n", f->pattern, n,
               (double)sum / (double)n / 1e3, (double)f->drawn_ns.at[n / 2] / 1e3,
               (double)f->drawn_ns.at[n - 1 - n / 100] / 1e3, (double)f->gzip_ns / (double)n / 1e3,
               f->bytes / n, f->packed / n);
        vec_free(&f->drawn_ns);
    }
    free(line);
    close_served(&s);
    return 0;
}

static int serve_without_cache(const char *database) {
    struct served s = {0};
    struct http_server *server;
    struct errinfo info;
    char byte;
    if (!open_served(&s, database))
        return 1;
    const struct http_options options = {.listen = "127.0.0.1:0",
                                         .routes = s.routes,
                                         .route_count = s.route_count,
                                         .cache_bytes = NO_CACHE};
    errinfo_init(&info);
    if (http_server_new(&options, &server, &info) != ERR_OK) {
        fprintf(stderr, "%s\n", info.message);
        return 1;
    }
    printf("%.*s\n", STR_ARG(http_server_address(server)));
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0)
        continue;
    http_server_free(server);
    close_served(&s);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 1)
        return bench_hits();
    if (argc == 3 && strcmp(argv[1], "draw") == 0)
        return bench_drawing(argv[2]);
    if (argc == 3 && strcmp(argv[1], "serve") == 0)
        return serve_without_cache(argv[2]);
    fprintf(stderr, "usage: bench-http [draw DB | serve DB]\n");
    return 2;
}
