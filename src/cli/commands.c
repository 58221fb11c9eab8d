/* The command table: what the program can do, and the help that says so. */
#include "cli/commands.h"

#define END_OF_OPTIONS                                                                             \
    { NULL, NULL, NULL, NULL }

static const struct cli_option new_options[] = {
    {"sample", NULL, NULL, "with the publicly reported exhibitors of four editions of the CISCE"},
    {"admin", "EMAIL", NULL, "with an administrator, whose one-time password is printed"},
    END_OF_OPTIONS};

static const struct cli_option user_options[] = {
    {"role", NULL, "administrator|organiser|area-manager|pavilion-manager|reader",
     "role to give or take"},
    {"chain", "CODE", NULL, "chain of an area manager, for example clean-energy"},
    {"pavilion", "P", NULL, "pavilion of its manager: name or code in the current edition, or id"},
    {"name", "NAME", NULL, "how others see the account"},
    {"language", NULL, "en|zh", "language of its mails (en)"},
    {"origin", "URL", NULL, "the address visitors use, for a link: https://expo.example"},
    {"format", NULL, "table|csv|json", "form of the list"},
    END_OF_OPTIONS};

static const struct cli_option retention_options[] = {
    {"apply", NULL, NULL, "delete now what has been kept long enough"}, END_OF_OPTIONS};

static const struct cli_option edition_options[] = {
    {"complete", NULL, NULL, "its register is complete: what is missing may be stated as a gap"},
    {"partial", NULL, NULL, "its register is not complete"},
    {"current", NULL, NULL, "show it when no edition is named"},
    END_OF_OPTIONS};

static const struct cli_option import_options[] = {
    {"as", "KIND",
     "exhibitors|catalogue|programme|pavilions|pavilion_texts|pictures|exhibits|figures|editions|"
     "areas|"
     "exhibitor_notes|"
     "joint_stands",
     "what the file holds; without it, the headers tell"},
    {"edition", "E", NULL, "edition of rows that name none"},
    {"dry-run", NULL, NULL, "say what would happen, write nothing"},
    {"leave-out-wrong", NULL, NULL, "write the good rows although others are wrong"},
    {"map", "HEADER=FIELD", NULL, "correct the meaning of a header; may be repeated; is kept"},
    {"encoding", "NAME", NULL, "read the file as utf-8, gb18030, utf-16le, ..."},
    {"separator", "C", NULL, "character between cells (\"tab\" for a tab)"},
    {"sheet", "NAME", NULL, "sheet of an XLSX file; without it, the first"},
    {"format", NULL, "table|json", "form of the report"},
    END_OF_OPTIONS};

static const struct cli_option log_options[] = {
    {"batch", "N", NULL, "every change of one batch"},
    {"record", "TABLE:ID", NULL, "the history of one record, for example organisation:12"},
    {"limit", "N", NULL, "batches to list, newest first (20)"},
    END_OF_OPTIONS};

static const struct cli_option duplicates_options[] = {
    {"different", NULL, NULL, "the two named are different: do not ask again"},
    {"later", NULL, NULL, "the two named wait for a decision"},
    {"format", NULL, "table|csv|json", "form of the list"},
    END_OF_OPTIONS};

static const struct cli_option chains_options[] = {
    {"edition", "E", NULL, "edition by its code, for example 2024; without it, the current one"},
    {"chain", "ID", NULL, "one chain in full, for example clean-energy"},
    {"gaps", NULL, NULL, "what is missing, the most important first, and who could fill it"},
    {"format", NULL, "table|csv|json", "form of the answer"},
    END_OF_OPTIONS};

static const struct cli_option classify_options[] = {
    {"db", "DB", NULL, "classify by the catalogue of a database; without it, the built-in one"},
    {"format", NULL, "table|json", "form of the answer"},
    END_OF_OPTIONS};

static const struct cli_option picture_options[] = {
    {"alt-en", "TEXT", NULL, "what it shows, in English, for people who do not see it"},
    {"alt-zh", "TEXT", NULL, "the same in Chinese; one of the two is needed"},
    {"credit", "TEXT", NULL, "whose picture it is"},
    {"position", "N", NULL, "its place among the pictures of the pavilion, from 1"},
    {"edition", "E", NULL, "edition by its code; without it, the current one"},
    {"remove", "ID", NULL, "take a picture away; the list shows the ids"},
    END_OF_OPTIONS};

