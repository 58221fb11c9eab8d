#include "unit.h"

#include "http/http.h"

static void a_page_of_another_site_is_told_from_ours(void **state) {
    static const struct {
        const char *site, *origin, *host;
        enum http_origin expected;
    } cases[] = {
        {"same-origin", NULL, "expo.example", HTTP_ORIGIN_OURS},
        {"none", NULL, "expo.example", HTTP_ORIGIN_OURS},
        {"same-origin", "https://visitors.example", "inside", HTTP_ORIGIN_OURS},
        {"same-site", "https://expo.example", "expo.example", HTTP_ORIGIN_OTHER},
        {"cross-site", "https://expo.example", "expo.example", HTTP_ORIGIN_OTHER},
        {"", "https://expo.example", "expo.example", HTTP_ORIGIN_OTHER},
        {NULL, "https://expo.example", "expo.example", HTTP_ORIGIN_OURS},
        {NULL, "http://Expo.example:8080", "expo.example:8080", HTTP_ORIGIN_OURS},
        {NULL, "https://expo.example.evil.example", "expo.example", HTTP_ORIGIN_OTHER},
        {NULL, "https://evil.example", "expo.example", HTTP_ORIGIN_OTHER},
        {NULL, "null", "null", HTTP_ORIGIN_OTHER},
        {NULL, "https://", "", HTTP_ORIGIN_OTHER},
        {NULL, "", "expo.example", HTTP_ORIGIN_OTHER},
        {NULL, NULL, "expo.example", HTTP_ORIGIN_UNSAID},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_header headers[3] = {{STR("Host"), str_of(cases[i].host)}};
        struct http_request request = {.headers = headers, .header_count = 1};
        if (cases[i].site != NULL)
            headers[request.header_count++] =
                (struct http_header){STR("sec-fetch-site"), str_of(cases[i].site)};
        if (cases[i].origin != NULL)
            headers[request.header_count++] =
                (struct http_header){STR("Origin"), str_of(cases[i].origin)};
        if (http_request_origin(&request) != cases[i].expected)
            fail_msg("case %zu", i);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_page_of_another_site_is_told_from_ours)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
