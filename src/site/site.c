/* The site: its table of addresses, and what every page needs around its drawing. See site.h. */
#include "site/site.h"

#include <inttypes.h>
#include <stdio.h>

#include "assets/assets.h"
#include "base/mem.h"
#include "http/accept.h"
#include "service/picture.h"
#include "site/app_frame.h"
#include "site/join_frame.h"
#include "site/listing.h"
#include "site/pages.h"
#include "site/sitemap.h"

enum { ASSETS = 9, ETAG_SIZE = 24, ADDRESS_SIZE = 64, PATH_BYTES_MAX = 16384, ORIGIN_MAX = 256 };

#define PROGRAMME_QUERY "day chain kind host"
#define CALENDAR "text/calendar; charset=utf-8"

/* A page's drawing, bound to its site. */
struct bound {
    struct site *site;
    page_draw *draw;
    const char *content_type;
};

static const struct {
    const char *pattern;
    page_draw *draw;
    const char *content_type; /* NULL = HTML */
    const char *reads;        /* query parameters; nothing else may change the page */
    unsigned access;          /* of enum http_flags */
} pages[] = {
    {"/:lang/:edition/", page_home, NULL, NULL, 0},
    {"/:lang/:edition/chains", page_chains, NULL, NULL, 0},
    {"/:lang/:edition/chains/:chain", page_chain, NULL, NULL, 0},
    {"/:lang/:edition/chains/:chain/ecosystem", page_ecosystem, NULL, NULL, 0},
    {"/:lang/:edition/chains/:chain/embed", page_chain_embed, NULL, NULL, HTTP_EMBEDDABLE},
    {"/:lang/:edition/chains/:chain/map.svg", page_chain_svg, "image/svg+xml", NULL, HTTP_OPEN},
    {"/:lang/:edition/exhibitors", page_exhibitors, NULL, LISTING_QUERY, 0},
    {"/:lang/:edition/exhibitors.csv", page_exhibitors_csv, "text/csv; charset=utf-8",
     LISTING_QUERY, HTTP_OPEN},
    {"/:lang/:edition/exhibitors/:id", page_exhibitor, NULL, NULL, 0},
    {"/:lang/:edition/exhibitors/:id/card.vcf", page_card, "text/vcard; charset=utf-8", NULL,
     HTTP_OPEN},
    {"/:lang/:edition/nodes/:node", page_node, NULL, NULL, 0},
    {"/:lang/:edition/scenarios", page_scenarios, NULL, NULL, 0},
    {"/:lang/:edition/scenarios/:scenario", page_scenario, NULL, NULL, 0},
    {"/:lang/:edition/exhibits", page_exhibits, NULL, "debut field pavilion", 0},
    {"/:lang/:edition/figures", page_figures, NULL, NULL, 0},
    {"/:lang/:edition/gaps", page_gaps, NULL, NULL, 0},
    {"/:lang/:edition/pavilions", page_pavilions, NULL, NULL, 0},
    {"/:lang/:edition/pavilions/:pavilion", page_pavilion, NULL, NULL, 0},
    {"/:lang/:edition/search", page_search, NULL, "q kind page", 0},
    {"/:lang/:edition/search/suggest", page_suggest, "application/json", "q", 0},
    {"/:lang/:edition/programme", page_programme, NULL, PROGRAMME_QUERY, 0},
    {"/:lang/:edition/programme.ics", page_programme_ics, CALENDAR, NULL, HTTP_OPEN},
    {"/:lang/:edition/programme/embed", page_programme_embed, NULL, PROGRAMME_QUERY,
     HTTP_EMBEDDABLE},
    {"/:lang/:edition/programme/:event", page_event, NULL, NULL, 0},
    {"/:lang/:edition/programme/:event/event.ics", page_event_ics, CALENDAR, NULL, HTTP_OPEN},
    {"/:lang/:edition/chains/:chain/programme.ics", page_chain_ics, CALENDAR, NULL, HTTP_OPEN},
    {"/:lang/:edition/sitemap.xml", page_sitemap, "application/xml", NULL, 0},
};

enum { PAGES = sizeof(pages) / sizeof(pages[0]), ROUTES = PAGES + ASSETS + 8 + APP_ROUTES };

