#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "child_parts.h"
#include "lingtan/base/reason.h"
#include "lingtan/base/text.h"

/* Of LT_ERR_TEXT. */
#define NAME_TEXT 200
#define OUTPUT_FIRST ((size_t)16384)
#define ANSWER_FD 3 /* of the child, where it is answered */

struct lt_child {
	struct lt_child_job job;
	struct lt_child_result result;
	struct lt_err err; /* why reading failed, until it is asked for */
	enum lt_status status;
	pid_t pid;
	int pidfd;             /* -1 where the kernel has none */
	int output, complaint; /* -1 once at their end */
	int answer;            /* -1: there is none, or it was given */
	const char *to_send;   /* what is left of it, of the context; NULL until it is asked for */
	size_t n_to_send;
	size_t cap, n_complaint;
	int64_t deadline_ms;
	bool ended;
	char name[NAME_TEXT];
};

int64_t child_now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* ---- starting ---- */

bool child_move_ends(const int made[2], int first, int ends[2])
{
	for (int i = 0; i < 2; i++) {
		ends[i] = fcntl(made[i], F_DUPFD_CLOEXEC, first);
		close(made[i]);
	}
	return ends[0] >= 0 && ends[1] >= 0;
}

static bool make_pipe(int ends[2])
{
	int made[2];
	ends[0] = ends[1] = -1;
	return pipe2(made, O_CLOEXEC) == 0 && child_move_ends(made, FIRST_OWN, ends);
}

/* What the helper sees of the environment: a language in which bytes are characters, and what the
 * sanitizers of a test build read. */
static void choose_environment(const char *chosen[8])
{
	static const char *const kept[] = { "ASAN_OPTIONS=", "UBSAN_OPTIONS=", "LSAN_OPTIONS=" };
	extern char **environ;
	size_t n = 0;
	chosen[n++] = "LC_ALL=C.UTF-8";
	chosen[n++] = "PATH=/usr/bin:/bin";
	for (char **at = environ; at && *at; at++)
		for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]) && n < 7; i++)
			if (strncmp(*at, kept[i], strlen(kept[i])) == 0)
				chosen[n++] = *at;
	chosen[n] = NULL;
}

/* A group of its own, so that whatever it starts ends with it; no signal blocked or ignored. */
static int set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	int code = posix_spawnattr_setflags(
		attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	if (!code)
		code = posix_spawnattr_setsigmask(attributes, &none);
	return code ? code : posix_spawnattr_setsigdefault(attributes, &all);
}

static int set_files(posix_spawn_file_actions_t *files, int input, int output, int complaint,
		     int answer)
{
	int code = input >= 0 ? posix_spawn_file_actions_adddup2(files, input, STDIN_FILENO)
			      : posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null",
								 O_RDONLY, 0);
	if (!code)
		code = posix_spawn_file_actions_adddup2(files, output, STDOUT_FILENO);
	if (!code)
		code = posix_spawn_file_actions_adddup2(files, complaint, STDERR_FILENO);
	if (!code && answer >= 0)
		code = posix_spawn_file_actions_adddup2(files, answer, ANSWER_FD);
	return code ? code
		    : posix_spawn_file_actions_addclosefrom_np(
			      files, answer >= 0 ? ANSWER_FD + 1 : FIRST_OWN);
}

int child_spawn(const char *const *argv, int input, int output, int complaint, int answer,
		pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	const char *environment[8];
	/* posix_spawn takes words that it may not change, but not as const */
	union {
		const char *const *read_only;
		char *const *plain;
	} words = { .read_only = argv }, variables = { .read_only = environment };
	int code = posix_spawn_file_actions_init(&files);
	if (code)
		return code;
	code = posix_spawnattr_init(&attributes);
	if (!code) {
		choose_environment(environment);
		code = set_files(&files, input, output, complaint, answer);
		if (!code)
			code = set_attributes(&attributes);
		if (!code)
			code = posix_spawn(pid, argv[0], &files, &attributes, words.plain,
					   variables.plain);
		posix_spawnattr_destroy(&attributes);
	}
	posix_spawn_file_actions_destroy(&files);
	return code;
}

