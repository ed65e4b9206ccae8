/* main - of every helper program: one word, one file on standard input, the answer on standard
 * output. */
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "helper.h"
#include "lingtan/export/box.h"

static enum lt_status check_input(const char *program, const struct helper_word *word,
				  struct lt_err *err)
{
	struct stat info;
	const bool good = fstat(STDIN_FILENO, &info) == 0;
	if (good && (word->stands_by ? S_ISSOCK(info.st_mode) : S_ISREG(info.st_mode)))
		return LT_OK;
	if (word->stands_by)
		return lt_err_set(err, LT_EUSAGE, "%s 由 lingtan 自己启动",
				  "%s is started by lingtan itself", word->word);
	return lt_err_set(err, LT_EUSAGE, "标准输入应为一个文件：%s %s <文件",
			  "standard input should be a file: %s %s <FILE", program, word->word);
}

static enum lt_status tell_usage(const char *program, struct lt_err *err)
{
	char words[200] = "";
	size_t len = 0;
	for (const struct helper_word *at = helper_words; at->word && len < sizeof(words); at++)
		if (!at->stands_by)
			len += (size_t)snprintf(words + len, sizeof(words) - len, "%s%s", len ? "|" : "",
					at->word);
	return lt_err_set(err, LT_EUSAGE, "用法：%s %s <文件", "usage: %s %s <FILE", program,
			  words);
}

static enum lt_status run(int argc, char **argv, struct lt_err *err)
{
	const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
	const char *program = slash ? slash + 1 : argc > 0 ? argv[0] : "lingtan-helper";
	for (const struct helper_word *at = helper_words; argc == 2 && at->word; at++)
		if (strcmp(argv[1], at->word) == 0) {
			enum lt_status status = check_input(program, at, err);
			return status ? status : at->run(STDIN_FILENO, stdout, err);
		}
	return tell_usage(program, err);
}

#define KEPT_BYTES (1 << 30)
#define ROOM_BYTES (16 << 20)

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
	/* it ends soon: what is freed is kept, and large pieces grow in place instead of being mapped anew */
	mallopt(M_MMAP_THRESHOLD, KEPT_BYTES);
	mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
	mallopt(M_TOP_PAD, ROOM_BYTES);
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
