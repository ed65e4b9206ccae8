#include "plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "headline.h"
#include "lingtan/app/cycle.h"
#include "lingtan/app/evidence.h"
#include "lingtan/base/text.h"
#include "path.h"
#include "walk.h"

struct plain {
	struct workbench *bench;
	struct walk walk; /* for what can be answered, and for saying it */
	char *line;       /* owned; the last one that was read */
	size_t cap;
	bool is_over;
};

/* ---- lines ---- */

/* A line without its end; NULL at the end of input. A line that is no text is refused and the next
 * one is read. */
static const char *read_line(struct plain *plain, const char *prompt)
{
	for (;;) {
		size_t at;
		printf("%s> ", prompt);
		fflush(stdout);
		ssize_t len = getline(&plain->line, &plain->cap, stdin);
		if (len < 0) {
			plain->is_over = true;
			return NULL;
		}
		while (len > 0 && (plain->line[len - 1] == '\n' || plain->line[len - 1] == '\r'))
			plain->line[--len] = '\0';
		if (lt_text_check(plain->line, (size_t)len, &at) == LT_TEXT_OK)
			return plain->line;
		printf("%s\n", tell(plain->bench, "这一行不是 UTF-8 文字，没有用上",
				    "this line is not UTF-8 text and was not used"));
	}
}

/* What a call had to tell, once. */
static void print_notice(struct plain *plain)
{
	if (plain->bench->notice[0])
		printf("%s\n", plain->bench->notice);
	plain->bench->notice[0] = '\0';
}

static const struct board_item *item_of(const struct plain *plain)
{
	return &plain->bench->board->items[plain->walk.item];
}

/* ---- what is there ---- */

static void print_sum(struct plain *plain)
{
	const struct workbench *bench = plain->bench;
	const struct board *board = bench->board;
	const struct board_rung *rung = &board->rungs[board->own];
	char figure[FIGURE_TEXT];
	printf("%s  %s  %s\n", board->park, board->ruleset->code,
	       label_of(bench, &rung_titles[board->own]));
	if (!bench->hides_score && board->headline.kind != FIGURE_NONE)
		printf("%s %s\n", label_of(bench, board->headline.title),
		       headline_figure(bench, &rung->figure, figure));
	printf(tell(bench, "已评 %u/%u，否决 %u，未评 %u，缺佐证 %u，退回 %u",
		    "done %u of %u, vetoes %u, open %u, without evidence %u, sent back %u"),
	       rung->must.answered, rung->must.items, rung->by_state[STATE_FAILED],
	       open_of_must(rung), rung->by_state[STATE_UNPROVEN], rung->by_state[STATE_SENT_BACK]);
	if (open_of_bonus(rung) > 0)
		printf(tell(bench, "，加分项未评 %u", ", open bonus %u"), open_of_bonus(rung));
	printf("\n");
}

static void print_help(const struct plain *plain)
{
	printf("%s",
	       tell(plain->bench,
		    "数字 选一项或打分；回车 下一件待办；7.2.1 到该条；r 写意见；e 挂佐证；\n"
		    "n 不适用；c 清空；u 撤销；s 现状；h 显隐分数；? 这些；q 离开（所填都已存）\n",
		    "digits choose or score; Enter: next thing to do; 7.2.1 goes there; r words;\n"
		    "e evidence; n not applicable; c clears; u undo; s sum; h score; ? this; q leaves (all is saved)\n"));
}

static void print_rungs(const struct plain *plain)
{
	const struct workbench *bench = plain->bench;
	const struct board *board = bench->board;
	char verdict[FIGURE_TEXT];
	for (unsigned r = 0; r < N_RUNGS; r++) {
		const struct board_answer *answer = &plain->walk.detail.answers[r];
		if (!answer->is_given || !board->rungs[r].items)
			continue;
		const bool hidden = bench->hides_score && item_of(plain)->is_scored &&
				    r != (unsigned)board->own;
		printf("%s %s", label_of(bench, &rung_titles[r]),
		       hidden ? tell(bench, "已评", "done")
			      : figure_verdict(item_of(plain),
					       &board->rungs[r].items[plain->walk.item],
					       bench->lang, verdict));
		if (answer->remark && answer->remark[0])
			printf("  %s", answer->remark);
		printf("\n");
	}
}

