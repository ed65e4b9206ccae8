/* A small ruleset without fault; one place is changed, and the check must say so at its line. */
#include <stdlib.h>
#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

static const char head[] =
	"ruleset: small\n" /* 1 */
	"edition: \"1\"\n"
	"code: TEST\n"
	T "\n"
	"publisher: {zh: 测试, en: test}\n" /* 5 */
	"status: published\n"
	"park_types: [{id: works, " T "}, {id: office, " T "}]\n"
	"stages: [{id: planning, " T "}, {id: operation, " T "}]\n"
	"places: [{id: north, " T "}, {id: east, " T "}]\n"
	"sources: [{id: S1, " T "}, {id: S2, " T "}]\n" /* 10 */
	"sections:\n"
	"- {id: \"4\", " T ", maximum: \"15\"}\n"
	"- {id: \"4.1\", " T ", parent: \"4\"}\n"
	"- {id: \"5\", " T ", maximum: $all}\n"
	"na_reasons: [{id: absent, " T "}]\n" /* 15 */
	"parameters:\n"
	"- {id: all, " T ", value: \"10\", origin: sourced, cite: \"S1:2\"}\n"
	"- {id: mark, " T ", value: \"60\", min: \"50\", max: \"70\", origin: inferred, " NOTE "}\n"
	"- {id: free, " T ", min: \"0\", max: \"1\", " NOTE "}\n"
	"tables:\n" /* 20 */
	"- {id: w, " T ", sums_to: \"1\", " USER ", columns: [works/*, office/planning, office/operation], rows: [\n"
	"   {key: \"4\", values: [\"0.6\", \"0.5\", \"1\"]},\n"
	"   {key: \"5\", values: [\"0.4\", \"0.5\", \"-\"]}]}\n"
	"quantities:\n"
	"- {id: emission, " T ", unit: tCO2, na: [absent]}\n" /* 25 */
	"- {id: energy, " T ", unit: tce, min: \"1\", max: \"9\"}\n"
	"- {id: share, " T ", unit: \"%\"}\n"
	"grades: [{id: low, " T "}, {id: high, " T "}, {id: missed, " T "}]\n"
	"plan:\n"
	"- {id: controls, op: at_least, k: all, items: control, " USER "}\n" /* 30 */
	"- {id: part.*, each: [\"4\", \"5\"], op: sum, items: scoring, section: \"*\", na: rescale, " USER "}\n"
	"- {id: total, op: sum, nodes: part, weight: $w, na: drop, max: \"100\", " USER "}\n"
	"- {id: pass, op: compare, in: [total, $mark], is: ge, " USER "}\n"
	"- {id: bonus, op: product, in: [$free, total], " USER "}\n"
	"- {id: intensity, op: ratio, in: [emission, energy], unit: tCO2/tce, " USER "}\n" /* 35 */
	"- {id: target, op: steps, in: [energy], at: [{from: \"1\", then: \"2\"}, {from: \"5\", then: \"3\"}], " USER "}\n"
	"- {id: line, op: linear, in: [energy], from: \"0\", to: \"5\", points: \"5\", " USER "}\n"
	"- {id: net, op: sum, in: [emission, emission], weights: [\"1\", \"-1\"], na: refuse, " USER "}\n"
	"- {id: grade, op: ladder, publish: grade, " USER ", grades: [{grade: low, when: [controls, pass]}, {grade: high, when: [x1], stage: operation}],\n"
	"   otherwise: [{grade: missed, unless: controls}]}\n"; /* 40 */

static const char items[] =
	"items:\n" /* 1 */
	"- {id: c1, section: \"4\", kind: control, form: met, na: [absent], " T "}\n"
	"- {id: s1, section: \"4.1\", kind: scoring, form: points, points: {value: \"10\", " USER "}, na: [absent], " T "}\n"
	"- {id: s2, section: \"4\", kind: scoring, form: checklist, points: {value: \"5\", " USER "}, " T ",\n"
	"   checks: [{id: x, points: \"2\", " T "}, {id: y, points: \"3\", " T "}]}\n" /* 5 */
	"- {id: s3, section: \"5\", kind: scoring, form: measured, quantity: share, points: {value: \"6\", " USER "}, types: [works, office], " T ",\n"
	"   tiers: [{from: \"20\", then: \"2\"}, {above: \"50\", then: \"6\"}]}\n"
	"- {id: s4, section: \"5\", kind: scoring, form: measured, quantity: energy, points: {value: \"4\", " USER "}, " T ",\n"
	"   linear: {from: \"9\", to: \"1\", " USER "}, stages: [planning, operation], places: [north]}\n"
	"- {id: x1, section: \"4\", kind: judgement, form: judgement, evidence: [{slot: e1, stage: both, kind: doc, " T "}], " T "}\n" /* 10 */
	"- {id: t1, section: \"4\", kind: checklist, form: tiers, points: {value: \"6\", " USER "}, " T ", tiers: [{id: a, then: \"2\"}, {id: b, then: \"6\"}]}\n";

