/*
 * load/paper - templates/<id>.yaml whose first key is `paper`: a printed form that people write on
 * and sign. It says the size of the sheet and which blocks stand on it in order; what the project
 * knows is printed into them, what it does not know stays open to be written by hand.
 *
 * A value is named SET.FIELD. A set is a form of forms/ (its rows, its fields) or one of those that
 * the program gathers; app/paper.h knows them all and holds a template against them.
 */
#ifndef LINGTAN_LOAD_PAPER_H
#define LINGTAN_LOAD_PAPER_H

#include "lingtan/core/ruleset.h"
#include "lingtan/load/yaml.h"

#define PAPER_MAX_BLOCKS 60
#define PAPER_MAX_COLUMNS 12

enum paper_size { PAPER_A4, PAPER_A4_LANDSCAPE, PAPER_A5, N_PAPER_SIZES };

extern const char *const paper_size_names[]; /* a4, a4_landscape, a5; NULL ends the list */

enum paper_block_kind {
	PAPER_HEADING, /* text */
	PAPER_TEXT,    /* text with {SET.FIELD} in it */
	PAPER_FIELDS,  /* pairs of title and value, `across` of them beside each other */
	PAPER_BOX,     /* one value with room for lines of writing: id, title, lines */
	PAPER_CHOICE,  /* boxes to tick: id of a choice with its own words, or `choices` */
	PAPER_TABLE,   /* a row of `columns` for each row of the set, or for each of `entries` */
	PAPER_SIGN,    /* where people sign: a cell for each field */
	PAPER_GAP,     /* some room between blocks */
	PAPER_BREAK,   /* a new page */
};

/* A field of PAPER_FIELDS or PAPER_SIGN, or a column of PAPER_TABLE. */
struct paper_field {
	const char *id;  /* SET.FIELD; in a column also `n` (running number) and `entry`; NULL = to be
			    written by hand */
	struct label title;
	const char *share; /* of the breadth; NULL = 1 */
	const char *lines; /* room for so many lines; NULL = 1 */
	unsigned wide;     /* PAPER_FIELDS: takes the whole row */
	unsigned tick;     /* PAPER_TABLE: a box to tick */
	unsigned number;   /* PAPER_TABLE: to the right */
	unsigned if_any;   /* PAPER_TABLE: no column where no row says anything */
};

struct paper_block {
	enum paper_block_kind kind;
	struct label title, text;
	const char *id;
	const char *rows;        /* PAPER_TABLE: set */
	const char *match, *to;  /* only rows whose field `match` is the value named `to` */
	const char *among;       /* only rows whose field `match` is one of these ids */
	const char *sort;        /* fields of the set with commas between, the first the weightiest */
	unsigned if_any;         /* PAPER_TABLE: nothing at all where it has no row */
	unsigned fill;           /* PAPER_BOX: down to the end of its page */
	const char *across;      /* PAPER_FIELDS: pairs in a row; NULL = 2 */
	const char *lines;       /* PAPER_BOX; room in each row of PAPER_TABLE; NULL = 1 */
	const char *blank;       /* PAPER_TABLE: so many empty rows after the others */
	struct paper_field *fields;
	unsigned n_fields;
	struct term *choices;
	unsigned n_choices;
	struct label *entries;   /* PAPER_TABLE: rows that the template itself brings */
	unsigned n_entries;
};

struct paper_template {
	const char *id;
	struct label title, help;
	enum paper_size size;
	const char *order; /* in which lists show them: that of the work; NULL = last */
	const char *each; /* a set: a sheet for each of its rows; NULL = one */
	const char *sort; /* fields of `each`, as in a table; NULL = as they were gathered */
	unsigned one_page; /* each sheet is one page: type is made smaller until it is */
	const char *needs; /* SET.FIELD without which a sheet of `each` is not printed; NULL = all are */
	const char *number; /* SET.FIELD at the upper right of the sheet; NULL = none */
	struct paper_block *blocks;
	unsigned n_blocks;
};

/* Structure and shape; names are app/paper.h's to check, which needs the positions. Owned by the
 * arena. Errors: LT_EFILE (findings say why), LT_ESPACE. */
enum lt_status paper_template_load(const struct yaml_source *source, struct lt_arena *arena,
				   struct yaml_positions *positions, struct lt_findings *findings,
				   struct paper_template **out, struct lt_err *err);

#endif
