/* Attaching evidence: a folder's files, what they are for, the place in them, a note. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "attach_files.h"
#include "field.h"
#include "figure.h"
#include "frame.h"
#include "lingtan/app/evidence.h"
#include "lingtan/base/file.h"
#include "lingtan/base/text.h"
#include "lingtan/core/locator.h"
#include "list.h"
#include "screens.h"
#include "wrap.h"

enum attach_zone { ZONE_FILES, ZONE_SLOT, ZONE_PLACE, ZONE_NOTE, N_ATTACH_ZONES };

struct attach {
	uint32_t item;
	struct attach_folder folder;
	struct list list;
	enum attach_zone zone;
	unsigned slot; /* number of the slot, or n_slots for none */
	struct edit place, note;
	/* of a tie that gets another place; sha256 "" = a file is attached */
	struct tie_place tie;
	char sha256[LT_SHA256_HEX];
	struct lt_arena arena;
	struct board_detail detail;
};

static struct attach *attach_of(const struct screen *screen)
{
	return screen->data;
}

static const struct item *decl_of(const struct screen *screen)
{
	return screen->bench->board->items[attach_of(screen)->item].plan->decl;
}

static bool is_retie(const struct attach *attach)
{
	return attach->sha256[0] != '\0';
}

static struct attach_file *file_at(const struct attach *attach)
{
	return attach->list.at < attach->folder.n_files ? &attach->folder.files[attach->list.at]
							: NULL;
}

static unsigned n_marked(const struct attach *attach)
{
	unsigned n = 0;
	for (unsigned i = 0; i < attach->folder.n_files; i++)
		n += attach->folder.files[i].is_marked;
	return n;
}

static void load_detail(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	struct lt_err err = LT_ERR_INIT;
	if (board_detail(screen->bench->board, attach->item, &attach->detail, &err) != LT_OK)
		memset(&attach->detail, 0, sizeof(attach->detail));
}

/* ---- drawing: files ---- */

static void draw_file(const struct attach *attach, const struct canvas *canvas, int row,
		      unsigned number)
{
	const struct attach_file *file = &attach->folder.files[number];
	const bool here = number == attach->list.at;
	char text[FIGURE_TEXT], bytes[32];
	const int tied = canvas->cols - 9, when = tied - 7, size = when - 2;
	if (here)
		draw_text(canvas, row, 0, INK_ACCENT, "›");
	if (file->is_marked)
		draw_text(canvas, row, 1, INK_OK, "✓");
	char name[400];
	text_format(name, sizeof(name), "%s%s", file->name, file->is_folder ? "/" : "");
	char cut[400];
	const size_t len = cluster_cut_middle(name, strlen(name), size - 10, cut, sizeof(cut));
	draw_bytes(canvas, row, 2, file->is_folder ? INK_DIM : INK_TEXT, cut, len);
	if (!file->is_folder) {
		struct tm local;
		snprintf(bytes, sizeof(bytes), "%llu", (unsigned long long)file->size);
		draw_right(canvas, row, size, INK_DIM, figure_size(bytes, text));
		localtime_r(&file->changed, &local);
		strftime(text, sizeof(text), time(NULL) - file->changed < 86400 ? "%H:%M" : "%m-%d",
			 &local);
		draw_text(canvas, row, when, INK_DIM, text);
		draw_cut(canvas, row, tied, canvas->cols - tied - 1,
			 file->tied ? INK_OK : INK_FAINT, file->tied ? file->tied : "-");
	}
	if (here)
		draw_ground(canvas, row, 0, canvas->cols - 1,
			    attach->zone == ZONE_FILES ? GROUND_SELECTION : GROUND_STANDING);
}

