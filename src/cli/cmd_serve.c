/*
 * The command serve: the site over HTTP until a signal ends it.
 *
 * The signals are blocked before any thread starts, so that only sigwait here takes them and the
 * server is stopped by ordinary code.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

#include "cli/commands.h"
#include "http/http.h"
#include "site/site.h"

#define DEFAULT_LISTEN "127.0.0.1:8080"

enum { DRAIN_MS = 5000 };

static void wait_for_end(const sigset_t *signals) {
    int which;
    while (sigwait(signals, &which) != 0)
        continue;
}

static enum err serve(struct cli *cli, struct site *site, const sigset_t *signals) {
    struct http_options options = {
        .listen = cli_value(cli, "listen") != NULL ? cli_value(cli, "listen") : DEFAULT_LISTEN,
        .error_page = site_error_page,
        .error_ctx = site,
        .generation = site_generation,
        .generation_ctx = site,
        .access_log = cli_given(cli, "log"),
    };
    struct http_server *server;
    options.routes = site_routes(site, &options.route_count);
    enum err code = http_server_new(&options, &server, &cli->info);
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
    struct site_options options = {.origin = cli_value(cli, "origin")};
    struct site *site = NULL;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    if (snapshots_new(cli->argument[0], &options.snapshots, &cli->info) != ERR_OK)
        return cli_fail(cli);
    enum err code = site_new(&options, &site, &cli->info);
    if (code == ERR_OK)
        code = serve(cli, site, &signals);
    site_free(site);
    snapshots_free(options.snapshots);
    return code == ERR_OK ? CLI_OK : cli_fail(cli);
}
