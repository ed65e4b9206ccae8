#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "lingtan/base/child.h"

/* Ends a test that waits for something it must not wait for. */
#define PATIENCE_S 20
#define LONG_MS (PATIENCE_S * 1000)

static struct lt_child_result result;
static struct lt_err err;

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
	alarm(0);
	lt_child_release(&result);
	return 0;
}

static enum lt_status run_job(const struct lt_child_job *job)
{
	struct lt_child *child;
	const enum lt_status status = lt_child_start(job, &child, &err);
	return status ? status : lt_child_finish(child, &result, &err);
}

static enum lt_status run(const char *script, int input, size_t most, unsigned timeout_ms)
{
	const char *words[] = { "/bin/sh", "-c", script, NULL };
	const struct lt_child_job job = { .argv = words, .input = input, .most_output = most, .timeout_ms = timeout_ms };
	return run_job(&job);
}

/* A descriptor from which these bytes can be read, and then the end. */
static int holding(const char *bytes)
{
	int ends[2];
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	assert_int_equal(write(ends[1], bytes, strlen(bytes)), strlen(bytes));
	close(ends[1]);
	return ends[0];
}

static void test_child__answers_from_what_it_is_given(void **state)
{
	(void)state;
	int input = holding("园区 park\n");
	assert_int_equal(run("cat; echo end", input, 1000, LONG_MS), LT_OK);
	assert_int_equal(result.exit_code, 0);
	assert_string_equal(result.output, "园区 park\nend\n");
	assert_int_equal(result.len, strlen(result.output));
	assert_string_equal(result.complaint, "");
	close(input);
}

static void test_child__large_answers_come_whole_and_up_to_the_limit(void **state)
{
	(void)state;
	const size_t size = 3000000;
	assert_int_equal(run("head -c 3000000 /dev/zero", -1, size, LONG_MS), LT_OK);
	assert_int_equal(result.len, size);
	for (size_t i = 0; i < size; i++)
		if (result.output[i])
			fail_msg("byte %zu", i);
	lt_child_release(&result);
	assert_int_equal(run("head -c 3000001 /dev/zero", -1, size, LONG_MS), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "2929 KiB"));
}

static void test_child__one_that_never_stops_writing_is_stopped(void **state)
{
	(void)state;
	assert_int_equal(run("cat /dev/zero", -1, 1000, LONG_MS), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "holds too much"));
}

static void test_child__status_and_complaint_come_back(void **state)
{
	(void)state;
	assert_int_equal(run("echo some; echo bad file >&2; exit 4", -1, 1000, LONG_MS), LT_OK);
	assert_int_equal(result.exit_code, 4);
	assert_string_equal(result.output, "some\n");
	assert_string_equal(result.complaint, "bad file\n");
}

static void test_child__a_long_complaint_is_cut_and_holds_nobody_up(void **state)
{
	(void)state;
	assert_int_equal(run("yes | head -c 400000 >&2; echo done", -1, 1000, LONG_MS), LT_OK);
	assert_string_equal(result.output, "done\n");
	assert_int_equal(strlen(result.complaint), LT_CHILD_COMPLAINT - 1);
}

static void test_child__one_that_takes_too_long_is_ended(void **state)
{
	(void)state;
	assert_int_equal(run("echo early; sleep 100", -1, 1000, 100), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "took too long"));
	assert_non_null(strstr(err.text[LT_ZH], "过长"));
}

static void test_child__closing_its_output_does_not_end_the_time_limit(void **state)
{
	(void)state;
	assert_int_equal(run("exec >&- 2>&-; sleep 100", -1, 1000, 100), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "took too long"));
}

/* The grandchild reads from the pipe; when nobody does, its other end says so. */
static void test_child__what_it_started_ends_with_it(void **state)
{
	int ends[2];
	(void)state;
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	assert_int_equal(run("exec 3<&0; sleep 100 <&3 & exit 0", ends[0], 1000, 300), LT_EFILE);
	close(ends[0]);
	struct pollfd other = { .fd = ends[1] };
	assert_int_equal(poll(&other, 1, LONG_MS), 1);
	assert_true(other.revents & POLLERR);
	close(ends[1]);
}

