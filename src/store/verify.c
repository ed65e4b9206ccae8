/* In the order of lingtan/store/verify.h; the first that fails ends the check. */
#include "lingtan/store/verify.h"

#include <stdio.h>
#include <string.h>
#include "database.h"
#include "lingtan/base/text.h"
#include "lingtan/core/fold.h"
#include "lingtan/store/blob.h"

struct record {
	const char *hash;
	struct entry entry;
	const char *public; /* half of the key that signed it; NULL = none did */
	bool reached;       /* the head rests on it */
	bool before;        /* another entry rests on it: scratch of check_revoked() */
};

struct check {
	struct project *project;
	struct verify_report *report;
	struct lt_arena arena;
	struct record *records;
	unsigned n_records, cap;
	unsigned *index; /* by hash: number + 1, 0 = free */
	unsigned index_size;
	struct fold fold;
	bool *is_met;         /* by number of a cell of the fold: a table holds it */
	unsigned n_met;
	const struct verify_wish *wish; /* NULL = nobody is told how far it is */
	bool skip_signatures; /* they take a twentieth of a millisecond each */
};

/* LT_NO ends the check with a finding; everything else that is not LT_OK is a failure of the check.
 */
#define FOUND(check, letter, zh, ...)                                                              \
	((check)->report->check = (letter),                                                        \
	 lt_err_set(&(check)->report->what, LT_NO, zh, __VA_ARGS__))

static void count(const struct check *check, char letter, unsigned done, unsigned all)
{
	if (check->wish && check->wish->count)
		check->wish->count(check->wish->context, letter, done, all);
}

/* A statement that fails on a damaged file is a finding, not a failure of the check. */
static enum lt_status as_finding(struct check *check, char letter, enum lt_status status,
				 struct lt_err *err)
{
	/* who stopped it has found nothing */
	if (check->project->was_stopped ||
	    (status != LT_EFILE && status != LT_EDATA && status != LT_EBUG))
		return status;
	check->report->check = letter;
	check->report->what = *err;
	check->report->what.status = LT_NO;
	*err = (struct lt_err)LT_ERR_INIT;
	return LT_NO;
}

/* ---- a: the database and its schema ---- */

static enum lt_status check_database(struct check *check, struct lt_err *err)
{
	struct project *project = check->project;
	struct schema found;
	const struct schema *expected = NULL;
	bool row;
	count(check, 'a', 0, 0);
	sqlite3_stmt *statement = sql_named(project, "file.integrity", err);
	enum lt_status status = statement ? sql_step(project, statement, &row, err) : err->status;
	if (!status && strcmp(sql_text(statement, 0), "ok") != 0)
		status = FOUND(check, 'a', "数据库损坏：%s", "the database is damaged: %s",
			       sql_text(statement, 0));
	sql_done(statement);
	if (!status && project->trouble.status) {
		*err = project->trouble;
		return as_finding(check, 'b', err->status, err);
	}
	if (!status)
		status = schema_read(project->store, project->db, project->path, &check->arena,
				     &found, err);
	if (!status)
		status = schema_expected(project->store, &expected, err);
	const char *name = status ? NULL : schema_difference(expected, &found);
	if (name)
		status = FOUND(check, 'a', "内部结构 %s 与本版本应有的不同",
			       "the schema object %s is not as this version makes it", name);
	statement = status ? NULL : sql_named(project, "file.foreign_keys", err);
	if (statement) {
		status = sql_step(project, statement, &row, err);
		if (!status && row)
			status = FOUND(check, 'a', "表 %s 有一行在表 %s 里找不到它所指的",
				       "table %s has a row that refers to none of table %s",
				       sql_text(statement, 0), sql_text(statement, 2));
		sql_done(statement);
	}
	return as_finding(check, 'a', status, err);
}

/* ---- b: entries ---- */

