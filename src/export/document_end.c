/* The end of a report: findings, points and grade, changes, explanation, references. */
#include <stdio.h>
#include <string.h>
#include "draft.h"
#include "lingtan/base/ids.h"

/* ---- findings ---- */

static enum tone tone_of(node finding)
{
	const char *state = lt_json_get_text(finding, "state");
	if (strcmp(state, "closed") == 0)
		return TONE_GOOD;
	if (strcmp(state, "withdrawn") == 0)
		return TONE_MUTED;
	return strcmp(lt_json_get_text(finding, "grade"), "major") == 0 ? TONE_BAD : TONE_WARN;
}

static void finding_list(struct draft *draft, node findings)
{
	const struct column columns[] = { { say(draft, "编号", "No."), 3, false },
					  { say(draft, "分级", "Grade"), 5, false },
					  { say(draft, "条款或地点", "Clause or place"), 7, false },
					  { say(draft, "事实", "Fact"), 18, false },
					  { say(draft, "期限", "Due"), 6, false },
					  { say(draft, "状态", "State"), 5, false } };
	struct table *table = draft_table(draft, BLOCK_TABLE, NULL, columns, 6);
	for (node at = findings->first; at; at = at->next) {
		struct row *row = draft_row(draft, table, ROW_PLAIN);
		if (!row)
			return;
		const char *item = lt_json_get_text(at, "item");
		row->cells[0].text = lt_json_get_text(at, "number");
		row->cells[1].text = draft_label(draft, at, "grade_title");
		row->cells[2].text = or_dash(item[0] ? draft_named(draft, item)
							   : lt_json_get_text(at, "place"));
		row->cells[3].text = lt_json_get_text(at, "fact");
		row->cells[4].text = or_dash(lt_json_get_text(at, "due"));
		row->cells[5] =
			(struct cell){ draft_label(draft, at, "state_title"), tone_of(at) };
	}
}

static const char *ruling_word(const struct draft *draft, const char *ruling)
{
	static const char *const words[][3] = { { "upheld", "异议成立", "Upheld" },
						{ "rejected", "维持", "Rejected" } };
	return draft_word(draft, words, sizeof(words) / sizeof(words[0]), ruling);
}

static const char *verification_word(const struct draft *draft, const char *verification)
{
	static const char *const words[][3] = { { "accepted", "通过", "Accepted" },
						{ "rejected", "不通过", "Rejected" } };
	return draft_word(draft, words, sizeof(words) / sizeof(words[0]), verification);
}

static void finding_detail(struct draft *draft, node finding)
{
	struct table *table;
	draft_heading(draft, 3,
		      draft_text(draft, "%s  %s", lt_json_get_text(finding, "number"),
				 draft_label(draft, finding, "grade_title")));
	table = draft_fields(draft);
	const char *item = lt_json_get_text(finding, "item");
	draft_field(draft, table, say(draft, "条款", "Clause"),
		    item[0] ? draft_named(draft, item) : "");
	draft_field(draft, table, say(draft, "地点", "Place"), lt_json_get_text(finding, "place"));
	draft_field(draft, table, say(draft, "事实", "Fact"), lt_json_get_text(finding, "fact"));
	draft_field(draft, table, say(draft, "原因", "Cause"), lt_json_get_text(finding, "cause"));
	draft_field(draft, table, say(draft, "纠正措施", "Correction"),
		    lt_json_get_text(finding, "correction"));
	draft_field(draft, table, say(draft, "园区答复", "Answer"),
		    lt_json_get_text(finding, "answer"));
	draft_field(draft, table, say(draft, "异议", "Objection"),
		    lt_json_get_text(finding, "objection"));
	draft_field(draft, table, say(draft, "异议处理", "Ruling"),
		    draft_pair(draft, ruling_word(draft, lt_json_get_text(finding, "ruling")),
			       lt_json_get_text(finding, "ruling_text")));
	draft_field(draft, table, say(draft, "验证", "Verification"),
		    draft_pair(draft,
			       draft_pair(draft,
					  verification_word(draft, lt_json_get_text(finding, "verification")),
					  lt_json_get_text(finding, "verification_on")),
			       lt_json_get_text(finding, "verification_text")));
	draft_field(draft, table, say(draft, "状态", "State"),
		    draft_label(draft, finding, "state_title"));
}

