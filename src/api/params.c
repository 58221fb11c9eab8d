/* The parameters that routes take: see params.h. */
#include "api/params.h"

#include "api/codes.h"
#include "service/snapshot.h"

#define KEY(label, what, words, sample)                                                            \
    { .name = label, .help = words, .type = API_KEY, .names = what, .example = sample }
#define CODE(label, list, words, sample)                                                           \
    { .name = label, .help = words, .type = API_CODE, .kind = list, .example = sample }
#define NUMBER(label, what, words, sample)                                                         \
    {                                                                                              \
        .name = label, .help = words, .type = API_INTEGER, .names = what, .min = 1,                \
        .max = INT64_MAX, .example = sample                                                        \
    }
#define PATH_KEY(label, what, words, sample)                                                       \
    {                                                                                              \
        .name = label, .help = words, .place = API_IN_PATH, .type = API_KEY, .names = what,        \
        .example = sample                                                                          \
    }
#define PATH_NUMBER(label, what, words, sample)                                                    \
    {                                                                                              \
        .name = label, .help = words, .place = API_IN_PATH, .type = API_INTEGER, .names = what,    \
        .min = 1, .max = INT64_MAX, .example = sample                                              \
    }

const struct api_param api_param_edition =
    KEY("edition", API_NAMES_NOTHING, "Code of the edition; the current one when none is named",
        "2024");
const struct api_param api_param_fields = {
    .name = "fields",
    .help = "Names of the fields wanted, separated by commas; all when none is named",
    .type = API_TEXT,
    .bytes_max = 2000,
};
const struct api_param api_param_limit = {
    .name = "limit",
    .help = "How many items a page holds at the most; 100 when nothing is said",
    .type = API_INTEGER,
    .min = 1,
    .max = API_LIMIT_MAX,
    .example = "20",
};
const struct api_param api_param_cursor = {
    .name = "cursor",
    .help = "\"next\" of the page before, unchanged",
    .type = API_TEXT,
    .bytes_max = API_CURSOR_BYTES_MAX,
};

const struct api_param api_path_edition =
    PATH_KEY("edition", API_NAMES_NOTHING, "Code of the edition", "2024");
const struct api_param api_path_organisation =
    PATH_NUMBER("id", API_NAMES_ORGANISATION, "Number of the organisation", "1");
const struct api_param api_path_exhibitor = PATH_NUMBER(
    "id", API_NAMES_EXHIBITOR, "Number of the exhibitor's organisation, as in page addresses", "1");
const struct api_param api_path_chain =
    PATH_KEY("code", API_NAMES_CHAIN, "Code of the chain", "clean-energy");
const struct api_param api_path_node =
    PATH_KEY("code", API_NAMES_NODE, "Code of the node", "bat.cell");
const struct api_param api_path_scenario =
    PATH_KEY("code", API_NAMES_SCENARIO, "Code of the scenario", "burger");
const struct api_param api_path_pavilion =
    PATH_NUMBER("id", API_NAMES_PAVILION, "Number of the pavilion", NULL);
const struct api_param api_path_entry =
    PATH_KEY("code", API_NAMES_ENTRY, "Code of the programme entry", NULL);
const struct api_param api_path_exhibit =
    PATH_NUMBER("id", API_NAMES_EXHIBIT, "Number of the exhibit", NULL);
const struct api_param api_path_file = PATH_KEY(
    "file", API_NAMES_NOTHING,
    "Name of a table with .csv or .json behind it; datapackage.json lists them", "exhibitors.csv");
const struct api_param api_path_problem =
    PATH_KEY("name", API_NAMES_NOTHING, "Name of the kind of problem", "invalid-parameter");

/* ---- of the directory ---- */

const struct api_param api_param_chain = KEY(
    "chain", API_NAMES_CHAIN, "Code of a chain: those that offer one of its nodes", "clean-energy");
const struct api_param api_param_stage = CODE(
    "stage", &kind_stage,
    "Those that offer a node of this stage, in the chain that is asked for or in any", "upstream");
const struct api_param api_param_node =
    KEY("node", API_NAMES_NODE, "Code of a node: those that offer it", "bat.cell");
const struct api_param api_param_country =
    KEY("country", API_NAMES_NOTHING, "ISO 3166-1 code of a country or region", "US");
const struct api_param api_param_region =
    KEY("region", API_NAMES_NOTHING, "ISO 3166-2 code of a region", "CN-BJ");
const struct api_param api_param_size = CODE("size", &kind_size, "Size of the firm", "large");
const struct api_param api_param_area =
    KEY("area", API_NAMES_AREA, "Code of an area of the edition", "smart-vehicle");
const struct api_param api_param_type =
    CODE("type", &kind_exhibitor_type, "How they take part", "direct");
const struct api_param api_param_seen =
    CODE("seen", &api_kind_seen, "New in the register, or returning", "new");
const struct api_param api_param_lead =
    NUMBER("lead", API_NAMES_EXHIBITOR, "Number of a lead exhibitor: those it brought", "1");
const struct api_param api_param_pavilion = NUMBER(
    "pavilion", API_NAMES_PAVILION, "Number of a pavilion: those with an exhibit there", NULL);
const struct api_param api_param_words = {
    .name = "q",
    .help = "Words of the names: beginnings of Latin words, Chinese characters anywhere, pinyin, "
            "initials; each word in one of the names",
    .type = API_TEXT,
    .bytes_max = SEARCH_QUERY_BYTES_MAX,
    .example = "battery",
};
const struct api_param api_param_sort =
    CODE("sort", &api_kind_sort, "The order; by English name when nothing is said", "name_zh");