static const struct {
    const char *path, *file, *content_type;
} files[ASSETS] = {
    {"/assets/site.css", "src/site/assets/site.css", "text/css; charset=utf-8"},
    {"/assets/map.js", "src/site/assets/map.js", "text/javascript; charset=utf-8"},
    {"/assets/find.js", "src/site/assets/find.js", "text/javascript; charset=utf-8"},
    {"/assets/icon.svg", "src/site/assets/icon.svg", "image/svg+xml"},
    {"/assets/desk.js", "web/desk.js", "text/javascript; charset=utf-8"},
    {"/assets/desk.css", "web/desk.css", "text/css; charset=utf-8"},
    {"/assets/join.js", "src/site/assets/join.js", "text/javascript; charset=utf-8"},
    {"/assets/portal.js", "web/portal.js", "text/javascript; charset=utf-8"},
    {"/assets/portal.css", "web/portal.css", "text/css; charset=utf-8"},
};

struct site {
    struct snapshots *snapshots;
    struct bound bound[PAGES];
    struct http_asset assets[ASSETS];
    char asset_etags[ASSETS][ETAG_SIZE];
    char style[ADDRESS_SIZE], script[ADDRESS_SIZE], find_script[ADDRESS_SIZE];
    char app[APPS][APP_FRAME_MAX];
    char join[JOIN_FRAME_MAX]; /* the page of an invitation */
    char origin[ORIGIN_MAX];
    struct http_route routes[ROUTES];
    size_t route_count;
};

/* The path below language and edition, encoded again: "chains/clean-energy". */
static struct str path_below(const struct http_request *request) {
    struct str rest = request->path, segment;
    struct buf out;
    size_t at = 0;
    buf_init(&out, PATH_BYTES_MAX);
    while (str_next(&rest, "/", &segment)) {
        if (at++ < 3)
            continue;
        html_write(&out, at > 4 ? "/%p" : "%p", segment);
    }
    struct str copy = arena_copy(request->arena, buf_str(&out));
    buf_release(&out);
    return copy.ptr != NULL ? copy : STR("");
}

/* The query, encoded again: "?country=DE". */
static struct str query_of(const struct http_request *request) {
    struct buf out;
    buf_init(&out, PATH_BYTES_MAX);
    for (size_t i = 0; i < request->query_count; i++)
        html_write_plain(&out, "%z%p=%p", i == 0 ? "?" : "&", request->query[i].name,
                         request->query[i].value);
    struct str copy = arena_copy(request->arena, buf_str(&out));
    buf_release(&out);
    return copy.ptr != NULL ? copy : STR("");
}

/* The language to answer in where the address names none: the one the browser prefers, else
 * English. */
static enum lang language_of(const struct http_request *request) {
    const char *codes[LANGS];
    for (enum lang lang = 0; lang < LANGS; lang++)
        codes[lang] = lang_code(lang);
    size_t best = http_accept_language(request, codes, LANGS);
    return best < LANGS ? (enum lang)best : LANG_EN;
}

static struct page make_page(struct site *site, const struct http_request *request,
                             struct http_reply *reply, struct snapshot *snapshot, enum lang lang) {
    struct str base = STR("");
    if (snapshot != NULL)
        base = arena_printf(request->arena, "/%s/%.*s", lang_code(lang),
                            STR_ARG(view_this_edition(snapshot_view(snapshot))->code));
    return (struct page){
        .lang = lang,
        .base = base.ptr != NULL ? base : STR(""),
        .query = query_of(request),
        .origin = str_of(site->origin),
        .out = &reply->body,
        .request = request,
        .snapshot = snapshot,
        .view = snapshot != NULL ? snapshot_view(snapshot) : NULL,
        .arena = request->arena,
        .here = path_below(request),
        .style = site->style,
        .script = site->script,
        .find_script = site->find_script,
    };
}

static enum err answer_page(void *ctx, const struct http_request *request, struct http_reply *reply,
                            struct errinfo *info) {
    const struct bound *bound = ctx;
    struct site *site = bound->site;
    struct snapshot *snapshot;
    enum lang lang = lang_of_code(request->params[0]);
    if (lang == LANGS)
        return err_set(info, ERR_NOT_FOUND, "there is no language \"%.*s\"",
                       STR_ARG(request->params[0]));
    enum err e = snapshots_get(site->snapshots, request->params[1], &snapshot, info);
    if (e == ERR_NOT_FOUND)
        return err_set(info, ERR_NOT_FOUND, "%s", site_word(lang, WORD_NO_EDITION));
    if (e != ERR_OK)
        return e;
    struct page page = make_page(site, request, reply, snapshot, lang);
    reply->content_type =
        bound->content_type != NULL ? bound->content_type : "text/html; charset=utf-8";
    e = bound->draw(&page, info);
    if (e == ERR_OK)
        e = buf_error(&reply->body, info);
    if (e == ERR_OK && page.go_to.len > 0)
        http_reply_redirect(reply, 302, page.go_to);
    snapshots_put(site->snapshots, snapshot);
    return e;
}