static unsigned slot_of(const struct check *check, const char *hash)
{
	unsigned slot = lt_text_hash(hash) & (check->index_size - 1);
	while (check->index[slot] && strcmp(check->records[check->index[slot] - 1].hash, hash) != 0)
		slot = (slot + 1) & (check->index_size - 1);
	return slot;
}

static struct record *find_record(const struct check *check, const char *hash)
{
	const unsigned number = check->index_size ? check->index[slot_of(check, hash)] : 0;
	return number ? &check->records[number - 1] : NULL;
}

static bool grow(struct check *check)
{
	if (check->n_records < check->cap)
		return true;
	check->cap = check->cap * 2 + 64;
	check->records = lt_arena_resize(&check->arena, check->records,
					 check->cap * sizeof(*check->records));
	check->index_size = 1;
	while (check->index_size < check->cap * 2)
		check->index_size *= 2;
	check->index = lt_arena_alloc(&check->arena, check->index_size, sizeof(*check->index));
	if (!check->records || !check->index)
		return false;
	for (unsigned i = 0; i < check->n_records; i++)
		check->index[slot_of(check, check->records[i].hash)] = i + 1;
	return true;
}

static enum lt_status check_parents(struct check *check, const struct entry *entry,
				    const char *hash)
{
	unsigned deepest = 0;
	for (unsigned p = 0; p < entry->n_parents; p++) {
		const struct record *parent = find_record(check, entry->parents[p]);
		if (!parent)
			return FOUND(check, 'b', "记录 %.12s 的上一条 %.12s 不在文件里",
				     "entry %.12s: its parent %.12s is not in the file", hash,
				     entry->parents[p]);
		if (parent->entry.depth > deepest)
			deepest = parent->entry.depth;
	}
	if (!entry->n_parents && check->n_records)
		return FOUND(check, 'b', "记录 %.12s 没有上一条，却不是第一条",
			     "entry %.12s has no parent and is not the first", hash);
	if (entry->depth != deepest + 1)
		return FOUND(check, 'b', "记录 %.12s 的深度 %u 不对，应为 %u",
			     "entry %.12s: depth %u should be %u", hash, entry->depth, deepest + 1);
	return LT_OK;
}

/* What stands beside the entry in its row. */
static enum lt_status check_place(struct check *check, sqlite3_stmt *row)
{
	const unsigned number = check->n_records;
	if (sqlite3_column_int64(row, 2) != number)
		return FOUND(check, 'b', "第 %u 条记录的次序被改成 %lld",
			     "entry %u: its place was changed to %lld", number,
			     (long long)sqlite3_column_int64(row, 2));
	if (sqlite3_column_bytes(row, 0) != LT_SHA256_HEX - 1)
		return FOUND(check, 'b', "第 %u 条记录的校验值 %.12s 被改动过",
			     "entry %u: its hash %.12s was changed", number, sql_text(row, 0));
	return LT_OK;
}

static enum lt_status check_signature(struct check *check, sqlite3_stmt *row, struct lt_err *err)
{
	char public[LT_PUBLIC_HEX];
	struct record *record = &check->records[check->n_records - 1];
	if (sqlite3_column_type(row, 3) == SQLITE_NULL)
		return LT_OK;
	const char *signature = sql_text(row, 3);
	if (strlen(signature) != (size_t)sqlite3_column_bytes(row, 3) ||
	    !entry_signer(signature, public))
		return FOUND(check, 'b', "记录 %.12s 带有不是本程序写的签名",
			     "entry %.12s: it has a signature that no lingtan made", record->hash);
	if (!check->skip_signatures && !entry_signature_holds(signature, record->hash))
		return FOUND(check, 'b', "记录 %.12s 的签名不对：不是密钥 %.12s 签的",
			     "entry %.12s: its signature is wrong; the key %.12s never made it",
			     record->hash, public);
	record->public = lt_arena_strndup(&check->arena, public, sizeof(public));
	return record->public ? LT_OK : lt_err_memory(err);
}

