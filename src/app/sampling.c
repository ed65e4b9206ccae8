#include "lingtan/app/sampling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "visit_year.h"
#include "lingtan/base/decimal.h"
#include "lingtan/base/random.h"
#include "lingtan/core/sample.h"

#define MOST_MEMBERS 100000

const struct label *sampled_way(const char *how)
{
	static const struct {
		const char *how;
		struct label title;
	} ways[] = { { "must", { "必查", "always" } },
		     { "random", { "随机", "random" } },
		     { "replacement", { "替换", "stand-in" } } };
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (strcmp(ways[i].how, how) == 0)
			return &ways[i].title;
	return NULL;
}

/* ---- members ---- */

struct frame {
	struct session *session;
	struct site_info *sites; /* all of the project */
	unsigned n_sites;
	struct sample_member *members;
	const struct site_info **at; /* of each member; NULL = a number on the list */
	unsigned n, n_places, n_entered;
	bool is_cut; /* there are more than can be drawn from */
};

static bool is_member(const struct population_info *of, const struct site_info *site,
		      struct lt_arena *arena)
{
	const char *at = of->marks, *mark;
	if (strcmp(site->kind, of->kind) != 0)
		return false;
	while ((mark = list_take(arena, &at)) != NULL)
		if (!site_has_mark(site, mark))
			return false;
	return true;
}

static unsigned whole(const char *text)
{
	const unsigned long value = strtoul(text, NULL, 10);
	return value > MOST_MEMBERS ? MOST_MEMBERS : (unsigned)value;
}

/* How many a place stands for; in the first draws it was one. */
static unsigned stands_for(const struct population_info *of, const struct site_info *site)
{
	return strcmp(of->method, SAMPLE_METHOD_FIRST) == 0 || !site->count[0] ? 1
									      : whole(site->count);
}

static enum lt_status add_member(struct frame *frame, const struct site_info *site,
				 const char *name, unsigned number, struct lt_err *err)
{
	const char *id = number ? lt_arena_printf(&frame->session->arena, "%s#%u", name, number)
				: name;
	if (!id)
		return lt_err_memory(err);
	frame->at[frame->n] = site;
	frame->members[frame->n++].id = id;
	return LT_OK;
}

static enum lt_status add_site_members(struct frame *frame, const struct population_info *of,
				       const struct site_info *site, struct lt_err *err)
{
	const unsigned n = stands_for(of, site);
	enum lt_status status = LT_OK;
	frame->n_places++;
	frame->is_cut |= n > MOST_MEMBERS - frame->n;
	for (unsigned i = 0; i < n && frame->n < MOST_MEMBERS && !status; i++)
		status = add_member(frame, site, site->id, n > 1 ? i + 1 : 0, err);
	return status;
}

/* The places of the kind, then numbers of the list up to the size. */
static enum lt_status list_members(struct frame *frame, const struct population_info *of,
				   struct lt_err *err)
{
	struct lt_arena *arena = &frame->session->arena;
	const unsigned size = whole(of->size);
	unsigned long most = size;
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < frame->n_sites; i++)
		if (is_member(of, &frame->sites[i], arena))
			most += stands_for(of, &frame->sites[i]);
	most = (most < MOST_MEMBERS ? most : MOST_MEMBERS) + 1;
	frame->members = lt_arena_alloc(arena, most, sizeof(*frame->members));
	frame->at = lt_arena_alloc(arena, most, sizeof(*frame->at));
	if (!frame->members || !frame->at)
		return lt_err_memory(err);
	/* lists of places have commas between */
	if (strchr(of->population, ','))
		return lt_err_set(err, LT_EDATA, "总体“%s”的名称不能有逗号",
				  "the name of population '%s' must have no comma", of->population);
	for (unsigned i = 0; i < frame->n_sites && !status; i++)
		if (is_member(of, &frame->sites[i], arena))
			status = add_site_members(frame, of, &frame->sites[i], err);
	frame->n_entered = frame->n;
	frame->is_cut |= strtoul(of->size, NULL, 10) > MOST_MEMBERS;
	while (frame->n < size && !status)
		status = add_member(frame, NULL, of->population, frame->n + 1, err);
	return status;
}

