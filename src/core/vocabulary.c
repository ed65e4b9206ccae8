#include "lingtan/core/vocabulary.h"

#include <string.h>

const struct fact_table *vocabulary_find_table(const struct vocabulary *vocabulary,
					       const char *table)
{
	/* most differ in the first byte */
	for (unsigned i = 0; i < vocabulary->n_tables; i++)
		if (vocabulary->tables[i].table[0] == table[0] &&
		    strcmp(vocabulary->tables[i].table, table) == 0)
			return &vocabulary->tables[i];
	return NULL;
}

const struct cell_group *fact_table_find_group(const struct fact_table *table, const char *group)
{
	for (unsigned i = 0; i < table->n_groups; i++)
		if (strcmp(table->groups[i].group, group) == 0)
			return &table->groups[i];
	return NULL;
}

int cell_group_find_member(const struct cell_group *group, const char *member)
{
	for (unsigned i = 0; i < group->members.n; i++)
		if (strcmp(group->members.at[i], member) == 0)
			return (int)i;
	return -1;
}

/* What stands between parts, and what marks it inside of one. */
#define KEY_SIGNS "%|"

const char *cell_key_join(struct lt_arena *arena, const char *const *parts, unsigned n)
{
	size_t len = 1;
	for (unsigned i = 0; i < n; i++, len++) {
		len += strlen(parts[i]);
		for (const char *sign = strpbrk(parts[i], KEY_SIGNS); sign;
		     sign = strpbrk(sign + 1, KEY_SIGNS))
			len += 2;
	}
	char *key = lt_arena_alloc(arena, len, 1), *at = key;
	if (!key)
		return NULL;
	for (unsigned i = 0; i < n; i++) {
		if (i)
			*at++ = '|';
		for (const char *from = parts[i];;) {
			const size_t plain = strcspn(from, KEY_SIGNS);
			memcpy(at, from, plain);
			at += plain;
			from += plain;
			if (!*from)
				break;
			memcpy(at, *from++ == '%' ? "%25" : "%7C", 3);
			at += 3;
		}
	}
	return key;
}

bool cell_key_split(struct lt_arena *arena, const char *key, const char **parts, unsigned n)
{
	char *to = lt_arena_strndup(arena, key, strlen(key));
	unsigned i = 0;
	if (!to || !n)
		return false;
	parts[i++] = to;
	for (const char *from = key; *from; from++) {
		if (*from == '|') {
			if (i == n)
				return false;
			*to++ = 0;
			parts[i++] = to;
		} else if (*from != '%') {
			*to++ = *from;
		} else if (strncmp(from, "%25", 3) == 0 || strncmp(from, "%7C", 3) == 0) {
			*to++ = from[1] == '2' ? '%' : '|';
			from += 2;
		} else {
			return false;
		}
	}
	*to = 0;
	return i == n;
}
