#define NCURSES_WIDECHAR 1
#include "terminal.h"

#include <curses.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#include "terminal_keys.h"
#include "terminal_probe.h"
#include "terminal_type.h"

#define MAX_PASTE ((size_t)4 << 20)
#define PATIENCE_PASTE 1000 /* ms without a byte, then a paste that was cut off ends */
#define WIDE_GAP 2 /* columns: more than stands between words */
#define MOST_KEY 12 /* bytes of a key */

static struct {
	bool is_open, has_left, mouse, twins, anew;
	SCREEN *screen;
	FILE *out;
	enum theme_kind theme;
	struct look looks[N_INKS][N_GROUNDS]; /* of the theme */
	short pairs[N_INKS][N_GROUNDS]; /* 0 = not made */
	short plain_pair; /* in the terminal's own colours */
	short n_pairs;
	bool has_pixel_pairs;
	struct grid shown;
	mbstate_t half; /* of a character whose other bytes have not come yet */
	char *paste; /* owned */
	size_t paste_len, paste_cap;
	int *typed; /* owned: codes from before there were screens; n_read of them are read */
	size_t n_typed, n_read;
	struct termios before;
	struct sigaction old_term, old_hup, old_int;
	sigset_t unblocked;
} terminal;

/* Upper and lower colour; 0 = not made. Apart from the rest: to clear 32 pages takes a while. */
static short pixel_pairs[256][256];

static volatile sig_atomic_t is_gone;

static void on_end(int signal_number)
{
	(void)signal_number;
	is_gone = 1;
}

/* ---- is a line one column wide, or two? ---- */

void terminal_ask(const struct terminal_wish *wish)
{
	struct lt_err ignored = LT_ERR_INIT;
	if (probe_is_open() || wish->no_unicode || probe_told_columns() || !isatty(STDIN_FILENO) ||
	    !isatty(STDOUT_FILENO) || terminal_type_check(&ignored) != LT_OK)
		return;
	probe_put_question();
}

void terminal_unask(void)
{
	struct probe probe = { .typed = NULL };
	struct termios ignored;
	if (probe_is_open())
		probe_take_answer(&probe, &ignored);
	probe_release(&probe);
}

static void measure(bool no_unicode, struct probe *probe)
{
	int columns = probe_told_columns();
	if (probe_is_open()) {
		probe_take_answer(probe, &terminal.before);
		columns = probe->column == 3 ? 2 : 1;
	}
	columns = columns ? columns : 1;
	cluster_set_ambiguous(columns);
	terminal.twins = no_unicode || columns == 2;
}

/* ---- taking over, giving back ---- */

/* Pasted text comes between brackets, so that its line ends are no Enter. */
static void set_bracketed_paste(bool on)
{
	fputs(on ? "\033[?2004h" : "\033[?2004l", terminal.out);
	fflush(terminal.out);
}

static void set_modes(void)
{
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	meta(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	notimeout(stdscr, FALSE);
	set_escdelay(50);
	leaveok(stdscr, FALSE);
	scrollok(stdscr, FALSE);
	idlok(stdscr, FALSE);
	if (terminal.mouse) {
		/* all of them: after one that it was not asked for, curses waits for the next byte and
		 * neither tells nor lets in a new size */
		mousemask(ALL_MOUSE_EVENTS, NULL);
		mouseinterval(0);
	}
}

static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_end };
	sigset_t block;
	sigemptyset(&action.sa_mask);
	sigaction(SIGTERM, &action, &terminal.old_term);
	sigaction(SIGHUP, &action, &terminal.old_hup);
	sigaction(SIGINT, &action, &terminal.old_int);
	sigemptyset(&block);
	sigaddset(&block, SIGTERM);
	sigaddset(&block, SIGHUP);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGWINCH);
	sigprocmask(SIG_BLOCK, &block, &terminal.unblocked);
}

static void leave_signals(void)
{
	sigaction(SIGTERM, &terminal.old_term, NULL);
	sigaction(SIGHUP, &terminal.old_hup, NULL);
	sigaction(SIGINT, &terminal.old_int, NULL);
	sigprocmask(SIG_SETMASK, &terminal.unblocked, NULL);
}

