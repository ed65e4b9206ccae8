/* What was declared beside what was verified. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "inventory_parts.h"
#include "lingtan/app/engagement.h"

static const char *const scope_names[] = { "1", "2", "3" };

bool inventory_is_declared(const struct ledger_line *line)
{
	return strcmp(line->entered, rung_names[RUNG_SELF]) == 0;
}

const char *inventory_undeclared(const struct ledger_line *line, enum lt_lang lang,
				 char out[INVENTORY_UNDECLARED_TEXT])
{
	/* no line of another rung is in an inventory */
	const struct label *rung = &rung_titles[rung_find(line->entered)];
	if (lang == LT_ZH)
		snprintf(out, INVENTORY_UNDECLARED_TEXT, "未申报，%s时填入：", rung->zh);
	else
		snprintf(out, INVENTORY_UNDECLARED_TEXT, "not declared, entered on rung %s: ", rung->en);
	return out;
}

enum lt_status inventory_uncertainty(struct session *session, struct lt_arena *arena,
				     bool *is_shown, const char **note, struct lt_err *err)
{
	struct words quality = { 0 }, said = { 0 };
	enum lt_status status = project_get(session->project, "setting", "data_quality", "value",
					    arena, &quality, err);
	*is_shown = !status && quality.at && strcmp(quality.at[0], "on") == 0;
	if (*is_shown)
		status = project_get(session->project, "setting", "uncertainty", "value", arena,
				     &said, err);
	*note = said.at ? said.at[0] : "";
	return status;
}

/* The limit is that of the year's engagement, else a setting of the project, as the switch is. */
static enum lt_status read_settings(struct session *session, const char *year,
				    struct conclusion *out, struct lt_arena *arena,
				    struct lt_err *err)
{
	struct engagement_info engagement;
	enum lt_status status = session_engagement(session, year, &engagement, err);
	if (status)
		return status;
	out->limit = engagement.materiality;
	return inventory_uncertainty(session, arena, &out->with_quality, &out->uncertainty, err);
}

static struct lt_decimal size_of(struct lt_decimal value)
{
	return (struct lt_decimal){ value.units < 0 ? -value.units : value.units };
}

/* Difference, and its share of what was declared (of `whole` where that is given). */
static void compare(struct conclusion_row *row, const struct lt_decimal *whole, const char *limit)
{
	struct lt_decimal most, share;
	const struct lt_decimal of = size_of(whole ? *whole : row->declared);
	/* it fits, as what lines add up to does: LEDGER_MOST */
	lt_decimal_subtract(row->verified, row->declared, &row->difference);
	row->has_share = lt_decimal_multiply_divide(size_of(row->difference),
						    lt_decimal_from_int(100), of, &share);
	if (!row->has_share)
		return;
	row->share = share;
	row->is_material = lt_decimal_parse(limit, strlen(limit), &most) == LT_DECIMAL_OK &&
			   lt_decimal_compare(share, most) > 0;
}

/* of: both sides, for a total that emissions are part of; NULL for absorption and offsets, of which
 * none is nought. */
static void add_total(struct conclusion *out, const char *what, struct lt_decimal declared,
		      struct lt_decimal verified, const struct ledger_totals *const of[2])
{
	struct conclusion_row *row = &out->totals[out->n_totals++];
	*row = (struct conclusion_row){ .what = what,
					.declared = declared,
					.verified = verified,
					.has_declared = !of || of[0]->n_emissions,
					.has_verified = !of || of[1]->n_emissions };
	row->has_difference = row->has_declared && row->has_verified;
	if (row->has_difference)
		compare(row, NULL, out->limit);
}

static void add_totals(const struct inventory *declared, const struct inventory *verified,
		       const char *year, struct conclusion *out)
{
	const struct ledger_totals *left = ledger_totals(&declared->ledger, year),
				   *right = ledger_totals(&verified->ledger, year);
	const struct ledger_totals *const both[2] = { left, right };
	for (unsigned scope = 0; scope < 3; scope++)
		add_total(out, scope_names[scope], ledger_sum_value(&left->scope[scope + 1], true),
			  ledger_sum_value(&right->scope[scope + 1], true), both);
	for (unsigned kind = 0; kind < LEDGER_MEMO; kind++)
		add_total(out, ledger_kind_names[kind], ledger_sum_value(&left->kind[kind], true),
			  ledger_sum_value(&right->kind[kind], true),
			  kind == LEDGER_EMISSION ? both : NULL);
	add_total(out, "net", ledger_net(left, true), ledger_net(right, true), both);
}

