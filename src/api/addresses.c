/* The API's own addresses, as the first thing to ask for. */
#include "api/resources.h"

static struct api_value address_path(struct api_scope *scope, const void *row) {
    return api_text(str_of(((const struct api_route *)row)->path));
}

static struct api_value address_method(struct api_scope *scope, const void *row) {
    return api_text(str_of(api_method_name(((const struct api_route *)row)->method)));
}

static struct api_value address_en(struct api_scope *scope, const void *row) {
    return api_text(str_of(((const struct api_route *)row)->summary_en));
}

static struct api_value address_zh(struct api_scope *scope, const void *row) {
    return api_text(str_of(((const struct api_route *)row)->summary_zh));
}

static const struct api_field fields[] = {
    API_VALUE("path", API_KEY, false, address_path,
              "The path; what stands in braces is a code or number"),
    API_VALUE("method", API_KEY, false, address_method, "GET, or how it is written to"),
    API_VALUE("summary_en", API_TEXT, false, address_en, "What it gives, in English"),
    API_VALUE("summary_zh", API_TEXT, false, address_zh, "What it gives, in Chinese"),
};

const struct api_record api_address = {.name = "Address",
                                       .help = "An address of the API",
                                       .field = fields,
                                       .fields = API_COUNT(fields)};

static struct api_rows all_addresses(struct api_scope *scope, const void *none) {
    return API_ROWS(api_routes, api_routes_count);
}

static struct api_position place_address(struct api_call *call, const void *row) {
    return (struct api_position){.id = (const struct api_route *)row - api_routes};
}

const struct api_list api_list_addresses = {
    .rows = all_addresses, .is_sorted = true, .position = place_address};