static enum err answer_asset(void *ctx, const struct http_request *request,
                             struct http_reply *reply, struct errinfo *info) {
    http_reply_asset(request, reply, ctx);
    return ERR_OK;
}

/* A picture under its digest: the same for ever, so a browser need not ask again. */
static enum err answer_picture(void *ctx, const struct http_request *request,
                               struct http_reply *reply, struct errinfo *info) {
    const struct site *site = ctx;
    struct str rest = request->params[0], digest, ending;
    struct picture picture;
    if (!str_next(&rest, ".", &digest) || !str_next(&rest, "", &ending) ||
        !picture_is_digest(digest))
        return err_set(info, ERR_NOT_FOUND, "there is no picture of that address");
    reply->cache = "public, max-age=31536000, immutable";
    reply->etag = digest;
    enum err e = snapshots_picture(site->snapshots, digest, &reply->body, info);
    if (e == ERR_OK)
        e = picture_read(buf_str(&reply->body), &picture, info);
    if (e == ERR_OK && !str_equal_c(ending, picture_format_name(picture.format)))
        e = err_set(info, ERR_NOT_FOUND, "there is no picture of that address");
    if (e == ERR_OK)
        reply->content_type = picture_media_type(ending);
    return e;
}

static enum err answer_robots(void *ctx, const struct http_request *request,
                              struct http_reply *reply, struct errinfo *info) {
    const struct site *site = ctx;
    reply->content_type = "text/plain; charset=utf-8";
    sitemap_robots(&reply->body, str_of(site->origin));
    return ERR_OK;
}

static enum err answer_sitemap_index(void *ctx, const struct http_request *request,
                                     struct http_reply *reply, struct errinfo *info) {
    const struct site *site = ctx;
    struct snapshot *snapshot;
    if (site->origin[0] == '\0')
        return err_set(info, ERR_NOT_FOUND, "the public address of this site is not set");
    enum err e = snapshots_get(site->snapshots, STR(""), &snapshot, info);
    if (e != ERR_OK)
        return e;
    reply->content_type = "application/xml";
    sitemap_index(&reply->body, str_of(site->origin), snapshot_view(snapshot));
    snapshots_put(site->snapshots, snapshot);
    return ERR_OK;
}

/*
 * "/", "/zh", "/2024" and "/zh/2024" lead to the overview of an edition: the one that is named,
 * else the current one, in the language that is named, else the one the browser prefers.
 */
static enum err answer_front(void *ctx, const struct http_request *request,
                             struct http_reply *reply, struct errinfo *info) {
    struct site *site = ctx;
    struct snapshot *snapshot;
    struct str edition = request->params[0];
    enum lang lang = lang_of_code(request->params[0]);
    bool is_named = lang < LANGS;
    if (is_named)
        edition = request->params[1];
    else if (request->params[1].len > 0)
        return err_set(info, ERR_NOT_FOUND, "there is no language \"%.*s\"", STR_ARG(edition));
    else
        lang = language_of(request);
    enum err e = snapshots_get(site->snapshots, edition, &snapshot, info);
    if (e != ERR_OK)
        return e;
    struct str path = arena_printf(request->arena, "/%s/%.*s/", lang_code(lang),
                                   STR_ARG(view_this_edition(snapshot_view(snapshot))->code));
    if (path.ptr != NULL)
        http_reply_redirect(reply, is_named && edition.len > 0 ? 308 : 302, path);
    else
        e = err_memory(info);
    if (!is_named)
        reply->vary = "Accept-Language";
    snapshots_put(site->snapshots, snapshot);
    return e;
}

