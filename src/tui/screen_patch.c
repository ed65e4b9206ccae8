/* A patch before it is taken: item by item what another did, taken or refused with a reason. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "lingtan/core/role.h"
#include "list.h"
#include "merge_decided.h"
#include "merge_draw.h"
#include "path.h"
#include "screens.h"

struct patch_screen {
	struct patching patching;
	char path[PATH_TEXT];
	char reason[MOST_REASON]; /* of the item that is being refused */
	unsigned n_refused, n_decided; /* n_decided: with those taken where both wrote */
	struct list list;
	bool is_warned; /* of decisions that go with the screen */
};

static struct patch_screen *patch_of(const struct screen *screen)
{
	return screen->data;
}

static struct patch_item *item_at(const struct patch_screen *patch, unsigned row)
{
	return &patch->patching.items[row];
}

/* A cell of the item in which both wrote something else, and nobody has said which. */
static bool is_open(const struct patch_screen *patch, const struct patch_item *item)
{
	for (unsigned i = 0; i < item->n; i++)
		if (patch->patching.merging.plan.cells[item->cells[i]].take == TAKE_OPEN)
			return true;
	return false;
}

/* ---- words ---- */

static const char *title_of(const struct workbench *bench, const struct patch_item *item)
{
	const uint32_t slot = item->item[0] ? board_find_item(bench->board, item->item) : NO_SLOT;
	if (slot != NO_SLOT)
		return label_of(bench, &bench->board->items[slot].plan->decl->title);
	return item->item[0] ? "" : tell(bench, "轮次、签署等", "rounds, signatures ...");
}

/* "备注、结论": what of the item is in it, each once. */
static void say_what(const struct workbench *bench, const struct patch_screen *patch,
		     const struct patch_item *item, char out[200])
{
	struct lt_arena arena;
	size_t used = 0;
	out[0] = '\0';
	lt_arena_init(&arena, 0);
	for (unsigned i = 0; i < item->n && used < 150; i++) {
		struct change_text text;
		merge_say_cell(bench, &patch->patching.merging,
			       &patch->patching.merging.plan.cells[item->cells[i]], &arena, &text);
		if (strstr(out, text.what))
			continue;
		used += text_format(out + used, 200 - used, "%s%s",
				    used ? tell(bench, "、", ", ") : "", text.what);
	}
	lt_arena_release(&arena);
}

/* ---- drawing ---- */

static int draw_head(const struct screen *screen, const struct canvas *canvas, int row)
{
	const struct workbench *bench = screen->bench;
	const struct patch_screen *patch = patch_of(screen);
	const struct patch *of = &patch->patching.patch;
	const struct role *role = roles_find(bench->sitting->workspace->roles, of->role);
	char when[FIGURE_TEXT];
	int col = draw_cut(canvas, row, 3, 20, INK_TITLE, of->by) + 1;
	col = draw_cut(canvas, row, col, 20, INK_DIM,
		       role ? label_of(bench, &role->title) : of->role) +
	      1;
	col = draw_text(canvas, row, col, INK_DIM, figure_time(of->at, bench->lang, when)) + 3;
	col = draw_format(canvas, row, col, INK_TEXT, tell(bench, "记录 %u 条", "%u entries"),
			  of->carried.n) +
	      3;
	if (of->signature)
		draw_format(canvas, row, col, INK_OK,
			    tell(bench, "已签名 %.12s", "signed by %.12s"), of->signature);
	else if (draw_if_whole(canvas, row, col, INK_WARN,
			       tell(bench, "没有签名，姓名只是自称",
				    "not signed: the name is a claim")) == col)
		draw_text(canvas, row, col, INK_WARN, tell(bench, "没有签名", "not signed"));
	return row + 1;
}

static void draw_row(const struct screen *screen, const struct canvas *canvas, int row,
		     const struct patch_item *item)
{
	const struct workbench *bench = screen->bench;
	const struct patch_screen *patch = patch_of(screen);
	const bool open = is_open(patch, item);
	const int state = canvas->cols - (canvas->cols >= 100 ? 34 : 18);
	const int what = canvas->cols >= 80 ? state - 24 : 14;
	char text[200];
	draw_text(canvas, row, 3,
		  item->reason ? INK_WARN
		  : open       ? INK_DIM
			       : INK_OK,
		  item->reason ? "‹"
		  : open       ? "◦"
			       : "✓");
	draw_cut(canvas, row, 5, 8, INK_TEXT, shown_id(item->item));
	if (canvas->cols >= 80)
		draw_cut(canvas, row, 14, what - 16, INK_TEXT, title_of(bench, item));
	say_what(bench, patch, item, text);
	draw_cut(canvas, row, what, state - what - 2, INK_DIM, text);
	const int col = draw_text(canvas, row, state,
				  item->reason ? INK_WARN
				  : open       ? INK_WARN
					       : INK_OK,
				  item->reason ? tell(bench, "不收", "refused")
				  : open       ? tell(bench, "冲突", "conflict")
					       : tell(bench, "收", "taken"));
	if (item->reason)
		draw_cut(canvas, row, col + 1, canvas->cols - col - 2, INK_DIM, item->reason);
}

