/*
 * pinyin - initials of Chinese characters, so that 能源体系 is found by "nytx".
 *
 * A character may have two initials (行 h and x), either matches. The table is db/pinyin.txt; it is
 * borrowed, not copied. Pure.
 */
#ifndef LINGTAN_CORE_PINYIN_H
#define LINGTAN_CORE_PINYIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pinyin {
	const char *rows; /* NULL = no table: only letters and digits match themselves */
};

/* Whether the text is such a table; it must live as long as *out. */
bool pinyin_read(struct pinyin *out, const char *text, size_t len);

/* Whether a reading of the character begins with a letter a..z. */
bool pinyin_begins(const struct pinyin *pinyin, uint32_t code, char letter);

/* Whether somewhere in the text characters follow each other whose initials are these letters;
 * letters and digits of the text stand for themselves, punctuation and blanks are passed over. *at
 * and *len say where, in bytes. letters: lower case, digits. */
bool pinyin_find(const struct pinyin *pinyin, const char *text, const char *letters, size_t *at,
		 size_t *len);

#endif
