/* What is read; the words of every refusal are tested where a user meets them, in
 * tests/cli/solve_match_test.c. */
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "exchange/edges.h"

static struct errinfo info;

static enum err read_bytes(const void *bytes, size_t len, struct edges *edges) {
    char path[] = "/tmp/fairlead-edges-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), (long)len);
    close(fd);
    enum err err = edges_read(path, edges, &info);
    unlink(path);
    return err;
}

static void edges_of_a_text_count_their_vertices(void **state) {
    (void)state;
    static const char text[] = "# pairs\n0\t1 0.5\n\n7 1 2e-1\n";
    struct edges e;
    assert_ok(read_bytes(text, sizeof(text) - 1, &e), &info);
    assert_int_equal(e.vertex_count, 8);
    assert_int_equal(e.count, 2);
    assert_true(e.u[1] == 7 && e.v[1] == 1 && e.weight[1] == 0.2);
    assert_true(e.capacity == NULL && !e.two_sides && e.left_count == 0);
    edges_release(&e);
}

static void edges_of_two_sides_are_the_same_as_text_and_binary(void **state) {
    (void)state;
    static const char text[] =
        "p 2 3 2\nb 0 4\nb 1 5\ns 0 6\ns 1 7\ns 2 8\ne 0 2 10 1\ne 1 0 20 2\n";
    const struct {
        char magic[8];
        uint64_t buyers, suppliers, pairs;
        uint32_t capacity[5], buyer[2], supplier[2], score_b[2], score_s[2];
        uint32_t end;
    } binary = {{'B', 'U', 'Y', 'S', 'U', 'P', '0', '1'},
                2,
                3,
                2,
                {4, 5, 6, 7, 8},
                {0, 1},
                {2, 0},
                {10, 20},
                {1, 2},
                0};
    struct edges a, b;
    assert_ok(read_bytes(text, sizeof(text) - 1, &a), &info);
    assert_ok(read_bytes(&binary, offsetof(__typeof__(binary), end), &b), &info);
    const struct edges *both[] = {&a, &b};
    for (int i = 0; i < 2; i++) {
        const struct edges *e = both[i];
        assert_true(e->two_sides && e->vertex_count == 5 && e->left_count == 2 && e->count == 2);
        assert_memory_equal(e->capacity, binary.capacity, sizeof(binary.capacity));
        assert_true(e->u[0] == 0 && e->v[0] == 4 && e->weight[0] == 11);
        assert_true(e->u[1] == 1 && e->v[1] == 2 && e->weight[1] == 22);
        assert_true(e->score_u[1] == 20 && e->score_v[1] == 2);
    }
    edges_release(&a);
    edges_release(&b);
}

static void edges_longer_than_a_window_lose_no_line(void **state) {
    (void)state;
    enum { PAIRS = 120000 };
    size_t len = 0, room = (size_t)PAIRS * 32;
    char *text = malloc(room);
    assert_non_null(text);
    for (unsigned i = 0; i < PAIRS; i++)
        len += (size_t)snprintf(text + len, room - len, "%u %u 0.%u\n", i, i + 1, i % 97 + 1);
    struct edges e;
    assert_ok(read_bytes(text, len, &e), &info);
    assert_int_equal(e.count, PAIRS);
    for (unsigned i = 0; i < PAIRS; i++)
        assert_true(e.u[i] == i && e.v[i] == i + 1 && e.weight[i] > 0);
    edges_release(&e);
    memcpy(text + len - 4, "x.1\n", 4); /* an error far behind still has its line */
    assert_int_equal(read_bytes(text, len, &e), ERR_INPUT);
    assert_int_equal(info.line, PAIRS);
    free(text);
}

static void capacities_change_only_those_that_are_named(void **state) {
    (void)state;
    char path[] = "/tmp/fairlead-capacities-XXXXXX";
    int fd = mkstemp(path);
    assert_int_equal(write(fd, "# some\n2 9\n", 11), 11);
    close(fd);
    uint32_t capacity[] = {1, 2, 3};
    assert_ok(edges_read_capacities(path, 3, capacity, &info), &info);
    assert_true(capacity[0] == 1 && capacity[1] == 2 && capacity[2] == 9);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_of_a_text_count_their_vertices),
        cmocka_unit_test(edges_of_two_sides_are_the_same_as_text_and_binary),
        cmocka_unit_test(edges_longer_than_a_window_lose_no_line),
        cmocka_unit_test(capacities_change_only_those_that_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
