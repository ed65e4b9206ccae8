/* date - days of the Gregorian calendar as text: 2026-03-01. */
#ifndef LINGTAN_BASE_DATE_H
#define LINGTAN_BASE_DATE_H

#include <stdbool.h>

/* Whether there is such a day; years 0 to 9999. */
bool lt_date_exists(int year, int month, int day);

/* Whether the whole text is a day, written YYYY-MM-DD. */
bool lt_date_is(const char *text);

#endif