const char *const conclusion_levels[CONCLUSION_LEVELS] = { "measured", "calculated", "estimated",
							    "unsaid" };

static void add_levels(const struct inventory *verified, const char *year, struct conclusion *out)
{
	const struct lt_decimal whole = ledger_sum_value(
		&ledger_totals(&verified->ledger, year)->kind[LEDGER_EMISSION], true);
	for (unsigned i = 0; i < verified->ledger.n; i++) {
		const struct ledger_row *row = &verified->ledger.rows[i];
		const unsigned level = ledger_word(conclusion_levels, CONCLUSION_LEVELS - 1,
						   row->line.quality);
		if (!row->is_there || strcmp(row->line.year, year) != 0 ||
		    row->result.kind != LEDGER_EMISSION || row->result.bucket != LEDGER_IN)
			continue;
		out->levels[level].n_lines++;
		lt_decimal_add(out->levels[level].tonnes, row->result.tonnes,
			       &out->levels[level].tonnes);
	}
	for (unsigned i = 0; i < CONCLUSION_LEVELS; i++)
		out->levels[i].has_share =
			whole.units > 0 &&
			lt_decimal_multiply_divide(out->levels[i].tonnes, lt_decimal_from_int(100),
						   whole, &out->levels[i].share);
}

/* A line that stands otherwise on the upper rung, or on one of the two alone. */
static void add_line(const struct inventory *declared, const struct inventory *verified,
		     unsigned at, const struct lt_decimal *whole, struct conclusion *out)
{
	const struct ledger_row *upper = &verified->ledger.rows[at];
	const unsigned below = ledger_find(&declared->ledger, upper->line.id);
	const struct ledger_row *lower =
		below < declared->ledger.n ? &declared->ledger.rows[below] : NULL;
	struct conclusion_row row = { .what = upper->line.id,
				      .verified = upper->result.tonnes,
				      .row = at };
	if (lower)
		row.declared = lower->result.tonnes;
	row.has_declared = lower && lower->result.state == LEDGER_COUNTED;
	row.has_verified = upper->result.state == LEDGER_COUNTED;
	/* what nobody declared is new as a whole; what one side does not count has no difference */
	row.has_difference = row.has_verified && (!lower || row.has_declared);
	if (lower && lt_decimal_compare(row.declared, row.verified) == 0 &&
	    lower->result.state == upper->result.state &&
	    strcmp(lower->line.amount, upper->line.amount) == 0 &&
	    strcmp(lower->line.unit, upper->line.unit) == 0)
		return;
	if (row.has_difference)
		compare(&row, whole, out->limit);
	out->lines[out->n_lines++] = row;
}

/* The largest difference first. */
static int by_difference(const void *a, const void *b)
{
	const struct conclusion_row *left = a, *right = b;
	const int order = lt_decimal_compare(size_of(right->difference), size_of(left->difference));
	return order ? order : strcmp(left->what, right->what);
}

enum lt_status inventory_conclude(struct session *session, struct inventory *declared,
				  struct inventory *verified, const char *year,
				  struct conclusion *out, struct lt_err *err)
{
	struct lt_arena *arena = &verified->arena;
	*out = (struct conclusion){ .uncertainty = "" };
	enum lt_status status = read_settings(session, year, out, arena, err);
	out->totals = lt_arena_alloc(arena, 8, sizeof(*out->totals));
	out->lines = lt_arena_alloc(arena, verified->ledger.n + 1, sizeof(*out->lines));
	if (status)
		return status;
	if (!out->totals || !out->lines)
		return lt_err_memory(err);
	add_totals(declared, verified, year, out);
	add_levels(verified, year, out);
	const struct lt_decimal whole = ledger_sum_value(
		&ledger_totals(&declared->ledger, year)->kind[LEDGER_EMISSION], true);
	for (unsigned i = 0; i < verified->ledger.n; i++)
		if (verified->ledger.rows[i].is_there &&
		    strcmp(verified->ledger.rows[i].line.year, year) == 0)
			add_line(declared, verified, i, &whole, out);
	qsort(out->lines, out->n_lines, sizeof(*out->lines), by_difference);
	return LT_OK;
}
