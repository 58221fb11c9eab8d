/* Pictures of pavilions in the store: kept once, found again, undone, checked. */
#include "service/picture.h"

#include <sys/stat.h>

#include "pictures.h"
#include "sample_database.h"
#include "service/merge.h"

static const char *path_in(struct sample_database *d, const char *name, char path[160]) {
    snprintf(path, 160, "%s/%s", d->database.folder, name);
    return path;
}

static void write_bytes(const char *path, const void *bytes, size_t len) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    fclose(file);
}

/* A picture of 200 pixels' height. */
static void write_png(const char *path, int width) {
    struct buf png = picture_png(width, 200);
    write_bytes(path, png.ptr, png.len);
    buf_release(&png);
}

static enum err add(struct sample_database *d, const char *pavilion, const char *path,
                    const char *alt, int64_t position, int64_t *id, struct errinfo *info) {
    struct store *store;
    struct picture_request request = {.pavilion = str_of(pavilion),
                                      .path = path,
                                      .alt_en = str_of(alt),
                                      .position = position,
                                      .actor = STR("test"),
                                      .at_ms = 5};
    assert_ok(store_open(d->database.path, &store, info), info);
    enum err code = picture_add(store, &request, id, info);
    store_close(store);
    return code;
}

static void print_finding(void *ctx, const char *text) {
    print_message("# finding: %s\n", text);
    ++*(int *)ctx;
}

static int findings(struct sample_database *d) {
    int count = 0;
    struct errinfo info;
    assert_ok(picture_check(d->reader, print_finding, &count, &info), &info);
    assert_ok(store_check(d->reader, NULL, print_finding, &count, &info), &info);
    return count;
}

static uint32_t pictures(struct sample_database *d) {
    struct view *view = sample_database_view(d, "2024");
    uint32_t count = view->pictures;
    view_free(view);
    return count;
}

static enum err take_batch(void *ctx, const struct store_change *change, struct errinfo *info) {
    *(int64_t *)ctx = change->batch_id;
    return ERR_OK;
}

static void check_first_picture(struct sample_database *d) {
    struct view *view = sample_database_view(d, "2024");
    const struct view_pavilion *hungary = &view->pavilion[0];
    struct buf bytes, png = picture_png(300, 200), clean;
    struct picture picture;
    struct errinfo info;
    assert_ok(picture_clean(buf_str(&png), &clean, &picture, &info), &info);
    assert_int_equal(hungary->pictures, 1);
    const struct view_picture *p = &view->picture[hungary->picture_first];
    assert_str(p->alt_en, "A bridge");
    assert_str(p->format, "png");
    assert_true(p->width == 300 && p->height == 200 && p->position == 2);
    buf_init(&bytes, PICTURE_BYTES_MAX);
    assert_ok(store_get_content(d->reader, p->digest, &bytes, &info), &info);
    assert_true(str_equal(buf_str(&bytes), buf_str(&clean)));
    buf_release(&bytes);
    buf_release(&clean);
    buf_release(&png);
    view_free(view);
}

static void a_picture_is_added_described_removed_and_brought_back(void **state) {
    struct sample_database *d = *state;
    char path[160];
    int64_t id, again, undo, last = 0;
    struct errinfo info;
    struct store *store;
    write_png(path_in(d, "a.bin", path), 300);
    assert_ok(add(d, "匈牙利", path, "A bridge at night", 2, &id, &info), &info);
    assert_ok(add(d, "hu", path, "A bridge", 0, &again, &info), &info);
    assert_int_equal(again, id);
    check_first_picture(d);
    assert_int_equal(findings(d), 0);
    assert_ok(store_open(d->database.path, &store, &info), &info);
    assert_ok(picture_remove(store, id, STR("test"), 6, &info), &info);
    assert_int_equal(picture_remove(store, id, STR("test"), 6, &info), ERR_NOT_FOUND);
    assert_int_equal(pictures(d), 0);
    assert_ok(store_each_batch(d->reader, 1, take_batch, &last, &info), &info);
    assert_ok(undo_batch(store, &(struct store_batch){.actor = STR("test"), .at_ms = 7}, last,
                         &undo, &info),
              &info);
    check_first_picture(d);
    assert_int_equal(findings(d), 0);
    assert_ok(picture_remove(store, id, STR("test"), 8, &info), &info);
    store_close(store);
    unlink(path);
}

