/* vCard lines: folding, escapes, and that nothing is lost by either. */
#include "exchange/vcard.h"

#include "base/rng.h"
#include "unit.h"

enum { CARD_MAX = 1 << 20, ROUNDS = 2000, TEXT_MAX = 400 };

static void a_card_has_its_version_first(void **state) {
    struct buf out;
    buf_init(&out, CARD_MAX);
    vcard_begin(&out);
    vcard_text(&out, "KIND", STR("org"));
    vcard_end(&out);
    assert_str(buf_str(&out), "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nEND:VCARD\r\n");
    buf_release(&out);
}

static void values_are_escaped_and_addresses_are_not(void **state) {
    struct buf out;
    const struct str address[] = {STR(""), STR("Unit 1; North"), STR("Bonn")};
    buf_init(&out, CARD_MAX);
    vcard_text(&out, "FN", STR("A, B; C \\ D\nE\r\x01"));
    vcard_text(&out, "NOTE", STR(""));
    vcard_structured(&out, "ADR", address, 3);
    vcard_uri(&out, "URL", STR("https://example.org/?a=1,2;3"));
    vcard_uri(&out, "URL", STR("https://example.org/\nFN:x"));
    assert_str(buf_str(&out), "FN:A\\, B\\; C \\\\ D\\nE\r\n"
                              "ADR:;Unit 1\\; North;Bonn\r\n"
                              "URL:https://example.org/?a=1,2;3\r\n");
    buf_release(&out);
}

/* A text of random characters of one to four octets, with much that must be escaped. */
static void random_text(struct rng *rng, struct buf *out) {
    static const char *const characters[] = {"a",  "B", " ",  ",",  ";", "\\",
                                             "\n", "ü", "链", "供", "😀", "-"};
    uint32_t len = rng_below(rng, TEXT_MAX);
    buf_clear(out);
    for (uint32_t i = 0; i < len; i++)
        buf_add_c(out, characters[rng_below(rng, sizeof(characters) / sizeof(characters[0]))]);
}

/* Joins folded lines and takes escapes away, as a reader does. */
static void read_back(struct str lines, struct buf *out) {
    buf_clear(out);
    for (size_t i = 0; i < lines.len; i++) {
        if (str_starts(str_sub(lines, i, lines.len), STR("\r\n "))) {
            i += 2;
        } else if (lines.ptr[i] == '\\') {
            i++;
            buf_add_char(out, lines.ptr[i] == 'n' ? '\n' : lines.ptr[i]);
        } else {
            buf_add_char(out, lines.ptr[i]);
        }
    }
}

static void what_is_written_reads_back_equal_in_lines_of_75_octets(void **state) {
    struct rng rng;
    struct buf text, card, back;
    struct str lines, line;
    buf_init(&text, CARD_MAX);
    buf_init(&card, CARD_MAX);
    buf_init(&back, CARD_MAX);
    rng_init(&rng, 7);
    for (int round = 0; round < ROUNDS; round++) {
        random_text(&rng, &text);
        if (text.len == 0)
            continue;
        buf_clear(&card);
        vcard_text(&card, "NOTE;LANGUAGE=zh-Hans", buf_str(&text));
        for (lines = buf_str(&card); str_next(&lines, "\n", &line);) {
            assert_true(line.len <= 76); /* and the carriage return */
            if (line.len > 1)            /* begins with a whole character */
                assert_true(((unsigned char)line.ptr[line.ptr[0] == ' '] & 0xC0) != 0x80);
        }
        read_back(buf_str(&card), &back);
        struct str value = buf_str(&back);
        value = str_sub(value, str_find(value, STR(":")) + 1, value.len - 2);
        assert_true(str_equal(value, buf_str(&text)));
    }
    buf_release(&text);
    buf_release(&card);
    buf_release(&back);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_has_its_version_first),
        cmocka_unit_test(values_are_escaped_and_addresses_are_not),
        cmocka_unit_test(what_is_written_reads_back_equal_in_lines_of_75_octets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
