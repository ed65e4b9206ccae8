/* cut_font - fonts cut to the glyphs that one document uses; for src/export alone.
 *
 * A Chinese font has 65,535 glyphs in some twenty megabytes, and cairo copies and parses all of it
 * for every PDF that embeds it, if its outlines are CFF. So a document's glyphs are noted first (it is
 * laid out twice, or its texts are held back: held_text.h), then the font is cut to them, and the
 * document is drawn with what is left. Texts are shaped with the whole font in any case, so every
 * glyph stands where it would without this. What cannot be cut, or needs not, is drawn by pango as it is. */
#ifndef LINGTAN_SRC_EXPORT_CUT_FONT_H
#define LINGTAN_SRC_EXPORT_CUT_FONT_H

#include <pango/pangocairo.h>

#define MOST_CUT_FONTS 8u

struct cut_font;

/* Of one document; all zero to begin with. */
struct cut_fonts {
	struct cut_font *fonts[MOST_CUT_FONTS];
	unsigned n;
};

/* Notes the glyphs of a layout; before the first that is shown. */
void cut_fonts_note(struct cut_fonts *cut, PangoLayout *layout);
void cut_fonts_note_line(struct cut_fonts *cut, const PangoLayoutLine *line);
/* What pango_cairo_show_layout() does, from the current point. */
void cut_fonts_show(struct cut_fonts *cut, cairo_t *cr, PangoLayout *layout);
/* What pango_cairo_show_layout_line() does; text: of its layout. */
void cut_fonts_show_line(struct cut_fonts *cut, cairo_t *cr, const PangoLayoutLine *line,
			 const char *text);
void cut_fonts_release(struct cut_fonts *cut);

#endif
