#include "unit.h"

#include "http/head.h"

/* A head as the library leaves it in its buffer, and the places of its pieces in it. */
struct sample {
    char bytes[80];
    size_t size;
    struct http_header headers[2];
};

static void make(struct sample *s) {
    static const char bytes[] = "GET\0/a\0HTTP/1.1\0\0A\0 b \0\0C\0d\0\0\0";
    s->size = sizeof(bytes);
    memcpy(s->bytes, bytes, s->size);
    s->headers[0] = (struct http_header){{s->bytes + 17, 1}, {s->bytes + 20, 2}};
    s->headers[1] = (struct http_header){{s->bytes + 24, 1}, {s->bytes + 26, 1}};
}

static bool is_covered(const struct sample *s, size_t size) {
    const struct http_head head = {.size = size,
                                   .method = {s->bytes, 3},
                                   .target = {s->bytes + 4, 2},
                                   .version = {s->bytes + 7, 8},
                                   .headers = s->headers,
                                   .header_count = 2};
    return http_head_is_covered(&head);
}

static void pieces_that_cover_the_head_are_all_of_it(void **state) {
    struct sample s;
    make(&s);
    assert_true(is_covered(&s, s.size));
}

static void a_byte_that_no_piece_holds_is_found(void **state) {
    struct sample s;
    make(&s);
    assert_false(is_covered(&s, s.size + 1));
    /* A bare line feed leaves one zero. */
    assert_false(is_covered(&s, s.size - 1));
    assert_false(is_covered(&s, s.size - 2));
    assert_false(is_covered(&s, 0));
    for (size_t i = 0; i < 2; i++) {
        s.headers[i].value.len--;
        assert_false(is_covered(&s, s.size));
        make(&s);
        s.headers[i].name.len--;
        assert_false(is_covered(&s, s.size));
        make(&s);
        s.headers[i].name.len++;
        assert_false(is_covered(&s, s.size));
        make(&s);
    }
}

static void a_piece_from_elsewhere_is_found(void **state) {
    struct sample s;
    char joined[] = "A";
    make(&s);
    s.headers[0].name.ptr = joined;
    assert_false(is_covered(&s, s.size));
    make(&s);
    s.headers[1].value.ptr = joined;
    assert_false(is_covered(&s, s.size));
    make(&s);
    s.headers[1] = s.headers[0];
    assert_false(is_covered(&s, s.size));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_that_cover_the_head_are_all_of_it),
        cmocka_unit_test(a_byte_that_no_piece_holds_is_found),
        cmocka_unit_test(a_piece_from_elsewhere_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
