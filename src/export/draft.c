/* How a document grows: texts, numbers, blocks. */
#include "draft.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/decimal.h"
#include "lingtan/base/digits.h"
#include "lingtan/base/ids.h"

#define CHART_ROWS 30u /* that a page has room for */

/* ---- texts ---- */

const char *draft_text(struct draft *draft, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = lt_arena_vprintf(draft->arena, format, args);
	va_end(args);
	draft->failed |= !text;
	return text ? text : "";
}

const char *draft_label(const struct draft *draft, node of, const char *key)
{
	return lt_json_get_text(lt_json_get(of, key), draft->lang == LT_ZH ? "zh" : "en");
}

const char *or_dash(const char *text)
{
	return text && text[0] ? text : "—";
}

const char *draft_number(struct draft *draft, const char *decimal, int places)
{
	char plain[LT_DECIMAL_TEXT], grouped[2 * LT_DECIMAL_TEXT];
	struct lt_decimal value, rounded;
	if (!decimal[0])
		return "—";
	if (lt_decimal_parse(decimal, strlen(decimal), &value) != LT_DECIMAL_OK)
		return decimal;
	if (!lt_decimal_round(value, places, LT_HALF_EVEN, &rounded))
		rounded = value;
	lt_decimal_format(rounded, plain);
	lt_digits_group(plain, grouped);
	return draft_text(draft, "%s", grouped);
}

const char *draft_value(struct draft *draft, node value, int places)
{
	const char *low = lt_json_get_text(value, "low"), *high = lt_json_get_text(value, "high");
	const char *state = lt_json_get_text(value, "state");
	if (strcmp(state, "na") == 0)
		return say(draft, "不适用", "n/a");
	if (strcmp(state, "none") == 0 || (!low[0] && !high[0]))
		return "—";
	if (!low[0] || !high[0])
		return draft_text(draft, "%s%s", low[0] ? "≥" : "≤",
				  draft_number(draft, low[0] ? low : high, places));
	if (strcmp(low, high) == 0)
		return draft_number(draft, low, places);
	return draft_text(draft, "%s~%s", draft_number(draft, low, places),
			  draft_number(draft, high, places));
}

/* Longer marks stand before those that are in them. */
static const char *const pretty_marks[][3] = {
	{ "10^4CNY", "万元", "10⁴ CNY" }, { "10^8CNY", "亿元", "10⁸ CNY" }, { "10^4", "万 ", "10⁴ " },
	{ "10^8", "亿 ", "10⁸ " },	  { "CO2", "CO₂", "CO₂" },	    { "CH4", "CH₄", "CH₄" },
	{ "Nm3", "Nm³", "Nm³" },	  { "km2", "km²", "km²" },	    { "m3", "m³", "m³" },
	{ "m2", "m²", "m²" },		  { " * ", " × ", " × " },	    { " >= ", " ≥ ", " ≥ " },
	{ " <= ", " ≤ ", " ≤ " },
};

const char *draft_pretty(struct draft *draft, const char *text)
{
	const size_t n_marks = sizeof(pretty_marks) / sizeof(pretty_marks[0]);
	const char *out = "";
	size_t plain = 0;
	while (text[plain]) {
		size_t m = 0;
		while (m < n_marks && strncmp(text + plain, pretty_marks[m][0],
					      strlen(pretty_marks[m][0])) != 0)
			m++;
		if (m == n_marks) {
			plain++;
			continue;
		}
		out = draft_text(draft, "%s%.*s%s", out, (int)plain, text,
				 pretty_marks[m][draft->lang == LT_ZH ? 1 : 2]);
		text += plain + strlen(pretty_marks[m][0]);
		plain = 0;
	}
	return out[0] ? draft_text(draft, "%s%s", out, text) : text;
}

const char *draft_word(const struct draft *draft, const char *const (*words)[3], size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i][0], id) == 0)
			return words[i][draft->lang == LT_ZH ? 1 : 2];
	return id;
}

const char *draft_at(const struct draft *draft, node row, const char *key)
{
	node at = lt_json_get(row, key);
	return at->kind == LT_JSON_OBJECT ? draft_label(draft, row, key) : lt_json_get_text(row, key);
}

const char *draft_pair(struct draft *draft, const char *a, const char *b)
{
	return draft_text(draft, "%s%s%s", a, a[0] && b[0] ? " " : "", b);
}

const char *draft_unit(struct draft *draft, const char *unit)
{
	static const char *const words[][3] = {
		{ "1", "", "" },	   { "count", "个", "" },	{ "a", "年", "years" },
		{ "1/a", "次/年", "per year" }, { "1/km2", "个/km²", "per km²" },
	};
	const char *word = draft_word(draft, words, sizeof(words) / sizeof(words[0]), unit);
	return word != unit ? word : draft_pretty(draft, unit);
}

