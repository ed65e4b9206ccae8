/* The ledger of a project, read as one rung has it. */
#include <stdlib.h>
#include <string.h>
#include "inventory_parts.h"
#include "session_parts.h"

#define AT(path) offsetof(struct ledger_line, path)

const struct line_member line_members[] = {
	{ "year", "activity", "year", AT(year), false },
	{ "kind", "activity", "kind", AT(kind), false },
	{ "scope", "activity", "scope", AT(scope), false },
	{ "system", "activity", "system", AT(system), false },
	{ "source", "activity", "source", AT(source), false },
	{ "amount", "activity", "amount", AT(amount), true },
	{ "unit", "activity", "unit", AT(unit), true },
	{ "factor", "factor", "id", AT(factor.id), true },
	{ "factor_value", "factor", "value", AT(factor.value), true },
	{ "factor_unit", "factor", "unit", AT(factor.unit), true },
	{ "factor_cite", "factor", "cite", AT(factor.cite), true },
	{ "note", "note", "text", AT(note), false },
	{ NULL, "entered", "rung", AT(entered), false },
	{ "name", "name", "text", AT(name), false },
	{ "m01", "months", "m01", AT(months[0]), false },
	{ "m02", "months", "m02", AT(months[1]), false },
	{ "m03", "months", "m03", AT(months[2]), false },
	{ "m04", "months", "m04", AT(months[3]), false },
	{ "m05", "months", "m05", AT(months[4]), false },
	{ "m06", "months", "m06", AT(months[5]), false },
	{ "m07", "months", "m07", AT(months[6]), false },
	{ "m08", "months", "m08", AT(months[7]), false },
	{ "m09", "months", "m09", AT(months[8]), false },
	{ "m10", "months", "m10", AT(months[9]), false },
	{ "m11", "months", "m11", AT(months[10]), false },
	{ "m12", "months", "m12", AT(months[11]), false },
	{ "place", "place", "place", AT(place), false },
	{ "meter", "place", "meter", AT(meter), false },
	{ "gas", "gas", "gas", AT(gas), false },
	{ "biogenic", "gas", "biogenic", AT(biogenic), false },
	{ "quality", "quality", "level", AT(quality), true },
	{ "grade", "quality", "grade", AT(grade), true },
	{ "uncertainty", "quality", "uncertainty", AT(uncertainty), true },
	{ "boundary", "boundary", "text", AT(boundary), false },
	{ "heating_value", "fuel", "heating_value", AT(fuel.heating_value), true },
	{ "heating_unit", "fuel", "heating_unit", AT(fuel.heating_unit), true },
	{ "carbon", "fuel", "carbon", AT(fuel.carbon), true },
	{ "carbon_unit", "fuel", "carbon_unit", AT(fuel.carbon_unit), true },
	{ "oxidation", "fuel", "oxidation", AT(fuel.oxidation), true },
	{ "fuel_cite", "fuel", "cite", AT(fuel.cite), true },
	{ "factor_set", "set", "set", AT(factor.set), true },
	{ NULL, "set", "digest", AT(factor.digest), true },
	{ "factor_year", "set", "year", AT(factor.year), true },
	{ "factor_region", "set", "region", AT(factor.region), true },
	{ "flow", "flow", "flow", AT(flow), false },
	{ "carrier", "flow", "carrier", AT(carrier), false },
	{ "attributes", "flow", "attributes", AT(attributes), false },
	{ "purpose", "purpose", "purpose", AT(purpose), false },
	{ "accounts", "counts", "accounts", AT(accounts), false },
	{ "terminal", "terminal", "yes", AT(terminal), false },
	{ NULL, "order", "at", AT(order), false },
	{ "scope_1", "allocation", "scope_1", AT(allocation[0]), false },
	{ "scope_2", "allocation", "scope_2", AT(allocation[1]), false },
	{ "scope_3", "allocation", "scope_3", AT(allocation[2]), false },
};
const unsigned n_line_members = sizeof(line_members) / sizeof(line_members[0]);

const char **line_at(struct ledger_line *line, const struct line_member *member)
{
	return (const char **)(void *)((char *)line + member->offset);
}