/* What the assessment before said, and who owes the item. */
static void print_hints(const struct plain *plain)
{
	const struct workbench *bench = plain->bench;
	const struct cycle_hint *last = plain->walk.detail.last;
	const struct board_item *item = item_of(plain);
	if (last)
		printf("%s%s%s", tell(bench, "上次 ", "before: "),
		       last->is_must ? tell(bench, "（必查）", "(obligatory) ") : "",
		       last->rung == N_RUNGS ? tell(bench, "无结论\n", "no verdict\n") : "");
	if (last && last->rung < N_RUNGS)
		printf("%s %s %s  %s\n", label_of(bench, &rung_titles[last->rung]),
		       last->result, last->value, last->by);
	if (item->owner)
		printf("%s%s  %s\n", tell(bench, "责任 ", "owner: "), item->owner,
		       item->due ? item->due : "");
}

static void print_item(const struct plain *plain)
{
	const struct workbench *bench = plain->bench;
	const struct board_item *item = item_of(plain);
	const struct board_mark *mark = board_mark(bench->board, plain->walk.item);
	char points[FIGURE_TEXT];
	printf("\n%s  %s  %s", shown_id(item->plan->decl->id),
	       label_of(bench, &item->plan->decl->title),
	       label_of(bench, state_title(mark->state)));
	if (item->is_veto)
		printf("  %s", tell(bench, "一票否决", "must be met"));
	if (item->is_scored)
		printf(tell(bench, "  满分 %s", "  of %s points"),
		       figure_decimal(item->plan->points, -4, points));
	printf("\n");
	for (unsigned i = 0; i < plain->walk.detail.n_slots; i++)
		printf("%s%s", i ? tell(bench, "；", "; ") : tell(bench, "查证 ", "check: "),
		       label_of(bench, &plain->walk.detail.slots[i].decl->title));
	if (plain->walk.detail.n_slots)
		printf("\n");
	print_hints(plain);
	print_rungs(plain);
	for (unsigned i = 0; i < plain->walk.detail.n_ties; i++)
		printf(tell(bench, "佐证 %s  %s\n", "evidence %s  %s\n"),
		       plain->walk.detail.ties[i].name,
		       plain->walk.detail.ties[i].locator ? plain->walk.detail.ties[i].locator
							  : "");
}

/* The cell that a typed number goes to; n_cells where there is none. */
static unsigned typed_cell(const struct walk *walk)
{
	const enum item_form form = walk->bench->board->items[walk->item].plan->decl->form;
	return form == FORM_POINTS || form == FORM_MEASURED ? walk->cell : walk->n_cells;
}

static void print_choices(const struct plain *plain)
{
	const struct walk *walk = &plain->walk;
	const struct workbench *bench = plain->bench;
	const unsigned cell = typed_cell(walk);
	char value[FIGURE_TEXT], unit[FIGURE_TEXT];
	if (cell < walk->n_cells) {
		const struct board_quantity *quantity = walk_cell_quantity(walk, cell);
		if (quantity)
			printf(tell(bench, "填 %s（%s），现为 %s\n", "enter %s (%s), now %s\n"),
			       label_of(bench, quantity->title),
			       figure_unit(quantity->unit, bench->lang, unit),
			       value_is_exact(&quantity->value)
				       ? figure_value(&quantity->value, -4, bench->lang, value)
				       : tell(bench, "未填", "not set"));
		else
			printf("%s\n", tell(bench, "填得分", "enter the points"));
		return;
	}
	for (unsigned i = 0; i < walk->n_choices; i++)
		printf("%u %s%s%s\n", i + 1, walk->choices[i].is_chosen ? "[" : "",
		       walk->choices[i].title, walk->choices[i].is_chosen ? "]" : "");
}

