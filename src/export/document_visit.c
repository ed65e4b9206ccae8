/* The assessment as a job: whom for, by whom and when, what was looked at where, what was drawn and
 * asked. Nothing stands where nothing was written down. */
#include <stdio.h>
#include <string.h>
#include "draft.h"

static node rows_of(const struct draft *draft, const char *form)
{
	return lt_json_get(lt_json_get(draft->report, "visit"), form);
}

static const char *span(struct draft *draft, node row, const char *from, const char *to)
{
	const char *a = draft_at(draft, row, from), *b = draft_at(draft, row, to);
	return draft_text(draft, "%s%s%s", a, a[0] && b[0] ? say(draft, " 至 ", " to ") : "", b);
}

/* Times of a day, as a timetable has them: in one row of a narrow column. */
static const char *hours(struct draft *draft, node row, const char *from, const char *to)
{
	const char *a = draft_at(draft, row, from), *b = draft_at(draft, row, to);
	return draft_text(draft, "%s%s%s", a, a[0] && b[0] ? "-" : "", b);
}

/* ---- the engagement ---- */

bool draft_assurance(struct draft *draft)
{
	node of = rows_of(draft, "engagement")->first;
	const char *level = of ? draft_at(draft, of, "assurance") : "";
	const char *limit = of ? draft_at(draft, of, "materiality") : "";
	if (!level[0] && !limit[0])
		return false;
	struct table *table = draft_fields(draft);
	draft_field(draft, table, say(draft, "保证等级", "Level of assurance"), level);
	draft_field(draft, table, say(draft, "实质性限值", "Materiality"),
		    limit[0] ? draft_text(draft, "%s%%", limit) : "");
	return true;
}

void draft_parties(struct draft *draft)
{
	node of = rows_of(draft, "engagement")->first;
	if (!of)
		return;
	struct table *table = draft_fields(draft);
	draft_field(draft, table, say(draft, "申请方", "Applicant"), draft_at(draft, of, "applicant"));
	draft_field(draft, table, say(draft, "责任方", "Responsible party"), draft_at(draft, of, "responsible"));
	draft_field(draft, table, say(draft, "预期用户", "Intended user"), draft_at(draft, of, "user"));
	draft_field(draft, table, say(draft, "评价机构", "Body"), draft_at(draft, of, "body"));
	draft_field(draft, table, say(draft, "合同", "Contract"),
		    draft_pair(draft, draft_at(draft, of, "contract"), draft_at(draft, of, "contract_on")));
	draft_field(draft, table, say(draft, "约定的依据", "Criteria agreed"),
		    draft_pair(draft, draft_at(draft, of, "criteria"), draft_at(draft, of, "edition")));
}

static void put_schedule(struct draft *draft, node of)
{
	const char *days[4] = { draft_at(draft, of, "days_document"), draft_at(draft, of, "days_site"),
				draft_at(draft, of, "days_report"), draft_at(draft, of, "days_review") };
	struct table *table = draft_fields(draft);
	draft_field(draft, table, say(draft, "申请", "Applied"), draft_at(draft, of, "applied_on"));
	draft_field(draft, table, say(draft, "受理", "Accepted"),
		    draft_pair(draft, draft_at(draft, of, "accepted_on"), draft_at(draft, of, "acceptance")));
	draft_field(draft, table, say(draft, "受理条件", "Conditions"), draft_at(draft, of, "conditions"));
	draft_field(draft, table, say(draft, "利益冲突核查", "Conflicts of interest"),
		    draft_pair(draft, draft_at(draft, of, "conflict_on"), draft_at(draft, of, "conflict")));
	draft_field(draft, table, say(draft, "公正性声明", "Impartiality declared"),
		    draft_at(draft, of, "impartial_on"));
	draft_field(draft, table, say(draft, "保密声明", "Confidentiality declared"),
		    draft_at(draft, of, "confidential_on"));
	draft_field(draft, table, say(draft, "资料交齐日", "Documents due"), draft_at(draft, of, "documents_by"));
	draft_field(draft, table, say(draft, "计划发出", "Plan sent"), draft_at(draft, of, "plan_sent_on"));
	draft_field(draft, table, say(draft, "现场", "On site"), span(draft, of, "site_from", "site_to"));
	draft_field(draft, table, say(draft, "整改期限", "Corrections by"), draft_at(draft, of, "corrections_by"));
	draft_field(draft, table, say(draft, "技术复核", "Technical review"), draft_at(draft, of, "review_on"));
	draft_field(draft, table, say(draft, "认定决定", "Decision"), draft_at(draft, of, "decision_on"));
	if (days[0][0] || days[1][0] || days[2][0] || days[3][0])
		draft_field(draft, table, say(draft, "人日", "Person-days"),
			    draft_text(draft,
				       say(draft, "文件评审 %s，现场 %s，报告 %s，复核 %s",
					   "documents %s, site %s, report %s, review %s"),
				       or_dash(days[0]), or_dash(days[1]), or_dash(days[2]),
				       or_dash(days[3])));
}