#define HEAD 0
#define ITEMS 1
#define ITEMS_TOLD_IN_HEAD 2
struct row {
	int file;
	const char *find, *replace;
	unsigned line; /* of the finding */
	const char *words;
};

/* `text` with the first `find` replaced. */
static enum lt_status read_with_units(struct written *written, struct library *library, const char *head_text, const char *items_text)
{
	const struct yaml_source sources[] = { written_source("ruleset.yaml", head_text), written_source("items.yaml", items_text) };
	const struct units *units;
	assert_int_equal(library_units(library, &written->findings, &units, &written->err), LT_OK);
	return ruleset_load(&sources[0], &sources[1], units, &written->arena, &written->findings, &written->ruleset, &written->err);
}

static struct library library;

static int open_library(void **state)
{
	(void)state;
	struct lt_err err = LT_ERR_INIT;
	return library_open(&library, embedded_files, NULL, NULL, &err) == LT_OK ? 0 : -1;
}

static int close_library(void **state)
{
	(void)state;
	library_release(&library);
	return 0;
}

static bool has(const struct lt_findings *findings, const struct row *row, enum lt_severity severity)
{
	for (const struct lt_finding *at = findings->first; at; at = at->next)
		if (at->severity == severity && at->line == row->line && strstr(at->text[LT_EN], row->words) && at->text[LT_ZH][0] &&
		    strcmp(at->file, row->file == ITEMS ? "items.yaml" : "ruleset.yaml") == 0)
			return true;
	return false;
}

static void run(const struct row *rows, size_t n, enum lt_severity severity)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < n; i++) {
		struct written written;
		char *changed = written_edited(rows[i].file == HEAD ? head : items, rows[i].find, rows[i].replace);
		written_init(&written);
		const enum lt_status status = read_with_units(&written, &library, rows[i].file == HEAD ? changed : head,
							      rows[i].file == HEAD ? items : changed);
		if (!has(&written.findings, &rows[i], severity) || status != (severity == LT_ERROR ? LT_EFILE : LT_OK)) {
			print_error("%s -> %s: expected %u: %s; status %d\n", rows[i].find, rows[i].replace, rows[i].line, rows[i].words, (int)status);
			for (const struct lt_finding *at = written.findings.first; at; at = at->next)
				print_error("  %s:%u:%u [%s] %s\n", at->file, at->line, at->column, at->path, at->text[LT_EN]);
			wrong++;
		}
		written_release(&written);
		free(changed);
	}
	assert_int_equal(wrong, 0);
}
#define RUN(rows) run(rows, N(rows), LT_ERROR)

static void test_check__a_ruleset_without_fault_has_no_findings(void **state)
{
	(void)state;
	struct written written;
	written_init(&written);
	const enum lt_status status = read_with_units(&written, &library, head, items);
	for (const struct lt_finding *at = written.findings.first; at; at = at->next)
		print_error("  %s:%u:%u [%s] %s\n", at->file, at->line, at->column, at->path, at->text[LT_EN]);
	assert_int_equal(status, LT_OK);
	assert_null(written.findings.first);
	written_release(&written);
}

static void test_check__ids_are_unique(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "{id: \"5\", ", "{id: \"4\", ", 14, "4 is taken already" },
		{ HEAD, "{id: high, ", "{id: low, ", 28, "low is taken already" },
		{ HEAD, "{id: office, ", "{id: works, ", 7, "works is taken already" },
		{ HEAD, "{id: operation, ", "{id: planning, ", 8, "planning is taken already" },
		{ HEAD, "{id: S2, ", "{id: S1, ", 10, "S1 is taken already" },
		{ HEAD, "{id: mark, ", "{id: all, ", 18, "all is taken already" },
		{ HEAD, "{id: w, ", "{id: all, ", 21, "all is taken already" },
		{ HEAD, "{id: share, ", "{id: energy, ", 27, "energy is taken already" },
		{ HEAD, "{id: bonus, ", "{id: pass, ", 34, "pass is taken already" },
		{ HEAD, "{id: energy, ", "{id: pass, ", 26, "pass is taken already" },
		{ ITEMS, "{id: s2, ", "{id: s1, ", 4, "s1 is taken already" },
		{ ITEMS_TOLD_IN_HEAD, "{id: s2, ", "{id: energy, ", 26, "energy is taken already" },
		{ ITEMS, "{id: s2, ", "{id: total, ", 4, "total is taken already" },
		{ HEAD, "{id: energy, " T, "{id: s1, " T, 26, "s1 is taken already" },
	};
	RUN(rows);
}

