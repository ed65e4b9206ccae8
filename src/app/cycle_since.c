/* What an earlier assessment said last, and what has changed since. */
#include <stdlib.h>
#include <string.h>
#include "cycle_parts.h"
#include "finding_parts.h"
#include "frozen.h"
#include "lingtan/core/digest.h"

const char *const evidence_standing_names[] = { "confirmed", "dated", "unconfirmed", "expired",
						NULL };
const struct label evidence_standing_titles[N_EVIDENCE_STANDINGS] = {
	[STANDS_CONFIRMED] = { "已确认", "confirmed" },
	[STANDS_DATED] = { "期内", "not past its day" },
	[STANDS_UNCONFIRMED] = { "待确认", "to be confirmed" },
	[STANDS_EXPIRED] = { "已过期", "expired" },
};

/* ---- hints ---- */

struct hinting {
	struct session *session;
	struct session *source; /* that has the earlier assessment */
	const struct assessment_ref *ref;
	struct cycle_link link;
	struct frozen then;
	struct lt_arena *arena;
	const struct ruleset *now_ruleset, *then_ruleset;
	struct finding_info *findings;
	unsigned n_findings;
	struct lt_err *err;
};

static const char *keep(struct hinting *hint, const char *text)
{
	return text[0] ? lt_arena_strndup(hint->arena, text, strlen(text)) : "";
}

static bool is_same_item(const struct item *a, const struct item *b)
{
	char of_a[LT_SHA256_HEX], of_b[LT_SHA256_HEX];
	if (a == b)
		return true;
	item_digest(a, of_a);
	item_digest(b, of_b);
	return strcmp(of_a, of_b) == 0;
}

/* Who wrote a cell of then, and when. */
static enum lt_status fill_writer(struct hinting *hint, const struct fold_cell *cell,
				  struct cycle_hint *out)
{
	struct entry entry;
	bool found;
	enum lt_status status = journal_get(hint->source->project, cell->writer.hash, hint->arena,
					    &entry, &found, hint->err);
	if (!status && found) {
		out->by = entry.by;
		out->at = entry.at;
	}
	return status;
}

static enum lt_status fill_verdict(struct hinting *hint, struct cycle_hint *out)
{
	for (unsigned r = N_RUNGS; r-- > 0;) {
		const char *const parts[] = { hint->link.of, rung_names[r], out->item };
		const char *key = cell_key_join(hint->arena, parts, 3);
		if (!key)
			return lt_err_memory(hint->err);
		const struct fold_cell *cell = fold_find(&hint->then.fold, "answer", key, "verdict");
		if (!cell || !cell->value.at)
			continue;
		const struct words *remark = frozen_get(&hint->then, "answer", key, "remark");
		out->rung = (enum rung)r;
		out->result = keep(hint, cell->value.at[0]);
		out->value = keep(hint, cell->value.at[1]);
		out->na_reason = keep(hint, cell->value.at[2]);
		out->remark = remark->at ? keep(hint, remark->at[0]) : "";
		return out->result && out->value && out->na_reason && out->remark
			       ? fill_writer(hint, cell, out)
			       : lt_err_memory(hint->err);
	}
	return LT_OK;
}

static enum lt_status fill_hint(struct hinting *hint, const struct item *item,
				struct cycle_hint *out)
{
	struct session *session = hint->session;
	const char *const parts[] = { hint->ref->name, item->id };
	const char *key = cell_key_join(hint->arena, parts, 2);
	const struct item *then = ruleset_find_item(hint->then_ruleset, item->id);
	struct words must;
	*out = (struct cycle_hint){ .item = keep(hint, item->id),
				    .title = &item->title,
				    .rung = N_RUNGS,
				    .result = "",
				    .value = "",
				    .na_reason = "",
				    .remark = "",
				    .by = "",
				    .at = "",
				    .is_changed = !then || !is_same_item(then, item) };
	enum lt_status status = key && out->item ? project_get(session->project, "obligation", key,
							       "must", hint->arena, &must,
							       hint->err)
						 : lt_err_memory(hint->err);
	out->is_must = !status && must.at;
	for (unsigned i = 0; i < hint->n_findings; i++)
		out->n_findings += hint->findings[i].state != FINDING_WITHDRAWN &&
				   strcmp(hint->findings[i].item, item->id) == 0;
	return status ? status : fill_verdict(hint, out);
}

