/* Answering an item: choices, numbers, check points, and the reasons that some of them need. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "lingtan/base/text.h"
#include "walk.h"

/* ---- what can be answered ---- */

static const struct board_item *item_of(const struct walk *walk)
{
	return &walk->bench->board->items[walk->item];
}

static const struct answer *own_answer(const struct walk *walk)
{
	const struct board *board = walk->bench->board;
	return walk->has_detail ? walk->detail.answers[board->own].answer : NULL;
}

static enum answer_state own_state(const struct walk *walk)
{
	const struct answer *answer = own_answer(walk);
	return answer ? answer->state : ANSWER_OPEN;
}

static void add_choice(struct walk *walk, struct walk_choice choice)
{
	if (walk->n_choices < MAX_CHOICES)
		walk->choices[walk->n_choices++] = choice;
}

static void add_verdicts(struct walk *walk, bool judged)
{
	const struct workbench *bench = walk->bench;
	const enum answer_state state = own_state(walk);
	add_choice(walk, (struct walk_choice){ .result = judged ? "yes" : "met",
					       .title = tell(bench, "符合", "met"),
					       .is_chosen = state == ANSWER_MET });
	add_choice(walk, (struct walk_choice){ .result = judged ? "no" : "not-met",
					       .title = tell(bench, "不符合", "not met"),
					       .is_chosen = state == ANSWER_NOT_MET,
					       .is_veto = item_of(walk)->is_veto });
}

static void add_tiers(struct walk *walk)
{
	const struct item *decl = item_of(walk)->plan->decl;
	const struct answer *answer = own_answer(walk);
	for (unsigned i = 0; i < walk->detail.n_tiers; i++) {
		const struct board_tier *tier = &walk->detail.tiers[i];
		const char *title = label_of(walk->bench, &tier->decl->title);
		add_choice(walk, (struct walk_choice){
					 .result = lt_arena_printf(&walk->arena, "tier:%s",
								   tier->decl->id),
					 .title = title[0] ? title : tier->decl->id,
					 .is_chosen = answer && answer->state == ANSWER_TIER &&
						      tier->decl == &decl->tiers[answer->tier] });
	}
}

static const char *toggled(struct walk *walk, unsigned check)
{
	const struct item *decl = item_of(walk)->plan->decl;
	const struct answer *answer = own_answer(walk);
	uint64_t checks = answer && answer->state == ANSWER_CHECKS ? answer->checks : 0;
	const char *text = "";
	checks ^= (uint64_t)1 << check;
	for (unsigned i = 0; i < decl->n_checks && text; i++)
		if (checks >> i & 1)
			text = lt_arena_printf(&walk->arena, "%s%s%s", text, text[0] ? "," : "",
					       decl->checks[i].id);
	return text ? lt_arena_printf(&walk->arena, "checks:%s", text) : NULL;
}

static void add_checks(struct walk *walk)
{
	const struct item *decl = item_of(walk)->plan->decl;
	const struct answer *answer = own_answer(walk);
	for (unsigned i = 0; i < decl->n_checks; i++)
		add_choice(walk, (struct walk_choice){
					 .result = toggled(walk, i),
					 .title = label_of(walk->bench, &decl->checks[i].title),
					 .is_chosen = answer && answer->state == ANSWER_CHECKS &&
						      (answer->checks >> i & 1) });
}

static void add_cells(struct walk *walk)
{
	const struct board *board = walk->bench->board;
	for (unsigned i = 0; i < walk->detail.n_quantities && walk->n_cells + 1 < MAX_CELLS; i++)
		if (plan_slot_kind(board->plan, walk->detail.quantities[i].slot) == SLOT_QUANTITY &&
		    walk->detail.quantities[i].n_lines == 0)
			walk->cells[walk->n_cells++] = (struct walk_cell){ .quantity = i };
	walk->cell = 0;
	if (item_of(walk)->plan->decl->form != FORM_POINTS)
		return;
	walk->cell = walk->n_cells;
	walk->cells[walk->n_cells++] = (struct walk_cell){ .is_points = true };
}

