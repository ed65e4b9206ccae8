/* The text of a journal entry: one meaning, one text, one hash; whatever is written otherwise is refused. */
#include "lingtan/core/entry.h"
#include "lingtan/core/vocabulary.h"
#include <stdlib.h>
#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

#define PROJECT "0123456789abcdef0123456789abcdef"
/* SHA-256 of "a", "b", "c", "d" */
#define HASH_A "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
#define HASH_B "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"
#define HASH_C "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6"
#define HASH_D "18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4"

/* Both hashes were computed with Python's hashlib over "lingtan entry 1\n" and the text. */
#define SET                                                                                                              \
	"{\"v\":1,\"project\":\"" PROJECT "\",\"parents\":[\"" HASH_A "\"],\"depth\":2,\"kind\":\"set\",\"by\":\"李明\"," \
	"\"role\":\"evaluator\",\"at\":\"2026-03-01T14:03:22+08:00\",\"command\":\"set 7.2.1 points:10\",\"reason\":\"\"," \
	"\"undoes\":null,\"changes\":[[\"answer\",\"t|evaluator|7.2.1\",\"verdict\",null,[\"points\",\"10\",\"\"]]]," \
	"\"rejects\":[]}"
#define SET_HASH "b0fa41a6490377bb1e4d47799d776efdb737f0af6f81346a4d43213b84968e4e"
#define MERGE                                                                                                            \
	"{\"v\":1,\"project\":\"" PROJECT "\",\"parents\":[\"" HASH_A "\",\"" HASH_B "\"],\"depth\":1000000000,"         \
	"\"kind\":\"merge\",\"by\":\"O\\\"Neil \\\\ Co\",\"role\":\"reviewer\",\"at\":\"\",\"command\":\"merge 园区.lingtan\"," \
	"\"reason\":\"two\\u000alines\\u0009and \\u007f\",\"undoes\":\"" HASH_C "\","                                    \
	"\"changes\":[[\"answer\",\"k\",\"verdict\",[\"met\"],[\"points\",\"10\",\"\"],\"" HASH_D "\"],"                 \
	"[\"remark\",\"k\",\"text\",[\"old\"],null]],"                                                                   \
	"\"rejects\":[[\"answer\",\"k2\",\"verdict\",\"locked\"],[\"answer\",\"k3\",\"verdict\",\"锁定\"]]}"
#define MERGE_HASH "6089438ec33320b87ca67a5d40a2c77dcd26e48c576b499af1c27230f61b2ba0"

static const char *met[] = { "met" }, *points[] = { "points", "10", "" }, *old[] = { "old" };

static struct entry set_entry(void)
{
	static struct change changes[] = { { .table = "answer", .key = "t|evaluator|7.2.1", .group = "verdict", .new = { points, 3 } } };
	return (struct entry){ .project = PROJECT, .parents = { HASH_A }, .n_parents = 1, .depth = 2, .kind = "set", .by = "李明", .role = "evaluator",
			       .at = "2026-03-01T14:03:22+08:00", .command = "set 7.2.1 points:10", .reason = "", .changes = changes, .n_changes = 1 };
}

static struct entry merge_entry(void)
{
	static struct change changes[] = {
		{ .table = "answer", .key = "k", .group = "verdict", .old = { met, 1 }, .new = { points, 3 }, .writer = HASH_D },
		{ .table = "remark", .key = "k", .group = "text", .old = { old, 1 } },
	};
	static struct reject rejects[] = {
		{ .table = "answer", .key = "k2", .group = "verdict", .why = "locked" },
		{ .table = "answer", .key = "k3", .group = "verdict", .why = "锁定" },
	};
	return (struct entry){ .project = PROJECT, .parents = { HASH_A, HASH_B }, .n_parents = 2, .depth = ENTRY_MAX_DEPTH, .kind = "merge",
			       .by = "O\"Neil \\ Co", .role = "reviewer", .at = "", .command = "merge 园区.lingtan", .reason = "two\nlines\tand \x7f",
			       .undoes = HASH_C, .changes = changes, .n_changes = 2, .rejects = rejects, .n_rejects = 2 };
}

