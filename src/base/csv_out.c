#include "lingtan/base/csv_out.h"

#include <string.h>

static void put(struct lt_csv *csv, const char *bytes, size_t len)
{
	if (csv->failed)
		return;
	if (csv->len + len + 1 > csv->cap) {
		csv->cap = 2 * (csv->len + len) + 4096;
		csv->text = lt_arena_resize(csv->arena, csv->text, csv->cap);
		csv->failed = !csv->text;
	}
	if (csv->failed)
		return;
	memcpy(csv->text + csv->len, bytes, len);
	csv->len += len;
	csv->text[csv->len] = 0;
}

void lt_csv_init(struct lt_csv *csv, struct lt_arena *arena)
{
	*csv = (struct lt_csv){ .arena = arena };
	put(csv, "\xef\xbb\xbf", 3);
}

bool lt_csv_is_formula(const char *text, size_t len)
{
	static const char *const starts[] = { "=", "+", "-", "@", "\t", "\r", "\n",
					      "＝", "＋", "－", "＠" };
	while (len && *text == '\'') {
		text++;
		len--;
	}
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		const size_t n = strlen(starts[i]);
		if (len >= n && memcmp(text, starts[i], n) == 0)
			return true;
	}
	return false;
}

static void begin_cell(struct lt_csv *csv)
{
	if (csv->in_row)
		put(csv, ",", 1);
	csv->in_row = true;
}

void lt_csv_text(struct lt_csv *csv, const char *text)
{
	begin_cell(csv);
	const bool is_formula = lt_csv_is_formula(text, strlen(text));
	if (!is_formula && !text[strcspn(text, "\",\r\n")]) {
		put(csv, text, strlen(text));
		return;
	}
	put(csv, "\"'", is_formula ? 2 : 1);
	while (*text) {
		const size_t plain = strcspn(text, "\"");
		put(csv, text, plain);
		text += plain;
		if (*text) {
			put(csv, "\"\"", 2);
			text++;
		}
	}
	put(csv, "\"", 1);
}

void lt_csv_number(struct lt_csv *csv, const char *number)
{
	begin_cell(csv);
	put(csv, number, strlen(number));
}

void lt_csv_end_row(struct lt_csv *csv)
{
	put(csv, "\r\n", 2);
	csv->in_row = false;
}

void lt_csv_row(struct lt_csv *csv, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		lt_csv_text(csv, cells[i]);
	lt_csv_end_row(csv);
}

const char *lt_csv_finish(struct lt_csv *csv, size_t *len)
{
	if (len)
		*len = csv->len;
	return csv->failed ? NULL : csv->text;
}
