#include "words.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/store/project.h"
#include "wait.h"

/* Whether a letter runs something here, of the screen or of all. */
static bool is_letter_of_action(const struct screen *screen, char letter)
{
	for (unsigned i = 0; letter && i < screen->kind->n_actions; i++)
		if (screen->kind->actions[i].letter == letter && action_is_live(screen, &screen->kind->actions[i]))
			return true;
	for (unsigned i = 0; letter && i < n_common_actions; i++)
		if (common_actions[i].letter == letter && common_is_live(screen, &common_actions[i]))
			return true;
	return false;
}

/* What words are written in, or else looked for with; NULL where neither is to be had. */
static const struct action *action_for_words(const struct screen *screen)
{
	for (unsigned i = 0; i < screen->kind->n_actions; i++) {
		const struct action *action = &screen->kind->actions[i];
		if (action->is_for_words && action_is_live(screen, action))
			return action;
	}
	for (unsigned i = 0; i < n_common_actions; i++)
		if (common_actions[i].is_for_words && common_is_live(screen, &common_actions[i]))
			return &common_actions[i];
	return NULL;
}

void words_tell_unused(const struct screen *top, const char *told)
{
	struct workbench *bench = top->bench;
	const struct action *action = action_for_words(top);
	workbench_tell(bench, NOTICE_WARN, "%s%s%s%s%s", told, action ? tell(bench, "；", "; ") : "",
		       action ? key_title(action->key, bench->lang) : "", action ? " " : "",
		       action ? label_of(bench, &action->title) : "");
}

/* What begins a command, a search or a remark, or does something here with Chinese words right behind it: those are
 * for the field that it opens. */
static bool opens_a_field(const struct screen *top, const struct event *event)
{
	const char typed = key_ascii(event);
	const struct action *words = action_for_words(top);
	if (typed == ':' || typed == '/' || (typed && words && words->letter == typed))
		return true;
	return ahead_has_sign_next(&top->bench->ahead) && is_letter_of_action(top, typed);
}

static bool drops_words(const struct screen *top, const struct event *event)
{
	const bool is_typing = top->kind->is_typing && top->kind->is_typing(top);
	if (top->kind->takes_words || is_typing || !wait_begins_words(top->bench, event) || opens_a_field(top, event))
		return false;
	wait_drop_words(top->bench);
	return true;
}

/* Words may begin with a digit that the hand sends by itself, before an input method sends the rest. */
static void press_and_note(struct workbench *bench, const struct event *event)
{
	const char digit = key_digit(event) >= 0 ? key_ascii(event) : '\0';
	char head[80] = "";
	if (digit && bench->session)
		snprintf(head, sizeof(head), "%s", project_head(bench->session->project));
	workbench_press(bench, event);
	const bool records = head[0] && bench->session && strcmp(head, project_head(bench->session->project)) != 0;
	bench->digit = records ? digit : '\0';
	bench->digit_key = bench->n_keys;
}

void words_press(struct workbench *bench, const struct event *event)
{
	const struct screen *top = workbench_top(bench);
	if (!drops_words(top, event))
		press_and_note(bench, event);
	else if (bench->digit && bench->digit_key + 1 == bench->n_keys)
		workbench_tell(bench, NOTICE_WARN,
			       tell(bench, "“%c”按键已记下，后面的字没有用上；不对按 F8 撤销",
				    "key %c was taken, the words behind it not; F8 takes it back"),
			       bench->digit);
	else
		words_tell_unused(top, tell(bench, "这里没有可填的地方，打的字没有用上",
					    "no field here, what was typed was not used"));
}
