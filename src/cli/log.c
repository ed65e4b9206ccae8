/* lingtan log: the journal in words. */
#include "log.h"

#include <string.h>
#include "lingtan/base/text.h"

#define CHANGES_SHOWN 6 /* of one entry, without --all */
#define TEXT_SHOWN 60   /* columns of a value */

/* ---- one change ---- */

void print_text(const char *text)
{
	char shown[400];
	const size_t len = strlen(text), cut = lt_text_cut(text, len, 120);
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

/* What the parts of a key say to a person: digests short, the assessment's name last. */
static void print_key(const char *key)
{
	const char *at = key;
	for (int n = 0; *at; n++) {
		const size_t len = strcspn(at, "|");
		const bool digest = len == 64 && strspn(at, "0123456789abcdef") >= 64;
		char shown[300];
		lt_text_visible(at, digest ? 12 : len, shown, sizeof(shown));
		printf("%s%s", n ? " " : "", shown);
		at += len + (at[len] == '|');
	}
}

void print_cell_name(const struct invocation *in, const struct change *change)
{
	const struct fact_table *table =
		vocabulary_find_table(in->workspace.vocabulary, change->table);
	const struct cell_group *group = table ? fact_table_find_group(table, change->group) : NULL;
	printf("%s ", table ? label_text(in, &table->title) : change->table);
	print_key(change->key);
	printf("%s%s", say(in, " ", ", "), group ? label_text(in, &group->title) : change->group);
}

void print_change(const struct invocation *in, const struct change *change, int indent)
{
	printf("%*s", indent, "");
	print_cell_name(in, change);
	printf("%s", say(in, "：", ": "));
	if (change->old.at) {
		print_members(&change->old);
		printf(" → ");
	}
	print_members(&change->new);
	printf("\n");
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

/* ---- entries ---- */

struct log_view {
	const struct invocation *in;
	struct lt_json *json;
};

/* A signature that is none, or of something else, is as good as none; verify says so. */
static bool is_signed(const char *hash, const struct entry *entry, char public[LT_PUBLIC_HEX])
{
	return entry->signature && entry_signer(entry->signature, public) &&
	       entry_signature_holds(entry->signature, hash);
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
	lt_json_string(json, "signed_with",
		       is_signed(hash, entry, public) ? public : NULL);
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

static enum lt_status print_entry(void *context, const char *hash, const struct entry *entry)
{
	const struct log_view *view = context;
	const struct invocation *in = view->in;
	char public[LT_PUBLIC_HEX];
	const unsigned shown =
		in->all || entry->n_changes <= CHANGES_SHOWN ? entry->n_changes : CHANGES_SHOWN;
	printf("%.8s  %.10s %.5s  ", hash, entry->at, strlen(entry->at) > 16 ? entry->at + 11 : "");
	print_text(entry->by);
	printf("%s", say(in, "（", " ("));
	print_text(entry->role);
	printf("%s%s", say(in, "）", ")"),
	       is_signed(hash, entry, public) ? say(in, " 已签名  ", " signed  ")
					      : say(in, " 自称  ", " claimed  "));
	print_text(entry->command);
	printf("\n");
	if (entry->undoes)
		printf(say(in, "    针对 %.8s\n", "    of %.8s\n"), entry->undoes);
	if (entry->reason[0]) {
		printf("    %s", say(in, "原因：", "reason: "));
		print_text(entry->reason);
		printf("\n");
	}
	for (unsigned i = 0; i < shown; i++)
		print_change(in, &entry->changes[i], 4);
	if (shown < entry->n_changes)
		printf(say(in, "    另有 %u 处（--all 全部列出）\n",
			   "    and %u more (--all shows them)\n"),
		       entry->n_changes - shown);
	return LT_OK;
}

enum lt_status command_log(struct invocation *in)
{
	struct lt_json json;
	struct log_view view = { in, &json };
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (status)
		return status;
	if (!in->json)
		return journal_visit(in->session.project, NULL, print_entry, &view, &in->err);
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
