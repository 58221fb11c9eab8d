/*
 * Finding who is meant: see wish_index.h.
 *
 * A name is sure when it is the same as one that takes part, but for its legal form or script, when
 * no other one is as near, and when the country or region that stands beside it is not another one.
 * Everything else is for a person to decide: a wrong match is worse than an open one.
 *
 * For a line that the engine likens to nobody, because it asks more before it calls two firms one,
 * names a few letters apart and names that contain each other are candidates, too.
 */
#include "service/wish_index.h"

#include "base/mem.h"
#include "engine/names/names.h"
#include "model/spelling.h"
#include "service/countries.h"
#include "service/edit_internal.h"
#include "service/wish_lines.h"
#include "text/fold.h"
#include "text/han.h"
#include "text/utf8.h"

/* A score from which a name is the same, and how far the next one must be (engine/names/score.c:
 * 0.95 is the most that one script alone gives). Origin: all names of the sample in the spellings
 * of tests/service/wishes_test.c; at 0.9 none of them is matched to another. */
#define SURE_SCORE 0.9F
#define SURE_LEAD 0.08F

enum {
    FOLDED_BYTES_MAX = 1 << 13,
    LETTERS_MIN = 4,   /* of the shorter name */
    HAN_BYTES_MIN = 6, /* two characters */
};
enum { SURE_REASONS = NAMES_SAME_ENGLISH | NAMES_SAME_CHINESE | NAMES_LEGAL_FORM | NAMES_SCRIPT };
enum { DOUBTS = NAMES_OTHER_COUNTRY | NAMES_BRANCH | NAMES_ACRONYM | NAMES_PART };

struct known {
    int64_t id;
    struct str name_en, name_zh;
};

/* A name as it is compared by letters. */
struct spelled {
    uint32_t known;
    struct str whole, core; /* folded; the core is without its legal form */
};

struct wish_index {
    struct names_index *names;
    VEC(struct known)
    known; /* by record of `names` */
    VEC(struct spelled)
    spelled;
    struct u64_map taken; /* organisations that are in it */
    struct countries countries;
};

struct filling {
    struct store_reader *reader;
    struct wish_index *index;
    struct arena *arena;
    int64_t but;
};

static struct str text_of(const struct store_value *value) {
    return value->kind == STORE_TEXT ? value->text : STR("");
}

static enum err fold(struct str name, struct arena *arena, struct spelled *out,
                     struct errinfo *info) {
    struct buf folded;
    buf_init(&folded, FOLDED_BYTES_MAX);
    enum err e = text_fold_plain(name, &folded, info);
    if (e == ERR_OK) {
        out->whole = arena_copy(arena, buf_str(&folded));
        out->core = names_without_form(out->whole);
        e = out->whole.ptr != NULL ? ERR_OK : err_memory(info);
    }
    buf_release(&folded);
    return e;
}

/* Notes the names of the organisation that comes next into `known`. */
static enum err spell(struct filling *f, const struct names_record *record, struct errinfo *info) {
    enum err e = ERR_OK;
    for (size_t i = 0; i < record->others_len + 2 && e == ERR_OK; i++) {
        struct spelled one = {.known = (uint32_t)f->index->known.len};
        struct str name = i == 0   ? record->name_en
                          : i == 1 ? record->name_zh
                                   : record->others[i - 2];
        e = fold(name, f->arena, &one, info);
        if (e == ERR_OK && one.core.len > 0 && !vec_push(&f->index->spelled, one))
            e = err_memory(info);
    }
    return e;
}

static enum err add_organisation(struct filling *f, int64_t id, struct errinfo *info) {
    struct edit_row row;
    struct edit_rows names = {.arena = f->arena};
    if (id == f->but || u64_map_get(&f->index->taken, (uint64_t)id) != MAP_NONE)
        return ERR_OK;
    enum err e = edit_row_read(f->reader, TABLE_ORGANISATION, id, f->arena, &row, info);
    if (e == ERR_OK)
        e = edit_rows_where(f->reader, TABLE_ORGANISATION_NAME, ORGANISATION_NAME_ORGANISATION_ID,
                            store_int(id), &names, info);
    struct str *others = arena_new(f->arena, names.list.len + 1, sizeof(*others));
    if (e == ERR_OK && others == NULL)
        e = err_memory(info);
    for (size_t i = 0; i < names.list.len && e == ERR_OK; i++)
        others[i] = text_of(&names.list.at[i].values[ORGANISATION_NAME_NAME]);
    if (e == ERR_OK) {
        const struct known known = {id, text_of(&row.values[ORGANISATION_NAME_EN]),
                                    text_of(&row.values[ORGANISATION_NAME_ZH])};
        const struct names_record record = {.name_en = known.name_en,
                                            .name_zh = known.name_zh,
                                            .others = others,
                                            .others_len = names.list.len,
                                            .country = text_of(&row.values[ORGANISATION_COUNTRY])};
        uint32_t at = (uint32_t)f->index->known.len;
        e = names_index_add(f->index->names, &record, info);
        if (e == ERR_OK)
            e = spell(f, &record, info);
        if (e == ERR_OK && (!vec_push(&f->index->known, known) ||
                            !u64_map_put(&f->index->taken, (uint64_t)id, at)))
            e = err_memory(info);
    }
    vec_free(&names.list);
    return e;
}

