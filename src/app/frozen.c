#include "frozen.h"

#include <stdlib.h>
#include <string.h>
#include "lingtan/app/rung.h"

/* ---- the facts as they are ---- */

struct freezing {
	struct frozen *frozen;
	struct entry now; /* all facts as the changes of one entry */
	unsigned cap;
	const struct fact_table *table;
	struct lt_err *err;
};

static enum lt_status take_row(void *context, const struct fact_row *row)
{
	struct freezing *freeze = context;
	struct entry *now = &freeze->now;
	for (unsigned g = 0; g < freeze->table->n_groups; g++) {
		if (!row->values[g].at)
			continue;
		now->changes = lt_arena_room(&freeze->frozen->arena, now->changes, now->n_changes,
					     &freeze->cap, sizeof(*now->changes));
		if (!now->changes)
			return lt_err_memory(freeze->err);
		now->changes[now->n_changes++] =
			(struct change){ .table = freeze->table->table,
					 .key = row->key,
					 .group = freeze->table->groups[g].group,
					 .new = row->values[g] };
	}
	return LT_OK;
}

static enum lt_status begin(struct session *session, struct frozen *out, struct lt_err *err)
{
	*out = (struct frozen){ .vocabulary = session->workspace->vocabulary };
	lt_arena_init(&out->arena, 0);
	return fold_init(&out->fold, &out->arena, err);
}

/* As many members as the group has, whatever the entry says: who reads them counts on it. */
static bool settle_members(struct frozen *frozen, struct fold_cell *cell)
{
	const struct fact_table *table = vocabulary_find_table(frozen->vocabulary, cell->table);
	const struct cell_group *group = table ? fact_table_find_group(table, cell->group) : NULL;
	const struct words said = cell->value;
	if (!group || !said.at || said.n == group->members.n)
		return true;
	cell->value.n = group->members.n;
	cell->value.at =
		lt_arena_alloc(&frozen->arena, group->members.n, sizeof(*cell->value.at));
	for (unsigned i = 0; cell->value.at && i < group->members.n; i++)
		cell->value.at[i] = i < said.n ? said.at[i] : "";
	return cell->value.at != NULL;
}

static enum lt_status finish(struct frozen *frozen, struct lt_err *err)
{
	for (unsigned b = 0; b < frozen->fold.n_buckets; b++)
		for (struct fold_cell *cell = frozen->fold.buckets[b]; cell; cell = cell->next)
			if (!settle_members(frozen, cell))
				return lt_err_memory(err);
	frozen->cells = fold_sorted(&frozen->fold);
	return frozen->cells || !frozen->fold.n_cells ? LT_OK : lt_err_memory(err);
}

enum lt_status frozen_now(struct session *session, struct frozen *out, struct lt_err *err)
{
	const struct vocabulary *vocabulary = session->workspace->vocabulary;
	struct freezing freeze = { .frozen = out, .now = { .depth = 1 }, .err = err };
	enum lt_status status = begin(session, out, err);
	for (unsigned t = 0; t < vocabulary->n_tables && !status; t++) {
		freeze.table = &vocabulary->tables[t];
		status = project_visit(session->project, freeze.table->table, &out->arena, take_row,
				       &freeze, err);
	}
	if (!status)
		status = fold_apply(&out->fold, &freeze.now, project_head(session->project), NULL,
				    NULL, err);
	return status ? status : finish(out, err);
}

/* ---- the facts as they were ---- */

struct kept {
	const char *hash;
	struct entry entry;
	unsigned parent; /* number of the first parent plus 1 */
	bool on_line;
};

struct reading {
	struct frozen *frozen;
	struct kept *at;
	unsigned n, cap;
	const char *head;
	bool found; /* the head was read; what comes after it is of no interest */
	struct lt_err *err;
};

static unsigned find_kept(const struct reading *reading, const char *hash)
{
	for (unsigned i = reading->n; i-- > 0;)
		if (strcmp(reading->at[i].hash, hash) == 0)
			return i + 1;
	return 0;
}

static enum lt_status keep_entry(void *context, const char *hash, const struct entry *entry)
{
	struct reading *reading = context;
	if (reading->found)
		return LT_OK;
	reading->at = lt_arena_room(&reading->frozen->arena, reading->at, reading->n, &reading->cap,
				    sizeof(*reading->at));
	if (!reading->at)
		return lt_err_memory(reading->err);
	const unsigned parent = entry->n_parents ? find_kept(reading, entry->parents[0]) : 0;
	reading->at[reading->n++] = (struct kept){ hash, *entry, parent, false };
	reading->found = strcmp(hash, reading->head) == 0;
	return LT_OK;
}

