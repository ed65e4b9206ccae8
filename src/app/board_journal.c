/* What a board keeps of the journal: who set each value last, what happened to each item, who wrote
 * on each rung. Read once, then only what is new. */
#include <stdlib.h>
#include <string.h>
#include "board_parts.h"
#include "lingtan/base/text.h"

#define NONE UINT32_MAX
#define MAX_PEOPLE 1000 /* a rung */

struct kept_entry {
	const char *hash;
	uint32_t parent; /* number of its first parent; NONE = it has none, or it is not known */
	bool is_on_line; /* of first parents from the head: what the facts follow from */
	const char *at, *by, *role, *kind, *command, *reason; /* of an entry with kept changes */
};

struct person {
	const char *name;
	uint32_t wrote; /* number of the entry */
};

/* A remark or finding, by the key of its row. */
struct thread {
	const char *key; /* NULL = free */
	uint32_t item;
};

struct board_journal {
	struct lt_arena arena; /* all that is kept; grows with the file alone */
	struct kept_entry *entries;
	struct kept_change *changes;
	uint32_t n_entries, cap_entries, n_changes, cap_changes;
	uint32_t *by_hash; /* open addressing; number of the entry + 1, 0 = free */
	uint32_t n_by_hash;
	uint32_t *latest; /* [n_items + n_quantities]: number of the last change, NONE = none */
	struct thread *threads; /* open addressing */
	uint32_t n_threads, cap_threads;
	struct person *people[N_RUNGS];
	unsigned n_people[N_RUNGS], cap_people[N_RUNGS];
	const char *digest; /* of the ruleset whose items are meant */
};

struct reading {
	struct board *board;
	struct board_journal *journal;
	bool is_done; /* the head of the board was reached */
	struct lt_err *err;
};

/* ---- memory ---- */

static const char *keep_text(struct board_journal *journal, const char *text)
{
	return lt_arena_strndup(&journal->arena, text, strlen(text));
}

/* Always as many as the group has members, whatever the entry says: who reads them counts on it. */
static bool keep_words(struct board_journal *journal, const struct words *from, unsigned n_members,
		       struct words *to)
{
	*to = (struct words){ 0 };
	if (!from->at)
		return true;
	to->n = n_members;
	to->at = lt_arena_alloc(&journal->arena, n_members, sizeof(*to->at));
	for (unsigned i = 0; to->at && i < n_members; i++) {
		to->at[i] = i < from->n ? keep_text(journal, from->at[i]) : "";
		if (!to->at[i])
			return false;
	}
	return to->at != NULL;
}

/* ---- entries by hash ---- */

/* The first 8 digits of a SHA-256 are as good a hash as any. */
static uint32_t bucket_of(const struct board_journal *journal, const char *hash)
{
	uint32_t number = 0;
	for (int i = 0; i < 8 && hash[i]; i++)
		number = number * 16 + (uint32_t)(hash[i] <= '9' ? hash[i] - '0' : hash[i] - 'W');
	return number & (journal->n_by_hash - 1);
}

static uint32_t find_entry(const struct board_journal *journal, const char *hash)
{
	if (!hash || !journal->n_by_hash)
		return NONE;
	for (uint32_t b = bucket_of(journal, hash);; b = (b + 1) & (journal->n_by_hash - 1)) {
		const uint32_t at = journal->by_hash[b];
		if (!at)
			return NONE;
		if (strcmp(journal->entries[at - 1].hash, hash) == 0)
			return at - 1;
	}
}

static void index_entry(struct board_journal *journal, uint32_t at)
{
	uint32_t b = bucket_of(journal, journal->entries[at].hash);
	while (journal->by_hash[b])
		b = (b + 1) & (journal->n_by_hash - 1);
	journal->by_hash[b] = at + 1;
}

static bool grow_index(struct board_journal *journal)
{
	if (journal->n_by_hash >= 2 * journal->n_entries + 2)
		return true;
	const uint32_t size = journal->n_by_hash ? 2 * journal->n_by_hash : 256;
	journal->by_hash = lt_arena_alloc(&journal->arena, size, sizeof(*journal->by_hash));
	if (!journal->by_hash)
		return false;
	journal->n_by_hash = size;
	for (uint32_t i = 0; i < journal->n_entries; i++)
		index_entry(journal, i);
	return true;
}

