/* columns - tables of a screen: which columns there is room for, and where each begins. */
#ifndef LINGTAN_TUI_COLUMNS_H
#define LINGTAN_TUI_COLUMNS_H

#include "frame.h"

#define MOST_COLUMNS 8

struct column_spec {
	struct label title;
	int cols;          /* least; the first takes what is left */
	enum breadth from; /* left out on narrower screens */
	bool is_number;    /* to the right */
	int most;          /* of the first: what it would have beyond goes to the other texts; 0 = all */
};

struct columns {
	const struct column_spec *specs;
	unsigned n;
	int at[MOST_COLUMNS], cols[MOST_COLUMNS]; /* cols 0 = left out */
};

/* Two columns between; from column `from` up to two short of the canvas' end. */
void columns_lay(struct columns *columns, const struct column_spec *specs, unsigned n,
		 const struct workbench *bench, const struct canvas *canvas, int from);
void columns_titles(const struct columns *columns, const struct workbench *bench,
		    const struct canvas *canvas, int row);
void columns_cell(const struct columns *columns, const struct canvas *canvas, int row,
		  unsigned number, enum ink ink, const char *text);

#endif