/* ---- saying it ---- */

#define MOST_RESULT 1024

/* An answer counts whole, or it is not taken. */
static bool fits(const struct plain *plain, const char *words, size_t room)
{
	if (strlen(words) < room)
		return true;
	printf("%s\n", tell(plain->bench, "太长，没有用上", "too long, not used"));
	return false;
}

/* A reason where one is needed, else NULL; false: it was needed and not given. */
static bool ask_why(struct plain *plain, const char *id, const char **reason)
{
	const struct workbench *bench = plain->bench;
	*reason = NULL;
	if (!workbench_needs_reason(plain->bench, id))
		return true;
	printf("%s\n", tell(bench, "这一轮已提交，写明为什么改；空行不改",
			    "the round is submitted: say why; an empty line changes nothing"));
	*reason = read_line(plain, tell(bench, "理由", "reason"));
	return *reason && (*reason)[0];
}

static void say_result(struct plain *plain, const char *result)
{
	struct workbench *bench = plain->bench;
	const char *reason = NULL;
	char copy[MOST_RESULT];
	if (!fits(plain, result, sizeof(copy)))
		return;
	if (!workbench_may_write(bench)) {
		print_notice(plain);
		return;
	}
	text_format(copy, sizeof(copy), "%s", result);
	if (!ask_why(plain, item_of(plain)->plan->decl->id, &reason))
		return;
	if (walk_set_because(&plain->walk, copy, reason))
		printf("%s\n", tell(bench, "已存", "saved"));
	print_notice(plain);
	walk_load(&plain->walk);
}

static void ask_na(struct plain *plain)
{
	const struct workbench *bench = plain->bench;
	const struct words *listed = &item_of(plain)->plan->decl->na;
	char result[MOST_RESULT];
	if (listed->n == 0) {
		printf("%s\n", tell(bench, "此项不能选不适用", "this item cannot be n/a"));
		return;
	}
	for (unsigned i = 0; i < listed->n; i++) {
		const struct na_reason *reason =
			ruleset_find_na_reason(bench->board->ruleset, listed->at[i]);
		printf("%u %s\n", i + 1, reason ? label_of(bench, &reason->title) : listed->at[i]);
	}
	const char *line = read_line(plain, tell(bench, "理由", "reason"));
	const unsigned long number = line ? strtoul(line, NULL, 10) : 0;
	if (!line || !line[0])
		return;
	const struct na_reason *reason =
		number >= 1 && number <= listed->n
			? ruleset_find_na_reason(bench->board->ruleset, listed->at[number - 1])
			: NULL;
	if (reason && reason->needs_text)
		line = read_line(plain, tell(bench, "写明", "in words"));
	if (!line || !fits(plain, line, sizeof(result) - sizeof("na:")))
		return;
	text_format(result, sizeof(result), "na:%s",
		    reason && !reason->needs_text ? reason->id : line);
	say_result(plain, result);
}

static void type_number(struct plain *plain, const char *line)
{
	struct walk *walk = &plain->walk;
	if (!workbench_may_write(plain->bench)) {
		print_notice(plain);
		return;
	}
	if (!walk_cell_quantity(walk, walk->cell)) {
		char result[300];
		if (!fits(plain, line, sizeof(result) - sizeof("points:")))
			return;
		text_format(result, sizeof(result), "points:%s", line);
		say_result(plain, result);
		return;
	}
	if (!fits(plain, line, sizeof(walk->typed)))
		return;
	text_format(walk->typed, sizeof(walk->typed), "%s", line);
	const struct board_quantity *quantity = walk_cell_quantity(walk, walk->cell);
	const char *reason;
	if (!ask_why(plain, plan_slot_name(plain->bench->board->plan, quantity->slot), &reason))
		return;
	if (walk_save_number(walk, reason))
		printf("%s\n", tell(plain->bench, "已存", "saved"));
	walk->is_typing = false;
	print_notice(plain);
	walk_load(walk);
}

