/*
 * theme - inks and grounds as a terminal can show them: 256 colours on dark or light, 8 colours, or
 * none. Source: the palette in the drawings of the screens. Colour never stands alone: what it says
 * a mark or a word says as well.
 */
#ifndef LINGTAN_TUI_THEME_H
#define LINGTAN_TUI_THEME_H

#include <stdbool.h>
#include "style.h"

enum theme_kind { THEME_DARK, THEME_LIGHT, THEME_8, THEME_MONO, N_THEMES };

/* fg, bg: number of a colour, -1 = the terminal's own. */
struct look {
	short fg, bg;
	bool bold, dim, reverse, underline;
};

struct look theme_look(enum theme_kind theme, enum ink ink, enum ground ground);

/* What suits a terminal with so many colours, by NO_COLOR, COLORFGBG and LINGTAN_THEME. */
enum theme_kind theme_choose(int n_colours, bool no_color);

#endif
