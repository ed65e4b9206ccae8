/*
 * fuzz_csv - any bytes as a CSV file; the first byte says whether they came from a workbook.
 *
 * The whole way to a sheet: orderly statuses and findings, rows within the limits, text that can be shown, every entry with the keys
 * that it must have and a place in the file.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "lingtan/load/csv.h"
#include "lingtan/load/sheet.h"

#define MOST ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
	if (!holds)
		abort();
}

static void need_findings(const struct lt_findings *findings)
{
	for (const struct lt_finding *at = findings->first; at; at = at->next) {
		size_t bad;
		for (int lang = 0; lang < LT_N_LANGS; lang++)
			need(at->text[lang] && at->text[lang][0] && lt_text_check(at->text[lang], strlen(at->text[lang]), &bad) != LT_TEXT_NOT_UTF8);
		need(at->path && at->file);
	}
}

static void read_rows(const struct yaml_source *source)
{
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	struct csv csv;
	unsigned line = 0, column = 0;
	size_t bytes = 0;
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	findings.file = source->name;
	need(csv_open(&csv, source, &arena, &findings, &err) == LT_OK);
	while (csv_next(&csv)) {
		need(csv.n_cells >= 1 && csv.n_cells <= CSV_MAX_COLUMNS && csv.n_rows <= CSV_MAX_ROWS);
		for (unsigned i = 0; i < csv.n_cells; i++) {
			const struct csv_cell *cell = &csv.cells[i];
			size_t bad;
			need(strlen(cell->text) == cell->len && lt_text_check(cell->text, cell->len, &bad) != LT_TEXT_NOT_UTF8);
			need(cell->line > line || (cell->line == line && cell->column > column));
			line = cell->line;
			column = cell->column;
			bytes += cell->len;
		}
	}
	/* GBK grows by half at most */
	need(bytes <= source->len + source->len / 2 + 1 && findings.n_errors <= 1);
	need_findings(&findings);
	lt_arena_release(&arena);
}

static void read_sheet(const struct yaml_source *source, bool is_workbook)
{
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	struct sheet *sheet;
	unsigned line, column;
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	enum lt_status status = sheet_from_rows(source, is_workbook, &arena, &findings, &sheet, &err);
	need(status == LT_OK || status == LT_EFILE);
	need((status == LT_OK) == (sheet != NULL) && (status == LT_OK) == (findings.n_errors == 0) && (status == LT_OK) == (err.status == LT_OK));
	need_findings(&findings);
	need(arena.held <= MOST);
	if (sheet) {
		need(sheet->assessment && sheet->standard);
		for (unsigned i = 0; i < sheet->n_answers; i++)
			need(sheet->answers[i].item != NULL);
		for (unsigned i = 0; i < sheet->n_quantities; i++)
			need(sheet->quantities[i].id != NULL);
		for (unsigned i = 0; i < sheet->n_inventory; i++)
			/* a line may wait for its amount */
			need(!sheet->inventory[i].activity || sheet->inventory[i].unit);
		yaml_positions_find(&sheet->positions, "answers[0].item", &line, &column);
		need(line > 0 && column > 0);
	}
	lt_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	/* as lt_file_read hands it out: a NUL after the text */
	char *text = malloc(size);
	need(text != NULL);
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	const struct yaml_source source = { .name = "fuzz.csv", .text = text, .len = size - 1 };
	read_rows(&source);
	read_sheet(&source, data[0] & 1);
	free(text);
	return 0;
}
