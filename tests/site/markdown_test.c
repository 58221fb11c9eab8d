#include "site/markdown.h"

#include "unit.h"

static void expect(const char *text, const char *html) {
    struct buf out;
    struct errinfo info;
    buf_init(&out, 1 << 16);
    assert_ok(markdown_write(&out, str_of(text), &info), &info);
    assert_str(buf_str(&out), html);
    buf_release(&out);
}

static void plain_markdown_is_written(void **state) {
    expect("Two\nlines\n\nand a *second* **paragraph**.",
           "<p>Two\nlines</p>\n<p>and a <em>second</em> <strong>paragraph</strong>.</p>\n");
    expect("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n");
    expect("7. seven\n8. eight", "<ol start=\"7\">\n<li>seven</li>\n<li>eight</li>\n</ol>\n");
    expect("> said\n\n---", "<blockquote>\n<p>said</p>\n</blockquote>\n<hr>\n");
    expect("a  \nb `c < d`", "<p>a<br>\nb <code>c &lt; d</code></p>\n");
    expect("```js\nx & y\n```", "<pre><code>x &amp; y\n</code></pre>\n");
    expect("产业**链**条", "<p>产业<strong>链</strong>条</p>\n");
}

static void headings_stand_below_those_of_the_page(void **state) {
    expect("# One", "<h3>One</h3>\n");
    expect("### Three", "<h5>Three</h5>\n");
    expect("###### Six", "<h6>Six</h6>\n");
}

static void links_are_web_addresses_or_words(void **state) {
    expect("[a](https://x.example/?a=1&amp;b=2)",
           "<p><a href=\"https://x.example/?a=1&amp;b=2\" rel=\"nofollow noopener\">a</a></p>\n");
    expect("<http://x.example>",
           "<p><a href=\"http://x.example\" rel=\"nofollow noopener\">http://x.example</a></p>\n");
    expect("[a](javascript:alert(1))", "<p>a</p>\n");
    expect("[a](&#106;avascript:alert)", "<p>a</p>\n");
    expect("[a](HTTPS://x.example)", "<p>a</p>\n");
    expect("[a](mailto:x@y.example) <x@y.example>", "<p>a x@y.example</p>\n");
    expect("[a](//x.example) [b](/en) [c](data:text/html,x)", "<p>a b c</p>\n");
    expect("[a](https://x.example \"title\")",
           "<p><a href=\"https://x.example\" rel=\"nofollow noopener\">a</a></p>\n");
}

static void html_is_text(void **state) {
    expect("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    expect("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n");
    expect("<!-- c -->", "<p>&lt;!-- c --&gt;</p>\n");
}

static void pictures_leave_their_words(void **state) {
    expect("![a *bridge*](https://x.example/a.png) b", "<p>a bridge b</p>\n");
    expect("[![x](https://x.example/a.png)](https://x.example)",
           "<p><a href=\"https://x.example\" rel=\"nofollow noopener\">x</a></p>\n");
}

static void references_to_characters_stay_and_broken_ones_are_text(void **state) {
    expect("&copy; &#169; &lt;b&gt;", "<p>&copy; &#169; &lt;b&gt;</p>\n");
    expect("& &x", "<p>&amp; &amp;x</p>\n");
}

/* Nested deeper than anyone reads: words go on, elements do not. */
static void deep_nesting_ends_at_a_depth(void **state) {
    struct buf text, out;
    buf_init(&text, 4096);
    buf_init(&out, 1 << 16);
    for (int i = 0; i < 90; i++)
        buf_add_c(&text, i % 2 == 0 ? "*a " : "**b ");
    for (int i = 89; i >= 0; i--)
        buf_add_c(&text, i % 2 == 0 ? "x*" : "y**");
    assert_int_equal(markdown_write(&out, buf_str(&text), NULL), ERR_OK);
    uint32_t opened = 0, closed = 0;
    for (size_t i = 0; i + 1 < out.len; i++) {
        opened += out.ptr[i] == '<' && out.ptr[i + 1] != '/';
        closed += out.ptr[i] == '<' && out.ptr[i + 1] == '/';
    }
    assert_int_equal(opened, closed);
    assert_in_range(opened, 2, 33);
    buf_release(&text);
    buf_release(&out);
}

static void long_texts_are_refused_and_nothing_is_nothing(void **state) {
    static char text[MARKDOWN_BYTES_MAX + 1];
    struct buf out;
    memset(text, 'a', sizeof(text));
    buf_init(&out, 1 << 20);
    assert_int_equal(markdown_write(&out, (struct str){text, sizeof(text)}, NULL), ERR_LIMIT);
    assert_int_equal(markdown_write(&out, (struct str){text, sizeof(text) - 1}, NULL), ERR_OK);
    buf_release(&out);
    expect("", "");
    expect("\n\n", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_markdown_is_written),
        cmocka_unit_test(headings_stand_below_those_of_the_page),
        cmocka_unit_test(links_are_web_addresses_or_words),
        cmocka_unit_test(html_is_text),
        cmocka_unit_test(pictures_leave_their_words),
        cmocka_unit_test(references_to_characters_stay_and_broken_ones_are_text),
        cmocka_unit_test(deep_nesting_ends_at_a_depth),
        cmocka_unit_test(long_texts_are_refused_and_nothing_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
