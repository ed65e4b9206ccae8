/* What printed forms name of the days on site: stops with their items, places and people; samples;
 * the points of the review. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/engagement.h"
#include "lingtan/app/record.h"
#include "lingtan/app/sampling.h"
#include "lingtan/app/visit.h"
#include "lingtan/base/ids.h"
#include "paper_parts.h"
#include "session_parts.h"

enum lt_status paper_year(struct paper_data *data, const char **out)
{
	const char *const *years;
	unsigned n;
	struct lt_err none = LT_ERR_INIT;
	*out = data->year ? data->year : data->ref ? data->ref->year : "";
	if ((*out)[0] || session_engagement_year(data->session, NULL, out, &none) == LT_OK)
		return LT_OK;
	*out = "";
	enum lt_status status = session_engagement_years(data->session, &years, &n, data->err);
	if (!status && n)
		*out = years[0];
	return status;
}

/* More behind a text, with something between. NULL when memory runs out. */
static const char *join(struct paper_data *data, const char *text, const char *between,
			const char *more)
{
	if (!text)
		return NULL;
	return lt_arena_printf(&data->session->arena, "%s%s%s", text,
			       text[0] && more[0] ? between : "", more);
}

static const char *comma(const struct paper_data *data)
{
	return data->lang == LT_ZH ? "、" : ", ";
}

/* "09:00-12:00"; what is not known is left out. */
static const char *hours(struct paper_data *data, const char *from, const char *to)
{
	return join(data, from, "-", to);
}

/* ---- stops ---- */

const char *const paper_stop_fields[] = { "stop",   "day",  "time",   "kind",      "title", "purpose",
					  "people", "items", "places", "done_time", "done_note",
					  "present", "sheet", "when",   "signed", NULL };

/* Where it stands among the numbers of a list: "meters#12" is "meters", "#12". NULL for places. */
static const char *list_number(const struct stop_place *place)
{
	return place->name[0] ? NULL : strrchr(place->place, '#');
}

/* Places by their names; numbers of one list behind each other, the list named once. */
static const char *places_of(struct paper_data *data, const struct stop_info *stop)
{
	const char *text = "", *list = NULL;
	size_t len = 0;
	for (unsigned i = 0; i < stop->n_places && text; i++) {
		const struct stop_place *place = &stop->places[i];
		const char *number = list_number(place);
		const bool is_same = number && list && len == (size_t)(number - place->place) &&
				     memcmp(list, place->place, len) == 0;
		const char *one = is_same ? number : place->name[0] ? place->name : place->place;
		if (number && !is_same)
			one = lt_arena_printf(&data->session->arena, "%.*s %s",
					      (int)(number - place->place), place->place, number);
		text = one ? join(data, text, is_same ? " " : comma(data), one) : NULL;
		list = number ? place->place : NULL;
		len = number ? (size_t)(number - place->place) : 0;
	}
	return text;
}

static enum lt_status put_stop(struct paper_data *data, struct paper_table *table,
			       const struct stop_info *stop)
{
	const char *people = "", *items = "", *signed_in = "";
	unsigned n_signed = 0;
	struct paper_row *row = paper_row_add(data, table);
	const struct label kind = stop_kind_title(stop->kind);
	/* whom the plan names, and who came */
	for (unsigned i = 0; i < stop->n_people; i++) {
		if (stop->people[i].is_planned)
			people = join(data, people, comma(data), stop->people[i].person);
		if (stop->people[i].has_signed)
			signed_in = join(data, signed_in, comma(data), stop->people[i].person);
		n_signed += stop->people[i].has_signed;
	}
	for (unsigned i = 0; i < stop->n_items; i++)
		items = join(data, items, comma(data), stop->items[i].item);
	const char *places = places_of(data, stop);
	const char *present = stop->present;
	if (!present[0] && n_signed)
		present = lt_arena_printf(&data->session->arena, "%u", n_signed);
	const char *time = hours(data, stop->from, stop->to);
	const char *done = hours(data, stop->done_from, stop->done_to);
	const char *when = join(data, stop->day, "\n", time ? time : "");
	if (!row || !people || !items || !places || !time || !done || !when || !signed_in ||
	    !present)
		return lt_err_memory(data->err);
	paper_put(table, row, "stop", stop->id, NULL);
	paper_put(table, row, "day", stop->day, NULL);
	paper_put(table, row, "time", time, NULL);
	paper_put(table, row, "when", when, NULL);
	paper_put(table, row, "kind", stop->kind, paper_label(data->lang, &kind));
	paper_put(table, row, "title", stop->title, NULL);
	paper_put(table, row, "purpose", stop->purpose, NULL);
	paper_put(table, row, "people", people, NULL);
	paper_put(table, row, "items", items, NULL);
	paper_put(table, row, "places", places, NULL);
	paper_put(table, row, "done_time", done, NULL);
	paper_put(table, row, "done_note", stop->done_note, NULL);
	paper_put(table, row, "present", present, NULL);
	paper_put(table, row, "signed", signed_in, NULL);
	paper_put(table, row, "sheet", stop->sheet, NULL);
	return LT_OK;
}

