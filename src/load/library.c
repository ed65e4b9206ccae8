#include "lingtan/load/library.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/file.h"
#include "lingtan/load/counts.h"
#include "lingtan/load/readiness.h"
#include "lingtan/load/roles.h"
#include "lingtan/load/vocabulary.h"
#include "document.h"
#include "library_files.h"

/* ---- embedded files ---- */

const struct embedded_file *library_embedded(const struct library *library, const char *path)
{
	for (const struct embedded_file *file = library->embedded; file && file->path; file++)
		if (strcmp(file->path, path) == 0)
			return file;
	return NULL;
}

static struct yaml_source source_of(const struct embedded_file *file, const char *name)
{
	return (struct yaml_source){ .name = name,
				     .text = file->text,
				     .len = file->len,
				     .image = file->image,
				     .proven = true };
}

/* A built-in file as a source, under the name that messages use. */
static enum lt_status find_built_in(const struct library *library, const char *path,
				    const char *name, struct yaml_source *out, struct lt_err *err)
{
	const struct embedded_file *file = library_embedded(library, path);
	if (!file)
		return lt_err_set(err, LT_EFILE, "程序内没有 %s", "%s is not built in", path);
	*out = source_of(file, name);
	return LT_OK;
}

/* What lies in rulesets/ is known by its path below that folder. */
static enum lt_status find_built_in_ruleset_file(struct library *library, const char *path,
						 struct yaml_source *out, struct lt_err *err)
{
	const char *name = lt_arena_printf(&library->arena, "rulesets/%s", path);
	return name ? find_built_in(library, path, name, out, err) : lt_err_memory(err);
}

/* ---- listing ---- */

static enum lt_status add_entry(struct library *library, unsigned cap, const char *id,
				const char *folder, struct lt_err *err)
{
	for (unsigned i = 0; i < library->n_entries; i++) {
		struct library_entry *entry = &library->entries[i];
		if (strcmp(entry->id, id) != 0)
			continue;
		entry->shadows |= !folder;
		return LT_OK;
	}
	if (library->n_entries == cap)
		return lt_err_set(err, LT_EBUG, "规则集过多：%s", "too many rulesets: %s", id);
	library->entries[library->n_entries++] =
		(struct library_entry){ .id = id, .folder = folder };
	return LT_OK;
}

static unsigned count_embedded(const struct library *library)
{
	unsigned n = 0;
	for (const struct embedded_file *file = library->embedded; file && file->path; file++)
		n++;
	return n;
}

static enum lt_status list_embedded(struct library *library, unsigned cap, struct lt_err *err)
{
	for (const struct embedded_file *file = library->embedded; file && file->path; file++) {
		const char *slash = strchr(file->path, '/');
		if (!slash || strcmp(slash, "/ruleset.yaml") != 0)
			continue;
		const char *id =
			lt_arena_strndup(&library->arena, file->path, (size_t)(slash - file->path));
		enum lt_status status =
			id ? add_entry(library, cap, id, NULL, err) : lt_err_memory(err);
		if (status)
			return status;
	}
	return LT_OK;
}

static enum lt_status list_folder(struct library *library, unsigned cap, const char *folder,
				  const char **names, size_t n_names, struct lt_err *err)
{
	for (size_t i = 0; i < n_names; i++) {
		const char *path = lt_arena_printf(&library->arena, "%s/%s", folder, names[i]);
		const char *head =
			lt_arena_printf(&library->arena, "%s/%s/ruleset.yaml", folder, names[i]);
		if (!path || !head)
			return lt_err_memory(err);
		if (!lt_is_folder(path) || !lt_is_file(head))
			continue;
		enum lt_status status = add_entry(library, cap, names[i], path, err);
		if (status)
			return status;
	}
	return LT_OK;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct library_entry *)a)->id, ((const struct library_entry *)b)->id);
}

enum lt_status library_open(struct library *library, const struct embedded_file *embedded,
			    const char *folder, const char *data_home, struct lt_err *err)
{
	*library = (struct library){ .embedded = embedded };
	lt_arena_init(&library->arena, 0);
	const char *data_folder =
		data_home ? lt_arena_printf(&library->arena, "%s/lingtan/rulesets", data_home)
			  : NULL;
	if (data_home && !data_folder)
		return lt_err_memory(err);
	const char **names[2] = { NULL, NULL };
	size_t n_names[2] = { 0, 0 };
	library->folders[0] = folder;
	library->folders[1] = data_folder && lt_is_folder(data_folder) ? data_folder : NULL;
	unsigned cap = count_embedded(library);
	for (int i = 0; i < 2; i++) {
		if (!library->folders[i])
			continue;
		enum lt_status status = lt_dir_list(library->folders[i], &library->arena, &names[i],
						    &n_names[i], err);
		if (status)
			return status;
		cap += (unsigned)n_names[i];
	}
	library->entries = lt_arena_alloc(&library->arena, cap + 1, sizeof(*library->entries));
	if (!library->entries)
		return lt_err_memory(err);
	for (int i = 0; i < 2; i++) {
		enum lt_status status =
			list_folder(library, cap, library->folders[i], names[i], n_names[i], err);
		if (status)
			return status;
	}
	enum lt_status status = list_embedded(library, cap, err);
	qsort(library->entries, library->n_entries, sizeof(*library->entries), by_id);
	return status;
}