static struct lt_arena arena;

static int open_arena(void **state)
{
	(void)state;
	lt_arena_init(&arena, 0);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	lt_arena_release(&arena);
	return 0;
}

static enum lt_status decode(const char *body, size_t len, struct entry *out, struct lt_err *err)
{
	*err = (struct lt_err)LT_ERR_INIT;
	return entry_decode(body, len, &arena, out, err);
}

static void must_decode(const char *body, size_t len, struct entry *out)
{
	struct lt_err err;
	if (decode(body, len, out, &err))
		fail_msg("%s: %.400s", err.text[LT_EN], body);
}

/* Whether the body is refused at this byte, and says so in both languages; out must be left alone. */
static bool is_refused_at(const char *body, size_t len, size_t at)
{
	struct entry out = { .depth = 77 };
	struct lt_err err;
	char en[60], zh[60];
	const enum lt_status status = decode(body, len, &out, &err);
	snprintf(en, sizeof(en), "not canonical at byte %zu;", at);
	snprintf(zh, sizeof(zh), "在第 %zu 字节", at);
	if (status == LT_EFILE && out.depth == 77 && strstr(err.text[LT_EN], en) && strstr(err.text[LT_ZH], zh))
		return true;
	print_error("expected byte %zu: %s\n", at, status ? err.text[LT_EN] : "accepted");
	return false;
}

static void must_encode_to(const struct entry *entry, const char *body, size_t len)
{
	struct lt_err err = LT_ERR_INIT;
	const char *got = NULL;
	size_t got_len = 0;
	if (entry_encode(entry, &arena, &got, &got_len, &err))
		fail_msg("%s", err.text[LT_EN]);
	assert_int_equal(strlen(got), got_len);
	assert_int_equal(got_len, len);
	assert_memory_equal(got, body, len);
}

static void test_entry__text_and_hash_are_as_written_down(void **state)
{
	(void)state;
	const struct entry set = set_entry(), merge = merge_entry();
	char hash[LT_SHA256_HEX];
	must_encode_to(&set, SET, strlen(SET));
	entry_hash(SET, strlen(SET), hash);
	assert_string_equal(hash, SET_HASH);
	must_encode_to(&merge, MERGE, strlen(MERGE));
	entry_hash(MERGE, strlen(MERGE), hash);
	assert_string_equal(hash, MERGE_HASH);
}

static void test_entry__decode_gives_every_member(void **state)
{
	(void)state;
	struct entry e;
	must_decode(MERGE, strlen(MERGE), &e);
	assert_string_equal(e.project, PROJECT);
	assert_int_equal(e.n_parents, 2);
	assert_string_equal(e.parents[0], HASH_A);
	assert_string_equal(e.parents[1], HASH_B);
	assert_int_equal(e.depth, ENTRY_MAX_DEPTH);
	assert_string_equal(e.kind, "merge");
	assert_string_equal(e.by, "O\"Neil \\ Co");
	assert_string_equal(e.role, "reviewer");
	assert_string_equal(e.at, "");
	assert_string_equal(e.command, "merge 园区.lingtan");
	assert_string_equal(e.reason, "two\nlines\tand \x7f");
	assert_string_equal(e.undoes, HASH_C);
	assert_int_equal(e.n_changes, 2);
	assert_string_equal(e.changes[0].table, "answer");
	assert_string_equal(e.changes[0].key, "k");
	assert_string_equal(e.changes[0].group, "verdict");
	assert_true(cell_value_equals(&e.changes[0].old, &(struct words){ met, 1 }));
	assert_true(cell_value_equals(&e.changes[0].new, &(struct words){ points, 3 }));
	assert_string_equal(e.changes[0].writer, HASH_D);
	assert_true(cell_value_equals(&e.changes[1].old, &(struct words){ old, 1 }));
	assert_null(e.changes[1].new.at);
	assert_null(e.changes[1].writer);
	assert_int_equal(e.n_rejects, 2);
	assert_string_equal(e.rejects[0].table, "answer");
	assert_string_equal(e.rejects[0].key, "k2");
	assert_string_equal(e.rejects[0].group, "verdict");
	assert_string_equal(e.rejects[0].why, "locked");
	assert_string_equal(e.rejects[1].why, "锁定");
	must_decode(SET, strlen(SET), &e);
	assert_null(e.undoes);
	assert_null(e.changes[0].old.at);
	assert_null(e.rejects);
}

