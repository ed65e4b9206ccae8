/* A board that follows its file: a reload shows what opening it anew would show, and a failure leaves what was shown. */
#include <malloc.h>
#include "scene.h"
#include "lingtan/store/blob.h"
#include "written.h"

/* What a screen would show, as text. */
static void print_value(FILE *out, const struct value *value)
{
	char lo[LT_DECIMAL_TEXT], hi[LT_DECIMAL_TEXT];
	lt_decimal_format(value->lo, lo);
	lt_decimal_format(value->hi, hi);
	fprintf(out, "%d %s %s %d%d ", value->state, lo, hi, value->lo_unbounded, value->hi_unbounded);
}

static void print_rung(FILE *out, const struct board *of, enum rung r)
{
	const struct board_rung *rung = &of->rungs[r];
	fprintf(out, "%d %d %u %u %d ", rung->has_answers, rung->is_computed, rung->n_refused, rung->round, rung->round_state);
	for (uint32_t i = 0; rung->is_computed && i < of->n_items; i++) {
		fprintf(out, "%d%d", rung->items[i].state, rung->items[i].is_answered);
		print_value(out, &rung->items[i].value);
		const struct answer *answer = &rung->answers->items[i];
		const char *const texts[] = { answer->remark, answer->evidence, answer->locator, rung->items[i].refused[LT_ZH] };
		for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++)
			fprintf(out, "%s\n", texts[t] ? texts[t] : "-");
	}
	for (unsigned s = 0; rung->is_computed && s < of->n_sections; s++) {
		print_value(out, &rung->sections[s].points);
		print_value(out, &rung->sections[s].weighted);
		fprintf(out, "%u %u\n", rung->sections[s].must.answered, rung->sections[s].unproven);
	}
	print_value(out, &rung->figure);
	fprintf(out, "%s\n", rung->grade.title ? rung->grade.title->en : "-");
}

static char *picture(const struct board *of)
{
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	fprintf(out, "%s %s %u\n", of->head, of->park, of->own);
	for (int r = 0; r < N_RUNGS; r++)
		print_rung(out, of, (enum rung)r);
	for (uint32_t i = 0; i < of->n_items; i++)
		fprintf(out, "%u %u %s %s\n", of->items[i].n_ties, of->items[i].n_close,
			of->items[i].owner ? of->items[i].owner : "-", of->items[i].due ? of->items[i].due : "-");
	for (unsigned t = 0; t < of->n_todo; t++)
		fprintf(out, "%d %u %s\n", of->todo[t].kind, of->todo[t].item, of->todo[t].title ? of->todo[t].title : "-");
	for (unsigned t = 0; t < of->balance.n_terms; t++)
		print_value(out, &of->balance.terms[t].value);
	fclose(out);
	return text;
}

static void assert_as_opened_anew(void)
{
	struct board *anew;
	OK(board_open(&session, board->ref, board->own, &findings, &anew, &err));
	char *a = picture(board), *b = picture(anew);
	assert_string_equal(a, b);
	free(a);
	free(b);
	board_close(anew);
}

static struct random dice;

static unsigned chance(unsigned n)
{
	return random_below(&dice, n);
}

static const struct item *any_item(void)
{
	const struct board_item *item;
	do
		item = &board->items[chance(board->n_items)];
	while (item->is_outside);
	return item->plan->decl;
}

static void change_an_answer(void)
{
	static const struct {
		const char *name, *role;
		enum rung rung;
	} people[] = {
		{ "周敏", "park", RUNG_SELF }, { "李工", "evaluator", RUNG_EVALUATOR }, { "王审", "reviewer", RUNG_REVIEWER }
	};
	const struct item *item = any_item();
	const unsigned who = chance(3);
	const bool scored = item->form == FORM_POINTS, judged = item->form == FORM_JUDGEMENT;
	const char *const met[] = { judged ? "yes" : "met", judged ? "no" : "not-met", "unset" };
	const char *const points[] = { "points:1", "points:0", "unset" };
	char remark[20];
	become(people[who].name, people[who].role);
	if (item->form == FORM_MEASURED)
		return;
	snprintf(remark, sizeof(remark), "第 %u 次", chance(1000));
	const struct new_answer wish = { .item = item->id,
					 .result = (scored ? points : met)[chance(3)],
					 .remark = chance(2) ? remark : NULL,
					 .rung = rung_names[people[who].rung] };
	bool done;
	session.command = "set";
	OK(session_set(&session, ref, &wish, &findings, &done, &err));
}

