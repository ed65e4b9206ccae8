#include "terminal_probe.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 250 /* ms without a byte */
#define LONGEST 5000 /* ms: a key that is held down is no answer */
#define MOST_TYPED ((size_t)4 << 20)
#define MOST_ANSWER 14 /* bytes: ESC [ row ; column R */

/* Between the question and its answer, which may come while the project is read. */
static struct {
	bool is_open;
	struct termios before;
	struct sigaction old[3];
} asked;

static const int ends[3] = { SIGTERM, SIGHUP, SIGINT };

void probe_release(struct probe *probe)
{
	free(probe->typed);
	*probe = (struct probe){ .typed = NULL };
}

int probe_told_columns(void)
{
	const char *told = getenv("LINGTAN_AMBIGUOUS");
	return told && (told[0] == '1' || told[0] == '2') ? told[0] - '0' : 0;
}

bool probe_is_open(void)
{
	return asked.is_open;
}

/* ---- the question ---- */

/* Ended before the answer came: the terminal echoes again. */
static void give_back(int signal_number)
{
	tcsetattr(STDIN_FILENO, TCSANOW, &asked.before);
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

static void end_question(void)
{
	const bool is_wiped = write(STDOUT_FILENO, "\r  \r", 4) == 4;
	(void)is_wiped; /* a terminal that takes nothing is found out by what is drawn */
	tcsetattr(STDIN_FILENO, TCSADRAIN, &asked.before);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		sigaction(ends[i], &asked.old[i], NULL);
	asked.is_open = false;
}

void probe_put_question(void)
{
	static const char question[] = "\r\xe2\x94\x80\033[6n";
	struct sigaction action = { .sa_handler = give_back };
	struct termios raw;
	if (tcgetattr(STDIN_FILENO, &asked.before) != 0)
		return;
	raw = asked.before;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 0;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		sigaction(ends[i], &action, &asked.old[i]);
	asked.is_open = true;
	if (tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) != 0 ||
	    write(STDOUT_FILENO, question, sizeof(question) - 1) != (ssize_t)sizeof(question) - 1)
		end_question();
}

/* ---- the answer ---- */

/* Takes ESC [ row ; column R out of the bytes; the rest was typed. */
static bool find_answer(struct probe *probe, size_t from)
{
	for (size_t i = from; i + 5 < probe->n_typed; i++) {
		int row, column, used = 0;
		if (probe->typed[i] != '\033')
			continue;
		probe->typed[probe->n_typed] = '\0';
		if (sscanf(probe->typed + i, "\033[%5d;%5dR%n", &row, &column, &used) != 2 || !used)
			continue;
		memmove(probe->typed + i, probe->typed + i + used, probe->n_typed - i - (size_t)used);
		probe->n_typed -= (size_t)used;
		probe->column = column;
		return true;
	}
	return false;
}

static bool has_room(struct probe *probe)
{
	if (probe->n_typed + 1 < probe->cap)
		return true;
	const size_t cap = probe->cap ? probe->cap * 2 : 4096;
	char *more = cap > MOST_TYPED ? NULL : realloc(probe->typed, cap);
	if (!more)
		return false;
	probe->typed = more;
	probe->cap = cap;
	return true;
}

static long clock_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

void probe_take_answer(struct probe *probe, struct termios *before)
{
	const long until = clock_ms() + LONGEST;
	while (has_room(probe) && clock_ms() < until) {
		struct pollfd wait = { .fd = STDIN_FILENO, .events = POLLIN };
		const size_t known = probe->n_typed > MOST_ANSWER ? probe->n_typed - MOST_ANSWER : 0;
		if (poll(&wait, 1, PATIENCE) <= 0)
			break;
		const ssize_t got = read(STDIN_FILENO, probe->typed + probe->n_typed,
					 probe->cap - probe->n_typed - 1);
		if (got <= 0)
			break;
		probe->n_typed += (size_t)got;
		if (find_answer(probe, known))
			break;
	}
	*before = asked.before;
	end_question();
}
