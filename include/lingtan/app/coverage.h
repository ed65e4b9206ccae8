/*
 * coverage - what the visit has left out: items without evidence, method or verdict on site, notes
 * that nobody filed, sampled places that nobody visited, stops without sign-in.
 */
#ifndef LINGTAN_APP_COVERAGE_H
#define LINGTAN_APP_COVERAGE_H

#include "lingtan/app/sampling.h"
#include "lingtan/app/visit.h"

enum coverage_gap_kind {
	COVER_NO_EVIDENCE,  /* an item that has none and does not say why */
	COVER_NO_METHOD,    /* an item without a method */
	COVER_NO_SITE,      /* an item sent to the site, or on a stop's list, without a verdict there */
	COVER_NOT_PLANNED,  /* an item that was sent to the site and stands at no stop */
	COVER_UNFILED_NOTE,
	COVER_NOT_VISITED,  /* a sampled place at no stop that took place */
	COVER_NO_SIGN_IN,   /* a stop at which nobody signed; meetings of the team need not */
	N_COVERAGE_GAPS
};

extern const char *const coverage_gap_names[]; /* no-evidence ...; NULL ends the list */
extern const struct label coverage_gap_titles[N_COVERAGE_GAPS];

struct coverage_gap {
	enum coverage_gap_kind kind;
	const char *what;  /* item, note, place or stop, by its id */
	const char *more;  /* title, text, population */
};

struct coverage_item {
	const char *item, *section;
	struct label title;
	bool has_evidence, has_site, is_on_plan, is_sent;
	bool is_judged; /* the evaluator has a verdict on it in this assessment */
	bool is_must;   /* it must be assessed in this cycle */
	bool is_idle;    /* not applicable, an innovation item that nobody claims, or one that surveillance
			    leaves out */
	bool is_excused; /* it says why there is no evidence */
	unsigned methods; /* 1 << enum item_method: that were used */
	unsigned asked;   /* the same: that the ruleset names */
	unsigned n_notes;
	const char *document, *site;
};

struct coverage {
	struct coverage_item *items; /* all of the assessment that stand in its stage */
	unsigned n_items;
	struct coverage_gap *gaps; /* by kind, then in the order of items, notes, places, stops */
	unsigned n_gaps;
	unsigned n_of[N_COVERAGE_GAPS];
};

/* Of an assessment on the evaluator's rung. Owned by the session's arena. Errors: LT_EFILE,
 * LT_ESPACE. */
enum lt_status session_coverage(struct session *session, const struct assessment_ref *ref,
				struct coverage *out, struct lt_findings *findings,
				struct lt_err *err);

#endif