static int member_at(const struct frame *frame, const char *id)
{
	for (unsigned i = 0; i < frame->n; i++)
		if (strcmp(frame->members[i].id, id) == 0)
			return (int)i;
	return -1;
}

/* Of a place, or of one of the several that it stands for. */
static const struct site_info *site_at(const struct frame *frame, const char *id)
{
	for (unsigned i = 0; i < frame->n_sites; i++)
		if (site_stands_for(frame->sites[i].id, id))
			return &frame->sites[i];
	return NULL;
}

/* ---- those always taken ---- */

struct ranked {
	struct lt_decimal value;
	unsigned member;
};

static bool figure_of(const struct site_info *site, bool by_area, struct lt_decimal *value)
{
	const char *text = by_area ? site->area : site->energy_share;
	return lt_decimal_parse(text, strlen(text), value) == LT_DECIMAL_OK;
}

static int by_figure(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	const int order = lt_decimal_compare(y->value, x->value);
	return order ? order : (x->member > y->member) - (x->member < y->member);
}

/* The n members with the largest figure that are not marked yet; what has none stays out. */
static enum lt_status mark_largest(struct frame *frame, bool by_area, unsigned n,
				   struct lt_err *err)
{
	unsigned n_ranked = 0;
	struct ranked *ranked = lt_arena_alloc(&frame->session->arena, frame->n_entered + 1,
					       sizeof(*ranked));
	if (!ranked)
		return lt_err_memory(err);
	for (unsigned i = 0; i < frame->n_entered; i++) {
		struct ranked *to = &ranked[n_ranked];
		if (!frame->members[i].must && figure_of(frame->at[i], by_area, &to->value) &&
		    to->value.units > 0) {
			to->member = i;
			n_ranked++;
		}
	}
	if (n_ranked)
		qsort(ranked, n_ranked, sizeof(*ranked), by_figure);
	for (unsigned i = 0; i < n && i < n_ranked; i++)
		frame->members[ranked[i].member].must = true;
	return LT_OK;
}

/* A member, all of a place that stands for several, or all places with a mark. */
static bool mark_by_name(struct frame *frame, const char *word)
{
	bool found = false;
	const int at = member_at(frame, word);
	if (at >= 0) {
		frame->members[at].must = true;
		return true;
	}
	for (unsigned i = 0; i < frame->n_entered; i++)
		if (strcmp(frame->at[i]->id, word) == 0 || site_has_mark(frame->at[i], word))
			found = frame->members[i].must = true;
	return found;
}

/* "energy:5" -> 5, by energy. 0 = the word ranks nothing. */
static unsigned rank_of(const char *word, bool *by_area)
{
	*by_area = strncmp(word, "area:", 5) == 0;
	return *by_area ? whole(word + 5) : strncmp(word, "energy:", 7) == 0 ? whole(word + 7) : 0;
}

static enum lt_status mark_must(struct frame *frame, const char *rule, struct lt_err *err)
{
	const char *at = rule, *word;
	bool by_area;
	enum lt_status status = LT_OK;
	while (!status && (word = list_take(&frame->session->arena, &at)) != NULL) {
		if (strcmp(word, "all") == 0)
			for (unsigned i = 0; i < frame->n; i++)
				frame->members[i].must = true;
		else if (rank_of(word, &by_area))
			status = mark_largest(frame, by_area, rank_of(word, &by_area), err);
		else if (!mark_by_name(frame, word))
			return lt_err_set(
				err, LT_EDATA,
				"必查“%s”不在总体里：先登记它（地点 lingtan places，计量器具 lingtan fill FILE meter），或写 all、energy:N、area:N、特征",
				"'%s', to be taken always, is no member: enter it (lingtan places; a meter: lingtan fill FILE meter), or write all, energy:N, area:N or a mark",
				word);
	}
	return status;
}

static enum lt_status make_frame(struct session *session, const struct population_info *of,
				 struct frame *frame, struct lt_err *err)
{
	*frame = (struct frame){ .session = session };
	enum lt_status status = session_sites(session, NULL, &frame->sites, &frame->n_sites, err);
	return status ? status : list_members(frame, of, err);
}

/* ---- reading ---- */

struct listing {
	struct session *session;
	const char *year;
	struct population_info *at;
	unsigned n, cap;
	struct lt_err *err;
};

