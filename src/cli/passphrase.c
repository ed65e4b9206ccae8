#include "passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include "lingtan/app/key.h"

#define INTERRUPT 3    /* Ctrl-C, as a character */
#define END_OF_INPUT 4 /* Ctrl-D */

static const char *offered_file(const struct invocation *in)
{
	const char *file = in->passphrase_file ? in->passphrase_file
					       : getenv("LINGTAN_PASSPHRASE_FILE");
	return file && file[0] ? file : NULL;
}

/* Whether a passphrase was offered without asking: option or LINGTAN_PASSPHRASE_FILE. */
static bool has_passphrase(const struct invocation *in)
{
	return in->passphrase_fd || offered_file(in);
}

/* The first line; what follows it is not read. False where it is too long or cannot be read. */
static bool read_line(int fd, char *out, size_t cap)
{
	size_t len = 0;
	while (len + 1 < cap) {
		const ssize_t n = read(fd, out + len, 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0 || out[len] == '\n')
			break;
		len++;
	}
	if (len && out[len - 1] == '\r')
		len--;
	out[len] = 0;
	return len + 1 < cap;
}

static enum lt_status read_offered(struct invocation *in, char out[LT_PASSPHRASE_MOST])
{
	const char *path = in->passphrase_fd ? NULL : offered_file(in);
	char *end = NULL;
	const long number = in->passphrase_fd ? strtol(in->passphrase_fd, &end, 10) : -1;
	if (in->passphrase_fd && (*end || end == in->passphrase_fd || number < 0 || number > 65535))
		return lt_err_set(&in->err, LT_EUSAGE, "--passphrase-fd 要一个文件描述符号",
				  "--passphrase-fd takes the number of a descriptor");
	const int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : (int)number;
	const bool good = fd >= 0 && read_line(fd, out, LT_PASSPHRASE_MOST);
	if (path && fd >= 0)
		close(fd);
	return good ? LT_OK
		    : lt_err_set(&in->err, LT_EFILE, "%s：读不到口令（第一行）",
				 "%s: no passphrase can be read (its first line)",
				 path ? path : in->passphrase_fd);
}

/* Characters one by one: interrupting is a character too while this is asked, so that the terminal
 * never stays without echo. */
static enum lt_status type_line(struct invocation *in, int tty, char out[LT_PASSPHRASE_MOST])
{
	size_t len = 0;
	char c;
	while (read(tty, &c, 1) == 1 && c != '\n' && c != '\r') {
		if (c == INTERRUPT || (c == END_OF_INPUT && !len))
			return lt_err_set(&in->err, LT_EUSAGE, "没有输入口令，什么也没有做",
					  "no passphrase was given; nothing was done");
		if ((c == 127 || c == 8) && len) {
			while (len && ((unsigned char)out[--len] & 0xc0) == 0x80)
				;
		} else if ((unsigned char)c >= ' ' && c != 127 && len + 1 < LT_PASSPHRASE_MOST) {
			out[len++] = c;
		}
	}
	out[len] = 0;
	return LT_OK;
}

static enum lt_status ask(struct invocation *in, int tty, const char *prompt,
			  char out[LT_PASSPHRASE_MOST])
{
	struct termios before, quiet;
	if (tcgetattr(tty, &before) != 0)
		return lt_err_set(&in->err, LT_EUSAGE, "终端不能关闭回显",
				  "the terminal cannot be kept from echoing");
	quiet = before;
	quiet.c_lflag &= (tcflag_t) ~(ECHO | ECHONL | ICANON | ISIG);
	quiet.c_cc[VMIN] = 1;
	quiet.c_cc[VTIME] = 0;
	tcsetattr(tty, TCSAFLUSH, &quiet);
	dprintf(tty, "%s", prompt);
	const enum lt_status status = type_line(in, tty, out);
	dprintf(tty, "\n");
	tcsetattr(tty, TCSAFLUSH, &before);
	return status;
}

static enum lt_status ask_twice(struct invocation *in, int tty, const char *person, bool again,
				char out[LT_PASSPHRASE_MOST])
{
	char prompt[400], second[LT_PASSPHRASE_MOST] = "";
	snprintf(prompt, sizeof(prompt), say(in, "%s 的口令：", "passphrase of %s: "), person);
	enum lt_status status = ask(in, tty, prompt, out);
	/* lt_key_seal() would say so, after it was typed a second time for nothing */
	if (!status && again)
		status = lt_passphrase_check(out, &in->err);
	if (!status && again)
		status = ask(in, tty, say(in, "再输入一次：", "the same again: "), second);
	if (!status && again && strcmp(out, second) != 0)
		status = lt_err_set(&in->err, LT_EUSAGE, "两次输入的口令不同，什么也没有做",
				    "the two passphrases differ; nothing was done");
	lt_forget(second, sizeof(second));
	return status;
}

enum lt_status read_passphrase(struct invocation *in, const char *person, bool again,
			       char out[LT_PASSPHRASE_MOST])
{
	if (has_passphrase(in))
		return read_offered(in, out);
	const int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (tty < 0)
		return lt_err_set(&in->err, LT_EUSAGE,
				  "没有终端可以输入口令；请用 --passphrase-file",
				  "there is no terminal to ask for the passphrase; use --passphrase-file");
	const enum lt_status status = ask_twice(in, tty, person, again, out);
	close(tty);
	return status;
}

/* ---- the key of this run ---- */

const char *keys_folder(struct invocation *in)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	if (data && data[0] == '/')
		return lt_arena_printf(&in->findings_arena, "%s/lingtan/keys", data);
	return home && home[0] == '/' ? lt_arena_printf(&in->findings_arena,
							"%s/.local/share/lingtan/keys", home)
				      : NULL;
}

enum lt_status unlock_key(struct invocation *in, const char *person)
{
	const bool asked = in->sign || in->passphrase_file || in->passphrase_fd;
	const char *folder = keys_folder(in);
	const struct key_file *file;
	char passphrase[LT_PASSPHRASE_MOST];
	if ((!asked && !has_passphrase(in)) || in->workspace.key)
		return LT_OK;
	if (!folder)
		return lt_err_set(&in->err, LT_EFILE, "不知道密钥文件夹在哪里；请设 HOME",
				  "there is no place for keys; set HOME");
	struct lt_err inner = LT_ERR_INIT;
	enum lt_status status = key_file_find(folder, in->key ? in->key : person,
					      &in->findings_arena, &file, &inner);
	if (status == LT_EDATA && !asked)
		return LT_OK;
	if (status) {
		in->err = inner;
		return status;
	}
	status = read_passphrase(in, file->label.person, false, passphrase);
	if (!status)
		status = workspace_unlock(&in->workspace, file, passphrase, &in->err);
	lt_forget(passphrase, sizeof(passphrase));
	return status;
}
