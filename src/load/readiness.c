#include "lingtan/load/readiness.h"

#include <string.h>
#include "document.h"
#include "schema_fields.h"

static const cyaml_strval_t severity_words[] = { { "error", READY_ERROR },
						 { "warning", READY_WARNING },
						 { "note", READY_NOTE } };
static const cyaml_strval_t jump_words[] = {
	{ "item", JUMP_ITEM },		 { "evidence", JUMP_EVIDENCE },
	{ "finding", JUMP_FINDING },	 { "round", JUMP_ROUND },
	{ "signature", JUMP_SIGNATURE }, { "setting", JUMP_SETTING },
	{ "assessment", JUMP_ASSESSMENT }, { "line", JUMP_LINE },
	{ "meter", JUMP_METER },	 { "engagement", JUMP_ENGAGEMENT }
};

static const cyaml_schema_field_t check_fields[] = {
	STRING_FIELD("check", MUST, struct ready_check, check, STRING_ID),
	ENUM_FIELD("severity", MUST, struct ready_check, severity, severity_words),
	ENUM_FIELD("jump", MUST, struct ready_check, jump, jump_words),
	STRING_FIELD("field", MUST, struct ready_check, field, STRING_ID),
	LABEL_FIELD("title", MUST, struct ready_check, title),
	LABEL_FIELD("text", MUST, struct ready_check, text), CYAML_FIELD_END
};
static const cyaml_schema_value_t check_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct ready_check, check_fields) };

static const cyaml_schema_field_t checks_fields[] = {
	LIST_FIELD("checks", MUST, struct ready_checks, checks, n_checks, &check_entry),
	CYAML_FIELD_END
};
const cyaml_schema_value_t readiness_schema = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_POINTER, struct ready_checks, checks_fields) };

#define MOST 200 /* checks */

/* Both languages say the same things, or one would keep something back. */
static bool agree(const struct label *text, const char *placeholder)
{
	return !strstr(text->zh, placeholder) == !strstr(text->en, placeholder);
}

static void check_entries(const struct ready_checks *checks, const struct yaml_positions *positions,
			  struct lt_findings *findings)
{
	for (unsigned i = 0; i < checks->n_checks; i++) {
		const struct ready_check *at = &checks->checks[i];
		if (ready_checks_find(checks, at->check) != at)
			document_complain(findings, positions, "checks", i, "检查 %s 重复",
					  "check %s stands there twice", at->check);
		if (!agree(&at->text, "{what}") || !agree(&at->text, "{more}"))
			document_complain(findings, positions, "checks", i,
					  "%s：两种语言里的 {what} 和 {more} 不一致",
					  "%s: the two languages have not the same {what} and {more}",
					  at->check);
	}
}

enum lt_status readiness_load(const struct yaml_source *source, struct lt_arena *arena,
			      struct lt_findings *findings, struct ready_checks **out,
			      struct lt_err *err)
{
	const size_t errors_before = findings->n_errors;
	struct yaml_positions positions = { 0 };
	void *loaded;
	enum lt_status status =
		yaml_load(source, &readiness_schema, arena, &positions, findings, &loaded, err);
	if (status)
		return status;
	const struct ready_checks *checks = loaded;
	if (!source->proven && checks->n_checks > MOST)
		lt_findings_add(findings, LT_ERROR, "", "检查过多，至多 %d 个",
				"too many checks, the most is %d", MOST);
	else if (!source->proven)
		check_entries(checks, &positions, findings);
	status = document_refuse(source->name, findings, errors_before, err);
	if (!status)
		*out = loaded;
	return status;
}
