/* Tables of a CSV file or workbook to a sheet, by the same schema tables as YAML. */
#include "lingtan/load/sheet.h"

#include <stdio.h>
#include <string.h>
#include "document.h"
#include "lingtan/base/csv_out.h"
#include "lingtan/base/decimal.h"
#include "lingtan/load/csv.h"
#include "schema.h"
#include "sheet_rows.h"
#include "sheet_words.h"
#include "string_kind.h"

/* So many rows may stand above a header: a title, who filled it in, when. */
#define ROWS_ABOVE_HEADER 20u

/* One of the lists of the sheet, as it grows. */
struct list {
	const char *key;       /* in the sheet and in positions */
	const char *tell_tale; /* the column by which the table is known */
	const char *column;    /* another that a table must have, though a row may leave it empty */
	const cyaml_schema_field_t *field;
	char *entries;
	unsigned n, cap, most; /* n goes on counting past most, where nothing more is kept */
	unsigned position;     /* 0 = not begun */
};

struct reader {
	struct csv csv;
	bool is_workbook;
	const char *part; /* name of the sheet at hand */
	unsigned row;     /* of the sheet at hand */
	struct list lists[N_TABLES];
	struct list *list; /* of the table at hand; NULL above its header */
	const cyaml_schema_field_t *columns[CSV_MAX_COLUMNS]; /* NULL = left alone */
	unsigned n_columns;
	unsigned n_above;                  /* rows passed over in this part */
	unsigned above_line, above_column; /* of the first of them that could be a header */
	bool above_is_header;              /* it has more than one cell */
	unsigned wide_line, wide_column;   /* of the first that is one cell with a comma of an input method */
	unsigned n_tables;
	const struct csv_cell *percent; /* the value that was written with % in this row */
	struct sheet *sheet;
	struct lt_arena *arena;
	struct lt_findings *findings;
};

static const char wide_comma[] = "，";

/* ---- places and findings ---- */

static void place_of(const struct reader *reader, const struct csv_cell *cell, unsigned *line,
		     unsigned *column)
{
	*line = reader->is_workbook ? reader->row : cell->line;
	*column = reader->is_workbook ? (unsigned)(cell - reader->csv.cells) + 1 : cell->column;
}

/* In a workbook line and column say little: the sheet and the cell's name are told too. */
static void name_cell(const struct reader *reader, struct lt_finding *finding)
{
	char letters[8], *at = letters + sizeof(letters) - 1;
	*at = 0;
	for (unsigned n = finding->column; n; n = (n - 1) / 26)
		*--at = (char)('A' + (n - 1) % 26);
	finding->text[LT_ZH] =
		lt_arena_printf(reader->findings->arena, "%s（工作表“%s”，单元格 %s%u）",
				finding->text[LT_ZH], reader->part, at, finding->line);
	finding->text[LT_EN] =
		lt_arena_printf(reader->findings->arena, "%s (sheet '%s', cell %s%u)",
				finding->text[LT_EN], reader->part, at, finding->line);
	if (!finding->text[LT_ZH] || !finding->text[LT_EN]) {
		finding->text[LT_ZH] = finding->text[LT_EN] = "";
		reader->findings->out_of_memory = true;
	}
}

/* zh and en take one %s. */
static void complain_at(struct reader *reader, enum lt_severity severity, unsigned line,
			unsigned column, const char *zh, const char *en, const char *text)
{
	struct lt_finding *finding = lt_findings_add(reader->findings, severity, "", zh, en, text);
	if (!finding)
		return;
	finding->line = line;
	finding->column = column;
	if (reader->is_workbook)
		name_cell(reader, finding);
}

static void complain(struct reader *reader, const struct csv_cell *cell, const char *zh,
		     const char *en, const char *text)
{
	unsigned line, column;
	place_of(reader, cell, &line, &column);
	complain_at(reader, LT_ERROR, line, column, zh, en, text);
}

static unsigned remember(struct reader *reader, const struct csv_cell *cell, unsigned parent,
			 const char *key, unsigned index)
{
	struct yaml_position position = { .key = key, .parent = parent, .index = index };
	unsigned at = 0;
	place_of(reader, cell, &position.line, &position.column);
	if (!yaml_positions_add(&reader->sheet->positions, &position, &at))
		reader->findings->out_of_memory = true;
	return at;
}

