#include "database.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "service/edition.h"
#include "site/site.h"

enum { REPLY_MAX = 4 << 20, SITE_PAGES_MAX = 20000 };

struct fixture {
    struct database sample;
    struct snapshots *snapshots;
    struct site *site;
    struct http_server *server;
    struct errinfo info;
};

static int set_up(void **state) {
    struct fixture *f = mem_new(1, sizeof(*f));
    struct http_options options = {.listen = "127.0.0.1:0",
                                   .error_page = site_error_page,
                                   .refusal = site_refusal,
                                   .generation = site_generation};
    database_create_sample(&f->sample);
    assert_ok(snapshots_new(f->sample.path, &f->snapshots, &f->info), &f->info);
    const struct site_options site = {f->snapshots, "https://expo.example/"};
    assert_ok(site_new(&site, &f->site, &f->info), &f->info);
    options.error_ctx = options.generation_ctx = f->site;
    options.routes = site_routes(f->site, &options.route_count);
    assert_ok(http_server_new(&options, &f->server, &f->info), &f->info);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *f = *state;
    http_server_stop(f->server, 1000);
    http_server_free(f->server);
    site_free(f->site);
    snapshots_free(f->snapshots);
    database_remove(&f->sample);
    mem_free(f);
    return 0;
}

/* Asks over a real connection; the whole reply, headers and all, goes into `reply`. */
static int ask(struct fixture *f, const char *method, const char *path, const char *header,
               struct buf *reply) {
    struct str address = http_server_address(f->server);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    size_t colon = address.len;
    uint32_t port = 0;
    char block[65536], request[16384];
    ssize_t got;
    while (address.ptr[colon - 1] != ':')
        colon--;
    assert_true(str_to_u32(str_sub(address, colon, address.len), &port));
    to.sin_port = htons((uint16_t)port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
    int len = snprintf(request, sizeof(request),
                       "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n", method,
                       path, header);
    assert_int_equal(write(fd, request, (size_t)len), len);
    buf_clear(reply);
    while ((got = read(fd, block, sizeof(block))) > 0)
        buf_add(reply, block, (size_t)got);
    close(fd);
    assert_true(reply->len > 12);
    return (reply->ptr[9] - '0') * 100 + (reply->ptr[10] - '0') * 10 + reply->ptr[11] - '0';
}

static int get(struct fixture *f, const char *path, const char *header, struct buf *reply) {
    return ask(f, "GET", path, header, reply);
}

static void assert_page(struct fixture *f, const char *path, int status, const char *words) {
    struct buf reply;
    buf_init(&reply, REPLY_MAX);
    int got = get(f, path, "", &reply);
    if (got != status)
        fail_msg("%s: status %d, expected %d", path, got, status);
    if (strstr(reply.ptr, words) == NULL)
        fail_msg("%s does not say \"%s\"", path, words);
    buf_release(&reply);
}

static void the_front_leads_to_the_current_edition(void **state) {
    assert_page(*state, "/", 302, "Location: /en/2024/");
    assert_page(*state, "/2023", 302, "Location: /en/2023/");
    assert_page(*state, "/zh", 302, "Location: /zh/2024/");
    assert_page(*state, "/zh/2023", 308, "Location: /zh/2023/");
    assert_page(*state, "/fr/2023/", 404, "There is nothing at this address");
}

static void the_front_speaks_the_language_that_the_browser_asks_for(void **state) {
    static const char *const cases[][2] = {
        {"Accept-Language: zh-CN,zh;q=0.9,en;q=0.8\r\n", "Location: /zh/2024/"},
        {"Accept-Language: de, en;q=0.5, zh;q=0.4\r\n", "Location: /en/2024/"},
        {"Accept-Language: de\r\n", "Location: /en/2024/"},
    };
    struct buf reply;
    buf_init(&reply, REPLY_MAX);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(get(*state, "/", cases[i][0], &reply), 302);
        assert_non_null(strstr(reply.ptr, cases[i][1]));
        assert_non_null(strstr(reply.ptr, "Vary: Accept-Language"));
    }
    buf_release(&reply);
}

