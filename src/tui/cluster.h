/*
 * cluster - what a reader takes for one character, and the columns it takes.
 *
 * A cluster is an extended grapheme cluster (Unicode Standard Annex 29): a letter with its marks,
 * an emoji with its skin and its joined parts. The cursor, deletion, cutting and wrapping never
 * stop inside one. Any bytes are taken: a byte that is no UTF-8 is a cluster of its own.
 *
 * Columns (0 never, so that every cluster has a place for the cursor):
 * - 2: East Asian wide and full-width, emoji sequences, flags, controls below U+0020 and DEL (^X)
 * - 1 or 2: ambiguous characters, as the terminal draws them (cluster_set_ambiguous)
 * - 1: everything else; tab and line end, drawn as a blank; characters that would be invisible,
 *   turn the direction of text, are unassigned or broken, drawn as U+FFFD
 * A base and its marks are as wide as the base; spacing marks add theirs, up to 2 columns.
 *
 * All functions are pure but for the one setting, which is a fact of the terminal that the process
 * has. No locale is needed but for cluster_draw.
 */
#ifndef LINGTAN_TUI_CLUSTER_H
#define LINGTAN_TUI_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cluster {
	size_t len; /* bytes, at least 1 */
	int width;  /* columns, 1 or 2 */
	bool is_plain; /* one character of every terminal: what cluster_draw() gives is itself */
};

/* Enough for cluster_draw: a character, its marks, a blank. */
#define CLUSTER_DRAWN 32

/* How the terminal draws ambiguous characters: 1 (as at start) or 2 columns. */
void cluster_set_ambiguous(int columns);
int cluster_ambiguous_width(void);

/* Columns of one character: 0 for a mark, -1 for what must not reach a terminal as it is. */
int cluster_code_columns(uint32_t code);

/* The cluster that begins at text[at]; at < len, and a cluster must begin there. */
struct cluster cluster_next(const char *text, size_t len, size_t at);

/* Where the cluster that ends at `at` begins; 0 for 0. */
size_t cluster_back(const char *text, size_t len, size_t at);

/* Whether a cluster begins at `at`, or the text ends there. */
bool cluster_begins(const char *text, size_t len, size_t at);

/* Columns and clusters of the whole text. */
int cluster_columns(const char *text, size_t len);
size_t cluster_count(const char *text, size_t len);

/* Bytes of the longest beginning that fits in columns; *used, if given, is what it takes. */
size_t cluster_fit(const char *text, size_t len, int columns, int *used);

/* Offset at which the longest end begins that fits in columns. */
size_t cluster_fit_end(const char *text, size_t len, int columns, int *used);

/*
 * Cuts to columns with the mark "..": the end goes, the beginning goes (a file's name below its
 * folders), or the middle goes. Text that fits is given back whole. Below three columns there is no
 * mark. Writes at most cap bytes with NUL, whole clusters; returns the bytes.
 */
size_t cluster_cut(const char *text, size_t len, int columns, char *out, size_t cap);
size_t cluster_cut_front(const char *text, size_t len, int columns, char *out, size_t cap);
size_t cluster_cut_middle(const char *text, size_t len, int columns, char *out, size_t cap);

/*
 * What may be sent to a terminal for one cluster text[0..len): valid UTF-8 without controls whose
 * columns by libc's table (the one ncursesw uses) are exactly the cluster's width. At most five
 * marks, joined emoji as their first, flags as their two letters, and blanks where tables disagree;
 * where ambiguous characters are two columns wide, their twins of ASCII. Writes out with NUL;
 * returns the bytes.
 */
size_t cluster_draw(const char *text, size_t len, char out[CLUSTER_DRAWN]);

#endif
