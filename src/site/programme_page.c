/*
 * The programme: all events day by day, chosen by plain links (day, chain, kind, host), the grid of
 * a day, the feed for calendars, and the list for other sites.
 */
#include "base/clock.h"
#include "model/kinds.h"
#include "site/dates.h"
#include "site/pages.h"
#include "site/parts.h"
#include "site/programme_grid.h"
#include "site/programme_parts.h"

/* What the query asks for; empty and 0 = any. */
struct choice {
    struct str day;  /* YYYY-MM-DD, or "none" for those not yet dated */
    struct str area; /* code */
    uint32_t kind;   /* enum programme_kind */
    struct str host; /* name in either language */
};

static bool is_on(const struct view_programme_entry *e, struct str day) {
    struct str last = e->ends.len > 0 ? e->ends : e->starts;
    return e->starts.len > 0 && str_compare(e->starts, day) <= 0 && str_compare(day, last) <= 0;
}

static bool fits(const struct page *page, const struct choice *c,
                 const struct view_programme_entry *e) {
    bool on_day =
        c->day.len == 0 || (str_equal_c(c->day, "none") ? e->starts.len == 0 : is_on(e, c->day));
    return on_day && (c->area.len == 0 || str_equal(e->area, c->area)) &&
           (c->kind == 0 || kind_of_code(&kind_programme, e->kind) == c->kind) &&
           (c->host.len == 0 || event_has_host(page->view, e, c->host));
}

static uint32_t count_fitting(const struct page *page, const struct choice *c) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < page->view->programmes; i++)
        count += fits(page, c, &page->view->programme[i]);
    return count;
}

static bool is_known_host(const struct view *view, struct str name) {
    for (uint32_t h = 0; h < view->hosts; h++)
        if (str_equal(view->host[h].name_en, name) || str_equal(view->host[h].name_zh, name))
            return true;
    return false;
}

/* A day on which nothing happens is a choice that nothing fits; what is no day is no choice. */
static enum err read_choice(struct page *page, struct choice *c, struct errinfo *info) {
    struct str kind = http_request_query(page->request, "kind");
    *c = (struct choice){.day = http_request_query(page->request, "day"),
                         .area = http_request_query(page->request, "chain"),
                         .host = http_request_query(page->request, "host"),
                         .kind = kind_of_code(&kind_programme, kind)};
    bool known_area =
        c->area.len == 0 || str_map_get(&page->view->area_by_code, c->area) != MAP_NONE;
    bool known_day = c->day.len == 0 || str_equal_c(c->day, "none") || clock_is_date(c->day);
    bool known_host = c->host.len == 0 || is_known_host(page->view, c->host);
    if (!known_area || !known_day || !known_host || (kind.len > 0 && c->kind == PROGRAMME_UNKNOWN))
        return page_not_found(page, WORD_PROGRAMME_EMPTY, info);
    return ERR_OK;
}

/* ---- choices ---- */

static void write_query(struct page *page, const struct choice *c) {
    const char *mark = "?";
    const struct {
        const char *name;
        struct str value;
    } parts[] = {{"day", c->day},
                 {"chain", c->area},
                 {"kind", str_of(kind_code(&kind_programme, c->kind))},
                 {"host", c->host}};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (parts[i].value.len > 0) {
            html_write(page->out, "%z%z=%p", mark, parts[i].name, parts[i].value);
            mark = "&";
        }
}

/* A link to another choice with how many events it has; nothing for none. */
static void write_option(struct page *page, const struct choice *other, bool is_present,
                         struct lang_text name) {
    uint32_t count = count_fitting(page, other);
    if (count == 0 && !is_present)
        return;
    html_write(page->out, "<li><a href=\"%s/programme", page->base);
    write_query(page, other);
    html_write(page->out,
               is_present
                   ? "\" rel=\"nofollow\" aria-current=\"true\">%t</a> <small>%u</small></li>"
                   : "\" rel=\"nofollow\">%t</a> <small>%u</small></li>",
               name, count);
}

