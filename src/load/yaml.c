#include "lingtan/load/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "document.h"
#include "image.h"
#include "yaml_check.h"

/* ---- positions ---- */

static unsigned find_child(const struct yaml_positions *positions, unsigned parent, const char *key,
			   size_t len, unsigned index)
{
	for (unsigned i = parent + 1; i < positions->n; i++) {
		const struct yaml_position *position = &positions->at[i];
		if (position->parent != parent)
			continue;
		if (key ? position->key && strlen(position->key) == len &&
				    memcmp(position->key, key, len) == 0
			: !position->key && position->index == index)
			return i;
	}
	return 0;
}

void yaml_positions_find(const struct yaml_positions *positions, const char *path, unsigned *line,
			 unsigned *column)
{
	unsigned at = 0;
	while (positions->n && *path) {
		unsigned child;
		size_t len;
		if (*path == '[') {
			char *end;
			unsigned long index = strtoul(path + 1, &end, 10);
			child = find_child(positions, at, NULL, 0, (unsigned)index);
			len = (size_t)(end - path) + (*end == ']');
		} else {
			path += *path == '.';
			len = strcspn(path, ".[");
			child = find_child(positions, at, path, len, 0);
		}
		if (!child)
			break;
		at = child;
		path += len;
	}
	*line = positions->n ? positions->at[at].line : 0;
	*column = positions->n ? positions->at[at].column : 0;
}

void yaml_positions_apply(const struct yaml_positions *positions, struct lt_finding *first,
			  const char *file)
{
	for (struct lt_finding *finding = first; finding; finding = finding->next)
		if (!finding->line && finding->file && strcmp(finding->file, file) == 0)
			yaml_positions_find(positions, finding->path, &finding->line,
					    &finding->column);
}

/* ---- building ---- */

static void *arena_memory(void *context, void *pointer, size_t size)
{
	return lt_arena_resize(context, pointer, size);
}

/* The first pass should have found everything; what libcyaml still has to say is a finding, never
 * lost. */
static void log_to_findings(cyaml_log_t level, void *context, const char *format, va_list args)
{
	struct lt_findings *findings = context;
	char text[400];
	(void)level;
	vsnprintf(text, sizeof(text), format, args);
	text[strcspn(text, "\n")] = 0;
	lt_findings_add(findings, LT_ERROR, "", "%s", "%s", text);
}

static enum lt_status build(const struct yaml_source *source, const cyaml_schema_value_t *schema,
			    struct lt_arena *arena, struct lt_findings *findings, void **out,
			    struct lt_err *err)
{
	const cyaml_config_t config = {
		.log_fn = log_to_findings,
		.log_ctx = findings,
		.log_level = CYAML_LOG_WARNING,
		.mem_fn = arena_memory,
		.mem_ctx = arena,
		.flags = CYAML_CFG_NO_ALIAS,
	};
	cyaml_data_t *data = NULL;
	const struct lt_findings before = *findings;
	cyaml_err_t code = cyaml_load_data((const uint8_t *)source->text, source->len, &config,
					   schema, &data, NULL);
	if (code == CYAML_ERR_OOM) {
		/* what libcyaml says of where it was is of no use to anyone */
		*findings = before;
		if (findings->last)
			findings->last->next = NULL;
		return lt_err_memory(err);
	}
	if (code != CYAML_OK || !data) {
		if (!findings->n_errors)
			lt_findings_add(findings, LT_ERROR, "", "%s", "%s", cyaml_strerror(code));
		return lt_err_set(err, LT_EFILE, "%s：有错误，未读入",
				  "%s: not loaded, it has errors", source->name);
	}
	*out = data;
	return LT_OK;
}

enum lt_status yaml_load(const struct yaml_source *source, const struct cyaml_schema_value *schema,
			 struct lt_arena *arena, struct yaml_positions *positions,
			 struct lt_findings *findings, void **out, struct lt_err *err)
{
	const size_t errors_before = findings->n_errors;
	*out = NULL;
	if (source->proven && source->image) {
		*out = image_restore(source->image, arena);
		return *out ? LT_OK : lt_err_memory(err);
	}
	if (positions)
		positions->arena = arena;
	struct yaml_source meant = *source;
	if (!source->proven)
		yaml_check(source, schema, positions, findings, arena, &meant);
	const enum lt_status status = document_refuse(source->name, findings, errors_before, err);
	return status ? status : build(&meant, schema, arena, findings, out, err);
}
