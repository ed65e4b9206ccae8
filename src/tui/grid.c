#include "grid.h"

#include <stdlib.h>
#include <string.h>

void grid_init(struct grid *grid)
{
	*grid = (struct grid){ 0 };
}

void grid_release(struct grid *grid)
{
	free(grid->cells);
	*grid = (struct grid){ 0 };
}

void grid_clear(struct grid *grid)
{
	const int n = grid->rows * grid->cols;
	for (int i = 0; i < n; i++)
		grid->cells[i] = (struct cell){ .columns = 1 };
	grid->cursor_shown = false;
}

bool grid_resize(struct grid *grid, int rows, int cols)
{
	if (rows == grid->rows && cols == grid->cols && grid->cells)
		return true;
	if (rows < 1 || cols < 1 || rows > 1000 || cols > 1000)
		return false;
	struct cell *cells = calloc((size_t)rows * (size_t)cols, sizeof(*cells));
	if (!cells)
		return false;
	free(grid->cells);
	grid->cells = cells;
	grid->rows = rows;
	grid->cols = cols;
	grid_clear(grid);
	return true;
}

struct cell *grid_at(const struct grid *grid, int row, int col)
{
	if (row < 0 || col < 0 || row >= grid->rows || col >= grid->cols)
		return NULL;
	return &grid->cells[row * grid->cols + col];
}

static void blank(struct cell *cell)
{
	cell->text[0] = '\0';
	cell->columns = 1;
	cell->is_picture = false;
}

/* Half of a wide cluster is no cluster: the other half goes too. */
static void part(struct grid *grid, int row, int col)
{
	struct cell *cell = grid_at(grid, row, col);
	if (!cell)
		return;
	if (cell->columns == 0 && col > 0)
		blank(grid_at(grid, row, col - 1));
	if (cell->columns == 2 && col + 1 < grid->cols)
		blank(grid_at(grid, row, col + 1));
	blank(cell);
}

void grid_put(struct grid *grid, int row, int col, enum ink ink, const char *text, int columns)
{
	struct cell *left = grid_at(grid, row, col);
	struct cell *right = columns == 2 ? grid_at(grid, row, col + 1) : NULL;
	const size_t len = strlen(text);
	if (!left || (columns == 2 && !right) || len >= sizeof(left->text))
		return;
	part(grid, row, col);
	if (right)
		part(grid, row, col + 1);
	memcpy(left->text, text, len + 1);
	left->columns = (uint8_t)columns;
	left->ink = (uint8_t)ink;
	if (!right)
		return;
	right->columns = 0;
	right->ink = (uint8_t)ink;
}

void grid_put_pixels(struct grid *grid, int row, int col, uint8_t upper, uint8_t lower)
{
	struct cell *cell = grid_at(grid, row, col);
	if (!cell)
		return;
	part(grid, row, col);
	cell->is_picture = true;
	cell->upper = upper;
	cell->lower = lower;
}

bool cell_equals(const struct cell *a, const struct cell *b)
{
	if (a->is_picture || b->is_picture)
		return a->is_picture && b->is_picture && a->upper == b->upper &&
		       a->lower == b->lower;
	return a->columns == b->columns && a->ink == b->ink && a->ground == b->ground &&
	       strcmp(a->text, b->text) == 0;
}
