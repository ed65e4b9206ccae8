#include "lingtan/app/cases.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/app/assessment.h"

struct case_run {
	const struct ruleset *ruleset;
	const struct units *units;
	const struct ruleset_case *said;
	struct lt_arena arena;
	struct plan *plan;
	struct answers answers;
	struct result result;
	char text[600];                    /* what differs; the first difference */
	const struct case_expect *unknown; /* the first that speaks of nothing */
	const char *list; /* what is being answered: all, answers, quantities ... */
	unsigned at;
};

/* ---- answers ---- */

/* `full`, `zero`, `met` ... for an item of whatever form; NULL if the word does not fit it. */
static const char *group_words(struct case_run *run, const struct plan_item *item,
			       const char *answer)
{
	const struct item *decl = item->decl;
	const bool full = strcmp(answer, "full") == 0, zero = strcmp(answer, "zero") == 0;
	if (!full && !zero)
		return answer;
	switch (decl->form) {
	case FORM_MET:
		return full ? "met" : "not-met";
	case FORM_JUDGEMENT:
		return full ? "yes" : "no";
	case FORM_POINTS: {
		char points[LT_DECIMAL_TEXT];
		lt_decimal_format(full ? item->points : VALUE_ZERO, points);
		return lt_arena_printf(&run->arena, "points:%s", points);
	}
	case FORM_TIERS: {
		unsigned best = 0;
		for (unsigned i = 1; i < decl->n_tiers; i++)
			if ((item->tier_points[i].units > item->tier_points[best].units) == full)
				best = i;
		return lt_arena_printf(&run->arena, "tier:%s", decl->tiers[best].id);
	}
	case FORM_CHECKLIST: {
		const char *words = "checks:";
		for (unsigned i = 0; full && words && i < decl->n_checks; i++)
			words = lt_arena_printf(&run->arena, "%s%s%s", words, i ? "," : "",
						decl->checks[i].id);
		return words;
	}
	case FORM_MEASURED:
	case N_ITEM_FORMS:
		break;
	}
	return NULL;
}

static enum lt_status set_measured(struct case_run *run, const struct plan_item *item,
				   const char *answer, struct lt_err *err)
{
	const struct item *decl = item->decl;
	const bool full = strcmp(answer, "full") == 0;
	const char *value = decl->linear.from ? (full ? decl->linear.to : decl->linear.from) : NULL;
	if (!value && decl->n_tiers && full)
		value = decl->tiers[decl->n_tiers - 1].from;
	if (!value)
		return lt_err_set(err, LT_EDATA, "条款 %s 不能整组作答 %s",
				  "item %s cannot be answered %s with its group", decl->id, answer);
	return answers_set_quantity(&run->answers, run->plan, run->units, decl->quantity, value,
				    NULL, err);
}

static enum lt_status answer_group(struct case_run *run, const struct case_group *group,
				   struct lt_err *err)
{
	unsigned n = 0;
	for (unsigned i = 0; i < run->plan->n_items; i++) {
		const struct plan_item *item = &run->plan->items[i];
		if (!item_is_in_group(item->decl, group->items) ||
		    (group->section &&
		     !ruleset_section_is_within(run->ruleset, item->decl->section, group->section)))
			continue;
		n++;
		if (!item->applies)
			continue;
		const char *words = group_words(run, item, group->answer);
		const bool measured = item->quantity != NO_SLOT && !words;
		enum lt_status status =
			measured ? set_measured(run, item, group->answer, err)
			: words  ? answers_set(&run->answers, run->plan, item->decl->id, words, err)
				 : lt_err_memory(err);
		if (status)
			return status;
	}
	return n ? LT_OK
		 : lt_err_set(err, LT_EDATA, "没有条款属于 %s", "no item is of kind or tag %s",
			      group->items);
}

/* For whoever has to say where an answer was refused. */
static void now_at(struct case_run *run, const char *list, unsigned at)
{
	run->list = list;
	run->at = at;
}

