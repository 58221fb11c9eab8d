/*
 * Merging what belongs to the matching of partners: see merge_partners.h. Rows are read into small
 * lists first and changed afterwards. Everything but drafts is in the log, so that taking the merge
 * back restores it.
 */
#include "service/merge_partners.h"

#include <stdio.h>

#include "service/edit_internal.h"

enum { PARTS_BYTES_MAX = 1 << 16, KEY_BYTES_MAX = 48 };

struct moving {
    struct store *store;
    struct store_reader *reader; /* of the open batch */
    struct arena *arena;
    int64_t keep, gone; /* organisations */
};

static enum err rows_of(const struct moving *m, enum store_table table, uint32_t column, int64_t id,
                        struct edit_rows *rows, struct errinfo *info) {
    *rows = (struct edit_rows){.arena = m->arena};
    return edit_rows_where(m->reader, table, column, store_int(id), rows, info);
}

/* Whether two rows have the same in the columns from `first` to the last of their table. */
static bool same_from(enum store_table table, uint32_t first, const struct edit_row *a,
                      const struct edit_row *b) {
    for (uint32_t c = first; c < store_table_info(table)->columns; c++)
        if (!store_value_equal(&a->values[c], &b->values[c]))
            return false;
    return true;
}

/* ---- what a participant says ---- */

/* Whether a row of the one that goes is told by a row of the one that stays. */
typedef bool told_fn(const struct edit_row *stays, const struct edit_row *goes);

static bool seek_told(const struct edit_row *stays, const struct edit_row *goes) {
    return same_from(TABLE_SEEK, SEEK_KIND, stays, goes);
}

static bool volume_told(const struct edit_row *stays, const struct edit_row *goes) {
    return store_value_equal(&stays->values[VOLUME_NODE_ID], &goes->values[VOLUME_NODE_ID]) &&
           store_value_equal(&stays->values[VOLUME_SIDE], &goes->values[VOLUME_SIDE]);
}

/* Also when it says the contrary of the same: then the one that stays is believed. */
static bool condition_told(const struct edit_row *stays, const struct edit_row *goes) {
    return same_from(TABLE_CONDITION, CONDITION_KIND, stays, goes);
}

static bool wish_told(const struct edit_row *stays, const struct edit_row *goes) {
    return store_value_equal(&stays->values[WISH_TEXT], &goes->values[WISH_TEXT]);
}

/* Moves the rows of a participant that goes to the one that stays; what that one says wins. */
static enum err move_said(const struct moving *m, enum store_table table, uint32_t owner,
                          told_fn *told, int64_t stays, int64_t goes, struct errinfo *info) {
    struct edit_rows kept, moved;
    const struct store_cell cell = {owner, store_int(stays)};
    enum err e = rows_of(m, table, owner, stays, &kept, info);
    if (e == ERR_OK)
        e = rows_of(m, table, owner, goes, &moved, info);
    else
        moved = (struct edit_rows){0};
    for (size_t i = 0; i < moved.list.len && e == ERR_OK; i++) {
        bool is_told = false;
        for (size_t k = 0; k < kept.list.len; k++)
            is_told = is_told || told(&kept.list.at[k], &moved.list.at[i]);
        e = is_told ? store_delete(m->store, table, moved.list.at[i].id, info)
                    : store_update(m->store, table, moved.list.at[i].id, &cell, 1, info);
    }
    vec_free(&kept.list);
    vec_free(&moved.list);
    return e;
}

static int64_t number_of(const struct store_value *value) {
    return value->kind == STORE_INTEGER ? value->integer : 0;
}

/* Blanks of the one that stays are filled; the count of saves grows, so that a form that was opened
 * before is told. */
