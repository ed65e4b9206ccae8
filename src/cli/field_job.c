/* The assessment as a job: engagement, team, places, sample. */
#include <string.h>
#include "field.h"
#include "lingtan/app/engagement.h"
#include "lingtan/app/sampling.h"

/* ---- engagement ---- */

static void json_member(struct lt_json *json, const void *row)
{
	const struct team_member *at = row;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "person", at->person);
	lt_json_string(json, "role", at->role);
	json_text(json, "sector", at->sector);
	json_ids(json, "sections", at->sections);
	json_text(json, "from", at->from);
	json_text(json, "to", at->to);
	json_text(json, "impartial_on", at->impartial_on);
	json_text(json, "confidential_on", at->confidential_on);
	lt_json_close(json);
}

static void json_engagement(struct lt_json *json, const struct engagement_info *at)
{
	const struct {
		const char *name, *text;
	} texts[] = {
		{ "applicant", at->applicant },	       { "responsible", at->responsible },
		{ "user", at->user },		       { "edition", at->edition },
		{ "stage", at->stage },		       { "from", at->from },
		{ "to", at->to },		       { "assurance", at->assurance },
		{ "materiality", at->materiality },    { "contract", at->contract },
		{ "contract_on", at->contract_on },    { "body", at->body },
		{ "days_document", at->days_document }, { "days_site", at->days_site },
		{ "days_report", at->days_report },    { "days_review", at->days_review },
		{ "applied_on", at->applied_on },      { "documents_by", at->documents_by },
		{ "plan_sent_on", at->plan_sent_on },  { "site_from", at->site_from },
		{ "site_to", at->site_to },	       { "corrections_by", at->corrections_by },
		{ "review_on", at->review_on },	       { "decision_on", at->decision_on },
		{ "conflict", at->conflict },	       { "conflict_on", at->conflict_on },
		{ "consulting", at->consulting },      { "conflict_note", at->conflict_note },
		{ "impartial_on", at->impartial_on },  { "confidential_on", at->confidential_on },
		{ "papers", at->papers },	       { "acceptance", at->acceptance },
		{ "accepted_on", at->accepted_on },    { "acceptance_reason", at->acceptance_reason },
		{ "conditions", at->conditions },      { "note", at->note },
	};
	lt_json_string(json, "year", at->year);
	lt_json_bool(json, "exists", at->is_there);
	json_ids(json, "criteria", at->criteria);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		json_text(json, texts[i].name, texts[i].text);
	lt_json_open_list(json, "team");
	for (unsigned i = 0; i < at->n_team; i++)
		json_member(json, &at->team[i]);
	lt_json_close(json);
}

static enum lt_status engagement_as_json(struct invocation *in, const struct engagement_info *at,
					 const struct engagement_gap *gaps, unsigned n)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	json_engagement(&json, at);
	lt_json_open_list(&json, "gaps");
	for (unsigned i = 0; i < n; i++) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "gap", engagement_gap_names[gaps[i].kind]);
		json_text(&json, "what", gaps[i].what);
		lt_json_bool(&json, "blocks", gaps[i].blocks);
		lt_json_string(&json, "text", label_text(in, &gaps[i].text));
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static void print_member(const struct invocation *in, const void *row)
{
	const struct team_member *at = row;
	printf("  ");
	print_padded(stdout, label_text(in, team_role_title(at->role)), 20);
	print_remark(at->person);
	print_more(at->sector);
	print_more(at->sections);
	print_more(at->from);
	print_more(at->to);
	printf("\n");
}

static void print_acceptance(const struct invocation *in, const struct engagement_info *at)
{
	if (!at->acceptance[0])
		return;
	printf("  ");
	print_padded(stdout, strcmp(at->acceptance, "accepted") == 0
				     ? say(in, "已受理", "accepted")
				     : say(in, "不受理", "refused"), 20);
	print_remark(at->accepted_on);
	print_more(at->acceptance_reason);
	print_more(at->conditions);
	printf("\n");
}

