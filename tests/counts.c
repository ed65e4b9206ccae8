/* counts - linked into the program of `make coverage` alone. A program that a signal ends writes no counts by itself: here it does,
 * then it ends by that signal all the same. Nobody can catch SIGKILL: a test of screens sends SIGUSR2 in its place to a program that
 * catches it (terminal_kill), which then kills itself. */
#include <gcov.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#define PATIENCE_S 20 /* it may have been interrupted where it held a lock that writing needs */

static void write_and_end(int signal_number)
{
	const int end = signal_number == SIGUSR2 ? SIGKILL : signal_number;
	signal(SIGALRM, SIG_DFL);
	alarm(PATIENCE_S);
	__gcov_dump();
	signal(signal_number, SIG_DFL);
	kill(getpid(), end);
}

__attribute__((constructor)) static void catch_ends(void)
{
	static const int ends[] = {SIGTERM, SIGHUP, SIGINT, SIGUSR2};
	struct sigaction action = {.sa_handler = write_and_end};
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct sigaction before;
		if (sigaction(ends[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
			sigaction(ends[i], &action, NULL);
	}
}
