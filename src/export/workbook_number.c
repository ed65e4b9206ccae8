#include "workbook_number.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- formats ---- */

/* Skips what a format quotes: text, one character, a width, a fill, brackets. NULL at other things.
 * Brackets around hours, minutes or seconds are a duration. */
static const char *skip_quoted(const char *at, bool *is_duration)
{
	const char *end;
	switch (*at) {
	case '"':
		end = strchr(at + 1, '"');
		return end ? end + 1 : at + strlen(at);
	case '\\':
	case '_':
	case '*':
		return at[1] ? at + 2 : at + 1;
	case '[':
		end = strchr(at, ']');
		if (!end)
			return at + strlen(at);
		if (strspn(at + 1, "hHmMsS") == (size_t)(end - at - 1) && end > at + 1)
			*is_duration = true;
		return end + 1;
	default:
		return NULL;
	}
}

enum cell_style style_of_format(const char *code)
{
	bool is_duration = false, has_date = false, has_percent = false;
	/* what stands behind a semicolon is for numbers below zero */
	while (*code && *code != ';') {
		const char *behind = skip_quoted(code, &is_duration);
		if (behind) {
			code = behind;
			continue;
		}
		if (strncasecmp(code, "general", 7) == 0) {
			code += 7;
			continue;
		}
		has_date |= strchr("yYmMdDhHsS", *code) != NULL;
		has_percent |= *code == '%';
		code++;
	}
	if (has_date)
		return is_duration ? STYLE_PLAIN : STYLE_DATE;
	return has_percent ? STYLE_PERCENT : STYLE_PLAIN;
}

enum cell_style style_of_builtin(unsigned id)
{
	if (id == 9 || id == 10)
		return STYLE_PERCENT;
	/* 46 is a duration; 27 to 36 and 50 to 58 are the dates of Chinese, Japanese and Korean */
	if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id == 45 || id == 47 ||
	    (id >= 50 && id <= 58))
		return STYLE_DATE;
	return STYLE_PLAIN;
}

/* ---- digits ---- */

#define KEPT_DIGITS 15
/* Read before rounding; what comes after only tells whether there was more. */
#define READ_DIGITS 20
/* Places before and after the point beyond which a number is not written out. */
#define MOST_PLACES 40

/* 0.DIGITS x 10^exponent; no digits at all is zero. */
struct digits {
	uint8_t digit[READ_DIGITS]; /* values, not characters */
	int n, exponent;
	bool is_negative, has_more;
};

static void add_digit(struct digits *number, int digit, bool after_point)
{
	if (!number->n && !digit) {
		number->exponent -= after_point;
		return;
	}
	if (number->n < READ_DIGITS)
		number->digit[number->n++] = (uint8_t)digit;
	else
		number->has_more |= digit != 0;
	number->exponent += !after_point;
}

/* Reads -12.5E-3 and the like; the whole text must be one number. */
static bool parse_digits(const char *text, struct digits *number)
{
	bool any = false, after_point = false;
	*number = (struct digits){ .is_negative = *text == '-' };
	text += *text == '-' || *text == '+';
	for (; (*text >= '0' && *text <= '9') || (*text == '.' && !after_point); text++) {
		if (*text == '.') {
			after_point = true;
			continue;
		}
		/* no number of a workbook has so many; keeps the exponent from running over */
		if (number->exponent > 1000 || number->exponent < -1000)
			return false;
		add_digit(number, *text - '0', after_point);
		any = true;
	}
	if (any && (*text == 'e' || *text == 'E')) {
		char *end;
		const long exponent = strtol(text + 1, &end, 10);
		if (end == text + 1 || strchr(" \t\n\v\f\r", text[1]) || exponent < -1000 ||
		    exponent > 1000)
			return false;
		number->exponent += (int)exponent;
		text = end;
	}
	return any && !*text;
}

