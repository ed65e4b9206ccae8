/* One document in, every finding out, each with its line and column. */
#include <stdlib.h>
#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

struct loaded {
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err;
	struct sheet *sheet;
	enum lt_status status;
};

static struct loaded load_bytes(const char *text, size_t len)
{
	struct loaded loaded = { .err = LT_ERR_INIT };
	const struct yaml_source source = { .name = "s.yaml", .text = text, .len = len };
	lt_arena_init(&loaded.arena, 0);
	lt_findings_init(&loaded.findings, &loaded.arena);
	loaded.status = sheet_load(&source, &loaded.arena, &loaded.findings, &loaded.sheet, &loaded.err);
	lt_findings_sort(&loaded.findings);
	return loaded;
}

static struct loaded load(const char *text)
{
	return load_bytes(text, strlen(text));
}

/* "line:column words; line:column words" in the order of the document; words must occur in the English text. */
struct row {
	const char *text;
	struct {
		unsigned line, column;
		const char *words;
	} expected[6];
};

static bool matches(const struct row *row, const struct lt_findings *findings)
{
	size_t i = 0;
	for (const struct lt_finding *at = findings->first; at; at = at->next, i++) {
		if (i == N(row->expected) || !row->expected[i].words)
			return false;
		if (at->line != row->expected[i].line || at->column != row->expected[i].column || at->severity != LT_ERROR ||
		    !strstr(at->text[LT_EN], row->expected[i].words) || !at->text[LT_ZH][0] || strcmp(at->file, "s.yaml") != 0)
			return false;
	}
	return i == N(row->expected) || !row->expected[i].words;
}

static void run(const struct row *rows, size_t n)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < n; i++) {
		struct loaded loaded = load(rows[i].text);
		if (!matches(&rows[i], &loaded.findings) || loaded.status != (rows[i].expected[0].words ? LT_EFILE : LT_OK)) {
			wrong++;
			print_error("status %d for:\n%s\n", (int)loaded.status, rows[i].text);
			for (const struct lt_finding *at = loaded.findings.first; at; at = at->next)
				print_error("  %u:%u [%s] %s\n", at->line, at->column, at->path, at->text[LT_EN]);
		}
		lt_arena_release(&loaded.arena);
	}
	assert_int_equal(wrong, 0);
}
#define RUN(rows) run(rows, N(rows))

#define TOP "assessment: t/operation/2025\n"

/* ---- keys ---- */

static void test_yaml__keys_unknown_repeated_missing(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ TOP, { { 0 } } },
		{ TOP "colour: red\n", { { 2, 1, "no key 'colour'" } } },
		{ TOP "answers:\n- {item: a, reslt: met}\n", { { 3, 13, "no key 'reslt'" } } },
		{ TOP "colour: {a: [1, {b: c}], item: 3}\nrung: self\n", { { 2, 1, "no key 'colour'" } } }, /* what stands in it is passed over */
		{ TOP "rung: self\nrung: self\n", { { 3, 1, "rung stands here twice" } } },
		{ TOP "answers:\n- item: a\n  result: met\n  item: b\n", { { 5, 3, "item stands here twice" } } },
		{ "rung: self\n", { { 1, 1, "assessment is missing" } } },
		{ TOP "answers:\n- {result: met}\n- result: met\n", { { 3, 3, "item is missing" }, { 4, 3, "item is missing" } } },
		{ TOP "inventory:\n- {activity: \"1\", factor: f}\n", { { 3, 3, "activity 1 has no unit" } } },
		{ TOP "Rung: self\n", { { 2, 1, "no key 'Rung'" } } },
		{ TOP "\"rung \": self\n", { { 2, 1, "no key 'rung '" } } },
		{ TOP "? [a]\n: b\n", { { 2, 3, "key must be plain text" } } },
	};
	RUN(rows);
}

/* A key is compared whole, and shown without raw control characters. */
static void test_yaml__a_key_with_a_control_character_is_refused(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ TOP "\"rung\\0junk\": self\n", { { 2, 1, "control character in a key" } } },
		{ TOP "\"ru\\eng\": self\n", { { 2, 1, "control character in a key" } } },
	};
	RUN(rows);
	struct loaded loaded = load(rows[1].text);
	assert_null(strchr(loaded.findings.first->text[LT_EN], '\x1b'));
	lt_arena_release(&loaded.arena);
}

/* ---- kinds, words, numbers ---- */

