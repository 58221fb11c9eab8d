/*
 * Registrations: see registrations.h. What strangers do with a link is written as by the command
 * line (access_local): the link is the right, and who made it held that right then.
 */
#include "service/registrations.h"

#include "engine/names/names.h"
#include "service/countries.h"
#include "service/duplicates.h"
#include "service/participants.h"
#include "service/profile_parts.h"
#include "service/registration_links.h"
#include "text/fold.h"
#include "text/han.h"
#include "text/utf8.h"

/* From this score on a pair is worth an organiser's look when one of the two registered itself. */
#define ALIKE_SCORE 0.7F
enum { FOLDED_BYTES_MAX = 1 << 13 };

static bool is_han(struct str text) {
    while (text.len > 0)
        if (han_is(utf8_next(&text)))
            return true;
    return false;
}

/* ---- who is alike ---- */

struct known {
    struct names_index *index;
    VEC(int64_t)
    ids; /* by record */
};

static struct str text_of(const struct store_value *value) {
    return value->kind == STORE_TEXT ? value->text : STR("");
}

static enum err add_known(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct known *known = ctx;
    const struct names_record record = {.name_en = text_of(&v[ORGANISATION_NAME_EN]),
                                        .name_zh = text_of(&v[ORGANISATION_NAME_ZH]),
                                        .country = text_of(&v[ORGANISATION_COUNTRY])};
    if (v[ORGANISATION_MERGED_INTO].kind != STORE_NULL)
        return ERR_OK;
    enum err e = names_index_add(known->index, &record, info);
    return e == ERR_OK && !vec_push(&known->ids, id) ? err_memory(info) : e;
}

static enum err find_alike(struct store_reader *reader, const struct registration *r,
                           struct registration_alike *out, struct errinfo *info) {
    struct names_pair found[REGISTRATION_ALIKE_MAX];
    const struct names_record record = {.name_en = str_trim(r->organisation)};
    struct known known = {0};
    size_t count = 0;
    enum err e = names_index_new(&known.index, info);
    if (e == ERR_OK)
        e = store_scan(reader, TABLE_ORGANISATION, add_known, &known, info);
    if (e == ERR_OK)
        e = names_index_build(known.index, NULL, info);
    if (e == ERR_OK)
        e = names_find(known.index, &record, found, REGISTRATION_ALIKE_MAX, &count, info);
    for (size_t i = 0; i < count && e == ERR_OK; i++)
        if (found[i].score >= ALIKE_SCORE)
            out->id[out->count++] = known.ids.at[found[i].a];
    names_index_free(known.index);
    vec_free(&known.ids);
    return e;
}

enum err registrations_alike(struct store_reader *reader, const struct registration *registration,
                             struct registration_alike *out, struct errinfo *info) {
    struct registration_link link;
    struct errinfo denied;
    *out = (struct registration_alike){0};
    if (registration->organisation.len > REGISTRATION_ORGANISATION_MAX)
        return ERR_OK; /* told by registrations_accept */
    enum err e =
        registration_links_look(reader, registration->secret, registration->now_ms, &link, &denied);
    if (e == ERR_OK)
        return find_alike(reader, registration, out, info);
    if (e != ERR_DENIED && info != NULL)
        *info = denied;
    return e == ERR_DENIED ? ERR_OK : e;
}

/* ---- what was sent ---- */

struct registering {
    struct store *store;
    struct store_reader *reader; /* of the open batch */
    struct arena *arena;
    const struct registration *sent;
    struct registration_link link;
    struct profile_faults *faults;
    struct str country; /* code */
    struct mail_address email;
};

static void tell(struct registering *r, const char *member, const char *en, const char *zh) {
    profile_complain(r->faults, str_of(member), str_of(en), str_of(zh));
}

static bool has_control(struct str text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < ' ')
            return true;
    return false;
}

