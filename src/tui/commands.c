#include "commands.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "lingtan/app/cycle.h"
#include "lingtan/app/duty.h"
#include "lingtan/core/pinyin.h"
#include "lingtan/store/keep.h"
#include "lingtan/store/verify.h"
#include "path.h"
#include "screens.h"
#include "terminal.h"

/* ---- rounds ---- */

static void submit_now(struct workbench *bench, const char *reason)
{
	struct lt_err err = LT_ERR_INIT;
	unsigned round = 0;
	workbench_begin(bench, "submit");
	workbench_because(bench, reason);
	const enum lt_status status = session_submit(
		bench->session, bench->ref, workbench_rung(bench), &round, &bench->findings, &err);
	if (workbench_end(bench, status, &err, true))
		workbench_tell(bench, NOTICE_DONE,
			       tell(bench, "第 %u 轮已提交，之后改动要写理由",
				    "round %u is submitted; changes now need a reason"),
			       round);
}

static void submit_reason_given(struct workbench *bench, void *context, const char *text)
{
	(void)context;
	submit_now(bench, text);
}

static void submit_chosen(struct workbench *bench, void *context, unsigned number)
{
	(void)context;
	if (number == 0)
		submit_now(bench, "");
	else if (number == 2)
		ask_open_words(bench, "", tell(bench, "写明理由提交", "Submit with a reason"),
			 tell(bench, "没有佐证、定位笼统的得分，都记下这条理由",
			      "it is written down for each award without evidence or a close place"),
			 "", true, NULL, submit_reason_given, NULL);
}

static void submit(struct workbench *bench)
{
	const struct board_rung *rung = &bench->board->rungs[bench->board->own];
	char detail[120];
	if (!workbench_may_write(bench))
		return;
	snprintf(detail, sizeof(detail),
		 tell(bench, "未评 %u，缺佐证 %u", "%u open, %u without evidence"),
		 rung->by_state[STATE_OPEN], rung->by_state[STATE_UNPROVEN]);
	const struct menu_row rows[] = {
		{ tell(bench, "提交本轮", "submit this round"), detail, 1, false },
		{ tell(bench, "再看看", "not yet"), NULL, 2, false },
		{ tell(bench, "写明理由提交", "submit with a reason"),
		  tell(bench, "缺佐证的得分须有理由", "awards without evidence need one"), 3,
		  false },
	};
	menu_open(bench,
		  tell(bench, "提交后不能撤销，只能更正", "cannot be undone, only corrected"), rows,
		  3, 1, submit_chosen, NULL);
}

/* ---- looking from another rung, another assessment ---- */

static void rung_chosen(struct workbench *bench, void *context, unsigned number)
{
	struct lt_err err = LT_ERR_INIT;
	(void)context;
	if (board_look_from(bench->board, (enum rung)number, &err) != LT_OK)
		workbench_tell_err(bench, &err);
	workbench_tell_screens(bench);
}

static void look_from(struct workbench *bench)
{
	struct menu_row rows[N_RUNGS];
	for (unsigned i = 0; i < N_RUNGS; i++)
		rows[i] = (struct menu_row){ label_of(bench, &rung_titles[i]),
					     bench->board->rungs[i].has_answers
						     ? ""
						     : tell(bench, "还没有作答", "no answers yet"),
					     (int)i + 1, false };
	menu_open(bench, tell(bench, "看哪个层级", "Which rung to look at"), rows, N_RUNGS,
		  (unsigned)bench->board->own, rung_chosen, NULL);
}

static void assessment_chosen(struct workbench *bench, void *context, unsigned number)
{
	const struct assessment_ref *refs;
	struct lt_err err = LT_ERR_INIT;
	unsigned n;
	(void)context;
	if (session_assessments(bench->session, &refs, &n, &err) != LT_OK)
		workbench_tell_err(bench, &err);
	else if (number < n)
		workbench_choose(bench, &refs[number]);
}

