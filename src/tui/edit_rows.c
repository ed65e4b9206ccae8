#include "edit_parts.h"

#include <stdlib.h>
#include "wrap.h"

/* A row ends where it does because of what stands in it and in the one behind it, and of a unit
 * behind that: rows that far before a change stay. */
#define ROWS_BEHIND 2
#define BYTES_BEHIND 64

void edit_forget_rows(struct edit *edit, size_t changed_at)
{
	struct edit_starts *starts = &edit->starts;
	while (starts->n > 0 && starts->at[starts->n - 1] + BYTES_BEHIND > changed_at)
		starts->n--;
	starts->n = starts->n > ROWS_BEHIND ? starts->n - ROWS_BEHIND : 0;
}

static bool remember(struct edit_starts *starts, size_t start)
{
	if (starts->n == starts->cap) {
		const size_t cap = starts->cap ? 2 * starts->cap : 32;
		size_t *at = realloc(starts->at, cap * sizeof(*at));
		if (!at)
			return false;
		starts->at = at;
		starts->cap = cap;
	}
	starts->at[starts->n++] = start;
	return true;
}

/* Until the row that holds `at` and the one behind it are known, or the text has no more. */
static bool reach(struct edit *edit, size_t at)
{
	struct edit_starts *starts = &edit->starts;
	if (starts->columns != edit_columns(edit))
		starts->n = 0;
	starts->columns = edit_columns(edit);
	if (starts->n == 0 && !remember(starts, 0))
		return false;
	while (starts->at[starts->n - 1] <= at) {
		const struct wrap_line line = wrap_line(edit_text(edit), edit->len,
							starts->at[starts->n - 1], starts->columns);
		if (line.is_last)
			break;
		if (!remember(starts, line.next))
			return false;
	}
	return true;
}

/* The number of the row that holds `at`. */
static size_t number_of(const struct edit_starts *starts, size_t at)
{
	size_t low = 0, high = starts->n;
	while (high - low > 1) {
		const size_t middle = (low + high) / 2;
		if (starts->at[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

size_t edit_row_at(struct edit *edit, size_t at)
{
	if (!reach(edit, at))
		return wrap_line_start(edit_text(edit), edit->len, at, edit_columns(edit));
	return edit->starts.at[number_of(&edit->starts, at)];
}

size_t edit_row_above(struct edit *edit, size_t row, int n)
{
	if (!reach(edit, row)) {
		for (; n > 0 && row > 0; n--)
			row = wrap_line_start(edit_text(edit), edit->len, row - 1,
					      edit_columns(edit));
		return row;
	}
	const size_t number = number_of(&edit->starts, row);
	return edit->starts.at[number > (size_t)n ? number - (size_t)n : 0];
}
