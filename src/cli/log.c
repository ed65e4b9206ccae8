/* lingtan log: the journal in words. */
#include "log.h"

#include <string.h>
#include "lingtan/app/key.h"
#include "lingtan/base/text.h"

#define CHANGES_SHOWN 6   /* of one entry, without --all */
#define TEXT_CUT 120      /* bytes of a text, without --all */
#define TEXT_CUT_ALL 4000 /* and with it */

/* ---- values as they are written ---- */

void print_text(const char *text)
{
	char shown[400];
	const size_t len = strlen(text), cut = lt_text_cut(text, len, TEXT_CUT);
	lt_text_visible(text, cut, shown, sizeof(shown));
	printf("%s%s", shown, cut < len ? "…" : "");
}

/* The members that say something, one after the other; a dash for nothing. */
void print_members(const struct words *value)
{
	bool said = false;
	for (unsigned i = 0; i < value->n; i++) {
		if (!value->at[i][0])
			continue;
		printf("%s", said ? " " : "");
		print_text(value->at[i]);
		said = true;
	}
	if (!said)
		printf("—");
}

void print_value_of(const struct narrator *narrator, const struct change *of,
		    const struct words *value)
{
	const struct change alone = { .table = of->table, .key = of->key, .group = of->group, .new = *value };
	struct telling tellings[CELL_MAX_MEMBERS];
	struct lt_err ignored = LT_ERR_INIT;
	struct lt_arena arena;
	unsigned n = 0;
	lt_arena_init(&arena, 0);
	if (!narrator || !value->at || narrate_change(narrator, &alone, "", &arena, tellings, &n, &ignored) != LT_OK)
		n = 0;
	for (unsigned i = 0; i < n; i++) {
		printf("%s", i ? " " : "");
		print_text(tellings[i].to ? tellings[i].to : "—");
	}
	if (!n)
		print_members(value);
	lt_arena_release(&arena);
}

void print_verdict(const struct narrator *narrator, const char *assessment, enum rung rung,
		   const char *item, const char *verdict[3])
{
	const char *const parts[] = { assessment, rung_names[rung], item };
	struct lt_arena arena;
	lt_arena_init(&arena, 0);
	const char *key = cell_key_join(&arena, parts, 3);
	const struct change of = { .table = "answer", .key = key, .group = "verdict" };
	print_value_of(key ? narrator : NULL, &of, &(struct words){ verdict, 3 });
	lt_arena_release(&arena);
}

/* What the parts of a key say to a person: digests short, rungs by their title. */
static void print_key(const struct invocation *in, const char *key)
{
	const char *at = key;
	for (int n = 0; *at; n++) {
		const size_t len = strcspn(at, "|");
		const bool digest = len == 64 && strspn(at, "0123456789abcdef") >= 64;
		char shown[300];
		lt_text_visible(at, digest ? 12 : len, shown, sizeof(shown));
		const enum rung rung = rung_find(shown);
		printf("%s%s", n ? " " : "", rung < N_RUNGS ? label_text(in, &rung_titles[rung]) : shown);
		at += len + (at[len] == '|');
	}
}

void print_cell_name(const struct invocation *in, const struct change *change)
{
	const struct fact_table *table =
		vocabulary_find_table(in->workspace.vocabulary, change->table);
	const struct cell_group *group = table ? fact_table_find_group(table, change->group) : NULL;
	printf("%s ", table ? label_text(in, &table->title) : change->table);
	print_key(in, change->key);
	printf("%s%s", say(in, " ", ", "), group ? label_text(in, &group->title) : change->group);
}

/* ---- one change ---- */

static void tell_text(const struct invocation *in, const char *text)
{
	char shown[4 * TEXT_CUT_ALL];
	const size_t len = strlen(text);
	const size_t cut = lt_text_cut(text, len, in->all ? TEXT_CUT_ALL : TEXT_CUT);
	lt_text_visible(text, cut, shown, sizeof(shown));
	printf("%s%s", shown, cut < len ? "…" : "");
}

