/* The steps of a gap against every subset of items: no smaller set reaches the grade. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "tiny.h"
#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

static struct tiny tiny; /* for its arena alone */

enum { MOST = 12 };

/* A sum of n items in tenths of a point, some of them answered, against a mark. */
struct small_sheet {
	unsigned n, points[MOST], has[MOST], mark;
	bool rounded; /* to whole points, half up */
};

static struct small_sheet random_sheet(struct random *random)
{
	struct small_sheet sheet = { .n = 1 + random_below(random, MOST) };
	unsigned all = 0;
	sheet.rounded = random_below(random, 2);
	for (unsigned i = 0; i < sheet.n; i++) {
		sheet.points[i] = 1 + random_below(random, random_below(random, 2) ? 9 : 90);
		sheet.has[i] = random_below(random, 3) ? 0 : random_below(random, sheet.points[i] + 1);
		all += sheet.points[i];
	}
	sheet.mark = random_below(random, all + 5);
	if (sheet.rounded)
		sheet.mark -= sheet.mark % 10;
	return sheet;
}

static unsigned fewest_by_trying_all(const struct small_sheet *sheet)
{
	unsigned fewest = MOST + 1;
	for (unsigned set = 0; set < 1u << sheet->n; set++) {
		unsigned sum = 0, n = 0;
		for (unsigned i = 0; i < sheet->n; i++) {
			sum += set >> i & 1 ? sheet->points[i] : sheet->has[i];
			n += set >> i & 1;
		}
		if (sheet->rounded)
			sum = (sum + 5) / 10 * 10;
		if (sum >= sheet->mark && n < fewest)
			fewest = n;
	}
	return fewest;
}

static const char *tenths(unsigned value)
{
	return lt_arena_printf(&tiny.arena, "%u.%u", value / 10, value % 10);
}

static struct gap gap_of_sheet(const struct small_sheet *sheet, const struct plan **plan, struct answers *answers)
{
	static const char *in[2], *when[] = { "pass" };
	struct item items[MOST] = { 0 };
	static struct grade_rule grade; /* the plan keeps it */
	grade = (struct grade_rule){ .grade = "done", .when = { when, 1 } };
	in[0] = "total";
	in[1] = tenths(sheet->mark);
	struct node nodes[] = {
		{ .id = "total", .op = OP_SUM, .items = "scoring", .round = { sheet->rounded ? "0" : NULL, ROUND_HALF_UP } },
		{ .id = "pass", .op = OP_COMPARE, .in = { in, 2 }, .is = IS_GE },
		{ .id = "grade", .op = OP_LADDER, .grades = &grade, .n_grades = 1, .publish = PUBLISH_GRADE },
	};
	for (unsigned i = 0; i < sheet->n; i++)
		items[i] = (struct item){ .id = lt_arena_printf(&tiny.arena, "i%u", i), .section = "1", .kind = ITEM_SCORING,
					  .form = FORM_POINTS, .points.value = tenths(sheet->points[i]) };
	/* the plan borrows all of it beyond this function */
	struct ruleset *ruleset = lt_arena_alloc(&tiny.arena, 1, sizeof(*ruleset));
	*ruleset = (struct ruleset){ .id = "sheet", .n_items = sheet->n, .n_plan = N(nodes) };
	ruleset->items = memcpy(lt_arena_alloc(&tiny.arena, MOST, sizeof(*items)), items, sizeof(items));
	ruleset->plan = memcpy(lt_arena_alloc(&tiny.arena, N(nodes), sizeof(*nodes)), nodes, sizeof(nodes));
	struct plan *made = NULL;
	assert_int_equal(plan_compile(ruleset, &(struct selection){ 0 }, NULL, &tiny.arena, &made, &tiny.err), LT_OK);
	*plan = made;
	*answers = tiny_answers(&tiny, made, "");
	for (unsigned i = 0; i < sheet->n; i++) {
		const char *said = lt_arena_printf(&tiny.arena, "points:%s", tenths(sheet->has[i]));
		if (sheet->has[i])
			assert_int_equal(answers_set(answers, made, items[i].id, said, &tiny.err), LT_OK);
	}
	return tiny_gap(&tiny, made, answers, "done");
}

static void test_gap__no_set_of_items_is_smaller(void **state)
{
	(void)state;
	tiny_init(&tiny);
	struct random random = { 20240607 };
	unsigned n_reached = 0;
	for (int turn = 0; turn < 400; turn++) {
		const struct small_sheet sheet = random_sheet(&random);
		const struct plan *plan;
		struct answers answers;
		const struct gap gap = gap_of_sheet(&sheet, &plan, &answers);
		const unsigned fewest = fewest_by_trying_all(&sheet);
		assert_int_equal(gap.reached, fewest <= MOST);
		if (!gap.reached)
			continue;
		n_reached += fewest > 0;
		assert_int_equal(gap.n_steps, fewest);
		assert_just_enough(&tiny, plan, &answers, &gap);
	}
	assert_in_range(n_reached, 200, 399);
	tiny_release(&tiny);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_gap__no_set_of_items_is_smaller) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
