/* All that a board knows of one item: answers of all rungs, what measures it, tiers, evidence, what
 * it would move, what happened to it. */
#include <stdlib.h>
#include <string.h>
#include "board_parts.h"
#include "lingtan/app/cycle.h"

static struct lt_arena *room(struct board *board)
{
	return &board->private->detail;
}

/* ---- answers ---- */

static void fill_answer(const struct board *board, uint32_t item, enum rung rung,
			struct board_answer *out)
{
	const struct board_rung *at = &board->rungs[rung];
	*out = (struct board_answer){ .value = value_na() };
	if (!at->is_computed)
		return;
	const struct board_mark *mark = &at->items[item];
	out->answer = &at->answers->items[item];
	out->value = mark->value;
	out->remark = out->answer->remark;
	out->unsupported = board->private->facts->unsupported[rung][item];
	for (int lang = 0; lang < LT_N_LANGS; lang++)
		out->refused[lang] = mark->refused[lang];
	out->is_given = out->answer->state != ANSWER_OPEN || out->remark || mark->refused[LT_ZH];
	out->writer = board_find_writer(board, item, "verdict", rung, NULL);
	if (!out->writer.by || (out->answer->state == ANSWER_OPEN && out->remark))
		out->writer = board_find_writer(board, item, "remark", rung, NULL);
}

/* ---- what measures it ---- */

static void fill_quantity(const struct board *board, uint32_t item, uint32_t slot,
			  struct board_quantity *out)
{
	const struct plan *plan = board->plan;
	const struct board_rung *own = &board->rungs[board->own];
	const struct assessment *assessment = &board->private->assessments[board->own];
	const unsigned at = slot - plan->first_quantity;
	const struct quantity *decl = plan->quantities[at].decl;
	*out = (struct board_quantity){
		.slot = slot,
		.title = &decl->title,
		.unit = decl->unit && strcmp(decl->unit, "1") != 0 ? decl->unit : NULL,
		.value = own->result->values[slot],
		.measure = &own->answers->quantities[at],
		.is_measuring = plan->items[item].quantity == slot,
	};
	for (unsigned i = 0; i < assessment->n_ledger; i++)
		out->n_lines += assessment->ledger[i].quantity == at;
	for (int r = (int)board->own; r >= 0 && !out->has_rung; r--) {
		if (!board->private->facts->given[r][at])
			continue;
		out->has_rung = true;
		out->given_by = (enum rung)r;
		out->writer = board_find_writer(board, slot, "value", out->given_by, NULL);
	}
}

static enum lt_status fill_quantities(struct board *board, struct board_detail *out,
				      struct lt_err *err)
{
	const uint32_t slot = board_quantity_of(board->plan, out->item);
	if (slot == NO_SLOT)
		return LT_OK;
	out->quantities = lt_arena_alloc(room(board), 1, sizeof(*out->quantities));
	if (!out->quantities)
		return lt_err_memory(err);
	fill_quantity(board, out->item, slot, &out->quantities[out->n_quantities++]);
	return LT_OK;
}

/* ---- tiers ---- */

static bool is_chosen(const struct plan_item *item, const struct answer *answer, unsigned tier)
{
	return answer->state == ANSWER_TIER && answer->tier == tier && item->quantity == NO_SLOT;
}

/* What the own rung measured, exactly. */
static bool find_measured(const struct board_detail *detail, struct lt_decimal *out)
{
	if (!detail->n_quantities || !value_is_exact(&detail->quantities[0].value))
		return false;
	*out = detail->quantities[0].value.lo;
	return true;
}

/* The nearest tier that gives more, and how far it is: up to its own limit, or down to below the
 * limit of the tier after it. */
