#include "lingtan/app/coverage.h"

#include <string.h>
#include "lingtan/app/cycle.h"
#include "lingtan/app/evidence.h"
#include "visit_parts.h"
#include "visit_year.h"

const char *const coverage_gap_names[] = { "no-evidence",  "no-method",   "no-site-verdict",
					   "not-planned",  "unfiled-note", "not-visited",
					   "no-sign-in",   NULL };
const struct label coverage_gap_titles[N_COVERAGE_GAPS] = {
	[COVER_NO_EVIDENCE] = { "没有佐证的条款", "items without evidence" },
	[COVER_NO_METHOD] = { "没有查验方法的条款", "items without a method" },
	[COVER_NO_SITE] = { "没有现场结论的条款", "items without a verdict on site" },
	[COVER_NOT_PLANNED] = { "转现场而没有排到停留点的条款", "items sent to the site and at no stop" },
	[COVER_UNFILED_NOTE] = { "没有归入条款的现场记录", "notes that are not filed" },
	[COVER_NOT_VISITED] = { "抽中而没有走访的", "sampled and not visited" },
	[COVER_NO_SIGN_IN] = { "没有签到的停留点", "stops without sign-in" },
};

struct looking {
	struct session *session;
	const struct assessment_ref *ref;
	const struct plan *plan;
	struct coverage *out;
	unsigned cap;
	struct lt_err *err;
};

/* ---- items ---- */

static struct coverage_item *find_item(const struct looking *look, const char *id)
{
	for (unsigned i = 0; i < look->out->n_items; i++)
		if (strcmp(look->out->items[i].item, id) == 0)
			return &look->out->items[i];
	return NULL;
}

static enum lt_status list_items(struct looking *look)
{
	const struct plan *plan = look->plan;
	struct coverage *out = look->out;
	out->items = lt_arena_alloc(&look->session->arena, plan->n_items + 1, sizeof(*out->items));
	if (!out->items)
		return lt_err_memory(look->err);
	for (unsigned i = 0; i < plan->n_items; i++) {
		const struct item *decl = plan->items[i].decl;
		if (!plan->items[i].applies)
			continue;
		struct coverage_item *to = &out->items[out->n_items++];
		*to = (struct coverage_item){ .item = decl->id,
					      .section = decl->section ? decl->section : "",
					      .title = decl->title,
					      .is_idle = decl->kind == ITEM_INNOVATION,
					      .document = "",
					      .site = "" };
		for (unsigned m = 0; m < decl->n_methods; m++)
			to->asked |= 1U << decl->methods[m];
	}
	return LT_OK;
}

/* Not applicable: nothing to be covered. An innovation item that nobody claims: the same. */
static enum lt_status see_answer(void *context, const struct fact_row *row)
{
	struct looking *look = context;
	struct coverage_item *item = strcmp(row->parts[0], look->ref->name) == 0 &&
						     strcmp(row->parts[1], "evaluator") == 0
					     ? find_item(look, row->parts[2])
					     : NULL;
	const struct words *verdict = fact_row_get(row, "verdict");
	if (!item || !verdict->at)
		return LT_OK;
	item->is_judged = true;
	item->is_idle = strcmp(verdict->at[0], "na") == 0 ||
			(item->is_idle && !verdict_is_award(verdict));
	item->is_excused = row_text(row, "unsupported", 0)[0] != 0;
	return LT_OK;
}

static enum lt_status see_obligation(void *context, const struct fact_row *row)
{
	struct looking *look = context;
	struct coverage_item *item = strcmp(row->parts[0], look->ref->name) == 0 &&
						     fact_row_get(row, "must")->at
					     ? find_item(look, row->parts[1])
					     : NULL;
	if (item)
		item->is_must = true;
	return LT_OK;
}

/* Surveillance looks at a subset: what must be assessed, and what somebody judged besides. */
static enum lt_status leave_out_the_rest(struct looking *look)
{
	struct session *session = look->session;
	struct cycle_link link;
	bool has_subset = false;
	enum lt_status status = session_cycle_link(session, look->ref, &link, look->err);
	if (status || link.kind != CYCLE_SURVEILLANCE)
		return status;
	status = project_visit(session->project, "obligation", &session->arena, see_obligation, look,
			       look->err);
	for (unsigned i = 0; i < look->out->n_items; i++)
		has_subset |= look->out->items[i].is_must;
	for (unsigned i = 0; i < look->out->n_items && has_subset; i++) {
		struct coverage_item *item = &look->out->items[i];
		item->is_idle |= !item->is_must && !item->is_judged;
	}
	return status;
}

static enum lt_status see_tie(void *context, const struct fact_row *row)
{
	struct looking *look = context;
	struct coverage_item *item = strcmp(row->parts[0], look->ref->name) == 0 &&
						     !row_is_removed(row) &&
						     fact_row_get(row, "locator")->at
					     ? find_item(look, row->parts[1])
					     : NULL;
	if (item)
		item->has_evidence = true;
	return LT_OK;
}

static enum lt_status see_inspections(struct looking *look)
{
	struct inspection_info *all = NULL;
	unsigned n = 0;
	enum lt_status status =
		session_inspections(look->session, look->ref->name, &all, &n, look->err);
	for (unsigned i = 0; i < n && !status; i++) {
		struct coverage_item *item = find_item(look, all[i].item);
		if (!item)
			continue;
		item->document = all[i].document;
		item->site = all[i].site;
		item->has_site = all[i].site[0] && strcmp(all[i].site, "unclear") != 0;
		item->is_sent = all[i].to_site[0] != 0;
		item->methods = all[i].methods;
		item->n_notes = all[i].n_notes;
	}
	return status;
}