const char **inventory_field(struct ledger_line *line, const char *field)
{
	for (unsigned i = 0; i < n_line_members; i++)
		if (line_members[i].field && strcmp(line_members[i].field, field) == 0)
			return line_at(line, &line_members[i]);
	return NULL;
}

const char *inventory_text(const struct ledger_line *line, const char *field)
{
	struct ledger_line copy = *line;
	const char **at = inventory_field(&copy, field);
	return at ? *at : "";
}

/* ---- reading ---- */

enum { N_MEMBERS = sizeof(line_members) / sizeof(line_members[0]) };

/* Where each member stands in the rows of a table; -1 where the table has none such. */
struct columns {
	int group[N_MEMBERS], member[N_MEMBERS];
};

struct reading {
	struct inventory *inventory;
	struct columns of_line, of_claim;
	int removed, reason; /* numbers of the groups */
	unsigned claim_at;   /* row that the claims at hand are of */
	int rung;
	struct lt_err *err;
};

static void find_columns(const struct vocabulary *vocabulary, const char *table,
			 struct columns *out)
{
	const struct fact_table *of = vocabulary_find_table(vocabulary, table);
	for (unsigned i = 0; i < n_line_members; i++) {
		out->group[i] = out->member[i] = -1;
		for (unsigned g = 0; g < of->n_groups; g++) {
			if (strcmp(of->groups[g].group, line_members[i].group) != 0)
				continue;
			out->group[i] = (int)g;
			out->member[i] =
				cell_group_find_member(&of->groups[g], line_members[i].member);
		}
	}
}

static int group_of(const struct vocabulary *vocabulary, const char *table, const char *group)
{
	const struct fact_table *of = vocabulary_find_table(vocabulary, table);
	return (int)(fact_table_find_group(of, group) - of->groups);
}

bool inventory_has_claims(struct inventory *inventory)
{
	static const struct inventory_claim nothing = { .reason = "", .declared = "",
							.declared_unit = "" };
	const unsigned n = inventory->ledger.n;
	if (n <= inventory->cap_claims)
		return true;
	const unsigned cap = n * 2 + 64;
	struct inventory_claim *more = lt_arena_resize(&inventory->arena, inventory->claims,
						       cap * sizeof(*inventory->claims));
	if (!more)
		return false;
	for (unsigned i = inventory->cap_claims; i < cap; i++)
		more[i] = nothing;
	inventory->claims = more;
	inventory->cap_claims = cap;
	return true;
}

static void take_members(const struct columns *columns, const struct fact_row *row, bool claims,
			 struct ledger_line *line)
{
	for (unsigned i = 0; i < n_line_members; i++) {
		if (columns->group[i] < 0 || (claims && !line_members[i].claimable))
			continue;
		const struct words *value = &row->values[columns->group[i]];
		if (value->at)
			*line_at(line, &line_members[i]) = value->at[columns->member[i]];
	}
}

/* A line as the rung that entered it has it; false: it does not stand, or not on this rung. */
static bool take_line(const struct reading *reading, const struct fact_row *row,
		      struct ledger_line *line)
{
	const struct words *removed = &row->values[reading->removed];
	ledger_line_init(line);
	take_members(&reading->of_line, row, false, line);
	line->id = row->parts[0];
	/* lines of before there was a rung are the park's */
	if (!line->entered[0])
		line->entered = rung_names[RUNG_SELF];
	return !(removed->at && removed->at[0][0]) && line->year[0] &&
	       (int)rung_find(line->entered) <= reading->rung;
}

static enum lt_status see_line(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	struct inventory *inventory = reading->inventory;
	struct ledger_line line;
	unsigned at;
	if (!take_line(reading, row, &line))
		return LT_OK;
	enum lt_status status = ledger_add(&inventory->ledger, &line, &at, reading->err);
	if (status)
		return status;
	if (!inventory_has_claims(inventory))
		return lt_err_memory(reading->err);
	inventory->claims[at].declared = line.amount;
	inventory->claims[at].declared_unit = line.unit;
	return LT_OK;
}

/* The rung whose claim stands, of each member of the line at hand, and of the reason. */
struct claim_rank {
	int by[N_MEMBERS], reason_by;
};

