/* A printed form with its data: texts in one language, ready to be drawn. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "lingtan/base/text.h"
#include "paper_parts.h"

struct composing {
	struct paper_data *data;
	const struct paper_template *template;
	struct lt_json *json;
	const struct paper_table *each; /* of the sheet at hand; NULL = none */
	const struct paper_row *row;    /* of it; NULL = an empty sheet */
	unsigned n_in_table;            /* running number of the table's row */
};

static const char *words(const struct composing *at, const struct label *label)
{
	return paper_label(at->data->lang, label);
}

static long whole(const char *text, long otherwise)
{
	return text ? strtol(text, NULL, 10) : otherwise;
}

/* ---- values ---- */

struct value_at {
	const char *raw, *shown;
};

/* What a name stands for: of the row that is given, of the sheet's, or of the one thing there is. */
static enum lt_status look_up(const struct composing *at, const struct paper_table *table,
			      const struct paper_row *row, const char *name, struct value_at *out)
{
	char set[64];
	const char *field;
	const struct paper_table *of;
	*out = (struct value_at){ "", "" };
	if (!name || !paper_name_split(name, set, &field))
		return LT_OK;
	enum lt_status status = paper_table_get(at->data, set, &of);
	if (status)
		return status;
	if (of != table) {
		const bool is_single =
			paper_name_find(at->data->forms, set, NULL).is_single && of->n_rows;
		row = at->each == of ? at->row : is_single ? &of->rows[0] : NULL;
	}
	const int i = row ? paper_table_field(of, field) : -1;
	if (i >= 0)
		*out = (struct value_at){ row->raw[i], row->shown[i] };
	return LT_OK;
}

/* More of it is no text to be printed, and the arena is not freed before the session ends. */
#define MOST_TEXT (1024u * 1024u)

struct growing {
	char *at; /* in the arena, with a 0 behind it */
	size_t len, cap;
};

static enum lt_status append(const struct composing *at, struct growing *text, const char *more,
			     size_t len)
{
	if (len > MOST_TEXT - text->len)
		return lt_err_set(at->data->err, LT_EDATA, "表单“%s”的一段文字超过 1 MB",
				  "a text of form '%s' is longer than 1 MB", at->template->id);
	if (text->len + len + 1 > text->cap) {
		const size_t cap = (text->len + len + 1) * 2;
		char *grown = lt_arena_resize(&at->data->session->arena, text->at, cap);
		if (!grown)
			return lt_err_memory(at->data->err);
		text->at = grown;
		text->cap = cap;
	}
	memcpy(text->at + text->len, more, len);
	text->len += len;
	text->at[text->len] = 0;
	return LT_OK;
}

/* A text with {SET.FIELD} filled in; where nothing is known a line to write on. */
static enum lt_status fill_in(const struct composing *at, const char *pattern, const char **out)
{
	struct growing text = { 0 };
	enum lt_status status = append(at, &text, "", 0);
	while (*pattern && !status) {
		const size_t plain = strcspn(pattern, "{");
		struct value_at value;
		char name[200];
		status = append(at, &text, pattern, plain);
		pattern += plain;
		const char *end = strchr(pattern, '}');
		if (!*pattern || !end || status)
			break;
		/* a longer one is no name */
		const size_t len = (size_t)(end - pattern) - 1;
		snprintf(name, sizeof(name), "%.*s", (int)(len < sizeof(name) ? len : 0),
			 pattern + 1);
		status = look_up(at, NULL, NULL, name, &value);
		const char *shown = !status && value.shown[0] ? value.shown : "____________";
		if (!status)
			status = append(at, &text, shown, strlen(shown));
		pattern = end + 1;
	}
	*out = text.at ? text.at : "";
	return status;
}

/* ---- blocks ---- */

static enum lt_status write_cells(const struct composing *at, const struct paper_block *block)
{
	lt_json_open_list(at->json, "cells");
	for (unsigned i = 0; i < block->n_fields; i++) {
		const struct paper_field *field = &block->fields[i];
		struct value_at value;
		const enum lt_status status = look_up(at, NULL, NULL, field->id, &value);
		if (status)
			return status;
		lt_json_open_object(at->json, NULL);
		lt_json_string(at->json, "title", words(at, &field->title));
		lt_json_string(at->json, "text", value.shown);
		lt_json_int(at->json, "lines", whole(field->lines, 1));
		lt_json_int(at->json, "share", whole(field->share, 1));
		lt_json_bool(at->json, "wide", field->wide);
		lt_json_close(at->json);
	}
	lt_json_close(at->json);
	return LT_OK;
}