void draft_findings(struct draft *draft)
{
	node findings = lt_json_get(draft->report, "findings");
	if (!findings->n) {
		draft_paragraph(draft, BLOCK_PARAGRAPH,
				say(draft, "没有不符合项。", "There are no findings."));
		return;
	}
	finding_list(draft, findings);
	if (draft_has_finding_reports(draft))
		draft_paragraph(draft, BLOCK_NOTE,
				say(draft, "每一项的原因、纠正措施和验证见附件“不符合项报告”。",
				    "Cause, correction and verification of each stand in the annex."));
}

/* One that was withdrawn stays in the list alone. */
static bool is_reported(node finding)
{
	return strcmp(lt_json_get_text(finding, "state"), "withdrawn") != 0;
}

bool draft_has_finding_reports(const struct draft *draft)
{
	for (node at = lt_json_get(draft->report, "findings")->first; at; at = at->next)
		if (is_reported(at))
			return true;
	return false;
}

void draft_finding_reports(struct draft *draft)
{
	for (node at = lt_json_get(draft->report, "findings")->first; at; at = at->next)
		if (is_reported(at))
			finding_detail(draft, at);
}

/* ---- points and grade ---- */

/* Axes of a radar: fewer are no area, more cannot be told apart. */
#define RADAR_LEAST 3u
#define RADAR_MOST 40u

static bool is_scored(node section)
{
	const char *maximum = lt_json_get_text(section, "maximum");
	return lt_json_get_int(section, "depth") == 0 && maximum[0] && strcmp(maximum, "0") != 0 &&
	       lt_json_get_bool(section, "is_evaluated");
}

static void put_charts(struct draft *draft, node sections)
{
	unsigned n = 0;
	for (node at = sections->first; at; at = at->next)
		n += is_scored(at);
	struct bar *bars = lt_arena_alloc(draft->arena, n + 1, sizeof(*bars));
	if (!bars) {
		draft->failed = true;
		return;
	}
	unsigned i = 0;
	for (node at = sections->first; at; at = at->next)
		if (is_scored(at)) {
			const char *rate = lt_json_get_text(at, "rate");
			bars[i++] = (struct bar){
				.label = draft_label(draft, at, "title"),
				.amount = draft_amount(rate),
				.possible = draft_amount(lt_json_get_text(at, "rate_possible")),
				.full = 100,
				.text = draft_text(draft, "%s %%", draft_number(draft, rate, 1)),
			};
		}
	const struct chart chart = { .kind = CHART_BARS,
				     .title = say(draft, "各板块得分率", "Points by section, percent"),
				     .bars = bars,
				     .n_bars = n };
	const struct chart radar = { .kind = CHART_RADAR,
				     .title = say(draft, "各板块得分率雷达图", "The same as a radar"),
				     .bars = bars,
				     .n_bars = n };
	draft_chart(draft, &chart);
	if (n >= RADAR_LEAST && n <= RADAR_MOST)
		draft_chart(draft, &radar);
}

static void put_summary(struct draft *draft, node sections)
{
	const struct column columns[] = { { say(draft, "板块", "Section"), 12, false },
					  { say(draft, "权重", "Weight"), 5, true },
					  { say(draft, "满分", "Max."), 5, true },
					  { say(draft, "得分", "Points"), 7, true },
					  { say(draft, "得分率（%）", "Percent"), 6, true },
					  { say(draft, "加权得分", "Weighted"), 7, true } };
	struct table *table = NULL;
	for (node at = sections->first; at; at = at->next) {
		if (!is_scored(at))
			continue;
		if (!table)
			table = draft_table(draft, BLOCK_TABLE,
					    say(draft, "得分汇总表", "Summary of points"), columns,
					    6);
		draft_cells(draft, table, ROW_PLAIN,
			    draft_section(draft, at), draft_number(draft, lt_json_get_text(at, "weight"), 4),
			    draft_number(draft, lt_json_get_text(at, "maximum"), 2),
			    draft_value(draft, lt_json_get(at, "points"), 2),
			    draft_number(draft, lt_json_get_text(at, "rate"), 1),
			    draft_value(draft, lt_json_get(at, "weighted"), 3), NULL);
	}
}

