/* Attaching evidence: a folder's files, what they are for, the place in them, a note. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "field.h"
#include "file_list.h"
#include "figure.h"
#include "frame.h"
#include "lingtan/app/evidence.h"
#include "lingtan/app/place.h"
#include "lingtan/base/sha256.h"
#include "path.h"
#include "screens.h"
#include "wait.h"

enum attach_zone { ZONE_FILES, ZONE_SLOT, ZONE_PLACE, ZONE_NOTE, N_ATTACH_ZONES };

struct attach {
	uint32_t item;
	struct file_list files;
	enum attach_zone zone;
	unsigned slot; /* number of the slot, or n_slots for none */
	struct edit place, note;
	bool is_typed; /* a place or a note that is tied to no file yet */
	/* of a tie that gets another place; sha256 "" = a file is attached */
	struct tie_place tie;
	char sha256[LT_SHA256_HEX];
	struct lt_arena arena;
	struct board_detail detail;
};

#define NARROW 70 /* columns inside, below which place and note stand under the kinds */

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

static void load_detail(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	struct lt_err err = LT_ERR_INIT;
	if (board_detail(screen->bench->board, attach->item, &attach->detail, &err) != LT_OK)
		memset(&attach->detail, 0, sizeof(attach->detail));
}

/* ---- drafts: place and note, a line each ---- */

/* Of a tie by what it is: a file may be tied twice to an item, at two places. */
static void draft_name(const struct screen *screen, char *out, size_t cap)
{
	const struct attach *attach = attach_of(screen);
	const char *item = decl_of(screen)->id, *place = attach->tie.locator ? attach->tie.locator : "";
	char hex[LT_SHA256_HEX];
	struct lt_sha256 sha;
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, attach->sha256, strlen(attach->sha256));
	lt_sha256_add(&sha, place, strlen(place));
	lt_sha256_finish(&sha, hex);
	if (is_retie(attach))
		snprintf(out, cap, "retie.%s.%s.%.16s", screen->bench->ref->name, item, hex);
	else
		snprintf(out, cap, "attach.%s.%s", screen->bench->ref->name, item);
}

static void keep_draft(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	struct lt_arena arena;
	char name[300];
	if (!attach->is_typed)
		return;
	lt_arena_init(&arena, 0);
	const bool is_empty = !edit_length(&attach->place) && !edit_length(&attach->note);
	const char *text = is_empty ? "" : lt_arena_printf(&arena, "%s\n%s", edit_text(&attach->place), edit_text(&attach->note));
	draft_name(screen, name, sizeof(name));
	if (text && draft_keep(screen->bench->session, name, text, strlen(text)))
		attach->is_typed = false;
	lt_arena_release(&arena);
}

static bool take_draft(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	char name[300];
	draft_name(screen, name, sizeof(name));
	const char *draft = draft_find(screen->bench->session, name, &attach->arena);
	const char *note = draft ? strchr(draft, '\n') : NULL;
	return note && edit_set(&attach->place, draft, (size_t)(note - draft)) == EDIT_DONE &&
	       edit_set(&attach->note, note + 1, strlen(note + 1)) == EDIT_DONE;
}

static void drop_draft(struct screen *screen)
{
	char name[300];
	draft_name(screen, name, sizeof(name));
	draft_drop(screen->bench->session, name);
	attach_of(screen)->is_typed = false;
}

/* ---- drawing: what for, where ---- */

static void draw_slots(struct screen *screen, const struct canvas *canvas)
{
	const struct attach *attach = attach_of(screen);
	const struct workbench *bench = screen->bench;
	const unsigned n = attach->detail.n_slots;
	/* where there is one row it is the chosen one's */
	const unsigned first = canvas->rows == 1 && attach->slot <= n ? attach->slot : 0;
	draw_text(canvas, 0, 1, INK_DIM, tell(bench, "用途", "For"));
	for (unsigned i = first; i <= n && (int)(i - first) < canvas->rows; i++) {
		const int row = (int)(i - first);
		const bool chosen = i == attach->slot;
		const char *title = i < n ? label_of(bench, &attach->detail.slots[i].decl->title)
					  : tell(bench, "其他", "other");
		if (chosen)
			draw_text(canvas, row, 6, INK_ACCENT, "›");
		draw_format(canvas, row, 7, INK_KEY, "%u", i + 1);
		const int end = canvas->cols - 8;
		draw_cut(canvas, row, 9, end - 9, chosen ? INK_TITLE : INK_TEXT, title);
		if (i < n && attach->detail.slots[i].n_ties > 0)
			draw_text(canvas, row, end + 1, INK_OK, tell(bench, "已有", "has"));
		else if (i < n)
			draw_text(canvas, row, end + 1, chosen ? INK_ACCENT : INK_DIM,
				  tell(bench, "还缺", "none"));
		if (chosen && attach->zone == ZONE_SLOT) {
			draw_ground(canvas, row, 6, canvas->cols - 7, GROUND_SELECTION);
			draw_cursor(canvas, row, 6);
		}
	}
}

