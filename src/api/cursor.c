/*
 * Cursors: see cursor.h. The bytes before base64url: version, a hash of all that follows, the
 * filters' hash and the row's number as 8 bytes each, then three texts, each behind its length.
 */
#include "api/cursor.h"

enum { VERSION = 1, NUMBER_BYTES = 8, HASH_BYTES = 4, LENGTH_BYTES = 2, TEXT_BYTES_MAX = 2048 };

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* ---- base64url ---- */

static void encode(struct str bytes, struct buf *out) {
    uint32_t held = 0, bits = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        held = held << 8 | (unsigned char)bytes.ptr[i];
        bits += 8;
        for (; bits >= 6; bits -= 6)
            buf_add_char(out, alphabet[held >> (bits - 6) & 63]);
    }
    if (bits > 0)
        buf_add_char(out, alphabet[held << (6 - bits) & 63]);
}

/* False for a character outside the alphabet, a length that no bytes have, or bits left over. */
static bool decode(struct str text, struct buf *out) {
    uint32_t held = 0, bits = 0;
    if (text.len % 4 == 1)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        const char *at = text.ptr[i] != '\0' ? strchr(alphabet, text.ptr[i]) : NULL;
        if (at == NULL)
            return false;
        held = held << 6 | (uint32_t)(at - alphabet);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            buf_add_char(out, (char)(held >> bits & 255));
        }
    }
    return (held & ((1U << bits) - 1)) == 0;
}

/* ---- numbers and texts ---- */

static void put_number(struct buf *out, uint64_t number, size_t bytes) {
    for (size_t i = bytes; i-- > 0;)
        buf_add_char(out, (char)(number >> (8 * i) & 255));
}

static void put_text(struct buf *out, struct str text) {
    put_number(out, text.len, LENGTH_BYTES);
    buf_add_str(out, text);
}

static bool take_number(struct str *rest, size_t bytes, uint64_t *number) {
    if (rest->len < bytes)
        return false;
    *number = 0;
    for (size_t i = 0; i < bytes; i++)
        *number = *number << 8 | (unsigned char)rest->ptr[i];
    *rest = str_sub(*rest, bytes, rest->len);
    return true;
}

static bool take_text(struct str *rest, struct str *text) {
    uint64_t len;
    if (!take_number(rest, LENGTH_BYTES, &len) || len > rest->len || len > TEXT_BYTES_MAX)
        return false;
    *text = str_sub(*rest, 0, len);
    *rest = str_sub(*rest, len, rest->len);
    return true;
}

/* ---- cursors ---- */

enum err api_cursor_write(const struct api_cursor *cursor, struct buf *out, struct errinfo *info) {
    struct buf body, whole;
    buf_init(&body, API_CURSOR_BYTES_MAX);
    buf_init(&whole, API_CURSOR_BYTES_MAX);
    put_number(&body, cursor->filters, NUMBER_BYTES);
    put_number(&body, (uint64_t)cursor->after.id, NUMBER_BYTES);
    put_text(&body, cursor->list);
    put_text(&body, cursor->edition);
    put_text(&body, cursor->after.text);
    put_number(&whole, VERSION, 1);
    put_number(&whole, str_hash(buf_str(&body)), HASH_BYTES);
    buf_add_str(&whole, buf_str(&body));
    enum err e = buf_error(&whole, info);
    if (e == ERR_OK)
        e = buf_error(&body, info);
    if (e == ERR_OK)
        encode(buf_str(&whole), out);
    buf_release(&body);
    buf_release(&whole);
    return e == ERR_OK ? buf_error(out, info) : e;
}

static bool read_bytes(struct str bytes, struct api_cursor *cursor) {
    uint64_t version, hash, id;
    if (!take_number(&bytes, 1, &version) || version != VERSION ||
        !take_number(&bytes, HASH_BYTES, &hash) || hash != (str_hash(bytes) & UINT32_MAX))
        return false;
    if (!take_number(&bytes, NUMBER_BYTES, &cursor->filters) ||
        !take_number(&bytes, NUMBER_BYTES, &id) || !take_text(&bytes, &cursor->list) ||
        !take_text(&bytes, &cursor->edition) || !take_text(&bytes, &cursor->after.text))
        return false;
    cursor->after.id = (int64_t)id;
    return bytes.len == 0;
}

enum err api_cursor_read(struct str text, struct arena *arena, struct api_cursor *cursor,
                         struct errinfo *info) {
    struct buf bytes;
    enum err e = ERR_OK;
    buf_init(&bytes, API_CURSOR_BYTES_MAX);
    bool is_whole = decode(text, &bytes);
    struct str copy = is_whole ? arena_copy(arena, buf_str(&bytes)) : STR("");
    if (copy.ptr == NULL)
        e = err_memory(info);
    else if (!is_whole || !read_bytes(copy, cursor))
        e = err_set(info, ERR_INPUT, "this cursor is damaged, or not from this API");
    buf_release(&bytes);
    return e;
}