static void what_cannot_be_added_is_told(void **state) {
    struct sample_database *d = *state;
    char path[160];
    int64_t id;
    struct errinfo info;
    write_png(path_in(d, "b.bin", path), 301);
    assert_int_equal(add(d, "Hungary", path, "", 0, &id, &info), ERR_INPUT);
    assert_non_null(strstr(info.hint, "--alt-en"));
    assert_int_equal(add(d, "Atlantis", path, "x", 0, &id, &info), ERR_NOT_FOUND);
    assert_non_null(strstr(info.hint, "Hubei"));
    write_bytes(path, "<svg/>", 6);
    assert_int_equal(add(d, "Hungary", path, "x", 0, &id, &info), ERR_INPUT);
    unlink(path);
    assert_int_equal(add(d, "Hungary", path, "x", 0, &id, &info), ERR_NOT_FOUND);
}

/* A folder as an organiser sends it: pictures.csv and pictures/. Two rows of it are wrong. */
static void a_folder_with_pictures_is_imported_and_unchanged_again(void **state) {
    struct sample_database *d = *state;
    static const char sheet[] = "edition,pavilion,文件,顺序,alt_en,图片说明(中文),署名\n"
                                "2024,湖北,b.png,1,,长江大桥,湖北省\n"
                                "2024,Hubei,../a.png,2,x,,\n"
                                "2024,Hubei,missing.png,3,x,,\n";
    char csv[160], folder[160], picture[200];
    write_bytes(path_in(d, "pictures.csv", csv), sheet, sizeof(sheet) - 1);
    assert_int_equal(mkdir(path_in(d, "pictures", folder), 0700), 0);
    snprintf(picture, sizeof(picture), "%s/b.png", folder);
    write_png(picture, 301);
    for (int round = 0; round < 2; round++) {
        struct import_source source = {.path = csv, .sheet = SHEETS};
        struct import_request request = {.sources = &source,
                                         .source_count = 1,
                                         .leave_out_wrong = true,
                                         .actor = STR("test"),
                                         .note = STR("folder"),
                                         .at_ms = 1};
        struct import_outcome out;
        struct errinfo info;
        struct store *store;
        assert_true(assets_find(STR("data/model/headers.csv"), &request.headers));
        import_outcome_init(&out);
        assert_ok(store_open(d->database.path, &store, &info), &info);
        assert_ok(import_run(store, &request, &out, NULL, &info), &info);
        store_close(store);
        const struct import_plan *plan = &out.parts[0].plan;
        assert_int_equal(plan->counts[round == 0 ? IMPORT_NEW : IMPORT_UNCHANGED], 1);
        assert_int_equal(plan->counts[IMPORT_ERROR], 2);
        import_outcome_release(&out);
    }
    struct view *view = sample_database_view(d, "2024");
    assert_int_equal(view->pavilion[1].pictures, 1);
    assert_str(view->picture[view->pavilion[1].picture_first].alt_zh, "长江大桥");
    assert_int_equal(view->picture[view->pavilion[1].picture_first].width, 301);
    view_free(view);
    unlink(picture);
    rmdir(folder);
    unlink(csv);
}

static void run_sql(struct sample_database *d, const char *sql) {
    char command[400];
    snprintf(command, sizeof(command), "sqlite3 %s \"%s\"", d->database.path, sql);
    assert_int_equal(system(command), 0);
}

static void lost_and_altered_bytes_are_found(void **state) {
    struct sample_database *d = *state;
    if (system("command -v sqlite3 >/dev/null") != 0)
        skip();
    assert_int_equal(findings(d), 0);
    run_sql(d, "UPDATE content SET bytes = bytes || 'x'");
    assert_int_equal(findings(d), 1); /* the other one is named by no record any more */
    run_sql(d, "DELETE FROM content");
    assert_int_equal(findings(d), 1);
}

static void digests_have_a_form(void **state) {
    static const char digest[] = "1f07493f4457338c16961298dfa57641b1f379440114be5c22d690d295d2f4b5";
    assert_true(picture_is_digest(str_of(digest)));
    assert_false(picture_is_digest(STR("../../etc/passwd")));
    assert_false(picture_is_digest(str_sub(str_of(digest), 1, 64)));
    assert_false(
        picture_is_digest(STR("G000000000000000000000000000000000000000000000000000000000000000")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_have_a_form),
        cmocka_unit_test(a_picture_is_added_described_removed_and_brought_back),
        cmocka_unit_test(what_cannot_be_added_is_told),
        cmocka_unit_test(a_folder_with_pictures_is_imported_and_unchanged_again),
        cmocka_unit_test(lost_and_altered_bytes_are_found),
    };
    return cmocka_run_group_tests(tests, sample_database_setup, sample_database_teardown);
}
