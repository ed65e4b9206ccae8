/* What a sheet says of lines and offsets beyond amount and factor, by the groups of db/groups.yaml. */
#include "session_parts.h"

struct part {
	const char *group;
	const char *const *members;
	unsigned n;
};

static bool says_any(const struct part *part)
{
	for (unsigned i = 0; i < part->n; i++)
		if (part->members[i])
			return true;
	return false;
}

static enum lt_status add_parts(struct changes *changes, const char *table, const char *key,
				const struct part *parts, size_t n, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (size_t i = 0; i < n && !status; i++)
		if (says_any(&parts[i]))
			status = changes_add(changes, table, &key, parts[i].group, parts[i].members,
					     err);
	return status;
}

#define PART(name, ...)                                                                            \
	{                                                                                          \
		.group = (name), .members = (const char *const[]){ __VA_ARGS__ },                  \
		.n = sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *)           \
	}

enum lt_status import_line_parts(struct changes *changes, const char *key,
				 const struct sheet_line *line, struct lt_err *err)
{
	const struct part parts[] = {
		PART("name", line->name),
		{ .group = "months", .members = line->months, .n = 12 },
		PART("place", line->place, line->meter),
		PART("gas", line->gas, line->biogenic),
		PART("quality", line->quality, NULL, NULL),
		PART("boundary", line->boundary),
		PART("fuel", line->heating_value, line->heating_unit, line->carbon,
		     line->carbon_unit, line->oxidation, line->fuel_cite),
		PART("flow", line->flow, line->carrier, line->attributes),
		PART("purpose", line->purpose),
		PART("counts", line->accounts),
		PART("terminal", line->terminal),
		{ .group = "allocation", .members = line->shares, .n = 3 },
	};
	return add_parts(changes, "line", key, parts, sizeof(parts) / sizeof(parts[0]), err);
}

enum lt_status import_offset_parts(struct changes *changes, const struct sheet_offset *offset,
				   struct lt_err *err)
{
	const struct part parts[] = {
		PART("project", offset->kind, offset->project, offset->project_number,
		     offset->vintage),
		PART("serials", offset->serial_from, offset->serial_to, offset->count),
		PART("holder", offset->holder, offset->issued),
		PART("cancelled", offset->cancelled_on, offset->cancelled_for,
		     offset->cancelled_year, offset->cancelled_number),
		PART("locality", offset->local, offset->region),
		PART("commitment", offset->commitment_since, offset->commitment_years),
		PART("use", offset->line, offset->route),
		PART("note", offset->note),
	};
	return add_parts(changes, "offset", offset->id, parts, sizeof(parts) / sizeof(parts[0]),
			 err);
}

/* ---- and back ---- */

static void get_part(const struct fact_row *row, const char *group, const char **const members[],
		     unsigned n)
{
	const struct words *value = fact_row_get(row, group);
	for (unsigned i = 0; value->at && i < n && i < value->n; i++)
		*members[i] = value->at[i] && value->at[i][0] ? value->at[i] : NULL;
}

#define GET(row, name, ...)                                                                        \
	get_part(row, name, (const char **const[]){ __VA_ARGS__ },                                 \
		 sizeof((const char **const[]){ __VA_ARGS__ }) / sizeof(const char **))

void gather_line_parts(const struct fact_row *row, struct sheet_line *line)
{
	GET(row, "name", &line->name);
	GET(row, "place", &line->place, &line->meter);
	GET(row, "gas", &line->gas, &line->biogenic);
	GET(row, "quality", &line->quality);
	GET(row, "boundary", &line->boundary);
	GET(row, "fuel", &line->heating_value, &line->heating_unit, &line->carbon,
	    &line->carbon_unit, &line->oxidation, &line->fuel_cite);
	GET(row, "flow", &line->flow, &line->carrier, &line->attributes);
	GET(row, "purpose", &line->purpose);
	GET(row, "counts", &line->accounts);
	GET(row, "terminal", &line->terminal);
	GET(row, "allocation", &line->shares[0], &line->shares[1], &line->shares[2]);
	for (unsigned m = 0; m < 12; m++) {
		const struct words *months = fact_row_get(row, "months");
		if (months->at && m < months->n && months->at[m] && months->at[m][0])
			line->months[m] = months->at[m];
	}
}

void gather_offset_parts(const struct fact_row *row, struct sheet_offset *offset)
{
	GET(row, "project", &offset->kind, &offset->project, &offset->project_number,
	    &offset->vintage);
	GET(row, "serials", &offset->serial_from, &offset->serial_to, &offset->count);
	GET(row, "holder", &offset->holder, &offset->issued);
	GET(row, "cancelled", &offset->cancelled_on, &offset->cancelled_for,
	    &offset->cancelled_year, &offset->cancelled_number);
	GET(row, "locality", &offset->local, &offset->region);
	GET(row, "commitment", &offset->commitment_since, &offset->commitment_years);
	GET(row, "use", &offset->line, &offset->route);
	GET(row, "note", &offset->note);
}
