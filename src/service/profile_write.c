/*
 * Writing a profile: see profiles.h. The rows that a document makes are compared with those that
 * are there: equal ones stay, those with the same key get what differs, and the rest is deleted and
 * made. So the log of a save is as long as what was changed.
 */
#include "service/profile_parts.h"

enum { LIST_BYTES_MAX = 8192, CELLS_MAX = 7 };

/* Rows of one table, as they are to be: the cells of column `first` and the following. */
struct wanted {
    int64_t id; /* of the row that is it; 0 = none yet */
    struct store_value cells[CELLS_MAX];
};

struct part {
    enum store_table table;
    uint32_t owner; /* column */
    int64_t owner_id;
    uint32_t first, columns; /* written here: `columns` from `first` */
    uint32_t keys;           /* so many of them say that two rows are about the same */
    struct wanted *rows;
    uint32_t count;
};

struct writing {
    struct store *store;
    struct store_reader *reader; /* of the open batch */
    struct arena *arena;
    const struct profile *now, *said;
};

static bool equal_cells(const struct part *part, const struct wanted *wanted,
                        const struct edit_row *row, uint32_t count) {
    for (uint32_t c = 0; c < count; c++)
        if (!store_value_equal(&wanted->cells[c], &row->values[part->first + c]))
            return false;
    return true;
}

/* Finds for each row that is there the one that it is to be, by its first `count` cells. */
static void pair_up(const struct part *part, const struct edit_rows *there, bool *taken,
                    uint32_t count) {
    for (size_t r = 0; r < there->list.len; r++)
        for (uint32_t w = 0; w < part->count && !taken[r]; w++)
            if (part->rows[w].id == 0 &&
                equal_cells(part, &part->rows[w], &there->list.at[r], count)) {
                part->rows[w].id = there->list.at[r].id;
                taken[r] = true;
            }
}

static enum err write_row(struct writing *w, const struct part *part, const struct wanted *row,
                          struct errinfo *info) {
    struct store_cell cells[CELLS_MAX + 1];
    int64_t id;
    for (uint32_t c = 0; c < part->columns; c++)
        cells[c] = (struct store_cell){part->first + c, row->cells[c]};
    cells[part->columns] = (struct store_cell){part->owner, store_int(part->owner_id)};
    return row->id != 0 ? store_update(w->store, part->table, row->id, cells, part->columns, info)
                        : store_insert(w->store, part->table, cells, part->columns + 1, &id, info);
}

/* Makes the rows of a part those that are wanted. Deleted ones go first, because two rows may not
 * have one key. */
static enum err write_part(struct writing *w, const struct part *part, struct errinfo *info) {
    struct edit_rows there = {.arena = w->arena};
    enum err e = edit_rows_where(w->reader, part->table, part->owner, store_int(part->owner_id),
                                 &there, info);
    bool *taken = arena_new(w->arena, there.list.len + 1, sizeof(*taken));
    if (e == ERR_OK && taken == NULL)
        e = err_memory(info);
    if (e == ERR_OK) {
        pair_up(part, &there, taken, part->columns);
        pair_up(part, &there, taken, part->keys);
    }
    for (size_t r = 0; r < there.list.len && e == ERR_OK; r++)
        if (!taken[r])
            e = store_delete(w->store, part->table, there.list.at[r].id, info);
    for (uint32_t i = 0; i < part->count && e == ERR_OK; i++)
        e = write_row(w, part, &part->rows[i], info);
    vec_free(&there.list);
    return e;
}

static enum err new_part(struct writing *w, struct part *part, uint32_t count,
                         struct errinfo *info) {
    part->rows = arena_new(w->arena, (size_t)count + 1, sizeof(*part->rows));
    part->count = count;
    return part->rows != NULL ? ERR_OK : err_memory(info);
}

static struct store_value code_of(const struct kind *kind, uint32_t value) {
    return store_text(str_of(kind_code(kind, value)));
}

static struct store_value number_or_null(int64_t number) {
    return number != 0 ? store_int(number) : store_null();
}

static struct store_value tidy(struct str text) {
    return store_text(str_trim(text));
}

/* ---- the parts ---- */

static enum err node_value(struct writing *w, struct str code, struct store_value *out,
                           struct errinfo *info) {
    int64_t id = 0;
    enum err e = profile_node(w->reader, str_trim(code), &id, info);
    *out = store_ref(id);
    return e;
}

/* The claim of now that goes on: see profiles.h. NULL = it is declared from now on. */
static const struct profile_claim *claim_kept(const struct profile *now, int side,
                                              const struct profile_claim *claim) {
    for (uint32_t i = 0; i < now->claim_count[side]; i++) {
        const struct profile_claim *was = &now->claims[side][i];
        if (str_equal(was->node, str_trim(claim->node)) &&
            (was->basis == BASIS_CONFIRMED || claim->basis == BASIS_INFERRED))
            return was;
    }
    return NULL;
}

