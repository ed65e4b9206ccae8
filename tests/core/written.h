/*
 * written - small rulesets for tests, written as YAML and read by the real loader.
 *
 * A test names only what it is about (lines of the plan, of the items); the rest of the document stands here. Everything lives
 * in the arena of struct written. A ruleset that does not load fails the test with its first finding.
 */
#ifndef LINGTAN_TESTS_WRITTEN_H
#define LINGTAN_TESTS_WRITTEN_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/core/score.h"
#include "lingtan/core/trace.h"
#include "lingtan/load/library.h"

extern const struct embedded_file embedded_files[];

/* The built-in files without their images, so that their text is read. */
static inline const struct embedded_file *embedded_texts(void)
{
	static struct embedded_file texts[200];
	for (size_t i = 0; embedded_files[i].path && i + 1 < sizeof(texts) / sizeof(texts[0]); i++) {
		texts[i] = embedded_files[i];
		texts[i].image = NULL;
	}
	return texts;
}

#define T "title: {zh: 题, en: title}"
#define USER "origin: user"
#define NOTE "note: {zh: 注, en: note}"

#define WRITTEN_TOP                                              \
	"ruleset: written\n"                                     \
	"edition: \"1\"\n"                                       \
	"code: TEST 1\n" T "\n"                                  \
	"publisher: {zh: 测试, en: test}\n"                      \
	"status: published\n"

/* Quantities: a, b from 0; d from -10 to 20; p percent; n may be n/a; e decides whether the node `missing` has a value. */
#define WRITTEN_HEAD                                                                                                     \
	WRITTEN_TOP                                                                                                      \
	"stages:\n- {id: planning, " T "}\n- {id: operation, " T "}\n"                                                   \
	"marks: [{field: tiers, origin: illustrative, " NOTE "}]\n"                                                          \
	"sections:\n- {id: s, " T "}\n- {id: s1, parent: s, " T "}\n- {id: o, " T "}\n- {id: x, " T "}\n"                \
	"na_reasons:\n- {id: absent, title: {zh: 没有, en: there is none}}\n"                                            \
	"- {id: not-built, " T ", stages: [planning]}\n- {id: other, title: {zh: 其他, en: other}, needs_text: yes}\n"   \
	"parameters:\n"                                                                                                  \
	"- {id: five, " T ", value: \"5\", " USER "}\n"                                                                  \
	"- {id: part, " T ", min: \"0\", max: \"1\", " NOTE "}\n"                                                        \
	"- {id: k13, " T ", min: \"1\", max: \"3\", " NOTE "}\n"                                                         \
	"- {id: r24, " T ", min: \"2\", max: \"4\", " NOTE "}\n"                                                         \
	"- {id: any, " T ", " NOTE "}\n"                                                                                 \
	"- {id: weak, " T ", value: \"7\", origin: illustrative, " NOTE "}\n"                                            \
	"quantities:\n"                                                                                                  \
	"- {id: a, unit: \"1\", " T "}\n- {id: b, unit: \"1\", " T "}\n"                                                 \
	"- {id: d, unit: \"1\", min: \"-10\", max: \"20\", " T "}\n- {id: p, unit: \"%\", " T "}\n"                      \
	"- {id: n, unit: \"1\", na: [absent], " T "}\n- {id: e, unit: \"1\", " T "}\n"                                   \
	"grades:\n- {id: low, " T "}\n- {id: high, " T "}\n- {id: withheld, " T "}\n- {id: missed, " T "}\n"             \
	"plan:\n- {id: missing, op: steps, in: [e], at: [{from: \"10\", then: \"3\"}], none: {zh: 未定, en: not set}, " USER "}\n"

