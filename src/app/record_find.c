/* Finding the rows of a form, and taking them out. */
#include <string.h>
#include "lingtan/app/evidence.h"
#include "lingtan/app/finding.h"
#include "field_parts.h"
#include "record_parts.h"

/* ---- listing ---- */

struct listing {
	struct session *session;
	const struct form *form;
	struct record **at;
	unsigned n, cap;
	struct lt_err *err;
};

static enum lt_status list_row(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct record *record;
	if (row_is_removed(row))
		return LT_OK;
	enum lt_status status =
		record_make(list->session, list->form, row->key, &record, list->err);
	if (status || !record->exists)
		return status;
	list->at = lt_arena_room(&list->session->arena, list->at, list->n, &list->cap,
				 sizeof(*list->at));
	if (!list->at)
		return lt_err_memory(list->err);
	list->at[list->n++] = record;
	return LT_OK;
}

enum lt_status record_list(struct session *session, const struct form *form, struct record ***out,
			   unsigned *n, struct lt_err *err)
{
	struct listing list = { .session = session, .form = form, .err = err };
	struct record *only;
	enum lt_status status = LT_OK;
	*out = NULL;
	*n = 0;
	if (form->table && !record_form_is_single(form)) {
		status = project_visit(session->project, form->table, &session->arena, list_row,
				       &list, err);
		*out = list.at;
		*n = list.n;
		return status;
	}
	status = record_new(session, form, &only, err);
	if (!status)
		*out = lt_arena_alloc(&session->arena, 1, sizeof(**out));
	if (status)
		return status;
	if (!*out)
		return lt_err_memory(err);
	(*out)[(*n)++] = only;
	return LT_OK;
}

/* ---- finding ---- */

static enum lt_status refuse(const struct form *form, const char *which, unsigned n,
			     struct lt_err *err)
{
	if (n)
		return lt_err_set(err, LT_EDATA, "%s%.0s：有几个“%s”，请写得更全",
				  "%.0s%s: several are called '%s', say more of it", form->title.zh,
				  form->title.en, which);
	return lt_err_set(err, LT_EDATA, "%s%.0s：没有“%s”；见 lingtan show",
			  "%.0s%s: there is no '%s'; see lingtan show", form->title.zh,
			  form->title.en, which);
}

/* A request or line by its id, its beginning, its title or source. */
static enum lt_status find_listed(struct session *session, const struct form *form,
				  const char *which, struct record **out, struct lt_err *err)
{
	struct record **all;
	unsigned n, n_fit = 0;
	const size_t len = strlen(which);
	const struct form_field *title = form_find_field(form, "title");
	if (!title)
		title = form_find_field(form, "source");
	enum lt_status status = record_list(session, form, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++) {
		if (strcmp(all[i]->key, which) == 0) {
			*out = all[i];
			return LT_OK;
		}
		if (!(len >= 6 && strncmp(all[i]->key, which, len) == 0) &&
		    !(title && strcmp(all[i]->values[title - form->fields], which) == 0))
			continue;
		n_fit++;
		*out = all[i];
	}
	if (status || n_fit == 1)
		return status;
	return refuse(form, which, n_fit, err);
}

/* rung/year/quantity, or a name, as the fields of the key keep it. */
static enum lt_status key_of_name(struct session *session, const struct form *form,
				  const struct fact_table *table, const char *which,
				  const char **key, struct lt_err *err)
{
	const char *parts[CELL_MAX_KEY], *at = which;
	for (unsigned k = 0; k < table->key.n; k++) {
		const bool last = k + 1 == table->key.n;
		const size_t len = last ? strlen(at) : strcspn(at, "/");
		const char *text = lt_arena_strndup(&session->arena, at, len);
		if (!last && !at[len])
			return refuse(form, which, 0, err);
		for (unsigned i = 0; i < form->n_fields && text; i++)
			if (form->fields[i].key &&
			    strcmp(form->fields[i].key, table->key.at[k]) == 0)
				text = form_normalise_value(&form->fields[i], text,
							    &session->arena);
		if (!text)
			return lt_err_memory(err);
		parts[k] = text;
		at += len + !last;
	}
	*key = cell_key_join(&session->arena, parts, table->key.n);
	return *key ? LT_OK : lt_err_memory(err);
}

const char *record_text(const struct record *record, const char *field)
{
	const struct form_field *found = form_find_field(record->form, field);
	return found ? record->values[found - record->form->fields] : "";
}

const char *record_name(struct session *session, const struct record *record)
{
	const char *parts[CELL_MAX_KEY], *name = "";
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, record->form->table);
	if (!record->key || !cell_key_split(&session->arena, record->key, parts, table->key.n))
		return "";
	for (unsigned k = 0; k < table->key.n && name; k++)
		name = lt_arena_printf(&session->arena, "%s%s%s", name, k ? "/" : "", parts[k]);
	return name;
}

