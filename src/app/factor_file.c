#include "factor_file.h"

#include <string.h>
#include "lingtan/base/file.h"
#include "lingtan/base/text.h"
#include "table_file.h"

enum {
	ID,
	TITLE,
	VALUE,
	UNIT,
	YEAR,
	REGION,
	GAS,
	LHV,
	CC,
	OF,
	CITE,
	VALID_FROM,
	VALID_TO,
	NOTE,
	N_COLUMNS
};

static const struct table_column columns[N_COLUMNS] = {
	[ID] = { "id", "标识 编号 代码 因子编号" },
	[TITLE] = { "title", "名称 因子名称 排放源 燃料 燃料品种 name" },
	[VALUE] = { "value", "因子 因子值 数值 排放因子 factor" },
	[UNIT] = { "unit", "单位 因子单位 计量单位" },
	[YEAR] = { "year", "年份 年度 数据年份" },
	[REGION] = { "region", "地区 区域 省份 适用地区" },
	[GAS] = { "gas", "气体 温室气体" },
	[LHV] = { "lhv", "低位发热量 热值" },
	[CC] = { "cc", "单位热值含碳量 含碳量" },
	[OF] = { "of", "氧化率 碳氧化率" },
	[CITE] = { "cite", "出处 来源 文件 source" },
	[VALID_FROM] = { "valid_from", "生效日期 有效期从" },
	[VALID_TO] = { "valid_to", "失效日期 有效期至" },
	[NOTE] = { "note", "备注 说明" },
};

/* ---- a table as YAML, so that a set in a project is always the same kind of text ---- */

static const char *quoted(struct lt_arena *arena, const char *text)
{
	char *out = lt_arena_alloc(arena, 2 * strlen(text) + 3, 1), *at = out;
	if (!out)
		return NULL;
	*at++ = '"';
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			*at++ = '\\';
		/* what is no line of text is refused when the set is read */
		*at++ = *text == '\n' || *text == '\t' ? ' ' : *text;
	}
	*at = '"';
	return out;
}

static const char *id_of_path(struct lt_arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');
	char *id = lt_arena_strndup(arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
	if (id && !lt_text_is_id(id))
		return "own-factors";
	return id;
}

static const char *write_entry(struct lt_arena *arena, const struct cell_row *row, const char *id)
{
	static const struct {
		int column;
		const char *key;
	} plain[] = { { VALUE, "value" }, { UNIT, "unit" },	     { YEAR, "year" },
		      { REGION, "region" }, { GAS, "gas" },	     { LHV, "lhv" },
		      { CC, "cc" },	    { OF, "of" },	     { CITE, "cite" },
		      { VALID_FROM, "valid_from" }, { VALID_TO, "valid_to" } };
	const char *title = quoted(arena, row->cells[TITLE][0] ? row->cells[TITLE] : id);
	const char *text = title ? lt_arena_printf(arena, "- {id: %s, title: {zh: %s, en: %s}, origin: user",
						   quoted(arena, id), title, title)
				 : NULL;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]) && text; i++) {
		const char *cell = row->cells[plain[i].column];
		if (plain[i].column == CITE && !cell[0])
			cell = "-";
		if (cell[0])
			text = lt_arena_printf(arena, "%s, %s: %s", text, plain[i].key,
					       quoted(arena, cell));
	}
	if (text && row->cells[NOTE][0]) {
		const char *note = quoted(arena, row->cells[NOTE]);
		text = lt_arena_printf(arena, "%s, note: {zh: %s, en: %s}", text, note, note);
	}
	return text ? lt_arena_printf(arena, "%s}\n", text) : NULL;
}

static enum lt_status write_set(const struct table_file *file, const char *path,
				struct lt_arena *arena, struct factor_file *out, struct lt_err *err)
{
	const char *id = table_file_value(file, "factor_set");
	const char *title = table_file_value(file, "title"), *from = table_file_value(file, "source");
	if (!id)
		id = id_of_path(arena, path);
	title = id ? quoted(arena, title ? title : id) : NULL;
	from = quoted(arena, from ? from : "-");
	const char *head = title && from
				   ? lt_arena_printf(arena,
						     "factor_set: %s\ntitle: {zh: %s, en: %s}\n"
						     "source: {zh: %s, en: %s}\nfactors:\n",
						     id, title, title, from, from)
				   : NULL;
	const char **entries = lt_arena_alloc(arena, file->n_rows + 1, sizeof(*entries));
	size_t len = head ? strlen(head) : 0;
	if (!head || !entries)
		return lt_err_memory(err);
	for (unsigned i = 0; i < file->n_rows; i++) {
		const struct cell_row *row = &file->rows[i];
		const char *own = row->cells[ID][0] ? row->cells[ID]
						    : lt_arena_printf(arena, "row-%u", row->line);
		entries[i] = own ? write_entry(arena, row, own) : NULL;
		if (!entries[i])
			return lt_err_memory(err);
		len += strlen(entries[i]);
	}
	char *text = lt_arena_alloc(arena, len + 1, 1), *at = text;
	if (!text)
		return lt_err_memory(err);
	at = stpcpy(at, head);
	for (unsigned i = 0; i < file->n_rows; i++)
		at = stpcpy(at, entries[i]);
	out->text = text;
	out->len = len;
	return LT_OK;
}

enum lt_status factor_file_read(struct workspace *workspace, const char *path,
				struct project *watched, struct lt_arena *arena, struct lt_findings *findings,
				struct factor_file *out, struct lt_err *err)
{
	struct table_file file;
	enum sheet_format format;
	const struct units *units;
	struct factor_set *set = NULL;
	*out = (struct factor_file){ 0 };
	enum lt_status status = library_units(workspace->library, findings, &units, err);
	if (!status)
		status = sheet_format_of(path, &format, err);
	if (status)
		return status;
	if (format == SHEET_YAML) {
		status = lt_file_read(path, YAML_MAX_BYTES, arena, &out->text, &out->len, err);
	} else {
		status = table_file_read(path, watched, columns, N_COLUMNS, "value unit", arena,
					 findings, &file, err);
		if (!status)
			status = write_set(&file, path, arena, out, err);
	}
	const struct yaml_source source = { .name = path, .text = out->text, .len = out->len };
	if (!status)
		status = factors_load(&source, units, arena, findings, &set, err);
	out->set = set;
	return status;
}
