/*
 * The site: its table of addresses, and what every page needs around its drawing. See site.h.
 *
 * A page's tag is made of the data's version and of the program's own assets, so that a new release
 * shows at once and an unchanged page is not sent again.
 */
#include "site/site.h"

#include <inttypes.h>
#include <stdio.h>

#include "assets/assets.h"
#include "base/mem.h"
#include "site/pages.h"

enum { ASSETS = 3, ETAG_SIZE = 24, ADDRESS_SIZE = 64, PATH_BYTES_MAX = 16384 };

/* A page's drawing, bound to its site. */
struct bound {
    struct site *site;
    page_draw *draw;
};

static const struct {
    const char *pattern;
    page_draw *draw;
} pages[] = {
    {"/:edition/", page_home},
    {"/:edition/chains", page_chains},
    {"/:edition/chains/:chain", page_chain},
    {"/:edition/exhibitors", page_exhibitors},
    {"/:edition/exhibitors/:id", page_exhibitor},
    {"/:edition/nodes/:node", page_node},
    {"/:edition/scenarios", page_scenarios},
    {"/:edition/scenarios/:scenario", page_scenario},
    {"/:edition/gaps", page_gaps},
};

enum { PAGES = sizeof(pages) / sizeof(pages[0]), ROUTES = PAGES + ASSETS + 2 };

static const struct {
    const char *path, *file, *content_type;
} files[ASSETS] = {
    {"/assets/site.css", "src/site/assets/site.css", "text/css; charset=utf-8"},
    {"/assets/map.js", "src/site/assets/map.js", "text/javascript; charset=utf-8"},
    {"/assets/icon.svg", "src/site/assets/icon.svg", "image/svg+xml"},
};

struct site {
    struct snapshots *snapshots;
    struct bound bound[PAGES];
    struct http_asset assets[ASSETS];
    char asset_etags[ASSETS][ETAG_SIZE];
    char style[ADDRESS_SIZE], script[ADDRESS_SIZE];
    char assets_etag[ETAG_SIZE]; /* of all of them together */
    struct http_route routes[ROUTES];
    size_t route_count;
};

/* The path below the edition, encoded again: "chains/clean-energy". */
static struct str path_below(const struct http_request *request) {
    struct str rest = request->path, segment;
    struct buf out;
    size_t at = 0;
    buf_init(&out, PATH_BYTES_MAX);
    while (str_next(&rest, "/", &segment)) {
        if (at++ < 2)
            continue;
        html_write(&out, at > 3 ? "/%p" : "%p", segment);
    }
    struct str copy = arena_copy(request->arena, buf_str(&out));
    buf_release(&out);
    return copy.ptr != NULL ? copy : STR("");
}

static struct page make_page(struct site *site, const struct http_request *request,
                             struct http_reply *reply, struct snapshot *snapshot) {
    return (struct page){
        .out = &reply->body,
        .request = request,
        .snapshot = snapshot,
        .view = snapshot != NULL ? snapshot_view(snapshot) : NULL,
        .arena = request->arena,
        .here = path_below(request),
        .style = site->style,
        .script = site->script,
    };
}

static enum err answer_page(void *ctx, const struct http_request *request, struct http_reply *reply,
                            struct errinfo *info) {
    const struct bound *bound = ctx;
    struct site *site = bound->site;
    struct snapshot *snapshot;
    enum err e = snapshots_get(site->snapshots, request->params[0], &snapshot, info);
    if (e != ERR_OK)
        return e;
    struct page page = make_page(site, request, reply, snapshot);
    struct str tag = arena_printf(request->arena, "%" PRId64 "-%u-%s", page.view->version,
                                  page.view->edition_index, site->assets_etag);
    reply->content_type = "text/html; charset=utf-8";
    if (tag.ptr == NULL)
        e = err_memory(info);
    else if (!http_reply_is_fresh(request, reply, tag))
        e = bound->draw(&page, info);
    if (e == ERR_OK)
        e = buf_error(&reply->body, info);
    snapshots_put(site->snapshots, snapshot);
    return e;
}

static enum err answer_asset(void *ctx, const struct http_request *request,
                             struct http_reply *reply, struct errinfo *info) {
    http_reply_asset(request, reply, ctx);
    return ERR_OK;
}

/* "/" and "/2024" lead to the edition's overview. */
static enum err answer_front(void *ctx, const struct http_request *request,
                             struct http_reply *reply, struct errinfo *info) {
    struct site *site = ctx;
    struct snapshot *snapshot;
    struct str edition = request->params[0];
    struct buf path;
    enum err e = snapshots_get(site->snapshots, edition, &snapshot, info);
    if (e != ERR_OK)
        return e;
    buf_init(&path, PATH_BYTES_MAX);
    html_write(&path, "/%p/", view_this_edition(snapshot_view(snapshot))->code);
    struct str copy = arena_copy(request->arena, buf_str(&path));
    if (copy.ptr != NULL)
        http_reply_redirect(reply, edition.len > 0 ? 308 : 302, copy);
    else
        e = err_memory(info);
    buf_release(&path);
    snapshots_put(site->snapshots, snapshot);
    return e;
}

