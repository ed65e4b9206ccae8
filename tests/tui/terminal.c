#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_NS INT64_C(60000000000)

int64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- the screen ---- */

static bool write_all(struct terminal *t, const char *bytes, size_t len);

static int screen_property(VTermProp property, VTermValue *value, void *user)
{
	struct terminal *t = user;
	if (property == VTERM_PROP_ALTSCREEN)
		t->alternate = value->boolean;
	else if (property == VTERM_PROP_MOUSE)
		t->mouse = value->number;
	return 1;
}

static int screen_bell(void *user)
{
	((struct terminal *)user)->bells++;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = screen_property, .bell = screen_bell};

static void screen_reply(const char *bytes, size_t len, void *user)
{
	struct terminal *t = user;
	if (!t->capture) {
		write_all(t, bytes, len);
	} else if (len <= sizeof(t->replies) - t->n_replies) {
		memcpy(t->replies + t->n_replies, bytes, len);
		t->n_replies += len;
	}
}

void terminal_open_screen(struct terminal *t)
{
	/* libvterm 0.1 writes a wide character past the end of a row of one column */
	t->vterm = vterm_new(t->rows, t->cols < 2 ? 2 : t->cols);
	vterm_set_utf8(t->vterm, 1);
	vterm_output_set_callback(t->vterm, screen_reply, t);
	t->screen = vterm_obtain_screen(t->vterm);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
}

/* ---- the program ---- */

