/* Names of firms as keys: see import_names.h. */
#include "service/import_names.h"

#include "engine/names/names.h"
#include "model/spelling.h"
#include "text/fold.h"

enum { NAME_BYTES_MAX = 16 * 1200 };

void name_faces_init(struct name_faces *f) {
    buf_init(&f->exact, NAME_BYTES_MAX);
    buf_init(&f->core, NAME_BYTES_MAX);
    buf_init(&f->folded, NAME_BYTES_MAX);
}

void name_faces_release(struct name_faces *f) {
    buf_release(&f->exact);
    buf_release(&f->core);
    buf_release(&f->folded);
}

enum err name_faces_make(struct name_faces *f, struct str name, struct errinfo *info) {
    buf_clear(&f->exact);
    buf_clear(&f->core);
    buf_clear(&f->folded);
    if (name.len > SPELLING_BYTES_MAX)
        return ERR_OK;
    enum err code = spelling_key(name, &f->exact, info);
    if (code == ERR_OK)
        code = text_fold_plain(name, &f->folded, info);
    if (code == ERR_OK)
        code = spelling_key(names_without_form(buf_str(&f->folded)), &f->core, info);
    return code;
}

/* The first bracket of either width: where it opens, its content and where it ends. */
static bool find_bracket(struct str name, size_t *open, struct str *inside) {
    static const char *const pairs[][2] = {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        struct str left = str_of(pairs[i][0]), right = str_of(pairs[i][1]);
        size_t from = str_find(name, left);
        if (from == SIZE_MAX)
            continue;
        struct str rest = str_sub(name, from + left.len, name.len);
        size_t to = str_find(rest, right);
        if (to == SIZE_MAX)
            continue;
        *open = from;
        *inside = str_sub(rest, 0, to);
        return true;
    }
    return false;
}

uint32_t name_faces_cut(struct str name, struct str faces[NAME_FACES_MAX]) {
    uint32_t count = 0;
    faces[count++] = name;
    size_t slash = str_find(name, STR(" / "));
    if (slash != SIZE_MAX) {
        faces[count++] = str_trim(str_sub(name, 0, slash));
        faces[count++] = str_trim(str_sub(name, slash + 3, name.len));
        return count;
    }
    size_t open;
    struct str inside;
    if (find_bracket(name, &open, &inside)) {
        struct str before = str_trim(str_sub(name, 0, open));
        if (before.len > 0)
            faces[count++] = before;
        if (inside.len > 0)
            faces[count++] = str_trim(inside);
    }
    return count;
}
