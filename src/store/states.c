/*
 * What the check finds beside file, references and log: states that no way through the program
 * leads to. See store.h.
 *
 * A rule is a condition on a row of one table; what it catches is told with the row's number. Codes
 * are compared with the closed lists of model/kinds.h, and with the lists here where a kind belongs
 * to the desk alone. A rule costs one pass over its table at the most.
 */
#include "store/internal.h"

#include "model/kinds.h"

enum { FINDINGS_MAX = 100 /* of one rule */ };

struct rule {
    enum store_table table;
    const char *words; /* "organisation 7: words" */
    const char *where; /* of a row r */
};

/* Rows that `next` leads back to themselves, over one or more others. */
#define IN_LOOP(table, next)                                                                       \
    "r." next " IS NOT NULL AND r.id IN (WITH RECURSIVE way(start, at) AS (SELECT id, " next       \
    " FROM " table " WHERE " next " IS NOT NULL UNION SELECT way.start, n." next                   \
    " FROM way JOIN " table " n ON n.id = way.at WHERE n." next                                    \
    " IS NOT NULL) SELECT start FROM way WHERE start = "                                           \
    "at)"
#define OTHER_EDITION(table, reference)                                                            \
    "EXISTS (SELECT 1 FROM " table " o WHERE o.id = r." reference                                  \
    " AND o.edition_id <> r.edition_id)"
#define NO_COUNTRY(column)                                                                         \
    "r." column " IS NOT NULL AND EXISTS (SELECT 1 FROM country) AND NOT EXISTS (SELECT 1 FROM "   \
    "country c WHERE c.code = r." column ")"
#define NO_REGION(column)                                                                          \
    "r." column " IS NOT NULL AND EXISTS (SELECT 1 FROM region) AND NOT EXISTS (SELECT 1 FROM "    \
    "region c WHERE c.code = r." column ")"
#define PERSONAL_IN(image)                                                                         \
    "EXISTS (SELECT 1 FROM json_each(c." image ") j WHERE j.key IN ('email', 'name', 0, 1) AND "   \
    "j.atom IS NOT NULL AND j.atom <> '" STORE_SECRET_SHOWN "')"

