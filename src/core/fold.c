#include "lingtan/core/fold.h"

#include <limits.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "entry_text.h"
#include "lingtan/base/text.h"

#define BUCKETS_FIRST 64

/* A cell, and what only the fold needs of it. */
struct held_cell {
	struct fold_cell cell;  /* first: a struct fold_cell of the buckets is one of these */
	uint64_t hash;          /* of its three names, so that growing reads no strings */
	const char *changed_by; /* hash of the last entry that changed it */
};

static struct held_cell *held(struct fold_cell *cell)
{
	return (struct held_cell *)cell;
}

static bool is_cell(const struct fold_cell *cell, const char *table, const char *key,
		    const char *group)
{
	return strcmp(cell->key, key) == 0 && strcmp(cell->group, group) == 0 &&
	       strcmp(cell->table, table) == 0;
}

/*
 * Keys come from files: whoever could foresee the buckets could write one in which all cells fall
 * into the same. So the hash is keyed with an address, which differs from run to run; nothing that
 * the fold answers depends on the order in its buckets.
 */
static uint64_t hash_names(const struct fold *fold, const char *table, const char *key,
			   const char *group)
{
	const char *const names[] = { table, key, group };
	const uintptr_t address = (uintptr_t)fold->arena;
	unsigned char secret[crypto_shorthash_KEYBYTES] = { 0 };
	uint64_t hash = 0;
	_Static_assert(crypto_shorthash_BYTES == sizeof(hash), "one word");
	_Static_assert(sizeof(address) + sizeof(hash) <= sizeof(secret), "both fit");
	memcpy(secret, &address, sizeof(address));
	for (unsigned i = 0; i < 3; i++) {
		memcpy(secret + sizeof(address), &hash, sizeof(hash));
		crypto_shorthash((unsigned char *)&hash, (const unsigned char *)names[i],
				 strlen(names[i]), secret);
	}
	return hash;
}

static struct fold_cell **bucket_of(const struct fold *fold, uint64_t hash)
{
	return &fold->buckets[hash & (fold->n_buckets - 1)];
}

enum lt_status fold_init(struct fold *fold, struct lt_arena *arena, struct lt_err *err)
{
	*fold = (struct fold){ .arena = arena, .n_buckets = BUCKETS_FIRST };
	fold->buckets = lt_arena_alloc(arena, fold->n_buckets, sizeof(struct fold_cell *));
	return fold->buckets ? LT_OK : lt_err_memory(err);
}

static struct held_cell *find_held(const struct fold *fold, uint64_t hash, const char *table,
				   const char *key, const char *group)
{
	for (struct fold_cell *cell = *bucket_of(fold, hash); cell; cell = cell->next)
		if (held(cell)->hash == hash && is_cell(cell, table, key, group))
			return held(cell);
	return NULL;
}

const struct fold_cell *fold_find(const struct fold *fold, const char *table, const char *key,
				  const char *group)
{
	const struct held_cell *found =
		find_held(fold, hash_names(fold, table, key, group), table, key, group);
	return found ? &found->cell : NULL;
}

static void push(struct fold *fold, struct held_cell *cell)
{
	struct fold_cell **bucket = bucket_of(fold, cell->hash);
	cell->cell.next = *bucket;
	*bucket = &cell->cell;
}

/* Twice the buckets; the old ones stay in the arena, together less than the new. */
static bool grow(struct fold *fold)
{
	struct fold_cell **old = fold->buckets;
	const unsigned n_old = fold->n_buckets;
	if (n_old > UINT_MAX / 2)
		return true;
	struct fold_cell **buckets = lt_arena_alloc(fold->arena, (size_t)2 * n_old, sizeof(*old));
	if (!buckets)
		return false;
	fold->buckets = buckets;
	fold->n_buckets = 2 * n_old;
	for (unsigned i = 0; i < n_old; i++)
		for (struct fold_cell *cell = old[i], *next; cell; cell = next) {
			next = cell->next;
			push(fold, held(cell));
		}
	return true;
}

/* A new cell that holds nothing; NULL when memory runs out. */
static struct held_cell *add_cell(struct fold *fold, uint64_t hash, const struct change *change)
{
	if (fold->n_cells >= fold->n_buckets && !grow(fold))
		return NULL;
	struct held_cell *cell = lt_arena_alloc(fold->arena, 1, sizeof(*cell));
	if (!cell)
		return NULL;
	cell->cell.table = change->table;
	cell->cell.key = change->key;
	cell->cell.group = change->group;
	cell->cell.number = fold->n_cells;
	cell->hash = hash;
	push(fold, cell);
	fold->n_cells++;
	return cell;
}

/* Names come from files: cut, and without control characters. */
#define NAME_TEXT 100

