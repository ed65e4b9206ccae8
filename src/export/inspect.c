#include "lingtan/export/inspect.h"

#include <magic.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
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

/* NULL: err says why. */
static magic_t open_magic(struct lt_err *err)
{
	magic_t magic = magic_open(FLAGS);
	if (!magic) {
		lt_err_memory(err);
		return NULL;
	}
	if (magic_load(magic, NULL) == 0)
		return magic;
	magic_close(magic);
	lt_err_set(err, LT_EFILE, "找不到文件类型数据（magic.mgc）；请安装 libmagic-mgc",
		   "the table of file types (magic.mgc) is missing; install libmagic-mgc");
	return NULL;
}

/* In the closed box. */
static enum lt_status look_into(magic_t magic, int fd, FILE *out, struct lt_err *err)
{
	unsigned char *bytes = malloc(TYPE_BYTES);
	struct photo_facts photo = { 0 };
	size_t len = 0;
	enum lt_status status = bytes ? read_on(fd, bytes, PHOTO_BYTES, &len, err)
				      : lt_err_memory(err);
	if (!status && is_jpeg(bytes, len))
		magic_setflags(magic, JPEG_FLAGS);
	else if (!status)
		status = read_on(fd, bytes, TYPE_BYTES, &len, err);
	if (!status) {
		photo_read(bytes, len < PHOTO_BYTES ? len : PHOTO_BYTES, &photo);
		status = print_facts(type_of(magic, bytes, len), &photo, out, err);
	}
	free(bytes);
	return status;
}

enum lt_status inspect_print(int fd, FILE *out, struct lt_err *err)
{
	magic_t magic = open_magic(err);
	if (!magic)
		return err->status;
	box_close();
	const enum lt_status status = look_into(magic, fd, out, err);
	magic_close(magic);
	return status;
}

/* ---- one file after the other ---- */

#define N_FILES 2 /* a question: what to look at, where to write */

/* The next question; false once nobody asks any more. */
static bool receive_files(int socket, int files[N_FILES])
{
	char byte;
	struct iovec one = { .iov_base = &byte, .iov_len = 1 };
	union {
		char room[CMSG_SPACE(sizeof(int[N_FILES]))];
		struct cmsghdr head;
	} with;
	struct msghdr message = { .msg_iov = &one,
				  .msg_iovlen = 1,
				  .msg_control = with.room,
				  .msg_controllen = sizeof(with.room) };
	const ssize_t got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
	const struct cmsghdr *head = got == 1 ? CMSG_FIRSTHDR(&message) : NULL;
	if (!head || head->cmsg_type != SCM_RIGHTS ||
	    head->cmsg_len != CMSG_LEN(sizeof(int[N_FILES])))
		return false;
	memcpy(files, CMSG_DATA(head), sizeof(int[N_FILES]));
	return true;
}

/* In a process of its own. It shuts itself in before it reads the first byte, and has no way to the
 * questions of others. */
static enum lt_status look_alone(magic_t magic, const struct box *box, const int files[N_FILES],
				 struct lt_err *err)
{
	struct stat info;
	if (fstat(files[0], &info) < 0 || !S_ISREG(info.st_mode))
		return LT_EUSAGE;
	FILE *out = fdopen(files[1], "w");
	if (!out)
		return lt_err_memory(err);
	box_enter(box);
	enum lt_status status = look_into(magic, files[0], out, err);
	if (fclose(out) != 0 && !status)
		status = lt_err_set(err, LT_ESPACE, "结果写不出去",
				    "the answer cannot be written");
	return status;
}

/* Answers one question in a fork; that it ended is seen by who reads its answer. */
static void answer(int socket, magic_t magic, const struct box *box, const int files[N_FILES])
{
	struct lt_err err = LT_ERR_INIT;
	if (fork() == 0) {
		close(socket);
		exit((int)look_alone(magic, box, files, &err));
	}
	close(files[0]);
	close(files[1]);
}

enum lt_status inspect_each(int socket, FILE *out, struct lt_err *err)
{
	struct box box;
	int files[N_FILES];
	magic_t magic = open_magic(err);
	(void)out;
	if (!magic)
		return err->status;
	/* nobody waits for its looks */
	signal(SIGCHLD, SIG_IGN);
	box_prepare(&box);
	if (send(socket, "", 1, MSG_NOSIGNAL) == 1)
		while (receive_files(socket, files))
			answer(socket, magic, &box, files);
	magic_close(magic);
	return LT_OK;
}
