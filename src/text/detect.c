/*
 * Which encoding a file has: see decode.h.
 *
 * UTF-8 and GB18030 are checked side by side in one pass, because a file of 2 GB should not be read
 * a third time; on ASCII both checks cost little. UTF-8 is asked first: Chinese text in UTF-8 is
 * often well formed GB18030, too, but not the other way round.
 */
#include "text/decode.h"

#include "text/utf8.h"

static const struct text_encoding ENCODINGS[] = {
    {"UTF-8", NULL},
    {"GB18030", "gb18030"},
    {"UTF-16LE", "UTF-16LE"},
    {"UTF-16BE", "UTF-16BE"},
    {"Big5", "Big5"},
    {"Shift_JIS", "ibm-943_P15A-2003"},
    {"EUC-JP", "EUC-JP"},
    {"EUC-KR", "windows-949-2000"},
    {"windows-1250", "windows-1250"},
    {"windows-1251", "windows-1251"},
    {"windows-1252", "windows-1252"},
    {"windows-1253", "windows-1253"},
    {"windows-1254", "windows-1254"},
    {"windows-1258", "windows-1258"},
    {"ISO-8859-1", "ISO-8859-1"},
    {"ISO-8859-2", "ISO-8859-2"},
    {"ISO-8859-9", "ISO-8859-9"},
    {"ISO-8859-15", "ISO-8859-15"},
};

enum { AT_UTF8, AT_GB18030, AT_UTF16LE, AT_UTF16BE };

/* Other names of the same, without hyphens and underscores, and the place in ENCODINGS. GBK and
 * GB2312 are parts of GB18030. */
static const struct {
    const char *alias, *name;
} ALIASES[] = {
    {"gbk", "gb18030"},        {"gb2312", "gb18030"},     {"cp936", "gb18030"},
    {"windows936", "gb18030"}, {"euccn", "gb18030"},      {"cp950", "big5"},
    {"cp932", "shiftjis"},     {"sjis", "shiftjis"},      {"windows31j", "shiftjis"},
    {"cp949", "euckr"},        {"uhc", "euckr"},          {"cp1250", "windows1250"},
    {"cp1251", "windows1251"}, {"cp1252", "windows1252"}, {"cp1253", "windows1253"},
    {"cp1254", "windows1254"}, {"cp1258", "windows1258"}, {"latin1", "iso88591"},
    {"latin2", "iso88592"},    {"latin5", "iso88599"},    {"latin9", "iso885915"},
    {"ansi", "windows1252"},   {"utf8sig", "utf8"},
};

enum { NAME_MAX_BYTES = 32 };