static const char *error_title(unsigned status) {
    switch (status) {
    case 400:
        return T(ERROR_400);
    case 403:
        return T(ERROR_403);
    case 404:
        return T(ERROR_404);
    case 405:
        return T(ERROR_405);
    default:
        return T(ERROR_500);
    }
}

/* The edition that the address names, else the current one; NULL when there is none. */
static struct snapshot *edition_of(struct site *site, const struct http_request *request) {
    struct str rest = request->path, segment = STR("");
    struct snapshot *snapshot;
    (void)str_next(&rest, "/", &segment);
    (void)str_next(&rest, "/", &segment);
    if (snapshots_get(site->snapshots, segment, &snapshot, NULL) == ERR_OK)
        return snapshot;
    return snapshots_get(site->snapshots, STR(""), &snapshot, NULL) == ERR_OK ? snapshot : NULL;
}

void site_error_page(void *ctx, const struct http_request *request, const struct errinfo *info,
                     struct http_reply *reply) {
    struct site *site = ctx;
    struct snapshot *snapshot = edition_of(site, request);
    struct page page = make_page(site, request, reply, snapshot);
    const struct page_frame frame = {.title = str_of(error_title(reply->status)),
                                     .description = str_of(error_title(reply->status))};
    page.here = STR("");
    reply->content_type = "text/html; charset=utf-8";
    page_begin(&page, &frame);
    /* The cause of a 500 is for the log, not for visitors. */
    if (reply->status < 500 && info->message[0] != '\0')
        html_write(page.out, "<p>%z.</p>\n", info->message);
    html_write(page.out, "<p>%z</p>\n", reply->status < 500 ? T(ERROR_HELP) : T(ERROR_OURS));
    if (page.view != NULL)
        html_write(page.out,
                   "<ul><li><a href=\"/%p/\">%z</a></li><li><a href=\"/%p/chains\">%z</a></li>"
                   "<li><a href=\"/%p/exhibitors\">%z</a></li></ul>\n",
                   page_edition(&page), T(HOME), page_edition(&page), T(CHAINS),
                   page_edition(&page), T(EXHIBITORS));
    page_end(&page);
    snapshots_put(site->snapshots, snapshot);
}

static enum err load_assets(struct site *site, struct errinfo *info) {
    uint64_t all = 0;
    for (size_t i = 0; i < ASSETS; i++) {
        struct http_asset *asset = &site->assets[i];
        if (!assets_find(str_of(files[i].file), &asset->plain))
            return err_set(info, ERR_INTERNAL, "the program lacks its own file %s", files[i].file);
        all = all * 31 + str_hash(asset->plain);
        snprintf(site->asset_etags[i], ETAG_SIZE, "%016" PRIx64, str_hash(asset->plain));
        asset->path = files[i].path;
        asset->content_type = files[i].content_type;
        asset->etag = site->asset_etags[i];
    }
    snprintf(site->assets_etag, ETAG_SIZE, "%016" PRIx64, all);
    snprintf(site->style, ADDRESS_SIZE, "%s?v=%s", files[0].path, site->asset_etags[0]);
    snprintf(site->script, ADDRESS_SIZE, "%s?v=%s", files[1].path, site->asset_etags[1]);
    return ERR_OK;
}

static void add_route(struct site *site, const char *pattern, http_handler *handler, void *ctx) {
    site->routes[site->route_count++] = (struct http_route){HTTP_GET, pattern, handler, ctx};
}

static void fill_routes(struct site *site) {
    add_route(site, "/", answer_front, site);
    for (size_t i = 0; i < ASSETS; i++)
        add_route(site, files[i].path, answer_asset, &site->assets[i]);
    for (size_t i = 0; i < PAGES; i++) {
        site->bound[i] = (struct bound){site, pages[i].draw};
        add_route(site, pages[i].pattern, answer_page, &site->bound[i]);
    }
    add_route(site, "/:edition", answer_front, site);
}

enum err site_new(const char *database, struct site **out, struct errinfo *info) {
    struct snapshot *current;
    struct site *site = mem_new(1, sizeof(*site));
    if (site == NULL)
        return err_memory(info);
    enum err e = load_assets(site, info);
    if (e == ERR_OK)
        e = snapshots_new(database, &site->snapshots, info);
    if (e == ERR_OK)
        e = snapshots_get(site->snapshots, STR(""), &current, info);
    if (e != ERR_OK) {
        site_free(site);
        return e;
    }
    snapshots_put(site->snapshots, current);
    fill_routes(site);
    *out = site;
    return ERR_OK;
}

void site_free(struct site *site) {
    if (site == NULL)
        return;
    snapshots_free(site->snapshots);
    mem_free(site);
}

const struct http_route *site_routes(const struct site *site, size_t *count) {
    *count = site->route_count;
    return site->routes;
}
