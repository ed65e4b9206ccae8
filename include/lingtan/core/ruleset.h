/*
 * ruleset - a standard as it was declared: the words and numbers of its YAML, nothing computed.
 *
 * The structs mirror rulesets/README.md key by key; load fills them, core/check lints them,
 * core/plan compiles them. Numbers are still text here (exactly as typed), so that what is printed
 * is what was written. Optional text is NULL when absent; "unset" is a missing value, never zero.
 * Everything is *owned* by the arena the ruleset was loaded into and immutable afterwards, so any
 * number of plans may borrow it.
 */
#ifndef LINGTAN_CORE_RULESET_H
#define LINGTAN_CORE_RULESET_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/err.h"

/* From strongest to weakest: the origin of a result is the weakest among the numbers that reached
 * it. Unstated inherits. */
enum origin {
	ORIGIN_UNSTATED,
	ORIGIN_SOURCED,
	ORIGIN_USER,
	ORIGIN_INFERRED,
	ORIGIN_PROPOSED,
	ORIGIN_ILLUSTRATIVE,
	N_ORIGINS
};

enum ruleset_status { RULESET_PUBLISHED, RULESET_DRAFT };
enum item_kind {
	ITEM_CONTROL,
	ITEM_SCORING,
	ITEM_INNOVATION,
	ITEM_JUDGEMENT,
	ITEM_CHECKLIST,
	N_ITEM_KINDS
};
enum item_form {
	FORM_MET,
	FORM_POINTS,
	FORM_TIERS,
	FORM_MEASURED,
	FORM_CHECKLIST,
	FORM_JUDGEMENT,
	N_ITEM_FORMS
};
enum item_modal { MODAL_SHALL, MODAL_SHOULD, MODAL_MAY, MODAL_STATED };
enum item_dimension {
	DIMENSION_NONE,
	DIMENSION_CARBON,
	DIMENSION_SMART,
	DIMENSION_BOTH
};
enum item_method {
	METHOD_DOCUMENT,
	METHOD_OBSERVATION,
	METHOD_INTERVIEW,
	METHOD_RECALCULATION,
	METHOD_TRIAL,
	N_METHODS
};
enum planning_basis {
	PLANNING_UNSTATED,
	PLANNING_DOCUMENT,
	PLANNING_DESIGN,
	PLANNING_EXISTING_ONLY,
	PLANNING_NONE
};
enum direction { DIRECTION_NONE, DIRECTION_UP, DIRECTION_DOWN };
enum node_op {
	OP_SUM,
	OP_PRODUCT,
	OP_RATIO,
	OP_STEPS,
	OP_LINEAR,
	OP_COMPARE,
	OP_AT_LEAST,
	OP_LADDER,
	N_OPS
};
enum compare_is { IS_UNSTATED, IS_GE, IS_GT, IS_LE, IS_LT, N_COMPARISONS };
enum na_policy { NA_UNSTATED, NA_DROP, NA_RESCALE, NA_REFUSE };
enum publish { PUBLISH_NO, PUBLISH_OUTCOME, PUBLISH_TOTAL, PUBLISH_GRADE, PUBLISH_NET };
enum round_mode { ROUND_HALF_EVEN, ROUND_HALF_UP };

/* What a quantity takes of a line of the ledger. */
enum take_measure {
	TAKE_AMOUNT,     /* its tonnes, by its own factor */
	TAKE_OXIDISED,   /* its tonnes as if all carbon were oxidised */
	TAKE_ACTIVITY,   /* its activity, times `factor` where there is one */
	TAKE_COMMITMENT, /* years that its project is committed to run; the least of all lines */
	TAKE_MONTHS,     /* months without a gap up to the last one that any line has a figure of */
	TAKE_NOTHING,    /* left out on purpose; the note says why */
	TAKE_REFUSED,    /* cannot be counted: the quantity stays open, the note says why */
};

enum wanted { WANT_EITHER, WANT_YES, WANT_NO };

