/*
 * driver - runs a program in a pseudo-terminal for a test: commands on standard input, one a line; for each one line of JSON
 * on standard output. Usage: driver COLUMNS ROWS PROGRAM [ARGUMENT...]; the environment (TERM, locale) is the program's too.
 *
 *   send HEX            bytes as typed              key NAME...        Up F5 S-Tab C-r Esc ..., as $TERM writes them
 *   paste HEX           with marks if asked for     mouse BUTTON ROW COL down|up
 *   resize COLS ROWS    signal NUMBER               hangup             the terminal is lost
 *   settle QUIET_MS DEADLINE_MS REST                output DEADLINE_MS  waits until something comes
 *   screen              text and state              cells              runs of cells of one style
 *   modes               the terminal's settings     end DEADLINE_MS    waits for the end of the program
 *   log PATH            raw output from here on     idle MS            how often it wakes when left alone
 */
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct terminal terminal;

/* ---- JSON ---- */

static void put_utf8(uint32_t c)
{
	char text[4];
	fwrite(text, 1, encode_utf8(c, text), stdout);
}

static void put_character(uint32_t c)
{
	if (c == '"' || c == '\\')
		putchar('\\');
	if (c < 0x20 || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
		printf("\\u%04x", c < 0x20 ? c : 0xfffdu);
	else
		put_utf8(c);
}

static void put_string(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		unsigned char b = (unsigned char)*text;
		put_character(b < 0x80 ? b : '?');
	}
	putchar('"');
}

/* ---- the screen ---- */

static const uint32_t second_half = (uint32_t)-1; /* libvterm's mark behind a wide character */

static bool cell_at(int row, int col, VTermScreenCell *cell)
{
	return vterm_screen_get_cell(terminal.screen, (VTermPos){.row = row, .col = col}, cell) && cell->chars[0] != second_half;
}

static void put_cell(const VTermScreenCell *cell)
{
	if (cell->chars[0] == 0)
		putchar(' ');
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
		put_character(cell->chars[i]);
}

static void put_row(int row)
{
	VTermScreenCell cell;
	putchar('"');
	for (int col = 0; col < terminal.cols; col++)
		if (cell_at(row, col, &cell))
			put_cell(&cell);
	putchar('"');
}

/* a number of the palette, #rrggbb, or - for the terminal's own */
static void format_colour(const VTermColor *c, bool foreground, char text[8])
{
	if (foreground ? VTERM_COLOR_IS_DEFAULT_FG(c) : VTERM_COLOR_IS_DEFAULT_BG(c))
		snprintf(text, 8, "-");
	else if (VTERM_COLOR_IS_INDEXED(c))
		snprintf(text, 8, "%u", c->indexed.idx);
	else
		snprintf(text, 8, "#%02x%02x%02x", c->rgb.red, c->rgb.green, c->rgb.blue);
}

/* foreground, background and flags: b bold, u underline, i italic, k blink, r reverse, s strike, d dim */
static void format_style(const VTermScreenCell *cell, char style[32])
{
	char fg[8], bg[8];
	format_colour(&cell->fg, true, fg);
	format_colour(&cell->bg, false, bg);
	snprintf(style, 32, "%s %s %s%s%s%s%s%s%s", fg, bg, cell->attrs.bold ? "b" : "", cell->attrs.underline ? "u" : "",
		cell->attrs.italic ? "i" : "", cell->attrs.blink ? "k" : "", cell->attrs.reverse ? "r" : "", cell->attrs.strike ? "s" : "", cell->attrs.font == 9 ? "d" : "");
}

static void put_runs(int row)
{
	char style[32], before[32] = "";
	VTermScreenCell cell;
	bool open = false;
	putchar('[');
	for (int col = 0; col < terminal.cols; col++) {
		if (!cell_at(row, col, &cell))
			continue;
		format_style(&cell, style);
		if (!open || strcmp(style, before) != 0) {
			printf("%s[%d,\"%s\",\"", open ? "\"]," : "", col, style);
			memcpy(before, style, sizeof(before));
			open = true;
		}
		put_cell(&cell);
	}
	printf("%s]", open ? "\"]" : "");
}

static void put_ending(void)
{
	/* who has closed the terminal is about to end: that comes a moment later */
	for (int i = 0; !terminal_reap(&terminal) && terminal.ended && terminal.master >= 0 && i < 100; i++)
		poll(NULL, 0, i < 10 ? 1 : 10);
	if (!terminal.exited)
		printf("\"exit\":null");
	else if (WIFEXITED(terminal.status))
		printf("\"exit\":%d", WEXITSTATUS(terminal.status));
	else
		printf("\"exit\":%d", -WTERMSIG(terminal.status));
}