static void put_team(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "姓名", "Name"), 4, false },
					  { say(draft, "职责", "Part"), 5, false },
					  { say(draft, "专业领域", "Sector"), 6, false },
					  { say(draft, "可评板块", "Sections"), 5, false },
					  { say(draft, "声明", "Declared"), 5, false } };
	node rows = rows_of(draft, "team");
	struct table *table = rows->n ? draft_table(draft, BLOCK_TABLE, say(draft, "评价组", "Team"),
						    columns, 5)
				      : NULL;
	for (node at = rows->first; at; at = at->next)
		draft_cells(draft, table, ROW_PLAIN, or_dash(draft_at(draft, at, "person")),
			    or_dash(draft_at(draft, at, "role")), or_dash(draft_at(draft, at, "sector")),
			    or_dash(draft_at(draft, at, "sections")), or_dash(draft_at(draft, at, "impartial_on")),
			    NULL);
}

/* ---- the visit ---- */

static void put_stops(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "日期", "Day"), 5, false },
					  { say(draft, "时间", "Time"), 5, false },
					  { say(draft, "地点", "Where"), 8, false },
					  { say(draft, "内容", "What for"), 10, false },
					  { say(draft, "与计划不同", "Otherwise than planned"), 8, false } };
	node rows = rows_of(draft, "stop");
	struct table *table = rows->n ? draft_table(draft, BLOCK_TABLE,
						    say(draft, "现场日程", "Visit"), columns, 5)
				      : NULL;
	for (node at = rows->first; at; at = at->next) {
		const char *done = hours(draft, at, "done_from", "done_to");
		draft_cells(draft, table, ROW_PLAIN, or_dash(draft_at(draft, at, "day")),
			    or_dash(done[0] ? done : hours(draft, at, "from", "to")),
			    draft_text(draft, "%s %s", draft_at(draft, at, "stop"), draft_at(draft, at, "title")),
			    or_dash(draft_at(draft, at, "purpose")[0] ? draft_at(draft, at, "purpose")
								: draft_at(draft, at, "kind")),
			    or_dash(draft_at(draft, at, "done_note")), NULL);
	}
}

/* Of a population that was drawn: with which seed. NULL = it was not. */
static node draw_of(const struct draft *draft, const char *population)
{
	for (node at = rows_of(draft, "draw")->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "population"), population) == 0)
			return at;
	return NULL;
}

static void put_populations(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "总体", "Population"), 7, false },
					  { say(draft, "种类", "Kind"), 4, false },
					  { say(draft, "总数", "Size"), 3, true },
					  { say(draft, "抽取", "Drawn"), 3, true },
					  { say(draft, "种子", "Seed"), 4, true },
					  { say(draft, "抽样办法", "Rule"), 9, false } };
	node rows = rows_of(draft, "population");
	struct table *table = rows->n ? draft_table(draft, BLOCK_TABLE, say(draft, "抽样", "Sampling"),
						    columns, 6)
				      : NULL;
	for (node at = rows->first; at; at = at->next) {
		node drawn = draw_of(draft, lt_json_get_text(at, "population"));
		draft_cells(draft, table, ROW_PLAIN, draft_at(draft, at, "population"),
			    or_dash(draft_at(draft, at, "kind")), or_dash(draft_at(draft, at, "size")),
			    or_dash(drawn ? draft_at(draft, drawn, "n") : ""),
			    or_dash(drawn ? draft_at(draft, drawn, "seed") : ""),
			    or_dash(draft_at(draft, at, "basis")), NULL);
	}
}

