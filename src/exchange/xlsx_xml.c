/*
 * XML parts: see xlsx_xml.h. A layer over expat, which parses one block of the part at a time and
 * can be suspended inside an event; that is how rows are pulled out of a parser that pushes.
 */
#include "exchange/xlsx_xml.h"

#include <expat.h>

#include "base/mem.h"

enum { BLOCK_BYTES = 64 << 10, DEPTH_MAX = 64 };

/* Expat parses an unfinished tag again with every block; this bounds that work. Excel's own cells
 * hold 32,767 characters, and its tags hold no text. */
static const uint64_t tag_bytes_max = 1000000;

struct xml_stream {
    XML_Parser parser;
    struct xlsx_part *part;
    const char *name;
    const struct xml_events *events;
    void *ctx;
    uint64_t fed;
    int depth;
    bool last;      /* all blocks are fed */
    bool suspended; /* the parser holds events of the current block */
    bool pause;
    struct errinfo failure;
};

const char *xml_local(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon != NULL ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *name) {
    for (size_t i = 0; attributes[i] != NULL; i += 2)
        if (strcmp(xml_local(attributes[i]), name) == 0)
            return attributes[i + 1];
    return NULL;
}

/* ---- events ---- */

static void stop_if_asked(struct xml_stream *x) {
    if (x->failure.code != ERR_OK)
        XML_StopParser(x->parser, XML_FALSE);
    else if (x->pause)
        XML_StopParser(x->parser, XML_TRUE);
}

static void on_open(void *ctx, const XML_Char *name, const XML_Char **attributes) {
    struct xml_stream *x = ctx;
    if (x->failure.code != ERR_OK)
        return;
    if (++x->depth > DEPTH_MAX) {
        err_set(&x->failure, ERR_LIMIT, "the part \"%s\" nests deeper than %d elements", x->name,
                DEPTH_MAX);
        err_hint(&x->failure, "That is no honest workbook; save it again or as CSV");
    } else {
        x->events->open(x->ctx, xml_local(name), attributes);
    }
    stop_if_asked(x);
}

static void on_close(void *ctx, const XML_Char *name) {
    struct xml_stream *x = ctx;
    if (x->failure.code != ERR_OK)
        return;
    x->depth--;
    if (x->events->close != NULL)
        x->events->close(x->ctx, xml_local(name));
    stop_if_asked(x);
}

static void on_text(void *ctx, const XML_Char *text, int len) {
    struct xml_stream *x = ctx;
    if (x->failure.code != ERR_OK || x->events->text == NULL)
        return;
    x->events->text(x->ctx, text, (size_t)len);
    stop_if_asked(x);
}

static void on_doctype(void *ctx, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int has_subset) {
    struct xml_stream *x = ctx;
    err_set(&x->failure, ERR_INPUT, "the part \"%s\" declares a document type", x->name);
    err_hint(&x->failure, "No honest workbook does; save it again or as CSV");
    XML_StopParser(x->parser, XML_FALSE);
}

/* ---- life cycle ---- */

static void *allocate(size_t size) {
    return mem_new(1, size);
}

static void *reallocate(void *block, size_t size) {
    return mem_resize(block, 1, size);
}

enum err xml_stream_new(struct xlsx_zip *zip, const char *part, const struct xml_events *events,
                        void *ctx, struct xml_stream **out, struct errinfo *info) {
    static const XML_Memory_Handling_Suite memory = {allocate, reallocate, mem_free};
    struct xml_stream *x = mem_new(1, sizeof(*x));
    if (x == NULL)
        return err_memory(info);
    x->name = part;
    x->events = events;
    x->ctx = ctx;
    enum err code = xlsx_part_open(zip, part, &x->part, info);
    if (code == ERR_OK) {
        x->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
        if (x->parser == NULL)
            code = err_memory(info);
    }
    if (code != ERR_OK) {
        xml_stream_free(x);
        return code;
    }
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_open, on_close);
    XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
    *out = x;
    return ERR_OK;
}

void xml_stream_free(struct xml_stream *x) {
    if (x == NULL)
        return;
    if (x->parser != NULL)
        XML_ParserFree(x->parser);
    xlsx_part_close(x->part);
    mem_free(x);
}

void xml_stream_pause(struct xml_stream *x) {
    x->pause = true;
}

struct errinfo *xml_stream_fail(struct xml_stream *x) {
    return &x->failure;
}

/* ---- running ---- */

static enum err explain(struct xml_stream *x, struct errinfo *info) {
    enum XML_Error error = XML_GetErrorCode(x->parser);
    if (x->failure.code == ERR_OK && error == XML_ERROR_NO_MEMORY)
        return err_memory(info);
    if (x->failure.code == ERR_OK) {
        err_set(&x->failure, ERR_INPUT,
                "the workbook is damaged: part \"%s\", line %lu, column %lu: %s", x->name,
                (unsigned long)XML_GetCurrentLineNumber(x->parser),
                (unsigned long)XML_GetCurrentColumnNumber(x->parser) + 1, XML_ErrorString(error));
        err_hint(&x->failure, "Open it in a spreadsheet and save it again as .xlsx");
    }
    if (info != NULL)
        *info = x->failure;
    return x->failure.code;
}

static enum err check_tag_length(const struct xml_stream *x, struct errinfo *info) {
    XML_Index at = XML_GetCurrentByteIndex(x->parser);
    if (at < 0 || x->fed - (uint64_t)at <= tag_bytes_max)
        return ERR_OK;
    err_set(info, ERR_LIMIT, "the part \"%s\" has a tag longer than %llu bytes", x->name,
            (unsigned long long)tag_bytes_max);
    err_hint(info, "That is no honest workbook; save it again or as CSV");
    return ERR_LIMIT;
}

static enum err feed_block(struct xml_stream *x, enum XML_Status *status, struct errinfo *info) {
    char *block = XML_GetBuffer(x->parser, BLOCK_BYTES);
    if (block == NULL)
        return err_memory(info);
    size_t got;
    enum err code = xlsx_part_read(x->part, block, BLOCK_BYTES, &got, info);
    if (code != ERR_OK)
        return code;
    x->fed += got;
    x->last = got == 0;
    *status = XML_ParseBuffer(x->parser, (int)got, x->last);
    return ERR_OK;
}

enum err xml_stream_run(struct xml_stream *x, bool *end, struct errinfo *info) {
    *end = false;
    x->pause = false;
    for (;;) {
        enum XML_Status status = XML_STATUS_ERROR;
        if (x->suspended) {
            status = XML_ResumeParser(x->parser);
        } else if (x->last) {
            *end = true;
            return ERR_OK;
        } else {
            enum err code = feed_block(x, &status, info);
            if (code != ERR_OK)
                return code;
        }
        x->suspended = status == XML_STATUS_SUSPENDED;
        if (status == XML_STATUS_ERROR || x->failure.code != ERR_OK)
            return explain(x, info);
        if (x->suspended)
            return ERR_OK;
        enum err code = check_tag_length(x, info);
        if (code != ERR_OK)
            return code;
    }
}

enum err xml_read(struct xlsx_zip *zip, const char *part, const struct xml_events *events,
                  void *ctx, struct xml_stream **current, struct errinfo *info) {
    bool end = false;
    enum err code = xml_stream_new(zip, part, events, ctx, current, info);
    if (code != ERR_OK)
        return code;
    while (code == ERR_OK && !end)
        code = xml_stream_run(*current, &end, info);
    xml_stream_free(*current);
    *current = NULL;
    return code;
}
