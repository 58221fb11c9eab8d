/* Identifiers: see identifier.h. */
#include "model/identifier.h"

#include "text/utf8.h"

/* Copies letters and digits in capitals, passing over blanks and hyphens; SIZE_MAX on anything
 * else or when there are more than `max`. */
static size_t take_alnum(struct str text, char *out, size_t max) {
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c == ' ' || c == '-')
            continue;
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) || n == max)
            return SIZE_MAX;
        out[n++] = c;
    }
    out[n] = '\0';
    return n;
}

enum err identifier_lei(struct str text, char out[LEI_CHARS + 1], struct errinfo *info) {
    char lei[LEI_CHARS + 1];
    bool good = take_alnum(text, lei, LEI_CHARS) == LEI_CHARS;
    unsigned remainder = 0;
    for (size_t i = 0; good && i < LEI_CHARS; i++) {
        bool digit = lei[i] >= '0' && lei[i] <= '9';
        unsigned value = digit ? (unsigned)(lei[i] - '0') : (unsigned)(lei[i] - 'A') + 10;
        good = digit || i < LEI_CHARS - 2;
        remainder = (remainder * (digit ? 10 : 100) + value) % 97;
    }
    if (!good || remainder != 1) {
        err_set(info, ERR_INPUT, "\"%.*s\" is not a Legal Entity Identifier",
                text.len > 60 ? 60 : (int)text.len, text.ptr);
        err_hint(info, "%s",
                 good ? "Its check digits do not fit: compare it with the certificate"
                      : "Write its 20 letters and digits, for example "
                        "5493001KJTIIGC8Y1R12");
        return ERR_INPUT;
    }
    memcpy(out, lei, sizeof(lei));
    return ERR_OK;
}

enum err identifier_credit_code(struct str text, char out[CREDIT_CODE_CHARS + 1],
                                struct errinfo *info) {
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    char id[CREDIT_CODE_CHARS + 1];
    bool good = take_alnum(text, id, CREDIT_CODE_CHARS) == CREDIT_CODE_CHARS;
    unsigned sum = 0, weight = 1, last = 0;
    for (size_t i = 0; good && i < CREDIT_CODE_CHARS; i++) {
        const char *at = strchr(alphabet, id[i]);
        good = at != NULL;
        if (good)
            last = (unsigned)(at - alphabet);
        if (i < CREDIT_CODE_CHARS - 1)
            sum += last * weight;
        weight = weight * 3 % 31;
    }
    if (!good || (31 - sum % 31) % 31 != last) {
        err_set(info, ERR_INPUT, "\"%.*s\" is not a unified social credit identifier",
                text.len > 60 ? 60 : (int)text.len, text.ptr);
        err_hint(info, "%s",
                 good ? "Its check character does not fit: compare it with the licence"
                      : "Write its 18 digits and letters (GB 32100-2015)");
        return ERR_INPUT;
    }
    memcpy(out, id, sizeof(id));
    return ERR_OK;
}

bool identifier_is_website(struct str text) {
    struct str rest = text;
    if (str_starts(rest, STR("https://")))
        rest = str_sub(rest, 8, rest.len);
    else if (str_starts(rest, STR("http://")))
        rest = str_sub(rest, 7, rest.len);
    size_t host = 0;
    bool dot = false;
    while (host < rest.len && strchr("/?#:", rest.ptr[host]) == NULL)
        dot |= rest.ptr[host++] == '.';
    for (size_t i = 0; i < rest.len; i++)
        if ((unsigned char)rest.ptr[i] <= 0x20 || rest.ptr[i] == 0x7F ||
            strchr("\"'<>\\`", rest.ptr[i]) != NULL)
            return false;
    bool scheme = host < rest.len && rest.ptr[host] == ':' &&
                  (host + 1 == rest.len || rest.ptr[host + 1] < '0' || rest.ptr[host + 1] > '9');
    return host >= 4 && dot && rest.ptr[0] != '.' && !scheme && utf8_valid(rest);
}

static bool take_number(struct str *rest, size_t digits_max, unsigned *out) {
    size_t i = 0;
    *out = 0;
    while (i < digits_max && i < rest->len && rest->ptr[i] >= '0' && rest->ptr[i] <= '9')
        *out = *out * 10 + (unsigned)(rest->ptr[i++] - '0');
    *rest = str_sub(*rest, i, rest->len);
    return i > 0;
}

static bool take_mark(struct str *rest, struct str han) {
    static const char marks[] = "-/.";
    if (rest->len > 0 && rest->ptr[0] != '\0' && strchr(marks, rest->ptr[0]) != NULL)
        *rest = str_sub(*rest, 1, rest->len);
    else if (str_starts(*rest, han))
        *rest = str_sub(*rest, han.len, rest->len);
    else
        return false;
    return true;
}

