/*
 * The XML parts of a workbook as a stream of events that can be paused.
 *
 * Inside exchange/ only. Refused: document type declarations (and with them every entity, so no
 * XML bomb), elements nested deeper than 64, tags longer than 1 MB. Names come without their
 * namespace prefix; the few namespaces of a workbook do not clash.
 *
 * Source: XML 1.0; ECMA-376 part 2, 9.1.2 (no document types in parts).
 */
#ifndef FAIRLEAD_EXCHANGE_XLSX_XML_H
#define FAIRLEAD_EXCHANGE_XLSX_XML_H

#include "exchange/xlsx_zip.h"

/* Events; `attributes` are name and value in turn, ended by NULL. */
struct xml_events {
    void (*open)(void *ctx, const char *name, const char **attributes);
    void (*close)(void *ctx, const char *name);
    void (*text)(void *ctx, const char *text, size_t len);
};

struct xml_stream;

/* A stream over `part`, whose name, like the archive and the events, must outlive it. */
enum err xml_stream_new(struct xlsx_zip *zip, const char *part, const struct xml_events *events,
                        void *ctx, struct xml_stream **out, struct errinfo *info) ERR_CHECK;
void xml_stream_free(struct xml_stream *x);

/* Gives events until one of them pauses or fails the stream, or the part ends. */
enum err xml_stream_run(struct xml_stream *x, bool *end, struct errinfo *info) ERR_CHECK;

/* For use inside events: stop after this event; xml_stream_run goes on from here. */
void xml_stream_pause(struct xml_stream *x);
/* For use inside events: the errinfo to fill when the stream must fail; the first failure stays. */
struct errinfo *xml_stream_fail(struct xml_stream *x);

/* Reads a whole part. `current` is the stream while events come, so that they can fail it; then
 * NULL. */
enum err xml_read(struct xlsx_zip *zip, const char *part, const struct xml_events *events,
                  void *ctx, struct xml_stream **current, struct errinfo *info) ERR_CHECK;

/* The name without prefix. */
const char *xml_local(const char *name);
/* The value of an attribute by its name without prefix, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);

#endif
