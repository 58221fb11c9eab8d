/* Parts of a score to JSON and back; see partner_parts.h. */
#include "service/partner_parts.h"

#include "exchange/json_read.h"
#include "model/kinds.h"

static const char *const kind_codes[MATCH_KINDS] = {
    [MATCH_SAME] = "same",       [MATCH_ESSENTIAL] = "essential", [MATCH_SUBSTITUTE] = "substitute",
    [MATCH_CAPITAL] = "capital", [MATCH_OPTIONAL] = "optional",   [MATCH_SCENARIO] = "scenario",
    [MATCH_SERVICE] = "service",
};
static const char *const side_codes[MATCH_SIDES] = {
    [MATCH_OFFERS] = "offer", [MATCH_NEEDS] = "need"};
static const char *const basis_codes[MATCH_BASES] = {
    [MATCH_INFERRED] = "inferred", [MATCH_DECLARED] = "declared", [MATCH_CONFIRMED] = "confirmed"};
static const char *const wish_codes[] = {[MATCH_WISH_NONE] = "none",
                                         [MATCH_WISH_NAMED] = "named",
                                         [MATCH_WISH_SEEK] = "seek",
                                         [MATCH_WISH_NICE] = "nice"};
/* Seeks of the engine in the order of kind_seek, which begins with "not known". */
static const uint8_t seek_kinds[MATCH_SEEK_KINDS] = {
    [MATCH_SEEK_SUPPLIER] = SEEK_SUPPLIER,
    [MATCH_SEEK_CUSTOMER] = SEEK_CUSTOMER,
    [MATCH_SEEK_DEVELOPMENT] = SEEK_JOINT_DEVELOPMENT,
    [MATCH_SEEK_PRODUCTION] = SEEK_JOINT_PRODUCTION,
    [MATCH_SEEK_SCENARIO] = SEEK_SCENARIO,
    [MATCH_SEEK_SERVICE] = SEEK_SERVICE,
    [MATCH_SEEK_INVESTMENT] = SEEK_INVESTMENT,
    [MATCH_SEEK_DISTRIBUTION] = SEEK_DISTRIBUTION,
};

/* ---- from a score ---- */

static struct partner_fit fit_of(const struct match_fact *fact) {
    return (struct partner_fit){fact->give,       fact->take,       fact->side,  fact->kind,
                                fact->give_basis, fact->take_basis, fact->things};
}

static void list_languages(const struct partner_market *market, uint64_t languages,
                           char out[PARTNER_SPOKEN_MAX]) {
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t bit = 0; bit < market->languages; bit++) {
        struct str code = market->language[bit];
        if ((languages >> bit & 1) == 0 || used + code.len + 2 > PARTNER_SPOKEN_MAX)
            continue;
        if (used > 0)
            out[used++] = ' ';
        memcpy(out + used, code.ptr, code.len);
        used += code.len;
        out[used] = '\0';
    }
}

static int64_t organisation_id(const struct partner_market *market, uint32_t firm) {
    return firm < market->firms ? partner_organisation(market, firm)->id : 0;
}

void partner_parts_of(const struct partner_market *market, const struct match_score *score,
                      uint32_t first, uint32_t second, struct partner_parts *out) {
    const struct match_market *m = &market->match;
    *out = (struct partner_parts){
        .first_id = organisation_id(market, first),
        .second_id = organisation_id(market, second),
        .score = score->total,
        .need = fit_of(&score->need),
        .offer = fit_of(&score->offer),
        .resilience = {score->resilience.node, organisation_id(market, score->resilience.supplier),
                       score->resilience.others, score->resilience.countries},
        .volume = {score->volume.node, organisation_id(market, score->volume.supplier),
                   score->volume.supply, score->volume.demand},
        .wish = {.kind = score->wish.kind, .seek_node = VIEW_NONE, .node = VIEW_NONE},
        .both_return = score->both_return,
        .same = score->same,
        .same_of = score->same_of,
    };
    memcpy(out->part, score->part, sizeof(out->part));
    list_languages(market, score->languages, out->languages);
    if (score->wish.kind == MATCH_WISH_NONE)
        return;
    out->wish.of_id = organisation_id(market, score->wish.firm);
    out->wish.held = score->wish.held;
    out->wish.asked = score->wish.asked;
    if (score->wish.kind == MATCH_WISH_SEEK) {
        out->wish.seek = m->seek[score->wish.seek].kind;
        out->wish.seek_node = m->seek[score->wish.seek].node;
        out->wish.node = score->wish.node;
    }
}

