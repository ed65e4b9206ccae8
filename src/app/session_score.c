/* A score from the facts of a project: they become a sheet, which goes the way of all sheets. */
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/evidence.h"
#include "lingtan/app/profile.h"
#include "lingtan/app/profiles.h"
#include "frozen.h"
#include "lingtan/store/blob.h"
#include "field_parts.h"

struct gathering {
	struct lt_arena *arena;
	struct project *project;
	const struct vocabulary *vocabulary;
	bool *empty; /* of each table of the project: it has no row; NULL = not known */
	const struct frozen *frozen;          /* facts as they were; NULL = the project's */
	const struct evidence_list *evidence; /* ties of the project, where they were read */
	const struct assessment_ref *ref;
	const char *rung;
	struct sheet *sheet;
	bool *tied; /* of each answer: a tie stands with it */
	unsigned cap_answers, cap_quantities, cap_lines, cap_offsets, cap_places, cap_frames,
		cap_ties;
	enum rung *given_by; /* of each quantity; one that a rung does not give is the next lower
				one's */
	struct claimed {
		enum rung amount, factor; /* rungs whose claims a line of the inventory has */
	} * claimed;
	unsigned claim_at; /* line that the last claim was for */
	struct lt_err *err;
};

/* Empty texts are what a sheet leaves out. */
static const char *said(const char *text)
{
	return text && text[0] ? text : NULL;
}

/* Rows of answers are read on top of each other, most of them being another rung's: what a sheet
 * takes of them is copied. NULL without text, and where memory ran out. */
static const char *copy_said(struct gathering *gather, const char *text)
{
	return said(text) ? lt_arena_strndup(gather->arena, text, strlen(text)) : NULL;
}

/* ---- answers ---- */

static bool split_checks(struct lt_arena *arena, const char *text, struct words *out)
{
	unsigned n = 1, i = 0;
	for (const char *at = text; *at; at++)
		n += *at == ',';
	out->at = lt_arena_alloc(arena, n, sizeof(*out->at));
	out->n = n;
	while (out->at && i < n) {
		const size_t len = strcspn(text, ",");
		out->at[i] = lt_arena_strndup(arena, text, len);
		if (!out->at[i++])
			return false;
		text += len + (text[len] == ',');
	}
	return out->at != NULL;
}

static bool take_verdict(struct gathering *gather, const struct words *verdict,
			 struct sheet_answer *answer)
{
	const char *result = verdict->at[0], *value = verdict->at[1];
	const char **to = strcmp(result, "points") == 0 ? &answer->points
			  : strcmp(result, "tier") == 0 ? &answer->tier
			  : strcmp(result, "na") == 0   ? &answer->na
							: NULL;
	if (strcmp(result, "checks") == 0)
		return split_checks(gather->arena, value, &answer->checks);
	if (to == &answer->na)
		answer->reason = copy_said(gather, verdict->at[2]);
	if (to) {
		*to = lt_arena_strndup(gather->arena, value, strlen(value));
		return *to && (to != &answer->na || answer->reason || !said(verdict->at[2]));
	}
	answer->result = copy_said(gather, result);
	return answer->result || !said(result);
}

static bool take_cited(struct gathering *gather, const struct words *cited,
		       struct sheet_answer *answer)
{
	if (!cited->at)
		return true;
	answer->evidence = copy_said(gather, cited->at[0]);
	answer->locator = copy_said(gather, cited->at[1]);
	return !answer->evidence == !said(cited->at[0]) && !answer->locator == !said(cited->at[1]);
}

