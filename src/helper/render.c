/* lingtan-render: draws certificates and reports (cairo, pango, fontconfig). */
#include "helper.h"
#include "lingtan/export/certificate.h"
#include "lingtan/export/fonts.h"
#include "lingtan/export/form_out.h"
#include "lingtan/export/page.h"
#include "lingtan/export/paper_out.h"

const struct helper_word helper_words[] = {
	{ .word = "certificate", .run = certificate_print },
	{ .word = "fonts", .run = fonts_print },
	{ .word = "html", .run = page_print },
	{ .word = "form", .run = form_print },
	{ .word = "pdf", .run = paper_print },
	{ .word = "index", .run = index_print },
	{ .word = NULL },
};
