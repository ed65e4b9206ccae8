/* The cells of the inventory's grid: typed, followed by the totals, taken, copied, pasted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "field.h"
#include "inventory.h"
#include "lingtan/base/text.h"
#include "screens.h"

#define MOST_PASTED 5000
#define NO_ROW ((unsigned)-1) /* many of them wait */

static const char *const fields[N_CELLS] = {
	"scope", "system", "source", "amount", "unit", "factor", "factor_cite", "m01", "m02", "m03",
	"m04",	 "m05",	   "m06",    "m07",    "m08",  "m09",	 "m10",		"m11", "m12"
};

/* Where a line has a name, that is what its cell shows and takes. */
static const char *cell_field(const struct ledger_line *line, enum cell_column cell)
{
	return cell == CELL_SOURCE && line->name[0] ? "name" : fields[cell];
}

/* As it is typed: plain, no commas. */
static const char *cell_text(const struct ledger_line *line, enum cell_column cell)
{
	if (cell == CELL_FACTOR)
		return line->factor.value;
	return inventory_text(line, cell_field(line, cell));
}

bool inventory_may_edit(struct screen *screen)
{
	return workbench_may_write(screen->bench);
}

/* ---- setting a cell of a line ---- */

static const char *kind_of_word(const char *text)
{
	for (unsigned i = 0; i < N_LEDGER_KINDS; i++)
		if (strcmp(text, ledger_kind_names[i]) == 0 ||
		    strcmp(text, ledger_kind_titles[i].zh) == 0 ||
		    strcmp(text, ledger_kind_titles[i].en) == 0)
			return ledger_kind_names[i];
	return NULL;
}

/* A number is a factor of one's own; anything else the id of one at hand. */
static enum lt_status set_factor(struct screen *screen, struct ledger_line *line, const char *text,
				 struct lt_err *err)
{
	struct workbench *bench = screen->bench;
	struct inventory *inventory = &inventory_of(screen)->inventory;
	char folded[80];
	lt_text_fold_twins(text, strlen(text), folded, sizeof(folded));
	const char *at = folded + strspn(folded, " ");
	const bool is_number = !at[0] || (at[0] >= '0' && at[0] <= '9') || at[0] == '-';
	enum lt_status status = inventory_set(bench->session, inventory, line,
					      is_number && at[0] ? "factor_value" : "factor", text,
					      &bench->findings, err);
	if (status || !is_number || !at[0] || line->factor.unit[0] || !line->unit[0])
		return status;
	line->factor.unit = lt_arena_printf(&bench->session->arena, "tCO2/%s", line->unit);
	return line->factor.unit ? LT_OK : lt_err_memory(err);
}

/* The scope's cell takes a kind, too: what is no emission has no scope. */
static enum lt_status set_scope(struct screen *screen, struct ledger_line *line, const char *text,
				struct lt_err *err)
{
	const char *kind = kind_of_word(text);
	if (kind) {
		line->kind = kind;
		if (strcmp(kind, "emission") != 0)
			line->scope = "";
		return LT_OK;
	}
	line->kind = "emission";
	return inventory_set(screen->bench->session, &inventory_of(screen)->inventory, line, "scope",
			     text, &screen->bench->findings, err);
}

static enum lt_status set_cell(struct screen *screen, struct ledger_line *line,
			       enum cell_column cell, const char *text, struct lt_err *err)
{
	struct lt_err said = LT_ERR_INIT;
	struct inventory_screen *view = inventory_of(screen);
	enum lt_status status;
	/* systems by their number, as they stand in the list */
	if (cell == CELL_SYSTEM && text[0] >= '1' && text[0] < '1' + N_LEDGER_SYSTEMS && !text[1])
		text = ledger_system_names[text[0] - '1'];
	if (cell == CELL_FACTOR)
		status = set_factor(screen, line, text, &said);
	else if (cell == CELL_SCOPE)
		status = set_scope(screen, line, text, &said);
	else
		status = inventory_set(screen->bench->session, &view->inventory, line,
				       cell_field(line, cell), text, &screen->bench->findings, &said);
	/* a probable slip stands */
	if (status == LT_NO)
		return LT_OK;
	if (status)
		*err = said;
	return status;
}

static enum lt_status check(struct screen *screen, const struct ledger_line *line,
			    struct lt_err *err)
{
	struct ledger_result result;
	return ledger_line_result(inventory_of(screen)->inventory.ledger.units, line,
				  &screen->bench->session->arena, &result, err);
}

