#include "said.h"

#include <stdio.h>
#include <string.h>

void say_value(const struct workbench *bench, const struct change *change,
	       const struct words *value, char out[SAID_VALUE])
{
	static const struct {
		const char *word;
		struct label title;
	} words[] = { { "met", { "符合", "met" } },  { "not-met", { "不符合", "not met" } },
		      { "yes", { "符合", "yes" } },  { "no", { "不符合", "no" } },
		      { "na", { "不适用", "n/a" } }, { "points", { "", "" } },
		      { "tier", { "", "" } },        { "checks", { "", "" } } };
	size_t used = 0;
	const bool is_verdict = strcmp(change->group, "verdict") == 0;
	out[0] = '\0';
	for (unsigned i = 0; value->at && i < value->n; i++) {
		const char *text = value->at[i] ? value->at[i] : "";
		for (size_t w = 0; is_verdict && i == 0 && w < sizeof(words) / sizeof(words[0]);
		     w++)
			if (strcmp(words[w].word, text) == 0)
				text = label_of(bench, &words[w].title);
		if (text[0] && used < 160)
			used += text_format(out + used, SAID_VALUE - used, "%s%s", used ? " " : "",
					    text);
		if (used > SAID_VALUE - 1)
			used = SAID_VALUE - 1;
	}
	if (!out[0])
		snprintf(out, SAID_VALUE, "-");
}

static void name_subject(const struct workbench *bench, const struct change *change,
			 const char *const *parts, struct change_text *out)
{
	const struct board *board = bench->board;
	out->id = parts[0];
	if (strcmp(change->table, "answer") == 0) {
		const uint32_t slot = board_find_item(board, parts[2]);
		out->id = parts[2];
		if (slot != NO_SLOT && strcmp(parts[0], bench->ref->name) == 0)
			out->title = label_of(bench, &board->items[slot].plan->decl->title);
	} else if (strcmp(change->table, "quantity") == 0) {
		const struct quantity *quantity = ruleset_find_quantity(board->ruleset, parts[2]);
		out->id = parts[1];
		out->title = quantity ? label_of(bench, &quantity->title) : parts[2];
	}
}

void say_change(const struct workbench *bench, struct lt_arena *arena, const struct change *change,
		struct change_text *out)
{
	const struct fact_table *table =
		vocabulary_find_table(bench->sitting->workspace->vocabulary, change->table);
	const struct cell_group *group = table ? fact_table_find_group(table, change->group) : NULL;
	const char *parts[CELL_MAX_KEY] = { 0 };
	*out = (struct change_text){ .id = change->key, .title = "", .what = change->group };
	if (!table || !group || !cell_key_split(arena, change->key, parts, table->key.n))
		return;
	out->what = label_of(bench, &group->title);
	out->title = label_of(bench, &table->title);
	name_subject(bench, change, parts, out);
	say_value(bench, change, &change->old, out->old);
	say_value(bench, change, &change->new, out->new);
}
