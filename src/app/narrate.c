/* The journal in words. */
#include "lingtan/app/narrate.h"

#include <string.h>
#include "lingtan/app/record.h"
#include "lingtan/app/rung.h"
#include "lingtan/base/ids.h"
#include "lingtan/base/text.h"
#include "lingtan/core/role.h"
#include "narrate_parts.h"
#include "session_parts.h"

/* ---- what is known ---- */

static enum lt_status know_assessments(struct narrator *narrator, struct lt_arena *arena,
				       struct lt_findings *findings, struct lt_err *err)
{
	struct session *session = narrator->session;
	const struct assessment_ref *refs;
	unsigned n;
	enum lt_status status = session_assessments(session, &refs, &n, err);
	if (status)
		return status;
	narrator->assessments = lt_arena_alloc(arena, n + 1, sizeof(*narrator->assessments));
	if (!narrator->assessments)
		return lt_err_memory(err);
	for (unsigned i = 0; i < n; i++) {
		struct assessment at = { 0 };
		struct lt_err ignored = LT_ERR_INIT;
		if (session_ruleset(session, refs[i].ruleset, arena, &at, findings, &ignored) ==
		    LT_ESPACE)
			return lt_err_memory(err);
		narrator->assessments[i] = (struct known_assessment){ &refs[i], at.ruleset };
	}
	narrator->n_assessments = n;
	return LT_OK;
}

enum lt_status narrator_init_brief(struct narrator *narrator, struct session *session,
				   enum lt_lang lang, struct lt_arena *arena,
				   struct lt_findings *findings, struct lt_err *err)
{
	*narrator = (struct narrator){ .session = session, .lang = lang };
	enum lt_status status = record_forms(session->workspace, findings, &narrator->forms, err);
	return status ? status : know_assessments(narrator, arena, findings, err);
}

enum lt_status narrator_init(struct narrator *narrator, struct session *session, enum lt_lang lang,
			     struct lt_arena *arena, struct lt_findings *findings,
			     struct lt_err *err)
{
	enum lt_status status =
		narrator_init_brief(narrator, session, lang, arena, findings, err);
	return status ? status
		      : evidence_list_read(session->project, arena, &narrator->evidence, err);
}

const char *narrate_label(const struct narrator *narrator, const struct label *label)
{
	return label_in(narrator->lang, label);
}

const char *narrate_say(const struct narrator *narrator, const char *zh, const char *en)
{
	return narrator->lang == LT_ZH ? zh : en;
}

const struct known_assessment *narrator_find(const struct narrator *narrator, const char *name)
{
	for (unsigned i = 0; i < narrator->n_assessments; i++)
		if (strcmp(narrator->assessments[i].ref->name, name) == 0)
			return &narrator->assessments[i];
	return NULL;
}

const char *narrate_role(const struct narrator *narrator, const char *role)
{
	const struct role *found = roles_find(narrator->session->workspace->roles, role);
	return found ? narrate_label(narrator, &found->title) : role;
}

/* ---- what a row is called ---- */

static bool is_hash(const char *text)
{
	const size_t len = strlen(text);
	return len >= 32 && lt_text_is_hex(text, len);
}

static const char *short_hash(const char *text, struct lt_arena *arena)
{
	return lt_arena_strndup(arena, text, is_hash(text) ? 12 : strlen(text));
}

static const char *item_called(const struct narrator *narrator, const char *assessment,
			       const char *item, struct lt_arena *arena)
{
	const struct known_assessment *known = narrator_find(narrator, assessment);
	const struct item *decl =
		known && known->ruleset ? ruleset_find_item(known->ruleset, item) : NULL;
	if (!decl)
		return item;
	const char *title = narrate_label(narrator, &decl->title);
	return lt_id_is_numbered(decl->id) ? lt_arena_printf(arena, "%s %s", item, title) : title;
}

