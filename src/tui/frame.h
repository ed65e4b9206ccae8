/* frame - what stands around the screens: header, score line, foot, boxes of popups. */
#ifndef LINGTAN_TUI_FRAME_H
#define LINGTAN_TUI_FRAME_H

#include "workbench.h"

#define LEAST_ROWS 18
#define LEAST_COLS 60
#define MOST_NAME 20 /* columns of a person in a header */

/* The whole frame with every visible screen. */
void frame_draw(struct workbench *bench);

/* On the last frame, in place of the score line: what takes so long, and how it is stopped. */
void frame_draw_wait(struct workbench *bench, long milliseconds);

bool frame_is_too_small(const struct workbench *bench);

/* 0 narrow (60-79), 1 (80-99), 2 (100-131), 3 wide (132 and more). */
enum breadth { BREADTH_60, BREADTH_80, BREADTH_100, BREADTH_132 };
enum breadth frame_breadth(const struct workbench *bench);

/* Whether there is height for empty rows between groups. */
bool frame_is_tall(const struct workbench *bench);

/*
 * A popup over a canvas: quietens what lies below, draws the box with a title in its upper line and
 * a text at the right of it (may be NULL), and gives the inside. At most rows x cols inside; below
 * 80 columns it takes the whole canvas. `low_right`: over the lower right instead of the middle.
 */
struct canvas frame_popup(struct workbench *bench, const struct canvas *canvas, int rows, int cols,
			  bool low_right, const char *title, const char *right);

#endif
