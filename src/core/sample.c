#include "lingtan/core/sample.h"

#include <stdlib.h>
#include <string.h>
#include "lingtan/base/sha256.h"

struct lot {
	char hash[LT_SHA256_HEX];
	unsigned member, given; /* given: place among those always taken */
	bool must;
};

static void draw_lot(const char *seed, const char *population, const char *id, char *hex)
{
	static const char head[] = "lingtan sample 1\n";
	struct lt_sha256 sha;
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, head, sizeof(head) - 1);
	lt_sha256_add(&sha, seed, strlen(seed));
	lt_sha256_add(&sha, "\n", 1);
	lt_sha256_add(&sha, population, strlen(population));
	lt_sha256_add(&sha, "\n", 1);
	lt_sha256_add(&sha, id, strlen(id));
	lt_sha256_finish(&sha, hex);
}

static int by_lot(const void *a, const void *b)
{
	const struct lot *x = a, *y = b;
	if (x->must != y->must)
		return x->must ? -1 : 1;
	if (x->must)
		return (x->given > y->given) - (x->given < y->given);
	return strcmp(x->hash, y->hash);
}

enum lt_status sample_order(const char *seed, const char *population,
			    const struct sample_member *members, unsigned n,
			    struct lt_arena *arena, unsigned *order, struct lt_err *err)
{
	struct lot *lots = lt_arena_alloc(arena, n + 1, sizeof(*lots));
	if (!lots)
		return lt_err_memory(err);
	for (unsigned i = 0; i < n; i++) {
		lots[i] = (struct lot){ .member = i, .given = i, .must = members[i].must };
		draw_lot(seed, population, members[i].id, lots[i].hash);
	}
	qsort(lots, n, sizeof(*lots), by_lot);
	for (unsigned i = 0; i < n; i++)
		order[i] = lots[i].member;
	return LT_OK;
}