static enum err check_country(struct registering *r, struct errinfo *info) {
    struct countries countries;
    enum err e = countries_load(r->reader, r->arena, &countries, info);
    if (e == ERR_OK)
        e = countries_find(&countries, r->sent->country, &r->country, info);
    countries_release(&countries);
    if (e == ERR_OK && r->country.len == 0)
        tell(r, "country", "is no country or region that is known: choose one from the list",
             "没有该国家/地区，请从列表中选择");
    return e;
}

static void check_person(struct registering *r) {
    struct str name = str_trim(r->sent->name);
    struct errinfo wrong;
    if (name.len == 0 || name.len > ACCOUNT_NAME_MAX || has_control(name))
        tell(r, "name", "is needed: the name of the person, in 200 bytes at the most",
             "请填写联系人姓名（不超过 200 字节）");
    if (mail_address_read(r->sent->email, &r->email, &wrong) != ERR_OK)
        tell(r, "email", "is no mail address: name@company.com",
             "邮箱地址无效，格式如 name@company.com");
}

/* What a profile of the new participant would say. */
static struct profile document_of(const struct registering *r) {
    return (struct profile){.seeks = r->sent->seeks,
                            .seek_count = r->sent->seek_count,
                            .days = r->sent->days,
                            .day_count = r->sent->day_count,
                            .leader = r->sent->leader,
                            .note = r->sent->note,
                            .meetings_max = PROFILE_MEETINGS_OPEN};
}

static enum err check(struct registering *r, struct errinfo *info) {
    struct str organisation = str_trim(r->sent->organisation);
    struct profile now = {.edition_id = r->link.edition_id}, said = document_of(r);
    if (organisation.len == 0 || organisation.len > REGISTRATION_ORGANISATION_MAX ||
        has_control(organisation))
        tell(r, "organisation", "is needed: the full name, in 300 bytes at the most",
             "请填写单位全称（不超过 300 字节）");
    check_person(r);
    enum err e = check_country(r, info);
    if (e == ERR_OK)
        e = profile_check(r->reader, &now, &said, r->faults, info);
    if (e != ERR_OK || r->faults->list.len == 0)
        return e;
    const struct profile_fault *first = &r->faults->list.at[0];
    return err_set(info, ERR_INPUT, "%.*s %.*s", STR_ARG(first->path),
                   STR_ARG(first->words[LANG_EN]));
}

/* ---- the same again ---- */

static enum err same_name(const struct registering *r, const struct edit_row *organisation,
                          bool *same, struct errinfo *info) {
    static const uint32_t columns[] = {ORGANISATION_NAME_EN, ORGANISATION_NAME_ZH};
    struct buf sent, known;
    buf_init(&sent, FOLDED_BYTES_MAX);
    buf_init(&known, FOLDED_BYTES_MAX);
    *same = false;
    enum err e = text_fold(str_trim(r->sent->organisation), &sent, info);
    for (size_t i = 0; i < 2 && e == ERR_OK; i++) {
        buf_clear(&known);
        e = text_fold(text_of(&organisation->values[columns[i]]), &known, info);
        *same = *same || (e == ERR_OK && str_equal(buf_str(&known), buf_str(&sent)));
    }
    buf_release(&sent);
    buf_release(&known);
    return e;
}

/* A participant of this edition and name that the account acts for already; 0 = none. */
static enum err find_own(const struct registering *r, const struct account *account, int64_t *id,
                         struct errinfo *info) {
    struct edit_row participant, organisation;
    enum err e = ERR_OK;
    *id = 0;
    for (uint32_t i = 0; i < account->access.grant_count && e == ERR_OK && *id == 0; i++) {
        int64_t of = account->access.grants[i].participant_id;
        bool same = false;
        if (of == 0)
            continue;
        e = edit_row_read(r->reader, TABLE_PARTICIPANT, of, r->arena, &participant, info);
        if (e != ERR_OK || participant.values[PARTICIPANT_EDITION_ID].integer != r->link.edition_id)
            continue;
        e = edit_row_read(r->reader, TABLE_ORGANISATION,
                          participant.values[PARTICIPANT_ORGANISATION_ID].integer, r->arena,
                          &organisation, info);
        if (e == ERR_OK)
            e = same_name(r, &organisation, &same, info);
        *id = same ? of : 0;
    }
    return e;
}

