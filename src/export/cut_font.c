#include "cut_font.h"

#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <hb-subset.h>
#include <pango/pangofc-font.h>
#include <stdbool.h>
#include <stdlib.h>
#include FT_FREETYPE_H
#include "subset.h"

/* What a PDF takes of a font; how texts are shaped is not among it. */
static const char *const kept_tables[] = { "CFF ", "head", "hhea", "hmtx",
					   "maxp", "name", "OS/2", "post" };
#define N(list) (sizeof(list) / sizeof((list)[0]))

struct cut_font {
	hb_face_t *face; /* owned; the whole font, as pango has it */
	hb_set_t *used;  /* glyphs of it */
	bool is_cut;     /* tried once */
	hb_subset_plan_t *plan;
	const hb_map_t *mapped;   /* of the plan: glyphs of the whole font -> of the cut one */
	cairo_font_face_t *drawn; /* the cut one; NULL = it could not be cut */
};

/* The cut font as FreeType has it; lives as long as cairo has a use for it. */
struct held_face {
	FT_Library library;
	FT_Face face;
	hb_blob_t *bytes;
};
static const cairo_user_data_key_t held_key;

static void release_held(void *held_face)
{
	struct held_face *held = held_face;
	if (held->face)
		FT_Done_Face(held->face);
	if (held->library)
		FT_Done_FreeType(held->library);
	hb_blob_destroy(held->bytes);
	free(held);
}

/* ---- which fonts ---- */

static bool has_table(hb_face_t *face, const char *tag)
{
	hb_blob_t *blob = hb_face_reference_table(face, HB_TAG(tag[0], tag[1], tag[2], tag[3]));
	const bool has = hb_blob_get_length(blob) > 0;
	hb_blob_destroy(blob);
	return has;
}

/* cairo is quick with TrueType outlines; a bold that is drawn thicker is more than the font's own
 * outlines. */
static bool is_worth_cutting(PangoFont *font, hb_face_t *face)
{
	FcBool emboldened = FcFalse;
	FcPattern *pattern =
		PANGO_IS_FC_FONT(font) ? pango_fc_font_get_pattern(PANGO_FC_FONT(font)) : NULL;
	if (!pattern || !has_table(face, "CFF "))
		return false;
	return FcPatternGetBool(pattern, FC_EMBOLDEN, 0, &emboldened) != FcResultMatch ||
	       !emboldened;
}

static struct cut_font *find_font(struct cut_fonts *cut, PangoFont *font)
{
	hb_font_t *shaped = font ? pango_font_get_hb_font(font) : NULL;
	hb_face_t *face = shaped ? hb_font_get_face(shaped) : NULL;
	for (unsigned i = 0; i < cut->n; i++)
		if (cut->fonts[i]->face == face)
			return cut->fonts[i];
	return NULL;
}

static struct cut_font *add_font(struct cut_fonts *cut, PangoFont *font)
{
	hb_face_t *face = font ? hb_font_get_face(pango_font_get_hb_font(font)) : NULL;
	if (!face || cut->n == MOST_CUT_FONTS || !is_worth_cutting(font, face))
		return NULL;
	struct cut_font **made = &cut->fonts[cut->n];
	*made = calloc(1, sizeof(**made));
	if (!*made)
		return NULL;
	(*made)->face = hb_face_reference(face);
	(*made)->used = hb_set_create();
	cut->n++;
	return *made;
}

void cut_fonts_note_line(struct cut_fonts *cut, const PangoLayoutLine *line)
{
	for (const GSList *at = line->runs; at; at = at->next) {
		const PangoLayoutRun *run = at->data;
		struct cut_font *font = find_font(cut, run->item->analysis.font);
		if (!font)
			font = add_font(cut, run->item->analysis.font);
		for (int i = 0; font && i < run->glyphs->num_glyphs; i++)
			/* neither what is not drawn nor what the font lacks */
			if (run->glyphs->glyphs[i].glyph < PANGO_GLYPH_EMPTY)
				hb_set_add(font->used, run->glyphs->glyphs[i].glyph);
	}
}

void cut_fonts_note(struct cut_fonts *cut, PangoLayout *layout)
{
	for (const GSList *at = pango_layout_get_lines_readonly(layout); at; at = at->next)
		cut_fonts_note_line(cut, at->data);
}

