/*
 * Reading CSV: see csv_read.h.
 *
 * The window holds the current record and as much text behind it as is there. The scanner looks at
 * 64 bytes at once and makes a bit mask of the bytes that may mean something (separator, quote,
 * line break, zero); then it jumps from bit to bit, so plain text between them costs nothing.
 *
 * A record that the end of the window cuts is scanned again from its beginning once there is more
 * text. That keeps the scanner free of half states. Each time the window at least doubles, so the
 * bytes scanned twice are at most as many as those scanned once. Quoted cells shrink only when the
 * whole record is there; until then the window stays as it came.
 */
#include "exchange/csv_read.h"

#include "exchange/csv_guess.h"
#include "text/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    BLOCK_BYTES = 256 << 10,     /* fits the second-level cache of any core of today */
    SAMPLE_BYTES = 64 << 10,     /* for guessing the separator */
    RECORD_BYTES_MAX = 64 << 20, /* keeps memory bounded; real records have kilobytes */
    MARK_BYTES = 64,             /* bits in `marks` */
    /* What a refill may hold: twice what is left, and one append of the source beyond. */
    WINDOW_BYTES_MAX = 2 * (RECORD_BYTES_MAX + CSV_SOURCE_BYTES_MAX) + CSV_SOURCE_BYTES_MAX,
    RECORD_TEXT_MAX = 40,
};

enum step { STEP_RECORD, STEP_MORE, STEP_FAILED };

/* The cell under the scanner. */
struct cell {
    size_t begin; /* where it begins, its opening quote included */
    long begin_line;
    long line;      /* where the scanner is */
    size_t closing; /* position of the closing quote, when `closed` */
    bool open;      /* inside quotes */
    bool closed;    /* behind the closing quote */
    bool doubled;   /* holds doubled quotes */
};

/* ---- marks ---- */

/* Bytes up to CR are marked as a whole: one comparison finds LF, CR and zero; the scanner passes
 * over the other control characters. */
#ifdef __SSE2__
static uint64_t find_marks(const char *text, char separator) {
    const __m128i cr = _mm_set1_epi8('\r');
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i sep = _mm_set1_epi8(separator);
    uint64_t marks = 0;
    for (int i = 0; i < MARK_BYTES / 16; i++) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + 16 * i));
        __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(v, cr), v),
                                   _mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, sep)));
        marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(hit) << (16 * i);
    }
    return marks;
}
#else
static uint64_t find_marks(const char *text, char separator) {
    uint64_t marks = 0;
    for (int i = 0; i < MARK_BYTES; i++) {
        unsigned char c = (unsigned char)text[i];
        uint64_t hit = (c <= '\r') | (c == '"') | (text[i] == separator);
        marks |= hit << i;
    }
    return marks;
}
#endif

static uint64_t marks_of_block(const struct csv_reader *r, size_t block) {
    if (block >= r->window.len)
        return 0;
    size_t left = r->window.len - block;
    if (left >= MARK_BYTES)
        return find_marks(r->window.ptr + block, r->separator);
    char tail[MARK_BYTES];
    memset(tail, ' ', sizeof(tail));
    memcpy(tail, r->window.ptr + block, left);
    return find_marks(tail, r->separator);
}

/* Makes the next mark the first one at or behind `at`. */
static void seek_mark(struct csv_reader *r, size_t at) {
    r->block = at / MARK_BYTES * MARK_BYTES;
    r->marks = marks_of_block(r, r->block) & (UINT64_MAX << (at % MARK_BYTES));
}

/* The position of the next mark, which is taken, or the end of the window. */
static inline size_t next_mark(struct csv_reader *r) {
    while (r->marks == 0) {
        if (r->window.len - r->block <= MARK_BYTES)
            return r->window.len;
        r->block += MARK_BYTES;
        r->marks = marks_of_block(r, r->block);
    }
    size_t at = r->block + (size_t)__builtin_ctzll(r->marks);
    r->marks &= r->marks - 1;
    return at;
}