static void test_yaml__wrong_kinds(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "- a\n", { { 1, 1, "a mapping (key: value) belongs here" } } },
		{ "hello\n", { { 1, 1, "a list or mapping belongs here" } } },
		{ TOP "answers: {item: a}\n", { { 2, 10, "a list belongs here" } } },
		{ TOP "answers: none\n", { { 2, 10, "a list or mapping belongs here" } } },
		{ TOP "answers: [met]\n", { { 2, 11, "a list or mapping belongs here" } } },
		{ TOP "answers: [[a]]\n", { { 2, 11, "a mapping (key: value) belongs here" } } },
		{ TOP "rung: [self]\n", { { 2, 7, "a single value belongs here" } } },
		{ TOP "rung: {a: b}\n", { { 2, 7, "a single value belongs here" } } },
		{ TOP "rung:\n", { { 2, 6, "nothing stands here" } } },
		{ TOP "rung: ~\n", { { 2, 7, "nothing stands here" } } },
		{ TOP "rung: null\n", { { 2, 7, "nothing stands here" } } },
		{ TOP "rung: \"\"\n", { { 2, 7, "is no id" } } },
		{ TOP "answers:\n", { { 2, 9, "a list or mapping belongs here" } } },
		{ TOP "answers: []\n", { { 0 } } },
		{ TOP "answers: [{item: a, checks: []}]\n", { { 2, 30, "cannot be empty" } } },
	};
	RUN(rows);
}

static void test_yaml__strings_of_a_kind(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ TOP "rung: a b\n", { { 2, 7, "'a b' is no id" } } },
		{ TOP "rung: 自评\n", { { 2, 7, "is no id" } } },
		{ TOP "rung: a/b\n", { { 2, 7, "is no id" } } },
		{ TOP "rung: self-1_2.3\n", { { 0 } } },
		{ TOP "answers: [{item: \"a:b\"}]\n", { { 2, 18, "is no id" } } },
		{ TOP "answers: [{item: a, result: \"met\\n\"}]\n", { { 2, 29, "one line" } } },
		{ TOP "note: '自评 “一”'\n", { { 0 } } },
		{ TOP "note: yes\npark: \"null\"\n", { { 0 } } }, /* a text is a text */
	};
	RUN(rows);
}

static void test_yaml__numbers(void **state)
{
	(void)state;
	static const char *const good[] = { "0", "12", "-3.5", "0.000000000001", "\"7\"", "'7'", "１２", "－3．5", "170141183460469231731687303" };
	static const struct {
		const char *text, *words;
	} bad[] = {
		{ "1,5", "not a number" },  { "1e3", "not a number" },  { "0x1F", "not a number" }, { ".5", "not a number" },
		{ "5.", "not a number" },   { "010", "not a number" },  { "+1", "not a number" },   { "12abc", "not a number" },
		{ "nan", "not a number" },  { ".inf", "not a number" }, { "1_000", "not a number" }, { "--1", "not a number" },
		{ "''", "not a number" },   { "yes", "not a number" },  { "1，500", "not a number" }, { "\" 1\"", "not a number" },
		{ "1.0000000000001", "12 decimal places" }, { "170141183460469231731687304", "too large" },
		{ "99999999999999999999999999999999999999999999999999999999999999999999", "too large" },
	};
	for (size_t i = 0; i < N(good); i++) {
		char text[300];
		snprintf(text, sizeof(text), "%squantities:\n- id: q\n  value: %s\n", TOP, good[i]);
		const struct row row[] = { { text, { { 0 } } } };
		RUN(row);
	}
	for (size_t i = 0; i < N(bad); i++) {
		char text[300];
		snprintf(text, sizeof(text), "%squantities:\n- id: q\n  value: %s\n", TOP, bad[i].text);
		const struct row row[] = { { text, { { 4, 10, bad[i].words } } } };
		RUN(row);
	}
}

static void assert_head_finding(const char *head, unsigned line, unsigned column, const char *words)
{
	struct written written;
	written_init(&written);
	const enum lt_status status = written_read(&written, head, WRITTEN_ITEMS);
	if (!words) {
		if (status)
			fail_msg("%s", written.findings.first->text[LT_EN]);
	} else {
		const struct lt_finding *first = written.findings.first;
		assert_int_equal(status, LT_EFILE);
		assert_null(written.ruleset);
		if (first->line != line || first->column != column || !strstr(first->text[LT_EN], words))
			fail_msg("expected %u:%u %s, got %u:%u %s", line, column, words, first->line, first->column, first->text[LT_EN]);
	}
	written_release(&written);
}

static void test_yaml__words_of_a_closed_list(void **state)
{
	(void)state;
	struct written written;
	written_init(&written);
	const enum lt_status status = written_read(&written, WRITTEN_HEAD "- {id: x, op: summ, in: [a], origin: guess}\n",
						    "items:\n- {id: a1, section: s, kind: scoring, form: Met, " T "}\n");
	assert_int_equal(status, LT_EFILE);
	const struct lt_finding *op = written.findings.first, *origin = op->next, *form = origin->next;
	assert_non_null(strstr(op->text[LT_EN], "'summ' is none of: sum, product, ratio, steps, linear, compare, at_least, ladder"));
	assert_int_equal(op->column, 15);
	assert_non_null(strstr(origin->text[LT_EN], "'guess' is none of: sourced, user, inferred, proposed, illustrative"));
	assert_int_equal(origin->column, 38);
	assert_string_equal(form->file, "items.yaml");
	assert_int_equal(form->line, 2);
	assert_int_equal(form->column, 45);
	assert_null(form->next);
	written_release(&written);
}

