/* Values and rows of a form: what is typed, what is kept, what is refused and how that is put. */
#include <stdlib.h>
#include "lingtan/base/text.h"
#include "lingtan/core/form.h"
#include "shipped.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))
#define LABEL { "面积", "Area" }

static struct form_choice states[] = { { "asked", { "已索取", "Asked" } }, { "received", { "已收到", "Received" } }, { "lost", { "丢失", "Lost" } } };

static struct form_field field_of(enum field_type type)
{
	return (struct form_field){ .id = "area",
				    .group = "boundary",
				    .member = "area_km2",
				    .label = LABEL,
				    .help = LABEL,
				    .type = type,
				    .choices = type == FIELD_CHOICE ? states : NULL,
				    .n_choices = type == FIELD_CHOICE ? 3 : 0 };
}

/* ---- what is typed, and what is kept ---- */

struct typed {
	enum field_type type;
	const char *typed, *kept;
};

static void keep(const struct typed *rows, size_t n, bool several)
{
	struct lt_arena arena;
	lt_arena_init(&arena, 0);
	for (size_t i = 0; i < n; i++) {
		struct form_field field = field_of(rows[i].type);
		field.several = several;
		const char *kept = form_normalise_value(&field, rows[i].typed, &arena);
		assert_non_null(kept);
		if (strcmp(kept, rows[i].kept) != 0)
			fail_msg("%s '%s': kept as '%s', expected '%s'", field_type_names[rows[i].type], rows[i].typed, kept, rows[i].kept);
		/* what is kept stays as it is */
		assert_string_equal(form_normalise_value(&field, kept, &arena), kept);
	}
	lt_arena_release(&arena);
}

static void test_form__full_width_characters_become_ascii(void **state)
{
	(void)state;
	static const struct typed rows[] = {
		{ FIELD_NUMBER, "３．２", "3.2" },
		{ FIELD_NUMBER, " 3。2　", "3.2" },
		{ FIELD_NUMBER, "－1２", "-12" },
		{ FIELD_NUMBER, "—12", "-12" },
		{ FIELD_NUMBER, "1，000", "1,000" }, /* left to be refused: it might be 1.000 */
		{ FIELD_NUMBER, "3.20", "3.20" },
		{ FIELD_INTEGER, "４６", "46" },
		{ FIELD_LONGITUDE, "１１３．２５", "113.25" },
		{ FIELD_YEAR, "２０２５年", "2025" },
		{ FIELD_YEAR, "2025 年", "2025" },
		{ FIELD_YEAR, "去年", "去年" },
		{ FIELD_PHONE, "（０１０）00000000转801", "(010)00000000-801" },
		{ FIELD_PHONE, "０１０－00000000", "010-00000000" },
		{ FIELD_EMAIL, "name＠example。com", "name@example.com" },
		{ FIELD_ID, " energy．share ", "energy.share" },
		{ FIELD_CREDIT_CODE, "12990000 example00b", "12990000EXAMPLE00B" },
		{ FIELD_DIGEST, "9F3A", "9f3a" },
	};
	keep(rows, N(rows), false);
}

static void test_form__words_of_people_stay_as_they_are(void **state)
{
	(void)state;
	static const struct typed rows[] = {
		{ FIELD_TEXT, "  示例园区（一期），３号 \t", "示例园区（一期），３号" },
		{ FIELD_TEXT, "　", "" },
		{ FIELD_WORDS, "\n 东至河\r\n南至路。\n\n", "东至河\n南至路。" },
		{ FIELD_TEXT, "\x80 broken \xff", "\x80 broken \xff" },
	};
	keep(rows, N(rows), false);
}

