#include "lingtan/core/pinyin.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/base/text.h"

#define FIRST 0x4E00u
#define LAST 0x9FFFu
#define PER_ROW 32u
#define CODE 5 /* "4E00 " */
#define ROW (CODE + 2 * PER_ROW + 1)
#define N_ROWS ((LAST + 1 - FIRST) / PER_ROW)

static bool is_initial(char c)
{
	return c == '.' || (c >= 'a' && c <= 'z');
}

static bool is_row(const char *row, unsigned number)
{
	char code[12];
	snprintf(code, sizeof(code), "%04X ", FIRST + number * PER_ROW);
	bool is = memcmp(row, code, CODE) == 0 && row[ROW - 1] == '\n';
	for (unsigned i = 0; i < 2 * PER_ROW && is; i++)
		is = is_initial(row[CODE + i]);
	return is;
}

bool pinyin_read(struct pinyin *out, const char *text, size_t len)
{
	size_t at = 0;
	out->rows = NULL;
	while (at < len && text[at] == '#') {
		const char *end = memchr(text + at, '\n', len - at);
		at = end ? (size_t)(end - text) + 1 : len;
	}
	if (len - at != N_ROWS * ROW)
		return false;
	for (unsigned i = 0; i < N_ROWS; i++)
		if (!is_row(text + at + i * ROW, i))
			return false;
	out->rows = text + at;
	return true;
}

bool pinyin_begins(const struct pinyin *pinyin, uint32_t code, char letter)
{
	if (!pinyin->rows || code < FIRST || code > LAST)
		return false;
	const size_t number = code - FIRST;
	const char *two = pinyin->rows + number / PER_ROW * ROW + CODE + 2 * (number % PER_ROW);
	return two[0] == letter || two[1] == letter;
}

/* ---- finding ---- */

static bool is_plain(uint32_t code)
{
	return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
	       (code >= 'A' && code <= 'Z');
}

static bool is_passed_over(uint32_t code)
{
	return !is_plain(code) && (code < FIRST || code > LAST);
}

static bool stands_for(const struct pinyin *pinyin, uint32_t code, char letter)
{
	const uint32_t lower = code >= 'A' && code <= 'Z' ? code + 'a' - 'A' : code;
	return is_plain(code) ? lower == (unsigned char)letter
			      : pinyin_begins(pinyin, code, letter);
}

/* Length of what the letters match at the beginning of the text; 0 = they do not. */
static size_t match_here(const struct pinyin *pinyin, const char *text, const char *letters)
{
	size_t at = 0;
	const size_t len = strlen(text);
	while (*letters) {
		uint32_t code;
		const size_t step = at < len ? lt_text_decode(text + at, len - at, &code) : 0;
		if (!step)
			return 0;
		if (!is_passed_over(code) && !stands_for(pinyin, code, *letters++))
			return 0;
		at += step;
	}
	return at;
}

bool pinyin_find(const struct pinyin *pinyin, const char *text, const char *letters, size_t *at,
		 size_t *len)
{
	const size_t end = strlen(text);
	uint32_t code;
	size_t step;
	for (size_t i = 0; *letters && i < end; i += step) {
		step = lt_text_decode(text + i, end - i, &code);
		if (!step)
			return false;
		if (is_passed_over(code))
			continue;
		*len = match_here(pinyin, text + i, letters);
		*at = i;
		if (*len)
			return true;
	}
	return false;
}
