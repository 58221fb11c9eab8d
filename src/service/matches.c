/*
 * Matches: see matches.h. Everything here reads the match inside the batch that changes it, on the
 * one writing thread: who comes second sees what the first did.
 */
#include "service/matches.h"

#include "base/vec.h"
#include "service/accounts.h"
#include "service/consents.h"

enum { ANSWER_DAYS = 14 };

/* The columns of one side. */
struct side_columns {
    uint32_t participant, answer, reason, note, by, ms;
};
static const struct side_columns columns[2] = {
    {MATCH_PAIR_FIRST_ID, MATCH_PAIR_FIRST_ANSWER, MATCH_PAIR_FIRST_REASON, MATCH_PAIR_FIRST_NOTE,
     MATCH_PAIR_FIRST_BY, MATCH_PAIR_FIRST_MS},
    {MATCH_PAIR_SECOND_ID, MATCH_PAIR_SECOND_ANSWER, MATCH_PAIR_SECOND_REASON,
     MATCH_PAIR_SECOND_NOTE, MATCH_PAIR_SECOND_BY, MATCH_PAIR_SECOND_MS},
};

/* Reading -----------------------------------------------------------------------------------------
 */

static struct str text_of(const struct store_value *v) {
    return v->kind == STORE_TEXT ? v->text : STR("");
}

static int64_t number_of(const struct store_value *v) {
    return v->kind == STORE_INTEGER ? v->integer : 0;
}

void match_take(struct partner_match *out, int64_t id, const struct store_value *v) {
    *out = (struct partner_match){
        .id = id,
        .edition_id = v[MATCH_PAIR_EDITION_ID].integer,
        .round_id = number_of(&v[MATCH_PAIR_ROUND_ID]),
        .requested = str_equal_c(v[MATCH_PAIR_ORIGIN].text, "requested"),
        .state = (enum pair_state)kind_of_code(&kind_pair_state, v[MATCH_PAIR_STATE].text),
        .score = v[MATCH_PAIR_SCORE].kind == STORE_INTEGER ? v[MATCH_PAIR_SCORE].integer : -1,
        .parts = text_of(&v[MATCH_PAIR_PARTS]),
        .message = text_of(&v[MATCH_PAIR_MESSAGE]),
        .created_ms = v[MATCH_PAIR_CREATED_MS].integer,
        .closed_ms = number_of(&v[MATCH_PAIR_CLOSED_MS])};
    for (int s = 0; s < 2; s++) {
        const struct side_columns *c = &columns[s];
        out->side[s] = (struct match_side_said){
            .participant_id = v[c->participant].integer,
            .answer = (enum pair_answer)kind_of_code(&kind_answer, v[c->answer].text),
            .reason = kind_of_code(&kind_decline, text_of(&v[c->reason])),
            .note = text_of(&v[c->note]),
            .account_id = number_of(&v[c->by]),
            .at_ms = number_of(&v[c->ms])};
    }
}

/* Asking is the first acceptance, at the moment in which the match was made. Only withdrawing
 * writes over it: where nobody's acceptance is as old as the match, the one who left it had asked.
 */
int match_asker(const struct partner_match *match) {
    const struct match_side_said *side = match->side;
    for (int s = 0; s < 2 && match->requested; s++)
        if (side[s].answer == ANSWER_ACCEPTED && side[s].at_ms == match->created_ms)
            return s;
    return !match->requested ? -1 : side[1].answer == ANSWER_DECLINED;
}

struct listing {
    match_fn *fn;
    void *ctx;
};

static enum err tell(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    const struct listing *l = ctx;
    struct partner_match match;
    match_take(&match, id, v);
    return l->fn(l->ctx, &match, info);
}

enum err matches_of(struct store_reader *reader, const struct access *access,
                    int64_t participant_id, match_fn *fn, void *ctx, struct errinfo *info) {
    const struct access_place place = {.participant_id = participant_id};
    struct listing l = {fn, ctx};
    enum err code = access_check(access, RIGHT_PARTNER_READ, &place, info);
    for (int s = 0; s < 2 && code == ERR_OK; s++)
        code = store_scan_equal(reader, TABLE_MATCH_PAIR, columns[s].participant,
                                store_int(participant_id), tell, &l, info);
    return code;
}

