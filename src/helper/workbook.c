/* lingtan-workbook: reads workbooks (libzip, libxml2). */
#include "helper.h"
#include "lingtan/export/workbook.h"

const struct helper_word helper_words[] = {
	{ .word = "rows", .run = workbook_print },
	{ .word = NULL },
};
