/* The first pass: libyaml's events held against the schema tables; every finding with line and
 * column. */
#include "yaml_check.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>
#include "lingtan/base/text.h"
#include "document.h"
#include "schema.h"
#include "string_kind.h"

#define MAX_FIELDS 64

struct checker {
	yaml_parser_t parser;
	yaml_event_t event; /* the current one */
	bool has_event;
	bool stopped; /* nothing after this point can be read */
	struct {
		const struct yaml_source *source; /* NULL where documents are not typed */
		struct lt_arena *arena;
		char *text; /* what is meant, as far as `at`; NULL while that is the source */
		size_t len;
		size_t at, at_character; /* in the source */
	} typed;
	unsigned depth, n_nodes;
	struct yaml_positions *positions;
	struct lt_findings *findings;
	struct {
		const char *key; /* NULL in lists */
		unsigned index;
	} path[YAML_MAX_DEPTH + 2]; /* to the value being read */
	unsigned path_len;
	char path_text[512];
};

static void check_value(struct checker *checker, const cyaml_schema_value_t *schema,
			unsigned parent, const char *key, unsigned index);

/* "items[3].points": written out only when something is wrong there. */
static const char *path_text(struct checker *checker)
{
	size_t used = 0;
	checker->path_text[0] = 0;
	for (unsigned i = 0; i < checker->path_len && used < sizeof(checker->path_text); i++) {
		const size_t left = sizeof(checker->path_text) - used;
		const int len = checker->path[i].key
					? snprintf(checker->path_text + used, left, "%s%s",
						   i ? "." : "", checker->path[i].key)
					: snprintf(checker->path_text + used, left, "[%u]",
						   checker->path[i].index);
		used += len > 0 ? (size_t)len : 0;
	}
	return checker->path_text;
}

static struct lt_finding *complain_at(struct checker *checker, yaml_mark_t mark, const char *zh,
				      const char *en, const char *name)
{
	struct lt_finding *finding =
		lt_findings_add(checker->findings, LT_ERROR, path_text(checker), zh, en, name);
	if (finding) {
		finding->line = (unsigned)mark.line + 1;
		finding->column = (unsigned)mark.column + 1;
	}
	return finding;
}

static void complain(struct checker *checker, const char *zh, const char *en, const char *name)
{
	complain_at(checker, checker->event.start_mark, zh, en, name);
}

/* The text that is quoted may show the cause itself: a mark of an input method where YAML has its
 * own. */
static void complain_of(struct checker *checker, const char *zh, const char *en, const char *text)
{
	if (strstr(text, "：") || strstr(text, "，"))
		complain(checker, "“%s”里有全角的冒号或逗号；键后用半角冒号加空格，各项之间用半角逗号",
			 "'%s' has a full-width colon or comma; write ': ' behind a key and ',' between entries",
			 text);
	else
		complain(checker, zh, en, text);
}

static void stop(struct checker *checker, const char *zh, const char *en, const char *name)
{
	if (!checker->stopped)
		complain(checker, zh, en, name);
	checker->stopped = true;
}

/* libyaml's own words are English and about tokens; the usual causes get a sentence that says what
 * to do. */
static const struct {
	const char *problem, *zh, *en;
} known_problems[] = {
	{ "tab", "这里有制表符；缩进请用空格", "there is a tab here; indent with spaces" },
	{ "cannot start any token", "此处不能这样开头；若是制表符请改成空格，若是 @ ` % 请加引号",
	  "nothing can begin like this: use spaces where there is a tab, quote a text that begins with @ ` or %" },
	{ "could not find expected ':'", "键后面缺少冒号，或引号没有配对",
	  "a key lacks its colon, or a quote is not closed" },
	{ "mapping values are not allowed", "此处不该有冒号；值里有冒号请加引号，或检查缩进",
	  "no colon can stand here: quote a text with a colon in it, or look at the indentation" },
	{ "did not find expected ',' or '}'", "大括号里缺少逗号，或括号没有配对",
	  "a comma is missing in the braces, or a brace is not closed" },
	{ "did not find expected ',' or ']'", "方括号里缺少逗号，或括号没有配对",
	  "a comma is missing in the brackets, or a bracket is not closed" },
	{ "did not find expected '-' indicator", "缩进不一致：此处应为“- ”开头的一项",
	  "the indentation is off: an entry that begins with '- ' belongs here" },
	{ "did not find expected key", "缩进不一致：此处应为一个键",
	  "the indentation is off: a key belongs here" },
	{ "unexpected end of stream", "文件在引号或括号中间结束了",
	  "the file ends inside a quote or bracket" },
};