/* The words of YAML, JSON and the command line for each enum, indexed by it; NULL ends the list. */
extern const char *const origin_names[];
extern const char *const ruleset_status_names[];
extern const char *const item_kind_names[];
extern const char *const item_form_names[];
extern const char *const item_modal_names[];
extern const char *const item_method_names[];
extern const char *const planning_basis_names[];
extern const char *const node_op_names[];
extern const char *const compare_is_names[];
extern const char *const na_policy_names[];
extern const char *const publish_names[];
extern const char *const round_mode_names[];
extern const char *const take_measure_names[];

/* A list of strings; at may be NULL where there are none. */
struct words {
	const char **at;
	unsigned n;
};

/* The same sentence in both languages. */
struct label {
	const char *zh, *en;
};

/* "" where it was not said in that language. */
static inline const char *label_in(enum lt_lang lang, const struct label *label)
{
	const char *text = lang == LT_ZH ? label->zh : label->en;
	return text ? text : "";
}

/* A number with its birth certificate. value NULL = unset. */
struct figure {
	const char *value;
	enum origin origin;
	const char *cite; /* document and place: "S004:843" */
	struct label note;
};

struct term {
	const char *id;
	struct label title;
	const char *cite;
	struct label note;
};

/* What holds for one field of many items at once ("methods are proposed"). */
struct mark {
	const char *field;
	enum origin origin;
	struct label note;
};

struct section {
	const char *id, *parent; /* parent NULL = top level; at most three levels */
	struct label title;
	const char *cite;
	const char *maximum; /* points of its scoring and innovation items must sum to exactly this:
				number or $parameter */
};

struct na_reason {
	const char *id;
	struct label title;
	struct words stages; /* empty = every stage */
	unsigned needs_text; /* 0 or 1: the reason is "other": the evaluator must write it out */
};

struct parameter {
	const char *id;
	struct label title;
	const char *value; /* NULL = unset */
	const char *unit, *min, *max;
	enum origin origin;
	const char *cite;
	struct label note;
};

struct table_row {
	const char *key;     /* section id */
	struct words values; /* one a column; "-" = no entry, not evaluated */
};

struct table {
	const char *id;
	struct label title;
	const char *sums_to; /* each column must sum to this; NULL = not declared */
	enum origin origin;
	const char *cite;
	struct label note;
	struct words columns; /* "type/stage", either part may be "*" */
	struct table_row *rows;
	unsigned n_rows;
};

/* Lines of the ledger, by what they say (an empty list asks nothing), and what of them is taken. Of
 * the takes of a quantity the first that fits a line has it. */
struct take {
	struct words accounts; /* a line that says which accounts it counts in names one of them */
	struct words kinds, scopes, systems, sources, flows, carriers, attributes, purposes, gases,
		factors, projects;
	enum wanted biogenic; /* EITHER = no: biogenic carbon is told apart unless asked for */
	enum wanted zero;     /* its factor is 0 */
	enum wanted fuel;     /* its factor is made of fuel properties, or it names itself a fuel */
	enum wanted own;      /* its factor is stated and of no set: measured, or determined by itself */
	enum wanted local, terminal;
	const char *commitment; /* operand: an own project committed for fewer years is passed over */
	enum take_measure measure;
	const char *factor; /* operand, with TAKE_ACTIVITY: per activity */
	const char *weight; /* number; NULL = 1 */
	const char *emits;  /* operand: what one unit of activity emits, to set beside other methods */
	enum origin origin;
	const char *cite;
	struct label note;
};

/* How a quantity is computed from the ledger: the lines taken, over those of `over` or over another
 * quantity, times a number. n_takes 0 = it is only entered. */
