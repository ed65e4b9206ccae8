#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#if __has_include(<linux/landlock.h>)
#include <linux/landlock.h>
#endif
#include "lingtan/export/box.h"

/* Exit codes of the child that goes into the box. */
enum { GOOD = 0, BAD = 1, NO_BOX = 2 };

static int pass_through[2];

/* Runs fn in a child; what it says on standard error is the test's. */
static int in_child(int (*fn)(void))
{
	int status;
	assert_int_equal(pipe2(pass_through, O_CLOEXEC), 0);
	pid_t pid = fork();
	if (pid == 0)
		_exit(fn());
	close(pass_through[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int bad(const char *what)
{
	dprintf(STDERR_FILENO, "%s: %s\n", what, strerror(errno));
	return BAD;
}

static bool is_limited(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit limit;
	return getrlimit(what, &limit) == 0 && limit.rlim_cur <= most && limit.rlim_max <= most;
}

static int limits(void)
{
	/* where the tests' own output goes to a file, writing to it stays possible */
	int null = open("/dev/null", O_WRONLY);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	box_limit();
	if (!is_limited(RLIMIT_CPU, BOX_SECONDS) || !is_limited(RLIMIT_FSIZE, 0) || !is_limited(RLIMIT_CORE, 0) ||
	    !is_limited(RLIMIT_NOFILE, 16))
		return BAD;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		return BAD;
	/* no file can grow: the write fails and does not end the program */
	int file = open("/tmp", O_TMPFILE | O_RDWR, 0600);
	if (file < 0)
		file = memfd_create("box", 0);
	return file >= 0 && write(file, "x", 1) < 0 && errno == EFBIG ? GOOD : BAD;
}

static int forbidden_in(bool closed)
{
	char *const words[] = { NULL };
	if (!closed)
		return NO_BOX;
	if (open("/etc/passwd", O_RDONLY) >= 0 || errno != EPERM)
		return bad("open for reading");
	if (open("/tmp/box-test", O_WRONLY | O_CREAT, 0600) >= 0 || errno != EPERM)
		return bad("open for writing");
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM)
		return bad("socket");
	if (execve("/bin/true", words, words) == 0 || errno != EPERM)
		return bad("exec");
	if (fork() >= 0 || errno != EPERM)
		return bad("fork");
	if (kill(getppid(), 0) == 0 || unlink("/tmp/box-test") == 0 || errno != EPERM)
		return bad("kill, unlink");
	if (mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED || errno != EPERM)
		return bad("code from memory");
	return GOOD;
}

static int forbidden(void)
{
	return forbidden_in(box_close());
}

/* The same box, made beforehand, for a fork to go into at once. */
static int forbidden_as_prepared(void)
{
	struct box box;
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	box_prepare(&box);
	return forbidden_in(box_enter(&box));
}

static void *say_yes(void *context)
{
	*(bool *)context = true;
	return NULL;
}

static int fonts_alone(void)
{
	char *const words[] = { NULL };
	bool has_run = false;
	pthread_t thread;
	if (!box_close_to_fonts())
		return NO_BOX;
	int file = open("/etc/fonts/fonts.conf", O_RDONLY);
	if (file < 0 || access("/etc/fonts/fonts.conf", R_OK) != 0)
		return bad("open for reading");
	if (open("/tmp/box-test", O_WRONLY | O_CREAT, 0600) >= 0 || errno != EPERM)
		return bad("open for writing");
	if (open("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0 || errno != EPERM)
		return bad("open without a name");
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM)
		return bad("socket");
	if (execve("/bin/true", words, words) == 0 || errno != EPERM)
		return bad("exec");
	if (fork() >= 0)
		return bad("fork");
	if (unlink("/tmp/box-test") == 0 || errno != EPERM)
		return bad("unlink");
	if (mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0) != MAP_FAILED || errno != EPERM)
		return bad("code from a file");
	if (pthread_create(&thread, NULL, say_yes, &has_run) != 0 || pthread_join(thread, NULL) != 0 || !has_run)
		return bad("thread");
	return GOOD;
}

/* The folder stands for a home: it is the caller's, and no place for fonts. */
static char home[] = "/tmp/box-home-XXXXXX", letter[sizeof(home) + 8];

static int nobodys_files(void)
{
	if (!box_close_to_fonts())
		return NO_BOX;
	if (open(letter, O_RDONLY) >= 0 || errno != EACCES)
		return bad("open a file in a home");
	if (open(home, O_RDONLY | O_DIRECTORY) >= 0 || errno != EACCES)
		return bad("list a home");
	if (open("/etc/passwd", O_RDONLY) >= 0 || errno != EACCES)
		return bad("open the list of users");
	if (open("/usr/share/fonts", O_RDONLY | O_DIRECTORY) < 0)
		return bad("list the fonts");
	return GOOD;
}

static int fonts_and_then_nothing(void)
{
	if (!box_close_to_fonts() || !box_close())
		return NO_BOX;
	if (open("/etc/fonts/fonts.conf", O_RDONLY) >= 0 || errno != EPERM)
		return bad("open for reading");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 || errno != EPERM)
		return bad("prctl");
	return GOOD;
}

static int allowed(void)
{
	char byte[1];
	int file = open("/etc/passwd", O_RDONLY);
	if (!box_close())
		return NO_BOX;
	char *memory = malloc((size_t)50 << 20);
	if (!memory || !memset(memory, 1, (size_t)50 << 20))
		return bad("memory");
	free(memory);
	if (pread(file, byte, 1, 0) != 1 || lseek(file, 0, SEEK_END) < 1 || close(file) != 0)
		return bad("reading");
	if (write(pass_through[1], "x", 1) != 1)
		return bad("writing to a pipe");
	return GOOD;
}

static void test_box__time_memory_and_files_are_limited(void **state)
{
	(void)state;
	assert_int_equal(in_child(limits), GOOD);
}

static void expect_good(int code)
{
	if (code == NO_BOX) {
		print_message("skipped: no seccomp filter here (address sanitizer, or the kernel does not allow it)\n");
		skip();
	}
	assert_int_equal(code, GOOD);
}

static void test_box__nothing_can_be_opened_run_or_connected_to(void **state)
{
	(void)state;
	expect_good(in_child(forbidden));
	expect_good(in_child(forbidden_as_prepared));
}

static void test_box__what_draws_reads_fonts_and_nothing_more(void **state)
{
	(void)state;
	expect_good(in_child(fonts_alone));
}

static void test_box__what_draws_reads_nobodys_own_files(void **state)
{
	(void)state;
#ifdef LANDLOCK_CREATE_RULESET_VERSION
	const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
#else
	const long version = -1;
	errno = ENOSYS;
#endif
	if (version < 0) {
		print_message("skipped: no Landlock here (%s)\n", strerror(errno));
		skip();
	}
	assert_non_null(mkdtemp(home));
	snprintf(letter, sizeof(letter), "%s/letter", home);
	const int file = open(letter, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(file >= 0);
	close(file);
	const int code = in_child(nobodys_files);
	unlink(letter);
	rmdir(home);
	expect_good(code);
}

static void test_box__what_has_drawn_opens_nothing_more(void **state)
{
	(void)state;
	expect_good(in_child(fonts_and_then_nothing));
}

static void test_box__what_is_open_can_be_used(void **state)
{
	(void)state;
	expect_good(in_child(allowed));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_box__time_memory_and_files_are_limited),
		cmocka_unit_test(test_box__nothing_can_be_opened_run_or_connected_to),
		cmocka_unit_test(test_box__what_is_open_can_be_used),
		cmocka_unit_test(test_box__what_draws_reads_fonts_and_nothing_more),
		cmocka_unit_test(test_box__what_draws_reads_nobodys_own_files),
		cmocka_unit_test(test_box__what_has_drawn_opens_nothing_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
