/* The front of a report: cover, conclusion, basic facts, park, method, process, signatures. */
#include <stdio.h>
#include <string.h>
#include "draft.h"
#include "lingtan/base/ids.h"

static node rung_of(const struct draft *draft, const char *rung)
{
	for (node at = lt_json_get(draft->report, "rungs")->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "rung"), rung) == 0)
			return at;
	return lt_json_get(draft->report, "nothing");
}

static node park_field(const struct draft *draft, const char *id)
{
	node fields = lt_json_get(lt_json_get(draft->report, "park"), "fields");
	for (node at = fields->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "id"), id) == 0)
			return at;
	return lt_json_get(draft->report, "nothing");
}

static const char *park_text(const struct draft *draft, const char *id)
{
	return lt_json_get_text(park_field(draft, id), "value");
}

static const char *term_title(const struct draft *draft, const char *key)
{
	node assessment = lt_json_get(draft->report, "assessment");
	return draft_label(draft, lt_json_get(assessment, key), "title");
}

static const char *standard_text(struct draft *draft)
{
	node ruleset = lt_json_get(draft->report, "ruleset");
	return draft_text(draft, "%s %s", lt_json_get_text(ruleset, "code"),
			  draft_label(draft, ruleset, "title"));
}

/* ---- marks ---- */

/* "示例值：各条分值、分节满分；推断：…" */
static const char *basis_text(struct draft *draft, const char *key)
{
	const char *text = "", *before = "";
	for (node at = lt_json_get(draft->report, key)->first; at; at = at->next) {
		const char *origin = lt_json_get_text(at, "origin");
		const char *title = draft_label(draft, at, "title");
		const bool same = strcmp(origin, before) == 0;
		text = draft_text(draft, "%s%s%s%s%s", text,
				  !text[0] ? ""
				  : same   ? say(draft, "、", ", ")
					   : say(draft, "；", "; "),
				  same ? "" : draft_origin(draft, origin),
				  same ? "" : say(draft, "：", ": "),
				  title[0] ? title : lt_json_get_text(at, "name"));
		before = origin;
	}
	return text;
}

static void put_marks(struct draft *draft)
{
	struct document *document = draft->document;
	const bool is_specimen = lt_json_get(draft->report, "specimen_because")->n > 0;
	const bool is_draft = strcmp(lt_json_get_text(draft->report, "state"), "final") != 0;
	if (is_specimen)
		document->mark_reason = draft_text(
			draft, say(draft, "结果用到——%s", "The result rests on %s"),
			basis_text(draft, "specimen_because"));
	else if (is_draft)
		document->mark_reason = say(draft, "尚未定稿，不作为结论使用",
					    "Not final, and no conclusion");
	document->mark = is_specimen ? say(draft, "样张", "SPECIMEN")
			 : is_draft  ? say(draft, "草稿", "DRAFT")
				     : NULL;
	document->version = is_draft ? say(draft, "草稿", "draft") : say(draft, "正式版", "final");
}

/* ---- cover ---- */

static void cover_row(struct draft *draft, const char *zh, const char *en, const char *value)
{
	struct document *document = draft->document;
	if (!value[0])
		return;
	document->cover[document->n_cover][0].text = say(draft, zh, en);
	document->cover[document->n_cover++][1].text = value;
}

static const char *title_of(const struct draft *draft)
{
	if (strcmp(draft->kind, "self") == 0)
		return say(draft, "园区自评价报告", "Self-evaluation report of the park");
	if (strcmp(draft->kind, "statement") == 0)
		return say(draft, "核查声明", "Verification statement");
	return say(draft, "第三方评价报告", "Third-party evaluation report");
}

void draft_cover(struct draft *draft)
{
	struct document *document = draft->document;
	node ruleset = lt_json_get(draft->report, "ruleset");
	node project = lt_json_get(draft->report, "project");
	document->cover = lt_arena_alloc(draft->arena, 12, sizeof(*document->cover));
	if (!document->cover) {
		draft->failed = true;
		return;
	}
	document->title = title_of(draft);
	document->park = lt_json_get_text(lt_json_get(draft->report, "park"), "name");
	document->code = lt_json_get_text(ruleset, "code");
	document->date = lt_json_get_text(draft->report, "date");
	put_marks(draft);
	cover_row(draft, "园区名称", "Park", document->park);
	cover_row(draft, "管理机构", "Administration", park_text(draft, "administration"));
	cover_row(draft, "评价依据", "Standard", standard_text(draft));
	cover_row(draft, "评价阶段", "Stage", term_title(draft, "stage"));
	cover_row(draft, "园区类型", "Park type", term_title(draft, "park_type"));
	cover_row(draft, "评价年份", "Year",
		  lt_json_get_text(lt_json_get(draft->report, "assessment"), "year"));
	cover_row(draft, "层级", "Rung", draft_label(draft, rung_of(draft, draft->rung), "title"));
	cover_row(draft, "版本", "Version", document->version);
	cover_row(draft, "编制日期", "Date", document->date);
	document->footer =
		draft_text(draft, say(draft, "%s · %s · %s · 记录 %.12s", "%s · %s · %s · entry %.12s"),
			   document->park, document->code, document->version,
			   lt_json_get_text(project, "head"));
}

