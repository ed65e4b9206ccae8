#include "file_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "lingtan/core/locator.h"
#include "path.h"

static const struct {
	const char *name;
	struct label title;
} orders[N_FILE_ORDERS] = {
	[BY_TIME] = { "time", { "按时间", "by time" } },
	[BY_NAME] = { "name", { "按名称", "by name" } },
	[BY_SIZE] = { "size", { "按大小", "by size" } },
	[BY_KIND] = { "kind", { "按类型", "by kind" } },
};

/* ---- life ---- */

void file_list_init(struct file_list *files, const char *item)
{
	memset(files, 0, sizeof(*files));
	attach_folder_init(&files->folder);
	file_preview_init(&files->preview);
	snprintf(files->item, sizeof(files->item), "%s", item);
}

void file_list_release(struct file_list *files)
{
	attach_folder_release(&files->folder);
	file_preview_release(&files->preview);
}

static enum lt_status read_folder(struct file_list *files, struct workbench *bench,
				  const char *path, struct lt_err *err)
{
	return attach_folder_read(&files->folder, bench, path, files->item, files->order, err);
}

/* Of the document that was tied last: its name, in the arena, and the page; NULL = there is none.
 * It is kept as a line: the page, a tab, the name. */
static const char *last_document(const struct workbench *bench, struct lt_arena *arena,
				 unsigned *page)
{
	const char *kept = setting_find(bench->sitting->who.state_home, "attach-last", arena);
	const char *tab = kept ? strchr(kept, '\t') : NULL;
	*page = tab ? (unsigned)strtoul(kept, NULL, 10) : 0;
	return tab ? tab + 1 : NULL;
}

void file_list_open(struct file_list *files, struct workbench *bench)
{
	const char *home = bench->sitting->who.state_home;
	struct lt_arena arena;
	struct lt_err err = LT_ERR_INIT;
	unsigned page;
	lt_arena_init(&arena, 0);
	const char *order = setting_find(home, "attach-order", &arena);
	const char *kept = setting_find(home, "attach-folder", &arena);
	for (unsigned i = 0; order && i < N_FILE_ORDERS; i++)
		if (strcmp(orders[i].name, order) == 0)
			files->order = (enum file_order)i;
	if (!kept || read_folder(files, bench, kept, &err) != LT_OK)
		file_list_go(files, bench, ".");
	const char *last = last_document(bench, &arena, &page);
	if (last)
		file_list_find(files, last);
	lt_arena_release(&arena);
}

void file_list_keep(const struct file_list *files, const struct workbench *bench)
{
	const char *home = bench->sitting->who.state_home;
	if (!files->folder.path[0])
		return;
	setting_keep(home, "attach-folder", files->folder.path);
	setting_keep(home, "attach-order", orders[files->order].name);
}

/* ---- where ---- */

void file_list_go(struct file_list *files, struct workbench *bench, const char *path)
{
	struct lt_err err = LT_ERR_INIT;
	char full[PATH_TEXT];
	enum lt_status status = LT_OK;
	/* only what a person typed begins so; a folder's own name may end with a blank */
	if (path[0] == '~' && !path_expand(path, full))
		status = path_too_long(&err);
	if (!status)
		status = read_folder(files, bench, path[0] == '~' ? full : path, &err);
	if (status)
		workbench_tell_err(bench, &err);
	files->list.at = 0;
}

void file_list_read_again(struct file_list *files, struct workbench *bench)
{
	struct lt_err err = LT_ERR_INIT;
	char path[sizeof(files->folder.path)], name[400] = "";
	const struct attach_file *at = file_list_at(files);
	if (at)
		snprintf(name, sizeof(name), "%s", at->name);
	snprintf(path, sizeof(path), "%s", files->folder.path);
	if (read_folder(files, bench, path, &err) != LT_OK)
		workbench_tell_err(bench, &err);
	file_list_find(files, name);
}

struct attach_file *file_list_at(const struct file_list *files)
{
	return files->list.at < files->folder.n_files ? &files->folder.files[files->list.at] : NULL;
}

bool file_list_path(const struct file_list *files, char *out, size_t cap)
{
	const struct attach_file *file = file_list_at(files);
	struct lt_err ignored = LT_ERR_INIT;
	return file && attach_folder_path(&files->folder, file->name, out, cap, &ignored) == LT_OK;
}

unsigned file_list_n_marked(const struct file_list *files)
{
	unsigned n = 0;
	for (unsigned i = 0; i < files->folder.n_files; i++)
		n += files->folder.files[i].is_marked;
	return n;
}

bool file_list_find(struct file_list *files, const char *name)
{
	for (unsigned i = 0; i < files->folder.n_files; i++)
		if (strcmp(files->folder.files[i].name, name) == 0) {
			files->list.at = i;
			return true;
		}
	return false;
}

