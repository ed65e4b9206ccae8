/* Comma-separated text to rows, and tables to sheets; every finding with its line and column. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/load/csv.h"
#include "lingtan/load/sheet.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))
#define HEAD "#assessment,t-x/operation/2025\n"

static struct lt_arena arena;
static struct lt_findings findings;
static struct lt_err err;

static int set_up(void **state)
{
	(void)state;
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	err = (struct lt_err)LT_ERR_INIT;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	lt_arena_release(&arena);
	return 0;
}

static void again(void)
{
	tear_down(NULL);
	set_up(NULL);
}

static struct yaml_source source_of(const char *text, size_t len)
{
	return (struct yaml_source){ .name = "s.csv", .text = text, .len = len };
}

/* ---- rows ---- */

/* All rows as [cell|cell] with each cell's line:column, or what was found as !line:column words. */
static const char *rows_of(const char *text, size_t len)
{
	static char out[4000];
	const struct yaml_source source = source_of(text, len);
	struct csv csv;
	size_t n = 0;
	out[0] = 0;
	if (csv_open(&csv, &source, &arena, &findings, &err) != LT_OK)
		return err.text[LT_EN];
	while (csv_next(&csv)) {
		n += (size_t)snprintf(out + n, sizeof(out) - n, "[");
		for (unsigned i = 0; i < csv.n_cells; i++) {
			assert_int_equal(strlen(csv.cells[i].text), csv.cells[i].len);
			n += (size_t)snprintf(out + n, sizeof(out) - n, "%s%u:%u %s", i ? "|" : "", csv.cells[i].line, csv.cells[i].column,
					      csv.cells[i].text);
		}
		n += (size_t)snprintf(out + n, sizeof(out) - n, "]");
	}
	for (const struct lt_finding *at = findings.first; at; at = at->next)
		n += (size_t)snprintf(out + n, sizeof(out) - n, "!%u:%u %s", at->line, at->column, at->text[LT_EN]);
	return out;
}

static void test_csv__rows_as_rfc_4180_has_them(void **state)
{
	static const struct {
		const char *text, *rows;
	} rows[] = {
		{ "", "" },
		{ "a", "[1:1 a]" },
		{ "a,b\nc,d\n", "[1:1 a|1:3 b][2:1 c|2:3 d]" },
		{ "a,b\r\nc,d\r\n", "[1:1 a|1:3 b][2:1 c|2:3 d]" },
		{ ",\n", "[1:1 |1:2 ]" },
		{ "\n\na\n", "[1:1 ][2:1 ][3:1 a]" },
		{ "\xef\xbb\xbf" "a,b\n", "[1:1 a|1:3 b]" },
		{ "\"a\",\"b,c\"\n", "[1:1 a|1:5 b,c]" },
		{ "\"say \"\"hi\"\"\",x\n", "[1:1 say \"hi\"|1:14 x]" },
		{ "\"\"\"\"\n", "[1:1 \"]" },
		{ "\"\",\"\"\n", "[1:1 |1:4 ]" },
		{ "\"two\nlines\",b\nc\n", "[1:1 two\nlines|2:8 b][3:1 c]" },
		{ "\"two\r\nlines\",b\r\nc\r\n", "[1:1 two\nlines|2:8 b][3:1 c]" },
		{ "条款,结论\n四,符合\n", "[1:1 条款|1:4 结论][2:1 四|2:3 符合]" },
		{ " a , b \n", "[1:1  a |1:5  b ]" },
		{ "=1+2,@x,+1,-1\n", "[1:1 =1+2|1:6 @x|1:9 +1|1:12 -1]" },
	};
	(void)state;
	for (size_t i = 0; i < N(rows); i++, again())
		if (strcmp(rows_of(rows[i].text, strlen(rows[i].text)), rows[i].rows) != 0)
			fail_msg("%s\ngives %s", rows[i].text, rows_of(rows[i].text, strlen(rows[i].text)));
}