static enum lt_status read_stops(struct paper_data *data, struct stop_info **out, unsigned *n)
{
	const char *year;
	enum lt_status status = paper_year(data, &year);
	return status ? status
		      : session_stops_of_year(data->session, year[0] ? year : NULL, NULL, out, n,
					      data->err);
}

enum lt_status paper_gather_stops(struct paper_data *data, struct paper_table *table)
{
	struct stop_info *stops;
	unsigned n;
	enum lt_status status = read_stops(data, &stops, &n);
	for (unsigned i = 0; i < n && !status; i++)
		status = put_stop(data, table, &stops[i]);
	return status;
}

/* ---- items at a stop ---- */

const char *const paper_visit_item_fields[] = { "stop",     "item",    "title", "clause", "ask",
						"look",     "methods", "document", "document_text",
						"site",     "site_text", NULL };

static const struct assessment_ref *find_ref(const struct assessment_ref *all, unsigned n,
					     const char *name)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(all[i].name, name) == 0)
			return &all[i];
	return NULL;
}

/* "documents, observation": how the ruleset wants an item looked at. */
static const char *methods_of(struct paper_data *data, const struct item *item)
{
	const char *text = "";
	for (unsigned i = 0; i < item->n_methods; i++)
		text = join(data, text, comma(data),
			    paper_label(data->lang, &visit_method_titles[item->methods[i]]));
	return text;
}

static void put_verdicts(struct paper_data *data, const struct paper_table *table,
			 struct paper_row *row, const struct inspection_info *inspection)
{
	const struct label document = visit_verdict_title(inspection->document);
	const struct label site = visit_verdict_title(inspection->site);
	paper_put(table, row, "document", inspection->document,
		  paper_label(data->lang, &document));
	paper_put(table, row, "document_text", inspection->document_text, NULL);
	paper_put(table, row, "site", inspection->site, paper_label(data->lang, &site));
	paper_put(table, row, "site_text", inspection->site_text, NULL);
}

static enum lt_status put_item(struct paper_data *data, struct paper_table *table,
			       const struct stop_info *stop, const struct stop_item *at,
			       const struct inspection_info *inspection,
			       const struct ruleset *ruleset)
{
	const struct item *item = ruleset ? ruleset_find_item(ruleset, at->item) : NULL;
	struct paper_row *row = paper_row_add(data, table);
	const char *methods = item ? methods_of(data, item) : "";
	const char *title = item ? paper_label(data->lang, &item->title) : "";
	const char *clause = join(data, at->item, " ", title);
	if (!row || !methods || !clause)
		return lt_err_memory(data->err);
	paper_put(table, row, "stop", stop->id, NULL);
	paper_put(table, row, "item", at->item, NULL);
	paper_put(table, row, "title", title, NULL);
	paper_put(table, row, "clause", clause, NULL);
	paper_put(table, row, "ask", item ? paper_label(data->lang, &item->ask) : "", NULL);
	paper_put(table, row, "look", at->ask, NULL);
	paper_put(table, row, "methods", methods, NULL);
	put_verdicts(data, table, row, inspection);
	return LT_OK;
}

