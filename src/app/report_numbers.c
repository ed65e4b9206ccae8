/* The document of an assessment: where each number of the ruleset comes from, and who answers for
 * it. */
#include <string.h>
#include "lingtan/app/basis.h"
#include "report_parts.h"

/* ---- what the body's profile says ---- */

static bool profile_has_parameter(const struct profile *profile, const char *id)
{
	for (unsigned i = 0; profile && i < profile->n_parameters; i++)
		if (strcmp(profile->parameters[i].id, id) == 0)
			return true;
	return false;
}

static bool profile_has_points(const struct profile *profile, const char *item)
{
	for (unsigned i = 0; profile && i < profile->n_points; i++)
		if (strcmp(profile->points[i].item, item) == 0)
			return true;
	return false;
}

static const struct profile_weight *profile_weight(const struct profile *profile, const char *table,
						   const char *row)
{
	for (unsigned i = 0; profile && i < profile->n_weights; i++)
		if (strcmp(profile->weights[i].table, table) == 0 &&
		    strcmp(profile->weights[i].row, row) == 0)
			return &profile->weights[i];
	return NULL;
}

static bool profile_has_steps(const struct profile *profile, const char *item)
{
	bool found = false;
	for (unsigned i = 0; profile && i < profile->n_tiers && !found; i++)
		found = strcmp(profile->tiers[i].item, item) == 0;
	for (unsigned i = 0; profile && i < profile->n_lines && !found; i++)
		found = strcmp(profile->lines[i].item, item) == 0;
	return found;
}

/* ---- one number, or a table of them ---- */

struct number {
	const char *kind, *id, *value, *unit, *cite;
	const struct label *title, *note;
	enum origin origin;
	bool is_of_profile;
};

static void write_number(struct report *report, const struct number *number)
{
	struct lt_json *json = report->json;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "kind", number->kind);
	lt_json_string(json, "id", number->id);
	report_label(report, "title", number->title);
	lt_json_string(json, "value", number->value);
	lt_json_string(json, "unit", number->unit);
	lt_json_string(json, "origin", origin_names[number->origin]);
	lt_json_string(json, "cite", number->cite);
	report_label(report, "note", number->note);
	lt_json_bool(json, "is_of_profile", number->is_of_profile);
	lt_json_close(json);
}

static void write_parameters(struct report *report)
{
	const struct plan *plan = report->board->plan;
	for (unsigned i = 0; i < plan->n_parameters; i++) {
		const struct plan_number *number = &plan->numbers[i];
		char text[LT_DECIMAL_TEXT];
		if (!number->unset)
			lt_decimal_format(number->value.lo, text);
		write_number(report,
			     &(struct number){
				     .kind = "parameter",
				     .id = number->id,
				     .title = &number->parameter->title,
				     .value = number->unset ? NULL : text,
				     .unit = number->parameter->unit,
				     .origin = number->origin,
				     .cite = number->cite,
				     .note = &number->parameter->note,
				     .is_of_profile = profile_has_parameter(report->board->profile,
									    number->id),
			     });
	}
}

/* A table as a whole, then the rows of it that the profile puts in the place of the ruleset's. */
static void write_tables(struct report *report)
{
	const struct ruleset *ruleset = report->board->ruleset;
	for (unsigned t = 0; t < ruleset->n_tables; t++) {
		const struct table *table = &ruleset->tables[t];
		write_number(report, &(struct number){ .kind = "table",
						       .id = table->id,
						       .title = &table->title,
						       .origin = table->origin,
						       .cite = table->cite,
						       .note = &table->note });
		for (unsigned r = 0; r < table->n_rows; r++) {
			const struct profile_weight *row = profile_weight(
				report->board->profile, table->id, table->rows[r].key);
			const struct section *section =
				ruleset_find_section(ruleset, table->rows[r].key);
			if (row)
				write_number(report,
					     &(struct number){ .kind = "table_row",
							       .id = row->row,
							       .title = section ? &section->title : NULL,
							       .origin = ORIGIN_USER,
							       .cite = row->cite,
							       .is_of_profile = true });
		}
	}
}

/* What a rule computes is told by the explanation; here only on whose word it is the rule. */
static void write_rules(struct report *report)
{
	const struct ruleset *ruleset = report->board->ruleset;
	for (unsigned i = 0; i < ruleset->n_plan; i++) {
		const struct node *node = &ruleset->plan[i];
		const struct label title = { basis_title_of_all(node, LT_ZH, &report->arena),
					     basis_title_of_all(node, LT_EN, &report->arena) };
		write_number(report, &(struct number){ .kind = "rule",
						       .id = node->id,
						       .title = &title,
						       .origin = node->origin,
						       .cite = node->cite,
						       .note = &node->note });
	}
}

static void write_marks(struct report *report)
{
	const struct ruleset *ruleset = report->board->ruleset;
	lt_json_open_list(report->json, "marks");
	for (unsigned i = 0; i < ruleset->n_marks; i++) {
		lt_json_open_object(report->json, NULL);
		lt_json_string(report->json, "field", ruleset->marks[i].field);
		lt_json_string(report->json, "origin", origin_names[ruleset->marks[i].origin]);
		report_label(report, "note", &ruleset->marks[i].note);
		lt_json_close(report->json);
	}
	lt_json_close(report->json);
	lt_json_open_list(report->json, "not_found");
	for (unsigned i = 0; i < ruleset->n_not_found; i++)
		report_label(report, NULL, &ruleset->not_found[i]);
	lt_json_close(report->json);
}

void report_write_numbers(struct report *report)
{
	lt_json_open_list(report->json, "numbers");
	write_parameters(report);
	write_tables(report);
	write_rules(report);
	lt_json_close(report->json);
	write_marks(report);
}

/* ---- of an item: its points, and the steps or the line by which they are given ---- */

void report_write_scale(struct report *report, const struct plan_item *item)
{
	const struct profile *profile = report->board->profile;
	const struct item *decl = item->decl;
	const bool has_steps = decl->n_tiers || decl->linear.from;
	struct lt_json *json = report->json;
	lt_json_string(json, "points_origin", origin_names[item->points_origin]);
	lt_json_string(json, "points_cite", item->points_cite);
	lt_json_bool(json, "points_of_profile",
		     profile_has_points(profile, decl->id) || profile_has_steps(profile, decl->id));
	if (!has_steps)
		return;
	lt_json_string(json, "steps_origin",
		       origin_names[decl->n_tiers ? decl->tiers[0].origin : decl->linear.origin]);
	lt_json_string(json, "steps_cite",
		       decl->n_tiers ? decl->tiers[0].cite : decl->linear.cite);
	lt_json_bool(json, "steps_of_profile", profile_has_steps(profile, decl->id));
}
