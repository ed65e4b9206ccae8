/* Small forms without fault; one place is changed, and the check must say so at its line. Then what ships. */
#include <stdlib.h>
#include "lingtan/load/form.h"
#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))
#define L "label: {zh: 甲, en: a}, help: {zh: 怎么填, en: how}"
#define L2 "label: {zh: 乙, en: b}, help: {zh: 怎么填, en: how}"
#define L3 "label: {zh: 丙, en: c}, help: {zh: 怎么填, en: how}"
#define L4 "label: {zh: 丁, en: d}, help: {zh: 怎么填, en: how}"
#define L5 "label: {zh: 戊, en: e}, help: {zh: 怎么填, en: how}"
#define H "title: {zh: 题, en: title}\nhelp: {zh: 怎么填, en: how}\n"

/* Of the table quantity: key [rung, year, quantity], group value [value, unit, na, source]. */
static const char of_table[] =
	"form: small\n" /* 1 */
	H
	"table: quantity\n"
	"whole: yes\n" /* 5 */
	"leaves: [rung, quantity, reason, value.source]\n"
	"fields:\n"
	"- {id: year, key: year, type: year, min: \"1990\", max: \"2100\", example: {zh: 2025年, en: \"2025\"}, " L "}\n"
	"- {id: amount, group: value, member: value, required: yes, type: number, unit: ha, min: \"0\", max: \"5\", " L2 "}\n"
	"- {id: unit, group: value, member: unit, type: number, unit: km2, " L3 "}\n" /* 10 */
	"- {id: na, group: value, member: na, type: choice, several: yes, choices: [\n"
	"   {id: absent, title: {zh: 没有, en: absent}},\n"
	"   {id: other, title: {zh: 其他, en: other}}], " L4 "}\n"
	"rules:\n"
	"- {rule: sum_at_most, of: unit, title: {zh: 合计, en: sum}, fields: [amount]}\n" /* 15 */
	"- {rule: one_of, fields: [amount, na]}\n"
	"- {rule: together, fields: [unit, na]}\n";

static const char of_document[] =
	"form: ours\n" /* 1 */
	H
	"document: profile\n"
	"whole: yes\n" /* 5 */
	"leaves: [edition, date, made_up, tiers, lines, weights]\n"
	"fields:\n"
	"- {id: id, key: profile, type: id, " L "}\n"
	"- {id: ruleset, member: ruleset, required: yes, type: id, offer: rulesets, " L2 "}\n"
	"- {id: who, member: responsible, required: yes, type: text, " L3 "}\n" /* 10 */
	"- {id: zh, group: title, member: zh, required: yes, type: text, " L4 "}\n"
	"- {id: en, group: title, member: en, required: yes, type: text, " L5 "}\n"
	"entries:\n"
	"- form: ours.parameter\n"
	"  list: parameters\n" /* 15 */
	"  title: {zh: 题, en: title}\n"
	"  help: {zh: 怎么填, en: how}\n"
	"  fields:\n"
	"  - {id: id, key: id, type: id, " L "}\n"
	"  - {id: value, member: value, required: yes, type: number, " L2 "}\n" /* 20 */
	"  - {id: cite, member: cite, required: yes, type: text, " L3 "}\n  - {id: note, member: note, type: text, " L4 "}\n"
	"- {form: ours.points, list: points, title: {zh: 题, en: title}, help: {zh: 怎么填, en: how}, fields: [\n"
	"   {id: item, key: item, type: id, " L "},\n"
	"   {id: value, member: value, required: yes, type: number, " L2 "},\n"
	"   {id: cite, member: cite, required: yes, type: text, " L3 "}, {id: note, member: note, type: text, " L4 "}]}\n"; /* 26 */