static const struct cli_option serve_options[] = {
    {"listen", "ADDRESS", NULL, "address and port (127.0.0.1:8080); port 0 takes any free one"},
    {"origin", "URL", NULL,
     "the address visitors use, https://expo.example: for search engines and QR codes"},
    {"license", "NAME", NULL,
     "the licence of the open data, such as CC-BY-4.0; none is named when nothing is said"},
    {"behind-proxy", "ADDRESS", NULL,
     "the proxy that tells clients' addresses in X-Forwarded-For; loopback = on this machine"},
    {"client-limit", "PERCENT", NULL,
     "of a core that one client may keep busy with drawing (50); 0 = no limit"},
    {"cache", "MIB", NULL, "memory for drawn pages (64)"},
    {"mail", "WHERE", NULL,
     "smtps://user@host, smtp://user@host:587 or a folder for mails; without it, DB.mail"},
    {"mail-from", "EMAIL", NULL, "the address mails come from"},
    {"mail-name", "NAME", NULL, "the name beside it"},
    {"mail-password", "FILE", NULL,
     "file with the password of the mail server; else $FAIRLEAD_MAIL_PASSWORD"},
    {"mail-ca", "FILE", NULL,
     "who may have signed its certificate (PEM); without it, the system's"},
    {"read-only", NULL, NULL, "without the desk: nobody signs in, nothing is written"},
    {"log", NULL, NULL, "one line a request on standard error"},
    END_OF_OPTIONS};

static const struct cli_option export_options[] = {
    {"as", NULL, "exhibitors|gaps|catalogue|edition|translations", "what to write"},
    {"format", NULL, "csv|xlsx|json",
     "form of the file; without it, by the ending of --out, else csv"},
    {"edition", "E", NULL, "edition by its code; without it, the current one"},
    {"out", "FILE", NULL, "file to write; without it, standard output"},
    END_OF_OPTIONS};

static const struct cli_option sample_options[] = {
    {"exhibitors", "N", NULL, "exhibitors with a contract (620)"},
    {"partners", "N", NULL, "partners they bring (400 to 620 exhibitors)"},
    {"year", "Y", NULL, "year of the edition (2026)"},
    {"seed", "S", NULL, "same seed, same files (1)"},
    {"duplicates", "P", NULL, "percent of rows repeated in another spelling (0)"},
    {"errors", "P", NULL, "percent of rows with a planted mistake (0)"},
    END_OF_OPTIONS};

static const struct cli_option solve_options[] = {
    {"capacity", "N", NULL, "places of each vertex where the file has none (1)"},
    {"capacities", "FILE", NULL, "lines \"vertex capacity\" for some of them"},
    {"time", "SECONDS", NULL, "stop then with the best plan found (no limit)"},
    {"exact", NULL, NULL, "fail when the plan is not proved to be the heaviest"},
    {"stable", NULL, NULL, "the plan without blocking pairs instead, and what it costs"},
    {"own", NULL, NULL, "stable by each side's own score instead of the sum"},
    {"fairness", "D", NULL, "breaks that one participant may have more than another (2)"},
    {"seed", "S", NULL, "same seed, same plan (1)"},
    {"threads", "N", NULL, "processors to use (1)"},
    {"out", "FILE", NULL, "write the plan: pairs (x U V) and prices (y SIDE ID PRICE), or slots"},
    {0},
};

static const struct cli_option match_options[] = {
    {"edition", "E", NULL, "edition by its code; without it, the current one"},
    {"stable", NULL, NULL, "the plan that no two firms would leave for each other, and its cost"},
    {"keep", NULL, NULL, "keep the round that is run as a draft"},
    {"name", "NAME", NULL, "of the draft"},
    {"against", "ROUND", NULL, "compare with that round (with the last released one)"},
    {"preview", NULL, NULL, "say what other settings would change, and set nothing"},
    {"zh", NULL, NULL, "reasons in Chinese"},
    {"format", NULL, "table|csv|json", "form of a list"},
    {"out", "FILE", NULL, "write the pairs of a round: FILE.csv, FILE.xlsx or FILE.json"},
    END_OF_OPTIONS};