static enum lt_status answer_case(struct case_run *run, struct lt_err *err)
{
	const struct ruleset_case *said = run->said;
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < said->n_all && !status; i++) {
		now_at(run, "all", i);
		status = answer_group(run, &said->all[i], err);
	}
	for (unsigned i = 0; i < said->n_answers && !status; i++) {
		now_at(run, "answers", i);
		const char *words =
			sheet_answer_words(run->ruleset, &said->answers[i], &run->arena);
		status = words ? answers_set(&run->answers, run->plan, said->answers[i].item, words,
					     err)
			       : lt_err_memory(err);
	}
	for (unsigned i = 0; i < said->n_quantities && !status; i++) {
		const struct sheet_quantity *quantity = &said->quantities[i];
		now_at(run, "quantities", i);
		if (quantity->na || !quantity->value)
			status = answers_set_quantity_na(
				&run->answers, run->plan, quantity->id,
				quantity->na ? sheet_quantity_reason(run->ruleset, quantity) : NULL,
				err);
		else
			status = answers_set_quantity(&run->answers, run->plan, run->units,
						      quantity->id, quantity->value, quantity->unit,
						      err);
	}
	return status;
}

/* ---- expectations ---- */

static void differs(struct case_run *run, const char *node, const char *what, const char *expected,
		    const char *got)
{
	if (!run->text[0])
		snprintf(run->text, sizeof(run->text), "%s: %s expected %s, got %s", node, what,
			 expected, got);
}

static void format_end(struct lt_decimal end, bool unbounded, char *text)
{
	if (unbounded)
		snprintf(text, LT_DECIMAL_TEXT, "unbounded");
	else
		lt_decimal_format(end, text);
}

static void expect_end(struct case_run *run, const struct case_expect *expect, const char *what,
		       const char *wanted, struct lt_decimal end, bool unbounded)
{
	char got[LT_DECIMAL_TEXT];
	struct lt_decimal number;
	format_end(end, unbounded, got);
	if (strcmp(wanted, "unbounded") == 0
		    ? unbounded
		    : !unbounded &&
			      lt_decimal_parse(wanted, strlen(wanted), &number) == LT_DECIMAL_OK &&
			      number.units == end.units)
		return;
	differs(run, expect->node, what, wanted, got);
}

static const char *state_word(const struct value *value)
{
	if (value->state == VALUE_NA)
		return "na";
	if (value->state == VALUE_NONE)
		return "none";
	return value->maybe_none ? "maybe_none" : "value";
}

/* The word for a rank; below the first grade the one that `otherwise` gives it, or would give if
 * nothing were open. */
static const char *grade_word(const struct case_run *run, const struct plan_node *ladder,
			      unsigned rank)
{
	struct grade_view view;
	if (rank)
		return ladder->grades[rank - 1].id;
	result_grade(&run->result, ladder, &view);
	if (view.is_certain && view.otherwise)
		return view.otherwise;
	for (unsigned i = 0; i < ladder->n_otherwise; i++)
		if (ladder->otherwise[i].unless == NO_SLOT)
			return ladder->otherwise[i].grade;
	return "none";
}

static void expect_grades(struct case_run *run, const struct case_expect *expect,
			  const struct plan_node *ladder)
{
	struct grade_view view;
	result_grade(&run->result, ladder, &view);
	const char *low = grade_word(run, ladder, view.rank_certain),
		   *high = grade_word(run, ladder, view.rank_possible);
	if (expect->grade && (!view.is_certain || strcmp(low, expect->grade) != 0))
		differs(run, expect->node, "grade", expect->grade, view.is_certain ? low : "open");
	if (expect->low && strcmp(low, expect->low) != 0)
		differs(run, expect->node, "low", expect->low, low);
	if (expect->high && strcmp(high, expect->high) != 0)
		differs(run, expect->node, "high", expect->high, high);
}