static const char *quantity_called(const struct narrator *narrator, const char *id)
{
	for (unsigned i = 0; i < narrator->n_assessments; i++) {
		const struct ruleset *ruleset = narrator->assessments[i].ruleset;
		for (unsigned q = 0; ruleset && q < ruleset->n_quantities; q++)
			if (strcmp(ruleset->quantities[q].id, id) == 0)
				return narrate_label(narrator, &ruleset->quantities[q].title);
	}
	return id;
}

const char *narrate_items(const struct narrator *narrator, const char *assessment,
			  const char *items, struct lt_arena *arena)
{
	const char *text = "", *one;
	size_t len;
	while (text && lt_ids_next(&items, &one, &len)) {
		const char *item = lt_arena_strndup(arena, one, len);
		const char *called = item ? item_called(narrator, assessment, item, arena) : NULL;
		text = called ? lt_arena_printf(arena, "%s%s%s", text,
						text[0] ? narrate_say(narrator, "、", ", ") : "",
						called)
			      : NULL;
	}
	return text;
}

const char *narrate_standards(const struct narrator *narrator, const char *ids,
			      struct lt_arena *arena)
{
	const char *text = "", *one;
	size_t len;
	while (text && lt_ids_next(&ids, &one, &len)) {
		const char *called = lt_arena_strndup(arena, one, len);
		for (unsigned i = 0; called && i < narrator->n_assessments; i++) {
			const struct ruleset *ruleset = narrator->assessments[i].ruleset;
			if (ruleset && strcmp(ruleset->id, called) == 0)
				called = ruleset->code;
		}
		text = called ? lt_arena_printf(arena, "%s%s%s", text,
						text[0] ? narrate_say(narrator, "、", ", ") : "",
						called)
			      : NULL;
	}
	return text;
}

const char *narrate_assessment(const struct narrator *narrator, const char *name,
			       struct lt_arena *arena)
{
	const struct known_assessment *known = narrator_find(narrator, name);
	if (!known || !known->ruleset)
		return name;
	const struct term *stage =
		term_find(known->ruleset->stages, known->ruleset->n_stages, known->ref->stage);
	const char *called = stage ? narrate_label(narrator, &stage->title) : known->ref->stage;
	/* a standard without stages knows none */
	const bool has_stage = called[0] && known->ruleset->n_stages;
	return lt_arena_printf(arena, "%s %s%s%s", known->ruleset->code, has_stage ? called : "",
			       has_stage ? " " : "", known->ref->year);
}

/* Rows with a key of chance are called by what stands in them. */
static const struct {
	const char *table, *group, *member;
} called_by[] = { { "request", "ask", "title" },
		  { "finding", "number", "number" },
		  { "line", "activity", "source" },
		  { "interview", "who", "person" },
		  { "note", "text", "text" },
		  { "place", "place", "name" },
		  { "stop", "what", "title" } };

bool narrator_reads(const struct narrator *narrator, const char *table, const char *key,
		    const char *group, struct lt_arena *arena, struct words *out)
{
	struct project *project = narrator->session->project;
	struct lt_err ignored = LT_ERR_INIT;
	const struct fact_table *known =
		vocabulary_find_table(narrator->session->workspace->vocabulary, table);
	const struct cell_group *members = known ? fact_table_find_group(known, group) : NULL;
	*out = (struct words){ 0 };
	if (project && project_get(project, table, key, group, arena, out, &ignored) != LT_OK)
		return false;
	for (unsigned i = 0; i < narrator->n_pending && !out->at; i++) {
		const struct change *at = &narrator->pending[i];
		if (strcmp(at->table, table) == 0 && strcmp(at->key, key) == 0 &&
		    strcmp(at->group, group) == 0)
			*out = at->new;
	}
	const struct fold_cell *cell = !project && narrator->alone.n_cells
					       ? fold_find(&narrator->alone, table, key, group)
					       : NULL;
	if (cell)
		*out = cell->value;
	/* a patch of a stranger may hold more or fewer */
	return out->at && members && out->n == members->members.n;
}

