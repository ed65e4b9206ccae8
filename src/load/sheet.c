/* Answer sheets: what is checked once their entries are read, and which reader reads them. */
#include "lingtan/load/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include "document.h"
#include "lingtan/base/file.h"
#include "lingtan/base/text.h"
#include "lingtan/load/csv.h"
#include "schema.h"
#include "sheet_rows.h"

/* ---- what holds of every sheet ---- */

static unsigned n_results(const struct sheet_answer *answer)
{
	return 0u + (answer->result != NULL) + (answer->points != NULL) + (answer->na != NULL) +
	       (answer->tier != NULL) + (answer->checks.at != NULL);
}

static void check_length(const struct yaml_positions *positions, const char *list, unsigned n,
			 unsigned most, struct lt_findings *findings)
{
	struct lt_finding *finding =
		n > most ? lt_findings_add(findings, LT_ERROR, list, "%s 有 %u 条，最多 %u 条",
					   "%s has %u entries, the most is %u", list, n, most)
			 : NULL;
	if (finding)
		yaml_positions_find(positions, list, &finding->line, &finding->column);
}

static bool is_same_measure(const struct sheet_quantity *a, const struct sheet_quantity *b)
{
	const bool same_year =
		!a->year || !b->year ? !a->year == !b->year : strcmp(a->year, b->year) == 0;
	return same_year && strcmp(a->id, b->id) == 0;
}

/* "standard/stage/year": the year, where there is one, is one. */
static void check_assessment(const struct sheet *sheet, struct lt_findings *findings)
{
	const struct yaml_positions *positions = &sheet->positions;
	const char *year = sheet->year;
	if (!year || (strlen(year) == 4 && strspn(year, "0123456789") == 4))
		return;
	struct lt_finding *finding = lt_findings_add(
		findings, LT_ERROR, "assessment", "“%s”不是年份；写成 标准/阶段/2025",
		"'%s' is not a year; write it like standard/stage/2025", year);
	if (finding)
		yaml_positions_find(positions, "assessment", &finding->line, &finding->column);
}

static void check_answers(const struct sheet *sheet, struct lt_findings *findings)
{
	const struct yaml_positions *positions = &sheet->positions;
	for (unsigned i = 0; i < sheet->n_answers; i++) {
		if (n_results(&sheet->answers[i]) > 1)
			document_complain(
				findings, positions, "answers", i,
				"条款 %s：result、points、na、tier、checks 只能填一个",
				"item %s: only one of result, points, na, tier and checks",
				sheet->answers[i].item);
		for (unsigned j = 0; j < i; j++)
			if (strcmp(sheet->answers[i].item, sheet->answers[j].item) == 0) {
				document_complain(findings, positions, "answers", i,
						  "条款 %s 填了两次", "item %s is answered twice",
						  sheet->answers[i].item);
				break;
			}
	}
}

static void check_quantities(const struct sheet *sheet, struct lt_findings *findings)
{
	const struct yaml_positions *positions = &sheet->positions;
	for (unsigned i = 0; i < sheet->n_quantities; i++)
		for (unsigned j = 0; j < i; j++)
			if (is_same_measure(&sheet->quantities[i], &sheet->quantities[j])) {
				document_complain(
					findings, positions, "quantities", i, "%s 同一年填了两次",
					"%s is given twice for one year", sheet->quantities[i].id);
				break;
			}
	for (unsigned i = 0; i < sheet->n_quantities; i++)
		if (sheet->quantities[i].value && sheet->quantities[i].na)
			document_complain(findings, positions, "quantities", i,
					  "%s：value 与 na 只能填一个", "%s: value or na, not both",
					  sheet->quantities[i].id);
}

