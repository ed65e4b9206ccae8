/* A report's document as tables that a spreadsheet opens and import reads again. */
#include <string.h>
#include "lingtan/base/csv_out.h"
#include "export_parts.h"

struct csv {
	struct lt_csv out;
	const struct lt_json_node *report;
	const char *lang, *rung;
};

static void put_row(struct csv *csv, const char *const *cells)
{
	for (; *cells; cells++)
		lt_csv_text(&csv->out, *cells);
	lt_csv_end_row(&csv->out);
}

static const char *label_of(const struct csv *csv, const struct lt_json_node *node, const char *key)
{
	return lt_json_get_text(lt_json_get(node, key), csv->lang);
}

/* ---- answers ---- */

static const char *verdict_word(const struct csv *csv, const struct lt_json_node *item,
				const struct lt_json_node *answer)
{
	const char *verdict = lt_json_get_text(answer, "verdict");
	const bool zh = csv->lang[0] == 'z';
	const bool is_judgement = strcmp(lt_json_get_text(item, "form"), "judgement") == 0;
	/* none of its checks holds */
	if (strcmp(verdict, "checks") == 0 && !lt_json_get(answer, "checks")->n)
		verdict = "not-met";
	if (strcmp(verdict, "met") == 0)
		return is_judgement ? (zh ? "是" : "yes") : zh ? "符合" : "met";
	if (strcmp(verdict, "not-met") == 0)
		return is_judgement ? (zh ? "否" : "no") : zh ? "不符合" : "not-met";
	return "";
}

static const char *checks_text(struct csv *csv, const struct lt_json_node *answer)
{
	const struct lt_json_node *checks = lt_json_get(answer, "checks");
	const char *text = "";
	for (const struct lt_json_node *at = checks->first; at && text; at = at->next)
		text = lt_arena_printf(csv->out.arena, "%s%s%s", text, text[0] ? " " : "", at->text);
	csv->out.failed |= !text;
	return text ? text : "";
}

static void put_answer(struct csv *csv, const struct lt_json_node *section,
		       const struct lt_json_node *item)
{
	const struct lt_json_node *answer = lt_json_get(lt_json_get(item, "answers"), csv->rung);
	lt_csv_text(&csv->out, lt_json_get_text(item, "id"));
	lt_csv_text(&csv->out, label_of(csv, item, "title"));
	lt_csv_text(&csv->out, label_of(csv, section, "title"));
	lt_csv_number(&csv->out, lt_json_get_text(item, "maximum"));
	lt_csv_text(&csv->out, verdict_word(csv, item, answer));
	lt_csv_number(&csv->out, lt_json_get_text(answer, "points"));
	lt_csv_text(&csv->out, lt_json_get_text(answer, "na"));
	lt_csv_text(&csv->out, lt_json_get_text(answer, "reason"));
	lt_csv_text(&csv->out, lt_json_get_text(answer, "tier"));
	lt_csv_text(&csv->out, checks_text(csv, answer));
	lt_csv_text(&csv->out, lt_json_get_text(answer, "remark"));
	lt_csv_end_row(&csv->out);
}

static void put_answers(struct csv *csv)
{
	static const char *const zh[] = { "条款",     "标题", "板块",	"满分",	  "结论", "得分",
					  "不适用原因", "原因说明", "档次", "检查点", "备注", NULL };
	static const char *const en[] = { "item", "title",  "section", "full",	 "result", "points",
					  "na",	  "reason", "tier",    "checks", "remark", NULL };
	const struct lt_json_node *sections = lt_json_get(csv->report, "sections");
	put_row(csv, csv->lang[0] == 'z' ? zh : en);
	for (const struct lt_json_node *section = sections->first; section; section = section->next)
		for (const struct lt_json_node *item = lt_json_get(section, "items")->first; item;
		     item = item->next)
			put_answer(csv, section, item);
}

/* ---- figures and inventory ---- */

static void put_part(struct csv *csv, const char *zh, const char *en)
{
	const char *const cells[] = { "#sheet", csv->lang[0] == 'z' ? zh : en, NULL };
	put_row(csv, cells);
}

static void put_quantities(struct csv *csv)
{
	static const char *const zh[] = { "指标", "名称",	"数值",	    "单位", "年份",
					  "不适用原因", "原因说明", "来源", NULL };
	static const char *const en[] = { "id",	 "name", "value",  "unit",
					  "year", "na",	 "reason", "source", NULL };
	const char *year = lt_json_get_text(lt_json_get(csv->report, "assessment"), "year");
	put_part(csv, "指标", "quantities");
	put_row(csv, csv->lang[0] == 'z' ? zh : en);
	for (const struct lt_json_node *at = lt_json_get(csv->report, "quantities")->first; at;
	     at = at->next) {
		const struct lt_json_node *given =
			lt_json_get(lt_json_get(at, "rungs"), csv->rung);
		/* what another rung said is not this rung's to say */
		if (!lt_json_get_bool(given, "is_own"))
			continue;
		const char *unit = lt_json_get_text(given, "typed_unit");
		lt_csv_text(&csv->out, lt_json_get_text(at, "id"));
		lt_csv_text(&csv->out, label_of(csv, at, "title"));
		lt_csv_number(&csv->out, lt_json_get_text(given, "typed"));
		lt_csv_text(&csv->out, unit);
		lt_csv_text(&csv->out, year);
		lt_csv_text(&csv->out, lt_json_get_text(given, "na"));
		lt_csv_text(&csv->out, lt_json_get_text(given, "reason"));
		lt_csv_text(&csv->out, lt_json_get_text(given, "source"));
		lt_csv_end_row(&csv->out);
	}
}

