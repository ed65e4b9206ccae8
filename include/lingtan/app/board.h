/*
 * board - everything that screens show of one assessment, as the project file has it at its head:
 * the four rungs side by side, the figure that leads, the tree of sections and items, what is left
 * to do, and on demand all that is known of one item.
 *
 * On demand: an item in detail (board_detail), who wrote (board_people), on which weak numbers a
 * result rests (board_basis), two rungs by effect (board_compare), the way to a grade and what each
 * item could bring (board_gap, board_gains), suppositions (board_suppose), where a number comes
 * from (board_explain) and goes to (board_used_by, board_elsewhere), finding items (board_find).
 *
 * All of it follows from the ruleset's plan; nothing here knows a standard. It is read from one
 * state of the file. Nothing here changes the project: commands do (session.h), then
 * board_reload().
 *
 * Life cycle: board_open(), reads, board_reload() after each commit (its own or another program's),
 * board_close() in any case. What is reached from the board is owned by it: what a ruleset or a
 * plan holds lives until board_close() or a reload that tells of `replanned`; all else until the
 * next reload. Slots of items are stable: the number of the item in the ruleset.
 *
 * Memory: bounded by what the file holds, however often it is reloaded.
 */
#ifndef LINGTAN_APP_BOARD_H
#define LINGTAN_APP_BOARD_H

#include "lingtan/app/basis.h"
#include "lingtan/app/rung.h"
#include "lingtan/app/session.h"
#include "lingtan/app/summary.h"
#include "lingtan/core/gap.h"

/* ---- figures and grades ---- */

enum board_figure_kind {
	FIGURE_NONE,   /* the plan has no number that could lead */
	FIGURE_TOTAL,  /* a published total */
	FIGURE_NET,    /* the net balance */
	FIGURE_GRADED, /* the amount that the first grade compares */
};

/* A line that the figure must reach for a grade: the pass mark, the limit. */
struct board_line {
	const char *grade;  /* id of the grade that demands it */
	uint32_t condition; /* slot of the compare node */
	uint32_t amount;    /* slot that is compared: the figure itself, or one like it */
	uint32_t limit;     /* slot of the limit: a parameter, a number, a node */
	enum compare_is is; /* amount IS limit */
};

/* What leads: the same on every rung. */
struct board_headline {
	enum board_figure_kind kind;
	uint32_t slot; /* NO_SLOT for FIGURE_NONE */
	const struct label *title;
	const char *unit;         /* NULL = points */
	bool has_full;            /* there is a greatest value, as of points */
	struct lt_decimal full;   /* what it is if everything is met */
	struct board_line *lines; /* in the order of the grades; often one, or none */
	unsigned n_lines;
};

struct board_grade {
	const struct plan_node *ladder; /* NULL = the ruleset has no grades */
	struct grade_view view;
	const struct label *title;    /* of the certain grade, of what its miss is called, or NULL:
					 below the first, or not settled yet */
	const struct label *possible; /* of the highest that can still be reached, or NULL */
	bool is_withheld; /* a control, or another item that must hold, fails: whatever the figure
			     is, there is no grade */
	const uint32_t *withheld_by; /* slots: first items, then amounts, because of which the next
					grade is not reached */
	unsigned n_withheld_by;
};

/* ---- items ---- */

enum board_state {
	STATE_OPEN,      /* not answered */
	STATE_DONE,      /* answered, with what it needs */
	STATE_UNPROVEN,  /* an award without evidence, or with a vague place only, and no reason */
	STATE_FAILED,    /* a control that is not met: no grade */
	STATE_SENT_BACK, /* sent back in the round that stands returned, and what was said of it is
			    not settled */
	STATE_NA,        /* answered: not applicable */
	STATE_OUTSIDE,   /* does not apply to this park type, stage or place; nothing to do */
	N_BOARD_STATES
};

/* An item, the same on every rung. */
struct board_item {
	const struct plan_item *plan; /* its tiers, points and line are those of the profile */
	uint32_t slot;                /* also its number in board->items */
	unsigned section;             /* number in board->sections */
	bool is_outside;              /* as STATE_OUTSIDE */
	bool is_veto;                 /* a control: it must hold for any grade */
	bool is_scored;               /* has points (else it is a truth) */
	unsigned n_ties;              /* pieces of evidence tied to it */
	unsigned n_close;             /* those whose place is not vague */
	unsigned n_slots;             /* kinds of evidence that are asked for in this stage */
	const char *owner;            /* who owes it, or NULL; due: date, or NULL */
	const char *due;
	unsigned n_findings; /* that were not withdrawn */
};

