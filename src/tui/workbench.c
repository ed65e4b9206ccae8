#include "workbench.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "figure.h"
#include "frame.h"
#include "lingtan/app/role.h"
#include "lingtan/app/round.h"
#include "lingtan/app/rung.h"
#include "lingtan/app/upgrade.h"
#include "lingtan/base/text.h"
#include "lingtan/tui/tui.h"
#include "plain.h"
#include "screens.h"
#include "terminal.h"
#include "viewer.h"
#include "wait.h"
#include "words.h"

#define PAUSE 300          /* ms without a key, then drafts are kept */
#define LONGEST_UNKEPT 700 /* ms of typing, then they are kept in any case */

const char *label_of(const struct workbench *bench, const struct label *label)
{
	return label_in(bench->lang, label);
}

const char *title_of_cited(const struct workbench *bench, const char *cite)
{
	const struct ruleset *ruleset = bench->board ? bench->board->ruleset : NULL;
	char id[40];
	snprintf(id, sizeof(id), "%.*s", (int)strcspn(cite, ":"), cite);
	const struct term *source =
		ruleset ? term_find(ruleset->sources, ruleset->n_sources, id) : NULL;
	return source ? label_of(bench, &source->title) : "";
}

const char *title_of_assessment(struct workbench *bench, const struct assessment_ref *ref)
{
	const struct ruleset *ruleset;
	struct lt_err ignored = LT_ERR_INIT;
	if (session_ruleset_of(bench->session, ref->name, &ruleset, &bench->findings, &ignored))
		return ref->name;
	const struct term *stage = term_find(ruleset->stages, ruleset->n_stages, ref->stage);
	/* a standard without stages knows none, whatever the assessment was made with */
	const char *called = stage ? label_of(bench, &stage->title) : ruleset->n_stages ? ref->stage : "";
	const char *title = lt_arena_printf(&bench->session->arena, "%s  %s%s%s", ruleset->code, called,
					    called[0] ? "  " : "", ref->year);
	return title ? title : ref->name;
}

/* ---- screens ---- */

struct screen *workbench_top(struct workbench *bench)
{
	return bench->n_screens > 0 ? &bench->stack[bench->n_screens - 1] : NULL;
}

static void close_screen(struct screen *screen)
{
	if (screen->kind->close)
		screen->kind->close(screen);
	else
		free(screen->data);
}

struct screen *workbench_push(struct workbench *bench, const struct screen_kind *kind, void *data)
{
	struct screen screen = { kind, bench, data };
	if (bench->n_screens == MAX_SCREENS) {
		close_screen(&screen);
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "打开的画面太多，请先按 Esc 返回",
				    "too many screens are open, go back with Esc"));
		return NULL;
	}
	bench->stack[bench->n_screens] = screen;
	return &bench->stack[bench->n_screens++];
}

void workbench_pop(struct workbench *bench)
{
	if (bench->n_screens == 0)
		return;
	struct screen closed = bench->stack[--bench->n_screens];
	struct place place = { 0 };
	if (closed.kind->describe)
		closed.kind->describe(&closed, &place);
	if (place.item)
		snprintf(bench->left_item, sizeof(bench->left_item), "%s", place.item);
	close_screen(&closed);
}

void workbench_pop_all(struct workbench *bench)
{
	while (bench->n_screens > 1)
		workbench_pop(bench);
}

/* ---- telling ---- */

void workbench_tell(struct workbench *bench, enum notice_kind kind, const char *format, ...)
{
	char text[sizeof(bench->notice)]; /* the notice may tell of itself */
	va_list args;
	va_start(args, format);
	const size_t len = text_format_list(text, sizeof(text), format, args);
	va_end(args);
	memcpy(bench->notice, text, len + 1);
	/* one line */
	for (char *at = bench->notice; *at; at++)
		if (*at == '\n' || *at == '\t')
			*at = ' ';
	bench->notice_kind = kind;
	bench->is_notice_kept = false;
}

/* The failure, or the first finding where there is one. */
static const char *workbench_why(const struct workbench *bench, const struct lt_err *err)
{
	for (const struct lt_finding *at = bench->findings.first; at; at = at->next)
		if (at->severity == LT_ERROR && at->text[bench->lang])
			return at->text[bench->lang];
	return err->text[bench->lang];
}

void workbench_tell_err(struct workbench *bench, const struct lt_err *err)
{
	bench->failed = err->status;
	workbench_tell(bench, NOTICE_ERROR, "%s", workbench_why(bench, err));
}

