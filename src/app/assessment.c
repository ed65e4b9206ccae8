#include "lingtan/app/assessment.h"

#include <stdio.h>
#include <string.h>
#include "assessment_parts.h"
#include "lingtan/app/cases.h"
#include "lingtan/app/profile.h"
#include "lingtan/app/rung.h"
#include "lingtan/core/ledger.h"
#include "sheet_file.h"

/* ---- words of an answer ---- */

/* "other" asks for the reason in words; any other listed reason stands for itself. */
static const char *reason_words(const struct ruleset *ruleset, const char *na, const char *reason)
{
	const struct na_reason *listed = ruleset_find_na_reason(ruleset, na);
	return reason && (!listed || listed->needs_text) ? reason : na;
}

static const char *join_checks(const struct words *checks, struct lt_arena *arena)
{
	const char *joined = "checks:";
	for (unsigned i = 0; i < checks->n && joined; i++)
		joined = lt_arena_printf(arena, "%s%s%s", joined, i ? "," : "", checks->at[i]);
	return joined;
}

const char *sheet_answer_words(const struct ruleset *ruleset, const struct sheet_answer *answer,
			       struct lt_arena *arena)
{
	if (answer->result)
		return answer->result;
	if (answer->points)
		return lt_arena_printf(arena, "points:%s", answer->points);
	if (answer->na)
		return lt_arena_printf(arena, "na:%s",
				       reason_words(ruleset, answer->na, answer->reason));
	if (answer->tier)
		return lt_arena_printf(arena, "tier:%s", answer->tier);
	return answer->checks.at ? join_checks(&answer->checks, arena) : "";
}

const char *sheet_quantity_reason(const struct ruleset *ruleset,
				  const struct sheet_quantity *quantity)
{
	return reason_words(ruleset, quantity->na, quantity->reason);
}

enum lt_status sheet_overrides(const struct sheet_parameter *parameters, unsigned n,
			       struct lt_arena *arena, struct overrides *out, struct lt_err *err)
{
	struct parameter_override *overrides = lt_arena_alloc(arena, n + 1, sizeof(*overrides));
	if (!overrides)
		return lt_err_memory(err);
	for (unsigned i = 0; i < n; i++)
		overrides[i] = (struct parameter_override){ .parameter = parameters[i].id,
							    .value = parameters[i].value,
							    .origin = ORIGIN_USER };
	out->parameters = overrides;
	out->n_parameters = n;
	return LT_OK;
}

/* ---- profile ---- */

/* A profile from a file, or (path NULL) the one at hand. Its numbers come first, so that a
 * parameter that the sheet sets wins. */
static enum lt_status add_profile(struct assessment *assessment, struct library *library,
				  const char *path, struct lt_findings *findings,
				  struct lt_err *err)
{
	struct profile *profile = NULL;
	struct overrides both, sheet = assessment->overrides;
	char *text;
	size_t len;
	enum lt_status status = LT_OK;
	if (path)
		status = profile_read(library, path, assessment->ruleset, &assessment->arena,
				      findings, &profile, err);
	if (!status && path)
		assessment->profile = profile;
	if (!status)
		status = profile_overrides(assessment->profile, &assessment->arena, &both, err);
	if (!status)
		status = profile_write(assessment->profile, &assessment->arena, &text, &len, err);
	if (status)
		return status;
	profile_digest(text, len, assessment->profile_digest);
	struct parameter_override *parameters =
		lt_arena_alloc(&assessment->arena, both.n_parameters + sheet.n_parameters + 1,
			       sizeof(*parameters));
	if (!parameters)
		return lt_err_memory(err);
	memcpy(parameters, both.parameters, both.n_parameters * sizeof(*parameters));
	memcpy(parameters + both.n_parameters, sheet.parameters,
	       sheet.n_parameters * sizeof(*parameters));
	both.parameters = parameters;
	both.n_parameters += sheet.n_parameters;
	assessment->overrides = both;
	return LT_OK;
}