static void fill_choices(struct walk *walk)
{
	const struct workbench *bench = walk->bench;
	const struct item *decl = item_of(walk)->plan->decl;
	const enum answer_state state = own_state(walk);
	switch (decl->form) {
	case FORM_MET:
	case FORM_JUDGEMENT:
		add_verdicts(walk, decl->form == FORM_JUDGEMENT);
		break;
	case FORM_TIERS:
		add_tiers(walk);
		break;
	case FORM_CHECKLIST:
		add_checks(walk);
		break;
	default:
		break;
	}
	/* always in the same place, so that a digit means the same on every item of a kind */
	add_choice(walk, (struct walk_choice){ .title = tell(bench, "不适用", "n/a"),
					       .is_chosen = state == ANSWER_NA,
					       .is_dim = decl->na.n == 0 });
	add_choice(walk, (struct walk_choice){ .result = "unset",
					       .title = tell(bench, "未评", "open"),
					       .is_chosen = state == ANSWER_OPEN });
}

/* ---- numbers that were half typed at an earlier time: offered, and entered only by a key that says so ---- */

/* Where a half-typed number is kept until it counts. */
static void number_draft(const struct walk *walk, unsigned cell, char *field, size_t cap)
{
	snprintf(field, cap, "number.%s.%s.%u", walk->bench->ref->name,
		 item_of(walk)->plan->decl->id, cell);
}

void walk_number_draft(const struct walk *walk, char *field, size_t cap)
{
	number_draft(walk, walk->cell, field, cap);
}

/* The program may have ended between the entry and the end of its draft. */
static bool is_saved(const struct walk *walk, unsigned cell, const char *draft)
{
	const struct answer *answer = own_answer(walk);
	const struct board_quantity *quantity = walk_cell_quantity(walk, cell);
	struct lt_decimal value;
	if (lt_decimal_parse(draft, strlen(draft), &value) != LT_DECIMAL_OK)
		return false;
	if (quantity)
		return value_is_exact(&quantity->value) && lt_decimal_compare(quantity->value.lo, value) == 0;
	return answer && answer->state == ANSWER_POINTS && lt_decimal_compare(answer->points, value) == 0;
}

static void find_drafts(struct walk *walk)
{
	char field[256];
	if (!walk_has_number(walk) || !workbench_can_write(walk->bench))
		return;
	for (unsigned i = 0; i < walk->n_cells; i++) {
		number_draft(walk, i, field, sizeof(field));
		const char *draft = draft_find(walk->bench->session, field, &walk->arena);
		if (draft && is_saved(walk, i, draft))
			draft_drop(walk->bench->session, field);
		else if (draft && strlen(draft) < sizeof(walk->typed))
			walk->cells[i].draft = draft;
	}
}

void walk_go_to_draft(struct walk *walk)
{
	for (unsigned i = 0; i < walk->n_cells && !walk->cells[walk->cell].draft; i++)
		if (walk->cells[i].draft)
			walk->cell = i;
}

const char *walk_offered(const struct walk *walk)
{
	const bool is_here = walk->zone == ZONE_ANSWER || (walk->zone == ZONE_TREE && !walk->at_section);
	return is_here && !walk->is_typing && walk->cell < walk->n_cells ? walk->cells[walk->cell].draft : NULL;
}

void walk_load(struct walk *walk)
{
	struct lt_err err = LT_ERR_INIT;
	lt_arena_reset(&walk->arena);
	walk->n_choices = walk->n_cells = 0;
	walk->is_typing = walk->is_refused = false;
	walk->typed_wrong = NULL;
	walk->has_detail =
		board_detail(walk->bench->board, walk->item, &walk->detail, &err) == LT_OK;
	if (!walk->has_detail) {
		workbench_tell_err(walk->bench, &err);
		memset(&walk->detail, 0, sizeof(walk->detail));
		return;
	}
	add_cells(walk);
	find_drafts(walk);
	fill_choices(walk);
	walk->choice = 0;
	for (unsigned i = 0; i < walk->n_choices; i++)
		if (walk->choices[i].is_chosen && item_of(walk)->plan->decl->form != FORM_CHECKLIST)
			walk->choice = i;
}