static enum lt_status take_population(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	void *at = list->at;
	if (row_is_removed(row) || !fact_row_get(row, "frame")->at ||
	    (list->year && strcmp(list->year, row->parts[0]) != 0))
		return LT_OK;
	struct population_info *to =
		list_grow(&list->session->arena, &at, &list->n, &list->cap, sizeof(*to));
	list->at = at;
	if (!to)
		return lt_err_memory(list->err);
	*to = (struct population_info){ .year = row->parts[0],
					.population = row->parts[1],
					.kind = row_text(row, "frame", 0),
					.marks = row_text(row, "frame", 1),
					.size = row_text(row, "frame", 2),
					.list = row_text(row, "frame", 3),
					.must = row_text(row, "rule", 0),
					.basis = row_text(row, "rule", 1),
					.n = row_text(row, "draw", 0),
					.seed = row_text(row, "draw", 1),
					.reason = row_text(row, "draw", 2),
					.method = row_text(row, "draw", 3),
					.energy_share = "",
					.unranked = "" };
	return LT_OK;
}

struct sampled_rows {
	const struct population_info *of;
	struct session *session;
	struct sampled *at;
	unsigned n, cap;
	struct lt_err *err;
};

static enum lt_status take_sampled(void *context, const struct fact_row *row)
{
	struct sampled_rows *rows = context;
	void *at = rows->at;
	if (row_is_removed(row) || strcmp(row->parts[0], rows->of->year) != 0 ||
	    strcmp(row->parts[1], rows->of->population) != 0)
		return LT_OK;
	struct sampled *to =
		list_grow(&rows->session->arena, &at, &rows->n, &rows->cap, sizeof(*to));
	rows->at = at;
	if (!to)
		return lt_err_memory(rows->err);
	*to = (struct sampled){ .place = row->parts[2],
				.name = "",
				.how = row_text(row, "drawn", 0),
				.order = whole(row_text(row, "drawn", 1)),
				.with = row_text(row, "replaced", 0),
				.reason = row_text(row, "replaced", 1) };
	return LT_OK;
}

static int by_order(const void *a, const void *b)
{
	const struct sampled *x = a, *y = b;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return strcmp(x->place, y->place);
}

/* A number on a list is no place, but a stop may look at it. */
struct visits {
	struct sampled_rows *rows;
	const struct visit_calendar *calendar;
};

static enum lt_status see_stop(void *context, const struct fact_row *row)
{
	struct visits *visits = context;
	const struct visit_day *stop = visit_calendar_find(visits->calendar, row->parts[0]);
	if (!stop || !stop->is_done || row_is_removed(row))
		return LT_OK;
	for (unsigned i = 0; i < visits->rows->n; i++) {
		struct sampled *at = &visits->rows->at[i];
		at->is_visited |= strcmp(at->place, row->parts[1]) == 0;
	}
	return LT_OK;
}

static enum lt_status look_at_visits(struct sampled_rows *rows)
{
	struct session *session = rows->session;
	struct visit_calendar calendar;
	struct visits visits = { rows, &calendar };
	enum lt_status status =
		visit_calendar_read(session, rows->of->year, &calendar, rows->err);
	return status ? status
		      : project_visit(session->project, "stop_place", &session->arena, see_stop,
				      &visits, rows->err);
}

/* What has not the figure by which the rule ranks. */
static enum lt_status list_unranked(const struct frame *frame, struct population_info *of,
				    struct lt_err *err)
{
	enum { MOST_NAMES = 12 };
	struct lt_arena *arena = &frame->session->arena;
	const char *at = of->must, *word;
	bool ranks = false;
	unsigned n_named = 0;
	struct lt_decimal value;
	while (!ranks && (word = list_take(arena, &at)) != NULL)
		ranks = rank_of(word, &of->ranks_by_area) > 0;
	for (unsigned i = 0; ranks && i < frame->n_entered; i++) {
		if (figure_of(frame->at[i], of->ranks_by_area, &value))
			continue;
		of->n_unranked++;
		if ((!i || frame->at[i - 1] != frame->at[i]) && n_named++ < MOST_NAMES)
			of->unranked = list_join(arena, of->unranked, frame->at[i]->id);
		if (!of->unranked)
			return lt_err_memory(err);
	}
	of->n_unranked += ranks ? frame->n - frame->n_entered : 0;
	return LT_OK;
}

