#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"

#define NEED(holds) assert_true(holds)
#include "edit_checks.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))
#define RARE "\xf0\xa0\xae\xb7"
#define E_ACUTE "e\xcc\x81"
#define FAMILY "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"

static struct edit edit;
static struct edit_clipboard clipboard;

static void open_field(bool is_multiline, int width, int height)
{
	const struct edit_options options = { .is_multiline = is_multiline };
	edit_release(&edit);
	edit_init(&edit, &options);
	edit_resize(&edit, width, height);
}

static int close_field(void **state)
{
	(void)state;
	edit_release(&edit);
	edit_clipboard_release(&clipboard);
	return 0;
}

/* As keys come: one cluster at a time. */
static void type(const char *text)
{
	const size_t len = strlen(text);
	for (size_t at = 0; at < len;) {
		const size_t n = cluster_next(text, len, at).len;
		assert_int_equal(edit_insert(&edit, text + at, n), EDIT_DONE);
		check_edit(&edit);
		at += n;
	}
}

static void set(const char *text)
{
	assert_int_equal(edit_set(&edit, text, strlen(text)), EDIT_DONE);
	check_edit(&edit);
}

static void move(enum edit_move to, unsigned times)
{
	while (times-- > 0) {
		edit_move(&edit, to, false);
		check_edit(&edit);
	}
}

static void reach(enum edit_move to, unsigned times)
{
	while (times-- > 0)
		edit_move(&edit, to, true);
	check_edit(&edit);
}

/* The text with | at the cursor, and [ ] around what is selected. */
static const char *seen(void)
{
	static char out[4096];
	const char *text = edit_text(&edit);
	size_t from, to, used = 0;
	const bool selects = edit_selection(&edit, &from, &to);
	for (size_t at = 0; at <= edit.len; at++) {
		if (selects && at == to)
			out[used++] = ']';
		if (at == edit.cursor)
			out[used++] = '|';
		if (selects && at == from)
			out[used++] = '[';
		if (at < edit.len)
			out[used++] = text[at];
	}
	out[used] = '\0';
	return out;
}

#define SEEN(wanted) assert_string_equal(seen(), wanted)

/* ---- clusters ---- */

static void test_edit__keys_take_whole_clusters(void **state)
{
	(void)state;
	open_field(false, 20, 1);
	type("零碳" RARE E_ACUTE FAMILY "x");
	SEEN("零碳" RARE E_ACUTE FAMILY "x|");
	move(EDIT_LEFT, 2);
	SEEN("零碳" RARE E_ACUTE "|" FAMILY "x");
	edit_delete(&edit, EDIT_RIGHT);
	SEEN("零碳" RARE E_ACUTE "|x");
	edit_delete(&edit, EDIT_LEFT);
	SEEN("零碳" RARE "|x");
	edit_delete(&edit, EDIT_LEFT);
	edit_delete(&edit, EDIT_LEFT);
	SEEN("零|x");
	move(EDIT_TEXT_HOME, 1);
	assert_int_equal(edit_delete(&edit, EDIT_LEFT), EDIT_NOTHING);
	assert_int_equal(edit_move(&edit, EDIT_LEFT, false), EDIT_NOTHING);
	SEEN("|零x");
}

static void test_edit__a_mark_typed_later_joins_its_letter(void **state)
{
	(void)state;
	open_field(false, 20, 1);
	type("cafe");
	assert_int_equal(edit_insert(&edit, "\xcc\x81", 2), EDIT_DONE);
	SEEN("caf" E_ACUTE "|");
	move(EDIT_LEFT, 1);
	SEEN("caf|" E_ACUTE);
	/* between a letter and the mark that would then be its own there is no place */
	set("\xcc\x81");
	move(EDIT_TEXT_HOME, 1);
	assert_int_equal(edit_insert(&edit, "e", 1), EDIT_DONE);
	SEEN(E_ACUTE "|");
}

