/* The result of one file as text and as JSON. */
#include "score_view.h"

#include <string.h>
#include "lingtan/app/rung.h"
#include "lingtan/base/ids.h"
#include "lingtan/base/text.h"

static const char *rung_of(const struct assessment *assessment)
{
	return assessment->sheet->rung ? assessment->sheet->rung : "self";
}

/* ---- JSON ---- */

static bool has_value(const struct result *result, uint32_t slot)
{
	return value_is_exact(&result->values[slot]) && result_count_needs(result, slot) == 0;
}

static void json_inputs(struct lt_json *json, const char *key, const struct result *result,
			uint32_t slot, uint32_t from, uint32_t to)
{
	lt_json_open_list(json, key);
	for (uint32_t input = from; input < to; input++)
		if (result_is_open(result, slot, input))
			lt_json_string(json, NULL, plan_slot_name(result->plan, input));
	lt_json_close(json);
}

static const char *outcome_kind(const struct plan_node *node)
{
	if (node->decl->op == OP_LADDER)
		return "grade";
	return node->truth ? "truth" : "number";
}

/* Grades are ids, everything else numbers; null where unbounded, open or none. */
static void json_grade_ends(struct lt_json *json, const struct result *result,
			    const struct plan_node *ladder)
{
	struct grade_view view;
	result_grade(result, ladder, &view);
	lt_json_string(json, "value", view.is_certain ? view.certain : NULL);
	lt_json_string(json, "low", view.certain);
	lt_json_string(json, "high", view.possible);
}

static void json_outcome(struct lt_json *json, const struct invocation *in,
			 const struct result *result, uint32_t slot)
{
	const struct plan *plan = result->plan;
	const struct plan_node *node = plan_node_at(plan, slot);
	const struct value *value = &result->values[slot];
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", node->id);
	lt_json_string(json, "kind", outcome_kind(node));
	lt_json_string(json, "title", node->title.zh ? label_text(in, &node->title) : NULL);
	if (node->decl->op == OP_LADDER)
		json_grade_ends(json, result, node);
	else
		value_write(json, value, has_value(result, slot));
	lt_json_string(json, "unit", node->decl->unit);
	lt_json_bool(json, "na", value->state == VALUE_NA);
	const bool none = value->state == VALUE_NONE || value->maybe_none;
	lt_json_string(json, "none",
		       none ? result_none_reason(result, slot, in->lang) : NULL);
	lt_json_bool(json, "maybe_none", value->state == VALUE_NUMBER && value->maybe_none);
	json_inputs(json, "needs", result, slot, plan->first_parameter, plan->first_constant);
	json_inputs(json, "open", result, slot, 0, plan->first_parameter);
	lt_json_string(json, "origin", origin_names[result_origin(result, slot)]);
	lt_json_string(json, "clause", node->decl->clause);
	lt_json_close(json);
}

static void json_controls(struct lt_json *json, const struct control_count *controls)
{
	lt_json_open_object(json, "controls");
	lt_json_int(json, "met", controls->met);
	lt_json_int(json, "not_met", controls->not_met);
	lt_json_int(json, "open", controls->open);
	lt_json_int(json, "na", controls->na);
	json_list(json, "failed", controls->failed, controls->n_failed);
	lt_json_close(json);
}

