/* What is the same on every screen: the actions that all share, and how keys find actions. */
#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "inventory.h"
#include "lingtan/store/journal.h"
#include "said.h"
#include "terminal.h"
#include "turned.h"

const char *action_keys(const struct workbench *bench, const struct action *action)
{
	const char *keys = label_of(bench, &action->keys);
	return keys[0] ? keys : key_title(action->key, bench->lang);
}

bool action_is_live(const struct screen *screen, const struct action *action)
{
	return !action->is_live || action->is_live(screen);
}

/* A screen that gives the key a meaning of its own. */
static bool is_overridden(const struct screen *screen, enum key key)
{
	for (unsigned i = 0; i < screen->kind->n_actions; i++)
		if (key != K_NONE && screen->kind->actions[i].key == key &&
		    action_is_live(screen, &screen->kind->actions[i]))
			return true;
	return false;
}

bool common_is_live(const struct screen *screen, const struct action *action)
{
	return action_is_live(screen, action) && !is_overridden(screen, action->key) &&
	       (action->in_popup || screen->kind->size != SIZE_POPUP);
}

bool actions_key(struct screen *screen, const struct action *actions, unsigned n,
		 const struct event *event)
{
	const bool typing = screen->kind->is_typing && screen->kind->is_typing(screen);
	const char typed = typing ? '\0' : key_ascii(event);
	for (unsigned i = 0; i < n; i++) {
		const struct action *action = &actions[i];
		const bool by_key =
			action->key != K_NONE && action->key == event->key && event->key != K_TEXT;
		const bool by_letter = action->letter && action->letter == typed;
		if (!action->run || !(by_key || by_letter))
			continue;
		if (actions == common_actions ? !common_is_live(screen, action)
					      : !action_is_live(screen, action))
			continue;
		action->run(screen);
		return true;
	}
	return false;
}

/* ---- words for commands ---- */

/* An item or a figure by what people call it: the number of the clause, else the title. */
static const char *name_of(const struct workbench *bench, const char *id)
{
	const struct ruleset *ruleset = bench->board ? bench->board->ruleset : NULL;
	const struct item *item = ruleset ? ruleset_find_item(ruleset, id) : NULL;
	const struct quantity *quantity = ruleset ? ruleset_find_quantity(ruleset, id) : NULL;
	if (quantity)
		return label_of(bench, &quantity->title);
	if (item && !shown_id(id)[0])
		return label_of(bench, &item->title);
	const struct fact_table *table = vocabulary_find_table(bench->sitting->workspace->vocabulary, id);
	return table ? label_of(bench, &table->title) : id;
}

/* What a command does, between its name and its object: people read the name alone. */
static const char *after_verbs(const char *rest)
{
	static const char *const verbs[] = {
		"accept",     "add",   "again",  "all",	  "answer", "apply",    "ask",
		"ask-again",  "attach", "clarification", "close", "conditions", "detach", "drop",
		"grant",      "import", "major", "minor", "object", "observation", "off",
		"on",	      "refuse", "remind", "reminded", "remove", "renew", "rule",
		"set",	      "verify", "withdraw", "--tick",
		/* the form, where the command is called as it is */
		"calibration", "engagement", "greencert", "meter", "offset", "place", "population", "team"
	};
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]) && rest[0];) {
		const size_t len = strcspn(rest, " ");
		const bool is_verb = strlen(verbs[i]) == len && strncmp(rest, verbs[i], len) == 0;
		rest += is_verb ? len + (rest[len] == ' ') : 0;
		i = is_verb ? 0 : i + 1;
	}
	return rest;
}

/* How long the name of the object is; 0 where an option, a field or an aside of the program stands. */
static size_t object_len(const char *rest)
{
	const size_t len = strcspn(rest, " ");
	const bool is_none = rest[0] == '(' || strncmp(rest, "--", 2) == 0 || memchr(rest, '=', len);
	return is_none ? 0 : len;
}

