/* render_main - wires the second program: one word, one file on standard input, the answer on
 * standard output. */
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/export/book_out.h"
#include "lingtan/export/box.h"
#include "lingtan/export/certificate.h"
#include "lingtan/export/inspect.h"
#include "lingtan/export/page.h"
#include "lingtan/export/paper_out.h"
#include "lingtan/export/photo_strip.h"
#include "lingtan/export/word_out.h"
#include "lingtan/export/preview.h"
#include "lingtan/export/workbook.h"

static const struct {
	const char *word;
	enum lt_status (*run)(int fd, FILE *out, struct lt_err *err);
} duties[] = {
	{ "certificate", certificate_print },
	{ "inspect", inspect_print },
	{ "fonts", fonts_print },
	{ "preview", preview_print },
	{ "rows", workbook_print },
	{ "html", page_print },
	{ "xlsx", book_print },
	{ "docx", word_print },
	{ "pdf", paper_print },
	{ "index", index_print },
	{ "strip", photo_strip_print },
};

static enum lt_status check_input(struct lt_err *err)
{
	struct stat info;
	if (fstat(STDIN_FILENO, &info) == 0 && S_ISREG(info.st_mode))
		return LT_OK;
	return lt_err_set(err, LT_EUSAGE, "标准输入应为一个文件：lingtan-render inspect <文件",
			  "standard input should be a file: lingtan-render inspect <FILE");
}

static enum lt_status tell_usage(struct lt_err *err)
{
	char words[200];
	size_t len = 0;
	for (size_t i = 0; i < sizeof(duties) / sizeof(duties[0]); i++)
		len += (size_t)snprintf(words + len, sizeof(words) - len, "%s%s", i ? "|" : "",
					duties[i].word);
	return lt_err_set(err, LT_EUSAGE, "用法：lingtan-render %s <文件",
			  "usage: lingtan-render %s <FILE", words);
}

static enum lt_status run(int argc, char **argv, struct lt_err *err)
{
	for (size_t i = 0; argc == 2 && i < sizeof(duties) / sizeof(duties[0]); i++)
		if (strcmp(argv[1], duties[i].word) == 0) {
			enum lt_status status = check_input(err);
			return status ? status : duties[i].run(STDIN_FILENO, stdout, err);
		}
	return tell_usage(err);
}

#if defined(__SANITIZE_ADDRESS__)
#define FINDS_LEAKS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FINDS_LEAKS 1
#endif
#endif

#ifdef FINDS_LEAKS
/* What the drawing libraries keep until the program ends is theirs. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libcairo\nleak:libpango\nleak:libglib\n";
}
#endif

int main(int argc, char **argv)
{
	struct lt_err err = LT_ERR_INIT;
	/* pango's threads would each reserve room of their own, and soon more than the box gives */
	mallopt(M_ARENA_MAX, 1);
	/* nothing of the user's is looked for: libmagic would read ~/.magic and what MAGIC names */
	clearenv();
	setlocale(LC_CTYPE, "C.UTF-8");
	box_limit();
	enum lt_status status = run(argc, argv, &err);
	if ((fflush(stdout) != 0 || ferror(stdout)) && !status)
		status = lt_err_set(&err, LT_ESPACE, "结果写不出去；请检查磁盘空间",
				    "the answer cannot be written; check for free space");
	/* for whoever started this: a line a language */
	if (status)
		fprintf(stderr, "%s\n%s\n", err.text[LT_ZH], err.text[LT_EN]);
	return (int)status;
}
