/* The standards at hand: edition, how much each asks, on which numbers it rests, what it lacks. */
#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "lingtan/app/catalogue.h"
#include "list.h"
#include "screens.h"
#include "wrap.h"

struct standards {
	struct library *library;
	const struct library_result *results; /* [n] */
	unsigned n;
	struct list list;
	int top, n_lines, n_seen; /* of the detail: first line shown, how many there are and fit */
};

/* The detail is drawn line by line; what lies above `top` or below the canvas is only counted. */
struct page {
	const struct workbench *bench;
	const struct canvas *canvas;
	int top, line, left;
};

static const struct ruleset *ruleset_at(const struct standards *standards, unsigned i)
{
	return standards->results && i < standards->n ? standards->results[i].ruleset : NULL;
}

/* ---- detail ---- */

static void put_line(struct page *page, const char *label, enum ink ink, const char *text,
		     size_t len)
{
	const int row = page->line++ - page->top;
	if (row < 0 || row >= page->canvas->rows)
		return;
	draw_text(page->canvas, row, 0, INK_DIM, label);
	draw_bytes(page->canvas, row, page->left, ink, text, len);
}

static void put(struct page *page, const char *label, enum ink ink, const char *text)
{
	const size_t len = strlen(text);
	size_t from = 0;
	if (!text[0])
		return;
	do {
		const struct wrap_line line =
			wrap_line(text, len, from, page->canvas->cols - page->left);
		put_line(page, from ? "" : label, ink, text + line.from, line.to - line.from);
		from = line.next;
	} while (from < len);
}

static void put_labels(struct page *page, const char *label, const struct label *labels, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		put(page, i ? "" : label, INK_TEXT, label_of(page->bench, &labels[i]));
}

static void put_terms(struct page *page, const char *label, const struct term *terms, unsigned n)
{
	char text[1000] = "";
	for (unsigned i = 0; i < n; i++) {
		const size_t used = strlen(text);
		text_format(text + used, sizeof(text) - used, "%s%s", used ? "  " : "",
			    label_of(page->bench, &terms[i].title));
	}
	put(page, label, INK_TEXT, text);
}

static void put_edition(struct page *page, const struct ruleset *ruleset)
{
	char text[600];
	const struct workbench *bench = page->bench;
	text_format(text, sizeof(text), "%s%s%s%s%s", ruleset->edition,
		    ruleset->published ? tell(bench, "  发布 ", "  published ") : "",
		    ruleset->published ? ruleset->published : "",
		    ruleset->in_force ? tell(bench, "  实施 ", "  in force ") : "",
		    ruleset->in_force ? ruleset->in_force : "");
	put(page, tell(bench, "版本", "edition"), INK_TEXT, text);
	if (ruleset->status == RULESET_DRAFT)
		put(page, "", INK_WARN,
		    tell(bench, "依据草案，只出样张；机构写明正式标准号后除外",
			 "on a draft: specimens only, until a body names the published standard"));
}

static void put_counts(struct page *page, const struct ruleset *ruleset)
{
	char text[300] = "";
	for (int kind = 0; kind < N_ITEM_KINDS; kind++) {
		const unsigned n = catalogue_count_kind(ruleset, (enum item_kind)kind);
		const size_t used = strlen(text);
		if (n)
			text_format(text + used, sizeof(text) - used, "%s%s %u", used ? "  " : "",
				    label_of(page->bench, &item_kind_titles[kind]), n);
	}
	put(page, tell(page->bench, "条款", "items"), INK_TEXT, text);
}

static void put_numbers(struct page *page, const struct ruleset *ruleset)
{
	char text[300] = "";
	const struct workbench *bench = page->bench;
	for (int origin = ORIGIN_SOURCED; origin < N_ORIGINS; origin++) {
		const unsigned n = catalogue_count_origin(ruleset, (enum origin)origin);
		const size_t used = strlen(text);
		if (n)
			text_format(text + used, sizeof(text) - used, "%s%s %u", used ? "  " : "",
				    label_of(bench, origin_title((enum origin)origin)), n);
	}
	const bool is_weak = catalogue_weakest(ruleset) >= ORIGIN_PROPOSED;
	put(page, tell(bench, "数值", "numbers"), is_weak ? INK_WARN : INK_TEXT, text);
	for (unsigned i = 0, n = 0; i < ruleset->n_parameters; i++)
		if (!ruleset->parameters[i].value)
			put(page, n++ ? "" : tell(bench, "未定", "unset"), INK_WARN,
			    label_of(bench, &ruleset->parameters[i].title));
}