static void run_program(const char *name, char **argv)
{
	setsid();
	int end = open(name, O_RDWR); /* the first terminal a session leader opens becomes its own */
	if (end < 0)
		_exit(126);
	for (int fd = 0; fd < 3; fd++)
		dup2(end, fd);
	close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
	execvp(argv[0], argv);
	fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

/* Starts it and waits until it runs: a read before it has opened its end would find the terminal hung up. */
static bool start_program(struct terminal *t, const char *name, char **argv)
{
	int running[2];
	if (pipe2(running, O_CLOEXEC) != 0)
		return false;
	t->sent_ns = now_ns();
	t->child = fork();
	if (t->child == 0)
		run_program(name, argv);
	close(running[1]);
	char none;
	while (read(running[0], &none, 1) < 0 && errno == EINTR)
		;
	close(running[0]);
	return t->child > 0;
}

bool terminal_start(struct terminal *t, int cols, int rows, char **argv)
{
	*t = (struct terminal){.rows = rows, .cols = cols, .log = -1, .woke = true};
	t->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (t->master < 0 || grantpt(t->master) != 0 || unlockpt(t->master) != 0)
		return false;
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
	ioctl(t->master, TIOCSWINSZ, &size);
	tcgetattr(t->master, &t->before);
	char name[64];
	if (ptsname_r(t->master, name, sizeof(name)) != 0)
		return false;
	terminal_open_screen(t);
	t->watch.rows = rows;
	t->watch.cols = cols;
	if (!start_program(t, name, argv))
		return false;
	fcntl(t->master, F_SETFL, O_NONBLOCK);
	return true;
}

/* tests/counts.c: this build writes what it took when it is asked to, and then kills itself. */
static bool writes_counts(pid_t pid)
{
	char name[64], line[128];
	unsigned long long caught = 0;
	snprintf(name, sizeof(name), "/proc/%d/status", (int)pid);
	FILE *status = fopen(name, "re");
	while (status && fgets(line, sizeof(line), status))
		if (sscanf(line, "SigCgt: %llx", &caught) == 1)
			break;
	if (status)
		fclose(status);
	return caught >> (SIGUSR2 - 1) & 1;
}

bool terminal_kill(const struct terminal *t)
{
	return kill(t->child, writes_counts(t->child) ? SIGUSR2 : SIGKILL) == 0;
}

void terminal_release(struct terminal *t)
{
	if (!t->exited && t->child > 0) {
		terminal_kill(t);
		waitpid(t->child, &t->status, 0);
		t->exited = true;
	}
	terminal_hang_up(t);
	if (t->vterm)
		vterm_free(t->vterm);
	t->vterm = NULL;
}

void terminal_hang_up(struct terminal *t)
{
	if (t->master >= 0)
		close(t->master);
	t->master = -1;
	t->ended = true;
}

bool terminal_reap(struct terminal *t)
{
	if (!t->exited && waitpid(t->child, &t->status, WNOHANG) == t->child)
		t->exited = true;
	return t->exited;
}

int terminal_open_program_end(const struct terminal *t)
{
	return t->master < 0 ? -1 : ioctl(t->master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
}

/* ---- input ---- */

/* False when the program has ended, or reads nothing for a minute. */
static bool write_all(struct terminal *t, const char *bytes, size_t len)
{
	int64_t deadline = now_ns() + PATIENCE_NS;
	while (len > 0 && t->master >= 0) {
		ssize_t n = write(t->master, bytes, len);
		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
			deadline = now_ns() + PATIENCE_NS;
		} else if ((n < 0 && errno != EAGAIN && errno != EINTR) || terminal_reap(t) || now_ns() > deadline) {
			return false;
		} else {
			/* the queue is full: the program may itself wait for its output to be read */
			terminal_read(t, 10);
		}
	}
	return len == 0;
}

/* From here on latency and bytes are counted, and the program has yet to wake. */
static void begin_input(struct terminal *t)
{
	bool idle;
	int64_t alarm_ms;
	t->switches_sent_at = program_switches(t->child, &idle, &alarm_ms);
	t->woke = false;
	t->n_bytes_sent_at = t->n_bytes;
	t->first_ns = t->last_ns = t->short_ns = 0;
	t->sent_ns = now_ns();
}

bool terminal_send(struct terminal *t, const char *bytes, size_t len)
{
	begin_input(t);
	return write_all(t, bytes, len);
}

void terminal_resize(struct terminal *t, int cols, int rows)
{
	bool same = rows == t->rows && cols == t->cols; /* then nobody is told */
	/* what the program sends before it hears of the change is meant for a size before */
	t->watch.rows = rows > t->watch.rows ? rows : t->watch.rows;
	t->watch.cols = cols > t->watch.cols ? cols : t->watch.cols;
	/* not in the middle of a sequence, which the new screen would take for text */
	for (int i = 0; i < 20 && !watch_is_between(&t->watch) && !t->ended; i++)
		terminal_read(t, 5);
	terminal_change_screen(t, cols, rows);
	begin_input(t);
	t->woke = same;
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
	if (t->master >= 0)
		ioctl(t->master, TIOCSWINSZ, &size);
}

static void begin_capture(struct terminal *t)
{
	t->capture = true;
	t->n_replies = 0;
}

static size_t end_capture(struct terminal *t)
{
	t->capture = false;
	return t->n_replies;
}

bool terminal_brackets_paste(struct terminal *t)
{
	begin_capture(t);
	vterm_keyboard_start_paste(t->vterm);
	return end_capture(t) > 0;
}

bool terminal_cursor_keys_are_application(struct terminal *t)
{
	begin_capture(t);
	vterm_keyboard_key(t->vterm, VTERM_KEY_UP, VTERM_MOD_NONE);
	return end_capture(t) == 3 && t->replies[1] == 'O';
}

void terminal_paste(struct terminal *t, const char *bytes, size_t len)
{
	bool marked = terminal_brackets_paste(t);
	size_t size = len + 12;
	char *all = malloc(size);
	if (!all)
		return;
	size_t n = 0;
	if (marked)
		memcpy(all, "\033[200~", 6), n = 6;
	memcpy(all + n, bytes, len);
	n += len;
	if (marked)
		memcpy(all + n, "\033[201~", 6), n += 6;
	terminal_send(t, all, n);
	free(all);
}

void terminal_mouse(struct terminal *t, int button, int row, int col, bool pressed)
{
	begin_capture(t);
	vterm_mouse_move(t->vterm, row, col, VTERM_MOD_NONE);
	vterm_mouse_button(t->vterm, button, pressed, VTERM_MOD_NONE);
	size_t len = end_capture(t);
	terminal_send(t, t->replies, len);
}

/* ---- output ---- */

static void draw(struct terminal *t, const char *bytes, size_t len)
{
	watch_bytes(&t->watch, bytes, len);
	terminal_draw(t, bytes, len);
	t->n_bytes += len;
}

/* Draws all but the marker of settle.c. Only a marker's beginning can be cut off by something else: that was none. */
static size_t draw_without_marker(struct terminal *t, const char *bytes, size_t len)
{
	size_t kept = 0;
	for (size_t i = 0; i < len; i++) {
		if (t->marker_seen < t->marker_len && bytes[i] == t->marker[t->marker_seen]) {
			t->marker_seen++;
			continue;
		}
		if (t->marker_seen > 0 && t->marker_seen < t->marker_len) {
			draw(t, t->marker, t->marker_seen);
			kept += t->marker_seen;
			t->marker_seen = 0;
			i--;
			continue;
		}
		draw(t, &bytes[i], 1);
		kept++;
	}
	return kept;
}

static size_t take(struct terminal *t, const char *bytes, size_t len, int64_t at)
{
	if (t->log >= 0 && write(t->log, bytes, len) != (ssize_t)len)
		t->log = -1;
	size_t kept = len;
	if (t->marker_seen < t->marker_len)
		kept = draw_without_marker(t, bytes, len);
	else
		draw(t, bytes, len);
	if (kept > 0) {
		t->last_ns = at;
		if (t->first_ns == 0)
			t->first_ns = at;
	}
	return kept;
}

size_t terminal_read(struct terminal *t, int wait_ms)
{
	size_t total = 0;
	char bytes[65536];
	while (!t->ended) {
		struct pollfd wait = {.fd = t->master, .events = POLLIN};
		if (poll(&wait, 1, wait_ms) <= 0)
			break;
		ssize_t n = read(t->master, bytes, sizeof(bytes));
		int64_t at = now_ns();
		if (n > 0) {
			total += take(t, bytes, (size_t)n, at);
			wait_ms = 0;
		} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
			t->ended = true; /* every process has closed its end */
		}
	}
	return total;
}
