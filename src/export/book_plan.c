/* The plan of a ruleset as formulas: a row for each figure, number, item and node, the value that
 * the program computed beside the formula that computes it again. What is open stays open in both.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "book.h"
#include "lingtan/base/decimal.h"

struct plan_sheet {
	struct book *book;
	struct sheet *sheet;
};

/* The cell of a slot; a word for nothing where it has none. */
static const char *cell_of(struct book *book, const struct lt_json_node *slot)
{
	const int at = slot->kind == LT_JSON_NUMBER ? (int)strtol(slot->text, NULL, 10) : -1;
	if (!book_has_slot(book, at) || !book->cells[at])
		return book_text(book, "\"%s\"", book_word_open(book));
	return book->cells[at];
}

static const char *member_cell(struct book *book, node of, const char *key)
{
	return cell_of(book, lt_json_get(of, key));
}

/* The text, and more behind it; `with` stands between where there is a text. */
static const char *joined(struct book *book, const char *text, const char *with, const char *more)
{
	return text[0] ? book_text(book, "%s%s%s", text, with, more) : more;
}

/* "C3="未定",C4="未定"…" of every operand. */
static const char *any_is(struct book *book, node of, const char *word)
{
	const char *text = "";
	for (node at = lt_json_get(of, "terms")->first; at; at = at->next)
		text = joined(book, text, ",",
			      book_text(book, "%s=\"%s\"", member_cell(book, at, "slot"), word));
	return text[0] ? text : "FALSE";
}

/* The first word for nothing among the operands stands for the whole. */
static const char *guarded(struct book *book, node of, const char *formula)
{
	const char *text = formula;
	const char *const words[] = { book_word_na(book), book_word_open(book), book_word_none(book) };
	for (int i = 0; i < 3; i++)
		text = book_text(book, "IF(OR(%s),\"%s\",%s)", any_is(book, of, words[i]), words[i],
				 text);
	return text;
}

/* ---- sum ---- */

static const char *points_of_slot(const struct book *book, const char *slot)
{
	node items = lt_json_get(lt_json_get(book->report, "plan"), "items");
	for (node at = items->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "slot"), slot) == 0)
			return lt_json_get_text(at, "points");
	return "0";
}

static const char *weighted_term(struct book *book, node term, const char *what)
{
	const bool has_weight = lt_json_get_text(term, "weight")[0];
	return has_weight ? book_text(book, "%s*N(%s)", what, member_cell(book, term, "weight"))
			  : what;
}

static const char *sum_formula(struct book *book, node of)
{
	const char *sum = "", *all = "", *left = "", *na = "", *open = "";
	const char *policy = lt_json_get_text(of, "na");
	for (node at = lt_json_get(of, "terms")->first; at; at = at->next) {
		const char *cell = member_cell(book, at, "slot");
		const char *points = points_of_slot(book, lt_json_get_text(at, "slot"));
		sum = joined(book, sum, "+",
			     weighted_term(book, at, book_text(book, "N(%s)", cell)));
		all = joined(book, all, "+", weighted_term(book, at, points));
		left = joined(book, left, "+",
			      weighted_term(book, at,
					    book_text(book, "%s*(%s<>\"%s\")", points, cell,
						      book_word_na(book))));
		na = joined(book, na, ",", book_text(book, "%s=\"%s\"", cell, book_word_na(book)));
		if (lt_json_get_text(at, "weight")[0])
			open = joined(book, open, ",",
				      book_text(book, "%s=\"%s\"", member_cell(book, at, "weight"),
						book_word_open(book)));
	}
	if (!sum[0])
		return "0";
	if (strcmp(policy, "rescale") == 0)
		sum = book_text(book, "IF(OR(%s),(%s)*(%s)/(%s),%s)", na, sum, all, left, sum);
	else if (strcmp(policy, "drop") != 0)
		sum = book_text(book, "IF(OR(%s),\"%s\",%s)", na, book_word_none(book), sum);
	sum = book_text(book, "IF(AND(%s),\"%s\",%s)", na, book_word_na(book), sum);
	if (open[0])
		sum = book_text(book, "IF(OR(%s),\"%s\",%s)", open, book_word_open(book), sum);
	sum = book_text(book, "IF(OR(%s),\"%s\",%s)", any_is(book, of, book_word_open(book)),
			book_word_open(book), sum);
	return book_text(book, "IF(OR(%s),\"%s\",%s)", any_is(book, of, book_word_none(book)),
			 book_word_none(book), sum);
}

/* ---- the other operations ---- */

