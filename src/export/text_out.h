/* text_out - a growing text with what stands in front of user text when it becomes markup. Memory
 * failure is sticky. For src/export alone. */
#ifndef LINGTAN_SRC_EXPORT_TEXT_OUT_H
#define LINGTAN_SRC_EXPORT_TEXT_OUT_H

#include <stdbool.h>
#include <stddef.h>

struct text_out {
	char *text; /* owned */
	size_t len, cap;
	bool failed;
};

void text_put_bytes(struct text_out *out, const char *bytes, size_t len);
void text_put(struct text_out *out, const char *text);
void text_printf(struct text_out *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* User text as the content or a quoted attribute of HTML or XML: the five signs as references,
 * characters that XML 1.0 does not know as U+FFFD. */
void text_put_escaped(struct text_out *out, const char *text);

void text_release(struct text_out *out);

#endif