static void explain_syntax(struct checker *checker)
{
	const yaml_parser_t *parser = &checker->parser;
	const char *problem = parser->problem ? parser->problem : "?";
	const char *
		zh = "YAML 语法有误；请检查缩进、引号、括号和冒号后的空格",
	       *en = "this is not YAML; look at indentation, quotes, brackets and the space after a colon";
	checker->stopped = true;
	if (parser->error == YAML_MEMORY_ERROR) {
		checker->findings->out_of_memory = true;
		return;
	}
	for (size_t i = 0; i < sizeof(known_problems) / sizeof(known_problems[0]); i++)
		if (strstr(problem, known_problems[i].problem)) {
			zh = known_problems[i].zh;
			en = known_problems[i].en;
			break;
		}
	struct lt_finding *finding =
		lt_findings_add(checker->findings, LT_ERROR, path_text(checker), "%s", "%s", zh);
	if (!finding)
		return;
	finding->text[LT_EN] = en;
	finding->line = (unsigned)parser->problem_mark.line + 1;
	finding->column = (unsigned)parser->problem_mark.column + 1;
}

static bool next(struct checker *checker)
{
	if (checker->has_event)
		yaml_event_delete(&checker->event);
	checker->has_event = false;
	if (checker->stopped)
		return false;
	if (!yaml_parser_parse(&checker->parser, &checker->event)) {
		explain_syntax(checker);
		return false;
	}
	checker->has_event = true;
	const yaml_event_t *event = &checker->event;
	const bool opens =
		event->type == YAML_MAPPING_START_EVENT || event->type == YAML_SEQUENCE_START_EVENT;
	const bool scalar = event->type == YAML_SCALAR_EVENT;
	if (event->type == YAML_ALIAS_EVENT)
		stop(checker, "不接受别名（*%s）；请把内容写出来",
		     "aliases (*%s) are not taken; write the thing out",
		     (const char *)event->data.alias.anchor);
	else if ((opens && event->data.mapping_start.anchor) ||
		 (scalar && event->data.scalar.anchor))
		stop(checker, "不接受锚点（&）%s", "anchors (&) are not taken%s", "");
	else if ((opens && event->data.mapping_start.tag) || (scalar && event->data.scalar.tag))
		stop(checker, "不接受标签（!）%s；值一律按文字读",
		     "tags (!) are not taken%s; every value is read as text", "");
	else if ((opens || scalar) && ++checker->n_nodes > YAML_MAX_NODES)
		stop(checker, "内容过多%s，超过 400000 个值",
		     "too much in one document%s: more than 400000 values", "");
	return !checker->stopped;
}

static unsigned remember(struct checker *checker, unsigned parent, const char *key, unsigned index)
{
	const yaml_mark_t mark = checker->event.start_mark;
	const struct yaml_position position = { .key = key,
						.parent = parent,
						.index = index,
						.line = (unsigned)mark.line + 1,
						.column = (unsigned)mark.column + 1 };
	unsigned at = 0;
	if (checker->positions && !yaml_positions_add(checker->positions, &position, &at))
		checker->findings->out_of_memory = true;
	return at;
}

/* Reads on to the end of the value whose start is the current event. */
static void skip_value(struct checker *checker)
{
	unsigned open = 0;
	do {
		switch (checker->event.type) {
		case YAML_MAPPING_START_EVENT:
		case YAML_SEQUENCE_START_EVENT:
			if (++open + checker->depth > YAML_MAX_DEPTH)
				stop(checker, "嵌套过深%s", "nested too deeply%s", "");
			break;
		case YAML_MAPPING_END_EVENT:
		case YAML_SEQUENCE_END_EVENT:
			open--;
			break;
		default:
			break;
		}
	} while (open && next(checker));
}

/* ---- scalars ---- */

