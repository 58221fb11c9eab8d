/*
 * Ties what names each other: hosts of events to pavilions and exhibitors, pavilions to their
 * exhibits, members and events; see view.h.
 *
 * Hosts are names in a cell, not records: an invitation names "Hubei" whether or not Hubei has a
 * pavilion. So the ties are found here, each time the view is loaded, and cannot become stale. A
 * host is the pavilion of that name, else the only guest or stand of that country, region or
 * province, else the exhibitor of that name.
 */
#include "service/hosts.h"
#include "service/view_loading.h"

/* Hosts ---------------------------------------------------------------------------------------- */

/* The names of an event's hosts in both languages, side by side. */
static enum err split_hosts(struct loading *l, uint32_t entry, struct errinfo *info) {
    struct view_programme_entry *e = &l->programme.at[entry];
    struct str en = e->hosts_en, zh = e->hosts_zh;
    e->host_first = (uint32_t)l->hosts.len;
    for (;;) {
        struct view_host host = {.entry = entry, .pavilion = VIEW_NONE, .exhibitor = VIEW_NONE};
        bool has_en = hosts_next(&en, &host.name_en), has_zh = hosts_next(&zh, &host.name_zh);
        if (!has_en && !has_zh)
            return ERR_OK;
        if (!has_en)
            host.name_en = STR("");
        if (!has_zh)
            host.name_zh = STR("");
        if (!vec_push(&l->hosts, host))
            return err_memory(info);
        e->hosts++;
    }
}

static bool is_named(const struct view_host *host, struct str name_en, struct str name_zh) {
    return (name_en.len > 0 && str_equal(host->name_en, name_en)) ||
           (name_zh.len > 0 && str_equal(host->name_zh, name_zh));
}

/* Whether the host bears the name of the country, region or province of the pavilion's code. */
static bool is_place_of(const struct loading *l, const struct view_host *host,
                        const struct view_pavilion *pavilion) {
    uint32_t kind = kind_of_code(&kind_pavilion, pavilion->kind);
    if (kind != PAVILION_GUEST_COUNTRY && kind != PAVILION_GUEST_PROVINCE &&
        kind != PAVILION_COUNTRY && kind != PAVILION_PROVINCE)
        return false;
    uint32_t country = str_map_get(&l->country_by_code, pavilion->code);
    uint32_t region = str_map_get(&l->region_by_code, pavilion->code);
    if (country != MAP_NONE)
        return is_named(host, l->countries.at[country].name_en, l->countries.at[country].name_zh);
    return region != MAP_NONE &&
           is_named(host, l->regions.at[region].name_en, l->regions.at[region].name_zh);
}

static void find_pavilion(const struct loading *l, struct view_host *host) {
    uint32_t places = 0;
    for (uint32_t i = 0; i < l->pavilions.len && host->pavilion == VIEW_NONE; i++)
        if (is_named(host, l->pavilions.at[i].name_en, l->pavilions.at[i].name_zh))
            host->pavilion = i;
    if (host->pavilion != VIEW_NONE)
        return;
    for (uint32_t i = 0; i < l->pavilions.len; i++)
        if (is_place_of(l, host, &l->pavilions.at[i])) {
            host->pavilion = i;
            places++;
        }
    if (places > 1)
        host->pavilion = VIEW_NONE;
}

/* The hosts of one name, linked: the first one's number by the name, then the next. */
struct named_hosts {
    struct str_map first;
    uint32_t *next; /* by host */
};

static bool note_name(struct named_hosts *named, struct str name, uint32_t host) {
    uint32_t before = name.len > 0 ? str_map_get(&named->first, name) : host;
    if (before == host)
        return true;
    named->next[host] = before;
    return str_map_put(&named->first, name, host);
}

static void tie(struct loading *l, const struct named_hosts *named, struct str name,
                uint32_t exhibitor) {
    uint32_t host = name.len > 0 ? str_map_get(&named->first, name) : MAP_NONE;
    for (; host != MAP_NONE; host = named->next[host])
        if (l->hosts.at[host].exhibitor == VIEW_NONE)
            l->hosts.at[host].exhibitor = exhibitor;
}

/* One language after the other, so that a host is in one list at a time. The register is walked and
 * the few hosts are looked up, not the other way round. */