const char *draft_origin(const struct draft *draft, const char *origin)
{
	static const char *const words[][3] = {
		{ "illustrative", "示例值", "illustrative" }, { "proposed", "拟定", "proposed" },
		{ "inferred", "推断", "inferred" },	       { "sourced", "有出处", "sourced" },
		{ "user", "填报", "user" },		       { "unstated", "—", "—" },
		{ "draft", "标准为草案", "draft" },
	};
	return or_dash(draft_word(draft, words, sizeof(words) / sizeof(words[0]), origin));
}

const char *draft_clause(node of)
{
	const char *id = lt_json_get_text(of, "id"), *clause = lt_json_get_text(of, "clause");
	const char *shown = clause[0] ? clause : id;
	return lt_id_is_numbered(shown) ? shown : "";
}

const char *draft_section(struct draft *draft, node section)
{
	const char *clause = draft_clause(section), *title = draft_label(draft, section, "title");
	return clause[0] ? draft_text(draft, "%s  %s", clause, title) : title;
}

/* A clause that is a section's own, as "3" of a judgement, does not say which item is meant. */
static const char *name_of_item(struct draft *draft, node item)
{
	const char *clause = draft_clause(item);
	node sections = lt_json_get(draft->report, "sections");
	if (!clause[0])
		return draft_label(draft, item, "title");
	for (node at = sections->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "id"), clause) == 0)
			return draft_text(draft, "%s %s", clause, draft_label(draft, item, "title"));
	return clause;
}

const char *draft_named(struct draft *draft, const char *id)
{
	node sections = lt_json_get(draft->report, "sections");
	for (node section = sections->first; section; section = section->next)
		for (node item = lt_json_get(section, "items")->first; item; item = item->next)
			if (strcmp(lt_json_get_text(item, "id"), id) == 0)
				return name_of_item(draft, item);
	for (node at = lt_json_get(draft->report, "quantities")->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "id"), id) == 0)
			return draft_label(draft, at, "title");
	return id;
}

const char *draft_named_all(struct draft *draft, const char *ids)
{
	const char *text = "", *one;
	size_t len;
	while (lt_ids_next(&ids, &one, &len))
		text = draft_text(draft, "%s%s%s", text, text[0] ? ", " : "",
				  draft_named(draft, draft_text(draft, "%.*s", (int)len, one)));
	return text;
}

double draft_amount(const char *decimal)
{
	return strtod(decimal, NULL);
}

const char *draft_time(struct draft *draft, const char *stamp)
{
	if (strlen(stamp) < 16)
		return stamp;
	return draft_text(draft, "%.10s %.5s", stamp, stamp + 11);
}

/* ---- blocks ---- */

static struct block *add(struct draft *draft, enum block_kind kind)
{
	struct block *block = lt_arena_alloc(draft->arena, 1, sizeof(*block));
	if (!block) {
		draft->failed = true;
		return NULL;
	}
	block->kind = kind;
	block->text = "";
	if (draft->document->last)
		draft->document->last->next = block;
	else
		draft->document->first = block;
	draft->document->last = block;
	return block;
}

void draft_heading(struct draft *draft, unsigned level, const char *title)
{
	struct block *block = add(draft, BLOCK_HEADING);
	if (!block)
		return;
	block->level = level;
	block->text = title;
	block->anchor = draft_text(draft, "h%u", ++draft->n_headings);
}

void draft_chapter(struct draft *draft, const char *title)
{
	static const char *const numbers[] = { "〇", "一", "二",   "三",   "四",   "五",
					       "六", "七", "八",   "九",   "十",   "十一",
					       "十二", "十三", "十四", "十五", "十六" };
	const unsigned n = ++draft->chapter;
	const bool counted = draft->lang == LT_ZH && n < sizeof(numbers) / sizeof(numbers[0]);
	draft_heading(draft, 1,
		      counted ? draft_text(draft, "%s、%s", numbers[n], title)
			      : draft_text(draft, "%u  %s", n, title));
}

void draft_paragraph(struct draft *draft, enum block_kind kind, const char *text)
{
	struct block *block = text[0] ? add(draft, kind) : NULL;
	if (block)
		block->text = text;
}

void draft_break(struct draft *draft)
{
	add(draft, BLOCK_BREAK);
}