void *workbench_room(struct workbench *bench, size_t size)
{
	void *room = calloc(1, size);
	struct lt_err err = LT_ERR_INIT;
	if (!room) {
		lt_err_memory(&err);
		workbench_tell_err(bench, &err);
	}
	return room;
}

void workbench_today(char out[16])
{
	const time_t now = time(NULL);
	struct tm local;
	if (!localtime_r(&now, &local) || !strftime(out, 16, "%Y-%m-%d", &local))
		out[0] = '\0';
}

static void clear_findings(struct workbench *bench)
{
	lt_arena_reset(&bench->found);
	lt_findings_init(&bench->findings, &bench->found);
}

/* ---- opening and shutting ---- */

static const char *title_of(const struct board *board, const char *item)
{
	const uint32_t slot = item ? board_find_item(board, item) : NO_SLOT;
	return slot == NO_SLOT ? NULL : board->items[slot].plan->decl->title.zh;
}

static void keep_recent(struct workbench *bench)
{
	const struct board *board = bench->board;
	char full[PATH_MAX], total[FIGURE_TEXT], progress[40], at[40], round[20], open[20];
	const time_t now = time(NULL);
	struct tm local;
	if (!board || !realpath(bench->path, full))
		return;
	const struct board_rung *rung = &board->rungs[board->own];
	struct place place = { 0 };
	for (unsigned i = bench->n_screens; i > 0; i--)
		if (bench->stack[i - 1].kind->describe)
			bench->stack[i - 1].kind->describe(&bench->stack[i - 1], &place);
	if (!place.item && bench->left_item[0])
		place.item = bench->left_item;
	snprintf(progress, sizeof(progress), "%u/%u", rung->must.answered, rung->must.items);
	snprintf(round, sizeof(round), "%u", rung->round);
	snprintf(open, sizeof(open), "%u", rung->by_state[STATE_OPEN]);
	localtime_r(&now, &local);
	strftime(at, sizeof(at), "%Y-%m-%dT%H:%M:%S", &local);
	const struct recent recent = {
		.path = full,
		.at = at,
		.park = board->park,
		.standard = board->ruleset->code,
		.rung = rung_names[board->own],
		.progress = progress,
		.total = board->headline.kind == FIGURE_NONE
				 ? ""
				 : figure_value(&rung->figure, 1, LT_ZH, total),
		.grade = rung->grade.title ? rung->grade.title->zh : "",
		.item = place.item,
		.item_title = title_of(board, place.item),
		.mark = rung->by_state[STATE_FAILED]     ? "failed"
			: rung->by_state[STATE_UNPROVEN] ? "unproven"
			: rung->grade.view.certain       ? "met"
							 : "",
		.who = bench->session->name,
		.round = rung->round ? round : "",
		.open = open,
	};
	recent_keep(bench->sitting->who.state_home, &recent);
}

static void keep_place(struct workbench *bench)
{
	struct place place = { 0 };
	if (!bench->board)
		return;
	for (unsigned i = 0; i < bench->n_screens; i++) {
		const struct screen *screen = &bench->stack[i];
		if (!screen->kind->describe)
			continue;
		if (screen->kind->size == SIZE_WHOLE)
			place.screen = screen->kind->id;
		screen->kind->describe(screen, &place);
	}
	place.assessment = bench->ref->name;
	char line[sizeof(bench->place_kept)];
	snprintf(line, sizeof(line), "%s/%s/%s/%s", place.screen ? place.screen : "",
		 place.assessment, place.item ? place.item : "", place.zone ? place.zone : "");
	if (!place.screen || strcmp(line, bench->place_kept) == 0)
		return;
	place_keep(bench->session, &place);
	snprintf(bench->place_kept, sizeof(bench->place_kept), "%s", line);
}

static void drop_session(struct session *session)
{
	if (session)
		session_close(session);
	free(session);
}

void workbench_shut(struct workbench *bench)
{
	if (!bench->session)
		return;
	workbench_remember(bench);
	keep_place(bench);
	keep_recent(bench);
	while (bench->n_screens > 0)
		workbench_pop(bench);
	board_close(bench->board);
	bench->board = NULL;
	bench->ref = NULL;
	drop_session(bench->session);
	bench->session = NULL;
	bench->path[0] = bench->left_item[0] = '\0';
	bench->saved_at[0] = '\0';
}

