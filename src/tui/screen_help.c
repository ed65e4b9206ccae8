/* Help: the keys that work on the screen below, and how marks, bars and origins are read. */
#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "list.h"
#include "screens.h"
#include "wrap.h"

#define HELP_LINES 300
#define BOTH_COLUMNS 94 /* of the screen, from which keys and signs stand side by side */
#define HELP_COLUMNS 100
#define SIGN_COLUMNS 39 /* of them, for marks, bars and origins */
#define TEXT_AT 23      /* columns before what a key does: the group, the key, its letter */

enum help_kind { HELP_EMPTY, HELP_KEYS, HELP_MARK, HELP_BAR, HELP_LINE, HELP_ORIGIN, HELP_TEXT };

struct help_line {
	enum help_kind kind;
	const char *group;  /* at its first line, else "" */
	const char *sign;   /* the keys, the mark */
	const char *letter; /* one letter, or "" */
	const char *text;
	enum ink ink;
	size_t from; /* bytes of the text that the rows before have */
};

struct help_page {
	struct help_line lines[HELP_LINES];
	unsigned n;
};

struct help {
	struct help_page keys, signs;
	struct help_page rows; /* the keys, what a key does in as many rows as it takes */
	struct list list;
	char letters[64][2];
	unsigned n_letters;
};

static void add(struct help_page *page, struct help_line line)
{
	if (page->n < HELP_LINES)
		page->lines[page->n++] = line;
}

/* ---- keys ---- */

static const struct label group_titles[N_ACTION_GROUPS] = {
	[GROUP_ANSWER] = { "作答", "Answer" },
	[GROUP_MOVE] = { "移动", "Move" },
	[GROUP_SCREEN] = { "画面", "Screens" },
	[GROUP_CHANGE] = { "撤改", "Change" },
};

static const char *letter_text(struct help *help, char letter)
{
	if (!letter || help->n_letters == sizeof(help->letters) / sizeof(help->letters[0]))
		return "";
	char *text = help->letters[help->n_letters++];
	text[0] = letter;
	text[1] = '\0';
	return text;
}

static unsigned add_actions(struct help *help, const struct screen *of, enum action_group group,
			    const struct action *actions, unsigned n, const char *title)
{
	const struct workbench *bench = of->bench;
	unsigned added = 0;
	for (unsigned i = 0; i < n; i++) {
		const struct action *action = &actions[i];
		if (action->group != group || !label_of(bench, &action->title)[0] ||
		    !(actions == common_actions ? common_is_live(of, action)
						: action_is_live(of, action)))
			continue;
		const char *text = label_of(bench, &action->help);
		add(&help->keys,
		    (struct help_line){ .kind = HELP_KEYS,
					.group = added ? "" : title,
					.sign = action_keys(bench, action),
					.letter = letter_text(help, action->letter),
					.text = text[0] ? text : label_of(bench, &action->title) });
		added++;
	}
	return added;
}

static void collect_keys(struct help *help, const struct screen *of)
{
	const struct workbench *bench = of->bench;
	for (unsigned group = 0; group < N_ACTION_GROUPS; group++) {
		const char *title = label_of(bench, &group_titles[group]);
		unsigned n = add_actions(help, of, (enum action_group)group, of->kind->actions,
					 of->kind->n_actions, title);
		n += add_actions(help, of, (enum action_group)group, common_actions,
				 n_common_actions, n ? "" : title);
		if (n > 0)
			add(&help->keys, (struct help_line){ .kind = HELP_EMPTY });
	}
	add(&help->keys,
	    (struct help_line){ .kind = HELP_TEXT,
				.group = tell(bench, "全角", "Wide"),
				.sign = tell(bench, "：／？１ 同半角，不必切换输入法",
					     "full-width letters and digits count as ASCII") });
}

/* ---- marks, bars, origins ---- */

static void collect_marks(struct help *help, const struct workbench *bench)
{
	static const enum board_state states[] = { STATE_DONE,   STATE_OPEN,      STATE_UNPROVEN,
						   STATE_FAILED, STATE_SENT_BACK, STATE_NA };
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		enum ink ink;
		const char *mark = state_mark(states[i], &ink);
		add(&help->signs,
		    (struct help_line){ .kind = HELP_MARK,
					.group = i ? "" : tell(bench, "记号", "Marks"),
					.sign = mark,
					.text = label_of(bench, state_title(states[i])),
					.ink = ink });
	}
	add(&help->signs, (struct help_line){ .kind = HELP_EMPTY });
}