/* ---- answers ---- */

/* Kept beside the answers, for who shows what is there instead of reporting it. */
static void keep_refusal(struct assessment *assessment, struct lt_findings *findings,
			 const char *list, unsigned at, const struct lt_err *err)
{
	struct refusal *refusal = lt_arena_alloc(&assessment->arena, 1, sizeof(*refusal));
	if (refusal) {
		*refusal = (struct refusal){ .list = list, .at = at, .next = assessment->refused };
		for (int lang = 0; lang < LT_N_LANGS; lang++)
			refusal->text[lang] =
				lt_arena_printf(&assessment->arena, "%s", err->text[lang]);
	}
	if (!refusal || !refusal->text[LT_ZH] || !refusal->text[LT_EN]) {
		findings->out_of_memory = true;
		return;
	}
	assessment->refused = refusal;
	assessment->n_refused++;
}

void assessment_refuse(struct assessment *assessment, struct lt_findings *findings,
		       const char *list, unsigned at, const struct lt_err *err)
{
	if (assessment->keeps_refused) {
		keep_refusal(assessment, findings, list, at, err);
		return;
	}
	struct lt_finding *finding =
		lt_findings_add(findings, LT_ERROR, "", "%s", "%s", err->text[LT_ZH]);
	if (!finding)
		return;
	const char *path = lt_arena_printf(&assessment->arena, "%s[%u]", list, at);
	finding->text[LT_EN] = lt_arena_printf(findings->arena, "%s", err->text[LT_EN]);
	if (!path || !finding->text[LT_EN])
		findings->out_of_memory = true;
	else
		yaml_positions_find(&assessment->sheet->positions, path, &finding->line,
				    &finding->column);
}

void assessment_warn(struct assessment *assessment, struct lt_findings *findings, const char *list,
		     unsigned at, const char *zh, const char *en, const char *a, const char *b,
		     const char *c)
{
	char path[64];
	struct lt_finding *finding = lt_findings_add(findings, LT_WARNING, "", zh, en, a, b, c);
	snprintf(path, sizeof(path), "%s[%u]", list, at);
	if (finding)
		yaml_positions_find(&assessment->sheet->positions, path, &finding->line,
				    &finding->column);
}

static void take_answer(struct assessment *assessment, unsigned at, bool other_type,
			struct lt_findings *findings)
{
	const struct sheet_answer *from = &assessment->sheet->answers[at];
	struct lt_err refused = LT_ERR_INIT;
	/* what a project keeps is an id already */
	if (!assessment->of_project &&
	    sheet_name_item(assessment->sheet, at, assessment->ruleset, &refused)) {
		assessment_refuse(assessment, findings, "answers", at, &refused);
		return;
	}
	const struct item *item = ruleset_find_item(assessment->ruleset, from->item);
	const char *words = sheet_answer_words(assessment->ruleset, from, &assessment->arena);
	if (!words) {
		findings->out_of_memory = true;
		return;
	}
	if (other_type && item &&
	    !assessment->plan->items[item - assessment->ruleset->items].applies) {
		assessment->n_left_out++;
		return;
	}
	if (!words[0])
		assessment_warn(assessment, findings, "answers", at,
				"条款 %s 没有填结果，按未答计%s%s",
				"item %s has no result and counts as open%s%s", from->item, "", "");
	if (!item) {
		answers_set(&assessment->answers, assessment->plan, from->item, words, &refused);
		assessment_refuse(assessment, findings, "answers", at, &refused);
		return;
	}
	if (words[0] &&
	    answers_set_item(&assessment->answers, assessment->plan, item, words, &refused))
		assessment_refuse(assessment, findings, "answers", at, &refused);
	struct answer *answer = &assessment->answers.items[item - assessment->ruleset->items];
	answer->remark = from->remark;
	answer->evidence = from->evidence;
	answer->locator = from->locator;
	answer->is_purged = from->is_purged;
}

