#include "turned.h"

#include <string.h>
#include "inventory.h"
#include "lingtan/store/journal.h"
#include "said.h"

#define MOST_VALUE 60 /* columns */

/* The part of a change's key by its name; NULL = its rows go by none of that name. */
static const char *key_part(const struct workbench *bench, const struct change *change, const char *name,
			    struct lt_arena *arena)
{
	const struct fact_table *table =
		vocabulary_find_table(bench->sitting->workspace->vocabulary, change->table);
	const char *parts[CELL_MAX_KEY];
	if (!table || !cell_key_split(arena, change->key, parts, table->key.n))
		return NULL;
	for (unsigned i = 0; i < table->key.n; i++)
		if (strcmp(table->key.at[i], name) == 0)
			return parts[i];
	return NULL;
}

/* The same where all changes agree. */
static const char *common_part(const struct workbench *bench, const struct entry *entry, const char *name,
			       struct lt_arena *arena)
{
	const char *common = NULL;
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const char *part = key_part(bench, &entry->changes[i], name, arena);
		if (!part || (common && strcmp(part, common) != 0))
			return NULL;
		common = part;
	}
	return common;
}

/* The item that was changed, or that is answered by the figure that was. */
static uint32_t changed_item(const struct workbench *bench, const struct entry *entry, struct lt_arena *arena)
{
	const struct plan *plan = bench->board->plan;
	const char *assessment = common_part(bench, entry, "assessment", arena);
	const char *item = common_part(bench, entry, "item", arena);
	const char *figure = common_part(bench, entry, "quantity", arena);
	if (item)
		return assessment && strcmp(assessment, bench->ref->name) == 0
			       ? board_find_item(bench->board, item)
			       : NO_SLOT;
	for (uint32_t i = 0; figure && i < plan->n_items; i++)
		if (plan->items[i].quantity != NO_SLOT &&
		    strcmp(plan_slot_name(plan, plan->items[i].quantity), figure) == 0)
			return i;
	return NO_SLOT;
}

/* An answer, and a remark beside it, go in together: the answer is told. */
static const struct change *told_change(const struct entry *entry)
{
	const struct change *told = NULL;
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const struct change *change = &entry->changes[i];
		const bool is_answer = strcmp(change->table, "answer") == 0;
		const bool is_main = strcmp(change->group, is_answer ? "verdict" : "value") == 0;
		if (!is_answer && strcmp(change->table, "quantity") != 0)
			return NULL;
		if (told && is_main && strcmp(told->group, change->group) == 0)
			return NULL; /* of several items */
		if (!told || is_main)
			told = change;
	}
	return told;
}

/* Whole, not as a part of another: 4.2.1 is none of 14.2.1. */
static bool names_it(const char *command, const char *name)
{
	const size_t len = strlen(name);
	for (const char *at = len ? strstr(command, name) : NULL; at; at = strstr(at + len, name)) {
		const bool begins = at == command || at[-1] == ' ' || at[-1] == ',';
		if (begins && strchr(" ,", at[len]))
			return true;
	}
	return false;
}

static void say_now(const struct workbench *bench, const struct entry *entry, struct lt_arena *arena,
		    const char *command, char words[TURNED_WORDS])
{
	const struct change *told = told_change(entry);
	struct change_text text;
	char value[SAID_VALUE];
	words[0] = '\0';
	if (!told)
		return;
	say_change(bench, arena, told, &text);
	cluster_cut(text.new, strcspn(text.new, "\n"), MOST_VALUE, value, sizeof(value));
	/* a merge, an import: the command does not say whose it is */
	const bool is_answer = strcmp(told->table, "answer") == 0;
	const char *name = is_answer && shown_id(text.id)[0] ? text.id : text.title;
	const bool is_named = names_it(command, name);
	const size_t used = text_format(words, TURNED_WORDS, "%s%s%s", tell(bench, "；", "; "),
					is_named ? "" : name, is_named ? "" : " ");
	if (told->new.at)
		text_format(words + used, TURNED_WORDS - used, tell(bench, "%s现为 %s", "%s is %s now"), text.what, value);
	else
		text_format(words + used, TURNED_WORDS - used, tell(bench, "%s现在空着", "%s is empty now"), text.what);
}

void turned_show(struct workbench *bench, const char *command, char words[TURNED_WORDS])
{
	struct project *project = bench->session->project;
	struct lt_err ignored = LT_ERR_INIT;
	struct lt_arena arena;
	struct entry entry;
	bool found = false;
	words[0] = '\0';
	lt_arena_init(&arena, 0);
	if (journal_get(project, project_head(project), &arena, &entry, &found, &ignored) == LT_OK && found) {
		const uint32_t item = changed_item(bench, &entry, &arena);
		const char *line = common_part(bench, &entry, "line", &arena);
		say_now(bench, &entry, &arena, command, words);
		if (item != NO_SLOT)
			walk_show(bench, item);
		if (line)
			inventory_show(bench, line);
	}
	lt_arena_release(&arena);
}
