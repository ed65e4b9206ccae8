/*
 * factor_file - a set of emission factors from whatever people keep it in: YAML as
 * rulesets/README.md has it, or a table (CSV, workbook) with one factor a row.
 *
 * Columns of a table: id, title (名称), value (因子), unit (单位), year (年份), region (地区), gas (气体),
 * lhv (热值), cc (含碳量), of (氧化率), cite (出处), valid_from, valid_to, note (说明). Rows "#factor_set",
 * "#title" and "#source" name the set; without them it is called by its file.
 */
#ifndef LINGTAN_APP_FACTOR_FILE_H
#define LINGTAN_APP_FACTOR_FILE_H

#include "lingtan/app/session.h"
#include "sheet_file.h"

struct factor_file {
	const struct factor_set *set;
	const char *text; /* of the set as YAML; a table is written down as one */
	size_t len;
};

/* watched: as in table_file_read(). Errors: LT_EFILE (it cannot be read, or the set is wrong:
 * findings), LT_ESPACE, LT_EDATA (cancelled). */
enum lt_status factor_file_read(struct workspace *workspace, const char *path,
				struct project *watched, struct lt_arena *arena,
				struct lt_findings *findings, struct factor_file *out,
				struct lt_err *err);

#endif