/* ---- failures ---- */

/* The column of `at`, in characters from 1. A record begins a line, so the search ends there. */
static long column_of(const struct csv_reader *r, size_t at) {
    size_t from = at;
    while (from > r->at && r->window.ptr[from - 1] != '\n' && r->window.ptr[from - 1] != '\r')
        from--;
    return (long)utf8_count((struct str){r->window.ptr + from, at - from}) + 1;
}

static const char *record_name(const struct csv_reader *r, char out[RECORD_TEXT_MAX]) {
    if (r->records == 0)
        return "the first row";
    snprintf(out, RECORD_TEXT_MAX, "record %llu", (unsigned long long)r->records);
    return out;
}

static enum step fail_unclosed(struct csv_reader *r, const struct cell *c) {
    char name[RECORD_TEXT_MAX];
    err_set(&r->failure, ERR_INPUT, "the quote opened here, in %s, is never closed",
            record_name(r, name));
    err_hint(&r->failure, "Put a closing quote (\") at the end of the cell, or double the quote "
                          "if it belongs to the text");
    err_at(&r->failure, NULL, c->begin_line, column_of(r, c->begin));
    return STEP_FAILED;
}

/* Text behind a closing quote. When the cell runs over several lines, the likely fault is not here
 * but at its beginning: a quote was not closed, and this "closing" one opens the next cell. */
static enum step fail_after_quote(struct csv_reader *r, const struct cell *c, size_t at) {
    char name[RECORD_TEXT_MAX];
    long column = column_of(r, at);
    if (c->line == c->begin_line) {
        err_set(&r->failure, ERR_INPUT, "text follows the closing quote of a cell in %s",
                record_name(r, name));
        err_hint(&r->failure, "Double the quotes that belong to the text (\"a \"\"b\"\" c\"), or "
                              "put the separator directly behind the closing quote");
        err_at(&r->failure, NULL, c->line, column);
        return STEP_FAILED;
    }
    err_set(&r->failure, ERR_INPUT,
            "the quote opened here, in %s, meets its next quote only in line %ld, column %ld, "
            "where text follows it",
            record_name(r, name), c->line, column - 1);
    err_hint(&r->failure, "Probably the closing quote (\") of this cell is missing; else double "
                          "the quotes that belong to the text");
    err_at(&r->failure, NULL, c->begin_line, column_of(r, c->begin));
    return STEP_FAILED;
}

static enum step fail_cell_length(struct csv_reader *r, const struct cell *c) {
    char name[RECORD_TEXT_MAX];
    bool quoted = c->open || c->closed;
    err_set(&r->failure, ERR_LIMIT,
            "the cell that begins here, in %s, is longer than %u characters", record_name(r, name),
            r->limits.cell_chars);
    err_hint(&r->failure, quoted ? "Look whether its closing quote (\") is missing, or shorten it"
                                 : "Shorten it, or look whether the separator is another one");
    err_at(&r->failure, NULL, c->begin_line, column_of(r, c->begin));
    return STEP_FAILED;
}

static enum step fail_at(struct csv_reader *r, const struct cell *c, size_t at, enum err code,
                         const char *message, const char *hint) {
    err_set(&r->failure, code, "%s", message);
    err_hint(&r->failure, "%s", hint);
    err_at(&r->failure, NULL, c->line, column_of(r, at));
    return STEP_FAILED;
}

static enum step fail_columns(struct csv_reader *r, const struct cell *c) {
    char name[RECORD_TEXT_MAX];
    err_set(&r->failure, ERR_LIMIT, "%s has more than %u cells", record_name(r, name),
            r->limits.columns);
    err_hint(&r->failure, "Remove columns, or look whether the separator is another one");
    err_at(&r->failure, NULL, c->begin_line, column_of(r, c->begin));
    return STEP_FAILED;
}

