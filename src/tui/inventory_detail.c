/* Below the grid: what belongs to the line with the cursor, and the shares of the year; the header
 * and the score line. */
#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "inventory.h"
#include "wrap.h"

#define BAR_COLS 12

int inventory_detail_rows(int rows)
{
	return rows >= 26 ? 8 : rows >= 19 ? 5 : 3;
}

/* Generated or covered by green power, of what was used, in per cent; false: no power. */
static bool renewable_share(const struct ledger_totals *totals, struct lt_decimal *out)
{
	const struct lt_decimal *power = totals->energy[LEDGER_POWER];
	struct lt_decimal used = { 0 }, green = { 0 };
	for (int flow = 0; flow < LEDGER_USED; flow++) {
		if (flow == LEDGER_SOLD) {
			used.units -= power[flow].units;
			continue;
		}
		used.units += power[flow].units;
		if (flow != LEDGER_PURCHASED)
			green.units += power[flow].units;
	}
	green.units -= power[LEDGER_SOLD].units;
	if (green.units < 0)
		green.units = 0;
	return used.units > 0 &&
	       lt_decimal_multiply_divide(green, lt_decimal_from_int(100), used, out);
}

/* ---- the line ---- */

static int left_of(const struct workbench *bench)
{
	return bench->lang == LT_ZH ? 9 : 12;
}

static void draw_label(const struct workbench *bench, const struct canvas *canvas, int row,
		       const char *zh, const char *en)
{
	draw_text(canvas, row, 3, INK_DIM, tell(bench, zh, en));
}

static void formula_of(const struct workbench *bench, const struct ledger_row *row, char *out,
		       size_t cap)
{
	const struct ledger_line *line = &row->line;
	char amount[FIGURE_TEXT], factor[FIGURE_TEXT], tonnes[FIGURE_TEXT], unit[FIGURE_TEXT],
		per[FIGURE_TEXT];
	struct lt_decimal value;
	figure_unit(line->unit, bench->lang, unit);
	figure_unit(row->result.factor_unit, bench->lang, per);
	if (lt_decimal_parse(line->amount, strlen(line->amount), &value) != LT_DECIMAL_OK)
		text_format(out, cap, "%s", tell(bench, "活动量未填", "no amount yet"));
	else if (row->result.state == LEDGER_OPEN)
		text_format(out, cap, "%s", tell(bench, "单位未填", "no unit yet"));
	else if (row->result.state == LEDGER_WRONG)
		text_format(out, cap, "%s", tell(bench, "有误", "wrong"));
	else if (row->result.state == LEDGER_UNSTATED)
		text_format(out, cap, "%s %s  %s", figure_decimal(value, -6, amount), unit,
			    tell(bench, "因子未说明", "factor not stated"));
	else
		text_format(out, cap, "%s %s * %s %s = %s", figure_decimal(value, -6, amount),
			    unit, figure_decimal(row->result.factor, -12, factor), per,
			    figure_decimal(row->result.tonnes, 2, tonnes));
}

static void draw_formula(struct screen *screen, const struct canvas *canvas, int row,
			 const struct grid_item *item, int cols)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const struct ledger_row *of = &view->inventory.ledger.rows[item->row];
	char text[300];
	int col = draw_format(canvas, row, 3, INK_TITLE, tell(bench, "第 %u 行", "Line %u"),
			      item->number) + 2;
	col = draw_cut(canvas, row, col, cols / 3, INK_TEXT,
		       line_title(&of->line)) + 3;
	formula_of(bench, of, text, sizeof(text));
	draw_cut(canvas, row, col, cols - col,
		 of->result.state == LEDGER_COUNTED ? INK_ACCENT : INK_WARN, text);
}

/* What is wrong with the line, or with what is typed, in the place of its factor. */
static bool draw_why(struct screen *screen, const struct canvas *canvas, unsigned row, int cols)
{
	struct inventory_screen *view = inventory_of(screen);
	struct lt_err why = LT_ERR_INIT;
	const char *text = view->why;
	if (!view->is_editing || !view->is_wrong) {
		if (view->inventory.ledger.rows[row].result.state != LEDGER_WRONG)
			return false;
		inventory_why(&view->inventory, row, &why);
		text = why.text[screen->bench->lang];
	}
	const size_t len = strlen(text);
	size_t from = 0;
	for (int at = 1; at < 3 && at < canvas->rows && from < len; at++) {
		const struct wrap_line line = wrap_line(text, len, from, cols - 4);
		draw_bytes(canvas, at, 3, INK_WARN, text + line.from, line.to - line.from);
		from = line.next;
	}
	return true;
}