/* ---- making ---- */

static enum err make_organisation(const struct registering *r, int64_t *id, struct errinfo *info) {
    struct str name = str_trim(r->sent->organisation);
    struct str source =
        arena_printf(r->arena, "registered itself by the link \"%s\"", r->link.name);
    const struct store_cell cells[] = {
        {is_han(name) ? ORGANISATION_NAME_ZH : ORGANISATION_NAME_EN, store_text(name)},
        {ORGANISATION_COUNTRY, store_text(r->country)},
        {ORGANISATION_SOURCE, store_text(source)}};
    return source.ptr == NULL ? err_memory(info)
                              : store_insert(r->store, TABLE_ORGANISATION, cells, 3, id, info);
}

static enum err note_alike(const struct registering *r, const struct registration_alike *alike,
                           int64_t organisation, struct errinfo *info) {
    enum err e = ERR_OK;
    for (uint32_t i = 0; i < alike->count && e == ERR_OK; i++) {
        struct edit_row row;
        struct errinfo gone;
        /* It was found on another reader, and may be gone or merged since. */
        e = edit_row_read(r->reader, TABLE_ORGANISATION, alike->id[i], r->arena, &row, &gone);
        if (e == ERR_OK && row.values[ORGANISATION_MERGED_INTO].kind == STORE_NULL)
            e = duplicates_note(r->store, organisation, alike->id[i], STR("later"), info);
        else if (e == ERR_NOT_FOUND)
            e = ERR_OK;
    }
    return e;
}

static enum err make_participant(struct registering *r, const struct registration_alike *alike,
                                 int64_t *id, struct errinfo *info) {
    const struct access local = access_local();
    struct profile said = document_of(r);
    int64_t organisation = 0;
    enum err e = make_organisation(r, &organisation, info);
    if (e == ERR_OK)
        e = note_alike(r, alike, organisation, info);
    if (e == ERR_OK)
        e = participant_make(r->store, r->link.edition_id, organisation, str_of(r->link.kind), 0,
                             id, info);
    if (e == ERR_OK)
        e = profile_write(r->store, &local, *id, &said, r->faults, info);
    const struct store_cell uses = {REGISTRATION_LINK_USES, store_int(r->link.uses + 1)};
    return e == ERR_OK ? store_update(r->store, TABLE_REGISTRATION_LINK, r->link.id, &uses, 1, info)
                       : e;
}

static enum err make(struct registering *r, const struct registration_alike *alike,
                     struct registration_done *out, struct errinfo *info) {
    const struct access local = access_local();
    const struct account_request request = {.email = str_of(r->email.text),
                                            .name = str_trim(r->sent->name),
                                            .language = r->sent->language,
                                            .at_ms = r->sent->now_ms};
    struct account account;
    enum err e = account_reach(r->store, &request, &account, &out->made, info);
    if (e != ERR_OK || account.state != ACCOUNT_ACTIVE)
        return e;
    out->account_id = account.id;
    e = find_own(r, &account, &out->participant_id, info);
    if (e != ERR_OK || out->participant_id != 0)
        return e;
    e = make_participant(r, alike, &out->participant_id, info);
    return e == ERR_OK ? account_join(r->store, &local, account.id, ROLE_EXHIBITOR_MANAGER,
                                      out->participant_id, info)
                       : e;
}

enum err registrations_accept(struct store *store, const struct registration *registration,
                              const struct registration_alike *alike, struct profile_faults *faults,
                              struct registration_done *out, struct errinfo *info) {
    struct registering r = {.store = store,
                            .reader = store_reader_of(store),
                            .arena = faults->arena,
                            .sent = registration,
                            .faults = faults};
    *out = (struct registration_done){0};
    enum err e = registration_links_look(r.reader, registration->secret, registration->now_ms,
                                         &r.link, info);
    if (e == ERR_OK)
        e = check(&r, info);
    return e == ERR_OK ? make(&r, alike, out, info) : e;
}