static void put_line_of(struct page *page, const struct ruleset *ruleset)
{
	struct board *prospect;
	struct lt_err err = LT_ERR_INIT;
	const struct selection selection = { 0 };
	char text[400] = "", number[FIGURE_TEXT];
	put_terms(page, tell(page->bench, "等级", "grades"), ruleset->grades, ruleset->n_grades);
	if (catalogue_prospect(ruleset, &selection, NULL, &prospect, &err) != LT_OK)
		return;
	for (unsigned i = 0; i < prospect->headline.n_lines; i++) {
		struct lt_decimal limit;
		const struct board_line *line = &prospect->headline.lines[i];
		const struct term *grade =
			term_find(ruleset->grades, ruleset->n_grades, line->grade);
		const size_t used = strlen(text);
		if (catalogue_limit(prospect, line, &limit))
			text_format(text + used, sizeof(text) - used, "%s%s %s%s%s",
				    used ? "  " : "",
				    grade ? label_of(page->bench, &grade->title) : line->grade,
				    line->is == IS_LE || line->is == IS_LT ? "<= " : ">= ",
				    figure_decimal(limit, -4, number),
				    prospect->headline.unit ? prospect->headline.unit : "");
	}
	put(page, tell(page->bench, "及格", "line"), INK_TEXT, text);
	board_close(prospect);
}

static void draw_detail(const struct workbench *bench, struct standards *standards,
			const struct canvas *canvas)
{
	const unsigned at = standards->list.at;
	const struct ruleset *ruleset = ruleset_at(standards, at);
	struct page page = { bench, canvas, standards->top, 0, bench->lang == LT_ZH ? 6 : 10 };
	if (at >= standards->n)
		return;
	const struct library_entry *entry = &standards->library->entries[at];
	if (!ruleset) {
		put(&page, tell(bench, "有误", "wrong"), INK_VETO,
		    standards->results[at].err.text[bench->lang]);
	} else {
		put(&page, tell(bench, "名称", "title"), INK_TITLE,
		    label_of(bench, &ruleset->title));
		put_edition(&page, ruleset);
		put(&page, tell(bench, "机构", "by"), INK_TEXT,
		    label_of(bench, &ruleset->publisher));
		put_terms(&page, tell(bench, "类型", "kinds"), ruleset->park_types,
			  ruleset->n_park_types);
		put_terms(&page, tell(bench, "阶段", "stages"), ruleset->stages, ruleset->n_stages);
		put_counts(&page, ruleset);
		put_line_of(&page, ruleset);
		put_numbers(&page, ruleset);
		put_labels(&page, tell(bench, "未见", "missing"), ruleset->not_found,
			   ruleset->n_not_found);
		put_labels(&page, tell(bench, "说明", "notes"), ruleset->notes, ruleset->n_notes);
	}
	if (entry->folder)
		put(&page, tell(bench, "位置", "from"), INK_DIM, entry->folder);
	if (entry->shadows)
		put(&page, "", INK_WARN,
		    tell(bench, "替代了内置的同名标准", "stands in the place of the built-in one"));
	standards->n_lines = page.line;
	standards->n_seen = canvas->rows;
}

/* ---- list ---- */

static void draw_headings(const struct workbench *bench, const struct canvas *canvas,
			  enum breadth breadth)
{
	const int end = canvas->cols - 2;
	draw_text(canvas, 1, 6, INK_DIM, tell(bench, "标准", "standard"));
	if (breadth >= BREADTH_100)
		draw_text(canvas, 1, 31, INK_DIM, tell(bench, "名称", "title"));
	if (breadth >= BREADTH_80)
		draw_text(canvas, 1, end - 38, INK_DIM, tell(bench, "状态", "status"));
	draw_right(canvas, 1, end - 23, INK_DIM, tell(bench, "条款", "items"));
	draw_text(canvas, 1, end - 20, INK_DIM, tell(bench, "数值", "numbers"));
	draw_right(canvas, 1, end, INK_DIM, tell(bench, "未定", "unset"));
}