/* The rung that a person works on; who writes on none looks at the evaluator's. */
static enum rung own_rung(const struct session *session)
{
	const char *name = role_rung(session->workspace, session->role);
	const enum rung rung = name ? rung_find(name) : N_RUNGS;
	return rung == N_RUNGS ? RUNG_EVALUATOR : rung;
}

/* Of that name, else the first. */
static enum lt_status choose_assessment(struct session *session, const char *name,
					const struct assessment_ref **out,
					struct lt_findings *findings, struct lt_err *err)
{
	unsigned n = 0;
	const enum lt_status status = name ? LT_OK : session_assessments(session, out, &n, err);
	return status || n ? status
			   : session_find_assessment(session, name, NULL, out, findings, err);
}

struct opened {
	struct session *session; /* the board knows it by its address */
	const struct assessment_ref *ref;
	struct board *board;
	struct place place;
};

static enum lt_status open_all(struct workbench *bench, const char *path, const char *assessment,
			       bool readonly, struct opened *out, struct lt_err *err)
{
	const enum project_mode mode = readonly ? PROJECT_LOOK : PROJECT_WRITE;
	struct lt_err ignored = LT_ERR_INIT;
	out->session = calloc(1, sizeof(*out->session));
	if (!out->session)
		return lt_err_memory(err);
	enum lt_status status =
		session_open(out->session, bench->sitting->workspace, path, mode, &bench->who, err);
	if (!status)
		status = session_trust(out->session, TRUSTED_UNSEEN, !readonly, err);
	if (status)
		return status;
	out->session->lang = bench->lang;
	place_find(out->session, &out->session->arena, &out->place);
	if (assessment)
		status = choose_assessment(out->session, assessment, &out->ref, &bench->findings,
					   err);
	else if (!out->place.assessment ||
		 choose_assessment(out->session, out->place.assessment, &out->ref, &bench->findings,
				   &ignored))
		status = choose_assessment(out->session, NULL, &out->ref, &bench->findings, err);
	if (!status)
		status = board_open(out->session, out->ref, own_rung(out->session),
				    &bench->findings, &out->board, err);
	return status;
}

static void set_hiding(struct workbench *bench)
{
	const char *kept =
		setting_find(bench->sitting->who.state_home, "hide-score", &bench->session->arena);
	const char *rung = role_rung(bench->session->workspace, bench->session->role);
	/* on site a park reads over the evaluator's shoulder, not over the body's */
	bench->hides_score = kept ? strcmp(kept, "on") == 0
				  : rung && rung_find(rung) == RUNG_EVALUATOR;
}

/* Where this machine has another edition of the project's ruleset, it is offered. */
static void offer_edition(struct workbench *bench)
{
	char digest[LT_SHA256_HEX];
	struct lt_err ignored = LT_ERR_INIT;
	const struct board *board = bench->board;
	if (board->edition_unknown &&
	    ruleset_at_hand(bench->session, board->ruleset->id, digest, &ignored) == LT_OK &&
	    strcmp(digest, board->edition_unknown) != 0)
		workbench_tell(bench, NOTICE_WARN,
			       tell(bench, "本机有 %s 的另一版；lingtan upgrade 可换用",
				    "this machine has another edition of %s: lingtan upgrade"),
			       board->ruleset->code);
}

/* What was found about the file that who sits here should know; the gravest is what stays. */
static void note_file(struct workbench *bench)
{
	const struct project *project = bench->session->project;
	if (bench->session->unproven)
		workbench_tell(bench, NOTICE_WARN,
			       tell(bench, "记录超过 %d 条，打开时没有逐条核对；命令“校验”可核对",
				    "more than %d entries, not checked at opening; the command 'verify' does"),
			       TRUSTED_UNSEEN);
	offer_edition(bench);
	if (project_is_recovered(project))
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "上次写到一半，已在临时副本上恢复来看；原文件未动",
				    "left in the middle of a write: a recovered copy is shown"));
	else if (project_is_unlogged(project))
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "另一个程序设成了 WAL 方式：看的是临时副本，原文件未动",
				    "another program put it into WAL mode: a copy is shown"));
	else if (project_is_converted(project))
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "旧格式：看的是升级过的临时副本，原文件未动",
				    "an older format: a copy brought up to date is shown"));
	if (bench->session->older)
		workbench_tell(
			bench, NOTICE_WARN,
			tell(bench, "这个文件比本机见过的旧（缺记录 %.12s），是旧副本或另一份副本",
			     "this file is older than the one this machine knew, or another copy (entry %.12s is missing)"),
			bench->session->older);
}