/* The ruleset of then: that of now, where the edition is the same. */
static enum lt_status read_then(struct hinting *hint, struct lt_findings *findings)
{
	struct session *source = hint->source;
	struct assessment_ref earlier;
	struct assessment loaded = { 0 };
	enum lt_status status = frozen_at(source, hint->link.head, &hint->then, hint->err);
	if (!status)
		status = frozen_assessment(&hint->then, hint->link.of, &earlier, hint->err);
	if (status)
		return status;
	hint->then_ruleset = hint->now_ruleset;
	if (strcmp(earlier.ruleset, hint->ref->ruleset) == 0)
		return LT_OK;
	status = session_ruleset(source, earlier.ruleset, &source->arena, &loaded, findings,
				 hint->err);
	hint->then_ruleset = loaded.ruleset;
	return status;
}

static enum lt_status begin_hints(struct hinting *hint, struct lt_findings *findings)
{
	const struct finding_filter filter = { .assessment = hint->link.of,
					       .grade = N_FINDING_GRADES,
					       .state = N_FINDING_STATES };
	struct trial *trial;
	enum lt_status status =
		session_trial(hint->session, hint->ref, &trial, findings, hint->err);
	if (status)
		return status;
	hint->now_ruleset = trial->ruleset;
	status = session_findings(hint->source, &filter, &hint->findings, &hint->n_findings,
				  hint->err);
	return status ? status : read_then(hint, findings);
}

enum lt_status cycle_hints_read(struct session *session, const struct assessment_ref *ref,
				struct lt_arena *arena, struct cycle_hint **out, unsigned *n,
				struct lt_findings *findings, struct lt_err *err)
{
	struct hinting hint = { .session = session, .ref = ref, .arena = arena, .err = err };
	*out = NULL;
	*n = 0;
	enum lt_status status = session_cycle_link(session, ref, &hint.link, err);
	if (status || !hint.link.of[0])
		return status;
	status = cycle_source(session, &hint.link, &hint.source, err);
	if (!status)
		status = begin_hints(&hint, findings);
	if (!status) {
		*out = lt_arena_alloc(arena, hint.now_ruleset->n_items + 1, sizeof(**out));
		status = *out ? LT_OK : lt_err_memory(err);
	}
	for (unsigned i = 0; !status && i < hint.now_ruleset->n_items; i++) {
		status = fill_hint(&hint, &hint.now_ruleset->items[i], &(*out)[i]);
		*n = i + 1;
	}
	frozen_release(&hint.then);
	if (status)
		*n = 0;
	return status;
}

/* ---- the park ---- */

struct comparing {
	struct session *session;
	struct frozen then, now;
	const char *year_then, *year_now;
	const struct ruleset *ruleset;
	struct park_change *at;
	unsigned n, cap;
	struct lt_err *err;
};

static const char *in_one_line(struct comparing *compare, const struct words *value)
{
	const char *text = "";
	for (unsigned i = 0; i < value->n && value->at && text; i++)
		if (value->at[i][0])
			text = lt_arena_printf(&compare->session->arena, "%s%s%s", text,
					       text[0] ? " / " : "", value->at[i]);
	return text;
}

static enum lt_status add_change(struct comparing *compare, const struct park_change *change)
{
	struct lt_arena *arena = &compare->session->arena;
	compare->at =
		lt_arena_room(arena, compare->at, compare->n, &compare->cap, sizeof(*compare->at));
	if (!compare->at)
		return lt_err_memory(compare->err);
	compare->at[compare->n++] = *change;
	return change->id && change->from && change->to ? LT_OK : lt_err_memory(compare->err);
}

/* Who wrote what is there now. */
static enum lt_status writer_of(struct comparing *compare, const struct fold_cell *cell,
				struct park_change *change)
{
	struct session *session = compare->session;
	struct entry entry;
	bool found;
	change->by = change->at = "";
	enum lt_status status = journal_get(session->project, cell->writer.hash, &session->arena,
					    &entry, &found, compare->err);
	if (!status && found) {
		change->by = entry.by;
		change->at = entry.at;
	}
	return status;
}

/* A cell that describes the park as such: it belongs to no assessment and to no year. */
static bool is_of_park(const char *table)
{
	return strcmp(table, "park") == 0 || strcmp(table, "meter") == 0;
}

