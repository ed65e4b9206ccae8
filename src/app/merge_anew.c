/* A conflict that is decided by a third value: what may be typed for a cell, and what becomes of
 * it. */
#include <string.h>
#include "lingtan/app/board.h"
#include "lingtan/app/merging.h"
#include "lingtan/app/role.h"
#include "lingtan/base/text.h"
#include "session_parts.h"

/* ---- what of a cell can be typed ---- */

struct anew {
	enum merge_anew kind;
	unsigned member; /* that is typed; the others are mine, where I have any, else theirs */
	int by;          /* the member that names who wrote it; -1 = none */
};

static bool is_one_of(const struct merge_cell *cell, const char *table, const char *group)
{
	return strcmp(cell->table, table) == 0 && strcmp(cell->group, group) == 0;
}

static bool is_points(const struct words *value)
{
	return value->at && strcmp(value->at[0], "points") == 0;
}

static struct anew anew_of(const struct merging *merging, const struct merge_cell *cell)
{
	static const struct anew none = { MERGE_ANEW_NOT, 0, -1 };
	const struct fact_table *table =
		vocabulary_find_table(merging->session->workspace->vocabulary, cell->table);
	const struct cell_group *group = table ? fact_table_find_group(table, cell->group) : NULL;
	if (!group || cell->why != MERGE_CONFLICT || (!cell->mine.at && !cell->theirs.at))
		return none;
	if (is_one_of(cell, "answer", "verdict"))
		return is_points(&cell->mine) || is_points(&cell->theirs)
			       ? (struct anew){ MERGE_ANEW_NUMBER, 1, -1 }
			       : none;
	if (is_one_of(cell, "quantity", "value"))
		return (struct anew){ MERGE_ANEW_NUMBER, 0, -1 };
	if (strcmp(cell->group, "activity") == 0)
		return (struct anew){ MERGE_ANEW_NUMBER,
				      (unsigned)cell_group_find_member(group, "amount"), -1 };
	const int by = cell_group_find_member(group, "by");
	if (is_one_of(cell, "answer", "unsupported") ||
	    (strcmp(group->members.at[0], "text") == 0 && group->members.n == (by == 1 ? 2 : 1)))
		return (struct anew){ MERGE_ANEW_TEXT, 0, by };
	return none;
}

enum merge_anew merging_can_write(const struct merging *merging, const struct merge_cell *cell)
{
	return anew_of(merging, cell).kind;
}

static const char *member_of(const struct words *value, unsigned member)
{
	return value->at && member < value->n ? value->at[member] : "";
}

const char *merging_draft(struct merging *merging, const struct merge_cell *cell)
{
	const struct anew anew = anew_of(merging, cell);
	const char *mine = member_of(&cell->mine, anew.member),
		   *theirs = member_of(&cell->theirs, anew.member);
	if (cell->take == TAKE_WRITTEN)
		return member_of(&cell->written, anew.member);
	if (anew.kind == MERGE_ANEW_NUMBER || !theirs[0])
		return mine[0] ? mine : theirs;
	return mine[0] ? lt_arena_printf(&merging->arena, "%s\n%s", mine, theirs) : theirs;
}

/* ---- the value ---- */

/* Held against ruleset and units, as where it is typed on the item. */
static enum lt_status take_verdict(struct session *session, const char *const *parts,
				   const char *text, struct changes *changes,
				   struct lt_findings *findings, struct lt_err *err)
{
	const struct assessment_ref *ref;
	struct trial *trial;
	const struct new_answer wish = {
		.item = parts[2],
		.rung = parts[1],
		.result = lt_arena_printf(&session->arena, "points:%s", text),
	};
	if (!wish.result)
		return lt_err_memory(err);
	enum lt_status status =
		session_find_assessment(session, parts[0], NULL, &ref, findings, err);
	if (!status)
		status = session_trial(session, ref, &trial, findings, err);
	return status ? status : session_change_answer(session, trial, &wish, changes, err);
}

static enum lt_status take_quantity(struct session *session, const struct merge_cell *cell,
				    const char *const *parts, const char *text,
				    struct changes *changes, struct lt_findings *findings,
				    struct lt_err *err)
{
	const struct words *other = cell->mine.at ? &cell->mine : &cell->theirs;
	const struct new_quantity wish = {
		.rung = parts[0],
		.year = parts[1],
		.id = parts[2],
		.value = text,
		.unit = member_of(other, 1)[0] ? member_of(other, 1) : NULL,
		.source = member_of(other, 3)[0] ? member_of(other, 3) : NULL
	};
	return session_change_quantity(session, &wish, changes, findings, err);
}

static enum lt_status take_member(struct merging *merging, const struct merge_cell *cell,
				  const struct anew *anew, const char *text, struct words *out,
				  struct lt_err *err)
{
	const struct words *other = cell->mine.at ? &cell->mine : &cell->theirs;
	struct lt_decimal number;
	if (anew->kind == MERGE_ANEW_NUMBER && lt_decimal_parse(text, strlen(text), &number))
		return lt_err_set(
			err, LT_EDATA, "“%.*s”不是数；写成 12.5 这样，不带逗号、单位、指数和前导零",
			"'%.*s' is not a number; write it like 12.5, without commas, unit, exponent or leading zeros",
			LT_CUT(text, 40));
	enum lt_status status = session_check_text(cell->group, text, true, err);
	*out = (struct words){ lt_arena_alloc(&merging->arena, other->n + 1, sizeof(char *)),
			       other->n };
	if (!status && !out->at)
		status = lt_err_memory(err);
	for (unsigned i = 0; i < out->n && !status; i++)
		out->at[i] = i == anew->member    ? text
			     : (int)i == anew->by ? merging->session->name
						  : other->at[i];
	return status;
}

