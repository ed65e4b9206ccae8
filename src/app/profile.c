#include "lingtan/app/profile.h"

#include <string.h>
#include "lingtan/base/file.h"

/* ---- as overrides ---- */

static struct step step_of(const struct profile_tier *tier)
{
	return (struct step){ .id = tier->id,
			      .from = tier->from,
			      .above = tier->above,
			      .then = tier->then,
			      .title = tier->title,
			      .origin = ORIGIN_USER,
			      .cite = tier->cite };
}

static void put_scales(const struct profile *profile, struct tier_override *tiers,
		       struct line_override *lines, struct weight_override *weights)
{
	for (unsigned i = 0; i < profile->n_tiers; i++)
		tiers[i] = (struct tier_override){ .item = profile->tiers[i].item,
						   .tier = step_of(&profile->tiers[i]) };
	for (unsigned i = 0; i < profile->n_lines; i++) {
		const struct profile_line *from = &profile->lines[i];
		lines[i] = (struct line_override){ .item = from->item,
						   .line = { .from = from->from,
							     .to = from->to,
							     .origin = ORIGIN_USER,
							     .cite = from->cite } };
	}
	for (unsigned i = 0; i < profile->n_weights; i++) {
		const struct profile_weight *from = &profile->weights[i];
		weights[i] = (struct weight_override){ .table = from->table,
						       .row = from->row,
						       .values = from->values,
						       .origin = ORIGIN_USER,
						       .cite = from->cite };
	}
}

enum lt_status profile_overrides(const struct profile *profile, struct lt_arena *arena,
				 struct overrides *out, struct lt_err *err)
{
	struct parameter_override *parameters =
		lt_arena_alloc(arena, profile->n_parameters + 1, sizeof(*parameters));
	struct points_override *points =
		lt_arena_alloc(arena, profile->n_points + 1, sizeof(*points));
	struct tier_override *tiers = lt_arena_alloc(arena, profile->n_tiers + 1, sizeof(*tiers));
	struct line_override *lines = lt_arena_alloc(arena, profile->n_lines + 1, sizeof(*lines));
	struct weight_override *weights =
		lt_arena_alloc(arena, profile->n_weights + 1, sizeof(*weights));
	if (!parameters || !points || !tiers || !lines || !weights)
		return lt_err_memory(err);
	for (unsigned i = 0; i < profile->n_parameters; i++) {
		const struct profile_parameter *from = &profile->parameters[i];
		parameters[i] = (struct parameter_override){ .parameter = from->id,
							     .value = from->value,
							     .origin = ORIGIN_USER,
							     .cite = from->cite };
	}
	for (unsigned i = 0; i < profile->n_points; i++) {
		const struct profile_points *from = &profile->points[i];
		points[i] = (struct points_override){ .item = from->item,
						      .value = from->value,
						      .origin = ORIGIN_USER,
						      .cite = from->cite };
	}
	put_scales(profile, tiers, lines, weights);
	*out = (struct overrides){ .parameters = parameters,
				   .n_parameters = profile->n_parameters,
				   .points = points,
				   .n_points = profile->n_points,
				   .tiers = tiers,
				   .n_tiers = profile->n_tiers,
				   .lines = lines,
				   .n_lines = profile->n_lines,
				   .weights = weights,
				   .n_weights = profile->n_weights };
	return LT_OK;
}

/* ---- reading ---- */

/* The ruleset that the profile names. */
static enum lt_status named_ruleset(struct library *library, const struct profile *profile,
				    const char *path, struct lt_findings *findings,
				    const struct ruleset **out, struct lt_err *err)
{
	struct ruleset *ruleset;
	if (!library_find(library, profile->ruleset)) {
		struct lt_finding *finding =
			lt_findings_add(findings, LT_ERROR, "ruleset", "没有规则集“%s”",
					"there is no ruleset '%s'", profile->ruleset);
		if (finding)
			yaml_positions_find(&profile->positions, "ruleset", &finding->line,
					    &finding->column);
		return lt_err_set(err, LT_EDATA, "%s：没有规则集“%s”",
				  "%s: there is no ruleset '%s'", path, profile->ruleset);
	}
	enum lt_status status = library_load(library, profile->ruleset, findings, &ruleset, err);
	if (!status)
		*out = ruleset;
	return status;
}

enum lt_status profile_read(struct library *library, const char *path,
			    const struct ruleset *ruleset, struct lt_arena *arena,
			    struct lt_findings *findings, struct profile **out, struct lt_err *err)
{
	struct yaml_source source = { .name = path };
	enum lt_status status =
		lt_file_read(path, YAML_MAX_BYTES, arena, &source.text, &source.len, err);
	if (!status)
		status = profile_load(&source, arena, findings, out, err);
	if (status)
		return status;
	const struct profile *profile = *out;
	if (ruleset && strcmp(profile->ruleset, ruleset->id) != 0)
		return lt_err_set(err, LT_EDATA, "%s：参数集属于 %s，不是 %s",
				  "%s: the profile is for %s, not %s", path, profile->ruleset,
				  ruleset->id);
	if (!ruleset)
		status = named_ruleset(library, profile, path, findings, &ruleset, err);
	if (status)
		return status;
	const size_t errors_before = findings->n_errors;
	profile_check(profile, path, ruleset, arena, findings);
	if (findings->out_of_memory)
		return lt_err_memory(err);
	if (findings->n_errors > errors_before)
		return lt_err_set(err, LT_EDATA, "%s：参数集与 %s 不合，%zu 处",
				  "%s: the profile does not fit %s; errors: %zu", path, ruleset->id,
				  findings->n_errors - errors_before);
	return LT_OK;
}

enum lt_status profile_settle(const struct profile *changed, struct lt_arena *arena,
			      struct lt_findings *findings, struct profile **out, char **text,
			      size_t *len, struct lt_err *err)
{
	struct profile *settled;
	struct yaml_source source = { .name = "profile" };
	char *written;
	enum lt_status status = profile_write(changed, arena, &written, &source.len, err);
	source.text = status ? NULL : written;
	if (!status)
		status = profile_load(&source, arena, findings, &settled, err);
	if (status)
		return status;
	*out = settled;
	*text = written;
	*len = source.len;
	return LT_OK;
}
