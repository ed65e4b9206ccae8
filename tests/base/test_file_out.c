/* Files that appear whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "lingtan/base/file_out.h"

static char folder[64], path[128];

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/lingtan-out-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/a", folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path);
	/* nothing else may be left */
	return rmdir(folder);
}

static void test_file_out__whole(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	struct lt_file_out out;
	char read[16] = "";
	(void)state;
	assert_int_equal(lt_file_begin(&out, path, false, &err), LT_OK);
	assert_int_equal(lt_file_add(&out, "a__d", 4, &err), LT_OK);
	assert_int_equal(lt_file_amend(&out, 1, "bc", 2, &err), LT_OK);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_int_equal(lt_file_finish(&out, &err), LT_OK);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	assert_int_equal(fread(read, 1, sizeof(read), file), 4);
	fclose(file);
	assert_string_equal(read, "abcd");
	assert_int_equal(lt_file_begin(&out, path, false, &err), LT_EDATA);
	lt_file_abandon(&out);
}

static void test_file_out__abandoned_or_taken(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	struct lt_file_out out;
	(void)state;
	assert_int_equal(lt_file_begin(&out, path, false, &err), LT_OK);
	lt_file_abandon(&out);
	assert_int_not_equal(access(path, F_OK), 0);
	/* somebody else makes the file meanwhile */
	assert_int_equal(lt_file_begin(&out, path, false, &err), LT_OK);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fclose(file);
	assert_int_equal(lt_file_finish(&out, &err), LT_EDATA);
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(lt_file_begin(&out, path, true, &err), LT_OK);
	assert_int_equal(lt_file_finish(&out, &err), LT_OK);
}

static void write_to(const char *to, const char *bytes, size_t len)
{
	FILE *file = fopen(to, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void test_file_out__a_database_does_not_give_way(void **state)
{
	static const char head[] = "SQLite format 3";
	struct lt_file_out out;
	(void)state;
	for (size_t len = sizeof(head) - 1; len <= sizeof(head); len++) {
		struct lt_err err = LT_ERR_INIT;
		write_to(path, head, len);
		assert_int_equal(lt_file_begin(&out, path, true, &err), len == sizeof(head) ? LT_EDATA : LT_OK);
		lt_file_abandon(&out);
		assert_true(len < sizeof(head) || strstr(err.text[LT_EN], "project file"));
	}
}

/* They are not told to be replaced by the option that was given. */
static void test_file_out__what_is_no_file_is_never_replaced(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	struct lt_file_out out;
	(void)state;
	assert_int_equal(lt_file_begin(&out, folder, true, &err), LT_EDATA);
	assert_non_null(strstr(err.text[LT_EN], "is a folder; name a file in it"));
	lt_file_abandon(&out);
	assert_int_equal(symlink("elsewhere", path), 0);
	for (int replace = 0; replace < 2; replace++) {
		err = (struct lt_err)LT_ERR_INIT;
		assert_int_equal(lt_file_begin(&out, path, replace, &err), LT_EDATA);
		assert_null(strstr(err.text[LT_EN], "--force"));
		assert_non_null(strstr(err.text[LT_EN], "use another name"));
		lt_file_abandon(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_file_out__whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_file_out__abandoned_or_taken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_file_out__a_database_does_not_give_way, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_file_out__what_is_no_file_is_never_replaced, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
