/* What happened to the rounds of an assessment, and what is asked of them. */
#include <stdlib.h>
#include <string.h>
#include "frozen.h"
#include "lingtan/app/role.h"
#include "lingtan/app/writers.h"
#include "round_parts.h"

struct listing {
	struct session *session;
	const char *assessment, *rung;
	struct round_info *at;
	unsigned n, cap;
	struct writers writers;
	struct remark *remarks;
	unsigned n_remarks;
	struct lt_err *err;
};

static void *more(struct lt_arena *arena, const void *list, unsigned n, size_t size)
{
	/* what happened to one round is little: the list grows by one, the old one stays */
	void *grown = lt_arena_alloc(arena, (size_t)n + 1, size);
	if (grown && n)
		memcpy(grown, list, n * size);
	return grown;
}

static struct round_info *find_info(const struct listing *list, const char *rung, unsigned number)
{
	for (unsigned i = 0; i < list->n; i++)
		if (list->at[i].number == number && strcmp(list->at[i].rung, rung) == 0)
			return &list->at[i];
	return NULL;
}

static enum lt_status take_round(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	const struct words *state = fact_row_get(row, "state");
	if (!state->at || strcmp(row->parts[0], list->assessment) != 0 ||
	    (list->rung && strcmp(row->parts[1], list->rung) != 0))
		return LT_OK;
	list->at = lt_arena_room(&list->session->arena, list->at, list->n, &list->cap,
				 sizeof(*list->at));
	if (!list->at)
		return lt_err_memory(list->err);
	list->at[list->n++] =
		(struct round_info){ .rung = row->parts[1],
				     .number = (unsigned)strtoul(row->parts[2], NULL, 10),
				     .state = state->at[0],
				     .head = state->at[1],
				     .state_hash = state->at[2] };
	return LT_OK;
}

static int by_number(const void *a, const void *b)
{
	const struct round_info *x = a, *y = b;
	const int order = (int)rung_find(x->rung) - (int)rung_find(y->rung);
	if (order)
		return order;
	return (x->number > y->number) - (x->number < y->number);
}

/* ---- what happened ---- */

static const char *keep(struct listing *list, const char *text)
{
	return lt_arena_strndup(&list->session->arena, text, strlen(text));
}

static enum lt_status add_event(struct listing *list, struct round_info *info,
				const struct entry *entry, const char *state)
{
	struct round_event *events =
		more(&list->session->arena, info->events, info->n_events, sizeof(*events));
	if (!events)
		return lt_err_memory(list->err);
	events[info->n_events++] =
		(struct round_event){ keep(list, state), keep(list, entry->by),
				      keep(list, entry->role), keep(list, entry->at),
				      keep(list, entry->reason) };
	info->events = events;
	return LT_OK;
}

static enum lt_status see_entry(void *context, const char *hash, const struct entry *entry)
{
	struct listing *list = context;
	enum lt_status status = LT_OK;
	(void)hash;
	for (unsigned i = 0; i < entry->n_changes && !status; i++) {
		const struct change *change = &entry->changes[i];
		const char *parts[3];
		if (strcmp(change->table, "round") != 0 || !change->new.at ||
		    !cell_key_split(&list->session->arena, change->key, parts, 3) ||
		    strcmp(parts[0], list->assessment) != 0)
			continue;
		struct round_info *info =
			find_info(list, parts[1], (unsigned)strtoul(parts[2], NULL, 10));
		if (info)
			status = add_event(list, info, entry, change->new.at[0]);
	}
	return status;
}

/* ---- what is asked ---- */

static const struct remark *find_remark(const struct listing *list, const char *id)
{
	for (unsigned i = 0; i < list->n_remarks; i++)
		if (strcmp(list->remarks[i].id, id) == 0)
			return &list->remarks[i];
	return NULL;
}

/* Whether the rung wrote a cell after an entry. */
static bool is_later(const struct listing *list, const char *table, const char *const *parts,
		     unsigned n, const char *group, const char *ask_key)
{
	const char *key = cell_key_join(&list->session->arena, parts, n);
	const struct writer *writer =
		key ? writers_find(&list->writers, table, key, group) : NULL;
	const struct writer *asked = writers_find(&list->writers, "sent_back", ask_key, "ask");
	return writer && asked && writer > asked;
}

