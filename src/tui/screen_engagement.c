/* The assessment as a job: for whom, by which criteria, how sure; the team; what speaks against
 * taking it on. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/catalogue.h"
#include "visit.h"

struct engagement_screen {
	const struct form *form;         /* what its choices are called; NULL = as they are kept */
	struct engagement_info info;     /* in the session's arena */
	const struct engagement_gap *gaps;
	unsigned n_gaps;
	const char *criteria; /* as standards are called */
	struct list list; /* row 0 is the engagement, then the team */
	bool refuses;     /* what is asked for is why it is refused */
};

static struct engagement_screen *engagement_of(const struct screen *screen)
{
	return screen->data;
}

static void load(struct screen *screen)
{
	struct engagement_screen *at = engagement_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	enum lt_status status =
		session_engagement(bench->session, visit_year(bench), &at->info, &err);
	at->n_gaps = 0;
	if (!status)
		status = engagement_gaps(bench->session, &at->info, &at->gaps, &at->n_gaps, &err);
	if (!status)
		status = record_form(bench->sitting->workspace, "engagement", &bench->findings,
				     &at->form, &err);
	if (status) {
		at->info = (struct engagement_info){ .year = visit_year(bench) };
		workbench_tell_err(bench, &err);
	}
	at->criteria = catalogue_codes(bench->sitting->workspace, at->info.criteria,
				       &bench->session->arena);
}

static const struct team_member *member_at(const struct screen *screen)
{
	const struct engagement_screen *at = engagement_of(screen);
	return at->list.at && at->list.at <= at->info.n_team ? &at->info.team[at->list.at - 1] : NULL;
}

/* ---- drawing ---- */

struct fact {
	struct label title;
	const char *text;
};

/* Pairs of label and value, so many beside each other. */
static int draw_facts(const struct workbench *bench, const struct canvas *canvas, int row,
		      const struct fact *facts, unsigned n)
{
	const int across = frame_breadth(bench) >= BREADTH_100 ? 2 : 1;
	const int width = (canvas->cols - 5) / across, label = bench->lang == LT_ZH ? 10 : 15;
	for (unsigned i = 0; i < n; i++) {
		const int col = 5 + width * ((int)i % across);
		const char *text = facts[i].text && facts[i].text[0] ? facts[i].text : "-";
		draw_cut(canvas, row, col, label - 1, INK_DIM, label_of(bench, &facts[i].title));
		draw_cut(canvas, row, col + label, width - label - 2,
			 text[0] == '-' && !text[1] ? INK_DIM : INK_TEXT, text);
		if ((int)i % across == across - 1 || i + 1 == n)
			row++;
	}
	return row;
}

static const char *choice_text(const struct workbench *bench, const struct engagement_screen *at,
			       const char *field, const char *id)
{
	const struct form_choice *choice = at->form ? form_find_choice(at->form, field, id) : NULL;
	return choice ? label_of(bench, &choice->title) : id;
}

static int draw_engagement(const struct workbench *bench, const struct engagement_screen *at,
			   const struct canvas *canvas, int row)
{
	const struct engagement_info *info = &at->info;
	char period[40], days[80], contract[120];
	snprintf(period, sizeof(period), "%.10s%s%.10s", info->from, info->to[0] ? " ~ " : "", info->to);
	text_format(days, sizeof(days), tell(bench, "文件 %s  现场 %s  报告 %s  复核 %s", "documents %s  site %s  report %s  review %s"),
		    info->days_document[0] ? info->days_document : "-",
		    info->days_site[0] ? info->days_site : "-",
		    info->days_report[0] ? info->days_report : "-",
		    info->days_review[0] ? info->days_review : "-");
	text_format(contract, sizeof(contract), "%s  %s", info->contract, info->contract_on);
	const struct fact facts[] = {
		{ { "申请方", "applicant" }, info->applicant },
		{ { "责任方", "responsible" }, info->responsible },
		{ { "预期用户", "user" }, info->user },
		{ { "依据", "criteria" }, at->criteria },
		{ { "阶段", "stage" }, choice_text(bench, at, "stage", info->stage) },
		{ { "期间", "period" }, period },
		{ { "保证等级", "assurance" }, choice_text(bench, at, "assurance", info->assurance) },
		{ { "实质性 %", "materiality %" }, info->materiality },
		{ { "合同", "contract" }, info->contract[0] ? contract : "" },
		{ { "人日", "person-days" }, days },
		{ { "利益冲突", "conflicts" }, choice_text(bench, at, "conflict", info->conflict) },
		{ { "公正声明", "impartial" }, info->impartial_on },
	};
	const unsigned n = sizeof(facts) / sizeof(facts[0]);
	/* a low screen keeps what a decision needs */
	return draw_facts(bench, canvas, row, facts, canvas->rows < 20 ? 6 : n);
}

