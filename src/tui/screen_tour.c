/* Five lines for who sits down here for the first time. */
#include "frame.h"
#include "screens.h"

#define N_LINES 5
static const struct {
	const char *keys;
	struct label text;
} lines[N_LINES] = {
	{ "F5",
	  { "到下一件待办；Enter 作答，数字选结论或打分",
	    "next thing to do; Enter and digits answer" } },
	{ "F2 F4",
	  { "挂佐证，写意见；随写随存，没有存盘键", "evidence, words; all is saved as you go" } },
	{ "F8 Esc",
	  { "撤销，返回上一层；什么都不会丢", "undo, one level up; nothing is ever lost" } },
	{ "F1",
	  { "此处能用的键；F7 查找，F9 按名称做事",
	    "keys that work here; F7 finds, F9 commands" } },
	{ "F12", { "显示或隐藏分数；输入法不用切换，全角也认", "shows or hides scores" } },
};

static void tour_draw(struct screen *screen, const struct canvas *canvas)
{
	const struct workbench *bench = screen->bench;
	const struct canvas inside = frame_popup(
		screen->bench, canvas, 2 * N_LINES + 3, 72, false,
		tell(bench, "第一次用，看这五行", "Five lines for the first time"), NULL);
	const int step = inside.rows >= 2 * N_LINES + 2 ? 2 : 1;
	for (int i = 0; i < N_LINES; i++) {
		draw_text(&inside, 1 + i * step, 3, INK_KEY, lines[i].keys);
		draw_cut(&inside, 1 + i * step, 11, inside.cols - 13, INK_TEXT,
			 label_of(bench, &lines[i].text));
	}
	draw_text(&inside, inside.rows - 1, 3, INK_DIM,
		  tell(bench, "Enter 开始；以后在 F9 里叫“导览”",
		       "Enter begins; later F9 has it as \"tour\""));
}

static void leave(struct screen *screen)
{
	workbench_pop(screen->bench);
}

/* A key that is read of here is pressed and does what it says; any other is a try, and does nothing yet. */
static bool tour_key(struct screen *screen, const struct event *event)
{
	struct workbench *bench = screen->bench;
	if (event->key < K_F1 || event->key > K_F12)
		return event->key == K_TEXT;
	workbench_pop(bench);
	workbench_press(bench, event);
	return true;
}

static const struct action tour_actions[] = {
	{ .key = K_ENTER,
	  .title = { "开始", "begin" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = leave },
};

static const struct screen_kind tour_kind = {
	.id = "tour",
	.title = { "导览", "Tour" },
	.size = SIZE_POPUP,
	.actions = tour_actions,
	.n_actions = 1,
	.draw = tour_draw,
	.key = tour_key,
};

void tour_open(struct workbench *bench)
{
	setting_keep(bench->sitting->who.state_home, "tour", "seen");
	workbench_push(bench, &tour_kind, NULL);
}

void tour_open_once(struct workbench *bench)
{
	struct lt_arena arena;
	lt_arena_init(&arena, 0);
	/* where nothing can be kept it would come every time */
	const char *home = bench->sitting->who.state_home;
	const bool is_new = home && !setting_find(home, "tour", &arena);
	lt_arena_release(&arena);
	if (is_new)
		tour_open(bench);
}
