/*
 * What the visit has left out, and the items with their verdicts on documents and on site, apart.
 * Tab goes from one to the other; Enter goes to where it is cured.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "visit.h"

struct coverage_screen {
	struct coverage cover; /* in the session's arena */
	struct note_info *notes;
	unsigned n_notes;
	struct list gaps, items;
	bool on_items;
	char item[110]; /* that a question was asked about */
};

static struct coverage_screen *coverage_of(const struct screen *screen)
{
	return screen->data;
}

/* What the visit itself has left out stands before what every item still lacks. */
static void put_in_order(struct coverage *cover, struct lt_arena *arena)
{
	static const enum coverage_gap_kind order[N_COVERAGE_GAPS] = {
		COVER_UNFILED_NOTE, COVER_NOT_VISITED, COVER_NO_SIGN_IN, COVER_NOT_PLANNED,
		COVER_NO_SITE,	    COVER_NO_EVIDENCE, COVER_NO_METHOD,
	};
	struct coverage_gap *sorted = lt_arena_alloc(arena, cover->n_gaps + 1u, sizeof(*sorted));
	unsigned n = 0;
	for (unsigned k = 0; sorted && k < N_COVERAGE_GAPS; k++)
		for (unsigned i = 0; i < cover->n_gaps; i++)
			if (cover->gaps[i].kind == order[k])
				sorted[n++] = cover->gaps[i];
	if (sorted && n == cover->n_gaps)
		cover->gaps = sorted;
}

static void load(struct screen *screen)
{
	struct coverage_screen *at = coverage_of(screen);
	struct workbench *bench = screen->bench;
	const struct note_filter all = { 0 };
	struct lt_err err = LT_ERR_INIT;
	enum lt_status status = session_coverage(bench->session, bench->ref, &at->cover,
						 &bench->findings, &err);
	if (!status)
		status = session_notes(bench->session, &all, &at->notes, &at->n_notes, &err);
	if (!status) {
		put_in_order(&at->cover, &bench->session->arena);
		return;
	}
	at->cover = (struct coverage){ 0 };
	at->n_notes = 0;
	workbench_tell_err(bench, &err);
}

static const struct coverage_gap *gap_at(const struct screen *screen)
{
	const struct coverage_screen *at = coverage_of(screen);
	return !at->on_items && at->gaps.at < at->cover.n_gaps ? &at->cover.gaps[at->gaps.at] : NULL;
}

static const struct coverage_item *item_at(const struct screen *screen)
{
	const struct coverage_screen *at = coverage_of(screen);
	return at->on_items && at->items.at < at->cover.n_items ? &at->cover.items[at->items.at] : NULL;
}

/* ---- drawing ---- */

static enum ink gap_ink(enum coverage_gap_kind kind)
{
	return kind == COVER_NOT_VISITED || kind == COVER_NO_SITE || kind == COVER_NO_SIGN_IN ? INK_VETO
											      : INK_WARN;
}

static void draw_gap(const struct workbench *bench, const struct coverage_screen *at,
		     const struct canvas *canvas, int row, unsigned number)
{
	const struct coverage_gap *gap = &at->cover.gaps[number];
	const bool is_first = number == at->gaps.first || at->cover.gaps[number - 1].kind != gap->kind;
	const int title = bench->lang == LT_ZH ? 22 : 26;
	const int id = frame_breadth(bench) >= BREADTH_100 ? 14 : 9;
	const enum ink ink = gap_ink(gap->kind);
	/* a note is known by its words, not by its number */
	const bool is_note = gap->kind == COVER_UNFILED_NOTE;
	draw_text(canvas, row, 3, ink, ink == INK_VETO ? "✗" : "!");
	if (is_first)
		draw_cut(canvas, row, 5, title, INK_TEXT, label_of(bench, &coverage_gap_titles[gap->kind]));
	/* a number on a list is known by it; the list stands behind */
	const char *number_of_list = gap->kind == COVER_NOT_VISITED ? strrchr(gap->what, '#') : NULL;
	if (!is_note)
		draw_cut(canvas, row, 7 + title, id, INK_ACCENT,
			 number_of_list ? number_of_list : shown_id(gap->what));
	const int from = 7 + title + (is_note ? 0 : id + 2);
	draw_cut(canvas, row, from, canvas->cols - from - 2, INK_DIM, gap->more);
}

