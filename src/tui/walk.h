/* walk - the parts of the screen that goes item by item; for walk_*.c and screen_walk.c alone. */
#ifndef LINGTAN_TUI_WALK_H
#define LINGTAN_TUI_WALK_H

#include "frame.h"
#include "list.h"
#include "screens.h"

enum walk_zone { ZONE_TREE, ZONE_ANSWER, ZONE_FINDING, ZONE_EVIDENCE, ZONE_WORDS, N_ZONES };

#define NUMBER_TYPED 48

struct walk_row {
	bool is_section;
	unsigned at; /* number in board->sections or board->items */
};

/* One way to answer, chosen by a digit or by arrows. */
struct walk_choice {
	const char *result; /* in the words of answers_set; NULL: asks for a reason first */
	const char *title;
	bool is_chosen, is_dim, is_veto;
};
#define MAX_CHOICES 16

/* A number that is typed: the points, or a quantity. */
struct walk_cell {
	bool is_points;
	unsigned quantity; /* number in detail.quantities */
	const char *draft; /* half typed at an earlier time and never saved, or NULL */
};
#define MAX_CELLS 12

struct walk {
	struct workbench *bench;
	struct lt_arena arena; /* of the choices */
	enum walk_zone zone;
	bool at_section;  /* the cursor stands on a section, all are folded */
	unsigned section; /* the section that is unfolded, at the top level */
	uint32_t item;
	struct walk_row *rows; /* owned; of the tree as it is unfolded */
	unsigned n_rows;
	struct list tree;
	char jump[24]; /* number typed in the tree */
	bool has_detail;
	struct board_detail detail;
	struct walk_choice choices[MAX_CHOICES];
	unsigned n_choices, choice; /* choice: where the cursor is */
	struct walk_cell cells[MAX_CELLS];
	unsigned n_cells, cell;
	bool is_typing;
	bool is_refused; /* as it stands it was not saved, or its reason was not given */
	char typed[NUMBER_TYPED];
	const char *typed_wrong; /* what is wrong with it, or NULL */
	unsigned long words_key; /* the last that was of words, as the workbench counts keys; 0 = none */
	struct list evidence;
	unsigned finding; /* where the cursor is among the item's */
	char pending[1024]; /* answer that waits for its reason */
};

/* ---- screen_walk.c ---- */
/* The walk where it lies on top, as after a popup of its closed; or NULL. */
struct walk *walk_on_top(struct workbench *bench);

/* ---- walk_tree.c ---- */
bool walk_fill_rows(struct walk *walk);
void walk_select(struct walk *walk, uint32_t item);
bool walk_tree_key(struct walk *walk, const struct event *event);
void walk_draw_tree(struct walk *walk, const struct canvas *canvas);
unsigned walk_top_section(const struct board *board, unsigned section);

/* ---- walk_answer.c ---- */
/* Detail, choices and cells of the item, with the drafts that were not saved. */
void walk_load(struct walk *walk);
/* To the first cell that has a draft; for when an item is gone to. */
void walk_go_to_draft(struct walk *walk);
bool walk_has_number(const struct walk *walk); /* what answers the item is typed as a number */
bool walk_answer_key(struct walk *walk, const struct event *event);
/* The draft that Enter takes up where the cursor is, or NULL. */
const char *walk_offered(const struct walk *walk);
/* Takes up what is offered, or drops it. */
bool walk_draft_key(struct walk *walk, const struct event *event);
/* Saves a number that is being typed; false: it is wrong, or waits for its reason, and stays. */
bool walk_leave_cell(struct walk *walk);
/* Throws away what is being typed where it is wrong or was refused, and says so; true: it was. */
bool walk_drop_wrong(struct walk *walk);
bool walk_save_number(struct walk *walk, const char *reason);
bool walk_set_because(struct walk *walk, const char *result, const char *reason);
const struct board_quantity *walk_cell_quantity(const struct walk *walk, unsigned cell);
void walk_number_draft(const struct walk *walk, char *field, size_t cap);

/* ---- walk_finding.c ---- */
bool walk_asks_finding(const struct walk *walk); /* there is one of the item, or it is not met */
bool walk_finding_key(struct walk *walk, const struct event *event);

/* ---- walk_item.c, walk_rows.c ---- */
void walk_draw_item(struct walk *walk, const struct canvas *canvas);

/* What is cut at which thrift, and beyond: first what is missed least. Never the number, the
 * title, the ways to answer, the own rung. */
enum walk_cut {
	CUT_HISTORY = 1,
	CUT_GAPS,
	CUT_CHECK_LINE, /* the second line of what is to be looked at, on narrow screens */
	CUT_CHECK,
	CUT_WORDS,
	CUT_EVIDENCE,
	CUT_ASK,
	CUT_RUNGS,
	CUT_TIERS,
	MOST_THRIFT = CUT_TIERS
};

/* Rows of one item, top down; with a canvas of no rows they only count. */
struct pen {
	struct walk *walk;
	const struct canvas *canvas;
	int row;
	int thrift;     /* 0 = everything ... what is cut as the window gets lower */
	int indent;     /* where values begin */
	bool is_narrow; /* below 100 columns */
};
int walk_draw_answer(struct pen *pen); /* verdict, tiers, points, checks */
void walk_draw_rungs(struct pen *pen);
void walk_draw_finding(struct pen *pen); /* with the gap behind it */
void walk_draw_evidence(struct pen *pen);
void walk_draw_words(struct pen *pen);
void walk_draw_history(struct pen *pen);
/* A change of the journal in a few words. */
void walk_event_text(const struct workbench *bench, const struct board_event *event, char *out,
		     size_t cap);
void pen_label(struct pen *pen, const char *zh, const char *en);
/* Wrapped text at the indent, at most so many lines; at least one row is used. */
void pen_text(struct pen *pen, enum ink ink, const char *text, int most);
void pen_draft(struct pen *pen, unsigned cell);
void pen_gap(struct pen *pen, int thrift); /* an empty row, while thrift is below */

void walk_draw_side(struct walk *walk, const struct canvas *canvas); /* third pane */

#endif