static void put_state(void)
{
	VTermPos at;
	vterm_state_get_cursorpos(vterm_obtain_state(terminal.vterm), &at);
	printf("\"cols\":%d,\"rows\":%d,\"cursor\":[%d,%d],\"shown\":%s,\"alternate\":%s,\"mouse\":%d,\"bells\":%u,", terminal.cols, terminal.rows,
		at.row, at.col, terminal.watch.cursor_hidden ? "false" : "true", terminal.alternate ? "true" : "false", terminal.mouse, terminal.bells);
	printf("\"paste\":%s,\"application\":%s,\"bytes\":%" PRIu64 ",", terminal_brackets_paste(&terminal) ? "true" : "false",
		terminal_cursor_keys_are_application(&terminal) ? "true" : "false", terminal.n_bytes);
	printf("\"wrong\":%u,\"notes\":[", terminal.watch.n_notes);
	for (unsigned i = 0; i < terminal.watch.n_notes && i < WATCH_NOTES; i++) {
		printf(i ? "," : "");
		put_string(terminal.watch.notes[i]);
	}
	printf("],");
	put_ending();
}

/* ---- commands ---- */

/* the bytes of a hexadecimal word, in place */
static size_t decode_hex(char *text)
{
	size_t n = 0;
	unsigned b;
	for (const char *at = text; sscanf(at, "%2x", &b) == 1 && at[1]; at += 2)
		text[n++] = (char)b;
	return n;
}

static void answer(const char *error)
{
	if (error) {
		printf("{\"error\":");
		put_string(error);
		printf("}\n");
	} else {
		printf("{");
		put_ending();
		printf("}\n");
	}
}

static const char *do_keys(char *names)
{
	for (char *name = strtok(names, " "); name; name = strtok(NULL, " ")) {
		size_t len;
		const char *bytes = key_bytes(name, &len);
		if (!bytes)
			return "there is no such key";
		terminal_send(&terminal, bytes, len);
	}
	return NULL;
}

static const char *do_mouse(char *words)
{
	int button, row, col;
	char way[8];
	if (sscanf(words, "%d %d %d %7s", &button, &row, &col, way) != 4)
		return "mouse BUTTON ROW COL down|up";
	terminal_mouse(&terminal, button, row, col, strcmp(way, "down") == 0);
	return NULL;
}

static uint64_t n_bytes_seen; /* of the output: when the screen was looked at last */

/* microseconds from the last input to the last output after it, and how much came */
static void do_settle(char *words)
{
	int quiet_ms = 2, deadline_ms = 10000, rest = 0;
	sscanf(words, "%d %d %d", &quiet_ms, &deadline_ms, &rest);
	bool settled = terminal_settle(&terminal, quiet_ms, deadline_ms, rest != 0);
	printf("{\"settled\":%s,\"first_us\":%.1f,\"last_us\":%.1f,\"bytes\":%" PRIu64 ",", settled ? "true" : "false",
		terminal.first_ns ? (double)(terminal.first_ns - terminal.sent_ns) / 1000 : 0,
		terminal.last_ns ? (double)(terminal.last_ns - terminal.sent_ns) / 1000 : 0, terminal.n_bytes - terminal.n_bytes_sent_at);
	put_ending();
	printf("}\n");
}

/* What came since the screen was looked at last counts, too: it may have come before this was asked. */
static void do_output(char *words)
{
	int64_t deadline = now_ns() + strtoll(words, NULL, 10) * 1000000;
	uint64_t before = n_bytes_seen;
	while (terminal.n_bytes == before && !terminal.ended && now_ns() < deadline)
		terminal_read(&terminal, (int)((deadline - now_ns()) / 1000000) + 1);
	n_bytes_seen = terminal.n_bytes;
	printf("{\"bytes\":%" PRIu64 ",\"ended\":%s,", terminal.n_bytes - before, terminal.ended ? "true" : "false");
	put_ending();
	printf("}\n");
}

/* All that it wrote is read: what came last may still be under way when it has gone. */
static void do_end(char *words)
{
	int64_t deadline = now_ns() + strtoll(words, NULL, 10) * 1000000;
	while (!terminal_reap(&terminal) && now_ns() < deadline)
		if (terminal_read(&terminal, 20) == 0 && terminal.ended)
			poll(NULL, 0, 5);
	for (int i = 0; i < 50 && terminal.exited && !terminal.ended; i++)
		terminal_read(&terminal, 20);
	answer(NULL);
}

static void do_cells(void)
{
	printf("{\"runs\":[");
	for (int row = 0; row < terminal.rows; row++) {
		printf(row ? "," : "");
		put_runs(row);
	}
	printf("],");
	put_state();
	printf("}\n");
}

static void do_screen(void)
{
	n_bytes_seen = terminal.n_bytes;
	printf("{\"text\":[");
	for (int row = 0; row < terminal.rows; row++) {
		printf(row ? "," : "");
		put_row(row);
	}
	printf("],");
	put_state();
	printf("}\n");
}

