/*
 * The OpenAPI 3.1 document of the API, made from the tables of routes and records.
 *
 * Schemas are JSON Schema 2020-12. A record that is asked for with a choice of fields has two: NAME
 * with all fields required, and NAMEChosen with the same fields, none of them required.
 */
#ifndef FAIRLEAD_API_OPENAPI_H
#define FAIRLEAD_API_OPENAPI_H

#include "api/route.h"

enum { API_RECORDS_MAX = 96 };

/* The records that the table of routes reaches, each once, those that others hold first. Returns
 * how many; more than API_RECORDS_MAX are a bug of the tables and left out. */
uint32_t api_all_records(const struct api_record *out[API_RECORDS_MAX]);

/* Whether a route asks for this record by a choice of fields. */
bool api_record_is_chosen_from(const struct api_record *record);

/* Appends the document. It is always the same. Failures stay in the buffer. */
void api_openapi_write(struct buf *out);

/* The draw of its route. */
api_draw api_draw_openapi;

#endif
