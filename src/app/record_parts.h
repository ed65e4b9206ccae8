/* record_parts - what the parts of a record share; for src/app/record*.c alone. */
#ifndef LINGTAN_APP_RECORD_PARTS_H
#define LINGTAN_APP_RECORD_PARTS_H

#include "lingtan/app/record.h"
#include "session_parts.h"

/* The row of a key (NULL: an empty one), as the project holds it. Errors: LT_EDATA (the form fills
 * no row, the key is none of its table), LT_ESPACE. */
enum lt_status record_make(struct session *session, const struct form *form, const char *key,
			   struct record **out, struct lt_err *err);

/* Reads the row of record->key anew. */
enum lt_status record_read(struct session *session, struct record *record, struct lt_err *err);

#endif