/* ---- conclusion ---- */

/* An item with its clause; of what the plan computes the title says it. */
static const char *withheld_name(struct draft *draft, node at)
{
	const char *id = lt_json_get_text(at, "id"), *title = draft_label(draft, at, "title");
	const char *named = draft_named(draft, id);
	if (!title[0] || strstr(named, title))
		return named;
	return strcmp(named, id) == 0 && !lt_id_is_numbered(id)
		       ? title
		       : draft_text(draft, "%s %s", named, title);
}

static const char *withheld_text(struct draft *draft, node grade)
{
	const char *text = "";
	unsigned n = 0;
	for (node at = lt_json_get(grade, "withheld_by")->first; at && n < 6; at = at->next, n++)
		text = draft_text(draft, "%s%s%s", text, n ? say(draft, "；", "; ") : "",
				  withheld_name(draft, at));
	return text;
}

static void grade_into(struct draft *draft, node grade, struct verdict *verdict)
{
	const char *title = draft_label(draft, grade, "title");
	const char *possible = draft_label(draft, grade, "possible_title");
	const bool is_certain = lt_json_get_bool(grade, "is_certain");
	const bool is_reached = lt_json_get_text(grade, "certain")[0];
	verdict->tone = is_certain ? is_reached ? TONE_GOOD : TONE_BAD : TONE_WARN;
	if (is_certain)
		verdict->grade = title[0] ? title : say(draft, "未达到", "not reached");
	else
		verdict->grade = draft_text(draft, say(draft, "未定（最高可能：%s）", "open (at best: %s)"),
					    possible[0] ? possible
							: say(draft, "未达到", "not reached"));
	const char *withheld = withheld_text(draft, grade);
	if (withheld[0])
		verdict->because =
			draft_text(draft, say(draft, "未达更高等级：%s", "what keeps it from more: %s"),
				   withheld);
}

/* What a verification is about: the net emission; NULL where there is no balance. */
static node verified_net(const struct draft *draft)
{
	node balance = lt_json_get(draft->report, "balance");
	const bool is_statement = strcmp(draft->kind, "statement") == 0;
	return is_statement && balance->kind == LT_JSON_OBJECT ? balance : NULL;
}

void draft_conclusion(struct draft *draft)
{
	node rung = rung_of(draft, draft->rung), headline = lt_json_get(draft->report, "headline");
	node grade = lt_json_get(rung, "grade");
	struct verdict *verdict = lt_arena_alloc(draft->arena, 1, sizeof(*verdict));
	if (!verdict) {
		draft->failed = true;
		return;
	}
	verdict->figure = draft_value(draft, lt_json_get(rung, "figure"), 2);
	verdict->figure_title = draft_label(draft, headline, "title");
	verdict->unit = draft_unit(draft, lt_json_get_text(headline, "unit"));
	if (!verdict->unit[0] && strcmp(lt_json_get_text(headline, "kind"), "total") == 0)
		verdict->unit = say(draft, "分", "points");
	verdict->full = draft_number(draft, lt_json_get_text(headline, "full"), 2);
	verdict->grade = "";
	verdict->because = "";
	node balance = verified_net(draft);
	if (balance) {
		verdict->figure = draft_value(draft, lt_json_get(balance, "net"), 2);
		verdict->figure_title = say(draft, "核定的净排放", "Net emission as verified");
		verdict->unit = draft_unit(draft, lt_json_get_text(balance, "unit"));
		verdict->full = "";
	} else if (grade->kind == LT_JSON_OBJECT) {
		grade_into(draft, grade, verdict);
	}
	draft_verdict(draft, verdict);
	const char *conditions = basis_text(draft, "conditions");
	if (conditions[0])
		draft_paragraph(draft, BLOCK_NOTE,
				draft_text(draft,
					   say(draft, "结论的前提——%s", "The result rests on %s"),
					   conditions));
}