bool workbench_open(struct workbench *bench, const char *path, const char *assessment,
		    bool readonly)
{
	struct lt_err err = LT_ERR_INIT;
	struct opened opened = { .session = NULL };
	char copy[sizeof(bench->path)];
	clear_findings(bench);
	snprintf(copy, sizeof(copy), "%s", path);
	if (open_all(bench, copy, assessment, readonly, &opened, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		drop_session(opened.session);
		return false;
	}
	workbench_shut(bench);
	/* the start and what stands on it, where no project was open before */
	while (bench->n_screens > 0)
		workbench_pop(bench);
	bench->session = opened.session;
	bench->ref = opened.ref;
	bench->board = opened.board;
	snprintf(bench->path, sizeof(bench->path), "%s", copy);
	project_set_watch(bench->session->project, wait_watch, bench);
	set_hiding(bench);
	screens_resume(bench, &opened.place);
	bench->is_new_here = true;
	note_file(bench);
	return true;
}

bool workbench_choose(struct workbench *bench, const struct assessment_ref *ref)
{
	struct lt_err err = LT_ERR_INIT;
	struct board *board;
	clear_findings(bench);
	if (board_open(bench->session, ref, own_rung(bench->session), &bench->findings, &board,
		       &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return false;
	}
	while (bench->n_screens > 0)
		workbench_pop(bench);
	board_close(bench->board);
	bench->board = board;
	bench->ref = ref;
	const struct place place = { .screen = NULL };
	screens_resume(bench, &place);
	return true;
}

/* ---- changes ---- */

void workbench_begin(struct workbench *bench, const char *command)
{
	clear_findings(bench);
	const size_t len = lt_text_cut(command, strlen(command), sizeof(bench->command) - 1);
	memcpy(bench->command, command, len);
	bench->command[len] = '\0';
	bench->reason[0] = '\0';
	bench->can_cancel = true;
	bench->was_cancelled = false;
	bench->session->command = bench->command;
	bench->session->reason = bench->reason;
	bench->session->lang = bench->lang;
}

void workbench_because(struct workbench *bench, const char *reason)
{
	const char *text = reason ? reason : "";
	const size_t len = lt_text_cut(text, strlen(text), sizeof(bench->reason) - 1);
	memcpy(bench->reason, text, len);
	bench->reason[len] = '\0';
}

void workbench_tell_screens(struct workbench *bench)
{
	for (unsigned i = 0; i < bench->n_screens; i++)
		if (bench->stack[i].kind->changed)
			bench->stack[i].kind->changed(&bench->stack[i]);
}

void workbench_changed(struct workbench *bench)
{
	struct lt_err err = LT_ERR_INIT;
	clear_findings(bench);
	if (board_reload(bench->board, &bench->findings, &err) != LT_OK)
		workbench_tell_err(bench, &err);
	workbench_tell_screens(bench);
}

static void note_saved(struct workbench *bench)
{
	const time_t now = time(NULL);
	struct tm local;
	localtime_r(&now, &local);
	strftime(bench->saved_at, sizeof(bench->saved_at), "%H:%M:%S", &local);
	bench->is_unmarked = true;
}

bool workbench_remember(struct workbench *bench)
{
	struct lt_err err = LT_ERR_INIT;
	if (!bench->is_unmarked || !bench->session)
		return true;
	bench->is_unmarked = false;
	const bool is_kept = session_remember(bench->session, &err) == LT_OK;
	if (!is_kept)
		workbench_tell(bench, NOTICE_WARN, "%s%s",
			       tell(bench, "已写入项目，但本机备份没有完成：",
				    "written to the project, but not to this machine's own copy: "),
			       err.text[bench->lang]);
	return is_kept;
}

bool workbench_end(struct workbench *bench, enum lt_status status, const struct lt_err *err,
		   bool done)
{
	bench->reason[0] = '\0';
	wait_is_over(bench);
	if (status) {
		workbench_tell_err(bench, err);
		return false;
	}
	if (!done)
		return true;
	if (bench->unused_draft[0])
		draft_drop(bench->session, bench->unused_draft);
	bench->unused_draft[0] = '\0';
	note_saved(bench);
	workbench_changed(bench);
	return true;
}

bool screen_is_writable(const struct screen *screen)
{
	return !project_is_readonly(screen->bench->session->project);
}

/* The rung that this role fills in; NULL = none. */
static const char *rung_of_role(const struct workbench *bench)
{
	return role_rung(bench->session->workspace, bench->session->role);
}

bool workbench_can_write(const struct workbench *bench)
{
	const char *own = rung_of_role(bench);
	return !project_is_readonly(bench->session->project) && own &&
	       (!bench->board || strcmp(own, workbench_rung(bench)) == 0);
}

bool workbench_may_write(struct workbench *bench)
{
	if (workbench_can_write(bench))
		return true;
	if (project_is_readonly(bench->session->project)) {
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "只读打开，不能改动；要写意见，F9 里选副册", "opened for reading only; to review it, F9, aside"));
		return false;
	}
	if (rung_of_role(bench)) {
		workbench_tell(bench, NOTICE_WARN,
			       tell(bench, "看的是“%s”层级，由别人填写；F9 看层级 回到自己的层级",
				    "this is the rung %s, which others fill in; F9, look from, goes back to yours"),
			       label_of(bench, &rung_titles[bench->board->own]));
		return false;
	}
	workbench_tell(bench, NOTICE_WARN,
		       tell(bench, "角色 %s 不填写条款", "role %s does not answer items"),
		       bench->session->role);
	return false;
}

