/* A whole sheet at once: everything of it, or nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/duty.h"
#include "lingtan/app/inventory.h"
#include "lingtan/app/record.h"
#include "lingtan/app/role.h"
#include "lingtan/app/rung.h"
#include "session_parts.h"
#include "sheet_file.h"

struct import {
	struct session *session;
	const struct sheet *sheet;
	struct trial *trial;
	const char *path, *rung;
	const struct duty_info *duties; /* of a sheet that says whose part it is */
	unsigned n_duties;
	struct changes *changes;
	struct lt_findings *findings;
	struct factor_list factors; /* the project's own first */
	unsigned *ordinals; /* of lines without an id: number_lines() */
};

/* A refusal of one entry becomes a finding at its line; the rest is still looked at. */
static enum lt_status note_refusal(struct import *import, const char *list, unsigned at,
				   enum lt_status status, struct lt_err *refused,
				   struct lt_err *err)
{
	char place[64];
	if (status != LT_EDATA) {
		if (status)
			*err = *refused;
		return status;
	}
	import->findings->file = import->path;
	struct lt_finding *finding =
		lt_findings_add(import->findings, LT_ERROR, "", "%s", "%s", refused->text[LT_ZH]);
	if (!finding)
		return LT_OK;
	finding->text[LT_EN] = lt_arena_printf(import->findings->arena, "%s", refused->text[LT_EN]);
	snprintf(place, sizeof(place), "%s[%u]", list, at);
	yaml_positions_find(&import->sheet->positions, place, &finding->line, &finding->column);
	return LT_OK;
}

/* Of a sheet that is one owner's part, what it changes of another's is refused; what was given to
 * nobody is anyone's. year NULL = whatever year. n_before: how many changes there were before the
 * entry. */
static enum lt_status permit_owner(const struct import *import, enum duty_kind kind, const char *id,
				   const char *year, unsigned n_before, struct lt_err *err)
{
	const char *owner = import->sheet->owner;
	if (import->changes->n == n_before)
		return LT_OK;
	for (unsigned i = 0; i < import->n_duties; i++) {
		const struct duty_info *duty = &import->duties[i];
		if (duty->kind == kind && strcmp(duty->id, id) == 0 && duty->owner[0] &&
		    (!year || strcmp(duty->year, year) == 0) && strcmp(duty->owner, owner) != 0)
			return lt_err_set(err, LT_EDATA,
					  "%s 交给了“%s”，这份表是“%s”的；不该由他填就去掉这一行，该由他填就先改派（lingtan assign）",
					  "%s was given to '%s', and the sheet is that of '%s': take the row out, or give it to them first (lingtan assign)",
					  id, duty->owner, owner);
	}
	return LT_OK;
}

static enum lt_status import_answer(struct import *import, unsigned at, struct lt_err *err)
{
	const struct sheet_answer *from = &import->sheet->answers[at];
	enum lt_status status = sheet_name_item(import->sheet, at, import->trial->ruleset, err);
	const char *words =
		sheet_answer_words(import->trial->ruleset, from, &import->session->arena);
	if (!words)
		return lt_err_memory(err);
	/* an import that says nothing never beats a verdict; "unset" says something */
	const struct new_answer wish = { .item = from->item,
					 .result = words[0] ? words : NULL,
					 .remark = from->remark,
					 .evidence = from->evidence,
					 .locator = from->locator,
					 .rung = import->rung };
	const unsigned n_before = import->changes->n;
	if (!status)
		status = session_change_answer(import->session, import->trial, &wish,
					       import->changes, err);
	return status ? status : permit_owner(import, DUTY_ITEM, from->item, NULL, n_before, err);
}

static enum lt_status import_answers(struct import *import, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < import->sheet->n_answers && !status; i++) {
		struct lt_err refused = LT_ERR_INIT;
		status = import_answer(import, i, &refused);
		status = note_refusal(import, "answers", i, status, &refused, err);
	}
	return status;
}