static const char of_requests[] =
	"requests: list\n" /* 1 */
	"title: {zh: 题, en: title}\n"
	"note: {zh: 注, en: note}\n"
	"stated_topics: \"2\"\n"
	"stated_entries: \"3\"\n" /* 5 */
	"sources: [{id: S1, title: {zh: 文, en: doc}}]\n"
	"topics:\n"
	"- {id: one, title: {zh: 一, en: one}}\n"
	"- {id: two, title: {zh: 二, en: two}}\n"
	"entries:\n" /* 10 */
	"- {id: a, topic: one, title: {zh: 甲, en: a}, origin: sourced, cite: \"S1:7\"}\n"
	"- {id: b, topic: two, title: {zh: 乙, en: b}, origin: user}\n"
	"- {id: c, topic: two, title: {zh: 丙, en: c}, origin: proposed, note: {zh: 注, en: note}}\n";

struct row {
	const char *find, *replace;
	unsigned line; /* of the finding */
	const char *words;
};

static struct library library;
static const struct units *units;
static const struct vocabulary *vocabulary;

static int open_library(void **state)
{
	(void)state;
	struct lt_err err = LT_ERR_INIT;
	struct lt_findings findings;
	if (library_open(&library, embedded_files, NULL, NULL, &err))
		return -1;
	lt_findings_init(&findings, &library.arena);
	return library_units(&library, &findings, &units, &err) || library_vocabulary(&library, &findings, &vocabulary, &err) ? -1 : 0;
}

static int close_library(void **state)
{
	(void)state;
	library_release(&library);
	return 0;
}

struct loaded {
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err;
	enum lt_status status;
	struct form *form;
	struct request_list *requests;
};

static void load(struct loaded *loaded, const char *name, const char *text)
{
	const struct yaml_source source = { .name = name, .text = text, .len = strlen(text) };
	*loaded = (struct loaded){ .err = LT_ERR_INIT };
	lt_arena_init(&loaded->arena, 0);
	lt_findings_init(&loaded->findings, &loaded->arena);
	if (document_kind(&source) == DOCUMENT_REQUESTS)
		loaded->status = requests_load(&source, &loaded->arena, &loaded->findings, &loaded->requests, &loaded->err);
	else
		loaded->status = form_load(&source, vocabulary, units, &loaded->arena, &loaded->findings, &loaded->form, &loaded->err);
	assert_int_equal(loaded->status, loaded->err.status);
	assert_int_equal(loaded->status == LT_OK, loaded->form || loaded->requests);
}

static void print(const struct loaded *loaded)
{
	for (const struct lt_finding *at = loaded->findings.first; at; at = at->next)
		print_error("  %s:%u:%u [%s] %s / %s\n", at->file, at->line, at->column, at->path, at->text[LT_EN], at->text[LT_ZH]);
}

/* `text` with the first `find` replaced. */
/* The finding, at its line, in both languages; alone or among others. */
static bool has(const struct loaded *loaded, const struct row *row, bool alone)
{
	for (const struct lt_finding *at = loaded->findings.first; at; at = at->next)
		if (at->line == row->line && at->column && strstr(at->text[LT_EN], row->words) && at->text[LT_ZH][0])
			return !alone || loaded->findings.n_kept == 1;
	return false;
}

static void run(const char *base, const struct row *rows, size_t n, bool alone)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < n; i++) {
		char *text = written_edited(base, rows[i].find, rows[i].replace);
		struct loaded loaded;
		load(&loaded, "small.yaml", text);
		if (loaded.status != LT_EFILE || !has(&loaded, &rows[i], alone)) {
			print_error("%s -> %s: expected line %u: %s; status %d\n", rows[i].find, rows[i].replace, rows[i].line, rows[i].words,
				    (int)loaded.status);
			print(&loaded);
			wrong++;
		}
		lt_arena_release(&loaded.arena);
		free(text);
	}
	assert_int_equal(wrong, 0);
}
/* Each row's finding is the only one; or it brings others with it (what is lost is missed elsewhere). */
#define RUN(text, rows) run(text, rows, N(rows), true)
#define RUN_AMONG(text, rows) run(text, rows, N(rows), false)

