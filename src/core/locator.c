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
