/* What a certificate says: gathered from the project. */
#include "lingtan/app/certificate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/board.h"
#include "lingtan/app/ready.h"
#include "lingtan/app/record.h"
#include "lingtan/base/date.h"
#include "lingtan/base/file.h"
#include "lingtan/base/version.h"
#include "certificate_parts.h"
#include "signoff_parts.h"

enum lt_status certificate_template_find(const struct library *library, const char *path,
					 const char *folder, struct lt_arena *arena,
					 struct lt_findings *findings,
					 struct certificate_template **out, const char **found_in,
					 struct lt_err *err)
{
	const char *own = folder ? lt_arena_printf(arena, "%s/certificate.yaml", folder) : NULL;
	struct yaml_source source = { .name = path ? path : own };
	enum lt_status status = LT_OK;
	*found_in = NULL;
	if (folder && !own)
		return lt_err_memory(err);
	if (path || (own && lt_is_file(own))) {
		status = lt_file_read(source.name, YAML_MAX_BYTES, arena, &source.text, &source.len,
				      err);
		const char *slash = strrchr(source.name, '/');
		*found_in =
			slash ? lt_arena_strndup(arena, source.name, (size_t)(slash - source.name))
			      : ".";
		if (!*found_in)
			return lt_err_memory(err);
	} else {
		const struct embedded_file *built_in =
			library_embedded(library, "templates/certificate.yaml");
		if (!built_in)
			return lt_err_set(err, LT_EBUG, "程序内没有证书模板",
					  "no template of certificates is built in");
		source = (struct yaml_source){ .name = built_in->path,
					       .text = built_in->text,
					       .len = built_in->len };
	}
	return status ? status : certificate_template_load(&source, arena, findings, out, err);
}

/* ---- gathering ---- */

struct gathering {
	struct session *session;
	const struct assessment_ref *ref;
	const struct certificate_template *template;
	struct board *board;
	struct certificate *to;
	struct certificate_case *of;
	unsigned cap_because, cap_blockers;
	struct lt_findings *findings;
	struct lt_err *err;
	bool says_grade; /* that there is none, among what blocks */
	bool no_memory;
};

static void put(struct gathering *at, enum certificate_field field, const char *text)
{
	at->to->at[field] =
		lt_arena_strndup(&at->session->arena, text ? text : "", text ? strlen(text) : 0);
	at->no_memory |= !at->to->at[field];
}

/* A text that was made for it: NULL is memory that ran out, and not nothing. */
static void put_made(struct gathering *at, enum certificate_field field, const char *text)
{
	at->no_memory |= !text;
	put(at, field, text);
}

static void put_label(struct gathering *at, enum certificate_field zh, const struct label *label)
{
	put(at, zh, label ? label->zh : NULL);
	put(at, zh + 1, label ? (label->en ? label->en : label->zh) : NULL);
}

static void put_amount(struct gathering *at, enum certificate_field field,
		       const struct value *value)
{
	char text[LT_DECIMAL_TEXT] = "";
	if (value_is_exact(value))
		lt_decimal_format(value->lo, text);
	put(at, field, text);
}

static enum lt_status take_park(struct gathering *at)
{
	static const struct {
		const char *group, *member;
		enum certificate_field to;
	} cells[] = { { "administration", "name", CERT_ADMINISTRATION },
		      { "administration", "credit_code", CERT_CREDIT_CODE },
		      { "boundary", "text", CERT_BOUNDARY },
		      { "boundary", "area_km2", CERT_AREA_KM2 } };
	struct session *session = at->session;
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, "park");
	struct words value;
	enum lt_status status = LT_OK;
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]) && !status; i++) {
		const int member = cell_group_find_member(
			fact_table_find_group(table, cells[i].group), cells[i].member);
		status = project_get(session->project, "park", "park", cells[i].group,
				     &session->arena, &value, at->err);
		put(at, cells[i].to, !status && value.at ? value.at[member] : NULL);
	}
	if (!status)
		status = project_get(session->project, "park", "park", "location", &session->arena,
				     &value, at->err);
	const char *address = "";
	if (!status && value.at)
		address = lt_arena_printf(&session->arena, "%s%s%s", value.at[0],
					  strcmp(value.at[0], value.at[1]) == 0 ? "" : value.at[1],
					  value.at[2]);
	put_made(at, CERT_ADDRESS, address);
	put(at, CERT_PARK, at->board->park);
	return status;
}

