/* Parts of pavilions: see pavilion_parts.h. */
#include "site/pavilion_parts.h"

enum { KEY_BYTES_MAX = 16 };

/* Whether no other pavilion of the edition has the code. */
static bool is_only_one(const struct view *view, uint32_t pavilion) {
    struct str code = view->pavilion[pavilion].code;
    for (uint32_t i = 0; i < view->pavilions; i++)
        if (i != pavilion && str_equal_nocase(view->pavilion[i].code, code))
            return false;
    return code.len > 0 && code.len < KEY_BYTES_MAX;
}

struct str pavilion_key(struct page *page, uint32_t pavilion) {
    const struct view_pavilion *p = &page->view->pavilion[pavilion];
    char small[KEY_BYTES_MAX];
    if (!is_only_one(page->view, pavilion)) {
        struct str number = arena_printf(page->arena, "%lld", (long long)p->id);
        return number.ptr != NULL ? number : STR("");
    }
    for (size_t i = 0; i < p->code.len; i++) {
        char c = p->code.ptr[i];
        small[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    struct str key = arena_copy(page->arena, (struct str){small, p->code.len});
    return key.ptr != NULL ? key : STR("");
}

uint32_t pavilion_of_key(struct page *page, struct str key) {
    const struct view *view = page->view;
    int64_t id;
    bool is_number = str_to_i64(key, &id);
    for (uint32_t i = 0; i < view->pavilions; i++)
        if (is_number ? view->pavilion[i].id == id
                      : str_equal_nocase(view->pavilion[i].code, key) && is_only_one(view, i))
            return i;
    return VIEW_NONE;
}

void pavilion_link(struct page *page, uint32_t pavilion) {
    html_write(page->out, "<a href=\"%s/pavilions/%p\">%t</a>", page->base,
               pavilion_key(page, pavilion), PICK(page, &page->view->pavilion[pavilion], name));
}

void pavilion_picture(struct page *page, const struct view_picture *p, bool lazy) {
    struct lang_text alt = PICK(page, p, alt);
    html_write(page->out, "<img src=\"/pictures/%p.%p\" width=\"%u\" height=\"%u\" alt=\"%s\"",
               p->digest, p->format, (uint32_t)p->width, (uint32_t)p->height, alt.text);
    if (lazy)
        buf_add_c(page->out, " loading=\"lazy\" decoding=\"async\"");
    if (alt.is_other)
        html_write(page->out, " lang=\"%z\"", lang_tag(alt.lang));
    buf_add_c(page->out, ">");
}