void workbench_tell_words(struct workbench *bench)
{
	workbench_tell(bench, NOTICE_WARN, "%s",
		       tell(bench, "这里只能选，打的字没有用上；按退格后再选",
			    "choose from the list here; what was typed was not used. Backspace, then choose"));
	bench->is_notice_kept = true;
}

bool workbench_needs_reason(struct workbench *bench, const char *id)
{
	const enum board_round state = bench->board->rungs[bench->board->own].round_state;
	struct lt_err err = LT_ERR_INIT;
	bool is_free = true;
	if (state != ROUND_SUBMITTED && state != ROUND_RETURNED)
		return false;
	/* what cannot be read here is refused and told when it is committed */
	return round_is_free(bench->session, bench->ref, workbench_rung(bench), id, &is_free,
			     &err) == LT_OK &&
	       !is_free;
}

const char *workbench_rung(const struct workbench *bench)
{
	return rung_names[bench->board->own];
}

void workbench_set_language(struct workbench *bench, enum lt_lang lang)
{
	bench->lang = lang;
	if (bench->session)
		bench->session->lang = lang;
	setting_keep(bench->sitting->who.state_home, "lang", lang == LT_ZH ? "zh" : "en");
}

/* ---- the loop ---- */

void workbench_show(struct workbench *bench)
{
	int rows, cols;
	terminal_size(&rows, &cols);
	bench->grid.twins = terminal_wants_twins();
	bench->grid.has_pixels = terminal_has_pixels();
	if (!grid_resize(&bench->grid, rows, cols))
		return;
	grid_clear(&bench->grid);
	frame_draw(bench);
	terminal_show(&bench->grid);
	bench->is_notice_kept = false;
}

static void pause_all(struct workbench *bench)
{
	for (unsigned i = 0; i < bench->n_screens; i++)
		if (bench->stack[i].kind->pause)
			bench->stack[i].kind->pause(&bench->stack[i]);
	keep_place(bench);
}

void workbench_press(struct workbench *bench, const struct event *event)
{
	struct screen *top = workbench_top(bench);
	if (actions_key(top, top->kind->actions, top->kind->n_actions, event))
		return;
	if (top->kind->key && top->kind->key(top, event))
		return;
	if (!actions_key(top, common_actions, n_common_actions, event) && event->key == K_PASTE)
		words_tell_unused(top, tell(bench, "这里没有可填的地方，粘贴的没有用上",
					    "no field here, what was pasted was not used"));
}

static void handle(struct workbench *bench, const struct event *event)
{
	if (event->key == K_GONE) {
		bench->is_leaving = true;
		return;
	}
	if (event->key == K_RESIZE || event->key == K_NONE || !workbench_top(bench))
		return;
	/* what the work came to is told until a key that was pressed after it */
	if (!bench->is_ahead && !bench->is_notice_kept)
		bench->notice[0] = '\0';
	if (frame_is_too_small(bench) && event->key != K_ESC)
		return;
	words_press(bench, event);
}

