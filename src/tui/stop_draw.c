/* One stop of the visit, as it is seen: items, places, people, notes and photos under each other. */
#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "stop.h"

#define MOST_ACCURACY 14 /* columns */

const struct label stop_group_titles[N_STOP_GROUPS] = {
	[STOP_ITEMS] = { "条款", "Items" },	 [STOP_PLACES] = { "看哪里", "Places" },
	[STOP_PEOPLE] = { "到场", "People" },	 [STOP_NOTES] = { "记录", "Notes" },
	[STOP_INTERVIEWS] = { "访谈", "Interviews" }, [STOP_PHOTOS] = { "照片", "Photos" },
};

/* ---- rows of each group ---- */

static const struct column_spec item_specs[] = {
	{ { "", "" }, 12, BREADTH_60, false, 44 },
	{ { "查看要点", "What to check" }, 24, BREADTH_100, false, 0 },
	{ { "方法", "methods" }, 12, BREADTH_80, false, 0 },
	{ { "文件", "doc." }, 4, BREADTH_60, true, 0 },
	{ { "现场", "site" }, 4, BREADTH_60, true, 0 },
};

static const char *methods_text(const struct workbench *bench, unsigned methods, char out[300])
{
	/* a sign of each is enough */
	static const struct label short_titles[N_METHODS] = {
		[METHOD_DOCUMENT] = { "文", "doc" },	     [METHOD_OBSERVATION] = { "看", "obs" },
		[METHOD_INTERVIEW] = { "访", "int" },	     [METHOD_RECALCULATION] = { "算", "calc" },
		[METHOD_TRIAL] = { "试", "trial" },
	};
	size_t used = 0;
	out[0] = '\0';
	for (unsigned m = 0; m < N_METHODS; m++)
		if (methods & 1u << m)
			used += text_format(out + used, 300 - used, "%s%s", used ? " " : "",
					    label_of(bench, &short_titles[m]));
	return out[0] ? out : "-";
}

static void draw_item(const struct workbench *bench, const struct stop_screen *at,
		      const struct canvas *canvas, int row, unsigned number)
{
	const struct stop_item *item = &at->stop->items[number];
	const struct inspection_info *inspection = &at->inspections[number];
	const struct stop_title *called = &at->titles[number];
	struct columns columns;
	char text[300];
	enum ink ink;
	columns_lay(&columns, item_specs, 5, bench, canvas, 15);
	draw_cut(canvas, row, 5, 8, INK_ACCENT, shown_id(item->item));
	text_format(text, sizeof(text), "%s%s%s", called->title ? label_of(bench, called->title) : item->assessment,
		    called->code[0] ? "  " : "", called->code);
	columns_cell(&columns, canvas, row, 0, INK_TEXT, text);
	columns_cell(&columns, canvas, row, 1,
		     strcmp(item->origin, "document") == 0 ? INK_WARN : INK_DIM, item->ask);
	columns_cell(&columns, canvas, row, 2, INK_DIM,
		     methods_text(bench, inspection->methods, text));
	const char *mark = visit_mark(inspection->document, &ink);
	columns_cell(&columns, canvas, row, 3, ink, mark);
	mark = visit_mark(inspection->site, &ink);
	columns_cell(&columns, canvas, row, 4, ink, mark);
}

static void draw_place(const struct workbench *bench, const struct stop_screen *at,
		       const struct canvas *canvas, int row, unsigned number)
{
	const struct stop_place *place = &at->stop->places[number];
	const struct site_info *site = stop_site(at, place->place);
	const int half = canvas->cols / 2;
	/* what stands on a list alone has a number and no name */
	draw_cut(canvas, row, 5, place->name[0] ? 8 : half - 7, INK_ACCENT, place->place);
	draw_cut(canvas, row, 15, half - 17, INK_TEXT, place->name);
	if (!site)
		return;
	const bool late = site->calibrated_to[0] && strcmp(site->calibrated_to, at->stop->day) < 0;
	char accuracy[80];
	cluster_cut(site->accuracy, strlen(site->accuracy), MOST_ACCURACY, accuracy, sizeof(accuracy));
	if (site->calibrated_to[0])
		draw_format(canvas, row, half, late ? INK_WARN : INK_DIM,
			    tell(bench, "%s%s 检定至 %s", "%s%s calibrated to %s"),
			    late ? "! " : "", accuracy, site->calibrated_to);
	else if (site->energy_share[0])
		draw_format(canvas, row, half, INK_DIM, tell(bench, "能耗 %s %%", "energy %s %%"),
			    site->energy_share);
	else
		draw_cut(canvas, row, half, half - 2, INK_DIM, place->note);
}