/* The whole document has just this finding. */
static void run_one(const char *text, unsigned line, const char *words)
{
	const struct row row = { .line = line, .words = words };
	struct loaded loaded;
	load(&loaded, "small.yaml", text);
	if (!has(&loaded, &row, true)) {
		print(&loaded);
		fail_msg("expected line %u: %s", line, words);
	}
	lt_arena_release(&loaded.arena);
}

static void test_form__small_ones_are_without_fault(void **state)
{
	(void)state;
	static const char *const texts[] = { of_table, of_document, of_requests };
	for (size_t i = 0; i < N(texts); i++) {
		struct loaded loaded;
		load(&loaded, "small.yaml", texts[i]);
		print(&loaded);
		assert_int_equal(loaded.status, LT_OK);
		assert_int_equal(loaded.findings.n_kept, 0);
		lt_arena_release(&loaded.arena);
	}
}

static void test_form__what_it_fills(void **state)
{
	(void)state;
	static const struct row whole[] = {
		{ "table: quantity\nwhole: yes\nleaves: [rung, quantity, reason, value.source]\n", "", 1, "either table or document" },
		{ "table: quantity", "table: quantities", 4, "there is no table quantities" },
		{ "table: quantity", "table: quantity\ndocument: profile", 1, "either table or document" },
	};
	static const struct row partial[] = {
		{ "key: year", "key: years", 8, "the key of table quantity has no part years" },
		{ "member: unit", "member: units", 10, "quantity.value has no member units" },
		{ "group: value, member: unit", "member: unit", 10, "unit: it needs its group" },
		{ "group: value, member: unit", "group: values, member: unit", 10, "has no group values" },
		{ "key: year, type", "type", 8, "either key, or group and member" },
		{ "key: year", "key: year, group: value, member: na", 8, "either key, or group and member" },
		{ "member: unit", "member: value", 10, "amount and unit fill the same: value.value" },
	};
	RUN(of_table, whole);
	/* what is filled wrongly is missing too, so this one does not claim to be whole */
	char *text = written_edited(of_table, "whole: yes\nleaves: [rung, quantity, reason, value.source]\n", "# none\n# none\n");
	RUN(text, partial);
	free(text);
}

static void test_form__a_whole_table_is_covered(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "reason, value.source]", "reason]", 5, "no field fills value.source" },
		{ "[rung, quantity, ", "[rung, ", 5, "no field fills quantity" },
		{ "value.source]", "value.source, value.sauce]", 6, "there is no value.sauce" },
		{ "value.source]", "value.source, year]", 6, "year is named in leaves, and field year fills it" },
		{ "whole: yes", "whole: no", 6, "leaves is for whole: yes" },
	};
	RUN(of_table, rows);
	/* a group may be left as a whole */
	static const char left[] = "form: s\n" H "table: person\nwhole: yes\nleaves: [profile, roles.roles, removed]\nfields: [{id: n, key: name, type: text, " L "}]\n";
	struct loaded loaded;
	load(&loaded, "small.yaml", left);
	print(&loaded);
	assert_int_equal(loaded.status, LT_OK);
	lt_arena_release(&loaded.arena);
}

static void test_form__fields_against_themselves(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "en: b}", "en: a}", 9, "amount has the label of year" },
		{ "zh: 乙", "zh: 甲", 9, "amount has the label of year" },
		{ "zh: 乙", "zh: \" \"", 9, "zh is empty" },
		{ "en: how}}\n- {id: amount", "en: \"\"}}\n- {id: amount", 8, "en is empty" },
		{ "zh: 没有", "zh: \"\"", 12, "zh is empty" },
		{ "title: {zh: 题, en: title}", "title: {zh: 题, en: \"\"}", 2, "en is empty" },
		{ "title: {zh: 题, en: title}", "title: {zh: 题}", 2, "key en is missing" },
		{ "id: other", "id: absent", 13, "choice absent has the id or a title of absent" },
		{ "zh: 其他", "zh: 没有", 13, "choice other has the id or a title of absent" },
		{ "type: year, min", "type: text, min", 8, "min and max are for number, integer and year (it is text)" },
		{ "min: \"0\", max", "min: \"6\", max", 9, "min 6 is above max 5" },
		{ "example: {zh: 2025年", "example: {zh: 去年", 8, "the example itself is refused: a: '去年' is not a year" },
		{ "en: \"2025\"}", "en: \"1989\"}", 8, "the example itself is refused" },
		{ "type: year", "type: yeer", 8, "'yeer' is none of" },
		{ "required: yes", "required: maybe", 9, "'maybe' is none of" },
		{ "member: value", "membre: value", 9, "there is no key 'membre'" },
	};
	static const struct row more[] = {
		{ "{id: unit, group", "{id: year, group", 10, "id year stands there twice" },
		{ "type: number, unit: km2", "type: number, unit: zork", 10, "there is no unit 'zork'" },
	};
	RUN(of_table, rows);
	RUN_AMONG(of_table, more);
}