/* A value may have fewer members than its group has today, which once had fewer, and never more. */
static enum lt_status check_members(struct check *check, const struct entry *entry,
				    const char *hash)
{
	const struct vocabulary *vocabulary = check->project->store->vocabulary;
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const struct change *change = &entry->changes[i];
		const struct fact_table *table = vocabulary_find_table(vocabulary, change->table);
		const struct cell_group *group =
			table ? fact_table_find_group(table, change->group) : NULL;
		const unsigned n = change->new.n > change->old.n ? change->new.n : change->old.n;
		if (group && n > group->members.n)
			return FOUND(check, 'b',
				     "记录 %.12s 不是本程序写的：%s %s 的 %s 有 %u 个成员，至多 %u 个",
				     "entry %.12s: no lingtan made it: %s %s: %s has %u members, there are %u",
				     hash, change->table, change->key, change->group, n,
				     group->members.n);
	}
	return LT_OK;
}

static enum lt_status check_entry(struct check *check, const char *hash, const char *body,
				  size_t len, struct lt_err *err)
{
	char real[LT_SHA256_HEX];
	struct entry entry;
	struct lt_err inner = LT_ERR_INIT;
	entry_hash(body, len, real);
	if (strcmp(real, hash) != 0)
		return FOUND(check, 'b', "第 %u 条记录 %.12s 的内容被改动过",
			     "entry %u, %.12s: its text was changed", check->n_records + 1, hash);
	enum lt_status status = entry_decode(body, len, &check->arena, &entry, &inner);
	if (status == LT_ESPACE)
		return lt_err_memory(err);
	if (status)
		return FOUND(check, 'b', "第 %u 条记录 %.12s 不合格式：%s%.0s",
			     "entry %u, %.12s is not canonical: %.0s%s", check->n_records + 1, hash,
			     inner.text[LT_ZH], inner.text[LT_EN]);
	if (strcmp(entry.project, check->project->id) != 0)
		return FOUND(check, 'b', "记录 %.12s 属于另一个项目",
			     "entry %.12s is of another project", hash);
	status = check_members(check, &entry, hash);
	if (!status)
		status = check_parents(check, &entry, hash);
	if (status)
		return status;
	const char *kept = lt_arena_strndup(&check->arena, hash, LT_SHA256_HEX - 1);
	if (!kept || !grow(check))
		return lt_err_memory(err);
	check->records[check->n_records++] = (struct record){ .hash = kept, .entry = entry };
	check->index[slot_of(check, kept)] = check->n_records;
	return LT_OK;
}

/* Everything that the head rests on; parents stand before their children. */
static void reach(struct check *check, const char *hash)
{
	struct record *head = find_record(check, hash);
	if (head)
		head->reached = true;
	for (unsigned i = check->n_records; i-- > 0;) {
		const struct record *record = &check->records[i];
		for (unsigned p = 0; record->reached && p < record->entry.n_parents; p++)
			find_record(check, record->entry.parents[p])->reached = true;
	}
}

static enum lt_status check_entries(struct check *check, struct lt_err *err)
{
	struct project *project = check->project;
	enum lt_status status = head_read(project, err);
	sqlite3_stmt *statement = status ? NULL : sql_named(project, "entry.all", err);
	if (!status && !statement)
		status = err->status;
	while (!status) {
		bool more;
		status = sql_step(project, statement, &more, err);
		if (status || !more)
			break;
		/* on a line without merges as many as the head is deep */
		const unsigned n = check->n_records + 1;
		count(check, 'b', n, n > project->depth ? n : project->depth);
		const char *hash = sql_text(statement, 0), *body = sql_text(statement, 1);
		status = check_entry(check, hash, body, (size_t)sqlite3_column_bytes(statement, 1),
				     err);
		if (!status)
			status = check_place(check, statement);
		if (!status)
			status = check_signature(check, statement, err);
	}
	sql_done(statement);
	if (status)
		return as_finding(check, 'b', status, err);
	const struct record *head = find_record(check, project->head);
	if (!head)
		return FOUND(check, 'b', "最新记录 %.12s 不在文件里",
			     "the head %.12s is not in the file", project->head);
	reach(check, project->head);
	for (unsigned i = 0; i < check->n_records; i++)
		if (!check->records[i].reached)
			return FOUND(check, 'b', "记录 %.12s 不属于最新记录的来历",
				     "entry %.12s is none that the head rests on",
				     check->records[i].hash);
	return LT_OK;
}