static void choose_assessment(struct workbench *bench)
{
	const struct assessment_ref *refs;
	struct lt_err err = LT_ERR_INIT;
	unsigned n = 0, at = 0;
	enum lt_status status = session_assessments(bench->session, &refs, &n, &err);
	struct menu_row *rows =
		status ? NULL : lt_arena_alloc(&bench->session->arena, n + 1, sizeof(*rows));
	if (!status && !rows)
		status = lt_err_memory(&err);
	for (unsigned i = 0; i < n && !status; i++) {
		rows[i] = (struct menu_row){ title_of_assessment(bench, &refs[i]), NULL,
					     i < 9 ? (int)i + 1 : -1, false };
		if (strcmp(refs[i].name, bench->ref->name) == 0)
			at = i;
	}
	if (status)
		workbench_tell_err(bench, &err);
	else
		menu_open(bench, tell(bench, "换评价", "Another assessment"), rows, n, at,
			  assessment_chosen, NULL);
}

/* ---- who owes it ---- */

/* The item where the person is, from the topmost screen that stands at one. */
static const char *item_at_hand(const struct workbench *bench)
{
	struct place place = { .item = NULL };
	for (unsigned i = bench->n_screens; i-- > 0 && !place.item;)
		if (bench->stack[i].kind->describe)
			bench->stack[i].kind->describe(&bench->stack[i], &place);
	return place.item;
}

/* "规划局 2026-03-20": the last word is the day where it looks like one. */
static void owner_given(struct workbench *bench, void *context, const char *text)
{
	struct lt_err err = LT_ERR_INIT;
	char owner[400], command[500], due[11] = "";
	const char *const item = item_at_hand(bench);
	unsigned n = 0;
	(void)context;
	if (!item)
		return;
	text_format(owner, sizeof(owner), "%s", text);
	char *blank = strrchr(owner, ' ');
	if (blank && strlen(blank + 1) == 10 && strspn(blank + 1, "0123456789-") == 10) {
		memcpy(due, blank + 1, sizeof(due));
		*blank = '\0';
	}
	text_format(command, sizeof(command), "assign %s %s", item, text);
	workbench_begin(bench, command);
	const enum lt_status status = session_assign(bench->session, bench->ref, item, owner,
						     due[0] ? due : NULL, &n, &bench->findings, &err);
	if (workbench_end(bench, status, &err, n > 0))
		workbench_tell(bench, NOTICE_DONE,
			       owner[0] ? tell(bench, "%s 已交办", "%s is given to an owner")
					: tell(bench, "%s 已收回", "%s is taken back"),
			       item);
}

static void assign(struct workbench *bench)
{
	char title[200], text[400] = "";
	const char *const item = item_at_hand(bench);
	const uint32_t slot = item ? board_find_item(bench->board, item) : NO_SLOT;
	if (slot == NO_SLOT) {
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "先到逐项里选一条", "go to an item first"));
		return;
	}
	const struct board_item *at = &bench->board->items[slot];
	if (at->owner)
		text_format(text, sizeof(text), "%s%s%s", at->owner, at->due ? " " : "",
			    at->due ? at->due : "");
	text_format(title, sizeof(title), tell(bench, "%s 交给谁", "Who owes %s"), item);
	ask_open_words(bench, item, title,
		 tell(bench, "责任人，后面可写期限：规划局 2026-03-20；空着即收回",
		      "owner, and the day if there is one; empty takes it back"),
		 text, false, NULL, owner_given, NULL);
}

/* ---- the next cycle ---- */