#define WRITTEN_ITEMS                                                                                                    \
	"items:\n"                                                                                                       \
	"- {id: c1, section: o, kind: control, form: met, na: [absent, not-built, other], " T "}\n"                      \
	"- {id: c2, section: o, kind: control, form: met, na: [absent], " T "}\n"                                        \
	"- {id: c3, section: o, kind: control, form: met, " T "}\n"                                                      \
	"- {id: p1, section: s, kind: scoring, form: points, points: {value: \"10\", " USER "}, na: [absent], " T "}\n"  \
	"- {id: p2, section: s1, kind: scoring, form: met, points: {value: \"5\", " USER "}, na: [absent, other], " T "}\n" \
	"- {id: t1, section: x, kind: innovation, form: tiers, points: {value: \"6\", " USER "}, " T ",\n"               \
	"   tiers: [{id: fair, then: \"2\"}, {id: good, then: \"6\", origin: illustrative}]}\n"                          \
	"- {id: m1, section: x, kind: innovation, form: measured, quantity: p, points: {value: \"6\", " USER "}, " T ",\n" \
	"   tiers: [{from: \"20\", then: \"2\", " USER "}, {above: \"50\", then: \"6\", origin: illustrative}]}\n"       \
	"- {id: l1, section: x, kind: innovation, form: measured, quantity: a, points: {value: \"8\", " USER "}, " T ",\n" \
	"   linear: {from: \"10\", to: \"30\", " USER "}}\n"                                                             \
	"- {id: f1, section: x, kind: innovation, form: measured, quantity: d, points: {value: \"3\", " USER "}, " T ",\n" \
	"   linear: {from: \"9\", to: \"0\", " USER "}}\n"                                                               \
	"- {id: nm, section: x, kind: innovation, form: measured, quantity: n, points: {value: \"8\", " USER "}, " T ",\n" \
	"   linear: {from: \"0\", to: \"8\", " USER "}}\n"                                                               \
	"- {id: k1, section: x, kind: checklist, form: checklist, points: {value: \"5\", " USER "}, na: [absent], " T ",\n" \
	"   checks: [{id: x, points: \"1.5\", " T "}, {id: y, points: \"3.5\", " T "}]}\n"                               \
	"- {id: m2, section: x, kind: checklist, form: measured, quantity: d, points: {value: \"4\", " USER "}, " T ",\n" \
	"   tiers: [{above: \"-10\", then: \"4\", " USER "}]}\n"                                                             \
	"- {id: j1, section: x, kind: judgement, form: judgement, na: [absent], " T "}\n"                                \
	"- {id: only, section: x, kind: control, form: met, tags: [late], stages: [operation], " T "}\n"

struct written {
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err;
	struct ruleset *ruleset;
	struct plan *plan;
	struct answers answers;
	struct result result;
};

static inline void written_init(struct written *written)
{
	*written = (struct written){ .err = LT_ERR_INIT };
	lt_arena_init(&written->arena, 0);
	lt_findings_init(&written->findings, &written->arena);
}

static inline void written_release(struct written *written)
{
	lt_arena_release(&written->arena);
}

static inline struct yaml_source written_source(const char *name, const char *text)
{
	return (struct yaml_source){ .name = name, .text = text, .len = strlen(text) };
}

/* Reads both texts; the status of ruleset_load. */
static inline enum lt_status written_read(struct written *written, const char *head, const char *items)
{
	const struct yaml_source sources[] = { written_source("ruleset.yaml", head), written_source("items.yaml", items) };
	return ruleset_load(&sources[0], &sources[1], NULL, &written->arena, &written->findings, &written->ruleset, &written->err);
}

static inline void written_load(struct written *written, const char *head, const char *items)
{
	if (written_read(written, head, items) != LT_OK) {
		const struct lt_finding *first = written->findings.first;
		while (first && first->severity != LT_ERROR)
			first = first->next;
		fail_msg("not loaded: %s:%u: %s", first ? first->file : "-", first ? first->line : 0,
			 first ? first->text[LT_EN] : written->err.text[LT_EN]);
	}
}

/* WRITTEN_HEAD and WRITTEN_ITEMS with these lines at the end of the plan, compiled for a stage, with empty answers. */
static inline void written_compile(struct written *written, const char *plan, const char *stage, const struct overrides *overrides)
{
	const struct selection selection = { .stage = stage };
	const char *head = lt_arena_printf(&written->arena, "%s%s", WRITTEN_HEAD, plan);
	written_load(written, head, WRITTEN_ITEMS);
	if (plan_compile(written->ruleset, &selection, overrides, &written->arena, &written->plan, &written->err))
		fail_msg("%s: %s", plan, written->err.text[LT_EN]);
	assert_int_equal(answers_init(&written->answers, written->ruleset, &written->arena, &written->err), LT_OK);
	assert_int_equal(result_init(&written->result, written->plan, &written->arena, &written->err), LT_OK);
}

