/* Wishes: see wishes.h. */
#include "service/wishes.h"

#include "base/map.h"
#include "service/edit_internal.h"
#include "service/participants.h"
#include "service/profiles.h"
#include "service/wish_index.h"
#include "service/wish_lines.h"
#include "text/fold.h"

enum { PLACE_BYTES_MAX = 1 << 16, FOLDED_BYTES_MAX = 4 * WISH_BYTES_MAX };

struct owner {
    int64_t participant_id, edition_id, organisation_id;
};

static enum err take_owner(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    *(struct owner *)ctx = (struct owner){id, v[PARTICIPANT_EDITION_ID].integer,
                                          v[PARTICIPANT_ORGANISATION_ID].integer};
    return ERR_OK;
}

/* The participant, when the right is held in its place. */
static enum err enter(struct store_reader *reader, const struct access *access, enum right right,
                      int64_t participant_id, struct owner *out, struct errinfo *info) {
    struct access_place place;
    struct arena arena;
    arena_init(&arena, PLACE_BYTES_MAX);
    enum err e = profile_place(reader, participant_id, &arena, &place, info);
    if (e == ERR_OK)
        e = access_check(access, right, &place, info);
    arena_release(&arena);
    return e == ERR_OK ? store_get(reader, TABLE_PARTICIPANT, participant_id, take_owner, out, info)
                       : e;
}

/* ---- reading ---- */

static struct str text_of(const struct store_value *value) {
    return value->kind == STORE_TEXT ? value->text : STR("");
}

static enum err take_wish(struct store_reader *reader, struct arena *arena,
                          const struct edit_row *row, struct wish *out, struct errinfo *info) {
    const struct store_value *v = row->values;
    struct edit_row meant;
    *out = (struct wish){.id = row->id, .text = v[WISH_TEXT].text, .state = v[WISH_STATE].text};
    if (v[WISH_ORGANISATION_ID].kind == STORE_NULL)
        return ERR_OK;
    enum err e = edit_row_read(reader, TABLE_ORGANISATION, v[WISH_ORGANISATION_ID].integer, arena,
                               &meant, info);
    if (e == ERR_OK)
        out->meant = (struct wish_candidate){
            meant.id, text_of(&meant.values[ORGANISATION_NAME_EN]),
            text_of(&meant.values[ORGANISATION_NAME_ZH]),
            v[WISH_CONFIDENCE].kind == STORE_INTEGER ? v[WISH_CONFIDENCE].integer : 0};
    return e;
}

static bool is_open(const struct wish *wish) {
    return str_equal_c(wish->state, "open");
}

/* Candidates of the open ones. What would be sure now is still for a person to decide. */
static enum err find_open(struct store_reader *reader, const struct owner *owner,
                          struct arena *arena, struct wishes *wishes, struct errinfo *info) {
    struct wish_index *index = NULL;
    enum err e = ERR_OK;
    for (uint32_t i = 0; i < wishes->count && e == ERR_OK; i++) {
        struct wish *wish = &wishes->at[i];
        if (!is_open(wish))
            continue;
        if (index == NULL)
            e = wish_index_new(reader, owner->edition_id, owner->organisation_id, arena, &index,
                               info);
        if (e == ERR_OK)
            e = wish_index_find(index, wish, info);
        if (!is_open(wish)) {
            wish->candidate[0] = wish->meant;
            wish->candidates = 1;
            wish->meant = (struct wish_candidate){0};
            wish->state = STR("open");
        }
    }
    wish_index_free(index);
    return e;
}

static enum err read_all(struct store_reader *reader, const struct owner *owner,
                         struct arena *arena, struct wishes *out, struct errinfo *info) {
    struct edit_rows rows = {.arena = arena};
    enum err e = edit_rows_where(reader, TABLE_WISH, WISH_PARTICIPANT_ID,
                                 store_int(owner->participant_id), &rows, info);
    *out = (struct wishes){.at = arena_new(arena, rows.list.len + 1, sizeof(struct wish))};
    if (e == ERR_OK && out->at == NULL)
        e = err_memory(info);
    for (size_t i = 0; i < rows.list.len && e == ERR_OK; i++)
        e = take_wish(reader, arena, &rows.list.at[i], &out->at[out->count++], info);
    vec_free(&rows.list);
    return e;
}