static enum step fail_memory(struct csv_reader *r) {
    (void)err_memory(&r->failure);
    return STEP_FAILED;
}

static enum err report(const struct csv_reader *r, struct errinfo *info) {
    if (info != NULL)
        *info = r->failure;
    return r->failure.code;
}

/* ---- the record ---- */

/* Whether the cell's text, which ends before `end`, is over the limit. */
static bool is_too_long(const struct csv_reader *r, const struct cell *c, size_t end) {
    bool quoted = c->open || c->closed;
    size_t begin = c->begin + (quoted ? 1 : 0);
    if (end <= begin || end - begin <= r->limits.cell_chars)
        return false;
    uint64_t chars = utf8_count((struct str){r->window.ptr + begin, end - begin});
    if (c->doubled) {
        uint64_t quotes = 0;
        for (size_t i = begin; i < end; i++)
            quotes += r->window.ptr[i] == '"';
        chars -= quotes / 2;
    }
    return chars > r->limits.cell_chars;
}

/* Takes the cell that ends at the separator or line break `at`; the next one begins behind it. */
static inline enum step end_cell(struct csv_reader *r, struct cell *c, size_t at) {
    size_t begin = c->begin, end = at;
    if (c->closed) {
        begin++;
        end = c->closing;
    }
    if (end - begin > r->limits.cell_chars && is_too_long(r, c, end))
        return fail_cell_length(r, c);
    if (r->cells.len == r->limits.columns)
        return fail_columns(r, c);
    if (c->doubled && !vec_push(&r->doubled, (uint32_t)r->cells.len))
        return fail_memory(r);
    if (!vec_push(&r->cells, (struct str){r->window.ptr + begin, end - begin}) ||
        !vec_push(&r->lines, c->begin_line))
        return fail_memory(r);
    c->begin = at + 1;
    c->begin_line = c->line;
    c->closed = false;
    c->doubled = false;
    return STEP_RECORD;
}

/* The window ends before the record does. */
static enum step end_of_window(struct csv_reader *r, struct cell *c) {
    size_t end = r->window.len;
    if (!r->last) {
        /* More bytes than any cell within the limit has: waiting for its end is of no use. */
        if (end - c->begin > UINT64_C(4) * r->limits.cell_chars + 2)
            return fail_cell_length(r, c);
        if (end - r->at <= RECORD_BYTES_MAX)
            return STEP_MORE;
        return fail_at(r, c, end, ERR_LIMIT, "the record is longer than 64 MiB",
                       "Look whether line breaks are missing");
    }
    if (c->open)
        return is_too_long(r, c, end) ? fail_cell_length(r, c) : fail_unclosed(r, c);
    r->at = end;
    r->line = c->line;
    return end_cell(r, c, end);
}

/* A mark inside quotes. */
static enum step mark_in_quotes(struct csv_reader *r, struct cell *c, size_t at) {
    const char *text = r->window.ptr;
    bool is_end = at + 1 == r->window.len;
    if (text[at] == '\n' || text[at] == '\r') {
        if (text[at] == '\r' && is_end && !r->last)
            return STEP_MORE;
        c->line += !(text[at] == '\r' && !is_end && text[at + 1] == '\n');
        return STEP_RECORD;
    }
    if (text[at] != '"')
        return STEP_RECORD;
    if (is_end && !r->last)
        return STEP_MORE;
    if (!is_end && text[at + 1] == '"') {
        (void)next_mark(r);
        c->doubled = true;
        return STEP_RECORD;
    }
    if (!is_end && text[at + 1] != r->separator && text[at + 1] != '\n' && text[at + 1] != '\r') {
        if (text[at + 1] == '\0')
            return STEP_RECORD; /* the zero byte is the next mark and says more */
        return is_too_long(r, c, at) ? fail_cell_length(r, c) : fail_after_quote(r, c, at + 1);
    }
    c->open = false;
    c->closed = true;
    c->closing = at;
    return STEP_RECORD;
}

