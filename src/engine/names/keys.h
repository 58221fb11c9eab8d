/*
 * Private to engine/names: under which keys a record is filed, so that records that could be the
 * same firm share one.
 */
#ifndef FAIRLEAD_ENGINE_NAMES_KEYS_H
#define FAIRLEAD_ENGINE_NAMES_KEYS_H

#include "engine/names/similar.h"

/* The lowest bit of a key: the whole name is equal, so that even crowded keys are looked at. */
enum { NAMES_KEYS_MAX = 96, NAMES_KEY_WHOLE = 1 };

struct names_keys {
    uint32_t at[NAMES_KEYS_MAX]; /* ascending, each once */
    size_t len;
};

/* Puts numbers into ascending order, each once; returns how many are left. */
size_t names_sort_unique(uint32_t *at, size_t len);

/* The keys of a record. */
enum err names_keys_of(const struct names_view *record, struct names_keys *out,
                       struct errinfo *info) ERR_CHECK;

#endif
