/* Factors of the inventory: the sets at hand, how a factor goes with its line, and a set that takes
 * the place of another. */
#include <string.h>
#include "factor_file.h"
#include "inventory_parts.h"
#include "lingtan/load/yaml.h"
#include "lingtan/store/blob.h"
#include "session_parts.h"

/* ---- the sets at hand ---- */

struct pinned {
	struct lt_arena *arena;
	const char **digests, **texts; /* of sets that were not retired */
	unsigned n, cap;
	struct lt_err *err;
};

static enum lt_status see_set(void *context, const struct fact_row *row)
{
	struct pinned *pinned = context;
	const struct words *files = fact_row_get(row, "files"),
			   *retired = fact_row_get(row, "retired");
	if (!files->at || retired->at)
		return LT_OK;
	if (pinned->n == pinned->cap) {
		pinned->cap = pinned->cap * 2 + 8;
		pinned->digests = lt_arena_resize(pinned->arena, pinned->digests,
						  pinned->cap * sizeof(*pinned->digests));
		pinned->texts = lt_arena_resize(pinned->arena, pinned->texts,
						pinned->cap * sizeof(*pinned->texts));
		if (!pinned->digests || !pinned->texts)
			return lt_err_memory(pinned->err);
	}
	pinned->digests[pinned->n] = row->parts[0];
	pinned->texts[pinned->n++] = files->at[1];
	return LT_OK;
}

static enum lt_status load_pinned(struct session *session, const char *sha256,
				  struct lt_arena *arena, struct lt_findings *findings,
				  const struct factor_set **out, struct lt_err *err)
{
	struct yaml_source source = { .name = "factors.yaml" };
	const struct units *units;
	struct factor_set *set = NULL;
	enum lt_status status = blob_get_text(session->project, sha256, YAML_MAX_BYTES, arena,
					      &source.text, &source.len, err);
	if (!status)
		status = library_units(session->workspace->library, findings, &units, err);
	if (!status)
		status = factors_load(&source, units, arena, findings, &set, err);
	*out = set;
	return status;
}

enum lt_status factor_sets(struct session *session, struct lt_arena *arena,
			   struct lt_findings *findings, struct factor_list *out,
			   struct lt_err *err)
{
	const struct factor_set **library;
	unsigned n;
	struct pinned pinned = { .arena = arena, .err = err };
	*out = (struct factor_list){ 0 };
	enum lt_status status = library_factor_sets(session->workspace->library, arena, findings,
						    &library, &n, err);
	if (!status && session->project)
		status = project_visit(session->project, "factor_set", arena, see_set, &pinned,
				       err);
	if (status)
		return status;
	out->sets = lt_arena_alloc(arena, n + pinned.n + 1, sizeof(*out->sets));
	out->digests = lt_arena_alloc(arena, n + pinned.n + 1, sizeof(*out->digests));
	if (!out->sets || !out->digests)
		return lt_err_memory(err);
	for (unsigned i = 0; i < pinned.n && !status; i++) {
		out->digests[out->n] = pinned.digests[i];
		status = load_pinned(session, pinned.texts[i], arena, findings,
				     &out->sets[out->n++], err);
	}
	for (unsigned i = 0; i < n && !status; i++) {
		out->digests[out->n] = "";
		out->sets[out->n++] = library[i];
	}
	return status;
}

const struct factor *factor_list_find(const struct factor_list *list, const char *id, unsigned *set)
{
	const char *colon = strchr(id, ':');
	for (*set = 0; *set < list->n; ++*set) {
		const struct factor_set *of = list->sets[*set];
		if (colon && (strlen(of->id) != (size_t)(colon - id) ||
			      strncmp(of->id, id, (size_t)(colon - id)) != 0))
			continue;
		for (unsigned i = 0; i < of->n_factors; i++)
			if (strcmp(of->factors[i].id, colon ? colon + 1 : id) == 0)
				return &of->factors[i];
	}
	return NULL;
}

static const char *or_nothing(const char *text)
{
	return text ? text : "";
}

