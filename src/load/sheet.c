/* Answer sheets: what is checked once their entries are read, and which reader reads them. */
#include "lingtan/load/ruleset.h"

#include <string.h>
#include "document.h"
#include "schema.h"

/* ---- what holds of every sheet ---- */

static unsigned n_results(const struct sheet_answer *answer)
{
	return 0u + (answer->result != NULL) + (answer->points != NULL) + (answer->na != NULL) +
	       (answer->tier != NULL) + (answer->checks.at != NULL);
}

static void check_length(const struct yaml_positions *positions, const char *list, unsigned n,
			 unsigned most, struct lt_findings *findings)
{
	struct lt_finding *finding =
		n > most ? lt_findings_add(findings, LT_ERROR, list, "%s 有 %u 条，最多 %u 条",
					   "%s has %u entries, the most is %u", list, n, most)
			 : NULL;
	if (finding)
		yaml_positions_find(positions, list, &finding->line, &finding->column);
}

static bool is_same_measure(const struct sheet_quantity *a, const struct sheet_quantity *b)
{
	const bool same_year =
		!a->year || !b->year ? !a->year == !b->year : strcmp(a->year, b->year) == 0;
	return same_year && strcmp(a->id, b->id) == 0;
}

/* "standard/stage/year": the year, where there is one, is one. */
static void check_assessment(const struct sheet *sheet, struct lt_findings *findings)
{
	const struct yaml_positions *positions = &sheet->positions;
	const char *year = sheet->year;
	if (!year || (strlen(year) == 4 && strspn(year, "0123456789") == 4))
		return;
	struct lt_finding *finding = lt_findings_add(
		findings, LT_ERROR, "assessment", "“%s”不是年份；写成 标准/阶段/2025",
		"'%s' is not a year; write it like standard/stage/2025", year);
	if (finding)
		yaml_positions_find(positions, "assessment", &finding->line, &finding->column);
}

static void check_entries(const struct sheet *sheet, struct lt_findings *findings)
{
	const struct yaml_positions *positions = &sheet->positions;
	for (unsigned i = 0; i < sheet->n_answers; i++) {
		if (n_results(&sheet->answers[i]) > 1)
			document_complain(
				findings, positions, "answers", i,
				"条款 %s：result、points、na、tier、checks 只能填一个",
				"item %s: only one of result, points, na, tier and checks",
				sheet->answers[i].item);
		for (unsigned j = 0; j < i; j++)
			if (strcmp(sheet->answers[i].item, sheet->answers[j].item) == 0) {
				document_complain(findings, positions, "answers", i,
						  "条款 %s 填了两次", "item %s is answered twice",
						  sheet->answers[i].item);
				break;
			}
	}
	for (unsigned i = 0; i < sheet->n_quantities; i++)
		for (unsigned j = 0; j < i; j++)
			if (is_same_measure(&sheet->quantities[i], &sheet->quantities[j])) {
				document_complain(
					findings, positions, "quantities", i, "%s 同一年填了两次",
					"%s is given twice for one year", sheet->quantities[i].id);
				break;
			}
	for (unsigned i = 0; i < sheet->n_quantities; i++)
		if (sheet->quantities[i].value && sheet->quantities[i].na)
			document_complain(findings, positions, "quantities", i,
					  "%s：value 与 na 只能填一个", "%s: value or na, not both",
					  sheet->quantities[i].id);
	for (unsigned i = 0; i < sheet->n_inventory; i++) {
		const struct sheet_line *line = &sheet->inventory[i];
		if (line->activity[0] == '-')
			document_complain(findings, positions, "inventory", i, "活动量 %s 不能为负",
					  "activity %s: it cannot be negative", line->activity);
		const bool own = line->factor_value && line->factor_unit && line->note;
		if (!line->factor_value != !line->factor_unit || !line->factor == !own)
			document_complain(
				findings, positions, "inventory", i,
				"%s：要么写 factor，要么写齐 factor_value、factor_unit 和 note（出处）",
				"%s: name a factor, or give factor_value, factor_unit and note (its source)",
				line->id ? line->id : "-");
	}
}

/* "standard/stage/year" -> its parts */
static bool split_assessment(struct sheet *sheet, struct lt_arena *arena)
{
	const char *first = strchr(sheet->assessment, '/');
	const char *second = first ? strchr(first + 1, '/') : NULL;
	const size_t len = first ? (size_t)(first - sheet->assessment) : strlen(sheet->assessment);
	sheet->standard = lt_arena_strndup(arena, sheet->assessment, len);
	if (first)
		sheet->stage =
			lt_arena_strndup(arena, first + 1,
					 second ? (size_t)(second - first - 1) : strlen(first + 1));
	if (second)
		sheet->year = second + 1;
	return sheet->standard && (!first || sheet->stage);
}

enum lt_status sheet_finish(struct sheet *sheet, const char *name, struct lt_arena *arena,
			    struct lt_findings *findings, size_t errors_before, struct lt_err *err)
{
	const struct yaml_positions *positions = &sheet->positions;
	if (!split_assessment(sheet, arena))
		return lt_err_memory(err);
	findings->file = name;
	/* longer than any standard is refused before anything is compared with anything */
	check_length(positions, "answers", sheet->n_answers, SHEET_MOST_ANSWERS, findings);
	check_length(positions, "quantities", sheet->n_quantities, SHEET_MOST_QUANTITIES, findings);
	check_length(positions, "inventory", sheet->n_inventory, SHEET_MOST_LINES, findings);
	if (findings->n_errors > errors_before)
		return document_refuse(name, findings, errors_before, err);
	check_assessment(sheet, findings);
	check_entries(sheet, findings);
	return document_refuse(name, findings, errors_before, err);
}

/* ---- YAML and JSON ---- */

enum lt_status sheet_load(const struct yaml_source *source, struct lt_arena *arena,
			  struct lt_findings *findings, struct sheet **out, struct lt_err *err)
{
	struct yaml_positions positions = { 0 };
	const size_t errors_before = findings->n_errors;
	void *loaded;
	enum lt_status status =
		yaml_load(source, &sheet_schema, arena, &positions, findings, &loaded, err);
	if (status)
		return status;
	struct sheet *sheet = loaded;
	sheet->positions = positions;
	status = sheet_finish(sheet, source->name, arena, findings, errors_before, err);
	*out = status ? NULL : sheet;
	return status;
}