static enum lt_status take_answer(void *context, const struct fact_row *row)
{
	struct gathering *gather = context;
	struct sheet *sheet = gather->sheet;
	if (strcmp(row->parts[1], gather->rung) != 0 ||
	    strcmp(row->parts[0], gather->ref->name) != 0)
		return LT_OK;
	const struct words *verdict = fact_row_get(row, "verdict"),
			   *remark = fact_row_get(row, "remark");
	if (!verdict->at && !remark->at)
		return LT_OK;
	sheet->answers = lt_arena_room(gather->arena, sheet->answers, sheet->n_answers,
				       &gather->cap_answers, sizeof(*sheet->answers));
	if (!sheet->answers)
		return lt_err_memory(gather->err);
	struct sheet_answer *answer = &sheet->answers[sheet->n_answers++];
	*answer = (struct sheet_answer){ .item = copy_said(gather, row->parts[2]),
					 .remark = remark->at ? copy_said(gather, remark->at[0])
							      : NULL };
	bool is_kept = answer->item && (answer->remark || !remark->at || !said(remark->at[0])) &&
		       take_cited(gather, fact_row_get(row, "cited"), answer);
	/* a remark without a verdict is an answer that is still open */
	if (!verdict->at)
		answer->result = "unset";
	else
		is_kept = is_kept && take_verdict(gather, verdict, answer);
	return is_kept ? LT_OK : lt_err_memory(gather->err);
}

/* ---- evidence: the first tie of an item stands with its answer, before what a sheet named ---- */

/* A cell of the project, or of it as it was. */
static enum lt_status get(struct gathering *gather, const char *table, const char *key,
			  const char *group, struct words *out)
{
	if (!gather->frozen)
		return project_get(gather->project, table, key, group, gather->arena, out,
				   gather->err);
	*out = *frozen_get(gather->frozen, table, key, group);
	return LT_OK;
}

/* What a figure is read from, beside what its source says in words. */
static enum lt_status take_figure_tie(struct gathering *gather, const char *quantity,
				      const char *file, const char *locator)
{
	struct sheet *sheet = gather->sheet;
	for (unsigned i = 0; i < sheet->n_quantities; i++) {
		struct sheet_quantity *given = &sheet->quantities[i];
		if (strcmp(given->id, quantity) != 0 || strcmp(given->year, gather->ref->year) != 0)
			continue;
		given->source = lt_arena_printf(
			gather->arena, "%s%s%s%s%s", given->source ? given->source : "",
			given->source ? "；" : "", file, locator[0] ? " " : "", locator);
		if (!given->source)
			return lt_err_memory(gather->err);
	}
	return LT_OK;
}

/* What is behind the first, for who explains the answer. */
static enum lt_status take_more(struct gathering *gather, const struct sheet_tie *tie)
{
	struct sheet *sheet = gather->sheet;
	sheet->more_ties = lt_arena_room(gather->arena, sheet->more_ties, sheet->n_more_ties,
					 &gather->cap_ties, sizeof(*sheet->more_ties));
	if (!sheet->more_ties)
		return lt_err_memory(gather->err);
	sheet->more_ties[sheet->n_more_ties++] = *tie;
	return LT_OK;
}

static enum lt_status take_tie(void *context, const struct fact_row *row)
{
	struct gathering *gather = context;
	struct sheet *sheet = gather->sheet;
	struct words file, purged;
	const struct words *locator = fact_row_get(row, "locator");
	if (strcmp(row->parts[0], gather->ref->name) != 0 || !locator->at || row_is_removed(row))
		return LT_OK;
	enum lt_status status = get(gather, "evidence", row->parts[2], "file", &file);
	if (!status)
		status = get(gather, "evidence", row->parts[2], "purged", &purged);
	if (status)
		return status;
	const char *name = file.at ? file.at[0] : row->parts[2];
	for (unsigned i = 0; i < sheet->n_answers; i++) {
		struct sheet_answer *answer = &sheet->answers[i];
		if (strcmp(answer->item, row->parts[1]) != 0 || gather->tied[i])
			continue;
		gather->tied[i] = true;
		answer->evidence = name;
		answer->locator = said(locator->at[0]);
		answer->is_purged = purged.at;
		return LT_OK;
	}
	const struct sheet_tie more = { row->parts[1], name, said(locator->at[0]), purged.at };
	status = take_more(gather, &more);
	return status ? status : take_figure_tie(gather, row->parts[1], name, locator->at[0]);
}

