#include "cluster.h"

#include <string.h>
#include <utf8proc.h>
#include "cluster_ambiguous.h"
#include "lingtan/base/text.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))
#define BROKEN UINT32_MAX /* a byte that is no UTF-8 */
#define CUT ".."
#define CUT_COLUMNS 2

static int ambiguous_columns = 1;

void cluster_set_ambiguous(int columns)
{
	ambiguous_columns = columns == 2 ? 2 : 1;
}

int cluster_ambiguous_width(void)
{
	return ambiguous_columns;
}

/* Reads the character at `at`, a broken byte as BROKEN; returns its bytes. */
static size_t decode(const char *text, size_t len, size_t at, uint32_t *code)
{
	const size_t n = lt_text_decode(text + at, len - at, code);
	if (n == 0)
		*code = BROKEN;
	return n > 0 ? n : 1;
}

/* Characters between which there is always a border: most of what is read, found without a look at
 * the tables. */
static bool is_plain(uint32_t code)
{
	return (code >= 0x20 && code < 0x7f) || (code >= 0x4e00 && code < 0xa000) ||
	       (code >= 0x3000 && code < 0x302a) || (code >= 0xff01 && code < 0xff61);
}

/* The character that the byte before `at` belongs to, at > 0. */
static uint32_t decode_back(const char *text, size_t len, size_t at, size_t *start)
{
	uint32_t code;
	for (size_t back = 1; back <= 4 && back <= at; back++) {
		if (lt_text_decode(text + at - back, len - at + back, &code) >= back) {
			*start = at - back;
			return code;
		}
	}
	*start = at - 1;
	return BROKEN;
}

static bool is_border(uint32_t before, uint32_t after, utf8proc_int32_t *state)
{
	if (before == BROKEN || after == BROKEN || (is_plain(before) && is_plain(after)))
		return true;
	return utf8proc_grapheme_break_stateful((utf8proc_int32_t)before, (utf8proc_int32_t)after,
						state);
}

static size_t next_border(const char *text, size_t len, size_t at)
{
	uint32_t before, after;
	utf8proc_int32_t state = 0;

	at += decode(text, len, at, &before);
	while (at < len) {
		const size_t n = decode(text, len, at, &after);
		if (is_border(before, after, &state))
			break;
		before = after;
		at += n;
	}
	return at;
}

