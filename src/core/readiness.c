#include "lingtan/core/readiness.h"

#include <string.h>

const char *const ready_severity_names[] = { "error", "warning", "note", NULL };
const char *const ready_jump_names[] = { "item",      "evidence", "finding",	"round",
					 "signature", "setting",  "assessment", "line",	"meter",    "engagement", NULL };

const struct ready_check *ready_checks_find(const struct ready_checks *checks, const char *check)
{
	for (unsigned i = 0; i < checks->n_checks; i++)
		if (strcmp(checks->checks[i].check, check) == 0)
			return &checks->checks[i];
	return NULL;
}

/* What stands at a brace: its length, and what takes its place; 0 for a brace that is none. */
static size_t placeholder(const char *at, const char *what, const char *more, const char **value)
{
	static const char names[2][8] = { "{what}", "{more}" };
	for (int i = 0; i < 2; i++)
		if (strncmp(at, names[i], strlen(names[i])) == 0) {
			*value = i ? more : what;
			return strlen(names[i]);
		}
	return 0;
}

const char *ready_sentence(const char *text, const char *what, const char *more,
			   struct lt_arena *arena)
{
	size_t size = 1, len = 0;
	const char *value = NULL;
	for (const char *at = text; *at; at++)
		size += placeholder(at, what, more, &value) ? strlen(value) : 1;
	char *out = lt_arena_alloc(arena, size, 1);
	for (const char *at = text; out && *at;) {
		const size_t skip = placeholder(at, what, more, &value);
		const size_t n = skip ? strlen(value) : 1;
		memcpy(out + len, skip ? value : at, n);
		len += n;
		at += skip ? skip : 1;
	}
	return out;
}