static const struct column_spec specs[] = {
	{ { "姓名", "Name" }, 12, BREADTH_60, false, 28 },
	{ { "职责", "Part" }, 18, BREADTH_60, false, 0 },
	{ { "专业", "Sector" }, 18, BREADTH_80, false, 0 },
	{ { "可评板块", "Sections" }, 12, BREADTH_100, false, 0 },
	{ { "公正声明", "Impartial" }, 10, BREADTH_60, false, 0 },
};

static void draw_team(const struct screen *screen, const struct canvas *canvas, int row, int rows)
{
	const struct workbench *bench = screen->bench;
	struct engagement_screen *at = engagement_of(screen);
	struct columns columns;
	columns_lay(&columns, specs, 5, bench, canvas, 5);
	columns_titles(&columns, bench, canvas, row++);
	/* whoever the cursor is on is in sight */
	const unsigned room = rows > 0 ? (unsigned)rows : 0;
	const unsigned first = at->list.at > room ? at->list.at - room : 0;
	for (unsigned i = first; i < at->info.n_team && i < first + room; i++) {
		const struct team_member *member = &at->info.team[i];
		const struct label *role = team_role_title(member->role);
		columns_cell(&columns, canvas, row, 0, INK_TEXT, member->person);
		columns_cell(&columns, canvas, row, 1, INK_TEXT,
			     role ? label_of(bench, role) : member->role);
		columns_cell(&columns, canvas, row, 2, INK_DIM, member->sector);
		columns_cell(&columns, canvas, row, 3, INK_DIM, member->sections);
		columns_cell(&columns, canvas, row, 4, member->impartial_on[0] ? INK_OK : INK_WARN,
			     member->impartial_on[0] ? member->impartial_on
						     : tell(bench, "! 未声明", "! none"));
		if (at->list.at == i + 1)
			draw_selection(canvas, row, true);
		row++;
	}
	if (!at->info.n_team)
		draw_text(canvas, row, 5, INK_DIM,
			  tell(bench, "还没有评价组；F5 加人", "no team yet; F5 adds"));
}

static void draw_state(const struct workbench *bench, const struct engagement_screen *at,
		       const struct canvas *canvas, int row)
{
	const struct engagement_info *info = &at->info;
	const bool accepted = strcmp(info->acceptance, "accepted") == 0;
	const int col = draw_text(canvas, row, 3, INK_DIM, tell(bench, "受理", "acceptance"));
	if (!info->acceptance[0])
		draw_text(canvas, row, col + 2, INK_WARN,
			  tell(bench, "◦ 未定  1 受理  2 不受理", "◦ open  1 accept  2 refuse"));
	else
		draw_format(canvas, row, col + 2, accepted ? INK_OK : INK_VETO, "%s %s  %s",
			    accepted ? tell(bench, "✓ 已受理", "✓ accepted")
				     : tell(bench, "✗ 不受理", "✗ refused"),
			    info->accepted_on, info->acceptance_reason);
}

static void engagement_draw(struct screen *screen, const struct canvas *canvas)
{
	struct engagement_screen *at = engagement_of(screen);
	const struct workbench *bench = screen->bench;
	const int gaps = at->n_gaps > 4 ? 4 : (int)at->n_gaps;
	int row = 1;
	list_fit(&at->list, at->info.n_team + 1, 99);
	draw_state(bench, at, canvas, row);
	row += 1;
	draw_format(canvas, row, 3, INK_TITLE, tell(bench, "委托  %s 年度", "engagement  %s"), at->info.year);
	draw_right(canvas, row, canvas->cols - 3, INK_DIM,
		   at->info.is_there ? tell(bench, "Enter 改", "Enter edits")
				     : tell(bench, "还没有填，Enter 填写，3 承接上次", "empty; Enter fills it in, 3 renews the last"));
	if (at->list.at == 0)
		draw_selection(canvas, row, true);
	row = draw_engagement(bench, at, canvas, row + 1) + (frame_is_tall(bench) ? 1 : 0);
	draw_format(canvas, row, 3, INK_TITLE, tell(bench, "评价组  %u", "team  %u"), at->info.n_team);
	draw_team(screen, canvas, row + 1, canvas->rows - row - 2 - gaps);
	for (int i = 0; i < gaps; i++) {
		const int line = canvas->rows - gaps + i;
		draw_text(canvas, line, 3, at->gaps[i].blocks ? INK_VETO : INK_WARN,
			  at->gaps[i].blocks ? "✗" : "!");
		/* here it is one key */
		draw_cut(canvas, line, 5, canvas->cols - 7, INK_TEXT,
			 at->gaps[i].kind == GAP_NOT_ACCEPTED
				 ? tell(bench, "还没有受理：机构或组长按 1 受理，2 不受理",
					"not accepted yet: body or leader press 1 to accept, 2 to refuse")
				 : label_of(bench, &at->gaps[i].text));
	}
}

