/*
 * The suffix arrays of the index: places sorted by what follows. Private to engine/search.
 */
#ifndef FAIRLEAD_ENGINE_SEARCH_SORT_H
#define FAIRLEAD_ENGINE_SEARCH_SORT_H

#include "engine/search/index.h"

/*
 * Sorts the order of a side by the first WORDS_SORTED bytes or HAN_SORTED tokens, then by place.
 * The texts of the side are complete. O(n * log n) keys; on `job->threads` threads, with 32 bytes a
 * place of the largest bucket on each. ERR_MEMORY, ERR_STOPPED.
 */
enum err sort_side(struct side *side, bool words, const struct job *job,
                   struct errinfo *info) ERR_CHECK;

#endif
