/* Forms: finding, and checking one value. Rows are in form_row.c. */
#include "lingtan/core/form.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/base/date.h"
#include "lingtan/base/text.h"

const char *const field_type_names[] = { "text",   "words",       "number",    "integer",  "year",
					 "date",   "time",        "choice",    "yes_no",   "phone",
					 "email",  "credit_code", "longitude", "latitude", "id",
					 "digest", "clock",       NULL };
const char *const form_rule_names[] = { "sum_at_most", "one_of", "together", "sum_into", NULL };

const struct label field_type_titles[N_FIELD_TYPES] = {
	[FIELD_TEXT] = { "文字", "text" },
	[FIELD_WORDS] = { "文字，可多行", "text, may have lines" },
	[FIELD_NUMBER] = { "数", "number" },
	[FIELD_INTEGER] = { "整数", "whole number" },
	[FIELD_YEAR] = { "年份", "year" },
	[FIELD_DATE] = { "日期", "date" },
	[FIELD_TIME] = { "日期或时间", "date or time" },
	[FIELD_CHOICE] = { "选项", "choice" },
	[FIELD_YES_NO] = { "是或否", "yes or no" },
	[FIELD_PHONE] = { "电话", "telephone" },
	[FIELD_EMAIL] = { "电子邮箱", "e-mail" },
	[FIELD_CREDIT_CODE] = { "统一社会信用代码", "unified social credit code" },
	[FIELD_LONGITUDE] = { "经度（度）", "longitude, degrees" },
	[FIELD_LATITUDE] = { "纬度（度）", "latitude, degrees" },
	[FIELD_ID] = { "标识", "id" },
	[FIELD_DIGEST] = { "SHA-256 校验值", "SHA-256" },
	[FIELD_CLOCK] = { "时刻", "time of day" },
};

/* ---- finding ---- */

static bool is_place(const struct form_field *field, const char *name)
{
	const size_t len = field->group ? strlen(field->group) : 0;
	return len && field->member && strncmp(name, field->group, len) == 0 && name[len] == '.' &&
	       strcmp(name + len + 1, field->member) == 0;
}

const struct form_field *form_find_field(const struct form *form, const char *name)
{
	/* an id is never hidden by another field's label */
	for (unsigned i = 0; i < form->n_fields; i++)
		if (strcmp(form->fields[i].id, name) == 0)
			return &form->fields[i];
	for (unsigned i = 0; i < form->n_fields; i++) {
		const struct form_field *field = &form->fields[i];
		if (is_place(field, name) || strcmp(field->label.zh, name) == 0 ||
		    strcmp(field->label.en, name) == 0)
			return field;
	}
	return NULL;
}

const struct form_choice *form_field_find_choice(const struct form_field *field, const char *id)
{
	for (unsigned i = 0; i < field->n_choices; i++)
		if (strcmp(field->choices[i].id, id) == 0)
			return &field->choices[i];
	return NULL;
}

const struct form_choice *form_find_choice(const struct form *form, const char *field, const char *id)
{
	const struct form_field *found = form_find_field(form, field);
	return found ? form_field_find_choice(found, id) : NULL;
}

const char *form_choice_text(const struct form *form, const char *field, const char *id,
			     enum lt_lang lang)
{
	const struct form_choice *choice = form_find_choice(form, field, id);
	return choice ? label_in(lang, &choice->title) : id;
}

const struct request_entry *request_list_find(const struct request_list *list, const char *id)
{
	for (unsigned i = 0; i < list->n_entries; i++)
		if (strcmp(list->entries[i].id, id) == 0)
			return &list->entries[i];
	return NULL;
}

/* ---- one value ---- */

#define MAX_TEXT 4000
#define MAX_WORDS 20000
#define MAX_OTHER 1000

/* Enough of a value to recognise it in a sentence. */
struct shown {
	char text[100];
};

static const char *show(const char *text, struct shown *shown)
{
	const size_t len = strlen(text), cut = lt_text_cut(text, len, 48);
	const size_t used = lt_text_visible(text, cut, shown->text, sizeof(shown->text) - 4);
	if (cut < len)
		memcpy(shown->text + used, "…", sizeof("…"));
	return shown->text;
}

static enum lt_status check_bytes(const struct form_field *field, const char *text,
				  struct lt_err *err)
{
	const size_t len = strlen(text);
	const size_t most = field->type == FIELD_WORDS  ? MAX_WORDS
			    : field->type == FIELD_TEXT ? MAX_TEXT
							: MAX_OTHER;
	size_t at;
	if (len > most)
		return lt_err_set(err, LT_EDATA, "有 %zu 字节，最多 %zu 字节；请写短些",
				  "%zu bytes, the most is %zu; make it shorter", len, most);
	if (lt_text_check(text, len, &at) != LT_TEXT_OK)
		return lt_err_set(
			err, LT_EDATA, "含有控制字符或不是 UTF-8；请重新输入",
			"there is a control character in it, or it is not UTF-8; type it again");
	if (field->type != FIELD_WORDS && strpbrk(text, "\n\r\t"))
		return lt_err_set(err, LT_EDATA, "只能写一行；请去掉换行和制表符",
				  "one line only; take out line ends and tabs");
	return LT_OK;
}

