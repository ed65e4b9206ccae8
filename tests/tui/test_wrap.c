#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include "cluster.h"
#include "wrap.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))
#define FAMILY "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"

/* The lines joined by '|'. */
static void wrap_all(const char *text, int columns, char *out, size_t cap)
{
	struct wrap_line line = { .next = 0 };
	size_t used = 0;
	do {
		line = wrap_line(text, strlen(text), line.next, columns);
		assert_true(used + (line.to - line.from) + 2 < cap);
		memcpy(out + used, text + line.from, line.to - line.from);
		used += line.to - line.from;
		out[used++] = '|';
	} while (!line.is_last);
	out[used - 1] = '\0';
}

static const struct wrap_case {
	const char *text;
	int columns;
	const char *lines;
} cases[] = {
	/* any two characters, to the last column */
	{ "", 10, "" },
	{ "零碳园区", 4, "零碳|园区" },
	{ "零碳园区", 5, "零碳|园区" },
	{ "零碳园区", 8, "零碳园区" },
	/* no closing mark begins a line, no opening one ends it */
	{ "年发电量按统计表计。抽查", 18, "年发电量按统计表|计。抽查" },
	{ "一二三四，五", 8, "一二三|四，五" },
	{ "一二三）。五", 8, "一二|三）。五" },
	{ "一二三（四五）", 8, "一二三|（四五）" },
	{ "见《评价导则》第四章", 4, "见|《评|价导|则》|第四|章" },
	{ "一二“三四”五", 6, "一二|“三四”|五" },
	{ "比例——说明", 5, "比|例——|说明" },
	{ "等等……", 5, "等|等……" },
	{ "他 。。", 3, "他 |。|。" },
	/* words whole, and with their hyphens and points */
	{ "零碳 assessment 园区", 12, "零碳|assessment|园区" },
	{ "the quick brown fox", 10, "the quick|brown fox" },
	{ "依据 T/CSUS 66-2023 评价", 12, "依据 T/CSUS|66-2023 评价" },
	{ "条款 7.2.1 可", 8, "条款|7.2.1 可" },
	{ "f(x) (y) z", 5, "f(x)|(y) z" },
	{ "a, b. c", 2, "a,|b.|c" },
	/* a number and its unit */
	{ "全年 11,740 MWh，与", 12, "全年|11,740 MWh，|与" },
	{ "抽查 6 月、9 月结算", 6, "抽查|6 月、|9 月结|算" },
	{ "占比 23.4 % 以上", 8, "占比|23.4 %|以上" },
	{ "共 12 万千瓦时电", 10, "共|12 万千瓦|时电" },
	{ "约 5 万元整", 6, "约|5 万元|整" },
	{ "12 the m", 5, "12|the m" },
	{ "2025年度", 5, "2025|年度" },
	/* too long for a line */
	{ "abcdefghij", 4, "abcd|efgh|ij" },
	{ "见 /data/evidence/ledger.xlsx", 12, "见|/data/|evidence/|ledger.xlsx" },
	{ "a/bcdefghijk", 8, "a/bcdefg|hijk" },
	{ "中", 1, "中" },
	{ "中文", 1, "中|文" },
	{ "x" FAMILY FAMILY, 2, "x|" FAMILY "|" FAMILY },
	/* blanks */
	{ "ab   cd", 3, "ab|cd" },
	{ "  abcdef", 4, "  ab|cdef" },
	{ "ab    ", 4, "ab  " },
	{ "\xe3\x80\x80\xe3\x80\x80零碳园区", 8, "\xe3\x80\x80\xe3\x80\x80零碳|园区" },
	{ "      ", 4, "    " },
	/* line ends */
	{ "一\n二", 10, "一|二" },
	{ "一\r\n二\n", 10, "一|二|" },
	{ "\n\n", 10, "||" },
	{ "ab\n\ncd", 2, "ab||cd" },
	{ "ab   \ncd", 3, "ab |cd" },
};

static void test_wrap__lines_follow_the_rules_of_chinese_prose(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		char out[256];
		wrap_all(cases[i].text, cases[i].columns, out, sizeof(out));
		if (strcmp(out, cases[i].lines) != 0)
			fail_msg("case %zu: %s in %d: %s, wanted %s", i, cases[i].text, cases[i].columns, out, cases[i].lines);
	}
}

static const char *const pieces[] = {
	"a", "bc", "7", "12", " ", "  ", "\n", "\r\n", "\r", "\t", "零", "碳", "，", "。", "（", "）", "“", "”", "—", "/", "-", ".", "%",
	" 月", " MWh", "\xe3\x80\x80", FAMILY, "e\xcc\x81", "\xff", "\x1b", "\xc2\xa0", "(", ")",
};

static size_t random_text(char *text, unsigned n_pieces)
{
	size_t len = 0;
	for (unsigned i = 0; i < n_pieces; i++) {
		const char *piece = pieces[(size_t)rand() % N_OF(pieces)];
		memcpy(text + len, piece, strlen(piece));
		len += strlen(piece);
	}
	text[len] = '\0';
	return len;
}

static bool is_blank(const char *text, size_t len)
{
	while (len > 0) {
		const size_t n = *text == ' ' || *text == '\t' ? 1 : len >= 3 && memcmp(text, "\xe3\x80\x80", 3) == 0 ? 3 : 0;
		if (n == 0)
			return false;
		text += n;
		len -= n;
	}
	return true;
}

static void check_line(const char *text, size_t len, const struct wrap_line *line, int columns)
{
	size_t hidden = line->next;
	assert_true(line->to <= line->next && line->next <= len);
	assert_int_equal(cluster_columns(text + line->from, line->to - line->from), line->columns);
	assert_true(line->columns <= columns || cluster_next(text, len, line->from).len == line->to - line->from);
	assert_true(line->is_last ? line->next == len : line->next > line->from);
	assert_true(cluster_begins(text, len, line->from) && cluster_begins(text, len, line->to));
	if (line->ends_paragraph && !line->is_last) {
		assert_int_equal(text[--hidden], '\n');
		hidden -= hidden > line->to && text[hidden - 1] == '\r';
	}
	assert_true(is_blank(text + line->to, hidden - line->to));
	assert_null(memchr(text + line->from, '\n', line->to - line->from));
}

static void test_wrap__lines_hold_the_whole_text(void **state)
{
	(void)state;
	srand(3);
	for (unsigned round = 0; round < 20000; round++) {
		char text[1024];
		const size_t len = random_text(text, round % 60);
		const int columns = 1 + rand() % 24;
		struct wrap_line line = { .next = 0 };
		int n = 0;
		do {
			const size_t from = line.next;
			line = wrap_line(text, len, from, columns);
			assert_int_equal(line.from, from);
			check_line(text, len, &line, columns);
			for (size_t at = from; at < line.next; at++)
				assert_int_equal(wrap_line_start(text, len, at, columns), from);
			n++;
		} while (!line.is_last);
		assert_int_equal(wrap_line_start(text, len, len, columns), line.from);
		assert_int_equal(wrap_count(text, len, columns), n);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrap__lines_follow_the_rules_of_chinese_prose),
		cmocka_unit_test(test_wrap__lines_hold_the_whole_text),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