void library_release(struct library *library)
{
	for (struct library_edition *at = library->editions; at; at = at->next)
		lt_arena_release(&at->arena);
	/* the workers live in the arena that goes last */
	for (unsigned i = 0; i < library->n_workers; i++)
		lt_arena_release(&library->workers[i].arena);
	lt_arena_release(&library->arena);
	*library = (struct library){ 0 };
}

const struct library_entry *library_find(const struct library *library, const char *id)
{
	for (unsigned i = 0; i < library->n_entries; i++)
		if (strcmp(library->entries[i].id, id) == 0)
			return &library->entries[i];
	return NULL;
}

/* ---- reading ---- */

static enum lt_status read_file(struct library *library, const char *path, struct yaml_source *out,
				struct lt_err *err)
{
	*out = (struct yaml_source){ .name = path };
	return lt_file_read(path, YAML_MAX_BYTES, &library->arena, &out->text, &out->len, err);
}

/* A file of an entry: from its folder, or from the program. */
static enum lt_status read_member(struct library *library, const char *folder, const char *id,
				  const char *member, struct yaml_source *out, struct lt_err *err)
{
	const char *path = folder ? lt_arena_printf(&library->arena, "%s/%s", folder, member)
				  : lt_arena_printf(&library->arena, "%s/%s", id, member);
	if (!path)
		return lt_err_memory(err);
	return folder ? read_file(library, path, out, err)
		      : find_built_in_ruleset_file(library, path, out, err);
}

/* units.yaml and factors/: the first of the folders that has it, else the built-in one. */
static enum lt_status read_shared(struct library *library, const char *path,
				  struct yaml_source *out, struct lt_err *err)
{
	for (int i = 0; i < 2; i++) {
		if (!library->folders[i])
			continue;
		const char *full =
			lt_arena_printf(&library->arena, "%s/%s", library->folders[i], path);
		if (!full)
			return lt_err_memory(err);
		if (lt_is_file(full))
			return read_file(library, full, out, err);
	}
	return find_built_in_ruleset_file(library, path, out, err);
}

enum lt_status library_units(struct library *library, struct lt_findings *findings,
			     const struct units **out, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	if (!library->units) {
		struct yaml_source source;
		status = read_shared(library, "units.yaml", &source, err);
		library->units_from = status || source.proven ? NULL : source.name;
		if (!status)
			status = units_load(&source, &library->arena, findings, &library->units,
					    err);
	}
	*out = library->units;
	return status;
}

enum lt_status library_vocabulary(struct library *library, struct lt_findings *findings,
				  const struct vocabulary **out, struct lt_err *err)
{
	static const char path[] = "db/groups.yaml";
	struct yaml_source source;
	enum lt_status status = LT_OK;
	if (!library->vocabulary) {
		status = find_built_in(library, path, path, &source, err);
		if (!status)
			status = vocabulary_load(&source, &library->arena, findings,
						 &library->vocabulary, err);
	}
	*out = library->vocabulary;
	return status;
}

enum lt_status library_roles(struct library *library, struct lt_findings *findings,
			     const struct roles **out, struct lt_err *err)
{
	static const char path[] = "db/roles.yaml";
	const struct vocabulary *vocabulary = NULL;
	struct yaml_source source;
	enum lt_status status = library_vocabulary(library, findings, &vocabulary, err);
	if (!status && !library->roles) {
		status = find_built_in(library, path, path, &source, err);
		if (!status)
			status = roles_load(&source, vocabulary, &library->arena, findings,
					    &library->roles, err);
	}
	*out = library->roles;
	return status;
}

enum lt_status library_checks(struct library *library, struct lt_findings *findings,
			      const struct ready_checks **out, struct lt_err *err)
{
	static const char path[] = "db/readiness.yaml";
	struct yaml_source source;
	enum lt_status status = LT_OK;
	if (!library->checks) {
		status = find_built_in(library, path, path, &source, err);
		if (!status)
			status = readiness_load(&source, &library->arena, findings,
						&library->checks, err);
	}
	*out = library->checks;
	return status;
}

