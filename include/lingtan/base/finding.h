/*
 * finding - what is wrong with data that was read: a list that keeps going, so that all of it is
 * reported at once.
 *
 * A finding names a file, a place in it (line and column, or a path such as items[3].points that
 * the reader turns into line and column), and says in both languages what is wrong and what cures
 * it. At most LT_FINDINGS_MAX are kept; the rest are counted.
 */
#ifndef LINGTAN_BASE_FINDING_H
#define LINGTAN_BASE_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"

#define LT_FINDINGS_MAX 1000

enum lt_severity { LT_ERROR, LT_WARNING, LT_NOTE };

struct lt_finding {
	enum lt_severity severity;
	const char *file;      /* borrowed until the list is released; may be NULL */
	unsigned line, column; /* from 1; 0 = not known */
	const char *path;      /* place inside the document; "" = the document itself */
	const char *text[LT_N_LANGS];
	struct lt_finding *next;
};

struct lt_findings {
	struct lt_arena *arena; /* borrowed; holds every finding */
	const char *file;       /* given to findings as they are added */
	struct lt_finding *first, *last;
	size_t n_kept, n_errors, n_warnings; /* errors and warnings count the dropped ones too */
	bool out_of_memory;
};

void lt_findings_init(struct lt_findings *findings, struct lt_arena *arena);

/* Adds one; returns it so that the caller can set line and column, or NULL when it was only
 * counted. */
struct lt_finding *lt_findings_add(struct lt_findings *findings, enum lt_severity severity,
				   const char *path, const char *zh, const char *en, ...)
	__attribute__((format(printf, 4, 6), format(printf, 5, 6)));

/* Moves all of `from` to the end of `to`; their texts stay where they are. */
void lt_findings_append(struct lt_findings *to, struct lt_findings *from);

/* Copies to the end of `to`, texts and all, what is not in it yet; counts are added up. */
void lt_findings_add_new(struct lt_findings *to, const struct lt_findings *from);

const char *lt_severity_name(enum lt_severity severity, enum lt_lang lang);

/* Orders the list by file as first seen, then line, column; findings without a line keep their
 * place at the end. */
void lt_findings_sort(struct lt_findings *findings);

#endif