static void write_option(const struct composing *at, const char *title, bool ticked)
{
	lt_json_open_object(at->json, NULL);
	lt_json_string(at->json, "title", title);
	lt_json_bool(at->json, "ticked", ticked);
	lt_json_close(at->json);
}

static enum lt_status write_choice(const struct composing *at, const struct paper_block *block)
{
	char set[64];
	const char *name;
	struct value_at value;
	const struct form_field *field = NULL;
	const enum lt_status status = look_up(at, NULL, NULL, block->id, &value);
	if (status)
		return status;
	if (block->id && paper_name_split(block->id, set, &name))
		field = paper_field_form(at->data->forms, set, name);
	lt_json_open_list(at->json, "options");
	for (unsigned i = 0; i < block->n_choices; i++)
		write_option(at, words(at, &block->choices[i].title),
			     lt_ids_have(value.raw, block->choices[i].id));
	for (unsigned i = 0; !block->n_choices && field && i < field->n_choices; i++)
		write_option(at, words(at, &field->choices[i].title),
			     lt_ids_have(value.raw, field->choices[i].id));
	lt_json_close(at->json);
	return LT_OK;
}

/* ---- tables ---- */

static enum lt_status write_table_cell(const struct composing *at, const struct paper_field *column,
				       const struct paper_table *table, const struct paper_row *row,
				       const struct label *entry)
{
	struct value_at value = { "", "" };
	if (column->id && strcmp(column->id, "n") == 0) {
		const char *n = lt_arena_printf(&at->data->session->arena, "%u", at->n_in_table);
		if (!n)
			return lt_err_memory(at->data->err);
		value = (struct value_at){ n, n };
	} else if (column->id && strcmp(column->id, "entry") == 0) {
		value.shown = entry ? words(at, entry) : "";
	} else {
		const enum lt_status status = look_up(at, table, row, column->id, &value);
		if (status)
			return status;
	}
	lt_json_string(at->json, NULL,
		       !column->tick                        ? value.shown
		       : strcmp(value.raw, "yes") == 0 ? "x"
							    : "");
	return LT_OK;
}

static enum lt_status write_table_row(struct composing *at, const struct paper_block *block,
				      const struct paper_table *table, const struct paper_row *row,
				      const struct label *entry)
{
	enum lt_status status = LT_OK;
	at->n_in_table++;
	lt_json_open_list(at->json, NULL);
	for (unsigned i = 0; i < block->n_fields && !status; i++)
		status = write_table_cell(at, &block->fields[i], table, row, entry);
	lt_json_close(at->json);
	return status;
}

/* By the fields that are named, the first the weightiest. */
static int compare_rows(const struct paper_table *table, const char *sort, const struct paper_row *a,
			const struct paper_row *b)
{
	const char *one;
	char field[80];
	size_t len;
	while (lt_ids_next(&sort, &one, &len)) {
		snprintf(field, sizeof(field), "%.*s", (int)(len < sizeof(field) ? len : 79), one);
		const int i = paper_table_field(table, field);
		const int order = i < 0 ? 0 : strcmp(a->raw[i], b->raw[i]);
		if (order)
			return order;
	}
	return 0;
}

/* Those that are alike stay as they stood. */
static void merge_sort(const struct paper_table *table, const char *sort,
		       const struct paper_row **rows, const struct paper_row **room, unsigned n)
{
	const unsigned half = n / 2;
	unsigned a = 0, b = half;
	if (n < 2)
		return;
	merge_sort(table, sort, rows, room, half);
	merge_sort(table, sort, rows + half, room, n - half);
	for (unsigned i = 0; i < n; i++) {
		const bool first = b == n || (a < half && compare_rows(table, sort, rows[a], rows[b]) <= 0);
		room[i] = first ? rows[a++] : rows[b++];
	}
	memcpy(rows, room, n * sizeof(*rows));
}