/* Least and greatest of a number; NULL = none. */
static void find_bounds(const struct form_field *field, const char **min, const char **max)
{
	*min = field->type == FIELD_LONGITUDE  ? "-180"
	       : field->type == FIELD_LATITUDE ? "-90"
					       : field->min;
	*max = field->type == FIELD_LONGITUDE  ? "180"
	       : field->type == FIELD_LATITUDE ? "90"
					       : field->max;
}

static bool is_below(struct lt_decimal value, const char *bound)
{
	struct lt_decimal other;
	return bound && lt_decimal_parse(bound, strlen(bound), &other) == LT_DECIMAL_OK &&
	       value.units < other.units;
}

static bool is_above(struct lt_decimal value, const char *bound)
{
	struct lt_decimal other;
	return bound && lt_decimal_parse(bound, strlen(bound), &other) == LT_DECIMAL_OK &&
	       value.units > other.units;
}

static enum lt_status check_range(const struct form_field *field, const char *text,
				  struct lt_decimal value, struct lt_err *err)
{
	const char *min, *max, *blank = field->unit ? " " : "",
			       *unit = field->unit ? field->unit : "";
	find_bounds(field, &min, &max);
	if (!is_below(value, min) && !is_above(value, max))
		return LT_OK;
	if (min && max)
		return lt_err_set(err, LT_EDATA, "%s 不在 %s 到 %s%s%s 之间；请核对数值和单位",
				  "%s is not between %s and %s%s%s; look at number and unit", text,
				  min, max, blank, unit);
	if (min)
		return lt_err_set(err, LT_EDATA, "%s 小于 %s%s%s；请核对数值和单位",
				  "%s is below %s%s%s; look at number and unit", text, min, blank,
				  unit);
	return lt_err_set(err, LT_EDATA, "%s 大于 %s%s%s；请核对数值和单位",
			  "%s is above %s%s%s; look at number and unit", text, max, blank, unit);
}

static enum lt_status check_number(const struct form_field *field, const char *text,
				   struct lt_err *err)
{
	struct lt_decimal value;
	struct shown shown;
	switch (lt_decimal_parse(text, strlen(text), &value)) {
	case LT_DECIMAL_OK:
		break;
	case LT_DECIMAL_NOT_A_NUMBER:
		return lt_err_set(
			err, LT_EDATA, "“%s”不是数；写成 12.5 这样，不带逗号、单位、指数和前导零",
			"'%s' is not a number; write it like 12.5, without commas, unit, exponent or leading zeros",
			show(text, &shown));
	case LT_DECIMAL_TOO_PRECISE:
		return lt_err_set(err, LT_EDATA, "“%s”小数超过 12 位；请少写几位",
				  "'%s' has more than 12 decimal places; write fewer",
				  show(text, &shown));
	case LT_DECIMAL_TOO_LARGE:
		return lt_err_set(err, LT_EDATA, "“%s”过大；请核对数值和单位",
				  "'%s' is too large; look at number and unit", show(text, &shown));
	}
	if (field->type == FIELD_INTEGER && strchr(text, '.'))
		return lt_err_set(err, LT_EDATA, "“%s”不是整数；请去掉小数",
				  "'%s' is not a whole number; leave the decimals out",
				  show(text, &shown));
	return check_range(field, text, value, err);
}

static enum lt_status check_year(const struct form_field *field, const char *text,
				 struct lt_err *err)
{
	struct lt_decimal value;
	struct shown shown;
	if (strlen(text) != 4 || strspn(text, "0123456789") != 4 || text[0] == '0' ||
	    lt_decimal_parse(text, 4, &value) != LT_DECIMAL_OK)
		return lt_err_set(err, LT_EDATA, "“%s”不是年份；写成 2025 这样",
				  "'%s' is not a year; write it like 2025", show(text, &shown));
	return check_range(field, text, value, err);
}

static enum lt_status check_date(const struct form_field *field, const char *text,
				 struct lt_err *err)
{
	struct shown shown;
	(void)field;
	if (lt_date_is(text))
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "“%s”不是日期，或没有这一天；写成 2026-03-01 这样",
			  "'%s' is not a date, or there is no such day; write it like 2026-03-01",
			  show(text, &shown));
}

/* Two digits, below the limit. */
static bool is_two_digits(const char *text, int limit)
{
	return text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9' &&
	       (text[0] - '0') * 10 + text[1] - '0' < limit;
}

