/*
 * The workbook: see xlsx_book.h. Parts are found through the relationships, as the standard wants,
 * because not every program names them as Excel does.
 */
#include "exchange/xlsx_book.h"

#include "base/map.h"
#include "base/mem.h"
#include "exchange/xlsx_value.h"
#include "exchange/xlsx_xml.h"

/* Text of relationships and sheet names; real workbooks need kilobytes. */
enum { ARENA_BYTES_MAX = 16 << 20, STYLES_MAX = 1 << 20 };

/* Sheets look for their relation one by one; no workbook has so many of either. */
enum { RELATIONS_MAX = 10000 };

struct relation {
    const char *id;
    const char *type; /* the last word of its URI */
    const char *part;
};

/* What the events of the four kinds of parts work on. */
struct reading {
    struct xlsx_book *book;
    struct xml_stream *stream;
    const char *base; /* the part whose relationships are read; "" = the package */
    VEC(struct relation)
    relations;
    struct u64_map formats; /* number of a format -> its kind */
    bool in_cell_styles;
};

static void fail_memory(struct reading *r) {
    (void)err_memory(xml_stream_fail(r->stream));
}

static void fail_count(struct reading *r, const char *what, int max) {
    err_set(xml_stream_fail(r->stream), ERR_LIMIT, "the workbook has more than %d %s", max, what);
    err_hint(xml_stream_fail(r->stream), "Save the sheet as CSV");
}

static const char *copy(struct reading *r, const char *text) {
    const char *out = arena_copy(&r->book->arena, str_of(text)).ptr;
    if (out == NULL)
        fail_memory(r);
    return out;
}

/* ---- relationships ---- */

/* Takes "." and ".." out of a path, in place. */
static void normalise(char *path) {
    char *to = path;
    for (const char *from = path; *from != '\0';) {
        size_t len = strcspn(from, "/");
        if (len == 2 && from[0] == '.' && from[1] == '.') {
            while (to > path && *--to != '/')
                continue;
        } else if (len > 0 && !(len == 1 && from[0] == '.')) {
            if (to > path)
                *to++ = '/';
            memmove(to, from, len);
            to += len;
        }
        from += len;
        from += *from == '/';
    }
    *to = '\0';
}

/* The name of the part that `target` means when the part `base` says it. */
static const char *resolve(struct reading *r, const char *base, const char *target) {
    const char *slash = strrchr(base, '/');
    int folder_len = *target == '/' || slash == NULL ? 0 : (int)(slash - base + 1);
    char *path = arena_new(&r->book->arena, (size_t)folder_len + strlen(target) + 1, 1);
    if (path == NULL) {
        fail_memory(r);
        return NULL;
    }
    memcpy(path, base, (size_t)folder_len);
    memcpy(path + folder_len, target, strlen(target));
    normalise(path);
    return path;
}

static void on_relation(void *ctx, const char *name, const char **attributes) {
    struct reading *r = ctx;
    const char *id = xml_attribute(attributes, "Id");
    const char *type = xml_attribute(attributes, "Type");
    const char *target = xml_attribute(attributes, "Target");
    const char *mode = xml_attribute(attributes, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL ||
        (mode != NULL && strcmp(mode, "External") == 0))
        return;
    const char *slash = strrchr(type, '/');
    struct relation relation = {copy(r, id), copy(r, slash != NULL ? slash + 1 : type),
                                resolve(r, r->base, target)};
    if (relation.id == NULL || relation.type == NULL || relation.part == NULL)
        return;
    if (!vec_push(&r->relations, relation))
        fail_memory(r);
}

static const char *part_of_type(const struct reading *r, const char *type) {
    for (size_t i = 0; i < r->relations.len; i++)
        if (strcmp(r->relations.at[i].type, type) == 0)
            return r->relations.at[i].part;
    return NULL;
}

/* Reads the relationships of `base`; a part without any is no error. */
static enum err read_relations(struct reading *r, struct xlsx_zip *zip, const char *base,
                               struct errinfo *info) {
    static const struct xml_events events = {.open = on_relation};
    const char *slash = strrchr(base, '/');
    int folder_len = slash != NULL ? (int)(slash - base + 1) : 0;
    struct str part =
        arena_printf(&r->book->arena, "%.*s_rels/%s.rels", folder_len, base, base + folder_len);
    if (part.ptr == NULL)
        return err_memory(info);
    r->relations.len = 0;
    r->base = base;
    if (!xlsx_zip_has(zip, part.ptr))
        return ERR_OK;
    return xml_read(zip, part.ptr, &events, r, &r->stream, info);
}

/* ---- sheets ---- */

