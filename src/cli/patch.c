/* lingtan patch: what a person did as a small file; what another did, item by item. */
#include <string.h>
#include "command.h"
#include "lingtan/app/patching.h"
#include "lingtan/core/role.h"
#include "log.h"
#include "merge_words.h"

/* ---- in words and as JSON ---- */

static void print_head(const struct invocation *in, const struct patch *patch)
{
	const struct role *role = roles_find(in->workspace.roles, patch->role);
	print_text(patch->by);
	printf("%s", say(in, "（", " ("));
	print_text(role ? label_text(in, &role->title) : patch->role);
	printf(say(in, "）%.16s  记录 %u 条  %.12s 到 %.12s",
		   ") %.16s  %u entries  from %.12s to %.12s"),
	       patch->at, patch->carried.n, patch->base, patch->head);
	if (patch->n_blobs)
		printf(say(in, "  内容 %u 份", "  %u pieces of bytes"), patch->n_blobs);
	printf("\n");
	if (patch->signature)
		printf(say(in, "签名 %.16s\n", "signed by key %.16s\n"), patch->signature);
	else
		printf("%s\n",
		       say(in, "没有签名：姓名只是自称", "not signed: the name is a claim"));
}

static void json_head(struct lt_json *json, const struct patch *patch)
{
	char public[LT_PUBLIC_HEX];
	snprintf(public, sizeof(public), "%.64s", patch->signature ? patch->signature : "");
	lt_json_string(json, "project", patch->project);
	lt_json_string(json, "base", patch->base);
	lt_json_string(json, "head", patch->head);
	lt_json_string(json, "by", patch->by);
	lt_json_string(json, "role", patch->role);
	lt_json_string(json, "at", patch->at);
	lt_json_int(json, "entries", patch->carried.n);
	lt_json_int(json, "blobs", patch->n_blobs);
	lt_json_string(json, "signed_by", patch->signature ? public : NULL);
}

/* ---- make ---- */