const struct board_quantity *walk_cell_quantity(const struct walk *walk, unsigned cell)
{
	return cell < walk->n_cells && !walk->cells[cell].is_points
		       ? &walk->detail.quantities[walk->cells[cell].quantity]
		       : NULL;
}

/* ---- saying it ---- */

bool walk_set_because(struct walk *walk, const char *result, const char *reason)
{
	struct workbench *bench = walk->bench;
	struct lt_err err = LT_ERR_INIT;
	char command[300];
	bool done = false;
	const char *id = item_of(walk)->plan->decl->id;
	text_format(command, sizeof(command), "set %s %s", id, result);
	workbench_begin(bench, command);
	workbench_because(bench, reason);
	const struct new_answer wish = { .item = id,
					 .result = result,
					 .rung = workbench_rung(bench) };
	const enum lt_status status =
		session_set(bench->session, bench->ref, &wish, &bench->findings, &done, &err);
	return workbench_end(bench, status, &err, done);
}

static void ask_why(struct workbench *bench, const char *id, ask_given given)
{
	ask_open_words(bench, id, tell(bench, "更正已提交的一轮", "Correct what was submitted"),
		 tell(bench, "写明为什么改；原值和新值都留在记录里",
		      "say why; the record keeps both values"),
		 "", true, NULL, given, NULL);
}

static void reason_given(struct workbench *bench, void *context, const char *text)
{
	struct walk *walk = walk_on_top(bench);
	(void)context;
	if (walk)
		walk_set_because(walk, walk->pending, text);
}

/* Asks for a reason first where the round stands submitted; then false: it is not said yet. */
static bool walk_set(struct walk *walk, const char *result)
{
	struct workbench *bench = walk->bench;
	if (!result || !workbench_may_write(bench))
		return false;
	if (!workbench_needs_reason(bench, item_of(walk)->plan->decl->id))
		return walk_set_because(walk, result, NULL);
	if (strlen(result) >= sizeof(walk->pending))
		return false;
	/* result may be pending itself */
	memmove(walk->pending, result, strlen(result) + 1);
	ask_why(bench, item_of(walk)->plan->decl->id, reason_given);
	return false;
}

/* ---- not applicable ---- */

/* A reason counts whole, or it is not taken. */
static const char *na_too_long(struct workbench *bench, void *context, const char *text)
{
	(void)context;
	return strlen(text) + sizeof("na:") <= sizeof(((struct walk *)NULL)->pending)
		       ? NULL
		       : tell(bench, "理由太长，至多三百多字；详情写在意见里",
			      "the reason is too long, about 1000 letters at most; details go into the words");
}

static void na_written(struct workbench *bench, void *context, const char *text)
{
	struct walk *walk = walk_on_top(bench);
	char result[sizeof(walk->pending)];
	(void)context;
	if (!walk)
		return;
	snprintf(result, sizeof(result), "na:%s", text);
	walk_set(walk, result);
}

static const struct na_reason *listed_reason(const struct walk *walk, unsigned number)
{
	const struct words *listed = &item_of(walk)->plan->decl->na;
	return number < listed->n
		       ? ruleset_find_na_reason(walk->bench->board->ruleset, listed->at[number])
		       : NULL;
}

static void na_chosen(struct workbench *bench, void *context, unsigned number)
{
	struct walk *walk = walk_on_top(bench);
	const struct na_reason *reason = walk ? listed_reason(walk, number) : NULL;
	char result[sizeof(walk->pending)];
	(void)context;
	if (!reason)
		return;
	if (reason->needs_text) {
		ask_open_words(bench, item_of(walk)->plan->decl->id,
			       tell(bench, "不适用的理由", "Why it is not applicable"), label_of(bench, &reason->title), "", true, na_too_long, na_written, NULL);
		return;
	}
	snprintf(result, sizeof(result), "na:%s", reason->id);
	walk_set(walk, result);
}