enum lt_status population_tell_unranked(const struct population_info *of, struct lt_arena *arena,
					struct label *out, struct lt_err *err)
{
	const unsigned n_list = of->n_members - of->n_entered;
	const char *names = of->unranked, *number;
	*out = (struct label){ "", "" };
	if (!of->n_unranked)
		return LT_OK;
	number = n_list ? lt_arena_printf(arena, "%u", n_list) : "";
	if (!number)
		return lt_err_memory(err);
	out->zh = lt_arena_printf(arena, "%u 个没有%s，没有参加排序（%s%s%s%s%s）：请确认其中没有更大的",
				  of->n_unranked, of->ranks_by_area ? "建筑面积" : "能耗占比", names,
				  names[0] && n_list ? "；" : "", n_list ? "清单上的 " : "", number, n_list ? " 个" : "");
	out->en = lt_arena_printf(
		arena, "%u have no %s and were not ranked (%s%s%s%s): make sure that none of them is larger",
		of->n_unranked, of->ranks_by_area ? "floor area" : "share of energy", names,
		names[0] && n_list ? "; " : "", number, n_list ? " of the list" : "");
	return out->zh && out->en ? LT_OK : lt_err_memory(err);
}

static enum lt_status take_sample(struct session *session, struct population_info *of,
				  struct lt_err *err)
{
	struct frame frame;
	struct sampled_rows rows = { .of = of, .session = session, .err = err };
	struct lt_decimal share = { 0 }, value;
	bool has_share = false;
	char text[LT_DECIMAL_TEXT];
	enum lt_status status = make_frame(session, of, &frame, err);
	if (!status)
		status = project_visit(session->project, "sample", &session->arena, take_sampled,
				       &rows, err);
	if (!status)
		status = look_at_visits(&rows);
	for (unsigned i = 0; i < rows.n && !status; i++) {
		struct sampled *at = &rows.at[i];
		const struct site_info *site = site_at(&frame, at->place);
		at->name = site ? site->name : "";
		if (at->with[0])
			continue;
		of->n_to_visit++;
		of->n_visited += at->is_visited;
		/* one of a group has not the share of the group */
		if (site && strcmp(site->id, at->place) == 0 && figure_of(site, false, &value))
			has_share |= lt_decimal_add(share, value, &share);
		else
			of->energy_is_floor = true;
	}
	if (!status)
		status = list_unranked(&frame, of, err);
	if (status)
		return status;
	if (rows.n)
		qsort(rows.at, rows.n, sizeof(*rows.at), by_order);
	lt_decimal_format(share, text);
	of->energy_share = has_share ? lt_arena_strndup(&session->arena, text, sizeof(text)) : "";
	of->sample = rows.at;
	of->n_sample = rows.n;
	of->n_members = frame.n;
	of->n_places = frame.n_places;
	of->n_entered = frame.n_entered;
	return of->energy_share ? LT_OK : lt_err_memory(err);
}

enum lt_status session_populations(struct session *session, const char *year,
				   struct population_info **out, unsigned *n, struct lt_err *err)
{
	struct listing list = { .session = session, .year = year, .err = err };
	enum lt_status status = project_visit(session->project, "population", &session->arena,
					      take_population, &list, err);
	for (unsigned i = 0; i < list.n && !status; i++)
		status = take_sample(session, &list.at[i], err);
	*out = list.at;
	*n = list.n;
	return status;
}

enum lt_status session_find_population(struct session *session, const char *year,
				       const char *name, const struct population_info **out,
				       struct lt_err *err)
{
	struct population_info *all = NULL;
	unsigned n = 0;
	enum lt_status status = session_populations(session, year, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++)
		if (strcmp(all[i].population, name) == 0) {
			*out = &all[i];
			return LT_OK;
		}
	return status ? status
		      : lt_err_set(err, LT_EDATA,
				   "%s 年没有总体“%s”；先填：lingtan fill FILE population %s/%s kind=…",
				   "%s has no population '%s'; fill it in: lingtan fill FILE population %s/%s kind=...",
				   year, name, year, name);
}

/* ---- drawing ---- */

