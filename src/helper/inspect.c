/* lingtan-inspect: what a file is (libmagic, libexif). Asked for each file that is attached. */
#include "helper.h"
#include "lingtan/export/inspect.h"
#include "lingtan/export/photo_strip.h"

const struct helper_word helper_words[] = {
	{ "inspect", inspect_print },
	{ "strip", photo_strip_print },
	{ NULL, NULL },
};
