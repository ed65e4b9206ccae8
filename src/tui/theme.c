#include "theme.h"

#include <stdlib.h>
#include <string.h>

static const short dark_inks[N_INKS] = {
	[INK_TEXT] = 252,  [INK_DIM] = 245,     [INK_FAINT] = 240, [INK_TITLE] = 255,
	[INK_ACCENT] = 80, [INK_POSSIBLE] = 73, [INK_OK] = 114,    [INK_WARN] = 179,
	[INK_VETO] = 203,  [INK_KEY] = 152,
};
static const short light_inks[N_INKS] = {
	[INK_TEXT] = 236,  [INK_DIM] = 242,     [INK_FAINT] = 250, [INK_TITLE] = 232,
	[INK_ACCENT] = 24, [INK_POSSIBLE] = 67, [INK_OK] = 28,     [INK_WARN] = 130,
	[INK_VETO] = 160,  [INK_KEY] = 24,
};
static const short dark_grounds[N_GROUNDS] = {
	[GROUND_NONE] = -1,      [GROUND_BAR] = 235,   [GROUND_BADGE] = 30, [GROUND_SELECTION] = 23,
	[GROUND_STANDING] = 237, [GROUND_INPUT] = 237, [GROUND_FIELD] = -1, [GROUND_CHIP] = 238,
	[GROUND_VETO_CHIP] = 88, [GROUND_POPUP] = 234,
};
static const short light_grounds[N_GROUNDS] = {
	[GROUND_NONE] = -1,       [GROUND_BAR] = 254,      [GROUND_BADGE] = 30,
	[GROUND_SELECTION] = 152, [GROUND_STANDING] = 253, [GROUND_INPUT] = 230,
	[GROUND_FIELD] = -1,      [GROUND_CHIP] = 252,     [GROUND_VETO_CHIP] = 88,
	[GROUND_POPUP] = 231,
};

static struct look look_256(const short *inks, const short *grounds, enum ink ink,
			    enum ground ground)
{
	struct look look = { .fg = inks[ink], .bg = grounds[ground] };
	look.bold = ink == INK_TITLE || ink == INK_VETO;
	look.underline = ground == GROUND_FIELD;
	if (ground == GROUND_BADGE) {
		look.fg = 255;
		look.bold = true;
	} else if (ground == GROUND_VETO_CHIP) {
		look.fg = 224;
	}
	return look;
}

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE };

static struct look look_8(enum ink ink, enum ground ground)
{
	static const short inks[N_INKS] = {
		[INK_TEXT] = -1,     [INK_DIM] = -1,        [INK_FAINT] = -1, [INK_TITLE] = -1,
		[INK_ACCENT] = CYAN, [INK_POSSIBLE] = CYAN, [INK_OK] = GREEN, [INK_WARN] = YELLOW,
		[INK_VETO] = RED,    [INK_KEY] = CYAN,
	};
	struct look look = { .fg = inks[ink], .bg = -1 };
	look.bold = ink == INK_TITLE || ink == INK_VETO;
	look.dim = ink == INK_DIM || ink == INK_FAINT;
	look.underline = ground == GROUND_FIELD || ground == GROUND_INPUT;
	if (ground == GROUND_BADGE)
		look = (struct look){ .fg = BLACK, .bg = CYAN };
	else if (ground == GROUND_SELECTION)
		look = (struct look){ .fg = WHITE, .bg = BLUE, .bold = true };
	return look;
}

static struct look look_mono(enum ink ink, enum ground ground)
{
	struct look look = { .fg = -1, .bg = -1 };
	look.bold = ink == INK_TITLE || ink == INK_VETO ||
		    ((ground == GROUND_CHIP || ground == GROUND_VETO_CHIP) && ink != INK_FAINT);
	look.dim = ink == INK_FAINT;
	look.underline = ground == GROUND_FIELD || ground == GROUND_INPUT;
	look.reverse = ground == GROUND_BADGE || ground == GROUND_SELECTION;
	return look;
}

struct look theme_look(enum theme_kind theme, enum ink ink, enum ground ground)
{
	switch (theme) {
	case THEME_LIGHT:
		return look_256(light_inks, light_grounds, ink, ground);
	case THEME_8:
		return look_8(ink, ground);
	case THEME_MONO:
		return look_mono(ink, ground);
	default:
		return look_256(dark_inks, dark_grounds, ink, ground);
	}
}

/* dark, light, 8, mono; N_THEMES for a word that is none. */
static enum theme_kind theme_find(const char *name)
{
	static const char *const names[] = { "dark", "light", "8", "mono" };
	for (unsigned i = 0; i < N_THEMES; i++)
		if (strcmp(names[i], name) == 0)
			return (enum theme_kind)i;
	return N_THEMES;
}

/* COLORFGBG=15;0: the number after the last semicolon is the ground. */
static bool ground_is_light(void)
{
	const char *value = getenv("COLORFGBG");
	const char *last = value ? strrchr(value, ';') : NULL;
	return last && (strcmp(last, ";7") == 0 || strcmp(last, ";15") == 0);
}

enum theme_kind theme_choose(int n_colours, bool no_color)
{
	const char *none = getenv("NO_COLOR"), *wish = getenv("LINGTAN_THEME");
	if (no_color || (none && none[0]) || n_colours < 8)
		return THEME_MONO;
	const enum theme_kind wished = wish ? theme_find(wish) : N_THEMES;
	if (wished == THEME_8 || wished == THEME_MONO)
		return wished;
	if (n_colours < 256)
		return THEME_8;
	if (wished != N_THEMES)
		return wished;
	return ground_is_light() ? THEME_LIGHT : THEME_DARK;
}
