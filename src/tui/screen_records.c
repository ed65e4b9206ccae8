/* Rows of one form under each other: people, findings, signatures, decisions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "form_parts.h"
#include "frame.h"
#include "list.h"
#include "screens.h"

#define MOST_COLUMNS 5

struct records_column {
	const char *field;
	int cols;          /* least; the first takes what is left */
	enum breadth from; /* left out on narrower screens */
};

struct records_view {
	const char *form;
	struct records_column columns[MOST_COLUMNS];
	struct label none; /* where there is no row yet */
};

struct records {
	const struct records_view *view;
	const struct form *form;
	struct record **at; /* in the session's arena */
	unsigned n;
	struct list list;
};

static const struct records_view views[] = {
	{ "person",
	  { { "name", 16, BREADTH_60 },
	    { "roles", 22, BREADTH_60 },
	    { "post", 18, BREADTH_80 },
	    { "organisation", 26, BREADTH_100 } },
	  { "还没有登记人员；F5 新增", "nobody is entered yet; F5 adds" } },
	{ "finding",
	  { { "fact", 24, BREADTH_60 },
	    { "grade", 12, BREADTH_60 },
	    { "item", 8, BREADTH_60 },
	    { "due", 12, BREADTH_80 },
	    { "verification", 8, BREADTH_100 } },
	  { "还没有发现；F5 新增", "nothing was found yet; F5 adds" } },
	{ "sign_off",
	  { { "assessment", 24, BREADTH_60 },
	    { "step", 14, BREADTH_60 },
	    { "by", 16, BREADTH_60 } },
	  { "还没有人签署；F5 签署", "nobody has signed yet; F5 signs" } },
	{ "decision",
	  { { "assessment", 24, BREADTH_60 },
	    { "outcome", 14, BREADTH_60 },
	    { "reason", 24, BREADTH_80 } },
	  { "还没有决定；F5 作决定", "nothing is decided yet; F5 decides" } },
	{ "offset",
	  { { "offset", 16, BREADTH_60 },
	    { "kind", 14, BREADTH_60 },
	    { "count", 12, BREADTH_60 },
	    { "cancelled_on", 12, BREADTH_80 },
	    { "project", 26, BREADTH_100 } },
	  { "还没有登记抵消；F5 新增", "no offset is entered yet; F5 adds" } },
	{ "greencert",
	  { { "certificate", 16, BREADTH_60 },
	    { "kind", 12, BREADTH_60 },
	    { "count", 12, BREADTH_60 },
	    { "month", 12, BREADTH_80 },
	    { "plant", 26, BREADTH_100 } },
	  { "还没有登记绿证绿电；F5 新增", "no certificate is entered yet; F5 adds" } },
	{ "meter",
	  { { "meter", 12, BREADTH_60 },
	    { "name", 22, BREADTH_60 },
	    { "carrier", 8, BREADTH_80 },
	    { "class", 8, BREADTH_80 },
	    { "place", 20, BREADTH_100 } },
	  { "还没有登记计量器具；F5 新增", "no meter is entered yet; F5 adds" } },
	{ "calibration",
	  { { "meter", 14, BREADTH_60 },
	    { "on", 12, BREADTH_60 },
	    { "until", 12, BREADTH_60 },
	    { "number", 18, BREADTH_80 },
	    { "laboratory", 22, BREADTH_100 } },
	  { "还没有登记检定；F5 新增", "no calibration is entered yet; F5 adds" } },
};

static struct records *records_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- drawing ---- */

static bool is_shown(const struct workbench *bench, const struct records_column *column)
{
	return column->field && frame_breadth(bench) >= column->from;
}

/* Where a column begins and how wide it is. */
static int place_column(const struct workbench *bench, const struct records *records, int cols,
			unsigned number, int *width)
{
	int fixed = 0, col = 6;
	for (unsigned i = 1; i < MOST_COLUMNS; i++)
		if (is_shown(bench, &records->view->columns[i]))
			fixed += records->view->columns[i].cols + 2;
	const int first = cols - 8 - fixed;
	for (unsigned i = 0; i < number; i++)
		if (is_shown(bench, &records->view->columns[i]))
			col += (i == 0 ? first : records->view->columns[i].cols) + 2;
	*width = number == 0 ? first : records->view->columns[number].cols;
	return col;
}