static enum lt_status start_curses(struct lt_err *err)
{
	const int out = dup(STDOUT_FILENO);
	terminal.out = out >= 0 ? fdopen(out, "w") : NULL;
	if (!terminal.out) {
		if (out >= 0)
			close(out);
		return lt_err_memory(err);
	}
	terminal.screen = newterm(NULL, terminal.out, stdin);
	if (!terminal.screen) {
		fclose(terminal.out);
		return lt_err_memory(err);
	}
	/* until it has come back once, curses sends every move of the cursor by itself */
	def_prog_mode();
	endwin();
	return LT_OK;
}

static void forget_pairs(void)
{
	memset(terminal.pairs, 0, sizeof(terminal.pairs));
	if (terminal.has_pixel_pairs)
		memset(pixel_pairs, 0, sizeof(pixel_pairs));
	terminal.has_pixel_pairs = false;
	terminal.plain_pair = terminal.n_pairs = 0;
}

static void choose_theme(enum theme_kind theme)
{
	terminal.theme = theme;
	for (int ink = 0; ink < N_INKS; ink++)
		for (int ground = 0; ground < N_GROUNDS; ground++)
			terminal.looks[ink][ground] =
				theme_look(theme, (enum ink)ink, (enum ground)ground);
}

/* How many bytes of what was typed are one key that curses knows; 0 = none. */
static size_t key_at(const struct probe *probe, size_t from, int *code)
{
	char bytes[MOST_KEY + 1];
	const size_t most = probe->n_typed - from < MOST_KEY ? probe->n_typed - from : MOST_KEY;
	/* upwards: a key with text behind it is that key for curses */
	for (size_t len = 2; len <= most; len++) {
		memcpy(bytes, probe->typed + from, len);
		bytes[len] = '\0';
		*code = key_defined(bytes);
		if (*code > 0)
			return len;
	}
	return 0;
}

/* What was typed before there were screens, as codes of curses: what is put back into curses is not
 * looked at for keys again, F6 would be Esc and some digits, and there is room for some hundred. */
static enum lt_status keep_typed(const struct probe *probe, struct lt_err *err)
{
	if (probe->n_typed == 0)
		return LT_OK;
	terminal.typed = malloc(probe->n_typed * sizeof(*terminal.typed));
	if (!terminal.typed)
		return lt_err_memory(err);
	for (size_t i = 0; i < probe->n_typed; terminal.n_typed++) {
		int *code = &terminal.typed[terminal.n_typed];
		size_t len = probe->typed[i] == '\033' ? key_at(probe, i, code) : 0;
		if (!len)
			*code = (unsigned char)probe->typed[i];
		i += len ? len : 1;
	}
	return LT_OK;
}

static void forget_typed(void)
{
	free(terminal.typed);
	terminal.typed = NULL;
	terminal.n_typed = terminal.n_read = 0;
}

static void take_over(const struct terminal_wish *wish)
{
	terminal.is_open = terminal.anew = true;
	terminal.mouse = wish->mouse;
	grid_init(&terminal.shown);
	const bool colours = !wish->no_color && has_colors() && start_color() == OK;
	if (colours)
		use_default_colors();
	choose_theme(theme_choose(colours ? COLORS : 0, wish->no_color));
	terminal_define_keys();
	set_modes();
	set_bracketed_paste(true);
}

enum lt_status terminal_open(const struct terminal_wish *wish, struct lt_err *err)
{
	struct probe probe = { .typed = NULL };
	if (terminal.is_open)
		return LT_OK;
	forget_pairs();
	memset(&terminal, 0, sizeof(terminal));
	terminal_ask(wish);
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
	    (!probe_is_open() && tcgetattr(STDIN_FILENO, &terminal.before) != 0))
		return lt_err_set(
			err, LT_EUSAGE, "工作台需要在终端里打开；脚本请用命令，见 lingtan --help",
			"the workbench needs a terminal; scripts use commands, see lingtan --help");
	/* who was asked has passed */
	enum lt_status status = probe_is_open() ? LT_OK : terminal_type_check(err);
	if (status)
		return status;
	measure(wish->no_unicode, &probe);
	catch_signals();
	status = start_curses(err);
	if (status)
		leave_signals();
	else {
		take_over(wish);
		status = keep_typed(&probe, err);
		if (status)
			terminal_close();
	}
	probe_release(&probe);
	return status;
}

void terminal_close(void)
{
	if (!terminal.is_open)
		return;
	terminal.is_open = false;
	set_bracketed_paste(false);
	if (!terminal.has_left)
		endwin();
	delscreen(terminal.screen);
	fclose(terminal.out);
	tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal.before);
	grid_release(&terminal.shown);
	free(terminal.paste);
	terminal.paste = NULL;
	forget_typed();
	leave_signals();
}

