/* Pairs as rows: see partner_list.h. */
#include "service/partner_list.h"

#include "model/kinds.h"
#include "service/partner_words.h"

enum { ROW_BYTES_MAX = 1 << 20, REASONS_BYTES_MAX = 1 << 14 };

static void add_side(const struct view *view, int64_t id, struct list *list) {
    uint32_t o = u64_map_get(&view->organisation_by_id, (uint64_t)id);
    list_int(list, id);
    if (o == MAP_NONE) {
        for (int i = 0; i < 5; i++)
            list_text(list, STR(""));
        return;
    }
    const struct view_organisation *organisation = &view->organisation[o];
    uint32_t e = organisation->exhibitor;
    uint32_t area = e != VIEW_NONE ? view->exhibitor[e].area : (uint32_t)VIEW_NONE;
    list_text(list, organisation->name_en);
    list_text(list, organisation->name_zh);
    list_text(list, organisation->country != VIEW_NONE ? view->country[organisation->country].code
                                                       : STR(""));
    list_text(list, organisation->size);
    list_text(list, area != VIEW_NONE ? view->area[area].code : STR(""));
}

static void join(struct buf *to, struct str words, const char *between) {
    if (to->len > 0)
        buf_add_c(to, between);
    buf_add_str(to, words);
}

static enum err add_reasons(const struct view *view, struct str json, struct arena *arena,
                            struct buf *en, struct buf *zh, struct errinfo *info) {
    struct partner_reason reason[MATCH_PARTS];
    struct partner_parts parts;
    uint32_t count = 0;
    enum err code = partner_parts_read(view, json, arena, &parts, info);
    if (code == ERR_OK)
        code = partner_words(view, &parts, PARTNER_OF_BOTH, NULL, arena, reason, &count, info);
    for (uint32_t r = 0; r < count && code == ERR_OK; r++) {
        join(en, reason[r].words_en, ". ");
        join(zh, reason[r].words_zh, "；");
    }
    return code;
}

enum err partner_list_pairs(const struct view *view, const struct partner_kept *pairs,
                            uint32_t count, struct list *list, struct errinfo *info) {
    static const char *const columns[] = {
        "first",       "first_name_en", "first_name_zh",  "first_country",  "first_size",
        "first_area",  "second",        "second_name_en", "second_name_zh", "second_country",
        "second_size", "second_area",   "score",          "reasons_en",     "reasons_zh"};
    enum err code = ERR_OK;
    struct arena arena;
    struct buf en, zh;
    for (size_t c = 0; c < sizeof(columns) / sizeof(columns[0]); c++)
        list_column(list, columns[c], c == 0 || c == 6 || c == 12 ? LIST_NUMBER : LIST_TEXT);
    arena_init(&arena, ROW_BYTES_MAX);
    buf_init(&en, REASONS_BYTES_MAX);
    buf_init(&zh, REASONS_BYTES_MAX);
    for (uint32_t i = 0; i < count && code == ERR_OK; i++) {
        arena_clear(&arena);
        buf_clear(&en);
        buf_clear(&zh);
        add_side(view, pairs[i].first_id, list);
        add_side(view, pairs[i].second_id, list);
        list_double(list, (double)pairs[i].score / 1e6, 6);
        if (pairs[i].parts.len > 0)
            code = add_reasons(view, pairs[i].parts, &arena, &en, &zh, info);
        list_text(list, buf_str(&en));
        list_text(list, buf_str(&zh));
    }
    buf_release(&en);
    buf_release(&zh);
    arena_release(&arena);
    return code;
}
