/* A project made again from the document that was exported of it. */
#include <stdio.h>
#include <string.h>
#include "export_parts.h"
#include "lingtan/base/file.h"
#include "lingtan/store/blob.h"
#include "session_parts.h"

#define MOST_DOCUMENT ((size_t)64 << 20)

struct rebuilding {
	struct session *session;
	const char *from;
	const struct lt_json_node *document;
	struct changes changes;
	struct rebuilt *out;
};

/* Acts of people on a state of the old journal, which the new one does not have. */
static bool is_act(const char *table)
{
	static const char *const acts[] = { "round",	 "sent_back", "seen",
					    "sign_off", "decision",  "signing_key" };
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (strcmp(acts[i], table) == 0)
			return true;
	return false;
}

static enum lt_status refuse(const struct rebuilding *rebuild, const char *zh, const char *en,
			     const char *what, struct lt_err *err)
{
	lt_err_set(err, LT_EDATA, zh, en, what);
	lt_err_prefix(err, rebuild->from);
	return LT_EDATA;
}

/* Strings of a list, as many as there must be; NULL where it is none of ours. */
static const char **read_strings(struct rebuilding *rebuild, const struct lt_json_node *list,
				 unsigned n)
{
	const char **texts = lt_arena_alloc(&rebuild->session->arena, n + 1, sizeof(*texts));
	unsigned i = 0;
	if (!texts || list->kind != LT_JSON_LIST || list->n != n)
		return NULL;
	for (const struct lt_json_node *at = list->first; at; at = at->next) {
		if (at->kind != LT_JSON_TEXT && at->kind != LT_JSON_NULL)
			return NULL;
		texts[i++] = at->text;
	}
	return texts;
}

static bool is_digest(const char *text)
{
	return strlen(text) == LT_SHA256_HEX - 1 &&
	       strspn(text, "0123456789abcdef") == LT_SHA256_HEX - 1;
}

/* What the file's own checks would refuse without saying of what. */
static bool is_key(const struct fact_table *table, const char *const *parts)
{
	for (unsigned i = 0; i < table->key.n; i++) {
		const char *name = table->key.at[i];
		if (!parts[i][0] && strcmp(name, "assessment") != 0)
			return false;
		if (strcmp(name, "rung") == 0 && !is_rung(parts[i]))
			return false;
		if (strcmp(name, "sha256") == 0 && !is_digest(parts[i]))
			return false;
		if (strcmp(name, "park") == 0 && strcmp(parts[i], "park") != 0)
			return false;
	}
	return true;
}

/* Bytes that a cell names must be in the file; of evidence the place of a linked file is said
 * instead, by its name. */
static enum lt_status settle_bytes(struct rebuilding *rebuild, const struct fact_table *table,
				   const struct cell_group *group, const char **values,
				   struct lt_err *err)
{
	for (unsigned i = 0; i < group->blobs.n; i++) {
		const int member = cell_group_find_member(group, group->blobs.at[i]);
		const int path = cell_group_find_member(group, "path");
		const int name = cell_group_find_member(group, "name");
		bool found = false;
		uint64_t size;
		if (!values[member][0])
			continue;
		enum lt_status status = blob_find(rebuild->session->project, values[member],
						  &found, &size, err);
		if (status)
			return status;
		if (found)
			continue;
		if (path < 0 || name < 0)
			return refuse(rebuild, "缺少 %s 的全文；请用完整的导出", "the full text of %s is missing; take the whole export",
				      table->table, err);
		values[member] = "";
		values[path] = values[name];
		rebuild->out->n_bytes++;
	}
	return LT_OK;
}

static enum lt_status take_group(struct rebuilding *rebuild, const struct fact_table *table,
				 const char *const *parts, const struct lt_json_node *node,
				 struct lt_err *err)
{
	const struct cell_group *group = fact_table_find_group(table, node->key);
	const char **values = group ? read_strings(rebuild, node, group->members.n) : NULL;
	if (!values)
		return refuse(rebuild, "%s 有不认识的内容，可能由更新的程序写出",
			      "%s holds what this program does not know; a newer one may have "
			      "written it",
			      table->table, err);
	enum lt_status status = settle_bytes(rebuild, table, group, values, err);
	if (status)
		return status;
	/* names of files may have any character */
	return strcmp(table->table, "evidence") == 0
		       ? changes_add_names(&rebuild->changes, table->table, parts, group->group,
					   values, err)
		       : changes_add(&rebuild->changes, table->table, parts, group->group, values,
				     err);
}

