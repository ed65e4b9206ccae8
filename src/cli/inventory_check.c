/* lingtan inventory --check: what a verifier would find, each with its rule and the row to go to. */
#include <string.h>
#include "command.h"
#include "lingtan/app/inventory_check.h"

static enum lt_status as_json(struct invocation *in, const struct ledger_finding *found,
			      const char *year, const char *rung)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "year", year);
	lt_json_string(&json, "rung", rung);
	lt_json_open_list(&json, "findings");
	for (; found; found = found->next) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "rule", found->rule);
		lt_json_string(&json, "severity", lt_severity_name(found->severity, LT_EN));
		lt_json_string(&json, "table", found->table);
		lt_json_string(&json, "key", found->key);
		lt_json_string(&json, "text", label_text(in, &found->text));
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static void as_text(const struct invocation *in, const struct ledger_finding *found)
{
	unsigned n = 0;
	for (; found; found = found->next, n++) {
		const struct fact_table *table =
			vocabulary_find_table(in->workspace.vocabulary, found->table);
		printf("%s  ", lt_severity_name(found->severity, in->lang));
		print_remark(label_text(in, &found->text));
		printf("  [%s ", table ? label_text(in, &table->title) : found->table);
		print_remark(found->key);
		printf("  %s]\n", found->rule);
	}
	printf(say(in, "%u 处发现\n", "findings: %u\n"), n);
}

enum lt_status inventory_findings(struct invocation *in)
{
	struct inventory inventory = { 0 };
	struct ledger_finding *found = NULL;
	const char *year = "";
	bool any = false;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (status)
		return status;
	status = inventory_open(&in->session, in->rung, &inventory, &in->findings, &in->err);
	if (!status)
		status = inventory_check(&in->session, &inventory, in->year, in->on ? in->on : "",
					 &in->findings, &found, &year, &in->err);
	if (!status && in->json)
		status = as_json(in, found, year, inventory.rung);
	else if (!status)
		as_text(in, found);
	for (const struct ledger_finding *at = found; at; at = at->next)
		any |= at->severity == LT_ERROR;
	inventory_close(&inventory);
	return status ? status : any ? LT_NO : LT_OK;
}