/* ---- c: each change found what it says was there ---- */

static unsigned depth_of(void *context, const char *hash)
{
	const struct record *record = find_record(context, hash);
	return record ? record->entry.depth : 0;
}

static bool sets(const struct entry *entry, const struct change *wanted)
{
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const struct change *change = &entry->changes[i];
		if (strcmp(change->table, wanted->table) == 0 &&
		    strcmp(change->key, wanted->key) == 0 &&
		    strcmp(change->group, wanted->group) == 0)
			return cell_value_equals(&change->new, &wanted->new);
	}
	return false;
}

static enum lt_status apply(struct check *check, const struct record *record, struct lt_err *err)
{
	struct lt_err inner = LT_ERR_INIT;
	for (unsigned i = 0; i < record->entry.n_changes; i++) {
		const struct change *change = &record->entry.changes[i];
		const struct record *writer =
			change->writer ? find_record(check, change->writer) : NULL;
		if (change->writer && (!writer || !sets(&writer->entry, change)))
			return FOUND(check, 'c', "记录 %.12s：%s %s 并非由 %.12s 写成",
				     "entry %.12s: %s %s was not set by %.12s", record->hash,
				     change->table, change->key, change->writer);
	}
	enum lt_status status =
		fold_apply(&check->fold, &record->entry, record->hash, depth_of, check, &inner);
	if (status == LT_ESPACE)
		return lt_err_memory(err);
	if (!status)
		return LT_OK;
	check->report->check = 'c';
	check->report->what = inner;
	return LT_NO;
}

/* The line of first parents that ends in an entry. */
static enum lt_status fold_line(struct check *check, struct lt_arena *arena, const char *hash,
				struct lt_err *err)
{
	unsigned n = 0;
	const struct record **line =
		lt_arena_alloc(arena, check->n_records + 1, sizeof(struct record *));
	if (!line)
		return lt_err_memory(err);
	for (const struct record *at = find_record(check, hash); at;
	     at = at->entry.n_parents ? find_record(check, at->entry.parents[0]) : NULL)
		line[n++] = at;
	enum lt_status status = fold_init(&check->fold, arena, err);
	while (!status && n)
		status = apply(check, line[--n], err);
	return status;
}

/* Lines that a merge brought in, each from the first entry on. */
static enum lt_status check_side_lines(struct check *check, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	struct lt_arena scratch;
	lt_arena_init(&scratch, 0);
	for (unsigned i = 0; i < check->n_records && !status; i++) {
		const struct entry *entry = &check->records[i].entry;
		lt_arena_reset(&scratch);
		if (entry->n_parents > 1)
			status = fold_line(check, &scratch, entry->parents[1], err);
	}
	lt_arena_release(&scratch);
	return status;
}

/* ---- b again: whose the keys are, which the facts say ---- */

/* Marks what an entry rests on, and itself. */
static void mark_before(struct check *check, const char *hash)
{
	for (unsigned i = 0; i < check->n_records; i++)
		check->records[i].before = strcmp(check->records[i].hash, hash) == 0;
	for (unsigned i = check->n_records; i-- > 0;) {
		const struct record *record = &check->records[i];
		for (unsigned p = 0; record->before && p < record->entry.n_parents; p++)
			find_record(check, record->entry.parents[p])->before = true;
	}
}

/* What was signed with a revoked key counts where the revocation knew it, and it is dated before
 * the key may have been in other hands: a date alone says whoever signs. */
