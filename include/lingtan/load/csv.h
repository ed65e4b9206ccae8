/*
 * csv - reads comma-separated text as RFC 4180 says it, one row at a time, with the place of every
 * cell.
 *
 * Quotes enclose a cell that holds commas, line ends or quotes, and a quote inside is written
 * twice; rows end with LF or CRLF. Nothing lenient: a quote anywhere else, text after a closing
 * quote or a quote that is never closed is a finding, and nothing after it is read. The text is
 * UTF-8, with or without a byte order mark, or GBK as office suites in China save it.
 *
 * Life cycle: open, next until it says no; everything lives in the arena given to csv_open.
 */
#ifndef LINGTAN_LOAD_CSV_H
#define LINGTAN_LOAD_CSV_H

#include "lingtan/load/yaml.h"

#define CSV_MAX_BYTES ((size_t)16 << 20)
#define CSV_MAX_ROWS 100000u
#define CSV_MAX_COLUMNS 200u
#define CSV_MAX_ROW_BYTES ((size_t)1 << 20)

struct csv_cell {
	const char *text; /* without its quotes, NUL-terminated; borrowed until the next row */
	size_t len;
	unsigned line, column; /* of its first character in the file, from 1 */
};

struct csv {
	struct csv_cell *cells; /* of the row at hand */
	unsigned n_cells;
	unsigned n_rows; /* read so far, this one included; an empty line is a row too */

	/* the reader's own */
	const char *text;
	size_t len, at;
	unsigned line, column; /* of text[at] */
	char *bytes;           /* of the row at hand */
	size_t n_bytes, cap_bytes;
	unsigned cap_cells;
	bool stopped;
	struct lt_arena *arena;
	struct lt_findings *findings;
};

/**
 * csv_open - sees to size and encoding; text that is GBK is converted. The source is borrowed until
 * the last row. Text that cannot be read is a finding with line and column, and has no rows.
 * Errors: LT_ESPACE.
 */
enum lt_status csv_open(struct csv *csv, const struct yaml_source *source, struct lt_arena *arena,
			struct lt_findings *findings, struct lt_err *err);

/* Reads a row; false at the end, after a finding, and when memory ran out (findings say so). */
bool csv_next(struct csv *csv);

#endif