static enum lt_status compare_cell(struct comparing *compare, const struct fold_cell *cell)
{
	const struct fact_table *table =
		vocabulary_find_table(compare->now.vocabulary, cell->table);
	const struct cell_group *group = fact_table_find_group(table, cell->group);
	const struct words *then =
		frozen_get(&compare->then, cell->table, cell->key, cell->group);
	if (!group || cell_value_equals(then, &cell->value))
		return LT_OK;
	struct park_change change = {
		.kind = PARK_CELL,
		.id = lt_arena_printf(&compare->session->arena, "%s.%s", cell->table, cell->group),
		.title = group->title,
		.from = in_one_line(compare, then),
		.to = in_one_line(compare, &cell->value),
	};
	enum lt_status status = writer_of(compare, cell, &change);
	return status ? status : add_change(compare, &change);
}

/* The figure of the highest rung that gives it. */
static const struct fold_cell *find_figure(struct comparing *compare, const struct frozen *facts,
					   const char *year, const char *quantity)
{
	for (unsigned r = N_RUNGS; r-- > 0;) {
		const char *const parts[] = { rung_names[r], year, quantity };
		const char *key = cell_key_join(&compare->session->arena, parts, 3);
		const struct fold_cell *cell =
			key ? fold_find(&facts->fold, "quantity", key, "value") : NULL;
		if (cell && cell->value.at)
			return cell;
	}
	return NULL;
}

/* Without where it was read. */
static const char *figure_text(struct comparing *compare, const struct fold_cell *cell)
{
	if (!cell)
		return "";
	const char *const *at = cell->value.at;
	return at[2][0] ? lt_arena_printf(&compare->session->arena, "n/a: %s", at[2])
			: lt_arena_printf(&compare->session->arena, "%s%s%s", at[0],
					  at[1][0] ? " " : "", at[1]);
}

static enum lt_status add_figure(struct comparing *compare, enum park_change_kind kind,
				 const struct quantity *quantity, const struct fold_cell *from,
				 const struct fold_cell *to)
{
	struct park_change change = { .kind = kind,
				      .id = quantity->id,
				      .title = quantity->title,
				      .unit = quantity->unit,
				      .from = figure_text(compare, from),
				      .to = figure_text(compare, to),
				      .by = "",
				      .at = "" };
	if (!change.from || !change.to)
		return lt_err_memory(compare->err);
	if (strcmp(change.from, change.to) == 0)
		return LT_OK;
	return add_change(compare, &change);
}

static enum lt_status compare_figures(struct comparing *compare)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < compare->ruleset->n_quantities && !status; i++) {
		const struct quantity *quantity = &compare->ruleset->quantities[i];
		const struct fold_cell *then = find_figure(compare, &compare->then,
							   compare->year_then, quantity->id),
				       *since = find_figure(compare, &compare->now,
							    compare->year_then, quantity->id),
				       *now = find_figure(compare, &compare->now,
							  compare->year_now, quantity->id);
		if (now && (then || since))
			status = add_figure(compare, PARK_FIGURE, quantity, since ? since : then,
					    now);
		if (!status)
			status = add_figure(compare, PARK_CORRECTED, quantity, then, since);
	}
	return status;
}

/* ---- sources of the inventory ---- */

struct source_search {
	struct comparing *compare;
	const char *year, *other; /* sources of `year` that `other` has not */
	bool is_new;
	const char **seen;
	unsigned n_seen;
};

static bool is_line_of(struct comparing *compare, const struct fold_cell *cell, const char *year)
{
	if (strcmp(cell->table, "line") != 0 || strcmp(cell->group, "activity") != 0 ||
	    !cell->value.at || strcmp(cell->value.at[0], year) != 0)
		return false;
	const struct words *removed = frozen_get(&compare->now, "line", cell->key, "removed");
	return !removed->at || !removed->at[0][0];
}

static bool has_source(struct comparing *compare, const char *year, const char *source)
{
	for (unsigned i = 0; i < compare->now.fold.n_cells; i++)
		if (is_line_of(compare, compare->now.cells[i], year) &&
		    strcmp(compare->now.cells[i]->value.at[4], source) == 0)
			return true;
	return false;
}

static bool was_seen(struct source_search *search, const char *source)
{
	for (unsigned i = 0; i < search->n_seen; i++)
		if (strcmp(search->seen[i], source) == 0)
			return true;
	search->seen[search->n_seen++] = source;
	return false;
}

