/*
 * The gap board: see gap_board.h. Cases are read into a list and found by (chain, node, kind) in a
 * map; the view's gaps take theirs, and what is left over is closed.
 */
#include "service/gap_board.h"

#include "engine/chain/chain_ask.h"
#include "service/edit.h"
#include "service/edit_internal.h"
#include "service/words.h"

enum { NODE_BITS = 28, KIND_BITS = 4, WORDS_BYTES_MAX = 4096 };

struct loading_board {
    struct store_reader *reader;
    const struct view *view;
    const struct gap_board_query *query;
    struct arena *arena;
    struct u64_map nodes, chains; /* id -> index of the view */
    struct u64_map cases;         /* key -> case */
    struct edit_rows rows;        /* the cases */
    bool *taken;                  /* by case: its gap is there */
    bool names;                   /* persons may be named in the chain under way */
    VEC(struct gap_board_row)
    board;
    struct buf words;
};

static uint64_t key_of(uint32_t chain, uint32_t node, uint32_t kind) {
    return (uint64_t)(chain == VIEW_NONE ? 0 : chain + 1) << (NODE_BITS + KIND_BITS) |
           (uint64_t)node << KIND_BITS | kind;
}

static enum err map_ids(struct loading_board *l, struct errinfo *info) {
    for (uint32_t i = 0; i < l->view->nodes; i++)
        if (!u64_map_put(&l->nodes, (uint64_t)l->view->node[i].id, i))
            return err_memory(info);
    for (uint32_t i = 0; i < l->view->chains; i++)
        if (!u64_map_put(&l->chains, (uint64_t)l->view->chain[i].id, i))
            return err_memory(info);
    return ERR_OK;
}

/* Where a case lies in the view; false when its node or chain is not there. */
static bool place_case(const struct loading_board *l, const struct store_value *v, uint32_t *chain,
                       uint32_t *node, uint32_t *kind) {
    *node = u64_map_get(&l->nodes, (uint64_t)v[GAP_CASE_NODE_ID].integer);
    *chain = v[GAP_CASE_CHAIN_ID].kind == STORE_INTEGER
                 ? u64_map_get(&l->chains, (uint64_t)v[GAP_CASE_CHAIN_ID].integer)
                 : VIEW_NONE;
    *kind = kind_of_code(&kind_gap, v[GAP_CASE_KIND].text);
    return *node != MAP_NONE && *kind > 0 &&
           (*chain != MAP_NONE || v[GAP_CASE_CHAIN_ID].kind == STORE_NULL);
}

static enum err read_cases(struct loading_board *l, struct errinfo *info) {
    l->rows.arena = l->arena;
    enum err code = edit_rows_where(l->reader, TABLE_GAP_CASE, GAP_CASE_EDITION_ID,
                                    store_int(view_this_edition(l->view)->id), &l->rows, info);
    l->taken = arena_new(l->arena, l->rows.list.len + 1, sizeof(*l->taken));
    if (code == ERR_OK && l->taken == NULL)
        code = err_memory(info);
    for (uint32_t i = 0; i < l->rows.list.len && code == ERR_OK; i++) {
        uint32_t chain, node, kind;
        if (place_case(l, l->rows.list.at[i].values, &chain, &node, &kind) &&
            !u64_map_put(&l->cases, key_of(chain, node, kind - 1), i))
            code = err_memory(info);
    }
    return code;
}

/* The candidates ------------------------------------------------------------------------------ */

static enum err describe_candidate(struct loading_board *l, const struct chain_candidate *found,
                                   struct gap_board_candidate *out, struct errinfo *info) {
    buf_clear(&l->words);
    words_candidate(l->view, found, &l->words);
    out->why_en = arena_copy(l->arena, buf_str(&l->words));
    buf_clear(&l->words);
    words_candidate_zh(l->view, found, &l->words);
    out->why_zh = arena_copy(l->arena, buf_str(&l->words));
    return out->why_en.ptr != NULL && out->why_zh.ptr != NULL ? ERR_OK : err_memory(info);
}

static void name_candidate(const struct loading_board *l, uint32_t organisation,
                           struct gap_board_candidate *out) {
    const struct view_organisation *o = &l->view->organisation[organisation];
    out->organisation_id = o->id;
    out->name_en = o->name_en;
    out->name_zh = o->name_zh;
    out->country = o->country != VIEW_NONE ? l->view->country[o->country].code : STR("");
    out->exhibits = o->exhibitor != VIEW_NONE;
}

