/* An earlier assessment that stands in another file: a copy of that file, without the bytes of its
 * evidence, is kept in this one, and read where hints and changes are asked for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cycle_parts.h"

/* An earlier file that was looked into, until its session closes. */
struct other_project {
	struct session session;
	char folder[400], path[460];
	struct other_project *next;
};

/* ---- a folder of our own, for as long as the file is read ---- */

static enum lt_status make_folder(char *folder, size_t cap, struct lt_err *err)
{
	const char *tmp = getenv("TMPDIR");
	const int len = snprintf(folder, cap, "%s/lingtan-XXXXXX",
				 tmp && tmp[0] == '/' ? tmp : "/tmp");
	if (len > 0 && (size_t)len < cap && mkdtemp(folder))
		return LT_OK;
	folder[0] = 0;
	return lt_err_set(err, LT_ESPACE, "不能在 %s 建立临时文件夹；请检查 TMPDIR",
			  "a temporary folder cannot be made in %s; see TMPDIR",
			  tmp && tmp[0] == '/' ? tmp : "/tmp");
}

static void remove_folder(const char *folder, const char *path)
{
	if (path[0])
		unlink(path);
	if (folder[0])
		rmdir(folder);
}

void cycle_close_others(struct session *session)
{
	struct other_project *at = session->others;
	session->others = NULL;
	while (at) {
		struct other_project *next = at->next;
		session_close(&at->session);
		remove_folder(at->folder, at->path);
		free(at);
		at = next;
	}
}

/* ---- reading it ---- */

static const char *kept_name(struct session *session, const char *head)
{
	return lt_arena_printf(&session->arena, "earlier-%.12s.lingtan", head);
}

static enum lt_status open_kept(struct session *session, const struct evidence_file *file,
				const char *head, struct other_project *other, struct lt_err *err)
{
	const struct who who = { .name = session->name, .role = session->role };
	enum lt_status status = make_folder(other->folder, sizeof(other->folder), err);
	if (status)
		return status;
	snprintf(other->path, sizeof(other->path), "%s/earlier.lingtan", other->folder);
	status = session_extract(session, file->sha256, other->path, err);
	if (!status)
		status = session_open(&other->session, session->workspace, other->path,
				      PROJECT_LOOK, &who, err);
	if (!status && strcmp(project_head(other->session.project), head) != 0)
		status = lt_err_set(err, LT_EDATA, "佐证 %s 不是所承接的那份文件；请改用备份，或重新承接那份文件（lingtan follow）",
				    "evidence %s is not the file that is followed; use a backup, or follow that file again (lingtan follow)",
				    file->name);
	return status;
}

static enum lt_status find_kept(struct session *session, const char *head,
				const struct evidence_file **out, struct lt_err *err)
{
	struct evidence_list list;
	const char *name = kept_name(session, head);
	enum lt_status status = name ? session_evidence(session, &list, err) : lt_err_memory(err);
	*out = NULL;
	for (unsigned i = 0; !status && i < list.n_files; i++)
		if (strcmp(list.files[i].name, name) == 0 && !list.files[i].purged)
			*out = &list.files[i];
	if (status || *out)
		return status;
	return lt_err_set(err, LT_EDATA, "承接的记录 %.12s 不在文件里，也没有保存那份文件；请改用备份，或重新承接那份文件（lingtan follow）",
			  "the entry %.12s that is followed is not in the file, nor is its file kept; use a backup, or follow that file again (lingtan follow)",
			  head);
}

static enum lt_status open_other(struct session *session, const char *head, struct session **out,
				 struct lt_err *err)
{
	const struct evidence_file *file;
	enum lt_status status = find_kept(session, head, &file, err);
	if (status)
		return status;
	struct other_project *other = calloc(1, sizeof(*other));
	if (!other)
		return lt_err_memory(err);
	status = open_kept(session, file, head, other, err);
	/* closed with the session, whether it could be opened or not */
	other->next = session->others;
	session->others = other;
	*out = &other->session;
	return status;
}

enum lt_status cycle_source(struct session *session, const struct cycle_link *link,
			    struct session **out, struct lt_err *err)
{
	struct entry entry;
	bool found;
	*out = session;
	enum lt_status status = journal_get(session->project, link->head, &session->arena, &entry,
					    &found, err);
	if (status || found)
		return status;
	for (struct other_project *at = session->others; at; at = at->next)
		if (at->session.project &&
		    strcmp(project_head(at->session.project), link->head) == 0) {
			*out = &at->session;
			return LT_OK;
		}
	return open_other(session, link->head, out, err);
}

/* ---- keeping it ---- */

/* The earlier file itself is only read, whatever its version: what is written to is a copy. */
static enum lt_status snapshot_of(struct session *session, struct session *other,
				  const char *whole, const char *to, struct lt_err *err)
{
	struct project *copy = NULL;
	enum lt_status status = project_copy(other->project, whole, err);
	if (!status)
		status = project_open(session->workspace->store, whole, PROJECT_WRITE, &copy, err);
	if (!status)
		status = project_snapshot(copy, to, err);
	project_close(copy);
	unlink(whole);
	return status;
}

static enum lt_status keep_file(struct session *session, struct session *other,
				struct lt_findings *findings, struct lt_err *err)
{
	char folder[400], path[460] = "", whole[460];
	struct attached put;
	const char *name = kept_name(session, project_head(other->project));
	enum lt_status status = name ? make_folder(folder, sizeof(folder), err)
				     : lt_err_memory(err);
	if (status)
		return status;
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	const struct new_evidence wish = { .path = path, .kind = "other" };
	snprintf(whole, sizeof(whole), "%s/whole.lingtan", folder);
	status = snapshot_of(session, other, whole, path, err);
	if (!status)
		status = session_attach(session, NULL, &wish, &put, findings, err);
	remove_folder(folder, path);
	return status;
}

static enum lt_status follow_other(struct session *session, struct session *other,
				   const char *assessment, const struct new_cycle *wish,
				   const char **name, struct lt_findings *findings,
				   struct lt_err *err)
{
	const struct assessment_ref *earlier;
	enum lt_status status = session_find_assessment(other, assessment, NULL, &earlier,
							findings, err);
	if (!status && strcmp(project_id(other->project), project_id(session->project)) == 0)
		status = lt_err_set(err, LT_EDATA, "%s 和本文件是同一个项目；请直接 follow，或先合并",
				    "%s is the same project as this one; follow within the file, or merge first",
				    project_path(other->project));
	if (!status)
		status = keep_file(session, other, findings, err);
	return status ? status
		      : cycle_follow(session, other, earlier, wish, name, findings, err);
}

enum lt_status session_follow_file(struct session *session, const char *path,
				   const char *assessment, const struct new_cycle *wish,
				   const char **name, struct lt_findings *findings,
				   struct lt_err *err)
{
	const struct who who = { .name = session->name, .role = session->role };
	struct session other = { 0 };
	enum lt_status status =
		session_open(&other, session->workspace, path, PROJECT_LOOK, &who, err);
	/* the copy of the earlier file and the assessment that follows it are one transaction */
	if (!status)
		status = project_begin(session->project, true, err);
	if (!status) {
		struct lt_err second = LT_ERR_INIT;
		status = follow_other(session, &other, assessment, wish, name, findings, err);
		const enum lt_status ended =
			project_end(session->project, !status, status ? &second : err);
		status = status ? status : ended;
	}
	session_close(&other);
	return status;
}
