/*
 * What participants say of themselves, as numbers of the engine; see partner_market.h.
 *
 * Codes that nobody has (a country that is not in the table, a firm that takes no part) become a
 * code that no firm bears, so that a must of it holds for nobody and a never for nobody, too.
 * Certificates are compared without case, blanks, hyphens and year ("iso9001:2015" is ISO 9001).
 */
#include "model/kinds.h"
#include "service/partner_building.h"
#include "service/partner_unit.h"

enum { KEY_MAX = 80, NOBODYS_CODE = UINT32_MAX };

static struct str text_of(const struct store_value *v) {
    return v->kind == STORE_TEXT ? v->text : STR("");
}

static uint32_t node_of(const struct partner_building *b, const struct store_value *v) {
    return v->kind == STORE_INTEGER ? u64_map_get(&b->node_by_id, (uint64_t)v->integer) : MAP_NONE;
}

/* ---- languages and certificates ---- */

/* The bit of a language; PARTNER_LANGUAGES_MAX when there is no room for another one. */
static uint32_t language_bit(struct partner_market *m, struct str code, bool *failed) {
    uint32_t bit = 0;
    while (bit < m->languages && !str_equal_nocase(m->language[bit], code))
        bit++;
    if (bit < m->languages || bit == PARTNER_LANGUAGES_MAX)
        return bit;
    m->language[bit] = arena_copy(&m->arena, code);
    *failed = *failed || m->language[bit].ptr == NULL;
    m->languages++;
    return bit;
}