static const char *product_formula(struct book *book, node of)
{
	const char *text = "";
	for (node at = lt_json_get(of, "terms")->first; at; at = at->next)
		text = joined(book, text, "*", member_cell(book, at, "slot"));
	return guarded(book, of, text[0] ? text : "1");
}

static node term_at(node of, unsigned n)
{
	node at = lt_json_get(of, "terms")->first;
	while (at && n--)
		at = at->next;
	return at ? at : lt_json_get(of, "nothing");
}

static const char *ratio_formula(struct book *book, node of)
{
	const char *a = member_cell(book, term_at(of, 0), "slot"),
		   *b = member_cell(book, term_at(of, 1), "slot");
	const char *zero = lt_json_get_text(of, "when_zero")[0]
				   ? member_cell(book, of, "when_zero")
				   : book_text(book, "\"%s\"", book_word_none(book));
	return guarded(book, of, book_text(book, "IF(%s=0,%s,%s/%s)", b, zero, a, b));
}

static const char *steps_formula(struct book *book, node of)
{
	const char *x = member_cell(book, term_at(of, 0), "slot");
	const char *text = book_text(book, "\"%s\"", book_word_none(book)), *open = "";
	/* later steps stand outside: the last that is reached counts */
	for (node at = lt_json_get(of, "steps")->first; at; at = at->next) {
		const char *limit = member_cell(book, at, "limit");
		text = book_text(book, "IF(%s%s%s,%s,%s)", x,
				 lt_json_get_bool(at, "above") ? ">" : ">=", limit,
				 member_cell(book, at, "then"), text);
		open = joined(book, open, ",",
			      book_text(book, "%s=\"%s\"", limit, book_word_open(book)));
	}
	if (open[0])
		text = book_text(book, "IF(OR(%s),\"%s\",%s)", open, book_word_open(book), text);
	return guarded(book, of, text);
}

static const char *line_formula(struct book *book, const char *x, const char *from, const char *to,
				const char *points)
{
	return book_text(book, "MAX(0,MIN(1,(%s-%s)/(%s-%s)))*%s", x, from, to, from, points);
}

static const char *linear_formula(struct book *book, node of)
{
	const char *from = member_cell(book, of, "from"), *to = member_cell(book, of, "to");
	const char *points = member_cell(book, of, "points");
	const char *line =
		line_formula(book, member_cell(book, term_at(of, 0), "slot"), from, to, points);
	return guarded(book, of,
		       book_text(book, "IF(COUNT(%s,%s,%s)<3,\"%s\",%s)", from, to, points,
				 book_word_open(book), line));
}

static const char *compare_formula(struct book *book, node of)
{
	static const char *const signs[][2] = {
		{ "ge", ">=" }, { "gt", ">" }, { "le", "<=" }, { "lt", "<" }
	};
	const char *is = lt_json_get_text(of, "is"), *sign = ">=";
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strcmp(signs[i][0], is) == 0)
			sign = signs[i][1];
	return guarded(book, of,
		       book_text(book, "IF(%s%s%s,1,0)", member_cell(book, term_at(of, 0), "slot"),
				 sign, member_cell(book, term_at(of, 1), "slot")));
}

static const char *at_least_formula(struct book *book, node of)
{
	const char *holds = "", *left = "", *open = "";
	for (node at = lt_json_get(of, "terms")->first; at; at = at->next) {
		const char *cell = member_cell(book, at, "slot");
		holds = joined(book, holds, "+", book_text(book, "(N(%s)>0)", cell));
		left = joined(book, left, "+",
			      book_text(book, "(%s<>\"%s\")", cell, book_word_na(book)));
		open = joined(book, open, "+",
			      book_text(book, "(%s=\"%s\")+(%s=\"%s\")", cell, book_word_open(book), cell,
					book_word_none(book)));
	}
	if (!holds[0])
		return book_text(book, "\"%s\"", book_word_na(book));
	const char *k = lt_json_get_bool(of, "k_all") ? book_text(book, "(%s)", left)
						      : member_cell(book, of, "k");
	const char *text = book_text(book, "IF(%s>=%s,1,IF(%s+%s<%s,0,\"%s\"))", holds, k, holds, open,
				     k, book_word_open(book));
	/* how many are enough may be unset */
	if (!lt_json_get_bool(of, "k_all"))
		text = book_text(book, "IF(ISNUMBER(%s),%s,\"%s\")", k, text,
				 book_word_open(book));
	return book_text(book, "IF((%s)=0,\"%s\",%s)", left, book_word_na(book), text);
}

