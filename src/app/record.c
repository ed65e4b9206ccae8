/* Rows of a project through the forms that people fill in: reading, changing and saving them. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/role.h"
#include "lingtan/base/random.h"
#include "lingtan/app/inventory.h"
#include "lingtan/base/text.h"
#include "lingtan/core/title.h"
#include "record_parts.h"

/* ---- forms ---- */

enum lt_status record_forms(struct workspace *workspace, struct lt_findings *findings,
			    const struct form_set **out, struct lt_err *err)
{
	if (!workspace->has_forms) {
		enum lt_status status =
			form_set_load(workspace->library, &workspace->library->arena, findings,
				      &workspace->forms, err);
		if (status)
			return status;
		workspace->has_forms = true;
	}
	*out = &workspace->forms;
	return LT_OK;
}

enum lt_status record_form(struct workspace *workspace, const char *id,
			   struct lt_findings *findings, const struct form **out,
			   struct lt_err *err)
{
	const struct form_set *set;
	enum lt_status status = record_forms(workspace, findings, &set, err);
	if (status)
		return status;
	struct titled titled = { .typed = id };
	const char *meant = id;
	for (unsigned i = 0; i < set->n && !form_set_find(set, id); i++)
		titled_offer(&titled, set->at[i]->id, &set->at[i]->title);
	status = titled_take(&titled, &meant, err);
	*out = form_set_find(set, meant);
	if (status || *out)
		return status;
	return lt_err_set(err, LT_EDATA, "没有表单“%s”；有哪些见 lingtan form",
			  "there is no form '%s'; lingtan form says which there are", id);
}

/* ---- keys that no field fills ---- */

/* Where the key of a new row comes from. */
static const struct {
	const char *table;
	const char *key; /* of the only row; NULL = a random one */
} own_keys[] = { { "park", "park" }, { "request", NULL }, { "finding", NULL }, { "line", NULL },
	       { "interview", NULL }, { "note", NULL } };

bool record_form_is_single(const struct form *form)
{
	if (form->table && form->n_fields && form->fields[0].row)
		return true;
	for (size_t i = 0; i < sizeof(own_keys) / sizeof(own_keys[0]); i++)
		if (form->table && strcmp(form->table, own_keys[i].table) == 0)
			return own_keys[i].key != NULL;
	return false;
}

static enum lt_status own_key(struct session *session, const struct form *form, const char **key,
			      struct lt_err *err)
{
	char id[LT_RANDOM_ID];
	for (size_t i = 0; i < sizeof(own_keys) / sizeof(own_keys[0]); i++) {
		if (strcmp(form->table, own_keys[i].table) != 0)
			continue;
		lt_random_id(id);
		*key = own_keys[i].key ? own_keys[i].key
				       : lt_arena_strndup(&session->arena, id, sizeof(id));
		return *key ? LT_OK : lt_err_memory(err);
	}
	return lt_err_set(err, LT_EDATA, "“%s”不能凭空新建", "a row of '%s' cannot be made by hand",
			  form->id);
}

bool record_has_key_fields(const struct form *form)
{
	for (unsigned i = 0; i < form->n_fields; i++)
		if (form->fields[i].key)
			return true;
	return false;
}

/* The key that the key's fields make; NULL where one of them is empty or memory ran out. */
static const char *key_of_fields(struct session *session, const struct record *record)
{
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, record->form->table);
	const char *parts[CELL_MAX_KEY] = { 0 };
	for (unsigned i = 0; i < record->form->n_fields; i++)
		for (unsigned k = 0; k < table->key.n && record->form->fields[i].key; k++)
			if (strcmp(table->key.at[k], record->form->fields[i].key) == 0)
				parts[k] = record->values[i];
	for (unsigned k = 0; k < table->key.n; k++)
		if (!parts[k] || !parts[k][0])
			return NULL;
	return cell_key_join(&session->arena, parts, table->key.n);
}

/* ---- reading ---- */

static enum lt_status read_cell(struct session *session, const struct record *record,
				const struct form_field *field, const char **out,
				struct lt_err *err)
{
	struct words value = { 0 };
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, record->form->table);
	const struct cell_group *group = fact_table_find_group(table, field->group);
	const int member = group ? cell_group_find_member(group, field->member) : -1;
	enum lt_status status = session->project
					? project_get(session->project, table->table,
						      field->row ? field->row : record->key,
						      field->group, &session->arena, &value, err)
					: LT_OK;
	*out = value.at && member >= 0 && (unsigned)member < value.n ? value.at[member] : "";
	return status;
}

