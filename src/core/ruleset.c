#include "lingtan/core/ruleset.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "lingtan/core/title.h"

const char *const origin_names[] = { "unstated", "sourced",      "user", "inferred",
				     "proposed", "illustrative", NULL };
const char *const ruleset_status_names[] = { "published", "draft", NULL };
const char *const item_kind_names[] = { "control",   "scoring",   "innovation",
					"judgement", "checklist", NULL };
const char *const item_form_names[] = { "met",       "points",    "tiers", "measured",
					"checklist", "judgement", NULL };
const char *const item_modal_names[] = { "shall", "should", "may", "stated", NULL };
const char *const item_method_names[] = { "document",      "observation", "interview",
					  "recalculation", "trial",       NULL };
const char *const planning_basis_names[] = { "unstated",      "document", "design",
					     "existing_only", "none",     NULL };
const char *const node_op_names[] = { "sum",     "product",  "ratio",  "steps", "linear",
				      "compare", "at_least", "ladder", NULL };
const char *const compare_is_names[] = { "unstated", "ge", "gt", "le", "lt", NULL };
const char *const na_policy_names[] = { "unstated", "drop", "rescale", "refuse", NULL };
const char *const publish_names[] = { "no", "outcome", "total", "grade", "net", NULL };
const char *const round_mode_names[] = { "half_even", "half_up", NULL };
const char *const take_measure_names[] = { "amount", "oxidised", "activity", "commitment",
					   "months", "nothing",  "refused",  NULL };

