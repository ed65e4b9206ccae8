/* What each standard of the park makes of its one ledger: their balances in a table, below it what
 * the one with the cursor takes, and why it differs from the one that is assessed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "inventory.h"
#include "lingtan/base/text.h"
#include "list.h"
#include "screens.h"

#define MOST_NAMES 6 /* lines that a reason names */

enum told_sort { TOLD_TITLE, TOLD_DIFFERENCE, TOLD_FIGURE, TOLD_BLANK };

/* A row of what stands below. */
struct told {
	enum told_sort sort;
	const char *text, *detail; /* in the rows' arena, or the accounts' */
	const char *unit;
	struct lt_decimal value;
	bool has_value;
};

struct comparing {
	struct accounts accounts;
	bool is_open, is_stale;
	struct list list; /* of the standards */
	struct lt_arena rows;
	struct told *told;
	unsigned n_told, cap_told, first_told, of; /* of: the standard they are of */
	char year[8];
};

static struct comparing *comparing_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- reading ---- */

static void close_accounts(struct comparing *comparing)
{
	if (comparing->is_open)
		accounts_close(&comparing->accounts);
	comparing->is_open = false;
	comparing->n_told = 0;
	comparing->told = NULL;
	lt_arena_reset(&comparing->rows);
}

static void load(struct screen *screen)
{
	struct comparing *comparing = comparing_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	close_accounts(comparing);
	comparing->is_stale = false;
	comparing->is_open = true;
	comparing->of = (unsigned)-1;
	if (accounts_open(bench->session, comparing->year, workbench_rung(bench),
			  &comparing->accounts, &bench->findings, &err) == LT_OK)
		return;
	close_accounts(comparing);
	workbench_tell_err(bench, &err);
}

/* The standard that is assessed here: what others are held against; the first where none is. */
static unsigned own_of(const struct screen *screen)
{
	const struct comparing *comparing = comparing_of(screen);
	for (unsigned i = 0; i < comparing->accounts.n && screen->bench->ref; i++)
		if (strcmp(comparing->accounts.at[i].ref->standard,
			   screen->bench->ref->standard) == 0)
			return i;
	return 0;
}

static struct told *add_told(struct comparing *comparing, enum told_sort sort, const char *text)
{
	if (comparing->n_told == comparing->cap_told || !comparing->told) {
		comparing->cap_told = comparing->n_told * 2 + 64;
		comparing->told = lt_arena_resize(&comparing->rows, comparing->told,
						  comparing->cap_told * sizeof(*comparing->told));
	}
	if (!comparing->told || !text) {
		comparing->n_told = 0;
		return NULL;
	}
	struct told *told = &comparing->told[comparing->n_told++];
	*told = (struct told){ .sort = sort, .text = text };
	return told;
}

/* "4 行：生产用网电、建筑用网电 .." */
static const char *names_of(const struct screen *screen, const struct account *from,
			    const struct account_difference *found)
{
	const struct ledger *ledger = &from->assessment.accounting->ledger;
	struct lt_arena *arena = &comparing_of(screen)->rows;
	char text[800];
	size_t n = text_format(text, sizeof(text), tell(screen->bench, "%u 行：", "lines: %u, "),
			       found->n);
	for (unsigned i = 0; i < found->n && i < MOST_NAMES; i++) {
		const char *name = ledger_line_called(ledger, &ledger->rows[found->rows[i]].line, arena);
		n += text_format(text + n, sizeof(text) - n, "%s%s",
				 i ? tell(screen->bench, "、", ", ") : "", name ? name : "");
	}
	if (found->n > MOST_NAMES)
		n += text_format(text + n, sizeof(text) - n, " ..");
	return lt_arena_strndup(arena, text, n);
}

