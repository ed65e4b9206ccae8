#include "lingtan/app/ladder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "board_parts.h"
#include "session_parts.h"

struct comparing {
	struct session *session;
	const struct assessment_ref *ref;
	struct board *board;
	struct assessment frame, lower, upper, trial;
	struct writers writers;
	struct lt_arena *arena;
	struct ladder_differences *out;
	unsigned cap;
	struct lt_findings *findings;
	struct lt_err *err;
};

static const char *said(const char *text)
{
	return text ? text : "";
}

static struct ladder_difference *add_difference(struct comparing *compare, enum ladder_kind kind)
{
	struct ladder_differences *out = compare->out;
	out->at = lt_arena_room(compare->arena, out->at, out->n, &compare->cap, sizeof(*out->at));
	if (!out->at)
		return NULL;
	struct ladder_difference *at = &out->at[out->n++];
	*at = (struct ladder_difference){ .kind = kind, .is_seen = true, .place = out->n };
	at->lower.text = at->lower.reason = at->upper.text = at->upper.reason = "";
	return at;
}

static void fill_writer(struct comparing *compare, const char *table, const char *const *parts,
			unsigned n, const char *group, struct ladder_side *side)
{
	const char *key = cell_key_join(compare->arena, parts, n);
	const struct writer *writer = key ? writers_find(&compare->writers, table, key, group)
					  : NULL;
	if (!writer)
		return;
	side->by = writer->by;
	side->role = writer->role;
	side->at = writer->at;
	side->is_bulk = strcmp(writer->kind, "take-bulk") == 0;
	side->is_taken = side->is_bulk || strcmp(writer->kind, "take") == 0;
}

/* ---- items ---- */

static enum lt_status fill_item_side(struct comparing *compare, enum rung rung, const char *item,
				     struct ladder_side *side)
{
	const char *const parts[] = { compare->ref->name, rung_names[rung], item };
	struct project *project = compare->session->project;
	struct words verdict, remark;
	const char *key = cell_key_join(compare->arena, parts, 3);
	if (!key)
		return lt_err_memory(compare->err);
	enum lt_status status = project_get(project, "answer", key, "verdict", compare->arena,
					    &verdict, compare->err);
	if (!status)
		status = project_get(project, "answer", key, "remark", compare->arena, &remark,
				     compare->err);
	if (status)
		return status;
	side->is_given = verdict.at != NULL;
	if (remark.at)
		side->reason = remark.at[0];
	if (verdict.at)
		side->text = lt_arena_printf(compare->arena, "%s%s%s", verdict.at[0],
					     verdict.at[1][0] ? ":" : "", verdict.at[1]);
	if (!side->text)
		return lt_err_memory(compare->err);
	fill_writer(compare, "answer", parts, 3, "verdict", side);
	return LT_OK;
}

/* Effects and order are the board's; an item that is measured is listed as its quantity. */
static enum lt_status compare_items(struct comparing *compare)
{
	const struct board *board = compare->board;
	struct ladder_differences *out = compare->out;
	struct board_comparison found;
	enum lt_status status =
		board_compare(board, out->lower, out->upper, compare->arena, &found, compare->err);
	for (unsigned i = 0; i < found.n && !status; i++) {
		const struct board_difference *from = &found.at[i];
		const struct board_item *item = &board->items[from->item];
		if ((from->is_seen && value_equals(&from->a, &from->b)) ||
		    item->plan->quantity != NO_SLOT ||
		    !board->rungs[out->lower].items[from->item].is_answered)
			continue;
		struct ladder_difference *at = add_difference(compare, LADDER_ITEM);
		if (!at)
			return lt_err_memory(compare->err);
		at->id = item->plan->decl->id;
		at->title = &item->plan->decl->title;
		at->is_seen = from->is_seen;
		at->effect_low = from->effect_low;
		at->effect_high = from->effect_high;
		at->n_evidence = item->n_ties;
		status = fill_item_side(compare, out->lower, at->id, &at->lower);
		if (!status)
			status = fill_item_side(compare, out->upper, at->id, &at->upper);
	}
	return status;
}

/* ---- figures and lines: the lower rung's sheet with one entry of the upper's ---- */

static struct lt_decimal moved(bool unbounded, struct lt_decimal before, struct lt_decimal after)
{
	struct lt_decimal out = VALUE_ZERO;
	if (!unbounded)
		lt_decimal_subtract(after, before, &out);
	return out;
}