static void every_page_is_there_in_chinese(void **state) {
    assert_page(*state, "/zh/2024/", 200, "<html lang=\"zh-Hans\">");
    assert_page(*state, "/zh/2024/", 200, "第二届中国国际供应链促进博览会");
    assert_page(*state, "/zh/2024/chains/clean-energy", 200, "清洁能源链全景图");
    assert_page(*state, "/zh/2024/nodes/bat.cell", 200, "谁需要");
    assert_page(*state, "/zh/2024/gaps", 200, "谁能补链");
    assert_page(*state, "/zh/2024/chains/no-such", 404, "没有这条产业链");
    assert_page(*state, "/zh/2024/nothing", 404, "此地址没有内容");
}

static void pages_name_their_other_language_and_their_place(void **state) {
    assert_page(*state, "/zh/2024/chains/clean-energy", 200,
                "<link rel=\"alternate\" hreflang=\"en\" "
                "href=\"https://expo.example/en/2024/chains/clean-energy\">");
    assert_page(*state, "/en/2024/chains/clean-energy", 200,
                "<link rel=\"canonical\" "
                "href=\"https://expo.example/en/2024/chains/clean-energy\">");
    assert_page(*state, "/en/2024/exhibitors?country=DE", 200,
                "href=\"/zh/2024/exhibitors?country=DE\"");
    assert_page(*state, "/en/2024/", 200, "\"@type\":\"ExhibitionEvent\"");
    assert_page(*state, "/en/2024/gaps", 200, "\"@type\":\"BreadcrumbList\"");
    assert_page(*state, "/en/2024/gaps", 200, "<div class=\"qr\"><svg");
}

static void a_map_can_be_used_elsewhere(void **state) {
    assert_page(*state, "/zh/2024/chains/clean-energy/map.svg", 200, "image/svg+xml");
    assert_page(*state, "/en/2024/chains/clean-energy/map.svg", 200,
                "href=\"https://expo.example/en/2024/nodes/bat.cell\"");
    assert_page(*state, "/en/2024/chains/clean-energy/embed", 200, "<base target=\"_top\">");
    assert_page(*state, "/en/2024/chains/clean-energy/embed", 200,
                "href=\"/en/2024/nodes/bat.cell\"");
    assert_page(*state, "/en/2024/chains/no-such/map.svg", 404, "There is no chain of that name");
}

static void crawlers_find_every_page_and_no_filters(void **state) {
    assert_page(*state, "/robots.txt", 200, "Disallow: /*?");
    assert_page(*state, "/robots.txt", 200, "Sitemap: https://expo.example/sitemap.xml");
    assert_page(*state, "/sitemap.xml", 200, "https://expo.example/zh/2025/sitemap.xml");
    assert_page(*state, "/zh/2024/sitemap.xml", 200,
                "<loc>https://expo.example/zh/2024/nodes/bat.cell</loc>");
}

static void the_search_finds_in_both_languages_and_forgives(void **state) {
    assert_page(*state, "/en/2024/search?q=ningde", 200, ">CATL<");
    assert_page(*state, "/zh/2024/search?q=%E5%AE%81%E5%BE%B7", 200, "宁德时代");
    assert_page(*state, "/en/2024/search?q=8507.60", 200, "/en/2024/nodes/bat.cell");
    assert_page(*state, "/en/2024/search?q=battrey", 200, "Nothing matches as written");
    assert_page(*state, "/en/2024/search?q=tesla&kind=boats", 404, "no such part or page");
    assert_page(*state, "/zh/2024/search?q=tesla&page=9999999", 404, "没有这一类别或这一页");
    assert_page(*state, "/en/2024/search?q=tesla&page=0", 404, "no such part or page");
    assert_page(*state, "/en/2024/search?q=zzqqzz", 200, "Nothing is found for “zzqqzz”");
    assert_page(*state, "/en/2024/search?q=%3Cb%3E", 200, "Search: &lt;b&gt;");
    assert_page(*state, "/en/2024/search", 200, "One typing mistake does no harm");
    assert_page(*state, "/en/2024/search/suggest?q=ningde", 200, "{\"name\":\"CATL\"");
}