/* How many items were looked at in which way. */
static void put_methods(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "方法", "Method"), 8, false },
					  { say(draft, "条款数", "Items"), 4, true } };
	node rows = rows_of(draft, "method");
	struct table *table = rows->n ? draft_table(draft, BLOCK_TABLE,
						    say(draft, "查验方法", "Methods"), columns, 2)
				      : NULL;
	for (node at = rows->first; at; at = at->next) {
		const char *id = lt_json_get_text(lt_json_get(at, "method"), "id");
		unsigned n = 0;
		bool was_before = false;
		for (node other = rows->first; other; other = other->next) {
			const bool same =
				strcmp(lt_json_get_text(lt_json_get(other, "method"), "id"), id) == 0;
			was_before |= same && !n && other != at;
			n += same;
		}
		if (!was_before)
			draft_cells(draft, table, ROW_PLAIN, draft_at(draft, at, "method"),
				    draft_text(draft, "%u", n), NULL);
	}
}

bool draft_visit(struct draft *draft)
{
	node of = rows_of(draft, "engagement")->first;
	if (of)
		put_schedule(draft, of);
	put_team(draft);
	put_stops(draft);
	put_populations(draft);
	put_methods(draft);
	return of || rows_of(draft, "team")->n || rows_of(draft, "stop")->n;
}

/* ---- annexes ---- */

bool draft_has_samples(const struct draft *draft)
{
	return rows_of(draft, "sample")->n;
}

void draft_samples(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "总体", "Population"), 7, false },
					  { say(draft, "抽中", "Drawn"), 6, false },
					  { say(draft, "名称", "Name"), 8, false },
					  { say(draft, "方式", "How"), 4, false },
					  { say(draft, "替换为", "Replaced with"), 5, false },
					  { say(draft, "替换理由", "Why"), 8, false } };
	struct table *table = draft_table(draft, BLOCK_TABLE, NULL, columns, 6);
	for (node at = rows_of(draft, "sample")->first; at; at = at->next)
		draft_cells(draft, table, ROW_PLAIN, draft_at(draft, at, "population"),
			    draft_at(draft, at, "place"), or_dash(draft_at(draft, at, "name")),
			    draft_at(draft, at, "how"), or_dash(draft_at(draft, at, "with")), or_dash(draft_at(draft, at, "reason")), NULL);
}

bool draft_has_interviews(const struct draft *draft)
{
	return rows_of(draft, "interview")->n;
}

void draft_interviews(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "时间", "When"), 5, false },
					  { say(draft, "受访人", "Who"), 6, false },
					  { say(draft, "条款", "Items"), 4, false },
					  { say(draft, "记录", "Record"), 14, false },
					  { say(draft, "确认", "Agreed"), 4, false } };
	struct table *table = draft_table(draft, BLOCK_TABLE, NULL, columns, 5);
	for (node at = rows_of(draft, "interview")->first; at; at = at->next)
		draft_cells(draft, table, ROW_PLAIN, draft_time(draft, draft_at(draft, at, "on")),
			    or_dash(draft_pair(draft, draft_pair(draft, draft_at(draft, at, "person"), draft_at(draft, at, "organisation")),
					 draft_at(draft, at, "post"))),
			    or_dash(draft_named_all(draft, draft_at(draft, at, "items"))),
			    draft_at(draft, at, "text"),
			    or_dash(draft_at(draft, at, "agreed_on")), NULL);
}

/* ---- who signed in ---- */

static bool has_signed(node presence)
{
	return lt_json_get_text(presence, "signed_at")[0] || lt_json_get_text(presence, "organisation")[0];
}