static void check_revoked(struct check *check, const struct fold_cell *revoked)
{
	const char *since = revoked->value.n > 1 ? revoked->value.at[1] : "";
	mark_before(check, revoked->writer.hash);
	for (unsigned i = 0; i < check->n_records; i++) {
		const struct record *record = &check->records[i];
		if (record->public && strcmp(record->public, revoked->key) == 0 &&
		    strcmp(record->hash, revoked->writer.hash) != 0 &&
		    (!record->before || strncmp(record->entry.at, since, 10) >= 0))
			check->report->n_distrusted++;
	}
}

struct owner {
	const char *public, *person;
};

struct owners {
	struct owner *at;
	unsigned n, cap;
};

/* Every key that an entry records, also one that was taken back or not taken over in a merge. */
static bool collect_owners(struct check *check, struct owners *owners)
{
	for (unsigned i = 0; i < check->n_records; i++) {
		const struct entry *entry = &check->records[i].entry;
		for (unsigned c = 0; c < entry->n_changes; c++) {
			const struct change *change = &entry->changes[c];
			if (strcmp(change->table, "signing_key") != 0 || !change->new.at ||
			    strcmp(change->group, "owner") != 0)
				continue;
			owners->at = lt_arena_room(&check->arena, owners->at, owners->n,
						   &owners->cap, sizeof(*owners->at));
			if (!owners->at)
				return false;
			owners->at[owners->n++] = (struct owner){ change->key, change->new.at[0] };
		}
	}
	return true;
}

static bool is_owner(const struct owners *owners, const char *public, const char *person)
{
	for (unsigned i = 0; i < owners->n; i++)
		if (strcmp(owners->at[i].public, public) == 0 &&
		    strcmp(owners->at[i].person, person) == 0)
			return true;
	return false;
}

static enum lt_status check_signers(struct check *check, struct lt_err *err)
{
	struct owners owners = { 0 };
	if (!collect_owners(check, &owners))
		return lt_err_memory(err);
	for (unsigned i = 0; i < check->n_records; i++) {
		const struct record *record = &check->records[i];
		if (!record->public)
			check->report->n_unsigned++;
		else if (!is_owner(&owners, record->public, record->entry.by))
			return FOUND(
				check, 'b', "记录 %.12s 由密钥 %.12s 签名，但那不是 %s 的密钥",
				"entry %.12s is signed with the key %.12s, which is not recorded as %s's",
				record->hash, record->public, record->entry.by);
	}
	for (unsigned i = 0; i < owners.n; i++) {
		const struct fold_cell *revoked =
			fold_find(&check->fold, "signing_key", owners.at[i].public, "revoked");
		if (revoked && revoked->value.at)
			check_revoked(check, revoked);
	}
	return LT_OK;
}

/* ---- d: the fact tables ---- */

static enum lt_status check_row(void *context, const struct fact_row *row)
{
	struct check *check = context;
	const struct fact_table *table = row->table;
	for (unsigned g = 0; g < table->n_groups; g++) {
		const struct fold_cell *cell = fold_find(&check->fold, table->table, row->key,
							 table->groups[g].group);
		if (!row->values[g].at)
			continue;
		if (!cell || !cell->value.at)
			return FOUND(check, 'd', "%s %s：%s 没有任何记录写过",
				     "%s %s: no entry ever set its %s", table->table, row->key,
				     table->groups[g].group);
		if (!cell_value_equals(&cell->value, &row->values[g]))
			return FOUND(check, 'd',
				     "%s %s：%s 与记录 %.12s 写入的不同，表中数据被改动过",
				     "%s %s: %s is not what entry %.12s set; the table was changed",
				     table->table, row->key, table->groups[g].group,
				     cell->writer.hash);
		/* a damaged table may give a row twice */
		check->n_met += !check->is_met[cell->number];
		check->is_met[cell->number] = true;
	}
	return LT_OK;
}

