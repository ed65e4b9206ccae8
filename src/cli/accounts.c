/* lingtan inventory --standards: what each standard makes of the one ledger, and why they differ. */
#include <string.h>
#include "command.h"
#include "lingtan/app/accounts.h"

static const char *const fate_names[] = { "counted", "left_out", "refused", "elsewhere",
					  "not_taken" };
static const char *const state_names[] = { "none", "open", "value" };

static const struct ledger_row *row_of(const struct account *account, unsigned row)
{
	return &account->assessment.accounting->ledger.rows[row];
}

static const char *unit_of(const struct account *account)
{
	const struct plan *plan = account->assessment.plan;
	const struct quantity *whole = ruleset_find_quantity(plan->ruleset, "emission");
	const uint32_t slot = plan_find(plan, "emission");
	const struct plan_node *node = slot == NO_SLOT ? NULL : plan_node_at(plan, slot);
	return whole ? whole->unit : node && node->decl->unit ? node->decl->unit : "tCO2";
}

/* ---- JSON ---- */

static void json_figure(struct lt_json *json, const struct invocation *in,
			const struct account *account, unsigned q)
{
	const struct balance_figure *figure = &account->assessment.accounting->balance.figures[q];
	const struct quantity *quantity = &account->assessment.ruleset->quantities[q];
	const struct measure *measure = &account->assessment.answers.quantities[q];
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", quantity->id);
	lt_json_string(json, "unit", quantity->unit);
	lt_json_string(json, "state", state_names[figure->state]);
	if (figure->state == BALANCE_VALUE)
		lt_json_decimal(json, "value", figure->value);
	else
		lt_json_null(json, "value");
	lt_json_string(json, "entered", measure->typed);
	lt_json_int(json, "years", figure->years);
	lt_json_bool(json, "no_lines", figure->is_empty);
	lt_json_string(json, "origin", figure->origin ? origin_names[figure->origin] : NULL);
	lt_json_string(json, "why", in->lang == LT_ZH ? figure->why.zh : figure->why.en);
	lt_json_string(json, "needs", figure->needs);
	lt_json_open_list(json, "lines");
	for (unsigned p = 0; p < figure->n_parts; p++) {
		const struct balance_part *part = &figure->parts[p];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", row_of(account, part->row)->line.id);
		lt_json_string(json, "measure", take_measure_names[part->take->measure]);
		lt_json_bool(json, "over", part->is_over);
		lt_json_decimal(json, "value", part->value);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_close(json);
}

static void json_nodes(struct lt_json *json, const struct account *account)
{
	const struct plan *plan = account->assessment.plan;
	lt_json_open_object(json, "nodes");
	for (unsigned i = 0; i < plan->n_nodes; i++) {
		const struct value *value = &account->assessment.result.values[plan->first_node + i];
		if (account_rests_on_ledger(account, i) && value_is_exact(value))
			lt_json_decimal(json, plan->nodes[i].id, value->lo);
	}
	lt_json_close(json);
}

static void json_account(struct lt_json *json, const struct invocation *in,
			 const struct account *account)
{
	const struct assessment *assessment = &account->assessment;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "assessment", account->ref->name);
	lt_json_string(json, "standard", account->ref->standard);
	lt_json_string(json, "unit", unit_of(account));
	if (account->has_emission)
		lt_json_decimal(json, "emission", account->emission);
	else
		lt_json_null(json, "emission");
	lt_json_int(json, "years", account->years);
	lt_json_open_list(json, "figures");
	for (unsigned q = 0; assessment->accounting && q < assessment->ruleset->n_quantities; q++)
		if (assessment->ruleset->quantities[q].ledger.n_takes)
			json_figure(json, in, account, q);
	lt_json_close(json);
	if (assessment->accounting)
		json_nodes(json, account);
	lt_json_close(json);
}

static void json_lines(struct lt_json *json, const struct accounts *accounts)
{
	const struct account *first = &accounts->at[0];
	lt_json_open_list(json, "lines");
	for (unsigned row = 0; first->lines && row < first->assessment.accounting->ledger.n; row++) {
		if (strcmp(row_of(first, row)->line.year, accounts->year) != 0)
			continue;
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", row_of(first, row)->line.id);
		for (unsigned i = 0; i < accounts->n; i++) {
			const struct account *account = &accounts->at[i];
			if (!account->lines)
				continue;
			lt_json_open_object(json, account->ref->standard);
			lt_json_string(json, "fate", fate_names[account->lines[row].fate]);
			lt_json_decimal(json, "tonnes", account->lines[row].tonnes);
			lt_json_close(json);
		}
		lt_json_close(json);
	}
	lt_json_close(json);
}

static enum lt_status json_differences(struct lt_json *json, const struct invocation *in,
				       struct accounts *accounts, struct lt_err *err)
{
	lt_json_open_list(json, "differences");
	for (unsigned i = 1; i < accounts->n; i++) {
		const struct account *from = &accounts->at[0], *to = &accounts->at[i];
		struct account_difference *found;
		unsigned n;
		enum lt_status status = accounts_differ(accounts, from, to, &found, &n, err);
		if (status)
			return status;
		lt_json_open_object(json, NULL);
		lt_json_string(json, "from", from->ref->standard);
		lt_json_string(json, "to", to->ref->standard);
		lt_json_open_list(json, "reasons");
		for (unsigned d = 0; d < n; d++) {
			lt_json_open_object(json, NULL);
			lt_json_string(json, "why", label_text(in, account_reason(&found[d])));
			lt_json_decimal(json, "tonnes", found[d].tonnes);
			lt_json_open_list(json, "lines");
			for (unsigned l = 0; l < found[d].n; l++)
				lt_json_string(json, NULL, row_of(from, found[d].rows[l])->line.id);
			lt_json_close(json);
			lt_json_close(json);
		}
		lt_json_close(json);
		lt_json_close(json);
	}
	lt_json_close(json);
	return LT_OK;
}

