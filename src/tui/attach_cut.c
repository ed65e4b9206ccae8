/* Names that do not fit: what is left out is what a name has in common with those like it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "attach_files.h"
#include "cluster.h"

#define LONGEST_NAME 256 /* bytes, with NUL */

/* Before each byte: columns so far, and how much they tell; a column tells more the more names like
 * this one differ in it. */
struct weights {
	unsigned before[LONGEST_NAME];
	int columns[LONGEST_NAME];
};

/* What a name shares with another at both ends; false where they are not alike. */
static bool is_alike(const char *name, size_t len, const char *other, size_t *head, size_t *tail)
{
	const size_t other_len = strlen(other), shorter = len < other_len ? len : other_len;
	*head = *tail = 0;
	while (*head < shorter && name[*head] == other[*head])
		++*head;
	while (*tail < shorter - *head && name[len - 1 - *tail] == other[other_len - 1 - *tail])
		++*tail;
	return *head < len && 2 * (*head + *tail) >= len;
}

static void weigh(const struct attach_folder *folder, const char *name, size_t len, struct weights *out)
{
	unsigned weight[LONGEST_NAME] = { 0 };
	size_t head, tail;
	/* the kind of file is told by its end */
	const char *end = strrchr(name, '.');
	for (size_t at = end ? (size_t)(end - name) : len; at < len; at++)
		weight[at] = 1;
	for (unsigned i = 0; i < folder->n_files; i++) {
		if (!is_alike(name, len, folder->files[i].name, &head, &tail))
			continue;
		for (size_t at = head; at < len - tail || at == head; at++)
			weight[at]++;
	}
	out->before[0] = 0;
	out->columns[0] = 0;
	for (size_t at = 0; at < len;) {
		const struct cluster cluster = cluster_next(name, len, at);
		unsigned most = 0;
		for (size_t i = 0; i < cluster.len; i++) {
			most = weight[at + i] > most ? weight[at + i] : most;
			out->before[at + i + 1] = out->before[at];
			out->columns[at + i + 1] = out->columns[at];
		}
		at += cluster.len;
		out->before[at] += most * (unsigned)cluster.width;
		out->columns[at] += cluster.width;
	}
}

/* The part to leave out: that tells least, and of several the one nearest to the middle. */
static void choose(const char *name, size_t len, int columns, const struct weights *weights,
		   size_t *from, size_t *to)
{
	const int excess = weights->columns[len] - columns;
	unsigned least = 0;
	long nearest = 0;
	*from = *to = len;
	for (size_t at = 0, end = 0; at < len; at += cluster_next(name, len, at).len) {
		while (end < len && weights->columns[end] - weights->columns[at] < excess)
			end += cluster_next(name, len, end).len;
		if (weights->columns[end] - weights->columns[at] < excess)
			return;
		const unsigned lost = weights->before[end] - weights->before[at];
		const long off = labs((long)(at + end) - (long)len);
		if (*from < len && (lost > least || (lost == least && off >= nearest)))
			continue;
		least = lost;
		nearest = off;
		*from = at;
		*to = end;
	}
}

size_t attach_folder_cut(const struct attach_folder *folder, unsigned number, int columns, char *out, size_t cap)
{
	const char *name = folder->files[number].name;
	const size_t len = strlen(name);
	struct weights weights;
	size_t from, to;
	if (columns < 8 || len >= LONGEST_NAME || cluster_columns(name, len) <= columns)
		return cluster_cut_middle(name, len, columns, out, cap);
	weigh(folder, name, len, &weights);
	choose(name, len, columns - 2, &weights, &from, &to);
	return (size_t)snprintf(out, cap, "%.*s..%s", (int)from, name, name + to);
}