static void check_inventory(const struct sheet *sheet, struct lt_findings *findings)
{
	const struct yaml_positions *positions = &sheet->positions;
	for (unsigned i = 0; i < sheet->n_inventory; i++) {
		const struct sheet_line *line = &sheet->inventory[i];
		if (line->activity && !line->unit)
			document_complain(findings, positions, "inventory", i, "活动量 %s 没有单位（unit）",
					  "activity %s has no unit", line->activity);
		if (line->activity && line->activity[0] == '-')
			document_complain(findings, positions, "inventory", i, "活动量 %s 不能为负",
					  "activity %s: it cannot be negative", line->activity);
		/* what comes back from a ledger by its id may lack what the ledger lacks, which is told
		 * there; a memo may be a figure whose factor was not stated; fuel properties make one;
		 * a line without an amount is still to be filled in */
		const bool own = line->factor_value && line->factor_unit && (line->note || line->id);
		const bool needs = !line->id && !(line->kind && strcmp(line->kind, "memo") == 0) &&
				   !line->heating_value && line->activity;
		if (!needs && !line->factor && !line->factor_value && !line->factor_unit)
			continue;
		if (!line->factor_value != !line->factor_unit || !line->factor == !own)
			document_complain(
				findings, positions, "inventory", i,
				"%s：要么写 factor，要么写齐 factor_value、factor_unit 和 note（出处）",
				"%s: name a factor, or give factor_value, factor_unit and note (its source)",
				line->id ? line->id : "-");
	}
}

/* "standard/stage/year", of either width -> its parts */
static bool split_assessment(struct sheet *sheet, struct lt_arena *arena)
{
	const size_t room = strlen(sheet->assessment) + 1;
	char *folded = lt_arena_alloc(arena, room, 1);
	if (!folded)
		return false;
	lt_text_fold_twins(sheet->assessment, room - 1, folded, room);
	sheet->assessment = folded;
	const char *first = strchr(sheet->assessment, '/');
	const char *second = first ? strchr(first + 1, '/') : NULL;
	const size_t len = first ? (size_t)(first - sheet->assessment) : strlen(sheet->assessment);
	sheet->standard = lt_arena_strndup(arena, sheet->assessment, len);
	if (first)
		sheet->stage =
			lt_arena_strndup(arena, first + 1,
					 second ? (size_t)(second - first - 1) : strlen(first + 1));
	if (second)
		sheet->year = second + 1;
	return sheet->standard && (!first || sheet->stage);
}

/* Results as the command line takes them. */
static bool settle_results(struct sheet *sheet, struct lt_arena *arena)
{
	for (unsigned i = 0; i < sheet->n_answers; i++) {
		struct sheet_answer *answer = &sheet->answers[i];
		const char *typed = answer->result;
		answer->result = typed ? sheet_word_typed(typed, arena) : NULL;
		if (typed && !answer->result)
			return false;
	}
	return true;
}

enum lt_status sheet_finish(struct sheet *sheet, const char *name, struct lt_arena *arena,
			    struct lt_findings *findings, size_t errors_before, struct lt_err *err)
{
	const struct yaml_positions *positions = &sheet->positions;
	if (!split_assessment(sheet, arena) || !settle_results(sheet, arena))
		return lt_err_memory(err);
	findings->file = name;
	/* longer than any standard is refused before anything is compared with anything */
	check_length(positions, "answers", sheet->n_answers, SHEET_MOST_ANSWERS, findings);
	check_length(positions, "quantities", sheet->n_quantities, SHEET_MOST_QUANTITIES, findings);
	check_length(positions, "inventory", sheet->n_inventory, SHEET_MOST_LINES, findings);
	check_length(positions, "offsets", sheet->n_offsets, SHEET_MOST_LINES, findings);
	if (findings->n_errors > errors_before)
		return document_refuse(name, findings, errors_before, err);
	check_assessment(sheet, findings);
	check_answers(sheet, findings);
	check_quantities(sheet, findings);
	check_inventory(sheet, findings);
	return document_refuse(name, findings, errors_before, err);
}

/* ---- YAML and JSON ---- */

/* Of text that has no key of a sheet: what is wrong with it does not tell what was expected. */
static enum lt_status no_sheet(const char *name, struct lt_err *err)
{
	*err = (struct lt_err)LT_ERR_INIT;
	return lt_err_set(err, LT_EFILE,
			  "%s：不是答案表，未读入；答案表先写 assessment: 标准/阶段/年份，再在 answers: "
			  "下逐条写 - {item: 条款, result: 结论}；也可用 CSV，表头写 条款,结论",
			  "%s: is no answer sheet, not loaded; a sheet begins with assessment: "
			  "standard/stage/year, and under answers: has entries like - {item: 4.1.1, "
			  "result: met}; or take CSV with the header item,result",
			  name);
}

