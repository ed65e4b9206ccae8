#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "database.h"
#include "pieces.h"
#include "reader.h"

/* ---- statements: "-- name: X" and the text up to the next ---- */

static const char marker[] = "-- name: ";

/* its length is known: strstr() would, where it is checked, measure the rest of the text at each call */
static const char *next_name(const char *text, const char *end)
{
	return memmem(text, (size_t)(end - text), marker, sizeof(marker) - 1);
}

static unsigned count_names(const char *text)
{
	const char *const end = text + strlen(text);
	unsigned n = 0;
	for (; (text = next_name(text, end)); text += sizeof(marker) - 1)
		n++;
	return n;
}

static void add_names(struct store *store, const char *text)
{
	const char *const end = text + strlen(text);
	const char *at = next_name(text, end);
	while (at) {
		const char *name = at + sizeof(marker) - 1, *sql = name + strcspn(name, "\n");
		const char *next = next_name(sql, end);
		store->sql[store->n_sql++] = (struct named_sql){
			.name = name,
			.name_len = (size_t)(sql - name),
			.text = sql,
			.text_len = (size_t)((next ? next : end) - sql),
		};
		at = next;
	}
}

static int compare_names(const struct named_sql *sql, const char *name, size_t len)
{
	const size_t least = sql->name_len < len ? sql->name_len : len;
	const int order = memcmp(sql->name, name, least);
	return order ? order : (sql->name_len > len) - (sql->name_len < len);
}

static int by_name(const void *a, const void *b)
{
	const struct named_sql *right = b;
	return compare_names(a, right->name, right->name_len);
}