static void test_entry__every_character_comes_back(void **state)
{
	(void)state;
	struct entry entry = set_entry(), e;
	char all[400];
	size_t len = 0;
	for (int byte = 1; byte < 0x80; byte++)
		all[len++] = (char)byte;
	/* C1, a right-to-left override, a byte order mark, the last of each length: raw in a body */
	strcpy(all + len, "\xc2\x80\xc2\x9f\xe2\x80\xae\xef\xbb\xbf\xdf\xbf\xef\xbf\xbf\xf4\x8f\xbf\xbf零碳\xf0\x9f\x8c\xb3\\\"");
	entry.reason = all;
	struct lt_err err = LT_ERR_INIT;
	const char *body;
	assert_int_equal(entry_encode(&entry, &arena, &body, &len, &err), LT_OK);
	for (size_t i = 0; i < len; i++)
		assert_true((unsigned char)body[i] >= 0x20 && body[i] != 0x7f);
	assert_non_null(strstr(body, "\\u0001\\u0002"));
	assert_non_null(strstr(body, "\\u001f !\\\"#"));
	assert_non_null(strstr(body, "[\\\\]"));
	assert_non_null(strstr(body, "~\\u007f\xc2\x80\xc2\x9f\xe2\x80\xae\xef\xbb\xbf"));
	must_decode(body, len, &e);
	assert_string_equal(e.reason, all);
	must_encode_to(&e, body, len);
}

static void test_entry__cut_anywhere_is_refused_at_the_cut(void **state)
{
	(void)state;
	unsigned wrong = 0;
	for (size_t len = 0; len < strlen(MERGE); len++) {
		size_t at = len;
		while ((MERGE[at] & 0xc0) == 0x80) /* a cut character is refused as a whole */
			at--;
		char *body = malloc(len ? len : 1); /* the byte behind it is nobody's */
		memcpy(body, MERGE, len);
		wrong += !is_refused_at(body, len, at);
		free(body);
	}
	assert_int_equal(wrong, 0);
}

/* Of a body as long as an import's only the beginning is looked at. */
static void test_entry__its_place_is_read_from_the_beginning_alone(void **state)
{
	static const char head[] = "{\"v\":1,\"project\":\"0123456789abcdef0123456789abcdef\",\"parents\":[\"" HASH_A "\",\"" HASH_B "\"],\"depth\":1000";
	struct entry out;
	struct lt_err err = LT_ERR_INIT;
	char body[1000];
	(void)state;
	memset(body, 'x', sizeof(body));
	memcpy(body, head, sizeof(head) - 1);
	assert_int_equal(entry_decode_place(body, sizeof(body), &arena, &out, &err), LT_OK);
	assert_string_equal(out.project, "0123456789abcdef0123456789abcdef");
	assert_int_equal(out.n_parents, 2);
	assert_string_equal(out.parents[1], HASH_B);
	assert_int_equal(out.depth, 1000);
	assert_null(out.kind);
	for (size_t len = 0; len <= sizeof(head) - 1 - 4; len++)
		assert_int_equal(entry_decode_place(body, len, &arena, &out, &err), LT_EFILE);
	memcpy(body, "{\"v\":2", 6);
	assert_int_equal(entry_decode_place(body, sizeof(body), &arena, &out, &err), LT_EFILE);
}

