/* subset - glyphs of which a PDF's subset of their font may lose a part; for src/export alone.
 *
 * A CFF font keeps pieces that many glyphs share as subroutines. cairo puts only those into a PDF that
 * its own reading of the glyphs comes upon, and that reading counts operands of a path as stem hints
 * (1.16), so that it passes over bytes of a hint mask that are none and a call behind it: the piece is
 * left out, and the character with it is not seen by anybody. Of Noto Sans CJK SC one such is U+5982,
 * a common word. Whoever draws text into a PDF draws the outline of such a glyph over it; a font that is
 * cut first (cut_font.h) loses nothing.
 */
#ifndef LINGTAN_SRC_EXPORT_SUBSET_H
#define LINGTAN_SRC_EXPORT_SUBSET_H

#include <pango/pangocairo.h>
#include <stdbool.h>

/* Draws, in the ink that is set, the outlines of those glyphs of a run that may be lost, its baseline at
 * x, y. Does nothing on a surface of pixels. */
void subset_mend_run(cairo_t *cr, PangoGlyphItem *run, double x, double y);

/* Gives back what was kept of fonts. */
void subset_finish(void);

#endif