/* ---- cutting ---- */

/* The tables that are kept, not copied: what shapes texts, and which characters there are, takes
 * longest. */
static hb_face_t *without_shaping(hb_face_t *whole)
{
	hb_face_t *face = hb_face_builder_create();
	for (size_t i = 0; i < N(kept_tables); i++) {
		const char *tag = kept_tables[i];
		const hb_tag_t as_number = HB_TAG(tag[0], tag[1], tag[2], tag[3]);
		hb_blob_t *table = hb_face_reference_table(whole, as_number);
		if (hb_blob_get_length(table))
			hb_face_builder_add_table(face, as_number, table);
		hb_blob_destroy(table);
	}
	return face;
}

static hb_subset_plan_t *plan_cut(const struct cut_font *font)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_face_t *face = input ? without_shaping(font->face) : NULL;
	if (input)
		hb_set_union(hb_subset_input_glyph_set(input), font->used);
	/* a glyph that stands for itself is the same whatever else the document has */
	if (input)
		hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_DESUBROUTINIZE);
	hb_subset_plan_t *plan = face ? hb_subset_plan_create_or_fail(face, input) : NULL;
	hb_face_destroy(face);
	hb_subset_input_destroy(input);
	return plan;
}

static cairo_font_face_t *open_cut(hb_face_t *face)
{
	unsigned len;
	struct held_face *held = calloc(1, sizeof(*held));
	if (!held)
		return NULL;
	held->bytes = hb_face_reference_blob(face);
	const char *bytes = hb_blob_get_data(held->bytes, &len);
	cairo_font_face_t *drawn = NULL;
	if (FT_Init_FreeType(&held->library) == 0 &&
	    FT_New_Memory_Face(held->library, (const FT_Byte *)bytes, (FT_Long)len, 0,
			       &held->face) == 0)
		drawn = cairo_ft_font_face_create_for_ft_face(held->face, FT_LOAD_DEFAULT);
	if (drawn && cairo_font_face_set_user_data(drawn, &held_key, held, release_held) ==
			     CAIRO_STATUS_SUCCESS)
		return drawn;
	cairo_font_face_destroy(drawn);
	release_held(held);
	return NULL;
}

static void cut_font(struct cut_font *font)
{
	font->is_cut = true;
	font->plan = plan_cut(font);
	hb_face_t *face = font->plan ? hb_subset_plan_execute_or_fail(font->plan) : NULL;
	font->drawn = face ? open_cut(face) : NULL;
	if (font->drawn)
		font->mapped = hb_subset_plan_old_to_new_glyph_mapping(font->plan);
	hb_face_destroy(face);
}

/* ---- drawing ---- */

/* Glyphs and clusters of a run, as cairo takes them. */
struct drawn_run {
	cairo_glyph_t *glyphs;
	cairo_text_cluster_t *clusters;
	int n_glyphs, n_clusters;
};

static bool place_glyphs(const struct cut_font *font, const PangoGlyphString *from, double x,
			 double y, struct drawn_run *out)
{
	int advance = 0;
	for (int i = 0; i < from->num_glyphs; i++) {
		const PangoGlyphInfo *info = &from->glyphs[i];
		const hb_codepoint_t glyph = hb_map_get(font->mapped, info->glyph);
		const bool is_drawn = info->glyph != PANGO_GLYPH_EMPTY;
		if (is_drawn && glyph == HB_MAP_VALUE_INVALID)
			return false;
		if (is_drawn)
			out->glyphs[out->n_glyphs++] = (cairo_glyph_t){
				glyph,
				x + (double)(advance + info->geometry.x_offset) / PANGO_SCALE,
				y + (double)info->geometry.y_offset / PANGO_SCALE
			};
		advance += info->geometry.width;
	}
	return true;
}

/* Which characters a glyph stands for: what is copied out of the PDF. */
static void place_clusters(PangoLayoutRun *run, const char *text, struct drawn_run *out)
{
	PangoGlyphItemIter at;
	for (gboolean more = pango_glyph_item_iter_init_start(&at, run, text); more;
	     more = pango_glyph_item_iter_next_cluster(&at)) {
		const int step = at.start_glyph < at.end_glyph ? 1 : -1;
		int n = 0;
		for (int i = at.start_glyph; i != at.end_glyph; i += step)
			n += run->glyphs->glyphs[i].glyph != PANGO_GLYPH_EMPTY;
		out->clusters[out->n_clusters++] =
			(cairo_text_cluster_t){ at.end_index - at.start_index, n };
	}
}