/* "", THH:MM, THH:MM:SS, with Z or +HH:MM behind. */
static bool is_time_of_day(const char *text)
{
	if (!text[0])
		return true;
	if (text[0] != 'T' || !is_two_digits(text + 1, 24) || text[3] != ':' ||
	    !is_two_digits(text + 4, 60))
		return false;
	text += 6;
	if (text[0] == ':') {
		if (!is_two_digits(text + 1, 60))
			return false;
		text += 3;
	}
	if (text[0] == 'Z')
		return !text[1];
	if (text[0] != '+' && text[0] != '-')
		return !text[0];
	return is_two_digits(text + 1, 24) && text[3] == ':' && is_two_digits(text + 4, 60) &&
	       !text[6];
}

static enum lt_status check_time(const struct form_field *field, const char *text,
				 struct lt_err *err)
{
	char date[LT_DATE_TEXT];
	struct shown shown;
	(void)field;
	snprintf(date, sizeof(date), "%.10s", text);
	if (lt_date_is(date) && is_time_of_day(text + 10))
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "“%s”不是时间；写成 2026-03-01 或 2026-03-01 14:05 这样",
			  "'%s' is not a time; write it like 2026-03-01 or 2026-03-01 14:05",
			  show(text, &shown));
}

/* The choices in a sentence: as many as find room. */
static void list_choices(const struct form_field *field, char *zh, char *en, size_t cap)
{
	size_t zh_used = 0, en_used = 0;
	zh[0] = en[0] = '\0';
	for (unsigned i = 0; i < field->n_choices; i++) {
		const struct form_choice *choice = &field->choices[i];
		const int zh_len = snprintf(zh + zh_used, cap - zh_used, "%s%s %s", i ? "、" : "",
					    choice->id, choice->title.zh);
		const int en_len = snprintf(en + en_used, cap - en_used, "%s%s (%s)", i ? ", " : "",
					    choice->id, choice->title.en);
		if (zh_len < 0 || (size_t)zh_len >= cap - zh_used || en_len < 0 ||
		    (size_t)en_len >= cap - en_used) {
			zh[zh_used] = en[en_used] = '\0';
			return;
		}
		zh_used += (size_t)zh_len;
		en_used += (size_t)en_len;
	}
}

static enum lt_status check_choice(const struct form_field *field, const char *text,
				   struct lt_err *err)
{
	char zh[300], en[300];
	for (const char *at = text;;) {
		char id[120];
		const size_t len = field->several ? strcspn(at, ",") : strlen(at);
		struct shown shown;
		snprintf(id, sizeof(id), "%.*s", (int)(len < sizeof(id) ? len : sizeof(id) - 1),
			 at);
		if (len >= sizeof(id) || !form_field_find_choice(field, id)) {
			list_choices(field, zh, en, sizeof(zh));
			return lt_err_set(err, LT_EDATA, "没有“%s”这个选项；可选 %s%.0s",
					  "'%s' is not to be chosen; there are %.0s%s",
					  show(id, &shown), zh, en);
		}
		if (!at[len])
			return LT_OK;
		at += len + 1;
	}
}

static enum lt_status check_yes_no(const struct form_field *field, const char *text,
				   struct lt_err *err)
{
	struct shown shown;
	(void)field;
	if (strcmp(text, "yes") == 0 || strcmp(text, "no") == 0)
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "“%s”看不出是与否；请填 是 或 否",
			  "'%s' is neither; write yes or no", show(text, &shown));
}

static enum lt_status check_phone(const struct form_field *field, const char *text,
				  struct lt_err *err)
{
	size_t n_digits = 0;
	bool good = true;
	struct shown shown;
	(void)field;
	for (const char *at = text; *at && good; at++) {
		n_digits += *at >= '0' && *at <= '9';
		good = strchr("0123456789-() ", *at) || (*at == '+' && at == text);
	}
	if (good && n_digits >= 5 && n_digits <= 20)
		return LT_OK;
	return lt_err_set(
		err, LT_EDATA,
		"“%s”不像电话号码；只填一个，写成 13800000000 或 010-00000000-801 这样",
		"'%s' does not look like a telephone number; give one, like 13800000000 or 010-00000000-801",
		show(text, &shown));
}

static enum lt_status check_email(const struct form_field *field, const char *text,
				  struct lt_err *err)
{
	const char *at = strchr(text, '@'), *dot = at ? strrchr(at, '.') : NULL;
	bool good = at && at > text && !strchr(at + 1, '@') && dot && dot > at + 1 && dot[1] &&
		    !strstr(text, "..");
	struct shown shown;
	(void)field;
	for (const char *c = text; *c && good; c++)
		good = *c > ' ' && *c < 0x7f && !strchr(",;:<>()[]\\\"", *c);
	if (good)
		return LT_OK;
	return lt_err_set(
		err, LT_EDATA, "“%s”不像电子邮箱；只填一个，写成 name@example.com 这样",
		"'%s' does not look like an e-mail address; give one, like name@example.com",
		show(text, &shown));
}

