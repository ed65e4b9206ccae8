#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "plot.h"
#include "sparkline.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

static struct plot plot;

/* Rows joined by '|', blanks for empty cells. */
static void seen(int twins, char *out)
{
	for (int row = 0; row < plot.rows; row++) {
		for (int col = 0; col < plot.cols; col++) {
			char sign[PLOT_SIGN];
			enum plot_layer layer;
			plot_sign(&plot, row, col, twins, sign, &layer);
			out += strlen(strcpy(out, sign[0] ? sign : " "));
		}
		*out++ = '|';
	}
	out[-1] = '\0';
}

static const struct radar_axis park[] = {
	{ 650, 900 }, { 375, 875 }, { 240, 890 }, { 675, 838 }, { 560, 725 }, { 275, 775 }, { 190, 940 }, { 310, 960 },
};

static void test_plot__radar_shows_what_is_got_what_is_possible_and_the_rim(void **state)
{
	char out[4096];
	(void)state;
	plot_init(&plot, 12, 24);
	radar_draw(&plot, park, N_OF(park));
	seen(1, out);
	assert_string_equal(out,
			    "      .....oo.....      |"
			    "   ..oooooo  oooo ...   |"
			    " ..oo      **    ooo... |"
			    " .oo      ** **     o . |"
			    ". o      **   **    oo .|"
			    ".o       *    *      oo.|"
			    "ooo      *    **     oo.|"
			    ". oo     **    **   o  .|"
			    " .  o     **   *** o  . |"
			    " ... oooooo*****ooo ... |"
			    "   ...     ooo    ...   |"
			    "      ............      ");
}

static void test_plot__dots_stand_where_braille_has_them(void **state)
{
	char out[64];
	(void)state;
	plot_init(&plot, 1, 4);
	plot_line(&plot, PLOT_GOT, 0, 0, 0, 3, 1);
	plot_line(&plot, PLOT_RIM, 3, 0, 3, 3, 1);
	plot_line(&plot, PLOT_RIM, 4, 0, 5, 0, 1);
	plot_line(&plot, PLOT_POSSIBLE, 4, 3, 5, 3, 1);
	plot_line(&plot, PLOT_GOT, -9, 2, -1, 2, 1);
	plot_line(&plot, PLOT_GOT, 0, 4, 7, 4, 1);
	seen(0, out);
	assert_string_equal(out, "⡇⢸⣀ "); /* of two layers in a cell the higher alone */
	seen(1, out);
	assert_string_equal(out, "*.o ");
}

static bool overlaps(const int *a, const int *b)
{
	return a[0] == b[0] && a[1] < b[2] && b[1] < a[2];
}

static void check_labels(int n_axes, int columns)
{
	int places[24][3]; /* row, first column, the column behind */
	for (int i = 0; i < n_axes; i++) {
		radar_place_label(&plot, i, n_axes, columns, &places[i][0], &places[i][1]);
		places[i][2] = places[i][1] + columns;
		assert_true(places[i][0] >= -1 && places[i][0] <= plot.rows);
		assert_true(places[i][1] >= -columns - 1 && places[i][2] <= plot.cols + columns + 1);
		for (int j = 0; j < i; j++)
			assert_false(overlaps(places[i], places[j]));
		for (int col = places[i][1]; col < places[i][2]; col++) {
			char sign[PLOT_SIGN];
			enum plot_layer layer;
			if (places[i][0] < 0 || places[i][0] >= plot.rows || col < 0 || col >= plot.cols)
				continue;
			plot_sign(&plot, places[i][0], col, 0, sign, &layer);
			assert_string_equal(sign, "");
		}
	}
}

static void test_plot__labels_stand_beside_the_rim(void **state)
{
	struct radar_axis full[24];
	(void)state;
	for (size_t i = 0; i < N_OF(full); i++)
		full[i] = (struct radar_axis){ 1000, 1000 };
	for (int rows = 8; rows <= 20; rows++) {
		for (int n = 3; n <= 10; n++) {
			plot_init(&plot, rows, 2 * rows);
			radar_draw(&plot, full, n);
			check_labels(n, 7);
		}
	}
}

static void test_plot__shapes_stay_inside_whatever_the_numbers(void **state)
{
	struct radar_axis axes[24];
	(void)state;
	srand(2);
	for (int round = 0; round < 2000; round++) {
		for (size_t i = 0; i < N_OF(axes); i++)
			axes[i] = (struct radar_axis){ rand() % 3000 - 1000, rand() % 3000 - 1000 };
		plot_init(&plot, rand() % 40 - 4, rand() % 100 - 4);
		assert_true(plot.rows <= PLOT_MOST_ROWS && plot.cols <= PLOT_MOST_COLS);
		radar_draw(&plot, axes, rand() % 26);
	}
	plot_init(&plot, 9, 18);
	radar_draw(&plot, axes, 2);
	char out[1024];
	seen(1, out);
	assert_int_equal(strspn(out, " |"), strlen(out));
}

static struct spark of(long long whole)
{
	return (struct spark){ true, lt_decimal_from_int(whole) };
}

static void test_sparkline__heights_are_shares_of_the_largest(void **state)
{
	const struct spark years[] = { of(33480), of(32115), { .has = false }, of(16000), of(0) };
	const struct spark below[] = { of(-10), of(0), of(10) };
	const struct spark zeros[] = { of(0), of(0) };
	char out[64];
	(void)state;
	assert_int_equal(sparkline(years, N_OF(years), false, out, sizeof(out)), 5);
	assert_string_equal(out, "██-▄▁");
	assert_int_equal(sparkline(years, N_OF(years), true, out, sizeof(out)), 5);
	assert_string_equal(out, "||-._");
	sparkline(below, N_OF(below), false, out, sizeof(out));
	assert_string_equal(out, "▁▅█");
	sparkline(zeros, N_OF(zeros), true, out, sizeof(out));
	assert_string_equal(out, "__");
	assert_int_equal(sparkline(years, N_OF(years), false, out, 6), 1);
	assert_string_equal(out, "█");
	assert_int_equal(sparkline(years, 0, false, out, sizeof(out)), 0);
	assert_string_equal(out, "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plot__radar_shows_what_is_got_what_is_possible_and_the_rim),
		cmocka_unit_test(test_plot__dots_stand_where_braille_has_them),
		cmocka_unit_test(test_plot__labels_stand_beside_the_rim),
		cmocka_unit_test(test_plot__shapes_stay_inside_whatever_the_numbers),
		cmocka_unit_test(test_sparkline__heights_are_shares_of_the_largest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
