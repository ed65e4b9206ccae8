/* lingtan-book: writes workbooks (zlib alone, so that it starts at once). */
#include "helper.h"
#include "lingtan/export/book_out.h"

const struct helper_word helper_words[] = {
	{ .word = "xlsx", .run = book_print },
	{ .word = NULL },
};