/* ---- cells ---- */

/* A cell without the blanks around it; returns its length. */
static size_t trim(const struct csv_cell *cell, const char **from)
{
	static const char wide_blank[] = "　";
	const size_t wide = sizeof(wide_blank) - 1;
	const char *at = cell->text, *end = at + cell->len;
	for (;;) {
		if (at < end && strchr(" \t\n", *at))
			at++;
		else if (at < end && strchr(" \t\n", end[-1]))
			end--;
		else if ((size_t)(end - at) >= wide && memcmp(at, wide_blank, wide) == 0)
			at += wide;
		else if ((size_t)(end - at) >= wide && memcmp(end - wide, wide_blank, wide) == 0)
			end -= wide;
		else
			break;
	}
	*from = at;
	return (size_t)(end - at);
}

static bool is_empty(const struct csv_cell *cell)
{
	const char *from;
	return trim(cell, &from) == 0;
}

/* An apostrophe in front of what a spreadsheet would take for a formula is only there to keep it
 * from that (lingtan export writes it so): how many bytes it takes. */
static size_t guard_of(const struct reader *reader, const char *text, size_t len)
{
	return !reader->is_workbook && len && *text == '\'' && lt_csv_is_formula(text, len);
}

/* What it says, in the arena; "" where there is nothing. */
static const char *cell_text(struct reader *reader, const struct csv_cell *cell)
{
	const char *from;
	size_t len = trim(cell, &from);
	const size_t guard = guard_of(reader, from, len);
	from += guard;
	len -= guard;
	const char *text = len ? lt_arena_strndup(reader->arena, from, len) : "";
	if (!text)
		reader->findings->out_of_memory = true;
	return text ? text : "";
}

/* A number with more places than our decimals have, as a workbook computes them, to the last of
 * them, half to even. One so small that little of it would be left stays as it is. */
static const char *fit_places(struct lt_arena *arena, const char *text)
{
	const char *point = strchr(text, '.');
	const size_t kept = point ? (size_t)(point - text) + 1 + LT_DECIMAL_PLACES : 0;
	struct lt_decimal value;
	if (!point || strlen(text) <= kept ||
	    strspn(point + 1, "0123456789") != strlen(point + 1) ||
	    lt_decimal_parse(text, kept, &value) != LT_DECIMAL_OK)
		return text;
	const char *rest = text + kept;
	const bool odd = value.units % 2 != 0, more = strspn(rest + 1, "0") != strlen(rest + 1);
	if (rest[0] > '5' || (rest[0] == '5' && (more || odd)))
		value.units += text[0] == '-' ? -1 : 1;
	const lt_int128 least = LT_DECIMAL_ONE / 1000000;
	if (value.units < least && value.units > -least)
		return text;
	char *fitted = lt_arena_alloc(arena, LT_DECIMAL_TEXT, 1);
	if (fitted)
		lt_decimal_format(value, fitted);
	return fitted;
}

static const char *without_end(struct lt_arena *arena, const char *text, const char *end)
{
	const size_t len = strlen(text), cut = strlen(end);
	if (len <= cut || strcmp(text + len - cut, end) != 0)
		return text;
	return lt_arena_strndup(arena, text, len - cut);
}

/* string_kind_fold() of a copy; NULL when memory ran out. */
static const char *folded(struct lt_arena *arena, uint32_t kind, const char *text)
{
	char *copy = lt_arena_strndup(arena, text, strlen(text));
	if (copy)
		string_kind_fold(kind, copy);
	return copy;
}

