/* Entries of one person, found by the text of their bodies: the journal has no index of names. */
#include <string.h>
#include "database.h"

enum lt_status journal_visit_by(struct project *project, const char *by, const char *role,
				struct lt_arena *arena,
				enum lt_status (*visit)(void *context, const char *hash,
							const struct entry *entry),
				void *context, struct lt_err *err)
{
	struct lt_arena scratch;
	lt_arena_init(&scratch, 0);
	const char *text = entry_by_text(&scratch, by, role);
	sqlite3_stmt *statement = text ? sql_named(project, "entry.by", err) : NULL;
	enum lt_status status = !text ? lt_err_memory(err) : statement ? LT_OK : err->status;
	if (!status)
		sqlite3_bind_text(statement, 1, text, -1, SQLITE_TRANSIENT);
	while (!status) {
		bool more, found;
		struct entry entry;
		struct lt_arena *to = arena ? arena : &scratch;
		status = sql_step(project, statement, &more, err);
		if (status || !more)
			break;
		if (!arena)
			lt_arena_reset(&scratch);
		const char *hash = lt_arena_strndup(to, sql_text(statement, 0), LT_SHA256_HEX - 1);
		status = hash ? journal_get(project, hash, to, &entry, &found, err)
			      : lt_err_memory(err);
		if (!status && found)
			status = visit(context, hash, &entry);
	}
	sql_done(statement);
	lt_arena_release(&scratch);
	return status;
}
