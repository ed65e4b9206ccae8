/* pdf_attach - puts a file into a finished PDF, as an update at its end; for src/export alone. */
#ifndef LINGTAN_SRC_EXPORT_PDF_ATTACH_H
#define LINGTAN_SRC_EXPORT_PDF_ATTACH_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/err.h"

struct pdf_bytes {
	char *at; /* owned */
	size_t len, cap;
};

/* False when memory runs out. */
bool pdf_add(struct pdf_bytes *pdf, const void *bytes, size_t len);

/**
 * pdf_attach - text under a name that readers list as an attachment; the document's language and
 * that its title is shown. The PDF is one that cairo wrote, with a plain table of objects. Errors:
 * LT_EBUG (it is not), LT_ESPACE.
 */
enum lt_status pdf_attach(struct pdf_bytes *pdf, const char *name, const char *text, size_t len,
			  const char *language, const char *day, struct lt_err *err);

#endif