static void test_form__dates_as_they_stand_on_papers(void **state)
{
	(void)state;
	static const struct typed rows[] = {
		{ FIELD_DATE, "2026/3/1", "2026-03-01" },
		{ FIELD_DATE, "2026.3.1", "2026-03-01" },
		{ FIELD_DATE, "2026年3月1日", "2026-03-01" },
		{ FIELD_DATE, "2026 年 3 月 1 号", "2026-03-01" },
		{ FIELD_DATE, "２０２６／３／１", "2026-03-01" },
		{ FIELD_DATE, "2026。3。1", "2026-03-01" },
		{ FIELD_DATE, "20260301", "2026-03-01" },
		{ FIELD_DATE, "2026-03-01", "2026-03-01" },
		/* not a day: left as it was typed */
		{ FIELD_DATE, "2026/2/30", "2026/2/30" },
		{ FIELD_DATE, "2026/3", "2026/3" },
		{ FIELD_DATE, "26/3/1", "26/3/1" },
		{ FIELD_DATE, "2026/3/1 9:05", "2026/3/1 9:05" },
		{ FIELD_DATE, "3/1/2026", "3/1/2026" },
		{ FIELD_DATE, "202603011", "202603011" },
		{ FIELD_DATE, "2026/003/1", "2026/003/1" },
		{ FIELD_TIME, "2026/3/1 9：05", "2026-03-01T09:05" },
		{ FIELD_TIME, "2026年3月1日 14:05:09", "2026-03-01T14:05:09" },
		{ FIELD_TIME, "2026-03-01T14:05+08:00", "2026-03-01T14:05+08:00" },
		{ FIELD_TIME, "2026.3.1", "2026-03-01" },
		{ FIELD_TIME, "2026/3/1 noon", "2026/3/1 noon" },
	};
	keep(rows, N(rows), false);
}

static void test_form__choices_by_id_or_title(void **state)
{
	(void)state;
	static const struct typed one[] = {
		{ FIELD_CHOICE, "received", "received" }, { FIELD_CHOICE, " 已收到 ", "received" }, { FIELD_CHOICE, "Received", "received" },
		{ FIELD_CHOICE, "ＬＯＳＴ", "lost" },	  { FIELD_CHOICE, "没有", "没有" },	    { FIELD_CHOICE, "", "" },
		{ FIELD_YES_NO, "是", "yes" },		  { FIELD_YES_NO, "Ｎ", "no" },		    { FIELD_YES_NO, "也许", "也许" },
	};
	static const struct typed several[] = {
		{ FIELD_CHOICE, "lost,asked", "asked,lost" }, /* in the order of the form */
		{ FIELD_CHOICE, "丢失、已索取，丢失", "asked,lost" },
		{ FIELD_CHOICE, "lost；nobody; asked", "asked,lost,nobody" },
		{ FIELD_CHOICE, " ，", "" },
	};
	keep(one, N(one), false);
	keep(several, N(several), true);
}

static void test_form__long_input_is_not_worked_on(void **state)
{
	(void)state;
	enum { LONG = 200000 };
	char *text = malloc(LONG + 1);
	struct lt_arena arena;
	struct form_field field = field_of(FIELD_CHOICE);
	assert_non_null(text);
	for (int i = 0; i < LONG; i++)
		text[i] = i % 2 ? ',' : 'a';
	text[LONG] = '\0';
	field.several = 1;
	lt_arena_init(&arena, 8 << 20);
	const char *kept = form_normalise_value(&field, text, &arena);
	assert_non_null(kept);
	struct lt_err err = LT_ERR_INIT;
	assert_int_equal(form_check_value(&field, kept, &err), LT_EDATA);
	assert_non_null(strstr(err.text[LT_EN], "200000 bytes"));
	lt_arena_release(&arena);
	free(text);
}

/* ---- what is refused ---- */

struct checked {
	enum field_type type;
	const char *text;
	enum lt_status status;
	const char *words; /* of the English sentence */
};

static void check(const struct checked *rows, size_t n, const struct form_field *base)
{
	for (size_t i = 0; i < n; i++) {
		struct form_field field = field_of(rows[i].type);
		struct lt_err err = LT_ERR_INIT;
		if (base) {
			field.min = base->min;
			field.max = base->max;
			field.unit = base->unit;
			field.several = base->several;
		}
		const enum lt_status status = form_check_value(&field, rows[i].text, &err);
		if (status != rows[i].status || err.status != status)
			fail_msg("%s '%s': status %d: %s", field_type_names[rows[i].type], rows[i].text, (int)status, err.text[LT_EN]);
		if (!status)
			continue;
		/* it names the field, says what is wrong and what cures it, in both languages */
		if (strncmp(err.text[LT_EN], "Area: ", 6) != 0 || strncmp(err.text[LT_ZH], "面积：", 9) != 0 ||
		    !strstr(err.text[LT_EN], rows[i].words) || !strpbrk(err.text[LT_EN] + 6, ";:") || !strstr(err.text[LT_ZH], "；"))
			fail_msg("%s '%s': %s / %s", field_type_names[rows[i].type], rows[i].text, err.text[LT_EN], err.text[LT_ZH]);
	}
}

