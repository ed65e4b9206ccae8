#include <limits.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/arena.h"

#define BLOCK_FIRST ((size_t)4096)
#define BLOCK_LARGEST ((size_t)256 * 1024)
#define ALIGN alignof(max_align_t)

struct lt_arena_block {
	struct lt_arena_block *next;
	size_t size, used; /* of data */
	alignas(max_align_t) unsigned char data[];
};

/* Stands before every pointer of lt_arena_resize. */
struct resizable {
	size_t size;
	alignas(max_align_t) unsigned char data[];
};

void lt_arena_init(struct lt_arena *arena, size_t limit)
{
	*arena = (struct lt_arena){ .limit = limit };
}

void lt_arena_release(struct lt_arena *arena)
{
	struct lt_arena_block *block = arena->first;

	while (block) {
		struct lt_arena_block *next = block->next;
		free(block);
		block = next;
	}
	lt_arena_init(arena, arena->limit);
}

void lt_arena_reset(struct lt_arena *arena)
{
	/* The blocks after the first are emptied when they are reached again. */
	arena->current = arena->first;
	if (arena->first)
		arena->first->used = 0;
}

/* Blocks double, so that a small arena stays small and a large one has few blocks; the limit trims
 * the last one. */
static size_t block_size(const struct lt_arena *arena, size_t need)
{
	size_t size = BLOCK_FIRST;

	if (arena->current)
		size = 2 * (arena->current->size + sizeof(struct lt_arena_block));
	if (size > BLOCK_LARGEST)
		size = BLOCK_LARGEST;
	if (arena->limit > 0 && size > arena->limit - arena->held)
		size = arena->limit - arena->held;
	return size < need ? need : size;
}

static struct lt_arena_block *add_block(struct lt_arena *arena, size_t bytes)
{
	size_t need = bytes + sizeof(struct lt_arena_block);
	struct lt_arena_block *block;

	if (arena->limit > 0 && need > arena->limit - arena->held)
		return NULL;
	size_t size = block_size(arena, need);
	block = malloc(size);
	if (!block)
		return NULL;
	*block = (struct lt_arena_block){ .size = size - sizeof(*block) };
	arena->held += size;
	if (arena->current)
		arena->current->next = block;
	else
		arena->first = block;
	arena->current = block;
	return block;
}

static size_t round_up(size_t bytes, size_t align)
{
	return (bytes + align - 1) / align * align;
}

static bool has_room(const struct lt_arena_block *block, size_t bytes, size_t align)
{
	const size_t at = round_up(block->used, align);
	return at <= block->size && bytes <= block->size - at;
}

static struct lt_arena_block *block_with_room(struct lt_arena *arena, size_t bytes, size_t align)
{
	struct lt_arena_block *block = arena->current;

	while (block && !has_room(block, bytes, align)) {
		block = block->next;
		if (block) {
			block->used = 0;
			arena->current = block;
		}
	}
	return block ? block : add_block(arena, bytes);
}

/* Not zeroed. Half of the address space is beyond any malloc, and leaves room for rounding up and
 * for headers. */
static void *take(struct lt_arena *arena, size_t bytes, size_t align)
{
	if (bytes > SIZE_MAX / 2)
		return NULL;
	struct lt_arena_block *block = block_with_room(arena, bytes, align);
	if (!block)
		return NULL;
	const size_t at = round_up(block->used, align);
	block->used = at + bytes;
	return block->data + at;
}

void *lt_arena_alloc(struct lt_arena *arena, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		return NULL;
	bytes = bytes == 0 ? 1 : bytes;
	void *pointer = take(arena, bytes, ALIGN);
	return pointer ? memset(pointer, 0, bytes) : NULL;
}

char *lt_arena_strndup(struct lt_arena *arena, const char *text, size_t len)
{
	len = strnlen(text, len);
	char *copy = take(arena, len + 1, 1);
	if (!copy)
		return NULL;
	copy[len] = '\0';
	return memcpy(copy, text, len);
}

char *lt_arena_vprintf(struct lt_arena *arena, const char *format, va_list args)
{
	char *text = NULL;
	va_list again;

	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	if (len >= 0)
		text = take(arena, (size_t)len + 1, 1);
	if (text)
		vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return text;
}

char *lt_arena_printf(struct lt_arena *arena, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	char *text = lt_arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

static struct resizable *resizable_new(struct lt_arena *arena, size_t size)
{
	struct resizable *block;

	if (size > SIZE_MAX / 2)
		return NULL;
	block = lt_arena_alloc(arena, 1, sizeof(*block) + size);
	if (block)
		block->size = size;
	return block;
}

/* Where it is what the arena gave last, and its block has room. */
static bool grow_in_place(struct lt_arena *arena, struct resizable *old, size_t size)
{
	struct lt_arena_block *block = arena->current;

	if (!block || old->data + old->size != block->data + block->used ||
	    size - old->size > block->size - block->used)
		return false;
	memset(old->data + old->size, 0, size - old->size);
	block->used += size - old->size;
	old->size = size;
	return true;
}

void *lt_arena_resize(struct lt_arena *arena, void *pointer, size_t size)
{
	struct resizable *old = NULL, *block = NULL;

	if (size == 0)
		return NULL;
	if (pointer)
		old = (struct resizable *)(void *)((unsigned char *)pointer - sizeof(*old));
	if (old && size <= old->size)
		return pointer;
	/* libcyaml grows a list by one entry at a time: without doubling, n entries would leave n^2
	 * bytes behind. */
	const size_t wanted = old && size / 2 < old->size ? old->size * 2 : size;
	if (old && (grow_in_place(arena, old, wanted) || grow_in_place(arena, old, size)))
		return pointer;
	if (wanted > size)
		block = resizable_new(arena, wanted);
	if (!block)
		block = resizable_new(arena, size);
	if (block && old)
		memcpy(block->data, old->data, old->size);
	return block ? block->data : NULL;
}

void *lt_arena_room(struct lt_arena *arena, void *list, unsigned n, unsigned *cap, size_t size)
{
	if (n < *cap)
		return list;
	if (*cap > UINT_MAX / 2 - 16)
		return NULL;
	const unsigned more = *cap * 2 + 16;
	void *grown = more <= SIZE_MAX / size ? lt_arena_resize(arena, list, more * size) : NULL;
	if (grown)
		*cap = more;
	return grown;
}