static void take_standard(struct gathering *at)
{
	const struct board *board = at->board;
	const struct ruleset *ruleset = board->ruleset;
	put(at, CERT_STANDARD, ruleset->id);
	put(at, CERT_CODE, ruleset->code);
	put_label(at, CERT_STANDARD_ZH, &ruleset->title);
	put(at, CERT_EDITION, ruleset->edition);
	put_label(at, CERT_STAGE_ZH, board->stage ? &board->stage->title : NULL);
	put_label(at, CERT_TYPE_ZH, board->park_type ? &board->park_type->title : NULL);
	put(at, CERT_YEAR, at->ref->year);
	put(at, CERT_ASSESSMENT, at->ref->name);
	put(at, CERT_RULESET_DIGEST, at->ref->ruleset);
	put(at, CERT_PROFILE_DIGEST, at->ref->profile);
	put(at, CERT_PROFILE_RESPONSIBLE, board->profile ? board->profile->responsible : NULL);
}

/* Zero was reached where the net amount of the year is exact and not above zero. */
static void take_zero_period(struct gathering *at)
{
	const struct board_balance *balance = &at->board->balance;
	const struct lt_decimal zero = { 0 };
	const bool is_zero = balance->has_balance && value_is_exact(&balance->net) &&
			     lt_decimal_compare(balance->net.lo, zero) <= 0;
	struct lt_arena *arena = &at->session->arena;
	put_made(at, CERT_ZERO_FROM,
		 is_zero ? lt_arena_printf(arena, "%s-01-01", at->ref->year) : "");
	put_made(at, CERT_ZERO_TO,
		 is_zero ? lt_arena_printf(arena, "%s-12-31", at->ref->year) : "");
}

static void take_balance(struct gathering *at, const struct summary *summary,
			 const struct result *result)
{
	static const struct value nothing = { .state = VALUE_NONE };
	const struct balance *balance = &summary->balance;
	const uint32_t slots[] = { balance->emission, balance->absorption, balance->offset,
				   balance->net };
	for (unsigned i = 0; i < 4; i++)
		put_amount(at, CERT_EMISSION + i,
			   slots[i] == NO_SLOT ? &nothing : &result->values[slots[i]]);
	put(at, CERT_UNIT, balance->net == NO_SLOT ? NULL : balance->unit);
}

static enum lt_status take_result(struct gathering *at)
{
	const struct board *board = at->board;
	const struct board_rung *rung = &board->rungs[board->own];
	struct summary summary;
	const struct board_grade *grade = &rung->grade;
	put(at, CERT_RUNG, rung_names[board->own]);
	const bool has_grade = grade->ladder && grade->view.is_certain && grade->view.certain;
	put(at, CERT_GRADE, has_grade ? grade->view.certain : NULL);
	put_label(at, CERT_GRADE_ZH, has_grade ? grade->title : NULL);
	put_label(at, CERT_TOTAL_ZH, board->headline.title);
	if (board->headline.kind == FIGURE_TOTAL)
		put_amount(at, CERT_TOTAL, &rung->figure);
	else
		put(at, CERT_TOTAL, NULL);
	enum lt_status status = summary_collect(rung->result, rung->answers, &at->session->arena,
						&summary, at->err);
	if (status)
		return status;
	take_balance(at, &summary, rung->result);
	take_zero_period(at);
	return LT_OK;
}

/* ---- what speaks against it ---- */

