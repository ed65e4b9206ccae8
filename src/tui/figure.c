#include "figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "lingtan/base/digits.h"
#include "lingtan/base/ids.h"

/* ---- numbers ---- */

static void drop_zeros(char *text)
{
	char *point = strchr(text, '.');
	if (!point)
		return;
	char *end = text + strlen(text);
	while (end > point && (end[-1] == '0' || end[-1] == '.')) {
		const bool was_point = end[-1] == '.';
		*--end = '\0';
		if (was_point)
			break;
	}
}

const char *figure_decimal(struct lt_decimal value, int places, char buf[FIGURE_TEXT])
{
	char plain[LT_DECIMAL_TEXT];
	lt_decimal_format_places(value, places < 0 ? -places : places, plain);
	if (places < 0)
		drop_zeros(plain);
	lt_digits_group(plain, buf);
	if (strcmp(buf, "-0") == 0)
		snprintf(buf, FIGURE_TEXT, "0");
	return buf;
}

const char *figure_unit(const char *unit, enum lt_lang lang, char buf[FIGURE_TEXT])
{
	static const struct {
		const char *unit, *word;
	} words[] = { { "10^4", "万" }, { "10^8", "亿" }, { "CNY", "元" }, { "count", "个" } };
	size_t n = 0;
	for (const char *at = unit ? unit : ""; *at && n + 4 < FIGURE_TEXT;) {
		size_t len = 0;
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && lang == LT_ZH && !len; i++) {
			len = strlen(words[i].unit);
			if (strncmp(at, words[i].unit, len) == 0)
				n += (size_t)snprintf(buf + n, FIGURE_TEXT - n, "%s", words[i].word);
			else
				len = 0;
		}
		if (!len)
			buf[n++] = *at++;
		at += len;
	}
	buf[n] = '\0';
	return buf;
}

const char *figure_change(struct lt_decimal value, char buf[FIGURE_TEXT])
{
	const bool is_short = value.units % (LT_DECIMAL_ONE / 10) == 0;
	buf[0] = '+';
	figure_decimal(value, is_short ? 1 : 2, value.units > 0 ? buf + 1 : buf);
	return buf;
}

const char *figure_value(const struct value *value, int places, enum lt_lang lang,
			 char buf[FIGURE_TEXT])
{
	char low[FIGURE_TEXT], high[FIGURE_TEXT];
	if (value->state == VALUE_NA)
		return lang == LT_ZH ? "不适用" : "n/a";
	if (value->state == VALUE_NONE || (value->lo_unbounded && value->hi_unbounded))
		return "-";
	figure_decimal(value->lo, places, low);
	figure_decimal(value->hi, places, high);
	if (value->lo_unbounded)
		snprintf(buf, FIGURE_TEXT, "~%.45s", high);
	else if (value->hi_unbounded)
		snprintf(buf, FIGURE_TEXT, "%.45s~", low);
	else if (strcmp(low, high) == 0)
		snprintf(buf, FIGURE_TEXT, "%.90s", low);
	else
		snprintf(buf, FIGURE_TEXT, "%.45s~%.45s", low, high);
	return buf;
}

const char *figure_verdict(const struct board_item *item, const struct board_mark *mark,
			   enum lt_lang lang, char buf[FIGURE_TEXT])
{
	const bool zh = lang == LT_ZH;
	if (!mark->is_answered)
		return "-";
	if (mark->value.state == VALUE_NA)
		return zh ? "不适用" : "n/a";
	if (item->is_scored)
		return figure_value(&mark->value, -2, lang, buf);
	if (!value_is_exact(&mark->value))
		return "-";
	if (mark->value.lo.units != 0)
		return zh ? "符合" : "met";
	return zh ? "不符合" : "not met";
}

/* ---- times and sizes ---- */

const char *figure_time(const char *at, enum lt_lang lang, char buf[FIGURE_TEXT])
{
	char today[16];
	const time_t now = time(NULL);
	struct tm local;
	buf[0] = '\0';
	if (!at || strlen(at) < 10)
		return at ? at : "";
	localtime_r(&now, &local);
	strftime(today, sizeof(today), "%Y-%m-%d", &local);
	const bool has_clock = strlen(at) >= 16;
	if (strncmp(at, today, 10) == 0 && has_clock)
		snprintf(buf, FIGURE_TEXT, "%s %.5s", lang == LT_ZH ? "今天" : "today", at + 11);
	else if (strncmp(at, today, 4) == 0 && has_clock)
		snprintf(buf, FIGURE_TEXT, "%.5s %.5s", at + 5, at + 11);
	else
		snprintf(buf, FIGURE_TEXT, "%.10s", at);
	return buf;
}

const char *figure_day(const char *at, enum lt_lang lang, char buf[FIGURE_TEXT])
{
	char today[16], yesterday[16];
	const time_t now = time(NULL), before = now - 24 * 60 * 60;
	struct tm local;
	buf[0] = '\0';
	if (!at || strlen(at) < 10)
		return at ? at : "";
	localtime_r(&now, &local);
	strftime(today, sizeof(today), "%Y-%m-%d", &local);
	localtime_r(&before, &local);
	strftime(yesterday, sizeof(yesterday), "%Y-%m-%d", &local);
	if (strncmp(at, today, 10) == 0)
		snprintf(buf, FIGURE_TEXT, "%s", lang == LT_ZH ? "今天" : "today");
	else if (strncmp(at, yesterday, 10) == 0)
		snprintf(buf, FIGURE_TEXT, "%s", lang == LT_ZH ? "昨天" : "yest.");
	else if (strncmp(at, today, 4) == 0)
		snprintf(buf, FIGURE_TEXT, "%.5s", at + 5);
	else
		snprintf(buf, FIGURE_TEXT, "%.10s", at);
	return buf;
}

