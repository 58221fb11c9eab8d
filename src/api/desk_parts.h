/*
 * What the desk's routes share: a reader, an author, the table that the path names.
 *
 * Thread rule: a call belongs to one request.
 */
#ifndef FAIRLEAD_API_DESK_PARTS_H
#define FAIRLEAD_API_DESK_PARTS_H

#include "api/route.h"
#include "service/edit.h"

/* The call's reader, lent by the desk with the first ask; it is given back after the reply. */
enum err api_desk_reader(struct api_call *call, struct store_reader **out,
                         struct errinfo *info) ERR_CHECK;

/* Who acts, and now: the author of a batch. */
struct store_batch api_desk_author(const struct api_call *call);

/* The table and the record's number that the path names. ERR_NOT_FOUND with the tables there are.
 */
enum err api_desk_table(struct api_call *call, const struct edit_table **out,
                        struct errinfo *info) ERR_CHECK;

/* A key with a text, null where it is empty. */
void api_write_text(struct json_out *json, const char *key, struct str text);

extern const struct api_param api_path_table, api_path_record, api_path_batch;

#endif