static void draw_person(const struct workbench *bench, const struct stop_screen *at,
			const struct canvas *canvas, int row, unsigned number)
{
	const struct stop_person *person = &at->stop->people[number];
	const char *time = strchr(person->signed_at, 'T');
	draw_text(canvas, row, 5, person->has_signed ? INK_OK : INK_DIM,
		  person->has_signed ? "✓" : "◦");
	draw_cut(canvas, row, 7, 26, INK_TEXT, person->person);
	draw_cut(canvas, row, 35, canvas->cols - 37, INK_DIM,
		 person->has_signed ? (time ? time + 1 : person->signed_at)
				    : tell(bench, "未签到，Enter 签到", "not signed in; Enter signs"));
}

static void draw_note(const struct workbench *bench, const struct stop_screen *at,
		      const struct canvas *canvas, int row, unsigned number)
{
	const struct note_info *note = &at->notes[number];
	const char *to = note->items[0] ? note->items
			 : note->dropped[0] ? tell(bench, "不归条款", "to no item")
					    : tell(bench, "未归", "not filed");
	const int cols = text_columns(to) < 20 ? text_columns(to) : 20;
	const char *time = strchr(note->at, 'T');
	draw_cut(canvas, row, 5, 5, INK_DIM, time ? time + 1 : "");
	draw_cut(canvas, row, 12, canvas->cols - cols - 16, INK_TEXT, note->text);
	draw_cut(canvas, row, canvas->cols - 2 - cols, cols, note->is_filed ? INK_ACCENT : INK_WARN,
		 to);
}

static void draw_interview(const struct workbench *bench, const struct stop_screen *at,
			   const struct canvas *canvas, int row, unsigned number)
{
	const struct interview_info *interview = &at->interviews[number];
	const char *state = interview->agreed_on[0] ? tell(bench, "✓ 已确认", "✓ agreed")
						    : tell(bench, "未确认", "not agreed to");
	const int cols = text_columns(state);
	draw_cut(canvas, row, 5, 16, INK_TEXT, interview->person);
	draw_cut(canvas, row, 23, canvas->cols - cols - 27, INK_DIM, interview->text);
	draw_right(canvas, row, canvas->cols - 2, interview->agreed_on[0] ? INK_OK : INK_DIM, state);
}

static void draw_photo(const struct workbench *bench, const struct stop_screen *at,
		       const struct canvas *canvas, int row, unsigned number)
{
	const struct photo_info *photo = &at->photos[number];
	const char *time = strchr(photo->taken_at, 'T');
	const bool is_given = photo->stop[0] != '\0';
	if (time)
		draw_format(canvas, row, 5, INK_DIM, "%.5s", time + 1);
	const char *state = !is_given	      ? tell(bench, "时间相合，Enter 归入", "the time fits; Enter takes it")
			    : photo->place[0] ? photo->place
					      : tell(bench, "✓ 属于本站，F3 写地点", "✓ of this stop, F3 says the place");
	draw_cut(canvas, row, 12, canvas->cols - 40, INK_TEXT, photo->name);
	draw_right(canvas, row, canvas->cols - 2, !is_given ? INK_WARN : photo->place[0] ? INK_ACCENT : INK_OK, state);
}

static void draw_end(const struct workbench *bench, enum stop_group group,
		     const struct canvas *canvas, int row)
{
	static const struct label adds[N_STOP_GROUPS] = {
		[STOP_ITEMS] = { "+ 加条款", "+ an item" },
		[STOP_PLACES] = { "+ 加地点或器具", "+ a place or meter" },
		[STOP_PEOPLE] = { "+ 加人", "+ a person" },
		[STOP_NOTES] = { "+ 记一笔", "+ a note" },
		[STOP_INTERVIEWS] = { "+ 加访谈", "+ an interview" },
		[STOP_PHOTOS] = { "+ 按时间归入照片", "+ photos by their time" },
	};
	draw_text(canvas, row, 5, INK_DIM, label_of(bench, &adds[group]));
}