/* Both ends of a way to the child that raises no signal when it is gone. */
static bool make_answer(const struct lt_child_job *job, int ends[2])
{
	int made[2];
	if (!job->reply)
		return true;
	return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, made) == 0 &&
	       child_move_ends(made, ANSWER_FD + 1, ends);
}

static enum lt_status refuse_start(const char *name, int code, struct lt_err *err)
{
	if (code == ENOMEM || code == EAGAIN)
		return lt_err_memory(err);
	return lt_err_because(err, LT_EFILE, code, "%s：辅助程序无法运行，请重新安装",
			      "%s: the helper program cannot be run, install again", name);
}

static enum lt_status start(struct lt_child *child, struct lt_err *err)
{
	const struct lt_child_job *job = &child->job;
	int output[2] = { -1, -1 }, complaint[2] = { -1, -1 }, answer[2] = { -1, -1 };
	int input = job->input < 0 ? -1 : fcntl(job->input, F_DUPFD_CLOEXEC, FIRST_OWN);
	int code = 0;
	if ((job->input >= 0 && input < 0) || !make_pipe(output) || !make_pipe(complaint) ||
	    !make_answer(job, answer))
		code = errno;
	if (!code)
		code = child_spawn(job->argv, input, output[1], complaint[1], answer[0],
				   &child->pid);
	close_fd(&input);
	close_fd(&answer[0]);
	close_fd(&output[1]);
	close_fd(&complaint[1]);
	if (code) {
		close_fd(&output[0]);
		close_fd(&complaint[0]);
		close_fd(&answer[1]);
		return refuse_start(child->name, code, err);
	}
	child->output = output[0];
	child->complaint = complaint[0];
	child->answer = answer[1];
	child->pidfd = pidfd_open(child->pid, 0);
	child->deadline_ms = child_now_ms() + job->timeout_ms;
	return LT_OK;
}

/* ---- ending ---- */

/* Whether it has ended; its status stays to be taken, so that its number stays its own. */
static bool has_ended(const struct lt_child *child)
{
	siginfo_t info = { 0 };
	return waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT) < 0
		       ? errno != EINTR
		       : info.si_pid != 0;
}

/* Ends the child, if it has not, and what it started; returns its status as waitpid says it. A
 * caller that ignores SIGCHLD has the status thrown away by the kernel: that counts as exit 255. */
static int stop(struct lt_child *child)
{
	int status = 255 << 8;
	kill(-child->pid, SIGKILL);
	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
		;
	close_fd(&child->output);
	close_fd(&child->complaint);
	close_fd(&child->answer);
	close_fd(&child->pidfd);
	return status;
}

/* ---- reading ---- */

static enum lt_status grow(struct lt_child *child, struct lt_err *err)
{
	struct lt_child_result *result = &child->result;
	const size_t most = child->job.most_output;
	size_t cap = child->cap ? 2 * child->cap : OUTPUT_FIRST;
	/* one byte past the limit shows that there is more, and one is for the NUL */
	cap = cap > most + 2 ? most + 2 : cap;
	char *grown = realloc(result->output, cap);
	if (!grown)
		return lt_err_memory(err);
	result->output = grown;
	child->cap = cap;
	return LT_OK;
}

static enum lt_status read_output(struct lt_child *child, struct lt_err *err)
{
	struct lt_child_result *result = &child->result;
	const size_t most = child->job.most_output;
	if (result->len + 1 >= child->cap) {
		enum lt_status status = grow(child, err);
		if (status)
			return status;
	}
	ssize_t n = read(child->output, result->output + result->len, child->cap - 1 - result->len);
	if (n < 0)
		return LT_OK; /* EINTR: asked again */
	if (n == 0)
		close_fd(&child->output);
	result->len += (size_t)n;
	if (result->len <= most)
		return LT_OK;
	return lt_err_set(err, LT_EFILE, "内容过多（超过 %zu KiB）；请换用较小的文件",
			  "it holds too much (more than %zu KiB); use a smaller file", most / 1024);
}

