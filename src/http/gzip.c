/* Bodies made smaller: see gzip.h. */
#include "http/gzip.h"

#include <zlib.h>

#include "base/mem.h"

enum {
    GZIP_WINDOW = 15 + 16,  /* the largest window; 16 asks for the form of gzip */
    GZIP_MEMORY = 8,        /* zlib's default */
    GZIP_LEVEL = 6,         /* as measured: docs/decisions/0007-kept-replies.md */
    WORTH_BYTES_MIN = 1000, /* below, head and body fit one packet either way */
    CHUNK = 16384,
};

bool http_gzip_fits(const char *content_type, size_t size_bytes) {
    static const char *const endings[] = {"/json", "+json", "/xml", "+xml", "/javascript"};
    struct str type = str_of(content_type), name;
    if (size_bytes < WORTH_BYTES_MIN || !str_next(&type, ";", &name))
        return false;
    name = str_trim(name);
    if (str_starts(name, STR("text/")))
        return true;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (str_ends(name, str_of(endings[i])))
            return true;
    return false;
}

static void *take(void *opaque, unsigned count, unsigned size) {
    return mem_new(count, size);
}

static void give(void *opaque, void *block) {
    mem_free(block);
}

bool http_gzip(struct str plain, struct buf *out) {
    z_stream z = {.zalloc = take, .zfree = give};
    unsigned char chunk[CHUNK];
    int result = Z_OK;
    if (plain.len > UINT32_MAX || deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
                                               Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    z.next_in = (z_const Bytef *)(uintptr_t)plain.ptr;
    z.avail_in = (unsigned)plain.len;
    while (result == Z_OK) {
        z.next_out = chunk;
        z.avail_out = CHUNK;
        result = deflate(&z, Z_FINISH);
        buf_add(out, (const char *)chunk, CHUNK - z.avail_out);
    }
    deflateEnd(&z);
    return result == Z_STREAM_END && buf_error(out, NULL) == ERR_OK &&
           out->len <= plain.len - plain.len / 10;
}

bool http_gunzip(struct str packed, char *plain, size_t size_bytes) {
    z_stream z = {.zalloc = take, .zfree = give};
    if (inflateInit2(&z, GZIP_WINDOW) != Z_OK)
        return false;
    z.next_in = (z_const Bytef *)(uintptr_t)packed.ptr;
    z.avail_in = (unsigned)packed.len;
    z.next_out = (Bytef *)plain;
    z.avail_out = (unsigned)size_bytes;
    int result = inflate(&z, Z_FINISH);
    inflateEnd(&z);
    return result == Z_STREAM_END && z.avail_out == 0;
}
