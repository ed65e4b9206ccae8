/* The registers of a ledger as a verifier looks at them: offsets, certificates, meters. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/date.h"
#include "lingtan/core/ledger_check.h"

static const struct ledger_row *row_of(const struct ledger_check *check, const char *id)
{
	const unsigned at = id[0] ? ledger_find(check->ledger, id) : check->ledger->n;
	return at < check->ledger->n ? &check->ledger->rows[at] : NULL;
}

/* Of the year: used by a line of it, or cancelled for it. */
static bool is_of_year(const struct ledger_check *check, const struct check_instrument *at)
{
	const struct ledger_row *row = row_of(check, at->line);
	return row ? strcmp(row->line.year, check->year) == 0
		   : strcmp(at->cancelled_year, check->year) == 0;
}

/* ---- serial numbers ---- */

/* A serial is letters and digits that end in a number; ranges overlap where what stands before the
 * number is the same. */
static size_t stem_of(const char *serial)
{
	size_t len = strlen(serial);
	while (len && serial[len - 1] >= '0' && serial[len - 1] <= '9')
		len--;
	return len;
}

/* Digits of one length or not, without leading zeros. */
static int compare_digits(const char *a, const char *b)
{
	a += strspn(a, "0");
	b += strspn(b, "0");
	const size_t la = strlen(a), lb = strlen(b);
	return la != lb ? (la > lb) - (la < lb) : strcmp(a, b);
}

static bool overlap(const struct check_instrument *a, const struct check_instrument *b)
{
	const char *a_to = a->to[0] ? a->to : a->from, *b_to = b->to[0] ? b->to : b->from;
	const size_t stem = stem_of(a->from);
	if (!a->from[0] || !b->from[0])
		return false;
	if (strcmp(a->from, b->from) == 0)
		return true;
	if (stem != stem_of(b->from) || stem != stem_of(a_to) || stem != stem_of(b_to) ||
	    strncmp(a->from, b->from, stem) != 0 || strncmp(a->from, a_to, stem) != 0 ||
	    strncmp(a->from, b_to, stem) != 0)
		return false;
	return compare_digits(a->from + stem, b_to + stem) <= 0 &&
	       compare_digits(b->from + stem, a_to + stem) <= 0;
}

static void check_serials(struct ledger_check *check, unsigned at)
{
	const struct check_instrument *one = &check->instruments[at];
	for (unsigned i = 0; i < at; i++) {
		const struct check_instrument *other = &check->instruments[i];
		if (!overlap(one, other))
			continue;
		if (one->route[0] && other->route[0] && strcmp(one->route, other->route) != 0)
			ledger_found(check, "two-routes", LT_ERROR, one->table, one->id,
				     "%s 与 %s 编号重叠，却一处走 %s、一处走 %s；一笔量只能走一条路径",
				     "%s and %s share serials, one by the route %s, one by %s; one amount takes one route",
				     one->id, other->id, one->route, other->route);
		else
			ledger_found(check, "serials-twice", LT_ERROR, one->table, one->id,
				     "%s 与 %s 编号重叠", "%s and %s share serials", one->id,
				     other->id);
	}
}

/* The route of a line is what it is: a zero factor of power, absorption, or an offset. */
static void check_route(struct ledger_check *check, const struct check_instrument *at)
{
	const struct ledger_row *row = row_of(check, at->line);
	const char *route = !row					     ? ""
			    : row->result.kind == LEDGER_OFFSET     ? "offset"
			    : row->result.kind == LEDGER_ABSORPTION ? "absorption"
			    : row->result.kind == LEDGER_EMISSION   ? "zero-factor"
								    : "";
	if (route[0] && at->route[0] && strcmp(route, at->route) != 0)
		ledger_found(check, "two-routes", LT_ERROR, at->table, at->id,
			     "%s：登记的路径是 %s，所用的行 %s 却是 %s",
			     "%s: registered for the route %s, but line %s is of %s", at->id,
			     at->route, at->line, route);
}

static void check_cancelled(struct ledger_check *check, const struct check_instrument *at)
{
	if (!at->route[0])
		return;
	if (!at->from[0])
		ledger_found(check, "no-serials", LT_ERROR, at->table, at->id, "%s：没有编号",
			     "%s: no serial numbers", at->id);
	if (!at->cancelled_on[0])
		ledger_found(check, "not-cancelled", LT_ERROR, at->table, at->id,
			     "%s：没有注销日期", "%s: no date of cancellation", at->id);
	else if (at->issued[0] && strcmp(at->cancelled_on, at->issued) < 0)
		ledger_found(check, "cancelled-before-issue", LT_ERROR, at->table, at->id,
			     "%s：%s 注销，早于签发日 %s",
			     "%s: cancelled on %s, before it was issued on %s", at->id,
			     at->cancelled_on, at->issued);
	if (at->cancelled_on[0] && check->day[0] && strcmp(at->cancelled_on, check->day) > 0)
		ledger_found(check, "cancelled-after-issue", LT_ERROR, at->table, at->id,
			     "%s：%s 注销，晚于出具日 %s",
			     "%s: cancelled on %s, after the day of issue, %s", at->id,
			     at->cancelled_on, check->day);
	if (at->cancelled_year[0] && strcmp(at->cancelled_year, check->year) != 0)
		ledger_found(check, "other-year", LT_ERROR, at->table, at->id,
			     "%s：注销用于 %s 年，却计入 %s 年",
			     "%s: cancelled for %s, counted in %s", at->id, at->cancelled_year,
			     check->year);
}

