/* The values of the journal in words. */
#include <string.h>
#include "lingtan/base/ids.h"
#include "lingtan/base/text.h"
#include "lingtan/app/cycle.h"
#include "lingtan/app/finding.h"
#include "lingtan/app/register.h"
#include "lingtan/app/role.h"
#include "lingtan/app/round.h"
#include "narrate_parts.h"

/* ---- one member ---- */

static const struct form_field *field_of(const struct narrator *narrator, const char *table,
					 const char *key, const struct cell_group *group,
					 unsigned member)
{
	for (unsigned f = 0; f < narrator->forms->n; f++) {
		const struct form *form = narrator->forms->at[f];
		if (!form->table || strcmp(form->table, table) != 0)
			continue;
		for (unsigned i = 0; i < form->n_fields; i++) {
			const struct form_field *field = &form->fields[i];
			if (field->group && strcmp(field->group, group->group) == 0 &&
			    strcmp(field->member, group->members.at[member]) == 0 &&
			    (!field->row || strcmp(field->row, key) == 0))
				return field;
		}
	}
	return NULL;
}

/* Ids of choices by their titles, one or several. */
static const char *choices_in_words(const struct narrator *narrator, const struct form_field *field,
				    const char *ids, struct lt_arena *arena)
{
	const char *text = "", *one;
	size_t len;
	while (text && lt_ids_next(&ids, &one, &len)) {
		const char *id = lt_arena_strndup(arena, one, len);
		const struct form_choice *choice = id ? form_field_find_choice(field, id) : NULL;
		text = id ? lt_arena_printf(arena, "%s%s%s", text,
					    text[0] ? narrate_say(narrator, "、", ", ") : "",
					    choice ? narrate_label(narrator, &choice->title) : id)
			  : NULL;
	}
	return text;
}

/* What is answered with yes or no, by a form or by the program. */
static bool is_yes_or_no(const struct form_field *field, const char *member)
{
	return strcmp(member, "yes") == 0 || (field && field->type == FIELD_YES_NO);
}

static const char *yes_or_no(const struct narrator *narrator, const char *text)
{
	return strcmp(text, "yes") == 0  ? narrate_say(narrator, "是", "yes")
	       : strcmp(text, "no") == 0 ? narrate_say(narrator, "否", "no")
					 : text;
}

/* Why an item is checked at a stop. */
static const char *origin_in_words(const struct narrator *narrator, const char *origin)
{
	return strcmp(origin, "plan") == 0 ? narrate_say(narrator, "（计划时定）", "(by the plan)")
	       : strcmp(origin, "document") == 0
		       ? narrate_say(narrator, "（文件评审转来）", "(from the document review)")
		       : origin;
}

/* Roles in their order, by their titles. */
static const char *roles_in_words(const struct narrator *narrator, const char *roles,
				  struct lt_arena *arena)
{
	const char *text = "", *one;
	size_t len;
	while (text && lt_ids_next(&roles, &one, &len)) {
		const char *role = lt_arena_strndup(arena, one, len);
		text = role ? lt_arena_printf(arena, "%s%s%s", text,
					      text[0] ? narrate_say(narrator, "、", ", ") : "",
					      narrate_role(narrator, role))
			    : NULL;
	}
	return text;
}

static bool is_hash(const char *text)
{
	return strlen(text) == LT_SHA256_HEX - 1 && lt_text_is_hex(text, LT_SHA256_HEX - 1);
}

/* The assessment that a value is about, by what its group says; "" = none. */
static const char *assessment_in(const struct cell_group *group, const struct words *value)
{
	const int member = cell_group_find_member(group, "assessment");
	return member >= 0 && value->at && (unsigned)member < value->n ? value->at[member] : "";
}