/* Grades from the lowest, each behind the one before it. */
static const char *grade_formula(struct book *book, node grade, unsigned passed)
{
	const char *fails = "", *open = "";
	if (!grade)
		return book_text(book, "%u", passed);
	if (!lt_json_get_bool(grade, "awarded"))
		return book_text(book, "%u", passed);
	for (node at = lt_json_get(grade, "when")->first; at; at = at->next) {
		const char *cell = cell_of(book, at);
		fails = joined(book, fails, ",", book_text(book, "%s=0", cell));
		open = joined(book, open, ",",
			      book_text(book, "%s=\"%s\",%s=\"%s\"", cell, book_word_open(book), cell,
					book_word_none(book)));
	}
	const char *next = grade_formula(book, grade->next, passed + 1);
	if (!fails[0])
		return next;
	return book_text(book, "IF(OR(%s),%u,IF(OR(%s),\"%s\",%s))", fails, passed, open,
			 book_word_open(book), next);
}

static const char *operation_formula(struct book *book, node of)
{
	static const struct {
		const char *op;
		const char *(*make)(struct book *book, node of);
	} operations[] = {
		{ "sum", sum_formula },	      { "product", product_formula },
		{ "ratio", ratio_formula },   { "steps", steps_formula },
		{ "linear", linear_formula }, { "compare", compare_formula },
		{ "at_least", at_least_formula },
	};
	const char *op = lt_json_get_text(of, "op");
	for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
		if (strcmp(operations[i].op, op) == 0)
			return operations[i].make(book, of);
	return grade_formula(book, lt_json_get(of, "grades")->first, 0);
}

/* Limits and rounding, as the node has them; the raw value stands in the column before. */
static const char *bounded_formula(struct book *book, node of, const char *raw)
{
	const char *text = raw;
	const int places = lt_json_get_int(of, "places");
	const bool half_up = strcmp(lt_json_get_text(of, "rounding"), "half_up") == 0;
	if (lt_json_get_text(of, "min")[0])
		text = book_text(book, "MAX(%s,%s)", member_cell(book, of, "min"), text);
	if (lt_json_get_text(of, "max")[0])
		text = book_text(book, "MIN(%s,%s)", member_cell(book, of, "max"), text);
	if (places >= 0 && half_up)
		text = book_text(book, "ROUND(%s,%d)", text, places);
	else if (places >= 0)
		/* a half goes to the even neighbour */
		text = book_text(book,
				 "IF(ABS(MOD(ABS(%s)*10^%d,1)-0.5)<0.0000001,2*ROUND((%s)*10^%d/2,0)/10^%d,ROUND(%s,%d))",
				 text, places, text, places, places, text, places);
	return text == raw ? raw : book_text(book, "IF(ISNUMBER(%s),%s,%s)", raw, text, raw);
}

/* ---- rows ---- */

static void begin_row(struct plan_sheet *plan, const char *id, const char *title)
{
	book_row(plan->sheet);
	book_put(plan->sheet, STYLE_TEXT, "#");
	book_put(plan->sheet, STYLE_TEXT, id);
	book_put(plan->sheet, STYLE_TEXT, title);
}

/* The value's cell, column E, is what others refer to. */
static void keep_cell(struct plan_sheet *plan, int slot, const char *value)
{
	char here[16];
	book_here(plan->sheet, here);
	if (book_has_slot(plan->book, slot)) {
		plan->book->cells[slot] = book_text(plan->book, "%s", here);
		plan->book->values[slot] = value;
	}
}

static const char *cached_of(const struct book *book, node value, bool *is_text)
{
	const char *state = lt_json_get_text(value, "state");
	const char *exact = lt_json_get_text(value, "value");
	*is_text = true;
	if (strcmp(state, "na") == 0)
		return book_word_na(book);
	if (strcmp(state, "none") == 0)
		return book_word_none(book);
	*is_text = !exact[0];
	return exact[0] ? exact : book_word_open(book);
}

/* ---- figures ---- */

/* The lines of the inventory that go into a figure add up to it, or it is computed otherwise. */
static bool is_sum_of_lines(const struct book *book, const char *id, const char *value)
{
	struct lt_decimal sum = { 0 }, amount, whole;
	bool any = false;
	for (node at = lt_json_get(book->report, "inventory")->first; at; at = at->next) {
		const char *text = lt_json_get_text(at, "amount");
		if (strcmp(lt_json_get_text(at, "quantity"), id) != 0 ||
		    lt_decimal_parse(text, strlen(text), &amount) != LT_DECIMAL_OK)
			continue;
		any = lt_decimal_add(sum, amount, &sum);
	}
	return any && lt_decimal_parse(value, strlen(value), &whole) == LT_DECIMAL_OK &&
	       lt_decimal_compare(sum, whole) == 0;
}

