#include "lingtan/app/glance.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "lingtan/app/duty.h"
#include "lingtan/base/file.h"
#include "lingtan/store/verify.h"

#define MOST_DUE 200

struct glancing {
	struct lt_arena *arena;
	struct glance *out;
	const struct fact_table *table;
	struct lt_err *err;
};

static const char *keep(struct lt_arena *arena, const char *text)
{
	return lt_arena_strndup(arena, text, strlen(text));
}

/* "" where nothing is set. */
static const char *member_of(const struct glancing *at, const struct fact_row *row,
			     const char *group, const char *member)
{
	const struct cell_group *found = fact_table_find_group(at->table, group);
	const int number = found ? cell_group_find_member(found, member) : -1;
	const struct words *value = found ? &row->values[found - at->table->groups] : NULL;
	return value && value->at && number >= 0 && (unsigned)number < value->n && value->at[number]
		       ? value->at[number]
		       : "";
}

static bool is_set(const struct glancing *at, const struct fact_row *row, const char *group)
{
	const struct cell_group *found = fact_table_find_group(at->table, group);
	return found && row->values[found - at->table->groups].at;
}

static enum lt_status add_due(struct glancing *at, enum due_kind kind, const char *title,
			     const char *date)
{
	struct glance *out = at->out;
	if (!date[0] || out->n_due == MOST_DUE)
		return LT_OK;
	title = keep(at->arena, title);
	date = keep(at->arena, date);
	if (!title || !date)
		return lt_err_memory(at->err);
	out->due[out->n_due].kind = kind;
	out->due[out->n_due].title = title;
	out->due[out->n_due++].date = date;
	return LT_OK;
}

/* ---- tables ---- */

static enum lt_status see_park(void *context, const struct fact_row *row)
{
	struct glancing *at = context;
	at->out->park = keep(at->arena, member_of(at, row, "identity", "name"));
	return at->out->park ? LT_OK : lt_err_memory(at->err);
}

static enum lt_status see_evidence(void *context, const struct fact_row *row)
{
	struct glancing *at = context;
	at->out->n_evidence += is_set(at, row, "file") && !is_set(at, row, "purged");
	return LT_OK;
}

/* As finding.h has it: an answer that was rejected leaves the finding open. */
static enum lt_status see_finding(void *context, const struct fact_row *row)
{
	struct glancing *at = context;
	if (member_of(at, row, "withdrawn", "text")[0] ||
	    strcmp(member_of(at, row, "ruling", "outcome"), "upheld") == 0 ||
	    strcmp(member_of(at, row, "verification", "outcome"), "accepted") == 0)
		return LT_OK;
	return add_due(at, DUE_REPAIR, member_of(at, row, "number", "number"),
		       member_of(at, row, "due", "date"));
}

static enum lt_status see_request(void *context, const struct fact_row *row)
{
	struct glancing *at = context;
	if (!request_is_open(member_of(at, row, "state", "state")) ||
	    member_of(at, row, "removed", "yes")[0])
		return LT_OK;
	return add_due(at, DUE_REQUEST, member_of(at, row, "ask", "title"),
		       member_of(at, row, "ask", "due"));
}

static int by_date(const void *a, const void *b)
{
	const struct glance_due *one = a, *other = b;
	return strcmp(one->date, other->date);
}

static enum lt_status read_tables(struct workspace *workspace, struct project *project,
				  struct lt_arena *arena, struct glance *out, struct lt_err *err)
{
	static const struct {
		const char *table;
		enum lt_status (*see)(void *context, const struct fact_row *row);
	} tables[] = { { "park", see_park },
		       { "evidence", see_evidence },
		       { "finding", see_finding },
		       { "request", see_request } };
	enum lt_status status = LT_OK;
	out->n_entries = project_depth(project);
	out->due = lt_arena_alloc(arena, MOST_DUE, sizeof(*out->due));
	if (!out->due)
		return lt_err_memory(err);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]) && !status; i++) {
		struct glancing at = { .arena = arena,
				       .out = out,
				       .table = vocabulary_find_table(workspace->vocabulary,
								      tables[i].table),
				       .err = err };
		if (at.table)
			status = project_visit(project, tables[i].table, NULL, tables[i].see, &at,
					       err);
	}
	if (!status)
		qsort(out->due, out->n_due, sizeof(*out->due), by_date);
	return status;
}

