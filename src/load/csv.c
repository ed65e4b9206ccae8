#include "lingtan/load/csv.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include "document.h"
#include "lingtan/base/text.h"

/* ---- encoding ---- */

/* An error at text[at]; zh and en take one number. */
static void complain_at(struct lt_findings *findings, const char *text, size_t at, const char *zh,
			const char *en, unsigned number)
{
	struct lt_finding *finding = lt_findings_add(findings, LT_ERROR, "", zh, en, number);
	if (finding)
		text_place(text, at, &finding->line, &finding->column);
}

/* GBK to UTF-8 by libc's GB18030, of which GBK is a part. *out is NULL after a finding. */
static enum lt_status convert(const struct yaml_source *source, struct lt_arena *arena,
			      struct lt_findings *findings, const char **out, size_t *len,
			      struct lt_err *err)
{
	/* two bytes become three at most, and one byte stays one */
	const size_t room = source->len + source->len / 2 + 1;
	char *text = lt_arena_alloc(arena, room + 1, 1), *end = text;
	/* iconv takes what it reads as not const, and does not write there */
	union {
		const char *read_only;
		char *plain;
	} from = { .read_only = source->text };
	size_t left = source->len, free_bytes = room;
	*out = NULL;
	if (!text)
		return lt_err_memory(err);
	iconv_t converter = iconv_open("UTF-8", "GB18030");
	const bool known = converter != (iconv_t)-1;
	const bool good =
		known && iconv(converter, &from.plain, &left, &end, &free_bytes) != (size_t)-1;
	if (known)
		iconv_close(converter);
	if (good) {
		*out = text;
		*len = (size_t)(end - text);
	} else if (!known) {
		complain_at(
			findings, text, 0, "文件是 GBK 编码，本机不能转换；请另存为“CSV UTF-8”",
			"the file is in GBK, which cannot be converted on this machine; save it "
			"as CSV UTF-8",
			0);
	} else {
		complain_at(findings, text, (size_t)(end - text),
			    "此处不是 GBK 编码的文字（0x%02X）；请另存为“CSV UTF-8”",
			    "what stands here is no character of GBK (0x%02X); save the file as "
			    "CSV UTF-8",
			    left ? (unsigned)(unsigned char)*from.read_only : 0);
	}
	return LT_OK;
}

/* Whether the bytes are text without control characters; else a finding says why not. */
static bool is_text(const char *text, size_t len, struct lt_findings *findings)
{
	size_t at = 0;
	switch (lt_text_check(text, len, &at)) {
	case LT_TEXT_OK:
		return true;
	case LT_TEXT_CONTROL:
		complain_at(findings, text, at, "含有控制字符 0x%02X；请删去",
			    "there is a control character, 0x%02X; take it out",
			    (unsigned)(unsigned char)text[at]);
		return false;
	case LT_TEXT_GBK:
	case LT_TEXT_NOT_UTF8:
		complain_at(findings, text, at,
			    "文件既不是 UTF-8 也不是 GBK 编码（0x%02X）；请另存为“CSV UTF-8”",
			    "the file is neither UTF-8 nor GBK (0x%02X); save it as CSV UTF-8",
			    (unsigned)(unsigned char)text[at]);
		return false;
	}
	return false;
}

enum lt_status csv_open(struct csv *csv, const struct yaml_source *source, struct lt_arena *arena,
			struct lt_findings *findings, struct lt_err *err)
{
	size_t at;
	*csv = (struct csv){ .text = source->text,
			     .len = source->len,
			     .line = 1,
			     .column = 1,
			     .arena = arena,
			     .findings = findings };
	csv->stopped = true;
	if (source->len > CSV_MAX_BYTES) {
		lt_findings_add(findings, LT_ERROR, "", "文件超过 %zu MiB",
				"the file is larger than %zu MiB", CSV_MAX_BYTES >> 20);
		return LT_OK;
	}
	if (lt_text_check(source->text, source->len, &at) == LT_TEXT_GBK) {
		enum lt_status status =
			convert(source, arena, findings, &csv->text, &csv->len, err);
		if (status || !csv->text)
			return status;
	}
	if (!is_text(csv->text, csv->len, findings))
		return LT_OK;
	if (csv->len >= 3 && memcmp(csv->text, "\xef\xbb\xbf", 3) == 0)
		csv->at = 3;
	csv->stopped = false;
	return LT_OK;
}

/* ---- rows ---- */

static void stop(struct csv *csv, unsigned line, unsigned column, const char *zh, const char *en,
		 size_t number)
{
	struct lt_finding *finding = lt_findings_add(csv->findings, LT_ERROR, "", zh, en, number);
	if (finding) {
		finding->line = line;
		finding->column = column;
	}
	csv->stopped = true;
}

static void out_of_memory(struct csv *csv)
{
	csv->findings->out_of_memory = true;
	csv->stopped = true;
}