/* One more sentence; the lists grow together. */
static enum lt_status add(struct gathering *at, const char ***list, unsigned *n, unsigned *cap,
			  const char *zh, const char *en)
{
	struct lt_arena *arena = &at->session->arena;
	if (*n == *cap) {
		*cap = *cap * 2 + 8;
		for (unsigned l = 0; l < LT_N_LANGS; l++)
			list[l] = lt_arena_resize(arena, list[l], *cap * sizeof(**list));
	}
	if (!list[LT_ZH] || !list[LT_EN] || !zh || !en)
		return lt_err_memory(at->err);
	list[LT_ZH][*n] = zh;
	list[LT_EN][(*n)++] = en;
	return LT_OK;
}

static enum lt_status add_because(struct gathering *at, const char *zh, const char *en)
{
	return add(at, at->of->because, &at->of->n_because, &at->cap_because, zh, en);
}

static enum lt_status add_blocker(struct gathering *at, const char *zh, const char *en)
{
	return add(at, at->of->blockers, &at->of->n_blockers, &at->cap_blockers, zh, en);
}

/* "illustrative: $points": the words of basis.h, once each. */
static enum lt_status look_at_basis(struct gathering *at)
{
	static const struct {
		const char *word, *zh, *en;
	} words[] = {
		{ "illustrative", "分值或参数是示例值", "points or parameters are illustrative" },
		{ "inferred", "有的数是推断的", "numbers are inferred" },
		{ "draft", "标准还是草案", "the standard is a draft" },
		{ "proposed", "有的规则是建议的", "rules are proposed" },
	};
	struct basis basis;
	bool told[sizeof(words) / sizeof(words[0])] = { false };
	enum lt_status status = board_basis(at->board, &basis, at->err);
	for (unsigned i = 0; i < basis.n_specimen && !status; i++) {
		size_t w = 0;
		while (w < sizeof(words) / sizeof(words[0]) &&
		       strncmp(basis.specimen[i], words[w].word, strlen(words[w].word)) != 0)
			w++;
		if (w == sizeof(words) / sizeof(words[0]))
			status = add_because(at, basis.specimen[i], basis.specimen[i]);
		else if (!told[w])
			status = add_because(at, words[w].zh, words[w].en);
		if (w < sizeof(words) / sizeof(words[0]))
			told[w] = true;
	}
	if (!status && at->board->edition_unknown)
		status = add_because(at, "规则集不是已知版本", "the ruleset is no known edition");
	return status;
}

/* Made-up numbers certify nothing but a made-up park, and in their own series. */
static enum lt_status look_at_profile(struct gathering *at)
{
	const struct profile *profile = at->board->profile;
	const bool is_test = series_is_test(at->template->series);
	const bool real_park = !park_is_made_up(at->board->park);
	char public[LT_PUBLIC_HEX];
	enum lt_status status = LT_OK;
	if (profile_is_made_up(profile) && real_park)
		status = add_because(at, "参数集是编造的，这个园区不是示例园区",
				     "the profile is made up, and the park is none that is");
	if (!status && profile_is_made_up(profile) && !is_test)
		status = add_because(at, "参数集是编造的，只能在 TEST 系列出证",
				     "the profile is made up, which is for the series TEST alone");
	if (!status && !real_park && !is_test)
		status = add_because(at, "示例园区只能在 TEST 系列出证",
				     "a made-up park is certified in the series TEST alone");
	if (!status && is_test && real_park)
		status = add_because(
			at, "TEST 系列只给名称以“示例”或“测试”开头的园区",
			"the series TEST is for parks whose name begins with Example or Test");
	if (!status && profile)
		status = pin_signer(at->session, at->ref, public, at->err);
	if (!status && profile && !public[0])
		status = add_blocker(
			at,
			"选用参数集的那条记录没有签名：由机构用自己的密钥选用（lingtan profile pin --sign）",
			"the entry that chose the profile is not signed: the body chooses it with its key (lingtan profile pin --sign)");
	return status;
}