/* ---- words and lines ---- */

static void test_edit__words_are_runs_of_one_kind(void **state)
{
	(void)state;
	open_field(true, 60, 5);
	set("全年 11,740 MWh，与后台 read_out\n一致。");
	move(EDIT_TEXT_HOME, 1);
	static const char *const right[] = {
		"全年 |11,740 MWh，与后台 read_out\n一致。", "全年 11|,740 MWh，与后台 read_out\n一致。",
		"全年 11,|740 MWh，与后台 read_out\n一致。", "全年 11,740 |MWh，与后台 read_out\n一致。",
		"全年 11,740 MWh|，与后台 read_out\n一致。", "全年 11,740 MWh，|与后台 read_out\n一致。",
		"全年 11,740 MWh，与后台 |read_out\n一致。", "全年 11,740 MWh，与后台 read_out|\n一致。",
		"全年 11,740 MWh，与后台 read_out\n|一致。", "全年 11,740 MWh，与后台 read_out\n一致|。",
		"全年 11,740 MWh，与后台 read_out\n一致。|",
	};
	for (size_t i = 0; i < N_OF(right); i++) {
		move(EDIT_WORD_RIGHT, 1);
		SEEN(right[i]);
	}
	for (size_t i = N_OF(right) - 1; i-- > 0;) {
		move(EDIT_WORD_LEFT, 1);
		SEEN(right[i]);
	}
	edit_delete(&edit, EDIT_WORD_RIGHT);
	SEEN("全年 |,740 MWh，与后台 read_out\n一致。");
	edit_delete(&edit, EDIT_WORD_LEFT);
	SEEN("|,740 MWh，与后台 read_out\n一致。");
	edit_delete(&edit, EDIT_LINE_END);
	SEEN("|\n一致。");
	edit_delete_line(&edit);
	SEEN("|一致。");
	edit_delete_line(&edit);
	SEEN("|");
	assert_int_equal(edit_delete_line(&edit), EDIT_NOTHING);
}

static void test_edit__rows_are_those_on_the_screen(void **state)
{
	(void)state;
	open_field(true, 9, 4); /* wraps at 8 */
	set("一二三四五六七八九十\nabc");
	move(EDIT_TEXT_HOME, 1);
	move(EDIT_RIGHT, 3);
	move(EDIT_DOWN, 1);
	SEEN("一二三四五六七|八九十\nabc");
	move(EDIT_DOWN, 1);
	SEEN("一二三四五六七八九十|\nabc");
	move(EDIT_DOWN, 1);
	SEEN("一二三四五六七八九十\nabc|");
	assert_int_equal(edit_move(&edit, EDIT_DOWN, false), EDIT_NOTHING);
	move(EDIT_UP, 2);
	SEEN("一二三四五六七|八九十\nabc");
	move(EDIT_ROW_HOME, 1);
	SEEN("一二三四|五六七八九十\nabc");
	move(EDIT_ROW_HOME, 1);
	SEEN("|一二三四五六七八九十\nabc");
	assert_int_equal(edit_move(&edit, EDIT_UP, false), EDIT_NOTHING);
	move(EDIT_ROW_END, 1);
	SEEN("一二三四|五六七八九十\nabc");
	move(EDIT_ROW_END, 1);
	SEEN("一二三四五六七八九十|\nabc");
	move(EDIT_LINE_HOME, 1);
	SEEN("|一二三四五六七八九十\nabc");
}

