/* What was asked of the park: by owner, what is late in warn; a digit says whether it came. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/duty.h"
#include "visit.h"

struct material_screen {
	const struct form *form;
	struct record **at; /* in the session's arena, by owner, then by day */
	unsigned n;
	struct list list;
	char today[16];
};

static const struct label none = { "还没有向园区要过资料；F5 新增", "nothing was asked for yet; F5 adds" };

static struct material_screen *material_of(const struct screen *screen)
{
	return screen->data;
}

static int compare(const void *a, const void *b)
{
	const struct record *one = *(struct record *const *)a, *two = *(struct record *const *)b;
	const int owner = strcmp(record_text(one, "owner"), record_text(two, "owner"));
	const int due = strcmp(record_text(one, "due"), record_text(two, "due"));
	return owner ? owner : due ? due : strcmp(record_text(one, "title"), record_text(two, "title"));
}

static void load(struct screen *screen)
{
	struct material_screen *material = material_of(screen);
	struct lt_err err = LT_ERR_INIT;
	if (record_list(screen->bench->session, material->form, &material->at, &material->n, &err)) {
		material->n = 0;
		workbench_tell_err(screen->bench, &err);
		return;
	}
	if (material->n)
		qsort(material->at, material->n, sizeof(*material->at), compare);
}

static struct record *record_at(const struct screen *screen)
{
	const struct material_screen *material = material_of(screen);
	return material->list.at < material->n ? material->at[material->list.at] : NULL;
}

static bool is_open(const struct record *record)
{
	return request_is_open(record_text(record, "state"));
}

static bool is_late(const struct material_screen *material, const struct record *record)
{
	const char *due = record_text(record, "due");
	return is_open(record) && due[0] && strcmp(due, material->today) < 0;
}

/* ---- drawing ---- */

static const struct column_spec specs[] = {
	{ { "资料", "What is asked" }, 16, BREADTH_60, false, 44 },
	{ { "部门", "Department" }, 20, BREADTH_100, false, 0 },
	{ { "说明", "Note" }, 18, BREADTH_132, false, 0 },
	{ { "期限", "Due" }, 10, BREADTH_60, false, 0 },
	{ { "收到情况", "State" }, 12, BREADTH_60, false, 0 },
};
/* where it is narrow the name of what is asked comes first */
static const struct column_spec narrow_specs[] = {
	{ { "资料", "What is asked" }, 16, BREADTH_60, false, 0 },
	{ { "", "" }, 1, BREADTH_80, false, 0 },
	{ { "", "" }, 1, BREADTH_80, false, 0 },
	{ { "期限", "Due" }, 5, BREADTH_60, false, 0 },
	{ { "情况", "State" }, 8, BREADTH_60, false, 0 },
};

static const char *request_mark(const char *state, enum ink *ink)
{
	static const struct {
		const char *state, *mark;
		enum ink ink;
	} marks[] = { { "asked", "◦", INK_DIM },
		      { "received", "✓", INK_OK },
		      { "insufficient", "!", INK_WARN },
		      { "unavailable", "✗", INK_VETO } };
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strcmp(marks[i].state, state) == 0) {
			*ink = marks[i].ink;
			return marks[i].mark;
		}
	*ink = INK_DIM;
	return "◦";
}

static const char *request_title(const struct workbench *bench, const struct form *form,
				 const char *state)
{
	const struct form_choice *choice = form_find_choice(form, "state", state);
	return choice ? label_of(bench, &choice->title) : state;
}

static void draw_record(const struct workbench *bench, const struct material_screen *material,
			const struct columns *columns, const struct canvas *canvas, int row, unsigned number)
{
	const struct record *record = material->at[number];
	const char *owner = record_text(record, "owner");
	const bool same = number > material->list.first &&
			  strcmp(record_text(material->at[number - 1], "owner"), owner) == 0;
	enum ink ink;
	const char *mark = request_mark(record_text(record, "state"), &ink);
	draw_text(canvas, row, 3, ink, mark);
	if (!same)
		draw_cut(canvas, row, 5, 12, INK_TITLE, owner[0] ? owner : tell(bench, "没有责任人", "no owner"));
	columns_cell(columns, canvas, row, 0, is_open(record) ? INK_TEXT : INK_DIM,
		     record_text(record, "title"));
	columns_cell(columns, canvas, row, 1, INK_DIM, record_text(record, "department"));
	columns_cell(columns, canvas, row, 2, INK_DIM, record_text(record, "note"));
	const char *due = record_text(record, "due");
	const bool is_day = strlen(due) == 10 && frame_breadth(bench) == BREADTH_60;
	columns_cell(columns, canvas, row, 3, is_late(material, record) ? INK_WARN : INK_DIM,
		     is_day ? due + 5 : due);
	columns_cell(columns, canvas, row, 4, ink,
		     request_title(bench, material->form, record_text(record, "state")));
}

static void material_draw(struct screen *screen, const struct canvas *canvas)
{
	struct material_screen *material = material_of(screen);
	const struct workbench *bench = screen->bench;
	struct columns columns;
	columns_lay(&columns, frame_breadth(bench) == BREADTH_60 ? narrow_specs : specs, 5, bench, canvas, 19);
	draw_text(canvas, 1, 5, INK_DIM, tell(bench, "责任人", "Owner"));
	columns_titles(&columns, bench, canvas, 1);
	list_fit(&material->list, material->n, canvas->rows - 4);
	for (unsigned i = material->list.first; i < list_end(&material->list); i++) {
		const int row = 2 + (int)(i - material->list.first);
		draw_record(bench, material, &columns, canvas, row, i);
		if (i == material->list.at)
			draw_selection(canvas, row, true);
	}
	if (!material->n)
		draw_cut(canvas, 3, 5, canvas->cols - 7, INK_DIM, label_of(bench, &none));
	if (material->n > list_end(&material->list))
		draw_format(canvas, canvas->rows - 1, 5, INK_DIM, tell(bench, "其余 %u 件", "%u more"),
			    material->n - list_end(&material->list));
}

