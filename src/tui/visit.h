/* visit - what the screens of the assessment as a job share; for src/tui/screen_*.c alone. */
#ifndef LINGTAN_TUI_VISIT_H
#define LINGTAN_TUI_VISIT_H

#include "columns.h"
#include "form_parts.h"
#include "lingtan/app/coverage.h"
#include "list.h"
#include "screens.h"

/* The year that is meant: that of the assessment at hand. */
static inline const char *visit_year(const struct workbench *bench)
{
	return bench->ref->year;
}

/* The mark and ink of a verdict. */
const char *visit_mark(const char *verdict, enum ink *ink);

/* A screen's head: the park, and a text at the right. */
void visit_header(const struct workbench *bench, const struct canvas *row, const char *right);

/* A title over a part of a screen, bright where the focus is, with a count at its right. */
void visit_title(const struct canvas *canvas, int row, bool has_focus, const char *title,
		 const char *more);

/* Which place a photo shows: of the stop's (NULL = none), or another by its number. */
void photo_ask_place(struct workbench *bench, const struct photo_info *photo, const struct stop_info *stop);
void photos_by_time(struct workbench *bench); /* each to the stop whose time it falls into */

/* Its form, that of a meter or of another place. */
void visit_open_place(struct workbench *bench, const struct site_info *site);

#endif