static void draw_files(struct screen *screen, const struct canvas *canvas)
{
	struct attach *attach = attach_of(screen);
	const struct workbench *bench = screen->bench;
	const int tied = canvas->cols - 9;
	draw_text(canvas, 0, 2, INK_DIM, tell(bench, "文件", "File"));
	draw_right(canvas, 0, tied - 9, INK_DIM, tell(bench, "大小", "size"));
	draw_text(canvas, 0, tied - 7, INK_DIM, tell(bench, "时间", "time"));
	draw_text(canvas, 0, tied, INK_DIM, tell(bench, "已挂", "tied"));
	list_fit(&attach->list, attach->folder.n_files, canvas->rows - 2);
	for (unsigned i = attach->list.first; i < list_end(&attach->list); i++)
		draw_file(attach, canvas, 1 + (int)(i - attach->list.first), i);
	if (attach->folder.n_files == 0)
		draw_text(
			canvas, 1, 2, INK_DIM,
			tell(bench, "这里没有文件，F6 换目录", "no files here, F6 changes folder"));
	else if (list_end(&attach->list) < attach->folder.n_files)
		draw_format(canvas, canvas->rows - 1, 2, INK_DIM,
			    tell(bench, "其余 %u 件", "%u more"),
			    attach->folder.n_files - list_end(&attach->list));
	if (attach->zone == ZONE_FILES)
		draw_cursor(canvas, 1 + (int)(attach->list.at - attach->list.first), 0);
}

/* The first lines of a text; of anything else what is known without opening it. */
static void draw_preview(struct screen *screen, const struct canvas *canvas)
{
	const struct attach *attach = attach_of(screen);
	const struct attach_file *file = file_at(attach);
	char path[4200];
	struct lt_arena arena;
	struct lt_err ignored = LT_ERR_INIT;
	const char *text = NULL;
	size_t len = 0, at;
	if (!file || canvas->cols < 20)
		return;
	draw_cut(canvas, 0, 0, canvas->cols, INK_TITLE, file->name);
	if (file->is_folder || file->size > 65536 ||
	    !attach_folder_path(&attach->folder, file->name, path, sizeof(path)))
		return;
	lt_arena_init(&arena, 0);
	if (lt_file_read(path, 65536, &arena, &text, &len, &ignored) == LT_OK &&
	    lt_text_check(text, len, &at) == LT_TEXT_OK) {
		at = 0;
		for (int row = 2; row < canvas->rows && at < len; row++) {
			const struct wrap_line line = wrap_line(text, len, at, canvas->cols);
			draw_typed(canvas, row, 0, INK_DIM, text + line.from, line.to - line.from);
			if (line.is_last)
				break;
			at = line.next;
		}
	}
	lt_arena_release(&arena);
}

/* ---- drawing: what for, where ---- */

static int draw_slots(struct screen *screen, const struct canvas *canvas)
{
	const struct attach *attach = attach_of(screen);
	const struct workbench *bench = screen->bench;
	const unsigned n = attach->detail.n_slots;
	draw_text(canvas, 0, 1, INK_DIM, tell(bench, "用途", "For"));
	for (unsigned i = 0; i <= n && (int)i < canvas->rows; i++) {
		const bool chosen = i == attach->slot;
		const char *title = i < n ? label_of(bench, &attach->detail.slots[i].decl->title)
					  : tell(bench, "其他", "other");
		if (chosen)
			draw_text(canvas, (int)i, 6, INK_ACCENT, "›");
		draw_format(canvas, (int)i, 7, INK_KEY, "%u", i + 1);
		const int end = canvas->cols - 6;
		draw_cut(canvas, (int)i, 9, end - 9, chosen ? INK_TITLE : INK_TEXT, title);
		if (i < n && attach->detail.slots[i].n_ties > 0)
			draw_text(canvas, (int)i, end + 1, INK_OK, tell(bench, "已有", "has"));
		if (chosen && attach->zone == ZONE_SLOT) {
			draw_ground(canvas, (int)i, 6, canvas->cols - 7, GROUND_SELECTION);
			draw_cursor(canvas, (int)i, 6);
		}
	}
	return (int)n + 1;
}

static void draw_line(struct screen *screen, const struct canvas *canvas, int row,
		      const char *label, struct edit *edit, bool has_focus)
{
	(void)screen;
	draw_text(canvas, row, 0, INK_DIM, label);
	const struct canvas line = canvas_part(canvas, row, 7, 1, -1);
	field_draw(edit, &line, INK_TEXT, has_focus);
	draw_ground(&line, 0, 0, line.cols, has_focus ? GROUND_INPUT : GROUND_FIELD);
}

