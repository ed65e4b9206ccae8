#include "lingtan/base/standby.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "child_parts.h"

#define LONG_MS 60000

struct lt_standby {
	pid_t pid;
	int socket; /* -1 once it was ended */
	bool ready;
};

struct lt_look {
	struct lt_standby *standby;
	int answer; /* -1 at its end */
	int64_t deadline_ms;
	size_t len;
	char text[LT_STANDBY_ANSWER + 1];
};

/* ---- starting and ending ---- */

static bool make_socket(int ends[2])
{
	int made[2];
	ends[0] = ends[1] = -1;
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, made) == 0 &&
	       child_move_ends(made, FIRST_OWN, ends);
}

/* What it says elsewhere than in an answer is for nobody. */
static bool start(struct lt_standby *standby, const char *const *argv)
{
	const int opened = open("/dev/null", O_WRONLY | O_CLOEXEC);
	const int nowhere = opened < 0 ? -1 : fcntl(opened, F_DUPFD_CLOEXEC, FIRST_OWN);
	int ends[2] = { -1, -1 };
	const bool good = nowhere >= 0 && make_socket(ends) &&
			  child_spawn(argv, ends[1], nowhere, nowhere, -1, &standby->pid) == 0;
	if (opened >= 0)
		close(opened);
	if (nowhere >= 0)
		close(nowhere);
	if (ends[1] >= 0)
		close(ends[1]);
	if (!good && ends[0] >= 0)
		close(ends[0]);
	standby->socket = good ? ends[0] : -1;
	return good;
}

struct lt_standby *lt_standby_start(const char *const *argv)
{
	struct lt_standby *standby = calloc(1, sizeof(*standby));
	if (standby && start(standby, argv))
		return standby;
	free(standby);
	return NULL;
}

static void end(struct lt_standby *standby)
{
	if (standby->socket < 0)
		return;
	close(standby->socket);
	standby->socket = -1;
	/* its looks are in its group */
	kill(-standby->pid, SIGKILL);
	while (waitpid(standby->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

void lt_standby_stop(struct lt_standby *standby)
{
	if (standby)
		end(standby);
	free(standby);
}

/* ---- asking ---- */

static bool is_ready(struct lt_standby *standby)
{
	char byte;
	if (standby->socket >= 0 && !standby->ready)
		standby->ready = recv(standby->socket, &byte, 1, MSG_DONTWAIT) == 1;
	return standby->socket >= 0 && standby->ready;
}

/* A helper that does not read is not waited for. */
static bool send_files(int socket, int file, int answer)
{
	const int files[2] = { file, answer };
	char byte = 0;
	struct iovec one = { .iov_base = &byte, .iov_len = 1 };
	union {
		char room[CMSG_SPACE(sizeof(files))];
		struct cmsghdr head;
	} with = { .room = { 0 } };
	const struct msghdr message = { .msg_iov = &one,
					.msg_iovlen = 1,
					.msg_control = with.room,
					.msg_controllen = sizeof(with.room) };
	with.head.cmsg_len = CMSG_LEN(sizeof(files));
	with.head.cmsg_level = SOL_SOCKET;
	with.head.cmsg_type = SCM_RIGHTS;
	memcpy(CMSG_DATA(&with.head), files, sizeof(files));
	return sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) == 1;
}

struct lt_look *lt_standby_look(struct lt_standby *standby, int file, unsigned timeout_ms)
{
	int ends[2];
	if (!is_ready(standby) || pipe2(ends, O_CLOEXEC) < 0)
		return NULL;
	struct lt_look *look = calloc(1, sizeof(*look));
	const bool good = look && send_files(standby->socket, file, ends[1]);
	close(ends[1]);
	if (!good) {
		close(ends[0]);
		free(look);
		return NULL;
	}
	look->standby = standby;
	look->answer = ends[0];
	look->deadline_ms = child_now_ms() + timeout_ms;
	return look;
}

/* ---- the answer ---- */

/* What is more than an answer may be ends it, and is none. */
static void read_some(struct lt_look *look)
{
	const ssize_t n = read(look->answer, look->text + look->len, LT_STANDBY_ANSWER - look->len);
	if (n < 0 && errno == EINTR)
		return;
	look->len += n > 0 ? (size_t)n : 0;
	if (n > 0 && look->len < LT_STANDBY_ANSWER)
		return;
	close(look->answer);
	look->answer = -1;
}

bool lt_look_is_done(struct lt_look *look, unsigned within_ms)
{
	const int64_t until = child_now_ms() + within_ms;
	while (look->answer >= 0) {
		struct pollfd file = { .fd = look->answer, .events = POLLIN };
		const int64_t now = child_now_ms();
		const int64_t left = (until < look->deadline_ms ? until : look->deadline_ms) - now;
		if (poll(&file, 1, left > 0 ? (int)left : 0) > 0)
			read_some(look);
		else if (left <= 0)
			break;
	}
	return look->answer < 0 || child_now_ms() >= look->deadline_ms;
}

enum lt_status lt_look_finish(struct lt_look *look, char answer[LT_STANDBY_ANSWER + 1], size_t *len,
			      struct lt_err *err)
{
	while (!lt_look_is_done(look, LONG_MS))
		;
	const bool late = look->answer >= 0;
	if (late) {
		close(look->answer);
		end(look->standby);
	}
	*len = look->len;
	memcpy(answer, look->text, look->len);
	answer[look->len] = '\0';
	free(look);
	return late ? child_is_late(err) : LT_OK;
}