/* Passes over the source up to a character of it; returns the bytes. */
static size_t pass_to(struct checker *checker, size_t character)
{
	const struct yaml_source *source = checker->typed.source;
	const size_t from = checker->typed.at;
	for (; checker->typed.at < source->len && checker->typed.at_character < character;
	     checker->typed.at_character++)
		do
			checker->typed.at++;
		while (checker->typed.at < source->len &&
		       ((unsigned char)source->text[checker->typed.at] & 0xc0) == 0x80);
	return checker->typed.at - from;
}

static void append(struct checker *checker, const char *bytes, size_t n)
{
	memcpy(checker->typed.text + checker->typed.len, bytes, n);
	checker->typed.len += n;
}

/* In what is meant, writes the folded text in the place of the scalar at hand. */
static void replace_scalar(struct checker *checker, const char *folded, size_t len)
{
	const struct yaml_source *source = checker->typed.source;
	if (!checker->typed.text) {
		/* quotes are two bytes, and what was folded has two bytes at least */
		checker->typed.text = lt_arena_alloc(checker->typed.arena, 2 * source->len + 1, 1);
		if (!checker->typed.text) {
			checker->findings->out_of_memory = true;
			return;
		}
		/* libyaml does not count a byte order mark */
		if (source->len >= 3 && memcmp(source->text, "\xef\xbb\xbf", 3) == 0)
			checker->typed.at = 3;
	}
	const char *from = source->text + checker->typed.at;
	append(checker, from, pass_to(checker, checker->event.start_mark.index));
	append(checker, "\"", 1);
	append(checker, folded, len);
	append(checker, "\"", 1);
	pass_to(checker, checker->event.end_mark.index);
}

static void check_string(struct checker *checker, const cyaml_schema_value_t *schema,
			 const char *text, size_t len)
{
	const uint32_t kind = schema->string.max;
	char folded[4 * STRING_ID]; /* full width takes three bytes where ASCII takes one */
	const yaml_scalar_style_t style = checker->event.data.scalar.style;
	const bool is_block = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
	const bool may_fold = checker->typed.source && !is_block && len < sizeof(folded);
	memcpy(folded, may_fold ? text : "", may_fold ? len + 1 : 1);
	const size_t n = string_kind_fold(kind, folded);
	const bool is_folded = may_fold && strcmp(folded, text) != 0;
	const struct string_fault *fault =
		is_folded ? string_kind_check(kind, folded, n) : string_kind_check(kind, text, len);
	/* a comma in a number alone parts thousands */
	if (fault && fault->quotes && ((kind != STRING_NUMBER && kind != STRING_POINTS) || strchr(text, ' ')))
		complain_of(checker, fault->zh, fault->en, text);
	else if (fault)
		complain(checker, fault->zh, fault->en, fault->quotes ? text : "");
	else if (is_folded)
		replace_scalar(checker, folded, n);
}

static void check_enum(struct checker *checker, const cyaml_schema_value_t *schema,
		       const char *text)
{
	char known[300] = "";
	size_t used = 0;
	for (uint32_t i = 0; i < schema->enumeration.count; i++) {
		const char *word = schema->enumeration.strings[i].str;
		if (strcmp(word, text) == 0)
			return;
		int len = snprintf(known + used, sizeof(known) - used, "%s%s", i ? ", " : "", word);
		if (len > 0 && (size_t)len < sizeof(known) - used)
			used += (size_t)len;
	}
	struct lt_finding *finding =
		lt_findings_add(checker->findings, LT_ERROR, path_text(checker),
				"“%s”不在可选之列：%s", "'%s' is none of: %s", text, known);
	if (finding) {
		finding->line = (unsigned)checker->event.start_mark.line + 1;
		finding->column = (unsigned)checker->event.start_mark.column + 1;
	}
}

static void check_scalar(struct checker *checker, const cyaml_schema_value_t *schema)
{
	const char *text = (const char *)checker->event.data.scalar.value;
	const size_t len = checker->event.data.scalar.length;
	const bool plain = checker->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	size_t at;
	if (lt_text_check(text, len, &at) != LT_TEXT_OK) {
		complain(checker, "含有控制字符%s（如 NUL、ESC）",
			 "there is a control character%s (such as NUL or ESC) in it", "");
		return;
	}
	if (schema->type == CYAML_ENUM) {
		check_enum(checker, schema, text);
	} else if (schema->type != CYAML_STRING) {
		complain_of(checker, "“%s”：此处应为列表或映射",
			    "'%s': a list or mapping belongs here", text);
	} else if (plain && (len == 0 || strcmp(text, "~") == 0 || strcmp(text, "null") == 0)) {
		complain(checker, "缺少内容%s；不填就把这个键删去",
			 "nothing stands here%s; leave the key out if it is not known", "");
	} else {
		check_string(checker, schema, text, len);
	}
}

