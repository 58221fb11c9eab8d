/*
 * The pavilions of a generated edition with what they say and show: see parts.h.
 *
 * Guests of honour tell of themselves in every section and show exhibits of their own; others have
 * a short introduction. What is said of a place is made up and says so.
 */
#include <stdio.h>

#include "service/sample/parts.h"

enum {
    GUEST_FIELDS = 4,       /* as the guest province of the 2nd edition */
    PROVINCE_EXHIBITS = 72, /* "more than 70" */
    COUNTRY_EXHIBITS = 24,
    NODE_STEP = 7,              /* over the places of a chain, to meet every stage */
    EXHIBITORS_PER_EXHIBIT = 8, /* fewer exhibits in small editions */
};

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

/* Texts ---------------------------------------------------------------------------------------- */

/* A section; %s is the name of the pavilion. */
struct section {
    const char *code, *en, *zh;
};

static const struct section guest_sections[] = {
    {"introduction",
     "**%s** is a guest of honour of this edition. Its firms stand side by side with those that "
     "supply them and those that buy from them.",
     "**%s**是本届展会的主宾展馆。馆内企业与其上下游伙伴同台展出。"},
    {"resources",
     "What %s brings to the chains:\n\n1. materials near to where they are used\n2. ports, rails "
     "and "
     "stores that connect\n3. people trained for the work",
     "%s的资源禀赋：\n\n1. 原料就近可得\n2. 港口、铁路与仓储相连\n3. 训练有素的人才"},
    {"culture",
     "Music at eleven and at three, crafts to try, a table of tea and bread. *Sit down for a "
     "while.*",
     "每天十一点和三点有音乐演出，可体验手工艺，备有茶点。*欢迎小坐。*"},
    {"landscapes",
     "A walk along the wall of pictures leads from the river to the mountains and to the sea.",
     "沿图片墙前行，从江河走到群山，再走到大海。"},
    {"brand",
     "> Made together.\n\nThe mark of %s stands on every exhibit that was made along a whole "
     "chain.",
     "> 同链共造。\n\n由整条产业链共同完成的展品，均贴有%s的标识。"},
};

static const struct section short_section = {
    "introduction", "The joint stand of %s: information, contacts and samples.",
    "%s联合展台：信息咨询、对接与样品展示。"};

static enum err write_text(struct sample_run *run, const struct sample_firm *firm,
                           const char *section, struct errinfo *info) {
    struct buf *r = &run->record;
    sample_cell_c(r, run->edition);
    sample_cell_c(r, firm->name_en);
    sample_cell_c(r, section);
    sample_cell(r, buf_str(&run->en));
    sample_cell(r, buf_str(&run->zh));
    sample_cell_c(r, run->source);
    return sample_send(run->sink, SAMPLE_PAVILION_TEXTS, r, info);
}

/* Appends a template with the name in the place of its "%s". */
static void add_template(struct buf *out, const char *template, const char *name) {
    struct str text = str_of(template);
    size_t at = str_find(text, STR("%s"));
    buf_add_str(out, at != SIZE_MAX ? str_sub(text, 0, at) : text);
    if (at == SIZE_MAX)
        return;
    buf_add_c(out, name);
    buf_add_str(out, str_sub(text, at + 2, text.len));
}

static enum err write_section(struct sample_run *run, const struct sample_firm *firm,
                              const struct section *section, struct errinfo *info) {
    buf_clear(&run->en);
    buf_clear(&run->zh);
    add_template(&run->en, section->en, firm->name_en);
    add_template(&run->zh, section->zh, firm->name_zh);
    return write_text(run, firm, section->code, info);
}

static uint32_t field_of(const struct sample_run *run, uint32_t guest, uint32_t number) {
    return (guest + number) % run->catalogue->chains_len;
}

static uint32_t fields(const struct sample_run *run) {
    return run->catalogue->chains_len < GUEST_FIELDS ? run->catalogue->chains_len : GUEST_FIELDS;
}

