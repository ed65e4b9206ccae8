/* style - what a cell means, not how it looks: theme.c gives meanings their colours. */
#ifndef LINGTAN_TUI_STYLE_H
#define LINGTAN_TUI_STYLE_H

enum ink {
	INK_TEXT,     /* values, names */
	INK_DIM,      /* labels, units, times, what is not mine */
	INK_FAINT,    /* dividers, tree lines, the lost part of a bar */
	INK_TITLE,    /* the one thing, the own row, headings */
	INK_ACCENT,   /* got part of a bar, item number, chosen tier */
	INK_POSSIBLE, /* what can still be got */
	INK_OK,       /* met, done, saved */
	INK_WARN,     /* evidence missing, illustrative, due, sandbox */
	INK_VETO,     /* not met, blocks */
	INK_KEY,      /* names of keys */
	N_INKS
};

enum ground {
	GROUND_NONE,
	GROUND_BAR,       /* header line, score line */
	GROUND_BADGE,     /* name of the screen */
	GROUND_SELECTION, /* the row or cell that has the focus */
	GROUND_STANDING,  /* where a list stands while the focus is elsewhere */
	GROUND_INPUT,     /* the field being typed in */
	GROUND_FIELD,     /* other fields of a form */
	GROUND_CHIP,      /* chosen option */
	GROUND_VETO_CHIP, /* chosen option that blocks */
	GROUND_POPUP,
	N_GROUNDS
};

#endif