static bool show_cut(const struct cut_font *font, cairo_t *cr, PangoLayoutRun *run,
		     const char *text, double x, double y)
{
	const int n = run->glyphs->num_glyphs;
	struct drawn_run out = { 0 };
	out.glyphs = malloc((size_t)n * (sizeof(*out.glyphs) + sizeof(*out.clusters)));
	if (!out.glyphs)
		return false;
	out.clusters = (cairo_text_cluster_t *)(out.glyphs + n);
	const bool all = place_glyphs(font, run->glyphs, x, y, &out);
	if (all) {
		cairo_scaled_font_t *whole = pango_cairo_font_get_scaled_font(
			PANGO_CAIRO_FONT(run->item->analysis.font));
		cairo_font_options_t *options = cairo_font_options_create();
		cairo_matrix_t matrix;
		cairo_scaled_font_get_font_options(whole, options);
		cairo_scaled_font_get_font_matrix(whole, &matrix);
		cairo_set_font_face(cr, font->drawn);
		cairo_set_font_matrix(cr, &matrix);
		cairo_set_font_options(cr, options);
		cairo_font_options_destroy(options);
		place_clusters(run, text, &out);
		cairo_show_text_glyphs(
			cr, text + run->item->offset, run->item->length, out.glyphs, out.n_glyphs,
			out.clusters, out.n_clusters,
			run->item->analysis.level % 2 ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
	}
	free(out.glyphs);
	return all;
}

static void show_run(struct cut_fonts *cut, cairo_t *cr, PangoLayoutRun *run, const char *text,
		     double x, double y)
{
	struct cut_font *font = find_font(cut, run->item->analysis.font);
	if (font && !font->is_cut)
		cut_font(font);
	if (font && font->drawn && show_cut(font, cr, run, text, x, y))
		return;
	cairo_move_to(cr, x, y);
	pango_cairo_show_glyph_item(cr, text, run);
	subset_mend_run(cr, run, x, y);
}

/* left: in units of pango, from x. */
static void show_line(struct cut_fonts *cut, cairo_t *cr, const PangoLayoutLine *line,
		      const char *text, int left, double x, double y)
{
	for (const GSList *at = line->runs; at; at = at->next) {
		PangoLayoutRun *run = at->data;
		show_run(cut, cr, run, text,
			 x + (double)(left + run->start_x_offset) / PANGO_SCALE,
			 y - (double)run->y_offset / PANGO_SCALE);
		left += pango_glyph_string_get_width(run->glyphs);
	}
}

void cut_fonts_show_line(struct cut_fonts *cut, cairo_t *cr, const PangoLayoutLine *line,
			 const char *text)
{
	double x, y;
	cairo_get_current_point(cr, &x, &y);
	show_line(cut, cr, line, text, 0, x, y);
}

void cut_fonts_show(struct cut_fonts *cut, cairo_t *cr, PangoLayout *layout)
{
	double x, y;
	const char *text = pango_layout_get_text(layout);
	PangoLayoutIter *at = pango_layout_get_iter(layout);
	cairo_get_current_point(cr, &x, &y);
	do {
		PangoRectangle box;
		pango_layout_iter_get_line_extents(at, NULL, &box);
		show_line(cut, cr, pango_layout_iter_get_line_readonly(at), text, box.x, x,
			  y + (double)pango_layout_iter_get_baseline(at) / PANGO_SCALE);
	} while (pango_layout_iter_next_line(at));
	pango_layout_iter_free(at);
}

void cut_fonts_release(struct cut_fonts *cut)
{
	for (unsigned i = 0; i < cut->n; i++) {
		struct cut_font *font = cut->fonts[i];
		hb_face_destroy(font->face);
		hb_set_destroy(font->used);
		hb_subset_plan_destroy(font->plan);
		cairo_font_face_destroy(font->drawn);
		free(font);
	}
	*cut = (struct cut_fonts){ 0 };
}
