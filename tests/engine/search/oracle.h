/*
 * A naive search to compare with: every term against every place of every text, by the words of
 * engine/search/search.h. It shares the folding of text/ and the parser of queries with the engine,
 * nothing else. Small documents only; it knows nothing of the limits on work.
 */
#ifndef FAIRLEAD_TESTS_SEARCH_ORACLE_H
#define FAIRLEAD_TESTS_SEARCH_ORACLE_H

#include "engine/search/search.h"

struct oracle_hit {
    bool found;
    uint8_t typos, missing;
};

/* Fills `hits`, one a document. False when the query is refused. */
bool oracle_find(const struct search_document *documents, size_t count, struct str query,
                 struct oracle_hit *hits);

#endif
