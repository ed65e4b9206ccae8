/* The numbers behind a report: inventory with its sums, balance, figures as declared and as
 * verified, data quality. */
#include <stdio.h>
#include <string.h>
#include "draft.h"
#include "lingtan/base/decimal.h"

#define SCOPES 4 /* 1, 2, 3 and none */

struct sums {
	struct lt_decimal by_scope[SCOPES], absorption, offset, emission;
	bool has_scope[SCOPES];
};

static const char *system_word(const struct draft *draft, const char *id)
{
	static const char *const words[][3] = {
		{ "energy", "能源", "energy" },	    { "building", "建筑", "buildings" },
		{ "production", "生产", "production" }, { "transport", "交通", "transport" },
		{ "waste", "废弃物", "waste" },	    { "water", "水资源", "water" },
		{ "ecology", "生态", "ecology" },
	};
	return draft_word(draft, words, sizeof(words) / sizeof(words[0]), id);
}

static const char *kind_word(const struct draft *draft, const char *id)
{
	static const char *const words[][3] = {
		{ "emission", "排放", "emission" }, { "absorption", "吸收", "absorption" },
		{ "offset", "抵消", "offset" },	    { "memo", "备忘", "memo" },
	};
	return draft_word(draft, words, sizeof(words) / sizeof(words[0]), id[0] ? id : "emission");
}

/* ---- lines ---- */

static void add_line(struct sums *sums, node line)
{
	const char *kind = lt_json_get_text(line, "kind"), *scope = lt_json_get_text(line, "scope");
	const char *text = lt_json_get_text(line, "amount");
	struct lt_decimal amount;
	if (lt_decimal_parse(text, strlen(text), &amount) != LT_DECIMAL_OK)
		return;
	if (strcmp(kind, "absorption") == 0)
		lt_decimal_add(sums->absorption, amount, &sums->absorption);
	if (strcmp(kind, "offset") == 0)
		lt_decimal_add(sums->offset, amount, &sums->offset);
	if (kind[0] && strcmp(kind, "emission") != 0)
		return;
	const int at = scope[0] >= '1' && scope[0] <= '3' ? scope[0] - '1' : 3;
	lt_decimal_add(sums->by_scope[at], amount, &sums->by_scope[at]);
	lt_decimal_add(sums->emission, amount, &sums->emission);
	sums->has_scope[at] = true;
}

static const char *factor_text(struct draft *draft, node line)
{
	const char *value = lt_json_get_text(line, "factor_value");
	const char *id = lt_json_get_text(line, "factor"), *cite = lt_json_get_text(line, "factor_cite");
	const char *note = lt_json_get_text(line, "note");
	const char *from = cite[0] ? cite : id[0] ? id : note;
	if (!value[0])
		return or_dash(id);
	return draft_text(draft, "%s %s%s%s", draft_number(draft, value, 8),
			  draft_unit(draft, lt_json_get_text(line, "factor_unit")), from[0] ? "\n" : "", from);
}

/* What people call the line, and the meter that it was read from. */
static const char *name_text(struct draft *draft, node line)
{
	const char *name = lt_json_get_text(line, "name"), *meter = lt_json_get_text(line, "meter");
	const char *place = lt_json_get_text(line, "place");
	return draft_text(draft, "%s%s%s%s%s", or_dash(name[0] ? name : lt_json_get_text(line, "source")),
			  place[0] || meter[0] ? "\n" : "", place, place[0] && meter[0] ? " " : "", meter);
}

static void line_row(struct draft *draft, struct table *table, node line)
{
	const char *scope = lt_json_get_text(line, "scope");
	draft_cells(draft, table, ROW_PLAIN, kind_word(draft, lt_json_get_text(line, "kind")),
		    or_dash(scope), system_word(draft, or_dash(lt_json_get_text(line, "system"))),
		    name_text(draft, line),
		    draft_text(draft, "%s %s",
			       draft_number(draft, lt_json_get_text(line, "activity"), 4),
			       draft_unit(draft, lt_json_get_text(line, "unit"))),
		    factor_text(draft, line),
		    draft_number(draft, lt_json_get_text(line, "amount"), 4), NULL);
}

/* any: whether a line makes it; without one it is not known. */
static void sum_row(struct draft *draft, struct table *table, const char *title,
		    struct lt_decimal amount, bool any)
{
	char text[LT_DECIMAL_TEXT] = "";
	if (any)
		lt_decimal_format(amount, text);
	draft_cells(draft, table, ROW_TOTAL, title, "", "", "", "", "", draft_number(draft, text, 4),
		    NULL);
}