static const struct label chips[] = { { "收", "take" }, { "不收", "refuse" } };

static void draw_item(struct screen *screen, const struct canvas *canvas)
{
	const struct workbench *bench = screen->bench;
	const struct patch_screen *patch = patch_of(screen);
	const struct patch_item *item = item_at(patch, patch->list.at);
	const int col =
		item->item[0] ? draw_text(canvas, 0, 3, INK_ACCENT, shown_id(item->item)) + 3 : 3;
	draw_cut(canvas, 0, col, canvas->cols - col - 2, INK_TITLE, title_of(bench, item));
	const struct canvas middle =
		canvas_part(canvas, canvas->rows >= 11 ? 2 : 1, 0, canvas->rows >= 11 ? -3 : -2, 0);
	const struct merge_sides sides = { .merging = &patch->patching.merging,
					   .cells = item->cells,
					   .n_cells = item->n };
	merge_draw_sides(bench, &middle, 0, &sides);
	const int row = canvas->rows - 2;
	merge_draw_chips(bench, canvas, row, tell(bench, "处置", "Do"), chips, 2,
			 item->reason           ? 2
			 : is_open(patch, item) ? 0
						: 1);
	draw_cut(
		canvas, row + 1,
		canvas->cols >= 100  ? 19
		: canvas->cols >= 80 ? 16
				     : 3,
		canvas->cols - (canvas->cols >= 80 ? 21 : 5), INK_FAINT,
		item->reason
			? item->reason
			: tell(bench, "不收须写明，留在日志里，不再提起",
			       "refusing needs words; they stay in the journal, and it is not offered again"));
}

static void patch_draw(struct screen *screen, const struct canvas *canvas)
{
	struct patch_screen *patch = patch_of(screen);
	const struct workbench *bench = screen->bench;
	const int lower = canvas->rows >= 26 ? 13 : canvas->rows >= 20 ? 10 : 7;
	const bool tall = frame_is_tall(bench);
	const int state = canvas->cols - (canvas->cols >= 100 ? 34 : 18);
	int row = draw_head(screen, canvas, tall ? 1 : 0) + (tall ? 1 : 0);
	if (patch->patching.is_known || patch->patching.n_items == 0) {
		draw_text(canvas, row + 1, 3, INK_DIM,
			  tell(bench, "这个补丁已经用过，没有新的",
			       "this patch is here already, there is nothing new"));
		return;
	}
	draw_text(canvas, row, 5, INK_DIM, tell(bench, "条款", "item"));
	if (canvas->cols >= 80)
		draw_text(canvas, row, 14, INK_DIM, tell(bench, "名称", "title"));
	draw_text(canvas, row, canvas->cols >= 80 ? state - 24 : 14, INK_DIM,
		  tell(bench, "内容", "what"));
	draw_text(canvas, row++, state, INK_DIM, tell(bench, "处置", "done"));
	const int room = canvas->rows - lower - row - 1;
	list_fit(&patch->list, patch->patching.n_items, room);
	for (unsigned i = patch->list.first; i < list_end(&patch->list); i++) {
		const int r = row + (int)(i - patch->list.first);
		draw_row(screen, canvas, r, item_at(patch, i));
		if (i == patch->list.at)
			draw_selection(canvas, r, true);
	}
	draw_fill(canvas, row + room, 3, canvas->cols - 5, INK_FAINT, "─");
	const struct canvas below = canvas_part(canvas, row + room + 1, 0, lower, 0);
	draw_item(screen, &below);
}

static void patch_header(struct screen *screen, const struct canvas *row)
{
	preview_header(screen->bench, row, patch_of(screen)->path);
}

