/*
 * Editing in JSON: requests read, records, outcomes and the table of fields written. The shapes of
 * the API's /records and /changes; kept beside the domain so that drafts, tests and the API speak
 * the same.
 *
 * Shapes. An operation: {"op": "create" | "update" | "delete", "table": "area", "id": 12 or
 * "$name", "revision": 345, "cascade": true, "values": {"name_en": "...", "edition_id": "$new"}};
 * the id of a create is the name that later operations use, or left out. A value is a text, a whole
 * number, true or false, or null; a boolean field is written as true or false.
 *
 * Thread rule: any thread; what is read lies in the arena.
 */
#ifndef FAIRLEAD_SERVICE_EDIT_JSON_H
#define FAIRLEAD_SERVICE_EDIT_JSON_H

#include "base/json.h"
#include "exchange/json_read.h"
#include "service/edit.h"

/* Reads a list of operations; ERR_INPUT names the operation and what is wrong with its form. */
enum err edit_request_read(const struct json_value *operations, struct arena *arena,
                           struct edit_request *out, struct errinfo *info) ERR_CHECK;

/* One value of a field: text, number, true or false, or null. */
void edit_value_json(struct json_out *j, const struct edit_field *field,
                     const struct store_value *value);

/* {id, table, revision, label: {en, zh}, values: {...}, labels: {field: {en, zh}}, changed_by,
 * changed_ms, may_write}; the last but one only where known. */
void edit_record_json(struct json_out *j, const struct edit_record *record);

/* Members of an open object: "results", "errors" (field, operation, message, message_zh),
 * "conflicts", "merged", "referrers"; lists that are empty are left out, but results. */
void edit_outcome_json(struct json_out *j, const struct edit_outcome *outcome,
                       const struct edit_request *request);

/* The list of editable tables with their fields, words, choices, and what `access` may write. */
void edit_tables_json(struct json_out *j, const struct access *access);

#endif