/* The same item on one rung. */
struct board_mark {
	enum board_state state;
	bool is_answered;                /* by an answer, or by the quantity that measures it */
	struct value value;              /* points or truth; n/a */
	const char *refused[LT_N_LANGS]; /* why the file's answer is not accepted by the ruleset (a
					    changed profile); it counts as open. NULL = fine */
};

/* ---- sections ---- */

struct board_count {
	unsigned items;    /* that apply, n/a ones included */
	unsigned answered; /* n/a ones included */
	unsigned na;
};

/* A section, the same on every rung. */
struct board_section {
	const struct section *decl;
	unsigned depth;    /* 0 = top level */
	unsigned parent;   /* number in board->sections; itself at the top level */
	unsigned n_items;  /* in it and below, that apply */
	bool is_evaluated; /* false: this park type and stage has no weight for it */
	uint32_t slot;     /* node that sums its points; NO_SLOT = none does */
	bool has_weight;
	struct lt_decimal weight;
	struct lt_decimal maximum;  /* points of its items that apply; 0 = it is not scored */
	struct lt_decimal weighted; /* the same by its weight: what it can add to the total */
};

/* The same section on one rung; counts go down to the sections below it. */
struct board_tally {
	struct board_count must;       /* all but innovation items */
	struct board_count innovation; /* items that only add */
	unsigned controls, controls_met, controls_failed, controls_open;
	unsigned unproven, sent_back;
	struct value points;        /* got; of a section without a node: the sum of its items */
	struct value weighted;      /* what it adds to the total */
	struct lt_decimal rate_got; /* percent of the maximum, 0 where it has none */
	struct lt_decimal rate_possible;
};

/* Rows of the tree, in the order of the ruleset: each section, then its items, then the sections
 * below it. Sections without an item that applies are left out. */
struct board_row {
	bool is_section;
	unsigned at;    /* number in board->sections or board->items */
	unsigned depth; /* of items: one more than their section */
};

/* ---- rungs ---- */

enum board_round {
	ROUND_NONE,      /* nothing was answered */
	ROUND_WORKING,   /* answers, never submitted */
	ROUND_SUBMITTED, /* `round` stands submitted */
	ROUND_RETURNED,  /* `round` was sent back or reopened */
};

struct board_rung {
	bool has_answers; /* false: nothing was computed, but for the own rung */
	bool is_computed;
	unsigned n_refused; /* answers or figures of the file that the ruleset does not accept */
	const struct answers *answers; /* NULL where nothing was computed, and all below is 0 */
	const struct result *result;
	struct value figure; /* of the headline */
	struct board_grade grade;
	struct control_count controls;
	struct board_count by_kind[N_ITEM_KINDS];
	struct board_count must; /* all but innovation items */
	unsigned by_state[N_BOARD_STATES];
	const struct board_tally *sections; /* [board->n_sections] */
	const struct board_mark *items;     /* [board->n_items] */
	enum board_round round_state;
	unsigned round; /* number of the last one; 0 = none */
};

/* ---- what is left to do ---- */

/* In the order in which it is to be done. */
enum todo_kind {
	TODO_FAILED,    /* a control that is not met */
	TODO_CONTROL,   /* a control that is open */
	TODO_OPEN,      /* another item that is open; also a refused answer */
	TODO_UNPROVEN,  /* evidence missing */
	TODO_SENT_BACK, /* sent back by the reviewer */
	TODO_OWED,      /* a request: asked for and not received */
	N_TODO_KINDS
};

struct todo {
	enum todo_kind kind;
	uint32_t item;         /* slot; NO_SLOT for a request */
	const char *title;     /* of a request, as it was typed; else NULL */
	const char *who, *due; /* or NULL */
};

/* ---- balance, parts of the total ---- */

struct board_amount {
	uint32_t slot;
	bool is_subtracted;
	const struct label *title;
	struct value value; /* on the own rung */
};

/* What the net came to in a year for which all that it is made of is there. */
struct board_year {
	const char *year;
	struct lt_decimal net;
};

struct board_balance {
	bool has_balance;
	struct board_amount *terms; /* emissions, then what is taken off them */
	unsigned n_terms;
	struct value net;
	const char *unit;
	struct board_year *years; /* in their order, the last ones; none where there is one year */
	unsigned n_years;
};