static const char *outcome_text(struct draft *draft, node outcome)
{
	node value = lt_json_get(outcome, "value");
	const char *exact = lt_json_get_text(value, "value");
	const char *none = draft_label(draft, outcome, "none");
	const char *unit = lt_json_get_text(outcome, "unit");
	if (none[0])
		return none;
	if (strcmp(lt_json_get_text(outcome, "kind"), "truth") == 0) {
		if (exact[0])
			return strcmp(exact, "0") != 0 ? say(draft, "成立", "holds")
						       : say(draft, "不成立", "does not hold");
		return say(draft, "未定", "open");
	}
	return draft_text(draft, "%s %s", draft_value(draft, value, 4),
			  draft_unit(draft, unit));
}

static void put_outcomes(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "结果", "Outcome"), 12, false },
					  { say(draft, "数值", "Value"), 8, true },
					  { say(draft, "条文", "Clause"), 6, false },
					  { say(draft, "数值来源", "Rests on"), 6, false } };
	struct table *table = NULL;
	for (node at = lt_json_get(draft->report, "outcomes")->first; at; at = at->next) {
		const char *title = draft_label(draft, at, "title");
		if (strcmp(lt_json_get_text(at, "kind"), "grade") == 0)
			continue;
		if (!table)
			table = draft_table(draft, BLOCK_TABLE,
					    say(draft, "各项结果", "Outcomes"), columns, 4);
		draft_cells(draft, table, ROW_PLAIN,
			    title[0] ? title : lt_json_get_text(at, "id"),
			    outcome_text(draft, at), or_dash(lt_json_get_text(at, "clause")),
			    draft_origin(draft, lt_json_get_text(at, "origin")), NULL);
	}
}

static void put_rungs(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "层级", "Rung"), 4, false },
					  { say(draft, "数值", "Figure"), 6, true },
					  { say(draft, "等级", "Grade"), 9, false },
					  { say(draft, "已答", "Answered"), 4, true },
					  { say(draft, "轮次", "Round"), 4, true } };
	struct table *table =
		draft_table(draft, BLOCK_TABLE, say(draft, "各层级的结果", "By rung"), columns, 5);
	for (node at = lt_json_get(draft->report, "rungs")->first; at; at = at->next) {
		node grade = lt_json_get(at, "grade");
		const char *title = draft_label(draft, grade, "title");
		/* not every standard has grades */
		const bool is_open = grade->kind == LT_JSON_OBJECT &&
				     !lt_json_get_bool(grade, "is_certain");
		if (!lt_json_get_bool(at, "has_answers"))
			continue;
		draft_cells(draft, table, ROW_PLAIN, draft_label(draft, at, "title"),
			    draft_value(draft, lt_json_get(at, "figure"), 2),
			    is_open ? say(draft, "未定", "open") : or_dash(title),
			    draft_text(draft, "%d/%d", lt_json_get_int(at, "answered"),
				       lt_json_get_int(at, "items")),
			    lt_json_get_text(at, "round"), NULL);
	}
}

void draft_score(struct draft *draft)
{
	node sections = lt_json_get(draft->report, "sections");
	put_summary(draft, sections);
	put_charts(draft, sections);
	put_outcomes(draft);
	put_rungs(draft);
}

/* ---- changes ---- */

/* Of a first draft that nobody has sent in there is nothing to compare with. */
bool draft_has_changes(const struct draft *draft)
{
	return lt_json_get(draft->report, "rounds")->n > 0;
}

/* A verdict as people say it: "points 8" is 8 分. Of tiers and checks the ids are what the form shows. */
static const char *verdict_word(struct draft *draft, const char *text)
{
	static const char *const words[][3] = {
		{ "met", "符合", "met" }, { "not-met", "不符合", "not met" }, { "yes", "是", "yes" },
		{ "no", "否", "no" },	  { "points ", "%s 分", "%s points" }, { "tier ", "%s 档", "tier %s" },
		{ "checks ", "满足 %s", "checks %s" }, { "na ", "不适用 %s", "n/a %s" },
		{ "na", "不适用", "n/a" },
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const size_t len = strlen(words[i][0]);
		const char *word = words[i][draft->lang == LT_ZH ? 1 : 2], *gap = strstr(word, "%s");
		if (!gap && strcmp(text, words[i][0]) == 0)
			return word;
		if (gap && strncmp(text, words[i][0], len) == 0)
			return draft_text(draft, "%.*s%s%s", (int)(gap - word), word, text + len, gap + 2);
	}
	return text;
}