/* The parts of a key stand in the fields that fill them. */
static enum lt_status read_key(struct session *session, struct record *record, struct lt_err *err)
{
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, record->form->table);
	const char *parts[CELL_MAX_KEY];
	if (!record_has_key_fields(record->form))
		return LT_OK;
	if (!cell_key_split(&session->arena, record->key, parts, table->key.n))
		return lt_err_set(err, LT_EDATA, "“%s”不是 %s 的一行", "'%s' is no row of %s",
				  record->key, table->table);
	for (unsigned i = 0; i < record->form->n_fields; i++)
		for (unsigned k = 0; k < table->key.n && record->form->fields[i].key; k++)
			if (strcmp(table->key.at[k], record->form->fields[i].key) == 0)
				record->values[i] = parts[k];
	return LT_OK;
}

/* Whether a row stands as taken out. */
static enum lt_status read_removed(struct session *session, struct record *record,
				   struct lt_err *err)
{
	struct words value = { 0 };
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, record->form->table);
	enum lt_status status = LT_OK;
	if (session->project && record->key && fact_table_find_group(table, "removed"))
		status = project_get(session->project, table->table, record->key, "removed",
				     &session->arena, &value, err);
	record->removed = value.at && value.at[0][0];
	return status;
}

/* Reads the row of record->key anew. */
static enum lt_status record_read(struct session *session, struct record *record, struct lt_err *err)
{
	const struct form *form = record->form;
	enum lt_status status = record->key ? read_key(session, record, err) : LT_OK;
	if (!status)
		status = read_removed(session, record, err);
	record->exists = false;
	for (unsigned i = 0; i < form->n_fields && !status; i++) {
		if (form->fields[i].key)
			continue;
		record->values[i] = "";
		if (record->key || form->fields[i].row)
			status = read_cell(session, record, &form->fields[i], &record->values[i],
					   err);
		record->exists |= record->values[i][0] != 0 && !record->removed;
	}
	for (unsigned i = 0; i < form->n_fields && !status; i++)
		record->before[i] = record->values[i];
	return status;
}

enum lt_status record_make(struct session *session, const struct form *form, const char *key,
			   struct record **out, struct lt_err *err)
{
	struct record *record = lt_arena_alloc(&session->arena, 1, sizeof(*record));
	if (!form->table)
		return lt_err_set(err, LT_EDATA, "“%s”填的是一份文件，不是项目里的一行",
				  "form '%s' fills a file, not a row of a project", form->id);
	if (!record)
		return lt_err_memory(err);
	*record = (struct record){
		.form = form,
		.key = key,
		.values = lt_arena_alloc(&session->arena, form->n_fields, sizeof(*record->values)),
		.before = lt_arena_alloc(&session->arena, form->n_fields, sizeof(*record->before)),
	};
	if (!record->values || !record->before)
		return lt_err_memory(err);
	for (unsigned i = 0; i < form->n_fields; i++)
		record->values[i] = record->before[i] = "";
	*out = record;
	return record_read(session, record, err);
}

enum lt_status record_new(struct session *session, const struct form *form, struct record **out,
			  struct lt_err *err)
{
	const char *key = NULL;
	enum lt_status status = LT_OK;
	if (form->table && !record_has_key_fields(form) && !form->fields[0].row)
		status = own_key(session, form, &key, err);
	return status ? status : record_make(session, form, key, out, err);
}

/* ---- changing ---- */

bool record_is_changed(const struct record *record, unsigned field)
{
	return strcmp(record->values[field], record->before[field]) != 0;
}

/* What the fields of a rule come to; false: none has a number, or it is too large. */
static bool sum_of(const struct record *record, const struct form_rule *rule, struct lt_decimal *sum)
{
	struct lt_decimal part;
	bool any = false;
	*sum = (struct lt_decimal){ 0 };
	for (unsigned i = 0; i < rule->fields.n; i++) {
		const char *text = record_text(record, rule->fields.at[i]);
		if (lt_decimal_parse(text, strlen(text), &part) != LT_DECIMAL_OK)
			continue;
		any = true;
		if (!lt_decimal_add(*sum, part, sum))
			return false;
	}
	return any;
}

