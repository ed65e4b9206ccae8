#include "columns.h"

void columns_lay(struct columns *columns, const struct column_spec *specs, unsigned n,
		 const struct workbench *bench, const struct canvas *canvas, int from)
{
	int fixed = 0, texts = 0, at = from;
	*columns = (struct columns){ .specs = specs, .n = n };
	for (unsigned i = 1; i < n; i++)
		if (frame_breadth(bench) >= specs[i].from) {
			fixed += specs[i].cols + 2;
			texts += !specs[i].is_number;
		}
	const int left = canvas->cols - 2 - from - fixed, most = specs[0].most;
	const int spare = most && left > most && texts ? (left - most) / texts : 0;
	for (unsigned i = 0; i < n; i++) {
		if (i && frame_breadth(bench) < specs[i].from)
			continue;
		columns->cols[i] = i ? specs[i].cols + (specs[i].is_number ? 0 : spare)
				     : left < 4 ? 4 : left - spare * texts;
		columns->at[i] = at;
		at += columns->cols[i] + 2;
	}
}

void columns_titles(const struct columns *columns, const struct workbench *bench,
		    const struct canvas *canvas, int row)
{
	for (unsigned i = 0; i < columns->n; i++)
		columns_cell(columns, canvas, row, i, INK_DIM,
			     label_of(bench, &columns->specs[i].title));
}

void columns_cell(const struct columns *columns, const struct canvas *canvas, int row,
		  unsigned number, enum ink ink, const char *text)
{
	const int cols = columns->cols[number], at = columns->at[number];
	if (!cols)
		return;
	const int wide = text_columns(text);
	if (columns->specs[number].is_number && wide <= cols)
		draw_right(canvas, row, at + cols, ink, text);
	else
		draw_cut(canvas, row, at, cols, ink, text);
}