/* ---- mappings and lists ---- */

static const cyaml_schema_field_t *find_field(const cyaml_schema_value_t *schema, const char *key,
					      unsigned *at)
{
	for (*at = 0; schema->mapping.fields[*at].key; (*at)++)
		if (strcmp(schema->mapping.fields[*at].key, key) == 0)
			return &schema->mapping.fields[*at];
	return NULL;
}

static void report_missing(struct checker *checker, const cyaml_schema_value_t *schema,
			   uint64_t seen, yaml_mark_t mark)
{
	for (unsigned i = 0; i < MAX_FIELDS && schema->mapping.fields[i].key; i++)
		if (!(seen >> i & 1) &&
		    !(schema->mapping.fields[i].value.flags & CYAML_FLAG_OPTIONAL))
			complain_at(checker, mark, "缺少键 %s", "key %s is missing",
				    schema->mapping.fields[i].key);
}

static void check_mapping(struct checker *checker, const cyaml_schema_value_t *schema,
			  unsigned self)
{
	const yaml_mark_t start = checker->event.start_mark;
	uint64_t seen = 0;
	while (next(checker) && checker->event.type != YAML_MAPPING_END_EVENT) {
		if (checker->event.type != YAML_SCALAR_EVENT) {
			stop(checker, "键必须是文字%s", "a key must be plain text%s", "");
			return;
		}
		const char *key = (const char *)checker->event.data.scalar.value;
		unsigned at;
		size_t fault;
		if (lt_text_check(key, checker->event.data.scalar.length, &fault) != LT_TEXT_OK) {
			stop(checker, "键里含有控制字符%s",
			     "there is a control character in a key%s", "");
			return;
		}
		const cyaml_schema_field_t *field = find_field(schema, key, &at);
		if (!field)
			complain_of(checker, "没有名为“%s”的键", "there is no key '%s' here", key);
		else if (seen >> at & 1)
			complain(checker, "键 %s 重复", "key %s stands here twice", key);
		if (field)
			seen |= (uint64_t)1 << at;
		if (!next(checker))
			return;
		if (!field) {
			skip_value(checker);
			continue;
		}
		check_value(checker, &field->value, self, field->key, 0);
	}
	if (!checker->stopped)
		report_missing(checker, schema, seen, start);
}

static void check_list(struct checker *checker, const cyaml_schema_value_t *schema, unsigned self)
{
	unsigned n = 0;
	while (next(checker) && checker->event.type != YAML_SEQUENCE_END_EVENT)
		check_value(checker, schema->sequence.entry, self, NULL, n++);
	if (!checker->stopped && n < schema->sequence.min)
		complain(
			checker,
			"列表不能为空%s；没有就删去这个键（检查点都不成立写 result: not-met）",
			"the list cannot be empty%s; leave the key out (check points of which none holds: result: not-met)",
			"");
}

static void check_inside(struct checker *checker, const cyaml_schema_value_t *schema, unsigned self)
{
	const yaml_event_type_t type = checker->event.type;
	if (++checker->depth > YAML_MAX_DEPTH)
		stop(checker, "嵌套过深%s", "nested too deeply%s", "");
	else if (type == YAML_MAPPING_START_EVENT)
		check_mapping(checker, schema, self);
	else
		check_list(checker, schema, self);
	checker->depth--;
}

static void check_shape(struct checker *checker, const cyaml_schema_value_t *schema, unsigned self)
{
	const yaml_event_type_t type = checker->event.type;
	const bool wants_list = schema->type == CYAML_SEQUENCE,
		   wants_map = schema->type == CYAML_MAPPING;
	if (type == YAML_SCALAR_EVENT) {
		check_scalar(checker, schema);
	} else if ((type == YAML_MAPPING_START_EVENT && wants_map) ||
		   (type == YAML_SEQUENCE_START_EVENT && wants_list)) {
		check_inside(checker, schema, self);
	} else {
		complain(checker,
			 wants_list  ? "此处应为列表%s"
			 : wants_map ? "此处应为映射（键: 值）%s"
				     : "此处应为一个值%s",
			 wants_list  ? "a list belongs here%s"
			 : wants_map ? "a mapping (key: value) belongs here%s"
				     : "a single value belongs here%s",
			 "");
		skip_value(checker);
	}
}