static void expect_numbers(struct case_run *run, const struct case_expect *expect,
			   const struct value *value)
{
	const bool is_number = value->state == VALUE_NUMBER;
	if ((expect->value || expect->low || expect->high) && !is_number) {
		differs(run, expect->node, "value", expect->value ? expect->value : "a number",
			state_word(value));
		return;
	}
	if (expect->value) {
		expect_end(run, expect, "value", expect->value, value->lo, value->lo_unbounded);
		expect_end(run, expect, "value", expect->value, value->hi, value->hi_unbounded);
		if (value->maybe_none)
			differs(run, expect->node, "state", "value", "maybe_none");
	}
	if (expect->low)
		expect_end(run, expect, "low", expect->low, value->lo, value->lo_unbounded);
	if (expect->high)
		expect_end(run, expect, "high", expect->high, value->hi, value->hi_unbounded);
}

static void expect_sets(struct case_run *run, const struct case_expect *expect, uint32_t slot)
{
	const struct plan *plan = run->plan;
	char got[24];
	if (expect->open) {
		snprintf(got, sizeof(got), "%u", result_count_open(&run->result, slot));
		if (strcmp(got, expect->open) != 0)
			differs(run, expect->node, "open", expect->open, got);
	}
	if (!expect->needs.at)
		return;
	snprintf(got, sizeof(got), "%u", result_count_needs(&run->result, slot));
	const bool none = expect->needs.n == 1 && strcmp(expect->needs.at[0], "none") == 0;
	for (unsigned i = 0; i < expect->needs.n && !none; i++) {
		const struct parameter *parameter =
			ruleset_find_parameter(run->ruleset, expect->needs.at[i]);
		if (!parameter ||
		    !result_is_open(&run->result, slot,
				    plan->first_parameter +
					    (uint32_t)(parameter - run->ruleset->parameters)))
			differs(run, expect->node, "needs", expect->needs.at[i], got);
	}
	if (result_count_needs(&run->result, slot) != (none ? 0 : expect->needs.n))
		differs(run, expect->node, "needs", "just the listed", got);
}

static void expect_one(struct case_run *run, const struct case_expect *expect)
{
	const uint32_t slot = plan_find(run->plan, expect->node);
	if (slot == NO_SLOT) {
		run->unknown = run->unknown ? run->unknown : expect;
		differs(run, expect->node, "node", "to exist", "nothing of this name");
		return;
	}
	const struct value *value = &run->result.values[slot];
	const struct plan_node *node = plan_node_at(run->plan, slot);
	const bool is_ladder = node && node->decl->op == OP_LADDER;
	if (!expect->value && !expect->low && !expect->high && !expect->state && !expect->grade &&
	    !expect->open && !expect->needs.at)
		differs(run, expect->node, "expectation", "a value, grade, state, open or needs",
			"none of them");
	if (is_ladder ? expect->value != NULL : expect->grade != NULL)
		differs(run, expect->node, "kind",
			is_ladder ? "grade, not value" : "value, not grade",
			is_ladder ? "value" : "grade");
	if (expect->state && strcmp(expect->state, state_word(value)) != 0)
		differs(run, expect->node, "state", expect->state, state_word(value));
	if (is_ladder)
		expect_grades(run, expect, node);
	else
		expect_numbers(run, expect, value);
	expect_sets(run, expect, slot);
}

/* ---- running ---- */

static enum lt_status run_one(struct case_run *run, struct lt_err *err)
{
	const struct ruleset_case *said = run->said;
	const struct selection selection = { .park_type = said->park_type,
					     .stage = said->stage,
					     .place = said->place };
	struct overrides overrides = { 0 };
	enum lt_status status =
		sheet_overrides(said->parameters, said->n_parameters, &run->arena, &overrides, err);
	run->list = NULL;
	for (unsigned i = 0; i < said->n_parameters && !status; i++)
		if (!ruleset_find_parameter(run->ruleset, said->parameters[i].id))
			status = lt_err_set(err, LT_EDATA, "没有参数 %s",
					    "there is no parameter %s", said->parameters[i].id);
	if (!status)
		status = plan_compile(run->ruleset, &selection, &overrides, &run->arena, &run->plan,
				      err);
	if (!status)
		status = answers_init(&run->answers, run->ruleset, &run->arena, err);
	if (!status)
		status = answer_case(run, err);
	if (!status)
		status = result_init(&run->result, run->plan, &run->arena, err);
	if (!status)
		status = score_all(run->plan, &run->answers, &run->result, err);
	for (unsigned i = 0; i < said->n_expect && !status; i++)
		expect_one(run, &said->expect[i]);
	return status;
}

