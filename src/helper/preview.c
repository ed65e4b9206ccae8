/* lingtan-preview: what a file from elsewhere looks like (poppler, libjpeg, libpng). */
#include "helper.h"
#include "lingtan/export/preview.h"

const struct helper_word helper_words[] = {
	{ .word = "preview", .run = preview_print },
	{ .word = NULL },
};
