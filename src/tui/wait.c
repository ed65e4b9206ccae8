#include "wait.h"

#include <stdio.h>
#include <time.h>
#include "frame.h"
#include "terminal.h"

#define PATIENCE 200 /* ms, then the person is told */
#define WAIT_FRAME 250
#define REST_OF_WORDS 50 /* ms without a sign, then they are over */

long wait_clock_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

void wait_restart(struct workbench *bench)
{
	bench->begun_ms = bench->drawn_ms = wait_clock_ms();
}

bool wait_was_shown(const struct workbench *bench)
{
	return bench->drawn_ms != bench->begun_ms;
}

static bool is_stop(const struct event *event)
{
	return event->key == K_ESC || event->key == K_CTRL_C;
}

static void keep(struct workbench *bench, const struct event *event)
{
	struct lt_err err = LT_ERR_INIT;
	if (event->key == K_NONE || event->key == K_RESIZE)
		return;
	if (!ahead_keep(&bench->ahead, event)) {
		lt_err_memory(&err);
		workbench_tell_err(bench, &err);
	}
}

/* What was typed meanwhile. Until Esc, where that stops; then true. */
static bool take_in(struct workbench *bench, bool stops)
{
	while (!ahead_is_full(&bench->ahead)) {
		struct event event;
		terminal_read(&event, 0);
		if (event.key == K_PAUSE || event.key == K_GONE)
			break;
		if (stops && is_stop(&event))
			return true;
		keep(bench, &event);
	}
	return false;
}

/* An Esc that was typed before anybody saw that it takes long was not meant to stop it: it is the one
 * behind an Enter, by which one leaves an item. */
static bool has_stopped(struct workbench *bench, bool was_shown)
{
	if (!take_in(bench, was_shown))
		return false;
	if (!ahead_has_words(&bench->ahead))
		ahead_drop_all(&bench->ahead);
	return true;
}

/* Only what is not on disk yet can be stopped, and only once: what takes it back must not be. */
bool wait_watch(void *context, bool in_transaction)
{
	struct workbench *bench = context;
	const long now = wait_clock_ms();
	if (now - bench->begun_ms < PATIENCE || now - bench->drawn_ms < WAIT_FRAME ||
	    bench->was_cancelled || !bench->grid.cells)
		return true;
	const bool was_shown = wait_was_shown(bench);
	bench->drawn_ms = now;
	frame_draw_wait(bench, now - bench->begun_ms);
	terminal_show(&bench->grid);
	bench->was_cancelled = bench->can_cancel && in_transaction && has_stopped(bench, was_shown);
	return !bench->was_cancelled;
}

void wait_is_over(struct workbench *bench)
{
	bench->can_cancel = false;
	if (wait_clock_ms() - bench->begun_ms >= PATIENCE && bench->grid.cells)
		take_in(bench, false);
}

void workbench_wait_begin(struct workbench *bench, const char *command)
{
	snprintf(bench->command, sizeof(bench->command), "%s", command);
	bench->can_cancel = true;
	bench->was_cancelled = false;
}

bool workbench_wait_end(struct workbench *bench)
{
	wait_is_over(bench);
	return !bench->was_cancelled;
}

void workbench_wait_once(struct workbench *bench)
{
	/* however short it was: a key that bounces is faster than the screen that it would confirm */
	if (bench->grid.cells)
		take_in(bench, false);
	ahead_drop_repeats(&bench->ahead, &bench->begun_by);
}

bool workbench_wait_read(struct workbench *bench, enum lt_status status, const struct lt_err *err)
{
	const bool is_over = workbench_wait_end(bench);
	workbench_wait_once(bench);
	if (!is_over)
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "已取消，没有读完", "stopped before it was read"));
	else if (status)
		workbench_tell_err(bench, err);
	return is_over && !status;
}

bool wait_is_typed(const struct workbench *bench)
{
	return !ahead_is_empty(&bench->ahead) || terminal_is_pending();
}

bool wait_begins_words(struct workbench *bench, const struct event *first)
{
	if (first->key != K_TEXT || !wait_is_typed(bench))
		return false;
	const bool is_at_once = !bench->is_ahead || bench->ahead.handed_at_once;
	take_in(bench, false);
	if (!is_at_once)
		return ahead_has_signs_behind(&bench->ahead, first);
	ahead_mark_at_once(&bench->ahead);
	return ahead_has_words_behind(&bench->ahead, first);
}

void wait_drop_words(struct workbench *bench)
{
	for (ahead_drop_words(&bench->ahead); ahead_is_empty(&bench->ahead); ahead_drop_words(&bench->ahead)) {
		struct event event;
		terminal_read(&event, REST_OF_WORDS);
		if (event.key == K_PAUSE || event.key == K_GONE)
			break;
		keep(bench, &event);
	}
}

void wait_read(struct workbench *bench, struct event *event, int milliseconds)
{
	bench->is_ahead = !ahead_is_empty(&bench->ahead);
	if (bench->is_ahead)
		*event = ahead_take(&bench->ahead);
	else
		terminal_read(event, milliseconds);
	if (event->key == K_NONE || event->key == K_PAUSE)
		return;
	bench->begun_by = (struct event){ .key = event->key, .code = event->code, .row = event->row, .col = event->col };
	bench->n_keys++;
}
