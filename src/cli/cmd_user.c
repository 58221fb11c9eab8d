/*
 * The command user: accounts, their roles and their first passwords.
 *
 * Whoever may write the database file may do all of this; so it is also the way back in for an
 * organiser that has lost its only administrator. What opens an account is printed when it is
 * durable and not before.
 */
#include <stdio.h>

#include "cli/commands.h"
#include "cli/first_password.h"
#include "cli/list_print.h"
#include "cli/user_roles.h"
#include "service/door.h"
#include "service/person.h"

enum { OUTPUT_MAX = 1 << 20 };

struct user_run {
    struct cli *cli;
    struct store *store;
    struct account account; /* of the address that was given; id 0 = none */
    struct buf tell;        /* to print once all is durable */
};

typedef enum err user_fn(struct user_run *run);

/* Actions ----------------------------------------------------------------------------------------
 */

static void tell_password(struct user_run *run, const struct first_password *first) {
    buf_printf(
        &run->tell,
        "%s  one-time password: %s\nIt is shown this once and has to be changed at the first "
        "sign-in.\n",
        run->cli->argument[2], first->typed);
}

static enum err add(struct user_run *run) {
    struct cli *cli = run->cli;
    struct access_grant grant;
    struct first_password first;
    bool given;
    int64_t id;
    const char *language = cli_value(cli, "language");
    enum err code = user_roles_read(cli, store_reader_of(run->store), &grant, &given);
    if (code == ERR_OK)
        code = first_password_make(&first, &cli->info);
    if (code != ERR_OK)
        return code;
    const struct account_request request = {
        .email = str_of(cli->argument[2]),
        .name = str_of(cli_value(cli, "name")),
        .language = language != NULL ? lang_of_code(str_of(language)) : LANG_EN,
        .grants = &grant,
        .grant_count = given,
        .kept = first.kept,
        .must_change = true,
        .at_ms = cli_author().at_ms};
    code = account_create(run->store, &cli->access, &request, &id, &cli->info);
    if (code == ERR_OK)
        tell_password(run, &first);
    return code;
}

static enum err change(struct user_run *run, const struct account_change *change) {
    return account_change(run->store, &run->cli->access, run->account.id, change, &run->cli->info);
}

static enum err disable(struct user_run *run) {
    const enum account_state state = ACCOUNT_DISABLED;
    return change(run, &(struct account_change){.state = &state});
}

static enum err enable(struct user_run *run) {
    const enum account_state state = ACCOUNT_ACTIVE;
    return change(run, &(struct account_change){.state = &state});
}

static enum err set_password(struct user_run *run) {
    struct first_password first;
    struct cli *cli = run->cli;
    enum err code = first_password_make(&first, &cli->info);
    if (code == ERR_OK)
        code = account_set_password(run->store, &cli->access, run->account.id, first.kept, true, 0,
                                    &cli->info);
    if (code == ERR_OK)
        tell_password(run, &first);
    return code;
}

static enum err make_link(struct user_run *run) {
    struct cli *cli = run->cli;
    enum err code = door_invite(run->store, &cli->access, cli_value(cli, "origin"), run->account.id,
                                LETTER_INVITE, cli_author().at_ms, &run->tell, &cli->info);
    buf_add_c(&run->tell,
              "\nIt works once, within three days. A server with --mail sends it, too.\n");
    return code;
}

/* Gives the role; one that it has already is no error. */
static enum err give_role(struct user_run *run) {
    struct access_grant grants[ACCESS_GRANTS_MAX + 1];
    const struct access *access = &run->account.access;
    bool given;
    memcpy(grants, access->grants, access->grant_count * sizeof(*grants));
    enum err code = user_roles_read(run->cli, store_reader_of(run->store),
                                    &grants[access->grant_count], &given);
    const struct account_change more = {.grants = grants, .grant_count = access->grant_count + 1};
    return code == ERR_OK ? change(run, &more) : code;
}

static enum err take_role(struct user_run *run) {
    struct access_grant grants[ACCESS_GRANTS_MAX], gone;
    const struct access *access = &run->account.access;
    uint32_t count = 0;
    bool given;
    enum err code = user_roles_read(run->cli, store_reader_of(run->store), &gone, &given);
    for (uint32_t i = 0; i < access->grant_count; i++)
        if (access->grants[i].role != gone.role || access->grants[i].chain_id != gone.chain_id ||
            access->grants[i].pavilion_id != gone.pavilion_id)
            grants[count++] = access->grants[i];
    if (code == ERR_OK && count == access->grant_count)
        code = err_set(&run->cli->info, ERR_NOT_FOUND, "%s does not have this role",
                       run->account.email.text);
    const struct account_change less = {.grants = grants, .grant_count = count};
    return code == ERR_OK ? change(run, &less) : code;
}

static enum err erase(struct user_run *run) {
    struct cli *cli = run->cli;
    return person_erase(run->store, &cli->access, run->account.id, cli_author().at_ms, &cli->info);
}

static const struct action {
    const char *name;
    user_fn *fn;
    bool is_new;       /* the address has no account yet */
    const char *needs; /* an option that must be given, or NULL */
    const char *done;  /* printed behind the address; NULL = the action tells */
} actions[] = {
    {"add", add, true, NULL, NULL},
    {"role", give_role, false, "role", "has the role."},
    {"unrole", take_role, false, "role", "does not have the role any more."},
    {"disable", disable, false, NULL, "cannot sign in any more; its sessions have ended."},
    {"enable", enable, false, NULL, "can sign in again."},
    {"password", set_password, false, NULL, NULL},
    {"link", make_link, false, "origin", NULL},
    {"erase", erase, false, NULL, "is erased; what is left of it: fairlead user DB report."},
};
enum { ACTIONS = sizeof(actions) / sizeof(actions[0]) };