static enum lt_status find_effect(struct comparing *compare, const struct sheet *sheet,
				  struct ladder_difference *at)
{
	struct assessment *trial = &compare->trial;
	struct lt_arena arena = trial->arena;
	lt_arena_reset(&arena);
	*trial = compare->frame;
	trial->arena = arena;
	trial->keeps_refused = true;
	trial->sheet = sheet;
	trial->of_project = true;
	enum lt_status status = assessment_answer(trial, compare->session->workspace->library,
						  project_path(compare->session->project), false,
						  compare->findings, compare->err);
	if (status)
		return status;
	const struct value before = board_figure(compare->board, &compare->lower.result),
			   after = board_figure(compare->board, &trial->result);
	if (before.state != VALUE_NUMBER || after.state != VALUE_NUMBER)
		return LT_OK;
	at->effect_low = moved(before.lo_unbounded || after.lo_unbounded, before.lo, after.lo);
	at->effect_high = moved(before.hi_unbounded || after.hi_unbounded, before.hi, after.hi);
	return LT_OK;
}

static bool is_same(const char *a, const char *b)
{
	return strcmp(said(a), said(b)) == 0;
}

static const struct sheet_quantity *find_quantity(const struct sheet *sheet,
						  const struct sheet_quantity *like, unsigned *at)
{
	for (*at = 0; *at < sheet->n_quantities; ++*at)
		if (is_same(sheet->quantities[*at].id, like->id) &&
		    is_same(sheet->quantities[*at].year, like->year))
			return &sheet->quantities[*at];
	return NULL;
}

/* The rung that a figure of the sheet stands on: the highest, not above this one, that has it. */
static enum lt_status fill_quantity_side(struct comparing *compare, enum rung rung,
					 const struct sheet_quantity *from,
					 struct ladder_side *side)
{
	side->text = from->na ? lt_arena_printf(compare->arena, "na:%s", from->na)
			      : lt_arena_printf(compare->arena, "%s%s%s", said(from->value),
						from->unit ? " " : "", said(from->unit));
	side->reason = said(from->source);
	side->is_given = true;
	for (int r = (int)rung; r >= 0; r--) {
		const char *const parts[] = { rung_names[r], said(from->year), from->id };
		const char *key = cell_key_join(compare->arena, parts, 3);
		struct words value, reason;
		if (!key || !side->text)
			return lt_err_memory(compare->err);
		enum lt_status status = project_get(compare->session->project, "quantity", key,
						    "value", compare->arena, &value, compare->err);
		if (!status && value.at)
			status = project_get(compare->session->project, "quantity", key, "reason",
					     compare->arena, &reason, compare->err);
		if (status)
			return status;
		if (!value.at)
			continue;
		if (reason.at)
			side->reason = reason.at[0];
		fill_writer(compare, "quantity", parts, 3, "value", side);
		return LT_OK;
	}
	return LT_OK;
}

static enum lt_status compare_quantity(struct comparing *compare, const struct sheet_quantity *upper)
{
	const struct sheet *sheet = compare->lower.sheet;
	unsigned place;
	const struct sheet_quantity *lower = find_quantity(sheet, upper, &place);
	if (lower && is_same(lower->value, upper->value) && is_same(lower->unit, upper->unit) &&
	    is_same(lower->na, upper->na))
		return LT_OK;
	struct ladder_difference *at = add_difference(compare, LADDER_QUANTITY);
	struct sheet changed = *sheet;
	changed.quantities = lt_arena_alloc(compare->arena, sheet->n_quantities + 1,
					    sizeof(*changed.quantities));
	if (!at || !changed.quantities)
		return lt_err_memory(compare->err);
	if (sheet->n_quantities)
		memcpy(changed.quantities, sheet->quantities,
		       sheet->n_quantities * sizeof(*sheet->quantities));
	changed.quantities[place] = *upper;
	changed.n_quantities += !lower;
	const struct quantity *decl = ruleset_find_quantity(compare->frame.ruleset, upper->id);
	at->id = upper->id;
	at->year = upper->year;
	at->title = decl ? &decl->title : NULL;
	enum lt_status status = find_effect(compare, &changed, at);
	if (!status && lower)
		status = fill_quantity_side(compare, compare->out->lower, lower, &at->lower);
	return status ? status
		      : fill_quantity_side(compare, compare->out->upper, upper, &at->upper);
}

