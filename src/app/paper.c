/* Printed forms: which there are, what their names mean, one as a file. */
#include "lingtan/app/paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "export_parts.h"
#include "lingtan/app/record.h"
#include "lingtan/base/child.h"
#include "lingtan/base/file.h"
#include "lingtan/base/ids.h"
#include "lingtan/base/text.h"
#include "paper_parts.h"

#define FOLDER "templates/"

/* ---- names ---- */

struct naming {
	const struct form_set *forms;
	const struct paper_template *template;
	struct lt_findings *findings;
};

static void complain(const struct naming *at, const char *path, const char *set, const char *field)
{
	char names[400];
	if (field)
		lt_findings_add(at->findings, LT_ERROR, path, "“%s”没有字段“%s”", "'%s' has no field '%s'",
				set, field);
	else
		lt_findings_add(at->findings, LT_ERROR, path,
				"没有数据“%s”；有的是各表单的标识，以及 %s",
				"there is no data '%s'; there are the ids of forms, and %s", set,
				paper_gathered_names(names, sizeof(names)));
}

/* rows: the set of the table that the name stands in, or NULL. */
static void check_name(const struct naming *at, const char *path, const char *name,
		       const char *rows)
{
	char set[64];
	const char *field;
	if (!paper_name_split(name, set, &field)) {
		lt_findings_add(at->findings, LT_ERROR, path, "“%s”应写作 数据.字段，如 park.name",
				"'%s' should be written SET.FIELD, as park.name", name);
		return;
	}
	const struct paper_name found = paper_name_find(at->forms, set, field);
	const bool stands = found.is_single || (rows && strcmp(rows, set) == 0) ||
			    (at->template->each && strcmp(at->template->each, set) == 0);
	if (!found.has_set)
		complain(at, path, set, NULL);
	else if (!found.has_field)
		complain(at, path, set, field);
	else if (!stands)
		lt_findings_add(at->findings, LT_ERROR, path,
				"“%s”有许多行：要在 rows 为“%s”的表里，或由 each 逐行印",
				"'%s' has many rows: it stands in a table whose rows are '%s', or each is that",
				set, set);
}

static void check_set(const struct naming *at, const char *path, const char *set, const char *field)
{
	const struct paper_name found = paper_name_find(at->forms, set, field);
	if (!found.has_set)
		complain(at, path, set, NULL);
	else if (!found.has_field)
		complain(at, path, set, field);
}

/* Fields of a set, with commas between. */
static void check_sort(const struct naming *at, const char *path, const char *set,
		       const char *fields)
{
	const char *one;
	char field[80];
	size_t len;
	while (lt_ids_next(&fields, &one, &len)) {
		snprintf(field, sizeof(field), "%.*s", (int)(len < sizeof(field) ? len : 79), one);
		check_set(at, path, set, field);
	}
}

/* Ids that the field of a form does not know would leave rows out in silence. */
static void check_among(const struct naming *at, const char *path,
			const struct paper_block *block)
{
	const struct form_field *field = paper_field_form(at->forms, block->rows, block->match);
	const char *ids = block->among, *one;
	char id[80];
	size_t len;
	while (field && field->n_choices && lt_ids_next(&ids, &one, &len)) {
		snprintf(id, sizeof(id), "%.*s", (int)(len < sizeof(id) ? len : 79), one);
		if (!form_field_find_choice(field, id))
			lt_findings_add(at->findings, LT_ERROR, path, "“%s”没有选项“%s”",
					"'%s' has no choice '%s'", block->match, id);
	}
}

/* The names between { and } of a text. */
static void check_text(const struct naming *at, const char *path, const char *text)
{
	while (text && (text = strchr(text, '{'))) {
		/* what is longer is no name, and one that does not end would swallow the rest */
		char name[128];
		const size_t len = strcspn(text + 1, "}"),
			     shown = lt_text_cut(text + 1, len, sizeof(name) - 1);
		memcpy(name, text + 1, shown);
		name[shown] = 0;
		check_name(at, path, name, NULL);
		text += len + 1;
	}
}