static void test_form__types_take_only_their_own_keys(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "type: choice, several: yes, choices: [\n   {id: absent, title: {zh: 没有, en: absent}},\n   {id: other, title: {zh: 其他, en: other}}]",
		  "type: choice", 11, "type: choice needs its choices" },
		{ "type: choice, several: yes", "type: text", 11, "choices and several are for type: choice (it is text)" },
		{ "type: year", "type: year, several: yes", 8, "choices and several are for type: choice (it is year)" },
		{ "type: year", "type: year, unit: a", 8, "unit is for number and integer (it is year)" },
		{ "type: year", "type: year, offer: people", 8, "offer is for text, id and digest (it is year)" },
	};
	RUN(of_table, rows);
}

static void test_form__rules_name_fields_that_fit(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "fields: [amount, na]", "fields: [amount, nothing]", 16, "there is no field nothing" },
		{ "fields: [amount, na]", "fields: [amount, value.na]", 16, "there is no field value.na" },
		{ "fields: [amount, na]", "fields: [amount]", 16, "one_of has too few" },
		{ "fields: [unit, na]", "fields: [unit, unit]", 17, "unit stands there twice" },
		{ "fields: [amount]", "fields: []", 15, "sum_at_most has too few" },
		{ "of: unit, ", "", 15, "sum_at_most needs of" },
		{ "title: {zh: 合计, en: sum}, ", "", 15, "sum_at_most needs of" },
		{ "of: unit", "of: nothing", 15, "there is no field nothing" },
		{ "of: unit", "of: amount", 15, "not two numbers" },
		{ "of: unit", "of: na", 15, "not two numbers" },
		{ "fields: [amount]}", "fields: [na]}", 15, "not two numbers" },
		{ "unit: km2", "unit: kWh", 15, "the units of amount and unit do not agree" },
		{ ", unit: km2", "", 15, "the units of amount and unit do not agree" },
		{ "rule: one_of", "rule: one_of, of: unit", 16, "of and title are for sum_at_most and sum_into (it is one_of)" },
	};
	RUN(of_table, rows);
}