/* More than the way to the child holds at once. */
static char long_answer[4000000];

static enum lt_status give_long_answer(void *context, const char *line, size_t len, const char **answer, size_t *answer_len,
				       struct lt_err *why)
{
	(void)context;
	(void)line;
	(void)len;
	(void)why;
	memset(long_answer, 'a', sizeof(long_answer));
	*answer = long_answer;
	*answer_len = sizeof(long_answer);
	return LT_OK;
}

static enum lt_status run_answered(const char *script, unsigned timeout_ms)
{
	const char *words[] = { "/bin/sh", "-c", script, NULL };
	const struct lt_child_job job = {
		.argv = words, .input = -1, .most_output = 1000, .timeout_ms = timeout_ms, .reply = give_long_answer
	};
	return run_job(&job);
}

static void test_child__a_long_answer_comes_whole(void **state)
{
	(void)state;
	assert_int_equal(run_answered("echo ask; wc -c <&3; echo end", LONG_MS), LT_OK);
	assert_string_equal(result.output, "ask\n4000000\nend\n");
}

static void test_child__one_that_does_not_read_its_answer_ends_as_it_ends(void **state)
{
	(void)state;
	assert_int_equal(run_answered("echo ask; exit 3", LONG_MS), LT_OK);
	assert_int_equal(result.exit_code, 3);
}

static void test_child__one_that_never_reads_its_answer_is_ended(void **state)
{
	(void)state;
	assert_int_equal(run_answered("echo ask; sleep 100", 200), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "took too long"));
}

static void test_child__ended_by_a_signal_is_a_refusal(void **state)
{
	(void)state;
	assert_int_equal(run("kill -SEGV $$", -1, 1000, LONG_MS), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "signal 11"));
}

static void test_child__inherits_no_descriptor(void **state)
{
	(void)state;
	int leaked = open("/dev/null", O_RDONLY); /* not closed on exec */
	assert_true(leaked >= 0);
	assert_int_equal(dup2(leaked, 77), 77);
	assert_int_equal(run("for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 77; do [ -e /proc/$$/fd/$i ] && echo $i; done; true", -1, 1000, LONG_MS),
			 LT_OK);
	assert_string_equal(result.output, "0\n1\n2\n");
	close(77);
	close(leaked);
}

static void test_child__sees_hardly_any_environment(void **state)
{
	(void)state;
	setenv("HOME", "/somewhere", 1);
	setenv("MAGIC", "/somewhere/magic", 1);
	setenv("LD_PRELOAD_OF_NOBODY", "x", 1);
	assert_int_equal(run("/usr/bin/env", -1, 10000, LONG_MS), LT_OK);
	assert_non_null(strstr(result.output, "LC_ALL=C.UTF-8\n"));
	assert_null(strstr(result.output, "somewhere"));
	assert_null(strstr(result.output, "NOBODY"));
}

static void test_child__signals_are_as_usual_in_it(void **state)
{
	(void)state;
	sigset_t blocked, before;
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigprocmask(SIG_BLOCK, &blocked, &before);
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(run("grep -E '^Sig(Blk|Ign)' /proc/self/status", -1, 1000, LONG_MS), LT_OK);
	sigprocmask(SIG_SETMASK, &before, NULL);
	signal(SIGPIPE, SIG_DFL);
	unsigned long long sets[2];
	assert_int_equal(sscanf(result.output, "SigBlk: %llx SigIgn: %llx", &sets[0], &sets[1]), 2);
	/* the signals that have names; libc keeps 32 and 33 for itself */
	assert_int_equal((sets[0] | sets[1]) & 0x7fffffff, 0);
}

