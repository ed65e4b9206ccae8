#include "cluster.h"

#include <string.h>
#include <utf8proc.h>
#include <wchar.h>
#include "lingtan/base/text.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))
#define MARKS 5 /* what one cell of ncurses holds beside its character */
#define REPLACEMENT "\xef\xbf\xbd"

/* Ambiguous characters met in Chinese prose, for terminals that draw them two columns wide while
 * ncurses counts one. */
static const struct {
	uint32_t code;
	char twin[4];
} twins[] = {
	{ 0x00a7, "S" },  { 0x00b0, "o" },  { 0x00b1, "+-" }, { 0x00b2, "2" },  { 0x00b3, "3" },
	{ 0x00b7, "." },  { 0x00d7, "x" },  { 0x00f7, "/" },  { 0x03bc, "u" },  { 0x2014, "--" },
	{ 0x2015, "--" }, { 0x2013, "-" },  { 0x2018, "'" },  { 0x2019, "'" },  { 0x201c, "\"" },
	{ 0x201d, "\"" }, { 0x2022, "*" },  { 0x2025, ".." }, { 0x2026, ".." }, { 0x2030, "%o" },
	{ 0x203b, "*" },  { 0x2103, "oC" }, { 0x2109, "oF" }, { 0x2116, "No" }, { 0x2190, "<-" },
	{ 0x2191, "^" },  { 0x2192, "->" }, { 0x2193, "v" },  { 0x21d2, "=>" }, { 0x2248, "~=" },
	{ 0x2260, "!=" }, { 0x2264, "<=" }, { 0x2265, ">=" }, { 0x2266, "<=" }, { 0x2267, ">=" },
	{ 0x25cf, "*" },  { 0x25cb, "o" },  { 0x25a0, "#" },  { 0x25a1, "#" },  { 0x25b2, "^" },
	{ 0x25b3, "^" },  { 0x25bc, "v" },  { 0x2605, "*" },  { 0x2606, "*" },  { 0xfffd, "?" },
};

static size_t put(char *out, size_t used, const char *text, size_t len)
{
	memcpy(out + used, text, len);
	out[used + len] = '\0';
	return used + len;
}

static size_t pad(char *out, size_t used, int columns)
{
	while (columns-- > 0)
		used = put(out, used, " ", 1);
	return used;
}

/* What stands for a character that cannot be shown: the sign itself is ambiguous. */
static size_t put_replacement(char *out, int width)
{
	const bool is_narrow = cluster_ambiguous_width() == 1 && wcwidth(0xfffd) == 1;
	return pad(out, put(out, 0, is_narrow ? REPLACEMENT : "?", is_narrow ? 3 : 1), width - 1);
}

static size_t put_ambiguous(char *out, uint32_t code)
{
	const char *twin = "?";
	char digits[4] = "";

	if (code >= 0x2460 && code <= 0x2473) { /* numbers in circles */
		const uint32_t number = code - 0x2460 + 1;
		size_t n = number >= 10 ? put(digits, 0, number == 20 ? "2" : "1", 1) : 0;
		digits[n] = (char)('0' + number % 10);
		twin = digits;
	}
	for (size_t i = 0; i < N_OF(twins); i++)
		if (twins[i].code == code)
			twin = twins[i].twin;
	const size_t used = put(out, 0, twin, strlen(twin));
	return pad(out, used, 2 - (int)used);
}

static bool is_flag_letter(uint32_t code)
{
	return code >= 0x1f1e6 && code <= 0x1f1ff;
}

static size_t put_flag(const char *text, size_t len, char *out)
{
	size_t used = 0;
	for (size_t at = 0; at < len;) {
		uint32_t code;
		at += lt_text_decode(text + at, len - at, &code);
		const char letter = (char)('A' + (code - 0x1f1e6) % 26);
		if (is_flag_letter(code))
			used = put(out, used, &letter, 1);
	}
	return pad(out, used, 2 - (int)used);
}

static bool is_mark(uint32_t code)
{
	const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
	const bool chooses_look = (code >= 0xfe00 && code <= 0xfe0f) || code >= 0xe0000;
	return !chooses_look && wcwidth((wchar_t)code) == 0 &&
	       (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ||
		(code >= 0x1160 && code <= 0x11ff));
}

/* The rest of a cluster: marks in the base's cell, spacing marks while there are columns left. */
static size_t put_marks(const char *text, size_t len, int *columns, char *out, size_t used)
{
	unsigned n_marks = 0;
	size_t n;

	for (size_t at = 0; at < len; at += n) {
		uint32_t code;
		n = lt_text_decode(text + at, len - at, &code);
		if (is_mark(code) && n_marks < MARKS) {
			used = put(out, used, text + at, n);
			n_marks++;
		} else if (utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_MC &&
			   wcwidth((wchar_t)code) == 1 && *columns >= 1) {
			used = put(out, used, text + at, n);
			--*columns;
			n_marks = MARKS; /* the cells after the first are kept short */
		}
	}
	return used;
}

/* A character below U+0020, DEL, or one of the blanks among them. */
static size_t put_control(const char *text, int width, char *out)
{
	const char caret[2] = { '^', (char)(text[0] ^ 0x40) };
	return width == 2 ? put(out, 0, caret, 2) : put(out, 0, " ", 1);
}

size_t cluster_draw(const char *text, size_t len, char out[CLUSTER_DRAWN])
{
	uint32_t first;
	const struct cluster cluster = cluster_next(text, len, 0);
	const int width = cluster.width;
	len = cluster.len;
	if (cluster.is_plain)
		return put(out, 0, text, len);
	const size_t n = lt_text_decode(text, len, &first);

	if (n == 0)
		return put_replacement(out, width);
	if (first < 0x20 || first == 0x7f)
		return put_control(text, width, out);
	if (first < 0x7f && len == 1)
		return put(out, 0, text, 1);
	if (is_flag_letter(first) && width == 2 && len > n)
		return put_flag(text, len, out);
	int columns = wcwidth((wchar_t)first);
	size_t used;
	if (columns == 0 && is_mark(first)) { /* a mark that has lost its base */
		used = put(out, put(out, 0, " ", 1), text, n);
		columns = 1;
	} else if (columns == 1 && cluster_code_columns(first) == 2) {
		return put_ambiguous(out, first);
	} else if (columns <= 0 || columns > width) {
		return put_replacement(out, width);
	} else {
		used = put(out, 0, text, n);
	}
	int rest = width - columns;
	used = put_marks(text + n, len - n, &rest, out, used);
	return pad(out, used, rest);
}
