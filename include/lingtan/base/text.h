/*
 * text - UTF-8 at the edge and on the way to a terminal.
 *
 * Inside the program all text is valid UTF-8 without control characters (lt_text_check refuses the
 * rest at the edge). Columns are what the terminal uses: libc wcwidth, the table that ncursesw
 * itself uses.
 */
#ifndef LINGTAN_BASE_TEXT_H
#define LINGTAN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum lt_text_fault {
	LT_TEXT_OK = 0,
	LT_TEXT_NOT_UTF8, /* also: overlong forms, surrogates, above U+10FFFF */
	LT_TEXT_CONTROL, /* C0 but tab, newline and the CR of a CRLF; DEL, C1, bidi controls, U+FEFF
			    but at the start */
	LT_TEXT_GBK,     /* not UTF-8, and reads as GBK */
};

/* Checks text[0..len); *at is set to the offset of the first offending byte. NUL counts as a
 * control character. */
enum lt_text_fault lt_text_check(const char *text, size_t len, size_t *at);

/* Whether text can be an id of our files: letters, digits and . _ -, at least one. */
bool lt_text_is_id(const char *text);

/* Whether the first len bytes are digits of a number in lower-case hexadecimal. */
static inline bool lt_text_is_hex(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!(text[i] >= '0' && text[i] <= '9') && !(text[i] >= 'a' && text[i] <= 'f'))
			return false;
	return true;
}

/* For hash tables (FNV-1a, 32 bits): a text, and a text behind others whose hash is given. */
#define LT_TEXT_HASH 2166136261u

static inline uint32_t lt_text_hash_on(uint32_t hash, const char *text)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	return hash;
}

static inline uint32_t lt_text_hash(const char *text)
{
	return lt_text_hash_on(LT_TEXT_HASH, text);
}

/* Decodes one character at text[0..len), len > 0; returns its length, 0 if invalid. */
size_t lt_text_decode(const char *text, size_t len, uint32_t *code);

/* Columns that valid UTF-8 takes on a terminal; needs a UTF-8 LC_CTYPE (tests use C.UTF-8). */
int lt_text_width(const char *text);

/* Writes text to out (cap bytes with NUL), each control or bidi character as a visible \xNN or
 * \u{NNNN}; for messages. */
size_t lt_text_visible(const char *text, size_t len, char *out, size_t cap);

/* Largest length <= cap at which valid UTF-8 text may be cut between characters. */
size_t lt_text_cut(const char *text, size_t len, size_t cap);

/* What %.*s takes: at most so many bytes of a text, not cut within a character. */
#define LT_CUT(text, most) (int)lt_text_cut((text), strlen(text), (most)), (text)

/*
 * The ASCII twin of what an input method gives in the place of an ASCII key: full-width letters,
 * digits and marks, the ideographic space, and the Chinese marks that stand on the same keys (。 .,
 * 、 /, 《 <, 【 [, “ ", ￥ $, — -). Any other character is given back as it is. For keys, commands
 * and numbers; never for prose.
 */
uint32_t lt_text_twin(uint32_t code);

/* Writes valid UTF-8 text to out (cap bytes with NUL, cut at a character) with lt_text_twin of each
 * character; out may be text. Returns the bytes. */
size_t lt_text_fold_twins(const char *text, size_t len, char *out, size_t cap);

#endif
