/*
 * Values of a sheet as text that a person would read.
 *
 * Inside exchange/ only. Source: ECMA-376 part 1, 18.8.30 (number formats), 18.17.4 (dates and
 * times), 22.9.2.19 (ST_Xstring).
 */
#ifndef FAIRLEAD_EXCHANGE_XLSX_VALUE_H
#define FAIRLEAD_EXCHANGE_XLSX_VALUE_H

#include "base/str.h"
#include "exchange/number.h"

/* What a number format shows of a number; 0 = the number itself. */
enum {
    XLSX_DATE = 1,
    XLSX_TIME = 2,
    XLSX_ELAPSED = 4, /* with XLSX_TIME: hours may go beyond 24 */
};

/* Of a format code such as "yyyy/m/d h:mm" or "[Red]0.00". O(len). */
uint8_t xlsx_format_kind(struct str code);
/* Of a format that is known by its number alone. */
uint8_t xlsx_builtin_kind(uint32_t id);

/*
 * The number in `text` as a date, a time or in its shortest decimal form; its length is returned.
 * 0 when it is no number. What no calendar holds (negative, beyond the year 9999) stays a number.
 */
size_t xlsx_number_text(struct str text, uint8_t kind, bool date1904, char out[NUMBER_TEXT_MAX]);

/* Decodes _xHHHH_ in place and returns the new length, which is not larger. */
size_t xlsx_unescape(char *text, size_t len);

#endif