static enum lt_status get_cell(struct import *import, const char *table, const char *const *key,
			       unsigned n, const char *group, struct words *out, struct lt_err *err)
{
	struct session *session = import->session;
	const char *joined = cell_key_join(&session->arena, key, n);
	return joined ? project_get(session->project, table, joined, group, &session->arena, out,
				    err)
		      : lt_err_memory(err);
}

/* What stands there already, where it is the same number in another writing: 30.0 and 30. */
static enum lt_status keep_writing(struct import *import, const char *table,
				   const char *const *key, unsigned n, const char *group,
				   unsigned member, const char **value, struct lt_err *err)
{
	struct lt_decimal before, now;
	struct words old;
	enum lt_status status = get_cell(import, table, key, n, group, &old, err);
	if (!status && old.at && *value &&
	    lt_decimal_parse(*value, strlen(*value), &now) == LT_DECIMAL_OK &&
	    lt_decimal_parse(old.at[member], strlen(old.at[member]), &before) == LT_DECIMAL_OK &&
	    lt_decimal_compare(before, now) == 0)
		*value = old.at[member];
	return status;
}

static enum lt_status import_quantities(struct import *import, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < import->sheet->n_quantities && !status; i++) {
		const struct sheet_quantity *from = &import->sheet->quantities[i];
		struct lt_err refused = LT_ERR_INIT;
		const char *value = from->value;
		if (from->na)
			value = lt_arena_printf(
				&import->session->arena, "na:%s",
				sheet_quantity_reason(import->trial->ruleset, from));
		if (!value)
			continue;
		const char *const key[] = { import->rung, from->year ? from->year : import->sheet->year,
					    from->id };
		if (key[1])
			status = keep_writing(import, "quantity", key, 3, "value", 0, &value, err);
		if (status)
			return status;
		const struct new_quantity wish = { .id = from->id,
						   .value = value,
						   .unit = from->unit,
						   .year = from->year ? from->year
								      : import->sheet->year,
						   .source = from->source,
						   .rung = import->rung };
		const unsigned n_before = import->changes->n;
		status = session_change_quantity(import->session, &wish, import->changes,
						 import->findings, &refused);
		if (!status)
			status = permit_owner(import, DUTY_QUANTITY, from->id, wish.year, n_before,
					      &refused);
		status = note_refusal(import, "quantities", i, status, &refused, err);
	}
	return status;
}

/* A line without an id; `at` is its number in the sheet. */
struct nameless {
	const char *source;
	unsigned at;
};

static int by_source(const void *a, const void *b)
{
	const struct nameless *one = a, *two = b;
	const int order = strcmp(one->source, two->source);
	return order ? order : (one->at > two->at) - (one->at < two->at);
}

/* Counts the lines without an id, those of each source for themselves. */
static enum lt_status number_lines(struct import *import, struct lt_err *err)
{
	const struct sheet *sheet = import->sheet;
	struct lt_arena *arena = &import->session->arena;
	struct nameless *lines = lt_arena_alloc(arena, sheet->n_inventory + 1, sizeof(*lines));
	unsigned n = 0;
	import->ordinals = lt_arena_alloc(arena, sheet->n_inventory + 1, sizeof(unsigned));
	if (!lines || !import->ordinals)
		return lt_err_memory(err);
	for (unsigned i = 0; i < sheet->n_inventory; i++) {
		const struct sheet_line *line = &sheet->inventory[i];
		if (!line->id)
			lines[n++] = (struct nameless){ line->source ? line->source : "", i };
	}
	qsort(lines, n, sizeof(*lines), by_source);
	for (unsigned i = 0; i < n; i++) {
		const bool goes_on = i && strcmp(lines[i].source, lines[i - 1].source) == 0;
		import->ordinals[lines[i].at] =
			goes_on ? import->ordinals[lines[i - 1].at] + 1 : 1;
	}
	return LT_OK;
}

