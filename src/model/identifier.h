/*
 * Identifiers of organisations and other strict little formats, checked by their own rules.
 *
 * Thread rule: any thread. Nothing here allocates.
 */
#ifndef FAIRLEAD_MODEL_IDENTIFIER_H
#define FAIRLEAD_MODEL_IDENTIFIER_H

#include "base/err.h"
#include "base/str.h"

enum { LEI_CHARS = 20, CREDIT_CODE_CHARS = 18, DATE_CHARS = 10, TIME_CHARS = 5 };

/*
 * Legal Entity Identifier (ISO 17442-1): 18 letters or digits and two check digits, ISO 7064 MOD
 * 97-10. Writes it in capitals without blanks. ERR_INPUT says what is wrong.
 */
enum err identifier_lei(struct str text, char out[LEI_CHARS + 1], struct errinfo *info) ERR_CHECK;

/*
 * Unified social credit identifier of Chinese organisations (统一社会信用代码, GB 32100-2015): 18
 * digits or capital letters without I, O, S, V, Z; the last one is a check character, weights
 * 3^(i-1) mod 31. Writes it in capitals without blanks.
 */
enum err identifier_credit_code(struct str text, char out[CREDIT_CODE_CHARS + 1],
                                struct errinfo *info) ERR_CHECK;

/* Whether `text` is an http or https address or a bare host name with a dot; no blanks, no quotes,
 * no control characters (it becomes a link). */
bool identifier_is_website(struct str text);

/*
 * A day of the Gregorian calendar: "2024-11-26", also "2024/11/26", "2024.11.26", "20241126" and
 * "2024年11月26日". Writes it as YYYY-MM-DD. Years 1900 to 2199.
 */
enum err identifier_date(struct str text, char out[DATE_CHARS + 1], struct errinfo *info) ERR_CHECK;

/*
 * A time of the day: "09:30", also "9:30", "9.30", "9：30", "09:30:00", "9:30 am", "2:30 PM",
 * "上午9:30", "下午2:30" and "晚上7:30". Writes it as HH:MM, 00:00 to 23:59; seconds other than 00
 * are refused, because nobody means them.
 */
enum err identifier_time(struct str text, char out[TIME_CHARS + 1], struct errinfo *info) ERR_CHECK;

/* Whether `text` has the form of an IANA time zone name ("Asia/Shanghai", "UTC",
 * "America/Argentina/Salta"); whether there is such a zone, only a table of zones knows. */
bool identifier_is_timezone(struct str text);

#endif
