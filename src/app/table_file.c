#include "table_file.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/base/file.h"
#include "lingtan/base/text.h"
#include "lingtan/load/csv.h"
#include "sheet_file.h"

#define TITLE 96

struct reading {
	const struct table_column *columns;
	unsigned n_columns;
	const char *needed;
	struct lt_arena *arena;
	struct lt_findings *findings; /* NULL: nothing is told */
	struct table_file *out;
	unsigned cap;
	int of_cell[TABLE_MAX_COLUMNS]; /* column of each cell under the heading; -1 = left alone */
	unsigned n_cells;
	bool in_table;
	const char *sheet, *year;
	bool years_differ; /* above the heading */
	unsigned line;
};

/* ---- headings ---- */

/* Small letters without blanks, up to the first bracket. */
static void plain(const char *text, char *out)
{
	static const char *const ends[] = { "(", "（", "[", "【", "*", "＊", "/" };
	char folded[TITLE];
	size_t n = 0;
	lt_text_fold_twins(text, strlen(text), folded, sizeof(folded));
	for (const char *at = folded; *at; at++) {
		for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
			if (strncmp(at, ends[i], strlen(ends[i])) == 0 && n) {
				out[n] = '\0';
				return;
			}
		if (!strchr(" \t\r\n", *at))
			out[n++] = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
	}
	out[n] = '\0';
}

static bool have_word(const char *words, const char *word)
{
	const size_t len = strlen(word);
	for (const char *at = words; len && *at;) {
		at += strspn(at, " ");
		const size_t next = strcspn(at, " ");
		if (next == len && strncmp(at, word, len) == 0)
			return true;
		at += next;
	}
	return false;
}

static int column_of(const struct reading *reading, const char *title)
{
	char word[TITLE];
	plain(title, word);
	for (unsigned i = 0; i < reading->n_columns; i++)
		if (strcmp(reading->columns[i].id, word) == 0 ||
		    have_word(reading->columns[i].words, word))
			return (int)i;
	return -1;
}

static bool names_all_needed(const struct reading *reading, const int *of_cell, unsigned n)
{
	for (unsigned i = 0; i < reading->n_columns; i++) {
		bool there = !have_word(reading->needed, reading->columns[i].id);
		for (unsigned c = 0; c < n && !there; c++)
			there = of_cell[c] == (int)i;
		if (!there)
			return false;
	}
	return true;
}

static void warn_unknown(const struct reading *reading, const char *title)
{
	char shown[TITLE];
	if (!reading->findings || !title[0])
		return;
	plain(title, shown);
	if (have_word("序号 no no.", shown))
		return;
	lt_text_visible(title, lt_text_cut(title, strlen(title), 60), shown, sizeof(shown));
	struct lt_finding *finding =
		lt_findings_add(reading->findings, LT_WARNING, "", "没有“%s”这一栏，未读入",
				"there is no column '%s', it is left alone", shown);
	if (finding)
		finding->line = reading->line;
}

/* Whether the row names the columns of a table. */
static bool take_heading(struct reading *reading, const char *const *cells, unsigned n)
{
	int of_cell[TABLE_MAX_COLUMNS];
	unsigned n_known = 0;
	if (n > TABLE_MAX_COLUMNS)
		n = TABLE_MAX_COLUMNS;
	for (unsigned i = 0; i < n; i++) {
		of_cell[i] = column_of(reading, cells[i]);
		/* of two columns with one name the first counts */
		for (unsigned before = 0; before < i && of_cell[i] >= 0; before++)
			if (of_cell[before] == of_cell[i])
				of_cell[i] = -1;
		n_known += of_cell[i] >= 0;
	}
	if (n_known < 2 || !names_all_needed(reading, of_cell, n))
		return false;
	for (unsigned i = 0; i < n; i++)
		if (of_cell[i] < 0)
			warn_unknown(reading, cells[i]);
	memcpy(reading->of_cell, of_cell, sizeof(of_cell));
	reading->n_cells = n;
	return reading->in_table = true;
}

