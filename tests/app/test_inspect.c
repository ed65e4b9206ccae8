/* The facts of a file through the second program; and what is made of answers that are none. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/app/inspect.h"

static char folder[64], helper[128];
static struct lt_err err;
static struct file_facts facts;

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/lt-inspect-XXXXXX");
	err = (struct lt_err)LT_ERR_INIT;
	memset(&facts, 'x', sizeof(facts));
	if (!mkdtemp(folder))
		return -1;
	snprintf(helper, sizeof(helper), "%s/lingtan-inspect", folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unsetenv("LINGTAN_RENDER");
	unlink(helper);
	return rmdir(folder);
}

/* Puts in the place of the second program one that says this. */
static void answer_with(const char *text)
{
	FILE *file = fopen(helper, "w");
	assert_non_null(file);
	fprintf(file, "#!/bin/sh\ncat <<'END'\n%s\nEND\n", text);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(helper, 0755), 0);
	setenv("LINGTAN_RENDER", helper, 1);
	err = (struct lt_err)LT_ERR_INIT;
}

static enum lt_status inspect(void)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	enum lt_status status = inspect_file(fd, &facts, &err);
	close(fd);
	return status;
}

#define ANSWER(type, at, latitude, longitude, from)                                                                                                  \
	"{\"type\": " type ", \"taken\": {\"at\": " at ", \"latitude\": " latitude ", \"longitude\": " longitude ", \"from\": " from "}}"
#define MOMENT "\"2026-03-27T13:42:10\""

static void test_inspect__facts_of_an_answer(void **state)
{
	(void)state;
	answer_with(ANSWER("\"image/jpeg\"", MOMENT, "\"22.5431\"", "\"-114.0579167\"", "\"exif\""));
	assert_int_equal(inspect(), LT_OK);
	assert_string_equal(facts.type, "image/jpeg");
	assert_string_equal(facts.taken_at, "2026-03-27T13:42:10");
	assert_string_equal(facts.latitude, "22.5431");
	assert_string_equal(facts.longitude, "-114.0579167");
	answer_with("{\n  \"type\":\"text/plain\",\n  \"taken\":{\"at\":null,\"latitude\":null,\"longitude\":null,\"from\":null}\n}\n");
	assert_int_equal(inspect(), LT_OK);
	assert_string_equal(facts.type, "text/plain");
	assert_string_equal(facts.taken_at, "");
	assert_string_equal(facts.latitude, "");
	assert_string_equal(facts.longitude, "");
}

static void test_inspect__what_is_not_quite_an_answer_is_refused(void **state)
{
	static const char *const answers[] = {
		"",
		"{}",
		"null",
		ANSWER("null", "null", "null", "null", "null"),
		ANSWER("\"\"", "null", "null", "null", "null"),
		ANSWER("\"text/plain; x=\\\"y\\\"\"", "null", "null", "null", "null"),
		ANSWER("\"text/\033[31m\"", "null", "null", "null", "null"),
		ANSWER("\"a/b\"", "\"yesterday\"", "null", "null", "null"),
		ANSWER("\"a/b\"", "\"2026-03-27T13:42:100\"", "null", "null", "null"),
		ANSWER("\"a/b\"", "null", "\"22.5\"", "null", "\"exif\""),
		ANSWER("\"a/b\"", "null", "null", "\"22.5\"", "\"exif\""),
		ANSWER("\"a/b\"", "null", "\"90.1\"", "\"0\"", "\"exif\""),
		ANSWER("\"a/b\"", "null", "\"1\"", "\"-181\"", "\"exif\""),
		ANSWER("\"a/b\"", "null", "\"1e1\"", "\"1\"", "\"exif\""),
		ANSWER("\"a/b\"", "null", "\"22.123456789012345\"", "\"1\"", "\"exif\""),
		ANSWER("\"a/b\"", "null", "null", "null", "null") " and more",
		ANSWER("\"a/b\"", "null", "null", "null", "\"a long word\""),
		ANSWER("\"a/b\"", "nullnull", "null", "null", "null"),
		"{\"taken\": null, \"type\": \"a/b\"}",
		"{\"type\": \"a/b\", \"taken\": null}",
		"{\"type\": \"a/b",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		answer_with(answers[i]);
		if (inspect() != LT_EBUG || !strstr(err.text[LT_EN], "not understood") || facts.type[0] != 'x')
			fail_msg("%s", answers[i]);
	}
}