enum lt_status paper_gather_visit_items(struct paper_data *data, struct paper_table *table)
{
	const struct assessment_ref *all;
	struct stop_info *stops;
	unsigned n, n_all;
	const char *held = "";
	const struct ruleset *ruleset = NULL;
	enum lt_status status = read_stops(data, &stops, &n);
	if (!status)
		status = session_assessments(data->session, &all, &n_all, data->err);
	for (unsigned i = 0; i < n && !status; i++) {
		struct inspection_info *inspections;
		status = session_stop_inspections(data->session, &stops[i], &inspections,
						  data->err);
		for (unsigned k = 0; k < stops[i].n_items && !status; k++) {
			const struct stop_item *at = &stops[i].items[k];
			const struct assessment_ref *ref = find_ref(all, n_all, at->assessment);
			if (strcmp(held, at->assessment) != 0) {
				ruleset = NULL;
				status = ref ? paper_ruleset(data, ref, &ruleset) : LT_OK;
				held = at->assessment;
			}
			if (!status)
				status = put_item(data, table, &stops[i], at, &inspections[k],
						  ruleset);
		}
	}
	return status;
}

/* ---- places at a stop ---- */

const char *const paper_visit_place_fields[] = { "stop", "place", "name",    "kind",
						 "look", "detail", "contact", NULL };

/* What one wants to know on the spot: of a meter its class and until when it is calibrated. */
static const char *detail_of(struct paper_data *data, const struct site_info *site)
{
	const bool zh = data->lang == LT_ZH;
	struct lt_arena *arena = &data->session->arena;
	if (site->calibrated_to[0])
		return lt_arena_printf(arena, zh ? "%s%s检定有效至 %s" : "%s%scalibrated until %s",
				       site->accuracy, site->accuracy[0] ? "  " : "",
				       site->calibrated_to);
	if (site->energy_share[0])
		return lt_arena_printf(arena, zh ? "占能耗 %s%%" : "%s%% of energy",
				       site->energy_share);
	return site->accuracy;
}

static enum lt_status put_place(struct paper_data *data, struct paper_table *table,
				const struct stop_info *stop, const struct stop_place *at,
				const struct site_info *sites, unsigned n)
{
	const struct site_info *site = NULL;
	struct paper_row *row = paper_row_add(data, table);
	for (unsigned i = 0; i < n && !site; i++)
		site = strcmp(sites[i].id, at->place) == 0 ? &sites[i] : NULL;
	const char *detail = site ? detail_of(data, site) : "";
	const char *contact = site ? join(data, site->contact, " ", site->phone) : "";
	if (!row || !detail || !contact)
		return lt_err_memory(data->err);
	const struct label kind = site ? site_kind_title(site->kind) : (struct label){ "", "" };
	paper_put(table, row, "stop", stop->id, NULL);
	paper_put(table, row, "place", at->place, NULL);
	paper_put(table, row, "name", at->name, NULL);
	paper_put(table, row, "kind", site ? site->kind : "", paper_label(data->lang, &kind));
	paper_put(table, row, "look", at->note, NULL);
	paper_put(table, row, "detail", detail, NULL);
	paper_put(table, row, "contact", contact, NULL);
	return LT_OK;
}

enum lt_status paper_gather_visit_places(struct paper_data *data, struct paper_table *table)
{
	const struct site_filter filter = { 0 };
	struct site_info *sites;
	struct stop_info *stops;
	unsigned n, n_sites;
	enum lt_status status = read_stops(data, &stops, &n);
	if (!status)
		status = session_sites(data->session, &filter, &sites, &n_sites, data->err);
	for (unsigned i = 0; i < n && !status; i++)
		for (unsigned k = 0; k < stops[i].n_places && !status; k++)
			status = put_place(data, table, &stops[i], &stops[i].places[k], sites,
					   n_sites);
	return status;
}

/* ---- people at a stop ---- */

const char *const paper_visit_person_fields[] = { "stop", "person", "organisation", "post",
						  "signed_at", NULL };

enum lt_status paper_gather_visit_people(struct paper_data *data, struct paper_table *table)
{
	struct stop_info *stops;
	unsigned n;
	enum lt_status status = read_stops(data, &stops, &n);
	for (unsigned i = 0; i < n && !status; i++)
		for (unsigned k = 0; k < stops[i].n_people; k++) {
			const struct stop_person *at = &stops[i].people[k];
			struct paper_row *row = paper_row_add(data, table);
			if (!row)
				return lt_err_memory(data->err);
			paper_put(table, row, "stop", stops[i].id, NULL);
			paper_put(table, row, "person", at->person, NULL);
			paper_put(table, row, "organisation", at->organisation, NULL);
			paper_put(table, row, "post", at->post, NULL);
			paper_put(table, row, "signed_at", at->signed_at, NULL);
		}
	return status;
}