static enum site_word error_title(unsigned status) {
    switch (status) {
    case 400:
        return WORD_ERROR_400;
    case 403:
        return WORD_ERROR_403;
    case 404:
        return WORD_ERROR_404;
    case 405:
        return WORD_ERROR_405;
    case 413:
    case 415:
        return WORD_ERROR_413;
    case 414:
        return WORD_ERROR_414;
    case 429:
        return WORD_ERROR_429;
    case 431:
        return WORD_ERROR_431;
    case 501:
        return WORD_ERROR_501;
    case 505:
        return WORD_ERROR_505;
    default:
        return WORD_ERROR_500;
    }
}

/* The edition and language that the address names, as far as it does, else the current edition and
 * the browser's language; the edition is NULL when there is none. */
static struct snapshot *find_frame(struct site *site, const struct http_request *request,
                                   enum lang *lang) {
    struct str rest = request->path, segment = STR("");
    struct snapshot *snapshot;
    (void)str_next(&rest, "/", &segment);
    (void)str_next(&rest, "/", &segment);
    *lang = lang_of_code(segment);
    if (*lang < LANGS)
        (void)str_next(&rest, "/", &segment);
    else
        *lang = language_of(request);
    if (snapshots_get(site->snapshots, segment, &snapshot, NULL) == ERR_OK)
        return snapshot;
    return snapshots_get(site->snapshots, STR(""), &snapshot, NULL) == ERR_OK ? snapshot : NULL;
}

/* Words from below the site are English; a Chinese page does without them. */
static void write_cause(struct page *page, const struct errinfo *info) {
    struct errinfo told = *info;
    bool is_ascii = true;
    for (const char *at = told.message; *at != '\0'; at++)
        is_ascii &= (unsigned char)*at < 0x80;
    if (told.message[0] >= 'a' && told.message[0] <= 'z')
        told.message[0] = (char)(told.message[0] - 'a' + 'A');
    if (!is_ascii || page->lang == LANG_EN)
        html_write(page->out, "<p>%z</p>\n", told.message);
}

void site_error_page(void *ctx, const struct http_request *request, const struct errinfo *info,
                     struct http_reply *reply) {
    struct site *site = ctx;
    enum lang lang;
    struct snapshot *snapshot = find_frame(site, request, &lang);
    struct page page = make_page(site, request, reply, snapshot, lang);
    const struct page_frame frame = {.title = page_word(&page, error_title(reply->status)),
                                     .description = page_word(&page, WORD_ERROR_HELP).text,
                                     .no_index = true};
    page.here = page.query = STR("");
    reply->content_type = "text/html; charset=utf-8";
    page_begin(&page, &frame);
    /* The cause of a 500 is for the log, not for visitors. */
    if (reply->status < 500 && info->message[0] != '\0')
        write_cause(&page, info);
    html_write(page.out, "<p>%z</p>\n",
               reply->status < 500 ? T(&page, ERROR_HELP) : T(&page, ERROR_OURS));
    if (page.view != NULL)
        html_write(page.out,
                   "<ul><li><a href=\"%s/\">%z</a></li><li><a href=\"%s/chains\">%z</a></li>"
                   "<li><a href=\"%s/exhibitors\">%z</a></li></ul>\n",
                   page.base, T(&page, HOME), page.base, T(&page, CHAINS), page.base,
                   T(&page, EXHIBITORS));
    page_end(&page);
    snapshots_put(site->snapshots, snapshot);
}

void site_refusal(void *ctx, const struct http_request *request, const struct errinfo *info,
                  struct http_reply *reply) {
    const struct site *site = ctx;
    struct str rest = request->path, segment = STR("");
    (void)str_next(&rest, "/", &segment);
    (void)str_next(&rest, "/", &segment);
    enum lang lang = lang_of_code(segment);
    if (lang == LANGS)
        lang = language_of(request);
    struct page page = {
        .lang = lang, .out = &reply->body, .arena = request->arena, .style = site->style};
    const struct lang_text title = page_word(&page, error_title(reply->status));
    const struct page_frame frame = {.title = title, .description = title.text, .no_index = true};
    reply->content_type = "text/html; charset=utf-8";
    page_begin(&page, &frame);
    write_cause(&page, info);
    html_write(page.out, "<p><a href=\"/%z\">%z</a></p>\n", lang_code(lang), T(&page, ERROR_FRONT));
    page_end(&page);
}

