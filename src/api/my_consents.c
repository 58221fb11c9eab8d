/* What whoever is signed in allows, each purpose by itself (service/consents.h). */
#include "api/my.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/consents.h"
#include "service/desk.h"

static const char *purpose_word(uint32_t n) {
    return n < CONSENT_PURPOSES ? consent_purpose_code((enum consent_purpose)n) : NULL;
}

static const struct api_part consent_parts[] = {
    {.name = "purpose", .type = API_PART_CODE, .word = purpose_word},
    {.name = "words_en", .type = API_PART_TEXT},
    {.name = "words_zh", .type = API_PART_TEXT},
    {.name = "since_ms", .type = API_PART_INTEGER, .flags = API_OR_NULL},
};
static const struct api_form consent =
    API_FORM("Consent", "Since when a purpose is allowed, null = it is not", consent_parts);
static const struct api_part consents_parts[] = {
    {.name = "items", .type = API_PART_FORM, .flags = API_LIST, .of = &consent}};
const struct api_form api_form_consents =
    API_FORM("ConsentList", "Every purpose, and whether it is allowed", consents_parts);

enum err api_draw_consents(struct api_call *call, struct errinfo *info) {
    int64_t since_ms[CONSENT_PURPOSES];
    struct store_reader *reader;
    struct json_out json;
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = consents_read(reader, api_call_access(call)->account_id, since_ms, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    for (int p = 0; p < CONSENT_PURPOSES; p++) {
        enum consent_purpose purpose = (enum consent_purpose)p;
        json_open(&json);
        json_key_text(&json, "purpose", str_of(consent_purpose_code(purpose)));
        json_key_text(&json, "words_en", str_of(consent_purpose_words(purpose, LANG_EN)));
        json_key_text(&json, "words_zh", str_of(consent_purpose_words(purpose, LANG_ZH)));
        json_key(&json, "since_ms");
        if (since_ms[p] != 0)
            json_i64(&json, since_ms[p]);
        else
            json_none(&json);
        json_close(&json);
    }
    json_close_list(&json);
    json_close(&json);
    return ERR_OK;
}

struct consent_body {
    struct str purpose;
    bool given;
};
static const struct api_member consent_members[] = {
    API_MEMBER_STR(consent_body, purpose, true, 32,
                   "contact-to-mutual, mail-reminders or name-on-site"),
    API_MEMBER_BOOLEAN(consent_body, given, "Whether it is allowed from now on"),
};
const struct api_body api_body_consent = {.name = "ConsentChange",
                                          .help = "A purpose that is allowed, or no longer",
                                          .member = consent_members,
                                          .members = API_COUNT(consent_members)};

struct work {
    const struct access *by;
    enum consent_purpose purpose;
    bool given;
    int64_t now_ms;
};

static enum err set(void *ctx, struct store *store, struct errinfo *info) {
    const struct work *work = ctx;
    return consents_set(store, work->by, work->purpose, work->given, work->now_ms, info);
}

enum err api_draw_set_consent(struct api_call *call, struct errinfo *info) {
    struct consent_body body = {.given = false};
    struct store_batch batch = api_desk_author(call);
    int64_t batch_id;
    enum err e = api_body_read(call, &api_body_consent, &body, info);
    if (e != ERR_OK)
        return e;
    struct work work = {api_call_access(call), consent_purpose_of_code(body.purpose), body.given,
                        batch.at_ms};
    if (work.purpose == CONSENT_PURPOSES) {
        api_call_fault(call, STR("purpose"),
                       "is contact-to-mutual, mail-reminders or name-on-site");
        return api_call_faults(call, info);
    }
    batch.kind = "account";
    return writer_run(desk_writer(call->desk), &batch, set, &work, &batch_id, info);
}