/* More bars than a page has room for go on in another picture, to the same scale. */
void draft_chart(struct draft *draft, const struct chart *chart)
{
	const unsigned n = chart->n_bars, rows = chart->kind == CHART_RADAR ? n : CHART_ROWS;
	double most = 0;
	for (unsigned i = 0; i < n; i++)
		most = fmax(most, fabs(chart->bars[i].amount));
	for (unsigned at = 0; at < n; at += rows) {
		struct chart *part = lt_arena_alloc(draft->arena, 1, sizeof(*part));
		struct block *block = part ? add(draft, BLOCK_CHART) : NULL;
		if (!block) {
			draft->failed = true;
			return;
		}
		*part = *chart;
		part->bars = chart->bars + at;
		part->n_bars = n - at < rows ? n - at : rows;
		part->most = most;
		if (n > rows)
			part->title = draft_text(draft, say(draft, "%s（%u/%u）", "%s (%u/%u)"),
						 chart->title, at / rows + 1, (n + rows - 1) / rows);
		block->chart = part;
	}
}

void draft_verdict(struct draft *draft, struct verdict *verdict)
{
	struct block *block = verdict ? add(draft, BLOCK_VERDICT) : NULL;
	if (block)
		block->verdict = verdict;
}

struct tree *draft_tree(struct draft *draft)
{
	struct block *block = add(draft, BLOCK_TREE);
	struct tree *tree = block ? lt_arena_alloc(draft->arena, 1, sizeof(*tree)) : NULL;
	draft->failed |= !tree;
	if (tree)
		block->tree = tree;
	else if (block)
		block->kind = BLOCK_NOTE;
	return tree;
}

struct tree_line *draft_tree_line(struct draft *draft, struct tree *tree)
{
	if (tree->n_lines == tree->cap_lines) {
		const unsigned cap = tree->cap_lines * 2 + 64;
		struct tree_line *grown = lt_arena_alloc(draft->arena, cap, sizeof(*grown));
		if (!grown) {
			draft->failed = true;
			return NULL;
		}
		if (tree->n_lines)
			memcpy(grown, tree->lines, tree->n_lines * sizeof(*grown));
		tree->lines = grown;
		tree->cap_lines = cap;
	}
	struct tree_line *line = &tree->lines[tree->n_lines++];
	*line = (struct tree_line){
		.title = "", .value = "", .formula = "", .cite = "", .origin = ""
	};
	return line;
}

/* ---- tables ---- */

unsigned row_span(const struct row *row, unsigned n_columns, unsigned at)
{
	unsigned n = 1;
	if (row->kind == ROW_GROUP)
		return n_columns - at;
	while (row->kind == ROW_TOTAL && at == 0 && n < n_columns && !row->cells[n].text[0])
		n++;
	return n;
}

struct table *draft_table(struct draft *draft, enum block_kind kind, const char *caption,
			  const struct column *columns, unsigned n)
{
	struct block *block = add(draft, kind);
	struct table *table = block ? lt_arena_alloc(draft->arena, 1, sizeof(*table)) : NULL;
	struct column *copy = table ? lt_arena_alloc(draft->arena, n, sizeof(*copy)) : NULL;
	if (!copy) {
		draft->failed = true;
		if (block)
			block->kind = BLOCK_NOTE;
		return NULL;
	}
	memcpy(copy, columns, n * sizeof(*copy));
	*table = (struct table){ .caption = caption, .columns = copy, .n_columns = n };
	block->table = table;
	return table;
}

struct table *draft_fields(struct draft *draft)
{
	static const struct column columns[] = { { "", 3, false }, { "", 9, false } };
	return draft_table(draft, BLOCK_FIELDS, NULL, columns, 2);
}

struct row *draft_row(struct draft *draft, struct table *table, enum row_kind kind)
{
	if (!table)
		return NULL;
	if (table->n_rows == table->cap_rows) {
		const unsigned cap = table->cap_rows * 2 + 16;
		struct row *grown = lt_arena_alloc(draft->arena, cap, sizeof(*grown));
		if (!grown) {
			draft->failed = true;
			return NULL;
		}
		if (table->n_rows)
			memcpy(grown, table->rows, table->n_rows * sizeof(*grown));
		table->rows = grown;
		table->cap_rows = cap;
	}
	struct cell *cells = lt_arena_alloc(draft->arena, table->n_columns, sizeof(*cells));
	if (!cells) {
		draft->failed = true;
		return NULL;
	}
	for (unsigned i = 0; i < table->n_columns; i++)
		cells[i].text = "";
	struct row *row = &table->rows[table->n_rows++];
	*row = (struct row){ .kind = kind, .cells = cells };
	return row;
}

void draft_cells(struct draft *draft, struct table *table, enum row_kind kind, ...)
{
	struct row *row = draft_row(draft, table, kind);
	va_list args;
	if (!row)
		return;
	va_start(args, kind);
	for (unsigned i = 0; i < table->n_columns; i++) {
		const char *text = va_arg(args, const char *);
		if (!text)
			break;
		row->cells[i].text = text;
	}
	va_end(args);
}

void draft_field(struct draft *draft, struct table *table, const char *title, const char *value)
{
	if (value && value[0])
		draft_cells(draft, table, ROW_PLAIN, title, value, NULL);
}
