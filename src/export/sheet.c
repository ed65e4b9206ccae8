#include "sheet.h"

#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"

/* Every text is laid out in this size and scaled as it is drawn: a size of its own would be a font of
 * its own, sought and measured glyph by glyph. */
#define BASE_SIZE 10.0
/* Of its size. */
#define SMALL 0.7
#define LOWERED 0.15

/* A length of the page in the units of a layout of this style. */
static int units(const struct style *style, double length)
{
	return (int)(length * BASE_SIZE / style->size * PANGO_SCALE);
}

static double length_of(const struct style *style, int in_units)
{
	return (double)in_units / PANGO_SCALE * style->size / BASE_SIZE;
}

struct colour colour_of(const char *text)
{
	const unsigned long value = strtoul(text, NULL, 16);
	return (struct colour){ (double)(value >> 16 & 255) / 255, (double)(value >> 8 & 255) / 255,
				(double)(value & 255) / 255 };
}

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t at)
{
	attribute->start_index = (guint)at;
	attribute->end_index = (guint)at + 1;
	pango_attr_list_insert(list, attribute);
}

/* The 2 of CO2 is small and stands below; it stays the character 2, which every font has. */
static void lower_2(PangoAttrList *list, const char *text)
{
	for (const char *at = strstr(text, "CO2"); at; at = strstr(at + 3, "CO2")) {
		const size_t two = (size_t)(at - text) + 2;
		add_attribute(list, pango_attr_scale_new(SMALL), two);
		add_attribute(list, pango_attr_rise_new((int)(-LOWERED * BASE_SIZE * PANGO_SCALE)),
			      two);
	}
}

static void set_attributes(PangoLayout *layout, const char *text, const struct style *style)
{
	if (style->spacing == 0 && !strstr(text, "CO2"))
		return;
	PangoAttrList *list = pango_attr_list_new();
	if (style->spacing != 0)
		pango_attr_list_insert(
			list, pango_attr_letter_spacing_new(units(style, style->spacing)));
	lower_2(list, text);
	pango_layout_set_attributes(layout, list);
	pango_attr_list_unref(list);
}

static PangoLayout *lay_out(struct sheet *sheet, const char *text, const struct style *style)
{
	static const PangoAlignment alignments[] = { [ALIGN_LEFT] = PANGO_ALIGN_LEFT,
						     [ALIGN_CENTRE] = PANGO_ALIGN_CENTER,
						     [ALIGN_RIGHT] = PANGO_ALIGN_RIGHT };
	PangoLayout *layout = pango_layout_new(sheet->context);
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family_static(font, sheet->family);
	pango_font_description_set_weight(font, style->bold ? PANGO_WEIGHT_BOLD
							    : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(font, BASE_SIZE * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_text(layout, text, -1);
	pango_layout_set_alignment(layout, alignments[style->align]);
	set_attributes(layout, text, style);
	if (style->width > 0) {
		pango_layout_set_width(layout, units(style, style->width));
		pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	}
	if (style->leading > 0)
		pango_layout_set_spacing(layout, units(style, style->leading));
	if (pango_layout_get_unknown_glyphs_count(layout) > 0)
		lt_err_set(sheet->err, LT_EFILE,
			   "字体里缺字，不能印成方框：“%.*s”；请改用字体里有的字，或在模板里换字体",
			   "the font lacks a character, which is not printed as a box: '%.*s'; write it otherwise, or take another font in the template",
			   LT_CUT(text, 60));
	return layout;
}

double sheet_measure(struct sheet *sheet, const char *text, const struct style *style,
		     double *width)
{
	int w, h;
	PangoLayout *layout = lay_out(sheet, text, style);
	pango_layout_get_size(layout, &w, &h);
	g_object_unref(layout);
	if (width)
		*width = length_of(style, w);
	return length_of(style, h);
}

double sheet_text(struct sheet *sheet, const char *text, const struct style *style, double x,
		  double y)
{
	int w, h;
	PangoLayout *layout = lay_out(sheet, text, style);
	pango_layout_get_size(layout, &w, &h);
	const double width = length_of(style, w), box = style->width > 0 ? style->width : width;
	/* spacing stands behind the last letter too */
	const double slack = style->spacing / 2;
	double left = x;
	if (style->align == ALIGN_CENTRE)
		left = x - box / 2 + slack;
	if (style->align == ALIGN_RIGHT)
		left = x - box;
	if (sheet->cr && sheet->notes_glyphs)
		cut_fonts_note(sheet->cut, layout);
	if (sheet->cr && !sheet->notes_glyphs) {
		cairo_set_source_rgba(sheet->cr, style->colour.r, style->colour.g, style->colour.b,
				      style->alpha > 0 ? style->alpha : 1);
		cairo_save(sheet->cr);
		cairo_translate(sheet->cr, left, y);
		cairo_scale(sheet->cr, style->size / BASE_SIZE, style->size / BASE_SIZE);
		cairo_move_to(sheet->cr, 0, 0);
		cut_fonts_show(sheet->cut, sheet->cr, layout);
		cairo_restore(sheet->cr);
	}
	g_object_unref(layout);
	return length_of(style, h);
}

void sheet_line(struct sheet *sheet, double x0, double y0, double x1, double y1, double width,
		struct colour colour, double alpha)
{
	cairo_set_source_rgba(sheet->cr, colour.r, colour.g, colour.b, alpha);
	cairo_set_line_width(sheet->cr, width);
	cairo_move_to(sheet->cr, x0, y0);
	cairo_line_to(sheet->cr, x1, y1);
	cairo_stroke(sheet->cr);
}