/* The leading industries of a guest: a list of its fields. */
static enum err write_industries(struct sample_run *run, uint32_t guest,
                                 const struct sample_firm *firm, struct errinfo *info) {
    buf_clear(&run->en);
    buf_clear(&run->zh);
    buf_add_c(&run->en, "Its fields at this edition:\n");
    buf_add_c(&run->zh, "本届重点展示领域：\n");
    for (uint32_t i = 0; i < fields(run); i++) {
        const struct sample_chain *chain = &run->catalogue->chains[field_of(run, guest, i)];
        buf_printf(&run->en, "\n- %.*s", STR_ARG(chain->name_en));
        buf_printf(&run->zh, "\n- %.*s", STR_ARG(chain->name_zh));
    }
    return write_text(run, firm, "industries", info);
}

static enum err write_texts(struct sample_run *run, uint32_t index, const struct sample_firm *firm,
                            struct errinfo *info) {
    if (index >= SAMPLE_GUESTS)
        return write_section(run, firm, &short_section, info);
    enum err code = write_industries(run, index, firm, info);
    for (size_t i = 0; i < sizeof(guest_sections) / sizeof(guest_sections[0]) && code == ERR_OK;
         i++)
        code = write_section(run, firm, &guest_sections[i], info);
    return code;
}

/* Exhibits ------------------------------------------------------------------------------------- */

/* Goods that a guest of honour shows under its own name, field by field. */
static enum err write_exhibits(struct sample_run *run, uint32_t guest,
                               const struct sample_firm *firm, struct errinfo *info) {
    const struct sample_market *m = &run->market;
    uint32_t count = guest == 0 ? COUNTRY_EXHIBITS : PROVINCE_EXHIBITS;
    if (count > run->options->exhibitors / EXHIBITORS_PER_EXHIBIT)
        count = run->options->exhibitors / EXHIBITORS_PER_EXHIBIT;
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < count && code == ERR_OK; i++) {
        uint32_t chain = field_of(run, guest, i % fields(run));
        uint32_t places = m->place_first[chain + 1] - m->place_first[chain];
        if (places == 0)
            continue;
        uint32_t place =
            m->place[m->place_first[chain] + (guest + i / GUEST_FIELDS * NODE_STEP) % places];
        struct sample_exhibit exhibit = {
            .exhibitor = "",
            .pavilion = firm->name_en,
            .field = run->catalogue->chains[chain].code,
            .node = run->catalogue->places[place].node,
            .index = i,
        };
        code = sample_exhibit_write(run, &exhibit, info);
    }
    return code;
}

enum err sample_pavilion_write(struct sample_run *run, uint32_t index, uint32_t participants,
                               struct sample_firm *firm, struct errinfo *info) {
    memset(firm, 0, sizeof(*firm));
    firm->country = SAMPLE_NONE;
    firm->region = "";
    firm->size = "institution";
    firm->type = "pavilion";
    firm->area = run->catalogue->chains_len;
    firm->stand_m2 = 54 + 18 * rng_below(&run->rng, 10);
    const char *kind = draw_pavilion(run, index, firm);
    memcpy(firm->pavilion, firm->name_en, sizeof(firm->pavilion));
    struct buf *r = &run->record;
    sample_cell_c(r, run->edition);
    sample_cell_c(r, kind);
    sample_cell_c(r, firm->name_en);
    sample_cell_c(r, firm->name_zh);
    sample_cell_c(r, firm->region[0] != '\0' ? firm->region : sample_firm_country(firm));
    sample_cell_c(r, participants > 0 ? "joint stand of its firms" : "");
    sample_cell_c(r, participants > 0 ? "企业联合展台" : "");
    if (participants > 0)
        sample_cell_u64(r, participants);
    else
        sample_cell_c(r, "");
    sample_cell_c(r, participants > 0 ? "exact" : "");
    sample_cell_c(r, run->source);
    enum err code = sample_send(run->sink, SAMPLE_PAVILIONS, r, info);
    if (code == ERR_OK)
        code = write_texts(run, index, firm, info);
    if (code != ERR_OK || index >= SAMPLE_GUESTS)
        return code;
    run->guests[run->guests_len++] = *firm;
    return write_exhibits(run, index, firm, info);
}
