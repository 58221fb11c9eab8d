/* The table of routes: see route.h. */
#include "api/data.h"
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

/* A route to one record, and to a list, of an edition. */
#define ONE(ID, PATH, RECORD, FIND, EN, ZH, ...)                                                   \
    {                                                                                              \
        .id = ID, .path = PATH, .record = RECORD, .find = FIND, .is_of_edition = true,             \
        .summary_en = EN, .summary_zh = ZH, PARAMS(__VA_ARGS__)                                    \
    }
#define MANY(ID, PATH, RECORD, LIST, EN, ZH, ...)                                                  \
    {                                                                                              \
        .id = ID, .path = PATH, .record = RECORD, .list = LIST, .is_of_edition = true,             \
        .summary_en = EN, .summary_zh = ZH, PARAMS(__VA_ARGS__)                                    \
    }

const struct api_route api_routes[] = {
    {.id = "listAddresses",
     .path = "/api/v1",
     PARAMS(NULL),
     .record = &api_address,
     .list = &api_list_addresses,
     .summary_en = "The addresses of the API",
     .summary_zh = "本接口的全部地址"},
    MANY("listEditions", "/api/v1/editions", &api_edition, &api_list_editions,
         "Editions of the expo, the first one first", "历届展会，按届次排列", &api_param_fields,
         &api_param_limit, &api_param_cursor, NULL),
    ONE("getEdition", "/api/v1/editions/{edition}", &api_edition_detail, api_find_edition,
        "One edition", "某一届展会", &api_path_edition, &api_param_fields, NULL),
    MANY("listAreas", "/api/v1/areas", &api_area, &api_list_areas,
         "Areas of the edition and the chains they show", "本届展区及其展示的产业链", LIST_PARAMS),
    MANY("listExhibitors", "/api/v1/exhibitors", &api_exhibitor, &api_list_exhibitors,
         "Exhibitors, by name", "展商名录，按名称排列", &api_param_chain, &api_param_stage,
         &api_param_node, &api_param_country, &api_param_region, &api_param_size, &api_param_area,
         &api_param_type, &api_param_seen, &api_param_lead, &api_param_pavilion, &api_param_words,
         &api_param_sort, LIST_PARAMS),
    ONE("getExhibitor", "/api/v1/exhibitors/{id}", &api_exhibitor_detail, api_find_exhibitor,
        "One exhibitor with all that is known of it", "某一展商的全部信息", &api_path_exhibitor,
        RECORD_PARAMS),
    MANY("listSuppliers", "/api/v1/exhibitors/{id}/suppliers", &api_neighbour, &api_list_suppliers,
         "Exhibitors up the chains that could supply one, the nearest first",
         "某一展商的上游伙伴，由近及远", &api_path_exhibitor, &api_param_in_chain, LIST_PARAMS),
    MANY("listCustomers", "/api/v1/exhibitors/{id}/customers", &api_neighbour, &api_list_customers,
         "Exhibitors down the chains that could buy from one, the nearest first",
         "某一展商的下游伙伴，由近及远", &api_path_exhibitor, &api_param_in_chain, LIST_PARAMS),
    MANY("listOrganisations", "/api/v1/organisations", &api_organisation, &api_list_organisations,
         "Organisations of all editions, by name", "历届机构与企业，按名称排列", &api_param_country,
         &api_param_region, &api_param_size, &api_param_words, &api_param_sort, LIST_PARAMS),
    ONE("getOrganisation", "/api/v1/organisations/{id}", &api_organisation_detail,
        api_find_organisation, "One organisation", "某一机构或企业", &api_path_organisation,
        RECORD_PARAMS),
    MANY("listChains", "/api/v1/chains", &api_chain, &api_list_chains,
         "Chains and how far they are offered, stage by stage", "产业链及其各段供给情况",
         LIST_PARAMS),
    ONE("getChain", "/api/v1/chains/{code}", &api_chain_detail, api_find_chain,
        "One chain: its nodes with who offers them and what is missing, its links, its services",
        "某一产业链：各环节的供给与缺口、环节间的联系、配套服务", &api_path_chain, RECORD_PARAMS),
    ONE("getChainMap", "/api/v1/chains/{code}/map", &api_chain_map, api_find_chain_map,
        "The map of a chain as coordinates", "某一产业链全景图的坐标", &api_path_chain,
        &api_param_lang, RECORD_PARAMS),
    MANY("listNodes", "/api/v1/nodes", &api_node, &api_list_nodes,
         "Nodes of the catalogue and how well they are offered", "目录中的环节及其供给情况",
         &api_param_in_chain, &api_param_at_stage, &api_param_node_kind, &api_param_coverage,
         LIST_PARAMS),
    ONE("getNode", "/api/v1/nodes/{code}", &api_node_detail, api_find_node,
        "One node: who offers and needs it, what it is made from and goes into",
        "某一环节：谁提供、谁需要、由什么制成、用于什么", &api_path_node, RECORD_PARAMS),
    MANY("listGaps", "/api/v1/gaps", &api_gap, &api_list_gaps,
         "What is missing, chain by chain, the most important first, and who could fill it",
         "各产业链的缺口（按重要程度排列）及谁能补链", &api_param_in_chain, &api_param_at_stage,
         &api_param_of_node, &api_param_gap_kind, &api_param_gap_state, LIST_PARAMS),
    MANY("listScenarios", "/api/v1/scenarios", &api_scenario, &api_list_scenarios,
         "Scenarios: end uses across the chains", "应用场景：跨链追踪的终端用途", LIST_PARAMS),
    ONE("getScenario", "/api/v1/scenarios/{code}", &api_scenario_detail, api_find_scenario,
        "One scenario with its bill and who provides each part",
        "某一应用场景的清单及各部分的提供者", &api_path_scenario, RECORD_PARAMS),
    MANY("listPavilions", "/api/v1/pavilions", &api_pavilion, &api_list_pavilions,
         "Pavilions, guests of honour first", "展团与主宾，主宾在前", &api_param_pavilion_kind,
         LIST_PARAMS),
    ONE("getPavilion", "/api/v1/pavilions/{id}", &api_pavilion_detail, api_find_pavilion,
        "One pavilion with its texts, members, exhibits and events",
        "某一展团的介绍、成员、展品与活动", &api_path_pavilion, RECORD_PARAMS),
    MANY("listExhibits", "/api/v1/exhibits", &api_exhibit, &api_list_exhibits,
         "Exhibits and debuts", "展品与首发首秀", &api_param_field, &api_param_of_node,
         &api_param_of_exhibitor, &api_param_in_pavilion, &api_param_debut, LIST_PARAMS),
    ONE("getExhibit", "/api/v1/exhibits/{id}", &api_exhibit, api_find_exhibit, "One exhibit",
        "某一展品", &api_path_exhibit, RECORD_PARAMS),
    MANY("listProgramme", "/api/v1/programme", &api_entry, &api_list_programme,
         "The programme by day and hour; what is not yet dated comes last",
         "活动日程，按日期时间排列，未定日期者在后", &api_param_entry_kind, &api_param_in_area,
         &api_param_day, &api_param_hosted_by, LIST_PARAMS),
    ONE("getProgrammeEntry", "/api/v1/programme/{code}", &api_entry, api_find_entry,
        "One programme entry", "某一活动", &api_path_entry, RECORD_PARAMS),
    MANY("listFigures", "/api/v1/figures", &api_figure, &api_list_figures,
         "Published figures with definition, state, day and source",
         "公布的数字及其口径、状态、日期与来源", &api_param_figure, &api_param_every_edition,
         LIST_PARAMS),
    MANY("listCountries", "/api/v1/countries", &api_country, &api_list_countries,
         "Countries and regions that organisations come from", "机构与企业所属国家/地区",
         LIST_PARAMS),
    MANY("listRegions", "/api/v1/regions", &api_region, &api_list_regions,
         "Provinces and states that organisations come from", "机构与企业所属省州", LIST_PARAMS),
    MANY("listWords", "/api/v1/vocabulary", &api_word, &api_list_words,
         "The codes of all closed lists and what they mean", "各类代码及其含义", LIST_PARAMS),
    {.id = "getDataPackage",
     .path = "/api/v1/data/{edition}/datapackage.json",
     PARAMS(&api_path_edition, NULL),
     .draw = api_draw_package,
     .schema = "{\"type\":\"object\",\"required\":[\"name\",\"resources\"]}",
     .is_of_edition = true,
     .summary_en = "The open data of an edition: what the tables are (Frictionless Data Package)",
     .summary_zh = "本届开放数据的说明（Frictionless Data Package）"},
    {.id = "getDataTable",
     .path = "/api/v1/data/{edition}/{file}",
     PARAMS(&api_path_edition, &api_path_file, NULL),
     .draw = api_draw_table,
     .content_type = "application/json text/csv",
     .schema = "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}",
     .is_of_edition = true,
     .summary_en = "A whole table of the open data, as CSV or JSON",
     .summary_zh = "开放数据的一张完整表格，CSV 或 JSON"},
    {.id = "getCurrentData",
     .path = "/api/v1/data/{file}",
     PARAMS(&api_path_file, &api_param_edition, NULL),
     .draw = api_draw_redirect,
     .schema = "{}",
     .is_of_edition = true,
     .is_redirect = true,
     .summary_en = "The way to a file of the open data of the current edition",
     .summary_zh = "转到当前届次的开放数据文件"},
    {.id = "getOpenapi",
     .path = "/api/openapi.json",
     PARAMS(NULL),
     .draw = api_draw_openapi,
     .schema = "{\"type\":\"object\",\"required\":[\"openapi\",\"info\",\"paths\"]}",
     .summary_en = "This API as an OpenAPI 3.1 document",
     .summary_zh = "本接口的 OpenAPI 3.1 文档"},
};

const uint32_t api_routes_count = API_COUNT(api_routes);