/* What is claimed for a line, group by group: the nearest rung at or below ours wins. */
static enum lt_status take_claim(struct reading *reading, const struct fact_row *row, unsigned at,
				 struct claim_rank *rank)
{
	struct inventory *inventory = reading->inventory;
	struct ledger_line line = inventory->ledger.rows[at].line;
	const int rung = (int)rung_find(row->parts[1]);
	bool moved = false;
	if (rung == N_RUNGS || rung > reading->rung)
		return LT_OK;
	for (unsigned i = 0; i < n_line_members; i++) {
		const int group = reading->of_claim.group[i];
		if (group < 0 || !line_members[i].claimable || !row->values[group].at ||
		    rank->by[i] > rung)
			continue;
		rank->by[i] = rung;
		moved = true;
		*line_at(&line, &line_members[i]) =
			row->values[group].at[reading->of_claim.member[i]];
		if (line_members[i].offset == AT(amount))
			inventory->claims[at].rung = rung_names[rung];
	}
	const struct words *reason = &row->values[reading->reason];
	if (reason->at && rank->reason_by <= rung) {
		rank->reason_by = rung;
		inventory->claims[at].reason = reason->at[0];
	}
	return moved ? ledger_set(&inventory->ledger, at, &line, reading->err) : LT_OK;
}

struct claim_visit {
	struct reading *reading;
	struct claim_rank rank;
};

/* Both tables come in the order of lines, and the claims of one line follow each other. */
static enum lt_status see_claim(void *context, const struct fact_row *row)
{
	struct claim_visit *visit = context;
	struct reading *reading = visit->reading;
	const struct ledger *ledger = &reading->inventory->ledger;
	unsigned at = reading->claim_at;
	while (at < ledger->n && strcmp(ledger->rows[at].line.id, row->parts[0]) < 0)
		at++;
	if (at != reading->claim_at)
		visit->rank = (struct claim_rank){ 0 };
	reading->claim_at = at;
	if (at == ledger->n || strcmp(ledger->rows[at].line.id, row->parts[0]) != 0)
		return LT_OK;
	return take_claim(reading, row, at, &visit->rank);
}

static void start_reading(struct session *session, struct inventory *inventory,
			  struct reading *reading, struct lt_err *err)
{
	const struct vocabulary *vocabulary = session->workspace->vocabulary;
	*reading = (struct reading){ .inventory = inventory, .err = err };
	find_columns(vocabulary, "line", &reading->of_line);
	find_columns(vocabulary, "claim", &reading->of_claim);
	reading->removed = group_of(vocabulary, "line", "removed");
	reading->reason = group_of(vocabulary, "claim", "reason");
	reading->rung = (int)rung_find(inventory->rung);
}

enum lt_status inventory_open(struct session *session, const char *rung, struct inventory *out,
			      struct lt_findings *findings, struct lt_err *err)
{
	const struct units *units;
	struct reading reading;
	*out = (struct inventory){ .rung = rung };
	lt_arena_init(&out->arena, 0);
	if (!rung)
		out->rung = role_rung(session->workspace, session->role);
	if (!out->rung)
		out->rung = rung_names[RUNG_AWARDED];
	enum lt_status status = rung_check(out->rung, LT_EDATA, err);
	if (status)
		return status;
	status = library_units(session->workspace->library, findings, &units, err);
	if (!status)
		status = ledger_init(&out->ledger, units, &out->arena, err);
	start_reading(session, out, &reading, err);
	struct claim_visit visit = { .reading = &reading };
	if (!status)
		status = project_begin(session->project, false, err);
	if (status)
		return status;
	status = project_visit(session->project, "line", &out->arena, see_line, &reading, err);
	if (!status)
		status = project_visit(session->project, "claim", &out->arena, see_claim, &visit,
				       err);
	struct lt_err ignored = LT_ERR_INIT;
	project_end(session->project, true, &ignored);
	return status;
}

void inventory_close(struct inventory *inventory)
{
	lt_arena_release(&inventory->arena);
	*inventory = (struct inventory){ 0 };
}

