#include "lingtan/app/diff.h"

#include <stdlib.h>
#include <string.h>
#include "frozen.h"
#include "lingtan/base/text.h"
#include "round_parts.h"

/* ---- what is meant ---- */

static bool is_hash(const char *text)
{
	const size_t len = strlen(text);
	return len >= 6 && len < LT_SHA256_HEX && strspn(text, "0123456789abcdef") == len;
}

static bool read_round(const char *text, unsigned *out)
{
	char *end;
	const unsigned long number = strtoul(text, &end, 10);
	*out = (unsigned)number;
	return text[0] >= '1' && text[0] <= '9' && !*end && number <= 100000;
}

static enum lt_status take_word(const char *word, struct diff_spec *out, struct lt_err *err)
{
	char shown[120];
	if (strncmp(word, "round:", 6) == 0 && read_round(word + 6, &out->round))
		return LT_OK;
	if (is_rung(word))
		out->rung = word;
	else if (strchr(word, '/'))
		out->assessment = word;
	else if (is_hash(word))
		out->entry = word;
	else {
		lt_text_visible(word, lt_text_cut(word, strlen(word), 60), shown, sizeof(shown));
		return lt_err_set(
			err, LT_EUSAGE,
			"“%s”不是轮次（round:1）、层级、评价（标准/阶段/年份）或记录的校验值",
			"'%s' is no round (round:1), rung, assessment (standard/stage/year) or hash of an entry",
			shown);
	}
	return LT_OK;
}

enum lt_status diff_spec_parse(const char *text, struct lt_arena *arena, struct diff_spec *out,
			       struct lt_err *err)
{
	enum lt_status status = LT_OK;
	*out = (struct diff_spec){ 0 };
	while (!status && *text) {
		const size_t len = strcspn(text, "@");
		const char *word = lt_arena_strndup(arena, text, len);
		if (!word)
			return lt_err_memory(err);
		if (len)
			status = take_word(word, out, err);
		text += len + (text[len] == '@');
	}
	return status;
}

/* ---- a state ---- */

struct shown_cell {
	const char *row; /* key without what both sides name */
	const struct fold_cell *cell;
};

struct side {
	struct session *session;
	struct diff_spec spec;
	struct frozen frozen;
	bool is_frozen;
	struct shown_cell *cells;
	unsigned n;
};

static enum lt_status refuse_entry(const struct side *side, unsigned n, struct lt_err *err)
{
	return lt_err_set(err, LT_EDATA,
			  n ? "%s：有几条记录以 %s 开头，请多写几位" : "%s：没有记录 %s",
			  n ? "%s: several entries begin with %s, give more digits"
			    : "%s: there is no entry %s",
			  project_path(side->session->project), side->spec.entry);
}

struct hash_search {
	struct side *side;
	const char *found;
	unsigned n;
	struct lt_err *err;
};

static enum lt_status see_entry(void *context, const char *hash, const struct entry *entry)
{
	struct hash_search *search = context;
	(void)entry;
	if (strncmp(hash, search->side->spec.entry, strlen(search->side->spec.entry)) != 0)
		return LT_OK;
	search->n++;
	search->found = lt_arena_strndup(&search->side->session->arena, hash, LT_SHA256_HEX);
	return search->found ? LT_OK : lt_err_memory(search->err);
}

static enum lt_status find_entry(struct side *side, const char **head, struct lt_err *err)
{
	struct hash_search search = { .side = side, .err = err };
	enum lt_status status =
		journal_visit(side->session->project, NULL, see_entry, &search, err);
	*head = search.found;
	return status || search.n == 1 ? status : refuse_entry(side, search.n, err);
}

static enum lt_status find_round(struct side *side, const char **head, struct lt_findings *findings,
				 struct lt_err *err)
{
	struct round_info *rounds;
	unsigned n;
	const struct assessment_ref *ref;
	if (!side->spec.rung)
		side->spec.rung = rung_names[RUNG_EVALUATOR];
	enum lt_status status = session_find_assessment(side->session, side->spec.assessment, NULL,
							&ref, findings, err);
	if (!status)
		status =
			session_rounds(side->session, ref->name, side->spec.rung, &rounds, &n, err);
	if (status)
		return status;
	side->spec.assessment = ref->name;
	for (unsigned i = 0; i < n; i++)
		if (rounds[i].number == side->spec.round) {
			*head = rounds[i].head;
			return LT_OK;
		}
	return lt_err_set(err, LT_EDATA, "%s：层级 %s 没有第 %u 轮；见 lingtan rounds",
			  "%s: rung %s has no round %u; see lingtan rounds",
			  project_path(side->session->project), side->spec.rung, side->spec.round);
}

