/*
 * fuzz_decimal - any bytes as one or two numbers (split at the first newline).
 *
 * What parses must come back equal through its canonical text, which must be stable; the operations must neither crash
 * nor trip UBSan, and must leave their output alone when they refuse.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/decimal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
	if (!holds)
		abort();
}

static struct lt_decimal parse_and_return(const char *text, size_t len)
{
	struct lt_decimal value = { 0 }, again = { 0 };
	char first[LT_DECIMAL_TEXT], second[LT_DECIMAL_TEXT];

	if (lt_decimal_parse(text, len, &value) != LT_DECIMAL_OK) {
		need(value.units == 0);
		return value;
	}
	size_t n = lt_decimal_format(value, first);
	need(n < LT_DECIMAL_TEXT && n == strlen(first) && n <= len);
	need(lt_decimal_parse(first, n, &again) == LT_DECIMAL_OK);
	need(lt_decimal_compare(value, again) == 0);
	lt_decimal_format(again, second);
	need(strcmp(first, second) == 0);
	return value;
}

typedef bool (*binary_fn)(struct lt_decimal a, struct lt_decimal b, struct lt_decimal *out);

static void run_binary(struct lt_decimal a, struct lt_decimal b)
{
	static const binary_fn functions[] = { lt_decimal_add, lt_decimal_subtract, lt_decimal_multiply, lt_decimal_divide };

	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		struct lt_decimal out = { 77 };
		char text[LT_DECIMAL_TEXT];
		if (functions[i](a, b, &out))
			need(lt_decimal_format(out, text) < LT_DECIMAL_TEXT);
		else
			need(out.units == 77);
	}
}

static void run_round(struct lt_decimal a)
{
	for (int places = 0; places <= LT_DECIMAL_PLACES; places++) {
		struct lt_decimal even = { 77 }, up = { 77 }, again = { 0 };
		char text[LT_DECIMAL_TEXT];

		need(lt_decimal_format_places(a, places, text) < LT_DECIMAL_TEXT);
		need(lt_decimal_round(a, places, LT_HALF_UP, &up) || up.units == 77);
		if (!lt_decimal_round(a, places, LT_HALF_EVEN, &even)) {
			need(even.units == 77);
			continue;
		}
		/* The text for people says the same number, and rounding twice changes nothing. */
		need(lt_decimal_parse(text, strlen(text), &again) == LT_DECIMAL_OK && again.units == even.units);
		need(lt_decimal_round(even, places, LT_HALF_UP, &again) && again.units == even.units);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *newline = size > 0 ? memchr(text, '\n', size) : NULL;
	size_t len = newline ? (size_t)(newline - text) : size;
	struct lt_decimal a = parse_and_return(text, len);
	struct lt_decimal b = a;

	if (newline)
		b = parse_and_return(newline + 1, size - len - 1);
	run_binary(a, b);
	run_binary(b, a);
	run_round(a);
	return 0;
}