static enum lt_status look_at_readiness(struct gathering *at, const char *day)
{
	struct ready ready = { 0 };
	enum lt_status status =
		session_ready(at->session, at->ref, day, &ready, at->findings, at->err);
	for (unsigned i = 0; i < ready.n_findings && !status; i++) {
		const struct ready_finding *finding = &ready.findings[i];
		const bool blocks =
			finding->check->severity == READY_ERROR ||
			(finding->check->severity == READY_WARNING && !finding->ticked_by);
		if (blocks)
			status = add_blocker(at, finding->text[LT_ZH], finding->text[LT_EN]);
		at->says_grade |= blocks && strcmp(finding->check->check, "no-grade") == 0;
	}
	at->of->n_of_ready = at->of->n_blockers;
	return status;
}

static enum lt_status look_at_decision(struct gathering *at)
{
	struct decision_info *list = NULL;
	unsigned n = 0;
	enum lt_status status = session_decisions(at->session, at->ref, &list, &n, at->err);
	const struct decision_info *last = n ? &list[n - 1] : NULL;
	if (status)
		return status;
	put(at, CERT_SIGNER, last && last->holds ? last->by : NULL);
	if (!last)
		return add_blocker(at, "还没有认定决定：lingtan decide",
				   "there is no decision yet: lingtan decide");
	if (strcmp(last->outcome, "grant") != 0)
		return add_blocker(at, "最近的认定决定不是同意发证",
				   "the last decision does not grant it");
	return last->holds ? LT_OK
			   : add_blocker(at, "认定决定之后又有改动：请重新决定",
					 "something changed since the decision: decide again");
}

/* "" = no such day is set. */
static enum lt_status put_after(struct gathering *at, enum certificate_field field, const char *day,
				const char *months, bool day_before)
{
	char text[LT_DATE_TEXT] = "";
	/* the template was seen to have whole months */
	if (months[0] && !lt_date_after(day, (int)strtol(months, NULL, 10), day_before, text))
		return lt_err_set(at->err, LT_EDATA, "%s 之后 %s 个月没有日历日；请核对日期",
				  "%s and %s months is no day of the calendar; see the date", day,
				  months);
	put(at, field, text);
	return LT_OK;
}

static enum lt_status take_days(struct gathering *at, const char *day)
{
	put(at, CERT_ISSUED, day);
	put_made(at, CERT_RECOGNISED, lt_arena_printf(&at->session->arena, "%.4s", day));
	enum lt_status status =
		put_after(at, CERT_VALID_UNTIL, day, at->template->valid_months, true);
	return status ? status
		      : put_after(at, CERT_SURVEILLANCE, day, at->template->surveillance_months,
				  false);
}

static enum lt_status gather(struct gathering *at, const char *day)
{
	char state_hash[LT_SHA256_HEX];
	struct words title = { 0 };
	put(at, CERT_FORMAT, CERTIFICATE_FORMAT);
	put_label(at, CERT_BODY_ZH, &at->template->body);
	put(at, CERT_SERIES, at->template->series);
	put(at, CERT_PROGRAM, "lingtan " LT_VERSION);
	put(at, CERT_PROJECT, project_id(at->session->project));
	put(at, CERT_HEAD, project_head(at->session->project));
	enum lt_status status = take_days(at, day);
	if (!status)
		status = take_park(at);
	take_standard(at);
	if (!status)
		status = take_result(at);
	if (!status)
		status = look_at_basis(at);
	if (!status)
		status = look_at_profile(at);
	if (!status)
		status = look_at_readiness(at, day);
	if (!status)
		status = look_at_decision(at);
	if (!status)
		status = session_state_hash(at->session, at->ref, state_hash, at->err);
	if (!status)
		put(at, CERT_STATE_HASH, state_hash);
	if (!status)
		status = project_get(at->session->project, "setting", "certificate_title", "value",
				     &at->session->arena, &title, at->err);
	if (!status && title.at && title.at[0][0])
		put(at, CERT_TITLE, title.at[0]);
	if (!status && at->template->signer[0])
		put(at, CERT_SIGNER, at->template->signer);
	if (!status && !at->says_grade && !at->to->at[CERT_GRADE][0] &&
	    at->board->rungs[at->board->own].grade.ladder)
		status = add_blocker(at, "没有达到任何等级", "no grade is reached");
	return status ? status : at->no_memory ? lt_err_memory(at->err) : LT_OK;
}

