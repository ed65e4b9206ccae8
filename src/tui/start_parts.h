/* start_parts - what the start screen and its drawing share. */
#ifndef LINGTAN_TUI_START_PARTS_H
#define LINGTAN_TUI_START_PARTS_H

#include "lingtan/app/glance.h"
#include "list.h"
#include "workbench.h"

#define START_RECENT 5 /* with a digit each; the others behind one row */
#define START_DOORS 4

struct start {
	struct lt_arena arena;
	struct recent *recent;
	unsigned n;
	struct glance *glances; /* [n] */
	bool *is_seen;          /* [n]: its glance was taken */
	unsigned n_due;         /* what is overdue or falls due soon, in the projects shown */
	char due[300];          /* as much of it as has room, in words */
	enum lt_lang due_lang;
	bool has_looked; /* at all projects, and whether the journal of the selected one holds */
	struct list list;
	unsigned project;  /* that the list stood on last */
	const char *hides; /* the setting, or NULL */
};

struct start_door {
	struct label title, detail;
};
extern const struct start_door start_doors[START_DOORS];

/* Rows of the list: recent projects, one for those without a digit, then the doors. */
unsigned start_shown(const struct start *start);
bool start_has_more(const struct start *start);
unsigned start_n_rows(const struct start *start);

void start_see(struct screen *screen, unsigned project);

void start_draw(struct screen *screen, const struct canvas *canvas);
void start_header(struct screen *screen, const struct canvas *row);

#endif