static void check_commitment(struct ledger_check *check, const struct check_instrument *at)
{
	struct lt_decimal years = { 0 }, least;
	if (strcmp(at->kind, "own") != 0 || !check->commitment[0] ||
	    lt_decimal_parse(check->commitment, strlen(check->commitment), &least) != LT_DECIMAL_OK)
		return;
	if (lt_decimal_parse(at->years, strlen(at->years), &years) == LT_DECIMAL_OK &&
	    lt_decimal_compare(years, least) >= 0)
		return;
	/* one that is not used is only told */
	ledger_found(check, "commitment", at->route[0] ? LT_ERROR : LT_WARNING, at->table, at->id,
		     "%s：自建项目承诺 %s 年，不足 %s 年，不得计入",
		     "%s: an own project committed for %s years, under %s: it may not be counted",
		     at->id, at->years[0] ? at->years : "0", check->commitment);
}

/* The line that it is used for is one of the ledger. */
static void check_line(struct ledger_check *check, const struct check_instrument *at)
{
	if (at->line[0] && !row_of(check, at->line) &&
	    (!at->cancelled_year[0] || strcmp(at->cancelled_year, check->year) == 0))
		ledger_found(check, "no-line", LT_ERROR, at->table, at->id,
			     "%s：台账里没有它所用于的行“%s”",
			     "%s: the ledger has no line '%s', which it is used for", at->id,
			     at->line);
}

/* Offsets, and power that says it is covered, rest on an instrument. */
static void check_without_instrument(struct ledger_check *check)
{
	for (unsigned i = 0; i < check->ledger->n; i++) {
		const struct ledger_row *row = &check->ledger->rows[i];
		const bool is_offset = row->result.kind == LEDGER_OFFSET;
		bool found = false;
		if (!row->is_there || strcmp(row->line.year, check->year) != 0 ||
		    !(is_offset || strcmp(row->line.flow, "certificate") == 0 ||
		      strcmp(row->line.flow, "trade") == 0))
			continue;
		for (unsigned k = 0; k < check->n_instruments && !found; k++)
			found = strcmp(check->instruments[k].line, row->line.id) == 0;
		if (!found)
			ledger_found(check, "no-instrument", is_offset ? LT_ERROR : LT_WARNING,
				     "line", row->line.id, "%s：登记簿中没有对应的%s",
				     "%s: no %.0sinstrument of the register stands for it",
				     row->line.name[0] ? row->line.name : row->line.source,
				     is_offset ? "抵消" : "绿证或绿电");
	}
}

/* ---- meters ---- */

/* How many days of the year no calibration covers, and the first of them. */
static unsigned days_uncovered(const struct ledger_check *check, const char *meter,
			       char from[LT_DATE_TEXT])
{
	const int year = (int)strtol(check->year, NULL, 10);
	unsigned n = 0;
	for (int month = 1; month <= 12; month++)
		for (int day = 1; day <= 31; day++) {
			char date[32];
			bool covered = !lt_date_exists(year, month, day);
			snprintf(date, sizeof(date), "%04d-%02d-%02d", year, month, day);
			for (unsigned i = 0; i < check->n_calibrations && !covered; i++) {
				const struct check_calibration *at = &check->calibrations[i];
				covered = strcmp(at->meter, meter) == 0 &&
					  strcmp(at->on, date) <= 0 &&
					  (!at->until[0] || strcmp(date, at->until) <= 0);
			}
			if (!covered && !n++)
				snprintf(from, LT_DATE_TEXT, "%.10s", date);
		}
	return n;
}

static bool is_calibrated_at_all(const struct ledger_check *check, const char *meter)
{
	for (unsigned i = 0; i < check->n_calibrations; i++)
		if (strcmp(check->calibrations[i].meter, meter) == 0)
			return true;
	return false;
}

/* Meters that lines of the year name. */
static void check_meter(struct ledger_check *check, const char *id)
{
	bool found = false;
	char from[LT_DATE_TEXT] = "";
	for (unsigned i = 0; i < check->n_meters && !found; i++)
		found = strcmp(check->meters[i].id, id) == 0;
	if (!found) {
		ledger_found(check, "no-meter", LT_WARNING, "meter", id,
			     "台账用到的计量器具 %s 没有登记",
			     "meter %s, which lines name, is not registered", id);
		return;
	}
	if (!is_calibrated_at_all(check, id)) {
		ledger_found(check, "not-calibrated", LT_WARNING, "meter", id,
			     "%s：没有检定记录", "%s: no record of a calibration", id);
		return;
	}
	const unsigned days = days_uncovered(check, id, from);
	if (days)
		ledger_found(check, "out-of-calibration", LT_ERROR, "meter", id,
			     "%s：%s 年有 %u 天不在检定有效期内，自 %s 起",
			     "%s: in %s it was out of calibration for %u days, from %s", id,
			     check->year, days, from);
}

static void check_meters(struct ledger_check *check)
{
	for (unsigned i = 0; i < check->ledger->n; i++) {
		const struct ledger_row *row = &check->ledger->rows[i];
		bool met = !row->is_there || strcmp(row->line.year, check->year) != 0 ||
			   !row->line.meter[0];
		for (unsigned k = 0; k < i && !met; k++)
			met = check->ledger->rows[k].is_there &&
			      strcmp(check->ledger->rows[k].line.year, check->year) == 0 &&
			      strcmp(check->ledger->rows[k].line.meter, row->line.meter) == 0;
		if (!met)
			check_meter(check, row->line.meter);
	}
}

void ledger_check_registers(struct ledger_check *check)
{
	for (unsigned i = 0; i < check->n_instruments && !check->no_memory; i++) {
		const struct check_instrument *at = &check->instruments[i];
		check_serials(check, i);
		check_line(check, at);
		if (!is_of_year(check, at))
			continue;
		check_route(check, at);
		check_cancelled(check, at);
		if (strcmp(at->table, "offset") == 0)
			check_commitment(check, at);
	}
	check_without_instrument(check);
	check_meters(check);
}