/* What does not fit is read and forgotten, so that the child never waits for room. */
static void read_complaint(struct lt_child *child)
{
	struct lt_child_result *result = &child->result;
	char rest[512];
	const size_t room = sizeof(result->complaint) - 1 - child->n_complaint;
	ssize_t n = room ? read(child->complaint, result->complaint + child->n_complaint, room)
			 : read(child->complaint, rest, sizeof(rest));
	if (n == 0)
		close_fd(&child->complaint);
	if (n > 0 && room)
		child->n_complaint += (size_t)n;
}

/* As much of the answer as there is room for: a helper that does not read it must not hold this
 * program up. One that is gone meanwhile is told by its end. */
static void send_answer(struct lt_child *child)
{
	while (child->n_to_send) {
		const ssize_t n = send(child->answer, child->to_send, child->n_to_send,
				       MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n <= 0)
			break;
		child->to_send += n;
		child->n_to_send -= (size_t)n;
	}
	child->n_to_send = 0;
	close_fd(&child->answer);
}

/* Once there is a line, its answer. */
static enum lt_status answer_line(struct lt_child *child, struct lt_err *err)
{
	const struct lt_child_job *job = &child->job;
	const struct lt_child_result *result = &child->result;
	const char *end = child->answer >= 0 && !child->to_send
				  ? memchr(result->output, '\n', result->len)
				  : NULL;
	if (!end)
		return LT_OK;
	const enum lt_status status =
		job->reply(job->context, result->output, (size_t)(end - result->output) + 1,
			   &child->to_send, &child->n_to_send, err);
	if (status)
		close_fd(&child->answer);
	else
		send_answer(child);
	return status;
}

/* Where the kernel has no descriptor for a process (before 5.3, or not allowed): how long to look
 * away between two looks at whether it has ended. */
#define LOOK_MS 2
/* Between two questions whether to go on. */
#define WATCH_MS 100
#define LONG_MS 60000

/* Until when to wait for the helper before somebody else is looked at. */
static int patience(const struct lt_child_job *job, bool look, int64_t left)
{
	const int most = look ? LOOK_MS : job->watch ? WATCH_MS : LONG_MS;
	return left > most ? most : (int)left;
}

static bool is_done(const struct lt_child *child)
{
	return child->ended && child->output < 0 && child->complaint < 0;
}

enum lt_status child_is_late(struct lt_err *err)
{
	return lt_err_set(
		err, LT_EFILE, "读取用时过长，已中止；文件可能有问题",
		"reading it took too long and was stopped; something may be wrong with the file");
}

/* Until it is done, or it is until_ms. */
static enum lt_status wait_and_read(struct lt_child *child, int64_t until_ms, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	while (!status && !is_done(child)) {
		struct pollfd files[] = {
			{ .fd = child->output, .events = POLLIN },
			{ .fd = child->complaint, .events = POLLIN },
			{ .fd = child->ended ? -1 : child->pidfd, .events = POLLIN },
			{ .fd = child->n_to_send ? child->answer : -1, .events = POLLOUT },
		};
		const int64_t now = child_now_ms();
		int64_t left = child->deadline_ms - now;
		const bool look = !child->ended && child->pidfd < 0 && child->output < 0 &&
				  child->complaint < 0;
		if (left <= 0)
			return child_is_late(err);
		if (child->job.watch && !child->job.watch(child->job.watch_context))
			return lt_err_set(err, LT_EDATA, "已取消，本次没有改动",
					  "cancelled; nothing was changed");
		left = until_ms - now < left ? until_ms - now : left;
		if (left <= 0)
			return LT_OK;
		const int n = poll(files, 4, patience(&child->job, look, left));
		if (n < 0 && errno != EINTR)
			return lt_err_memory(err);
		if (n > 0 && files[0].revents)
			status = read_output(child, err);
		if (!status && child->output >= 0)
			status = answer_line(child, err);
		if (n > 0 && files[1].revents)
			read_complaint(child);
		if (n > 0 && files[3].revents)
			send_answer(child);
		if (look || (n > 0 && files[2].revents))
			child->ended = has_ended(child);
	}
	return status;
}