/* ---- samples ---- */

const char *const paper_population_fields[] = { "population", "year",   "kind",  "size", "list",
						"must",       "basis",  "n",     "seed", "reason",
						"method",     "energy", "visited", "unranked", NULL };

/* "energy:5" as people say it; numbers and marks as they are. */
static const char *must_of(struct paper_data *data, const char *must)
{
	static const struct {
		const char *rule;
		struct label words;
	} rules[] = { { "energy:", { "能耗前 %.*s", "top %.*s by energy" } },
		      { "area:", { "面积前 %.*s", "top %.*s by area" } } };
	struct lt_arena *arena = &data->session->arena;
	const char *text = "", *one;
	size_t len;
	while (text && lt_ids_next(&must, &one, &len)) {
		const char *said = NULL;
		for (size_t i = 0; i < 2 && !said; i++) {
			const size_t head = strlen(rules[i].rule);
			if (len > head && strncmp(one, rules[i].rule, head) == 0)
				said = lt_arena_printf(arena, paper_label(data->lang, &rules[i].words),
						       (int)(len - head), one + head);
		}
		if (!said && len == 3 && strncmp(one, "all", 3) == 0)
			said = data->lang == LT_ZH ? "全部" : "all";
		if (!said)
			said = lt_arena_strndup(arena, one, len);
		text = said ? join(data, text, comma(data), said) : NULL;
	}
	return text;
}

/* The list, and from which number it goes on behind the places that are entered. */
static const char *list_of(struct paper_data *data, const struct population_info *of)
{
	const bool zh = data->lang == LT_ZH;
	if (!of->n_entered || of->n_members <= of->n_entered)
		return of->list;
	return lt_arena_printf(&data->session->arena,
			       zh ? "%s%s登记的 %u 个在前，清单从 %u 号起"
				  : "%s%sthe %u entered first, the list from number %u",
			       of->list, of->list[0] ? zh ? "；" : "; " : "", of->n_entered,
			       of->n_entered + 1);
}

static enum lt_status put_population(struct paper_data *data, struct paper_table *table,
				     const struct population_info *of)
{
	struct paper_row *row = paper_row_add(data, table);
	const struct form_field *kinds = paper_field_form(data->forms, "population", "kind");
	const struct form_choice *choice = kinds ? form_field_find_choice(kinds, of->kind) : NULL;
	const struct label kind = choice ? choice->title : site_kind_title(of->kind);
	struct lt_arena *arena = &data->session->arena;
	const char *must = must_of(data, of->must);
	const char *size = of->size[0] ? of->size : lt_arena_printf(arena, "%u", of->n_members);
	const bool zh = data->lang == LT_ZH;
	const char *least = !of->energy_is_floor ? "" : zh ? "至少 " : "at least ";
	const char *energy = of->energy_share[0]
				     ? lt_arena_printf(arena, "%s%s%%", least, of->energy_share)
				     : "";
	const char *list = list_of(data, of);
	struct label unranked;
	enum lt_status status = population_tell_unranked(of, arena, &unranked, data->err);
	if (status)
		return status;
	const char *visited =
		of->n_sample ? lt_arena_printf(arena, "%u / %u", of->n_visited, of->n_to_visit) : "";
	if (!row || !size || !energy || !visited || !must || !list)
		return lt_err_memory(data->err);
	paper_put(table, row, "population", of->population, NULL);
	paper_put(table, row, "year", of->year, NULL);
	paper_put(table, row, "kind", of->kind, paper_label(data->lang, &kind));
	paper_put(table, row, "size", size, NULL);
	paper_put(table, row, "list", list, NULL);
	paper_put(table, row, "must", of->must, must);
	paper_put(table, row, "basis", of->basis, NULL);
	paper_put(table, row, "n", of->n, NULL);
	paper_put(table, row, "seed", of->seed, NULL);
	paper_put(table, row, "reason", of->reason, NULL);
	paper_put(table, row, "method", of->method, NULL);
	paper_put(table, row, "energy", energy, NULL);
	paper_put(table, row, "unranked", unranked.zh[0] ? paper_label(data->lang, &unranked) : "—",
		  NULL);
	paper_put(table, row, "visited", visited, NULL);
	return LT_OK;
}

