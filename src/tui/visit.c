#include "visit.h"

#include <stdio.h>
#include <string.h>

void visit_form_open(struct workbench *bench, const char *form_id, const char *row,
		     const char *const *fields)
{
	const struct form *form;
	struct record *record = NULL;
	struct lt_err err = LT_ERR_INIT;
	workbench_begin(bench, "fill");
	enum lt_status status =
		record_form(bench->sitting->workspace, form_id, &bench->findings, &form, &err);
	if (!status)
		status = row ? record_open(bench->session, form, row, &record, &err)
			     : record_new(bench->session, form, &record, &err);
	for (; !status && fields && fields[0]; fields += 2) {
		const struct form_field *field = form_find_field(form, fields[0]);
		if (field)
			status = record_set(bench->session, record,
					    (unsigned)(field - form->fields), fields[1], &err);
	}
	if (status)
		workbench_tell_err(bench, &err);
	else
		form_open(bench, record);
}

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

bool visit_is_writable(const struct screen *screen)
{
	return !project_is_readonly(screen->bench->session->project);
}
