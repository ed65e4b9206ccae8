/* date - days of the Gregorian calendar as text: 2026-03-01. */
#ifndef LINGTAN_BASE_DATE_H
#define LINGTAN_BASE_DATE_H

#include <stdbool.h>

/* Whether there is such a day; years 0 to 9999. */
bool lt_date_exists(int year, int month, int day);

/* Whether the whole text is a day, written YYYY-MM-DD. */
bool lt_date_is(const char *text);

#define LT_DATE_TEXT 11 /* bytes of a day, with NUL */

/* Writes the day so many months (0 and up) after a day, the last of its month where that is
 * shorter; or the day before it. False where the text is no day or the year would pass 9999. */
bool lt_date_after(const char *text, int months, bool day_before, char out[LT_DATE_TEXT]);

/* Counts days, so that two days can be subtracted; 0 where the text is no day. */
long lt_date_number(const char *text);

#endif
