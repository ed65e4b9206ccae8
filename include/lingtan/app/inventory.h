/*
 * inventory - the ledger of a project (core/ledger.h) read on one rung, and what people do to it:
 * lines added, changed, removed, verified with a reason, factors chosen and replaced.
 *
 * Life cycle: inventory_open(), read, change (each change is one entry of the journal and moves the
 * ledger at hand with it), inventory_close(). A screen keeps one open and opens it anew when the
 * project's head moved.
 *
 * Whose line: the rung that entered it first changes the line itself; another rung changes what it
 * claims for it (amount, unit, factor, fuel, set, quality), with a reason. On a rung a line stands as
 * the nearest claim at or below that rung has it.
 */
#ifndef LINGTAN_APP_INVENTORY_H
#define LINGTAN_APP_INVENTORY_H

#include "lingtan/app/session.h"
#include "lingtan/core/ledger.h"
#include "lingtan/load/ruleset.h"

/* What rungs above the one that entered it say of a line; parallel to ledger.rows. */
struct inventory_claim {
	const char *reason;      /* of the highest rung that gave one; "" = none */
	const char *rung;        /* that spoke last of the amount; NULL = as it was entered */
	const char *declared;    /* amount as the rung that entered it has it */
	const char *declared_unit;
};

/* A piece of evidence of a line. */
struct inventory_evidence {
	unsigned row;
	const char *line, *sha256, *digest; /* key of the tie; digest: of its place */
	const char *name, *locator, *page, *table;
};

struct inventory {
	struct lt_arena arena; /* owned */
	struct ledger ledger;
	struct inventory_claim *claims; /* [ledger.n] */
	unsigned cap_claims;
	const char *rung; /* static or the caller's */
};

/**
 * inventory_open - all lines of the project as a rung has them (NULL: the rung of who is at work; of
 * a role that has none: awarded, which sees everybody's). Close in any case. Errors: LT_EDATA (no such rung), those of project_visit().
 */
enum lt_status inventory_open(struct session *session, const char *rung, struct inventory *out,
			      struct lt_findings *findings, struct lt_err *err);
void inventory_close(struct inventory *inventory);

/* Years that have lines, ascending, in the inventory's arena; NULL when memory ran out. */
const char **inventory_years(struct inventory *inventory, unsigned *n);

/* Rows of a year in the order in which people see them: emissions by scope, absorption, offsets,
 * memos; in each by order, then as they were entered. In the arena given; NULL: no memory. */
unsigned *inventory_order(const struct inventory *inventory, const char *year,
			  struct lt_arena *arena, unsigned *n);

/* What bears out the lines, in the order of their ids; in the inventory's arena. */
enum lt_status inventory_evidence(struct session *session, struct inventory *inventory,
				  struct inventory_evidence **out, unsigned *n, struct lt_err *err);

/* Ties a file of the project (by its hash) to a row, as one entry. */
enum lt_status inventory_tie(struct session *session, struct inventory *inventory, unsigned at,
			     const char *sha256, const char *locator, bool *done,
			     struct lt_err *err);

/* Takes a tie off its line, as one entry; the file stays in the project. */
enum lt_status inventory_untie(struct session *session, const struct inventory_evidence *tie,
			       bool *done, struct lt_err *err);

/* ---- members of a line by the names of forms/line.yaml ---- */

/* The text of a field of forms/line.yaml; NULL where there is no such field. */
const char **inventory_field(struct ledger_line *line, const char *field);
const char *inventory_text(const struct ledger_line *line, const char *field);

/**
 * inventory_set - one field of a line, as a person types it ("" empties it): normalised and checked
 * by the form. Setting `factor` takes value, unit, source, set, year and region from the factor at
 * hand; setting `unit` takes any spelling of a unit; setting a month (`m01` ... `m12`) moves the
 * amount with it where that is what the months came to, or is not said. Errors: LT_EDATA (it cannot
 * be kept; the line is as it was), LT_NO (it was set but is probably a slip).
 */
enum lt_status inventory_set(struct session *session, struct inventory *inventory,
			     struct ledger_line *line, const char *field, const char *text,
			     struct lt_findings *findings, struct lt_err *err);

/* ---- changes; each is one entry ---- */