void terminal_leave(void)
{
	if (!terminal.is_open || terminal.has_left)
		return;
	set_bracketed_paste(false);
	def_prog_mode();
	endwin();
	leave_signals();
	terminal.has_left = true;
}

void terminal_return(void)
{
	if (!terminal.is_open || !terminal.has_left)
		return;
	terminal.has_left = false;
	catch_signals();
	reset_prog_mode();
	set_modes();
	terminal_forget();
	refresh();
	set_bracketed_paste(true);
}

void terminal_suspend(void)
{
	terminal_leave();
	raise(SIGTSTP);
	terminal_return();
}

void terminal_size(int *rows, int *cols)
{
	*rows = LINES;
	*cols = COLS;
}

enum theme_kind terminal_theme(void)
{
	return terminal.theme;
}

void terminal_set_theme(enum theme_kind theme)
{
	choose_theme(theme);
	forget_pairs();
	terminal_forget();
}

bool terminal_has_pixels(void)
{
	return !terminal.twins &&
	       (terminal.theme == THEME_DARK || terminal.theme == THEME_LIGHT);
}

bool terminal_wants_twins(void)
{
	return terminal.twins;
}

void terminal_forget(void)
{
	terminal.anew = true;
}

/* ---- showing ---- */

static short pair_of(enum ink ink, enum ground ground, const struct look *look)
{
	short *pair = &terminal.pairs[ink][ground];
	if (terminal.theme == THEME_MONO)
		return 0;
	if (!*pair && terminal.n_pairs + 1 < COLOR_PAIRS) {
		*pair = (short)(terminal.n_pairs + 1);
		if (init_pair(*pair, look->fg, look->bg) == OK)
			terminal.n_pairs++;
		else
			*pair = 0;
	}
	return *pair;
}

/* The terminal's own colours. Pair 0 is these as well, but is never set without all attributes. */
static short plain_pair(void)
{
	if (!terminal.plain_pair && terminal.theme != THEME_MONO &&
	    terminal.n_pairs + 1 < COLOR_PAIRS &&
	    init_pair((short)(terminal.n_pairs + 1), -1, -1) == OK)
		terminal.plain_pair = ++terminal.n_pairs;
	return terminal.plain_pair;
}

static struct look look_of(const struct cell *cell)
{
	return terminal.looks[cell->ink][cell->ground];
}

static bool is_blank(const struct cell *cell)
{
	return cell->columns == 1 && !cell->is_picture && (!cell->text[0] || strcmp(cell->text, " ") == 0);
}

/* Whether a blank, having no colour of its own, can take that of a cell of its row, so that nothing
 * is sent for it. In a wide gap most blanks were there before: it stays with the inks of texts. */
static bool can_borrow(const struct cell *blank, const struct cell *from)
{
	const bool is_text =
		from->ink == INK_TEXT || from->ink == INK_DIM || from->ink == INK_TITLE;
	/* the line under a blank is seen */
	if (blank->ground == GROUND_FIELD || from->ground != blank->ground || (!is_text && labs(blank - from) > WIDE_GAP))
		return false;
	const struct look own = look_of(blank), other = look_of(from);
	return own.bg == other.bg && own.underline == other.underline &&
	       own.reverse == other.reverse;
}

/* A blank on the terminal's own ground looks the same in every ink; in none it takes the fewest
 * bytes. */
static bool needs_no_ink(const struct cell *cell)
{
	const struct look look = look_of(cell);
	return is_blank(cell) && look.bg < 0 && !look.underline && !look.reverse;
}

static void set_look(const struct cell *cell)
{
	const struct look look = look_of(cell);
	attr_t attributes = 0;
	if (needs_no_ink(cell)) {
		attr_set(0, plain_pair(), NULL);
		return;
	}
	attributes |= look.bold ? A_BOLD : 0;
	attributes |= look.dim ? A_DIM : 0;
	attributes |= look.reverse ? A_REVERSE : 0;
	attributes |= look.underline ? A_UNDERLINE : 0;
	attr_set(attributes, pair_of((enum ink)cell->ink, (enum ground)cell->ground, &look), NULL);
}

