/* What evidence supports, and giving its bytes back or destroying them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/app/evidence.h"
#include "lingtan/base/file.h"
#include "lingtan/base/reason.h"
#include "lingtan/base/text.h"
#include "lingtan/store/blob.h"
#include "session_parts.h"

/* ---- awards that stand on nothing ---- */

struct award_visit {
	struct session *session;
	const struct assessment_ref *ref;
	const char *rung;
	const struct evidence_list *list;
	struct unsupported *at;
	unsigned n, cap;
	struct lt_err *err;
};

bool verdict_is_award(const struct words *verdict)
{
	static const char *const no[] = { "not-met", "no", "na", "unset", "" };
	const char *result = verdict->at[0], *value = verdict->at[1];
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (strcmp(result, no[i]) == 0)
			return false;
	if (strcmp(result, "points") == 0)
		return strcmp(value, "0") != 0;
	return strcmp(result, "checks") != 0 || value[0];
}

/* The ties of an item: whether there is one, whether all are vague, whether a reason stands with
 * one. */
static void see_ties(const struct award_visit *visit, const char *item, bool *tied, bool *vague,
		     const char **reason)
{
	*tied = false;
	*vague = true;
	*reason = NULL;
	for (unsigned i = 0; i < visit->list->n_ties; i++) {
		const struct evidence_tie *tie = &visit->list->ties[i];
		if (strcmp(tie->assessment, visit->ref->name) != 0 || strcmp(tie->item, item) != 0)
			continue;
		*tied = true;
		*vague &= tie->vague;
		if (tie->vague_reason)
			*reason = tie->vague_reason;
	}
}

static enum lt_status see_award(void *context, const struct fact_row *row)
{
	struct award_visit *visit = context;
	const struct words *verdict = fact_row_get(row, "verdict"),
			   *typed = fact_row_get(row, "unsupported"),
			   *cited = fact_row_get(row, "cited");
	bool tied, vague;
	const char *reason;
	if (strcmp(row->parts[0], visit->ref->name) != 0 ||
	    strcmp(row->parts[1], visit->rung) != 0 || !verdict->at || !verdict_is_award(verdict))
		return LT_OK;
	see_ties(visit, row->parts[2], &tied, &vague, &reason);
	if (tied && !vague)
		return LT_OK;
	visit->at = lt_arena_room(&visit->session->arena, visit->at, visit->n, &visit->cap,
				  sizeof(*visit->at));
	if (!visit->at)
		return lt_err_memory(visit->err);
	visit->at[visit->n++] = (struct unsupported){
		.item = row->parts[2],
		.rung = row->parts[1],
		.vague = tied,
		.reason = typed->at && typed->at[0][0] ? typed->at[0]
			  : tied                       ? reason
						       : NULL,
		.cited = !tied && cited->at && cited->at[0][0] ? cited->at[0] : NULL,
		.cited_locator = !tied && cited->at && cited->at[1][0] ? cited->at[1] : NULL,
	};
	return LT_OK;
}

enum lt_status session_unsupported(struct session *session, const struct assessment_ref *ref,
				   const char *rung, struct unsupported **out, unsigned *n,
				   struct lt_err *err)
{
	struct evidence_list list;
	struct award_visit visit = {
		.session = session, .ref = ref, .rung = rung, .list = &list, .err = err
	};
	enum lt_status status = session_evidence(session, &list, err);
	if (!status)
		status = project_visit(session->project, "answer", &session->arena, see_award,
				       &visit, err);
	*out = visit.at;
	*n = visit.n;
	return status;
}

enum lt_status evidence_permits(struct session *session, const struct assessment_ref *ref,
				const char *rung, struct changes *changes,
				struct lt_findings *findings, struct lt_err *err)
{
	struct unsupported *list;
	unsigned n, n_bare = 0;
	enum lt_status status = session_unsupported(session, ref, rung, &list, &n, err);
	findings->file = project_path(session->project);
	for (unsigned i = 0; i < n && !status; i++) {
		const char *const key[] = { ref->name, rung, list[i].item };
		if (list[i].reason)
			continue;
		n_bare++;
		if (session->reason[0])
			status = changes_add(changes, "answer", key, "unsupported",
					     &session->reason, err);
		else if (list[i].vague)
			lt_findings_add(findings, LT_ERROR, "",
					"条款 %s：佐证定位笼统，也没有写理由",
					"item %s: its evidence has a vague locator and no reason",
					list[i].item);
		else
			lt_findings_add(findings, LT_ERROR, "", "条款 %s：没有佐证，也没有写理由",
					"item %s: no evidence, and no reason why", list[i].item);
	}
	if (status || !n_bare || session->reason[0])
		return status;
	return lt_err_set(
		err, LT_EDATA,
		"%u 条没有佐证或定位笼统；请用 lingtan attach 补上，或用 --reason 写明理由",
		"%u awards stand without evidence or a close locator: attach it, or give a --reason",
		n_bare);
}

/* ---- giving back ---- */

static bool fits(const struct evidence_file *file, const char *which)
{
	const size_t len = strlen(which);
	return (len >= 6 && strncmp(file->sha256, which, len) == 0) ||
	       strcmp(file->name, which) == 0;
}

