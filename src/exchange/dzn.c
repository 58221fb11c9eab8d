/* Reads MiniZinc data of the one form that dzn.h tells: sign by sign, each value by its key. */
#include "exchange/dzn.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "exchange/input.h"

struct reading {
    const char *at, *end;
    long line;
    struct str key; /* whose value is read */
    struct dzn *dzn;
    uint32_t have; /* keys read so far, one bit each */
    uint32_t room; /* for orders */
    struct errinfo *info;
};

/* Signs -------------------------------------------------------------------------------------------
 */

static enum err wrong(struct reading *r, const char *what) {
    if (r->key.len > 0)
        err_set(r->info, ERR_INPUT, "%.*s: %s", STR_ARG(r->key), what);
    else
        err_set(r->info, ERR_INPUT, "%s", what);
    if (r->info != NULL)
        err_at(r->info, NULL, r->line, 0);
    return ERR_INPUT;
}

static void skip(struct reading *r) {
    for (; r->at < r->end; r->at++) {
        if (*r->at == '%')
            while (r->at < r->end && *r->at != '\n')
                r->at++;
        if (r->at == r->end)
            return;
        if (*r->at == '\n')
            r->line++;
        else if (*r->at != ' ' && *r->at != '\t' && *r->at != '\r')
            return;
    }
}

/* Whether the sign comes next; it is read then. */
static bool next_is(struct reading *r, char sign) {
    skip(r);
    if (r->at == r->end || *r->at != sign)
        return false;
    r->at++;
    return true;
}

static enum err expect(struct reading *r, char sign) {
    char what[48];
    if (next_is(r, sign))
        return ERR_OK;
    snprintf(what, sizeof(what),
             r->at == r->end ? "the file ends where '%c' should stand" : "'%c' is missing here",
             sign);
    return wrong(r, what);
}

static enum err read_number(struct reading *r, uint32_t least, uint32_t most, uint32_t *out) {
    uint64_t value = 0;
    char what[64];
    skip(r);
    const char *first = r->at;
    for (; r->at < r->end && *r->at >= '0' && *r->at <= '9' && value <= UINT32_MAX; r->at++)
        value = value * 10 + (uint64_t)(*r->at - '0');
    if (first == r->at)
        return wrong(r, r->at == r->end ? "the file ends where a number should stand"
                                        : "a number is missing here");
    if (value < least || value > most) {
        snprintf(what, sizeof(what), "%llu is not between %u and %u", (unsigned long long)value,
                 least, most);
        return wrong(r, what);
    }
    *out = (uint32_t)value;
    return ERR_OK;
}

/* Numbers between braces, each told to `fn`. */
typedef enum err number_fn(struct reading *r, uint32_t owner, uint32_t number);

static enum err read_set(struct reading *r, uint32_t owner, uint32_t most, number_fn *fn) {
    enum err code = expect(r, '{');
    for (bool more = code == ERR_OK && !next_is(r, '}'); more && code == ERR_OK;) {
        uint32_t number;
        code = read_number(r, 0, most, &number);
        if (code == ERR_OK && fn != NULL)
            code = fn(r, owner, number);
        if (code != ERR_OK || next_is(r, '}'))
            break;
        code = expect(r, ',');
    }
    return code;
}

static enum err read_sets(struct reading *r, uint32_t count, uint32_t most, number_fn *fn) {
    enum err code = expect(r, '[');
    for (uint32_t i = 0; i < count && code == ERR_OK; i++) {
        if (i > 0)
            code = expect(r, ',');
        if (code == ERR_OK)
            code = read_set(r, i, most, fn);
    }
    if (code == ERR_OK)
        (void)next_is(r, ',');
    return code == ERR_OK ? expect(r, ']') : code;
}

static enum err read_list(struct reading *r, uint32_t count, uint32_t most, uint32_t *out) {
    enum err code = expect(r, '[');
    for (uint32_t i = 0; i < count && code == ERR_OK; i++) {
        if (i > 0)
            code = expect(r, ',');
        if (code == ERR_OK)
            code = read_number(r, 0, most, &out[i]);
    }
    if (code == ERR_OK)
        (void)next_is(r, ',');
    return code == ERR_OK ? expect(r, ']') : code;
}