enum lt_status record_find(struct session *session, const struct form *form, const char *which,
			   struct record **out, struct lt_err *err)
{
	const struct evidence_file *file;
	const struct fact_table *table =
		form->table ? vocabulary_find_table(session->workspace->vocabulary, form->table)
			    : NULL;
	if (!table || record_form_is_single(form)) {
		if (which)
			return lt_err_set(err, LT_EUSAGE, "%s%.0s：只有一份，不用再指明（“%s”）",
					  "%.0s%s: there is only one, nothing to choose ('%s')",
					  form->title.zh, form->title.en, which);
		return record_new(session, form, out, err);
	}
	if (!which)
		return lt_err_set(err, LT_EUSAGE, "%s%.0s：请指明是哪一个", "%.0s%s: say which one",
				  form->title.zh, form->title.en);
	if (strcmp(form->table, "evidence") == 0) {
		enum lt_status status = session_find_evidence(session, which, &file, err);
		return status ? status : record_make(session, form, file->sha256, out, err);
	}
	if (strcmp(form->table, "finding") == 0) {
		const struct finding_info *finding = NULL;
		enum lt_status status = session_find_finding(session, which, &finding, err);
		return status ? status : record_make(session, form, finding->id, out, err);
	}
	if (!record_has_key_fields(form))
		return find_listed(session, form, which, out, err);
	const char *key;
	enum lt_status status = key_of_name(session, form, table, which, &key, err);
	if (!status)
		status = record_make(session, form, key, out, err);
	return status || (*out)->exists ? status : refuse(form, which, 0, err);
}

/* ---- a row that may be new ---- */

static const struct term *topic_of(const struct request_list *list, const char *id)
{
	for (unsigned i = 0; i < list->n_topics; i++)
		if (strcmp(list->topics[i].id, id) == 0)
			return &list->topics[i];
	return NULL;
}

enum lt_status record_request(struct session *session, const struct form *form,
			      const struct request_entry *entry, struct record **out,
			      struct lt_err *err)
{
	const struct form_set *set;
	struct lt_findings findings;
	lt_findings_init(&findings, &session->arena);
	enum lt_status status = record_forms(session->workspace, &findings, &set, err);
	if (!status)
		status = record_make(session, form, entry->id, out, err);
	if (status || (*out)->exists)
		return status;
	const struct term *topic = topic_of(set->requests, entry->topic);
	const char *const said[] = { topic ? label_in(session->lang, &topic->title) : "",
				     label_in(session->lang, &entry->title), "asked" };
	static const char *const names[] = { "topic", "title", "state" };
	for (int i = 0; i < 3; i++) {
		const struct form_field *field = form_find_field(form, names[i]);
		if (field)
			(*out)->values[field - form->fields] = said[i];
	}
	return LT_OK;
}

/* Each part of a name must be one that its field can keep. */
static enum lt_status new_of_name(struct session *session, const struct form *form, const char *key,
				  struct record **out, struct lt_err *err)
{
	struct record *of_key;
	enum lt_status status = record_make(session, form, key, &of_key, err);
	if (!status)
		status = record_new(session, form, out, err);
	for (unsigned i = 0; i < form->n_fields && !status; i++)
		if (form->fields[i].key)
			status = record_set(session, *out, i, of_key->values[i], err);
	return status;
}

enum lt_status record_open(struct session *session, const struct form *form, const char *which,
			   struct record **out, struct lt_err *err)
{
	const struct form_set *set;
	struct lt_findings findings;
	struct lt_err missing = LT_ERR_INIT;
	const char *key;
	const struct request_entry *entry = NULL;
	if (!which)
		return record_new(session, form, out, err);
	enum lt_status status = record_find(session, form, which, out, &missing);
	if (status != LT_EDATA || !form->table) {
		if (status)
			*err = missing;
		return status;
	}
	lt_findings_init(&findings, &session->arena);
	if (strcmp(form->table, "request") == 0) {
		status = record_forms(session->workspace, &findings, &set, err);
		if (!status && set->requests)
			entry = request_list_find(set->requests, which);
		if (!status && entry)
			return record_request(session, form, entry, out, err);
	}
	if (strcmp(form->table, "evidence") == 0 || !record_has_key_fields(form)) {
		*err = missing;
		return missing.status;
	}
	status = key_of_name(session, form,
			     vocabulary_find_table(session->workspace->vocabulary, form->table),
			     which, &key, err);
	return status ? status : new_of_name(session, form, key, out, err);
}

/* ---- taking out ---- */

enum lt_status record_remove(struct session *session, struct record *record, bool *done,
			     struct lt_err *err)
{
	static const char *const yes = "yes";
	struct changes changes = { .session = session };
	const char *parts[CELL_MAX_KEY];
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, record->form->table);
	*done = false;
	const bool can_go = fact_table_find_group(table, "removed") != NULL;
	if (!record->exists || (!can_go && strcmp(table->table, "quantity") != 0))
		return lt_err_set(err, LT_EDATA, "%s%.0s：不能移除", "%.0s%s: cannot be taken out",
				  record->form->title.zh, record->form->title.en);
	if (!cell_key_split(&session->arena, record->key, parts, table->key.n))
		return lt_err_set(err, LT_EBUG, "键 %s 不对", "key %s is wrong", record->key);
	enum lt_status status =
		can_go ? changes_add(&changes, table->table, parts, "removed", &yes, err)
		       : changes_add(&changes, table->table, parts, "value", NULL, err);
	return status ? status : session_commit(session, "remove", &changes, done, err);
}
