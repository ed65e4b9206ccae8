#include "terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/base/file.h"
#include "lingtan/base/text.h"

#define LONGEST 4 /* bytes of a character */

/* The beginning of a character whose rest has not come yet. */
static struct {
	char bytes[LONGEST];
	size_t len;
} waiting;

/* How many bytes at the end are the beginning of a character. */
static size_t unfinished(const char *text, size_t len)
{
	for (size_t back = 1; back < LONGEST && back <= len; back++) {
		const unsigned char c = (unsigned char)text[len - back];
		if (c < 0x80)
			return 0;
		if (c >= 0xc0)
			return back < (c >= 0xf0 ? 4u : c >= 0xe0 ? 3u : 2u) ? back : 0;
	}
	return 0;
}

/* Line by line: a line end is ours, everything else that is no text is shown. */
static bool write_visible(const char *text, size_t len)
{
	size_t at;
	if (lt_text_check(text, len, &at) == LT_TEXT_OK)
		return lt_file_put(STDOUT_FILENO, text, len);
	while (len) {
		char shown[4096];
		const char *stop = memchr(text, '\n', len);
		const size_t line = stop ? (size_t)(stop - text) : len;
		const size_t most = sizeof(shown) / 12, cut = lt_text_cut(text, line, most);
		/* where no character begins there is none to cut through */
		const size_t part = cut || !line ? cut : most;
		const size_t n = lt_text_visible(text, part, shown, sizeof(shown));
		const size_t end = part == line && stop ? 1 : 0;
		if (!lt_file_put(STDOUT_FILENO, shown, n) || !lt_file_put(STDOUT_FILENO, "\n", end))
			return false;
		text += part + end;
		len -= part + end;
	}
	return true;
}

static ssize_t guard(void *cookie, const char *text, size_t len)
{
	char first[2 * LONGEST];
	size_t taken = 0;
	(void)cookie;
	/* what was waiting, with as much as its character still needs */
	while (waiting.len && taken < len && taken < LONGEST) {
		memcpy(first, waiting.bytes, waiting.len);
		memcpy(first + waiting.len, text, ++taken);
		if (unfinished(first, waiting.len + taken))
			continue;
		if (!write_visible(first, waiting.len + taken))
			return 0;
		waiting.len = 0;
	}
	if (waiting.len) {
		memcpy(waiting.bytes, first, waiting.len + taken);
		waiting.len += taken;
		return (ssize_t)len;
	}
	const size_t kept = unfinished(text + taken, len - taken);
	memcpy(waiting.bytes, text + len - kept, kept);
	waiting.len = kept;
	return write_visible(text + taken, len - taken - kept) ? (ssize_t)len : 0;
}

bool terminal_guard(void)
{
	static char buffer[16384];
	const cookie_io_functions_t functions = { .write = guard };
	FILE *guarded = fopencookie(NULL, "w", functions);
	if (!guarded)
		return false;
	setvbuf(guarded, buffer, _IOFBF, sizeof(buffer));
	stdout = guarded;
	return true;
}
