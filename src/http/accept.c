/*
 * Accept-Language and Accept-Encoding: see accept.h.
 *
 * Nothing is sorted: each name we could answer with looks for its own weight in the list, which is
 * shorter than sorting and needs no memory, because there are two or three such names.
 */
#include "http/accept.h"

enum { WEIGHT_ONE = 1000 }; /* weights have at most three decimals */

/* A walk over the members of all headers of one name. */
struct members {
    const struct http_request *request;
    struct str header;
    size_t at; /* of the next header */
    struct str rest;
};

struct member {
    struct str name;
    unsigned weight; /* thousandths */
};

/* "0", "0.5", "1.000" (RFC 9110, 12.4.2). */
static bool read_weight(struct str text, unsigned *weight) {
    if (text.len == 0 || text.len > 5 || (text.ptr[0] != '0' && text.ptr[0] != '1') ||
        (text.len > 1 && text.ptr[1] != '.'))
        return false;
    unsigned value = (unsigned)(text.ptr[0] - '0') * WEIGHT_ONE, digit = WEIGHT_ONE / 10;
    for (size_t i = 2; i < text.len; i++, digit /= 10) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        value += (unsigned)(text.ptr[i] - '0') * digit;
    }
    *weight = value;
    return value <= WEIGHT_ONE;
}

/* Reads "name;q=0.5"; other parameters mean nothing here. */
static bool read_member(struct str text, struct member *member) {
    struct str parameter;
    if (!str_next(&text, ";", &member->name))
        return false;
    member->name = str_trim(member->name);
    member->weight = WEIGHT_ONE;
    while (str_next(&text, ";", &parameter)) {
        parameter = str_trim(parameter);
        if (parameter.len >= 2 && (parameter.ptr[0] | 0x20) == 'q' && parameter.ptr[1] == '=')
            return member->name.len > 0 &&
                   read_weight(str_sub(parameter, 2, parameter.len), &member->weight);
    }
    return member->name.len > 0;
}

static bool next_member(struct members *walk, struct member *member) {
    for (;;) {
        struct str text;
        while (str_next(&walk->rest, ",", &text))
            if (read_member(text, member))
                return true;
        const struct http_request *request = walk->request;
        while (walk->at < request->header_count &&
               !str_equal_nocase(request->headers[walk->at].name, walk->header))
            walk->at++;
        if (walk->at == request->header_count)
            return false;
        walk->rest = request->headers[walk->at++].value;
    }
}

bool http_accepts_gzip(const struct http_request *request) {
    struct members walk = {.request = request, .header = STR("Accept-Encoding")};
    struct member member;
    unsigned gzip = 0, identity = 0, others = 0;
    bool is_named = false;
    while (next_member(&walk, &member)) {
        if (str_equal_nocase(member.name, STR("gzip")) ||
            str_equal_nocase(member.name, STR("x-gzip"))) { /* the same: RFC 9110, 8.4.1.3 */
            gzip = member.weight;
            is_named = true;
        } else if (str_equal_nocase(member.name, STR("identity"))) {
            identity = member.weight;
        } else if (str_equal_c(member.name, "*")) {
            others = member.weight;
        }
    }
    gzip = is_named ? gzip : others;
    return gzip > 0 && gzip >= identity;
}

/* Whether `range` is the language `tag` or one below it: "zh-Hans-CN" is below "zh". */
static bool is_within(struct str range, struct str tag) {
    return range.len >= tag.len && str_equal_nocase(str_sub(range, 0, tag.len), tag) &&
           (range.len == tag.len || range.ptr[tag.len] == '-');
}

/* How much a language is wanted, and at which member of the list. */
struct wish {
    unsigned weight;
    size_t place;
};

static struct wish wish_for(const struct http_request *request, struct str tag) {
    struct members walk = {.request = request, .header = STR("Accept-Language")};
    struct member member;
    struct wish best = {0, 0}, any = {0, 0};
    bool is_named = false;
    for (size_t place = 0; next_member(&walk, &member); place++) {
        struct wish wish = {member.weight, place};
        if (str_equal_c(member.name, "*")) {
            any = wish;
        } else if (is_within(member.name, tag)) {
            if (member.weight == 0 && member.name.len == tag.len)
                return wish;
            is_named = true;
            if (wish.weight > best.weight)
                best = wish;
        }
    }
    return is_named ? best : any;
}

size_t http_accept_language(const struct http_request *request, const char *const *tags,
                            size_t count) {
    struct wish best = {0, 0};
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        struct wish wish = wish_for(request, str_of(tags[i]));
        if (wish.weight > best.weight ||
            (found != SIZE_MAX && wish.weight == best.weight && wish.place < best.place)) {
            best = wish;
            found = i;
        }
    }
    return found;
}
