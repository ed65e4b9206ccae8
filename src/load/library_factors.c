/* Factor sets of a library: read when first asked for, parsed only when one of them seems to hold
 * the factor that is wanted. */
#include <string.h>
#include "library_files.h"
#include "lingtan/base/file.h"

struct library_factor_file {
	struct yaml_source source;
	const char *id;         /* the file's name without .yaml, which is the set's id */
	struct factor_set *set; /* NULL until parsed */
};

static const char *set_id(struct library *library, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	return lt_arena_strndup(&library->arena, name, strlen(name) - strlen(".yaml"));
}

/* A set of a folder comes before a built-in one of the same name. */
static enum lt_status add_files(struct library *library, const struct library_files *files,
				struct lt_err *err)
{
	for (size_t i = 0; i < files->n; i++) {
		const char *id = set_id(library, files->at[i].name);
		bool known = false;
		if (!id)
			return lt_err_memory(err);
		for (unsigned f = 0; f < library->n_factor_files; f++)
			known |= strcmp(library->factor_files[f].id, id) == 0;
		if (!known)
			library->factor_files[library->n_factor_files++] =
				(struct library_factor_file){ .source = files->at[i], .id = id };
	}
	return LT_OK;
}

static enum lt_status list_files(struct library *library, struct lt_err *err)
{
	struct library_files found[3] = { 0 };
	size_t n = 0;
	if (library->factor_files)
		return LT_OK;
	enum lt_status status = LT_OK;
	for (int i = 0; i < 2 && !status; i++) {
		if (!library->folders[i])
			continue;
		const char *folder =
			lt_arena_printf(&library->arena, "%s/factors", library->folders[i]);
		if (!folder)
			return lt_err_memory(err);
		if (lt_is_folder(folder))
			status = library_files_on_disk(library, folder, &found[i], err);
		n += found[i].n;
	}
	if (!status)
		status = library_files_built_in(library, "factors/", &found[2], err);
	if (status)
		return status;
	library->factor_files =
		lt_arena_alloc(&library->arena, n + found[2].n + 1, sizeof(*library->factor_files));
	if (!library->factor_files)
		return lt_err_memory(err);
	for (int i = 0; i < 3 && !status; i++)
		status = add_files(library, &found[i], err);
	return status;
}

enum lt_status library_has_factor_set(struct library *library, const char *id, bool *found,
				      struct lt_err *err)
{
	enum lt_status status = list_files(library, err);
	*found = false;
	for (unsigned i = 0; i < library->n_factor_files && !status; i++)
		*found |= strcmp(library->factor_files[i].id, id) == 0;
	return status;
}

static const struct factor *find_in_set(const struct factor_set *set, const char *id)
{
	for (unsigned i = 0; i < set->n_factors; i++)
		if (strcmp(set->factors[i].id, id) == 0)
			return &set->factors[i];
	return NULL;
}

enum lt_status library_find_factor(struct library *library, const char *id,
				   struct lt_findings *findings, const struct factor **out,
				   struct lt_err *err)
{
	const struct units *units;
	enum lt_status status = library_units(library, findings, &units, err);
	if (!status)
		status = list_files(library, err);
	*out = NULL;
	for (unsigned i = 0; i < library->n_factor_files && !status && !*out; i++) {
		struct library_factor_file *file = &library->factor_files[i];
		if (!file->set && !memmem(file->source.text, file->source.len, id, strlen(id)))
			continue;
		if (!file->set)
			status = factors_load(&file->source, units, &library->arena, findings,
					      &file->set, err);
		if (!status)
			*out = find_in_set(file->set, id);
		if (*out && !file->source.proven)
			library->factors_from = file->source.name;
	}
	return status;
}

enum lt_status library_factor_sets(struct library *library, struct lt_arena *arena,
				   struct lt_findings *findings, const struct factor_set ***out,
				   unsigned *n, struct lt_err *err)
{
	const struct units *units;
	enum lt_status status = library_units(library, findings, &units, err);
	if (!status)
		status = list_files(library, err);
	if (status)
		return status;
	const struct factor_set **sets =
		lt_arena_alloc(arena, library->n_factor_files + 1, sizeof(*sets));
	if (!sets)
		return lt_err_memory(err);
	for (unsigned i = 0; i < library->n_factor_files && !status; i++) {
		struct library_factor_file *file = &library->factor_files[i];
		if (!file->set)
			status = factors_load(&file->source, units, &library->arena, findings,
					      &file->set, err);
		sets[i] = file->set;
	}
	*out = sets;
	*n = library->n_factor_files;
	return status;
}
