/*
 * The command serve: the site over HTTP until a signal ends it.
 *
 * The signals are blocked before any thread starts, so that only sigwait here takes them and the
 * server is stopped by ordinary code.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

#include "api/api.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/serve_mail.h"
#include "http/http.h"
#include "site/markdown.h"
#include "site/site.h"

#define DEFAULT_LISTEN "127.0.0.1:8080"

enum {
    DRAIN_MS = 5000,
    CACHE_MIB = 64,
    ORIGIN_MAX = 300,
    /* A crawler leaves half of a core of two to others; a hall of visitors behind one address
     * causes some hundred drawings a second, of a tenth of a millisecond to three. */
    CLIENT_LIMIT_PERCENT = 50,
};

static void wait_for_end(const sigset_t *signals) {
    int which;
    while (sigwait(signals, &which) != 0)
        continue;
}

/* What answers: the pages, and beside them the API. */
struct served {
    struct snapshots *snapshots;
    struct desk *desk;
    struct serve_mail mail;
    char origin[ORIGIN_MAX]; /* for links in mails */
    struct site *site;
    struct api *api;
    struct http_route *routes; /* those of the API first, because pages have a name in front */
    size_t route_count;
};

static void explain_error(void *ctx, const struct http_request *request, const struct errinfo *info,
                          struct http_reply *reply) {
    const struct served *served = ctx;
    if (api_owns(request->path))
        api_error_page(served->api, request, info, reply);
    else
        site_error_page(served->site, request, info, reply);
}

static void explain_refusal(void *ctx, const struct http_request *request,
                            const struct errinfo *info, struct http_reply *reply) {
    const struct served *served = ctx;
    if (api_owns(request->path))
        api_refusal(served->api, request, info, reply);
    else
        site_refusal(served->site, request, info, reply);
}

static enum err join_routes(struct served *served, struct errinfo *info) {
    size_t of_api, of_site;
    const struct http_route *api = api_http_routes(served->api, &of_api);
    const struct http_route *site = site_routes(served->site, &of_site);
    served->routes = mem_new(of_api + of_site, sizeof(*served->routes));
    if (served->routes == NULL)
        return err_memory(info);
    memcpy(served->routes, api, of_api * sizeof(*api));
    memcpy(served->routes + of_api, site, of_site * sizeof(*site));
    served->route_count = of_api + of_site;
    return ERR_OK;
}

static enum err open_served(struct cli *cli, struct served *served) {
    enum err code = snapshots_new(cli->argument[0], &served->snapshots, &cli->info);
    if (code != ERR_OK)
        return code;
    const struct site_options site = {served->snapshots, cli_value(cli, "origin")};
    const char *listen =
        cli_value(cli, "listen") != NULL ? cli_value(cli, "listen") : DEFAULT_LISTEN;
    if (site.origin != NULL)
        snprintf(served->origin, sizeof(served->origin), "%s", site.origin);
    else
        snprintf(served->origin, sizeof(served->origin), "http://%s", listen);
    const struct desk_options desk = {
        .database = cli->argument[0],
        .snapshots = served->snapshots,
        .origin = served->origin,
        .draw_markdown = markdown_write,
        .is_secure = site.origin != NULL && str_starts(str_of(site.origin), STR("https:")),
    };
    if (!cli_given(cli, "read-only"))
        code = desk_new(&desk, &served->desk, &cli->info);
    if (code == ERR_OK && served->desk != NULL)
        code = serve_mail_start(cli, desk_writer(served->desk), served->origin, &served->mail,
                                &cli->info);
    if (code == ERR_OK)
        code = site_new(&site, &served->site, &cli->info);
    const struct api_options api = {
        .snapshots = served->snapshots, .desk = served->desk, .license = cli_value(cli, "license")};
    if (code == ERR_OK)
        code = api_new(&api, &served->api, &cli->info);
    return code == ERR_OK ? join_routes(served, &cli->info) : code;
}

static void close_served(struct served *served) {
    mem_free(served->routes);
    api_free(served->api);
    site_free(served->site);
    serve_mail_stop(&served->mail);
    desk_free(served->desk);
    snapshots_free(served->snapshots);
}

/* Reads what the command line says of the server; false after telling a misuse. */
static bool read_options(struct cli *cli, struct http_options *options) {
    int64_t percent, mib;
    if (!cli_number(cli, "client-limit", 0, 100000, CLIENT_LIMIT_PERCENT, &percent) ||
        !cli_number(cli, "cache", 1, 1 << 20, CACHE_MIB, &mib))
        return false;
    *options = (struct http_options){
        .listen = cli_value(cli, "listen") != NULL ? cli_value(cli, "listen") : DEFAULT_LISTEN,
        .proxy = cli_value(cli, "behind-proxy"),
        .client_work_ms = (uint32_t)percent * 10,
        .cache_bytes = (size_t)mib << 20,
        .access_log = cli_given(cli, "log"),
    };
    return true;
}

static enum err serve(struct cli *cli, struct http_options *options, struct served *served,
                      const sigset_t *signals) {
    struct http_server *server;
    options->routes = served->routes;
    options->route_count = served->route_count;
    options->error_page = explain_error;
    options->error_ctx = served;
    options->refusal = explain_refusal;
    options->generation = site_generation;
    options->generation_ctx = served->site;
    enum err code = http_server_new(options, &server, &cli->info);
    if (code != ERR_OK)
        return code;
    fprintf(cli->out, "Serving %s at %.*s/ (Ctrl-C ends)\n", cli->argument[0],
            STR_ARG(http_server_address(server)));
    fflush(cli->out);
    wait_for_end(signals);
    fprintf(cli->out, "Ending after the replies under way.\n");
    http_server_stop(server, DRAIN_MS);
    http_server_free(server);
    return ERR_OK;
}

int cmd_serve(struct cli *cli) {
    sigset_t signals;
    struct http_options options;
    struct served served = {0};
    if (!read_options(cli, &options))
        return CLI_USAGE;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    enum err code = open_served(cli, &served);
    if (code == ERR_OK)
        code = serve(cli, &options, &served, &signals);
    close_served(&served);
    return code == ERR_OK ? CLI_OK : cli_fail(cli);
}
