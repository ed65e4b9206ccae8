/* A project of a built-in standard with a made-up park, and its board: what the tests of a board share. */
#ifndef LINGTAN_TESTS_APP_SCENE_H
#define LINGTAN_TESTS_APP_SCENE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/app/board.h"
#include "lingtan/app/evidence.h"

#define N_SAMPLES 5

struct sample {
	const char *id, *stage, *type;
};

extern const struct sample samples[N_SAMPLES];

extern char folder[64], path[128];
extern struct library library;
extern struct workspace workspace;
extern struct lt_findings findings;
extern struct lt_err err;
extern struct session session;
extern struct board *board;
extern const struct assessment_ref *ref;
extern struct lt_arena arena; /* of one test */

#define OK(call)                                                                                                                                     \
	do {                                                                                                                                         \
		err = (struct lt_err)LT_ERR_INIT;                                                                                                    \
		if ((call) != LT_OK)                                                                                                                 \
			fail_msg("%s: %s %s", #call, err.text[LT_EN], findings.first ? findings.first->text[LT_EN] : "");                            \
	} while (0)

/* A test in an empty folder, with a board that is closed after it. */
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int set_up(void **state);
int tear_down(void **state);

void make_project(size_t sample, const char *name);
void make_project_in(const struct sample *of, const char *name);
void import_sample(size_t sample);
void open_board(enum rung own);
void reload(void);
void drop_project(void); /* closes board and session, takes the file away */

/* Who is at work from here on. */
void become(const char *name, const char *role);

void answer(enum rung rung, const char *item, const char *result, const char *remark);
void measure(enum rung rung, const char *id, const char *value, const char *unit);
void attach(const char *item, const char *locator, const char *slot);

/* Any cell of any row. */
void put(const char *table, const char *const *key, const char *group, const char *const *values);

uint32_t item_of(const char *id);
double number(struct lt_decimal value);
bool is_near(double a, double b); /* within 0.001 */

#endif