static void see_stops(struct looking *look, const struct stop_info *stops, unsigned n)
{
	for (unsigned s = 0; s < n; s++)
		for (unsigned i = 0; i < stops[s].n_items; i++) {
			struct coverage_item *item =
				strcmp(stops[s].items[i].assessment, look->ref->name) == 0
					? find_item(look, stops[s].items[i].item)
					: NULL;
			if (item)
				item->is_on_plan = true;
		}
}

/* ---- gaps ---- */

static enum lt_status add_gap(struct looking *look, enum coverage_gap_kind kind, const char *what,
			      const char *more)
{
	void *list = look->out->gaps;
	struct coverage_gap *to = list_grow(&look->session->arena, &list, &look->out->n_gaps,
					    &look->cap, sizeof(*to));
	look->out->gaps = list;
	if (!to || !more)
		return lt_err_memory(look->err);
	*to = (struct coverage_gap){ kind, what, more };
	look->out->n_of[kind]++;
	return LT_OK;
}

static bool is_gap(const struct coverage_item *item, enum coverage_gap_kind kind)
{
	switch (kind) {
	case COVER_NO_EVIDENCE:
		return !item->is_idle && !item->has_evidence && !item->is_excused;
	case COVER_NO_METHOD:
		return !item->is_idle && !item->methods;
	case COVER_NO_SITE:
		return (item->is_on_plan || item->is_sent) && !item->has_site;
	case COVER_NOT_PLANNED:
		return item->is_sent && !item->is_on_plan && !item->has_site;
	default:
		return false;
	}
}

static enum lt_status add_items(struct looking *look)
{
	enum lt_status status = LT_OK;
	for (unsigned kind = COVER_NO_EVIDENCE; kind <= COVER_NOT_PLANNED; kind++)
		for (unsigned i = 0; i < look->out->n_items && !status; i++) {
			const struct coverage_item *item = &look->out->items[i];
			if (is_gap(item, (enum coverage_gap_kind)kind))
				status = add_gap(look, (enum coverage_gap_kind)kind, item->item,
						 label_in(look->session->lang, &item->title));
		}
	return status;
}

/* A note is of the years of its stop; one without, of that of its day. */
static enum lt_status is_of_year(const struct looking *look, const struct note_info *note,
				 const struct visit_calendar *all,
				 const struct visit_calendar *of_year, bool *is_of)
{
	const char *day = lt_arena_strndup(&look->session->arena, note->at, strcspn(note->at, "T"));
	if (!day)
		return lt_err_memory(look->err);
	*is_of = visit_calendar_find(of_year, note->stop) != NULL;
	return visit_calendar_find(all, note->stop)
		       ? LT_OK
		       : visit_day_is_of(look->session, day, look->ref->year, is_of, look->err);
}

static enum lt_status add_notes(struct looking *look)
{
	struct visit_calendar stops, of_year;
	const struct note_filter filter = { .unfiled = true };
	struct note_info *notes = NULL;
	unsigned n = 0;
	bool is_of = false;
	enum lt_status status = session_notes(look->session, &filter, &notes, &n, look->err);
	if (!status)
		status = visit_calendar_read(look->session, NULL, &stops, look->err);
	if (!status)
		status = visit_calendar_read(look->session, look->ref->year, &of_year, look->err);
	for (unsigned i = 0; i < n && !status; i++) {
		status = is_of_year(look, &notes[i], &stops, &of_year, &is_of);
		if (!status && is_of)
			status = add_gap(look, COVER_UNFILED_NOTE, notes[i].id, notes[i].text);
	}
	return status;
}

static enum lt_status add_places(struct looking *look)
{
	struct population_info *all = NULL;
	unsigned n = 0;
	enum lt_status status =
		session_populations(look->session, look->ref->year, &all, &n, look->err);
	for (unsigned p = 0; p < n; p++)
		for (unsigned i = 0; i < all[p].n_sample && !status; i++) {
			const struct sampled *at = &all[p].sample[i];
			if (!at->with[0] && !at->is_visited)
				status = add_gap(look, COVER_NOT_VISITED, at->place,
						 lt_arena_printf(&look->session->arena, "%s%s%s",
								 all[p].population,
								 at->name[0] ? " " : "", at->name));
		}
	return status;
}

static enum lt_status add_stops(struct looking *look, const struct stop_info *stops, unsigned n)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < n && !status; i++)
		if (!stops[i].has_sign_in && strcmp(stops[i].kind, "meeting") != 0)
			status = add_gap(look, COVER_NO_SIGN_IN, stops[i].id, stops[i].title);
	return status;
}

enum lt_status session_coverage(struct session *session, const struct assessment_ref *ref,
				struct coverage *out, struct lt_findings *findings,
				struct lt_err *err)
{
	struct looking look = { .session = session, .ref = ref, .out = out, .err = err };
	struct trial *trial;
	struct stop_info *stops = NULL;
	unsigned n_stops = 0;
	*out = (struct coverage){ 0 };
	enum lt_status status = session_trial(session, ref, &trial, findings, err);
	if (status)
		return status;
	look.plan = trial->plan;
	status = list_items(&look);
	if (!status)
		status = project_visit(session->project, "answer", &session->arena, see_answer,
				       &look, err);
	if (!status)
		status = leave_out_the_rest(&look);
	if (!status)
		status = project_visit(session->project, "tie", &session->arena, see_tie, &look,
				       err);
	if (!status)
		status = see_inspections(&look);
	if (!status)
		status = session_stops_of_year(session, ref->year, NULL, &stops, &n_stops,
					       err);
	if (status)
		return status;
	see_stops(&look, stops, n_stops);
	status = add_items(&look);
	if (!status)
		status = add_notes(&look);
	if (!status)
		status = add_places(&look);
	return status ? status : add_stops(&look, stops, n_stops);
}