static void test_form__numbers(void **state)
{
	(void)state;
	static const struct checked rows[] = {
		{ FIELD_NUMBER, "", LT_OK, NULL },
		{ FIELD_NUMBER, "0", LT_OK, NULL },
		{ FIELD_NUMBER, "-3.25", LT_OK, NULL },
		{ FIELD_NUMBER, "1,000", LT_EDATA, "without commas" },
		{ FIELD_NUMBER, "3.2 km2", LT_EDATA, "unit" },
		{ FIELD_NUMBER, ".5", LT_EDATA, "'.5' is not a number" },
		{ FIELD_NUMBER, "012", LT_EDATA, "leading zeros" },
		{ FIELD_NUMBER, "1e3", LT_EDATA, "exponent" },
		{ FIELD_NUMBER, "nan", LT_EDATA, "not a number" },
		{ FIELD_NUMBER, "0.1234567890123", LT_EDATA, "12 decimal places" },
		{ FIELD_NUMBER, "1000000000000000000000000000", LT_EDATA, "too large" },
		{ FIELD_INTEGER, "46", LT_OK, NULL },
		{ FIELD_INTEGER, "46.0", LT_EDATA, "whole number" },
		{ FIELD_YEAR, "2025", LT_OK, NULL },
		{ FIELD_YEAR, "25", LT_EDATA, "like 2025" },
		{ FIELD_YEAR, "0025", LT_EDATA, "like 2025" },
		{ FIELD_LONGITUDE, "180", LT_OK, NULL },
		{ FIELD_LONGITUDE, "-180", LT_OK, NULL },
		{ FIELD_LONGITUDE, "180.000000000001", LT_EDATA, "between -180 and 180" },
		{ FIELD_LATITUDE, "90", LT_OK, NULL },
		{ FIELD_LATITUDE, "113.25", LT_EDATA, "between -90 and 90" }, /* put in the wrong way round */
		{ FIELD_LATITUDE, "23°9'", LT_EDATA, "not a number" },
	};
	check(rows, N(rows), NULL);
}

static void test_form__ranges_hold_both_ends(void **state)
{
	(void)state;
	static const struct form_field both = { .min = "0.5", .max = "100", .unit = "km2" }, least = { .min = "0" }, most = { .max = "7", .unit = "ha" },
				       years = { .min = "1990", .max = "2100" };
	static const struct checked in_both[] = {
		{ FIELD_NUMBER, "0.5", LT_OK, NULL },
		{ FIELD_NUMBER, "100", LT_OK, NULL },
		{ FIELD_NUMBER, "0.499999999999", LT_EDATA, "0.499999999999 is not between 0.5 and 100 km2" },
		{ FIELD_NUMBER, "100.000000000001", LT_EDATA, "between 0.5 and 100 km2" },
	};
	static const struct checked in_least[] = { { FIELD_NUMBER, "0", LT_OK, NULL }, { FIELD_NUMBER, "-0.1", LT_EDATA, "-0.1 is below 0;" } };
	static const struct checked in_most[] = { { FIELD_INTEGER, "7", LT_OK, NULL }, { FIELD_INTEGER, "8", LT_EDATA, "8 is above 7 ha;" } };
	static const struct checked in_years[] = { { FIELD_YEAR, "1990", LT_OK, NULL }, { FIELD_YEAR, "1989", LT_EDATA, "between 1990 and 2100" } };
	check(in_both, N(in_both), &both);
	check(in_least, N(in_least), &least);
	check(in_most, N(in_most), &most);
	check(in_years, N(in_years), &years);
}