/* The same of ties that were read before, which come in the order of items, as answers do. */
static enum lt_status take_known_ties(struct gathering *gather)
{
	const struct evidence_list *known = gather->evidence;
	struct sheet *sheet = gather->sheet;
	unsigned at = 0;
	for (unsigned t = 0; t < known->n_ties; t++) {
		const struct evidence_tie *tie = &known->ties[t];
		if (strcmp(tie->assessment, gather->ref->name) != 0)
			continue;
		const struct evidence_file *file = evidence_find_file(known, tie->sha256);
		const char *name = file ? file->name : tie->sha256;
		while (at < sheet->n_answers && strcmp(sheet->answers[at].item, tie->item) < 0)
			at++;
		if (at == sheet->n_answers && !sheet->n_quantities)
			break;
		/* items and figures do not share a name */
		if (at == sheet->n_answers || strcmp(sheet->answers[at].item, tie->item) != 0) {
			if (take_figure_tie(gather, tie->item, name, tie->locator) != LT_OK)
				return gather->err->status;
			continue;
		}
		if (gather->tied[at])
			continue;
		struct sheet_answer *answer = &sheet->answers[at];
		gather->tied[at] = true;
		/* the list may go before the sheet does */
		answer->evidence = lt_arena_strndup(gather->arena, name, strlen(name));
		answer->locator =
			lt_arena_strndup(gather->arena, tie->locator, strlen(tie->locator));
		if (!answer->evidence || !answer->locator)
			return lt_err_memory(gather->err);
		answer->locator = said(answer->locator);
		answer->is_purged = file && file->purged;
	}
	return LT_OK;
}

/* ---- quantities ---- */

static struct sheet_quantity *find_quantity(struct gathering *gather, const char *id,
					    const char *year, unsigned *at)
{
	struct sheet *sheet = gather->sheet;
	for (*at = 0; *at < sheet->n_quantities; ++*at)
		if (strcmp(sheet->quantities[*at].id, id) == 0 &&
		    strcmp(sheet->quantities[*at].year, year) == 0)
			return &sheet->quantities[*at];
	return NULL;
}

static bool add_quantity(struct gathering *gather)
{
	struct sheet *sheet = gather->sheet;
	unsigned cap = gather->cap_quantities;
	sheet->quantities = lt_arena_room(gather->arena, sheet->quantities, sheet->n_quantities,
					  &cap, sizeof(*sheet->quantities));
	gather->given_by = lt_arena_room(gather->arena, gather->given_by, sheet->n_quantities,
					 &gather->cap_quantities, sizeof(*gather->given_by));
	sheet->n_quantities++;
	return sheet->quantities && gather->given_by;
}

static enum lt_status take_quantity(void *context, const struct fact_row *row)
{
	struct gathering *gather = context;
	const struct words *value = fact_row_get(row, "value");
	const enum rung rung = rung_find(row->parts[0]);
	unsigned at;
	if (!value->at || rung > rung_find(gather->rung))
		return LT_OK;
	struct sheet_quantity *quantity = find_quantity(gather, row->parts[2], row->parts[1], &at);
	if (quantity && gather->given_by[at] > rung)
		return LT_OK;
	if (!quantity && !add_quantity(gather))
		return lt_err_memory(gather->err);
	gather->given_by[at] = rung;
	gather->sheet->quantities[at] = (struct sheet_quantity){ .id = row->parts[2],
								 .year = row->parts[1],
								 .value = said(value->at[0]),
								 .unit = said(value->at[1]),
								 .na = said(value->at[2]),
								 .source = said(value->at[3]) };
	return LT_OK;
}

/* ---- inventory ---- */