static const char *age_words(const struct workbench *bench, enum factor_age age)
{
	switch (age) {
	case FACTOR_NO_YEAR:
		return tell(bench, "没有年份", "no year");
	case FACTOR_STALE:
		return tell(bench, "已有新值", "there is a newer one:");
	case FACTOR_TOO_NEW:
		return tell(bench, "晚于数据年份", "later than the data");
	case FACTOR_EXPIRED:
		return tell(bench, "已失效", "not valid that year");
	case FACTOR_ELSEWHERE:
		return tell(bench, "不是本省的", "of another province");
	default:
		return "";
	}
}

static void draw_factor(struct screen *screen, const struct canvas *canvas, int row,
			const struct ledger_row *of, int cols)
{
	struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const struct factor *newer;
	enum ink ink;
	unsigned set;
	const enum factor_age age = factor_age(&view->factors, &of->line, view->province, &newer);
	draw_label(bench, canvas, row, "因子", "Factor");
	const struct factor *factor =
		of->line.factor.id[0]
			? factor_list_find(&view->factors, of->line.factor.id, &set)
			: NULL;
	const char *words = factor_words(screen, of, &ink);
	int col = left_of(bench);
	if (factor)
		col = draw_cut(canvas, row, col, cols - col - 16, INK_TEXT,
			       label_of(bench, &factor->title)) + 2;
	col = draw_cut(canvas, row, col, cols - col, ink, words ? words : "") + 2;
	if (age_words(bench, age)[0] && col < cols - 8)
		col = draw_cut(canvas, row, col, cols - col, INK_WARN, age_words(bench, age)) + 1;
	if (newer && col < cols - 8)
		draw_cut(canvas, row, col, cols - col, INK_WARN, newer->value);
	if (!of->line.factor.value[0] && !of->result.is_fuel && !cell_is_shown(screen, CELL_FACTOR) &&
	    screen_is_writable(screen))
		draw_cut(canvas, row, col, cols - col, INK_DIM, tell(bench, "F4 选", "F4 chooses it"));
}

/* 申报 186.4  核定 190 t  理由 */
static void draw_claim(struct screen *screen, const struct canvas *canvas, int row, unsigned at,
		       int cols)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const struct inventory_claim *claim = &view->inventory.claims[at];
	const struct ledger_line *line = &view->inventory.ledger.rows[at].line;
	char unit[FIGURE_TEXT];
	int col = left_of(bench);
	/* what differs is worth the row more than what does not */
	if (!claim->rung && beside_draw(screen, canvas, row, col, at, cols)) {
		draw_label(bench, canvas, row, "比较", "Beside");
		return;
	}
	draw_label(bench, canvas, row, "核定", "Verified");
	if (!claim->rung) {
		draw_text(canvas, row, col, INK_DIM, tell(bench, "同申报值", "as declared"));
		return;
	}
	col = draw_format(canvas, row, col, INK_TEXT, "%s %s", tell(bench, "申报", "declared"),
			  claim->declared) + 2;
	col = draw_format(canvas, row, col, INK_TITLE, "%s %s %s", tell(bench, "核定", "verified"),
			  line->amount, figure_unit(line->unit, bench->lang, unit)) + 2;
	draw_cut(canvas, row, col, cols - col, INK_DIM, claim->reason);
}

static void draw_evidence(struct screen *screen, const struct canvas *canvas, int row, unsigned at,
			  int cols)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	int col = left_of(bench);
	bool any = false;
	draw_label(bench, canvas, row, "佐证", "Evidence");
	for (unsigned i = 0; i < view->n_evidence && col + 8 < cols; i++) {
		const struct inventory_evidence *evidence = &view->evidence[i];
		if (evidence->row != at)
			continue;
		any = true;
		col = draw_cut(canvas, row, col, (cols - col) * 2 / 3, INK_TEXT, evidence->name) + 1;
		col = draw_cut(canvas, row, col, cols - col, INK_DIM,
			       evidence->locator[0] ? evidence->locator
			       : evidence->page[0]  ? evidence->page
						    : evidence->table) + 2;
	}
	if (!any)
		draw_text(canvas, row, col, INK_WARN,
			  tell(bench, "还没有；F2 挂", "none yet; F2 ties one"));
}

