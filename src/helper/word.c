/* lingtan-word: writes a report on the body's own file (libzip, libxml2, cairo and pango for charts). */
#include "helper.h"
#include "lingtan/export/word_out.h"

const struct helper_word helper_words[] = {
	{ .word = "docx", .run = word_print },
	{ .word = NULL },
};