static void collect_signs(struct help *help, const struct workbench *bench)
{
	static const struct {
		const char *bar;
		enum ink ink;
		struct label text;
	} bars[] = {
		{ "━━━━━━━━", INK_ACCENT, { "已得", "got" } },
		{ "────────", INK_POSSIBLE, { "尚可得", "still possible" } },
		{ "╌╌╌╌╌╌╌╌", INK_FAINT, { "已失", "lost" } },
	};
	static const struct {
		struct label word, text;
		enum ink ink;
	} origins[] = {
		{ { "标准", "standard" }, { "有文号条款", "with its clause" }, INK_DIM },
		{ { "推断", "inferred" }, { "由条文推得", "from the text" }, INK_WARN },
		{ { "示例", "illustr." }, { "只可出样张", "specimens only" }, INK_WARN },
		{ { "本园", "own" }, { "本园录入", "entered here" }, INK_TEXT },
		{ { "未定", "unset" }, { "空，不是 0", "empty, not 0" }, INK_VETO },
	};
	collect_marks(help, bench);
	for (size_t i = 0; i < sizeof(bars) / sizeof(bars[0]); i++)
		add(&help->signs, (struct help_line){ .kind = HELP_BAR,
						      .group = i ? "" : tell(bench, "条形", "Bars"),
						      .sign = bars[i].bar,
						      .text = label_of(bench, &bars[i].text),
						      .ink = bars[i].ink });
	add(&help->signs, (struct help_line){ .kind = HELP_LINE,
					      .text = tell(bench, "竖线为及格", "the line to reach") });
	add(&help->signs, (struct help_line){ .kind = HELP_EMPTY });
	add(&help->signs, (struct help_line){ .kind = HELP_TEXT,
					      .group = tell(bench, "区间", "Range"),
					      .sign = "37.8~71.9",
					      .ink = INK_TITLE });
	add(&help->signs, (struct help_line){ .kind = HELP_TEXT,
					      .sign = tell(bench, "左 未评的都不得分",
							   "left: all open items fail") });
	add(&help->signs, (struct help_line){ .kind = HELP_TEXT,
					      .sign = tell(bench, "右 未评的都得满分",
							   "right: all open items score") });
	add(&help->signs, (struct help_line){ .kind = HELP_EMPTY });
	for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++)
		add(&help->signs,
		    (struct help_line){ .kind = HELP_ORIGIN,
					.group = i ? "" : tell(bench, "来源", "Origin"),
					.sign = label_of(bench, &origins[i].word),
					.text = label_of(bench, &origins[i].text),
					.ink = origins[i].ink });
}

/* ---- drawing ---- */

static void wrap_keys(struct help *help, int columns)
{
	help->rows.n = 0;
	for (unsigned i = 0; i < help->keys.n; i++) {
		struct help_line line = help->keys.lines[i];
		const size_t len = line.kind == HELP_KEYS ? strlen(line.text) : 0;
		add(&help->rows, line);
		for (size_t at = 0; len > 0;) {
			const struct wrap_line row = wrap_line(line.text, len, at, columns);
			if (row.is_last)
				break;
			at = row.next;
			add(&help->rows, (struct help_line){ .kind = HELP_KEYS, .group = "", .sign = "", .letter = "", .text = line.text, .from = at });
		}
	}
}

static void draw_key(const struct canvas *canvas, int row, const struct help_line *line)
{
	const size_t len = strlen(line->text);
	const struct wrap_line shown = wrap_line(line->text, len, line->from, canvas->cols - TEXT_AT);
	draw_cut(canvas, row, 9, 11, INK_KEY, line->sign);
	draw_text(canvas, row, 9 + 11, INK_DIM, line->letter);
	draw_bytes(canvas, row, TEXT_AT, INK_TEXT, line->text + shown.from, shown.to - shown.from);
}

static void draw_line(const struct canvas *canvas, int row, const struct help_line *line)
{
	const int at = 9; /* after the name of the group */
	int col;
	if (line->group)
		draw_text(canvas, row, 0, INK_ACCENT, line->group);
	switch (line->kind) {
	case HELP_KEYS:
		draw_key(canvas, row, line);
		break;
	case HELP_MARK:
		draw_text(canvas, row, at, line->ink, line->sign);
		draw_cut(canvas, row, at + 3, canvas->cols - at - 3, INK_TEXT, line->text);
		break;
	case HELP_BAR:
		draw_text(canvas, row, at, line->ink, line->sign);
		draw_cut(canvas, row, at + 10, canvas->cols - at - 10, INK_TEXT, line->text);
		break;
	case HELP_LINE:
		col = draw_text(canvas, row, at, INK_ACCENT, "━━━");
		col = draw_text(canvas, row, col, INK_POSSIBLE, "──");
		col = draw_text(canvas, row, col, INK_WARN, "┼");
		draw_text(canvas, row, col, INK_FAINT, "╌╌");
		draw_cut(canvas, row, at + 10, canvas->cols - at - 10, INK_TEXT, line->text);
		break;
	case HELP_ORIGIN:
		draw_cut(canvas, row, at, 9, line->ink, line->sign);
		draw_cut(canvas, row, at + 10, canvas->cols - at - 10, INK_DIM, line->text);
		break;
	case HELP_TEXT:
		draw_cut(canvas, row, at, canvas->cols - at, line->ink == INK_TITLE ? INK_TITLE : INK_DIM,
			 line->sign);
		break;
	default:
		break;
	}
}