static enum lt_status read_populations(struct paper_data *data, struct population_info **out,
				       unsigned *n)
{
	const char *year;
	enum lt_status status = paper_year(data, &year);
	return status ? status
		      : session_populations(data->session, year[0] ? year : NULL, out, n,
					    data->err);
}

enum lt_status paper_gather_populations(struct paper_data *data, struct paper_table *table)
{
	struct population_info *list;
	unsigned n;
	enum lt_status status = read_populations(data, &list, &n);
	for (unsigned i = 0; i < n && !status; i++)
		status = put_population(data, table, &list[i]);
	return status;
}

const char *const paper_sampled_fields[] = { "population", "order", "place",   "name", "how",
					     "with",       "reason", "visited", NULL };

static enum lt_status put_sampled(struct paper_data *data, struct paper_table *table,
				  const struct population_info *of, const struct sampled *at)
{
	const struct label *way = sampled_way(at->how);
	struct paper_row *row = paper_row_add(data, table);
	const char *order = lt_arena_printf(&data->session->arena, "%u", at->order);
	const char *how = way ? paper_label(data->lang, way) : at->how;
	if (!row || !order)
		return lt_err_memory(data->err);
	paper_put(table, row, "population", of->population, NULL);
	paper_put(table, row, "order", order, NULL);
	paper_put(table, row, "place", at->place, NULL);
	paper_put(table, row, "name", at->name, NULL);
	paper_put(table, row, "how", at->how, how);
	paper_put(table, row, "with", at->with, NULL);
	paper_put(table, row, "reason", at->reason, NULL);
	paper_put(table, row, "visited", at->is_visited ? "yes" : "", at->is_visited ? "√" : "");
	return LT_OK;
}

enum lt_status paper_gather_sampled(struct paper_data *data, struct paper_table *table)
{
	struct population_info *list;
	unsigned n;
	enum lt_status status = read_populations(data, &list, &n);
	for (unsigned i = 0; i < n && !status; i++)
		for (unsigned k = 0; k < list[i].n_sample && !status; k++)
			status = put_sampled(data, table, &list[i], &list[i].sample[k]);
	return status;
}

/* ---- the review ---- */

const char *const paper_review_point_fields[] = { "point", "satisfied", "comment", "na",
						  "text",  "answer",    "closed",  NULL };

static void put_point(const struct paper_table *table, struct paper_row *row,
		      const struct record *record)
{
	const char *result = record_text(record, "result");
	paper_put(table, row, "satisfied", strcmp(result, "satisfied") == 0 ? "yes" : "", NULL);
	paper_put(table, row, "comment", strcmp(result, "comment") == 0 ? "yes" : "", NULL);
	paper_put(table, row, "na", strcmp(result, "na") == 0 ? "yes" : "", NULL);
	paper_put(table, row, "text", record_text(record, "text"), NULL);
	paper_put(table, row, "answer", record_text(record, "answer"), NULL);
	paper_put(table, row, "closed", record_text(record, "closed"), NULL);
}

/* All points there are, also those on which nothing is written yet. */
enum lt_status paper_gather_review_points(struct paper_data *data, struct paper_table *table)
{
	const struct form *form = form_set_find(data->forms, "review_point");
	const struct form_field *points = paper_field_form(data->forms, "review_point", "point");
	struct record **records = NULL;
	unsigned n = 0;
	enum lt_status status =
		form ? record_list(data->session, form, &records, &n, data->err) : LT_OK;
	for (unsigned i = 0; points && i < points->n_choices && !status; i++) {
		const struct form_choice *point = &points->choices[i];
		struct paper_row *row = paper_row_add(data, table);
		if (!row)
			return lt_err_memory(data->err);
		paper_put(table, row, "point", point->id, paper_label(data->lang, &point->title));
		for (unsigned r = 0; r < n; r++)
			if (strcmp(record_text(records[r], "point"), point->id) == 0 && data->ref &&
			    strcmp(record_text(records[r], "assessment"), data->ref->name) == 0)
				put_point(table, row, records[r]);
	}
	return status;
}