/* ---- writing ---- */

static bool is_draft(const struct ledger_line *line)
{
	return !line->id[0];
}

static bool needs_reason(struct screen *screen, const struct ledger_line *line)
{
	const char *rung = workbench_rung(screen->bench);
	return !is_draft(line) && (strcmp(line->entered, rung) != 0 ||
				   workbench_needs_reason(screen->bench, line->id));
}

static void follow_head(struct screen *screen)
{
	snprintf(inventory_of(screen)->head, LT_SHA256_HEX, "%s",
		 project_head(screen->bench->session->project));
}

/* The change of one row, as one entry; the row stands as it was where it is refused. */
static bool write_row(struct screen *screen, unsigned row, const struct ledger_line *line,
		      const char *reason)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	char command[200];
	bool done = false;
	text_format(command, sizeof(command), "line %s", line->source);
	workbench_begin(bench, command);
	workbench_because(bench, reason);
	const enum lt_status status =
		inventory_change(bench->session, &view->inventory, row, line, &done, &err);
	if (!status)
		follow_head(screen);
	if (!workbench_end(bench, status, &err, done))
		return false;
	snprintf(view->go_id, sizeof(view->go_id), "%.79s",
		 view->inventory.ledger.rows[row].line.id);
	inventory_arrange(screen);
	return true;
}

/* Several lines, as one entry. */
static bool write_lines(struct screen *screen, const struct ledger_line *lines, unsigned n,
			const char *reason)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	struct changes changes;
	char command[80];
	bool done = false;
	snprintf(command, sizeof(command), "line import %u", n);
	workbench_begin(bench, command);
	workbench_because(bench, reason);
	const enum lt_status status = inventory_put(bench->session, &view->inventory, lines, n,
						    false, &changes, &done, &err);
	if (!status)
		follow_head(screen);
	const bool good = workbench_end(bench, status, &err, done);
	inventory_arrange(screen);
	return good;
}

static void reason_given(struct workbench *bench, void *context, const char *reason)
{
	struct screen *screen = workbench_top(bench);
	struct inventory_screen *view = context;
	if (screen->data != view || !view->n_waiting)
		return;
	const bool is_written =
		view->waiting_at != NO_ROW
			? write_row(screen, view->waiting_at, view->waiting, reason)
			: write_lines(screen, view->waiting, view->n_waiting, reason);
	/* else they wait on, for the same reason */
	if (is_written)
		view->n_waiting = 0;
}

static void tell_memory(struct workbench *bench)
{
	struct lt_err err = LT_ERR_INIT;
	lt_err_memory(&err);
	workbench_tell_err(bench, &err);
}

/* The lines wait until the reason was typed. */
static void ask_reason(struct screen *screen, const struct ledger_line *lines, unsigned n,
		       unsigned row)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	view->waiting = lt_arena_alloc(&bench->session->arena, n, sizeof(*view->waiting));
	if (!view->waiting) {
		tell_memory(bench);
		return;
	}
	memcpy(view->waiting, lines, n * sizeof(*lines));
	view->n_waiting = n;
	view->waiting_at = row;
	ask_open_words(bench, lines[0].id, tell(bench, "核定理由", "Why it is so"),
		 tell(bench, "这一行由别的层级填报，或已提交；写明依据，Esc 则不改",
		      "another rung entered it, or it was submitted; say why, Esc leaves it"),
		 "", true, NULL, reason_given, view);
}

static bool put_row(struct screen *screen, unsigned row, const struct ledger_line *line)
{
	struct inventory_screen *view = inventory_of(screen);
	if (is_draft(line) && !line->source[0]) {
		struct lt_err err = LT_ERR_INIT;
		/* a row without a name is nothing yet */
		ledger_set(&view->inventory.ledger, row, line, &err);
		inventory_arrange(screen);
		return true;
	}
	if (needs_reason(screen, line)) {
		ask_reason(screen, line, 1, row);
		return true;
	}
	return write_row(screen, row, line, NULL);
}

/* ---- typing ---- */

void cell_open(struct screen *screen, bool is_empty)
{
	struct inventory_screen *view = inventory_of(screen);
	const struct edit_options options = { .folds_twins = view->cell == CELL_AMOUNT ||
							     is_month_cell(view->cell),
					      .max_clusters = MOST_LINE };
	unsigned row;
	if (!inventory_row(view, &row) || !inventory_may_edit(screen))
		return;
	view->saved = view->wanted = view->inventory.ledger.rows[row].line;
	edit_init(&view->edit, &options);
	const char *text = is_empty ? "" : cell_text(&view->saved, view->cell);
	edit_set(&view->edit, text, strlen(text));
	view->is_editing = true;
	view->is_wrong = false;
	view->why[0] = '\0';
}