static enum lt_status show_engagement(struct invocation *in, const char *year)
{
	struct engagement_info at;
	const struct engagement_gap *gaps = NULL;
	unsigned n = 0;
	enum lt_status status = session_engagement(&in->session, year, &at, &in->err);
	if (!status)
		status = engagement_gaps(&in->session, &at, &gaps, &n, &in->err);
	if (status)
		return status;
	if (in->json)
		return engagement_as_json(in, &at, gaps, n);
	/* the form opens the project anew, so what was read is printed first */
	for (unsigned i = 0; i < n; i++) {
		printf("%s", say(in, gaps[i].blocks ? "待办！ " : "待办   ",
				 gaps[i].blocks ? "to do!  " : "to do   "));
		print_remark(label_text(in, &gaps[i].text));
		printf("\n");
	}
	for (unsigned i = 0; i < at.n_team; i++)
		print_member(in, &at.team[i]);
	print_acceptance(in, &at);
	if (at.is_there)
		return show_form_row(in, "engagement", year);
	printf("%s %s\n", year, say(in, "年还没有委托；填写：lingtan engagement FILE applicant=… criteria=…，承接上次的：renew",
				  "has no engagement yet: lingtan engagement FILE applicant=... criteria=..., or renew the last one: renew"));
	return LT_OK;
}

static enum lt_status accept_or_refuse(struct invocation *in, bool accepts)
{
	const char *year;
	bool done = false;
	enum lt_status status = field_year(in, &year);
	if (!status)
		status = session_accept(&in->session, year, accepts, in->on, in->conditions, &done,
					&in->err);
	return status ? status
		      : tell_deed(in, done, accepts ? "%s 年的委托已受理" : "%s 年的委托不受理",
				  accepts ? "the engagement of %s is accepted"
					  : "the engagement of %s is refused",
				  year);
}

static enum lt_status renew(struct invocation *in)
{
	const char *year, *before = "", *what;
	bool done = false;
	enum lt_status status = field_year(in, &year);
	if (!status)
		status = session_renew_engagement(&in->session, year, &before, &done, &in->err);
	if (status)
		return status;
	what = lt_arena_printf(&in->session.arena, "%s ← %s", year, before);
	return what ? tell_deed(in, done,
				"委托已承接：%s；合同、期间、日期、利益冲突核查、声明和受理都要重新填",
				"engagement begun: %s; contract, period, dates, conflicts of interest, declarations and acceptance are to be made anew",
				what)
		    : lt_err_memory(&in->err);
}

enum lt_status command_engagement(struct invocation *in)
{
	const char *year, *word = in->n_words > 1 ? in->words[1] : "";
	const bool accepts = strcmp(word, "accept") == 0, refuses = strcmp(word, "refuse") == 0;
	const bool fills = is_field_word(word), renews = strcmp(word, "renew") == 0;
	if (in->n_words > 1 && !fills && (in->n_words > 2 || !(accepts || refuses || renews)))
		return lt_err_set(&in->err, LT_EUSAGE,
				  "用法：lingtan engagement FILE [accept|refuse|renew|栏名=内容…] [--year Y]",
				  "usage: lingtan engagement FILE [accept|refuse|renew|FIELD=VALUE...] [--year Y]");
	enum lt_status status = open_project(in, in->words[0],
					     accepts || refuses || renews ? PROJECT_WRITE
									  : PROJECT_READ);
	if (!status && (accepts || refuses))
		return accept_or_refuse(in, accepts);
	if (!status && renews)
		return renew(in);
	if (!status)
		status = field_year(in, &year);
	if (status)
		return status;
	return fills ? fill_form_row(in, "engagement", year, 1) : show_engagement(in, year);
}

/* ---- team ---- */

