#include <stdio.h>
#include <string.h>
#include "lingtan/base/err.h"
#include "lingtan/base/text.h"

/* A buffer one longest character wider than the text, so that the cut sees the byte after it. */
#define ROOM (LT_ERR_TEXT + 4)

static void keep(char *text, const char *whole)
{
	size_t len = lt_text_cut(whole, strlen(whole), LT_ERR_TEXT - 1);
	memcpy(text, whole, len);
	text[len] = '\0';
}

__attribute__((format(printf, 2, 0))) static void format_text(char *text, const char *format,
							      va_list args)
{
	char whole[ROOM];

	/* printf itself can fail; the bare template still says more than an empty line. */
	if (vsnprintf(whole, sizeof(whole), format, args) < 0)
		snprintf(whole, sizeof(whole), "%s", format);
	keep(text, whole);
}

enum lt_status lt_err_set(struct lt_err *err, enum lt_status status, const char *zh, const char *en,
			  ...)
{
	va_list args, again;

	if (err->status != LT_OK)
		return status;
	err->status = status;
	va_start(args, en);
	va_copy(again, args);
	format_text(err->text[LT_ZH], zh, args);
	format_text(err->text[LT_EN], en, again);
	va_end(again);
	va_end(args);
	return status;
}

void lt_err_prefix(struct lt_err *err, const char *prefix)
{
	char whole[ROOM];

	if (err->status == LT_OK)
		return;
	for (int lang = 0; lang < LT_N_LANGS; lang++) {
		if (snprintf(whole, sizeof(whole), "%s: %s", prefix, err->text[lang]) >= 0)
			keep(err->text[lang], whole);
	}
}

void lt_err_suffix(struct lt_err *err, const char *zh, const char *en)
{
	char whole[2 * LT_ERR_TEXT];

	if (err->status == LT_OK)
		return;
	for (int lang = 0; lang < LT_N_LANGS; lang++) {
		/* the cure stays whole, whatever must go to make room for it */
		const char *cure = lang == LT_ZH ? zh : en;
		const size_t room = LT_ERR_TEXT - 1, len = strlen(cure);
		const size_t kept = len < room ? room - len : 0;
		char *text = err->text[lang];
		text[lt_text_cut(text, strlen(text), kept)] = '\0';
		if (snprintf(whole, sizeof(whole), "%s%s", text, cure) >= 0)
			keep(text, whole);
	}
}

enum lt_status lt_err_memory(struct lt_err *err)
{
	return lt_err_set(err, LT_ESPACE, "内存不足；请关闭其他程序后重试",
			  "out of memory; close other programs and try again");
}