static void tell_differences(const struct screen *screen, const struct account *from,
			     const struct account *to)
{
	struct comparing *comparing = comparing_of(screen);
	const struct workbench *bench = screen->bench;
	struct account_difference *found;
	struct lt_err err = LT_ERR_INIT;
	unsigned n;
	if (from == to || accounts_differ(&comparing->accounts, from, to, &found, &n, &err) != LT_OK)
		return;
	/* what is open may still come to anything, though the lines agree so far */
	const bool both = from->has_emission && to->has_emission;
	add_told(comparing, TOLD_TITLE,
		 lt_arena_printf(&comparing->rows,
				 n ? tell(bench, "与 %s 的排放为什么不同", "Why its emissions are not those of %s")
				 : both ? tell(bench, "与 %s 的排放相同", "Its emissions are those of %s")
					: tell(bench, "未能算出，无从与 %s 比较", "Open: not to be compared with %s"),
				 from->assessment.ruleset->code));
	for (unsigned i = 0; i < n; i++) {
		struct told *told = add_told(comparing, TOLD_DIFFERENCE,
					     label_of(bench, account_reason(&found[i])));
		if (!told)
			return;
		told->value = found[i].tonnes;
		told->has_value = true;
		told->unit = "t";
		told->detail = found[i].n ? names_of(screen, from, &found[i]) : "";
	}
	add_told(comparing, TOLD_BLANK, "");
}

static void tell_figures(const struct screen *screen, const struct account *of)
{
	struct comparing *comparing = comparing_of(screen);
	const struct workbench *bench = screen->bench;
	const struct assessment *assessment = &of->assessment;
	add_told(comparing, TOLD_TITLE,
		 assessment->accounting ? tell(bench, "由台账取的数", "What it takes of the ledger")
					: tell(bench, "不从台账取数", "It takes nothing of the ledger"));
	for (unsigned q = 0; assessment->accounting && q < assessment->ruleset->n_quantities; q++) {
		const struct balance_figure *figure = &assessment->accounting->balance.figures[q];
		const struct quantity *quantity = &assessment->ruleset->quantities[q];
		struct told *told = figure->state == BALANCE_NONE
					    ? NULL
					    : add_told(comparing, TOLD_FIGURE,
						       label_of(bench, &quantity->title));
		if (!told)
			continue;
		told->value = figure->value;
		told->has_value = figure->state == BALANCE_VALUE;
		told->unit = quantity->unit;
		told->detail = told->has_value ? "" : label_of(bench, &figure->why);
	}
}

/* What rests on them alone, in the order of the plan: net, shares, what is left after each step. */
static void tell_nodes(const struct screen *screen, const struct account *of)
{
	struct comparing *comparing = comparing_of(screen);
	const struct plan *plan = of->assessment.plan;
	bool any = false;
	for (unsigned i = 0; i < plan->n_nodes && of->assessment.accounting; i++) {
		const struct node *decl = plan->nodes[i].decl;
		const struct value *value = &of->assessment.result.values[plan->first_node + i];
		if (!decl->unit || !account_rests_on_ledger(of, i) || !value_is_exact(value))
			continue;
		if (!any) {
			add_told(comparing, TOLD_BLANK, "");
			add_told(comparing, TOLD_TITLE,
				 tell(screen->bench, "由此算得", "Worked out from it"));
		}
		any = true;
		struct told *told =
			add_told(comparing, TOLD_FIGURE, label_of(screen->bench, &plan->nodes[i].title));
		if (!told)
			return;
		told->value = value->lo;
		told->has_value = true;
		told->unit = strcmp(decl->unit, "1") == 0 ? "" : decl->unit;
		told->detail = "";
	}
}

/* What stands below, for the standard with the cursor. */
static void tell_one(const struct screen *screen)
{
	struct comparing *comparing = comparing_of(screen);
	if (comparing->of == comparing->list.at)
		return;
	comparing->of = comparing->list.at;
	comparing->n_told = comparing->first_told = 0;
	comparing->told = NULL;
	lt_arena_reset(&comparing->rows);
	if (comparing->list.at >= comparing->accounts.n)
		return;
	tell_differences(screen, &comparing->accounts.at[own_of(screen)],
			 &comparing->accounts.at[comparing->list.at]);
	tell_figures(screen, &comparing->accounts.at[comparing->list.at]);
	tell_nodes(screen, &comparing->accounts.at[comparing->list.at]);
}

/* ---- drawing ---- */

/* A quantity or node by its name; false: the standard has none of it, or it is not known. */
static bool value_of(const struct account *account, const char *name, struct lt_decimal *out)
{
	const struct plan *plan = account->assessment.plan;
	const uint32_t slot = plan_find(plan, name);
	if (slot == NO_SLOT)
		return false;
	const struct value *value = &account->assessment.result.values[slot];
	*out = value->lo;
	return value_is_exact(value);
}

