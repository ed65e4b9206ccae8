/*
 * wrap - lines of a text that is to stand in so many columns.
 *
 * Chinese prose breaks between any two characters, but no line begins with a closing mark (。，）》
 * ” %) and none ends with an opening one (（《“ ￥). Words of letters and digits stay whole, also
 * with their hyphens and slashes; a number stays with its unit (6 月, 11,740 MWh, 23.4 %). What is
 * longer than a line breaks behind a slash, a hyphen or the like, else where the line is full,
 * never inside a cluster. Blanks at which a line breaks are not shown. A line end (LF or CRLF)
 * begins a new line, and a text that ends with one has an empty last line.
 *
 * Nothing is stored: a line is found from where it begins, and found the same way whichever lines
 * were before it.
 */
#ifndef LINGTAN_TUI_WRAP_H
#define LINGTAN_TUI_WRAP_H

#include <stdbool.h>
#include <stddef.h>

struct wrap_line {
	size_t from, to;     /* bytes to show: text[from..to) */
	size_t next;         /* where the next line begins: behind hidden blanks or the line end */
	int columns;         /* of text[from..to): above the wanted only if one cluster is wider */
	bool ends_paragraph; /* a line end or the end of the text follows */
	bool is_last;
};

/* The line that begins at text[from], from <= len; columns below 1 count as 1. */
struct wrap_line wrap_line(const char *text, size_t len, size_t from, int columns);

/* How many lines the text has, at least 1. */
int wrap_count(const char *text, size_t len, int columns);

/* Where the paragraph that holds `at` begins, and where the line that holds it begins. */
size_t wrap_paragraph_start(const char *text, size_t at);
size_t wrap_line_start(const char *text, size_t len, size_t at, int columns);

#endif