static void ask_na(struct walk *walk)
{
	struct workbench *bench = walk->bench;
	const struct words *listed = &item_of(walk)->plan->decl->na;
	struct menu_row rows[9];
	unsigned n = 0;
	if (listed->n == 0) {
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "此项不能选不适用", "this item cannot be n/a"));
		return;
	}
	for (; n < listed->n && n < 9; n++) {
		const struct na_reason *reason = listed_reason(walk, n);
		const bool holds = reason && (!reason->stages.n || !bench->board->stage ||
					      words_have(&reason->stages, bench->board->stage->id));
		rows[n] = (struct menu_row){
			.title = reason ? label_of(bench, &reason->title) : "",
			.detail = holds ? "" : tell(bench, "本阶段不可用", "not in this stage"),
			.digit = (int)n + 1,
			.is_dim = !holds
		};
	}
	menu_open(bench, tell(bench, "不适用的理由", "Why it is not applicable"), rows, n, 0,
		  na_chosen, NULL);
}

/* ---- numbers ---- */

static bool save_points(struct walk *walk, const char *reason)
{
	char result[NUMBER_TYPED + 8];
	if (!walk->typed[0])
		return walk_set_because(walk, "unset", reason);
	snprintf(result, sizeof(result), "points:%s", walk->typed);
	return walk_set_because(walk, result, reason);
}

static bool save_quantity(struct walk *walk, const struct board_quantity *quantity,
			  const char *reason)
{
	struct workbench *bench = walk->bench;
	struct lt_err err = LT_ERR_INIT;
	char command[200];
	bool done = false;
	const char *id = plan_slot_name(bench->board->plan, quantity->slot);
	const struct new_quantity wish = {
		.id = id,
		.value = walk->typed[0] ? walk->typed : "unset",
		.unit = quantity->unit ? quantity->unit : "",
		.year = bench->ref->year,
		.source = quantity->measure && quantity->measure->source ? quantity->measure->source
									 : "",
		.rung = workbench_rung(bench),
	};
	snprintf(command, sizeof(command), "quantity %s %s", id, wish.value);
	workbench_begin(bench, command);
	workbench_because(bench, reason);
	const enum lt_status status =
		session_set_quantity(bench->session, &wish, &bench->findings, &done, &err);
	return workbench_end(bench, status, &err, done);
}

/* What the number belongs to: the item, or the figure. */
static const char *cell_id(const struct walk *walk)
{
	const struct board_quantity *quantity = walk_cell_quantity(walk, walk->cell);
	return quantity ? plan_slot_name(walk->bench->board->plan, quantity->slot)
			: item_of(walk)->plan->decl->id;
}

static bool walk_number_needs_reason(const struct walk *walk)
{
	return workbench_needs_reason(walk->bench, cell_id(walk));
}

static void drop_draft(struct walk *walk)
{
	char field[256];
	walk_number_draft(walk, field, sizeof(field));
	draft_drop(walk->bench->session, field);
	walk->cells[walk->cell].draft = NULL;
}

bool walk_save_number(struct walk *walk, const char *reason)
{
	char typed[NUMBER_TYPED];
	const struct board_quantity *quantity = walk_cell_quantity(walk, walk->cell);
	if (!workbench_may_write(walk->bench))
		return false;
	memcpy(typed, walk->typed, sizeof(typed));
	walk->is_typing = false;
	if (quantity ? save_quantity(walk, quantity, reason) : save_points(walk, reason)) {
		/* only now: until it is on disk the draft is the only copy */
		drop_draft(walk);
		return true;
	}
	memcpy(walk->typed, typed, sizeof(typed));
	walk->is_typing = walk->is_refused = true;
	return false;
}

static void number_reason_given(struct workbench *bench, void *context, const char *text)
{
	struct walk *walk = walk_on_top(bench);
	(void)context;
	if (walk && walk->is_typing)
		walk_save_number(walk, text);
}

/* A minus alone: where a figure decides, the only place to say that the item is not applicable. */
static bool says_na(const struct walk *walk)
{
	const struct item *decl = item_of(walk)->plan->decl;
	return decl->form == FORM_MEASURED && decl->na.n > 0 && strcmp(walk->typed, "-") == 0;
}

