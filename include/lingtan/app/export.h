/*
 * export - what leaves a project: documents, workbooks and data, each made from the report's one
 * document (report.h), each appearing whole or not at all.
 *
 * What needs the slow libraries is drawn by the second program, which gets that document and
 * nothing else: no path, no project.
 */
#ifndef LINGTAN_APP_EXPORT_H
#define LINGTAN_APP_EXPORT_H

#include "lingtan/app/report.h"

enum export_format {
	EXPORT_DOCX,
	EXPORT_PDF,
	EXPORT_HTML,
	EXPORT_XLSX,
	EXPORT_CSV,
	EXPORT_JSON,
	EXPORT_EVIDENCE,
	EXPORT_REQUESTS, /* the material asked of the park, as a table */
	N_EXPORT_FORMATS
};

extern const char *const export_format_names[]; /* docx, pdf ...; NULL ends the list */

struct export_wish {
	struct report_wish report;
	enum export_format format;
	const char *path;
	bool replace;           /* whether a file of that name may give way */
	const char *template_path; /* of EXPORT_DOCX: the body's own file, or NULL */
};

struct exported {
	char sha256[LT_SHA256_HEX]; /* of the file */
	unsigned long long size;
	unsigned n_files, n_left_out; /* of EXPORT_EVIDENCE */
};

/**
 * session_export - Errors: LT_EDATA (there is such a file; or names of people stand where they
 * cannot be taken out), LT_NO (it cannot be final yet), LT_EFILE (the second program is missing;
 * the template is no document), LT_ESPACE.
 */
enum lt_status session_export(struct session *session, const struct assessment_ref *ref,
			      const struct export_wish *wish, struct exported *out,
			      struct lt_findings *findings, struct lt_err *err);

/**
 * export_offer - a name for what is asked for, in a folder ("" or ending with a slash), that no file
 * bears yet: park, kind, date. In the session's arena; NULL when memory runs out.
 */
const char *export_offer(struct session *session, const struct assessment_ref *ref,
			 const struct export_wish *wish, const char *folder);

/* What a project made again from its document does not have. */
struct rebuilt {
	unsigned n_changes;
	unsigned n_acts;  /* rounds, signatures, decisions: they were of entries that are not in it */
	unsigned n_bytes; /* pieces of evidence that are named and whose bytes are elsewhere */
};

/**
 * session_rebuild - a new project file from a JSON document of EXPORT_JSON: one entry that says
 * from which project and head, in a language. What was decided under the old journal (rounds, signatures,
 * decisions, what was seen) is not taken over; evidence is named by its hash, its bytes are not
 * there. Errors: LT_EFILE (no such document), LT_EDATA (there is such a file; what the document
 * says cannot be), LT_ESPACE. No file is left then.
 */
enum lt_status session_rebuild(struct session *session, struct workspace *workspace,
			       const char *path, const char *from, const struct who *who,
			       enum lt_lang lang, struct rebuilt *out, struct lt_err *err);

#endif
