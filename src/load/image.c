#include "image.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* ---- making: everything the schema knows of, copied behind what is there already ---- */

struct maker {
	struct lt_arena *arena;
	char *bytes;
	size_t size, cap;
	unsigned *pointers;
	size_t n_pointers, cap_pointers;
	bool failed;
};

static void *grow(struct lt_arena *arena, void *at, size_t need, size_t *cap, size_t unit)
{
	if (need <= *cap)
		return at;
	*cap = need * 2 + 64;
	return lt_arena_resize(arena, at, *cap * unit);
}

/* Room for len zeroed bytes at an address that suits any type; 0 when memory runs out. */
static size_t reserve(struct maker *maker, size_t len)
{
	const size_t at = (maker->size + 15) & ~(size_t)15;
	maker->bytes = grow(maker->arena, maker->bytes, at + len, &maker->cap, 1);
	if (!maker->bytes || at + len > UINT32_MAX) {
		maker->failed = true;
		return 0;
	}
	memset(maker->bytes + maker->size, 0, at + len - maker->size);
	maker->size = at + len;
	return at;
}

/* Writes at `place` that the pointer there leads to `target`. */
static void point(struct maker *maker, size_t place, size_t target)
{
	const uintptr_t offset = target;
	maker->pointers = grow(maker->arena, maker->pointers, maker->n_pointers + 1,
			       &maker->cap_pointers, sizeof(*maker->pointers));
	if (!maker->pointers) {
		maker->failed = true;
		return;
	}
	maker->pointers[maker->n_pointers++] = (unsigned)place;
	memcpy(maker->bytes + place, &offset, sizeof(offset));
}

static uint64_t read_count(const char *at, unsigned size)
{
	uint64_t count = 0; /* little end first: the same bytes make the same number */
	memcpy(&count, at, size);
	return count;
}

static void copy_value(struct maker *maker, const cyaml_schema_value_t *schema, const char *from,
		       size_t place, uint64_t count);

/* What stands at `from` has been copied to `place` as bytes; its pointers are put right. */
static void copy_inside(struct maker *maker, const cyaml_schema_value_t *schema, const char *from,
			size_t place, uint64_t count)
{
	if (schema->type == CYAML_MAPPING) {
		const cyaml_schema_field_t *field = schema->mapping.fields;
		for (; field->key; field++)
			copy_value(
				maker, &field->value, from + field->data_offset,
				place + field->data_offset,
				field->value.type == CYAML_SEQUENCE
					? read_count(from + field->count_offset, field->count_size)
					: 1);
	} else if (schema->type == CYAML_SEQUENCE) {
		const cyaml_schema_value_t *entry = schema->sequence.entry;
		const size_t step =
			entry->flags & CYAML_FLAG_POINTER ? sizeof(void *) : entry->data_size;
		for (uint64_t i = 0; i < count && !maker->failed; i++)
			copy_value(maker, entry, from + i * step, place + i * step, 1);
	}
}

static size_t size_of(const cyaml_schema_value_t *schema, const char *value, uint64_t count)
{
	if (schema->type == CYAML_STRING)
		return strlen(value) + 1;
	if (schema->type != CYAML_SEQUENCE)
		return schema->data_size;
	const cyaml_schema_value_t *entry = schema->sequence.entry;
	return count * (entry->flags & CYAML_FLAG_POINTER ? sizeof(void *) : entry->data_size);
}

static void copy_value(struct maker *maker, const cyaml_schema_value_t *schema, const char *from,
		       size_t place, uint64_t count)
{
	if (!(schema->flags & CYAML_FLAG_POINTER)) {
		copy_inside(maker, schema, from, place, count);
		return;
	}
	const char *value;
	memcpy(&value, from, sizeof(value));
	if (!value || maker->failed)
		return;
	const size_t len = size_of(schema, value, count), target = reserve(maker, len);
	if (maker->failed)
		return;
	memcpy(maker->bytes + target, value, len);
	point(maker, place, target);
	copy_inside(maker, schema, value, target, count);
}

enum lt_status image_make(const cyaml_schema_value_t *schema, const void *document,
			  struct lt_arena *arena, const void **image, size_t *len,
			  struct lt_err *err)
{
	struct maker maker = { .arena = arena };
	assert(schema->type == CYAML_MAPPING && schema->flags & CYAML_FLAG_POINTER);
	/* the first bytes are a pointer to the document, so that no target is at 0 */
	const size_t root = reserve(&maker, sizeof(void *));
	if (!maker.failed)
		copy_value(&maker, schema, (const char *)&document, root, 1);
	const size_t n = maker.n_pointers * sizeof(*maker.pointers);
	struct image_head *head =
		maker.failed ? NULL : lt_arena_alloc(arena, 1, sizeof(*head) + maker.size + n);
	if (!head)
		return lt_err_memory(err);
	*head = (struct image_head){ (unsigned)maker.size, (unsigned)maker.n_pointers };
	memcpy(head + 1, maker.bytes, maker.size);
	memcpy((char *)(head + 1) + maker.size, maker.pointers, n);
	*image = head;
	*len = sizeof(*head) + maker.size + n;
	return LT_OK;
}

/* ---- restoring ---- */

void *image_restore(const void *image, struct lt_arena *arena)
{
	struct image_head head;
	memcpy(&head, image, sizeof(head));
	const char *bytes = (const char *)image + sizeof(head);
	char *copy = lt_arena_alloc(arena, 1, head.size);
	if (!copy)
		return NULL;
	memcpy(copy, bytes, head.size);
	for (unsigned i = 0; i < head.n_pointers; i++) {
		unsigned place;
		uintptr_t offset;
		memcpy(&place, bytes + head.size + i * sizeof(place), sizeof(place));
		memcpy(&offset, copy + place, sizeof(offset));
		char *target = copy + offset;
		memcpy(copy + place, &target, sizeof(target));
	}
	void *document;
	memcpy(&document, copy, sizeof(document));
	return document;
}
