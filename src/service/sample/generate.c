/*
 * The generator of editions: see generate.h.
 *
 * One pass. Shares that the figures state (foreign firms, lead exhibitors, partners) are drawn
 * without replacement, so that they come out exact: the k-th of n is chosen with probability
 * left / (n - k). Partners follow their lead at once, so that nothing needs to be kept but the
 * names in use and a thousand earlier firms for planted duplicates.
 */
#include "service/sample/generate.h"

#include <math.h>

#include "base/mem.h"
#include "service/sample/parts.h"

/* Of the 2nd edition: 32 % foreign (confirmed 2024-11-26); 620 exhibitors; about 40 joint stands.
 */
static const double foreign_share = 0.32;
static const double lead_share = 40.0 / 620;
/* Of the partners: our reading of the joint stands in data/sample, nearly all of them domestic. */
static const double foreign_partner_share = 0.12;

enum {
    RECENT_MAX = 1024,            /* firms kept for duplicates */
    EXHIBITORS_PER_PAVILION = 25, /* 24 pavilions at the real size */
    GUEST_PARTNER_PART = 50,      /* each guest of honour brings one of so many of all partners */
    RECORD_BYTES_MAX = 16 << 20,
    REPORT_EVERY = 4096,
    GROSS_PER_NET = 2, /* aisles and common places */
};

/* Areas by the chain's code: exhibitors per area as far as reported (65 to 80 of 515 to 620). */
static const struct {
    struct str code;
    uint32_t weight;
} area_weights[] = {
    {{"smart-vehicle", 13}, 95},         {{"green-agriculture", 17}, 85},
    {{"clean-energy", 12}, 90},          {{"digital-technology", 18}, 100},
    {{"healthy-life", 12}, 80},          {{"advanced-manufacturing", 22}, 75},
    {{"supply-chain-services", 21}, 55},
};
static const uint32_t area_weight_other = 60;

/* What is left to draw. */
struct quota {
    uint32_t rows, foreign, leads, partners;
};

static uint32_t area_weight(struct str code) {
    for (size_t i = 0; i < sizeof(area_weights) / sizeof(area_weights[0]); i++) {
        if (str_equal(area_weights[i].code, code))
            return area_weights[i].weight;
    }
    return area_weight_other;
}

static uint32_t draw_area(struct sample_run *run) {
    const struct sample_catalogue *c = run->catalogue;
    uint32_t sum = 0, area = 0;
    for (uint32_t i = 0; i < c->chains_len; i++)
        sum += area_weight(c->chains[i].code);
    uint32_t at = rng_below(&run->rng, sum);
    while (at >= area_weight(c->chains[area].code))
        at -= area_weight(c->chains[area++].code);
    return area;
}

static uint32_t draw_country(struct rng *rng) {
    uint32_t sum = 0, country = 0;
    for (uint32_t i = 0; i < sample_words.countries_len; i++)
        sum += sample_words.countries[i].weight;
    uint32_t at = rng_below(rng, sum);
    while (at >= sample_words.countries[country].weight)
        at -= sample_words.countries[country++].weight;
    return country;
}

/* True `part` times in `whole` calls when both count down with the calls. */
static bool draw_quota(struct rng *rng, uint32_t part, uint32_t whole) {
    return part > 0 && rng_below(rng, whole) < part;
}

static const char *draw_size(struct rng *rng, bool partner) {
    uint32_t at = rng_below(rng, 100);
    if (partner)
        return at < 22 ? "large" : at < 60 ? "medium" : at < 95 ? "small" : "";
    return at < 46   ? "large"
           : at < 73 ? "medium"
           : at < 93 ? "small"
           : at < 98 ? "institution"
                     : "";
}

static uint32_t draw_stand_m2(struct rng *rng, const char *size) {
    uint32_t steps = size[0] == 'l' ? 36 : size[0] == 'm' ? 9 : 3; /* of 9 m2, a shell stand */
    return 9 * (1 + rng_below(rng, steps));
}

/* Rows ------------------------------------------------------------------------------------------
 */