/* ---- basic facts, park ---- */

void draft_basics(struct draft *draft)
{
	struct table *table = draft_fields(draft);
	node ruleset = lt_json_get(draft->report, "ruleset");
	node profile = lt_json_get(draft->report, "profile");
	node project = lt_json_get(draft->report, "project");
	draft_field(draft, table, say(draft, "园区名称", "Park"), draft->document->park);
	draft_field(draft, table, say(draft, "管理机构", "Administration"),
		    park_text(draft, "administration"));
	draft_field(draft, table, say(draft, "统一社会信用代码", "Credit code"),
		    park_text(draft, "credit_code"));
	draft_field(draft, table, say(draft, "地址", "Address"),
		    draft_text(draft, "%s%s%s", park_text(draft, "province"),
			       park_text(draft, "city"), park_text(draft, "address")));
	draft_field(draft, table, say(draft, "评价依据", "Standard"), standard_text(draft));
	draft_field(draft, table, say(draft, "规则集版本", "Edition of the ruleset"),
		    draft_text(draft, "%s · %.16s%s", lt_json_get_text(ruleset, "edition"),
			       lt_json_get_text(ruleset, "digest"),
			       lt_json_get_bool(ruleset, "edition_known")
				       ? ""
				       : say(draft, "（不是已知版本）", " (not a known edition)")));
	if (profile->kind == LT_JSON_OBJECT)
		draft_field(draft, table, say(draft, "参数集", "Profile"),
			    draft_text(draft, say(draft, "%s，由 %s 负责 · %.16s", "%s, answered for by %s · %.16s"),
				       lt_json_get_text(profile, "id"),
				       lt_json_get_text(profile, "responsible"),
				       lt_json_get_text(profile, "digest")));
	draft_field(draft, table, say(draft, "评价阶段", "Stage"), term_title(draft, "stage"));
	draft_field(draft, table, say(draft, "园区类型", "Park type"),
		    term_title(draft, "park_type"));
	draft_field(draft, table, say(draft, "评价期间", "Period"),
		    lt_json_get_text(lt_json_get(draft->report, "assessment"), "year"));
	draft_field(draft, table, say(draft, "数据记录", "Record"),
		    draft_text(draft, "%.16s", lt_json_get_text(project, "head")));
}

void draft_park(struct draft *draft)
{
	struct table *table = draft_fields(draft);
	node fields = lt_json_get(lt_json_get(draft->report, "park"), "fields");
	for (node at = fields->first; at; at = at->next) {
		const char *value = lt_json_get_text(at, "value");
		const char *unit = lt_json_get_text(at, "unit");
		const char *title = draft_label(draft, at, "title");
		if (value[0])
			draft_field(draft, table, draft_label(draft, at, "label"),
				    title[0]  ? title
				    : unit[0] ? draft_text(draft, "%s %s",
							   draft_number(draft, value, 6),
						       draft_unit(draft, unit))
					      : value);
	}
}

/* ---- method, process ---- */

void draft_method(struct draft *draft)
{
	struct table *table = draft_fields(draft);
	draft_field(draft, table, say(draft, "评价边界", "Boundary"), park_text(draft, "boundary"));
	const char *area = park_text(draft, "area");
	if (area[0])
		draft_field(draft, table, say(draft, "边界内面积", "Area inside it"),
			    draft_text(draft, "%s km²", draft_number(draft, area, 4)));
	draft_field(draft, table, say(draft, "评价依据", "Criteria"), standard_text(draft));
	draft_field(draft, table, say(draft, "评价期间", "Period"),
		    draft_text(draft, say(draft, "%s 年度", "%s"),
			       lt_json_get_text(lt_json_get(draft->report, "assessment"), "year")));
	draft_field(draft, table, say(draft, "评价阶段", "Stage"), term_title(draft, "stage"));
}

static const char *event_word(const struct draft *draft, const char *state)
{
	static const char *const words[][3] = { { "submitted", "提交", "submitted" },
						{ "returned", "退回", "returned" },
						{ "reopened", "重开", "reopened" } };
	return draft_word(draft, words, sizeof(words) / sizeof(words[0]), state);
}

static const char *rung_title(const struct draft *draft, const char *rung)
{
	const char *title = draft_label(draft, rung_of(draft, rung), "title");
	return title[0] ? title : rung;
}

