/* Findings as an action plan: a file that a spreadsheet opens, or a table of Markdown. */
#include <string.h>
#include "lingtan/app/finding.h"
#include "lingtan/base/csv_out.h"

/* Names of the evidence of one purpose, with their places; NULL when memory ran out. */
static const char *evidence_text(struct lt_arena *arena, const struct finding_info *finding,
				 bool is_closing)
{
	const char *text = "";
	for (unsigned i = 0; i < finding->n_evidence && text; i++) {
		const struct finding_evidence *evidence = &finding->evidence[i];
		if (evidence->is_closing == is_closing)
			text = lt_arena_printf(arena, "%s%s%s%s%s", text, text[0] ? "; " : "",
					       evidence->name, evidence->locator[0] ? " " : "",
					       evidence->locator);
	}
	return text;
}

#define COLUMNS 21

const char *finding_plan_csv(const struct form *form, const struct finding_info *list, unsigned n,
			     enum lt_lang lang, struct lt_arena *arena)
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
	struct lt_csv csv;
	lt_csv_init(&csv, arena);
	lt_csv_row(&csv, titles[lang], COLUMNS);
	for (unsigned i = 0; i < n; i++) {
		const struct finding_info *at = &list[i];
		const char *of_fact = evidence_text(arena, at, false),
			   *of_closing = evidence_text(arena, at, true);
		if (!of_fact || !of_closing)
			return NULL;
		const char *const cells[COLUMNS] = {
			at->number, label_in(lang, &finding_grade_titles[at->grade]),
			at->item, at->place,
			at->fact, of_fact,
			at->cause, at->correction,
			at->due, at->owner,
			at->answer, at->answer_by,
			of_closing,
			form_choice_text(form, "verification", at->verification, lang),
			at->verification_text, at->verification_by,
			at->verification_on, at->objection,
			form_choice_text(form, "ruling", at->ruling, lang), at->ruling_text,
			label_in(lang, &finding_state_titles[at->state]),
		};
		lt_csv_row(&csv, cells, COLUMNS);
	}
	return lt_csv_finish(&csv, NULL);
}

/* ---- as Markdown ---- */

struct markdown {
	struct lt_arena *arena;
	char *text;
	size_t len, cap;
	bool failed;
};

static void put(struct markdown *out, const char *bytes, size_t len)
{
	if (out->failed)
		return;
	if (out->len + len + 1 > out->cap) {
		out->cap = 2 * (out->len + len) + 256;
		out->text = lt_arena_resize(out->arena, out->text, out->cap);
		out->failed = !out->text;
	}
	if (out->failed)
		return;
	memcpy(out->text + out->len, bytes, len);
	out->len += len;
	out->text[out->len] = 0;
}

/* One cell of a table: on one line, and nothing in it that Markdown or HTML would obey. */
static void put_markdown(struct markdown *out, const char *text)
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

static void put_line(struct markdown *out, const char *const *cells, unsigned n, bool is_plain)
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
	struct markdown out = { .arena = arena };
	for (unsigned i = 0; i < MARKDOWN_COLUMNS; i++)
		rule[i] = "---";
	const char *heading = lang == LT_ZH ? "# 整改计划\n\n" : "# Action plan\n\n";
	put(&out, heading, strlen(heading));
	put_line(&out, titles[lang], MARKDOWN_COLUMNS, true);
	put_line(&out, rule, MARKDOWN_COLUMNS, true);
	for (unsigned i = 0; i < n; i++) {
		const struct finding_info *at = &list[i];
		const char *of_closing = evidence_text(arena, at, true);
		if (!of_closing)
			return NULL;
		const char *const cells[MARKDOWN_COLUMNS] = {
			at->number,
			label_in(lang, &finding_grade_titles[at->grade]),
			at->item[0] ? at->item : at->place,
			at->fact,
			at->cause,
			at->correction,
			at->due,
			at->owner,
			at->answer,
			of_closing,
			label_in(lang, &finding_state_titles[at->state]),
		};
		put_line(&out, cells, MARKDOWN_COLUMNS, false);
	}
	return out.failed ? NULL : out.text;
}