static void check_value(struct checker *checker, const cyaml_schema_value_t *schema,
			unsigned parent, const char *key, unsigned index)
{
	const unsigned self = remember(checker, parent, key, index);
	const bool is_top = checker->n_nodes == 1;
	if (!is_top && checker->path_len < YAML_MAX_DEPTH + 2) {
		checker->path[checker->path_len].key = key;
		checker->path[checker->path_len].index = index;
	}
	checker->path_len += !is_top;
	check_shape(checker, schema, self);
	checker->path_len -= !is_top;
}

static void check_document(struct checker *checker, const cyaml_schema_value_t *schema)
{
	/* each call takes one more: NOLINTNEXTLINE(misc-redundant-expression) */
	if (!next(checker) || !next(checker))
		return;
	if (checker->event.type == YAML_STREAM_END_EVENT) {
		complain(checker, "文件是空的%s", "the file is empty%s", "");
		return;
	}
	if (!next(checker))
		return;
	check_value(checker, schema, 0, NULL, 0);
	/* NOLINTNEXTLINE(misc-redundant-expression) */
	if (next(checker) && next(checker) && checker->event.type != YAML_STREAM_END_EVENT)
		complain(checker, "只接受一个文档%s；请删去后面的 ---",
			 "one document a file%s: take out what follows ---", "");
}

/* ---- bytes ---- */

static bool check_bytes(const struct yaml_source *source, struct lt_findings *findings)
{
	size_t at = 0;
	struct lt_finding *finding = NULL;
	switch (lt_text_check(source->text, source->len, &at)) {
	case LT_TEXT_OK:
		return true;
	case LT_TEXT_GBK:
		finding = lt_findings_add(
			findings, LT_ERROR, "",
			"文件是 GBK 编码；请转成 UTF-8：iconv -f GBK -t UTF-8",
			"the file is in GBK; convert it to UTF-8: iconv -f GBK -t UTF-8");
		break;
	case LT_TEXT_NOT_UTF8:
		finding = lt_findings_add(findings, LT_ERROR, "", "文件不是 UTF-8 编码",
					  "the file is not UTF-8");
		break;
	case LT_TEXT_CONTROL:
		finding = lt_findings_add(findings, LT_ERROR, "", "含有控制字符 0x%02X",
					  "there is a control character, 0x%02X",
					  (unsigned)(unsigned char)source->text[at]);
		break;
	}
	if (finding)
		text_place(source->text, at, &finding->line, &finding->column);
	return false;
}

void yaml_check(const struct yaml_source *source, const cyaml_schema_value_t *schema,
		struct yaml_positions *positions, struct lt_findings *findings,
		struct lt_arena *arena, struct yaml_source *meant)
{
	struct checker checker = { .positions = positions, .findings = findings };
	*meant = *source;
	checker.typed.source = schema_is_typed(schema) ? source : NULL;
	checker.typed.arena = arena;
	findings->file = source->name;
	if (source->len > YAML_MAX_BYTES) {
		lt_findings_add(findings, LT_ERROR, "", "文件超过 %zu MiB",
				"the file is larger than %zu MiB", YAML_MAX_BYTES >> 20);
		return;
	}
	if (!check_bytes(source, findings))
		return;
	if (!yaml_parser_initialize(&checker.parser)) {
		findings->out_of_memory = true;
		return;
	}
	yaml_parser_set_input_string(&checker.parser, (const unsigned char *)source->text,
				     source->len);
	check_document(&checker, schema);
	if (checker.typed.text) {
		append(&checker, source->text + checker.typed.at, source->len - checker.typed.at);
		meant->text = checker.typed.text;
		meant->len = checker.typed.len;
	}
	if (checker.has_event)
		yaml_event_delete(&checker.event);
	yaml_parser_delete(&checker.parser);
}