static const struct sheet_line *find_line(const struct sheet *sheet, const char *id, unsigned *at)
{
	for (*at = 0; *at < sheet->n_inventory; ++*at)
		if (is_same(sheet->inventory[*at].id, id))
			return &sheet->inventory[*at];
	return NULL;
}

static enum lt_status fill_line_side(struct comparing *compare, enum rung rung,
				     const struct sheet_line *line, struct ladder_side *side)
{
	side->is_given = true;
	side->reason = said(line->note);
	side->text = lt_arena_printf(compare->arena, "%s %s%s%s", said(line->activity),
				     said(line->unit), line->factor_value ? " × " : "",
				     said(line->factor_value));
	if (!side->text)
		return lt_err_memory(compare->err);
	fill_writer(compare, "line", &line->id, 1, "activity", side);
	for (int r = (int)rung; r >= 0; r--) {
		const char *const parts[] = { line->id, rung_names[r] };
		const char *key = cell_key_join(compare->arena, parts, 2);
		struct words activity, factor, reason;
		struct project *project = compare->session->project;
		if (!key)
			return lt_err_memory(compare->err);
		enum lt_status status = project_get(project, "claim", key, "activity",
						    compare->arena, &activity, compare->err);
		if (!status)
			status = project_get(project, "claim", key, "factor", compare->arena,
					     &factor, compare->err);
		if (!status)
			status = project_get(project, "claim", key, "reason", compare->arena,
					     &reason, compare->err);
		if (status)
			return status;
		if (!activity.at && !factor.at)
			continue;
		side->reason = reason.at ? reason.at[0] : "";
		fill_writer(compare, "claim", parts, 2, activity.at ? "activity" : "factor", side);
		return LT_OK;
	}
	return LT_OK;
}

static enum lt_status compare_line(struct comparing *compare, const struct sheet_line *upper)
{
	const struct sheet *sheet = compare->lower.sheet;
	unsigned place;
	const struct sheet_line *lower = find_line(sheet, upper->id, &place);
	if (lower && is_same(lower->activity, upper->activity) &&
	    is_same(lower->unit, upper->unit) && is_same(lower->factor, upper->factor) &&
	    is_same(lower->factor_value, upper->factor_value))
		return LT_OK;
	struct ladder_difference *at = add_difference(compare, LADDER_LINE);
	struct sheet changed = *sheet;
	changed.inventory = lt_arena_alloc(compare->arena, sheet->n_inventory + 1,
					   sizeof(*changed.inventory));
	if (!at || !changed.inventory)
		return lt_err_memory(compare->err);
	if (sheet->n_inventory)
		memcpy(changed.inventory, sheet->inventory,
		       sheet->n_inventory * sizeof(*sheet->inventory));
	changed.inventory[place] = *upper;
	changed.n_inventory += !lower;
	at->id = upper->id;
	at->year = upper->year;
	enum lt_status status = find_effect(compare, &changed, at);
	if (!status && lower)
		status = fill_line_side(compare, compare->out->lower, lower, &at->lower);
	return status ? status : fill_line_side(compare, compare->out->upper, upper, &at->upper);
}

/* ---- the whole ---- */

static lt_int128 size_of(const struct ladder_difference *at)
{
	const lt_int128 low = at->effect_low.units, high = at->effect_high.units;
	const lt_int128 a = low < 0 ? -low : low, b = high < 0 ? -high : high;
	return a > b ? a : b;
}

static int by_effect(const void *a, const void *b)
{
	const struct ladder_difference *x = a, *y = b;
	const lt_int128 p = size_of(x), q = size_of(y);
	if (x->is_seen != y->is_seen)
		return x->is_seen ? -1 : 1;
	if (p != q)
		return p < q ? 1 : -1;
	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	return (x->place > y->place) - (x->place < y->place);
}

