/* figure - numbers, times, sizes and states as people read them. */
#ifndef LINGTAN_TUI_FIGURE_H
#define LINGTAN_TUI_FIGURE_H

#include "draw.h"
#include "lingtan/app/board.h"

#define FIGURE_TEXT 96

/* With commas between thousands; places < 0: at most so many, without zeros at the end. */
const char *figure_decimal(struct lt_decimal value, int places, char buf[FIGURE_TEXT]);

/* A unit as people write it: in Chinese 万kWh for 10^4kWh, 亿元 for 10^8CNY, 个 for count; cut to the
 * room. NULL gives "". */
const char *figure_unit(const char *unit, enum lt_lang lang, char buf[FIGURE_TEXT]);

/* What something adds or takes: "+2.6", "-0.35", "+20.0"; with one place or two. */
const char *figure_change(struct lt_decimal value, char buf[FIGURE_TEXT]);

/* "37.8~71.9", one number where both ends show the same, "-" for none, "不适用"; an open end as
 * "12.5~". */
const char *figure_value(const struct value *value, int places, enum lt_lang lang,
			 char buf[FIGURE_TEXT]);

/* A truth: 符合, 不符合, "-" where it is open. Points as figure_value(). */
const char *figure_verdict(const struct board_item *item, const struct board_mark *mark,
			   enum lt_lang lang, char buf[FIGURE_TEXT]);

/* "今天 14:03", "11-12 09:40", "2025-11-12"; "" for NULL. */
const char *figure_time(const char *at, enum lt_lang lang, char buf[FIGURE_TEXT]);

/* "今天", "昨天", "11-18", "2024-11-09"; "" for NULL. */
const char *figure_day(const char *at, enum lt_lang lang, char buf[FIGURE_TEXT]);

/* "412 KB", from bytes written out. */
const char *figure_size(const char *bytes, char buf[FIGURE_TEXT]);

/* The mark of a state and its ink; " " where there is nothing to do. */
const char *state_mark(enum board_state state, enum ink *ink);
const struct label *state_title(enum board_state state);

/* Open items beside the progress of those that must be answered, so that the two add up to them; and
 * those that only add. */
unsigned open_of_must(const struct board_rung *rung);
unsigned open_of_bonus(const struct board_rung *rung);

/*
 * One bar, read without a legend: heavy = got, light = still possible, dashes = lost, upright = a
 * line to reach. Cell i is heavy when i + 0.5 <= low / full * width.
 */
struct bar {
	struct lt_decimal low, high, full;
	bool high_unbounded;
	const struct lt_decimal *line; /* NULL = none */
	enum ink got;                  /* of the heavy part, INK_ACCENT as a rule */
	bool is_trial;                 /* not the record: all of it in the colour of a warning */
};
void draw_bar(const struct canvas *canvas, int row, int col, int width, const struct bar *bar);

/* The cell of the line to reach, from 0; -1 = the bar has none. */
int bar_line_cell(const struct bar *bar, int width);

/* A number as the document gives it; "" where the id is only a word of ours. */
const char *shown_id(const char *id);

/* A condition of the plan: whether it holds, fails or is open, with its mark. */
const char *truth_text(const struct value *value, enum lt_lang lang, enum ink *ink);

/* What origin a number has, in one word. */
const struct label *origin_title(enum origin origin);

#endif