/* The id of a line, or what tells it from the others of its sheet. */
static const char *line_key(struct import *import, unsigned at)
{
	const struct sheet_line *line = &import->sheet->inventory[at];
	const char *year = line->year ? line->year : import->sheet->year;
	if (line->id)
		return line->id;
	return lt_arena_printf(&import->session->arena, "%s.%s.%s.%s.%u", year ? year : "-",
			       line->kind ? line->kind : "emission",
			       line->scope ? line->scope : "-", line->source ? line->source : "-",
			       import->ordinals[at]);
}

/* Whether members say the same; NULL is "", and so is what nobody has said. */
static bool says_same(const struct words *value, unsigned from, const char *const *members,
		      unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(value->at && from + i < value->n ? value->at[from + i] : "",
			   members[i] ? members[i] : "") != 0)
			return false;
	return true;
}

/* What stands of a line for this rung as long as it says nothing itself: the nearest claim below it;
 * `out` stays as it is where there is none. */
static enum lt_status get_below(struct import *import, const char *key, const char *group,
				unsigned *from, struct words *out, struct lt_err *err)
{
	for (int rung = (int)rung_find(import->rung) - 1; rung >= 0; rung--) {
		const char *const claim[] = { key, rung_names[rung] };
		struct words value;
		enum lt_status status = get_cell(import, "claim", claim, 2, group, &value, err);
		if (status || value.at) {
			*out = status ? *out : value;
			*from = 0;
			return status;
		}
	}
	return LT_OK;
}

/* A line that another rung entered stays as it is; this rung says beside it what it has. */
static enum lt_status claim_line(struct import *import, const char *key,
				 const struct words *entered, const char *const activity[7],
				 const char *const factor[4], const char *note, struct lt_err *err)
{
	const char *const claim[] = { key, import->rung };
	struct words base, own, amount = *entered;
	unsigned at_amount = 5, at_factor = 0;
	enum lt_status status = LT_OK;
	if (!says_same(entered, 0, activity, 5))
		return lt_err_set(
			err, LT_EDATA,
			"碳盘查 %s 由另一层级填报，年份、类别、范围、系统和来源不能改；请另加一行",
			"inventory line %s was entered on another rung: its year, kind, scope, system and source stay, add a line of your own",
			key);
	status = get_cell(import, "line", &key, 1, "factor", &base, err);
	if (!status)
		status = get_below(import, key, "activity", &at_amount, &amount, err);
	if (!status)
		status = get_below(import, key, "factor", &at_factor, &base, err);
	if (!status)
		status = get_cell(import, "claim", claim, 2, "activity", &own, err);
	/* a cell that is left empty says nothing, of this rung neither */
	if (!status && activity[5] && (own.at || !says_same(&amount, at_amount, activity + 5, 2)))
		status =
			changes_add(import->changes, "claim", claim, "activity", activity + 5, err);
	if (!status)
		status = get_cell(import, "claim", claim, 2, "factor", &own, err);
	if (!status && factor[1] && (own.at || !says_same(&base, 0, factor, 4)))
		status = changes_add(import->changes, "claim", claim, "factor", factor, err);
	/* the note that the line bears anyway, as an export writes it, is nobody's reason */
	if (!status)
		status = get_cell(import, "line", &key, 1, "note", &base, err);
	if (!status && note && !says_same(&base, 0, &note, 1))
		status = changes_add(import->changes, "claim", claim, "reason", &note, err);
	return status;
}