/* Lower case without "-", "_" and blanks; empty when too long. */
static void plain_name(struct str name, char out[NAME_MAX_BYTES]) {
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (c == '-' || c == '_' || c == ' ')
            continue;
        if (len == NAME_MAX_BYTES - 1) {
            len = 0;
            break;
        }
        out[len++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    out[len] = '\0';
}

const struct text_encoding *text_encoding_find(struct str name) {
    char wanted[NAME_MAX_BYTES], have[NAME_MAX_BYTES];
    plain_name(str_trim(name), wanted);
    const char *key = wanted;
    for (size_t i = 0; i < sizeof(ALIASES) / sizeof(ALIASES[0]); i++)
        if (strcmp(wanted, ALIASES[i].alias) == 0)
            key = ALIASES[i].name;
    for (size_t i = 0; i < sizeof(ENCODINGS) / sizeof(ENCODINGS[0]); i++) {
        plain_name(str_of(ENCODINGS[i].name), have);
        if (strcmp(key, have) == 0)
            return &ENCODINGS[i];
    }
    return NULL;
}

void text_detector_init(struct text_detector *d) {
    memset(d, 0, sizeof(*d));
}

static uint64_t count_lines(struct str s) {
    uint64_t lines = 0;
    for (size_t i = 0; i < s.len; i++)
        lines += s.ptr[i] == '\n';
    return lines;
}

/* Feeds UTF-8; characters cut between blocks are completed in `tail`. */
static void feed_utf8(struct text_detector *d, struct str block) {
    size_t from = 0;
    bool cut = d->tail_len > 0;
    while (cut && from < block.len) {
        d->tail[d->tail_len++] = block.ptr[from++];
        struct str tail = {d->tail, d->tail_len};
        if (utf8_valid_len(tail, &cut) == d->tail_len)
            d->tail_len = 0;
        else if (!cut)
            d->utf8_broken = true;
    }
    if (d->utf8_broken || d->tail_len > 0) {
        d->utf8_line = d->line + 1;
        return;
    }
    struct str rest = str_sub(block, from, block.len);
    size_t valid = utf8_valid_len(rest, &cut);
    if (valid < rest.len && cut) {
        d->tail_len = (uint32_t)(rest.len - valid);
        memcpy(d->tail, rest.ptr + valid, d->tail_len);
    } else if (valid < rest.len) {
        d->utf8_broken = true;
    }
    d->utf8_line = d->line + count_lines(str_sub(rest, 0, valid)) + 1;
}

void text_detector_feed(struct text_detector *d, struct str block) {
    for (size_t i = 0; i < block.len && d->offset + i < sizeof(d->head); i++)
        d->head[d->offset + i] = block.ptr[i];
    if (!d->utf8_broken)
        feed_utf8(d, block);
    if (!d->gb18030.broken) {
        size_t good = gb18030_scan_feed(&d->gb18030, block);
        d->gb18030_line = d->line + count_lines(str_sub(block, 0, good)) + 1;
    }
    const char *zero = d->zero_line == 0 && block.len > 0 ? memchr(block.ptr, 0, block.len) : NULL;
    if (zero != NULL)
        d->zero_line = d->line + count_lines(str_sub(block, 0, (size_t)(zero - block.ptr))) + 1;
    d->line += count_lines(block);
    d->offset += block.len;
}

static enum err ask(struct errinfo *info, uint64_t line) {
    err_hint(info,
             "Save the file as UTF-8, or name its encoding: GB18030, Big5, Shift_JIS, EUC-KR, "
             "UTF-16LE, UTF-16BE, windows-1252, windows-1251, ...");
    err_at(info, NULL, (long)line, 0);
    return ERR_INPUT;
}

enum err text_detector_finish(const struct text_detector *d, const struct text_encoding **out,
                              struct errinfo *info) {
    struct str head = {d->head, d->offset < sizeof(d->head) ? (size_t)d->offset : sizeof(d->head)};
    *out = NULL;
    if (str_starts(head, STR("\xEF\xBB\xBF")))
        *out = &ENCODINGS[AT_UTF8];
    else if (str_starts(head, STR("\xFF\xFE")))
        *out = &ENCODINGS[AT_UTF16LE];
    else if (str_starts(head, STR("\xFE\xFF")))
        *out = &ENCODINGS[AT_UTF16BE];
    if (*out != NULL)
        return ERR_OK;
    if (d->zero_line > 0) {
        (void)err_set(info, ERR_INPUT,
                      "there is a zero byte: this is no plain text, or UTF-16 without its mark");
        return ask(info, d->zero_line);
    }
    if (!d->utf8_broken && d->tail_len == 0) {
        *out = &ENCODINGS[AT_UTF8];
        return ERR_OK;
    }
    if (!gb18030_scan_ok(&d->gb18030)) {
        (void)err_set(info, ERR_INPUT,
                      "the text is neither UTF-8 (wrong from line %llu on) nor GB18030 (wrong from "
                      "line %llu on)",
                      (unsigned long long)d->utf8_line, (unsigned long long)d->gb18030_line);
        return ask(info, d->utf8_line);
    }
    if (gb18030_scan_looks_latin(&d->gb18030)) {
        (void)err_set(info, ERR_INPUT,
                      "the text is not UTF-8, and read as GB18030 it has Chinese characters inside "
                      "Latin words");
        return ask(info, d->utf8_line);
    }
    *out = &ENCODINGS[AT_GB18030];
    return ERR_OK;
}