/* The line break `at` that ends the record. */
static enum step end_record(struct csv_reader *r, struct cell *c, size_t at) {
    size_t next = at + 1;
    if (r->window.ptr[at] == '\r') {
        if (next == r->window.len && !r->last)
            return STEP_MORE;
        if (next < r->window.len && r->window.ptr[next] == '\n') {
            (void)next_mark(r);
            next++;
        }
    }
    enum step step = end_cell(r, c, at);
    if (step == STEP_RECORD) {
        r->at = next;
        r->line = c->line + 1;
    }
    return step;
}

/* Scans the record that begins at `r->at`; on STEP_RECORD `r->at` is behind it. */
static enum step scan_record(struct csv_reader *r) {
    struct cell c = {.begin = r->at, .begin_line = r->line, .line = r->line};
    const char *text = r->window.ptr;
    const char separator = r->separator;
    r->cells.len = 0;
    r->lines.len = 0;
    r->doubled.len = 0;
    for (;;) {
        enum step step = STEP_RECORD;
        size_t at = next_mark(r);
        if (at == r->window.len)
            return end_of_window(r, &c);
        char mark = text[at];
        if (mark == '\0')
            return fail_at(r, &c, at, ERR_INPUT, "a zero byte, which no text holds",
                           "The file is damaged or no CSV text; save it again as CSV (UTF-8)");
        if (c.open)
            step = mark_in_quotes(r, &c, at);
        else if (mark == separator)
            step = end_cell(r, &c, at);
        else if (mark == '\n' || mark == '\r')
            return end_record(r, &c, at);
        else if (mark == '"' && at == c.begin)
            c.open = true;
        if (step != STEP_RECORD)
            return step == STEP_MORE ? end_of_window(r, &c) : step;
    }
}

/* Makes one quote of each doubled one, in place. */
static void shrink_doubled(struct csv_reader *r) {
    for (size_t i = 0; i < r->doubled.len; i++) {
        struct str *cell = &r->cells.at[r->doubled.at[i]];
        char *text = r->window.ptr + (cell->ptr - r->window.ptr);
        size_t to = 0;
        for (size_t from = 0; from < cell->len; from++) {
            text[to++] = text[from];
            from += text[from] == '"';
        }
        cell->len = to;
    }
}

/* ---- the window ---- */

/* Drops what was delivered and reads until the window is a block and twice what is left. */
static bool refill(struct csv_reader *r) {
    buf_drop_front(&r->window, r->at);
    r->at = 0;
    size_t want = r->window.len * 2 > BLOCK_BYTES ? r->window.len * 2 : BLOCK_BYTES;
    while (!r->last && r->window.len < want) {
        size_t before = r->window.len;
        enum err code = r->source.read(r->source.ctx, &r->window, &r->last, &r->failure);
        if (code == ERR_OK)
            code = buf_error(&r->window, &r->failure);
        r->failure.code = code;
        if (code != ERR_OK)
            return false;
        r->bytes += r->window.len - before;
        if (r->bytes > r->limits.bytes) {
            err_set(&r->failure, ERR_LIMIT, "the text is larger than %llu bytes",
                    (unsigned long long)r->limits.bytes);
            err_hint(&r->failure, "Split the file");
            return false;
        }
    }
    seek_mark(r, 0);
    return true;
}

/* Passes a first line "sep=;" and returns its separator, or 0. */
static char take_separator_line(struct csv_reader *r) {
    struct str text = buf_str(&r->window);
    struct str name = STR("sep=");
    if (text.len <= name.len || !str_equal_nocase(str_sub(text, 0, name.len), name) ||
        memchr(CSV_SEPARATORS, text.ptr[name.len], sizeof(CSV_SEPARATORS) - 1) == NULL)
        return 0;
    size_t at = name.len + 1;
    if (at < text.len && text.ptr[at] == '\r')
        at++;
    if (at < text.len && text.ptr[at] == '\n')
        at++;
    if (at == name.len + 1 && at < text.len)
        return 0;
    r->at = at;
    r->line++;
    return text.ptr[name.len];
}