/* Something that the journal set and no table holds. */
static enum lt_status find_missing(struct check *check, struct lt_err *err)
{
	if (check->n_met == check->fold.n_set)
		return LT_OK;
	const struct fold_cell **cells = fold_sorted(&check->fold);
	if (!cells)
		return lt_err_memory(err);
	for (unsigned i = 0; i < check->fold.n_cells; i++) {
		const struct fold_cell *cell = cells[i];
		if (cell->value.at && !check->is_met[cell->number])
			return FOUND(check, 'd', "%s %s：%s 不见了，记录 %.12s 写入过",
				     "%s %s: %s is gone that entry %.12s set", cell->table,
				     cell->key, cell->group, cell->writer.hash);
	}
	return LT_OK;
}

static enum lt_status check_facts(struct check *check, struct lt_err *err)
{
	check->n_met = 0;
	check->is_met = lt_arena_alloc(&check->arena, check->fold.n_cells + 1, sizeof(bool));
	if (!check->is_met)
		return lt_err_memory(err);
	enum lt_status status = project_visit_all(check->project, check_row, check, err);
	return status ? as_finding(check, 'd', status, err) : find_missing(check, err);
}

/* ---- e: bytes ---- */

struct blob_row {
	char sha256[LT_SHA256_HEX];
};

static enum lt_status drop_bytes(void *context, const void *bytes, size_t len, struct lt_err *err)
{
	(void)context;
	(void)bytes;
	(void)len;
	(void)err;
	return LT_OK;
}

static enum lt_status check_blobs(struct check *check, struct lt_err *err)
{
	struct project *project = check->project;
	struct blob_row *rows = NULL;
	unsigned n = 0, cap = 0;
	bool more;
	sqlite3_stmt *statement = sql_named(project, "blob.all", err);
	enum lt_status status = statement ? LT_OK : err->status;
	while (!status) {
		status = sql_step(project, statement, &more, err);
		if (status || !more)
			break;
		rows = lt_arena_room(&check->arena, rows, n, &cap, sizeof(*rows));
		if (!rows) {
			status = lt_err_memory(err);
			break;
		}
		if (sqlite3_column_bytes(statement, 1) != LT_SHA256_HEX - 1)
			status = FOUND(check, 'e', "内容 %.12s 的校验值被改动过",
				       "blob %.12s: its hash was changed", sql_text(statement, 1));
		snprintf(rows[n++].sha256, LT_SHA256_HEX, "%s", sql_text(statement, 1));
	}
	sql_done(statement);
	for (unsigned i = 0; i < n && !status; i++) {
		count(check, 'e', i + 1, n);
		status = blob_get(project, rows[i].sha256, drop_bytes, NULL, err);
	}
	check->report->n_blobs = n;
	statement = status ? NULL : sql_named(project, "chunk.orphans", err);
	if (statement) {
		status = sql_step(project, statement, &more, err);
		if (!status && more)
			status = FOUND(check, 'e', "有几块内容属于不存在的第 %lld 份",
				       "there are chunks of blob %lld, which is not there",
				       (long long)sqlite3_column_int64(statement, 0));
		sql_done(statement);
	}
	return as_finding(check, 'e', status, err);
}

/* Bytes that a cell names must be there, unless the row says that they were purged. */
static enum lt_status check_named(struct check *check, const struct fold_cell *cell,
				  const struct cell_group *group, struct lt_err *err)
{
	const struct fold_cell *purged = fold_find(&check->fold, cell->table, cell->key, "purged");
	for (unsigned b = 0; b < group->blobs.n; b++) {
		const int member = cell_group_find_member(group, group->blobs.at[b]);
		const char *sha256 = cell->value.at[member];
		bool found = true;
		uint64_t size;
		if (!sha256[0]) {
			check->report->n_linked += strcmp(cell->table, "evidence") == 0;
			continue;
		}
		enum lt_status status = blob_find(check->project, sha256, &found, &size, err);
		if (status)
			return as_finding(check, 'e', status, err);
		if (purged && purged->value.at)
			check->report->n_purged++;
		else if (!found)
			return FOUND(check, 'e', "%s %s 的内容 %.12s 不在文件里",
				     "%s %s: its bytes %.12s are not in the file", cell->table,
				     cell->key, sha256);
	}
	return LT_OK;
}