enum err matches_each(struct store_reader *reader, const struct access *access, int64_t edition_id,
                      match_fn *fn, void *ctx, struct errinfo *info) {
    struct listing l = {fn, ctx};
    enum err code = access_check(access, RIGHT_PARTNER_READ, NULL, info);
    return code == ERR_OK ? store_scan_equal(reader, TABLE_MATCH_PAIR, MATCH_PAIR_EDITION_ID,
                                             store_int(edition_id), tell, &l, info)
                          : code;
}

/* The persons of one participant. */
struct persons {
    VEC(int64_t)
    ids;
};

static enum err take_person(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct persons *p = ctx;
    int64_t account_id = v[ROLE_GRANT_ACCOUNT_ID].integer;
    for (size_t i = 0; i < p->ids.len; i++)
        if (p->ids.at[i] == account_id)
            return ERR_OK;
    return vec_push(&p->ids, account_id) ? ERR_OK : err_memory(info);
}

enum err matches_contacts(struct store_reader *reader, const struct access *access,
                          const struct partner_match *match, int64_t participant_id,
                          match_contact_fn *fn, void *ctx, struct errinfo *info) {
    const struct access_place place = {.participant_id = participant_id};
    int side = match_side_of(match, participant_id);
    struct persons persons = {{0}};
    enum err code = access_check(access, RIGHT_PARTNER_READ, &place, info);
    if (code != ERR_OK || (match->state != PAIR_MUTUAL && match->state != PAIR_HANDED) ||
        match->side[side].participant_id != participant_id)
        return code;
    code = store_scan_equal(reader, TABLE_ROLE_GRANT, ROLE_GRANT_PARTICIPANT_ID,
                            store_int(match->side[1 - side].participant_id), take_person, &persons,
                            info);
    for (size_t i = 0; i < persons.ids.len && code == ERR_OK; i++) {
        int64_t since_ms[CONSENT_PURPOSES];
        struct account account;
        code = consents_read(reader, persons.ids.at[i], since_ms, info);
        if (code != ERR_OK || since_ms[CONSENT_CONTACT_TO_MUTUAL] == 0)
            continue;
        code = account_get(reader, persons.ids.at[i], &account, info);
        if (code == ERR_OK && account.state == ACCOUNT_ACTIVE)
            code = fn(ctx, &account, info);
    }
    vec_free(&persons.ids);
    return code;
}

static enum err take_days(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    *(int64_t *)ctx = v[MATCH_SETTINGS_ANSWER_DAYS].integer;
    return ERR_OK;
}

enum err match_answer_days(struct store_reader *reader, int64_t edition_id, int64_t *days,
                           struct errinfo *info) {
    *days = ANSWER_DAYS;
    return store_scan_equal(reader, TABLE_MATCH_SETTINGS, MATCH_SETTINGS_EDITION_ID,
                            store_int(edition_id), take_days, days, info);
}

/* Participants ------------------------------------------------------------------------------------
 */

struct participant {
    int64_t id, edition_id, organisation_id;
    bool is_active;
};

static enum err take_participant(void *ctx, int64_t id, const struct store_value *v,
                                 struct errinfo *info) {
    struct participant *p = ctx;
    if (p->edition_id != 0 && v[PARTICIPANT_EDITION_ID].integer != p->edition_id)
        return ERR_OK;
    *p = (struct participant){.id = id,
                              .edition_id = v[PARTICIPANT_EDITION_ID].integer,
                              .organisation_id = v[PARTICIPANT_ORGANISATION_ID].integer,
                              .is_active = str_equal_c(v[PARTICIPANT_STATE].text, "active")};
    return ERR_OK;
}

struct stand {
    int64_t edition_id, exhibitor_id;
};

static enum err take_stand(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct stand *s = ctx;
    if (v[EXHIBITOR_EDITION_ID].integer == s->edition_id)
        s->exhibitor_id = id;
    return ERR_OK;
}