bool assessment_is_year(const struct sheet *sheet, const char *year)
{
	return !year || !sheet->year || strcmp(year, sheet->year) == 0;
}

static bool is_given_for_year(const struct sheet *sheet, const char *id)
{
	for (unsigned i = 0; i < sheet->n_quantities; i++)
		if (strcmp(sheet->quantities[i].id, id) == 0 &&
		    assessment_is_year(sheet, sheet->quantities[i].year))
			return true;
	return false;
}

static void take_quantity(struct assessment *assessment, const struct units *units, unsigned at,
			  struct lt_findings *findings)
{
	const struct sheet_quantity *from = &assessment->sheet->quantities[at];
	struct lt_err refused = LT_ERR_INIT;
	/* a sheet may carry the figures of several years, and those that another standard needs */
	const struct quantity *quantity = ruleset_find_quantity(assessment->ruleset, from->id);
	if (!quantity && assessment->of_project)
		return;
	if (!assessment_is_year(assessment->sheet, from->year)) {
		if (quantity && !is_given_for_year(assessment->sheet, from->id))
			assessment_warn(
				assessment, findings, "quantities", at,
				"%s 只有 %s 年的数，评价年度是 %s，未采用",
				"%s is given for %s only; the assessment year is %s, so it is not used",
				from->id, from->year, assessment->sheet->year);
		return;
	}
	enum lt_status status = LT_OK;
	if (from->na)
		status = answers_set_quantity_na(&assessment->answers, assessment->plan, from->id,
						 sheet_quantity_reason(assessment->ruleset, from),
						 &refused);
	else if (from->value)
		status = answers_set_quantity(&assessment->answers, assessment->plan, units,
					      from->id, from->value, from->unit, &refused);
	if (status)
		assessment_refuse(assessment, findings, "quantities", at, &refused);
	else if (quantity)
		assessment->answers.quantities[quantity - assessment->ruleset->quantities].source =
			from->source;
}

const struct counted_figure *assessment_find_counted(const struct assessment *assessment,
						     unsigned quantity)
{
	for (unsigned i = 0; i < assessment->n_counted; i++)
		if (assessment->counted[i].quantity == quantity)
			return &assessment->counted[i];
	return NULL;
}

/* ---- opening ---- */

static enum lt_status read_sheet(struct assessment *assessment, const char *path,
				 struct lt_findings *findings, struct lt_err *err)
{
	struct sheet *sheet;
	enum lt_status status =
		sheet_file_read(path, NULL, &assessment->arena, findings, &sheet, err);
	if (!status)
		assessment->sheet = sheet;
	return status;
}

/* The unit table is read only for a sheet that has something to convert. */
static enum lt_status units_if_needed(struct assessment *assessment, struct library *library,
				      struct lt_findings *findings, struct lt_err *err)
{
	const struct sheet *sheet = assessment->sheet;
	bool needed = sheet->n_inventory > 0;
	for (unsigned i = 0; i < sheet->n_quantities && !needed; i++) {
		const struct quantity *quantity =
			ruleset_find_quantity(assessment->ruleset, sheet->quantities[i].id);
		needed = quantity && sheet->quantities[i].unit &&
			 strcmp(sheet->quantities[i].unit, quantity->unit) != 0;
	}
	return needed && !assessment->units
		       ? library_units(library, findings, &assessment->units, err)
		       : LT_OK;
}

