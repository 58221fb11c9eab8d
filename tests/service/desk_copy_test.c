#include "unit.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "database.h"
#include "service/desk_copy.h"

static struct errinfo info;

static void touch(const struct database *d, const char *ending, char path[160]) {
    snprintf(path, 160, "%s%s", d->path, ending);
    int fd = open(path, O_CREAT | O_WRONLY, 0600);
    assert_true(fd >= 0);
    close(fd);
}

static void a_copy_is_a_database_without_a_name(void **state) {
    (void)state;
    struct database d;
    char head[16] = "", left[160];
    int file = -1;
    database_create(&d);
    assert_ok(desk_copy_open(d.path, &file, &info), &info);
    assert_int_equal(read(file, head, sizeof(head)), sizeof(head));
    assert_memory_equal(head, "SQLite format 3", sizeof(head));
    close(file);
    database_remove(&d);
    snprintf(left, sizeof(left), "%s", d.folder);
    assert_int_equal(access(left, F_OK), -1); /* the folder could go: nothing was left in it */
}

static void copies_left_behind_are_swept_and_nothing_else(void **state) {
    (void)state;
    struct database d;
    char copy[160], partial[160], kept[160], missing[160];
    database_create(&d);
    touch(&d, ".download-17", copy);
    touch(&d, ".download-18.partial-aBcDeF", partial);
    touch(&d, ".before-6", kept);
    desk_copy_sweep(d.path);
    assert_int_equal(access(copy, F_OK), -1);
    assert_int_equal(access(partial, F_OK), -1);
    assert_int_equal(access(kept, F_OK), 0);
    assert_int_equal(access(d.path, F_OK), 0);
    snprintf(missing, sizeof(missing), "%s/no/such/folder", d.folder);
    desk_copy_sweep(missing);
    unlink(kept);
    database_remove(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_is_a_database_without_a_name),
        cmocka_unit_test(copies_left_behind_are_swept_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