static void open_options(struct page *page, enum site_word word) {
    html_write(page->out, "<nav class=\"choices\" aria-label=\"%z\"><b>%z</b><ul>",
               site_word(page->lang, word), site_word(page->lang, word));
}

static struct lang_text day_name(struct page *page, struct str day) {
    return (struct lang_text){dates_text(page, day, STR("")), page->lang, false};
}

static void write_days(struct page *page, const struct choice *present) {
    const struct view *view = page->view;
    struct choice other = *present;
    open_options(page, WORD_PROGRAMME_BY_DAY);
    other.day = STR("");
    write_option(page, &other, present->day.len == 0, page_word(page, WORD_PROGRAMME_ANY));
    for (uint32_t i = 0; i < view->programmes; i++) {
        struct str day = view->programme[i].starts;
        if (day.len == 0 || (i > 0 && str_equal(day, view->programme[i - 1].starts)))
            continue;
        other.day = day;
        write_option(page, &other, str_equal(present->day, day), day_name(page, day));
    }
    other.day = STR("none");
    write_option(page, &other, str_equal(present->day, other.day),
                 page_word(page, WORD_PROGRAMME_UNDATED));
    buf_add_c(page->out, "</ul></nav>\n");
}

static void write_areas(struct page *page, const struct choice *present) {
    struct choice other = *present;
    open_options(page, WORD_PROGRAMME_BY_CHAIN);
    other.area = STR("");
    write_option(page, &other, present->area.len == 0, page_word(page, WORD_PROGRAMME_ANY));
    for (uint32_t a = 0; a < page->view->areas; a++) {
        other.area = page->view->area[a].code;
        write_option(page, &other, str_equal(present->area, other.area),
                     PICK(page, &page->view->area[a], name));
    }
    buf_add_c(page->out, "</ul></nav>\n");
}

static void write_kinds(struct page *page, const struct choice *present) {
    struct choice other = *present;
    open_options(page, WORD_PROGRAMME_BY_KIND);
    other.kind = 0;
    write_option(page, &other, present->kind == 0, page_word(page, WORD_PROGRAMME_ANY));
    for (uint32_t kind = 1; kind < kind_programme.count; kind++) {
        const char *code = kind_code(&kind_programme, kind);
        other.kind = kind;
        write_option(page, &other, present->kind == kind,
                     (struct lang_text){str_of(part_kind(page, &kind_programme, str_of(code))),
                                        page->lang, false});
    }
    buf_add_c(page->out, "</ul></nav>\n");
}

/* Whether an earlier event has a host of that name. */
static bool is_named_before(const struct view *view, uint32_t host) {
    for (uint32_t h = 0; h < host; h++)
        if (str_equal(view->host[h].name_en, view->host[host].name_en) &&
            str_equal(view->host[h].name_zh, view->host[host].name_zh))
            return true;
    return false;
}

static void write_hosts(struct page *page, const struct choice *present) {
    const struct view *view = page->view;
    if (view->hosts == 0)
        return;
    html_write(page->out,
               present->host.len > 0 ? "<details class=\"on-demand\" open><summary>%z</summary>"
                                     : "<details class=\"on-demand\"><summary>%z</summary>",
               T(page, PROGRAMME_BY_HOST));
    buf_add_c(page->out, "<ul class=\"plain columns\">\n");
    for (uint32_t h = 0; h < view->hosts; h++) {
        const struct view_host *host = &view->host[h];
        if (is_named_before(view, h))
            continue;
        struct choice other = {.host = host->name_en.len > 0 ? host->name_en : host->name_zh};
        write_option(page, &other,
                     str_equal(present->host, host->name_en) ||
                         str_equal(present->host, host->name_zh),
                     PICK(page, host, name));
        buf_add_char(page->out, '\n');
    }
    buf_add_c(page->out, "</ul></details>\n");
}

/* ---- lists ---- */

