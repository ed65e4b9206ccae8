/* lingtan inventory, conclusion: emissions by scope, system and source, absorption, offsets, balance;
 * what was declared beside what was verified. */
#include <string.h>
#include "inventory_sources.h"
#include "lingtan/app/inventory.h"
#include "lingtan/base/digits.h"
#include "lingtan/base/text.h"

static const struct label system_titles[N_LEDGER_SYSTEMS + 1] = {
	{ "能源", "energy" }, { "建筑", "building" }, { "生产", "production" },
	{ "交通", "transport" }, { "废弃物", "waste" }, { "水", "water" },
	{ "生态", "ecology" }, { "未归系统", "no system" },
};
static const struct label kind_titles[] = { { "排放合计", "emission" },
					    { "吸收", "absorption" },
					    { "抵消", "offset" } };
static const struct label bucket_titles[N_LEDGER_BUCKETS] = {
	[LEDGER_BIOGENIC] = { "生物源 CO2（单列）", "biogenic CO2, apart" },
	[LEDGER_FEEDSTOCK] = { "原料用途（不计入）", "feedstock, left out" },
	[LEDGER_BUNKER] = { "国际航行（单列）", "international bunkers, apart" },
};
static const char *const bucket_names[N_LEDGER_BUCKETS] = {
	[LEDGER_BIOGENIC] = "biogenic", [LEDGER_FEEDSTOCK] = "feedstock", [LEDGER_BUNKER] = "bunker"
};
static const char *const state_names[N_LEDGER_STATES] = { "counted", "open", "unstated", "wrong" };
static const char *const age_names[N_FACTOR_AGES] = { "good",  "not_stated", "no_year", "stale",
						      "too_new", "expired", "elsewhere" };
static const struct label age_titles[N_FACTOR_AGES] = {
	[FACTOR_NOT_STATED] = { "因子未说明", "factor not stated" },
	[FACTOR_NO_YEAR] = { "外购电的因子没有年份", "the factor of power bought has no year" },
	[FACTOR_STALE] = { "因子过期，可换用", "the factor is stale; newer:" },
	[FACTOR_TOO_NEW] = { "因子年份晚于数据年份", "the factor is of a later year than the data" },
	[FACTOR_EXPIRED] = { "因子已失效", "the factor is not valid in that year" },
	[FACTOR_ELSEWHERE] = { "因子是别的省份的", "the factor is of another province" },
};

struct page {
	struct invocation *in;
	struct inventory inventory;
	struct factor_list factors;
	const char *year;
	const char **years;
	unsigned n_years;
	const struct ledger_totals *totals;
	const char *province;
	struct inventory_evidence *evidence;
	unsigned n_evidence;
};

/* ---- numbers ---- */

/* 15,429.21 */
const char *tonnes_text(struct lt_decimal value, char *out)
{
	char plain[LT_DECIMAL_TEXT];
	lt_decimal_format_places(value, 2, plain);
	lt_digits_group(plain, out);
	return out;
}

/* To the right end of so many columns; a dash for what is not known. */
static void print_known(int width, bool is_known, struct lt_decimal value)
{
	char text[2 * LT_DECIMAL_TEXT];
	if (is_known)
		printf("%*s", width, tonnes_text(value, text));
	else
		printf("%*s—", width - 1, "");
}

static void print_number(const char *title, struct lt_decimal value)
{
	print_padded(stdout, title, 26);
	print_known(20, true, value);
	printf("\n");
}

static void json_known(struct lt_json *json, const char *key, bool is_known, struct lt_decimal value)
{
	if (is_known)
		lt_json_decimal(json, key, value);
	else
		lt_json_null(json, key);
}

/* What emissions are part of: not known where no line makes any. */
static void print_emission(const struct ledger_totals *totals, const char *title,
			   struct lt_decimal value)
{
	print_padded(stdout, title, 26);
	print_known(20, totals->n_emissions, value);
	printf("\n");
}

static struct lt_decimal kwh_of(struct lt_decimal megajoules)
{
	struct lt_decimal kwh = { 0 };
	lt_decimal_multiply_divide(megajoules, lt_decimal_from_int(10), lt_decimal_from_int(36),
				   &kwh);
	return kwh;
}