enum err match_participant(struct store *store, int64_t edition_id, int64_t organisation_id,
                           int64_t *id, bool *is_active, uint64_t *made, struct errinfo *info) {
    struct store_reader *reader = store_reader_of(store);
    struct participant found = {.edition_id = edition_id};
    struct stand stand = {.edition_id = edition_id};
    enum err code = store_scan_equal(reader, TABLE_PARTICIPANT, PARTICIPANT_ORGANISATION_ID,
                                     store_int(organisation_id), take_participant, &found, info);
    *id = found.id;
    *is_active = found.id == 0 || found.is_active;
    if (code != ERR_OK || found.id != 0)
        return code;
    code = store_scan_equal(reader, TABLE_EXHIBITOR, EXHIBITOR_ORGANISATION_ID,
                            store_int(organisation_id), take_stand, &stand, info);
    if (code == ERR_OK && stand.exhibitor_id == 0)
        return err_set(info, ERR_NOT_FOUND,
                       "organisation %lld takes no part in the matching of this edition",
                       (long long)organisation_id);
    struct store_cell cells[] = {{PARTICIPANT_EDITION_ID, store_int(edition_id)},
                                 {PARTICIPANT_ORGANISATION_ID, store_int(organisation_id)},
                                 {PARTICIPANT_KIND, store_text(STR("exhibitor"))},
                                 {PARTICIPANT_EXHIBITOR_ID, store_int(stand.exhibitor_id)},
                                 {PARTICIPANT_STATE, store_text(STR("active"))}};
    if (code == ERR_OK)
        code = store_insert(store, TABLE_PARTICIPANT, cells, 5, id, info);
    if (code == ERR_OK && made != NULL)
        ++*made;
    return code;
}

/* ERR_CONFLICT when the participant has withdrawn. */
static enum err check_active(struct store_reader *reader, int64_t participant_id, const char *who,
                             struct errinfo *info) {
    struct participant participant = {0};
    enum err code =
        store_get(reader, TABLE_PARTICIPANT, participant_id, take_participant, &participant, info);
    if (code == ERR_OK && !participant.is_active)
        return err_set(info, ERR_CONFLICT, "%s has withdrawn from the matching", who);
    return code;
}

/* Answering ---------------------------------------------------------------------------------------
 */

/* A match as it was read, whose texts are gone. */
static enum err take_match(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct partner_match *match = ctx;
    match_take(match, id, v);
    match->parts = match->message = match->side[0].note = match->side[1].note = STR("");
    return ERR_OK;
}

/* Only a person of the side speaks for it. */
static enum err check_speaker(const struct access *by, int64_t participant_id,
                              struct errinfo *info) {
    const struct access_place place = {.participant_id = participant_id};
    if (by->account_id == 0)
        return err_set(info, ERR_DENIED, "only a person of the organisation answers for it");
    return access_check(by, RIGHT_PARTNER_ANSWER, &place, info);
}

static enum err read_own(struct store_reader *reader, const struct access *by,
                         const struct match_reply *reply, struct partner_match *match,
                         struct errinfo *info) {
    enum err code = check_speaker(by, reply->participant_id, info);
    if (code == ERR_OK)
        code = store_get(reader, TABLE_MATCH_PAIR, reply->match_id, take_match, match, info);
    if (code == ERR_OK && match->side[match_side_of(match, reply->participant_id)].participant_id !=
                              reply->participant_id)
        return err_set(info, ERR_NOT_FOUND, "this organisation has no match %lld",
                       (long long)reply->match_id);
    return code;
}

static enum err take_deadline(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    bool is_open = str_equal_c(v[MATCH_ROUND_STATE].text, "released");
    *(int64_t *)ctx = is_open ? number_of(&v[MATCH_ROUND_ANSWER_BY_MS]) : 0;
    return ERR_OK;
}

/* Until when the match can be answered. */
static enum err read_deadline(struct store_reader *reader, const struct partner_match *match,
                              int64_t *deadline_ms, struct errinfo *info) {
    int64_t days;
    if (match->round_id != 0)
        return store_get(reader, TABLE_MATCH_ROUND, match->round_id, take_deadline, deadline_ms,
                         info);
    enum err code = match_answer_days(reader, match->edition_id, &days, info);
    *deadline_ms = match->created_ms + days * 24 * 3600 * 1000;
    return code;
}

