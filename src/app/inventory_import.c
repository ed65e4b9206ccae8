/* Ledgers as tenants keep them: one workbook or many at once, place = tenant; and what is pasted. */
#include <stdio.h>
#include <string.h>
#include "inventory_parts.h"
#include "lingtan/base/text.h"
#include "session_parts.h"
#include "table_file.h"

/* Numbers of the columns that are read by name. */
enum { ID = 0, YEAR = 1, SOURCE = 5, AMOUNT = 7 };

/* Fields of forms/line.yaml, and what people call their columns. */
static const struct table_column columns[] = {
	[ID] = { "id", "标识 行号 编号" },
	[YEAR] = { "year", "年份 年度 年" },
	{ "kind", "类别" },
	{ "scope", "范围 排放范围" },
	{ "system", "系统 所属系统" },
	[SOURCE] = { "source", "排放源 源 能源品种 品种 燃料" },
	{ "name", "名称 设施 设备" },
	[AMOUNT] = { "amount", "活动量 活动数据 活动水平 消耗量 用量 数量 合计 全年 全年合计 年合计 总计 activity" },
	{ "unit", "单位 计量单位" },
	{ "factor", "因子 因子编号 因子标识" },
	{ "factor_value", "因子值 因子数值 排放因子 排放因子值" },
	{ "factor_unit", "因子单位 排放因子单位" },
	{ "factor_cite", "因子来源 因子出处" },
	{ "place", "企业 企业名称 地点 租户 单位名称 tenant" },
	{ "meter", "表号 计量器具 器具编号" },
	{ "m01", "1月 一月 jan" },
	{ "m02", "2月 二月 feb" },
	{ "m03", "3月 三月 mar" },
	{ "m04", "4月 四月 apr" },
	{ "m05", "5月 五月 may" },
	{ "m06", "6月 六月 jun" },
	{ "m07", "7月 七月 jul" },
	{ "m08", "8月 八月 aug" },
	{ "m09", "9月 九月 sep" },
	{ "m10", "10月 十月 oct" },
	{ "m11", "11月 十一月 nov" },
	{ "m12", "12月 十二月 dec" },
	{ "gas", "气体 温室气体" },
	{ "biogenic", "生物源" },
	{ "quality", "数据质量 质量" },
	{ "uncertainty", "不确定度" },
	{ "flow", "流向 能源流向" },
	{ "carrier", "电或热 载能体" },
	{ "attributes", "环境权益" },
	{ "purpose", "用途" },
	{ "heating_value", "低位发热量 热值 ncv lhv" },
	{ "heating_unit", "热值单位" },
	{ "carbon", "含碳量 单位热值含碳量" },
	{ "carbon_unit", "含碳量单位" },
	{ "oxidation", "氧化率" },
	{ "fuel_cite", "化验单 燃料特性出处" },
	{ "boundary", "边界说明" },
	{ "note", "备注 说明" },
};
#define N_COLUMNS ((unsigned)(sizeof(columns) / sizeof(columns[0])))

struct import {
	struct session *session;
	struct inventory inventory;
	const struct ledger_import *wish;
	struct ledger_line *lines;
	unsigned n, cap;
	struct lt_findings *findings;
	unsigned n_refused;
};

void import_refuse_row(struct lt_findings *findings, const char *path, const struct cell_row *row,
		       const struct lt_err *why)
{
	struct lt_finding *finding =
		row->sheet[0] ? lt_findings_add(findings, LT_ERROR, "", "工作表“%s”：%s%.0s",
						"sheet '%s': %.0s%s", row->sheet, why->text[LT_ZH],
						why->text[LT_EN])
			      : lt_findings_add(findings, LT_ERROR, "", "%s%.0s", "%.0s%s",
						why->text[LT_ZH], why->text[LT_EN]);
	if (!finding)
		return;
	finding->file = path;
	finding->line = row->line;
}

