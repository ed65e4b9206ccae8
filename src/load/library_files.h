/* library_files - how the parts of the library read files; for src/load/library*.c alone. */
#ifndef LINGTAN_LOAD_LIBRARY_FILES_H
#define LINGTAN_LOAD_LIBRARY_FILES_H

#include "lingtan/load/library.h"

struct library_files {
	struct yaml_source *at;
	size_t n;
};

/* The YAML files of a folder, read; of the built-in files those whose path begins with prefix. */
enum lt_status library_files_on_disk(struct library *library, const char *folder,
				     struct library_files *files, struct lt_err *err);
enum lt_status library_files_built_in(struct library *library, const char *prefix,
				      struct library_files *files, struct lt_err *err);

#endif
