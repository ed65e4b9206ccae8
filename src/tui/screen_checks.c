/* What a verifier finds wrong with a year of the inventory: each with one key to where it stands. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "form_parts.h"
#include "inventory.h"
#include "lingtan/app/inventory_check.h"
#include "list.h"

#define BELOW 4 /* rows for the one that is selected */

struct checking {
	struct inventory inventory;
	struct ledger_finding **at; /* in the inventory's arena */
	unsigned n, n_of[LT_NOTE + 1];
	struct list list;
	char year[8];
	bool is_stale; /* the project moved since; read anew when it is seen */
};

static struct checking *checking_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- reading ---- */

static enum lt_status read_all(struct screen *screen, struct lt_err *err)
{
	struct checking *checking = checking_of(screen);
	struct workbench *bench = screen->bench;
	struct ledger_finding *found = NULL;
	const char *year;
	enum lt_status status = inventory_open(bench->session, workbench_rung(bench),
					       &checking->inventory, &bench->findings, err);
	if (!status)
		status = inventory_check(bench->session, &checking->inventory, checking->year, "",
					 &bench->findings, &found, &year, err);
	if (status)
		return status;
	unsigned n = 0;
	for (const struct ledger_finding *at = found; at; at = at->next)
		n++;
	checking->at = lt_arena_alloc(&checking->inventory.arena, n + 1, sizeof(*checking->at));
	if (!checking->at)
		return lt_err_memory(err);
	/* what is wrong first, then what asks for an answer, then what is told */
	for (int severity = LT_ERROR; severity <= LT_NOTE; severity++)
		for (struct ledger_finding *at = found; at; at = at->next)
			if (at->severity == (enum lt_severity)severity) {
				checking->at[checking->n++] = at;
				checking->n_of[severity]++;
			}
	return LT_OK;
}

static void load(struct screen *screen)
{
	struct checking *checking = checking_of(screen);
	struct lt_err err = LT_ERR_INIT;
	inventory_close(&checking->inventory);
	checking->n = 0;
	memset(checking->n_of, 0, sizeof(checking->n_of));
	checking->is_stale = false;
	if (read_all(screen, &err) != LT_OK) {
		checking->n = 0;
		workbench_tell_err(screen->bench, &err);
	}
}

static void checks_changed(struct screen *screen)
{
	checking_of(screen)->is_stale = true;
}

/* ---- drawing ---- */

static const struct {
	const char *table;
	struct label title;
} places[] = { { "line", { "台账行", "line" } },
	       { "offset", { "抵消", "offset" } },
	       { "green_certificate", { "绿证绿电", "green cert." } },
	       { "meter", { "计量器具", "meter" } },
	       { "quantity", { "数据", "figure" } },
	       { "profile", { "参数集", "profile" } } };

static const char *place_of(const struct workbench *bench, const struct ledger_finding *finding)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strcmp(places[i].table, finding->table) == 0)
			return label_of(bench, &places[i].title);
	return finding->table;
}

static void draw_row(const struct workbench *bench, const struct canvas *canvas, int row,
		     const struct ledger_finding *finding)
{
	static const struct {
		const char *mark;
		enum ink ink;
	} marks[] = { [LT_ERROR] = { "✗", INK_VETO },
		      [LT_WARNING] = { "!", INK_WARN },
		      [LT_NOTE] = { "-", INK_DIM } };
	draw_text(canvas, row, 3, marks[finding->severity].ink, marks[finding->severity].mark);
	draw_cut(canvas, row, 5, 11, INK_DIM, place_of(bench, finding));
	draw_cut(canvas, row, 17, canvas->cols - 19,
		 finding->severity == LT_NOTE ? INK_DIM : INK_TEXT, label_of(bench, &finding->text));
}

/* The whole sentence, and the rule it comes of. */
static void draw_whole(const struct screen *screen, const struct canvas *canvas, int row)
{
	const struct checking *checking = checking_of(screen);
	const struct workbench *bench = screen->bench;
	if (checking->list.at >= checking->n)
		return;
	const struct ledger_finding *finding = checking->at[checking->list.at];
	draw_wrapped(canvas, row, 5, canvas->cols - 8, 2, INK_TITLE,
		     label_of(bench, &finding->text));
	draw_cut(canvas, row + 2, 5, canvas->cols - 8, INK_FAINT, finding->rule);
}