/* A surveillance looks at the controls and at what was found last; more can be obliged later. */
static void follow_chosen(struct workbench *bench, void *context, unsigned number)
{
	static const char *const looked_at[] = { "controls", "findings" };
	const struct new_cycle wishes[] = {
		{ .kind = CYCLE_REASSESSMENT },
		{ .kind = CYCLE_SURVEILLANCE, .must = looked_at, .n_must = 2 },
	};
	const struct assessment_ref *ref = NULL;
	struct lt_err err = LT_ERR_INIT;
	const char *name = NULL;
	(void)context;
	if (number >= sizeof(wishes) / sizeof(wishes[0]))
		return;
	workbench_begin(bench, "follow");
	enum lt_status status = session_follow(bench->session, bench->ref, &wishes[number], &name,
					       &bench->findings, &err);
	if (!workbench_end(bench, status, &err, true))
		return;
	status = session_find_assessment(bench->session, name, NULL, &ref, &bench->findings, &err);
	if (status != LT_OK) {
		workbench_tell_err(bench, &err);
		return;
	}
	const char *title = title_of_assessment(bench, ref);
	if (workbench_choose(bench, ref))
		workbench_tell(bench, NOTICE_DONE,
			       tell(bench, "已开始 %s，上次的结论在每条里作提示",
				    "%s begun; each item shows what was said last"),
			       title);
}

static void follow(struct workbench *bench)
{
	if (!workbench_may_write(bench))
		return;
	const struct menu_row rows[] = {
		{ tell(bench, "再评价", "re-assessment"),
		  tell(bench, "下一年度，逐条重新评价", "the year after, every item anew"), 1, false },
		{ tell(bench, "监督评价", "surveillance"),
		  tell(bench, "控制项和有过发现的条款必查", "controls and what was found are obligatory"), 2,
		  false },
		{ tell(bench, "不开始", "not now"), NULL, 3, false },
	};
	menu_open(bench, tell(bench, "承接本次评价", "The next after this one"), rows, 3, 2,
		  follow_chosen, NULL);
}

/* ---- the file ---- */

static void verify(struct workbench *bench)
{
	const struct verify_wish wish = { .anchors = NULL };
	struct verify_report report = { .holds = false };
	struct lt_err err = LT_ERR_INIT;
	workbench_wait_begin(bench, "verify");
	const enum lt_status status =
		session_verify(bench->session, &wish,
			       !project_is_readonly(bench->session->project), &report, &err);
	if (!workbench_wait_end(bench))
		workbench_tell(bench, NOTICE_WARN, "%s", tell(bench, "已取消，没有校验完", "stopped before the end"));
	else if (status)
		workbench_tell_err(bench, &err);
	else if (!report.holds)
		workbench_tell_err(bench, &report.what);
	else
		workbench_tell(bench, NOTICE_DONE,
			       tell(bench, "完好：%u 条记录环环相扣，%u 份佐证内容相符",
				    "sound: %u entries hang together, %u pieces of evidence agree"),
			       report.n_entries, report.n_blobs);
}

static void copy_given(struct workbench *bench, void *context, const char *text)
{
	struct lt_err err = LT_ERR_INIT;
	char path[PATH_TEXT];
	(void)context;
	enum lt_status status = path_expand(text, path) ? LT_OK : path_too_long(&err);
	if (!status)
		status = project_copy(bench->session->project, path, &err);
	if (status)
		workbench_tell_err(bench, &err);
	else
		workbench_tell(bench, NOTICE_DONE, tell(bench, "已另存到 %s", "copied to %s"),
			       text);
}

static void copy(struct workbench *bench)
{
	ask_open(bench, tell(bench, "另存一份", "A copy"),
		 tell(bench, "新文件的路径，~ 是个人文件夹；已有的文件不会被覆盖",
		      "path of a new file, ~ is your own folder; nothing is overwritten"),
		 "", true, NULL, copy_given, NULL);
}

/* ---- the program ---- */

static void switch_language(struct workbench *bench)
{
	workbench_set_language(bench, bench->lang == LT_ZH ? LT_EN : LT_ZH);
}

static void switch_theme(struct workbench *bench)
{
	const enum theme_kind theme = terminal_theme() == THEME_LIGHT ? THEME_DARK : THEME_LIGHT;
	if (terminal_theme() != THEME_LIGHT && terminal_theme() != THEME_DARK) {
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "这个终端颜色不够，明暗不能切换",
				    "this terminal has too few colours for that"));
		return;
	}
	terminal_set_theme(theme);
}