static enum lt_status take_row(struct rebuilding *rebuild, const struct fact_table *table,
			       const struct lt_json_node *row, struct lt_err *err)
{
	const char **parts = read_strings(rebuild, lt_json_get(row, "key"), table->key.n);
	enum lt_status status = LT_OK;
	if (!parts || !is_key(table, parts))
		return refuse(rebuild, "%s 有一行没有正确的标识", "a row of %s has no proper key",
			      table->table, err);
	for (const struct lt_json_node *at = lt_json_get(row, "groups")->first; at && !status;
	     at = at->next)
		status = take_group(rebuild, table, parts, at, err);
	return status;
}

static enum lt_status take_table(struct rebuilding *rebuild, const struct lt_json_node *rows,
				 struct lt_err *err)
{
	const struct fact_table *table = vocabulary_find_table(
		rebuild->session->workspace->vocabulary, rows->key);
	enum lt_status status = LT_OK;
	if (!table)
		return refuse(rebuild, "不认识表 %s，可能由更新的程序写出",
			      "there is no table %s; a newer program may have written it",
			      rows->key, err);
	if (is_act(rows->key)) {
		rebuild->out->n_acts += rows->n;
		return LT_OK;
	}
	for (const struct lt_json_node *row = rows->first; row && !status; row = row->next)
		status = take_row(rebuild, table, row, err);
	return status;
}

static enum lt_status take_texts(struct rebuilding *rebuild, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	const struct lt_json_node *texts = lt_json_get(rebuild->document, "texts");
	for (const struct lt_json_node *at = texts->first; at && !status; at = at->next) {
		char sha256[LT_SHA256_HEX];
		const char *text = lt_json_get_text(at, "text");
		status = blob_put_bytes(rebuild->session->project, text, strlen(text), sha256,
					err);
	}
	return status;
}

static enum lt_status fill(void *context, struct project *project, struct entry *first,
			   struct lt_err *err)
{
	struct rebuilding *rebuild = context;
	struct session *session = rebuild->session;
	session->project = project;
	enum lt_status status = take_texts(rebuild, err);
	const struct lt_json_node *facts = lt_json_get(rebuild->document, "facts");
	for (const struct lt_json_node *at = facts->first; at && !status; at = at->next)
		status = take_table(rebuild, at, err);
	session->project = NULL;
	if (!status)
		status = session_sign(session, first, "new", err);
	first->changes = rebuild->changes.at;
	first->n_changes = rebuild->changes.n;
	rebuild->out->n_changes = rebuild->changes.n;
	return status;
}

static enum lt_status read_document(struct rebuilding *rebuild, struct lt_err *err)
{
	struct session *session = rebuild->session;
	struct lt_err wrong = LT_ERR_INIT;
	const char *text;
	size_t len;
	enum lt_status status =
		lt_file_read(rebuild->from, MOST_DOCUMENT, &session->arena, &text, &len, err);
	if (status)
		return status;
	status = lt_json_read(text, len, &session->arena, &rebuild->document, &wrong);
	const struct lt_json_node *facts = lt_json_get(rebuild->document, "facts");
	if (!status && (strcmp(lt_json_get_text(rebuild->document, "format"), "lingtan-report") != 0 ||
			facts->kind != LT_JSON_OBJECT))
		status = lt_err_set(&wrong, LT_EFILE,
				    "不是 lingtan export --format json 写出的文件",
				    "this is not what lingtan export --format json writes");
	if (status) {
		lt_err_prefix(&wrong, rebuild->from);
		*err = wrong;
	}
	return status;
}

static const char *reason_of(struct rebuilding *rebuild)
{
	const struct lt_json_node *project = lt_json_get(rebuild->document, "project");
	const char *id = lt_json_get_text(project, "id"), *head = lt_json_get_text(project, "head");
	const bool zh = rebuild->session->lang == LT_ZH;
	return lt_arena_printf(&rebuild->session->arena,
			       zh ? "由项目 %.32s 的导出重建，记录 %.64s"
				  : "made again from an export of project %.32s at %.64s",
			       id, head);
}

enum lt_status session_rebuild(struct session *session, struct workspace *workspace,
			       const char *path, const char *from, const struct who *who,
			       enum lt_lang lang, struct rebuilt *out, struct lt_err *err)
{
	session_start(session, workspace, who);
	session->lang = lang;
	struct rebuilding rebuild = { .session = session,
				      .from = from,
				      .changes = { .session = session },
				      .out = out };
	*out = (struct rebuilt){ 0 };
	session->command = "new";
	enum lt_status status = session_identify(session, who, err);
	if (!status)
		status = read_document(&rebuild, err);
	if (!status) {
		session->reason = reason_of(&rebuild);
		status = session->reason ? project_create(workspace->store, path, fill, &rebuild,
							  &session->project, err)
					 : lt_err_memory(err);
	}
	return status;
}