static void draw_entry(const struct workbench *bench, const struct standards *standards,
		       const struct canvas *canvas, int row, unsigned i)
{
	const enum breadth breadth = frame_breadth(bench);
	const struct ruleset *ruleset = ruleset_at(standards, i);
	const int end = canvas->cols - 2;
	char count[20];
	if (i < 9)
		draw_format(canvas, row, 3, INK_KEY, "%u", i + 1);
	draw_cut(canvas, row, 6, 23, INK_TEXT,
		 ruleset ? ruleset->code : standards->library->entries[i].id);
	if (!ruleset) {
		draw_right(canvas, row, end, INK_VETO, tell(bench, "读不出 ✗", "cannot be read ✗"));
		return;
	}
	if (breadth >= BREADTH_100)
		draw_cut(canvas, row, 31, end - 40 - 31, INK_DIM, label_of(bench, &ruleset->title));
	if (breadth >= BREADTH_80)
		draw_text(canvas, row, end - 38,
			  ruleset->status == RULESET_DRAFT ? INK_WARN : INK_TEXT,
			  ruleset->status == RULESET_DRAFT ? tell(bench, "草案", "draft")
							   : tell(bench, "发布", "published"));
	text_format(count, sizeof(count), "%u", ruleset->n_items);
	draw_right(canvas, row, end - 23, INK_TEXT, count);
	const enum origin weakest = catalogue_weakest(ruleset);
	draw_text(canvas, row, end - 20, weakest >= ORIGIN_PROPOSED ? INK_WARN : INK_TEXT,
		  weakest == ORIGIN_SOURCED ? tell(bench, "标准原值", "as printed")
					    : label_of(bench, origin_title(weakest)));
	const unsigned unset = catalogue_count_unset(ruleset);
	text_format(count, sizeof(count), "%u", unset);
	draw_right(canvas, row, end, unset ? INK_WARN : INK_DIM, unset ? count : "-");
}

static void standards_draw(struct screen *screen, const struct canvas *canvas)
{
	struct standards *standards = screen->data;
	const struct workbench *bench = screen->bench;
	const unsigned n = standards->n;
	const int most = canvas->rows / 2 - 3, rows = (int)n < most ? (int)n : most;
	draw_headings(bench, canvas, frame_breadth(bench));
	list_fit(&standards->list, n, rows);
	for (unsigned i = standards->list.first; i < list_end(&standards->list); i++) {
		const int row = 2 + (int)(i - standards->list.first);
		draw_entry(bench, standards, canvas, row, i);
		if (i == standards->list.at)
			draw_selection(canvas, row, true);
	}
	draw_fill(canvas, rows + 3, 3, canvas->cols - 5, INK_FAINT, "─");
	const struct canvas detail = canvas_part(canvas, rows + 5, 6, -1, -2);
	draw_detail(bench, standards, &detail);
	const int below = standards->n_lines - standards->top - detail.rows;
	if (below > 0)
		draw_format(canvas, canvas->rows - 1, 6, INK_DIM,
			    tell(bench, "其余 %d 行，PgDn", "%d more lines, PgDn"), below);
}

/* ---- keys ---- */

static void scroll(struct standards *standards, int by)
{
	const int most = standards->n_lines - standards->n_seen;
	standards->top += by;
	if (standards->top > most)
		standards->top = most;
	if (standards->top < 0)
		standards->top = 0;
}

static bool standards_key(struct screen *screen, const struct event *event)
{
	struct standards *standards = screen->data;
	const int page = standards->n_seen > 2 ? standards->n_seen - 1 : 1;
	const int digit = key_digit(event);
	if (event->key == K_PAGE_DOWN || event->key == K_PAGE_UP) {
		scroll(standards, event->key == K_PAGE_DOWN ? page : -page);
		return true;
	}
	const unsigned before = standards->list.at;
	const bool taken = list_key(&standards->list, event);
	if (digit > 0 && (unsigned)digit <= standards->n)
		standards->list.at = (unsigned)digit - 1;
	if (standards->list.at != before)
		standards->top = 0;
	return taken || digit > 0;
}

static void standards_header(struct screen *screen, const struct canvas *row)
{
	const struct workbench *bench = screen->bench;
	const struct standards *standards = screen->data;
	char count[80];
	draw_text(row, 0, 1, INK_TITLE, tell(bench, "可用的标准", "Standards at hand"));
	text_format(count, sizeof(count), tell(bench, "%u 套", "%u in all"), standards->n);
	draw_right(row, 0, row->cols - 1, INK_DIM, count);
}

static const struct action standards_actions[] = {
	{ .keys = { "上下", "arrows" },
	  .title = { "选标准", "choose" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .keys = { "PgUp PgDn", "PgUp PgDn" },
	  .title = { "翻看说明", "read on" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
};

static const struct screen_kind standards_kind = {
	.id = "standards",
	.title = { "标准库", "Standards" },
	.size = SIZE_WHOLE,
	.actions = standards_actions,
	.n_actions = sizeof(standards_actions) / sizeof(standards_actions[0]),
	.draw = standards_draw,
	.header = standards_header,
	.key = standards_key,
};

void standards_open(struct workbench *bench)
{
	struct standards *standards = workbench_room(bench, sizeof(*standards));
	struct lt_err err = LT_ERR_INIT;
	if (!standards)
		return;
	standards->library = bench->sitting->workspace->library;
	if (catalogue_rulesets(bench->sitting->workspace, &standards->results, &standards->n,
			       &err) != LT_OK) {
		standards->n = 0;
		workbench_tell_err(bench, &err);
	}
	workbench_push(bench, &standards_kind, standards);
}