static void draw_gaps(const struct screen *screen, const struct canvas *canvas)
{
	struct coverage_screen *at = coverage_of(screen);
	const struct workbench *bench = screen->bench;
	list_fit(&at->gaps, at->cover.n_gaps, canvas->rows);
	for (unsigned i = at->gaps.first; i < list_end(&at->gaps); i++) {
		const int row = (int)(i - at->gaps.first);
		draw_gap(bench, at, canvas, row, i);
		if (i == at->gaps.at)
			draw_selection(canvas, row, !at->on_items);
	}
	if (!at->cover.n_gaps)
		draw_text(canvas, 0, 5, INK_OK,
			  tell(bench, "✓ 没有漏下的", "✓ nothing was left out"));
}

#define METHODS_TEXT 120

static const struct column_spec specs[] = {
	{ { "名称", "Title" }, 14, BREADTH_60, false, 0 },
	{ { "记录", "notes" }, 5, BREADTH_100, true, 0 },
	{ { "佐证", "evid." }, 5, BREADTH_60, true, 0 },
	{ { "方法", "methods" }, 16, BREADTH_80, false, 0 },
	{ { "转现场", "to site" }, 7, BREADTH_80, true, 0 },
	{ { "文件", "doc." }, 4, BREADTH_60, true, 0 },
	{ { "现场", "site" }, 4, BREADTH_60, true, 0 },
};

static size_t add_methods(const struct workbench *bench, unsigned methods, char *out, size_t used)
{
	static const struct label short_titles[N_METHODS] = {
		[METHOD_DOCUMENT] = { "文件", "doc" },	       [METHOD_OBSERVATION] = { "观察", "obs" },
		[METHOD_INTERVIEW] = { "访谈", "int" },	       [METHOD_RECALCULATION] = { "复算", "calc" },
		[METHOD_TRIAL] = { "试用", "trial" },
	};
	bool is_first = true;
	for (unsigned m = 0; m < N_METHODS; m++) {
		if (!(methods & 1u << m))
			continue;
		used += text_format(out + used, METHODS_TEXT - used, "%s%s",
				    is_first ? "" : " ", label_of(bench, &short_titles[m]));
		is_first = false;
	}
	return used;
}

/* The methods that were used, then those that are asked for and were not; the latter alone where there is no room for both. */
static const char *methods_text(const struct workbench *bench, const struct coverage_item *item, int cols,
				char out[METHODS_TEXT])
{
	const unsigned missing = item->asked & ~item->methods;
	size_t used = add_methods(bench, item->methods, out, 0);
	out[used] = '\0';
	if (missing) {
		used += text_format(out + used, METHODS_TEXT - used, "%s%s", used ? " " : "", tell(bench, "缺", "no "));
		add_methods(bench, missing, out, used);
	}
	if (missing && text_columns(out) > cols) {
		used = text_format(out, METHODS_TEXT, "%s", tell(bench, "缺", "no "));
		add_methods(bench, missing, out, used);
	}
	return out[0] ? out : "-";
}

static void draw_item(const struct workbench *bench, const struct coverage_item *item,
		      const struct columns *columns, const struct canvas *canvas, int row)
{
	char text[METHODS_TEXT];
	enum ink ink;
	draw_cut(canvas, row, 5, 8, INK_ACCENT, shown_id(item->item));
	columns_cell(columns, canvas, row, 0, item->is_idle ? INK_DIM : INK_TEXT,
		     label_of(bench, &item->title));
	snprintf(text, sizeof(text), item->n_notes ? "%u" : "-", item->n_notes);
	columns_cell(columns, canvas, row, 1, INK_DIM, text);
	columns_cell(columns, canvas, row, 2, item->has_evidence ? INK_OK : INK_WARN,
		     item->has_evidence ? "✓" : item->is_excused ? "-" : "!");
	columns_cell(columns, canvas, row, 3, INK_DIM, methods_text(bench, item, columns->cols[3], text));
	columns_cell(columns, canvas, row, 4, item->is_sent && !item->is_on_plan ? INK_WARN : INK_DIM,
		     item->is_sent ? (item->is_on_plan ? "✓" : "!") : "-");
	const char *mark = visit_mark(item->document, &ink);
	columns_cell(columns, canvas, row, 5, ink, mark);
	mark = visit_mark(item->site, &ink);
	columns_cell(columns, canvas, row, 6, ink, mark);
}

static void draw_items(const struct screen *screen, const struct canvas *canvas)
{
	struct coverage_screen *at = coverage_of(screen);
	const struct workbench *bench = screen->bench;
	struct columns columns;
	columns_lay(&columns, specs, 7, bench, canvas, 14);
	columns_titles(&columns, bench, canvas, 0);
	list_fit(&at->items, at->cover.n_items, canvas->rows - 1);
	for (unsigned i = at->items.first; i < list_end(&at->items); i++) {
		const int row = 1 + (int)(i - at->items.first);
		draw_item(bench, &at->cover.items[i], &columns, canvas, row);
		if (i == at->items.at)
			draw_selection(canvas, row, at->on_items);
	}
}