static enum lt_status take_line(void *context, const struct fact_row *row)
{
	struct gathering *gather = context;
	struct sheet *sheet = gather->sheet;
	const struct words *activity = fact_row_get(row, "activity"),
			   *factor = fact_row_get(row, "factor"), *note = fact_row_get(row, "note"),
			   *entry = fact_row_get(row, "entered");
	/* lines of before there was a rung are the park's */
	const enum rung entered = entry->at ? rung_find(entry->at[0]) : RUNG_SELF;
	if (!activity->at || row_is_removed(row) ||
	    (entered != N_RUNGS && entered > rung_find(gather->rung)))
		return LT_OK;
	sheet->inventory = lt_arena_room(gather->arena, sheet->inventory, sheet->n_inventory,
					 &gather->cap_lines, sizeof(*sheet->inventory));
	if (!sheet->inventory)
		return lt_err_memory(gather->err);
	struct sheet_line *line = &sheet->inventory[sheet->n_inventory++];
	*line = (struct sheet_line){ .id = row->parts[0],
				     .year = said(activity->at[0]),
				     .kind = said(activity->at[1]),
				     .scope = said(activity->at[2]),
				     .system = said(activity->at[3]),
				     .source = said(activity->at[4]),
				     .activity = activity->at[5],
				     .unit = activity->at[6] };
	if (factor->at) {
		line->factor = said(factor->at[0]);
		line->factor_value = said(factor->at[1]);
		line->factor_unit = said(factor->at[2]);
		line->factor_cite = said(factor->at[3]);
	}
	if (note->at)
		line->note = said(note->at[0]);
	gather_line_parts(row, line);
	return LT_OK;
}

static enum lt_status take_offset(void *context, const struct fact_row *row)
{
	struct gathering *gather = context;
	struct sheet *sheet = gather->sheet;
	if (row_is_removed(row))
		return LT_OK;
	sheet->offsets = lt_arena_room(gather->arena, sheet->offsets, sheet->n_offsets,
				       &gather->cap_offsets, sizeof(*sheet->offsets));
	if (!sheet->offsets)
		return lt_err_memory(gather->err);
	sheet->offsets[sheet->n_offsets] = (struct sheet_offset){ .id = row->parts[0] };
	gather_offset_parts(row, &sheet->offsets[sheet->n_offsets++]);
	return LT_OK;
}

/* ---- places ---- */

static enum lt_status take_place(void *context, const struct fact_row *row)
{
	struct gathering *gather = context;
	struct sheet *sheet = gather->sheet;
	if (row_is_removed(row) || !fact_row_get(row, "place")->at)
		return LT_OK;
	sheet->places = lt_arena_room(gather->arena, sheet->places, sheet->n_places,
				      &gather->cap_places, sizeof(*sheet->places));
	if (!sheet->places)
		return lt_err_memory(gather->err);
	sheet->places[sheet->n_places++] =
		(struct counted_place){ .id = row->parts[0],
					.name = row_text(row, "place", 1),
					.kind = row_text(row, "place", 0),
					.marks = row_text(row, "marks", 0),
					.count = row_text(row, "size", 0),
					.area = row_text(row, "size", 1),
					.energy = row_text(row, "share", 0) };
	return LT_OK;
}

static enum lt_status take_population(void *context, const struct fact_row *row)
{
	struct gathering *gather = context;
	struct sheet *sheet = gather->sheet;
	if (row_is_removed(row) || strcmp(row->parts[0], gather->ref->year) != 0)
		return LT_OK;
	sheet->frames = lt_arena_room(gather->arena, sheet->frames, sheet->n_frames,
				      &gather->cap_frames, sizeof(*sheet->frames));
	if (!sheet->frames)
		return lt_err_memory(gather->err);
	sheet->frames[sheet->n_frames++] =
		(struct counted_frame){ .kind = row_text(row, "frame", 0),
					.marks = row_text(row, "frame", 1),
					.size = row_text(row, "frame", 2) };
	return LT_OK;
}

