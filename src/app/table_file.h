/*
 * table_file - a table as people keep it, CSV or a workbook: rows of cells, and a heading whose
 * words name the columns. For what has no shape of its own: factors, ledgers of tenants.
 */
#ifndef LINGTAN_APP_TABLE_FILE_H
#define LINGTAN_APP_TABLE_FILE_H

#include "lingtan/app/session.h"

#define TABLE_MAX_COLUMNS 64

/* What a column may be called: words parted by blanks, in any case, without what stands in brackets. */
struct table_column {
	const char *id, *words;
};

struct cell_row {
	unsigned line;                         /* in the file; of a workbook, in its sheet */
	const char *sheet;                     /* of a workbook, or "" */
	/* "2025" of the titles above the heading and the sheet's name, or "": none, or years_differ */
	const char *year;
	bool years_differ;
	const char *cells[TABLE_MAX_COLUMNS];  /* by column of the list that was given; "" = empty */
};

struct table_file {
	struct cell_row *rows;
	unsigned n_rows;
	/* "#key value" rows before the heading */
	const char *keys[16], *values[16];
	unsigned n_keys;
	bool lacks_heading; /* that is why it was refused */
};

/**
 * table_file_read - the rows under the first heading that has every needed column (ids parted by
 * blanks); a later heading of the same kind begins a table anew, so that each sheet of a workbook may
 * have its own. A column that no word names is left alone, with a warning. watched: of a workbook,
 * whose watcher can stop it; NULL = nobody. Errors: LT_EFILE, LT_ESPACE, LT_EDATA (cancelled).
 */
enum lt_status table_file_read(const char *path, struct project *watched,
			       const struct table_column *columns, unsigned n_columns,
			       const char *needed, struct lt_arena *arena,
			       struct lt_findings *findings, struct table_file *out,
			       struct lt_err *err);

/* The same of text that was pasted, its cells parted by tabs. */
enum lt_status table_text_read(const char *text, const struct table_column *columns,
			       unsigned n_columns, struct lt_arena *arena, struct table_file *out,
			       bool *has_heading, struct lt_err *err);

/* Value of a "#key" row; NULL where there is none. */
const char *table_file_value(const struct table_file *file, const char *key);

#endif