static void test_inspect__a_missing_program_is_a_refusal_that_names_it(void **state)
{
	(void)state;
	setenv("LINGTAN_RENDER", "/nowhere/lingtan-render", 1);
	assert_int_equal(inspect(), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "/nowhere/lingtan-render"));
	assert_non_null(strstr(err.text[LT_ZH], "LINGTAN_RENDER"));
}

static void take_real(void)
{
	char path[4096 + 32];
	ssize_t n = readlink("/proc/self/exe", path, 4096);
	assert_true(n > 0);
	path[n] = 0;
	for (int i = 0; i < 3; i++)
		*strrchr(path, '/') = 0;
	strcat(path, "/lingtan-render");
	setenv("LINGTAN_RENDER", path, 1);
}

/* The real one, built beside the folder of the tests; a file of text has a type and nothing more. */
static void test_inspect__the_real_program_answers(void **state)
{
	(void)state;
	take_real();
	int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	enum lt_status status = inspect_file(fd, &facts, &err);
	close(fd);
	if (status)
		fail_msg("%s", err.text[LT_EN]);
	assert_string_equal(facts.type, "text/plain");
	assert_string_equal(facts.taken_at, "");
	/* what is no file is refused in the words of the second program */
	assert_int_equal(inspect(), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "standard input should be a file"));
	assert_non_null(strstr(err.text[LT_ZH], "标准输入"));
}

/* ---- many files ---- */

static enum lt_status inspect_on(struct inspector **inspector, const char *path)
{
	struct inspecting *at;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum lt_status status = inspect_start(inspector, fd, &at, &err);
	close(fd);
	return status ? status : inspect_finish(at, &facts, &err);
}

/* The processes of this test that run a program, which ended ones do not; one of them into *pid. */
static int running(const char *word, pid_t *pid)
{
	char path[64], line[256];
	int n = 0;
	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	FILE *children = fopen(path, "r");
	for (int child; children && fscanf(children, "%d", &child) == 1;) {
		snprintf(path, sizeof(path), "/proc/%d/cmdline", child);
		FILE *words = fopen(path, "r");
		size_t len = words ? fread(line, 1, sizeof(line) - 1, words) : 0;
		line[len] = 0;
		if (words)
			fclose(words);
		if (len && strcmp(line + strlen(line) + 1, word) == 0) {
			*pid = child;
			n++;
		}
	}
	if (children)
		fclose(children);
	return n;
}

static void test_inspect__files_after_the_first_are_looked_at_by_one_that_stands_by(void **state)
{
	struct inspector *inspector = NULL;
	pid_t pid = 0;
	(void)state;
	take_real();
	for (int i = 0; i < 20; i++) {
		if (inspect_on(&inspector, "/etc/passwd") != LT_OK)
			fail_msg("%d: %s", i, err.text[LT_EN]);
		assert_string_equal(facts.type, "text/plain");
		assert_int_equal(running("inspect-each", &pid), i > 0);
	}
	/* its refusals are those of the program for one file */
	assert_int_equal(inspect_on(&inspector, "/dev/null"), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "standard input should be a file"));
	/* one that was ended by somebody else is missed by nobody */
	assert_int_equal(kill(pid, SIGKILL), 0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(inspect_on(&inspector, "/etc/passwd"), LT_OK);
	inspector_stop(inspector);
	assert_int_equal(running("inspect-each", &pid), 0);
}

/* A helper program of another version does not know the word. */
static void test_inspect__where_none_can_stand_by_each_file_has_its_own_program(void **state)
{
	struct inspector *inspector = NULL;
	(void)state;
	answer_with(ANSWER("\"image/jpeg\"", "null", "null", "null", "null"));
	for (int i = 0; i < 5; i++) {
		assert_int_equal(inspect_on(&inspector, "/etc/passwd"), LT_OK);
		assert_string_equal(facts.type, "image/jpeg");
	}
	inspector_stop(inspector);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_inspect__facts_of_an_answer),
		TEST(test_inspect__what_is_not_quite_an_answer_is_refused),
		TEST(test_inspect__a_missing_program_is_a_refusal_that_names_it),
		TEST(test_inspect__the_real_program_answers),
		TEST(test_inspect__files_after_the_first_are_looked_at_by_one_that_stands_by),
		TEST(test_inspect__where_none_can_stand_by_each_file_has_its_own_program),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
