/* The programme: conferences, forums, launches, signings, with their hosts. */
#include "api/lookup.h"
#include "api/params.h"
#include "api/resources.h"

/* ---- hosts ---- */

static const void *host_pavilion(struct api_scope *scope, const void *row) {
    uint32_t pavilion = ((const struct view_host *)row)->pavilion;
    return pavilion != VIEW_NONE ? &scope->view->pavilion[pavilion] : NULL;
}

static const void *host_exhibitor(struct api_scope *scope, const void *row) {
    return api_exhibitor_at(scope->view, ((const struct view_host *)row)->exhibitor);
}

static const struct api_field host_fields[] = {
    API_TEXT_AT(view_host, name_en, "Name in English, as in the invitation"),
    API_TEXT_AT(view_host, name_zh, "Name in Chinese, as in the invitation"),
    API_ONE("pavilion", &api_ref_pavilion, true, host_pavilion, "The pavilion of that name"),
    API_ONE("exhibitor", &api_ref_organisation, true, host_exhibitor, "The exhibitor of that name"),
};

const struct api_record api_host = {.name = "Host",
                                    .help = "A host of a programme entry",
                                    .field = host_fields,
                                    .fields = API_COUNT(host_fields)};

/* ---- entries ---- */

static struct api_rows entry_hosts(struct api_scope *scope, const void *row) {
    const struct view_programme_entry *e = row;
    return API_ROWS(&scope->view->host[e->host_first], e->hosts);
}

static const struct api_field entry_fields[] = {
    API_KEY_AT(view_programme_entry, code, "Code of the entry, such as P029"),
    API_CODE_AT(view_programme_entry, kind, &kind_programme, "What kind of event it is"),
    API_CODE_AT(view_programme_entry, state, &kind_state, "How sure it is; null = not said"),
    API_TEXT_AT(view_programme_entry, title_en, "Title in English"),
    API_TEXT_AT(view_programme_entry, title_zh, "Title in Chinese"),
    API_TEXT_AT(view_programme_entry, summary_en, "What it is about, in English"),
    API_TEXT_AT(view_programme_entry, summary_zh, "What it is about, in Chinese"),
    API_DATE_AT(view_programme_entry, starts, "Day; null = not yet dated"),
    API_DATE_AT(view_programme_entry, ends, "Last day, where it lasts several"),
    API_STR_AS("start_time", view_programme_entry, start_time, API_TIME, true,
               "Hour and minute in the edition's time zone; null = no time yet"),
    API_STR_AS("end_time", view_programme_entry, end_time, API_TIME, true,
               "Hour and minute of its end, on the last day"),
    API_CODE_AT(view_programme_entry, time_of_day, &kind_time_of_day,
                "Part of the day, where no hour is known"),
    API_TEXT_AT(view_programme_entry, place_en, "Room or hall, in English"),
    API_TEXT_AT(view_programme_entry, place_zh, "Room or hall, in Chinese"),
    API_STR_AS("area", view_programme_entry, area, API_KEY, true, "Code of the area it belongs to"),
    API_MANY("hosts", &api_host, entry_hosts, "Its hosts, in the order of the invitation"),
    API_I64_AS("participants_reported", view_programme_entry, participants, true,
               "Number of participants, as reported"),
    API_U32_AS("revision", view_programme_entry, revision,
               "How often it was changed since it came in, as calendars count it"),
    API_TEXT_AT(view_programme_entry, note, "Remark"),
    API_SOURCES_AT(view_programme_entry, source),
};

const struct api_record api_entry = {.name = "ProgrammeEntry",
                                     .help = "An event of the programme",
                                     .field = entry_fields,
                                     .fields = API_COUNT(entry_fields)};

struct api_rows api_all_entries(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->programme, scope->view->programmes);
}

/* ---- the list ---- */

struct entry_filter {
    uint32_t area, pavilion;
    struct str kind, day, host;
};

static enum err prepare_entries(struct api_call *call, struct errinfo *info) {
    struct entry_filter *f = arena_new(call->scope.arena, 1, sizeof(*f));
    if (f == NULL)
        return err_memory(info);
    call->filter = f;
    f->kind = api_call_value(call, &api_param_entry_kind);
    f->day = api_call_value(call, &api_param_day);
    f->host = api_call_value(call, &api_param_host);
    enum err e = api_lookup(call, &api_param_in_area, &f->area, info);
    return e == ERR_OK ? api_lookup(call, &api_param_hosted_by, &f->pavilion, info) : e;
}

static bool is_on(const struct view_programme_entry *e, struct str day) {
    struct str last = e->ends.len > 0 ? e->ends : e->starts;
    return e->starts.len > 0 && str_compare(e->starts, day) <= 0 && str_compare(day, last) <= 0;
}

static bool is_hosted(const struct view *view, const struct view_programme_entry *e,
                      uint32_t pavilion) {
    for (uint32_t i = 0; i < e->hosts; i++)
        if (view->host[e->host_first + i].pavilion == pavilion)
            return true;
    return false;
}

static bool has_host(const struct view *view, const struct view_programme_entry *e,
                     struct str name) {
    for (uint32_t i = 0; i < e->hosts; i++)
        if (str_equal(view->host[e->host_first + i].name_en, name) ||
            str_equal(view->host[e->host_first + i].name_zh, name))
            return true;
    return false;
}

static bool takes_entry(struct api_call *call, const void *row) {
    const struct entry_filter *f = call->filter;
    const struct view_programme_entry *e = row;
    return (f->kind.ptr == NULL || str_equal(f->kind, e->kind)) &&
           (f->area == VIEW_NONE || e->area_index == f->area) &&
           (f->day.ptr == NULL || is_on(e, f->day)) &&
           (f->host.ptr == NULL || has_host(call->scope.view, e, f->host)) &&
           (f->pavilion == VIEW_NONE || is_hosted(call->scope.view, e, f->pavilion));
}

/* By day and hour; what is not yet dated comes last. */
static struct api_position place_entry(struct api_call *call, const void *row) {
    const struct view_programme_entry *e = row;
    struct str day = e->starts.len > 0 ? e->starts : STR("~"), hour = view_day_position(e);
    return api_place(&call->scope, "%-10.*s %-5.*s %.*s", STR_ARG(day), STR_ARG(hour),
                     STR_ARG(e->code));
}

const struct api_list api_list_programme = {.rows = api_all_entries,
                                            .is_sorted = true,
                                            .prepare = prepare_entries,
                                            .takes = takes_entry,
                                            .position = place_entry};

enum err api_find_entry(struct api_call *call, const void **row, struct errinfo *info) {
    uint32_t entry;
    enum err e = api_lookup(call, &api_path_entry, &entry, info);
    if (e == ERR_OK)
        *row = &call->scope.view->programme[entry];
    return e;
}