/* What this rung, or the nearest below it, has for a line that another one entered. */
static enum lt_status take_claim(void *context, const struct fact_row *row)
{
	struct gathering *gather = context;
	struct sheet *sheet = gather->sheet;
	const struct words *activity = fact_row_get(row, "activity"),
			   *factor = fact_row_get(row, "factor");
	const enum rung rung = rung_find(row->parts[1]);
	/* both tables come in the order of lines */
	unsigned at = gather->claim_at;
	while (at < sheet->n_inventory && strcmp(sheet->inventory[at].id, row->parts[0]) < 0)
		at++;
	gather->claim_at = at;
	if (at == sheet->n_inventory || strcmp(sheet->inventory[at].id, row->parts[0]) != 0 ||
	    rung > rung_find(gather->rung))
		return LT_OK;
	struct sheet_line *line = &sheet->inventory[at];
	if (activity->at && rung >= gather->claimed[at].amount) {
		gather->claimed[at].amount = rung;
		line->activity = activity->at[0];
		line->unit = activity->at[1];
	}
	if (factor->at && rung >= gather->claimed[at].factor) {
		gather->claimed[at].factor = rung;
		line->factor = said(factor->at[0]);
		line->factor_value = said(factor->at[1]);
		line->factor_unit = said(factor->at[2]);
		line->factor_cite = said(factor->at[3]);
	}
	return LT_OK;
}

/* ---- the whole ---- */

static void take_heading(const struct assessment_ref *ref, const char *rung, struct sheet *sheet)
{
	sheet->rung = rung;
	sheet->assessment = ref->name;
	sheet->standard = ref->standard;
	sheet->stage = ref->stage;
	sheet->year = ref->year;
	sheet->park_type = said(ref->park_type);
	sheet->place = said(ref->place);
}

static bool has_rows(const struct gathering *gather, const char *table)
{
	const struct fact_table *of = vocabulary_find_table(gather->vocabulary, table);
	return !of || !gather->empty || !gather->empty[of - gather->vocabulary->tables];
}

/* Rows of the project, or of it as it was; in the arena, or NULL: each until the next. */
static enum lt_status visit(struct gathering *gather, const char *table, struct lt_arena *arena,
			    enum lt_status (*take)(void *context, const struct fact_row *row))
{
	if (gather->frozen)
		return frozen_visit(gather->frozen, table, gather->arena, take, gather,
				    gather->err);
	if (!has_rows(gather, table))
		return LT_OK;
	return project_visit(gather->project, table, arena, take, gather, gather->err);
}

/* Those that a park may do without. */
static enum lt_status look_for_rows(struct gathering *gather)
{
	static const char *const asked[] = { "quantity", "line",  "claim",     "tie",
					     "offset",   "place", "population" };
	if (gather->frozen)
		return LT_OK;
	gather->empty = lt_arena_alloc(gather->arena, gather->vocabulary->n_tables + 1,
				       sizeof(*gather->empty));
	if (!gather->empty)
		return lt_err_memory(gather->err);
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		const struct fact_table *of = vocabulary_find_table(gather->vocabulary, asked[i]);
		if (!of)
			return lt_err_set(gather->err, LT_EBUG, "没有表 %s", "there is no table %s",
					  asked[i]);
		gather->empty[of - gather->vocabulary->tables] = true;
	}
	return project_find_empty(gather->project, gather->empty, gather->err);
}

static enum lt_status gather_sheet(struct session *session, struct gathering *gather,
				   struct lt_err *err)
{
	struct words park;
	struct sheet *sheet = gather->sheet;
	gather->project = session->project;
	gather->vocabulary = session->workspace->vocabulary;
	take_heading(gather->ref, gather->rung, sheet);
	enum lt_status status = get(gather, "park", "park", "identity", &park);
	if (!status && park.at)
		sheet->park = said(park.at[0]);
	if (!status)
		status = look_for_rows(gather);
	if (!status)
		status = visit(gather, "answer", NULL, take_answer);
	gather->tied = lt_arena_alloc(gather->arena, sheet->n_answers + 1, sizeof(*gather->tied));
	if (!status && !gather->tied)
		status = lt_err_memory(err);
	if (!status)
		status = visit(gather, "quantity", gather->arena, take_quantity);
	if (!status)
		status = gather->evidence ? take_known_ties(gather)
					  : visit(gather, "tie", gather->arena, take_tie);
	if (!status)
		status = visit(gather, "line", gather->arena, take_line);
	if (!status)
		status = visit(gather, "offset", gather->arena, take_offset);
	if (!status)
		status = visit(gather, "place", gather->arena, take_place);
	if (!status)
		status = visit(gather, "population", gather->arena, take_population);
	gather->claimed =
		lt_arena_alloc(gather->arena, sheet->n_inventory + 1, sizeof(*gather->claimed));
	if (!status && !gather->claimed)
		status = lt_err_memory(err);
	return status ? status : visit(gather, "claim", gather->arena, take_claim);
}

