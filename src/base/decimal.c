#include <assert.h>
#include <stdint.h>
#include <string.h>
#include "lingtan/base/decimal.h"

#define UNITS_MAX (((lt_uint128)1 << 127) - 1)
#define WHOLE_DIGITS_MAX 27

static const uint64_t power_of_ten[LT_DECIMAL_PLACES + 1] = {
	1,        10,        100,        1000,        10000,        100000,        1000000,
	10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
};

static inline lt_uint128 magnitude(lt_int128 units)
{
	/* Negated after the conversion, because -INT128_MIN does not exist. */
	return units < 0 ? 0 - (lt_uint128)units : (lt_uint128)units;
}

/* The negative side reaches one unit further than the positive one. */
static inline bool store(lt_uint128 units, bool negative, struct lt_decimal *out)
{
	if (units > UNITS_MAX + negative)
		return false;
	out->units = (lt_int128)(negative ? 0 - units : units);
	return true;
}

/* Needs divisor <= 2^127, so that twice the remainder still fits. */
static inline lt_uint128 half_even(lt_uint128 quotient, lt_uint128 remainder, lt_uint128 divisor)
{
	lt_uint128 twice = remainder * 2;
	return quotient + (twice > divisor || (twice == divisor && (quotient & 1)));
}

/*
 * value / 10^12. As 10^12 = 2^12 x 5^12 and 5^12 < 2^28, a remainder and the next 36 bits share a
 * 64-bit word: three divisions by a constant, which compilers turn into multiplications, instead of
 * one call of the 128-bit division.
 */
static inline lt_uint128 divide_by_one(lt_uint128 value, uint64_t *remainder)
{
	const uint64_t five = 244140625;
	uint64_t low = (uint64_t)value;
	uint64_t top = (uint64_t)(value >> 64);
	uint64_t middle = (top % five) << 36 | low >> 28;
	uint64_t bottom = (middle % five) << 16 | (low >> 12 & 0xffff);

	*remainder = (bottom % five) << 12 | (low & 0xfff);
	return ((lt_uint128)(top / five) << 52) + ((lt_uint128)(middle / five) << 16) +
	       bottom / five;
}

static void multiply_wide(lt_uint128 a, lt_uint128 b, lt_uint128 *high, lt_uint128 *low)
{
	uint64_t a0 = (uint64_t)a, a1 = (uint64_t)(a >> 64);
	uint64_t b0 = (uint64_t)b, b1 = (uint64_t)(b >> 64);
	lt_uint128 bottom = (lt_uint128)a0 * b0;
	/* Neither sum can overflow: (2^64-1)^2 + 2^64-1 < 2^128. */
	lt_uint128 left = (lt_uint128)a1 * b0 + (bottom >> 64);
	lt_uint128 right = (lt_uint128)a0 * b1 + (uint64_t)left;

	*low = right << 64 | (uint64_t)bottom;
	*high = (lt_uint128)a1 * b1 + (left >> 64) + (right >> 64);
}

/*
 * The rare wide path: a x b / divisor over a 256-bit product, rounded half-even; false when it
 * passes 128 bits. Bit by bit, since it is for numbers no park has; divisor <= 2^127 keeps the
 * shifted remainder within 128 bits.
 */
static bool scale_wide(lt_uint128 a, lt_uint128 b, lt_uint128 divisor, lt_uint128 *result)
{
	lt_uint128 remainder, low, quotient = 0;

	multiply_wide(a, b, &remainder, &low);
	if (remainder >= divisor)
		return false;
	for (int i = 0; i < 128; i++) {
		remainder = remainder << 1 | low >> 127;
		low <<= 1;
		quotient <<= 1;
		if (remainder >= divisor) {
			remainder -= divisor;
			quotient |= 1;
		}
	}
	/* Rounding 2^128 - 1 up would wrap to zero, and half of that is already out of range. */
	if (quotient > UNITS_MAX + 1)
		return false;
	*result = half_even(quotient, remainder, divisor);
	return true;
}

bool lt_decimal_multiply(struct lt_decimal a, struct lt_decimal b, struct lt_decimal *out)
{
	lt_uint128 x = magnitude(a.units), y = magnitude(b.units);
	bool negative = (a.units < 0) != (b.units < 0);
	lt_uint128 product, units;

	if (!__builtin_mul_overflow(x, y, &product)) {
		uint64_t remainder;
		units = divide_by_one(product, &remainder);
		units = half_even(units, remainder, LT_DECIMAL_ONE);
	} else if (!scale_wide(x, y, LT_DECIMAL_ONE, &units)) {
		return false;
	}
	return store(units, negative, out);
}

bool lt_decimal_multiply_divide(struct lt_decimal a, struct lt_decimal b, struct lt_decimal c,
				struct lt_decimal *out)
{
	lt_uint128 x = magnitude(a.units), y = magnitude(b.units), divisor = magnitude(c.units);
	bool negative = ((a.units < 0) != (b.units < 0)) != (c.units < 0);
	lt_uint128 product, units;