static enum lt_status compare_sources(struct source_search *search)
{
	struct comparing *compare = search->compare;
	const unsigned n = compare->now.fold.n_cells;
	enum lt_status status = LT_OK;
	search->seen = lt_arena_alloc(&compare->session->arena, n + 1, sizeof(*search->seen));
	if (!search->seen)
		return lt_err_memory(compare->err);
	for (unsigned i = 0; i < n && !status; i++) {
		const struct fold_cell *cell = compare->now.cells[i];
		if (!is_line_of(compare, cell, search->year))
			continue;
		const char *source = lt_arena_printf(&compare->session->arena, "%s",
						     cell->value.at[4]);
		if (!source)
			return lt_err_memory(compare->err);
		if (was_seen(search, source) || has_source(compare, search->other, source))
			continue;
		const struct park_change change = { .kind = PARK_SOURCE,
						    .id = source,
						    .title = { source, source },
						    .from = search->is_new ? "" : source,
						    .to = search->is_new ? source : "",
						    .by = "",
						    .at = "" };
		status = add_change(compare, &change);
	}
	return status;
}

/* Sources are compared once the new year has any line; before that all would seem gone. */
static bool has_lines(struct comparing *compare, const char *year)
{
	for (unsigned i = 0; i < compare->now.fold.n_cells; i++)
		if (is_line_of(compare, compare->now.cells[i], year))
			return true;
	return false;
}

static enum lt_status compare_park(struct comparing *compare)
{
	struct source_search gone = { compare, compare->year_then, compare->year_now, false,
				      NULL, 0 },
			     added = { compare, compare->year_now, compare->year_then, true,
				       NULL, 0 };
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < compare->now.fold.n_cells && !status; i++)
		if (is_of_park(compare->now.cells[i]->table))
			status = compare_cell(compare, compare->now.cells[i]);
	if (!status)
		status = compare_figures(compare);
	if (status || strcmp(compare->year_then, compare->year_now) == 0 ||
	    !has_lines(compare, compare->year_now))
		return status;
	status = compare_sources(&gone);
	return status ? status : compare_sources(&added);
}

static enum lt_status read_changes(struct session *session, const struct assessment_ref *ref,
				   struct cycle *out, struct lt_findings *findings,
				   struct lt_err *err)
{
	struct comparing compare = { .session = session, .err = err };
	const char *slash = strrchr(out->link.of, '/');
	struct session *source;
	struct trial *trial;
	compare.year_then = slash ? slash + 1 : "";
	compare.year_now = ref->year;
	enum lt_status status = session_trial(session, ref, &trial, findings, err);
	if (status)
		return status;
	compare.ruleset = trial->ruleset;
	status = cycle_source(session, &out->link, &source, err);
	if (!status)
		status = frozen_at(source, out->link.head, &compare.then, err);
	/* at the head, so that every cell knows who wrote it */
	if (!status)
		status = frozen_at(session, project_head(session->project), &compare.now, err);
	if (!status)
		status = compare_park(&compare);
	frozen_release(&compare.then);
	frozen_release(&compare.now);
	out->changes = compare.at;
	out->n_changes = status ? 0 : compare.n;
	return status;
}

/* ---- evidence ---- */

static enum evidence_standing standing_of(const struct evidence_file *file, const char *on,
					  const char *since)
{
	if (file->valid_until[0] && strcmp(file->valid_until, on) < 0)
		return STANDS_EXPIRED;
	if (file->valid_by[0] && strcmp(file->valid_at, since) >= 0)
		return STANDS_CONFIRMED;
	return file->valid_until[0] ? STANDS_DATED : STANDS_UNCONFIRMED;
}

static int by_standing(const void *a, const void *b)
{
	const struct cycle_evidence *x = a, *y = b;
	if (x->standing != y->standing)
		return x->standing > y->standing ? -1 : 1;
	const int order = strcmp(x->file->name, y->file->name);
	return order ? order : strcmp(x->file->sha256, y->file->sha256);
}

/* When the cycle was opened, as its entry says. */
static enum lt_status opened_at(struct session *session, const struct assessment_ref *ref,
				const char **at, struct lt_err *err)
{
	struct frozen now;
	struct entry entry;
	bool found = false;
	const char *key = cell_key_join(&session->arena, &ref->name, 1);
	*at = "";
	enum lt_status status = key ? frozen_at(session, project_head(session->project), &now, err)
				    : lt_err_memory(err);
	if (!key)
		return status;
	const struct fold_cell *cell =
		status ? NULL : fold_find(&now.fold, "assessment", key, "cycle");
	if (cell)
		status = journal_get(session->project, cell->writer.hash, &session->arena, &entry,
				     &found, err);
	if (!status && found)
		*at = entry.at;
	frozen_release(&now);
	return status;
}