/* Candidates that an organiser wrote down. */
static enum err read_written(struct loading_board *l, int64_t case_id,
                             struct gap_board_candidate *out, uint32_t max, uint32_t *count,
                             struct errinfo *info) {
    struct edit_rows rows = {.arena = l->arena};
    enum err code = edit_rows_where(l->reader, TABLE_GAP_CANDIDATE, GAP_CANDIDATE_GAP_CASE_ID,
                                    store_int(case_id), &rows, info);
    for (size_t i = 0; i < rows.list.len && *count < max && code == ERR_OK; i++) {
        const struct store_value *v = rows.list.at[i].values;
        uint32_t organisation = u64_map_get(&l->view->organisation_by_id,
                                            (uint64_t)v[GAP_CANDIDATE_ORGANISATION_ID].integer);
        if (organisation == MAP_NONE)
            continue; /* merged into another one, or newer than the view */
        struct gap_board_candidate *c = &out[(*count)++];
        name_candidate(l, organisation, c);
        c->id = rows.list.at[i].id;
        c->state = (enum case_state)kind_of_code(&kind_case_state, v[GAP_CANDIDATE_STATE].text);
        c->note = v[GAP_CANDIDATE_NOTE].kind == STORE_TEXT ? v[GAP_CANDIDATE_NOTE].text : STR("");
        code = store_revision(l->reader, TABLE_GAP_CANDIDATE, c->id, &c->revision, info);
    }
    vec_free(&rows.list);
    return code;
}

/* Adds what the engine suggests, and its reasons to those written down already. */
static enum err suggest(struct loading_board *l, const struct gap_board_row *row,
                        struct gap_board_candidate *out, uint32_t max, uint32_t *count,
                        struct errinfo *info) {
    struct chain_candidate found[GAP_BOARD_SUGGESTIONS_MAX];
    size_t suggestions = 0;
    enum err code = chain_candidates(l->view->report, row->node, row->kind, found,
                                     l->query->suggestions, &suggestions, info);
    for (size_t i = 0; i < suggestions && code == ERR_OK; i++) {
        const struct view_organisation *o = words_candidate_name(l->view, &found[i]);
        struct gap_board_candidate *at = NULL;
        for (uint32_t k = 0; k < *count; k++)
            if (out[k].organisation_id == o->id)
                at = &out[k];
        if (at == NULL && *count >= max)
            continue;
        if (at == NULL) {
            at = &out[(*count)++];
            name_candidate(l, (uint32_t)(o - l->view->organisation), at);
        }
        code = describe_candidate(l, &found[i], at, info);
    }
    return code;
}

static enum err add_candidates(struct loading_board *l, struct gap_board_row *row,
                               struct errinfo *info) {
    enum { WRITTEN_MAX = 200 };
    uint32_t max = (row->case_id > 0 ? WRITTEN_MAX : 0) + l->query->suggestions, count = 0;
    if (max == 0)
        return ERR_OK;
    struct gap_board_candidate *out = arena_new(l->arena, max, sizeof(*out));
    enum err code = out != NULL ? ERR_OK : err_memory(info);
    if (code == ERR_OK && row->case_id > 0)
        code = read_written(l, row->case_id, out, max, &count, info);
    if (code == ERR_OK && l->query->suggestions > 0 && row->state != CHAIN_GAP_ABSENT)
        code = suggest(l, row, out, max, &count, info);
    row->candidates = out;
    row->candidate_count = count;
    return code;
}

/* The rows -------------------------------------------------------------------------------------
 */

static enum err fill_case(struct loading_board *l, uint32_t index, struct gap_board_row *row,
                          struct errinfo *info) {
    const struct edit_row *c = &l->rows.list.at[index];
    const struct store_value *v = c->values;
    struct str label[LANGS];
    enum err code = ERR_OK;
    row->case_id = c->id;
    row->work = (enum case_state)kind_of_code(&kind_case_state, v[GAP_CASE_STATE].text);
    row->note = v[GAP_CASE_NOTE].kind == STORE_TEXT ? v[GAP_CASE_NOTE].text : STR("");
    if (v[GAP_CASE_OWNER_ID].kind == STORE_INTEGER) {
        row->owner_id = v[GAP_CASE_OWNER_ID].integer;
        if (l->names)
            code = edit_label(l->reader, TABLE_ACCOUNT, row->owner_id, l->arena, label, info);
        row->owner = l->names && code == ERR_OK ? label[LANG_EN] : STR("");
    }
    return code == ERR_OK ? store_revision(l->reader, TABLE_GAP_CASE, c->id, &row->revision, info)
                          : code;
}

static enum err add_row(struct loading_board *l, struct gap_board_row *row, uint32_t found,
                        struct errinfo *info) {
    enum err code = found != MAP_NONE ? fill_case(l, found, row, info) : ERR_OK;
    if (code != ERR_OK || (l->query->cases_only && row->case_id == 0))
        return code;
    code = add_candidates(l, row, info);
    return code == ERR_OK && !vec_push(&l->board, *row) ? err_memory(info) : code;
}

