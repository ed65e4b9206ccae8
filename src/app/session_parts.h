/* session_parts - what the parts of a session share, and whatever works on one; for src/app alone. */
#ifndef LINGTAN_APP_SESSION_PARTS_H
#define LINGTAN_APP_SESSION_PARTS_H

#include "lingtan/app/evidence.h"
#include "lingtan/app/session.h"

void session_start(struct session *session, struct workspace *workspace, const struct who *who);
enum lt_status session_identify(struct session *session, const struct who *who, struct lt_err *err);

/* Errors: LT_EDATA. lines: whether line ends and tabs may stand in it. */
enum lt_status session_check_text(const char *what, const char *text, bool lines,
				  struct lt_err *err);

/* Whether a text says nothing: NULL, "" or blanks. */
bool is_blank(const char *text);

/* This moment as entries and keys write it, 2026-03-01T14:03:22+08:00; false where the clock cannot
 * be read. */
#define TIME_TEXT 26
bool tell_time(char out[TIME_TEXT]);

/* Today, as the clock of this machine has it: 2026-04-26. */
enum lt_status session_today(struct session *session, const char **day, struct lt_err *err);

/* Errors: LT_EDATA (no such day; err names `what`). */
enum lt_status session_check_day(const char *what, const char *day, struct lt_err *err);

/* Where a file comes from, by the form of evidence: whether what is said may be kept, before its
 * bytes are read; and the changes that keep it, others of its row staying as they are. Errors:
 * LT_EDATA (err names the field; there is no such version before it), LT_ESPACE. */
enum lt_status provenance_check(struct session *session, const struct new_evidence *wish,
				struct lt_findings *findings, struct lt_err *err);
enum lt_status provenance_change(struct session *session, const struct new_evidence *wish,
				 const char *sha256, struct changes *changes,
				 struct lt_findings *findings, struct lt_err *err);

/* changes_add() for what a file system gave: names keep whatever valid UTF-8 they have, control
 * characters too; who shows them makes those visible. */
enum lt_status changes_add_names(struct changes *changes, const char *table, const char *const *key,
				 const char *group, const char *const *values, struct lt_err *err);

/* Before an entry, in its transaction: which key signs it; one that the project does not know is
 * recorded by an entry before. Errors: LT_EDATA (revoked, or not the recorded one). */
enum lt_status session_ready_key(struct session *session, struct lt_err *err);

/* The change that records a key as the person's. */
enum lt_status session_change_key(struct session *session, struct changes *changes,
				  const char *public, struct lt_err *err);

/* Refuses changes to what a submitted round holds, unless they give a reason or it was sent back.
 * Who may change what is role_permits()'s. */
enum lt_status round_permits(struct session *session, const struct changes *changes,
			     struct lt_err *err);

/* The name of an assessment, standard/stage/year, into its parts; false where it is none, or memory
 * ran out. */
bool assessment_ref_split(struct assessment_ref *ref, struct lt_arena *arena);

/* The changes that make an assessment; inside a write transaction. */
enum lt_status session_change_assessment(struct session *session, const struct new_project *wish,
					 struct changes *changes, struct lt_findings *findings,
					 struct lt_err *err);

/* Earlier files that were looked into, with the copies that they were read from. */
void cycle_close_others(struct session *session);

/* For struct verify_wish: how far it is, told to the session's watcher. context: the session. */
void session_count_check(void *context, char check, unsigned done, unsigned all);

/* Sets session->older where this machine knew a head that the file has not. */
enum lt_status state_compare(struct session *session, struct lt_err *err);

/* The ruleset of a project's assessment: the built-in one where the text is the same, else the text
 * in the file. */
enum lt_status session_ruleset(struct session *session, const char *digest, struct lt_arena *arena,
			       struct assessment *out, struct lt_findings *findings,
			       struct lt_err *err);

/* The profile that an assessment is scored with, into out->profile, in out's arena; none: NULL. */
enum lt_status session_pinned_profile(struct session *session, const struct assessment_ref *ref,
				      struct assessment *out, struct lt_findings *findings,
				      struct lt_err *err);