/* "结论：8 分 → 10 分"; a dash for nothing. */
static void print_value(const struct invocation *in, const struct telling *telling)
{
	tell_text(in, telling->what);
	printf("%s", say(in, "：", ": "));
	if (telling->from) {
		tell_text(in, telling->from);
		printf(" → ");
	}
	tell_text(in, telling->to ? telling->to : "—");
}

static void print_telling(const struct invocation *in, const struct telling *telling, int indent,
			  bool with_subject)
{
	printf("%*s", indent, "");
	if (with_subject && telling->subject[0]) {
		tell_text(in, telling->subject);
		printf("%s", say(in, " ", ", "));
	}
	print_value(in, telling);
	printf("\n");
}

enum lt_status print_told(struct invocation *in, const struct narrator *narrator, const char *role,
			  const struct change *changes, unsigned n, int indent)
{
	struct telling tellings[CELL_MAX_MEMBERS];
	struct lt_arena scratch;
	unsigned n_tellings;
	enum lt_status status = LT_OK;
	lt_arena_init(&scratch, 0);
	for (unsigned i = 0; i < n && !status; i++) {
		lt_arena_reset(&scratch);
		status = narrate_change(narrator, &changes[i], role, &scratch, tellings,
					&n_tellings, &in->err);
		for (unsigned t = 0; t < n_tellings && !status; t++)
			print_telling(in, &tellings[t], indent, true);
	}
	lt_arena_release(&scratch);
	return status;
}

enum lt_status print_changes(struct invocation *in, const struct change *changes, unsigned n,
			     int indent)
{
	struct narrator narrator;
	const enum lt_status status = narrator_init(&narrator, &in->session, in->lang,
						    &in->session.arena, &in->findings, &in->err);
	return status ? status
		      : print_told(in, &narrator, in->session.role, changes, n, indent);
}

enum lt_status print_planned(struct invocation *in, const struct changes *changes)
{
	const enum lt_status status = print_changes(in, changes->at, changes->n, 2);
	if (!status)
		printf(say(in, "将改动 %u 处；未写入\n", "%u changes; nothing was written\n"),
		       changes->n);
	return status;
}

void json_value(struct lt_json *json, const char *key, const struct words *value)
{
	if (!value->at) {
		lt_json_null(json, key);
		return;
	}
	lt_json_open_list(json, key);
	for (unsigned i = 0; i < value->n; i++)
		lt_json_string(json, NULL, value->at[i]);
	lt_json_close(json);
}

void json_change(struct lt_json *json, const struct change *change)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "table", change->table);
	lt_json_string(json, "key", change->key);
	lt_json_string(json, "group", change->group);
	json_value(json, "old", &change->old);
	json_value(json, "new", &change->new);
	lt_json_close(json);
}

void json_changes(const struct invocation *in, struct lt_json *json, const struct changes *changes,
		  bool done)
{
	lt_json_bool(json, "changed", done);
	lt_json_bool(json, "dry_run", in->dry_run);
	lt_json_string(json, "head", project_head(in->session.project));
	lt_json_open_list(json, "changes");
	for (unsigned i = 0; i < changes->n; i++)
		json_change(json, &changes->at[i]);
	lt_json_close(json);
}

/* ---- entries ---- */

struct log_view {
	struct invocation *in;
	struct lt_json *json;
	struct narrator narrator;
	struct lt_arena scratch; /* of one entry */
	const struct known_key *keys;
	unsigned n_keys;
};

/* A signature that is none, or of something else, is as good as none; verify says so. */
static bool is_signed(const char *hash, const struct entry *entry, char public[LT_PUBLIC_HEX])
{
	return entry->signature && entry_signer(entry->signature, public) &&
	       entry_signature_holds(entry->signature, hash);
}

/* Signed with a key that is revoked, on a day from which it may have been in other hands. */
static bool is_distrusted(const struct log_view *view, const char *public,
			  const struct entry *entry)
{
	for (unsigned i = 0; i < view->n_keys; i++)
		if (view->keys[i].revoked && strcmp(view->keys[i].public, public) == 0)
			return strncmp(entry->at, view->keys[i].since, 10) >= 0;
	return false;
}

