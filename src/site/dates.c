/* Days in words: see dates.h. What both ends share is said once. The order of day, month and year
 * is that of the language, so the two are written apart and not from one template. */
#include "site/dates.h"

struct day {
    uint32_t year, month, day;
};

static bool read_day(struct str text, struct day *out) {
    struct str rest = text, year, month, day;
    return text.len == 10 && str_next(&rest, "-", &year) && str_next(&rest, "-", &month) &&
           str_next(&rest, "-", &day) && str_to_u32(year, &out->year) &&
           str_to_u32(month, &out->month) && str_to_u32(day, &out->day) && out->month >= 1 &&
           out->month <= 12;
}

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

static struct str english(struct page *page, struct day a, struct day b) {
    const char *from = months[a.month - 1], *to = months[b.month - 1];
    if (a.year != b.year)
        return page_text(page, "%u %z %u – %u %z %u", a.day, from, a.year, b.day, to, b.year);
    if (a.month != b.month)
        return page_text(page, "%u %z – %u %z %u", a.day, from, b.day, to, b.year);
    if (a.day != b.day)
        return page_text(page, "%u–%u %z %u", a.day, b.day, to, b.year);
    return page_text(page, "%u %z %u", a.day, from, a.year);
}

static struct str chinese(struct page *page, struct day a, struct day b) {
    if (a.year != b.year)
        return page_text(page, "%u年%u月%u日至%u年%u月%u日", a.year, a.month, a.day, b.year,
                         b.month, b.day);
    if (a.month != b.month)
        return page_text(page, "%u年%u月%u日至%u月%u日", a.year, a.month, a.day, b.month, b.day);
    if (a.day != b.day)
        return page_text(page, "%u年%u月%u日至%u日", a.year, a.month, a.day, b.day);
    return page_text(page, "%u年%u月%u日", a.year, a.month, a.day);
}

struct str dates_text(struct page *page, struct str first, struct str last) {
    struct day a, b;
    struct str end = last.len > 0 ? last : first;
    if (!read_day(first, &a) || !read_day(end, &b))
        return str_equal(first, end) ? first : page_text(page, "%s – %s", first, end);
    return page->lang == LANG_ZH ? chinese(page, a, b) : english(page, a, b);
}

void dates_write(struct page *page, struct str first, struct str last) {
    if (first.len > 0)
        html_write(page->out, "<time datetime=\"%s\">%s</time>", first,
                   dates_text(page, first, last));
}