static enum err add_exhibitor(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    return add_organisation(ctx, v[EXHIBITOR_ORGANISATION_ID].integer, info);
}

static enum err add_participant(void *ctx, int64_t id, const struct store_value *v,
                                struct errinfo *info) {
    return str_equal_c(v[PARTICIPANT_STATE].text, "withdrawn")
               ? ERR_OK
               : add_organisation(ctx, v[PARTICIPANT_ORGANISATION_ID].integer, info);
}

static enum err fill(struct filling *f, int64_t edition_id, struct errinfo *info) {
    enum err e = names_index_new(&f->index->names, info);
    if (e == ERR_OK)
        e = store_scan_equal(f->reader, TABLE_EXHIBITOR, EXHIBITOR_EDITION_ID,
                             store_int(edition_id), add_exhibitor, f, info);
    if (e == ERR_OK)
        e = store_scan_equal(f->reader, TABLE_PARTICIPANT, PARTICIPANT_EDITION_ID,
                             store_int(edition_id), add_participant, f, info);
    if (e == ERR_OK)
        e = countries_load(f->reader, f->arena, &f->index->countries, info);
    return e == ERR_OK ? names_index_build(f->index->names, NULL, info) : e;
}

enum err wish_index_new(struct store_reader *reader, int64_t edition_id, int64_t but,
                        struct arena *arena, struct wish_index **out, struct errinfo *info) {
    struct wish_index *index = mem_new(1, sizeof(*index));
    struct filling f = {reader, index, arena, but};
    if (index == NULL)
        return err_memory(info);
    enum err e = fill(&f, edition_id, info);
    if (e == ERR_OK)
        *out = index;
    else
        wish_index_free(index);
    return e;
}

void wish_index_free(struct wish_index *index) {
    if (index == NULL)
        return;
    names_index_free(index->names);
    vec_free(&index->known);
    vec_free(&index->spelled);
    u64_map_release(&index->taken);
    countries_release(&index->countries);
    mem_free(index);
}

/* The country or region that a part of a line names; empty = none. */
static enum err place_in(const struct wish_index *index, struct str tail, struct str *code,
                         struct errinfo *info) {
    struct str piece;
    enum err e = ERR_OK;
    *code = STR("");
    while (e == ERR_OK && code->len == 0 && str_next(&tail, "\t", &piece))
        e = countries_find(&index->countries, piece, code, info);
    return e;
}

static bool is_sure(const struct names_pair *found, size_t count) {
    return found[0].score >= SURE_SCORE && (found[0].reasons & SURE_REASONS) != 0 &&
           (found[0].reasons & DOUBTS) == 0 &&
           (count < 2 || found[1].score <= found[0].score - SURE_LEAD);
}

static struct wish_candidate candidate_of(const struct wish_index *index, uint32_t at,
                                          float score) {
    const struct known *known = &index->known.at[at];
    int64_t confidence = (int64_t)(score * WISH_CERTAIN);
    return (struct wish_candidate){known->id, known->name_en, known->name_zh,
                                   confidence < WISH_CERTAIN ? confidence : WISH_CERTAIN - 1};
}

/* ---- by letters ---- */

/* Whether a piece is written in Han: the engine reads Han and Latin names apart. */
static bool is_han(struct str piece) {
    while (piece.len > 0)
        if (han_is(utf8_next(&piece)))
            return true;
    return false;
}

static bool is_ascii_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Whether one name is a part of the other: whole words, or some characters in Han. */
static bool contains(struct str longer, struct str shorter) {
    bool han = is_han(shorter);
    size_t at =
        shorter.len >= (han ? HAN_BYTES_MIN : LETTERS_MIN) ? str_find(longer, shorter) : SIZE_MAX;
    if (at == SIZE_MAX || han)
        return at != SIZE_MAX;
    size_t end = at + shorter.len;
    return (at == 0 || !is_ascii_word(longer.ptr[at - 1])) &&
           (end == longer.len || !is_ascii_word(longer.ptr[end]));
}

/* How alike two folded names are, 0 = not at all: a letter wrong in four, or one name in the other.
 * Short names are too often alike by chance. */
static float likeness(struct str one, struct str other) {
    bool first = one.len <= other.len;
    struct str shorter = first ? one : other, longer = first ? other : one;
    size_t letters = utf8_count(shorter);
    uint32_t limit = (uint32_t)(letters / 4), apart;
    if (letters >= LETTERS_MIN && (apart = spelling_distance(one, other, limit)) <= limit)
        return 0.9F * (1 - (float)apart / (float)letters);
    return contains(longer, shorter) ? 0.6F : 0;
}

