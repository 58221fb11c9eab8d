/* Which nodes a text speaks of: suggestions for an editor to confirm. */
#include "api/desk.h"

#include "api/desk_parts.h"
#include "service/infer.h"

enum { TEXT_BYTES_MAX = 20000, WORDS_BYTES_MAX = 4000 };

struct text_body {
    struct str text;
};
static const struct api_member text_members[] = {
    API_MEMBER_STR(text_body, text, true, TEXT_BYTES_MAX, "What an exhibitor writes"),
};
const struct api_body api_body_text = {.name = "TextToClassify",
                                       .help = "A text in English, Chinese or both",
                                       .member = text_members,
                                       .members = API_COUNT(text_members)};

static enum err write_hit(struct json_out *json, const struct infer *infer, struct str text,
                          const struct classify_hit *hit, struct errinfo *info) {
    const struct infer_node *node = infer_node(infer, hit->node);
    struct buf words;
    buf_init(&words, WORDS_BYTES_MAX);
    infer_words(text, hit, &words);
    json_open(json);
    json_key_i64(json, "id", node->id);
    json_key_text(json, "code", node->code);
    api_write_text(json, "name_en", node->name_en);
    api_write_text(json, "name_zh", node->name_zh);
    json_key(json, "score");
    json_double(json, (double)(int)(hit->score * 1000 + 0.5F) / 1000);
    json_key(json, "asserted");
    json_bool(json, hit->asserted);
    json_key_text(json, "words", buf_str(&words));
    json_close(json);
    enum err e = buf_error(&words, info);
    buf_release(&words);
    return e;
}

static enum err write_result(struct api_call *call, const struct infer *infer, struct str text,
                             const struct classify_result *result, struct errinfo *info) {
    static const char *const verdicts[] = {
        [CLASSIFY_NOTHING] = "nothing", [CLASSIFY_UNSURE] = "unsure", [CLASSIFY_SURE] = "sure"};
    struct json_out json;
    enum err e = ERR_OK;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_text(&json, "verdict", str_of(verdicts[result->verdict]));
    json_key(&json, "nodes");
    json_open_list(&json);
    for (uint32_t i = 0; i < result->hit_count && e == ERR_OK; i++)
        e = write_hit(&json, infer, text, &result->hits[i], info);
    json_close_list(&json);
    json_close(&json);
    return e;
}

enum err api_draw_classify(struct api_call *call, struct errinfo *info) {
    struct text_body body = {0};
    struct classify_result result = {0};
    struct store_reader *reader;
    struct infer *infer = NULL;
    enum err e = api_body_read(call, &api_body_text, &body, info);
    if (e == ERR_OK)
        e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = infer_new(reader, &infer, info);
    if (e == ERR_OK)
        e = infer_text(infer, body.text, &result, info);
    if (e == ERR_OK)
        e = write_result(call, infer, body.text, &result, info);
    infer_free(infer);
    return e;
}
