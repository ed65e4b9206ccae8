#include "lingtan/base/date.h"

#include <stddef.h>

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
