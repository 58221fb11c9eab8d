/* What the desk's routes share: see desk_parts.h. */
#include "api/desk_parts.h"

#include <stdio.h>

#include "api/query.h"
#include "api/session.h"
#include "base/clock.h"
#include "service/desk.h"

enum { TABLES_MAX = 64 };

const struct api_param api_path_table = {.name = "table",
                                         .help = "Name of a table of /api/v1/records",
                                         .place = API_IN_PATH,
                                         .type = API_KEY,
                                         .example = "organisation"};
const struct api_param api_path_record = {.name = "id",
                                          .help = "Number of the record",
                                          .place = API_IN_PATH,
                                          .type = API_INTEGER,
                                          .min = 1,
                                          .max = INT64_MAX,
                                          .example = "1"};
const struct api_param api_path_batch = {.name = "batch",
                                         .help = "Number of the batch",
                                         .place = API_IN_PATH,
                                         .type = API_INTEGER,
                                         .min = 1,
                                         .max = INT64_MAX,
                                         .example = "1"};

enum err api_desk_reader(struct api_call *call, struct store_reader **out, struct errinfo *info) {
    enum err e = ERR_OK;
    if (call->reader == NULL)
        e = desk_begin(call->desk, &call->reader, info);
    *out = call->reader;
    return e;
}

struct store_batch api_desk_author(const struct api_call *call) {
    const struct access *access = api_call_access(call);
    return (struct store_batch){
        .account_id = access->account_id, .token_id = access->token_id, .at_ms = clock_wall_ms()};
}

enum err api_desk_table(struct api_call *call, const struct edit_table **out,
                        struct errinfo *info) {
    const char *known[TABLES_MAX];
    size_t count;
    struct str name = api_call_value(call, &api_path_table);
    const struct edit_table *tables = edit_tables(&count);
    *out = edit_table_by_name(name);
    if (*out != NULL)
        return ERR_OK;
    for (size_t i = 0; i < count && i < TABLES_MAX; i++)
        known[i] = tables[i].name;
    const char *nearest = api_nearest(name, known, count < TABLES_MAX ? count : TABLES_MAX);
    err_set(info, ERR_NOT_FOUND, "there is no table of that name to edit");
    if (nearest != NULL)
        err_hint(info, "Did you mean \"%s\"?", nearest);
    else
        err_hint(info, "/api/v1/records lists the tables");
    return api_call_problem(call, API_PROBLEM_NOT_FOUND, api_path_table.name, ERR_NOT_FOUND);
}

void api_write_text(struct json_out *json, const char *key, struct str text) {
    json_key(json, key);
    if (text.len > 0)
        json_text(json, text);
    else
        json_none(json);
}