enum err wishes_read(struct store_reader *reader, const struct access *access,
                     int64_t participant_id, struct arena *arena, struct wishes *out,
                     struct errinfo *info) {
    struct owner owner;
    enum err e = enter(reader, access, RIGHT_PARTNER_READ, participant_id, &owner, info);
    if (e == ERR_OK)
        e = read_all(reader, &owner, arena, out, info);
    return e == ERR_OK ? find_open(reader, &owner, arena, out, info) : e;
}

/* ---- finding ---- */

static enum err refuse_line(uint32_t number, struct errinfo *info) {
    err_set(info, ERR_INPUT, "name %u is longer than %d bytes", number, WISH_BYTES_MAX);
    err_hint(info, "Give one name a line.");
    return ERR_INPUT;
}

/* The lines of a list, each with its text in the arena. */
static enum err read_lines(struct str list, struct arena *arena, struct wishes *out,
                           struct errinfo *info) {
    struct str rest = list;
    struct wish_line line;
    *out = (struct wishes){0};
    while (wish_lines_next(&rest, &line))
        if (++out->count > WISHES_MAX) {
            err_set(info, ERR_LIMIT, "the list has more than %d names", WISHES_MAX);
            err_hint(info, "Keep those that matter most.");
            return ERR_LIMIT;
        }
    if (out->count == 0)
        return err_set(info, ERR_INPUT, "the list names nobody: give one name a line");
    out->at = arena_new(arena, out->count, sizeof(*out->at));
    if (out->at == NULL)
        return err_memory(info);
    rest = list;
    for (uint32_t i = 0; wish_lines_next(&rest, &line); i++) {
        if (line.text.len > WISH_BYTES_MAX)
            return refuse_line(i + 1, info);
        out->at[i].text = arena_copy(arena, line.text);
        if (out->at[i].text.ptr == NULL)
            return err_memory(info);
    }
    return ERR_OK;
}

enum err wishes_find(struct store_reader *reader, const struct access *by, int64_t participant_id,
                     struct str list, struct arena *arena, struct wishes *out,
                     struct errinfo *info) {
    struct wish_index *index = NULL;
    struct owner owner;
    enum err e = enter(reader, by, RIGHT_PROFILE_WRITE, participant_id, &owner, info);
    if (e == ERR_OK)
        e = read_lines(list, arena, out, info);
    if (e == ERR_OK)
        e = wish_index_new(reader, owner.edition_id, owner.organisation_id, arena, &index, info);
    for (uint32_t i = 0; e == ERR_OK && i < out->count; i++)
        e = wish_index_find(index, &out->at[i], info);
    wish_index_free(index);
    return e;
}

/* ---- writing ---- */

/* Names that are there already, folded. */
struct present {
    struct arena arena;
    struct str_map names;
    uint32_t count;
};

/* Whether the name is new; it is noted. */
static enum err note(struct present *p, struct str text, bool *is_new, struct errinfo *info) {
    struct buf folded;
    buf_init(&folded, FOLDED_BYTES_MAX);
    enum err e = text_fold_plain(text, &folded, info);
    *is_new = e == ERR_OK && str_map_get(&p->names, buf_str(&folded)) == MAP_NONE;
    if (*is_new) {
        struct str kept = arena_copy(&p->arena, buf_str(&folded));
        if (kept.ptr == NULL || !str_map_put(&p->names, kept, 0))
            e = err_memory(info);
    }
    buf_release(&folded);
    return e;
}

static enum err note_row(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct present *p = ctx;
    bool is_new;
    p->count++;
    return note(p, v[WISH_TEXT].text, &is_new, info);
}

static enum err add_one(struct store *store, int64_t participant_id, const struct wish *wish,
                        struct errinfo *info) {
    bool is_found = wish->meant.organisation_id != 0;
    const struct store_cell cells[] = {
        {WISH_PARTICIPANT_ID, store_int(participant_id)},
        {WISH_TEXT, store_text(wish->text)},
        {WISH_ORGANISATION_ID, store_ref(wish->meant.organisation_id)},
        {WISH_CONFIDENCE, is_found ? store_int(wish->meant.confidence) : store_null()},
        {WISH_STATE, store_text(wish->state)}};
    int64_t id;
    return store_insert(store, TABLE_WISH, cells, sizeof(cells) / sizeof(cells[0]), &id, info);
}

