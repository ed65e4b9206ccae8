#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include "lingtan/base/text.h"

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* What the first byte promises; 0 if no character begins with it. */
static size_t sequence_length(char byte)
{
	unsigned char lead = (unsigned char)byte;

	if (lead < 0x80)
		return 1;
	if (lead < 0xc0 || lead >= 0xf8)
		return 0;
	return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

size_t lt_text_decode(const char *text, size_t len, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char lead = (unsigned char)text[0];
	size_t n = sequence_length(text[0]);

	if (n == 0 || n > len)
		return 0;
	uint32_t value = n == 1 ? lead : lead & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if (!is_continuation(text[i]))
			return 0;
		value = value << 6 | ((unsigned char)text[i] & 0x3f);
	}
	if (value < least[n] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*code = value;
	return n;
}

static bool is_control(uint32_t code)
{
	/* the noncharacters at the end of the plane are refused by YAML too */
	return code < 0x20 || (code >= 0x7f && code <= 0x9f) || code == 0xfffe || code == 0xffff;
}

static bool is_bidi_or_mark(uint32_t code)
{
	return code == 0x200e || code == 0x200f || code == 0x061c ||
	       (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
	       code == 0xfeff;
}

static bool is_gbk_pair(const char *text, size_t len)
{
	if (len < 2)
		return false;
	unsigned char lead = (unsigned char)text[0], trail = (unsigned char)text[1];
	return lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail <= 0xfe && trail != 0x7f;
}

/* Reads text as GBK; with mixed, characters that are good UTF-8 are taken as that. */
static bool reads_as_gbk(const char *text, size_t len, bool mixed)
{
	for (size_t at = 0; at < len;) {
		uint32_t code;
		size_t n = mixed ? lt_text_decode(text + at, len - at, &code)
				 : (unsigned char)text[at] < 0x80;
		if (n == 0 && !is_gbk_pair(text + at, len - at))
			return false;
		at += n > 0 ? n : 2;
	}
	return true;
}

/* Whether text[0..len) is the beginning of one character, and nothing else. */
static bool is_cut_character(const char *text, size_t len)
{
	size_t n = 1;

	while (n < len && is_continuation(text[n]))
		n++;
	return n == len && len < sequence_length(text[0]);
}

/*
 * Which of the two refusals fits text whose first bad byte is at `at`. A file cut in the middle of
 * a character also ends in what reads as a GBK pair, but telling its reader to convert it would be
 * wrong.
 */
static enum lt_text_fault classify_bad(const char *text, size_t len, size_t at)
{
	if (is_cut_character(text + at, len - at))
		return LT_TEXT_NOT_UTF8;
	/* Three bytes of genuine GBK may happen to be UTF-8 and shift the pairs after them: so both
	 * readings count. */
	return reads_as_gbk(text, len, false) || reads_as_gbk(text, len, true) ? LT_TEXT_GBK
									       : LT_TEXT_NOT_UTF8;
}

enum lt_text_fault lt_text_check(const char *text, size_t len, size_t *at)
{
	for (size_t i = 0; i < len;) {
		uint32_t code;
		if (text[i] >= ' ' && text[i] < 0x7f) {
			i++;
			continue;
		}
		size_t n = lt_text_decode(text + i, len - i, &code);
		bool ends_line = text[i] == '\r' && i + 1 < len && text[i + 1] == '\n';
		bool is_allowed = n > 0 && (code == '\t' || code == '\n' || ends_line ||
					    (code == 0xfeff && i == 0));
		if (n == 0 || (!is_allowed && (is_control(code) || is_bidi_or_mark(code)))) {
			*at = i;
			return n == 0 ? classify_bad(text, len, i) : LT_TEXT_CONTROL;
		}
		i += n;
	}
	return LT_TEXT_OK;
}

int lt_text_width(const char *text)
{
	size_t len = strlen(text);
	int width = 0;

	for (size_t i = 0; i < len;) {
		uint32_t code = 0;
		size_t n = lt_text_decode(text + i, len - i, &code);
		int columns = n > 0 ? wcwidth((wchar_t)code) : -1;
		/* What libc does not know, a terminal draws as one replacement character. */
		width += columns < 0 ? 1 : columns;
		i += n > 0 ? n : 1;
	}
	return width;
}

size_t lt_text_visible(const char *text, size_t len, char *out, size_t cap)
{
	size_t used = 0;

	if (cap == 0)
		return 0;
	for (size_t i = 0; i < len;) {
		char shown[12];
		uint32_t code = 0;
		size_t n = lt_text_decode(text + i, len - i, &code);
		size_t width = n;
		/* \xNN is a byte; C1 controls take two bytes, so they are shown by their number. */
		if (n == 0 || (n == 1 && is_control(code)))
			width = (size_t)snprintf(shown, sizeof(shown), "\\x%02X",
						 (unsigned)(unsigned char)text[i]);
		else if (is_control(code) || is_bidi_or_mark(code))
			width = (size_t)snprintf(shown, sizeof(shown), "\\u{%04X}", (unsigned)code);
		else
			memcpy(shown, text + i, n);
		if (width >= cap - used)
			break;
		memcpy(out + used, shown, width);
		used += width;
		i += n > 0 ? n : 1;
	}
	out[used] = '\0';
	return used;
}

size_t lt_text_cut(const char *text, size_t len, size_t cap)
{
	if (len <= cap)
		return len;
	while (cap > 0 && is_continuation(text[cap]))
		cap--;
	return cap;
}

bool lt_text_is_id(const char *text)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	return text[0] && !text[strspn(text, allowed)];
}

uint32_t lt_text_twin(uint32_t code)
{
	static const struct {
		uint32_t code;
		char twin;
	} twins[] = {
		{ 0x00a5, '$' }, { 0x00d7, '*' },  { 0x00f7, '/' },  { 0x2013, '-' },
		{ 0x2014, '-' }, { 0x2018, '\'' }, { 0x2019, '\'' }, { 0x201c, '"' },
		{ 0x201d, '"' }, { 0x2026, '^' },  { 0x2212, '-' },  { 0x3000, ' ' },
		{ 0x3001, '/' }, { 0x3002, '.' },  { 0x3008, '<' },  { 0x3009, '>' },
		{ 0x300a, '<' }, { 0x300b, '>' },  { 0x300c, '[' },  { 0x300d, ']' },
		{ 0x300e, '{' }, { 0x300f, '}' },  { 0x3010, '[' },  { 0x3011, ']' },
		{ 0x301c, '~' }, { 0xff61, '.' },  { 0xffe5, '$' },
	};

	if (code < 0x80)
		return code;
	if (code >= 0xff01 && code <= 0xff5e)
		return code - 0xff01 + '!';
	for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++)
		if (twins[i].code == code)
			return (unsigned char)twins[i].twin;
	return code;
}

size_t lt_text_fold_twins(const char *text, size_t len, char *out, size_t cap)
{
	size_t used = 0;

	if (cap == 0)
		return 0;
	for (size_t i = 0; i < len;) {
		uint32_t code;
		const size_t decoded = lt_text_decode(text + i, len - i, &code);
		const size_t n = decoded > 0 ? decoded : 1;
		const uint32_t twin = decoded > 0 ? lt_text_twin(code) : UINT32_MAX;
		const size_t n_out = twin < 0x80 ? 1 : n;
		if (n_out >= cap - used)
			break;
		if (twin < 0x80)
			out[used] = (char)twin;
		else
			memmove(out + used, text + i, n);
		used += n_out;
		i += n;
	}
	out[used] = '\0';
	return used;
}