static enum lt_status change_line(struct import *import, const char *key,
				  const struct sheet_line *line, bool is_fuel,
				  const char *const activity[7], const char *const factor[4],
				  const char *note, struct lt_err *err)
{
	struct sheet_line whole = *line;
	struct words before, rung;
	enum lt_status status = get_cell(import, "line", &key, 1, "activity", &before, err);
	if (!status)
		status = get_cell(import, "line", &key, 1, "entered", &rung, err);
	if (status)
		return status;
	/* lines of before there was a rung are the park's */
	if (before.at && strcmp(rung.at ? rung.at[0] : rung_names[RUNG_SELF], import->rung) != 0)
		return claim_line(import, key, &before, activity, factor, note, err);
	/* nor does it take away an amount that was entered since the sheet was written */
	const char *const *amount =
		!activity[5] && before.at && before.at[5][0] ? before.at + 5 : NULL;
	const char *const kept[] = { activity[0],	     activity[1], activity[2],
				     activity[3],	     activity[4], amount ? amount[0] : NULL,
				     amount ? amount[1] : NULL };
	status = changes_add(import->changes, "line", &key, "activity", amount ? kept : activity, err);
	if (!status && factor[1])
		status = changes_add(import->changes, "line", &key, "factor", factor, err);
	if (!status && note)
		status = changes_add(import->changes, "line", &key, "note", &note, err);
	if (!status)
		status = changes_add(import->changes, "line", &key, "entered", &import->rung, err);
	/* a line that is there already says itself what it is for */
	if (is_fuel && !before.at)
		whole.purpose = "fuel";
	return status ? status : import_line_parts(import->changes, key, &whole, err);
}

static enum lt_status import_line(struct import *import, unsigned at, struct lt_err *err)
{
	const struct sheet_line *line = &import->sheet->inventory[at];
	unsigned set;
	const struct factor *factor =
		line->factor ? factor_list_find(&import->factors, line->factor, &set) : NULL;
	const char *key = line_key(import, at);
	if (!key)
		return lt_err_memory(err);
	if (line->factor && !factor)
		return lt_err_set(err, LT_EDATA, "没有排放因子“%s”", "there is no factor '%s'",
				  line->factor);
	const char *const activity[] = { line->year ? line->year : import->sheet->year,
					 line->kind,
					 line->scope,
					 line->system,
					 line->source,
					 line->activity,
					 line->unit };
	/* the value goes into the file, so that a later factor set changes nothing behind its back
	 */
	const char *const values[] = { line->factor, factor ? factor->value : line->factor_value,
				       factor ? factor->unit : line->factor_unit,
				       factor ? factor->cite : NULL };
	const bool is_fuel = factor && factor->lhv && !line->purpose && !line->flow;
	const unsigned n_before = import->changes->n;
	const enum lt_status status =
		change_line(import, key, line, is_fuel, activity, values, line->note, err);
	return status ? status : permit_owner(import, DUTY_LINE, key, NULL, n_before, err);
}

/* The lines with the values of the factors that only the project has: the library does not know them. */
static enum lt_status with_own_factors(struct import *import, struct sheet *lines,
				       struct lt_err *err)
{
	struct lt_arena *arena = &import->session->arena;
	struct sheet_line *own = lt_arena_alloc(arena, lines->n_inventory, sizeof(*own));
	enum lt_status status = own ? factor_sets(import->session, arena, import->findings,
						  &import->factors, err) :
				      lt_err_memory(err);
	for (unsigned i = 0; i < lines->n_inventory && !status; i++) {
		unsigned set;
		own[i] = lines->inventory[i];
		const struct factor *factor =
			own[i].factor ? factor_list_find(&import->factors, own[i].factor, &set) :
					NULL;
		if (!factor || !import->factors.digests[set][0])
			continue;
		own[i].factor_value = factor->value;
		own[i].factor_unit = factor->unit;
		own[i].factor_cite = factor->cite;
	}
	lines->inventory = own;
	return status;
}

/* What a score would refuse of the lines is refused now, of whatever year they are. */
static enum lt_status check_inventory(struct import *import, struct lt_err *err)
{
	struct sheet lines = *import->sheet;
	struct assessment check = { .ruleset = import->trial->ruleset,
				    .plan = import->trial->plan,
				    .units = import->trial->assessment.units,
				    .sheet = &lines };
	struct lt_err refused = LT_ERR_INIT;
	lines.n_answers = lines.n_quantities = 0;
	lines.year = NULL;
	enum lt_status status = with_own_factors(import, &lines, err);
	if (status)
		return status;
	lt_arena_init(&check.arena, 0);
	status = assessment_answer(&check, import->session->workspace->library, import->path, false,
				   import->findings, &refused);
	lt_arena_release(&check.arena);
	if (status && status != LT_EDATA)
		*err = refused;
	return status == LT_EDATA ? LT_OK : status;
}