static bool is_ambiguous(uint32_t code)
{
	size_t low = 0, high = N_OF(cluster_ambiguous);
	while (low < high) {
		const size_t middle = (low + high) / 2;
		if (code > cluster_ambiguous[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < N_OF(cluster_ambiguous) && code >= cluster_ambiguous[low].first;
}

static bool is_inner_jamo(uint32_t code)
{
	return (code >= 0x1160 && code <= 0x11ff) || (code >= 0xd7b0 && code <= 0xd7fb);
}

int cluster_code_columns(uint32_t code)
{
	if (code == BROKEN)
		return -1;
	const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code);
	switch (property->category) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return -1;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME:
		return 0;
	default:
		break;
	}
	if (is_inner_jamo(code))
		return 0;
	if (property->charwidth == 2)
		return 2;
	return is_ambiguous(code) ? ambiguous_columns : 1;
}

static int boundclass_of(uint32_t code)
{
	return code == BROKEN ? 0 : utf8proc_get_property((utf8proc_int32_t)code)->boundclass;
}

/* Emoji as a whole are two columns wide, whatever their parts are: with U+FE0F, joined parts, a
 * skin, a key's cap, or two letters of a flag. */
static bool is_emoji_sequence(const char *text, size_t len, uint32_t first, size_t at)
{
	const int kind = boundclass_of(first);
	uint32_t code;

	if (kind == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR)
		return true;
	for (; at < len; at += decode(text, len, at, &code)) {
		decode(text, len, at, &code);
		const bool is_picture =
			code == 0xfe0f || code == 0x200d || (code >= 0x1f3fb && code <= 0x1f3ff);
		if (kind == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC ? is_picture : code == 0x20e3)
			return true;
	}
	return false;
}

/* Columns of the cluster text[0..len). */
static int columns_of(const char *text, size_t len)
{
	uint32_t first, code;
	size_t at = decode(text, len, 0, &first);

	if (is_plain(first) && at == len)
		return first < 0x7f ? 1 : 2;
	if (first == '\t' || first == '\n' || first == '\r')
		return first == '\r' && len == 1 ? 2 : 1;
	if (first < 0x20 || first == 0x7f)
		return 2;
	int columns = cluster_code_columns(first);
	if (columns <= 0)
		columns = 1;
	if (at < len && is_emoji_sequence(text, len, first, at))
		return 2;
	while (at < len && columns < 2) {
		at += decode(text, len, at, &code);
		const int more = cluster_code_columns(code);
		columns += more > 0 ? more : 0;
	}
	return columns > 2 ? 2 : columns;
}

static unsigned byte_at(const char *text, size_t at)
{
	return (unsigned char)text[at];
}

/* is_plain() told by the bytes alone: how many a plain character has that begins here, else 0. */
static size_t plain_bytes(const char *text, size_t len, size_t at)
{
	const unsigned first = byte_at(text, at);
	if (first < 0x80)
		return first >= 0x20 && first < 0x7f ? 1 : 0;
	if (first < 0xe3 || at + 3 > len)
		return 0;
	const unsigned second = byte_at(text, at + 1), third = byte_at(text, at + 2);
	if ((second & 0xc0) != 0x80 || (third & 0xc0) != 0x80)
		return 0;
	const bool is_han = (first >= 0xe5 && first <= 0xe9) || (first == 0xe4 && second >= 0xb8);
	const bool is_mark = first == 0xe3 && second == 0x80 && third < 0xaa;
	const bool is_full_width = first == 0xef && ((second == 0xbc && third >= 0x81) ||
						     (second == 0xbd && third <= 0xa0));
	return is_han || is_mark || is_full_width ? 3 : 0;
}

struct cluster cluster_next(const char *text, size_t len, size_t at)
{
	/* most of what is read */
	const size_t plain = plain_bytes(text, len, at);
	if (plain && (at + plain == len || plain_bytes(text, len, at + plain)))
		return (struct cluster){ plain, plain == 1 ? 1 : 2, true };
	const size_t n = next_border(text, len, at) - at;
	return (struct cluster){ n, columns_of(text + at, n), false };
}

/* The last place before `at` at which a cluster is sure to begin. */
static size_t sure_border(const char *text, size_t len, size_t at)
{
	size_t start;
	uint32_t after = decode_back(text, len, at, &start);

	while (start > 0) {
		size_t earlier;
		const uint32_t before = decode_back(text, len, start, &earlier);
		if (before == BROKEN || after == BROKEN || (is_plain(before) && is_plain(after)))
			break;
		after = before;
		start = earlier;
	}
	return start;
}

size_t cluster_back(const char *text, size_t len, size_t at)
{
	if (at == 0)
		return 0;
	size_t start = sure_border(text, len, at);
	for (;;) {
		const size_t next = next_border(text, len, start);
		if (next >= at)
			return start;
		start = next;
	}
}

bool cluster_begins(const char *text, size_t len, size_t at)
{
	if (at == 0 || at >= len)
		return at == 0 || at == len;
	return next_border(text, len, cluster_back(text, len, at)) == at;
}

int cluster_columns(const char *text, size_t len)
{
	int columns = 0;
	for (size_t at = 0; at < len;) {
		const struct cluster cluster = cluster_next(text, len, at);
		columns += cluster.width;
		at += cluster.len;
	}
	return columns;
}

size_t cluster_count(const char *text, size_t len)
{
	size_t n = 0;
	for (size_t at = 0; at < len; n++)
		at += cluster_next(text, len, at).len;
	return n;
}

size_t cluster_fit(const char *text, size_t len, int columns, int *used)
{
	size_t at = 0;
	int taken = 0;

	while (at < len) {
		const struct cluster cluster = cluster_next(text, len, at);
		if (taken + cluster.width > columns)
			break;
		taken += cluster.width;
		at += cluster.len;
	}
	if (used)
		*used = taken;
	return at;
}

size_t cluster_fit_end(const char *text, size_t len, int columns, int *used)
{
	size_t at = 0;
	int rest = cluster_columns(text, len);

	while (rest > columns) {
		const struct cluster cluster = cluster_next(text, len, at);
		rest -= cluster.width;
		at += cluster.len;
	}
	if (used)
		*used = rest;
	return at;
}

/* Puts together text[0..head), the mark, and text[tail..len), as far as cap reaches. */
static size_t join(const char *text, size_t len, size_t head, size_t tail, const char *mark,
		   char *out, size_t cap)
{
	const size_t marked = strlen(mark);

	if (cap == 0)
		return 0;
	while (head > 0 && head + marked + 1 > cap)
		head = cluster_back(text, len, head);
	if (head + marked + 1 > cap) {
		out[0] = '\0';
		return 0;
	}
	while (tail < len && head + marked + (len - tail) + 1 > cap)
		tail += cluster_next(text, len, tail).len;
	memcpy(out, text, head);
	memcpy(out + head, mark, marked);
	memcpy(out + head + marked, text + tail, len - tail);
	out[head + marked + (len - tail)] = '\0';
	return head + marked + (len - tail);
}

size_t cluster_cut(const char *text, size_t len, int columns, char *out, size_t cap)
{
	const size_t whole = cluster_fit(text, len, columns, NULL);
	if (whole == len || columns <= CUT_COLUMNS)
		return join(text, len, whole, len, "", out, cap);
	const size_t head = cluster_fit(text, len, columns - CUT_COLUMNS, NULL);
	return join(text, len, head, len, CUT, out, cap);
}

size_t cluster_cut_front(const char *text, size_t len, int columns, char *out, size_t cap)
{
	const size_t whole = cluster_fit_end(text, len, columns, NULL);
	if (whole == 0 || columns <= CUT_COLUMNS)
		return join(text, len, 0, whole, "", out, cap);
	const size_t tail = cluster_fit_end(text, len, columns - CUT_COLUMNS, NULL);
	return join(text, len, 0, tail, CUT, out, cap);
}

size_t cluster_cut_middle(const char *text, size_t len, int columns, char *out, size_t cap)
{
	int used;
	if (columns <= CUT_COLUMNS || cluster_fit(text, len, columns, NULL) == len)
		return cluster_cut(text, len, columns, out, cap);
	const size_t head = cluster_fit(text, len, (columns - CUT_COLUMNS) / 2, &used);
	const size_t tail = cluster_fit_end(text, len, columns - CUT_COLUMNS - used, NULL);
	return join(text, len, head, tail, CUT, out, cap);
}