static const struct rule rules[] = {
    {TABLE_EDITION, "is current, and so is another one",
     "r.current = 1 AND (SELECT count(*) FROM edition WHERE current = 1) > 1"},
    {TABLE_EDITION, "is not current, and no other one is",
     "r.id = (SELECT max(id) FROM edition) AND NOT EXISTS (SELECT 1 FROM edition WHERE current = "
     "1)"},
    {TABLE_EDITION, "ends before it starts", "r.ends < r.starts"},
    {TABLE_ORGANISATION, "is merged into itself, directly or over others",
     IN_LOOP("organisation", "merged_into")},
    {TABLE_ORGANISATION, "has no name", "r.name_en IS NULL AND r.name_zh IS NULL"},
    {TABLE_ORGANISATION, "is of an unknown country or region", NO_COUNTRY("country")},
    {TABLE_ORGANISATION, "belongs to a group of an unknown country or region",
     NO_COUNTRY("parent_country")},
    {TABLE_ORGANISATION, "is of an unknown region", NO_REGION("region")},
    {TABLE_REGION, "belongs to an unknown country or region", NO_COUNTRY("country")},
    {TABLE_DUPLICATE_DECISION, "does not name the smaller number first",
     "r.first_id >= r.second_id"},
    {TABLE_EXHIBITOR, "takes part for an organisation that was merged into another",
     "EXISTS (SELECT 1 FROM organisation o WHERE o.id = r.organisation_id AND o.merged_into IS NOT "
     "NULL)"},
    {TABLE_EXHIBITOR, "is its own lead exhibitor, directly or over others",
     IN_LOOP("exhibitor", "lead_id")},
    {TABLE_EXHIBITOR, "has a lead exhibitor of another edition",
     OTHER_EDITION("exhibitor", "lead_id")},
    {TABLE_EXHIBITOR, "stands in an area of another edition", OTHER_EDITION("area", "area_id")},
    {TABLE_EXHIBITOR, "is a member of a pavilion of another edition",
     OTHER_EDITION("pavilion", "pavilion_id")},
    {TABLE_EXHIBIT, "is shown by an exhibitor of another edition",
     OTHER_EDITION("exhibitor", "exhibitor_id")},
    {TABLE_EXHIBIT, "is shown in a pavilion of another edition",
     OTHER_EDITION("pavilion", "pavilion_id")},
    {TABLE_EXHIBIT, "has no name", "r.name_en IS NULL AND r.name_zh IS NULL"},
    {TABLE_PROGRAMME_ENTRY, "has no title", "r.title_en IS NULL AND r.title_zh IS NULL"},
    {TABLE_PROGRAMME_ENTRY, "ends before it starts",
     "r.ends < r.starts OR (coalesce(r.ends, r.starts) = r.starts AND r.end_time < r.start_time)"},
    {TABLE_PAVILION_TEXT, "has no text", "r.text_en IS NULL AND r.text_zh IS NULL"},
    {TABLE_LINK, "leads from a node to itself", "r.input_id = r.output_id"},
    {TABLE_SCENARIO_PART, "belongs to a part that its scenario has not",
     "r.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM scenario_part p WHERE p.scenario_id = "
     "r.scenario_id AND p.node_id = r.parent_id)"},
    {TABLE_SCENARIO_PART, "is a part of itself, directly or over others",
     "r.parent_id IS NOT NULL AND r.node_id IN (WITH RECURSIVE way(at) AS (SELECT r.parent_id "
     "UNION "
     "SELECT p.parent_id FROM way JOIN scenario_part p ON p.scenario_id = r.scenario_id AND "
     "p.node_id = way.at WHERE p.parent_id IS NOT NULL) SELECT at FROM way)"},
    {TABLE_ACCOUNT, "is active and has no mail address", "r.state = 'active' AND r.email IS NULL"},
    {TABLE_ACCOUNT, "is erased and still has something of the person",
     "r.state = 'erased' AND (r.email IS NOT NULL OR r.name IS NOT NULL OR r.password IS NOT "
     "NULL)"},
    {TABLE_ACCOUNT, "is erased and the log still has something of the person",
     "r.state = 'erased' AND EXISTS (SELECT 1 FROM change c WHERE c.table_id = (SELECT t.id FROM "
     "logged_table t WHERE t.name = 'account') AND c.record_id = r.id AND (" PERSONAL_IN(
         "before") " OR " PERSONAL_IN("after") "))"},
    {TABLE_ROLE_GRANT, "makes an area manager of no chain",
     "r.role = 'area-manager' AND (r.chain_id IS NULL OR r.pavilion_id IS NOT NULL OR "
     "r.participant_id IS NOT NULL)"},
    {TABLE_ROLE_GRANT, "makes a pavilion manager of no pavilion",
     "r.role = 'pavilion-manager' AND (r.pavilion_id IS NULL OR r.chain_id IS NOT NULL OR "
     "r.participant_id IS NOT NULL)"},
    {TABLE_ROLE_GRANT, "makes a person of no participant",
     "r.role IN ('exhibitor-manager', 'exhibitor-member') AND (r.participant_id IS NULL OR "
     "r.chain_id IS NOT NULL OR r.pavilion_id IS NOT NULL)"},
    {TABLE_ROLE_GRANT, "holds everywhere by its role, and names a place",
     "r.role IN ('administrator', 'organiser', 'reader') AND (r.chain_id IS NOT NULL OR "
     "r.pavilion_id IS NOT NULL OR r.participant_id IS NOT NULL)"},
    {TABLE_ROLE_GRANT, "is of an erased account",
     "EXISTS (SELECT 1 FROM account a WHERE a.id = r.account_id AND a.state = 'erased')"},
    {TABLE_API_TOKEN, "lets in for an erased account",
     "r.revoked_ms IS NULL AND r.digest IS NOT NULL AND EXISTS (SELECT 1 FROM account a WHERE a.id "
     "= r.account_id AND a.state = 'erased')"},
    {TABLE_RETENTION, "keeps for less than a day", "r.days < 1"},
    {TABLE_PARTICIPANT, "has a stand and is no exhibitor, or the other way round",
     "(r.kind = 'exhibitor') <> (r.exhibitor_id IS NOT NULL)"},
    {TABLE_PARTICIPANT, "has the stand of another organisation or edition",
     "EXISTS (SELECT 1 FROM exhibitor e WHERE e.id = r.exhibitor_id AND (e.organisation_id <> "
     "r.organisation_id OR e.edition_id <> r.edition_id))"},
    {TABLE_CONDITION, "names no organisation, or a value as well",
     "(r.kind = 'organisation') <> (r.organisation_id IS NOT NULL AND r.value IS NULL)"},
    {TABLE_WISH, "is found, and nobody is named",
     "r.state = 'matched' AND r.organisation_id IS NULL"},
    {TABLE_MATCH_SETTINGS, "lets nobody be suggested",
     "r.suggestions_max < 1 OR r.floor < 0 OR r.answer_days < 1"},
    {TABLE_MATCH_WEIGHT, "is not between 0 and 1000", "r.weight NOT BETWEEN 0 AND 1000"},
    {TABLE_MATCH_ROUND, "has weights that are no JSON", "NOT json_valid(r.weights)"},
    {TABLE_MATCH_ROUND, "is released, and participants have no time to answer, or is not and have",
     "(r.state = 'draft') <> (r.released_ms IS NULL OR r.answer_by_ms IS NULL)"},
    {TABLE_MATCH_ROUND, "is closed at no time, or has a time and is not",
     "(r.state = 'closed') <> (r.closed_ms IS NOT NULL)"},
    {TABLE_MATCH_PAIR, "is of a round of another edition",
     OTHER_EDITION("match_round", "round_id")},
    {TABLE_MATCH_PAIR, "has a side of another edition",
     OTHER_EDITION("participant", "first_id") " OR " OTHER_EDITION("participant", "second_id")},
    {TABLE_MATCH_PAIR, "stands, and not both have accepted",
     "r.state IN ('mutual', 'handed') AND (r.first_answer <> 'accepted' OR r.second_answer <> "
     "'accepted')"},
    {TABLE_MATCH_PAIR, "is accepted by both, and does not stand",
     "r.state IN ('suggested', 'declined', 'expired') AND r.first_answer = 'accepted' AND "
     "r.second_answer = 'accepted'"},
    {TABLE_MATCH_PAIR, "has ended at no time, or has a time and goes on",
     "(r.state IN ('suggested', 'mutual', 'handed')) <> (r.closed_ms IS NULL)"},
    {TABLE_MATCH_PAIR, "has parts that are no JSON", "NOT json_valid(coalesce(r.parts, '{}'))"},
    {TABLE_MATCH_DRAFT, "is of a round that is no draft",
     "EXISTS (SELECT 1 FROM match_round o WHERE o.id = r.round_id AND o.state <> 'draft')"},
    {TABLE_SESSION, "is of an erased account",
     "EXISTS (SELECT 1 FROM account a WHERE a.id = r.account_id AND a.state = 'erased')"},
    {TABLE_ONE_TIME, "lets in an erased account",
     "r.used_ms IS NULL AND EXISTS (SELECT 1 FROM account a WHERE a.id = r.account_id AND a.state "
     "= "
     "'erased')"},
    {TABLE_OUTBOX, "waits to be sent to nobody", "r.state = 'waiting' AND r.recipient IS NULL"},
    {TABLE_DRAFT, "is no JSON", "NOT json_valid(r.body)"},
    {TABLE_UPLOAD, "has settings that are no JSON", "NOT json_valid(r.settings)"},
    {TABLE_UPLOAD, "is applied by no batch", "r.state = 'applied' AND r.batch_id IS NULL"},
    {TABLE_UPLOAD, "is open and has lost its file",
     "r.state = 'open' AND NOT EXISTS (SELECT 1 FROM content c WHERE c.digest = r.digest)"},
};

