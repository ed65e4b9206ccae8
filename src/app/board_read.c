/* What a board reads of the file beside answers: which rungs speak, evidence, rounds, what is owed;
 * and which of it new entries touched. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "board_parts.h"
#include "lingtan/app/duty.h"

/* ---- rows ---- */

struct reading {
	struct board *board;
	struct board_facts *facts;
	struct lt_err *err;
};

/* Which rungs have answers, and why an award stands without evidence. */
bool board_note_answer(const struct board *board, struct board_facts *facts,
		       const struct fact_row *row)
{
	const enum rung rung = rung_find(row->parts[1]);
	if (rung == N_RUNGS || strcmp(row->parts[0], board->ref->name) != 0)
		return true;
	if (row->values[0].at)
		facts->has_answers[rung] = true;
	const char *reason = board_said(&row->values[2], 0);
	const uint32_t item = board_find_item(board, row->parts[2]);
	if (item == NO_SLOT)
		return true;
	facts->unsupported[rung][item] =
		reason ? lt_arena_strndup(&facts->arena, reason, strlen(reason)) : NULL;
	return !reason == !facts->unsupported[rung][item];
}

static enum lt_status take_answer(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	return board_note_answer(reading->board, reading->facts, row) ? LT_OK
								      : lt_err_memory(reading->err);
}

static enum lt_status take_quantity(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	const struct plan *plan = reading->board->plan;
	const enum rung rung = rung_find(row->parts[0]);
	const uint32_t slot = plan_find(plan, row->parts[2]);
	if (rung < N_RUNGS && row->values[0].at && slot != NO_SLOT &&
	    plan_slot_kind(plan, slot) == SLOT_QUANTITY &&
	    strcmp(row->parts[1], reading->board->ref->year) == 0)
		reading->facts->given[rung][slot - plan->first_quantity] = true;
	return LT_OK;
}

static enum lt_status take_round(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	const struct words *state = &row->values[0];
	const enum rung rung = rung_find(row->parts[1]);
	const unsigned number = (unsigned)strtoul(row->parts[2], NULL, 10);
	if (rung == N_RUNGS || !state->at ||
	    strcmp(row->parts[0], reading->board->ref->name) != 0 ||
	    number < reading->facts->round[rung])
		return LT_OK;
	reading->facts->round[rung] = number;
	reading->facts->round_state[rung] =
		strcmp(state->at[0], "submitted") == 0 ? ROUND_SUBMITTED : ROUND_RETURNED;
	return LT_OK;
}

/* What was asked for and has not come. */
static enum lt_status take_request(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	struct board_facts *facts = reading->facts;
	const struct words *ask = &row->values[0], *state = &row->values[1],
			   *removed = &row->values[2];
	if (!ask->at || board_said(removed, 0) ||
	    (state->at && !request_is_open(state->at[0])))
		return LT_OK;
	struct owed *owed = lt_arena_alloc(&facts->arena, 1, sizeof(*owed));
	if (!owed)
		return lt_err_memory(reading->err);
	*owed = (struct owed){ .title = ask->at[1],
			       .who = ask->at[2][0] ? ask->at[2] : NULL,
			       .due = ask->at[4][0] ? ask->at[4] : NULL };
	*facts->owed_end = owed;
	facts->owed_end = &owed->next;
	facts->n_owed++;
	return LT_OK;
}

/* ---- rows of items ---- */

static struct item_row *keep_row(struct board_facts *facts, uint32_t item,
				 const struct fact_row *row)
{
	struct item_row *kept = lt_arena_alloc(&facts->arena, 1, sizeof(*kept));
	if (kept)
		*kept = (struct item_row){ .item = item, .key = row->key, .values = row->values };
	return kept;
}