static void show_pixels(int row, int col, const struct cell *cell)
{
	short *pair = &pixel_pairs[cell->upper][cell->lower];
	terminal.has_pixel_pairs = true;
	if (!*pair && terminal.n_pairs < SHRT_MAX && terminal.n_pairs + 1 < COLOR_PAIRS &&
	    init_pair((short)(terminal.n_pairs + 1), cell->upper, cell->lower) == OK)
		*pair = ++terminal.n_pairs;
	attr_set(0, *pair, NULL);
	mvaddnwstr(row, col, L"\u2580", 1);
}

static void show_cell(int row, int col, const struct cell *cell, const struct cell *look)
{
	wchar_t wide[CLUSTER_DRAWN + 1];
	const char *text = cell->text[0] ? cell->text : " ";
	const size_t n = mbstowcs(wide, text, CLUSTER_DRAWN);
	if (cell->is_picture) {
		show_pixels(row, col, cell);
		return;
	}
	set_look(look);
	if (n == (size_t)-1 || n == 0)
		mvaddstr(row, col, cell->columns == 2 ? "  " : " ");
	else
		mvaddnwstr(row, col, wide, (int)n);
}

/* Which cells of a row differ; a wide character may not be half overwritten. */
static bool find_difference(const struct cell *now, const struct cell *was, int cols, int *from,
			    int *to)
{
	*from = 0;
	*to = cols;
	if (terminal.anew)
		return true;
	/* most rows of most frames */
	if (memcmp(now, was, (size_t)cols * sizeof(*now)) == 0)
		return false;
	while (*from < *to && cell_equals(&now[*from], &was[*from]))
		++*from;
	while (*to > *from && cell_equals(&now[*to - 1], &was[*to - 1]))
		--*to;
	if (*from == *to)
		return false;
	while (*from > 0 && (now[*from].columns == 0 || was[*from].columns == 0))
		--*from;
	while (*to < cols && (now[*to].columns == 0 || was[*to].columns == 0))
		++*to;
	return true;
}

/* Whether curses has a sign as it is already. A blank may have got another look. */
static bool stands(const struct cell *cell, const struct cell *was)
{
	return !terminal.anew && !is_blank(cell) && cell_equals(cell, was);
}

static void show_row(const struct grid *grid, int row)
{
	const struct cell *now = &grid->cells[row * grid->cols];
	struct cell *was = &terminal.shown.cells[row * grid->cols];
	int from, to, first = 0;
	if (!find_difference(now, was, grid->cols, &from, &to))
		return;
	/* a blank borrows from what stands before it, at the beginning of a row from the first sign */
	while (first + 1 < grid->cols && is_blank(&now[first]))
		first++;
	const struct cell *lender = &now[first];
	int end = grid->cols;
	while (end > 0 && is_blank(&now[end - 1]))
		end--;
	for (int col = 0; col < to; col++) {
		const struct cell *cell = &now[col];
		if (!is_blank(cell) && cell->columns > 0)
			lender = cell;
		/* what stands behind the last sign is erased as a whole; the last column stays
		 * plain: terminals do not agree where the cursor is after a sign in it */
		const bool can_lend = col + 1 < grid->cols && can_borrow(cell, lender) &&
				      (col < end || !needs_no_ink(cell));
		if (col >= from && cell->columns > 0 && !stands(cell, &was[col]))
			show_cell(row, col, cell, can_lend ? lender : cell);
	}
	memcpy(was, now, (size_t)grid->cols * sizeof(*now));
}

void terminal_show(const struct grid *grid)
{
	if (!terminal.is_open || terminal.has_left)
		return;
	if (terminal.shown.rows != grid->rows || terminal.shown.cols != grid->cols ||
	    !terminal.shown.cells) {
		if (!grid_resize(&terminal.shown, grid->rows, grid->cols))
			return;
		terminal.anew = true;
	}
	if (terminal.anew) {
		attr_set(0, 0, NULL);
		clear();
	}
	for (int row = 0; row < grid->rows; row++)
		show_row(grid, row);
	terminal.anew = false;
	curs_set(grid->cursor_shown ? 1 : 0);
	leaveok(stdscr, !grid->cursor_shown);
	if (grid->cursor_shown)
		move(grid->cursor_row, grid->cursor_col);
	refresh();
}

/* ---- reading ---- */