/* What a total is made of beside its sections: base points. */
struct board_part {
	uint32_t slot;
	const struct label *title;
	struct lt_decimal maximum; /* of what it can add */
};

/* ---- the whole ---- */

struct board_private;

struct board {
	struct session *session; /* borrowed */
	const struct assessment_ref *ref;
	const char *park; /* its name as typed; "" = not said */
	const struct ruleset *ruleset;
	const struct profile *profile; /* NULL = the ruleset's own numbers */
	const struct plan *plan;
	const char *edition_unknown; /* digest of a ruleset that is no known edition, or NULL */
	const struct term *park_type, *stage, *place; /* NULL where the ruleset has none */
	enum rung own;
	struct board_headline headline;
	struct board_item *items;       /* [n_items], in the order of the ruleset */
	struct board_section *sections; /* [n_sections], in the order of the tree */
	struct board_row *rows;
	struct board_part *parts;
	uint32_t *outcomes; /* slots of the published nodes, in the order of the plan */
	unsigned n_items, n_sections, n_rows, n_parts, n_outcomes;
	struct board_rung rungs[N_RUNGS];
	struct todo *todo; /* of the own rung */
	unsigned n_todo, n_todo_of[N_TODO_KINDS];
	struct board_balance balance; /* of the own rung */
	bool has_radar;               /* three or more sections at the top level have points */
	const char *head;             /* the entry that this is the state of */
	bool replanned;               /* the last reload had to make plan, tree and headline anew */
	struct board_private *private;
};

/**
 * board_open - reads an assessment and computes its rungs. `own` decides what sections' marks,
 * to-do list and balance speak of; its figures are computed even where it has no answer yet. Owns:
 * borrows session and ref (which must live as long). *out is owned by the caller. Errors: LT_EFILE
 * (the file, its ruleset or profile cannot be read: findings), LT_EDATA (the ruleset has no such
 * type or stage), LT_ESPACE. *out is NULL then.
 */
enum lt_status board_open(struct session *session, const struct assessment_ref *ref, enum rung own,
			  struct lt_findings *findings, struct board **out, struct lt_err *err);

/**
 * board_reload - the same for the file as it is now. Cheap: it reads the entries since and the rows
 * that they touched, and computes only the rungs that these concern. On an error the board stays as
 * it was, and the next reload reads everything.
 */
enum lt_status board_reload(struct board *board, struct lt_findings *findings, struct lt_err *err);

/* Another rung; the board is as after a reload. Errors: as board_reload(). */
enum lt_status board_look_from(struct board *board, enum rung own, struct lt_err *err);

void board_close(struct board *board); /* NULL is fine */

/* ---- finding one's way ---- */

/* Title of any slot; its texts are empty for a bare number. */
const struct label *board_title(const struct plan *plan, uint32_t slot);

/* NO_SLOT where there is none. */
uint32_t board_find_item(const struct board *board, const char *id);

enum todo_order {
	BY_PLACE,   /* down the tree, from the top again after the end */
	BY_URGENCY, /* down the to-do list */
};

/* The next thing to do after an item (NO_SLOT: the first); NULL where nothing is left. Comes round
 * to the item itself last. */
const struct todo *board_next(const struct board *board, uint32_t after, enum todo_order order);

/* Own marks of an item, and of a section. */
const struct board_mark *board_mark(const struct board *board, uint32_t item);
const struct board_tally *board_tally(const struct board *board, unsigned section);

/* ---- all that is known of one item ---- */

/* Who set a value last, as the journal has it; by NULL = not known. */
struct board_writer {
	const char *by, *role, *at; /* at: 2026-03-01T14:03:22+08:00 */
};

/* One rung's answer. */
struct board_answer {
	bool is_given;               /* a verdict, or at least a remark */
	const struct answer *answer; /* NULL where the rung was not computed */
	struct value value;
	const char *remark;      /* NULL = none */
	const char *unsupported; /* why it stands without evidence, or NULL */
	const char *refused[LT_N_LANGS];
	struct board_writer writer; /* of the verdict; else of the remark */
};

struct board_tie {
	const char *sha256, *name, *type, *size; /* size: bytes, as decimal */
	const char *locator, *page, *table, *note, *slot;
	const char *vague_reason;
	bool is_vague, is_purged;
	struct board_writer writer;
};

