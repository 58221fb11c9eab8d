/*
 * The sheets about a generated edition as a whole: edition, areas, figures, and the headers of all.
 * See parts.h. Areas and figures are written last, from what was counted.
 */
#include "service/sample/parts.h"

#include <stdio.h>

static const char *const sheet_files[SAMPLE_SHEETS] = {[SAMPLE_EDITIONS] = "editions.csv",
                                                       [SAMPLE_AREAS] = "areas.csv",
                                                       [SAMPLE_EXHIBITORS] = "exhibitors.csv",
                                                       [SAMPLE_EXHIBITS] = "exhibits.csv",
                                                       [SAMPLE_JOINT_STANDS] = "joint_stands.csv",
                                                       [SAMPLE_PAVILIONS] = "pavilions.csv",
                                                       [SAMPLE_PAVILION_TEXTS] =
                                                           "pavilion_texts.csv",
                                                       [SAMPLE_PROGRAMME] = "programme.csv",
                                                       [SAMPLE_FIGURES] = "figures.csv",
                                                       [SAMPLE_EXPECTED] = "expected.csv"};

static const char *const sheet_headers[SAMPLE_SHEETS] = {
    [SAMPLE_EDITIONS] = "edition,ordinal,name_en,name_zh,city_en,city_zh,venue_en,venue_zh,starts,"
                        "ends,theme_en,theme_zh,timezone,summary_en,summary_zh,website",
    [SAMPLE_AREAS] =
        "edition,area,kind,name_en,name_zh,new,size_m2,exhibitors,qualifier,note,source",
    [SAMPLE_EXHIBITORS] =
        "name_en,name_zh,country,region,size,type,lead_exhibitor,area,pavilion,editions,"
        "offers_text,offers_text_zh,offers_nodes,needs_nodes,basis,source",
    [SAMPLE_EXHIBITS] = "edition,exhibitor,pavilion,field,name_en,name_zh,node,description_en,"
                        "description_zh,debut,proof,basis,source",
    [SAMPLE_JOINT_STANDS] = "edition,lead_exhibitor,participants_reported,qualifier,participants_"
                            "named,note,source",
    [SAMPLE_PAVILIONS] =
        "edition,kind,name_en,name_zh,code,theme,theme_zh,participants,qualifier,source",
    [SAMPLE_PAVILION_TEXTS] = "edition,pavilion,section,text_en,text_zh,source",
    [SAMPLE_PROGRAMME] =
        "id,edition,date,end_date,start_time,end_time,time_of_day,kind,state,area,title_en,"
        "title_zh,place_en,place_zh,hosts,hosts_zh,summary_en,summary_zh,participants,note,source",
    [SAMPLE_FIGURES] =
        "edition,figure,value,unit,qualifier,state,as_of,definition_note,definition_zh,source",
    [SAMPLE_EXPECTED] = "record,kind,column,value,of_record,name_en"};

const char *sample_sheet_file(enum sample_sheet sheet) {
    return sheet_files[sheet];
}

void sample_event_days(struct sample_run *run) {
    /* The 2nd edition began on the 26th of November 2024. */
    unsigned first = run->options->edition == 2024 ? 26 : 24;
    snprintf(run->edition, sizeof(run->edition), "%u", run->options->edition);
    snprintf(run->starts, sizeof(run->starts), "%u-11-%02u", run->options->edition, first);
    snprintf(run->ends, sizeof(run->ends), "%u-11-%02u", run->options->edition, first + 4);
    snprintf(run->source, sizeof(run->source), "generated, seed %llu",
             (unsigned long long)run->options->seed);
}