static void find_next_tier(const struct plan_item *item, struct lt_decimal value,
			   const unsigned *order, struct board_next_tier *out)
{
	const unsigned n = item->decl->n_tiers, now = board_tier_of(item, value);
	const struct lt_decimal points = now < n ? item->tier_points[now] : VALUE_ZERO;
	for (unsigned k = 0; k < n; k++) {
		const unsigned tier = order[k];
		struct lt_decimal distance;
		if (item->tier_points[tier].units <= points.units)
			continue;
		const bool up = now == n || tier > now;
		const struct lt_decimal goal = item->tier_limits[up ? tier : tier + 1];
		if (!(up ? lt_decimal_subtract(goal, value, &distance)
			 : lt_decimal_subtract(value, goal, &distance)))
			continue;
		if (!out->is_known || distance.units < out->distance.units)
			*out = (struct board_next_tier){ .is_known = true,
							 .tier = k,
							 .distance = distance };
	}
}

static void sort_tiers(const struct plan_item *item, unsigned *order)
{
	for (unsigned i = 0; i < item->decl->n_tiers; i++) {
		unsigned k = i;
		while (k > 0 &&
		       item->tier_points[order[k - 1]].units <= item->tier_points[i].units) {
			order[k] = order[k - 1];
			k--;
		}
		order[k] = i;
	}
}

static enum lt_status fill_tiers(struct board *board, struct board_detail *out, struct lt_err *err)
{
	const struct plan_item *item = &board->plan->items[out->item];
	const struct answer *answer = &board->rungs[board->own].answers->items[out->item];
	const unsigned n = item->decl->n_tiers;
	struct lt_decimal measured = VALUE_ZERO;
	const bool is_measured = find_measured(out, &measured) && item->quantity != NO_SLOT;
	unsigned *order = lt_arena_alloc(room(board), n + 1, sizeof(*order));
	out->tiers = lt_arena_alloc(room(board), n + 1, sizeof(*out->tiers));
	if (!order || !out->tiers)
		return lt_err_memory(err);
	sort_tiers(item, order);
	for (unsigned k = 0; k < n; k++) {
		const struct step *decl = &item->decl->tiers[order[k]];
		const bool is_reached = is_measured && board_tier_of(item, measured) == order[k];
		out->tiers[out->n_tiers++] = (struct board_tier){
			.decl = decl,
			.has_limit = decl->from || decl->above,
			.limit = item->tier_limits[order[k]],
			.points = item->tier_points[order[k]],
			.is_chosen = is_chosen(item, answer, order[k]),
			.is_reached = is_reached,
		};
	}
	if (is_measured)
		find_next_tier(item, measured, order, &out->next_tier);
	return LT_OK;
}

/* ---- evidence ---- */

static struct board_tie describe_tie(const struct board *board, uint32_t item,
				     const struct evidence_tie *tie)
{
	static const struct evidence_file unknown = { .name = "", .type = "", .size = "" };
	const struct evidence_file *file = board_find_file(board, tie->sha256);
	if (!file)
		file = &unknown;
	return (struct board_tie){
		.sha256 = tie->sha256,
		.name = file->name,
		.type = file->type,
		.size = file->size,
		.locator = tie->locator,
		.page = tie->page,
		.table = tie->table,
		.note = tie->note,
		.slot = tie->slot,
		.vague_reason = tie->vague_reason,
		.is_vague = tie->vague,
		.is_purged = file->purged != NULL,
		.writer = board_find_writer(board, item, "locator", N_RUNGS, tie->key),
	};
}

static enum lt_status fill_ties(struct board *board, struct board_detail *out, struct lt_err *err)
{
	const struct evidence_list list = board_ties_of(board, out->item);
	const struct item *decl = board->plan->items[out->item].decl;
	out->ties =
		lt_arena_alloc(room(board), list.n_ties + 1, sizeof(*out->ties));
	out->slots = lt_arena_alloc(room(board), decl->n_evidence + 1, sizeof(*out->slots));
	if (!out->ties || !out->slots)
		return lt_err_memory(err);
	for (unsigned i = 0; i < list.n_ties; i++)
		out->ties[out->n_ties++] = describe_tie(board, out->item, &list.ties[i]);
	for (unsigned s = 0; s < decl->n_evidence; s++) {
		if (!board_slot_counts(board->plan, &decl->evidence[s]))
			continue;
		struct board_slot *slot = &out->slots[out->n_slots++];
		*slot = (struct board_slot){ .decl = &decl->evidence[s] };
		for (unsigned t = 0; t < out->n_ties; t++)
			slot->n_ties += strcmp(out->ties[t].slot, slot->decl->slot) == 0;
	}
	return LT_OK;
}