static enum lt_status answer_sheet(struct assessment *assessment, struct library *library,
				   const char *path, bool other_type, struct lt_findings *findings,
				   struct lt_err *err)
{
	const size_t errors_before = findings->n_errors;
	enum lt_status status = units_if_needed(assessment, library, findings, err);
	if (!status)
		status = answers_init(&assessment->answers, assessment->ruleset, &assessment->arena,
				      err);
	if (status)
		return status;
	findings->file = path;
	for (unsigned i = 0; i < assessment->sheet->n_answers; i++)
		take_answer(assessment, i, other_type, findings);
	for (unsigned i = 0; i < assessment->sheet->n_quantities; i++)
		take_quantity(assessment, assessment->units, i, findings);
	status = assessment_take_inventory(assessment, library, path, findings, err);
	if (status)
		return status;
	if (findings->out_of_memory)
		return lt_err_memory(err);
	if (findings->n_errors > errors_before)
		return lt_err_set(err, LT_EDATA, "%s：有 %zu 处答案不被接受",
				  "%s: answers not accepted: %zu", path,
				  findings->n_errors - errors_before);
	return LT_OK;
}

/* Numbers that the sheet puts in the place of the ruleset's own. */
static void check_sheet_parameters(const struct sheet *sheet, const struct ruleset *ruleset,
				   struct lt_findings *findings)
{
	for (unsigned i = 0; i < sheet->n_parameters; i++) {
		const struct sheet_parameter *said = &sheet->parameters[i];
		const struct parameter *parameter = ruleset_find_parameter(ruleset, said->id);
		const char *zh = NULL, *en = NULL;
		char path[64];
		if (!parameter) {
			zh = "没有参数 %s";
			en = "there is no parameter %s";
		} else if (said->value && !parameter_accepts(parameter, said->value)) {
			zh = "参数 %s 的值超出所定范围";
			en = "parameter %s: its value is outside its range";
		}
		for (unsigned j = 0; j < i && !zh; j++)
			if (strcmp(sheet->parameters[j].id, said->id) == 0) {
				zh = "参数 %s 写了两次";
				en = "parameter %s is given twice";
			}
		struct lt_finding *finding =
			zh ? lt_findings_add(findings, LT_ERROR, "", zh, en, said->id) : NULL;
		snprintf(path, sizeof(path), "parameters[%u]", i);
		if (finding)
			yaml_positions_find(&sheet->positions, path, &finding->line,
					    &finding->column);
	}
}

static bool has_dated_figures(const struct sheet *sheet)
{
	for (unsigned i = 0; i < sheet->n_quantities; i++)
		if (sheet->quantities[i].year)
			return true;
	for (unsigned i = 0; i < sheet->n_inventory; i++)
		if (sheet->inventory[i].year)
			return true;
	return false;
}

/* A ruleset without stages of its own takes either stage of an assessment, or none. */
static bool is_stage_word(const char *stage)
{
	return !stage[0] || strcmp(stage, "planning") == 0 || strcmp(stage, "operation") == 0;
}

/* What the sheet says of itself, held against the ruleset: stage, year, park type, place, rung;
 * with line and column. */
static enum lt_status check_heading(const struct sheet *sheet, const struct ruleset *ruleset,
				    const char *path, struct lt_findings *findings,
				    struct lt_err *err)
{
	const size_t errors_before = findings->n_errors;
	const char *key = "assessment";
	struct lt_finding *finding = NULL;
	findings->file = path;
	if (!ruleset->n_stages && sheet->stage && !is_stage_word(sheet->stage))
		finding = lt_findings_add(
			findings, LT_ERROR, key, "%s 不分阶段，“%s”放错了位置；写成 %s//2025",
			"%s has no stages, '%s' stands in the wrong place; write %s//2025",
			ruleset->id, sheet->stage, ruleset->id);
	else if (!sheet->year && has_dated_figures(sheet))
		finding =
			lt_findings_add(findings, LT_ERROR, key, "缺少评价年度；写成 %s/阶段/2025",
					"the year is missing; write %s/stage/2025", ruleset->id);
	if (finding)
		yaml_positions_find(&sheet->positions, key, &finding->line, &finding->column);
	if (sheet->rung && !is_rung(sheet->rung)) {
		finding = lt_findings_add(
			findings, LT_ERROR, "rung",
			"没有层级“%s”；有 self、evaluator、reviewer、awarded",
			"there is no rung '%s'; there are self, evaluator, reviewer, awarded",
			sheet->rung);
		if (finding)
			yaml_positions_find(&sheet->positions, "rung", &finding->line,
					    &finding->column);
	}
	check_sheet_parameters(sheet, ruleset, findings);
	if (findings->n_errors == errors_before)
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "%s：标准、年度、层级或参数有误，未计算",
			  "%s: standard, year, rung or parameters are wrong; not scored", path);
}