static void mwh(struct lt_decimal megajoules, char out[FIGURE_TEXT])
{
	struct lt_decimal value = { 0 };
	lt_decimal_divide(megajoules, lt_decimal_from_int(3600), &value);
	figure_decimal(value, -1, out);
}

/* 外购 + 自发 + 直供 - 外送 = 用电; with one word for each where there is no room. */
static void flows_of(const struct workbench *bench, const struct lt_decimal *power,
		     struct lt_decimal sum, bool is_short, char *text, size_t cap)
{
	static const struct {
		struct label title, brief;
		enum ledger_flow flow;
		const char *sign;
	} parts[] = { { { "自发 ", "own " }, { "自", "" }, LEDGER_GENERATED, " + " },
		      { { "直供 ", "direct " }, { "直", "" }, LEDGER_DIRECT, " + " },
		      { { "外送 ", "sold " }, { "送", "" }, LEDGER_SOLD, " - " } };
	const struct lt_decimal bought = { power[LEDGER_PURCHASED].units +
					   power[LEDGER_CERTIFICATE].units +
					   power[LEDGER_TRADE].units };
	char figure[FIGURE_TEXT];
	mwh(bought, figure);
	size_t n = text_format(text, cap, "%s%s",
			       is_short ? tell(bench, "购", "") : tell(bench, "外购 ", "bought "),
			       figure);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		/* direct supply is rare; the others belong to the sum even where they are none */
		if (!power[parts[i].flow].units && parts[i].flow == LEDGER_DIRECT)
			continue;
		mwh(power[parts[i].flow], figure);
		n += text_format(text + n, cap - n, "%s%s%s", parts[i].sign,
				 label_of(bench, is_short ? &parts[i].brief : &parts[i].title),
				 figure);
	}
	mwh(sum, figure);
	n += text_format(text + n, cap - n, " = %s%s MWh",
			 is_short ? "" : tell(bench, "用电 ", "used "), figure);
	mwh(power[LEDGER_USED], figure);
	if (power[LEDGER_USED].units)
		text_format(text + n, cap - n, tell(bench, "，用电表 %s", "; meters of use %s"), figure);
}

static void draw_check(struct screen *screen, const struct canvas *canvas, int row, int cols)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const struct ledger_totals *totals = ledger_totals(&view->inventory.ledger, view->year);
	const struct lt_decimal *power = totals->energy[LEDGER_POWER];
	const int room = cols - left_of(bench);
	struct lt_decimal sum;
	char text[400];
	draw_label(bench, canvas, row, "核对", "Check");
	if (!ledger_supply(totals, LEDGER_POWER, &sum)) {
		draw_text(canvas, row, left_of(bench), INK_DIM,
			  tell(bench, "各行没有写电的流向", "no line says how power flows"));
		return;
	}
	flows_of(bench, power, sum, false, text, sizeof(text));
	if (text_columns(text) > room)
		flows_of(bench, power, sum, true, text, sizeof(text));
	const lt_int128 used = power[LEDGER_USED].units;
	draw_cut(canvas, row, left_of(bench), room,
		 sum.units < 0 || (used && used != sum.units) ? INK_VETO : INK_OK, text);
}

/* The same source in the years that have it, in the unit of this line. */
static bool amount_in_year(const struct inventory_screen *view, const struct ledger_row *like,
			   const char *year, struct lt_decimal *out)
{
	const struct ledger *ledger = &view->inventory.ledger;
	bool found = false;
	*out = (struct lt_decimal){ 0 };
	for (unsigned i = 0; i < ledger->n; i++) {
		const struct ledger_row *row = &ledger->rows[i];
		struct lt_decimal amount;
		if (!row->is_there || row->source != like->source ||
		    strcmp(row->line.year, year) != 0 ||
		    strcmp(row->line.unit, like->line.unit) != 0 ||
		    strcmp(row->line.scope, like->line.scope) != 0 ||
		    lt_decimal_parse(row->line.amount, strlen(row->line.amount), &amount) !=
			    LT_DECIMAL_OK)
			continue;
		found |= lt_decimal_add(*out, amount, out);
	}
	return found;
}