/* The year's amount of a line that was given by month alone. */
static enum lt_status sum_months(struct import *import, struct ledger_line *line,
				 struct lt_err *err)
{
	struct lt_decimal sum;
	char text[LT_DECIMAL_TEXT];
	bool any;
	if (!line_sum_months(line, &sum, &any))
		return lt_err_set(err, LT_EDATA, "逐月合计过大", "the months' sum is too large");
	if (!any)
		return LT_OK;
	lt_decimal_format(sum, text);
	line->amount = lt_arena_strndup(&import->session->arena, text, strlen(text));
	return line->amount ? LT_OK : lt_err_memory(err);
}

/* What tells a line from the others, so that importing a file again changes it and adds none. */
static enum lt_status name_line(struct import *import, struct ledger_line *line, struct lt_err *err)
{
	unsigned same = 0;
	if (line->id[0])
		return LT_OK;
	for (unsigned i = 0; i < import->n; i++) {
		const struct ledger_line *other = &import->lines[i];
		same += strcmp(other->place, line->place) == 0 &&
			strcmp(other->source, line->source) == 0 &&
			strcmp(other->name, line->name) == 0 &&
			strcmp(other->meter, line->meter) == 0 &&
			strcmp(other->year, line->year) == 0;
	}
	line->id = lt_arena_printf(&import->session->arena, "%s.%s.%s%s%s%s%s.%u", line->year,
				   line->place, line->source, line->name[0] ? "." : "", line->name,
				   line->meter[0] ? "." : "", line->meter, same + 1);
	return line->id ? LT_OK : lt_err_memory(err);
}

/* A slip that is only probable is kept as a warning elsewhere; here it is taken as it is. */
static enum lt_status set_cells(struct import *import, const char *const *cells,
				struct ledger_line *line, struct lt_err *err)
{
	/* the amount once more behind the months: what the file says of the year stands */
	for (unsigned n = 1; n <= N_COLUMNS; n++) {
		const unsigned i = n < N_COLUMNS ? n : AMOUNT;
		struct lt_err said = LT_ERR_INIT;
		if (!cells[i][0])
			continue;
		enum lt_status status =
			inventory_set(import->session, &import->inventory, line, columns[i].id,
				      cells[i], import->findings, &said);
		if (status && status != LT_NO) {
			*err = said;
			lt_err_prefix(err, columns[i].id);
			return status;
		}
	}
	return LT_OK;
}

/* A line as a row says it, on top of what it was. */
static enum lt_status read_row(struct import *import, const struct cell_row *row, const char *place,
			       const char *year, struct ledger_line *line, struct lt_err *err)
{
	line->kind = line->kind[0] ? line->kind : "emission";
	line->year = line->year[0] ? line->year : year;
	line->place = line->place[0] ? line->place : place;
	enum lt_status status = set_cells(import, row->cells, line, err);
	if (!status && !row->cells[AMOUNT][0])
		status = sum_months(import, line, err);
	if (!status && !line->year[0] && row->years_differ)
		status = lt_err_set(err, LT_EDATA,
				    "缺少年度，而表头上方写着不止一个年度；加一列“年度”，或用 --year",
				    "the year is missing, and the titles above name more than one: "
				    "add a column, or say --year");
	else if (!status && !line->year[0])
		status = lt_err_set(err, LT_EDATA, "缺少年度；加一列“年度”，或用 --year",
				    "the year is missing: add a column, or say --year");
	if (!status && !line->source[0])
		status = lt_err_set(err, LT_EDATA, "缺少排放源", "the source is missing");
	return status;
}

/* The last row of many tables: what stands above it, added up. */
static bool is_sum_row(const struct cell_row *row)
{
	static const char *const words[] = { "合计", "总计", "小计", "总和", "Total", "total", "Sum" };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(row->cells[SOURCE], words[i]) == 0)
			return true;
	return false;
}

