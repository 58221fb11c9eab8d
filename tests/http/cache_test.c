#include "unit.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/rng.h"
#include "http/cache.h"

enum { BYTES_MAX = 1 << 20, BODY = 4000, PIECE = BODY + HTTP_FORM_OVERHEAD };

static struct http_cache *make_cache(size_t bytes_max) {
    struct http_cache *cache = NULL;
    assert_int_equal(http_cache_new(bytes_max, 42, &cache, NULL), ERR_OK);
    return cache;
}

static struct http_kept *make_kept(struct str key, char fill, size_t size) {
    struct http_reply reply = {.status = 200, .content_type = "image/png"};
    buf_init(&reply.body, 64 << 20);
    while (reply.body.len < size)
        buf_add_char(&reply.body, fill);
    return http_kept_new(&reply, key);
}

/* Draws what is missing; tells whether it was. */
static bool visit(struct http_cache *cache, const char *name, size_t size) {
    struct http_drawing drawing = {.key = str_of(name)};
    struct http_kept *kept = NULL;
    enum http_cache_answer answer = http_cache_begin(cache, &drawing, &kept);
    assert_true(answer != HTTP_CACHE_FOLLOW);
    if (answer == HTTP_CACHE_DRAW) {
        kept = make_kept(drawing.key, 'x', size);
        assert_null(http_cache_done(cache, &drawing, kept));
    }
    assert_str(kept->key, name);
    http_kept_put(kept);
    return answer == HTTP_CACHE_DRAW;
}

static bool visit_number(struct http_cache *cache, char kind, int number) {
    char name[32];
    snprintf(name, sizeof(name), "/%c/%d", kind, number);
    return visit(cache, name, BODY);
}

static void what_was_drawn_is_given_again(void **state) {
    struct http_cache *cache = make_cache(BYTES_MAX);
    assert_true(visit(cache, "/a", BODY));
    assert_true(visit(cache, "/b", BODY));
    assert_false(visit(cache, "/a", BODY));
    assert_false(visit(cache, "/b", BODY));
    assert_int_equal(http_cache_figures(cache).replies, 2);
    http_cache_free(cache);
}

static void a_change_of_the_data_empties_it(void **state) {
    struct http_cache *cache = make_cache(BYTES_MAX);
    (void)visit(cache, "/a", BODY);
    (void)visit(cache, "/a", BODY);
    (void)visit(cache, "/b", BODY);
    http_cache_turn(cache);
    assert_int_equal(http_cache_figures(cache).replies, 0);
    assert_int_equal(http_cache_figures(cache).bytes, 0);
    assert_true(visit(cache, "/a", BODY));
    http_cache_free(cache);
}

static void a_drawing_begun_before_a_change_is_not_kept(void **state) {
    struct http_cache *cache = make_cache(BYTES_MAX);
    struct http_drawing drawing = {.key = STR("/a")};
    struct http_kept *kept;
    assert_int_equal(http_cache_begin(cache, &drawing, &kept), HTTP_CACHE_DRAW);
    http_cache_turn(cache);
    kept = make_kept(STR("/a"), 'x', BODY);
    assert_null(http_cache_done(cache, &drawing, kept));
    http_kept_put(kept);
    assert_true(visit(cache, "/a", BODY));
    http_cache_free(cache);
}

static void a_given_reply_outlives_the_cache(void **state) {
    struct http_cache *cache = make_cache(BYTES_MAX);
    struct http_drawing drawing = {.key = STR("/a")};
    (void)visit(cache, "/a", BODY);
    struct http_kept *kept = http_cache_find(cache, &drawing);
    http_cache_free(cache);
    assert_str(kept->key, "/a");
    assert_non_null(MHD_get_response_header(atomic_load(&kept->plain), "ETag"));
    http_kept_put(kept);
}

static void its_bytes_are_bounded(void **state) {
    struct http_cache *cache = make_cache(BYTES_MAX);
    for (int i = 0; i < 1000; i++) {
        assert_true(visit_number(cache, 'a', i));
        assert_true(http_cache_figures(cache).bytes <= BYTES_MAX);
    }
    assert_in_range(http_cache_figures(cache).replies, BYTES_MAX / PIECE * 9 / 10,
                    BYTES_MAX / PIECE);
    /* The newest are there. */
    assert_false(visit_number(cache, 'a', 999));
    assert_true(visit_number(cache, 'a', 0));
    http_cache_free(cache);
}

