#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include "field.h"
#include "figure.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

static struct grid grid;
static struct canvas canvas;

static void open_grid(int rows, int cols, bool twins)
{
	grid_release(&grid);
	grid_init(&grid);
	assert_true(grid_resize(&grid, rows, cols));
	grid.twins = twins;
	canvas = canvas_whole(&grid);
}

static int close_grid(void **state)
{
	(void)state;
	grid_release(&grid);
	return 0;
}

static const char *row_text(int row)
{
	static char out[4096];
	size_t used = 0;
	for (int col = 0; col < grid.cols; col++) {
		const struct cell *cell = grid_at(&grid, row, col);
		const char *text = cell->columns == 0 ? "" : cell->text[0] ? cell->text : " ";
		used += strlen(strcpy(out + used, text));
	}
	return out;
}

/* ---- what is put together is cut between characters ---- */

static void test_draw__format_ends_between_characters(void **state)
{
	static const struct {
		size_t cap;
		const char *name, *out;
	} cases[] = {
		{ 32, "零碳园区", "园区 零碳园区 1" },
		{ 22, "零碳园区", "园区 零碳园区 1" },
		{ 21, "零碳园区", "园区 零碳园.." }, /* one byte short */
		{ 20, "零碳园区", "园区 零碳园.." },
		{ 19, "零碳园区", "园区 零碳园.." },
		{ 18, "零碳园区", "园区 零碳.." },
		{ 13, "\xf0\xa0\xae\xb7", "园区 .." },
		{ 12, "\xf0\xa0\xae\xb7", "园区 .." },
		{ 11, "\xf0\xa0\xae\xb7", "园区 .." },
		{ 9, "\xf0\xa0\xae\xb7", "园区.." },
		{ 3, "x", "" },
		{ 1, "x", "" },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		char *out = malloc(cases[i].cap);
		assert_non_null(out);
		const size_t n = text_format(out, cases[i].cap, "园区 %s %d", cases[i].name, 1);
		assert_string_equal(out, cases[i].out);
		assert_int_equal(n, strlen(out));
		free(out);
	}
}

/* ---- bars ---- */

static struct lt_decimal tenths(int n)
{
	return (struct lt_decimal){ n * (LT_DECIMAL_ONE / 10) };
}

static void test_draw__bars_speak_one_grammar(void **state)
{
	const struct lt_decimal line = tenths(600);
	const struct {
		int low, high, full, width;
		const struct lt_decimal *line;
		const char *bar, *twin;
	} cases[] = {
		/* as drawn on the overview */
		{ 378, 719, 1000, 40, &line, "━━━━━━━━━━━━━━━─────────┼────╌╌╌╌╌╌╌╌╌╌╌", "===============---------|----..........." },
		{ 520, 720, 800, 16, NULL, "━━━━━━━━━━────╌╌", "==========----.." },
		{ 140, 140, 800, 16, NULL, "━━━╌╌╌╌╌╌╌╌╌╌╌╌╌", "===............." },
		{ 700, 900, 1000, 10, &line, "━━━━━━┿──╌", "======|--." },
		{ 100, 200, 1000, 10, &line, "━─╌╌╌╌│╌╌╌", "=-....|..." },
		{ 0, 0, 0, 4, &line, "╌╌╌╌", "...." },
		{ -50, 1200, 1000, 4, NULL, "────", "----" },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		const struct bar bar = { .low = tenths(cases[i].low),
					 .high = tenths(cases[i].high),
					 .full = tenths(cases[i].full),
					 .line = cases[i].line,
					 .got = INK_ACCENT };
		for (int twins = 0; twins < 2; twins++) {
			open_grid(1, cases[i].width, twins);
			draw_bar(&canvas, 0, 0, cases[i].width, &bar);
			assert_string_equal(row_text(0), twins ? cases[i].twin : cases[i].bar);
		}
	}
}

static void test_draw__bars_bear_the_largest_numbers(void **state)
{
	const lt_int128 most = (((lt_int128)1 << 126) - 1) * 2 + 1;
	const struct lt_decimal line = { most / 2 };
	const struct bar bar = { .low = { most / 4 },
				 .high = { most },
				 .full = { most },
				 .line = &line,
				 .got = INK_ACCENT };
	const struct bar less = { .low = { -most }, .high = { -most }, .full = { most }, .got = INK_ACCENT };
	(void)state;
	open_grid(2, 300, true);
	draw_bar(&canvas, 0, 0, 300, &bar);
	draw_bar(&canvas, 1, 0, 300, &less);
	const char *drawn = row_text(0);
	assert_int_equal(strspn(drawn, "="), 75);
	assert_int_equal(strcspn(drawn, "|"), 149);
	assert_string_equal(drawn + 298, "--");
	assert_int_equal(strspn(row_text(1), "."), 300);
}

/* ---- halves of wide characters ---- */

