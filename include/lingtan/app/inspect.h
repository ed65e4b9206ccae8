/*
 * inspect - what a file is, and when and where a photo was taken, as the second program finds it.
 *
 * Nothing of it is proof: a camera's clock may be wrong, and anyone can write such data.
 */
#ifndef LINGTAN_APP_INSPECT_H
#define LINGTAN_APP_INSPECT_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/err.h"

#define FILE_TYPE_TEXT 128

struct file_facts {
	char type[FILE_TYPE_TEXT]; /* "image/jpeg"; never empty */
	char taken_at[20]; /* "2026-03-27T13:42:10", the camera's own clock; "" = not said */
	char latitude[16],
		longitude[16]; /* degrees, at most 7 places; both or neither, "" = none */
};

/**
 * inspect_file - asks the second program about an open regular file, whatever its read position.
 * Errors: LT_EFILE (the program is missing, or cannot read the file), LT_ESPACE, LT_EBUG (its
 * answer is none). Output untouched then.
 */
enum lt_status inspect_file(int fd, struct file_facts *out, struct lt_err *err);

/* What looks at the files of one session; NULL at first. The first file is looked at by a program
 * started for it; from the second on one stands by (base/standby.h), where it can. */
struct inspector;
void inspector_stop(struct inspector *inspector);

struct inspecting;

/**
 * inspect_start, inspect_finish - the same in two parts: the second program looks at the file while
 * the caller reads it. fd may be closed in between. The inspector is made where there is none, and
 * is stopped after the last file is finished. *out is NULL after an error of the start.
 */
enum lt_status inspect_start(struct inspector **inspector, int fd, struct inspecting **out,
			     struct lt_err *err);
enum lt_status inspect_finish(struct inspecting *inspecting, struct file_facts *out,
			      struct lt_err *err);

/* Whether finish need not wait; waits for that within_ms at most. */
bool inspect_is_done(struct inspecting *inspecting, unsigned within_ms);

/* Whether all programs are there that this one runs. Errors: LT_EFILE (err names the one that is
 * missing). */
enum lt_status inspect_programs(struct lt_err *err);

/* The family of a font that has Chinese, as the second program finds it, which draws documents with
 * it; "" = there is none. fd: any open regular file. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status inspect_fonts(int fd, char *family, size_t cap, struct lt_err *err);

#endif