/* The rows of a set in the order that is asked for. */
static enum lt_status sort_rows(const struct composing *at, const struct paper_table *table,
				const char *sort, const struct paper_row ***out)
{
	const unsigned n = table->n_rows;
	const struct paper_row **rows =
		lt_arena_alloc(&at->data->session->arena, 2 * (size_t)n + 1, sizeof(*rows));
	if (!rows)
		return lt_err_memory(at->data->err);
	for (unsigned i = 0; i < n; i++)
		rows[i] = &table->rows[i];
	if (sort)
		merge_sort(table, sort, rows, rows + n, n);
	*out = rows;
	return LT_OK;
}

/* Whether a table wants a row: all of a set, those of the sheet at hand, those of some choices. */
static bool is_wanted(const struct composing *at, const struct paper_block *block, const char *raw,
		      const char *to)
{
	if (block->among)
		return lt_ids_have(block->among, raw);
	return at->row && (lt_ids_have(raw, to) || strcmp(raw, to) == 0);
}

static enum lt_status write_set_rows(struct composing *at, const struct paper_block *block)
{
	const struct paper_table *table;
	const struct paper_row **rows = NULL;
	struct value_at to = { "", "" };
	enum lt_status status = paper_table_get(at->data, block->rows, &table);
	if (!status && block->to)
		status = look_up(at, NULL, NULL, block->to, &to);
	if (!status)
		status = sort_rows(at, table, block->sort, &rows);
	if (status)
		return status;
	const int match = block->match ? paper_table_field(table, block->match) : -1;
	for (unsigned i = 0; i < table->n_rows && !status; i++)
		if (match < 0 || is_wanted(at, block, rows[i]->raw[match], to.raw))
			status = write_table_row(at, block, table, rows[i], NULL);
	return status;
}

static enum lt_status write_table(struct composing *at, const struct paper_block *block)
{
	struct lt_json *json = at->json;
	enum lt_status status = LT_OK;
	lt_json_int(json, "lines", whole(block->lines, 1));
	lt_json_bool(json, "if_any", block->if_any);
	lt_json_open_list(json, "columns");
	for (unsigned i = 0; i < block->n_fields; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "title", words(at, &block->fields[i].title));
		lt_json_int(json, "share", whole(block->fields[i].share, 1));
		lt_json_bool(json, "tick", block->fields[i].tick);
		lt_json_bool(json, "number", block->fields[i].number);
		lt_json_bool(json, "if_any", block->fields[i].if_any);
		lt_json_bool(json, "by_hand", !block->fields[i].id && !block->fields[i].tick);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_open_list(json, "rows");
	at->n_in_table = 0;
	for (unsigned i = 0; i < block->n_entries && !status; i++)
		status = write_table_row(at, block, NULL, NULL, &block->entries[i]);
	if (!status && block->rows)
		status = write_set_rows(at, block);
	for (long i = 0; i < whole(block->blank, 0) && !status; i++)
		status = write_table_row(at, block, NULL, NULL, NULL);
	lt_json_close(json);
	return status;
}

/* ---- sheets ---- */

static enum lt_status write_block(struct composing *at, const struct paper_block *block)
{
	static const char *const names[] = { "heading", "text",  "fields", "box",
					     "choice",  "table", "sign",   "gap",
					     "break" };
	struct lt_json *json = at->json;
	enum lt_status status = LT_OK;
	const char *text = "";
	struct value_at value;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "block", names[block->kind]);
	lt_json_string(json, "title", words(at, &block->title));
	switch (block->kind) {
	case PAPER_HEADING:
	case PAPER_TEXT:
		status = fill_in(at, words(at, &block->text), &text);
		lt_json_string(json, "text", text);
		break;
	case PAPER_FIELDS:
		lt_json_int(json, "across", whole(block->across, 2));
		status = write_cells(at, block);
		break;
	case PAPER_SIGN:
		status = write_cells(at, block);
		break;
	case PAPER_BOX:
		status = look_up(at, NULL, NULL, block->id, &value);
		lt_json_string(json, "text", value.shown);
		lt_json_int(json, "lines", whole(block->lines, 1));
		lt_json_bool(json, "fill", block->fill);
		break;
	case PAPER_CHOICE:
		status = write_choice(at, block);
		break;
	case PAPER_TABLE:
		status = write_table(at, block);
		break;
	case PAPER_GAP:
	case PAPER_BREAK:
		break;
	}
	lt_json_close(json);
	return status;
}