enum lt_status lt_child_start(const struct lt_child_job *job, struct lt_child **out,
			      struct lt_err *err)
{
	struct lt_child *child = calloc(1, sizeof(*child));
	*out = NULL;
	if (!child)
		return lt_err_memory(err);
	child->job = *job;
	child->err = (struct lt_err)LT_ERR_INIT;
	child->pidfd = child->output = child->complaint = child->answer = -1;
	lt_text_visible(job->argv[0], strlen(job->argv[0]), child->name, sizeof(child->name));
	enum lt_status status = grow(child, err);
	if (!status)
		status = start(child, err);
	/* the caller's, and read by now */
	child->job.argv = NULL;
	if (!status) {
		*out = child;
		return LT_OK;
	}
	free(child->result.output);
	free(child);
	return status;
}

bool lt_child_is_done(struct lt_child *child, unsigned within_ms)
{
	if (!child->status)
		child->status = wait_and_read(child, child_now_ms() + within_ms, &child->err);
	return child->status || is_done(child);
}

enum lt_status lt_child_finish(struct lt_child *child, struct lt_child_result *result,
			       struct lt_err *err)
{
	while (!lt_child_is_done(child, LONG_MS))
		;
	const int ended = stop(child);
	enum lt_status status = child->status;
	if (status)
		*err = child->err;
	*result = child->result;
	result->output[result->len] = '\0';
	result->complaint[child->n_complaint] = '\0';
	if (!status && WIFSIGNALED(ended))
		status = lt_err_set(err, LT_EFILE, "读取时中断（信号 %d）；文件可能有问题",
				    "reading it broke off (signal %d); something may be wrong "
				    "with the file",
				    WTERMSIG(ended));
	result->exit_code = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
	free(child);
	return status;
}

void lt_child_release(struct lt_child_result *result)
{
	free(result->output);
	*result = (struct lt_child_result){ 0 };
}

/* ---- finding ---- */

/* The folder of the running program, without the slash; "" where /proc does not say. */
static void own_folder(char *folder, size_t cap)
{
	ssize_t n = readlink("/proc/self/exe", folder, cap - 1);
	folder[n > 0 ? n : 0] = '\0';
	char *slash = strrchr(folder, '/');
	if (slash)
		*slash = '\0';
}

/* In the folder of what the variable names. */
static enum lt_status find_beside(const char *said, const char *name, const char *variable,
				  char *path, size_t cap, struct lt_err *err)
{
	char shown[NAME_TEXT];
	const char *slash = strrchr(said, '/');
	const int folder_len = slash ? (int)(slash - said) + 1 : 0;
	const int len = snprintf(path, cap, "%.*s%s", folder_len, said, name);
	if (len > 0 && (size_t)len < cap && access(path, X_OK) == 0)
		return LT_OK;
	lt_text_visible(said, strlen(said), shown, sizeof(shown));
	return lt_err_set(
		err, LT_EFILE,
		"环境变量 %s 所指的程序 %s 旁没有 %s，或它不能运行；请改正或取消这个变量",
		"the environment variable %s names %s, beside which %s is not there or cannot "
		"be run; correct it or take it away",
		variable, shown, name);
}

enum lt_status lt_child_find(const char *name, const char *variable, char *path, size_t cap,
			     struct lt_err *err)
{
	static const char *const places[] = { "", "/../libexec/lingtan" };
	char folder[4096], shown[NAME_TEXT];
	const char *said = getenv(variable);
	if (said && said[0])
		return find_beside(said, name, variable, path, cap, err);
	own_folder(folder, sizeof(folder));
	for (size_t i = 0; folder[0] && i < sizeof(places) / sizeof(places[0]); i++) {
		const int len = snprintf(path, cap, "%s%s/%s", folder, places[i], name);
		if (len > 0 && (size_t)len < cap && access(path, X_OK) == 0)
			return LT_OK;
	}
	lt_text_visible(folder, strlen(folder), shown, sizeof(shown));
	return lt_err_set(
		err, LT_EFILE,
		"找不到辅助程序 %s（查过 %s 和 ../libexec/lingtan）；请重新安装，或用环境变量 %s 指明",
		"the helper program %s is neither in %s nor in ../libexec/lingtan beside it; "
		"install again, or name it in the environment variable %s",
		name, shown, variable);
}