static bool net_of(const struct account *account, struct lt_decimal *out)
{
	const struct plan *plan = account->assessment.plan;
	for (unsigned i = 0; i < plan->n_nodes; i++)
		if (plan->nodes[i].decl->publish == PUBLISH_NET)
			return value_of(account, plan->nodes[i].id, out);
	return false;
}

#define FIGURE_COLS 13

/* From the right: net, offset, absorption, emission; what does not fit goes from the middle. */
static unsigned n_columns(const struct workbench *bench)
{
	return frame_breadth(bench) == BREADTH_60 ? 2 : 4;
}

static void draw_headings(const struct screen *screen, const struct canvas *canvas)
{
	const struct workbench *bench = screen->bench;
	static const struct label titles[] = { { "排放", "emission" },
					       { "吸收", "absorbed" },
					       { "抵消", "offset" },
					       { "净排放", "net" } };
	const unsigned n = n_columns(bench);
	char heading[80];
	int room = canvas->cols;
	/* the last first: the leftmost is where the heading must end */
	for (unsigned i = n; i-- > 0;)
		room = draw_right(canvas, 1, canvas->cols - 2 - (int)(n - 1 - i) * FIGURE_COLS,
				  INK_DIM, label_of(bench, &titles[n == 4 ? i : 3 * i]));
	snprintf(heading, sizeof(heading),
		 tell(bench, "%s 年  一本台账，各按各的算", "%s  one ledger, own rules each"),
		 comparing_of(screen)->year);
	draw_cut(canvas, 1, 3, room - 5, INK_DIM, heading);
}

static void draw_account(const struct screen *screen, const struct canvas *canvas, int row,
			 const struct account *account)
{
	const struct workbench *bench = screen->bench;
	const unsigned n = n_columns(bench);
	struct lt_decimal values[4];
	bool has[4] = { value_of(account, "emission", &values[0]),
			value_of(account, "absorption", &values[1]),
			value_of(account, "offset", &values[2]), net_of(account, &values[3]) };
	char text[FIGURE_TEXT], mean[FIGURE_TEXT] = "";
	const int end = canvas->cols - 2 - (int)n * FIGURE_COLS;
	if (account->years > 1)
		snprintf(mean, sizeof(mean), tell(bench, "近 %u 年平均", "mean of %u years"), account->years);
	const int room = mean[0] ? end - 5 - lt_text_width(mean) : end - 3;
	int col = draw_cut(canvas, row, 3, room, INK_TEXT, account->assessment.ruleset->code) + 2;
	if (mean[0])
		col = draw_text(canvas, row, col, INK_WARN, mean) + 2;
	if (col < end)
		draw_cut(canvas, row, col, end - col, INK_DIM,
			 label_of(bench, &account->assessment.ruleset->title));
	for (unsigned i = 0; i < n; i++) {
		const unsigned at = n == 4 ? i : 3 * i;
		draw_right(canvas, row, canvas->cols - 2 - (int)(n - 1 - i) * FIGURE_COLS,
			   has[at] ? at == 3 ? INK_TITLE : INK_TEXT : INK_FAINT,
			   has[at] ? figure_decimal(values[at], 2, text) : "-");
	}
}

static void draw_told(const struct screen *screen, const struct canvas *canvas, int row,
		      const struct told *told)
{
	const struct workbench *bench = screen->bench;
	char text[FIGURE_TEXT], unit[FIGURE_TEXT];
	if (told->sort == TOLD_TITLE) {
		draw_cut(canvas, row, 3, canvas->cols - 5, INK_TITLE, told->text);
		return;
	}
	if (told->sort == TOLD_BLANK)
		return;
	if (told->sort == TOLD_DIFFERENCE) {
		const int words = frame_breadth(bench) == BREADTH_60 ? 18 : 30;
		draw_right(canvas, row, 18,
			   told->value.units < 0 ? INK_OK : INK_WARN, figure_decimal(told->value, 2, text));
		int col = draw_cut(canvas, row, 20, words, INK_TEXT, told->text) + 2;
		draw_cut(canvas, row, col > 40 ? col : 40, canvas->cols - (col > 40 ? col : 40) - 2, INK_DIM,
			 told->detail ? told->detail : "");
		return;
	}
	const int values = canvas->cols >= 100 ? 66 : canvas->cols - 14;
	draw_cut(canvas, row, 5, values - 22, INK_DIM, told->text);
	if (!told->has_value) {
		draw_cut(canvas, row, values - 14, canvas->cols - values + 12, INK_WARN,
			 told->detail[0] ? told->detail : tell(bench, "未能算出", "open"));
		return;
	}
	draw_right(canvas, row, values, INK_TEXT, figure_decimal(told->value, -4, text));
	draw_cut(canvas, row, values + 1, canvas->cols - values - 2, INK_DIM,
		 figure_unit(told->unit, bench->lang, unit));
}

