/* field - a text that is being typed: keys to edit.h, and its rows on a canvas with the cursor. */
#ifndef LINGTAN_TUI_FIELD_H
#define LINGTAN_TUI_FIELD_H

#include "draw.h"
#include "edit.h"
#include "keys.h"
#include "workbench.h"

/* Letters of a line that has no limit of its own: more than any form takes, and no page. What is looked at
 * again with every key stays short. */
#define MOST_LINE 4000

/* What a key did. */
enum field_result {
	FIELD_IGNORED, /* not an editing key */
	FIELD_MOVED,   /* the cursor, the selection */
	FIELD_CHANGED, /* the text */
	FIELD_EDGE,    /* up or down at the end of the text, or nothing there */
	FIELD_FULL,    /* not all of it went in: the field takes no more */
	FIELD_NOMEM,   /* nothing was changed */
};

/* Up, Down, Enter, Tab, Esc and F-keys of a single line are the screen's: FIELD_IGNORED. Of prose
 * Enter is a line end. */
enum field_result field_key(struct edit *edit, const struct event *event);

/* The same, and a person is told what did not go in. */
enum field_result field_type(struct workbench *bench, struct edit *edit,
			     const struct event *event);

/* Draws the text in the canvas, all of it in the ink; the cursor only where it has the focus. */
void field_draw(struct edit *edit, const struct canvas *canvas, enum ink ink, bool has_focus);

#endif
