/* lingtan-workbook: reads and writes workbooks (libzip, libxml2). */
#include "helper.h"
#include "lingtan/export/book_out.h"
#include "lingtan/export/workbook.h"

const struct helper_word helper_words[] = {
	{ "rows", workbook_print },
	{ "xlsx", book_print },
	{ NULL, NULL },
};
