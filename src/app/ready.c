#include "lingtan/app/ready.h"

#include <stdlib.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "session_parts.h"
#include "lingtan/app/cycle.h"
#include "ready_parts.h"

/* ---- one finding ---- */

static bool grow(struct looking *look)
{
	struct ready *out = look->out;
	out->findings = lt_arena_room(&look->session->arena, out->findings, out->n_findings,
				      &look->cap, sizeof(*out->findings));
	return out->findings != NULL;
}

static const char *or_nothing(const char *text)
{
	return text ? text : "";
}

/* An item that has no number by its title. */
static const char *called(const struct looking *look, const struct matter *matter, enum lt_lang lang)
{
	const char *what = or_nothing(matter->what);
	const uint32_t item = board_find_item(look->board, what);
	const struct item *decl = item == NO_SLOT ? NULL : look->board->items[item].plan->decl;
	return !decl || lt_id_is_numbered(decl->id) ? what : label_in(lang, &decl->title);
}

enum lt_status ready_add(struct looking *look, const struct matter *matter)
{
	struct lt_arena *arena = &look->session->arena;
	const struct ready_check *check = ready_checks_find(look->checks, matter->check);
	const char *what = or_nothing(matter->what), *zh = or_nothing(matter->zh),
		   *en = matter->en ? matter->en : zh;
	if (!check)
		return lt_err_set(look->err, LT_EBUG, "db/readiness.yaml 里没有检查 %s",
				  "db/readiness.yaml has no check %s", matter->check);
	if (!grow(look))
		return lt_err_memory(look->err);
	struct ready_finding *at = &look->out->findings[look->out->n_findings++];
	*at = (struct ready_finding){
		.id = what[0] ? lt_arena_printf(arena, "%s:%s", check->check, what) : check->check,
		.check = check,
		.what = lt_arena_strndup(arena, what, strlen(what)),
		.more = lt_arena_strndup(arena, en, strlen(en)),
		.target = lt_arena_printf(arena, "%s", or_nothing(matter->target)),
		.text = { ready_sentence(check->text.zh, called(look, matter, LT_ZH), zh, arena),
			  ready_sentence(check->text.en, called(look, matter, LT_EN), en, arena) },
	};
	return at->id && at->what && at->more && at->target && at->text[LT_ZH] && at->text[LT_EN]
		       ? LT_OK
		       : lt_err_memory(look->err);
}

/* ---- ticks ---- */

static struct ready_finding *find_finding(const struct ready *ready, const char *id)
{
	for (unsigned i = 0; i < ready->n_findings; i++)
		if (strcmp(ready->findings[i].id, id) == 0)
			return &ready->findings[i];
	return NULL;
}

static enum lt_status see_tick(void *context, const struct fact_row *row)
{
	struct looking *look = context;
	const struct words *mark = fact_row_get(row, "mark");
	struct ready_finding *finding = strcmp(row->parts[0], look->ref->name) == 0 && mark->at
						? find_finding(look->out, row->parts[1])
						: NULL;
	if (!finding || finding->check->severity != READY_WARNING ||
	    strcmp(finding->more, mark->at[2]) != 0)
		return LT_OK;
	finding->ticked_by = mark->at[0];
	finding->ticked_at = mark->at[1];
	return LT_OK;
}

/* ---- all of them ---- */

static int by_gravity(const void *a, const void *b)
{
	const struct ready_finding *x = a, *y = b;
	if (x->check->severity != y->check->severity)
		return x->check->severity < y->check->severity ? -1 : 1;
	return (x->check > y->check) - (x->check < y->check);
}

/* Stable: the order of items within a check is kept. */
static enum lt_status sort(struct looking *look)
{
	struct ready *out = look->out;
	struct ready_finding *sorted =
		lt_arena_alloc(&look->session->arena, out->n_findings + 1, sizeof(*sorted));
	if (!sorted)
		return lt_err_memory(look->err);
	for (unsigned i = 0; i < out->n_findings; i++) {
		unsigned k = i;
		while (k > 0 && by_gravity(&sorted[k - 1], &out->findings[i]) > 0) {
			sorted[k] = sorted[k - 1];
			k--;
		}
		sorted[k] = out->findings[i];
	}
	out->findings = sorted;
	return LT_OK;
}