void partner_parts_turn(struct partner_parts *p) {
    struct partner_fit need = p->need;
    double fit = p->part[MATCH_FIT_NEED];
    int64_t first = p->first_id;
    p->need = p->offer;
    p->offer = need;
    p->part[MATCH_FIT_NEED] = p->part[MATCH_FIT_OFFER];
    p->part[MATCH_FIT_OFFER] = fit;
    p->first_id = p->second_id;
    p->second_id = first;
}

/* ---- writing ---- */

static void write_node(struct json_out *j, const struct view *view, const char *key,
                       uint32_t node) {
    if (node < view->nodes)
        json_key_text(j, key, view->node[node].code);
}

static void write_fit(struct json_out *j, const struct view *view, const char *key,
                      const struct partner_fit *fit) {
    if (fit->give >= view->nodes || fit->take >= view->nodes)
        return;
    json_key(j, key);
    json_open(j);
    write_node(j, view, "give", fit->give);
    write_node(j, view, "take", fit->take);
    json_key_text(j, "side", str_of(side_codes[fit->side]));
    json_key_text(j, "kind", str_of(kind_codes[fit->kind]));
    json_key_text(j, "give_basis", str_of(basis_codes[fit->give_basis]));
    json_key_text(j, "take_basis", str_of(basis_codes[fit->take_basis]));
    json_key_i64(j, "things", fit->things);
    json_close(j);
}

static void write_number(struct json_out *j, const char *key, double value) {
    json_key(j, key);
    json_double(j, value);
}

static void write_supply(struct json_out *j, const struct view *view,
                         const struct partner_parts *p) {
    if (p->part[MATCH_RESILIENCE] > 0 && p->resilience.node < view->nodes) {
        json_key(j, "resilience");
        json_open(j);
        write_node(j, view, "node", p->resilience.node);
        json_key_i64(j, "supplier", p->resilience.supplier_id);
        json_key_i64(j, "others", p->resilience.others);
        json_key_i64(j, "countries", p->resilience.countries);
        json_close(j);
    }
    if (p->part[MATCH_VOLUME] > 0 && p->volume.node < view->nodes) {
        json_key(j, "volume");
        json_open(j);
        write_node(j, view, "node", p->volume.node);
        json_key_i64(j, "supplier", p->volume.supplier_id);
        write_number(j, "supply", p->volume.supply);
        write_number(j, "demand", p->volume.demand);
        json_close(j);
    }
}

static void write_wish(struct json_out *j, const struct view *view, const struct partner_parts *p) {
    if (p->wish.kind == MATCH_WISH_NONE)
        return;
    json_key(j, "wish");
    json_open(j);
    json_key_text(j, "kind", str_of(wish_codes[p->wish.kind]));
    json_key_i64(j, "of", p->wish.of_id);
    if (p->wish.kind == MATCH_WISH_SEEK) {
        json_key_text(j, "seek", str_of(kind_code(&kind_seek, seek_kinds[p->wish.seek])));
        write_node(j, view, "seek_node", p->wish.seek_node);
        write_node(j, view, "node", p->wish.node);
    }
    if (p->wish.kind == MATCH_WISH_NICE) {
        json_key_i64(j, "held", p->wish.held);
        json_key_i64(j, "asked", p->wish.asked);
    }
    json_close(j);
}

void partner_parts_write(const struct view *view, const struct partner_parts *p,
                         struct json_out *j) {
    json_open(j);
    json_key_i64(j, "first", p->first_id);
    json_key_i64(j, "second", p->second_id);
    write_number(j, "score", p->score);
    json_key(j, "parts");
    json_open(j);
    for (int part = 0; part < MATCH_PARTS; part++)
        if (p->part[part] > 0)
            write_number(j, match_part_code((enum match_part)part), p->part[part]);
    json_close(j);
    write_fit(j, view, "need", &p->need);
    write_fit(j, view, "offer", &p->offer);
    write_supply(j, view, p);
    write_wish(j, view, p);
    if (p->languages[0] != '\0')
        json_key_text(j, "languages", str_of(p->languages));
    if (p->both_return) {
        json_key(j, "return");
        json_bool(j, true);
    }
    if (p->same > 0) {
        json_key_i64(j, "same", p->same);
        json_key_i64(j, "same_of", p->same_of);
    }
    json_close(j);
}