struct finding {
    int64_t second_id, except, found;
    bool declined_by_second;
};

static enum err take_between(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct finding *f = ctx;
    struct partner_match match;
    match_take(&match, id, v);
    if (id == f->except || (match.side[0].participant_id != f->second_id &&
                            match.side[1].participant_id != f->second_id))
        return ERR_OK;
    if (match.state == PAIR_SUGGESTED || match.state == PAIR_MUTUAL || match.state == PAIR_HANDED)
        f->found = id;
    if (match.state == PAIR_DECLINED &&
        match.side[match_side_of(&match, f->second_id)].answer == ANSWER_DECLINED)
        f->declined_by_second = true;
    return ERR_OK;
}

/* The live match of two participants but for `except`; whether the second one declined before. */
static enum err find_between(struct store_reader *reader, int64_t first_id, struct finding *finding,
                             struct errinfo *info) {
    enum err code = ERR_OK;
    for (int s = 0; s < 2 && code == ERR_OK; s++)
        code = store_scan_equal(reader, TABLE_MATCH_PAIR, columns[s].participant,
                                store_int(first_id), take_between, finding, info);
    return code;
}

/* Whether the side may (still) answer this; ERR_CONFLICT in words. */
static enum err check_answer(struct store_reader *reader, const struct partner_match *match,
                             int side, const struct match_reply *reply, struct errinfo *info) {
    const struct match_side_said *mine = &match->side[side], *theirs = &match->side[1 - side];
    int64_t deadline_ms;
    if (match->state == PAIR_MUTUAL || match->state == PAIR_HANDED) {
        err_set(info, ERR_CONFLICT, "both sides have accepted this match");
        err_hint(info, "Withdraw from it instead.");
        return ERR_CONFLICT;
    }
    if (match->state == PAIR_WITHDRAWN)
        return err_set(info, ERR_CONFLICT, "this request was withdrawn");
    if (match->state == PAIR_DECLINED && mine->answer != ANSWER_DECLINED)
        return err_set(info, ERR_CONFLICT, "the other side has declined meanwhile");
    if (match_asker(match) == side) {
        err_set(info, ERR_CONFLICT, "this organisation asked for the match itself");
        err_hint(info, "Withdraw the request instead.");
        return ERR_CONFLICT;
    }
    enum err code = read_deadline(reader, match, &deadline_ms, info);
    if (code == ERR_OK && (match->state == PAIR_EXPIRED || reply->now_ms >= deadline_ms))
        return err_set(info, ERR_CONFLICT, "the time to answer this match is over");
    if (code == ERR_OK)
        code = check_active(reader, mine->participant_id, "this organisation", info);
    if (code == ERR_OK && reply->answer == ANSWER_ACCEPTED)
        code = check_active(reader, theirs->participant_id, "the other side", info);
    if (code == ERR_OK && match->state == PAIR_DECLINED) {
        struct finding finding = {.second_id = theirs->participant_id, .except = match->id};
        code = find_between(reader, mine->participant_id, &finding, info);
        if (code == ERR_OK && finding.found != 0)
            return err_set(info, ERR_CONFLICT, "another match of the two waits or stands already");
    }
    return code;
}

/* Writes what a side says and what the match becomes. */
static enum err write_answer(struct store *store, const struct access *by,
                             const struct partner_match *match, int side,
                             const struct match_reply *reply, enum pair_state state,
                             struct errinfo *info) {
    const struct side_columns *c = &columns[side];
    bool has_ended = state != PAIR_SUGGESTED && state != PAIR_MUTUAL && state != PAIR_HANDED;
    const char *reason = reply->reason != 0 ? kind_code(&kind_decline, reply->reason) : "";
    struct store_cell cells[] = {
        {MATCH_PAIR_STATE, store_text(str_of(kind_code(&kind_pair_state, state)))},
        {c->answer, store_text(str_of(kind_code(&kind_answer, reply->answer)))},
        {c->reason, store_text(str_of(reason))},
        {c->note, store_text(reply->note)},
        {c->by, store_int(by->account_id)},
        {c->ms, store_int(reply->now_ms)},
        {MATCH_PAIR_CLOSED_MS, has_ended ? store_int(reply->now_ms) : store_null()}};
    return store_update(store, TABLE_MATCH_PAIR, match->id, cells, sizeof(cells) / sizeof(cells[0]),
                        info);
}

