/*
 * load/ruleset - the documents of rulesets/README.md as structs: rulesets, cases, answer sheets,
 * units, factors; profiles have a header of their own.
 *
 * Everything a document holds is owned by the arena it was loaded into. A document with an error is
 * not loaded at all; the findings say why.
 */
#ifndef LINGTAN_LOAD_RULESET_H
#define LINGTAN_LOAD_RULESET_H

#include "lingtan/base/finding.h"
#include "lingtan/core/count.h"
#include "lingtan/core/ruleset.h"
#include "lingtan/core/unit.h"
#include "lingtan/load/profile.h"
#include "lingtan/load/yaml.h"

struct items_file {
	struct item *items;
	unsigned n_items;
};

/* An answer as it stands in a sheet or case; one of result, points, na, tier, checks. */
struct sheet_answer {
	const char *item, *result, *points, *na, *reason, *tier;
	struct words checks;
	const char *remark, *evidence, *locator;
	bool is_purged; /* evidence of a project whose bytes are gone */
};

/* Evidence beside the one that stands with the answer, or of an item that has none yet. */
struct sheet_tie {
	const char *item, *file, *locator; /* locator may be NULL */
	bool is_purged;
};

struct sheet_quantity {
	const char *id, *value, *unit, *year, *na, *reason, *source;
};

/* A line of the inventory as it stands in a sheet. */
struct sheet_line {
	const char *id, *year, *kind, *scope, *system, *source, *activity, *unit;
	const char *factor; /* id in a factor set; or the line's own, which then says where it comes
			       from in note */
	const char *factor_value, *factor_unit, *note;
	const char *factor_cite; /* never in a sheet: of a line that carries its factor's value */
	/* as in forms/line.yaml */
	const char *name, *gas, *biogenic, *flow, *carrier, *attributes, *purpose, *accounts,
		*terminal, *place, *meter, *quality, *boundary;
	const char *heating_value, *heating_unit, *carbon, *carbon_unit, *oxidation, *fuel_cite;
	const char *shares[3];  /* of an offset or absorption, to scopes 1 to 3 */
	const char *months[12]; /* of the activity */
};

/* An offset of the register, as in forms/offset.yaml. */
struct sheet_offset {
	const char *id, *kind, *project, *project_number, *vintage, *serial_from, *serial_to, *count,
		*holder, *issued, *cancelled_on, *cancelled_for, *cancelled_year,
		*cancelled_number, *local, *region, *commitment_since, *commitment_years, *line,
		*route, *note;
};

/* A row of a form, as it is filled in: set has FIELD=VALUE, one each. */
struct sheet_row {
	const char *form, *row; /* row NULL: a new one, or the only one */
	struct words set;
};

struct sheet_parameter {
	const char *id, *value; /* value NULL = unset */
};

struct sheet {
	const char *rung, *assessment, *park, *park_type, *place, *note;
	const char *owner; /* whose part it is; NULL = it is not said */
	const char *standard, *stage,
		*year; /* the parts of assessment; stage and year may be NULL */
	struct sheet_parameter *parameters;
	struct sheet_answer *answers;
	struct sheet_quantity *quantities;
	struct sheet_line *inventory;
	struct sheet_offset *offsets;
	struct sheet_row *rows;
	struct counted_place *places; /* of a project alone */
	struct counted_frame *frames; /* its populations of the year */
	struct sheet_tie *more_ties;  /* and its evidence beyond the first of each item */
	struct yaml_positions positions; /* of "answers[3]" and the like, for what is found later */
	unsigned n_parameters, n_answers, n_quantities, n_inventory, n_offsets, n_rows, n_places, n_frames, n_more_ties;
};

/* Answers for a whole group of items. */
struct case_group {
	const char *items, *section, *answer;
};

struct case_expect {
	const char *node, *value, *low, *high, *state, *grade, *open;
	struct words needs;
};

struct ruleset_case {
	const char *name, *park_type, *stage, *place;
	struct sheet_parameter *parameters;
	struct case_group *all;
	struct sheet_answer *answers;
	struct sheet_quantity *quantities;
	struct case_expect *expect;
	unsigned n_parameters, n_all, n_answers, n_quantities, n_expect;
};

struct cases_file {
	struct ruleset_case *cases;
	unsigned n_cases;
	struct yaml_positions positions; /* empty where the file is proven */
};

struct factor {
	const char *id;
	struct label title;
	const char *value, *unit, *year, *region, *gas;
	const char *lhv, *cc, *of; /* of fuels: GJ per unit, tC/TJ, fraction oxidised */
	enum origin origin;
	const char *cite, *valid_from, *valid_to;
	struct label note;
};

struct factor_set {
	const char *id;
	struct label title, source, note;
	struct factor *factors;
	unsigned n_factors;
};

/* What a document is, judged by its first key. */
enum document_kind {
	DOCUMENT_UNKNOWN,
	DOCUMENT_RULESET,
	DOCUMENT_ITEMS,
	DOCUMENT_CASES,
	DOCUMENT_SHEET,
	DOCUMENT_PROFILE,
	DOCUMENT_UNITS,
	DOCUMENT_FACTORS,
	DOCUMENT_VOCABULARY,
	DOCUMENT_FORM,
	DOCUMENT_REQUESTS,
	DOCUMENT_ROLES,
	DOCUMENT_CHECKS,
	DOCUMENT_COUNTS,
	DOCUMENT_PAPER,
	DOCUMENT_CERTIFICATE
};
enum document_kind document_kind(const struct yaml_source *source);

/**
 * document_image - a document of any kind as an image (src/load/image.h) for the program to carry;
 * owned by the arena. Only for files that pass every check. Errors: LT_EFILE (findings say why, or
 * the kind is not known), LT_ESPACE.
 */
enum lt_status document_image(const struct yaml_source *source, struct lt_arena *arena,
			      struct lt_findings *findings, const void **image, size_t *len,
			      struct lt_err *err);

/**
 * ruleset_load - ruleset.yaml and items.yaml into one ruleset, then core's checks with line and
 * column. Errors: LT_EFILE (findings hold at least one error), LT_ESPACE. Warnings do not keep it
 * from loading.
 */
enum lt_status ruleset_load(const struct yaml_source *head, const struct yaml_source *items,
			    const struct units *units, struct lt_arena *arena,
			    struct lt_findings *findings, struct ruleset **out, struct lt_err *err);

enum lt_status cases_load(const struct yaml_source *source, struct lt_arena *arena,
			  struct lt_findings *findings, struct cases_file **out,
			  struct lt_err *err);
enum lt_status sheet_load(const struct yaml_source *source, struct lt_arena *arena,
			  struct lt_findings *findings, struct sheet **out, struct lt_err *err);
enum lt_status units_load(const struct yaml_source *source, struct lt_arena *arena,
			  struct lt_findings *findings, struct units **out, struct lt_err *err);
enum lt_status factors_load(const struct yaml_source *source, const struct units *units,
			    struct lt_arena *arena, struct lt_findings *findings,
			    struct factor_set **out, struct lt_err *err);

#endif