/* ---- rows ---- */

static const char *trimmed(struct lt_arena *arena, const char *text)
{
	text += strspn(text, " \t\r\n");
	size_t len = strlen(text);
	while (len && strchr(" \t\r\n", text[len - 1]))
		len--;
	return len ? lt_arena_strndup(arena, text, len) : "";
}

static enum lt_status add_row(struct reading *reading, const char *const *cells, unsigned n,
			      struct lt_err *err)
{
	struct table_file *out = reading->out;
	bool filled = false;
	out->rows = lt_arena_room(reading->arena, out->rows, out->n_rows, &reading->cap,
				  sizeof(*out->rows));
	if (!out->rows)
		return lt_err_memory(err);
	struct cell_row *row = &out->rows[out->n_rows];
	*row = (struct cell_row){ .line = reading->line,
				  .sheet = reading->sheet,
				  .year = reading->year && !reading->years_differ ? reading->year
										  : "",
				  .years_differ = reading->years_differ };
	for (unsigned i = 0; i < TABLE_MAX_COLUMNS; i++)
		row->cells[i] = "";
	for (unsigned i = 0; i < n && i < reading->n_cells; i++) {
		if (reading->of_cell[i] < 0)
			continue;
		const char *text = trimmed(reading->arena, cells[i]);
		if (!text)
			return lt_err_memory(err);
		row->cells[reading->of_cell[i]] = text;
		filled |= text[0] != 0;
	}
	out->n_rows += filled;
	return LT_OK;
}

/* "示例企业 2025 年度能源台账"; a sentence may speak of another year, and which one is the ledger's is
 * not guessed. */
static enum lt_status take_years(struct reading *reading, const char *title, struct lt_err *err)
{
	char plain_title[TITLE];
	plain(title, plain_title);
	for (const char *at = plain_title; *at; at++) {
		if ((strncmp(at, "19", 2) != 0 && strncmp(at, "20", 2) != 0) ||
		    strspn(at, "0123456789") != 4 ||
		    (at > plain_title && strchr("0123456789", at[-1])) ||
		    strncmp(at + 4, "年", strlen("年")) != 0)
			continue;
		if (!reading->year && !(reading->year = lt_arena_strndup(reading->arena, at, 4)))
			return lt_err_memory(err);
		reading->years_differ |= strncmp(reading->year, at, 4) != 0;
	}
	return LT_OK;
}

static enum lt_status take_key(struct reading *reading, const char *const *cells, unsigned n,
			       struct lt_err *err)
{
	struct table_file *out = reading->out;
	const char *value = n > 1 ? trimmed(reading->arena, cells[1]) : "";
	if (strncmp(cells[0], "#sheet ", 7) == 0 || strcmp(cells[0], "#sheet") == 0) {
		reading->sheet = trimmed(reading->arena, cells[0] + 6);
		reading->in_table = false;
		reading->line = 0;
		reading->year = NULL;
		reading->years_differ = false;
		if (!reading->sheet)
			return lt_err_memory(err);
		return take_years(reading, reading->sheet, err);
	}
	const char *key = trimmed(reading->arena, cells[0] + 1);
	if (!key || !value)
		return lt_err_memory(err);
	if (out->n_keys < sizeof(out->keys) / sizeof(out->keys[0])) {
		out->keys[out->n_keys] = key;
		out->values[out->n_keys++] = value;
	}
	return LT_OK;
}

static enum lt_status take_row(struct reading *reading, const char *const *cells, unsigned n,
			       struct lt_err *err)
{
	reading->line++;
	if (n && cells[0][0] == '#')
		return take_key(reading, cells, n, err);
	if (take_heading(reading, cells, n))
		return LT_OK;
	if (reading->in_table)
		return add_row(reading, cells, n, err);
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < n && !status; i++)
		status = take_years(reading, cells[i], err);
	return status;
}