static void test_yaml__dates(void **state)
{
	(void)state;
	static const struct {
		const char *date;
		bool good;
	} rows[] = {
		{ "2026-03-01", true },	  { "2024-02-29", true },  { "2026-3-1", false },   { "2026-13-01", false }, { "2026-00-10", false },
		{ "2026-01-00", false },  { "2026-01-32", false }, { "2026/01/02", false }, { "2026-01-022", false }, { "'2026-01-0x'", false },
		{ "2026-04-31", false },  { "2026-02-29", false }, { "2026-02-30", false },
	};
	unsigned wrong = 0;
	for (size_t i = 0; i < N(rows); i++) {
		struct written written;
		char head[6000];
		snprintf(head, sizeof(head), "published: %s\n%s", rows[i].date, WRITTEN_HEAD);
		written_init(&written);
		const enum lt_status status = written_read(&written, head, WRITTEN_ITEMS);
		if (status != (rows[i].good ? LT_OK : LT_EFILE)) {
			print_error("%s: status %d\n", rows[i].date, (int)status);
			wrong++;
		} else if (status) {
			assert_non_null(strstr(written.findings.first->text[LT_EN], "is not a date"));
			assert_int_equal(written.findings.first->column, 12);
		}
		written_release(&written);
	}
	assert_int_equal(wrong, 0);
}

/* ---- YAML itself ---- */

static void test_yaml__documents(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "", { { 1, 1, "the file is empty" } } },
		{ "# only a comment\n", { { 2, 1, "the file is empty" } } },
		{ "---\n...\n", { { 2, 1, "a list or mapping belongs here" } } },
		{ "---\n" TOP, { { 0 } } },
		{ "---\n" TOP "...\n", { { 0 } } },
		{ "# a comment\n" TOP "# the end\n", { { 0 } } },
		{ TOP "---\nrung: self\n", { { 2, 1, "one document a file" } } },
		{ TOP "...\n---\nrung: self\n", { { 3, 1, "one document a file" } } },
		{ "{\"assessment\": \"t/operation/2025\", \"answers\": [{\"item\": \"a\", \"result\": \"met\"}]}", { { 0 } } },
	};
	RUN(rows);
}

static void test_yaml__anchors_aliases_tags_are_refused(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ TOP "rung: &x self\n", { { 2, 7, "anchors" } } },
		{ TOP "answers: &x [{item: a}]\n", { { 2, 10, "anchors" } } },
		{ TOP "answers:\n- &x {item: a}\n", { { 3, 3, "anchors" } } },
		{ TOP "rung: *x\n", { { 2, 7, "aliases (*x)" } } },
		{ TOP "*x : 3\n", { { 2, 1, "aliases" } } },
		{ TOP "<<: *x\n", { { 2, 1, "no key '<<'" }, { 2, 5, "aliases" } } },
		{ TOP "rung: !!str self\n", { { 2, 7, "tags" } } },
		{ TOP "rung: !own self\n", { { 2, 7, "tags" } } },
		{ TOP "answers: !!seq []\n", { { 2, 10, "tags" } } },
		{ TOP "answers: !own {}\n", { { 2, 10, "tags" } } },
		{ TOP "? !!str rung\n: self\n", { { 2, 3, "tags" } } },
		{ "%YAML 1.1\n---\n" TOP, { { 0 } } },
	};
	RUN(rows);
}

static void test_yaml__syntax(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ TOP "answers:\n\t- {item: a}\n", { { 3, 1, "tab" } } },
		{ TOP "rung: @self\n", { { 2, 7, "quote a text that begins" } } },
		{ TOP "note: `x`\n", { { 2, 7, "quote a text that begins" } } },
		{ TOP "answers: [{item: a}\n", { { 3, 1, "" } } },
		{ TOP "note: 'x\n", { { 3, 1, "" } } },
		{ TOP " rung: self\n", { { 2, 6, "" } } },
		{ TOP "note: a: b\n", { { 2, 8, "" } } },
		{ TOP "note: \"\\q\"\n", { { 2, 8, "" } } },
	};
	RUN(rows);
}

static void test_yaml__nested_too_deeply(void **state)
{
	(void)state;
	enum { DEEP = 60 };
	char text[200] = TOP "colour: ";
	for (int i = 0; i < DEEP; i++)
		strcat(text, "[");
	for (int i = 0; i < DEEP; i++)
		strcat(text, "]");
	strcat(text, "\n");
	struct loaded loaded = load(text);
	assert_int_equal(loaded.status, LT_EFILE);
	const struct lt_finding *key = loaded.findings.first, *deep = key->next;
	assert_non_null(strstr(key->text[LT_EN], "colour"));
	assert_non_null(strstr(deep->text[LT_EN], "nested too deeply"));
	assert_int_equal(deep->line, 2);
	assert_int_equal(deep->column, 9 + YAML_MAX_DEPTH - 1); /* the document itself is one level */
	lt_arena_release(&loaded.arena);
}