static void test_form__documents_have_the_keys_that_are_filled(void **state)
{
	(void)state;
	static const struct row whole[] = {
		{ "leaves: [edition,", "leaves: [edition, colour,", 6, "there is no colour" },
		{ "leaves: [edition, ", "leaves: [", 5, "no field fills edition" },
		{ "member: ruleset, required: yes", "member: ruleset", 9, "ruleset: a profile cannot do without it; write required: yes" },
		{ "member: cite, required: yes", "member: cite", 21, "cite: a profile cannot do without it" },
		{ "  - {id: cite, member: cite, required: yes, type: text, " L3 "}\n", "", 14, "no field fills cite" },
	};
	static const struct row partial[] = {
		{ "member: responsible", "member: respons", 10, "a profile has no key respons" },
		{ "member: responsible", "member: points", 10, "a profile has no key points" }, /* a list is no value */
		{ "group: title, member: zh", "group: titles, member: zh", 11, "a profile has no key titles.zh" },
		{ "group: title, member: zh", "group: points, member: item", 11, "a profile has no key points.item" },
		{ "list: points", "list: pints", 23, "a profile has no list pints" },
		{ "list: points", "list: title", 23, "a profile has no list title" },
		{ "key: item", "key: items", 24, "a profile has no key items" },
		{ "document: profile", "document: profil", 4, "there is no document profil" },
	};
	static const struct row more[] = {
		{ "list: points", "list: parameters", 23, "list parameters stands there twice" },
		{ "{id: cite, member", "{id: value, member", 21, "id value stands there twice" },
	};
	RUN(of_document, whole);
	RUN_AMONG(of_document, more);
	char *text = written_edited(of_document, "whole: yes\nleaves: [edition, date, made_up, tiers, lines, weights]\n", "# none\n# none\n");
	RUN(text, partial);
	free(text);
	/* a list that no entries fill */
	text = written_edited(of_document, "- {form: ours.points", "# {form: ours.points");
	*strstr(text, "# {form: ours.points") = '\0';
	run_one(text, 5, "no entries fill the list points");
	free(text);
	run_one("form: s\n" H "document: profile\nfields: []\n", 5, "s has no fields");
	run_one("form: s\n" H "table: person\nfields: [{id: n, key: name, type: text, " L "}]\nentries:\n"
		"- {form: x, list: points, title: {zh: 题, en: t}, help: {zh: 题, en: t}, fields: []}\n", 7, "entries are for a document");
}

static void test_form__lists_that_are_too_long(void **state)
{
	(void)state;
	static const struct {
		const char *head, *entry, *tail, *words;
		unsigned n;
	} rows[] = {
		{ "form: s\n" H "table: person\nfields:\n", "- {id: f%u, key: name, type: text, " L "}\n", "", "fields has 20000 entries, the most is 64", 20000 },
		{ "form: s\n" H "table: person\nfields:\n- {id: f, key: name, type: choice, " L ", choices: [\n", "  {id: c%u, title: {zh: 选%u, en: c%u}},\n", "]}\n", "f has 20000 choices, the most is 100", 20000 },
		{ "form: s\n" H "table: person\nfields:\n- {id: f, key: name, type: text, " L "}\nrules:\n", "- {rule: one_of, fields: [f, f%u]}\n", "", "rules has 20000 entries, the most is 32", 20000 },
		{ "form: s\n" H "table: person\nfields:\n- {id: f, key: name, type: text, " L "}\nwhole: yes\nleaves: [\n", "  a%u,\n", "]\n", "leaves has 20000 entries, the most is 100", 20000 },
		{ "form: s\n" H "table: person\nfields:\n- {id: f, key: name, type: text, " L "}\n- {id: g, group: roles, member: roles, type: text, " L2 "}\nrules:\n- {rule: one_of, fields: [\n", "f%u,\n", "]}\n", "one_of has too few or too many fields", 20000 },
		{ "form: s\n" H "document: profile\nfields:\n- {id: f, key: profile, type: id, " L "}\nentries:\n", "- {form: e%u, list: points, title: {zh: 题, en: t}, help: {zh: 题, en: t}, fields: []}\n", "", "entries has 20000 entries, the most is 8", 20000 },
		{ "requests: r\ntitle: {zh: 题, en: t}\nnote: {zh: 题, en: t}\nsources: []\ntopics: []\nentries:\n", "- {id: e%u, topic: t, title: {zh: 甲, en: a}, origin: user}\n", "", "entries has 20000 entries, the most is 1000", 20000 },
	};
	for (size_t i = 0; i < N(rows); i++) {
		char *text = malloc(400 + rows[i].n * (strlen(rows[i].entry) + 20)), *at = text;
		assert_non_null(text);
		at += sprintf(at, "%s", rows[i].head);
		for (unsigned e = 0; e < rows[i].n; e++)
			at += sprintf(at, rows[i].entry, e, e, e);
		strcpy(at, rows[i].tail);
		struct loaded loaded;
		bool found = false;
		load(&loaded, "long.yaml", text);
		for (const struct lt_finding *f = loaded.findings.first; f; f = f->next)
			found |= strstr(f->text[LT_EN], rows[i].words) != NULL;
		if (!found) {
			print(&loaded);
			fail_msg("row %zu: expected %s", i, rows[i].words);
		}
		lt_arena_release(&loaded.arena);
		free(text);
	}
}