static void draw_trend(struct screen *screen, const struct canvas *canvas, int row,
		       const struct ledger_row *of, int cols)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	int col = left_of(bench);
	const unsigned first = view->n_years > 3 ? view->n_years - 3 : 0;
	draw_label(bench, canvas, row, "趋势", "Trend");
	for (unsigned i = first; i < view->n_years; i++) {
		struct lt_decimal amount;
		char text[FIGURE_TEXT], part[FIGURE_TEXT + 16];
		const bool has = amount_in_year(view, of, view->years[i], &amount);
		snprintf(part, sizeof(part), "%s  %s", view->years[i],
			 has ? figure_decimal(amount, -3, text) : "-");
		if (col + text_columns(part) + 8 > cols)
			break;
		const bool is_on = strcmp(view->years[i], view->year) == 0;
		col = draw_text(canvas, row, col, is_on ? INK_TEXT : INK_DIM, part) + 3;
	}
	char unit[FIGURE_TEXT];
	draw_cut(canvas, row, col - 2, cols - col + 2, INK_DIM,
		 figure_unit(of->line.unit, bench->lang, unit));
}

static void draw_note(struct screen *screen, const struct canvas *canvas, int row,
		      const struct ledger_row *of, int cols)
{
	const struct workbench *bench = screen->bench;
	int col = left_of(bench);
	draw_label(bench, canvas, row, "说明", "Note");
	if (of->line.place[0])
		col = draw_cut(canvas, row, col, 24, INK_TEXT, of->line.place) + 2;
	if (of->line.meter[0])
		col = draw_cut(canvas, row, col, 16, INK_TEXT, of->line.meter) + 2;
	const char *words = of->line.note[0] ? of->line.note : of->line.boundary;
	draw_cut(canvas, row, col, cols - col, INK_DIM,
		 words[0] || of->line.place[0] ? words : tell(bench, "F4 里有整行各栏", "F4 opens all fields of the line"));
}

/* ---- shares ---- */

static void draw_share(const struct workbench *bench, const struct canvas *canvas, int row, int col,
		       const char *name, const struct lt_decimal *part, struct lt_decimal whole)
{
	char number[LT_DECIMAL_TEXT], text[FIGURE_TEXT];
	struct lt_decimal percent;
	const struct bar bar = { .low = *part, .high = *part, .full = whole, .got = INK_ACCENT };
	draw_text(canvas, row, col, INK_DIM, name);
	const int at = col + (bench->lang == LT_ZH ? 8 : 11);
	draw_bar(canvas, row, at, BAR_COLS, &bar);
	if (whole.units > 0 &&
	    lt_decimal_multiply_divide(*part, lt_decimal_from_int(100), whole, &percent)) {
		lt_decimal_format_places(percent, 1, number);
		snprintf(text, sizeof(text), "%s %%", number);
		draw_right(canvas, row, at + BAR_COLS + 9, INK_TEXT, text);
	} else {
		draw_right(canvas, row, at + BAR_COLS + 9, INK_DIM, "-");
	}
}

static void draw_shares(struct screen *screen, const struct canvas *canvas, int col)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const struct ledger_totals *totals = ledger_totals(&view->inventory.ledger, view->year);
	const struct lt_decimal whole =
		ledger_sum_value(&totals->kind[LEDGER_EMISSION], true);
	struct lt_decimal renewable;
	char name[40];
	draw_text(canvas, 0, col, INK_TITLE, tell(bench, "占比", "Shares"));
	for (int scope = 1; scope <= 3 && scope < canvas->rows; scope++) {
		const struct lt_decimal part = ledger_sum_value(&totals->scope[scope], true);
		snprintf(name, sizeof(name), tell(bench, "范围 %d", "scope %d"), scope);
		draw_share(bench, canvas, scope, col, name, &part, whole);
	}
	if (canvas->rows > 4 && renewable_share(totals, &renewable))
		draw_share(bench, canvas, 4, col, tell(bench, "可再生", "renewable"), &renewable,
			   lt_decimal_from_int(100));
}

/* ---- the whole ---- */