static void test_yaml__many_levels_do_not_exhaust_the_stack(void **state)
{
	(void)state;
	static const char *const opens[] = { "[", "{a: ", "- ", "? " };
	enum { TIMES = 100000 };
	for (size_t i = 0; i < N(opens); i++) {
		const size_t len = strlen(opens[i]);
		char *text = malloc(TIMES * len);
		assert_non_null(text);
		for (size_t n = 0; n < TIMES; n++)
			memcpy(text + n * len, opens[i], len);
		struct loaded loaded = load_bytes(text, TIMES * len);
		assert_int_equal(loaded.status, LT_EFILE);
		assert_non_null(loaded.findings.first);
		lt_arena_release(&loaded.arena);
		free(text);
	}
}

/* ---- bytes ---- */

static void test_yaml__bytes_that_are_accepted(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "assessment: t/operation/2025\r\nrung: self\r\n", { { 0 } } },
		{ "\xef\xbb\xbf" TOP, { { 0 } } },
		{ "\xef\xbb\xbf" "rung: a b\n" TOP, { { 1, 7, "is no id" } } }, /* the mark is no column */
		{ "assessment: t/operation/2025\r\nrung: a b\r\n", { { 2, 7, "is no id" } } },
		{ TOP "note: \"a\\tb\\nc\"\n", { { 0 } } },
		{ TOP "note: 中文𠀀\n", { { 0 } } },
	};
	RUN(rows);
	struct loaded loaded = load(rows[0].text);
	assert_string_equal(loaded.sheet->rung, "self"); /* no CR in it */
	lt_arena_release(&loaded.arena);
}

static void test_yaml__bytes_that_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t len;
		unsigned line, column;
		const char *words;
	} rows[] = {
		{ "rung: a\0b\n", 10, 1, 8, "control character, 0x00" },
		{ "rung: a\n\nnote: \x1b[31m\n", 21, 3, 7, "control character, 0x1B" },
		{ "rung: a\x7f\n", 9, 1, 8, "control character, 0x7F" },
		{ "note: \xd7\xd4\xc6\xc0\xd4\xb0\xc7\xf8\n", 15, 1, 7, "GBK" },
		{ "note: \xff\xfe\x00x\n", 11, 1, 7, "UTF-8" },
		{ "note: a\xc3(\n", 10, 1, 8, "UTF-8" },
		{ "note: \xed\xa0\x80\n", 10, 1, 7, "UTF-8" },
		{ "\xff\xfer\0u\0", 6, 1, 1, "UTF-8" },
	};
	for (size_t i = 0; i < N(rows); i++) {
		struct loaded loaded = load_bytes(rows[i].text, rows[i].len);
		const struct lt_finding *first = loaded.findings.first;
		assert_int_equal(loaded.status, LT_EFILE);
		assert_int_equal(loaded.findings.n_errors, 1);
		if (first->line != rows[i].line || first->column != rows[i].column || !strstr(first->text[LT_EN], rows[i].words))
			fail_msg("row %zu: %u:%u %s", i, first->line, first->column, first->text[LT_EN]);
		lt_arena_release(&loaded.arena);
	}
}

/* Columns are characters everywhere, so that one editor's count fits all findings. */
static void test_yaml__columns_count_characters(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ TOP "note: 中文\nanswers: [{item: \"中:文\", result: met, colour: red}]\n", { { 3, 18, "is no id" }, { 3, 38, "no key 'colour'" } } },
		{ TOP "note: 中文\x1b\n", { { 2, 9, "control character" } } },
	};
	RUN(rows);
}

static void test_yaml__escapes_cannot_bring_control_characters_in(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ TOP "note: \"a\\0b\"\n", { { 2, 7, "control character" } } },
		{ TOP "note: \"a\\e[31m\"\n", { { 2, 7, "control character" } } },
		{ TOP "note: \"\\x9b\"\n", { { 2, 7, "control character" } } },
		{ TOP "note: \"\\u202e\"\n", { { 2, 7, "control character" } } },
		{ TOP "rung: \"self\\0\"\n", { { 2, 7, "control character" } } },
	};
	RUN(rows);
}

static void test_yaml__a_document_that_is_too_large(void **state)
{
	(void)state;
	const size_t len = YAML_MAX_BYTES + 1;
	char *text = malloc(len);
	assert_non_null(text);
	memset(text, '#', len);
	struct loaded loaded = load_bytes(text, len);
	assert_int_equal(loaded.status, LT_EFILE);
	assert_non_null(strstr(loaded.findings.first->text[LT_EN], "larger than 4 MiB"));
	lt_arena_release(&loaded.arena);
	free(text);
}