static void test_form__requested_materials(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "{id: b, topic", "{id: a, topic", 12, "id a stands there twice" },
		{ "topic: one", "topic: three", 11, "there is no topic three" },
		{ "en: b}", "en: \"\"}", 12, "en is empty" },
		{ ", cite: \"S1:7\"", "", 11, "sourced but cites nothing" },
		{ "S1:7", "S2:7", 11, "sources has no 'S2'" },
		{ ", note: {zh: 注, en: note}}\n", "}\n", 13, "it needs a note" },
		{ ", origin: user", "", 12, "no origin" },
		{ "stated_entries: \"3\"", "stated_entries: \"2\"", 5, "stated_entries is 2, but 3 are listed" },
		{ "stated_topics: \"2\"", "stated_topics: \"1\"", 4, "stated_topics is 1, but 2 are listed" },
		{ "note: {zh: 注, en: note}\n", "", 1, "key note is missing" },
		{ "zh: 一,", "zh: \"\",", 8, "zh is empty" },
	};
	static const struct row more[] = { { "id: two, title", "id: one, title", 9, "id one stands there twice" } };
	RUN(of_requests, rows);
	RUN_AMONG(of_requests, more);
}

/* ---- what ships ---- */

static void load_set(struct form_set *set, struct lt_arena *arena)
{
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	lt_arena_init(arena, 0);
	lt_findings_init(&findings, arena);
	assert_int_equal(form_set_load(&library, arena, &findings, set, &err), LT_OK);
	assert_non_null(set->requests);
}

static void test_form__what_ships_is_clean(void **state)
{
	(void)state;
	unsigned n = 0;
	for (const struct embedded_file *file = embedded_files; file->path; file++) {
		struct loaded loaded;
		if (strncmp(file->path, "forms/", 6) != 0)
			continue;
		char *text = malloc(file->len + 1);
		memcpy(text, file->text, file->len);
		text[file->len] = '\0';
		load(&loaded, file->path, text);
		print(&loaded);
		assert_int_equal(loaded.status, LT_OK);
		assert_int_equal(loaded.findings.n_kept, 0);
		/* the file's name is the form's */
		if (loaded.form)
			assert_true(strncmp(file->path + 6, loaded.form->id, strlen(loaded.form->id)) == 0 && file->path[6 + strlen(loaded.form->id)] == '.');
		lt_arena_release(&loaded.arena);
		free(text);
		n++;
	}
	assert_int_equal(n, 31);
}

static void test_form__every_table_that_people_fill_has_its_form(void **state)
{
	(void)state;
	static const char *const ids[] = { "park", "person", "quantity", "evidence", "request", "profile", "settings",
					   "finding", "sign_off", "decision", "line", "offset", "greencert", "meter", "calibration", "appraisal",
					   "engagement", "team", "place", "population", "sample", "stop", "presence", "stop_item", "stop_place", "inspection", "method", "interview", "note", "review_point" };
	struct form_set set;
	struct lt_arena arena;
	load_set(&set, &arena);
	assert_int_equal(set.n, N(ids));
	for (size_t i = 0; i < N(ids); i++) {
		const struct form *form = form_set_find(&set, ids[i]);
		assert_non_null(form);
		assert_int_equal(form->whole, 1);
		if (strcmp(ids[i], "profile") == 0) {
			assert_string_equal(form->document, "profile");
			assert_int_equal(form->n_entries, 5);
		} else {
			/* settings: each field fills a row of its own */
			assert_string_equal(form->table, strcmp(ids[i], "settings") == 0  ? "setting" :
							  strcmp(ids[i], "greencert") == 0 ? "green_certificate" :
											     ids[i]);
		}
	}
	assert_null(form_set_find(&set, "nothing"));
	const struct form *park = form_set_find(&set, "park");
	assert_string_equal(form_find_field(park, "boundary.area_km2")->unit, "km2");
	assert_string_equal(form_find_field(park, "园区名称")->member, "name");
	lt_arena_release(&arena);
}