static const struct help_line *line_at(const struct help *help, bool two, unsigned i)
{
	if (i < help->rows.n)
		return &help->rows.lines[i];
	return !two && i - help->rows.n < help->signs.n ? &help->signs.lines[i - help->rows.n]
							: NULL;
}

/* Columns inside the popup; how high it is follows from them. */
static int help_columns(struct workbench *bench, const struct canvas *canvas)
{
	const int most = frame_breadth(bench) == BREADTH_60 ? canvas->cols - 2 : canvas->cols - 10;
	return most < HELP_COLUMNS ? most : HELP_COLUMNS;
}

static void help_draw(struct screen *screen, const struct canvas *canvas)
{
	struct help *help = screen->data;
	struct workbench *bench = screen->bench;
	const struct screen *below =
		bench->n_screens > 1 ? &bench->stack[bench->n_screens - 2] : screen;
	char title[128];
	snprintf(title, sizeof(title), "%s  %s", tell(bench, "帮助", "Help"),
		 label_of(bench, &below->kind->title));
	const bool two = canvas->cols >= BOTH_COLUMNS;
	const int cols = help_columns(bench, canvas);
	wrap_keys(help, (two ? cols - SIGN_COLUMNS : cols) - 4 - TEXT_AT);
	const unsigned n = two ? (help->rows.n > help->signs.n ? help->rows.n : help->signs.n)
			       : help->rows.n + help->signs.n;
	const struct canvas inside =
		frame_popup(bench, canvas, (int)n + 2, HELP_COLUMNS, false, title,
			    tell(bench, "只列此处可用的键", "only keys that work here"));
	help->list.n = n;
	help->list.rows = (unsigned)(inside.rows - 2);
	const unsigned last = n > help->list.rows ? n - help->list.rows : 0;
	if (help->list.first > last)
		help->list.first = last;
	const int right = two ? inside.cols - SIGN_COLUMNS : inside.cols;
	const struct canvas left = canvas_part(&inside, 1, 2, -1, right - 4);
	const struct canvas signs = canvas_part(&inside, 1, right + 2, -1, SIGN_COLUMNS - 3);
	for (int row = 0; row < left.rows; row++) {
		const unsigned i = help->list.first + (unsigned)row;
		const struct help_line *line = line_at(help, two, i);
		if (line)
			draw_line(&left, row, line);
		if (two && i < help->signs.n)
			draw_line(&signs, row, &help->signs.lines[i]);
	}
	if (two)
		draw_upright(&inside, right, 1, inside.rows - 2);
	if (help->list.first < last)
		draw_format(&inside, inside.rows - 1, 3, INK_DIM,
			    tell(bench, "其余 %u 行", "%u more lines"), last - help->list.first);
}

static bool help_key(struct screen *screen, const struct event *event)
{
	struct help *help = screen->data;
	/* scrolls: the window moves, there is no cursor */
	help->list.at = help->list.first;
	const bool moved = list_key(&help->list, event);
	help->list.first = help->list.at;
	if (moved)
		return true;
	if (event->key == K_F1 || event->key == K_ENTER) {
		workbench_pop(screen->bench);
		return true;
	}
	return event->key == K_TEXT && key_ascii(event) != 'q' && key_ascii(event) != ':';
}

static const struct action help_actions[] = {
	{ .keys = { "上下", "arrows" },
	  .title = { "滚动", "scroll" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
};

static const struct screen_kind help_kind = {
	.id = "help",
	.title = { "帮助", "Help" },
	.size = SIZE_POPUP,
	.actions = help_actions,
	.n_actions = 1,
	.draw = help_draw,
	.key = help_key,
};

void help_open(struct workbench *bench)
{
	const struct screen *top = workbench_top(bench);
	if (top->kind == &help_kind)
		return;
	struct help *help = workbench_room(bench, sizeof(*help));
	if (!help)
		return;
	collect_keys(help, top);
	collect_signs(help, bench);
	workbench_push(bench, &help_kind, help);
}
