/* The body's register on the certificate's screen: how each certificate stands, what is due, and what
 * is decided about it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "certificate_parts.h"
#include "frame.h"
#include "lingtan/base/date.h"
#include "path.h"

/* ---- reading ---- */

enum lt_status register_pane_load(struct workbench *bench, struct showing *at, struct lt_err *err)
{
	const char *path = register_remembered(bench->session);
	struct session session = { 0 };
	at->pane.n_rows = 0;
	if (!path)
		return LT_OK;
	text_format(at->registry, sizeof(at->registry), "%s", path);
	enum lt_status status = session_open(&session, bench->sitting->workspace, path,
					     PROJECT_READ, &bench->who, err);
	if (!status)
		status = register_is(&session, err);
	if (!status)
		status = register_list(&session, at->day, &at->pane.rows, &at->pane.n_rows, err);
	/* what was read outlives the session that read it */
	if (!status) {
		lt_arena_release(&at->arena);
		at->arena = session.arena;
		lt_arena_init(&session.arena, 0);
	}
	if (session.workspace)
		session_close(&session);
	return status;
}

/* ---- drawing ---- */

static void draw_registered(const struct workbench *bench, const struct canvas *canvas, int row,
			    const struct registered *at)
{
	static const enum ink inks[N_REGISTERED_STATES] = {
		[REGISTERED_VALID] = INK_OK,     [REGISTERED_SUSPENDED] = INK_WARN,
		[REGISTERED_WITHDRAWN] = INK_VETO, [REGISTERED_GIVEN_UP] = INK_DIM,
		[REGISTERED_EXPIRED] = INK_DIM,  [REGISTERED_SUPERSEDED] = INK_DIM
	};
	static const char *const marks[N_REGISTERED_STATES] = { "✓", "!", "✗", "-", "-", "-" };
	const bool wide = canvas->cols >= 90;
	const int state = canvas->cols - (wide ? 36 : 12);
	draw_cut(canvas, row, 3, 14, INK_TEXT, at->number);
	draw_cut(canvas, row, 18, state - 20 - (wide ? 17 : 0), INK_TEXT, at->park);
	if (wide)
		draw_cut(canvas, row, state - 17, 15, INK_DIM, at->grade);
	draw_text(canvas, row, state, inks[at->state], marks[at->state]);
	draw_cut(canvas, row, state + 2, 10, inks[at->state],
		 label_of(bench, &registered_state_titles[at->state]));
	if (!wide)
		return;
	draw_cut(canvas, row, state + 12, 11, INK_DIM, at->valid_until[0] ? at->valid_until : "-");
	draw_cut(canvas, row, state + 24, 11, at->is_due ? INK_WARN : INK_DIM,
		 at->due[0] ? at->due : "-");
}

/* Why it stands so, of the one that is selected. */
static void draw_why(const struct workbench *bench, const struct canvas *canvas, int row,
		     const struct registered *at)
{
	char text[MOST_REASON];
	const bool watched = at->done[0] != 0;
	if (at->other[0])
		text_format(text, sizeof(text),
			    tell(bench, "%s 由 %s 替代  %s  %s", "%s superseded by %s  %s  %s"),
			    at->since, at->other, at->reason, at->by);
	else if (at->reason[0])
		text_format(text, sizeof(text), "%s%s%s  %s  %s", at->since, at->until[0] ? "~" : "",
			    at->until, at->reason, at->by);
	else if (watched)
		text_format(text, sizeof(text), tell(bench, "%s 监督  %s", "surveillance of %s  %s"),
			    at->done, at->note);
	else
		text_format(text, sizeof(text), tell(bench, "%s 颁发  %s", "issued %s  %s"), at->day,
			    at->assessment);
	draw_cut(canvas, row, 18, canvas->cols - 20, INK_DIM, text);
}

