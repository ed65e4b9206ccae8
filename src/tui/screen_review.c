/* The review: two rungs against each other, the largest effect on the total first, and what is done
 * about each item. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "lingtan/app/ladder.h"
#include "lingtan/app/round.h"
#include "list.h"
#include "screens.h"

#define LEAST_HINT 10 /* columns */

enum disposal { DISPOSAL_AGREED, DISPOSAL_CHANGED, DISPOSAL_SENT_BACK, DISPOSAL_OPEN, N_DISPOSALS };

static const struct {
	const char *mark;
	enum ink ink;
	struct label title;
} disposals[N_DISPOSALS] = {
	[DISPOSAL_AGREED] = { "✓", INK_OK, { "同意", "agreed" } },
	[DISPOSAL_CHANGED] = { " ", INK_ACCENT, { "改判", "changed" } },
	[DISPOSAL_SENT_BACK] = { "‹", INK_WARN, { "退回", "sent back" } },
	[DISPOSAL_OPEN] = { "◦", INK_DIM, { "待定", "open" } },
};

struct review {
	struct lt_arena arena;
	enum rung lower, upper;
	bool may_decide; /* the upper rung is the person's own */
	struct board_comparison found;
	const struct round_ask *asks; /* of the lower rung's last round */
	unsigned n_asks, n_sent_back, round;
	const char *round_state;
	struct list list;
	struct board_detail detail;
	char pending[64]; /* id of the item that is being sent back */
};

static struct review *review_of(const struct screen *screen)
{
	return screen->data;
}

static const struct board_difference *current(const struct review *review)
{
	return review->list.at < review->found.n ? &review->found.at[review->list.at] : NULL;
}

static const char *id_of(const struct screen *screen, uint32_t item)
{
	return screen->bench->board->items[item].plan->decl->id;
}

/* ---- reading ---- */

static const struct round_ask *ask_of(const struct screen *screen, uint32_t item)
{
	const struct review *review = review_of(screen);
	for (unsigned i = 0; i < review->n_asks; i++)
		if (strcmp(review->asks[i].item, id_of(screen, item)) == 0)
			return &review->asks[i];
	return NULL;
}

static enum disposal disposal_of(const struct screen *screen, const struct board_difference *at)
{
	const struct round_ask *ask = ask_of(screen, at->item);
	if (ask && !ask->is_changed)
		return DISPOSAL_SENT_BACK;
	if (!at->is_seen)
		return DISPOSAL_OPEN;
	return value_equals(&at->a, &at->b) ? DISPOSAL_AGREED : DISPOSAL_CHANGED;
}