/* "c1=met p1=points:5 a:=3 n:=na" (a quantity's na takes the reason `absent`). */
static inline void written_answer(struct written *written, const char *said)
{
	char *text = lt_arena_strndup(&written->arena, said, strlen(said)), *rest = text;
	for (char *word; (word = strtok_r(rest, " ", &rest));) {
		char *value = strchr(word, '=');
		enum lt_status status;
		assert_non_null(value);
		*value++ = '\0';
		const bool is_quantity = value[-2] == ':';
		if (is_quantity)
			value[-2] = '\0';
		if (!is_quantity)
			status = answers_set(&written->answers, written->plan, word, value, &written->err);
		else if (strcmp(value, "na") == 0)
			status = answers_set_quantity_na(&written->answers, written->plan, word, "absent", &written->err);
		else
			status = answers_set_quantity(&written->answers, written->plan, NULL, word, value, NULL, &written->err);
		if (status)
			fail_msg("%s", written->err.text[LT_EN]);
	}
}

static inline void written_score(struct written *written)
{
	if (score_all(written->plan, &written->answers, &written->result, &written->err))
		fail_msg("%s", written->err.text[LT_EN]);
}

/* From lines of a plan to a result. */
static inline void written_run(struct written *written, const char *plan, const char *stage, const char *said)
{
	written_compile(written, plan, stage, NULL);
	written_answer(written, said);
	written_score(written);
}

#define SHOWN (2 * LT_DECIMAL_TEXT + 16)

/* "5", "[0, inf]", with ? where there may be no value; "n/a", "none". */
static inline const char *show(const struct value *value, char text[SHOWN])
{
	char lo[LT_DECIMAL_TEXT] = "-inf", hi[LT_DECIMAL_TEXT] = "inf";
	if (value->state != VALUE_NUMBER)
		return strcpy(text, value->state == VALUE_NA ? "n/a" : "none");
	if (!value->lo_unbounded)
		lt_decimal_format(value->lo, lo);
	if (!value->hi_unbounded)
		lt_decimal_format(value->hi, hi);
	if (strcmp(lo, hi) == 0)
		snprintf(text, SHOWN, "%s%s", lo, value->maybe_none ? "?" : "");
	else
		snprintf(text, SHOWN, "[%s, %s]%s", lo, hi, value->maybe_none ? "?" : "");
	return text;
}

static inline uint32_t written_slot(const struct written *written, const char *name)
{
	const uint32_t slot = plan_find(written->plan, name);
	if (slot == NO_SLOT)
		fail_msg("no slot %s", name);
	return slot;
}

static inline void written_expect(const struct written *written, const char *name, const char *expected)
{
	char got[SHOWN];
	show(&written->result.values[written_slot(written, name)], got);
	if (strcmp(got, expected) != 0)
		fail_msg("%s: expected %s, got %s", name, expected, got);
}

/* A line of a plan, answers, and what the node (or item) then shows. */
struct written_row {
	const char *plan, *said, *node, *expected;
};

/* Runs all rows and tells each that differs before it fails. */
static inline void written_rows(const struct written_row *rows, size_t n)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < n; i++) {
		struct written written;
		char got[SHOWN], plan[900];
		written_init(&written);
		snprintf(plan, sizeof(plan), "%s", rows[i].plan);
		written_run(&written, plan, "operation", rows[i].said);
		show(&written.result.values[written_slot(&written, rows[i].node)], got);
		if (strcmp(got, rows[i].expected) != 0) {
			print_error("%s(%s) %s: expected %s, got %s\n", rows[i].plan, rows[i].said, rows[i].node, rows[i].expected, got);
			wrong++;
		}
		written_release(&written);
	}
	assert_int_equal(wrong, 0);
}
#define WRITTEN_ROWS(rows) written_rows(rows, sizeof(rows) / sizeof((rows)[0]))

/* The text with the first of what is looked for replaced; to be freed. */
static inline char *written_edited(const char *text, const char *find, const char *replace)
{
	const char *at = strstr(text, find);
	if (!at)
		fail_msg("'%s' is not in the text", find);
	const size_t before = (size_t)(at - text);
	char *out = malloc(strlen(text) + strlen(replace) + 1);
	assert_non_null(out);
	memcpy(out, text, before);
	strcpy(out + before, replace);
	strcat(out, at + strlen(find));
	return out;
}

/* A seeded stream for random tests; the same on every machine. */
struct random {
	uint64_t state;
};

static inline uint32_t random_below(struct random *random, uint32_t n)
{
	random->state = random->state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((random->state >> 33) % n);
}

#endif