#define DEFINE_FIND(type, name, list, key)                                                         \
	const struct type *name(const struct ruleset *ruleset, const char *id)                     \
	{                                                                                          \
		for (unsigned i = 0; id && i < ruleset->n_##list; i++)                             \
			/* most differ in the first byte */                                        \
			if (ruleset->list[i].key[0] == id[0] &&                                    \
			    strcmp(ruleset->list[i].key, id) == 0)                                 \
				return &ruleset->list[i];                                          \
		return NULL;                                                                       \
	}

DEFINE_FIND(section, ruleset_find_section, sections, id)
DEFINE_FIND(item, ruleset_find_item, items, id)
DEFINE_FIND(parameter, ruleset_find_parameter, parameters, id)
DEFINE_FIND(table, ruleset_find_table, tables, id)
DEFINE_FIND(quantity, ruleset_find_quantity, quantities, id)
DEFINE_FIND(na_reason, ruleset_find_na_reason, na_reasons, id)
DEFINE_FIND(mark, ruleset_find_mark, marks, field)

const char *item_number_like(const struct item *item, const char *typed)
{
	const size_t len = strlen(typed);
	if (strncmp(item->id, typed, len) == 0)
		return item->id;
	return item->clause && strncmp(item->clause, typed, len) == 0 ? item->clause : NULL;
}

/* *id: of what is called so, an item by either of its numbers or a section; NULL where nothing is.
 */
static enum lt_status find_named(const struct ruleset *ruleset, const char *name, const char **id,
				 struct lt_err *err)
{
	const struct item *item = ruleset_find_item(ruleset, name);
	/* a number that is a section's is no item's, though all of that is in one clause */
	const struct section *section = item ? NULL : ruleset_find_section(ruleset, name);
	*id = item ? item->id : section ? section->id : NULL;
	for (unsigned i = 0; !item && !section && i < ruleset->n_items; i++) {
		const struct item *at = &ruleset->items[i];
		if (!at->clause || strcmp(at->clause, name) != 0)
			continue;
		if (*id)
			return lt_err_set(err, LT_EDATA,
					  "标准的 %s 下有几条，请写其中一条：%s、%s 等",
					  "%s of the standard has several items, name one: %s, %s",
					  name, *id, at->id);
		*id = at->id;
	}
	return LT_OK;
}

/* The same by title. */
static enum lt_status find_titled(const struct ruleset *ruleset, const char *typed, const char **id,
				  struct lt_err *err)
{
	struct titled titled = { .typed = typed };
	for (unsigned i = 0; i < ruleset->n_items; i++)
		titled_offer(&titled, ruleset->items[i].id, &ruleset->items[i].title);
	/* an item goes before the section that has nothing else in it */
	for (unsigned i = 0; i < ruleset->n_sections && !titled.n; i++)
		titled_offer(&titled, ruleset->sections[i].id, &ruleset->sections[i].title);
	return titled_take(&titled, id, err);
}

static char *without_blanks(char *text)
{
	size_t len = strlen(text);
	while (len && text[len - 1] == ' ')
		text[--len] = '\0';
	return text + strspn(text, " ");
}

/* 第4.1.1条 as 4.1.1, in place; anything else as it is. */
static char *without_clause(char *typed)
{
	static const char before[] = "第", after[] = "条";
	const size_t len = strlen(typed), first = sizeof(before) - 1, last = sizeof(after) - 1;
	if (len <= first + last || strncmp(typed, before, first) != 0 ||
	    strcmp(typed + len - last, after) != 0)
		return typed;
	typed[len - last] = '\0';
	return without_blanks(typed + first);
}

char *item_number_said(const char *typed, char *out, size_t cap)
{
	if (strlen(typed) >= cap)
		return NULL;
	lt_text_fold_twins(typed, strlen(typed), out, cap);
	return without_clause(without_blanks(out));
}

enum lt_status ruleset_name_item(const struct ruleset *ruleset, const char **item,
				 struct lt_err *err)
{
	char typed[80];
	const char *id;
	enum lt_status status = find_named(ruleset, *item, &id, err);
	const char *number = id ? NULL : item_number_said(*item, typed, sizeof(typed));
	if (!status && number)
		status = find_named(ruleset, number, &id, err);
	if (!status && !id)
		status = find_titled(ruleset, *item, &id, err);
	if (!status && id && strcmp(id, *item) != 0)
		*item = id;
	return status;
}

/* ---- what was meant ---- */

static bool is_letter_or_digit(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80;
}

/* Whether two names are one once all signs are left out. */
static bool is_alike(const char *one, const char *other)
{
	for (;; one++, other++) {
		while (*one && !is_letter_or_digit(*one))
			one++;
		while (*other && !is_letter_or_digit(*other))
			other++;
		if (*one != *other)
			return false;
		if (!*one)
			return true;
	}
}

/* Whether who typed this may have meant an item: one that is alike, or whose number begins so. */
static bool may_be_meant(const struct item *item, const char *typed)
{
	const size_t len = strlen(typed);
	return is_alike(item->id, typed) || (item->clause && is_alike(item->clause, typed)) ||
	       (strncmp(item->id, typed, len) == 0 && !is_letter_or_digit(item->id[len]));
}

/* The first items that may have been meant, after one another. */
static void tell_meant(const struct ruleset *ruleset, const char *typed, char *out, size_t cap)
{
	unsigned n = 0;
	out[0] = '\0';
	for (unsigned i = 0; i < ruleset->n_items; i++)
		if (may_be_meant(&ruleset->items[i], typed))
			n += tell_one_more(out, cap, n, "", ruleset->items[i].id);
}

const struct label an_item = { "条款", "item" };

enum lt_status ruleset_no_item(const struct ruleset *ruleset, struct label what, const char *typed,
			       struct lt_err *err)
{
	return ruleset_nothing(ruleset, what, typed, "", err);
}

enum lt_status ruleset_nothing(const struct ruleset *ruleset, struct label what, const char *typed,
			       const char *nearly, struct lt_err *err)
{
	char half[80], meant[200] = "", zh[300], en[300];
	if (strlen(typed) < sizeof(half)) {
		lt_text_fold_twins(typed, strlen(typed), half, sizeof(half));
		tell_meant(ruleset, half, meant, sizeof(meant));
	}
	if (!meant[0])
		snprintf(meant, sizeof(meant), "%s", nearly);
	snprintf(zh, sizeof(zh), meant[0] ? "；可能是 %s" : "；全部见 lingtan standard %s",
		 meant[0] ? meant : ruleset->id);
	snprintf(en, sizeof(en), meant[0] ? "; perhaps %s" : "; all of them: lingtan standard %s",
		 meant[0] ? meant : ruleset->id);
	lt_err_set(err, LT_EDATA, "%s 没有%s%.0s“%s”", "%s has no %.0s%s '%s'", ruleset->id,
		   what.zh, what.en, typed);
	lt_err_suffix(err, zh, en);
	return LT_EDATA;
}

const struct term *term_find(const struct term *terms, unsigned n, const char *id)
{
	for (unsigned i = 0; id && i < n; i++)
		if (strcmp(terms[i].id, id) == 0)
			return &terms[i];
	return NULL;
}

/* Three are allowed; the bound also ends a parent cycle in a file that was not checked. */
enum { MAX_LEVELS = 8 };

const struct section *ruleset_section_top(const struct ruleset *ruleset, const char *id)
{
	const struct section *section = ruleset_find_section(ruleset, id);
	for (int level = 0; section && section->parent && level < MAX_LEVELS; level++)
		section = ruleset_find_section(ruleset, section->parent);
	return section;
}

bool ruleset_section_is_within(const struct ruleset *ruleset, const char *id, const char *ancestor)
{
	for (int level = 0; id && level < MAX_LEVELS; level++) {
		if (strcmp(id, ancestor) == 0)
			return true;
		const struct section *section = ruleset_find_section(ruleset, id);
		id = section ? section->parent : NULL;
	}
	return false;
}

bool words_have(const struct words *words, const char *word)
{
	/* most differ in the first byte */
	for (unsigned i = 0; word && i < words->n; i++)
		if (words->at[i][0] == word[0] && strcmp(words->at[i], word) == 0)
			return true;
	return false;
}

bool item_is_in_group(const struct item *item, const char *group)
{
	return strcmp(item_kind_names[item->kind], group) == 0 || words_have(&item->tags, group);
}

static bool part_matches(const char *part, size_t len, const char *word)
{
	if (len == 1 && part[0] == '*')
		return true;
	return word && strlen(word) == len && memcmp(part, word, len) == 0;
}

static bool column_matches(const char *column, const char *park_type, const char *stage)
{
	const char *slash = strchr(column, '/');
	if (!slash)
		return part_matches(column, strlen(column), park_type);
	return part_matches(column, (size_t)(slash - column), park_type) &&
	       part_matches(slash + 1, strlen(slash + 1), stage);
}

bool table_has_row(const struct table *table, const char *key)
{
	for (unsigned r = 0; r < table->n_rows; r++)
		if (strcmp(table->rows[r].key, key) == 0)
			return true;
	return false;
}

unsigned table_find_column(const struct table *table, const char *park_type, const char *stage)
{
	for (unsigned c = 0; c < table->columns.n; c++)
		if (column_matches(table->columns.at[c], park_type, stage))
			return c;
	return table->columns.n;
}

const char *table_find_value(const struct table *table, const char *key, const char *park_type,
			     const char *stage)
{
	const unsigned column = table_find_column(table, park_type, stage);
	for (unsigned r = 0; column < table->columns.n && r < table->n_rows; r++) {
		const struct table_row *row = &table->rows[r];
		if (strcmp(row->key, key) != 0 || column >= row->values.n)
			continue;
		return strcmp(row->values.at[column], "-") == 0 ? NULL : row->values.at[column];
	}
	return NULL;
}