static enum err fill_own(const struct moving *m, const struct edit_row *stays,
                         const struct edit_row *goes, struct errinfo *info) {
    struct store_cell cells[STORE_COLUMNS_MAX];
    uint32_t count = 0;
    for (uint32_t c = PARTICIPANT_MEETINGS_MAX; c <= PARTICIPANT_NOTE; c++)
        if (stays->values[c].kind == STORE_NULL && goes->values[c].kind != STORE_NULL)
            cells[count++] = (struct store_cell){c, goes->values[c]};
    int64_t saves = number_of(&stays->values[PARTICIPANT_REVISION]) +
                    number_of(&goes->values[PARTICIPANT_REVISION]);
    if (saves > 0)
        cells[count++] = (struct store_cell){PARTICIPANT_REVISION, store_int(saves + 1)};
    /* A buyer that turns out to be an exhibitor is one: only exhibitors have a stand. */
    if (stays->values[PARTICIPANT_EXHIBITOR_ID].kind == STORE_NULL &&
        goes->values[PARTICIPANT_EXHIBITOR_ID].kind != STORE_NULL) {
        cells[count++] = (struct store_cell){PARTICIPANT_KIND, goes->values[PARTICIPANT_KIND]};
        cells[count++] =
            (struct store_cell){PARTICIPANT_EXHIBITOR_ID, goes->values[PARTICIPANT_EXHIBITOR_ID]};
    }
    return count > 0 ? store_update(m->store, TABLE_PARTICIPANT, stays->id, cells, count, info)
                     : ERR_OK;
}

/* ---- matches ---- */

/* How far a match is; 0 = it has ended. */
static int progress_of(const struct edit_row *pair) {
    static const char *const live[] = {"suggested", "mutual", "handed"};
    for (int i = 0; i < 3; i++)
        if (str_equal_c(pair->values[MATCH_PAIR_STATE].text, live[i]))
            return i + 1;
    return 0;
}

/* The columns of one side's answer. */
static const uint32_t answers[][2] = {
    {MATCH_PAIR_FIRST_ANSWER, MATCH_PAIR_SECOND_ANSWER},
    {MATCH_PAIR_FIRST_REASON, MATCH_PAIR_SECOND_REASON},
    {MATCH_PAIR_FIRST_NOTE, MATCH_PAIR_SECOND_NOTE},
    {MATCH_PAIR_FIRST_BY, MATCH_PAIR_SECOND_BY},
    {MATCH_PAIR_FIRST_MS, MATCH_PAIR_SECOND_MS},
};

/* The match goes over to another participant; the sides stand by number. */
static enum err redirect_pair(const struct moving *m, const struct edit_row *pair, int64_t from,
                              int64_t to, struct errinfo *info) {
    const struct store_value *v = pair->values;
    struct store_cell cells[2 + 2 * sizeof(answers) / sizeof(answers[0])];
    bool was_first = v[MATCH_PAIR_FIRST_ID].integer == from;
    int64_t other = v[was_first ? MATCH_PAIR_SECOND_ID : MATCH_PAIR_FIRST_ID].integer;
    bool is_first = to < other;
    uint32_t count = 0;
    cells[count++] = (struct store_cell){MATCH_PAIR_FIRST_ID, store_int(is_first ? to : other)};
    cells[count++] = (struct store_cell){MATCH_PAIR_SECOND_ID, store_int(is_first ? other : to)};
    for (size_t i = 0; was_first != is_first && i < sizeof(answers) / sizeof(answers[0]); i++) {
        cells[count++] = (struct store_cell){answers[i][0], v[answers[i][1]]};
        cells[count++] = (struct store_cell){answers[i][1], v[answers[i][0]]};
    }
    return store_update(m->store, TABLE_MATCH_PAIR, pair->id, cells, count, info);
}

/* All matches of a participant. */
static enum err pairs_of(const struct moving *m, int64_t participant, struct edit_rows *rows,
                         struct errinfo *info) {
    enum err e = rows_of(m, TABLE_MATCH_PAIR, MATCH_PAIR_FIRST_ID, participant, rows, info);
    return e == ERR_OK ? edit_rows_where(m->reader, TABLE_MATCH_PAIR, MATCH_PAIR_SECOND_ID,
                                         store_int(participant), rows, info)
                       : e;
}

static int64_t other_side(const struct edit_row *pair, int64_t side) {
    return pair->values[MATCH_PAIR_FIRST_ID].integer == side
               ? pair->values[MATCH_PAIR_SECOND_ID].integer
               : pair->values[MATCH_PAIR_FIRST_ID].integer;
}

/* The live match of the one that stays with a partner; NULL = none. */
static const struct edit_row *live_with(const struct edit_rows *pairs, int64_t stays,
                                        int64_t partner) {
    for (size_t i = 0; i < pairs->list.len; i++)
        if (progress_of(&pairs->list.at[i]) > 0 && other_side(&pairs->list.at[i], stays) == partner)
            return &pairs->list.at[i];
    return NULL;
}