static enum lt_status make(struct invocation *in)
{
	const struct patch_wish wish = { in->since, in->rung, in->with_evidence };
	struct patch patch;
	struct lt_json json;
	size_t size;
	if (in->dry_run)
		return refuse_dry_run(in);
	if (!in->out)
		return lt_err_set(&in->err, LT_EUSAGE, "请用 -o 给出要写的文件",
				  "name the file to write with -o");
	enum lt_status status = open_side(in, in->words[1]);
	if (!status)
		status = patch_make(&in->session, &wish, in->out, &patch, &size, &in->err);
	if (status)
		return status;
	if (!in->json) {
		print_head(in, &patch);
		printf("%s", say(in, "已写出 ", "written: "));
		print_path(in->out);
		printf(say(in, "（%zu 字节）\n", " (%zu bytes)\n"), size);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	json_head(&json, &patch);
	lt_json_int(&json, "bytes", (long long)size);
	lt_json_close(&json);
	return print_json(in, &json);
}

/* ---- show ---- */

/* Without a project: what a patch says by itself. */
static enum lt_status show_in_words(struct invocation *in, const struct patch *patch)
{
	struct lt_arena *arena = &in->findings_arena;
	struct narrator narrator;
	enum lt_status status =
		narrator_init_alone(&narrator, &in->workspace, patch, in->lang, arena,
				    &in->findings, &in->err);
	if (status)
		return status;
	print_head(in, patch);
	for (unsigned i = 0; i < patch->carried.n && !status; i++) {
		const struct entry *entry = &patch->entries[i];
		const char *deed;
		status = narrate_deed(&narrator, entry, arena, &deed, &in->err);
		if (status)
			return status;
		printf("%.8s  %.16s  ", patch->carried.at[i].hash, entry->at);
		print_text(deed);
		if (entry->reason[0]) {
			printf("  ");
			print_text(entry->reason);
		}
		printf("\n");
		status = print_told(in, &narrator, entry->role, entry->changes, entry->n_changes, 4);
	}
	return status;
}

static enum lt_status show(struct invocation *in)
{
	struct patch patch;
	struct lt_json json;
	enum lt_status status = open_workspace(in);
	if (!status)
		status = patch_open(in->words[1], &in->findings_arena, &patch, &in->err);
	if (status)
		return status;
	if (!in->json)
		return show_in_words(in, &patch);
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	json_head(&json, &patch);
	lt_json_open_list(&json, "changes");
	for (unsigned i = 0; i < patch.carried.n; i++)
		for (unsigned c = 0; c < patch.entries[i].n_changes; c++)
			json_change(&json, &patch.entries[i].changes[c]);
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

/* ---- apply ---- */

/* One of several that stand on lines of their own; false at the end. */
static bool next_line(struct invocation *in, const char **list, const char **out)
{
	if (!*list || !**list)
		return false;
	const size_t len = strcspn(*list, "\n");
	*out = lt_arena_strndup(&in->findings_arena, *list, len);
	*list += len + ((*list)[len] == '\n');
	return *out != NULL;
}

static bool is_in_patch(const struct patching *patching, const char *item)
{
	for (unsigned i = 0; i < patching->n_items; i++)
		if (strcmp(patching->items[i].item, item) == 0)
			return true;
	return false;
}

/* An item as the patch calls it, whichever of its numbers was written; what it has nothing about
 * stays as it is. */
static enum lt_status name_in_patch(struct invocation *in, const struct patching *patching,
				    const char **item)
{
	const struct assessment_ref *all;
	unsigned n;
	if (is_in_patch(patching, *item))
		return LT_OK;
	enum lt_status status = session_assessments(&in->session, &all, &n, &in->err);
	for (unsigned i = 0; i < n && !status; i++) {
		const char *id = *item;
		struct lt_err unclear = LT_ERR_INIT;
		if (session_name_item(&in->session, &all[i], &id, &in->findings, &unclear) ==
			    LT_OK &&
		    is_in_patch(patching, id)) {
			*item = id;
			return LT_OK;
		}
	}
	return status;
}

static bool is_accepted(struct invocation *in, const char *item)
{
	const char *list = in->accept, *name;
	while (next_line(in, &list, &name))
		if (strcmp(name, item) == 0)
			return true;
	return false;
}

static enum lt_status refuse_named(struct invocation *in, struct patching *patching)
{
	const char *list = in->reject, *wish;
	enum lt_status status = LT_OK;
	while (!status && next_line(in, &list, &wish)) {
		const char *equals = strchr(wish, '=');
		if (!equals || !equals[1 + strspn(equals + 1, " \t")])
			return lt_err_set(&in->err, LT_EUSAGE, "--reject 要写明原因：条款=原因",
					  "--reject needs a reason: ITEM=REASON");
		const char *item =
			lt_arena_strndup(&in->findings_arena, wish, (size_t)(equals - wish));
		status = item ? name_in_patch(in, patching, &item) : lt_err_memory(&in->err);
		if (!status)
			status = patching_refuse(patching, item, equals + 1, &in->err);
	}
	return status;
}

/* What --accept names, each as the patch calls it. */
static enum lt_status name_accepted(struct invocation *in, const struct patching *patching)
{
	const char *list = in->accept, *name, *named = "";
	enum lt_status status = LT_OK;
	while (!status && next_line(in, &list, &name)) {
		status = name_in_patch(in, patching, &name);
		if (!status && !is_in_patch(patching, name))
			return lt_err_set(
				&in->err, LT_EDATA, "补丁里没有条款 %s；见 lingtan patch show",
				"the patch has nothing about %s; see lingtan patch show", name);
		named = lt_arena_printf(&in->findings_arena, "%s%s\n", named, name);
		if (!named)
			return lt_err_memory(&in->err);
	}
	in->accept = named;
	return status;
}

/* With --accept what is not named is not taken, for the reason given. */
static enum lt_status decide(struct invocation *in, struct patching *patching)
{
	if (in->accept && !in->session.reason[0])
		return lt_err_set(&in->err, LT_EUSAGE,
				  "只收一部分（--accept）时，其余不收的原因写在 --reason",
				  "with --accept, --reason says why the rest is not taken");
	enum lt_status status = in->accept ? name_accepted(in, patching) : LT_OK;
	for (unsigned i = 0; in->accept && i < patching->n_items && !status; i++)
		if (!is_accepted(in, patching->items[i].item))
			status = patching_refuse(patching, patching->items[i].item,
						 in->session.reason, &in->err);
	return status ? status : refuse_named(in, patching);
}

static void tell_items(const struct invocation *in, const struct patching *patching)
{
	for (unsigned i = 0; i < patching->n_items; i++) {
		const struct patch_item *item = &patching->items[i];
		printf("%s ",
		       item->reason ? say(in, "不收", "refused ") : say(in, "收", "accepted"));
		print_text(item->item[0] ? item->item
					 : say(in, "（不属于某一条）", "(no one item)"));
		if (item->reason) {
			printf("  ");
			print_text(item->reason);
		}
		printf("\n");
	}
}

static enum lt_status tell(struct invocation *in, const struct patching *patching, bool done)
{
	struct lt_json json;
	if (!in->json) {
		print_head(in, &patching->patch);
		tell_items(in, patching);
		if (patching->is_known)
			printf("%s\n", say(in, "这个补丁已经用过，没有新的",
					   "this patch is here already, there is nothing new"));
		else
			print_merge(in, &patching->merging);
		if (done)
			printf(say(in, "已写入，最新记录 %.12s\n", "written, the head is %.12s\n"),
			       project_head(in->session.project));
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	json_head(&json, &patching->patch);
	lt_json_open_list(&json, "items");
	for (unsigned i = 0; i < patching->n_items; i++) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "item", patching->items[i].item);
		lt_json_int(&json, "changes", patching->items[i].n);
		lt_json_string(&json, "refused", patching->items[i].reason);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_open_object(&json, "merge");
	json_merge(&json, &patching->merging, in->all);
	lt_json_close(&json);
	lt_json_bool(&json, "known", patching->is_known);
	lt_json_bool(&json, "written", done);
	lt_json_string(&json, "now", project_head(in->session.project));
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status apply_open(struct invocation *in, struct patching *patching)
{
	bool done = false;
	enum merge_prefer prefer;
	enum lt_status status = patching_open(&in->session, in->words[2], patching, &in->err);
	if (!status && !patching->is_known)
		status = decide(in, patching);
	if (!status)
		status = read_prefer(in, &prefer);
	if (status)
		return status;
	merge_prefer(&patching->merging.plan, prefer);
	const bool open = merge_count_open(&patching->merging.plan) > 0;
	if (!in->dry_run && !open)
		status = patching_write(patching, &done, &in->err);
	if (!status)
		status = tell(in, patching, done);
	if (!status && done)
		remember_project(in);
	if (!status && open && !in->dry_run)
		note_open(in);
	return status ? status : open ? LT_NO : LT_OK;
}

static enum lt_status apply(struct invocation *in)
{
	struct patching patching = { 0 };
	enum lt_status status =
		open_project(in, in->words[1], in->dry_run ? PROJECT_READ : PROJECT_WRITE);
	if (!status)
		status = apply_open(in, &patching);
	patching_close(&patching);
	return status;
}

enum lt_status command_patch(struct invocation *in)
{
	static const struct {
		const char *name;
		int words;
		enum lt_status (*run)(struct invocation *in);
	} parts[] = { { "make", 2, make }, { "show", 2, show }, { "apply", 3, apply } };
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcmp(in->words[0], parts[i].name) == 0 && in->n_words == parts[i].words)
			return parts[i].run(in);
	return lt_err_set(&in->err, LT_EUSAGE,
			  "用法：lingtan patch make 文件 -o 补丁 | show 补丁 | apply 文件 补丁",
			  "usage: lingtan patch make FILE -o P | show P | apply FILE P");
}
