/* Loads every ruleset of a library, several at once: parsing YAML is most of the time, and the
 * rulesets know nothing of each other. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include "lingtan/base/cores.h"
#include "lingtan/core/title.h"
#include "lingtan/load/library.h"

#define MAX_WORKERS 8

/* A worker has its own arena and findings, so nothing is shared but what nobody writes: names,
 * embedded files, units. */
struct worker {
	struct library *library;
	struct library_result *results;
	struct lt_findings *findings; /* [n_entries] */
	atomic_uint *next;            /* the entry that nobody has taken yet */
	pthread_t thread;
	bool started;
};

static void *work(void *context)
{
	struct worker *worker = context;
	for (unsigned i; (i = atomic_fetch_add(worker->next, 1)) < worker->library->n_entries;) {
		struct library_result *result = &worker->results[i];
		lt_findings_init(&worker->findings[i], &worker->library->arena);
		*result = (struct library_result){ .err = LT_ERR_INIT };
		result->status = library_load(worker->library, worker->library->entries[i].id,
					      &worker->findings[i], &result->ruleset, &result->err);
	}
	return NULL;
}

static unsigned count_workers(unsigned n_entries)
{
	const unsigned n = lt_cores(MAX_WORKERS);
	return n < n_entries ? n : n_entries ? n_entries : 1;
}

static void run_workers(struct worker *workers, unsigned n)
{
	for (unsigned i = 1; i < n; i++)
		workers[i].started =
			pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
	work(&workers[0]);
	for (unsigned i = 1; i < n; i++)
		if (workers[i].started)
			pthread_join(workers[i].thread, NULL);
}

enum lt_status library_load_all(struct library *library, struct lt_findings *findings,
				struct library_result *results, struct lt_err *err)
{
	const struct units *units;
	enum lt_status status = library_units(library, findings, &units, err);
	if (status)
		return status;
	atomic_uint next = 0;
	const unsigned n = count_workers(library->n_entries);
	struct worker workers[MAX_WORKERS] = { 0 };
	struct lt_findings *each =
		lt_arena_alloc(&library->arena, library->n_entries + 1, sizeof(*each));
	struct library *copies = lt_arena_alloc(&library->arena, n, sizeof(*copies));
	assert(!library->n_workers); /* once a library: what the workers loaded stays with them */
	if (!each || !copies)
		return lt_err_memory(err);
	for (unsigned i = 0; i < n; i++) {
		copies[i] = *library;
		lt_arena_init(&copies[i].arena, 0);
		workers[i] = (struct worker){
			.library = &copies[i], .results = results, .findings = each, .next = &next
		};
	}
	run_workers(workers, n);
	library->workers = copies;
	library->n_workers = n;
	for (unsigned i = 0; i < library->n_entries; i++)
		lt_findings_append(findings, &each[i]);
	return LT_OK;
}

const char *library_named(struct library *library, const char *typed)
{
	struct titled titled = { .typed = typed };
	struct lt_err ignored = LT_ERR_INIT;
	/* what is wrong with the others is nothing to who asks for one */
	struct lt_findings dropped;
	if (library_find(library, typed))
		return typed;
	lt_findings_init(&dropped, &library->arena);
	for (unsigned i = 0; i < library->n_entries; i++) {
		struct ruleset *ruleset;
		if (library_load(library, library->entries[i].id, &dropped, &ruleset, &ignored))
			continue;
		const struct label code = { ruleset->code, ruleset->code };
		titled_offer(&titled, ruleset->id, &code);
		titled_offer(&titled, ruleset->id, &ruleset->title);
	}
	titled_take(&titled, &typed, &ignored);
	return typed;
}