/* Which fields the ruleset asks for, once the board is gone. */
static enum lt_status keep_fields(struct gathering *at)
{
	const struct ruleset *ruleset = at->board->ruleset;
	struct lt_arena *arena = &at->session->arena;
	const char **ids = lt_arena_alloc(arena, ruleset->n_certificate + 1, sizeof(*ids));
	if (!ids)
		return lt_err_memory(at->err);
	for (unsigned i = 0; i < ruleset->n_certificate; i++) {
		const char *id = ruleset->certificate[i].id;
		ids[i] = lt_arena_strndup(arena, id, strlen(id));
		if (!ids[i])
			return lt_err_memory(at->err);
	}
	at->of->fields = (struct words){ .at = ids, .n = ruleset->n_certificate };
	return LT_OK;
}

/* The rung whose result counts: the highest that has answers. */
static enum lt_status choose_rung(struct session *session, const struct assessment_ref *ref,
				  enum rung *rung, struct lt_err *err)
{
	const char *name;
	enum lt_status status = session_highest_rung(session, ref->name, &name, err);
	if (!status)
		*rung = rung_find(name);
	return status;
}

enum lt_status certificate_gather(struct session *session, const struct assessment_ref *ref,
				  const struct certificate_template *template, const char *day,
				  struct certificate_case *out, struct lt_findings *findings,
				  struct lt_err *err)
{
	struct gathering at = { .session = session,
				.ref = ref,
				.template = template,
				.to = &out->certificate,
				.of = out,
				.findings = findings,
				.err = err };
	enum rung rung = RUNG_EVALUATOR;
	*out = (struct certificate_case){ 0 };
	enum lt_status status = choose_rung(session, ref, &rung, err);
	if (!status)
		status = board_open(session, ref, rung, findings, &at.board, err);
	if (!status)
		status = gather(&at, day);
	/* the board's own goes with it */
	if (!status)
		status = keep_fields(&at);
	board_close(at.board);
	return status;
}

/* ---- marking ---- */

static const char *join(struct lt_arena *arena, const char *const *list, unsigned n,
			const char *between, const char *rest, const char *last)
{
	const char *text = "";
	for (unsigned i = 0; i < n && i < 3 && text; i++)
		text = lt_arena_printf(arena, "%s%s%s", text, text[0] ? between : "", list[i]);
	if (text && n > 3)
		text = lt_arena_printf(arena, rest, text, n - 3);
	return text ? lt_arena_printf(arena, "%s%s%s", text, text[0] ? between : "", last) : NULL;
}

enum lt_status certificate_mark(struct session *session, struct certificate_case *of, bool specimen,
				struct lt_err *err)
{
	struct lt_arena *arena = &session->arena;
	struct certificate *to = &of->certificate;
	const bool is_specimen = specimen || of->n_because;
	const char *const *const *list = is_specimen ? (const char *const *const *)of->because
						     : (const char *const *const *)of->blockers;
	const unsigned n = is_specimen ? of->n_because : of->n_blockers;
	to->at[CERT_KIND] = is_specimen ? "specimen" : "draft";
	to->at[CERT_BECAUSE_ZH] = join(arena, list[LT_ZH], n, "；", "%s；另有 %u 条",
				       is_specimen ? "不得作为证书" : "未登记发证，不得作为证书");
	to->at[CERT_BECAUSE_EN] =
		join(arena, list[LT_EN], n, "; ", "%s; and %u more",
		     is_specimen ? "this is no certificate" : "not issued, this is no certificate");
	return to->at[CERT_BECAUSE_ZH] && to->at[CERT_BECAUSE_EN] ? LT_OK : lt_err_memory(err);
}