void cell_follow(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	struct lt_err err = LT_ERR_INIT, ignored = LT_ERR_INIT;
	struct ledger_line line = view->saved;
	unsigned row;
	if (!inventory_row(view, &row))
		return;
	enum lt_status status =
		set_cell(screen, &line, view->cell, edit_text(&view->edit), &err);
	if (!status)
		status = check(screen, &line, &err);
	view->is_wrong = status != LT_OK;
	text_format(view->why, sizeof(view->why), "%s", status ? err.text[screen->bench->lang] : "");
	view->wanted = status ? view->saved : line;
	ledger_set(&view->inventory.ledger, row, &view->wanted, &ignored);
	inventory_sums(view);
}

void cell_leave(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	struct lt_err ignored = LT_ERR_INIT;
	unsigned row;
	if (!view->is_editing)
		return;
	view->is_editing = false;
	view->why[0] = '\0';
	edit_release(&view->edit);
	if (inventory_row(view, &row))
		ledger_set(&view->inventory.ledger, row, &view->saved, &ignored);
	inventory_sums(view);
}

bool cell_close(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	unsigned row;
	if (!view->is_editing || !inventory_row(view, &row))
		return true;
	cell_follow(screen);
	if (view->is_wrong)
		return false;
	const struct ledger_line line = view->wanted;
	cell_leave(screen);
	return put_row(screen, row, &line);
}

bool cell_put(struct screen *screen, const char *text)
{
	struct inventory_screen *view = inventory_of(screen);
	struct lt_err err = LT_ERR_INIT;
	unsigned row;
	if (!inventory_row(view, &row) || !inventory_may_edit(screen))
		return false;
	struct ledger_line line = view->inventory.ledger.rows[row].line;
	enum lt_status status = set_cell(screen, &line, view->cell, text, &err);
	if (!status)
		status = check(screen, &line, &err);
	if (status) {
		workbench_tell_err(screen->bench, &err);
		return false;
	}
	return put_row(screen, row, &line);
}

/* What stands in the cell above; of a factor all of it. */
void cells_copy_down(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	unsigned row;
	const struct grid_item *above = NULL;
	for (unsigned i = 0; i < view->at; i++)
		if (view->items[i].sort == ITEM_LINE)
			above = &view->items[i];
	if (!inventory_row(view, &row) || !above || !inventory_may_edit(screen))
		return;
	struct ledger_line line = view->inventory.ledger.rows[row].line;
	const struct ledger_line *from = &view->inventory.ledger.rows[above->row].line;
	struct lt_err err = LT_ERR_INIT;
	enum lt_status status = LT_OK;
	if (view->cell == CELL_FACTOR || view->cell == CELL_CITE) {
		line.factor = from->factor;
		line.fuel = from->fuel;
	} else if (view->cell == CELL_SCOPE) {
		line.kind = from->kind;
		line.scope = from->scope;
	} else {
		status = set_cell(screen, &line, view->cell, cell_text(from, view->cell), &err);
	}
	if (!status)
		status = check(screen, &line, &err);
	if (status)
		workbench_tell_err(screen->bench, &err);
	else
		put_row(screen, row, &line);
}

/* ---- rows ---- */