static int draw_counts(const struct workbench *bench, const struct showing *at,
		       const struct canvas *canvas, int row, int col)
{
	unsigned n_of[N_REGISTERED_STATES] = { 0 }, n_due = 0;
	for (unsigned i = 0; i < at->pane.n_rows; i++) {
		n_of[at->pane.rows[i].state]++;
		n_due += at->pane.rows[i].is_due;
	}
	for (unsigned s = 0; s < N_REGISTERED_STATES && col + 12 < canvas->cols; s++)
		if (n_of[s])
			col = draw_format(canvas, row, col, INK_DIM, "%s %u",
					  label_of(bench, &registered_state_titles[s]), n_of[s]) +
			      3;
	if (n_due && col + 16 < canvas->cols)
		col = draw_format(canvas, row, col, INK_WARN, tell(bench, "监督临期 %u", "%u due"),
				  n_due);
	return col;
}

void register_pane_draw(const struct workbench *bench, struct showing *at,
			const struct canvas *canvas, int row)
{
	struct register_pane *pane = &at->pane;
	const int col = draw_text(canvas, row, 3, INK_TITLE, tell(bench, "证书登记", "Register")) + 3;
	if (pane->has_focus && !pane->n_rows) {
		draw_text(canvas, row, 1, INK_ACCENT, "›");
		draw_ground(canvas, row, 1, canvas->cols - 1, GROUND_SELECTION);
		draw_cursor(canvas, row, 3);
	}
	if (!at->registry[0]) {
		draw_cut(canvas, row, col, canvas->cols - col - 1, INK_DIM,
			 tell(bench, "本机没有用过；Tab 到这里，Enter 选一个或新建",
			      "none was used here; Tab to it, Enter names one or makes it"));
		return;
	}
	draw_counts(bench, at, canvas, row, col);
	const int room = canvas->rows - row - 1 - (pane->has_focus ? 1 : 0);
	list_fit(&pane->list, pane->n_rows, room);
	for (unsigned i = pane->list.first; i < list_end(&pane->list); i++) {
		const bool is_at = i == pane->list.at && pane->has_focus;
		const int line = row + 1 + (int)(i - pane->list.first) +
				 (pane->has_focus && i > pane->list.at);
		draw_registered(bench, canvas, line, &pane->rows[i]);
		if (!is_at)
			continue;
		draw_text(canvas, line, 1, INK_ACCENT, "›");
		draw_ground(canvas, line, 1, canvas->cols - 1, GROUND_SELECTION);
		draw_cursor(canvas, line, 3);
		draw_why(bench, canvas, line + 1, &pane->rows[i]);
	}
}

/* ---- deciding ---- */

static const struct registered *selected(const struct showing *at)
{
	const struct register_pane *pane = &at->pane;
	return pane->list.at < pane->n_rows ? &pane->rows[pane->list.at] : NULL;
}

/* What is typed in one line: a day, for some a second one, then words. Texts are the line's, cut. */
struct said_line {
	const char *since, *until, *words;
};

static char *take_word(char **from)
{
	char *word = *from + strspn(*from, " ");
	char *end = word + strcspn(word, " ");
	*from = *end ? end + 1 : end;
	*end = '\0';
	return word;
}

static bool is_day(const char *text)
{
	const size_t len = strcspn(text, " ");
	char day[16];
	if (len != 10)
		return false;
	memcpy(day, text, len);
	day[len] = '\0';
	return lt_date_is(day);
}

static bool read_line(char *text, struct said_line *out)
{
	char *at = text + strspn(text, " ");
	*out = (struct said_line){ .since = "", .until = "", .words = "" };
	if (!is_day(at))
		return false;
	out->since = take_word(&at);
	at += strspn(at, " ");
	if (is_day(at))
		out->until = take_word(&at);
	out->words = at + strspn(at, " ");
	return out->words[0] != '\0';
}

static const char *check_line(struct workbench *bench, void *context, const char *text)
{
	char copy[MOST_REASON];
	struct said_line said;
	(void)context;
	text_format(copy, sizeof(copy), "%s", text);
	return read_line(copy, &said) ? NULL
				      : tell(bench, "先写日期，空格，再写理由：2026-03-01 未按期整改",
					     "a day, a blank, the reason: 2026-03-01 not corrected in time");
}

