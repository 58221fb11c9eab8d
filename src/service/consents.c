/* Consents: see consents.h. A row is one time of consent, from its giving to its taking back. */
#include "service/consents.h"

static const struct {
    const char *code;
    const char *words[LANGS];
} purposes[CONSENT_PURPOSES] = {
    [CONSENT_CONTACT_TO_MUTUAL] =
        {"contact-to-mutual",
         {"Show my name and mail address to partners, once both sides have accepted",
          "双方同意对接后，向对方显示我的姓名和邮箱"}},
    [CONSENT_MAIL_REMINDERS] = {"mail-reminders",
                                {"Send me mail about suggestions and answers",
                                 "通过邮件通知我推荐结果与对方答复"}},
    [CONSENT_NAME_ON_SITE] = {"name-on-site",
                              {"Show my name on the page of my organisation",
                               "在本单位页面上显示我的姓名"}},
};

const char *consent_purpose_code(enum consent_purpose purpose) {
    return purposes[purpose].code;
}

const char *consent_purpose_words(enum consent_purpose purpose, enum lang lang) {
    return purposes[purpose].words[lang];
}

enum consent_purpose consent_purpose_of_code(struct str code) {
    int purpose = 0;
    while (purpose < CONSENT_PURPOSES && !str_equal_c(code, purposes[purpose].code))
        purpose++;
    return (enum consent_purpose)purpose;
}

struct reading {
    int64_t id[CONSENT_PURPOSES], since_ms[CONSENT_PURPOSES];
};

static enum err take(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct reading *r = ctx;
    enum consent_purpose purpose = consent_purpose_of_code(v[CONSENT_PURPOSE].text);
    if (purpose < CONSENT_PURPOSES && v[CONSENT_WITHDRAWN_MS].kind == STORE_NULL) {
        r->id[purpose] = id;
        r->since_ms[purpose] = v[CONSENT_GIVEN_MS].integer;
    }
    return ERR_OK;
}

static enum err read_all(struct store_reader *reader, int64_t account_id, struct reading *out,
                         struct errinfo *info) {
    *out = (struct reading){0};
    return store_scan_equal(reader, TABLE_CONSENT, CONSENT_ACCOUNT_ID, store_int(account_id), take,
                            out, info);
}

enum err consents_read(struct store_reader *reader, int64_t account_id,
                       int64_t since_ms[CONSENT_PURPOSES], struct errinfo *info) {
    struct reading r;
    enum err code = read_all(reader, account_id, &r, info);
    memcpy(since_ms, r.since_ms, sizeof(r.since_ms));
    return code;
}

enum err consents_set(struct store *store, const struct access *by, enum consent_purpose purpose,
                      bool given, int64_t now_ms, struct errinfo *info) {
    struct reading r;
    int64_t id;
    if (by->account_id == 0)
        return err_set(info, ERR_DENIED, "a consent is given by the person alone");
    enum err code = access_check(by, RIGHT_SIGNED_IN, NULL, info);
    if (code == ERR_OK)
        code = read_all(store_reader_of(store), by->account_id, &r, info);
    if (code != ERR_OK || given == (r.id[purpose] != 0))
        return code;
    struct store_cell withdrawn = {CONSENT_WITHDRAWN_MS, store_int(now_ms)};
    if (!given)
        return store_update(store, TABLE_CONSENT, r.id[purpose], &withdrawn, 1, info);
    struct store_cell cells[] = {{CONSENT_ACCOUNT_ID, store_int(by->account_id)},
                                 {CONSENT_PURPOSE, store_text(str_of(purposes[purpose].code))},
                                 {CONSENT_GIVEN_MS, store_int(now_ms)}};
    return store_insert(store, TABLE_CONSENT, cells, 3, &id, info);
}