/* Remarks and findings say in their first or second group of which item they are. */
static enum lt_status take_item_row(struct reading *reading, struct item_rows *rows,
				    const struct words *place, const struct fact_row *row)
{
	if (!place->at || strcmp(place->at[0], reading->board->ref->name) != 0)
		return LT_OK;
	const uint32_t item = board_find_item(reading->board, place->at[1]);
	if (item == NO_SLOT)
		return LT_OK;
	struct item_row *kept = keep_row(reading->facts, item, row);
	if (!kept)
		return lt_err_memory(reading->err);
	*rows->end = kept;
	rows->end = &kept->next;
	return LT_OK;
}

static enum lt_status take_remark(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	return board_said(&row->values[GROUP_REMARK_REMOVED], 0)
		       ? LT_OK
		       : take_item_row(reading, &reading->facts->remarks,
				       &row->values[GROUP_REMARK_PLACE], row);
}

static enum lt_status take_finding(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	return take_item_row(reading, &reading->facts->findings, &row->values[GROUP_FINDING_PLACE], row);
}

static enum lt_status take_duty(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	const uint32_t item = board_find_item(reading->board, row->parts[2]);
	if (item == NO_SLOT || !row->values[0].at || strcmp(row->parts[0], "item") != 0 ||
	    strcmp(row->parts[1], reading->board->ref->name) != 0)
		return LT_OK;
	reading->facts->duties[item] = keep_row(reading->facts, item, row);
	return reading->facts->duties[item] ? LT_OK : lt_err_memory(reading->err);
}

/* Rounds were read before; only the last one, and only while it is not submitted again. */
static enum lt_status take_sent_back(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	struct board_facts *facts = reading->facts;
	const enum rung rung = rung_find(row->parts[1]);
	const uint32_t item = board_find_item(reading->board, row->parts[3]);
	if (rung == N_RUNGS || item == NO_SLOT || !row->values[0].at ||
	    strcmp(row->parts[0], reading->board->ref->name) != 0 ||
	    strtoul(row->parts[2], NULL, 10) != facts->round[rung] ||
	    facts->round_state[rung] != ROUND_RETURNED)
		return LT_OK;
	facts->sent_back[rung][item] = keep_row(facts, item, row);
	return facts->sent_back[rung][item] ? LT_OK : lt_err_memory(reading->err);
}

static enum lt_status read_item_rows(struct reading *reading)
{
	struct project *project = reading->board->session->project;
	struct board_facts *facts = reading->facts;
	struct lt_arena *arena = &facts->arena;
	facts->remarks.end = &facts->remarks.first;
	facts->findings.end = &facts->findings.first;
	enum lt_status status =
		project_visit(project, "remark", arena, take_remark, reading, reading->err);
	if (!status)
		status = project_visit(project, "finding", arena, take_finding, reading,
				       reading->err);
	if (!status)
		status = project_visit(project, "duty", arena, take_duty, reading, reading->err);
	if (!status)
		status = project_visit(project, "sent_back", arena, take_sent_back, reading,
				       reading->err);
	return status;
}

static enum lt_status read_park(struct board *board, struct board_facts *facts, struct lt_err *err)
{
	struct words park;
	enum lt_status status = project_get(board->session->project, "park", "park", "identity",
					    &facts->arena, &park, err);
	facts->park = !status && park.at ? park.at[0] : "";
	return status;
}

static bool make_room(struct board *board, struct board_facts *facts)
{
	for (int r = 0; r < N_RUNGS; r++) {
		facts->unsupported[r] = lt_arena_alloc(&facts->arena, board->n_items + 1,
						       sizeof(*facts->unsupported[r]));
		facts->given[r] = lt_arena_alloc(&facts->arena, board->plan->n_quantities + 1,
						 sizeof(*facts->given[r]));
		facts->sent_back[r] = lt_arena_alloc(&facts->arena, board->n_items + 1,
						     sizeof(*facts->sent_back[r]));
		if (!facts->unsupported[r] || !facts->given[r] || !facts->sent_back[r])
			return false;
	}
	facts->duties = lt_arena_alloc(&facts->arena, board->n_items + 1, sizeof(*facts->duties));
	facts->ties = lt_arena_alloc(&facts->arena, board->n_items + 1, sizeof(*facts->ties));
	return facts->duties && facts->ties;
}