/* A column whose values are codes of a kind, or of a list in words. */
struct coded {
    enum store_table table;
    uint32_t column;
    const struct kind *kind; /* or: */
    const char *codes;
};

static const struct coded coded[] = {
    {TABLE_NODE, NODE_KIND, &kind_node, NULL},
    {TABLE_LINK, LINK_KIND, &kind_link, NULL},
    {TABLE_CHAIN_NODE, CHAIN_NODE_STAGE, &kind_stage, NULL},
    {TABLE_CHAIN_NODE, CHAIN_NODE_ROLE, &kind_node_role, NULL},
    {TABLE_AREA, AREA_KIND, &kind_area, NULL},
    {TABLE_PAVILION, PAVILION_KIND, &kind_pavilion, NULL},
    {TABLE_PAVILION_TEXT, PAVILION_TEXT_SECTION, &kind_section, NULL},
    {TABLE_ORGANISATION, ORGANISATION_SIZE, &kind_size, NULL},
    {TABLE_EXHIBITOR, EXHIBITOR_TYPE, &kind_exhibitor_type, NULL},
    {TABLE_EXHIBITOR, EXHIBITOR_ATTENDANCE, &kind_attendance, NULL},
    {TABLE_STATEMENT, STATEMENT_SIDE, &kind_side, NULL},
    {TABLE_STATEMENT, STATEMENT_BASIS, &kind_basis, NULL},
    {TABLE_EXHIBIT, EXHIBIT_DEBUT, &kind_debut, NULL},
    {TABLE_PROGRAMME_ENTRY, PROGRAMME_ENTRY_KIND, &kind_programme, NULL},
    {TABLE_PROGRAMME_ENTRY, PROGRAMME_ENTRY_STATE, &kind_state, NULL},
    {TABLE_FIGURE, FIGURE_STATE, &kind_figure_state, NULL},
    {TABLE_FIGURE, FIGURE_QUALIFIER, &kind_qualifier, NULL},
    {TABLE_DUPLICATE_DECISION, DUPLICATE_DECISION_DECISION, NULL, "same different later"},
    {TABLE_ACCOUNT, ACCOUNT_STATE, NULL, "active disabled erased"},
    {TABLE_ACCOUNT, ACCOUNT_LANGUAGE, NULL, "en zh"},
    {TABLE_ROLE_GRANT, ROLE_GRANT_ROLE, NULL,
     "administrator organiser area-manager pavilion-manager reader exhibitor-manager "
     "exhibitor-member"},
    {TABLE_CONSENT, CONSENT_PURPOSE, NULL, "contact-to-mutual mail-reminders name-on-site"},
    {TABLE_INVITATION, INVITATION_ROLE, NULL, "exhibitor-manager exhibitor-member"},
    {TABLE_API_TOKEN, API_TOKEN_SCOPE, NULL, "read write"},
    {TABLE_GAP_CASE, GAP_CASE_STATE, &kind_case_state, NULL},
    {TABLE_GAP_CASE, GAP_CASE_KIND, &kind_gap, NULL},
    {TABLE_GAP_CANDIDATE, GAP_CANDIDATE_STATE, &kind_case_state, NULL},
    {TABLE_PARTICIPANT, PARTICIPANT_KIND, &kind_participant, NULL},
    {TABLE_PARTICIPANT, PARTICIPANT_STATE, &kind_participant_state, NULL},
    {TABLE_SEEK, SEEK_KIND, &kind_seek, NULL},
    {TABLE_VOLUME, VOLUME_SIDE, &kind_side, NULL},
    {TABLE_CONDITION, CONDITION_STRENGTH, &kind_strength, NULL},
    {TABLE_CONDITION, CONDITION_KIND, &kind_condition, NULL},
    {TABLE_WISH, WISH_STATE, &kind_wish_state, NULL},
    {TABLE_AGREEMENT, AGREEMENT_KIND, &kind_agreement, NULL},
    {TABLE_MATCH_ROUND, MATCH_ROUND_STATE, &kind_round_state, NULL},
    {TABLE_MATCH_PAIR, MATCH_PAIR_ORIGIN, &kind_pair_origin, NULL},
    {TABLE_MATCH_PAIR, MATCH_PAIR_STATE, &kind_pair_state, NULL},
    {TABLE_MATCH_PAIR, MATCH_PAIR_FIRST_ANSWER, &kind_answer, NULL},
    {TABLE_MATCH_PAIR, MATCH_PAIR_FIRST_REASON, &kind_decline, NULL},
    {TABLE_MATCH_PAIR, MATCH_PAIR_SECOND_ANSWER, &kind_answer, NULL},
    {TABLE_MATCH_PAIR, MATCH_PAIR_SECOND_REASON, &kind_decline, NULL},
    {TABLE_REGISTRATION_LINK, REGISTRATION_LINK_KIND, NULL, "buyer delegation institution"},
    {TABLE_ONE_TIME, ONE_TIME_PURPOSE, NULL, "sign-in set-password"},
    {TABLE_OUTBOX, OUTBOX_STATE, NULL, "waiting sent failed"},
    {TABLE_UPLOAD, UPLOAD_STATE, NULL, "open applied dropped"},
};

