/* The sheets of a workbook that people fill in: answers and figures. */
#include <stdio.h>
#include <string.h>
#include "book.h"
#include "lingtan/base/decimal.h"

void book_header(struct book *book, struct sheet *sheet, const char *const (*titles)[2],
		 unsigned n)
{
	book_row(sheet);
	for (unsigned i = 0; i < n; i++)
		book_put(sheet, STYLE_HEADER, titles[i][book->lang == LT_ZH ? 0 : 1]);
	sheet->frozen = sheet->row;
}

static node find_plan_item(const struct book *book, const char *id)
{
	node items = lt_json_get(lt_json_get(book->report, "plan"), "items");
	for (node at = items->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "id"), id) == 0)
			return at;
	return lt_json_get(book->report, "nothing");
}

static bool is_truth(node item)
{
	return lt_json_get_bool(item, "is_truth");
}

/* ---- what may be chosen ---- */

static bool is_judgement(node item)
{
	return strcmp(lt_json_get_text(item, "form"), "judgement") == 0;
}

static const char *verdicts(const struct book *book, node item)
{
	const char *form = lt_json_get_text(item, "form");
	if (is_judgement(item))
		return book_say(book, "是,否", "yes,no");
	if (is_truth(item) || strcmp(form, "met") == 0)
		return book_say(book, "符合,不符合", "met,not-met");
	return "";
}

static const char *tier_list(struct book *book, node item)
{
	const char *text = "";
	for (node at = lt_json_get(item, "tiers")->first; at; at = at->next) {
		const char *id = lt_json_get_text(at, "id");
		if (id[0])
			text = book_text(book, "%s%s%s", text, text[0] ? "," : "", id);
	}
	return text;
}

/* Reasons by their titles; one with a comma in it goes by its id. */
static const char *na_list(struct book *book, node item)
{
	const char *text = "";
	for (node at = lt_json_get(item, "na")->first; at; at = at->next) {
		const char *title = book_label(book, at, "title");
		const char *word =
			!title[0] || strchr(title, ',') ? lt_json_get_text(at, "id") : title;
		text = book_text(book, "%s%s%s", text, text[0] ? "," : "", word);
	}
	return text;
}

/* ---- the cell that says what counts ---- */

/* Excel's text in quotes; ours only. */
static const char *choice_formula(struct book *book, node item, node plan, const char *row)
{
	const char *text = book_text(book, "\"%s\"", book_word_open(book));
	const char *points = lt_json_get_text(plan, "points");
	if (lt_json_get(item, "checks")->n) {
		const char *sum = "";
		for (node at = lt_json_get(item, "checks")->first; at; at = at->next)
			sum = book_text(book, "%s%sISNUMBER(SEARCH(\" %s \",\" \"&H%s&\" \"))*%s", sum,
					sum[0] ? "+" : "", lt_json_get_text(at, "id"), row,
					lt_json_get_text(at, "points"));
		text = book_text(book, "IF(H%s<>\"\",%s,%s)", row, sum, text);
	}
	for (node at = lt_json_get(plan, "tiers")->first; at; at = at->next)
		if (lt_json_get_text(at, "id")[0])
			text = book_text(book, "IF(G%s=\"%s\",%s,%s)", row,
					 lt_json_get_text(at, "id"), lt_json_get_text(at, "points"),
					 text);
	if (!is_truth(item))
		text = book_text(book, "IF(F%s<>\"\",F%s,%s)", row, row, text);
	text = book_text(book,
			 "IF(OR(E%s=\"不符合\",E%s=\"否\",E%s=\"not-met\",E%s=\"no\"),0,%s)", row, row,
			 row, row, text);
	return book_text(book,
			 "IF(I%s<>\"\",\"%s\",IF(OR(E%s=\"符合\",E%s=\"是\",E%s=\"met\",E%s=\"yes\"),%s,%s))",
			 row, book_word_na(book), row, row, row, row, points, text);
}

static void keep_reference(struct book *book, const struct sheet *sheet, node plan)
{
	const int slot = lt_json_get_int(plan, "slot");
	if (book_has_slot(book, slot))
		book->items[slot] = book_reference(book, sheet);
}

