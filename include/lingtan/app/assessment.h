/*
 * assessment - one standard applied to one park and year: ruleset, plan, answers, result. Here from
 * an answer sheet.
 *
 * Life cycle: open (everything lives in the assessment's arena and borrows the library), read,
 * close.
 */
#ifndef LINGTAN_APP_ASSESSMENT_H
#define LINGTAN_APP_ASSESSMENT_H

#include "lingtan/core/balance.h"
#include "lingtan/core/score.h"
#include "lingtan/load/library.h"

/* A line of the inventory as it entered a quantity. */
struct ledger_entry {
	unsigned quantity; /* index */
	const struct sheet_line *line;
	const char *factor_value, *factor_unit, /* NULL: the activity itself is taken */
		*factor_cite;     /* cite NULL where the line has a factor of its own */
	struct lt_decimal amount; /* of the line, in the unit below */
	const char *unit; /* tCO2 or tCO2e; computed from a ledger: of a ratio what stands above
			     its stroke, of a share the base unit of its lines */
};

/* A figure that was counted over the places of the park. */
struct counted_figure {
	unsigned quantity; /* index */
	const struct count_rule *rule;
	struct count_result result;
};

/* The inventory as a ledger, and what the ruleset computes from it. */
struct accounting {
	struct ledger ledger;
	unsigned *lines; /* of each row of the ledger, its number in the sheet */
	const struct ledger_fuel *
		*fuels; /* of each row, behind the factor that it names; or NULL */
	struct balance_result balance;
	const struct lt_decimal **entered; /* [quantities]: what was entered beside it, or NULL */
};

/* An entry that the ruleset does not accept: as if it were not there. */
struct refusal {
	const char *list; /* of the sheet: answers, quantities, inventory */
	unsigned at;      /* number in it */
	const char *text[LT_N_LANGS];
	struct refusal *next;
};

struct assessment {
	struct lt_arena arena; /* owned */
	const struct library_entry
		*entry; /* where the ruleset comes from; NULL = a project's own */
	const struct ruleset *ruleset;
	bool ruleset_kept;                  /* by the library, and so are its plans */
	const struct profile *profile;      /* NULL = the ruleset's own numbers */
	char profile_digest[LT_SHA256_HEX]; /* of its canonical text */
	const struct sheet *sheet;
	const struct units *units;   /* NULL until something is converted: the library's */
	const char *edition_unknown; /* digest of a ruleset that is no known edition, or NULL */
	struct overrides overrides;
	const struct plan *plan;
	struct answers answers;
	struct accounting *accounting; /* NULL: the ruleset takes nothing of a ledger, or there is
					  none */
	struct ledger_entry *ledger;
	unsigned n_ledger;
	struct counted_figure *counted;
	unsigned n_counted;
	bool *ledger_open;   /* [ruleset->n_quantities]: a line that would enter it is still open */
	bool ledger_entered; /* the line at hand found a quantity */
	struct result result;
	bool of_project;    /* figures of the park are shared by all its standards: those that this
			       one does not know are another's */
	bool keeps_refused; /* what is refused is kept here; otherwise it is a finding, and there is
			       no result */
	struct refusal *refused;
	unsigned n_refused;
	unsigned n_left_out; /* answers that do not apply to the park type asked for instead */
	bool cases_failed;   /* the ruleset's own cases fail: its results are to look at only */
};

struct assessment_options {
	const char *park_type; /* instead of the sheet's, or NULL; answers that do not apply then
				  are left out */
	const char *profile;   /* path, or NULL */
};

/**
 * assessment_score - the common way of sheets and projects: arena, sheet and ruleset are set;
 * entry, units and profile may be. name is what messages call it. Errors as below.
 */
enum lt_status assessment_score(struct assessment *assessment, struct library *library,
				const char *name, const struct assessment_options *options,
				struct lt_findings *findings, struct lt_err *err);

/* The two halves of it: everything up to the plan, which answers do not touch; and answers and
 * result, with ruleset, overrides and plan set. other_type: answers that do not apply are left out.
 */
enum lt_status assessment_prepare(struct assessment *assessment, struct library *library,
				  const char *name, const struct assessment_options *options,
				  struct lt_findings *findings, struct lt_err *err);
enum lt_status assessment_answer(struct assessment *assessment, struct library *library,
				 const char *name, bool other_type, struct lt_findings *findings,
				 struct lt_err *err);

/* One answer of what was answered and scored before, and the score with it. *taken is false, and
 * nothing has changed, where more than this one depends on it: it says nothing, is refused, or was
 * refused before. The answer's texts must live as long as the assessment. */
enum lt_status assessment_answer_again(struct assessment *assessment,
				       const struct sheet_answer *answer, bool *taken,
				       struct lt_err *err);

/**
 * assessment_open_sheet - reads a sheet, loads its ruleset, answers, scores.
 * Errors: LT_EFILE (sheet or ruleset, findings say why), LT_EDATA (answers that the ruleset
 * refuses: findings with line and column; unknown standard, type or stage), LT_ESPACE. Close in any
 * case.
 */
enum lt_status assessment_open_sheet(struct assessment *assessment, struct library *library,
				     const char *path, const struct assessment_options *options,
				     struct lt_findings *findings, struct lt_err *err);
void assessment_close(struct assessment *assessment);

/* How a quantity was counted over places; NULL = it was not. */
const struct counted_figure *assessment_find_counted(const struct assessment *assessment,
						     unsigned quantity);

/* A sheet's or case's answer in the words of answers_set; NULL when memory ran out, "" if it says
 * nothing. */
const char *sheet_answer_words(const struct ruleset *ruleset, const struct sheet_answer *answer,
			       struct lt_arena *arena);

/* The text that says why a quantity is not applicable: the reason written out, else the listed one.
 */
const char *sheet_quantity_reason(const struct ruleset *ruleset,
				  const struct sheet_quantity *quantity);

/* Overrides from the parameters of a sheet or case; they count as the user's. */
enum lt_status sheet_overrides(const struct sheet_parameter *parameters, unsigned n,
			       struct lt_arena *arena, struct overrides *out, struct lt_err *err);

#endif
