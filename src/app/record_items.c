/* What a row says of items: they must be there, and are called as the program calls them. */
#include <string.h>
#include "field_parts.h"
#include "record_parts.h"

static const char *assessment_of(const struct record *record)
{
	const char *value = record_text(record, "assessment");
	return value[0] ? value : NULL;
}

static enum lt_status name_list(struct session *session, const struct record *record,
				const char **list, struct lt_findings *findings,
				struct lt_err *err)
{
	const struct assessment_ref *ref;
	const char *at = *list, *item, *named = "";
	enum lt_status status = LT_OK;
	while (!status && (item = list_take(&session->arena, &at)) != NULL) {
		status = session_find_assessment(session, assessment_of(record), item, &ref,
						 findings, err);
		if (!status)
			status = field_name_item(session, ref, &item, findings, err);
		if (status)
			return status;
		named = list_join(&session->arena, named, item);
		if (!named)
			return lt_err_memory(err);
	}
	*list = named;
	return status;
}

enum lt_status record_name_items(struct session *session, struct record *record,
				 struct lt_findings *findings, struct lt_err *err)
{
	const struct form *form = record->form;
	enum lt_status status = LT_OK;
	if (!session->project)
		return LT_OK;
	for (unsigned i = 0; i < form->n_fields && !status; i++)
		if (form->fields[i].offer == OFFER_ITEMS && record_is_changed(record, i))
			status = name_list(session, record, &record->values[i], findings, err);
	return status;
}