/**
 * inventory_add - a new line; its id is made where it has none, its place in the order is after row
 * `after` (NULL: last). Errors: LT_EDATA (what is wrong with it), those of session_commit().
 */
enum lt_status inventory_add(struct session *session, struct inventory *inventory,
			     struct ledger_line *line, const unsigned *after, unsigned *at,
			     struct lt_err *err);

/**
 * inventory_draft - a row that is not in the project yet, after row `after` (NULL: last): it has no
 * id, is seen and counted here, and becomes a line with its first inventory_change(). Errors:
 * LT_EDATA (a role without a rung), LT_ESPACE.
 */
enum lt_status inventory_draft(struct session *session, struct inventory *inventory,
			       const struct ledger_line *like, const unsigned *after, unsigned *at,
			       struct lt_err *err);

/* What a source key such as N12 stands for, in a set's list of sources; the cite itself where that
 * does not tell. In the arena; NULL: no memory. */
const char *factor_source(const struct factor_set *set, const char *cite, enum lt_lang lang,
			  struct lt_arena *arena);

/**
 * inventory_change - row `at` becomes `line`: the line itself where this rung entered it, else this
 * rung's claim, whose reason is the session's (LT_EDATA where another rung's amount or factor is
 * changed without one). *done false: nothing changed. Errors: LT_EDATA, those of session_commit().
 */
enum lt_status inventory_change(struct session *session, struct inventory *inventory, unsigned at,
				const struct ledger_line *line, bool *done, struct lt_err *err);

/**
 * inventory_verify - this rung's claim of amount and unit, also where they are what was declared; a
 * reason is needed where they differ. Errors: LT_EDATA (the line is this rung's own), those of
 * inventory_change().
 */
enum lt_status inventory_verify(struct session *session, struct inventory *inventory, unsigned at,
				const struct ledger_line *line, bool *done, struct lt_err *err);

/* Takes a line out; the journal keeps it. */
enum lt_status inventory_remove(struct session *session, struct inventory *inventory, unsigned at,
				struct lt_err *err);

/* Many lines in one entry: what was pasted or imported. Lines without an id are new. */
enum lt_status inventory_put(struct session *session, struct inventory *inventory,
			     const struct ledger_line *lines, unsigned n, bool dry_run,
			     struct changes *changes, bool *done, struct lt_err *err);

/* Ledgers as tenants keep them; see inventory_import.c for what their columns may be called. */
struct ledger_import {
	const char *const *paths;
	unsigned n_paths;
	const char *year, *place; /* where a file does not say; NULL: place is the file's name */
	bool dry_run;
};

/**
 * inventory_import - CSV files and workbooks, all of them or nothing, as one entry: ledgers, and
 * tables of registers in the same workbook, known by the names of their columns (a register may name
 * the line that it is used for by its source or name). A file that is imported again changes its
 * rows and adds none; *n_lines counts rows of both. Errors: LT_EDATA (findings name the rows),
 * LT_EFILE, those of session_commit().
 */
enum lt_status inventory_import(struct session *session, const struct ledger_import *wish,
				struct changes *changes, unsigned *n_lines, bool *done,
				struct lt_findings *findings, struct lt_err *err);

/**
 * inventory_paste - new lines of a text whose cells are parted by tabs, in the session's arena; its
 * columns are `fields`, or those that its first row names. Nothing is written: see inventory_put().
 * Errors: LT_EDATA (err names row and field).
 */
enum lt_status inventory_paste(struct session *session, struct inventory *inventory,
			       const char *text, const char *const *fields, unsigned n_fields,
			       const char *year, struct ledger_line **out, unsigned *n,
			       struct lt_findings *findings, struct lt_err *err);

/* The row of a line by its id, the beginning of it (6 digits), its source or name. Errors: LT_EDATA
 * (none, or several). */
enum lt_status inventory_find(const struct inventory *inventory, const char *which,
			      const char *year, unsigned *at, struct lt_err *err);

/* Why a row is LEDGER_WRONG, or LT_OK. */
enum lt_status inventory_why(struct inventory *inventory, unsigned at, struct lt_err *err);

/* ---- factors ---- */