static void draw_entry(struct screen *screen, const struct canvas *canvas)
{
	struct attach *attach = attach_of(screen);
	const struct workbench *bench = screen->bench;
	const bool narrow = canvas->cols < 70;
	const struct canvas left = canvas_part(canvas, 0, 0, narrow ? canvas->rows - 3 : 0,
					       narrow ? canvas->cols : canvas->cols / 2);
	const struct canvas right = narrow ? canvas_part(canvas, canvas->rows - 3, 1, 0, 0)
					   : canvas_part(canvas, 0, canvas->cols / 2 + 1, 0, 0);
	draw_slots(screen, &left);
	draw_line(screen, &right, 0, tell(bench, "定位", "Place"), &attach->place,
		  attach->zone == ZONE_PLACE);
	draw_cut(&right, 1, 7, right.cols - 8, INK_DIM,
		 tell(bench, "写到页、表、段；照片写拍的是什么",
		      "page, table, section; for a photo what it shows"));
	draw_line(screen, &right, 2, tell(bench, "说明", "Note"), &attach->note,
		  attach->zone == ZONE_NOTE);
}

static void attach_draw(struct screen *screen, const struct canvas *canvas)
{
	struct attach *attach = attach_of(screen);
	struct workbench *bench = screen->bench;
	char title[300], right[300], where[120];
	const struct item *decl = decl_of(screen);
	text_format(title, sizeof(title), "%s  %s %s",
		    is_retie(attach) ? tell(bench, "改定位", "Another place")
				     : tell(bench, "挂佐证", "Attach"),
		    shown_id(decl->id), label_of(bench, &decl->title));
	where[cluster_cut_front(attach->folder.path, strlen(attach->folder.path), 30, where,
				sizeof(where) - 1)] = '\0';
	text_format(right, sizeof(right),
		    tell(bench, "%s  %u 件  未挂 %u", "%s  %u files, %u not tied"), where,
		    attach->folder.n_files, attach->folder.n_untied);
	const int slots = (int)attach->detail.n_slots + 1;
	const int entry = canvas->cols < 80 ? slots + 3 : slots > 4 ? slots : 4;
	const int rows = is_retie(attach) ? entry + 2 : canvas->rows - 3;
	const struct canvas inside =
		frame_popup(bench, canvas, rows, 90, false, title, is_retie(attach) ? NULL : right);
	const int room = entry < inside.rows - 6 || is_retie(attach) ? entry : inside.rows - 6;
	const struct canvas lower = canvas_part(&inside, inside.rows - room - 1, 1, room, -1);
	if (!is_retie(attach)) {
		const int height = inside.rows - room - 3;
		const bool two = inside.cols >= 80;
		const struct canvas files = canvas_part(&inside, 1, 1, height,
							two ? inside.cols - 36 : inside.cols - 2);
		const struct canvas preview = canvas_part(&inside, 1, inside.cols - 32, height, 30);
		draw_files(screen, &files);
		if (two) {
			draw_upright(&inside, inside.cols - 35, 1, height);
			draw_preview(screen, &preview);
		}
		draw_fill(&inside, height + 1, 1, inside.cols - 2, INK_FAINT, "─");
	}
	draw_entry(screen, &lower);
	if (n_marked(attach) > 0)
		draw_format(&inside, inside.rows - 1, 2, INK_OK,
			    tell(bench, "已选 %u 件", "%u chosen"), n_marked(attach));
}

/* ---- attaching ---- */

static const char *slot_id(const struct attach *attach)
{
	return attach->slot < attach->detail.n_slots ? attach->detail.slots[attach->slot].decl->slot
						     : NULL;
}

static bool attach_one(struct screen *screen, const char *name, const char *reason, bool *vague)
{
	struct attach *attach = attach_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	struct attached out;
	char path[4200], command[600];
	if (!attach_folder_path(&attach->folder, name, path, sizeof(path)))
		return false;
	text_format(command, sizeof(command), "attach %s %s", decl_of(screen)->id, name);
	workbench_begin(bench, command);
	workbench_because(bench, reason);
	const struct new_evidence wish = { .item = decl_of(screen)->id,
					   .path = path,
					   .locator = edit_text(&attach->place),
					   .note = edit_length(&attach->note)
							   ? edit_text(&attach->note)
							   : NULL,
					   .slot = slot_id(attach) };
	const enum lt_status status =
		session_attach(bench->session, bench->ref, &wish, &out, &bench->findings, &err);
	*vague |= !status && out.vague;
	return workbench_end(bench, status, &err, true);
}