static void test_entry__any_byte_changed_is_refused_or_another_canonical_text(void **state)
{
	(void)state;
	unsigned accepted = 0;
	for (size_t i = 0; i < strlen(MERGE); i++)
		for (int byte = 0; byte < 256; byte++) {
			char body[] = MERGE;
			struct entry e;
			struct lt_err err;
			lt_arena_reset(&arena);
			body[i] = (char)byte;
			if (decode(body, strlen(MERGE), &e, &err))
				continue;
			must_encode_to(&e, body, strlen(MERGE));
			accepted++;
		}
	assert_true(accepted > 10000); /* letters of strings and digits of hashes may be others */
}

#define PARENTS "[\"" HASH_A "\",\"" HASH_B "\"]"

struct edit {
	const char *what, *from, *to;
	int at; /* the byte that is refused, from where `from` begins */
};

/* The text with the first `from` replaced. */
static char *edited(const char *text, const struct edit *edit, size_t *begins)
{
	const char *found = strstr(text, edit->from);
	if (!found)
		fail_msg("%s: nothing to edit", edit->what);
	*begins = (size_t)(found - text);
	return lt_arena_printf(&arena, "%.*s%s%s", (int)*begins, text, edit->to, found + strlen(edit->from));
}

static void test_entry__what_json_would_allow_is_refused(void **state)
{
	(void)state;
	static const struct edit edits[] = {
		{ "space before", "{", " {", 0 },
		{ "byte order mark", "{", "\xef\xbb\xbf{", 0 },
		{ "space after a colon", "\"kind\":", "\"kind\": ", 7 },
		{ "space after a comma", ",\"kind\"", ", \"kind\"", 1 },
		{ "newline in front of a member", ",\"kind\"", ",\n\"kind\"", 1 },
		{ "another version", "\"v\":1", "\"v\":2", 4 },
		{ "version as a string", "\"v\":1", "\"v\":\"1\"", 4 },
		{ "version 1.0", "\"v\":1", "\"v\":1.0", 5 },
		{ "a member left out", ",\"role\":\"reviewer\"", "", 2 },
		{ "a member twice", ",\"role\"", ",\"by\":\"\",\"role\"", 2 },
		{ "members in another order", "\"kind\":\"merge\",\"by\":", "\"by\":\"\",\"kind\":", 1 },
		{ "a member more", "]]}", "]],\"x\":1}", 2 },
		{ "a name with an escape", "\"kind\"", "\"\\u006bind\"", 1 },
		{ "null for a string", "\"at\":\"\"", "\"at\":null", 5 },
		{ "a number for a string", "\"at\":\"\"", "\"at\":1", 5 },
		{ "a number in a value", "[\"met\"]", "[1]", 1 },
		{ "a list in a value", "[\"met\"]", "[[\"met\"]]", 1 },
		{ "a value that is no list", "[\"met\"]", "\"met\"", 0 },
		{ "an empty value", "[\"met\"]", "[]", 1 },
		{ "a comma too many in a value", "[\"met\"]", "[\"met\",]", 7 },
		{ "NULL", "null]", "NULL]", 0 },
		{ "nul", "null]", "nul]", 3 },
		{ "slash with an escape", "two", "\\/wo", 1 },
		{ "\\n", "\\u000a", "\\n", 1 },
		{ "\\b", "\\u000a", "\\b", 1 },
		{ "upper-case escape", "\\u000a", "\\u000A", 5 },
		{ "upper-case u", "\\u000a", "\\U000a", 1 },
		{ "NUL as escape", "\\u000a", "\\u0000", 0 },
		{ "a letter as escape", "\\u000a", "\\u0061", 0 },
		{ "quote as escape", "\\u000a", "\\u0022", 0 },
		{ "space as escape", "\\u000a", "\\u0020", 0 },
		{ "U+0080 as escape", "\\u000a", "\\u0080", 0 },
		{ "Han as escape", "\\u000a", "\\u96f6", 2 },
		{ "raw newline", "\\u000a", "\n", 0 },
		{ "raw tab", "\\u0009", "\t", 0 },
		{ "raw DEL", "\\u007f", "\x7f", 0 },
		{ "raw escape character", "\\u0009", "\x1b[2J", 0 },
		{ "overlong quote", "two", "\xc0\xa2", 0 },
		{ "surrogate", "two", "\xed\xa0\x80", 0 },
		{ "above U+10FFFF", "two", "\xf4\x90\x80\x80", 0 },
		{ "a byte of GBK", "two", "\xc1\xe3", 0 },
		{ "a lone continuation", "two", "\x80", 0 },
		{ "character cut by the quote", "锁定\"", "\xe9\x94\"", 0 },
		{ "depth 0", "\"depth\":1000000000", "\"depth\":0", 8 },
		{ "leading zero", "\"depth\":1000000000", "\"depth\":02", 8 },
		{ "sign", "\"depth\":1000000000", "\"depth\":+2", 8 },
		{ "below zero", "\"depth\":1000000000", "\"depth\":-2", 8 },
		{ "fraction", "\"depth\":1000000000", "\"depth\":2.0", 9 },
		{ "exponent", "\"depth\":1000000000", "\"depth\":2e1", 9 },
		{ "no digits", "\"depth\":1000000000", "\"depth\":", 8 },
		{ "depth as a string", "\"depth\":1000000000", "\"depth\":\"2\"", 8 },
		{ "too deep", "\"depth\":1000000000", "\"depth\":1000000001", 8 },
		{ "2^32 + 4", "\"depth\":1000000000", "\"depth\":4294967300", 8 },
		{ "2^64 + 2", "\"depth\":1000000000", "\"depth\":18446744073709551618", 8 },
		{ "project in upper case", PROJECT, "0123456789ABCDEF0123456789abcdef", 10 },
		{ "project a digit short", PROJECT, "0123456789abcdef0123456789abcde", 31 },
		{ "project a digit long", PROJECT, PROJECT "0", 32 },
		{ "project with dashes", PROJECT, "01234567-89ab-cdef-0123-456789abcdef", 8 },
		{ "parent in upper case", HASH_A, "CA978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb", 0 },
		{ "parent a digit short", HASH_B "\"", "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009\"", 63 },
		{ "comma behind the parents", PARENTS, "[\"" HASH_A "\",]", 68 },
		{ "undoes nothing", "\"" HASH_C "\"", "\"\"", 1 },
		{ "undoes what is no hash", HASH_C, "xe7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6", 0 },
		{ "writer null", "\"" HASH_D "\"", "null", 0 },
		{ "writer a digit long", HASH_D, HASH_D "0", 64 },
		{ "a seventh member", HASH_D "\"", HASH_D "\",null", 65 },
		{ "a change without new", ",null]", "]", 0 },
		{ "a change without table", "[\"remark\",", "[", 12 },
		{ "comma behind the changes", "null]]", "null],]", 6 },
		{ "no comma between changes", "],[\"remark\"", "][\"remark\"", 1 },
		{ "a reject of three", ",\"locked\"]", "]", 0 },
		{ "a reject of five", ",\"locked\"]", ",\"locked\",\"\"]", 9 },
		{ "newline at the end", "]]}", "]]}\n", 3 },
		{ "space at the end", "]]}", "]]} ", 3 },
		{ "a second entry", "]]}", "]]}{}", 3 },
	};
	unsigned wrong = 0;
	for (size_t i = 0; i < N(edits); i++) {
		size_t begins;
		const char *body = edited(MERGE, &edits[i], &begins);
		if (!is_refused_at(body, strlen(body), begins + (size_t)edits[i].at)) {
			print_error("%s\n", edits[i].what);
			wrong++;
		}
	}
	assert_true(is_refused_at(MERGE, strlen(MERGE) + 1, strlen(MERGE))); /* NUL at the end */
	assert_int_equal(wrong, 0);
}