static void a_crawler_does_not_push_out_what_many_read(void **state) {
    struct http_cache *cache = make_cache(BYTES_MAX);
    const int many = BYTES_MAX / PIECE / 2;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < many; i++)
            (void)visit_number(cache, 'm', i);
    for (int i = 0; i < 5000; i++)
        (void)visit_number(cache, 'c', i);
    for (int i = 0; i < many; i++)
        assert_false(visit_number(cache, 'm', i));
    http_cache_free(cache);
}

static void what_many_read_makes_room_for_what_they_read_now(void **state) {
    struct http_cache *cache = make_cache(BYTES_MAX);
    const int many = BYTES_MAX / PIECE;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < many; i++)
            (void)visit_number(cache, 'o', i);
    for (int i = 0; i < 4 * many; i++) {
        (void)visit_number(cache, 'n', i / 2);
        assert_true(http_cache_figures(cache).bytes <= BYTES_MAX);
    }
    /* The old ones, proved as they were, went in the end. */
    int left = 0;
    for (int i = 2 * many - 1; i > 2 * many - many / 2; i--)
        left += !visit_number(cache, 'n', i);
    assert_true(left > many * 2 / 5);
    http_cache_free(cache);
}

static void a_huge_reply_is_sent_and_not_kept(void **state) {
    struct http_cache *cache = make_cache(BYTES_MAX);
    (void)visit(cache, "/a", BODY);
    assert_true(visit(cache, "/huge", BYTES_MAX / 2));
    assert_true(visit(cache, "/huge", BYTES_MAX / 2));
    assert_false(visit(cache, "/a", BODY));
    http_cache_free(cache);
}

static void who_wants_what_is_drawn_follows(void **state) {
    struct http_cache *cache = make_cache(BYTES_MAX);
    struct http_drawing leader = {.key = STR("/a")}, other = {.key = STR("/b")};
    struct http_drawing first = {.key = STR("/a")}, second = {.key = STR("/a")};
    struct http_kept *kept;
    assert_int_equal(http_cache_begin(cache, &leader, &kept), HTTP_CACHE_DRAW);
    assert_int_equal(http_cache_begin(cache, &first, &kept), HTTP_CACHE_FOLLOW);
    assert_int_equal(http_cache_begin(cache, &other, &kept), HTTP_CACHE_DRAW);
    assert_int_equal(http_cache_begin(cache, &second, &kept), HTTP_CACHE_FOLLOW);
    assert_null(http_cache_find(cache, &second));
    kept = make_kept(STR("/a"), 'x', BODY);
    struct http_drawing *followers = http_cache_done(cache, &leader, kept);
    assert_ptr_equal(followers, &second);
    assert_ptr_equal(followers->next, &first);
    assert_null(followers->next->next);
    http_kept_put(kept);
    assert_null(http_cache_done(cache, &other, NULL));
    assert_false(visit(cache, "/a", BODY));
    http_cache_free(cache);
}

static void after_a_drawing_that_failed_a_follower_draws(void **state) {
    struct http_cache *cache = make_cache(BYTES_MAX);
    struct http_drawing leader = {.key = STR("/a")}, follower = {.key = STR("/a")};
    struct http_kept *kept;
    assert_int_equal(http_cache_begin(cache, &leader, &kept), HTTP_CACHE_DRAW);
    assert_int_equal(http_cache_begin(cache, &follower, &kept), HTTP_CACHE_FOLLOW);
    assert_ptr_equal(http_cache_done(cache, &leader, NULL), &follower);
    assert_int_equal(http_cache_begin(cache, &follower, &kept), HTTP_CACHE_DRAW);
    assert_null(http_cache_done(cache, &follower, NULL));
    http_cache_free(cache);
}

static void nobody_follows_a_drawing_of_old_data(void **state) {
    struct http_cache *cache = make_cache(BYTES_MAX);
    struct http_drawing old = {.key = STR("/a")}, new = {.key = STR("/a")};
    struct http_kept *kept;
    assert_int_equal(http_cache_begin(cache, &old, &kept), HTTP_CACHE_DRAW);
    http_cache_turn(cache);
    assert_int_equal(http_cache_begin(cache, &new, &kept), HTTP_CACHE_DRAW);
    assert_null(http_cache_done(cache, &new, NULL));
    assert_null(http_cache_done(cache, &old, NULL));
    http_cache_free(cache);
}