/* As many words of a name as another has: "huawei technologies" of that with "co., ltd.". */
static struct str beginning(struct str name, struct str other) {
    size_t blanks = 0, at = 0;
    for (size_t i = 0; i < other.len; i++)
        blanks += other.ptr[i] == ' ';
    while (at < name.len && (name.ptr[at] != ' ' || blanks-- > 0))
        at++;
    return str_sub(name, 0, at);
}

/* Puts a candidate in its place; an organisation stands once, with its best name. */
static void put(struct wish *wish, const struct wish_candidate *one) {
    uint32_t at = 0;
    for (; at < wish->candidates; at++)
        if (wish->candidate[at].organisation_id == one->organisation_id)
            break;
    if (at == WISH_CANDIDATES_MAX)
        at--;
    if (at < wish->candidates && wish->candidate[at].confidence >= one->confidence)
        return;
    if (at == wish->candidates)
        wish->candidates++;
    for (; at > 0 && wish->candidate[at - 1].confidence < one->confidence; at--)
        wish->candidate[at] = wish->candidate[at - 1];
    wish->candidate[at] = *one;
}

static enum err find_near(const struct wish_index *index, const struct names_record *record,
                          struct wish *wish, struct errinfo *info) {
    const struct str names[] = {record->name_en, record->name_zh};
    struct arena arena;
    enum err e = ERR_OK;
    arena_init(&arena, 2 * FOLDED_BYTES_MAX);
    for (size_t n = 0; n < 2 && e == ERR_OK; n++) {
        struct spelled line = {0};
        e = fold(names[n], &arena, &line, info);
        for (size_t i = 0; i < index->spelled.len && e == ERR_OK && line.core.len > 0; i++) {
            const struct spelled *one = &index->spelled.at[i];
            float cores = likeness(line.core, one->core);
            float wholes = likeness(line.whole, beginning(one->whole, line.whole));
            if (cores <= 0 && wholes <= 0)
                continue;
            struct wish_candidate found =
                candidate_of(index, one->known, cores > wholes ? cores : wholes);
            put(wish, &found);
        }
    }
    arena_release(&arena);
    return e;
}

/* ---- a line ---- */

static bool has_latin(struct str piece) {
    for (size_t i = 0; i < piece.len; i++)
        if ((piece.ptr[i] >= 'a' && piece.ptr[i] <= 'z') ||
            (piece.ptr[i] >= 'A' && piece.ptr[i] <= 'Z'))
            return true;
    return false;
}

/* Two parts in different scripts are the names in both; false when they are none. `mixed`: the one
 * in Han may have Latin letters, as TCL科技 has. */
static bool put_scripts(struct str one, struct str other, bool mixed, struct names_record *record) {
    if (one.len == 0 || other.len == 0 || is_han(one) == is_han(other))
        return false;
    struct str han = is_han(one) ? one : other;
    if (!mixed && has_latin(han))
        return false;
    record->name_en = is_han(one) ? other : one;
    record->name_zh = han;
    return true;
}

/* "西门子 Siemens AG" and "Siemens AG/西门子" are two names of one firm: a part in each script,
 * with a mark between. "TCL科技" is one name. */
static void split_scripts(struct str name, struct names_record *record) {
    static const char marks[] = " \t/|()[]";
    for (int mixed = 0; mixed < 2; mixed++)
        for (size_t i = 1; i < name.len; i++)
            if (strchr(marks, name.ptr[i]) != NULL &&
                put_scripts(str_trim(str_sub(name, 0, i)), str_trim(str_sub(name, i + 1, name.len)),
                            mixed != 0, record))
                return;
    record->name_en = name;
}

enum err wish_index_find(const struct wish_index *index, struct wish *wish, struct errinfo *info) {
    struct names_pair found[WISH_CANDIDATES_MAX];
    struct names_record record = {0};
    struct wish_line line;
    struct str rest = wish->text;
    size_t count = 0;
    wish->state = STR("open");
    if (!wish_lines_next(&rest, &line))
        return ERR_OK;
    enum err e = place_in(index, line.tail, &record.country, info);
    /* What is no place belongs to the name: a part of it, or an acronym. */
    bool has_columns = str_find(line.text, STR("\t")) != SIZE_MAX;
    if (record.country.len > 0 || has_columns)
        split_scripts(line.name, &record);
    else if (!put_scripts(line.name, line.tail, true, &record))
        split_scripts(line.text, &record);
    if (e == ERR_OK)
        e = names_find(index->names, &record, found, WISH_CANDIDATES_MAX, &count, info);
    if (e != ERR_OK || count == 0)
        return e == ERR_OK ? find_near(index, &record, wish, info) : e;
    if (is_sure(found, count)) {
        wish->state = STR("matched");
        wish->meant = candidate_of(index, found[0].a, found[0].score);
        return ERR_OK;
    }
    for (size_t i = 0; i < count; i++)
        wish->candidate[i] = candidate_of(index, found[i].a, found[i].score);
    wish->candidates = (uint32_t)count;
    return ERR_OK;
}
