#include "paint.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "subset.h"

/* Sans serif with Chinese; fontconfig takes the first that is there. */
#define FAMILY "Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Micro Hei,Microsoft YaHei,sans-serif"

/* Every text is laid out in this size and scaled as it is drawn: a size of its own would be a font of
 * its own, sought and measured glyph by glyph. */
#define BASE_SIZE 10.0

static double scale_of(const struct text_style *style)
{
	return style->size / BASE_SIZE;
}

void paint_colour(cairo_t *cr, const char *colour, double alpha)
{
	const unsigned long value = colour ? strtoul(colour + 1, NULL, 16) : 0;
	cairo_set_source_rgba(cr, (double)(value >> 16 & 255) / 255, (double)(value >> 8 & 255) / 255,
			      (double)(value & 255) / 255, alpha);
}

void painter_begin(struct painter *painter, cairo_t *cr)
{
	cairo_font_options_t *options = cairo_font_options_create();
	*painter = (struct painter){ .cr = cr,
				     .layout = pango_cairo_create_layout(cr),
				     .font = pango_font_description_from_string(FAMILY) };
	/* the same on every screen */
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_font_description_set_absolute_size(painter->font, BASE_SIZE * PANGO_SCALE);
	PangoContext *context = pango_layout_get_context(painter->layout);
	pango_cairo_context_set_font_options(context, options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_language(context, pango_language_from_string("zh-cn"));
	cairo_font_options_destroy(options);
}

void painter_end(struct painter *painter)
{
	if (painter->font)
		pango_font_description_free(painter->font);
	if (painter->layout)
		g_object_unref(painter->layout);
	*painter = (struct painter){ 0 };
}

void paint_finish(void)
{
	GObject *map = G_OBJECT(pango_cairo_font_map_get_default());
	const bool is_last = g_atomic_int_get(&map->ref_count) == 1;
	subset_finish();
	pango_cairo_font_map_set_default(NULL);
	/* a thread of pango's that still looks for fonts holds the map, and with it fonts of cairo's,
	 * which would stop at that */
	if (!is_last)
		return;
	cairo_debug_reset_static_data();
	FcFini();
}

/* ---- small digits ---- */

#define LOW_DIGITS "\xe2\x82" /* what ₀ to ₉ begin with */

/* They are in no Chinese font, and looking for one that has them opens every font of the machine; so
 * they are drawn as digits, smaller and lower. The digit that three bytes stand for, or 0. */
static char low_digit(const char *at)
{
	if (strncmp(at, LOW_DIGITS, 2) != 0)
		return 0;
	const unsigned char last = (unsigned char)at[2];
	return last >= 0x80 && last <= 0x89 ? (char)('0' + last - 0x80) : 0;
}

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t at)
{
	attribute->start_index = (guint)at;
	attribute->end_index = (guint)at + 1;
	pango_attr_list_insert(list, attribute);
}

/* The text with plain digits in their place, and what makes them small; NULL where it has none. */
static char *plain_digits(const char *text, PangoAttrList *list)
{
	char *plain = NULL;
	size_t n = 0;
	for (const char *at = text; *at; at++) {
		const char digit = low_digit(at);
		if (digit && !plain) {
			plain = g_malloc(strlen(text) + 1);
			n = (size_t)(at - text);
			memcpy(plain, text, n);
		}
		if (!digit) {
			if (plain)
				plain[n++] = *at;
			continue;
		}
		add_attribute(list, pango_attr_scale_new(0.66), n);
		add_attribute(list, pango_attr_rise_new((int)(-0.14 * BASE_SIZE * PANGO_SCALE)), n);
		plain[n++] = digit;
		at += 2;
	}
	if (plain)
		plain[n] = '\0';
	return plain;
}

static void put_text(PangoLayout *layout, const char *text)
{
	/* hardly any text has them */
	if (!strstr(text, LOW_DIGITS)) {
		pango_layout_set_attributes(layout, NULL);
		pango_layout_set_text(layout, text, -1);
		return;
	}
	PangoAttrList *list = pango_attr_list_new();
	char *plain = plain_digits(text, list);
	pango_layout_set_attributes(layout, list);
	pango_layout_set_text(layout, plain ? plain : text, -1);
	pango_attr_list_unref(list);
	g_free(plain);
}