/* The nodes that `each` writes out share the namespace too. */
static void test_check__ids_are_unique_once_written_out(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "{id: bonus, op: product, in: [$free, total]", "{id: part.4, op: product, in: [$free, energy]", 34, "part.4" },
		{ HEAD, "each: [\"4\", \"5\"]", "each: [\"4\", \"4\"]", 31, "part.4" },
		{ ITEMS, "{id: s2, ", "{id: part.4, ", 4, "part.4" },
	};
	RUN(rows);
}

static void test_check__references_lead_somewhere(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "parent: \"4\"", "parent: \"9\"", 13, "no section '9'" },
		{ HEAD, "parent: \"4\"", "parent: \"4.1\"", 13, "form a cycle" },
		{ HEAD, "maximum: $all", "maximum: $gone", 14, "no parameter '$gone'" },
		{ HEAD, "{key: \"5\"", "{key: \"6\"", 23, "no section '6'" },
		{ HEAD, "columns: [works/*,", "columns: [school/*,", 21, "'school/*' is not type/stage" },
		{ HEAD, "office/operation", "office/design", 21, "'office/design' is not type/stage" },
		{ HEAD, "unit: tce,", "unit: tcx,", 26, "'tcx'" },
		{ HEAD, "na: [absent]", "na: [gone]", 25, "na_reasons has no 'gone'" },
		{ ITEMS, "section: \"4\"", "section: \"9\"", 2, "no section '9'" },
		{ ITEMS, "na: [absent]", "na: [gone]", 2, "na_reasons has no 'gone'" },
		{ ITEMS, "types: [works, office]", "types: [works, school]", 6, "no park type 'school'" },
		{ ITEMS, "stages: [planning, operation]", "stages: [planning, design]", 9, "no stage 'design'" },
		{ ITEMS, "places: [north]", "places: [south]", 9, "no place 'south'" },
		{ ITEMS, "quantity: share", "quantity: gone", 6, "no quantity 'gone'" },
		{ ITEMS, "stage: both", "stage: design", 10, "no stage 'design'" },
		{ ITEMS, "evidence: [", "evidence: [{slot: e1, stage: both, kind: doc, " T "}, ", 10, "e1 stands here twice" },
		{ HEAD, "stage: operation}", "stage: design}", 39, "no stage 'design'" },
		{ HEAD, "{grade: low,", "{grade: lowest,", 39, "grades has no 'lowest'" },
		{ HEAD, "{grade: missed,", "{grade: lost,", 40, "grades has no 'lost'" },
	};
	RUN(rows);
}

static void test_check__operands_lead_somewhere(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "in: [total, $mark]", "in: [totals, $mark]", 33, "no node, item or quantity 'totals'" },
		{ HEAD, "in: [total, $mark]", "in: [total, $marks]", 33, "no parameter or table $marks" },
		{ HEAD, "in: [total, $mark]", "in: [total, mark]", 33, "no node, item or quantity 'mark'" },
		{ HEAD, "weights: [\"1\", \"-1\"]", "weights: [\"1\", \"minus\"]", 38, "'minus'" },
		{ HEAD, "weight: $w", "weight: $v", 32, "no parameter or table $v" },
		{ HEAD, "max: \"100\"", "max: hundred", 32, "'hundred'" },
		{ HEAD, "k: all", "k: most", 30, "'most'" },
		{ HEAD, "then: \"3\"", "then: three", 36, "'three'" },
		{ HEAD, "{from: \"5\"", "{from: five", 36, "'five'" },
		{ HEAD, "points: \"5\"", "points: five", 37, "'five'" },
		{ HEAD, "when: [controls, pass]", "when: [controls, passed]", 39, "'passed'" },
		{ HEAD, "unless: controls", "unless: control", 40, "'control'" },
		{ HEAD, "items: control", "items: controls", 30, "kind or tag controls" },
		{ HEAD, "items: scoring, section: \"*\"", "items: innovation, section: \"*\"", 31, "kind or tag innovation (section 4)" },
		{ HEAD, "each: [\"4\", \"5\"]", "each: [\"4\", \"6\"]", 31, "no section '6'" },
		{ HEAD, "nodes: part", "nodes: parts", 32, "no node begins with 'parts.'" },
		{ HEAD, "each: [\"4\", \"5\"], ", "", 31, "has a * but no each" },
		/* every dangling operand is told, not only the first */
		{ HEAD, "in: [total, $mark]", "in: [gone1, gone2]", 33, "'gone2'" },
	};
	RUN(rows);
}

