/* The table of routes: see route.h. */
#include "api/openapi.h"
#include "api/params.h"
#include "api/resources.h"

/* What every list takes, and what every record of an edition takes. */
#define LIST_PARAMS &api_param_edition, &api_param_fields, &api_param_limit, &api_param_cursor, NULL
#define RECORD_PARAMS &api_param_edition, &api_param_fields, NULL

#define PARAMS(...)                                                                                \
    .param = (const struct api_param *const[]) {                                                   \
        __VA_ARGS__                                                                                \
    }

const struct api_route api_routes[] = {
    {.id = "listAddresses",
     .path = "/api/v1",
     PARAMS(NULL),
     .record = &api_address,
     .list = &api_list_addresses,
     .summary_en = "The addresses of the API",
     .summary_zh = "本接口的全部地址"},
    {.id = "listEditions",
     .path = "/api/v1/editions",
     PARAMS(&api_param_fields, &api_param_limit, &api_param_cursor, NULL),
     .record = &api_edition,
     .list = &api_list_editions,
     .is_of_edition = true,
     .summary_en = "Editions of the expo, the first one first",
     .summary_zh = "历届展会，按届次排列"},
    {.id = "getEdition",
     .path = "/api/v1/editions/{edition}",
     PARAMS(&api_path_edition, &api_param_fields, NULL),
     .record = &api_edition,
     .find = api_find_edition,
     .is_of_edition = true,
     .summary_en = "One edition",
     .summary_zh = "某一届展会"},
    {.id = "listAreas",
     .path = "/api/v1/areas",
     PARAMS(LIST_PARAMS),
     .record = &api_area,
     .list = &api_list_areas,
     .is_of_edition = true,
     .summary_en = "Areas of the edition and the chains they show",
     .summary_zh = "本届展区及其展示的产业链"},
    {.id = "listExhibitors",
     .path = "/api/v1/exhibitors",
     PARAMS(&api_param_chain, &api_param_stage, &api_param_node, &api_param_country,
            &api_param_region, &api_param_size, &api_param_area, &api_param_type, &api_param_seen,
            &api_param_lead, &api_param_pavilion, &api_param_words, &api_param_sort, LIST_PARAMS),
     .record = &api_exhibitor,
     .list = &api_list_exhibitors,
     .is_of_edition = true,
     .summary_en = "Exhibitors, by name",
     .summary_zh = "展商名录，按名称排列",
     .help = "Filters are all met at once. Names are sorted as readers of the language sort them: "
             "English by letters, Chinese by pinyin."},
    {.id = "getExhibitor",
     .path = "/api/v1/exhibitors/{id}",
     PARAMS(&api_path_exhibitor, RECORD_PARAMS),
     .record = &api_exhibitor_detail,
     .find = api_find_exhibitor,
     .is_of_edition = true,
     .summary_en = "One exhibitor with all that is known of it",
     .summary_zh = "某一展商的全部信息"},
    {.id = "listOrganisations",
     .path = "/api/v1/organisations",
     PARAMS(&api_param_country, &api_param_region, &api_param_size, &api_param_words,
            &api_param_sort, LIST_PARAMS),
     .record = &api_organisation,
     .list = &api_list_organisations,
     .is_of_edition = true,
     .summary_en = "Organisations of all editions, by name",
     .summary_zh = "历届机构与企业，按名称排列"},
    {.id = "getOrganisation",
     .path = "/api/v1/organisations/{id}",
     PARAMS(&api_path_organisation, RECORD_PARAMS),
     .record = &api_organisation_detail,
     .find = api_find_organisation,
     .is_of_edition = true,
     .summary_en = "One organisation",
     .summary_zh = "某一机构或企业"},
    {.id = "getOpenapi",
     .path = "/api/openapi.json",
     PARAMS(NULL),
     .draw = api_draw_openapi,
     .schema = "{\"type\":\"object\",\"required\":[\"openapi\",\"info\",\"paths\"]}",
     .summary_en = "This API as an OpenAPI 3.1 document",
     .summary_zh = "本接口的 OpenAPI 3.1 文档"},
};

const uint32_t api_routes_count = API_COUNT(api_routes);
