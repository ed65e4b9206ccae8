#include "list.h"

#define CONTEXT 2

void list_fit(struct list *list, unsigned n, int rows)
{
	list->n = n;
	list->rows = rows > 0 ? (unsigned)rows : 0;
	if (n == 0 || list->rows == 0) {
		list->at = list->first = 0;
		return;
	}
	if (list->at >= n)
		list->at = n - 1;
	const unsigned context = list->rows > 2 * CONTEXT ? CONTEXT : 0;
	const unsigned above = list->at > context ? list->at - context : 0;
	if (list->first > above)
		list->first = above;
	if (list->at + context + 1 > list->first + list->rows)
		list->first = list->at + context + 1 - list->rows;
	const unsigned last = n > list->rows ? n - list->rows : 0;
	if (list->first > last)
		list->first = last;
}

unsigned list_end(const struct list *list)
{
	const unsigned end = list->first + list->rows;
	return end < list->n ? end : list->n;
}

static void move(struct list *list, long by)
{
	const long to = (long)list->at + by;
	if (to < 0)
		list->at = 0;
	else if (list->n > 0 && to >= (long)list->n)
		list->at = list->n - 1;
	else
		list->at = (unsigned)to;
}

bool list_key(struct list *list, const struct event *event)
{
	const long page = list->rows > 1 ? (long)list->rows - 1 : 1;
	switch (event->key) {
	case K_UP:
		move(list, -1);
		return true;
	case K_DOWN:
		move(list, 1);
		return true;
	case K_WHEEL_UP:
		move(list, -3);
		return true;
	case K_WHEEL_DOWN:
		move(list, 3);
		return true;
	case K_PAGE_UP:
		move(list, -page);
		return true;
	case K_PAGE_DOWN:
		move(list, page);
		return true;
	case K_HOME:
	case K_CTRL_HOME:
		list->at = 0;
		return true;
	case K_END:
	case K_CTRL_END:
		list->at = list->n > 0 ? list->n - 1 : 0;
		return true;
	case K_TEXT:
		if (key_ascii(event) == 'j')
			move(list, 1);
		else if (key_ascii(event) == 'k')
			move(list, -1);
		else
			return false;
		return true;
	default:
		return false;
	}
}