static void draw_line(const struct canvas *canvas, int row, const char *label, struct edit *edit,
		      bool has_focus)
{
	draw_text(canvas, row, 0, INK_DIM, label);
	const struct canvas line = canvas_part(canvas, row, 7, 1, -1);
	draw_ground(&line, 0, 0, line.cols, has_focus ? GROUND_INPUT : GROUND_FIELD);
	field_draw(edit, &line, INK_TEXT, has_focus);
}

static void draw_entry(struct screen *screen, const struct canvas *canvas)
{
	struct attach *attach = attach_of(screen);
	const struct workbench *bench = screen->bench;
	const bool narrow = canvas->cols < NARROW;
	const struct canvas left = canvas_part(canvas, 0, 0, narrow ? canvas->rows - 3 : 0,
					       narrow ? canvas->cols : canvas->cols / 2);
	const struct canvas right = narrow ? canvas_part(canvas, canvas->rows - 3, 1, 0, 0)
					   : canvas_part(canvas, 0, canvas->cols / 2 + 1, 0, 0);
	draw_slots(screen, &left);
	draw_line(&right, 0, tell(bench, "定位", "Place"), &attach->place,
		  attach->zone == ZONE_PLACE);
	draw_cut(&right, 1, 7, right.cols - 8, INK_DIM,
		 tell(bench, "写到页、表、段；照片写拍的是什么",
		      "page, table, section; for a photo what it shows"));
	draw_line(&right, 2, tell(bench, "说明", "Note"), &attach->note, attach->zone == ZONE_NOTE);
}

/* What the item has once this is attached, of the kinds of evidence that are asked for. */
static void draw_after(struct screen *screen, const struct canvas *inside, int row)
{
	const struct attach *attach = attach_of(screen);
	const struct workbench *bench = screen->bench;
	const unsigned n_marked = file_list_n_marked(&attach->files);
	const unsigned n = attach->detail.n_ties + (n_marked ? n_marked : 1);
	unsigned missing = 0;
	for (unsigned i = 0; i < attach->detail.n_slots; i++)
		missing += i != attach->slot && attach->detail.slots[i].n_ties == 0;
	const char *promise = tell(bench, "文件复制进项目，原件不动", "copied; the original stays");
	const int end = draw_right(inside, row, inside->cols - 2, INK_DIM, promise) - 2;
	int col = draw_text(inside, row, 2, INK_DIM, tell(bench, "挂上后", "Then")) + 2;
	col = draw_format(inside, row, col, missing ? INK_TEXT : INK_OK,
			  tell(bench, "%s 佐证 %u 份", "%s has %u"), shown_id(decl_of(screen)->id), n) + 2;
	if (col + 16 > end)
		return;
	if (missing)
		draw_format(inside, row, col, INK_WARN, tell(bench, "还缺 %u 种", "%u kinds missing"),
			    missing);
	else if (attach->detail.n_slots)
		draw_text(inside, row, col, INK_OK, tell(bench, "所要的已齐", "all that is asked for"));
}