/* ---- changes ---- */

/* The part of a joined key at text, unescaped, when it is the whole of `word`; sets *next behind
 * it. */
static bool part_is(const char *text, const char *word, const char **next)
{
	while (*text && *text != '|') {
		char c = *text++;
		if (c == '%' && text[0] && text[1]) {
			c = strncmp(text, "7C", 2) == 0 ? '|' : '%';
			text += 2;
		}
		if (c != *word++)
			return false;
	}
	*next = text + (*text == '|');
	return !*word;
}

static enum rung read_rung(const char *text, const char **next)
{
	int r = 0;
	while (r < N_RUNGS && !part_is(text, rung_names[r], next))
		r++;
	return (enum rung)r;
}

static uint32_t read_slot(const struct board *board, const char *text, uint32_t from, uint32_t to,
			  const char **next)
{
	char id[200];
	const size_t len = strcspn(text, "|");
	if (len >= sizeof(id))
		return NO_SLOT;
	memcpy(id, text, len);
	id[len] = 0;
	*next = text + len + (text[len] == '|');
	const uint32_t slot = plan_find(board->plan, id);
	return slot >= from && slot < to ? slot : NO_SLOT;
}

/* ---- threads: remarks and findings say in their place of which item they are ---- */

static struct thread *find_thread(const struct board_journal *journal, const char *key)
{
	const uint32_t mask = journal->cap_threads - 1;
	uint32_t at = lt_text_hash(key) & mask;
	while (journal->threads[at].key && strcmp(journal->threads[at].key, key) != 0)
		at = (at + 1) & mask;
	return &journal->threads[at];
}

static bool grow_threads(struct board_journal *journal)
{
	const struct thread *before = journal->threads;
	const uint32_t n = journal->cap_threads;
	if (n > 2 * journal->n_threads)
		return true;
	journal->cap_threads = n ? 2 * n : 64;
	journal->threads =
		lt_arena_alloc(&journal->arena, journal->cap_threads, sizeof(*journal->threads));
	for (uint32_t i = 0; journal->threads && i < n; i++)
		if (before[i].key)
			*find_thread(journal, before[i].key) = before[i];
	return journal->threads != NULL;
}

static bool is_thread(const char *table)
{
	return strcmp(table, "remark") == 0 || strcmp(table, "finding") == 0;
}

/* Places of an entry come first: other cells of the same thread may stand before them in it. */
static bool keep_places(struct board_journal *journal, const struct board *board,
			const struct entry *entry)
{
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const struct change *change = &entry->changes[i];
		const struct words *place = change->new.at ? &change->new : &change->old;
		if (!is_thread(change->table) || strcmp(change->group, "place") != 0 ||
		    place->n < 2 || strcmp(place->at[0], board->ref->name) != 0)
			continue;
		const uint32_t item = board_find_item(board, place->at[1]);
		if (item == NO_SLOT)
			continue;
		if (!grow_threads(journal))
			return false;
		struct thread *thread = find_thread(journal, change->key);
		if (!thread->key) {
			thread->key = keep_text(journal, change->key);
			journal->n_threads++;
		}
		thread->item = item;
		if (!thread->key)
			return false;
	}
	return true;
}

static uint32_t item_of_thread(const struct board_journal *journal, const char *key)
{
	const struct thread *thread = journal->cap_threads ? find_thread(journal, key) : NULL;
	return thread && thread->key ? thread->item : NO_SLOT;
}

/* ---- subjects ---- */

/* Key: assessment, then the rung where there is one, then the item, maybe after the round. */
static uint32_t item_of_key(const struct board *board, const struct change *change, enum rung *rung)
{
	const char *key = change->key;
	const bool has_rung = strcmp(change->table, "tie") != 0;
	if (!part_is(key, board->ref->name, &key))
		return NO_SLOT;
	if (has_rung)
		*rung = read_rung(key, &key);
	if (has_rung && *rung == N_RUNGS)
		return NO_SLOT;
	if (strcmp(change->table, "sent_back") == 0) {
		key += strcspn(key, "|");
		key += *key == '|';
	}
	return read_slot(board, key, 0, board->plan->n_items, &key);
}

