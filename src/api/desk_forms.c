/*
 * The forms of the desk's documents. Names are those of the TypeScript types on which web/desk is
 * written; what a part means is said where its name does not say it.
 */
#include "api/desk_forms.h"

#include "service/access.h"
#include "service/accounts.h"
#include "service/edit.h"
#include "service/retention.h"
#include "service/tokens.h"

#define PART(title, kind_of, flag)                                                                 \
    { .name = title, .type = API_PART_##kind_of, .flags = flag }
#define PART_OF(title, flag, form)                                                                 \
    { .name = title, .type = API_PART_FORM, .flags = flag, .of = &(form) }
#define ID PART("id", INTEGER, 0)
#define TEXT(name) PART(name, TEXT, 0)
#define TEXT_OR_NULL(name) PART(name, TEXT, API_OR_NULL)
#define NUMBER(name) PART(name, INTEGER, 0)
#define NUMBER_OR_NULL(name) PART(name, INTEGER, API_OR_NULL)
#define BOOLEAN(name) PART(name, BOOLEAN, 0)
#define FORMS(name, form) PART_OF(name, API_LIST, form)
#define ITEMS(form) FORMS("items", form)
#define KIND(title, list, flag)                                                                    \
    { .name = title, .type = API_PART_CODE, .flags = flag, .kind = &(list) }
#define WORD(title, list)                                                                          \
    { .name = title, .type = API_PART_CODE, .word = list }
/* A list that comes whole. */
#define LIST_FORM(id, name, help, form)                                                            \
    static const struct api_part id##_parts[] = {ITEMS(form)};                                     \
    const struct api_form api_form_##id = API_FORM(name, help, id##_parts)

/* ---- words of the services ---- */

static const char *role_word(uint32_t n) {
    return n < ROLES ? access_role_code((enum role)n) : NULL;
}

/* The roles that an administrator gives: those of participants come by invitation. */
static const char *given_role_word(uint32_t n) {
    return n < ROLES && access_role_bond((enum role)n) != ACCESS_BOND_PARTICIPANT
               ? access_role_code((enum role)n)
               : NULL;
}

static const char *state_word(uint32_t n) {
    return n < ACCOUNT_STATES ? account_state_code((enum account_state)n) : NULL;
}

static const char *scope_word(uint32_t n) {
    return n < 2 ? token_scope_code((enum access_token)(ACCESS_TOKEN_NONE + 1 + n)) : NULL;
}

static const char *field_kind_word(uint32_t n) {
    return n < EDIT_KINDS ? edit_kind_name((enum edit_kind)n) : NULL;
}

static const char *retention_word(uint32_t n) {
    return n < RETENTION_KINDS ? retention_kind_code((enum retention_kind)n) : NULL;
}

static const char *operation_word(uint32_t n) {
    static const char *const words[] = {"create", "update", "delete", NULL};
    return words[n];
}

static const char *verdict_word(uint32_t n) {
    static const char *const words[] = {"nothing", "unsure", "sure", NULL};
    return words[n];
}

static const char *certainty_word(uint32_t n) {
    static const char *const words[] = {"stated", "not-in-register", "closed", NULL};
    return words[n];
}

/* ---- accounts ---- */

static const struct api_part grant_parts[] = {WORD("role", role_word), NUMBER_OR_NULL("chain_id"),
                                              NUMBER_OR_NULL("pavilion_id")};
static const struct api_form grant =
    API_FORM("Grant", "A role, and the chain or pavilion that it is for", grant_parts);

static const struct api_part grant_wanted_parts[] = {
    WORD("role", given_role_word),
    PART("chain_id", INTEGER, API_MAYBE | API_OR_NULL),
    PART("pavilion_id", INTEGER, API_MAYBE | API_OR_NULL),
};
const struct api_form api_form_grant_wanted = API_FORM(
    "GrantWanted", "A role, with the chain or pavilion where it is for one", grant_wanted_parts);

static const struct api_part account_parts[] = {
    ID,
    TEXT_OR_NULL("email"),
    TEXT_OR_NULL("name"),
    TEXT("language"),
    WORD("state", state_word),
    BOOLEAN("has_password"),
    NUMBER("created_ms"),
    FORMS("grants", grant),
};
const struct api_form api_form_account = API_FORM("Account", "Who may sign in", account_parts);

static const struct api_part session_parts[] = {
    PART_OF("account", 0, api_form_account),
    PART("rights", TEXT, API_LIST),
    TEXT_OR_NULL("csrf"),
    BOOLEAN("must_change"),
    NUMBER("expires_ms"),
};
const struct api_form api_form_session =
    API_FORM("Session", "Who is signed in, and the rights held somewhere", session_parts);

static const struct api_part session_row_parts[] = {
    ID,
    NUMBER("opened_ms"),
    NUMBER("seen_ms"),
    NUMBER("expires_ms"),
    TEXT("address"),
    TEXT("agent"),
    BOOLEAN("is_this"),
};
static const struct api_form session_row =
    API_FORM("SessionRow", "Where an account is signed in", session_row_parts);
LIST_FORM(sessions, "SessionList", "Sessions of an account", session_row);
LIST_FORM(accounts, "AccountList", "All accounts", api_form_account);

static const struct api_part secret_parts[] = {ID, TEXT("secret")};
const struct api_form api_form_secret =
    API_FORM("Secret", "A token or the secret of a link, shown this once", secret_parts);

static const struct api_part token_parts[] = {
    ID,
    TEXT("name"),
    WORD("scope", scope_word),
    NUMBER("created_ms"),
    NUMBER("expires_ms"),
    NUMBER_OR_NULL("revoked_ms"),
};
static const struct api_form token = API_FORM("TokenRow", "A token for a program", token_parts);
LIST_FORM(tokens, "TokenList", "Tokens of an account", token);

static const struct api_part finding_parts[] = {TEXT("where"), ID, TEXT_OR_NULL("column"),
                                                TEXT_OR_NULL("text")};
static const struct api_form finding =
    API_FORM("PersonFinding", "A place that holds something about a person", finding_parts);
LIST_FORM(report, "PersonReport", "Everything that is held about a person", finding);

static const struct api_part period_parts[] = {WORD("kind", retention_word), NUMBER("days"),
                                               NUMBER("default_days")};
static const struct api_form period =
    API_FORM("Retention", "How many days a kind of data is kept; 0 = for ever", period_parts);
LIST_FORM(retention, "RetentionList", "How long each kind of data is kept", period);

static const struct api_part effect_parts[] = {NUMBER("due")};
const struct api_form api_form_retention_effect =
    API_FORM("RetentionEffect", "How many rows the next run deletes by this period", effect_parts);

/* ---- records ---- */

static const struct api_part label_parts[] = {TEXT("en"), TEXT("zh")};
static const struct api_form label =
    API_FORM("Label", "A text in both languages; either may be empty", label_parts);

static const struct api_part choice_parts[] = {TEXT("code"), TEXT("en"), TEXT("zh")};
static const struct api_form choice = API_FORM("Choice", "A code and its names", choice_parts);

static const struct api_part field_parts[] = {
    TEXT("name"),
    WORD("kind", field_kind_word),
    BOOLEAN("needed"),
    BOOLEAN("fixed"), /* set when the record is made, never changed */
    BOOLEAN("read_only"),
    PART("max", INTEGER, API_MAYBE), /* characters of a text, or the largest integer */
    PART_OF("choices", API_MAYBE | API_LIST, choice), /* of a word */
    PART("target", TEXT, API_MAYBE),                  /* of a reference: the table */
    PART_OF("label", 0, label),
    PART_OF("help", 0, label),
};
static const struct api_form field = API_FORM("Field", "A field that can be edited", field_parts);

static const struct api_part table_parts[] = {
    TEXT("name"),           PART_OF("label", 0, label), PART_OF("plural", 0, label),
    TEXT("right"),          BOOLEAN("may_write"), /* somewhere: each record says it of itself */
    FORMS("fields", field),
};
static const struct api_form table =
    API_FORM("Table", "A kind of record that can be edited", table_parts);
static const struct api_part tables_parts[] = {FORMS("tables", table)};
const struct api_form api_form_tables = API_FORM("TableList", "What can be edited", tables_parts);

static const struct api_part record_parts[] = {
    ID,
    TEXT("table"),
    NUMBER("revision"),
    PART_OF("label", 0, label),
    PART("values", VALUE, API_MAP),
    PART_OF("labels", API_MAP, label), /* of its references and places, by field */
    BOOLEAN("may_write"),
    PART("changed_by", TEXT, API_MAYBE),
    PART("changed_ms", INTEGER, API_MAYBE),
};
const struct api_form api_form_record =
    API_FORM("RecordRow", "A record as an editor sees it", record_parts);
static const struct api_part records_parts[] = {ITEMS(api_form_record), NUMBER_OR_NULL("next"),
                                                NUMBER("total")};
const struct api_form api_form_records = API_FORM("RecordPage", "A page of records", records_parts);

static const struct api_part history_line_parts[] = {
    NUMBER("batch"),
    TEXT("kind"),
    TEXT("operation"),
    NUMBER("at_ms"),
    TEXT_OR_NULL("by"),
    TEXT_OR_NULL("note"),
    PART("undone_by", INTEGER, API_MAYBE),
    PART("before", VALUE, API_MAP | API_OR_NULL),
    PART("after", VALUE, API_MAP | API_OR_NULL),
};
static const struct api_form history_line =
    API_FORM("HistoryLine", "What a record was and became, by column", history_line_parts);
LIST_FORM(history, "History", "What happened to a record", history_line);

/* ---- changes ---- */

static const struct api_part operation_parts[] = {
    WORD("op", operation_word),
    TEXT("table"),
    PART("id", VALUE, API_MAYBE), /* or the name of a record made here */
    PART("name", TEXT, API_MAYBE),
    PART("revision", INTEGER, API_MAYBE), /* that the form was filled from */
    PART("cascade", BOOLEAN, API_MAYBE),  /* of a delete: with what the record owns */
    PART("values", VALUE, API_MAYBE | API_MAP),
};
const struct api_form api_form_operation =
    API_FORM("Operation", "What to do with a record; \"$name\" is one made here", operation_parts);

static const struct api_part result_parts[] = {TEXT("table"), ID, NUMBER("revision"),
                                               BOOLEAN("changed")};
static const struct api_form result =
    API_FORM("OperationResult", "What came of an operation", result_parts);

static const struct api_part merged_parts[] = {
    NUMBER("operation"), TEXT("field"), PART("value", VALUE, 0), TEXT("by"), NUMBER("at_ms"),
};
static const struct api_form merged =
    API_FORM("Merged", "A field that others changed meanwhile, left as they made it", merged_parts);

static const struct api_part figures_parts[] = {NUMBER("nodes"), NUMBER("offered"),
                                                NUMBER("exhibitors"), NUMBER("gaps"),
                                                NUMBER("no_exhibitor")};
static const struct api_form figures =
    API_FORM("ChainFigures", "A chain in numbers", figures_parts);
static const struct api_part chain_parts[] = {
    TEXT("code"),
    TEXT("name_en"),
    TEXT("name_zh"),
    PART_OF("before", API_OR_NULL, figures),
    PART_OF("after", API_OR_NULL, figures),
};
static const struct api_form chain = API_FORM("ChainEffect", "A chain that changes", chain_parts);
static const struct api_part gap_parts[] = {
    TEXT("chain"),     TEXT("node"), TEXT("name_en"), TEXT("name_zh"), KIND("kind", kind_gap, 0),
    BOOLEAN("opened"),
};
static const struct api_form gap =
    API_FORM("GapEffect", "A gap that a change opens or closes", gap_parts);
static const struct api_part moved_parts[] = {
    TEXT("chain"),
    TEXT("node"),
    TEXT("name_en"),
    TEXT("name_zh"),
    PART("stage", TEXT, API_LIST), /* the old one, the new one */
};
static const struct api_form moved =
    API_FORM("StageEffect", "A node that moves to another stage", moved_parts);
static const struct api_part bill_parts[] = {NUMBER("parts"), NUMBER("missing")};
static const struct api_form bill = API_FORM("BillFigures", "A scenario in numbers", bill_parts);
static const struct api_part scenario_parts[] = {
    TEXT("code"),
    TEXT("name_en"),
    TEXT("name_zh"),
    PART_OF("before", API_OR_NULL, bill),
    PART_OF("after", API_OR_NULL, bill),
};
static const struct api_form scenario =
    API_FORM("ScenarioEffect", "A scenario that changes", scenario_parts);
static const struct api_part check_finding_parts[] = {TEXT("message"), TEXT("message_zh"),
                                                      BOOLEAN("new")};
static const struct api_form check_finding = API_FORM(
    "CatalogueFinding", "A fault of the catalogue that comes or goes", check_finding_parts);
static const struct api_part effect_of_change_parts[] = {
    FORMS("chains", chain),
    FORMS("gaps", gap),
    NUMBER("gaps_opened"),
    NUMBER("gaps_closed"),
    FORMS("moved", moved),
    FORMS("scenarios", scenario),
    FORMS("findings", check_finding),
};
static const struct api_form effect_of_change =
    API_FORM("Effect", "What a change would open and close; a half is null where there is none",
             effect_of_change_parts);

static const struct api_part changed_parts[] = {
    NUMBER_OR_NULL("batch"),
    FORMS("results", result),
    PART_OF("merged", API_MAYBE | API_LIST, merged),
    PART_OF("effect", API_MAYBE, effect_of_change),
};
const struct api_form api_form_changed = API_FORM("Changed", "What came of changes", changed_parts);

/* ---- the log ---- */

static const struct api_part batch_row_parts[] = {
    ID,
    TEXT("kind"),
    NUMBER("at_ms"),
    TEXT_OR_NULL("by"),
    PART("account", INTEGER, API_MAYBE),
    PART("token", INTEGER, API_MAYBE),
    TEXT_OR_NULL("note"),
    NUMBER("changes"),
    PART("undo_of", INTEGER, API_MAYBE),
    PART("undone_by", INTEGER, API_MAYBE),
};
static const struct api_form batch_row =
    API_FORM("Batch", "Changes that were made together", batch_row_parts);
static const struct api_part batches_parts[] = {
    ITEMS(batch_row), NUMBER_OR_NULL("next"), NUMBER("version"), /* to ask later what came since */
};
const struct api_form api_form_batches = API_FORM("Batches", "A page of the log", batches_parts);

static const struct api_part batch_line_parts[] = {
    TEXT("table"),
    ID,
    TEXT("operation"),
    PART("before", VALUE, API_MAP | API_OR_NULL),
    PART("after", VALUE, API_MAP | API_OR_NULL),
};
static const struct api_form batch_line =
    API_FORM("BatchLine", "One change of a batch, by column", batch_line_parts);
LIST_FORM(batch, "BatchLines", "All changes of a batch", batch_line);

static const struct api_part undo_parts[] = {NUMBER_OR_NULL("batch")};
const struct api_form api_form_undo =
    API_FORM("Written", "The batch that was written; null when nothing changed", undo_parts);

/* ---- help while typing ---- */

static const struct api_part suggestion_parts[] = {
    ID,
    TEXT("code"),
    TEXT_OR_NULL("name_en"),
    TEXT_OR_NULL("name_zh"),
    PART("score", NUMBER, 0),
    BOOLEAN("asserted"), /* sure enough to be taken without asking */
    TEXT("words"),       /* that decided */
};
static const struct api_form suggestion =
    API_FORM("Suggestion", "A node that a text speaks of", suggestion_parts);
static const struct api_part classified_parts[] = {WORD("verdict", verdict_word),
                                                   FORMS("nodes", suggestion)};
const struct api_form api_form_classified =
    API_FORM("Classified", "Nodes that a text speaks of", classified_parts);

static const struct api_part draft_parts[] = {TEXT("key"), NUMBER("at_ms"), PART("body", ANY, 0)};
const struct api_form api_form_draft = API_FORM("Draft", "What is not saved yet", draft_parts);
LIST_FORM(drafts, "DraftList", "Drafts of an account", api_form_draft);

static const struct api_part other_parts[] = {NUMBER("account"), TEXT_OR_NULL("name"),
                                              NUMBER("since_ms"), BOOLEAN("typing")};
static const struct api_form other = API_FORM("Other", "Who else has a record open", other_parts);
static const struct api_part others_parts[] = {FORMS("others", other)};
const struct api_form api_form_others =
    API_FORM("Others", "Who else has a record open", others_parts);

/* ---- the gap board ---- */

static const struct api_part firm_parts[] = {
    NUMBER_OR_NULL("id"), /* of the candidate; null = only suggested */
    NUMBER("revision"),
    NUMBER("organisation_id"),
    TEXT("name_en"),
    TEXT("name_zh"),
    TEXT("country"),
    BOOLEAN("exhibits"),
    KIND("state", kind_case_state, API_OR_BLANK),
    TEXT("note"),
    TEXT("why_en"),
    TEXT("why_zh"),
};
static const struct api_form firm = API_FORM("GapFirm", "Who could fill a gap", firm_parts);

static const struct api_part card_parts[] = {
    TEXT_OR_NULL("chain"),
    NUMBER_OR_NULL("chain_id"),
    TEXT("node"),
    NUMBER("node_id"),
    TEXT("node_en"),
    TEXT("node_zh"),
    KIND("kind", kind_gap, 0),
    WORD("certainty", certainty_word), /* closed: a case, and no gap any more */
    NUMBER("waiting"),
    PART("importance", NUMBER, 0),
    NUMBER_OR_NULL("case_id"), /* null = nobody has taken it up */
    NUMBER("revision"),
    KIND("state", kind_case_state, API_OR_BLANK),
    NUMBER("owner_id"),
    TEXT("owner"),
    TEXT("note"),
    FORMS("candidates", firm),
};
static const struct api_form card =
    API_FORM("GapCard", "A gap, and what is done about it", card_parts);
static const struct api_part board_parts[] = {
    FORMS("rows", card), NUMBER("open"), NUMBER("closed"),
    PART("work", INTEGER, API_MAP), /* by state */
};
const struct api_form api_form_board = API_FORM("Board", "The gap board", board_parts);

/* ---- edition, pictures, uploads, care ---- */

static const struct api_part rolled_over_parts[] = {
    NUMBER_OR_NULL("batch"), NUMBER("edition"), BOOLEAN("made"),    NUMBER("areas"),
    NUMBER("pavilions"),     NUMBER("texts"),   NUMBER("pictures"), NUMBER("exhibitors"),
    NUMBER("statements"),    NUMBER("there"), /* exhibitors that the next edition had already */
};
const struct api_form api_form_rolled_over =
    API_FORM("RolledOver", "What came along into the next edition", rolled_over_parts);

static const struct api_part picture_parts[] = {ID, NUMBER("width"), NUMBER("height"),
                                                NUMBER("bytes")};
const struct api_form api_form_picture =
    API_FORM("NewPicture", "A picture as it is kept", picture_parts);

static const struct api_part upload_id_parts[] = {ID};
const struct api_form api_form_upload_id =
    API_FORM("UploadId", "An upload that was made", upload_id_parts);

static const struct api_part check_parts[] = {PART("findings", TEXT, API_LIST)};
const struct api_form api_form_check =
    API_FORM("Check", "What is wrong with the database", check_parts);
