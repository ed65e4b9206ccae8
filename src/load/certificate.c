#include "lingtan/load/certificate.h"

#include <stdlib.h>
#include <string.h>
#include "document.h"
#include "schema_fields.h"

static const cyaml_schema_field_t template_fields[] = {
	STRING_FIELD("certificate", MUST, struct certificate_template, certificate, STRING_ID),
	LABEL_FIELD("body", MUST, struct certificate_template, body),
	STRING_FIELD("signer", MUST, struct certificate_template, signer, STRING_WORD),
	LABEL_FIELD("title", MUST, struct certificate_template, title),
	LABEL_FIELD("statement", MUST, struct certificate_template, statement),
	LIST_FIELD("fields", MUST, struct certificate_template, fields, n_fields, &term_entry),
	LIST_FIELD("labels", MUST, struct certificate_template, labels, n_labels, &term_entry),
	STRING_FIELD("series", MUST, struct certificate_template, series, STRING_ID),
	STRING_FIELD("number", MUST, struct certificate_template, number, STRING_WORD),
	STRING_FIELD("digits", MUST, struct certificate_template, digits, STRING_WORD),
	STRING_FIELD("valid_months", MUST, struct certificate_template, valid_months, STRING_WORD),
	STRING_FIELD("surveillance_months", MUST, struct certificate_template, surveillance_months,
		     STRING_WORD),
	STRING_FIELD("logo", MUST, struct certificate_template, logo, STRING_TEXT),
	STRING_FIELD("seal", MUST, struct certificate_template, seal, STRING_TEXT),
	STRING_FIELD("font", MUST, struct certificate_template, font, STRING_WORD),
	STRING_FIELD("ink", MUST, struct certificate_template, ink, STRING_WORD),
	STRING_FIELD("accent", MUST, struct certificate_template, accent, STRING_WORD),
	STRING_FIELD("gold", MUST, struct certificate_template, gold, STRING_WORD),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t template_schema = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_POINTER, struct certificate_template, template_fields) };

/* ---- what it must hold ---- */

static bool is_whole(const char *text, long least, long most)
{
	char *end;
	const long value = strtol(text, &end, 10);
	return text[0] >= '0' && text[0] <= '9' && !*end && value >= least && value <= most;
}

static void check_months(struct lt_findings *findings, const char *path, const char *text)
{
	if (text[0] && !is_whole(text, 1, 240))
		lt_findings_add(findings, LT_ERROR, path, "“%s”应为 1 到 240 个月，或留空",
				"'%s' should be 1 to 240 months, or empty", text);
}

static void check_colour(struct lt_findings *findings, const char *path, const char *text)
{
	if (strlen(text) != 6 || strspn(text, "0123456789abcdef") != 6)
		lt_findings_add(findings, LT_ERROR, path, "“%s”不是颜色，应写作 0b5d4b",
				"'%s' is no colour; write it as 0b5d4b", text);
}

static void check_template(const struct certificate_template *template,
			   struct lt_findings *findings)
{
	if (!is_whole(template->digits, 1, 9))
		lt_findings_add(findings, LT_ERROR, "digits", "“%s”应为 1 到 9",
				"'%s' should be 1 to 9", template->digits);
	if (!strstr(template->number, "{n}") || !strstr(template->number, "{year}") ||
	    !strstr(template->number, "{series}"))
		lt_findings_add(findings, LT_ERROR, "number",
				"编号里要有 {series}、{year} 和 {n}，否则会重号",
				"a number needs {series}, {year} and {n}, or two would be the same");
	check_months(findings, "valid_months", template->valid_months);
	check_months(findings, "surveillance_months", template->surveillance_months);
	check_colour(findings, "ink", template->ink);
	check_colour(findings, "accent", template->accent);
	check_colour(findings, "gold", template->gold);
	if (!template->body.zh || !template->body.zh[0])
		lt_findings_add(findings, LT_ERROR, "body", "要写明机构名称",
				"the name of the body is needed");
}

enum lt_status certificate_template_load(const struct yaml_source *source, struct lt_arena *arena,
					 struct lt_findings *findings,
					 struct certificate_template **out, struct lt_err *err)
{
	struct yaml_positions positions = { .arena = arena };
	const size_t before = findings->n_errors;
	void *read = NULL;
	struct lt_finding *last = findings->last;
	findings->file = source->name;
	enum lt_status status =
		yaml_load(source, &template_schema, arena, &positions, findings, &read, err);
	if (status)
		return status;
	check_template(read, findings);
	yaml_positions_apply(&positions, document_findings_since(findings, last), source->name);
	status = document_refuse(source->name, findings, before, err);
	if (!status)
		*out = read;
	return status;
}

const struct label *certificate_template_label(const struct certificate_template *template,
					       const char *id)
{
	static const struct label none = { "", "" };
	for (unsigned i = 0; i < template->n_labels; i++)
		if (strcmp(template->labels[i].id, id) == 0)
			return &template->labels[i].title;
	for (unsigned i = 0; i < template->n_fields; i++)
		if (strcmp(template->fields[i].id, id) == 0)
			return &template->fields[i].title;
	return &none;
}