static void add_codes(struct buf *out, const struct sample_catalogue *c, const uint32_t *nodes,
                      uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_char(out, ' ');
        buf_add_str(out, c->nodes[nodes[i]].code);
    }
}

static struct str area_code(const struct sample_run *run, const struct sample_firm *firm) {
    return firm->area < run->catalogue->chains_len ? run->catalogue->chains[firm->area].code
                                                   : STR("international");
}

enum column {
    NAME_EN,
    NAME_ZH,
    COUNTRY,
    REGION,
    SIZE,
    TYPE,
    LEAD,
    AREA,
    PAVILION,
    EDITIONS,
    COLUMNS
};

/* Writes the row of a firm; `wrong` = a column whose cell is replaced by `value`, or COLUMNS. */
static enum err write_row(struct sample_run *run, const struct sample_firm *firm, const char *lead,
                          enum column wrong, const char *value, struct errinfo *info) {
    struct buf *r = &run->record;
    struct str cells[COLUMNS] = {[NAME_EN] = str_of(firm->name_en),
                                 [NAME_ZH] = str_of(firm->name_zh),
                                 [COUNTRY] = str_of(sample_firm_country(firm)),
                                 [REGION] = str_of(firm->region),
                                 [SIZE] = str_of(firm->size),
                                 [TYPE] = str_of(firm->type),
                                 [LEAD] = str_of(lead),
                                 [AREA] = area_code(run, firm),
                                 [PAVILION] = str_of(firm->pavilion),
                                 [EDITIONS] = str_of(run->edition)};
    if (wrong < COLUMNS)
        cells[wrong] = str_of(value);
    for (int i = 0; i < COLUMNS; i++)
        sample_cell(r, cells[i]);
    buf_clear(&run->en);
    buf_clear(&run->zh);
    sample_text_offers(&run->rng, run->catalogue, firm, &run->en, &run->zh);
    sample_cell(r, buf_str(&run->en));
    sample_cell(r, buf_str(&run->zh));
    buf_clear(&run->en);
    add_codes(&run->en, run->catalogue, firm->offers, firm->offers_len);
    sample_cell(r, buf_str(&run->en));
    buf_clear(&run->en);
    add_codes(&run->en, run->catalogue, firm->needs, firm->needs_len);
    sample_cell(r, buf_str(&run->en));
    sample_cell_c(r, "reported");
    sample_cell_c(r, run->source);
    run->records++;
    return sample_send(run->sink, SAMPLE_EXHIBITORS, r, info);
}

static enum err write_exhibits(struct sample_run *run, const struct sample_firm *firm,
                               struct errinfo *info) {
    if (firm->offers_len == 0 || rng_below(&run->rng, 3) != 0)
        return ERR_OK;
    uint32_t count = 1 + rng_below(&run->rng, 3);
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < count && code == ERR_OK; i++) {
        struct sample_exhibit exhibit = {
            .exhibitor = firm->name_en,
            .pavilion = firm->pavilion,
            .field = area_code(run, firm),
            .node = firm->offers[rng_below(&run->rng, firm->offers_len)],
            .index = i,
        };
        code = sample_exhibit_write(run, &exhibit, info);
    }
    return code;
}

static void count_exhibitor(struct sample_run *run, const struct sample_firm *firm) {
    struct sample_counts *n = &run->counts;
    n->exhibitors++;
    n->area_exhibitors[firm->area]++;
    n->area_m2[firm->area] += (uint64_t)GROSS_PER_NET * firm->stand_m2;
    if (firm->country == SAMPLE_NONE)
        return;
    n->foreign++;
    if (!n->country_seen[firm->country]) {
        n->country_seen[firm->country] = true;
        n->countries++;
    }
}

/* Firms -----------------------------------------------------------------------------------------
 */

static enum err name_firm(struct sample_run *run, struct sample_firm *firm, struct errinfo *info) {
    struct str code = firm->offers_len > 0 ? run->catalogue->nodes[firm->offers[0]].code : STR("");
    return sample_names_give(&run->names, &run->rng, code, firm, info);
}

