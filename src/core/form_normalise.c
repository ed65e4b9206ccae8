/* Forms: what was typed, often with a Chinese input method switched on, as it is kept. */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "lingtan/base/date.h"
#include "lingtan/base/text.h"
#include "lingtan/core/form.h"

#define LONGEST 4000

static bool is_blank(uint32_t code)
{
	return code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == 0xa0 ||
	       code == 0x3000;
}

/* Without the blanks around it; moves *text and returns the new length. */
static size_t trim(const char **text, size_t len)
{
	uint32_t code;
	size_t n, end = 0;
	while (len && (n = lt_text_decode(*text, len, &code)) && is_blank(code)) {
		*text += n;
		len -= n;
	}
	for (size_t at = 0; at < len; at += n ? n : 1) {
		n = lt_text_decode(*text + at, len - at, &code);
		if (!n || !is_blank(code))
			end = at + (n ? n : 1);
	}
	return end;
}

/* The ASCII twin of a full-width character or of what stands on its key; 0 where there is none. */
static char twin_of(uint32_t code)
{
	if (code >= 0xff01 && code <= 0xff5e)
		return (char)(code - 0xfee0);
	switch (code) {
	case 0x3000: /* blank */
	case 0xa0:
		return ' ';
	case 0x3002: /* 。 on the key of the point */
		return '.';
	case 0x3001: /* 、 */
		return ',';
	case 0x2010: /* hyphens, dashes, minus */
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2212:
		return '-';
	default:
		return 0;
	}
}

/* A copy with ASCII twins; never longer than the text. NULL when memory runs out. */
static char *narrow(const char *text, size_t len, struct lt_arena *arena)
{
	char *out = lt_arena_alloc(arena, len + 1, 1), *to = out;
	for (size_t at = 0; out && at < len;) {
		uint32_t code;
		size_t n = lt_text_decode(text + at, len - at, &code);
		const char twin = n ? twin_of(code) : 0;
		n = n ? n : 1;
		if (twin)
			*to++ = twin;
		else
			to = (char *)memcpy(to, text + at, n) + n;
		at += n;
	}
	return out;
}

/* Takes out every byte that stands in `gone`; in place. */
static void strip(char *text, const char *gone)
{
	char *to = text;
	for (const char *at = text; *at; at++)
		if (!strchr(gone, *at))
			*to++ = *at;
	*to = '\0';
}

/* ---- dates ---- */

static const char *skip_blanks(const char *at)
{
	while (*at == ' ')
		at++;
	return at;
}

/* One to `most` digits; NULL where there are none or more. */
static const char *read_digits(const char *at, int most, int *value)
{
	int n = 0;
	for (*value = 0; at[n] >= '0' && at[n] <= '9' && n <= most; n++)
		*value = *value * 10 + at[n] - '0';
	return n && n <= most ? skip_blanks(at + n) : NULL;
}

/* One of - / . or the word; NULL where there is neither. */
static const char *read_mark(const char *at, const char *word)
{
	const size_t len = strlen(word);
	if (*at && strchr("-/.", *at))
		return skip_blanks(at + 1);
	return strncmp(at, word, len) == 0 ? skip_blanks(at + len) : NULL;
}

/* The day at the start of text; returns what follows, NULL where there is none. */
static const char *read_date(const char *text, int *year, int *month, int *day)
{
	const char *at = text;
	if (strspn(text, "0123456789") == 8) {
		int whole;
		at = read_digits(text, 8, &whole);
		*year = whole / 10000;
		*month = whole / 100 % 100;
		*day = whole % 100;
	} else {
		if (strspn(text, "0123456789") != 4 || !(at = read_digits(at, 4, year)) ||
		    !(at = read_mark(at, "年")) || !(at = read_digits(at, 2, month)) ||
		    !(at = read_mark(at, "月")) || !(at = read_digits(at, 2, day)))
			return NULL;
		if (strncmp(at, "日", 3) == 0 || strncmp(at, "号", 3) == 0)
			at = skip_blanks(at + 3);
	}
	return lt_date_exists(*year, *month, *day) ? at : NULL;
}

