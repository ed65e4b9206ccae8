#include "board_words.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/base/digits.h"

static void add_args(struct bilingual *words, enum lt_lang lang, const char *format, va_list args)
{
	const char *before = words->text[lang];
	const char *more = lt_arena_vprintf(words->arena, format, args);
	const char *all =
		more && before ? lt_arena_printf(words->arena, "%s%s", before, more) : more;
	words->text[lang] = all;
	words->failed |= !all;
}

void bilingual_add(struct bilingual *words, const char *zh, const char *en, ...)
{
	va_list args, again;
	va_start(args, en);
	va_copy(again, args);
	add_args(words, LT_ZH, zh, args);
	add_args(words, LT_EN, en, again);
	va_end(again);
	va_end(args);
}

static void add_text(struct bilingual *words, enum lt_lang lang, const char *text)
{
	const char *before = words->text[lang];
	words->text[lang] =
		lt_arena_printf(words->arena, "%s%s", before ? before : "", text ? text : "");
	words->failed |= !words->text[lang];
}

void bilingual_add_each(struct bilingual *words, const char *zh, const char *en)
{
	add_text(words, LT_ZH, zh);
	add_text(words, LT_EN, en);
}

/* ---- numbers ---- */

static const char *decimal_words(struct lt_decimal value, int places, char buf[NUMBER_WORDS])
{
	char plain[LT_DECIMAL_TEXT];
	struct lt_decimal rounded;
	if (!lt_decimal_round(value, places, LT_HALF_EVEN, &rounded))
		rounded = value;
	lt_decimal_format(rounded, plain);
	lt_digits_group(plain, buf);
	return buf;
}

static const char *interval_words(const struct value *value, int places, enum lt_lang lang,
				  char buf[NUMBER_WORDS])
{
	char lo[NUMBER_WORDS], hi[NUMBER_WORDS];
	decimal_words(value->lo, places, lo);
	decimal_words(value->hi, places, hi);
	if (value->lo_unbounded && value->hi_unbounded)
		snprintf(buf, NUMBER_WORDS, "%s", lang == LT_ZH ? "未定" : "open");
	else if (value->lo_unbounded || value->hi_unbounded)
		snprintf(buf, NUMBER_WORDS, "%s%.70s",
			 value->lo_unbounded ? "<=" : ">=", value->lo_unbounded ? hi : lo);
	else if (value->lo.units == value->hi.units)
		snprintf(buf, NUMBER_WORDS, "%s", lo);
	else
		snprintf(buf, NUMBER_WORDS, "%.70s~%.70s", lo, hi);
	return buf;
}

const char *number_words(const struct value *value, int places, enum lt_lang lang,
			 char buf[NUMBER_WORDS])
{
	switch ((enum value_state)value->state) {
	case VALUE_NUMBER:
		return interval_words(value, places, lang, buf);
	case VALUE_NA:
		snprintf(buf, NUMBER_WORDS, "%s", lang == LT_ZH ? "不适用" : "n/a");
		break;
	case VALUE_NONE:
		snprintf(buf, NUMBER_WORDS, "%s", lang == LT_ZH ? "无值" : "none");
		break;
	}
	return buf;
}
