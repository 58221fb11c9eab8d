/* CSV text: see csv_write.h. */
#include "exchange/csv_write.h"

#include <math.h>

#include "exchange/number.h"

/* What begins a formula, also in full width, as a Chinese keyboard types it and Excel takes it. */
static bool is_formula(struct str text) {
    static const char *const wide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    double number;
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
        if (str_starts(text, str_of(wide[i])))
            return true;
    return text.len > 0 && memchr("=+-@\t\r\n", text.ptr[0], 7) != NULL &&
           !str_to_double(text, &number);
}

static bool needs_quotes(struct str text, char separator) {
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == separator || text.ptr[i] == '"' || text.ptr[i] == '\r' ||
            text.ptr[i] == '\n')
            return true;
    /* At the front of a file this would be taken for the name of the separator. */
    return str_starts(text, STR("sep="));
}

static void write_text(struct buf *out, struct str text, bool alone,
                       const struct table_write_options *options) {
    bool guard = options->guard_formulas && is_formula(text);
    /* A row of one empty cell would be a blank line, which many readers skip. */
    bool quote = needs_quotes(text, options->separator) || (alone && text.len == 0);
    if (quote)
        buf_add_char(out, '"');
    if (guard)
        buf_add_char(out, '\'');
    for (const char *mark;
         (mark = text.len > 0 ? memchr(text.ptr, '"', text.len) : NULL) != NULL;) {
        size_t upto = (size_t)(mark - text.ptr) + 1;
        buf_add(out, text.ptr, upto);
        buf_add_char(out, '"');
        text = str_sub(text, upto, text.len);
    }
    buf_add_str(out, text);
    if (quote)
        buf_add_char(out, '"');
}

void csv_write_row(struct buf *out, const struct table_value *values, uint32_t count,
                   const struct table_write_options *options) {
    char number[NUMBER_TEXT_MAX];
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_char(out, options->separator);
        switch (values[i].type) {
        case TABLE_TEXT:
            write_text(out, values[i].text, count == 1, options);
            break;
        case TABLE_INTEGER:
            buf_add_i64(out, values[i].integer);
            break;
        case TABLE_NUMBER:
            if (isfinite(values[i].number))
                buf_add(out, number, number_shortest(values[i].number, number));
            break;
        }
    }
    buf_add_c(out, "\r\n");
}
