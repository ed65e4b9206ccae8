/* inventory - what the parts of the inventory's screen share: its rows, its cells, what is drawn. */
#ifndef LINGTAN_TUI_INVENTORY_H
#define LINGTAN_TUI_INVENTORY_H

#include "edit.h"
#include "figure.h"
#include "lingtan/app/accounts.h"
#include "lingtan/app/inventory.h"
#include "screens.h"

enum cell_column {
	CELL_SCOPE,
	CELL_SYSTEM,
	CELL_SOURCE,
	CELL_AMOUNT,
	CELL_UNIT,
	CELL_FACTOR,
	CELL_CITE,
	CELL_M01,
	CELL_M12 = CELL_M01 + LEDGER_MONTHS - 1,
	N_CELLS
};

static inline bool is_month_cell(enum cell_column cell)
{
	return cell >= CELL_M01 && cell <= CELL_M12;
}

enum row_filter { FILTER_ALL, FILTER_OPEN, FILTER_UNSTATED, FILTER_OLD, FILTER_CLAIMED, N_FILTERS };
enum row_sort { SORT_ORDER, SORT_TONNES, SORT_SYSTEM, SORT_PLACE, N_SORTS };

enum item_sort { ITEM_LINE, ITEM_EMISSION, ITEM_BLANK, ITEM_NET };

/* A row of the grid as it is drawn. */
struct grid_item {
	enum item_sort sort;
	unsigned row;    /* of the ledger */
	unsigned number; /* as people count, from 1 */
	struct lt_decimal sum; /* of all above and this one */
};

#define MOST_CHOICES 200
#define MOST_TIED 8

/* What a cell may hold, as the popup offers it; values NULL: a deed. */
struct cell_choices {
	struct menu_row rows[MOST_CHOICES];
	const char *values[MOST_CHOICES];
	unsigned n;
	enum cell_column cell; /* whose; that of the factor may have no column */
};

enum inventory_zone { ZONE_GRID, ZONE_TOP };

struct inventory_screen {
	struct inventory inventory;
	bool is_open;
	char head[LT_SHA256_HEX]; /* that the inventory was read at */
	char year[8];
	const char **years; /* in the inventory's arena, as factors, province and evidence */
	unsigned n_years;
	struct factor_list factors;
	const char *province;
	struct inventory_evidence *evidence;
	unsigned n_evidence;
	struct accounts accounts; /* of all standards of the park, once nobody types */
	char accounts_head[LT_SHA256_HEX], accounts_year[8];
	struct lt_arena rows, frame; /* of the items; of what one drawing makes */
	struct grid_item *items;
	unsigned n_items, cap_items;
	unsigned n_lines;
	unsigned at;    /* item with the cursor: a line, where there is one */
	unsigned first; /* item that is drawn first */
	enum cell_column cell;
	bool is_by_month; /* the twelve months in the place of factor and tonnes */
	enum inventory_zone zone;
	unsigned top_at; /* years, then filter, sort, months, registers */
	enum row_filter filter;
	enum row_sort sort;

	bool is_editing, is_wrong;
	struct edit edit;
	struct ledger_line saved, wanted; /* the row as it counts without what is typed, and with it */
	char why[320];

	/* what waits for a reason */
	struct ledger_line *waiting;
	unsigned n_waiting, waiting_at;
	struct cell_choices choices;
	char path[4096];
	char tied[LT_SHA256_HEX]; /* what waits for its place in the document */
	unsigned tied_at[MOST_TIED], n_tied; /* pieces of evidence of the line, as offered */
	char go_id[80]; /* where the cursor goes after the next reading */
};

static inline struct inventory_screen *inventory_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- rows (inventory_rows.c) ---- */

/* Reads the project; keeps the cursor on its line. */
void inventory_load(struct screen *screen);
/* Items anew, after a change of year, filter, sort or lines. */
void inventory_arrange(struct screen *screen);
/* The sums beside the rows, after one of them moved. */
void inventory_sums(struct inventory_screen *view);
/* The emission of the year, or the net, as it stands in the grid; "-" where no line makes any. */
const char *inventory_total(const struct inventory_screen *view, bool is_net,
			    char buf[FIGURE_TEXT]);
/* Row of the ledger under the cursor; false where there is none. */
bool inventory_row(const struct inventory_screen *view, unsigned *row);
void inventory_move(struct inventory_screen *view, int lines);
extern const struct label row_filters[N_FILTERS];
extern const struct label row_sorts[N_SORTS];
extern const struct label ledger_system_titles[N_LEDGER_SYSTEMS + 1];
extern const struct label ledger_kind_titles[N_LEDGER_KINDS];

