/* All that a board knows of one item: who answered what on which rung, evidence, history, and what it would move. */
#include "scene.h"

static struct board_detail detail_of(const char *id)
{
	struct board_detail detail;
	OK(board_detail(board, item_of(id), &detail, &err));
	return detail;
}

static void test_board_detail__each_rung_has_its_answer_and_who_gave_it(void **state)
{
	(void)state;
	make_project(0, "李工");
	become("周敏", "park");
	answer(RUNG_SELF, "7.2.1", "points:14", "含在建风机预计电量");
	answer(RUNG_SELF, "7.2.2", "unset", "待补");
	become("李工", "evaluator");
	answer(RUNG_EVALUATOR, "7.2.1", "points:9", NULL);
	become("赵工", "evaluator");
	answer(RUNG_EVALUATOR, "7.2.1", "points:9", "按统计表已发电量计");
	open_board(RUNG_EVALUATOR);
	const struct board_detail detail = detail_of("7.2.1");
	const struct board_answer *self = &detail.answers[RUNG_SELF], *own = &detail.answers[RUNG_EVALUATOR];
	assert_true(self->is_given && own->is_given && !detail.answers[RUNG_REVIEWER].is_given);
	assert_null(detail.answers[RUNG_REVIEWER].answer);
	assert_true(number(self->value.lo) == 14 && number(own->value.lo) == 9);
	assert_string_equal(self->remark, "含在建风机预计电量");
	assert_string_equal(self->writer.by, "周敏");
	assert_string_equal(self->writer.role, "park");
	assert_int_equal(strlen(self->writer.at), 25);
	/* the remark came from another hand, the verdict did not */
	assert_string_equal(own->writer.by, "李工");
	assert_string_equal(own->remark, "按统计表已发电量计");
	const struct board_detail open = detail_of("7.2.2");
	assert_true(open.answers[RUNG_SELF].is_given && !open.answers[RUNG_EVALUATOR].is_given);
	assert_string_equal(open.answers[RUNG_SELF].writer.by, "周敏");
	assert_null(open.answers[RUNG_EVALUATOR].writer.by);
}

static void test_board_detail__history_tells_what_was_what_newest_first(void **state)
{
	(void)state;
	make_project(0, "李工");
	answer(RUNG_EVALUATOR, "7.2.1", "points:9", NULL);
	measure(RUNG_EVALUATOR, "energy.renewable_share", "23.4", "%");
	open_board(RUNG_EVALUATOR);
	struct board_detail detail = detail_of("7.2.1");
	assert_int_equal(detail.n_history, 2);
	assert_string_equal(detail.history[0].table, "quantity");
	assert_string_equal(detail.history[0].name, "energy.renewable_share");
	become("王工", "evaluator");
	answer(RUNG_EVALUATOR, "7.2.1", "points:10", NULL);
	answer(RUNG_EVALUATOR, "7.2.2", "points:10", NULL);
	attach("7.2.1", "第3页 表2", NULL);
	reload();
	detail = detail_of("7.2.1");
	assert_int_equal(detail.n_events, 4);
	assert_string_equal(detail.history[0].table, "tie");
	assert_string_equal(detail.history[0].name, "统计表.csv");
	const struct board_event *event = &detail.history[1];
	assert_string_equal(event->table, "answer");
	assert_string_equal(event->group, "verdict");
	assert_int_equal(event->rung, RUNG_EVALUATOR);
	assert_string_equal(event->by, "王工");
	assert_string_equal(event->from->at[1], "9");
	assert_string_equal(event->to->at[1], "10");
	assert_null(detail.history[3].from->at);
	assert_string_equal(detail.history[3].to->at[1], "9");
	assert_int_equal(detail_of("7.2.2").n_events, 1);
}

static void test_board_detail__a_long_history_is_counted_and_its_newest_part_kept(void **state)
{
	(void)state;
	make_project(0, "李工");
	for (int i = 0; i < BOARD_HISTORY + 5; i++)
		answer(RUNG_EVALUATOR, "7.2.1", i % 2 ? "points:1" : "points:2", NULL);
	open_board(RUNG_EVALUATOR);
	const struct board_detail detail = detail_of("7.2.1");
	assert_int_equal(detail.n_history, BOARD_HISTORY);
	assert_int_equal(detail.n_events, BOARD_HISTORY + 5);
	assert_string_equal(detail.history[0].to->at[1], "2");
}