static enum lt_status check_bytes(struct check *check, struct lt_err *err)
{
	const struct fold_cell **cells = fold_sorted(&check->fold);
	enum lt_status status = cells ? LT_OK : lt_err_memory(err);
	for (unsigned i = 0; i < check->fold.n_cells && !status; i++) {
		const struct fact_table *table =
			vocabulary_find_table(check->project->store->vocabulary, cells[i]->table);
		const struct cell_group *group =
			table ? fact_table_find_group(table, cells[i]->group) : NULL;
		if (group && group->blobs.n && cells[i]->value.at)
			status = check_named(check, cells[i], group, err);
	}
	return status ? status : check_blobs(check, err);
}

/* ---- g: anchors ---- */

/* Rounds, signatures and decisions name the head that they were made on. */
static bool names_a_head(const struct fold_cell *cell)
{
	static const char *const named[][2] = { { "round", "state" },
						{ "sign_off", "mark" },
						{ "decision", "outcome" } };
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (strcmp(named[i][0], cell->table) == 0 && strcmp(named[i][1], cell->group) == 0)
			return cell->value.at != NULL;
	return false;
}

static enum lt_status check_head_named(struct check *check, const struct fold_cell *cell)
{
	const struct fact_table *table =
		vocabulary_find_table(check->project->store->vocabulary, cell->table);
	const struct cell_group *group = table ? fact_table_find_group(table, cell->group) : NULL;
	const int member = group && names_a_head(cell) ? cell_group_find_member(group, "head") : -1;
	if (member < 0 || !cell->value.at[member][0])
		return LT_OK;
	const struct record *record = find_record(check, cell->value.at[member]);
	if (record && record->reached)
		return LT_OK;
	return FOUND(check, 'g', "%s %s 所依据的记录 %.12s 不在这个文件的来历里",
		     "%s %s: entry %.12s that it was made on is none that this file rests on",
		     cell->table, cell->key, cell->value.at[member]);
}

static enum lt_status check_heads_named(struct check *check, struct lt_err *err)
{
	const struct fold_cell **cells = fold_sorted(&check->fold);
	enum lt_status status = cells ? LT_OK : lt_err_memory(err);
	for (unsigned i = 0; i < check->fold.n_cells && !status; i++)
		status = check_head_named(check, cells[i]);
	return status;
}

static enum lt_status check_anchors(struct check *check, const struct verify_wish *wish)
{
	for (unsigned i = 0; i < wish->n_anchors; i++) {
		const struct record *record = find_record(check, wish->anchors[i]);
		if (!record || !record->reached)
			return FOUND(
				check, 'g', "锚点 %.12s 不在这个文件的来历里：文件较旧，或被重写过",
				"the anchor %.12s is none that this file rests on: it is older, or written anew",
				wish->anchors[i]);
	}
	return LT_OK;
}

enum lt_status project_verify(struct project *project, const struct verify_wish *wish,
			      struct verify_report *report, struct lt_err *err)
{
	struct check check = { .project = project, .report = report, .wish = wish };
	*report = (struct verify_report){ .what = LT_ERR_INIT };
	project->was_stopped = false;
	lt_arena_init(&check.arena, 0);
	/* one state throughout, whoever writes meanwhile */
	enum lt_status status = project_begin(project, false, err);
	const bool begun = !status;
	status = as_finding(&check, 'a', status, err);
	if (!status)
		status = check_database(&check, err);
	if (!status)
		status = check_entries(&check, err);
	if (!status)
		status = fold_line(&check, &check.arena, project->head, err);
	if (!status)
		status = check_signers(&check, err);
	if (!status)
		status = check_facts(&check, err);
	if (!status && !wish->skip_bytes)
		status = check_bytes(&check, err);
	if (!status)
		status = check_heads_named(&check, err);
	if (!status)
		status = check_anchors(&check, wish);
	if (!status && wish->side_lines)
		status = check_side_lines(&check, err);
	report->n_entries = check.n_records;
	snprintf(report->head, sizeof(report->head), "%s", project->head);
	report->holds = !status;
	struct lt_err ignored = LT_ERR_INIT;
	if (begun)
		project_end(project, true, &ignored);
	lt_arena_release(&check.arena);
	return status == LT_NO ? LT_OK : status;
}

