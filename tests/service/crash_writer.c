/*
 * The child of the crash test (tests/crash.py): writes through service/writer from several threads
 * until it is killed, and says what it tries and what was acknowledged; or reads all of it back.
 *
 *   crash-writer DB new            makes the database
 *   crash-writer DB write NAME N   N threads write for ever; NAME tells apart processes and runs
 *   crash-writer DB read           the state, a line "KEY VALUE" a record, and "! finding" lines
 *
 * A record is an organisation: its name is the key, its website the value. A batch writes the
 * value into three places, which must agree: an organisation half written reads "KEY half". Lines
 * go out by write(2), whole, so that a kill leaves in the pipe what was said.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/rng.h"
#include "service/writer.h"

enum { THREADS_MAX = 32, KEPT = 256, KEY_MAX_BYTES = 64 };

static const struct store_batch batch = {
    .kind = "edit", .actor = {"tester", 6}, .note = {"crash", 5}, .at_ms = 1};

struct thread {
    struct writer *writer;
    const char *name;
    uint32_t number;
    pthread_t thread;
    struct rng rng;
};

/* Writes one value of one key: a new organisation (id 0) or an update. */
struct write {
    char key[KEY_MAX_BYTES], value[KEY_MAX_BYTES];
    int64_t organisation, alias;
};

static enum err write_value(void *ctx, struct store *store, struct errinfo *info) {
    struct write *w = ctx;
    struct store_cell cells[] = {{ORGANISATION_WEBSITE, store_text(str_of(w->value))},
                                 {ORGANISATION_REGISTRATION, store_text(str_of(w->value))},
                                 {ORGANISATION_NAME_EN, store_text(str_of(w->key))}};
    struct store_cell alias[] = {{ORGANISATION_NAME_NAME, store_text(str_of(w->value))},
                                 {ORGANISATION_NAME_ORGANISATION_ID, store_int(w->organisation)},
                                 {ORGANISATION_NAME_KIND, store_text(STR("alias"))}};
    if (w->organisation > 0) {
        enum err code = store_update(store, TABLE_ORGANISATION, w->organisation, cells, 2, info);
        return code == ERR_OK
                   ? store_update(store, TABLE_ORGANISATION_NAME, w->alias, alias, 1, info)
                   : code;
    }
    enum err code = store_insert(store, TABLE_ORGANISATION, cells, 3, &w->organisation, info);
    alias[1].value = store_int(w->organisation);
    return code == ERR_OK ? store_insert(store, TABLE_ORGANISATION_NAME, alias, 3, &w->alias, info)
                          : code;
}

static void say(const char *what, const struct write *w) {
    char line[256];
    int len = snprintf(line, sizeof(line), "%s %s %s\n", what, w->key, w->value);
    if (write(STDOUT_FILENO, line, (size_t)len) != len)
        exit(1); /* nobody listens any more */
}

static void fail(const struct errinfo *info) {
    char text[1500];
    err_format(info, text, sizeof(text));
    fprintf(stderr, "crash-writer: %s\n", text);
    exit(1);
}

/* Two of three batches make a new record, the third changes one of this thread's. */
static void *write_for_ever(void *arg) {
    struct thread *t = arg;
    struct errinfo info;
    static _Thread_local struct write kept[KEPT];
    for (uint32_t n = 0; n < UINT32_MAX; n++) {
        struct write w = {.organisation = 0};
        struct write *slot = &kept[rng_below(&t->rng, KEPT)];
        if (slot->organisation > 0 && rng_below(&t->rng, 3) == 0)
            w = *slot;
        else
            snprintf(w.key, sizeof(w.key), "%s/%u/%u", t->name, t->number, n);
        snprintf(w.value, sizeof(w.value), "%s/%u/v%u", t->name, t->number, n);
        say("try", &w);
        if (writer_run(t->writer, &batch, write_value, &w, NULL, &info) != ERR_OK)
            fail(&info);
        say("ack", &w);
        *slot = w;
    }
    return NULL;
}

static int write_all(const char *path, const char *name, uint32_t threads) {
    static struct thread all[THREADS_MAX];
    struct writer *writer;
    struct errinfo info;
    if (writer_new(path, &writer, &info) != ERR_OK)
        fail(&info);
    for (uint32_t i = 0; i < threads && i < THREADS_MAX; i++) {
        all[i] = (struct thread){.writer = writer, .name = name, .number = i};
        rng_init(&all[i].rng, str_hash(str_of(name)) + i);
        if (pthread_create(&all[i].thread, NULL, write_for_ever, &all[i]) != 0)
            return 1;
    }
    for (;;)
        pause();
}

struct reading {
    struct store_reader *reader;
    struct str value; /* of the organisation being read */
    bool whole;
};

static enum err compare_alias(void *ctx, int64_t id, const struct store_value *values,
                              struct errinfo *info) {
    struct reading *r = ctx;
    r->whole = str_equal(values[ORGANISATION_NAME_NAME].text, r->value);
    return ERR_OK;
}

static enum err print_record(void *ctx, int64_t id, const struct store_value *values,
                             struct errinfo *info) {
    struct reading *r = ctx;
    r->value = values[ORGANISATION_WEBSITE].text;
    r->whole = false;
    enum err code =
        store_scan_equal(r->reader, TABLE_ORGANISATION_NAME, ORGANISATION_NAME_ORGANISATION_ID,
                         store_int(id), compare_alias, r, info);
    bool whole = r->whole && str_equal(values[ORGANISATION_REGISTRATION].text, r->value);
    printf("%.*s %.*s\n", STR_ARG(values[ORGANISATION_NAME_EN].text),
           STR_ARG(whole ? r->value : STR("half")));
    return code;
}

static void print_finding(void *ctx, const char *text) {
    printf("! %s\n", text);
}

/* Opens it as the program does when it starts again. */
static int read_all(const char *path) {
    struct errinfo info;
    struct store *store;
    enum err code = store_open(path, &store, &info);
    if (code != ERR_OK)
        fail(&info);
    struct reading reading = {.reader = store_reader_of(store)};
    code = store_scan(reading.reader, TABLE_ORGANISATION, print_record, &reading, &info);
    if (code == ERR_OK)
        code = store_check(reading.reader, NULL, print_finding, NULL, &info);
    if (code != ERR_OK)
        fail(&info);
    store_close(store);
    return 0;
}

int main(int argc, char **argv) {
    struct errinfo info;
    struct store *store;
    if (argc == 5 && strcmp(argv[2], "write") == 0)
        return write_all(argv[1], argv[3], (uint32_t)strtoul(argv[4], NULL, 10));
    if (argc == 3 && strcmp(argv[2], "read") == 0)
        return read_all(argv[1]);
    if (argc != 3 || strcmp(argv[2], "new") != 0)
        return 2;
    if (store_create(argv[1], &store, &info) != ERR_OK)
        fail(&info);
    store_close(store);
    return 0;
}