static const char *changed_value(struct draft *draft, node change, const char *key)
{
	const char *text = lt_json_get_text(change, key);
	const bool is_verdict = strcmp(lt_json_get_text(change, "table"), "answer") == 0 &&
				strcmp(lt_json_get_text(change, "group"), "verdict") == 0;
	return or_dash(is_verdict ? verdict_word(draft, text) : text);
}

static const char *between(struct draft *draft, node changes, const char *low, const char *high)
{
	const char *a = lt_json_get_text(changes, low), *b = lt_json_get_text(changes, high);
	return strcmp(a, b) == 0 ? draft_number(draft, a, 2)
				 : draft_text(draft, "%s~%s", draft_number(draft, a, 2),
					      draft_number(draft, b, 2));
}

/* What the changes did to the figure that leads. */
static void put_effect(struct draft *draft, node changes)
{
	const char *title = draft_label(draft, lt_json_get(draft->report, "headline"), "title");
	if (!lt_json_get_text(changes, "low_before")[0] || !lt_json_get_text(changes, "low_after")[0])
		return;
	draft_paragraph(draft, BLOCK_PARAGRAPH,
			draft_text(draft, say(draft, "%s：修改前 %s，修改后 %s。", "%s: before %s, after %s."),
				   title, between(draft, changes, "low_before", "high_before"),
				   between(draft, changes, "low_after", "high_after")));
}

void draft_changes(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "内容", "What"), 8, false },
					  { say(draft, "原来", "Before"), 8, false },
					  { say(draft, "现在", "After"), 8, false },
					  { say(draft, "理由", "Why"), 9, false },
					  { say(draft, "时间", "When"), 6, false } };
	node changes = lt_json_get(draft->report, "changes"), list = lt_json_get(changes, "list");
	struct table *table = NULL;
	put_effect(draft, changes);
	if (list->n)
		table = draft_table(draft, BLOCK_TABLE,
				    draft_text(draft,
					       say(draft, "第 %d 轮到第 %d 轮", "Round %d to round %d"),
					       lt_json_get_int(changes, "from"),
					       lt_json_get_int(changes, "to")),
				    columns, 5);
	else
		draft_paragraph(draft, BLOCK_PARAGRAPH,
				say(draft, "没有复核后的修改。", "Nothing was changed after a review."));
	for (node at = list->first; at; at = at->next)
		draft_cells(draft, table, ROW_PLAIN,
			    draft_text(draft, "%s %s · %s", draft_label(draft, at, "what"),
				       draft_named(draft, lt_json_get_text(at, "id")),
				       draft_label(draft, at, "part")),
			    changed_value(draft, at, "from"), changed_value(draft, at, "to"),
			    or_dash(lt_json_get_text(at, "reason")),
			    draft_time(draft, lt_json_get_text(at, "at")), NULL);
}

/* ---- explanation ---- */

static const char *tree_value(struct draft *draft, node line)
{
	const char *result = draft_label(draft, line, "result");
	const char *unit = draft_unit(draft, lt_json_get_text(line, "unit"));
	const char *exact = lt_json_get_text(lt_json_get(line, "value"), "value");
	if (result[0])
		return result;
	if (lt_json_get_bool(line, "is_truth") && exact[0])
		return strcmp(exact, "0") != 0 ? say(draft, "成立", "holds")
					       : say(draft, "不成立", "does not hold");
	if (lt_json_get_bool(line, "is_truth"))
		return say(draft, "未定", "open");
	return draft_text(draft, "%s%s%s", draft_value(draft, lt_json_get(line, "value"), 6),
			  unit[0] ? " " : "", unit);
}