static void test_edit__at_the_end_of_a_full_row_the_cursor_stays_on_it(void **state)
{
	struct edit_row rows[MOST_ROWS];
	struct edit_view view;
	(void)state;
	open_field(true, 9, 4);
	set("一二三四五六");
	move(EDIT_TEXT_HOME, 1);
	move(EDIT_ROW_END, 1);
	edit_view(&edit, rows, MOST_ROWS, &view);
	assert_int_equal(view.cursor_row, 0);
	assert_int_equal(view.cursor_column, 8);
	move(EDIT_DOWN, 1);
	SEEN("一二三四五六|");
	move(EDIT_UP, 1);
	edit_view(&edit, rows, MOST_ROWS, &view);
	assert_int_equal(view.cursor_row, 0);
	assert_int_equal(view.cursor_column, 8);
	move(EDIT_LEFT, 1);
	move(EDIT_RIGHT, 1);
	edit_view(&edit, rows, MOST_ROWS, &view);
	assert_int_equal(view.cursor_row, 1);
	assert_int_equal(view.cursor_column, 0);
}

static void test_edit__a_column_is_aimed_at_across_short_rows(void **state)
{
	(void)state;
	open_field(true, 20, 9);
	set("零碳园区评价\n\na零碳园区");
	move(EDIT_TEXT_HOME, 1);
	move(EDIT_RIGHT, 4);
	move(EDIT_DOWN, 2);
	SEEN("零碳园区评价\n\na零碳园|区"); /* column 8 is inside 区 */
	move(EDIT_UP, 2);
	SEEN("零碳园区|评价\n\na零碳园区");
}

/* ---- selection and clipboard ---- */

static void test_edit__selection_is_replaced_cut_and_pasted(void **state)
{
	(void)state;
	open_field(false, 30, 1);
	type("零碳园区评价");
	move(EDIT_LEFT, 2);
	reach(EDIT_LEFT, 2);
	SEEN("零碳|[园区]评价");
	assert_int_equal(edit_copy(&edit, &clipboard), EDIT_DONE);
	move(EDIT_RIGHT, 1);
	SEEN("零碳园区|评价");
	assert_int_equal(edit_copy(&edit, &clipboard), EDIT_NOTHING);
	assert_int_equal(edit_paste(&edit, clipboard.text, clipboard.len), EDIT_DONE);
	SEEN("零碳园区园区|评价");
	reach(EDIT_TEXT_HOME, 1);
	assert_int_equal(edit_cut(&edit, &clipboard), EDIT_DONE);
	SEEN("|评价");
	assert_int_equal(clipboard.len, strlen("零碳园区园区"));
	reach(EDIT_RIGHT, 1);
	type("复");
	SEEN("复|价");
	edit_select_all(&edit);
	SEEN("[复价]|");
	edit_delete(&edit, EDIT_LEFT);
	SEEN("|");
	reach(EDIT_TEXT_END, 1);
	assert_int_equal(edit_cut(&edit, &clipboard), EDIT_NOTHING);
}

static void test_edit__rows_tell_what_is_selected(void **state)
{
	struct edit_row rows[MOST_ROWS];
	struct edit_view view;
	(void)state;
	open_field(true, 9, 4);
	set("一二三四五六\n七");
	move(EDIT_TEXT_HOME, 1);
	move(EDIT_RIGHT, 2);
	reach(EDIT_TEXT_END, 1);
	edit_view(&edit, rows, MOST_ROWS, &view);
	assert_int_equal(view.n_rows, 3);
	assert_int_equal(rows[0].select_from, 6);
	assert_int_equal(rows[0].select_to, 12);
	assert_false(rows[0].selects_end);
	assert_int_equal(rows[1].select_from, 12);
	assert_int_equal(rows[1].select_to, 18);
	assert_true(rows[1].selects_end); /* the line end */
	assert_int_equal(rows[2].select_to, 22);
	assert_false(rows[2].selects_end);
}

/* ---- cleaning ---- */