/* What people write in the cells of office suites, as the sheet has it. */
static const char *settle_text(struct reader *reader, const cyaml_schema_field_t *field,
			       const struct csv_cell *cell, const char *text)
{
	const char *plain = sheet_words_value(field->key, text);
	if (field->value.string.max == STRING_YEAR)
		plain = without_end(reader->arena, plain, "年");
	if (field->value.string.max == STRING_NUMBER &&
	    reader->list == &reader->lists[TABLE_QUANTITIES]) {
		const char *number = without_end(reader->arena, plain, "%");
		if (number == plain)
			number = without_end(reader->arena, plain, "％");
		if (number != plain)
			reader->percent = cell;
		plain = number;
	}
	if (plain)
		plain = folded(reader->arena, field->value.string.max, plain);
	const bool is_number = field->value.string.max == STRING_NUMBER ||
			       field->value.string.max == STRING_POINTS;
	if (plain && is_number && reader->is_workbook)
		plain = fit_places(reader->arena, plain);
	if (!plain)
		reader->findings->out_of_memory = true;
	return plain ? plain : text;
}

static void set_pointer(void *object, uint32_t offset, const void *pointer)
{
	memcpy((char *)object + offset, &pointer, sizeof(pointer));
}

static const char *get_pointer(const void *object, uint32_t offset)
{
	const char *pointer;
	memcpy(&pointer, (const char *)object + offset, sizeof(pointer));
	return pointer;
}

static void take_string(struct reader *reader, void *object, const cyaml_schema_field_t *field,
			const struct csv_cell *cell, const char *text)
{
	const char *settled = settle_text(reader, field, cell, text);
	const struct string_fault *fault =
		string_kind_check(field->value.string.max, settled, strlen(settled));
	if (fault)
		complain(reader, cell, fault->zh, fault->en, fault->quotes ? settled : "");
	set_pointer(object, field->data_offset, settled);
}

/* Several ids in one cell, parted by commas or blanks of either width. */
static void take_words(struct reader *reader, void *object, const cyaml_schema_field_t *field,
		       const struct csv_cell *cell, const char *text)
{
	static const char *const breaks[] = { ",", ";", " ", "\n", "，", "；", "、", "　" };
	const uint32_t most = field->value.sequence.max;
	const char **words = lt_arena_alloc(reader->arena, most, sizeof(*words));
	unsigned n = 0;
	for (const char *at = text, *from = text; words; at++) {
		size_t gap = 0;
		for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++)
			if (strncmp(at, breaks[i], strlen(breaks[i])) == 0)
				gap = strlen(breaks[i]);
		if (*at && !gap)
			continue;
		if (at > from && n == most) {
			complain(reader, cell, "“%s”里的检查点过多", "there are too many in '%s'",
				 text);
			break;
		}
		if (at > from) {
			char *word = lt_arena_strndup(reader->arena, from, (size_t)(at - from));
			if (word)
				string_kind_fold(STRING_ID, word);
			words[n] = word;
		}
		const struct string_fault *fault =
			at > from && words[n]
				? string_kind_check(STRING_ID, words[n], strlen(words[n]))
				: NULL;
		if (fault)
			complain(reader, cell, fault->zh, fault->en, words[n]);
		n += at > from;
		if (!*at)
			break;
		from = at + gap;
		at += gap - 1;
	}
	if (!words || (n && !words[n - 1]))
		reader->findings->out_of_memory = true;
	set_pointer(object, field->data_offset, words);
	memcpy((char *)object + field->count_offset, &n, sizeof(n));
}

/* ---- rows of a table ---- */

static const cyaml_schema_field_t *fields_of(const struct list *list)
{
	return list->field->value.sequence.entry->mapping.fields;
}

static const cyaml_schema_field_t *find_field(const cyaml_schema_field_t *fields, const char *key)
{
	for (; fields->key; fields++)
		if (strcmp(fields->key, key) == 0)
			return fields;
	return NULL;
}

static void *new_entry(struct reader *reader, struct list *list)
{
	const size_t size = list->field->value.sequence.entry->data_size;
	char *entries = lt_arena_room(reader->arena, list->entries, list->n, &list->cap, size);
	if (!entries) {
		reader->findings->out_of_memory = true;
		return NULL;
	}
	list->entries = entries;
	return entries + list->n * size;
}

static const struct csv_cell *cell_of(const struct reader *reader, const char *key)
{
	for (unsigned i = 0; i < reader->n_columns && i < reader->csv.n_cells; i++)
		if (reader->columns[i] && strcmp(reader->columns[i]->key, key) == 0)
			return &reader->csv.cells[i];
	return &reader->csv.cells[0];
}

