/* file_preview - what a file looks like, kept until another one is asked for. */
#ifndef LINGTAN_TUI_FILE_PREVIEW_H
#define LINGTAN_TUI_FILE_PREVIEW_H

#include <time.h>
#include "attach_files.h"
#include "lingtan/app/preview.h"
#include "lingtan/base/sha256.h"
#include "workbench.h"

struct file_preview {
	struct lt_arena arena; /* owned */
	char path[4200];       /* of what was looked at, "" = nothing */
	struct preview seen;
	char why[LT_ERR_TEXT]; /* it could not be looked at; "" = it could */
	char sha256[LT_SHA256_HEX]; /* "" = not known: too large to be read for a look */
	time_t changed;
};

void file_preview_init(struct file_preview *preview);
void file_preview_release(struct file_preview *preview);

/* Looks at a file unless it is the one that is kept. Takes up to two seconds: call it when the
 * person pauses. */
void file_preview_load(struct file_preview *preview, const struct workbench *bench,
		       const char *path);

/* Name and pages, then words or picture, below them hash and time; only the name while another file
 * is kept. path: of the file. The hash of a large file is that of the one on file, and said to be. */
void file_preview_draw(const struct file_preview *preview, const struct workbench *bench,
		       const struct canvas *canvas, const char *path,
		       const struct attach_file *file);

#endif