static const struct cli_command commands[] = {
    {"new", RIGHT_BACKUP, "DB", 1, 1, "make a database with the catalogue, areas and editions",
     "The catalogue, the countries and regions, and the areas and editions of the sample are put "
     "in. With\n"
     "--sample the 193 publicly reported exhibitors of the China International Supply Chain Expo "
     "follow.",
     new_options, cmd_new},
    {"edition", RIGHT_EDITION_WRITE, "DB [CODE]", 1, 2, "list editions, or say what holds for one",
     "Gaps are stated only where the register is marked complete.", edition_options, cmd_edition},
    {"import", RIGHT_IMPORT, "DB FILE-OR-FOLDER", 2, 2, "read a spreadsheet or a folder of them",
     "CSV in any common encoding and separator, or XLSX; headers in English or Chinese, in any "
     "order.\n"
     "All or nothing: rows with errors are told with the way to mend them, and nothing is written "
     "until\n"
     "there are none. A blank cell never deletes. 'fairlead undo' takes an import back.",
     import_options, cmd_import},
    {"undo", RIGHT_UNDO_ANY, "DB BATCH", 2, 2, "take a batch of changes back",
     "Numbers of batches: 'fairlead log DB'. An undo is a batch too and can be undone.", NULL,
     cmd_undo},
    {"user", RIGHT_ACCOUNTS, "DB [ACTION EMAIL]", 1, 3,
     "accounts: who may sign in, and with which roles",
     "Without an action, lists the accounts. ACTION: add, role, unrole, disable, enable, password, "
     "link.\n"
     "add and password print a one-time password that has to be changed at the first sign-in; link "
     "prints\n"
     "an address where its owner chooses one. report tells every place that names a person; erase "
     "empties\n"
     "what says who an account was, also in the log, and cannot be taken back.",
     user_options, cmd_user},
    {"retention", RIGHT_ERASE, "DB [KIND DAYS]", 1, 3,
     "how long sessions, drafts and the like are kept",
     "Lists the periods, or sets one; 0 days is for ever. A server applies them daily.\n"
     "accounts_disabled erases accounts so many days after they were disabled.",
     retention_options, cmd_retention},
    {"log", RIGHT_AUDIT_READ, "DB", 1, 1, "who changed what and when", NULL, log_options, cmd_log},
    {"duplicates", RIGHT_MERGE, "DB [FIRST SECOND]", 1, 3, "pairs that are probably the same firm",
     "Lists the pairs that imports proposed and nobody has decided. Two that are the same: "
     "'fairlead merge'.",
     duplicates_options, cmd_duplicates},
    {"merge", RIGHT_MERGE, "DB KEEP GONE", 3, 3, "make two organisations one",
     "KEEP and GONE are ids or exact names. KEEP takes over exhibitors, offers, needs and names of "
     "GONE.",
     NULL, cmd_merge},
    {"unmerge", RIGHT_MERGE, "DB GONE", 2, 2, "take a merge back",
     "GONE is the id of the organisation that was merged.", NULL, cmd_unmerge},
    {"chains", RIGHT_PUBLIC, "DB", 1, 1, "chains from upstream to downstream, and what is missing",
     NULL, chains_options, cmd_chains},
    {"classify", RIGHT_PUBLIC, "TEXT...", 1, CLI_ARGUMENTS_MAX,
     "find the catalogue nodes that a text speaks of",
     "Each argument is one text; \"-\" reads a text a line from standard input.", classify_options,
     cmd_classify},
    {"serve", RIGHT_PUBLIC, "DB", 1, 1, "serve the site",
     "Ends on Ctrl-C or SIGTERM after the replies under way.", serve_options, cmd_serve},
    {"export", RIGHT_PUBLIC, "DB", 1, 1,
     "write exhibitors, gaps, the catalogue, an edition or missing texts",
     "The catalogue and an edition are several tables: a folder of spreadsheets (and pictures) "
     "that "
     "'import'\n"
     "reads back, or one JSON object. Translations are the texts known in one language only, most "
     "seen\n"
     "first: write each into the column 'field' of the sheet 'sheet' of those folders and import "
     "it.",
     export_options, cmd_export},
    {"picture", RIGHT_PAVILION_WRITE, "DB [PAVILION FILE]", 1, 3,
     "list the pictures of pavilions, or add one",
     "PAVILION is its name or code (Hungary, 匈牙利, HU). PNG, JPEG or WebP, up to 5 MiB and 12000 "
     "pixels a\n"
     "side. Adding a picture that is there changes what is said of it. Many at once: a folder "
     "with\n"
     "pictures.csv and the files in pictures/, for 'fairlead import'.",
     picture_options, cmd_picture},
    {"check", RIGHT_BACKUP, "DB", 1, 1, "check that the database is whole",
     "Checks the file, every reference, the change log against the records, the pictures, and the\n"
     "catalogue.",
     NULL, cmd_check},
    {"backup", RIGHT_BACKUP, "DB FILE", 2, 2, "make a consistent copy, also while serving", NULL,
     NULL, cmd_backup},
    {"restore", RIGHT_BACKUP, "FILE DB", 2, 2, "make a database from a backup",
     "DB must not exist yet.", NULL, cmd_restore},
    {"sample", RIGHT_PUBLIC, "[FOLDER]", 0, 1, "generate a realistic edition for load tests",
     "Writes the files of an edition with invented firms into a folder, for 'fairlead import'.\n"
     "Without a folder, the list of exhibitors goes to standard output.",
     sample_options, cmd_sample},
    {"solve", RIGHT_PUBLIC, "NAME FILE", 2, 2, "run one engine alone on a file",
     "NAME: upstreamness (input-output table), trophic (weighted links), matching (weighted "
     "pairs:\n"
     "lines \"u v weight\", \"p\", \"b\", \"s\" and \"e\" lines of two sides, or their binary "
     "forms), meetings\n"
     "(MiniZinc data of the B2B meeting scheduling problem). --time and --out are for matching "
     "and\n"
     "meetings; --fairness, --seed and --threads for meetings; the others for matching.",
     solve_options, cmd_solve},
    {"match", RIGHT_ROUND_RUN, "ACTION DB [MORE...]", 2, CLI_ARGUMENTS_MAX,
     "who should meet whom, and why",
     "ACTION: run (a round, and what it does for whom), list, show ROUND, release ROUND, close "
     "ROUND,\n"
     "delete ROUND (a draft), of ORGANISATION (its list with reasons), why FIRST SECOND, why-not "
     "FIRST\n"
     "SECOND, settings [NAME=VALUE...] (weights of the parts, limits). Organisations by id or "
     "exact name.",
     match_options, cmd_match},
    {0},
};

const struct cli_command *cli_commands(void) {
    return commands;
}
