/* A font that was cut draws what the whole one draws. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "cut_font.h"

#define WIDTH 420
#define HEIGHT 150

/* What the drawing libraries keep until the program ends is theirs. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libcairo\nleak:libpango\nleak:libglib\n";
}

static const char text[] = "云澜湾 fi 2025-03 tCO2\n示例园区 Office";

static PangoLayout *lay_out(PangoContext *context, const char *of)
{
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *font = pango_font_description_from_string("Noto Serif CJK SC");
	PangoAttrList *list = pango_attr_list_new();
	pango_font_description_set_absolute_size(font, 20 * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	/* a run of another height and size, and one that is bold */
	PangoAttribute *const low[] = { pango_attr_rise_new(-4 * PANGO_SCALE),
					pango_attr_scale_new(0.7),
					pango_attr_weight_new(PANGO_WEIGHT_BOLD) };
	for (unsigned i = 0; i < 3; i++) {
		low[i]->start_index = i < 2 ? 3 : 14;
		low[i]->end_index = i < 2 ? 6 : 18;
		pango_attr_list_insert(list, low[i]);
	}
	pango_layout_set_attributes(layout, list);
	pango_attr_list_unref(list);
	pango_layout_set_width(layout, (WIDTH - 20) * PANGO_SCALE);
	pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
	pango_layout_set_text(layout, of, -1);
	return layout;
}

static cairo_surface_t *draw(PangoLayout *layout, struct cut_fonts *cut)
{
	cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_A8, WIDTH, HEIGHT);
	cairo_t *cr = cairo_create(image);
	cairo_move_to(cr, 10, 10);
	if (cut)
		cut_fonts_show(cut, cr, layout);
	else
		pango_cairo_show_layout(cr, layout);
	assert_int_equal(cairo_status(cr), CAIRO_STATUS_SUCCESS);
	cairo_destroy(cr);
	cairo_surface_flush(image);
	return image;
}

static void assert_same_picture(PangoLayout *layout, struct cut_fonts *cut)
{
	cairo_surface_t *whole = draw(layout, NULL), *small = draw(layout, cut);
	const size_t size = (size_t)cairo_image_surface_get_stride(whole) * HEIGHT;
	size_t ink = 0;
	for (size_t i = 0; i < size; i++)
		ink += cairo_image_surface_get_data(whole)[i] != 0;
	assert_true(ink > 1000);
	assert_memory_equal(cairo_image_surface_get_data(whole), cairo_image_surface_get_data(small),
			    size);
	cairo_surface_destroy(whole);
	cairo_surface_destroy(small);
}

static void test_cut_font__draws_what_the_whole_one_draws(void **state)
{
	PangoFontMap *map = pango_cairo_font_map_new();
	PangoContext *context = pango_font_map_create_context(map);
	cairo_font_options_t *options = cairo_font_options_create();
	PangoLayout *layout, *other;
	struct cut_fonts cut = { 0 };
	(void)state;
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	layout = lay_out(context, text);
	other = lay_out(context, "从未记下的字：零碳，并有粗体 bold");
	cut_fonts_note(&cut, layout);
	assert_int_equal(cut.n, 2);
	assert_same_picture(layout, &cut);
	/* what was not noted is drawn with the whole font, not left out */
	assert_same_picture(other, &cut);
	cut_fonts_release(&cut);
	g_object_unref(layout);
	g_object_unref(other);
	g_object_unref(context);
	g_object_unref(map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut_font__draws_what_the_whole_one_draws),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
