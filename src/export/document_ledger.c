/* What stands behind an inventory: the registers, what was declared beside what was verified, how
 * good the data are. */
#include <stdio.h>
#include <string.h>
#include "draft.h"
#include "lingtan/base/decimal.h"

/* "from - to", or the one that is there. */
static const char *span(struct draft *draft, const char *from, const char *to)
{
	return draft_text(draft, "%s%s%s", from, from[0] && to[0] ? " – " : "", to);
}

/* ---- registers ---- */

static void put_offsets(struct draft *draft, node rows)
{
	const struct column columns[] = { { say(draft, "批次", "Batch"), 5, false },
					  { say(draft, "项目", "Project"), 11, false },
					  { say(draft, "年份", "Vintage"), 4, false },
					  { say(draft, "编号区间", "Serials"), 9, false },
					  { say(draft, "数量（t）", "Count (t)"), 6, true },
					  { say(draft, "持有人", "Holder"), 7, false },
					  { say(draft, "注销", "Cancelled"), 9, false } };
	struct table *table = rows->n ? draft_table(draft, BLOCK_TABLE,
						    say(draft, "碳抵消登记", "Register of offsets"),
						    columns, 7)
				      : NULL;
	for (node at = rows->first; at; at = at->next)
		draft_cells(draft, table, ROW_PLAIN, draft_at(draft, at, "offset"),
			    draft_text(draft, "%s\n%s %s", draft_at(draft, at, "kind"),
				       draft_at(draft, at, "project"), draft_at(draft, at, "project_number")),
			    or_dash(draft_at(draft, at, "vintage")),
			    or_dash(span(draft, draft_at(draft, at, "serial_from"), draft_at(draft, at, "serial_to"))),
			    draft_number(draft, lt_json_get_text(at, "count"), 4),
			    or_dash(draft_at(draft, at, "holder")),
			    or_dash(draft_pair(draft, draft_at(draft, at, "cancelled_on"),
					 draft_at(draft, at, "cancelled_for"))),
			    NULL);
}

static void put_certificates(struct draft *draft, node rows)
{
	const struct column columns[] = { { say(draft, "凭证", "Certificate"), 7, false },
					  { say(draft, "种类", "Kind"), 5, false },
					  { say(draft, "电站", "Plant"), 9, false },
					  { say(draft, "生产月", "Month"), 5, false },
					  { say(draft, "编码区间", "Codes"), 9, false },
					  { say(draft, "数量", "Count"), 7, true },
					  { say(draft, "注销", "Cancelled"), 9, false } };
	struct table *table =
		rows->n ? draft_table(draft, BLOCK_TABLE,
				      say(draft, "绿证绿电登记", "Register of green certificates"),
				      columns, 7)
			: NULL;
	for (node at = rows->first; at; at = at->next)
		draft_cells(draft, table, ROW_PLAIN, draft_at(draft, at, "certificate"),
			    draft_at(draft, at, "kind"),
			    or_dash(draft_pair(draft,
					       draft_pair(draft, draft_at(draft, at, "plant"),
							  draft_at(draft, at, "technology")),
					       draft_at(draft, at, "region"))),
			    or_dash(draft_at(draft, at, "month")),
			    or_dash(span(draft, draft_at(draft, at, "code_from"), draft_at(draft, at, "code_to"))),
			    draft_text(draft, "%s %s", draft_number(draft, lt_json_get_text(at, "count"), 4),
				       draft_unit(draft, lt_json_get_text(at, "unit"))),
			    or_dash(draft_pair(draft, draft_at(draft, at, "cancelled_on"),
					 draft_at(draft, at, "cancelled_for"))),
			    NULL);
}

/* The last calibration of a meter; NULL where there is none. */
static node last_calibration(node calibrations, const char *meter)
{
	node found = NULL;
	for (node at = calibrations->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "meter"), meter) == 0 &&
		    (!found ||
		     strcmp(lt_json_get_text(at, "on"), lt_json_get_text(found, "on")) > 0))
			found = at;
	return found;
}

static void meter_row(struct draft *draft, struct table *table, node meter, node calibration,
		      const char *year)
{
	const char *until = calibration ? lt_json_get_text(calibration, "until") : "";
	char end[16];
	struct row *row = draft_row(draft, table, ROW_PLAIN);
	if (!row)
		return;
	snprintf(end, sizeof(end), "%.4s-12-31", year);
	unsigned i = 0;
	row->cells[i++].text = draft_at(draft, meter, "meter");
	row->cells[i++].text = draft_at(draft, meter, "name");
	row->cells[i++].text = or_dash(draft_at(draft, meter, "carrier"));
	row->cells[i++].text = or_dash(draft_at(draft, meter, "class"));
	row->cells[i++].text = or_dash(draft_at(draft, meter, "place"));
	row->cells[i++].text =
		or_dash(calibration ? draft_text(draft, "%s %s", lt_json_get_text(calibration, "on"),
						 lt_json_get_text(calibration, "number"))
				    : "");
	/* it ran out before the year that it measured was over */
	row->cells[i] = (struct cell){ or_dash(until),
				       !until[0] || strcmp(until, end) < 0 ? TONE_WARN : TONE_PLAIN };
}

