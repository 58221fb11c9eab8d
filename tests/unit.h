/* What every unit test includes: cmocka with the headers it needs in front of it. */
#ifndef FAIRLEAD_TESTS_UNIT_H
#define FAIRLEAD_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* Fails with the words of the error when `call` does not return ERR_OK. */
#define assert_ok(call, info)                                                                      \
    do {                                                                                           \
        enum err assert_code = (call);                                                             \
        if (assert_code != ERR_OK) {                                                               \
            char assert_text[1200];                                                                \
            err_format((info), assert_text, sizeof(assert_text));                                  \
            fail_msg("%s: %s", #call, assert_text);                                                \
        }                                                                                          \
    } while (0)

#define assert_str(actual, expected)                                                               \
    do {                                                                                           \
        struct str assert_a = (actual), assert_e = str_of(expected);                               \
        if (!str_equal(assert_a, assert_e))                                                        \
            fail_msg("got \"%.*s\", expected \"%s\"", STR_ARG(assert_a), assert_e.ptr);            \
    } while (0)

#endif
