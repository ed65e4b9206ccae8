/* string_kind - what a string of a document may be (schema.h), whatever file it stands in. */
#ifndef LINGTAN_LOAD_STRING_KIND_H
#define LINGTAN_LOAD_STRING_KIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Both texts take one %s: the string if `quotes`, else "". */
struct string_fault {
	const char *zh, *en;
	bool quotes;
};

/* NULL if text[0..len), NUL-terminated, is a string of that kind (enum string_kind). Static. */
const struct string_fault *string_kind_check(uint32_t kind, const char *text, size_t len);

/*
 * What an input method gave in full width, as ASCII and then without the blanks around it, where the
 * kind leaves no room for anything else: ids, numbers, years, dates, scopes. Points without
 * their 分, an item without 第 and 条. Other text without full-width characters and any other kind stay as they are. In place; returns the length.
 */
size_t string_kind_fold(uint32_t kind, char *text);

#endif
