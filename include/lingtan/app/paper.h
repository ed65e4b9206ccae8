/*
 * paper - the forms that people print, write on and sign (templates/, load/paper.h): which there
 * are, whether a template's names mean something, and one of them as a PDF.
 *
 * What a template names SET.FIELD is looked up here. A set is a form of forms/ with its rows, or one
 * that is gathered (paper_sets.c lists those). A set without rows, and a field without a value, leave
 * room to be written on; nothing is invented. The same file, template and day give the same bytes.
 */
#ifndef LINGTAN_APP_PAPER_H
#define LINGTAN_APP_PAPER_H

#include "lingtan/app/evidence.h"
#include "lingtan/app/export.h"
#include "lingtan/app/session.h"
#include "lingtan/load/paper.h"

struct paper_info {
	const char *id;
	struct label title, help;
	enum paper_size size;
	const char *each; /* a sheet for each row of this set; NULL = one */
	const char *from; /* the user's own file; NULL = built in */
	bool is_wrong;    /* it cannot be read: what stands here is of the built-in one, or where there
			     is none its file's name alone */
	long order;
};

/**
 * paper_list - the built-in ones and those of the user's folder, in the order of the work; one in the
 * folder goes before the built-in one of the same name; of one that is wrong the findings say why.
 * folder: DATA/lingtan/templates, or NULL. In the arena. Errors: LT_EFILE, LT_ESPACE.
 */
enum lt_status paper_list(struct workspace *workspace, const char *folder, struct lt_arena *arena,
			  struct lt_findings *findings, struct paper_info **out, unsigned *n,
			  struct lt_err *err);

/* The template of an id, or of a path where that is not NULL; checked. Errors: LT_EDATA (there is
 * none: err lists them), LT_EFILE, LT_ESPACE. */
enum lt_status paper_find(struct workspace *workspace, const char *id, const char *path,
			  const char *folder, struct lt_arena *arena,
			  struct lt_findings *findings, struct paper_template **out,
			  struct lt_err *err);

/* A template as `lingtan check` sees it: its shape, and whether each name is known. Errors: LT_EFILE
 * (findings say why), LT_ESPACE. */
enum lt_status paper_check(struct workspace *workspace, const struct yaml_source *source,
			   struct lt_arena *arena, struct lt_findings *findings,
			   struct paper_template **out, struct lt_err *err);

/* Whether a form speaks of one assessment, so that it must be said which. */
bool paper_is_of_assessment(const struct paper_template *template);

struct paper_wish {
	const struct paper_template *template;
	enum lt_lang lang;
	const char *date; /* that it bears */
	const char *year; /* whose engagement, stops and samples; NULL = of the assessment, else the last */
	const char *only; /* of a template with `each`: the one row, by its first field; NULL = all */
	const char *path;
	bool replace; /* whether a file of that name may give way */
};

/**
 * session_print - a form of a project (ref: the assessment that is meant, NULL = of none) or of a
 * register, as a PDF that appears whole or not at all. Errors: LT_EDATA (no such row; there is such a
 * file), LT_EFILE (the second program, a font), LT_ESPACE.
 */
enum lt_status session_print(struct session *session, const struct assessment_ref *ref,
			     const struct paper_wish *wish, struct exported *out,
			     struct lt_findings *findings, struct lt_err *err);

/* Whether `back` is the number at the foot of a sheet, FORM or FORM/ROW: its form and its row.
 * folder: as of paper_find(). */
bool paper_splits(const struct workspace *workspace, const char *folder, const char *back,
		  char id[64], const char **row, struct lt_arena *arena);

/**
 * session_file_paper - a signed sheet that comes back, as evidence of the kind "signed", by the number
 * at its foot: at the stop or the finding that it is of; a sign-in sheet is then the stop's. wish: the
 * file and what is said of it; its item does not count. folder: as of paper_find(). Errors: LT_EDATA
 * (no such form, stop or finding), those of session_attach().
 */
enum lt_status session_file_paper(struct session *session, const char *back, const char *folder,
				  const struct new_evidence *wish, struct attached *out,
				  struct lt_findings *findings, struct lt_err *err);

#endif