/* What a command is called, as it stands in the journal. */
static const struct {
	const char *name;
	struct label title;
} command_names[] = {
	{ "undo", { "撤销", "undo" } },
	{ "redo", { "重做", "redo" } },
	{ "new", { "新建项目", "new project" } },
	{ "add", { "加评价", "assessment" } },
	{ "set", { "作答", "answer" } },
	{ "quantity", { "取数", "data" } },
	{ "attach", { "挂佐证", "attach" } },
	{ "import", { "导入", "import" } },
	{ "submit", { "提交", "submit" } },
	{ "fill", { "填表", "form" } },
	{ "untie", { "取下佐证", "evidence off" } },
	{ "retie", { "改定位", "place" } },
	{ "paper", { "表单", "forms" } },
	{ "purge", { "清除佐证", "purge" } },
	{ "renew", { "承接上次", "renewed" } },
	{ "verify", { "校验", "verify" } },
	{ "export", { "导出", "export" } },
	{ "certificate", { "发证", "certificate" } },
	{ "advice", { "差距与试算", "gap and trial" } },
	{ "assign", { "交办", "assigned" } },
	{ "follow", { "承接评价", "follow" } },
	{ "line", { "盘查", "inventory" } },
	{ "merge", { "合并", "merge" } },
	{ "patch", { "并入补丁", "patch" } },
	{ "profile", { "参数集", "profile" } },
	{ "ready", { "确认提示", "warning ticked" } },
	{ "see", { "看过佐证", "evidence seen" } },
	{ "send-back", { "退回", "sent back" } },
	{ "take", { "采纳", "taken over" } },
	{ "remove", { "移除", "removed" } },
	{ "accept", { "受理", "accepted" } },
	{ "refuse", { "不受理", "refused" } },
	{ "stop", { "计划", "plan" } },
	{ "done", { "到场", "took place" } },
	{ "sign-in", { "签到", "signed in" } },
	{ "document", { "文件结论", "verdict on documents" } },
	{ "site", { "现场结论", "verdict on site" } },
	{ "onsite", { "现场结论", "verdict on site" } },
	{ "method", { "方法", "method" } },
	{ "interview", { "访谈", "interview" } },
	{ "note", { "记录", "note" } },
	{ "file", { "归条款", "filed" } },
	{ "photo", { "照片归站", "photo to a stop" } },
	{ "photos", { "照片归站", "photos to stops" } },
	{ "replace", { "替换", "replaced" } },
	{ "draw", { "抽样", "sample" } },
	{ "sample", { "抽样", "sample" } },
	{ "sign", { "签署", "signed" } },
	{ "decide", { "认定决定", "decision" } },
	{ "finding", { "发现", "finding" } },
	{ "confirm", { "确认", "confirmed" } },
	{ "reopen", { "重开", "reopened" } },
	{ "return", { "退回", "sent back" } },
	{ "settle", { "意见了结", "words settled" } },
	{ "upgrade", { "换版本", "edition" } },
	{ "conclusion", { "结论", "conclusion" } },
	{ "must", { "必查", "obligatory" } },
	{ "remark", { "写意见", "words" } },
	{ "engagement", { "委托", "engagement" } },
	{ "team", { "评价组", "team" } },
	{ "places", { "地点", "place" } },
	{ "requests", { "资料", "materials" } },
	{ "factors", { "因子", "factors" } },
	{ "offset", { "抵消", "offset" } },
	{ "greencert", { "绿证绿电", "green power" } },
	{ "meter", { "计量器具", "meter" } },
	{ "calibration", { "检定", "calibration" } },
};

const char *command_words(const struct workbench *bench, const char *command, char *out, size_t cap)
{
	const size_t len = strcspn(command, " ");
	for (size_t i = 0; i < sizeof(command_names) / sizeof(command_names[0]); i++) {
		if (strlen(command_names[i].name) != len || strncmp(command_names[i].name, command, len) != 0)
			continue;
		const char *rest = command + len + (command[len] == ' ');
		const bool is_of_any_form = strncmp(command, "fill", len) == 0 || strncmp(command, "remove", len) == 0;
		rest = is_of_any_form ? rest : after_verbs(rest);
		/* "ready --tick vague-locator:6.2.1": the check has a name for the program, what it is about for people */
		if (strncmp(command, "ready", len) == 0)
			rest = strchr(rest, ':') ? strchr(rest, ':') + 1 : "";
		const size_t what = object_len(rest);
		const bool remark = strstr(rest, "--remark") != NULL;
		char id[120];
		snprintf(id, sizeof(id), "%.*s", what < sizeof(id) ? (int)what : 0, rest);
		text_format(out, cap, "%s%s%s", name_of(bench, id), what ? " " : "",
			    remark ? tell(bench, "意见", "words")
				   : label_of(bench, &command_names[i].title));
		return out;
	}
	text_format(out, cap, "%s", command);
	return out;
}

/* ---- the actions ---- */

static bool has_project(const struct screen *screen)
{
	return screen->bench->board != NULL;
}

static bool has_figure(const struct screen *screen)
{
	return has_project(screen) && screen->bench->board->headline.kind != FIGURE_NONE;
}

static bool is_writable(const struct screen *screen)
{
	return has_project(screen) && !project_is_readonly(screen->bench->session->project);
}

static void help(struct screen *screen)
{
	help_open(screen->bench);
}

static void go(struct screen *screen)
{
	go_open(screen->bench);
}

static void find(struct screen *screen)
{
	find_open(screen->bench);
}

static void command(struct screen *screen)
{
	command_open(screen->bench);
}

/* What was taken back may be the assessment that is open: there is nothing to be shown of it then. */
static void leave_what_is_gone(struct workbench *bench)
{
	const struct assessment_ref *refs;
	struct lt_err err = LT_ERR_INIT;
	unsigned n;
	if (session_assessments(bench->session, &refs, &n, &err) != LT_OK)
		return;
	for (unsigned i = 0; i < n; i++)
		if (strcmp(refs[i].name, bench->ref->name) == 0)
			return;
	workbench_shut(bench);
	screens_start(bench);
	workbench_tell(bench, NOTICE_WARN,
		       tell(bench, "%s；这项评价已不在项目里",
			    "%s; this assessment is no longer in the project"),
		       bench->notice);
}