static bool is_changed(const struct listing *list, const char *rung, const char *id,
		       const char *ask_key)
{
	const char *year = strrchr(list->assessment, '/');
	const char *const answer[] = { list->assessment, rung, id };
	const char *const quantity[] = { rung, year ? year + 1 : "", id };
	const char *const claim[] = { id, rung };
	return is_later(list, "answer", answer, 3, "verdict", ask_key) ||
	       is_later(list, "answer", answer, 3, "remark", ask_key) ||
	       is_later(list, "quantity", quantity, 3, "value", ask_key) ||
	       is_later(list, "claim", claim, 2, "activity", ask_key) ||
	       is_later(list, "line", &id, 1, "activity", ask_key);
}

static bool is_answered(const struct listing *list, const char *rung, const char *remark)
{
	for (unsigned i = 0; i < list->n_remarks; i++)
		if (strcmp(list->remarks[i].reply_to, remark) == 0 &&
		    strcmp(list->remarks[i].rung, rung) == 0)
			return true;
	return false;
}

static enum lt_status take_ask(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	const struct words *ask = fact_row_get(row, "ask");
	struct round_info *info =
		find_info(list, row->parts[1], (unsigned)strtoul(row->parts[2], NULL, 10));
	if (!ask->at || !info || strcmp(row->parts[0], list->assessment) != 0)
		return LT_OK;
	const struct remark *remark = find_remark(list, ask->at[0]);
	struct round_ask *asks =
		more(&list->session->arena, info->asks, info->n_asks, sizeof(*asks));
	if (!asks)
		return lt_err_memory(list->err);
	asks[info->n_asks++] =
		(struct round_ask){ .item = row->parts[3],
				    .remark = ask->at[0],
				    .text = remark ? remark->text : "",
				    .by = ask->at[1],
				    .at = remark ? remark->at : "",
				    .is_changed = is_changed(list, row->parts[1], row->parts[3],
							     row->key),
				    .is_answered = is_answered(list, row->parts[1], ask->at[0]) };
	info->asks = asks;
	return LT_OK;
}

/* ---- whether what was frozen still holds ---- */

static enum lt_status compare_states(struct listing *list, struct lt_err *err)
{
	struct frozen frozen;
	char hash[LT_SHA256_HEX] = "";
	const char *rung = "";
	enum lt_status status = frozen_now(list->session, &frozen, err);
	for (unsigned i = 0; i < list->n && !status; i++) {
		struct round_info *info = &list->at[i];
		const struct state_scope scope = { .assessment = list->assessment,
						   .rung = info->rung };
		if (strcmp(rung, info->rung) != 0 && rung_find(info->rung) < N_RUNGS)
			status = frozen_state_hash(&frozen, &scope, hash, err);
		rung = info->rung;
		info->holds = !status && strcmp(hash, info->state_hash) == 0;
	}
	frozen_release(&frozen);
	return status;
}

static enum lt_status read_rounds(struct listing *list, struct lt_err *err)
{
	static const char tables[] = " answer quantity claim line sent_back ";
	struct session *session = list->session;
	struct lt_arena *arena = &session->arena;
	enum lt_status status =
		project_visit(session->project, "round", arena, take_round, list, err);
	if (status || !list->n)
		return status;
	qsort(list->at, list->n, sizeof(*list->at), by_number);
	status = writers_read(session, tables, arena, &list->writers, err);
	if (!status)
		status = session_remarks(session, list->assessment, NULL, &list->remarks,
					 &list->n_remarks, err);
	if (!status)
		status = journal_visit(session->project, NULL, see_entry, list, err);
	if (!status)
		status = project_visit(session->project, "sent_back", arena, take_ask, list, err);
	return status ? status : compare_states(list, err);
}

enum lt_status session_rounds(struct session *session, const char *assessment, const char *rung,
			      struct round_info **out, unsigned *n, struct lt_err *err)
{
	struct listing list = {
		.session = session, .assessment = assessment, .rung = rung, .err = err
	};
	*out = NULL;
	*n = 0;
	enum lt_status status = project_begin(session->project, false, err);
	if (status)
		return status;
	status = read_rounds(&list, err);
	struct lt_err ignored = LT_ERR_INIT;
	project_end(session->project, true, &ignored);
	if (status)
		return status;
	*out = list.at;
	*n = list.n;
	return LT_OK;
}