/* Whether an event of the day has a time, so that there is a grid to see. */
static bool has_hours(const struct page *page, struct str day) {
    for (uint32_t i = 0; i < page->view->programmes; i++)
        if (page->view->programme[i].start_time.len > 0 && is_on(&page->view->programme[i], day))
            return true;
    return false;
}

static void write_day_head(struct page *page, struct str day, bool with_grid) {
    html_write(page->out, "<h2 id=\"day-%s\"><time datetime=\"%s\">%s</time>", day, day,
               day_name(page, day).text);
    if (with_grid)
        html_write(page->out,
                   " <a class=\"beside\" href=\"%s/programme?day=%p\" rel=\"nofollow\">%z</a>",
                   page->base, day, T(page, PROGRAMME_DAY_GRID));
    buf_add_c(page->out, "</h2>\n");
}

/* Events that fit, day by day; those not yet dated last. */
static void write_list(struct page *page, const struct choice *choice) {
    const struct view *view = page->view;
    const struct view_programme_entry *last = NULL;
    for (uint32_t i = 0; i < view->programmes; i++) {
        const struct view_programme_entry *e = &view->programme[i];
        if (!fits(page, choice, e))
            continue;
        if (last == NULL || !str_equal(last->starts, e->starts)) {
            buf_add_c(page->out, last != NULL ? "</ol>\n" : "");
            if (e->starts.len > 0)
                write_day_head(page, e->starts, has_hours(page, e->starts));
            else
                html_write(page->out, "<h2 id=\"undated\">%z</h2>\n", T(page, PROGRAMME_UNDATED));
            buf_add_c(page->out, "<ol class=\"events\">\n");
        }
        event_write(page, e, false);
        last = e;
    }
    buf_add_c(page->out, last != NULL ? "</ol>\n" : "");
}

/* A day: the grid of what has a time, by place where places are known, then the rest. */
static enum err write_day(struct page *page, const struct choice *choice, struct errinfo *info) {
    const struct view *view = page->view;
    uint32_t *timed = arena_new(page->arena, view->programmes + 1, sizeof(*timed));
    size_t count = 0, placed = 0;
    bool first = true;
    if (timed == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < view->programmes; i++) {
        const struct view_programme_entry *e = &view->programme[i];
        if (!fits(page, choice, e) || e->start_time.len == 0)
            continue;
        timed[count++] = i;
        placed += e->place_en.len + e->place_zh.len > 0;
    }
    write_day_head(page, choice->day, false);
    enum err e = programme_grid(page, timed, count, placed == 0, info);
    for (uint32_t i = 0; i < view->programmes && e == ERR_OK; i++) {
        if (!fits(page, choice, &view->programme[i]) || view->programme[i].start_time.len > 0)
            continue;
        if (first && count > 0)
            html_write(page->out, "<h3>%z</h3>\n", T(page, PROGRAMME_UNTIMED));
        buf_add_c(page->out, first ? "<ol class=\"events\">\n" : "");
        first = false;
        event_write(page, &view->programme[i], false);
    }
    buf_add_c(page->out, first ? "" : "</ol>\n");
    return e;
}

static void write_feeds(struct page *page, const struct choice *choice) {
    html_write(page->out,
               "<p class=\"take\"><a href=\"%s/programme.ics\" type=\"text/calendar\">%z</a>",
               page->base, T(page, PROGRAMME_FEED));
    uint32_t area = str_map_get(&page->view->area_by_code, choice->area);
    if (area != MAP_NONE && page->view->area[area].chain != VIEW_NONE)
        html_write(
            page->out,
            " <span><a href=\"%s/chains/%p/programme.ics\" type=\"text/calendar\">%z</a></span>",
            page->base, choice->area, T(page, PROGRAMME_FEED_CHAIN));
    struct str zone = view_this_edition(page->view)->timezone;
    if (zone.len > 0) {
        buf_add_c(page->out, " <span>");
        html_write(page->out, T(page, PROGRAMME_LOCAL), zone);
        buf_add_c(page->out, "</span>");
    }
    buf_add_c(page->out, "</p>\n");
}