enum err wishes_add(struct store *store, const struct access *by, int64_t participant_id,
                    const struct wishes *found, uint32_t *added, struct errinfo *info) {
    struct store_reader *reader = store_reader_of(store);
    struct present present = {0};
    struct owner owner;
    *added = 0;
    arena_init(&present.arena, 4 * WISHES_MAX * FOLDED_BYTES_MAX);
    enum err e = enter(reader, by, RIGHT_PROFILE_WRITE, participant_id, &owner, info);
    if (e == ERR_OK)
        e = store_scan_equal(reader, TABLE_WISH, WISH_PARTICIPANT_ID, store_int(participant_id),
                             note_row, &present, info);
    for (uint32_t i = 0; i < found->count && e == ERR_OK; i++) {
        bool is_new = false;
        e = note(&present, found->at[i].text, &is_new, info);
        if (e == ERR_OK && is_new && present.count + *added == WISHES_MAX) {
            err_set(info, ERR_LIMIT, "a participant has %d wishes at the most", WISHES_MAX);
            err_hint(info, "Delete some first.");
            e = ERR_LIMIT;
        }
        if (e == ERR_OK && is_new) {
            e = add_one(store, participant_id, &found->at[i], info);
            ++*added;
        }
    }
    str_map_release(&present.names);
    arena_release(&present.arena);
    return e;
}

static enum err take_participant_of(void *ctx, int64_t id, const struct store_value *v,
                                    struct errinfo *info) {
    *(int64_t *)ctx = v[WISH_PARTICIPANT_ID].integer;
    return ERR_OK;
}

/* The wish is one of this participant, which whoever acts may write for. */
static enum err find_wish(struct store_reader *reader, const struct access *by,
                          int64_t participant_id, int64_t id, struct owner *owner,
                          struct errinfo *info) {
    int64_t of = 0;
    enum err e = enter(reader, by, RIGHT_PROFILE_WRITE, participant_id, owner, info);
    if (e == ERR_OK)
        e = store_get(reader, TABLE_WISH, id, take_participant_of, &of, info);
    return e == ERR_OK && of != participant_id
               ? err_set(info, ERR_NOT_FOUND, "this participant has no such wish")
               : e;
}

struct stands {
    int64_t edition_id;
    bool here;
};

static enum err note_stand(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct stands *s = ctx;
    s->here = s->here || v[EXHIBITOR_EDITION_ID].integer == s->edition_id;
    return ERR_OK;
}

static enum err check_meant(struct store_reader *reader, const struct owner *owner,
                            int64_t organisation_id, struct errinfo *info) {
    struct stands stands = {.edition_id = owner->edition_id};
    int64_t participant_id;
    if (organisation_id == owner->organisation_id)
        return err_set(info, ERR_INPUT, "this is your own organisation");
    enum err e =
        participant_find(reader, owner->edition_id, organisation_id, &participant_id, info);
    if (e == ERR_OK && participant_id == 0)
        e = store_scan_equal(reader, TABLE_EXHIBITOR, EXHIBITOR_ORGANISATION_ID,
                             store_int(organisation_id), note_stand, &stands, info);
    if (e != ERR_OK || participant_id != 0 || stands.here)
        return e;
    err_set(info, ERR_INPUT, "this organisation does not take part in this edition");
    err_hint(info, "Choose one that does, or say that nobody is meant.");
    return ERR_INPUT;
}

enum err wish_decide(struct store *store, const struct access *by, int64_t participant_id,
                     int64_t id, int64_t organisation_id, bool refused, struct errinfo *info) {
    struct store_reader *reader = store_reader_of(store);
    struct owner owner;
    enum err e = find_wish(reader, by, participant_id, id, &owner, info);
    if (e == ERR_OK && organisation_id != 0)
        e = check_meant(reader, &owner, organisation_id, info);
    if (e != ERR_OK)
        return e;
    const char *state = organisation_id != 0 ? "matched" : refused ? "refused" : "open";
    const struct store_cell cells[] = {
        {WISH_ORGANISATION_ID, store_ref(organisation_id)},
        {WISH_CONFIDENCE, organisation_id != 0 ? store_int(WISH_CERTAIN) : store_null()},
        {WISH_STATE, store_text(str_of(state))}};
    return store_update(store, TABLE_WISH, id, cells, 3, info);
}

enum err wish_delete(struct store *store, const struct access *by, int64_t participant_id,
                     int64_t id, struct errinfo *info) {
    struct owner owner;
    enum err e = find_wish(store_reader_of(store), by, participant_id, id, &owner, info);
    return e == ERR_OK ? store_delete(store, TABLE_WISH, id, info) : e;
}
