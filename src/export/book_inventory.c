/* The sheets of a workbook for the inventory and the factors that it uses. */
#include <stdio.h>
#include <string.h>
#include "book.h"
#include "lingtan/base/decimal.h"

/* What turns activity times factor into tonnes; "" where it cannot be said. */
static const char *unit_ratio(struct book *book, node line)
{
	struct lt_decimal activity, factor, amount, ratio;
	const char *const keys[] = { "activity", "factor_value", "amount" };
	struct lt_decimal *const to[] = { &activity, &factor, &amount };
	char text[LT_DECIMAL_TEXT];
	for (int i = 0; i < 3; i++) {
		const char *from = lt_json_get_text(line, keys[i]);
		if (lt_decimal_parse(from, strlen(from), to[i]) != LT_DECIMAL_OK)
			return "";
	}
	if (!lt_decimal_divide(amount, activity, &ratio) ||
	    !lt_decimal_divide(ratio, factor, &ratio))
		return "";
	/* such ratios have few digits; the last ones are what division left over */
	if (!lt_decimal_round(ratio, 9, LT_HALF_EVEN, &ratio))
		return "";
	lt_decimal_format(ratio, text);
	return book_text(book, "%s", text);
}

static void put_amount(struct book *book, struct sheet *sheet, node line)
{
	const char *ratio = unit_ratio(book, line), *amount = lt_json_get_text(line, "amount");
	if (ratio[0] && amount[0])
		book_put_formula(sheet, STYLE_RESULT,
				 book_text(book, "G%u*M%u*%s", sheet->row, sheet->row, ratio),
				 amount, false);
	else
		book_put_number(sheet, STYLE_RESULT, amount);
}

/* What a member says, in the words of the workbook's language that an import reads; English ones are
 * the ids themselves. */
static const char *word(const struct book *book, const char *key, const char *id)
{
	node words = lt_json_get(lt_json_get(book->report, "line_words"), key);
	if (book->lang != LT_ZH)
		return id;
	if (strcmp(id, "yes") == 0 || strcmp(id, "no") == 0)
		return id[0] == 'y' ? "是" : "否";
	for (node at = words->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "id"), id) == 0)
			return book_label(book, at, "title");
	return id;
}

/* What may be chosen, with commas between: yes and no where the form has no choices. */
static const char *choices(struct book *book, const char *key)
{
	node words = lt_json_get(lt_json_get(book->report, "line_words"), key);
	const char *text = words->first ? "" : book_say(book, "是,否", "yes,no");
	for (node at = words->first; at; at = at->next)
		text = book_text(book, "%s%s%s", text, text[0] ? "," : "",
				 word(book, key, lt_json_get_text(at, "id")));
	return text;
}