static void a_hit_says_how_it_falls_short_of_the_query(void **state) {
    assert_page(*state, "/en/2024/search?q=ningd", 200,
                "宁德时代</bdi></span> <small><bdi>China</bdi>, <bdi>Fujian</bdi></small></li>");
    assert_page(*state, "/en/2024/search?q=ningd", 200,
                "康宁</bdi></span> <small><bdi>United States</bdi></small> "
                "<span class=\"mark\">near match</span></li>");
    assert_page(*state, "/zh/2024/search?q=ningd", 200,
                "<span class=\"mark\">近似匹配</span></li>");
    assert_page(*state, "/en/2024/search?q=tesla+zzqqzz", 200,
                "<span class=\"mark\">some of the words</span></li>");
}

static void a_search_that_is_too_long_is_told_so(void **state) {
    struct buf path;
    buf_init(&path, 4096);
    buf_add_c(&path, "/zh/2024/search?q=");
    for (int i = 0; i < 300; i++)
        buf_add_char(&path, 'a');
    assert_page(*state, path.ptr, 200, "搜索内容过长");
    buf_release(&path);
}

static void every_kind_of_page_shows_real_data(void **state) {
    assert_page(*state, "/en/2024/", 200, "53 of 620 exhibitors known");
    assert_page(*state, "/en/2024/chains", 200, "Clean energy chain");
    assert_page(*state, "/en/2024/chains/clean-energy", 200, "<svg class=\"map\" id=\"map\"");
    assert_page(*state, "/en/2024/exhibitors", 200, "Crystal-Optech");
    assert_page(*state, "/en/2024/nodes/bat.cell", 200, "Battery cells");
    assert_page(*state, "/en/2024/pavilions", 200, "Guests of honour");
    assert_page(*state, "/zh/2024/pavilions/hu", 200, "第二届展会主宾国");
    assert_page(*state, "/en/2024/pavilions/cn-hb", 200, "<li>clean energy</li>");
    assert_page(*state, "/en/2024/pavilions/HU", 302, "/en/2024/pavilions/hu");
    assert_page(*state, "/en/2024/pavilions/atlantis", 404, "no such pavilion");
    assert_page(*state, "/pictures/no-digest.png", 404, "picture");
    assert_page(*state, "/en/2024/programme", 200, "Not yet dated");
    assert_page(*state, "/zh/2024/programme?host=%E6%B9%96%E5%8C%97", 200, "湖北与匈牙利");
    assert_page(*state, "/en/2024/programme?day=2024-11-27", 200, "Clean energy theme event");
    assert_page(*state, "/en/2024/programme?chain=nonsense", 404, "fits this choice");
    assert_page(*state, "/en/2024/programme?day=2024-12-24", 200, "fits this choice");
    assert_page(*state, "/en/2024/programme?day=tomorrow", 404, "fits this choice");
    assert_page(*state, "/zh/2024/programme?host=nobody", 404, "没有符合条件的活动");
    assert_page(*state, "/en/2024/programme/P029", 200, "goes into calendars as soon as");
    assert_page(*state, "/en/2024/programme/P029/event.ics", 404, "no such event");
    assert_page(*state, "/en/2024/programme/P025/event.ics", 200, "DTSTART;VALUE=DATE:20241126");
    assert_page(*state, "/zh/2024/programme.ics", 200, "X-WR-TIMEZONE:Asia/Shanghai");
    assert_page(*state, "/en/2024/chains/clean-energy/programme.ics", 200, "UID:P028.2024@");
    assert_page(*state, "/en/2024/programme/embed", 200, "class=\"embedded\"");
    assert_page(*state, "/en/2024/scenarios", 200, "A burger meal");
    assert_page(*state, "/en/2024/scenarios/burger", 200, "Sesame bun");
    assert_page(*state, "/en/2024/figures", 200, "Exhibitors with a contract");
    assert_page(*state, "/zh/2023/figures", 200, "签约参展企业和机构");
    assert_page(*state, "/en/2024/exhibits", 200, "39 exhibits are in the register, 6 of them");
    assert_page(*state, "/en/2024/exhibits?debut=expo&field=healthy-life", 200, "No exhibit fits");
    assert_page(*state, "/en/2024/exhibits?debut=moon", 404, "No exhibit fits");
    assert_page(*state, "/en/2024/scenarios/burger", 200, "href=\"#part-");
    assert_page(*state, "/en/2024/chains/clean-energy/ecosystem", 200, "Serves: ");
    assert_page(*state, "/en/2024/gaps", 200, "not in the register");
    assert_page(*state, "/assets/site.css", 200, "text/css");
}

