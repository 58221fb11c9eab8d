/* The work list of translations: see translations.h. Missing texts are gathered first and sorted,
 * then written, because a list takes rows in their order only. */
#include "service/translations.h"

#include <stdlib.h>

#include "base/vec.h"
#include "service/translations_records.h"

/* A missing text, by where it stands. */
struct missing {
    uint32_t pages, kind, record, text;
};

static int most_seen_first(const void *a, const void *b) {
    const struct missing *x = a, *y = b;
    if (x->pages != y->pages)
        return x->pages > y->pages ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->record != y->record)
        return x->record < y->record ? -1 : 1;
    return x->text < y->text ? -1 : x->text > y->text;
}

static struct translation_record read_record(const struct view *view, uint32_t kind, uint32_t at) {
    struct translation_record record = {0};
    translation_kinds[kind].read(view, at, &record);
    return record;
}

static void add_row(const struct view *view, const struct missing *m, struct list *list) {
    const struct translation_kind *kind = &translation_kinds[m->kind];
    struct translation_record record = read_record(view, m->kind, m->record);
    const struct translation_text *text = &record.text[m->text];
    enum lang lang = translation_missing(text), other = lang == LANG_EN ? LANG_ZH : LANG_EN;
    struct str address = arena_printf(&list->arena, "/%s/%.*s/%s", lang_code(lang),
                                      STR_ARG(view_this_edition(view)->code), record.path);
    list_int(list, m->pages);
    list_text(list, str_of(kind->sheet));
    list_text(list, record.label);
    list_text(list, str_of(kind->field[m->text][lang]));
    list_text(list, str_of(lang_code(lang)));
    list_text(list, text->text[other]);
    list_text(list, address.ptr != NULL ? address : STR(""));
    list->failed |= address.ptr == NULL;
}

enum err translations_list(const struct view *view, struct list *list, struct errinfo *info) {
    static const char *const names[] = {"sheet", "record", "field", "missing", "text", "address"};
    VEC(struct missing)
    all = {0};
    enum err e = ERR_OK;
    list_column(list, "pages", LIST_NUMBER);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        list_column(list, names[i], LIST_TEXT);
    for (uint32_t k = 0; k < translation_kind_count && e == ERR_OK; k++)
        for (uint32_t r = 0; r < translation_kinds[k].count(view) && e == ERR_OK; r++) {
            struct translation_record record = read_record(view, k, r);
            for (uint32_t t = 0; t < translation_texts(&translation_kinds[k]); t++)
                if (translation_missing(&record.text[t]) != LANGS &&
                    !vec_push(&all, ((struct missing){record.text[t].pages, k, r, t})))
                    e = err_memory(info);
        }
    if (e == ERR_OK && all.len > 0)
        qsort(all.at, all.len, sizeof(*all.at), most_seen_first);
    for (size_t i = 0; i < all.len && e == ERR_OK; i++)
        add_row(view, &all.at[i], list);
    vec_free(&all);
    return e;
}