static enum lt_status import_inventory(struct import *import, struct lt_err *err)
{
	const size_t errors_before = import->findings->n_errors;
	enum lt_status status = import->sheet->n_inventory ? check_inventory(import, err) : LT_OK;
	if (!status)
		status = number_lines(import, err);
	if (status || import->findings->n_errors > errors_before)
		return status;
	for (unsigned i = 0; i < import->sheet->n_inventory && !status; i++) {
		struct lt_err refused = LT_ERR_INIT;
		status = import_line(import, i, &refused);
		status = note_refusal(import, "inventory", i, status, &refused, err);
	}
	for (unsigned i = 0; i < import->sheet->n_offsets && !status; i++) {
		struct lt_err refused = LT_ERR_INIT;
		status = import_offset_parts(import->changes, &import->sheet->offsets[i], &refused);
		status = note_refusal(import, "offsets", i, status, &refused, err);
	}
	return status;
}

/* Rows of forms, as somebody would fill them in. */
static enum lt_status import_row(struct import *import, const struct sheet_row *from,
				 struct lt_err *err)
{
	struct session *session = import->session;
	const struct form *form;
	struct record *record = NULL;
	enum lt_status status =
		record_form(session->workspace, from->form, import->findings, &form, err);
	const char *row = from->row && from->row[0] ? from->row : NULL;
	if (!status)
		status = record_open(session, form, row, &record, err);
	for (unsigned i = 0; i < from->set.n && !status; i++)
		status = record_set_word(session, record, from->set.at[i], err);
	if (!status)
		status = record_changes(session, record, import->changes, import->findings, err);
	return status == LT_EUSAGE ? LT_EDATA : status;
}

static enum lt_status import_rows(struct import *import, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < import->sheet->n_rows && !status; i++) {
		struct lt_err refused = LT_ERR_INIT;
		status = import_row(import, &import->sheet->rows[i], &refused);
		status = note_refusal(import, "rows", i, status, &refused, err);
	}
	return status;
}

/* Who owes what, where the sheet is one owner's part. */
static enum lt_status read_duties(struct import *import, const struct assessment_ref *ref,
				  struct lt_err *err)
{
	const struct duty_filter filter = { .assessment = ref->name, .with_done = true };
	struct duty_info *list = NULL;
	enum lt_status status = LT_OK;
	if (import->sheet->owner)
		status = session_duties(import->session, &filter, &list, &import->n_duties,
					import->findings, err);
	import->duties = list;
	return status;
}

/* What the sheet is for: what was said, else what it says itself, else the only assessment. */
static enum lt_status choose(struct import *import, const char *assessment, const char *rung,
			     struct lt_err *err)
{
	const struct assessment_ref *ref;
	const struct sheet *sheet = import->sheet;
	const char *name = assessment ? assessment : sheet->assessment;
	enum lt_status status =
		session_find_assessment(import->session, name, NULL, &ref, import->findings, err);
	if (status)
		return status;
	if (sheet->standard && sheet->standard[0] && strcmp(sheet->standard, ref->standard) != 0)
		return lt_err_set(err, LT_EDATA, "%s：答案表属于 %s，评价是 %s",
				  "%s: the sheet is for %s, the assessment is %s", import->path,
				  sheet->standard, ref->name);
	if (sheet->park_type && ref->park_type[0] && strcmp(sheet->park_type, ref->park_type) != 0)
		return lt_err_set(err, LT_EDATA, "%s：答案表的园区类型是 %s，评价的是 %s",
				  "%s: the sheet is for park type %s, the assessment for %s",
				  import->path, sheet->park_type, ref->park_type);
	const char *own = role_rung(import->session->workspace, import->session->role);
	import->rung = rung ? rung : sheet->rung ? sheet->rung : own ? own : "self";
	status = rung_check(import->rung, LT_EDATA, err);
	if (!status)
		status = read_duties(import, ref, err);
	return status ? status
		      : session_trial(import->session, ref, &import->trial, import->findings, err);
}

