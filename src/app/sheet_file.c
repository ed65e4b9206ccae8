#include "sheet_file.h"

#include <string.h>
#include <unistd.h>
#include "lingtan/base/file.h"
#include "lingtan/base/text.h"
#include "lingtan/load/csv.h"
#include "render.h"
#include "report_sheet.h"

/* Of LT_ERR_TEXT. */
#define NAME_TEXT 256
/* A little more than is read, so that the second program can say itself that it is too much. */
#define MOST_ROWS_TEXT (CSV_MAX_BYTES + ((size_t)1 << 20))

static enum lt_status rows_of_workbook(void *context, const char *path, int fd,
				       struct lt_arena *arena, const char **text, size_t *len,
				       struct lt_err *err)
{
	struct lt_child_result result;
	struct lt_err refused = LT_ERR_INIT;
	char name[NAME_TEXT];
	lt_text_visible(path, strlen(path), name, sizeof(name));
	enum lt_status status =
		render_watched("rows", fd, MOST_ROWS_TEXT, context, &result, &refused);
	if (status) {
		lt_err_prefix(&refused, name);
		*err = refused;
	} else {
		char *copy = lt_arena_alloc(arena, result.len + 1, 1);
		if (copy)
			memcpy(copy, result.output, result.len);
		*text = copy;
		*len = result.len;
		status = copy ? LT_OK : lt_err_memory(err);
	}
	lt_child_release(&result);
	return status;
}

enum lt_status sheet_file_read(const char *path, struct project *watched, struct lt_arena *arena,
			       struct lt_findings *findings, struct sheet **out, struct lt_err *err)
{
	struct yaml_source source = { .name = path };
	if (!report_sheet_is(path))
		return sheet_read(path, rows_of_workbook, watched, arena, findings, out, err);
	enum lt_status status = report_sheet_write(path, arena, &source.text, &source.len, err);
	return status ? status : sheet_load(&source, arena, findings, out, err);
}

enum lt_status sheet_name_item(const struct sheet *sheet, unsigned at, const struct ruleset *ruleset,
			       struct lt_err *err)
{
	struct sheet_answer *answer = &sheet->answers[at];
	const enum lt_status status = ruleset_name_item(ruleset, &answer->item, err);
	const struct item *item = ruleset_find_item(ruleset, answer->item);
	if (status || !item)
		return status;
	for (unsigned i = 0; i < at; i++)
		if (strcmp(sheet->answers[i].item, item->id) == 0)
			return lt_err_set(err, LT_EDATA, "条款 %s（标准的 %s）填了两次",
					  "item %s, %s of the standard, is answered twice", item->id,
					  item->clause ? item->clause : item->id);
	return LT_OK;
}

enum lt_status sheet_file_rows(const char *path, struct project *watched, struct lt_arena *arena,
			       const char **text, size_t *len, struct lt_err *err)
{
	enum sheet_format format;
	size_t size;
	int fd;
	enum lt_status status = sheet_format_of(path, &format, err);
	if (status)
		return status;
	if (format != SHEET_WORKBOOK)
		return lt_file_read(path, CSV_MAX_BYTES, arena, text, len, err);
	status = lt_file_open(path, &fd, &size, err);
	if (status)
		return status;
	status = rows_of_workbook(watched, path, fd, arena, text, len, err);
	close(fd);
	return status;
}