/* "不适用" beside its reason is one answer, not two. */
static void settle_answer(struct reader *reader, struct sheet_answer *answer)
{
	if (!answer->result || strcmp(answer->result, "na") != 0)
		return;
	if (answer->na)
		answer->result = NULL;
	else
		complain(reader, cell_of(reader, "result"),
			 "条款 %s 不适用，请在“不适用原因”（na）一列写明原因",
			 "item %s is not applicable: write why in the column na", answer->item);
}

/* A value with % is a value in %. */
static void settle_quantity(struct reader *reader, struct sheet_quantity *quantity)
{
	if (!reader->percent)
		return;
	if (quantity->unit && strcmp(quantity->unit, "%") != 0)
		complain(reader, reader->percent, "数值带 %%，单位却是“%s”；请统一",
			 "the value is written with %%, but its unit is '%s'; make them one",
			 quantity->unit);
	quantity->unit = "%";
}

static void check_required(struct reader *reader, const void *entry)
{
	for (const cyaml_schema_field_t *field = fields_of(reader->list); field->key; field++)
		if (!(field->value.flags & CYAML_FLAG_OPTIONAL) &&
		    !get_pointer(entry, field->data_offset))
			complain(reader, cell_of(reader, field->key), "这一行缺少 %s",
				 "this row lacks %s", field->key);
}

/* A row of a form that nobody has filled in yet names its item and says nothing of it. */
static bool says_something(const struct reader *reader)
{
	for (unsigned i = 0; i < reader->csv.n_cells; i++) {
		const bool known = i < reader->n_columns && reader->columns[i];
		if (i < reader->n_columns && !known)
			continue;
		if (known && reader->list == &reader->lists[TABLE_ANSWERS] &&
		    strcmp(reader->columns[i]->key, reader->list->tell_tale) == 0)
			continue;
		if (!is_empty(&reader->csv.cells[i]))
			return true;
	}
	return false;
}

static void take_cell(struct reader *reader, void *entry, unsigned position, unsigned at)
{
	const struct csv_cell *cell = &reader->csv.cells[at];
	const bool named = at < reader->n_columns;
	if ((named && !reader->columns[at]) || is_empty(cell))
		return;
	const char *text = cell_text(reader, cell);
	if (!named) {
		complain(reader, cell, "“%s”上面没有列名；内容里有逗号时整格加引号",
			 "no column is named above '%s'; enclose a cell that holds a comma in "
			 "quotes",
			 text);
		return;
	}
	const cyaml_schema_field_t *field = reader->columns[at];
	remember(reader, cell, position, field->key, 0);
	if (field->value.type == CYAML_SEQUENCE)
		take_words(reader, entry, field, cell, text);
	else
		take_string(reader, entry, field, cell, text);
}

static void take_row(struct reader *reader)
{
	struct list *list = reader->list;
	if (!says_something(reader))
		return;
	if (list->n >= list->most) {
		list->n++;
		return;
	}
	void *entry = new_entry(reader, list);
	if (!entry)
		return;
	const unsigned position =
		remember(reader, &reader->csv.cells[0], list->position, NULL, list->n++);
	reader->percent = NULL;
	for (unsigned i = 0; i < reader->csv.n_cells; i++)
		take_cell(reader, entry, position, i);
	if (list == &reader->lists[TABLE_ANSWERS])
		settle_answer(reader, entry);
	if (list == &reader->lists[TABLE_QUANTITIES])
		settle_quantity(reader, entry);
	check_required(reader, entry);
}

/* ---- headers ---- */

/* How many of the cells are columns of this kind of table; 0 without the one that tells. */
static unsigned count_columns(struct reader *reader, enum table_kind kind)
{
	bool told = false;
	unsigned n = 0;
	for (unsigned i = 0; i < reader->csv.n_cells; i++) {
		const char *key = sheet_words_key(kind, reader->csv.cells[i].text);
		n += key != NULL;
		told |= key && strcmp(key, reader->lists[kind].tell_tale) == 0;
	}
	return told ? n : 0;
}