static void put_meters(struct draft *draft, node registers)
{
	const struct column columns[] = { { say(draft, "编号", "Number"), 5, false },
					  { say(draft, "名称", "Name"), 9, false },
					  { say(draft, "量什么", "Carrier"), 4, false },
					  { say(draft, "等级", "Class"), 4, false },
					  { say(draft, "安装地点", "Place"), 8, false },
					  { say(draft, "检定", "Calibrated"), 9, false },
					  { say(draft, "有效期至", "Valid until"), 6, false } };
	node meters = lt_json_get(registers, "meter");
	const char *year = lt_json_get_text(lt_json_get(draft->report, "assessment"), "year");
	struct table *table = meters->n ? draft_table(draft, BLOCK_TABLE,
						      say(draft, "计量器具", "Meters"), columns, 7)
					: NULL;
	for (node at = meters->first; at; at = at->next)
		meter_row(draft, table, at,
			  last_calibration(lt_json_get(registers, "calibration"),
					   lt_json_get_text(at, "meter")),
			  year);
}

void draft_registers(struct draft *draft)
{
	node registers = lt_json_get(draft->report, "registers");
	put_offsets(draft, lt_json_get(registers, "offset"));
	put_certificates(draft, lt_json_get(registers, "greencert"));
}

/* ---- declared and verified ---- */

static const char *what_text(struct draft *draft, node row)
{
	static const char *const words[][3] = {
		{ "1", "范围一", "Scope 1" },	       { "2", "范围二", "Scope 2" },
		{ "3", "范围三", "Scope 3" },	       { "emission", "排放合计", "Emissions" },
		{ "absorption", "碳吸收", "Absorption" }, { "offset", "碳抵消", "Offsets" },
		{ "net", "净排放", "Net" },
	};
	const char *what = lt_json_get_text(row, "what"), *name = lt_json_get_text(row, "name");
	if (name[0])
		return name;
	return draft_word(draft, words, sizeof(words) / sizeof(words[0]), what);
}

static void compared_row(struct draft *draft, struct table *table, node at, bool is_line)
{
	struct row *row = draft_row(draft, table, ROW_PLAIN);
	const char *share = lt_json_get_text(at, "share");
	if (!row)
		return;
	const enum tone tone = lt_json_get_bool(at, "is_material") ? TONE_WARN : TONE_PLAIN;
	unsigned i = 0;
	row->cells[i++].text = what_text(draft, at);
	row->cells[i++].text = draft_number(draft, lt_json_get_text(at, "declared"), 2);
	row->cells[i++].text = draft_number(draft, lt_json_get_text(at, "verified"), 2);
	row->cells[i++] = (struct cell){ draft_number(draft, lt_json_get_text(at, "difference"), 2), tone };
	row->cells[i++] = (struct cell){
		share[0] ? draft_text(draft, "%s%%", draft_number(draft, share, 2)) : "—", tone
	};
	row->cells[i].text = is_line ? or_dash(lt_json_get_text(at, "reason")) : "";
}

/* Whether the park declared any tonne: where it did not there is nothing to compare with. */
static bool is_declared(node totals)
{
	for (node at = totals->first; at; at = at->next) {
		const char *declared = lt_json_get_text(at, "declared");
		if (declared[0] && strcmp(declared, "0") != 0)
			return true;
	}
	return false;
}

/* Where declared and verified tonnes differ, and whether that is more than was agreed. */
void draft_compared(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "项目（tCO₂）", "Item (tCO₂)"), 9, false },
					  { say(draft, "申报", "Declared"), 7, true },
					  { say(draft, "核定", "Verified"), 7, true },
					  { say(draft, "差", "Difference"), 6, true },
					  { say(draft, "占申报", "Of declared"), 5, true },
					  { say(draft, "理由", "Why"), 10, false } };
	node conclusion = lt_json_get(draft->report, "conclusion");
	node totals = lt_json_get(conclusion, "totals"), lines = lt_json_get(conclusion, "lines");
	const char *limit = lt_json_get_text(conclusion, "limit");
	if (!totals->n)
		return;
	if (!is_declared(totals)) {
		draft_paragraph(draft, BLOCK_NOTE,
				say(draft, "园区没有自行申报排放，不列申报与核定的差。",
				    "The park declared no emissions of its own: there is no difference to show."));
		return;
	}
	struct table *table =
		draft_table(draft, BLOCK_TABLE,
			    say(draft, "申报排放与核定排放（台账全口径）", "Emissions declared and verified (the whole ledger)"),
			    columns, 6);
	for (node at = totals->first; at; at = at->next)
		compared_row(draft, table, at, false);
	for (node at = lines->first; at; at = at->next)
		compared_row(draft, table, at, true);
	if (limit[0])
		draft_paragraph(draft, BLOCK_PARAGRAPH,
				draft_text(draft,
					   say(draft, "实质性限值：总量的 %s%%。", "Materiality: %s%% of the total."),
					   limit));
}