/* A built-in ruleset was held against its cases when the program was made; one from a folder is
 * now. */
static enum lt_status try_cases(struct assessment *assessment, struct library *library,
				struct lt_findings *findings, struct lt_err *err)
{
	struct case_tally tally = { 0 };
	if (!assessment->entry || !assessment->entry->folder)
		return LT_OK;
	enum lt_status status =
		cases_run(library, assessment->ruleset, findings, NULL, NULL, &tally, err);
	assessment->cases_failed = tally.failed > 0;
	return status;
}

static enum lt_status make_plan(struct assessment *assessment, struct library *library,
				const struct selection *selection, struct lt_err *err)
{
	const struct overrides *own = &assessment->overrides;
	struct plan *plan = NULL;
	if (assessment->ruleset_kept && !own->n_parameters && !own->n_points && !own->n_tiers &&
	    !own->n_lines && !own->n_weights)
		return library_plan(library, assessment->ruleset, selection, &assessment->plan,
				    err);
	enum lt_status status =
		plan_compile(assessment->ruleset, selection, own, &assessment->arena, &plan, err);
	assessment->plan = plan;
	return status;
}

enum lt_status assessment_prepare(struct assessment *assessment, struct library *library,
				  const char *name, const struct assessment_options *options,
				  struct lt_findings *findings, struct lt_err *err)
{
	const struct sheet *sheet = assessment->sheet;
	const struct ruleset *ruleset = assessment->ruleset;
	enum lt_status status = check_heading(sheet, ruleset, name, findings, err);
	if (!status)
		status = try_cases(assessment, library, findings, err);
	if (!status)
		status = sheet_overrides(sheet->parameters, sheet->n_parameters, &assessment->arena,
					 &assessment->overrides, err);
	if (!status && (options->profile || assessment->profile))
		status = add_profile(assessment, library, options->profile, findings, err);
	const struct selection selection = { .park_type = options->park_type ? options->park_type
									     : sheet->park_type,
					     .stage = sheet->stage,
					     .place = sheet->place };
	if (!status)
		status = make_plan(assessment, library, &selection, err);
	if (status == LT_EDATA && !assessment->plan)
		lt_err_prefix(err, name);
	return status;
}

enum lt_status assessment_answer(struct assessment *assessment, struct library *library,
				 const char *name, bool other_type, struct lt_findings *findings,
				 struct lt_err *err)
{
	enum lt_status status = answer_sheet(assessment, library, name, other_type, findings, err);
	if (!status)
		status =
			result_init(&assessment->result, assessment->plan, &assessment->arena, err);
	if (!status)
		status =
			score_all(assessment->plan, &assessment->answers, &assessment->result, err);
	return status;
}

static bool is_refused(const struct assessment *assessment, const char *item)
{
	for (const struct refusal *at = assessment->refused; at; at = at->next)
		if (strcmp(at->list, "answers") == 0 &&
		    strcmp(assessment->sheet->answers[at->at].item, item) == 0)
			return true;
	return false;
}

