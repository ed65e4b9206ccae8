/* form - sheets that fill from the top, kept until their number of pages is known; for
 * src/export/form*.c alone. Lengths are points. */
#ifndef LINGTAN_SRC_EXPORT_FORM_H
#define LINGTAN_SRC_EXPORT_FORM_H

#include "lingtan/base/json_read.h"
#include "paint.h"

#define FORM_INK "#1b1f1e"
#define FORM_LABEL "#3f4a47"
#define FORM_QUIET "#6b7672"
#define FORM_RULE "#4d5653"
#define FORM_WRITE "#aab2af" /* lines to write on */
#define FORM_SHADE "#eff3f1"

struct form_page {
	cairo_surface_t *surface; /* owned: a recording of all but the texts */
	struct held_text text;	  /* on top of it */
	unsigned number, of; /* within its sheet */
	const char *back;    /* by what it is filed when it comes back signed */
};

struct press {
	const struct lt_json_node *form;
	struct lt_arena *arena;
	enum lt_lang lang;
	double width, height, side, top, bottom; /* of the page */
	double size;                             /* of its text, before scale */
	double scale;                            /* of the sheet at hand, to 1 */
	struct cut_fonts cut;
	struct painter painter;                  /* of the page at hand */
	struct form_page *pages;                 /* owned */
	unsigned n_pages, cap_pages;
	unsigned first; /* page of the sheet at hand */
	const struct lt_json_node *sheet;
	double y;
	const char *missing;
	bool failed; /* memory ran out, or pages did */
};

static inline double press_left(const struct press *press)
{
	return press->side;
}

static inline double press_breadth(const struct press *press)
{
	return press->width - 2 * press->side;
}

/* A size of text as it is on this sheet. */
static inline double press_size(const struct press *press, double more)
{
	return (press->size + more) * press->scale;
}

/* The height of a line to write on. */
static inline double press_line(const struct press *press)
{
	return press->size * 1.85 * press->scale;
}

static inline double press_end(const struct press *press)
{
	return press->height - press->bottom;
}

static inline const char *press_say(const struct press *press, const char *zh, const char *en)
{
	return press->lang == LT_ZH ? zh : en;
}

void press_new_page(struct press *press);
/* Room for so much on this page, or a new one; true where it is a new one. */
bool press_need(struct press *press, double height);

void press_frame(struct press *press, double x, double y, double width, double height);
void press_shade(struct press *press, double x, double y, double width, double height);
/* A box to tick. */
void press_tick(struct press *press, double x, double y, double side, bool ticked);
/* Dotted, from the first base line below y on. */
void press_write_lines(struct press *press, double x, double y, double width, unsigned n);

/* The blocks of a sheet, page by page. */
void form_put_blocks(struct press *press, const struct lt_json_node *sheet);
/* The height of what is signed behind this block, to be kept with what it is signed for: texts,
 * gaps, boxes and the place of the signatures; 0 where no such place follows. */
double form_tail(struct press *press, const struct lt_json_node *block);
/* A title and its text in a frame over the whole breadth, on as many pages as it takes. */
void form_put_long(struct press *press, const char *title, const char *text);
/* A table; the head is repeated on each page. */
void form_put_table(struct press *press, const struct lt_json_node *block);

#endif
