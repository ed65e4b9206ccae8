/* board_words - short texts in both languages, grown piece by piece; numbers as people read them.
 * For src/app/board*.c alone. */
#ifndef LINGTAN_APP_BOARD_WORDS_H
#define LINGTAN_APP_BOARD_WORDS_H

#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"
#include "lingtan/core/value.h"

#define NUMBER_WORDS 160 /* bytes that a number takes */

struct bilingual {
	struct lt_arena *arena;
	const char *text[LT_N_LANGS]; /* NULL = nothing was said yet */
	bool failed;                  /* memory ran out */
};

/* Adds to both; zh and en take the same arguments in the same order. */
void bilingual_add(struct bilingual *words, const char *zh, const char *en, ...)
	__attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* Adds a text of its own a language, as titles are. */
void bilingual_add_each(struct bilingual *words, const char *zh, const char *en);

/* 1,442.846 or 37.8~71.9, with at most `places` places; what is no number in words. */
const char *number_words(const struct value *value, int places, enum lt_lang lang,
			 char buf[NUMBER_WORDS]);

#endif
