/*
 * Markdown: see markdown.h.
 *
 * md4c takes the text apart and calls back; the HTML is written here, from what may be written. So
 * nothing has to be taken out of ready HTML afterwards, which is where sanitisers fail.
 *
 * md4c 0.4.8 leaves some spans of hostile texts in another order than it entered them (found by the
 * fuzz target), so the open elements are kept here: an end that does not fit is passed over, and
 * what is open at the end of a block is closed. It also reads a byte behind the end of a text, so
 * it gets a copy that goes on with zeros.
 */
#include "site/markdown.h"

#include <md4c.h>

#include "base/mem.h"
#include "site/html.h"

enum {
    ADDRESS_BYTES_MAX = 2000,
    HEADING_DOWN = 2,
    HEADING_LAST = 6,
    ENTITY_BYTES_MAX = 32,
    PADDING_BYTES = 16,
    SPANS_MAX = 32, /* nested deeper, words are written without elements */
};

struct span {
    MD_SPANTYPE type;
    const char *end; /* what closes it, "" when nothing was written */
};

struct writing {
    struct buf *out;
    unsigned images; /* open ones: inside, only words are written */
    struct span spans[SPANS_MAX];
    size_t depth;
};

static void close_spans(struct writing *w) {
    while (w->depth > 0)
        buf_add_c(w->out, w->spans[--w->depth].end);
    w->images = 0;
}

/* Blocks --------------------------------------------------------------------------------------- */

static unsigned level_of(const void *detail) {
    const MD_BLOCK_H_DETAIL *heading = detail;
    unsigned level = heading->level + HEADING_DOWN;
    return level < HEADING_LAST ? level : HEADING_LAST;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *ctx) {
    struct writing *w = ctx;
    close_spans(w);
    switch (type) {
    case MD_BLOCK_QUOTE:
        buf_add_c(w->out, "<blockquote>\n");
        break;
    case MD_BLOCK_UL:
        buf_add_c(w->out, "<ul>\n");
        break;
    case MD_BLOCK_OL:
        html_write(w->out, "<ol start=\"%u\">\n", ((const MD_BLOCK_OL_DETAIL *)detail)->start);
        break;
    case MD_BLOCK_LI:
        buf_add_c(w->out, "<li>");
        break;
    case MD_BLOCK_HR:
        buf_add_c(w->out, "<hr>\n");
        break;
    case MD_BLOCK_H:
        html_write(w->out, "<h%u>", level_of(detail));
        break;
    case MD_BLOCK_CODE:
        buf_add_c(w->out, "<pre><code>");
        break;
    case MD_BLOCK_P:
        buf_add_c(w->out, "<p>");
        break;
    default:
        break; /* the document itself; tables and raw HTML are off */
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *ctx) {
    struct writing *w = ctx;
    close_spans(w);
    switch (type) {
    case MD_BLOCK_QUOTE:
        buf_add_c(w->out, "</blockquote>\n");
        break;
    case MD_BLOCK_UL:
        buf_add_c(w->out, "</ul>\n");
        break;
    case MD_BLOCK_OL:
        buf_add_c(w->out, "</ol>\n");
        break;
    case MD_BLOCK_LI:
        buf_add_c(w->out, "</li>\n");
        break;
    case MD_BLOCK_H:
        html_write(w->out, "</h%u>\n", level_of(detail));
        break;
    case MD_BLOCK_CODE:
        buf_add_c(w->out, "</code></pre>\n");
        break;
    case MD_BLOCK_P:
        buf_add_c(w->out, "</p>\n");
        break;
    default:
        break;
    }
    return 0;
}

/* Spans ---------------------------------------------------------------------------------------- */

/* The address of a link with its "&amp;" read; false when it holds what no address does. */
static bool read_address(const MD_ATTRIBUTE *href, char address[ADDRESS_BYTES_MAX], size_t *len) {
    *len = 0;
    for (size_t i = 0; href->substr_offsets[i] < href->size; i++) {
        struct str piece = {href->text + href->substr_offsets[i],
                            href->substr_offsets[i + 1] - href->substr_offsets[i]};
        if (href->substr_types[i] == MD_TEXT_ENTITY && str_equal_c(piece, "&amp;"))
            piece = STR("&");
        else if (href->substr_types[i] != MD_TEXT_NORMAL)
            return false;
        if (piece.len > ADDRESS_BYTES_MAX - *len)
            return false;
        memcpy(address + *len, piece.ptr, piece.len);
        *len += piece.len;
    }
    return true;
}

static bool is_web_address(struct str s) {
    if (!str_starts(s, STR("https://")) && !str_starts(s, STR("http://")))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] <= 0x20 || s.ptr[i] == 0x7F ||
            strchr("\"'<>\\^`{|}", s.ptr[i]) != NULL)
            return false;
    return true;
}

