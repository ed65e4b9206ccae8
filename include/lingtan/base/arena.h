/*
 * arena - memory that is given back all at once: one arena a lifetime (ruleset, assessment,
 * result).
 *
 * Blocks are chained; nothing is freed singly. lt_arena_reset() keeps the blocks, so a loop that
 * fills and resets an arena allocates nothing after its first turn. Every function returns NULL
 * when memory, or the arena's own limit, runs out.
 */
#ifndef LINGTAN_BASE_ARENA_H
#define LINGTAN_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct lt_arena_block;

struct lt_arena {
	struct lt_arena_block *first; /* owned chain */
	struct lt_arena_block *current;
	size_t limit; /* bytes of all blocks, 0 = no limit */
	size_t held;  /* bytes of all blocks */
};

void lt_arena_init(struct lt_arena *arena, size_t limit);
void lt_arena_release(struct lt_arena *arena);
void lt_arena_reset(struct lt_arena *arena);

/* Zeroed, aligned for any type. count x size is checked for overflow. */
void *lt_arena_alloc(struct lt_arena *arena, size_t count, size_t size);
/* At most len bytes, up to the first NUL; terminated. */
char *lt_arena_strndup(struct lt_arena *arena, const char *text, size_t len);
char *lt_arena_printf(struct lt_arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *lt_arena_vprintf(struct lt_arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/**
 * lt_arena_resize - realloc for libraries that take an allocator: NULL pointer allocates, size 0
 * releases (a no-op here). Usable only with pointers that came from lt_arena_resize of the same
 * arena.
 */
void *lt_arena_resize(struct lt_arena *arena, void *pointer, size_t size);

/**
 * lt_arena_room - a list with room for one more element behind its n: itself, or one that holds
 * more. NULL when memory runs out; list and cap are as they were then. A list begins as NULL with
 * cap 0 and grows by this alone.
 */
void *lt_arena_room(struct lt_arena *arena, void *list, unsigned n, unsigned *cap, size_t size);

#endif