static bool is_waiting(int milliseconds)
{
	struct pollfd wait = { .fd = STDIN_FILENO, .events = POLLIN };
	struct timespec limit = { .tv_sec = milliseconds / 1000,
				  .tv_nsec = milliseconds % 1000 * 1000000L };
	const int ready = ppoll(&wait, 1, milliseconds < 0 ? NULL : &limit, &terminal.unblocked);
	if (ready > 0 && (wait.revents & (POLLHUP | POLLERR | POLLNVAL)))
		is_gone = 1;
	/* woken by a signal: a new size, or the end */
	return ready > 0 || (ready < 0 && errno == EINTR);
}

/* What mbrtowc() says of a byte behind those that came before. */
static size_t add_byte(char byte, wchar_t *whole)
{
	const size_t n = mbrtowc(whole, &byte, 1, &terminal.half);
	if (n == (size_t)-1)
		terminal.half = (mbstate_t){ 0 };
	return n;
}

/* What was typed before there were screens comes first. */
static int next_code(void)
{
	if (terminal.n_read < terminal.n_typed)
		return terminal.typed[terminal.n_read++];
	if (terminal.typed)
		forget_typed();
	return getch();
}

/* A key or a character, ERR when none has come. Bytes are cut wherever the line cuts them, within a
 * character, too: get_wch() drops its beginning, and in its wake all Chinese behind it. */
static int get_code(wint_t *wide)
{
	for (int code = next_code(); code != ERR; code = next_code()) {
		const bool goes_on = !mbsinit(&terminal.half);
		wchar_t whole;
		if (code > UCHAR_MAX) {
			terminal.half = (mbstate_t){ 0 };
			*wide = (wint_t)code;
			return KEY_CODE_YES;
		}
		size_t n = add_byte((char)code, &whole);
		/* what came before was no character; this may begin one */
		if (n == (size_t)-1 && goes_on)
			n = add_byte((char)code, &whole);
		if (n <= 1) {
			*wide = (wint_t)whole;
			return OK;
		}
	}
	return ERR;
}

/* One code of curses; ERR when the time is over. */
static int read_code(wint_t *wide, int milliseconds)
{
	for (;;) {
		const int kind = get_code(wide);
		if (kind != ERR || is_gone)
			return kind;
		if (!is_waiting(milliseconds) || is_gone)
			return ERR;
	}
}

bool terminal_is_pending(void)
{
	struct pollfd wait = { .fd = STDIN_FILENO, .events = POLLIN };
	return terminal.n_read < terminal.n_typed ||
	       (poll(&wait, 1, 0) > 0 && (wait.revents & POLLIN));
}

static void keep_pasted(wint_t wide)
{
	char bytes[MB_LEN_MAX + 1];
	mbstate_t state = { 0 };
	const wchar_t kept = wide == '\r' ? L'\n' : (wchar_t)wide;
	const size_t n = wcrtomb(bytes, kept, &state);
	if (n == (size_t)-1 || terminal.paste_len + n >= MAX_PASTE)
		return;
	if (terminal.paste_len + n + 1 > terminal.paste_cap) {
		const size_t cap = terminal.paste_cap ? terminal.paste_cap * 2 : 4096;
		char *paste = realloc(terminal.paste, cap);
		if (!paste)
			return;
		terminal.paste = paste;
		terminal.paste_cap = cap;
	}
	memcpy(terminal.paste + terminal.paste_len, bytes, n);
	terminal.paste_len += n;
	terminal.paste[terminal.paste_len] = '\0';
}

static void read_paste(struct event *event)
{
	wint_t wide;
	terminal.paste_len = 0;
	for (;;) {
		const int kind = read_code(&wide, PATIENCE_PASTE);
		if (kind == ERR || (kind == KEY_CODE_YES && wide == CODE_PASTE_END))
			break;
		if (kind == OK)
			keep_pasted(wide);
	}
	event->key = terminal.paste_len > 0 ? K_PASTE : K_NONE;
	event->paste = terminal.paste;
	event->paste_len = terminal.paste_len;
}

void terminal_read(struct event *event, int milliseconds)
{
	wint_t wide = 0;
	*event = (struct event){ .key = K_NONE };
	const int kind = read_code(&wide, milliseconds);
	if (kind == ERR)
		event->key = is_gone ? K_GONE : K_PAUSE;
	else if (kind == OK)
		event->key = terminal_key_of_character(wide, event);
	else if (wide == CODE_PASTE_BEGIN)
		read_paste(event);
	else if (wide == KEY_MOUSE)
		event->key = terminal_key_of_mouse(event);
	else
		event->key = terminal_key_of_code(wide);
	if (event->key == K_RESIZE)
		terminal_forget();
}