/* Into the room that what is shown does not stand in. */
static enum lt_status read_evidence(struct board *board, struct board_facts *facts,
				    const struct board_facts *before, struct lt_err *err)
{
	struct board_private *private = board->private;
	if (before) {
		facts->evidence = before->evidence;
		facts->evidence_room = before->evidence_room;
		return LT_OK;
	}
	facts->evidence_room = private->facts ? !private->facts->evidence_room : 0;
	struct lt_arena *room = &private->evidence_rooms[facts->evidence_room];
	lt_arena_reset(room);
	return evidence_list_read(board->session->project, room, &facts->evidence, err);
}

/* Ties come in the order of assessments and items: those of an item stand together. */
static void find_ties(const struct board *board, struct board_facts *facts)
{
	for (unsigned i = 0; i < facts->evidence.n_ties; i++) {
		const struct evidence_tie *tie = &facts->evidence.ties[i];
		const uint32_t item = board_find_item(board, tie->item);
		if (item == NO_SLOT || strcmp(tie->assessment, board->ref->name) != 0)
			continue;
		struct item_ties *ties = &facts->ties[item];
		if (!ties->n++)
			ties->first = i;
		ties->n_close += !tie->vague;
	}
}

struct evidence_list board_ties_of(const struct board *board, uint32_t item)
{
	const struct board_facts *facts = board->private->facts;
	struct evidence_list list = facts->evidence;
	list.n_ties = list.cap_ties = facts->ties[item].n;
	list.ties = list.n_ties ? list.ties + facts->ties[item].first : NULL;
	return list;
}

enum lt_status board_read_facts(struct board *board, struct board_facts *facts,
				const struct board_facts *before, struct lt_err *err)
{
	struct project *project = board->session->project;
	const char *head = project_head(project);
	struct lt_arena arena = facts->arena;
	struct reading reading = { board, facts, err };
	lt_arena_reset(&arena);
	*facts = (struct board_facts){ .arena = arena };
	facts->owed_end = &facts->owed;
	facts->head = lt_arena_strndup(&facts->arena, head, strlen(head));
	if (!facts->head || !make_room(board, facts))
		return lt_err_memory(err);
	enum lt_status status =
		project_visit(project, "answer", NULL, take_answer, &reading, err);
	if (!status)
		status = project_visit(project, "quantity", NULL, take_quantity, &reading, err);
	if (!status)
		status = project_visit(project, "round", NULL, take_round, &reading, err);
	if (!status)
		status = project_visit(project, "request", &facts->arena, take_request, &reading,
				       err);
	if (!status)
		status = read_item_rows(&reading);
	if (!status)
		status = read_evidence(board, facts, before, err);
	if (!status)
		find_ties(board, facts);
	return status ? status : read_park(board, facts, err);
}

/* ---- items ---- */

const struct evidence_file *board_find_file(const struct board *board, const char *sha256)
{
	return evidence_find_file(&board->private->facts->evidence, sha256);
}

const char *board_said(const struct words *value, unsigned member)
{
	return value->at && value->at[member][0] ? value->at[member] : NULL;
}

void board_describe_items(struct board *board)
{
	const struct board_facts *facts = board->private->facts;
	for (uint32_t i = 0; i < board->n_items; i++) {
		struct board_item *item = &board->items[i];
		const struct item_row *duty = facts->duties[i];
		item->n_ties = facts->ties[i].n;
		item->n_close = facts->ties[i].n_close;
		item->n_findings = 0;
		item->owner = duty ? board_said(&duty->values[0], 0) : NULL;
		item->due = duty ? board_said(&duty->values[0], 1) : NULL;
	}
	for (const struct item_row *row = facts->findings.first; row; row = row->next)
		board->items[row->item].n_findings += !board_said(&row->values[GROUP_FINDING_WITHDRAWN], 0);
	board->head = facts->head;
	board->park = facts->park;
}