/* Lines up to a dot, joined; NULL where there were none, or without memory (said). The caller frees
 * it. */
static char *read_words(struct plain *plain)
{
	char *text = NULL;
	size_t len = 0;
	for (const char *line; (line = read_line(plain, "")) && strcmp(line, ".") != 0;) {
		const size_t cap = len + strlen(line) + 2;
		char *more = realloc(text, cap);
		if (!more) {
			printf("%s\n", tell(plain->bench, "内存不足，意见没有用上",
					    "out of memory, the words were not used"));
			free(text);
			return NULL;
		}
		text = more;
		len += (size_t)snprintf(text + len, cap - len, "%s%s", len ? "\n" : "", line);
	}
	return text;
}

static void save_words(struct plain *plain, const char *text)
{
	struct workbench *bench = plain->bench;
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	char command[200];
	const char *reason, *id = item_of(plain)->plan->decl->id;
	const struct new_answer wish = { .item = id,
					 .remark = text,
					 .rung = workbench_rung(bench) };
	if (!ask_why(plain, id, &reason))
		return;
	snprintf(command, sizeof(command), "set %s --remark", id);
	workbench_begin(bench, command);
	workbench_because(bench, reason);
	const enum lt_status status =
		session_set(bench->session, bench->ref, &wish, &bench->findings, &done, &err);
	if (workbench_end(bench, status, &err, done))
		printf("%s\n", tell(bench, "已存", "saved"));
	print_notice(plain);
	walk_load(&plain->walk);
}

static void write_words(struct plain *plain)
{
	if (!workbench_may_write(plain->bench)) {
		print_notice(plain);
		return;
	}
	printf("%s\n", tell(plain->bench, "写意见，单独一个 . 结束；什么都不写则不改",
			    "words, ended by a line with only a dot; none at all changes nothing"));
	char *text = read_words(plain);
	if (text && text[0])
		save_words(plain, text);
	free(text);
}

static void attach(struct plain *plain)
{
	struct workbench *bench = plain->bench;
	struct lt_err err = LT_ERR_INIT;
	struct attached out;
	char path[PATH_TEXT], command[200];
	const char *line =
		workbench_may_write(bench) ? read_line(plain, tell(bench, "文件", "file")) : NULL;
	print_notice(plain);
	if (!line || !line[0])
		return;
	if (!path_expand(line, path)) {
		path_too_long(&err);
		printf("%s\n", err.text[bench->lang]);
		return;
	}
	line = read_line(plain, tell(bench, "定位", "place"));
	if (!line)
		return;
	snprintf(command, sizeof(command), "attach %s", item_of(plain)->plan->decl->id);
	workbench_begin(bench, command);
	const struct new_evidence wish = { .item = item_of(plain)->plan->decl->id,
					   .path = path,
					   .locator = line };
	const enum lt_status status =
		session_attach(bench->session, bench->ref, &wish, &out, &bench->findings, &err);
	if (workbench_end(bench, status, &err, true))
		printf("%s%s%s\n", tell(bench, "已存", "saved"),
		       out.size == 0 ? tell(bench, "；是空文件（0 字节），请核对", "; it is empty (0 bytes), look at it") : "",
		       out.vague ? tell(bench, "；定位笼统，提交前要写到页表段", "; the place is vague") : "");
	print_notice(plain);
	walk_load(&plain->walk);
}

static void undo(struct plain *plain)
{
	struct workbench *bench = plain->bench;
	struct lt_err err = LT_ERR_INIT;
	const char *undone = NULL;
	char words[500];
	workbench_begin(bench, "undo");
	const enum lt_status status = session_undo(bench->session, &undone, &err);
	if (workbench_end(bench, status, &err, true))
		printf(tell(bench, "已撤销：%s\n", "undone: %s\n"),
		       command_words(bench, undone ? undone : "", words, sizeof(words)));
	print_notice(plain);
	walk_load(&plain->walk);
}