/* What stands behind the sums; those that are not for everyone only where a line has one. */
static const struct member {
	const char *key, *zh, *en;
	enum { FREE, CHOSEN, ONE_OF } words; /* ONE_OF: nothing but what may be chosen */
	unsigned width;
	bool is_number, is_rare;
} members[] = {
	{ "name", "名称", "name", FREE, 22, false, false },
	{ "place", "地点", "place", FREE, 14, false, false },
	{ "meter", "计量器具", "meter", FREE, 12, false, false },
	{ "quality", "数据质量", "quality", ONE_OF, 12, false, false },
	{ "purpose", "用途", "purpose", CHOSEN, 12, false, false },
	{ "m01", "1月", "m01", FREE, 10, true, false },
	{ "m02", "2月", "m02", FREE, 10, true, false },
	{ "m03", "3月", "m03", FREE, 10, true, false },
	{ "m04", "4月", "m04", FREE, 10, true, false },
	{ "m05", "5月", "m05", FREE, 10, true, false },
	{ "m06", "6月", "m06", FREE, 10, true, false },
	{ "m07", "7月", "m07", FREE, 10, true, false },
	{ "m08", "8月", "m08", FREE, 10, true, false },
	{ "m09", "9月", "m09", FREE, 10, true, false },
	{ "m10", "10月", "m10", FREE, 10, true, false },
	{ "m11", "11月", "m11", FREE, 10, true, false },
	{ "m12", "12月", "m12", FREE, 10, true, false },
	{ "boundary", "边界说明", "boundary", FREE, 30, false, false },
	{ "flow", "能源流向", "flow", CHOSEN, 12, false, true },
	{ "carrier", "电或热", "carrier", ONE_OF, 10, false, true },
	{ "attributes", "环境权益", "attributes", ONE_OF, 10, false, true },
	{ "gas", "气体", "gas", FREE, 8, false, true },
	{ "biogenic", "生物源", "biogenic", ONE_OF, 8, false, true },
	{ "accounts", "计入口径", "accounts", FREE, 18, false, true },
	{ "terminal", "在线监测", "terminal", ONE_OF, 10, false, true },
	{ "heating_value", "低位发热量", "heating_value", FREE, 12, true, true },
	{ "heating_unit", "热值单位", "heating_unit", FREE, 12, false, true },
	{ "carbon", "单位热值含碳量", "carbon", FREE, 12, true, true },
	{ "carbon_unit", "含碳量单位", "carbon_unit", FREE, 12, false, true },
	{ "oxidation", "氧化率", "oxidation", FREE, 10, true, true },
	{ "fuel_cite", "燃料特性出处", "fuel_cite", FREE, 20, false, true },
	{ "scope_1", "抵消范围1", "scope_1", FREE, 12, true, true },
	{ "scope_2", "抵消范围2", "scope_2", FREE, 12, true, true },
	{ "scope_3", "抵消范围3", "scope_3", FREE, 12, true, true },
};
#define N_MEMBERS (sizeof(members) / sizeof(members[0]))

static bool is_used(const struct book *book, const struct member *member)
{
	node lines = lt_json_get(book->report, "inventory");
	for (node line = lines->first; line && member->is_rare; line = line->next)
		if (lt_json_get_text(line, member->key)[0])
			return true;
	return !member->is_rare;
}

static void put_members(struct book *book, struct sheet *sheet, const bool *used, node line)
{
	for (size_t i = 0; i < N_MEMBERS; i++) {
		const char *text = lt_json_get_text(line, members[i].key);
		if (!used[i])
			continue;
		if (members[i].words == ONE_OF)
			book_check_list(sheet, choices(book, members[i].key));
		if (members[i].words != FREE)
			text = word(book, members[i].key, text);
		if (members[i].is_number)
			book_put_number(sheet, STYLE_INPUT_NUMBER, text);
		else
			book_put(sheet, STYLE_INPUT, text);
	}
}

static void put_line(struct book *book, struct sheet *sheet, const bool *used, node line)
{
	static const char *const keys[] = { "id",	"year",	    "kind", "scope",
					    "system", "source", "activity", "unit" };
	const char *own = lt_json_get_text(line, "own_value");
	const char *counts = lt_json_get_text(line, "factor_value");
	book_row(sheet);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *text = lt_json_get_text(line, keys[i]);
		if (i == 6)
			book_put_number(sheet, STYLE_INPUT_NUMBER, text);
		else
			book_put(sheet, i ? STYLE_INPUT : STYLE_TEXT,
				 i == 2 || i == 4 ? word(book, keys[i], text) : text);
	}
	book_put(sheet, STYLE_INPUT, lt_json_get_text(line, "factor"));
	book_put_number(sheet, STYLE_INPUT_NUMBER, own);
	book_put(sheet, STYLE_INPUT, lt_json_get_text(line, "own_unit"));
	book_put(sheet, STYLE_INPUT, lt_json_get_text(line, "note"));
	/* the factor that counts: of a set as it stood when the line was entered, of the grid by location */
	if (lt_json_get_text(line, "factor")[0] || strcmp(own, counts) != 0)
		book_put_number(sheet, STYLE_NUMBER, counts);
	else
		book_put_formula(sheet, STYLE_NUMBER, book_text(book, "J%u", sheet->row),
				 counts[0] ? counts : "0", false);
	put_amount(book, sheet, line);
	book_put(sheet, STYLE_TEXT, lt_json_get_text(line, "quantity"));
	put_members(book, sheet, used, line);
}