static enum err make_exhibitor(struct sample_run *run, bool foreign, bool lead,
                               struct sample_firm *firm, struct errinfo *info) {
    memset(firm, 0, sizeof(*firm));
    firm->country = foreign ? draw_country(&run->rng) : SAMPLE_NONE;
    firm->size = lead ? "large" : draw_size(&run->rng, false);
    firm->type = str_equal_c(STR("institution"), firm->size) ? "institution" : "direct";
    firm->area = draw_area(run);
    firm->stand_m2 = draw_stand_m2(&run->rng, firm->size);
    sample_market_supply(&run->market, &run->rng, firm);
    return name_firm(run, firm, info);
}

static enum err make_partner(struct sample_run *run, const struct sample_firm *lead,
                             struct sample_firm *firm, struct errinfo *info) {
    bool pavilion = str_equal_c(STR("pavilion"), lead->type);
    memset(firm, 0, sizeof(*firm));
    firm->country = pavilion                                      ? lead->country
                    : rng_unit(&run->rng) < foreign_partner_share ? draw_country(&run->rng)
                                                                  : SAMPLE_NONE;
    firm->size = draw_size(&run->rng, true);
    firm->type = "co-exhibitor";
    firm->area = pavilion ? draw_area(run) : lead->area;
    memcpy(firm->pavilion, lead->pavilion, sizeof(firm->pavilion));
    sample_market_partner(&run->market, &run->rng, lead, firm);
    return name_firm(run, firm, info);
}

/* Writes the partners of a lead and its row among the joint stands. */
static enum err write_partners(struct sample_run *run, const struct sample_firm *lead,
                               uint32_t count, struct errinfo *info) {
    struct sample_firm partner;
    struct buf named;
    enum err code = ERR_OK;
    buf_init(&named, RECORD_BYTES_MAX);
    for (uint32_t i = 0; i < count && code == ERR_OK; i++) {
        code = make_partner(run, lead, &partner, info);
        if (code == ERR_OK)
            code = write_row(run, &partner, lead->name_en, COLUMNS, NULL, info);
        if (code == ERR_OK)
            code = write_exhibits(run, &partner, info);
        if (i > 0)
            buf_add_char(&named, ';');
        buf_add_c(&named, partner.name_en);
    }
    if (code == ERR_OK)
        code = buf_error(&named, info);
    if (code == ERR_OK) {
        struct buf *r = &run->record;
        sample_cell_c(r, run->edition);
        sample_cell_c(r, lead->name_en);
        sample_cell_u64(r, count);
        sample_cell_c(r, "exact");
        sample_cell(r, buf_str(&named));
        sample_cell_c(r, "");
        sample_cell_c(r, run->source);
        code = sample_send(run->sink, SAMPLE_JOINT_STANDS, r, info);
    }
    run->counts.partners += count;
    run->counts.joint_stands++;
    buf_release(&named);
    return code;
}

/* Planted duplicates and errors ------------------------------------------------------------------
 */

static enum err expect(struct sample_run *run, const char *kind, const char *column,
                       const char *value, uint64_t of_record, const char *name,
                       struct errinfo *info) {
    struct buf *r = &run->record;
    sample_cell_u64(r, run->records);
    sample_cell_c(r, kind);
    sample_cell_c(r, column);
    sample_cell_c(r, value);
    if (of_record > 0)
        sample_cell_u64(r, of_record);
    else
        sample_cell_c(r, "");
    sample_cell_c(r, name);
    return sample_send(run->sink, SAMPLE_EXPECTED, r, info);
}

static void remember(struct sample_run *run, const struct sample_firm *firm) {
    uint32_t at =
        run->recent_len < RECENT_MAX ? run->recent_len++ : rng_below(&run->rng, RECENT_MAX);
    run->recent[at] = *firm;
    run->recent_record[at] = run->records;
}