static void test_form__nine_kinds_of_land_stay_within_the_park(void **state)
{
	(void)state;
	struct form_set set;
	struct lt_arena arena;
	struct lt_findings findings;
	const char *values[FORM_MAX_FIELDS] = { NULL };
	load_set(&set, &arena);
	const struct form *park = form_set_find(&set, "park");
	values[form_find_field(park, "name") - park->fields] = "示例园区";
	values[form_find_field(park, "type") - park->fields] = "生产制造";
	values[form_find_field(park, "area") - park->fields] = "0.09";
	unsigned n = 0;
	for (unsigned i = 0; i < park->n_fields; i++)
		if (park->fields[i].group && strcmp(park->fields[i].group, "land_use") == 0) {
			values[i] = "1";
			n++;
		}
	assert_int_equal(n, 9);
	lt_findings_init(&findings, &arena);
	form_check_row(park, units, values, &findings);
	assert_int_equal(findings.n_kept, 0); /* 9 ha are 0.09 km2 */
	values[form_find_field(park, "land_other") - park->fields] = "1.1";
	form_check_row(park, units, values, &findings);
	assert_int_equal(findings.n_warnings, 1);
	assert_int_equal(findings.n_errors, 0);
	assert_string_equal(findings.first->path, "area");
	assert_non_null(strstr(findings.first->text[LT_ZH], "9.1 ha，大于管理范围总面积（9 ha）"));
	lt_arena_release(&arena);
}

/* The list says ten of thirty, and that the rest is not known. */
static void test_form__ten_requests_are_known_of_thirty(void **state)
{
	(void)state;
	static const struct {
		const char *topic;
		unsigned n;
	} printed[] = { { "basics", 4 }, { "plans", 1 }, { "smart", 3 }, { "transport", 2 } };
	struct form_set set;
	struct lt_arena arena;
	load_set(&set, &arena);
	const struct request_list *list = set.requests;
	assert_int_equal(list->n_entries, 10);
	assert_int_equal(list->n_topics, N(printed));
	assert_string_equal(list->stated_topics, "7");
	assert_string_equal(list->stated_entries, "30");
	assert_non_null(strstr(list->note.zh, "未公开"));
	assert_non_null(strstr(list->note.en, "not known"));
	for (size_t t = 0; t < N(printed); t++) {
		unsigned n = 0;
		for (unsigned i = 0; i < list->n_entries; i++)
			n += strcmp(list->entries[i].topic, printed[t].topic) == 0;
		assert_int_equal(n, printed[t].n);
	}
	for (unsigned i = 0; i < list->n_entries; i++) {
		assert_int_equal(list->entries[i].origin, ORIGIN_SOURCED);
		assert_ptr_equal(request_list_find(list, list->entries[i].id), &list->entries[i]);
	}
	assert_null(request_list_find(list, "nothing"));
	lt_arena_release(&arena);
}

/* Evidence comes under every kind that a ruleset asks for. */
static void test_form__kinds_of_evidence_are_those_of_the_rulesets(void **state)
{
	(void)state;
	struct form_set set;
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	load_set(&set, &arena);
	lt_findings_init(&findings, &arena);
	const struct form_field *kind = form_find_field(form_set_find(&set, "evidence"), "kind");
	unsigned n = 0;
	for (unsigned r = 0; r < library.n_entries; r++) {
		struct ruleset *ruleset;
		assert_int_equal(library_load(&library, library.entries[r].id, &findings, &ruleset, &err), LT_OK);
		for (unsigned i = 0; i < ruleset->n_items; i++)
			for (unsigned e = 0; e < ruleset->items[i].n_evidence; e++, n++)
				if (!form_field_find_choice(kind, ruleset->items[i].evidence[e].kind))
					fail_msg("%s: the form has no kind %s", ruleset->id, ruleset->items[i].evidence[e].kind);
	}
	assert_true(n > 100);
	lt_arena_release(&arena);
}

