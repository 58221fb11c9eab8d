#include "unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "http/client.h"

static struct http_client client_of(const char *text) {
    struct http_client client;
    (void)http_client_read(&client, str_of(text));
    return client;
}

static void addresses_are_read_in_every_form(void **state) {
    static const struct {
        const char *text, *address;
    } cases[] = {
        {"203.0.113.7", "203.0.113.7"},
        {" 203.0.113.7\t", "203.0.113.7"},
        {"203.0.113.7:4711", "203.0.113.7"},
        {"2001:DB8:0::1", "2001:db8::1"},
        {"[2001:db8::1]", "2001:db8::1"},
        {"[2001:db8::1]:4711", "2001:db8::1"},
        {"::ffff:203.0.113.7", "203.0.113.7"},
        {"::1", "::1"},
        {"", NULL},
        {"unknown", NULL},
        {"_hidden", NULL},
        {"203.0.113", NULL},
        {"203.0.113.256", NULL},
        {"203.0.113.7:", NULL},
        {"203.0.113.7:65536", NULL},
        {"203.0.113.7:x", NULL},
        {"203.0.113.7 203.0.113.8", NULL},
        {"[203.0.113.7]", NULL},
        {"[2001:db8::1", NULL},
        {"[2001:db8::1]x", NULL},
        {"[2001:db8::1]:", NULL},
        {"2001:db8::1::2", NULL},
        {"fe80::1%eth0", NULL},
        {"localhost:80", NULL},
        {"2001:db8:1111:2222:3333:4444:5555:6666:7777:8888:9999", NULL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_client client;
        bool is_read = http_client_read(&client, str_of(cases[i].text));
        const char *expected = cases[i].address != NULL ? cases[i].address : "-";
        if (is_read != (cases[i].address != NULL) || strcmp(client.text, expected) != 0)
            fail_msg("\"%s\" is read as %s", cases[i].text, client.text);
        assert_int_equal(is_read, client.id != 0);
    }
    struct http_client client;
    assert_false(http_client_read(&client, (struct str){"203.0.113.7\0", 12}));
}

static void one_line_is_one_client(void **state) {
    assert_int_equal(client_of("2001:db8:1:2::1").id, client_of("2001:db8:1:2:ffff::9").id);
    assert_true(client_of("2001:db8:1:2::1").id != client_of("2001:db8:1:3::1").id);
    assert_true(client_of("203.0.113.7").id != client_of("203.0.113.8").id);
    assert_int_equal(client_of("203.0.113.7").id, client_of("::ffff:203.0.113.7").id);
    assert_true(client_of("::1").id != 0);
}

static void sockets_tell_the_same_as_text(void **state) {
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    struct sockaddr_storage other = {.ss_family = AF_UNIX};
    struct http_client client;
    assert_int_equal(inet_pton(AF_INET, "203.0.113.7", &v4.sin_addr), 1);
    assert_int_equal(inet_pton(AF_INET6, "2001:db8::1", &v6.sin6_addr), 1);
    http_client_of_socket(&client, (struct sockaddr *)&v4);
    assert_string_equal(client.text, "203.0.113.7");
    assert_int_equal(client.id, client_of("203.0.113.7").id);
    http_client_of_socket(&client, (struct sockaddr *)&v6);
    assert_string_equal(client.text, "2001:db8::1");
    assert_int_equal(client.id, client_of("2001:db8::1").id);
    http_client_of_socket(&client, (struct sockaddr *)&other);
    assert_int_equal(client.id, 0);
    http_client_of_socket(&client, NULL);
    assert_int_equal(client.id, 0);
}

static void only_the_named_proxy_is_believed(void **state) {
    static const struct {
        const char *peer, *proxy;
        bool is_proxy;
    } cases[] = {
        {"127.0.0.1", "loopback", true},
        {"127.0.0.2", "loopback", true},
        {"::1", "loopback", true},
        {"203.0.113.7", "loopback", false},
        {"::ffff:127.0.0.1", "loopback", true},
        {"203.0.113.7", "203.0.113.7", true},
        {"203.0.113.8", "203.0.113.7", false},
        {"2001:db8::1", "2001:db8:0::1", true},
        {"2001:db8::2", "2001:db8::1", false},
        {"127.0.0.1", NULL, false},
        {"unknown", "unknown", false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_client peer = client_of(cases[i].peer);
        if (http_client_is_proxy(&peer, cases[i].proxy) != cases[i].is_proxy)
            fail_msg("%s, proxy %s", cases[i].peer, cases[i].proxy);
    }
}

static void the_proxy_wrote_the_last_member(void **state) {
    static const struct {
        const char *first, *second, *client;
    } cases[] = {
        {"198.51.100.1", NULL, "198.51.100.1"},
        {"10.0.0.1, 198.51.100.1", NULL, "198.51.100.1"},
        {"10.0.0.1", "192.0.2.1,198.51.100.1", "198.51.100.1"},
        {"198.51.100.1, unknown", NULL, "127.0.0.1"},
        {"198.51.100.1,", NULL, "127.0.0.1"},
        {"", NULL, "127.0.0.1"},
        {NULL, NULL, "127.0.0.1"},
    };
    const struct http_client peer = client_of("127.0.0.1");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_header headers[3] = {{STR("Forwarded"), STR("for=192.0.2.9")}};
        struct http_request request = {.headers = headers, .header_count = 1};
        struct http_client client;
        if (cases[i].first != NULL)
            headers[request.header_count++] =
                (struct http_header){STR("X-Forwarded-For"), str_of(cases[i].first)};
        if (cases[i].second != NULL)
            headers[request.header_count++] =
                (struct http_header){STR("x-forwarded-for"), str_of(cases[i].second)};
        http_client_behind(&client, &peer, &request);
        assert_string_equal(client.text, cases[i].client);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_read_in_every_form),
        cmocka_unit_test(one_line_is_one_client),
        cmocka_unit_test(sockets_tell_the_same_as_text),
        cmocka_unit_test(only_the_named_proxy_is_believed),
        cmocka_unit_test(the_proxy_wrote_the_last_member),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