static enum lt_status as_json(struct invocation *in, struct accounts *accounts)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "year", accounts->year);
	lt_json_string(&json, "rung", accounts->rung);
	lt_json_open_list(&json, "standards");
	for (unsigned i = 0; i < accounts->n; i++)
		json_account(&json, in, &accounts->at[i]);
	lt_json_close(&json);
	json_lines(&json, accounts);
	enum lt_status status = json_differences(&json, in, accounts, &in->err);
	lt_json_close(&json);
	if (!status)
		return print_json(in, &json);
	lt_json_release(&json);
	return status;
}

/* ---- text ---- */

static void print_figures(const struct invocation *in, const struct account *account)
{
	const struct assessment *assessment = &account->assessment;
	char text[LT_DECIMAL_TEXT];
	for (unsigned q = 0; q < assessment->ruleset->n_quantities; q++) {
		const struct quantity *quantity = &assessment->ruleset->quantities[q];
		const struct balance_figure *figure =
			&assessment->accounting->balance.figures[q];
		if (figure->state == BALANCE_NONE)
			continue;
		printf("  ");
		print_padded(stdout, label_text(in, &quantity->title), 40);
		if (figure->state == BALANCE_VALUE) {
			lt_decimal_format(figure->value, text);
			printf("%22s %s\n", text, quantity->unit);
			continue;
		}
		printf("%22s ", say(in, "未能算出", "open"));
		print_remark(label_text(in, &figure->why));
		printf("\n");
	}
}

/* What rests on the ledger alone and has a unit: net, shares, what is left after each step. */
static void print_nodes(const struct invocation *in, const struct account *account)
{
	const struct plan *plan = account->assessment.plan;
	char text[LT_DECIMAL_TEXT];
	for (unsigned i = 0; i < plan->n_nodes; i++) {
		const struct node *decl = plan->nodes[i].decl;
		const struct value *value = &account->assessment.result.values[plan->first_node + i];
		if (!decl->unit || !account_rests_on_ledger(account, i) || !value_is_exact(value))
			continue;
		lt_decimal_format(value->lo, text);
		printf("  ");
		print_padded(stdout, label_text(in, &plan->nodes[i].title), 40);
		const bool has_unit = strcmp(decl->unit, "1") != 0;
		printf("%22s%s%s\n", text, has_unit ? " " : "", has_unit ? decl->unit : "");
	}
}

static enum lt_status print_differences(struct invocation *in, struct accounts *accounts,
					const struct account *to)
{
	const struct account *from = &accounts->at[0];
	struct account_difference *found;
	char text[LT_DECIMAL_TEXT];
	unsigned n;
	enum lt_status status = accounts_differ(accounts, from, to, &found, &n, &in->err);
	if (status || !n)
		return status;
	printf(say(in, "  与 %s 的差异\n", "  against %s\n"), from->ref->standard);
	for (unsigned d = 0; d < n; d++) {
		lt_decimal_format(found[d].tonnes, text);
		printf("    %s%s  ", text[0] == '-' ? "" : "+", text);
		print_remark(label_text(in, account_reason(&found[d])));
		if (!found[d].n) {
			printf("\n");
			continue;
		}
		printf(say(in, "（%u 行：", " (%u lines: "), found[d].n);
		for (unsigned l = 0; l < found[d].n && l < 6; l++) {
			const char *name = ledger_line_called(
				&from->assessment.accounting->ledger,
				&row_of(from, found[d].rows[l])->line, &accounts->arena);
			if (!name)
				return lt_err_memory(&in->err);
			printf("%s", l ? say(in, "、", ", ") : "");
			print_remark(name);
		}
		printf("%s%s\n", found[d].n > 6 ? " .." : "", say(in, "）", ")"));
	}
	return LT_OK;
}

static void print_emission(const struct invocation *in, const struct account *account)
{
	char title[80], text[LT_DECIMAL_TEXT];
	snprintf(title, sizeof(title),
		 account->years > 1 ? say(in, "排放（近 %u 年平均）", "emissions, mean of %u years")
				    : say(in, "排放", "emissions"),
		 account->years);
	lt_decimal_format(account->emission, text);
	printf("  ");
	print_padded(stdout, title, 40);
	if (account->has_emission)
		printf("%22s %s\n", text, unit_of(account));
	else
		printf("%22s\n", say(in, "未能算出", "open"));
}

static enum lt_status as_text(struct invocation *in, struct accounts *accounts)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < accounts->n && !status; i++) {
		const struct account *account = &accounts->at[i];
		printf("%s%s  %s\n", i ? "\n" : "", account->ref->name,
		       label_text(in, &account->assessment.ruleset->title));
		if (!account->assessment.accounting) {
			printf("  %s\n", say(in, "不从台账取数", "takes nothing of the ledger"));
			continue;
		}
		print_emission(in, account);
		print_figures(in, account);
		print_nodes(in, account);
		if (i)
			status = print_differences(in, accounts, account);
	}
	return status;
}

enum lt_status inventory_standards(struct invocation *in)
{
	struct accounts accounts = { 0 };
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (status)
		return status;
	status = accounts_open(&in->session, in->year, in->rung, &accounts, &in->findings,
			       &in->err);
	if (!status)
		status = in->json ? as_json(in, &accounts) : as_text(in, &accounts);
	accounts_close(&accounts);
	return status;
}