/* Files of one name are told apart by their hashes. */
static enum lt_status refuse_several(const struct evidence_list *list, const char *which,
				     struct lt_err *err)
{
	char hashes[200] = "";
	unsigned n = 0;
	for (unsigned i = 0; i < list->n_files; i++) {
		const size_t used = strlen(hashes);
		if (!fits(&list->files[i], which) || used + 20 > sizeof(hashes))
			continue;
		snprintf(hashes + used, sizeof(hashes) - used, "%s%.12s", n++ ? " " : "",
			 list->files[i].sha256);
	}
	return lt_err_set(err, LT_EDATA, "有几份佐证都叫“%.*s”，请改用校验值：%s",
			  "several files are called '%.*s', give the hash instead: %s", LT_CUT(which, 120),
			  hashes);
}

enum lt_status session_find_evidence(struct session *session, const char *which,
				     const struct evidence_file **out, struct lt_err *err)
{
	struct evidence_list list;
	unsigned n_fit = 0;
	enum lt_status status = session_evidence(session, &list, err);
	for (unsigned i = 0; i < list.n_files && !status; i++)
		if (fits(&list.files[i], which)) {
			n_fit++;
			*out = &list.files[i];
		}
	if (status || n_fit == 1)
		return status;
	return n_fit ? refuse_several(&list, which, err)
		     : lt_err_set(err, LT_EDATA, "没有佐证“%s”；见 lingtan evidence",
				  "there is no evidence '%s'; see lingtan evidence", which);
}

static enum lt_status write_bytes(void *context, const void *bytes, size_t len, struct lt_err *err)
{
	const int fd = *(const int *)context;
	const char *at = bytes;
	while (len) {
		const ssize_t n = write(fd, at, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return lt_err_because(err, LT_ESPACE, errno, "写不出", "cannot be written");
		at += n;
		len -= (size_t)n;
	}
	return LT_OK;
}

/* A linked file, held against the hash that it had. */
static enum lt_status copy_linked(const struct evidence_file *file, int to, struct lt_err *err)
{
	struct lt_sha256 sha;
	char hex[LT_SHA256_HEX];
	ssize_t got = 0;
	enum lt_status status = LT_OK;
	char *buf = malloc(BLOB_CHUNK);
	size_t size;
	int fd = -1;
	if (!buf)
		status = lt_err_memory(err);
	else
		/* a device may stand there by now, which has no end */
		status = lt_file_open(file->path, &fd, &size, err);
	lt_sha256_init(&sha);
	while (!status && (got = read(fd, buf, BLOB_CHUNK)) > 0) {
		lt_sha256_add(&sha, buf, (size_t)got);
		status = write_bytes(&to, buf, (size_t)got, err);
	}
	lt_sha256_finish(&sha, hex);
	if (!status && (got < 0 || strcmp(hex, file->sha256) != 0))
		status = lt_err_set(err, LT_EFILE, "%s：链接的文件变了，与记录的校验值不符",
				    "%s: the linked file has changed, its hash is another",
				    file->path);
	if (fd >= 0)
		close(fd);
	free(buf);
	return status;
}

enum lt_status session_extract(struct session *session, const char *which, const char *to,
			       struct lt_err *err)
{
	const struct evidence_file *file = NULL;
	enum lt_status status = session_find_evidence(session, which, &file, err);
	if (!status && file->purged)
		status = lt_err_set(err, LT_EDATA, "%s 的内容已清除：%s",
				    "the bytes of %s were purged: %s", file->name, file->purged);
	if (status)
		return status;
	int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (fd < 0)
		return errno == EEXIST
			       ? lt_err_set(err, LT_EDATA, "%s：已有这个文件，不会覆盖",
					    "%s: there is such a file, it is not overwritten", to)
			       : lt_err_because(err, LT_ESPACE, errno, "%s：不能新建",
						"%s: cannot be made", to);
	status = file->linked ? copy_linked(file, fd, err)
			      : blob_get(session->project, file->sha256, write_bytes, &fd, err);
	if (!status && fsync(fd) != 0 && errno != EINVAL && errno != EROFS)
		status = lt_err_because(err, LT_ESPACE, errno, "%s：不能写入磁盘",
					"%s: cannot be flushed", to);
	close(fd);
	if (status)
		unlink(to);
	return status;
}

enum lt_status session_purge(struct session *session, const char *which, struct lt_err *err)
{
	const struct evidence_file *file = NULL;
	struct changes changes = { .session = session };
	bool done;
	enum lt_status status = session_find_evidence(session, which, &file, err);
	if (!status && !session->reason[0])
		status = lt_err_set(err, LT_EDATA, "清除佐证要写明原因（--reason）",
				    "purging evidence needs a --reason");
	if (!status && file->purged)
		status = lt_err_set(err, LT_EDATA, "%s 的内容早已清除：%s",
				    "the bytes of %s were purged before: %s", file->name,
				    file->purged);
	if (!status)
		status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = changes_add(&changes, "evidence", &file->sha256, "purged", &session->reason, err);
	if (!status)
		status = blob_purge(session->project, file->sha256, err);
	if (!status)
		status = session_commit(session, "purge", &changes, &done, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	return status ? status : ended;
}
