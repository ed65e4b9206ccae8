#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>
#include "lingtan/base/reason.h"
#include "lingtan/base/text.h"

/* What a user can do something about is told in the language of the sentence around it. */
static void test_reason__is_told_in_both_languages(void **state)
{
	static const int met[] = { ENOENT, EACCES,	 EPERM,	 EROFS,	 ENOSPC, EDQUOT,
				   EISDIR, ENOTDIR,	 ELOOP,	 EIO,	 EBUSY,	 ETXTBSY,
				   ENOMEM, ENAMETOOLONG, EMFILE, ENFILE, EFBIG,	 EEXIST,
				   ENXIO,  ENODEV,	 EINVAL, ENOEXEC };
	(void)state;
	for (size_t i = 0; i < sizeof(met) / sizeof(met[0]); i++) {
		const char *zh = lt_reason(met[i], LT_ZH), *en = lt_reason(met[i], LT_EN);
		assert_true((unsigned char)zh[0] >= 0x80);
		for (const char *at = en; *at; at++)
			assert_in_range((unsigned char)*at, 0x20, 0x7e);
		assert_true(en[0]);
	}
	assert_string_equal(lt_reason(ENOSPC, LT_ZH), "磁盘已满");
	assert_string_equal(lt_reason(ENOSPC, LT_EN), "the disk is full");
}

static void test_reason__of_others_the_system_speaks(void **state)
{
	(void)state;
	assert_string_equal(lt_reason(EDOM, LT_ZH), strerror(EDOM));
	assert_string_equal(lt_reason(EDOM, LT_EN), strerror(EDOM));
}

static void test_reason__stands_behind_what_failed(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	(void)state;
	assert_int_equal(lt_err_because(&err, LT_EFILE, ENOENT, "%s：打不开", "%s: cannot be opened",
					"a.pdf"),
			 LT_EFILE);
	assert_int_equal(err.status, LT_EFILE);
	assert_string_equal(err.text[LT_ZH], "a.pdf：打不开（没有这个文件或文件夹）");
	assert_string_equal(err.text[LT_EN], "a.pdf: cannot be opened (no such file or folder)");
}

static void test_reason__first_cause_stays(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	(void)state;
	lt_err_set(&err, LT_EDATA, "一", "first");
	assert_int_equal(lt_err_because(&err, LT_EFILE, EIO, "二", "second"), LT_EFILE);
	assert_int_equal(err.status, LT_EDATA);
	assert_string_equal(err.text[LT_ZH], "一");
	assert_string_equal(err.text[LT_EN], "first");
}

/* However long the path, the reason is whole and no character is halved. */
static void test_reason__a_long_path_makes_room(void **state)
{
	char path[2 * LT_ERR_TEXT + 1];
	size_t at;
	(void)state;
	for (size_t shift = 0; shift < 3; shift++) {
		struct lt_err err = LT_ERR_INIT;
		size_t len = 0;
		while (len < shift)
			path[len++] = 'x';
		while (len + 3 < sizeof(path)) {
			memcpy(path + len, "园", 3);
			len += 3;
		}
		path[len] = '\0';
		lt_err_because(&err, LT_ESPACE, ENOSPC, "%s：写不出", "%s: cannot be written",
			       path);
		assert_non_null(strstr(err.text[LT_ZH], "（磁盘已满）"));
		assert_non_null(strstr(err.text[LT_EN], " (the disk is full)"));
		for (int lang = 0; lang < LT_N_LANGS; lang++)
			assert_int_equal(lt_text_check(err.text[lang], strlen(err.text[lang]), &at),
					 LT_TEXT_OK);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reason__is_told_in_both_languages),
		cmocka_unit_test(test_reason__of_others_the_system_speaks),
		cmocka_unit_test(test_reason__stands_behind_what_failed),
		cmocka_unit_test(test_reason__first_cause_stays),
		cmocka_unit_test(test_reason__a_long_path_makes_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
