#include "lingtan/app/session.h"
#include "lingtan/load/vocabulary.h"

enum lt_status workspace_open(struct workspace *workspace, struct library *library,
			      struct lt_findings *findings, struct lt_err *err)
{
	static const char *const paths[] = { "db/groups.yaml", "db/schema.sql", "db/store.sql",
					     "db/facts.sql" };
	const struct embedded_file *files[4];
	*workspace = (struct workspace){ .library = library };
	lt_arena_init(&workspace->arena, 0);
	for (int i = 0; i < 4; i++) {
		files[i] = library_embedded(library, paths[i]);
		if (!files[i])
			return lt_err_set(err, LT_EBUG, "程序内没有 %s", "%s is not built in",
					  paths[i]);
	}
	const struct yaml_source source = { .name = paths[0],
					    .text = files[0]->text,
					    .len = files[0]->len,
					    .image = files[0]->image,
					    .proven = true };
	enum lt_status status =
		vocabulary_load(&source, &workspace->arena, findings, &workspace->vocabulary, err);
	const struct store_texts texts = { .schema = files[1]->text,
					   .statements = { files[2]->text, files[3]->text },
					   .vocabulary = workspace->vocabulary };
	return status ? status : store_new(&texts, &workspace->store, err);
}

void workspace_release(struct workspace *workspace)
{
	store_free(workspace->store);
	lt_arena_release(&workspace->arena);
	*workspace = (struct workspace){ 0 };
}
