#include "lingtan/load/paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "document.h"
#include "schema_fields.h"

const char *const paper_size_names[] = { "a4", "a4_landscape", "a5", NULL };

static const cyaml_strval_t size_words[] = { { "a4", PAPER_A4 },
					     { "a4_landscape", PAPER_A4_LANDSCAPE },
					     { "a5", PAPER_A5 } };
static const cyaml_strval_t kind_words[] = {
	{ "heading", PAPER_HEADING }, { "text", PAPER_TEXT },     { "fields", PAPER_FIELDS },
	{ "box", PAPER_BOX },         { "choice", PAPER_CHOICE }, { "table", PAPER_TABLE },
	{ "sign", PAPER_SIGN },       { "gap", PAPER_GAP },       { "break", PAPER_BREAK },
};

static const cyaml_schema_field_t field_fields[] = {
	STRING_FIELD("id", MAYBE, struct paper_field, id, STRING_ID),
	LABEL_FIELD("title", MUST, struct paper_field, title),
	STRING_FIELD("share", MAYBE, struct paper_field, share, STRING_NUMBER),
	STRING_FIELD("lines", MAYBE, struct paper_field, lines, STRING_NUMBER),
	YES_NO_FIELD("wide", MAYBE, struct paper_field, wide),
	YES_NO_FIELD("tick", MAYBE, struct paper_field, tick),
	YES_NO_FIELD("number", MAYBE, struct paper_field, number),
	YES_NO_FIELD("if_any", MAYBE, struct paper_field, if_any),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t field_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct paper_field, field_fields) };
static const cyaml_schema_value_t entry_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								      struct label, label_fields) };

static const cyaml_schema_field_t block_fields[] = {
	ENUM_FIELD("block", MUST, struct paper_block, kind, kind_words),
	LABEL_FIELD("title", MAYBE, struct paper_block, title),
	LABEL_FIELD("text", MAYBE, struct paper_block, text),
	STRING_FIELD("id", MAYBE, struct paper_block, id, STRING_ID),
	STRING_FIELD("rows", MAYBE, struct paper_block, rows, STRING_ID),
	STRING_FIELD("match", MAYBE, struct paper_block, match, STRING_ID),
	STRING_FIELD("to", MAYBE, struct paper_block, to, STRING_ID),
	STRING_FIELD("among", MAYBE, struct paper_block, among, STRING_TEXT),
	STRING_FIELD("sort", MAYBE, struct paper_block, sort, STRING_TEXT),
	YES_NO_FIELD("if_any", MAYBE, struct paper_block, if_any),
	YES_NO_FIELD("fill", MAYBE, struct paper_block, fill),
	STRING_FIELD("across", MAYBE, struct paper_block, across, STRING_NUMBER),
	STRING_FIELD("lines", MAYBE, struct paper_block, lines, STRING_NUMBER),
	STRING_FIELD("blank", MAYBE, struct paper_block, blank, STRING_NUMBER),
	LIST_FIELD("fields", MAYBE, struct paper_block, fields, n_fields, &field_entry),
	LIST_FIELD("choices", MAYBE, struct paper_block, choices, n_choices, &term_entry),
	LIST_FIELD("entries", MAYBE, struct paper_block, entries, n_entries, &entry_entry),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t block_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct paper_block, block_fields) };

static const cyaml_schema_field_t template_fields[] = {
	STRING_FIELD("paper", MUST, struct paper_template, id, STRING_ID),
	LABEL_FIELD("title", MUST, struct paper_template, title),
	LABEL_FIELD("help", MUST, struct paper_template, help),
	ENUM_FIELD("size", MUST, struct paper_template, size, size_words),
	STRING_FIELD("order", MAYBE, struct paper_template, order, STRING_NUMBER),
	STRING_FIELD("each", MAYBE, struct paper_template, each, STRING_ID),
	STRING_FIELD("sort", MAYBE, struct paper_template, sort, STRING_TEXT),
	YES_NO_FIELD("one_page", MAYBE, struct paper_template, one_page),
	STRING_FIELD("needs", MAYBE, struct paper_template, needs, STRING_ID),
	STRING_FIELD("number", MAYBE, struct paper_template, number, STRING_ID),
	LIST_FIELD("blocks", MUST, struct paper_template, blocks, n_blocks, &block_entry),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t paper_schema = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_POINTER, struct paper_template, template_fields) };

/* ---- what it must hold ---- */

struct checking {
	struct lt_findings *findings;
	const struct paper_block *block;
	unsigned at;
	const char *kind;
};

static void complain(const struct checking *check, const char *key, const char *zh, const char *en)
{
	char path[80];
	snprintf(path, sizeof(path), "blocks[%u]%s%s", check->at, key[0] ? "." : "", key);
	lt_findings_add(check->findings, LT_ERROR, path, zh, en, check->kind);
}

static void check_whole(const struct checking *check, const char *key, const char *text, long most)
{
	char *end;
	if (!text)
		return;
	const long value = strtol(text, &end, 10);
	if (text[0] >= '0' && text[0] <= '9' && !*end && value >= 1 && value <= most)
		return;
	char zh[120], en[120];
	snprintf(zh, sizeof(zh), "应为 1 到 %ld 的整数（%%s）", most);
	snprintf(en, sizeof(en), "should be a whole number, 1 to %ld (%%s)", most);
	complain(check, key, zh, en);
}

