/* What is written down of the items at a stop: read once for each assessment. */
#include <string.h>
#include "lingtan/app/visit.h"
#include "session_parts.h"
#include "visit_parts.h"

static const struct inspection_info *find_item(const struct inspection_info *all, unsigned n,
					       const char *item)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(all[i].item, item) == 0)
			return &all[i];
	return NULL;
}

struct inspection_info inspection_nothing(const char *assessment, const char *item)
{
	return (struct inspection_info){ .assessment = assessment,
					 .item = item,
					 .document = "",
					 .document_text = "",
					 .document_on = "",
					 .document_by = "",
					 .to_site = "",
					 .to_stop = "",
					 .site = "",
					 .site_text = "",
					 .site_on = "",
					 .site_stop = "",
					 .site_by = "" };
}

enum lt_status session_stop_inspections(struct session *session, const struct stop_info *stop,
					struct inspection_info **out, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	struct inspection_info *list =
		lt_arena_alloc(&session->arena, stop->n_items + 1u, sizeof(*list));
	*out = list;
	if (!list)
		return lt_err_memory(err);
	memset(list, 0, (stop->n_items + 1u) * sizeof(*list));
	for (unsigned i = 0; i < stop->n_items && !status; i++) {
		const char *assessment = stop->items[i].assessment;
		struct inspection_info *all = NULL;
		unsigned n = 0;
		if (list[i].item)
			continue;
		status = session_inspections(session, assessment, &all, &n, err);
		for (unsigned k = i; k < stop->n_items && !status; k++) {
			const struct stop_item *item = &stop->items[k];
			if (strcmp(item->assessment, assessment) != 0)
				continue;
			const struct inspection_info *found = find_item(all, n, item->item);
			list[k] = found ? *found : inspection_nothing(item->assessment, item->item);
		}
	}
	return status;
}