static void attach_draw(struct screen *screen, const struct canvas *canvas)
{
	struct attach *attach = attach_of(screen);
	struct workbench *bench = screen->bench;
	char title[300], right[300], where[120];
	const struct item *decl = decl_of(screen);
	if (!board_detail_lives(bench->board, &attach->detail))
		load_detail(screen);
	text_format(title, sizeof(title), "%s  %s %s",
		    is_retie(attach) ? tell(bench, "改定位", "Another place")
				     : tell(bench, "挂佐证", "Attach"),
		    shown_id(decl->id), label_of(bench, &decl->title));
	const struct attach_folder *folder = &attach->files.folder;
	const bool is_narrow = canvas->cols < NARROW + 12;
	where[cluster_cut_front(folder->path, strlen(folder->path), is_narrow ? 12 : 30, where,
				sizeof(where) - 1)] = '\0';
	if (is_narrow)
		text_format(right, sizeof(right), tell(bench, "%s  未挂 %u", "%s  %u untied"),
			    where, folder->n_untied);
	else
		text_format(right, sizeof(right),
			    tell(bench, "%s  %u 件  未挂 %u", "%s  %u files, %u not tied"), where,
			    folder->n_files, folder->n_untied);
	const int slots = (int)attach->detail.n_slots + 1;
	/* low as well: what it is for is seen whole while it is chosen, the files else */
	const int seen = is_narrow && canvas->rows < 22 && attach->zone != ZONE_SLOT ? 1 : slots;
	const int entry = is_narrow ? seen + 3 : slots > 4 ? slots : 4;
	const int rows = is_retie(attach) ? entry + 2 : canvas->rows - 3;
	const struct canvas inside =
		frame_popup(bench, canvas, rows, canvas->cols >= 130 ? 118 : 90, false, title, is_retie(attach) ? NULL : right);
	const int room = entry < inside.rows - 6 || is_retie(attach) ? entry : inside.rows - 6;
	/* what follows from it is said where there are rows for it */
	const int after = !is_retie(attach) && inside.rows >= 18 ? 2 : 0;
	const struct canvas lower =
		canvas_part(&inside, inside.rows - room - 1 - after, 1, room, -1);
	if (!is_retie(attach)) {
		const int height = inside.rows - room - 3 - after;
		const struct canvas upper = canvas_part(&inside, 1, 1, height, -1);
		file_list_draw_both(&attach->files, bench, &upper, attach->zone == ZONE_FILES);
		draw_fill(&inside, height + 1, 1, inside.cols - 2, INK_FAINT, "─");
	}
	draw_entry(screen, &lower);
	if (after)
		draw_after(screen, &inside, inside.rows - 2);
	if (file_list_n_marked(&attach->files) > 0)
		draw_format(&inside, inside.rows - 1, 2, INK_OK,
			    tell(bench, "已选 %u 件", "%u chosen"), file_list_n_marked(&attach->files));
}

/* ---- attaching ---- */

static const char *slot_id(const struct attach *attach)
{
	return attach->slot < attach->detail.n_slots ? attach->detail.slots[attach->slot].decl->slot
						     : NULL;
}

/* The files that are marked, or the one at the cursor. */
static bool is_wanted(const struct attach *attach, unsigned i)
{
	const struct attach_file *file = &attach->files.folder.files[i];
	const bool many = file_list_n_marked(&attach->files) > 0;
	return !file->is_folder && (many ? file->is_marked : file == file_list_at(&attach->files));
}

/* What is wished of each of the *n files, and the command as the journal keeps it. Errors: LT_EFILE (a
 * path is too long), LT_ESPACE. */
static enum lt_status make_wishes(struct screen *screen, struct new_evidence *wishes, unsigned *n,
				  char *command, size_t cap, struct lt_err *err)
{
	struct attach *attach = attach_of(screen);
	struct lt_arena *arena = &screen->bench->session->arena;
	const char *note = edit_length(&attach->note) ? edit_text(&attach->note) : NULL;
	char path[PATH_TEXT];
	size_t len = text_format(command, cap, "attach %s", decl_of(screen)->id);
	*n = 0;
	for (unsigned i = 0; i < attach->files.folder.n_files; i++) {
		const char *name = attach->files.folder.files[i].name;
		if (!is_wanted(attach, i))
			continue;
		if (attach_folder_path(&attach->files.folder, name, path, sizeof(path), err))
			return err->status;
		wishes[*n] = (struct new_evidence){ .item = decl_of(screen)->id,
						    .path = lt_arena_strndup(arena, path, strlen(path)),
						    .locator = edit_text(&attach->place),
						    .note = note,
						    .slot = slot_id(attach) };
		if (!wishes[(*n)++].path)
			return lt_err_memory(err);
		if (cap - len > 8)
			len += text_format(command + len, cap - len, " %s", name);
	}
	return LT_OK;
}

/* All of them by one entry, or none, and why is told. Returns how many. */
static unsigned attach_wanted(struct screen *screen, struct new_evidence *wishes,
			      struct attached *files, bool *vague, bool *empty)
{
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	char command[600] = "";
	unsigned n = 0;
	enum lt_status status = wishes && files ? make_wishes(screen, wishes, &n, command,
							      sizeof(command), &err)
						: lt_err_memory(&err);
	if (!status && !n)
		return 0;
	workbench_begin(bench, command);
	if (!status)
		status = session_attach_all(bench->session, bench->ref, wishes, n, files,
					    &bench->findings, &err);
	for (unsigned i = 0; i < n && !status; i++) {
		*vague |= files[i].vague;
		*empty |= files[i].size == 0;
	}
	return workbench_end(bench, status, &err, true) ? n : 0;
}

