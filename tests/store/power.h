/*
 * A disk that can lose its power: an SQLite VFS that remembers what was written and not yet synced.
 *
 * It stands in front of the system's VFS and becomes the default. Of the files whose path begins
 * with a prefix it keeps, beside the file itself, what is surely on the disk (all before the last
 * sync) and the writes since then, each loose. At any moment power_survivors writes down what a
 * power cut at that moment could leave: of the loose writes none, all, or a random part, single
 * sectors of 512 bytes of a write included; new names may be missing and deleted ones be back where
 * their folder was not synced. The files go on as if nothing had happened, so that one run is cut
 * at every place. Syncs of the real disk are left out: the test is about what SQLite asks for.
 *
 * It also can be full: every n-th write fails, or all that need more than a number of bytes.
 *
 * Thread rule: any thread writes; the rest from one. The cut function is called by the thread that
 * writes, and may use other databases.
 */
#ifndef FAIRLEAD_TESTS_STORE_POWER_H
#define FAIRLEAD_TESTS_STORE_POWER_H

#include <stdbool.h>
#include <stdint.h>

/* Puts the disk in place for files that begin with `prefix`; the same seed, the same losses. */
void power_install(const char *prefix, uint64_t seed);
void power_remove(void);

/* Calls `cut` before each sync takes effect, and before one in `one_in` writes (0: none). */
typedef void power_cut_fn(void *ctx);
void power_watch(power_cut_fn *cut, void *ctx, uint32_t one_in);

enum power_loss { POWER_DROPS_ALL, POWER_KEEPS_ALL, POWER_KEEPS_SOME };

/* Writes what a cut now could leave, with `prefix` replaced by `to`. */
void power_survivors(enum power_loss loss, const char *to);

/* Every n-th write finds the disk full; 0 = never. */
void power_full_every(uint32_t n);
/* Bytes that the files may still grow by; below 0: as many as they like. */
void power_space(int64_t bytes);

/* Removes the files of a folder whose names begin so. */
void power_remove_files(const char *folder, const char *prefix);

#endif