/* ---- what was said of it ---- */

static unsigned count_rows(const struct item_rows *rows, uint32_t item)
{
	unsigned n = 0;
	for (const struct item_row *row = rows->first; row; row = row->next)
		n += row->item == item;
	return n;
}

static bool is_reason_of_return(const struct board *board, const struct item_row *row)
{
	for (int r = 0; r < N_RUNGS; r++) {
		const struct item_row *sent = board->private->facts->sent_back[r][row->item];
		if (sent && strcmp(sent->values[0].at[0], row->key) == 0)
			return true;
	}
	return false;
}

static struct board_remark describe_remark(const struct board *board, const struct item_row *row)
{
	const struct words *place = &row->values[GROUP_REMARK_PLACE],
			   *settled = &row->values[GROUP_REMARK_SETTLED];
	return (struct board_remark){
		.id = row->key,
		.reply_to = place->at[3],
		.text = row->values[GROUP_REMARK_TEXT].at ? row->values[GROUP_REMARK_TEXT].at[0] : "",
		.rung = rung_find(place->at[2]),
		.is_settled = board_said(settled, 0) != NULL,
		.settled_by = board_said(settled, 1),
		.is_sent_back = is_reason_of_return(board, row),
		.writer = board_find_writer(board, row->item, "text", N_RUNGS, row->key),
	};
}

static struct board_finding describe_finding(const struct board *board, const struct item_row *row)
{
	const struct words *values = row->values;
	return (struct board_finding){
		.id = row->key,
		.number = board_said(&values[GROUP_FINDING_NUMBER], 0),
		.grade = board_said(&values[GROUP_FINDING_GRADE], 0),
		.fact = board_said(&values[GROUP_FINDING_FACT], 0),
		.due = board_said(&values[GROUP_FINDING_DUE], 0),
		.cause = board_said(&values[GROUP_FINDING_CAUSE], 0),
		.correction = board_said(&values[GROUP_FINDING_CORRECTION], 0),
		.answer = board_said(&values[GROUP_FINDING_ANSWER], 0),
		.objection = board_said(&values[GROUP_FINDING_OBJECTION], 0),
		.verified = board_said(&values[GROUP_FINDING_VERIFICATION], 0),
		.is_withdrawn = board_said(&values[GROUP_FINDING_WITHDRAWN], 0) != NULL,
		.writer = board_find_writer(board, row->item, "fact", N_RUNGS, row->key),
	};
}

static int by_time(const void *a, const void *b)
{
	const struct board_remark *x = a, *y = b;
	return strcmp(x->writer.at ? x->writer.at : "", y->writer.at ? y->writer.at : "");
}

static enum lt_status fill_words(struct board *board, struct board_detail *out, struct lt_err *err)
{
	const struct board_facts *facts = board->private->facts;
	out->remarks = lt_arena_alloc(room(board), count_rows(&facts->remarks, out->item) + 1,
				      sizeof(*out->remarks));
	out->findings = lt_arena_alloc(room(board), count_rows(&facts->findings, out->item) + 1,
				       sizeof(*out->findings));
	if (!out->remarks || !out->findings)
		return lt_err_memory(err);
	for (const struct item_row *row = facts->remarks.first; row; row = row->next)
		if (row->item == out->item)
			out->remarks[out->n_remarks++] = describe_remark(board, row);
	for (const struct item_row *row = facts->findings.first; row; row = row->next)
		if (row->item == out->item)
			out->findings[out->n_findings++] = describe_finding(board, row);
	/* keys of remarks are random */
	if (out->n_remarks)
		qsort(out->remarks, out->n_remarks, sizeof(*out->remarks), by_time);
	return LT_OK;
}

/* ---- history ---- */

