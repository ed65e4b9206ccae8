/*
 * register - which certificates a body has issued, and how each stands.
 *
 * A register is a file of the body's own, of the same kind as a project: every change is an entry of
 * its journal. What the public sees of it is a signed list of states.
 */
#ifndef LINGTAN_APP_REGISTER_H
#define LINGTAN_APP_REGISTER_H

#include "lingtan/app/certificate.h"

#define LIST_FORMAT "lingtan status list 1"
#define LIST_PURPOSE "lingtan status list 1"

/* ---- how one certificate stands, by a list ---- */

struct standing {
	bool holds;                  /* the list is good, and by it the certificate is valid */
	const char *why[LT_N_LANGS]; /* why not; NULL */
	const char *day;             /* of the list */
	const char *state, *since, *until, *reason; /* NULL = the list does not know it */
};

/**
 * status_list_read - the standing of a proven certificate on a day, by a list that must be signed
 * with the same key. Strings in the arena. Errors: LT_EFILE (it is no list), LT_ESPACE.
 */
enum lt_status status_list_read(const char *text, size_t len, const struct proof *proof,
				const char *day, struct lt_arena *arena, struct standing *out,
				struct lt_err *err);

/* ---- the register itself ---- */

/**
 * register_new - a register of a body, as its first entry. Errors: LT_EDATA (there is such a file; a
 * role that may not), LT_ESPACE.
 */
enum lt_status register_new(struct session *session, struct workspace *workspace, const char *path,
			    const struct who *who, struct lt_err *err);

/* The register that this machine used last; NULL = none. In the session's arena. */
const char *register_remembered(struct session *session);
void register_remember(const struct session *session, const char *path);

/* Errors: LT_EDATA (the session's file is a project). */
enum lt_status register_is(struct session *session, struct lt_err *err);

enum registered_state {
	REGISTERED_VALID,
	REGISTERED_SUSPENDED,
	REGISTERED_WITHDRAWN,
	REGISTERED_GIVEN_UP,
	REGISTERED_EXPIRED, /* by its last day; nobody decides it */
	REGISTERED_SUPERSEDED,
	N_REGISTERED_STATES
};

extern const char *const registered_state_names[]; /* NULL ends the list */
extern const struct label registered_state_titles[N_REGISTERED_STATES];

struct registered {
	const char *number, *series, *year, *n;
	const char *park, *grade, *standard, *project, *assessment;
	const char *day, *valid_until, *record, *statement;
	enum registered_state state; /* on the day that was asked for */
	const char *since, *until, *reason, *other, *by;
	const char *due, *done, *note; /* of surveillance; "" = none */
	bool is_due; /* within 30 days of the day, or past */
};

/* All of them, the newest first, as they stand on a day. Owned by the session's arena. Errors:
 * LT_EFILE, LT_ESPACE. */
enum lt_status register_list(struct session *session, const char *day, struct registered **out,
			     unsigned *n, struct lt_err *err);

/* One of them by its number. Errors: LT_EDATA (no such number; the session's file is a project), those
 * of register_list(). */
enum lt_status register_find(struct session *session, const char *number, const char *day,
			     const struct registered **out, struct lt_err *err);

/* What was signed when one was issued. */
struct issued {
	const char *text; /* signed, as it stands in the register */
	size_t len;
	struct statement statement; /* borrows the text */
	struct certificate certificate;
};

/* Owned by the register's arena. Errors: LT_EFILE (it is not understood, or was changed), LT_ESPACE. */
enum lt_status register_read_issued(struct session *registry, const struct registered *of,
				    struct issued *out, struct lt_err *err);

/**
 * certificate_issue - takes the next number of the register and makes the certificate, in one
 * transaction of the register; then `write` is to bring the file under its name, and the project
 * gets its entry. Refused as a whole before. Errors: LT_NO (it is a specimen, or something speaks
 * against it: findings), LT_EDATA (no key, a role that may not), those of certificate_draw().
 */
struct issuing {
	struct session *project, *registry;
	const struct assessment_ref *ref;
	const struct certificate_template *template;
	struct drawing drawing;
	const char *day;
	/* before the number counts: the file lies ready; after: it gets its name */
	enum lt_status (*write)(void *context, const struct certificate *certificate,
				const struct drawn *drawn, struct lt_err *err);
	enum lt_status (*finish)(void *context, struct lt_err *err);
	void *context;
};

enum lt_status certificate_issue(const struct issuing *wish, const char **number,
				 struct lt_findings *findings, struct lt_err *err);

/**
 * certificate_reprint - the certificate of a number drawn once more from the record that the register
 * keeps, for registry->reason, as an entry of the register; its page says which print it is, record
 * and code are the ones that were issued. Of wish, project and ref are not read. Errors: LT_EDATA (no
 * such number, no reason, no key or not the one that signed it, a state that ends), LT_EFILE (its
 * record is broken), those of certificate_draw().
 */
enum lt_status certificate_reprint(const struct issuing *wish, const char *number,
				   struct lt_findings *findings, struct lt_err *err);

/**
 * register_decide - another state of a certificate, for session->reason, from a day on. until: of a
 * suspension, or NULL. other: the number that takes its place, or NULL. REGISTERED_VALID resumes a
 * suspended one. Errors: LT_EDATA (no such number, no reason, no day, a state that ends: what was
 * withdrawn, given up, superseded or has expired does not come back).
 */
enum lt_status register_decide(struct session *session, const char *number,
			       enum registered_state state, const char *since, const char *until,
			       const char *other, struct lt_err *err);

/* A surveillance that was done on a day, in words, and when the next is due ("" = never). Errors:
 * LT_EDATA. */
enum lt_status register_surveil(struct session *session, const char *number, const char *day,
				const char *note, const char *due, struct lt_err *err);

/**
 * register_statement - the signed list of states on a day as JSON; as CSV with a mark of the byte
 * order, and nothing that an office suite would compute. Owned by the arena. Errors: LT_EDATA (no
 * key), LT_EFILE, LT_ESPACE.
 */
enum lt_status register_statement(struct session *session, const char *day, bool csv,
				  struct lt_arena *arena, const char **text, size_t *len,
				  struct lt_err *err);

#endif
