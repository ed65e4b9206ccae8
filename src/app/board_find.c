/* Finds items of a board by number, title, initials, and by what was written about them. */
#include <stdlib.h>
#include <string.h>
#include "board_parts.h"
#include "lingtan/base/text.h"

#define MAX_WORDS 8

struct search {
	const struct board *board;
	const struct pinyin *pinyin;
	const char *words[MAX_WORDS]; /* lower case */
	bool is_plain[MAX_WORDS];     /* letters and digits only: may be initials */
	unsigned n_words;
};

/* ---- the query ---- */

/* Full-width letters, digits and blanks become ASCII, capitals small. */
static char *simplify(const char *query, struct lt_arena *arena)
{
	const size_t len = strlen(query);
	char *out = lt_arena_alloc(arena, len + 1, 1), *to = out;
	for (size_t at = 0, step; out && at < len; at += step) {
		uint32_t code;
		step = lt_text_decode(query + at, len - at, &code);
		if (!step)
			break;
		if (code >= 0xFF01 && code <= 0xFF5E)
			code -= 0xFEE0;
		else if (code == 0x3000)
			code = ' ';
		if (code >= 'A' && code <= 'Z')
			code += 'a' - 'A';
		if (code < 0x80) {
			*to++ = (char)code;
		} else {
			memcpy(to, query + at, step);
			to += step;
		}
	}
	return out;
}

static bool is_plain(const char *word)
{
	return word[strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789")] == 0;
}

/* Words beyond the eighth narrow nothing down. */
static bool split(struct search *search, const char *query, struct lt_arena *arena)
{
	char *text = simplify(query, arena), *rest = NULL;
	if (!text)
		return false;
	for (char *word = strtok_r(text, " \t\n", &rest); word && search->n_words < MAX_WORDS;
	     word = strtok_r(NULL, " \t\n", &rest)) {
		search->is_plain[search->n_words] = is_plain(word);
		search->words[search->n_words++] = word;
	}
	return true;
}

/* ---- one text ---- */

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

/* Where a word in small letters stands in a text; -1 = nowhere. */
static long find_in(const char *text, const char *word)
{
	for (const char *at = text; *at; at++) {
		size_t i = 0;
		while (word[i] && small(at[i]) == word[i])
			i++;
		if (!word[i])
			return at - text;
	}
	return -1;
}

/* The better of what was found and a word in this text. */
static void look(struct board_found *best, enum found_by by, enum rung rung, const char *text,
		 const char *word)
{
	if (!text || by >= best->by)
		return;
	const long at = find_in(text, word);
	if (at < 0 || (by == FOUND_NUMBER && at > 0))
		return;
	best->by = by;
	best->rung = rung;
	best->text = text;
	best->at = (size_t)at;
	best->len = strlen(word);
}

static void look_in_label(struct board_found *best, enum found_by by, const struct label *label,
			  const char *word)
{
	look(best, by, N_RUNGS, label->zh, word);
	look(best, by, N_RUNGS, label->en, word);
}

/* ---- one item ---- */

static void look_at_initials(const struct search *search, struct board_found *best,
			     const char *title, unsigned word)
{
	size_t at, len;
	if (best->by <= FOUND_INITIALS || !title || !search->is_plain[word] ||
	    !pinyin_find(search->pinyin, title, search->words[word], &at, &len))
		return;
	best->by = FOUND_INITIALS;
	best->rung = N_RUNGS;
	best->text = title;
	best->at = at;
	best->len = len;
}

static void look_at_words(const struct board *board, struct board_found *best,
			  const struct board_item *item, const char *word)
{
	const struct item *decl = item->plan->decl;
	look_in_label(best, FOUND_WORDS, &decl->ask, word);
	for (unsigned s = item->section; s < board->n_sections; s = board->sections[s].parent) {
		look_in_label(best, FOUND_WORDS, &board->sections[s].decl->title, word);
		if (!board->sections[s].depth)
			break;
	}
	const struct quantity *quantity =
		decl->quantity ? ruleset_find_quantity(board->ruleset, decl->quantity) : NULL;
	if (quantity)
		look_in_label(best, FOUND_WORDS, &quantity->title, word);
	for (unsigned t = 0; t < decl->n_tiers; t++)
		look_in_label(best, FOUND_WORDS, &decl->tiers[t].title, word);
	for (unsigned c = 0; c < decl->n_checks; c++)
		look_in_label(best, FOUND_WORDS, &decl->checks[c].title, word);
}

static void look_at_answers(const struct board *board, struct board_found *best, uint32_t item,
			    const char *word)
{
	for (int r = 0; r < N_RUNGS; r++) {
		const struct board_rung *rung = &board->rungs[r];
		if (!rung->is_computed)
			continue;
		const struct answer *answer = &rung->answers->items[item];
		look(best, FOUND_ANSWER, (enum rung)r, answer->remark, word);
		look(best, FOUND_ANSWER, (enum rung)r, answer->reason_text, word);
		look(best, FOUND_ANSWER, (enum rung)r, board->private->facts->unsupported[r][item],
		     word);
		look(best, FOUND_EVIDENCE, (enum rung)r, answer->evidence, word);
		look(best, FOUND_EVIDENCE, (enum rung)r, answer->locator, word);
	}
}

static void look_at_threads(const struct board *board, struct board_found *best, uint32_t item,
			    const char *word)
{
	const struct board_facts *facts = board->private->facts;
	static const int told[] = { GROUP_FINDING_NUMBER,     GROUP_FINDING_FACT,   GROUP_FINDING_CAUSE,
				    GROUP_FINDING_CORRECTION, GROUP_FINDING_ANSWER, GROUP_FINDING_OBJECTION };
	for (const struct item_row *row = facts->remarks.first; row; row = row->next)
		if (row->item == item && row->values[GROUP_REMARK_TEXT].at)
			look(best, FOUND_ANSWER, rung_find(row->values[GROUP_REMARK_PLACE].at[2]),
			     row->values[GROUP_REMARK_TEXT].at[0], word);
	for (const struct item_row *row = facts->findings.first; row; row = row->next)
		for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
			if (row->item == item && row->values[told[i]].at)
				look(best, FOUND_ANSWER, N_RUNGS, row->values[told[i]].at[0], word);
}

static void look_at_evidence(const struct board *board, struct board_found *best, uint32_t item,
			     const char *word)
{
	const struct evidence_list list = board_ties_of(board, item);
	for (unsigned i = 0; i < list.n_ties; i++) {
		const struct evidence_tie *tie = &list.ties[i];
		const struct evidence_file *file = board_find_file(board, tie->sha256);
		const char *const texts[] = { file ? file->name : NULL, tie->locator, tie->page,
					      tie->table, tie->note };
		for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++)
			look(best, FOUND_EVIDENCE, N_RUNGS, texts[t], word);
	}
}

