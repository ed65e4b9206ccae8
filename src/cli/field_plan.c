/* The timetable of the visit: plan, stop; what it left out: coverage. */
#include <string.h>
#include "field.h"
#include "lingtan/app/coverage.h"
#include "lingtan/app/record.h"

/* ---- plan ---- */

static void json_stop(struct lt_json *json, const struct stop_info *at)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "stop", at->id);
	json_text(json, "day", at->day);
	json_text(json, "from", at->from);
	json_text(json, "to", at->to);
	json_text(json, "kind", at->kind);
	json_text(json, "title", at->title);
	json_text(json, "purpose", at->purpose);
	json_text(json, "done_from", at->done_from);
	json_text(json, "done_to", at->done_to);
	json_text(json, "done_note", at->done_note);
	json_text(json, "present", at->present);
	json_text(json, "sheet", at->sheet);
	lt_json_bool(json, "done", at->is_done);
	lt_json_bool(json, "signed_in", at->has_sign_in);
	lt_json_open_list(json, "people");
	for (unsigned i = 0; i < at->n_people; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "person", at->people[i].person);
		lt_json_bool(json, "planned", at->people[i].is_planned);
		lt_json_bool(json, "signed", at->people[i].has_signed);
		json_text(json, "organisation", at->people[i].organisation);
		json_text(json, "post", at->people[i].post);
		json_text(json, "signed_at", at->people[i].signed_at);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_open_list(json, "items");
	for (unsigned i = 0; i < at->n_items; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "assessment", at->items[i].assessment);
		lt_json_string(json, "item", at->items[i].item);
		json_text(json, "ask", at->items[i].ask);
		lt_json_string(json, "origin", at->items[i].origin);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_open_list(json, "places");
	for (unsigned i = 0; i < at->n_places; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "place", at->places[i].place);
		json_text(json, "name", at->places[i].name);
		json_text(json, "note", at->places[i].note);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_close(json);
}

static void print_stop(const struct invocation *in, const struct stop_info *at)
{
	const struct label kind = stop_kind_title(at->kind);
	print_padded(stdout, at->id, 6);
	printf("%s %s-%s  ", at->day[0] ? at->day : say(in, "日期未定", "no day yet"),
	       at->from[0] ? at->from : "--:--", at->to[0] ? at->to : "--:--");
	print_remark(at->title);
	print_more(label_text(in, &kind));
	if (strcmp(at->purpose, label_text(in, &kind)) != 0)
		print_more(at->purpose);
	if (at->is_done)
		printf(say(in, "  实际 %s-%s", "  actually %s-%s"), at->done_from, at->done_to);
	printf("\n");
	for (unsigned i = 0; i < at->n_people; i++) {
		printf("%s", i ? say(in, "、", ", ") : "        ");
		print_remark(at->people[i].person);
		if (at->people[i].has_signed)
			printf("%s", say(in, "（签到）", " (signed in)"));
	}
	printf("%s", at->n_people ? "\n" : "");
	for (unsigned i = 0; i < at->n_items; i++) {
		printf("        ");
		print_padded(stdout, at->items[i].item, 10);
		print_remark(at->items[i].ask);
		printf("\n");
	}
	for (unsigned i = 0; i < at->n_places; i++) {
		printf("        ");
		print_padded(stdout, at->places[i].place, 10);
		print_remark(at->places[i].name);
		print_more(at->places[i].note);
		printf("\n");
	}
}

static enum lt_status plan_as_json(struct invocation *in, const struct stop_info *stops, unsigned n,
				   const struct visit_conflict *found, unsigned n_found)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_open_list(&json, "stops");
	for (unsigned i = 0; i < n; i++)
		json_stop(&json, &stops[i]);
	lt_json_close(&json);
	lt_json_open_list(&json, "conflicts");
	for (unsigned i = 0; i < n_found; i++) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "conflict", visit_conflict_names[found[i].kind]);
		lt_json_string(&json, "stop", found[i].stop);
		json_text(&json, "other", found[i].other);
		json_text(&json, "person", found[i].person);
		json_text(&json, "item", found[i].item);
		lt_json_string(&json, "text", label_text(in, &found[i].text));
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static bool is_at(const struct stop_info *stop, const char *person)
{
	for (unsigned i = 0; i < stop->n_people; i++)
		if (strcmp(stop->people[i].person, person) == 0)
			return true;
	return false;
}

