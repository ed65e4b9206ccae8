/* What a workbook costs with libxlsxwriter alone: the cells of a file, a line each, in the formats and widths of
 * a sheet that people fill in. For tests/bench/bench_export.py, which writes the lines. Fields end with a tab:
 *   S name | W column width | T row column style text | N row column style number
 *   B row column style | F row column style number formula | G row column style text formula
 * A vertical tab stands for a new line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#define FIELDS 6
#define STYLES 10
#define FILL_COLOUR 0xE3F1EA

struct out {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *formats[STYLES];
};

static void add_formats(struct out *out)
{
	for (int i = 0; i < STYLES; i++) {
		lxw_format *format = out->formats[i] = workbook_add_format(out->book);
		format_set_font_name(format, "Microsoft YaHei");
		format_set_font_size(format, 10 + i % 2);
		format_set_text_wrap(format);
		format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
		if (i < 2)
			continue;
		format_set_border(format, LXW_BORDER_THIN);
		format_set_pattern(format, LXW_PATTERN_SOLID);
		format_set_fg_color(format, FILL_COLOUR + (lxw_color_t)i);
	}
}

/* The fields of a line; empty ones where it has fewer. */
static void split(char *line, char *fields[FIELDS])
{
	line[strcspn(line, "\n")] = '\0';
	for (char *c = line; (c = strchr(c, '\v'));)
		*c = '\n';
	for (int i = 0; i < FIELDS; i++) {
		fields[i] = line;
		line += strcspn(line, "\t");
		if (*line)
			*line++ = '\0';
	}
}

static lxw_error put(struct out *out, char *fields[FIELDS])
{
	const lxw_row_t row = (lxw_row_t)strtoul(fields[1], NULL, 10);
	const lxw_col_t column = (lxw_col_t)strtoul(fields[2], NULL, 10);
	lxw_format *format = out->formats[strtoul(fields[3], NULL, 10) % STYLES];
	const char *value = fields[4];
	switch (*fields[0]) {
	case 'S':
		out->sheet = workbook_add_worksheet(out->book, fields[1]);
		return out->sheet ? LXW_NO_ERROR : LXW_ERROR_MEMORY_MALLOC_FAILED;
	case 'W':
		return worksheet_set_column(out->sheet, (lxw_col_t)row, (lxw_col_t)row, column, NULL);
	case 'T':
		return worksheet_write_string(out->sheet, row, column, value, format);
	case 'N':
		return worksheet_write_number(out->sheet, row, column, strtod(value, NULL), format);
	case 'F':
		return worksheet_write_formula_num(out->sheet, row, column, fields[5], format,
						   strtod(value, NULL));
	case 'G':
		return worksheet_write_formula_str(out->sheet, row, column, fields[5], format, value);
	default:
		return worksheet_write_blank(out->sheet, row, column, format);
	}
}

int main(int argc, char **argv)
{
	FILE *cells = argc > 2 ? fopen(argv[1], "r") : NULL;
	if (!cells)
		return 2;
	struct out out = { .book = workbook_new(argv[2]) };
	add_formats(&out);
	char *line = NULL, *fields[FIELDS];
	size_t cap = 0;
	lxw_error error = LXW_NO_ERROR;
	while (!error && getline(&line, &cap, cells) > 0) {
		split(line, fields);
		error = put(&out, fields);
	}
	free(line);
	fclose(cells);
	const lxw_error closed = workbook_close(out.book);
	if (error || closed)
		fprintf(stderr, "%s\n", lxw_strerror(error ? error : closed));
	return error || closed;
}