static bool is_summed(const struct form_rule *rule, const struct form_field *field)
{
	for (unsigned i = 0; rule->kind == RULE_SUM_INTO && i < rule->fields.n; i++)
		if (strcmp(rule->fields.at[i], field->id) == 0)
			return true;
	return false;
}

/* A field that is the sum of others follows them, unless it says something of its own. */
static enum lt_status set_summed(struct session *session, struct record *record,
				 const struct form_rule *rule, unsigned field, const char *value,
				 struct lt_err *err)
{
	const struct form_field *of = form_find_field(record->form, rule->of);
	const unsigned into = (unsigned)(of - record->form->fields);
	const char *now = record->values[into];
	struct lt_decimal was, is, own;
	char text[LT_DECIMAL_TEXT] = "";
	const bool had = sum_of(record, rule, &was);
	record->values[field] = value;
	if (now[0] && (!had || lt_decimal_parse(now, strlen(now), &own) != LT_DECIMAL_OK ||
		       lt_decimal_compare(own, was) != 0))
		return LT_OK;
	if (sum_of(record, rule, &is))
		lt_decimal_format(is, text);
	const char *sum = lt_arena_strndup(&session->arena, text, strlen(text));
	if (!sum)
		return lt_err_memory(err);
	record->values[into] = sum;
	return LT_OK;
}

enum lt_status record_set(struct session *session, struct record *record, unsigned field,
			  const char *text, struct lt_err *err)
{
	const struct form_field *of = &record->form->fields[field];
	enum lt_status status =
		session_check_text(of->label.zh, text, of->type == FIELD_WORDS, err);
	if (status)
		return status;
	const char *value = form_normalise_value(of, text, &session->arena);
	if (!value)
		return lt_err_memory(err);
	if (of->key && record->exists && strcmp(value, record->before[field]) != 0)
		return lt_err_set(err, LT_EDATA, "%s%.0s：它是这一行的名字，不能改；请另建一行",
				  "%.0s%s: it names the row and cannot be changed; make another",
				  of->label.zh, of->label.en);
	status = form_check_value(of, value, err);
	if (status && status != LT_NO)
		return status;
	for (unsigned r = 0; r < record->form->n_rules; r++)
		if (is_summed(&record->form->rules[r], of) &&
		    set_summed(session, record, &record->form->rules[r], field, value, err))
			return LT_ESPACE;
	record->values[field] = value;
	return status;
}

enum lt_status record_set_word(struct session *session, struct record *record, const char *word,
			       struct lt_err *err)
{
	struct lt_err said = LT_ERR_INIT;
	const char *equals = strchr(word, '=');
	const size_t len = equals ? (size_t)(equals - word) : 0;
	char name[200];
	if (!len || len >= sizeof(name))
		return lt_err_set(err, LT_EUSAGE, "“%.*s”要写成 栏名=内容",
				  "'%.*s' must be FIELD=VALUE", LT_CUT(word, 80));
	snprintf(name, sizeof(name), "%.*s", (int)len, word);
	const struct form_field *field = form_find_field(record->form, name);
	if (!field)
		return lt_err_set(err, LT_EDATA, "“%s”没有“%s”这一栏；见 lingtan form %s",
				  "form %s has no field '%s'; see lingtan form %s",
				  record->form->id, name, record->form->id);
	const unsigned at = (unsigned)(field - record->form->fields);
	enum lt_status status = record_set(session, record, at, equals + 1, &said);
	/* a probable slip is told when the row is checked */
	if (status == LT_NO)
		return LT_OK;
	if (status)
		*err = said;
	return status;
}

/* ---- checking ---- */

enum lt_status record_check(struct session *session, const struct record *record,
			    struct lt_findings *findings, struct lt_err *err)
{
	const struct units *units;
	enum lt_status status = library_units(session->workspace->library, findings, &units, err);
	if (status)
		return status;
	form_check_row(record->form, units, record->values, findings);
	return findings->out_of_memory ? lt_err_memory(err) : LT_OK;
}