static enum lt_status read_sheet(struct import *import, struct lt_err *err)
{
	struct sheet *sheet;
	enum lt_status status = sheet_file_read(import->path, import->session->project,
						&import->session->arena, import->findings, &sheet, err);
	if (!status)
		import->sheet = sheet;
	return status;
}

/* What a sheet sets of the ruleset's numbers belongs into a profile. */
static enum lt_status refuse_parameters(const struct import *import, struct lt_err *err)
{
	if (!import->sheet->n_parameters)
		return LT_OK;
	return lt_err_set(
		err, LT_EDATA,
		"%s：答案表改了参数；在项目里请用参数集（lingtan profile），它写明由谁负责",
		"%s: the sheet sets parameters; in a project use a profile, which says who answers for them",
		import->path);
}

static enum lt_status import_all(struct import *import, const char *assessment, const char *rung,
				 struct lt_err *err)
{
	const size_t errors_before = import->findings->n_errors;
	enum lt_status status = read_sheet(import, err);
	if (!status)
		status = choose(import, assessment, rung, err);
	if (!status)
		status = refuse_parameters(import, err);
	if (!status)
		status = import_answers(import, err);
	if (!status)
		status = import_quantities(import, err);
	if (!status)
		status = import_inventory(import, err);
	if (!status)
		status = import_rows(import, err);
	if (!status && import->findings->n_errors > errors_before)
		status = lt_err_set(err, LT_EDATA, "%s：有 %zu 处不被接受，一处也没有导入",
				    "%s: entries refused: %zu; nothing was imported", import->path,
				    import->findings->n_errors - errors_before);
	return status;
}

/* "t-x/operation/2025|self|4.2.1" as people name it: what it is of is the same in both files. */
static const char *last_part(const char *key)
{
	const char *at = strrchr(key, '|');
	return at ? at + 1 : key;
}

static void complain_of_two(const struct fact_table *table, const struct change *one,
			    const char *first, const struct change *two, const char *second,
			    struct lt_findings *findings)
{
	const char *id = last_part(two->key);
	findings->file = second;
	for (unsigned i = 0; two->new.at && one->new.at && i < two->new.n && i < one->new.n; i++)
		if (strcmp(one->new.at[i], two->new.at[i]) != 0) {
			lt_findings_add(
				findings, LT_ERROR, "",
				"%s%.0s %s：这里是“%s”，%s 里是“%s”；请先商定",
				"%.0s%s %s: '%s' here and in %s '%s'; settle it first",
				table->title.zh, table->title.en, id, two->new.at[i], first,
				one->new.at[i]);
			return;
		}
	lt_findings_add(findings, LT_ERROR, "", "%s%.0s %s：%s 写的不同，请先商定",
			"%.0s%s %s: %s says otherwise; settle it first", table->title.zh,
			table->title.en, id, first);
}

/* A change by the cell that it is of; `at` is its number, as the changes move when more are added. */
struct known_cell {
	const char *key, *table, *group;
	unsigned at;
};

static int by_cell(const void *a, const void *b)
{
	const struct known_cell *one = a, *two = b;
	int order = strcmp(one->key, two->key);
	if (!order)
		order = strcmp(one->table, two->table);
	return order ? order : strcmp(one->group, two->group);
}

static int by_cell_and_number(const void *a, const void *b)
{
	const struct known_cell *one = a, *two = b;
	const int order = by_cell(one, two);
	return order ? order : (one->at > two->at) - (one->at < two->at);
}