/* Ids of choices as their titles. */
static const char *shown_value(const struct workbench *bench, const struct form_field *field,
			       const char *value, char out[300])
{
	size_t used = 0;
	if (field->type != FIELD_CHOICE)
		return value;
	out[0] = '\0';
	for (unsigned i = 0; i < field->n_choices; i++) {
		const char *id = field->choices[i].id, *at = strstr(value, id);
		const size_t len = strlen(id);
		const bool is_on =
			at && (at == value || at[-1] == ',') && (at[len] == '\0' || at[len] == ',');
		if (is_on && used < 200)
			used += text_format(out + used, 300 - used, "%s%s", used ? " " : "",
					    label_of(bench, &field->choices[i].title));
	}
	return out;
}

static void draw_row(const struct workbench *bench, const struct records *records,
		     const struct canvas *canvas, int row, unsigned number)
{
	char text[300];
	if (number < 9)
		draw_format(canvas, row, 3, INK_KEY, "%u", number + 1);
	for (unsigned i = 0; i < MOST_COLUMNS; i++) {
		const struct records_column *column = &records->view->columns[i];
		int width;
		if (!is_shown(bench, column))
			continue;
		const int col = place_column(bench, records, canvas->cols, i, &width);
		const struct form_field *field = form_find_field(records->form, column->field);
		if (field)
			draw_cut(canvas, row, col, width, i == 0 ? INK_TEXT : INK_DIM,
				 shown_value(bench, field,
					     record_text(records->at[number], column->field),
					     text));
	}
}

static void records_draw(struct screen *screen, const struct canvas *canvas)
{
	struct records *records = records_of(screen);
	const struct workbench *bench = screen->bench;
	for (unsigned i = 0; i < MOST_COLUMNS; i++) {
		const struct records_column *column = &records->view->columns[i];
		const struct form_field *field =
			is_shown(bench, column) ? form_find_field(records->form, column->field)
						: NULL;
		int width;
		if (!field)
			continue;
		const int col = place_column(bench, records, canvas->cols, i, &width);
		draw_cut(canvas, 1, col, width, INK_DIM, label_of(bench, &field->label));
	}
	list_fit(&records->list, records->n, canvas->rows - 4);
	for (unsigned i = records->list.first; i < list_end(&records->list); i++) {
		const int row = 2 + (int)(i - records->list.first);
		draw_row(bench, records, canvas, row, i);
		if (i == records->list.at)
			draw_selection(canvas, row, true);
	}
	if (records->n == 0)
		draw_text(canvas, 3, 6, INK_DIM, label_of(bench, &records->view->none));
	if (records->list.n > list_end(&records->list))
		draw_format(canvas, canvas->rows - 1, 6, INK_DIM,
			    tell(bench, "其余 %u 件", "%u more"),
			    records->list.n - list_end(&records->list));
	else
		draw_cut(canvas, canvas->rows - 1, 6, canvas->cols - 8, INK_DIM,
			 label_of(bench, &records->form->help));
}

/* ---- reading and changing ---- */

static void load(struct screen *screen)
{
	struct records *records = records_of(screen);
	struct lt_err err = LT_ERR_INIT;
	if (record_list(screen->bench->session, records->form, &records->at, &records->n, &err) ==
	    LT_OK)
		return;
	records->n = 0;
	workbench_tell_err(screen->bench, &err);
}

static void enter(struct screen *screen)
{
	struct records *records = records_of(screen);
	if (records->list.at < records->n)
		form_open(screen->bench, records->at[records->list.at]);
}

static void add(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct record *record;
	struct lt_err err = LT_ERR_INIT;
	if (record_new(bench->session, records_of(screen)->form, &record, &err) != LT_OK)
		workbench_tell_err(bench, &err);
	else
		form_open(bench, record);
}

static void take_out(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct records *records = records_of(screen);
	struct lt_err err = LT_ERR_INIT;
	char command[100];
	bool done = false;
	snprintf(command, sizeof(command), "remove %.60s", records->form->id);
	workbench_begin(bench, command);
	const enum lt_status status =
		record_remove(bench->session, records->at[records->list.at], &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "已移除，F8 撤销；记录里还在",
				    "taken out, F8 undoes; the record keeps it"));
}

