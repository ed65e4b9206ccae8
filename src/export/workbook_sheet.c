/* The cells of one sheet, printed as they are read. */
#include "workbook_parts.h"

#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "lingtan/export/workbook.h"

/* 32767 characters are what office suites let into a cell. */
#define MOST_CELL_BYTES ((size_t)128 << 10)
#define MOST_FORMULA 64u
#define MOST_MERGED_CELLS ((size_t)WORKBOOK_MAX_ROWS * WORKBOOK_MAX_COLUMNS)

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_TRUTH };

struct cells {
	struct book *book;
	struct rows_out *out;
	uint8_t *covered; /* owned: a bit a cell, the cells of merged ranges but their first; NULL = none */
	size_t n_covered;

	bool in_data, in_row, in_cell, in_string, in_value, in_formula;
	char formula[MOST_FORMULA]; /* of the cell at hand, its beginning after "="; "" = none */
	size_t n_formula;
	int in_reading_aid;
	unsigned row, column;       /* of the cell at hand, from 1 */
	unsigned at_row, at_column; /* where printing stands; column 0 = nothing in this row yet */
	enum cell_type type;
	enum cell_style style;
	char *text; /* owned: of the cell at hand */
	size_t len, cap;
};

/* ---- printing ---- */

static void put(struct rows_out *out, char c)
{
	putc(c, out->file);
	out->n_bytes++;
}