static enum lt_status check_number(const struct frame *frame, const char *text, unsigned *n,
				   struct lt_err *err)
{
	unsigned n_must = 0;
	*n = whole(text);
	for (unsigned i = 0; i < frame->n; i++)
		n_must += frame->members[i].must;
	if (!*n || strspn(text, "0123456789") != strlen(text))
		return lt_err_set(err, LT_EDATA, "抽几个要写一个正整数，不是“%s”",
				  "how many to draw is a whole number above 0, not '%s'", text);
	if (*n > frame->n)
		return lt_err_set(err, LT_EDATA, "总体只有 %u 个，抽不出 %u 个：请登记地点或填总数",
				  "the population has %u members, %u cannot be drawn: enter places or a size",
				  frame->n, *n);
	if (frame->is_cut)
		return lt_err_set(err, LT_EDATA, "总体超过 %d 个，抽不了：请分成几个总体",
				  "the population has more than %d members: make several of it",
				  MOST_MEMBERS);
	if (*n < n_must)
		return lt_err_set(err, LT_EDATA, "必查的已有 %u 个，不能只抽 %u 个",
				  "%u are always taken, so %u are too few", n_must, *n);
	return LT_OK;
}

/* All members in the order of the draw. */
static enum lt_status order_all(struct frame *frame, const struct population_info *of,
				const char *seed, unsigned **order, struct lt_err *err)
{
	*order = lt_arena_alloc(&frame->session->arena, frame->n + 1, sizeof(**order));
	return *order ? sample_order(seed, of->population, frame->members, frame->n,
				     &frame->session->arena, *order, err)
		      : lt_err_memory(err);
}

static enum lt_status draw(struct frame *frame, const struct population_info *of, const char *n,
			   const char *seed, unsigned **order, unsigned *count, struct lt_err *err)
{
	enum lt_status status = make_frame(frame->session, of, frame, err);
	if (!status)
		status = mark_must(frame, of->must, err);
	if (!status)
		status = check_number(frame, n, count, err);
	return status ? status : order_all(frame, of, seed, order, err);
}

enum lt_status session_redraw(struct session *session, const struct population_info *population,
			      const char *n, const char *seed, const struct sampled **out,
			      unsigned *n_out, struct lt_err *err)
{
	struct frame frame = { .session = session };
	unsigned *order = NULL;
	enum lt_status status = draw(&frame, population, n, seed, &order, n_out, err);
	struct sampled *list =
		status ? NULL : lt_arena_alloc(&session->arena, *n_out + 1, sizeof(*list));
	if (status)
		return status;
	if (!list)
		return lt_err_memory(err);
	for (unsigned i = 0; i < *n_out; i++)
		list[i] = (struct sampled){ .place = frame.members[order[i]].id,
					    .name = frame.at[order[i]] ? frame.at[order[i]]->name : "",
					    .how = frame.members[order[i]].must ? "must" : "random",
					    .with = "",
					    .reason = "",
					    .order = i + 1 };
	*out = list;
	return LT_OK;
}

static enum lt_status put_sampled(struct changes *changes, const struct population_info *of,
				  const char *place, const char *how, unsigned order,
				  struct lt_err *err)
{
	char number[16];
	snprintf(number, sizeof(number), "%u", order);
	const char *const key[] = { of->year, of->population, place };
	const char *const values[] = { how, number };
	enum lt_status status = field_put(changes, "sample", key, "drawn", values, err);
	return status ? status : changes_add(changes, "sample", key, "replaced", NULL, err);
}

static bool is_drawn(const struct sampled *list, unsigned n, const char *place)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(list[i].place, place) == 0)
			return true;
	return false;
}

static enum lt_status change_draw(struct changes *changes, const struct population_info *of,
				  const char *n, const char *seed, const struct sampled *list,
				  unsigned count, struct lt_err *err)
{
	const char *const key[] = { of->year, of->population };
	const char *const values[] = { n, seed, changes->session->reason, SAMPLE_METHOD };
	enum lt_status status = changes_add(changes, "population", key, "draw", values, err);
	for (unsigned i = 0; i < of->n_sample && !status; i++) {
		const char *const old[] = { of->year, of->population, of->sample[i].place };
		if (!is_drawn(list, count, of->sample[i].place))
			status = field_drop(changes, "sample", old, err);
	}
	for (unsigned i = 0; i < count && !status; i++)
		status = put_sampled(changes, of, list[i].place, list[i].how, i + 1, err);
	return status;
}