/* A program started with its standard input closed has its pipes where the child's 0 would be. */
static void test_child__works_where_the_standard_descriptors_are_closed(void **state)
{
	(void)state;
	int input = fcntl(holding("through\n"), F_DUPFD_CLOEXEC, 10);
	pid_t pid = fork();
	if (pid == 0) {
		close(0);
		close(1);
		close(2);
		_exit(run("cat; echo err >&2", input, 1000, LONG_MS) == LT_OK && strcmp(result.output, "through\n") == 0 &&
				      strcmp(result.complaint, "err\n") == 0
			      ? 0
			      : 1);
	}
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	close(input);
}

static void test_child__a_caller_that_ignores_its_children_still_gets_the_answer(void **state)
{
	(void)state;
	signal(SIGCHLD, SIG_IGN);
	assert_int_equal(run("echo some", -1, 1000, LONG_MS), LT_OK);
	signal(SIGCHLD, SIG_DFL);
	assert_string_equal(result.output, "some\n");
	assert_int_not_equal(result.exit_code, 0);
}

static void test_child__a_program_that_is_not_there_is_a_refusal(void **state)
{
	const char *words[] = { "/nowhere/lingtan-render", NULL };
	const struct lt_child_job job = { .argv = words, .input = -1, .most_output = 10, .timeout_ms = LONG_MS };
	(void)state;
	assert_int_equal(run_job(&job), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "/nowhere/lingtan-render"));
	assert_non_null(strstr(err.text[LT_EN], "install again"));
}

static void test_child__find_follows_the_environment_and_says_where_it_looked(void **state)
{
	char path[4096];
	(void)state;
	setenv("LT_TEST_HELPER", "/bin/any", 1);
	assert_int_equal(lt_child_find("sh", "LT_TEST_HELPER", path, sizeof(path), &err), LT_OK);
	assert_string_equal(path, "/bin/sh");
	setenv("LT_TEST_HELPER", "/nowhere/x", 1);
	assert_int_equal(lt_child_find("sh", "LT_TEST_HELPER", path, sizeof(path), &err), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "/nowhere/x"));
	unsetenv("LT_TEST_HELPER");
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(lt_child_find("none-of-ours", "LT_TEST_HELPER", path, sizeof(path), &err), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "none-of-ours"));
	assert_non_null(strstr(err.text[LT_EN], "libexec/lingtan"));
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(lt_child_find("test_child", "LT_TEST_HELPER", path, sizeof(path), &err), LT_OK);
	assert_int_equal(access(path, X_OK), 0);
	/* a path that does not fit is not cut */
	assert_int_equal(lt_child_find("test_child", "LT_TEST_HELPER", path, 12, &err), LT_EFILE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_child__answers_from_what_it_is_given),
		TEST(test_child__large_answers_come_whole_and_up_to_the_limit),
		TEST(test_child__one_that_never_stops_writing_is_stopped),
		TEST(test_child__status_and_complaint_come_back),
		TEST(test_child__a_long_complaint_is_cut_and_holds_nobody_up),
		TEST(test_child__one_that_takes_too_long_is_ended),
		TEST(test_child__closing_its_output_does_not_end_the_time_limit),
		TEST(test_child__what_it_started_ends_with_it),
		TEST(test_child__a_long_answer_comes_whole),
		TEST(test_child__one_that_does_not_read_its_answer_ends_as_it_ends),
		TEST(test_child__one_that_never_reads_its_answer_is_ended),
		TEST(test_child__ended_by_a_signal_is_a_refusal),
		TEST(test_child__inherits_no_descriptor),
		TEST(test_child__sees_hardly_any_environment),
		TEST(test_child__signals_are_as_usual_in_it),
		TEST(test_child__works_where_the_standard_descriptors_are_closed),
		TEST(test_child__a_caller_that_ignores_its_children_still_gets_the_answer),
		TEST(test_child__a_program_that_is_not_there_is_a_refusal),
		TEST(test_child__find_follows_the_environment_and_says_where_it_looked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