/* What a change is about: the slot of an item or quantity of this assessment, and the rung that it
 * was made on. NO_SLOT = another matter. */
static uint32_t subject_of(const struct board *board, const struct board_journal *journal,
			   const struct change *change, enum rung *rung)
{
	const struct plan *plan = board->plan;
	const char *key = change->key;
	*rung = N_RUNGS;
	if (strcmp(change->table, "answer") == 0 || strcmp(change->table, "tie") == 0 ||
	    strcmp(change->table, "sent_back") == 0)
		return item_of_key(board, change, rung);
	if (is_thread(change->table))
		return item_of_thread(journal, change->key);
	if (strcmp(change->table, "quantity") != 0)
		return NO_SLOT;
	*rung = read_rung(key, &key);
	if (*rung == N_RUNGS || !part_is(key, board->ref->year, &key))
		return NO_SLOT;
	return read_slot(board, key, plan->first_quantity, plan->first_parameter, &key);
}

static bool keep_change(struct reading *reading, const struct change *change, uint32_t entry)
{
	struct board_journal *journal = reading->journal;
	const struct vocabulary *vocabulary = reading->board->session->workspace->vocabulary;
	struct kept_change kept = { .entry = entry };
	kept.subject = subject_of(reading->board, journal, change, &kept.rung);
	if (kept.subject == NO_SLOT)
		return true;
	const struct fact_table *table = vocabulary_find_table(vocabulary, change->table);
	const struct cell_group *group = table ? fact_table_find_group(table, change->group) : NULL;
	if (!group)
		return true;
	journal->changes = lt_arena_room(&journal->arena, journal->changes, journal->n_changes,
					 &journal->cap_changes, sizeof(*journal->changes));
	kept.table = table->table;
	kept.group = group->group;
	kept.key = keep_text(journal, change->key);
	kept.writer = change->writer ? keep_text(journal, change->writer) : NULL;
	if (!journal->changes || !kept.key || (change->writer && !kept.writer) ||
	    !keep_words(journal, &change->old, group->members.n, &kept.from) ||
	    !keep_words(journal, &change->new, group->members.n, &kept.to))
		return false;
	kept.before = journal->latest[kept.subject];
	journal->latest[kept.subject] = journal->n_changes;
	journal->changes[journal->n_changes++] = kept;
	return true;
}

/* ---- people ---- */

/* Who sends an item back does not write on the rung that has to do it again. */
static bool speaks_on_rung(const struct kept_change *change)
{
	return change->rung < N_RUNGS && strcmp(change->table, "sent_back") != 0;
}

static bool keep_person(struct board_journal *journal, enum rung rung, uint32_t entry)
{
	struct person *people = journal->people[rung];
	const char *name = journal->entries[entry].by;
	for (unsigned i = 0; i < journal->n_people[rung]; i++)
		if (strcmp(people[i].name, name) == 0) {
			people[i].wrote = entry;
			return true;
		}
	if (journal->n_people[rung] == MAX_PEOPLE)
		return true;
	people = lt_arena_room(&journal->arena, people, journal->n_people[rung],
			       &journal->cap_people[rung], sizeof(*people));
	if (!people)
		return false;
	people[journal->n_people[rung]++] = (struct person){ .name = name, .wrote = entry };
	journal->people[rung] = people;
	return true;
}

static int by_last_word(const void *a, const void *b)
{
	const struct person *x = a, *y = b;
	return (x->wrote < y->wrote) - (x->wrote > y->wrote);
}

