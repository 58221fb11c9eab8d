/* Numbers: see number.h. */
#include "exchange/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The digits of `value` that are needed to read it back equal, without trailing zeros; 10^exponent
 * is the weight of the first. */
static size_t shortest_digits(double value, char digits[24], int *exponent) {
    char text[40];
    for (int precision = 14; precision <= 16; precision++) {
        snprintf(text, sizeof(text), "%.*e", precision, value);
        if (strtod(text, NULL) == value)
            break;
    }
    size_t len = 0;
    const char *c = text;
    for (; *c != 'e'; c++)
        if (*c != '.')
            digits[len++] = *c;
    *exponent = (int)strtol(c + 1, NULL, 10);
    while (len > 1 && digits[len - 1] == '0')
        len--;
    digits[len] = '\0';
    return len;
}

static int lay_out(double value, char out[NUMBER_TEXT_MAX]) {
    char digits[24];
    int exponent;
    const char *sign = value < 0 ? "-" : "";
    int len = (int)shortest_digits(fabs(value), digits, &exponent);
    if (exponent < -7 || exponent > 20) {
        const char *point = len > 1 ? "." : "";
        return snprintf(out, NUMBER_TEXT_MAX, "%s%c%s%se%+d", sign, digits[0], point, digits + 1,
                        exponent);
    }
    if (exponent < 0)
        return snprintf(out, NUMBER_TEXT_MAX, "%s0.%.*s%s", sign, -exponent - 1, "0000000", digits);
    if (len <= exponent + 1)
        return snprintf(out, NUMBER_TEXT_MAX, "%s%s%.*s", sign, digits, exponent + 1 - len,
                        "00000000000000000000");
    return snprintf(out, NUMBER_TEXT_MAX, "%s%.*s.%s", sign, exponent + 1, digits,
                    digits + exponent + 1);
}

size_t number_shortest(double value, char out[NUMBER_TEXT_MAX]) {
    return (size_t)lay_out(value, out);
}