/* ---- from a file ---- */

static enum lt_status read_csv(struct reading *reading, const struct yaml_source *source,
			       struct lt_err *err)
{
	const char *cells[TABLE_MAX_COLUMNS];
	struct csv csv;
	const size_t errors_before = reading->findings->n_errors;
	enum lt_status status = csv_open(&csv, source, reading->arena, reading->findings, err);
	while (!status && csv_next(&csv)) {
		unsigned n = csv.n_cells < TABLE_MAX_COLUMNS ? csv.n_cells : TABLE_MAX_COLUMNS;
		for (unsigned i = 0; i < n; i++)
			cells[i] = csv.cells[i].text;
		status = take_row(reading, cells, n, err);
	}
	if (status)
		return status;
	if (reading->findings->n_errors > errors_before)
		return lt_err_set(err, LT_EFILE, "%s：不能读成表格", "%s cannot be read as a table",
				  source->name);
	return reading->findings->out_of_memory ? lt_err_memory(err) : LT_OK;
}

enum lt_status table_file_read(const char *path, struct project *watched,
			       const struct table_column *columns, unsigned n_columns,
			       const char *needed, struct lt_arena *arena,
			       struct lt_findings *findings, struct table_file *out,
			       struct lt_err *err)
{
	struct reading reading = { .columns = columns,
				   .n_columns = n_columns,
				   .needed = needed,
				   .arena = arena,
				   .findings = findings,
				   .out = out,
				   .sheet = "" };
	struct yaml_source source = { .name = path };
	*out = (struct table_file){ 0 };
	findings->file = path;
	enum lt_status status =
		sheet_file_rows(path, watched, arena, &source.text, &source.len, err);
	if (!status)
		status = read_csv(&reading, &source, err);
	out->lacks_heading = !status && !out->n_rows && !reading.in_table;
	if (out->lacks_heading)
		status = lt_err_set(err, LT_EFILE, "%s：找不到表头；至少要有这些列：%s",
				    "%s: there is no heading; it needs at least the columns %s",
				    path, needed);
	return status;
}

/* ---- from the clipboard ---- */

enum lt_status table_text_read(const char *text, const struct table_column *columns,
			       unsigned n_columns, struct lt_arena *arena, struct table_file *out,
			       bool *has_heading, struct lt_err *err)
{
	struct reading reading = { .columns = columns,
				   .n_columns = n_columns,
				   .needed = "",
				   .arena = arena,
				   .out = out,
				   .in_table = true,
				   .n_cells = n_columns,
				   .sheet = "" };
	enum lt_status status = LT_OK;
	*out = (struct table_file){ 0 };
	for (unsigned i = 0; i < n_columns && i < TABLE_MAX_COLUMNS; i++)
		reading.of_cell[i] = (int)i;
	*has_heading = false;
	while (*text && !status) {
		const char *cells[TABLE_MAX_COLUMNS];
		const size_t len = strcspn(text, "\r\n");
		char *line = lt_arena_strndup(arena, text, len);
		unsigned n = 0;
		if (!line)
			return lt_err_memory(err);
		for (char *rest = line, *cell; n < TABLE_MAX_COLUMNS &&
					       (cell = strsep(&rest, "\t"));)
			cells[n++] = cell;
		reading.line++;
		if (!out->n_rows && take_heading(&reading, cells, n))
			*has_heading = true;
		else
			status = add_row(&reading, cells, n, err);
		text += len;
		text += text[0] == '\r' && text[1] == '\n' ? 2 : text[0] != 0;
	}
	return status;
}

const char *table_file_value(const struct table_file *file, const char *key)
{
	for (unsigned i = 0; i < file->n_keys; i++)
		if (strcmp(file->keys[i], key) == 0)
			return file->values[i];
	return NULL;
}