static void test_entry__parents_depth_and_sizes_must_fit(void **state)
{
	(void)state;
	static const struct {
		struct edit edit;
		const char *says;
	} rows[] = {
		{ { "same parents", HASH_B, HASH_A, 0 }, "both parents are ca978112ca1b;" },
		{ { "three parents", PARENTS, "[\"" HASH_A "\",\"" HASH_B "\",\"" HASH_C "\"]", 0 }, "has more than 2 members" },
		{ { "no parents", PARENTS, "[]", 0 }, "0 parents, but depth 1000000000;" },
		{ { "depth 1", "\"depth\":1000000000", "\"depth\":1", 0 }, "2 parents, but depth 1;" },
		{ { "17 members", "[\"old\"]", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\",\"16\",\"17\"]", 0 },
		  "has more than 16 members" },
	};
	size_t begins;
	struct entry e = { .depth = 77 };
	struct lt_err err;
	for (size_t i = 0; i < N(rows); i++) {
		const char *body = edited(MERGE, &rows[i].edit, &begins);
		assert_int_equal(decode(body, strlen(body), &e, &err), LT_EFILE);
		if (!strstr(err.text[LT_EN], rows[i].says))
			fail_msg("%s: %s", rows[i].edit.what, err.text[LT_EN]);
		assert_int_equal(e.depth, 77);
	}
	/* what is just within them is read */
	static const struct edit good[] = {
		{ "one parent, depth 2", PARENTS ",\"depth\":1000000000", "[\"" HASH_B "\"],\"depth\":2", 0 },
		{ "no parents, depth 1", PARENTS ",\"depth\":1000000000", "[],\"depth\":1", 0 },
		{ "16 members", "[\"old\"]", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\",\"16\"]", 0 },
	};
	for (size_t i = 0; i < N(good); i++) {
		const char *body = edited(MERGE, &good[i], &begins);
		must_decode(body, strlen(body), &e);
		must_encode_to(&e, body, strlen(body));
	}
}