static void read_round(struct screen *screen)
{
	struct review *review = review_of(screen);
	struct workbench *bench = screen->bench;
	struct round_info *rounds;
	struct lt_err err = LT_ERR_INIT;
	unsigned n = 0;
	review->asks = NULL;
	review->n_asks = review->n_sent_back = review->round = 0;
	review->round_state = "";
	if (session_rounds(bench->session, bench->ref->name, rung_names[review->lower], &rounds, &n,
			   &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return;
	}
	if (n == 0)
		return;
	review->asks = rounds[n - 1].asks;
	review->n_asks = rounds[n - 1].n_asks;
	review->round = rounds[n - 1].number;
	review->round_state = rounds[n - 1].state;
	for (unsigned i = 0; i < review->n_asks; i++)
		review->n_sent_back += !review->asks[i].is_changed;
}

static void read_all(struct screen *screen)
{
	struct review *review = review_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	const struct board_difference *at = current(review);
	const uint32_t stands = at ? at->item : NO_SLOT;
	lt_arena_reset(&review->arena);
	review->found = (struct board_comparison){ 0 };
	if (board_compare(bench->board, review->lower, review->upper, &review->arena,
			  &review->found, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		review->found.n = 0;
	}
	read_round(screen);
	/* the cursor stays on its item, wherever the order moves it */
	for (unsigned i = 0; i < review->found.n; i++)
		if (review->found.at[i].item == stands)
			review->list.at = i;
}

/* ---- drawing ---- */

static const char *rung_verdict(const struct screen *screen, enum rung rung, uint32_t item,
				char buf[FIGURE_TEXT])
{
	const struct board *board = screen->bench->board;
	if (!board->rungs[rung].is_computed || !board->rungs[rung].items)
		return "-";
	return figure_verdict(&board->items[item], &board->rungs[rung].items[item],
			      screen->bench->lang, buf);
}

static void draw_head(struct screen *screen, const struct canvas *canvas, int row)
{
	const struct review *review = review_of(screen);
	const struct workbench *bench = screen->bench;
	const struct board *board = bench->board;
	char text[FIGURE_TEXT];
	int col = 3;
	if (board->headline.kind != FIGURE_NONE && !bench->hides_score) {
		const enum rung both[] = { review->lower, review->upper };
		for (int i = 0; i < 2; i++) {
			col = draw_text(canvas, row, col, INK_DIM,
					label_of(bench, &rung_titles[both[i]])) +
			      1;
			col = draw_text(canvas, row, col, INK_TITLE,
					board->rungs[both[i]].is_computed
						? figure_value(&board->rungs[both[i]].figure, 1,
							       bench->lang, text)
						: "-") +
			      3;
		}
	}
	snprintf(text, sizeof(text), tell(bench, "已看 %u/%u", "seen %u of %u"),
		 review->found.n_seen, review->found.n);
	col = draw_if_whole(canvas, row, col, INK_TEXT, text) + 3;
	snprintf(text, sizeof(text), tell(bench, "分歧 %u", "%u differ"), review->found.n_different);
	col = draw_if_whole(canvas, row, col, review->found.n_different ? INK_WARN : INK_TEXT, text) + 3;
	snprintf(text, sizeof(text), tell(bench, "退回 %u", "%u sent back"), review->n_sent_back);
	col = draw_if_whole(canvas, row, col, review->n_sent_back ? INK_WARN : INK_TEXT, text) + 3;
	draw_if_whole(canvas, row, col, INK_DIM, tell(bench, "影响大在前", "largest effect first"));
}

struct review_columns {
	int full, rungs[N_RUNGS], effect, bar, disposal;
};

/* Right ends of numbers; 0 = no room for it. */
static struct review_columns columns_of(const struct screen *screen, int cols)
{
	const struct review *review = review_of(screen);
	struct review_columns columns = { 0 };
	columns.disposal = cols - 10;
	if (cols >= 100) {
		columns.bar = cols - 22;
		columns.effect = columns.bar - 2;
		int end = columns.effect - 11;
		for (int r = (int)review->upper; r >= 0; r--, end -= 8)
			columns.rungs[r] = end;
		columns.full = end;
		return columns;
	}
	columns.effect = columns.disposal - 2;
	columns.rungs[review->upper] = columns.effect - 9;
	columns.rungs[review->lower] = columns.rungs[review->upper] - 8;
	if (cols < 80)
		columns.effect = 0;
	return columns;
}

static void draw_titles(struct screen *screen, const struct canvas *canvas, int row,
			const struct review_columns *columns)
{
	const struct workbench *bench = screen->bench;
	draw_text(canvas, row, 3, INK_DIM, tell(bench, "条款", "item"));
	draw_text(canvas, row, 12, INK_DIM, tell(bench, "名称", "title"));
	if (columns->full)
		draw_right(canvas, row, columns->full, INK_DIM, tell(bench, "满分", "of"));
	for (int r = 0; r < N_RUNGS; r++)
		if (columns->rungs[r])
			draw_right(canvas, row, columns->rungs[r], INK_DIM,
				   bench->lang == LT_ZH
					   ? rung_titles[r].zh
					   : (const char *[]){ "self", "eval", "rev", "award" }[r]);
	if (columns->effect)
		draw_right(canvas, row, columns->effect, INK_DIM,
			   tell(bench, "影响总分", "effect"));
	draw_text(canvas, row, columns->disposal, INK_DIM, tell(bench, "处置", "done"));
}

static struct lt_decimal magnitude(struct lt_decimal value)
{
	if (value.units < 0)
		value.units = -value.units;
	return value;
}

/* The larger of both ends, with its sign. */
static struct lt_decimal effect_of(const struct board_difference *at)
{
	return magnitude(at->effect_low).units >= magnitude(at->effect_high).units
		       ? at->effect_low
		       : at->effect_high;
}

static void draw_effect(const struct screen *screen, const struct canvas *canvas, int row,
			const struct review_columns *columns, const struct board_difference *at)
{
	const struct review *review = review_of(screen);
	char text[FIGURE_TEXT];
	const struct lt_decimal effect = effect_of(at);
	if (!columns->effect || screen->bench->hides_score)
		return;
	draw_right(canvas, row, columns->effect, effect.units ? INK_TEXT : INK_DIM,
		   !at->is_seen   ? "-"
		   : effect.units ? figure_decimal(effect, 2, text)
				  : "0");
	const struct lt_decimal most =
		review->found.n ? magnitude(effect_of(&review->found.at[0])) : VALUE_ZERO;
	if (!columns->bar || effect.units == 0 || most.units == 0)
		return;
	for (int i = 0; i < 8; i++)
		if ((2 * i + 1) * most.units <= 16 * magnitude(effect).units)
			draw_text(canvas, row, columns->bar + i, INK_ACCENT, "━");
}

static void draw_row(const struct screen *screen, const struct canvas *canvas, int row,
		     const struct review_columns *columns, const struct board_difference *at)
{
	const struct workbench *bench = screen->bench;
	const struct board_item *item = &bench->board->items[at->item];
	const enum disposal disposal = disposal_of(screen, at);
	char text[FIGURE_TEXT];
	int first = canvas->cols;
	const char *id = shown_id(item->plan->decl->id);
	draw_cut(canvas, row, 3, 8, INK_DIM, id);
	if (columns->full) {
		first = draw_right(canvas, row, columns->full, INK_DIM,
				   item->is_scored ? figure_decimal(item->plan->points, -2, text)
						   : "-");
	}
	for (int r = 0; r < N_RUNGS; r++) {
		if (!columns->rungs[r])
			continue;
		const int col = draw_right(canvas, row, columns->rungs[r],
					   r == (int)bench->board->own ? INK_TITLE : INK_TEXT,
					   rung_verdict(screen, (enum rung)r, at->item, text));
		first = col < first ? col : first;
	}
	draw_cut(canvas, row, 12, first - 13, INK_TEXT, label_of(bench, &item->plan->decl->title));
	draw_effect(screen, canvas, row, columns, at);
	draw_text(canvas, row, columns->disposal, disposals[disposal].ink,
		  disposals[disposal].mark);
	draw_text(canvas, row, columns->disposal + 2, disposals[disposal].ink,
		  label_of(bench, &disposals[disposal].title));
}

static void draw_sides(struct screen *screen, const struct canvas *canvas, int *row)
{
	struct review *review = review_of(screen);
	const struct workbench *bench = screen->bench;
	const uint32_t item = current(review)->item;
	char text[FIGURE_TEXT];
	for (int r = 0; r <= (int)review->upper; r++) {
		const struct board_answer *answer = &review->detail.answers[r];
		/* where there is little room, what was said goes before when */
		const int when = canvas->cols >= 80 ? 11 : 0;
		const int who = canvas->cols - 13 - when, words = bench->lang == LT_ZH ? 20 : 24;
		draw_text(canvas, *row, 3, INK_DIM, label_of(bench, &rung_titles[r]));
		draw_right(canvas, *row, words - 3,
			   r == (int)bench->board->own ? INK_TITLE : INK_TEXT,
			   rung_verdict(screen, (enum rung)r, item, text));
		draw_cut(canvas, *row, words, who - words - 1, INK_TEXT,
			 answer->remark ? answer->remark : "");
		if (answer->is_given) {
			draw_cut(canvas, *row, who, 10, INK_TEXT,
				 answer->writer.by ? answer->writer.by : "");
			draw_cut(canvas, *row, who + 11, when, INK_DIM,
				 figure_time(answer->writer.at, bench->lang, text));
		}
		++*row;
	}
}

static void draw_evidence(struct screen *screen, const struct canvas *canvas, int *row)
{
	const struct review *review = review_of(screen);
	const struct workbench *bench = screen->bench;
	int col = 9;
	draw_text(canvas, *row, 3, INK_DIM, tell(bench, "佐证", "Proof"));
	for (unsigned i = 0; i < review->detail.n_ties && col < canvas->cols - 20; i++) {
		const struct board_tie *tie = &review->detail.ties[i];
		col = draw_format(canvas, *row, col, INK_ACCENT, "%u ", i + 1);
		col = draw_cut(canvas, *row, col, 26, INK_TEXT, tie->name) + 2;
		col = draw_cut(canvas, *row, col, 16, INK_DIM, tie->locator ? tie->locator : "") +
		      3;
	}
	if (review->detail.n_ties == 0)
		draw_text(canvas, *row, col, INK_WARN, tell(bench, "! 没有", "! none"));
	++*row;
}

static void draw_disposal(struct screen *screen, const struct canvas *canvas, int *row)
{
	const struct review *review = review_of(screen);
	const struct workbench *bench = screen->bench;
	const enum disposal disposal = disposal_of(screen, current(review));
	const struct round_ask *ask = ask_of(screen, current(review)->item);
	int col = 9;
	if (review->may_decide) {
		draw_text(canvas, *row, 3, INK_DIM, tell(bench, "处置", "Do"));
		for (int i = 0; i < N_DISPOSALS; i++) {
			const bool is = i == (int)disposal;
			const int from = col;
			col = draw_format(canvas, *row, col, is ? INK_TITLE : INK_TEXT,
					  is ? "[%d %s]" : " %d %s ", i + 1,
					  label_of(bench, &disposals[i].title));
			if (is)
				draw_ground(canvas, *row, from, col - from, GROUND_CHIP);
			col += 1;
		}
		const int room = canvas->cols - col - 4;
		const char *hint = tell(bench, "退回须写明，只解锁所退条款",
					"sending back needs words and unlocks this item alone");
		if (text_columns(hint) > room)
			hint = tell(bench, "退回须写明", "Back needs words");
		if (room >= LEAST_HINT)
			draw_cut(canvas, *row, col + 2, room, INK_FAINT, hint);
		++*row;
	}
	if (ask) {
		draw_text(canvas, *row, 3, INK_DIM, tell(bench, "退回", "Back"));
		draw_cut(canvas, *row, 9, canvas->cols - 11, INK_WARN, ask->text ? ask->text : "");
		++*row;
	}
}

static void draw_lower(struct screen *screen, const struct canvas *canvas)
{
	struct review *review = review_of(screen);
	const struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	const struct board_difference *at = current(review);
	if (!at || board_detail(bench->board, at->item, &review->detail, &err) != LT_OK)
		return;
	const struct board_item *item = &bench->board->items[at->item];
	int row = 0;
	const char *id = shown_id(item->plan->decl->id);
	const int col = id[0] ? draw_text(canvas, row, 3, INK_ACCENT, id) + 3 : 3;
	draw_cut(canvas, row++, col, canvas->cols - col - 2, INK_TITLE,
		 label_of(bench, &item->plan->decl->title));
	row += canvas->rows >= 10;
	draw_sides(screen, canvas, &row);
	row += canvas->rows >= 11;
	draw_evidence(screen, canvas, &row);
	row += canvas->rows >= 12;
	draw_disposal(screen, canvas, &row);
}

static void review_draw(struct screen *screen, const struct canvas *canvas)
{
	struct review *review = review_of(screen);
	const struct workbench *bench = screen->bench;
	const struct review_columns columns = columns_of(screen, canvas->cols);
	const int top = frame_is_tall(bench) ? 1 : 0;
	const int lower = canvas->rows >= 26 ? 12 : canvas->rows >= 20 ? 9 : 7;
	const int first = top + (top ? 3 : 2), room = canvas->rows - lower - first - 1;
	draw_head(screen, canvas, top);
	if (review->found.n == 0) {
		draw_format(canvas, first, 3, INK_DIM,
			    tell(bench, "%s还没有作答，没有可比的", "%s has no answers to compare"),
			    label_of(bench, &rung_titles[review->lower]));
		return;
	}
	draw_titles(screen, canvas, first - 1, &columns);
	list_fit(&review->list, review->found.n, room);
	for (unsigned i = review->list.first; i < list_end(&review->list); i++) {
		const int row = first + (int)(i - review->list.first);
		draw_row(screen, canvas, row, &columns, &review->found.at[i]);
		if (i == review->list.at)
			draw_selection(canvas, row, true);
	}
	draw_fill(canvas, first + room, 3, canvas->cols - 5, INK_FAINT, "─");
	const struct canvas below = canvas_part(canvas, first + room + 1, 0, lower, 0);
	draw_lower(screen, &below);
}

static void review_score_line(struct screen *screen, const struct canvas *row)
{
	const struct review *review = review_of(screen);
	const struct workbench *bench = screen->bench;
	const int width = row->cols >= 100 ? 24 : 12;
	const struct label *title = round_state_title(review->round_state);
	const char *state = strcmp(review->round_state, "submitted") == 0
				    ? tell(bench, "已交", "submitted")
			    : title ? label_of(bench, title)
				    : tell(bench, "未交", "not submitted");
	int col = 1;
	if (review->round)
		col = draw_format(row, 0, col, INK_DIM, tell(bench, "第 %u 轮 ", "round %u "),
				  review->round);
	col = draw_format(row, 0, col, INK_TEXT, "%s %s",
			  label_of(bench, &rung_titles[review->lower]), state) +
	      3;
	col = draw_format(row, 0, col, INK_TEXT, "%s %u/%u",
			  label_of(bench, &rung_titles[review->upper]), review->found.n_seen,
			  review->found.n) +
	      2;
	const struct bar bar = { .low = lt_decimal_from_int(review->found.n_seen),
				 .high = lt_decimal_from_int(review->found.n_seen),
				 .full = lt_decimal_from_int(review->found.n),
				 .got = INK_ACCENT };
	if (col + width < row->cols)
		draw_bar(row, 0, col, width, &bar);
}

/* ---- deciding ---- */

static bool may_decide(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	const struct review *review = review_of(screen);
	if (!workbench_may_write(bench))
		return false;
	if (review->may_decide)
		return true;
	workbench_tell(bench, NOTICE_WARN, tell(bench, "由%s处置", "%s decides on this"),
		       label_of(bench, &rung_titles[review->upper]));
	return false;
}

static void agree(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	char command[120];
	unsigned n = 0;
	const char *id = id_of(screen, current(review_of(screen))->item);
	const struct ladder_take wish = { .items = &id,
					  .n_items = 1,
					  .from = rung_names[review_of(screen)->lower] };
	snprintf(command, sizeof(command), "take %.80s", id);
	workbench_begin(bench, command);
	const enum lt_status status =
		ladder_take_over(bench->session, bench->ref, &wish, &n, &bench->findings, &err);
	workbench_end(bench, status, &err, n > 0);
}

static void send_back_given(struct workbench *bench, void *context, const char *text)
{
	struct screen *top = workbench_top(bench);
	struct lt_err err = LT_ERR_INIT;
	char command[120];
	unsigned round = 0;
	(void)context;
	if (!top || strcmp(top->kind->id, "review") != 0)
		return;
	const struct new_ask ask = { review_of(top)->pending, text };
	snprintf(command, sizeof(command), "send-back %.80s", ask.item);
	workbench_begin(bench, command);
	const enum lt_status status = session_send_back(bench->session, bench->ref, &ask, 1, &round,
							&bench->findings, &err);
	if (workbench_end(bench, status, &err, true))
		workbench_tell(bench, NOTICE_DONE,
			       tell(bench, "%s 已退回，第 %u 轮里只有退回的条款可改",
				    "%s is sent back; of round %u only such items can be changed"),
			       ask.item, round);
}

static void send_back(struct screen *screen)
{
	struct review *review = review_of(screen);
	struct workbench *bench = screen->bench;
	/* before anybody writes why */
	if (!review->round_state[0]) {
		workbench_tell(bench, NOTICE_WARN,
			       tell(bench, "%s层级还没有提交，没有可退的一轮；先由其提交本轮（F9）",
				    "the rung %s was never submitted: no round to send back; it submits first (F9)"),
			       label_of(bench, &rung_titles[review->lower]));
		return;
	}
	snprintf(review->pending, sizeof(review->pending), "%.60s",
		 id_of(screen, current(review)->item));
	ask_open_words(bench, review->pending, tell(bench, "退回", "Send back"),
		 tell(bench, "写明要补什么、改什么；只解锁这一条",
		      "say what is missing or to be changed; this item alone is unlocked"),
		 "", true, NULL, send_back_given, NULL);
}

static void leave_open(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	char command[120];
	bool done = false;
	const char *id = id_of(screen, current(review_of(screen))->item);
	const struct new_answer wish = { .item = id,
					 .result = "unset",
					 .rung = workbench_rung(bench) };
	snprintf(command, sizeof(command), "set %.80s unset", id);
	workbench_begin(bench, command);
	const enum lt_status status =
		session_set(bench->session, bench->ref, &wish, &bench->findings, &done, &err);
	workbench_end(bench, status, &err, done);
}

static void decide(struct screen *screen, enum disposal disposal)
{
	const struct board_difference *at = current(review_of(screen));
	if (!at || !may_decide(screen))
		return;
	if (disposal == DISPOSAL_AGREED && at->is_seen && !value_equals(&at->a, &at->b))
		workbench_tell(screen->bench, NOTICE_WARN,
			       tell(screen->bench,
				    "条款 %s：自己的层级已有不同的结论，不会覆盖；要改按 2",
				    "item %s: your own rung has another verdict, which is not overwritten; 2 changes it"),
			       id_of(screen, at->item));
	else if (disposal == DISPOSAL_AGREED)
		agree(screen);
	else if (disposal == DISPOSAL_CHANGED)
		walk_goto(screen->bench, at->item);
	else if (disposal == DISPOSAL_SENT_BACK)
		send_back(screen);
	else
		leave_open(screen);
}

/* ---- keys ---- */

static bool review_key(struct screen *screen, const struct event *event)
{
	struct review *review = review_of(screen);
	const int digit = key_digit(event);
	if (digit >= 1 && digit <= N_DISPOSALS) {
		decide(screen, (enum disposal)(digit - 1));
		return true;
	}
	return list_key(&review->list, event);
}

/* The next that both said and said differently, or that nobody has decided on; round again. */
static void next(struct screen *screen)
{
	struct review *review = review_of(screen);
	for (unsigned i = 1; i <= review->found.n; i++) {
		const unsigned at = (review->list.at + i) % review->found.n;
		const enum disposal disposal = disposal_of(screen, &review->found.at[at]);
		if (disposal == DISPOSAL_OPEN || disposal == DISPOSAL_CHANGED) {
			review->list.at = at;
			return;
		}
	}
	workbench_tell(screen->bench, NOTICE_DONE, "%s",
		       tell(screen->bench, "没有待定和分歧了", "nothing is open, nothing differs"));
}

static void enter(struct screen *screen)
{
	if (current(review_of(screen)))
		walk_goto(screen->bench, current(review_of(screen))->item);
}

static void words(struct screen *screen)
{
	if (current(review_of(screen)))
		remark_open(screen->bench, current(review_of(screen))->item);
}

/* What was looked at is written down: agreeing in bulk asks for it. */
static void see(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	if (!current(review_of(screen)) || !may_decide(screen))
		return;
	const char *id = id_of(screen, current(review_of(screen))->item);
	char command[120];
	snprintf(command, sizeof(command), "see %.80s", id);
	workbench_begin(bench, command);
	const enum lt_status status =
		ladder_see(bench->session, bench->ref, &id, 1, &done, &bench->findings, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(
			bench, NOTICE_DONE, "%s",
			tell(bench, "已记下：看过这一条的佐证", "noted: its evidence was seen"));
}

static void review_close(struct screen *screen)
{
	struct review *review = review_of(screen);
	lt_arena_release(&review->arena);
	free(review);
}

static void explain(struct screen *screen)
{
	const struct board_difference *at = current(review_of(screen));
	if (at)
		explain_open(screen->bench, at->item);
}

static bool has_row(const struct screen *screen)
{
	return current(review_of(screen)) != NULL;
}

static const struct action review_actions[] = {
	{ .keys = { "1-4", "1-4" },
	  .title = { "处置", "decide" },
	  .help = { "1 同意 2 改判 3 退回 4 待定", "1 agree, 2 change, 3 send back, 4 leave open" },
	  .group = GROUP_ANSWER,
	  .in_foot = true },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一分歧", "next" },
	  .help = { "下一条分歧或待定", "the next that differs or is open" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = next },
	{ .key = K_F2,
	  .letter = 'e',
	  .title = { "佐证已看", "evidence seen" },
	  .help = { "记下看过这一条的佐证", "notes that its evidence was seen" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = see },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "追溯", "explain" },
	  .help = { "这一条的得分从哪里来", "where its points come from" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = explain },
	{ .key = K_F4,
	  .letter = 'r',
	  .title = { "意见", "words" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_for_words = true,
	  .is_live = has_row,
	  .run = words },
	{ .key = K_ENTER,
	  .title = { "到该条", "to the item" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = enter },
};

/* That it was here is enough. */
static void review_describe(const struct screen *screen, struct place *place)
{
	(void)screen;
	place->zone = NULL;
}

static const struct screen_kind review_kind = {
	.id = "review",
	.title = { "复核", "Review" },
	.size = SIZE_WHOLE,
	.actions = review_actions,
	.n_actions = sizeof(review_actions) / sizeof(review_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = review_draw,
	.key = review_key,
	.changed = read_all,
	.score_line = review_score_line,
	.close = review_close,
	.describe = review_describe,
};

void review_open(struct workbench *bench)
{
	struct review *review = workbench_room(bench, sizeof(*review));
	const enum rung own = bench->board->own;
	if (!review)
		return;
	lt_arena_init(&review->arena, 0);
	/* the lowest rung has nothing below: it sees what the next one made of it */
	review->upper = own == RUNG_SELF ? RUNG_EVALUATOR : own;
	review->lower = (enum rung)(review->upper - 1);
	review->may_decide = own == review->upper;
	struct screen *screen = workbench_push(bench, &review_kind, review);
	if (screen)
		read_all(screen);
}
