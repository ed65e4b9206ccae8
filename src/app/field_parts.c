#include "field_parts.h"

#include <string.h>
#include <time.h>
#include "lingtan/base/ids.h"
#include "lingtan/core/form.h"

const char *row_text(const struct fact_row *row, const char *group, unsigned member)
{
	const struct words *value = fact_row_get(row, group);
	return value->at && member < value->n ? value->at[member] : "";
}

bool row_is_removed(const struct fact_row *row)
{
	return row_text(row, "removed", 0)[0] != 0;
}

void *list_grow(struct lt_arena *arena, void **at, unsigned *n, unsigned *cap, size_t size)
{
	void *list = lt_arena_room(arena, *at, *n, cap, size);
	if (!list)
		return NULL;
	*at = list;
	void *element = (char *)*at + *n * size;
	memset(element, 0, size);
	++*n;
	return element;
}

const char *list_take(struct lt_arena *arena, const char **at)
{
	const char *id;
	size_t len;
	return lt_ids_next(at, &id, &len) ? lt_arena_strndup(arena, id, len) : NULL;
}

const char *list_join(struct lt_arena *arena, const char *list, const char *id)
{
	return lt_ids_have(list, id)
		       ? list
		       : lt_arena_printf(arena, "%s%s%s", list, list[0] ? "," : "", id);
}

enum lt_status field_put(struct changes *changes, const char *table, const char *const *key,
			 const char *group, const char *const *values, struct lt_err *err)
{
	enum lt_status status = changes_add(changes, table, key, group, values, err);
	return status ? status : changes_add(changes, table, key, "removed", NULL, err);
}

enum lt_status field_drop(struct changes *changes, const char *table, const char *const *key,
			  struct lt_err *err)
{
	static const char *const yes = "yes";
	return changes_add(changes, table, key, "removed", &yes, err);
}

const char *session_moment(struct session *session)
{
	struct tm local;
	char text[40];
	const time_t now = time(NULL);
	if (!localtime_r(&now, &local) || !strftime(text, sizeof(text), "%Y-%m-%dT%H:%M", &local))
		return "";
	return lt_arena_strndup(&session->arena, text, sizeof(text));
}

enum lt_status field_time(struct session *session, const char **at, struct lt_err *err)
{
	static const struct form_field field = { .id = "at",
						 .type = FIELD_TIME,
						 .label = { "时间", "Time" } };
	*at = form_normalise_value(&field, *at, &session->arena);
	if (!*at)
		return lt_err_memory(err);
	return (*at)[0] ? form_check_value(&field, *at, err)
			: lt_err_set(err, LT_EDATA, "时间是空的", "the time is empty");
}

enum lt_status field_check_item(struct session *session, const struct assessment_ref *ref,
				const char *item, struct lt_findings *findings,
				struct lt_err *err)
{
	struct trial *trial;
	enum lt_status status = session_trial(session, ref, &trial, findings, err);
	if (!status && !ruleset_find_item(trial->ruleset, item))
		status = ruleset_no_item(trial->ruleset, an_item, item, err);
	return status;
}

enum lt_status field_name_item(struct session *session, const struct assessment_ref *ref,
			       const char **item, struct lt_findings *findings, struct lt_err *err)
{
	enum lt_status status = session_name_item(session, ref, item, findings, err);
	return status ? status : field_check_item(session, ref, *item, findings, err);
}

enum lt_status field_name_items(struct session *session, const char *assessment,
				const char **items, struct lt_findings *findings,
				struct lt_err *err)
{
	const struct assessment_ref *ref;
	const char *at = *items, *item, *named = "";
	while ((item = list_take(&session->arena, &at)) != NULL) {
		enum lt_status status =
			session_find_assessment(session, assessment, item, &ref, findings, err);
		if (!status)
			status = field_name_item(session, ref, &item, findings, err);
		if (status)
			return status;
		named = list_join(&session->arena, named, item);
		if (!named)
			return lt_err_memory(err);
	}
	*items = named;
	return LT_OK;
}
