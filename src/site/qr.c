/* QR codes on pages: see qr.h. */
#include "site/qr.h"

#include "exchange/qr.h"

enum { PATH_BYTES_MAX = 1 << 16, QUIET_ZONE = 4 };

void qr_write(struct page *page) {
    struct str address =
        page_text(page, "%s%s/%s%s", page->origin, page->base, page->here, page->query);
    struct buf path;
    uint32_t size;
    buf_init(&path, PATH_BYTES_MAX);
    if (qr_path(address, &path, &size, NULL) == ERR_OK) {
        uint32_t side = size + 2 * QUIET_ZONE;
        html_write(page->out,
                   "<div class=\"qr\"><svg viewBox=\"0 0 %u %u\" role=\"img\" aria-label=\"%z\">"
                   "<path transform=\"translate(%u %u)\" d=\"%s\"/></svg><p>%z%z%s</p></div>\n",
                   side, side, T(page, PRINTED_FROM), (uint32_t)QUIET_ZONE, (uint32_t)QUIET_ZONE,
                   buf_str(&path), T(page, PRINTED_FROM), T(page, COLON), address);
    }
    buf_release(&path);
}
