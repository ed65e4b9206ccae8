/* A patch by itself, in words: what its own entries and the rulesets at hand tell. */
#include <string.h>
#include "lingtan/app/record.h"
#include "narrate_parts.h"
#include "session_parts.h"

/* A patch of ours names a handful; what a stranger writes is not loaded for ever. */
#define MOST_ASSESSMENTS 32

struct knowing {
	struct narrator *narrator;
	struct lt_arena *arena;
	struct lt_findings *findings;
};

/* Loaded once for all assessments by it. */
static enum lt_status find_ruleset(struct knowing *to, const char *standard,
				   const struct ruleset **out, struct lt_err *err)
{
	struct narrator *narrator = to->narrator;
	struct ruleset *loaded = NULL;
	struct lt_err broken = LT_ERR_INIT;
	for (unsigned i = 0; i < narrator->n_assessments; i++)
		if (strcmp(narrator->assessments[i].ref->standard, standard) == 0) {
			*out = narrator->assessments[i].ruleset;
			return LT_OK;
		}
	if (library_load(narrator->session->workspace->library, standard, to->findings, &loaded,
			 &broken) == LT_ESPACE)
		return lt_err_memory(err);
	*out = loaded;
	return LT_OK;
}

static enum lt_status know(struct knowing *to, const char *name, struct lt_err *err)
{
	struct narrator *narrator = to->narrator;
	struct assessment_ref *ref;
	const struct ruleset *ruleset;
	if (narrator->n_assessments >= MOST_ASSESSMENTS || narrator_find(narrator, name))
		return LT_OK;
	ref = lt_arena_alloc(to->arena, 1, sizeof(*ref));
	if (!ref)
		return lt_err_memory(err);
	ref->name = name;
	if (!assessment_ref_split(ref, to->arena) ||
	    !library_find(narrator->session->workspace->library, ref->standard))
		return LT_OK;
	enum lt_status status = find_ruleset(to, ref->standard, &ruleset, err);
	if (!status)
		narrator->assessments[narrator->n_assessments++] =
			(struct known_assessment){ ref, ruleset };
	return status;
}

/* Assessments that a change names in its key or its new value. */
static enum lt_status know_of_change(struct knowing *to, const struct change *change,
				     struct lt_err *err)
{
	const struct vocabulary *vocabulary = to->narrator->session->workspace->vocabulary;
	const struct fact_table *table = vocabulary_find_table(vocabulary, change->table);
	const struct cell_group *group = table ? fact_table_find_group(table, change->group) : NULL;
	const char *parts[CELL_MAX_KEY];
	enum lt_status status = LT_OK;
	if (!group || !cell_key_split(to->arena, change->key, parts, table->key.n))
		return LT_OK;
	for (unsigned k = 0; k < table->key.n && !status; k++)
		if (strcmp(table->key.at[k], "assessment") == 0)
			status = know(to, parts[k], err);
	const int member = cell_group_find_member(group, "assessment");
	if (!status && member >= 0 && change->new.at && (unsigned)member < change->new.n)
		status = know(to, change->new.at[member], err);
	return status;
}

/* What a patch rests on is not at hand: each change is taken as it stands. */
static enum lt_status hold(struct fold *fold, const struct change *change, const char *hash,
			   struct lt_err *err)
{
	const struct fold_cell *cell =
		fold_find(fold, change->table, change->key, change->group);
	struct change plain = { .table = change->table,
				.key = change->key,
				.group = change->group,
				.old = cell ? cell->value : (struct words){ 0 },
				.new = change->new };
	const struct entry one = { .depth = 1, .changes = &plain, .n_changes = 1 };
	struct lt_err twice = LT_ERR_INIT;
	return fold_apply(fold, &one, hash, NULL, NULL, &twice) == LT_ESPACE ? lt_err_memory(err)
									     : LT_OK;
}

enum lt_status narrator_init_alone(struct narrator *narrator, struct workspace *workspace,
				   const struct patch *patch, enum lt_lang lang,
				   struct lt_arena *arena, struct lt_findings *findings,
				   struct lt_err *err)
{
	struct knowing to = { narrator, arena, findings };
	struct session *alone = lt_arena_alloc(arena, 1, sizeof(*alone));
	*narrator = (struct narrator){ .session = alone, .lang = lang };
	narrator->assessments =
		lt_arena_alloc(arena, MOST_ASSESSMENTS, sizeof(*narrator->assessments));
	if (!alone || !narrator->assessments)
		return lt_err_memory(err);
	alone->workspace = workspace;
	enum lt_status status = record_forms(workspace, findings, &narrator->forms, err);
	if (!status)
		status = fold_init(&narrator->alone, arena, err);
	for (unsigned e = 0; e < patch->carried.n && !status; e++)
		for (unsigned c = 0; c < patch->entries[e].n_changes && !status; c++) {
			const struct change *change = &patch->entries[e].changes[c];
			status = know_of_change(&to, change, err);
			if (!status)
				status = hold(&narrator->alone, change, patch->carried.at[e].hash,
					      err);
		}
	return status;
}