static enum err plant_duplicate(struct sample_run *run, struct errinfo *info) {
    uint32_t at = rng_below(&run->rng, run->recent_len);
    struct sample_firm firm = run->recent[at];
    sample_names_respell(&run->rng, &firm);
    enum err code = write_row(run, &firm, "", COLUMNS, NULL, info);
    return code == ERR_OK ? expect(run, "duplicate", "name_en", firm.name_en,
                                   run->recent_record[at], run->recent[at].name_en, info)
                          : code;
}

static enum err plant_error(struct sample_run *run, struct errinfo *info) {
    static const struct {
        enum column column;
        const char *name, *value;
    } kinds[] = {
        {COUNTRY, "country", "QQ"}, /* ISO 3166-1 leaves QM to QZ to users: never a country */
        {SIZE, "size", "gigantic"},
        {TYPE, "type", "spectator"},
        {AREA, "area", "no-such-area"},
        {EDITIONS, "editions", "twenty24"},
        {LEAD, "lead_exhibitor", "Firm That Is Not In The List"},
    };
    uint32_t kind = rng_below(&run->rng, sizeof(kinds) / sizeof(kinds[0]));
    struct sample_firm firm;
    enum err code = make_exhibitor(run, false, false, &firm, info);
    if (code == ERR_OK && kinds[kind].column == LEAD)
        firm.type = "co-exhibitor";
    if (code == ERR_OK)
        code = write_row(run, &firm, "", kinds[kind].column, kinds[kind].value, info);
    return code == ERR_OK
               ? expect(run, "error", kinds[kind].name, kinds[kind].value, 0, firm.name_en, info)
               : code;
}

/* The run ---------------------------------------------------------------------------------------
 */

/* Partners of the next lead: at least one, exponential around what is left for each, and all that
 * is left for the last, so that the sum comes out. */
static uint32_t draw_partners(struct rng *rng, const struct quota *left) {
    if (left->leads <= 1)
        return left->partners;
    double mean = (double)left->partners / left->leads;
    double drawn = 1 - log(1 - rng_unit(rng)) * (mean - 1);
    uint32_t most = left->partners - (left->leads - 1);
    return drawn < most ? (uint32_t)drawn : most;
}

static enum err write_firm(struct sample_run *run, const struct sample_firm *firm,
                           uint32_t partners, struct errinfo *info) {
    enum err code = write_row(run, firm, "", COLUMNS, NULL, info);
    if (code != ERR_OK)
        return code;
    count_exhibitor(run, firm);
    remember(run, firm);
    code = write_exhibits(run, firm, info);
    if (code == ERR_OK && partners > 0)
        code = write_partners(run, firm, partners, info);
    if (code == ERR_OK && rng_below(&run->rng, 100) < run->options->duplicates_percent)
        code = plant_duplicate(run, info);
    if (code == ERR_OK && rng_below(&run->rng, 100) < run->options->errors_percent)
        code = plant_error(run, info);
    return code;
}

static enum err write_pavilions(struct sample_run *run, struct quota *left, struct errinfo *info) {
    uint32_t count = run->options->exhibitors / EXHIBITORS_PER_PAVILION;
    if (count > SAMPLE_PAVILIONS_MAX)
        count = SAMPLE_PAVILIONS_MAX;
    uint32_t each = run->options->partners / GUEST_PARTNER_PART;
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < count && code == ERR_OK; i++) {
        struct sample_firm firm;
        uint32_t partners = i < SAMPLE_GUESTS ? each : 0;
        code = sample_pavilion_write(run, i, partners, &firm, info);
        if (code == ERR_OK)
            code = write_firm(run, &firm, partners, info);
        left->partners -= partners;
        left->rows--;
        if (firm.country != SAMPLE_NONE && left->foreign > 0)
            left->foreign--;
    }
    return code;
}

