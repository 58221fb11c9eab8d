/* Pictures of pavilions: made clean here, before the writer sees them. */
#include "api/desk.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/desk.h"
#include "service/edit.h"
#include "service/picture.h"

enum { WORDS_BYTES_MAX = 500 };

const struct api_param api_param_of_pavilion = {.name = "pavilion",
                                                .help = "Number of the pavilion",
                                                .type = API_INTEGER,
                                                .is_required = true,
                                                .min = 1,
                                                .max = INT64_MAX,
                                                .example = "1"};
#define WORDS(NAME, HELP)                                                                          \
    {                                                                                              \
        .name = NAME, .help = HELP, .type = API_TEXT, .bytes_max = WORDS_BYTES_MAX,                \
        .example = "Bridge"                                                                        \
    }
const struct api_param api_param_alt_en =
    WORDS("alt_en", "What it shows, in English, for people who do not see it");
const struct api_param api_param_alt_zh =
    WORDS("alt_zh", "The same in Chinese; one of the two is needed");
const struct api_param api_param_credit = WORDS("credit", "Whose picture it is");

struct putting {
    const struct access *access;
    struct picture_request request;
    struct str bytes;
    struct picture picture;
    struct arena *arena;
    int64_t id;
};

static enum err put(void *ctx, struct store *store, struct errinfo *info) {
    struct putting *p = ctx;
    struct access_place place;
    enum err e = edit_place(store_reader_of(store), TABLE_PAVILION, p->request.pavilion_id,
                            p->arena, &place, info);
    if (e == ERR_OK)
        e = access_check(p->access, RIGHT_PAVILION_WRITE, &place, info);
    return e == ERR_OK ? picture_put(store, &p->request, p->bytes, &p->picture, &p->id, info) : e;
}

static struct str words_of(const struct api_call *call, const struct api_param *param) {
    struct str words = api_call_value(call, param);
    return words.ptr != NULL ? words : STR("");
}

static enum err write_picture(struct api_call *call, const struct putting *p) {
    struct json_out json;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "id", p->id);
    json_key_i64(&json, "width", p->picture.width);
    json_key_i64(&json, "height", p->picture.height);
    json_key_i64(&json, "bytes", (int64_t)p->bytes.len);
    json_close(&json);
    return ERR_OK;
}

enum err api_draw_new_picture(struct api_call *call, struct errinfo *info) {
    struct store_batch batch = api_desk_author(call);
    struct buf clean;
    int64_t batch_id;
    struct putting p = {
        .access = api_call_access(call),
        .arena = call->scope.arena,
        .request = {.pavilion_id = api_call_integer(call, &api_param_of_pavilion),
                    .alt_en = words_of(call, &api_param_alt_en),
                    .alt_zh = words_of(call, &api_param_alt_zh),
                    .credit = words_of(call, &api_param_credit)},
    };
    enum err e = picture_clean(call->request->body, &clean, &p.picture, info);
    if (e == ERR_OK) {
        p.bytes = buf_str(&clean);
        batch.kind = "edit";
        e = writer_run(desk_writer(call->desk), &batch, put, &p, &batch_id, info);
        if (e == ERR_OK)
            e = write_picture(call, &p);
        buf_release(&clean);
    }
    return e == ERR_INPUT || e == ERR_LIMIT
               ? api_call_problem(call, API_PROBLEM_INVALID_BODY, NULL, e)
               : e;
}