static const char *inventory_sum(struct book *book, const char *id)
{
	const char *name = book_say(book, "碳盘查", "Inventory");
	return book_text(book, "SUMIF('%s'!$O:$O,\"%s\",'%s'!$N:$N)", name, id, name);
}

/* What was typed may be in another unit: by the ratio at which the program took it. */
static const char *typed_ratio(struct book *book, node given)
{
	const char *typed = lt_json_get_text(given, "typed"), *value = lt_json_get_text(given, "value");
	struct lt_decimal a, b, ratio;
	char text[LT_DECIMAL_TEXT];
	if (lt_decimal_parse(typed, strlen(typed), &a) != LT_DECIMAL_OK ||
	    lt_decimal_parse(value, strlen(value), &b) != LT_DECIMAL_OK ||
	    lt_decimal_compare(a, b) == 0 || !lt_decimal_divide(b, a, &ratio))
		return "";
	lt_decimal_format(ratio, text);
	return book_text(book, "*%s", text);
}

static void put_quantity(struct plan_sheet *plan, node quantity, int slot)
{
	struct book *book = plan->book;
	node given = lt_json_get(lt_json_get(quantity, "rungs"), book->rung);
	const char *id = lt_json_get_text(quantity, "id"), *value = lt_json_get_text(given, "value");
	const char *cell = book_has_slot(book, slot) && book->given[slot] ? book->given[slot] : "\"\"";
	const bool own = lt_json_get_bool(given, "is_own"), sums = !own && is_sum_of_lines(book, id, value);
	const bool is_na = strcmp(lt_json_get_text(given, "state"), "na") == 0;
	const char *otherwise = sums	   ? inventory_sum(book, id)
				: is_na	   ? book_text(book, "\"%s\"", book_word_na(book))
				: value[0] && !own ? value
						   : book_text(book, "\"%s\"", book_word_open(book));
	const char *cached = is_na ? book_word_na(book) : value[0] ? value : book_word_open(book);
	begin_row(plan, id, book_label(book, quantity, "title"));
	book_skip(plan->sheet);
	keep_cell(plan, slot, cached);
	book_put_formula(plan->sheet, STYLE_RESULT,
			 book_text(book, "IF(%s<>\"\",%s%s,%s)", cell, cell,
				   own ? typed_ratio(book, given) : "", otherwise),
			 cached, is_na || !value[0]);
	book_put(plan->sheet, STYLE_TEXT, lt_json_get_text(quantity, "unit"));
}

/* ---- items ---- */

/* excused: the cell with the reason why the item is not applicable, or NULL. */
static const char *measured_formula(struct book *book, node item, const char *excused)
{
	const char *x = member_cell(book, item, "quantity"), *text = "0";
	if (lt_json_get_bool(item, "is_linear"))
		text = line_formula(book, x, lt_json_get_text(item, "from"),
				    lt_json_get_text(item, "to"), lt_json_get_text(item, "points"));
	else
		for (node at = lt_json_get(item, "tiers")->first; at; at = at->next)
			text = book_text(book, "IF(%s%s%s,%s,%s)", x,
					 lt_json_get_bool(at, "above") ? ">" : ">=",
					 lt_json_get_text(at, "limit"), lt_json_get_text(at, "points"),
					 text);
	text = book_text(book, "IF(ISNUMBER(%s),%s,%s)", x, text, x);
	return excused ? book_text(book, "IF(%s<>\"\",\"%s\",%s)", excused, book_word_na(book), text)
		       : text;
}

static void put_item(struct plan_sheet *plan, node item)
{
	struct book *book = plan->book;
	const int slot = lt_json_get_int(item, "slot");
	const bool measured = lt_json_get_text(item, "quantity")[0];
	bool is_text;
	const char *cached = cached_of(book, lt_json_get(item, "value"), &is_text);
	begin_row(plan, lt_json_get_text(item, "id"), "");
	book_skip(plan->sheet);
	keep_cell(plan, slot, cached);
	const char *on_sheet = book_has_slot(book, slot) ? book->items[slot] : NULL;
	if (!lt_json_get_bool(item, "applies") || (!measured && !on_sheet))
		book_put(plan->sheet, STYLE_TEXT, cached);
	else
		book_put_formula(plan->sheet, STYLE_RESULT,
				 measured ? measured_formula(book, item, on_sheet) : on_sheet,
				 cached, is_text);
}

/* ---- numbers and nodes ---- */