bool draft_has_sign_ins(const struct draft *draft)
{
	for (node at = rows_of(draft, "presence")->first; at; at = at->next)
		if (has_signed(at))
			return true;
	return false;
}

static const char *stop_name(struct draft *draft, const char *number)
{
	for (node at = rows_of(draft, "stop")->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "stop"), number) == 0)
			return draft_text(draft, "%s  %s", number, lt_json_get_text(at, "title"));
	return number;
}

void draft_sign_ins(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "停留点", "Stop"), 9, false },
					  { say(draft, "姓名", "Name"), 5, false },
					  { say(draft, "单位", "Organisation"), 7, false },
					  { say(draft, "职务", "Post"), 5, false },
					  { say(draft, "签到", "Signed in"), 6, false } };
	struct table *table = draft_table(draft, BLOCK_TABLE, NULL, columns, 5);
	for (node at = rows_of(draft, "presence")->first; at; at = at->next)
		if (has_signed(at))
			draft_cells(draft, table, ROW_PLAIN,
				    stop_name(draft, lt_json_get_text(at, "stop")),
				    or_dash(draft_at(draft, at, "person")),
				    or_dash(draft_at(draft, at, "organisation")),
				    or_dash(draft_at(draft, at, "post")),
				    or_dash(draft_time(draft, draft_at(draft, at, "signed_at"))), NULL);
}

/* ---- what was seen ---- */

static bool has_verdict(node inspection)
{
	return lt_json_get(inspection, "site")->kind == LT_JSON_OBJECT ||
	       lt_json_get(inspection, "document")->kind == LT_JSON_OBJECT;
}

bool draft_has_notes(const struct draft *draft)
{
	if (rows_of(draft, "note")->n)
		return true;
	for (node at = rows_of(draft, "inspection")->first; at; at = at->next)
		if (has_verdict(at))
			return true;
	return false;
}

static const char *verdict(struct draft *draft, node at, const char *key, const char *text)
{
	const char *title = draft_at(draft, at, key), *said = draft_at(draft, at, text);
	return or_dash(draft_text(draft, "%s%s%s", title, title[0] && said[0] ? "\n" : "", said));
}

static void put_inspections(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "条款", "Clause"), 6, false },
					  { say(draft, "文件结论", "By documents"), 9, false },
					  { say(draft, "现场结论", "On site"), 11, false },
					  { say(draft, "停留点", "Stop"), 8, false } };
	struct table *table = NULL;
	for (node at = rows_of(draft, "inspection")->first; at; at = at->next) {
		if (!has_verdict(at))
			continue;
		if (!table)
			table = draft_table(draft, BLOCK_TABLE,
					    say(draft, "文件与现场结论", "Documents and site"), columns, 4);
		draft_cells(draft, table, ROW_PLAIN, draft_named(draft, lt_json_get_text(at, "item")),
			    verdict(draft, at, "document", "document_text"),
			    verdict(draft, at, "site", "site_text"),
			    or_dash(stop_name(draft, draft_at(draft, at, "site_stop"))), NULL);
	}
}

void draft_notes(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "时间", "When"), 5, false },
					  { say(draft, "停留点", "Stop"), 8, false },
					  { say(draft, "记录", "Note"), 16, false },
					  { say(draft, "归入条款", "Filed to"), 6, false } };
	node notes = rows_of(draft, "note");
	struct table *table = notes->n ? draft_table(draft, BLOCK_TABLE, say(draft, "记录", "Notes"),
						     columns, 4)
				       : NULL;
	for (node at = notes->first; at; at = at->next) {
		const char *items = draft_named_all(draft, draft_at(draft, at, "items"));
		draft_cells(draft, table, ROW_PLAIN, or_dash(draft_time(draft, draft_at(draft, at, "at"))),
			    or_dash(draft_pair(draft, stop_name(draft, draft_at(draft, at, "stop")),
					 draft_at(draft, at, "place"))),
			    draft_at(draft, at, "text"), or_dash(items[0] ? items : draft_at(draft, at, "dropped")),
			    NULL);
	}
	put_inspections(draft);
}