/* Members of a line; those from FIRST_RARE on are left out where no line has any. */
static const struct {
	const char *key, *zh;
	bool is_number;
} line_members[] = {
	{ "id", "标识", false },	     { "year", "年份", false },
	{ "kind", "类别", false },	     { "scope", "范围", false },
	{ "system", "系统", false },	     { "source", "排放源", false },
	{ "name", "名称", false },	     { "activity", "活动量", true },
	{ "unit", "单位", false },	     { "factor", "因子", false },
	{ "factor_value", "因子值", true },  { "factor_unit", "因子单位", false },
	{ "note", "备注", false },	     { "place", "地点", false },
	{ "meter", "计量器具", false },      { "quality", "数据质量", false },
	{ "purpose", "用途", false },	     { "flow", "能源流向", false },
	{ "carrier", "电或热", false },      { "attributes", "环境权益", false },
	{ "gas", "气体", false },	     { "biogenic", "生物源", false },
	{ "accounts", "计入口径", false },   { "terminal", "在线监测", false },
	{ "boundary", "边界说明", false },   { "heating_value", "低位发热量", true },
	{ "heating_unit", "热值单位", false }, { "carbon", "单位热值含碳量", true },
	{ "carbon_unit", "含碳量单位", false }, { "oxidation", "氧化率", true },
	{ "fuel_cite", "燃料特性出处", false }, { "scope_1", "抵消范围1", true },
	{ "scope_2", "抵消范围2", true },    { "scope_3", "抵消范围3", true },
	{ "m01", "1月", true },		     { "m02", "2月", true },
	{ "m03", "3月", true },		     { "m04", "4月", true },
	{ "m05", "5月", true },		     { "m06", "6月", true },
	{ "m07", "7月", true },		     { "m08", "8月", true },
	{ "m09", "9月", true },		     { "m10", "10月", true },
	{ "m11", "11月", true },	     { "m12", "12月", true },
};
#define N_LINE_MEMBERS (sizeof(line_members) / sizeof(line_members[0]))
#define FIRST_RARE 13

/* The line's own value as it was entered, not the one that counts. */
static const char *own_member(const char *key)
{
	return strcmp(key, "factor_value") == 0  ? "own_value"
	       : strcmp(key, "factor_unit") == 0 ? "own_unit"
						 : key;
}

static void put_line(struct csv *csv, const struct lt_json_node *line, const bool *is_used)
{
	for (size_t i = 0; i < N_LINE_MEMBERS; i++) {
		const char *text = lt_json_get_text(line, own_member(line_members[i].key));
		if (!is_used[i])
			continue;
		if (line_members[i].is_number)
			lt_csv_number(&csv->out, text);
		else
			lt_csv_text(&csv->out, text);
	}
	lt_csv_end_row(&csv->out);
}

static void put_inventory(struct csv *csv)
{
	const struct lt_json_node *lines = lt_json_get(csv->report, "inventory");
	bool is_used[N_LINE_MEMBERS];
	if (!lines->n)
		return;
	put_part(csv, "碳盘查", "inventory");
	for (size_t i = 0; i < N_LINE_MEMBERS; i++) {
		is_used[i] = i < FIRST_RARE;
		for (const struct lt_json_node *line = lines->first; line && !is_used[i];
		     line = line->next)
			is_used[i] = lt_json_get_text(line, line_members[i].key)[0];
		if (is_used[i])
			lt_csv_text(&csv->out, csv->lang[0] == 'z' ? line_members[i].zh : line_members[i].key);
	}
	lt_csv_end_row(&csv->out);
	for (const struct lt_json_node *line = lines->first; line; line = line->next)
		put_line(csv, line, is_used);
}

const char *export_csv(const struct lt_json_node *report, struct lt_arena *arena)
{
	struct csv csv = { .report = report,
			   .lang = lt_json_get_text(report, "lang"),
			   .rung = lt_json_get_text(report, "rung") };
	const char *const assessment[] = {
		"#assessment", lt_json_get_text(lt_json_get(report, "assessment"), "name"), NULL
	};
	const char *const rung[] = { "#rung", csv.rung, NULL };
	const char *const owner[] = { "#owner", lt_json_get_text(report, "owner"), NULL };
	lt_csv_init(&csv.out, arena);
	put_row(&csv, assessment);
	put_row(&csv, rung);
	if (owner[1][0])
		put_row(&csv, owner);
	put_answers(&csv);
	put_quantities(&csv);
	put_inventory(&csv);
	return lt_csv_finish(&csv.out, NULL);
}