/* Evidence of another file counts by what this file says of the same bytes, where it has them. */
static const struct evidence_file *known_here(const struct evidence_list *own,
					      const struct evidence_file *file)
{
	const struct evidence_file *here = evidence_find_file(own, file->sha256);
	return here ? here : file;
}

static unsigned count_ties(const struct evidence_list *list, const char *assessment,
			   const char *sha256)
{
	unsigned n = 0;
	for (unsigned t = 0; t < list->n_ties; t++)
		n += strcmp(list->ties[t].sha256, sha256) == 0 &&
		     strcmp(list->ties[t].assessment, assessment) == 0;
	return n;
}

static enum lt_status read_evidence(struct session *session, const struct assessment_ref *ref,
				    const char *on, struct cycle *out, struct lt_err *err)
{
	struct session *source;
	struct evidence_list then, own;
	const char *since;
	enum lt_status status = cycle_source(session, &out->link, &source, err);
	if (!status)
		status = session_evidence(source, &then, err);
	if (!status)
		status = session_evidence(session, &own, err);
	if (!status)
		status = opened_at(session, ref, &since, err);
	if (status)
		return status;
	out->evidence = lt_arena_alloc(&session->arena, then.n_files + 1, sizeof(*out->evidence));
	if (!out->evidence)
		return lt_err_memory(err);
	for (unsigned f = 0; f < then.n_files; f++) {
		struct cycle_evidence at = { .file = known_here(&own, &then.files[f]) };
		at.n_items = count_ties(&then, out->link.of, at.file->sha256);
		at.n_carried = count_ties(&own, ref->name, at.file->sha256);
		at.standing = standing_of(at.file, on, since);
		if (at.n_items)
			out->evidence[out->n_evidence++] = at;
	}
	if (out->n_evidence)
		qsort(out->evidence, out->n_evidence, sizeof(*out->evidence), by_standing);
	return LT_OK;
}

/* ---- all of it ---- */

static enum lt_status count_obligatory(struct session *session, const struct assessment_ref *ref,
				       struct cycle *out, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < out->n_hints && !status; i++) {
		bool any = false;
		for (unsigned r = 0; r < N_RUNGS && !status && out->hints[i].is_must; r++) {
			const char *const parts[] = { ref->name, rung_names[r],
						      out->hints[i].item };
			const char *key = cell_key_join(&session->arena, parts, 3);
			struct words verdict;
			status = key ? project_get(session->project, "answer", key, "verdict",
						   &session->arena, &verdict, err)
				     : lt_err_memory(err);
			any |= !status && verdict.at;
		}
		out->n_must += out->hints[i].is_must;
		out->n_must_open += out->hints[i].is_must && !any;
	}
	return status;
}

static enum lt_status read_cycle(struct session *session, const struct assessment_ref *ref,
				 const char *on, struct cycle *out, struct lt_findings *findings,
				 struct lt_err *err)
{
	const struct finding_filter filter = { .assessment = out->link.of,
					       .grade = N_FINDING_GRADES,
					       .state = N_FINDING_STATES };
	struct session *source;
	enum lt_status status = cycle_hints_read(session, ref, &session->arena, &out->hints,
						 &out->n_hints, findings, err);
	if (!status)
		status = read_changes(session, ref, out, findings, err);
	if (!status)
		status = read_evidence(session, ref, on, out, err);
	if (!status)
		status = cycle_source(session, &out->link, &source, err);
	if (!status)
		status = session_findings(source, &filter, &out->old_findings,
					  &out->n_old_findings, err);
	return status ? status : count_obligatory(session, ref, out, err);
}

enum lt_status session_cycle(struct session *session, const struct assessment_ref *ref,
			     const char *on, struct cycle *out, struct lt_findings *findings,
			     struct lt_err *err)
{
	*out = (struct cycle){ 0 };
	enum lt_status status = on ? session_check_day("--on", on, err)
				   : session_today(session, &on, err);
	if (!status)
		status = session_cycle_link(session, ref, &out->link, err);
	if (!status && !out->link.of[0])
		status = lt_err_set(err, LT_EDATA, "%s 不承接别的评价；见 lingtan follow",
				    "%s follows no other assessment; see lingtan follow", ref->name);
	if (!status)
		status = project_begin(session->project, false, err);
	if (status)
		return status;
	status = read_cycle(session, ref, on, out, findings, err);
	struct lt_err ignored = LT_ERR_INIT;
	project_end(session->project, true, &ignored);
	return status;
}