static void put_number(struct plan_sheet *plan, node number)
{
	struct book *book = plan->book;
	const char *value = lt_json_get_text(number, "value");
	begin_row(plan, lt_json_get_text(number, "id"),
		  book_text(book, "%s %s", book_label(book, number, "title"),
			    lt_json_get_text(number, "key")));
	book_skip(plan->sheet);
	keep_cell(plan, lt_json_get_int(number, "slot"), value[0] ? value : book_word_open(book));
	if (value[0])
		book_put_number(plan->sheet, STYLE_NUMBER, value);
	else
		book_put(plan->sheet, STYLE_TEXT, book_word_open(book));
	book_put(plan->sheet, STYLE_TEXT, lt_json_get_text(number, "origin"));
}

static void put_node(struct plan_sheet *plan, node of)
{
	struct book *book = plan->book;
	bool is_text;
	char raw[16];
	const char *cached = book_value_of(book, of, &is_text);
	begin_row(plan, lt_json_get_text(of, "id"), book_label(book, of, "title"));
	book_here(plan->sheet, raw);
	/* before limits and rounding: only the value in the next column is the program's */
	const bool bounded = bounded_formula(book, of, raw) != raw;
	if (bounded)
		book_put_formula(plan->sheet, STYLE_NUMBER, operation_formula(book, of), "", false);
	else
		book_skip(plan->sheet);
	keep_cell(plan, lt_json_get_int(of, "slot"), cached);
	book_put_formula(plan->sheet, STYLE_RESULT,
			 bounded ? bounded_formula(book, of, raw) : operation_formula(book, of),
			 cached, is_text);
	book_put(plan->sheet, STYLE_TEXT, lt_json_get_text(of, "unit"));
}

static void part_title(struct plan_sheet *plan, const char *zh, const char *en)
{
	book_row(plan->sheet);
	book_put(plan->sheet, STYLE_HEADER, "#");
	book_put(plan->sheet, STYLE_HEADER, book_say(plan->book, zh, en));
}

/* What is published, on a sheet in front. */
static void put_summary(struct book *book, const struct sheet *calculation)
{
	static const unsigned widths[] = { 3, 34, 18, 14, 0 };
	struct sheet *sheet = book_sheet(book, book_say(book, "汇总", "Summary"), widths);
	if (!sheet)
		return;
	book_row(sheet);
	book_put(sheet, STYLE_HEADER, "#");
	book_put(sheet, STYLE_HEADER, book_say(book, "结果", "Outcome"));
	book_put(sheet, STYLE_HEADER, book_say(book, "数值", "Value"));
	book_put(sheet, STYLE_HEADER, book_say(book, "单位", "Unit"));
	for (node at = lt_json_get(lt_json_get(book->report, "plan"), "nodes")->first; at;
	     at = at->next) {
		const int slot = lt_json_get_int(at, "slot");
		const char *title = book_label(book, at, "title");
		if (!lt_json_get_bool(at, "is_published") || !book_has_slot(book, slot) ||
		    !book->cells[slot])
			continue;
		const char *cached = book->values[slot];
		book_row(sheet);
		book_put(sheet, STYLE_TEXT, "#");
		book_put(sheet, STYLE_TEXT, title[0] ? title : lt_json_get_text(at, "id"));
		book_put_formula(sheet, STYLE_RESULT,
				 book_text(book, "'%s'!%s", calculation->name, book->cells[slot]),
				 cached, book_is_word(book, cached));
		book_put(sheet, STYLE_TEXT, lt_json_get_text(at, "unit"));
	}
}

void book_plan(struct book *book)
{
	static const unsigned widths[] = { 3, 30, 36, 16, 18, 16, 0 };
	node model = lt_json_get(book->report, "plan");
	struct plan_sheet plan = { book, book_sheet(book, book_say(book, "计算", "Calculation"),
						    widths) };
	int slot = lt_json_get_int(model, "first_quantity");
	if (!plan.sheet)
		return;
	part_title(&plan, "指标", "Figures");
	for (node at = lt_json_get(book->report, "quantities")->first; at; at = at->next)
		put_quantity(&plan, at, slot++);
	part_title(&plan, "参数与常数", "Parameters and constants");
	for (node at = lt_json_get(model, "numbers")->first; at; at = at->next)
		put_number(&plan, at);
	part_title(&plan, "条款", "Items");
	for (node at = lt_json_get(model, "items")->first; at; at = at->next)
		put_item(&plan, at);
	part_title(&plan, "计算", "Calculation");
	for (node at = lt_json_get(model, "nodes")->first; at; at = at->next)
		put_node(&plan, at);
	put_summary(book, plan.sheet);
}
