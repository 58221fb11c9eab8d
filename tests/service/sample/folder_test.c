/* Generated editions as folders of files. */
#include "service/sample/folder.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

static const struct sample_options options = {
    .seed = 3, .exhibitors = 30, .partners = 10, .edition = 2024};

/* A fresh directory for a test; its name is left in `name`. */
static void make_place(char name[64]) {
    snprintf(name, 64, "/tmp/fairlead-sample-XXXXXX");
    assert_non_null(mkdtemp(name));
}

static void path_in(char out[160], const char *folder, enum sample_sheet sheet) {
    snprintf(out, 160, "%s/%s", folder, sample_sheet_file(sheet));
}

static bool exists(const char *folder, enum sample_sheet sheet) {
    char path[160];
    path_in(path, folder, sheet);
    return access(path, R_OK) == 0;
}

static void clear(const char *folder) {
    for (int i = 0; i < SAMPLE_SHEETS; i++) {
        char path[160];
        path_in(path, folder, (enum sample_sheet)i);
        unlink(path);
    }
    rmdir(folder);
}

static void folder_is_made_with_all_sheets(void **state) {
    char place[64], out[96];
    struct errinfo info;
    make_place(place);
    snprintf(out, sizeof(out), "%s/edition", place);
    assert_ok(sample_write_folder(&options, out, NULL, &info), &info);
    for (int i = 0; i < SAMPLE_SHEETS; i++)
        assert_int_equal(exists(out, (enum sample_sheet)i), i != SAMPLE_EXPECTED);
    clear(out);
    clear(place);
}

static void expected_findings_are_written_when_asked_for(void **state) {
    char place[64];
    struct errinfo info;
    struct sample_options untidy = options;
    untidy.errors_percent = 50;
    make_place(place);
    assert_ok(sample_write_folder(&untidy, place, NULL, &info), &info);
    assert_true(exists(place, SAMPLE_EXPECTED));
    clear(place);
}

static void existing_file_is_kept_and_nothing_else_is_left(void **state) {
    char place[64], path[160], text[8] = "";
    struct errinfo info;
    make_place(place);
    path_in(path, place, SAMPLE_FIGURES);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("mine", file);
    fclose(file);
    assert_int_equal(sample_write_folder(&options, place, NULL, &info), ERR_CONFLICT);
    assert_non_null(strstr(info.message, "figures.csv"));
    for (int i = 0; i < SAMPLE_SHEETS; i++)
        assert_int_equal(exists(place, (enum sample_sheet)i), i == SAMPLE_FIGURES);
    file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(text, sizeof(text), file));
    fclose(file);
    assert_string_equal(text, "mine");
    clear(place);
}

static void unwritable_place_is_an_error_in_words(void **state) {
    struct errinfo info;
    assert_int_equal(sample_write_folder(&options, "/proc/no/such/place", NULL, &info),
                     ERR_NOT_FOUND);
    assert_non_null(strstr(info.message, "/proc/no/such/place"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folder_is_made_with_all_sheets),
        cmocka_unit_test(expected_findings_are_written_when_asked_for),
        cmocka_unit_test(existing_file_is_kept_and_nothing_else_is_left),
        cmocka_unit_test(unwritable_place_is_an_error_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