/* What is asked for as evidence in this stage. */
struct board_slot {
	const struct evidence_slot *decl;
	unsigned n_ties;
};

/* A quantity that measures or informs the item, or a node that follows from quantities. */
struct board_quantity {
	uint32_t slot;
	const struct label *title;
	const char *unit;
	struct value value;
	const struct measure *measure; /* as it was typed; NULL for a node, or without the rung */
	unsigned n_lines;              /* lines of the inventory that it sums */
	bool is_measuring;             /* decides the points; else it only informs */
	bool has_rung;
	enum rung given_by; /* a rung takes over what the rung below it gave */
	struct board_writer writer;
};

struct board_tier {
	const struct step *decl;
	bool has_limit;
	struct lt_decimal limit, points;
	bool is_chosen;  /* by the answer of the own rung */
	bool is_reached; /* by the measured value */
};

/* From what the own rung measured to the next better tier. */
struct board_next_tier {
	bool is_known;
	unsigned tier;
	struct lt_decimal distance; /* in the unit of the quantity */
};

/* What the total would be if the item alone were answered otherwise on the own rung. */
struct board_consequence {
	bool is_known; /* the item applies and is not n/a */
	struct value figure;
	struct board_grade grade;
};

/* What was said of the item, in threads: oldest first, a reply after what it replies to is not
 * assured. */
struct board_remark {
	const char *id, *reply_to; /* reply_to "" = begins a thread */
	const char *text;
	enum rung rung;
	bool is_settled;
	const char *settled_by;
	bool is_sent_back; /* with it the item was sent back, in the round that stands */
	struct board_writer writer;
};

/* A nonconformity of the item, as typed; NULL = not said yet. */
struct board_finding {
	const char *id, *number, *grade; /* grade: major, minor, observation, clarification */
	const char *fact, *due, *cause, *correction, *answer, *objection;
	const char *verified; /* outcome of the verification */
	bool is_withdrawn;
	struct board_writer writer; /* of the fact */
};

/* One change of the journal that touched the item. */
struct board_event {
	const char *at, *by, *role, *kind, *command, *reason;
	const char *table, *group;     /* answer verdict, remark; tie locator; quantity value ... */
	enum rung rung;                /* N_RUNGS where it has none */
	const struct words *from, *to; /* members as in the vocabulary; at NULL = nothing */
	const char *name;              /* of the file of a tie, of the quantity; or NULL */
};

struct cycle_hint;

struct board_detail {
	uint32_t item;
	const struct cycle_hint *last; /* what the assessment that this one follows said of it
					  (cycle.h); NULL = it follows none */
	struct board_answer answers[N_RUNGS];
	struct board_quantity *quantities; /* the one that measures or informs first */
	unsigned n_quantities;
	struct board_tier *tiers; /* best first */
	unsigned n_tiers;
	struct board_next_tier next_tier;
	struct board_consequence now, if_full, if_failed; /* full: met, or all its points; failed:
							      not met, or none */
	struct board_tie *ties;
	unsigned n_ties;
	struct board_slot *slots;
	unsigned n_slots;
	struct board_remark *remarks;
	unsigned n_remarks;
	struct board_finding *findings;
	unsigned n_findings;
	struct board_event *history; /* newest first */
	unsigned n_history;          /* kept here, at most BOARD_HISTORY */
	unsigned n_events;           /* that there were in all */
	unsigned number;             /* which board_detail() filled it */
};

#define BOARD_HISTORY 100

/**
 * board_detail - an item for the walk. The first call of a board reads the journal once; later ones
 * what is new. Lives until the next board_detail() of another item, or reload.
 * Errors: LT_EFILE, LT_ESPACE.
 */
enum lt_status board_detail(struct board *board, uint32_t item, struct board_detail *out,
			    struct lt_err *err);

/* Whether a detail still lives: another screen may have asked for another item since. */
bool board_detail_lives(const struct board *board, const struct board_detail *detail);

/* Everyone who wrote on a rung, who wrote last first; names live until the next reload. */
struct board_people {
	const char **names;
	unsigned n;
};
enum lt_status board_people(struct board *board, enum rung rung, struct board_people *out,
			    struct lt_err *err);

/* ---- results: basis, other rungs, gap, what if ---- */

/* On which weak numbers the own rung's result rests. Lives until the next reload. */
enum lt_status board_basis(struct board *board, struct basis *out, struct lt_err *err);

