#include "visit.h"

#include <string.h>

const char *visit_mark(const char *verdict, enum ink *ink)
{
	static const struct {
		const char *verdict, *mark;
		enum ink ink;
	} marks[] = { { "conforms", "✓", INK_OK },
		      { "not", "✗", INK_VETO },
		      { "unclear", "!", INK_WARN },
		      { "na", "-", INK_DIM } };
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strcmp(marks[i].verdict, verdict) == 0) {
			*ink = marks[i].ink;
			return marks[i].mark;
		}
	*ink = INK_DIM;
	return "◦";
}

void visit_header(const struct workbench *bench, const struct canvas *row, const char *right)
{
	const int from = draw_right(row, 0, row->cols - 1, INK_DIM, right);
	draw_cut(row, 0, 1, from - 3, INK_TITLE, bench->board->park);
}

void visit_title(const struct canvas *canvas, int row, bool has_focus, const char *title,
		 const char *more)
{
	draw_text(canvas, row, 3, has_focus ? INK_TITLE : INK_DIM, title);
	draw_right(canvas, row, canvas->cols - 2, INK_DIM, more);
}

void visit_open_place(struct workbench *bench, const struct site_info *site)
{
	form_open_row(bench, strcmp(site->kind, "meter") == 0 ? "meter" : "place", site->id, NULL);
}