static void draw_row(const struct workbench *bench, const struct stop_screen *at,
		     const struct canvas *canvas, int row, const struct stop_row *of)
{
	static void (*const draw[])(const struct workbench *, const struct stop_screen *,
				    const struct canvas *, int, unsigned) = {
		[STOP_ITEMS] = draw_item, [STOP_PLACES] = draw_place, [STOP_PEOPLE] = draw_person,
		[STOP_NOTES] = draw_note, [STOP_INTERVIEWS] = draw_interview,
		[STOP_PHOTOS] = draw_photo,
	};
	if (of->at < stop_count(at, of->group))
		draw[of->group](bench, at, canvas, row, of->at);
	else
		draw_end(bench, of->group, canvas, row);
}

/* ---- the whole ---- */

static void draw_group_title(const struct workbench *bench, const struct stop_screen *at,
			     const struct canvas *canvas, int row, enum stop_group group)
{
	const struct stop_row *here = stop_row(at);
	const bool has_focus = here && here->group == group;
	const unsigned n = stop_count(at, group);
	const int col = draw_text(canvas, row, 3, has_focus ? INK_TITLE : INK_DIM,
				  label_of(bench, &stop_group_titles[group]));
	if (n)
		draw_format(canvas, row, col + 2, INK_DIM, "%u", n);
	if (group == STOP_ITEMS) {
		struct columns columns;
		columns_lay(&columns, item_specs, 5, bench, canvas, 15);
		columns_titles(&columns, bench, canvas, row);
	}
}

static void draw_times(const struct workbench *bench, const struct stop_info *stop,
		       const struct canvas *canvas, int row)
{
	char planned[40], done[40];
	snprintf(planned, sizeof(planned), "%.10s %.5s-%.5s", stop->day, stop->from, stop->to);
	snprintf(done, sizeof(done), "%.5s-%.5s", stop->done_from, stop->done_to);
	int col = draw_text(canvas, row, 3, INK_DIM, tell(bench, "计划", "plan"));
	col = draw_text(canvas, row, col + 2, INK_TEXT, planned) + 3;
	col = draw_text(canvas, row, col, INK_DIM, tell(bench, "实际", "took place"));
	col = draw_text(canvas, row, col + 2, stop->is_done ? INK_OK : INK_WARN,
			stop->is_done ? done : tell(bench, "未到，F2 到场", "not yet, F2"));
	if (canvas->cols - col - 5 >= 8)
		draw_cut(canvas, row, col + 3, canvas->cols - col - 5, INK_DIM, stop->purpose);
}

/* Titles are no rows of the list: how many stand above an entry that is seen. */
static unsigned lines_until(const struct stop_screen *at, unsigned row)
{
	unsigned titles = 0;
	for (unsigned i = at->list.first; i <= row; i++)
		titles += i == at->list.first || at->rows[i].group != at->rows[i - 1].group;
	return row - at->list.first + titles;
}

void stop_draw(struct screen *screen, const struct canvas *canvas)
{
	struct stop_screen *at = stop_of(screen);
	const struct workbench *bench = screen->bench;
	const int top = 3;
	if (!at->stop) {
		draw_text(canvas, 1, 3, INK_WARN, tell(bench, "没有这一站了", "there is no such stop"));
		return;
	}
	draw_times(bench, at->stop, canvas, 1);
	/* what does not fit is counted in the last row; every group has a title and a row at least
	 */
	const bool is_whole = (int)(at->n_rows + N_STOP_GROUPS) <= canvas->rows - top;
	const int end = is_whole ? canvas->rows : canvas->rows - 1, room = end - top;
	/* as many entries as fit with the titles above them */
	list_fit(&at->list, at->n_rows, room);
	while (at->list.first < at->list.at &&
	       (int)lines_until(at, at->list.at) + 1 > room)
		at->list.first++;
	unsigned i = at->list.first;
	for (; i < at->n_rows; i++) {
		const int row = top + (int)lines_until(at, i);
		if (row >= end)
			break;
		if (i == at->list.first || at->rows[i].group != at->rows[i - 1].group)
			draw_group_title(bench, at, canvas, row - 1, at->rows[i].group);
		draw_row(bench, at, canvas, row, &at->rows[i]);
		if (i == at->list.at)
			draw_selection(canvas, row, true);
	}
	if (i < at->n_rows)
		draw_format(canvas, canvas->rows - 1, 5, INK_DIM,
			    tell(bench, "其余 %u 行", "%u more"), at->n_rows - i);
}
