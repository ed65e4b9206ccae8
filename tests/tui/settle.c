/*
 * When is a screen settled? Not after a time, but when three things hold:
 * - the program and its children sleep in a call that waits for input, and none of them has been scheduled in between;
 * - nothing typed is left unread in the terminal;
 * - all that was written has come out: a marker written behind it through the program's own end of the terminal has.
 * A program that waits with a short alarm (is this Esc, or the start of a key?) has not finished either.
 */
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { SHORT_WAIT_MS = 150, WOKEN_MS = 100, MAX_DEPTH = 8 };

static size_t read_proc(pid_t pid, const char *name, char *text, size_t size)
{
	char path[96];
	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, size - 1);
	if (fd >= 0)
		close(fd);
	text[n > 0 ? n : 0] = 0;
	return n > 0 ? (size_t)n : 0;
}

/* How long a waiting call waits at most, in ms; -1 for ever; the pointers are the program's own. */
static int64_t timespec_ms(pid_t pid, uint64_t address)
{
	struct timespec t;
	if (address == 0)
		return -1;
	struct iovec here = {.iov_base = &t, .iov_len = sizeof(t)}, there = {.iov_len = sizeof(t)};
	memcpy(&there.iov_base, &address, sizeof(address));
	if (process_vm_readv(pid, &here, 1, &there, 1, 0) != (ssize_t)sizeof(t))
		return -1;
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Whether the call is one that waits for input, and if so how long. */
static bool call_waits(pid_t pid, long call, const uint64_t a[6], int64_t *wait_ms)
{
	*wait_ms = -1;
	switch (call) {
	case SYS_read:
	case SYS_recvmsg: /* a helper that stands by */
	case SYS_wait4:
	case SYS_waitid:
	case SYS_rt_sigsuspend:
	case SYS_pause:
		return true;
	case SYS_poll:
		*wait_ms = (int32_t)a[2];
		return true;
	case SYS_epoll_wait:
	case SYS_epoll_pwait:
		*wait_ms = (int32_t)a[3];
		return true;
	case SYS_ppoll:
		*wait_ms = timespec_ms(pid, a[2]);
		return true;
	case SYS_select:
	case SYS_pselect6:
		*wait_ms = timespec_ms(pid, a[4]);
		return true;
	case SYS_restart_syscall:
		return true;
	default:
		return false;
	}
}

static uint64_t field(const char *text, const char *name)
{
	const char *at = strstr(text, name);
	return at ? strtoull(at + strlen(name), NULL, 10) : 0;
}

static void look_at(pid_t pid, int depth, uint64_t *switches, bool *idle, int64_t *alarm_ms)
{
	char text[4096];
	if (depth > MAX_DEPTH || read_proc(pid, "status", text, sizeof(text)) == 0) {
		*idle = false;
		return;
	}
	const char *state = strstr(text, "State:\t");
	*switches += field(text, "\nvoluntary_ctxt_switches:\t") + field(text, "\nnonvoluntary_ctxt_switches:\t");
	if (state && (state[7] == 'Z' || state[7] == 'T'))
		return;
	if (!state || state[7] != 'S')
		*idle = false;
	long call = -1;
	uint64_t a[6] = {0};
	int64_t wait_ms = -1;
	read_proc(pid, "syscall", text, sizeof(text));
	sscanf(text, "%ld %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64, &call, &a[0], &a[1], &a[2], &a[3], &a[4], &a[5]);
	if (!call_waits(pid, call, a, &wait_ms))
		*idle = false;
	if (wait_ms >= 0 && (*alarm_ms < 0 || wait_ms < *alarm_ms))
		*alarm_ms = wait_ms;
	char name[64];
	snprintf(name, sizeof(name), "task/%d/children", (int)pid);
	read_proc(pid, name, text, sizeof(text));
	for (char *at = text, *end; *at; at = end) {
		long child = strtol(at, &end, 10);
		if (end == at)
			break;
		look_at((pid_t)child, depth + 1, switches, idle, alarm_ms);
	}
}

uint64_t program_switches(pid_t pid, bool *idle, int64_t *alarm_ms)
{
	uint64_t switches = 0;
	*idle = true;
	*alarm_ms = -1;
	look_at(pid, 0, &switches, idle, alarm_ms);
	return switches;
}

/* Whether typed bytes lie unread; these also tell that the input has arrived. What is still on its way through the kernel is not
 * counted; to be asked whether anything can be read makes it arrive. */
static bool input_lies(struct terminal *t, int end)
{
	int n = 0;
	struct pollfd arrived = {.fd = end, .events = POLLIN};
	if (end < 0 || poll(&arrived, 1, 0) < 0 || ioctl(end, FIONREAD, &n) != 0 || n == 0)
		return false;
	t->woke = true;
	return true;
}

/* The marker goes out whole: what is cut off would swallow all that follows it. */
static bool send_marker(struct terminal *t, int end, int64_t deadline)
{
	size_t sent = 0;
	while (sent < t->marker_len && !t->ended && now_ns() < deadline) {
		ssize_t n = write(end, t->marker + sent, t->marker_len - sent);
		if (n > 0)
			sent += (size_t)n;
		else if (n < 0 && errno != EAGAIN && errno != EINTR)
			return false;
		else
			terminal_read(t, 5);
	}
	return sent == t->marker_len;
}

/* Waits until all that was written has come out; false when something of the program came, or the deadline. */
static bool drain(struct terminal *t, int end, int64_t deadline)
{
	uint64_t before = t->n_bytes;
	/* what came may have asked for an answer, which is now on its way to the program */
	if (terminal_read(t, 0) > 0)
		return false;
	t->marker_len = (size_t)snprintf(t->marker, sizeof(t->marker), "\033]7777;%u\a", ++t->n_markers);
	t->marker_seen = 0;
	bool sent = send_marker(t, end, deadline);
	while (sent && t->marker_seen < t->marker_len && !t->ended && now_ns() < deadline)
		terminal_read(t, 20);
	bool complete = sent && t->marker_seen == t->marker_len;
	t->marker_len = t->marker_seen = 0;
	return complete && t->n_bytes == before;
}

/* A short alarm that goes off is work; who sets one again and again, for nothing but to look, is settled after a while. The while
 * is counted from when the program was first found to wait so, which may be long after the key. */
static bool waits_shortly(struct terminal *t, int64_t alarm_ms)
{
	const bool short_wait = alarm_ms >= 0 && alarm_ms < SHORT_WAIT_MS;
	if (!short_wait)
		t->short_ns = 0;
	else if (t->short_ns == 0)
		t->short_ns = now_ns();
	return short_wait && now_ns() - t->short_ns < (int64_t)2 * SHORT_WAIT_MS * 1000000;
}

/* One look; true when it found the program settled. */
static bool looks_settled(struct terminal *t, int end, int quiet_ms, bool rest, int64_t deadline)
{
	bool idle, still_idle;
	int64_t alarm_ms;
	uint64_t switches = program_switches(t->child, &idle, &alarm_ms);
	if (input_lies(t, end) || !idle) {
		t->short_ns = 0;
		return false;
	}
	if (switches != t->switches_sent_at)
		t->woke = true;
	if (!t->woke && now_ns() - t->sent_ns < (int64_t)WOKEN_MS * 1000000)
		return false;
	if (waits_shortly(t, alarm_ms) || (rest && alarm_ms >= 0))
		return false;
	if (!drain(t, end, deadline) || terminal_read(t, quiet_ms) > 0)
		return false;
	return program_switches(t->child, &still_idle, &alarm_ms) == switches && still_idle && !input_lies(t, end);
}

bool terminal_settle(struct terminal *t, int quiet_ms, int deadline_ms, bool rest)
{
	int64_t deadline = now_ns() + (int64_t)deadline_ms * 1000000;
	int pause_ms = 0;
	bool settled = false;
	int end = terminal_open_program_end(t);
	while (!settled && !t->ended && now_ns() < deadline) {
		if (terminal_reap(t)) {
			/* what it wrote last is still to be read; our own end must not keep the terminal open */
			if (end >= 0)
				close(end);
			end = -1;
			terminal_read(t, 10);
			settled = t->ended || t->exited;
			break;
		}
		settled = looks_settled(t, end, quiet_ms, rest, deadline);
		if (!settled)
			terminal_read(t, pause_ms);
		pause_ms = pause_ms < 8 ? pause_ms + 1 : 8;
	}
	if (end >= 0)
		close(end);
	if (settled) {
		t->watch.rows = t->rows;
		t->watch.cols = t->cols;
	}
	return settled || t->ended;
}
