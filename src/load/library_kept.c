/* What a library keeps of what project files bring: rulesets by the hashes of their texts, and
 * plans. */
#include <stdio.h>
#include <string.h>
#include "lingtan/load/library.h"

/* ---- editions ---- */

const struct library_edition *library_find_edition(const struct library *library,
						   const char *const *sha256)
{
	for (const struct library_edition *at = library->editions; at; at = at->next)
		if (strcmp(at->sha256[0], sha256[0]) == 0 &&
		    strcmp(at->sha256[1], sha256[1]) == 0 && strcmp(at->sha256[2], sha256[2]) == 0)
			return at;
	return NULL;
}

static unsigned count_editions(const struct library *library)
{
	unsigned n = 0;
	for (const struct library_edition *at = library->editions; at; at = at->next)
		n++;
	return n;
}

static enum lt_status load_texts(const struct yaml_source texts[3], struct lt_arena *arena,
				 struct lt_findings *findings, struct library_edition *out,
				 struct lt_err *err)
{
	enum lt_status status = units_load(&texts[2], arena, findings, &out->units, err);
	return status ? status
		      : ruleset_load(&texts[0], &texts[1], out->units, arena, findings,
				     &out->ruleset, err);
}

/* In an arena of its own, with its findings. False: it cannot be loaded, and nothing is left of it.
 */
static bool is_kept(struct library *library, const struct yaml_source texts[3],
		    struct library_edition *edition, struct lt_findings *findings)
{
	struct yaml_source own[3];
	struct lt_findings found;
	struct lt_err ignored = LT_ERR_INIT;
	enum lt_status status = LT_OK;
	lt_arena_init(&edition->arena, 0);
	lt_findings_init(&found, &edition->arena);
	for (int i = 0; i < 3 && !status; i++) {
		own[i] = texts[i];
		own[i].text = lt_arena_strndup(&edition->arena, texts[i].text, texts[i].len);
		status = own[i].text ? LT_OK : lt_err_memory(&ignored);
	}
	if (!status)
		status = load_texts(own, &edition->arena, &found, edition, &ignored);
	if (status) {
		lt_arena_release(&edition->arena);
		return false;
	}
	lt_findings_append(findings, &found);
	edition->kept = true;
	edition->next = library->editions;
	library->editions = edition;
	return true;
}

enum lt_status library_load_edition(struct library *library, const char *const *sha256,
				    const struct yaml_source texts[3], struct lt_arena *arena,
				    struct lt_findings *findings,
				    const struct library_edition **out, struct lt_err *err)
{
	const bool has_room = count_editions(library) < LIBRARY_MOST_EDITIONS;
	struct library_edition *edition =
		lt_arena_alloc(has_room ? &library->arena : arena, 1, sizeof(*edition));
	*out = edition;
	if (!edition)
		return lt_err_memory(err);
	*edition = (struct library_edition){ 0 };
	for (int i = 0; i < 3; i++)
		snprintf(edition->sha256[i], sizeof(edition->sha256[i]), "%s", sha256[i]);
	if (has_room && is_kept(library, texts, edition, findings))
		return LT_OK;
	return load_texts(texts, arena, findings, edition, err);
}

/* ---- plans ---- */

struct library_plan {
	const struct ruleset *ruleset;
	struct selection selection;
	const struct plan *plan;
	struct library_plan *next;
};

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static const struct plan *find_plan(const struct library *library, const struct ruleset *ruleset,
				    const struct selection *selection)
{
	for (const struct library_plan *at = library->plans; at; at = at->next)
		if (at->ruleset == ruleset &&
		    is_same(at->selection.park_type, selection->park_type) &&
		    is_same(at->selection.stage, selection->stage) &&
		    is_same(at->selection.place, selection->place))
			return at->plan;
	return NULL;
}

/* False when memory runs out. */
static bool copy(struct lt_arena *arena, const char *from, const char **out)
{
	*out = from ? lt_arena_strndup(arena, from, strlen(from)) : NULL;
	return *out || !from;
}

enum lt_status library_plan(struct library *library, const struct ruleset *ruleset,
			    const struct selection *selection, const struct plan **out,
			    struct lt_err *err)
{
	*out = find_plan(library, ruleset, selection);
	if (*out)
		return LT_OK;
	struct plan *plan;
	struct selection own;
	struct library_plan *kept = lt_arena_alloc(&library->arena, 1, sizeof(*kept));
	if (!kept || !copy(&library->arena, selection->park_type, &own.park_type) ||
	    !copy(&library->arena, selection->stage, &own.stage) ||
	    !copy(&library->arena, selection->place, &own.place))
		return lt_err_memory(err);
	enum lt_status status = plan_compile(ruleset, &own, NULL, &library->arena, &plan, err);
	if (status)
		return status;
	*kept = (struct library_plan){ ruleset, own, plan, library->plans };
	library->plans = kept;
	*out = plan;
	return LT_OK;
}