static void put_lines(struct draft *draft, struct sums *sums)
{
	const struct column columns[] = { { say(draft, "类别", "Kind"), 5, false },
					  { say(draft, "范围", "Scope"), 4, false },
					  { say(draft, "系统", "System"), 6, false },
					  { say(draft, "排放源", "Source"), 10, false },
					  { say(draft, "活动量", "Activity"), 10, true },
					  { say(draft, "因子及来源", "Factor, from"), 13, false },
					  { say(draft, "数量（tCO₂）", "Amount (tCO₂)"), 11, true } };
	node lines = lt_json_get(draft->report, "inventory");
	const char *year = lt_json_get_text(lt_json_get(draft->report, "assessment"), "year");
	struct table *table = NULL;
	for (node line = lines->first; line; line = line->next) {
		if (strcmp(lt_json_get_text(line, "year"), year) != 0)
			continue;
		if (!table)
			table = draft_table(draft, BLOCK_TABLE,
					    draft_text(draft, say(draft, "%s 年碳盘查明细", "Inventory of %s"), year),
					    columns, 7);
		add_line(sums, line);
		line_row(draft, table, line);
	}
	if (!table) {
		draft_paragraph(draft, BLOCK_PARAGRAPH,
				say(draft, "没有填报碳盘查明细。", "The inventory has no lines."));
		return;
	}
	static const char *const titles[SCOPES][2] = { { "范围一小计", "Scope 1" },
						       { "范围二小计", "Scope 2" },
						       { "范围三小计", "Scope 3" },
						       { "未分范围小计", "Without scope" } };
	bool any = false;
	for (int i = 0; i < SCOPES; i++) {
		any |= sums->has_scope[i];
		if (sums->has_scope[i])
			sum_row(draft, table, titles[i][draft->lang == LT_ZH ? 0 : 1],
				sums->by_scope[i], true);
	}
	sum_row(draft, table, say(draft, "排放合计", "Emissions"), sums->emission, any);
}

/* ---- balance ---- */

static void put_balance(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "项目", "Item"), 8, false },
					  { say(draft, "数量", "Amount"), 4, true } };
	node balance = lt_json_get(draft->report, "balance");
	if (balance->kind != LT_JSON_OBJECT)
		return;
	const char *unit = draft_unit(draft, lt_json_get_text(balance, "unit"));
	node terms = lt_json_get(balance, "terms");
	struct bar *bars = lt_arena_alloc(draft->arena, terms->n + 1, sizeof(*bars));
	struct table *table = draft_table(
		draft, BLOCK_TABLE,
		draft_text(draft, say(draft, "碳平衡（%s）", "Balance (%s)"), unit), columns, 2);
	if (!bars) {
		draft->failed = true;
		return;
	}
	struct chart chart = { .kind = CHART_BALANCE,
			       .title = draft_text(draft, say(draft, "排放、吸收与抵消（%s）",
							      "Emissions, absorption, offsets (%s)"),
						   unit),
			       .bars = bars };
	for (node at = terms->first; at; at = at->next) {
		const bool is_subtracted = lt_json_get_bool(at, "is_subtracted");
		const char *title = draft_label(draft, at, "title");
		const char *text = draft_value(draft, lt_json_get(at, "value"), 2);
		draft_cells(draft, table, ROW_PLAIN,
			    draft_text(draft, "%s%s", is_subtracted ? say(draft, "减：", "less: ") : "",
				       title),
			    text, NULL);
		const char *low = lt_json_get_text(lt_json_get(at, "value"), "low");
		bars[chart.n_bars++] = (struct bar){ .label = title,
						     .amount = draft_amount(low),
						     .text = text,
						     .is_subtracted = is_subtracted };
	}
	draft_cells(draft, table, ROW_TOTAL, say(draft, "净排放", "Net"),
		    draft_value(draft, lt_json_get(balance, "net"), 2), NULL);
	draft_chart(draft, &chart);
}

void draft_inventory(struct draft *draft)
{
	struct sums sums = { 0 };
	put_balance(draft);
	put_lines(draft, &sums);
	draft_compared(draft);
	draft_registers(draft);
}

/* ---- figures: declared and verified ---- */

static const char *measure_text(struct draft *draft, node measure)
{
	if (strcmp(lt_json_get_text(measure, "state"), "na") == 0)
		return say(draft, "不适用", "n/a");
	return draft_number(draft, lt_json_get_text(measure, "value"), 6);
}

static void figure_row(struct draft *draft, struct table *table, node quantity, bool two)
{
	node rungs = lt_json_get(quantity, "rungs");
	node self = lt_json_get(rungs, "self"), own = lt_json_get(rungs, draft->rung);
	const char *unit = lt_json_get_text(quantity, "unit");
	const char *declared = measure_text(draft, self), *verified = measure_text(draft, own);
	struct row *row;
	if (strcmp(declared, "—") == 0 && strcmp(verified, "—") == 0)
		return;
	row = draft_row(draft, table, ROW_PLAIN);
	if (!row)
		return;
	unsigned i = 0;
	row->cells[i++].text = draft_label(draft, quantity, "title");
	row->cells[i++].text = or_dash(draft_unit(draft, unit));
	if (two)
		row->cells[i++].text = declared;
	const bool differs = two && strcmp(declared, "—") != 0 && strcmp(declared, verified) != 0;
	row->cells[i++] = (struct cell){ verified, differs ? TONE_WARN : TONE_PLAIN };
	row->cells[i].text = or_dash(lt_json_get_text(own, "source"));
}