static void test_yaml__more_values_than_are_taken(void **state)
{
	(void)state;
	enum { MANY = YAML_MAX_NODES + 10 };
	char *text = malloc(100 + 2 * (size_t)MANY), *at = text + sprintf(text, TOP "colour: [");
	assert_non_null(text);
	for (int i = 0; i < MANY; i++)
		at += sprintf(at, "1,");
	strcpy(at, "]\n");
	struct loaded loaded = load(text);
	assert_int_equal(loaded.status, LT_EFILE);
	assert_non_null(strstr(loaded.findings.first->next->text[LT_EN], "too much in one document"));
	lt_arena_release(&loaded.arena);
	free(text);
}

/* ---- all of it at once ---- */

static void test_yaml__all_findings_are_told_in_the_order_of_the_document(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ TOP "rung: a b\n"
		      "colour: red\n"
		      "answers:\n"
		      "- {item: a, points: 1e3}\n"
		      "- {result: met}\n"
		      "quantities: 7\n",
		  { { 2, 7, "'a b' is no id" },
		    { 3, 1, "no key 'colour'" },
		    { 5, 21, "'1e3' is not a number" },
		    { 6, 3, "key item is missing" },
		    { 7, 13, "a list or mapping belongs here" } } },
	};
	RUN(rows);
}

static void test_yaml__thousands_of_findings_are_counted_not_kept(void **state)
{
	(void)state;
	enum { MANY = 3000 };
	char *text = malloc(100 + MANY * 16), *at = text + sprintf(text, TOP);
	assert_non_null(text);
	for (int i = 0; i < MANY; i++)
		at += sprintf(at, "k%d: 1\n", i);
	struct loaded loaded = load(text);
	assert_int_equal(loaded.findings.n_errors, MANY);
	assert_int_equal(loaded.findings.n_kept, LT_FINDINGS_MAX);
	assert_non_null(strstr(loaded.err.text[LT_EN], "3000"));
	lt_arena_release(&loaded.arena);
	free(text);
}

static void test_yaml__findings_name_the_path(void **state)
{
	(void)state;
	struct loaded loaded = load(TOP "answers:\n- {item: a}\n- {item: b, checks: [c, d e]}\n");
	assert_string_equal(loaded.findings.first->path, "answers[1].checks[1]");
	lt_arena_release(&loaded.arena);
}

static void test_yaml__errors_of_both_files_of_a_ruleset_are_told(void **state)
{
	(void)state;
	struct written written;
	written_init(&written);
	assert_int_equal(written_read(&written, WRITTEN_TOP, "items:\n- {id: a b}\n"), LT_EFILE);
	unsigned head = 0, items = 0;
	for (const struct lt_finding *at = written.findings.first; at; at = at->next) {
		head += strcmp(at->file, "ruleset.yaml") == 0;
		items += strcmp(at->file, "items.yaml") == 0;
	}
	assert_int_equal(head, 2); /* sections, plan */
	assert_int_equal(items, 5); /* the id; section, kind, form, title */
	assert_null(written.ruleset);
	written_release(&written);
	assert_head_finding(WRITTEN_HEAD, 0, 0, NULL);
	assert_head_finding("colour: red\n" WRITTEN_HEAD, 1, 1, "no key 'colour'");
}

/* ---- what load itself finds ---- */

static void test_yaml__sheets_that_contradict_themselves(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ TOP "answers:\n- {item: a, result: met}\n- {item: a, result: met}\n", { { 4, 3, "a is answered twice" } } },
		{ TOP "answers:\n- {item: a, result: met, points: \"3\"}\n", { { 3, 3, "only one of result" } } },
		{ TOP "answers:\n- {item: a, na: absent, checks: [x]}\n", { { 3, 3, "only one of result" } } },
		{ TOP "quantities:\n- {id: q, value: \"3\", na: absent}\n", { { 3, 3, "value or na" } } },
		{ TOP "inventory:\n- {activity: \"1\", unit: t}\n", { { 3, 3, "name a factor" } } },
		{ TOP "inventory:\n- {activity: \"1\", unit: t, factor: f, factor_value: \"2\", factor_unit: t/t, note: n}\n", { { 3, 3, "name a factor" } } },
		{ TOP "inventory:\n- {activity: \"1\", unit: t, factor_value: \"2\", note: n}\n", { { 3, 3, "name a factor" } } },
		{ TOP "inventory:\n- {activity: \"1\", unit: t, factor: f}\n", { { 0 } } },
		{ TOP "inventory:\n- {activity: \"1\", unit: t, factor_value: \"2\", factor_unit: tCO2/t, note: n}\n", { { 0 } } },
		{ TOP "inventory:\n- {id: 2025.甲.天然气.1, activity: \"1\", unit: t}\n- {id: b, activity: \"1\", unit: t, factor_value: \"2\", factor_unit: tCO2/t}\n", { { 0 } } },
		{ TOP "inventory:\n- {id: b, activity: \"1\", unit: t, factor_value: \"2\"}\n", { { 3, 3, "name a factor" } } },
		{ "assessment: t/operation/25x\n", { { 1, 13, "'25x' is not a year" } } },
		{ TOP "answers:\n- {item: a, result: met, na: x}\nquantities:\n- {id: q, value: \"3\", na: absent}\n",
		  { { 3, 3, "only one of result" }, { 5, 3, "value or na" } } },
	};
	RUN(rows);
}