/* ---- cells (inventory_cells.c) ---- */

bool inventory_may_edit(struct screen *screen);
/* Opens the cell: with what stands in it, or empty for what is typed. */
void cell_open(struct screen *screen, bool is_empty);
/* After a key: the totals follow what is typed. */
void cell_follow(struct screen *screen);
/* Takes what is typed; false: it cannot be, and stays. */
bool cell_close(struct screen *screen);
void cell_leave(struct screen *screen); /* without what is typed */
/* Sets the cell to a text at once: chosen, cleared, copied. */
bool cell_put(struct screen *screen, const char *text);
bool cells_paste(struct screen *screen, const char *text, size_t len);
void cells_copy_down(struct screen *screen);
void row_insert(struct screen *screen);
void row_remove(struct screen *screen);
/* What the cell may hold, and deeds on its line, as a popup (inventory_choose.c). */
void cell_choose(struct screen *screen);
/* What a line is called: its name, else its source; "" = neither yet. */
static inline const char *line_title(const struct ledger_line *line)
{
	return line->name[0] ? line->name : line->source;
}

/* ---- the same line under other standards (inventory_beside.c) ---- */

/* Scores the standards of the park where that is not done yet; takes as long as scoring them. */
void beside_load(struct screen *screen);
void beside_release(struct inventory_screen *view);
/* What they make of a line, where it is not what the ledger says; false: there is nothing to tell. */
bool beside_draw(struct screen *screen, const struct canvas *canvas, int row, int col,
		 unsigned ledger_row, int cols);

/* The quantity of the standard assessed that a line enters, as a slot of its plan; NO_SLOT: none, or
 * not known. */
uint32_t beside_slot(struct screen *screen, const char *id);

/* ---- evidence (inventory_ties.c) ---- */

/* A file of the project, or one from elsewhere, for the line with the cursor. */
void evidence_choose(struct screen *screen);

/* ---- drawing (inventory_draw.c, inventory_detail.c) ---- */

bool cell_is_shown(const struct screen *screen, enum cell_column cell);
/* The cell beside it as they stand on the screen, by the way (1, -1); N_CELLS: none. cell N_CELLS:
 * the first, or with way -1 the last. */
enum cell_column cell_beside(const struct screen *screen, enum cell_column cell, int way);
void inventory_draw(struct screen *screen, const struct canvas *canvas);
void inventory_detail(struct screen *screen, const struct canvas *canvas);
int inventory_detail_rows(int rows); /* of so many below the header */
void inventory_header(struct screen *screen, const struct canvas *row);
void inventory_score_line(struct screen *screen, const struct canvas *row);

/* The same with a column for each month (inventory_months.c). */
void months_toggle(struct screen *screen);
void months_headings(const struct screen *screen, const struct canvas *canvas, int row);
void months_line(struct screen *screen, const struct canvas *canvas, int row, unsigned item);
void months_total(const struct screen *screen, const struct canvas *canvas, int row,
		  const struct grid_item *item);
void months_place(const struct screen *screen, int cols, enum cell_column cell, int *col, int *width);
/* What the months come to beside the year's amount. */
void months_check(struct screen *screen, const struct canvas *canvas, int row, int cols);
/* The first month that a line lacks, where it has others; N_CELLS: none. */
enum cell_column months_missing(const struct ledger_line *line);

/* What a verifier finds wrong with a year, each to be gone to (screen_checks.c). */
void checks_open(struct workbench *bench, const char *year);
/* What each standard of the park makes of a year, and why they differ (screen_accounts.c). */
void accounts_open_screen(struct workbench *bench, const char *year);
/* What was declared beside what was verified (screen_conclusion.c). */
void conclusion_open(struct workbench *bench, const char *year);
/* On a line of a year; id "" = on the first one. */
void inventory_open_at(struct workbench *bench, const char *year, const char *id);
/* On a line, whatever its year, in the inventory on top, unless something is typed there. */
void inventory_show(struct workbench *bench, const char *id);

/* Sources and sinks of a year by size (screen_ranking.c). */
void ranking_open(struct workbench *bench, const char *year);

/* Where a factor comes from, in a few words; *ink warns of a default or own one. */
const char *factor_words(struct screen *screen, const struct ledger_row *row, enum ink *ink);

#endif