void row_insert(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	struct ledger_line line;
	unsigned row, at;
	if (!inventory_may_edit(screen))
		return;
	ledger_line_init(&line);
	line.kind = "emission";
	line.scope = "1";
	line.year = lt_arena_strndup(&bench->session->arena, view->year, strlen(view->year));
	const bool has = inventory_row(view, &row);
	if (has) {
		const struct ledger_line *like = &view->inventory.ledger.rows[row].line;
		/* one that nothing was written into yet is used again */
		if (is_draft(like)) {
			view->cell = CELL_SOURCE;
			return;
		}
		line.kind = like->kind;
		line.scope = like->scope;
		line.system = like->system;
	}
	if (!line.year || inventory_draft(bench->session, &view->inventory, &line,
					  has ? &row : NULL, &at, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return;
	}
	view->filter = FILTER_ALL;
	inventory_arrange(screen);
	for (unsigned i = 0; i < view->n_items; i++)
		if (view->items[i].sort == ITEM_LINE && view->items[i].row == at)
			view->at = i;
	view->cell = CELL_SOURCE;
}

void row_remove(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	char command[200];
	unsigned row;
	if (!inventory_row(view, &row) || !inventory_may_edit(screen))
		return;
	const struct ledger_line *line = &view->inventory.ledger.rows[row].line;
	if (is_draft(line)) {
		ledger_remove(&view->inventory.ledger, row);
		inventory_arrange(screen);
		return;
	}
	text_format(command, sizeof(command), "line remove %s", line->source);
	workbench_begin(bench, command);
	const enum lt_status status =
		inventory_remove(bench->session, &view->inventory, row, &err);
	if (!status)
		follow_head(screen);
	if (workbench_end(bench, status, &err, true))
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "已移除一行，F8 可撤销", "taken out; F8 brings it back"));
	inventory_arrange(screen);
}

/* ---- pasting ---- */

/* Cells of a block over the lines from the cursor on. */
static enum lt_status paste_over(struct screen *screen, char *text, struct ledger_line *lines,
				 unsigned *n, struct lt_err *err)
{
	struct inventory_screen *view = inventory_of(screen);
	unsigned item = view->at;
	for (char *rest = text, *one; *n < MOST_PASTED && (one = strsep(&rest, "\n"));) {
		enum cell_column cell = view->cell;
		one[strcspn(one, "\r")] = '\0';
		if (!one[0])
			continue;
		while (item < view->n_items && view->items[item].sort != ITEM_LINE)
			item++;
		if (item == view->n_items)
			return lt_err_set(err, LT_EDATA, "粘贴的行比下面的行多；先插行，或带上排放源一列",
					  "more rows were pasted than there are; insert lines first, or paste the sources too");
		struct ledger_line *line = &lines[(*n)++];
		*line = view->inventory.ledger.rows[view->items[item++].row].line;
		for (char *cells = one, *text_of; cell < N_CELLS && (text_of = strsep(&cells, "\t"));
		     cell = cell_beside(screen, cell, 1)) {
			enum lt_status status =
				text_of[0] ? set_cell(screen, line, cell, text_of, err) : LT_OK;
			if (status)
				return status;
		}
	}
	return LT_OK;
}

static bool paste_new(struct screen *screen, const char *text)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	const char *columns[N_CELLS];
	struct ledger_line *lines;
	struct lt_err err = LT_ERR_INIT;
	unsigned n = 0, n_columns = 0;
	for (enum cell_column cell = view->cell; cell < N_CELLS; cell = cell_beside(screen, cell, 1))
		columns[n_columns++] = fields[cell];
	if (inventory_paste(bench->session, &view->inventory, text, columns, n_columns, view->year,
			    &lines, &n, &bench->findings, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return false;
	}
	if (!n)
		return false;
	view->filter = FILTER_ALL;
	return write_lines(screen, lines, n, NULL);
}

/* Whether the first line of a pasted block names columns or holds a source. */
static bool brings_sources(const struct inventory_screen *view, const char *text)
{
	const size_t len = strcspn(text, "\r\n");
	return view->cell <= CELL_SOURCE || memmem(text, len, "排放源", strlen("排放源")) ||
	       memmem(text, len, "source", 6);
}

bool cells_paste(struct screen *screen, const char *text, size_t len)
{
	struct inventory_screen *view = inventory_of(screen);
	struct lt_err err = LT_ERR_INIT;
	struct lt_arena *arena = &screen->bench->session->arena;
	char *copy = lt_arena_strndup(arena, text, len);
	unsigned n = 0;
	if (!inventory_may_edit(screen))
		return false;
	if (copy && brings_sources(view, copy))
		return paste_new(screen, copy);
	struct ledger_line *lines =
		copy ? lt_arena_alloc(arena, MOST_PASTED, sizeof(*lines)) : NULL;
	if (!lines) {
		tell_memory(screen->bench);
		return false;
	}
	bool asks = false;
	if (paste_over(screen, copy, lines, &n, &err) != LT_OK) {
		workbench_tell_err(screen->bench, &err);
		return false;
	}
	for (unsigned i = 0; i < n; i++)
		asks |= needs_reason(screen, &lines[i]);
	if (!asks)
		return n && write_lines(screen, lines, n, NULL);
	ask_reason(screen, lines, n, NO_ROW);
	return true;
}