static void test_edit__what_is_pasted_is_clean(void **state)
{
	static const struct {
		const char *pasted, *prose, *line;
	} pastes[] = {
		{ "一\r\n二\r三\n", "一\n二\n三\n", "一 二 三" },
		{ "\n\n一\n\n\n二", "\n\n一\n\n\n二", "一 二" },
		{ "a\tb", "a b", "a b" },
		{ "\x1b[31m红\x1b[0m\x07\x7f", "[31m红[0m", "[31m红[0m" },
		{ "\xc2\x9b" "2J", "2J", "2J" },
		{ "\xe2\x80\xaegnp.exe", "gnp.exe", "gnp.exe" },
		{ "\xef\xbb\xbf零\xe2\x80\x8b碳", "零碳", "零碳" },
		{ "x\xff\xe9\x9by", "x\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdy", "x\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdy" },
		{ FAMILY "\xe2\x98\x80\xef\xb8\x8f", FAMILY "\xe2\x98\x80\xef\xb8\x8f", FAMILY "\xe2\x98\x80\xef\xb8\x8f" },
		{ "一\xe2\x80\xa8二", "一\n二", "一 二" },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(pastes); i++) {
		for (int is_prose = 0; is_prose < 2; is_prose++) {
			open_field(is_prose, 30, 3);
			edit_paste(&edit, pastes[i].pasted, strlen(pastes[i].pasted));
			assert_string_equal(edit_text(&edit), is_prose ? pastes[i].prose : pastes[i].line);
			check_edit(&edit);
			edit_release(&edit);
		}
	}
	open_field(false, 30, 1);
	edit_paste(&edit, "a\0b", 3);
	assert_string_equal(edit_text(&edit), "ab");
	assert_int_equal(edit_paste(&edit, "\x1b", 1), EDIT_NOTHING);
}