void inventory_detail(struct screen *screen, const struct canvas *canvas)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const bool is_wide = frame_breadth(bench) >= BREADTH_100;
	const int shares = bench->lang == LT_ZH ? 33 : 36;
	const int cols = is_wide ? canvas->cols - shares : canvas->cols - 2;
	unsigned row;
	if (is_wide)
		draw_shares(screen, canvas, cols + 2);
	if (!inventory_row(view, &row))
		return;
	const struct ledger_row *of = &view->inventory.ledger.rows[row];
	draw_formula(screen, canvas, 0, &view->items[view->at], cols);
	const bool is_wrong = draw_why(screen, canvas, row, cols);
	const bool is_claimed = view->inventory.claims[row].rung != NULL;
	const bool is_tall = canvas->rows > 5;
	int at = 1;
	if (!is_wrong)
		draw_factor(screen, canvas, at, of, cols);
	if (!is_wrong && canvas->rows > 3 && (is_tall || !is_claimed))
		draw_evidence(screen, canvas, at + 1, row, cols);
	at += is_tall ? 2 : 1;
	if (canvas->rows > 3 && (is_tall || (is_claimed && !is_wrong)))
		draw_claim(screen, canvas, at, row, cols);
	if (canvas->rows > 3 && view->is_by_month)
		months_check(screen, canvas, at + 1, cols);
	else if (canvas->rows > 3)
		draw_check(screen, canvas, at + 1, cols);
	if (canvas->rows > 4)
		draw_trend(screen, canvas, at + 2, of, cols);
	if (is_tall)
		draw_note(screen, canvas, at + 3, of, cols);
}

void inventory_header(struct screen *screen, const struct canvas *row)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	char text[200];
	const char *saved = view->is_editing ? tell(bench, "未存", "typing")
					     : tell(bench, "已存", "saved");
	snprintf(text, sizeof(text), "%s %s", saved, view->is_editing ? "" : bench->saved_at);
	int end = draw_right(row, 0, row->cols - 1, view->is_editing ? INK_WARN : INK_OK, text) - 3;
	if (frame_breadth(bench) > BREADTH_60) {
		char name[120];
		cluster_cut(bench->session->name, strlen(bench->session->name), MOST_NAME, name,
			    sizeof(name));
		text_format(text, sizeof(text), "%s %s",
			    label_of(bench, &rung_titles[bench->board->own]), name);
		end = draw_right(row, 0, end, INK_TEXT, text) - 3;
	}
	const char *park = bench->board->park ? bench->board->park : "";
	int col = draw_cut(row, 0, 1, end - 14, INK_TITLE, park) + 2;
	col = draw_format(row, 0, col, INK_TEXT, tell(bench, "%s 年", "%s"), view->year) + 2;
	if (col + 12 < end)
		draw_text(row, 0, col, INK_DIM, tell(bench, "范围 1 2 3", "scopes 1 2 3"));
}

void inventory_score_line(struct screen *screen, const struct canvas *row)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const struct ledger_totals *totals = ledger_totals(&view->inventory.ledger, view->year);
	const struct lt_decimal emission =
		ledger_sum_value(&totals->kind[LEDGER_EMISSION], true);
	const struct lt_decimal net = ledger_net(totals, true);
	const struct lt_decimal taken = { emission.units - net.units };
	const struct bar bar = { .low = taken, .high = emission, .full = emission, .got = INK_OK };
	struct lt_decimal share;
	char text[FIGURE_TEXT];
	int col = draw_text(row, 0, 1, INK_DIM, tell(bench, "净排放 ", "Net "));
	col = draw_text(row, 0, col, INK_TITLE, inventory_total(view, true, text));
	col = draw_text(row, 0, col, INK_DIM, " tCO2e") + 2;
	const int width = row->cols >= 100 ? 24 : row->cols >= 80 ? 14 : 0;
	if (width && emission.units > 0) {
		draw_bar(row, 0, col, width, &bar);
		col += width + 2;
	}
	if (emission.units > 0 &&
	    lt_decimal_multiply_divide(taken, lt_decimal_from_int(100), emission, &share)) {
		lt_decimal_format_places(share, 1, text);
		col = draw_format(row, 0, col, INK_DIM, "%s ", tell(bench, "已中和", "neutralised"));
		col = draw_format(row, 0, col, INK_TEXT, "%s %%", text) + 3;
	}
	if (renewable_share(totals, &share) && col + 16 < row->cols) {
		lt_decimal_format_places(share, 1, text);
		col = draw_format(row, 0, col, INK_DIM, "%s ", tell(bench, "可再生", "renewable"));
		col = draw_format(row, 0, col, INK_TEXT, "%s %%", text) + 3;
	}
	const unsigned open = totals->n_state[LEDGER_OPEN];
	if (open && col + 10 < row->cols)
		draw_format(row, 0, col, INK_WARN, tell(bench, "未填 %u", "open %u"), open);
}