static void an_alternative_says_for_what_it_stands_in(void **state) {
    /* data/catalogue/alternatives.csv: LFP or ternary cathodes in a cell, not anywhere else. */
    assert_page(*state, "/en/2024/chains/clean-energy", 200,
                "<small>for Battery cells (lithium-ion and sodium-ion)</small>");
}

static void what_is_not_there_is_said_with_a_way_on(void **state) {
    assert_page(*state, "/en/2024/nothing", 404, "There is nothing at this address");
    assert_page(*state, "/en/1999/", 404, "Start from one of these pages");
    assert_page(*state, "/en/2024/chains/%3Cscript%3E", 404, "There is nothing at this address");
    assert_page(*state, "/en/2024/exhibitors/999999", 404, "/en/2024/exhibitors");
}

static void what_is_refused_before_routing_is_a_small_page_in_the_reader_s_language(void **state) {
    static const char prefers_zh[] = "Accept-Language: zh-CN,en;q=0.5\r\n";
    static const char zh[] = "<html lang=\"zh-Hans\">", en[] = "<html lang=\"en\">";
    char in_zh[9000] = "/zh/2024/", unnamed[9000] = "/";
    const struct {
        const char *method, *path, *header;
        int status;
        const char *language, *title;
    } cases[] = {
        {"GET", "/zh/2024/%FF", "", 400, zh, "地址无法识别"},
        {"GET", "/en/2024/%FF", prefers_zh, 400, en, "The address cannot be read"},
        {"GET", "/zh/2024/exhibitors?q=%FF", "", 400, zh, "地址无法识别"},
        {"GET", "/%FF", prefers_zh, 400, zh, "地址无法识别"},
        {"GET", "/%FF", "", 400, en, "The address cannot be read"},
        {"GET", "/zhx/%FF", "", 400, en, "The address cannot be read"},
        {"GET", in_zh, "", 414, zh, "地址过长"},
        {"GET", unnamed, prefers_zh, 414, zh, "地址过长"},
        {"GET", unnamed, "", 414, en, "The address is too long"},
        {"BREW", "/zh/2024/", "", 501, zh, "不支持此请求方式"},
        {"BREW", "/", prefers_zh, 501, zh, "不支持此请求方式"},
        {"BREW", "/", "", 501, en, "<p>This method is not known here</p>"},
    };
    struct buf reply;
    buf_init(&reply, REPLY_MAX);
    memset(in_zh + strlen(in_zh), 'a', sizeof(in_zh) - 1 - strlen(in_zh));
    memset(unnamed + 1, 'a', sizeof(unnamed) - 2);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int status = ask(*state, cases[i].method, cases[i].path, cases[i].header, &reply);
        if (status != cases[i].status)
            fail_msg("case %zu: status %d", i, status);
        if (strstr(reply.ptr, "Content-Type: text/html; charset=utf-8") == NULL ||
            strstr(reply.ptr, cases[i].language) == NULL ||
            strstr(reply.ptr, cases[i].title) == NULL)
            fail_msg("case %zu: %s", i, reply.ptr);
        if (reply.len > 3000 || strstr(reply.ptr, "<script") != NULL)
            fail_msg("case %zu is not small: %s", i, reply.ptr);
    }
    buf_release(&reply);
}

static void a_method_that_no_page_has_is_told_so_in_the_language_of_the_page(void **state) {
    struct buf reply;
    buf_init(&reply, REPLY_MAX);
    assert_int_equal(ask(*state, "DELETE", "/zh/2024/exhibitors", "", &reply), 405);
    assert_non_null(strstr(reply.ptr, "Allow: GET, HEAD"));
    assert_non_null(strstr(reply.ptr, "此地址只能读取"));
    assert_int_equal(ask(*state, "POST", "/zh/2024/", "Content-Length: 0\r\n", &reply), 405);
    assert_non_null(strstr(reply.ptr, "此地址只能读取"));
    assert_int_equal(ask(*state, "GET", "/zh/2024/", "Content-Length: 2\r\n", &reply), 413);
    assert_non_null(strstr(reply.ptr, "此地址不接收所提交的内容"));
    buf_release(&reply);
}

