/* Findings as an action plan: a file that a spreadsheet opens, or a table of Markdown. */
#include <string.h>
#include "lingtan/app/finding.h"

struct csv {
	struct lt_arena *arena;
	char *text;
	size_t len, cap;
	bool failed;
};

static void put(struct csv *csv, const char *bytes, size_t len)
{
	if (csv->failed)
		return;
	if (csv->len + len + 1 > csv->cap) {
		csv->cap = 2 * (csv->len + len) + 256;
		csv->text = lt_arena_resize(csv->arena, csv->text, csv->cap);
		csv->failed = !csv->text;
	}
	if (csv->failed)
		return;
	memcpy(csv->text + csv->len, bytes, len);
	csv->len += len;
	csv->text[csv->len] = 0;
}

/* Quoted always; a text that a spreadsheet would take for a formula begins with an apostrophe. */
static void put_cell(struct csv *csv, const char *text, bool is_first)
{
	put(csv, is_first ? "\"" : ",\"", is_first ? 1 : 2);
	if (text[0] && strchr("=+-@\t\r", text[0]))
		put(csv, "'", 1);
	for (; *text; text++) {
		if (*text == '"')
			put(csv, "\"", 1);
		put(csv, text, 1);
	}
	put(csv, "\"", 1);
}

/* Names of the evidence of one purpose, with their places. */
static const char *evidence_text(const struct csv *csv, const struct finding_info *finding,
				 bool is_closing)
{
	const char *text = "";
	for (unsigned i = 0; i < finding->n_evidence && text; i++) {
		const struct finding_evidence *evidence = &finding->evidence[i];
		if (evidence->is_closing == is_closing)
			text = lt_arena_printf(csv->arena, "%s%s%s%s%s", text, text[0] ? "; " : "",
					       evidence->name, evidence->locator[0] ? " " : "",
					       evidence->locator);
	}
	return text ? text : "";
}

static void put_row(struct csv *csv, const char *const *cells, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		put_cell(csv, cells[i], i == 0);
	put(csv, "\r\n", 2);
}

#define COLUMNS 21

const char *finding_plan_csv(const struct finding_info *list, unsigned n, enum lt_lang lang,
			     struct lt_arena *arena)
{
	static const char *const titles[LT_N_LANGS][COLUMNS] = {
		{ "编号", "分级", "条款", "地点", "事实", "事实佐证", "原因分析", "纠正措施",
		  "整改期限", "责任人", "答复", "答复人", "关闭佐证", "验证", "验证说明", "验证人",
		  "验证日期", "异议", "异议处理", "处理说明", "状态" },
		{ "number", "grade", "clause", "place", "fact", "evidence of the fact", "cause",
		  "correction", "due", "owner", "answer", "answered by", "closing evidence",
		  "verification", "verified what", "verified by", "verified on", "objection",
		  "ruling", "ruling in words", "state" },
	};
	struct csv csv = { .arena = arena };
	put(&csv, "\xef\xbb\xbf", 3);
	put_row(&csv, titles[lang], COLUMNS);
	for (unsigned i = 0; i < n; i++) {
		const struct finding_info *at = &list[i];
		const struct label *grade = &finding_grade_titles[at->grade],
				   *state = &finding_state_titles[at->state];
		const char *const cells[COLUMNS] = {
			at->number, lang == LT_ZH ? grade->zh : grade->en,
			at->item, at->place,
			at->fact, evidence_text(&csv, at, false),
			at->cause, at->correction,
			at->due, at->owner,
			at->answer, at->answer_by,
			evidence_text(&csv, at, true), at->verification,
			at->verification_text, at->verification_by,
			at->verification_on, at->objection,
			at->ruling, at->ruling_text,
			lang == LT_ZH ? state->zh : state->en,
		};
		put_row(&csv, cells, COLUMNS);
	}
	return csv.failed ? NULL : csv.text;
}

/* ---- as Markdown ---- */

/* One cell of a table: on one line, and nothing in it that Markdown or HTML would obey. */
static void put_markdown(struct csv *out, const char *text)
{
	static const char special[] = "\\|*_`[]<>#";
	for (; *text; text++) {
		if (strchr("\n\r\t", *text)) {
			put(out, " ", 1);
			continue;
		}
		if (strchr(special, *text))
			put(out, "\\", 1);
		put(out, text, 1);
	}
}

static void put_line(struct csv *out, const char *const *cells, unsigned n, bool is_plain)
{
	for (unsigned i = 0; i < n; i++) {
		put(out, "| ", 2);
		if (is_plain)
			put(out, cells[i], strlen(cells[i]));
		else
			put_markdown(out, cells[i]);
		put(out, " ", 1);
	}
	put(out, "|\n", 2);
}

#define MARKDOWN_COLUMNS 11

const char *finding_plan_markdown(const struct finding_info *list, unsigned n, enum lt_lang lang,
				  struct lt_arena *arena)
{
	static const char *const titles[LT_N_LANGS][MARKDOWN_COLUMNS] = {
		{ "编号", "分级", "条款或地点", "事实", "原因分析", "纠正措施", "整改期限", "责任人",
		  "答复", "关闭佐证", "状态" },
		{ "number", "grade", "clause or place", "fact", "cause", "correction", "due",
		  "owner", "answer", "closing evidence", "state" },
	};
	const char *rule[MARKDOWN_COLUMNS];
	struct csv out = { .arena = arena };
	for (unsigned i = 0; i < MARKDOWN_COLUMNS; i++)
		rule[i] = "---";
	const char *heading = lang == LT_ZH ? "# 整改计划\n\n" : "# Action plan\n\n";
	put(&out, heading, strlen(heading));
	put_line(&out, titles[lang], MARKDOWN_COLUMNS, true);
	put_line(&out, rule, MARKDOWN_COLUMNS, true);
	for (unsigned i = 0; i < n; i++) {
		const struct finding_info *at = &list[i];
		const struct label *grade = &finding_grade_titles[at->grade],
				   *state = &finding_state_titles[at->state];
		const char *const cells[MARKDOWN_COLUMNS] = {
			at->number,
			lang == LT_ZH ? grade->zh : grade->en,
			at->item[0] ? at->item : at->place,
			at->fact,
			at->cause,
			at->correction,
			at->due,
			at->owner,
			at->answer,
			evidence_text(&out, at, true),
			lang == LT_ZH ? state->zh : state->en,
		};
		put_line(&out, cells, MARKDOWN_COLUMNS, false);
	}
	return out.failed ? NULL : out.text;
}