enum lt_status command_team(struct invocation *in)
{
	const char *year, *row;
	struct engagement_info at;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = field_year(in, &year);
	if (!status && in->n_words > 1) {
		const bool removes = strcmp(in->words[1], "remove") == 0 && in->n_words == 3;
		row = lt_arena_printf(&in->findings_arena, "%s/%s", year,
				      in->words[removes ? 2 : 1]);
		return !row	     ? lt_err_memory(&in->err)
		       : removes     ? remove_form_row(in, "team", row)
		       : in->n_words > 2 ? fill_form_row(in, "team", row, 2)
					 : show_form_row(in, "team", row);
	}
	if (!status)
		status = session_engagement(&in->session, year, &at, &in->err);
	if (status)
		return status;
	const struct listing list = { .rows = at.team, .size = sizeof(*at.team), .n = at.n_team,
				      .json = json_member, .print = print_member };
	const char *none = lt_arena_printf(&in->findings_arena, "%s %s", year,
					   say(in, "年还没有评价组；加人：lingtan team FILE 姓名 role=组长",
					       "has no team yet: lingtan team FILE NAME role=leader"));
	return none ? tell_listing(in, &list, none) : lt_err_memory(&in->err);
}

/* ---- places ---- */

static void json_site(struct lt_json *json, const void *row)
{
	const struct site_info *at = row;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "place", at->id);
	lt_json_string(json, "kind", at->kind);
	lt_json_string(json, "name", at->name);
	json_text(json, "address", at->address);
	json_text(json, "part_of", at->part_of);
	json_text(json, "energy_share", at->energy_share);
	json_text(json, "count", at->count);
	json_text(json, "area", at->area);
	json_text(json, "power", at->power);
	json_ids(json, "marks", at->marks);
	json_text(json, "carrier", at->carrier);
	json_text(json, "class", at->accuracy);
	json_text(json, "calibrated_on", at->calibrated_on);
	json_text(json, "calibrated_to", at->calibrated_to);
	json_text(json, "certificates", at->certificates);
	lt_json_int(json, "lines", at->n_lines);
	json_ids(json, "stops", at->stops);
	lt_json_bool(json, "visited", at->is_visited);
	json_ids(json, "populations", at->populations);
	json_text(json, "note", at->note);
	lt_json_close(json);
}

static void print_site(const struct invocation *in, const void *row)
{
	const struct site_info *at = row;
	const struct label kind = site_kind_title(at->kind);
	print_padded(stdout, at->id, 10);
	print_padded(stdout, label_text(in, &kind), 14);
	print_remark(at->name);
	if (at->energy_share[0])
		printf("  %s %%", at->energy_share);
	if (at->area[0])
		printf("  %s m2", at->area);
	if (at->count[0])
		printf("  ×%s", at->count);
	if (at->calibrated_to[0])
		printf("  %s %s", say(in, "检定至", "calibrated until"), at->calibrated_to);
	if (strcmp(at->certificates, "sold") == 0)
		printf("  %s", say(in, "绿证已售", "certificates sold"));
	print_more(at->populations[0] ? say(in, "抽中", "sampled") : "");
	print_more(at->is_visited ? say(in, "已走访", "visited") : "");
	printf("\n");
}

enum lt_status command_places(struct invocation *in)
{
	const struct site_filter filter = { .kind = in->kind, .year = in->year };
	struct site_info *all = NULL;
	unsigned n = 0;
	if (in->n_words > 1)
		return use_form(in, "place");
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = session_sites(&in->session, &filter, &all, &n, &in->err);
	if (status)
		return status;
	const struct listing list = { .rows = all, .size = sizeof(*all), .n = n,
				      .json = json_site, .print = print_site };
	return tell_listing(in, &list, say(in, "还没有地点；登记：lingtan places FILE T01 kind=企业 name=…",
					   "there is no place yet: lingtan places FILE T01 kind=tenant name=..."));
}

/* ---- sample ---- */