enum lt_status board_people(struct board *board, enum rung rung, struct board_people *out,
			    struct lt_err *err)
{
	struct board_people *kept = &board->private->people[rung];
	*out = *kept;
	enum lt_status status = kept->names ? LT_OK : board_read_journal(board, err);
	if (status || kept->names)
		return status;
	struct board_journal *journal = board->private->journal;
	const unsigned n = journal->n_people[rung];
	out->names = lt_arena_alloc(&board->private->derived, n + 1, sizeof(*out->names));
	if (!out->names)
		return lt_err_memory(err);
	if (n)
		qsort(journal->people[rung], n, sizeof(struct person), by_last_word);
	for (unsigned i = 0; i < n; i++)
		out->names[out->n++] = journal->people[rung][i].name;
	*kept = *out;
	return LT_OK;
}

/* ---- reading ---- */

/* A name that the kept entry before has as well is not kept again. */
static const char *keep_name(struct board_journal *journal, const char *text, uint32_t before,
			     const char *(*of)(const struct kept_entry *entry))
{
	while (before-- > 0) {
		const char *known = of(&journal->entries[before]);
		if (known)
			return strcmp(known, text) == 0 ? known : keep_text(journal, text);
	}
	return keep_text(journal, text);
}

static const char *by_of(const struct kept_entry *entry)
{
	return entry->by;
}

static const char *role_of(const struct kept_entry *entry)
{
	return entry->role;
}

static bool keep_words_of_entry(struct board_journal *journal, const struct entry *from,
				uint32_t at)
{
	struct kept_entry *kept = &journal->entries[at];
	kept->at = keep_text(journal, from->at);
	kept->by = keep_name(journal, from->by, at, by_of);
	kept->role = keep_name(journal, from->role, at, role_of);
	kept->kind = keep_text(journal, from->kind);
	kept->command = keep_text(journal, from->command);
	kept->reason = keep_text(journal, from->reason);
	return kept->at && kept->by && kept->role && kept->kind && kept->command && kept->reason;
}

static enum lt_status keep_entry(void *context, const char *hash, const struct entry *entry)
{
	struct reading *reading = context;
	struct board_journal *journal = reading->journal;
	if (reading->is_done)
		return LT_NO;
	journal->entries = lt_arena_room(&journal->arena, journal->entries, journal->n_entries,
					 &journal->cap_entries, sizeof(*journal->entries));
	const uint32_t at = journal->n_entries, first = journal->n_changes;
	const char *kept_hash = keep_text(journal, hash);
	if (!journal->entries || !kept_hash || !grow_index(journal))
		return lt_err_memory(reading->err);
	journal->entries[at] = (struct kept_entry){
		.hash = kept_hash,
		.parent = find_entry(journal, entry->n_parents ? entry->parents[0] : NULL),
	};
	index_entry(journal, journal->n_entries++);
	if (!keep_places(journal, reading->board, entry))
		return lt_err_memory(reading->err);
	for (unsigned i = 0; i < entry->n_changes; i++)
		if (!keep_change(reading, &entry->changes[i], at))
			return lt_err_memory(reading->err);
	if (journal->n_changes > first && !keep_words_of_entry(journal, entry, at))
		return lt_err_memory(reading->err);
	for (uint32_t c = first; c < journal->n_changes; c++)
		if (speaks_on_rung(&journal->changes[c]) &&
		    !keep_person(journal, journal->changes[c].rung, at))
			return lt_err_memory(reading->err);
	reading->is_done = strcmp(hash, reading->board->head) == 0;
	return LT_OK;
}

/* The line of first parents from the head. */
static void draw_line(struct board_journal *journal)
{
	for (uint32_t i = 0; i < journal->n_entries; i++)
		journal->entries[i].is_on_line = false;
	uint32_t at = journal->n_entries ? journal->n_entries - 1 : NONE;
	while (at != NONE) {
		journal->entries[at].is_on_line = true;
		at = journal->entries[at].parent;
	}
}

void board_drop_journal(struct board *board)
{
	struct board_journal *journal = board->private->journal;
	if (!journal)
		return;
	lt_arena_release(&journal->arena);
	free(journal);
	board->private->journal = NULL;
}