static void change_something_else(void)
{
	char value[20];
	become("李工", "evaluator");
	const struct quantity *quantity = &board->ruleset->quantities[chance(board->ruleset->n_quantities)];
	snprintf(value, sizeof(value), "%u", 1 + chance(40));
	switch (chance(5)) {
	case 0:
		if (strncmp(quantity->id, "emission", 8) && strncmp(quantity->id, "absorption", 10) && strncmp(quantity->id, "offset", 6))
			put("quantity", (const char *const[]){ "evaluator", "2025", quantity->id }, "value",
			    (const char *const[]){ value, quantity->unit, "", "抄表" });
		break;
	case 1:
		snprintf(value, sizeof(value), "%u 月", chance(1000000));
		put("duty", (const char *const[]){ "item", ref->name, any_item()->id }, "owner", (const char *const[]){ value, "" });
		break;
	case 2:
		snprintf(value, sizeof(value), "园区 %u", chance(1000000));
		put("park", (const char *const[]){ "park" }, "identity", (const char *const[]){ value, "", "", "" });
		break;
	case 3:
		/* past the checks of commands, as a file from elsewhere may have it */
		put("answer", (const char *const[]){ ref->name, "evaluator", any_item()->id }, "verdict",
		    (const char *const[]){ "points", "99", "" });
		break;
	default:
		snprintf(value, sizeof(value), "第 %u 页", chance(1000000));
		attach(any_item()->id, chance(2) ? value : "看", NULL);
	}
}

static void test_board_reload__shows_what_opening_anew_would(void **state)
{
	(void)state;
	dice.state = 7;
	for (size_t s = 0; s < N_SAMPLES; s++) {
		make_project(s, "李工");
		if (s != 4)
			import_sample(s);
		open_board(RUNG_EVALUATOR);
		for (int step = 0; step < 25; step++) {
			if (chance(3))
				change_an_answer();
			else
				change_something_else();
			if (chance(3))
				continue;
			reload();
			assert_false(board->replanned);
			assert_as_opened_anew();
		}
		drop_project();
	}
}

static void test_board_reload__follows_another_program(void **state)
{
	(void)state;
	make_project(0, "李工");
	open_board(RUNG_EVALUATOR);
	struct session other;
	const struct who who = { .name = "周敏", .role = "park" };
	const struct new_answer wish = { .item = "7.2.1", .result = "points:14", .rung = "self" };
	bool done;
	OK(session_open(&other, &workspace, path, PROJECT_WRITE, &who, &err));
	other.command = "set";
	OK(session_set(&other, ref, &wish, &findings, &done, &err));
	session_close(&other);
	reload();
	assert_true(board->rungs[RUNG_SELF].has_answers);
	assert_true(number(board->rungs[RUNG_SELF].items[item_of("7.2.1")].value.lo) == 14);
	assert_as_opened_anew();
}

static void test_board_reload__without_changes_keeps_everything(void **state)
{
	(void)state;
	make_project(0, "李工");
	import_sample(0);
	open_board(RUNG_EVALUATOR);
	const struct todo *todo = board->todo;
	const struct result *result = board->rungs[RUNG_EVALUATOR].result;
	reload();
	assert_ptr_equal(board->todo, todo);
	assert_ptr_equal(board->rungs[RUNG_EVALUATOR].result, result);
	assert_false(board->replanned);
}

/* What the program holds: the sanitizers have an allocator of their own, of which the C library's knows nothing. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef SANITIZED
extern size_t __sanitizer_get_current_allocated_bytes(void);
#define bytes_held() __sanitizer_get_current_allocated_bytes()
#else
#define bytes_held() mallinfo2().uordblks
#endif

static void answer_from_elsewhere(int i)
{
	struct session other;
	const struct who who = { .name = "李工", .role = "evaluator" };
	const struct new_answer wish = { .item = "7.2.1", .result = i % 2 ? "points:9" : "points:8", .rung = "evaluator" };
	bool done;
	OK(session_open(&other, &workspace, path, PROJECT_WRITE, &who, &err));
	other.command = "set";
	OK(session_set(&other, ref, &wish, &findings, &done, &err));
	session_close(&other);
}

static void test_board_reload__takes_no_more_memory_however_often(void **state)
{
	(void)state;
	size_t before = 0;
	struct board_detail detail;
	make_project(0, "李工");
	import_sample(0);
	/* figures of another year, of which each reading would warn */
	put("quantity", (const char *const[]){ "evaluator", "2023", "energy.renewable_share" }, "value", (const char *const[]){ "9", "%", "", "" });
	open_board(RUNG_EVALUATOR);
	for (int i = 0; i < 120; i++) {
		answer_from_elsewhere(i);
		reload();
		OK(board_detail(board, item_of("7.2.1"), &detail, &err));
		if (i == 40)
			before = bytes_held();
	}
	/* the journal grows by entries; all that is read anew would come to megabytes */
	assert_true(before > 0 && bytes_held() <= before + 512 * 1024);
	assert_int_equal(findings.n_warnings, 0);
}