enum lt_status cases_run(struct library *library, const struct ruleset *ruleset,
			 struct lt_findings *findings, case_report report, void *context,
			 struct case_tally *tally, struct lt_err *err)
{
	struct cases_file **files;
	const char **names;
	size_t n_files;
	struct case_run run = { .ruleset = ruleset };
	lt_arena_init(&run.arena, 0);
	enum lt_status status = library_units(library, findings, &run.units, err);
	if (!status)
		status = library_load_cases(library, ruleset->id, findings, &files, &names,
					    &n_files, err);
	for (size_t f = 0; !status && f < n_files; f++)
		for (unsigned c = 0; !status && c < files[f]->n_cases; c++) {
			struct lt_err refused = LT_ERR_INIT;
			run.said = &files[f]->cases[c];
			run.text[0] = 0;
			lt_arena_reset(&run.arena);
			status = run_one(&run, &refused);
			if (status == LT_EDATA) {
				snprintf(run.text, sizeof(run.text), "%s", refused.text[LT_EN]);
				status = LT_OK;
			} else if (status) {
				*err = refused;
			}
			tally->passed += !run.text[0];
			tally->failed += run.text[0] != 0;
			if (report)
				report(names[f], run.said->name, run.text, context);
		}
	lt_arena_release(&run.arena);
	return status;
}

static void check_one(struct case_run *run, const struct yaml_positions *positions, unsigned at,
		      const struct lt_err *refused, struct lt_findings *findings)
{
	char path[64];
	struct lt_finding *finding;
	snprintf(path, sizeof(path), "cases[%u]", at);
	if (refused->status == LT_EDATA) {
		finding =
			lt_findings_add(findings, LT_ERROR, path, "%s", "%s", refused->text[LT_ZH]);
		if (finding)
			finding->text[LT_EN] =
				lt_arena_printf(findings->arena, "%s", refused->text[LT_EN]);
		if (run->list)
			snprintf(path, sizeof(path), "cases[%u].%s[%u]", at, run->list, run->at);
	} else if (run->unknown) {
		finding = lt_findings_add(findings, LT_ERROR, path, "没有节点或条款“%s”",
					  "there is no node or item '%s'", run->unknown->node);
		snprintf(path, sizeof(path), "cases[%u].expect[%u]", at,
			 (unsigned)(run->unknown - run->said->expect));
	} else {
		return;
	}
	if (finding)
		yaml_positions_find(positions, path, &finding->line, &finding->column);
}

enum lt_status cases_check(const struct units *units, const struct ruleset *ruleset,
			   const struct cases_file *file, const char *name,
			   struct lt_findings *findings, struct lt_err *err)
{
	struct case_run run = { .ruleset = ruleset, .units = units };
	enum lt_status status = LT_OK;
	lt_arena_init(&run.arena, 0);
	findings->file = name;
	for (unsigned c = 0; c < file->n_cases && status != LT_ESPACE; c++) {
		struct lt_err refused = LT_ERR_INIT;
		run.said = &file->cases[c];
		run.text[0] = 0;
		run.unknown = NULL;
		lt_arena_reset(&run.arena);
		status = run_one(&run, &refused);
		check_one(&run, &file->positions, c, &refused, findings);
	}
	lt_arena_release(&run.arena);
	return status == LT_ESPACE ? lt_err_memory(err) : LT_OK;
}