static void a_page_seen_before_is_not_sent_again_until_the_data_changes(void **state) {
    struct fixture *f = *state;
    struct buf reply;
    char header[256];
    buf_init(&reply, REPLY_MAX);
    assert_int_equal(get(f, "/en/2024/gaps", "", &reply), 200);
    const char *tag = strstr(reply.ptr, "ETag: ");
    assert_non_null(tag);
    snprintf(header, sizeof(header), "If-None-Match: %.*s\r\n", (int)strcspn(tag + 6, "\r"),
             tag + 6);
    assert_int_equal(get(f, "/en/2024/gaps", header, &reply), 304);
    struct store *store;
    struct edition_marks marks = {.set_register = true, .register_complete = true};
    assert_ok(store_open(f->sample.path, &store, &f->info), &f->info);
    assert_ok(edition_mark(store, STR("tester"), 2, STR("2024"), &marks, &f->info), &f->info);
    store_close(store);
    /* The site asks for changes four times a second; ask until it has. */
    int status = 304;
    for (int i = 0; i < 1000000 && status == 304; i++)
        status = get(f, "/en/2024/gaps", header, &reply);
    assert_int_equal(status, 200);
    assert_non_null(strstr(reply.ptr, "The register is complete"));
    buf_release(&reply);
}

/* The addresses of this site that links led to, in the order they were met. */
struct met {
    struct arena arena;
    struct str_map seen;
    struct str list[SITE_PAGES_MAX];
    uint32_t count;
};

static void meet(struct met *met, struct str address) {
    if (str_map_get(&met->seen, address) != MAP_NONE || met->count == SITE_PAGES_MAX)
        return;
    struct str copy = arena_printf(&met->arena, "%.*s", STR_ARG(address));
    assert_non_null(copy.ptr);
    assert_true(str_map_put(&met->seen, copy, met->count));
    met->list[met->count++] = copy;
}

static void meet_links(struct met *met, const struct buf *reply) {
    for (const char *at = reply->ptr; (at = strstr(at, "href=\"/")) != NULL;) {
        at += 6;
        struct str address = {at, strcspn(at, "\"#")};
        /* The API is not served here; tests/browser follows links to it. */
        if (!str_starts(address, STR("/api")))
            meet(met, address);
    }
}

static void every_link_of_the_site_leads_somewhere(void **state) {
    struct met *met = mem_new(1, sizeof(*met));
    struct buf reply;
    buf_init(&reply, REPLY_MAX);
    arena_init(&met->arena, (size_t)64 << 20);
    meet(met, STR("/en/2024/"));
    for (uint32_t i = 0; i < met->count; i++) {
        int status = get(*state, met->list[i].ptr, "", &reply);
        if (status != 200)
            fail_msg("%s: status %d", met->list[i].ptr, status);
        meet_links(met, &reply);
    }
    assert_in_range(met->count, 4000, SITE_PAGES_MAX - 1);
    print_message("# %u addresses\n", met->count);
    buf_release(&reply);
    str_map_release(&met->seen);
    arena_release(&met->arena);
    mem_free(met);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_front_leads_to_the_current_edition),
        cmocka_unit_test(the_front_speaks_the_language_that_the_browser_asks_for),
        cmocka_unit_test(every_page_is_there_in_chinese),
        cmocka_unit_test(pages_name_their_other_language_and_their_place),
        cmocka_unit_test(a_map_can_be_used_elsewhere),
        cmocka_unit_test(crawlers_find_every_page_and_no_filters),
        cmocka_unit_test(the_search_finds_in_both_languages_and_forgives),
        cmocka_unit_test(a_hit_says_how_it_falls_short_of_the_query),
        cmocka_unit_test(a_search_that_is_too_long_is_told_so),
        cmocka_unit_test(every_kind_of_page_shows_real_data),
        cmocka_unit_test(an_alternative_says_for_what_it_stands_in),
        cmocka_unit_test(what_is_not_there_is_said_with_a_way_on),
        cmocka_unit_test(what_is_refused_before_routing_is_a_small_page_in_the_reader_s_language),
        cmocka_unit_test(a_method_that_no_page_has_is_told_so_in_the_language_of_the_page),
        cmocka_unit_test(every_link_of_the_site_leads_somewhere),
        cmocka_unit_test(a_page_seen_before_is_not_sent_again_until_the_data_changes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