static void test_check__an_id_that_reads_as_a_number_is_ambiguous(void **state)
{
	(void)state;
	struct written written;
	char *changed = written_edited(items, "{id: s1, ", "{id: \"5\", "), *plan = written_edited(head, "in: [$free, total]", "in: [$free, \"5\"]");
	written_init(&written);
	assert_int_equal(read_with_units(&written, &library, plan, changed), LT_EFILE);
	const struct row row = { HEAD, NULL, NULL, 34, "is an id and reads as a number" };
	assert_true(has(&written.findings, &row, LT_ERROR));
	written_release(&written);
	free(changed);
	free(plan);
}

static void test_check__tables_and_maxima_sum_exactly(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "[\"0.6\", \"0.5\", \"1\"]", "[\"0.61\", \"0.5\", \"1\"]", 21, "column works/* sums to 1.01, declared is 1" },
		{ HEAD, "[\"0.6\", \"0.5\", \"1\"]", "[\"0.600000000001\", \"0.5\", \"1\"]", 21, "sums to 1.000000000001" },
		{ HEAD, "[\"0.4\", \"0.5\", \"-\"]", "[\"0.4\", \"-\", \"-\"]", 21, "column office/planning sums to 0.5" },
		{ HEAD, "[\"0.4\", \"0.5\", \"-\"]", "[\"0.4\", \"0.5\"]", 23, "2 values for 3 columns" },
		{ HEAD, "[\"0.4\", \"0.5\", \"-\"]", "[\"0.4\", half, \"-\"]", 23, "'half' is not a number" },
		{ HEAD, "maximum: \"15\"", "maximum: \"14.5\"", 12, "section 4: its points sum to 15, they must be exactly 14.5" },
		{ HEAD, "value: \"10\", origin: sourced", "value: \"11\", origin: sourced", 14, "section 5: its points sum to 10, they must be exactly 11" },
		{ ITEMS_TOLD_IN_HEAD, "{value: \"10\"", "{value: \"9\"", 12, "section 4: its points sum to 14" },
		{ HEAD, "maximum: \"15\"", "maximum: fifteen", 12, "'fifteen' is not a number" },
	};
	RUN(rows);
}

static void test_check__items_fit_their_form(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ ITEMS, "points: {value: \"10\", " USER "}, ", "", 3, "s1 has no points" },
		{ ITEMS, "{value: \"10\"", "{value: \"-10\"", 3, "points cannot be negative" },
		{ ITEMS, "points: \"3\"", "points: \"4\"", 5, "s2: its checks reach 6 points, its maximum is 5" },
		{ ITEMS, ",\n   checks: [{id: x, points: \"2\", " T "}, {id: y, points: \"3\", " T "}]", "", 4, "1 to 64 check points" },
		{ ITEMS, "then: \"6\"}]}\n- {id: s4", "then: \"5\"}]}\n- {id: s4", 7, "s3: its tiers reach 5 points, its maximum is 6" },
		{ ITEMS, "{above: \"50\"", "{above: \"20\"", 7, "tiers must ascend" },
		{ ITEMS, "{above: \"50\"", "{from: \"49\", above: \"50\"", 7, "not both" },
		{ ITEMS, "{above: \"50\", then", "{id: top, then", 7, "needs from or above" },
		{ ITEMS, "quantity: share, ", "", 6, "it needs a quantity, and tiers or linear" },
		{ ITEMS, "   linear: {from: \"9\", to: \"1\", " USER "}, ", "   ", 8, "it needs a quantity, and tiers or linear" },
		{ ITEMS, "to: \"1\"", "to: \"9\"", 9, "from equals to" },
		{ ITEMS, "kind: judgement, form: judgement", "kind: judgement, form: met", 10, "its form must be judgement" },
		{ ITEMS, "{id: b, then: \"6\"}", "{then: \"6\"}", 11, "chosen by hand needs an id" },
		{ ITEMS, ", tiers: [{id: a, then: \"2\"}, {id: b, then: \"6\"}]", "", 11, "t1 has no tiers" },
	};
	RUN(rows);
}

