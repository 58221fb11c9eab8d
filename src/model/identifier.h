/*
 * Identifiers of organisations and other strict little formats, checked by their own rules.
 *
 * Thread rule: any thread. Nothing here allocates.
 */
#ifndef FAIRLEAD_MODEL_IDENTIFIER_H
#define FAIRLEAD_MODEL_IDENTIFIER_H

#include "base/err.h"
#include "base/str.h"

enum { LEI_CHARS = 20, CREDIT_CODE_CHARS = 18, DATE_CHARS = 10 };

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

#endif