static enum lt_status start_journal(struct board *board, struct lt_err *err)
{
	const unsigned n = board->plan->n_items + board->plan->n_quantities;
	struct board_journal *journal = calloc(1, sizeof(*journal));
	if (!journal)
		return lt_err_memory(err);
	lt_arena_init(&journal->arena, 0);
	board->private->journal = journal;
	journal->digest = keep_text(journal, board->ref->ruleset);
	journal->latest = lt_arena_alloc(&journal->arena, n + 1, sizeof(*journal->latest));
	if (!journal->digest || !journal->latest) {
		board_drop_journal(board);
		return lt_err_memory(err);
	}
	for (unsigned i = 0; i < n; i++)
		journal->latest[i] = NONE;
	return LT_OK;
}

static const char *last_hash(const struct board_journal *journal)
{
	return journal->n_entries ? journal->entries[journal->n_entries - 1].hash : "";
}

static enum lt_status read_new(struct board *board, struct lt_err *err)
{
	struct board_journal *journal = board->private->journal;
	struct reading reading = { .board = board, .journal = journal, .err = err };
	struct project *project = board->session->project;
	const char *known = last_hash(journal);
	if (strcmp(known, board->head) == 0)
		return LT_OK;
	enum lt_status status =
		known[0] ? journal_visit_after(project, known, NULL, keep_entry, &reading, err)
			 : journal_visit(project, NULL, keep_entry, &reading, err);
	if (status == LT_NO) /* another program wrote since */
		status = LT_OK;
	if (!status)
		draw_line(journal);
	return status;
}

enum lt_status board_read_journal(struct board *board, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	if (board->private->journal &&
	    strcmp(board->private->journal->digest, board->ref->ruleset) != 0)
		board_drop_journal(board);
	if (!board->private->journal)
		status = start_journal(board, err);
	if (!status)
		status = read_new(board, err);
	/* the file was replaced by one that has not the entries we knew */
	if (!status && strcmp(last_hash(board->private->journal), board->head) != 0) {
		board_drop_journal(board);
		status = start_journal(board, err);
		if (!status)
			status = read_new(board, err);
	}
	if (status)
		board_drop_journal(board);
	return status;
}

/* ---- asking ---- */

static struct board_writer writer_at(const struct board_journal *journal, uint32_t entry)
{
	const struct kept_entry *kept = &journal->entries[entry];
	return (struct board_writer){ .by = kept->by, .role = kept->role, .at = kept->at };
}

struct board_writer board_find_writer(const struct board *board, uint32_t subject,
				      const char *group, enum rung rung, const char *key)
{
	const struct board_journal *journal = board->private->journal;
	for (uint32_t c = journal->latest[subject]; c != NONE; c = journal->changes[c].before) {
		const struct kept_change *change = &journal->changes[c];
		if (change->rung != rung || strcmp(change->group, group) != 0 ||
		    !journal->entries[change->entry].is_on_line ||
		    (key && strcmp(change->key, key) != 0))
			continue;
		/* what a merge took over was first set by another entry */
		const uint32_t first = find_entry(journal, change->writer);
		return writer_at(journal, first != NONE && journal->entries[first].by
						  ? first
						  : change->entry);
	}
	return (struct board_writer){ 0 };
}

const struct kept_change *board_last_change(const struct board *board, uint32_t subject)
{
	const struct board_journal *journal = board->private->journal;
	const uint32_t at = journal->latest[subject];
	return at == NONE ? NULL : &journal->changes[at];
}

const struct kept_change *board_change_before(const struct board *board,
					      const struct kept_change *change)
{
	return change->before == NONE ? NULL : &board->private->journal->changes[change->before];
}

void board_fill_event(const struct board *board, const struct kept_change *change,
		      struct board_event *out)
{
	const struct kept_entry *entry = &board->private->journal->entries[change->entry];
	*out = (struct board_event){
		.at = entry->at,
		.by = entry->by,
		.role = entry->role,
		.kind = entry->kind,
		.command = entry->command,
		.reason = entry->reason,
		.table = change->table,
		.group = change->group,
		.rung = change->rung,
		.from = &change->from,
		.to = &change->to,
	};
}