static unsigned depth_of(void *context, const char *hash)
{
	const struct reading *reading = context;
	const unsigned at = find_kept(reading, hash);
	return at ? reading->at[at - 1].entry.depth : 0;
}

enum lt_status frozen_at(struct session *session, const char *head, struct frozen *out,
			 struct lt_err *err)
{
	struct reading reading = { .frozen = out, .head = head, .err = err };
	enum lt_status status = begin(session, out, err);
	if (!status)
		status = journal_visit(session->project, &out->arena, keep_entry, &reading, err);
	if (!status && !reading.found)
		status = lt_err_set(err, LT_EDATA, "%s：记录 %.12s 不在文件里",
				    "%s: the entry %.12s is not in the file",
				    project_path(session->project), head);
	for (unsigned i = status ? 0 : reading.n; i; i = reading.at[i - 1].parent)
		reading.at[i - 1].on_line = true;
	for (unsigned i = 0; i < reading.n && !status; i++)
		if (reading.at[i].on_line)
			status = fold_apply(&out->fold, &reading.at[i].entry, reading.at[i].hash,
					    depth_of, &reading, err);
	if (status == LT_NO)
		err->status = status = LT_EFILE;
	return status ? status : finish(out, err);
}

void frozen_release(struct frozen *frozen)
{
	lt_arena_release(&frozen->arena);
	*frozen = (struct frozen){ 0 };
}

/* ---- reading ---- */

const struct words *frozen_get(const struct frozen *frozen, const char *table, const char *key,
			       const char *group)
{
	static const struct words nothing = { 0 };
	const struct fold_cell *cell = fold_find(&frozen->fold, table, key, group);
	return cell ? &cell->value : &nothing;
}