/* A remark is called by what it is about. */
static const char *remark_called(const struct narrator *narrator, const char *key,
				 struct lt_arena *arena)
{
	struct words place;
	if (!narrator_reads(narrator, "remark", key, "place", arena, &place))
		return short_hash(key, arena);
	return item_called(narrator, place.at[0], place.at[1], arena);
}

/* A setting is called as on its form; the profile that is being written, by its standard. */
static const char *setting_called(const struct narrator *narrator, const char *key,
				  struct lt_arena *arena)
{
	static const char draft[] = "profile_draft.";
	const size_t len = sizeof(draft) - 1;
	if (strncmp(key, draft, len) == 0) {
		const char *code = narrate_standards(narrator, key + len, arena);
		return code ? lt_arena_printf(arena, narrate_say(narrator, "在写的参数集 %s",
								 "profile being written, %s"),
					      code)
			    : NULL;
	}
	for (unsigned f = 0; f < narrator->forms->n; f++) {
		const struct form *form = narrator->forms->at[f];
		for (unsigned i = 0; i < form->n_fields; i++)
			if (form->fields[i].row && strcmp(form->fields[i].row, key) == 0)
				return narrate_label(narrator, &form->fields[i].label);
	}
	return key;
}

/* NULL where nothing in it says so. */
static const char *called_within(const struct narrator *narrator, const char *table,
				 const char *key, struct lt_arena *arena)
{
	const struct vocabulary *vocabulary = narrator->session->workspace->vocabulary;
	for (size_t i = 0; i < sizeof(called_by) / sizeof(called_by[0]); i++) {
		struct words value;
		if (strcmp(called_by[i].table, table) != 0)
			continue;
		const struct cell_group *group = fact_table_find_group(
			vocabulary_find_table(vocabulary, table), called_by[i].group);
		const int member = group ? cell_group_find_member(group, called_by[i].member) : -1;
		if (member >= 0 &&
		    narrator_reads(narrator, table, key, group->group, arena, &value) &&
		    value.at[member][0])
			return value.at[member];
	}
	return NULL;
}

static const char *row_called(const struct narrator *narrator, const char *table, const char *key,
			      struct lt_arena *arena)
{
	if (strcmp(table, "remark") == 0)
		return remark_called(narrator, key, arena);
	if (strcmp(table, "setting") == 0)
		return setting_called(narrator, key, arena);
	const char *called = called_within(narrator, table, key, arena);
	return called ? called : short_hash(key, arena);
}

static const char *file_called(const struct narrator *narrator, const char *sha256,
			       struct lt_arena *arena)
{
	const struct evidence_file *file = evidence_find_file(&narrator->evidence, sha256);
	struct words brought;
	return file ? file->name
	       : narrator_reads(narrator, "evidence", sha256, "file", arena, &brought)
		       ? brought.at[0]
		       : short_hash(sha256, arena);
}

/* One part of a key; "" where it says nothing to a person. */
static const char *part_called(const struct narrator *narrator, const struct subject *of,
			       unsigned part, struct lt_arena *arena)
{
	const char *name = of->table->key.at[part], *text = of->parts[part];
	const enum rung rung = rung_find(text);
	if (strcmp(name, "assessment") == 0)
		/* named only where there is more than one, which a patch by itself does not tell */
		return narrator->session->project && narrator->n_assessments == 1 &&
				       strcmp(of->table->table, "assessment") != 0
			       ? ""
			       : narrate_assessment(narrator, text, arena);
	if (strcmp(name, "item") == 0)
		return item_called(narrator, of->assessment ? of->assessment : "", text, arena);
	if (strcmp(name, "quantity") == 0)
		return quantity_called(narrator, text);
	if (strcmp(name, "sha256") == 0)
		return file_called(narrator, text, arena);
	if (strcmp(name, "rung") == 0 && rung < N_RUNGS)
		return of->own_rung && strcmp(of->own_rung, text) == 0
			       ? ""
			       : narrate_label(narrator, &rung_titles[rung]);
	if (strcmp(name, "round") == 0)
		return lt_arena_printf(arena, narrate_say(narrator, "第 %s 轮", "round %s"), text);
	if (strcmp(name, "step") == 0)
		return narrate_role(narrator, text);
	if (strcmp(of->table->table, "tie") == 0 && strcmp(name, "locator") == 0)
		return "";
	if (part == 0 && of->table->key.n == 1)
		return row_called(narrator, of->table->table, of->key, arena);
	/* of a row in another table, which is called as there */
	const char *called = is_hash(text) ? called_within(narrator, name, text, arena) : NULL;
	return called ? called : short_hash(text, arena);
}

