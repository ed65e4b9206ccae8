/* pack - an Office package (ZIP with parts) made in memory: parts in the order in which they are
 * added, no clock in it. By zlib alone, since libzip brings three libraries that a workbook waits
 * for. For src/export alone. */
#ifndef LINGTAN_SRC_EXPORT_PACK_H
#define LINGTAN_SRC_EXPORT_PACK_H

#include <stdio.h>
#define ZLIB_CONST
#include <zlib.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"
#include "lingtan/base/zip.h"
#include "text_out.h"

struct pack_part {
	const char *name;          /* in the arena */
	struct lt_zip_member head; /* borrows it */
};

struct pack {
	struct text_out bytes; /* of the archive so far */
	struct lt_arena arena; /* names of parts */
	struct pack_part *parts;
	unsigned n_parts, cap_parts;
	z_stream deflate;
	bool is_open;
	struct lt_err *err;
};

/* Errors: LT_ESPACE, LT_EDATA (larger than a ZIP without extensions holds). Abandon in any case. */
enum lt_status pack_begin(struct pack *pack, struct lt_err *err);

/* A part from a text; the text is handed over and is empty then. */
enum lt_status pack_add(struct pack *pack, const char *name, struct text_out *text);
enum lt_status pack_add_bytes(struct pack *pack, const char *name, const void *bytes, size_t len);

/* Writes the archive to a file. */
enum lt_status pack_finish(struct pack *pack, FILE *out);
void pack_abandon(struct pack *pack);

#endif
