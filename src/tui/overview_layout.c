/* Where the parts of the overview stand, from the highest window to the lowest. */
#include "overview.h"

#define HEAD 3 /* an empty row, total, grade */
#define LEAST_SECTIONS 5
#define LEAST_TODO 2
#define USUAL_TODO 5 /* four tasks and how many more */
#define SIDE 36      /* columns of the right half */
#define WIDE_SIDE 48

/* Rungs that have something to say. */
static int spoken_rungs(const struct board *board)
{
	int n = 0;
	for (int r = 0; r < N_RUNGS; r++)
		n += r == (int)board->own || board->rungs[r].has_answers;
	return n;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Hands rows out to a block, up to what it wants. */
static void grow(struct overview_block *block, int wanted, int *left)
{
	const int more = least(wanted - block->rows, *left);
	if (more <= 0)
		return;
	block->rows += more;
	*left -= more;
}

/* The rungs stand lower where what stands at the right of sections and tasks is longer. */
static int lower_rungs(const struct overview *overview, const struct overview_layout *out, int left)
{
	const int wanted = 1 + (int)overview_count(overview, ZONE_OUTCOMES);
	const int room = out->rungs.first - out->sections.first - 1;
	return wanted > room ? least(wanted - room, left) : 0;
}

static void place_blocks(const struct overview *overview, struct overview_layout *out, int gaps,
			 int left)
{
	int row = HEAD + (gaps >= 3);
	out->sections.first = row;
	row += out->sections.rows + (gaps >= 2);
	out->todo.first = row;
	row += out->todo.rows + (gaps >= 1) + (left > 2);
	out->rungs.first = row;
	if (left > 2)
		out->rungs.first += lower_rungs(overview, out, left - 2);
}

static void fit_blocks(const struct overview *overview, int rows, struct overview_layout *out)
{
	const struct board *board = overview->bench->board;
	const int n_sections = (int)overview->n_sections, n_todo = (int)board->n_todo;
	int left = rows - HEAD, gaps = 0;
	out->sections.rows = 1 + least(n_sections, LEAST_SECTIONS);
	out->todo.rows = 1 + least(n_todo, LEAST_TODO);
	out->rungs.rows = 1 + spoken_rungs(board);
	left -= out->sections.rows + out->todo.rows + out->rungs.rows;
	for (; gaps < 3 && left > 0; gaps++)
		left--;
	grow(&out->sections, 1 + n_sections, &left);
	grow(&out->rungs, 1 + N_RUNGS, &left);
	grow(&out->todo, 1 + least(n_todo, USUAL_TODO), &left);
	if (left > 4) {
		left -= 4; /* two rows between, two at the end */
		grow(&out->todo, 1 + n_todo, &left);
		left += 4;
	}
	place_blocks(overview, out, gaps, left);
}

void overview_fit(const struct overview *overview, const struct canvas *canvas,
		  struct overview_layout *out)
{
	const enum breadth breadth = frame_breadth(overview->bench);
	const struct overview_block whole = { HEAD + 1, canvas->rows - HEAD - 1 };
	*out = (struct overview_layout){ .is_one_pane =
						 breadth == BREADTH_60 || canvas->rows < 20 };
	if (out->is_one_pane) {
		out->sections = out->todo = out->rungs = whole;
		return;
	}
	fit_blocks(overview, canvas->rows, out);
	if (overview->has_outcomes || (breadth > BREADTH_80 && overview_has_radar(overview)))
		out->side = canvas->cols - (breadth == BREADTH_132 ? WIDE_SIDE : SIDE);
}
