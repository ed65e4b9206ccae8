/* A form as it is seen. */
#include <stdio.h>
#include <string.h>
#include "blanks.h"
#include "field.h"
#include "frame.h"
#include "wrap.h"

#define FIELD_COLS 40
#define PROSE_ROWS 3
#define LEAST_DETAIL 12
#define MESSAGE_ROWS 2
#define DETAIL_SEEN 80 /* columns from which options have their details beside them */
#define BESIDE_MORE 16 /* margins, and what says that more is below */

struct form_pen {
	const struct workbench *bench;
	const struct canvas *canvas; /* of the rows that are seen */
	int label_end;               /* labels end before it */
	int left, end;               /* of fields: their ground */
	int top;                     /* row of the form that is seen first */
};

static bool is_seen(const struct form_pen *pen, int row)
{
	return row >= pen->top && row < pen->top + pen->canvas->rows;
}

/* ---- how high things are ---- */

static int option_columns(const struct workbench *bench, const struct blank *blank, unsigned i)
{
	char number[16];
	snprintf(number, sizeof(number), "%u ", i + 1);
	return text_columns(label_of(bench, &blank->options[i].title)) + (int)strlen(number) + 3;
}

/* Where an option stands, counted from the first row and the left of the field. */
static void place_option(const struct form_pen *pen, const struct blank *blank, unsigned number,
			 int *row, int *col)
{
	int at = 0;
	*row = 0;
	for (unsigned i = 0;; i++) {
		const int cols = option_columns(pen->bench, blank, i);
		if (at > 0 && pen->left + at + cols - 1 > pen->end) {
			at = 0;
			++*row;
		}
		*col = at;
		if (i == number)
			return;
		at += cols;
	}
}

static int body_rows(const struct form_pen *pen, const struct blank *blank)
{
	int row, col;
	switch (blank->kind) {
	case BLANK_HEADING:
	case BLANK_LINE:
		return 1;
	case BLANK_PROSE:
		return frame_is_tall(pen->bench) ? PROSE_ROWS : 2;
	case BLANK_ONE:
	case BLANK_SEVERAL:
		break;
	}
	if (blank->n_options == 0)
		return 1;
	if (blank->is_column)
		return (int)blank->n_options;
	place_option(pen, blank, blank->n_options - 1, &row, &col);
	return row + 1;
}

static int message_columns(const struct form_pen *pen)
{
	return pen->canvas->cols - pen->left - 2;
}

static int message_rows(const struct form_pen *pen, const struct blank *blank)
{
	const char *message = blank->message[pen->bench->lang];
	if (!message[0])
		return 0;
	const int rows = wrap_count(message, strlen(message), message_columns(pen));
	return rows < MESSAGE_ROWS ? rows : MESSAGE_ROWS;
}

static int rows_of(const struct form_pen *pen, const struct blanks *blanks, unsigned i)
{
	const struct blank *blank = blanks->at[i];
	if (blank->is_hidden)
		return 0;
	const int gap = blank->kind == BLANK_HEADING && i > 0 && frame_is_tall(pen->bench);
	return gap + body_rows(pen, blank) + message_rows(pen, blank);
}

/* ---- a blank ---- */

static void draw_label(const struct form_pen *pen, const struct blank *blank, int row)
{
	char shown[200];
	const char *label = label_of(pen->bench, &blank->label);
	const size_t len =
		cluster_cut(label, strlen(label), pen->label_end - 1, shown, sizeof(shown) - 1);
	shown[len] = '\0';
	draw_right(pen->canvas, row, pen->label_end, INK_DIM, shown);
	if (blank->is_needed)
		draw_text(pen->canvas, row, pen->label_end + 1, INK_WARN, "*");
}

static void draw_line(const struct form_pen *pen, struct blank *blank, int row, bool has_focus)
{
	const struct canvas *canvas = pen->canvas;
	const int unit_cols = blank->unit ? text_columns(blank->unit) + 1 : 0;
	const int rows = body_rows(pen, blank);
	const struct canvas field = canvas_part(canvas, row < 0 ? 0 : row, pen->left + 1, rows,
						pen->end - pen->left - 2 - unit_cols);
	const enum ground ground = has_focus ? GROUND_INPUT : GROUND_FIELD;
	const enum ink ink = blank->is_locked ? INK_DIM : has_focus ? INK_TITLE : INK_TEXT;
	for (int i = 0; i < rows; i++)
		draw_ground(canvas, row + i, pen->left, pen->end - pen->left, ground);
	const char *text = edit_text(&blank->edit);
	/* who does not write there reads it from its beginning */
	if (!has_focus && !blank->edit.options.is_multiline && text_columns(text) > field.cols)
		draw_cut(&field, 0, 0, field.cols, ink, text);
	else
		field_draw(&blank->edit, &field, ink, has_focus);
	if (blank->unit)
		draw_right(canvas, row, pen->end - 1, INK_DIM, blank->unit);
	if (blank->aside)
		draw_if_whole(canvas, row, pen->end + 2, INK_DIM, blank->aside);
}

