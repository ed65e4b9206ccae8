#include "lingtan/export/preview.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/base/text.h"
#include "lingtan/export/box.h"
#include "lingtan/export/inspect.h"
#include "preview_parts.h"

struct preview {
	unsigned char *bytes; /* owned */
	size_t len;
	bool is_whole; /* the file ends where the bytes do */
	iconv_t chinese;
	FILE *out;
};

/* ---- the file ---- */

static enum lt_status read_file(int fd, struct preview *preview, struct lt_err *err)
{
	struct stat info;
	const size_t cap = PREVIEW_MAX_FILE;
	if (fstat(fd, &info) != 0)
		return lt_err_set(err, LT_EFILE, "无法读取；请检查磁盘",
				  "it cannot be read; check the disk");
	preview->is_whole = info.st_size >= 0 && (size_t)info.st_size <= cap;
	const size_t wanted = preview->is_whole ? (size_t)info.st_size : PREVIEW_MAX_TEXT;
	preview->bytes = malloc(wanted + 1);
	if (!preview->bytes)
		return lt_err_memory(err);
	while (preview->len < wanted) {
		const ssize_t n = pread(fd, preview->bytes + preview->len, wanted - preview->len,
					(off_t)preview->len);
		if (n < 0)
			return lt_err_set(err, LT_EFILE, "无法读取；请检查磁盘",
					  "it cannot be read; check the disk");
		if (n == 0)
			break;
		preview->len += (size_t)n;
	}
	return LT_OK;
}

static bool begins_with(const struct preview *preview, const char *bytes, size_t len)
{
	return preview->len >= len && memcmp(preview->bytes, bytes, len) == 0;
}

/* ---- answers ---- */

static void print_none(const struct preview *preview)
{
	fputs("none 0\n", preview->out);
}

static void print_text(const struct preview *preview, const char *text, size_t len,
		       unsigned n_pages)
{
	fprintf(preview->out, "text %u\n", n_pages);
	fwrite(text, 1, lt_text_cut(text, len, PREVIEW_MAX_TEXT), preview->out);
}

static void print_raster(const struct preview *preview, const struct raster *raster,
			 unsigned n_pages)
{
	fprintf(preview->out, "picture %u %u %u\n", n_pages, raster->width, raster->height);
	fwrite(raster->rgb, 3, (size_t)raster->width * raster->height, preview->out);
}

/* ---- text ---- */

/* How much of it is UTF-8 up to a character that was cut through at the end; 0 = it is none. */
static size_t utf8_part(const char *text, size_t len, bool is_cut)
{
	size_t at = 0;
	if (lt_text_check(text, len, &at) == LT_TEXT_OK)
		return len;
	return is_cut && at + 4 > len ? at : 0;
}

static bool print_chinese(const struct preview *preview, size_t len)
{
	char *from = (char *)preview->bytes;
	const size_t cap = 2 * PREVIEW_MAX_TEXT;
	char *text = malloc(cap), *to = text;
	size_t left = len, room = cap;
	size_t at;
	if (!text || preview->chinese == (iconv_t)-1) {
		free(text);
		return false;
	}
	iconv(preview->chinese, &from, &left, &to, &room);
	const size_t n = (size_t)(to - text);
	/* all but a character that was cut through */
	const bool good = n > 0 && left < 4 && lt_text_check(text, n, &at) == LT_TEXT_OK;
	if (good)
		print_text(preview, text, n, 0);
	free(text);
	return good;
}

static void print_words(const struct preview *preview)
{
	const bool is_cut = preview->len > PREVIEW_MAX_TEXT || !preview->is_whole;
	const size_t len = preview->len < PREVIEW_MAX_TEXT ? preview->len : PREVIEW_MAX_TEXT;
	const char *text = (const char *)preview->bytes;
	const size_t mark = begins_with(preview, "\xef\xbb\xbf", 3) ? 3 : 0;
	const size_t n = utf8_part(text + mark, len - mark, is_cut);
	if (n > 0)
		print_text(preview, text + mark, n, 0);
	else if (len == 0 || memchr(text, '\0', len) || !print_chinese(preview, len))
		print_none(preview);
}

/* ---- the rest ---- */

static void print_photo(const struct preview *preview, bool is_jpeg)
{
	struct raster raster = { 0 };
	const bool good = is_jpeg ? preview_jpeg(preview->bytes, preview->len, &raster)
				  : preview_png(preview->bytes, preview->len, &raster);
	if (good && is_jpeg)
		raster_turn(&raster, photo_orientation(preview->bytes, preview->len));
	if (good && raster.rgb)
		print_raster(preview, &raster, 0);
	else
		print_none(preview);
	raster_release(&raster);
}

static void print_pdf(const struct preview *preview)
{
	struct raster raster = { 0 };
	char *text = NULL;
	unsigned n_pages = 0;
	const bool good =
		preview_pdf(preview->bytes, preview->len, &text, &raster, &n_pages);
	size_t at;
	if (good && text && lt_text_check(text, strlen(text), &at) == LT_TEXT_OK)
		print_text(preview, text, strlen(text), n_pages);
	else if (good && raster.rgb)
		print_raster(preview, &raster, n_pages);
	else
		print_none(preview);
	raster_release(&raster);
	free(text);
}

static void print_by_kind(const struct preview *preview)
{
	const bool is_jpeg = begins_with(preview, "\xff\xd8\xff", 3);
	if (preview->is_whole && (is_jpeg || begins_with(preview, "\x89PNG\r\n\x1a\n", 8)))
		print_photo(preview, is_jpeg);
	else if (preview->is_whole && begins_with(preview, "%PDF-", 5))
		print_pdf(preview);
	else
		print_words(preview);
}

enum lt_status preview_print(int fd, FILE *out, struct lt_err *err)
{
	/* its table is read from a file */
	struct preview preview = { .chinese = iconv_open("UTF-8", "GB18030"), .out = out };
	box_close();
	const enum lt_status status = read_file(fd, &preview, err);
	if (!status)
		print_by_kind(&preview);
	free(preview.bytes);
	if (preview.chinese != (iconv_t)-1)
		iconv_close(preview.chinese);
	return status;
}