static void test_csv__what_is_not_csv_is_found_at_its_place_and_ends_the_reading(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		const char *rows;
	} rows[] = {
		{ "a,b\nc\"d,e\nf\n", 0, "[1:1 a|1:3 b]!2:2 a quote can only begin a cell" },
		{ "园区,\"b\"c\n", 0, "!1:7 only a comma or the end of the row" },
		{ "a\nb,\"open\nto the end", 0, "[1:1 a]!2:3 this quote is never closed" },
		{ "a,\"b\" ,c\n", 0, "!1:6 only a comma" },
		{ "a\nb\0c\n", 6, "!2:2 there is a control character, 0x00" },
		{ "a\rb\n", 0, "!1:2 there is a control character, 0x0D" },
		{ "a,\xe2\x80\xae" "b\n", 0, "!1:3 there is a control character, 0xE2" },
		{ "caf\xe9,\xff\xff\n", 0, "!1:4 the file is neither UTF-8 nor GBK (0xE9)" },
		{ "\xff\xfe" "a\0,\0b\0", 8, "!1:1 the file is neither UTF-8 nor GBK (0xFF)" },
	};
	(void)state;
	for (size_t i = 0; i < N(rows); i++, again()) {
		const char *got = rows_of(rows[i].text, rows[i].len ? rows[i].len : strlen(rows[i].text));
		if (strncmp(got, rows[i].rows, strlen(rows[i].rows)) != 0 || findings.n_errors != 1 || !findings.first->text[LT_ZH][0])
			fail_msg("%s\ngives %s", rows[i].text, got);
	}
}

static void test_csv__gbk_is_converted_and_places_count_its_characters(void **state)
{
	/* 条款,结论 / 4.1.1,符合 */
	static const char gbk[] = "\xcc\xf5\xbf\xee,\xbd\xe1\xc2\xdb\r\n4.1.1,\xb7\xfb\xba\xcf\r\n";
	(void)state;
	assert_string_equal(rows_of(gbk, sizeof(gbk) - 1), "[1:1 条款|1:4 结论][2:1 4.1.1|2:7 符合]");
	again();
	/* half in one encoding, half in the other: no conversion can be right */
	static const char mixed[] = "a,b\nx,\xe5\x9b\xad,\xb7\xfb\n";
	assert_string_equal(rows_of(mixed, sizeof(mixed) - 1), "!2:4 what stands here is no character of GBK (0xAD); save the file as CSV UTF-8");
}

static char *repeat(const char *what, size_t times)
{
	const size_t len = strlen(what);
	char *text = malloc(len * times + 1);
	assert_non_null(text);
	for (size_t i = 0; i < times; i++)
		memcpy(text + i * len, what, len);
	text[len * times] = 0;
	return text;
}

static void expect_limit(const char *piece, size_t times, bool good, const char *words)
{
	char *text = repeat(piece, times);
	const struct yaml_source source = source_of(text, strlen(text));
	struct csv csv;
	assert_int_equal(csv_open(&csv, &source, &arena, &findings, &err), LT_OK);
	while (csv_next(&csv))
		;
	if (good != !findings.n_errors || (!good && !strstr(findings.first->text[LT_EN], words)))
		fail_msg("%zu of them: %s", times, findings.first ? findings.first->text[LT_EN] : "nothing found");
	free(text);
	again();
}

static void test_csv__limits_hold_to_the_last_one(void **state)
{
	(void)state;
	expect_limit(",", CSV_MAX_COLUMNS - 1, true, "");
	expect_limit(",", CSV_MAX_COLUMNS, false, "more than 200 cells");
	expect_limit("a\n", CSV_MAX_ROWS, true, "");
	expect_limit("a\n", CSV_MAX_ROWS + 1, false, "more than 100000 rows");
	expect_limit("aaaaaaaaaaaaaaaa", CSV_MAX_ROW_BYTES / 16 + 1, false, "longer than 1024 KiB");
	expect_limit("aaaaaaaaaaaaaaa\n", CSV_MAX_BYTES / 16 + 1, false, "larger than 16 MiB");
}

/* ---- sheets ---- */

static struct sheet *sheet_of(const char *text, bool is_workbook)
{
	const struct yaml_source source = source_of(text, strlen(text));
	struct sheet *sheet;
	enum lt_status status = sheet_from_rows(&source, is_workbook, &arena, &findings, &sheet, &err);
	assert_int_equal(status == LT_OK, sheet != NULL);
	assert_int_equal(status == LT_OK, findings.n_errors == 0);
	return sheet;
}