static enum err find_exhibitors(struct loading *l, bool zh, struct errinfo *info) {
    struct named_hosts named = {
        .next = arena_new(&l->view->arena, l->hosts.len + 1, sizeof(*named.next))};
    bool ok = named.next != NULL;
    for (uint32_t i = 0; i < l->hosts.len && ok; i++) {
        const struct view_host *host = &l->hosts.at[i];
        named.next[i] = MAP_NONE;
        if (host->pavilion == VIEW_NONE)
            ok = note_name(&named, zh ? host->name_zh : host->name_en, i);
    }
    for (uint32_t e = 0; e < l->exhibitors.len && ok; e++) {
        const struct view_organisation *o = &l->organisations.at[l->exhibitors.at[e].organisation];
        tie(l, &named, zh ? o->name_zh : o->name_en, e);
    }
    str_map_release(&named.first);
    return ok ? ERR_OK : err_memory(info);
}

/* Runs ----------------------------------------------------------------------------------------- */

/* What belongs to pavilions: the pavilion of each item, VIEW_NONE = of none. */
typedef uint32_t owner_fn(const struct loading *l, uint32_t item);

static uint32_t owner_of_exhibit(const struct loading *l, uint32_t item) {
    return l->exhibits.at[item].pavilion;
}

static uint32_t owner_of_member(const struct loading *l, uint32_t item) {
    return l->exhibitors.at[item].pavilion;
}

/* An event counts once for each pavilion among its hosts. */
static uint32_t owner_of_hosting(const struct loading *l, uint32_t item) {
    const struct view_host *host = &l->hosts.at[item];
    const struct view_programme_entry *e = &l->programme.at[host->entry];
    for (uint32_t i = e->host_first; i < item; i++)
        if (l->hosts.at[i].pavilion == host->pavilion)
            return VIEW_NONE;
    return host->pavilion;
}

/* Sorts the items by pavilion, in their order within one; NULL when memory is short. `starts` gets
 * the beginning of each pavilion's run, and of the end. */
static uint32_t *make_runs(struct loading *l, owner_fn *owner, uint32_t items, uint32_t *starts) {
    uint32_t pavilions = (uint32_t)l->pavilions.len;
    memset(starts, 0, (pavilions + 1) * sizeof(*starts));
    for (uint32_t i = 0; i < items; i++)
        if (owner(l, i) != VIEW_NONE)
            starts[owner(l, i) + 1]++;
    for (uint32_t p = 0; p < pavilions; p++)
        starts[p + 1] += starts[p];
    uint32_t *sorted = arena_new(&l->view->arena, starts[pavilions] + 1, sizeof(*sorted));
    for (uint32_t i = 0; i < items && sorted != NULL; i++)
        if (owner(l, i) != VIEW_NONE)
            sorted[starts[owner(l, i)]++] = i;
    for (uint32_t p = pavilions; p > 0; p--)
        starts[p] = starts[p - 1];
    starts[0] = 0;
    return sorted;
}

static enum err tie_pavilions(struct loading *l, struct errinfo *info) {
    uint32_t pavilions = (uint32_t)l->pavilions.len;
    uint32_t *starts = arena_new(&l->view->arena, pavilions + 1, sizeof(*starts));
    struct view *v = l->view;
    if (starts == NULL)
        return err_memory(info);
    v->pavilion_exhibit = make_runs(l, owner_of_exhibit, (uint32_t)l->exhibits.len, starts);
    for (uint32_t p = 0; p < pavilions; p++) {
        l->pavilions.at[p].exhibit_first = starts[p];
        l->pavilions.at[p].exhibits = starts[p + 1] - starts[p];
    }
    v->member = make_runs(l, owner_of_member, (uint32_t)l->exhibitors.len, starts);
    for (uint32_t p = 0; p < pavilions; p++) {
        l->pavilions.at[p].member_first = starts[p];
        l->pavilions.at[p].members = starts[p + 1] - starts[p];
    }
    v->hosting = make_runs(l, owner_of_hosting, (uint32_t)l->hosts.len, starts);
    for (uint32_t p = 0; p < pavilions; p++) {
        l->pavilions.at[p].hosting_first = starts[p];
        l->pavilions.at[p].hostings = starts[p + 1] - starts[p];
    }
    for (uint32_t i = 0; v->hosting != NULL && i < starts[pavilions]; i++)
        v->hosting[i] = l->hosts.at[v->hosting[i]].entry;
    return v->pavilion_exhibit != NULL && v->member != NULL && v->hosting != NULL
               ? ERR_OK
               : err_memory(info);
}

enum err loading_links(struct loading *l, struct errinfo *info) {
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < l->programme.len && code == ERR_OK; i++)
        code = split_hosts(l, i, info);
    for (uint32_t i = 0; i < l->hosts.len && code == ERR_OK; i++)
        find_pavilion(l, &l->hosts.at[i]);
    if (code == ERR_OK)
        code = find_exhibitors(l, false, info);
    if (code == ERR_OK)
        code = find_exhibitors(l, true, info);
    return code == ERR_OK ? tie_pavilions(l, info) : code;
}
