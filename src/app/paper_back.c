/* Signed paper that comes back: evidence of the kind "signed", filed by the number at the foot of its
 * sheet. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/evidence.h"
#include "lingtan/app/finding.h"
#include "lingtan/app/paper.h"
#include "lingtan/app/visit.h"
#include "lingtan/base/text.h"
#include "paper_parts.h"
#include "session_parts.h"

struct filing {
	struct session *session;
	const struct paper_template *template;
	const char *row; /* "" = of no row */
	const struct stop_info *stop;
	const struct finding_info *finding;
	struct lt_err *err;
};

bool paper_splits(const struct workspace *workspace, const char *folder, const char *back,
		  char id[64], const char **row, struct lt_arena *arena)
{
	const size_t len = strcspn(back, "/");
	if (!len || len >= 64)
		return false;
	memcpy(id, back, len);
	id[len] = 0;
	*row = back[len] ? back + len + 1 : "";
	return paper_is_known(workspace, folder, id, arena);
}

/* The stop or the finding that a sheet is of. */
static enum lt_status find_row(struct filing *filing)
{
	const char *each = filing->template->each;
	const bool is_stop = each && strcmp(each, "stop") == 0;
	const bool is_finding = each && strcmp(each, "finding") == 0;
	if ((is_stop || is_finding) && !filing->row[0])
		return lt_err_set(filing->err, LT_EDATA,
				  "要写明是哪一张，如 %s/%s，印在表的下方",
				  "say which sheet it is, as %s/%s, printed at its foot",
				  filing->template->id, is_stop ? "S01" : "F01");
	if (is_stop)
		return session_find_stop(filing->session, filing->row, &filing->stop, filing->err);
	return is_finding ? session_find_finding(filing->session, filing->row, &filing->finding,
						 filing->err)
			  : LT_OK;
}

/* Where a sheet belongs: at its stop, its finding; a sign-in sheet is what a stop asks for. */
static enum lt_status change_place(const struct filing *filing, const char *sha256,
				   const char *name, struct changes *changes)
{
	struct session *session = filing->session;
	struct lt_err *err = filing->err;
	enum lt_status status = LT_OK;
	if (filing->stop) {
		const char *const values[] = { filing->stop->id, "" };
		status = changes_add(changes, "evidence", &sha256, "visit", values, err);
	}
	if (!status && filing->stop && strcmp(filing->template->id, "attendance") == 0) {
		const char *const values[] = { filing->stop->present, name };
		status = changes_add(changes, "stop", &filing->stop->id, "sign_in", values, err);
	}
	if (!status && filing->finding) {
		const char *title = label_in(session->lang, &filing->template->title);
		const char *const key[] = { filing->finding->id, sha256, "fact" };
		status = changes_add(changes, "finding_tie", key, "locator", &title, err);
		if (!status)
			status = changes_add(changes, "finding_tie", key, "removed", NULL, err);
	}
	return status;
}

static enum lt_status put_and_file(const struct filing *filing, const struct new_evidence *wish,
				   struct attached *out, struct lt_findings *findings)
{
	struct session *session = filing->session;
	struct changes changes = { .session = session };
	struct words file = { 0 };
	bool done;
	enum lt_status status =
		session_attach(session, NULL, wish, out, findings, filing->err);
	if (!status)
		status = project_get(session->project, "evidence", out->sha256, "file",
				     &session->arena, &file, filing->err);
	if (!status)
		status = change_place(filing, out->sha256, file.at ? file.at[0] : "", &changes);
	return status ? status : session_commit(session, "attach", &changes, &done, filing->err);
}

enum lt_status session_file_paper(struct session *session, const char *back, const char *folder,
				  const struct new_evidence *wish, struct attached *out,
				  struct lt_findings *findings, struct lt_err *err)
{
	struct filing filing = { .session = session, .err = err };
	struct new_evidence signed_paper = *wish;
	struct paper_template *template = NULL;
	char id[64];
	signed_paper.item = NULL;
	signed_paper.kind = "signed";
	if (!paper_splits(session->workspace, folder, back, id, &filing.row, &session->arena))
		return lt_err_set(err, LT_EDATA, "没有表单“%.*s”；有的见 lingtan paper list",
				  "there is no form '%.*s'; lingtan paper list says which there are", LT_CUT(back, 60));
	enum lt_status status = paper_find(session->workspace, id, NULL, folder, &session->arena,
					   findings, &template, err);
	filing.template = template;
	if (!status)
		status = find_row(&filing);
	if (status)
		return status;
	/* the bytes and where they belong are one transaction */
	status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = put_and_file(&filing, &signed_paper, out, findings);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	return status ? status : ended;
}