static void undo(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	const char *undone = NULL;
	char words[500], now[TURNED_WORDS];
	workbench_begin(bench, "undo");
	const enum lt_status status = session_undo(bench->session, &undone, &err);
	if (!workbench_end(bench, status, &err, true))
		return;
	turned_show(bench, command_words(bench, undone ? undone : "", words, sizeof(words)), now);
	workbench_tell(bench, NOTICE_DONE, tell(bench, "已撤销：%s%s", "undone: %s%s"), words, now);
	leave_what_is_gone(bench);
}

static void redo(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	const char *redone = NULL;
	char words[500], now[TURNED_WORDS];
	workbench_begin(bench, "redo");
	const enum lt_status status = session_redo(bench->session, &redone, &err);
	if (!workbench_end(bench, status, &err, true))
		return;
	turned_show(bench, command_words(bench, redone ? redone : "", words, sizeof(words)), now);
	workbench_tell(bench, NOTICE_DONE, tell(bench, "已重做：%s%s", "redone: %s%s"), words, now);
	leave_what_is_gone(bench);
}

static void hide_score(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	bench->hides_score = !bench->hides_score;
	setting_keep(bench->sitting->who.state_home, "hide-score",
		     bench->hides_score ? "on" : "off");
}

static void switch_language(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	workbench_set_language(bench, bench->lang == LT_ZH ? LT_EN : LT_ZH);
}

static void draw_anew(struct screen *screen)
{
	(void)screen;
	terminal_forget();
}

static void suspend(struct screen *screen)
{
	(void)screen;
	terminal_suspend();
}

static void back(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	bench->unused_draft[0] = '\0';
	if (bench->n_screens > 1)
		workbench_pop(bench);
	else if (bench->board) {
		workbench_shut(bench);
		screens_start(bench);
	} else {
		bench->is_leaving = true;
	}
}

static void note(struct screen *screen)
{
	note_ask(screen->bench);
}

const struct action common_actions[] = {
	{ .key = K_F1,
	  .letter = '?',
	  .title = { "帮助", "help" },
	  .help = { "此处可用的键", "the keys that work here" },
	  .group = GROUP_SCREEN,
	  .in_popup = true,
	  .run = help },
	{ .key = K_F6,
	  .letter = 'g',
	  .title = { "转到", "go to" },
	  .help = { "转到总览、盘查、结果等", "go to overview, inventory, result ..." },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .is_live = has_project,
	  .run = go },
	{ .key = K_F7,
	  .letter = '/',
	  .title = { "查找", "find" },
	  .help = { "查编号、文字、拼音首字母", "find by number, text, pinyin initials" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_for_words = true,
	  .is_live = has_project,
	  .run = find },
	{ .key = K_F9,
	  .letter = ':',
	  .title = { "命令", "command" },
	  .help = { "按名称执行命令", "a command by name" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = command },
	{ .key = K_F8,
	  .letter = 'u',
	  .title = { "撤销", "undo" },
	  .help = { "撤销上一步", "take the last step back" },
	  .group = GROUP_CHANGE,
	  .in_foot = true,
	  .is_live = is_writable,
	  .run = undo },
	{ .key = K_CTRL_N,
	  .title = { "记一笔", "note" },
	  .help = { "随处先记一句，以后归条款", "a note, filed later" },
	  .group = GROUP_ANSWER,
	  .is_live = is_writable,
	  .run = note },
	{ .key = K_CTRL_R,
	  .title = { "重做", "redo" },
	  .group = GROUP_CHANGE,
	  .is_live = is_writable,
	  .run = redo },
	{ .key = K_F12,
	  .title = { "显隐分数", "score" },
	  .help = { "显示或隐藏总分和区间", "show or hide total and interval" },
	  .group = GROUP_SCREEN,
	  .is_live = has_figure,
	  .in_popup = true,
	  .run = hide_score },
	{ .key = K_CTRL_T,
	  .title = { "中英文", "language" },
	  .help = { "中文、英文切换", "Chinese or English" },
	  .group = GROUP_SCREEN,
	  .in_popup = true,
	  .run = switch_language },
	{ .key = K_CTRL_L,
	  .title = { "重画", "redraw" },
	  .group = GROUP_SCREEN,
	  .in_popup = true,
	  .run = draw_anew },
	{ .key = K_CTRL_Z,
	  .title = { "挂起", "suspend" },
	  .help = { "回到命令行，fg 再回来", "to the shell; fg comes back" },
	  .group = GROUP_SCREEN,
	  .run = suspend },
	{ .key = K_ESC,
	  .letter = 'q',
	  .title = { "返回", "back" },
	  .help = { "返回上一层，所填都已存", "one level up; all is saved" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .in_popup = true,
	  .run = back },
	{ .key = K_CTRL_C, .in_popup = true, .run = back },
};
const unsigned n_common_actions = sizeof(common_actions) / sizeof(common_actions[0]);
