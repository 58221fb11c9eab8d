/*
 * Countries and regions of the database by any spelling: codes, names in both languages, other
 * names. For what people type; where codes are sent, they are looked up as they are.
 *
 * Thread rule: read-only once loaded; any thread.
 */
#ifndef FAIRLEAD_SERVICE_COUNTRIES_H
#define FAIRLEAD_SERVICE_COUNTRIES_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/vocab.h"
#include "store/store.h"

struct countries {
    struct arena *arena; /* the caller's; outlives it */
    struct vocab words;  /* private: number in `codes` */
    VEC(struct str)
    codes; /* private */
};

/* Loads all; countries_release also after a failure. O(countries). */
enum err countries_load(struct store_reader *reader, struct arena *arena, struct countries *out,
                        struct errinfo *info) ERR_CHECK;
void countries_release(struct countries *countries);

/* The code (ISO 3166-1 alpha-2) that a text names; empty when it names none, or several. O(len). */
enum err countries_find(const struct countries *countries, struct str text, struct str *code,
                        struct errinfo *info) ERR_CHECK;

#endif