static struct board_found find_word(const struct search *search, uint32_t item, unsigned at)
{
	const struct board *board = search->board;
	const struct item *decl = board->items[item].plan->decl;
	const char *word = search->words[at];
	struct board_found best = { .item = item, .by = N_FOUND_BY, .rung = N_RUNGS };
	look(&best, FOUND_NUMBER, N_RUNGS, decl->id, word);
	look(&best, FOUND_NUMBER, N_RUNGS, decl->clause, word);
	look_in_label(&best, FOUND_TITLE, &decl->title, word);
	look_at_initials(search, &best, decl->title.zh, at);
	look_at_words(board, &best, &board->items[item], word);
	look_at_answers(board, &best, item, word);
	look_at_threads(board, &best, item, word);
	look_at_evidence(board, &best, item, word);
	return best;
}

static bool find_all(const struct search *search, uint32_t item, struct board_found *out)
{
	for (unsigned w = 0; w < search->n_words; w++) {
		const struct board_found found = find_word(search, item, w);
		if (found.by == N_FOUND_BY)
			return false;
		if (w == 0)
			*out = found;
	}
	return true;
}

/* ---- all ---- */

/* A number that is the query stands before those that only begin so. */
static int rank_of(const struct board_found *found)
{
	const bool is_whole = found->by == FOUND_NUMBER && !found->text[found->len];
	return is_whole ? 0 : 1 + (int)found->by;
}

static int by_rank(const void *a, const void *b)
{
	const struct board_found *x = a, *y = b;
	if (rank_of(x) != rank_of(y))
		return rank_of(x) - rank_of(y);
	return (x->item > y->item) - (x->item < y->item);
}

enum lt_status board_find(const struct board *board, const char *query, struct lt_arena *arena,
			  struct board_found_list *out, struct lt_err *err)
{
	struct search search = { .board = board, .pinyin = &board->session->workspace->pinyin };
	*out = (struct board_found_list){ .at = lt_arena_alloc(arena, board->n_items + 1,
							       sizeof(*out->at)) };
	if (!out->at || !split(&search, query, arena))
		return lt_err_memory(err);
	for (uint32_t i = 0; i < board->n_items && search.n_words; i++)
		if (!board->items[i].is_outside && find_all(&search, i, &out->at[out->n]))
			out->n++;
	if (out->n)
		qsort(out->at, out->n, sizeof(*out->at), by_rank);
	return LT_OK;
}