static struct lt_decimal gj_of(struct lt_decimal megajoules)
{
	struct lt_decimal gj = { 0 };
	lt_decimal_divide(megajoules, lt_decimal_from_int(1000), &gj);
	return gj;
}

/* ---- as JSON ---- */

/* Members stand in any case; what is not known is null in them. */
static void json_sum(struct lt_json *json, const char *key, bool is_known,
		     const struct ledger_sum *sum)
{
	lt_json_open_object(json, key);
	json_known(json, "co2", is_known, sum->co2);
	json_known(json, "other", is_known, sum->other);
	json_known(json, "total", is_known, ledger_sum_value(sum, true));
	lt_json_close(json);
}

static void json_line(struct lt_json *json, const struct page *page, unsigned at)
{
	const struct ledger_row *row = &page->inventory.ledger.rows[at];
	const struct inventory_claim *claim = &page->inventory.claims[at];
	const struct ledger_line *line = &row->line;
	const struct factor *newer;
	static const char *const fields[] = {
		"year",	       "kind",	      "scope",	       "system",   "source",  "name",
		"amount",      "unit",	      "factor",	       "factor_value", "factor_unit",
		"factor_cite", "factor_set",  "factor_year",   "factor_region", "heating_value",
		"heating_unit", "carbon",     "carbon_unit",   "oxidation", "fuel_cite", "place",
		"meter",       "gas",	      "biogenic",      "quality",  "grade", "uncertainty",
		"flow",	       "carrier",     "attributes",    "purpose",  "accounts", "terminal",
		"scope_1",     "scope_2",     "scope_3",       "boundary", "note"
	};
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", line->id);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		json_text(json, fields[i], inventory_text(line, fields[i]));
	lt_json_open_list(json, "months");
	for (int i = 0; i < LEDGER_MONTHS; i++)
		lt_json_string(json, NULL, line->months[i][0] ? line->months[i] : NULL);
	lt_json_close(json);
	lt_json_open_list(json, "evidence");
	for (unsigned i = 0; i < page->n_evidence; i++) {
		if (page->evidence[i].row != at)
			continue;
		lt_json_open_object(json, NULL);
		lt_json_string(json, "name", page->evidence[i].name);
		lt_json_string(json, "sha256", page->evidence[i].sha256);
		json_text(json, "locator", page->evidence[i].locator);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_string(json, "state", state_names[row->result.state]);
	if (row->result.state == LEDGER_COUNTED) {
		lt_json_decimal(json, "tonnes", row->result.tonnes);
		lt_json_decimal(json, "factor_used", row->result.factor);
	} else {
		lt_json_null(json, "tonnes");
		lt_json_null(json, "factor_used");
	}
	lt_json_string(json, "factor_is",
		       age_names[factor_age(&page->factors, line, page->province, &newer)]);
	lt_json_string(json, "newer_factor", newer ? newer->id : NULL);
	json_text(json, "entered", line->entered);
	json_text(json, "declared", claim->declared);
	lt_json_string(json, "verified_on", claim->rung);
	json_text(json, "reason", claim->reason);
	lt_json_close(json);
}

static void json_energy(struct lt_json *json, const struct ledger_totals *totals)
{
	for (int carrier = 0; carrier < N_LEDGER_CARRIERS; carrier++) {
		lt_json_open_object(json, ledger_carrier_names[carrier]);
		lt_json_string(json, "unit", carrier == LEDGER_POWER ? "kWh" : "GJ");
		for (int flow = 0; flow < N_LEDGER_FLOWS; flow++) {
			const struct lt_decimal energy = totals->energy[carrier][flow];
			lt_json_decimal(json, ledger_flow_names[flow],
					carrier == LEDGER_POWER ? kwh_of(energy) : gj_of(energy));
		}
		lt_json_close(json);
	}
}

static void json_balance(struct lt_json *json, const struct ledger_totals *totals)
{
	for (int all = 0; all < 2; all++) {
		lt_json_open_object(json, all ? "balance" : "balance_co2");
		for (int kind = 0; kind < LEDGER_MEMO; kind++)
			json_known(json, ledger_kind_names[kind],
				   kind == LEDGER_EMISSION ? totals->n_emissions : totals->n_lines,
				   ledger_sum_value(&totals->kind[kind], all));
		json_known(json, "net", totals->n_emissions, ledger_net(totals, all));
		lt_json_string(json, "unit", all ? "tCO2e" : "tCO2");
		lt_json_close(json);
	}
}

static enum lt_status page_as_json(struct page *page, const struct source_lists *lists,
				   const unsigned *order, unsigned n)
{
	const struct ledger_totals *totals = page->totals;
	const bool has_emission = totals->n_emissions > 0;
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "year", page->year);
	lt_json_string(&json, "rung", page->inventory.rung);
	lt_json_open_list(&json, "years");
	for (unsigned i = 0; i < page->n_years; i++)
		lt_json_string(&json, NULL, page->years[i]);
	lt_json_close(&json);
	json_balance(&json, totals);
	lt_json_open_object(&json, "scopes");
	for (int scope = 1; scope <= 3; scope++)
		json_sum(&json, (const char *[]){ "", "1", "2", "3" }[scope], has_emission,
			 &totals->scope[scope]);
	json_sum(&json, "none", has_emission, &totals->scope[0]);
	lt_json_close(&json);
	lt_json_open_object(&json, "systems");
	for (int system = 0; system <= N_LEDGER_SYSTEMS; system++)
		json_sum(&json, system < N_LEDGER_SYSTEMS ? ledger_system_names[system] : "none",
			 has_emission, &totals->system[system]);
	lt_json_close(&json);
	lt_json_open_object(&json, "aside");
	for (int bucket = LEDGER_BIOGENIC; bucket <= LEDGER_BUNKER; bucket++)
		json_sum(&json, bucket_names[bucket], totals->n_lines, &totals->aside[bucket]);
	lt_json_close(&json);
	json_energy(&json, totals);
	sources_json(&json, lists);
	lt_json_open_object(&json, "states");
	for (int state = 0; state < N_LEDGER_STATES; state++)
		lt_json_int(&json, state_names[state], totals->n_state[state]);
	lt_json_close(&json);
	lt_json_open_list(&json, "lines");
	for (unsigned i = 0; i < n; i++)
		json_line(&json, page, order[i]);
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(page->in, &json);
}