static void json_population(struct lt_json *json, const struct population_info *at)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "year", at->year);
	lt_json_string(json, "population", at->population);
	lt_json_string(json, "kind", at->kind);
	json_text(json, "marks", at->marks);
	json_text(json, "size", at->size);
	json_text(json, "list", at->list);
	json_text(json, "must", at->must);
	json_text(json, "basis", at->basis);
	lt_json_int(json, "members", at->n_members);
	lt_json_int(json, "places", at->n_places);
	lt_json_int(json, "entered", at->n_entered);
	json_text(json, "n", at->n);
	json_text(json, "seed", at->seed);
	json_text(json, "reason", at->reason);
	json_text(json, "method", at->method);
	json_text(json, "energy_share", at->energy_share);
	lt_json_bool(json, "energy_share_at_least", at->energy_share[0] && at->energy_is_floor);
	lt_json_int(json, "not_ranked", at->n_unranked);
	json_ids(json, "not_ranked_places", at->unranked);
	lt_json_int(json, "to_visit", at->n_to_visit);
	lt_json_int(json, "visited", at->n_visited);
	lt_json_open_list(json, "sample");
	for (unsigned i = 0; i < at->n_sample; i++) {
		const struct sampled *one = &at->sample[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "place", one->place);
		json_text(json, "name", one->name);
		lt_json_string(json, "how", one->how);
		lt_json_int(json, "order", one->order);
		lt_json_bool(json, "visited", one->is_visited);
		json_text(json, "replaced_with", one->with);
		json_text(json, "reason", one->reason);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_close(json);
}

static const char *how_in_words(const struct invocation *in, const char *how)
{
	const struct label *way = sampled_way(how);
	return way ? say(in, way->zh, way->en) : how;
}

static void print_unranked(struct invocation *in, const struct population_info *at)
{
	struct label text;
	struct lt_err ignored = LT_ERR_INIT;
	if (population_tell_unranked(at, &in->session.arena, &text, &ignored) || !text.zh[0])
		return;
	printf("%s", say(in, "  注意：", "  note: "));
	print_remark(label_text(in, &text));
	printf("\n");
}

static void print_population(struct invocation *in, const struct population_info *at)
{
	print_remark(at->population);
	printf(say(in, "  共 %u", "  of %u"), at->n_members);
	if (at->n_entered && at->n_members > at->n_entered)
		printf(say(in, "（登记的 %u 个在前，清单从 %u 号起）", " (the %u entered first, the list from number %u)"),
		       at->n_entered, at->n_entered + 1);
	if (at->n[0])
		printf(say(in, "  抽 %s  种子 %s", "  drawn %s  seed %s"), at->n, at->seed);
	if (at->energy_share[0])
		printf(at->energy_is_floor
			       ? say(in, "  覆盖能耗至少 %s %%", "  covers at least %s %% of the energy")
			       : say(in, "  覆盖能耗 %s %%", "  covers %s %% of the energy"),
		       at->energy_share);
	if (at->n[0])
		printf(say(in, "  已走访 %u/%u", "  visited %u/%u"), at->n_visited, at->n_to_visit);
	print_more(at->basis);
	print_more(at->reason);
	printf("\n");
	print_unranked(in, at);
	for (unsigned i = 0; i < at->n_sample; i++) {
		const struct sampled *one = &at->sample[i];
		printf("  %3u  ", one->order);
		print_padded(stdout, how_in_words(in, one->how), 12);
		print_padded(stdout, one->place, 10);
		print_remark(one->name);
		if (one->with[0])
			printf("  → %s", one->with);
		print_more(one->reason);
		print_more(one->is_visited ? say(in, "已走访", "visited") : "");
		printf("\n");
	}
}

static enum lt_status list_populations(struct invocation *in, const char *only)
{
	struct population_info *all = NULL;
	const char *year;
	unsigned n = 0, n_fit = 0;
	struct lt_json json;
	enum lt_status status = field_year(in, &year);
	if (!status)
		status = session_populations(&in->session, year, &all, &n, &in->err);
	lt_json_init(&json);
	if (!status && !only)
		lt_json_open_list(&json, NULL);
	for (unsigned i = 0; i < n && !status; i++) {
		if (only && strcmp(only, all[i].population) != 0)
			continue;
		n_fit++;
		json_population(&json, &all[i]);
		if (!in->json)
			print_population(in, &all[i]);
	}
	if (!status && !only)
		lt_json_close(&json);
	if (!status && only && !n_fit)
		status = lt_err_set(&in->err, LT_EDATA, "%s 年没有总体“%s”",
				    "%s has no population '%s'", year, only);
	if (!status && in->json)
		return print_json(in, &json);
	lt_json_release(&json);
	if (!status && !n)
		printf("%s %s\n", year, say(in, "年还没有抽样总体；填写：lingtan sample FILE 总体 kind=企业 size=46",
				  "has no population yet: lingtan sample FILE POPULATION kind=tenant size=46"));
	return status;
}

