#include "lingtan/base/date.h"

#include <stddef.h>
#include <stdio.h>

bool lt_date_exists(int year, int month, int day)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return year >= 0 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] + (month == 2 && leap);
}

static int digits(const char *text, int n)
{
	int value = 0;
	for (int i = 0; i < n; i++)
		value = value * 10 + text[i] - '0';
	return value;
}

bool lt_date_is(const char *text)
{
	static const char shape[] = "dddd-dd-dd";
	for (size_t i = 0; i < sizeof(shape); i++)
		if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
			return false;
	return lt_date_exists(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2));
}

static int last_day(int year, int month)
{
	int day = 31;
	while (!lt_date_exists(year, month, day))
		day--;
	return day;
}

bool lt_date_after(const char *text, int months, bool day_before, char out[LT_DATE_TEXT])
{
	if (!lt_date_is(text) || months < 0 || months > 12 * 9999)
		return false;
	const int n = digits(text, 4) * 12 + digits(text + 5, 2) - 1 + months;
	int year = n / 12, month = n % 12 + 1, day = digits(text + 8, 2);
	if (year > 9999)
		return false;
	if (day > last_day(year, month))
		day = last_day(year, month);
	if (day_before && --day == 0) {
		year -= month == 1;
		month = month == 1 ? 12 : month - 1;
		if (year < 0)
			return false;
		day = last_day(year, month);
	}
	snprintf(out, LT_DATE_TEXT, "%04u-%02u-%02u", (unsigned)year % 10000u,
		 (unsigned)month % 100u, (unsigned)day % 100u);
	return true;
}

/* The year begins with March, so that its leap day is the last. */
long lt_date_number(const char *text)
{
	if (!lt_date_is(text))
		return 0;
	const long year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
	const long y = month < 3 ? year - 1 : year, m = (month + 9) % 12;
	return y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day;
}
