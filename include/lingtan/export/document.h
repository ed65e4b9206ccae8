/*
 * document - a report as people read it, before it is a page, a Word file or a PDF: a cover, then
 * blocks in order. Built once from the report's JSON (report.h of app), drawn by three writers, so
 * that the three say the same.
 *
 * Texts are plain: whoever writes them escapes them. Everything is owned by the arena given.
 */
#ifndef LINGTAN_EXPORT_DOCUMENT_H
#define LINGTAN_EXPORT_DOCUMENT_H

#include "lingtan/export/input.h"

enum block_kind {
	BLOCK_HEADING,   /* text, level 1 to 3 */
	BLOCK_PARAGRAPH, /* text */
	BLOCK_NOTE,      /* text, smaller: where a table's figures come from */
	BLOCK_STUB,      /* text: what a person still has to write here */
	BLOCK_FIELDS,    /* table of two columns: what it is, what it says */
	BLOCK_TABLE,
	BLOCK_CHART,
	BLOCK_VERDICT,   /* the conclusion in large letters: text, verdict */
	BLOCK_TREE,      /* lines of an explanation */
	BLOCK_BREAK,     /* a new page */
};

enum tone { TONE_PLAIN, TONE_GOOD, TONE_BAD, TONE_WARN, TONE_MUTED };

struct cell {
	const char *text;
	enum tone tone;
};

enum row_kind {
	ROW_PLAIN,
	ROW_GROUP, /* its first cell goes across: a title over the rows that follow */
	ROW_TOTAL,
};

struct row {
	enum row_kind kind;
	struct cell *cells; /* [table->n_columns] */
};

/* How many columns a cell goes across: all of them in a group's row, the empty ones behind the title
 * of a total. */
unsigned row_span(const struct row *row, unsigned n_columns, unsigned at);

struct column {
	const char *title;
	unsigned share; /* of the width; the sum is whatever it is */
	bool is_number; /* to the right */
};

struct table {
	const char *caption; /* NULL = none */
	struct column *columns;
	struct row *rows;
	unsigned n_columns, n_rows, cap_rows;
};

enum chart_kind { CHART_BARS, CHART_RADAR, CHART_BALANCE };

/* An amount with what it could be at most; parts of a whole. */
struct bar {
	const char *label;
	double amount, possible, full; /* for drawing alone: what is printed is text */
	const char *text;
	bool is_subtracted; /* CHART_BALANCE: what is taken off */
};

struct chart {
	enum chart_kind kind;
	const char *title;
	struct bar *bars;
	unsigned n_bars; /* that a page has room for */
	double most;     /* CHART_BALANCE: amount of the longest bar of the whole */
};

/* The figure that leads, and what it comes to. */
struct verdict {
	const char *figure, *unit, *full, *figure_title;
	const char *grade; /* in words */
	enum tone tone;
	const char *because; /* why not more, or NULL */
};

struct tree_line {
	unsigned depth;
	const char *title, *value, *formula, *cite; /* "" where there is none */
	const char *origin; /* where it is not from a document; "" = sourced */
};

struct tree {
	struct tree_line *lines;
	unsigned n_lines, cap_lines;
};

struct block {
	enum block_kind kind;
	unsigned level;
	const char *text;
	const char *anchor; /* of a heading: unique, ASCII */
	struct table *table;
	struct chart *chart;
	struct verdict *verdict;
	struct tree *tree;
	struct block *next;
};

struct document {
	enum lt_lang lang;
	const char *title, *park, *code, *date, *version;
	struct cell (*cover)[2]; /* rows of the cover: what it is, what it says */
	unsigned n_cover;
	const char *mark;        /* across the page: 样张, 草稿; NULL = none */
	const char *mark_reason; /* in words */
	const char *footer;      /* at the foot of each page */
	struct block *first, *last;
};

/* Errors: LT_ESPACE. */
enum lt_status document_build(const struct render_input *input, struct lt_arena *arena,
			      struct document **out, struct lt_err *err);

#endif