/* One of the members of `value`; text: as it stands there, or what is said instead. */
static const char *member_in_words(const struct narrator *narrator, const struct form_field *field,
				   const struct cell_group *group, const struct words *value,
				   unsigned at, const char *text, struct lt_arena *arena)
{
	const char *member = group->members.at[at];
	const struct evidence_file *file;
	if (strcmp(member, "assessment") == 0)
		return narrate_assessment(narrator, text, arena);
	if (strcmp(member, "item") == 0 || strcmp(member, "items") == 0)
		return narrate_items(narrator, assessment_in(group, value), text, arena);
	const enum rung rung = strcmp(member, "rung") == 0 ? rung_find(text) : N_RUNGS;
	if (rung < N_RUNGS)
		return narrate_label(narrator, &rung_titles[rung]);
	if (field && field->type == FIELD_CHOICE)
		return choices_in_words(narrator, field, text, arena);
	if (is_yes_or_no(field, member))
		return yes_or_no(narrator, text);
	if (strcmp(member, "origin") == 0)
		return origin_in_words(narrator, text);
	if (strcmp(member, "criteria") == 0 || strcmp(member, "standard") == 0)
		return narrate_standards(narrator, text, arena);
	if (field && field->row && strcmp(field->row, "sign_off") == 0)
		return roles_in_words(narrator, text, arena);
	if (field && field->unit && text[0])
		return lt_arena_printf(arena, "%s %s", text, field->unit);
	if (!is_hash(text))
		return text;
	file = evidence_find_file(&narrator->evidence, text);
	return file ? file->name : lt_arena_strndup(arena, text, 12);
}

/* ---- verdicts ---- */

static const struct {
	const char *result;
	struct label words;
} results[] = { { "met", { "符合", "met" } },
		{ "not-met", { "不符合", "not met" } },
		{ "yes", { "是", "yes" } },
		{ "no", { "否", "no" } },
		{ "na", { "不适用", "not applicable" } } };

static const struct item *item_of(const struct narrator *narrator, const struct subject *of)
{
	const struct known_assessment *known =
		of->assessment ? narrator_find(narrator, of->assessment) : NULL;
	return known && known->ruleset && of->item ? ruleset_find_item(known->ruleset, of->item)
						   : NULL;
}

static const char *tier_in_words(const struct narrator *narrator, const struct item *item,
				 const char *id)
{
	for (unsigned i = 0; item && i < item->n_tiers; i++)
		if (item->tiers[i].id && strcmp(item->tiers[i].id, id) == 0 &&
		    item->tiers[i].title.zh)
			return narrate_label(narrator, &item->tiers[i].title);
	return id;
}

static const char *checks_in_words(const struct narrator *narrator, const struct item *item,
				   const char *ids, struct lt_arena *arena)
{
	const char *text = "", *one;
	size_t len;
	while (text && lt_ids_next(&ids, &one, &len)) {
		const char *title = lt_arena_strndup(arena, one, len);
		for (unsigned i = 0; item && title && i < item->n_checks; i++)
			if (strlen(item->checks[i].id) == len &&
			    strncmp(item->checks[i].id, one, len) == 0 && item->checks[i].title.zh)
				title = narrate_label(narrator, &item->checks[i].title);
		text = title ? lt_arena_printf(arena, "%s%s%s", text,
					       text[0] ? narrate_say(narrator, "、", ", ") : "",
					       title)
			     : NULL;
	}
	return text && !text[0] ? narrate_say(narrator, "一项也没有", "none of them") : text;
}

/* A reason of a ruleset by its title; one of somebody's own as it is. */
static const char *reason_in_words(const struct narrator *narrator, const char *id)
{
	for (unsigned i = 0; i < narrator->n_assessments; i++) {
		const struct ruleset *ruleset = narrator->assessments[i].ruleset;
		for (unsigned r = 0; ruleset && r < ruleset->n_na_reasons; r++)
			if (strcmp(ruleset->na_reasons[r].id, id) == 0)
				return narrate_label(narrator, &ruleset->na_reasons[r].title);
	}
	return id;
}