static void engagement_header(struct screen *screen, const struct canvas *row)
{
	char text[60];
	snprintf(text, sizeof(text), tell(screen->bench, "待补 %u", "to be cured %u"),
		 engagement_of(screen)->n_gaps);
	visit_header(screen->bench, row, text);
}

/* ---- keys ---- */

static void enter(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	const struct team_member *member = member_at(screen);
	if (!member) {
		/* what the assessment at hand says of itself is filled in */
		const struct engagement_info *info = &engagement_of(screen)->info;
		const char *const fields[] = { "criteria", bench->ref->standard,
					       "stage",    bench->ref->stage, NULL };
		form_open_row(bench, "engagement", visit_year(bench),
			      info->is_there ? NULL : fields);
		return;
	}
	const char *row = lt_arena_printf(&bench->session->arena, "%s/%s", member->year, member->person);
	if (row)
		form_open_row(bench, "team", row, NULL);
}

static void add(struct screen *screen)
{
	const char *const fields[] = { "year", visit_year(screen->bench), NULL };
	form_open_row(screen->bench, "team", NULL, fields);
}

static void accept_now(struct workbench *bench, bool accepted, const char *reason)
{
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	workbench_begin(bench, accepted ? "accept" : "refuse");
	workbench_because(bench, reason);
	const enum lt_status status = session_accept(bench->session, visit_year(bench), accepted,
						     NULL, NULL, &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, "%s",
			       accepted ? tell(bench, "已受理", "accepted")
					: tell(bench, "已记为不受理", "refused"));
}

static void refusal_given(struct workbench *bench, void *context, const char *text)
{
	(void)context;
	accept_now(bench, false, text);
}

static bool is_to_begin(const struct screen *screen)
{
	return !engagement_of(screen)->info.is_there && screen_is_writable(screen);
}

/* What the engagement before has said, for a year that has none. */
static void renew(struct workbench *bench)
{
	const char *before = NULL;
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	workbench_begin(bench, "renew");
	const enum lt_status status = session_renew_engagement(bench->session, visit_year(bench),
							       &before, &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE,
			       tell(bench, "已承接 %s 年的委托；合同、期间、日期、核查、声明和受理要重新填",
				    "begun with that of %s; contract, period, dates, conflicts, declarations and acceptance are to be made anew"),
			       before);
}

static bool engagement_key(struct screen *screen, const struct event *event)
{
	struct engagement_screen *at = engagement_of(screen);
	const int digit = key_digit(event);
	if (list_key(&at->list, event))
		return true;
	if (digit == 1 && screen_is_writable(screen))
		accept_now(screen->bench, true, NULL);
	else if (digit == 2 && screen_is_writable(screen))
		ask_open_words(screen->bench, visit_year(screen->bench), tell(screen->bench, "不受理", "Refuse"),
			 tell(screen->bench, "为什么不受理；写进记录", "why; the record keeps it"), "",
			 true, NULL, refusal_given, NULL);
	else if (digit == 3 && is_to_begin(screen))
		renew(screen->bench);
	return digit >= 0;
}

static void print(struct screen *screen)
{
	paper_open(screen->bench, "acceptance", NULL);
}

static const struct action engagement_actions[] = {
	{ .key = K_ENTER,
	  .title = { "填写", "fill in" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = enter },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "加人", "add member" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = screen_is_writable,
	  .run = add },
	{ .keys = { "1 2", "1 2" },
	  .title = { "受理、不受理", "accept, refuse" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = screen_is_writable },
	{ .keys = { "3", "3" },
	  .title = { "承接上次", "renew" },
	  .help = { "用上一次委托的各方、依据、机构、评价组和抽样总体开始",
		    "begins with parties, criteria, body, team and populations of the last engagement" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = is_to_begin },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "打印", "print" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = print },
};

static const struct screen_kind engagement_kind = {
	.id = "engagement",
	.title = { "委托", "Engagement" },
	.size = SIZE_WHOLE,
	.actions = engagement_actions,
	.n_actions = sizeof(engagement_actions) / sizeof(engagement_actions[0]),
	.needs_project = true,
	.draw = engagement_draw,
	.header = engagement_header,
	.key = engagement_key,
	.changed = load,
};

void engagement_open(struct workbench *bench)
{
	struct engagement_screen *at = workbench_room(bench, sizeof(*at));
	struct screen *screen = at ? workbench_push(bench, &engagement_kind, at) : NULL;
	if (screen)
		load(screen);
}