static void patch_score_line(struct screen *screen, const struct canvas *row)
{
	const struct patch_screen *patch = patch_of(screen);
	const struct workbench *bench = screen->bench;
	const unsigned n = patch->patching.n_items;
	int col = draw_text(row, 0, 1, INK_DIM, tell(bench, "收 ", "taken "));
	col = draw_format(row, 0, col, INK_OK, "%u", n - patch->n_refused) + 3;
	col = draw_text(row, 0, col, INK_DIM, tell(bench, "不收 ", "refused "));
	col = draw_format(row, 0, col, patch->n_refused ? INK_WARN : INK_TEXT, "%u",
			  patch->n_refused) +
	      3;
	const unsigned open = merge_count_open(&patch->patching.merging.plan);
	if (open)
		draw_format(row, 0, col, INK_WARN, tell(bench, "冲突未定 %u", "%u conflicts open"),
			    open);
	else
		draw_cut(row, 0, col, row->cols - col - 1, INK_DIM,
			 tell(bench, "Enter 写入", "Enter writes"));
}

/* ---- deciding ---- */

static void count_decided(struct patch_screen *patch)
{
	patch->n_refused = patch->n_decided = 0;
	for (unsigned i = 0; i < patch->patching.n_items; i++) {
		patch->n_refused += item_at(patch, i)->reason != NULL;
		patch->n_decided += patch_is_decided(&patch->patching, item_at(patch, i));
	}
}

static void after_deciding(struct patch_screen *patch)
{
	patch->is_warned = false;
	/* that it cannot be kept is told on leaving, when it is tried again */
	patch_decided_keep(&patch->patching, item_at(patch, patch->list.at));
	count_decided(patch);
	if (patch->list.at + 1 < patch->patching.n_items)
		patch->list.at++;
}

static void reason_given(struct workbench *bench, void *context, const char *text)
{
	struct screen *top = workbench_top(bench);
	struct lt_err err = LT_ERR_INIT;
	(void)context;
	if (!top || strcmp(top->kind->id, "patch") != 0)
		return;
	struct patch_screen *patch = patch_of(top);
	snprintf(patch->reason, sizeof(patch->reason), "%s", text);
	const char *kept = lt_arena_strndup(&patch->patching.merging.arena, text, strlen(text));
	const enum lt_status status =
		kept ? patching_refuse(&patch->patching, item_at(patch, patch->list.at)->item, kept,
				       &err)
		     : lt_err_memory(&err);
	if (status)
		workbench_tell_err(bench, &err);
	else
		after_deciding(patch);
}

static void decide(struct screen *screen, bool take)
{
	struct workbench *bench = screen->bench;
	struct patch_screen *patch = patch_of(screen);
	struct lt_err err = LT_ERR_INIT;
	if (patch->patching.is_known || !patch->patching.n_items)
		return;
	if (!take) {
		ask_open_words(bench, item_at(patch, patch->list.at)->item, tell(bench, "不收", "Refuse"),
			 tell(bench, "写明为什么不收；对方合并时看得到",
			      "say why; the other sees it when the files meet again"),
			 patch->reason, true, NULL, reason_given, NULL);
		return;
	}
	if (patching_take(&patch->patching, item_at(patch, patch->list.at)->item, &err))
		workbench_tell_err(bench, &err);
	else
		after_deciding(patch);
}

static void next(struct screen *screen)
{
	struct patch_screen *patch = patch_of(screen);
	const unsigned n = patch->patching.n_items;
	for (unsigned i = 1; i <= n; i++) {
		const unsigned at = (patch->list.at + i) % n;
		if (is_open(patch, item_at(patch, at))) {
			patch->list.at = at;
			return;
		}
	}
	workbench_tell(
		screen->bench, NOTICE_DONE, "%s",
		tell(screen->bench, "没有未定的，Enter 写入", "nothing is open; Enter writes"));
}

static bool can_write(const struct screen *screen)
{
	const struct patch_screen *patch = patch_of(screen);
	return !patch->patching.is_known && patch->patching.n_items > 0 &&
	       screen_is_writable(screen);
}