/* ---- as text ---- */

static void print_states(const struct page *page)
{
	const struct invocation *in = page->in;
	const struct ledger_totals *totals = page->totals;
	printf(say(in, "%u 行；未填 %u，因子未说明 %u，有误 %u\n",
		   "lines: %u; open: %u, factor not stated: %u, wrong: %u\n"),
	       totals->n_lines, totals->n_state[LEDGER_OPEN], totals->n_state[LEDGER_UNSTATED],
	       totals->n_state[LEDGER_WRONG]);
}

/* What a verifier would ask of the factors. */
static void print_factor_findings(struct page *page, const unsigned *order, unsigned n)
{
	const struct invocation *in = page->in;
	for (unsigned i = 0; i < n; i++) {
		const struct ledger_row *row = &page->inventory.ledger.rows[order[i]];
		const struct factor *newer;
		struct lt_err why = LT_ERR_INIT;
		const enum factor_age age =
			factor_age(&page->factors, &row->line, page->province, &newer);
		if (row->result.state == LEDGER_WRONG)
			inventory_why(&page->inventory, order[i], &why);
		if (age == FACTOR_GOOD && !why.status)
			continue;
		printf("! ");
		print_remark(row->line.source);
		printf("%s", say(in, "：", ": "));
		print_remark(why.status ? why.text[in->lang] : label_text(in, &age_titles[age]));
		if (newer && !why.status)
			printf(" %s", newer->id);
		printf("\n");
	}
}