static void hide_score(struct workbench *bench)
{
	bench->hides_score = !bench->hides_score;
	setting_keep(bench->sitting->who.state_home, "hide-score",
		     bench->hides_score ? "on" : "off");
}

static void leave(struct workbench *bench)
{
	bench->is_leaving = true;
}

static void close_project(struct workbench *bench)
{
	workbench_shut(bench);
	screens_start(bench);
}

static void explain_total(struct workbench *bench)
{
	explain_open(bench, NO_SLOT);
}

const struct named_command named_commands[] = {
	{ { "总览", "overview" },
	  { "总分、板块、待办", "total, sections, what is left" },
	  NULL,
	  true,
	  workbench_pop_all },
	{ { "逐项", "items" }, { "逐项作答，挂佐证", "answer item by item, with evidence" }, "set", true, walk_resume },
	{ { "收件", "inbox" },
	  { "一个文件夹里的照片和文件，看过再挂", "photos and files of a folder, seen, then attached" },
	  "attach",
	  true,
	  inbox_open },
	{ { "查找", "find" },
	  { "查编号、文字、拼音首字母", "number, text, pinyin initials" },
	  NULL,
	  true,
	  find_open },
	{ { "结果", "result" },
	  { "加权得分、差距、试算", "points by weight, gap, what if" },
	  "score",
	  true,
	  result_open },
	{ { "差距", "gap" },
	  { "到下一等级还差哪几步，试算", "the steps to the next grade, what if" },
	  "gap",
	  true,
	  result_open_gap },
	{ { "追溯", "explain" },
	  { "总分从哪里来", "where the total comes from" },
	  "explain",
	  true,
	  explain_total },
	{ { "建议开关", "advice" },
	  { "评价方看不看差距和试算，记入日志", "gap and what if for who assesses; recorded" },
	  NULL,
	  true,
	  advice_switch },
	{ { "复核", "review" },
	  { "两个层级逐条对照，处置", "two rungs side by side, and what is done" },
	  "differences",
	  true,
	  review_open },
	{ { "证书", "certificate" },
	  { "出证条件、签署、样张、发证、登记", "readiness, signatures, specimen, issue, register" },
	  "certificate",
	  true,
	  certificate_open },
	{ { "合并", "merge" },
	  { "同一项目的另一份文件，先看再并", "another file of the project, looked at first" },
	  "merge",
	  true,
	  merge_open_screen },
	{ { "收补丁", "patch" },
	  { "复核人寄回的补丁，逐条收或不收", "a reviewer's patch, item by item" },
	  "patch",
	  true,
	  patch_open_screen },
	{ { "出补丁", "make patch" },
	  { "自己做的装成一个小文件，寄给对方", "what you did as one small file to send" },
	  "patch make",
	  true,
	  patch_make_open },
	{ { "副册", "aside" },
	  { "只读的文件：意见写在本机副册里", "a file that may not be written: reviewed in a side file" },
	  NULL,
	  true,
	  aside_open },
	{ { "提交本轮", "submit" },
	  { "冻结本层级，交给上一级", "freezes this rung as a round" },
	  "submit",
	  true,
	  submit },
	{ { "看层级", "look from" },
	  { "换一个层级看分数和待办", "figures and tasks of another rung" },
	  NULL,
	  true,
	  look_from },
	{ { "换评价", "assessment" },
	  { "项目里的另一个标准、阶段或年份", "another standard, stage or year" },
	  NULL,
	  true,
	  choose_assessment },
	{ { "导出", "export" },
	  { "报告、工作簿、数据、佐证包", "reports, workbook, data, evidence" },
	  "export",
	  true,
	  export_open },
	{ { "出证检查", "ready" },
	  { "什么阻止出证、什么须确认，一键去处理", "what blocks, what to confirm, one key to each cure" },
	  "ready",
	  true,
	  ready_open },
	{ { "发现", "findings" },
	  { "不符合、观察、澄清：记下、答复、验证", "nonconformities: written down, answered, verified" },
	  "findings",
	  true,
	  findings_open },
	{ { "会签", "sign-off" },
	  { "轮到自己时签署", "who signed; sign when it is your turn" },
	  "sign",
	  true,
	  sign_off_open },
	{ { "认定决定", "decision" },
	  { "由评价组之外的人作出", "by somebody outside the team" },
	  "decide",
	  true,
	  decisions_open },
	{ { "交办", "assign" },
	  { "这一条由谁交、何时交", "who owes this item, and until when" },
	  "assign",
	  true,
	  assign },
	{ { "承接评价", "follow" },
	  { "下一次评价：结论清空，本次的作提示", "the next one: nothing answered, this one as hints" },
	  "follow",
	  true,
	  follow },
	{ { "盘查", "inventory" },
	  { "排放、吸收、抵消，边填边算", "emissions, absorption, offsets" },
	  NULL,
	  true,
	  inventory_open_screen },
	{ { "导入", "import" },
	  { "自评表、答题单，先看再写", "a sheet, looked at first" },
	  NULL,
	  true,
	  import_open },
	{ { "园区", "park" },
	  { "名称、边界、用地、联系人", "name, boundary, land use, contact" },
	  NULL,
	  true,
	  park_open },
	{ { "人员", "people" },
	  { "谁参加，各是什么角色", "who takes part, in which role" },
	  NULL,
	  true,
	  people_open },
	{ { "基础数据", "figures" },
	  { "指标要的各年数据", "figures of the year" },
	  NULL,
	  true,
	  quantities_open },
	{ { "参数集", "profile" },
	  { "本机构的分值、分档、权重", "the body's own points, tiers, weights" },
	  NULL,
	  true,
	  profile_open },
	{ { "资料", "materials" },
	  { "向园区要的资料，谁欠何时交", "what was asked of the park, who owes it" },
	  "requests",
	  true,
	  material_open },
	{ { "委托", "engagement" },
	  { "谁申请、依据、受理、评价组", "who asked, criteria, acceptance, team" },
	  "engagement",
	  true,
	  engagement_open },
	{ { "地点", "places" },
	  { "企业、建筑、计量器具，抽样", "tenants, buildings, meters, samples" },
	  NULL,
	  true,
	  places_open },
	{ { "计划", "plan" },
	  { "现场停留点、时间、人员、冲突", "stops of the visit, times, people, conflicts" },
	  "plan",
	  true,
	  plan_open },
	{ { "覆盖", "coverage" },
	  { "文件与现场结论，漏下的条款、样本、记录", "verdicts, what the visit has left out" },
	  "coverage",
	  true,
	  coverage_open },
	{ { "照片", "photos" },
	  { "哪一站拍的，拍的哪里", "at which stop, of which place" },
	  "photos",
	  true,
	  photos_open },
	{ { "复核要点", "review points" },
	  { "技术复核逐项看过程，意见答复关闭", "the technical review, point by point" },
	  NULL,
	  true,
	  points_open },
	{ { "记一笔", "note" },
	  { "现场先记，以后归条款（Ctrl-N）", "written now, filed later (Ctrl-N)" },
	  "note",
	  true,
	  note_ask },
	{ { "打印表单", "forms" },
	  { "签到表、不符合项报告等，打印后签字", "forms to print and sign" },
	  "paper",
	  true,
	  paper_open_list },
	{ { "设置", "settings" },
	  { "本项目怎样保存", "how this project is kept" },
	  NULL,
	  true,
	  settings_open },
	{ { "标准库", "standards" },
	  { "标准、版本、尚缺的数值", "editions and what they lack" },
	  "standard",
	  false,
	  standards_open },
	{ { "日志", "journal" },
	  { "谁在何时改了什么、为什么", "who changed what, when and why" },
	  "log",
	  true,
	  log_open },
	{ { "校验", "verify" },
	  { "日志链、数据、佐证内容是否完好", "journal, facts and evidence hang together" },
	  "verify",
	  true,
	  verify },
	{ { "另存", "copy" },
	  { "完整复制一份项目文件", "a whole copy of the project file" },
	  "copy",
	  true,
	  copy },
	{ { "显隐分数", "hide score" },
	  { "显示或隐藏总分和区间", "show or hide total and interval" },
	  NULL,
	  true,
	  hide_score },
	{ { "导览", "tour" },
	  { "五行说明怎么用", "five lines on how to use this" },
	  NULL,
	  false,
	  tour_open },
	{ { "中英文", "language" },
	  { "中文、英文切换", "Chinese or English" },
	  NULL,
	  false,
	  switch_language },
	{ { "明暗", "theme" }, { "深色、浅色切换", "dark or light" }, NULL, false, switch_theme },
	{ { "关闭项目", "close" },
	  { "回到开始画面，所填都已存", "to the start; all is saved" },
	  NULL,
	  true,
	  close_project },
	{ { "退出", "quit" },
	  { "离开工作台，所填都已存", "leave the workbench; all is saved" },
	  NULL,
	  false,
	  leave },
};
const unsigned n_named_commands = sizeof(named_commands) / sizeof(named_commands[0]);