/* Runs "SELECT number" statements and tells each number as "what NUMBER: words". */
static enum err tell_rows(struct store_reader *reader, const struct buf *sql, const char *what,
                          const char *words, store_finding_fn *fn, void *ctx,
                          struct errinfo *info) {
    sqlite3_stmt *stmt = NULL;
    enum err code = buf_error(sql, info);
    if (code == ERR_OK)
        code = store_prepare(reader->db, sql->ptr, &stmt, info);
    int step = SQLITE_DONE;
    while (code == ERR_OK && (step = sqlite3_step(stmt)) == SQLITE_ROW) {
        char finding[ERR_TEXT_MAX];
        snprintf(finding, sizeof(finding), "%s %lld: %s", what,
                 (long long)sqlite3_column_int64(stmt, 0), words);
        fn(ctx, finding);
    }
    if (code == ERR_OK && step != SQLITE_DONE)
        code = store_error(reader->db, "check the database", info);
    sqlite3_finalize(stmt);
    return code;
}

static enum err check_rule(struct store_reader *reader, const struct rule *rule,
                           store_finding_fn *fn, void *ctx, struct errinfo *info) {
    const char *table = store_table_info(rule->table)->name;
    struct buf sql;
    buf_init(&sql, STORE_SQL_MAX);
    buf_printf(&sql, "SELECT r.id FROM %s r WHERE %s LIMIT %d", table, rule->where, FINDINGS_MAX);
    enum err code = tell_rows(reader, &sql, table, rule->words, fn, ctx, info);
    buf_release(&sql);
    return code;
}