static enum err move_pair(const struct moving *m, const struct edit_row *pair,
                          const struct edit_rows *kept, int64_t stays, int64_t goes,
                          struct errinfo *info) {
    int64_t partner = other_side(pair, goes);
    int progress = progress_of(pair);
    const struct edit_row *twin = progress > 0 ? live_with(kept, stays, partner) : NULL;
    if (partner == stays || (twin != NULL && progress_of(twin) >= progress))
        return store_delete(m->store, TABLE_MATCH_PAIR, pair->id, info);
    enum err e = twin != NULL ? store_delete(m->store, TABLE_MATCH_PAIR, twin->id, info) : ERR_OK;
    return e == ERR_OK ? redirect_pair(m, pair, goes, stays, info) : e;
}

static enum err move_pairs(const struct moving *m, int64_t stays, int64_t goes,
                           struct errinfo *info) {
    struct edit_rows kept = {0}, moved = {0};
    enum err e = pairs_of(m, stays, &kept, info);
    if (e == ERR_OK)
        e = pairs_of(m, goes, &moved, info);
    for (size_t i = 0; i < moved.list.len && e == ERR_OK; i++)
        e = move_pair(m, &moved.list.at[i], &kept, stays, goes, info);
    vec_free(&kept.list);
    vec_free(&moved.list);
    return e;
}

/* The parts of a score name organisations by number (partner_parts.h): that of the one that goes
 * becomes that of the one that stays. */
static void rename_parts(struct str parts, int64_t gone, int64_t keep, struct buf *out) {
    static const char *const keys[] = {"first", "second", "supplier", "of"};
    while (parts.len > 0) {
        size_t taken = 0;
        for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]) && taken == 0; k++) {
            char was[KEY_BYTES_MAX];
            int len = snprintf(was, sizeof(was), "\"%s\":%lld", keys[k], (long long)gone);
            if (!str_starts(parts, str_of(was)) || parts.len == (size_t)len ||
                (parts.ptr[len] != ',' && parts.ptr[len] != '}'))
                continue;
            buf_printf(out, "\"%s\":%lld", keys[k], (long long)keep);
            taken = (size_t)len;
        }
        if (taken == 0) {
            buf_add_char(out, parts.ptr[0]);
            taken = 1;
        }
        parts = str_sub(parts, taken, parts.len);
    }
}

static enum err rename_pairs(const struct moving *m, int64_t participant, struct errinfo *info) {
    struct edit_rows rows = {0};
    struct buf text;
    enum err e = pairs_of(m, participant, &rows, info);
    buf_init(&text, PARTS_BYTES_MAX);
    for (size_t i = 0; i < rows.list.len && e == ERR_OK; i++) {
        const struct store_value *parts = &rows.list.at[i].values[MATCH_PAIR_PARTS];
        if (parts->kind != STORE_TEXT)
            continue;
        buf_clear(&text);
        rename_parts(parts->text, m->gone, m->keep, &text);
        e = buf_error(&text, info);
        const struct store_cell cell = {MATCH_PAIR_PARTS, store_text(buf_str(&text))};
        if (e == ERR_OK && !str_equal(buf_str(&text), parts->text))
            e = store_update(m->store, TABLE_MATCH_PAIR, rows.list.at[i].id, &cell, 1, info);
    }
    buf_release(&text);
    vec_free(&rows.list);
    return e;
}

/* ---- participants ---- */

/* The one that goes may have nobody who acts for it, because roles follow rules of their own
 * (accounts.h), which a merge would pass by. */
static enum err refuse_persons(const struct moving *m, int64_t participant, struct errinfo *info) {
    static const struct {
        enum store_table table;
        uint32_t column;
    } persons[] = {{TABLE_ROLE_GRANT, ROLE_GRANT_PARTICIPANT_ID},
                   {TABLE_INVITATION, INVITATION_PARTICIPANT_ID}};
    for (size_t i = 0; i < sizeof(persons) / sizeof(persons[0]); i++) {
        struct edit_rows rows;
        enum err e = rows_of(m, persons[i].table, persons[i].column, participant, &rows, info);
        size_t count = rows.list.len;
        vec_free(&rows.list);
        if (e != ERR_OK)
            return e;
        if (count == 0)
            continue;
        err_set(info, ERR_CONFLICT,
                "both organisations are participants of one edition, and persons act for the one "
                "that would go (participant %lld)",
                (long long)participant);
        err_hint(info, "Merge the other way round, or end its roles and invitations first");
        return ERR_CONFLICT;
    }
    return ERR_OK;
}