/* Factor sets at hand: those of the project first, then those of the library. */
struct factor_list {
	const struct factor_set **sets;
	const char **digests; /* of the project's own; "" = the library's */
	unsigned n;
};
enum lt_status factor_sets(struct session *session, struct lt_arena *arena, struct lt_findings *findings,
			   struct factor_list *out, struct lt_err *err);

/* A factor by id, optionally of one set ("set:id" or NULL set); NULL where there is none. */
const struct factor *factor_list_find(const struct factor_list *list, const char *id, unsigned *set);

/* Fills a line's factor and set from one at hand. */
void inventory_take_factor(struct ledger_line *line, const struct factor_list *list, unsigned set,
			   const struct factor *factor);

enum factor_age {
	FACTOR_GOOD,
	FACTOR_NOT_STATED, /* an amount without a factor */
	FACTOR_NO_YEAR,    /* of power bought: not said which year */
	FACTOR_STALE,      /* the same set has a later year, not after the line's, for the region */
	FACTOR_TOO_NEW,    /* of a year after the line's */
	FACTOR_EXPIRED,    /* the line's year lies outside its validity */
	FACTOR_ELSEWHERE,  /* of a province that is not the park's */
	N_FACTOR_AGES
};

/* How a line's factor goes with its year and the park's province ("" = not known); *newer is the
 * factor that goes better, or NULL. */
enum factor_age factor_age(const struct factor_list *list, const struct ledger_line *line,
			   const char *province, const struct factor **newer);

/**
 * factors_replace - a set into the project (YAML, CSV or a workbook, told by its content), in the
 * place of the one with the same id: every line that names a factor of it is given the new value, in
 * one entry that keeps the old ones. n_lines: how many moved. Errors: LT_EDATA, LT_EFILE (findings).
 */
enum lt_status factors_replace(struct session *session, const char *path, bool dry_run,
			       struct changes *changes, unsigned *n_lines, bool *done,
			       struct lt_findings *findings, struct lt_err *err);

/* ---- declared and verified ---- */

struct conclusion_row {
	const char *what; /* a scope ("1"), "emission", "absorption", "offset", "net", or a line's id */
	struct lt_decimal declared, verified, difference;
	/* A side that nothing counts in is not known, nor what differs between totals then. A line that
	 * stands on one side alone differs by all that it amounts to there. */
	bool has_declared, has_verified, has_difference;
	struct lt_decimal share; /* |difference| / |declared|, in per cent; of the total for "emission" */
	bool has_share, is_material;
	unsigned row; /* of a line, in the inventory of the upper rung */
};

/* Emissions of a year by how their data were had. */
enum { CONCLUSION_LEVELS = 4 }; /* measured, calculated, estimated, not said */
extern const char *const conclusion_levels[CONCLUSION_LEVELS];
struct conclusion_level {
	unsigned n_lines;
	struct lt_decimal tonnes, share; /* share of all emissions, per cent */
	bool has_share;
};

struct conclusion {
	struct conclusion_row *totals, *lines; /* lines: those that differ */
	unsigned n_totals, n_lines;
	const char *limit;      /* per cent, or "" = not set */
	bool with_quality;      /* grades, levels and uncertainty are shown */
	struct conclusion_level levels[CONCLUSION_LEVELS]; /* on the upper rung */
	const char *uncertainty;                           /* note, or "" */
};

/* The note on uncertainty, or "", also where the settings do not have it shown; in the arena. */
enum lt_status inventory_uncertainty(struct session *session, struct lt_arena *arena,
				     bool *is_shown, const char **note, struct lt_err *err);

/* Whether the park itself entered the line; what a verifier entered nobody declared. */
bool inventory_is_declared(const struct ledger_line *line);

/* "未申报，评价时填入：", of a line that was not. */
enum { INVENTORY_UNDECLARED_TEXT = 80 };
const char *inventory_undeclared(const struct ledger_line *line, enum lt_lang lang,
				 char out[INVENTORY_UNDECLARED_TEXT]);

/* What `declared` (self) and `verified` have for a year, in verified's arena. */
enum lt_status inventory_conclude(struct session *session, struct inventory *declared,
				  struct inventory *verified, const char *year,
				  struct conclusion *out, struct lt_err *err);

#endif