enum err sample_event_headers(struct sample_run *run, struct errinfo *info) {
    for (int sheet = 0; sheet < SAMPLE_SHEETS; sheet++) {
        buf_add_c(&run->record, sheet_headers[sheet]);
        enum err code = sample_send(run->sink, (enum sample_sheet)sheet, &run->record, info);
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

/* Edition and areas ---------------------------------------------------------------------------- */

static enum err write_edition(struct sample_run *run, struct errinfo *info) {
    struct buf *r = &run->record;
    uint32_t year = run->options->edition;
    sample_cell_c(r, run->edition);
    sample_cell_u64(r, year > 2022 ? year - 2022 : 1); /* the 1st edition was 2023 */
    buf_printf(r, ",Generated Supply Chain Expo %u", year);
    buf_printf(r, ",模拟供应链博览会%u", year);
    sample_cell_c(r, "Beijing");
    sample_cell_c(r, "北京");
    sample_cell_c(r, "Generated halls");
    sample_cell_c(r, "模拟展馆");
    sample_cell_c(r, run->starts);
    sample_cell_c(r, run->ends);
    sample_cell_c(r, "Connecting the World for a Shared Future");
    sample_cell_c(r, "链接世界，共创未来");
    sample_cell_c(r, "Asia/Shanghai");
    sample_cell_c(r, "A generated edition: every firm, event and number in it is made up. Chains "
                     "run from the first material to the finished product, with the services "
                     "around them.");
    sample_cell_c(r,
                  "模拟生成的一届展会，所有企业、活动和数字均为虚构。产业链从上游原料展到下游成品，"
                  "并配有供应链服务。");
    sample_cell_c(r, "https://expo.example");
    return sample_send(run->sink, SAMPLE_EDITIONS, r, info);
}

static enum err write_areas(struct sample_run *run, struct errinfo *info) {
    const struct sample_catalogue *c = run->catalogue;
    struct buf *r = &run->record;
    enum err code = ERR_OK;
    for (uint32_t area = 0; area <= c->chains_len && code == ERR_OK; area++) {
        bool zone = area == c->chains_len;
        if (zone && run->counts.area_exhibitors[area] == 0)
            break;
        struct str id = zone ? STR("international") : c->chains[area].code;
        sample_cell_c(r, run->edition);
        sample_cell(r, id);
        sample_cell_c(r, zone ? "zone" : str_ends(id, STR("services")) ? "services" : "chain");
        sample_cell(r, zone ? STR("International Zone") : c->chains[area].name_en);
        sample_cell(r, zone ? STR("国际展区") : c->chains[area].name_zh);
        /* One area is new in each edition, as in 2024. */
        sample_cell_c(r, area == run->options->seed % c->chains_len ? "yes" : "no");
        sample_cell_u64(r, run->counts.area_m2[area]);
        sample_cell_u64(r, run->counts.area_exhibitors[area]);
        sample_cell_c(r, "exact");
        sample_cell_c(r, "stands and aisles; exhibitors without their partners");
        sample_cell_c(r, run->source);
        code = sample_send(run->sink, SAMPLE_AREAS, r, info);
    }
    return code;
}

/* Figures -------------------------------------------------------------------------------------- */

static enum err write_figure(struct sample_run *run, const char *figure, struct str value,
                             const char *unit, const struct sample_word *definition,
                             struct errinfo *info) {
    struct buf *r = &run->record;
    sample_cell_c(r, run->edition);
    sample_cell_c(r, figure);
    sample_cell(r, value);
    sample_cell_c(r, unit);
    sample_cell_c(r, "exact");
    sample_cell_c(r, "closing");
    sample_cell_c(r, run->ends);
    sample_cell_c(r, definition->en);
    sample_cell_c(r, definition->zh);
    sample_cell_c(r, run->source);
    return sample_send(run->sink, SAMPLE_FIGURES, r, info);
}

static enum err write_count(struct sample_run *run, const char *figure, uint64_t value,
                            const char *unit, const struct sample_word *definition,
                            struct errinfo *info) {
    char number[24];
    int len = snprintf(number, sizeof(number), "%llu", (unsigned long long)value);
    return write_figure(run, figure, (struct str){number, (size_t)len}, unit, definition, info);
}

static enum err write_foreign_share(struct sample_run *run, struct errinfo *info) {
    const struct sample_counts *n = &run->counts;
    /* Tenths of a percent, rounded half up, in whole numbers: the same on every machine. */
    uint64_t tenths = (n->foreign * 2000 + n->exhibitors) / (2 * n->exhibitors);
    char number[24];
    int len = snprintf(number, sizeof(number), "%llu.%llu", (unsigned long long)(tenths / 10),
                       (unsigned long long)(tenths % 10));
    static const struct sample_word definition = {
        "share of exhibitors from outside the mainland, partners not counted",
        "境外参展商占比，不含合作伙伴"};
    return write_figure(run, "foreign_share", (struct str){number, (size_t)len}, "%", &definition,
                        info);
}

static enum err write_figures(struct sample_run *run, struct errinfo *info) {
    const struct sample_counts *n = &run->counts;
    uint64_t gross_m2 = 0;
    for (uint32_t area = 0; area <= run->catalogue->chains_len; area++)
        gross_m2 += n->area_m2[area];
    const struct {
        const char *figure, *unit;
        struct sample_word definition;
        uint64_t value;
    } counted[] = {
        {"exhibitors_contracted",
         "exhibitors",
         {"rows that are not co-exhibitors", "除联合参展外的参展商"},
         n->exhibitors},
        {"partners_brought",
         "firms",
         {"co-exhibitors brought by lead exhibitors", "主展商带来的联合参展企业"},
         n->partners},
        {"exhibitors_with_partners",
         "firms",
         {"all rows", "全部参展企业"},
         n->exhibitors + n->partners},
        {"foreign_exhibitors",
         "exhibitors",
         {"exhibitors from outside the mainland", "境外参展商"},
         n->foreign},
        {"countries",
         "countries and regions",
         {"countries and regions outside the mainland among the exhibitors",
          "境外参展商所属的国家和地区"},
         n->countries},
        {"joint_stands",
         "stands",
         {"lead exhibitors with at least one partner", "至少带来一家合作伙伴的主展商"},
         n->joint_stands},
        {"country_pavilions",
         "pavilions",
         {"guest country and country stands", "主宾国馆和国家展位"},
         n->country_stands},
        {"exhibits", "exhibits", {"rows of exhibits", "登记的展品"}, n->exhibits},
        {"debuts",
         "exhibits",
         {"exhibits shown first, in the world, in China or at the expo",
          "全球、中国或本届首发首展的展品"},
         n->debuts},
        {"events", "events", {"rows of the programme", "日程中的活动"}, SAMPLE_CONFERENCES},
        {"gross_area", "m2", {"sum of the areas", "各展区面积之和"}, gross_m2},
    };
    enum err code = ERR_OK;
    for (size_t i = 0; i < sizeof(counted) / sizeof(counted[0]) && code == ERR_OK; i++)
        code = write_count(run, counted[i].figure, counted[i].value, counted[i].unit,
                           &counted[i].definition, info);
    return code == ERR_OK ? write_foreign_share(run, info) : code;
}

enum err sample_event_write(struct sample_run *run, struct errinfo *info) {
    enum err code = write_edition(run, info);
    if (code == ERR_OK)
        code = write_areas(run, info);
    if (code == ERR_OK)
        code = sample_programme_write(run, info);
    return code == ERR_OK ? write_figures(run, info) : code;
}
