#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "lingtan/base/ids.h"

/* The ids of a text, each in brackets. */
static const char *in_brackets(const char *text)
{
	static char out[200];
	const char *id;
	size_t len, n = 0;
	while (lt_ids_next(&text, &id, &len)) {
		out[n++] = '[';
		memcpy(out + n, id, len);
		n += len;
		out[n++] = ']';
	}
	out[n] = '\0';
	return out;
}

static void test_ids__next(void **state)
{
	(void)state;
	assert_string_equal(in_brackets("7.2.1,7.2.10"), "[7.2.1][7.2.10]");
	assert_string_equal(in_brackets(" a ,\tb c\n,d"), "[a][b c][d]");
	assert_string_equal(in_brackets(",, a,, ,"), "[a]");
	assert_string_equal(in_brackets("7.2.1，7.2.5、张工 ，"), "[7.2.1][7.2.5][张工]");
	assert_string_equal(in_brackets("，、"), "");
	assert_string_equal(in_brackets("。（a）"), "[。（a）]");
	assert_string_equal(in_brackets(""), "");
	assert_string_equal(in_brackets(NULL), "");
}

static void test_ids__have(void **state)
{
	(void)state;
	assert_true(lt_ids_have("own, public", "public"));
	assert_true(lt_ids_have("own", "own"));
	assert_false(lt_ids_have("owner,publicly", "own"));
	assert_false(lt_ids_have("own,public", "own,public"));
	assert_false(lt_ids_have("own,,public", ""));
	assert_false(lt_ids_have("", "own"));
	assert_true(lt_ids_have("own、public", "public"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ids__next),
		cmocka_unit_test(test_ids__have),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