enum lt_status session_draw(struct session *session, const char *year, const char *population,
			    const struct draw_wish *wish, const struct population_info **out,
			    bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct population_info now = { .method = "" };
	const struct sampled *list = NULL;
	char random[LT_RANDOM_ID];
	unsigned count = 0;
	*done = false;
	lt_random_id(random);
	/* eight digits can be read out and typed again */
	const char *seed = wish->seed && wish->seed[0]
				   ? wish->seed
				   : lt_arena_strndup(&session->arena, random, 8);
	enum lt_status status = seed ? session_find_population(session, year, population, out, err)
				     : lt_err_memory(err);
	if (!status && !session->reason[0])
		status = lt_err_set(err, LT_EDATA, "抽样要写明理由（--reason）：为什么抽这么多、这么抽",
				    "a draw needs a --reason: why so many, and why so");
	if (!status) {
		now = **out;
		now.method = SAMPLE_METHOD;
		status = session_redraw(session, &now, wish->n, seed, &list, &count, err);
	}
	if (!status)
		status = change_draw(&changes, *out, wish->n, seed, list, count, err);
	if (!status)
		status = session_commit(session, "draw", &changes, done, err);
	return status ? status : session_find_population(session, year, population, out, err);
}

/* ---- replacing ---- */

static const struct sampled *find_sampled(const struct population_info *of, const char *place)
{
	for (unsigned i = 0; i < of->n_sample; i++)
		if (strcmp(of->sample[i].place, place) == 0)
			return &of->sample[i];
	return NULL;
}

/* The next in the order of the draw that is not in the sample. */
static enum lt_status next_in_order(struct session *session, const struct population_info *of,
				    const char **with, struct lt_err *err)
{
	struct frame frame = { .session = session };
	unsigned *order = NULL, count;
	enum lt_status status = draw(&frame, of, of->n, of->seed, &order, &count, err);
	for (unsigned i = 0; i < frame.n && !status; i++)
		if (!find_sampled(of, frame.members[order[i]].id)) {
			*with = frame.members[order[i]].id;
			return LT_OK;
		}
	return status ? status
		      : lt_err_set(err, LT_EDATA, "总体里没有别的可以替换了",
				   "the population has nothing left to take instead");
}

static enum lt_status check_replacement(struct session *session, const struct population_info *of,
					const char *with, struct lt_err *err)
{
	struct frame frame;
	enum lt_status status = make_frame(session, of, &frame, err);
	if (!status && member_at(&frame, with) < 0)
		status = lt_err_set(err, LT_EDATA, "“%s”不在总体“%s”里", "'%s' is no member of '%s'",
				    with, of->population);
	if (!status && find_sampled(of, with))
		status = lt_err_set(err, LT_EDATA, "“%s”已在样本里", "'%s' is sampled already", with);
	return status;
}

enum lt_status session_replace(struct session *session, const char *year, const char *population,
			       const char *place, const char *with, const char **took,
			       struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct population_info *of = NULL;
	bool done;
	enum lt_status status = session_find_population(session, year, population, &of, err);
	const struct sampled *sampled = status ? NULL : find_sampled(of, place);
	if (!status && !sampled)
		status = lt_err_set(err, LT_EDATA, "“%s”没有抽中“%s”", "'%s' has not sampled '%s'",
				    population, place);
	if (!status && sampled->with[0])
		status = lt_err_set(err, LT_EDATA, "“%s”已替换为“%s”", "'%s' was replaced by '%s'",
				    place, sampled->with);
	if (!status && !session->reason[0])
		status = lt_err_set(err, LT_EDATA, "替换抽中的地点要写明理由（--reason）",
				    "replacing a sampled place needs a --reason");
	*took = with;
	if (!status)
		status = with ? check_replacement(session, of, with, err)
			      : next_in_order(session, of, took, err);
	if (status)
		return status;
	const char *const key[] = { year, population, place };
	const char *const values[] = { *took, session->reason };
	status = changes_add(&changes, "sample", key, "replaced", values, err);
	if (!status)
		status = put_sampled(&changes, of, *took, "replacement",
				     of->sample[of->n_sample - 1].order + 1, err);
	return status ? status : session_commit(session, "replace", &changes, &done, err);
}