static struct sheet *good_sheet(const char *text, bool is_workbook)
{
	struct sheet *sheet = sheet_of(text, is_workbook);
	if (!sheet)
		fail_msg("%s\n%u:%u %s", text, findings.first->line, findings.first->column, findings.first->text[LT_EN]);
	return sheet;
}

static void same(const char *got, const char *expected)
{
	if (expected ? !got || strcmp(got, expected) != 0 : got != NULL)
		fail_msg("%s, expected %s", got ? got : "nothing", expected ? expected : "nothing");
}

static void test_csv__tables_become_the_lists_of_a_sheet(void **state)
{
	(void)state;
	const struct sheet *sheet = good_sheet("#rung,evaluator\n#assessment,t-x/operation/2025\n#park,示例园区\n#park_type,production\n"
					       "#place,north\n#note,\"两行\n说明\"\n"
					       "item,result,points,na,reason,tier,checks,remark,evidence,locator\n"
					       "4.1.1,met,,,,,,\"分区, 符合\",单.pdf,第2页\n"
					       "4.2.1,,8.5,,,,,,,\n"
					       "4.1.3,,,other,理由,,,,,\n"
					       "4.3.1,,,,,t2,,,,\n"
					       "4.3.2,,,,,,\"a, b、c；d\",,,\n"
					       "#sheet 指标\n"
					       "id,year,value,unit,na,reason,source\n"
					       "energy.share,2025,23.4,%,,,表3\n"
					       "#sheet,清单\n"
					       "id,year,kind,scope,system,source,activity,unit,factor,factor_value,factor_unit,note\n"
					       "l1,2025,emission,2,energy,电,12000000,kWh,grid,,,\n"
					       "l2,2025,,1,,气,5,t,,2.5,tCO2/t,出处\n",
					       false);
	same(sheet->rung, "evaluator");
	same(sheet->standard, "t-x");
	same(sheet->stage, "operation");
	same(sheet->year, "2025");
	same(sheet->park, "示例园区");
	same(sheet->park_type, "production");
	same(sheet->place, "north");
	same(sheet->note, "两行\n说明");
	assert_int_equal(sheet->n_answers, 5);
	same(sheet->answers[0].item, "4.1.1");
	same(sheet->answers[0].result, "met");
	same(sheet->answers[0].points, NULL);
	same(sheet->answers[0].remark, "分区, 符合");
	same(sheet->answers[0].evidence, "单.pdf");
	same(sheet->answers[0].locator, "第2页");
	same(sheet->answers[1].points, "8.5");
	same(sheet->answers[2].na, "other");
	same(sheet->answers[2].reason, "理由");
	same(sheet->answers[3].tier, "t2");
	assert_int_equal(sheet->answers[4].checks.n, 4);
	same(sheet->answers[4].checks.at[0], "a");
	same(sheet->answers[4].checks.at[3], "d");
	assert_int_equal(sheet->n_quantities, 1);
	same(sheet->quantities[0].id, "energy.share");
	same(sheet->quantities[0].value, "23.4");
	same(sheet->quantities[0].unit, "%");
	same(sheet->quantities[0].year, "2025");
	same(sheet->quantities[0].source, "表3");
	assert_int_equal(sheet->n_inventory, 2);
	same(sheet->inventory[0].activity, "12000000");
	same(sheet->inventory[0].factor, "grid");
	same(sheet->inventory[0].source, "电");
	same(sheet->inventory[1].kind, NULL);
	same(sheet->inventory[1].factor_value, "2.5");
	same(sheet->inventory[1].note, "出处");
	/* later findings know where an entry stands */
	unsigned line, column;
	yaml_positions_find(&sheet->positions, "answers[1].points", &line, &column);
	assert_int_equal(line, 10);
	assert_int_equal(column, 8);
	yaml_positions_find(&sheet->positions, "inventory[1]", &line, &column);
	assert_int_equal(line, 20);
	yaml_positions_find(&sheet->positions, "assessment", &line, &column);
	assert_int_equal(line, 2);
	assert_int_equal(column, 13);
}

