#include "lingtan/app/profile.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/base/file.h"
#include "lingtan/core/check.h"

static struct lt_finding *complain(const struct profile *profile, struct lt_findings *findings,
				   const char *list, unsigned at, const char *zh, const char *en,
				   const char *name, const char *value)
{
	char path[64];
	struct lt_finding *finding = lt_findings_add(findings, LT_ERROR, "", zh, en, name, value);
	snprintf(path, sizeof(path), "%s[%u]", list, at);
	if (finding)
		yaml_positions_find(&profile->positions, path, &finding->line, &finding->column);
	return finding;
}

static bool outside(const char *value, const char *min, const char *max)
{
	struct lt_decimal at, bound;
	if (lt_decimal_parse(value, strlen(value), &at) != LT_DECIMAL_OK)
		return true;
	if (min && lt_decimal_parse(min, strlen(min), &bound) == LT_DECIMAL_OK &&
	    at.units < bound.units)
		return true;
	return max && lt_decimal_parse(max, strlen(max), &bound) == LT_DECIMAL_OK &&
	       at.units > bound.units;
}

bool parameter_accepts(const struct parameter *parameter, const char *value)
{
	return !outside(value, parameter->min, parameter->max);
}

static void check_parameters(const struct profile *profile, const struct ruleset *ruleset,
			     struct lt_findings *findings)
{
	for (unsigned i = 0; i < profile->n_parameters; i++) {
		const struct profile_parameter *said = &profile->parameters[i];
		const struct parameter *parameter = ruleset_find_parameter(ruleset, said->id);
		if (!parameter)
			complain(profile, findings, "parameters", i, "没有参数 %s（值 %s）",
				 "there is no parameter %s (value %s)", said->id, said->value);
		else if (!parameter_accepts(parameter, said->value))
			complain(profile, findings, "parameters", i, "参数 %s 的值 %s 超出所定范围",
				 "parameter %s: value %s is outside its range", said->id,
				 said->value);
		for (unsigned j = 0; j < i; j++)
			if (strcmp(profile->parameters[j].id, said->id) == 0)
				complain(profile, findings, "parameters", i,
					 "参数 %s 写了两次（值 %s）",
					 "parameter %s is given twice (value %s)", said->id,
					 said->value);
	}
}

static void check_points(const struct profile *profile, const struct ruleset *ruleset,
			 struct lt_findings *findings)
{
	for (unsigned i = 0; i < profile->n_points; i++) {
		const struct profile_points *said = &profile->points[i];
		const struct item *item = ruleset_find_item(ruleset, said->item);
		if (!item)
			complain(profile, findings, "points", i, "没有条款 %s（%s 分）",
				 "there is no item %s (%s points)", said->item, said->value);
		else if (!item->points.value)
			complain(profile, findings, "points", i, "条款 %s 不计分，不能给 %s 分",
				 "item %s has no points, it cannot have %s", said->item,
				 said->value);
		else if (item->n_tiers || item->n_checks)
			complain(
				profile, findings, "points", i,
				"条款 %s 的分值来自档次或检查点，不能另给 %s 分",
				"item %s has its points from tiers or check points, it cannot have %s",
				said->item, said->value);
		else if (outside(said->value, "0", NULL))
			complain(profile, findings, "points", i, "条款 %s 的分值 %s 不能为负",
				 "item %s: %s points, below 0", said->item, said->value);
		for (unsigned j = 0; j < i; j++)
			if (strcmp(profile->points[j].item, said->item) == 0)
				complain(profile, findings, "points", i,
					 "条款 %s 写了两次（%s 分）",
					 "item %s is given twice (%s points)", said->item,
					 said->value);
	}
}

/* A copy of the ruleset with the profile's numbers in it, enough for its sums. NULL when memory ran
 * out. */
static struct ruleset *with_profile(const struct profile *profile, const struct ruleset *ruleset,
				    struct lt_arena *arena)
{
	struct ruleset *copy = lt_arena_alloc(arena, 1, sizeof(*copy));
	struct item *items = lt_arena_alloc(arena, ruleset->n_items + 1, sizeof(*items));
	struct parameter *parameters =
		lt_arena_alloc(arena, ruleset->n_parameters + 1, sizeof(*parameters));
	if (!copy || !items || !parameters)
		return NULL;
	*copy = *ruleset;
	memcpy(items, ruleset->items, ruleset->n_items * sizeof(*items));
	if (ruleset->n_parameters)
		memcpy(parameters, ruleset->parameters,
		       ruleset->n_parameters * sizeof(*parameters));
	for (unsigned i = 0; i < profile->n_points; i++) {
		const struct item *item = ruleset_find_item(ruleset, profile->points[i].item);
		items[item - ruleset->items].points.value = profile->points[i].value;
	}
	for (unsigned i = 0; i < profile->n_parameters; i++) {
		const struct parameter *parameter =
			ruleset_find_parameter(ruleset, profile->parameters[i].id);
		parameters[parameter - ruleset->parameters].value = profile->parameters[i].value;
	}
	copy->items = items;
	copy->parameters = parameters;
	return copy;
}

void profile_check(const struct profile *profile, const char *file, const struct ruleset *ruleset,
		   struct lt_arena *arena, struct lt_findings *findings)
{
	const size_t errors_before = findings->n_errors;
	findings->file = file;
	check_parameters(profile, ruleset, findings);
	check_points(profile, ruleset, findings);
	if (findings->n_errors > errors_before)
		return;
	struct ruleset *whole = with_profile(profile, ruleset, arena);
	struct lt_finding *last = findings->last;
	if (!whole) {
		findings->out_of_memory = true;
		return;
	}
	ruleset_check_maxima(whole, arena, findings);
	/* the sums are of the whole profile, so they stand at its lists */
	for (struct lt_finding *finding = last ? last->next : findings->first; finding;
	     finding = finding->next)
		yaml_positions_find(&profile->positions,
				    profile->n_points ? "points" : "parameters", &finding->line,
				    &finding->column);
}

enum lt_status profile_overrides(const struct profile *profile, struct lt_arena *arena,
				 struct overrides *out, struct lt_err *err)
{
	struct parameter_override *parameters =
		lt_arena_alloc(arena, profile->n_parameters + 1, sizeof(*parameters));
	struct points_override *points =
		lt_arena_alloc(arena, profile->n_points + 1, sizeof(*points));
	if (!parameters || !points)
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
	*out = (struct overrides){ .parameters = parameters,
				   .n_parameters = profile->n_parameters,
				   .points = points,
				   .n_points = profile->n_points };
	return LT_OK;
}

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