bool file_list_enter(struct file_list *files, struct workbench *bench)
{
	const struct attach_file *file = file_list_at(files);
	struct lt_err err = LT_ERR_INIT;
	char path[PATH_TEXT];
	if (!file || !file->is_folder)
		return false;
	if (attach_folder_path(&files->folder, file->name, path, sizeof(path), &err) == LT_OK)
		file_list_go(files, bench, path);
	else
		workbench_tell_err(bench, &err);
	return true;
}

void file_list_turn_order(struct file_list *files, struct workbench *bench)
{
	const struct attach_file *at = file_list_at(files);
	const char *name = at ? at->name : "";
	files->order = (enum file_order)((files->order + 1) % N_FILE_ORDERS);
	/* not read again: what is marked stays so */
	attach_folder_sort(&files->folder, files->order);
	file_list_find(files, name);
	workbench_tell(bench, NOTICE_DONE, "%s", label_of(bench, &orders[files->order].title));
}

bool file_list_key(struct file_list *files, struct workbench *bench, const struct event *event)
{
	struct attach_file *file = file_list_at(files);
	if (event->key == K_LEFT || event->key == K_BACKSPACE) {
		char path[sizeof(files->folder.path)];
		attach_folder_above(&files->folder, path, sizeof(path));
		file_list_go(files, bench, path);
		return true;
	}
	if (key_ascii(event) == ' ' && file && !file->is_folder) {
		file->is_marked = !file->is_marked;
		files->list.at += files->list.at + 1 < files->folder.n_files;
		return true;
	}
	return list_key(&files->list, event);
}

void file_list_pause(struct file_list *files, const struct workbench *bench)
{
	const struct attach_file *file = file_list_at(files);
	char path[4200];
	if (file && !file->is_folder && file_list_path(files, path, sizeof(path)))
		file_preview_load(&files->preview, bench, path);
}

/* ---- drawing ---- */

#define WIDE_LIST 60 /* columns, from which there is room for all that is told of a file */

/* Where the columns are; in a narrow list the name has the room of the one by which it is not in order. */
struct list_columns {
	int size, when, tied; /* size: where it ends; 0 = not shown */
	int name;             /* how many the name has */
};

static struct list_columns columns_of(const struct file_list *files, int cols)
{
	const int tied = cols - 10;
	const bool is_wide = cols >= WIDE_LIST;
	if (!is_wide && files->order == BY_SIZE)
		return (struct list_columns){ .size = tied - 2, .tied = tied, .name = tied - 12 };
	const int when = tied - 7;
	return (struct list_columns){ .size = is_wide ? when - 2 : 0,
				      .when = when,
				      .tied = tied,
				      .name = is_wide ? when - 12 : when - 4 };
}

static void draw_measures(const struct attach_file *file, const struct canvas *canvas, int row,
			  const struct list_columns *at)
{
	char text[FIGURE_TEXT], bytes[32];
	struct tm local;
	const bool is_new = file->changed > time(NULL) - 86400;
	snprintf(bytes, sizeof(bytes), "%llu", (unsigned long long)file->size);
	if (at->size)
		draw_right(canvas, row, at->size, INK_DIM, figure_size(bytes, text));
	/* a file may say any time at all */
	if (at->when && localtime_r(&file->changed, &local) &&
	    strftime(text, sizeof(text), is_new ? "%H:%M" : "%m-%d", &local))
		draw_text(canvas, row, at->when, INK_DIM, text);
	draw_cut(canvas, row, at->tied, canvas->cols - at->tied - 1,
		 file->tied ? INK_OK : INK_FAINT, file->tied ? file->tied : "-");
}

static void draw_file(const struct file_list *files, const struct canvas *canvas, int row,
		      unsigned number, bool has_focus)
{
	const struct attach_file *file = &files->folder.files[number];
	const struct list_columns at = columns_of(files, canvas->cols);
	const bool here = number == files->list.at;
	char cut[400];
	if (here)
		draw_text(canvas, row, 0, INK_ACCENT, "›");
	if (file->is_marked)
		draw_text(canvas, row, 1, INK_OK, "✓");
	const size_t len = attach_folder_cut(&files->folder, number, at.name - file->is_folder, cut, sizeof(cut));
	const int end = draw_bytes(canvas, row, 2, file->is_folder ? INK_DIM : INK_TEXT, cut, len);
	if (file->is_folder)
		draw_text(canvas, row, end, INK_DIM, "/");
	else
		draw_measures(file, canvas, row, &at);
	if (here)
		draw_ground(canvas, row, 0, canvas->cols - 1,
			    has_focus ? GROUND_SELECTION : GROUND_STANDING);
}

