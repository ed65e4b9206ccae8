/*
 * image - a loaded document as bytes that need no parsing: what the program carries beside the text
 * of its built-in files.
 *
 * Two thirds of a short command's time went into libyaml scanning files that cannot change. An
 * image is the structs of one document as libcyaml built them, strings included, in one piece of
 * memory, with the places of all pointers in it. It is made at build time by the same loader, on
 * the machine whose compiler laid out the structs, and is never read from a file of the user's.
 *
 * Shape: struct image_head, then size bytes (each pointer an offset into them, 0 = NULL), then
 * n_pointers offsets of 32 bits.
 */
#ifndef LINGTAN_LOAD_IMAGE_H
#define LINGTAN_LOAD_IMAGE_H

#include <stddef.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"
#include "schema.h"

struct image_head {
	unsigned size, n_pointers;
};

/* The image of what yaml_load() made with this schema; owned by the arena. Errors: LT_ESPACE. */
enum lt_status image_make(const cyaml_schema_value_t *schema, const void *document,
			  struct lt_arena *arena, const void **image, size_t *len,
			  struct lt_err *err);

/* The document again, owned by the arena; NULL when memory runs out. */
void *image_restore(const void *image, struct lt_arena *arena);

#endif