static void test_form__other_types(void **state)
{
	(void)state;
	static const struct checked rows[] = {
		{ FIELD_TEXT, "园区 (a), b", LT_OK, NULL },
		{ FIELD_TEXT, "two\nlines", LT_EDATA, "one line only" },
		{ FIELD_WORDS, "two\nlines\tand a tab", LT_OK, NULL },
		{ FIELD_TEXT, "\x1b[31m", LT_EDATA, "control character" },
		{ FIELD_WORDS, "a\xe2\x80\xae" "b", LT_EDATA, "control character" }, /* bidi */
		{ FIELD_TEXT, "\xff", LT_EDATA, "UTF-8" },
		{ FIELD_DATE, "2026-03-01", LT_OK, NULL },
		{ FIELD_DATE, "2026-02-30", LT_EDATA, "no such day" },
		{ FIELD_DATE, "2026-3-1", LT_EDATA, "like 2026-03-01" },
		{ FIELD_TIME, "2026-03-01", LT_OK, NULL },
		{ FIELD_TIME, "2026-03-01T00:00", LT_OK, NULL },
		{ FIELD_TIME, "2026-03-01T23:59:59", LT_OK, NULL },
		{ FIELD_TIME, "2026-03-01T14:05Z", LT_OK, NULL },
		{ FIELD_TIME, "2026-03-01T14:05:09-03:30", LT_OK, NULL },
		{ FIELD_TIME, "2026-03-01T24:00", LT_EDATA, "is not a time" },
		{ FIELD_TIME, "2026-03-01T14:60", LT_EDATA, "is not a time" },
		{ FIELD_TIME, "2026-03-01T14", LT_EDATA, "is not a time" },
		{ FIELD_TIME, "2026-03-01T14:05+8", LT_EDATA, "is not a time" },
		{ FIELD_TIME, "2026-02-30T14:05", LT_EDATA, "is not a time" },
		{ FIELD_TIME, "2026", LT_EDATA, "is not a time" },
		{ FIELD_CHOICE, "lost", LT_OK, NULL },
		{ FIELD_CHOICE, "gone", LT_EDATA, "asked (Asked), received (Received), lost (Lost)" },
		{ FIELD_CHOICE, "asked,lost", LT_EDATA, "'asked,lost'" },
		{ FIELD_YES_NO, "yes", LT_OK, NULL },
		{ FIELD_YES_NO, "maybe", LT_EDATA, "yes or no" },
		{ FIELD_PHONE, "13800000000", LT_OK, NULL },
		{ FIELD_PHONE, "+86 (010) 00000000-801", LT_OK, NULL },
		{ FIELD_PHONE, "95598", LT_OK, NULL },
		{ FIELD_PHONE, "110", LT_EDATA, "telephone" },
		{ FIELD_PHONE, "010-00000000/13800000000", LT_EDATA, "give one" },
		{ FIELD_PHONE, "010+00000000", LT_EDATA, "telephone" },
		{ FIELD_PHONE, "周工", LT_EDATA, "telephone" },
		{ FIELD_EMAIL, "a.b-c+d@example.com", LT_OK, NULL },
		{ FIELD_EMAIL, "a@b", LT_EDATA, "e-mail" },
		{ FIELD_EMAIL, "@example.com", LT_EDATA, "e-mail" },
		{ FIELD_EMAIL, "a@@example.com", LT_EDATA, "e-mail" },
		{ FIELD_EMAIL, "a@.com", LT_EDATA, "e-mail" },
		{ FIELD_EMAIL, "a@example.", LT_EDATA, "e-mail" },
		{ FIELD_EMAIL, "a@b.com;c@d.com", LT_EDATA, "give one" },
		{ FIELD_EMAIL, "周@example.com", LT_EDATA, "e-mail" },
		{ FIELD_ID, "energy.share_2-a", LT_OK, NULL },
		{ FIELD_ID, "能源", LT_EDATA, "letters, digits" },
		{ FIELD_DIGEST, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", LT_OK, NULL },
		{ FIELD_DIGEST, "0123456789abcdef", LT_EDATA, "64" },
		{ FIELD_DIGEST, "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", LT_EDATA, "64" },
	};
	check(rows, N(rows), NULL);
	static const struct form_field several = { .several = 1 };
	static const struct checked choices[] = {
		{ FIELD_CHOICE, "asked,lost", LT_OK, NULL },
		{ FIELD_CHOICE, "asked,gone", LT_EDATA, "'gone'" },
		{ FIELD_CHOICE, "asked,", LT_EDATA, "''" },
	};
	check(choices, N(choices), &several);
}

static void test_form__a_long_value_does_not_hide_the_cure(void **state)
{
	(void)state;
	char text[900];
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	for (int type = 0; type < N_FIELD_TYPES; type++) {
		struct form_field field = field_of((enum field_type)type);
		struct lt_err err = LT_ERR_INIT;
		if (type == FIELD_TEXT || type == FIELD_WORDS)
			continue;
		assert_int_equal(form_check_value(&field, text, &err), LT_EDATA);
		for (int lang = 0; lang < LT_N_LANGS; lang++)
			assert_true(strlen(err.text[lang]) < 300);
	}
}

static void test_form__what_is_too_long_is_refused(void **state)
{
	(void)state;
	static const struct {
		enum field_type type;
		size_t most;
	} rows[] = { { FIELD_TEXT, 4000 }, { FIELD_WORDS, 20000 } };
	for (size_t i = 0; i < N(rows); i++) {
		const struct form_field field = field_of(rows[i].type);
		struct lt_err err = LT_ERR_INIT;
		char *text = malloc(rows[i].most + 2);
		memset(text, 'x', rows[i].most + 1);
		text[rows[i].most + 1] = '\0';
		assert_int_equal(form_check_value(&field, text, &err), LT_EDATA);
		assert_non_null(strstr(err.text[LT_EN], "shorter"));
		text[rows[i].most] = '\0';
		err = (struct lt_err)LT_ERR_INIT;
		assert_int_equal(form_check_value(&field, text, &err), LT_OK);
		free(text);
	}
}

/* ---- credit codes; none of these belongs to anyone ---- */

static void test_form__credit_code_check_digit(void **state)
{
	(void)state;
	/* digits computed by hand and by another program: 31 - sum of value x 3^i mod 31 */
	static const char *const codes[] = { "12990000EXAMPLE00B", "12990000EXAMPLE01E", "99990000000000000C", "91990000MA00000008" };
	const struct form_field field = field_of(FIELD_CREDIT_CODE);
	for (size_t i = 0; i < N(codes); i++) {
		struct lt_err err = LT_ERR_INIT;
		assert_int_equal(credit_code_check_digit(codes[i]), codes[i][17]);
		assert_int_equal(form_check_value(&field, codes[i], &err), LT_OK);
	}
	assert_int_equal(credit_code_check_digit("12990000"), 0);
	assert_int_equal(credit_code_check_digit("12990000EXAMPLEO0"), 0);
}

/* Every slip of one character, and every swap of neighbours, is doubted; none is refused. */
static void test_form__credit_code_slips_are_doubted(void **state)
{
	(void)state;
	static const char all[] = "0123456789ABCDEFGHJKLMNPQRTUWXY", good[] = "12990000EXAMPLE00B";
	const struct form_field field = field_of(FIELD_CREDIT_CODE);
	for (int at = 0; at < 18; at++)
		for (const char *other = all; *other; other++) {
			char code[19];
			struct lt_err err = LT_ERR_INIT;
			strcpy(code, good);
			code[at] = *other;
			const enum lt_status expected = *other == good[at] ? LT_OK : LT_NO;
			if (form_check_value(&field, code, &err) != expected)
				fail_msg("%s: not %d", code, (int)expected);
		}
	for (int at = 0; at < 17; at++) {
		char code[19];
		struct lt_err err = LT_ERR_INIT;
		strcpy(code, good);
		code[at] = good[at + 1];
		code[at + 1] = good[at];
		if (strcmp(code, good) != 0 && form_check_value(&field, code, &err) != LT_NO)
			fail_msg("%s: the swap is not seen", code);
	}
	static const struct checked rows[] = {
		{ FIELD_CREDIT_CODE, "12990000EXAMPLE00C", LT_NO, "its check digit should be B" },
		{ FIELD_CREDIT_CODE, "12990000EXAMPLE00", LT_EDATA, "17 characters" },
		{ FIELD_CREDIT_CODE, "12990000EXAMPLE00B1", LT_EDATA, "19 characters" },
		{ FIELD_CREDIT_CODE, "12990000EXAMPLEO0B", LT_EDATA, "no 'O' in" },
		{ FIELD_CREDIT_CODE, "12990000示例000000B", LT_EDATA, "no '示' in" },
	};
	check(rows, N(rows), NULL);
}

/* ---- rows ---- */

enum { NAME, PART, OTHER, AREA, EAST, NORTH, VALUE, REASON, UNIT, YEAR, N_FIELDS };

static struct form_field fields[N_FIELDS] = {
	[NAME] = { .id = "name", .group = "identity", .member = "name", .label = { "名称", "Name" }, .type = FIELD_TEXT, .required = 1 },
	[PART] = { .id = "part", .group = "land", .member = "part", .label = { "一部分", "Part" }, .type = FIELD_NUMBER, .unit = "ha", .min = "0" },
	[OTHER] = { .id = "other", .group = "land", .member = "other", .label = { "其他", "Other" }, .type = FIELD_NUMBER, .unit = "ha", .min = "0" },
	[AREA] = { .id = "area", .group = "boundary", .member = "area_km2", .label = { "总面积", "Area" }, .type = FIELD_NUMBER, .unit = "km2" },
	[EAST] = { .id = "east", .group = "place", .member = "east", .label = { "经度", "Longitude" }, .type = FIELD_LONGITUDE },
	[NORTH] = { .id = "north", .group = "place", .member = "north", .label = { "纬度", "Latitude" }, .type = FIELD_LATITUDE },
	[VALUE] = { .id = "value", .group = "value", .member = "value", .label = { "数值", "Value" }, .type = FIELD_NUMBER },
	[REASON] = { .id = "na", .group = "value", .member = "na", .label = { "理由", "Reason" }, .type = FIELD_TEXT },
	[UNIT] = { .id = "unit", .group = "value", .member = "unit", .label = { "单位", "Unit" }, .type = FIELD_TEXT, .offer = OFFER_UNITS },
	[YEAR] = { .id = "year", .key = "year", .label = { "年度", "Year" }, .type = FIELD_YEAR },
};
static const char *of_land[] = { "part", "other" }, *of_place[] = { "east", "north" }, *of_value[] = { "value", "na" };
static struct form_rule rules[] = {
	{ .kind = RULE_SUM_AT_MOST, .fields = { of_land, 2 }, .of = "area", .title = { "各类用地", "Land" } },
	{ .kind = RULE_TOGETHER, .fields = { of_place, 2 } },
	{ .kind = RULE_ONE_OF, .fields = { of_value, 2 } },
};
static const struct form form = { .id = "f", .table = "t", .fields = fields, .n_fields = N_FIELDS, .rules = rules, .n_rules = N(rules) };

/* A row that is in order but for one value, and its one finding: "warning area: words"; "" = none. */
struct changed {
	int field;
	const char *value;
	const char *expected;
};

static void look(int field, const char *value, const char *expected)
{
	static const char *const good[N_FIELDS] = {
		[NAME] = "示例", [PART] = "300", [OTHER] = "20", [AREA] = "3.2", [EAST] = "113.25", [NORTH] = "23.15", [VALUE] = "23.4", [UNIT] = "%", [YEAR] = "2025",
	};
	const char *values[N_FIELDS];
	struct lt_arena arena;
	struct lt_findings findings;
	char got[600] = "";
	memcpy(values, good, sizeof(values));
	values[field] = value;
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	form_check_row(&form, units, values, &findings);
	for (const struct lt_finding *at = findings.first; at; at = at->next) {
		const size_t used = strlen(got);
		snprintf(got + used, sizeof(got) - used, "%s%s %s: %s", used ? "\n" : "", lt_severity_name(at->severity, LT_EN), at->path, at->text[LT_EN]);
		assert_true(at->text[LT_ZH][0] != 0 && !strstr(at->text[LT_ZH], "%"));
	}
	if (expected[0] ? !strstr(got, expected) || findings.n_kept != 1 : got[0] != '\0')
		fail_msg("%s = '%s': expected '%s', got '%s'", fields[field].id, value ? value : "NULL", expected, got);
	lt_arena_release(&arena);
}

static void test_form__one_thing_wrong_in_a_row(void **state)
{
	(void)state;
	static const struct changed rows[] = {
		{ NAME, "别的", "" },
		{ NAME, NULL, "error name: Name: it is needed; fill it in" },
		{ NAME, "", "error name: Name: it is needed" },
		{ YEAR, "", "error year: Year: it is needed" }, /* a part of the key always is */
		{ YEAR, "25", "error year: Year: '25' is not a year" },
		{ AREA, "", "" },
		/* 320 ha are all of 3.2 km2, and not more */
		{ OTHER, "20.000000000001", "warning area: Land: 320.000000000001 ha in all, more than Area (320 ha); look at" },
		{ PART, "", "" },
		{ AREA, "3.199999999999", "warning area: Land: 320 ha in all, more than Area (319.9999999999 ha)" },
		{ AREA, "much", "error area: Area: 'much' is not a number" }, /* and the sum says nothing */
		{ EAST, "", "warning east: Longitude, Latitude: they belong together; fill in the rest" },
		{ NORTH, NULL, "warning north: Longitude, Latitude" },
		{ VALUE, "", "error value: Value, Reason: one of them is needed; fill it in" },
		{ REASON, "没有锅炉", "error value: Value, Reason: only one of them" },
		{ UNIT, "kWh/m2", "" },
		{ UNIT, "", "" },
		{ UNIT, "zork", "error unit: Unit: there is no unit 'zork'; write it like kWh" },
	};
	for (size_t i = 0; i < N(rows); i++)
		look(rows[i].field, rows[i].value, rows[i].expected);
}

static void test_form__a_doubted_value_is_a_warning(void **state)
{
	(void)state;
	struct form_field field = field_of(FIELD_CREDIT_CODE);
	const struct form one = { .id = "f", .fields = &field, .n_fields = 1 };
	const char *values[] = { "12990000EXAMPLE00C" };
	struct lt_arena arena;
	struct lt_findings findings;
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	form_check_row(&one, units, values, &findings);
	assert_int_equal(findings.n_errors, 0);
	assert_int_equal(findings.n_warnings, 1);
	lt_arena_release(&arena);
}

static void test_form__an_empty_row_lacks_what_it_needs(void **state)
{
	(void)state;
	const char *values[N_FIELDS] = { NULL };
	struct lt_arena arena;
	struct lt_findings findings;
	unsigned filled;
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	form_check_row(&form, units, values, &findings);
	assert_int_equal(findings.n_errors, 3); /* name, year, value or reason */
	assert_int_equal(findings.n_warnings, 0);
	assert_int_equal(form_count_needed(&form, values, &filled), 2);
	assert_int_equal(filled, 0);
	values[YEAR] = "2025";
	assert_int_equal(form_count_needed(&form, values, &filled), 2);
	assert_int_equal(filled, 1);
	lt_arena_release(&arena);
}

static void test_form__a_field_goes_by_its_id_place_and_label(void **state)
{
	(void)state;
	assert_ptr_equal(form_find_field(&form, "area"), &fields[AREA]);
	assert_ptr_equal(form_find_field(&form, "boundary.area_km2"), &fields[AREA]);
	assert_ptr_equal(form_find_field(&form, "总面积"), &fields[AREA]);
	assert_ptr_equal(form_find_field(&form, "Area"), &fields[AREA]);
	assert_ptr_equal(form_find_field(&form, "year"), &fields[YEAR]);
	assert_null(form_find_field(&form, "boundary.area"));
	assert_null(form_find_field(&form, ""));
	assert_non_null(fields[YEAR].key);
	assert_null(fields[AREA].key);
	assert_string_equal(form_field_find_choice(&(struct form_field){ .choices = states, .n_choices = 3 }, "lost")->title.en, "Lost");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_form__full_width_characters_become_ascii),
		cmocka_unit_test(test_form__words_of_people_stay_as_they_are),
		cmocka_unit_test(test_form__dates_as_they_stand_on_papers),
		cmocka_unit_test(test_form__choices_by_id_or_title),
		cmocka_unit_test(test_form__long_input_is_not_worked_on),
		cmocka_unit_test(test_form__numbers),
		cmocka_unit_test(test_form__ranges_hold_both_ends),
		cmocka_unit_test(test_form__other_types),
		cmocka_unit_test(test_form__a_long_value_does_not_hide_the_cure),
		cmocka_unit_test(test_form__what_is_too_long_is_refused),
		cmocka_unit_test(test_form__credit_code_check_digit),
		cmocka_unit_test(test_form__credit_code_slips_are_doubted),
		cmocka_unit_test(test_form__one_thing_wrong_in_a_row),
		cmocka_unit_test(test_form__a_doubted_value_is_a_warning),
		cmocka_unit_test(test_form__an_empty_row_lacks_what_it_needs),
		cmocka_unit_test(test_form__a_field_goes_by_its_id_place_and_label),
	};
	return cmocka_run_group_tests(tests, open_library, close_library);
}