static void read_again(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	struct lt_err err = LT_ERR_INIT;
	char path[sizeof(attach->folder.path)];
	snprintf(path, sizeof(path), "%s", attach->folder.path);
	if (attach_folder_read(&attach->folder, screen->bench, path, decl_of(screen)->id, &err) !=
	    LT_OK)
		workbench_tell_err(screen->bench, &err);
}

static void attach_all(struct screen *screen, const char *reason)
{
	struct attach *attach = attach_of(screen);
	struct workbench *bench = screen->bench;
	const bool many = n_marked(attach) > 0;
	const struct attach_file *single = file_at(attach);
	unsigned done = 0, wanted = 0;
	bool vague = false;
	for (unsigned i = 0; i < attach->folder.n_files; i++) {
		struct attach_file *file = &attach->folder.files[i];
		if (file->is_folder || (many ? !file->is_marked : file != single))
			continue;
		wanted++;
		if (!attach_one(screen, file->name, reason, &vague))
			break;
		done++;
	}
	if (done < wanted || wanted == 0)
		return;
	read_again(screen);
	load_detail(screen);
	edit_set(&attach->place, "", 0);
	edit_set(&attach->note, "", 0);
	attach->zone = ZONE_FILES;
	workbench_tell(bench, vague ? NOTICE_WARN : NOTICE_DONE,
		       tell(bench, "已挂 %u 份，本条共 %u 份%s", "%u attached, %u on this item%s"),
		       done, attach->detail.n_ties,
		       vague ? tell(bench, "；定位笼统，提交前要写到页表段",
				    "; the place is vague, name page or table before submitting")
			     : "");
}

static void retie(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	char command[200];
	bool done = false;
	struct tie_place to = attach->tie;
	to.locator = edit_text(&attach->place);
	to.note = edit_length(&attach->note) ? edit_text(&attach->note) : NULL;
	to.slot = slot_id(attach);
	snprintf(command, sizeof(command), "retie %s", decl_of(screen)->id);
	workbench_begin(bench, command);
	const enum lt_status status = session_retie(bench->session, bench->ref, &attach->tie, &to,
						    &bench->findings, &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_pop(bench);
}

static void take(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	struct workbench *bench = screen->bench;
	const struct attach_file *file = file_at(attach);
	char path[4200];
	struct lt_err err = LT_ERR_INIT;
	if (!is_retie(attach) && attach->zone == ZONE_FILES && file && file->is_folder) {
		if (attach_folder_path(&attach->folder, file->name, path, sizeof(path)) &&
		    attach_folder_read(&attach->folder, bench, path, decl_of(screen)->id, &err))
			workbench_tell_err(bench, &err);
		attach->list.at = 0;
		return;
	}
	if (!workbench_may_write(bench) || (!is_retie(attach) && !file))
		return;
	if (edit_length(&attach->place) == 0) {
		attach->zone = ZONE_PLACE;
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "先写定位：第几页、哪张表；照片写拍的是什么",
				    "first the place: page, table; for a photo what it shows"));
		return;
	}
	if (is_retie(attach))
		retie(screen);
	else
		attach_all(screen, NULL);
}

/* ---- keys ---- */

static void folder_given(struct workbench *bench, void *context, const char *text)
{
	struct screen *top = workbench_top(bench);
	struct lt_err err = LT_ERR_INIT;
	char path[4200];
	const char *home = getenv("HOME");
	(void)context;
	if (!top || strcmp(top->kind->id, "attach") != 0)
		return;
	if (text[0] == '~' && home)
		snprintf(path, sizeof(path), "%s%s", home, text + 1);
	else
		snprintf(path, sizeof(path), "%s", text);
	struct attach *attach = attach_of(top);
	if (attach_folder_read(&attach->folder, bench, path, decl_of(top)->id, &err) != LT_OK)
		workbench_tell_err(bench, &err);
	attach->list.at = 0;
}

static void change_folder(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	ask_open(bench, tell(bench, "换目录", "Another folder"),
		 tell(bench, "文件夹的路径，如 /media/usb 或 ~/现场",
		      "path of a folder, such as /media/usb or ~/visit"),
		 attach_of(screen)->folder.path, true, NULL, folder_given, NULL);
}