static void add_codes(const struct coded *c, struct buf *sql) {
    struct str rest = str_of(c->codes != NULL ? c->codes : ""), word;
    const char *between = "";
    for (uint32_t i = 1; c->kind != NULL && i < c->kind->count; i++, between = ", ")
        buf_printf(sql, "%s'%s'", between, kind_code(c->kind, i));
    for (; c->codes != NULL && str_next(&rest, " ", &word); between = ", ")
        buf_printf(sql, "%s'%.*s'", between, STR_ARG(word));
}

static enum err check_codes(struct store_reader *reader, const struct coded *c,
                            store_finding_fn *fn, void *ctx, struct errinfo *info) {
    const struct store_table_info *t = store_table_info(c->table);
    const char *column = t->column[c->column].name;
    char words[ERR_NAME_MAX];
    struct buf sql;
    buf_init(&sql, STORE_SQL_MAX);
    buf_printf(&sql, "SELECT id FROM %s WHERE %s NOT IN (", t->name, column);
    add_codes(c, &sql);
    buf_printf(&sql, ") LIMIT %d", FINDINGS_MAX);
    snprintf(words, sizeof(words), "its %s is none that there is", column);
    enum err code = tell_rows(reader, &sql, t->name, words, fn, ctx, info);
    buf_release(&sql);
    return code;
}

