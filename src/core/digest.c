#include "lingtan/core/digest.h"

#include <string.h>

static void add_line(struct lt_sha256 *sha, const char *key, const char *value)
{
	if (!value)
		return;
	lt_sha256_add(sha, key, strlen(key));
	lt_sha256_add(sha, "=", 1);
	lt_sha256_add(sha, value, strlen(value));
	lt_sha256_add(sha, "\n", 1);
}

static void add_label(struct lt_sha256 *sha, const char *key, const struct label *label)
{
	add_line(sha, key, label->zh);
	add_line(sha, key, label->en);
}

static void add_words(struct lt_sha256 *sha, const char *key, const struct words *words)
{
	for (unsigned i = 0; i < words->n; i++)
		add_line(sha, key, words->at[i]);
}

void item_digest(const struct item *item, char hex[LT_SHA256_HEX])
{
	struct lt_sha256 sha;
	lt_sha256_init(&sha);
	add_line(&sha, "id", item->id);
	add_line(&sha, "clause", item->clause ? item->clause : item->id);
	add_line(&sha, "kind", item_kind_names[item->kind]);
	add_line(&sha, "form", item_form_names[item->form]);
	add_label(&sha, "title", &item->title);
	add_label(&sha, "ask", &item->ask);
	for (unsigned i = 0; i < item->n_modal; i++)
		add_line(&sha, "modal", item_modal_names[item->modal[i]]);
	add_words(&sha, "types", &item->types);
	add_words(&sha, "stages", &item->stages);
	add_words(&sha, "places", &item->places);
	add_line(&sha, "points", item->points.value);
	add_line(&sha, "quantity", item->quantity);
	for (unsigned i = 0; i < item->n_tiers; i++) {
		add_line(&sha, "tier", item->tiers[i].id);
		add_line(&sha, "from", item->tiers[i].from);
		add_line(&sha, "above", item->tiers[i].above);
		add_line(&sha, "then", item->tiers[i].then);
	}
	add_line(&sha, "from", item->linear.from);
	add_line(&sha, "to", item->linear.to);
	for (unsigned i = 0; i < item->n_checks; i++) {
		add_line(&sha, "check", item->checks[i].id);
		add_label(&sha, "title", &item->checks[i].title);
		add_line(&sha, "points", item->checks[i].points);
	}
	lt_sha256_finish(&sha, hex);
}

void ruleset_files_digest(const char *const sha256[N_RULESET_FILES], char hex[LT_SHA256_HEX])
{
	static const char head[] = "lingtan ruleset 1\n";
	struct lt_sha256 sha;
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, head, sizeof(head) - 1);
	for (int i = 0; i < N_RULESET_FILES; i++) {
		lt_sha256_add(&sha, sha256[i], strlen(sha256[i]));
		lt_sha256_add(&sha, "\n", 1);
	}
	lt_sha256_finish(&sha, hex);
}
