/* Private to profiles (profile*.c): what reading, checking and writing a document share. */
#ifndef FAIRLEAD_SERVICE_PROFILE_PARTS_H
#define FAIRLEAD_SERVICE_PROFILE_PARTS_H

#include "service/edit_internal.h"
#include "service/profiles.h"

/* The number of a node of that code; 0 = there is none. By index. */
enum err profile_node(struct store_reader *reader, struct str code, int64_t *id,
                      struct errinfo *info) ERR_CHECK;

/* The document of a participant, whoever asks. */
enum err profile_load(struct store_reader *reader, int64_t participant_id, struct arena *arena,
                      struct profile *out, struct errinfo *info) ERR_CHECK;

/* Notes a fault; a text whose `ptr` is NULL counts as lack of memory. */
void profile_complain(struct profile_faults *faults, struct str path, struct str en, struct str zh);

/* Faults of the conditions (profile_conditions.c). */
enum err profile_check_conditions(struct store_reader *reader, const struct profile *now,
                                  const struct profile *said, struct profile_faults *faults,
                                  struct errinfo *info) ERR_CHECK;

/* Whether `code` is one of ISO 639-1. */
bool profile_is_language(struct str code);

/* Whether any record of a table has this value in a column. */
enum err profile_has(struct store_reader *reader, enum store_table table, uint32_t column,
                     struct str value, bool *yes, struct errinfo *info) ERR_CHECK;

#endif