static void attach_all(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	struct workbench *bench = screen->bench;
	const unsigned most = attach->files.folder.n_files;
	struct new_evidence *wishes = calloc(most + 1, sizeof(*wishes));
	struct attached *files = calloc(most + 1, sizeof(*files));
	bool vague = false, empty = false;
	const unsigned n = attach_wanted(screen, wishes, files, &vague, &empty);
	free(wishes);
	free(files);
	if (!n)
		return;
	for (unsigned i = 0; i < most; i++)
		if (is_wanted(attach, i))
			last_document_keep(bench, attach->files.folder.files[i].name,
					   edit_text(&attach->place));
	file_list_read_again(&attach->files, bench);
	load_detail(screen);
	edit_set(&attach->place, "", 0);
	edit_set(&attach->note, "", 0);
	drop_draft(screen);
	attach->zone = ZONE_FILES;
	workbench_tell(bench, vague || empty ? NOTICE_WARN : NOTICE_DONE,
		       tell(bench, "已挂 %u 份，本条共 %u 份%s%s", "%u attached, %u on this item%s%s"), n,
		       attach->detail.n_ties,
		       empty ? tell(bench, "；有空文件（0 字节），请核对",
				    "; one is empty (0 bytes), look at it")
			     : "",
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
	if (!workbench_end(bench, status, &err, done))
		return;
	drop_draft(screen);
	workbench_pop(bench);
}

/* The page after the one that was attached last of the same document, to be typed over. */
static bool offer_place(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	const unsigned page = is_retie(attach)
				      ? 0
				      : file_list_next_page(&attach->files, screen->bench);
	char text[40];
	if (page == 0)
		return false;
	snprintf(text, sizeof(text), tell(screen->bench, "第 %u 页", "page %u"), page);
	return edit_set(&attach->place, text, strlen(text)) == EDIT_DONE;
}

static bool has_wanted(const struct attach *attach)
{
	for (unsigned i = 0; i < attach->files.folder.n_files; i++)
		if (is_wanted(attach, i))
			return true;
	return false;
}

static void take(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	struct workbench *bench = screen->bench;
	if (!is_retie(attach) && attach->zone == ZONE_FILES &&
	    file_list_enter(&attach->files, bench))
		return;
	if (!workbench_may_write(bench))
		return;
	if (!is_retie(attach) && !has_wanted(attach)) {
		attach->zone = ZONE_FILES;
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "还没有选文件：在清单里选一份，再按 Enter；F6 换文件夹",
				    "no file is chosen: choose one in the list, then Enter; F6 for another folder"));
		return;
	}
	if (edit_length(&attach->place) == 0) {
		attach->zone = ZONE_PLACE;
		if (offer_place(screen))
			return;
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "先写定位：第几页、哪张表；照片写拍的是什么",
				    "first the place: page, table; for a photo what it shows"));
		return;
	}
	if (is_retie(attach))
		retie(screen);
	else
		attach_all(screen);
}

/* ---- keys ---- */

static void folder_given(struct workbench *bench, void *context, const char *text)
{
	struct screen *top = workbench_top(bench);
	(void)context;
	if (top && strcmp(top->kind->id, "attach") == 0)
		file_list_go(&attach_of(top)->files, bench, text);
}

static void change_folder(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	ask_open(bench, tell(bench, "换文件夹", "Another folder"),
		 tell(bench, "文件夹的路径，如 /media/usb 或 ~/现场",
		      "path of a folder, such as /media/usb or ~/visit"),
		 attach_of(screen)->files.folder.path, true, NULL, folder_given, NULL);
}