void inventory_take_factor(struct ledger_line *line, const struct factor_list *list, unsigned set,
			   const struct factor *factor)
{
	line->factor = (struct ledger_factor){ .id = factor->id,
					       .value = factor->value,
					       .unit = factor->unit,
					       .cite = or_nothing(factor->cite),
					       .set = list->sets[set]->id,
					       .digest = list->digests[set],
					       .year = or_nothing(factor->year),
					       .region = or_nothing(factor->region) };
	if (!line->gas[0] && factor->gas)
		line->gas = factor->gas;
}

/* "N12 CODE 附录C；N14 ..." gives of N12 what follows it, up to a mark. */
const char *factor_source(const struct factor_set *set, const char *cite, enum lt_lang lang,
			  struct lt_arena *arena)
{
	static const char *const ends[] = { "；", ";", "。", "，", ", ", "（", " (", "附录", " annex" };
	const char *text = label_in(lang, &set->source);
	const char *at = cite[0] ? strstr(text, cite) : NULL;
	if (!at)
		return cite;
	at += strlen(cite);
	at += strspn(at, " :");
	size_t len = strlen(at);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		const char *end = strstr(at, ends[i]);
		if (end && end > at && (size_t)(end - at) < len)
			len = (size_t)(end - at);
	}
	while (len && at[len - 1] == ' ')
		len--;
	return len ? lt_arena_strndup(arena, at, len) : cite;
}

/* ---- how a factor goes with its line ---- */

/* The two are the same figure of two years: one set, region, unit, and ids that differ in the year
 * alone. */
static bool is_sister(const struct factor *a, const struct factor *b)
{
	const char *left = a->id, *right = b->id;
	if (!a->year || !b->year || strcmp(a->unit, b->unit) != 0 ||
	    strcmp(or_nothing(a->region), or_nothing(b->region)) != 0)
		return false;
	while (*left && *right) {
		if (strncmp(left, a->year, 4) == 0 && strncmp(right, b->year, 4) == 0) {
			left += 4;
			right += 4;
			continue;
		}
		if (*left++ != *right++)
			return false;
	}
	return !*left && !*right;
}

static const struct factor *latest_sister(const struct factor_set *set, const struct factor *factor,
					  const char *not_after)
{
	const struct factor *latest = NULL;
	for (unsigned i = 0; i < set->n_factors; i++) {
		const struct factor *other = &set->factors[i];
		if (is_sister(factor, other) && strcmp(other->year, factor->year) > 0 &&
		    strcmp(other->year, not_after) <= 0 &&
		    (!latest || strcmp(other->year, latest->year) > 0))
			latest = other;
	}
	return latest;
}

static bool is_valid_in(const struct factor *factor, const char *year)
{
	return (!factor->valid_from || strncmp(factor->valid_from, year, 4) <= 0) &&
	       (!factor->valid_to || strncmp(factor->valid_to, year, 4) >= 0);
}

/* The set names regions: the park's province is one of them, and this one is another. */
static bool is_elsewhere(const struct factor_set *set, const char *region, const char *province)
{
	bool known = false, is_province = false;
	if (!province[0] || !region[0] || strncmp(province, region, strlen(region)) == 0)
		return false;
	for (unsigned i = 0; i < set->n_factors; i++) {
		const struct factor *factor = &set->factors[i];
		const char *of = or_nothing(factor->region);
		known |= of[0] && strncmp(province, of, strlen(of)) == 0;
		is_province |= strcmp(of, region) == 0 && strstr(factor->id, "region") == NULL &&
			       strcmp(of, "全国") != 0;
	}
	return known && is_province;
}

enum factor_age factor_age(const struct factor_list *list, const struct ledger_line *line,
			   const char *province, const struct factor **newer)
{
	unsigned set;
	*newer = NULL;
	if (!line->amount[0] || strcmp(line->kind, "memo") == 0)
		return FACTOR_GOOD;
	if (!line->factor.value[0] && !line->fuel.heating_value[0])
		return FACTOR_NOT_STATED;
	const struct factor *factor =
		line->factor.id[0] ? factor_list_find(list, line->factor.id, &set) : NULL;
	const bool is_bought = strcmp(line->carrier, "power") == 0 &&
			       strcmp(line->flow, "purchased") == 0;
	if (!factor)
		return is_bought && !line->factor.year[0] ? FACTOR_NO_YEAR : FACTOR_GOOD;
	if (!is_valid_in(factor, line->year))
		return FACTOR_EXPIRED;
	if (factor->year && strcmp(factor->year, line->year) > 0)
		return FACTOR_TOO_NEW;
	*newer = factor->year ? latest_sister(list->sets[set], factor, line->year) : NULL;
	if (*newer)
		return FACTOR_STALE;
	return is_elsewhere(list->sets[set], or_nothing(factor->region), province) ? FACTOR_ELSEWHERE
										   : FACTOR_GOOD;
}