/* ---- reading ---- */

static struct str text(const struct json_value *at, const char *key) {
    const struct json_value *v = json_get(at, key);
    return v != NULL && v->kind == JSON_KIND_TEXT ? v->text : STR("");
}

static double number(const struct json_value *at, const char *key) {
    const struct json_value *v = json_get(at, key);
    return v != NULL && (v->kind == JSON_KIND_INTEGER || v->kind == JSON_KIND_NUMBER) ? v->number
                                                                                      : 0;
}

static int64_t integer(const struct json_value *at, const char *key) {
    const struct json_value *v = json_get(at, key);
    return v != NULL && v->kind == JSON_KIND_INTEGER ? v->integer : 0;
}

static uint32_t node(const struct view *view, const struct json_value *at, const char *key) {
    struct str code = text(at, key);
    return code.len > 0 ? str_map_get(&view->node_by_code, code) : VIEW_NONE;
}

/* The position of a code in a list; the first where it is none. */
static uint8_t position(const char *const *codes, uint32_t count, struct str code) {
    for (uint32_t i = 0; i < count; i++)
        if (str_equal_c(code, codes[i]))
            return (uint8_t)i;
    return 0;
}

static struct partner_fit read_fit(const struct view *view, const struct json_value *at) {
    struct partner_fit fit = {
        .give = node(view, at, "give"),
        .take = node(view, at, "take"),
        .side = position(side_codes, MATCH_SIDES, text(at, "side")),
        .kind = position(kind_codes, MATCH_KINDS, text(at, "kind")),
        .give_basis = position(basis_codes, MATCH_BASES, text(at, "give_basis")),
        .take_basis = position(basis_codes, MATCH_BASES, text(at, "take_basis")),
        .things = (uint32_t)integer(at, "things"),
    };
    if (fit.take == VIEW_NONE)
        fit.give = VIEW_NONE;
    return fit;
}

static void read_wish(const struct view *view, const struct json_value *at,
                      struct partner_parts *out) {
    uint32_t seek = kind_of_code(&kind_seek, text(at, "seek"));
    out->wish.kind = position(wish_codes, MATCH_WISH_NICE + 1, text(at, "kind"));
    out->wish.of_id = integer(at, "of");
    out->wish.seek_node = node(view, at, "seek_node");
    out->wish.node = node(view, at, "node");
    out->wish.held = (uint32_t)integer(at, "held");
    out->wish.asked = (uint32_t)integer(at, "asked");
    for (uint32_t s = 0; s < MATCH_SEEK_KINDS; s++)
        if (seek_kinds[s] == seek)
            out->wish.seek = (uint8_t)s;
}

enum err partner_parts_read(const struct view *view, struct str json, struct arena *arena,
                            struct partner_parts *out, struct errinfo *info) {
    const struct json_value *at;
    enum err code = json_read(json, NULL, arena, &at, info);
    *out = (struct partner_parts){.first_id = 0};
    if (code != ERR_OK)
        return code;
    const struct json_value *parts = json_get(at, "parts");
    const struct json_value *resilience = json_get(at, "resilience");
    const struct json_value *volume = json_get(at, "volume");
    struct str spoken = text(at, "languages");
    out->first_id = integer(at, "first");
    out->second_id = integer(at, "second");
    out->score = number(at, "score");
    for (int part = 0; part < MATCH_PARTS; part++)
        out->part[part] = number(parts, match_part_code((enum match_part)part));
    out->need = read_fit(view, json_get(at, "need"));
    out->offer = read_fit(view, json_get(at, "offer"));
    out->resilience.node = node(view, resilience, "node");
    out->resilience.supplier_id = integer(resilience, "supplier");
    out->resilience.others = (uint32_t)integer(resilience, "others");
    out->resilience.countries = (uint32_t)integer(resilience, "countries");
    out->volume.node = node(view, volume, "node");
    out->volume.supplier_id = integer(volume, "supplier");
    out->volume.supply = number(volume, "supply");
    out->volume.demand = number(volume, "demand");
    read_wish(view, json_get(at, "wish"), out);
    out->both_return = json_get(at, "return") != NULL;
    out->same = (uint32_t)integer(at, "same");
    out->same_of = (uint32_t)integer(at, "same_of");
    if (spoken.len > 0 && spoken.len < PARTNER_SPOKEN_MAX)
        memcpy(out->languages, spoken.ptr, spoken.len);
    return ERR_OK;
}