static void forms_are_chosen_by_the_client(void **state) {
    struct http_header headers[2] = {{STR("Accept-Encoding"), STR("gzip")},
                                     {STR("If-None-Match"), {NULL, 0}}};
    struct http_request request = {.headers = headers, .header_count = 0};
    struct http_reply reply = {.status = 200, .content_type = "text/html", .vary = "X-A"};
    unsigned status;
    buf_init(&reply.body, 64 << 20);
    while (reply.body.len < BODY)
        buf_add_c(&reply.body, "<p>Words that come again.</p>");
    struct http_kept *kept = http_kept_new(&reply, STR("/a"));
    assert_non_null(kept);
    /* Text is kept gzipped; who wants it plain makes it plain for all. */
    assert_null(http_kept_form(kept, &request, &status));
    assert_true(http_kept_unpack(kept) > BODY);
    assert_int_equal(http_kept_unpack(kept), 0);
    struct MHD_Response *plain = http_kept_form(kept, &request, &status);
    assert_non_null(plain);
    request.header_count = 1;
    assert_ptr_equal(http_kept_form(kept, &request, &status), kept->gzip);
    assert_int_equal(status, 200);
    const char *tag = MHD_get_response_header(kept->gzip, "ETag");
    headers[1].value = str_of(tag);
    request.header_count = 2;
    assert_ptr_equal(http_kept_form(kept, &request, &status), kept->gzip);
    assert_int_equal(status, 304);
    struct MHD_Response *const forms[] = {plain, kept->gzip};
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(MHD_get_response_header(forms[i], "ETag"), tag);
        assert_string_equal(MHD_get_response_header(forms[i], "Vary"), "Accept-Encoding, X-A");
        assert_string_equal(MHD_get_response_header(forms[i], "Cache-Control"), "no-cache");
    }
    assert_string_equal(MHD_get_response_header(kept->gzip, "Content-Encoding"), "gzip");
    assert_null(MHD_get_response_header(plain, "Content-Encoding"));
    http_kept_put(kept);
}

static void a_plain_form_made_later_counts(void **state) {
    struct http_cache *cache = make_cache(BYTES_MAX);
    struct http_drawing drawing = {.key = STR("/a")};
    struct http_reply reply = {.status = 200, .content_type = "text/html"};
    struct http_kept *kept;
    buf_init(&reply.body, 64 << 20);
    while (reply.body.len < BYTES_MAX - 20000)
        buf_add_c(&reply.body, "<p>Words that come again.</p>");
    (void)visit(cache, "/b", BODY);
    assert_int_equal(http_cache_begin(cache, &drawing, &kept), HTTP_CACHE_DRAW);
    kept = http_kept_new(&reply, STR("/a"));
    (void)http_cache_done(cache, &drawing, kept);
    assert_int_equal(http_cache_figures(cache).replies, 2);
    size_t before = http_cache_figures(cache).bytes, more = http_kept_unpack(kept);
    http_cache_grow(cache, kept, more);
    assert_int_equal(http_cache_figures(cache).bytes, before + more);
    (void)visit_number(cache, 'c', 1);
    (void)visit_number(cache, 'c', 2);
    /* No more room for all: the oldest have gone, and the count is right when all have. */
    assert_true(http_cache_figures(cache).bytes <= BYTES_MAX);
    assert_true(http_cache_figures(cache).replies < 4);
    http_cache_turn(cache);
    http_cache_grow(cache, kept, more);
    assert_int_equal(http_cache_figures(cache).bytes, 0);
    http_kept_put(kept);
    http_cache_free(cache);
}

static void the_tag_is_of_the_content(void **state) {
    struct http_kept *a = make_kept(STR("/a"), 'x', BODY), *b = make_kept(STR("/b"), 'x', BODY);
    struct http_kept *other = make_kept(STR("/a"), 'y', BODY);
    assert_string_equal(a->etag, b->etag);
    assert_string_not_equal(a->etag, other->etag);
    http_kept_put(a);
    http_kept_put(b);
    http_kept_put(other);
}

static bool unpacks_in_the_end(struct http_kept *kept) {
    size_t bytes = 0;
    for (long n = 0; bytes == 0 && n < 100; n++) {
        mem_fail_after(n);
        bytes = http_kept_unpack(kept);
        mem_fail_after(-1);
    }
    return bytes > 0;
}