static enum err add_gaps(struct loading_board *l, uint32_t chain, struct errinfo *info) {
    const struct chain_summary *summary = &l->view->report->chain[chain];
    enum err code = ERR_OK;
    for (size_t i = 0; i < summary->gaps && code == ERR_OK; i++) {
        const struct chain_gap *gap = &l->view->report->gap[summary->gap_first + i];
        struct gap_board_row row = {.chain = chain,
                                    .node = gap->node,
                                    .kind = (enum chain_gap_kind)gap->kind,
                                    .state = (enum chain_gap_state)gap->state,
                                    .waiting = gap->waiting,
                                    .importance = gap->importance};
        uint32_t found = u64_map_get(&l->cases, key_of(chain, gap->node, gap->kind));
        if (found != MAP_NONE)
            l->taken[found] = true;
        code = add_row(l, &row, found, info);
    }
    return code;
}

/* Cases of a chain whose gap is not there. */
static enum err add_closed(struct loading_board *l, uint32_t chain, struct errinfo *info) {
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < l->rows.list.len && code == ERR_OK; i++) {
        struct gap_board_row row = {.state = CHAIN_GAP_ABSENT};
        uint32_t kind;
        if (l->taken[i] ||
            !place_case(l, l->rows.list.at[i].values, &row.chain, &row.node, &kind) ||
            row.chain != chain)
            continue;
        row.kind = (enum chain_gap_kind)(kind - 1);
        code = add_row(l, &row, i, info);
    }
    return code;
}

static enum err add_chain(struct loading_board *l, const struct access *access, uint32_t chain,
                          struct errinfo *info) {
    int64_t id = chain != VIEW_NONE ? l->view->chain[chain].id : 0;
    struct access_place place = {.chains = &id, .chain_count = chain != VIEW_NONE};
    if (!access_may(access, RIGHT_GAP_READ, &place) ||
        (l->query->chain != VIEW_NONE && l->query->chain != chain))
        return ERR_OK;
    l->names = access_may(access, RIGHT_PERSON_READ, &place);
    enum err code = chain != VIEW_NONE ? add_gaps(l, chain, info) : ERR_OK;
    return code == ERR_OK ? add_closed(l, chain, info) : code;
}

static enum err hand_over(struct loading_board *l, struct gap_board *out, struct errinfo *info) {
    *out = (struct gap_board){.count = (uint32_t)l->board.len};
    out->rows = arena_new(l->arena, l->board.len + 1, sizeof(*out->rows));
    if (out->rows == NULL)
        return err_memory(info);
    for (size_t i = 0; i < l->board.len; i++) {
        out->rows[i] = l->board.at[i];
        out->open += out->rows[i].state != CHAIN_GAP_ABSENT;
        out->closed += out->rows[i].state == CHAIN_GAP_ABSENT;
        out->work[out->rows[i].work]++;
    }
    return ERR_OK;
}

enum err gap_board_load(struct store_reader *reader, const struct view *view,
                        const struct access *access, const struct gap_board_query *query,
                        struct arena *arena, struct gap_board *out, struct errinfo *info) {
    struct loading_board l = {.reader = reader, .view = view, .query = query, .arena = arena};
    if (!access_has(access, RIGHT_GAP_READ))
        return access_check(access, RIGHT_GAP_READ, NULL, info);
    if (query->suggestions > GAP_BOARD_SUGGESTIONS_MAX)
        return err_set(info, ERR_LIMIT, "at most %d suggestions a gap", GAP_BOARD_SUGGESTIONS_MAX);
    buf_init(&l.words, WORDS_BYTES_MAX);
    enum err code = map_ids(&l, info);
    if (code == ERR_OK)
        code = read_cases(&l, info);
    for (uint32_t c = 0; c < view->chains && code == ERR_OK; c++)
        code = add_chain(&l, access, c, info);
    if (code == ERR_OK)
        code = add_chain(&l, access, VIEW_NONE, info);
    if (code == ERR_OK)
        code = hand_over(&l, out, info);
    vec_free(&l.board);
    vec_free(&l.rows.list);
    u64_map_release(&l.nodes);
    u64_map_release(&l.chains);
    u64_map_release(&l.cases);
    buf_release(&l.words);
    return code;
}

/* Out ------------------------------------------------------------------------------------------
 */

static void candidate_json(struct json_out *j, const struct gap_board_candidate *c) {
    json_open(j);
    json_key(j, "id");
    if (c->id > 0)
        json_i64(j, c->id);
    else
        json_none(j);
    json_key_i64(j, "revision", c->revision);
    json_key_i64(j, "organisation_id", c->organisation_id);
    json_key_text(j, "name_en", c->name_en);
    json_key_text(j, "name_zh", c->name_zh);
    json_key_text(j, "country", c->country);
    json_key(j, "exhibits");
    json_bool(j, c->exhibits);
    json_key_text(j, "state", str_of(kind_code(&kind_case_state, c->state)));
    json_key_text(j, "note", c->note);
    json_key_text(j, "why_en", c->why_en);
    json_key_text(j, "why_zh", c->why_zh);
    json_close(j);
}

