/* What opens what: the start, coming back to a place, going from screen to screen. */
#include "screens.h"

#include <string.h>
#include "commands.h"
#include "path.h"

/* Commands that the go-to menu and the overview lead to, too. */
static const struct page {
	int digit; /* the same everywhere; -1 = none */
	void (*open)(struct workbench *bench);
} pages[] = {
	{ 0, workbench_pop_all },
	{ 1, walk_resume },
	{ 2, inventory_open_screen },
	{ 3, result_open },
	{ 4, review_open },
	{ 5, certificate_open },
	{ -1, engagement_open },
	{ -1, material_open },
	{ -1, places_open },
	{ -1, plan_open },
	{ -1, coverage_open },
	{ -1, photos_open },
	{ -1, points_open },
	{ -1, note_ask },
	{ -1, paper_open_list },
	{ -1, export_open },
	{ -1, log_open },
	{ 6, import_open },
	{ 7, park_open },
	{ 8, people_open },
	{ 9, quantities_open },
	{ -1, profile_open },
	{ -1, inbox_open },
	{ -1, settings_open },
	{ -1, standards_open },
};
#define N_PAGES (sizeof(pages) / sizeof(pages[0]))

static const struct page *find_page(unsigned digit)
{
	for (unsigned i = 0; i < N_PAGES; i++)
		if (pages[i].digit == (int)digit)
			return &pages[i];
	return NULL;
}

static void open_page(struct workbench *bench, const struct page *page)
{
	workbench_pop_all(bench);
	page->open(bench);
}

bool page_open(struct workbench *bench, unsigned digit)
{
	const struct page *page = find_page(digit);
	if (page)
		open_page(bench, page);
	return page != NULL;
}

static void go_chosen(struct workbench *bench, void *context, unsigned number)
{
	(void)context;
	if (number < N_PAGES)
		open_page(bench, &pages[number]);
}

void go_open(struct workbench *bench)
{
	struct menu_row rows[N_PAGES];
	for (unsigned i = 0; i < N_PAGES; i++) {
		const struct named_command *command = command_that_runs(pages[i].open);
		rows[i] = (struct menu_row){ .digit = pages[i].digit,
					     .title = label_of(bench, &command->title),
					     .detail = label_of(bench, &command->help) };
	}
	menu_open(bench, tell(bench, "转到", "Go to"), rows, N_PAGES, 0, go_chosen, NULL);
}

bool typed_path(struct workbench *bench, const char *text, char out[PATH_TEXT])
{
	struct lt_err err = LT_ERR_INIT;
	if (path_expand(text, out))
		return true;
	path_too_long(&err);
	workbench_tell_err(bench, &err);
	return false;
}

void preview_header(const struct workbench *bench, const struct canvas *row, const char *path)
{
	const char *state = tell(bench, "预览，尚未写入", "preview, nothing written");
	const int room = row->cols - text_columns(state) - 4;
	draw_path(row, 0, 1, room, INK_TITLE, path_name(path));
	draw_right(row, 0, row->cols - 1, INK_WARN, state);
}

void screens_resume(struct workbench *bench, const struct place *place)
{
	static const struct {
		const char *screen;
		void (*open)(struct workbench *bench);
	} kept[] = { { "walk", walk_resume },
		     { "result", result_open },
		     { "explain", explain_resume },
		     { "review", review_open },
		     { "inbox", inbox_open },
		     { "plan", plan_open },
		     { "coverage", coverage_open } };
	overview_open(bench);
	for (size_t i = 0; place->screen && i < sizeof(kept) / sizeof(kept[0]); i++)
		if (strcmp(place->screen, kept[i].screen) == 0)
			kept[i].open(bench);
}