static void check_block(const struct naming *at, unsigned b)
{
	const struct paper_block *block = &at->template->blocks[b];
	char path[80];
	snprintf(path, sizeof(path), "blocks[%u].id", b);
	if (block->id)
		check_name(at, path, block->id, NULL);
	snprintf(path, sizeof(path), "blocks[%u].text", b);
	check_text(at, path, block->text.zh);
	check_text(at, path, block->text.en);
	snprintf(path, sizeof(path), "blocks[%u].rows", b);
	if (block->rows)
		check_set(at, path, block->rows, NULL);
	snprintf(path, sizeof(path), "blocks[%u].match", b);
	if (block->rows && block->match)
		check_set(at, path, block->rows, block->match);
	snprintf(path, sizeof(path), "blocks[%u].to", b);
	if (block->to)
		check_name(at, path, block->to, NULL);
	snprintf(path, sizeof(path), "blocks[%u].among", b);
	if (block->rows && block->match && block->among)
		check_among(at, path, block);
	snprintf(path, sizeof(path), "blocks[%u].sort", b);
	if (block->rows && block->sort)
		check_sort(at, path, block->rows, block->sort);
	for (unsigned i = 0; i < block->n_fields; i++) {
		const char *id = block->fields[i].id;
		snprintf(path, sizeof(path), "blocks[%u].fields[%u].id", b, i);
		if (!id || (block->kind == PAPER_TABLE &&
			    (strcmp(id, "n") == 0 || strcmp(id, "entry") == 0)))
			continue;
		check_name(at, path, id, block->rows);
	}
}

enum lt_status paper_check(struct workspace *workspace, const struct yaml_source *source,
			   struct lt_arena *arena, struct lt_findings *findings,
			   struct paper_template **out, struct lt_err *err)
{
	struct yaml_positions positions = { 0 };
	struct naming at = { .findings = findings };
	const size_t before = findings->n_errors;
	enum lt_status status = record_forms(workspace, findings, &at.forms, err);
	if (!status)
		status = paper_template_load(source, arena, &positions, findings, out, err);
	if (status)
		return status;
	struct lt_finding *last = findings->last;
	findings->file = source->name;
	at.template = *out;
	if (at.template->each)
		check_set(&at, "each", at.template->each, NULL);
	if (at.template->each && at.template->sort)
		check_sort(&at, "sort", at.template->each, at.template->sort);
	if (at.template->needs)
		check_name(&at, "needs", at.template->needs, NULL);
	if (at.template->number)
		check_name(&at, "number", at.template->number, NULL);
	for (unsigned i = 0; i < at.template->n_blocks; i++)
		check_block(&at, i);
	yaml_positions_apply(&positions, last ? last->next : findings->first, source->name);
	if (findings->n_errors == before)
		return LT_OK;
	*out = NULL;
	return lt_err_set(err, LT_EFILE, "%s：有 %zu 处错误，未读入", "%s: not loaded; errors: %zu",
			  source->name, findings->n_errors - before);
}

static bool is_of_assessment(const char *name)
{
	static const char *const sets[] = { "assessment.", "decision.", "signature.",
					   "review_point." };
	for (size_t i = 0; name && i < sizeof(sets) / sizeof(sets[0]); i++)
		if (strncmp(name, sets[i], strlen(sets[i])) == 0)
			return true;
	return false;
}

bool paper_is_of_assessment(const struct paper_template *template)
{
	for (unsigned b = 0; b < template->n_blocks; b++) {
		const struct paper_block *block = &template->blocks[b];
		bool found = is_of_assessment(block->id) ||
			     (block->text.zh && strstr(block->text.zh, "{assessment."));
		for (unsigned i = 0; i < block->n_fields && !found; i++)
			found = is_of_assessment(block->fields[i].id);
		if (found)
			return true;
	}
	return false;
}

/* ---- which there are ---- */

static bool is_form(const struct yaml_source *source)
{
	return document_kind(source) == DOCUMENT_PAPER;
}

/* The id of a built-in form by its path, or NULL; other templates lie there, too. */
static const char *built_in_id(const struct embedded_file *file, char out[80])
{
	const struct yaml_source source = { .name = file->path, .text = file->text, .len = file->len };
	const size_t len = strlen(file->path);
	if (strncmp(file->path, FOLDER, strlen(FOLDER)) != 0 || len < strlen(FOLDER) + 6 ||
	    strcmp(file->path + len - 5, ".yaml") != 0 || !is_form(&source))
		return NULL;
	snprintf(out, 80, "%.*s", (int)(len - 5 - strlen(FOLDER)), file->path + strlen(FOLDER));
	return out;
}

static bool is_built_in(const struct workspace *workspace, const char *id)
{
	char one[80];
	const struct embedded_file *file = workspace->library->embedded;
	while (file->path && !(built_in_id(file, one) && strcmp(one, id) == 0))
		file++;
	return file->path != NULL;
}

/* The user's own file of a name; NULL where there is none. */
static const char *own_path(const char *folder, const char *id, struct lt_arena *arena)
{
	const char *path = folder && lt_text_is_id(id)
				   ? lt_arena_printf(arena, "%s/%s.yaml", folder, id)
				   : NULL;
	return path && lt_is_file(path) ? path : NULL;
}

