/* attach_files - a folder as the inbox and the attach popup show it: files, and what the project has
 * of them. */
#ifndef LINGTAN_TUI_ATTACH_FILES_H
#define LINGTAN_TUI_ATTACH_FILES_H

#include <time.h>
#include "workbench.h"

enum file_order { BY_TIME, BY_NAME, BY_SIZE, BY_KIND, N_FILE_ORDERS };

struct attach_file {
	const char *name;
	bool is_folder;
	uint64_t size;
	time_t changed;
	bool is_marked;
	/* what the project has of this name and size */
	const char *tied;   /* "7.1.2", "7.1.2 等", "本条", "已在档", or NULL */
	const char *sha256; /* of the one on file, or NULL */
};

struct attach_folder {
	char path[4096];
	struct lt_arena arena; /* owned */
	struct attach_file *files;
	unsigned n_files, n_untied;
	unsigned n_odd; /* not listed: their names are no text, as of another encoding */
	bool is_cut; /* there are more files than are listed */
};

void attach_folder_init(struct attach_folder *folder);
void attach_folder_release(struct attach_folder *folder);

/* Reads a folder; where it cannot be opened what was read before stays. Folders come first, then the
 * newest file, the first name, the largest, or kinds by the end of their names. item: the id that is
 * attached to, or "". Errors: LT_EFILE, LT_ESPACE. */
enum lt_status attach_folder_read(struct attach_folder *folder, struct workbench *bench,
				  const char *path, const char *item, enum file_order order,
				  struct lt_err *err);

/* The files that were read in another order, marked as they are. */
void attach_folder_sort(struct attach_folder *folder, enum file_order order);

/* FOLDER/NAME. Errors: LT_EFILE (it is too long). */
enum lt_status attach_folder_path(const struct attach_folder *folder, const char *name, char *out,
				  size_t cap, struct lt_err *err);

/* The folder above; "/" stays. */
void attach_folder_above(const struct attach_folder *folder, char *out, size_t cap);

/* A name cut to columns by what it has in common with others like it, so that those stay told apart.
 * cap: 300 and more. */
size_t attach_folder_cut(const struct attach_folder *folder, unsigned number, int columns, char *out, size_t cap);

#endif