static enum lt_status freeze(struct side *side, struct lt_findings *findings, struct lt_err *err)
{
	const char *head = NULL;
	const struct assessment_ref *ref;
	enum lt_status status = LT_OK;
	if (side->spec.round)
		status = find_round(side, &head, findings, err);
	else if (side->spec.entry)
		status = find_entry(side, &head, err);
	if (!status && side->spec.assessment && !side->spec.round && !side->spec.entry) {
		status = session_find_assessment(side->session, side->spec.assessment, NULL, &ref,
						 findings, err);
		if (!status)
			side->spec.assessment = ref->name;
	}
	if (status)
		return status;
	side->is_frozen = true;
	return head ? frozen_at(side->session, head, &side->frozen, err)
		    : frozen_now(side->session, &side->frozen, err);
}

/* ---- rows that are held against each other ---- */

static const char *year_of(const char *assessment)
{
	const char *slash = assessment ? strrchr(assessment, '/') : NULL;
	return slash ? slash + 1 : NULL;
}

/* What a part of a key must be where this side asked for something; NULL = anything. */
static const char *wanted_part(const struct side *side, const char *name)
{
	if (strcmp(name, "assessment") == 0)
		return side->spec.assessment;
	if (strcmp(name, "rung") == 0)
		return side->spec.rung;
	return strcmp(name, "year") == 0 ? year_of(side->spec.assessment) : NULL;
}

/* The key without the parts that were asked for; NULL where the row is of something else, or, when
 * a rung or an assessment was asked for, of neither. */
static const char *shown_row(const struct side *side, const struct fold_cell *cell)
{
	struct lt_arena *arena = &side->session->arena;
	const struct fact_table *table =
		vocabulary_find_table(side->session->workspace->vocabulary, cell->table);
	const char *parts[CELL_MAX_KEY];
	bool asked = !side->spec.assessment && !side->spec.rung;
	if (!table || !cell_key_split(arena, cell->key, parts, table->key.n))
		return NULL;
	for (unsigned i = 0; i < table->key.n; i++) {
		const char *wanted = wanted_part(side, table->key.at[i]);
		if (!wanted)
			continue;
		if (strcmp(parts[i], wanted) != 0)
			return NULL;
		asked = true;
		parts[i] = "";
	}
	return asked ? cell_key_join(arena, parts, table->key.n) : NULL;
}

static int by_row(const void *a, const void *b)
{
	const struct shown_cell *x = a, *y = b;
	int order = strcmp(x->cell->table, y->cell->table);
	if (order == 0)
		order = strcmp(x->row, y->row);
	return order ? order : strcmp(x->cell->group, y->cell->group);
}

static enum lt_status list_cells(struct side *side, struct lt_err *err)
{
	const unsigned n = side->frozen.fold.n_cells;
	side->cells = lt_arena_alloc(&side->session->arena, n + 1, sizeof(*side->cells));
	if (!side->cells)
		return lt_err_memory(err);
	for (unsigned i = 0; i < n; i++) {
		const struct fold_cell *cell = side->frozen.cells[i];
		const char *row = cell->value.at ? shown_row(side, cell) : NULL;
		if (row)
			side->cells[side->n++] = (struct shown_cell){ row, cell };
	}
	qsort(side->cells, side->n, sizeof(*side->cells), by_row);
	return LT_OK;
}

/* The frozen facts go before the answer does: what it needs is copied. */
static bool copy_words(struct lt_arena *arena, const struct words *from, struct words *to)
{
	*to = (struct words){ .n = from->n };
	if (!from->at)
		return true;
	to->at = lt_arena_alloc(arena, from->n + 1, sizeof(*to->at));
	for (unsigned i = 0; to->at && i < from->n; i++) {
		to->at[i] = lt_arena_strndup(arena, from->at[i], strlen(from->at[i]));
		if (!to->at[i])
			return false;
	}
	return to->at != NULL;
}