static bool is_at(const struct csv *csv, char wanted)
{
	return csv->at < csv->len && csv->text[csv->at] == wanted;
}

static bool is_at_row_end(const struct csv *csv)
{
	return csv->at == csv->len || is_at(csv, '\n') || is_at(csv, '\r');
}

static void step(struct csv *csv)
{
	const char c = csv->text[csv->at++];
	if (c == '\n') {
		csv->line++;
		csv->column = 1;
	} else {
		csv->column +=
			csv->at == csv->len || ((unsigned char)csv->text[csv->at] & 0xc0) != 0x80;
	}
}

static void put(struct csv *csv, char c)
{
	if (csv->n_bytes == csv->cap_bytes) {
		const size_t cap = csv->cap_bytes ? 2 * csv->cap_bytes : 4096;
		char *grown = NULL;
		if (cap > CSV_MAX_ROW_BYTES)
			stop(csv, csv->line, csv->column, "一行超过 %zu KiB",
			     "a row is longer than %zu KiB", CSV_MAX_ROW_BYTES >> 10);
		else if (!(grown = lt_arena_resize(csv->arena, csv->bytes, cap)))
			out_of_memory(csv);
		if (!grown)
			return;
		csv->bytes = grown;
		csv->cap_bytes = cap;
	}
	csv->bytes[csv->n_bytes++] = c;
}

static void take(struct csv *csv)
{
	put(csv, csv->text[csv->at]);
	step(csv);
}

static void read_plain(struct csv *csv)
{
	while (!csv->stopped && !is_at_row_end(csv) && !is_at(csv, ',')) {
		if (is_at(csv, '"'))
			stop(csv, csv->line, csv->column,
			     "引号只能写在单元格开头；内容里有引号时整格加引号，里面的引号写两个",
			     "a quote can only begin a cell; enclose the cell in quotes and write "
			     "the quote inside twice",
			     0);
		else
			take(csv);
	}
}

static void read_quoted(struct csv *csv)
{
	const unsigned line = csv->line, column = csv->column;
	step(csv);
	while (!csv->stopped) {
		if (csv->at == csv->len) {
			stop(csv, line, column, "引号没有配对：从这里到文件结尾都没有另一半",
			     "this quote is never closed", 0);
		} else if (is_at(csv, '\r')) {
			step(csv); /* of CRLF: inside a cell a line ends with LF alone */
		} else if (!is_at(csv, '"')) {
			take(csv);
		} else {
			step(csv);
			if (!is_at(csv, '"'))
				break;
			take(csv);
		}
	}
	if (!csv->stopped && !is_at_row_end(csv) && !is_at(csv, ','))
		stop(csv, csv->line, csv->column, "右引号后面只能是逗号或行尾",
		     "only a comma or the end of the row can follow a closing quote", 0);
}

static struct csv_cell *add_cell(struct csv *csv)
{
	if (csv->n_cells == CSV_MAX_COLUMNS) {
		stop(csv, csv->line, csv->column, "一行超过 %zu 格",
		     "a row has more than %zu cells", (size_t)CSV_MAX_COLUMNS);
		return NULL;
	}
	struct csv_cell *cells =
		lt_arena_room(csv->arena, csv->cells, csv->n_cells, &csv->cap_cells, sizeof(*cells));
	if (!cells) {
		out_of_memory(csv);
		return NULL;
	}
	csv->cells = cells;
	return &csv->cells[csv->n_cells++];
}

static void read_cell(struct csv *csv)
{
	struct csv_cell *cell = add_cell(csv);
	const size_t start = csv->n_bytes;
	if (!cell)
		return;
	*cell = (struct csv_cell){ .line = csv->line, .column = csv->column };
	if (is_at(csv, '"'))
		read_quoted(csv);
	else
		read_plain(csv);
	cell->len = csv->n_bytes - start;
	put(csv, '\0');
}

/* Where its bytes lie is known when the row is complete: they may have been moved. */
static void point_cells(struct csv *csv)
{
	const char *at = csv->bytes;
	for (unsigned i = 0; i < csv->n_cells; i++) {
		csv->cells[i].text = at;
		at += csv->cells[i].len + 1;
	}
}

bool csv_next(struct csv *csv)
{
	csv->n_cells = 0;
	csv->n_bytes = 0;
	if (csv->stopped || csv->at == csv->len)
		return false;
	if (csv->n_rows == CSV_MAX_ROWS) {
		stop(csv, csv->line, csv->column, "超过 %zu 行", "there are more than %zu rows",
		     (size_t)CSV_MAX_ROWS);
		return false;
	}
	read_cell(csv);
	while (!csv->stopped && is_at(csv, ',')) {
		step(csv);
		read_cell(csv);
	}
	if (csv->stopped)
		return false;
	if (is_at(csv, '\r'))
		step(csv);
	if (is_at(csv, '\n'))
		step(csv);
	csv->n_rows++;
	point_cells(csv);
	return true;
}
