/* Countries and regions by any spelling: see countries.h. */
#include "service/countries.h"

static struct str text_of(const struct store_value *value) {
    return value->kind == STORE_TEXT ? value->text : STR("");
}

static enum err add_country(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    static const uint32_t columns[] = {COUNTRY_CODE, COUNTRY_ALPHA3, COUNTRY_NAME_EN,
                                       COUNTRY_NAME_ZH};
    struct countries *c = ctx;
    uint32_t at = (uint32_t)c->codes.len;
    struct str code = arena_copy(c->arena, v[COUNTRY_CODE].text);
    if (code.ptr == NULL || !vec_push(&c->codes, code))
        return err_memory(info);
    enum err e = ERR_OK;
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]) && e == ERR_OK; i++)
        e = vocab_add(&c->words, text_of(&v[columns[i]]), at, info);
    return e == ERR_OK ? vocab_add_list(&c->words, text_of(&v[COUNTRY_OTHER_NAMES]), at, info) : e;
}

enum err countries_load(struct store_reader *reader, struct arena *arena, struct countries *out,
                        struct errinfo *info) {
    *out = (struct countries){.arena = arena};
    vocab_init(&out->words);
    return store_scan(reader, TABLE_COUNTRY, add_country, out, info);
}

void countries_release(struct countries *countries) {
    vocab_release(&countries->words);
    vec_free(&countries->codes);
}

enum err countries_find(const struct countries *countries, struct str text, struct str *code,
                        struct errinfo *info) {
    uint32_t at = VOCAB_NONE;
    enum err e = vocab_find(&countries->words, str_trim(text), &at, info);
    *code = e == ERR_OK && at < countries->codes.len ? countries->codes.at[at] : STR("");
    return e;
}