/* A form of the user's own that is none of ours; certificates' templates lie there, too. */
static bool is_own_form(const struct workspace *workspace, const char *folder, const char *id,
			struct lt_arena *arena)
{
	struct lt_err ignored = LT_ERR_INIT;
	struct yaml_source source = { .name = own_path(folder, id, arena) };
	return source.name && !is_built_in(workspace, id) &&
	       !lt_file_read(source.name, YAML_MAX_BYTES, arena, &source.text, &source.len,
			     &ignored) &&
	       is_form(&source);
}

bool paper_is_known(const struct workspace *workspace, const char *folder, const char *id,
		    struct lt_arena *arena)
{
	return is_built_in(workspace, id) || is_own_form(workspace, folder, id, arena);
}

/* Their ids, in the order of the names; none where the folder cannot be read. */
static enum lt_status list_own_forms(const struct workspace *workspace, const char *folder,
				     struct lt_arena *arena, const char ***ids, size_t *n,
				     struct lt_err *err)
{
	const char **names = NULL;
	struct lt_err ignored = LT_ERR_INIT;
	size_t n_names = 0;
	*n = 0;
	if (folder && lt_is_folder(folder) &&
	    lt_dir_list(folder, arena, &names, &n_names, &ignored) == LT_ESPACE)
		return lt_err_memory(err);
	*ids = names;
	for (size_t i = 0; i < n_names; i++) {
		const size_t len = strlen(names[i]);
		if (len < 6 || strcmp(names[i] + len - 5, ".yaml") != 0)
			continue;
		const char *id = lt_arena_strndup(arena, names[i], len - 5);
		if (!id)
			return lt_err_memory(err);
		if (is_own_form(workspace, folder, id, arena))
			names[(*n)++] = id;
	}
	return LT_OK;
}

static enum lt_status read_template(struct workspace *workspace, const char *id, const char *path,
				    struct lt_arena *arena, struct lt_findings *findings,
				    struct paper_template **out, struct lt_err *err)
{
	struct yaml_source source = { .name = path };
	enum lt_status status = LT_OK;
	if (path) {
		status = lt_file_read(path, YAML_MAX_BYTES, arena, &source.text, &source.len, err);
	} else {
		const char *name = lt_arena_printf(arena, FOLDER "%s.yaml", id);
		const struct embedded_file *file =
			name ? library_embedded(workspace->library, name) : NULL;
		if (!file)
			return lt_err_memory(err);
		source = (struct yaml_source){ .name = file->path, .text = file->text, .len = file->len };
	}
	if (!status)
		status = paper_check(workspace, &source, arena, findings, out, err);
	/* by its name it takes the place of ours: what it calls itself is the same */
	if (status || !id || !path || strcmp((*out)->id, id) == 0)
		return status;
	findings->file = path;
	lt_findings_add(findings, LT_ERROR, "paper", "写的是“%s”，文件名却是“%s”；两处写成一样",
			"it says '%s', and the file is called '%s'; make them one", (*out)->id, id);
	return lt_err_set(err, LT_EFILE, "%s：未读入", "%s: not loaded", path);
}

static int compare_order(const void *a, const void *b)
{
	const struct paper_info *one = a, *two = b;
	return one->order != two->order ? (one->order > two->order ? 1 : -1)
					: strcmp(one->id, two->id);
}

/* One line of the list. A wrong one of the user's leaves the others to be printed: it is listed by
 * the built-in one, or where there is none by its name. */
static enum lt_status describe(struct workspace *workspace, const char *folder, const char *id,
			       struct lt_arena *arena, struct lt_findings *findings,
			       struct paper_info *out, struct lt_err *err)
{
	struct paper_template *template = NULL;
	const char *own = own_path(folder, id, arena);
	enum lt_status status = read_template(workspace, id, own, arena, findings, &template, err);
	*out = (struct paper_info){ .id = lt_arena_strndup(arena, id, strlen(id)), .from = own };
	if (!out->id)
		return lt_err_memory(err);
	if (status == LT_EFILE && own) {
		out->is_wrong = true;
		*err = (struct lt_err)LT_ERR_INIT;
		status = LT_OK;
		template = NULL;
		if (is_built_in(workspace, id))
			status = read_template(workspace, id, NULL, arena, findings, &template, err);
	}
	if (status)
		return status;
	out->order = template && template->order ? strtol(template->order, NULL, 10) : 1000;
	out->title = template ? template->title : (struct label){ out->id, out->id };
	out->help = template ? template->help : (struct label){ "", "" };
	out->size = template ? template->size : PAPER_A4;
	out->each = template ? template->each : NULL;
	return LT_OK;
}

