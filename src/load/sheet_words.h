/* sheet_words - what the columns and cells of a table may be called besides the keys of a sheet. */
#ifndef LINGTAN_LOAD_SHEET_WORDS_H
#define LINGTAN_LOAD_SHEET_WORDS_H

#include <stdbool.h>

enum table_kind {
	TABLE_HEAD,
	TABLE_ANSWERS,
	TABLE_QUANTITIES,
	TABLE_INVENTORY,
	TABLE_OFFSETS,
	N_TABLES
};

/* Longest title that is looked up, in bytes. */
#define TITLE_TEXT 120

/**
 * sheet_words_key - the key that a column title of this kind of table stands for, or NULL: the key
 * itself in any case, its Chinese title, or both ("条款 item", "条款/item"); what stands in
 * brackets or after an asterisk ("得分（必填）", "条款*") does not count. Static.
 */
const char *sheet_words_key(enum table_kind kind, const char *title);

/* Whether a column is there for the reader's eye alone (title, full points) and is not looked at.
 */
bool sheet_words_is_decoration(const char *title);

/* The word that a cell under this key stands for ("符合" is met); the text itself if none. Static
 * or text. */
const char *sheet_words_value(const char *key, const char *text);

#endif