static enum err join_participants(const struct moving *m, const struct edit_row *stays,
                                  const struct edit_row *goes, struct errinfo *info) {
    static const struct {
        enum store_table table;
        uint32_t owner;
        told_fn *told;
    } said[] = {{TABLE_SEEK, SEEK_PARTICIPANT_ID, seek_told},
                {TABLE_VOLUME, VOLUME_PARTICIPANT_ID, volume_told},
                {TABLE_CONDITION, CONDITION_PARTICIPANT_ID, condition_told},
                {TABLE_WISH, WISH_PARTICIPANT_ID, wish_told}};
    enum err e = refuse_persons(m, goes->id, info);
    for (size_t i = 0; i < sizeof(said) / sizeof(said[0]) && e == ERR_OK; i++)
        e = move_said(m, said[i].table, said[i].owner, said[i].told, stays->id, goes->id, info);
    if (e == ERR_OK)
        e = move_pairs(m, stays->id, goes->id, info);
    if (e == ERR_OK)
        e = store_delete(m->store, TABLE_PARTICIPANT, goes->id, info);
    return e == ERR_OK ? fill_own(m, stays, goes, info) : e;
}

static enum err move_participants(const struct moving *m, struct errinfo *info) {
    struct edit_rows kept = {0}, moved = {0};
    enum err e = rows_of(m, TABLE_PARTICIPANT, PARTICIPANT_ORGANISATION_ID, m->keep, &kept, info);
    if (e == ERR_OK)
        e = rows_of(m, TABLE_PARTICIPANT, PARTICIPANT_ORGANISATION_ID, m->gone, &moved, info);
    for (size_t i = 0; i < moved.list.len && e == ERR_OK; i++) {
        const struct edit_row *goes = &moved.list.at[i], *twin = NULL;
        const struct store_cell owner = {PARTICIPANT_ORGANISATION_ID, store_int(m->keep)};
        for (size_t k = 0; k < kept.list.len; k++)
            if (store_value_equal(&kept.list.at[k].values[PARTICIPANT_EDITION_ID],
                                  &goes->values[PARTICIPANT_EDITION_ID]))
                twin = &kept.list.at[k];
        e = twin != NULL ? join_participants(m, twin, goes, info)
                         : store_update(m->store, TABLE_PARTICIPANT, goes->id, &owner, 1, info);
        if (e == ERR_OK)
            e = rename_pairs(m, twin != NULL ? twin->id : goes->id, info);
    }
    vec_free(&kept.list);
    vec_free(&moved.list);
    return e;
}

/* ---- what others say of it ---- */

/* Whose a participant is. */
static enum err organisation_of(const struct moving *m, int64_t participant, int64_t *out,
                                struct errinfo *info) {
    struct edit_row row;
    enum err e = edit_row_read(m->reader, TABLE_PARTICIPANT, participant, m->arena, &row, info);
    if (e == ERR_OK)
        *out = row.values[PARTICIPANT_ORGANISATION_ID].integer;
    return e;
}

/* A condition on the one that goes is one on the one that stays, unless there is one, or it would
 * be on the own organisation. */
static enum err move_condition(const struct moving *m, const struct edit_row *row,
                               struct errinfo *info) {
    int64_t participant = row->values[CONDITION_PARTICIPANT_ID].integer, own = 0;
    const struct store_cell cell = {CONDITION_ORGANISATION_ID, store_int(m->keep)};
    struct edit_rows others = {0};
    enum err e = organisation_of(m, participant, &own, info);
    if (e == ERR_OK)
        e = rows_of(m, TABLE_CONDITION, CONDITION_PARTICIPANT_ID, participant, &others, info);
    bool needless = own == m->keep;
    for (size_t i = 0; i < others.list.len; i++)
        needless =
            needless || number_of(&others.list.at[i].values[CONDITION_ORGANISATION_ID]) == m->keep;
    vec_free(&others.list);
    if (e != ERR_OK)
        return e;
    return needless ? store_delete(m->store, TABLE_CONDITION, row->id, info)
                    : store_update(m->store, TABLE_CONDITION, row->id, &cell, 1, info);
}