struct derivation {
	struct take *takes;
	unsigned n_takes;
	struct take *over;
	unsigned n_over;
	const char *per;        /* id of a quantity that is entered */
	const char *times;      /* number; NULL = 1 */
	const char *years;      /* operand: mean of so many years up to the one judged; NULL = 1 */
	const char *back;       /* whole number: so many years before the one judged; NULL = 0 */
	bool at_least;          /* the ledger shows no less; a larger figure that was entered stands */
	const char *when_empty; /* the value where the ledger has emissions of the year and none of
				   these lines; NULL = open */
	enum origin origin;
	const char *cite;
	struct label note;
};

struct quantity {
	const char *id;
	struct label title;
	const char *unit, *min, *max; /* default range [0, unbounded), percent [0, 100] */
	enum direction direction;
	struct label formula; /* in words; how the park arrives at it */
	struct words na;      /* reasons with which it may be not applicable */
	const char *cite;
	struct label note;
	struct derivation ledger;
};

/* One tier of an item, or one step of a steps node. */
struct step {
	const char *id;           /* tiers that are chosen by hand */
	const char *from, *above; /* reached at >= from, or at > above; exactly one, none for a tier
				     chosen by hand */
	const char *then;         /* node: operand; item: points */
	struct label title;
	enum origin origin;
	const char *cite;
};

struct line {
	const char *from, *to; /* NULL = no line; 0 points at from, full points at to; from > to =
				  negative indicator */
	enum origin origin;
	const char *cite;
	struct label note;
};

struct check_point {
	const char *id;
	struct label title;
	const char *points;
};

struct evidence_slot {
	const char *slot, *stage, *kind; /* stage: a stage id or "both" */
	struct label title;
};

struct item {
	const char *id, *clause, *section;
	enum item_kind kind;
	enum item_form form;
	struct words tags; /* further groups that a plan may name: basic, binding, gate ... */
	struct label title, ask;
	enum item_modal *modal;
	unsigned n_modal;
	enum item_dimension dimension;
	enum item_method *methods;
	unsigned n_methods;
	struct words types, stages, places; /* empty = all */
	enum planning_basis planning;
	struct figure points;
	const char *quantity;
	struct step *tiers;
	unsigned n_tiers;
	struct line linear;
	struct check_point *checks;
	unsigned n_checks;
	struct evidence_slot *evidence;
	unsigned n_evidence;
	struct words na; /* reasons with which it may be not applicable; empty = never by answer */
	enum origin origin; /* of the item itself: in the document, or inferred, proposed */
	const char *cite;
	struct label note;
};

struct grade_rule {
	const char *grade;
	struct words when;
	const char *stage; /* awarded in this stage only; NULL = any */
};

/* What a result below the first grade is called: the first entry whose `unless` is certainly false,
 * or has none. */
struct grade_otherwise {
	const char *grade, *unless;
};

/* places NULL = not rounded */
struct rounding_rule {
	const char *places;
	enum round_mode mode;
};

struct node {
	const char *id;
	struct label title;
	enum node_op op;
	struct words each;
	struct words in;
	const char *items, *section, *nodes;
	struct words weights;
	const char *weight;
	enum na_policy na;
	const char *k;
	enum compare_is is;
	struct step *at;
	unsigned n_at;
	const char *from, *to, *points;
	const char *when_zero;
	struct grade_rule *grades;
	unsigned n_grades;
	struct grade_otherwise *otherwise;
	unsigned n_otherwise;
	const char *min, *max;
	struct rounding_rule round;
	struct label none; /* what it means that this node has no value: "no threshold defined" */
	const char *unit, *clause, *cite;
	enum origin origin;
	struct label note;
	enum publish publish;
};