static enum lt_status json_entry(void *context, const char *hash, const struct entry *entry)
{
	const struct log_view *view = context;
	struct lt_json *json = view->json;
	char public[LT_PUBLIC_HEX];
	lt_json_open_object(json, NULL);
	lt_json_string(json, "hash", hash);
	lt_json_int(json, "depth", entry->depth);
	lt_json_string(json, "kind", entry->kind);
	lt_json_string(json, "by", entry->by);
	lt_json_string(json, "role", entry->role);
	lt_json_string(json, "at", entry->at);
	lt_json_string(json, "command", entry->command);
	lt_json_string(json, "reason", entry->reason);
	lt_json_string(json, "undoes", entry->undoes);
	const bool is = is_signed(hash, entry, public);
	lt_json_string(json, "signed_with", is ? public : NULL);
	lt_json_bool(json, "trusted", is && !is_distrusted(view, public, entry));
	lt_json_open_list(json, "parents");
	for (unsigned i = 0; i < entry->n_parents; i++)
		lt_json_string(json, NULL, entry->parents[i]);
	lt_json_close(json);
	lt_json_open_list(json, "changes");
	for (unsigned i = 0; i < entry->n_changes; i++)
		json_change(json, &entry->changes[i]);
	lt_json_close(json);
	lt_json_close(json);
	return LT_OK;
}

/* What an entry changed, as it is told: of several changes without those that only go with them. */
static enum lt_status choose_changes(struct log_view *view, const struct entry *entry,
				     const struct change ***out, unsigned *n)
{
	const bool all = view->in->all || entry->n_changes < 2;
	*n = 0;
	*out = lt_arena_alloc(&view->scratch, entry->n_changes + 1, sizeof(const struct change *));
	if (!*out)
		return lt_err_memory(&view->in->err);
	for (unsigned i = 0; i < entry->n_changes; i++)
		if (all || !narrate_is_aside(&entry->changes[i]))
			(*out)[(*n)++] = &entry->changes[i];
	return LT_OK;
}

static bool append(struct log_view *view, struct telling **list, unsigned *n, unsigned *cap,
		   const struct telling *more, unsigned n_more)
{
	if (*n + n_more > *cap) {
		*cap = (*n + n_more) * 2;
		*list = lt_arena_resize(&view->scratch, *list, *cap * sizeof(**list));
	}
	if (!*list)
		return false;
	memcpy(*list + *n, more, n_more * sizeof(*more));
	*n += n_more;
	return true;
}

/* What the first of them say. */
static enum lt_status tell_changes(struct log_view *view, const struct entry *entry,
				   const struct change *const *changes, unsigned shown,
				   struct telling **out, unsigned *n)
{
	struct telling said[CELL_MAX_MEMBERS];
	struct lt_err *err = &view->in->err;
	enum lt_status status = LT_OK;
	unsigned n_said, cap = 0;
	*out = NULL;
	*n = 0;
	for (unsigned i = 0; i < shown && !status; i++) {
		status = narrate_change(&view->narrator, changes[i], entry->role, &view->scratch,
					said, &n_said, err);
		if (!status && !append(view, out, n, &cap, said, n_said))
			status = lt_err_memory(err);
	}
	return status;
}

static bool share_subject(const struct telling *tellings, unsigned n)
{
	for (unsigned i = 1; i < n; i++)
		if (strcmp(tellings[i].subject, tellings[0].subject) != 0)
			return false;
	return n > 0;
}

static void print_who(const struct log_view *view, const char *hash, const struct entry *entry)
{
	const struct invocation *in = view->in;
	char public[LT_PUBLIC_HEX];
	printf("%.8s  %.10s %.5s  ", hash, entry->at, strlen(entry->at) > 16 ? entry->at + 11 : "");
	tell_text(in, entry->by);
	printf("%s", say(in, "（", " ("));
	tell_text(in, narrate_role(&view->narrator, entry->role));
	printf("%s%s", say(in, "）", ")"),
	       !is_signed(hash, entry, public) ? say(in, " 自称  ", " claimed  ")
	       : is_distrusted(view, public, entry)
		       ? say(in, " 签名不作数  ", " signed, not trusted  ")
		       : say(in, " 已签名  ", " signed  "));
}

