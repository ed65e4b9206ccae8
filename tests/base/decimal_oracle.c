/*
 * decimal_oracle - does one decimal operation a line, so that decimal_oracle.py can compare it with big integers.
 *
 * Input lines "op a b" with op + - * / c (compare), or "op a" with op r0..r12 (half-even) and u0..u12 (half-up).
 * Output: the canonical result, -1/0/1 for c, "overflow" when refused, "bad" for a line that is not one of these.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/decimal.h"

static bool parse(const char *text, struct lt_decimal *out)
{
	return lt_decimal_parse(text, strlen(text), out) == LT_DECIMAL_OK;
}

static const char *show(bool fits, struct lt_decimal value)
{
	static char buf[LT_DECIMAL_TEXT];
	if (!fits)
		return "overflow";
	lt_decimal_format(value, buf);
	return buf;
}

static const char *run_round(const char *op, struct lt_decimal a)
{
	struct lt_decimal out = { 0 };
	char *end;
	long places = strtol(op + 1, &end, 10);

	if (end == op + 1 || *end != '\0' || places < 0 || places > LT_DECIMAL_PLACES)
		return "bad";
	return show(lt_decimal_round(a, (int)places, op[0] == 'r' ? LT_HALF_EVEN : LT_HALF_UP, &out), out);
}

static const char *run_binary(char op, struct lt_decimal a, struct lt_decimal b)
{
	static const char *const order[] = { "-1", "0", "1" };
	struct lt_decimal out = { 0 };
	bool fits;

	switch (op) {
	case '+':
		fits = lt_decimal_add(a, b, &out);
		break;
	case '-':
		fits = lt_decimal_subtract(a, b, &out);
		break;
	case '*':
		fits = lt_decimal_multiply(a, b, &out);
		break;
	case '/':
		fits = lt_decimal_divide(a, b, &out);
		break;
	case 'c':
		return order[lt_decimal_compare(a, b) + 1];
	default:
		return "bad";
	}
	return show(fits, out);
}

static const char *run_line(const char *line)
{
	char op[4], a_text[64], b_text[64];
	struct lt_decimal a, b;
	int n = sscanf(line, "%3s %63s %63s", op, a_text, b_text);

	if (n < 2 || !parse(a_text, &a))
		return "bad";
	if (op[0] == 'r' || op[0] == 'u')
		return n == 2 ? run_round(op, a) : "bad";
	if (n != 3 || op[1] != '\0' || !parse(b_text, &b))
		return "bad";
	return run_binary(op[0], a, b);
}

int main(void)
{
	char *line = NULL;
	size_t cap = 0;

	while (getline(&line, &cap, stdin) >= 0)
		puts(run_line(line));
	free(line);
	return ferror(stdin) || fflush(stdout) != 0;
}
