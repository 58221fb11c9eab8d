/* The checkpointer: see checkpointer.h. */
#include "service/checkpointer.h"

#include <errno.h>
#include <pthread.h>

#include "base/mem.h"

struct checkpointer {
    struct store_reader *reader; /* the thread's */
    pthread_t thread;
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t changed;
    bool asked, stopping;
};

static bool wait_for_work(struct checkpointer *c) {
    pthread_mutex_lock(&c->mutex);
    while (!c->asked && !c->stopping)
        pthread_cond_wait(&c->changed, &c->mutex);
    c->asked = false;
    bool work = !c->stopping;
    pthread_mutex_unlock(&c->mutex);
    return work;
}

static void *run(void *arg) {
    struct checkpointer *c = arg;
    while (wait_for_work(c))
        (void)!store_checkpoint(c->reader, NULL);
    return NULL;
}

enum err checkpointer_new(const char *path, struct checkpointer **out, struct errinfo *info) {
    struct checkpointer *c = mem_new(1, sizeof(*c));
    if (c == NULL)
        return err_memory(info);
    enum err code = store_reader_open(path, &c->reader, info);
    if (code != ERR_OK)
        goto failed;
    pthread_mutex_init(&c->mutex, NULL);
    pthread_cond_init(&c->changed, NULL);
    errno = pthread_create(&c->thread, NULL, run, c);
    if (errno != 0) {
        code = err_errno(info, "start", "a thread");
        pthread_mutex_destroy(&c->mutex);
        pthread_cond_destroy(&c->changed);
        goto failed;
    }
    *out = c;
    return ERR_OK;
failed:
    store_reader_close(c->reader);
    mem_free(c);
    return code;
}

void checkpointer_free(struct checkpointer *c) {
    if (c == NULL)
        return;
    pthread_mutex_lock(&c->mutex);
    c->stopping = true;
    pthread_cond_signal(&c->changed);
    pthread_mutex_unlock(&c->mutex);
    pthread_join(c->thread, NULL);
    pthread_mutex_destroy(&c->mutex);
    pthread_cond_destroy(&c->changed);
    store_reader_close(c->reader);
    mem_free(c);
}

void checkpointer_ask(struct checkpointer *c) {
    pthread_mutex_lock(&c->mutex);
    c->asked = true;
    pthread_cond_signal(&c->changed);
    pthread_mutex_unlock(&c->mutex);
}