enum lt_status command_plan(struct invocation *in)
{
	struct stop_info *stops = NULL;
	struct visit_conflict *found = NULL;
	unsigned n = 0, n_found = 0;
	const char *year;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = field_year(in, &year);
	if (!status)
		status = session_stops_of_year(&in->session, year, in->on, &stops, &n, &in->err);
	if (!status)
		status = session_visit_conflicts(&in->session, year, &found, &n_found,
						 &in->findings, &in->err);
	unsigned kept = 0;
	for (unsigned i = 0; i < n && !status; i++)
		if (!in->person || is_at(&stops[i], in->person))
			stops[kept++] = stops[i];
	n = kept;
	if (!status && in->json)
		status = plan_as_json(in, stops, n, found, n_found);
	if (status)
		return status;
	for (unsigned i = 0; i < n && !in->json; i++)
		print_stop(in, &stops[i]);
	if (!n && !in->json)
		printf("%s %s\n", year, say(in, "年还没有停留点；排一站：lingtan stop FILE title=… day=… from=… to=…",
				  "has no stop yet: lingtan stop FILE title=... day=... from=... to=..."));
	for (unsigned i = 0; i < n_found && !in->json; i++) {
		printf("%s", say(in, "冲突 ", "conflict: "));
		print_remark(label_text(in, &found[i].text));
		printf("\n");
	}
	return n_found ? LT_NO : LT_OK;
}

/* ---- stop ---- */

/* people=, items= and places= are lists of their own; the rest are fields of the form. */
static enum lt_status set_field(struct invocation *in, struct record *record,
				struct stop_lists *lists, const char *word)
{
	const struct {
		const char *zh, *en;
		const char **list;
	} own[] = { { "人员=", "people=", &lists->people },
		    { "条款=", "items=", &lists->items },
		    { "看哪里=", "places=", &lists->places } };
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		const char *name = strncmp(word, own[i].en, strlen(own[i].en)) == 0   ? own[i].en
				   : strncmp(word, own[i].zh, strlen(own[i].zh)) == 0 ? own[i].zh
										     : NULL;
		if (!name)
			continue;
		*own[i].list = word + strlen(name);
		return LT_OK;
	}
	return record_set_word(&in->session, record, word, &in->err);
}

static enum lt_status change_stop(struct invocation *in, const char *id, int from)
{
	struct changes changes = { .session = &in->session };
	const struct form *form;
	struct record *record = NULL;
	struct stop_lists lists = { .assessment = in->assessment };
	bool done = false;
	enum lt_status status =
		id ? LT_OK : session_next_stop(&in->session, &id, &in->err);
	if (!status)
		status = record_form(&in->workspace, "stop", &in->findings, &form, &in->err);
	if (!status)
		status = record_open(&in->session, form, id, &record, &in->err);
	for (int i = from; i < in->n_words && !status; i++)
		status = set_field(in, record, &lists, in->words[i]);
	if (!status)
		status = record_changes(&in->session, record, &changes, &in->findings, &in->err);
	if (!status)
		status = session_change_stop_lists(&in->session, id, &lists, &changes,
						   &in->findings, &in->err);
	if (!status)
		status = session_commit(&in->session, "plan", &changes, &done, &in->err);
	return status ? status : tell_deed(in, done, "停留点 %s 已记下", "stop %s written down", id);
}

static enum lt_status end_stop(struct invocation *in, const char *id)
{
	bool done = false;
	enum lt_status status = session_stop_done(&in->session, id,
						  in->n_words > 3 ? in->words[3] : NULL,
						  in->n_words > 4 ? in->words[4] : NULL, in->note,
						  &done, &in->err);
	return status ? status
		      : tell_deed(in, done, "%s 的实际时间已记下", "the actual time of %s is written down",
				  id);
}

static enum lt_status sign_in(struct invocation *in, const char *id)
{
	bool done = false;
	enum lt_status status = session_sign_in(&in->session, id, in->words[3],
						in->n_words > 4 ? in->words[4] : NULL,
						in->n_words > 5 ? in->words[5] : NULL, in->at,
						&done, &in->err);
	return status ? status
		      : tell_deed(in, done, "%s 已签到", "%s has signed in", in->words[3]);
}