static enum err write_exhibitors(struct sample_run *run, const struct job *job,
                                 struct errinfo *info) {
    const struct sample_options *o = run->options;
    struct quota left = {.rows = o->exhibitors, .partners = o->partners};
    left.foreign = (uint32_t)(foreign_share * o->exhibitors + 0.5);
    enum err code = write_pavilions(run, &left, info);
    uint32_t pavilions = o->exhibitors - left.rows;
    if (left.partners > 0) {
        left.leads = (uint32_t)(lead_share * left.rows + 0.5);
        if (left.leads > left.partners)
            left.leads = left.partners;
        if (left.leads == 0)
            left.leads = 1;
    }
    for (; left.rows > 0 && code == ERR_OK; left.rows--) {
        struct sample_firm firm;
        uint32_t done = o->exhibitors - left.rows, partners = 0;
        if (left.rows % REPORT_EVERY == 0 || done == pavilions) {
            if (job != NULL && job_should_stop(job))
                return err_set(info, ERR_STOPPED, "stopped after %u exhibitors", done);
            job_report(job, "exhibitors", done, o->exhibitors);
        }
        bool foreign = draw_quota(&run->rng, left.foreign, left.rows);
        bool lead = draw_quota(&run->rng, left.leads, left.rows);
        if (lead) {
            partners = draw_partners(&run->rng, &left);
            left.leads--;
            left.partners -= partners;
        }
        left.foreign -= foreign;
        code = make_exhibitor(run, foreign, lead, &firm, info);
        if (code == ERR_OK)
            code = write_firm(run, &firm, partners, info);
    }
    return code;
}

static enum err check_options(const struct sample_options *o, struct errinfo *info) {
    if (o->exhibitors < 1 || o->exhibitors > SAMPLE_EXHIBITORS_MAX)
        return err_set(info, ERR_INPUT, "exhibitors must be 1 to %d", SAMPLE_EXHIBITORS_MAX);
    if (o->partners > 10 * (uint64_t)o->exhibitors)
        return err_set(info, ERR_INPUT, "partners must be at most ten times the exhibitors");
    if (o->edition < 1000 || o->edition > 9999)
        return err_set(info, ERR_INPUT, "the edition must be a year of four digits");
    if (o->duplicates_percent > 100 || o->errors_percent > 100)
        return err_set(info, ERR_INPUT, "duplicates and errors are percentages, 0 to 100");
    return ERR_OK;
}

enum err sample_generate(const struct sample_options *options,
                         const struct sample_catalogue *catalogue, struct sample_sink sink,
                         const struct job *job, struct errinfo *info) {
    enum err code = check_options(options, info);
    if (code != ERR_OK)
        return code;
    struct sample_run run = {.options = options, .catalogue = catalogue, .sink = sink};
    buf_init(&run.record, 2 * RECORD_BYTES_MAX);
    buf_init(&run.en, RECORD_BYTES_MAX);
    buf_init(&run.zh, RECORD_BYTES_MAX);
    rng_init(&run.rng, options->seed);
    sample_event_days(&run);
    code = sample_market_init(&run.market, catalogue, &run.rng, info);
    if (code != ERR_OK)
        goto done;
    run.counts.area_exhibitors = mem_new((size_t)catalogue->chains_len + 1, sizeof(uint64_t));
    run.counts.area_m2 = mem_new((size_t)catalogue->chains_len + 1, sizeof(uint64_t));
    run.recent = mem_new(RECENT_MAX, sizeof(*run.recent));
    run.recent_record = mem_new(RECENT_MAX, sizeof(*run.recent_record));
    if (run.counts.area_exhibitors == NULL || run.counts.area_m2 == NULL || run.recent == NULL ||
        run.recent_record == NULL) {
        code = err_memory(info);
        goto done;
    }
    code = sample_event_headers(&run, info);
    if (code == ERR_OK)
        code = write_exhibitors(&run, job, info);
    if (code == ERR_OK)
        code = sample_event_write(&run, info);
done:
    mem_free(run.counts.area_exhibitors);
    mem_free(run.counts.area_m2);
    mem_free(run.recent);
    mem_free(run.recent_record);
    sample_names_release(&run.names);
    sample_market_release(&run.market);
    buf_release(&run.record);
    buf_release(&run.en);
    buf_release(&run.zh);
    return code;
}