/* "points:8" and the like as people say it. */
static const char *side_text(struct draft *draft, node side)
{
	const char *text = lt_json_get_text(side, "text");
	if (strncmp(text, "points:", 7) == 0)
		return draft_text(draft, say(draft, "%s 分", "%s points"), text + 7);
	if (strcmp(text, "met") == 0)
		return say(draft, "符合", "met");
	if (strcmp(text, "not-met") == 0)
		return say(draft, "不符合", "not met");
	return or_dash(text);
}

/* A figure by its title, a line by its id. */
static const char *difference_name(struct draft *draft, node of)
{
	const char *id = lt_json_get_text(of, "id"), *title = draft_label(draft, of, "title");
	const char *named = draft_named(draft, id);
	const bool is_item = strcmp(lt_json_get_text(of, "kind"), "item") == 0;
	if (!is_item || strstr(named, title))
		return is_item || !title[0] ? named : title;
	return draft_text(draft, "%s  %s", named, title);
}

/* Where the rungs differ, with the reason and what it moves. */
static void put_differences(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "条款或指标", "What"), 12, false },
					  { say(draft, "申报", "Declared"), 6, false },
					  { say(draft, "核定", "Verified"), 6, false },
					  { say(draft, "理由", "Why"), 14, false },
					  { say(draft, "影响", "Effect"), 5, true } };
	node list = lt_json_get(lt_json_get(draft->report, "differences"), "list");
	struct table *table =
		list->n ? draft_table(draft, BLOCK_TABLE,
				      say(draft, "申报值与核定值的差异", "Declared against verified"),
				      columns, 5)
			: NULL;
	for (node at = list->first; at; at = at->next) {
		node lower = lt_json_get(at, "lower"), upper = lt_json_get(at, "upper");
		draft_cells(draft, table, ROW_PLAIN,
			    difference_name(draft, at), side_text(draft, lower), side_text(draft, upper),
			    or_dash(lt_json_get_text(upper, "reason")),
			    draft_number(draft, lt_json_get_text(at, "effect_low"), 4), NULL);
	}
}

void draft_figures(struct draft *draft)
{
	const bool two = strcmp(draft->rung, "self") != 0;
	const struct column both[] = { { say(draft, "指标", "Figure"), 14, false },
				       { say(draft, "单位", "Unit"), 5, false },
				       { say(draft, "申报值", "Declared"), 8, true },
				       { say(draft, "核定值", "Verified"), 8, true },
				       { say(draft, "数据来源", "Source"), 12, false } };
	const struct column one[] = {
		both[0], both[1], { say(draft, "数值", "Value"), 6, true }, both[4]
	};
	struct table *table = draft_table(draft, BLOCK_TABLE,
					  say(draft, "基础数据", "Figures of the park"),
					  two ? both : one, two ? 5 : 4);
	for (node at = lt_json_get(draft->report, "quantities")->first; at; at = at->next)
		figure_row(draft, table, at, two);
	if (two)
		put_differences(draft);
}

/* ---- what is open ---- */

/* Clauses without an answer, or without evidence: what the reader must know is not settled. */
static const char *items_in_state(struct draft *draft, const char *state)
{
	const char *text = "";
	for (node section = lt_json_get(draft->report, "sections")->first; section;
	     section = section->next)
		for (node item = lt_json_get(section, "items")->first; item; item = item->next)
			if (strcmp(lt_json_get_text(item, "state"), state) == 0)
				text = draft_text(draft, "%s%s%s", text,
						  text[0] ? ", " : "",
						  draft_named(draft, lt_json_get_text(item, "id")));
	return text;
}

void draft_quality(struct draft *draft)
{
	static const struct {
		const char *state, *zh, *en;
	} states[] = {
		{ "failed", "不符合的控制项", "Controls not met" },
		{ "open", "未答的条款", "Clauses not answered" },
		{ "unproven", "缺佐证的条款", "Clauses that lack evidence" },
		{ "sent-back", "退回未办结的条款", "Clauses sent back" },
	};
	const struct column columns[] = { { say(draft, "事项", "What"), 4, false },
					  { say(draft, "条款", "Clauses"), 14, false } };
	struct table *table = NULL;
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		const char *items = items_in_state(draft, states[i].state);
		if (!items[0])
			continue;
		if (!table)
			table = draft_table(draft, BLOCK_TABLE, NULL, columns, 2);
		draft_cells(draft, table, ROW_PLAIN, say(draft, states[i].zh, states[i].en), items,
			    NULL);
	}
	draft_paragraph(draft, BLOCK_STUB,
			say(draft, "主要问题及其影响的文字说明。", "The main problems in words, and what they affect."));
}