bool board_is_sent_back(const struct board *board, enum rung rung, uint32_t item)
{
	const struct board_facts *facts = board->private->facts;
	const struct item_row *row = facts->sent_back[rung][item];
	if (!row)
		return false;
	for (const struct item_row *at = facts->remarks.first; at; at = at->next)
		if (strcmp(at->key, row->values[0].at[0]) == 0)
			return !board_said(&at->values[GROUP_REMARK_SETTLED], 0);
	return true;
}

/* ---- what new entries touched ---- */

struct touching {
	const struct board *board;
	struct board_touched *touched;
	struct lt_arena scratch;
	bool any;
};

static void touch_all_from(struct board_touched *touched, unsigned rung)
{
	for (unsigned r = rung; r < N_RUNGS; r++)
		touched->rungs[r] = true;
}

static void touch_answer(struct board_touched *touched, enum rung rung, const char *key)
{
	if (rung == N_RUNGS)
		return;
	touched->rungs[rung] = true;
	for (unsigned i = 0; i < touched->n_answers; i++)
		if (strcmp(touched->answers[i], key) == 0)
			return;
	if (touched->n_answers == MAX_TOUCHED || strlen(key) >= TOUCHED_KEY)
		touched->more = true;
	else
		snprintf(touched->answers[touched->n_answers++], TOUCHED_KEY, "%s", key);
}

static void touch(struct touching *touching, const struct change *change)
{
	/* an obligation is a part of the hints, which are read with the plan */
	static const char *const plans[] = { "assessment", "ruleset", "profile", "obligation" };
	struct board_touched *touched = touching->touched;
	const char *parts[3];
	for (size_t i = 0; i < sizeof(plans) / sizeof(plans[0]); i++)
		touched->plan |= strcmp(change->table, plans[i]) == 0;
	touched->evidence |=
		strcmp(change->table, "tie") == 0 || strcmp(change->table, "evidence") == 0;
	const bool is_answer = strcmp(change->table, "answer") == 0;
	touched->more |= !is_answer;
	if (is_answer && cell_key_split(&touching->scratch, change->key, parts, 3)) {
		if (strcmp(parts[0], touching->board->ref->name) == 0)
			touch_answer(touched, rung_find(parts[1]), change->key);
	} else if (strcmp(change->table, "quantity") == 0 &&
		   cell_key_split(&touching->scratch, change->key, parts, 3)) {
		/* a rung takes over what the one below it gave */
		touch_all_from(touched, rung_find(parts[0]));
	} else if (strcmp(change->table, "place") == 0 ||
		   strcmp(change->table, "population") == 0 ||
		   strcmp(change->table, "claim") == 0 || strcmp(change->table, "line") == 0 ||
		   strcmp(change->table, "tie") == 0 || strcmp(change->table, "evidence") == 0) {
		touch_all_from(touched, 0);
	}
}

static enum lt_status see_entry(void *context, const char *hash, const struct entry *entry)
{
	struct touching *touching = context;
	(void)hash;
	touching->any = true;
	lt_arena_reset(&touching->scratch);
	for (unsigned i = 0; i < entry->n_changes; i++)
		touch(touching, &entry->changes[i]);
	return LT_OK;
}

enum lt_status board_find_touched(const struct board *board, struct board_touched *out,
				  struct lt_err *err)
{
	struct project *project = board->session->project;
	struct touching touching = { .board = board, .touched = out };
	*out = (struct board_touched){ 0 };
	if (strcmp(project_head(project), board->head) == 0) {
		out->nothing = true;
		return LT_OK;
	}
	lt_arena_init(&touching.scratch, 0);
	enum lt_status status =
		journal_visit_after(project, board->head, NULL, see_entry, &touching, err);
	lt_arena_release(&touching.scratch);
	/* what we knew is not there any more: another file in its place */
	out->plan |= !touching.any;
	return status;
}