static void write_it(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct patch_screen *patch = patch_of(screen);
	struct lt_err err = LT_ERR_INIT;
	char command[300];
	bool done = false;
	const unsigned open = merge_count_open(&patch->patching.merging.plan);
	if (open) {
		next(screen);
		workbench_tell(bench, NOTICE_WARN,
			       tell(bench, "还有 %u 处冲突：1 收对方的，2 留自己的",
				    "%u conflicts: 1 takes theirs, 2 keeps yours"),
			       open);
		return;
	}
	text_format(command, sizeof(command), "patch apply %s", path_name(patch->path));
	workbench_begin(bench, command);
	const unsigned n = patch->patching.n_items, refused = patch->n_refused;
	const enum lt_status status = patching_write(&patch->patching, &done, &err);
	if (!workbench_end(bench, status, &err, done))
		return;
	for (unsigned i = 0; i < n; i++)
		patch_decided_drop(&patch->patching, item_at(patch, i));
	workbench_pop(bench);
	workbench_tell(
		bench, NOTICE_DONE,
		tell(bench, "已写入：收 %u 条，不收 %u 条", "written: %u items taken, %u refused"),
		n - refused, refused);
}

/* Where no draft could be made it may be possible by now. */
static bool keep_all(const struct patch_screen *patch)
{
	bool is_kept = true;
	for (unsigned i = 0; i < patch->patching.n_items; i++)
		if (patch_is_decided(&patch->patching, item_at(patch, i)))
			is_kept &= patch_decided_keep(&patch->patching, item_at(patch, i));
	return is_kept;
}

static bool leave(struct screen *screen)
{
	static const struct label lost = { "已定的 %u 条还没有写入，也存不下；再按 Esc 放弃",
					   "%u decisions are not written and cannot be kept; Esc again leaves" };
	static const struct label kept = { "还没有写入；已定的 %u 条留着，再收这个补丁时还在",
					   "not written; what was decided (%u) is there again when this patch is taken" };
	struct patch_screen *patch = patch_of(screen);
	decided_leave(screen->bench, patch->n_decided, keep_all(patch), &patch->is_warned, &lost, &kept);
	return true;
}

static bool patch_key(struct screen *screen, const struct event *event)
{
	struct patch_screen *patch = patch_of(screen);
	const int digit = key_digit(event);
	if (digit == 1 || digit == 2) {
		decide(screen, digit == 1);
		return true;
	}
	if (event->key == K_ESC && patch->n_decided)
		return leave(screen);
	return list_key(&patch->list, event);
}

static void patch_screen_close(struct screen *screen)
{
	struct patch_screen *patch = patch_of(screen);
	patching_close(&patch->patching);
	free(patch);
}

static const struct action patch_actions[] = {
	{ .keys = { "1-2", "1-2" },
	  .title = { "收、不收", "take, refuse" },
	  .help = { "1 收 2 不收，写明原因", "1 takes the item, 2 refuses it with a reason" },
	  .group = GROUP_ANSWER,
	  .in_foot = true },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一未定", "next open" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = next },
	{ .key = K_ENTER,
	  .title = { "写入", "write" },
	  .help = { "收的写入，不收的留下原因",
		    "what is taken is written, what is not leaves its reason" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_write,
	  .run = write_it },
};

static const struct screen_kind patch_kind = {
	.id = "patch",
	.title = { "补丁", "Patch" },
	.size = SIZE_WHOLE,
	.actions = patch_actions,
	.n_actions = sizeof(patch_actions) / sizeof(patch_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = patch_draw,
	.header = patch_header,
	.score_line = patch_score_line,
	.key = patch_key,
	.close = patch_screen_close,
};

/* What was decided at an earlier time and not written; how many. */
static unsigned take_again(struct patch_screen *patch)
{
	unsigned n = 0;
	for (unsigned i = 0; i < patch->patching.n_items; i++)
		n += patch_decided_again(&patch->patching, item_at(patch, i));
	count_decided(patch);
	return n;
}

static void preview(struct workbench *bench, void *context, const char *path, bool readonly)
{
	struct patch_screen *patch = workbench_room(bench, sizeof(*patch));
	struct lt_err err = LT_ERR_INIT;
	(void)context;
	(void)readonly;
	if (!patch)
		return;
	snprintf(patch->path, sizeof(patch->path), "%s", path);
	workbench_wait_begin(bench, "patch");
	const enum lt_status status = patching_open(bench->session, path, &patch->patching, &err);
	if (!workbench_wait_read(bench, status, &err)) {
		patching_close(&patch->patching);
		free(patch);
		return;
	}
	const unsigned n = take_again(patch);
	if (workbench_push(bench, &patch_kind, patch) && n > 0)
		workbench_tell(bench, NOTICE_DONE,
			       tell(bench, "上次定的 %u 条还在，接着定",
				    "what was decided the last time (%u) is here again"),
			       n);
}

void patch_open_screen(struct workbench *bench)
{
	pick_open_beside(bench, tell(bench, "补丁文件", "A patch"), NULL, preview, NULL);
}