static void write_head(struct page *page, const struct choice *choice) {
    const struct choice all = {.kind = 0}, undated = {.day = STR("none")};
    buf_add_c(page->out, "<p>");
    if (page->query.len == 0)
        html_write(page->out, T(page, PROGRAMME_COUNT), count_fitting(page, &all),
                   count_fitting(page, &undated));
    else
        html_write(page->out, T(page, PROGRAMME_FITTING), count_fitting(page, choice),
                   count_fitting(page, &all));
    buf_add_c(page->out, "</p>\n");
    write_feeds(page, choice);
    write_days(page, choice);
    write_areas(page, choice);
    write_kinds(page, choice);
    if (choice->host.len > 0)
        html_write(page->out, "<p><b>%z</b>%z%b · <a href=\"%s/programme\">%z</a></p>\n",
                   T(page, PROGRAMME_HOST), T(page, COLON), choice->host, page->base,
                   T(page, PROGRAMME_ALL));
}

static enum err write_events(struct page *page, const struct choice *choice, struct errinfo *info) {
    if (count_fitting(page, choice) == 0) {
        html_write(page->out, "<p>%z <a href=\"%s/programme\">%z</a></p>\n",
                   T(page, PROGRAMME_EMPTY), page->base, T(page, PROGRAMME_ALL));
        return ERR_OK;
    }
    if (choice->day.len > 0 && !str_equal_c(choice->day, "none"))
        return write_day(page, choice, info);
    write_list(page, choice);
    return ERR_OK;
}

/* The page, or the part of it that stands in pages of others. */
static enum err write_programme(struct page *page, bool is_embedded, struct errinfo *info) {
    struct choice choice;
    enum err e = read_choice(page, &choice, info);
    if (e != ERR_OK)
        return e;
    const struct page_frame frame = {
        .title = page_word(page, WORD_PROGRAMME_TITLE),
        .description = page_text(page, T(page, PROGRAMME_DESCRIPTION),
                                 PICK(page, view_this_edition(page->view), name).text),
        .section = SECTION_PROGRAMME,
        .no_index = page->query.len > 0,
        .is_embedded = is_embedded,
    };
    page_begin(page, &frame);
    if (!is_embedded && page->view->programmes > 0)
        write_head(page, &choice);
    if (page->view->programmes == 0)
        html_write(page->out, "<p>%z</p>\n", T(page, PROGRAMME_NONE));
    else
        e = write_events(page, &choice, info);
    if (!is_embedded)
        write_hosts(page, &choice);
    page_end(page);
    return e;
}

enum err page_programme(struct page *page, struct errinfo *info) {
    return write_programme(page, false, info);
}

enum err page_programme_embed(struct page *page, struct errinfo *info) {
    return write_programme(page, true, info);
}

/* ---- calendars ---- */

static enum err write_calendar(struct page *page, const struct choice *choice, struct str name,
                               struct errinfo *info) {
    const struct view *view = page->view;
    uint32_t *entries = arena_new(page->arena, view->programmes + 1, sizeof(*entries));
    size_t count = 0;
    if (entries == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < view->programmes; i++)
        if (fits(page, choice, &view->programme[i]))
            entries[count++] = i;
    return event_calendar(page, entries, count, name, info);
}

enum err page_programme_ics(struct page *page, struct errinfo *info) {
    const struct choice all = {.kind = 0};
    return write_calendar(page, &all, PICK(page, view_this_edition(page->view), name).text, info);
}

enum err page_chain_ics(struct page *page, struct errinfo *info) {
    const struct view *view = page->view;
    const struct choice choice = {.area = page->request->params[2]};
    uint32_t chain = str_map_get(&view->chain_by_code, choice.area);
    if (chain == MAP_NONE)
        return page_not_found(page, WORD_NO_CHAIN, info);
    return write_calendar(page, &choice,
                          page_text(page, "%s%z%s", PICK(page, view_this_edition(view), name).text,
                                    T(page, COLON), PICK(page, &view->chain[chain], name).text),
                          info);
}