/* Listing ----------------------------------------------------------------------------------------
 */

struct listing {
    struct store_reader *reader;
    struct list *list;
};

static enum err add_line(void *ctx, const struct account *account, struct errinfo *info) {
    struct listing *l = ctx;
    struct buf roles;
    buf_init(&roles, OUTPUT_MAX);
    enum err code = user_roles_write(l->reader, &account->access, &roles, info);
    if (code == ERR_OK)
        code = buf_error(&roles, info);
    list_int(l->list, account->id);
    list_text(l->list, str_of(account->email.text));
    list_text(l->list, str_of(account->name));
    list_text(l->list, str_of(account_state_code(account->state)));
    list_text(l->list, str_of(lang_code(account->language)));
    list_text(l->list, buf_str(&roles));
    buf_release(&roles);
    return code;
}

static enum err list_accounts(struct cli *cli) {
    static const char *const names[] = {"id", "email", "name", "state", "language", "roles"};
    struct store_reader *reader = NULL;
    struct list list;
    const char *format = cli_value(cli, "format");
    list_init(&list);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        list_column(&list, names[i], i == 0 ? LIST_NUMBER : LIST_TEXT);
    enum err code = store_reader_open(cli->argument[0], &reader, &cli->info);
    struct listing listing = {reader, &list};
    if (code == ERR_OK)
        code = accounts_each(reader, add_line, &listing, &cli->info);
    if (code == ERR_OK)
        code = list_print(&list, format != NULL ? format : "table", cli->out, &cli->info);
    list_release(&list);
    store_reader_close(reader);
    return code;
}

static enum err add_finding(void *ctx, const struct person_finding *finding, struct errinfo *info) {
    struct list *list = ctx;
    list_text(list, str_of(finding->where));
    list_int(list, finding->id);
    list_text(list, str_of(finding->column));
    list_text(list, finding->text);
    return ERR_OK;
}

/* The account of an address when there is one; 0 otherwise, also after an erasure. */
static enum err account_of(struct store_reader *reader, struct str email, int64_t *id,
                           struct errinfo *info) {
    struct account account;
    enum err code = account_by_email(reader, email, &account, info);
    *id = code == ERR_OK ? account.id : 0;
    return code == ERR_NOT_FOUND ? ERR_OK : code;
}

/* What the database holds about a person. */
static enum err report(struct cli *cli) {
    static const char *const names[] = {"where", "id", "column", "text"};
    const char *format = cli_value(cli, "format");
    struct person_search search = {.email = str_of(cli->argument[2]),
                                   .name = str_of(cli_value(cli, "name")),
                                   .job = &cli->job};
    struct store_reader *reader = NULL;
    struct list list;
    list_init(&list);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        list_column(&list, names[i], i == 1 ? LIST_NUMBER : LIST_TEXT);
    enum err code = store_reader_open(cli->argument[0], &reader, &cli->info);
    if (code == ERR_OK)
        code = account_of(reader, search.email, &search.account_id, &cli->info);
    if (code == ERR_OK)
        code = person_report(reader, &search, add_finding, &list, &cli->info);
    if (code == ERR_OK)
        code = list_print(&list, format != NULL ? format : "table", cli->out, &cli->info);
    list_release(&list);
    store_reader_close(reader);
    return code;
}

/* Running ----------------------------------------------------------------------------------------
 */

static enum err run_action(struct user_run *run, const struct action *action) {
    struct cli *cli = run->cli;
    struct store_batch batch = cli_author();
    int64_t batch_id;
    batch.kind = "account";
    enum err code = store_open(cli->argument[0], &run->store, &cli->info);
    if (code == ERR_OK && !action->is_new)
        code = account_by_email(store_reader_of(run->store), str_of(cli->argument[2]),
                                &run->account, &cli->info);
    if (code == ERR_OK)
        code = store_begin(run->store, &batch, &batch_id, &cli->info);
    if (code != ERR_OK)
        return code;
    code = action->fn(run);
    if (code == ERR_OK)
        code = buf_error(&run->tell, &cli->info);
    if (code != ERR_OK) {
        store_rollback(run->store);
        return code;
    }
    return store_commit(run->store, &cli->info);
}

static const struct action *find_action(const char *name) {
    for (size_t i = 0; i < ACTIONS; i++)
        if (strcmp(actions[i].name, name) == 0)
            return &actions[i];
    return NULL;
}

int cmd_user(struct cli *cli) {
    if (cli->arguments == 1 || (cli->arguments == 2 && strcmp(cli->argument[1], "list") == 0))
        return list_accounts(cli) == ERR_OK ? CLI_OK : cli_fail(cli);
    if (cli->arguments == 3 && strcmp(cli->argument[1], "report") == 0)
        return report(cli) == ERR_OK ? CLI_OK : cli_fail(cli);
    const struct action *action = find_action(cli->argument[1]);
    if (action == NULL)
        return cli_misuse(cli, "there is no action \"%s\"", cli->argument[1]);
    if (cli->arguments != 3)
        return cli_misuse(cli, "%s needs the mail address of an account", action->name);
    if (action->needs != NULL && !cli_given(cli, action->needs))
        return cli_misuse(cli, "%s needs --%s", action->name, action->needs);
    struct user_run run = {.cli = cli};
    buf_init(&run.tell, OUTPUT_MAX);
    enum err code = run_action(&run, action);
    store_close(run.store);
    if (code == ERR_OK && action->done != NULL)
        fprintf(cli->out, "%s %s\n", run.account.email.text, action->done);
    else if (code == ERR_OK)
        fprintf(cli->out, "%.*s", STR_ARG(buf_str(&run.tell)));
    buf_release(&run.tell);
    return code == ERR_OK ? CLI_OK : cli_fail(cli);
}
