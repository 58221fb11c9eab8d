/* The desk: see desk.h. Readers that are given back are kept for the next request. */
#include "service/desk.h"

#include <pthread.h>

#include "base/mem.h"
#include "service/desk_copy.h"
#include "service/secret.h"

enum { READERS_KEPT = 8 };

struct desk {
    struct desk_options options;
    struct writer *writer;
    struct door *door;
    struct presence *presence;
    pthread_mutex_t lock; /* of the readers that are free */
    struct store_reader *reader[READERS_KEPT];
    uint32_t readers;
};

enum err desk_new(const struct desk_options *options, struct desk **out, struct errinfo *info) {
    struct desk *desk = mem_new(1, sizeof(*desk));
    if (desk == NULL)
        return err_memory(info);
    desk->options = *options;
    pthread_mutex_init(&desk->lock, NULL);
    desk->presence = presence_new();
    desk_copy_sweep(options->database);
    enum err e = desk->presence != NULL ? secret_start(info) : err_memory(info);
    if (e == ERR_OK)
        e = writer_new(options->database, &desk->writer, info);
    if (e == ERR_OK)
        e = door_new(desk->writer, desk->options.origin, &desk->door, info);
    if (e != ERR_OK) {
        desk_free(desk);
        return e;
    }
    *out = desk;
    return ERR_OK;
}

void desk_free(struct desk *desk) {
    if (desk == NULL)
        return;
    presence_free(desk->presence);
    door_free(desk->door);
    writer_free(desk->writer);
    while (desk->readers > 0)
        store_reader_close(desk->reader[--desk->readers]);
    pthread_mutex_destroy(&desk->lock);
    mem_free(desk);
}

const struct desk_options *desk_options(const struct desk *desk) {
    return &desk->options;
}

struct writer *desk_writer(struct desk *desk) {
    return desk->writer;
}

struct door *desk_door(struct desk *desk) {
    return desk->door;
}

enum err desk_begin(struct desk *desk, struct store_reader **out, struct errinfo *info) {
    struct store_reader *reader = NULL;
    enum err e = ERR_OK;
    pthread_mutex_lock(&desk->lock);
    if (desk->readers > 0)
        reader = desk->reader[--desk->readers];
    pthread_mutex_unlock(&desk->lock);
    if (reader == NULL)
        e = store_reader_open(desk->options.database, &reader, info);
    if (e == ERR_OK)
        e = store_read_begin(reader, info);
    if (e == ERR_OK)
        *out = reader;
    else
        store_reader_close(reader);
    return e;
}

void desk_end(struct desk *desk, struct store_reader *reader) {
    if (reader == NULL)
        return;
    store_read_end(reader);
    pthread_mutex_lock(&desk->lock);
    if (desk->readers < READERS_KEPT) {
        desk->reader[desk->readers++] = reader;
        reader = NULL;
    }
    pthread_mutex_unlock(&desk->lock);
    store_reader_close(reader);
}

struct presence *desk_presence(struct desk *desk) {
    return desk->presence;
}