/* The characters of a credit code in the order of their values; I, O, S, V and Z are none. */
static const char credit_characters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* GB 32100-2015: values times 3^i, i from 0 to 16, and the check digit's own value make a multiple
 * of 31. */
char credit_code_check_digit(const char *code)
{
	unsigned sum = 0, weight = 1;
	for (int i = 0; i < 17; i++, weight = weight * 3 % 31) {
		const char *at = code[i] ? strchr(credit_characters, code[i]) : NULL;
		if (!at)
			return 0;
		sum += (unsigned)(at - credit_characters) * weight;
	}
	return credit_characters[(31 - sum % 31) % 31];
}

static enum lt_status check_credit_code(const struct form_field *field, const char *text,
					struct lt_err *err)
{
	const size_t good = strspn(text, credit_characters), len = strlen(text);
	struct shown shown;
	(void)field;
	if (text[good]) {
		uint32_t code;
		const size_t n = lt_text_decode(text + good, len - good, &code);
		return lt_err_set(
			err, LT_EDATA,
			"统一社会信用代码里没有“%.*s”；只有数字和除 I、O、S、V、Z 以外的字母，请对照证照",
			"there is no '%.*s' in a credit code; digits, and letters other than I, O, S, V and Z: compare it with the paper",
			(int)n, text + good);
	}
	if (len != 18)
		return lt_err_set(
			err, LT_EDATA, "“%s”有 %zu 位；统一社会信用代码是 18 位，请对照证照",
			"'%s' has %zu characters, a credit code has 18; compare it with the paper",
			show(text, &shown), len);
	const char digit = credit_code_check_digit(text);
	if (digit == text[17])
		return LT_OK;
	return lt_err_set(
		err, LT_NO, "“%s”的校验位应为 %c；可能抄错，请对照证照",
		"'%s': its check digit should be %c; it may be a slip, compare it with the paper",
		text, digit);
}

static enum lt_status check_id(const struct form_field *field, const char *text, struct lt_err *err)
{
	struct shown shown;
	(void)field;
	if (lt_text_is_id(text) && strlen(text) <= 100)
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "“%s”不能作标识；只用字母、数字和 . _ -，至多 100 个",
			  "'%s' is no id; use letters, digits and . _ - only, at most 100",
			  show(text, &shown));
}

static enum lt_status check_digest(const struct form_field *field, const char *text,
				   struct lt_err *err)
{
	struct shown shown;
	(void)field;
	if (strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64)
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "“%s”不是 SHA-256 校验值；它是 64 位十六进制数",
			  "'%s' is not a SHA-256; that has 64 hexadecimal digits",
			  show(text, &shown));
}

static enum lt_status check_clock(const struct form_field *field, const char *text,
				  struct lt_err *err)
{
	struct shown shown;
	(void)field;
	if (is_two_digits(text, 24) && text[2] == ':' && is_two_digits(text + 3, 60) && !text[5])
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "“%s”不是时刻；写成 09:05，至 23:59",
			  "'%s' is no time of day; write it as 09:05, up to 23:59",
			  show(text, &shown));
}

typedef enum lt_status (*check_function)(const struct form_field *field, const char *text,
					 struct lt_err *err);

enum lt_status form_check_value(const struct form_field *field, const char *text,
				struct lt_err *err)
{
	static const check_function checks[N_FIELD_TYPES] = {
		[FIELD_NUMBER] = check_number,
		[FIELD_INTEGER] = check_number,
		[FIELD_YEAR] = check_year,
		[FIELD_DATE] = check_date,
		[FIELD_TIME] = check_time,
		[FIELD_CHOICE] = check_choice,
		[FIELD_YES_NO] = check_yes_no,
		[FIELD_PHONE] = check_phone,
		[FIELD_EMAIL] = check_email,
		[FIELD_CREDIT_CODE] = check_credit_code,
		[FIELD_LONGITUDE] = check_number,
		[FIELD_LATITUDE] = check_number,
		[FIELD_ID] = check_id,
		[FIELD_DIGEST] = check_digest,
		[FIELD_CLOCK] = check_clock,
	};
	struct lt_err said = LT_ERR_INIT;
	if (!text[0])
		return LT_OK;
	enum lt_status status = check_bytes(field, text, &said);
	if (!status && checks[field->type])
		status = checks[field->type](field, text, &said);
	if (!status)
		return LT_OK;
	lt_err_set(err, status, "%s%.0s：%s%.0s", "%.0s%s: %.0s%s", field->label.zh,
		   field->label.en, said.text[LT_ZH], said.text[LT_EN]);
	return status;
}