static void go_above(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	struct lt_err err = LT_ERR_INIT;
	char path[sizeof(attach->folder.path)];
	attach_folder_above(&attach->folder, path, sizeof(path));
	if (attach_folder_read(&attach->folder, screen->bench, path, decl_of(screen)->id, &err))
		workbench_tell_err(screen->bench, &err);
	attach->list.at = 0;
}

static bool files_key(struct screen *screen, const struct event *event)
{
	struct attach *attach = attach_of(screen);
	struct attach_file *file = file_at(attach);
	if (event->key == K_LEFT || event->key == K_BACKSPACE) {
		go_above(screen);
		return true;
	}
	if (key_ascii(event) == ' ' && file && !file->is_folder) {
		file->is_marked = !file->is_marked;
		attach->list.at += attach->list.at + 1 < attach->folder.n_files;
		return true;
	}
	return list_key(&attach->list, event);
}

static bool slot_key(struct attach *attach, const struct event *event)
{
	const int digit = key_digit(event);
	if (event->key == K_UP || event->key == K_DOWN) {
		const unsigned to = attach->slot + (event->key == K_UP ? -1u : 1u);
		if (to <= attach->detail.n_slots)
			attach->slot = to;
		return true;
	}
	if (digit < 1 || (unsigned)digit > attach->detail.n_slots + 1)
		return digit >= 0;
	attach->slot = (unsigned)digit - 1;
	attach->zone = ZONE_PLACE;
	return true;
}

static void turn(struct attach *attach, int by)
{
	const int first = is_retie(attach) ? ZONE_SLOT : ZONE_FILES;
	const int n = N_ATTACH_ZONES - first;
	attach->zone = (enum attach_zone)(first + ((int)attach->zone - first + by + n) % n);
}

static bool attach_key(struct screen *screen, const struct event *event)
{
	struct attach *attach = attach_of(screen);
	const int digit = key_digit(event);
	if (event->key == K_TAB || event->key == K_BACKTAB) {
		turn(attach, event->key == K_TAB ? 1 : -1);
		return true;
	}
	switch (attach->zone) {
	case ZONE_FILES:
		/* a digit says what the file is for, without turning there first */
		if (digit >= 1)
			return slot_key(attach, event);
		return files_key(screen, event);
	case ZONE_SLOT:
		return slot_key(attach, event);
	case ZONE_PLACE:
	case ZONE_NOTE:
		if (event->key == K_UP || event->key == K_DOWN) {
			turn(attach, event->key == K_UP ? -1 : 1);
			return true;
		}
		return field_type(screen->bench,
				  attach->zone == ZONE_PLACE ? &attach->place : &attach->note,
				  event) != FIELD_IGNORED;
	default:
		return false;
	}
}

static bool attach_is_typing(const struct screen *screen)
{
	const struct attach *attach = attach_of(screen);
	return attach->zone == ZONE_PLACE || attach->zone == ZONE_NOTE;
}

static void attach_changed(struct screen *screen)
{
	load_detail(screen);
}

static void attach_close(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	if (attach->folder.path[0])
		setting_keep(screen->bench->sitting->who.state_home, "attach-folder",
			     attach->folder.path);
	edit_release(&attach->place);
	edit_release(&attach->note);
	attach_folder_release(&attach->folder);
	lt_arena_release(&attach->arena);
	free(attach);
}

static bool has_files(const struct screen *screen)
{
	return !is_retie(attach_of(screen));
}