/* Writes the beginning of a span; gives its end. */
static const char *open_span(struct writing *w, MD_SPANTYPE type, const void *detail) {
    char address[ADDRESS_BYTES_MAX];
    size_t len;
    switch (type) {
    case MD_SPAN_EM:
        buf_add_c(w->out, "<em>");
        return "</em>";
    case MD_SPAN_STRONG:
        buf_add_c(w->out, "<strong>");
        return "</strong>";
    case MD_SPAN_CODE:
        buf_add_c(w->out, "<code>");
        return "</code>";
    case MD_SPAN_A:
        if (!read_address(&((const MD_SPAN_A_DETAIL *)detail)->href, address, &len) ||
            !is_web_address((struct str){address, len}))
            return "";
        html_write(w->out, "<a href=\"%s\" rel=\"nofollow noopener\">", (struct str){address, len});
        return "</a>";
    default:
        return "";
    }
}

static int enter_span(MD_SPANTYPE type, void *detail, void *ctx) {
    struct writing *w = ctx;
    if (type == MD_SPAN_IMG)
        w->images++;
    if (w->images == 0 && w->depth < SPANS_MAX) {
        const char *end = open_span(w, type, detail);
        w->spans[w->depth++] = (struct span){type, end};
    }
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *ctx) {
    struct writing *w = ctx;
    if (w->images > 0)
        w->images -= type == MD_SPAN_IMG;
    else if (w->depth > 0 && w->spans[w->depth - 1].type == type)
        buf_add_c(w->out, w->spans[--w->depth].end);
    return 0;
}

/* A character reference goes out as it is when it has the form of one (HTML, 13.1.4). */
static void write_entity(struct buf *out, struct str entity) {
    bool whole = entity.len >= 3 && entity.len <= ENTITY_BYTES_MAX && entity.ptr[0] == '&' &&
                 entity.ptr[entity.len - 1] == ';';
    for (size_t i = 1; i + 1 < entity.len && whole; i++) {
        char c = entity.ptr[i];
        whole = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                (c == '#' && i == 1);
    }
    if (whole)
        buf_add_str(out, entity);
    else
        html_text(out, entity);
}

static int write_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *ctx) {
    struct writing *w = ctx;
    if (type == MD_TEXT_BR && w->images == 0)
        buf_add_c(w->out, "<br>\n");
    else if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
        buf_add_char(w->out, '\n');
    else if (type == MD_TEXT_ENTITY)
        write_entity(w->out, (struct str){text, size});
    else
        html_text(w->out, (struct str){text, size});
    return 0;
}

enum err markdown_write(struct buf *out, struct str text, struct errinfo *info) {
    static const MD_PARSER parser = {.flags = MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS,
                                     .enter_block = enter_block,
                                     .leave_block = leave_block,
                                     .enter_span = enter_span,
                                     .leave_span = leave_span,
                                     .text = write_text};
    struct writing w = {.out = out};
    if (text.len > MARKDOWN_BYTES_MAX) {
        err_set(info, ERR_LIMIT, "the text has %zu bytes", text.len);
        err_hint(info, "Write at most %d", MARKDOWN_BYTES_MAX);
        return ERR_LIMIT;
    }
    char *copy = mem_new(text.len + PADDING_BYTES, 1);
    if (copy == NULL)
        return err_memory(info);
    if (text.len > 0)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\n';
    int failed = md_parse(copy, (MD_SIZE)text.len + 1, &parser, &w);
    close_spans(&w);
    mem_free(copy);
    return failed == 0 ? ERR_OK : err_memory(info);
}
