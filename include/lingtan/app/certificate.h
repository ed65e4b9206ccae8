/*
 * certificate - the record of an assessment's result (core/certificate.h), signed and drawn.
 *
 * Numbers that are illustrative, a standard in draft, a ruleset that is no known edition: whatever
 * rests on them is a specimen (样张), whoever asks and signs. What is not in the way of a specimen
 * makes a draft (草稿) as long as it is not issued. Only certificate_issue (register.h) takes a
 * number and makes a certificate.
 */
#ifndef LINGTAN_APP_CERTIFICATE_H
#define LINGTAN_APP_CERTIFICATE_H

#include "lingtan/app/session.h"
#include "lingtan/base/file_out.h"
#include "lingtan/core/certificate.h"
#include "lingtan/load/certificate.h"

#define CERTIFICATE_FILE_MARK "%lingtan-signature 1 "
#define FILE_PURPOSE "lingtan file 1"

/* The text of a template: that of the path; else the user's own; else the built-in one. Owned by the
 * arena. folder: DATA/lingtan/templates, or NULL. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status certificate_template_find(const struct library *library, const char *path,
					 const char *folder, struct lt_arena *arena,
					 struct lt_findings *findings,
					 struct certificate_template **out,
					 const char **found_in, struct lt_err *err);

/* Numbers of this series are those of rehearsals: made-up parks, made-up numbers. */
#define TEST_SERIES "TEST"
/* Of a series, or of a number that begins with it. */
bool series_is_test(const char *series);

/* What an assessment's certificate would say today, and what speaks against it. */
struct certificate_case {
	struct certificate certificate; /* without number, fonts and libraries */
	const char **because[LT_N_LANGS]; /* why it can only be a specimen */
	unsigned n_because;
	const char **blockers[LT_N_LANGS]; /* why it cannot be issued yet */
	unsigned n_blockers, n_of_ready; /* the first of them are those of session_ready() */
	struct words fields; /* ids of those that the ruleset asks for */
};

/**
 * certificate_gather - of an assessment as it stands, on a day. Owned by the session's arena.
 * Errors: LT_EFILE, LT_EDATA, LT_ESPACE.
 */
enum lt_status certificate_gather(struct session *session, const struct assessment_ref *ref,
				  const struct certificate_template *template, const char *day,
				  struct certificate_case *out, struct lt_findings *findings,
				  struct lt_err *err);

/* Marks it as a specimen or draft, with its reasons in words. specimen: even where a draft would
 * do. */
enum lt_status certificate_mark(struct session *session, struct certificate_case *of, bool specimen,
				struct lt_err *err);

struct drawing {
	const char *format; /* pdf, svg, png or json */
	enum lt_lang lang;
	const struct certificate_template *template;
	const char *template_folder; /* where its pictures lie; NULL = none */
	const struct words *fields; /* that the ruleset asks for, also when they are empty */
	const struct lt_key *key; /* NULL: nothing is signed */
	const char *statement; /* of a certificate that is printed anew: as it was signed, and stays; or
				  NULL */
	size_t statement_len;
	struct session *watched; /* whose watcher can stop it, and is told what is done; NULL = nobody */
	const char *reprint; /* which print after the first, "1"; or NULL */
};

struct drawn {
	const char *record; /* canonical, with fonts and libraries */
	size_t record_len;
	const char *statement;
	size_t statement_len;
	char code[CODE_MAX]; /* "" without a key */
	char *bytes;         /* of the file; owned: free() it */
	size_t len;
};

/* The file of a certificate. Strings in the arena. Errors: LT_EFILE (missing font or character,
 * too much text, the second program), LT_ESPACE. */
enum lt_status certificate_draw(struct certificate *certificate, const struct drawing *drawing,
				struct lt_arena *arena, struct drawn *out, struct lt_err *err);

/* Several at once, in one run of the second program: what opens the fonts is done once. All are of one
 * template. Errors: the same; nothing is drawn then. */
enum lt_status certificate_draw_all(struct certificate *const *certificates,
				    const struct drawing *drawings, unsigned n,
				    struct lt_arena *arena, struct drawn *outs, struct lt_err *err);

/* pdf, svg, png or json by the ending of a path. Errors: LT_EUSAGE. */
enum lt_status certificate_format(const char *path, const char **format, struct lt_err *err);

/* ---- its files ---- */

/* The drawing, and minisign's detached signature beside it: laid ready, then named. */
struct certificate_files {
	const char *path;
	bool replace;
	const struct lt_key *key; /* NULL: no signature */
	struct lt_file_out file, signature;
};

/* Lays them ready. Errors: LT_EDATA (there is such a file), LT_ESPACE. Abandon in any case. */
enum lt_status certificate_files_begin(struct certificate_files *files, const char *path,
				       bool replace, const struct lt_key *key,
				       const struct certificate *certificate, const void *bytes,
				       size_t len, struct lt_err *err);
enum lt_status certificate_files_finish(struct certificate_files *files, struct lt_err *err);
void certificate_files_abandon(struct certificate_files *files);

/* Both steps at once. */
enum lt_status certificate_write(const char *path, bool replace, const struct lt_key *key,
				 const struct certificate *certificate, const void *bytes,
				 size_t len, struct lt_err *err);

/* ---- checking ---- */

enum proof_kind { PROOF_FILE, PROOF_RECORD, PROOF_CODE };

struct proof {
	enum proof_kind kind;
	bool holds;
	const char *why[LT_N_LANGS];    /* why it does not */
	char public[LT_PUBLIC_HEX];     /* whose signature it bears; "" = none */
	bool key_given;                 /* and it is the one that was asked for */
	struct certificate certificate; /* PROOF_CODE: only what the code says */
	char record[LT_SHA256_HEX];     /* hash of the record; of a code its first half */
};

/**
 * certificate_prove - a PDF, a statement or a code, against a public key. key "": the one it names
 * itself, which proves only that nothing was changed since somebody with that key signed; a code
 * names none. Strings in the arena. Errors: LT_EFILE (it is none of the three), LT_EUSAGE (a code
 * without a key), LT_ESPACE; that it does not hold is no error.
 */
enum lt_status certificate_prove(const char *bytes, size_t len, const char *key,
				 struct lt_arena *arena, struct proof *out, struct lt_err *err);

#endif
