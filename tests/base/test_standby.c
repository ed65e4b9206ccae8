/* A helper that stands by: this program itself, started anew with a word that says how it behaves. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "lingtan/base/standby.h"

/* Ends a test that waits for something it must not wait for. */
#define PATIENCE_S 20
#define LONG_MS (PATIENCE_S * 1000)

/* ---- the helper ---- */

static bool receive(int files[2])
{
	char byte;
	struct iovec one = { .iov_base = &byte, .iov_len = 1 };
	union {
		char room[CMSG_SPACE(2 * sizeof(int))];
		struct cmsghdr head;
	} with;
	struct msghdr message = { .msg_iov = &one, .msg_iovlen = 1, .msg_control = with.room, .msg_controllen = sizeof(with.room) };
	if (recvmsg(STDIN_FILENO, &message, 0) != 1)
		return false;
	memcpy(files, CMSG_DATA(&with.head), 2 * sizeof(int));
	return true;
}

/* What it says of a file, whose bytes name what it does; one that has none hangs it. */
static void look(const int files[2])
{
	char bytes[64] = "", long_answer[2 * LT_STANDBY_ANSWER];
	const ssize_t n = pread(files[0], bytes, sizeof(bytes) - 1, 0);
	if (n < 0 || strcmp(bytes, "hang") == 0)
		for (;;)
			pause();
	if (strcmp(bytes, "crash") == 0)
		raise(SIGKILL);
	memset(long_answer, 'x', sizeof(long_answer));
	if (strcmp(bytes, "long") == 0)
		(void)!write(files[1], long_answer, sizeof(long_answer));
	else
		dprintf(files[1], "%s was there", bytes);
}

static int be_helper(const char *how)
{
	int files[2];
	signal(SIGCHLD, SIG_IGN);
	if (strcmp(how, "mute") == 0)
		return (int)read(STDIN_FILENO, files, 1);
	(void)!write(STDIN_FILENO, "", 1);
	while (strcmp(how, "gone") != 0 && receive(files)) {
		if (fork() == 0) {
			close(STDIN_FILENO);
			look(files);
			_exit(0);
		}
		close(files[0]);
		close(files[1]);
	}
	return 0;
}

/* ---- the tests ---- */

static struct lt_standby *standby;
static struct lt_err err;
static char answer[LT_STANDBY_ANSWER + 1];
static size_t len;

static void start(const char *how)
{
	const char *words[] = { "/proc/self/exe", how, NULL };
	char path[4096];
	const ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	assert_true(n > 0);
	path[n] = 0;
	words[0] = path;
	standby = lt_standby_start(words);
	assert_non_null(standby);
}

static int set_up(void **state)
{
	(void)state;
	err = (struct lt_err)LT_ERR_INIT;
	alarm(PATIENCE_S);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	lt_standby_stop(standby);
	standby = NULL;
	alarm(0);
	return 0;
}

static int holding(const char *bytes)
{
	FILE *file = tmpfile();
	assert_non_null(file);
	fputs(bytes, file);
	assert_int_equal(fflush(file), 0);
	const int fd = dup(fileno(file));
	fclose(file);
	return fd;
}

/* Once it has said that it is ready. */
static struct lt_look *ask(const char *bytes, unsigned timeout_ms)
{
	const int fd = holding(bytes);
	struct lt_look *asked;
	while (!(asked = lt_standby_look(standby, fd, timeout_ms)))
		poll(NULL, 0, 1);
	close(fd);
	return asked;
}

static void test_standby__many_files_at_once_get_each_its_own_answer(void **state)
{
	struct lt_look *looks[12];
	char name[32];
	(void)state;
	start("good");
	for (int i = 0; i < 12; i++) {
		snprintf(name, sizeof(name), "照片 %d", i);
		looks[i] = ask(name, LONG_MS);
	}
	for (int i = 11; i >= 0; i--) {
		snprintf(name, sizeof(name), "照片 %d was there", i);
		assert_int_equal(lt_look_finish(looks[i], answer, &len, &err), LT_OK);
		assert_string_equal(answer, name);
		assert_int_equal(len, strlen(name));
	}
}

static void test_standby__one_file_that_breaks_it_leaves_the_others_alone(void **state)
{
	(void)state;
	start("good");
	struct lt_look *bad = ask("crash", LONG_MS), *good = ask("a", LONG_MS);
	assert_int_equal(lt_look_finish(bad, answer, &len, &err), LT_OK);
	assert_string_equal(answer, "");
	assert_int_equal(lt_look_finish(good, answer, &len, &err), LT_OK);
	assert_string_equal(answer, "a was there");
	assert_int_equal(lt_look_finish(ask("b", LONG_MS), answer, &len, &err), LT_OK);
	assert_string_equal(answer, "b was there");
}

static void test_standby__a_look_that_takes_too_long_ends_it(void **state)
{
	(void)state;
	start("good");
	int ends[2];
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	struct lt_look *hangs = ask("hang", 50), *other = lt_standby_look(standby, ends[0], LONG_MS);
	close(ends[0]);
	assert_false(lt_look_is_done(other, 1));
	assert_int_equal(lt_look_finish(hangs, answer, &len, &err), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "took too long"));
	/* it went with it */
	assert_int_equal(lt_look_finish(other, answer, &len, &err), LT_OK);
	assert_string_equal(answer, "");
	struct pollfd file = { .fd = ends[1], .events = 0 };
	assert_int_equal(poll(&file, 1, LONG_MS), 1);
	assert_true(file.revents & POLLERR); /* nobody has its file any more */
	close(ends[1]);
	const int fd = holding("c");
	assert_null(lt_standby_look(standby, fd, LONG_MS));
	close(fd);
}

static void test_standby__an_answer_is_read_to_its_limit(void **state)
{
	(void)state;
	start("good");
	assert_int_equal(lt_look_finish(ask("long", LONG_MS), answer, &len, &err), LT_OK);
	assert_int_equal(len, LT_STANDBY_ANSWER);
	assert_int_equal(strlen(answer), LT_STANDBY_ANSWER);
}

/* Nobody waits for a helper of another version, which knows nothing of it. */
static void test_standby__one_that_is_never_ready_or_gone_is_not_asked(void **state)
{
	const int fd = holding("a");
	(void)state;
	start("mute");
	for (int i = 0; i < 20; i++) {
		assert_null(lt_standby_look(standby, fd, LONG_MS));
		poll(NULL, 0, 1);
	}
	lt_standby_stop(standby);
	/* as long as it has not ended a question can still be sent; that has no answer */
	struct lt_look *asked = NULL;
	start("gone");
	for (int i = 0; i < 20 || (asked && i < 5000); i++) {
		asked = lt_standby_look(standby, fd, LONG_MS);
		if (asked) {
			assert_int_equal(lt_look_finish(asked, answer, &len, &err), LT_OK);
			assert_string_equal(answer, "");
		}
		poll(NULL, 0, 1);
	}
	assert_null(asked);
	close(fd);
	const char *words[] = { "/nowhere/helper", NULL };
	assert_null(lt_standby_start(words));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(int argc, char **argv)
{
	if (argc > 1)
		return be_helper(argv[1]);
	const struct CMUnitTest tests[] = {
		TEST(test_standby__many_files_at_once_get_each_its_own_answer),
		TEST(test_standby__one_file_that_breaks_it_leaves_the_others_alone),
		TEST(test_standby__a_look_that_takes_too_long_ends_it),
		TEST(test_standby__an_answer_is_read_to_its_limit),
		TEST(test_standby__one_that_is_never_ready_or_gone_is_not_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