static void tree_lines(struct draft *draft, struct tree *tree, node line, unsigned depth)
{
	struct tree_line *to = draft_tree_line(draft, tree);
	if (!to)
		return;
	const char *title = draft_label(draft, line, "title");
	const char *formula = draft_label(draft, line, "formula");
	const char *operation = draft_label(draft, line, "operation");
	const char *said = lt_json_get_text(line, "clause");
	/* a word of the ruleset is no clause */
	const char *clause = lt_id_is_numbered(said) ? said : "";
	const char *cite = lt_json_get_text(line, "cite");
	const char *source = lt_json_get_text(line, "source");
	const char *origin = lt_json_get_text(line, "origin");
	to->depth = depth;
	to->title = title[0] ? title : lt_json_get_text(line, "id");
	to->value = tree_value(draft, line);
	to->formula = lt_json_get_bool(line, "again")
			      ? say(draft, "（见前文）", "(see above)")
		      : draft_pretty(draft, formula[0] ? formula : operation);
	to->cite = draft_text(draft, "%s%s%s%s%s", clause, clause[0] && cite[0] ? " · " : "", cite,
			      source[0] && (clause[0] || cite[0]) ? " · " : "", source);
	to->origin = strcmp(origin, "sourced") == 0 || strcmp(origin, "user") == 0 ||
				     strcmp(origin, "unstated") == 0
			     ? ""
			     : draft_origin(draft, origin);
	for (node at = lt_json_get(line, "below")->first; at; at = at->next)
		tree_lines(draft, tree, at, depth + 1);
}

void draft_explanation(struct draft *draft)
{
	draft_paragraph(
		draft, BLOCK_NOTE,
		say(draft,
		    "每个数按缩进展开为它的算式、输入、条文和来源；同一个数第二次出现时只指向前文。",
		    "Each number opens, by indentation, into its formula, inputs, clause and source; where it "
		    "comes a second time it only points back."));
	struct tree *tree = draft_tree(draft);
	for (node at = lt_json_get(draft->report, "explanation")->first; at && tree; at = at->next)
		tree_lines(draft, tree, at, 0);
}

/* ---- references ---- */

/* What the sets of the inventory's factors say of their documents, each set once. */
static void put_factor_documents(struct draft *draft, struct table *table)
{
	node factors = lt_json_get(draft->report, "factors");
	for (node at = factors->first; at; at = at->next) {
		const char *set = lt_json_get_text(at, "set");
		node before = factors->first;
		while (before != at && strcmp(lt_json_get_text(before, "set"), set) != 0)
			before = before->next;
		if (before == at)
			draft_cells(draft, table, ROW_PLAIN, set,
				    draft_text(draft, say(draft, "%s：%s", "%s: %s"),
					       draft_label(draft, at, "set_title"),
					       draft_label(draft, at, "set_source")),
				    NULL);
	}
}

void draft_sources(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "编号", "Id"), 3, false },
					  { say(draft, "文件", "Document"), 16, false } };
	node ruleset = lt_json_get(draft->report, "ruleset");
	struct table *table = draft_table(draft, BLOCK_TABLE, NULL, columns, 2);
	draft_cells(draft, table, ROW_PLAIN, lt_json_get_text(ruleset, "code"),
		    draft_text(draft, say(draft, "%s（%s）", "%s (%s)"), draft_label(draft, ruleset, "title"),
			       draft_label(draft, ruleset, "publisher")),
		    NULL);
	for (node at = lt_json_get(ruleset, "sources")->first; at; at = at->next)
		draft_cells(draft, table, ROW_PLAIN, lt_json_get_text(at, "id"),
			    draft_label(draft, at, "title"), NULL);
	put_factor_documents(draft, table);
	node unset = lt_json_get(draft->report, "unset");
	if (!unset->n)
		return;
	const char *text = "";
	for (node at = unset->first; at; at = at->next) {
		const char *title = draft_label(draft, at, "title");
		text = draft_text(draft, "%s%s%s", text, text[0] ? say(draft, "、", ", ") : "",
				  title[0] ? title : lt_json_get_text(at, "id"));
	}
	draft_paragraph(draft, BLOCK_NOTE,
			draft_text(draft, say(draft, "没有设值的参数：%s", "Parameters without a value: %s"),
				   text));
}