static void turn_preview(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	attach->files.shows_preview = !attach->files.shows_preview;
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

static bool type(struct screen *screen, struct edit *edit, const struct event *event)
{
	const unsigned long before = edit->version;
	const bool is_known = field_type(screen->bench, edit, event) != FIELD_IGNORED;
	if (edit->version != before)
		attach_of(screen)->is_typed = true;
	return is_known;
}

/* Whoever begins to write where nothing is typed means the place: a digit behind that is of the words,
 * and no purpose. */
static bool begin_place(struct screen *screen, const struct event *event)
{
	struct attach *attach = attach_of(screen);
	const char ascii = key_ascii(event);
	const bool is_words = event->key == K_PASTE ||
			      (event->key == K_TEXT && ascii != ' ' && ascii != '?' && key_digit(event) < 0);
	if (!is_words)
		return false;
	attach->zone = ZONE_PLACE;
	return type(screen, &attach->place, event);
}

static bool attach_key(struct screen *screen, const struct event *event)
{
	struct attach *attach = attach_of(screen);
	const int digit = key_digit(event);
	if (event->key == K_TAB || event->key == K_BACKTAB) {
		turn(attach, event->key == K_TAB ? 1 : -1);
		return true;
	}
	/* the digit that they may begin with is of the words as well */
	if ((attach->zone == ZONE_FILES || attach->zone == ZONE_SLOT) && wait_begins_words(screen->bench, event)) {
		attach->zone = ZONE_PLACE;
		return type(screen, &attach->place, event);
	}
	switch (attach->zone) {
	case ZONE_FILES:
		/* a digit says what the file is for, without turning there first */
		if (digit >= 1)
			return slot_key(attach, event);
		if (digit == 0) {
			file_list_turn_order(&attach->files, screen->bench);
			return true;
		}
		return file_list_key(&attach->files, screen->bench, event) ||
		       begin_place(screen, event);
	case ZONE_SLOT:
		return slot_key(attach, event) || begin_place(screen, event);
	case ZONE_PLACE:
	case ZONE_NOTE:
		if (event->key == K_UP || event->key == K_DOWN) {
			turn(attach, event->key == K_UP ? -1 : 1);
			return true;
		}
		return type(screen, attach->zone == ZONE_PLACE ? &attach->place : &attach->note,
			    event);
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
	keep_draft(screen);
	if (!is_retie(attach))
		file_list_keep(&attach->files, screen->bench);
	edit_release(&attach->place);
	edit_release(&attach->note);
	file_list_release(&attach->files);
	lt_arena_release(&attach->arena);
	free(attach);
}

static void attach_pause(struct screen *screen)
{
	struct attach *attach = attach_of(screen);
	keep_draft(screen);
	if (!is_retie(attach))
		file_list_pause(&attach->files, screen->bench);
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
	{ .key = K_F3,
	  .title = { "预览", "preview" },
	  .help = { "窄窗口里在清单和预览之间换", "list or preview, where there is room for one" },
	  .group = GROUP_SCREEN,
	  .is_live = has_files,
	  .run = turn_preview },
	{ .keys = { "0", "0" },
	  .title = { "排序", "order" },
	  .help = { "按时间、名称、大小、类型", "by time, name, size, kind" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = has_files },
	{ .keys = { "左", "left" },
	  .title = { "上一层", "folder above" },
	  .group = GROUP_MOVE,
	  .is_live = has_files },
	{ .key = K_F6,
	  .title = { "文件夹", "folder" },
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
	.takes_words = true,
	.changed = attach_changed,
	.pause = attach_pause,
	.close = attach_close,
};

/* ---- opening ---- */

static struct screen *open_popup(struct workbench *bench, uint32_t item)
{
	struct attach *attach = workbench_room(bench, sizeof(*attach));
	const struct edit_options options = { .max_clusters = MOST_LINE };
	if (!attach)
		return NULL;
	attach->item = item;
	edit_init(&attach->place, &options);
	edit_init(&attach->note, &options);
	file_list_init(&attach->files, bench->board->items[item].plan->decl->id);
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
	struct screen *screen = open_popup(bench, item);
	if (!screen)
		return;
	struct attach *attach = attach_of(screen);
	attach->slot = open_slot(attach);
	take_draft(screen);
	file_list_open(&attach->files, bench);
}

void attach_open_at(struct workbench *bench, uint32_t item, const char *name)
{
	attach_open(bench, item);
	struct screen *top = workbench_top(bench);
	if (!top || top->kind != &attach_kind)
		return;
	struct attach *attach = attach_of(top);
	if (!file_list_find(&attach->files, name))
		return;
	attach->zone = ZONE_PLACE;
	if (!edit_length(&attach->place))
		offer_place(top);
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
	    edit_set(&attach->note, note, strlen(note)) == EDIT_DONE) {
		if (take_draft(screen))
			workbench_tell(bench, NOTICE_DONE, "%s",
				       tell(bench, "接着上次没写完的", "this is what you typed the last time"));
		return;
	}
	workbench_pop(bench);
	lt_err_memory(&err);
	workbench_tell_err(bench, &err);
}