enum lt_status library_counts(struct library *library, struct lt_findings *findings,
			      const struct count_rules **out, struct lt_err *err)
{
	static const char path[] = "db/counts.yaml";
	struct yaml_source source;
	enum lt_status status = LT_OK;
	if (!library->counts) {
		status = find_built_in(library, path, path, &source, err);
		if (!status)
			status = counts_load(&source, &library->arena, findings, &library->counts,
					     err);
	}
	*out = library->counts;
	return status;
}

/* Line of a word of a flow or block list that follows a key at the start of a line; 0 if it cannot
 * be told. */
static unsigned line_of_entry(const struct yaml_source *source, const char *key, const char *word)
{
	unsigned line = 1;
	const char *end = source->text + source->len;
	const size_t key_len = strlen(key);
	bool inside = false;
	for (const char *at = source->text; at < end; line++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const size_t len = stop ? (size_t)(stop - at) : (size_t)(end - at);
		if (len > key_len && memcmp(at, key, key_len) == 0 && at[key_len] == ':')
			inside = true;
		if (inside && memmem(at, len, word, strlen(word)))
			return line;
		at += len + 1;
	}
	return 0;
}

/* The factor sets that a ruleset names must be at hand; what is built in was looked at when it was
 * built in. */
static void check_factor_sets(struct library *library, const struct yaml_source *head,
			      const struct ruleset *ruleset, struct lt_findings *findings)
{
	for (unsigned i = 0; i < ruleset->factor_sets.n && !head->proven; i++) {
		const char *id = ruleset->factor_sets.at[i];
		bool found;
		struct lt_err err = LT_ERR_INIT;
		if (library_has_factor_set(library, id, &found, &err)) {
			findings->out_of_memory |= err.status == LT_ESPACE;
			continue;
		}
		struct lt_finding *finding =
			found ? NULL
			      : lt_findings_add(findings, LT_ERROR, "factor_sets", "没有因子集“%s”",
						"there is no factor set '%s'", id);
		if (finding) {
			finding->line = line_of_entry(head, "factor_sets", id);
			finding->column = 1;
		}
	}
}

static enum lt_status load_from(struct library *library, const char *folder, const char *id,
				struct lt_findings *findings, struct ruleset **out,
				struct lt_err *err)
{
	struct yaml_source head, items;
	const struct units *units;
	const size_t errors_before = findings->n_errors;
	enum lt_status status = read_member(library, folder, id, "ruleset.yaml", &head, err);
	if (!status)
		status = read_member(library, folder, id, "items.yaml", &items, err);
	/* units are for the checks, which what is built in has passed */
	units = NULL;
	if (!status && !head.proven)
		status = library_units(library, findings, &units, err);
	if (!status)
		status = ruleset_load(&head, &items, units, &library->arena, findings, out, err);
	if (status)
		return status;
	findings->file = head.name;
	check_factor_sets(library, &head, *out, findings);
	status = document_refuse(head.name, findings, errors_before, err);
	if (status)
		return status;
	if (strcmp((*out)->id, id) == 0)
		return LT_OK;
	struct lt_finding *finding =
		lt_findings_add(findings, LT_ERROR, "ruleset", "标识 %s 应与文件夹名 %s 相同",
				"id %s must be the folder's name, %s", (*out)->id, id);
	if (finding)
		finding->line = finding->column = 1;
	return document_refuse(head.name, findings, errors_before, err);
}

static enum lt_status no_such_id(const struct library *library, const char *id, struct lt_err *err)
{
	char known[300] = "";
	size_t used = 0;
	for (unsigned i = 0; i < library->n_entries; i++) {
		int len = snprintf(known + used, sizeof(known) - used, "%s%s", i ? ", " : "",
				   library->entries[i].id);
		if (len < 0 || (size_t)len >= sizeof(known) - used)
			break;
		used += (size_t)len;
	}
	return lt_err_set(err, LT_EDATA, "没有规则集“%s”；现有：%s",
			  "there is no ruleset '%s'; at hand: %s", id, known);
}

enum lt_status library_load(struct library *library, const char *id, struct lt_findings *findings,
			    struct ruleset **out, struct lt_err *err)
{
	const struct library_entry *entry = library_find(library, id);
	if (!entry)
		return no_such_id(library, id, err);
	return load_from(library, entry->folder, entry->id, findings, out, err);
}

enum lt_status library_load_built_in(struct library *library, const char *id,
				     struct lt_findings *findings, struct ruleset **out,
				     struct lt_err *err)
{
	for (const struct library_built_in *at = library->built_in; at; at = at->next)
		if (strcmp(at->id, id) == 0) {
			*out = at->ruleset;
			return LT_OK;
		}
	struct library_built_in *kept = lt_arena_alloc(&library->arena, 1, sizeof(*kept));
	const char *name = lt_arena_strndup(&library->arena, id, strlen(id));
	if (!kept || !name)
		return lt_err_memory(err);
	enum lt_status status = load_from(library, NULL, name, findings, out, err);
	if (status)
		return status;
	*kept = (struct library_built_in){ name, *out, library->built_in };
	library->built_in = kept;
	return LT_OK;
}