/* ---- how good the data are ---- */

struct level {
	const char *id, *zh, *en;
	unsigned n;
	struct lt_decimal tonnes;
};

static void count_levels(struct draft *draft, struct level *levels, size_t n,
			 struct lt_decimal *whole)
{
	const char *year = lt_json_get_text(lt_json_get(draft->report, "assessment"), "year");
	for (node line = lt_json_get(draft->report, "inventory")->first; line; line = line->next) {
		const char *quality = lt_json_get_text(line, "quality");
		const char *kind = lt_json_get_text(line, "kind");
		const char *text = lt_json_get_text(line, "amount");
		struct lt_decimal amount;
		if (strcmp(lt_json_get_text(line, "year"), year) != 0 ||
		    (kind[0] && strcmp(kind, "emission") != 0))
			continue;
		if (lt_decimal_parse(text, strlen(text), &amount) != LT_DECIMAL_OK)
			amount = lt_decimal_from_int(0);
		lt_decimal_add(*whole, amount, whole);
		for (size_t i = 0; i < n; i++)
			if (strcmp(levels[i].id, quality) == 0) {
				levels[i].n++;
				lt_decimal_add(levels[i].tonnes, amount, &levels[i].tonnes);
			}
	}
}

static const char *share_text(struct draft *draft, struct lt_decimal part, struct lt_decimal whole)
{
	struct lt_decimal share;
	char text[LT_DECIMAL_TEXT];
	if (!lt_decimal_multiply_divide(part, lt_decimal_from_int(100), whole, &share))
		return "—";
	lt_decimal_format(share, text);
	return draft_text(draft, "%s%%", draft_number(draft, text, 1));
}

static void put_levels(struct draft *draft)
{
	struct level levels[] = {
		{ .id = "measured", .zh = "实测", .en = "measured" },
		{ .id = "calculated", .zh = "计算", .en = "calculated" },
		{ .id = "estimated", .zh = "估算", .en = "estimated" },
		{ .id = "", .zh = "未说明", .en = "not stated" },
	};
	const struct column columns[] = { { say(draft, "活动数据", "Activity data"), 8, false },
					  { say(draft, "行数", "Lines"), 4, true },
					  { say(draft, "排放（tCO₂）", "Emission (tCO₂)"), 7, true },
					  { say(draft, "占比", "Share"), 5, true } };
	struct lt_decimal whole = lt_decimal_from_int(0);
	struct table *table = NULL;
	count_levels(draft, levels, 4, &whole);
	for (size_t i = 0; i < 4; i++) {
		char text[LT_DECIMAL_TEXT];
		if (!levels[i].n)
			continue;
		if (!table)
			table = draft_table(draft, BLOCK_TABLE, say(draft, "数据质量", "Quality of data"),
					    columns, 4);
		lt_decimal_format(levels[i].tonnes, text);
		draft_cells(draft, table, ROW_PLAIN, say(draft, levels[i].zh, levels[i].en),
			    draft_text(draft, "%u", levels[i].n), draft_number(draft, text, 2),
			    share_text(draft, levels[i].tonnes, whole), NULL);
	}
}

/* Lines that say how sure their amount is. */
static void put_uncertain(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "明细", "Line"), 9, false },
					  { say(draft, "质量等级", "Grade"), 5, false },
					  { say(draft, "不确定度", "Uncertainty"), 6, true },
					  { say(draft, "说明", "Note"), 12, false } };
	const char *year = lt_json_get_text(lt_json_get(draft->report, "assessment"), "year");
	struct table *table = NULL;
	for (node line = lt_json_get(draft->report, "inventory")->first; line; line = line->next) {
		const char *grade = lt_json_get_text(line, "grade");
		const char *percent = lt_json_get_text(line, "uncertainty");
		const char *boundary = lt_json_get_text(line, "boundary");
		const char *name = lt_json_get_text(line, "name");
		const bool estimated = strcmp(lt_json_get_text(line, "quality"), "estimated") == 0;
		if (strcmp(lt_json_get_text(line, "year"), year) != 0 ||
		    (!grade[0] && !percent[0] && !estimated))
			continue;
		if (!table)
			table = draft_table(draft, BLOCK_TABLE,
					    say(draft, "估算与不确定性", "Estimates and uncertainty"),
					    columns, 4);
		draft_cells(draft, table, ROW_PLAIN, name[0] ? name : lt_json_get_text(line, "source"),
			    or_dash(grade),
			    percent[0] ? draft_text(draft, "±%s%%", percent) : "—",
			    or_dash(boundary[0] ? boundary : lt_json_get_text(line, "note")), NULL);
	}
}

void draft_data_quality(struct draft *draft)
{
	const char *note = lt_json_get_text(lt_json_get(draft->report, "conclusion"), "uncertainty");
	put_levels(draft);
	put_uncertain(draft);
	put_meters(draft, lt_json_get(draft->report, "registers"));
	if (note[0])
		draft_paragraph(draft, BLOCK_PARAGRAPH, note);
}