/* H:MM or H:MM:SS at the start, in full; text itself where it is neither. */
static const char *time_of_day(const char *text, struct lt_arena *arena)
{
	int hour, minute, second;
	const char *at = read_digits(text, 2, &hour);
	if (!at || *at != ':' || !(at = read_digits(at + 1, 2, &minute)))
		return text;
	if (*at != ':')
		return lt_arena_printf(arena, "%02d:%02d%s", hour, minute, at);
	if (!(at = read_digits(at + 1, 2, &second)))
		return text;
	return lt_arena_printf(arena, "%02d:%02d:%02d%s", hour, minute, second, at);
}

static const char *normalise_date(const char *text, bool with_time, struct lt_arena *arena)
{
	int year, month, day;
	const char *rest = read_date(text, &year, &month, &day);
	if (!rest || (*rest && !with_time))
		return text;
	if (!*rest)
		return lt_arena_printf(arena, "%04d-%02d-%02d", year, month, day);
	rest = skip_blanks(rest + (*rest == 'T' || *rest == 't'));
	const char *clock = time_of_day(rest, arena);
	if (!clock || clock == rest)
		return clock ? text : NULL;
	return lt_arena_printf(arena, "%04d-%02d-%02dT%s", year, month, day, clock);
}

/* 2025年, 2025 年; in place. */
static const char *normalise_year(char *text)
{
	const size_t n = strspn(text, "0123456789");
	const char *rest = skip_blanks(text + n);
	if (n && strcmp(rest, "年") == 0)
		text[n] = '\0';
	return text;
}

/* ---- choices ---- */

static const struct form_choice *find_choice(const struct form_field *field, const char *typed,
					     size_t len, const char *narrowed)
{
	for (unsigned i = 0; i < field->n_choices; i++) {
		const struct form_choice *choice = &field->choices[i];
		const char *zh = choice->title.zh;
		if (strcasecmp(choice->id, narrowed) == 0 ||
		    strcasecmp(choice->title.en, narrowed) == 0 ||
		    (strlen(zh) == len && memcmp(zh, typed, len) == 0))
			return choice;
	}
	return NULL;
}

/* Length up to the next comma or semicolon of either width; *step = its own length. */
static size_t find_separator(const char *text, size_t len, size_t *step)
{
	uint32_t code;
	for (size_t at = 0; at < len; at += *step) {
		*step = lt_text_decode(text + at, len - at, &code);
		if (!*step)
			*step = 1;
		else if (code == ',' || code == ';' || code == 0xff0c || code == 0xff1b ||
			 code == 0x3001)
			return at;
	}
	*step = 0;
	return len;
}

static const char *join(const char *list, const char *part, struct lt_arena *arena)
{
	return list && list[0] ? lt_arena_printf(arena, "%s,%s", list, part) : part;
}

/* Ids in the order of the form, each once, so that one choice has one text; then what is no choice.
 */
static const char *normalise_several(const struct form_field *field, const char *text, size_t len,
				     struct lt_arena *arena)
{
	bool chosen[FORM_MAX_CHOICES] = { false };
	const char *unknown = "", *out = "";
	for (size_t at = 0, step; at < len; at += step) {
		const char *part = text + at;
		const size_t part_len = find_separator(part, len - at, &step);
		at += part_len;
		const size_t trimmed = trim(&part, part_len);
		const char *narrowed = narrow(part, trimmed, arena);
		if (!narrowed)
			return NULL;
		const struct form_choice *choice = find_choice(field, part, trimmed, narrowed);
		if (choice && choice - field->choices < FORM_MAX_CHOICES)
			chosen[choice - field->choices] = true;
		else if (trimmed && !(unknown = join(unknown, narrowed, arena)))
			return NULL;
		if (!step)
			break;
	}
	for (unsigned i = 0; i < field->n_choices && i < FORM_MAX_CHOICES && out; i++)
		if (chosen[i])
			out = join(out, field->choices[i].id, arena);
	return out && unknown[0] ? join(out, unknown, arena) : out;
}