static void test_edit__all_that_is_taken_the_record_takes(void **state)
{
	(void)state;
	for (uint32_t code = 0; code < 0x110000; code++) {
		char text[4];
		size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4, at;
		uint32_t rest = code;
		for (size_t i = n - 1; i > 0; i--, rest >>= 6)
			text[i] = (char)(0x80 | (rest & 0x3f));
		text[0] = (char)(n == 1 ? rest : (n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | rest);
		open_field(code & 1, 30, 1);
		edit_insert(&edit, text, n);
		assert_int_equal(lt_text_check(edit_text(&edit), edit.len, &at), LT_TEXT_OK);
		edit_release(&edit);
	}
}

static void test_edit__numbers_are_folded_to_ascii_where_wanted(void **state)
{
	const struct edit_options options = { .folds_twins = true };
	(void)state;
	edit_init(&edit, &options);
	type("－１１，７４０．５　ＭＷｈ");
	SEEN("-11,740.5 MWh|");
	open_field(false, 30, 1);
	type("（１）");
	SEEN("（１）|");
}

static void test_edit__a_full_field_keeps_what_it_has(void **state)
{
	const struct edit_options options = { .max_clusters = 3 };
	(void)state;
	edit_init(&edit, &options);
	assert_int_equal(edit_paste(&edit, "零碳园区", 12), EDIT_FULL);
	SEEN("零碳园|");
	assert_int_equal(edit_insert(&edit, "x", 1), EDIT_FULL);
	assert_int_equal(edit_insert(&edit, "\xcc\x81", 2), EDIT_DONE);
	SEEN("零碳园\xcc\x81|");
	reach(EDIT_LEFT, 2);
	assert_int_equal(edit_paste(&edit, "abc", 3), EDIT_FULL);
	SEEN("零ab|");
	check_edit(&edit);
	edit_undo(&edit);
	SEEN("零|[碳园\xcc\x81]");
}

/* ---- undo ---- */

static void undo(const char *wanted)
{
	assert_int_equal(edit_undo(&edit), EDIT_DONE);
	check_edit(&edit);
	SEEN(wanted);
}

static void redo(const char *wanted)
{
	assert_int_equal(edit_redo(&edit), EDIT_DONE);
	check_edit(&edit);
	SEEN(wanted);
}

static void test_edit__undo_goes_by_phrases(void **state)
{
	(void)state;
	open_field(true, 40, 5);
	type("屋顶光伏已并网，测试风机在建。ok ");
	edit_paste(&edit, "粘贴", 6);
	type("ab");
	edit_delete(&edit, EDIT_LEFT);
	edit_delete(&edit, EDIT_LEFT);
	edit_delete(&edit, EDIT_LEFT);
	undo("屋顶光伏已并网，测试风机在建。ok 粘贴ab|");
	undo("屋顶光伏已并网，测试风机在建。ok 粘贴|");
	undo("屋顶光伏已并网，测试风机在建。ok |");
	undo("屋顶光伏已并网，测试风机在建。|");
	undo("屋顶光伏已并网，|");
	undo("|");
	assert_int_equal(edit_undo(&edit), EDIT_NOTHING);
	redo("屋顶光伏已并网，|");
	redo("屋顶光伏已并网，测试风机在建。|");
	type("新");
	assert_int_equal(edit_redo(&edit), EDIT_NOTHING);
	undo("屋顶光伏已并网，测试风机在建。|");
}

static void test_edit__undo_steps_end_where_the_cursor_went_away(void **state)
{
	(void)state;
	open_field(false, 40, 1);
	type("ab");
	move(EDIT_LEFT, 1);
	move(EDIT_RIGHT, 1);
	type("cd");
	edit_seal(&edit);
	type("ef");
	undo("abcd|");
	undo("ab|");
	undo("|");
	redo("ab|");
	redo("abcd|");
	reach(EDIT_LEFT, 3);
	type("xy");
	SEEN("axy|");
	undo("a|[bcd]");
	edit_set(&edit, "q", 1);
	assert_int_equal(edit_undo(&edit), EDIT_NOTHING);
	assert_int_equal(edit_replace_all(&edit, "外部\n编辑", strlen("外部\n编辑")), EDIT_DONE);
	SEEN("外部 编辑|");
	undo("q|");
}

static void test_edit__undo_forgets_the_oldest_first(void **state)
{
	(void)state;
	open_field(false, 40, 1);
	for (int i = 0; i < 1500; i++) {
		assert_int_equal(edit_insert(&edit, "x", 1), EDIT_DONE);
		edit_seal(&edit);
	}
	int n = 0;
	while (!edit_undo(&edit))
		n++;
	assert_int_equal(n, 1000);
	assert_int_equal(edit.len, 500);
}

/* ---- scrolling ---- */

static void test_edit__one_line_scrolls_by_whole_clusters(void **state)
{
	struct edit_row rows[1];
	struct edit_view view;
	(void)state;
	open_field(false, 9, 1);
	type("零碳园区评价");
	edit_view(&edit, rows, 1, &view);
	assert_int_equal(rows[0].from, 6); /* 园区评价 and the cursor */
	assert_int_equal(view.cursor_column, 8);
	assert_true(view.has_before && !view.has_after);
	move(EDIT_LEFT, 4);
	edit_view(&edit, rows, 1, &view);
	assert_int_equal(rows[0].from, 6); /* nothing moves but the cursor */
	assert_int_equal(view.cursor_column, 0);
	move(EDIT_LEFT, 1);
	edit_view(&edit, rows, 1, &view);
	assert_int_equal(rows[0].from, 3);
	assert_int_equal(rows[0].to, 15);
	assert_true(view.has_before && view.has_after);
	move(EDIT_TEXT_END, 1);
	edit_delete(&edit, EDIT_LEFT);
	edit_delete(&edit, EDIT_LEFT);
	edit_view(&edit, rows, 1, &view);
	assert_int_equal(rows[0].from, 0); /* what fits is not left outside */
	edit_place(&edit, 0, 3, false);
	SEEN("零|碳园区");
}

static void test_edit__prose_scrolls_by_rows(void **state)
{
	struct edit_row rows[MOST_ROWS];
	struct edit_view view;
	(void)state;
	open_field(true, 9, 3);
	set("一\n二\n三\n四\n五");
	edit_view(&edit, rows, MOST_ROWS, &view);
	assert_int_equal(rows[0].from, 8);
	assert_int_equal(view.cursor_row, 2);
	move(EDIT_UP, 2);
	edit_view(&edit, rows, MOST_ROWS, &view);
	assert_int_equal(rows[0].from, 8);
	assert_int_equal(view.cursor_row, 0);
	move(EDIT_PAGE_UP, 1);
	edit_view(&edit, rows, MOST_ROWS, &view);
	assert_int_equal(rows[0].from, 0);
	assert_int_equal(view.cursor_row, 0);
	assert_true(!view.has_before && view.has_after);
	edit_place(&edit, 1, 5, false);
	SEEN("一\n二|\n三\n四\n五");
	move(EDIT_TEXT_END, 1);
	edit_delete_line(&edit);
	for (int i = 0; i < 3; i++)
		edit_delete(&edit, EDIT_LEFT);
	SEEN("一\n二\n三|");
	edit_view(&edit, rows, MOST_ROWS, &view);
	assert_int_equal(rows[0].from, 0); /* no empty rows while there is text above */
	edit_resize(&edit, 9, 9);
	check_edit(&edit);
}

static void test_edit__blanks_at_a_rows_end_leave_the_cursor_in_the_field(void **state)
{
	(void)state;
	open_field(true, 9, 3);
	type("一二三四          五");
	move(EDIT_LEFT, 12);
	open_field(true, 3, 1);
	type(FAMILY "中 \n  a");
	move(EDIT_LEFT, 9);
}

static int setup(void **state)
{
	(void)state;
	srand(5);
	return 0;
}

/* ---- against a plain model ---- */

/* The text as plain bytes with a cursor, changed by hand: no history, no view. */
struct model {
	char text[8192];
	size_t len, cursor, anchor;
};

static const char *const pieces[] = { "a", "b", " ", "零", "碳", "。", "，", RARE, "\xcc\x81", FAMILY, "\n", "1", "ab cd", "能源体系", "x\ny" };

static size_t model_border(const struct model *model, size_t at)
{
	size_t border = 0;
	while (border < at)
		border += cluster_next(model->text, model->len, border).len;
	return border;
}

static void model_replace(struct model *model, size_t from, size_t to, const char *text)
{
	char after[8192];
	const size_t n_after = model->len - to, n = strlen(text);
	memcpy(after, model->text + to, n_after);
	memcpy(model->text + from, text, n);
	memcpy(model->text + from + n, after, n_after);
	model->len = from + n + n_after;
	model->text[model->len] = '\0';
	model->cursor = model->anchor = model_border(model, from + n);
}

static void model_delete(struct model *model, bool is_back)
{
	size_t from = model->cursor < model->anchor ? model->cursor : model->anchor;
	size_t to = model->cursor < model->anchor ? model->anchor : model->cursor;
	if (from == to && is_back && from > 0) {
		from = 0;
		while (from + cluster_next(model->text, model->len, from).len < to)
			from += cluster_next(model->text, model->len, from).len;
	} else if (from == to && !is_back && to < model->len) {
		to += cluster_next(model->text, model->len, to).len;
	}
	if (from < to)
		model_replace(model, from, to, "");
}

/* One step of both; the model follows the field's own moves, which other tests look at. */
static void step_both(struct model *model)
{
	const char *piece = pieces[(size_t)rand() % N_OF(pieces)];
	const int call = rand() % 20;
	const enum edit_move to = (enum edit_move)(rand() % (EDIT_TEXT_END + 1));

	if (call < 9 && model->len < 4000) {
		const bool pastes = rand() % 4 == 0;
		(pastes ? edit_paste : edit_insert)(&edit, piece, strlen(piece));
		const size_t from = model->cursor < model->anchor ? model->cursor : model->anchor;
		model_replace(model, from, from == model->cursor ? model->anchor : model->cursor, piece);
	} else if (call < 12) {
		const bool is_back = rand() % 2;
		edit_delete(&edit, is_back ? EDIT_LEFT : EDIT_RIGHT);
		model_delete(model, is_back);
	} else {
		edit_move(&edit, to, rand() % 3 == 0);
		model->cursor = edit.cursor;
		model->anchor = edit.anchor;
	}
	assert_int_equal(edit.len, model->len);
	assert_memory_equal(edit_text(&edit), model->text, model->len + 1);
	assert_int_equal(edit.cursor, model->cursor);
	assert_int_equal(edit.anchor, model->anchor);
	if (rand() % 50 == 0)
		edit_resize(&edit, rand() % 30, rand() % 10);
	check_edit(&edit);
}

static void test_edit__random_work_equals_a_plain_model(void **state)
{
	static struct model model;
	(void)state;
	for (unsigned round = 0; round < 150; round++) {
		open_field(true, 3 + rand() % 40, 1 + rand() % 9);
		model = (struct model){ .len = 0 };
		for (unsigned i = 0; i < 200; i++)
			step_both(&model);
		while (!edit_undo(&edit))
			check_edit(&edit);
		assert_int_equal(edit.len, 0);
		while (!edit_redo(&edit))
			check_edit(&edit);
		assert_string_equal(edit_text(&edit), model.text);
		edit_release(&edit);
	}
}

static void test_edit__a_secret_is_neither_copied_nor_kept_to_undo(void **state)
{
	const struct edit_options options = { .is_secret = true };
	(void)state;
	edit_release(&edit);
	edit_init(&edit, &options);
	edit_resize(&edit, 20, 1);
	type("abc");
	edit_select_all(&edit);
	assert_int_equal(edit_copy(&edit, &clipboard), EDIT_NOTHING);
	assert_int_equal(edit_cut(&edit, &clipboard), EDIT_NOTHING);
	assert_null(clipboard.text);
	assert_int_equal(edit_undo(&edit), EDIT_NOTHING);
	assert_string_equal(edit_text(&edit), "abc");
	assert_int_equal(edit_delete(&edit, EDIT_LEFT), EDIT_DONE);
	assert_string_equal(edit_text(&edit), "");
}

int main(void)
{
#define FIELD_TEST(name) cmocka_unit_test_setup_teardown(name, setup, close_field)
	static const struct CMUnitTest tests[] = {
		FIELD_TEST(test_edit__keys_take_whole_clusters),
		FIELD_TEST(test_edit__a_mark_typed_later_joins_its_letter),
		FIELD_TEST(test_edit__words_are_runs_of_one_kind),
		FIELD_TEST(test_edit__rows_are_those_on_the_screen),
		FIELD_TEST(test_edit__at_the_end_of_a_full_row_the_cursor_stays_on_it),
		FIELD_TEST(test_edit__a_column_is_aimed_at_across_short_rows),
		FIELD_TEST(test_edit__selection_is_replaced_cut_and_pasted),
		FIELD_TEST(test_edit__rows_tell_what_is_selected),
		FIELD_TEST(test_edit__what_is_pasted_is_clean),
		FIELD_TEST(test_edit__all_that_is_taken_the_record_takes),
		FIELD_TEST(test_edit__numbers_are_folded_to_ascii_where_wanted),
		FIELD_TEST(test_edit__a_full_field_keeps_what_it_has),
		FIELD_TEST(test_edit__undo_goes_by_phrases),
		FIELD_TEST(test_edit__undo_steps_end_where_the_cursor_went_away),
		FIELD_TEST(test_edit__undo_forgets_the_oldest_first),
		FIELD_TEST(test_edit__one_line_scrolls_by_whole_clusters),
		FIELD_TEST(test_edit__prose_scrolls_by_rows),
		FIELD_TEST(test_edit__blanks_at_a_rows_end_leave_the_cursor_in_the_field),
		FIELD_TEST(test_edit__a_secret_is_neither_copied_nor_kept_to_undo),
		FIELD_TEST(test_edit__random_work_equals_a_plain_model),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
