/* What a report costs with cairo and pango alone: the texts of a file, a line each, in two weights
 * on so many pages of A4, each laid out once and drawn. For tests/bench/bench_export.py. */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS 6
#define LINE_BYTES 4096

static void draw_text(cairo_t *cr, PangoLayout *layout, PangoFontDescription *font, int bold,
		      const char *text, double x, double y, double width)
{
	pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(layout, font);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_text(layout, text, -1);
	cairo_move_to(cr, x, y);
	pango_cairo_show_layout(cr, layout);
}

static int count_lines(FILE *file)
{
	int n = 0;
	for (int c; (c = getc(file)) != EOF;)
		n += c == '\n';
	rewind(file);
	return n;
}

int main(int argc, char **argv)
{
	static char line[LINE_BYTES];
	const int n_pages = argc > 3 ? atoi(argv[1]) : 0;
	FILE *texts = n_pages > 0 ? fopen(argv[2], "r") : NULL;
	if (!texts)
		return 2;
	const int per_page = (count_lines(texts) + n_pages - 1) / n_pages;
	cairo_surface_t *surface = cairo_pdf_surface_create(argv[3], 595.28, 841.89);
	cairo_t *cr = cairo_create(surface);
	PangoLayout *layout = pango_cairo_create_layout(cr);
	PangoFontDescription *font = pango_font_description_from_string("Noto Sans CJK SC");
	pango_font_description_set_absolute_size(font, 9 * PANGO_SCALE);
	for (int page = 0; page < n_pages; page++) {
		for (int i = 0; i < per_page && fgets(line, sizeof(line), texts); i++) {
			line[strcspn(line, "\n")] = '\0';
			draw_text(cr, layout, font, i % 20 < COLUMNS, line, 54 + 81 * (i % COLUMNS),
				  58 + 28 * (i / COLUMNS), 76);
		}
		cairo_show_page(cr);
	}
	fclose(texts);
	pango_font_description_free(font);
	g_object_unref(layout);
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	const int status = cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
	return status;
}
