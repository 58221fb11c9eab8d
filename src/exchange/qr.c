/* QR codes: see qr.h. Runs of dark modules in a row become one rectangle. */
#include "exchange/qr.h"

#include <qrencode.h>

static void add_row(struct buf *out, const unsigned char *row, int width, int y) {
    for (int x = 0; x < width; x++) {
        int from = x;
        while (x < width && (row[x] & 1) != 0)
            x++;
        if (x > from)
            buf_printf(out, "M%d %dh%dv1h-%dz", from, y, x - from, x - from);
    }
}

enum err qr_path(struct str text, struct buf *out, uint32_t *size, struct errinfo *info) {
    char bytes[QR_BYTES_MAX + 1];
    if (text.len > QR_BYTES_MAX)
        return err_set(info, ERR_LIMIT, "%zu bytes are too many for a QR code", text.len);
    if (text.len == 0 || memchr(text.ptr, '\0', text.len) != NULL)
        return err_set(info, ERR_INPUT, "a QR code needs a text without zero bytes");
    memcpy(bytes, text.ptr, text.len);
    bytes[text.len] = '\0';
    QRcode *code = QRcode_encodeString8bit(bytes, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return err_memory(info);
    for (int y = 0; y < code->width; y++)
        add_row(out, code->data + (size_t)y * (size_t)code->width, code->width, y);
    *size = (uint32_t)code->width;
    QRcode_free(code);
    return buf_error(out, info);
}
