/* list - which row of a list has the cursor, and which rows are seen. */
#ifndef LINGTAN_TUI_LIST_H
#define LINGTAN_TUI_LIST_H

#include "keys.h"

struct list {
	unsigned at, first; /* the cursor; the first row that is seen */
	unsigned n, rows;   /* how many there are; how many fit */
};

/* Before drawing: keeps the cursor in the list, and two rows of context around it. */
void list_fit(struct list *list, unsigned n, int rows);

/* After the last row that is seen. */
unsigned list_end(const struct list *list);

/* Arrows, pages, home, end, the wheel, and j and k; false for other keys. */
bool list_key(struct list *list, const struct event *event);

#endif
