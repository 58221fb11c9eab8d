/* Rows whose cells are right one by one and wrong together: see import_records_tables.h. */
#include "service/hosts.h"
#include "service/import_records_tables.h"

static bool given(const struct store_value *value) {
    return value->kind == STORE_TEXT;
}

static bool is_before(const struct store_value *a, const struct store_value *b) {
    return str_compare(a->text, b->text) < 0;
}

static bool say(struct record_fault *fault, const char *field, const char *message,
                const char *expected) {
    *fault = (struct record_fault){field, message, expected};
    return true;
}

bool record_fault_edition(const struct store_value *v, struct record_fault *fault) {
    if (given(&v[EDITION_STARTS]) && given(&v[EDITION_ENDS]) &&
        is_before(&v[EDITION_ENDS], &v[EDITION_STARTS]))
        return say(fault, "ends", "the last day is before the first", "Correct one of the days");
    return false;
}

bool record_fault_exhibit(const struct store_value *v, struct record_fault *fault) {
    if (!given(&v[EXHIBIT_NAME_EN]) && !given(&v[EXHIBIT_NAME_ZH]))
        return say(fault, "name_en", "both names are empty",
                   "Write the name in English, in Chinese, or in both");
    if (given(&v[EXHIBIT_PROOF]) && !given(&v[EXHIBIT_DEBUT]))
        return say(fault, "proof", "a proof without a claim",
                   "Say where it is shown for the first time: world, china or expo");
    return false;
}

/* Days and hours are compared as text: both are written with leading zeros. */
bool record_fault_programme(const struct store_value *v, struct record_fault *fault) {
    const struct store_value *starts = &v[PROGRAMME_ENTRY_STARTS], *ends = &v[PROGRAMME_ENTRY_ENDS];
    const struct store_value *from = &v[PROGRAMME_ENTRY_START_TIME],
                             *to = &v[PROGRAMME_ENTRY_END_TIME];
    const struct store_value *hosts = &v[PROGRAMME_ENTRY_HOSTS],
                             *hosts_zh = &v[PROGRAMME_ENTRY_HOSTS_ZH];
    if (!given(&v[PROGRAMME_ENTRY_TITLE_EN]) && !given(&v[PROGRAMME_ENTRY_TITLE_ZH]))
        return say(fault, "title_en", "both titles are empty",
                   "Write the title in English, in Chinese, or in both");
    if (given(ends) && !given(starts))
        return say(fault, "end_date", "a last day without a first", "Write the first day");
    if (given(ends) && is_before(ends, starts))
        return say(fault, "end_date", "the last day is before the first",
                   "Correct one of the days");
    if (given(from) && !given(starts))
        return say(fault, "start_time", "a time without a day",
                   "Write the day, or leave the time empty until it is known");
    if (given(to) && !given(from))
        return say(fault, "end_time", "an end without a beginning", "Write the time it starts");
    bool one_day = !given(ends) || str_equal(ends->text, starts->text);
    if (given(to) && one_day && !is_before(from, to))
        return say(fault, "end_time", "it ends before it starts",
                   "Correct one of the times; write the last day when it ends after midnight");
    if (given(hosts) && given(hosts_zh) && hosts_count(hosts->text) != hosts_count(hosts_zh->text))
        return say(fault, "hosts_zh", "the two lists of hosts are of different length",
                   "Write the same hosts in the same order, separated by ;");
    return false;
}

bool record_fault_pavilion_text(const struct store_value *v, struct record_fault *fault) {
    if (!given(&v[PAVILION_TEXT_TEXT_EN]) && !given(&v[PAVILION_TEXT_TEXT_ZH]))
        return say(fault, "text_en", "there is no text",
                   "Write the text in English, in Chinese, or in both");
    return false;
}

bool record_fault_picture(const struct store_value *v, struct record_fault *fault) {
    if (!given(&v[PICTURE_ALT_EN]) && !given(&v[PICTURE_ALT_ZH]))
        return say(fault, "alt_en", "it is not said what the picture shows",
                   "Describe it in a sentence for people who do not see it");
    return false;
}