static bool is_alnum(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* Letters and digits in lower case, up to a colon. */
static struct str certificate_key(struct str name, char key[KEY_MAX]) {
    size_t len = 0;
    for (size_t i = 0; i < name.len && name.ptr[i] != ':' && len < KEY_MAX; i++) {
        char c = name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? (char)(name.ptr[i] + 32) : name.ptr[i];
        if (is_alnum((unsigned char)c))
            key[len++] = c;
    }
    return (struct str){key, len};
}

static uint32_t certificate_code(struct partner_building *b, struct str name, bool *failed) {
    char key[KEY_MAX];
    struct str folded = certificate_key(name, key);
    uint32_t code = str_map_get(&b->certificate_by_key, folded);
    if (code != MAP_NONE)
        return code;
    struct str kept = arena_copy(&b->market->arena, folded);
    struct str written = arena_copy(&b->market->arena, name);
    code = (uint32_t)b->certificate_names.len;
    if (kept.ptr == NULL || written.ptr == NULL || !vec_push(&b->certificate_names, written) ||
        !str_map_put(&b->certificate_by_key, kept, code))
        *failed = true;
    return code;
}

enum err partner_build_skills(struct partner_building *b, uint32_t firm, struct str languages,
                              struct str certificates, struct errinfo *info) {
    struct str piece;
    bool failed = false;
    while (str_next(&languages, " ,;", &piece)) {
        uint32_t bit = piece.len > 0 ? language_bit(b->market, piece, &failed)
                                     : (uint32_t)PARTNER_LANGUAGES_MAX;
        if (bit < PARTNER_LANGUAGES_MAX)
            b->said[firm].languages |= UINT64_C(1) << bit;
    }
    while (str_next(&certificates, ";", &piece)) {
        piece = str_trim(piece);
        if (piece.len > 0) {
            struct partner_certificate has = {firm, certificate_code(b, piece, &failed)};
            failed = !vec_push(&b->certificates, has) || failed;
        }
    }
    return failed ? err_memory(info) : ERR_OK;
}

/* ---- seeks and volumes ---- */

static enum err add_claim(struct partner_building *b, uint32_t firm, uint32_t node,
                          enum match_side side, struct errinfo *info) {
    struct partner_claim claim = {firm, node, (uint8_t)side, MATCH_DECLARED};
    return vec_push(&b->claims, claim) ? ERR_OK : err_memory(info);
}

static enum err add_amount(struct partner_building *b, uint32_t firm, uint32_t node,
                           enum match_side side, int64_t quantity, struct str unit,
                           struct errinfo *info) {
    struct partner_unit known = partner_unit_of(unit);
    if (quantity <= 0)
        return ERR_OK;
    if (known.dimension == 0) { /* comparable with the same word alone */
        size_t at = 0;
        while (at < b->units.len && !str_equal_nocase(b->units.at[at], str_trim(unit)))
            at++;
        if (at == b->units.len &&
            !vec_push(&b->units, arena_copy(&b->market->arena, str_trim(unit))))
            return err_memory(info);
        known = (struct partner_unit){(uint32_t)(PARTNER_DIMENSIONS + at), 1};
    }
    struct partner_amount amount = {firm, node, known.dimension, (uint8_t)side,
                                    (double)quantity * known.factor};
    return vec_push(&b->amounts, amount) ? ERR_OK : err_memory(info);
}

static enum err add_seek(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    static const uint8_t kinds[] = {[SEEK_SUPPLIER] = MATCH_SEEK_SUPPLIER,
                                    [SEEK_CUSTOMER] = MATCH_SEEK_CUSTOMER,
                                    [SEEK_JOINT_DEVELOPMENT] = MATCH_SEEK_DEVELOPMENT,
                                    [SEEK_JOINT_PRODUCTION] = MATCH_SEEK_PRODUCTION,
                                    [SEEK_SCENARIO] = MATCH_SEEK_SCENARIO,
                                    [SEEK_SERVICE] = MATCH_SEEK_SERVICE,
                                    [SEEK_INVESTMENT] = MATCH_SEEK_INVESTMENT,
                                    [SEEK_DISTRIBUTION] = MATCH_SEEK_DISTRIBUTION};
    struct partner_building *b = ctx;
    uint32_t firm = partner_firm_of(b, v[SEEK_PARTICIPANT_ID].integer);
    uint32_t kind = kind_of_code(&kind_seek, text_of(&v[SEEK_KIND]));
    uint32_t node = node_of(b, &v[SEEK_NODE_ID]);
    if (firm == VIEW_NONE || kind == SEEK_UNKNOWN)
        return ERR_OK;
    struct partner_seek seek = {firm, {node, kinds[kind]}};
    if (!vec_push(&b->seeks, seek))
        return err_memory(info);
    bool is_offer = kind == SEEK_CUSTOMER;
    if (node == MAP_NONE || (kind != SEEK_SUPPLIER && kind != SEEK_SERVICE && !is_offer))
        return ERR_OK;
    enum match_side side = is_offer ? MATCH_OFFERS : MATCH_NEEDS;
    enum err code = add_claim(b, firm, node, side, info);
    if (code == ERR_OK && v[SEEK_QUANTITY].kind == STORE_INTEGER)
        code =
            add_amount(b, firm, node, side, v[SEEK_QUANTITY].integer, text_of(&v[SEEK_UNIT]), info);
    return code;
}

static enum err add_volume(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct partner_building *b = ctx;
    uint32_t firm = partner_firm_of(b, v[VOLUME_PARTICIPANT_ID].integer);
    uint32_t node = node_of(b, &v[VOLUME_NODE_ID]);
    bool is_offer = str_equal_c(text_of(&v[VOLUME_SIDE]), "offer");
    return firm == VIEW_NONE || node == MAP_NONE
               ? ERR_OK
               : add_amount(b, firm, node, is_offer ? MATCH_OFFERS : MATCH_NEEDS,
                            v[VOLUME_QUANTITY].integer, text_of(&v[VOLUME_UNIT]), info);
}

/* ---- conditions ---- */

static uint32_t country_code(const struct view *view, struct str code) {
    for (uint32_t c = 0; c < view->countries; c++)
        if (str_equal(view->country[c].code, code))
            return c + 1;
    return NOBODYS_CODE;
}

static uint32_t region_code(const struct view *view, struct str code) {
    for (uint32_t r = 0; r < view->regions; r++)
        if (str_equal(view->region[r].code, code))
            return r + 1;
    return NOBODYS_CODE;
}

static uint32_t size_code(struct str code) {
    static const uint8_t sizes[] = {[SIZE_UNKNOWN] = CHAIN_SIZE_UNKNOWN,
                                    [SIZE_SMALL] = CHAIN_SIZE_SMALL,
                                    [SIZE_MEDIUM] = CHAIN_SIZE_MEDIUM,
                                    [SIZE_LARGE] = CHAIN_SIZE_LARGE,
                                    [SIZE_INSTITUTION] = CHAIN_SIZE_INSTITUTION};
    uint32_t size = kind_of_code(&kind_size, code);
    return size != SIZE_UNKNOWN ? sizes[size] : (uint32_t)NOBODYS_CODE;
}

/* False: a condition that the engine cannot hold against anybody, because there is no room for its
 * language. */
static bool compile(struct partner_building *b, const struct store_value *v,
                    struct match_condition *out, bool *failed) {
    struct partner_market *m = b->market;
    struct str value = text_of(&v[CONDITION_VALUE]);
    switch (kind_of_code(&kind_condition, text_of(&v[CONDITION_KIND]))) {
    case CONDITION_COUNTRY:
        *out = (struct match_condition){country_code(b->view, value), 0, MATCH_BY_COUNTRY};
        return true;
    case CONDITION_REGION:
        *out = (struct match_condition){region_code(b->view, value), 0, MATCH_BY_REGION};
        return true;
    case CONDITION_SIZE:
        *out = (struct match_condition){size_code(value), 0, MATCH_BY_SIZE};
        return true;
    case CONDITION_LANGUAGE:
        *out = (struct match_condition){language_bit(m, value, failed), 0, MATCH_BY_LANGUAGE};
        return out->code < PARTNER_LANGUAGES_MAX;
    case CONDITION_CERTIFICATE:
        *out =
            (struct match_condition){certificate_code(b, value, failed), 0, MATCH_BY_CERTIFICATE};
        return true;
    case CONDITION_ORGANISATION:
        *out = (struct match_condition){
            partner_market_firm(m, v[CONDITION_ORGANISATION_ID].integer), 0, MATCH_BY_FIRM};
        return true;
    default:
        return false;
    }
}

static enum err add_condition(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    static const uint8_t demands[] = {
        [STRENGTH_MUST] = MATCH_MUST, [STRENGTH_NICE] = MATCH_NICE, [STRENGTH_NEVER] = MATCH_NEVER};
    struct partner_building *b = ctx;
    struct partner_condition condition = {
        .firm = partner_firm_of(b, v[CONDITION_PARTICIPANT_ID].integer)};
    uint32_t strength = kind_of_code(&kind_strength, text_of(&v[CONDITION_STRENGTH]));
    bool failed = false;
    if (condition.firm == VIEW_NONE || strength == STRENGTH_UNKNOWN ||
        !compile(b, v, &condition.condition, &failed))
        return failed ? err_memory(info) : ERR_OK;
    condition.condition.demand = demands[strength];
    return !failed && vec_push(&b->conditions, condition) ? ERR_OK : err_memory(info);
}

enum err partner_build_said(struct partner_building *b, struct errinfo *info) {
    enum err code = store_scan(b->reader, TABLE_SEEK, add_seek, b, info);
    if (code == ERR_OK)
        code = store_scan(b->reader, TABLE_VOLUME, add_volume, b, info);
    return code == ERR_OK ? store_scan(b->reader, TABLE_CONDITION, add_condition, b, info) : code;
}