/* The register, opened to be written by whoever sits here. */
static enum lt_status open_registry(struct workbench *bench, const struct showing *at,
				    const char *command, const char *reason,
				    struct session *registry, struct lt_err *err)
{
	*registry = (struct session){ 0 };
	enum lt_status status = session_open(registry, bench->sitting->workspace, at->registry,
					     PROJECT_WRITE, &bench->who, err);
	if (!status)
		status = project_permits(registry->project, err);
	registry->command = command;
	registry->reason = reason;
	registry->lang = bench->lang;
	return status;
}

/* Afterwards: closed, and shown anew. */
static bool close_registry(struct workbench *bench, struct showing *at, struct session *registry,
			   enum lt_status status, struct lt_err *err)
{
	if (registry->workspace)
		session_close(registry);
	if (!status)
		status = register_pane_load(bench, at, err);
	if (status)
		workbench_tell_err(bench, err);
	return !status;
}

static void line_given(struct workbench *bench, void *context, const char *text)
{
	struct showing *at = showing_on_top(bench);
	struct session registry;
	struct said_line said;
	struct lt_err err = LT_ERR_INIT;
	char copy[MOST_REASON];
	(void)context;
	text_format(copy, sizeof(copy), "%s", text);
	if (!at || !read_line(copy, &said))
		return;
	struct register_pane *pane = &at->pane;
	enum lt_status status = open_registry(bench, at, pane->is_surveillance ? "register surveillance" : "register",
					      said.words, &registry, &err);
	if (!status && pane->is_surveillance)
		status = register_surveil(&registry, pane->number, said.since, said.words, said.until,
					  &err);
	else if (!status)
		status = register_decide(&registry, pane->number, pane->state, said.since,
					 said.until[0] ? said.until : NULL,
					 pane->other[0] ? pane->other : NULL, &err);
	if (close_registry(bench, at, &registry, status, &err))
		workbench_tell(bench, NOTICE_DONE,
			       pane->is_surveillance ? tell(bench, "%s 的监督已记下", "the surveillance of %s is written down")
						     : tell(bench, "%s 的状态已记下", "the state of %s is written down"),
			       pane->number);
}

static void ask_line(struct workbench *bench, struct showing *at, const char *deed)
{
	const struct register_pane *pane = &at->pane;
	char title[300], text[32];
	text_format(title, sizeof(title), "%s  %s", deed, pane->number);
	text_format(text, sizeof(text), "%s ", at->day);
	ask_open_words(bench, "", title,
		 pane->is_surveillance
			 ? tell(bench, "监督日期，下次到期日（可不写），结果",
				"day of the surveillance, when the next is due, what came of it")
		 : pane->state == REGISTERED_SUSPENDED
			 ? tell(bench, "从哪天起，到哪天止（可不写），理由",
				"from which day, to which if it is known, why")
			 : tell(bench, "从哪天起，理由", "from which day, why"),
		 text, true, check_line, line_given, NULL);
}

static void other_given(struct workbench *bench, void *context, const char *text)
{
	struct showing *at = showing_on_top(bench);
	(void)context;
	if (!at)
		return;
	text_format(at->pane.other, sizeof(at->pane.other), "%s", text);
	ask_line(bench, at, tell(bench, "被替代", "superseded"));
}

static void reprint_given(struct workbench *bench, void *context, const char *text)
{
	struct showing *at = showing_on_top(bench);
	(void)context;
	if (!at)
		return;
	text_format(at->pane.reason, sizeof(at->pane.reason), "%s", text);
	certificate_begin(bench, at, DEED_REPRINT);
}

enum choice { SUSPEND, RESUME, WITHDRAW, GIVE_UP, SUPERSEDE, SURVEIL, REPRINT, LIST, N_CHOICES };