/* An entry of n changes (or rejects), as text. */
static char *with_list(const char *member, unsigned n, size_t *len)
{
	static const char head[] = "{\"v\":1,\"project\":\"" PROJECT "\",\"parents\":[],\"depth\":1,\"kind\":\"\",\"by\":\"\",\"role\":\"\",\"at\":\"\","
				   "\"command\":\"\",\"reason\":\"\",\"undoes\":null,";
	const size_t each = strlen(member) + 1;
	char *body = lt_arena_alloc(&arena, sizeof(head) + n * each + 60, 1), *at = body;
	at += sprintf(at, "%s%s", head, strstr(member, "null") ? "\"changes\":[" : "\"changes\":[],\"rejects\":[");
	for (unsigned i = 0; i < n; i++) {
		memcpy(at, member, each - 1);
		at += each - 1;
		*at++ = ',';
	}
	at += sprintf(at - 1, "%s", strstr(member, "null") ? "],\"rejects\":[]}" : "]}") - 1;
	*len = (size_t)(at - body);
	return body;
}

static void test_entry__changes_are_limited(void **state)
{
	(void)state;
	static const char *const members[] = { "[\"t\",\"k\",\"g\",null,null]", "[\"t\",\"k\",\"g\",\"\"]" };
	struct lt_err err;
	for (size_t i = 0; i < N(members); i++) {
		struct entry e = { 0 };
		size_t len;
		const char *body = with_list(members[i], ENTRY_MAX_CHANGES, &len);
		must_decode(body, len, &e);
		assert_int_equal(e.n_changes + e.n_rejects, ENTRY_MAX_CHANGES);
		must_encode_to(&e, body, len);
		if (e.n_changes)
			assert_string_equal(e.changes[ENTRY_MAX_CHANGES - 1].group, "g");
		e.n_changes += e.n_changes > 0;
		e.n_rejects += e.n_rejects > 0;
		err = (struct lt_err)LT_ERR_INIT;
		assert_int_equal(entry_encode(&e, &arena, &body, &len, &err), LT_EDATA);
		assert_non_null(strstr(err.text[LT_EN], "200001 changes, more than 200000"));
		body = with_list(members[i], ENTRY_MAX_CHANGES + 1, &len);
		assert_int_equal(decode(body, len, &e, &err), LT_EFILE);
		assert_non_null(strstr(err.text[LT_EN], "has more than 200000 members"));
	}
}