static void test_yaml__the_parts_of_an_assessment(void **state)
{
	(void)state;
	static const struct {
		const char *text, *standard, *stage, *year;
	} rows[] = {
		{ "assessment: t\n", "t", NULL, NULL },
		{ "assessment: t/operation\n", "t", "operation", NULL },
		{ "assessment: t/operation/2025\n", "t", "operation", "2025" },
	};
	for (size_t i = 0; i < N(rows); i++) {
		struct loaded loaded = load(rows[i].text);
		assert_int_equal(loaded.status, LT_OK);
		assert_string_equal(loaded.sheet->standard, rows[i].standard);
		assert_string_equal(loaded.sheet->stage ? loaded.sheet->stage : "-", rows[i].stage ? rows[i].stage : "-");
		assert_string_equal(loaded.sheet->year ? loaded.sheet->year : "-", rows[i].year ? rows[i].year : "-");
		lt_arena_release(&loaded.arena);
	}
}

/* "A document with an error is not loaded at all": outputs are written only on success. */
static void test_yaml__nothing_is_handed_out_with_an_error(void **state)
{
	(void)state;
	static const char *const sheets[] = { "rung: self\n", TOP "answers:\n- {item: a, result: met}\n- {item: a, result: met}\n" };
	static const char *const tables[] = { "units: 3\n", "units:\n- {id: t, dimension: mass, base: kg, factor: \"1000\", " T "}\n" };
	for (size_t i = 0; i < N(sheets); i++) {
		struct loaded loaded = load(sheets[i]);
		assert_int_equal(loaded.status, LT_EFILE);
		assert_null(loaded.sheet);
		lt_arena_release(&loaded.arena);
	}
	for (size_t i = 0; i < N(tables); i++) {
		struct written written;
		struct units *units = NULL;
		const struct yaml_source source = written_source("units.yaml", tables[i]);
		written_init(&written);
		assert_int_equal(units_load(&source, &written.arena, &written.findings, &units, &written.err), LT_EFILE);
		assert_null(units);
		written_release(&written);
	}
}

static void test_yaml__tables_of_units_that_contradict_themselves(void **state)
{
	(void)state;
#define KG "units:\n- {id: kg, dimension: mass, base: kg, factor: \"1\", aliases: [公斤], " T "}\n"
	static const struct {
		const char *text;
		unsigned line, n;
		const char *words;
	} rows[] = {
		{ KG, 0, 0, NULL },
		{ KG "- {id: t, dimension: mass, base: kg, factor: \"0\", " T "}\n", 3, 1, "must be above 0" },
		{ KG "- {id: t, dimension: mass, base: kg, factor: \"-1\", " T "}\n", 3, 1, "must be above 0" },
		{ KG "- {id: kg, dimension: mass, base: kg, factor: \"2\", " T "}\n", 3, 1, "stands here twice" },
		{ KG "- {id: 公斤, dimension: mass, base: kg, factor: \"2\", " T "}\n", 3, 1, "stands here twice" },
		{ KG "- {id: t, dimension: mass, base: kg, factor: \"1000\", aliases: [公斤], " T "}\n", 3, 1, "alias 公斤 is taken" },
		{ KG "- {id: t, dimension: mass, base: g, factor: \"1000\", " T "}\n", 3, 1, "its base is not" },
		{ KG "- {id: t, dimension: money, base: kg, factor: \"1000\", " T "}\n", 3, 1, "its base is not" },
		{ "units:\n- {id: t, dimension: mass, base: t, factor: \"1000\", " T "}\n", 2, 1, "its base is not" },
	};
	for (size_t i = 0; i < N(rows); i++) {
		struct written written;
		struct units *units = NULL;
		const struct yaml_source source = written_source("units.yaml", rows[i].text);
		written_init(&written);
		const enum lt_status status = units_load(&source, &written.arena, &written.findings, &units, &written.err);
		assert_int_equal(status, rows[i].n ? LT_EFILE : LT_OK);
		assert_int_equal(written.findings.n_errors, rows[i].n);
		if (rows[i].n && (written.findings.first->line != rows[i].line || !strstr(written.findings.first->text[LT_EN], rows[i].words)))
			fail_msg("row %zu: line %u: %s", i, written.findings.first->line, written.findings.first->text[LT_EN]);
		written_release(&written);
	}
}

