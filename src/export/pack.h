/* pack - an Office package (ZIP with parts) made in memory: parts in the order in which they are
 * added, no clock in it. For src/export alone. */
#ifndef LINGTAN_SRC_EXPORT_PACK_H
#define LINGTAN_SRC_EXPORT_PACK_H

#include <stdio.h>
#include <zip.h>
#include "lingtan/base/err.h"
#include "text_out.h"

struct pack {
	zip_source_t *source; /* the archive's bytes */
	zip_t *zip;
	struct lt_err *err;
};

/* Errors: LT_ESPACE. Abandon in any case. */
enum lt_status pack_begin(struct pack *pack, struct lt_err *err);

/* A part from a text; the text is handed over and is empty then. */
enum lt_status pack_add(struct pack *pack, const char *name, struct text_out *text);
/* From bytes that live until pack_finish(). */
enum lt_status pack_add_bytes(struct pack *pack, const char *name, const void *bytes, size_t len);

/* Writes the archive to a file. */
enum lt_status pack_finish(struct pack *pack, FILE *out);
void pack_abandon(struct pack *pack);

#endif