static enum err load_assets(struct site *site, struct errinfo *info) {
    for (size_t i = 0; i < ASSETS; i++) {
        struct http_asset *asset = &site->assets[i];
        if (!assets_find(str_of(files[i].file), &asset->content))
            return err_set(info, ERR_INTERNAL, "the program lacks its own file %s", files[i].file);
        snprintf(site->asset_etags[i], ETAG_SIZE, "%016" PRIx64, str_hash(asset->content));
        asset->path = files[i].path;
        asset->content_type = files[i].content_type;
        asset->etag = site->asset_etags[i];
    }
    snprintf(site->style, ADDRESS_SIZE, "%s?v=%s", files[0].path, site->asset_etags[0]);
    snprintf(site->script, ADDRESS_SIZE, "%s?v=%s", files[1].path, site->asset_etags[1]);
    snprintf(site->find_script, ADDRESS_SIZE, "%s?v=%s", files[2].path, site->asset_etags[2]);
    const struct app_files app[APPS] = {
        [APP_DESK] = {site->asset_etags[0], site->asset_etags[5], site->asset_etags[4]},
        [APP_PORTAL] = {site->asset_etags[0], site->asset_etags[8], site->asset_etags[7]}};
    enum err code = app_frame_write(APP_DESK, site->app[APP_DESK], &app[APP_DESK], info);
    if (code == ERR_OK)
        code = app_frame_write(APP_PORTAL, site->app[APP_PORTAL], &app[APP_PORTAL], info);
    return code == ERR_OK
               ? join_frame_write(site->join, site->asset_etags[0], site->asset_etags[6], info)
               : code;
}

/* Without a slash at the end, because paths begin with one. */
static enum err set_origin(struct site *site, const char *origin, struct errinfo *info) {
    struct str s = str_of(origin);
    while (str_ends(s, STR("/")))
        s.len--;
    bool is_web = str_starts(s, STR("https://")) || str_starts(s, STR("http://"));
    if (s.len > 0 && (!is_web || s.len >= ORIGIN_MAX)) {
        err_set(info, ERR_INPUT, "\"%.*s\" is no public address", STR_ARG(s));
        err_hint(info, "Expected for example https://expo.example");
        return ERR_INPUT;
    }
    snprintf(site->origin, ORIGIN_MAX, "%.*s", STR_ARG(s));
    return ERR_OK;
}

static struct http_route *add_route(struct site *site, const char *pattern, http_handler *handler,
                                    void *ctx) {
    struct http_route *route = &site->routes[site->route_count++];
    *route = (struct http_route){.pattern = pattern, .handler = handler, .ctx = ctx};
    return route;
}

static void fill_routes(struct site *site) {
    add_route(site, "/", answer_front, site);
    add_route(site, "/pictures/:file", answer_picture, site)->flags = HTTP_OPEN;
    add_route(site, "/robots.txt", answer_robots, site)->flags = HTTP_KEPT;
    add_route(site, "/sitemap.xml", answer_sitemap_index, site)->flags = HTTP_KEPT;
    for (size_t i = 0; i < ASSETS; i++) {
        struct http_route *route = add_route(site, files[i].path, answer_asset, &site->assets[i]);
        route->flags = HTTP_KEPT;
        route->reads = "v";
    }
    add_route(site, join_frame_pattern, app_frame_answer, site->join);
    for (size_t i = 0; i < APP_ROUTES; i++)
        add_route(site, app_addresses[i].pattern, app_frame_answer,
                  site->app[app_addresses[i].app]);
    for (size_t i = 0; i < PAGES; i++) {
        site->bound[i] = (struct bound){site, pages[i].draw, pages[i].content_type};
        struct http_route *route = add_route(site, pages[i].pattern, answer_page, &site->bound[i]);
        route->flags = HTTP_KEPT | pages[i].access;
        route->reads = pages[i].reads;
    }
    add_route(site, "/:lang", answer_front, site);
    add_route(site, "/:lang/", answer_front, site);
    add_route(site, "/:lang/:edition", answer_front, site);
}

enum err site_new(const struct site_options *options, struct site **out, struct errinfo *info) {
    struct snapshot *current;
    struct site *site = mem_new(1, sizeof(*site));
    if (site == NULL)
        return err_memory(info);
    site->snapshots = options->snapshots;
    enum err e = load_assets(site, info);
    if (e == ERR_OK)
        e = set_origin(site, options->origin, info);
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
    mem_free(site);
}

int64_t site_generation(void *ctx) {
    struct site *site = ctx;
    return snapshots_refresh(site->snapshots);
}

const struct http_route *site_routes(const struct site *site, size_t *count) {
    *count = site->route_count;
    return site->routes;
}
