/* The outbox with its writer; mail goes into a folder, or to a port where nobody listens. */
#include "desk_fixture.h"

#include <dirent.h>

#include "service/outbox.h"

struct outbox_fixture {
    struct desk_fixture desk;
    struct writer *writer;
    struct store_reader *reader;
    char folder[64];
    struct errinfo info;
};

static int setup(void **state) {
    static struct outbox_fixture f;
    void *desk;
    f = (struct outbox_fixture){.folder = "/tmp/fairlead-mail-XXXXXX"};
    desk_setup(&desk);
    f.desk = *(struct desk_fixture *)desk;
    database_close(&f.desk.database);
    assert_non_null(mkdtemp(f.folder));
    assert_ok(writer_new(f.desk.database.path, &f.writer, &f.info), &f.info);
    assert_ok(store_reader_open(f.desk.database.path, &f.reader, &f.info), &f.info);
    *state = &f;
    return 0;
}

/* The number of messages in the folder; takes them away. */
static int take_messages(struct outbox_fixture *f, char *text, size_t size) {
    DIR *folder = opendir(f->folder);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char path[400];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", f->folder, entry->d_name);
        FILE *file = fopen(path, "r");
        text[fread(text, 1, size - 1, file)] = '\0';
        fclose(file);
        unlink(path);
        count++;
    }
    closedir(folder);
    return count;
}

static int teardown(void **state) {
    struct outbox_fixture *f = *state;
    char text[4096];
    take_messages(f, text, sizeof(text));
    rmdir(f->folder);
    store_reader_close(f->reader);
    writer_free(f->writer);
    database_remove(&f->desk.database);
    return 0;
}

static struct outbox *open_outbox(struct outbox_fixture *f, const char *to) {
    struct outbox_options options = {.path = f->desk.database.path,
                                     .writer = f->writer,
                                     .mail = {.to = to},
                                     .from_name = "链博会"};
    struct outbox *outbox;
    assert_ok(mail_address_read(STR("desk@expo.example"), &options.from, &f->info), &f->info);
    assert_ok(outbox_new(&options, &outbox, &f->info), &f->info);
    return outbox;
}

static enum err put_one(void *ctx, struct store *store, struct errinfo *info) {
    struct outbox_letter letter = {.subject = STR("Subject"), .body = STR("The secret is 4711.\n")};
    enum err code = mail_address_read(STR("lin@firm.example"), &letter.to, info);
    return code == ERR_OK ? outbox_put(store, &letter, *(int64_t *)ctx, info) : code;
}

static void put(struct outbox_fixture *f, int64_t now) {
    const struct store_batch batch = {.kind = "account", .actor = STR("tester"), .at_ms = now};
    int64_t batch_id;
    assert_ok(writer_run(f->writer, &batch, put_one, &now, &batch_id, &f->info), &f->info);
}

struct row {
    char state[20], body[100], error[200];
    int64_t tries, next_ms;
};

static enum err take_row(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct row *row = ctx;
    snprintf(row->state, sizeof(row->state), "%.*s", STR_ARG(v[OUTBOX_STATE].text));
    snprintf(row->body, sizeof(row->body), "%.*s", STR_ARG(v[OUTBOX_BODY].text));
    snprintf(row->error, sizeof(row->error), "%.*s", STR_ARG(v[OUTBOX_ERROR].text));
    row->tries = v[OUTBOX_TRIES].integer;
    row->next_ms = v[OUTBOX_NEXT_MS].integer;
    return ERR_OK;
}

static struct row last_row(struct outbox_fixture *f) {
    struct row row = {0};
    assert_ok(store_scan(f->reader, TABLE_OUTBOX, take_row, &row, &f->info), &f->info);
    return row;
}

