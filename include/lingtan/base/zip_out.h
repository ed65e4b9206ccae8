/*
 * zip_out - a ZIP archive written to a file as it comes, members stored as they are: for files that
 * are packed already. No clock in it: the same members give the same bytes.
 *
 * Names are UTF-8. At most 4 GiB in all, 65,535 members.
 */
#ifndef LINGTAN_BASE_ZIP_OUT_H
#define LINGTAN_BASE_ZIP_OUT_H

#include <stdint.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/file_out.h"
#include "lingtan/base/zip.h"

struct lt_zip_out {
	struct lt_file_out *file; /* borrowed, begun */
	struct lt_arena *arena;   /* borrowed: names and the list */
	struct lt_zip_member *members;
	unsigned n_members, cap_members;
	uint64_t at; /* bytes written */
};

void lt_zip_begin(struct lt_zip_out *zip, struct lt_file_out *file, struct lt_arena *arena);

/* A member, then its bytes, then its end. Errors: LT_EDATA (more than an archive can hold),
 * LT_ESPACE. */
enum lt_status lt_zip_open(struct lt_zip_out *zip, const char *name, struct lt_err *err);
enum lt_status lt_zip_add(struct lt_zip_out *zip, const void *bytes, size_t len,
			  struct lt_err *err);
enum lt_status lt_zip_close(struct lt_zip_out *zip, struct lt_err *err);

/* Takes the last member out again, as if it had not been begun. Only what follows is written over
 * it; call it before lt_zip_close(). */
void lt_zip_drop(struct lt_zip_out *zip);

/* The list of members. The file is to be finished then. */
enum lt_status lt_zip_finish(struct lt_zip_out *zip, struct lt_err *err);

#endif
