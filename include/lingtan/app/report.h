/*
 * report - one JSON document of an assessment: everything that a report, workbook or page of it
 * says, and nothing that depends on who reads it. All that leaves a project is made from it.
 *
 * Titles stand in both languages, numbers as exact decimals, what is unset as null; the same file,
 * wish and date give the same bytes. No path of this machine is in it.
 */
#ifndef LINGTAN_APP_REPORT_H
#define LINGTAN_APP_REPORT_H

#include "lingtan/app/rung.h"
#include "lingtan/app/session.h"
#include "lingtan/base/json.h"

enum report_kind {
	REPORT_SELF,      /* 园区自评价报告 */
	REPORT_THIRD,     /* 第三方评价报告 */
	REPORT_STATEMENT, /* 核查声明 */
	N_REPORT_KINDS
};

extern const char *const report_kind_names[]; /* self, third, statement; NULL ends the list */

/* What became of a piece of evidence in a bundle. */
struct report_bundle_entry {
	const char *sha256;
	const char *path;        /* in the bundle; NULL = left out */
	const char *file_sha256; /* of what is in the bundle */
	struct label note;       /* why it is left out, or is not the original; texts NULL = nothing */
};

/* How much of it is asked for: what is left out costs nothing. */
enum report_extent {
	REPORT_WHOLE,
	REPORT_SHEETS, /* what people fill in: items, figures, inventory, the plan behind them */
};

struct report_wish {
	enum report_kind kind; /* N_REPORT_KINDS: what the rung is */
	enum rung rung;        /* N_RUNGS: self for REPORT_SELF, else the highest that has answers */
	enum lt_lang lang;     /* of the documents made from it */
	enum report_extent extent;
	bool is_final;         /* else a draft */
	bool without_names;    /* of people; nor where photos were taken */
	bool with_facts;       /* all that is needed to make the project again */
	const char *date;      /* that the document bears, 2026-03-01 */
	const struct report_bundle_entry *bundle; /* [n_bundle]; NULL = the document is of no bundle */
	unsigned n_bundle;
	const char *owner;     /* only what this person or department owes; NULL = all */
};

/**
 * report_write - the document as a member of `json` (key NULL: as the document itself). Errors:
 * LT_NO (it cannot be final yet: err says why), LT_EDATA, LT_EFILE, LT_ESPACE.
 */
enum lt_status report_write(struct session *session, const struct assessment_ref *ref,
			    const struct report_wish *wish, struct lt_json *json,
			    struct lt_findings *findings, struct lt_err *err);

#endif