struct ruleset {
	const char *id, *edition, *code;
	struct label title, publisher;
	enum ruleset_status status;
	const char *published, *in_force; /* dates, NULL where not known */
	struct label *notes;
	unsigned n_notes;
	struct term *sources;
	unsigned n_sources;
	struct label *not_found;
	unsigned n_not_found;
	struct mark *marks;
	unsigned n_marks;
	struct term *park_types, *stages, *places, *workflow, *certificate, *basis;
	unsigned n_park_types, n_stages, n_places, n_workflow, n_certificate, n_basis;
	struct words gases, factor_sets;
	struct words sign_off; /* roles that sign an assessment, in their order; none = the
				  program's own */
	struct section *sections;
	unsigned n_sections;
	struct na_reason *na_reasons;
	unsigned n_na_reasons;
	struct parameter *parameters;
	unsigned n_parameters;
	struct table *tables;
	unsigned n_tables;
	struct quantity *quantities;
	unsigned n_quantities;
	struct node *plan;
	unsigned n_plan;
	struct term *grades;
	unsigned n_grades;
	struct item *items;
	unsigned n_items;
};

/* All find functions return NULL for what is not there; linear, for loading and for people. */
const struct section *ruleset_find_section(const struct ruleset *ruleset, const char *id);
const struct item *ruleset_find_item(const struct ruleset *ruleset, const char *id);
/* The number of an item that begins with what was typed: as the program calls it, 12-3, else as the
 * standard and the report do, 12.1.3; NULL = neither. */
const char *item_number_like(const struct item *item, const char *typed);
/* What was typed for an item as a number is written, in half width, without blanks around it, and 4.1.1
 * for 第4.1.1条. Within out; NULL = it is too long for that. */
char *item_number_said(const char *typed, char *out, size_t cap);
/* What names an item by the standard's number is turned into its id, and what was typed in full width,
 * with blanks around it or with 。 for points, or as the title that is shown, into the id that is
 * meant; it stays as it is where it is an id, a section's number, or no item's. Errors: LT_EDATA
 * (several items have the number or title; err names them). */
enum lt_status ruleset_name_item(const struct ruleset *ruleset, const char **item,
				 struct lt_err *err);
extern const struct label an_item; /* what most things are asked of */

/* Refuses what was typed for `what` (an item, an item or quantity) and is none: says which items may
 * be meant, 4.1.1 for 411 or for 4.1, else where all of them stand. err holds nothing yet. Returns
 * LT_EDATA. */
enum lt_status ruleset_no_item(const struct ruleset *ruleset, struct label what, const char *typed,
			       struct lt_err *err);
/* The same of what may be something else than an item: `nearly`, which may be "", is told where no item
 * may be meant. */
enum lt_status ruleset_nothing(const struct ruleset *ruleset, struct label what, const char *typed,
			       const char *nearly, struct lt_err *err);
const struct parameter *ruleset_find_parameter(const struct ruleset *ruleset, const char *id);
const struct table *ruleset_find_table(const struct ruleset *ruleset, const char *id);
const struct quantity *ruleset_find_quantity(const struct ruleset *ruleset, const char *id);
const struct na_reason *ruleset_find_na_reason(const struct ruleset *ruleset, const char *id);
const struct term *term_find(const struct term *terms, unsigned n, const char *id);
const struct mark *ruleset_find_mark(const struct ruleset *ruleset, const char *field);

/* The section at the top that section `id` is or lies in; NULL: there is no such section. */
const struct section *ruleset_section_top(const struct ruleset *ruleset, const char *id);

/* Whether section `id` is `ancestor` or lies below it. */
bool ruleset_section_is_within(const struct ruleset *ruleset, const char *id, const char *ancestor);

/* Whether an item's kind or one of its tags is `group`. */
bool item_is_in_group(const struct item *item, const char *group);

bool words_have(const struct words *words, const char *word);

/* Whether the table has a row for the key, "-" entries included. */
bool table_has_row(const struct table *table, const char *key);

/* The number of the column for a park type and stage; columns.n where there is none. */
unsigned table_find_column(const struct table *table, const char *park_type, const char *stage);

/* The table's entry for a key in the column of a park type and stage; NULL where there is none ("-"
 * included). */
const char *table_find_value(const struct table *table, const char *key, const char *park_type,
			     const char *stage);

#endif