static void test_board_detail__evidence_fills_the_kinds_that_are_asked_for(void **state)
{
	(void)state;
	make_project(1, "李工");
	open_board(RUNG_EVALUATOR);
	uint32_t item = 0;
	while (!board->items[item].n_slots)
		item++;
	const struct item *decl = board->items[item].plan->decl;
	const char *slot = decl->evidence[0].slot;
	attach(decl->id, "看一看", NULL);
	attach(decl->id, "第3页", slot);
	reload();
	const struct board_detail detail = detail_of(decl->id);
	assert_int_equal(detail.n_ties, 2);
	assert_int_equal(board->items[item].n_close, 1);
	assert_int_equal(detail.n_slots, board->items[item].n_slots);
	for (unsigned s = 0; s < detail.n_slots; s++)
		assert_int_equal(detail.slots[s].n_ties, strcmp(detail.slots[s].decl->slot, slot) == 0);
	for (unsigned t = 0; t < 2; t++) {
		const struct board_tie *tie = &detail.ties[t];
		assert_string_equal(tie->name, "统计表.csv");
		assert_string_equal(tie->writer.by, "李工");
		assert_int_equal(tie->is_vague, strcmp(tie->locator, "第3页") != 0);
	}
}

static void test_board_detail__a_measured_item_names_its_quantity_and_who_gave_it(void **state)
{
	(void)state;
	make_project(3, "李工");
	become("周敏", "park");
	measure(RUNG_SELF, "ict.pue", "1.4", "1");
	open_board(RUNG_EVALUATOR);
	struct board_detail detail = detail_of("1.1.8");
	assert_int_equal(detail.n_quantities, 1);
	const struct board_quantity *quantity = &detail.quantities[0];
	assert_true(quantity->is_measuring && quantity->has_rung);
	assert_int_equal(quantity->given_by, RUNG_SELF);
	assert_string_equal(quantity->writer.by, "周敏");
	assert_string_equal(quantity->measure->typed, "1.4");
	assert_null(quantity->unit);
	/* 1.6 gives nothing, 1.25 all: full marks move the total by what is missing */
	const double now = number(detail.now.figure.lo), full = number(detail.if_full.figure.lo), failed = number(detail.if_failed.figure.lo);
	assert_true(failed < now && now < full);
	/* the composite is rounded to one place */
	assert_true((full - failed) / (now - failed) > 1.5 && (full - failed) / (now - failed) < 2);
	become("李工", "evaluator");
	measure(RUNG_EVALUATOR, "ict.pue", "1.7", "1");
	reload();
	detail = detail_of("1.1.8");
	assert_int_equal(detail.quantities[0].given_by, RUNG_EVALUATOR);
	assert_true(number(detail.now.figure.lo) == number(detail.if_failed.figure.lo));
}

static void test_board_detail__a_failed_control_says_what_its_repair_would_bring(void **state)
{
	(void)state;
	make_project(0, "李工");
	import_sample(0);
	answer(RUNG_EVALUATOR, "8.1.1", "not-met", NULL);
	open_board(RUNG_EVALUATOR);
	const struct board_detail detail = detail_of("8.1.1");
	assert_true(detail.now.grade.is_withheld && detail.if_failed.grade.is_withheld && !detail.if_full.grade.is_withheld);
	assert_non_null(detail.if_full.grade.title);
	assert_true(number(detail.if_full.figure.lo) == 89.65);
	assert_true(number(detail.now.figure.lo) == 69.65);
	assert_int_equal(detail.now.grade.n_withheld_by, 1);
}

static void test_board_detail__what_is_not_applicable_has_no_consequence(void **state)
{
	(void)state;
	make_project(0, "李工");
	answer(RUNG_EVALUATOR, "7.2.2", "na:无余热资源", NULL);
	open_board(RUNG_EVALUATOR);
	const struct board_detail detail = detail_of("7.2.2");
	assert_false(detail.if_full.is_known || detail.if_failed.is_known);
	assert_true(detail.now.is_known);
	assert_string_equal(detail.answers[RUNG_EVALUATOR].answer->reason_text, "无余热资源");
}

