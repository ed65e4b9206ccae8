/* The analyses of an inventory: share, difficulty and economics of each source and sink. */
#include "inventory_sources.h"

#include <string.h>
#include "lingtan/base/text.h"

static const char *const list_names[LEDGER_MEMO] = { "sources", "sinks", "offsets" };
static const struct label list_titles[LEDGER_MEMO] = { { "各排放源", "sources" },
						       { "各吸收源", "sinks" },
						       { "各项抵消", "offsets" } };
static const char *const said[] = { "difficulty", "why", "means", "economics" };

static bool share_of(struct lt_decimal part, struct lt_decimal whole, struct lt_decimal *out)
{
	return whole.units > 0 &&
	       lt_decimal_multiply_divide(part, lt_decimal_from_int(100), whole, out);
}

static const struct record *appraisal_of(const struct source_lists *lists, unsigned kind,
					 const char *source)
{
	for (unsigned i = 0; i < lists->n_appraisals; i++)
		if (strcmp(record_text(lists->appraisals[i], "kind"), ledger_kind_names[kind]) == 0 &&
		    strcmp(record_text(lists->appraisals[i], "source"), source) == 0)
			return lists->appraisals[i];
	return NULL;
}

enum lt_status sources_open(struct invocation *in, struct inventory *inventory, const char *year,
			    struct source_lists *out)
{
	const struct form *form;
	*out = (struct source_lists){ 0 };
	enum lt_status status = record_form(in->session.workspace, "appraisal", &in->findings,
					    &form, &in->err);
	if (!status)
		status = record_list(&in->session, form, &out->appraisals, &out->n_appraisals,
				     &in->err);
	for (unsigned kind = 0; kind < LEDGER_MEMO && !status; kind++) {
		out->whole[kind] = ledger_sum_value(
			&ledger_totals(&inventory->ledger, year)->kind[kind], true);
		status = ledger_ranking(&inventory->ledger, year, (enum ledger_kind)kind, true,
					&inventory->arena, &out->shares[kind], &out->n[kind],
					&in->err);
	}
	return status;
}

static void json_share(struct lt_json *json, const struct source_lists *lists, unsigned kind,
		       const struct ledger_share *of)
{
	const struct record *appraisal = appraisal_of(lists, kind, of->source);
	const struct lt_decimal value = ledger_sum_value(&of->sum, true);
	struct lt_decimal share;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "source", of->source);
	lt_json_int(json, "lines", of->n_lines);
	lt_json_decimal(json, "tonnes", value);
	if (share_of(value, lists->whole[kind], &share))
		lt_json_decimal(json, "share_percent", share);
	else
		lt_json_null(json, "share_percent");
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		const char *text = appraisal ? record_text(appraisal, said[i]) : "";
		lt_json_string(json, said[i], text[0] ? text : NULL);
	}
	lt_json_close(json);
}

void sources_json(struct lt_json *json, const struct source_lists *lists)
{
	for (unsigned kind = 0; kind < LEDGER_MEMO; kind++) {
		lt_json_open_list(json, list_names[kind]);
		for (unsigned i = 0; i < lists->n[kind]; i++)
			json_share(json, lists, kind, &lists->shares[kind][i]);
		lt_json_close(json);
	}
}

/* "  难：屋顶已满" */
static void print_appraisal(const struct invocation *in, const struct record *appraisal)
{
	const char *difficulty = form_choice_text(
		appraisal->form, "difficulty", record_text(appraisal, "difficulty"), in->lang);
	const char *why = record_text(appraisal, "why");
	if (difficulty[0])
		printf("  ");
	print_remark(difficulty);
	if (why[0])
		printf("%s", difficulty[0] ? say(in, "：", ": ") : "  ");
	print_remark(why);
}

static void print_share(const struct invocation *in, const struct source_lists *lists,
			unsigned kind, const struct ledger_share *of)
{
	const struct record *appraisal = appraisal_of(lists, kind, of->source);
	const struct lt_decimal value = ledger_sum_value(&of->sum, true);
	char text[2 * LT_DECIMAL_TEXT], per_cent[LT_DECIMAL_TEXT], name[400];
	struct lt_decimal share;
	lt_text_visible(of->source, strlen(of->source), name, sizeof(name));
	/* a long name takes of the room of the number, so that the numbers end in one column */
	const int number = (int)strlen(tonnes_text(value, text)) + 1, room = 44 - lt_text_width(name);
	printf("  %s%*s", name, room > number ? room : number, text);
	if (share_of(value, lists->whole[kind], &share)) {
		lt_decimal_format_places(share, 1, per_cent);
		printf("%8s %%", per_cent);
	}
	if (appraisal)
		print_appraisal(in, appraisal);
	printf("\n");
}

void sources_print(const struct invocation *in, const struct source_lists *lists)
{
	for (unsigned kind = 0; kind < LEDGER_MEMO; kind++) {
		if (!lists->n[kind] && kind != LEDGER_EMISSION)
			continue;
		printf("\n%s\n", label_text(in, &list_titles[kind]));
		for (unsigned i = 0; i < lists->n[kind]; i++)
			print_share(in, lists, kind, &lists->shares[kind][i]);
	}
}