/* ---- going on ---- */

static bool go(struct plain *plain, uint32_t item)
{
	if (item == NO_SLOT)
		return false;
	plain->walk.is_typing = false;
	walk_select(&plain->walk, item);
	print_item(plain);
	print_choices(plain);
	return true;
}

static void next(struct plain *plain)
{
	const struct todo *todo = board_next(plain->bench->board, plain->walk.item, BY_PLACE);
	if (!todo || todo->item == NO_SLOT)
		printf("%s\n", tell(plain->bench, "这一层级没有待办了；q 离开",
				    "nothing is left to do here; q leaves"));
	else
		go(plain, todo->item);
}

static void answer_line(struct plain *plain, const char *line)
{
	const struct walk *walk = &plain->walk;
	const uint32_t item = board_find_item(plain->bench->board, line);
	const unsigned cell = typed_cell(walk);
	char *end;
	/* a number is an answer where one is asked for; else it may be an item's */
	const unsigned long number = strtoul(line, &end, 10);
	if (cell < walk->n_cells && (item == NO_SLOT || !*end))
		type_number(plain, line);
	else if (!*end && number >= 1 && number <= walk->n_choices) {
		const char *result = walk->choices[number - 1].result;
		if (result)
			say_result(plain, result);
		else
			ask_na(plain);
	} else if (!go(plain, item)) {
		printf("%s\n", tell(plain->bench, "不明白；? 看能做什么",
				    "not understood; ? says what can be done"));
	}
}

static void take_line(struct plain *plain, const char *line)
{
	char copy[300], folded[300];
	snprintf(copy, sizeof(copy), "%.280s", line);
	lt_text_fold_twins(copy, strlen(copy), folded, sizeof(folded));
	if (!folded[0])
		next(plain);
	else if (strcmp(folded, "q") == 0)
		plain->is_over = true;
	else if (strcmp(folded, "?") == 0)
		print_help(plain);
	else if (strcmp(folded, "s") == 0)
		print_sum(plain);
	else if (strcmp(folded, "h") == 0)
		plain->bench->hides_score = !plain->bench->hides_score;
	else if (strcmp(folded, "r") == 0)
		write_words(plain);
	else if (strcmp(folded, "e") == 0)
		attach(plain);
	else if (strcmp(folded, "n") == 0)
		ask_na(plain);
	else if (strcmp(folded, "c") == 0)
		say_result(plain, "unset");
	else if (strcmp(folded, "u") == 0)
		undo(plain);
	else
		answer_line(plain, folded);
}

enum lt_status plain_run(struct workbench *bench, struct lt_err *err)
{
	struct plain plain = { .bench = bench };
	plain.walk.bench = bench;
	plain.walk.item = NO_SLOT;
	lt_arena_init(&plain.walk.arena, 0);
	/* nobody reads over the shoulder of a pipe, but a person may: the setting holds */
	print_sum(&plain);
	print_help(&plain);
	const struct todo *todo = board_next(bench->board, NO_SLOT, BY_PLACE);
	uint32_t first = todo && todo->item != NO_SLOT ? todo->item : NO_SLOT;
	for (unsigned i = 0; first == NO_SLOT && i < bench->board->n_items; i++)
		if (!bench->board->items[i].is_outside)
			first = bench->board->items[i].slot;
	plain.is_over = !go(&plain, first);
	while (!plain.is_over) {
		const char *line = read_line(&plain, shown_id(item_of(&plain)->plan->decl->id));
		if (line)
			take_line(&plain, line);
	}
	printf("\n");
	free(plain.line);
	free(plain.walk.rows);
	lt_arena_release(&plain.walk.arena);
	if (fflush(stdout) != 0 || ferror(stdout))
		return lt_err_set(err, LT_ESPACE, "写不到标准输出",
				  "cannot write to standard output");
	return LT_OK;
}