static void need(const struct checking *check, const char *key, bool there)
{
	if (there)
		return;
	char zh[120], en[120];
	snprintf(zh, sizeof(zh), "%%s 块要有 %s", key);
	snprintf(en, sizeof(en), "a %%s block needs %s", key);
	complain(check, "", zh, en);
}

/* A key that its kind of block does not know would be left out in silence. */
static void refuse(const struct checking *check, const char *key, bool there)
{
	if (there)
		complain(check, key, "%s 块没有这个键", "a %s block does not know this key");
}

static void check_fields(const struct checking *check)
{
	const struct paper_block *block = check->block;
	for (unsigned i = 0; i < block->n_fields; i++) {
		char key[60];
		snprintf(key, sizeof(key), "fields[%u].lines", i);
		check_whole(check, key, block->fields[i].lines, 60);
		snprintf(key, sizeof(key), "fields[%u].share", i);
		check_whole(check, key, block->fields[i].share, 60);
		snprintf(key, sizeof(key), "fields[%u].tick", i);
		if (block->fields[i].tick && block->kind != PAPER_TABLE)
			refuse(check, key, true);
		snprintf(key, sizeof(key), "fields[%u].if_any", i);
		if (block->fields[i].if_any && (block->kind != PAPER_TABLE || !block->fields[i].id))
			refuse(check, key, true);
		snprintf(key, sizeof(key), "fields[%u].wide", i);
		if (block->fields[i].wide && block->kind != PAPER_FIELDS)
			refuse(check, key, true);
	}
	if (block->n_fields > PAPER_MAX_COLUMNS && block->kind != PAPER_FIELDS)
		complain(check, "fields", "%s 块至多 12 栏", "a %s block has at most 12 columns");
}

static void check_block(const struct checking *check)
{
	const struct paper_block *block = check->block;
	const enum paper_block_kind kind = block->kind;
	const bool has_fields = kind == PAPER_FIELDS || kind == PAPER_TABLE || kind == PAPER_SIGN;
	const bool is_one = kind == PAPER_BOX || kind == PAPER_CHOICE;
	check_whole(check, "across", block->across, 6);
	check_whole(check, "lines", block->lines, 60);
	check_whole(check, "blank", block->blank, 60);
	check_fields(check);
	if (has_fields)
		need(check, "fields", block->n_fields);
	else
		refuse(check, "fields", block->n_fields);
	if (kind == PAPER_HEADING || kind == PAPER_TEXT)
		need(check, "text", block->text.zh && block->text.zh[0]);
	else
		refuse(check, "text", block->text.zh);
	if (is_one)
		need(check, "title", block->title.zh);
	else if (kind != PAPER_TABLE)
		refuse(check, "title", block->title.zh);
	refuse(check, "id", block->id && !is_one);
	refuse(check, "rows", block->rows && kind != PAPER_TABLE);
	refuse(check, "entries", block->n_entries && kind != PAPER_TABLE);
	refuse(check, "blank", block->blank && kind != PAPER_TABLE);
	refuse(check, "across", block->across && kind != PAPER_FIELDS);
	refuse(check, "lines", block->lines && kind != PAPER_BOX && kind != PAPER_TABLE);
	refuse(check, "choices", block->n_choices && kind != PAPER_CHOICE);
	refuse(check, "sort", block->sort && !block->rows);
	refuse(check, "if_any", block->if_any && kind != PAPER_TABLE);
	refuse(check, "fill", block->fill && kind != PAPER_BOX);
	if (kind == PAPER_CHOICE)
		need(check, "id, choices", block->id || block->n_choices);
	if (kind == PAPER_TABLE)
		need(check, "rows, entries, blank", block->rows || block->n_entries || block->blank);
	const bool is_matched = block->to || block->among;
	if (!block->match != !is_matched || (block->match && !block->rows) ||
	    (block->to && block->among))
		complain(check, "", "%s 块的 match 要和 to 或 among 一起写，并有 rows",
			 "match of a %s block goes together with to or with among, and with rows");
}

static void check_template(const struct paper_template *template, struct lt_findings *findings)
{
	for (unsigned i = 0; i < template->n_blocks; i++) {
		const struct checking check = { .findings = findings,
						.block = &template->blocks[i],
						.at = i,
						.kind = kind_words[template->blocks[i].kind].str };
		check_block(&check);
	}
	if (!template->n_blocks || template->n_blocks > PAPER_MAX_BLOCKS)
		lt_findings_add(findings, LT_ERROR, "blocks", "一张表有 1 到 %d 块",
				"a form has 1 to %d blocks", PAPER_MAX_BLOCKS);
}

enum lt_status paper_template_load(const struct yaml_source *source, struct lt_arena *arena,
				   struct yaml_positions *positions, struct lt_findings *findings,
				   struct paper_template **out, struct lt_err *err)
{
	const size_t before = findings->n_errors;
	struct lt_finding *last = findings->last;
	void *read = NULL;
	*out = NULL;
	positions->arena = arena;
	findings->file = source->name;
	enum lt_status status =
		yaml_load(source, &paper_schema, arena, positions, findings, &read, err);
	if (status)
		return status;
	check_template(read, findings);
	yaml_positions_apply(positions, document_findings_since(findings, last), source->name);
	status = document_refuse(source->name, findings, before, err);
	if (!status)
		*out = read;
	return status;
}