const char *figure_size(const char *bytes, char buf[FIGURE_TEXT])
{
	static const char *const units[] = { "B", "KB", "MB", "GB", "TB" };
	double size = bytes ? strtod(bytes, NULL) : 0;
	unsigned unit = 0;
	while (size >= 1000 && unit + 1 < sizeof(units) / sizeof(units[0])) {
		size /= 1024;
		unit++;
	}
	snprintf(buf, FIGURE_TEXT, unit > 0 && size < 10 ? "%.1f %s" : "%.0f %s", size,
		 units[unit]);
	return buf;
}

/* ---- states ---- */

static const struct {
	const char *mark;
	enum ink ink;
	struct label title;
} states[N_BOARD_STATES] = {
	[STATE_OPEN] = { "◦", INK_DIM, { "未评", "open" } },
	[STATE_DONE] = { "✓", INK_OK, { "已评", "done" } },
	[STATE_UNPROVEN] = { "!", INK_WARN, { "缺佐证", "no evidence" } },
	[STATE_FAILED] = { "✗", INK_VETO, { "否决", "veto" } },
	[STATE_SENT_BACK] = { "‹", INK_WARN, { "退回", "sent back" } },
	[STATE_NA] = { "-", INK_DIM, { "不适用", "n/a" } },
	[STATE_OUTSIDE] = { " ", INK_FAINT, { "不评", "outside" } },
};

const char *state_mark(enum board_state state, enum ink *ink)
{
	*ink = states[state].ink;
	return states[state].mark;
}

const struct label *state_title(enum board_state state)
{
	return &states[state].title;
}

unsigned open_of_bonus(const struct board_rung *rung)
{
	const struct board_count *bonus = &rung->by_kind[ITEM_INNOVATION];
	return bonus->items - bonus->answered;
}

unsigned open_of_must(const struct board_rung *rung)
{
	return rung->by_state[STATE_OPEN] - open_of_bonus(rung);
}

const char *shown_id(const char *id)
{
	return lt_id_is_numbered(id) ? id : "";
}

const char *truth_text(const struct value *value, enum lt_lang lang, enum ink *ink)
{
	const bool zh = lang == LT_ZH;
	*ink = INK_DIM;
	if (value->state == VALUE_NA)
		return zh ? "不适用" : "n/a";
	if (value->state == VALUE_NONE)
		return zh ? "无从判断" : "no basis";
	if (!value_is_exact(value))
		return zh ? "◦ 未定" : "◦ open";
	*ink = value->lo.units != 0 ? INK_OK : INK_VETO;
	if (value->lo.units != 0)
		return zh ? "✓ 成立" : "✓ holds";
	return zh ? "✗ 不成立" : "✗ fails";
}

const struct label *origin_title(enum origin origin)
{
	static const struct label titles[N_ORIGINS] = {
		[ORIGIN_UNSTATED] = { "未定", "unset" },
		[ORIGIN_SOURCED] = { "标准", "standard" },
		[ORIGIN_USER] = { "本园", "own" },
		[ORIGIN_INFERRED] = { "推断", "inferred" },
		[ORIGIN_PROPOSED] = { "惯例", "proposed" },
		[ORIGIN_ILLUSTRATIVE] = { "示例", "illustrative" },
	};
	return &titles[origin];
}

/* ---- bars ---- */

/* A figure near the end of its range, times the cells of a bar, would be past it; for a picture
 * half its digits are enough. */
static lt_int128 drawn(struct lt_decimal amount, struct lt_decimal full)
{
	const lt_int128 most = LT_DECIMAL_ONE * LT_DECIMAL_ONE;
	const lt_int128 scale = full.units > most ? LT_DECIMAL_ONE : 1;
	const lt_int128 units = amount.units / scale;
	/* what is past either end is drawn at the end */
	return units < 0 ? 0 : units > full.units / scale ? full.units / scale : units;
}

/* Whether the middle of cell i lies within `amount`. */
static bool reaches(int i, int width, struct lt_decimal amount, struct lt_decimal full)
{
	return (2 * i + 1) * drawn(full, full) <= 2 * (lt_int128)width * drawn(amount, full);
}

int bar_line_cell(const struct bar *bar, int width)
{
	if (!bar->line || bar->full.units <= 0)
		return -1;
	const lt_int128 at = drawn(*bar->line, bar->full) * width / drawn(bar->full, bar->full);
	return at < width ? (int)at : width - 1;
}

void draw_bar(const struct canvas *canvas, int row, int col, int width, const struct bar *bar)
{
	static const char *const plain[] = { "━", "─", "╌" };
	static const char *const lined[] = { "┿", "┼", "│" };
	const enum ink inks[] = { bar->is_trial ? INK_WARN : bar->got,
				  bar->is_trial ? INK_WARN : INK_POSSIBLE, INK_FAINT };
	const enum ink upright = bar->is_trial ? INK_TITLE : INK_WARN;
	if (bar->full.units <= 0) {
		draw_fill(canvas, row, col, width, INK_FAINT, plain[2]);
		return;
	}
	const int line = bar_line_cell(bar, width);
	for (int i = 0; i < width; i++) {
		int part = 2;
		if (reaches(i, width, bar->low, bar->full))
			part = 0;
		else if (bar->high_unbounded || reaches(i, width, bar->high, bar->full))
			part = 1;
		draw_text(canvas, row, col + i, i == line ? upright : inks[part],
			  i == line ? lined[part] : plain[part]);
	}
}