static void test_draw__no_half_of_a_character_is_left(void **state)
{
	(void)state;
	open_grid(1, 8, false);
	draw_text(&canvas, 0, 0, INK_TEXT, "零碳园区");
	draw_text(&canvas, 0, 1, INK_TEXT, "x");
	assert_string_equal(row_text(0), " x碳园区");
	draw_text(&canvas, 0, 3, INK_TEXT, "能");
	assert_string_equal(row_text(0), " x 能 区");
	draw_text(&canvas, 0, 7, INK_TEXT, "源"); /* does not fit */
	assert_string_equal(row_text(0), " x 能 区");
	open_grid(1, 3, false);
	draw_cut(&canvas, 0, 0, 3, INK_TEXT, "零碳\n园区");
	assert_string_equal(row_text(0), ".. ");
}

static void test_draw__what_is_typed_has_no_twins(void **state)
{
	(void)state;
	open_grid(2, 4, true);
	draw_text(&canvas, 0, 0, INK_TEXT, "✓─");
	draw_typed(&canvas, 1, 0, INK_TEXT, "✓\x1b", 4);
	assert_string_equal(row_text(0), "v-  ");
	assert_string_equal(row_text(1), "✓^[ ");
}

/* ---- fields ---- */

static void test_field__marks_of_scrolling_hide_nothing(void **state)
{
	const struct edit_options options = { .is_multiline = false };
	struct edit edit;
	(void)state;
	edit_init(&edit, &options);
	edit_set(&edit, "零碳园区评价", 18);
	open_grid(1, 13, false);
	field_draw(&edit, &canvas, INK_TEXT, true);
	assert_string_equal(row_text(0), "零碳园区评价 ");
	assert_int_equal(grid.cursor_col, 12);
	open_grid(1, 12, false);
	field_draw(&edit, &canvas, INK_TEXT, true);
	assert_string_equal(row_text(0), "‹园区评价   ");
	assert_int_equal(grid.cursor_col, 9);
	edit_set_cursor(&edit, 3);
	field_draw(&edit, &canvas, INK_TEXT, true);
	open_grid(1, 12, false);
	field_draw(&edit, &canvas, INK_TEXT, true);
	assert_string_equal(row_text(0), "‹碳园区评价 ");
	assert_int_equal(grid.cursor_col, 1);
	edit_set_cursor(&edit, 0);
	open_grid(1, 12, false);
	field_draw(&edit, &canvas, INK_TEXT, true);
	assert_string_equal(row_text(0), " 零碳园区评›");
	edit_release(&edit);
}

static void test_field__selection_lies_under_whole_characters(void **state)
{
	const struct edit_options options = { .is_multiline = true };
	struct edit edit;
	(void)state;
	edit_init(&edit, &options);
	edit_set(&edit, "一二\n三", 10);
	open_grid(2, 9, false);
	edit_set_cursor(&edit, 3);
	edit_move(&edit, EDIT_TEXT_END, true);
	field_draw(&edit, &canvas, INK_TEXT, true);
	static const int selected[2][9] = { { 0, 0, 1, 1, 1, 0, 0, 0, 0 }, { 1, 1, 0, 0, 0, 0, 0, 0, 0 } };
	for (int row = 0; row < 2; row++)
		for (int col = 0; col < 9; col++)
			assert_int_equal(grid_at(&grid, row, col)->ground == GROUND_SELECTION, selected[row][col]);
	assert_int_equal(grid.cursor_row, 1);
	assert_int_equal(grid.cursor_col, 2);
	edit_release(&edit);
}

static void test_field__what_does_not_go_in_is_told(void **state)
{
	const struct edit_options options = { .max_clusters = 2 };
	const struct event paste = { .key = K_PASTE, .paste = "abc", .paste_len = 3 };
	const struct event back = { .key = K_BACKSPACE };
	struct edit edit;
	(void)state;
	edit_init(&edit, &options);
	assert_int_equal(field_key(&edit, &paste), FIELD_FULL);
	assert_string_equal(edit_text(&edit), "ab");
	assert_int_equal(field_key(&edit, &back), FIELD_CHANGED);
	assert_int_equal(field_key(&edit, &back), FIELD_CHANGED);
	assert_int_equal(field_key(&edit, &back), FIELD_EDGE);
	edit_release(&edit);
}

int main(void)
{
#define DRAW_TEST(name) cmocka_unit_test_teardown(name, close_grid)
	static const struct CMUnitTest tests[] = {
		DRAW_TEST(test_draw__format_ends_between_characters),
		DRAW_TEST(test_draw__bars_speak_one_grammar),
		DRAW_TEST(test_draw__bars_bear_the_largest_numbers),
		DRAW_TEST(test_draw__no_half_of_a_character_is_left),
		DRAW_TEST(test_draw__what_is_typed_has_no_twins),
		DRAW_TEST(test_field__marks_of_scrolling_hide_nothing),
		DRAW_TEST(test_field__selection_lies_under_whole_characters),
		DRAW_TEST(test_field__what_does_not_go_in_is_told),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
