#include "progress.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 500 /* then the person is told */
#define LINE_MS 250

static volatile sig_atomic_t is_interrupted;

static void on_interrupt(int number)
{
	(void)number;
	is_interrupted = 1;
}

static long milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

static void show(const struct invocation *in, long passed_ms)
{
	char count[40] = "";
	if (in->session.n_all)
		snprintf(count, sizeof(count), " %u/%u", in->session.n_done, in->session.n_all);
	fprintf(stderr,
		say(in, "\r正在处理 %ld 秒  %s%s  Ctrl-C 取消\x1b[K",
		    "\rat work, %ld s  %s%s  Ctrl-C stops it\x1b[K"),
		passed_ms / 1000, label_text(in, &in->session.doing), count);
	fflush(stderr);
}

static bool on_work(void *context, bool in_transaction)
{
	struct invocation *in = context;
	struct progress *progress = &in->progress;
	const long now = milliseconds();
	(void)in_transaction;
	if (is_interrupted) {
		/* once: what takes it back must not be stopped */
		is_interrupted = 0;
		return false;
	}
	if (!progress->is_shown || now - progress->begun_ms < PATIENCE_MS ||
	    now - progress->drawn_ms < LINE_MS)
		return true;
	progress->drawn_ms = now;
	show(in, now - progress->begun_ms);
	return true;
}

void progress_begin(struct invocation *in)
{
	struct sigaction action = { .sa_handler = on_interrupt };
	in->progress = (struct progress){ .begun_ms = milliseconds(),
					  .is_shown = !in->json && isatty(STDERR_FILENO) };
	is_interrupted = 0;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	project_set_watch(in->session.project, on_work, in);
}

void progress_end(struct invocation *in)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	project_set_watch(in->session.project, NULL, NULL);
	if (in->progress.drawn_ms)
		fprintf(stderr, "\r\x1b[K");
}