static enum err check_reply(const struct match_reply *reply, struct errinfo *info) {
    if (reply->answer < ANSWER_NONE || reply->answer > ANSWER_LATER)
        return err_set(info, ERR_INPUT, "an answer is accepted, declined, later or none");
    if (reply->answer == ANSWER_DECLINED && reply->reason == 0) {
        err_set(info, ERR_INPUT, "a reason to decline is needed");
        err_hint(info, "The next round learns from it; the other side does not see it.");
        return ERR_INPUT;
    }
    if (reply->note.len > MATCH_NOTE_MAX)
        return err_set(info, ERR_INPUT, "the note is longer than %d bytes", MATCH_NOTE_MAX);
    return ERR_OK;
}

enum err matches_answer(struct store *store, const struct access *by,
                        const struct match_reply *reply, struct match_outcome *out,
                        struct errinfo *info) {
    struct partner_match match;
    struct match_reply said = *reply;
    enum err code = check_reply(reply, info);
    if (code == ERR_OK)
        code = read_own(store_reader_of(store), by, reply, &match, info);
    if (code != ERR_OK)
        return code;
    int side = match_side_of(&match, reply->participant_id);
    const struct match_side_said *mine = &match.side[side], *theirs = &match.side[1 - side];
    bool has_ended = match.state == PAIR_EXPIRED || match.state == PAIR_WITHDRAWN;
    *out = (struct match_outcome){
        .id = match.id, .other_id = theirs->participant_id, .state = match.state};
    if (!has_ended && mine->answer == reply->answer &&
        (reply->answer != ANSWER_DECLINED || mine->reason == reply->reason))
        return ERR_OK;
    code = check_answer(store_reader_of(store), &match, side, reply, info);
    if (code != ERR_OK)
        return code;
    out->state = PAIR_SUGGESTED;
    if (said.answer == ANSWER_DECLINED)
        out->state = PAIR_DECLINED;
    else
        said.reason = 0;
    if (said.answer == ANSWER_ACCEPTED && theirs->answer == ANSWER_ACCEPTED)
        out->state = PAIR_MUTUAL;
    out->is_new = out->state != match.state;
    return write_answer(store, by, &match, side, &said, out->state, info);
}

enum err matches_withdraw(struct store *store, const struct access *by,
                          const struct match_reply *reply, struct errinfo *info) {
    struct partner_match match;
    struct match_reply said = *reply;
    said.answer = ANSWER_DECLINED;
    if (reply->note.len > MATCH_NOTE_MAX)
        return err_set(info, ERR_INPUT, "the note is longer than %d bytes", MATCH_NOTE_MAX);
    enum err code = read_own(store_reader_of(store), by, reply, &match, info);
    if (code != ERR_OK)
        return code;
    int side = match_side_of(&match, reply->participant_id);
    if (match.state == PAIR_WITHDRAWN && match.side[side].answer == ANSWER_DECLINED)
        return ERR_OK;
    if (match.state == PAIR_MUTUAL || match.state == PAIR_HANDED ||
        (match.state == PAIR_SUGGESTED && match_asker(&match) == side))
        return write_answer(store, by, &match, side, &said, PAIR_WITHDRAWN, info);
    if (match.state != PAIR_SUGGESTED)
        return err_set(info, ERR_CONFLICT, "this match has ended already");
    err_set(info, ERR_CONFLICT, "only one's own request or a match that stands is withdrawn");
    err_hint(info, "Decline the suggestion instead.");
    return ERR_CONFLICT;
}

/* Asking ------------------------------------------------------------------------------------------
 */

static enum err count_open(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct finding *f = ctx;
    struct partner_match match;
    match_take(&match, id, v);
    int asker = match_asker(&match);
    if (match.state == PAIR_SUGGESTED && asker >= 0 &&
        match.side[asker].participant_id == f->second_id)
        f->found++;
    return ERR_OK;
}

