/*
 * QR codes (ISO/IEC 18004) as the path of an SVG.
 *
 * Thread rule: any thread.
 */
#ifndef FAIRLEAD_EXCHANGE_QR_H
#define FAIRLEAD_EXCHANGE_QR_H

#include "base/buf.h"

/* More bytes than this are harder to scan than to type. */
enum { QR_BYTES_MAX = 500 };

/*
 * Appends the value of an SVG path's "d" that fills the dark modules, one unit a module, without
 * the quiet zone of four modules, and sets `size` to the modules of a side (21 to 177). Error
 * correction level M: 15 % of a code may be dirty or torn.
 *
 * ERR_LIMIT: more than QR_BYTES_MAX; ERR_INPUT: nothing to write, or a zero byte in it; ERR_MEMORY.
 */
enum err qr_path(struct str text, struct buf *out, uint32_t *size, struct errinfo *info) ERR_CHECK;

#endif