static void test_check__a_line_between_equal_numbers_written_differently(void **state)
{
	(void)state;
	static const struct row rows[] = { { ITEMS, "to: \"1\"", "to: \"9.0\"", 9, "from equals to" } };
	RUN(rows);
}

static void test_check__ids_within_an_item_are_unique(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ ITEMS, "{id: y, points", "{id: x, points", 5, "check point x stands here twice" },
		{ ITEMS, "{id: b, then", "{id: a, then", 11, "tier a stands here twice" },
	};
	RUN(rows);
}

static void test_check__ranges(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "value: \"60\"", "value: \"49\"", 18, "value 49 is not between 50 and 70" },
		{ HEAD, "value: \"60\"", "value: \"70.1\"", 18, "value 70.1 is not between 50 and 70" },
		{ HEAD, "min: \"50\", max: \"70\"", "min: \"70\", max: \"50\"", 18, "min 70 is above max 50" },
		{ HEAD, "min: \"0\", max: \"1\"", "min: \"2\", max: \"1\"", 19, "min 2 is above max 1" },
		{ HEAD, "min: \"1\", max: \"9\"", "min: \"9\", max: \"1\"", 26, "min 9 is above max 1" },
	};
	RUN(rows);
}

/* What a quantity takes of the ledger: refused where it stands, before any ledger is read. */
static void test_check__what_is_taken_of_the_ledger(void **state)
{
	(void)state;
#define LEDGER(unit, words) "unit: " unit ", ledger: {" USER ", " words "}}"
#define EMISSION "unit: tCO2, na: [absent]}"
#define MONTHS "[{measure: months}]"
#define AMOUNT "[{measure: amount}]"
#define EIGHT "{measure: amount}, {measure: amount}, {measure: amount}, {measure: amount}, {measure: amount}, {measure: amount}, {measure: amount}, {measure: amount}"
#define SIXTY_FOUR EIGHT ", " EIGHT ", " EIGHT ", " EIGHT ", " EIGHT ", " EIGHT ", " EIGHT ", " EIGHT
	static const struct row rows[] = {
		{ HEAD, EMISSION, LEDGER("month", "take: [{measure: months}, {measure: amount}]"), 25, "months stands alone, the unit is month" },
		{ HEAD, EMISSION, LEDGER("month", "take: " MONTHS ", over: " AMOUNT), 25, "months stands alone, the unit is month" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: " MONTHS), 25, "months stands alone, the unit is month" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: " AMOUNT ", over: " MONTHS), 25, "emission: no months in over" },
		{ HEAD, EMISSION, LEDGER("tCO2/tce", "take: " AMOUNT ", over: " AMOUNT ", per: energy"), 25, "per or over, not both" },
		{ HEAD, EMISSION, LEDGER("tCO2/tce", "take: " AMOUNT), 25, "is a ratio: it needs per" },
		{ HEAD, EMISSION, LEDGER("tCO2/tce", "take: " AMOUNT ", per: gone"), 25, "no quantity 'gone'" },
		{ HEAD, EMISSION, LEDGER("tCO2/MWh", "take: " AMOUNT ", per: energy"), 25, "must be measured in something/tce" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: " AMOUNT ", per: energy"), 25, "must be measured in something/tce" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: " AMOUNT ", back: \"0\""), 25, "back must be a whole number" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: " AMOUNT ", back: \"10\""), 25, "back must be a whole number" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: " AMOUNT ", years: $gone"), 25, "years: '$gone' is no parameter or number" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: [{measure: nothing}]"), 25, "nothing needs a note that says why" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: [{measure: refused}]"), 25, "refused needs a note that says why" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: [{measure: amount, factor: $mark}]"), 25, "factor goes with measure: activity only" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: [{measure: activity, factor: $gone}]"), 25, "factor: '$gone' is no parameter or number" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: " AMOUNT ", over: [{measure: amount, emits: gone}]"), 25, "emits: 'gone' is no parameter or number" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: [{measure: amount, weight: half}]"), 25, "'half' is not a number" },
		{ HEAD, EMISSION, LEDGER("tCO2", "take: [" SIXTY_FOUR ", {measure: amount}]"), 25, "64 entries at most" },
	};
	RUN(rows);
	static const char *const good[] = {
		LEDGER("month", "take: " MONTHS),
		LEDGER("\"%\"", "take: " AMOUNT ", over: " AMOUNT ", back: \"9\", years: $mark"),
		LEDGER("tCO2/tce", "take: " AMOUNT ", per: energy, times: \"0.5\""),
		LEDGER("tCO2", "take: [{measure: activity, factor: $mark}, {measure: nothing, " NOTE "}]"),
		LEDGER("tCO2", "take: [" SIXTY_FOUR "]"),
	};
	for (size_t i = 0; i < N(good); i++) {
		struct written written;
		char *changed = written_edited(head, EMISSION, good[i]);
		written_init(&written);
		read_with_units(&written, &library, changed, items);
		for (const struct lt_finding *at = written.findings.first; at; at = at->next)
			if (at->line == 25)
				fail_msg("%s: %s", good[i], at->text[LT_EN]);
		written_release(&written);
		free(changed);
	}
}

