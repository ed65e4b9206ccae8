#include "lingtan/export/inspect.h"

#include <magic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/base/json.h"
#include "lingtan/export/box.h"

/* So much of a file says what it is; of a photo, EXIF stands before the picture. */
#define TYPE_BYTES ((size_t)1 << 20)
#define PHOTO_BYTES ((size_t)256 << 10)

/* What is packed is not unpacked: that would start another program. */
#define FLAGS (MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS)
#define JPEG_FLAGS                                                                                 \
	(FLAGS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_TEXT | MAGIC_NO_CHECK_CSV |                   \
	 MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_ENCODING | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_ELF)

static const char *type_of(magic_t magic, const unsigned char *bytes, size_t len)
{
	static const char unknown[] = "application/octet-stream";
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-/_";
	const char *type = magic_buffer(magic, bytes, len);
	return type && strchr(type, '/') && !type[strspn(type, letters)] && strlen(type) < 128
		       ? type
		       : unknown;
}

/* What cameras write, and what is attached by the dozen: it needs neither the bytes behind nor the looks
 * whether it is a text, an archive or a table. */
static bool is_jpeg(const unsigned char *bytes, size_t len)
{
	return len > 3 && memcmp(bytes, "\xff\xd8\xff", 3) == 0;
}

static const char *or_null(const char *text)
{
	return text[0] ? text : NULL;
}

static enum lt_status print_facts(const char *type, const struct photo_facts *photo, FILE *out,
				  struct lt_err *err)
{
	const bool says = photo->taken_at[0] || photo->latitude[0];
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "type", type);
	lt_json_open_object(&json, "taken");
	lt_json_string(&json, "at", or_null(photo->taken_at));
	lt_json_string(&json, "latitude", or_null(photo->latitude));
	lt_json_string(&json, "longitude", or_null(photo->longitude));
	lt_json_string(&json, "from", says ? "exif" : NULL);
	lt_json_close(&json);
	lt_json_close(&json);
	const char *text = lt_json_finish(&json);
	if (text)
		fputs(text, out);
	lt_json_release(&json);
	return text ? LT_OK : lt_err_memory(err);
}

/* The file from *len on until `cap` bytes are there, whatever its read position. */
static enum lt_status read_on(int fd, unsigned char *bytes, size_t cap, size_t *len,
			      struct lt_err *err)
{
	while (*len < cap) {
		const ssize_t n = pread(fd, bytes + *len, cap - *len, (off_t)*len);
		if (n < 0)
			return lt_err_set(err, LT_EFILE, "无法读取；请检查磁盘",
					  "it cannot be read; check the disk");
		if (n == 0)
			break;
		*len += (size_t)n;
	}
	return LT_OK;
}

enum lt_status inspect_print(int fd, FILE *out, struct lt_err *err)
{
	magic_t magic = magic_open(FLAGS);
	unsigned char *bytes = malloc(TYPE_BYTES);
	struct photo_facts photo = { 0 };
	enum lt_status status = LT_OK;
	size_t len = 0;
	if (!magic || !bytes)
		status = lt_err_memory(err);
	else if (magic_load(magic, NULL) != 0)
		status = lt_err_set(err, LT_EFILE,
				    "找不到文件类型数据（magic.mgc）；请安装 libmagic-mgc",
				    "the table of file types (magic.mgc) is missing; install "
				    "libmagic-mgc");
	if (!status) {
		box_close();
		status = read_on(fd, bytes, PHOTO_BYTES, &len, err);
	}
	if (!status && is_jpeg(bytes, len))
		magic_setflags(magic, JPEG_FLAGS);
	else if (!status)
		status = read_on(fd, bytes, TYPE_BYTES, &len, err);
	if (!status) {
		photo_read(bytes, len < PHOTO_BYTES ? len : PHOTO_BYTES, &photo);
		status = print_facts(type_of(magic, bytes, len), &photo, out, err);
	}
	free(bytes);
	if (magic)
		magic_close(magic);
	return status;
}
