/* Who may take a batch back: one's own, others', outside one's place, and lines of accounts. */
#include "edit_fixture.h"

#include "service/accounts.h"
#include "service/undo_right.h"

enum { LEE = 7, KIM = 8 };

static struct access access_of(int64_t account_id, enum role role, int64_t pavilion_id) {
    struct access access = {.account_id = account_id, .grant_count = 1};
    access.grants[0] = (struct access_grant){.role = role, .pavilion_id = pavilion_id};
    return access;
}

static enum err check(struct edit_fixture *f, int64_t batch_id, struct access access) {
    errinfo_init(&f->info);
    return undo_right_check(store_reader_of(f->store), &access, batch_id, &f->arena, &f->info);
}

/* Makes two pavilions, and renames the first in a batch of its own. */
static int64_t rename_pavilion(struct edit_fixture *f, int64_t id[2]) {
    edit_ok(f, "[{'op':'create','table':'edition','id':'$e','values':{'code':'2030','name_en':'E','"
               "current':true}}"
               ",{'op':'create','table':'pavilion','values':{'edition_id':'$e','kind':"
               "'country-stand','name_en':'A'}}"
               ",{'op':'create','table':'pavilion','values':{'edition_id':'$e','kind':"
               "'country-stand','name_en':'B'}}]");
    id[0] = edit_made(f, 1);
    id[1] = edit_made(f, 2);
    edit_ok(f, "[{'op':'update','table':'pavilion','id':%lld,'values':{'name_en':'C'}}]",
            LL(id[0]));
    return f->batch_id;
}

static void others_batches_need_the_right_to_undo_anybodys(void **state) {
    struct edit_fixture *f = *state;
    int64_t id[2], batch = rename_pavilion(f, id);
    assert_ok(check(f, batch, access_local()), &f->info);
    assert_ok(check(f, batch, access_of(LEE, ROLE_ORGANISER, 0)), &f->info);
    assert_int_equal(check(f, batch, access_of(LEE, ROLE_PAVILION_MANAGER, id[0])), ERR_DENIED);
    assert_int_equal(check(f, batch, access_of(LEE, ROLE_READER, 0)), ERR_DENIED);
    assert_int_equal(check(f, batch, (struct access){0}), ERR_DENIED);
    assert_int_equal(check(f, 999999, access_local()), ERR_NOT_FOUND);
}

static int64_t account_of(struct edit_fixture *f, const char *email, enum role role,
                          int64_t pavilion_id, int64_t *batch_id) {
    const struct access_grant grant = {.role = role, .pavilion_id = pavilion_id};
    const struct account_request request = {.email = str_of(email),
                                            .name = STR(""),
                                            .language = LANG_EN,
                                            .grants = &grant,
                                            .grant_count = 1,
                                            .at_ms = 1};
    const struct store_batch batch = {.kind = "account", .actor = STR("Li"), .at_ms = 1};
    const struct access local = access_local();
    int64_t id;
    assert_ok(store_begin(f->store, &batch, batch_id, &f->info), &f->info);
    assert_ok(account_create(f->store, &local, &request, &id, &f->info), &f->info);
    assert_ok(store_commit(f->store, &f->info), &f->info);
    return id;
}

static void own_batches_are_taken_back_only_where_one_may_write_now(void **state) {
    struct edit_fixture *f = *state;
    int64_t pavilion[2], made, batch_id;
    rename_pavilion(f, pavilion);
    int64_t lee = account_of(f, "lee@expo.example", ROLE_PAVILION_MANAGER, pavilion[0], &made);
    const struct store_batch batch = {.kind = "edit", .account_id = lee, .at_ms = 2};
    const struct store_cell name = {PAVILION_NAME_EN, store_text(STR("D"))};
    assert_ok(store_begin(f->store, &batch, &batch_id, &f->info), &f->info);
    assert_ok(store_update(f->store, TABLE_PAVILION, pavilion[0], &name, 1, &f->info), &f->info);
    assert_ok(store_commit(f->store, &f->info), &f->info);
    assert_ok(check(f, batch_id, access_of(lee, ROLE_PAVILION_MANAGER, pavilion[0])), &f->info);
    assert_int_equal(check(f, batch_id, access_of(lee, ROLE_PAVILION_MANAGER, pavilion[1])),
                     ERR_DENIED);
    assert_int_equal(check(f, batch_id, access_of(lee, ROLE_READER, 0)), ERR_DENIED);
    assert_int_equal(check(f, batch_id, access_of(lee + 1, ROLE_PAVILION_MANAGER, pavilion[0])),
                     ERR_DENIED);
}

static void lines_of_accounts_need_the_right_to_make_accounts(void **state) {
    struct edit_fixture *f = *state;
    int64_t batch_id;
    account_of(f, "kim@expo.example", ROLE_ADMINISTRATOR, 0, &batch_id);
    struct access token = access_of(KIM, ROLE_ADMINISTRATOR, 0);
    assert_ok(check(f, batch_id, token), &f->info);
    assert_int_equal(check(f, batch_id, access_of(LEE, ROLE_ORGANISER, 0)), ERR_DENIED);
    token.token_id = 1;
    token.token = ACCESS_TOKEN_WRITE;
    assert_int_equal(check(f, batch_id, token), ERR_DENIED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(others_batches_need_the_right_to_undo_anybodys, edit_setup,
                                        edit_teardown),
        cmocka_unit_test_setup_teardown(own_batches_are_taken_back_only_where_one_may_write_now,
                                        edit_setup, edit_teardown),
        cmocka_unit_test_setup_teardown(lines_of_accounts_need_the_right_to_make_accounts,
                                        edit_setup, edit_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
