/*
 * Whatever a text holds, its HTML has no element and no attribute but those of site/markdown.h,
 * every element is closed in its order, and every address begins with http:// or https://.
 */
#include "site/markdown.h"

enum { DEPTH_MAX = 4096 };

struct reader {
    struct str rest;
    const char *open[DEPTH_MAX];
    size_t depth;
};

static const char *const elements[] = {"p",  "em", "strong", "code", "pre", "blockquote", "ul",
                                       "li", "ol", "h3",     "h4",   "h5",  "h6",         "a"};

static bool take(struct reader *r, const char *text) {
    if (!str_starts(r->rest, str_of(text)))
        return false;
    r->rest = str_sub(r->rest, strlen(text), r->rest.len);
    return true;
}

static void take_until(struct reader *r, char end) {
    while (r->rest.len > 0 && r->rest.ptr[0] != end) {
        if (r->rest.ptr[0] == '<' || r->rest.ptr[0] == '>')
            __builtin_trap();
        r->rest = str_sub(r->rest, 1, r->rest.len);
    }
}

/* An opening tag behind its "<". */
static void check_opening(struct reader *r) {
    if (take(r, "br>") || take(r, "hr>"))
        return;
    if (r->depth == DEPTH_MAX)
        __builtin_trap();
    if (take(r, "a href=\"http")) {
        if (!take(r, "://") && !take(r, "s://"))
            __builtin_trap();
        take_until(r, '"');
        if (!take(r, "\" rel=\"nofollow noopener\">"))
            __builtin_trap();
        r->open[r->depth++] = "a";
        return;
    }
    if (take(r, "ol start=\"")) {
        while (r->rest.len > 0 && r->rest.ptr[0] >= '0' && r->rest.ptr[0] <= '9')
            r->rest = str_sub(r->rest, 1, r->rest.len);
        if (!take(r, "\">"))
            __builtin_trap();
        r->open[r->depth++] = "ol";
        return;
    }
    for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++) {
        struct reader ahead = *r;
        if (take(&ahead, elements[i]) && take(&ahead, ">") && strcmp(elements[i], "a") != 0) {
            r->rest = ahead.rest;
            r->open[r->depth++] = elements[i];
            return;
        }
    }
    __builtin_trap();
}

static void check(struct str html) {
    static struct reader r;
    r = (struct reader){.rest = html};
    while (r.rest.len > 0) {
        if (take(&r, "</")) {
            if (r.depth == 0 || !take(&r, r.open[--r.depth]) || !take(&r, ">"))
                __builtin_trap();
        } else if (take(&r, "<")) {
            check_opening(&r);
        } else if (r.rest.ptr[0] == '>' || r.rest.ptr[0] == '"') {
            __builtin_trap();
        } else {
            r.rest = str_sub(r.rest, 1, r.rest.len);
        }
    }
    if (r.depth != 0)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct buf out;
    buf_init(&out, 64 << 20);
    if (markdown_write(&out, (struct str){(const char *)data, size}, NULL) == ERR_OK &&
        buf_error(&out, NULL) == ERR_OK)
        check(buf_str(&out));
    buf_release(&out);
    return 0;
}
