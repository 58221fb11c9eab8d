/* Published figures, contradictions side by side. */
#include "api/codes.h"
#include "api/params.h"
#include "api/resources.h"

static struct api_value figure_edition(struct api_scope *scope, const void *row) {
    return api_text(scope->view->edition[((const struct view_figure *)row)->edition].code);
}

static struct api_value figure_value(struct api_scope *scope, const void *row) {
    double value;
    return str_to_double(((const struct view_figure *)row)->value, &value) ? api_number(value)
                                                                           : api_null();
}

static const struct api_field figure_fields[] = {
    API_I64_AS("id", view_figure, id, false, "Number of the publication"),
    API_VALUE("edition", API_KEY, false, figure_edition, "Code of the edition it is about"),
    API_KEY_AT(view_figure, figure, "What was counted, such as exhibitors_contracted"),
    API_VALUE("value", API_NUMBER, true, figure_value, "The number that was published"),
    API_STR_AS("unit", view_figure, unit, API_KEY, true,
               "Its unit, such as exhibitors, m2, %, CNY"),
    API_CODE_AT(view_figure, qualifier, &kind_qualifier, "How the number is to be read"),
    API_CODE_AT(view_figure, state, &kind_figure_state, "When it was said"),
    API_DATE_AT(view_figure, as_of, "Day of the publication"),
    API_TEXT_AT(view_figure, definition_en, "What was counted, in English"),
    API_TEXT_AT(view_figure, definition_zh, "What was counted, in Chinese"),
    API_SOURCES_AT(view_figure, source),
};

const struct api_record api_figure = {
    .name = "Figure",
    .help = "A number that was published, with its definition, state, day and source",
    .field = figure_fields,
    .fields = API_COUNT(figure_fields)};

struct api_rows api_all_figures(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->every_figure, scope->view->every_figures);
}

static bool takes_figure(struct api_call *call, const void *row) {
    const struct view_figure *f = row;
    struct str wanted = api_call_value(call, &api_param_figure);
    bool takes_all = api_call_value(call, &api_param_every_edition).ptr != NULL;
    return (takes_all || f->edition == call->scope.view->edition_index) &&
           (wanted.ptr == NULL || str_equal(f->figure, wanted));
}

static struct api_position place_figure(struct api_call *call, const void *row) {
    const struct view_figure *f = row;
    struct api_position place = api_place(&call->scope, "%08x", f->edition);
    place.id = f->id;
    return place;
}

const struct api_list api_list_figures = {
    .rows = api_all_figures, .is_sorted = true, .takes = takes_figure, .position = place_figure};