static void accounts_draw(struct screen *screen, const struct canvas *canvas)
{
	struct comparing *comparing = comparing_of(screen);
	const struct workbench *bench = screen->bench;
	if (comparing->is_stale)
		load(screen);
	const unsigned n = comparing->is_open ? comparing->accounts.n : 0;
	draw_headings(screen, canvas);
	if (!n)
		draw_text(canvas, 3, 5, INK_DIM, tell(bench, "这一年没有评价", "nothing is assessed for this year"));
	list_fit(&comparing->list, n, canvas->rows / 2);
	int row = 2;
	for (unsigned i = comparing->list.first; i < list_end(&comparing->list); i++, row++) {
		draw_account(screen, canvas, row, &comparing->accounts.at[i]);
		if (i != comparing->list.at)
			continue;
		draw_selection(canvas, row, true);
		draw_cursor(canvas, row, 3);
	}
	tell_one(screen);
	const unsigned room = (unsigned)(canvas->rows - row - 2 > 0 ? canvas->rows - row - 2 : 0);
	if (comparing->first_told + room > comparing->n_told)
		comparing->first_told = comparing->n_told > room ? comparing->n_told - room : 0;
	for (unsigned i = 0; i < room && comparing->first_told + i < comparing->n_told; i++)
		draw_told(screen, canvas, row + 1 + (int)i,
			  &comparing->told[comparing->first_told + i]);
	const unsigned end = comparing->first_told + room;
	if (end < comparing->n_told)
		draw_format(canvas, canvas->rows - 1, 3, INK_DIM, tell(bench, "其余 %u 行，PgDn", "%u more, PgDn"),
			    comparing->n_told - end);
}

/* ---- keys ---- */

static bool accounts_key(struct screen *screen, const struct event *event)
{
	struct comparing *comparing = comparing_of(screen);
	if (event->key == K_PAGE_DOWN || event->key == K_PAGE_UP) {
		const unsigned step = 5;
		if (event->key == K_PAGE_DOWN)
			comparing->first_told += step;
		else
			comparing->first_told -=
				comparing->first_told < step ? comparing->first_told : step;
		return true;
	}
	return list_key(&comparing->list, event);
}

static void accounts_changed(struct screen *screen)
{
	comparing_of(screen)->is_stale = true;
}

static void accounts_close_screen(struct screen *screen)
{
	struct comparing *comparing = comparing_of(screen);
	close_accounts(comparing);
	lt_arena_release(&comparing->rows);
	free(comparing);
}

static const struct action accounts_actions[] = {
	{ .keys = { "上下", "Up Down" },
	  .title = { "换标准", "standard" },
	  .help = { "下面是这一标准取的数，和它与所评标准不同的原因", "below stands what the standard takes, and why it differs" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .keys = { "PgDn", "PgDn" },
	  .title = { "往下看", "further" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
};

static const struct screen_kind accounts_kind = {
	.id = "accounts",
	.title = { "各标准对照", "Standards" },
	.size = SIZE_WHOLE,
	.actions = accounts_actions,
	.n_actions = sizeof(accounts_actions) / sizeof(accounts_actions[0]),
	.needs_project = true,
	.draw = accounts_draw,
	.key = accounts_key,
	.changed = accounts_changed,
	.close = accounts_close_screen,
};

void accounts_open_screen(struct workbench *bench, const char *year)
{
	struct comparing *comparing = workbench_room(bench, sizeof(*comparing));
	if (!comparing)
		return;
	snprintf(comparing->year, sizeof(comparing->year), "%.4s", year);
	lt_arena_init(&comparing->rows, 0);
	struct screen *screen = workbench_push(bench, &accounts_kind, comparing);
	if (!screen)
		return;
	load(screen);
	comparing->list.at = comparing->is_open ? own_of(screen) : 0;
}
