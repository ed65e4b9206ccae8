/* lingtan-render: draws certificates and reports (cairo, pango, fontconfig). */
#include "helper.h"
#include "lingtan/export/certificate.h"
#include "lingtan/export/fonts.h"
#include "lingtan/export/form_out.h"
#include "lingtan/export/page.h"
#include "lingtan/export/paper_out.h"

const struct helper_word helper_words[] = {
	{ "certificate", certificate_print },
	{ "fonts", fonts_print },
	{ "html", page_print },
	{ "form", form_print },
	{ "pdf", paper_print },
	{ "index", index_print },
	{ NULL, NULL },
};