static void count(struct ready *out)
{
	for (unsigned i = 0; i < out->n_findings; i++) {
		const struct ready_finding *at = &out->findings[i];
		out->n_errors += at->check->severity == READY_ERROR;
		out->n_warnings += at->check->severity == READY_WARNING;
		out->n_notes += at->check->severity == READY_NOTE;
		out->n_unticked += at->check->severity == READY_WARNING && !at->ticked_by;
	}
	out->is_ready = !out->n_errors && !out->n_unticked;
}

/* The highest rung that has answers is whose result it is. */
static enum lt_status open_board(struct looking *look)
{
	enum rung rung = RUNG_EVALUATOR;
	enum lt_status status = board_open(look->session, look->ref, rung, look->findings,
					   &look->board, look->err);
	for (unsigned r = RUNG_REVIEWER; r < N_RUNGS && !status; r++)
		if (look->board->rungs[r].has_answers)
			rung = (enum rung)r;
	if (!status && rung != RUNG_EVALUATOR)
		status = board_look_from(look->board, rung, look->err);
	look->out->rung = rung;
	return status;
}

static enum lt_status look_at_all(struct looking *look)
{
	struct cycle_link link;
	enum lt_status status = open_board(look);
	if (!status)
		status = session_cycle_link(look->session, look->ref, &link, look->err);
	look->is_surveillance = !status && link.kind == CYCLE_SURVEILLANCE;
	if (!status)
		status = ready_look_at_result(look);
	if (!status)
		status = ready_look_at_evidence(look);
	if (!status)
		status = ready_look_at_ledger(look);
	if (!status)
		status = ready_look_at_record(look);
	if (!status)
		status = ready_look_at_numbers(look);
	if (!status)
		status = sort(look);
	if (!status)
		status = project_visit(look->session->project, "tick", &look->session->arena,
				       see_tick, look, look->err);
	return status;
}

enum lt_status session_ready(struct session *session, const struct assessment_ref *ref,
			     const char *on, struct ready *out, struct lt_findings *findings,
			     struct lt_err *err)
{
	struct looking look = { .session = session,
				.ref = ref,
				.on = on,
				.out = out,
				.findings = findings,
				.err = err };
	*out = (struct ready){ 0 };
	enum lt_status status = on ? session_check_day("--on", on, err)
				   : session_today(session, &look.on, err);
	if (!status)
		status = library_checks(session->workspace->library, findings, &look.checks, err);
	if (!status)
		status = project_begin(session->project, false, err);
	if (status)
		return status;
	status = look_at_all(&look);
	board_close(look.board);
	struct lt_err ignored = LT_ERR_INIT;
	project_end(session->project, true, &ignored);
	out->checks = look.checks;
	if (!status)
		count(out);
	return status;
}

/* ---- ticking ---- */

static enum lt_status refuse_tick(const struct ready_finding *finding, const char *id,
				  struct lt_err *err)
{
	if (!finding)
		return lt_err_set(err, LT_EDATA, "现在没有提示“%s”；见 lingtan ready",
				  "there is no '%s' now; see lingtan ready", id);
	if (finding->check->severity == READY_ERROR)
		return lt_err_set(err, LT_EDATA, "%s 是错误，确认不能代替改正：%s%.0s",
				  "%s is an error, which no tick answers: %.0s%s", finding->id,
				  finding->text[LT_ZH], finding->text[LT_EN]);
	return lt_err_set(err, LT_EDATA, "%s 只是提示，不用确认", "%s is a note and needs no tick",
			  finding->id);
}

enum lt_status session_tick(struct session *session, const struct assessment_ref *ref,
			    const char *id, const char *on, bool *done,
			    struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct entry now = { 0 };
	struct ready ready;
	*done = false;
	enum lt_status status = session_ready(session, ref, on, &ready, findings, err);
	const struct ready_finding *finding = status ? NULL : find_finding(&ready, id);
	if (!status && (!finding || finding->check->severity != READY_WARNING))
		status = refuse_tick(finding, id, err);
	if (status || finding->ticked_by)
		return status;
	status = session_sign(session, &now, "tick", err);
	if (status)
		return status;
	const char *const key[] = { ref->name, finding->id };
	const char *const values[] = { session->name, now.at, finding->more };
	status = changes_add(&changes, "tick", key, "mark", values, err);
	return status ? status : session_commit(session, "tick", &changes, done, err);
}
