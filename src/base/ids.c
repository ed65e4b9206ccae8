#include "lingtan/base/ids.h"

#include <string.h>

/* Bytes of the comma that stands here, 0 for none. */
static size_t comma_at(const char *at)
{
	static const char wide[] = "，", listing[] = "、";
	const size_t n = sizeof(wide) - 1;
	if (*at == ',')
		return 1;
	return strncmp(at, wide, n) == 0 || strncmp(at, listing, n) == 0 ? n : 0;
}

bool lt_ids_next(const char **at, const char **id, size_t *len)
{
	while (*at && **at) {
		*id = *at + strspn(*at, " \t\n");
		*len = 0;
		while ((*id)[*len] && !comma_at(*id + *len))
			++*len;
		*at = *id + *len + comma_at(*id + *len);
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

bool lt_id_is_numbered(const char *id)
{
	return id[strcspn(id, "0123456789")] != '\0';
}