/* ---- before facts are read ---- */

/* Counted, not believed: what the newest entry says of its depth is a claim. */
static enum lt_status has_more(struct check *check, unsigned most, bool *more, struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(check->project, "entry.more", err);
	bool row = false;
	*more = false;
	if (!statement)
		return as_finding(check, 'b', err->status, err);
	sqlite3_bind_int64(statement, 1, most);
	enum lt_status status = sql_step(check->project, statement, &row, err);
	*more = !status && row;
	sql_done(statement);
	return as_finding(check, 'b', status, err);
}

/* The newest entry alone: its text under its hash, canonical, of this project. */
static enum lt_status check_newest(struct check *check, struct lt_err *err)
{
	struct project *project = check->project;
	struct entry entry;
	struct lt_err inner = LT_ERR_INIT;
	char real[LT_SHA256_HEX];
	enum lt_status status = head_read(project, err);
	sqlite3_stmt *statement = status ? NULL : sql_named(project, "head.get", err);
	bool row = false;
	if (!status)
		status = statement ? sql_step(project, statement, &row, err) : err->status;
	if (!status && row) {
		const char *hash = sql_text(statement, 0), *body = sql_text(statement, 1);
		const size_t len = (size_t)sqlite3_column_bytes(statement, 1);
		entry_hash(body, len, real);
		if (strcmp(real, hash) != 0)
			status = FOUND(check, 'b', "最新记录 %.12s 的内容被改动过",
				       "the newest entry, %.12s: its text was changed", hash);
		else if (entry_decode(body, len, &check->arena, &entry, &inner))
			status = inner.status == LT_ESPACE
					 ? lt_err_memory(err)
					 : FOUND(check, 'b', "最新记录 %.12s 不合格式：%s%.0s",
						 "the newest entry, %.12s is not canonical: %.0s%s",
						 hash, inner.text[LT_ZH], inner.text[LT_EN]);
	}
	sql_done(statement);
	return as_finding(check, 'b', status, err);
}

enum lt_status project_trust(struct project *project, unsigned most, bool *whole,
			     struct lt_err *err)
{
	struct verify_report report = { .what = LT_ERR_INIT };
	struct check check = { .project = project, .report = &report, .skip_signatures = true };
	bool more;
	*whole = false;
	project->was_stopped = false;
	enum lt_status status = project_begin(project, false, err);
	if (status)
		return status;
	lt_arena_init(&check.arena, 0);
	status = has_more(&check, most, &more, err);
	if (!status)
		status = more ? check_newest(&check, err) : check_entries(&check, err);
	if (!status && !more)
		status = fold_line(&check, &check.arena, project->head, err);
	if (!status && !more)
		status = check_facts(&check, err);
	*whole = !status && !more;
	struct lt_err ignored = LT_ERR_INIT;
	project_end(project, true, &ignored);
	lt_arena_release(&check.arena);
	if (status != LT_NO)
		return status;
	*err = report.what;
	err->status = LT_EFILE;
	lt_err_prefix(err, project->path);
	lt_err_suffix(err, "；见 lingtan verify，能读出的可用 lingtan rescue 存成新文件",
		      "; see lingtan verify, and save what can be read with lingtan rescue");
	return LT_EFILE;
}