/* ---- the file ---- */

static enum lt_status tell_damage(struct lt_arena *arena, struct glance *out,
				  const struct lt_err *why, struct lt_err *err)
{
	out->state = GLANCE_DAMAGED;
	for (int lang = 0; lang < LT_N_LANGS; lang++) {
		out->why[lang] = keep(arena, why->text[lang]);
		if (!out->why[lang])
			return lt_err_memory(err);
	}
	return LT_OK;
}

enum lt_status glance_file(struct workspace *workspace, const char *path, struct lt_arena *arena,
			   struct glance *out, struct lt_err *err)
{
	struct stat found;
	struct lt_err why = LT_ERR_INIT;
	struct project *project = NULL;
	*out = (struct glance){ .size = "", .park = "" };
	if (stat(path, &found) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
		out->state = GLANCE_GONE;
		return LT_OK;
	}
	enum lt_status status = project_open(workspace->store, path, PROJECT_LOOK, &project, &why);
	if (!status) {
		out->size = lt_arena_printf(arena, "%lld", (long long)found.st_size);
		status = out->size ? read_tables(workspace, project, arena, out, &why)
				   : lt_err_memory(&why);
	}
	project_close(project);
	return status ? tell_damage(arena, out, &why, err) : LT_OK;
}

enum lt_status glance_verify(struct workspace *workspace, const char *path, unsigned most,
			     struct lt_arena *arena, struct glance *glance, struct lt_err *err)
{
	struct lt_err why = LT_ERR_INIT;
	struct project *project = NULL;
	bool whole = false;
	if (glance->state != GLANCE_FINE)
		return LT_OK;
	enum lt_status status = project_open(workspace->store, path, PROJECT_LOOK, &project, &why);
	if (!status)
		status = project_trust(project, most, &whole, &why);
	project_close(project);
	glance->is_verified = status || whole;
	glance->holds = status == LT_OK;
	if (!status)
		return LT_OK;
	status = tell_damage(arena, glance, &why, err);
	/* it can be opened all the same */
	glance->state = GLANCE_FINE;
	return status;
}

/* ---- room for a new one ---- */

#define LEAST_ROOM (4ull << 20) /* bytes: a new file and its journal, with some to spare */

enum lt_status glance_place(const char *path, unsigned long long *room, struct lt_err *err)
{
	char folder[4096];
	struct stat found;
	struct statvfs medium;
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const size_t len = slash ? (size_t)(slash - path) : 0;
	*room = 0;
	if (!name[0] || lt_is_folder(path))
		return lt_err_set(err, LT_EDATA, "还要写文件名", "a file name is missing");
	if (lstat(path, &found) == 0)
		return lt_err_set(err, LT_EDATA, "已有这个文件，不会覆盖；换一个名字",
				  "there is such a file, and it is never written over; "
				  "take another name");
	if (len >= sizeof(folder))
		return lt_err_set(err, LT_EDATA, "路径过长；换一个短的",
				  "the path is too long; take a shorter one");
	snprintf(folder, sizeof(folder), "%.*s", (int)len, path);
	const char *where = len > 0 ? folder : slash ? "/" : ".";
	if (!lt_is_folder(where))
		return lt_err_set(err, LT_EFILE, "没有这个文件夹：%s", "there is no folder %s",
				  where);
	if (access(where, W_OK) != 0)
		return lt_err_set(err, LT_ESPACE, "此处不可写：%s；换一个文件夹",
				  "%s cannot be written to; take another folder", where);
	if (statvfs(where, &medium) == 0)
		*room = (unsigned long long)medium.f_bavail * medium.f_frsize;
	if (*room < LEAST_ROOM)
		return lt_err_set(err, LT_ESPACE, "此处空间不足；换一个文件夹",
				  "there is no space left there; take another folder");
	return LT_OK;
}
