/* Mail: whatever stands in addresses, names, subjects and texts, the head of a message has the
 * lines that belong there and no other, and what was read as an address reads the same again. */
#include <stdint.h>

#include "exchange/mail.h"

static struct str part(struct str *rest) {
    size_t end = str_find(*rest, STR("\xFF"));
    struct str out = str_sub(*rest, 0, end == SIZE_MAX ? rest->len : end);
    *rest = str_sub(*rest, end == SIZE_MAX ? rest->len : end + 1, rest->len);
    return out;
}

static void check_head(struct str message) {
    static const char *const names[] = {
        "Date: ",          "From: ",         "To: ",           "Subject: ",
        "Message-ID: ",    "MIME-Version: ", "Content-Type: ", "Content-Transfer-Encoding: ",
        "Auto-Submitted: "};
    size_t end = str_find(message, STR("\r\n\r\n")), next = 0;
    if (end == SIZE_MAX)
        __builtin_trap();
    struct str head = str_sub(message, 0, end);
    while (head.len > 0) {
        size_t stop = str_find(head, STR("\r\n"));
        struct str line = str_sub(head, 0, stop == SIZE_MAX ? head.len : stop);
        for (size_t i = 0; i < line.len; i++)
            if ((unsigned char)line.ptr[i] < 0x20 || (unsigned char)line.ptr[i] >= 0x7F)
                __builtin_trap();
        /* A folded line goes on; every other is the next of the list. */
        if (line.ptr[0] != ' ' && (next >= 9 || !str_starts(line, str_of(names[next++]))))
            __builtin_trap();
        head = str_sub(head, stop == SIZE_MAX ? head.len : stop + 2, head.len);
    }
    if (next != 9)
        __builtin_trap();
}

static void check_body(struct str message) {
    for (size_t i = 0; i < message.len; i++)
        if ((message.ptr[i] == '\n') != (i > 0 && message.ptr[i - 1] == '\r'))
            __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str rest = {(const char *)data, size};
    struct mail mail = {.message_id = STR("id"), .date_ms = 1};
    struct mail_address again;
    struct errinfo info;
    struct buf out;
    if (mail_address_read(part(&rest), &mail.to, &info) != ERR_OK ||
        mail_address_read(STR("desk@expo.example"), &mail.from, &info) != ERR_OK)
        return 0;
    if (mail_address_read(str_of(mail.to.text), &again, &info) != ERR_OK ||
        strcmp(again.text, mail.to.text) != 0)
        __builtin_trap();
    mail.from_name = part(&rest);
    mail.subject = part(&rest);
    mail.body = rest;
    buf_init(&out, MAIL_MESSAGE_MAX);
    if (mail_write(&mail, &out, &info) == ERR_OK) {
        check_head(buf_str(&out));
        check_body(buf_str(&out));
    }
    buf_release(&out);
    return 0;
}