enum lt_status library_ruleset_texts(struct library *library, const char *id,
				     struct yaml_source texts[3], struct lt_err *err)
{
	const struct library_entry *entry = library_find(library, id);
	if (!entry)
		return no_such_id(library, id, err);
	enum lt_status status =
		read_member(library, entry->folder, entry->id, "ruleset.yaml", &texts[0], err);
	if (!status)
		status = read_member(library, entry->folder, entry->id, "items.yaml", &texts[1],
				     err);
	return status ? status : read_shared(library, "units.yaml", &texts[2], err);
}

enum lt_status library_load_folder(struct library *library, const char *folder,
				   struct lt_findings *findings, struct ruleset **out,
				   struct lt_err *err)
{
	size_t len = strlen(folder);
	while (len > 1 && folder[len - 1] == '/')
		len--;
	const char *path = lt_arena_strndup(&library->arena, folder, len);
	const char *real = path ? realpath(path, NULL) : NULL;
	const char *slash = real ? strrchr(real, '/') : NULL;
	const char *id = slash ? lt_arena_printf(&library->arena, "%s", slash + 1) : path;
	free((void *)(uintptr_t)real);
	if (!path || !id)
		return lt_err_memory(err);
	return load_from(library, path, id, findings, out, err);
}

/* ---- cases and factor sets: all files of a folder ---- */

static bool ends_with_yaml(const char *name)
{
	const size_t len = strlen(name);
	return len > 5 && strcmp(name + len - 5, ".yaml") == 0;
}

enum lt_status library_files_on_disk(struct library *library, const char *folder,
				     struct library_files *members, struct lt_err *err)
{
	const char **names;
	size_t n;
	enum lt_status status = lt_dir_list(folder, &library->arena, &names, &n, err);
	if (status)
		return status;
	members->at = lt_arena_alloc(&library->arena, n + 1, sizeof(*members->at));
	if (!members->at)
		return lt_err_memory(err);
	for (size_t i = 0; i < n; i++) {
		const char *path = lt_arena_printf(&library->arena, "%s/%s", folder, names[i]);
		if (!path)
			return lt_err_memory(err);
		if (!ends_with_yaml(path))
			continue;
		status = read_file(library, path, &members->at[members->n++], err);
		if (status)
			return status;
	}
	return LT_OK;
}

enum lt_status library_files_built_in(struct library *library, const char *prefix,
				      struct library_files *members, struct lt_err *err)
{
	members->at =
		lt_arena_alloc(&library->arena, count_embedded(library) + 1, sizeof(*members->at));
	if (!members->at)
		return lt_err_memory(err);
	for (const struct embedded_file *file = library->embedded; file && file->path; file++) {
		if (strncmp(file->path, prefix, strlen(prefix)) != 0)
			continue;
		const char *name = lt_arena_printf(&library->arena, "rulesets/%s", file->path);
		if (!name)
			return lt_err_memory(err);
		members->at[members->n++] = source_of(file, name);
	}
	return LT_OK;
}

static enum lt_status load_cases_of(struct library *library, const struct library_files *members,
				    struct lt_findings *findings, struct cases_file ***files,
				    const char ***names, struct lt_err *err)
{
	*files = lt_arena_alloc(&library->arena, members->n + 1, sizeof(**files));
	*names = lt_arena_alloc(&library->arena, members->n + 1, sizeof(**names));
	if (!*files || !*names)
		return lt_err_memory(err);
	for (size_t i = 0; i < members->n; i++) {
		(*names)[i] = members->at[i].name;
		enum lt_status status =
			cases_load(&members->at[i], &library->arena, findings, &(*files)[i], err);
		if (status)
			return status;
	}
	return LT_OK;
}

enum lt_status library_load_cases(struct library *library, const char *id,
				  struct lt_findings *findings, struct cases_file ***files,
				  const char ***names, size_t *n_files, struct lt_err *err)
{
	struct library_files members = { 0 };
	const struct library_entry *entry = library_find(library, id);
	if (!entry)
		return no_such_id(library, id, err);
	const char *folder =
		lt_arena_printf(&library->arena, "%s/cases", entry->folder ? entry->folder : id);
	const char *prefix = lt_arena_printf(&library->arena, "%s/cases/", id);
	if (!folder || !prefix)
		return lt_err_memory(err);
	enum lt_status status = LT_OK;
	if (!entry->folder)
		status = library_files_built_in(library, prefix, &members, err);
	else if (lt_is_folder(folder))
		status = library_files_on_disk(library, folder, &members, err);
	if (!status)
		status = load_cases_of(library, &members, findings, files, names, err);
	*n_files = members.n;
	return status;
}
