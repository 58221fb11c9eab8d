/*
 * The sheets about a generated edition as a whole: edition, areas, pavilions, programme, figures.
 * See parts.h. Areas and figures are written last, from what was counted.
 */
#include "service/sample/parts.h"

#include <stdio.h>

static const char *const sheet_files[SAMPLE_SHEETS] = {
    [SAMPLE_EDITIONS] = "editions.csv",         [SAMPLE_AREAS] = "areas.csv",
    [SAMPLE_EXHIBITORS] = "exhibitors.csv",     [SAMPLE_EXHIBITS] = "exhibits.csv",
    [SAMPLE_JOINT_STANDS] = "joint_stands.csv", [SAMPLE_PAVILIONS] = "pavilions.csv",
    [SAMPLE_PROGRAMME] = "programme.csv",       [SAMPLE_FIGURES] = "figures.csv",
    [SAMPLE_EXPECTED] = "expected.csv"};

static const char *const sheet_headers[SAMPLE_SHEETS] = {
    [SAMPLE_EDITIONS] = "edition,ordinal,name_en,name_zh,city_en,venue_en,starts,ends,theme_en",
    [SAMPLE_AREAS] =
        "edition,area,kind,name_en,name_zh,new,size_m2,exhibitors,qualifier,note,source",
    [SAMPLE_EXHIBITORS] =
        "name_en,name_zh,country,region,size,type,lead_exhibitor,area,editions,offers_text,"
        "offers_text_zh,offers_nodes,needs_nodes,basis,source",
    [SAMPLE_EXHIBITS] = "edition,exhibitor,pavilion,field,name_en,name_zh,node,debut,basis,source",
    [SAMPLE_JOINT_STANDS] = "edition,lead_exhibitor,participants_reported,qualifier,participants_"
                            "named,note,source",
    [SAMPLE_PAVILIONS] = "edition,kind,name_en,name_zh,code,theme,participants,qualifier,source",
    [SAMPLE_PROGRAMME] = "id,edition,date,end_date,time_of_day,kind,area,title_en,title_zh,hosts,"
                         "participants,note,source",
    [SAMPLE_FIGURES] = "edition,figure,value,unit,qualifier,state,as_of,definition_note,source",
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

/* Pavilions ------------------------------------------------------------------------------------ */

/* Countries of the pavilions: steps that come round to each country outside the mainland once
 * (their number, without the regions under CN at the end of the table, is prime). */
static uint32_t pavilion_country(uint64_t seed, uint32_t index) {
    enum { STEP = 29 };
    uint32_t count = sample_words.countries_len;
    while (count > 1 && sample_words.countries[count - 1].region[0] != '\0')
        count--;
    return (uint32_t)((seed % count + (uint64_t)index * STEP) % count);
}

static void pavilion_of_country(struct sample_firm *firm, bool guest) {
    const struct sample_country *country = &sample_words.countries[firm->country];
    snprintf(firm->name_en, SAMPLE_NAME_MAX, "%s %s", country->en, guest ? "Pavilion" : "Stand");
    snprintf(firm->name_zh, SAMPLE_NAME_MAX, "%s%s", country->zh, guest ? "馆" : "展位");
}

static const char *draw_pavilion(struct sample_run *run, uint32_t index, struct sample_firm *firm) {
    const struct sample_words *w = &sample_words;
    uint64_t seed = run->options->seed;
    if (index == 1 || index == 2) {
        const struct sample_province *p =
            &w->provinces[(seed % w->provinces_len + index) % w->provinces_len];
        snprintf(firm->name_en, SAMPLE_NAME_MAX, "%s Province Pavilion", p->en);
        snprintf(firm->name_zh, SAMPLE_NAME_MAX, "%s馆", p->zh);
        firm->region = p->region;
        return "guest-province";
    }
    if (index % 6 == 5) {
        /* 7 and the number of cities have no common divisor, so that no city comes twice. */
        const struct sample_city *city =
            &w->cities[(seed % w->cities_len + (uint64_t)index * 7) % w->cities_len];
        const struct sample_word *trade = &w->trades[index % (w->trades_len - 1)].word[0];
        snprintf(firm->name_en, SAMPLE_NAME_MAX, "%s %s Cluster", city->en, trade->en);
        snprintf(firm->name_zh, SAMPLE_NAME_MAX, "%s%s产业集群", city->zh, trade->zh);
        firm->region = city->region;
        firm->area = index % run->catalogue->chains_len;
        return "cluster";
    }
    firm->country = pavilion_country(seed, index);
    pavilion_of_country(firm, index == 0);
    run->counts.country_stands++;
    return index == 0 ? "guest-country" : "country-stand";
}

enum err sample_event_pavilion(struct sample_run *run, uint32_t index, uint32_t participants,
                               struct sample_firm *firm, struct errinfo *info) {
    memset(firm, 0, sizeof(*firm));
    firm->country = SAMPLE_NONE;
    firm->region = "";
    firm->size = "institution";
    firm->type = "pavilion";
    firm->area = run->catalogue->chains_len;
    firm->stand_m2 = 54 + 18 * rng_below(&run->rng, 10);
    const char *kind = draw_pavilion(run, index, firm);
    struct buf *r = &run->record;
    sample_cell_c(r, run->edition);
    sample_cell_c(r, kind);
    sample_cell_c(r, firm->name_en);
    sample_cell_c(r, firm->name_zh);
    sample_cell_c(r, firm->region[0] != '\0' ? firm->region : sample_firm_country(firm));
    sample_cell_c(r, participants > 0 ? "joint stand of its firms" : "");
    if (participants > 0)
        sample_cell_u64(r, participants);
    else
        sample_cell_c(r, "");
    sample_cell_c(r, participants > 0 ? "exact" : "");
    sample_cell_c(r, run->source);
    return sample_send(run->sink, SAMPLE_PAVILIONS, r, info);
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
    sample_cell_c(r, "Generated halls");
    sample_cell_c(r, run->starts);
    sample_cell_c(r, run->ends);
    sample_cell_c(r, "Connecting the World for a Shared Future");
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

/* Programme ------------------------------------------------------------------------------------ */

static const struct sample_word topics[] = {
    {"resilience of supply", "供应韧性"},
    {"small and medium firms in the chain", "中小企业融链"},
    {"green and low carbon", "绿色低碳"},
    {"standards that connect", "标准联通"},
    {"new materials", "新材料"},
    {"intelligent manufacturing", "智能制造"},
    {"finance along the chain", "供应链金融"},
    {"digital twins and data", "数字孪生与数据"},
    {"cross-border co-operation", "跨境合作"},
    {"quality and testing", "质量与检测"},
    {"talent and training", "人才培养"},
    {"logistics and corridors", "物流与通道"},
    {"recycling and remanufacture", "回收与再制造"},
};

struct event_kind {
    const char *kind;
    const char *en, *zh; /* follow the topic */
};

static const struct event_kind event_kinds[] = {
    {"forum", "forum", "论坛"},
    {"forum", "round table", "圆桌会"},
    {"matchmaking", "matchmaking", "对接会"},
    {"launch", "launches", "发布会"},
    {"promotion", "promotion", "推介会"},
    {"signing", "signing", "签约仪式"},
    {"conference", "conference", "大会"},
};

enum { TOPICS = sizeof(topics) / sizeof(topics[0]) };
enum { EVENT_KINDS = sizeof(event_kinds) / sizeof(event_kinds[0]) };

/* Starts the record of one event: id to kind and area. */
static void begin_event(struct sample_run *run, uint32_t index, uint32_t day, const char *time,
                        const char *kind, struct str area) {
    struct buf *r = &run->record;
    char date[16];
    snprintf(date, sizeof(date), "%.8s%02d", run->starts,
             10 * (run->starts[8] - '0') + (run->starts[9] - '0') + (int)day);
    buf_printf(r, "G%s-%02u", run->edition, index + 1);
    sample_cell_c(r, run->edition);
    sample_cell_c(r, date);
    sample_cell_c(r, "");
    sample_cell_c(r, time);
    sample_cell_c(r, kind);
    sample_cell(r, area);
}

static enum err end_event(struct sample_run *run, uint64_t participants, struct errinfo *info) {
    struct buf *r = &run->record;
    sample_cell_c(r, "Organising committee");
    sample_cell_u64(r, participants);
    sample_cell_c(r, "");
    sample_cell_c(r, run->source);
    return sample_send(run->sink, SAMPLE_PROGRAMME, r, info);
}

static enum err write_programme(struct sample_run *run, struct errinfo *info) {
    const struct sample_catalogue *c = run->catalogue;
    struct buf *r = &run->record;
    for (uint32_t i = 0; i < SAMPLE_CONFERENCES; i++) {
        if (i == 0) {
            begin_event(run, i, 0, "morning", "ceremony", STR(""));
            sample_cell_c(r, "Opening ceremony");
            sample_cell_c(r, "开幕式");
        } else if (i + 1 == SAMPLE_CONFERENCES) {
            begin_event(run, i, 4, "afternoon", "press", STR(""));
            sample_cell_c(r, "Closing press conference");
            sample_cell_c(r, "闭幕新闻发布会");
        } else {
            /* Chains and topics advance together; 91 pairs come before one is repeated. */
            const struct sample_chain *chain = &c->chains[i % c->chains_len];
            const struct sample_word *topic = &topics[i % TOPICS];
            const struct event_kind *kind = &event_kinds[rng_below(&run->rng, EVENT_KINDS)];
            begin_event(run, i, rng_below(&run->rng, 5),
                        rng_below(&run->rng, 2) == 0 ? "morning" : "afternoon", kind->kind,
                        chain->code);
            buf_clear(&run->en);
            buf_clear(&run->zh);
            buf_printf(&run->en, "%.*s: %s, %s", STR_ARG(chain->name_en), topic->en, kind->en);
            buf_printf(&run->zh, "%.*s%s%s", STR_ARG(chain->name_zh), topic->zh, kind->zh);
            sample_cell(r, buf_str(&run->en));
            sample_cell(r, buf_str(&run->zh));
        }
        enum err code = end_event(run, 50 + 10 * rng_below(&run->rng, 45), info);
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

/* Figures -------------------------------------------------------------------------------------- */

static enum err write_figure(struct sample_run *run, const char *figure, struct str value,
                             const char *unit, const char *definition, struct errinfo *info) {
    struct buf *r = &run->record;
    sample_cell_c(r, run->edition);
    sample_cell_c(r, figure);
    sample_cell(r, value);
    sample_cell_c(r, unit);
    sample_cell_c(r, "exact");
    sample_cell_c(r, "closing");
    sample_cell_c(r, run->ends);
    sample_cell_c(r, definition);
    sample_cell_c(r, run->source);
    return sample_send(run->sink, SAMPLE_FIGURES, r, info);
}

static enum err write_count(struct sample_run *run, const char *figure, uint64_t value,
                            const char *unit, const char *definition, struct errinfo *info) {
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
    return write_figure(run, "foreign_share", (struct str){number, (size_t)len}, "%",
                        "share of exhibitors from outside the mainland, partners not counted",
                        info);
}

static enum err write_figures(struct sample_run *run, struct errinfo *info) {
    const struct sample_counts *n = &run->counts;
    uint64_t gross_m2 = 0;
    for (uint32_t area = 0; area <= run->catalogue->chains_len; area++)
        gross_m2 += n->area_m2[area];
    const struct {
        const char *figure, *unit, *definition;
        uint64_t value;
    } counted[] = {
        {"exhibitors_contracted", "exhibitors", "rows that are not co-exhibitors", n->exhibitors},
        {"partners_brought", "firms", "co-exhibitors brought by lead exhibitors", n->partners},
        {"exhibitors_with_partners", "firms", "all rows", n->exhibitors + n->partners},
        {"foreign_exhibitors", "exhibitors", "exhibitors from outside the mainland", n->foreign},
        {"countries", "countries and regions",
         "countries and regions outside the mainland among the exhibitors", n->countries},
        {"joint_stands", "stands", "lead exhibitors with at least one partner", n->joint_stands},
        {"country_pavilions", "pavilions", "guest country and country stands", n->country_stands},
        {"exhibits", "exhibits", "rows of exhibits", n->exhibits},
        {"debuts", "exhibits", "exhibits shown first, in the world, in China or at the expo",
         n->debuts},
        {"events", "events", "rows of the programme", SAMPLE_CONFERENCES},
        {"gross_area", "m2", "sum of the areas", gross_m2},
    };
    enum err code = ERR_OK;
    for (size_t i = 0; i < sizeof(counted) / sizeof(counted[0]) && code == ERR_OK; i++)
        code = write_count(run, counted[i].figure, counted[i].value, counted[i].unit,
                           counted[i].definition, info);
    return code == ERR_OK ? write_foreign_share(run, info) : code;
}

enum err sample_event_write(struct sample_run *run, struct errinfo *info) {
    enum err code = write_edition(run, info);
    if (code == ERR_OK)
        code = write_areas(run, info);
    if (code == ERR_OK)
        code = write_programme(run, info);
    return code == ERR_OK ? write_figures(run, info) : code;
}
