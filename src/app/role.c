/* What a role may change, by db/roles.yaml. */
#include "lingtan/app/role.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/narrate.h"
#include "lingtan/base/text.h"
#include "role_parts.h"

const char *role_rung(const struct workspace *workspace, const char *role)
{
	const struct role *found = roles_find(workspace->roles, role);
	return found ? found->rung : NULL;
}

/* Titles of roles, "评价员、评价组长" or "evaluator, team leader"; owned by the session. */
static const char *role_titles(struct session *session, const struct words *roles, enum lt_lang lang)
{
	const char *text = "";
	for (unsigned i = 0; i < roles->n && text; i++) {
		const struct role *role = roles_find(session->workspace->roles, roles->at[i]);
		text = lt_arena_printf(&session->arena, "%s%s%s", text,
				       !i		? ""
				       : lang == LT_ZH ? "、"
						       : ", ",
				       label_in(lang, &role->title));
	}
	return text ? text : "";
}

/* ---- the rung of a row ---- */

static const struct change *change_at(const struct deed *deed, unsigned i)
{
	return i < deed->n_changes ? &deed->changes[i] : &deed->beside[i - deed->n_changes];
}

static int compare_cell(const struct change *change, const char *table, const char *key,
			const char *group)
{
	int order = strcmp(change->key, key);
	if (!order)
		order = strcmp(change->group, group);
	return order ? order : strcmp(change->table, table);
}

static int by_cell(const void *a, const void *b, void *context)
{
	const unsigned left = *(const unsigned *)a, right = *(const unsigned *)b;
	const struct change *other = change_at(context, right);
	const int order = compare_cell(change_at(context, left), other->table, other->key,
				       other->group);
	return order ? order : (left > right) - (left < right);
}

/* An import changes tens of thousands of cells: they are put in order once. Without memory they are
 * looked through. */
static void put_in_order(struct session *session, struct deed *deed)
{
	const unsigned n = deed->n_changes + deed->n_beside;
	unsigned *order = n < 64 ? NULL : lt_arena_alloc(&session->arena, n, sizeof(*order));
	if (!order)
		return;
	for (unsigned i = 0; i < n; i++)
		order[i] = i;
	qsort_r(order, n, sizeof(*order), by_cell, deed);
	deed->order = order;
}