static void print_page(struct page *page, const struct source_lists *lists, const unsigned *order,
		       unsigned n)
{
	const struct invocation *in = page->in;
	const struct ledger_totals *totals = page->totals;
	char title[80];
	printf(say(in, "%s 年  单位 tCO2e\n", "%s  tCO2e\n"), page->year);
	for (int scope = 1; scope <= 3; scope++) {
		snprintf(title, sizeof(title), say(in, "范围 %d", "scope %d"), scope);
		print_emission(totals, title, ledger_sum_value(&totals->scope[scope], true));
		for (int system = 0; system <= N_LEDGER_SYSTEMS; system++) {
			const struct ledger_sum *sum = &totals->scope_system[scope][system];
			if (!sum->co2.units && !sum->other.units)
				continue;
			snprintf(title, sizeof(title), "  %s",
				 label_text(in, &system_titles[system]));
			print_number(title, ledger_sum_value(sum, true));
		}
	}
	if (totals->scope[0].co2.units || totals->scope[0].other.units)
		print_number(say(in, "未归范围", "no scope"),
			     ledger_sum_value(&totals->scope[0], true));
	print_emission(totals, label_text(in, &kind_titles[LEDGER_EMISSION]),
		       ledger_sum_value(&totals->kind[LEDGER_EMISSION], true));
	for (int kind = LEDGER_ABSORPTION; kind < LEDGER_MEMO; kind++)
		print_number(label_text(in, &kind_titles[kind]),
			     ledger_sum_value(&totals->kind[kind], true));
	print_emission(totals, say(in, "净排放", "net"), ledger_net(totals, true));
	print_emission(totals, say(in, "净排放（只计 CO2）", "net, CO2 alone"),
		       ledger_net(totals, false));
	for (int bucket = LEDGER_BIOGENIC; bucket <= LEDGER_BUNKER; bucket++)
		if (totals->aside[bucket].co2.units || totals->aside[bucket].other.units)
			print_number(label_text(in, &bucket_titles[bucket]),
				     ledger_sum_value(&totals->aside[bucket], true));
	sources_print(in, lists);
	printf("\n");
	if (!totals->n_emissions)
		printf("%s\n", say(in, "还没有一行计入排放，排放和净排放未定",
				   "no line is counted as emission yet; emission and net are not known"));
	print_states(page);
	print_factor_findings(page, order, n);
}

/* ---- both ---- */

/* The year that was asked for, else the last one that has lines. */
static enum lt_status choose_year(struct page *page)
{
	page->years = inventory_years(&page->inventory, &page->n_years);
	if (!page->years)
		return lt_err_memory(&page->in->err);
	page->year = page->in->year ? page->in->year
		     : page->n_years ? page->years[page->n_years - 1]
				     : "";
	page->totals = ledger_totals(&page->inventory.ledger, page->year);
	if (page->n_years || page->in->json)
		return LT_OK;
	return lt_err_set(&page->in->err, LT_EDATA, "盘查还是空的；见 lingtan line add",
			  "the inventory is empty; see lingtan line add");
}

static enum lt_status open_page(struct invocation *in, struct page *page)
{
	struct words location = { 0 };
	*page = (struct page){ .in = in, .province = "" };
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = inventory_open(&in->session, in->rung, &page->inventory, &in->findings,
					&in->err);
	if (!status)
		status = factor_sets(&in->session, &page->inventory.arena, &in->findings,
				     &page->factors, &in->err);
	if (!status)
		status = inventory_evidence(&in->session, &page->inventory, &page->evidence,
					    &page->n_evidence, &in->err);
	if (!status)
		status = project_get(in->session.project, "park", "park", "location",
				     &page->inventory.arena, &location, &in->err);
	if (location.at)
		page->province = location.at[0];
	return status ? status : choose_year(page);
}

enum lt_status command_inventory(struct invocation *in)
{
	if (in->standards)
		return inventory_standards(in);
	if (in->check)
		return inventory_findings(in);
	struct page page;
	struct source_lists lists = { 0 };
	unsigned n = 0;
	enum lt_status status = open_page(in, &page);
	if (!status)
		status = sources_open(in, &page.inventory, page.year, &lists);
	unsigned *order = status ? NULL : inventory_order(&page.inventory, page.year, &page.inventory.arena, &n);
	if (!status && !order)
		status = lt_err_memory(&in->err);
	if (!status && in->json)
		status = page_as_json(&page, &lists, order, n);
	else if (!status)
		print_page(&page, &lists, order, n);
	inventory_close(&page.inventory);
	return status;
}

/* ---- conclusion ---- */