/* ---- years, order ---- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **inventory_years(struct inventory *inventory, unsigned *n)
{
	const struct ledger *ledger = &inventory->ledger;
	const char **years =
		lt_arena_alloc(&inventory->arena, ledger->n_years + 1, sizeof(*years));
	*n = 0;
	if (!years)
		return NULL;
	for (unsigned i = 0; i < ledger->n_years; i++)
		if (ledger->years[i].totals.n_lines)
			years[(*n)++] = ledger->years[i].year;
	qsort(years, *n, sizeof(*years), by_text);
	return years;
}

struct place_of_row {
	unsigned row;
	int rank;
	bool has_order;
	struct lt_decimal order;
	const char *id;
};

static int by_place(const void *a, const void *b)
{
	const struct place_of_row *left = a, *right = b;
	if (left->rank != right->rank)
		return left->rank - right->rank;
	if (left->has_order != right->has_order)
		return left->has_order ? -1 : 1;
	const int order = lt_decimal_compare(left->order, right->order);
	return order ? order : strcmp(left->id, right->id);
}

/* Emissions of scope 1, 2, 3 and of none, absorption, offsets, memos. */
static int rank_of(const struct ledger_row *row)
{
	if (row->result.kind != LEDGER_EMISSION)
		return 4 + (int)row->result.kind;
	const char scope = row->line.scope[0];
	return scope >= '1' && scope <= '3' ? scope - '1' : 3;
}

unsigned *inventory_order(const struct inventory *inventory, const char *year,
			  struct lt_arena *arena, unsigned *n)
{
	const struct ledger *ledger = &inventory->ledger;
	struct lt_arena scratch;
	*n = 0;
	lt_arena_init(&scratch, 0);
	struct place_of_row *places = lt_arena_alloc(&scratch, ledger->n + 1, sizeof(*places));
	unsigned *order = lt_arena_alloc(arena, ledger->n + 1, sizeof(*order));
	for (unsigned i = 0; i < ledger->n && places && order; i++) {
		const struct ledger_row *row = &ledger->rows[i];
		if (!row->is_there || strcmp(row->line.year, year) != 0)
			continue;
		struct place_of_row *place = &places[(*n)++];
		*place = (struct place_of_row){ .row = i,
						.rank = rank_of(row),
						.id = row->line.id };
		place->has_order = lt_decimal_parse(row->line.order, strlen(row->line.order),
						    &place->order) == LT_DECIMAL_OK;
	}
	if (places && order) {
		qsort(places, *n, sizeof(*places), by_place);
		for (unsigned i = 0; i < *n; i++)
			order[i] = places[i].row;
	}
	const bool failed = !places;
	lt_arena_release(&scratch);
	return failed ? NULL : order;
}

/* ---- finding ---- */

enum lt_status inventory_find(const struct inventory *inventory, const char *which,
			      const char *year, unsigned *at, struct lt_err *err)
{
	const struct ledger *ledger = &inventory->ledger;
	const size_t len = strlen(which);
	unsigned n = 0;
	*at = ledger_find(ledger, which);
	if (*at < ledger->n)
		return LT_OK;
	for (unsigned i = 0; i < ledger->n; i++) {
		const struct ledger_line *line = &ledger->rows[i].line;
		const bool called = strcmp(line->source, which) == 0 ||
				    strcmp(line->name, which) == 0 ||
				    (len >= 6 && strncmp(line->id, which, len) == 0);
		if (!ledger->rows[i].is_there || !called ||
		    (year && strcmp(line->year, year) != 0))
			continue;
		*at = i;
		n++;
	}
	if (n == 1)
		return LT_OK;
	return n ? lt_err_set(err, LT_EDATA,
			      "有 %u 行叫“%s”；请写标识，或用 --year 指明年度",
			      "%u lines are called '%s'; give the id, or the year with --year", n,
			      which)
		 : lt_err_set(err, LT_EDATA, "盘查里没有“%s”；见 lingtan inventory",
			      "the inventory has no line '%s'; see lingtan inventory", which);
}

enum lt_status inventory_why(struct inventory *inventory, unsigned at, struct lt_err *err)
{
	struct ledger_result result;
	return ledger_line_result(inventory->ledger.units, &inventory->ledger.rows[at].line,
				  &inventory->arena, &result, err);
}

enum lt_status inventory_own_rung(struct session *session, const char **rung, struct lt_err *err)
{
	*rung = role_rung(session->workspace, session->role);
	if (*rung)
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "角色 %s 不填盘查", "the role %s writes no inventory",
			  session->role);
}
