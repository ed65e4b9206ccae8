/* Readiness: lines of the inventory that do not count or whose factor does not go with them, meters
 * whose calibration has run out. */
#include <string.h>
#include "field_parts.h"
#include "lingtan/app/inventory.h"
#include "ready_parts.h"

/* ---- lines ---- */

/* "grid_power (25-01)": with the id in any case, not only where another line is called alike: it is part
 * of the name by which the matter is accepted, which another line added later must not change. */
static const char *full_name(struct looking *look, const struct ledger_line *line)
{
	const char *name = ledger_line_name(line);
	return strcmp(name, line->id) == 0 || strlen(line->id) == 32
		       ? lt_arena_printf(&look->session->arena, "%s (%.8s)", name, line->id)
		       : lt_arena_printf(&look->session->arena, "%s (%s)", name, line->id);
}

static enum lt_status about_line(struct looking *look, const char *check,
				 const struct ledger_line *line, const char *zh, const char *en)
{
	const char *what = full_name(look, line);
	const struct matter matter = { check, what, line->id, zh, en };
	return what ? ready_add(look, &matter) : lt_err_memory(look->err);
}

static enum lt_status look_at_factor(struct looking *look, const struct factor_list *factors,
				     const struct ledger_line *line, const char *province)
{
	static const struct label ages[N_FACTOR_AGES] = {
		[FACTOR_NO_YEAR] = { "没写因子是哪年的", "the year of the factor is not said" },
		[FACTOR_STALE] = { "有更新年份的因子", "there is a factor of a later year" },
		[FACTOR_TOO_NEW] = { "因子的年份在活动年份之后", "the factor is of a year after the activity's" },
		[FACTOR_EXPIRED] = { "活动年份不在因子有效期内", "the year lies outside the factor's validity" },
		[FACTOR_ELSEWHERE] = { "因子是别的省份的", "the factor is of another province" },
	};
	const struct factor *newer;
	const enum factor_age age = factor_age(factors, line, province, &newer);
	return ages[age].zh ? about_line(look, "factor-doubtful", line, ages[age].zh, ages[age].en)
			    : LT_OK;
}

static enum lt_status look_at_row(struct looking *look, struct inventory *inventory, unsigned at,
				  const struct factor_list *factors, const char *province)
{
	const struct ledger_row *row = &inventory->ledger.rows[at];
	struct lt_err why = LT_ERR_INIT;
	switch (row->result.state) {
	case LEDGER_WRONG:
		inventory_why(inventory, at, &why);
		return about_line(look, "ledger-wrong", &row->line, why.text[LT_ZH],
				  why.text[LT_EN]);
	case LEDGER_OPEN:
		return about_line(look, "ledger-open", &row->line, "数量或单位未填",
				  "no amount or unit");
	case LEDGER_UNSTATED:
		return about_line(look, "ledger-open", &row->line, "因子未填", "no factor");
	case LEDGER_COUNTED:
	case N_LEDGER_STATES:
		break;
	}
	return look_at_factor(look, factors, &row->line, province);
}

static enum lt_status look_at_lines(struct looking *look)
{
	struct inventory inventory = { 0 };
	struct factor_list factors;
	struct words location;
	enum lt_status status = inventory_open(look->session, rung_names[look->out->rung],
					       &inventory, look->findings, look->err);
	if (!status)
		status = project_get(look->session->project, "park", "park", "location",
				     &look->session->arena, &location, look->err);
	if (!status)
		status = factor_sets(look->session, &look->session->arena, look->findings,
				     &factors, look->err);
	const char *province = !status && location.at ? location.at[0] : "";
	for (unsigned i = 0; !status && i < inventory.ledger.n; i++)
		if (inventory.ledger.rows[i].is_there &&
		    strcmp(inventory.ledger.rows[i].line.year, look->ref->year) == 0)
			status = look_at_row(look, &inventory, i, &factors, province);
	inventory_close(&inventory);
	return status;
}

/* ---- meters ---- */

struct calibrated {
	const char *meter, *until;
	struct calibrated *next;
};

struct calibrations {
	struct looking *look;
	struct calibrated *first;
};

/* The longest that any calibration of a meter holds. */
static enum lt_status see_calibration(void *context, const struct fact_row *row)
{
	struct calibrations *list = context;
	const struct words *result = fact_row_get(row, "result");
	struct calibrated *at = list->first;
	if (!result->at || !result->at[0][0] || row_is_removed(row))
		return LT_OK;
	while (at && strcmp(at->meter, row->parts[0]) != 0)
		at = at->next;
	if (at) {
		if (strcmp(result->at[0], at->until) > 0)
			at->until = result->at[0];
		return LT_OK;
	}
	at = lt_arena_alloc(&list->look->session->arena, 1, sizeof(*at));
	if (!at)
		return lt_err_memory(list->look->err);
	*at = (struct calibrated){ row->parts[0], result->at[0], list->first };
	list->first = at;
	return LT_OK;
}

static enum lt_status look_at_meters(struct looking *look)
{
	struct calibrations list = { .look = look };
	struct words removed = { 0 };
	enum lt_status status = project_visit(look->session->project, "calibration",
					      &look->session->arena, see_calibration, &list,
					      look->err);
	for (const struct calibrated *at = list.first; at && !status; at = at->next) {
		const char *key = cell_key_join(&look->session->arena, &at->meter, 1);
		const struct matter matter = { .check = "calibration-expired",
					       .what = at->meter,
					       .target = at->meter,
					       .zh = at->until };
		status = key ? project_get(look->session->project, "meter", key, "removed",
					   &look->session->arena, &removed, look->err)
			     : lt_err_memory(look->err);
		if (!status && !(removed.at && removed.at[0][0]) &&
		    strcmp(at->until, look->on) < 0)
			status = ready_add(look, &matter);
	}
	return status;
}

enum lt_status ready_look_at_ledger(struct looking *look)
{
	enum lt_status status = look_at_lines(look);
	return status ? status : look_at_meters(look);
}
