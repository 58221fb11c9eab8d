/* Mail addresses: see mail_address.h. */
#include "exchange/mail_address.h"

/* Limits of RFC 5321, 4.5.3.1, and of RFC 1035, 2.3.4. */
enum { LOCAL_MAX = 64, LABEL_MAX = 63 };

static bool is_alnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* RFC 5322, 3.2.3: dot-atom. */
static bool is_local(struct str s) {
    if (s.len == 0 || s.len > LOCAL_MAX || s.ptr[0] == '.' || s.ptr[s.len - 1] == '.' ||
        str_find(s, STR("..")) != SIZE_MAX)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!is_alnum(s.ptr[i]) &&
            (s.ptr[i] == '\0' || strchr(".!#$%&'*+-/=?^_`{|}~", s.ptr[i]) == NULL))
            return false;
    return true;
}

static bool is_label(struct str s) {
    if (s.len == 0 || s.len > LABEL_MAX || s.ptr[0] == '-' || s.ptr[s.len - 1] == '-')
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!is_alnum(s.ptr[i]) && s.ptr[i] != '-')
            return false;
    return true;
}

static bool is_domain(struct str s) {
    size_t labels = 0;
    for (;;) {
        size_t dot = str_find(s, STR("."));
        if (!is_label(str_sub(s, 0, dot == SIZE_MAX ? s.len : dot)))
            return false;
        labels++;
        if (dot == SIZE_MAX)
            return labels >= 2 || str_equal(s, STR("localhost"));
        s = str_sub(s, dot + 1, s.len);
    }
}

enum err mail_address_read(struct str text, struct mail_address *out, struct errinfo *info) {
    enum err code = ERR_OK;
    text = str_trim(text);
    if (text.len == 0) {
        code = err_set(info, ERR_INPUT, "there is no mail address");
    } else if (text.len > MAIL_ADDRESS_MAX) {
        code =
            err_set(info, ERR_INPUT, "a mail address has %d characters at most", MAIL_ADDRESS_MAX);
    } else {
        for (size_t i = 0; i < text.len; i++) {
            char c = text.ptr[i];
            out->text[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
        }
        out->text[text.len] = '\0';
        struct str lower = {out->text, text.len};
        size_t at = str_find(lower, STR("@"));
        if (at == SIZE_MAX || !is_local(str_sub(lower, 0, at)) ||
            !is_domain(str_sub(lower, at + 1, lower.len)))
            code = err_set(info, ERR_INPUT, "\"%.*s\" is not a mail address", STR_ARG(text));
    }
    if (code != ERR_OK) {
        out->text[0] = '\0';
        err_hint(info, "It looks like name@expo.example, in plain letters.");
    }
    return code;
}