enum lt_status paper_list(struct workspace *workspace, const char *folder, struct lt_arena *arena,
			  struct lt_findings *findings, struct paper_info **out, unsigned *n,
			  struct lt_err *err)
{
	char id[80];
	const char **own;
	size_t n_own, n_all;
	enum lt_status status = list_own_forms(workspace, folder, arena, &own, &n_own, err);
	*n = 0;
	if (status)
		return status;
	n_all = n_own;
	for (const struct embedded_file *file = workspace->library->embedded; file->path; file++)
		n_all += built_in_id(file, id) != NULL;
	*out = lt_arena_alloc(arena, n_all + 1, sizeof(**out));
	if (!*out)
		return lt_err_memory(err);
	for (const struct embedded_file *file = workspace->library->embedded;
	     file->path && !status; file++)
		if (built_in_id(file, id))
			status = describe(workspace, folder, id, arena, findings, &(*out)[(*n)++], err);
	for (size_t i = 0; i < n_own && !status; i++)
		status = describe(workspace, folder, own[i], arena, findings, &(*out)[(*n)++], err);
	if (!status)
		qsort(*out, *n, sizeof(**out), compare_order);
	return status;
}

static enum lt_status refuse_id(const struct workspace *workspace, const char *folder,
				const char *id, struct lt_arena *arena, struct lt_err *err)
{
	char known[400] = "", one[80];
	const char **own;
	size_t len = 0, n_own;
	enum lt_status status = list_own_forms(workspace, folder, arena, &own, &n_own, err);
	if (status)
		return status;
	for (const struct embedded_file *file = workspace->library->embedded; file->path; file++)
		if (built_in_id(file, one) && len < sizeof(known))
			len += (size_t)snprintf(known + len, sizeof(known) - len, "%s%s",
						len ? ", " : "", one);
	for (size_t i = 0; i < n_own && len < sizeof(known); i++)
		len += (size_t)snprintf(known + len, sizeof(known) - len, ", %s", own[i]);
	return lt_err_set(err, LT_EDATA, "没有表单“%.*s”可印；有：%s", "there is no form '%.*s' to print; there are: %s",
			  LT_CUT(id, 60), known);
}

enum lt_status paper_find(struct workspace *workspace, const char *id, const char *path,
			  const char *folder, struct lt_arena *arena, struct lt_findings *findings,
			  struct paper_template **out, struct lt_err *err)
{
	*out = NULL;
	if (path)
		return read_template(workspace, NULL, path, arena, findings, out, err);
	return paper_is_known(workspace, folder, id, arena)
		       ? read_template(workspace, id, own_path(folder, id, arena), arena, findings,
				       out, err)
		       : refuse_id(workspace, folder, id, arena, err);
}

/* ---- a file ---- */

static enum lt_status write_file(const struct paper_wish *wish, const struct lt_child_result *drawn,
				 struct exported *out, struct lt_err *err)
{
	struct lt_file_out file;
	struct lt_sha256 sha;
	enum lt_status status = lt_file_begin(&file, wish->path, wish->replace, err);
	if (!status)
		status = lt_file_add(&file, drawn->output, drawn->len, err);
	if (!status)
		status = lt_file_finish(&file, err);
	lt_file_abandon(&file);
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, drawn->output, drawn->len);
	lt_sha256_finish(&sha, out->sha256);
	out->size = drawn->len;
	return status;
}

enum lt_status session_print(struct session *session, const struct assessment_ref *ref,
			     const struct paper_wish *wish, struct exported *out,
			     struct lt_findings *findings, struct lt_err *err)
{
	struct paper_data data = { .session = session,
				   .ref = ref,
				   .lang = wish->lang,
				   .day = wish->date,
				   .year = wish->year,
				   .findings = findings,
				   .err = err };
	struct lt_child_result drawn = { 0 };
	struct lt_json json;
	*out = (struct exported){ 0 };
	lt_json_init(&json);
	enum lt_status status = record_forms(session->workspace, findings, &data.forms, err);
	if (!status)
		status = paper_compose(&data, wish, &json);
	const char *text = status ? NULL : lt_json_finish(&json);
	if (!status && !text)
		status = lt_err_memory(err);
	if (!status)
		status = export_draw(session, "form", text, json.len, "", 0, &drawn, err);
	if (!status)
		status = write_file(wish, &drawn, out, err);
	lt_child_release(&drawn);
	lt_json_release(&json);
	return status;
}
