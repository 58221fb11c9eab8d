/* Request targets: see path.h. */
#include "http/path.h"

/* Well-formed UTF-8 (Unicode 15, table 3-7), as the ranges of the first two bytes decide. */
static bool is_utf8(struct str s) {
    const unsigned char *p = (const unsigned char *)s.ptr, *end = p + s.len;
    while (p < end) {
        unsigned char lead = *p++;
        if (lead < 0x80)
            continue;
        if (lead < 0xC2 || lead > 0xF4)
            return false;
        ptrdiff_t more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (end - p < more || p[0] < low || p[0] > high)
            return false;
        for (ptrdiff_t i = 1; i < more; i++)
            if ((p[i] & 0xC0) != 0x80)
                return false;
        p += more;
    }
    return true;
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Percent decoding into the arena; `blank` is the character read as a blank, or 0. */
static enum err percent_decode(struct arena *arena, struct str raw, char blank, struct str *out,
                               struct errinfo *info) {
    char *text = arena_new(arena, raw.len + 1, 1);
    size_t len = 0;
    if (text == NULL)
        return err_memory(info);
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (c == '%') {
            int high = i + 2 < raw.len ? hex_value(raw.ptr[i + 1]) : -1;
            int low = i + 2 < raw.len ? hex_value(raw.ptr[i + 2]) : -1;
            if (high < 0 || low < 0)
                return err_set(info, ERR_INPUT,
                               "a percent sign in the address is not followed by "
                               "two hexadecimal digits");
            c = (char)(high * 16 + low);
            i += 2;
        } else if (blank != '\0' && c == blank) {
            c = ' ';
        }
        if (c == '\0')
            return err_set(info, ERR_INPUT, "the address holds a NUL character");
        text[len++] = c;
    }
    *out = (struct str){text, len};
    if (!is_utf8(*out))
        return err_set(info, ERR_INPUT, "the address is not UTF-8");
    return ERR_OK;
}

struct str http_target_host(struct str target) {
    const struct str schemes[] = {STR("http://"), STR("https://")};
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        size_t from = schemes[i].len, to = from;
        if (target.len < from || !str_equal_nocase(str_sub(target, 0, from), schemes[i]))
            continue;
        while (to < target.len && target.ptr[to] != '/' && target.ptr[to] != '?')
            to++;
        return str_sub(target, from, to);
    }
    return (struct str){NULL, 0};
}

enum err http_target_split(struct str target, struct str *path, struct str *query,
                           struct errinfo *info) {
    struct str host = http_target_host(target);
    if (host.ptr != NULL) {
        target = str_sub(target, (size_t)(host.ptr - target.ptr) + host.len, target.len);
        if (target.len == 0 || target.ptr[0] == '?') {
            *path = STR("/");
            *query = target.len > 0 ? str_sub(target, 1, target.len) : STR("");
            return ERR_OK;
        }
    }
    if (target.len == 0 || target.ptr[0] != '/')
        return err_set(info, ERR_INPUT, "the request target does not start with a slash");
    size_t mark = str_find(target, STR("?"));
    *path = mark == SIZE_MAX ? target : str_sub(target, 0, mark);
    *query = mark == SIZE_MAX ? STR("") : str_sub(target, mark + 1, target.len);
    return ERR_OK;
}

/* Whether a raw path holds "%2F": decoded, it could no longer be told from a separator. */
static bool has_encoded_slash(struct str raw) {
    for (size_t i = 0; i + 2 < raw.len; i++)
        if (raw.ptr[i] == '%' && raw.ptr[i + 1] == '2' && (raw.ptr[i + 2] | 0x20) == 'f')
            return true;
    return false;
}

enum err http_path_decode(struct arena *arena, struct str raw, struct str *path,
                          struct errinfo *info) {
    struct str decoded;
    if (raw.len == 0 || raw.ptr[0] != '/')
        return err_set(info, ERR_INPUT, "the path does not start with a slash");
    if (has_encoded_slash(raw))
        return err_set(info, ERR_INPUT, "the path holds an encoded slash");
    enum err e = percent_decode(arena, raw, '\0', &decoded, info);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < decoded.len; i++) {
        unsigned char c = (unsigned char)decoded.ptr[i];
        if (c < 0x20 || c == 0x7F || c == '\\')
            return err_set(info, ERR_INPUT, "the path holds a control character or a backslash");
    }
    struct str rest = decoded, segment;
    while (str_next(&rest, "/", &segment))
        if (str_equal_c(segment, ".") || str_equal_c(segment, ".."))
            return err_set(info, ERR_INPUT, "the path holds a segment \".\" or \"..\"");
    *path = decoded;
    return ERR_OK;
}

enum err http_query_decode(struct arena *arena, struct str raw, struct http_param **params,
                           size_t *count, struct errinfo *info) {
    size_t pieces = 0, used = 0;
    struct str rest = raw, piece;
    while (str_next(&rest, "&", &piece))
        pieces += piece.len > 0;
    if (pieces > HTTP_QUERY_PARAMS_MAX)
        return err_set(info, ERR_LIMIT, "the address has more than %d parameters",
                       HTTP_QUERY_PARAMS_MAX);
    struct http_param *list = arena_new(arena, pieces + 1, sizeof(*list));
    if (list == NULL)
        return err_memory(info);
    rest = raw;
    while (str_next(&rest, "&", &piece)) {
        if (piece.len == 0)
            continue;
        size_t equals = str_find(piece, STR("="));
        struct str name = equals == SIZE_MAX ? piece : str_sub(piece, 0, equals);
        struct str value = equals == SIZE_MAX ? STR("") : str_sub(piece, equals + 1, piece.len);
        enum err e = percent_decode(arena, name, '+', &list[used].name, info);
        if (e == ERR_OK)
            e = percent_decode(arena, value, '+', &list[used].value, info);
        if (e != ERR_OK)
            return e;
        used++;
    }
    *params = list;
    *count = used;
    return ERR_OK;
}