static enum lt_status find_value(struct merging *merging, const struct merge_cell *cell,
				 const char *text, struct words *out, struct lt_err *err)
{
	struct session *session = merging->session;
	const struct anew anew = anew_of(merging, cell);
	struct changes changes = { .session = session };
	struct lt_findings findings;
	const char *parts[CELL_MAX_KEY];
	lt_findings_init(&findings, &session->arena);
	const bool is_verdict = is_one_of(cell, "answer", "verdict");
	if (!is_verdict && !is_one_of(cell, "quantity", "value"))
		return take_member(merging, cell, &anew, text, out, err);
	if (!cell_key_split(&merging->arena, cell->key, parts, 3))
		return lt_err_memory(err);
	enum lt_status status =
		is_verdict ? take_verdict(session, parts, text, &changes, &findings, err)
			   : take_quantity(session, cell, parts, text, &changes, &findings, err);
	/* what already stands is no change */
	if (!status)
		*out = changes.n ? changes.at[0].new : cell->mine;
	return status;
}

/* Who decides between two values needs no right to either; who writes a third does. */
static enum lt_status permits(struct session *session, const struct merge_cell *cell,
			      const struct words *value, struct lt_err *err)
{
	struct change change = { .table = cell->table,
				 .key = cell->key,
				 .group = cell->group,
				 .old = cell->mine,
				 .new = *value };
	const struct changes changes = { .session = session, .at = &change, .n = 1 };
	const struct deed deed = {
		.by = session->name, .role = session->role, .changes = &change, .n_changes = 1
	};
	enum lt_status status = role_permits(session, &deed, err);
	return status ? status : round_permits(session, &changes, err);
}

enum lt_status merging_write_anew(struct merging *merging, unsigned cell, const char *text,
				  struct lt_err *err)
{
	const struct merge_cell *at = &merging->plan.cells[cell];
	struct words value;
	if (merging_can_write(merging, at) == MERGE_ANEW_NOT)
		return lt_err_set(err, LT_EDATA, "这一处只能取一方的",
				  "here one side is taken as it is");
	text = lt_arena_strndup(&merging->arena, text, strlen(text));
	enum lt_status status =
		text ? find_value(merging, at, text, &value, err) : lt_err_memory(err);
	if (!status)
		status = permits(merging->session, at, &value, err);
	if (!status)
		merge_write_anew(&merging->plan, cell, value);
	return status;
}

/* ---- what a decision comes to ---- */

/* In the words of answers_set(). */
static const char *verdict_words(const struct words *value, struct lt_arena *arena)
{
	if (!value->at)
		return "unset";
	return value->at[1][0] ? lt_arena_printf(arena, "%s:%s", value->at[0], value->at[1])
			       : value->at[0];
}

static bool suppose_side(const struct board *board, enum rung rung, const struct merge_cell *cell,
			 const char *id, const struct words *value, struct lt_arena *arena,
			 struct value *out)
{
	const bool is_quantity = strcmp(cell->table, "quantity") == 0;
	struct lt_err ignored = LT_ERR_INIT;
	struct board_supposed supposed;
	const struct supposed_change change = {
		.id = id,
		.is_quantity = is_quantity,
		.value = is_quantity ? member_of(value, 0) : verdict_words(value, arena),
		.unit = is_quantity && member_of(value, 1)[0] ? member_of(value, 1) : NULL,
	};
	if (!change.value || (is_quantity && !change.value[0]) ||
	    board_suppose_on(board, rung, &change, 1, arena, &supposed, &ignored))
		return false;
	*out = supposed.figure;
	return out->state == VALUE_NUMBER;
}

bool merging_figures(const struct board *board, const struct merge_cell *cell,
		     struct lt_arena *arena, struct value out[MERGE_SIDES])
{
	const char *parts[CELL_MAX_KEY];
	const bool is_verdict = is_one_of(cell, "answer", "verdict");
	if ((!is_verdict && !is_one_of(cell, "quantity", "value")) ||
	    board->headline.kind == FIGURE_NONE || !cell_key_split(arena, cell->key, parts, 3))
		return false;
	const enum rung rung = rung_find(parts[is_verdict ? 1 : 0]);
	const char *year = strrchr(board->ref->name, '/');
	const bool is_here = is_verdict ? strcmp(parts[0], board->ref->name) == 0
					: year && strcmp(parts[1], year + 1) == 0 &&
						  ruleset_find_quantity(board->ruleset, parts[2]);
	return is_here && rung != N_RUNGS &&
	       suppose_side(board, rung, cell, parts[2], &cell->mine, arena, &out[MERGE_MINE]) &&
	       suppose_side(board, rung, cell, parts[2], &cell->theirs, arena, &out[MERGE_THEIRS]);
}
