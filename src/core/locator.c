#include "lingtan/core/locator.h"

#include <string.h>

/* Full-width digits are EF BC 90 to EF BC 99. */
static bool has_digit(const char *text)
{
	for (; *text; text++) {
		if (*text >= '0' && *text <= '9')
			return true;
		if (strncmp(text, "\xef\xbc", 2) == 0 && (unsigned char)text[2] >= 0x90 &&
		    (unsigned char)text[2] <= 0x99)
			return true;
	}
	return false;
}

/* A number in Chinese beside the name of a part: 第三章, 表二, 附图四. */
static bool has_numbered_part(const char *text)
{
	static const char *const numbers[] = { "一", "二", "三", "四", "五",
					       "六", "七", "八", "九", "十" };
	static const char *const parts[] = { "第", "表", "图", "附件", "附录" };
	for (unsigned p = 0; p < sizeof(parts) / sizeof(parts[0]); p++)
		for (const char *at = strstr(text, parts[p]); at; at = strstr(at + 1, parts[p]))
			for (unsigned n = 0; n < sizeof(numbers) / sizeof(numbers[0]); n++)
				if (strncmp(at + strlen(parts[p]), numbers[n],
					    strlen(numbers[n])) == 0)
					return true;
	return false;
}

/* Places that are named without a number. */
static bool has_named_place(const char *text)
{
	static const char *const places[] = { "首页", "封面", "目录",  "签字页",   "盖章页",
					      "末页", "扉页", "cover", "contents", "signature" };
	for (unsigned i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strstr(text, places[i]))
			return true;
	return false;
}

bool locator_is_vague(const char *locator, const char *type)
{
	if (!locator[strspn(locator, " \t\n")])
		return true;
	if (strncmp(type, "image/", 6) == 0)
		return false;
	return !has_digit(locator) && !has_numbered_part(locator) && !has_named_place(locator);
}

/* ---- pages ---- */

/* The digits that end before `at`, blanks in between; 0 = there are none, or too many. */
static unsigned number_before(const char *text, const char *at)
{
	while (at > text && at[-1] == ' ')
		at--;
	const char *from = at;
	while (from > text && from[-1] >= '0' && from[-1] <= '9')
		from--;
	unsigned number = 0;
	if (at - from > 6)
		return 0;
	for (; from < at; from++)
		number = number * 10 + (unsigned)(*from - '0');
	return number;
}

static unsigned number_after(const char *at)
{
	unsigned number = 0, n = 0;
	at += strspn(at, ". ");
	for (; *at >= '0' && *at <= '9' && n < 7; at++, n++)
		number = number * 10 + (unsigned)(*at - '0');
	return n < 7 ? number : 0;
}

unsigned locator_page(const char *locator)
{
	static const char *const before[] = { "page", "Page", "p.", "pp." };
	const char *page = strstr(locator, "页");
	unsigned number = page ? number_before(locator, page) : 0;
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]) && !number; i++) {
		const char *at = strstr(locator, before[i]);
		number = at ? number_after(at + strlen(before[i])) : 0;
	}
	return number;
}