/* The name of a tie's file: the third part of its key is the hash. */
static const char *tie_name(const struct board *board, const char *key)
{
	const char *at = strchr(key, '|');
	at = at ? strchr(at + 1, '|') : NULL;
	for (unsigned i = 0; at && i < board->private->facts->evidence.n_files; i++) {
		const struct evidence_file *file = &board->private->facts->evidence.files[i];
		const size_t len = strlen(file->sha256);
		if (strncmp(at + 1, file->sha256, len) == 0 && at[1 + len] == '|')
			return file->name;
	}
	return NULL;
}

static void add_event(struct board *board, const struct kept_change *change,
		      struct board_detail *out)
{
	if (out->n_events++ >= BOARD_HISTORY)
		return;
	struct board_event *event = &out->history[out->n_history++];
	board_fill_event(board, change, event);
	if (strcmp(change->table, "tie") == 0)
		event->name = tie_name(board, change->key);
	else if (strcmp(change->table, "quantity") == 0)
		event->name = plan_slot_name(board->plan, change->subject);
}

/* The changes of the item and of the quantity that measures it, the later one first. */
static enum lt_status fill_history(struct board *board, struct board_detail *out,
				   struct lt_err *err)
{
	const struct kept_change *item = board_last_change(board, out->item);
	const uint32_t slot = board_quantity_of(board->plan, out->item);
	const struct kept_change *quantity =
		slot == NO_SLOT ? NULL : board_last_change(board, slot);
	out->history = lt_arena_alloc(room(board), BOARD_HISTORY, sizeof(*out->history));
	if (!out->history)
		return lt_err_memory(err);
	while (item || quantity) {
		/* both stand in one list, in the order of arrival */
		if (!quantity || (item && item > quantity)) {
			add_event(board, item, out);
			item = board_change_before(board, item);
		} else {
			add_event(board, quantity, out);
			quantity = board_change_before(board, quantity);
		}
	}
	return LT_OK;
}

/* ---- what was said last ---- */

static enum lt_status fill_last(struct board *board, struct board_detail *out, struct lt_err *err)
{
	struct board_private *private = board->private;
	struct lt_findings ignored;
	struct lt_err gone = LT_ERR_INIT;
	enum lt_status status = LT_OK;
	lt_arena_reset(&private->warnings);
	lt_findings_init(&ignored, &private->warnings);
	if (!private->has_hints)
		status = cycle_hints_read(board->session, board->ref, &private->standing,
					  &private->hints, &private->n_hints, &ignored, &gone);
	/* without what was said last (its file was purged, or is not what it was) the item can still
	 * be answered; the command cycle says why there is none */
	if (status == LT_EDATA || status == LT_EFILE)
		status = LT_OK;
	else if (status)
		*err = gone;
	private->has_hints = !status;
	for (unsigned i = 0; !status && i < private->n_hints; i++)
		if (strcmp(private->hints[i].item, board->plan->items[out->item].decl->id) == 0)
			out->last = &private->hints[i];
	return status;
}

/* ---- the whole ---- */

enum lt_status board_detail(struct board *board, uint32_t item, struct board_detail *out,
			    struct lt_err *err)
{
	struct board_private *private = board->private;
	if (private->has_kept && private->kept.item == item) {
		*out = private->kept;
		return LT_OK;
	}
	*out = (struct board_detail){ .item = item, .number = ++private->n_details };
	private->has_kept = false;
	lt_arena_reset(room(board));
	enum lt_status status = board_read_journal(board, err);
	if (status)
		return status;
	for (int r = 0; r < N_RUNGS; r++)
		fill_answer(board, item, (enum rung)r, &out->answers[r]);
	status = fill_quantities(board, out, err);
	if (!status)
		status = fill_tiers(board, out, err);
	if (!status)
		status = fill_ties(board, out, err);
	if (!status)
		status = fill_words(board, out, err);
	if (!status)
		status = fill_last(board, out, err);
	if (!status)
		status = fill_history(board, out, err);
	if (!status)
		status = board_fill_consequences(board, out, err);
	private->has_kept = !status;
	private->kept = *out;
	return status;
}

bool board_detail_lives(const struct board *board, const struct board_detail *detail)
{
	return board->private->has_kept && board->private->kept.number == detail->number;
}