const struct named_command *command_that_runs(void (*run)(struct workbench *bench))
{
	const struct named_command *found = NULL;
	for (unsigned i = 0; i < n_named_commands && !found; i++)
		if (named_commands[i].run == run)
			found = &named_commands[i];
	assert(found);
	return found;
}

/* ---- matching ---- */

static bool begins(const char *text, const char *query)
{
	return strncasecmp(text, query, strlen(query)) == 0;
}

static bool by_initials(const struct workbench *bench, const char *title, const char *query)
{
	size_t at, len;
	return pinyin_find(&bench->sitting->workspace->pinyin, title, query, &at, &len);
}

/* Of "报告、工作簿、数据" each, by its beginning: who looks for a report finds where it is made. */
static bool is_named(const char *help, const char *query)
{
	static const char *const between[] = { "、", "，", ", " };
	if (strlen(query) <= strlen("报")) /* one character begins too much, and so do three letters */
		return false;
	if (begins(help, query))
		return true;
	for (size_t i = 0; i < sizeof(between) / sizeof(between[0]); i++)
		for (const char *at = strstr(help, between[i]); at; at = strstr(at, between[i])) {
			at += strlen(between[i]);
			if (begins(at, query))
				return true;
		}
	return false;
}

#define LONGEST_TITLE 200 /* bytes; what is longer than every title, as a pasted page, fits none */

static int fit_of(const struct workbench *bench, const struct named_command *command,
		  const char *query)
{
	if (!query[0])
		return 1;
	if (strnlen(query, LONGEST_TITLE + 1) > LONGEST_TITLE)
		return 0;
	if (begins(command->title.zh, query) || begins(command->title.en, query))
		return 5;
	if (command->cli && begins(command->cli, query))
		return 4;
	if (strstr(command->title.zh, query) || strcasestr(command->title.en, query))
		return 3;
	if (by_initials(bench, command->title.zh, query))
		return 2;
	return is_named(command->help.zh, query) || is_named(command->help.en, query) ? 1 : 0;
}

int command_match(const struct workbench *bench, const struct named_command *command,
		  const char *query)
{
	return command->needs_project && !bench->board ? 0 : fit_of(bench, command, query);
}

const struct named_command *command_of_projects(const struct workbench *bench, const char *query)
{
	const struct named_command *found = NULL;
	int best = 0;
	for (unsigned i = 0; i < n_named_commands && !bench->board; i++) {
		const int fit = fit_of(bench, &named_commands[i], query);
		if (named_commands[i].needs_project && fit > best) {
			best = fit;
			found = &named_commands[i];
		}
	}
	return found;
}