	if (divisor == 0)
		return false;
	if (!__builtin_mul_overflow(x, y, &product)) {
		units = product / divisor;
		units = half_even(units, product - units * divisor, divisor);
	} else if (!scale_wide(x, y, divisor, &units)) {
		return false;
	}
	return store(units, negative, out);
}

bool lt_decimal_divide(struct lt_decimal a, struct lt_decimal b, struct lt_decimal *out)
{
	return lt_decimal_multiply_divide(a, (struct lt_decimal){ LT_DECIMAL_ONE }, b, out);
}

/* Cannot wrap: at most 2^127 units and one step more. */
static lt_uint128 round_units(lt_uint128 units, int places, enum lt_rounding mode)
{
	assert(places >= 0 && places <= LT_DECIMAL_PLACES);
	uint64_t step = power_of_ten[LT_DECIMAL_PLACES - places];
	lt_uint128 quotient = units / step;
	lt_uint128 remainder = units - quotient * step;

	if (mode == LT_HALF_UP)
		quotient += remainder * 2 >= step;
	else
		quotient = half_even(quotient, remainder, step);
	return quotient * step;
}

bool lt_decimal_round(struct lt_decimal value, int places, enum lt_rounding mode,
		      struct lt_decimal *out)
{
	return store(round_units(magnitude(value.units), places, mode), value.units < 0, out);
}

static size_t count_digits(const char *text, size_t len)
{
	size_t n = 0;
	while (n < len && text[n] >= '0' && text[n] <= '9')
		n++;
	return n;
}

static lt_uint128 read_digits(const char *text, size_t n)
{
	lt_uint128 value = 0;
	for (size_t i = 0; i < n; i++)
		value = value * 10 + (unsigned)(text[i] - '0');
	return value;
}

static enum lt_decimal_fault read_units(const char *whole, size_t n_whole, size_t n_places,
					bool negative, struct lt_decimal *out)
{
	lt_uint128 units, fraction;

	if (n_places > LT_DECIMAL_PLACES)
		return LT_DECIMAL_TOO_PRECISE;
	if (n_whole > WHOLE_DIGITS_MAX)
		return LT_DECIMAL_TOO_LARGE;
	fraction = n_places > 0 ? read_digits(whole + n_whole + 1, n_places) : 0;
	fraction *= power_of_ten[LT_DECIMAL_PLACES - n_places];
	if (__builtin_mul_overflow(read_digits(whole, n_whole), (lt_uint128)LT_DECIMAL_ONE,
				   &units) ||
	    __builtin_add_overflow(units, fraction, &units) || !store(units, negative, out))
		return LT_DECIMAL_TOO_LARGE;
	return LT_DECIMAL_OK;
}

enum lt_decimal_fault lt_decimal_parse(const char *text, size_t len, struct lt_decimal *out)
{
	if (len == 0)
		return LT_DECIMAL_NOT_A_NUMBER;
	bool negative = text[0] == '-';
	const char *whole = text + negative;
	size_t n_places = 0, left = len - negative;
	size_t n_whole = count_digits(whole, left);

	if (n_whole == 0 || (n_whole > 1 && whole[0] == '0'))
		return LT_DECIMAL_NOT_A_NUMBER;
	left -= n_whole;
	if (left > 0) {
		n_places = count_digits(whole + n_whole + 1, left - 1);
		if (whole[n_whole] != '.' || n_places == 0 || n_places != left - 1)
			return LT_DECIMAL_NOT_A_NUMBER;
	}
	return read_units(whole, n_whole, n_places, negative, out);
}

static char *put_digits(uint64_t value, int width, char *to)
{
	char digits[20];
	int n = 0;

	while (value > 0 || n < width) {
		digits[n++] = (char)('0' + value % 10);
		value /= 10;
	}
	while (n > 0)
		*to++ = digits[--n];
	return to;
}

/* units must be a multiple of 10^(12 - places). */
static size_t put_text(bool negative, lt_uint128 units, int places, char *buf)
{
	const uint64_t half = 1000000000000000000;
	uint64_t fraction;
	lt_uint128 whole = divide_by_one(units, &fraction);
	char *to = buf;

	if (negative)
		*to++ = '-';
	if (whole >= half) {
		to = put_digits((uint64_t)(whole / half), 1, to);
		to = put_digits((uint64_t)(whole % half), 18, to);
	} else {
		to = put_digits((uint64_t)whole, 1, to);
	}
	if (places > 0) {
		*to++ = '.';
		to = put_digits(fraction / power_of_ten[LT_DECIMAL_PLACES - places], places, to);
	}
	*to = '\0';
	return (size_t)(to - buf);
}

size_t lt_decimal_format(struct lt_decimal value, char *buf)
{
	lt_uint128 units = magnitude(value.units);
	int places = LT_DECIMAL_PLACES;
	uint64_t fraction;

	divide_by_one(units, &fraction);
	while (places > 0 && fraction % 10 == 0) {
		fraction /= 10;
		places--;
	}
	return put_text(value.units < 0, units, places, buf);
}

size_t lt_decimal_format_places(struct lt_decimal value, int places, char *buf)
{
	lt_uint128 units = round_units(magnitude(value.units), places, LT_HALF_EVEN);
	return put_text(value.units < 0 && units > 0, units, places, buf);
}
