/*
 * What an import says of a file, in Chinese.
 *
 * The readers of sheets say what is wrong in English, in one sentence made where the fault is known
 * (place, identifier, kind, row), also for the command line. finding_words.def holds each sentence
 * once more with its Chinese; what is told of the case is found in the sentence again. So a reader
 * stays as it is, and a sentence without Chinese is found by a test, which reads the sources
 * (tests/structure/finding_words_test.py).
 *
 * Thread rule: any thread.
 */
#ifndef FAIRLEAD_SERVICE_FINDING_WORDS_H
#define FAIRLEAD_SERVICE_FINDING_WORDS_H

#include "base/buf.h"

/* Appends the Chinese of a sentence; false = it has none, and nothing is appended. O(sentences). */
bool finding_words_zh(struct str english, struct buf *out);

#endif