static void test_entry__bytes_are_limited(void **state)
{
	(void)state;
	struct entry entry = set_entry(), e;
	struct lt_err err = LT_ERR_INIT;
	const size_t rest = strlen(SET);
	char *reason = lt_arena_alloc(&arena, ENTRY_MAX_BYTES + 1, 1);
	const char *body;
	size_t len;
	memset(reason, 'x', ENTRY_MAX_BYTES - rest);
	entry.reason = reason;
	assert_int_equal(entry_encode(&entry, &arena, &body, &len, &err), LT_OK);
	assert_int_equal(len, ENTRY_MAX_BYTES);
	must_decode(body, len, &e);
	assert_string_equal(e.reason, reason);
	reason[ENTRY_MAX_BYTES - rest] = 'x';
	assert_int_equal(entry_encode(&entry, &arena, &body, &len, &err), LT_EDATA);
	assert_non_null(strstr(err.text[LT_EN], "16777217 bytes, more than 16777216"));
	assert_int_equal(decode(reason, ENTRY_MAX_BYTES + 1, &e, &err), LT_EFILE);
	assert_non_null(strstr(err.text[LT_EN], "16777217 bytes, more than 16777216"));
}

/* Nothing is written that could not be read again. */
static void test_entry__encode_refuses_what_decode_would(void **state)
{
	(void)state;
	static const char *words[CELL_MAX_MEMBERS + 1];
	for (size_t i = 0; i < N(words); i++)
		words[i] = "w";
	struct change changes[12];
	struct entry bad[12];
	static const char *const says[12] = { "project", "parents", "parents", "parents", "depth", "depth",
					      "depth",	 "undoes",  "changes", "changes", "changes", "not UTF-8: " };
	for (size_t i = 0; i < N(bad); i++) {
		bad[i] = set_entry();
		changes[i] = bad[i].changes[0];
		bad[i].changes = &changes[i];
	}
	bad[0].project = "0123";
	bad[1].parents[0] = "CA978112CA1BBDCAFAC231B39A23DC4DA786EFF8147C4E72B9807785AFEE48BB";
	bad[2].parents[bad[2].n_parents++] = HASH_A;
	bad[3].n_parents = 3;
	bad[4].depth = 1;
	bad[5].n_parents = 0;
	bad[6].depth = ENTRY_MAX_DEPTH + 1;
	bad[7].undoes = "";
	changes[8].new = (struct words){ words, CELL_MAX_MEMBERS + 1 };
	changes[9].old = (struct words){ words, 0 };
	changes[10].writer = HASH_A "0";
	bad[11].reason = "\xc1\xe3\x1b";
	for (size_t i = 0; i < N(bad); i++) {
		struct lt_err err = LT_ERR_INIT;
		const char *body = "left alone";
		size_t len = 77;
		assert_int_equal(entry_encode(&bad[i], &arena, &body, &len, &err), LT_EDATA);
		if (!strstr(err.text[LT_EN], says[i]) || !strstr(err.text[LT_ZH], i < 11 ? says[i] : "UTF-8"))
			fail_msg("%s: %s", says[i], err.text[LT_EN]);
		assert_null(strchr(err.text[LT_EN], '\x1b'));
		assert_string_equal(body, "left alone");
		assert_int_equal(len, 77);
	}
	changes[8].new.n = CELL_MAX_MEMBERS;
	struct lt_err err = LT_ERR_INIT;
	const char *body;
	size_t len;
	assert_int_equal(entry_encode(&bad[8], &arena, &body, &len, &err), LT_OK);
}

