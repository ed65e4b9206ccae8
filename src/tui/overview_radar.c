/* The radar of the overview: what each section has got, and what it still can. */
#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "overview.h"
#include "plot.h"

#define MOST_AXES 12
#define LEAST_ROWS_OF_PLOT 7
#define AROUND 4  /* rows of labels above and below, an empty one, the legend */
#define BESIDE 12 /* columns of labels at both sides */
#define BESIDE_WORDS 20 /* the same of English ones */
#define HAN 3     /* bytes */
#define LETTERS 14 /* columns of an English name at most */

/* Sections of bonus items are no side of the whole. */
static unsigned list_axes(const struct overview *overview, unsigned axes[MOST_AXES])
{
	const struct board *board = overview->bench->board;
	unsigned n = 0;
	for (unsigned i = 0; i < overview->n_sections; i++) {
		const unsigned at = overview->sections[i];
		if (board->sections[at].maximum.units == 0 ||
		    board_tally(board, at)->must.items == 0)
			continue;
		if (n == MOST_AXES)
			return 0;
		axes[n++] = at;
	}
	return n;
}

bool overview_has_radar(const struct overview *overview)
{
	unsigned axes[MOST_AXES];
	return overview->bench->board->has_radar && !overview->bench->hides_score &&
	       list_axes(overview, axes) >= 3;
}

/* ---- names ---- */

static bool is_han_only(const char *text)
{
	for (; *text; text += HAN)
		if ((unsigned char)text[0] < 0xe3 || (unsigned char)text[0] > 0xe9 || !text[1] ||
		    !text[2])
			return false;
	return true;
}

static bool others_have(const struct overview *overview, const unsigned *axes, unsigned n,
			unsigned but, const char *pair)
{
	for (unsigned i = 0; i < n; i++) {
		const struct board_section *section = &overview->bench->board->sections[axes[i]];
		if (i != but && strstr(label_of(overview->bench, &section->decl->title), pair))
			return true;
	}
	return false;
}

/* The first word of an English title that no other section has. */
static void short_words(const struct overview *overview, const unsigned *axes, unsigned n,
			unsigned at, const char *title, char *out, size_t cap)
{
	char word[LETTERS + 1];
	for (size_t len; title[0]; title += len + (title[len] == ' ')) {
		len = strcspn(title, " ");
		if (len == 0 || len > LETTERS)
			continue;
		snprintf(word, sizeof(word), "%.*s", (int)len, title);
		if (others_have(overview, axes, n, at, word))
			continue;
		snprintf(out, cap, "%s", word);
		return;
	}
}

/* The first two characters of a Chinese title that no other section has in its own, of 园区规划 the
 * latter two; else the section's number. */
static void short_name(const struct overview *overview, const unsigned *axes, unsigned n,
		       unsigned at, char *out, size_t cap)
{
	const struct section *section = overview->bench->board->sections[axes[at]].decl;
	const char *title = label_of(overview->bench, &section->title);
	snprintf(out, cap, "%s", section->id);
	if (overview->bench->lang != LT_ZH)
		short_words(overview, axes, n, at, title, out, cap);
	if (overview->bench->lang != LT_ZH || !is_han_only(title))
		return;
	for (; strlen(title) >= 2 * HAN; title += 2 * HAN) {
		char pair[2 * HAN + 1];
		snprintf(pair, sizeof(pair), "%s", title);
		if (others_have(overview, axes, n, at, pair))
			continue;
		snprintf(out, cap, "%s", pair);
		return;
	}
}

/* ---- labels ---- */

struct radar_label {
	const char *title; /* whole, where there is room for it */
	char name[32], rate[FIGURE_TEXT];
};

static const char *name_within(const struct radar_label *label, int cols)
{
	return label->title && text_columns(label->title) <= cols ? label->title : label->name;
}

/* The rim keeps off what is written beside it. */
static int draw_apart(const struct canvas *canvas, int row, int col, int cols, enum ink ink,
		      const char *text)
{
	if (col > 0)
		draw_text(canvas, row, col - 1, ink, " ");
	const int end = draw_cut(canvas, row, col, cols, ink, text);
	draw_text(canvas, row, end, ink, " ");
	return end;
}

