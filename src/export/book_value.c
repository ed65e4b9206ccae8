/* What the formulas of a plan come to, as far as words go: open, not applicable, none. Numbers are
 * those that the program computed. */
#include <stdlib.h>
#include <string.h>
#include "book.h"
#include "lingtan/base/decimal.h"

/* What the cell of a slot holds. */
static const char *held(const struct book *book, node slot)
{
	const long at = slot->kind == LT_JSON_NUMBER ? strtol(slot->text, NULL, 10) : -1;
	const char *value =
		at >= 0 && (unsigned long)at < book->n_slots ? book->values[at] : NULL;
	return value ? value : book_word_open(book);
}

static bool is_zero(const char *value)
{
	return strcmp(value, "0") == 0;
}

static bool any_holds(const struct book *book, node of, const char *key, const char *word)
{
	for (node at = lt_json_get(of, "terms")->first; at; at = at->next)
		if (lt_json_get(at, key)->kind == LT_JSON_NUMBER &&
		    held(book, lt_json_get(at, key)) == word)
			return true;
	return false;
}

static bool member_is_open(const struct book *book, node of, const char *key)
{
	node member = lt_json_get(of, key);
	return member->kind == LT_JSON_NUMBER && held(book, member) == book_word_open(book);
}

/* NULL where the formula comes to a number. */
static const char *word_of_sum(const struct book *book, node of)
{
	const char *policy = lt_json_get_text(of, "na");
	bool all_na = true, any_na = false;
	for (node at = lt_json_get(of, "terms")->first; at; at = at->next) {
		const bool is_na = held(book, lt_json_get(at, "slot")) == book_word_na(book);
		all_na = all_na && is_na;
		any_na = any_na || is_na;
	}
	if (any_holds(book, of, "slot", book_word_none(book)))
		return book_word_none(book);
	if (any_holds(book, of, "slot", book_word_open(book)) ||
	    any_holds(book, of, "weight", book_word_open(book)))
		return book_word_open(book);
	if (lt_json_get(of, "terms")->n && all_na)
		return book_word_na(book);
	return any_na && strcmp(policy, "rescale") != 0 && strcmp(policy, "drop") != 0
		       ? book_word_none(book)
		       : NULL;
}

static const char *word_of_others(const struct book *book, node of)
{
	static const char *const members[] = { "from", "to", "points" };
	if (any_holds(book, of, "slot", book_word_none(book)))
		return book_word_none(book);
	if (any_holds(book, of, "slot", book_word_open(book)))
		return book_word_open(book);
	if (any_holds(book, of, "slot", book_word_na(book)))
		return book_word_na(book);
	for (node at = lt_json_get(of, "steps")->first; at; at = at->next)
		if (member_is_open(book, at, "limit"))
			return book_word_open(book);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (member_is_open(book, of, members[i]))
			return book_word_open(book);
	return NULL;
}

static const char *value_of_at_least(struct book *book, node of)
{
	long holds = 0, left = 0, open = 0, k;
	for (node at = lt_json_get(of, "terms")->first; at; at = at->next) {
		const char *value = held(book, lt_json_get(at, "slot"));
		const bool is_open = value == book_word_open(book) || value == book_word_none(book);
		left += value != book_word_na(book);
		open += is_open;
		holds += value != book_word_na(book) && !is_open && !is_zero(value);
	}
	if (!left)
		return book_word_na(book);
	k = left;
	if (!lt_json_get_bool(of, "k_all")) {
		const char *least = held(book, lt_json_get(of, "k"));
		if (least == book_word_open(book))
			return book_word_open(book);
		k = strtol(least, NULL, 10);
	}
	return holds >= k ? "1" : holds + open < k ? "0" : book_word_open(book);
}

static const char *value_of_ladder(struct book *book, node of)
{
	unsigned passed = 0;
	for (node grade = lt_json_get(of, "grades")->first; grade; grade = grade->next) {
		bool fails = !lt_json_get_bool(grade, "awarded"), open = false;
		for (node at = lt_json_get(grade, "when")->first; at; at = at->next) {
			const char *value = held(book, at);
			fails = fails || is_zero(value);
			open = open || value == book_word_open(book) || value == book_word_none(book);
		}
		if (fails)
			break;
		if (open)
			return book_word_open(book);
		passed++;
	}
	return book_text(book, "%u", passed);
}

const char *book_value_of(struct book *book, node of, bool *is_word)
{
	node value = lt_json_get(of, "value");
	const char *op = lt_json_get_text(of, "op"), *exact = lt_json_get_text(value, "value");
	const char *result;
	if (strcmp(op, "at_least") == 0)
		result = value_of_at_least(book, of);
	else if (strcmp(op, "ladder") == 0)
		result = value_of_ladder(book, of);
	else
		result = strcmp(op, "sum") == 0 ? word_of_sum(book, of) : word_of_others(book, of);
	/* a division by nothing, or below the first step */
	if (!result)
		result = strcmp(lt_json_get_text(value, "state"), "none") == 0 ? book_word_none(book)
			 : exact[0]					       ? exact
								       : book_word_open(book);
	*is_word = book_is_word(book, result);
	return result;
}