/* All of it on one line where it did one thing. n_changes: how many there are to be told. */
static void print_deed(const struct log_view *view, const struct entry *entry, unsigned n_changes,
		       const char *deed, const struct telling *tellings, unsigned n)
{
	const struct invocation *in = view->in;
	const bool few = n_changes <= CHANGES_SHOWN, whole = n == 1 && n_changes == 1;
	const bool shared = few && share_subject(tellings, n) && tellings[0].subject[0];
	tell_text(in, deed);
	if (shared) {
		printf("%s", say(in, "  ", ": "));
		tell_text(in, tellings[0].subject);
	} else if (n_changes > 1) {
		printf(say(in, "，%u 处", ", %u changes"), n_changes);
	}
	if (whole) {
		printf("%s", say(in, " ", ", "));
		print_value(in, &tellings[0]);
	}
	printf("\n");
	if (entry->reason[0]) {
		printf("    %s", say(in, "原因：", "reason: "));
		tell_text(in, entry->reason);
		printf("\n");
	}
	for (unsigned i = 0; i < n && !whole; i++)
		print_telling(in, &tellings[i], 4, !shared);
}

static void print_rest(const struct invocation *in, const struct entry *entry, unsigned n_left)
{
	if (n_left)
		printf(say(in, "    另有 %u 处（--all 全部列出）\n",
			   "    and %u more (--all shows them)\n"),
		       n_left);
	if (entry->n_rejects)
		printf(say(in, "    未采纳 %u 处\n", "    %u changes were not taken\n"),
		       entry->n_rejects);
	if (!in->all)
		return;
	printf("    > ");
	tell_text(in, entry->command);
	printf("\n");
}

static enum lt_status print_entry(void *context, const char *hash, const struct entry *entry)
{
	struct log_view *view = context;
	struct invocation *in = view->in;
	const struct change **changes = NULL;
	struct telling *tellings;
	unsigned n_changes, n;
	const char *deed;
	lt_arena_reset(&view->scratch);
	enum lt_status status =
		narrate_deed(&view->narrator, entry, &view->scratch, &deed, &in->err);
	if (!status)
		status = choose_changes(view, entry, &changes, &n_changes);
	if (status)
		return status;
	const unsigned shown = in->all || n_changes <= CHANGES_SHOWN ? n_changes : CHANGES_SHOWN;
	status = tell_changes(view, entry, changes, shown, &tellings, &n);
	if (status)
		return status;
	print_who(view, hash, entry);
	print_deed(view, entry, n_changes, deed, tellings, n);
	print_rest(in, entry, n_changes - shown);
	return LT_OK;
}

static enum lt_status log_in_words(struct log_view *view)
{
	struct invocation *in = view->in;
	enum lt_status status = narrator_init(&view->narrator, &in->session, in->lang,
					      &in->session.arena, &in->findings, &in->err);
	lt_arena_init(&view->scratch, 0);
	if (!status)
		status = journal_visit(in->session.project, NULL, print_entry, view, &in->err);
	lt_arena_release(&view->scratch);
	return status;
}

enum lt_status command_log(struct invocation *in)
{
	struct lt_json json;
	struct log_view view = { .in = in, .json = &json };
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (status)
		return status;
	status = session_known_keys(&in->session, &view.keys, &view.n_keys, &in->err);
	if (status)
		return status;
	if (!in->json)
		return log_in_words(&view);
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "project", project_id(in->session.project));
	lt_json_string(&json, "head", project_head(in->session.project));
	lt_json_open_list(&json, "entries");
	status = journal_visit(in->session.project, NULL, json_entry, &view, &in->err);
	lt_json_close(&json);
	lt_json_close(&json);
	if (!status)
		return print_json(in, &json);
	lt_json_release(&json);
	return status;
}