/* Values ------------------------------------------------------------------------------------------
 */

static enum err read_persons(struct reading *r) {
    return read_number(r, 0, DZN_COUNT_MAX, &r->dzn->persons);
}

static enum err read_meetings(struct reading *r) {
    return read_number(r, 0, DZN_COUNT_MAX, &r->dzn->meetings);
}

static enum err read_tables(struct reading *r) {
    return read_number(r, 0, DZN_COUNT_MAX, &r->dzn->tables);
}

static enum err read_slots(struct reading *r) {
    enum err code = read_number(r, 1, DZN_SLOTS_MAX, &r->dzn->slots);
    r->dzn->words = (r->dzn->slots + 63) / 64;
    return code;
}

static enum err read_morning(struct reading *r) {
    return read_number(r, 0, r->dzn->slots, &r->dzn->morning);
}

static enum err read_requested(struct reading *r) {
    struct dzn *d = r->dzn;
    d->member = mem_new(2 * (size_t)d->meetings + 1, sizeof(*d->member));
    d->session = mem_new((size_t)d->meetings + 1, sizeof(*d->session));
    if (d->member == NULL || d->session == NULL)
        return err_memory(r->info);
    enum err code = expect(r, '[');
    if (code == ERR_OK)
        code = expect(r, '|');
    for (uint32_t m = 0; m < d->meetings && code == ERR_OK; m++) {
        uint32_t row[3] = {0};
        for (int i = 0; i < 3 && code == ERR_OK; i++) {
            code = read_number(r, 1, i < 2 ? d->persons : DZN_ANY, &row[i]);
            if (code == ERR_OK && i < 2)
                code = expect(r, ',');
        }
        if (code == ERR_OK && row[0] == row[1])
            code = wrong(r, "a meeting joins a participant with itself");
        d->member[2 * m] = row[0] - 1;
        d->member[2 * m + 1] = row[1] - 1;
        d->session[m] = (uint8_t)row[2];
        if (code == ERR_OK)
            (void)next_is(r, ',');
        if (code == ERR_OK)
            code = expect(r, '|');
    }
    if (code == ERR_OK && d->meetings == 0)
        (void)next_is(r, '|');
    return code == ERR_OK ? expect(r, ']') : code;
}

static enum err read_meetings_of(struct reading *r) {
    return read_sets(r, r->dzn->persons, r->dzn->meetings + 1, NULL);
}

static enum err read_counts(struct reading *r) {
    struct dzn *d = r->dzn;
    uint32_t *count = mem_new((size_t)d->persons + 1, sizeof(*count));
    if (count == NULL)
        return err_memory(r->info);
    enum err code = read_list(r, d->persons, d->meetings, count);
    for (uint32_t i = 0; i < 2 * d->meetings; i++)
        count[d->member[i]]--;
    for (uint32_t p = 0; p < d->persons && code == ERR_OK; p++)
        if (count[p] != 0) {
            char what[80];
            snprintf(what, sizeof(what), "participant %u has another number of meetings requested",
                     p + 1);
            code = wrong(r, what);
        }
    mem_free(count);
    return code;
}

static enum err forbid(struct reading *r, uint32_t person, uint32_t slot) {
    if (slot > 0)
        r->dzn->forbidden[(size_t)person * r->dzn->words + (slot - 1) / 64] |= UINT64_C(1)
                                                                               << ((slot - 1) % 64);
    return ERR_OK;
}

static enum err read_forbidden(struct reading *r) {
    struct dzn *d = r->dzn;
    d->forbidden = mem_new((size_t)d->persons * d->words + 1, sizeof(*d->forbidden));
    return d->forbidden != NULL ? read_sets(r, d->persons, d->slots, forbid) : err_memory(r->info);
}

static enum err read_fixed(struct reading *r) {
    struct dzn *d = r->dzn;
    d->fixed = mem_new((size_t)d->meetings + 1, sizeof(*d->fixed));
    return d->fixed != NULL ? read_list(r, d->meetings, d->slots, d->fixed) : err_memory(r->info);
}

