/* What a row says of items: they must be there, and are called as the program calls them. */
#include <string.h>
#include "field_parts.h"
#include "record_parts.h"

static const char *assessment_of(const struct record *record)
{
	const char *value = record_text(record, "assessment");
	return value[0] ? value : NULL;
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
			status = field_name_items(session, assessment_of(record),
						  &record->values[i], findings, err);
	return status;
}