/* Every rung of an assessment can still be scored, inside a write transaction: an answer may be more
 * than an item is worth now. Errors: LT_EDATA (findings name the answers). */
enum lt_status session_still_scores(struct session *session, const struct assessment_ref *before,
				    struct lt_findings *findings, struct lt_err *err);

/* The profile becomes the draft of its ruleset. */
enum lt_status session_change_draft(struct session *session, const char *ruleset,
				    const char *digest, struct changes *changes,
				    struct lt_err *err);

/* Stores the texts of a ruleset at hand as bytes, inside a write transaction, and adds the cell
 * that names them; *digest is owned by the session. */
enum lt_status session_keep_ruleset(struct session *session, const char *id,
				    struct changes *changes, const char **digest,
				    struct lt_err *err);

/* session_score() in two halves, for one plan and several rungs: everything up to the plan; and a
 * rung's answers and result, which borrow it. What the ruleset refuses is kept in out->refused. The
 * arena of `out` is used again. evidence: what the file holds of it, borrowed for the call, or
 * NULL: it is read. Within a read transaction. Close both in any case. */
enum lt_status session_prepare(struct session *session, const struct assessment_ref *ref,
			       struct assessment *out, struct lt_findings *findings,
			       struct lt_err *err);
enum lt_status session_answer(struct session *session, const struct assessment_ref *ref,
			      const char *rung, const struct assessment *frame,
			      const struct evidence_list *evidence, struct assessment *out,
			      struct lt_findings *findings, struct lt_err *err);

/* One answer of a rung that session_answer() answered, by the key of its row, and the score with
 * it. evidence: the ties of its item are enough. row: what stands in the file, in the arena of `out`.
 * *taken: as in assessment_answer_again(); where it is false the rung is to be answered whole. */
enum lt_status session_answer_again(struct session *session, const struct assessment_ref *ref,
				    const char *key, const struct evidence_list *evidence,
				    struct assessment *out, struct fact_row *row, bool *taken,
				    struct lt_err *err);

/* What answers of an assessment are held against; made once a session and kept in it. */
struct trial {
	struct assessment_ref ref;
	struct assessment assessment; /* ruleset and units alone */
	const struct ruleset *ruleset;
	struct plan *plan;
	struct answers answers; /* scratch */
	struct trial *next;
};

enum lt_status session_trial(struct session *session, const struct assessment_ref *ref,
			     struct trial **trial, struct lt_findings *findings,
			     struct lt_err *err);

/* The changes of one answer or quantity, once the ruleset has taken it. Errors: LT_EDATA. */
enum lt_status session_change_answer(struct session *session, struct trial *trial,
				     const struct new_answer *wish, struct changes *changes,
				     struct lt_err *err);
enum lt_status session_change_quantity(struct session *session, const struct new_quantity *wish,
				       struct changes *changes, struct lt_findings *findings,
				       struct lt_err *err);

/* The changes that tie a file which is there to a line of the inventory. */
enum lt_status evidence_tie_line(const struct new_evidence *wish, const char *sha256,
				 struct changes *changes, struct lt_err *err);

/* Whether a verdict gives anything that evidence must bear out. */
bool verdict_is_award(const struct words *verdict);

/* Awards without evidence, or with a vague locator, and without a reason: the session's reason is
 * written down for each of them; without one they are findings, and LT_EDATA. */
enum lt_status evidence_permits(struct session *session, const struct assessment_ref *ref,
				const char *rung, struct changes *changes,
				struct lt_findings *findings, struct lt_err *err);

/* What a sheet says of a line or an offset beyond amount and factor; and the same out of the facts,
 * borrowed from the row. */
enum lt_status import_line_parts(struct changes *changes, const char *key,
				 const struct sheet_line *line, struct lt_err *err);
enum lt_status import_offset_parts(struct changes *changes, const struct sheet_offset *offset,
				   struct lt_err *err);
void gather_line_parts(const struct fact_row *row, struct sheet_line *line);
void gather_offset_parts(const struct fact_row *row, struct sheet_offset *offset);

#endif