/* By what the signed sheet is filed: session_file_paper(). */
static const char *back_of(const struct composing *at)
{
	return at->each && at->row ? lt_arena_printf(&at->data->session->arena, "%s/%s",
						     at->template->id, at->row->raw[0])
				   : at->template->id;
}

static enum lt_status write_sheet(struct composing *at)
{
	struct value_at number;
	enum lt_status status = look_up(at, NULL, NULL, at->template->number, &number);
	lt_json_open_object(at->json, NULL);
	lt_json_string(at->json, "number", number.shown);
	lt_json_string(at->json, "back", back_of(at));
	lt_json_open_list(at->json, "blocks");
	for (unsigned i = 0; i < at->template->n_blocks && !status; i++)
		status = write_block(at, &at->template->blocks[i]);
	lt_json_close(at->json);
	lt_json_close(at->json);
	return status;
}

static bool is_only(const struct paper_row *row, const char *only)
{
	return !only || strcmp(row->raw[0], only) == 0;
}

static enum lt_status write_sheets(struct composing *at, const char *only)
{
	enum lt_status status = LT_OK;
	const struct paper_row **rows = NULL;
	unsigned n = 0;
	if (!at->template->each)
		return write_sheet(at);
	status = paper_table_get(at->data, at->template->each, &at->each);
	if (!status)
		status = sort_rows(at, at->each, at->template->sort, &rows);
	for (unsigned i = 0; !status && i < at->each->n_rows; i++) {
		at->row = rows[i];
		if (!is_only(at->row, only))
			continue;
		struct value_at needed = { "", "yes" };
		if (at->template->needs && !only)
			status = look_up(at, NULL, NULL, at->template->needs, &needed);
		if (status || !needed.shown[0])
			continue;
		n++;
		status = write_sheet(at);
	}
	if (status || n)
		return status;
	if (only)
		return lt_err_set(at->data->err, LT_EDATA, "没有“%.*s”可印；是别的年度的，请写 --year 或 --assessment",
				  "there is no '%.*s' to print; of another year it takes --year or --assessment",
				  LT_CUT(only, 60));
	at->row = NULL;
	return write_sheet(at);
}

/* What some field says, "" where the program knows no such set. */
static enum lt_status say_if_known(const struct composing *at, const char *name, const char **out)
{
	char set[64];
	const char *field;
	struct value_at value = { "", "" };
	enum lt_status status = LT_OK;
	if (paper_name_split(name, set, &field) &&
	    paper_name_find(at->data->forms, set, field).has_field)
		status = look_up(at, NULL, NULL, name, &value);
	*out = value.shown;
	return status;
}

enum lt_status paper_compose(struct paper_data *data, const struct paper_wish *wish,
			     struct lt_json *json)
{
	struct composing at = { .data = data, .template = wish->template, .json = json };
	const char *park = "", *body = "", *file = "", *head = "";
	enum lt_status status = say_if_known(&at, "park.name", &park);
	if (!status)
		status = say_if_known(&at, "engagement.body", &body);
	if (!status)
		status = say_if_known(&at, "sheet.file", &file);
	if (!status)
		status = say_if_known(&at, "sheet.head", &head);
	if (status)
		return status;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "format", "lingtan-paper");
	lt_json_string(json, "lang", data->lang == LT_ZH ? "zh" : "en");
	lt_json_string(json, "title", words(&at, &wish->template->title));
	lt_json_string(json, "subtitle", data->lang == LT_ZH ? wish->template->title.en : "");
	lt_json_string(json, "park", park);
	lt_json_string(json, "body", body);
	lt_json_string(json, "date", wish->date);
	lt_json_string(json, "size", paper_size_names[wish->template->size]);
	lt_json_bool(json, "one_page", wish->template->one_page);
	lt_json_string(json, "file", file);
	lt_json_string(json, "head", head);
	lt_json_open_list(json, "sheets");
	status = write_sheets(&at, wish->only);
	lt_json_close(json);
	lt_json_close(json);
	return status;
}