/* An item that two rungs answered differently. */
struct board_difference {
	uint32_t item;
	struct value a, b;
	bool is_seen;                              /* both answered it */
	struct lt_decimal effect_low, effect_high; /* on the figure of a, if its answer alone were
						      that of b */
};

struct board_comparison {
	struct board_difference *at; /* largest effect first, agreement last, unseen after it */
	unsigned n, n_different, n_seen;
};

/**
 * board_compare - rung a against rung b, by effect. Nothing where one has no answers, but for b where
 * it is the own rung.
 * Owns: the arena. Errors: LT_ESPACE, LT_EDATA (overflow).
 */
enum lt_status board_compare(const struct board *board, enum rung a, enum rung b,
			     struct lt_arena *arena, struct board_comparison *out,
			     struct lt_err *err);

/* The figure and grade after a step of the gap, or under suppositions. */
struct board_supposed {
	struct value figure;
	struct board_grade grade;
};

struct board_gap {
	struct gap gap;               /* steps and conditions */
	struct board_supposed *after; /* [gap.n_steps]: after this step and those before it */
};

/* Steps to a grade (NULL: the next) on the own rung. gap.grade NULL: the highest is reached, or
 * there are no grades. */
enum lt_status board_gap(const struct board *board, const char *grade, struct lt_arena *arena,
			 struct board_gap *out, struct lt_err *err);

/* What each item could still bring on the own rung, were it met or at its full points alone: how
 * far it moves the figure's ends. Those that move nothing are left out; largest first. */
struct board_gain {
	uint32_t item;
	struct lt_decimal low, high;
};

struct board_gains {
	struct board_gain *at;
	unsigned n;
};

enum lt_status board_gains(const struct board *board, struct lt_arena *arena,
			   struct board_gains *out, struct lt_err *err);

/* The own rung with changes on top; nothing of it is kept. alone, unless NULL, is [n]: the effect
 * of each change by itself on the figure's ends; an end that is unbounded before or after does not
 * move. Errors: LT_EDATA (a change that is refused). */
struct board_effect {
	struct lt_decimal low, high;
};
enum lt_status board_suppose(const struct board *board, const struct supposed_change *changes,
			     unsigned n, struct lt_arena *arena, struct board_supposed *out,
			     struct board_effect *alone, struct lt_err *err);

/* The same on another rung; LT_EDATA also where nothing of it was computed. */
enum lt_status board_suppose_on(const struct board *board, enum rung rung,
				const struct supposed_change *changes, unsigned n,
				struct lt_arena *arena, struct board_supposed *out,
				struct lt_err *err);

/* ---- where a number comes from ---- */

enum explained_kind {
	EXPLAINED_NODE,
	EXPLAINED_ITEM,
	EXPLAINED_QUANTITY,
	EXPLAINED_NUMBER, /* a parameter, a cell of a table, a number written in a rule */
	EXPLAINED_LINE,   /* a line of the inventory */
};

/* What a number is to the one above it. */
enum explained_role {
	EXPLAINED_TERM,
	EXPLAINED_CONDITION, /* of a grade; grade names it */
	EXPLAINED_LIMIT,     /* of a step; reached from here on */
	EXPLAINED_THEN,      /* what a step gives */
	EXPLAINED_COUNT,     /* how many must hold */
	EXPLAINED_IF_ZERO,   /* what a ratio is over nothing */
	EXPLAINED_FROM,
	EXPLAINED_TO,
	EXPLAINED_POINTS,
	EXPLAINED_FLOOR,
	EXPLAINED_CEILING,
	N_EXPLAINED_ROLES
};

/* One line of an explanation, on the own rung. Texts are for people: numbers with commas, at most
 * six places; those of formula with all digits. */