static enum err add_order(struct reading *r, uint32_t after, uint32_t before) {
    struct dzn *d = r->dzn;
    if (before == 0)
        return wrong(r, "meetings count from 1");
    if (before - 1 == after)
        return wrong(r, "a meeting comes before itself");
    if (d->orders == r->room) {
        uint32_t room = r->room < 64 ? 64 : 2 * r->room;
        uint32_t *early = mem_resize(d->before, room, sizeof(*early));
        d->before = early != NULL ? early : d->before;
        uint32_t *late = mem_resize(d->after, room, sizeof(*late));
        d->after = late != NULL ? late : d->after;
        if (early == NULL || late == NULL)
            return err_memory(r->info);
        r->room = room;
    }
    d->before[d->orders] = before - 1;
    d->after[d->orders++] = after;
    return ERR_OK;
}

static enum err read_precedences(struct reading *r) {
    return read_sets(r, r->dzn->meetings, r->dzn->meetings, add_order);
}

/* In the order in which they stand, since each is read by what came before. */
static const struct {
    const char *key;
    enum err (*read)(struct reading *r);
} keys[] = {
    {"nBusiness", read_persons},
    {"nMeetings", read_meetings},
    {"nTables", read_tables},
    {"nTotalSlots", read_slots},
    {"nMorningSlots", read_morning},
    {"requested", read_requested},
    {"meetingsxBusiness", read_meetings_of},
    {"nMeetingsBusiness", read_counts},
    {"forbidden", read_forbidden},
    {"fixed", read_fixed},
    {"precedences", read_precedences},
};
enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

/* The file ---------------------------------------------------------------------------------------
 */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static enum err read_entry(struct reading *r, uint32_t number) {
    char what[80];
    const char *first = r->at;
    r->key = STR("");
    while (r->at < r->end && is_letter(*r->at))
        r->at++;
    struct str key = {first, (size_t)(r->at - first)};
    if (!str_equal_c(key, keys[number].key)) {
        snprintf(what, sizeof(what), "\"%.*s\" stands where %s should",
                 key.len < 24 ? (int)key.len : 24, key.ptr, keys[number].key);
        return wrong(r, what);
    }
    r->key = key;
    enum err code = expect(r, '=');
    if (code == ERR_OK)
        code = keys[number].read(r);
    return code == ERR_OK ? expect(r, ';') : code;
}

enum err dzn_read_memory(struct str bytes, struct dzn *dzn, struct errinfo *info) {
    struct reading r = {
        .at = bytes.ptr, .end = bytes.ptr + bytes.len, .line = 1, .dzn = dzn, .info = info};
    enum err code = ERR_OK;
    *dzn = (struct dzn){0};
    for (uint32_t i = 0; i < KEYS && code == ERR_OK; i++) {
        skip(&r);
        code = read_entry(&r, i);
    }
    skip(&r);
    if (code == ERR_OK && r.at < r.end) {
        r.key = STR("");
        code = wrong(&r, "something stands behind the last value");
    }
    if (code != ERR_OK)
        dzn_release(dzn);
    return code;
}

enum err dzn_read(const char *path, struct dzn *dzn, struct errinfo *info) {
    struct input in;
    char *text = NULL;
    size_t got = 0;
    *dzn = (struct dzn){0};
    enum err code = input_open(&in, path, DZN_BYTES_MAX, info);
    if (code != ERR_OK)
        return code;
    text = mem_new((size_t)in.size + 1, 1);
    code = text != NULL ? input_read(&in, 0, text, (size_t)in.size, &got, info) : err_memory(info);
    if (code == ERR_OK)
        code = dzn_read_memory((struct str){text, got}, dzn, info);
    if (code != ERR_OK && info != NULL && info->line > 0)
        err_at(info, path, info->line, 0);
    mem_free(text);
    input_release(&in);
    return code;
}

void dzn_release(struct dzn *dzn) {
    mem_free(dzn->member);
    mem_free(dzn->session);
    mem_free(dzn->forbidden);
    mem_free(dzn->fixed);
    mem_free(dzn->before);
    mem_free(dzn->after);
    *dzn = (struct dzn){0};
}