/* Where the rim is widest: name and rate one below the other. */
static void draw_label_below(const struct canvas *canvas, const struct plot *plot, unsigned at,
			     unsigned n, const struct radar_label *label, int left)
{
	const int name = text_columns(label->name), rate = text_columns(label->rate);
	const int cols = name > rate ? name : rate;
	int row, col;
	radar_place_label(plot, (int)at, (int)n, cols, &row, &col);
	if (left + col < 0)
		col = -left;
	const int room = canvas->cols - left - col, shown = cols < room ? cols : room;
	draw_apart(canvas, row + 1, left + col, shown, INK_DIM, label->name);
	draw_apart(canvas, row + 2, left + col + shown - rate, rate, INK_TEXT, label->rate);
}

static void draw_label(const struct canvas *canvas, const struct plot *plot, unsigned at,
		       unsigned n, const struct radar_label *label, int left)
{
	const int rate = text_columns(label->rate);
	for (int cols = LETTERS; cols >= 0; cols -= LETTERS) {
		const char *text = name_within(label, cols);
		const int name = text_columns(text);
		int row, col;
		radar_place_label(plot, (int)at, (int)n, name + 1 + rate, &row, &col);
		if (left + col < 0 || left + col + name + 1 + rate >= canvas->cols)
			continue;
		const int end = draw_apart(canvas, row + 1, left + col, name, INK_DIM, text);
		draw_apart(canvas, row + 1, end + 1, rate, INK_TEXT, label->rate);
		return;
	}
	draw_label_below(canvas, plot, at, n, label, left);
}

static void draw_legend(const struct overview *overview, const struct canvas *canvas, int row)
{
	const struct workbench *bench = overview->bench;
	int col = draw_text(canvas, row, 3, INK_DIM, tell(bench, "得分率 %", "Percent")) + 3;
	col = draw_text(canvas, row, col, INK_ACCENT, "━");
	col = draw_text(canvas, row, col + 1, INK_DIM, tell(bench, "已得", "got")) + 3;
	col = draw_text(canvas, row, col, INK_POSSIBLE, "─");
	draw_text(canvas, row, col + 1, INK_DIM, tell(bench, "最高可得", "possible"));
}

/* ---- the radar ---- */

/* A percentage in thousandths of the full mark. */
static int share_of(struct lt_decimal percent)
{
	const lt_int128 share = percent.units * 10 / LT_DECIMAL_ONE;
	return share < 0 ? 0 : share > 1000 ? 1000 : (int)share;
}

static void draw_dots(const struct canvas *canvas, const struct plot *plot, int left)
{
	static const enum ink inks[PLOT_LAYERS] = {
		[PLOT_RIM] = INK_FAINT, [PLOT_POSSIBLE] = INK_POSSIBLE, [PLOT_GOT] = INK_ACCENT
	};
	for (int row = 0; row < plot->rows; row++)
		for (int col = 0; col < plot->cols; col++) {
			char sign[PLOT_SIGN];
			enum plot_layer layer = PLOT_RIM;
			plot_sign(plot, row, col, 0, sign, &layer);
			if (sign[0])
				draw_text(canvas, row + 1, left + col, inks[layer], sign);
		}
}

void overview_draw_radar(struct overview *overview, const struct canvas *canvas)
{
	const struct board *board = overview->bench->board;
	unsigned axes[MOST_AXES];
	const unsigned n = list_axes(overview, axes);
	struct radar_axis shares[MOST_AXES];
	struct plot plot;
	const int beside = overview->bench->lang == LT_ZH ? BESIDE : BESIDE_WORDS;
	int rows = canvas->rows - AROUND;
	if (2 * rows > canvas->cols - beside)
		rows = (canvas->cols - beside) / 2;
	if (rows < LEAST_ROWS_OF_PLOT)
		return;
	plot_init(&plot, rows, 2 * rows);
	for (unsigned i = 0; i < n; i++) {
		const struct board_tally *tally = board_tally(board, axes[i]);
		shares[i] = (struct radar_axis){ share_of(tally->rate_got),
						 share_of(tally->rate_possible) };
	}
	radar_draw(&plot, shares, (int)n);
	const int left = (canvas->cols - 1 - plot.cols) / 2;
	draw_dots(canvas, &plot, left);
	for (unsigned i = 0; i < n; i++) {
		struct radar_label label = { .title = NULL };
		if (overview->bench->lang != LT_ZH)
			label.title = label_of(overview->bench, &board->sections[axes[i]].decl->title);
		short_name(overview, axes, n, i, label.name, sizeof(label.name));
		figure_decimal(board_tally(board, axes[i])->rate_got, 0, label.rate);
		draw_label(canvas, &plot, i, n, &label, left);
	}
	draw_legend(overview, canvas, rows + 3);
}