/* The first change of the deed that sets a cell to something; NULL where there is none. */
static const struct change *find_set(const struct deed *deed, const char *table, const char *key,
				     const char *group)
{
	const unsigned n = deed->n_changes + deed->n_beside;
	unsigned low = 0, high = deed->order ? n : 0;
	while (low < high) {
		const unsigned middle = low + (high - low) / 2;
		if (compare_cell(change_at(deed, deed->order[middle]), table, key, group) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (unsigned i = low; i < n; i++) {
		const struct change *change = change_at(deed, deed->order ? deed->order[i] : i);
		const bool same = compare_cell(change, table, key, group) == 0;
		if (same && change->new.at)
			return change;
		if (!same && deed->order)
			break;
	}
	return NULL;
}

/* The value that a cell will have: what the deed sets, else what it holds. */
static enum lt_status value_after(struct session *session, const struct deed *deed,
				  const char *table, const char *key, const char *group,
				  struct words *out, struct lt_err *err)
{
	const struct change *set = find_set(deed, table, key, group);
	*out = set ? set->new : (struct words){ 0 };
	if (set || !session->project)
		return LT_OK;
	return project_get(session->project, table, key, group, &session->arena, out, err);
}

/* A rung that is a part of the key, or else a member; rows that were written before there was such
 * a member are of the lowest. */
static enum lt_status rung_of_row(struct session *session, const struct deed *deed,
				  const struct change *change, const struct fact_table *table,
				  const char *const *parts, const char **rung, struct lt_err *err)
{
	*rung = NULL;
	for (unsigned i = 0; i < table->key.n; i++)
		if (strcmp(table->key.at[i], "rung") == 0)
			*rung = parts[i];
	for (unsigned g = 0; g < table->n_groups && !*rung; g++) {
		const int member = cell_group_find_member(&table->groups[g], "rung");
		struct words value;
		if (member < 0)
			continue;
		enum lt_status status = value_after(session, deed, table->table, change->key,
						    table->groups[g].group, &value, err);
		if (status)
			return status;
		*rung = value.at ? value.at[member] : session->workspace->roles->rungs.at[0];
	}
	return LT_OK;
}

/* ---- whether a rung above has spoken ---- */

struct above_search {
	const struct roles *roles;
	const char *assessment;
	int rank;
	bool found;
};

static enum lt_status see_answer(void *context, const struct fact_row *row)
{
	struct above_search *search = context;
	search->found |= row->values[0].at && strcmp(row->parts[0], search->assessment) == 0 &&
			 roles_rung_rank(search->roles, row->parts[1]) > search->rank;
	return LT_OK;
}

static enum lt_status is_alone(struct session *session, const char *role, const char *assessment,
			       bool *alone, struct lt_err *err)
{
	const struct roles *roles = session->workspace->roles;
	const char *rung = role_rung(session->workspace, role);
	struct above_search search = { roles, assessment, rung ? roles_rung_rank(roles, rung) : -1,
				       false };
	enum lt_status status = LT_OK;
	if (session->project)
		status = project_visit(session->project, "answer", NULL, see_answer, &search, err);
	*alone = !search.found;
	return status;
}

/* ---- refusing ---- */

/* "“4.2.1 土地集约利用水平”的结论", without what could disturb a terminal. */
struct thing {
	char text[LT_N_LANGS][300];
};

static bool tell_thing(struct narrator *narrator, const struct deed *deed,
		       const struct change *change, enum lt_lang lang, struct telling *out)
{
	struct lt_err ignored = LT_ERR_INIT;
	struct telling said[CELL_MAX_MEMBERS];
	unsigned n = 0;
	narrator->lang = lang;
	if (narrate_change(narrator, change, deed->role, &narrator->session->arena, said, &n,
			   &ignored) ||
	    !n)
		return false;
	*out = said[0];
	return true;
}

/* As the journal tells it; by table and group alone where there is no project yet. */
static void name_thing(struct session *session, const struct deed *deed,
		       const struct change *change, struct thing *thing)
{
	static const char *const formats[] = { [LT_ZH] = "“%s”的%s", [LT_EN] = "%s, %s" };
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, change->table);
	const struct cell_group *group = fact_table_find_group(table, change->group);
	struct lt_findings findings;
	struct lt_err ignored = LT_ERR_INIT;
	struct narrator narrator;
	lt_findings_init(&findings, &session->arena);
	const bool knows = session->project &&
			   narrator_init_brief(&narrator, session, LT_ZH, &session->arena,
					       &findings, &ignored) == LT_OK;
	if (knows) {
		narrator.pending = deed->changes;
		narrator.n_pending = deed->n_changes;
	}
	for (enum lt_lang lang = 0; lang < LT_N_LANGS; lang++) {
		char subject[180];
		struct telling said;
		if (!knows || !tell_thing(&narrator, deed, change, lang, &said))
			said = (struct telling){ .subject = label_in(lang, &table->title),
						 .what = label_in(lang, &group->title) };
		lt_text_visible(said.subject, lt_text_cut(said.subject, strlen(said.subject), 120),
				subject, sizeof(subject));
		snprintf(thing->text[lang], sizeof(thing->text[lang]), formats[lang], subject,
			 said.what);
	}
}

static const char *title_of_rung(const char *rung, enum lt_lang lang)
{
	const enum rung known = rung ? rung_find(rung) : N_RUNGS;
	if (known == N_RUNGS)
		return rung ? rung : lang == LT_ZH ? "其他" : "another";
	return label_in(lang, &rung_titles[known]);
}

enum lt_status role_refuse(struct lt_err *err, const char *const zh[ROLE_TEXTS],
			   const char *const en[ROLE_TEXTS], const char *zh_format,
			   const char *en_format)
{
	struct lt_err other = LT_ERR_INIT;
	lt_err_set(&other, LT_EDATA, en_format, en_format, en[0], en[1], en[2], en[3]);
	lt_err_set(err, LT_EDATA, zh_format, zh_format, zh[0], zh[1], zh[2], zh[3]);
	memcpy(err->text[LT_EN], other.text[LT_EN], sizeof(err->text[LT_EN]));
	return LT_EDATA;
}

static enum lt_status refuse_change(struct session *session, const struct deed *deed,
				    const struct change *change, enum role_verdict verdict,
				    const struct role_rule *rule, const char *row_rung,
				    struct lt_err *err)
{
	const struct role *role = roles_find(session->workspace->roles, deed->role);
	const struct words none = { 0 };
	const struct words *who = rule ? &rule->roles : &none;
	struct thing thing;
	name_thing(session, deed, change, &thing);
	const char *zh[ROLE_TEXTS] = { role ? role->title.zh : deed->role, thing.text[LT_ZH],
			      role_titles(session, who, LT_ZH) };
	const char *en[ROLE_TEXTS] = { role ? role->title.en : deed->role, thing.text[LT_EN],
			      role_titles(session, who, LT_EN) };
	if (verdict == ROLE_WRONG_RUNG) {
		zh[2] = title_of_rung(row_rung, LT_ZH);
		en[2] = title_of_rung(row_rung, LT_EN);
		return role_refuse(
			err, zh, en,
			"“%s”不能改%s：那是“%s”层级；自己的意见请写在自己的层级，不同意可退回或写意见",
			"%s may not change %s: it is on rung %s; say it on your own rung, or send it back");
	}
	if (verdict == ROLE_STANDS)
		return role_refuse(err, zh, en,
			      "“%s”不能改%s：已写下的不改动，请另加一条（可写的：%s）",
			      "%s may not change %s: what stands is never edited, add another (for: %s)");
	if (verdict == ROLE_TOO_LATE)
		return role_refuse(
			err, zh, en,
			"“%s”不能再改%s：评价方已经填写；请写意见，由评价组长或机构来改（自评阶段可改的：%s）",
			"%s may no longer change %s: a rung above has answered; leave a remark for the team leader or the body (alone it may: %s)");
	if (verdict == ROLE_NOBODY)
		return role_refuse(err, zh, en, "“%s”不能改%s：任何角色都不能改",
			      "%s may not change %s: nobody may");
	return role_refuse(err, zh, en,
		      "“%s”不能改%s；可以改的是%s：请由其人来做（--as 姓名:角色）",
		      "%s may not change %s; it is for %s: let one of them do it (--as NAME:ROLE)");
}

/* ---- judging ---- */

/* A member called `by` names whoever makes the change. */
static enum lt_status check_by(struct session *session, const struct deed *deed,
			       const struct change *change, const struct cell_group *group,
			       struct lt_err *err)
{
	const int by = cell_group_find_member(group, "by");
	struct thing thing;
	if (by < 0 || deed->is_undo || !change->new.at || change->new.n <= (unsigned)by ||
	    strcmp(change->new.at[by], deed->by) == 0)
		return LT_OK;
	name_thing(session, deed, change, &thing);
	const char *const zh[ROLE_TEXTS] = { deed->by, thing.text[LT_ZH], change->new.at[by] };
	const char *const en[ROLE_TEXTS] = { deed->by, thing.text[LT_EN], change->new.at[by] };
	return role_refuse(err, zh, en, "%s 不能以 %s 的名义写：%s 要自己来写",
		      "%s may not write %s in the name of %s, who must do it");
}

/* An answer that is taken back because its assessment gets another edition of its ruleset, or that
 * comes back with the edition before: whoever may change the ruleset may. */
static bool goes_with_ruleset(struct session *session, const struct deed *deed,
			      const struct change *change, const char *assessment)
{
	const char *key = cell_key_join(&session->arena, &assessment, 1);
	const struct words *gone = deed->is_undo ? &change->old : &change->new;
	if (!key || strcmp(change->table, "answer") != 0 ||
	    strcmp(change->group, "verdict") != 0 || (gone->at && change->new.at))
		return false;
	for (unsigned i = 0; i < deed->n_changes; i++)
		if (strcmp(deed->changes[i].table, "assessment") == 0 &&
		    strcmp(deed->changes[i].group, "ruleset") == 0 &&
		    strcmp(deed->changes[i].key, key) == 0 && deed->changes[i].old.at &&
		    deed->changes[i].new.at)
			return true;
	return false;
}

/* A row that is somebody's, or a role's, own: what was seen by a person, the step of a role. */
static enum lt_status check_own_row(struct session *session, const struct deed *deed,
				    const struct change *change, const struct fact_table *table,
				    const char *const *parts, struct lt_err *err)
{
	struct thing thing;
	for (unsigned i = 0; i < table->key.n; i++) {
		/* others are written down by who leads: the team, who was at a stop */
		const char *own = strcmp(table->key.at[i], "person") == 0 &&
						  strcmp(change->table, "seen") == 0
					  ? deed->by
				  : strcmp(table->key.at[i], "step") == 0 ? deed->role
									  : NULL;
		if (!own || strcmp(parts[i], own) == 0)
			continue;
		name_thing(session, deed, change, &thing);
		const char *const zh[ROLE_TEXTS] = { own, thing.text[LT_ZH], parts[i], "" };
		const char *const en[ROLE_TEXTS] = { own, thing.text[LT_EN], parts[i], "" };
		return role_refuse(err, zh, en, "%s 不能写%s：那是 %s 自己的",
				   "%s may not write %s, which is %s's own");
	}
	return LT_OK;
}

/* A key is recorded by whom it is of, and revoked by the same person or the body. */
static enum lt_status check_key(struct session *session, const struct deed *deed,
				const struct change *change, struct lt_err *err)
{
	struct words owner = change->new;
	struct thing thing;
	enum lt_status status = LT_OK;
	if (strcmp(change->table, "signing_key") != 0)
		return LT_OK;
	const bool revokes = strcmp(change->group, "owner") != 0;
	if (revokes)
		status = value_after(session, deed, change->table, change->key, "owner", &owner, err);
	if (status || !owner.at || (revokes && strcmp(deed->role, "body") == 0) ||
	    strcmp(owner.at[0], deed->by) == 0)
		return status;
	name_thing(session, deed, change, &thing);
	const char *const zh[ROLE_TEXTS] = { deed->by, thing.text[LT_ZH], owner.at[0] };
	const char *const en[ROLE_TEXTS] = { deed->by, thing.text[LT_EN], owner.at[0] };
	return role_refuse(err, zh, en, "%s 不能写%s：那是 %s 的密钥，只有本人能登记，本人或机构能停用",
			   "%s may not write %s: the key is %s's, who alone may record it; the body may revoke it too");
}

static enum lt_status judge(struct session *session, const struct deed *deed,
			    const struct change *change, struct lt_err *err)
{
	static const struct words nothing = { 0 };
	const struct roles *roles = session->workspace->roles;
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, change->table);
	const struct cell_group *group = table ? fact_table_find_group(table, change->group) : NULL;
	const char *parts[CELL_MAX_KEY];
	struct role_case of = { .role = deed->role,
				.table = change->table,
				.group = change->group,
				.old = deed->is_undo ? &nothing : &change->old,
				.new = &change->new,
				.is_alone = true };
	const struct role_rule *rule;
	if (!group || !cell_key_split(&session->arena, change->key, parts, table->key.n))
		return lt_err_set(err, LT_EDATA, "没有字段组 %s.%s，或键“%s”不合格式",
				  "there is no group %s.%s, or its key '%s' is malformed",
				  change->table, change->group, change->key);
	if (goes_with_ruleset(session, deed, change, parts[0]))
		return LT_OK;
	of.first_key = parts[0];
	enum lt_status status =
		rung_of_row(session, deed, change, table, parts, &of.row_rung, err);
	if (status)
		return status;
	enum role_verdict verdict = roles_judge(roles, &of, &rule);
	if (verdict == ROLE_MAY && rule->alone) {
		status = is_alone(session, deed->role, parts[0], &of.is_alone, err);
		if (status)
			return status;
		verdict = roles_judge(roles, &of, &rule);
	}
	if (verdict != ROLE_MAY)
		return refuse_change(session, deed, change, verdict, rule, of.row_rung, err);
	status = check_own_row(session, deed, change, table, parts, err);
	if (!status)
		status = check_key(session, deed, change, err);
	return status ? status : check_by(session, deed, change, group, err);
}

enum lt_status role_permits(struct session *session, const struct deed *deed, struct lt_err *err)
{
	struct deed ordered = *deed;
	enum lt_status status = LT_OK;
	put_in_order(session, &ordered);
	for (unsigned i = 0; i < deed->n_changes && !status; i++)
		status = judge(session, &ordered, &deed->changes[i], err);
	/* a project that is still to be made has nobody in it */
	return status || !session->project ? status : separation_permits(session, deed, err);
}