/* Half to even at the 15th digit; no zeros at the end. */
static void round_digits(struct digits *number)
{
	if (number->n > KEPT_DIGITS) {
		bool above = number->has_more;
		for (int i = KEPT_DIGITS + 1; i < number->n; i++)
			above |= number->digit[i] != 0;
		const int next = number->digit[KEPT_DIGITS];
		const bool odd = number->digit[KEPT_DIGITS - 1] % 2;
		bool up = next > 5 || (next == 5 && (above || odd));
		number->n = KEPT_DIGITS;
		for (int i = KEPT_DIGITS - 1; i >= 0 && up; i--) {
			up = number->digit[i] == 9;
			number->digit[i] = (uint8_t)(up ? 0 : number->digit[i] + 1);
		}
		if (up) {
			number->digit[0] = 1;
			number->n = 1;
			number->exponent++;
		}
	}
	while (number->n && !number->digit[number->n - 1])
		number->n--;
	if (!number->n)
		number->exponent = 0;
}

static bool print_digits(const struct digits *number, const char *end, char *out)
{
	char *at = out;
	if (number->exponent > MOST_PLACES || number->exponent < -MOST_PLACES / 2)
		return false;
	if (number->is_negative && number->n)
		*at++ = '-';
	if (number->exponent <= 0)
		*at++ = '0';
	for (int i = 0; i < number->exponent; i++)
		*at++ = (char)('0' + (i < number->n ? number->digit[i] : 0));
	if (number->n > number->exponent)
		*at++ = '.';
	for (int i = number->exponent; i < 0; i++)
		*at++ = '0';
	for (int i = number->exponent > 0 ? number->exponent : 0; i < number->n; i++)
		*at++ = (char)('0' + number->digit[i]);
	memcpy(at, end, strlen(end) + 1);
	return true;
}

/* ---- dates ---- */

#define SECONDS_A_DAY 86400
/* 9999-12-31 */
#define LAST_DAY 2958465

/* Days since 1899-12-30 to the calendar. */
static void day_to_date(long day, int *year, int *month, int *of_month)
{
	/* days since 0000-03-01, in eras of 400 years whose years begin in March */
	const long from_march = day + 693899, era = from_march / 146097;
	const long of_era = from_march % 146097;
	const long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	const long of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	const long shifted = (5 * of_year + 2) / 153;
	*of_month = (int)(of_year - (153 * shifted + 2) / 5 + 1);
	*month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
	*year = (int)(year_of_era + era * 400 + (*month <= 2));
}

static bool print_date(const char *text, bool from_1904, char *out)
{
	const double serial = strtod(text, NULL);
	if (!(serial >= 0 && serial <= LAST_DAY))
		return false;
	long day = (long)serial;
	long second = (long)((serial - (double)day) * SECONDS_A_DAY + 0.5);
	if (second == SECONDS_A_DAY) {
		second = 0;
		day++;
	}
	const int hours = (int)(second / 3600), minutes = (int)(second / 60 % 60),
		  seconds = (int)(second % 60);
	if (day == 0 && !from_1904) {
		snprintf(out, NUMBER_TEXT, "%02d:%02d:%02d", hours, minutes, seconds);
		return true;
	}
	/* the first of the two ways of counting has a 29 February 1900 that never was: day 60 */
	if (!from_1904 && day == 60)
		return false;
	day += from_1904 ? 1462 : day < 60;
	int year, month, of_month;
	day_to_date(day, &year, &month, &of_month);
	int len = snprintf(out, NUMBER_TEXT, "%04d-%02d-%02d", year, month, of_month);
	if (second)
		snprintf(out + len, NUMBER_TEXT - (size_t)len, "T%02d:%02d:%02d", hours, minutes,
			 seconds);
	return true;
}

bool number_print(const char *text, enum cell_style style, bool from_1904, char out[NUMBER_TEXT])
{
	struct digits number;
	if (!parse_digits(text, &number))
		return false;
	if (style == STYLE_DATE && print_date(text, from_1904, out))
		return true;
	if (style == STYLE_PERCENT && number.n)
		number.exponent += 2;
	round_digits(&number);
	return print_digits(&number, style == STYLE_PERCENT ? "%" : "", out);
}