static bool add(struct diff *out, struct lt_arena *arena, const struct fold_cell *a,
		const struct fold_cell *b)
{
	static const struct words nothing = { 0 };
	const struct fold_cell *any = a ? a : b;
	struct diff_change *to = &out->at[out->n];
	if (a && b && cell_value_equals(&a->value, &b->value))
		return true;
	to->table = lt_arena_strndup(arena, any->table, strlen(any->table));
	to->key = lt_arena_strndup(arena, any->key, strlen(any->key));
	to->group = lt_arena_strndup(arena, any->group, strlen(any->group));
	out->n++;
	return to->table && to->key && to->group &&
	       copy_words(arena, a ? &a->value : &nothing, &to->a) &&
	       copy_words(arena, b ? &b->value : &nothing, &to->b);
}

static enum lt_status compare(struct side *a, struct side *b, struct diff *out, struct lt_err *err)
{
	struct lt_arena *arena = &a->session->arena;
	unsigned x = 0, y = 0;
	out->at = lt_arena_alloc(arena, a->n + b->n + 1, sizeof(*out->at));
	if (!out->at)
		return lt_err_memory(err);
	while (x < a->n || y < b->n) {
		const int order = x == a->n   ? 1
				  : y == b->n ? -1
					      : by_row(&a->cells[x], &b->cells[y]);
		if (!add(out, arena, order <= 0 ? a->cells[x].cell : NULL,
			 order >= 0 ? b->cells[y].cell : NULL))
			return lt_err_memory(err);
		x += order <= 0;
		y += order >= 0;
	}
	return LT_OK;
}

/* ---- totals ---- */

struct only {
	const char *assessment;
	unsigned n;
};

static enum lt_status see_assessment(void *context, const struct fact_row *row)
{
	struct only *only = context;
	if (fact_row_get(row, "removed")->at)
		return LT_OK;
	only->assessment = row->parts[0];
	only->n++;
	return LT_OK;
}

static enum lt_status tell_total(struct side *side, struct diff_side *out,
				 struct lt_findings *findings, struct lt_err *err)
{
	struct only only = { .assessment = side->spec.assessment, .n = 1 };
	enum lt_status status = LT_OK;
	if (!side->spec.assessment) {
		only = (struct only){ 0 };
		status = frozen_visit(&side->frozen, "assessment", &side->session->arena,
				      see_assessment, &only, err);
	}
	if (status || only.n != 1)
		return status;
	out->assessment = only.assessment;
	out->rung = side->spec.rung;
	if (!out->rung)
		status = session_highest_rung(side->session, only.assessment, &out->rung, err);
	return status ? status
		      : frozen_total(side->session, &side->frozen, out->assessment, out->rung,
				     &out->total, findings, err);
}

enum lt_status diff_make(struct session *a, const struct diff_spec *spec_a, struct session *b,
			 const struct diff_spec *spec_b, struct diff *out,
			 struct lt_findings *findings, struct lt_err *err)
{
	struct side sides[2] = { { .session = a, .spec = *spec_a },
				 { .session = b, .spec = *spec_b } };
	struct lt_err ignored = LT_ERR_INIT;
	unsigned begun = 0;
	enum lt_status status = LT_OK;
	*out = (struct diff){ 0 };
	for (; begun < 2 && !status; begun++) {
		status = project_begin(sides[begun].session->project, false, err);
		if (status)
			break;
		status = freeze(&sides[begun], findings, err);
	}
	/* what one side does not say is as on the other */
	for (int i = 0; i < 2; i++) {
		struct diff_spec *spec = &sides[i].spec, *other = &sides[1 - i].spec;
		spec->assessment = spec->assessment ? spec->assessment : other->assessment;
		spec->rung = spec->rung ? spec->rung : other->rung;
	}
	for (int i = 0; i < 2 && !status; i++)
		status = list_cells(&sides[i], err);
	if (!status)
		status = compare(&sides[0], &sides[1], out, err);
	if (!status)
		status = tell_total(&sides[0], &out->a, findings, err);
	if (!status)
		status = tell_total(&sides[1], &out->b, findings, err);
	for (unsigned i = 0; i < 2; i++) {
		if (i < begun)
			project_end(sides[i].session->project, true, &ignored);
		if (sides[i].is_frozen)
			frozen_release(&sides[i].frozen);
	}
	return status;
}