/* What was said of the row before it was changed is not this save's business. */
static bool is_old(const struct lt_findings *before, const struct lt_finding *finding)
{
	for (const struct lt_finding *at = before->first; at; at = at->next)
		if (strcmp(at->path, finding->path) == 0 &&
		    strcmp(at->text[LT_EN], finding->text[LT_EN]) == 0)
			return true;
	return false;
}

static enum lt_status refuse_errors(struct session *session, const struct record *record,
				    struct lt_findings *findings, struct lt_err *err)
{
	struct lt_findings found, old;
	struct record before = *record;
	unsigned n = 0;
	lt_findings_init(&found, &session->arena);
	lt_findings_init(&old, &session->arena);
	before.values = record->before;
	enum lt_status status = record_check(session, record, &found, err);
	if (!status && record->exists)
		status = record_check(session, &before, &old, err);
	if (status)
		return status;
	findings->file = NULL;
	for (struct lt_finding *at = found.first; at; at = at->next) {
		if (is_old(&old, at))
			continue;
		n += at->severity == LT_ERROR;
		lt_findings_add(findings, at->severity, at->path, "%s%.0s", "%.0s%s",
				at->text[LT_ZH], at->text[LT_EN]);
	}
	if (!n)
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "%s%.0s：有 %u 处要改，没有保存",
			  "%.0s%s: not saved; to be mended: %u", record->form->title.zh,
			  record->form->title.en, n);
}

/* ---- saving ---- */

/* One group of a row: the members that fields fill as they stand, the others as they are. */
static enum lt_status change_group(struct session *session, const struct record *record,
				   const struct fact_table *table, const char *key,
				   const struct form_field *of, struct changes *changes,
				   struct lt_err *err)
{
	const struct cell_group *group = fact_table_find_group(table, of->group);
	const char *values[CELL_MAX_MEMBERS] = { 0 }, *parts[CELL_MAX_KEY];
	struct words present = { 0 };
	bool filled = false;
	enum lt_status status = session->project
					? project_get(session->project, table->table, key,
						      group->group, &session->arena, &present, err)
					: LT_OK;
	if (status)
		return status;
	for (unsigned m = 0; m < group->members.n; m++)
		values[m] = present.at ? present.at[m] : "";
	for (unsigned i = 0; i < record->form->n_fields; i++) {
		const struct form_field *field = &record->form->fields[i];
		const int m = field->group && strcmp(field->group, of->group) == 0 &&
					      field->row == of->row
				      ? cell_group_find_member(group, field->member)
				      : -1;
		if (m < 0)
			continue;
		if (strcmp(values[m], record->before[i]) != 0 && !record->removed)
			return lt_err_set(
				err, LT_EDATA,
				"%s%.0s：别的程序刚改过（现在是“%s”）；请重新打开再改",
				"%.0s%s: another program changed it meanwhile (it is '%s' now); open it again",
				field->label.zh, field->label.en, values[m]);
		values[m] = record->values[i];
	}
	for (unsigned m = 0; m < group->members.n; m++)
		filled |= values[m][0] != 0;
	if (!cell_key_split(&session->arena, key, parts, table->key.n))
		return lt_err_set(err, LT_EBUG, "键 %s 不对", "key %s is wrong", key);
	return changes_add(changes, table->table, parts, group->group, filled ? values : NULL, err);
}

/* A figure goes the way of all figures: the rulesets say what it may be. */
static enum lt_status change_quantity(struct session *session, const struct record *record,
				      struct changes *changes, struct lt_findings *findings,
				      struct lt_err *err)
{
	const char *unit = record_text(record, "unit"), *na = record_text(record, "na");
	struct new_quantity wish = { .rung = record_text(record, "rung"),
				     .year = record_text(record, "year"),
				     .id = record_text(record, "quantity"),
				     .value = record_text(record, "value"),
				     .unit = unit[0] ? unit : NULL,
				     .source = record_text(record, "source") };
	if (na[0])
		wish.value = lt_arena_printf(&session->arena, "na:%s", na);
	return wish.value ? session_change_quantity(session, &wish, changes, findings, err)
			  : lt_err_memory(err);
}