/* ---- of other lists ---- */

const struct api_param api_param_in_chain =
    KEY("chain", API_NAMES_CHAIN, "Code of a chain: only what is in it", "clean-energy");
const struct api_param api_param_at_stage =
    CODE("stage", &kind_stage, "Only nodes of this stage, in the chain that is asked for or in any",
         "upstream");
const struct api_param api_param_of_node =
    KEY("node", API_NAMES_NODE, "Code of a node: only what belongs to it", "bat.cell");
const struct api_param api_param_of_exhibitor =
    NUMBER("exhibitor", API_NAMES_EXHIBITOR, "Number of an exhibitor: only what it shows", "1");
const struct api_param api_param_in_pavilion =
    NUMBER("pavilion", API_NAMES_PAVILION, "Number of a pavilion: only what it shows", NULL);
const struct api_param api_param_in_area =
    KEY("area", API_NAMES_AREA, "Code of an area: only what belongs to it", "smart-vehicle");
const struct api_param api_param_hosted_by =
    NUMBER("pavilion", API_NAMES_PAVILION, "Number of a pavilion: only what it hosts", NULL);
const struct api_param api_param_node_kind =
    CODE("kind", &kind_node, "What the node is", "equipment");
const struct api_param api_param_coverage =
    CODE("coverage", &api_kind_coverage, "How well the node is offered", "none");
const struct api_param api_param_gap_kind =
    CODE("kind", &kind_gap, "What is missing", "no-exhibitor");
const struct api_param api_param_gap_state =
    CODE("state", &api_kind_gap_state, "How sure the gap is", "not-in-register");
const struct api_param api_param_pavilion_kind =
    CODE("kind", &kind_pavilion, "Whose group stand it is", "guest-country");
const struct api_param api_param_entry_kind =
    CODE("kind", &kind_programme, "What kind of event it is", "forum");
const struct api_param api_param_day = {
    .name = "day",
    .help = "A day, YYYY-MM-DD: only what takes place on it",
    .type = API_DATE,
    .example = "2024-11-26",
};
const struct api_param api_param_host = {
    .name = "host",
    .help = "Name of a host in English or Chinese, whole: only what it hosts",
    .type = API_TEXT,
    .example = "CCPIT",
};
const struct api_param api_param_field =
    KEY("field", API_NAMES_NOTHING, "Code of the area an exhibit belongs to", "smart-vehicle");
const struct api_param api_param_debut =
    CODE("debut", &kind_debut, "Where it claims to be shown for the first time", "expo");
const struct api_param api_param_figure =
    KEY("figure", API_NAMES_NOTHING, "What was counted", "exhibitors_contracted");
const struct api_param api_param_every_edition =
    CODE("editions", &api_kind_editions, "Figures of all editions, not of one", "all");
const struct api_param api_param_lang =
    CODE("lang", &api_kind_lang,
         "The language the boxes have room for; English when nothing is said", "zh");

const struct api_param api_param_query = {
    .name = "q",
    .help = "What to look for: words, Chinese characters, pinyin, codes; beginnings are enough",
    .type = API_TEXT,
    .bytes_max = SEARCH_QUERY_BYTES_MAX,
    .is_required = true,
    .example = "battery",
};
const struct api_param api_param_found_kind =
    CODE("kind", &api_kind_found, "Only hits of this kind", "node");
const struct api_param api_param_page_lang =
    CODE("lang", &api_kind_lang, "The language of the page; English when nothing is said", "zh");

enum lang api_sort_lang(const struct api_call *call) {
    uint32_t sort = kind_of_code(&api_kind_sort, api_call_value(call, &api_param_sort));
    return sort == 0 ? LANG_EN : (enum lang)(sort - 1);
}

enum err api_prepare_directory(struct api_call *call, struct errinfo *info) {
    static const struct api_param *const params[DIRECTORY_KEYS] = {
        [DIRECTORY_CHAIN] = &api_param_chain,   [DIRECTORY_STAGE] = &api_param_stage,
        [DIRECTORY_NODE] = &api_param_node,     [DIRECTORY_COUNTRY] = &api_param_country,
        [DIRECTORY_REGION] = &api_param_region, [DIRECTORY_SIZE] = &api_param_size,
        [DIRECTORY_AREA] = &api_param_area,     [DIRECTORY_TYPE] = &api_param_type,
        [DIRECTORY_SEEN] = &api_param_seen,     [DIRECTORY_LEAD] = &api_param_lead,
        [DIRECTORY_WORDS] = &api_param_words,   [DIRECTORY_PAVILION] = &api_param_pavilion,
    };
    struct directory_filter *filter = arena_new(call->scope.arena, 1, sizeof(*filter));
    if (filter == NULL)
        return err_memory(info);
    directory_filter_init(filter);
    call->filter = filter;
    for (enum directory_key key = 0; key < DIRECTORY_KEYS; key++) {
        struct str value = api_call_value(call, params[key]);
        if (value.ptr == NULL)
            continue;
        enum err e =
            snapshot_filter_set(call->scope.snapshot, key, value, call->scope.arena, filter, info);
        if (e == ERR_INPUT || e == ERR_LIMIT)
            return api_call_problem(call, API_PROBLEM_INVALID_PARAMETER, params[key]->name, e);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}