static void test_csv__chinese_titles_and_words_mean_the_same(void **state)
{
	(void)state;
	const struct sheet *sheet = good_sheet("某园区自评表,,,\n填表：甲,,日期：乙,\n#层级,自评,,\n#评价,t-x/operation/2025,,\n"
					       "序号,条款*,条款名称,结论（必填）,得分,不适用原因,备注/remark\n"
					       "1,4.1.1,甲,符合,,,好\n"
					       "2, 4.1.2 ,乙,不符合,,,\n"
					       "3,4.1.3,丙,不适用,,no_boiler,\n"
					       "4,4.1.4,丁,是,,,\n"
					       "5,4.1.5,戊,,7.5,,\n"
					       "6,4.1.6,己,,,,\n"
					       ",,,,,,\n"
					       "#sheet 指标\n"
					       "指标,年份,数值,单位,来源\n"
					       "share,2025年,23.4%,,表\n"
					       "share2,2025,5％,%,表\n"
					       "#sheet 清单\n"
					       "编号,年份,类别,范围,排放源,活动量,单位,排放因子\n"
					       "a,2025,排放,范围一,锅炉,1,t,f\n"
					       "b,2025,碳吸收,,林,1,t,f\n",
					       false);
	same(sheet->rung, "self");
	assert_int_equal(sheet->n_answers, 5); /* the one that nobody filled in is left out */
	same(sheet->answers[0].result, "met");
	same(sheet->answers[0].remark, "好");
	same(sheet->answers[1].item, "4.1.2");
	same(sheet->answers[1].result, "not-met");
	same(sheet->answers[2].result, NULL);
	same(sheet->answers[2].na, "no_boiler");
	same(sheet->answers[3].result, "yes");
	same(sheet->answers[4].points, "7.5");
	same(sheet->quantities[0].year, "2025");
	same(sheet->quantities[0].value, "23.4");
	same(sheet->quantities[0].unit, "%");
	same(sheet->quantities[1].value, "5");
	same(sheet->inventory[0].scope, "1");
	same(sheet->inventory[0].kind, "emission");
	same(sheet->inventory[1].kind, "absorption");
	assert_int_equal(findings.n_warnings, 0);
}

static void test_csv__what_looks_like_a_formula_is_text(void **state)
{
	(void)state;
	const struct sheet *sheet = good_sheet(HEAD "item,result,remark,evidence\n4.1.1,met,=HYPERLINK(1),\n"
						    "4.1.2,met,\"=cmd|' /C calc'!A0\",@SUM(A1)\n4.1.3,met,+86 10,-1-1\n",
					       false);
	same(sheet->answers[0].remark, "=HYPERLINK(1)");
	same(sheet->answers[1].remark, "=cmd|' /C calc'!A0");
	same(sheet->answers[1].evidence, "@SUM(A1)");
	same(sheet->answers[2].remark, "+86 10");
	same(sheet->answers[2].evidence, "-1-1");
}

/* "line:column words;" of each finding, in order; words must occur in the English text. */
struct wrong {
	const char *text;
	bool is_workbook;
	const char *expected[6];
};

static void expect_findings(const struct wrong *rows, size_t n)
{
	for (size_t i = 0; i < n; i++, again()) {
		size_t k = 0;
		sheet_of(rows[i].text, rows[i].is_workbook);
		for (const struct lt_finding *at = findings.first; at; at = at->next, k++) {
			char place[40];
			const char *expected = k < 6 && rows[i].expected[k] ? rows[i].expected[k] : "";
			const int len = snprintf(place, sizeof(place), "%u:%u ", at->line, at->column);
			if (strncmp(expected, place, (size_t)len) != 0 || !strstr(at->text[LT_EN], expected + len) || !at->text[LT_ZH][0] ||
			    !at->file || strcmp(at->file, "s.csv") != 0)
				fail_msg("%s\n%s%s, expected %s", rows[i].text, place, at->text[LT_EN], expected);
		}
		if (k < 6 && rows[i].expected[k])
			fail_msg("%s\nnot found: %s", rows[i].text, rows[i].expected[k]);
	}
}