enum lt_status sheet_load(const struct yaml_source *source, struct lt_arena *arena,
			  struct lt_findings *findings, struct sheet **out, struct lt_err *err)
{
	struct yaml_positions positions = { 0 };
	const size_t errors_before = findings->n_errors;
	void *loaded;
	enum lt_status status =
		yaml_load(source, &sheet_schema, arena, &positions, findings, &loaded, err);
	if (status == LT_EFILE && positions.n == 1 && document_kind(source) == DOCUMENT_UNKNOWN)
		return no_sheet(source->name, err);
	if (status)
		return status;
	struct sheet *sheet = loaded;
	sheet->positions = positions;
	status = sheet_finish(sheet, source->name, arena, findings, errors_before, err);
	*out = status ? NULL : sheet;
	return status;
}

/* ---- of whatever kind ---- */

/* Of a table without a name that says so, the first line must be in this much. */
#define LOOK_BYTES 4096

static bool begins_with(const char *bytes, size_t len, const char *with, size_t n)
{
	return len >= n && memcmp(bytes, with, n) == 0;
}

static bool ends_with(const char *path, const char *end)
{
	const size_t len = strlen(path), n = strlen(end);
	return len > n && strcasecmp(path + len - n, end) == 0;
}

static enum lt_status format_of_bytes(const char *path, const char *bytes, size_t len,
				      enum sheet_format *out, struct lt_err *err)
{
	const struct yaml_source source = { .name = path, .text = bytes, .len = len };
	*out = SHEET_YAML;
	if (begins_with(bytes, len, "\xd0\xcf\x11\xe0", 4))
		return lt_err_set(err, LT_EFILE,
				  "%s：是旧的 .xls 文件，或设了密码；请去掉密码并另存为 .xlsx",
				  "%s: is a workbook of the old .xls kind, or has a password; take "
				  "the password off and save it as .xlsx",
				  path);
	if (begins_with(bytes, len, "PK\3\4", 4))
		*out = SHEET_WORKBOOK;
	else if (ends_with(path, ".csv") ||
		 (document_kind(&source) == DOCUMENT_UNKNOWN && rows_look_like_sheet(bytes, len)))
		*out = SHEET_CSV;
	else if (len && ends_with(path, ".xlsx") && document_kind(&source) == DOCUMENT_UNKNOWN)
		return lt_err_set(err, LT_EFILE,
				  "%s：不是 .xlsx 工作簿，或已损坏；请用表格软件打开后另存为 .xlsx",
				  "%s: is no .xlsx workbook, or damaged; open it in a spreadsheet and save it as .xlsx",
				  path);
	return LT_OK;
}

/* Reads the beginning of an open file. */
static enum lt_status look(const char *path, int fd, enum sheet_format *out, struct lt_err *err)
{
	char bytes[LOOK_BYTES + 1];
	const ssize_t n = pread(fd, bytes, LOOK_BYTES, 0);
	if (n < 0)
		return lt_err_set(err, LT_EFILE, "%s：无法读取；请检查磁盘与路径",
				  "%s: cannot be read; check disk and path", path);
	bytes[n] = 0;
	return format_of_bytes(path, bytes, (size_t)n, out, err);
}

enum lt_status sheet_format_of(const char *path, enum sheet_format *out, struct lt_err *err)
{
	int fd;
	size_t size;
	*out = SHEET_YAML;
	if (strcmp(path, "-") == 0)
		return LT_OK;
	enum lt_status status = lt_file_open(path, &fd, &size, err);
	if (status)
		return status;
	status = look(path, fd, out, err);
	close(fd);
	return status;
}

/* ---- JSON ---- */

/* The number of "\\uXXXX" at text, or 0 if it is none. */
static unsigned escaped_unit(const char *text, size_t len)
{
	char digits[5] = "", *end;
	if (len < 6 || text[0] != '\\' || text[1] != 'u')
		return 0;
	memcpy(digits, text + 2, 4);
	const unsigned long unit = strtoul(digits, &end, 16);
	return strspn(digits, "0123456789abcdefABCDEF") == 4 ? (unsigned)unit : 0;
}