static const char *normalise_choice(const struct form_field *field, const char *text, size_t len,
				    struct lt_arena *arena)
{
	if (field->several)
		return normalise_several(field, text, len, arena);
	const char *narrowed = narrow(text, len, arena);
	const struct form_choice *choice =
		narrowed ? find_choice(field, text, len, narrowed) : NULL;
	return choice ? choice->id : narrowed;
}

static const char *normalise_yes_no(const char *text)
{
	static const char *const words[][2] = {
		{ "是", "yes" },   { "有", "yes" },   { "y", "yes" }, { "yes", "yes" },
		{ "true", "yes" }, { "否", "no" },    { "无", "no" }, { "n", "no" },
		{ "no", "no" },    { "false", "no" },
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(text, words[i][0]) == 0)
			return words[i][1];
	return text;
}

/* ---- the others ---- */

static void change_case(char *text, char first, char last, int by)
{
	for (; *text; text++)
		if (*text >= first && *text <= last)
			*text = (char)(*text + by);
}

/* 010-00000000转801 has its extension behind a hyphen; in place. */
static const char *normalise_phone(char *text)
{
	static const char extension[] = "转";
	char *at = strstr(text, extension);
	if (at) {
		*at = '-';
		memmove(at + 1, at + sizeof(extension) - 1, strlen(at + sizeof(extension) - 1) + 1);
	}
	return text;
}

/* 9:05, 9.05, 905 and 0905 as 09:05; anything else is left to be refused. */
static const char *normalise_clock(const char *text, struct lt_arena *arena)
{
	const size_t head = strspn(text, "0123456789"), len = strlen(text);
	if (head == len && (len == 3 || len == 4))
		return lt_arena_printf(arena, "%s%.*s:%s", len == 3 ? "0" : "", (int)len - 2, text,
				       text + len - 2);
	if (head < 1 || head > 2 || !strchr(":.", text[head]) || len != head + 3)
		return text;
	return lt_arena_printf(arena, "%s%.*s:%s", head == 1 ? "0" : "", (int)head, text,
			       text + head + 1);
}

/* Line ends of other systems are line ends. */
static const char *normalise_words(const char *text, size_t len, struct lt_arena *arena)
{
	char *out = lt_arena_strndup(arena, text, len), *to = out;
	for (const char *at = out; at && *at; at++)
		if (at[0] != '\r' || at[1] != '\n')
			*to++ = *at;
	if (out)
		*to = '\0';
	return out;
}

const char *form_normalise_value(const struct form_field *field, const char *text,
				 struct lt_arena *arena)
{
	const size_t len = trim(&text, strlen(text));
	if (field->type == FIELD_TEXT || field->type == FIELD_WORDS)
		return normalise_words(text, len, arena);
	/* too long to be kept: left as it is, to be refused */
	if (len > LONGEST)
		return lt_arena_strndup(arena, text, len);
	if (field->type == FIELD_CHOICE)
		return normalise_choice(field, text, len, arena);
	char *narrowed = narrow(text, len, arena);
	if (!narrowed)
		return NULL;
	switch (field->type) {
	case FIELD_YEAR:
		return normalise_year(narrowed);
	case FIELD_DATE:
	case FIELD_TIME:
		return normalise_date(narrowed, field->type == FIELD_TIME, arena);
	case FIELD_CLOCK:
		return normalise_clock(narrowed, arena);
	case FIELD_YES_NO:
		return normalise_yes_no(narrowed);
	case FIELD_PHONE:
		return normalise_phone(narrowed);
	case FIELD_CREDIT_CODE:
		strip(narrowed, " -");
		change_case(narrowed, 'a', 'z', 'A' - 'a');
		return narrowed;
	case FIELD_DIGEST:
		change_case(narrowed, 'A', 'F', 'a' - 'A');
		return narrowed;
	default:
		return narrowed;
	}
}