enum lt_status session_pinned_profile(struct session *session, const struct assessment_ref *ref,
				      struct assessment *out, struct lt_findings *findings,
				      struct lt_err *err)
{
	struct words files;
	struct yaml_source source = { .name = "profile.yaml" };
	struct profile *profile;
	if (!ref->profile[0])
		return LT_OK;
	enum lt_status status = project_get(session->project, "profile", ref->profile, "files",
					    &out->arena, &files, err);
	if (!status && !files.at)
		status = lt_err_set(err, LT_EFILE, "%s：文件里没有参数集 %.12s",
				    "%s: the profile %.12s is not in the file",
				    project_path(session->project), ref->profile);
	if (!status)
		status = blob_get_text(session->project, files.at[3], YAML_MAX_BYTES, &out->arena,
				       &source.text, &source.len, err);
	if (!status)
		status = profile_load(&source, &out->arena, findings, &profile, err);
	if (!status)
		out->profile = profile;
	return status;
}

/* What an assessment is scored with: what is pinned to it, or other numbers in the place of that.
 */
struct score_with {
	const struct assessment_options *options;
	bool has_numbers; /* profile, or the ruleset's own, instead of the pinned */
	const struct profile *profile;
};

static enum lt_status score_with(struct session *session, const struct assessment_ref *ref,
				 const char *rung, const struct score_with *with,
				 struct assessment *out, struct lt_findings *findings,
				 struct lt_err *err)
{
	*out = (struct assessment){ .keeps_refused = with->has_numbers };
	lt_arena_init(&out->arena, 0);
	struct sheet *sheet = lt_arena_alloc(&out->arena, 1, sizeof(*sheet));
	struct gathering gather = {
		.arena = &out->arena, .ref = ref, .rung = rung, .sheet = sheet, .err = err
	};
	/* one state of the file, whoever writes meanwhile */
	enum lt_status status =
		sheet ? project_begin(session->project, false, err) : lt_err_memory(err);
	if (status)
		return status;
	status = session_ruleset(session, ref->ruleset, &out->arena, out, findings, err);
	if (!status && with->has_numbers)
		out->profile = with->profile;
	else if (!status && !with->options->profile)
		status = session_pinned_profile(session, ref, out, findings, err);
	if (!status)
		status = gather_sheet(session, &gather, err);
	struct lt_err ignored = LT_ERR_INIT;
	project_end(session->project, true, &ignored);
	out->sheet = sheet;
	out->of_project = true;
	return status ? status
		      : assessment_score(out, session->workspace->library,
					 project_path(session->project), with->options, findings,
					 err);
}

enum lt_status session_score(struct session *session, const struct assessment_ref *ref,
			     const char *rung, const struct assessment_options *options,
			     struct assessment *out, struct lt_findings *findings,
			     struct lt_err *err)
{
	const struct score_with with = { .options = options };
	return score_with(session, ref, rung, &with, out, findings, err);
}

enum lt_status session_score_with(struct session *session, const struct assessment_ref *ref,
				  const char *rung, const struct profile *profile,
				  struct assessment *out, struct lt_findings *findings,
				  struct lt_err *err)
{
	const struct assessment_options options = { 0 };
	const struct score_with with = { .options = &options,
					 .has_numbers = true,
					 .profile = profile };
	return score_with(session, ref, rung, &with, out, findings, err);
}