/* In the place of the item's answer, or among them in the order of items. */
static bool put_answer(struct assessment *assessment, const struct sheet_answer *answer)
{
	const struct sheet *before = assessment->sheet;
	unsigned at = 0;
	while (at < before->n_answers && strcmp(before->answers[at].item, answer->item) < 0)
		at++;
	if (at < before->n_answers && strcmp(before->answers[at].item, answer->item) == 0) {
		before->answers[at] = *answer;
		return true;
	}
	struct sheet *sheet = lt_arena_alloc(&assessment->arena, 1, sizeof(*sheet));
	struct sheet_answer *answers =
		lt_arena_alloc(&assessment->arena, before->n_answers + 1, sizeof(*sheet->answers));
	if (!sheet || !answers)
		return false;
	for (unsigned i = 0; i < before->n_answers; i++)
		answers[i + (i >= at)] = before->answers[i];
	answers[at] = *answer;
	*sheet = *before;
	sheet->answers = answers;
	sheet->n_answers++;
	assessment->sheet = sheet;
	for (struct refusal *refusal = assessment->refused; refusal; refusal = refusal->next)
		refusal->at += strcmp(refusal->list, "answers") == 0 && refusal->at >= at;
	return true;
}

enum lt_status assessment_answer_again(struct assessment *assessment,
				       const struct sheet_answer *answer, bool *taken,
				       struct lt_err *err)
{
	struct lt_err refused = LT_ERR_INIT;
	const struct item *item = ruleset_find_item(assessment->ruleset, answer->item);
	const char *words = sheet_answer_words(assessment->ruleset, answer, &assessment->arena);
	*taken = false;
	if (!words)
		return lt_err_memory(err);
	if (!item || !words[0] || is_refused(assessment, answer->item))
		return LT_OK;
	struct answer *answered = &assessment->answers.items[item - assessment->ruleset->items];
	const struct answer before = *answered;
	if (answers_set(&assessment->answers, assessment->plan, answer->item, words, &refused))
		return LT_OK;
	answered->remark = answer->remark;
	answered->evidence = answer->evidence;
	answered->locator = answer->locator;
	answered->is_purged = answer->is_purged;
	*taken = score_all(assessment->plan, &assessment->answers, &assessment->result, &refused) ==
			 LT_OK &&
		 put_answer(assessment, answer);
	if (*taken)
		return LT_OK;
	*answered = before;
	return score_all(assessment->plan, &assessment->answers, &assessment->result, err);
}

enum lt_status assessment_score(struct assessment *assessment, struct library *library,
				const char *name, const struct assessment_options *options,
				struct lt_findings *findings, struct lt_err *err)
{
	enum lt_status status =
		assessment_prepare(assessment, library, name, options, findings, err);
	return status ? status
		      : assessment_answer(assessment, library, name, options->park_type != NULL,
					  findings, err);
}

/* A built-in one is read once, however many sheets are scored. */
static enum lt_status load_ruleset(struct assessment *assessment, struct library *library,
				   struct lt_findings *findings, struct lt_err *err)
{
	const char *id = assessment->sheet->standard;
	struct ruleset *ruleset;
	assessment->entry = library_find(library, id);
	assessment->ruleset_kept = assessment->entry && !assessment->entry->folder;
	const enum lt_status status =
		assessment->ruleset_kept
			? library_load_built_in(library, id, findings, &ruleset, err)
			: library_load(library, id, findings, &ruleset, err);
	if (!status)
		assessment->ruleset = ruleset;
	return status;
}

enum lt_status assessment_open_sheet(struct assessment *assessment, struct library *library,
				     const char *path, const struct assessment_options *options,
				     struct lt_findings *findings, struct lt_err *err)
{
	*assessment = (struct assessment){ 0 };
	lt_arena_init(&assessment->arena, 0);
	enum lt_status status = read_sheet(assessment, path, findings, err);
	if (!status)
		status = load_ruleset(assessment, library, findings, err);
	return status ? status
		      : assessment_score(assessment, library, path, options, findings, err);
}

void assessment_close(struct assessment *assessment)
{
	lt_arena_release(&assessment->arena);
	*assessment = (struct assessment){ 0 };
}