static const char *verdict_in_words(const struct narrator *narrator, const struct subject *of,
				    const struct words *value, struct lt_arena *arena)
{
	const char *result = value->at[0], *text = value->at[1];
	const struct item *item = item_of(narrator, of);
	const char *words = result;
	for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++)
		if (strcmp(results[i].result, result) == 0)
			words = narrate_label(narrator, &results[i].words);
	if (strcmp(result, "points") == 0)
		words = lt_arena_printf(arena, narrate_say(narrator, "%s 分", "%s points"), text);
	else if (strcmp(result, "tier") == 0)
		words = tier_in_words(narrator, item, text);
	else if (strcmp(result, "checks") == 0)
		words = checks_in_words(narrator, item, text, arena);
	else if (text[0])
		words = lt_arena_printf(arena, "%s%s%s", words, narrate_say(narrator, "：", ": "),
					reason_in_words(narrator, text));
	if (words && value->at[2][0])
		words = lt_arena_printf(arena, "%s%s%s", words, narrate_say(narrator, "：", ": "),
					value->at[2]);
	return words;
}

/* ---- whole values ---- */

static const char *amount_in_words(const struct narrator *narrator, const struct words *value,
				   struct lt_arena *arena)
{
	const char *reason = value->at[2], *source = value->at[3];
	const char *text = lt_arena_printf(arena, "%s%s%s", value->at[0],
					   value->at[1][0] ? " " : "", value->at[1]);
	if (reason[0])
		text = lt_arena_printf(arena,
				       narrate_say(narrator, "不适用：%s", "not applicable: %s"),
				       reason_in_words(narrator, reason));
	return text && source[0]
		       ? lt_arena_printf(arena, narrate_say(narrator, "%s（%s）", "%s (%s)"), text,
					 source)
		       : text;
}

/* Members that only the program reads. */
static bool is_for_program(const char *member)
{
	return strcmp(member, "head") == 0 || strcmp(member, "state_hash") == 0 ||
	       strcmp(member, "blob") == 0;
}

static const char *state_in_words(const struct narrator *narrator, const struct subject *of,
				  const struct cell_group *group, const char *word)
{
	const struct label *title = strcmp(of->table->table, "round") == 0 &&
						    strcmp(group->group, "state") == 0
					    ? round_state_title(word)
					    : NULL;
	if (title)
		return narrate_label(narrator, title);
	for (unsigned s = 0; strcmp(of->table->table, "certificate") == 0 && s < N_REGISTERED_STATES; s++)
		if (strcmp(group->group, "state") == 0 && strcmp(registered_state_names[s], word) == 0)
			return narrate_label(narrator, &registered_state_titles[s]);
	for (unsigned k = 0; strcmp(group->group, "cycle") == 0 && k < N_CYCLE_KINDS; k++)
		if (strcmp(cycle_kind_names[k], word) == 0)
			return narrate_label(narrator, &cycle_kind_titles[k]);
	const enum finding_grade grade =
		strcmp(of->table->table, "finding") == 0 && strcmp(group->group, "grade") == 0
			? finding_grade_find(word)
			: N_FINDING_GRADES;
	return grade < N_FINDING_GRADES ? narrate_label(narrator, &finding_grade_titles[grade])
					: word;
}

/* What is verified of a line is chosen as in the line. */
static const char *form_table(const struct subject *of)
{
	return strcmp(of->table->table, "claim") == 0 ? "line" : of->table->table;
}

static const char *joined(const struct narrator *narrator, const struct subject *of,
			  const struct cell_group *group, const struct words *value,
			  struct lt_arena *arena)
{
	const char *text = "";
	for (unsigned m = 0; m < value->n && m < group->members.n && text; m++) {
		const struct form_field *field = field_of(narrator, form_table(of), of->key, group, m);
		const char *part =
			m ? value->at[m] : state_in_words(narrator, of, group, value->at[m]);
		if (is_for_program(group->members.at[m]))
			continue;
		part = member_in_words(narrator, field, group, value, m, part, arena);
		if (!part)
			return NULL;
		if (part[0])
			text = lt_arena_printf(arena, "%s%s%s", text, text[0] ? " " : "", part);
	}
	return text;
}

/* What the remark says that a return rests on. */
static const char *ask_in_words(const struct narrator *narrator, const struct words *value,
				struct lt_arena *arena)
{
	struct words text;
	return narrator_reads(narrator, "remark", value->at[0], "text", arena, &text)
		       ? text.at[0]
		       : value->at[0];
}