/* What is wrong with the number as it stands; NULL = nothing, or not yet. */
static const char *wrong_with(struct walk *walk)
{
	const struct workbench *bench = walk->bench;
	struct lt_decimal value;
	char full[FIGURE_TEXT];
	if (!walk->typed[0])
		return NULL;
	if (says_na(walk))
		return tell(bench, "按 Enter 不适用", "Enter for n/a");
	if (lt_decimal_parse(walk->typed, strlen(walk->typed), &value) != LT_DECIMAL_OK)
		return tell(bench, "还不是数，写成 8.5", "not a number yet; like 8.5");
	if (!walk->cells[walk->cell].is_points)
		return NULL;
	const struct lt_decimal points = item_of(walk)->plan->points;
	if (value.units < 0 || lt_decimal_compare(value, points) > 0)
		return lt_arena_printf(&walk->arena,
				       tell(bench, "应在 0 到 %s 之间", "between 0 and %s"),
				       figure_decimal(points, -4, full));
	return NULL;
}

/* Where it cannot be saved now: the file was opened again for reading, or another rung is looked at. */
static bool leave_as_draft(struct walk *walk)
{
	char field[256];
	walk_number_draft(walk, field, sizeof(field));
	const bool is_kept = draft_keep(walk->bench->session, field, walk->typed, strlen(walk->typed));
	workbench_tell(walk->bench, NOTICE_WARN,
		       is_kept ? tell(walk->bench, "这里不能填写，%s 留作草稿", "nothing is filled in here, %s stays a draft")
			       : tell(walk->bench, "这里不能填写，草稿也存不下，%s 没有留下",
				      "nothing is filled in here, no draft can be kept either: %s is not kept"),
		       walk->typed);
	walk->is_typing = walk->is_refused = false;
	walk->typed_wrong = NULL;
	return true;
}

bool walk_leave_cell(struct walk *walk)
{
	if (!walk->is_typing)
		return true;
	if (!workbench_can_write(walk->bench))
		return leave_as_draft(walk);
	walk->typed_wrong = wrong_with(walk);
	if (walk->typed_wrong) {
		workbench_tell(walk->bench, NOTICE_WARN, "%s", walk->typed_wrong);
		return false;
	}
	if (!walk_number_needs_reason(walk))
		return walk_save_number(walk, NULL);
	/* what was typed stays in its cell until there is a reason */
	walk->is_refused = true;
	ask_why(walk->bench, item_of(walk)->plan->decl->id, number_reason_given);
	return false;
}

static void drop_typed(struct walk *walk)
{
	drop_draft(walk);
	walk->is_typing = walk->is_refused = false;
	walk->typed_wrong = NULL;
}

bool walk_drop_wrong(struct walk *walk)
{
	if (walk->is_typing && !workbench_can_write(walk->bench))
		return leave_as_draft(walk);
	const char *wrong = walk->is_typing ? wrong_with(walk) : NULL;
	if (!wrong && !(walk->is_typing && walk->is_refused))
		return false;
	if (wrong)
		workbench_tell(walk->bench, NOTICE_WARN, tell(walk->bench, "%s 没有记下：%s", "%s was not taken: %s"),
			       walk->typed, wrong);
	else
		workbench_tell(walk->bench, NOTICE_WARN, tell(walk->bench, "%s 没有记下", "%s was not taken"), walk->typed);
	drop_typed(walk);
	return true;
}

bool walk_draft_key(struct walk *walk, const struct event *event)
{
	const char *draft = walk_offered(walk);
	if (!draft || (event->key != K_ENTER && event->key != K_DELETE))
		return false;
	if (event->key == K_DELETE) {
		workbench_tell(walk->bench, NOTICE_DONE, tell(walk->bench, "草稿 %s 不要了", "the draft %s is dropped"), draft);
		drop_draft(walk);
		return true;
	}
	text_format(walk->typed, sizeof(walk->typed), "%s", draft);
	walk->zone = ZONE_ANSWER;
	walk->is_typing = true;
	walk->is_refused = false;
	walk->typed_wrong = wrong_with(walk);
	return true;
}