static void run_loop(struct workbench *bench)
{
	/* drafts are kept; a screen that was just opened has its pause, too */
	bool is_quiet = false;
	long since = wait_clock_ms(); /* when the first key came that no draft knows */
	/* what is typed before the first frame goes to a screen that knows its size */
	workbench_show(bench);
	bool is_shown = true;
	while (!bench->is_leaving && bench->n_screens > 0) {
		struct event event;
		/* of keys that come all at once only the last one is worth a frame */
		if (!wait_is_typed(bench)) {
			if (!is_shown)
				workbench_show(bench);
			/* what was done and where the person is, after it was shown */
			wait_restart(bench);
			const bool is_kept = workbench_remember(bench);
			/* what was told, or a wait that was shown and is over */
			if (!is_kept || wait_was_shown(bench))
				workbench_show(bench);
			if (bench->is_new_here)
				keep_recent(bench);
			bench->is_new_here = false;
			if (!is_quiet)
				keep_place(bench);
		}
		wait_read(bench, &event, is_quiet ? -1 : PAUSE);
		is_shown = false;
		wait_restart(bench);
		if (event.key != K_PAUSE) {
			since = is_quiet ? wait_clock_ms() : since;
			is_quiet = false;
			handle(bench, &event);
		}
		/* who types without a pause must not wait for one */
		wait_restart(bench);
		if (event.key == K_PAUSE || wait_clock_ms() - since > LONGEST_UNKEPT) {
			pause_all(bench);
			is_quiet = true;
		}
	}
}

void workbench_be(struct workbench *bench, const char *name, const char *role)
{
	snprintf(bench->who_name, sizeof(bench->who_name), "%s", name);
	snprintf(bench->who_role, sizeof(bench->who_role), "%s", role);
	bench->who.name = bench->who_name;
	bench->who.role = bench->who_role[0] ? bench->who_role : NULL;
}

/* Where nobody said who it is: who it was when a project was made on this machine. */
static void recall_person(struct workbench *bench)
{
	struct lt_arena arena;
	const char *said = getenv("LINGTAN_AS");
	if (bench->who.name || bench->who.role || (said && said[0]))
		return;
	lt_arena_init(&arena, 0);
	const char *name = setting_find(bench->who.state_home, "name", &arena);
	const char *role = setting_find(bench->who.state_home, "role", &arena);
	if (name)
		workbench_be(bench, name, role ? role : "");
	lt_arena_release(&arena);
}

/* Where the command line does not say it: the language that was chosen last. */
static void recall_language(struct workbench *bench)
{
	struct lt_arena arena;
	if (bench->sitting->lang_said)
		return;
	lt_arena_init(&arena, 0);
	const char *lang = setting_find(bench->who.state_home, "lang", &arena);
	if (lang)
		bench->lang = strcmp(lang, "en") == 0 ? LT_EN : LT_ZH;
	lt_arena_release(&arena);
}

static void begin(struct workbench *bench, const struct sitting *sitting)
{
	bench->sitting = sitting;
	bench->who = sitting->who;
	bench->lang = sitting->lang;
	grid_init(&bench->grid);
	lt_arena_init(&bench->found, 0);
	lt_findings_init(&bench->findings, &bench->found);
	recall_person(bench);
	recall_language(bench);
}

enum lt_status tui_run(const struct sitting *sitting, struct lt_err *err)
{
	struct workbench *bench = calloc(1, sizeof(*bench));
	const struct terminal_wish wish = { sitting->mouse, sitting->no_color,
					    sitting->no_unicode };
	if (!bench)
		return lt_err_memory(err);
	begin(bench, sitting);
	enum lt_status status = LT_OK;
	if (!sitting->plain)
		terminal_ask(&wish);
	if (sitting->path &&
	    !workbench_open(bench, sitting->path, sitting->assessment, sitting->readonly)) {
		/* before the screen is taken over: the shell shows it */
		terminal_unask();
		status = lt_err_set(err, bench->failed, "%s", "%s", bench->notice);
	}
	if (!status && sitting->plain)
		status = bench->board ? plain_run(bench, err)
				      : lt_err_set(err, LT_EUSAGE, "用法：lingtan --plain FILE",
						   "usage: lingtan --plain FILE");
	else if (!status)
		status = terminal_open(&wish, err);
	if (!status && !sitting->plain) {
		if (!bench->board)
			screens_start(bench);
		else
			tour_open_once(bench); /* the start has lines of its own */
		run_loop(bench);
	}
	/* what was typed is kept before the terminal is given back: the signal of one that is lost waits
	 * until then, and ends the program */
	workbench_shut(bench);
	while (bench->n_screens > 0)
		workbench_pop(bench);
	terminal_close();
	viewer_close();
	grid_release(&bench->grid);
	ahead_release(&bench->ahead);
	lt_arena_release(&bench->found);
	free(bench);
	return status;
}