static enum err check_room(struct store_reader *reader, int64_t participant_id,
                           struct errinfo *info) {
    struct finding open = {.second_id = participant_id};
    enum err code = ERR_OK;
    for (int s = 0; s < 2 && code == ERR_OK; s++)
        code = store_scan_equal(reader, TABLE_MATCH_PAIR, columns[s].participant,
                                store_int(participant_id), count_open, &open, info);
    if (code != ERR_OK || open.found < MATCH_REQUESTS_OPEN_MAX)
        return code;
    err_set(info, ERR_LIMIT, "%d requests of this organisation wait for an answer already",
            MATCH_REQUESTS_OPEN_MAX);
    err_hint(info, "Withdraw some of them first.");
    return ERR_LIMIT;
}

static enum err insert_request(struct store *store, const struct access *by,
                               const struct match_request *request, int64_t edition_id,
                               int64_t partner_id, int64_t *id, struct errinfo *info) {
    int asker = request->participant_id > partner_id;
    const struct side_columns *mine = &columns[asker], *theirs = &columns[1 - asker];
    struct store_cell cells[] = {{MATCH_PAIR_EDITION_ID, store_int(edition_id)},
                                 {MATCH_PAIR_ORIGIN, store_text(STR("requested"))},
                                 {MATCH_PAIR_MESSAGE, store_text(request->message)},
                                 {MATCH_PAIR_STATE, store_text(STR("suggested"))},
                                 {mine->participant, store_int(request->participant_id)},
                                 {mine->answer, store_text(STR("accepted"))},
                                 {mine->by, store_int(by->account_id)},
                                 {mine->ms, store_int(request->now_ms)},
                                 {theirs->participant, store_int(partner_id)},
                                 {theirs->answer, store_text(STR("none"))},
                                 {MATCH_PAIR_CREATED_MS, store_int(request->now_ms)}};
    return store_insert(store, TABLE_MATCH_PAIR, cells, sizeof(cells) / sizeof(cells[0]), id, info);
}

enum err matches_request(struct store *store, const struct access *by,
                         const struct match_request *request, struct match_outcome *out,
                         struct errinfo *info) {
    struct store_reader *reader = store_reader_of(store);
    struct participant asker = {0};
    bool is_active = false;
    int64_t partner_id = 0;
    enum err code = check_speaker(by, request->participant_id, info);
    if (code == ERR_OK && request->message.len > MATCH_NOTE_MAX)
        return err_set(info, ERR_INPUT, "the message is longer than %d bytes", MATCH_NOTE_MAX);
    if (code == ERR_OK)
        code = store_get(reader, TABLE_PARTICIPANT, request->participant_id, take_participant,
                         &asker, info);
    if (code == ERR_OK && asker.organisation_id == request->organisation_id)
        return err_set(info, ERR_INPUT, "an organisation is no partner of itself");
    if (code == ERR_OK && !asker.is_active)
        return err_set(info, ERR_CONFLICT, "this organisation has withdrawn from the matching");
    if (code == ERR_OK)
        code = match_participant(store, asker.edition_id, request->organisation_id, &partner_id,
                                 &is_active, NULL, info);
    if (code == ERR_OK && !is_active)
        return err_set(info, ERR_CONFLICT, "the other side has withdrawn from the matching");
    struct finding finding = {.second_id = partner_id};
    if (code == ERR_OK)
        code = find_between(reader, request->participant_id, &finding, info);
    if (code != ERR_OK)
        return code;
    if (finding.found != 0) {
        const struct match_reply yes = {.match_id = finding.found,
                                        .participant_id = request->participant_id,
                                        .answer = ANSWER_ACCEPTED,
                                        .now_ms = request->now_ms};
        return matches_answer(store, by, &yes, out, info);
    }
    if (finding.declined_by_second)
        return err_set(info, ERR_CONFLICT, "the other side has declined at this edition");
    *out = (struct match_outcome){.other_id = partner_id, .state = PAIR_SUGGESTED, .is_new = true};
    code = check_room(reader, request->participant_id, info);
    return code == ERR_OK
               ? insert_request(store, by, request, asker.edition_id, partner_id, &out->id, info)
               : code;
}
