#include "lingtan/app/writers.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct written_cell {
	const char *table, *key, *group;
	uint64_t hash;
	unsigned entry; /* number in entries */
	unsigned order; /* of the change, among all */
	struct written_cell *next;
};

#define BUCKETS_FIRST 256

static uint64_t add_text(uint64_t hash, const char *text)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 1099511628211u;
	return (hash ^ 0xff) * 1099511628211u;
}

/* Keyed with an address, so that no file can be made whose cells all fall into one bucket. */
static uint64_t hash_of(const struct writers *writers, const char *table, const char *key,
			const char *group)
{
	const uint64_t seed = 14695981039346656037u ^ (uint64_t)(uintptr_t)writers->arena;
	return add_text(add_text(add_text(seed, table), key), group);
}

static struct written_cell *find_cell(const struct writers *writers, uint64_t hash,
				      const char *table, const char *key, const char *group)
{
	struct written_cell *cell = writers->buckets[hash & (writers->n_buckets - 1)];
	for (; cell; cell = cell->next)
		if (cell->hash == hash && strcmp(cell->key, key) == 0 &&
		    strcmp(cell->group, group) == 0 && strcmp(cell->table, table) == 0)
			return cell;
	return NULL;
}

static void push(struct writers *writers, struct written_cell *cell)
{
	struct written_cell **bucket = &writers->buckets[cell->hash & (writers->n_buckets - 1)];
	cell->next = *bucket;
	*bucket = cell;
}

static bool grow(struct writers *writers)
{
	struct written_cell **old = writers->buckets;
	const unsigned n_old = writers->n_buckets;
	if (n_old && writers->n_cells < n_old)
		return true;
	const unsigned n = n_old ? 2 * n_old : BUCKETS_FIRST;
	struct written_cell **buckets = lt_arena_alloc(writers->arena, n, sizeof(*buckets));
	if (!buckets)
		return false;
	writers->buckets = buckets;
	writers->n_buckets = n;
	for (unsigned i = 0; i < n_old; i++)
		for (struct written_cell *cell = old[i], *next; cell; cell = next) {
			next = cell->next;
			push(writers, cell);
		}
	return true;
}

static const char *keep(struct writers *writers, const char *text)
{
	return lt_arena_strndup(writers->arena, text, strlen(text));
}

/* Where an entry stands: the number of its first parent plus 1, and whether the head rests on it by
 * first parents alone. What stands on a side line reached the head through a merge, which says so. */
struct entry_place {
	unsigned parent;
	bool on_line;
};

static unsigned find_entry(const struct writers *writers, const char *hash)
{
	for (unsigned i = writers->n_entries; i-- > 0;)
		if (strcmp(writers->entries[i].hash, hash) == 0)
			return i;
	return 0;
}

static bool is_kept(const struct writers *writers, const char *table)
{
	char name[80];
	const int len = snprintf(name, sizeof(name), " %s ", table);
	return !writers->tables ||
	       (len > 0 && (size_t)len < sizeof(name) && strstr(writers->tables, name));
}

static bool take_change(struct writers *writers, const struct change *change)
{
	if (!is_kept(writers, change->table))
		return true;
	const uint64_t hash = hash_of(writers, change->table, change->key, change->group);
	struct written_cell *cell =
		find_cell(writers, hash, change->table, change->key, change->group);
	if (!cell) {
		cell = grow(writers) ? lt_arena_alloc(writers->arena, 1, sizeof(*cell)) : NULL;
		if (!cell)
			return false;
		cell->table = keep(writers, change->table);
		cell->key = keep(writers, change->key);
		cell->group = keep(writers, change->group);
		cell->hash = hash;
		if (!cell->table || !cell->key || !cell->group)
			return false;
		push(writers, cell);
		writers->n_cells++;
	}
	cell->order = ++writers->n_changes;
	cell->entry = change->writer ? find_entry(writers, change->writer) : writers->at;
	return true;
}

static bool grow_entries(struct writers *writers)
{
	if (writers->n_entries < writers->cap_entries)
		return true;
	writers->cap_entries = writers->cap_entries * 2 + 64;
	writers->entries = lt_arena_resize(writers->arena, writers->entries,
					   writers->cap_entries * sizeof(*writers->entries));
	writers->places = lt_arena_resize(writers->arena, writers->places,
					  writers->cap_entries * sizeof(*writers->places));
	return writers->entries && writers->places;
}

static enum lt_status see_entry(void *context, const char *hash, const struct entry *entry)
{
	struct writers *writers = context;
	if (!grow_entries(writers))
		return lt_err_memory(writers->err);
	const unsigned parent = entry->n_parents ? find_entry(writers, entry->parents[0]) + 1 : 0;
	writers->places[writers->n_entries] = (struct entry_place){ parent, false };
	struct writer *writer = &writers->entries[writers->n_entries++];
	*writer = (struct writer){ keep(writers, hash),	       keep(writers, entry->by),
				   keep(writers, entry->role), keep(writers, entry->at),
				   keep(writers, entry->kind), keep(writers, entry->reason) };
	return writer->hash && writer->by && writer->role && writer->at && writer->kind &&
			       writer->reason
		       ? LT_OK
		       : lt_err_memory(writers->err);
}

static enum lt_status take_entry(void *context, const char *hash, const struct entry *entry)
{
	struct writers *writers = context;
	bool good = true;
	(void)hash;
	/* another program may have added some since they were counted */
	if (writers->at >= writers->n_entries)
		return LT_OK;
	for (unsigned i = 0; writers->places[writers->at].on_line && i < entry->n_changes; i++)
		good = good && take_change(writers, &entry->changes[i]);
	writers->at++;
	return good ? LT_OK : lt_err_memory(writers->err);
}

enum lt_status writers_read(struct session *session, const char *tables, struct lt_arena *arena,
			    struct writers *out, struct lt_err *err)
{
	*out = (struct writers){ .arena = arena, .tables = tables, .err = err };
	enum lt_status status = grow(out) ? journal_visit(session->project, NULL, see_entry, out, err)
					  : lt_err_memory(err);
	for (unsigned i = status ? 0 : out->n_entries; i; i = out->places[i - 1].parent)
		out->places[i - 1].on_line = true;
	return status ? status : journal_visit(session->project, NULL, take_entry, out, err);
}

const struct writer *writers_find(const struct writers *writers, const char *table,
				  const char *key, const char *group)
{
	const struct written_cell *cell = find_cell(
		writers, hash_of(writers, table, key, group), table, key, group);
	return cell ? &writers->entries[cell->entry] : NULL;
}

unsigned writers_order(const struct writers *writers, const char *table, const char *key,
		       const char *group)
{
	const struct written_cell *cell = find_cell(
		writers, hash_of(writers, table, key, group), table, key, group);
	return cell ? cell->order : 0;
}