/* Two units without a factor: both are told, not only the first. */
static void test_yaml__every_unit_with_a_wrong_factor_is_told(void **state)
{
	(void)state;
	struct written written;
	struct units *units = NULL;
	const struct yaml_source source = written_source("units.yaml", KG "- {id: t, dimension: mass, base: kg, factor: \"0\", " T "}\n"
									  "- {id: g, dimension: mass, base: kg, factor: \"-1\", " T "}\n");
	written_init(&written);
	assert_int_equal(units_load(&source, &written.arena, &written.findings, &units, &written.err), LT_EFILE);
	assert_int_equal(written.findings.n_errors, 2);
	written_release(&written);
}

static void test_yaml__factor_sets_that_contradict_themselves(void **state)
{
	(void)state;
#define SET "factor_set: f\n" T "\nsource: {zh: 源, en: source}\nfactors:\n"
	static const struct {
		const char *text;
		unsigned line;
		const char *words;
	} rows[] = {
		{ SET "- {id: a, " T ", value: \"0.5\", unit: kg/kg, origin: sourced, cite: c}\n", 0, NULL },
		{ SET "- {id: a, " T ", value: \"0.5\", unit: kg/gone, origin: sourced, cite: c}\n", 5, "no 'kg/gone'" },
		{ SET "- {id: a, " T ", value: \"0.5\", unit: kg, origin: proposed, cite: c}\n", 5, "needs a note" },
		{ SET "- {id: a, " T ", value: \"0.5\", unit: kg, origin: sourced, cite: c}\n- {id: a, " T ", value: \"0.5\", unit: kg, cite: c}\n", 6,
		  "stands here twice" },
		{ SET "- {id: a, " T ", value: \"2.7\", unit: kg, lhv: \"20\", cc: \"30\", of: \"1\", cite: c}\n", 5, "44/12" },
		{ SET "- {id: a, " T ", value: \"2.2\", unit: kg, lhv: \"20\", cc: \"30\", of: \"1\", cite: c}\n", 0, NULL },
		/* 2.5025: as printed in tables, half up */
		{ SET "- {id: a, " T ", value: \"2.503\", unit: kg, lhv: \"30\", cc: \"22.75\", of: \"1\", cite: c}\n", 0, NULL },
		{ SET "- {id: a, " T ", value: \"2.502\", unit: kg, lhv: \"30\", cc: \"22.75\", of: \"1\", cite: c}\n", 5, "44/12" },
	};
	struct written written;
	for (size_t i = 0; i < N(rows); i++) {
		struct units *units = NULL;
		struct factor_set *set = NULL;
		const struct yaml_source table = written_source("units.yaml", KG), source = written_source("f.yaml", rows[i].text);
		written_init(&written);
		assert_int_equal(units_load(&table, &written.arena, &written.findings, &units, &written.err), LT_OK);
		const enum lt_status status = factors_load(&source, units, &written.arena, &written.findings, &set, &written.err);
		const struct lt_finding *first = written.findings.first;
		if (status != (rows[i].words ? LT_EFILE : LT_OK))
			fail_msg("row %zu: status %d %s", i, (int)status, first ? first->text[LT_EN] : "");
		if (rows[i].words && (first->line != rows[i].line || !strstr(first->text[LT_EN], rows[i].words)))
			fail_msg("row %zu: line %u: %s", i, first->line, first->text[LT_EN]);
		written_release(&written);
	}
}

/* ---- which document ---- */

static void test_yaml__kind_of_a_document_by_its_first_key(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum document_kind kind;
	} rows[] = {
		{ "ruleset: a\n", DOCUMENT_RULESET },	      { "items:\n", DOCUMENT_ITEMS },	      { "cases:\n", DOCUMENT_CASES },
		{ "assessment: t\n", DOCUMENT_SHEET },	      { "answers:\n", DOCUMENT_SHEET },	      { "profile: p\n", DOCUMENT_PROFILE },
		{ "units:\n", DOCUMENT_UNITS },		      { "factor_set: f\n", DOCUMENT_FACTORS }, { "# x: y\n\nitems:\n", DOCUMENT_ITEMS },
		{ "\xef\xbb\xbfitems:\n", DOCUMENT_ITEMS },    { "---\nitems:\n", DOCUMENT_ITEMS },     { "{\"items\": []}", DOCUMENT_ITEMS },
		{ "\r\n'cases': []", DOCUMENT_CASES },	      { "item: a\n", DOCUMENT_UNKNOWN },      { "itemss: a\n", DOCUMENT_UNKNOWN },
		{ "", DOCUMENT_UNKNOWN },		      { "#", DOCUMENT_UNKNOWN },	      { "- items\n", DOCUMENT_UNKNOWN },
		{ "\xff\xfe", DOCUMENT_UNKNOWN },	      { "--", DOCUMENT_UNKNOWN },
	};
	for (size_t i = 0; i < N(rows); i++) {
		const struct yaml_source source = written_source("x", rows[i].text);
		if (document_kind(&source) != rows[i].kind)
			fail_msg("%s: kind %d", rows[i].text, (int)document_kind(&source));
	}
}

