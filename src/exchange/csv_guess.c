/*
 * Guessing the separator: see csv_guess.h.
 *
 * Each candidate reads the sample for itself, because where a cell begins, and so where a quote
 * opens, depends on the separator. Counting only the header would be fooled by a title line and by
 * headers such as "Products (a, b, c)"; agreement between records is what prose cannot fake.
 */
#include "exchange/csv_guess.h"

#include <stdint.h>

/* Records looked at: enough that a few odd ones do not matter, few enough to cost nothing. */
enum { RECORDS_MAX = 64 };

struct evidence {
    uint32_t cells[RECORDS_MAX]; /* of each record that is not blank */
    uint32_t records;
    uint32_t spaced; /* separators directly followed by a blank */
};

/* Passes the quoted part that begins at `at`; the position after its closing quote. */
static size_t skip_quoted(struct str s, size_t at) {
    for (at++; at < s.len; at++) {
        if (s.ptr[at] != '"')
            continue;
        if (at + 1 < s.len && s.ptr[at + 1] == '"')
            at++;
        else
            return at + 1;
    }
    return at;
}

static void add_record(struct evidence *e, uint32_t cells, bool blank) {
    if (!blank && e->records < RECORDS_MAX)
        e->cells[e->records++] = cells;
}

static void collect(struct str s, bool whole, char separator, struct evidence *e) {
    *e = (struct evidence){.records = 0};
    size_t start = 0;
    uint32_t cells = 1;
    bool cell_begins = true;
    for (size_t at = 0; at < s.len && e->records < RECORDS_MAX;) {
        char c = s.ptr[at];
        if (c == '"' && cell_begins) {
            at = skip_quoted(s, at);
            cell_begins = false;
            continue;
        }
        cell_begins = c == separator;
        if (c == separator) {
            cells++;
            e->spaced += at + 1 < s.len && s.ptr[at + 1] == ' ';
        } else if (c == '\n' || c == '\r') {
            add_record(e, cells, at == start);
            start = at + 1;
            cells = 1;
            cell_begins = true;
        }
        at++;
    }
    /* A record cut by the end of the sample counts only when there is no other. */
    if (start < s.len && (whole || e->records == 0))
        add_record(e, cells, false);
}

/* How many records agree on the most frequent number of cells, of two at least. */
static uint32_t agreement(const struct evidence *e) {
    uint32_t best = 0;
    for (uint32_t i = 0; i < e->records; i++) {
        uint32_t same = 0;
        for (uint32_t k = 0; k < e->records; k++)
            same += e->cells[k] == e->cells[i];
        if (e->cells[i] >= 2 && same > best)
            best = same;
    }
    return best;
}

char csv_guess_separator(struct str sample, bool whole) {
    char best = CSV_SEPARATORS[0];
    uint32_t best_agree = 0, best_spaced = 0, best_cells = 0;
    for (const char *candidate = CSV_SEPARATORS; *candidate != '\0'; candidate++) {
        struct evidence e;
        collect(sample, whole, *candidate, &e);
        uint32_t agree = agreement(&e);
        if (agree == 0)
            continue;
        bool better = agree != best_agree       ? agree > best_agree
                      : e.spaced != best_spaced ? e.spaced < best_spaced
                                                : e.cells[0] > best_cells;
        if (better) {
            best = *candidate;
            best_agree = agree;
            best_spaced = e.spaced;
            best_cells = e.cells[0];
        }
    }
    return best;
}
