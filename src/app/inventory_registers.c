/* Registers that come with a ledger: a table of a workbook whose columns bear the names of the fields
 * of a register's form is a table of that register. */
#include <stdio.h>
#include <string.h>
#include "inventory_parts.h"
#include "lingtan/app/record.h"
#include "lingtan/base/text.h"
#include "session_parts.h"
#include "table_file.h"

/* The form of each register, and the columns by which its table is known. */
static const struct {
	const char *form, *needed;
} registers[] = { { "offset", "offset kind" },
		  { "greencert", "certificate kind" },
		  { "meter", "meter class" },
		  { "calibration", "meter on until" } };

/* What the columns may be called: the field itself, or its Chinese label. */
static enum lt_status columns_of(const struct form *form, struct table_column *columns, unsigned *n,
				 struct lt_arena *arena, struct lt_err *err)
{
	for (*n = 0; *n < form->n_fields && *n < TABLE_MAX_COLUMNS; ++*n) {
		const struct form_field *field = &form->fields[*n];
		char *words = lt_arena_printf(arena, "%s", field->label.zh);
		if (!words)
			return lt_err_memory(err);
		/* a title is looked up without its blanks */
		size_t len = 0;
		for (const char *at = words; *at; at++)
			if (*at != ' ')
				words[len++] = *at;
		words[len] = '\0';
		columns[*n] = (struct table_column){ field->id, words };
	}
	return LT_OK;
}

/* A tenant names a line of its ledger by what it is called: its id then. */
static const char *line_of(const struct register_import *import, const char *text, const char *place)
{
	const struct ledger_line *found = NULL;
	for (unsigned i = 0; i < import->n_lines; i++) {
		const struct ledger_line *line = &import->lines[i];
		if (strcmp(line->id, text) == 0)
			return text;
		if (strcmp(line->place, place) != 0 ||
		    (strcmp(line->source, text) != 0 && strcmp(line->name, text) != 0))
			continue;
		if (found)
			return text;
		found = line;
	}
	return found ? found->id : text;
}

/* The parts of the row's name, with / between them. */
static const char *name_of(const struct form *form, const struct cell_row *row,
			   struct lt_arena *arena)
{
	const char *name = "";
	for (unsigned i = 0; i < form->n_fields && name; i++)
		if (form->fields[i].key)
			name = lt_arena_printf(arena, "%s%s%s", name, name[0] ? "/" : "",
					       row->cells[i]);
	return name;
}

static enum lt_status take_row(struct register_import *import, const struct form *form,
			       const struct cell_row *row, const char *place, struct lt_err *err)
{
	struct session *session = import->session;
	struct record *record;
	const char *name = name_of(form, row, &session->arena);
	enum lt_status status = name ? record_open(session, form, name, &record, err)
				     : lt_err_memory(err);
	for (unsigned i = 0; i < form->n_fields && !status; i++) {
		const struct form_field *field = &form->fields[i];
		const char *text = row->cells[i];
		if (field->key)
			continue;
		if (!text[0] && strcmp(field->id, "place") == 0 && !record->values[i][0])
			text = place;
		if (!text[0])
			continue;
		if (strcmp(field->id, "line") == 0)
			text = line_of(import, text, place);
		status = record_set(session, record, i, text, err);
		/* what is probably a slip stands */
		if (status == LT_NO)
			status = LT_OK;
	}
	return status ? status
		      : record_changes(session, record, import->changes, import->findings, err);
}

static enum lt_status take_table(struct register_import *import, const struct form *form,
				 const struct table_file *file, const char *path, const char *place,
				 struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < file->n_rows && !status; i++) {
		struct lt_err refused = LT_ERR_INIT;
		import->n_rows++;
		status = take_row(import, form, &file->rows[i], place, &refused);
		if (status == LT_EDATA || status == LT_EUSAGE) {
			import_refuse_row(import->findings, path, &file->rows[i], &refused);
			import->n_refused++;
			status = LT_OK;
		} else if (status) {
			*err = refused;
		}
	}
	return status;
}

enum lt_status registers_import(struct register_import *import, const char *path,
				const char *place, struct lt_err *err)
{
	struct session *session = import->session;
	enum lt_status status = LT_OK;
	for (size_t i = 0; i < sizeof(registers) / sizeof(registers[0]) && !status; i++) {
		struct table_column columns[TABLE_MAX_COLUMNS];
		struct table_file file;
		struct lt_err said = LT_ERR_INIT;
		const struct form *form;
		unsigned n = 0;
		status = record_form(session->workspace, registers[i].form, import->findings, &form,
				     err);
		if (!status)
			status = columns_of(form, columns, &n, &session->arena, err);
		if (status)
			break;
		status = table_file_read(path, session->project, columns, n, registers[i].needed,
					 &session->arena, import->findings, &file, &said);
		if (!status)
			status = take_table(import, form, &file, path, place, err);
		else if (file.lacks_heading)
			status = LT_OK;
		else
			*err = said;
	}
	return status;
}