enum err identifier_date(struct str text, char out[DATE_CHARS + 1], struct errinfo *info) {
    static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct str rest = str_trim(text);
    unsigned year = 0, month = 0, day = 0;
    bool joined = rest.len == 8 && strchr("-/.", rest.ptr[4]) == NULL;
    bool good = take_number(&rest, 4, &year) && (joined || take_mark(&rest, STR("年"))) &&
                take_number(&rest, 2, &month) && (joined || take_mark(&rest, STR("月"))) &&
                take_number(&rest, 2, &day);
    if (str_starts(rest, STR("日")))
        rest = str_sub(rest, strlen("日"), rest.len);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    good = good && rest.len == 0 && year >= 1900 && year <= 2199 && month >= 1 && month <= 12 &&
           day >= 1 && day <= days[month - 1] + (month == 2 && leap);
    if (!good) {
        err_set(info, ERR_INPUT, "\"%.*s\" is not a day", text.len > 60 ? 60 : (int)text.len,
                text.ptr);
        err_hint(info, "Write it as year-month-day, for example 2024-11-26");
        return ERR_INPUT;
    }
    snprintf(out, DATE_CHARS + 1, "%04u-%02u-%02u", year, month, day);
    return ERR_OK;
}

/* A half of the day, with the hours that are written with its word. */
struct half_day {
    const char *word;
    unsigned add, first, last;
};

/* Takes such a word from the front or the end of a time; NULL when there is none. */
static const struct half_day *take_half_day(struct str *rest) {
    static const struct half_day halves[] = {
        {"上午", 0, 0, 12},  {"早上", 0, 0, 12}, {"中午", 12, 0, 13}, {"下午", 12, 0, 23},
        {"晚上", 12, 5, 23}, {"am", 0, 0, 12},   {"pm", 12, 0, 23},   {"AM", 0, 0, 12},
        {"PM", 12, 0, 23},   {"a.m.", 0, 0, 12}, {"p.m.", 12, 0, 23},
    };
    for (size_t i = 0; i < sizeof(halves) / sizeof(halves[0]); i++) {
        struct str word = str_of(halves[i].word);
        if (str_starts(*rest, word))
            *rest = str_trim(str_sub(*rest, word.len, rest->len));
        else if (str_ends(*rest, word))
            *rest = str_trim(str_sub(*rest, 0, rest->len - word.len));
        else
            continue;
        return &halves[i];
    }
    return NULL;
}

static bool take_colon(struct str *rest) {
    static const char *const marks[] = {":", "：", ".", "点"};
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (str_starts(*rest, str_of(marks[i]))) {
            *rest = str_sub(*rest, strlen(marks[i]), rest->len);
            return true;
        }
    return false;
}

enum err identifier_time(struct str text, char out[TIME_CHARS + 1], struct errinfo *info) {
    struct str rest = str_trim(text);
    unsigned hour = 0, minute = 0, second = 0;
    const struct half_day *half = take_half_day(&rest);
    bool good = take_number(&rest, 2, &hour) && take_colon(&rest);
    size_t left = rest.len;
    good = good && take_number(&rest, 2, &minute) && left - rest.len == 2;
    if (good && rest.len > 0)
        good = take_colon(&rest) && take_number(&rest, 2, &second) && second == 0;
    /* 12:30 am is half past midnight, 12:30 pm half past noon. */
    if (half != NULL) {
        /* "晚上12:00" may be either midnight. */
        good =
            good && hour >= half->first && hour <= half->last && !(half->first > 0 && hour == 12);
        hour = hour <= 12 ? hour % 12 + half->add : hour;
    }
    if (!good || rest.len > 0 || hour > 23 || minute > 59) {
        err_set(info, ERR_INPUT, "\"%.*s\" is not a time of the day",
                text.len > 60 ? 60 : (int)text.len, text.ptr);
        err_hint(info, "Write it as hours and minutes, for example 09:30");
        return ERR_INPUT;
    }
    snprintf(out, TIME_CHARS + 1, "%02u:%02u", hour, minute);
    return ERR_OK;
}

bool identifier_is_timezone(struct str text) {
    enum { ZONE_BYTES_MAX = 64 };
    bool letter = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool alpha = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        bool inside = i > 0 && text.ptr[i - 1] != '/';
        if (!alpha && !(inside && ((c >= '0' && c <= '9') || (c != '\0' && strchr("_-+/", c)))))
            return false;
        letter = alpha || letter;
    }
    return letter && text.len <= ZONE_BYTES_MAX && text.ptr[text.len - 1] != '/';
}
