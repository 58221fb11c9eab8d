/* Text work per name: folding, pinyin (ours and ICU's Han-Latin), sort keys, and decoding speed. */
#include <stdio.h>

#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/clock.h"
#include "text/collate.h"
#include "text/decode.h"
#include "text/fold.h"
#include "text/han.h"

enum { ROUNDS = 200000, ICU_ROUNDS = 2000, BLOCK = 1 << 20, BLOCKS = 512 };

static const char *const NAMES[] = {"长城汽车有限公司", "厦门钨业股份公司", "北京地铁运营公司",
                                    "重庆长安汽车集团"};

static void print_rate(const char *what, int64_t start, int rounds) {
    double ns = (double)(clock_monotonic_ns() - start) / rounds;
    printf("%-34s %10.0f ns a name\n", what, ns);
}

typedef enum err text_work(struct str, struct buf *, struct errinfo *);

static void measure(const char *what, text_work *work, const char *name) {
    struct buf out;
    buf_init(&out, 1 << 16);
    int64_t start = clock_monotonic_ns();
    for (int i = 0; i < ROUNDS; i++) {
        buf_clear(&out);
        if (work(str_of(name != NULL ? name : NAMES[i % 4]), &out, NULL) != ERR_OK)
            break;
    }
    print_rate(what, start, ROUNDS);
    buf_release(&out);
}

static void measure_icu(void) {
    UChar id[32], text[256];
    char bytes[256];
    UErrorCode status = U_ZERO_ERROR;
    u_uastrcpy(id, "Han-Latin");
    UTransliterator *t = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    int64_t start = clock_monotonic_ns();
    for (int i = 0; i < ICU_ROUNDS && U_SUCCESS(status); i++) {
        int32_t len, limit;
        u_strFromUTF8(text, 256, &len, NAMES[i % 4], -1, &status);
        limit = len;
        utrans_transUChars(t, text, &len, 256, 0, &limit, &status);
        u_strToUTF8(bytes, sizeof(bytes), NULL, text, len, &status);
    }
    print_rate("pinyin, ICU Han-Latin", start, ICU_ROUNDS);
    utrans_close(t);
}

static void measure_decoding(const char *what, const char *encoding, const char *piece) {
    struct buf in, out;
    buf_init(&in, BLOCK);
    buf_init(&out, 4 * BLOCK);
    while (in.len + strlen(piece) <= BLOCK)
        buf_add_c(&in, piece);
    struct text_decoder *d;
    if (text_decoder_new(text_encoding_find(str_of(encoding)), &d, NULL) == ERR_OK) {
        int64_t start = clock_monotonic_ns();
        for (int i = 0; i < BLOCKS; i++) {
            buf_clear(&out);
            if (text_decoder_feed(d, buf_str(&in), i + 1 == BLOCKS, &out, NULL) != ERR_OK)
                break;
        }
        double seconds = (double)(clock_monotonic_ns() - start) / 1e9;
        printf("%-34s %10.0f MB/s\n", what, (double)BLOCKS * (double)in.len / 1e6 / seconds);
        text_decoder_free(d);
    }
    buf_release(&in);
    buf_release(&out);
}

int main(void) {
    measure("fold, ASCII", text_fold, "Kestrel Dynamics Machinery Co., Ltd.");
    measure("fold, Han", text_fold, NULL);
    measure("fold, accents", text_fold, "Société Générale Müller");
    measure("pinyin, own tables", han_pinyin, NULL);
    measure_icu();
    measure_decoding("decode UTF-8, ASCII", "utf-8", "Kestrel Dynamics,CN,2024\n");
    measure_decoding("decode UTF-8, Han", "utf-8", "长城汽车有限公司,中国,2024\n");
    measure_decoding("decode GB18030", "gb18030", "\xB3\xA4\xB3\xC7\xC6\xFB\xB3\xB5,CN,2024\n");
    return 0;
}