/* ---- a set in the place of another ---- */

struct retiring {
	struct changes *changes;
	const char *id, *successor;
	struct lt_err *err;
};

static enum lt_status retire(void *context, const struct fact_row *row)
{
	struct retiring *retiring = context;
	const struct words *files = fact_row_get(row, "files"),
			   *retired = fact_row_get(row, "retired");
	if (!files->at || retired->at || strcmp(files->at[0], retiring->id) != 0 ||
	    strcmp(row->parts[0], retiring->successor) == 0)
		return LT_OK;
	return changes_add(retiring->changes, "factor_set", row->parts, "retired",
			   &retiring->successor, retiring->err);
}

/* Lines whose factor is of the set take its new value; a factor that the new set has no more stays
 * as it was, and is told by its age. */
static enum lt_status move_lines(struct session *session, const struct factor_list *list,
				 struct changes *changes, unsigned *n_lines,
				 struct lt_findings *findings, struct lt_err *err)
{
	struct inventory inventory;
	enum lt_status status = inventory_open(session, NULL, &inventory, findings, err);
	for (unsigned i = 0; i < inventory.ledger.n && !status; i++) {
		const struct ledger_row *row = &inventory.ledger.rows[i];
		struct ledger_line line = row->line;
		const unsigned before = changes->n;
		unsigned set;
		const bool is_of = line.factor.id[0] &&
				   (!line.factor.set[0] ||
				    strcmp(line.factor.set, list->sets[0]->id) == 0);
		const struct factor *factor =
			is_of ? factor_list_find(list, line.factor.id, &set) : NULL;
		if (!factor)
			continue;
		inventory_take_factor(&line, list, set, factor);
		status = inventory_changes(session, &row->line, &line, changes, err);
		*n_lines += changes->n > before;
	}
	inventory_close(&inventory);
	return status;
}

static enum lt_status replace(struct session *session, const struct factor_file *file,
			      struct changes *changes, unsigned *n_lines,
			      struct lt_findings *findings, struct lt_err *err)
{
	char sha256[LT_SHA256_HEX];
	enum lt_status status =
		blob_put_bytes(session->project, file->text, file->len, sha256, err);
	const char *digest = sha256;
	const char *const files[] = { file->set->id, sha256 };
	const struct factor_set *sets[] = { file->set };
	const struct factor_list list = { .sets = sets, .digests = &digest, .n = 1 };
	struct retiring retiring = { .changes = changes,
				     .id = file->set->id,
				     .successor = sha256,
				     .err = err };
	if (!status)
		status = changes_add(changes, "factor_set", &digest, "files", files, err);
	/* one that comes back is used again */
	if (!status)
		status = changes_add(changes, "factor_set", &digest, "retired", NULL, err);
	if (!status)
		status = project_visit(session->project, "factor_set", &session->arena, retire,
				       &retiring, err);
	return status ? status
		      : move_lines(session, &list, changes, n_lines, findings, err);
}

enum lt_status factors_replace(struct session *session, const char *path, bool dry_run,
			       struct changes *changes, unsigned *n_lines, bool *done,
			       struct lt_findings *findings, struct lt_err *err)
{
	struct factor_file file;
	*changes = (struct changes){ .session = session };
	*n_lines = 0;
	*done = false;
	enum lt_status status = factor_file_read(session->workspace, path, session->project,
						 &session->arena, findings, &file, err);
	if (!status)
		status = project_permits(session->project, err);
	if (!status)
		status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = replace(session, &file, changes, n_lines, findings, err);
	if (!status && !dry_run)
		status = session_commit(session, "factors", changes, done, err);
	struct lt_err ignored = LT_ERR_INIT;
	enum lt_status ended = project_end(session->project, !status && !dry_run,
					   status ? &ignored : err);
	return status ? status : ended;
}