enum err csv_reader_start(struct csv_reader *r, struct errinfo *info) {
    if (r->failure.code != ERR_OK)
        return report(r, info);
    if (r->started)
        return ERR_OK;
    if (r->separator != 0 &&
        memchr(CSV_SEPARATORS, r->separator, sizeof(CSV_SEPARATORS) - 1) == NULL) {
        err_set(&r->failure, ERR_INPUT, "'%c' is no separator of cells", r->separator);
        err_hint(&r->failure, "Give one of , ; | or the tabulator");
        return report(r, info);
    }
    if (!refill(r))
        return report(r, info);
    char stated = take_separator_line(r);
    if (r->separator == 0)
        r->separator = stated;
    if (r->separator == 0) {
        struct str text = buf_str(&r->window);
        size_t sample = text.len < SAMPLE_BYTES ? text.len : SAMPLE_BYTES;
        r->separator = csv_guess_separator(str_sub(text, 0, sample), r->last && sample == text.len);
    }
    seek_mark(r, r->at);
    r->started = true;
    return ERR_OK;
}

enum err csv_next(struct csv_reader *r, struct table_row *row, bool *end, struct errinfo *info) {
    enum err code = csv_reader_start(r, info);
    if (code != ERR_OK)
        return code;
    long line;
    enum step step;
    do {
        *end = r->last && r->at == r->window.len;
        if (*end)
            return ERR_OK;
        line = r->line;
        step = r->at < r->window.len ? scan_record(r) : STEP_MORE;
        if (step == STEP_FAILED || (step == STEP_MORE && !refill(r)))
            return report(r, info);
    } while (step == STEP_MORE);
    if (r->records > r->limits.rows) {
        err_set(&r->failure, ERR_LIMIT, "there are more than %llu records",
                (unsigned long long)r->limits.rows);
        err_hint(&r->failure, "Split the file");
        err_at(&r->failure, NULL, line, 1);
        return report(r, info);
    }
    shrink_doubled(r);
    *row = (struct table_row){.cells = r->cells.at,
                              .cell_lines = r->lines.at,
                              .count = (uint32_t)r->cells.len,
                              .record = r->records++,
                              .line = line};
    return ERR_OK;
}

/* ---- life cycle ---- */

void csv_reader_init(struct csv_reader *r, struct csv_source source, char separator,
                     const struct table_limits *limits) {
    *r = (struct csv_reader){.separator = separator, .source = source, .line = 1};
    if (limits != NULL)
        r->limits = *limits;
    if (r->limits.rows == 0)
        r->limits.rows = TABLE_ROWS_MAX;
    if (r->limits.bytes == 0)
        r->limits.bytes = TABLE_BYTES_MAX;
    if (r->limits.cell_chars == 0)
        r->limits.cell_chars = TABLE_CELL_CHARS_MAX;
    if (r->limits.columns == 0)
        r->limits.columns = TABLE_CSV_COLUMNS_MAX;
    buf_init(&r->window, WINDOW_BYTES_MAX);
}

void csv_reader_release(struct csv_reader *r) {
    buf_release(&r->window);
    vec_free(&r->cells);
    vec_free(&r->lines);
    vec_free(&r->doubled);
}

static enum err read_text(void *ctx, struct buf *out, bool *last, struct errinfo *info) {
    struct str *rest = ctx;
    size_t len = rest->len < BLOCK_BYTES ? rest->len : BLOCK_BYTES;
    buf_add(out, rest->ptr, len);
    *rest = str_sub(*rest, len, rest->len);
    *last = rest->len == 0;
    return ERR_OK;
}

struct csv_source csv_source_text(struct str *rest) {
    return (struct csv_source){.read = read_text, .ctx = rest};
}