static void set_text(struct painter *painter, const char *text, const struct text_style *style)
{
	static const PangoAlignment alignments[] = { [ANCHOR_START] = PANGO_ALIGN_LEFT,
						     [ANCHOR_MIDDLE] = PANGO_ALIGN_CENTER,
						     [ANCHOR_END] = PANGO_ALIGN_RIGHT };
	PangoLayout *layout = painter->layout;
	pango_font_description_set_weight(painter->font, style->bold ? PANGO_WEIGHT_BOLD
								     : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(layout, painter->font);
	pango_layout_set_width(layout, style->width > 0 ? (int)(style->width / scale_of(style) * PANGO_SCALE) : -1);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(layout, alignments[style->anchor]);
	pango_layout_set_spacing(layout, (int)(BASE_SIZE * 0.18 * PANGO_SCALE));
	put_text(layout, text);
	if (!painter->missing && pango_layout_get_unknown_glyphs_count(layout) > 0)
		painter->missing = text;
}

double paint_measure(struct painter *painter, const char *text, const struct text_style *style,
		     double *width)
{
	int w, h;
	set_text(painter, text, style);
	pango_layout_get_size(painter->layout, &w, &h);
	if (width)
		*width = (double)w / PANGO_SCALE * scale_of(style);
	return (double)h / PANGO_SCALE * scale_of(style);
}

static void show(struct painter *painter, PangoLayout *layout, const struct text_style *style,
		 double x, double y)
{
	cairo_t *cr = painter->cr;
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_scale(cr, scale_of(style), scale_of(style));
	cairo_move_to(cr, 0, 0);
	if (painter->held)
		held_text_add(painter->held, painter->cut, cr, layout, NULL);
	else
		pango_cairo_show_layout(cr, layout);
	cairo_restore(cr);
}

PangoLayout *paint_lay_out(struct painter *painter, const char *text, const struct text_style *style,
			   double *height)
{
	PangoLayout *shared = painter->layout;
	PangoLayout *own = pango_layout_new(pango_layout_get_context(shared));
	int h;
	painter->layout = own;
	set_text(painter, text, style);
	painter->layout = shared;
	pango_layout_get_size(own, NULL, &h);
	*height = (double)h / PANGO_SCALE * scale_of(style);
	return own;
}

void paint_laid_out(struct painter *painter, PangoLayout *layout, const struct text_style *style,
		    double x, double y)
{
	paint_colour(painter->cr, style->colour, 1);
	show(painter, layout, style, style->anchor == ANCHOR_END ? x - style->width : x, y);
}

double paint_text(struct painter *painter, const char *text, const struct text_style *style,
		  double x, double y)
{
	double height;
	int width;
	PangoLayout *layout = paint_lay_out(painter, text, style, &height);
	pango_layout_get_size(layout, &width, NULL);
	const double box = style->width > 0 ? style->width
					    : (double)width / PANGO_SCALE * scale_of(style);
	if (style->anchor == ANCHOR_MIDDLE)
		x -= box / 2;
	if (style->anchor == ANCHOR_END)
		x -= box;
	paint_colour(painter->cr, style->colour, 1);
	show(painter, layout, style, x, y);
	g_object_unref(layout);
	return height;
}

void paint_here(struct painter *painter, const char *text, const struct text_style *style)
{
	double height;
	PangoLayout *layout = paint_lay_out(painter, text, style, &height);
	show(painter, layout, style, 0, 0);
	g_object_unref(layout);
}

double paint_line_height(PangoLayoutIter *at, const struct text_style *style)
{
	PangoRectangle box;
	pango_layout_iter_get_line_extents(at, NULL, &box);
	return (double)box.height / PANGO_SCALE * scale_of(style);
}

void paint_line(struct painter *painter, PangoLayoutIter *at, const struct text_style *style,
		double x, double y)
{
	cairo_t *cr = painter->cr;
	PangoRectangle box;
	pango_layout_iter_get_line_extents(at, NULL, &box);
	paint_colour(cr, style->colour, 1);
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_scale(cr, scale_of(style), scale_of(style));
	const double left = (double)box.x / PANGO_SCALE;
	const double base = (double)(pango_layout_iter_get_baseline(at) - box.y) / PANGO_SCALE;
	cairo_move_to(cr, left, base);
	PangoLayoutLine *line = pango_layout_iter_get_line_readonly(at);
	if (painter->held)
		held_text_add(painter->held, painter->cut, cr, pango_layout_iter_get_layout(at),
			      line);
	else
		pango_cairo_show_layout_line(cr, line);
	cairo_restore(cr);
}

/* ---- charts ---- */

static void paint_polygon(cairo_t *cr, const struct shape *shape)
{
	cairo_new_path(cr);
	for (unsigned i = 0; i < shape->n_points; i++)
		cairo_line_to(cr, shape->points[i].x, shape->points[i].y);
	cairo_close_path(cr);
	if (shape->ink == INK_VEIL) {
		paint_colour(cr, ink_colour(shape->ink), 0.22);
		cairo_fill_preserve(cr);
	}
	paint_colour(cr, ink_colour(shape->ink), 1);
	cairo_set_line_width(cr, shape->ink == INK_VEIL ? 2 : 1);
	cairo_stroke(cr);
}

static void paint_shape_text(struct painter *painter, const struct shape *shape)
{
	const struct text_style style = { .size = shape->size,
					  .colour = ink_colour(shape->ink),
					  .anchor = shape->anchor };
	set_text(painter, shape->text, &style);
	const double base = (double)pango_layout_get_baseline(painter->layout) / PANGO_SCALE * scale_of(&style);
	paint_text(painter, shape->text, &style, shape->x, shape->y - base);
}

static void paint_shape(struct painter *painter, const struct shape *shape)
{
	cairo_t *cr = painter->cr;
	switch (shape->kind) {
	case SHAPE_RECT:
		paint_colour(cr, ink_colour(shape->ink), 1);
		cairo_rectangle(cr, shape->x, shape->y, shape->width, shape->height);
		cairo_fill(cr);
		break;
	case SHAPE_LINE:
		paint_colour(cr, ink_colour(shape->ink), 1);
		cairo_set_line_width(cr, 1);
		cairo_move_to(cr, shape->x, shape->y);
		cairo_line_to(cr, shape->x + shape->width, shape->y + shape->height);
		cairo_stroke(cr);
		break;
	case SHAPE_POLYGON:
		paint_polygon(cr, shape);
		break;
	case SHAPE_DOT:
		paint_colour(cr, ink_colour(shape->ink), 1);
		cairo_new_path(cr);
		cairo_arc(cr, shape->x, shape->y, shape->width, 0, 6.283185307);
		cairo_fill(cr);
		break;
	case SHAPE_TEXT:
		paint_shape_text(painter, shape);
		break;
	}
}

void paint_picture(struct painter *painter, const struct picture *picture, double x, double y,
		   double width)
{
	cairo_save(painter->cr);
	cairo_translate(painter->cr, x, y);
	cairo_scale(painter->cr, width / picture->width, width / picture->width);
	for (unsigned i = 0; i < picture->n_shapes; i++)
		paint_shape(painter, &picture->shapes[i]);
	cairo_restore(painter->cr);
}

/* ---- PNG ---- */

struct png_bytes {
	char *bytes;
	size_t len, cap;
};

static cairo_status_t take_bytes(void *context, const unsigned char *bytes, unsigned len)
{
	struct png_bytes *png = context;
	if (png->len + len > png->cap) {
		const size_t cap = 2 * (png->len + len);
		char *grown = realloc(png->bytes, cap);
		if (!grown)
			return CAIRO_STATUS_NO_MEMORY;
		png->bytes = grown;
		png->cap = cap;
	}
	memcpy(png->bytes + png->len, bytes, len);
	png->len += len;
	return CAIRO_STATUS_SUCCESS;
}

enum lt_status paint_png(const struct picture *picture, double scale, char **png, size_t *len,
			 struct lt_err *err)
{
	struct png_bytes out = { 0 };
	struct painter painter;
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(picture->width * scale),
					   (int)(picture->height * scale));
	cairo_t *cr = cairo_create(surface);
	paint_colour(cr, "#ffffff", 1);
	cairo_paint(cr);
	cairo_scale(cr, scale, scale);
	painter_begin(&painter, cr);
	paint_picture(&painter, picture, 0, 0, picture->width);
	const char *missing = painter.missing;
	painter_end(&painter);
	cairo_surface_flush(surface);
	const cairo_status_t status = cairo_status(cr) != CAIRO_STATUS_SUCCESS
					      ? cairo_status(cr)
					      : cairo_surface_write_to_png_stream(surface, take_bytes,
										  &out);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	*png = out.bytes;
	*len = out.len;
	if (status != CAIRO_STATUS_SUCCESS)
		return lt_err_memory(err);
	return missing ? lt_err_set(err, LT_EFILE,
				    "本机字体缺字：“%.*s”；请安装 fonts-noto-cjk",
				    "no font here has a character of '%.*s'; install fonts-noto-cjk",
				    LT_CUT(missing, 60))
		       : LT_OK;
}