static void material_header(struct screen *screen, const struct canvas *row)
{
	const struct material_screen *material = material_of(screen);
	unsigned open = 0, late = 0;
	char text[100];
	for (unsigned i = 0; i < material->n; i++) {
		open += is_open(material->at[i]);
		late += is_late(material, material->at[i]);
	}
	text_format(text, sizeof(text),
		    tell(screen->bench, "%u 件  未齐 %u  逾期 %u", "%u in all  open %u  late %u"), material->n,
		    open, late);
	visit_header(screen->bench, row, text);
}

/* ---- keys ---- */

static void say_state(struct screen *screen, unsigned number)
{
	struct workbench *bench = screen->bench;
	const struct material_screen *material = material_of(screen);
	struct record *record = record_at(screen);
	const struct form_field *field = form_find_field(material->form, "state");
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	if (!record || !field || number >= field->n_choices || !screen_is_writable(screen))
		return;
	workbench_begin(bench, "fill request");
	enum lt_status status = record_set(bench->session, record,
					   (unsigned)(field - material->form->fields),
					   field->choices[number].id, &err);
	if (!status)
		status = record_save(bench->session, record, &bench->findings, &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, "%s", label_of(bench, &field->choices[number].title));
	else if (status) /* the record that is listed was changed, the project was not */
		load(screen);
}

static void enter(struct screen *screen)
{
	if (record_at(screen))
		form_open(screen->bench, record_at(screen));
}

/* The next one is mostly asked of the same person by the same day. */
static void add(struct screen *screen)
{
	const struct record *record = record_at(screen);
	const char *const fields[] = { "state",
				       "asked",
				       "owner",
				       record ? record_text(record, "owner") : "",
				       "department",
				       record ? record_text(record, "department") : "",
				       "due",
				       record ? record_text(record, "due") : "",
				       NULL };
	form_open_row(screen->bench, "request", NULL, fields);
}

static void take_out(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	workbench_begin(bench, "remove request");
	const enum lt_status status =
		record_remove(bench->session, record_at(screen), &done, &err);
	workbench_end(bench, status, &err, done);
}

static void print(struct screen *screen)
{
	paper_open(screen->bench, "reminder", NULL);
}

static void to_import(struct screen *screen)
{
	import_open(screen->bench);
}

static bool is_at_row(const struct screen *screen)
{
	return record_at(screen) != NULL;
}

static bool has_record(const struct screen *screen)
{
	return record_at(screen) && screen_is_writable(screen);
}

static bool material_key(struct screen *screen, const struct event *event)
{
	const int digit = key_digit(event);
	if (list_key(&material_of(screen)->list, event))
		return true;
	if (!record_at(screen) && (event->key == K_ENTER || digit >= 0)) {
		workbench_tell(screen->bench, NOTICE_WARN, "%s", label_of(screen->bench, &none));
		return true;
	}
	if (digit >= 1 && digit <= 4)
		say_state(screen, (unsigned)digit - 1);
	return digit >= 0;
}

static const struct action material_actions[] = {
	{ .keys = { "1-4", "1-4" },
	  .title = { "收到情况", "state" },
	  .help = { "1 已索取 2 已收到 3 不齐 4 无法提供",
		    "1 asked 2 received 3 insufficient 4 not available" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_record },
	{ .key = K_ENTER,
	  .title = { "打开", "open" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = is_at_row,
	  .run = enter },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "新增", "add" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = screen_is_writable,
	  .run = add },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "打印", "print" },
	  .help = { "催办单按责任人，接收表全部", "reminders by owner, the list of receipts" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = print },
	{ .key = K_F2,
	  .letter = 'e',
	  .title = { "导入", "import" },
	  .help = { "园区填回的工作簿", "workbooks that came back" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = to_import },
	{ .key = K_DELETE,
	  .title = { "移除", "take out" },
	  .group = GROUP_CHANGE,
	  .is_live = has_record,
	  .run = take_out },
};

static const struct screen_kind material_kind = {
	.id = "material",
	.title = { "资料", "Materials" },
	.size = SIZE_WHOLE,
	.actions = material_actions,
	.n_actions = sizeof(material_actions) / sizeof(material_actions[0]),
	.needs_project = true,
	.draw = material_draw,
	.header = material_header,
	.key = material_key,
	.changed = load,
};

void material_open(struct workbench *bench)
{
	material_open_at(bench, NULL);
}

void material_open_at(struct workbench *bench, const char *title)
{
	struct material_screen *material = workbench_room(bench, sizeof(*material));
	struct lt_err err = LT_ERR_INIT;
	if (!material)
		return;
	workbench_today(material->today);
	if (record_form(bench->sitting->workspace, "request", &bench->findings, &material->form, &err)) {
		workbench_tell_err(bench, &err);
		free(material);
		return;
	}
	struct screen *screen = workbench_push(bench, &material_kind, material);
	if (!screen)
		return;
	load(screen);
	for (unsigned i = material->n; title && i > 0; i--) {
		const struct record *record = material->at[i - 1];
		if (is_open(record) && strcmp(record_text(record, "title"), title) == 0)
			material->list.at = i - 1;
	}
}