/* ---- a profile comes, and does not take what was answered ---- */

static void pin_profile(const char *text)
{
	char sha256[LT_SHA256_HEX];
	const char *const key[] = { "0123456789012345678901234567890123456789012345678901234567890123" };
	const char *const files[] = { "ours", samples[3].id, "示例机构", sha256 };
	OK(project_begin(session.project, true, &err));
	OK(blob_put_bytes(session.project, text, strlen(text), sha256, &err));
	put("profile", key, "files", files);
	OK(project_end(session.project, true, &err));
	put("assessment", (const char *const[]){ ref->name }, "profile", key);
}

static void test_board_reload__a_profile_makes_plan_and_tree_anew(void **state)
{
	(void)state;
	make_project(3, "李工");
	measure(RUNG_EVALUATOR, "building.energy_intensity", "74", "kWh/m2");
	open_board(RUNG_EVALUATOR);
	assert_null(board->profile);
	assert_int_equal(board->items[item_of("1.1.4")].plan->decl->n_tiers, 0);
	pin_profile("profile: ours\nruleset: t-seesa-2024\nresponsible: 示例机构\ntitle: {zh: 本机构, en: Ours}\ntiers:\n"
		    "- {item: 1.1.4, from: \"0\", then: \"1.11\", cite: 第 16 页}\n"
		    "- {item: 1.1.4, above: \"60\", then: \"0.5\", cite: 第 17 页}\n"
		    "- {item: 1.1.4, above: \"120\", then: \"0\", cite: 第 18 页}\n");
	reload();
	assert_true(board->replanned);
	assert_string_equal(board->profile->id, "ours");
	assert_as_opened_anew();
	struct board_detail detail;
	OK(board_detail(board, item_of("1.1.4"), &detail, &err));
	/* best first: up to 60, then up to 120, then all above */
	assert_int_equal(detail.n_tiers, 3);
	assert_true(number(detail.tiers[0].points) == 1.11 && number(detail.tiers[1].points) == 0.5);
	assert_true(!detail.tiers[0].is_reached && detail.tiers[1].is_reached && !detail.tiers[2].is_reached);
	assert_true(detail.next_tier.is_known);
	assert_int_equal(detail.next_tier.tier, 0);
	assert_true(number(detail.next_tier.distance) == 14);
	assert_true(detail.if_full.is_known && number(detail.if_full.figure.lo) > number(detail.now.figure.lo));
	reload();
	assert_false(board->replanned);
}

static void test_board_reload__what_the_ruleset_no_longer_takes_is_open_and_says_why(void **state)
{
	(void)state;
	make_project(0, "李工");
	answer(RUNG_EVALUATOR, "7.2.1", "points:14", "按统计表");
	/* past the checks of commands, as a file from elsewhere may have it */
	put("answer", (const char *const[]){ ref->name, "evaluator", "7.2.1" }, "verdict", (const char *const[]){ "points", "99", "" });
	open_board(RUNG_EVALUATOR);
	const struct board_mark *mark = board_mark(board, item_of("7.2.1"));
	assert_int_equal(board->rungs[RUNG_EVALUATOR].n_refused, 1);
	assert_int_equal(mark->state, STATE_OPEN);
	assert_non_null(strstr(mark->refused[LT_ZH], "7.2.1"));
	assert_non_null(mark->refused[LT_EN]);
	struct board_detail detail;
	OK(board_detail(board, item_of("7.2.1"), &detail, &err));
	assert_true(detail.answers[RUNG_EVALUATOR].is_given);
	assert_string_equal(detail.answers[RUNG_EVALUATOR].remark, "按统计表");
	answer(RUNG_EVALUATOR, "7.2.1", "points:9", NULL);
	reload();
	assert_null(board_mark(board, item_of("7.2.1"))->refused[LT_ZH]);
	assert_int_equal(board->rungs[RUNG_EVALUATOR].n_refused, 0);
}