static enum err write_claims(struct writing *w, struct errinfo *info) {
    const struct profile *said = w->said;
    struct part part = {.table = TABLE_STATEMENT,
                        .owner = STATEMENT_EXHIBITOR_ID,
                        .owner_id = w->now->exhibitor_id,
                        .first = STATEMENT_NODE_ID,
                        .columns = 4,
                        .keys = 2};
    enum err e = new_part(w, &part, said->claim_count[0] + said->claim_count[1], info);
    uint32_t at = 0;
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; i < said->claim_count[side] && e == ERR_OK; i++) {
            const struct profile_claim *claim = &said->claims[side][i];
            const struct profile_claim *kept = claim_kept(w->now, side, claim);
            struct store_value *cells = part.rows[at++].cells;
            e = node_value(w, claim->node, &cells[0], info);
            cells[1] = code_of(&kind_side, side == PROFILE_OFFERS ? SIDE_OFFER : SIDE_NEED);
            cells[2] = code_of(&kind_basis, kept != NULL ? kept->basis : BASIS_DECLARED);
            cells[3] = store_text(kept != NULL ? kept->evidence : STR(""));
        }
    return e == ERR_OK ? write_part(w, &part, info) : e;
}

static enum err write_seeks(struct writing *w, struct errinfo *info) {
    struct part part = {.table = TABLE_SEEK,
                        .owner = SEEK_PARTICIPANT_ID,
                        .owner_id = w->now->participant_id,
                        .first = SEEK_KIND,
                        .columns = 6,
                        .keys = 2};
    enum err e = new_part(w, &part, w->said->seek_count, info);
    for (uint32_t i = 0; i < part.count && e == ERR_OK; i++) {
        const struct profile_seek *seek = &w->said->seeks[i];
        struct store_value *cells = part.rows[i].cells;
        cells[0] = code_of(&kind_seek, seek->kind);
        e = node_value(w, seek->node, &cells[1], info);
        cells[2] = number_or_null(seek->quantity);
        cells[3] = tidy(seek->unit);
        cells[4] = tidy(seek->by_day);
        cells[5] = tidy(seek->note);
    }
    return e == ERR_OK ? write_part(w, &part, info) : e;
}

static enum err write_volumes(struct writing *w, struct errinfo *info) {
    struct part part = {.table = TABLE_VOLUME,
                        .owner = VOLUME_PARTICIPANT_ID,
                        .owner_id = w->now->participant_id,
                        .first = VOLUME_NODE_ID,
                        .columns = 4,
                        .keys = 2};
    enum err e = new_part(w, &part, w->said->volume_count, info);
    for (uint32_t i = 0; i < part.count && e == ERR_OK; i++) {
        const struct profile_volume *volume = &w->said->volumes[i];
        struct store_value *cells = part.rows[i].cells;
        e = node_value(w, volume->node, &cells[0], info);
        cells[1] = code_of(&kind_side, volume->side);
        cells[2] = store_int(volume->quantity);
        cells[3] = tidy(volume->unit);
    }
    return e == ERR_OK ? write_part(w, &part, info) : e;
}

static enum err write_conditions(struct writing *w, struct errinfo *info) {
    struct part part = {.table = TABLE_CONDITION,
                        .owner = CONDITION_PARTICIPANT_ID,
                        .owner_id = w->now->participant_id,
                        .first = CONDITION_STRENGTH,
                        .columns = 4,
                        .keys = 4};
    enum err e = new_part(w, &part, w->said->condition_count, info);
    for (uint32_t i = 0; i < part.count && e == ERR_OK; i++) {
        const struct profile_condition *condition = &w->said->conditions[i];
        struct store_value *cells = part.rows[i].cells;
        cells[0] = code_of(&kind_strength, condition->strength);
        cells[1] = code_of(&kind_condition, condition->kind);
        cells[2] = tidy(condition->value);
        cells[3] = store_ref(condition->organisation_id);
    }
    return e == ERR_OK ? write_part(w, &part, info) : e;
}

/* ---- the participant's own row ---- */