/* Time and place that a person types say so, unless the person says otherwise. */
static void note_typed(struct record *record)
{
	const struct form *form = record->form;
	const struct form_field *from = form_find_field(form, "taken_from");
	bool touched = false;
	if (!from || strcmp(form->table, "evidence") != 0 ||
	    record_is_changed(record, (unsigned)(from - form->fields)))
		return;
	for (unsigned i = 0; i < form->n_fields; i++)
		touched |= form->fields[i].group &&
			   strcmp(form->fields[i].group, from->group) == 0 &&
			   record_is_changed(record, i);
	if (touched)
		record->values[from - form->fields] = "typed";
}

/* Whether an earlier field stands for the same cell. */
static bool was_before(const struct form *form, unsigned field)
{
	for (unsigned i = 0; i < field; i++)
		if (form->fields[i].group && form->fields[field].group &&
		    strcmp(form->fields[i].group, form->fields[field].group) == 0 &&
		    form->fields[i].row == form->fields[field].row)
			return true;
	return false;
}

static bool group_is_changed(const struct record *record, unsigned field)
{
	const struct form_field *of = &record->form->fields[field];
	for (unsigned i = 0; i < record->form->n_fields; i++)
		if (record->form->fields[i].group && record->form->fields[i].row == of->row &&
		    strcmp(record->form->fields[i].group, of->group) == 0 &&
		    record_is_changed(record, i))
			return true;
	return false;
}

static enum lt_status change_cells(struct session *session, const struct record *record,
				   const char *key, struct changes *changes, struct lt_err *err)
{
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, record->form->table);
	const struct form *form = record->form;
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < form->n_fields && !status; i++)
		if (form->fields[i].group && !was_before(form, i) &&
		    (record->removed || group_is_changed(record, i)))
			status = change_group(session, record, table,
					      form->fields[i].row ? form->fields[i].row : key,
					      &form->fields[i], changes, err);
	return status;
}

/* A new row must not be one that is there. */
static enum lt_status refuse_present(struct session *session, struct record *record,
				     const char *key, struct lt_err *err)
{
	struct record *there;
	enum lt_status status = record_make(session, record->form, key, &there, err);
	if (!status)
		record->removed = there->removed;
	if (status || !there->exists)
		return status;
	return lt_err_set(err, LT_EDATA, "%s%.0s：已有“%s”，请改那一行",
			  "%.0s%s: there is '%s' already, change that one", record->form->title.zh,
			  record->form->title.en, key);
}

/* A row that was taken out stands again, with nothing in it but what is said now. */
static enum lt_status put_back(struct session *session, const struct record *record,
			       const char *key, struct changes *changes, struct lt_err *err)
{
	const char *parts[CELL_MAX_KEY];
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, record->form->table);
	if (!cell_key_split(&session->arena, key, parts, table->key.n))
		return lt_err_set(err, LT_EBUG, "键 %s 不对", "key %s is wrong", key);
	return changes_add(changes, table->table, parts, "removed", NULL, err);
}

/* Whose a line of the inventory is: the rung that enters it. */
static enum lt_status enter_line(struct session *session, const char *key, struct changes *changes,
				 struct lt_err *err)
{
	const char *rung = role_rung(session->workspace, session->role), *part;
	if (!rung || !cell_key_split(&session->arena, key, &part, 1))
		return LT_OK;
	return changes_add(changes, "line", &part, "entered", &rung, err);
}

/* Acceptance is a deed of its own, session_accept(), which looks at conflicts and asks for reasons. */
static enum lt_status refuse_acceptance(const struct record *record, struct lt_err *err)
{
	static const char *const fixed[] = { "acceptance", "accepted_on", "acceptance_reason",
					     "conditions" };
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		const struct form_field *field = form_find_field(record->form, fixed[i]);
		if (field && record_is_changed(record, (unsigned)(field - record->form->fields)))
			return lt_err_set(err, LT_EDATA,
					  "受理和不受理不在表里填；用 lingtan engagement FILE accept 或 refuse",
					  "accepting and refusing is not filled in here; use lingtan engagement FILE accept or refuse");
	}
	return LT_OK;
}