/* TABLE_HEAD where the row is no header. */
static enum table_kind kind_of_row(struct reader *reader)
{
	enum table_kind best = TABLE_HEAD;
	unsigned most = 1;
	for (enum table_kind kind = TABLE_ANSWERS; kind < N_TABLES; kind++) {
		const unsigned n = count_columns(reader, kind);
		if (n > most) {
			most = n;
			best = kind;
		}
	}
	return best;
}

static void take_title(struct reader *reader, enum table_kind kind, unsigned at)
{
	const struct csv_cell *cell = &reader->csv.cells[at];
	const char *title = cell_text(reader, cell), *key = sheet_words_key(kind, title);
	unsigned line, column;
	reader->columns[at] = key ? find_field(fields_of(reader->list), key) : NULL;
	for (unsigned i = 0; i < at && key; i++)
		if (reader->columns[i] == reader->columns[at]) {
			complain(reader, cell, "%s 有两列", "there are two columns %s", key);
			break;
		}
	if (key || !title[0] || sheet_words_is_decoration(title))
		return;
	place_of(reader, cell, &line, &column);
	complain_at(reader, LT_WARNING, line, column, "不认识“%s”这一列，未读入",
		    "the column '%s' is not one of ours and is not read", title);
}

static void begin_table(struct reader *reader, enum table_kind kind)
{
	struct list *list = reader->list = &reader->lists[kind];
	reader->n_tables++;
	reader->n_columns = reader->csv.n_cells;
	if (!list->position)
		list->position = remember(reader, &reader->csv.cells[0], 0, list->key, 0);
	for (unsigned i = 0; i < reader->csv.n_cells; i++)
		take_title(reader, kind, i);
	for (const cyaml_schema_field_t *field = fields_of(list); field->key; field++) {
		bool there = field->value.flags & CYAML_FLAG_OPTIONAL &&
			     !(list->column && strcmp(list->column, field->key) == 0);
		for (unsigned i = 0; i < reader->n_columns; i++)
			there |= reader->columns[i] == field;
		if (!there)
			complain(reader, &reader->csv.cells[0], "缺少 %s 一列",
				 "the column %s is missing", field->key);
	}
}

/* A row above the header: a title, an explanation, or a header that is none of ours. */
static void pass_over(struct reader *reader)
{
	unsigned n = 0, first = 0;
	for (unsigned i = 0; i < reader->csv.n_cells; i++)
		if (!is_empty(&reader->csv.cells[i]) && !n++)
			first = i;
	if (!n)
		return;
	if (n == 1 && !reader->wide_line && strstr(reader->csv.cells[first].text, wide_comma))
		place_of(reader, &reader->csv.cells[first], &reader->wide_line,
			 &reader->wide_column);
	reader->n_above++;
	const bool is_better = n > 1 && !reader->above_is_header;
	reader->above_is_header |= n > 1;
	if (!reader->above_line || is_better)
		place_of(reader, &reader->csv.cells[first], &reader->above_line,
			 &reader->above_column);
}

static void end_part(struct reader *reader, bool is_last)
{
	if (reader->list || !reader->n_above)
		return;
	if (is_last && !reader->n_tables && reader->wide_line && !reader->above_is_header &&
	    !reader->is_workbook)
		complain_at(reader, LT_ERROR, reader->wide_line, reader->wide_column,
			    "没有找到表头：这一行里是全角逗号；CSV 各列之间用半角逗号，连同以下各行%s",
			    "there is no header: this row has full-width commas; columns are parted by "
			    "ASCII commas, here and in the rows below%s",
			    "");
	else if (is_last && !reader->n_tables)
		complain_at(reader, LT_ERROR, reader->above_line, reader->above_column,
			    "没有找到表头；第一行写列名：条款、结论（item,result），或 指标、数值"
			    "（id,value），或 活动量、单位（activity,unit），以逗号分开%s",
			    "there is no header; the first row names the columns: item,result or "
			    "id,value or activity,unit, with commas between them%s",
			    "");
	else
		complain_at(reader, LT_WARNING, reader->above_line, reader->above_column,
			    "“%s”没有我们认识的表头，未读入",
			    "'%s' has no header that we know and is not read", reader->part);
}

/* ---- rows that begin with # ---- */

