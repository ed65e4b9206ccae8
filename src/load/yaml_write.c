#include "yaml_write.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <yaml.h>
#include "lingtan/base/text.h"

struct writer {
	yaml_emitter_t emitter;
	struct lt_arena *arena;
	char *bytes;
	size_t len, cap;
	bool failed;             /* memory ran out, here or in libyaml */
	const char *key;         /* of the value at work */
	const char *refused_key; /* of the first text that is not to be written, or NULL */
	char refused[120];       /* that text, made visible */
};

static int take_bytes(void *context, unsigned char *bytes, size_t len)
{
	struct writer *writer = context;
	if (writer->len + len + 1 > writer->cap) {
		const size_t cap = 2 * (writer->len + len) + 1024;
		char *grown = lt_arena_resize(writer->arena, writer->bytes, cap);
		if (!grown)
			return 0;
		writer->bytes = grown;
		writer->cap = cap;
	}
	memcpy(writer->bytes + writer->len, bytes, len);
	writer->len += len;
	writer->bytes[writer->len] = 0;
	return 1;
}

/* Hands an event over; the emitter owns it from then on. */
static void emit(struct writer *writer, yaml_event_t *event, int is_made)
{
	if (!is_made)
		writer->failed = true;
	else if (writer->failed || writer->refused_key)
		yaml_event_delete(event);
	else if (!yaml_emitter_emit(&writer->emitter, event))
		writer->failed = true;
}

static void write_scalar(struct writer *writer, const char *text, yaml_scalar_style_t style)
{
	yaml_event_t event;
	size_t at;
	const size_t len = strlen(text);
	if (writer->refused_key)
		return;
	if (lt_text_check(text, len, &at) != LT_TEXT_OK) {
		writer->refused_key = writer->key;
		lt_text_visible(text, len, writer->refused, sizeof(writer->refused));
		return;
	}
	emit(writer, &event,
	     yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)text, (int)len,
					  1, 1, style));
}

static void write_value(struct writer *writer, const cyaml_schema_value_t *schema, const char *at,
			uint64_t count, unsigned depth);

/* Whether there is anything to write at a place: an optional text, list or mapping may be absent.
 */
static bool is_there(const cyaml_schema_field_t *field, const char *at, uint64_t count)
{
	const bool is_optional = field->value.flags & CYAML_FLAG_OPTIONAL;
	if (field->value.type == CYAML_SEQUENCE)
		return count || !is_optional;
	if (field->value.flags & CYAML_FLAG_POINTER) {
		const void *target;
		memcpy(&target, at, sizeof(target));
		return target != NULL;
	}
	/* a mapping inside the struct is there when one of its members is */
	bool found = !is_optional;
	for (const cyaml_schema_field_t *inner = field->value.mapping.fields; inner->key && !found;
	     inner++)
		found = is_there(inner, at + inner->data_offset, 1);
	return found;
}

static uint64_t count_of(const cyaml_schema_field_t *field, const char *document)
{
	uint64_t count = 0; /* little end first: the same bytes make the same number */
	if (field->value.type != CYAML_SEQUENCE)
		return 1;
	memcpy(&count, document + field->count_offset, field->count_size);
	return count;
}

static void write_mapping(struct writer *writer, const cyaml_schema_value_t *schema, const char *at,
			  unsigned depth)
{
	yaml_event_t event;
	const yaml_mapping_style_t style =
		depth ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE;
	emit(writer, &event, yaml_mapping_start_event_initialize(&event, NULL, NULL, 1, style));
	for (const cyaml_schema_field_t *field = schema->mapping.fields; field->key; field++) {
		const uint64_t count = count_of(field, at);
		if (!is_there(field, at + field->data_offset, count))
			continue;
		writer->key = field->key;
		write_scalar(writer, field->key, YAML_PLAIN_SCALAR_STYLE);
		write_value(writer, &field->value, at + field->data_offset, count, depth + 1);
	}
	emit(writer, &event, yaml_mapping_end_event_initialize(&event));
}

static void write_list(struct writer *writer, const cyaml_schema_value_t *schema, const char *at,
		       uint64_t count, unsigned depth)
{
	yaml_event_t event;
	const cyaml_schema_value_t *entry = schema->sequence.entry;
	const size_t step = entry->flags & CYAML_FLAG_POINTER ? sizeof(void *) : entry->data_size;
	const yaml_sequence_style_t style =
		depth > 1 ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE;
	emit(writer, &event, yaml_sequence_start_event_initialize(&event, NULL, NULL, 1, style));
	for (uint64_t i = 0; i < count && !writer->failed; i++)
		write_value(writer, entry, at + i * step, 1, depth + 1);
	emit(writer, &event, yaml_sequence_end_event_initialize(&event));
}

static void write_value(struct writer *writer, const cyaml_schema_value_t *schema, const char *at,
			uint64_t count, unsigned depth)
{
	const char *value = at;
	if (schema->flags & CYAML_FLAG_POINTER)
		memcpy(&value, at, sizeof(value));
	switch (schema->type) {
	case CYAML_STRING:
		write_scalar(writer, value, YAML_DOUBLE_QUOTED_SCALAR_STYLE);
		break;
	case CYAML_MAPPING:
		write_mapping(writer, schema, value, depth);
		break;
	case CYAML_SEQUENCE:
		write_list(writer, schema, value, count, depth);
		break;
	default:
		assert(false); /* of a schema that this does not write yet */
	}
}

static void write_document(struct writer *writer, const cyaml_schema_value_t *schema,
			   const void *document)
{
	yaml_event_t event;
	yaml_emitter_set_output(&writer->emitter, take_bytes, writer);
	yaml_emitter_set_unicode(&writer->emitter, 1);
	yaml_emitter_set_width(&writer->emitter, -1);
	yaml_emitter_set_break(&writer->emitter, YAML_LN_BREAK);
	emit(writer, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
	emit(writer, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
	write_value(writer, schema, (const char *)&document, 1, 0);
	emit(writer, &event, yaml_document_end_event_initialize(&event, 1));
	emit(writer, &event, yaml_stream_end_event_initialize(&event));
}

enum lt_status yaml_write(const cyaml_schema_value_t *schema, const void *document,
			  struct lt_arena *arena, char **text, size_t *len, struct lt_err *err)
{
	struct writer writer = { .arena = arena };
	assert(schema->type == CYAML_MAPPING && schema->flags & CYAML_FLAG_POINTER);
	if (!yaml_emitter_initialize(&writer.emitter))
		return lt_err_memory(err);
	write_document(&writer, schema, document);
	yaml_emitter_delete(&writer.emitter);
	if (writer.refused_key)
		return lt_err_set(
			err, LT_EDATA, "%s：“%s”含有控制字符，或不是 UTF-8；请改写",
			"%s: '%s' has control characters in it, or is not UTF-8; write it again",
			writer.refused_key, writer.refused);
	if (writer.failed)
		return lt_err_memory(err);
	*text = writer.bytes;
	*len = writer.len;
	return LT_OK;
}