static void test_board_reload__an_answer_is_taken_alone_beside_what_is_refused(void **state)
{
	(void)state;
	static const char *const refused[] = { "7.2.1", "8.2.1" };
	make_project(0, "李工");
	for (size_t i = 0; i < 2; i++)
		put("answer", (const char *const[]){ ref->name, "evaluator", refused[i] }, "verdict", (const char *const[]){ "points", "99", "" });
	open_board(RUNG_EVALUATOR);
	assert_int_equal(board->rungs[RUNG_EVALUATOR].n_refused, 2);
	const struct answer *kept = board->rungs[RUNG_EVALUATOR].answers->items;
	/* before both, between them, behind them, and one that is there already */
	static const char *const items[] = { "4.2.1", "7.2.2", "9.2.1", "7.2.2" };
	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		answer(RUNG_EVALUATOR, items[i], i == 3 ? "points:1" : "points:0.5", NULL);
		reload();
		assert_ptr_equal(board->rungs[RUNG_EVALUATOR].answers->items, kept);
		assert_as_opened_anew();
	}
	/* what was refused is read with all the others once it is answered */
	answer(RUNG_EVALUATOR, "7.2.1", "points:9", NULL);
	reload();
	assert_int_equal(board->rungs[RUNG_EVALUATOR].n_refused, 1);
	assert_as_opened_anew();
}

static void test_board_reload__a_failure_leaves_what_was_shown(void **state)
{
	(void)state;
	const char *const key[] = { "0000000000000000000000000000000000000000000000000000000000000000" };
	make_project(0, "李工");
	answer(RUNG_EVALUATOR, "7.2.1", "points:9", NULL);
	open_board(RUNG_EVALUATOR);
	char *before = picture(board), *after;
	/* a profile that is not in the file */
	put("assessment", (const char *const[]){ ref->name }, "profile", key);
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(board_reload(board, &findings, &err), LT_EFILE);
	after = picture(board);
	assert_string_equal(after, before);
	free(after);
	put("assessment", (const char *const[]){ ref->name }, "profile", (const char *const[]){ "" });
	reload();
	assert_true(board->replanned);
	assert_as_opened_anew();
	free(before);
}

static void test_board_look_from__is_the_same_file_from_another_rung(void **state)
{
	(void)state;
	make_project(0, "李工");
	import_sample(0);
	become("王审", "reviewer");
	answer(RUNG_REVIEWER, "7.2.1", "points:9", NULL);
	open_board(RUNG_EVALUATOR);
	OK(board_look_from(board, RUNG_REVIEWER, &err));
	assert_as_opened_anew();
	OK(board_look_from(board, RUNG_AWARDED, &err));
	assert_true(board->rungs[RUNG_AWARDED].is_computed && !board->rungs[RUNG_AWARDED].has_answers);
	assert_as_opened_anew();
	OK(board_look_from(board, RUNG_EVALUATOR, &err));
	assert_false(board->rungs[RUNG_AWARDED].is_computed);
	assert_as_opened_anew();
}

static void test_board_next__goes_round_by_place_and_by_urgency(void **state)
{
	(void)state;
	make_project(0, "李工");
	import_sample(0);
	answer(RUNG_EVALUATOR, "8.1.1", "not-met", NULL);
	answer(RUNG_EVALUATOR, "11.1.1", "unset", NULL);
	open_board(RUNG_EVALUATOR);
	/* the failed control, then the open one, then awards without evidence in the file */
	const struct todo *first = board_next(board, NO_SLOT, BY_URGENCY);
	assert_int_equal(first->item, item_of("8.1.1"));
	assert_int_equal(first->kind, TODO_FAILED);
	assert_int_equal(board_next(board, first->item, BY_URGENCY)->item, item_of("11.1.1"));
	assert_int_equal(board_next(board, board->todo[board->n_todo - 1].item, BY_URGENCY)->item, first->item);
	unsigned n = 0;
	uint32_t at = NO_SLOT, last_place = 0;
	for (; n < board->n_todo; n++) {
		at = board_next(board, at, BY_PLACE)->item;
		unsigned row = 0;
		while (board->rows[row].is_section || board->rows[row].at != at)
			row++;
		assert_true(n == 0 || row > last_place);
		last_place = row;
	}
	assert_int_equal(board_next(board, at, BY_PLACE)->item, board_next(board, NO_SLOT, BY_PLACE)->item);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_board_reload__shows_what_opening_anew_would),
		TEST(test_board_reload__follows_another_program),
		TEST(test_board_reload__without_changes_keeps_everything),
		TEST(test_board_reload__takes_no_more_memory_however_often),
		TEST(test_board_reload__a_profile_makes_plan_and_tree_anew),
		TEST(test_board_reload__what_the_ruleset_no_longer_takes_is_open_and_says_why),
		TEST(test_board_reload__an_answer_is_taken_alone_beside_what_is_refused),
		TEST(test_board_reload__a_failure_leaves_what_was_shown),
		TEST(test_board_look_from__is_the_same_file_from_another_rung),
		TEST(test_board_next__goes_round_by_place_and_by_urgency),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
