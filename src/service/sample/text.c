/*
 * What generated firms say of themselves, and how records are written. See parts.h.
 *
 * Texts are put together from the names and synonyms of the nodes and from phrases of the kind of
 * node, so that a program that reads the text has the words a firm would use.
 */
#include "service/sample/parts.h"

#include <stdio.h>

/* A claim with a number in it; the number lies between 1 and `most` in steps that look rounded. */
struct claim {
    const char *en, *zh;
    uint32_t most;
};

static const struct claim claims[][3] = {
    [SAMPLE_MATERIAL] = {{"capacity of %u000 t a year", "年产能%u000吨", 400},
                         {"%u grades on show", "展出%u个牌号", 24},
                         {"supply contracts in %u countries", "供应%u个国家", 40}},
    [SAMPLE_COMPONENT] = {{"%u million pieces a year", "年产%u百万件", 90},
                          {"used by %u makers of whole machines", "配套%u家整机企业", 60},
                          {"samples for new platforms within %u days", "新平台样件%u天交付", 45}},
    [SAMPLE_EQUIPMENT] = {{"%u lines installed", "已交付%u条产线", 300},
                          {"shown running on stand, %u cycles a minute", "现场运行演示，每分钟%u次",
                           60},
                          {"service points in %u countries", "在%u个国家设有服务网点", 35}},
    [SAMPLE_PRODUCT] = {{"with %u suppliers along the chain", "携手%u家链上供应商", 400},
                        {"sold in %u countries", "销往%u个国家", 120},
                        {"%u models on show", "现场展出%u款", 12}},
    [SAMPLE_SERVICE] = {{"for %u00 clients", "服务%u00家客户", 90},
                        {"offices in %u cities", "在%u个城市设有机构", 80},
                        {"online since %u months", "上线%u个月", 60}},
};

void sample_cell(struct buf *record, struct str text) {
    bool quote = false;
    for (size_t i = 0; i < text.len && !quote; i++)
        quote = text.ptr[i] == ',' || text.ptr[i] == '"' || text.ptr[i] == '\n';
    if (record->len > 0)
        buf_add_char(record, ',');
    if (!quote) {
        buf_add_str(record, text);
        return;
    }
    buf_add_char(record, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            buf_add_char(record, '"');
        buf_add_char(record, text.ptr[i]);
    }
    buf_add_char(record, '"');
}

void sample_cell_c(struct buf *record, const char *text) {
    sample_cell(record, str_of(text));
}

void sample_cell_u64(struct buf *record, uint64_t number) {
    if (record->len > 0)
        buf_add_char(record, ',');
    buf_add_u64(record, number);
}

enum err sample_send(struct sample_sink sink, enum sample_sheet sheet, struct buf *record,
                     struct errinfo *info) {
    buf_add_char(record, '\n');
    enum err code = buf_error(record, info);
    if (code == ERR_OK)
        code = sink.write(sink.ctx, sheet, buf_str(record), info);
    buf_clear(record);
    return code;
}

static bool is_ascii(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    }
    return true;
}

/* The name of a node, or now and then one of its synonyms; an abbreviation in Latin letters is no
 * synonym of a Chinese name here, since each Chinese text shall have a Chinese word. */
static struct str term(struct rng *rng, struct str name, struct str synonyms) {
    struct str rest = synonyms, piece;
    uint32_t count = 0;
    while (str_next(&rest, ";", &piece))
        count++;
    if (count == 0 || rng_below(rng, 5) < 3)
        return name;
    uint32_t chosen = rng_below(rng, count);
    rest = synonyms;
    for (uint32_t i = 0; i <= chosen && str_next(&rest, ";", &piece); i++)
        ;
    piece = str_trim(piece);
    return piece.len > 0 && is_ascii(piece) == is_ascii(name) ? piece : name;
}

void sample_text_claim(struct rng *rng, enum sample_kind kind, struct buf *en, struct buf *zh) {
    const struct claim *claim = &claims[kind][rng_below(rng, 3)];
    uint32_t number = 1 + rng_below(rng, claim->most);
    if (number > 20)
        number -= number % 10;
        /* The formats are the table's above, each with one number. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    buf_printf(en, claim->en, number);
    buf_printf(zh, claim->zh, number);
#pragma GCC diagnostic pop
}

static void add_needs(const struct sample_catalogue *c, const struct sample_firm *firm,
                      struct buf *en, struct buf *zh) {
    for (uint32_t i = 0; i < firm->needs_len; i++) {
        buf_add_c(en, i == 0 ? "; looks for suppliers of " : ", ");
        buf_add_c(zh, i == 0 ? "；寻求供应商：" : "、");
        buf_add_str(en, c->nodes[firm->needs[i]].name_en);
        buf_add_str(zh, c->nodes[firm->needs[i]].name_zh);
    }
}

void sample_text_offers(struct rng *rng, const struct sample_catalogue *catalogue,
                        const struct sample_firm *firm, struct buf *en, struct buf *zh) {
    if (firm->offers_len == 0) {
        buf_add_c(en, "Information and contacts for visitors");
        buf_add_c(zh, "信息咨询与对接服务");
        return;
    }
    for (uint32_t i = 0; i < firm->offers_len; i++) {
        const struct sample_node *node = &catalogue->nodes[firm->offers[i]];
        if (i > 0) {
            buf_add_c(en, "; ");
            buf_add_c(zh, "、");
        }
        buf_add_str(en, term(rng, node->name_en, node->synonyms_en));
        buf_add_str(zh, term(rng, node->name_zh, node->synonyms_zh));
    }
    if (rng_below(rng, 5) != 0) {
        buf_add_c(en, "; ");
        buf_add_c(zh, "；");
        sample_text_claim(rng, catalogue->nodes[firm->offers[0]].kind, en, zh);
    }
    add_needs(catalogue, firm, en, zh);
}

void sample_text_exhibit(struct rng *rng, const struct sample_node *node, uint32_t index,
                         struct buf *en, struct buf *zh) {
    char series[16];
    /* The index stands in the number, so that two exhibits of a firm differ. */
    snprintf(series, sizeof(series), "%c%c-%u", 'A' + (int)rng_below(rng, 26),
             'A' + (int)rng_below(rng, 26), 10 * (1 + rng_below(rng, 99)) + index);
    buf_add_str(en, term(rng, node->name_en, node->synonyms_en));
    buf_printf(en, " %s", series);
    buf_add_str(zh, term(rng, node->name_zh, node->synonyms_zh));
    buf_add_c(zh, series);
}