static void do_modes(void)
{
	struct termios t = terminal.before;
	if (terminal.master >= 0)
		tcgetattr(terminal.master, &t);
	const struct termios *b = &terminal.before;
	bool same = t.c_iflag == b->c_iflag && t.c_oflag == b->c_oflag && t.c_cflag == b->c_cflag && t.c_lflag == b->c_lflag &&
		memcmp(t.c_cc, b->c_cc, sizeof(t.c_cc)) == 0;
	printf("{\"as_before\":%s,\"echo\":%s,\"lines\":%s,\"signals\":%s,\"flags\":[%u,%u,%u,%u],", same ? "true" : "false",
		t.c_lflag & ECHO ? "true" : "false", t.c_lflag & ICANON ? "true" : "false", t.c_lflag & ISIG ? "true" : "false", t.c_iflag,
		t.c_oflag, t.c_cflag, t.c_lflag);
	put_ending();
	printf("}\n");
}

static void do_idle(char *words)
{
	bool idle;
	int64_t alarm_ms;
	uint64_t before = program_switches(terminal.child, &idle, &alarm_ms);
	int64_t until = now_ns() + strtoll(words, NULL, 10) * 1000000;
	while (now_ns() < until && !terminal.ended)
		terminal_read(&terminal, (int)((until - now_ns()) / 1000000) + 1);
	printf("{\"wakes\":%" PRIu64 ",", program_switches(terminal.child, &idle, &alarm_ms) - before);
	put_ending();
	printf("}\n");
}

static void do_log(const char *path)
{
	if (terminal.log >= 0)
		close(terminal.log);
	terminal.log = *path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
	answer(*path && terminal.log < 0 ? "the log cannot be opened" : NULL);
}

static bool end(int signal_number)
{
	return signal_number == SIGKILL ? terminal_kill(&terminal) : kill(terminal.child, signal_number) == 0;
}

/* commands that change something and say only whether they did */
static void act(const char *name, char *words)
{
	int a = 0, b = 0;
	const char *error = NULL;
	if (strcmp(name, "send") == 0)
		terminal_send(&terminal, words, decode_hex(words));
	else if (strcmp(name, "paste") == 0)
		terminal_paste(&terminal, words, decode_hex(words));
	else if (strcmp(name, "key") == 0)
		error = do_keys(words);
	else if (strcmp(name, "mouse") == 0)
		error = do_mouse(words);
	else if (strcmp(name, "resize") == 0 && sscanf(words, "%d %d", &a, &b) == 2 && a > 0 && b > 0 && a <= 1000 && b <= 1000)
		terminal_resize(&terminal, a, b);
	else if (strcmp(name, "signal") == 0 && sscanf(words, "%d", &a) == 1)
		error = terminal_reap(&terminal) || !end(a) ? "the program has ended" : NULL;
	else if (strcmp(name, "hangup") == 0)
		terminal_hang_up(&terminal);
	else
		error = "there is no such command";
	answer(error);
}

static void run(char *line)
{
	line[strcspn(line, "\n")] = 0;
	char *words = line + strcspn(line, " ");
	if (*words)
		*words++ = 0;
	if (strcmp(line, "screen") == 0)
		do_screen();
	else if (strcmp(line, "cells") == 0)
		do_cells();
	else if (strcmp(line, "settle") == 0)
		do_settle(words);
	else if (strcmp(line, "output") == 0)
		do_output(words);
	else if (strcmp(line, "end") == 0)
		do_end(words);
	else if (strcmp(line, "modes") == 0)
		do_modes();
	else if (strcmp(line, "idle") == 0)
		do_idle(words);
	else if (strcmp(line, "log") == 0)
		do_log(words);
	else
		act(line, words);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: driver COLUMNS ROWS PROGRAM [ARGUMENT...]\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	if (!terminal_start(&terminal, atoi(argv[1]), atoi(argv[2]), argv + 3)) {
		perror("driver");
		return 1;
	}
	printf("{\"pid\":%d}\n", (int)terminal.child);
	fflush(stdout);
	char *line = NULL;
	size_t size = 0;
	setvbuf(stdin, NULL, _IONBF, 0); /* poll() must see what is still to be read */
	for (;;) {
		struct pollfd wait[2] = {{.fd = 0, .events = POLLIN}, {.fd = terminal.ended ? -1 : terminal.master, .events = POLLIN}};
		if (poll(wait, 2, -1) < 0 && errno != EINTR)
			break;
		if (wait[1].revents)
			terminal_read(&terminal, 0);
		if (!wait[0].revents)
			continue;
		if (getline(&line, &size, stdin) <= 0)
			break;
		run(line);
	}
	free(line);
	terminal_release(&terminal);
	return 0;
}