static void test_entry__a_body_is_found_out_in_any_place_that_is_not_utf8(void **state)
{
	(void)state;
	struct entry entry = merge_entry();
	struct change changes[2] = { entry.changes[0], entry.changes[1] };
	struct reject rejects[2] = { entry.rejects[0], entry.rejects[1] };
	const char *value[] = { "met" };
	changes[1].old.at = value;
	entry.changes = changes;
	entry.rejects = rejects;
	const char **const places[] = { &entry.kind, &entry.by, &entry.role, &entry.at, &entry.command, &entry.reason,
					&changes[1].table, &changes[1].key, &changes[1].group, &value[0],
					&rejects[1].table, &rejects[1].key, &rejects[1].group, &rejects[1].why };
	for (size_t i = 0; i < N(places); i++) {
		const char *kept = *places[i], *body;
		size_t len;
		struct lt_err err = LT_ERR_INIT;
		*places[i] = "零\xe9\x94"; /* cut in a character */
		assert_int_equal(entry_encode(&entry, &arena, &body, &len, &err), LT_EDATA);
		*places[i] = kept;
	}
	size_t begins;
	static const struct edit edit = { "value", "[\"old\"]", "[\"met\"]", 0 };
	must_encode_to(&entry, edited(MERGE, &edit, &begins), strlen(MERGE));
}

static void test_entry__values_are_the_same_only_word_for_word(void **state)
{
	(void)state;
	static const char *a[] = { "points", "10" }, *b[] = { "points", "10" }, *c[] = { "points", "10.0" }, *d[] = { "points", "" };
	const struct words nothing = { 0 }, wa = { a, 2 }, wb = { b, 2 }, wc = { c, 2 }, wd = { d, 2 }, one = { a, 1 };
	assert_true(cell_value_equals(&nothing, &nothing));
	assert_true(cell_value_equals(&wa, &wb));
	assert_false(cell_value_equals(&wa, &wc));
	assert_false(cell_value_equals(&wa, &wd));
	assert_false(cell_value_equals(&wa, &one));
	assert_false(cell_value_equals(&one, &wa));
	assert_false(cell_value_equals(&nothing, &wa));
	assert_false(cell_value_equals(&wa, &nothing));
}

static void test_entry__memory_that_runs_out_is_said(void **state)
{
	(void)state;
	const struct entry merge = merge_entry();
	unsigned n_short = 0;
	enum lt_status status = LT_ESPACE;
	for (size_t limit = 1; status; limit += 16, n_short++) {
		struct lt_arena small;
		struct lt_err err = LT_ERR_INIT;
		struct entry e = { .depth = 77 };
		lt_arena_init(&small, limit);
		status = entry_decode(MERGE, strlen(MERGE), &small, &e, &err);
		assert_true(status == LT_OK || (status == LT_ESPACE && err.status == LT_ESPACE));
		assert_int_equal(e.depth, status ? 77 : ENTRY_MAX_DEPTH);
		lt_arena_release(&small);
	}
	assert_true(n_short > strlen(MERGE) / 16);
	struct lt_arena small;
	struct lt_err err = LT_ERR_INIT;
	const char *body;
	size_t len;
	lt_arena_init(&small, 200);
	assert_int_equal(entry_encode(&merge, &small, &body, &len, &err), LT_ESPACE);
	lt_arena_release(&small);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)
	const struct CMUnitTest tests[] = {
		TEST(test_entry__text_and_hash_are_as_written_down),
		TEST(test_entry__decode_gives_every_member),
		TEST(test_entry__every_character_comes_back),
		TEST(test_entry__cut_anywhere_is_refused_at_the_cut),
		TEST(test_entry__its_place_is_read_from_the_beginning_alone),
		TEST(test_entry__any_byte_changed_is_refused_or_another_canonical_text),
		TEST(test_entry__what_json_would_allow_is_refused),
		TEST(test_entry__parents_depth_and_sizes_must_fit),
		TEST(test_entry__changes_are_limited),
		TEST(test_entry__bytes_are_limited),
		TEST(test_entry__encode_refuses_what_decode_would),
		TEST(test_entry__a_body_is_found_out_in_any_place_that_is_not_utf8),
		TEST(test_entry__values_are_the_same_only_word_for_word),
		TEST(test_entry__memory_that_runs_out_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