enum lt_status session_score_frozen(struct session *session, const struct frozen *frozen,
				    const struct assessment_ref *ref, const char *rung,
				    struct assessment *out, struct lt_findings *findings,
				    struct lt_err *err)
{
	const struct assessment_options options = { 0 };
	*out = (struct assessment){ 0 };
	lt_arena_init(&out->arena, 0);
	struct sheet *sheet = lt_arena_alloc(&out->arena, 1, sizeof(*sheet));
	struct gathering gather = { .arena = &out->arena,
				    .frozen = frozen,
				    .ref = ref,
				    .rung = rung,
				    .sheet = sheet,
				    .err = err };
	enum lt_status status =
		sheet ? session_ruleset(session, ref->ruleset, &out->arena, out, findings, err)
		      : lt_err_memory(err);
	if (!status)
		status = session_pinned_profile(session, ref, out, findings, err);
	if (!status)
		status = gather_sheet(session, &gather, err);
	out->sheet = sheet;
	out->of_project = true;
	return status ? status
		      : assessment_score(out, session->workspace->library,
					 project_path(session->project), &options, findings, err);
}

/* ---- the same for several rungs: one plan, and answers on top of it ---- */

enum lt_status session_prepare(struct session *session, const struct assessment_ref *ref,
			       struct assessment *out, struct lt_findings *findings,
			       struct lt_err *err)
{
	const struct assessment_options options = { 0 };
	*out = (struct assessment){ 0 };
	lt_arena_init(&out->arena, 0);
	struct sheet *sheet = lt_arena_alloc(&out->arena, 1, sizeof(*sheet));
	if (!sheet)
		return lt_err_memory(err);
	take_heading(ref, NULL, sheet);
	out->sheet = sheet;
	out->of_project = true;
	enum lt_status status =
		session_ruleset(session, ref->ruleset, &out->arena, out, findings, err);
	if (!status)
		status = session_pinned_profile(session, ref, out, findings, err);
	return status ? status
		      : assessment_prepare(out, session->workspace->library,
					   project_path(session->project), &options, findings, err);
}

enum lt_status session_answer(struct session *session, const struct assessment_ref *ref,
			      const char *rung, const struct assessment *frame,
			      const struct evidence_list *evidence, struct assessment *out,
			      struct lt_findings *findings, struct lt_err *err)
{
	struct lt_arena arena = out->arena;
	lt_arena_reset(&arena);
	*out = *frame;
	out->arena = arena;
	out->keeps_refused = true;
	struct sheet *sheet = lt_arena_alloc(&out->arena, 1, sizeof(*sheet));
	struct gathering gather = { .arena = &out->arena,
				    .evidence = evidence,
				    .ref = ref,
				    .rung = rung,
				    .sheet = sheet,
				    .err = err };
	out->sheet = sheet;
	out->of_project = true;
	enum lt_status status = sheet ? gather_sheet(session, &gather, err) : lt_err_memory(err);
	return status ? status
		      : assessment_answer(out, session->workspace->library,
					  project_path(session->project), false, findings, err);
}

enum lt_status session_answer_again(struct session *session, const struct assessment_ref *ref,
				    const char *key, const struct evidence_list *evidence,
				    struct assessment *out, struct fact_row *row, bool *taken,
				    struct lt_err *err)
{
	struct sheet alone = { .n_answers = 0 };
	bool tied = false;
	*taken = false;
	enum lt_status status =
		project_find(session->project, "answer", key, &out->arena, row, err);
	/* taken back: whether the rung has answers at all is another question */
	if (status || !fact_row_get(row, "verdict")->at)
		return status;
	struct gathering gather = { .arena = &out->arena,
				    .evidence = evidence,
				    .ref = ref,
				    .rung = row->parts[1],
				    .sheet = &alone,
				    .tied = &tied,
				    .err = err };
	status = take_answer(&gather, row);
	if (!status)
		status = take_known_ties(&gather);
	return status || !alone.n_answers ? status
					  : assessment_answer_again(out, alone.answers, taken, err);
}

/* ---- which rung ---- */

enum lt_status session_highest_rung(struct session *session, const char *assessment,
				    const char **rung, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	bool has = false;
	*rung = "evaluator";
	for (int i = N_RUNGS - 1; !status && !has && i >= 0; i--) {
		status =
			project_has_answers(session->project, assessment, rung_names[i], &has, err);
		if (has)
			*rung = rung_names[i];
	}
	return status;
}
