/*
 * Mail messages: see mail.h.
 *
 * An encoded word has 75 characters at most and holds whole characters (RFC 2047, sections 2 and
 * 5), so a long subject becomes several, on lines of their own.
 */
#include "exchange/mail.h"

#include <time.h>

#include "text/utf8.h"

enum {
    WORD_BYTES = 39,      /* 52 characters of base 64, with their frame and "Subject: " 73 of 76 */
    BODY_LINE_BYTES = 57, /* 76 characters of base 64: RFC 2045, section 6.8 */
    PLAIN_LINE_MAX = 998, /* RFC 5322, section 2.1.1 */
    PLAIN_SUBJECT_MAX = 60,
    MESSAGE_ID_MAX = 100
};

static void add_base64(struct buf *out, const char *bytes, size_t len) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < len; i += 3) {
        uint32_t group = 0;
        for (size_t k = 0; k < 3; k++)
            group = group << 8 | (i + k < len ? (unsigned char)bytes[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            buf_add_char(out, i + k > len ? '=' : digits[group >> (18 - 6 * k) & 63]);
    }
}

static bool is_control(char c) {
    return (unsigned char)c < 0x20 || c == 0x7F;
}

/* Whether a text can stand in a head as it is: short, plain, and no encoded word by accident. */
static bool is_plain(struct str text) {
    for (size_t i = 0; i < text.len; i++)
        if (is_control(text.ptr[i]) || (unsigned char)text.ptr[i] >= 0x80)
            return false;
    return text.len <= PLAIN_SUBJECT_MAX && str_find(text, STR("=?")) == SIZE_MAX;
}

/* The text as encoded words, each on a line of its own. */
static void add_words(struct buf *out, struct str text) {
    bool first = true;
    while (text.len > 0) {
        char piece[WORD_BYTES];
        size_t len = 0;
        while (text.len > 0) {
            struct str rest = text;
            uint32_t c = utf8_next(&rest);
            char bytes[UTF8_MAX_BYTES];
            size_t count = utf8_put(bytes, c < 0x20 || c == 0x7F ? ' ' : c);
            if (len + count > sizeof(piece))
                break;
            memcpy(piece + len, bytes, count);
            len += count;
            text = rest;
        }
        buf_add_c(out, first ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
        add_base64(out, piece, len);
        buf_add_c(out, "?=");
        first = false;
    }
}

static void add_subject(struct buf *out, struct str subject) {
    buf_add_c(out, "Subject: ");
    if (is_plain(subject))
        buf_add_str(out, subject);
    else
        add_words(out, subject);
    buf_add_c(out, "\r\n");
}

static void add_from(struct buf *out, const struct mail *mail) {
    buf_add_c(out, "From: ");
    if (mail->from_name.len > 0) {
        /* Encoded even when plain: a name with a comma or a dot would need quotes. */
        add_words(out, mail->from_name);
        buf_add_c(out, "\r\n ");
    }
    buf_printf(out, "<%s>\r\n", mail->from.text);
}

/* RFC 5322, section 3.3; in UTC, and in English whatever the locale. */
static void add_date(struct buf *out, int64_t date_ms) {
    static const char days[] = "SunMonTueWedThuFriSat",
                      months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t seconds = (time_t)(date_ms / 1000);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    buf_printf(out, "Date: %.3s, %d %.3s %d %02d:%02d:%02d +0000\r\n", days + 3 * tm.tm_wday,
               tm.tm_mday, months + 3 * tm.tm_mon, tm.tm_year + 1900, tm.tm_hour, tm.tm_min,
               tm.tm_sec);
}

static bool body_is_plain(struct str body) {
    size_t line = 0;
    for (size_t i = 0; i < body.len; i++) {
        char c = body.ptr[i];
        line = c == '\n' ? 0 : line + 1;
        if ((is_control(c) && c != '\n' && c != '\t') || (unsigned char)c >= 0x80 ||
            line > PLAIN_LINE_MAX)
            return false;
    }
    return true;
}

static void add_plain_body(struct buf *out, struct str body) {
    for (size_t i = 0; i < body.len; i++)
        if (body.ptr[i] == '\n')
            buf_add_c(out, "\r\n");
        else
            buf_add_char(out, body.ptr[i]);
    if (body.len == 0 || body.ptr[body.len - 1] != '\n')
        buf_add_c(out, "\r\n");
}

/* Text in base 64 has lines ended by CR LF inside, too: RFC 2045, section 6.8. */
static enum err add_encoded_body(struct buf *out, struct str body, struct errinfo *info) {
    struct buf lines;
    buf_init(&lines, 2 * MAIL_BODY_MAX + 2);
    add_plain_body(&lines, body);
    enum err code = buf_error(&lines, info);
    for (size_t i = 0; i < lines.len && code == ERR_OK; i += BODY_LINE_BYTES) {
        size_t len = lines.len - i < BODY_LINE_BYTES ? lines.len - i : BODY_LINE_BYTES;
        add_base64(out, lines.ptr + i, len);
        buf_add_c(out, "\r\n");
    }
    buf_release(&lines);
    return code;
}

static bool is_message_id(struct str id) {
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_')
            return false;
    }
    return id.len > 0 && id.len <= MESSAGE_ID_MAX;
}

static enum err check(const struct mail *mail, struct errinfo *info) {
    struct mail_address again;
    enum err code = mail_address_read(str_of(mail->from.text), &again, info);
    if (code == ERR_OK)
        code = mail_address_read(str_of(mail->to.text), &again, info);
    if (code != ERR_OK)
        return code;
    if (mail->subject.len > MAIL_SUBJECT_MAX || mail->from_name.len > MAIL_SUBJECT_MAX)
        return err_set(info, ERR_INPUT, "a subject has %d bytes at most", MAIL_SUBJECT_MAX);
    if (mail->body.len > MAIL_BODY_MAX)
        return err_set(info, ERR_INPUT, "a mail has %d bytes at most", MAIL_BODY_MAX);
    if (!utf8_valid(mail->subject) || !utf8_valid(mail->body) || !utf8_valid(mail->from_name))
        return err_set(info, ERR_INPUT, "the mail is not readable text (UTF-8)");
    if (!is_message_id(mail->message_id))
        return err_set(info, ERR_INPUT, "a message id is made of letters and digits");
    return ERR_OK;
}

enum err mail_write(const struct mail *mail, struct buf *out, struct errinfo *info) {
    enum err code = check(mail, info);
    if (code != ERR_OK)
        return code;
    bool plain = body_is_plain(mail->body);
    const char *domain = strchr(mail->from.text, '@');
    add_date(out, mail->date_ms);
    add_from(out, mail);
    buf_printf(out, "To: <%s>\r\n", mail->to.text);
    add_subject(out, mail->subject);
    buf_printf(out, "Message-ID: <%.*s%s>\r\n", STR_ARG(mail->message_id), domain);
    buf_printf(out,
               "MIME-Version: 1.0\r\n"
               "Content-Type: text/plain; charset=%s\r\n"
               "Content-Transfer-Encoding: %s\r\n"
               "Auto-Submitted: auto-generated\r\n\r\n",
               plain ? "us-ascii" : "utf-8", plain ? "7bit" : "base64");
    if (plain)
        add_plain_body(out, mail->body);
    else
        code = add_encoded_body(out, mail->body, info);
    return code == ERR_OK ? buf_error(out, info) : code;
}