/* Texts with a separator between them; days in their order. */
static struct str join(struct arena *arena, const struct str *list, uint32_t count,
                       const char *separator, bool sorted) {
    struct buf text;
    struct str last = STR("");
    buf_init(&text, LIST_BYTES_MAX);
    for (uint32_t i = 0; i < count; i++) {
        struct str next = list[i];
        for (uint32_t k = 0; sorted && k < count; k++)
            if (str_compare(list[k], last) > 0 &&
                (str_compare(next, last) <= 0 || str_compare(list[k], next) < 0))
                next = list[k];
        buf_printf(&text, "%s%.*s", i > 0 ? separator : "", STR_ARG(str_trim(next)));
        last = next;
    }
    struct str out =
        buf_error(&text, NULL) == ERR_OK ? arena_copy(arena, buf_str(&text)) : (struct str){0};
    buf_release(&text);
    return out;
}

static enum err write_own(struct writing *w, struct errinfo *info) {
    const struct profile *p = w->said;
    struct str languages = join(w->arena, p->languages, p->language_count, " ", false);
    struct str certificates = join(w->arena, p->certificates, p->certificate_count, "; ", false);
    struct str days = join(w->arena, p->days, p->day_count, " ", true);
    if (languages.ptr == NULL || certificates.ptr == NULL || days.ptr == NULL)
        return err_memory(info);
    struct store_cell cells[] = {
        {PARTICIPANT_STATE, store_text(p->is_withdrawn ? STR("withdrawn") : STR("active"))},
        {PARTICIPANT_MEETINGS_MAX,
         p->meetings_max != PROFILE_MEETINGS_OPEN ? store_int(p->meetings_max) : store_null()},
        {PARTICIPANT_LANGUAGES, store_text(languages)},
        {PARTICIPANT_CERTIFICATES, store_text(certificates)},
        {PARTICIPANT_DAYS, store_text(days)},
        {PARTICIPANT_LEADER, tidy(p->leader)},
        {PARTICIPANT_NOTE, tidy(p->note)}};
    return store_update(w->store, TABLE_PARTICIPANT, w->now->participant_id, cells,
                        sizeof(cells) / sizeof(cells[0]), info);
}

static enum err take_saves(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    *(int64_t *)ctx =
        v[PARTICIPANT_REVISION].kind == STORE_INTEGER ? v[PARTICIPANT_REVISION].integer : 0;
    return ERR_OK;
}

/* Counts the save, when it changed anything. */
static enum err count_save(struct writing *w, uint64_t lines_before, struct errinfo *info) {
    int64_t saves = 0;
    if (store_changes(w->store) == lines_before)
        return ERR_OK;
    enum err e =
        store_get(w->reader, TABLE_PARTICIPANT, w->now->participant_id, take_saves, &saves, info);
    struct store_cell cell = {PARTICIPANT_REVISION, store_int(saves + 1)};
    return e == ERR_OK
               ? store_update(w->store, TABLE_PARTICIPANT, w->now->participant_id, &cell, 1, info)
               : e;
}

static enum err write_all(struct writing *w, struct errinfo *info) {
    uint64_t before = store_changes(w->store);
    enum err e = w->now->exhibitor_id != 0 ? write_claims(w, info) : ERR_OK;
    if (e == ERR_OK)
        e = write_seeks(w, info);
    if (e == ERR_OK)
        e = write_volumes(w, info);
    if (e == ERR_OK)
        e = write_conditions(w, info);
    if (e == ERR_OK)
        e = write_own(w, info);
    return e == ERR_OK ? count_save(w, before, info) : e;
}

/* What was said meanwhile is not written over unseen. */
static enum err check_revision(const struct profile *now, const struct profile *said,
                               struct errinfo *info) {
    if (now->revision == said->revision)
        return ERR_OK;
    err_set(info, ERR_CONFLICT, "this profile was changed by somebody else meanwhile");
    err_hint(info, "Load it again, and make the change once more.");
    return ERR_CONFLICT;
}

enum err profile_write(struct store *store, const struct access *by, int64_t participant_id,
                       const struct profile *said, struct profile_faults *faults,
                       struct errinfo *info) {
    struct store_reader *reader = store_reader_of(store);
    struct access_place place;
    struct profile now;
    enum err e = profile_place(reader, participant_id, faults->arena, &place, info);
    if (e == ERR_OK)
        e = access_check(by, RIGHT_PROFILE_WRITE, &place, info);
    if (e == ERR_OK)
        e = profile_load(reader, participant_id, faults->arena, &now, info);
    if (e == ERR_OK)
        e = check_revision(&now, said, info);
    if (e == ERR_OK)
        e = profile_check(reader, &now, said, faults, info);
    if (e == ERR_OK && faults->list.len > 0)
        return err_set(info, ERR_INPUT, "%.*s %.*s", STR_ARG(faults->list.at[0].path),
                       STR_ARG(faults->list.at[0].words[LANG_EN]));
    struct writing w = {store, reader, faults->arena, &now, said};
    return e == ERR_OK ? write_all(&w, info) : e;
}