static const struct action attach_actions[] = {
	{ .key = K_ENTER,
	  .title = { "挂上", "attach" },
	  .help = { "挂上；在文件夹上进入", "attach; enters a folder" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = take },
	{ .keys = { "Tab", "Tab" },
	  .title = { "换区", "zone" },
	  .help = { "文件、用途、定位、说明", "files, purpose, place, note" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .keys = { "1-9", "1-9" },
	  .title = { "用途", "for" },
	  .help = { "选用途，并到定位", "choose the purpose, go on to the place" },
	  .group = GROUP_ANSWER,
	  .in_foot = true },
	{ .keys = { "空格", "space" },
	  .title = { "多选", "several" },
	  .help = { "选几件，同一定位一起挂", "several files with the same place" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_files },
	{ .keys = { "左", "left" },
	  .title = { "上一层", "folder above" },
	  .group = GROUP_MOVE,
	  .is_live = has_files },
	{ .key = K_F6,
	  .title = { "换目录", "folder" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = has_files,
	  .run = change_folder },
};

static const struct screen_kind attach_kind = {
	.id = "attach",
	.title = { "挂佐证", "Attach" },
	.size = SIZE_POPUP,
	.actions = attach_actions,
	.n_actions = sizeof(attach_actions) / sizeof(attach_actions[0]),
	.needs_project = true,
	.draw = attach_draw,
	.key = attach_key,
	.is_typing = attach_is_typing,
	.changed = attach_changed,
	.close = attach_close,
};

/* ---- opening ---- */

static struct screen *open_popup(struct workbench *bench, uint32_t item)
{
	struct attach *attach = workbench_room(bench, sizeof(*attach));
	const struct edit_options options = { .is_multiline = false };
	if (!attach)
		return NULL;
	attach->item = item;
	edit_init(&attach->place, &options);
	edit_init(&attach->note, &options);
	attach_folder_init(&attach->folder);
	lt_arena_init(&attach->arena, 0);
	struct screen *screen = workbench_push(bench, &attach_kind, attach);
	if (screen)
		load_detail(screen);
	return screen;
}

/* The first slot without a file. */
static unsigned open_slot(const struct attach *attach)
{
	for (unsigned i = 0; i < attach->detail.n_slots; i++)
		if (attach->detail.slots[i].n_ties == 0)
			return i;
	return attach->detail.n_slots;
}

void attach_open(struct workbench *bench, uint32_t item)
{
	struct lt_err err = LT_ERR_INIT;
	struct screen *screen = open_popup(bench, item);
	if (!screen)
		return;
	struct attach *attach = attach_of(screen);
	const char *kept =
		setting_find(bench->sitting->who.state_home, "attach-folder", &attach->arena);
	attach->slot = open_slot(attach);
	if (kept &&
	    attach_folder_read(&attach->folder, bench, kept, decl_of(screen)->id, &err) == LT_OK)
		return;
	err = (struct lt_err)LT_ERR_INIT;
	if (attach_folder_read(&attach->folder, bench, ".", decl_of(screen)->id, &err) != LT_OK)
		workbench_tell_err(bench, &err);
}

static const char *keep_text(struct attach *attach, const char *text)
{
	return text && text[0] ? lt_arena_printf(&attach->arena, "%s", text) : NULL;
}

void retie_open(struct workbench *bench, uint32_t item, unsigned number)
{
	struct lt_err err = LT_ERR_INIT;
	struct screen *screen = open_popup(bench, item);
	if (!screen)
		return;
	struct attach *attach = attach_of(screen);
	if (number >= attach->detail.n_ties) {
		workbench_pop(bench);
		return;
	}
	const struct board_tie *tie = &attach->detail.ties[number];
	snprintf(attach->sha256, sizeof(attach->sha256), "%s", tie->sha256);
	attach->tie = (struct tie_place){ .item = decl_of(screen)->id,
					  .sha256 = attach->sha256,
					  .type = keep_text(attach, tie->type),
					  .locator = keep_text(attach, tie->locator),
					  .page = keep_text(attach, tie->page),
					  .table = keep_text(attach, tie->table),
					  .note = keep_text(attach, tie->note),
					  .slot = keep_text(attach, tie->slot) };
	attach->slot = attach->detail.n_slots;
	for (unsigned i = 0; i < attach->detail.n_slots; i++)
		if (tie->slot && strcmp(attach->detail.slots[i].decl->slot, tie->slot) == 0)
			attach->slot = i;
	const char *place = attach->tie.locator ? attach->tie.locator : "";
	const char *note = attach->tie.note ? attach->tie.note : "";
	attach->zone = ZONE_PLACE;
	/* words that are not all there must not be written over */
	if (strcmp(place, tie->locator ? tie->locator : "") == 0 &&
	    strcmp(note, tie->note ? tie->note : "") == 0 &&
	    edit_set(&attach->place, place, strlen(place)) == EDIT_DONE &&
	    edit_set(&attach->note, note, strlen(note)) == EDIT_DONE)
		return;
	workbench_pop(bench);
	lt_err_memory(&err);
	workbench_tell_err(bench, &err);
}