/* The range a quantity has without min (0) or, in percent, without max (100) counts too. */
static void test_check__ranges_with_their_defaults(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "min: \"1\", max: \"9\"", "max: \"-1\"", 26, "min 0 is above max -1" },
		{ HEAD, "unit: \"%\"", "unit: \"%\", min: \"101\"", 27, "min 101 is above max 100" },
	};
	RUN(rows);
}

static void test_check__origins(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, ", origin: sourced, cite: \"S1:2\"", "", 17, "no origin" },
		{ HEAD, ", cite: \"S1:2\"", "", 17, "cites nothing" },
		{ HEAD, "origin: inferred, " NOTE, "origin: inferred", 18, "needs a note" },
		{ HEAD, "max: \"1\", " NOTE, "max: \"1\"", 19, "free is unset: a note must say why" },
		{ HEAD, "sums_to: \"1\", " USER, "sums_to: \"1\"", 21, "no origin" },
		{ HEAD, "items: control, " USER, "items: control", 30, "no origin" },
		{ HEAD, "items: control, " USER, "items: control, origin: proposed", 30, "needs a note, or a mark for plan" },
		{ ITEMS, "{value: \"10\", " USER "}", "{value: \"10\"}", 3, "no origin" },
		{ ITEMS, "{value: \"10\", " USER "}", "{value: \"10\", origin: illustrative}", 3, "needs a note, or a mark for points" },
		{ ITEMS, "to: \"1\", " USER, "to: \"1\"", 9, "no origin" },
		{ ITEMS, "to: \"1\", " USER, "to: \"1\", origin: sourced", 9, "cites nothing" },
	};
	RUN(rows);
}

static void test_check__a_mark_stands_for_the_note(void **state)
{
	(void)state;
	struct written written;
	char *marked = written_edited(head, "sections:\n", "marks: [{field: points, origin: illustrative, " NOTE "}]\nsections:\n");
	char *changed = written_edited(items, "{value: \"10\", " USER "}", "{value: \"10\", origin: illustrative}");
	written_init(&written);
	assert_int_equal(read_with_units(&written, &library, marked, changed), LT_OK);
	written_release(&written);
	free(marked);
	free(changed);
}

/* A tier's limit is a number too: if it says sourced it cites. */
static void test_check__origins_of_tiers(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ ITEMS, "then: \"2\"}, {above", "then: \"2\", origin: sourced}, {above", 7, "cites nothing" },
	};
	RUN(rows);
}

static void test_check__keys_that_an_operation_takes(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "op: product, ", "op: product, na: drop, ", 34, "product takes no na" },
		{ HEAD, "op: product, ", "op: product, weight: $free, ", 34, "product takes no weight" },
		{ HEAD, "op: product, ", "op: product, weights: [\"1\", \"2\"], ", 34, "product takes no weights" },
		{ HEAD, "op: product, ", "op: product, when_zero: \"1\", ", 34, "product takes no when_zero" },
		{ HEAD, "op: product, ", "op: product, is: ge, ", 34, "product takes no is" },
		{ HEAD, "op: product, ", "op: product, k: all, ", 34, "product takes no k" },
		{ HEAD, "op: product, ", "op: product, from: \"1\", ", 34, "product takes no from" },
		{ HEAD, "op: product, ", "op: product, at: [{from: \"1\", then: \"1\"}], ", 34, "product takes no at" },
		{ HEAD, "op: product, ", "op: product, grades: [{grade: low, when: [c1]}], ", 34, "product takes no grades" },
		{ HEAD, "op: product, ", "op: product, section: \"4\", ", 34, "product takes no section" },
		{ HEAD, ", is: ge", "", 33, "compare needs is" },
		{ HEAD, "k: all, ", "", 30, "at_least needs k" },
		{ HEAD, ", from: \"0\"", "", 37, "linear needs from" },
		{ HEAD, ", to: \"5\"", "", 37, "linear needs to" },
		{ HEAD, ", points: \"5\"", "", 37, "linear needs points" },
		{ HEAD, ", at: [{from: \"1\", then: \"2\"}, {from: \"5\", then: \"3\"}]", "", 36, "steps needs at" },
		{ HEAD, "{from: \"5\", then", "{from: \"5\", above: \"6\", then", 36, "one of from and above" },
		{ HEAD, "{from: \"5\", then", "{then", 36, "one of from and above" },
		{ HEAD, "in: [$free, total], ", "", 34, "exactly one of in, items and nodes" },
		{ HEAD, "in: [$free, total], ", "in: [$free, total], items: control, ", 34, "exactly one of in, items and nodes" },
		{ HEAD, "op: ladder, ", "op: ladder, in: [total], ", 39, "exactly one of in, items and nodes" },
		{ HEAD, "weights: [\"1\", \"-1\"]", "weights: [\"1\"]", 38, "1 weights for 2 operands" },
		{ HEAD, "k: all, ", "k: \"2\", ", 30, "k is 2 of 1 members" },
		{ HEAD, "when: [x1]", "when: [part.4]", 39, "part.4 is a number, not a truth" },
	};
	RUN(rows);
}

