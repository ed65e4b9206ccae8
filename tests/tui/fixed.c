/*
 * Preloaded into the program for pictures and goldens: the wall clock stands at $LINGTAN_TEST_CLOCK, and chance is the same
 * in each run of the same command. Time that is only measured (CLOCK_MONOTONIC) goes on; while there is a file $LINGTAN_TEST_SLOW
 * each look at it takes as long as a frame of the wait, so that what is watched lasts until the file is gone.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <sodium.h>

static void hold(void)
{
	const char *slow = getenv("LINGTAN_TEST_SLOW");
	const struct timespec frame = { .tv_nsec = 250000000 };
	if (slow && access(slow, F_OK) == 0)
		nanosleep(&frame, NULL);
}

int clock_gettime(clockid_t id, struct timespec *t)
{
	static int (*real)(clockid_t, struct timespec *);
	const char *fixed = getenv("LINGTAN_TEST_CLOCK");
	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
	if (id == CLOCK_MONOTONIC)
		hold();
	if (!fixed || (id != CLOCK_REALTIME && id != CLOCK_REALTIME_COARSE))
		return real(id, t);
	t->tv_sec = (time_t)strtoll(fixed, NULL, 10);
	t->tv_nsec = 0;
	return 0;
}

time_t time(time_t *p)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	if (p)
		*p = t.tv_sec;
	return t.tv_sec;
}

int gettimeofday(struct timeval *restrict v, void *restrict zone)
{
	struct timespec t;
	(void)zone;
	clock_gettime(CLOCK_REALTIME, &t);
	v->tv_sec = t.tv_sec;
	v->tv_usec = 0;
	return 0;
}

/* Seeded by the command line and the clock: two commands of one project must not draw the same ids. */
static uint64_t seed(void)
{
	char line[4096];
	uint64_t hash = 14695981039346656037u;
	int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, line, sizeof(line));
	if (fd >= 0)
		close(fd);
	ssize_t first = 0; /* the program's own path is not part of it */
	while (first < n && line[first])
		first++;
	for (ssize_t i = first; i < n; i++)
		hash = (hash ^ (unsigned char)line[i]) * 1099511628211u;
	return hash ^ (uint64_t)time(NULL) << 20;
}

static void fill(unsigned char *out, size_t size)
{
	static uint64_t state;
	if (state == 0)
		state = seed() | 1;
	for (size_t i = 0; i < size; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		out[i] = (unsigned char)(state >> 32);
	}
}

void randombytes_buf(void *const buffer, const size_t size)
{
	fill(buffer, size);
}

/* What the library asks where it is a part of the program; the first time only whether there is any. */
ssize_t getrandom(void *buffer, size_t size, unsigned flags)
{
	static bool was_asked;
	(void)flags;
	if (was_asked)
		fill(buffer, size);
	was_asked = true;
	return (ssize_t)size;
}