static const char *certainty_of(enum chain_gap_state state) {
    return state == CHAIN_GAP_ABSENT   ? "closed"
           : state == CHAIN_GAP_STATED ? "stated"
                                       : "not-in-register";
}

static void row_json(struct json_out *j, const struct view *view, const struct gap_board_row *r) {
    const struct view_node *node = &view->node[r->node];
    json_open(j);
    json_key(j, "chain");
    if (r->chain != VIEW_NONE)
        json_text(j, view->chain[r->chain].code);
    else
        json_none(j);
    json_key(j, "chain_id");
    if (r->chain != VIEW_NONE)
        json_i64(j, view->chain[r->chain].id);
    else
        json_none(j);
    json_key_text(j, "node", node->code);
    json_key_i64(j, "node_id", node->id);
    json_key_text(j, "node_en", node->name_en);
    json_key_text(j, "node_zh", node->name_zh);
    json_key_text(j, "kind", str_of(kind_code(&kind_gap, (uint32_t)r->kind + 1)));
    json_key_text(j, "certainty", str_of(certainty_of(r->state)));
    json_key_i64(j, "waiting", r->waiting);
    json_key(j, "importance");
    json_double(j, r->importance);
    json_key(j, "case_id");
    if (r->case_id > 0)
        json_i64(j, r->case_id);
    else
        json_none(j);
    json_key_i64(j, "revision", r->revision);
    json_key_text(j, "state", str_of(kind_code(&kind_case_state, r->work)));
    json_key_i64(j, "owner_id", r->owner_id);
    json_key_text(j, "owner", r->owner);
    json_key_text(j, "note", r->note);
    json_key(j, "candidates");
    json_open_list(j);
    for (uint32_t i = 0; i < r->candidate_count; i++)
        candidate_json(j, &r->candidates[i]);
    json_close_list(j);
    json_close(j);
}

void gap_board_json(struct json_out *j, const struct view *view, const struct gap_board *board) {
    json_key(j, "rows");
    json_open_list(j);
    for (uint32_t i = 0; i < board->count; i++)
        row_json(j, view, &board->rows[i]);
    json_close_list(j);
    json_key_i64(j, "open", board->open);
    json_key_i64(j, "closed", board->closed);
    json_key(j, "work");
    json_open(j);
    json_key_i64(j, "not-taken-up", board->work[CASE_UNKNOWN]);
    for (uint32_t s = CASE_TO_INVITE; s <= CASE_GIVEN_UP; s++)
        json_key_i64(j, kind_code(&kind_case_state, s), board->work[s]);
    json_close(j);
}

static bool is_to_do(enum case_state state) {
    return state == CASE_TO_INVITE || state == CASE_INVITED;
}

void gap_board_invitations(const struct view *view, const struct gap_board *board, enum lang lang,
                           struct list *list) {
    static const char *const headers[][LANGS] = {{"organisation", "企业英文名称"},
                                                 {"organisation_zh", "企业中文名称"},
                                                 {"country_or_region", "国家/地区"},
                                                 {"state", "进展"},
                                                 {"chain", "产业链"},
                                                 {"node", "环节"},
                                                 {"gap", "缺口类型"},
                                                 {"why", "推荐理由"},
                                                 {"owner", "负责人"},
                                                 {"note", "备注"}};
    for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
        list_column(list, headers[i][lang], LIST_TEXT);
    for (uint32_t i = 0; i < board->count; i++)
        for (uint32_t k = 0; k < board->rows[i].candidate_count; k++) {
            const struct gap_board_row *r = &board->rows[i];
            const struct gap_board_candidate *c = &r->candidates[k];
            const struct view_node *node = &view->node[r->node];
            if (c->id == 0 || !is_to_do(c->state) || !is_to_do(r->work))
                continue;
            list_text(list, c->name_en);
            list_text(list, c->name_zh);
            list_text(list, c->country);
            list_text(list, str_of(lang == LANG_ZH ? kind_name_zh(&kind_case_state, c->state)
                                                   : kind_name_en(&kind_case_state, c->state)));
            list_text(list, r->chain != VIEW_NONE
                                ? LANG_PICK(lang, &view->chain[r->chain], name).text
                                : STR(""));
            list_text(list, LANG_PICK(lang, node, name).text);
            list_text(list,
                      str_of(lang == LANG_ZH ? kind_name_zh(&kind_gap, (uint32_t)r->kind + 1)
                                             : kind_name_en(&kind_gap, (uint32_t)r->kind + 1)));
            list_text(list, lang == LANG_ZH ? c->why_zh : c->why_en);
            list_text(list, r->owner);
            list_text(list, c->note);
        }
}