static void test_check__units_that_are_added_or_compared(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "in: [emission, emission]", "in: [emission, energy]", 38, "unit tCO2 and unit tce cannot be added or compared" },
		{ HEAD, "in: [total, $mark]", "in: [emission, energy]", 33, "unit tCO2 and unit tce" },
		{ HEAD, "in: [total, $mark]", "in: [intensity, energy]", 33, "unit tCO2/tce and unit tce" },
		{ HEAD, "{from: \"5\", then", "{from: emission, then", 36, "its limits are in tCO2, its value in tce" },
		{ HEAD, "na: refuse, ", "na: refuse, unit: t, ", 38, "unit t and unit tCO2" },
	};
	RUN(rows);
}

static void test_check__not_applicable_wants_a_policy(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "section: \"*\", na: rescale, ", "section: \"*\", ", 31, "part.4: a member can be not applicable" },
		{ HEAD, "na: refuse, ", "", 38, "net: a member can be not applicable" },
		{ HEAD, "nodes: part, weight: $w, na: drop, ", "nodes: part, weight: $w, na: rescale, ", 32, "rescale is for items only" },
		{ HEAD, "{id: bonus, op: product, in: [$free, total]", "{id: bonus, op: sum, in: [s1, s3], weight: $free, na: rescale", 34,
		  "rescale needs weights that are set" },
		{ HEAD, "{id: bonus, op: product, in: [$free, total]", "{id: bonus, op: sum, in: [intensity]", 34, "bonus: a member can be not applicable" },
	};
	RUN(rows);
}

/* s4 applies in one place only: elsewhere it is not applicable, as much as by its type or stage. */
static void test_check__not_applicable_by_place_wants_a_policy(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "{id: bonus, op: product, in: [$free, total]", "{id: bonus, op: sum, in: [s4]", 34, "bonus: a member can be not applicable" },
	};
	RUN(rows);
}

static void test_check__the_plan_compiles_for_each_type_and_stage(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "in: [$free, total]", "in: [$free, bonus]", 29, "a cycle" },
		{ HEAD, "op: ratio, in: [emission, energy]", "op: ratio, in: [emission, energy, share]", 29, "ratio takes 2 operands, here are 3" },
		{ HEAD, "max: \"100\"", "max: \"100\", round: {places: \"13\", mode: half_up}", 29, "0 to 12" },
	};
	struct written written;
	unsigned wrong = 0;
	for (size_t i = 0; i < N(rows); i++) {
		char *changed = written_edited(head, rows[i].find, rows[i].replace);
		written_init(&written);
		bool found = false;
		wrong += read_with_units(&written, &library, changed, items) != LT_EFILE;
		for (const struct lt_finding *at = written.findings.first; at; at = at->next)
			found = found || (strstr(at->text[LT_EN], rows[i].words) && at->line >= 29);
		if (!found) {
			print_error("%s -> %s: not found: %s\n", rows[i].find, rows[i].replace, rows[i].words);
			wrong++;
		}
		written_release(&written);
		free(changed);
	}
	assert_int_equal(wrong, 0);
}

static void test_check__what_is_used_nowhere_is_a_warning(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ HEAD, "parameters:\n", "parameters:\n- {id: idle, " T ", value: \"1\", " USER "}\n", 17, "parameter idle is used nowhere" },
		{ HEAD, "weight: $w, ", "", 21, "table w is used nowhere" },
		{ HEAD, "in: [$free, total]", "in: [total]", 19, "parameter free is used nowhere" },
	};
	run(rows, N(rows), LT_WARNING);
}