static void test_csv__what_is_wrong_in_a_table_is_found_at_its_cell(void **state)
{
	static const struct wrong rows[] = {
		{ "", false, { "0:0 the file is empty" } },
		{ "item,result\n4.1.1,met\n", false, { "1:1 does not say what is assessed" } },
		{ HEAD "itm,result\n4.1.1,met\n", false, { "2:1 there is no header" } },
		{ HEAD "item;result\n4.1.1;met\n", false, { "2:1 there is no header" } },
		{ HEAD "#rang,self\nitem,result\n", false, { "2:1 there is no row '#rang'" } },
		{ HEAD "#answers,x\nitem,result\n", false, { "2:1 there is no row '#answers'" } },
		{ HEAD HEAD "item,result\n", false, { "2:1 #assessment stands here twice" } },
		{ "#assessment\nitem,result\n", false, { "1:1 nothing stands after #assessment" } },
		{ "#assessment,t-x/o/25\nitem,result\n", false, { "1:13 '25' is not a year" } },
		{ HEAD "item,result,result\n4,met,met\n", false, { "2:13 there are two columns result" } },
		{ HEAD "item,结论,result\n4,met,met\n", false, { "2:9 there are two columns result" } },
		{ HEAD "item,result,reslt\n4.1.1,met,x\n", false, { "2:13 the column 'reslt' is not one of ours" } },
		{ HEAD "activity,factor\n1,f\n", false, { "2:1 the column unit is missing" } },
		{ HEAD "source,activity,unit,factor\na,1,t,f\nb,,t,f\nc,,,\nd,2,,f\n", false, { "6:1 activity 2 has no unit" } },
		{ HEAD "item,points\n4.1.1,8;5\n4.1.2,1e3\n4.1.3,\"1,234\"\n,5\n", false,
		  { "3:7 '8;5' is not a number", "4:7 '1e3' is not a number", "5:7 '1,234' is not a number", "6:1 this row lacks item" } },
		{ HEAD "item,points\n4.1.1,23%\n", false, { "3:7 '23%' is not a number" } },
		{ HEAD "item,points\n园：区,1\n", false, { "3:1 '园：区' is no id" } },
		{ HEAD "item,result\n4.1.1,met,extra\n", false, { "3:11 no column is named above 'extra'" } },
		{ HEAD "item,result\n4.1.1,不适用\n", false, { "3:7 item 4.1.1 is not applicable: write why" } },
		{ HEAD "item,result,points\n4.1.1,met,3\n", false, { "3:1 only one of result" } },
		{ HEAD "item,result\n4.1.1,met\n4.1.1,met\n", false, { "4:1 item 4.1.1 is answered twice" } },
		{ HEAD "item,evidence\n4.1.1,\"a\nb\"\n", false, { "3:7 one line only" } },
		{ HEAD "item,checks\n4.1.1,a 乙\n", false, { "3:7 '乙' is no id" } },
		{ HEAD "id,value,unit\nq,5%,kWh\n", false, { "3:3 written with %, but its unit is 'kWh'" } },
		{ HEAD "id,value,year\nq,1,25\n", false, { "3:5 '25' is not a year" } },
		{ HEAD "id,value,year\nq,1,2025\nq,2,2024\nq,3,\nq,4,2024\n", false, { "6:1 q is given twice for one year" } },
		{ HEAD "id,value\nq,1\nq,2\n", false, { "4:1 q is given twice for one year" } },
		{ HEAD "id,value,na\nq,1,x\n", false, { "3:1 value or na, not both" } },
		{ HEAD "activity,unit,factor\n-1,t,f\n1,t,\n", false, { "3:1 it cannot be negative", "4:1 name a factor" } },
		{ HEAD "id,activity,unit,factor\nx,-1,t,f\n", false, { "3:1 it cannot be negative" } },
		/* a quote that is never closed ends it all, and that alone is told */
		{ HEAD "item,result\n4.1.1,\"met\n4.1.2,met\n", false, { "3:7 this quote is never closed" } },
		/* parts without a header of ours are passed over, with a warning, where another has one */
		{ HEAD "item,result\n4.1.1,met\n#sheet 说明\n填表说明\n一,二\n", false, { "6:1 '说明' has no header" } },
		{ "#sheet A\n" HEAD "#sheet B\n说明\n#sheet C\nx,y\n", false, { "4:1 'B' has no header", "6:1 there is no header" } },
		/* a workbook tells the sheet and the cell, and counts from its first row */
		{ "#sheet 首页\n" HEAD "#sheet 答案\n,,\n条款,得分,备注\n4.1.1,1,\n4.1.2,x,\n", true, { "4:2 'x' is not a number; write it like 12.5, without commas, exponents or leading zeros (sheet '答案', cell B4)" } },
	};
	(void)state;
	expect_findings(rows, N(rows));
}