static void coverage_draw(struct screen *screen, const struct canvas *canvas)
{
	const struct coverage_screen *at = coverage_of(screen);
	const struct workbench *bench = screen->bench;
	/* the part that has the focus gets the room */
	const int most = canvas->rows - 4;
	const int few = most / 3;
	int high = at->on_items ? few : most - few;
	if ((int)at->cover.n_gaps < high)
		high = at->cover.n_gaps ? (int)at->cover.n_gaps : 1;
	char text[60];
	const struct canvas gaps = canvas_part(canvas, 2, 0, high, 0);
	const struct canvas items = canvas_part(canvas, high + 4, 0, canvas->rows - high - 4, 0);
	snprintf(text, sizeof(text), "%u", at->cover.n_gaps);
	visit_title(canvas, 1, !at->on_items, tell(bench, "漏下的", "left out"), text);
	draw_gaps(screen, &gaps);
	snprintf(text, sizeof(text), "%u", at->cover.n_items);
	visit_title(canvas, high + 3, at->on_items,
		    tell(bench, "条款：文件结论与现场结论", "items: verdicts on documents and on site"), text);
	draw_items(screen, &items);
}

static void coverage_header(struct screen *screen, const struct canvas *row)
{
	const struct coverage_screen *at = coverage_of(screen);
	const struct workbench *bench = screen->bench;
	char text[160];
	text_format(text, sizeof(text),
		    tell(bench, "未归记录 %u  未到样本 %u  未签到 %u", "notes %u  places %u  sign-in %u"),
		    at->cover.n_of[COVER_UNFILED_NOTE], at->cover.n_of[COVER_NOT_VISITED],
		    at->cover.n_of[COVER_NO_SIGN_IN]);
	visit_header(bench, row, text);
}

/* ---- keys ---- */

static void to_item(struct workbench *bench, const char *item)
{
	const uint32_t slot = board_find_item(bench->board, item);
	if (slot != NO_SLOT)
		walk_goto(bench, slot);
}

static void to_note(struct screen *screen, const char *id)
{
	const struct coverage_screen *at = coverage_of(screen);
	for (unsigned i = 0; i < at->n_notes; i++)
		if (strcmp(at->notes[i].id, id) == 0) {
			note_ask_items(screen->bench, &at->notes[i]);
			return;
		}
}

/* A sampled place is seen at a stop: the plan is where it gets one. */
static void cure(struct screen *screen, const struct coverage_gap *gap)
{
	struct workbench *bench = screen->bench;
	switch (gap->kind) {
	case COVER_UNFILED_NOTE:
		to_note(screen, gap->what);
		break;
	case COVER_NO_SIGN_IN:
		stop_open(bench, gap->what);
		break;
	case COVER_NOT_VISITED:
	case COVER_NOT_PLANNED:
		plan_open(bench);
		break;
	case COVER_NO_EVIDENCE:
	case COVER_NO_METHOD:
	case COVER_NO_SITE:
		to_item(bench, gap->what);
		break;
	case N_COVERAGE_GAPS:
		break;
	}
}

static void enter(struct screen *screen)
{
	const struct coverage_gap *gap = gap_at(screen);
	const struct coverage_item *item = item_at(screen);
	if (gap)
		cure(screen, gap);
	else if (item)
		to_item(screen->bench, item->item);
}

static void judge(struct workbench *bench, const char *item, const char *verdict, const char *to_site,
		  const char *stop)
{
	const struct new_verdict wish = {
		.item = item, .verdict = verdict, .to_site = to_site, .stop = stop
	};
	struct lt_err err = LT_ERR_INIT;
	char command[200];
	bool done = false;
	snprintf(command, sizeof(command), "document %.100s %.40s", item, verdict);
	workbench_begin(bench, command);
	const enum lt_status status =
		session_judge_documents(bench->session, bench->ref, &wish, &done, &bench->findings, &err);
	const struct label title = visit_verdict_title(verdict);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE,
			       to_site ? tell(bench, "%s 文件：%s，转现场", "%s documents: %s, to site")
				       : tell(bench, "%s 文件：%s", "%s documents: %s"),
			       wish.item, label_of(bench, &title));
}

static struct coverage_screen *coverage_on_top(struct workbench *bench);

