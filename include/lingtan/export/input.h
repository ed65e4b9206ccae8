/*
 * input - what the second program is given to draw: a report's document, and perhaps a file of the
 * body's own to build on.
 *
 * A line "lingtan-render 1 DOCUMENT TEMPLATE" with two lengths in bytes, the document (JSON), the
 * template's bytes. All of it is data; nothing in it names a file.
 */
#ifndef LINGTAN_EXPORT_INPUT_H
#define LINGTAN_EXPORT_INPUT_H

#include "lingtan/base/json_read.h"

#define INPUT_MAX ((size_t)96 << 20)

struct render_input {
	struct lt_arena arena; /* owned: everything below */
	const struct lt_json_node *report;
	const char *template_bytes;
	size_t template_len;
	enum lt_lang lang;
};

/* Errors: LT_EFILE (it is not such), LT_ESPACE. Release in any case. */
enum lt_status render_input_read(int fd, struct render_input *out, struct lt_err *err);
/* The same of a document that is no report but of this format. */
enum lt_status render_input_read_as(int fd, const char *format, struct render_input *out,
				    struct lt_err *err);
void render_input_release(struct render_input *input);

#endif
