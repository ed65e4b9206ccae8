/*
 * narrate - the journal in the words of people: which item by its number and title, what stood
 * there and what stands there now, who did it and as what.
 *
 * Titles are those of today's rulesets, forms and rows of the project; what they no longer know is
 * told by its number. Texts are as they were entered: who prints them makes control characters
 * visible.
 */
#ifndef LINGTAN_APP_NARRATE_H
#define LINGTAN_APP_NARRATE_H

#include "lingtan/app/evidence.h"
#include "lingtan/app/session.h"
#include "lingtan/core/fold.h"
#include "lingtan/core/patch.h"

struct known_assessment;

struct narrator {
	struct session *session; /* borrowed */
	enum lt_lang lang;
	const struct form_set *forms;
	struct known_assessment *assessments;
	unsigned n_assessments;
	struct evidence_list evidence;
	const struct change *pending; /* that are not written yet, and may say what a row is called */
	unsigned n_pending;
	struct fold alone; /* without a project: what a patch itself says; no cells = nothing */
};

/* What it knows lives in the arena. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status narrator_init(struct narrator *narrator, struct session *session, enum lt_lang lang,
			     struct lt_arena *arena, struct lt_findings *findings,
			     struct lt_err *err);

/* The same for a sentence or two: evidence is looked up when it is named, and not listed before. */
enum lt_status narrator_init_brief(struct narrator *narrator, struct session *session,
				   enum lt_lang lang, struct lt_arena *arena,
				   struct lt_findings *findings, struct lt_err *err);

/* Of a patch that is read by itself: it knows the forms, the rows that the patch makes, and of the
 * standards that it names those that are at hand, in today's edition. The patch must live as long.
 * Errors: LT_ESPACE. */
enum lt_status narrator_init_alone(struct narrator *narrator, struct workspace *workspace,
				   const struct patch *patch, enum lt_lang lang,
				   struct lt_arena *arena, struct lt_findings *findings,
				   struct lt_err *err);

/* One thing that a change says. */
struct telling {
	const char *subject;   /* "4.2.1 绿化覆盖率", "照片.jpg" */
	const char *what;      /* "结论", "收到日期" */
	const char *from, *to; /* "8 分"; NULL = nothing stood or stands there */
};

/**
 * narrate_change - what a change says: one telling, or one for each member that differs where a
 * form has a field for it. role: of who made it; a rung is named where it is another's. Texts in
 * the arena. Errors: LT_ESPACE.
 */
enum lt_status narrate_change(const struct narrator *narrator, const struct change *change,
			      const char *role, struct lt_arena *arena,
			      struct telling out[CELL_MAX_MEMBERS], unsigned *n,
			      struct lt_err *err);

/* What stood there before, or stands there after a change that says several things at once, as
 * narrate_change() tells them: "组长  可评板块 4,7"; what the first is of is not said again. NULL =
 * nothing. In the arena; nothing as well when memory ran out. */
const char *narrate_side(const struct telling *tellings, unsigned n, bool after,
			 struct lt_arena *arena);

/* What an entry did, as a verb: "填写"; of an undo also what it takes back. Errors: LT_ESPACE. */
enum lt_status narrate_deed(const struct narrator *narrator, const struct entry *entry,
			    struct lt_arena *arena, const char **out, struct lt_err *err);

/* The verb of a kind of entry alone, NULL where it has none. */
const struct label *narrate_verb(const char *kind);

/* Whether a change only goes with the others of its entry, and says nothing by itself. */
bool narrate_is_aside(const struct change *change);

/* Title of a role; the word itself where it is none of ours. */
const char *narrate_role(const struct narrator *narrator, const char *role);

#endif
