/* The first page of a PDF: its words, or how it looks where it has none. */
#include <cairo.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "lingtan/export/preview.h"
#include "preview_parts.h"

#define LEAST_CHARACTERS 12 /* a scan may have a number on it */

static bool has_words(const char *text)
{
	unsigned n = 0;
	for (; text && *text; text++)
		n += (unsigned char)*text > ' ' && ((unsigned char)*text & 0xc0) != 0x80;
	return n >= LEAST_CHARACTERS;
}

/* Form feeds and the like would make the text one that cannot be shown. */
static char *take_words(const char *text)
{
	char *kept = strdup(text);
	for (char *at = kept; at && *at; at++)
		if ((unsigned char)*at < ' ' && *at != '\n' && *at != '\t')
			*at = ' ';
	return kept;
}

static bool copy_surface(cairo_surface_t *surface, struct raster *out)
{
	const int width = cairo_image_surface_get_width(surface);
	const int height = cairo_image_surface_get_height(surface);
	const int stride = cairo_image_surface_get_stride(surface);
	const unsigned char *data = cairo_image_surface_get_data(surface);
	out->rgb = data ? malloc((size_t)width * (size_t)height * 3) : NULL;
	if (!out->rgb)
		return false;
	out->width = (unsigned)width;
	out->height = (unsigned)height;
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			uint32_t pixel;
			memcpy(&pixel, data + (size_t)y * (size_t)stride + 4 * (size_t)x, 4);
			unsigned char *to = out->rgb + 3 * ((size_t)y * (size_t)width + (size_t)x);
			to[0] = (unsigned char)(pixel >> 16);
			to[1] = (unsigned char)(pixel >> 8);
			to[2] = (unsigned char)pixel;
		}
	return true;
}

static bool draw_page(PopplerPage *page, struct raster *out)
{
	double width = 0, height = 0;
	poppler_page_get_size(page, &width, &height);
	const double longest = width > height ? width : height;
	if (!(width >= 1) || !(height >= 1) || !(longest < 1e6))
		return false;
	const double scale = PREVIEW_SIDE / longest;
	const int cols = (int)(width * scale), rows = (int)(height * scale);
	cairo_surface_t *surface = cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, cols > 0 ? cols : 1, rows > 0 ? rows : 1);
	cairo_t *cairo = cairo_create(surface);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, scale, scale);
	poppler_page_render(page, cairo);
	cairo_destroy(cairo);
	cairo_surface_flush(surface);
	const bool good = copy_surface(surface, out);
	cairo_surface_destroy(surface);
	return good;
}

bool preview_pdf(const unsigned char *bytes, size_t len, char **text, struct raster *out,
		 unsigned *n_pages)
{
	GBytes *content = g_bytes_new_static(bytes, len);
	PopplerDocument *document = poppler_document_new_from_bytes(content, NULL, NULL);
	const int n = document ? poppler_document_get_n_pages(document) : 0;
	PopplerPage *page = n > 0 ? poppler_document_get_page(document, 0) : NULL;
	char *words = page ? poppler_page_get_text(page) : NULL;
	bool good = false;
	*n_pages = n > 0 ? (unsigned)n : 0;
	if (has_words(words)) {
		*text = take_words(words);
		good = *text != NULL;
	} else if (page) {
		good = draw_page(page, out);
	}
	g_free(words);
	if (page)
		g_object_unref(page);
	if (document)
		g_object_unref(document);
	g_bytes_unref(content);
	return good;
}