static void draw_chips(const struct form_pen *pen, const struct blank *blank, int row,
		       bool has_focus)
{
	for (unsigned i = 0; i < blank->n_options; i++) {
		const struct blank_option *option = &blank->options[i];
		int down, across;
		place_option(pen, blank, i, &down, &across);
		const int at = row + down, from = pen->left + across;
		const enum ink ink = option->is_dim  ? INK_FAINT
				     : option->is_on ? INK_TITLE
						     : INK_TEXT;
		const int cols = option_columns(pen->bench, blank, i) - 1;
		draw_format(pen->canvas, at, from + 1, option->is_on ? INK_TITLE : INK_KEY, "%u",
			    i + 1);
		const int title = i < 9 ? 3 : 4;
		draw_cut(pen->canvas, at, from + title, cols - title - 1, ink,
			 label_of(pen->bench, &option->title));
		if (option->is_on) {
			draw_text(pen->canvas, at, from, ink, "[");
			draw_text(pen->canvas, at, from + cols - 1, ink, "]");
			draw_ground(pen->canvas, at, from, cols, GROUND_CHIP);
		}
		if (!has_focus || i != blank->at)
			continue;
		draw_ground(pen->canvas, at, from, cols, GROUND_SELECTION);
		draw_cursor(pen->canvas, at, from + 1);
	}
}

static void draw_ticks(const struct form_pen *pen, const struct blank *blank, int row,
		       bool has_focus)
{
	const struct canvas *canvas = pen->canvas;
	const int left = pen->left + 1, end = canvas->cols - 1;
	int names = 0, remarks = 0;
	for (unsigned i = 0; i < blank->n_options; i++) {
		const int name = text_columns(label_of(pen->bench, &blank->options[i].title));
		const int remark = text_columns(label_of(pen->bench, &blank->options[i].remark));
		names = name > names ? name : names;
		remarks = remark > remarks ? remark : remarks;
	}
	/* names are what people choose by: they are cut after what explains them */
	const int most = end - left - remarks - 6;
	const bool has_detail = names + LEAST_DETAIL + 2 <= most;
	names = names > most ? most : names;
	for (unsigned i = 0; i < blank->n_options; i++) {
		const struct blank_option *option = &blank->options[i];
		const int at = row + (int)i, detail = left + 4 + names + 2;
		draw_text(canvas, at, left, option->is_on ? INK_ACCENT : INK_DIM,
			  option->is_on ? "[x]" : "[ ]");
		draw_cut(canvas, at, left + 4, names, option->is_on ? INK_TEXT : INK_DIM,
			 label_of(pen->bench, &option->title));
		if (has_detail)
			draw_cut(canvas, at, detail, end - remarks - 2 - detail, INK_DIM,
				 label_of(pen->bench, &option->detail));
		draw_right(canvas, at, end, option->remark_warns ? INK_WARN : INK_DIM,
			   label_of(pen->bench, &option->remark));
		if (!has_focus || i != blank->at)
			continue;
		draw_ground(canvas, at, pen->left, end - pen->left, GROUND_SELECTION);
		draw_cursor(canvas, at, left + 1);
	}
}

static void draw_blank(const struct form_pen *pen, struct blanks *blanks, unsigned i, int row)
{
	struct blank *blank = blanks->at[i];
	const bool has_focus = i == blanks->focus;
	const char *message = blank->message[pen->bench->lang];
	const int rows = body_rows(pen, blank);
	if (blank->kind == BLANK_HEADING) {
		const int gap = i > 0 && frame_is_tall(pen->bench);
		draw_text(pen->canvas, row + gap, 3, INK_TITLE,
			  label_of(pen->bench, &blank->label));
		return;
	}
	draw_label(pen, blank, row);
	if (blank->kind == BLANK_LINE || blank->kind == BLANK_PROSE)
		draw_line(pen, blank, row, has_focus);
	else if (blank->is_column)
		draw_ticks(pen, blank, row, has_focus);
	else
		draw_chips(pen, blank, row, has_focus);
	if (message[0])
		draw_wrapped(pen->canvas, row + rows, pen->left + 1, message_columns(pen),
			     MESSAGE_ROWS, blank->message_ink, message);
}