static bool find(const struct store *store, const char *name, unsigned *out)
{
	unsigned low = 0, high = store->n_sql;
	const size_t len = strlen(name);
	while (low < high) {
		const unsigned middle = (low + high) / 2;
		const int order = compare_names(&store->sql[middle], name, len);
		*out = middle;
		if (!order)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

unsigned store_find_sql(const struct store *store, const char *name)
{
	unsigned number = 0;
	const bool found = find(store, name, &number);
	assert(found);
	(void)found;
	return number;
}

static enum lt_status find_for(struct store *store, const char *table, const char *group,
			       const char *verb, unsigned *out, struct lt_err *err)
{
	const char *name = lt_arena_printf(&store->arena, "%s%s%s.%s", table, group ? "." : "",
					   group ? group : "", verb);
	if (!name)
		return lt_err_memory(err);
	if (find(store, name, out))
		return LT_OK;
	return lt_err_set(err, LT_EBUG, "db/ 中没有语句 %s", "db/ has no statement %s", name);
}

static enum lt_status find_tables(struct store *store, struct lt_err *err)
{
	const struct vocabulary *vocabulary = store->vocabulary;
	enum lt_status status = LT_OK;
	store->tables =
		lt_arena_alloc(&store->arena, vocabulary->n_tables + 1, sizeof(*store->tables));
	if (!store->tables)
		return lt_err_memory(err);
	for (unsigned t = 0; t < vocabulary->n_tables && !status; t++) {
		const struct fact_table *table = &vocabulary->tables[t];
		struct table_sql *sql = &store->tables[t];
		if (table->n_groups > TABLE_MAX_GROUPS)
			return lt_err_set(err, LT_EBUG, "表 %s 的字段组过多",
					  "table %s has too many groups", table->table);
		status = find_for(store, table->table, NULL, "get", &sql->get, err);
		if (!status)
			status = find_for(store, table->table, NULL, "all", &sql->all, err);
		for (unsigned g = 0; g < table->n_groups && !status; g++)
			status = find_for(store, table->table, table->groups[g].group, "put",
					  &sql->put[g], err);
	}
	return status;
}

/* ---- schema ---- */

static int by_object(const void *a, const void *b)
{
	const struct schema_object *left = a, *right = b;
	const int order = strcmp(left->type, right->type);
	return order ? order : strcmp(left->name, right->name);
}

enum lt_status schema_read(const struct store *store, sqlite3 *db, const char *path,
			   struct lt_arena *arena, struct schema *out, struct lt_err *err)
{
	const struct named_sql *sql = &store->sql[store_find_sql(store, "schema.all")];
	sqlite3_stmt *statement = NULL;
	unsigned cap = 0;
	int code = sqlite3_prepare_v2(db, sql->text, (int)sql->text_len, &statement, NULL);
	*out = (struct schema){ 0 };
	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(statement);
		if (code != SQLITE_ROW)
			break;
		out->at = lt_arena_room(arena, out->at, out->n, &cap, sizeof(*out->at));
		if (!out->at) {
			code = SQLITE_NOMEM;
			break;
		}
		const char *text[3];
		for (int i = 0; i < 3; i++) {
			const char *from = sql_text(statement, i);
			text[i] = lt_arena_strndup(arena, from, strlen(from));
		}
		out->at[out->n++] = (struct schema_object){ text[0], text[1], text[2] };
		if (!text[0] || !text[1] || !text[2])
			code = SQLITE_NOMEM;
	}
	enum lt_status status = code == SQLITE_DONE ? LT_OK : sql_failed(db, code, path, err);
	sqlite3_finalize(statement);
	if (!status && out->n)
		qsort(out->at, out->n, sizeof(*out->at), by_object);
	return status;
}

const char *schema_difference(const struct schema *expected, const struct schema *found)
{
	for (unsigned i = 0;; i++) {
		const struct schema_object *a = i < expected->n ? &expected->at[i] : NULL;
		const struct schema_object *b = i < found->n ? &found->at[i] : NULL;
		if (!a || !b)
			return a ? a->name : b ? b->name : NULL;
		const int order = by_object(a, b);
		if (order)
			return order < 0 ? a->name : b->name;
		if (strcmp(a->sql, b->sql) != 0)
			return a->name;
	}
}

/* The schema that a fresh file has, from one in memory. */
static enum lt_status make_expected(struct store *store, struct lt_err *err)
{
	sqlite3 *db = NULL;
	int code = sqlite3_open(":memory:", &db);
	if (code == SQLITE_OK)
		code = sqlite3_exec(db, store->schema_text, NULL, NULL, NULL);
	enum lt_status status = code == SQLITE_OK
					? schema_read(store, db, "db/schema.sql", &store->arena,
						      &store->expected, err)
					: sql_failed(db, code, "db/schema.sql", err);
	sqlite3_close(db);
	return status;
}

enum lt_status schema_expected(struct store *store, const struct schema **out, struct lt_err *err)
{
	const enum lt_status status = store->expected.n ? LT_OK : make_expected(store, err);
	*out = &store->expected;
	return status;
}

/* The next statement of a script that makes a table: its text up to the semicolon at the end of a
 * line, and its name. */
static bool next_table(const char **at, struct written_table *out)
{
	static const char create[] = "\nCREATE ", table[] = "TABLE ";
	const char *from = strstr(*at, create);
	const char *end = from ? strstr(from, ";\n") : NULL;
	if (!end)
		return false;
	out->sql = from + 1;
	out->sql_len = (size_t)(end - out->sql);
	out->name = from + sizeof(create) - 1;
	if (strncmp(out->name, table, sizeof(table) - 1) != 0)
		return false;
	out->name += sizeof(table) - 1;
	out->name_len = strcspn(out->name, " (");
	*at = end;
	return true;
}

static bool find_written(struct store *store)
{
	const char *at = store->schema_text;
	struct written_table table;
	unsigned cap = 0;
	while (next_table(&at, &table)) {
		store->written = lt_arena_room(&store->arena, store->written, store->n_written,
					       &cap, sizeof(*store->written));
		if (!store->written)
			return false;
		store->written[store->n_written++] = table;
	}
	return true;
}

static bool is_text(sqlite3_stmt *row, int column, const char *text, size_t len)
{
	const char *found = sql_text(row, column);
	return (size_t)sqlite3_column_bytes(row, column) == len && memcmp(found, text, len) == 0;
}

static bool is_table(sqlite3_stmt *row, const struct written_table *table)
{
	return is_text(row, 1, table->name, table->name_len) && is_text(row, 0, "table", 5) &&
	       is_text(row, 2, table->sql, table->sql_len);
}

/* Takes what an object was written as off the list; a fresh file has them in the script's order. */
static bool strike_off(const struct store *store, sqlite3_stmt *row, bool *struck, unsigned n)
{
	for (unsigned i = 0; i < store->n_written; i++) {
		const unsigned at = (n + i) % store->n_written;
		if (struck[at] || !is_table(row, &store->written[at]))
			continue;
		return struck[at] = true;
	}
	return false;
}

/* What SQLite writes itself: texts, and the number of a page. */
static bool is_orderly(sqlite3_stmt *row)
{
	return sqlite3_column_type(row, 0) == SQLITE_TEXT &&
	       sqlite3_column_type(row, 1) == SQLITE_TEXT &&
	       sqlite3_column_type(row, 3) == SQLITE_INTEGER &&
	       sqlite3_column_type(row, 4) == SQLITE_TEXT;
}

static void add_text(struct lt_sha256 *sha, sqlite3_stmt *row, int column)
{
	const char *text = sql_text(row, column);
	lt_sha256_add(sha, text, strlen(text) + 1);
}

bool schema_is_as_written(struct project *project, struct shape *shape)
{
	const struct store *store = project->store;
	struct lt_err ignored = LT_ERR_INIT;
	struct lt_sha256 sha;
	unsigned n = 0;
	bool *struck = calloc(store->n_written + 1, sizeof(*struck));
	sqlite3_stmt *row = struck ? sql_named(project, "schema.written", &ignored) : NULL;
	bool more = row != NULL, as_written = more;
	lt_sha256_init(&sha);
	shape->last = 0;
	while (as_written && more) {
		as_written = sql_step(project, row, &more, &ignored) == LT_OK;
		if (!as_written || !more)
			break;
		/* what has no text is the index of a UNIQUE, which stands in its table's */
		as_written = is_orderly(row) && (sqlite3_column_type(row, 2) == SQLITE_NULL ||
						 strike_off(store, row, struck, n++));
		const sqlite3_int64 root = sqlite3_column_int64(row, 3);
		add_text(&sha, row, 0);
		add_text(&sha, row, 1);
		add_text(&sha, row, 4);
		lt_sha256_add(&sha, &root, sizeof(root));
		if (root > shape->last)
			shape->last = root;
	}
	sql_done(row);
	free(struck);
	lt_sha256_finish(&sha, shape->digest);
	return as_written && n > 0 && n == store->n_written;
}

/* ---- life ---- */

/* A sanitizer is to see every piece of memory come and go. */
static bool is_watched(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return true;
#elif defined(__has_feature)
	return __has_feature(address_sanitizer);
#else
	return false;
#endif
}

static pthread_once_t settled = PTHREAD_ONCE_INIT;

/* A connection stays with the thread that opened it, and nobody asks how much memory there is:
 * without their locks reading is a tenth faster. Refused where SQLite runs already. */
static void settle_sqlite(void)
{
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (!is_watched())
		pieces_install();
}

enum lt_status store_new(const struct store_texts *texts, struct store **out, struct lt_err *err)
{
	const size_t n_texts = sizeof(texts->statements) / sizeof(texts->statements[0]);
	pthread_once(&settled, settle_sqlite);
	struct store *store = calloc(1, sizeof(*store));
	unsigned n = 0;
	*out = NULL;
	if (!store)
		return lt_err_memory(err);
	lt_arena_init(&store->arena, 0);
	store->vocabulary = texts->vocabulary;
	store->schema_text = texts->schema;
	for (size_t i = 0; i < n_texts; i++)
		n += count_names(texts->statements[i]);
	store->sql = lt_arena_alloc(&store->arena, n + 1, sizeof(*store->sql));
	enum lt_status status = store->sql ? LT_OK : lt_err_memory(err);
	for (size_t i = 0; i < n_texts && !status; i++)
		add_names(store, texts->statements[i]);
	if (!status) {
		qsort(store->sql, store->n_sql, sizeof(*store->sql), by_name);
		status = find_tables(store, err);
	}
	if (!status && !find_written(store))
		status = lt_err_memory(err);
	if (status)
		store_free(store);
	else
		*out = store;
	return status;
}

void store_read_many(struct store *store)
{
	if (!store->reader)
		store->reader = reader_new(store);
}

void store_free(struct store *store)
{
	if (!store)
		return;
	reader_free(store->reader);
	lt_arena_release(&store->arena);
	free(store);
}

const char *store_library_version(void)
{
	return sqlite3_libversion();
}