static enum lt_status refuse(const struct change *change, const char *zh, const char *en,
			     struct lt_err *err)
{
	char table[NAME_TEXT], key[NAME_TEXT], group[NAME_TEXT];
	lt_text_visible(change->table, strlen(change->table), table, sizeof(table));
	lt_text_visible(change->key, strlen(change->key), key, sizeof(key));
	lt_text_visible(change->group, strlen(change->group), group, sizeof(group));
	return lt_err_set(err, LT_NO, zh, en, table, key, group);
}

static enum lt_status apply_change(struct fold *fold, const struct change *change,
				   struct cell_stamp writer, const char *entry_hash,
				   struct lt_err *err)
{
	static const struct words nothing = { 0 };
	const uint64_t hash = hash_names(fold, change->table, change->key, change->group);
	struct held_cell *cell = find_held(fold, hash, change->table, change->key, change->group);
	if (cell && cell->changed_by == entry_hash)
		return refuse(change,
			      "一个日志条目两次改动 %s %s %s；条目已损坏或被改动，请改用备份",
			      "one journal entry changes %s %s %s twice; it is damaged or was "
			      "altered, use a backup",
			      err);
	if (!cell_value_equals(&change->old, cell ? &cell->cell.value : &nothing))
		return refuse(change,
			      "%s %s %s 当时的值与日志条目所记的原值不同；请改用备份，或重新操作",
			      "%s %s %s does not hold what the journal entry gives as its old "
			      "value; use a backup, or do it anew",
			      err);
	if (!cell)
		cell = add_cell(fold, hash, change);
	if (!cell)
		return lt_err_memory(err);
	fold->n_set -= cell->cell.value.at != NULL;
	fold->n_set += change->new.at != NULL;
	cell->cell.value = change->new;
	cell->cell.writer = writer;
	cell->changed_by = entry_hash;
	return LT_OK;
}

enum lt_status fold_apply(struct fold *fold, const struct entry *entry, const char *hash,
			  unsigned (*depth_of)(void *context, const char *hash), void *context,
			  struct lt_err *err)
{
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const struct change *change = &entry->changes[i];
		struct cell_stamp writer = { .depth = entry->depth, .hash = hash };
		if (change->writer)
			writer = (struct cell_stamp){ .depth = depth_of(context, change->writer),
						      .hash = change->writer };
		if (writer.depth == 0)
			return refuse(
				change,
				"%s %s %s 的值据称来自一个没有的日志条目；请改用备份或重新索取",
				"%s %s %s is said to come from a journal entry that is not "
				"there; use a backup or ask for the file again",
				err);
		const enum lt_status status = apply_change(fold, change, writer, hash, err);
		if (status)
			return status;
	}
	return LT_OK;
}

static int by_names(const void *a, const void *b)
{
	const struct fold_cell *x = *(const struct fold_cell *const *)a;
	const struct fold_cell *y = *(const struct fold_cell *const *)b;
	int order = strcmp(x->table, y->table);
	if (order == 0)
		order = strcmp(x->key, y->key);
	return order ? order : strcmp(x->group, y->group);
}

const struct fold_cell **fold_sorted(const struct fold *fold)
{
	const struct fold_cell **cells = lt_arena_alloc(fold->arena, fold->n_cells, sizeof(*cells));
	unsigned n = 0;
	if (!cells)
		return NULL;
	for (unsigned i = 0; i < fold->n_buckets; i++)
		for (const struct fold_cell *cell = fold->buckets[i]; cell; cell = cell->next)
			cells[n++] = cell;
	qsort(cells, n, sizeof(*cells), by_names);
	return cells;
}

/* Escaped as in a body, so that no name or value can pass for a TAB or the end of a line. */
static void add_line(struct entry_text *text, const struct fold_cell *cell)
{
	entry_text_escaped(text, cell->table);
	entry_text_put(text, "\t", 1);
	entry_text_escaped(text, cell->key);
	entry_text_put(text, "\t", 1);
	entry_text_escaped(text, cell->group);
	entry_text_put(text, "\t", 1);
	entry_text_value(text, &cell->value);
	entry_text_put(text, "\n", 1);
}

enum lt_status fold_state_hash(const struct fold *fold,
			       bool (*wanted)(void *context, const struct fold_cell *cell),
			       void *context, char hex[LT_SHA256_HEX], struct lt_err *err)
{
	const struct fold_cell **cells = fold_sorted(fold);
	struct lt_sha256 sha;
	struct entry_text text = { .sha = &sha };
	if (!cells)
		return lt_err_memory(err);
	lt_sha256_init(&sha);
	for (unsigned i = 0; i < fold->n_cells; i++)
		if (cells[i]->value.at && wanted(context, cells[i]))
			add_line(&text, cells[i]);
	lt_sha256_finish(&sha, hex);
	return LT_OK;
}