static void a_letter_is_sent_once_and_its_text_forgotten(void **state) {
    struct outbox_fixture *f = *state;
    struct outbox *outbox = open_outbox(f, f->folder);
    struct outbox_round round;
    char text[4096];
    put(f, 1000);
    /* The thread may be the one that sends it: then this round waits for it and finds nothing. */
    assert_ok(outbox_send_due(outbox, 1000, &round, &f->info), &f->info);
    assert_int_equal(take_messages(f, text, sizeof(text)), 1);
    assert_non_null(strstr(text, "The secret is 4711."));
    assert_non_null(strstr(text, "To: <lin@firm.example>"));
    struct row row = last_row(f);
    assert_string_equal(row.state, "sent");
    assert_string_equal(row.body, "");
    assert_int_equal(row.tries, 1);
    assert_ok(outbox_send_due(outbox, 1000000, &round, &f->info), &f->info);
    assert_int_equal(take_messages(f, text, sizeof(text)), 0);
    outbox_free(outbox);
}

/* The address of a server that does not answer: port 1 is reserved (tcpmux) and nobody listens. */
static void a_server_that_is_away_is_tried_later_and_later(void **state) {
    struct outbox_fixture *f = *state;
    struct outbox *outbox = open_outbox(f, "smtp://127.0.0.1:1");
    struct outbox_round round;
    /* Far from the clock of the thread, which must not find it due. */
    int64_t now = INT64_C(1) << 50, before = 0;
    put(f, now);
    for (int i = 1; i < OUTBOX_TRIES_MAX; i++) {
        assert_ok(outbox_send_due(outbox, now, &round, &f->info), &f->info);
        assert_int_equal(round.put_off, 1);
        struct row row = last_row(f);
        assert_string_equal(row.state, "waiting");
        assert_int_equal(row.tries, i);
        assert_non_null(strstr(row.error, "not reached"));
        assert_true(row.next_ms - now >= before);
        before = row.next_ms - now;
        /* Not before its time. */
        assert_ok(outbox_send_due(outbox, row.next_ms - 1, &round, &f->info), &f->info);
        assert_int_equal(round.put_off + round.sent + round.given_up, 0);
        now = row.next_ms;
    }
    assert_ok(outbox_send_due(outbox, now, &round, &f->info), &f->info);
    assert_int_equal(round.given_up, 1);
    assert_string_equal(last_row(f).state, "failed");
    assert_string_equal(last_row(f).body, "");
    outbox_free(outbox);
}

static void what_waits_survives_a_restart(void **state) {
    struct outbox_fixture *f = *state;
    struct outbox_round round;
    char text[4096];
    put(f, 1000);
    writer_free(f->writer);
    assert_ok(writer_new(f->desk.database.path, &f->writer, &f->info), &f->info);
    struct outbox *outbox = open_outbox(f, f->folder);
    assert_ok(outbox_send_due(outbox, 1000, &round, &f->info), &f->info);
    outbox_free(outbox);
    assert_int_equal(take_messages(f, text, sizeof(text)), 1);
}

static void the_thread_sends_by_itself(void **state) {
    struct outbox_fixture *f = *state;
    struct outbox *outbox = open_outbox(f, f->folder);
    char text[4096];
    int count = 0;
    put(f, 1000);
    while (count == 0) {
        usleep(1000);
        count = take_messages(f, text, sizeof(text));
    }
    outbox_free(outbox);
    assert_int_equal(count, 1);
}

static enum err sweep(void *ctx, struct store *store, struct errinfo *info) {
    return outbox_sweep(store, 5000, ctx, info);
}

static void only_what_is_done_is_swept(void **state) {
    struct outbox_fixture *f = *state;
    struct outbox *outbox = open_outbox(f, f->folder);
    struct outbox_round round;
    uint64_t deleted = 0, left;
    const struct store_batch batch = {.kind = "account", .actor = STR("tester"), .at_ms = 1};
    int64_t batch_id;
    put(f, 1000);
    assert_ok(outbox_send_due(outbox, 1000, &round, &f->info), &f->info);
    outbox_free(outbox);
    put(f, 2000); /* waits */
    assert_ok(writer_run(f->writer, &batch, sweep, &deleted, &batch_id, &f->info), &f->info);
    assert_int_equal(deleted, 1);
    assert_ok(store_count(f->reader, TABLE_OUTBOX, &left, &f->info), &f->info);
    assert_int_equal(left, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_letter_is_sent_once_and_its_text_forgotten),
        TEST(a_server_that_is_away_is_tried_later_and_later),
        TEST(what_waits_survives_a_restart),
        TEST(the_thread_sends_by_itself),
        TEST(only_what_is_done_is_swept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
