#include "lingtan/app/session.h"

enum lt_status workspace_open(struct workspace *workspace, struct library *library,
			      struct lt_findings *findings, struct lt_err *err)
{
	static const char *const paths[] = { "db/schema.sql", "db/store.sql", "db/facts.sql",
					     "db/pinyin.txt" };
	const struct embedded_file *files[4];
	*workspace = (struct workspace){ .library = library };
	for (int i = 0; i < 4; i++) {
		files[i] = library_embedded(library, paths[i]);
		if (!files[i])
			return lt_err_set(err, LT_EBUG, "程序内没有 %s", "%s is not built in",
					  paths[i]);
	}
	if (!pinyin_read(&workspace->pinyin, files[3]->text, files[3]->len))
		return lt_err_set(err, LT_EBUG, "db/pinyin.txt 不是拼音首字母表",
				  "db/pinyin.txt is no table of initials");
	enum lt_status status = library_vocabulary(library, findings, &workspace->vocabulary, err);
	if (!status)
		status = library_roles(library, findings, &workspace->roles, err);
	const struct store_texts texts = { .schema = files[0]->text,
					   .statements = { files[1]->text, files[2]->text },
					   .vocabulary = workspace->vocabulary };
	return status ? status : store_new(&texts, &workspace->store, err);
}

void workspace_release(struct workspace *workspace)
{
	lt_key_free(workspace->key);
	store_free(workspace->store);
	*workspace = (struct workspace){ 0 };
}