static void test_board_people__are_told_by_rung_last_word_first(void **state)
{
	(void)state;
	struct board_people people;
	make_project(0, "李工");
	answer(RUNG_EVALUATOR, "7.2.1", "points:1", NULL);
	become("王工", "evaluator");
	answer(RUNG_EVALUATOR, "7.2.2", "points:1", NULL);
	become("王审", "reviewer");
	answer(RUNG_REVIEWER, "7.2.2", "points:1", NULL);
	open_board(RUNG_EVALUATOR);
	OK(board_people(board, RUNG_EVALUATOR, &people, &err));
	assert_int_equal(people.n, 2);
	assert_string_equal(people.names[0], "王工");
	become("李工", "evaluator");
	answer(RUNG_EVALUATOR, "7.2.3", "points:1", NULL);
	reload();
	OK(board_people(board, RUNG_EVALUATOR, &people, &err));
	assert_int_equal(people.n, 2);
	assert_string_equal(people.names[0], "李工");
	OK(board_people(board, RUNG_REVIEWER, &people, &err));
	assert_string_equal(people.names[0], "王审");
	OK(board_people(board, RUNG_AWARDED, &people, &err));
	assert_int_equal(people.n, 0);
}

static void submit(enum rung rung)
{
	unsigned round;
	session.command = "submit";
	session.reason = "示例";
	OK(session_submit(&session, ref, rung_names[rung], &round, &findings, &err));
	session.reason = "";
}

static void send_back(const char *item, const char *remark, const char *text)
{
	const char *const thread[] = { remark }, *const round[] = { ref->name, "evaluator", "1" }, *const ask[] = { ref->name, "evaluator", "1", item };
	const char *const place[] = { ref->name, item, "reviewer", "" }, *const words[] = { text }, *const returned[] = { "returned", "x", "x" },
				  *const why[] = { remark, "王审" };
	put("remark", thread, "place", place);
	put("remark", thread, "text", words);
	put("sent_back", ask, "ask", why);
	put("round", round, "state", returned);
}

static void test_board_detail__what_was_sent_back_is_to_do_until_it_is_settled(void **state)
{
	(void)state;
	static const char *const id[] = { "0123456789abcdef0123456789abcdef" };
	static const char *const settled[] = { "yes", "王审" };
	make_project(0, "李工");
	answer(RUNG_EVALUATOR, "7.2.1", "points:9", NULL);
	submit(RUNG_EVALUATOR);
	open_board(RUNG_EVALUATOR);
	assert_int_equal(board->rungs[RUNG_EVALUATOR].round_state, ROUND_SUBMITTED);
	become("王审", "reviewer");
	send_back("7.2.1", id[0], "请按在线终端重算占比");
	reload();
	assert_int_equal(board->rungs[RUNG_EVALUATOR].round_state, ROUND_RETURNED);
	assert_int_equal(board->rungs[RUNG_EVALUATOR].round, 1);
	assert_int_equal(board_mark(board, item_of("7.2.1"))->state, STATE_SENT_BACK);
	assert_int_equal(board->n_todo_of[TODO_SENT_BACK], 1);
	struct board_people people;
	OK(board_people(board, RUNG_EVALUATOR, &people, &err));
	assert_int_equal(people.n, 1);
	struct board_detail detail = detail_of("7.2.1");
	assert_int_equal(detail.n_remarks, 1);
	assert_string_equal(detail.remarks[0].text, "请按在线终端重算占比");
	assert_string_equal(detail.remarks[0].writer.by, "王审");
	assert_int_equal(detail.remarks[0].rung, RUNG_REVIEWER);
	assert_true(detail.remarks[0].is_sent_back && !detail.remarks[0].is_settled);
	assert_string_equal(detail.history[0].table, "sent_back");
	assert_string_equal(detail.history[1].table, "remark");
	put("remark", id, "settled", settled);
	reload();
	assert_int_not_equal(board_mark(board, item_of("7.2.1"))->state, STATE_SENT_BACK);
	assert_string_equal(detail_of("7.2.1").remarks[0].settled_by, "王审");
}