/* A wish for the one that goes; for the own organisation it is one for nobody. */
static enum err move_wish(const struct moving *m, const struct edit_row *row,
                          struct errinfo *info) {
    int64_t own = 0;
    const struct store_cell cells[] = {{WISH_ORGANISATION_ID, store_int(m->keep)}};
    const struct store_cell nobody[] = {{WISH_ORGANISATION_ID, store_null()},
                                        {WISH_CONFIDENCE, store_null()},
                                        {WISH_STATE, store_text(STR("refused"))}};
    enum err e = organisation_of(m, row->values[WISH_PARTICIPANT_ID].integer, &own, info);
    if (e != ERR_OK)
        return e;
    return own == m->keep ? store_update(m->store, TABLE_WISH, row->id, nobody, 3, info)
                          : store_update(m->store, TABLE_WISH, row->id, cells, 1, info);
}

/* An agreement of the one that goes, with the smaller number first; none with itself, none twice.
 */
static enum err move_agreement(const struct moving *m, const struct edit_row *row,
                               struct errinfo *info) {
    int64_t first = row->values[AGREEMENT_FIRST_ID].integer,
            second = row->values[AGREEMENT_SECOND_ID].integer;
    int64_t other = first == m->gone ? second : first;
    if (other == m->keep)
        return store_delete(m->store, TABLE_AGREEMENT, row->id, info);
    struct store_cell sides[] = {
        {AGREEMENT_FIRST_ID, store_int(m->keep < other ? m->keep : other)},
        {AGREEMENT_SECOND_ID, store_int(m->keep < other ? other : m->keep)}};
    struct edit_rows there;
    bool is_told = false;
    enum err e =
        rows_of(m, TABLE_AGREEMENT, AGREEMENT_FIRST_ID, sides[0].value.integer, &there, info);
    for (size_t i = 0; i < there.list.len; i++)
        is_told = is_told || (store_value_equal(&there.list.at[i].values[AGREEMENT_SECOND_ID],
                                                &sides[1].value) &&
                              same_from(TABLE_AGREEMENT, AGREEMENT_KIND, &there.list.at[i], row));
    vec_free(&there.list);
    if (e != ERR_OK)
        return e;
    return is_told ? store_delete(m->store, TABLE_AGREEMENT, row->id, info)
                   : store_update(m->store, TABLE_AGREEMENT, row->id, sides, 2, info);
}

static enum err drop_row(const struct moving *m, const struct edit_row *row, struct errinfo *info) {
    return store_delete(m->store, TABLE_MATCH_DRAFT, row->id, info);
}

typedef enum err move_fn(const struct moving *m, const struct edit_row *row, struct errinfo *info);

static enum err move_others(const struct moving *m, struct errinfo *info) {
    static const struct {
        enum store_table table;
        uint32_t column;
        move_fn *move;
    } others[] = {{TABLE_CONDITION, CONDITION_ORGANISATION_ID, move_condition},
                  {TABLE_WISH, WISH_ORGANISATION_ID, move_wish},
                  {TABLE_AGREEMENT, AGREEMENT_FIRST_ID, move_agreement},
                  {TABLE_AGREEMENT, AGREEMENT_SECOND_ID, move_agreement},
                  {TABLE_MATCH_DRAFT, MATCH_DRAFT_FIRST_ID, drop_row},
                  {TABLE_MATCH_DRAFT, MATCH_DRAFT_SECOND_ID, drop_row}};
    enum err e = ERR_OK;
    for (size_t t = 0; t < sizeof(others) / sizeof(others[0]) && e == ERR_OK; t++) {
        struct edit_rows rows;
        e = rows_of(m, others[t].table, others[t].column, m->gone, &rows, info);
        for (size_t i = 0; i < rows.list.len && e == ERR_OK; i++)
            e = others[t].move(m, &rows.list.at[i], info);
        vec_free(&rows.list);
    }
    return e;
}

enum err merge_partners(struct store *store, struct arena *arena, int64_t keep, int64_t gone,
                        struct errinfo *info) {
    const struct moving m = {store, store_reader_of(store), arena, keep, gone};
    enum err e = move_participants(&m, info);
    return e == ERR_OK ? move_others(&m, info) : e;
}
