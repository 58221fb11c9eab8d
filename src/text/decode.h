/*
 * Bytes of a file to UTF-8, in a stream.
 *
 * Which encoding: the user's word when given; else a byte order mark; else strict UTF-8; else
 * strict GB18030 over the whole input; else the user is asked. Guessing by letter statistics is not
 * done, because a wrong guess silently spoils names. So a file is read twice: once through a
 * detector (any size, block by block, constant memory), once through a decoder.
 *
 *     struct text_detector det;
 *     text_detector_init(&det);
 *     while (block) text_detector_feed(&det, block);
 *     text_detector_finish(&det, &encoding, info);
 *     text_decoder_new(encoding, &decoder, info);
 *     while (block) text_decoder_feed(decoder, block, last, &out, info);
 *     text_decoder_free(decoder);
 *
 * A byte order mark at the front is dropped. What is not valid in the encoding is an error with its
 * place, never a replacement character.
 * Source: RFC 3629 (UTF-8), RFC 2781 (UTF-16), GB 18030-2005 (structure of 1, 2 and 4 bytes).
 *
 * Thread rule: one thread at a time for each detector and decoder.
 */
#ifndef FAIRLEAD_TEXT_DECODE_H
#define FAIRLEAD_TEXT_DECODE_H

#include "base/buf.h"
#include "text/gb18030.h"

struct text_encoding {
    const char *name;      /* as shown to users: "UTF-8", "GB18030", ... */
    const char *converter; /* ICU's name; NULL for UTF-8, which needs none */
};

/* The encoding of a name as people write it ("utf8", "UTF-8", "gbk", "latin1"), or NULL. */
const struct text_encoding *text_encoding_find(struct str name);

/* Fields are private. Holds no memory of its own. */
struct text_detector {
    uint64_t offset;
    uint64_t line; /* line breaks so far */
    char head[4];  /* the first bytes, for the byte order mark */
    char tail[4];  /* beginning of a UTF-8 character that the next block completes */
    uint32_t tail_len;
    bool utf8_broken;
    uint64_t utf8_line; /* where UTF-8 broke, 1-based */
    uint64_t zero_line; /* first zero byte, 1-based; 0 = none */
    struct gb18030_scan gb18030;
    uint64_t gb18030_line;
};

void text_detector_init(struct text_detector *d);
/* O(len); about the speed of memory on ASCII. */
void text_detector_feed(struct text_detector *d, struct str block);
/* ERR_INPUT when the encoding must be named by the user, with the reason and the names. */
enum err text_detector_finish(const struct text_detector *d, const struct text_encoding **out,
                              struct errinfo *info) ERR_CHECK;

struct text_decoder;

enum err text_decoder_new(const struct text_encoding *encoding, struct text_decoder **out,
                          struct errinfo *info) ERR_CHECK;
void text_decoder_free(struct text_decoder *d);

/*
 * Appends `block` as UTF-8; `last` says that nothing follows. Characters may be cut anywhere
 * between blocks. ERR_INPUT names the bytes, the offset in the file and the line; after an error
 * the decoder can only be freed. UTF-8 costs a validation and a copy.
 */
enum err text_decoder_feed(struct text_decoder *d, struct str block, bool last, struct buf *out,
                           struct errinfo *info) ERR_CHECK;

#endif
