#include "lingtan/load/profile.h"

#include "document.h"
#include "schema.h"
#include "yaml_write.h"

/* Lists longer than any standard's are refused before anything is compared with anything. */
static void check_length(const struct yaml_positions *positions, const char *list, unsigned n,
			 struct lt_findings *findings)
{
	struct lt_finding *finding =
		n > PROFILE_MAX_ENTRIES
			? lt_findings_add(findings, LT_ERROR, list, "%s 有 %u 条，最多 %u 条",
					  "%s has %u entries, the most is %u", list, n,
					  PROFILE_MAX_ENTRIES)
			: NULL;
	if (finding)
		yaml_positions_find(positions, list, &finding->line, &finding->column);
}

enum lt_status profile_load(const struct yaml_source *source, struct lt_arena *arena,
			    struct lt_findings *findings, struct profile **out, struct lt_err *err)
{
	struct yaml_positions positions = { 0 };
	const size_t errors_before = findings->n_errors;
	void *loaded;
	enum lt_status status =
		yaml_load(source, &profile_schema, arena, &positions, findings, &loaded, err);
	*out = NULL;
	if (status)
		return status;
	struct profile *profile = loaded;
	check_length(&positions, "parameters", profile->n_parameters, findings);
	check_length(&positions, "points", profile->n_points, findings);
	check_length(&positions, "tiers", profile->n_tiers, findings);
	check_length(&positions, "lines", profile->n_lines, findings);
	check_length(&positions, "weights", profile->n_weights, findings);
	status = document_refuse(source->name, findings, errors_before, err);
	if (status)
		return status;
	profile->positions = positions;
	*out = profile;
	return LT_OK;
}

enum lt_status profile_write(const struct profile *profile, struct lt_arena *arena, char **text,
			     size_t *len, struct lt_err *err)
{
	return yaml_write(&profile_schema, profile, arena, text, len, err);
}

void profile_digest(const char *text, size_t len, char hex[LT_SHA256_HEX])
{
	struct lt_sha256 sha;
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, text, len);
	lt_sha256_finish(&sha, hex);
}