static void checks_draw(struct screen *screen, const struct canvas *canvas)
{
	struct checking *checking = checking_of(screen);
	const struct workbench *bench = screen->bench;
	if (checking->is_stale)
		load(screen);
	if (!checking->n)
		draw_text(canvas, 2, 5, INK_OK,
			  tell(bench, "没有发现什么", "nothing was found"));
	list_fit(&checking->list, checking->n, canvas->rows - 2 - BELOW);
	for (unsigned i = checking->list.first; i < list_end(&checking->list); i++) {
		const int row = 1 + (int)(i - checking->list.first);
		draw_row(bench, canvas, row, checking->at[i]);
		if (i != checking->list.at)
			continue;
		draw_selection(canvas, row, true);
		draw_cursor(canvas, row, 3);
	}
	draw_whole(screen, canvas, canvas->rows - BELOW);
}

static void checks_header(struct screen *screen, const struct canvas *row)
{
	const struct workbench *bench = screen->bench;
	const struct checking *checking = checking_of(screen);
	char count[100];
	snprintf(count, sizeof(count),
		 tell(bench, "有误 %u  须说明 %u  提示 %u", "%u wrong  %u to explain  %u notes"),
		 checking->n_of[LT_ERROR], checking->n_of[LT_WARNING], checking->n_of[LT_NOTE]);
	draw_right(row, 0, row->cols - 1, checking->n_of[LT_ERROR] ? INK_VETO : INK_DIM, count);
	const int room = row->cols - text_columns(count) - 4;
	const int col = draw_cut(row, 0, 1, room - 10, INK_TITLE,
				 bench->board ? bench->board->park : "") + 2;
	draw_format(row, 0, col, INK_TEXT, tell(bench, "%s 年", "%s"), checking->year);
}

/* ---- to where it stands ---- */

static void go(struct screen *screen)
{
	const struct checking *checking = checking_of(screen);
	struct workbench *bench = screen->bench;
	if (checking->list.at >= checking->n)
		return;
	const struct ledger_finding *finding = checking->at[checking->list.at];
	if (strcmp(finding->table, "line") == 0)
		inventory_open_at(bench, checking->year, finding->key);
	else if (strcmp(finding->table, "offset") == 0)
		form_open_row(bench, "offset", finding->key, NULL);
	else if (strcmp(finding->table, "green_certificate") == 0)
		form_open_row(bench, "greencert", finding->key, NULL);
	else if (strcmp(finding->rule, "out-of-calibration") == 0 ||
		 strcmp(finding->rule, "not-calibrated") == 0)
		register_open(bench, REGISTER_CALIBRATIONS);
	else if (strcmp(finding->table, "meter") == 0)
		form_open_row(bench, "meter", finding->key, NULL);
	else if (strcmp(finding->table, "profile") == 0)
		profile_open(bench);
	else
		quantities_open(bench);
}

static bool has_row(const struct screen *screen)
{
	return checking_of(screen)->list.at < checking_of(screen)->n;
}

static bool checks_key(struct screen *screen, const struct event *event)
{
	return list_key(&checking_of(screen)->list, event);
}

static void checks_close(struct screen *screen)
{
	inventory_close(&checking_of(screen)->inventory);
	free(screen->data);
}

static const struct action checks_actions[] = {
	{ .key = K_ENTER,
	  .title = { "到该处", "go there" },
	  .help = { "到这一行、登记或数据，Esc 回到这里", "to the line, register or figure; Esc comes back" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_row,
	  .run = go },
};

static const struct screen_kind checks_kind = {
	.id = "checks",
	.title = { "核对", "Checks" },
	.size = SIZE_WHOLE,
	.actions = checks_actions,
	.n_actions = sizeof(checks_actions) / sizeof(checks_actions[0]),
	.needs_project = true,
	.draw = checks_draw,
	.header = checks_header,
	.key = checks_key,
	.changed = checks_changed,
	.close = checks_close,
};

void checks_open(struct workbench *bench, const char *year)
{
	struct checking *checking = workbench_room(bench, sizeof(*checking));
	if (!checking)
		return;
	snprintf(checking->year, sizeof(checking->year), "%.4s", year);
	struct screen *screen = workbench_push(bench, &checks_kind, checking);
	if (screen)
		load(screen);
}