static struct known_cell cell_of_change(const struct changes *changes, unsigned at)
{
	const struct change *change = &changes->at[at];
	return (struct known_cell){ change->key, change->table, change->group, at };
}

/* In the order of their cells; the caller frees. NULL without memory. */
static struct known_cell *list_cells(const struct changes *changes)
{
	struct known_cell *cells = malloc((changes->n + 1u) * sizeof(*cells));
	for (unsigned i = 0; cells && i < changes->n; i++)
		cells[i] = cell_of_change(changes, i);
	if (cells)
		qsort(cells, changes->n, sizeof(*cells), by_cell_and_number);
	return cells;
}

/* Two sheets may say the same, but not different things of one cell. ends[i]: how many changes there
 * were behind file i; this one is file `at`. */
static enum lt_status gather(struct changes *all, const struct changes *more,
			     const char *const *paths, const unsigned *ends, unsigned at,
			     struct lt_findings *findings, struct lt_err *err)
{
	struct session *session = all->session;
	const unsigned n_before = all->n;
	struct known_cell *cells = list_cells(all);
	enum lt_status status = cells ? LT_OK : lt_err_memory(err);
	for (unsigned i = 0; i < more->n && !status; i++) {
		const struct change *change = &more->at[i];
		const struct known_cell cell = cell_of_change(more, i);
		const struct known_cell *known =
			bsearch(&cell, cells, n_before, sizeof(*cells), by_cell);
		while (known && known > cells && by_cell(known - 1, known) == 0)
			known--;
		const char *parts[CELL_MAX_KEY];
		const struct fact_table *table =
			vocabulary_find_table(session->workspace->vocabulary, change->table);
		const struct change *other = known ? &all->at[known->at] : NULL;
		unsigned first = 0;
		while (known && first < at && known->at >= ends[first])
			first++;
		if (other && cell_value_equals(&other->new, &change->new))
			continue;
		if (other) {
			complain_of_two(table, other, paths[first], change, paths[at], findings);
			continue;
		}
		status = cell_key_split(&session->arena, change->key, parts, table->key.n)
				 ? changes_add(all, change->table, parts, change->group,
					       change->new.at, err)
				 : lt_err_set(err, LT_EBUG, "键 %s 不对", "key %s is wrong",
					      change->key);
	}
	free(cells);
	return status;
}

enum lt_status session_import_several(struct session *session, const char *const *paths, unsigned n,
				      const char *assessment, const char *rung, bool dry_run,
				      struct changes *changes, bool *done,
				      struct lt_findings *findings, struct lt_err *err)
{
	const size_t errors_before = findings->n_errors;
	unsigned *ends = lt_arena_alloc(&session->arena, n + 1u, sizeof(*ends));
	enum lt_status status = ends ? LT_OK : lt_err_memory(err);
	*changes = (struct changes){ .session = session };
	*done = false;
	for (unsigned i = 0; i < n && !status; i++) {
		struct changes own = { .session = session };
		struct import import = { .session = session,
					 .path = paths[i],
					 .changes = n > 1 ? &own : changes,
					 .findings = findings };
		status = import_all(&import, assessment, rung, err);
		if (!status && n > 1)
			status = gather(changes, &own, paths, ends, i, findings, err);
		if (ends)
			ends[i] = changes->n;
	}
	if (!status && findings->n_errors > errors_before)
		status = lt_err_set(err, LT_EDATA, "这些文件互相矛盾 %zu 处，一处也没有导入",
				    "the files contradict each other in %zu places; nothing was imported",
				    findings->n_errors - errors_before);
	if (status || dry_run)
		return status;
	return session_commit(session, "import", changes, done, err);
}

enum lt_status session_import(struct session *session, const char *path, const char *assessment,
			      const char *rung, bool dry_run, struct changes *changes, bool *done,
			      struct lt_findings *findings, struct lt_err *err)
{
	return session_import_several(session, &path, 1, assessment, rung, dry_run, changes, done,
				      findings, err);
}