/* The kind of thing stands before its name where the name alone would not tell. */
static bool needs_kind(const struct fact_table *table)
{
	static const char *const plain[] = { "answer", "quantity", "tie", "seen", "sent_back" };
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (strcmp(plain[i], table->table) == 0)
			return false;
	return true;
}

const char *narrate_subject(const struct narrator *narrator, const struct subject *of,
			    struct lt_arena *arena)
{
	/* the only row of its table is called as the table is */
	const bool only = of->table->key.n == 1 && strcmp(of->key, of->table->table) == 0;
	const char *text = needs_kind(of->table) ? narrate_label(narrator, &of->table->title) : "";
	for (unsigned k = 0; text && k < of->table->key.n && !only; k++) {
		const char *part = part_called(narrator, of, k, arena);
		if (!part || !part[0])
			continue;
		text = lt_arena_printf(arena, "%s%s%s", text, text[0] ? " " : "", part);
	}
	return text;
}

/* ---- deeds ---- */

static const struct {
	const char *kind;
	struct label verb;
} verbs[] = {
	{ "new", { "新建项目", "made the project" } },
	{ "add", { "添加评价", "added an assessment" } },
	{ "set", { "填写", "answered" } },
	{ "quantity", { "填报数据", "entered a figure" } },
	{ "line", { "改盘查行", "changed lines of the inventory" } },
	{ "factors", { "导入因子", "brought in factors" } },
	{ "import", { "导入", "imported a sheet" } },
	{ "attach", { "挂佐证", "attached evidence" } },
	{ "retie", { "改佐证定位", "moved a tie of evidence" } },
	{ "untie", { "取下佐证", "took evidence off" } },
	{ "purge", { "清除佐证内容", "destroyed the bytes of evidence" } },
	{ "fill", { "填表", "filled in a form" } },
	{ "remove", { "移除", "took a row out" } },
	{ "remark", { "写意见", "remarked" } },
	{ "settle", { "办结意见", "settled a thread" } },
	{ "finding", { "不符合项", "dealt with a finding" } },
	{ "verify", { "验证不符合项", "verified a finding" } },
	{ "withdraw", { "撤回不符合项", "withdrew a finding" } },
	{ "object", { "对不符合项提异议", "objected to a finding" } },
	{ "rule", { "裁定异议", "ruled on an objection" } },
	{ "submit", { "提交", "submitted" } },
	{ "return", { "退回", "sent back" } },
	{ "reopen", { "重开一轮", "opened a round again" } },
	{ "tick", { "确认提示", "ticked a warning" } },
	{ "sign", { "签署", "signed" } },
	{ "issue", { "出具证书", "issued a certificate" } },
	{ "patch", { "接受补丁", "applied a patch" } },
	{ "decide", { "认定决定", "decided" } },
	{ "see", { "看过佐证", "saw the evidence" } },
	{ "take", { "采纳下一层级", "took over from the rung below" } },
	{ "take-bulk", { "批量采纳下一层级", "took over in bulk from the rung below" } },
	{ "assign", { "指派", "assigned" } },
	{ "pin", { "采用参数集", "pinned a profile" } },
	{ "profile", { "改参数集", "changed a profile" } },
	{ "upgrade", { "换用规则集的另一版", "changed to another edition of the ruleset" } },
	{ "answer", { "答复不符合项", "answered a finding" } },
	{ "explain", { "补写理由", "gave reasons" } },
	{ "rescue", { "从损坏的文件补记", "wrote down what a damaged file still said" } },
	{ "key", { "登记或停用密钥", "recorded or revoked a key" } },
	{ "migrate", { "升级文件格式", "brought the file up to date" } },
	{ "accept", { "受理", "accepted the engagement" } },
	{ "refuse", { "不受理", "refused the engagement" } },
	{ "follow", { "承接上次评价", "followed an earlier assessment" } },
	{ "must", { "定必查条款", "named obligatory items" } },
	{ "confirm", { "确认佐证仍有效", "confirmed evidence as still valid" } },
	{ "register", { "新建证书登记", "made the register" } },
	{ "state", { "变更证书状态", "changed the state of a certificate" } },
	{ "surveillance", { "记监督结果", "wrote a surveillance down" } },
	{ "reprint", { "补印证书", "printed a certificate anew" } },
	{ "draw", { "抽样", "drew a sample" } },
	{ "replace", { "替换样本", "replaced a sampled place" } },
	{ "plan", { "排计划", "planned a stop" } },
	{ "visit", { "记实际时间", "wrote down when it was" } },
	{ "sign-in", { "签到", "signed in" } },
	{ "judge", { "下结论", "judged an item" } },
	{ "method", { "记查验方法", "wrote a method down" } },
	{ "note", { "现场记录", "wrote a note" } },
	{ "file", { "归入条款", "filed a note" } },
	{ "photos", { "照片归站", "gave photos their stop" } },
	{ "remind", { "催交", "sent reminders" } },
	{ "merge", { "合并", "merged" } },
	{ "undo", { "撤销", "undid" } },
	{ "redo", { "重做", "did again" } },
};