static void put_counted(struct book *book, struct sheet *sheet, node item, node plan)
{
	char row[16];
	node value = lt_json_get(plan, "value");
	const char *exact = lt_json_get_text(value, "value");
	const bool is_na = strcmp(lt_json_get_text(value, "state"), "na") == 0;
	/* what a figure measures is computed where the figure is */
	if (plan->kind != LT_JSON_OBJECT || lt_json_get_text(plan, "quantity")[0]) {
		book_put(sheet, STYLE_TEXT, "");
		return;
	}
	snprintf(row, sizeof(row), "%u", sheet->row);
	keep_reference(book, sheet, plan);
	book_put_formula(sheet, STYLE_RESULT, choice_formula(book, item, plan, row),
			 is_na	    ? book_word_na(book)
			 : exact[0] ? exact
				    : book_word_open(book),
			 is_na || !exact[0]);
}

/* ---- answers ---- */

static const char *verdict_word(const struct book *book, node item, node answer)
{
	const char *verdict = lt_json_get_text(answer, "verdict");
	const bool judgement = is_judgement(item);
	/* none of its checks holds */
	if (strcmp(verdict, "checks") == 0 && !lt_json_get(answer, "checks")->n)
		verdict = "not-met";
	if (strcmp(verdict, "met") == 0)
		return judgement ? book_say(book, "是", "yes") : book_say(book, "符合", "met");
	if (strcmp(verdict, "not-met") == 0)
		return judgement ? book_say(book, "否", "no")
				 : book_say(book, "不符合", "not-met");
	return "";
}

static const char *checks_word(struct book *book, node answer)
{
	const char *text = "";
	for (node at = lt_json_get(answer, "checks")->first; at; at = at->next)
		text = book_text(book, "%s%s%s", text, text[0] ? " " : "", at->text);
	return text;
}

static const char *na_word(const struct book *book, node answer)
{
	const char *title = book_label(book, answer, "na_title");
	return title[0] && !strchr(title, ',') ? title : lt_json_get_text(answer, "na");
}

static void put_item(struct book *book, struct sheet *sheet, node item)
{
	node answer = lt_json_get(lt_json_get(item, "answers"), book->rung);
	node plan = find_plan_item(book, lt_json_get_text(item, "id"));
	const bool measured = lt_json_get_text(plan, "quantity")[0];
	const enum style input = measured ? STYLE_TEXT : STYLE_INPUT;
	book_row(sheet);
	book_put(sheet, STYLE_TEXT, lt_json_get_text(item, "id"));
	book_put(sheet, STYLE_TEXT, book_label(book, item, "title"));
	book_put(sheet, STYLE_TEXT, book_label(book, item, "ask"));
	book_put_number(sheet, STYLE_NUMBER, lt_json_get_text(item, "maximum"));
	book_check_list(sheet, measured ? "" : verdicts(book, item));
	book_put(sheet, input, verdict_word(book, item, answer));
	if (!measured && !is_truth(item))
		book_check_range(book, sheet, "0", lt_json_get_text(item, "maximum"));
	book_put_number(sheet, measured || is_truth(item) ? STYLE_NUMBER : STYLE_INPUT_NUMBER,
			lt_json_get_text(answer, "points"));
	book_check_list(sheet, measured ? "" : tier_list(book, item));
	book_put(sheet, tier_list(book, item)[0] ? input : STYLE_TEXT,
		 lt_json_get_text(answer, "tier"));
	book_put(sheet, lt_json_get(item, "checks")->n ? input : STYLE_TEXT,
		 checks_word(book, answer));
	if (measured && na_list(book, item)[0])
		keep_reference(book, sheet, plan);
	book_check_list(sheet, measured ? "" : na_list(book, item));
	book_put(sheet, na_list(book, item)[0] ? input : STYLE_TEXT, na_word(book, answer));
	book_put(sheet, STYLE_INPUT, lt_json_get_text(answer, "reason"));
	book_put(sheet, STYLE_INPUT, lt_json_get_text(answer, "remark"));
	put_counted(book, sheet, item, plan);
	book_put(sheet, STYLE_TEXT, lt_json_get_text(item, "owner"));
	book_put(sheet, STYLE_TEXT, lt_json_get_text(item, "due"));
}

static unsigned count_items(node section)
{
	unsigned n = lt_json_get(section, "items")->n;
	for (node at = section->next; at && lt_json_get_int(at, "depth") > 0; at = at->next)
		n += lt_json_get(at, "items")->n;
	return n;
}