static void begin_part(struct reader *reader, const char *name)
{
	end_part(reader, false);
	reader->part = name;
	reader->list = NULL;
	reader->n_above = reader->above_line = reader->above_column = 0;
	reader->wide_line = reader->wide_column = 0;
	reader->above_is_header = false;
	reader->row = 0;
}

static void take_head(struct reader *reader, const char *title)
{
	const struct csv_cell *cells = reader->csv.cells;
	const char *key = sheet_words_key(TABLE_HEAD, title);
	const cyaml_schema_field_t *field =
		key ? find_field(sheet_schema.mapping.fields, key) : NULL;
	if (!field && strstr(title, wide_comma)) {
		complain(reader, &cells[0],
			 "“#%s”里是全角逗号；CSV 各列之间用半角逗号",
			 "'#%s' has a full-width comma; columns are parted by ASCII commas", title);
		return;
	}
	if (!field || field->value.type != CYAML_STRING) {
		complain(reader, &cells[0],
			 "没有名为“#%s”的表头行；有 #sheet、#rung、#assessment、#park、#park_type、"
			 "#place、#owner、#note，注解写成“# …”",
			 "there is no row '#%s'; there are #sheet, #rung, #assessment, #park, "
			 "#park_type, #place, #owner, #note; a remark is written '# ...'",
			 title);
		return;
	}
	const struct csv_cell *cell = &cells[reader->csv.n_cells > 1];
	const char *text = reader->csv.n_cells > 1 ? cell_text(reader, cell) : "";
	if (!text[0]) {
		complain(reader, &cells[0], "#%s 后面没有内容；不填就删去这一行",
			 "nothing stands after #%s; take the row out if it is not known", title);
		return;
	}
	if (get_pointer(reader->sheet, field->data_offset)) {
		complain(reader, &cells[0], "#%s 写了两次", "#%s stands here twice", title);
		return;
	}
	remember(reader, cell, 0, field->key, 0);
	take_string(reader, reader->sheet, field, cell, text);
}

/* Whether the row was one of these. */
static bool take_marked_row(struct reader *reader)
{
	static const char sheet[] = "#sheet", wide[] = "＃";
	const size_t len = sizeof(sheet) - 1, mark = sizeof(wide) - 1;
	const char *text;
	const size_t n = trim(&reader->csv.cells[0], &text);
	const bool is_wide = n >= mark && memcmp(text, wide, mark) == 0;
	if (!n || (text[0] != '#' && !is_wide))
		return false;
	text = cell_text(reader, &reader->csv.cells[0]);
	if (is_wide)
		text = lt_arena_printf(reader->arena, "#%s", text + mark);
	if (!text) {
		reader->findings->out_of_memory = true;
		return true;
	}
	if (strncmp(text, sheet, len) == 0 && (!text[len] || text[len] == ' ')) {
		const char *name = text + len + strspn(text + len, " ");
		if (!name[0] && reader->csv.n_cells > 1)
			name = cell_text(reader, &reader->csv.cells[1]);
		begin_part(reader, name);
	} else if (text[1] && text[1] != ' ' && text[1] != '#') {
		take_head(reader, text + 1);
	}
	return true;
}

/* ---- the whole ---- */

static void take_any_row(struct reader *reader)
{
	reader->row++;
	if (take_marked_row(reader))
		return;
	if (reader->list) {
		take_row(reader);
		return;
	}
	const enum table_kind kind =
		reader->n_above < ROWS_ABOVE_HEADER ? kind_of_row(reader) : TABLE_HEAD;
	if (kind == TABLE_HEAD)
		pass_over(reader);
	else
		begin_table(reader, kind);
}

static void set_up_lists(struct reader *reader)
{
	reader->lists[TABLE_ANSWERS] =
		(struct list){ .key = "answers", .tell_tale = "item", .most = SHEET_MOST_ANSWERS };
	reader->lists[TABLE_QUANTITIES] = (struct list){ .key = "quantities",
							 .tell_tale = "id",
							 .most = SHEET_MOST_QUANTITIES };
	reader->lists[TABLE_INVENTORY] = (struct list){ .key = "inventory",
							.tell_tale = "activity",
							.column = "unit",
							.most = SHEET_MOST_LINES };
	reader->lists[TABLE_OFFSETS] = (struct list){ .key = "offsets",
						      .tell_tale = "serial_from",
						      .most = SHEET_MOST_LINES };
	for (enum table_kind kind = TABLE_ANSWERS; kind < N_TABLES; kind++)
		reader->lists[kind].field =
			find_field(sheet_schema.mapping.fields, reader->lists[kind].key);
}