/* A park type by its title, and why it was chosen. */
static const char *subject_in_words(const struct narrator *narrator, const struct subject *of,
				    const struct words *value, struct lt_arena *arena)
{
	const struct known_assessment *known = narrator_find(narrator, of->parts[0]);
	const struct ruleset *ruleset = known ? known->ruleset : NULL;
	const struct term *type =
		ruleset ? term_find(ruleset->park_types, ruleset->n_park_types, value->at[0])
			: NULL;
	/* a standard without park types */
	if (!value->at[0][0] && !value->at[1][0] && !value->at[2][0])
		return narrate_say(narrator, "（不分类型）", "(no types)");
	return lt_arena_printf(
		arena, "%s%s%s%s%s", type ? narrate_label(narrator, &type->title) : value->at[0],
		value->at[1][0] ? " " : "", value->at[1],
		value->at[2][0] ? narrate_say(narrator, "：", ": ") : "", value->at[2]);
}

/* "必查，第 1 个"; how many were drawn, by which seed and why. */
static const char *drawn_in_words(const struct narrator *narrator, const struct words *value,
				  struct lt_arena *arena)
{
	const char *how = strcmp(value->at[0], "must") == 0 ? narrate_say(narrator, "必查", "always taken")
			  : strcmp(value->at[0], "random") == 0
				  ? narrate_say(narrator, "随机", "at random")
				  : narrate_say(narrator, "替换", "in the place of another");
	return lt_arena_printf(arena, narrate_say(narrator, "%s，第 %s 个", "%s, number %s"), how,
			       value->at[1]);
}

static const char *draw_in_words(const struct narrator *narrator, const struct words *value,
				 struct lt_arena *arena)
{
	return lt_arena_printf(arena, narrate_say(narrator, "%s 个，种子 %s，%s", "%s, seed %s, %s"),
			       value->at[0], value->at[1], value->at[2]);
}

static bool is_group(const struct subject *of, const struct cell_group *group, const char *table,
		     const char *name)
{
	return strcmp(of->table->table, table) == 0 && strcmp(group->group, name) == 0;
}

/* NULL in `out` where nothing stands; false when memory ran out. */
static bool value_in_words(const struct narrator *narrator, const struct subject *of,
			   const struct cell_group *group, const struct words *value,
			   struct lt_arena *arena, const char **out)
{
	*out = NULL;
	if (!value->at || value->n != group->members.n)
		return true;
	if (is_group(of, group, "answer", "verdict"))
		*out = verdict_in_words(narrator, of, value, arena);
	else if (is_group(of, group, "quantity", "value"))
		*out = amount_in_words(narrator, value, arena);
	else if (is_group(of, group, "sent_back", "ask"))
		*out = ask_in_words(narrator, value, arena);
	else if (is_group(of, group, "assessment", "subject"))
		*out = subject_in_words(narrator, of, value, arena);
	else if (is_group(of, group, "sample", "drawn"))
		*out = drawn_in_words(narrator, value, arena);
	else if (is_group(of, group, "population", "draw"))
		*out = draw_in_words(narrator, value, arena);
	else if (is_group(of, group, "seen", "evidence"))
		*out = lt_arena_printf(arena, narrate_say(narrator, "%s 份", "pieces: %s"),
				       value->at[1]);
	else if (strcmp(group->group, "removed") == 0)
		*out = narrate_say(narrator, "是", "yes");
	else if (is_group(of, group, "ruleset", "files"))
		*out = narrate_standards(narrator, value->at[0], arena);
	else if (strcmp(group->group, "files") == 0)
		*out = value->at[0];
	else if (is_group(of, group, "evidence", "file"))
		*out = lt_arena_printf(arena, narrate_say(narrator, "%s 字节 %s", "%s bytes %s"),
				       value->at[1], value->at[2]);
	else
		*out = joined(narrator, of, group, value, arena);
	return *out != NULL;
}

/* ---- changes ---- */

