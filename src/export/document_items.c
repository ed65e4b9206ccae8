/* The middle of a report: controls, sections with their items, innovation, evidence. */
#include <stdio.h>
#include <string.h>
#include "draft.h"

static node answer_on(node item, const char *rung)
{
	return lt_json_get(lt_json_get(item, "answers"), rung);
}

static bool is_kind(node item, const char *kind)
{
	return strcmp(lt_json_get_text(item, "kind"), kind) == 0;
}

/* ---- what was answered, in words ---- */

static const char *na_text(struct draft *draft, node answer)
{
	const char *title = draft_label(draft, answer, "na_title");
	const char *reason = lt_json_get_text(answer, "reason");
	return draft_text(draft, say(draft, "不适用%s%s%s", "n/a%s%s%s"),
			  title[0] || reason[0] ? say(draft, "：", ": ") : "", title,
			  reason[0] ? draft_text(draft, "%s%s", title[0] ? " " : "", reason) : "");
}

static const char *truth_text(const struct draft *draft, node item, bool holds)
{
	if (strcmp(lt_json_get_text(item, "form"), "judgement") == 0)
		return holds ? say(draft, "是", "yes") : say(draft, "否", "no");
	return holds ? say(draft, "符合", "met") : say(draft, "不符合", "not met");
}

static struct cell verdict_cell(struct draft *draft, node item, const char *rung)
{
	node answer = answer_on(item, rung), value = lt_json_get(answer, "value");
	const char *exact = lt_json_get_text(value, "value");
	const bool is_na = strcmp(lt_json_get_text(value, "state"), "na") == 0;
	const struct cell open = { say(draft, "未答", "open"), TONE_WARN };
	if (answer->kind != LT_JSON_OBJECT)
		return (struct cell){ "—", TONE_MUTED };
	if (is_na || strcmp(lt_json_get_text(answer, "verdict"), "na") == 0)
		return (struct cell){ na_text(draft, answer), TONE_MUTED };
	if (!exact[0])
		return open;
	if (lt_json_get_bool(item, "is_truth")) {
		const bool holds = strcmp(exact, "0") != 0;
		return (struct cell){ truth_text(draft, item, holds),
				      holds ? TONE_GOOD : TONE_BAD };
	}
	const char *maximum = lt_json_get_text(item, "maximum");
	const char *tier = draft_label(draft, answer, "tier_title");
	return (struct cell){
		draft_text(draft, "%s / %s%s%s", draft_number(draft, exact, 4),
			   draft_number(draft, maximum, 4), tier[0] ? " · " : "", tier),
		strcmp(exact, "0") == 0	     ? TONE_BAD
		: strcmp(exact, maximum) == 0 ? TONE_GOOD
					      : TONE_PLAIN
	};
}

/* What the verdict rests on: remark, figures that measure it. */
static const char *basis_cell(struct draft *draft, node item)
{
	node answer = answer_on(item, draft->rung);
	const char *text = lt_json_get_text(answer, "remark");
	for (node at = lt_json_get(item, "figures")->first; at; at = at->next) {
		const char *value = lt_json_get_text(lt_json_get(at, "value"), "value");
		if (value[0])
			/* a line does not break between a number and its unit */
			text = draft_text(draft, "%s%s%s %s\u00a0%s", text, text[0] ? "\n" : "",
					  draft_label(draft, at, "title"),
					  draft_number(draft, value, 4),
					  draft_unit(draft, lt_json_get_text(at, "unit")));
	}
	const char *unsupported = lt_json_get_text(answer, "unsupported");
	if (unsupported[0])
		text = draft_text(draft, say(draft, "%s%s无佐证：%s", "%s%sno evidence: %s"), text,
				  text[0] ? "\n" : "", unsupported);
	return or_dash(text);
}

static struct cell evidence_cell(struct draft *draft, node item)
{
	const char *text = "";
	for (node at = lt_json_get(item, "evidence")->first; at; at = at->next)
		text = draft_text(draft, "%s%s%s %s", text, text[0] ? "\n" : "",
				  lt_json_get_text(at, "name"), lt_json_get_text(at, "locator"));
	if (text[0])
		return (struct cell){ text, TONE_PLAIN };
	const bool missing = strcmp(lt_json_get_text(item, "state"), "unproven") == 0;
	return (struct cell){ missing ? say(draft, "缺", "missing") : "—",
			      missing ? TONE_WARN : TONE_MUTED };
}