struct board_explained {
	enum explained_kind kind;
	enum explained_role role;
	const char *grade;         /* id, of EXPLAINED_CONDITION */
	uint32_t slot;             /* NO_SLOT for EXPLAINED_LINE */
	uint32_t weight;           /* with which the one above takes it in; NO_SLOT = 1 */
	const char *id;            /* as ruleset, profile or file call it; a number as written */
	const struct label *title; /* texts "" where it has none */
	struct value value;        /* what it adds above, before rescaling: its own by its weight */
	bool is_truth;             /* 0 or 1 */
	const struct label *result; /* title of the grade, of a ladder that is settled; else NULL */
	const char *unit;           /* NULL = points, or a bare number */
	bool counts;                /* false: not applicable and left out above */
	const char *operation[LT_N_LANGS]; /* "52~72 * 0.15", "23.4 % 落 >=20 % 档" */
	const char *formula[LT_N_LANGS];   /* "A = 1,442.846 / 6,166.1176 * 100 = 23.39958.."; NULL
					      where there is nothing to calculate */
	const char *clause, *cite;         /* NULL = not said; cite: document and line */
	enum origin origin;   /* of its own rule or number: what a person answered is ORIGIN_USER;
				 ORIGIN_UNSTATED while it is open */
	enum origin rests_on; /* the weakest of all that reached it */
	const char *source;   /* of a quantity: as typed, or NULL */
	struct board_writer writer; /* of an item's verdict, of a quantity */
	unsigned n_below;           /* lines that board_explain_below() gives */
	unsigned line;              /* of EXPLAINED_LINE: number in the ledger of the rung */
};

/**
 * board_explain - the line of a number: of a slot as such, without a line above it.
 * Owns: texts live in the arena, titles in the board. Errors: LT_EFILE (journal), LT_ESPACE,
 * LT_EDATA (overflow).
 */
enum lt_status board_explain(struct board *board, uint32_t slot, struct lt_arena *arena,
			     struct board_explained *out, struct lt_err *err);

/* The lines under one: terms first, then limits, in the order of the ruleset. The tree may hold a
 * number more than once; it is never deeper than PLAN_MAX_DEPTH + 3. */
enum lt_status board_explain_below(struct board *board, const struct board_explained *of,
				   struct lt_arena *arena, struct board_explained **list,
				   unsigned *n, struct lt_err *err);

/* The shortest way down from one number to another, both included: which lines to unfold. n is 0
 * where the one does not rest on the other. */
enum lt_status board_explain_path(const struct board *board, uint32_t from, uint32_t to,
				  struct lt_arena *arena, uint32_t **slots, unsigned *n,
				  struct lt_err *err);

/* What several lines under a sum come to together ("and 5 others"). false: they do not add up to a
 * number, or what stands above is no sum. */
bool board_explain_sum(const struct board *board, const struct board_explained *above,
		       const struct board_explained *const *of, unsigned n, struct value *out);

/* Where a number is used: items that it measures or informs, nodes that read it. */
enum lt_status board_used_by(const struct board *board, uint32_t slot, struct lt_arena *arena,
			     uint32_t **slots, unsigned *n, struct lt_err *err);

/* An item of another assessment of the project that the same figure of the park measures or
 * informs.
 */
struct board_use {
	const struct assessment_ref *ref;
	const struct ruleset *ruleset;
	const struct item *item; /* of that ruleset */
	bool is_measuring;
};

/* Assessments of the same year; what they hold lives until the plan is made anew. Errors: LT_EFILE
 * (a ruleset that cannot be read), LT_ESPACE. */
enum lt_status board_elsewhere(struct board *board, uint32_t quantity, struct lt_arena *arena,
			       struct board_use **list, unsigned *n, struct lt_err *err);

/* ---- finding items ---- */

/* By what, the more telling first. */
enum found_by {
	FOUND_NUMBER,   /* the beginning of its number: 7.2 finds 7.2.1 */
	FOUND_TITLE,    /* in either language, upper and lower case alike */
	FOUND_INITIALS, /* pinyin: nytx finds 能源体系 */
	FOUND_WORDS,    /* what is asked, its section, its quantity, its tiers */
	FOUND_ANSWER,   /* remark or reason on a rung, a thread of remarks, a finding */
	FOUND_EVIDENCE, /* name, place or note of a tie */
	N_FOUND_BY
};

struct board_found {
	uint32_t item;
	enum found_by by;
	const char *text; /* in which it was found; bytes at..at+len are what matched */
	size_t at, len;
	enum rung rung; /* of an answer; else N_RUNGS */
};

struct board_found_list {
	struct board_found *at; /* best first, then in the order of the tree */
	unsigned n;
};

/**
 * board_find - items that apply in which every word of the query is found; the first word says by
 * what. Full-width letters and digits count as ASCII. Nothing for an empty query.
 * Owns: the list lives in the arena, its texts in the board until the next reload. Errors:
 * LT_ESPACE.
 */
enum lt_status board_find(const struct board *board, const char *query, struct lt_arena *arena,
			  struct board_found_list *out, struct lt_err *err);

#endif