/* Number of the first cell of a table. */
static unsigned first_of(const struct frozen *frozen, const char *table)
{
	unsigned low = 0, high = frozen->fold.n_cells;
	while (low < high) {
		const unsigned middle = low + (high - low) / 2;
		if (strcmp(frozen->cells[middle]->table, table) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int compare_parts(const struct fact_row *a, const struct fact_row *b)
{
	for (unsigned i = 0; i < a->table->key.n; i++) {
		const int order = strcmp(a->parts[i], b->parts[i]);
		if (order)
			return order;
	}
	return 0;
}

static int by_parts(const void *a, const void *b)
{
	return compare_parts(a, b);
}

/* One row from the cells of a key; *set tells whether it holds anything. */
static bool fill_row(const struct frozen *frozen, const struct fact_table *of, unsigned from,
		     unsigned to, struct lt_arena *arena, struct fact_row *row, bool *set)
{
	struct words *values = lt_arena_alloc(arena, of->n_groups, sizeof(*values));
	const char **parts = lt_arena_alloc(arena, of->key.n, sizeof(*parts));
	*set = false;
	if (!values || !parts ||
	    !cell_key_split(arena, frozen->cells[from]->key, parts, of->key.n))
		return false;
	for (unsigned i = from; i < to; i++) {
		const struct cell_group *group =
			fact_table_find_group(of, frozen->cells[i]->group);
		*set |= group && frozen->cells[i]->value.at;
		if (group)
			values[group - of->groups] = frozen->cells[i]->value;
	}
	*row = (struct fact_row){ frozen->cells[from]->key, parts, values, of };
	return true;
}

enum lt_status frozen_visit(const struct frozen *frozen, const char *table, struct lt_arena *arena,
			    enum lt_status (*visit)(void *context, const struct fact_row *row),
			    void *context, struct lt_err *err)
{
	const struct fact_table *of = vocabulary_find_table(frozen->vocabulary, table);
	unsigned n = 0, at = first_of(frozen, table);
	struct fact_row *rows =
		lt_arena_alloc(arena, frozen->fold.n_cells - at + 1, sizeof(*rows));
	if (!rows)
		return lt_err_memory(err);
	while (at < frozen->fold.n_cells && strcmp(frozen->cells[at]->table, table) == 0) {
		unsigned end = at + 1;
		bool set;
		while (end < frozen->fold.n_cells &&
		       strcmp(frozen->cells[end]->table, table) == 0 &&
		       strcmp(frozen->cells[end]->key, frozen->cells[at]->key) == 0)
			end++;
		if (!fill_row(frozen, of, at, end, arena, &rows[n], &set))
			return lt_err_memory(err);
		n += set;
		at = end;
	}
	/* the order of a project's rows is by the parts of the key, not by the key that joins them */
	if (n)
		qsort(rows, n, sizeof(*rows), by_parts);
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < n && !status; i++)
		status = visit(context, &rows[i]);
	return status;
}

/* ---- the hash of a state ---- */

struct in_scope {
	const struct frozen *frozen;
	const struct state_scope *scope;
	struct lt_arena *arena;
	const char *year, *ruleset, *profile;
	const char **evidence; /* hashes of what is tied, sorted */
	unsigned n_evidence, cap_evidence;
	int rank;
	bool failed; /* memory ran out */
};

static bool is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static bool covers_rung(const struct in_scope *in, const char *rung, bool is_answer)
{
	const enum rung found = rung_find(rung);
	if (found == N_RUNGS)
		return false;
	return is_answer && !in->scope->with_below ? (int)found == in->rank
						   : (int)found <= in->rank;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_tied(const struct in_scope *in, const char *sha256)
{
	return in->n_evidence &&
	       bsearch(&sha256, in->evidence, in->n_evidence, sizeof(*in->evidence), by_text);
}

/* Rung and year of a line, or of what a rung claims for it. */
static bool covers_line(const struct in_scope *in, const char *line)
{
	const char *key = cell_key_join(in->arena, &line, 1);
	if (!key)
		return false;
	const struct words *entered = frozen_get(in->frozen, "line", key, "entered"),
			   *activity = frozen_get(in->frozen, "line", key, "activity");
	return covers_rung(in, entered->at ? entered->at[0] : rung_names[RUNG_SELF], false) &&
	       activity->at && strcmp(activity->at[0], in->year) <= 0;
}

/* A credit or certificate is in the scope of the line that it is used for. */
static bool covers_used(const struct in_scope *in, const char *table, const char *key)
{
	const struct words *use = frozen_get(in->frozen, table, key, "use");
	return use->at && use->at[0][0] && covers_line(in, use->at[0]);
}

static bool is_finding_here(const struct in_scope *in, const char *finding)
{
	const char *key = cell_key_join(in->arena, &finding, 1);
	const struct words *place = key ? frozen_get(in->frozen, "finding", key, "place") : NULL;
	return place && place->at && is_same(place->at[0], in->scope->assessment);
}

/* Of places and populations what figures are counted by; whom to ask there decides nothing. */
static bool is_counted_group(const char *group)
{
	static const char *const groups[] = { "place", "share", "size", "marks", "frame", "removed" };
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (strcmp(groups[i], group) == 0)
			return true;
	return false;
}

static bool is_wanted(void *context, const struct fold_cell *cell)
{
	struct in_scope *in = context;
	const struct fact_table *table =
		vocabulary_find_table(in->frozen->vocabulary, cell->table);
	const char *parts[CELL_MAX_KEY];
	const char *const name = cell->table;
	if (!table || !cell_key_split(in->arena, cell->key, parts, table->key.n))
		return false;
	if (strcmp(name, "answer") == 0)
		return is_same(parts[0], in->scope->assessment) && covers_rung(in, parts[1], true);
	if (strcmp(name, "tie") == 0 || strcmp(name, "assessment") == 0 ||
	    strcmp(name, "obligation") == 0)
		return is_same(parts[0], in->scope->assessment);
	if (strcmp(name, "quantity") == 0)
		return covers_rung(in, parts[0], false) && strcmp(parts[1], in->year) <= 0;
	if (strcmp(name, "line") == 0)
		return covers_line(in, parts[0]);
	if (strcmp(name, "claim") == 0)
		return covers_rung(in, parts[1], false) && covers_line(in, parts[0]);
	if (strcmp(name, "line_tie") == 0)
		return covers_line(in, parts[0]);
	if (strcmp(name, "offset") == 0 || strcmp(name, "green_certificate") == 0)
		return covers_used(in, name, cell->key);
	if (strcmp(name, "evidence") == 0)
		return is_tied(in, parts[0]);
	if (strcmp(name, "finding") == 0 || strcmp(name, "finding_tie") == 0)
		return in->scope->with_findings && is_finding_here(in, parts[0]);
	if (strcmp(name, "place") == 0)
		return is_counted_group(cell->group);
	if (strcmp(name, "population") == 0)
		return is_same(parts[0], in->year) && is_counted_group(cell->group);
	if (strcmp(name, "ruleset") == 0)
		return is_same(parts[0], in->ruleset);
	if (strcmp(name, "profile") == 0)
		return is_same(parts[0], in->profile);
	return strcmp(name, "park") == 0;
}

static enum lt_status see_tie(void *context, const struct fact_row *row)
{
	struct in_scope *in = context;
	if (!is_same(row->parts[0], in->scope->assessment))
		return LT_OK;
	in->evidence = lt_arena_room(in->arena, in->evidence, in->n_evidence, &in->cap_evidence,
				     sizeof(*in->evidence));
	if (!in->evidence)
		return LT_ESPACE;
	in->evidence[in->n_evidence++] = row->parts[2];
	return LT_OK;
}

/* What decides what is in a scope; the lists live in the arena. */
static enum lt_status look_at_scope(const struct frozen *frozen, const struct state_scope *scope,
				    struct lt_arena *arena, struct in_scope *in, struct lt_err *err)
{
	const char *slash = strrchr(scope->assessment, '/');
	const char *key = cell_key_join(arena, &scope->assessment, 1);
	*in = (struct in_scope){ .frozen = frozen, .scope = scope, .arena = arena };
	if (!key)
		return lt_err_memory(err);
	const struct words *ruleset = frozen_get(frozen, "assessment", key, "ruleset"),
			   *profile = frozen_get(frozen, "assessment", key, "profile");
	in->year = slash ? slash + 1 : "";
	in->rank = (int)rung_find(scope->rung);
	in->ruleset = ruleset->at ? ruleset->at[0] : NULL;
	in->profile = profile->at ? profile->at[0] : NULL;
	enum lt_status status = frozen_visit(frozen, "tie", arena, see_tie, in, err);
	if (status && !err->status)
		lt_err_memory(err);
	if (!status && in->n_evidence)
		qsort(in->evidence, in->n_evidence, sizeof(*in->evidence), by_text);
	return status;
}

enum lt_status frozen_state_hash(const struct frozen *frozen, const struct state_scope *scope,
				 char hex[LT_SHA256_HEX], struct lt_err *err)
{
	struct lt_arena scratch;
	struct in_scope in;
	lt_arena_init(&scratch, 0);
	enum lt_status status = look_at_scope(frozen, scope, &scratch, &in, err);
	if (!status)
		status = fold_state_hash(&frozen->fold, is_wanted, &in, hex, err);
	lt_arena_release(&scratch);
	return status;
}

const struct fold_cell *frozen_first_change(const struct frozen *then, const struct frozen *now,
					    const struct state_scope *scope,
					    struct lt_arena *scratch)
{
	struct in_scope in;
	struct lt_err ignored = LT_ERR_INIT;
	const struct fold_cell *first = NULL;
	if (look_at_scope(now, scope, scratch, &in, &ignored))
		return NULL;
	for (unsigned i = 0; i < now->fold.n_cells; i++) {
		const struct fold_cell *cell = now->cells[i];
		if (first && cell->writer.depth >= first->writer.depth)
			continue;
		if (is_wanted(&in, cell) &&
		    !cell_value_equals(frozen_get(then, cell->table, cell->key, cell->group),
				       &cell->value))
			first = cell;
	}
	return first;
}

/* ---- the assessment as it was ---- */

enum lt_status frozen_assessment(struct frozen *frozen, const char *name,
				 struct assessment_ref *out, struct lt_err *err)
{
	struct lt_arena *arena = &frozen->arena;
	const char *key = cell_key_join(arena, &name, 1);
	if (!key)
		return lt_err_memory(err);
	const struct words *subject = frozen_get(frozen, "assessment", key, "subject"),
			   *ruleset = frozen_get(frozen, "assessment", key, "ruleset"),
			   *profile = frozen_get(frozen, "assessment", key, "profile");
	const char *first = strchr(name, '/'), *second = first ? strchr(first + 1, '/') : NULL;
	if (!ruleset->at || !second)
		return lt_err_set(err, LT_EDATA, "当时还没有评价“%s”",
				  "there was no assessment '%s' then", name);
	*out = (struct assessment_ref){
		.name = name,
		.standard = lt_arena_strndup(arena, name, (size_t)(first - name)),
		.stage = lt_arena_strndup(arena, first + 1, (size_t)(second - first - 1)),
		.year = second + 1,
		.park_type = subject->at ? subject->at[0] : "",
		.place = subject->at ? subject->at[1] : "",
		.ruleset = ruleset->at[0],
		.profile = profile->at ? profile->at[0] : "",
	};
	return out->standard && out->stage ? LT_OK : lt_err_memory(err);
}