static void deed_chosen(struct workbench *bench, void *context, unsigned number)
{
	static const enum registered_state states[] = {
		[SUSPEND] = REGISTERED_SUSPENDED, [RESUME] = REGISTERED_VALID,
		[WITHDRAW] = REGISTERED_WITHDRAWN, [GIVE_UP] = REGISTERED_GIVEN_UP,
		[SUPERSEDE] = REGISTERED_SUPERSEDED
	};
	static const struct label titles[] = { [SUSPEND] = { "暂停", "suspend" },
					       [RESUME] = { "恢复", "resume" },
					       [WITHDRAW] = { "撤销", "withdraw" },
					       [GIVE_UP] = { "注销", "give up" },
					       [SUPERSEDE] = { "被替代", "supersede" },
					       [SURVEIL] = { "监督", "surveillance" } };
	struct showing *at = showing_on_top(bench);
	const struct registered *of = at ? selected(at) : NULL;
	(void)context;
	if (!of)
		return;
	struct register_pane *pane = &at->pane;
	text_format(pane->number, sizeof(pane->number), "%s", of->number);
	pane->other[0] = '\0';
	pane->is_surveillance = number == SURVEIL;
	if (number <= SUPERSEDE)
		pane->state = states[number];
	if (number == LIST)
		certificate_begin(bench, at, DEED_STATUS_LIST);
	else if (number == REPRINT)
		ask_open_words(bench, pane->number, tell(bench, "补印的理由", "why it is printed anew"),
			 tell(bench, "如：原件遗失。编号和记录不变，页面注明第几次补印",
			      "number and record stay; the page says which print it is"),
			 "", true, NULL, reprint_given, NULL);
	else if (number == SUPERSEDE)
		ask_open(bench, tell(bench, "被哪个编号替代", "Which number takes its place"),
			 tell(bench, "登记里另一张证书的编号", "of another certificate of the register"),
			 "", true, NULL, other_given, NULL);
	else if (number < SUPERSEDE || number == SURVEIL)
		ask_line(bench, at, label_of(bench, &titles[number]));
}

/* ---- which register ---- */

static void registry_picked(struct workbench *bench, void *context, const char *path, bool readonly)
{
	struct showing *at = showing_on_top(bench);
	struct lt_err err = LT_ERR_INIT;
	(void)context;
	(void)readonly;
	if (!at)
		return;
	register_remember(bench->session, path);
	if (register_pane_load(bench, at, &err))
		workbench_tell_err(bench, &err);
}

static void registry_named(struct workbench *bench, void *context, const char *text)
{
	struct showing *at = showing_on_top(bench);
	struct session made = { 0 };
	struct lt_err err = LT_ERR_INIT;
	char path[PATH_TEXT];
	(void)context;
	if (!at)
		return;
	enum lt_status status = path_expand(text, path) ? LT_OK : path_too_long(&err);
	if (!status)
		status = register_new(&made, bench->sitting->workspace, path, &bench->who, &err);
	if (made.workspace)
		session_close(&made);
	if (status) {
		workbench_tell_err(bench, &err);
		return;
	}
	register_remember(bench->session, path);
	if (register_pane_load(bench, at, &err))
		workbench_tell_err(bench, &err);
	else
		workbench_tell(bench, NOTICE_DONE, tell(bench, "已新建证书登记 %s", "register %s made"), text);
}

static void source_chosen(struct workbench *bench, void *context, unsigned number)
{
	static const char *const endings[] = { ".lingtan", NULL };
	char folder[PATH_TEXT], path[PATH_TEXT + 64];
	(void)context;
	if (number == 0) {
		pick_open_beside(bench, tell(bench, "证书登记", "register of certificates"), endings,
				 registry_picked, NULL);
		return;
	}
	path_folder(bench->path, folder);
	snprintf(path, sizeof(path), "%s%s", folder, tell(bench, "证书登记.lingtan", "register.lingtan"));
	ask_open(bench, tell(bench, "新建证书登记", "A new register"),
		 tell(bench, "机构自己的文件；角色要是 评价机构", "a file of the body's own; your role is body"),
		 path, true, NULL, registry_named, NULL);
}