static void stop_given(struct workbench *bench, void *context, unsigned number)
{
	struct coverage_screen *at = coverage_on_top(bench);
	struct stop_info *stops;
	struct lt_err err = LT_ERR_INIT;
	unsigned n;
	struct inspection_info now;
	if (!at)
		return;
	if (session_stops_of_year(bench->session, bench->ref->year, NULL, &stops, &n, &err) ||
	    session_inspection(bench->session, bench->ref->name, at->item, &now, &err)) {
		workbench_tell_err(bench, &err);
		return;
	}
	/* the last row: not known yet where */
	judge(bench, at->item, now.document[0] ? now.document : "unclear", context,
	      number < n ? stops[number].id : "");
}

/* What to check, then at which stop. */
static void ask_given_site(struct workbench *bench, void *context, const char *text)
{
	struct coverage_screen *at = coverage_on_top(bench);
	struct stop_info *stops;
	struct lt_err err = LT_ERR_INIT;
	unsigned n;
	(void)context;
	char *ask = lt_arena_strndup(&bench->session->arena, text, strlen(text));
	if (!at)
		return;
	if (session_stops_of_year(bench->session, bench->ref->year, NULL, &stops, &n, &err)) {
		workbench_tell_err(bench, &err);
		return;
	}
	struct menu_row *rows = lt_arena_alloc(&bench->session->arena, n + 1, sizeof(*rows));
	if (!ask || !rows) {
		lt_err_memory(&err);
		workbench_tell_err(bench, &err);
		return;
	}
	for (unsigned i = 0; i < n; i++)
		rows[i] = (struct menu_row){ .title = stops[i].title,
					     .detail = stops[i].day,
					     .digit = i < 9 ? (int)i + 1 : -1 };
	rows[n] = (struct menu_row){ .title = tell(bench, "还不知道在哪一站", "at no stop yet"), .digit = 0 };
	menu_open(bench, tell(bench, "在哪一站看", "at which stop"), rows, n + 1, n, stop_given, ask);
}

static void send(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct coverage_screen *at = coverage_of(screen);
	const struct coverage_item *item = item_at(screen);
	if (!item)
		return;
	text_format(at->item, sizeof(at->item), "%s", item->item);
	ask_open_words(bench, "", at->item, tell(bench, "到现场看什么", "what to check on site"), "", true, NULL,
		 ask_given_site, NULL);
}

static void note(struct screen *screen)
{
	note_ask(screen->bench);
}

static bool on_item(const struct screen *screen)
{
	return item_at(screen) && screen_is_writable(screen);
}

static bool coverage_key(struct screen *screen, const struct event *event)
{
	struct coverage_screen *at = coverage_of(screen);
	const int digit = key_digit(event);
	if (list_key(at->on_items ? &at->items : &at->gaps, event))
		return true;
	if (event->key == K_TAB || event->key == K_BACKTAB) {
		at->on_items = !at->on_items;
		return true;
	}
	if (digit >= 1 && digit <= 4 && on_item(screen))
		judge(screen->bench, item_at(screen)->item, visit_verdict_names[digit - 1], NULL, NULL);
	return digit >= 0;
}

static const struct action coverage_actions[] = {
	{ .key = K_ENTER,
	  .title = { "去补", "cure" },
	  .help = { "记录归条款；条款到逐项；样本到计划；签到到那一站", "to where it is cured" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = enter },
	{ .keys = { "Tab", "Tab" },
	  .title = { "漏项、条款", "gaps, items" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .keys = { "1-4", "1-4" },
	  .title = { "文件结论", "documents" },
	  .help = { "1 符合 2 不符合 3 待核实 4 不适用",
		    "1 conforms 2 not 3 unclear 4 not applicable" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = on_item },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "转现场", "to site" },
	  .help = { "写明看什么、在哪一站；那一站的清单里就有",
		    "what to check and where; it stands on that stop's list" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = on_item,
	  .run = send },
	{ .key = K_F4,
	  .letter = 'r',
	  .title = { "记一笔", "note" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_for_words = true,
	  .is_live = screen_is_writable,
	  .run = note },
};

static const struct screen_kind coverage_kind = {
	.id = "coverage",
	.title = { "覆盖", "Coverage" },
	.size = SIZE_WHOLE,
	.actions = coverage_actions,
	.n_actions = sizeof(coverage_actions) / sizeof(coverage_actions[0]),
	.needs_project = true,
	.draw = coverage_draw,
	.header = coverage_header,
	.key = coverage_key,
	.changed = load,
};

static struct coverage_screen *coverage_on_top(struct workbench *bench)
{
	struct screen *top = workbench_top(bench);
	return top && top->kind == &coverage_kind ? top->data : NULL;
}

void coverage_open(struct workbench *bench)
{
	struct coverage_screen *at = workbench_room(bench, sizeof(*at));
	struct screen *screen = at ? workbench_push(bench, &coverage_kind, at) : NULL;
	if (screen)
		load(screen);
}