const struct label *narrate_verb(const char *kind)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].kind, kind) == 0)
			return &verbs[i].verb;
	return NULL;
}

static const char *verb_of(const struct narrator *narrator, const char *kind)
{
	const struct label *verb = narrate_verb(kind);
	return verb ? narrate_label(narrator, verb) : NULL;
}

/* Undo and redo are of the entry that they turn round. */
static enum lt_status what_was_undone(const struct narrator *narrator, const struct entry *entry,
				      struct lt_arena *arena, const char **out, struct lt_err *err)
{
	struct entry of;
	bool found;
	struct lt_err ignored = LT_ERR_INIT;
	struct project *project = narrator->session->project;
	enum lt_status status = project ? journal_get(project, entry->undoes, arena, &of, &found,
						      &ignored)
					: LT_NO;
	if (status == LT_ESPACE)
		return lt_err_memory(err);
	const char *verb = status || !found ? NULL : verb_of(narrator, of.kind);
	const char *shown = verb ? verb : status || !found ? "" : of.kind;
	*out = lt_arena_printf(arena, "%s %.8s%s%s", *out, entry->undoes,
			       shown[0] ? narrate_say(narrator, "：", ", ") : "", shown);
	return *out ? LT_OK : lt_err_memory(err);
}

bool narrate_is_aside(const struct change *change)
{
	static const char *const asides[][2] = { { "ruleset", "files" },
						 { "remark", "place" },
						 { "finding", "place" },
						 { "finding", "number" } };
	for (size_t i = 0; i < sizeof(asides) / sizeof(asides[0]); i++)
		if (strcmp(asides[i][0], change->table) == 0 &&
		    strcmp(asides[i][1], change->group) == 0)
			return true;
	return false;
}

enum lt_status narrate_deed(const struct narrator *narrator, const struct entry *entry,
			    struct lt_arena *arena, const char **out, struct lt_err *err)
{
	const char *verb = verb_of(narrator, entry->kind);
	*out = verb ? verb : entry->command[0] ? entry->command : entry->kind;
	return entry->undoes ? what_was_undone(narrator, entry, arena, out, err) : LT_OK;
}
