/*
 * tiny - a small standard for tests, built by hand so that core is tested without the loader.
 *
 * Two stages, two kinds of park, three sections, a judgement, an innovation item, a balance and a ladder of two grades (pass
 * mark 60). At full marks each section has 100 points, weighted by stage; 20 base points come with the controls; innovation
 * adds 2, and whether it counts for the pass mark is unset. A test may alter any part before it compiles a plan.
 */
#ifndef LINGTAN_TESTS_TINY_H
#define LINGTAN_TESTS_TINY_H

#include "lingtan/core/gap.h"

enum tiny_item { C1, C2, P11, P12, P21, T22, M23, P31, I1, J, TINY_ITEMS };
enum tiny_quantity { EMISSION, ABSORPTION, SHARE, TINY_QUANTITIES };
enum tiny_parameter { BASE_POINTS, PASS_MARK, INNOVATION_COUNTS, TINY_PARAMETERS };
enum tiny_node { CONTROLS, BASE, SECTIONS, BODY, EXTRA, COUNTED, TOTAL, JUDGED, PASS, NET, ZERO, GRADE, SPARE, TINY_NODES };

struct tiny {
	struct lt_arena arena; /* owns plans, answers and whatever a test makes */
	struct lt_err err;
	struct ruleset ruleset;
	struct item items[TINY_ITEMS];
	struct quantity quantities[TINY_QUANTITIES];
	struct parameter parameters[TINY_PARAMETERS];
	struct node plan[TINY_NODES]; /* SPARE is left out unless a test fills it and sets n_plan */
	struct grade_rule grades[2];
};

void tiny_init(struct tiny *tiny);
void tiny_release(struct tiny *tiny);

/* A plan for a works park in this stage; fails the test if it does not compile. */
const struct plan *tiny_plan(struct tiny *tiny, const char *stage);
const struct plan *tiny_plan_with(struct tiny *tiny, const char *park_type, const char *stage, const struct overrides *overrides);

/* Empty answers, and answers to items: "c1=met 1.1=points:30 ..."; quantities as "share:=40". */
struct answers tiny_answers(struct tiny *tiny, const struct plan *plan, const char *said);

struct result tiny_score(struct tiny *tiny, const struct plan *plan, const struct answers *answers);

/* The value of a slot by name. */
const struct value *tiny_value(const struct result *result, const char *name);

/* Steps to a grade of the ladder, NULL = the next. */
struct gap tiny_gap(struct tiny *tiny, const struct plan *plan, const struct answers *answers, const char *grade);

/* The steps, given to a what-if, reach the grade, and none of them can be left out. */
void assert_just_enough(struct tiny *tiny, const struct plan *plan, const struct answers *answers, const struct gap *gap);

struct lt_decimal number(const char *text);

/* Fails unless the value is exactly this number. */
void assert_value(const struct value *value, const char *text);

#endif