static enum lt_status tell_population(struct invocation *in, const struct population_info *at,
				      bool done)
{
	struct lt_json json;
	if (done)
		remember_project(in);
	if (!in->json) {
		print_population(in, at);
		return LT_OK;
	}
	lt_json_init(&json);
	json_population(&json, at);
	return print_json(in, &json);
}

static enum lt_status draw(struct invocation *in, const char *year)
{
	const struct population_info *at = NULL;
	const struct draw_wish wish = { .n = in->words[3], .seed = in->seed };
	bool done = false;
	enum lt_status status = session_draw(&in->session, year, in->words[1], &wish, &at, &done,
					     &in->err);
	return status ? status : tell_population(in, at, done);
}

static enum lt_status replace(struct invocation *in, const char *year)
{
	const struct population_info *at = NULL;
	const char *took;
	enum lt_status status =
		session_replace(&in->session, year, in->words[1], in->words[3],
				in->n_words > 4 ? in->words[4] : NULL, &took, &in->err);
	if (!status)
		status = session_find_population(&in->session, year, in->words[1], &at, &in->err);
	return status ? status : tell_population(in, at, true);
}

/* Draws again with what was written down. */
static enum lt_status check_draw(struct invocation *in, const char *year)
{
	const struct population_info *at = NULL;
	const struct sampled *again = NULL;
	unsigned n = 0, n_drawn = 0;
	enum lt_status status =
		session_find_population(&in->session, year, in->words[1], &at, &in->err);
	if (!status && !at->n[0])
		status = lt_err_set(&in->err, LT_EDATA, "“%s”还没有抽取", "'%s' was not drawn yet",
				    in->words[1]);
	if (!status)
		status = session_redraw(&in->session, at, at->n, at->seed, &again, &n, &in->err);
	if (status)
		return status;
	for (unsigned i = 0; i < at->n_sample; i++)
		n_drawn += strcmp(at->sample[i].how, "replacement") != 0;
	bool same = n == n_drawn;
	for (unsigned i = 0; i < n && same; i++)
		same = strcmp(at->sample[i].place, again[i].place) == 0;
	if (!same)
		return lt_err_set(&in->err, LT_NO, "“%s”重抽不同：总体或规则在抽取以后改过",
				  "'%s' is drawn otherwise now: members or rule were changed since",
				  in->words[1]);
	return tell_change(in, false, "“%s”重抽相同", "'%s' is drawn the same again", in->words[1]);
}

enum lt_status command_sample(struct invocation *in)
{
	const char *year, *row, *verb = in->n_words > 2 ? in->words[2] : "";
	const bool draws = strcmp(verb, "draw") == 0 && in->n_words == 4;
	const bool checks = strcmp(verb, "check") == 0 && in->n_words == 3;
	const bool replaces = strcmp(verb, "replace") == 0 && in->n_words >= 4 && in->n_words <= 5;
	const bool fills = is_field_word(verb);
	if (in->n_words > 2 && !draws && !checks && !replaces && !fills)
		return lt_err_set(
			&in->err, LT_EUSAGE,
			"用法：lingtan sample FILE [总体 [栏名=内容…|draw N|check|replace 抽中的 [替换为]]]",
			"usage: lingtan sample FILE [POPULATION [FIELD=VALUE...|draw N|check|replace PLACE [WITH]]]");
	enum lt_status status = open_project(in, in->words[0],
					     draws || replaces ? PROJECT_WRITE : PROJECT_READ);
	if (!status)
		status = field_year(in, &year);
	if (status)
		return status;
	if (fills) {
		row = lt_arena_printf(&in->findings_arena, "%s/%s", year, in->words[1]);
		return row ? fill_form_row(in, "population", row, 2) : lt_err_memory(&in->err);
	}
	return draws	  ? draw(in, year)
	       : checks	  ? check_draw(in, year)
	       : replaces ? replace(in, year)
			  : list_populations(in, in->n_words > 1 ? in->words[1] : NULL);
}