static void test_board_detail__findings_owner_and_due_date_stand_with_the_item(void **state)
{
	(void)state;
	make_project(0, "李工");
	open_board(RUNG_EVALUATOR);
	static const char *const id[] = { "fedcba9876543210fedcba9876543210" };
	const char *const place[] = { ref->name, "8.1.1", "" }, *const duty[] = { "item", ref->name, "8.1.1" };
	put("finding", id, "number", (const char *const[]){ "NC-03" });
	put("finding", id, "place", place);
	put("finding", id, "fact", (const char *const[]){ "排水泵站未接入", "李工" });
	put("finding", id, "grade", (const char *const[]){ "major" });
	put("finding", id, "due", (const char *const[]){ "2026-12-05" });
	put("duty", duty, "owner", (const char *const[]){ "周敏", "2026-12-01" });
	reload();
	const struct board_item *item = &board->items[item_of("8.1.1")];
	assert_string_equal(item->owner, "周敏");
	assert_string_equal(item->due, "2026-12-01");
	assert_int_equal(item->n_findings, 1);
	unsigned n_todo = 0;
	for (unsigned i = 0; i < board->n_todo; i++)
		if (board->todo[i].item == item->slot) {
			assert_string_equal(board->todo[i].who, "周敏");
			n_todo++;
		}
	assert_true(n_todo > 0);
	const struct board_detail detail = detail_of("8.1.1");
	assert_int_equal(detail.n_findings, 1);
	const struct board_finding *finding = &detail.findings[0];
	assert_string_equal(finding->number, "NC-03");
	assert_string_equal(finding->grade, "major");
	assert_string_equal(finding->fact, "排水泵站未接入");
	assert_string_equal(finding->due, "2026-12-05");
	assert_string_equal(finding->writer.by, "李工");
	assert_null(finding->correction);
	/* the number came before the place was known */
	assert_int_equal(detail.n_events, 4);
	assert_int_equal(detail_of("8.2.1").n_findings, 0);
}

static void test_board_detail__requests_that_were_not_met_are_owed(void **state)
{
	(void)state;
	static const char *const id[] = { "boundary-map" };
	static const char *const ask[] = { "basics", "平面图", "周敏", "规建处", "2026-12-01" };
	make_project(0, "李工");
	open_board(RUNG_EVALUATOR);
	assert_int_equal(board->n_todo_of[TODO_OWED], 0);
	put("request", id, "ask", ask);
	reload();
	assert_int_equal(board->n_todo_of[TODO_OWED], 1);
	const struct todo *owed = &board->todo[board->n_todo - 1];
	assert_int_equal(owed->item, NO_SLOT);
	assert_string_equal(owed->title, "平面图");
	assert_string_equal(owed->who, "周敏");
	/* what is due first comes first */
	put("request", (const char *const[]){ "power-bills" }, "ask", (const char *const[]){ "energy", "结算单", "周敏", "", "2026-11-01" });
	reload();
	owed = &board->todo[board->n_todo - 2];
	assert_string_equal(owed->title, "结算单");
	/* both come after the items, and neither is the task before the first */
	assert_ptr_equal(board_next(board, NO_SLOT, BY_URGENCY), board->todo);
	assert_ptr_equal(board_next(board, owed[-1].item, BY_URGENCY), owed);
	put("request", (const char *const[]){ "power-bills" }, "state", (const char *const[]){ "received", "" });
	put("request", id, "state", (const char *const[]){ "received", "" });
	reload();
	assert_int_equal(board->n_todo_of[TODO_OWED], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_board_detail__each_rung_has_its_answer_and_who_gave_it),
		TEST(test_board_detail__history_tells_what_was_what_newest_first),
		TEST(test_board_detail__a_long_history_is_counted_and_its_newest_part_kept),
		TEST(test_board_detail__evidence_fills_the_kinds_that_are_asked_for),
		TEST(test_board_detail__a_measured_item_names_its_quantity_and_who_gave_it),
		TEST(test_board_detail__a_failed_control_says_what_its_repair_would_bring),
		TEST(test_board_detail__what_is_not_applicable_has_no_consequence),
		TEST(test_board_detail__what_was_sent_back_is_to_do_until_it_is_settled),
		TEST(test_board_detail__findings_owner_and_due_date_stand_with_the_item),
		TEST(test_board_detail__requests_that_were_not_met_are_owed),
		TEST(test_board_people__are_told_by_rung_last_word_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