/* JSON is YAML but for this: a character beyond U+FFFF is two escapes there and one here. */
static enum lt_status join_surrogates(struct yaml_source *source, struct lt_arena *scratch,
				      struct lt_err *err)
{
	char *joined = lt_arena_alloc(scratch, source->len + 1, 1);
	const char *text = source->text;
	size_t n = 0;
	bool in_string = false;
	if (!joined)
		return lt_err_memory(err);
	for (size_t at = 0; at < source->len;) {
		const size_t left = source->len - at;
		const unsigned high = in_string ? escaped_unit(text + at, left) : 0;
		const unsigned low = high >= 0xd800 && high <= 0xdbff && left > 6
					     ? escaped_unit(text + at + 6, left - 6)
					     : 0;
		if (low >= 0xdc00 && low <= 0xdfff) {
			const unsigned code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
			n += (size_t)snprintf(joined + n, 11, "\\U%08X", code);
			at += 12;
			continue;
		}
		in_string ^= text[at] == '"';
		/* what is escaped, a quote or another backslash, begins nothing */
		const bool pair = in_string && text[at] == '\\' && left > 1;
		memcpy(joined + n, text + at, 1u + pair);
		n += 1u + pair;
		at += 1u + pair;
	}
	source->text = joined;
	source->len = n;
	return LT_OK;
}

static bool is_json(const struct yaml_source *source)
{
	const size_t blank = strspn(source->text, " \t\r\n");
	return blank < source->len && source->text[blank] == '{';
}

static enum lt_status load_text(struct yaml_source *source, enum sheet_format format,
				struct lt_arena *scratch, struct lt_arena *arena,
				struct lt_findings *findings, struct sheet **out,
				struct lt_err *err)
{
	if (format != SHEET_YAML)
		return sheet_from_rows(source, format == SHEET_WORKBOOK, arena, findings, out, err);
	/* what is longer than YAML may be is refused before it is looked at */
	enum lt_status status = source->len <= YAML_MAX_BYTES && is_json(source)
					? join_surrogates(source, scratch, err)
					: LT_OK;
	return status ? status : sheet_load(source, arena, findings, out, err);
}

static enum lt_status read_stdin(struct lt_arena *scratch, struct lt_arena *arena,
				 struct lt_findings *findings, struct sheet **out,
				 struct lt_err *err)
{
	struct yaml_source source = { .name = "-" };
	enum sheet_format format;
	enum lt_status status =
		lt_file_read("-", CSV_MAX_BYTES, scratch, &source.text, &source.len, err);
	if (!status)
		status = format_of_bytes("-", source.text, source.len, &format, err);
	if (status)
		return status;
	if (format == SHEET_WORKBOOK)
		return lt_err_set(err, LT_EFILE, "标准输入里是工作簿；请保存成文件并给出路径",
				  "standard input holds a workbook; save it and name the file");
	return load_text(&source, format, scratch, arena, findings, out, err);
}

static enum lt_status read_file(const char *path, sheet_rows_fn rows_of, void *context,
				struct lt_arena *scratch, struct lt_arena *arena,
				struct lt_findings *findings, struct sheet **out,
				struct lt_err *err)
{
	struct yaml_source source = { .name = path };
	enum sheet_format format;
	size_t size;
	int fd;
	enum lt_status status = lt_file_open(path, &fd, &size, err);
	if (status)
		return status;
	status = look(path, fd, &format, err);
	if (!status && format == SHEET_WORKBOOK)
		status = rows_of(context, path, fd, scratch, &source.text, &source.len, err);
	close(fd);
	if (!status && format != SHEET_WORKBOOK)
		status = lt_file_read(path, format == SHEET_CSV ? CSV_MAX_BYTES : YAML_MAX_BYTES,
				      scratch, &source.text, &source.len, err);
	return status ? status : load_text(&source, format, scratch, arena, findings, out, err);
}

enum lt_status sheet_read(const char *path, sheet_rows_fn rows_of, void *context,
			  struct lt_arena *arena, struct lt_findings *findings, struct sheet **out,
			  struct lt_err *err)
{
	struct lt_arena scratch;
	*out = NULL;
	lt_arena_init(&scratch, 0);
	enum lt_status status =
		strcmp(path, "-") == 0
			? read_stdin(&scratch, arena, findings, out, err)
			: read_file(path, rows_of, context, &scratch, arena, findings, out, err);
	lt_arena_release(&scratch);
	return status;
}
