/*
 * The catalogue inside the program as the generator's arrays. Private to this folder and its tests.
 */
#ifndef FAIRLEAD_SERVICE_SAMPLE_CATALOGUE_H
#define FAIRLEAD_SERVICE_SAMPLE_CATALOGUE_H

#include "base/arena.h"
#include "service/sample/generate.h"

enum { SAMPLE_CATALOGUE_BYTES_MAX = 16 << 20 };

/* Reads nodes, chains, places and links from the assets into memory of `arena`. ERR_INTERNAL when
 * the assets contradict each other. */
enum err sample_catalogue_load(struct sample_catalogue *catalogue, struct arena *arena,
                               struct errinfo *info) ERR_CHECK;

#endif
