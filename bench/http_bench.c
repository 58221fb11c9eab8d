/*
 * Requests a second of src/http against nginx serving the same bytes as a static file.
 *
 * Without arguments it hands over to http_bench.sh, which starts nginx, this program as a server,
 * and wrk against both. `serve THREADS BYTES` answers "/page" until standard input ends.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "http/http.h"

struct bench_page {
    struct buf text;
};

static enum err send_page(void *ctx, const struct http_request *request, struct http_reply *reply,
                          struct errinfo *info) {
    const struct bench_page *page = ctx;
    reply->fixed = buf_str(&page->text);
    return ERR_OK;
}

static int serve(uint32_t threads, uint32_t size_bytes) {
    struct bench_page page;
    struct http_server *server;
    struct errinfo info;
    char byte;
    buf_init(&page.text, size_bytes);
    while (page.text.len < size_bytes)
        buf_add_char(&page.text, 'x');
    const struct http_route routes[] = {{.pattern = "/page", .handler = send_page, .ctx = &page}};
    const struct http_options options = {
        .listen = "127.0.0.1:0", .routes = routes, .route_count = 1, .threads = threads};
    errinfo_init(&info);
    if (http_server_new(&options, &server, &info) != ERR_OK) {
        fprintf(stderr, "%s\n", info.message);
        return 1;
    }
    printf("%.*s/page\n", STR_ARG(http_server_address(server)));
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0)
        continue;
    http_server_free(server);
    buf_release(&page.text);
    return 0;
}

int main(int argc, char **argv) {
    uint32_t threads, size_bytes;
    char script[4096];
    const char *source = getenv("FAIRLEAD_SOURCE");
    if (argc == 4 && strcmp(argv[1], "serve") == 0 && str_to_u32(str_of(argv[2]), &threads) &&
        str_to_u32(str_of(argv[3]), &size_bytes))
        return serve(threads, size_bytes);
    snprintf(script, sizeof(script), "%s/bench/http_bench.sh", source != NULL ? source : ".");
    execlp("sh", "sh", script, argv[0], (char *)NULL);
    perror(script);
    return 1;
}