static bool find_subject(const struct narrator *narrator, const struct change *change,
			 const char *role, struct lt_arena *arena, struct subject *out)
{
	const struct workspace *workspace = narrator->session->workspace;
	*out = (struct subject){
		.table = vocabulary_find_table(workspace->vocabulary, change->table),
		.key = change->key,
		.own_rung = role ? role_rung(workspace, role) : NULL,
	};
	if (!out->table || !cell_key_split(arena, change->key, out->parts, out->table->key.n))
		return false;
	for (unsigned k = 0; k < out->table->key.n; k++) {
		if (strcmp(out->table->key.at[k], "assessment") == 0)
			out->assessment = out->parts[k];
		if (strcmp(out->table->key.at[k], "item") == 0)
			out->item = out->parts[k];
	}
	return true;
}

/* Where every member has a field of a form, each that differs is told by itself. */
static bool is_filled_by_form(const struct narrator *narrator, const struct subject *of,
			      const struct cell_group *group)
{
	if (group->members.n < 2 || strcmp(of->table->table, "quantity") == 0)
		return false;
	for (unsigned m = 0; m < group->members.n; m++)
		if (!field_of(narrator, of->table->table, of->key, group, m))
			return false;
	return true;
}

const char *narrate_side(const struct telling *tellings, unsigned n, bool after,
			 struct lt_arena *arena)
{
	const char *text = NULL;
	for (unsigned i = 0; i < n; i++) {
		const char *side = after ? tellings[i].to : tellings[i].from;
		if (side)
			text = lt_arena_printf(arena, "%s%s%s%s%s", text ? text : "",
					       text ? "  " : "", i ? tellings[i].what : "",
					       i ? " " : "", side);
	}
	return text;
}

static const char *member_at(const struct words *value, unsigned m)
{
	return value->at && m < value->n ? value->at[m] : "";
}

static bool tell_members(const struct narrator *narrator, const struct subject *of,
			 const struct cell_group *group, const struct change *change,
			 struct lt_arena *arena, struct telling *out, unsigned *n)
{
	const char *subject = out->subject;
	for (unsigned m = 0; m < group->members.n; m++) {
		const char *from = member_at(&change->old, m), *to = member_at(&change->new, m);
		const struct form_field *field =
			field_of(narrator, of->table->table, of->key, group, m);
		if (strcmp(from, to) == 0)
			continue;
		from = member_in_words(narrator, field, group, &change->old, m, from, arena);
		to = member_in_words(narrator, field, group, &change->new, m, to, arena);
		if (!from || !to)
			return false;
		out[(*n)++] = (struct telling){ .subject = subject,
						.what = narrate_label(narrator, &field->label),
						.from = from[0] ? from : NULL,
						.to = to[0] ? to : NULL };
	}
	return true;
}

enum lt_status narrate_change(const struct narrator *narrator, const struct change *change,
			      const char *role, struct lt_arena *arena,
			      struct telling out[CELL_MAX_MEMBERS], unsigned *n, struct lt_err *err)
{
	struct subject of;
	*n = 0;
	/* of a table that this program does not know */
	if (!find_subject(narrator, change, role, arena, &of)) {
		out[(*n)++] = (struct telling){ .subject = change->table, .what = change->group };
		return LT_OK;
	}
	const struct cell_group *group = fact_table_find_group(of.table, change->group);
	out[0] = (struct telling){ .subject = narrate_subject(narrator, &of, arena),
				   .what = group ? narrate_label(narrator, &group->title)
						 : change->group };
	if (!out[0].subject)
		return lt_err_memory(err);
	if (group && is_filled_by_form(narrator, &of, group) &&
	    !tell_members(narrator, &of, group, change, arena, out, n))
		return lt_err_memory(err);
	if (*n)
		return LT_OK;
	*n = 1;
	if (group && (!value_in_words(narrator, &of, group, &change->old, arena, &out[0].from) ||
		      !value_in_words(narrator, &of, group, &change->new, arena, &out[0].to)))
		return lt_err_memory(err);
	return LT_OK;
}