static bool has_row(const struct screen *screen)
{
	const struct records *records = records_of(screen);
	return records->list.at < records->n;
}

static bool can_take_out(const struct screen *screen)
{
	return has_row(screen) && screen_is_writable(screen);
}

static bool records_key(struct screen *screen, const struct event *event)
{
	struct records *records = records_of(screen);
	const int digit = key_digit(event);
	if (list_key(&records->list, event))
		return true;
	if (!has_row(screen) && (event->key == K_ENTER || event->key == K_DELETE)) {
		workbench_tell(screen->bench, NOTICE_WARN, "%s",
			       label_of(screen->bench, &records->view->none));
		return true;
	}
	if (digit < 1 || (unsigned)digit > records->n)
		return false;
	records->list.at = (unsigned)digit - 1;
	enter(screen);
	return true;
}

static void records_header(struct screen *screen, const struct canvas *row)
{
	const struct workbench *bench = screen->bench;
	char count[60];
	snprintf(count, sizeof(count), tell(bench, "%u 件", "%u in all"), records_of(screen)->n);
	draw_right(row, 0, row->cols - 1, INK_DIM, count);
	draw_cut(row, 0, 1, row->cols - text_columns(count) - 4, INK_TITLE, bench->board->park);
}

static const struct action records_actions[] = {
	{ .key = K_ENTER,
	  .title = { "打开", "open" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_row,
	  .run = enter },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "新增", "add" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = screen_is_writable,
	  .run = add },
	{ .key = K_DELETE,
	  .title = { "移除", "take out" },
	  .help = { "移除这一行；记录里还在", "takes the row out; the record keeps it" },
	  .group = GROUP_CHANGE,
	  .in_foot = true,
	  .is_live = can_take_out,
	  .run = take_out },
};

#define RECORDS_KIND(kind_id, zh, en)                                                              \
	{                                                                                          \
		.id = kind_id, .title = { zh, en }, .size = SIZE_WHOLE,                            \
		.actions = records_actions,                                                        \
		.n_actions = sizeof(records_actions) / sizeof(records_actions[0]),                 \
		.needs_project = true, .draw = records_draw, .header = records_header,             \
		.key = records_key, .changed = load                                                \
	}

/* In the order of the views. */
static const struct screen_kind records_kinds[] = { RECORDS_KIND("people", "人员", "People"),
						    RECORDS_KIND("findings", "发现", "Findings"),
						    RECORDS_KIND("sign_off", "会签", "Sign-off"),
						    RECORDS_KIND("decisions", "决定",
								 "Decisions"),
						    RECORDS_KIND("offsets", "抵消", "Offsets"),
						    RECORDS_KIND("greencerts", "绿证",
								 "Certificates"),
						    RECORDS_KIND("meters", "计量", "Meters"),
						    RECORDS_KIND("calibrations", "检定",
								 "Calibrations") };

static void records_open(struct workbench *bench, unsigned view)
{
	struct records *records = workbench_room(bench, sizeof(*records));
	struct lt_err err = LT_ERR_INIT;
	if (!records)
		return;
	if (record_form(bench->sitting->workspace, views[view].form, &bench->findings,
			&records->form, &err)) {
		workbench_tell_err(bench, &err);
		free(records);
		return;
	}
	records->view = &views[view];
	struct screen *screen = workbench_push(bench, &records_kinds[view], records);
	if (screen)
		load(screen);
}

void people_open(struct workbench *bench)
{
	records_open(bench, 0);
}

void findings_open(struct workbench *bench)
{
	records_open(bench, 1);
}

void sign_off_open(struct workbench *bench)
{
	records_open(bench, 2);
}

void decisions_open(struct workbench *bench)
{
	records_open(bench, 3);
}

void register_open(struct workbench *bench, enum ledger_register which)
{
	static const char *const forms[N_REGISTERS] = { "offset", "greencert", "meter",
							"calibration" };
	for (unsigned i = 0; i < sizeof(views) / sizeof(views[0]); i++)
		if (strcmp(views[i].form, forms[which]) == 0)
			records_open(bench, i);
}
