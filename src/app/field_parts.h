/* field_parts - rows, lists and fields, for whatever reads or writes tables of facts; for src/app
 * alone. */
#ifndef LINGTAN_APP_FIELD_PARTS_H
#define LINGTAN_APP_FIELD_PARTS_H

#include "session_parts.h"

/* A member of a group of a row; "" where nothing is set. */
const char *row_text(const struct fact_row *row, const char *group, unsigned member);
bool row_is_removed(const struct fact_row *row);

/* A list that grows in an arena: room for one more element of `size`, which is zeroed; NULL when
 * memory ran out. *at is the list. */
void *list_grow(struct lt_arena *arena, void **at, unsigned *n, unsigned *cap, size_t size);

/* Texts that hold ids, separated by commas. list_take gives the next of them without the blanks
 * around it, NULL at the end (or when memory ran out); list_join puts one behind, unless it is
 * there. */
const char *list_take(struct lt_arena *arena, const char **at);
const char *list_join(struct lt_arena *arena, const char *list, const char *id);

/* A cell of a row that stood as taken out stands again. */
enum lt_status field_put(struct changes *changes, const char *table, const char *const *key,
			 const char *group, const char *const *values, struct lt_err *err);

/* Takes a row out. */
enum lt_status field_drop(struct changes *changes, const char *table, const char *const *key,
			  struct lt_err *err);

/* This moment, as 2026-03-25T15:10. */
const char *session_moment(struct session *session);

/* A time that somebody wrote, in the form of session_moment. Errors: LT_EDATA. */
enum lt_status field_time(struct session *session, const char **at, struct lt_err *err);

/* An item must stand in the ruleset of its assessment. Errors: LT_EDATA. */
enum lt_status field_check_item(struct session *session, const struct assessment_ref *ref,
				const char *item, struct lt_findings *findings,
				struct lt_err *err);

/* The same of what somebody wrote: *item becomes the id, where it was the standard's number. */
enum lt_status field_name_item(struct session *session, const struct assessment_ref *ref,
			       const char **item, struct lt_findings *findings,
			       struct lt_err *err);

/* The same of a list, in the assessment of that name; NULL = the one that has the item. */
enum lt_status field_name_items(struct session *session, const char *assessment,
				const char **items, struct lt_findings *findings,
				struct lt_err *err);

#endif
