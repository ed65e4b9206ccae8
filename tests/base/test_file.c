#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include "lingtan/base/file.h"

/* Ends a test that waits for something it must not wait for. */
#define PATIENCE_S 20
#define NOBODY 65534

static char folder[64];
static struct lt_arena arena;
/* of every flush of a folder; 0 = none fails */
static int folders_fail;

/* Stands before the C library's: no folder of a sound disk fails to be flushed. */
int fsync(int fd)
{
	struct stat status;
	if (folders_fail && fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
		errno = folders_fail;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

static int set_up(void **state)
{
	(void)state;
	folders_fail = 0;
	snprintf(folder, sizeof(folder), "/tmp/lt-file-XXXXXX");
	lt_arena_init(&arena, 0);
	alarm(PATIENCE_S);
	return mkdtemp(folder) ? 0 : -1;
}

static const char *in_folder(const char *name)
{
	static char path[512];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

/* Also after a test that failed half way. */
static int tear_down(void **state)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	(void)state;

	lt_arena_release(&arena);
	alarm(0);
	assert_int_equal(seteuid(getuid()), 0);
	while (dir && (entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			remove(in_folder(entry->d_name));
	}
	if (dir)
		closedir(dir);
	return access(folder, F_OK) == 0 ? rmdir(folder) : 0;
}

static void write_bytes(const char *name, const char *bytes, size_t len)
{
	FILE *file = fopen(in_folder(name), "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

/* The call is refused with LT_EFILE, nothing is written, and both sentences hold what a reader needs. */
static void assert_refused(const char *path, size_t limit, const char *zh, const char *en)
{
	struct lt_err err = LT_ERR_INIT;
	const char *text = "untouched";
	size_t len = 77;

	assert_int_equal(lt_file_read(path, limit, &arena, &text, &len, &err), LT_EFILE);
	assert_int_equal(err.status, LT_EFILE);
	assert_string_equal(text, "untouched");
	assert_int_equal(len, 77);
	if (!strstr(err.text[LT_ZH], zh) || !strstr(err.text[LT_EN], en))
		fail_msg("%s\n%s", err.text[LT_ZH], err.text[LT_EN]);
}

static void assert_reads(const char *path, size_t limit, const char *bytes, size_t n_bytes)
{
	struct lt_err err = LT_ERR_INIT;
	const char *text = NULL;
	size_t len = 0;

	if (lt_file_read(path, limit, &arena, &text, &len, &err) != LT_OK)
		fail_msg("%s", err.text[LT_EN]);
	assert_int_equal(len, n_bytes);
	assert_memory_equal(text, bytes, n_bytes);
	assert_int_equal(text[len], '\0');
}

static void test_file__read_gives_every_byte(void **state)
{
	char large[20000];
	(void)state;

	write_bytes("f", "", 0);
	assert_reads(in_folder("f"), 100, "", 0);
	assert_reads(in_folder("f"), 0, "", 0);
	write_bytes("f", "a\0b\r\n", 5);
	assert_reads(in_folder("f"), 100, "a\0b\r\n", 5);
	for (size_t i = 0; i < sizeof(large); i++)
		large[i] = (char)(i * 31 % 251);
	write_bytes("f", large, sizeof(large));
	assert_reads(in_folder("f"), SIZE_MAX, large, sizeof(large));
}

static void test_file__read_stops_at_its_limit(void **state)
{
	(void)state;
	write_bytes("f", "12345", 5);
	assert_reads(in_folder("f"), 5, "12345", 5);
	assert_refused(in_folder("f"), 4, "4 字节", "limit of 4 bytes");
	assert_refused(in_folder("f"), 0, "0 字节", "limit of 0 bytes");
	/* A sparse file: refused by its size, not by reading it. */
	assert_int_equal(truncate(in_folder("f"), (off_t)1 << 40), 0);
	assert_refused(in_folder("f"), (size_t)8 << 20, "8 MiB", "limit of 8 MiB");
}

static void test_file__read_of_a_file_without_a_size(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	const char *text = NULL;
	size_t len = 0;
	(void)state;

	if (access("/proc/self/status", R_OK) != 0) {
		print_message("skipped: no /proc here\n");
		skip();
	}
	assert_int_equal(lt_file_read("/proc/self/status", 1 << 20, &arena, &text, &len, &err), LT_OK);
	assert_true(len > 0);
	assert_memory_equal(text, "Name:", 5);
	assert_refused("/proc/self/status", 10, "10 字节", "limit of 10 bytes");
}

static void test_file__missing_is_said_with_the_path(void **state)
{
	(void)state;
	assert_refused(in_folder("none.yaml"), 100, "none.yaml：不存在", "none.yaml: does not exist");
	write_bytes("f", "x", 1);
	assert_refused(in_folder("f/below"), 100, "不存在", "does not exist");
	assert_refused("", 100, "\"\"：不存在", "\"\": does not exist");
}

static void test_file__directory_is_refused(void **state)
{
	(void)state;
	assert_refused(folder, 100, "是文件夹", "is a directory; name a file");
}

static void test_file__fifo_is_refused_without_waiting(void **state)
{
	(void)state;
	assert_int_equal(mkfifo(in_folder("fifo"), 0600), 0);
	assert_refused(in_folder("fifo"), 100, "是管道", "is a pipe");
}

static void test_file__device_and_socket_are_refused(void **state)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	(void)state;

	assert_refused("/dev/zero", 100, "是设备", "is a device");
	assert_true(fd >= 0);
	snprintf(address.sun_path, sizeof(address.sun_path), "%.100s", in_folder("sock"));
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_refused(in_folder("sock"), 100, "不是文件", "name a file");
	close(fd);
}

static void test_file__unreadable_is_refused(void **state)
{
	const uid_t user = geteuid();
	(void)state;

	write_bytes("f", "x", 1);
	assert_int_equal(chmod(in_folder("f"), 0), 0);
	assert_int_equal(chmod(folder, 0755), 0);
	if (user == 0) /* permission bits do not bind root */
		assert_int_equal(seteuid(NOBODY), 0);
	assert_refused(in_folder("f"), 100, "没有读取权限", "may not be read");
	assert_int_equal(seteuid(user), 0);
}

static void test_file__path_in_the_message_is_harmless(void **state)
{
	(void)state;
	assert_refused("/none/\x1b[2J\xe2\x80\xae\xff", 100, "/none/\\x1B[2J\\u{202E}\\xFF：",
		       "/none/\\x1B[2J\\u{202E}\\xFF: ");
}

static void test_file__message_keeps_its_cure_after_a_long_path(void **state)
{
	char path[4000];
	(void)state;

	memset(path, 'a', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	for (size_t i = 0; i < sizeof(path) - 1; i += 100)
		path[i] = '/';
	assert_refused(path, 100, "请检查路径", "check the path");
}

static void test_file__no_memory_is_not_the_files_fault(void **state)
{
	struct lt_arena small;
	struct lt_err err = LT_ERR_INIT;
	const char *text = NULL, **names = NULL;
	size_t len = 0;
	(void)state;

	write_bytes("f", "x", 1);
	lt_arena_init(&small, 100);
	assert_int_equal(lt_file_read(in_folder("f"), 10000, &small, &text, &len, &err), LT_ESPACE);
	assert_int_equal(err.status, LT_ESPACE);
	assert_null(text);
	err.status = LT_OK;
	assert_int_equal(lt_dir_list(folder, &small, &names, &len, &err), LT_ESPACE);
	assert_null(names);
	lt_arena_release(&small);
}

/* Runs writer in a child whose output is this process's standard input while the test reads it. */
static void with_stdin(void (*writer)(int fd), int flags, void (*reader)(void))
{
	int ends[2], kept = dup(STDIN_FILENO), status = 0;
	pid_t child;

	assert_int_equal(pipe2(ends, 0), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[0]);
		writer(ends[1]);
		_exit(0);
	}
	close(ends[1]);
	/* They are one and the same where the tests run without a standard input. */
	if (ends[0] != STDIN_FILENO) {
		dup2(ends[0], STDIN_FILENO);
		close(ends[0]);
	}
	fcntl(STDIN_FILENO, F_SETFL, flags);
	reader();
	if (kept >= 0) {
		dup2(kept, STDIN_FILENO);
		close(kept);
	} else {
		close(STDIN_FILENO);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
}

static void write_in_two(int fd)
{
	char half[6000];

	memset(half, 'h', sizeof(half));
	if (write(fd, half, sizeof(half)) < 0)
		_exit(1);
	/* Time for the reader to find nothing there; the result does not depend on it. */
	usleep(20000);
	if (write(fd, half, sizeof(half)) < 0)
		_exit(1);
}

static void read_in_one(void)
{
	static char whole[12000];
	memset(whole, 'h', sizeof(whole));
	assert_reads("-", sizeof(whole), whole, sizeof(whole));
}

static void read_too_little(void)
{
	assert_refused("-", 11999, "stdin：超过 11999 字节", "stdin: is over the limit of 11999 bytes");
}

static void test_file__dash_reads_standard_input(void **state)
{
	(void)state;
	with_stdin(write_in_two, 0, read_in_one);
	with_stdin(write_in_two, O_NONBLOCK, read_in_one);
	with_stdin(write_in_two, 0, read_too_little);
}

static void test_file__descriptors_are_given_back(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	const char *text, **names;
	size_t len;
	int before = dup(STDERR_FILENO);
	(void)state;

	close(before);
	write_bytes("f", "x", 1);
	for (int i = 0; i < 10; i++) {
		lt_file_read(in_folder("f"), 10, &arena, &text, &len, &err);
		lt_file_read(in_folder("f"), 0, &arena, &text, &len, &err);
		lt_file_read(folder, 10, &arena, &text, &len, &err);
		lt_dir_list(folder, &arena, &names, &len, &err);
		lt_dir_list(in_folder("f"), &arena, &names, &len, &err);
	}
	int after = dup(STDERR_FILENO);
	close(after);
	assert_int_equal(before, after);
}

/* ---- writing ---- */

static void test_file__a_new_file_is_never_over_another(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	char from[512];
	(void)state;
	assert_int_equal(lt_file_write_new(in_folder("a"), "one", 3, &err), LT_OK);
	assert_int_equal(lt_file_write_new(in_folder("a"), "two", 3, &err), LT_EDATA);
	assert_reads(in_folder("a"), 100, "one", 3);
	assert_int_equal(symlink("nowhere", in_folder("link")), 0);
	write_bytes("b", "two", 3);
	snprintf(from, sizeof(from), "%s", in_folder("b"));
	assert_int_equal(lt_file_give_name(from, in_folder("a")), EEXIST);
	assert_int_equal(lt_file_give_name(from, in_folder("link")), EEXIST);
	assert_int_equal(lt_file_give_name(from, in_folder("none/c")), ENOENT);
	assert_reads(from, 100, "two", 3);
	assert_reads(in_folder("a"), 100, "one", 3);
	assert_int_equal(lt_file_give_name(from, in_folder("c")), 0);
	assert_reads(in_folder("c"), 100, "two", 3);
	assert_false(lt_is_file(from));
}

static void test_file__a_folder_is_flushed_or_said_not_to_be(void **state)
{
	static const int unknown[] = { EINVAL, EACCES, EROFS };
	struct lt_err err = LT_ERR_INIT;
	(void)state;
	assert_int_equal(lt_file_flush_folder(in_folder("any")), 0);
	assert_int_equal(lt_file_flush_folder("any"), 0);
	assert_int_equal(lt_file_flush_folder("/any"), 0);
	assert_int_equal(lt_file_flush_folder(in_folder("none/any")), ENOENT);
	/* a file system may know no such flush; a disk that fails is told */
	for (size_t i = 0; i < sizeof(unknown) / sizeof(*unknown); i++) {
		folders_fail = unknown[i];
		assert_int_equal(lt_file_flush_folder(in_folder("any")), 0);
		assert_int_equal(lt_file_write_new(in_folder("a"), "one", 3, &err), LT_OK);
		unlink(in_folder("a"));
	}
	folders_fail = EIO;
	assert_int_equal(lt_file_flush_folder(in_folder("any")), EIO);
	assert_int_equal(lt_file_write_new(in_folder("a"), "one", 3, &err), LT_ESPACE);
	assert_non_null(strstr(err.text[LT_EN], "a: cannot be written"));
	assert_false(lt_is_file(in_folder("a")));
}

/* ---- folders ---- */

static void test_dir__list_is_sorted_by_bytes(void **state)
{
	static const char *const sorted[] = { "B", "a", "b", "sub", "中" };
	struct lt_err err = LT_ERR_INIT;
	const char **names = NULL;
	size_t n = 77;
	(void)state;

	assert_int_equal(lt_dir_list(folder, &arena, &names, &n, &err), LT_OK);
	assert_int_equal(n, 0);
	write_bytes("b", "", 0);
	write_bytes("中", "", 0);
	write_bytes("a", "", 0);
	write_bytes(".hidden", "", 0);
	write_bytes("B", "", 0);
	assert_int_equal(mkdir(in_folder("sub"), 0700), 0);
	assert_int_equal(lt_dir_list(folder, &arena, &names, &n, &err), LT_OK);
	assert_int_equal(n, sizeof(sorted) / sizeof(sorted[0]));
	for (size_t i = 0; i < n; i++)
		assert_string_equal(names[i], sorted[i]);
}

static void test_dir__list_of_many(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	const char **names = NULL;
	char name[16];
	size_t n = 0;
	(void)state;

	for (int i = 0; i < 200; i++) {
		snprintf(name, sizeof(name), "n%03d", i * 37 % 200);
		write_bytes(name, "", 0);
	}
	assert_int_equal(lt_dir_list(folder, &arena, &names, &n, &err), LT_OK);
	for (size_t i = 0; i < 200; i++) {
		snprintf(name, sizeof(name), "n%03zu", i);
		remove(in_folder(name));
		assert_string_equal(names[i], name);
	}
	assert_int_equal(n, 200);
}

static void assert_no_list(const char *path, const char *zh, const char *en)
{
	struct lt_err err = LT_ERR_INIT;
	const char **names = NULL;
	size_t n = 77;

	assert_int_equal(lt_dir_list(path, &arena, &names, &n, &err), LT_EFILE);
	assert_null(names);
	assert_int_equal(n, 77);
	if (!strstr(err.text[LT_ZH], zh) || !strstr(err.text[LT_EN], en))
		fail_msg("%s\n%s", err.text[LT_ZH], err.text[LT_EN]);
}

static void test_dir__refusals_name_the_path(void **state)
{
	(void)state;
	write_bytes("f", "x", 1);
	assert_int_equal(mkfifo(in_folder("fifo"), 0600), 0);
	assert_no_list(in_folder("none"), "none：不存在", "none: does not exist");
	assert_no_list(in_folder("f"), "f：不是文件夹", "f: is not a directory; name a directory");
	assert_no_list(in_folder("fifo"), "fifo：不是文件夹", "fifo: is not a directory");
	assert_no_list(in_folder("f/below"), "below：不存在", "below: does not exist");
	assert_no_list("", "\"\"：不存在", "\"\": does not exist");
}

#define FILE_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FILE_TEST(test_file__read_gives_every_byte),
		FILE_TEST(test_file__read_stops_at_its_limit),
		FILE_TEST(test_file__read_of_a_file_without_a_size),
		FILE_TEST(test_file__missing_is_said_with_the_path),
		FILE_TEST(test_file__directory_is_refused),
		FILE_TEST(test_file__fifo_is_refused_without_waiting),
		FILE_TEST(test_file__device_and_socket_are_refused),
		FILE_TEST(test_file__unreadable_is_refused),
		FILE_TEST(test_file__path_in_the_message_is_harmless),
		FILE_TEST(test_file__message_keeps_its_cure_after_a_long_path),
		FILE_TEST(test_file__no_memory_is_not_the_files_fault),
		FILE_TEST(test_file__dash_reads_standard_input),
		FILE_TEST(test_file__descriptors_are_given_back),
		FILE_TEST(test_file__a_new_file_is_never_over_another),
		FILE_TEST(test_file__a_folder_is_flushed_or_said_not_to_be),
		FILE_TEST(test_dir__list_is_sorted_by_bytes),
		FILE_TEST(test_dir__list_of_many),
		FILE_TEST(test_dir__refusals_name_the_path),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