static void put_team(struct draft *draft)
{
	node people = lt_json_get(draft->report, "people");
	const struct column columns[] = { { say(draft, "姓名", "Name"), 3, false },
					  { say(draft, "角色", "Role"), 4, false },
					  { say(draft, "单位", "Organisation"), 5, false } };
	struct table *table = NULL;
	for (node at = people->first; at; at = at->next) {
		const char *roles = "";
		for (node role = lt_json_get(at, "titles")->first; role; role = role->next)
			roles = draft_text(draft, "%s%s%s", roles,
					   roles[0] ? say(draft, "、", ", ") : "",
					   lt_json_get_text(role, draft->lang == LT_ZH ? "zh" : "en"));
		if (!table)
			table = draft_table(draft, BLOCK_TABLE, say(draft, "参加人员", "People"),
					    columns, 3);
		draft_cells(draft, table, ROW_PLAIN, or_dash(lt_json_get_text(at, "name")),
			    or_dash(roles), or_dash(lt_json_get_text(at, "organisation")), NULL);
	}
}

void draft_process(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "时间", "When"), 4, false },
					  { say(draft, "层级", "Rung"), 2, false },
					  { say(draft, "轮次", "Round"), 2, false },
					  { say(draft, "事项", "What"), 2, false },
					  { say(draft, "经手", "By"), 2, false },
					  { say(draft, "说明", "Why"), 6, false } };
	struct table *table = NULL;
	const bool is_told = strcmp(draft->kind, "self") != 0 && draft_visit(draft);
	put_team(draft);
	for (node round = lt_json_get(draft->report, "rounds")->first; round; round = round->next)
		for (node at = lt_json_get(round, "events")->first; at; at = at->next) {
			if (!table)
				table = draft_table(draft, BLOCK_TABLE,
						    say(draft, "提交与退回", "Rounds"), columns, 6);
			draft_cells(draft, table, ROW_PLAIN,
				    draft_time(draft, lt_json_get_text(at, "at")),
				    rung_title(draft, lt_json_get_text(round, "rung")),
				    lt_json_get_text(round, "number"),
				    event_word(draft, lt_json_get_text(at, "state")),
				    or_dash(lt_json_get_text(at, "by")),
				    or_dash(lt_json_get_text(at, "reason")), NULL);
		}
	if (is_told)
		return;
	draft_paragraph(draft, BLOCK_STUB,
			say(draft, "工作安排、现场日程和采用的方法（查阅、观察、访谈、复算）。",
			    "Schedule, site visits and methods (documents, observation, interviews, recalculation)."));
}

/* ---- signatures, decisions ---- */

void draft_declaration(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "填报单位", "Reporting body"), 6, false },
					  { say(draft, "负责人签字", "Signed by its head"), 4, false },
					  { say(draft, "填报人签字", "Filled in by"), 4, false },
					  { say(draft, "盖章", "Seal"), 3, false },
					  { say(draft, "日期", "Date"), 3, false } };
	struct table *table = draft_table(draft, BLOCK_TABLE, NULL, columns, 5);
	const char *body = park_text(draft, "administration");
	draft_cells(draft, table, ROW_PLAIN, body[0] ? body : draft->document->park, " ", " ", " ", " ", NULL);
}

void draft_signatures(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "角色", "Role"), 3, false },
					  { say(draft, "姓名", "Name"), 3, false },
					  { say(draft, "时间", "When"), 4, false },
					  { say(draft, "状态", "State"), 3, false },
					  { say(draft, "签字", "Signature"), 4, false } };
	node steps = lt_json_get(draft->report, "signatures");
	struct table *table = steps->n ? draft_table(draft, BLOCK_TABLE,
						     say(draft, "签署", "Signatures"), columns, 5)
				       : NULL;
	for (node at = steps->first; at; at = at->next)
		draft_cells(draft, table, ROW_PLAIN, draft_label(draft, at, "title"),
			    or_dash(lt_json_get_text(at, "by")),
			    or_dash(draft_time(draft, lt_json_get_text(at, "at"))),
			    draft_label(draft, at, "state_title"), " ", NULL);
	for (node at = lt_json_get(draft->report, "decisions")->first; at; at = at->next)
		draft_paragraph(
			draft, BLOCK_PARAGRAPH,
			draft_text(draft, say(draft, "认定决定 %s：%s。%s（%s）", "Decision %s: %s. %s (%s)"),
				   lt_json_get_text(at, "number"),
				   draft_label(draft, at, "outcome_title"),
				   draft_pair(draft, lt_json_get_text(at, "reason"),
					      lt_json_get_text(at, "conditions")),
				   draft_pair(draft, lt_json_get_text(at, "by"),
					      draft_time(draft, lt_json_get_text(at, "at")))));
}