static enum lt_status compare_all(struct comparing *compare)
{
	static const char tables[] = " answer quantity claim line ";
	struct ladder_differences *out = compare->out;
	enum lt_status status = session_prepare(compare->session, compare->ref, &compare->frame,
						compare->findings, compare->err);
	if (!status)
		status = session_answer(compare->session, compare->ref, rung_names[out->lower],
					&compare->frame, NULL, &compare->lower, compare->findings,
					compare->err);
	if (!status)
		status = session_answer(compare->session, compare->ref, rung_names[out->upper],
					&compare->frame, NULL, &compare->upper, compare->findings,
					compare->err);
	if (!status)
		status = writers_read(compare->session, tables, compare->arena, &compare->writers,
				      compare->err);
	if (!status)
		status = compare_items(compare);
	for (unsigned i = 0; !status && i < compare->upper.sheet->n_quantities; i++)
		status = compare_quantity(compare, &compare->upper.sheet->quantities[i]);
	for (unsigned i = 0; !status && i < compare->upper.sheet->n_inventory; i++)
		status = compare_line(compare, &compare->upper.sheet->inventory[i]);
	if (status)
		return status;
	if (out->n)
		qsort(out->at, out->n, sizeof(*out->at), by_effect);
	for (unsigned i = 0; i < out->n; i++)
		out->n_different += out->at[i].is_seen;
	return LT_OK;
}

/* Texts outlive board and frames: they are copied to the caller's arena. */
static enum lt_status keep_label(struct lt_arena *arena, const struct label **label,
				 struct lt_err *err)
{
	if (!*label)
		return LT_OK;
	struct label *kept = lt_arena_alloc(arena, 1, sizeof(*kept));
	if (!kept)
		return lt_err_memory(err);
	kept->zh = lt_arena_strndup(arena, said((*label)->zh), strlen(said((*label)->zh)));
	kept->en = lt_arena_strndup(arena, said((*label)->en), strlen(said((*label)->en)));
	*label = kept;
	return kept->zh && kept->en ? LT_OK : lt_err_memory(err);
}

static enum lt_status keep_text(struct lt_arena *arena, const char **text, struct lt_err *err)
{
	if (*text)
		*text = lt_arena_strndup(arena, *text, strlen(*text));
	return *text ? LT_OK : lt_err_memory(err);
}

static enum lt_status keep_texts(struct comparing *compare)
{
	struct ladder_differences *out = compare->out;
	struct lt_arena *arena = compare->arena;
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < out->n && !status; i++) {
		struct ladder_difference *at = &out->at[i];
		status = keep_label(arena, &at->title, compare->err);
		if (!status)
			status = keep_text(arena, &at->id, compare->err);
		if (!status && at->year)
			status = keep_text(arena, &at->year, compare->err);
		if (!status)
			status = keep_text(arena, &at->lower.reason, compare->err);
		if (!status)
			status = keep_text(arena, &at->upper.reason, compare->err);
	}
	out->figure = compare->board->headline.title;
	out->figure_unit = compare->board->headline.unit;
	if (!status)
		status = keep_label(arena, &out->figure, compare->err);
	if (!status && out->figure_unit)
		status = keep_text(arena, &out->figure_unit, compare->err);
	return status;
}

enum lt_status ladder_compare(struct session *session, const struct assessment_ref *ref,
			      enum rung lower, enum rung upper, struct lt_arena *arena,
			      struct ladder_differences *out, struct lt_findings *findings,
			      struct lt_err *err)
{
	struct comparing compare = { .session = session,
				     .ref = ref,
				     .arena = arena,
				     .out = out,
				     .findings = findings,
				     .err = err };
	*out = (struct ladder_differences){ .lower = lower, .upper = upper };
	if (lower >= upper || upper >= N_RUNGS)
		return lt_err_set(err, LT_EDATA, "先写低的层级，再写高的，如 self evaluator",
				  "name the lower rung first, as in self evaluator");
	lt_arena_init(&compare.lower.arena, 0);
	lt_arena_init(&compare.upper.arena, 0);
	lt_arena_init(&compare.trial.arena, 0);
	enum lt_status status = project_begin(session->project, false, err);
	if (!status) {
		status = board_open(session, ref, upper, findings, &compare.board, err);
		if (!status)
			status = compare_all(&compare);
		if (!status)
			status = keep_texts(&compare);
		struct lt_err ignored = LT_ERR_INIT;
		project_end(session->project, true, &ignored);
	}
	board_close(compare.board);
	assessment_close(&compare.trial);
	assessment_close(&compare.lower);
	assessment_close(&compare.upper);
	assessment_close(&compare.frame);
	return status;
}