static bool type_number(struct walk *walk, const struct event *event)
{
	const char typed = key_ascii(event);
	size_t len = walk->is_typing ? strlen(walk->typed) : 0;
	const bool is_part = (typed >= '0' && typed <= '9') || typed == '.' ||
			     (typed == '-' && len == 0 && !walk->cells[walk->cell].is_points);
	if (event->key == K_BACKSPACE || event->key == K_DELETE) {
		if (!workbench_may_write(walk->bench))
			return true;
		if (event->key == K_DELETE || !walk->is_typing)
			len = 0;
		else if (len > 0)
			len--;
	} else if (is_part) {
		if (!workbench_may_write(walk->bench) || len + 1 >= sizeof(walk->typed))
			return true;
		walk->typed[len++] = typed;
	} else {
		return false;
	}
	walk->typed[len] = '\0';
	walk->is_typing = true;
	walk->is_refused = false;
	walk->typed_wrong = wrong_with(walk);
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Thousands, and ten thousands as they are grouped in China. */
static bool is_group(const char *at)
{
	size_t n = 1;
	while (at[0] == ',' && is_digit(at[n]))
		n++;
	return n == 4 || n == 5;
}

/* The digits of the units "km2" and "m3" belong to them; others are a second number. */
static bool is_unit(const char *at)
{
	const bool is_power = (at[0] == 'e' || at[0] == 'E') && (at[1] == '-' || at[1] == '+' || is_digit(at[1]));
	for (size_t i = 0; at[i]; i++) {
		const char before = i > 0 ? at[i - 1] : ' ';
		const bool is_letter = (before | 0x20) >= 'a' && (before | 0x20) <= 'z';
		if (is_digit(at[i]) && !is_letter)
			return false;
	}
	return !is_power;
}

/* The number of a pasted text that is one, as the cell of a table has it: 1,442.8 tCO2. */
static bool find_number(const char *text, size_t len, char out[NUMBER_TYPED])
{
	char folded[2 * NUMBER_TYPED];
	size_t n = 0;
	if (lt_text_fold_twins(text, len, folded, sizeof(folded)) + 1 >= sizeof(folded))
		return false;
	const char *at = folded + strspn(folded, " \t\r\n");
	if (at[0] == '-')
		out[n++] = *at++;
	const char *const first = at;
	bool has_point = false;
	for (; n + 1 < NUMBER_TYPED; at++) {
		const bool is_point = at[0] == '.' && !has_point && is_digit(at[1]);
		has_point |= is_point;
		if (is_digit(at[0]) || is_point)
			out[n++] = at[0];
		else if (at == first || has_point || !is_group(at))
			break;
	}
	out[n] = '\0';
	return is_digit(first[0]) && is_unit(at);
}

/* What is no number leaves the cell as it is, lest a page or a square be read as a figure. */
static bool paste_number(struct walk *walk, const struct event *event)
{
	struct workbench *bench = walk->bench;
	char number[NUMBER_TYPED];
	if (!workbench_may_write(bench))
		return true;
	if (!find_number(event->paste, event->paste_len, number)) {
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "粘贴的不是一个数，没有填入；这里填一个数，文字按 F4 写进意见",
				    "what was pasted is not one number and was not taken; a number goes here, words with F4"));
		return true;
	}
	snprintf(walk->typed, sizeof(walk->typed), "%s", number);
	walk->is_typing = true;
	walk->is_refused = false;
	walk->typed_wrong = wrong_with(walk);
	return true;
}

/* ---- keys ---- */

static void choose(struct walk *walk, unsigned number)
{
	if (number >= walk->n_choices) {
		workbench_tell(walk->bench, NOTICE_WARN,
			       tell(walk->bench, "这一条只有 1 到 %u 可选", "here 1 to %u can be chosen"),
			       walk->n_choices);
		return;
	}
	const struct walk_choice *choice = &walk->choices[number];
	walk->choice = number;
	if (!choice->result) {
		if (workbench_may_write(walk->bench))
			ask_na(walk);
	} else {
		walk_set(walk, choice->result);
		walk->choice = number;
	}
}

bool walk_has_number(const struct walk *walk)
{
	const enum item_form form = item_of(walk)->plan->decl->form;
	return walk->n_cells > 0 && (form == FORM_POINTS || form == FORM_MEASURED);
}