static bool starts_with(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* Office suites write characters that XML cannot hold as _x000D_: of those only tab and line ends
 * mean something in a cell. Returns how much of the text it takes; 0 = there is none here. */
static size_t decode_escape(const char *text, char *c)
{
	static const struct {
		const char *code;
		char c;
	} escapes[] = {
		{ "_x000D_", '\r' }, { "_x000d_", '\r' }, { "_x000A_", '\n' }, { "_x000a_", '\n' },
		{ "_x0009_", '\t' }, { "_x005F_", '_' },  { "_x005f_", '_' },
	};
	for (size_t i = 0; *text == '_' && i < sizeof(escapes) / sizeof(escapes[0]); i++)
		if (starts_with(text, escapes[i].code)) {
			*c = escapes[i].c;
			return strlen(escapes[i].code);
		}
	return 0;
}

/* One field as RFC 4180 has it, with LF as the only line end. */
static void put_field(struct rows_out *out, const char *text)
{
	const bool quoted = strpbrk(text, ",\"\r\n") || strstr(text, "_x0");
	if (quoted)
		put(out, '"');
	while (*text) {
		char c = *text;
		const size_t escape = decode_escape(text, &c);
		text += escape ? escape : 1;
		char next = *text;
		if (*text == '_')
			decode_escape(text, &next);
		if (c == '\r' && next == '\n')
			continue;
		if (c == '"')
			put(out, '"');
		put(out, c == '\r' ? '\n' : c);
	}
	if (quoted)
		put(out, '"');
}

static bool check_room(struct book *book, const struct rows_out *out)
{
	if (out->n_lines > WORKBOOK_MAX_ROWS)
		lt_err_set(
			book->err, LT_EFILE, "工作簿超过 %u 行；请只留要读的表另存",
			"the workbook has more than %u rows; keep only the sheets that matter and "
			"save again",
			WORKBOOK_MAX_ROWS);
	else if (out->n_bytes > WORKBOOK_MAX_TEXT)
		lt_err_set(
			book->err, LT_EFILE, "工作簿的文字超过 %zu MiB；请只留要读的表另存",
			"the workbook holds more than %zu MiB of text; keep only the sheets that "
			"matter and save again",
			WORKBOOK_MAX_TEXT >> 20);
	return !book->err->status;
}

static void end_line(struct rows_out *out)
{
	put(out, '\n');
	out->n_lines++;
}

/* Goes on to the place of the cell at hand; false where it is behind a limit or behind the place. */
static bool go_to_cell(struct cells *cells)
{
	struct rows_out *out = cells->out;
	if (cells->column > WORKBOOK_MAX_COLUMNS) {
		lt_err_set(cells->book->err, LT_EFILE, "工作表超过 %u 列；请删去多余的列",
			   "a sheet has more than %u columns; take out those that are not needed",
			   WORKBOOK_MAX_COLUMNS);
		return false;
	}
	if (cells->row < cells->at_row ||
	    (cells->row == cells->at_row && cells->column <= cells->at_column)) {
		book_is_damaged(cells->book);
		return false;
	}
	if (cells->row > WORKBOOK_MAX_ROWS ||
	    cells->row - cells->at_row + out->n_lines > WORKBOOK_MAX_ROWS)
		out->n_lines = WORKBOOK_MAX_ROWS + 1;
	if (!check_room(cells->book, out))
		return false;
	for (; cells->at_row < cells->row; cells->at_row++) {
		end_line(out);
		cells->at_column = 0;
	}
	if (!cells->at_column)
		cells->at_column = 1;
	for (; cells->at_column < cells->column; cells->at_column++)
		put(out, ',');
	return true;
}

/* ---- merged cells ---- */

/* "AB12" to numbers, from 1; returns what comes behind it, NULL if it is none. */
static const char *parse_place(const char *text, unsigned *row, unsigned *column)
{
	*row = *column = 0;
	for (; *text >= 'A' && *text <= 'Z' && *column < 100000; text++)
		*column = *column * 26 + (unsigned)(*text - 'A') + 1;
	for (; *text >= '0' && *text <= '9' && *row < 100000000; text++)
		*row = *row * 10 + (unsigned)(*text - '0');
	return *row && *column ? text : NULL;
}

static size_t bit_of(unsigned row, unsigned column)
{
	return (size_t)(row - 1) * WORKBOOK_MAX_COLUMNS + column - 1;
}

static bool is_covered(const struct cells *cells)
{
	if (!cells->covered || cells->row > WORKBOOK_MAX_ROWS ||
	    cells->column > WORKBOOK_MAX_COLUMNS)
		return false;
	const size_t bit = bit_of(cells->row, cells->column);
	return cells->covered[bit / 8] >> bit % 8 & 1;
}

static void cover(struct cells *cells, unsigned top, unsigned left, unsigned bottom, unsigned right)
{
	bottom = bottom > WORKBOOK_MAX_ROWS ? WORKBOOK_MAX_ROWS : bottom;
	right = right > WORKBOOK_MAX_COLUMNS ? WORKBOOK_MAX_COLUMNS : right;
	if (top > bottom || left > right)
		return;
	/* ranges that do not overlap cannot cover more cells than there are */
	cells->n_covered += (size_t)(bottom - top + 1) * (right - left + 1);
	if (cells->n_covered > MOST_MERGED_CELLS) {
		book_is_damaged(cells->book);
		return;
	}
	if (!cells->covered && !(cells->covered = calloc(MOST_MERGED_CELLS / 8 + 1, 1))) {
		lt_err_memory(cells->book->err);
		return;
	}
	for (unsigned row = top; row <= bottom; row++)
		for (unsigned column = left; column <= right; column++) {
			const size_t bit = bit_of(row, column);
			if (row != top || column != left)
				cells->covered[bit / 8] |= (uint8_t)(1u << bit % 8);
		}
}

static void merges_begin(void *context, const char *name, const struct attributes *attributes)
{
	struct cells *cells = context;
	unsigned top, left, bottom, right;
	char range[40];
	if (strcmp(name, "mergeCell") != 0 ||
	    !attribute_text(attributes, "ref", range, sizeof(range)))
		return;
	const char *colon = parse_place(range, &top, &left);
	if (colon && *colon == ':' && parse_place(colon + 1, &bottom, &right))
		cover(cells, top, left, bottom, right);
}

/* ---- cells ---- */

static void print_number(struct cells *cells)
{
	char text[NUMBER_TEXT];
	const bool good = number_print(cells->text, cells->style, cells->book->from_1904, text);
	put_field(cells->out, good ? text : cells->text);
}

/* The shared string that the cell points to; NULL if there is none of that number. */
static const char *shared_string(const struct cells *cells)
{
	const struct string_pool *pool = &cells->book->pool;
	char *end;
	if (cells->text[0] < '0' || cells->text[0] > '9')
		return NULL;
	const unsigned long at = strtoul(cells->text, &end, 10);
	return !*end && at < pool->n ? pool->bytes + pool->starts[at] : NULL;
}

static void refuse_text(const struct cells *cells)
{
	lt_err_set(cells->book->err, LT_EFILE, "第 %u 行第 %u 列的文字超过 %zu KiB；请缩短或分到几格",
		   "the text in row %u, column %u is longer than %zu KiB; shorten it, or part it into several cells",
		   cells->row, cells->column, MOST_CELL_BYTES >> 10);
}

static void print_cell(struct cells *cells)
{
	const char *text = cells->len ? cells->text : "";
	/* computed by nobody yet: left out, whoever typed it would miss it; as it stands it is no number */
	if (!text[0] && cells->n_formula && cells->type == CELL_NUMBER) {
		cells->formula[lt_text_cut(cells->formula, cells->n_formula, MOST_FORMULA - 1)] = '\0';
		text = cells->formula;
		cells->type = CELL_TEXT;
	}
	if (!text[0] || is_covered(cells))
		return;
	if (cells->type == CELL_SHARED && !(text = shared_string(cells))) {
		book_is_damaged(cells->book);
		return;
	}
	if (!text[0] || !go_to_cell(cells))
		return;
	if (cells->type == CELL_NUMBER)
		print_number(cells);
	else if (cells->type == CELL_TRUTH)
		put_field(cells->out, strcmp(text, "0") == 0 ? "FALSE" : "TRUE");
	else if (strlen(text) <= MOST_CELL_BYTES)
		put_field(cells->out, text);
	else
		refuse_text(cells);
}

static enum cell_type type_of(const struct attributes *attributes)
{
	static const struct {
		const char *name;
		enum cell_type type;
	} types[] = {
		{ "s", CELL_SHARED },       { "b", CELL_TRUTH }, { "str", CELL_TEXT },
		{ "inlineStr", CELL_TEXT }, { "e", CELL_TEXT },  { "d", CELL_TEXT },
	};
	char name[12];
	if (attribute_text(attributes, "t", name, sizeof(name)))
		for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
			if (strcmp(types[i].name, name) == 0)
				return types[i].type;
	return CELL_NUMBER;
}

static void begin_cell(struct cells *cells, const struct attributes *attributes)
{
	char place[24];
	unsigned row, column, style = 0;
	cells->in_cell = true;
	cells->n_formula = 0;
	cells->len = 0;
	cells->column++;
	if (attribute_text(attributes, "r", place, sizeof(place)) &&
	    parse_place(place, &row, &column))
		cells->column = column;
	attribute_number(attributes, "s", &style);
	cells->type = type_of(attributes);
	cells->style = style < cells->book->n_cell_styles
			       ? (enum cell_style)cells->book->cell_styles[style]
			       : STYLE_PLAIN;
}

static void add_text(struct cells *cells, const char *text, size_t len)
{
	if (len > MOST_CELL_BYTES || cells->len + len > MOST_CELL_BYTES) {
		refuse_text(cells);
		return;
	}
	if (cells->len + len >= cells->cap) {
		const size_t cap = 2 * (cells->len + len) + 64;
		char *grown = realloc(cells->text, cap);
		if (!grown) {
			lt_err_memory(cells->book->err);
			return;
		}
		cells->text = grown;
		cells->cap = cap;
	}
	memcpy(cells->text + cells->len, text, len);
	cells->len += len;
	cells->text[cells->len] = 0;
}

static void add_formula(struct cells *cells, const char *text, size_t len)
{
	const size_t room = sizeof(cells->formula) - cells->n_formula, n = len < room ? len : room;
	memcpy(cells->formula + cells->n_formula, text, n);
	cells->n_formula += n;
}

static void cells_begin(void *context, const char *name, const struct attributes *attributes)
{
	struct cells *cells = context;
	if (strcmp(name, "sheetData") == 0) {
		cells->in_data = true;
	} else if (strcmp(name, "row") == 0 && cells->in_data) {
		cells->in_row = true;
		cells->row++;
		cells->column = 0;
		attribute_number(attributes, "r", &cells->row);
		/* rows count from 1 */
		if (!cells->row)
			book_is_damaged(cells->book);
	} else if (strcmp(name, "c") == 0 && cells->in_row) {
		begin_cell(cells, attributes);
	} else if (strcmp(name, "is") == 0) {
		cells->in_string = cells->in_cell;
	} else if (strcmp(name, "rPh") == 0) {
		cells->in_reading_aid++;
	} else if (strcmp(name, "f") == 0 && cells->in_cell) {
		cells->in_formula = true;
		cells->n_formula = 0;
		add_formula(cells, "=", 1);
	} else if (strcmp(name, "v") == 0) {
		cells->in_value = cells->in_cell;
	} else if (strcmp(name, "t") == 0) {
		cells->in_value = cells->in_string && !cells->in_reading_aid;
	}
}

static void cells_end(void *context, const char *name)
{
	struct cells *cells = context;
	if (strcmp(name, "sheetData") == 0) {
		cells->in_data = cells->in_row = cells->in_cell = false;
	} else if (strcmp(name, "row") == 0) {
		cells->in_row = cells->in_cell = false;
	} else if (strcmp(name, "c") == 0) {
		if (cells->in_cell)
			print_cell(cells);
		cells->in_cell = cells->in_string = cells->in_value = false;
	} else if (strcmp(name, "is") == 0) {
		cells->in_string = false;
	} else if (strcmp(name, "rPh") == 0) {
		cells->in_reading_aid--;
	} else if (strcmp(name, "f") == 0) {
		cells->in_formula = false;
	} else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
		cells->in_value = false;
	}
}

static void cells_text(void *context, const char *text, size_t len)
{
	struct cells *cells = context;
	if (cells->in_value)
		add_text(cells, text, len);
	else if (cells->in_formula)
		add_formula(cells, text, len);
}

/* ---- the sheet ---- */

enum lt_status sheet_print(struct book *book, const struct sheet_part *sheet, struct rows_out *out)
{
	static const struct part_reader merges = { .begin = merges_begin };
	static const struct part_reader reader = { .begin = cells_begin,
						   .end = cells_end,
						   .text = cells_text };
	struct cells cells = { .book = book, .out = out, .at_row = 1 };
	char *title = lt_arena_printf(&book->arena, "#sheet %s", sheet->name);
	if (!title)
		return lt_err_memory(book->err);
	put_field(out, title);
	end_line(out);
	/* merged ranges stand behind the cells, so they are read first */
	enum lt_status status = part_read(book, sheet->path, &merges, &cells, false);
	if (!status)
		status = part_read(book, sheet->path, &reader, &cells, true);
	if (cells.at_column)
		end_line(out);
	if (!status)
		check_room(book, out);
	free(cells.covered);
	free(cells.text);
	return book->err->status;
}