static void test_csv__remarks_and_rows_of_the_eye_are_passed_over(void **state)
{
	(void)state;
	const struct sheet *sheet = good_sheet("# 一句注解\n#\n## 又一句\n" HEAD "\n\n自评表\n\n条款,名称,得分,满分\n,一、规划,,\n4.1.1,甲,3,10\n\n# 完\n", false);
	assert_int_equal(sheet->n_answers, 1);
	same(sheet->answers[0].points, "3");
	assert_int_equal(findings.n_warnings, 0);
}

/* A workbook's numbers are computed: a third has more places than our decimals. */
static void test_csv__computed_numbers_of_a_workbook_are_fitted_and_typed_ones_refused(void **state)
{
	static const struct {
		const char *value, *fitted;
	} rows[] = {
		{ "0.333333333333333", "0.333333333333" },
		{ "0.666666666666667", "0.666666666667" },
		{ "-0.666666666666667", "-0.666666666667" },
		{ "0.1234567890125", "0.123456789012" },
		{ "0.1234567890135", "0.123456789014" },
		{ "0.12345678901250001", "0.123456789013" },
		{ "0.999999999999999", "1" },
		{ "23.4", "23.4" },
		{ "0.0000001", "0.0000001" },
	};
	char text[200];
	(void)state;
	for (size_t i = 0; i < N(rows); i++, again()) {
		snprintf(text, sizeof(text), "#sheet A\n" HEAD "id,value\nq,%s\n", rows[i].value);
		same(good_sheet(text, true)->quantities[0].value, rows[i].fitted);
		if (strcmp(rows[i].value, rows[i].fitted) == 0)
			continue;
		again();
		assert_null(sheet_of(text, false));
		assert_non_null(strstr(findings.first->text[LT_EN], "more than 12 decimal places"));
	}
	/* fitting would leave next to nothing of it */
	assert_null(sheet_of("#sheet A\n" HEAD "id,value\nq,0.0000000123456789\n", true));
}

static void expect_too_many(const char *header, const char *row, unsigned most, const char *words)
{
	char *rows = repeat(row, most + 1);
	char *text = malloc(strlen(header) + strlen(rows) + 1);
	assert_non_null(text);
	strcpy(text, header);
	strcat(text, rows);
	assert_null(sheet_of(text, false));
	assert_int_equal(findings.n_errors, 1);
	if (!strstr(findings.first->text[LT_EN], words))
		fail_msg("%s", findings.first->text[LT_EN]);
	free(rows);
	free(text);
	again();
}

static void test_csv__too_many_entries_are_refused_before_they_are_compared(void **state)
{
	(void)state;
	expect_too_many(HEAD "item,result\n", "4.1.1,met\n", 5000, "answers has 5001 entries");
	expect_too_many(HEAD "id,value\n", "q,1\n", 5000, "quantities has 5001 entries");
	expect_too_many(HEAD "activity,unit,factor\n", "1,t,f\n", 20000, "inventory has 20001 entries");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_csv__rows_as_rfc_4180_has_them),
		TEST(test_csv__what_is_not_csv_is_found_at_its_place_and_ends_the_reading),
		TEST(test_csv__gbk_is_converted_and_places_count_its_characters),
		TEST(test_csv__limits_hold_to_the_last_one),
		TEST(test_csv__tables_become_the_lists_of_a_sheet),
		TEST(test_csv__chinese_titles_and_words_mean_the_same),
		TEST(test_csv__what_looks_like_a_formula_is_text),
		TEST(test_csv__what_is_wrong_in_a_table_is_found_at_its_cell),
		TEST(test_csv__remarks_and_rows_of_the_eye_are_passed_over),
		TEST(test_csv__computed_numbers_of_a_workbook_are_fitted_and_typed_ones_refused),
		TEST(test_csv__too_many_entries_are_refused_before_they_are_compared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