void register_pane_choose(struct workbench *bench, struct showing *at)
{
	const struct registered *of = selected(at);
	if (!of) {
		const struct menu_row sources[] = {
			{ tell(bench, "用已有的登记", "one that is there"), NULL, 1, false },
			{ tell(bench, "新建一个", "a new one"), NULL, 2, false },
		};
		menu_open(bench, tell(bench, "证书登记", "Register"), sources, 2, 0, source_chosen, NULL);
		return;
	}
	const bool stands = of->state == REGISTERED_VALID, pauses = of->state == REGISTERED_SUSPENDED;
	const bool runs = stands || pauses;
	const struct menu_row rows[N_CHOICES] = {
		[SUSPEND] = { tell(bench, "暂停", "suspend"), tell(bench, "自、至哪天，为什么", "from, to, why"), 1, !stands },
		[RESUME] = { tell(bench, "恢复", "resume"), tell(bench, "暂停的原因已消除", "its cause is gone"), 2, !pauses },
		[WITHDRAW] = { tell(bench, "撤销", "withdraw"), tell(bench, "因故，不能恢复", "for cause; does not come back"), 3, !runs },
		[GIVE_UP] = { tell(bench, "注销", "give up"), tell(bench, "园区自愿，不能恢复", "at the holder's wish"), 4, !runs },
		[SUPERSEDE] = { tell(bench, "被替代", "supersede"), tell(bench, "新证代替这一张", "another takes its place"), 5, !runs },
		[SURVEIL] = { tell(bench, "监督", "surveillance"), tell(bench, "做过了：结果，下次到期日", "done: what came of it, when next"), 6, !runs },
		[REPRINT] = { tell(bench, "补印", "print anew"), tell(bench, "从登记里的记录再印一份", "from the record in the register"), 7, !runs },
		[LIST] = { tell(bench, "状态表", "list of states"), tell(bench, "签名的全部状态，供公众查验", "all states, signed, for the public"), 8, false },
	};
	menu_open(bench, of->number, rows, N_CHOICES, runs ? 0 : LIST, deed_chosen, NULL);
}

/* ---- what is written ---- */

static enum lt_status print_anew(struct workbench *bench, struct showing *at, struct session *registry,
				 struct lt_err *err)
{
	struct ready_files ready = { .at = at,
				     .key = bench->sitting->workspace->key,
				     .files = { .file = { .fd = -1 }, .signature = { .fd = -1 } } };
	struct issuing wish = { .registry = registry,
				.template = at->template,
				.day = at->day,
				.write = ready_files_lay,
				.finish = ready_files_name,
				.context = &ready };
	enum lt_status status = certificate_drawing(bench, at, &wish.drawing, err);
	if (!status)
		status = certificate_reprint(&wish, at->pane.number, &bench->findings, err);
	certificate_files_abandon(&ready.files);
	return status;
}

static enum lt_status publish(struct workbench *bench, struct showing *at, struct session *registry,
			      struct lt_err *err)
{
	const struct certificate named = { .at = { [CERT_KIND] = "status list", [CERT_ISSUED] = at->day } };
	const char *text, *dot = strrchr(at->out, '.');
	const bool csv = dot && strcmp(dot, ".csv") == 0;
	size_t len;
	if (!dot || (!csv && strcmp(dot, ".json") != 0))
		return lt_err_set(err, LT_EUSAGE, "请以 .json 或 .csv 结尾", "let it end with .json or .csv");
	enum lt_status status =
		register_statement(registry, at->day, csv, &registry->arena, &text, &len, err);
	return status ? status
		      : certificate_write(at->out, false, bench->sitting->workspace->key, &named, text,
					  len, err);
}

void register_pane_write(struct workbench *bench, struct showing *at)
{
	struct session registry;
	struct lt_err err = LT_ERR_INIT;
	const bool prints = at->deed == DEED_REPRINT;
	workbench_wait_begin(bench, "certificate");
	enum lt_status status = open_registry(bench, at, prints ? "register reprint" : "register status",
					      at->pane.reason, &registry, &err);
	if (!status)
		status = prints ? print_anew(bench, at, &registry, &err)
				: publish(bench, at, &registry, &err);
	const bool stopped = !workbench_wait_end(bench);
	if (close_registry(bench, at, &registry, status, &err))
		workbench_tell(bench, NOTICE_DONE, tell(bench, "已写出 %s", "%s written"), at->out);
	else if (stopped)
		certificate_tell_stopped(bench, false);
	workbench_wait_once(bench);
}