static void json_conclusion_row(struct lt_json *json, const struct conclusion_row *row)
{
	lt_json_string(json, "what", row->what);
	json_known(json, "declared", row->has_declared, row->declared);
	json_known(json, "verified", row->has_verified, row->verified);
	json_known(json, "difference", row->has_difference, row->difference);
	json_known(json, "share_percent", row->has_share, row->share);
	lt_json_bool(json, "material", row->is_material);
}

/* How the data were had, and what is said of their uncertainty; null while that is off. */
static void json_quality(struct lt_json *json, const struct conclusion *found)
{
	if (!found->with_quality) {
		lt_json_null(json, "quality");
		return;
	}
	lt_json_open_object(json, "quality");
	lt_json_open_list(json, "levels");
	for (unsigned i = 0; i < CONCLUSION_LEVELS; i++) {
		const struct conclusion_level *level = &found->levels[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "level", conclusion_levels[i]);
		lt_json_int(json, "lines", level->n_lines);
		lt_json_decimal(json, "tonnes", level->tonnes);
		json_known(json, "share_percent", level->has_share, level->share);
		lt_json_close(json);
	}
	lt_json_close(json);
	json_text(json, "uncertainty", found->uncertainty);
	lt_json_close(json);
}

static enum lt_status conclusion_as_json(struct invocation *in, const struct conclusion *found,
					 const struct page *upper)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "year", upper->year);
	lt_json_string(&json, "rung", upper->inventory.rung);
	json_text(&json, "materiality_percent", found->limit);
	json_quality(&json, found);
	lt_json_open_list(&json, "totals");
	for (unsigned i = 0; i < found->n_totals; i++) {
		lt_json_open_object(&json, NULL);
		json_conclusion_row(&json, &found->totals[i]);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_open_list(&json, "lines");
	for (unsigned i = 0; i < found->n_lines; i++) {
		const unsigned at = found->lines[i].row;
		const struct ledger_line *line = &upper->inventory.ledger.rows[at].line;
		const struct inventory_claim *claim = &upper->inventory.claims[at];
		lt_json_open_object(&json, NULL);
		json_conclusion_row(&json, &found->lines[i]);
		lt_json_string(&json, "source", line->source);
		json_text(&json, "declared_amount", inventory_is_declared(line) ? claim->declared : "");
		json_text(&json, "verified_amount", line->amount);
		json_text(&json, "unit", line->unit);
		json_text(&json, "reason", claim->reason);
		if (found->with_quality) {
			json_text(&json, "quality", line->quality);
			json_text(&json, "grade", line->grade);
			json_text(&json, "uncertainty_percent", line->uncertainty);
		}
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static const char *title_of(const struct invocation *in, const char *what)
{
	for (int kind = 0; kind < LEDGER_MEMO; kind++)
		if (strcmp(what, ledger_kind_names[kind]) == 0)
			return label_text(in, &kind_titles[kind]);
	if (strcmp(what, "net") == 0)
		return say(in, "净排放", "net");
	return what[0] == '1'	? say(in, "范围 1", "scope 1")
	       : what[0] == '2' ? say(in, "范围 2", "scope 2")
				: say(in, "范围 3", "scope 3");
}

static void print_conclusion_row(const struct invocation *in, const char *title,
				 const struct conclusion_row *row)
{
	char share[LT_DECIMAL_TEXT] = "-";
	if (row->has_share)
		lt_decimal_format_places(row->share, 2, share);
	print_padded(stdout, title, 26);
	print_known(16, row->has_declared, row->declared);
	print_known(16, row->has_verified, row->verified);
	print_known(14, row->has_difference, row->difference);
	printf("%9s %%%s\n", share, row->is_material ? say(in, "  超过限值", "  material") : "");
}

static const struct label level_titles[CONCLUSION_LEVELS] = { { "实测", "measured" },
							      { "计算", "calculated" },
							      { "估算", "estimated" },
							      { "未说明", "not said" } };

/* "  [实测 B +-5 %]" */
static void print_line_quality(const struct invocation *in, const struct ledger_line *line)
{
	const unsigned level = ledger_word(conclusion_levels, CONCLUSION_LEVELS - 1, line->quality);
	printf("  [%s", label_text(in, &level_titles[level]));
	if (line->grade[0])
		printf(" ");
	print_remark(line->grade);
	if (line->uncertainty[0])
		printf(" +-%s %%", line->uncertainty);
	printf("]");
}

static void print_quality(const struct invocation *in, const struct conclusion *found)
{
	char text[2 * LT_DECIMAL_TEXT], share[LT_DECIMAL_TEXT];
	printf("\n%s\n", say(in, "数据质量（排放）", "quality of the data, emissions"));
	for (unsigned i = 0; i < CONCLUSION_LEVELS; i++) {
		const struct conclusion_level *level = &found->levels[i];
		snprintf(share, sizeof(share), "-");
		if (level->has_share)
			lt_decimal_format_places(level->share, 1, share);
		printf("  ");
		print_padded(stdout, label_text(in, &level_titles[i]), 24);
		printf(say(in, "%4u 行%16s%9s %%\n", "%4u lines%16s%9s %%\n"), level->n_lines,
		       tonnes_text(level->tonnes, text), share);
	}
	if (!found->uncertainty[0])
		return;
	printf("%s", say(in, "不确定性：", "uncertainty: "));
	print_remark(found->uncertainty);
	printf("\n");
}

/* "    100 -> 105 t；漏计一张" */
static void print_amounts(const struct invocation *in, const struct ledger_line *line,
			  const struct inventory_claim *claim)
{
	char text[INVENTORY_UNDECLARED_TEXT];
	printf("    ");
	if (inventory_is_declared(line)) {
		print_remark(claim->declared);
		if (strcmp(claim->declared_unit, line->unit) != 0) {
			printf(" ");
			print_remark(claim->declared_unit);
		}
		printf(" -> ");
	} else {
		printf("%s", inventory_undeclared(line, in->lang, text));
	}
	print_remark(line->amount[0] ? line->amount : "-");
	printf(" ");
	print_remark(line->unit);
	if (claim->reason[0])
		printf("%s", say(in, "；", "; "));
	print_remark(claim->reason);
}

static void print_conclusion(const struct invocation *in, const struct conclusion *found,
			     const struct page *upper)
{
	print_padded(stdout, say(in, "tCO2e", "tCO2e"), 26);
	print_padded(stdout, say(in, "          申报值", "        declared"), 16);
	print_padded(stdout, say(in, "          核定值", "        verified"), 16);
	print_padded(stdout, say(in, "          差异", "    difference"), 14);
	printf("%s\n", say(in, "       占比", "      share"));
	for (unsigned i = 0; i < found->n_totals; i++)
		print_conclusion_row(in, title_of(in, found->totals[i].what), &found->totals[i]);
	if (!found->limit[0])
		printf("%s\n", say(in, "实质性限值未定；见 lingtan fill FILE settings materiality=5",
				   "no materiality limit is set; see lingtan fill FILE settings materiality=5"));
	for (unsigned i = 0; i < found->n_lines; i++) {
		const unsigned at = found->lines[i].row;
		const struct ledger_line *line = &upper->inventory.ledger.rows[at].line;
		char name[400];
		lt_text_visible(line->source, strlen(line->source), name, sizeof(name));
		print_conclusion_row(in, name, &found->lines[i]);
		print_amounts(in, line, &upper->inventory.claims[at]);
		if (found->with_quality)
			print_line_quality(in, line);
		printf("\n");
	}
	if (found->with_quality)
		print_quality(in, found);
}

enum lt_status command_conclusion(struct invocation *in)
{
	struct page upper;
	struct inventory declared = { 0 };
	struct conclusion found;
	if (!in->rung)
		in->rung = "evaluator";
	enum lt_status status = open_page(in, &upper);
	if (!status)
		status = inventory_open(&in->session, "self", &declared, &in->findings, &in->err);
	if (!status)
		status = inventory_conclude(&in->session, &declared, &upper.inventory, upper.year,
					    &found, &in->err);
	if (!status && in->json)
		status = conclusion_as_json(in, &found, &upper);
	else if (!status)
		print_conclusion(in, &found, &upper);
	inventory_close(&declared);
	inventory_close(&upper.inventory);
	return status;
}