static void put_section(struct book *book, node section)
{
	static const char *const titles[][2] = {
		{ "条款", "item" },	   { "标题", "title" },	       { "要求", "requirement" },
		{ "满分", "full" },	   { "结论", "result" },       { "得分", "points" },
		{ "档次", "tier" },	   { "检查点", "checks" },     { "不适用原因", "na" },
		{ "原因说明", "reason" }, { "备注", "remark" },       { "计分", "counted" },
		{ "责任人", "owner" },	   { "期限", "due" },
	};
	static const unsigned widths[] = { 9, 22, 44, 7, 10, 8, 9, 12, 18, 18, 40, 9, 10, 12, 0 };
	struct sheet *sheet = book_sheet(book,
					 book_text(book, "%s %s", lt_json_get_text(section, "id"),
						   book_label(book, section, "title")),
					 widths);
	if (!sheet)
		return;
	book_header(book, sheet, titles, sizeof(titles) / sizeof(titles[0]));
	for (node item = lt_json_get(section, "items")->first; item; item = item->next)
		put_item(book, sheet, item);
	for (node at = section->next; at && lt_json_get_int(at, "depth") > 0; at = at->next) {
		if (!lt_json_get(at, "items")->n)
			continue;
		book_row(sheet);
		book_put(sheet, STYLE_GROUP,
			 book_text(book, "# %s %s", lt_json_get_text(at, "id"),
				   book_label(book, at, "title")));
		for (node item = lt_json_get(at, "items")->first; item; item = item->next)
			put_item(book, sheet, item);
	}
}

void book_sections(struct book *book)
{
	for (node section = lt_json_get(book->report, "sections")->first; section;
	     section = section->next)
		if (lt_json_get_int(section, "depth") == 0 && count_items(section))
			put_section(book, section);
}

/* ---- figures ---- */

static void put_quantity(struct book *book, struct sheet *sheet, node quantity, unsigned number)
{
	node given = lt_json_get(lt_json_get(quantity, "rungs"), book->rung);
	const bool own = lt_json_get_bool(given, "is_own");
	const int first = lt_json_get_int(lt_json_get(book->report, "plan"), "first_quantity");
	const unsigned slot = (unsigned)first + number;
	const char *typed_unit = lt_json_get_text(given, "typed_unit");
	const char *unit = lt_json_get_text(quantity, "unit");
	book_row(sheet);
	book_put(sheet, STYLE_TEXT, lt_json_get_text(quantity, "id"));
	book_put(sheet, STYLE_TEXT, book_label(book, quantity, "title"));
	if (!typed_unit[0] || strcmp(typed_unit, unit) == 0)
		book_check_range(book, sheet, lt_json_get_text(quantity, "min"),
				 lt_json_get_text(quantity, "max"));
	if (slot < book->n_slots)
		book->given[slot] = book_reference(book, sheet);
	book_put_number(sheet, STYLE_INPUT_NUMBER, own ? lt_json_get_text(given, "typed") : "");
	book_put(sheet, STYLE_INPUT, own && typed_unit[0] ? typed_unit : own ? "" : unit);
	book_put(sheet, STYLE_TEXT,
		 lt_json_get_text(lt_json_get(book->report, "assessment"), "year"));
	book_put(sheet, STYLE_INPUT, own ? lt_json_get_text(given, "na") : "");
	book_put(sheet, STYLE_INPUT, own ? lt_json_get_text(given, "reason") : "");
	book_put(sheet, STYLE_INPUT, own ? lt_json_get_text(given, "source") : "");
	book_put_number(sheet, STYLE_NUMBER, own ? "" : lt_json_get_text(given, "value"));
	book_put(sheet, STYLE_TEXT, book_label(book, quantity, "formula"));
}

void book_quantities(struct book *book)
{
	static const char *const titles[][2] = {
		{ "指标", "id" },	     { "名称", "name" },	 { "数值", "value" },
		{ "单位", "unit" },	     { "年份", "year" },	 { "不适用原因", "na" },
		{ "原因说明", "reason" },   { "来源", "source" },	 { "申报值", "declared" },
		{ "算法", "formula" },
	};
	static const unsigned widths[] = { 28, 26, 14, 14, 8, 16, 16, 34, 12, 40, 0 };
	node quantities = lt_json_get(book->report, "quantities");
	if (!quantities->n)
		return;
	struct sheet *sheet = book_sheet(book, book_say(book, "指标", "Figures"), widths);
	if (!sheet)
		return;
	book_header(book, sheet, titles, sizeof(titles) / sizeof(titles[0]));
	unsigned number = 0;
	for (node at = quantities->first; at; at = at->next)
		put_quantity(book, sheet, at, number++);
}
