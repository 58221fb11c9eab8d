/* The parameters that routes take: see params.h. */
#include "api/params.h"

#include "api/codes.h"
#include "service/directory.h"

#define KEY(label, words, sample)                                                                  \
    { .name = label, .help = words, .type = API_KEY, .example = sample }
#define CODE(label, list, words, sample)                                                           \
    { .name = label, .help = words, .type = API_CODE, .kind = list, .example = sample }
#define NUMBER(label, words, sample)                                                               \
    {                                                                                              \
        .name = label, .help = words, .type = API_INTEGER, .min = 1, .max = INT64_MAX,             \
        .example = sample                                                                          \
    }
#define PATH_KEY(label, words, sample)                                                             \
    { .name = label, .help = words, .place = API_IN_PATH, .type = API_KEY, .example = sample }
#define PATH_NUMBER(label, words, sample)                                                          \
    {                                                                                              \
        .name = label, .help = words, .place = API_IN_PATH, .type = API_INTEGER, .min = 1,         \
        .max = INT64_MAX, .example = sample                                                        \
    }

const struct api_param api_param_edition =
    KEY("edition", "Code of the edition; the current one when none is named", "2024");
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

const struct api_param api_path_edition = PATH_KEY("edition", "Code of the edition", "2024");
const struct api_param api_path_organisation = PATH_NUMBER("id", "Number of the organisation", "1");
const struct api_param api_path_exhibitor =
    PATH_NUMBER("id", "Number of the exhibitor's organisation, as in page addresses", "1");

const struct api_param api_param_chain =
    KEY("chain", "Code of a chain: those that offer one of its nodes", "clean-energy");
const struct api_param api_param_stage = CODE(
    "stage", &kind_stage,
    "Those that offer a node of this stage, in the chain that is asked for or in any", "upstream");
const struct api_param api_param_node =
    KEY("node", "Code of a node: those that offer it", "bat.cell");
const struct api_param api_param_country =
    KEY("country", "ISO 3166-1 code of a country or region", "US");
const struct api_param api_param_region = KEY("region", "ISO 3166-2 code of a region", "CN-BJ");
const struct api_param api_param_size = CODE("size", &kind_size, "Size of the firm", "large");
const struct api_param api_param_area =
    KEY("area", "Code of an area of the edition", "smart-vehicle");
const struct api_param api_param_type =
    CODE("type", &kind_exhibitor_type, "How they take part", "direct");
const struct api_param api_param_seen =
    CODE("seen", &api_kind_seen, "New in the register, or returning", "new");
const struct api_param api_param_lead =
    NUMBER("lead", "Number of a lead exhibitor: those it brought", "1");
const struct api_param api_param_pavilion =
    NUMBER("pavilion", "Number of a pavilion: those with an exhibit there", NULL);
const struct api_param api_param_words = {
    .name = "q",
    .help = "Words, each part of one of the names",
    .type = API_TEXT,
    .bytes_max = DIRECTORY_WORDS_BYTES_MAX,
    .example = "battery",
};
const struct api_param api_param_sort =
    CODE("sort", &api_kind_sort, "The order; by English name when nothing is said", "name_zh");

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
            directory_filter_set(call->scope.view, key, value, call->scope.arena, filter, info);
        if (e != ERR_OK)
            return api_call_problem(call, API_PROBLEM_INVALID_PARAMETER, params[key]->name, e);
    }
    return ERR_OK;
}
