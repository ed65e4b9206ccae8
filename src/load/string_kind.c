#include "string_kind.h"

#include <string.h>
#include "lingtan/base/date.h"
#include "lingtan/base/decimal.h"
#include "lingtan/base/text.h"
#include "lingtan/core/answers.h"
#include "schema.h"

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool consists_of(const char *text, const char *marks)
{
	if (!text[0])
		return false;
	for (; *text; text++)
		if (!is_letter_or_digit(*text) && !strchr(marks, *text))
			return false;
	return true;
}

static bool has_parting_mark(const char *text)
{
	return strpbrk(text, ",:") || strstr(text, "，") || strstr(text, "：");
}

static bool is_year(const char *text)
{
	for (int i = 0; i < 4; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return text[4] == 0 && text[0] != '0';
}

static const struct string_fault *check_number(const char *text, size_t len)
{
	static const struct string_fault
		not_a_number = { "“%s”不是数；写成 12.5 这样，不用逗号、指数和前导零",
				 "'%s' is not a number; write it like 12.5, without commas, "
				 "exponents or leading zeros",
				 true },
		too_precise = { "“%s”小数超过 12 位", "'%s' has more than 12 decimal places",
				true },
		too_large = { "“%s”过大", "'%s' is too large", true };
	struct lt_decimal value;
	switch (lt_decimal_parse(text, len, &value)) {
	case LT_DECIMAL_OK:
		break;
	case LT_DECIMAL_NOT_A_NUMBER:
		return &not_a_number;
	case LT_DECIMAL_TOO_PRECISE:
		return &too_precise;
	case LT_DECIMAL_TOO_LARGE:
		return &too_large;
	}
	return NULL;
}

const struct string_fault *string_kind_check(uint32_t kind, const char *text, size_t len)
{
	static const struct string_fault
		no_id = { "“%s”不能作标识；只用字母、数字和 . _ -",
			  "'%s' is no id; use letters, digits and . _ - only", true },
		no_operand = { "“%s”既不是标识，也不是数或 $参数",
			       "'%s' is neither an id nor a number nor a $parameter", true },
		no_year = { "“%s”不是年份；写成 2025", "'%s' is not a year; write it like 2025",
			    true },
		no_scope = { "“%s”不是范围；只有 1、2、3", "'%s' is no scope; there are 1, 2 and 3",
			     true },
		no_date = { "“%s”不是日期；写成 2026-03-01",
			    "'%s' is not a date; write it like 2026-03-01", true },
		two_lines = { "此处只能写一行，不能有换行或制表符%s",
			      "one line only here, without line ends and tabs%s", false },
		too_long = { "文字过长%s", "the text is too long%s", false };
	switch (kind) {
	case STRING_NUMBER:
	case STRING_POINTS:
		return check_number(text, len);
	case STRING_YEAR:
		return is_year(text) ? NULL : &no_year;
	case STRING_SCOPE:
		return len != 1 || text[0] < '1' || text[0] > '3' ? &no_scope : NULL;
	case STRING_DATE:
		return lt_date_is(text) ? NULL : &no_date;
	case STRING_ID:
		if (!consists_of(text, "._-"))
			return &no_id;
		break;
	case STRING_ITEM:
		/* what else stands there is an entry whose marks are not the format's */
		if (!consists_of(text, "._-") && has_parting_mark(text))
			return &no_id;
		break;
	case STRING_OPERAND:
		if (!consists_of(text, "._-$*/"))
			return &no_operand;
		break;
	default:
		break;
	}
	if (kind != STRING_WORDS && strpbrk(text, "\n\r\t"))
		return &two_lines;
	return len > kind ? &too_long : NULL;
}

/* As it is meant, into room of cap bytes; NULL = as every other text of the kind. */
static const char *said(uint32_t kind, const char *text, char *room, size_t cap)
{
	if (kind == STRING_POINTS)
		return answers_points_said(text, room) ? room : NULL;
	const char *number = kind == STRING_ITEM ? item_number_said(text, room, cap) : NULL;
	return number && consists_of(number, "._-") ? number : NULL;
}

size_t string_kind_fold(uint32_t kind, char *text)
{
	size_t len = strlen(text);
	char room[STRING_ITEM];
	const char *meant = said(kind, text, room, sizeof(room));
	if (meant) {
		len = strlen(meant);
		memcpy(text, meant, len + 1);
		return len;
	}
	if (kind != STRING_ID && kind != STRING_NUMBER && kind != STRING_POINTS &&
	    kind != STRING_YEAR && kind != STRING_SCOPE && kind != STRING_DATE)
		return len;
	const size_t typed = len;
	len = lt_text_fold_twins(text, len, text, len + 1);
	if (len == typed)
		return len;
	while (len && text[len - 1] == ' ')
		len--;
	const size_t blanks = strspn(text, " ");
	len -= blanks < len ? blanks : len;
	memmove(text, text + blanks, len);
	text[len] = 0;
	return len;
}