enum lt_status record_changes(struct session *session, const struct record *record,
			      struct changes *changes, struct lt_findings *findings,
			      struct lt_err *err)
{
	struct record now = *record;
	const char *key = record->key;
	bool changed = record->removed;
	now.values = lt_arena_alloc(&session->arena, record->form->n_fields, sizeof(*now.values));
	if (!now.values)
		return lt_err_memory(err);
	for (unsigned i = 0; i < record->form->n_fields; i++) {
		now.values[i] = record->values[i];
		changed |= record_is_changed(record, i);
	}
	if (!changed)
		return LT_OK;
	if (record_is_deed(record->form))
		return lt_err_set(err, LT_EUSAGE, "%s%.0s：这一步不能先试，请直接做",
				  "%.0s%s: this cannot be tried beforehand; do it",
				  record->form->title.zh, record->form->title.en);
	note_typed(&now);
	enum lt_status status = strcmp(record->form->table, "engagement") == 0
					? refuse_acceptance(&now, err)
					: LT_OK;
	if (!status)
		status = refuse_errors(session, &now, findings, err);
	if (!status)
		status = record_name_items(session, &now, findings, err);
	if (!status && record_has_key_fields(record->form) && !(key = key_of_fields(session, &now)))
		status = lt_err_memory(err);
	if (!status && !record->key && record_has_key_fields(record->form) && session->project)
		status = refuse_present(session, &now, key, err);
	if (!status && now.removed)
		status = put_back(session, &now, key, changes, err);
	if (!status && !record->exists && strcmp(record->form->table, "line") == 0)
		status = enter_line(session, key, changes, err);
	if (status)
		return status;
	if (strcmp(record->form->table, "finding") == 0)
		return record_change_finding(session, &now, changes, findings, err);
	return strcmp(record->form->table, "quantity") == 0
		       ? change_quantity(session, &now, changes, findings, err)
		       : change_cells(session, &now, key, changes, err);
}

/* A signature, a decision: the deed commits itself, and only what was typed in is done. */
static enum lt_status save_deed(struct session *session, struct record *record,
				struct lt_findings *findings, bool *done, struct lt_err *err)
{
	/* the same name signs again where what it signed has changed */
	bool changed = strcmp(record->form->table, "sign_off") == 0;
	for (unsigned i = 0; i < record->form->n_fields; i++)
		changed |= record_is_changed(record, i);
	enum lt_status status =
		changed ? record_complete_deed(session, record, findings, err) : LT_OK;
	if (!status && changed)
		status = refuse_errors(session, record, findings, err);
	if (!status && changed)
		status = record_do_deed(session, record, findings, err);
	*done = !status && changed;
	return status;
}

/* A line of the inventory that was named by its source or name: its id, where that is one line. */
static enum lt_status settle_line(struct session *session, struct record *record,
				  struct lt_findings *findings, struct lt_err *err)
{
	const struct form *form = record->form;
	struct lt_err unknown = LT_ERR_INIT;
	struct inventory inventory;
	const char *year = NULL;
	unsigned at, field = form->n_fields;
	for (unsigned i = 0; i < form->n_fields; i++) {
		if (strcmp(form->fields[i].id, "line") == 0 && record_is_changed(record, i))
			field = i;
		if (strcmp(form->fields[i].id, "cancelled_year") == 0 && record->values[i][0])
			year = record->values[i];
	}
	if (field == form->n_fields || !record->values[field][0] || !form->table ||
	    (strcmp(form->table, "offset") != 0 && strcmp(form->table, "green_certificate") != 0))
		return LT_OK;
	enum lt_status status = inventory_open(session, NULL, &inventory, findings, err);
	/* of none or of several it stays as it was typed; the checks of the inventory tell */
	if (!status && inventory_find(&inventory, record->values[field], year, &at, &unknown) == LT_OK) {
		const char *id = inventory.ledger.rows[at].line.id;
		record->values[field] = lt_arena_strndup(&session->arena, id, strlen(id));
		if (!record->values[field])
			status = lt_err_memory(err);
	}
	inventory_close(&inventory);
	return status;
}

enum lt_status record_save(struct session *session, struct record *record,
			   struct lt_findings *findings, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	*done = false;
	if (record_is_deed(record->form))
		return save_deed(session, record, findings, done, err);
	enum lt_status status = settle_line(session, record, findings, err);
	if (!status)
		status = record_changes(session, record, &changes, findings, err);
	if (!status)
		status = session_commit(session, "fill", &changes, done, err);
	if (status || !*done)
		return status;
	if (!record->key && record_has_key_fields(record->form))
		record->key = key_of_fields(session, record);
	return record_read(session, record, err);
}