static void without_memory_nothing_is_kept_and_nothing_leaks(void **state) {
    struct http_cache *cache = NULL;
    enum err e = ERR_MEMORY;
    for (long n = 0; e != ERR_OK; n++) {
        mem_fail_after(n);
        e = http_cache_new(BYTES_MAX, 1, &cache, NULL);
        mem_fail_after(-1);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
    }
    bool is_made = false;
    for (long n = 0; !is_made; n++) {
        struct http_reply reply = {.status = 200, .content_type = "text/html", .vary = "X-A"};
        buf_init(&reply.body, 64 << 20);
        for (int i = 0; i < BODY; i++)
            buf_add_c(&reply.body, "words ");
        mem_fail_after(n);
        struct http_kept *kept = http_kept_new(&reply, STR("/a"));
        mem_fail_after(-1);
        /* Compression may be left out for want of memory; the next loop does all. */
        is_made = kept != NULL && kept->gzip != NULL;
        if (is_made)
            assert_true(unpacks_in_the_end(kept));
        http_kept_put(kept);
        assert_true(n < 1000);
    }
    http_cache_free(cache);
}

enum { HAMMER_THREADS = 4, HAMMER_VISITS = 3000, HAMMER_PAGES = 60 };

struct hammer {
    struct http_cache *cache;
    char (*names)[16];
    uint64_t seed;
};

/* As a worker of the server; those who follow are left alone, as if their clients had gone. */
static void *hammer(void *arg) {
    const struct hammer *hammer = arg;
    static struct http_drawing drawings[HAMMER_THREADS][HAMMER_VISITS];
    struct rng rng;
    rng_init(&rng, hammer->seed);
    for (int i = 0; i < HAMMER_VISITS; i++) {
        struct http_drawing *drawing = &drawings[hammer->seed][i];
        struct http_kept *kept;
        drawing->key = str_of(hammer->names[rng_below(&rng, HAMMER_PAGES)]);
        enum http_cache_answer answer = http_cache_begin(hammer->cache, drawing, &kept);
        if (answer == HTTP_CACHE_DRAW) {
            kept = make_kept(drawing->key, 'x', BODY);
            (void)http_cache_done(hammer->cache, drawing, kept);
        }
        if (answer != HTTP_CACHE_FOLLOW)
            http_kept_put(kept);
        if (i % 500 == 0)
            http_cache_turn(hammer->cache);
    }
    return NULL;
}

static void many_threads_share_it(void **state) {
    struct http_cache *cache = make_cache(PIECE * HAMMER_PAGES * 3 / 4);
    pthread_t threads[HAMMER_THREADS];
    struct hammer hammers[HAMMER_THREADS];
    char names[HAMMER_PAGES][16];
    for (int i = 0; i < HAMMER_PAGES; i++)
        snprintf(names[i], sizeof(names[i]), "/h/%d", i);
    for (uint64_t i = 0; i < HAMMER_THREADS; i++) {
        hammers[i] = (struct hammer){cache, names, i};
        assert_int_equal(pthread_create(&threads[i], NULL, hammer, &hammers[i]), 0);
    }
    for (int i = 0; i < HAMMER_THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_true(http_cache_figures(cache).bytes <= PIECE * HAMMER_PAGES * 3 / 4);
    http_cache_free(cache);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_drawn_is_given_again),
        cmocka_unit_test(a_change_of_the_data_empties_it),
        cmocka_unit_test(a_drawing_begun_before_a_change_is_not_kept),
        cmocka_unit_test(a_given_reply_outlives_the_cache),
        cmocka_unit_test(its_bytes_are_bounded),
        cmocka_unit_test(a_crawler_does_not_push_out_what_many_read),
        cmocka_unit_test(what_many_read_makes_room_for_what_they_read_now),
        cmocka_unit_test(a_huge_reply_is_sent_and_not_kept),
        cmocka_unit_test(who_wants_what_is_drawn_follows),
        cmocka_unit_test(after_a_drawing_that_failed_a_follower_draws),
        cmocka_unit_test(nobody_follows_a_drawing_of_old_data),
        cmocka_unit_test(forms_are_chosen_by_the_client),
        cmocka_unit_test(a_plain_form_made_later_counts),
        cmocka_unit_test(the_tag_is_of_the_content),
        cmocka_unit_test(without_memory_nothing_is_kept_and_nothing_leaks),
        cmocka_unit_test(many_threads_share_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