/* ---- tables of items ---- */

static bool is_self(const struct draft *draft)
{
	return strcmp(draft->rung, "self") == 0;
}

static struct table *items_table(struct draft *draft)
{
	const struct column two[] = { { say(draft, "条款", "Clause"), 10, false },
				      { say(draft, "评价内容", "What is asked"), 25, false },
				      { say(draft, "自评", "Self"), 11, false },
				      { say(draft, "评价", "Verdict"), 12, false },
				      { say(draft, "评价说明", "Why"), 24, false },
				      { say(draft, "佐证", "Evidence"), 18, false } };
	const struct column one[] = { two[0],
				      two[1],
				      { say(draft, "结论", "Verdict"), 14, false },
				      { say(draft, "说明", "Why"), 32, false },
				      two[5] };
	return is_self(draft) ? draft_table(draft, BLOCK_TABLE, NULL, one, 5)
			      : draft_table(draft, BLOCK_TABLE, NULL, two, 6);
}

static void item_row(struct draft *draft, struct table *table, node item)
{
	struct row *row = draft_row(draft, table, ROW_PLAIN);
	unsigned i = 0;
	if (!row)
		return;
	row->cells[i++].text = or_dash(draft_clause(item));
	row->cells[i++].text = draft_label(draft, item, "title");
	if (!is_self(draft))
		row->cells[i++] = verdict_cell(draft, item, "self");
	row->cells[i++] = verdict_cell(draft, item, draft->rung);
	row->cells[i++].text = basis_cell(draft, item);
	row->cells[i] = evidence_cell(draft, item);
}

void draft_controls(struct draft *draft)
{
	node rungs = lt_json_get(draft->report, "rungs");
	struct table *table = NULL;
	for (node at = rungs->first; at; at = at->next) {
		node controls = lt_json_get(at, "controls");
		const int met = lt_json_get_int(controls, "met"),
			  open = lt_json_get_int(controls, "open"),
			  failed = lt_json_get_int(controls, "not_met");
		if (strcmp(lt_json_get_text(at, "rung"), draft->rung) == 0)
			draft_paragraph(draft, BLOCK_PARAGRAPH,
					draft_text(draft,
						   say(draft,
						       "控制项共 %d 项：符合 %d 项，不符合 %d 项，未答 %d 项，不适用 %d 项。",
						       "Of %d controls %d are met, %d not met, %d open; %d do not apply."),
						   met + open + failed, met, failed, open,
						   lt_json_get_int(controls, "na")));
	}
	for (node section = lt_json_get(draft->report, "sections")->first; section;
	     section = section->next)
		for (node item = lt_json_get(section, "items")->first; item; item = item->next) {
			if (!is_kind(item, "control") && !lt_json_get_bool(item, "is_veto"))
				continue;
			if (!table)
				table = items_table(draft);
			item_row(draft, table, item);
		}
	if (!table)
		draft_paragraph(draft, BLOCK_PARAGRAPH,
				say(draft, "该标准没有控制项。", "This standard has no controls."));
}

/* ---- sections ---- */

static bool is_listed(node item)
{
	return !is_kind(item, "control") && !is_kind(item, "innovation") &&
	       !lt_json_get_bool(item, "is_veto");
}

static unsigned count_listed(node section)
{
	unsigned n = 0;
	for (node item = lt_json_get(section, "items")->first; item; item = item->next)
		n += is_listed(item);
	return n;
}

/* Items of a section and of those below it. */
static unsigned count_below(node section)
{
	unsigned n = count_listed(section);
	for (node at = section->next; at && lt_json_get_int(at, "depth") > 0; at = at->next)
		n += count_listed(at);
	return n;
}