static enum lt_status show_stop(struct invocation *in, const char *id)
{
	const struct stop_info *at = NULL;
	struct lt_json json;
	enum lt_status status = session_find_stop(&in->session, id, &at, &in->err);
	if (status)
		return status;
	if (!in->json) {
		print_stop(in, at);
		return LT_OK;
	}
	lt_json_init(&json);
	json_stop(&json, at);
	return print_json(in, &json);
}

enum lt_status command_stop(struct invocation *in)
{
	const char *id = in->words[1], *verb = in->n_words > 2 ? in->words[2] : "";
	const bool is_new = is_field_word(id);
	const bool ends = strcmp(verb, "done") == 0 && in->n_words <= 5;
	const bool signs = strcmp(verb, "sign") == 0 && in->n_words >= 4 && in->n_words <= 6;
	const bool fills = is_new || is_field_word(verb);
	if (strcmp(id, "remove") == 0 && in->n_words == 3)
		return remove_form_row(in, "stop", in->words[2]);
	if (in->n_words > 2 && !ends && !signs && !fills)
		return lt_err_set(
			&in->err, LT_EUSAGE,
			"用法：lingtan stop FILE [S01] [栏名=内容…|done [自 [至]]|sign 姓名 [单位 [职务]]]，lingtan stop FILE remove S01",
			"usage: lingtan stop FILE [S01] [FIELD=VALUE...|done [FROM [TO]]|sign NAME [ORGANISATION [POST]]], lingtan stop FILE remove S01");
	enum lt_status status = open_project(in, in->words[0], ends || signs || fills
								       ? PROJECT_WRITE
								       : PROJECT_READ);
	if (status)
		return status;
	return is_new  ? change_stop(in, NULL, 1)
	       : fills ? change_stop(in, id, 2)
	       : ends  ? end_stop(in, id)
	       : signs ? sign_in(in, id)
		       : show_stop(in, id);
}

/* ---- coverage ---- */

static enum lt_status coverage_as_json(struct invocation *in, const struct coverage *at)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_open_list(&json, "items");
	for (unsigned i = 0; i < at->n_items; i++) {
		const struct coverage_item *item = &at->items[i];
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "item", item->item);
		lt_json_string(&json, "title", label_text(in, &item->title));
		lt_json_bool(&json, "evidence", item->has_evidence);
		lt_json_bool(&json, "planned", item->is_on_plan);
		lt_json_bool(&json, "to_site", item->is_sent);
		lt_json_bool(&json, "idle", item->is_idle);
		json_methods(&json, "methods", item->methods);
		json_methods(&json, "asked", item->asked);
		json_text(&json, "document", item->document);
		json_text(&json, "site", item->site);
		lt_json_int(&json, "notes", item->n_notes);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_open_list(&json, "gaps");
	for (unsigned i = 0; i < at->n_gaps; i++) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "gap", coverage_gap_names[at->gaps[i].kind]);
		lt_json_string(&json, "what", at->gaps[i].what);
		json_text(&json, "more", at->gaps[i].more);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static void print_gaps(const struct invocation *in, const struct coverage *at)
{
	unsigned last = N_COVERAGE_GAPS;
	for (unsigned i = 0; i < at->n_gaps; i++) {
		const struct coverage_gap *gap = &at->gaps[i];
		if (gap->kind != last)
			printf(say(in, "%s：%u\n", "%s: %u\n"),
			       label_text(in, &coverage_gap_titles[gap->kind]),
			       at->n_of[gap->kind]);
		last = gap->kind;
		printf("  ");
		/* random ids are known by their beginning */
		if (gap->kind == COVER_UNFILED_NOTE)
			printf("%.8s", gap->what);
		else
			print_padded(stdout, gap->what, 8);
		print_more(gap->more);
		printf("\n");
	}
	if (!at->n_gaps)
		printf("%s\n", say(in, "没有缺漏", "nothing is left out"));
}

enum lt_status command_coverage(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct coverage at = { 0 };
	enum lt_status status = open_project_for(in, PROJECT_READ, &ref);
	if (!status)
		status = session_coverage(&in->session, ref, &at, &in->findings, &in->err);
	if (!status && in->json)
		status = coverage_as_json(in, &at);
	if (status)
		return status;
	if (!in->json)
		print_gaps(in, &at);
	return at.n_gaps ? LT_NO : LT_OK;
}
