#include "lingtan/export/workbook.h"

#include <errno.h>
#include <libxml/parser.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/export/box.h"
#include "workbook_parts.h"

static enum lt_status open_archive(struct book *book, int fd)
{
	struct stat info;
	int code = 0;
	if (fstat(fd, &info) == 0 && (size_t)info.st_size > WORKBOOK_MAX_FILE)
		return lt_err_set(book->err, LT_EFILE, "工作簿超过 %zu MiB；请只留要读的表另存",
				  "the workbook is larger than %zu MiB; keep only the sheets that "
				  "matter and save again",
				  WORKBOOK_MAX_FILE >> 20);
	/* the library closes what it is given */
	const int own = dup(fd);
	book->zip = own >= 0 ? zip_fdopen(own, 0, &code) : NULL;
	if (book->zip)
		return LT_OK;
	if (own >= 0)
		close(own);
	return own < 0 || code == ZIP_ER_MEMORY ? lt_err_memory(book->err) : book_is_damaged(book);
}

static enum lt_status print_sheets(struct book *book, FILE *out)
{
	struct rows_out rows = { .file = out };
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < book->n_sheets && !status; i++)
		if (book->sheets[i].path && !book->sheets[i].is_hidden)
			status = sheet_print(book, &book->sheets[i], &rows);
	return status;
}

enum lt_status workbook_print(int fd, FILE *out, struct lt_err *err)
{
	struct book book = { .err = err };
	LIBXML_TEST_VERSION
	xmlInitParser();
	box_close();
	enum lt_status status = open_archive(&book, fd);
	if (!status)
		status = book_open(&book);
	if (!status)
		status = print_sheets(&book, out);
	book_release(&book);
	if (book.zip)
		zip_discard(book.zip);
	return status;
}