/* text[0..len) is all there is: no byte after it counts, nor need there be one. */
static void test_yaml__kind_of_a_document_reads_no_further_than_its_length(void **state)
{
	(void)state;
	const struct yaml_source cut = { .name = "x", .text = "items: []", .len = 3 };
	assert_int_equal(document_kind(&cut), DOCUMENT_UNKNOWN);
	char *exact = malloc(5);
	assert_non_null(exact);
	memcpy(exact, "items", 5);
	const struct yaml_source source = { .name = "x", .text = exact, .len = 5 };
	assert_int_equal(document_kind(&source), DOCUMENT_ITEMS);
	free(exact);
}

/* ---- positions ---- */

static void test_yaml__positions_by_path(void **state)
{
	(void)state;
	struct loaded loaded = load(TOP "quantities:\n- id: q\n  value: \"3\"\nanswers:\n- {item: a}\n- item: b\n  checks: [x,\n   y]\n");
	static const struct {
		const char *path;
		unsigned line, column;
	} rows[] = {
		{ "", 1, 1 },
		{ "assessment", 1, 13 },
		{ "quantities[0].value", 4, 10 },
		{ "answers[0]", 6, 3 },
		{ "answers[0].item", 6, 10 },
		{ "answers[1]", 7, 3 },
		{ "answers[1].checks", 8, 11 },
		{ "answers[1].checks[0]", 8, 12 },
		{ "answers[1].checks[1]", 9, 4 },
		/* what is not there: the nearest thing above it */
		{ "answers[1].points", 7, 3 },
		{ "answers[1].points.value", 7, 3 },
		{ "answers[7].item", 6, 1 },
		{ "answers[0].item.deeper", 6, 10 },
		{ "nothing", 1, 1 },
		{ "answers[1].check", 7, 3 },
		{ "..", 1, 1 },
	};
	assert_int_equal(loaded.status, LT_OK);
	unsigned wrong = 0;
	for (size_t i = 0; i < N(rows); i++) {
		unsigned line, column;
		yaml_positions_find(&loaded.sheet->positions, rows[i].path, &line, &column);
		if (line != rows[i].line || column != rows[i].column) {
			print_error("%s: expected %u:%u, got %u:%u\n", rows[i].path, rows[i].line, rows[i].column, line, column);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
	const struct yaml_positions none = { 0 };
	unsigned line = 7, column = 7;
	yaml_positions_find(&none, "answers[1]", &line, &column);
	assert_true(line == 0 && column == 0);
	lt_arena_release(&loaded.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_yaml__keys_unknown_repeated_missing),
		cmocka_unit_test(test_yaml__a_key_with_a_control_character_is_refused),
		cmocka_unit_test(test_yaml__wrong_kinds),
		cmocka_unit_test(test_yaml__strings_of_a_kind),
		cmocka_unit_test(test_yaml__numbers),
		cmocka_unit_test(test_yaml__words_of_a_closed_list),
		cmocka_unit_test(test_yaml__dates),
		cmocka_unit_test(test_yaml__documents),
		cmocka_unit_test(test_yaml__anchors_aliases_tags_are_refused),
		cmocka_unit_test(test_yaml__syntax),
		cmocka_unit_test(test_yaml__nested_too_deeply),
		cmocka_unit_test(test_yaml__many_levels_do_not_exhaust_the_stack),
		cmocka_unit_test(test_yaml__bytes_that_are_accepted),
		cmocka_unit_test(test_yaml__bytes_that_are_refused),
		cmocka_unit_test(test_yaml__columns_count_characters),
		cmocka_unit_test(test_yaml__escapes_cannot_bring_control_characters_in),
		cmocka_unit_test(test_yaml__a_document_that_is_too_large),
		cmocka_unit_test(test_yaml__more_values_than_are_taken),
		cmocka_unit_test(test_yaml__all_findings_are_told_in_the_order_of_the_document),
		cmocka_unit_test(test_yaml__thousands_of_findings_are_counted_not_kept),
		cmocka_unit_test(test_yaml__findings_name_the_path),
		cmocka_unit_test(test_yaml__errors_of_both_files_of_a_ruleset_are_told),
		cmocka_unit_test(test_yaml__sheets_that_contradict_themselves),
		cmocka_unit_test(test_yaml__the_parts_of_an_assessment),
		cmocka_unit_test(test_yaml__nothing_is_handed_out_with_an_error),
		cmocka_unit_test(test_yaml__tables_of_units_that_contradict_themselves),
		cmocka_unit_test(test_yaml__every_unit_with_a_wrong_factor_is_told),
		cmocka_unit_test(test_yaml__factor_sets_that_contradict_themselves),
		cmocka_unit_test(test_yaml__kind_of_a_document_by_its_first_key),
		cmocka_unit_test(test_yaml__kind_of_a_document_reads_no_further_than_its_length),
		cmocka_unit_test(test_yaml__positions_by_path),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