static enum lt_status take_row(struct import *import, const struct cell_row *row,
			       const char *place, const char *year, struct lt_err *err)
{
	struct ledger_line line;
	struct ledger_result result;
	const struct ledger *ledger = &import->inventory.ledger;
	ledger_line_init(&line);
	line.id = row->cells[ID];
	enum lt_status status = read_row(import, row, place, year, &line, err);
	if (!status)
		status = name_line(import, &line, err);
	const unsigned at = status ? ledger->n : ledger_find(ledger, line.id);
	if (at < ledger->n) {
		line = ledger->rows[at].line;
		status = read_row(import, row, place, year, &line, err);
	}
	if (!status)
		status = ledger_line_result(ledger->units, &line, &import->session->arena, &result,
					    err);
	if (status)
		return status;
	import->lines = lt_arena_room(&import->session->arena, import->lines, import->n,
				      &import->cap, sizeof(*import->lines));
	if (!import->lines)
		return lt_err_memory(err);
	import->lines[import->n++] = line;
	return LT_OK;
}

/* "T01-示例企业甲.xlsx" is T01-示例企业甲. */
static const char *name_of_file(struct session *session, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');
	return lt_arena_strndup(&session->arena, name,
				dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

/* Whose ledger a file is: said by who imports, by the file, else its name. */
static const char *place_of(const struct import *import, const char *path,
			    const struct table_file *file)
{
	static const char *const keys[] = { "place", "企业", "企业名称", "租户" };
	const char *place = import->wish->place;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && !place; i++)
		place = table_file_value(file, keys[i]);
	return place ? place : name_of_file(import->session, path);
}

/* A year that nobody gave as such is said, so that a wrong one is seen; once for each table. */
static enum lt_status tell_year(struct import *import, const char *path,
				const struct cell_row *row, const char **told, struct lt_err *err)
{
	if (!row->year[0] || row->cells[YEAR][0] || (*told && strcmp(*told, row->sheet) == 0))
		return LT_OK;
	*told = row->sheet;
	struct lt_finding *finding =
		row->sheet[0]
			? lt_findings_add(import->findings, LT_NOTE, "",
					  "工作表“%s”：年度取自标题，%s 年",
					  "sheet '%s': the year is the title's, %s", row->sheet, row->year)
			: lt_findings_add(import->findings, LT_NOTE, "", "年度取自标题，%s 年",
					  "the year is the title's, %s", row->year);
	if (!finding)
		return lt_err_memory(err);
	finding->file = path;
	return LT_OK;
}

static enum lt_status take_ledger(struct import *import, const char *path,
				  const struct table_file *file, const char *place,
				  struct lt_err *err)
{
	const char *year = import->wish->year, *told = NULL;
	enum lt_status status = LT_OK;
	if (!year)
		year = table_file_value(file, "year");
	if (!year)
		year = table_file_value(file, "年度");
	for (unsigned i = 0; i < file->n_rows && !status; i++) {
		struct lt_err refused = LT_ERR_INIT;
		if (is_sum_row(&file->rows[i]))
			continue;
		if (!year && (status = tell_year(import, path, &file->rows[i], &told, err)))
			return status;
		status = take_row(import, &file->rows[i], place,
				  year ? year : file->rows[i].year, &refused);
		if (status == LT_EDATA) {
			import_refuse_row(import->findings, path, &file->rows[i], &refused);
			import->n_refused++;
			status = LT_OK;
		} else if (status) {
			*err = refused;
		}
	}
	return status;
}

/* The ledger of a file, and the registers that come with it; either may be missing. */
static enum lt_status import_file(struct import *import, const char *path,
				  struct register_import *registers, struct lt_err *err)
{
	struct table_file file;
	struct lt_err said = LT_ERR_INIT;
	const unsigned n_rows = registers->n_rows;
	enum lt_status status = table_file_read(path, import->session->project, columns, N_COLUMNS,
						"source unit", &import->session->arena,
						import->findings, &file, &said);
	const bool lacks_ledger = status && file.lacks_heading;
	if (status && !lacks_ledger) {
		*err = said;
		return status;
	}
	const char *place = place_of(import, path, &file);
	if (!place)
		return lt_err_memory(err);
	status = lacks_ledger ? LT_OK : take_ledger(import, path, &file, place, err);
	registers->lines = import->lines;
	registers->n_lines = import->n;
	if (!status)
		status = registers_import(registers, path, place, err);
	if (!status && lacks_ledger && registers->n_rows == n_rows) {
		*err = said;
		return LT_EFILE;
	}
	return status;
}

enum lt_status inventory_import(struct session *session, const struct ledger_import *wish,
				struct changes *changes, unsigned *n_lines, bool *done,
				struct lt_findings *findings, struct lt_err *err)
{
	struct import import = { .session = session, .wish = wish, .findings = findings };
	struct register_import registers = { .session = session,
					     .changes = changes,
					     .findings = findings };
	*changes = (struct changes){ .session = session };
	*done = false;
	*n_lines = 0;
	enum lt_status status = inventory_open(session, NULL, &import.inventory, findings, err);
	for (unsigned i = 0; i < wish->n_paths && !status; i++)
		status = import_file(&import, wish->paths[i], &registers, err);
	const unsigned n_refused = import.n_refused + registers.n_refused;
	if (!status && n_refused)
		status = lt_err_set(err, LT_EDATA, "有 %u 行不被接受，一行也没有导入",
				    "lines refused: %u; nothing was imported", n_refused);
	if (!status)
		status = inventory_put_with(session, &import.inventory, import.lines, import.n,
					    wish->dry_run, changes, done, err);
	if (!status)
		*n_lines = import.n + registers.n_rows;
	inventory_close(&import.inventory);
	return status;
}

/* ---- pasted ---- */

enum lt_status inventory_paste(struct session *session, struct inventory *inventory,
			       const char *text, const char *const *fields, unsigned n_fields,
			       const char *year, struct ledger_line **out, unsigned *n,
			       struct lt_findings *findings, struct lt_err *err)
{
	struct table_column at[TABLE_MAX_COLUMNS];
	struct table_file file;
	bool has_heading;
	unsigned n_at = 0;
	*n = 0;
	for (; n_at < n_fields && n_at < TABLE_MAX_COLUMNS; n_at++)
		at[n_at] = (struct table_column){ fields[n_at], "" };
	enum lt_status status =
		table_text_read(text, at, n_at, &session->arena, &file, &has_heading, err);
	/* with a heading the columns are those of a ledger */
	struct table_file named;
	bool is_named = false;
	if (!status)
		status = table_text_read(text, columns, N_COLUMNS, &session->arena, &named,
					 &is_named, err);
	if (!status && is_named)
		file = named;
	*out = lt_arena_alloc(&session->arena, file.n_rows + 1, sizeof(**out));
	if (!status && !*out)
		status = lt_err_memory(err);
	for (unsigned i = 0; i < file.n_rows && !status; i++) {
		struct ledger_line *line = &(*out)[*n];
		ledger_line_init(line);
		line->year = year;
		line->kind = "emission";
		for (unsigned c = 0; c < (is_named ? N_COLUMNS : n_at) && !status; c++) {
			const char *cell = file.rows[i].cells[c];
			const char *field = is_named ? columns[c].id : fields[c];
			if (!cell[0] || !field || strcmp(field, "id") == 0)
				continue;
			status = inventory_set(session, inventory, line, field, cell, findings,
					       err);
			if (status == LT_NO)
				status = LT_OK;
			if (status == LT_EDATA) {
				char where[60];
				snprintf(where, sizeof(where), "%u: %s", i + 1, field);
				lt_err_prefix(err, where);
			}
		}
		*n += line->source[0] != 0 || line->amount[0] != 0;
	}
	return status;
}