static void section_intro(struct draft *draft, node section)
{
	const char *weight = lt_json_get_text(section, "weight");
	const char *maximum = lt_json_get_text(section, "maximum");
	if (!maximum[0] || strcmp(maximum, "0") == 0)
		return;
	draft_paragraph(
		draft, BLOCK_PARAGRAPH,
		draft_text(draft,
			   say(draft, "得分 %s / %s（得分率 %s%%）%s%s；已答 %d/%d 项。",
			       "%s of %s points (%s %%)%s%s; %d of %d answered."),
			   draft_value(draft, lt_json_get(section, "points"), 2),
			   draft_number(draft, maximum, 2),
			   draft_number(draft, lt_json_get_text(section, "rate"), 1),
			   weight[0] ? say(draft, "，权重 ", ", weight ") : "",
			   weight[0] ? draft_number(draft, weight, 4) : "",
			   lt_json_get_int(section, "answered"),
			   lt_json_get_int(section, "items_in_all")));
}

static void section_items(struct draft *draft, struct table *table, node section)
{
	for (node item = lt_json_get(section, "items")->first; item; item = item->next)
		if (is_listed(item))
			item_row(draft, table, item);
}

static void put_section(struct draft *draft, node section)
{
	struct table *table;
	draft_heading(draft, 2,
		      draft_section(draft, section));
	section_intro(draft, section);
	table = items_table(draft);
	section_items(draft, table, section);
	for (node at = section->next; at && lt_json_get_int(at, "depth") > 0; at = at->next) {
		if (!count_listed(at))
			continue;
		draft_cells(draft, table, ROW_GROUP,
			    draft_section(draft, at), NULL);
		section_items(draft, table, at);
	}
}

void draft_sections(struct draft *draft)
{
	for (node section = lt_json_get(draft->report, "sections")->first; section;
	     section = section->next)
		if (lt_json_get_int(section, "depth") == 0 && count_below(section))
			put_section(draft, section);
}

void draft_innovation(struct draft *draft)
{
	struct table *table = NULL;
	for (node section = lt_json_get(draft->report, "sections")->first; section;
	     section = section->next)
		for (node item = lt_json_get(section, "items")->first; item; item = item->next) {
			if (!is_kind(item, "innovation"))
				continue;
			if (!table)
				table = items_table(draft);
			item_row(draft, table, item);
		}
	if (!table)
		draft_paragraph(draft, BLOCK_PARAGRAPH,
				say(draft, "该标准没有加分项。", "This standard has no innovation items."));
}

/* ---- evidence ---- */

static const char *place_text(struct draft *draft, node file)
{
	const char *at = draft_time(draft, lt_json_get_text(file, "taken_at"));
	const char *latitude = lt_json_get_text(file, "latitude");
	const char *text = lt_json_get_text(file, "received");
	if (at[0])
		text = draft_text(draft, "%s%s%s", text, text[0] ? "\n" : "", at);
	if (latitude[0])
		text = draft_text(draft, "%s\n%s, %s", text, latitude,
				  lt_json_get_text(file, "longitude"));
	return or_dash(text);
}

void draft_evidence(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "序号", "No."), 3, true },
					  { say(draft, "文件", "File"), 16, false },
					  { say(draft, "条款", "Clauses"), 9, false },
					  { say(draft, "来源", "From"), 7, false },
					  { say(draft, "日期与地点", "Date and place"), 9, false },
					  { "SHA-256", 9, false } };
	node files = lt_json_get(draft->report, "evidence");
	struct table *table =
		files->n ? draft_table(draft, BLOCK_TABLE, NULL, columns, 6) : NULL;
	unsigned n = 0;
	for (node file = files->first; file; file = file->next) {
		const char *items = "";
		for (node at = lt_json_get(file, "items")->first; at; at = at->next)
			items = draft_text(draft, "%s%s%s", items,
					   items[0] ? ", " : "",
					   draft_named(draft, at->text));
		draft_cells(draft, table, ROW_PLAIN, draft_text(draft, "%u", ++n),
			    lt_json_get_text(file, "name"), items,
			    or_dash(lt_json_get_text(file, "sender")), place_text(draft, file),
			    draft_text(draft, "%.16s", lt_json_get_text(file, "sha256")), NULL);
	}
	if (!table)
		draft_paragraph(draft, BLOCK_PARAGRAPH,
				say(draft, "没有佐证材料。", "There is no evidence."));
}