/* How many are below, and how many are not listed. */
static void draw_rest(const struct file_list *files, const struct workbench *bench,
		      const struct canvas *canvas)
{
	const struct attach_folder *folder = &files->folder;
	const unsigned n_below = folder->n_files - list_end(&files->list);
	const int row = canvas->rows - 1;
	char odd[120];
	int col = 2;
	if (folder->is_cut)
		col = draw_format(canvas, row, col, INK_WARN,
				  tell(bench, "其余 %u 件，还有没列出的", "%u more, and some that are not listed"),
				  n_below) + 2;
	else if (n_below > 0)
		col = draw_format(canvas, row, col, INK_DIM, tell(bench, "其余 %u 件", "%u more"),
				  n_below) + 2;
	if (folder->n_odd == 0)
		return;
	text_format(odd, sizeof(odd),
		    tell(bench, "%u 件名字有乱码或控制符，改名才能挂", "%u have unreadable names: rename them"),
		    folder->n_odd);
	draw_cut(canvas, row, col, canvas->cols - col - 1, INK_WARN, odd);
}

static void draw_list(struct file_list *files, const struct workbench *bench,
		      const struct canvas *canvas, bool has_focus)
{
	const struct list_columns at = columns_of(files, canvas->cols);
	const unsigned n = files->folder.n_files;
	const int col = draw_text(canvas, 0, 2, INK_DIM, tell(bench, "文件", "File")) + 2;
	if (canvas->cols >= WIDE_LIST)
		draw_text(canvas, 0, col, INK_FAINT, label_of(bench, &orders[files->order].title));
	if (at.size)
		draw_right(canvas, 0, at.size, INK_DIM, tell(bench, "大小", "size"));
	if (at.when)
		draw_text(canvas, 0, at.when, INK_DIM, tell(bench, "时间", "time"));
	draw_text(canvas, 0, at.tied, INK_DIM, tell(bench, "已挂", "tied"));
	list_fit(&files->list, n, canvas->rows - 2);
	for (unsigned i = files->list.first; i < list_end(&files->list); i++)
		draw_file(files, canvas, 1 + (int)(i - files->list.first), i, has_focus);
	if (n == 0)
		draw_text(
			canvas, 1, 2, INK_DIM,
			tell(bench, "这里没有文件；左键上一层，或换文件夹", "no files here; Left goes up, or change the folder"));
	draw_rest(files, bench, canvas);
	if (has_focus)
		draw_cursor(canvas, 1 + (int)(files->list.at - files->list.first), 0);
}

static void draw_preview(const struct file_list *files, const struct workbench *bench,
			 const struct canvas *canvas)
{
	const struct attach_file *file = file_list_at(files);
	char path[4200];
	if (!file || !file_list_path(files, path, sizeof(path)))
		return;
	if (file->is_folder)
		draw_cut(canvas, 0, 0, canvas->cols, INK_TITLE, file->name);
	else
		file_preview_draw(&files->preview, bench, canvas, path, file);
}

#define LEAST_BOTH 80 /* columns */
#define LEAST_LIST 50

void file_list_draw_both(struct file_list *files, const struct workbench *bench,
			 const struct canvas *canvas, bool has_focus)
{
	if (canvas->cols < LEAST_BOTH) {
		if (files->shows_preview)
			draw_preview(files, bench, canvas);
		else
			draw_list(files, bench, canvas, has_focus);
		return;
	}
	const int half = canvas->cols * 55 / 100, left = half > LEAST_LIST ? half : LEAST_LIST;
	const struct canvas list = canvas_part(canvas, 0, 0, 0, left);
	const struct canvas preview = canvas_part(canvas, 0, left + 3, 0, 0);
	draw_list(files, bench, &list, has_focus);
	draw_upright(canvas, left, 0, canvas->rows);
	draw_preview(files, bench, &preview);
}

/* ---- the document of the last tie ---- */

unsigned file_list_next_page(const struct file_list *files, const struct workbench *bench)
{
	const struct attach_file *file = file_list_at(files);
	struct lt_arena arena;
	unsigned page;
	lt_arena_init(&arena, 0);
	const char *name = last_document(bench, &arena, &page);
	if (!name || !file || strcmp(name, file->name) != 0 || page == 0 || page > 99999)
		page = 0;
	lt_arena_release(&arena);
	return page ? page + 1 : 0;
}

void last_document_keep(const struct workbench *bench, const char *name, const char *place)
{
	char line[600];
	snprintf(line, sizeof(line), "%u\t%.500s", locator_page(place), name);
	setting_keep(bench->sitting->who.state_home, "attach-last", line);
}
