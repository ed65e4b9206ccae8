#include "held_text.h"

#include <stdlib.h>

struct held_piece {
	PangoLayout *layout; /* owned */
	PangoLayoutLine *line; /* owned; NULL = all lines */
	cairo_matrix_t matrix;
	double x, y, ink[4];
};

void held_text_add(struct held_text *held, struct cut_fonts *cut, cairo_t *cr, PangoLayout *layout,
		   PangoLayoutLine *line)
{
	if (held->n == held->cap) {
		const unsigned cap = held->cap * 2 + 64;
		struct held_piece *grown = realloc(held->pieces, cap * sizeof(*grown));
		held->failed |= !grown;
		if (!grown)
			return;
		held->pieces = grown;
		held->cap = cap;
	}
	struct held_piece *piece = &held->pieces[held->n++];
	*piece = (struct held_piece){ .layout = g_object_ref(layout),
				      .line = line ? pango_layout_line_ref(line) : NULL };
	cairo_get_matrix(cr, &piece->matrix);
	cairo_get_current_point(cr, &piece->x, &piece->y);
	double *ink = piece->ink;
	cairo_pattern_get_rgba(cairo_get_source(cr), &ink[0], &ink[1], &ink[2], &ink[3]);
	if (line)
		cut_fonts_note_line(cut, line);
	else
		cut_fonts_note(cut, layout);
}

void held_text_show(const struct held_text *held, struct cut_fonts *cut, cairo_t *cr)
{
	for (unsigned i = 0; i < held->n; i++) {
		const struct held_piece *piece = &held->pieces[i];
		const double *ink = piece->ink;
		cairo_save(cr);
		cairo_transform(cr, &piece->matrix);
		cairo_set_source_rgba(cr, ink[0], ink[1], ink[2], ink[3]);
		cairo_move_to(cr, piece->x, piece->y);
		if (piece->line)
			cut_fonts_show_line(cut, cr, piece->line,
					    pango_layout_get_text(piece->layout));
		else
			cut_fonts_show(cut, cr, piece->layout);
		cairo_restore(cr);
	}
}

void held_text_release(struct held_text *held)
{
	for (unsigned i = 0; i < held->n; i++) {
		if (held->pieces[i].line)
			pango_layout_line_unref(held->pieces[i].line);
		g_object_unref(held->pieces[i].layout);
	}
	free(held->pieces);
	*held = (struct held_text){ 0 };
}