/* Writes the examples of the fields that fill the head of a document, or an entry of a list. */
static char *write_examples(char *at, const struct form *form, const char *between, enum lt_lang lang, struct lt_arena *arena)
{
	const char *group = NULL;
	for (unsigned i = 0; i < form->n_fields; i++) {
		const struct form_field *field = &form->fields[i];
		const char *example = lang == LT_ZH ? field->example.zh : field->example.en;
		const char *kept = form_normalise_value(field, example ? example : "", arena);
		assert_non_null(kept);
		/* what has no example is one of several ways, or may stay empty */
		if (!kept[0])
			continue;
		if (strcmp(field->id, "values") == 0) {
			/* a list, its entries with commas between */
			at += sprintf(at, "values: [%s]%s", kept, between);
			continue;
		}
		if (field->group && group)
			at -= strlen("}") + strlen(between);
		at += field->group && !group ? sprintf(at, "%s: {", field->group) : field->group ? sprintf(at, ", ") : 0;
		at += sprintf(at, "%s: \"%s\"%s%s", field->key ? field->key : field->member, kept, field->group ? "}" : "", between);
		group = field->group;
	}
	return at;
}

/* A document is filled by its form: the examples alone make a profile that can be read. */
static void test_form__the_examples_of_a_profile_make_a_profile(void **state)
{
	(void)state;
	struct form_set set;
	struct lt_arena arena;
	load_set(&set, &arena);
	const struct form *form = form_set_find(&set, "profile");
	for (int lang = 0; lang < LT_N_LANGS; lang++) {
		char text[20000], *at = write_examples(text, form, "\n", (enum lt_lang)lang, &arena);
		for (unsigned e = 0; e < form->n_entries; e++) {
			at += sprintf(at, "%s:\n- {", form->entries[e].list);
			at = write_examples(at, &form->entries[e], ", ", (enum lt_lang)lang, &arena);
			at = at - 2 + sprintf(at - 2, "}\n");
		}
		struct lt_findings findings;
		struct lt_err err = LT_ERR_INIT;
		struct profile *profile;
		const struct yaml_source source = { .name = "profile.yaml", .text = text, .len = strlen(text) };
		lt_findings_init(&findings, &arena);
		assert_int_equal(document_kind(&source), DOCUMENT_PROFILE);
		if (profile_load(&source, &arena, &findings, &profile, &err))
			fail_msg("%s\n%s", findings.first ? findings.first->text[LT_EN] : err.text[LT_EN], text);
		assert_int_equal(profile->n_parameters, 1);
		assert_int_equal(profile->n_points, 1);
		assert_int_equal(profile->n_tiers, 1);
		assert_int_equal(profile->n_lines, 1);
		assert_int_equal(profile->n_weights, 1);
		if (lang == LT_EN)
			assert_string_equal(profile->title.en, "Sample numbers");
	}
	lt_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_form__small_ones_are_without_fault),
		cmocka_unit_test(test_form__what_it_fills),
		cmocka_unit_test(test_form__a_whole_table_is_covered),
		cmocka_unit_test(test_form__fields_against_themselves),
		cmocka_unit_test(test_form__types_take_only_their_own_keys),
		cmocka_unit_test(test_form__rules_name_fields_that_fit),
		cmocka_unit_test(test_form__documents_have_the_keys_that_are_filled),
		cmocka_unit_test(test_form__lists_that_are_too_long),
		cmocka_unit_test(test_form__requested_materials),
		cmocka_unit_test(test_form__what_ships_is_clean),
		cmocka_unit_test(test_form__every_table_that_people_fill_has_its_form),
		cmocka_unit_test(test_form__nine_kinds_of_land_stay_within_the_park),
		cmocka_unit_test(test_form__ten_requests_are_known_of_thirty),
		cmocka_unit_test(test_form__kinds_of_evidence_are_those_of_the_rulesets),
		cmocka_unit_test(test_form__the_examples_of_a_profile_make_a_profile),
	};
	return cmocka_run_group_tests(tests, open_library, close_library);
}