static void test_check__columns_are_exact_too(void **state)
{
	(void)state;
	static const struct {
		const char *find, *replace;
		unsigned line, column;
	} rows[] = {
		{ "in: [total, $mark]", "in: [total, $marks]", 33, 39 },
		{ "value: \"60\"", "value: \"49\"", 18, 3 },
		{ "weight: $w", "weight: $v", 32, 45 },
	};
	for (size_t i = 0; i < N(rows); i++) {
		struct written written;
		char *changed = written_edited(head, rows[i].find, rows[i].replace);
		written_init(&written);
		assert_int_equal(read_with_units(&written, &library, changed, items), LT_EFILE);
		const struct lt_finding *first = written.findings.first;
		while (first && first->severity != LT_ERROR)
			first = first->next;
		assert_non_null(first);
		assert_int_equal(first->line, rows[i].line);
		assert_int_equal(first->column, rows[i].column);
		written_release(&written);
		free(changed);
	}
}

static void test_check__all_shipped_rulesets_are_without_errors(void **state)
{
	(void)state;
	struct library shipped;
	struct lt_err err = LT_ERR_INIT;
	size_t n = 0;
	assert_int_equal(library_open(&shipped, embedded_files, NULL, NULL, &err), LT_OK);
	for (const struct embedded_file *file = embedded_files; file->path; file++) {
		const char *slash = strchr(file->path, '/');
		if (!slash || strcmp(slash, "/ruleset.yaml") != 0)
			continue;
		/* not `proven`: every check runs */
		struct written written;
		const struct units *units;
		struct yaml_source sources[2] = { { .name = "ruleset.yaml", .text = file->text, .len = file->len } };
		char path[100];
		snprintf(path, sizeof(path), "%.*s/items.yaml", (int)(slash - file->path), file->path);
		for (const struct embedded_file *other = embedded_files; other->path; other++)
			if (strcmp(other->path, path) == 0)
				sources[1] = (struct yaml_source){ .name = "items.yaml", .text = other->text, .len = other->len };
		written_init(&written);
		assert_int_equal(library_units(&shipped, &written.findings, &units, &err), LT_OK);
		const enum lt_status status = ruleset_load(&sources[0], &sources[1], units, &written.arena, &written.findings, &written.ruleset, &err);
		if (status || written.findings.first)
			fail_msg("%s: %s", file->path, written.findings.first ? written.findings.first->text[LT_EN] : err.text[LT_EN]);
		written_release(&written);
		n++;
	}
	assert_true(n > 0);
	assert_int_equal(n, shipped.n_entries);
	library_release(&shipped);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check__a_ruleset_without_fault_has_no_findings),
		cmocka_unit_test(test_check__ids_are_unique),
		cmocka_unit_test(test_check__ids_are_unique_once_written_out),
		cmocka_unit_test(test_check__references_lead_somewhere),
		cmocka_unit_test(test_check__operands_lead_somewhere),
		cmocka_unit_test(test_check__an_id_that_reads_as_a_number_is_ambiguous),
		cmocka_unit_test(test_check__tables_and_maxima_sum_exactly),
		cmocka_unit_test(test_check__items_fit_their_form),
		cmocka_unit_test(test_check__a_line_between_equal_numbers_written_differently),
		cmocka_unit_test(test_check__ids_within_an_item_are_unique),
		cmocka_unit_test(test_check__what_is_taken_of_the_ledger),
		cmocka_unit_test(test_check__ranges),
		cmocka_unit_test(test_check__ranges_with_their_defaults),
		cmocka_unit_test(test_check__origins),
		cmocka_unit_test(test_check__a_mark_stands_for_the_note),
		cmocka_unit_test(test_check__origins_of_tiers),
		cmocka_unit_test(test_check__keys_that_an_operation_takes),
		cmocka_unit_test(test_check__units_that_are_added_or_compared),
		cmocka_unit_test(test_check__not_applicable_wants_a_policy),
		cmocka_unit_test(test_check__not_applicable_by_place_wants_a_policy),
		cmocka_unit_test(test_check__the_plan_compiles_for_each_type_and_stage),
		cmocka_unit_test(test_check__what_is_used_nowhere_is_a_warning),
		cmocka_unit_test(test_check__columns_are_exact_too),
		cmocka_unit_test(test_check__all_shipped_rulesets_are_without_errors),
	};
	return cmocka_run_group_tests(tests, open_library, close_library);
}