static bool was_before(node lines, node line)
{
	for (node at = lines->first; at != line; at = at->next)
		if (strcmp(lt_json_get_text(at, "factor_value"),
			   lt_json_get_text(line, "factor_value")) == 0 &&
		    strcmp(lt_json_get_text(at, "factor_unit"),
			   lt_json_get_text(line, "factor_unit")) == 0 &&
		    strcmp(lt_json_get_text(at, "factor"), lt_json_get_text(line, "factor")) == 0)
			return true;
	return false;
}

/* Every factor that a line uses, once. Rows begin with "#": import passes them over. */
static void put_factors(struct book *book)
{
	static const char *const titles[][2] = { { "#", "#" },
						 { "因子", "factor" },
						 { "因子值", "value" },
						 { "单位", "unit" },
						 { "出处", "from" } };
	static const unsigned widths[] = { 3, 30, 14, 18, 60, 0 };
	node lines = lt_json_get(book->report, "inventory");
	struct sheet *sheet = book_sheet(book, book_say(book, "因子", "Factors"), widths);
	if (!sheet)
		return;
	book_header(book, sheet, titles, 5);
	for (node line = lines->first; line; line = line->next) {
		if (was_before(lines, line) || !lt_json_get_text(line, "factor_value")[0])
			continue;
		const char *cite = lt_json_get_text(line, "factor_cite");
		book_row(sheet);
		book_put(sheet, STYLE_TEXT, "#");
		book_put(sheet, STYLE_TEXT, lt_json_get_text(line, "factor"));
		book_put_number(sheet, STYLE_NUMBER, lt_json_get_text(line, "factor_value"));
		book_put(sheet, STYLE_TEXT, lt_json_get_text(line, "factor_unit"));
		book_put(sheet, STYLE_TEXT, cite[0] ? cite : lt_json_get_text(line, "note"));
	}
}

/* Below the lines, where it is switched on; import passes it over, too. */
static void put_uncertainty(struct book *book, struct sheet *sheet)
{
	const char *note =
		lt_json_get_text(lt_json_get(book->report, "conclusion"), "uncertainty");
	if (!note[0])
		return;
	book_row(sheet);
	book_put(sheet, STYLE_TEXT, "#");
	book_put(sheet, STYLE_TEXT,
		 book_text(book, "%s%s", book_say(book, "不确定性：", "uncertainty: "), note));
}

#define FIXED_COLUMNS 15

void book_inventory(struct book *book)
{
	static const char *const fixed[FIXED_COLUMNS][2] = {
		{ "标识", "id" },	   { "年份", "year" },		{ "类别", "kind" },
		{ "范围", "scope" },	   { "系统", "system" },	{ "排放源", "source" },
		{ "活动量", "activity" }, { "单位", "unit" },		{ "因子", "factor" },
		{ "因子值", "factor_value" }, { "因子单位", "factor_unit" }, { "备注", "note" },
		{ "采用因子", "used" },  { "数量", "amount" },	{ "计入指标", "into" },
	};
	static const unsigned fixed_widths[FIXED_COLUMNS] = { 14, 7, 10, 7, 11, 22, 14, 10,
							      24, 12, 14, 30, 12, 14, 26 };
	const char *titles[FIXED_COLUMNS + N_MEMBERS][2];
	bool used[N_MEMBERS];
	unsigned widths[FIXED_COLUMNS + N_MEMBERS + 1] = { 0 }, n = FIXED_COLUMNS;
	memcpy(titles, fixed, sizeof(fixed));
	memcpy(widths, fixed_widths, sizeof(fixed_widths));
	for (size_t i = 0; i < N_MEMBERS; i++) {
		used[i] = is_used(book, &members[i]);
		if (!used[i])
			continue;
		titles[n][0] = members[i].zh;
		titles[n][1] = members[i].en;
		widths[n++] = members[i].width;
	}
	node lines = lt_json_get(book->report, "inventory");
	if (!lines->n)
		return;
	struct sheet *sheet = book_sheet(book, book_say(book, "碳盘查", "Inventory"), widths);
	if (!sheet)
		return;
	book_header(book, sheet, (const char *const (*)[2])titles, n);
	for (node line = lines->first; line; line = line->next)
		put_line(book, sheet, used, line);
	put_uncertainty(book, sheet);
	put_factors(book);
}