static void json_sections(struct lt_json *json, const struct invocation *in,
			  const struct score_view *view)
{
	const struct result *result = &view->assessment.result;
	lt_json_open_list(json, "sections");
	for (unsigned i = 0; i < view->summary.n_sections; i++) {
		const struct section_row *row = &view->summary.sections[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", row->section->id);
		lt_json_string(json, "title", label_text(in, &row->section->title));
		lt_json_string(json, "weight", row->weight);
		lt_json_int(json, "answered", row->answered);
		lt_json_int(json, "items", row->items);
		lt_json_decimal(json, "maximum", row->maximum.lo);
		if (row->slot != NO_SLOT) {
			value_write(json, &result->values[row->slot], has_value(result, row->slot));
		} else {
			lt_json_null(json, "value");
			lt_json_null(json, "low");
			lt_json_null(json, "high");
		}
		lt_json_close(json);
	}
	lt_json_close(json);
}

#define MAX_BLOCKERS 64

static void json_blockers(struct lt_json *json, const char *key, const struct result *result,
			  const struct plan_node *ladder)
{
	uint32_t slots[MAX_BLOCKERS];
	unsigned n = result_withheld_by(result, ladder, slots, MAX_BLOCKERS);
	lt_json_open_list(json, key);
	for (unsigned i = 0; i < n && i < MAX_BLOCKERS; i++)
		lt_json_string(json, NULL, plan_slot_name(result->plan, slots[i]));
	lt_json_close(json);
}

static void json_grade(struct lt_json *json, const struct invocation *in,
		       const struct score_view *view)
{
	const struct result *result = &view->assessment.result;
	const struct plan_node *ladder = view->ladder;
	if (!ladder) {
		lt_json_null(json, "grade");
		return;
	}
	struct grade_view grade;
	char title[300];
	result_grade(result, ladder, &grade);
	lt_json_open_object(json, "grade");
	lt_json_string(json, "id", grade.is_certain ? grade.certain : NULL);
	lt_json_string(json, "title", grade_text(in, result, ladder, title, sizeof(title)));
	lt_json_string(json, "low", grade.certain);
	lt_json_string(json, "high", grade.possible);
	lt_json_string(json, "otherwise", grade.otherwise);
	if (grade.rank_certain == 0) {
		json_blockers(json, "withheld_by", result, ladder);
		json_list(json, "next_withheld_by", NULL, 0);
	} else {
		json_list(json, "withheld_by", NULL, 0);
		json_blockers(json, "next_withheld_by", result, ladder);
	}
	lt_json_close(json);
}

static void json_amount(struct lt_json *json, const char *key, const struct result *result,
			uint32_t slot)
{
	if (slot != NO_SLOT && has_value(result, slot))
		lt_json_decimal(json, key, result->values[slot].lo);
	else
		lt_json_null(json, key);
}

static void json_balance(struct lt_json *json, const struct score_view *view)
{
	const struct balance *balance = &view->summary.balance;
	const struct result *result = &view->assessment.result;
	if (balance->net == NO_SLOT) {
		lt_json_null(json, "balance");
		return;
	}
	lt_json_open_object(json, "balance");
	json_amount(json, "emission", result, balance->emission);
	json_amount(json, "absorption", result, balance->absorption);
	json_amount(json, "offset", result, balance->offset);
	json_amount(json, "net", result, balance->net);
	lt_json_string(json, "unit", balance->unit);
	lt_json_close(json);
}

static void json_total(struct lt_json *json, const struct score_view *view)
{
	const struct plan *plan = view->assessment.plan;
	const struct plan_node *total = plan_published(plan, PUBLISH_TOTAL);
	if (!total) {
		lt_json_null(json, "total");
		return;
	}
	const uint32_t slot = plan->first_node + (uint32_t)(total - plan->nodes);
	lt_json_open_object(json, "total");
	lt_json_string(json, "id", total->id);
	value_write(json, &view->assessment.result.values[slot],
		    has_value(&view->assessment.result, slot));
	lt_json_close(json);
}

static void json_profile(struct lt_json *json, const struct assessment *assessment)
{
	const struct profile *profile = assessment->profile;
	lt_json_string(json, "profile", profile ? profile->id : NULL);
	lt_json_string(json, "profile_edition", profile ? profile->edition : NULL);
	lt_json_string(json, "profile_responsible", profile ? profile->responsible : NULL);
	lt_json_string(json, "profile_digest", profile ? assessment->profile_digest : NULL);
}

/* What stands in the place of the ruleset's own: parameters, then items each once, then rows of
 * tables. */
static void json_replaced(struct lt_json *json, const struct assessment *assessment)
{
	const struct overrides *overrides = &assessment->overrides;
	char name[240];
	lt_json_open_list(json, "replaced");
	for (unsigned i = 0; i < overrides->n_parameters; i++)
		lt_json_string(json, NULL, overrides->parameters[i].parameter);
	for (unsigned i = 0; i < assessment->ruleset->n_items; i++)
		if (overrides_replace_item(overrides, assessment->ruleset->items[i].id))
			lt_json_string(json, NULL, assessment->ruleset->items[i].id);
	for (unsigned i = 0; i < overrides->n_weights; i++) {
		snprintf(name, sizeof(name), "%s/%s", overrides->weights[i].table,
			 overrides->weights[i].row);
		lt_json_string(json, NULL, name);
	}
	lt_json_close(json);
}

void score_view_write(struct lt_json *json, const struct invocation *in, const char *path,
		      const struct score_view *view)
{
	const struct assessment *assessment = &view->assessment;
	const struct plan *plan = assessment->plan;
	lt_json_open_object(json, NULL);
	if (in->n_words > 1)
		json_path(json, "file", path);
	lt_json_string(json, "standard", assessment->ruleset->id);
	lt_json_string(json, "code", assessment->ruleset->code);
	lt_json_string(json, "edition", assessment->ruleset->edition);
	lt_json_string(json, "assessment", assessment->sheet->assessment);
	lt_json_string(json, "park_type", plan->selection.park_type);
	lt_json_string(json, "stage", plan->selection.stage);
	lt_json_string(json, "rung", rung_of(assessment));
	json_profile(json, assessment);
	const struct library_entry *entry = assessment->entry;
	json_path(json, "ruleset_from", entry ? entry->folder : NULL);
	lt_json_bool(json, "shadows_built_in", entry && entry->shadows);
	lt_json_bool(json, "edition_known", !assessment->edition_unknown);
	lt_json_bool(json, "cases_failed", assessment->cases_failed);
	json_replaced(json, assessment);
	lt_json_string(json, "origin", origin_names[view->basis.origin]);
	json_list(json, "specimen_because", view->basis.specimen, view->basis.n_specimen);
	json_list(json, "conditions", view->basis.conditions, view->basis.n_conditions);
	lt_json_open_list(json, "outcomes");
	for (unsigned i = 0; i < plan->n_nodes; i++)
		if (plan->nodes[i].decl->publish != PUBLISH_NO)
			json_outcome(json, in, &assessment->result, plan->first_node + i);
	lt_json_close(json);
	json_controls(json, &view->summary.controls);
	json_sections(json, in, view);
	json_total(json, view);
	json_grade(json, in, view);
	json_balance(json, view);
	lt_json_close(json);
}

/* ---- text ---- */

static const char *rung_title(const struct invocation *in, const char *rung)
{
	const enum rung at = rung_find(rung);
	return at < N_RUNGS ? label_text(in, &rung_titles[at]) : rung;
}

static void print_head(const struct invocation *in, const struct assessment *assessment)
{
	const struct ruleset *ruleset = assessment->ruleset;
	const struct selection *selection = &assessment->plan->selection;
	const struct term *type =
		term_find(ruleset->park_types, ruleset->n_park_types, selection->park_type);
	const struct term *stage = term_find(ruleset->stages, ruleset->n_stages, selection->stage);
	const struct term *place = term_find(ruleset->places, ruleset->n_places, selection->place);
	if (assessment->sheet->park)
		printf("%s\n", assessment->sheet->park);
	printf("%s  %s\n", ruleset->code, label_text(in, &ruleset->title));
	if (place)
		printf("%s  ", label_text(in, &place->title));
	printf("%s%s%s%s%s  %s\n\n", type ? label_text(in, &type->title) : "", type ? "  " : "",
	       stage ? label_text(in, &stage->title) : "", stage ? "  " : "",
	       assessment->sheet->year ? assessment->sheet->year : "",
	       rung_title(in, rung_of(assessment)));
}

static void print_right(const char *text, int width)
{
	const int pad = width - lt_text_width(text);
	printf("%*s%s", pad > 0 ? pad : 0, "", text);
}

static void print_sections(const struct invocation *in, const struct score_view *view)
{
	char text[200];
	if (!view->summary.n_sections)
		return;
	print_padded(stdout, say(in, "板块", "section"), 30);
	print_right(say(in, "权重", "weight"), 8);
	print_right(say(in, "已答", "answered"), 10);
	print_right(say(in, "得分", "points"), 22);
	print_right(say(in, "满分", "of"), 8);
	printf("\n");
	for (unsigned i = 0; i < view->summary.n_sections; i++) {
		const struct section_row *row = &view->summary.sections[i];
		char name[200], answered[40], maximum[LT_DECIMAL_TEXT];
		snprintf(name, sizeof(name), "%-3s %s", row->section->id,
			 label_text(in, &row->section->title));
		snprintf(answered, sizeof(answered), "%u/%u", row->answered, row->items);
		lt_decimal_format(row->maximum.lo, maximum);
		print_padded(stdout, name, 30);
		print_right(row->weight ? row->weight : "—", 8);
		print_right(answered, 10);
		print_right(row->slot == NO_SLOT
				    ? "—"
				    : value_text(in, &view->assessment.result, row->slot,
						 PLACES_SHORT, text, sizeof(text)),
			    22);
		print_right(maximum, 8);
		printf("\n");
	}
	printf("\n");
}

static void print_controls(const struct invocation *in, const struct control_count *controls)
{
	const unsigned all = controls->met + controls->not_met + controls->open;
	if (!all && !controls->na)
		return;
	printf(say(in, "控制项  满足 %u/%u", "controls  met %u/%u"), controls->met, all);
	if (controls->open)
		printf(say(in, "，未答 %u", ", open %u"), controls->open);
	if (controls->na)
		printf(say(in, "，不适用 %u", ", not applicable %u"), controls->na);
	if (controls->n_failed)
		printf("%s", say(in, "，不满足：", ", not met:"));
	for (unsigned i = 0; i < controls->n_failed; i++)
		printf(" %s", controls->failed[i]);
	printf("\n\n");
}

static void print_outcomes(const struct invocation *in, const struct score_view *view)
{
	const struct plan *plan = view->assessment.plan;
	const struct result *result = &view->assessment.result;
	char text[500];
	for (unsigned i = 0; i < plan->n_nodes; i++) {
		const struct node *decl = plan->nodes[i].decl;
		const uint32_t slot = plan->first_node + i;
		if (decl->publish == PUBLISH_NO)
			continue;
		const char *title = label_text(in, &plan->nodes[i].title);
		print_padded(stdout, title[0] ? title : plan->nodes[i].id, 34);
		printf("%s", value_text(in, result, slot, PLACES_SHORT, text, sizeof(text)));
		if (decl->unit && result->values[slot].state == VALUE_NUMBER &&
		    strcmp(decl->unit, "1") != 0)
			printf(" %s", decl->unit);
		const unsigned open = result_count_open(result, slot),
			       needs = result_count_needs(result, slot);
		if (open)
			printf(say(in, "  （未答 %u 项）", "  (%u open)"), open);
		for (uint32_t p = plan->first_parameter; needs && p < plan->first_constant; p++)
			if (result_is_open(result, slot, p))
				printf(say(in, "  （取决于未设值的 %s %s）", "  (needs %s %s, unset)"),
				       plan_slot_name(plan, p), slot_title(in, plan, p));
		printf("\n");
	}
}

/* A failing comparison is told with its two sides. */
static void print_blocker(const struct invocation *in, const struct score_view *view, uint32_t slot)
{
	const struct plan *plan = view->assessment.plan;
	const struct plan_node *node = plan_node_at(plan, slot);
	char amount[200], limit[200];
	printf("  %s  %s", plan_slot_name(plan, slot), slot_title(in, plan, slot));
	if (node && node->decl->op == OP_COMPARE)
		printf(say(in, "：%s，应 %s %s", ": %s, it should be %s %s"),
		       value_text(in, &view->assessment.result, node->terms[0].slot, PLACES_SHORT,
				  amount, sizeof(amount)),
		       compare_signs[node->decl->is],
		       value_text(in, &view->assessment.result, node->terms[1].slot, PLACES_SHORT,
				  limit, sizeof(limit)));
	printf("\n");
}

static void print_blockers(const struct invocation *in, const struct score_view *view)
{
	uint32_t slots[MAX_BLOCKERS];
	if (!view->ladder)
		return;
	unsigned n =
		result_withheld_by(&view->assessment.result, view->ladder, slots, MAX_BLOCKERS);
	struct grade_view grade;
	result_grade(&view->assessment.result, view->ladder, &grade);
	if (!n || grade.rank_certain >= view->ladder->n_grades)
		return;
	printf(say(in, "\n未达“%s”的原因：\n", "\nwhy not %s:\n"),
	       grade_title(in, view->assessment.ruleset,
			   view->ladder->grades[grade.rank_certain].id));
	for (unsigned i = 0; i < n && i < MAX_BLOCKERS; i++)
		print_blocker(in, view, slots[i]);
}

/* Entries "origin: name" by origin, each list run on and broken before it passes 78 columns. */
static void print_basis(const struct invocation *in, const struct ruleset *ruleset,
			struct lt_arena *arena, const char *head, const char *const *words,
			unsigned n)
{
	static const char *const zh[][2] = { { "illustrative", "示例" },
					     { "proposed", "拟定" },
					     { "inferred", "推断" },
					     { "draft", "草案" } };
	if (n)
		printf("\n%s\n", head);
	for (size_t o = 0; o < sizeof(zh) / sizeof(zh[0]); o++) {
		const size_t len = strlen(zh[o][0]);
		int column = 0;
		for (unsigned i = 0; i < n; i++) {
			if (strncmp(words[i], zh[o][0], len) != 0 || words[i][len] != ':')
				continue;
			const char *title = basis_words(ruleset, words[i], in->lang, arena);
			const int width = lt_text_width(title);
			if (!column) {
				printf("  %s%s", say(in, zh[o][1], zh[o][0]), say(in, "：", ": "));
				column = 16;
			} else if (column + width + 3 > 78) {
				printf("\n        ");
				column = 8;
			} else {
				printf(" · ");
				column += 3;
			}
			printf("%s", title);
			column += width;
		}
		if (column)
			printf("\n");
	}
}

static bool is_unanswered(const struct score_view *view, uint32_t slot)
{
	const struct plan *plan = view->assessment.plan;
	const struct answers *answers = &view->assessment.answers;
	bool open = false;
	for (unsigned i = 0; i < plan->n_nodes && !open; i++)
		open = plan->nodes[i].decl->publish != PUBLISH_NO &&
		       result_is_open(&view->assessment.result, plan->first_node + i, slot);
	return open && (slot >= plan->n_items || answers->items[slot].state == ANSWER_OPEN);
}

/* What is still to be answered, by id; an item that has no number by its title, each on a line. */
static void print_open(const struct invocation *in, const struct score_view *view)
{
	const struct plan *plan = view->assessment.plan;
	int column = 0, n = 0;
	for (int by_title = 0; by_title < 2; by_title++)
		for (uint32_t slot = 0; slot < plan->first_parameter; slot++) {
			const bool has_id =
				slot >= plan->n_items || lt_id_is_numbered(plan->items[slot].decl->id);
			if (has_id == by_title || !is_unanswered(view, slot))
				continue;
			const char *name = by_title ? slot_title(in, plan, slot)
						    : plan_slot_name(plan, slot);
			if (!n++)
				printf("%s", say(in, "\n尚未作答：\n", "\nnot answered yet:\n"));
			if (!column || by_title || column + lt_text_width(name) + 2 > 78) {
				printf("%s ", column ? "\n" : "");
				column = 1;
			}
			column += printf(" %s", name);
		}
	if (n)
		printf("\n");
}

static void print_profile(const struct invocation *in, const struct profile *profile)
{
	printf(say(in, "\n参数集 %s，由 %s 负责", "\nprofile %s, answered for by %s"), profile->id,
	       profile->responsible);
	if (profile->edition)
		printf(say(in, "，依据 %s", ", from %s"), profile->edition);
	printf("\n");
}

/* Items of which any number is replaced by that list. */
static unsigned count_tiered(const struct overrides *overrides)
{
	unsigned n = 0;
	for (unsigned i = 0; i < overrides->n_tiers; i++) {
		bool is_first = true;
		for (unsigned j = 0; j < i && is_first; j++)
			is_first = strcmp(overrides->tiers[j].item, overrides->tiers[i].item) != 0;
		n += is_first;
	}
	return n;
}

/* Numbers of the sheet or profile that stand in the place of the ruleset's; explain says which, and
 * on which page. */
static void print_replaced(const struct invocation *in, const struct assessment *assessment)
{
	const struct overrides *overrides = &assessment->overrides;
	const unsigned n_tiered = count_tiered(overrides);
	if (assessment->profile)
		print_profile(in, assessment->profile);
	if (!overrides->n_parameters && !overrides->n_points && !n_tiered && !overrides->n_lines &&
	    !overrides->n_weights)
		return;
	printf("%s", say(in, "\n不用规则集原值的：\n ", "\ninstead of the ruleset's own:\n "));
	for (unsigned i = 0; i < overrides->n_parameters; i++)
		printf(" $%s = %s", overrides->parameters[i].parameter,
		       overrides->parameters[i].value ? overrides->parameters[i].value
						      : say(in, "不设值", "unset"));
	if (overrides->n_points)
		printf(say(in, "  %u 条的分值", "  points of %u items"), overrides->n_points);
	if (n_tiered)
		printf(say(in, "  %u 条的档次", "  tiers of %u items"), n_tiered);
	if (overrides->n_lines)
		printf(say(in, "  %u 条的直线", "  lines of %u items"), overrides->n_lines);
	if (overrides->n_weights)
		printf(say(in, "  %u 行权重", "  %u rows of weights"), overrides->n_weights);
	printf("\n");
}

void score_view_print(const struct invocation *in, const struct score_view *view)
{
	struct lt_arena arena;
	lt_arena_init(&arena, 0);
	print_head(in, &view->assessment);
	print_controls(in, &view->summary.controls);
	print_sections(in, view);
	print_outcomes(in, view);
	print_blockers(in, view);
	print_open(in, view);
	print_replaced(in, &view->assessment);
	print_basis(in, view->assessment.ruleset, &arena,
		    say(in, "样张，因为结果用到：", "specimen, because the result rests on:"),
		    view->basis.specimen, view->basis.n_specimen);
	print_basis(in, view->assessment.ruleset, &arena,
		    say(in, "前提（推断而来）：", "on these conditions (inferred):"),
		    view->basis.conditions, view->basis.n_conditions);
	lt_arena_release(&arena);
}

/* ---- life ---- */

enum lt_status score_view_open(struct invocation *in, const char *path, struct score_view *view)
{
	*view = (struct score_view){ 0 };
	struct assessment *assessment = &view->assessment;
	enum lt_status status = open_subject(in, path, assessment);
	if (!status)
		status = basis_collect(assessment, &view->basis, &in->err);
	if (!status)
		status = summary_collect(&assessment->result, &assessment->answers,
					 &assessment->arena, &view->summary, &in->err);
	if (!status)
		view->ladder = plan_ladder(assessment->plan);
	return status;
}

void score_view_close(struct score_view *view)
{
	assessment_close(&view->assessment);
}
