#include "unit.h"

#include "http/accept.h"

enum { LINES_MAX = 2 };

/* A request with a header of this name for each line. */
static struct http_request request_with(const char *name, const char *const lines[LINES_MAX],
                                        struct http_header headers[LINES_MAX]) {
    struct http_request request = {.headers = headers};
    for (size_t i = 0; i < LINES_MAX && lines[i] != NULL; i++)
        headers[request.header_count++] = (struct http_header){str_of(name), str_of(lines[i])};
    return request;
}

static void the_language_most_wanted_is_chosen(void **state) {
    static const char *const tags[] = {"en", "zh"};
    static const struct {
        const char *lines[LINES_MAX];
        const char *wanted; /* NULL = none of ours */
    } cases[] = {
        /* As browsers send it. */
        {{"zh-CN,zh;q=0.9,en-US;q=0.8,en;q=0.7"}, "zh"},
        {{"en-GB,en-US;q=0.9,en;q=0.8"}, "en"},
        {{"de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7,zh-CN;q=0.75"}, "en"},
        {{"de,fr;q=0.5"}, NULL},
        /* RFC 4647, 3.4: ranges are cut from the end until one fits. */
        {{"zh-Hant-TW"}, "zh"},
        {{"ZH-hans"}, "zh"},
        {{"zho"}, NULL},
        {{"z"}, NULL},
        /* Weights, RFC 9110, 12.4.2. */
        {{"en;q=0.5, zh;q=0.501"}, "zh"},
        {{"zh, en"}, "zh"},
        {{"en, zh"}, "en"},
        {{"en;q=0.4,zh;q=0.4"}, "en"},
        {{"zh;q=0"}, NULL},
        {{"zh;q=0, en;q=0.1"}, "en"},
        {{"zh-CN, zh;q=0, en;q=0.1"}, "en"},
        {{"en;q=0.000, zh;q=0.001"}, "zh"},
        {{"en ; q=0.2 , zh ; q=0.3"}, "zh"},
        {{"en;level=1;q=0.2,zh;Q=0.3"}, "zh"},
        /* "*" stands for what is not named. */
        {{"*"}, "en"},
        {{"en;q=0.5, *"}, "zh"},
        {{"en;q=0, *;q=0.1"}, "zh"},
        {{"*;q=0"}, NULL},
        /* Several lines are one list. */
        {{"en;q=0.5", "zh"}, "zh"},
        {{"", "zh;q=0.1"}, "zh"},
        /* What cannot be read asks for nothing. */
        {{""}, NULL},
        {{",,;q=1,"}, NULL},
        {{"zh;q=2, en;q=0.1"}, "en"},
        {{"zh;q=1.001, en;q=0.1"}, "en"},
        {{"zh;q=0.1234, en;q=0.1"}, "en"},
        {{"zh;q=, en;q=0.1"}, "en"},
        {{"zh;q=-1, en;q=0.1"}, "en"},
        {{"zh;q=0.x, en;q=0.1"}, "en"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_header headers[LINES_MAX];
        struct http_request request = request_with("accept-language", cases[i].lines, headers);
        size_t found = http_accept_language(&request, tags, 2);
        const char *tag = found < 2 ? tags[found] : NULL;
        if (tag != NULL ? cases[i].wanted == NULL || strcmp(tag, cases[i].wanted) != 0
                        : cases[i].wanted != NULL || found != SIZE_MAX)
            fail_msg("\"%s\" gives %s", cases[i].lines[0], tag != NULL ? tag : "nothing");
    }
    const struct http_request none = {.header_count = 0};
    assert_int_equal(http_accept_language(&none, tags, 2), SIZE_MAX);
}

static void gzip_is_sent_to_those_who_take_it(void **state) {
    static const struct {
        const char *lines[LINES_MAX];
        bool takes;
    } cases[] = {
        {{"gzip, deflate, br"}, true},
        {{"br, GZIP;q=0.5"}, true},
        {{"x-gzip"}, true},
        {{"gzip;q=0"}, false},
        {{"gzip; q=0.000"}, false},
        {{"identity"}, false},
        {{"gzipp"}, false},
        {{""}, false},
        {{"*"}, true},
        {{"*;q=0"}, false},
        {{"*, gzip;q=0"}, false},
        {{"gzip;q=0.5, *;q=0"}, true},
        {{"identity;q=1, gzip;q=0.5"}, false},
        {{"identity;q=0.5, gzip;q=0.5"}, true},
        {{"identity;q=0"}, false},
        {{"br", "gzip"}, true},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_header headers[LINES_MAX];
        struct http_request request = request_with("Accept-Encoding", cases[i].lines, headers);
        if (http_accepts_gzip(&request) != cases[i].takes)
            fail_msg("\"%s\"", cases[i].lines[0]);
    }
    const struct http_request none = {.header_count = 0};
    assert_false(http_accepts_gzip(&none));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_language_most_wanted_is_chosen),
        cmocka_unit_test(gzip_is_sent_to_those_who_take_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