/* "见2号厂房" is not 2, and "25号3层" not 253: what follows a letter at once is of its words. */
static bool is_of_words(struct walk *walk, const struct event *event)
{
	struct workbench *bench = walk->bench;
	const bool is_next = walk->words_key && bench->n_keys == walk->words_key + 1;
	if (is_next && event->key == K_BACKSPACE)
		return true; /* it ends them, and takes no sign of the number */
	/* 8-10 is no number either, and no 不适用 */
	const bool is_range = walk->is_typing && walk->typed[0] && key_ascii(event) == '-';
	if (!(is_next && event->key == K_TEXT) && !key_is_letter(event) && !is_range)
		return false;
	walk->words_key = bench->n_keys;
	workbench_tell(bench, NOTICE_WARN, "%s",
		       tell(bench, "这里填数，打的字没有用上；按退格后再填",
			    "a number is typed here, the words were not used; Backspace, then type it"));
	bench->is_notice_kept = true;
	return true;
}

static bool number_key(struct walk *walk, const struct event *event)
{
	if (is_of_words(walk, event))
		return true;
	switch (event->key) {
	case K_ENTER:
		if (!walk->is_typing)
			return false;
		if (says_na(walk) && workbench_can_write(walk->bench)) {
			drop_typed(walk);
			ask_na(walk);
		} else {
			walk_leave_cell(walk);
		}
		return true;
	case K_DELETE:
		if (item_of(walk)->plan->decl->form != FORM_MEASURED ||
		    own_state(walk) != ANSWER_NA || walk->is_typing)
			break;
		walk_set(walk, "unset");
		return true;
	case K_UP:
	case K_DOWN: {
		const unsigned to = walk->cell + (event->key == K_UP ? -1u : 1u);
		if (to < walk->n_cells && walk_leave_cell(walk))
			walk->cell = to;
		return true;
	}
	case K_PASTE:
		return paste_number(walk, event);
	default:
		break;
	}
	if (type_number(walk, event))
		return true;
	if (key_ascii(event) == '-') {
		ask_na(walk);
		return true;
	}
	return false;
}

/* No choice stands beside a number: Enter that comes twice, or a blank, answers nothing. */
static bool idle_key(struct walk *walk, const struct event *event)
{
	const struct workbench *bench = walk->bench;
	if (event->key == K_LEFT || event->key == K_RIGHT)
		return true;
	if (event->key != K_ENTER && key_ascii(event) != ' ')
		return false;
	const struct board_quantity *quantity = walk_cell_quantity(walk, walk->cell);
	const bool is_filled = own_state(walk) == ANSWER_NA ||
			       (quantity ? value_is_exact(&quantity->value) : own_state(walk) != ANSWER_OPEN);
	if (!workbench_may_write(walk->bench))
		return true;
	if (!is_filled)
		workbench_tell(walk->bench, NOTICE_WARN, "%s",
			       tell(bench, "填一个数，再按 Enter 记下", "type a number, then Enter"));
	else
		workbench_tell(walk->bench, NOTICE_DONE, "%s",
			       tell(bench, "已记下，F5 到下一项", "it is saved, F5 goes to the next"));
	return true;
}

bool walk_answer_key(struct walk *walk, const struct event *event)
{
	const int digit = key_digit(event);
	if (walk_has_number(walk))
		return number_key(walk, event) || idle_key(walk, event);
	if (walk->n_choices == 0)
		return false;
	if (event->key == K_LEFT || event->key == K_UP) {
		walk->choice -= walk->choice > 0;
		return true;
	}
	if (event->key == K_RIGHT || event->key == K_DOWN) {
		walk->choice += walk->choice + 1 < walk->n_choices;
		return true;
	}
	if (event->key == K_DELETE) {
		walk_set(walk, "unset");
		return true;
	}
	if (event->key == K_ENTER || key_ascii(event) == ' ') {
		choose(walk, walk->choice);
		return true;
	}
	if (digit < 0)
		return false;
	choose(walk, digit > 0 ? (unsigned)digit - 1 : 9);
	return true;
}