static bool is_true(const char *value) {
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void add_sheet(struct reading *r, const char **attributes) {
    const char *name = xml_attribute(attributes, "name");
    const char *id = xml_attribute(attributes, "id");
    const char *state = xml_attribute(attributes, "state");
    for (size_t i = 0; name != NULL && id != NULL && i < r->relations.len; i++) {
        const struct relation *relation = &r->relations.at[i];
        if (strcmp(relation->id, id) != 0 || strcmp(relation->type, "worksheet") != 0)
            continue;
        struct xlsx_sheet sheet = {relation->part, state != NULL && strcmp(state, "visible") != 0};
        name = copy(r, name);
        if (name == NULL)
            return;
        if (r->book->sheets.len == RELATIONS_MAX) {
            fail_count(r, "sheets", RELATIONS_MAX);
            return;
        }
        if (!vec_push(&r->book->sheets, sheet) || !vec_push(&r->book->names, str_of(name)))
            fail_memory(r);
        return;
    }
}

static void on_workbook(void *ctx, const char *name, const char **attributes) {
    struct reading *r = ctx;
    if (strcmp(name, "workbookPr") == 0)
        r->book->date1904 = is_true(xml_attribute(attributes, "date1904"));
    else if (strcmp(name, "sheet") == 0)
        add_sheet(r, attributes);
}

/* ---- styles ---- */

static bool to_number(const char *text, uint32_t *out) {
    return text != NULL && str_to_u32(str_of(text), out);
}

static void on_style(void *ctx, const char *name, const char **attributes) {
    struct reading *r = ctx;
    uint32_t id;
    if (strcmp(name, "cellXfs") == 0)
        r->in_cell_styles = true;
    if (!to_number(xml_attribute(attributes, "numFmtId"), &id))
        id = 0;
    if (strcmp(name, "numFmt") == 0) {
        const char *code = xml_attribute(attributes, "formatCode");
        if (r->formats.len == STYLES_MAX)
            fail_count(r, "number formats", STYLES_MAX);
        else if (code != NULL && !u64_map_put(&r->formats, id, xlsx_format_kind(str_of(code))))
            fail_memory(r);
    } else if (r->in_cell_styles && strcmp(name, "xf") == 0) {
        uint32_t kind = u64_map_get(&r->formats, id);
        if (kind == MAP_NONE)
            kind = xlsx_builtin_kind(id);
        if (r->book->style_kinds.len == STYLES_MAX)
            fail_count(r, "styles", STYLES_MAX);
        else if (!vec_push(&r->book->style_kinds, (uint8_t)kind))
            fail_memory(r);
    }
}

static void on_style_end(void *ctx, const char *name) {
    struct reading *r = ctx;
    if (strcmp(name, "cellXfs") == 0)
        r->in_cell_styles = false;
}

/* ---- the book ---- */

static enum err read_parts(struct reading *r, struct xlsx_zip *zip, struct errinfo *info) {
    static const struct xml_events workbook = {.open = on_workbook};
    static const struct xml_events styles = {.open = on_style, .close = on_style_end};
    enum err code = read_relations(r, zip, "", info);
    if (code != ERR_OK)
        return code;
    const char *book_part = part_of_type(r, "officeDocument");
    if (book_part == NULL)
        book_part = "xl/workbook.xml";
    code = read_relations(r, zip, book_part, info);
    if (code == ERR_OK)
        code = xml_read(zip, book_part, &workbook, r, &r->stream, info);
    if (code != ERR_OK)
        return code;
    if (r->book->sheets.len == 0) {
        err_set(info, ERR_INPUT, "the workbook has no sheet with cells");
        err_hint(info, "Put the table on an ordinary sheet");
        return ERR_INPUT;
    }
    r->book->strings_part = part_of_type(r, "sharedStrings");
    const char *styles_part = part_of_type(r, "styles");
    if (styles_part == NULL)
        return ERR_OK;
    return xml_read(zip, styles_part, &styles, r, &r->stream, info);
}

enum err xlsx_book_read(struct xlsx_book *book, struct xlsx_zip *zip, struct errinfo *info) {
    *book = (struct xlsx_book){.date1904 = false};
    arena_init(&book->arena, ARENA_BYTES_MAX);
    struct reading r = {.book = book};
    enum err code = read_parts(&r, zip, info);
    vec_free(&r.relations);
    u64_map_release(&r.formats);
    return code;
}

void xlsx_book_release(struct xlsx_book *book) {
    vec_free(&book->names);
    vec_free(&book->sheets);
    vec_free(&book->style_kinds);
    arena_release(&book->arena);
}