/* Lines of the log in which the value of a secret stands. */
static enum err check_secret(struct store_reader *reader, enum store_table table, uint32_t column,
                             store_finding_fn *fn, void *ctx, struct errinfo *info) {
    static const char *const images[] = {"before", "after"};
    const struct store_table_info *t = store_table_info(table);
    enum err code = ERR_OK;
    for (int i = 0; i < 2 && code == ERR_OK; i++) {
        struct buf sql;
        buf_init(&sql, STORE_SQL_MAX);
        buf_printf(&sql,
                   "SELECT c.id FROM change c JOIN json_each(c.%s) j WHERE c.table_id = %lld AND "
                   "j.key IN ('%s', %u) AND j.atom IS NOT NULL AND j.atom <> '" STORE_SECRET_SHOWN
                   "' LIMIT %d",
                   images[i], (long long)reader->number[table], t->column[column].name, column,
                   FINDINGS_MAX);
        code = tell_rows(reader, &sql, "change log: line", "it holds a secret", fn, ctx, info);
        buf_release(&sql);
    }
    return code;
}

static enum err check_secrets(struct store_reader *reader, store_finding_fn *fn, void *ctx,
                              struct errinfo *info) {
    enum err code = ERR_OK;
    for (uint32_t t = 0; t < STORE_TABLES && code == ERR_OK; t++) {
        const struct store_table_info *table = store_table_info((enum store_table)t);
        for (uint32_t c = 0; c < table->columns && code == ERR_OK; c++)
            if (!table->working && table->column[c].kind == STORE_SECRET)
                code = check_secret(reader, (enum store_table)t, c, fn, ctx, info);
    }
    return code;
}

static const struct {
    const char *what, *words, *sql;
} log_rules[] = {
    {"batch", "it says nobody who did it",
     "SELECT id FROM batch WHERE account_id IS NULL AND actor = ''"},
    {"batch", "it came with a token of another account",
     "SELECT b.id FROM batch b JOIN api_token t ON t.id = b.token_id WHERE b.account_id IS NOT "
     "t.account_id"},
    {"batch", "it takes back a batch that came later", "SELECT id FROM batch WHERE undo_of >= id"},
    {"change log: line", "it says neither before nor after",
     "SELECT id FROM change WHERE before IS NULL AND after IS NULL"},
    {"change log: line", "its table is unknown",
     "SELECT c.id FROM change c WHERE NOT EXISTS (SELECT 1 FROM logged_table t WHERE t.id = "
     "c.table_id)"},
};

enum err store_check_states(struct store_reader *reader, store_finding_fn *fn, void *ctx,
                            struct errinfo *info) {
    enum err code = ERR_OK;
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]) && code == ERR_OK; i++)
        code = check_rule(reader, &rules[i], fn, ctx, info);
    for (size_t i = 0; i < sizeof(coded) / sizeof(coded[0]) && code == ERR_OK; i++)
        code = check_codes(reader, &coded[i], fn, ctx, info);
    for (size_t i = 0; i < sizeof(log_rules) / sizeof(log_rules[0]) && code == ERR_OK; i++) {
        struct buf sql;
        buf_init(&sql, STORE_SQL_MAX);
        buf_printf(&sql, "%s LIMIT %d", log_rules[i].sql, FINDINGS_MAX);
        code = tell_rows(reader, &sql, log_rules[i].what, log_rules[i].words, fn, ctx, info);
        buf_release(&sql);
    }
    return code == ERR_OK ? check_secrets(reader, fn, ctx, info) : code;
}

enum err store_check_lines(struct store_reader *reader, bool *readable, store_finding_fn *fn,
                           void *ctx, struct errinfo *info) {
    static const char unreadable[] =
        "FROM change WHERE NOT json_valid(coalesce(before, '[]')) OR NOT "
        "json_valid(coalesce(after, '[]'))";
    struct buf sql;
    int64_t count = 0;
    buf_init(&sql, STORE_SQL_MAX);
    buf_printf(&sql, "SELECT count(*) %s", unreadable);
    enum err code = buf_error(&sql, info);
    if (code == ERR_OK)
        code = store_number(reader->db, sql.ptr, &count, info);
    *readable = count == 0;
    buf_clear(&sql);
    buf_printf(&sql, "SELECT id %s LIMIT %d", unreadable, FINDINGS_MAX);
    if (code == ERR_OK && count > 0)
        code = tell_rows(reader, &sql, "change log: line",
                         "it cannot be read; the records are not compared with the log", fn, ctx,
                         info);
    buf_release(&sql);
    return code;
}
