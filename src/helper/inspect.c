/* lingtan-inspect: what a file is (libmagic, libexif). Asked for each file that is attached. */
#include "helper.h"
#include "lingtan/export/inspect.h"
#include "lingtan/export/photo_strip.h"

const struct helper_word helper_words[] = {
	{ .word = "inspect", .run = inspect_print },
	{ .word = "inspect-each", .run = inspect_each, .stands_by = true },
	{ .word = "strip", .run = photo_strip_print },
	{ .word = NULL },
};