static void hand_over(struct reader *reader)
{
	for (enum table_kind kind = TABLE_ANSWERS; kind < N_TABLES; kind++) {
		const struct list *list = &reader->lists[kind];
		set_pointer(reader->sheet, list->field->data_offset, list->entries);
		memcpy((char *)reader->sheet + list->field->count_offset, &list->n,
		       sizeof(list->n));
	}
}

static void read_rows(struct reader *reader)
{
	static const struct csv_cell top = { .line = 1, .column = 1 };
	const struct yaml_position position = { .line = top.line, .column = top.column };
	unsigned at;
	if (!yaml_positions_add(&reader->sheet->positions, &position, &at))
		reader->findings->out_of_memory = true;
	while (!reader->findings->out_of_memory && csv_next(&reader->csv))
		take_any_row(reader);
	if (!reader->csv.n_rows && reader->csv.at == reader->csv.len)
		lt_findings_add(reader->findings, LT_ERROR, "", "文件是空的", "the file is empty");
	end_part(reader, true);
	hand_over(reader);
}

enum lt_status sheet_from_rows(const struct yaml_source *source, bool is_workbook,
			       struct lt_arena *arena, struct lt_findings *findings,
			       struct sheet **out, struct lt_err *err)
{
	const size_t errors_before = findings->n_errors;
	struct reader reader = {
		.is_workbook = is_workbook, .part = "", .arena = arena, .findings = findings
	};
	struct lt_arena scratch;
	*out = NULL;
	findings->file = source->name;
	reader.sheet = lt_arena_alloc(arena, 1, sizeof(*reader.sheet));
	if (!reader.sheet)
		return lt_err_memory(err);
	reader.sheet->positions.arena = arena;
	set_up_lists(&reader);
	lt_arena_init(&scratch, 0);
	enum lt_status status = csv_open(&reader.csv, source, &scratch, findings, err);
	if (!status && findings->n_errors == errors_before)
		read_rows(&reader);
	lt_arena_release(&scratch);
	if (!status && findings->n_errors == errors_before && !findings->out_of_memory &&
	    !reader.sheet->assessment)
		complain_at(&reader, LT_ERROR, 1, 1,
			    "没有写评价的是什么；在表头上面加一行：#assessment,标准/阶段/年份%s",
			    "it does not say what is assessed; add a row above the header: "
			    "#assessment,standard/stage/year%s",
			    "");
	if (!status)
		status = document_refuse(source->name, findings, errors_before, err);
	if (!status)
		status = sheet_finish(reader.sheet, source->name, arena, findings, errors_before,
				      err);
	*out = status ? NULL : reader.sheet;
	return status;
}

bool rows_look_like_sheet(const char *text, size_t len)
{
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	struct reader reader = { .part = "", .arena = &arena, .findings = &findings };
	bool looks = false;
	const char *end = memchr(text, '\n', len);
	const size_t line = end ? (size_t)(end - text) + 1 : len;
	const struct yaml_source first = { .name = "", .text = text, .len = line };
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	set_up_lists(&reader);
	if (csv_open(&reader.csv, &first, &arena, &findings, &err) == LT_OK &&
	    csv_next(&reader.csv)) {
		const char *cell = cell_text(&reader, &reader.csv.cells[0]);
		const bool named = cell[0] == '#' && cell[1] != ' ';
		looks = kind_of_row(&reader) != TABLE_HEAD ||
			(named && strncmp(cell, "#sheet ", 7) == 0) ||
			(named && reader.csv.n_cells > 1 &&
			 (strcmp(cell, "#sheet") == 0 || sheet_words_key(TABLE_HEAD, cell + 1)));
	}
	lt_arena_release(&arena);
	return looks;
}
