#include "lingtan/base/ids.h"

#include <string.h>

bool lt_ids_next(const char **at, const char **id, size_t *len)
{
	while (*at && **at) {
		*id = *at + strspn(*at, " \t\n");
		*len = strcspn(*id, ",");
		*at = *id + *len + ((*id)[*len] == ',');
		while (*len && strchr(" \t\n", (*id)[*len - 1]))
			--*len;
		if (*len)
			return true;
	}
	return false;
}

bool lt_ids_have(const char *ids, const char *id)
{
	const size_t wanted = strlen(id);
	const char *one;
	size_t len;
	while (lt_ids_next(&ids, &one, &len))
		if (len == wanted && strncmp(one, id, len) == 0)
			return true;
	return false;
}
