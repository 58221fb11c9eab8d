/*
 * The API: the public part of every edition as JSON and open data, under /api.
 *
 * It answers from the same snapshots as the pages and shows what they show. Its addresses,
 * parameters and replies stand in one table (route.h, field.h), from which the router, the OpenAPI
 * document, the page /api and the TypeScript types are made. docs/API.md is for those who use it.
 *
 * Life cycle: api_new, http_server_new with the API's routes, serve, http_server_free, api_free.
 * Thread rule: requests may be answered on any number of threads at once.
 */
#ifndef FAIRLEAD_API_API_H
#define FAIRLEAD_API_API_H

#include "http/http.h"
#include "service/desk.h"

struct api;

struct api_options {
    struct snapshots *snapshots; /* outlive the API */
    struct desk *desk;           /* outlives the API; NULL = nobody signs in, for reading only */
    const char *license;         /* of the open data: a name of api_licenses (data.h), or NULL */
};

/* ERR_INPUT for a licence that is not known, with those that are; ERR_MEMORY. */
enum err api_new(const struct api_options *options, struct api **out,
                 struct errinfo *info) ERR_CHECK;

/* After the server has stopped. NULL is allowed. */
void api_free(struct api *api);

/* The addresses for the server; they live as long as the API. */
const struct http_route *api_http_routes(const struct api *api, size_t *count);

/* Whether an error at this path is the API's to explain. */
bool api_owns(struct str path);

/* For http_options, where api_owns the path: errors as problem details (RFC 9457). `ctx` is not
 * used. */
http_error_page api_error_page;

/* The same of refusals. */
http_refusal api_refusal;

#endif