/* ---- the whole ---- */

/* What is asked for; of an option whose name alone says little, what it is called first. */
static const char *help_of(const struct workbench *bench, const struct blank *blank, int cols,
			   char *out, size_t cap)
{
	const char *help = label_of(bench, &blank->help);
	const char *detail = blank->is_column && cols < DETAIL_SEEN && blank->n_options
				     ? label_of(bench, &blank->options[blank->at].detail)
				     : NULL;
	if (!detail || !detail[0])
		return help;
	text_format(out, cap, tell(bench, "%s；%s", "%s; %s"), detail, help);
	return out;
}

/* A row at the foot; two where it would be cut, the second beside what says that more is below. */
static int help_rows(const char *help, int cols)
{
	return text_columns(help) > cols - BESIDE_MORE ? 2 : 1;
}

static void draw_help(const struct canvas *canvas, const char *help)
{
	const size_t len = strlen(help);
	const int row = canvas->rows - help_rows(help, canvas->cols);
	const struct wrap_line first = wrap_line(help, len, 0, canvas->cols - 5);
	if (row == canvas->rows - 1) {
		draw_text(canvas, row, 3, INK_DIM, help);
		return;
	}
	draw_bytes(canvas, row, 3, INK_DIM, help + first.from, first.to - first.from);
	draw_cut(canvas, row + 1, 3, canvas->cols - BESIDE_MORE, INK_DIM, help + first.next);
}

static int label_columns(const struct blanks *blanks, const struct workbench *bench, int cols)
{
	int widest = blanks->least_label > 8 ? blanks->least_label : 8;
	for (unsigned i = 0; i < blanks->n; i++) {
		const struct blank *blank = blanks->at[i];
		const int own = text_columns(label_of(bench, &blank->label));
		if (blank->kind != BLANK_HEADING && own > widest)
			widest = own;
	}
	const int most = cols < 80 ? 24 : cols / 3 - 2;
	return 3 + (widest < most ? widest : most);
}

/* Scrolls as little as brings the blank with the focus in, with the heading over it. */
static void scroll(struct blanks *blanks, const struct form_pen *pen, int total)
{
	int from = 0, rows;
	for (unsigned i = 0; i < blanks->focus; i++)
		from += rows_of(pen, blanks, i);
	rows = rows_of(pen, blanks, blanks->focus);
	if (blanks->focus > 0 && blanks->at[blanks->focus - 1]->kind == BLANK_HEADING) {
		from--;
		rows++;
	}
	if (from < blanks->first)
		blanks->first = from;
	if (from + rows > blanks->first + pen->canvas->rows)
		blanks->first = from + rows - pen->canvas->rows;
	if (blanks->first > total - pen->canvas->rows)
		blanks->first = total - pen->canvas->rows;
	if (blanks->first < 0)
		blanks->first = 0;
}

void blanks_draw(struct blanks *blanks, const struct workbench *bench, const struct canvas *canvas)
{
	char buf[400];
	int total = 0, row = 0;
	if (blanks->n == 0)
		return;
	/* the field that was hidden under the cursor lets go of it */
	for (unsigned i = 0; i < blanks->n && !blanks_takes_focus(blanks->at[blanks->focus]); i++)
		blanks->focus = (blanks->focus + 1) % blanks->n;
	const char *help = help_of(bench, blanks_focused(blanks), canvas->cols, buf, sizeof(buf));
	const struct canvas seen = canvas_part(canvas, 0, 0, -help_rows(help, canvas->cols), 0);
	struct form_pen pen = { .bench = bench, .canvas = &seen };
	pen.label_end = label_columns(blanks, bench, canvas->cols);
	pen.left = pen.label_end + 3;
	pen.end =
		pen.left + FIELD_COLS < canvas->cols - 1 ? pen.left + FIELD_COLS : canvas->cols - 1;
	for (unsigned i = 0; i < blanks->n; i++)
		total += rows_of(&pen, blanks, i);
	scroll(blanks, &pen, total);
	pen.top = blanks->first;
	for (unsigned i = 0; i < blanks->n; i++) {
		const int rows = rows_of(&pen, blanks, i);
		if (rows > 0 && (is_seen(&pen, row) || is_seen(&pen, row + rows - 1)))
			draw_blank(&pen, blanks, i, row - pen.top);
		row += rows;
	}
	draw_help(canvas, help);
	if (total > blanks->first + seen.rows)
		draw_right(canvas, canvas->rows - 1, canvas->cols - 1, INK_DIM,
			   tell(bench, "向下还有", "more below"));
}
