/* lingtan check, lingtan test. */
#include <string.h>
#include "command.h"
#include "lingtan/load/certificate.h"
#include "lingtan/load/form.h"
#include "lingtan/load/counts.h"
#include "lingtan/load/readiness.h"
#include "lingtan/load/roles.h"
#include "lingtan/load/vocabulary.h"
#include "lingtan/app/cases.h"
#include "lingtan/app/paper.h"
#include "lingtan/app/profile.h"
#include "lingtan/base/file.h"
#include "lingtan/base/text.h"
#include "lingtan/load/sheet.h"

/* ---- check ---- */

static enum lt_status check_ruleset_folder(struct invocation *in, const char *path)
{
	struct ruleset *ruleset;
	return library_load_folder(&in->library, path, &in->findings, &ruleset, &in->err);
}

static const char *folder_of(struct invocation *in, const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? lt_arena_strndup(&in->findings_arena, path,
					slash == path ? 1 : (size_t)(slash - path))
		     : ".";
}

static enum lt_status unknown_document(struct invocation *in, const struct yaml_source *source)
{
	const char *path = source->name;
	const size_t errors_before = in->findings.n_errors;
	struct sheet *sheet;
	size_t at;
	/* an empty, binary or wrongly encoded file says so itself */
	if (source->len < 4 || lt_text_check(source->text, source->len, &at) != LT_TEXT_OK)
		sheet_load(source, &in->findings_arena, &in->findings, &sheet, &in->err);
	if (in->findings.n_errors > errors_before)
		return LT_EFILE;
	in->findings.file = path;
	struct lt_finding *finding = lt_findings_add(
		&in->findings, LT_ERROR, "",
		"看不出是哪种文件；第一个键应为 ruleset、items、cases、profile、units、factor_set、form、requests、paper、certificate 或 assessment",
		"not a document of ours; the first key should be ruleset, items, cases, profile, units, "
		"factor_set, form, requests, paper, certificate or assessment");
	if (finding)
		finding->line = finding->column = 1;
	return LT_EFILE;
}

/* A case file is held against the ruleset in the folder above cases/, if there is one. */
static enum lt_status check_cases_file(struct invocation *in, const struct yaml_source *source)
{
	struct cases_file *cases;
	struct ruleset *ruleset;
	const struct units *units;
	enum lt_status status =
		cases_load(source, &in->findings_arena, &in->findings, &cases, &in->err);
	const char *folder = folder_of(in, source->name);
	const char *above = folder ? folder_of(in, folder) : NULL;
	const char *head =
		above ? lt_arena_printf(&in->findings_arena, "%s/ruleset.yaml", above) : NULL;
	if (status)
		return status;
	if (!head)
		return lt_err_memory(&in->err);
	if (!lt_is_file(head))
		return LT_OK;
	/* the ruleset's own findings are told where it is itself checked */
	struct lt_findings apart;
	lt_findings_init(&apart, &in->findings_arena);
	status = library_load_folder(&in->library, above, &apart, &ruleset, &in->err);
	if (status == LT_ESPACE)
		return status;
	if (status)
		return LT_OK;
	status = library_units(&in->library, &in->findings, &units, &in->err);
	return status ? status
		      : cases_check(units, ruleset, cases, source->name, &in->findings, &in->err);
}

static enum lt_status check_sheet_file(struct invocation *in, const char *path)
{
	struct assessment assessment;
	const struct assessment_options options = { .park_type = in->park_type,
						    .profile = in->profile };
	enum lt_status status = assessment_open_sheet(&assessment, &in->library, path, &options,
						      &in->findings, &in->err);
	assessment_close(&assessment);
	return status;
}

static enum lt_status check_form_file(struct invocation *in, const struct yaml_source *source)
{
	const struct units *units;
	const struct vocabulary *vocabulary;
	struct form *form;
	enum lt_status status = library_units(&in->library, &in->findings, &units, &in->err);
	if (!status)
		status = library_vocabulary(&in->library, &in->findings, &vocabulary, &in->err);
	return status ? status
		      : form_load(source, vocabulary, units, &in->findings_arena, &in->findings,
				  &form, &in->err);
}

static enum lt_status check_roles_file(struct invocation *in, const struct yaml_source *source)
{
	const struct vocabulary *vocabulary;
	struct roles *roles;
	enum lt_status status =
		library_vocabulary(&in->library, &in->findings, &vocabulary, &in->err);
	return status ? status
		      : roles_load(source, vocabulary, &in->findings_arena, &in->findings, &roles,
				   &in->err);
}

static enum lt_status check_paper_file(struct invocation *in, const struct yaml_source *source)
{
	struct paper_template *template;
	enum lt_status status = open_workspace(in);
	return status ? status
		      : paper_check(&in->workspace, source, &in->findings_arena, &in->findings,
				    &template, &in->err);
}

static enum lt_status check_document(struct invocation *in, const struct yaml_source *source)
{
	struct lt_arena *arena = &in->findings_arena;
	const struct units *units;
	struct units *loaded_units;
	struct profile *profile;
	struct factor_set *factors;
	struct vocabulary *vocabulary;
	struct request_list *requests;
	struct ready_checks *checks;
	struct count_rules *counts;
	struct certificate_template *certificate;
	enum lt_status status;
	const char *folder;
	switch (document_kind(source)) {
	case DOCUMENT_RULESET:
	case DOCUMENT_ITEMS:
		folder = folder_of(in, source->name);
		return folder ? check_ruleset_folder(in, folder) : lt_err_memory(&in->err);
	case DOCUMENT_CASES:
		return check_cases_file(in, source);
	case DOCUMENT_PROFILE:
		return profile_read(&in->library, source->name, NULL, arena, &in->findings,
				    &profile, &in->err);
	case DOCUMENT_UNITS:
		return units_load(source, arena, &in->findings, &loaded_units, &in->err);
	case DOCUMENT_FACTORS:
		status = library_units(&in->library, &in->findings, &units, &in->err);
		return status ? status
			      : factors_load(source, units, arena, &in->findings, &factors,
					     &in->err);
	case DOCUMENT_SHEET:
		return check_sheet_file(in, source->name);
	case DOCUMENT_VOCABULARY:
		return vocabulary_load(source, arena, &in->findings, &vocabulary, &in->err);
	case DOCUMENT_FORM:
		return check_form_file(in, source);
	case DOCUMENT_REQUESTS:
		return requests_load(source, arena, &in->findings, &requests, &in->err);
	case DOCUMENT_ROLES:
		return check_roles_file(in, source);
	case DOCUMENT_CHECKS:
		return readiness_load(source, arena, &in->findings, &checks, &in->err);
	case DOCUMENT_COUNTS:
		return counts_load(source, arena, &in->findings, &counts, &in->err);
	case DOCUMENT_PAPER:
		return check_paper_file(in, source);
	case DOCUMENT_CERTIFICATE:
		return certificate_template_load(source, arena, &in->findings, &certificate,
						 &in->err);
	case DOCUMENT_UNKNOWN:
		break;
	}
	return unknown_document(in, source);
}

static enum lt_status check_path(struct invocation *in, const char *path, int depth);

/* One file or folder; what could not be read at all is told at once, so that it is never lost
 * behind findings of others. */
static enum lt_status check_and_tell(struct invocation *in, const char *path, int depth)
{
	const size_t errors_before = in->findings.n_errors;
	in->err = (struct lt_err)LT_ERR_INIT;
	enum lt_status status = check_path(in, path, depth);
	if (status == LT_ESPACE || status == LT_EBUG)
		return status;
	/* a folder has told what is wrong inside it; only a failure of its own is left */
	const bool told =
		lt_is_folder(path) ? !in->err.status : in->findings.n_errors > errors_before;
	if (status && !told)
		print_failure(in, &in->err);
	else if (status && !lt_is_folder(path))
		status = LT_NO;
	in->err = (struct lt_err)LT_ERR_INIT;
	return status;
}

#define MAX_FOLDER_DEPTH 6

/* A folder that is no ruleset: everything in it that could be ours. Links to folders are not
 * followed. */
static enum lt_status check_folder(struct invocation *in, const char *path, int depth)
{
	const char **names, *head = lt_arena_printf(&in->findings_arena, "%s/ruleset.yaml", path);
	size_t n;
	enum lt_status worst = LT_OK, status;
	if (!head)
		return lt_err_memory(&in->err);
	if (depth > MAX_FOLDER_DEPTH)
		return lt_err_set(&in->err, LT_EFILE, "%s：文件夹嵌套超过 %d 层，请直接给出它",
				  "%s: more than %d folders deep; name it by itself", path,
				  MAX_FOLDER_DEPTH);
	const bool is_ruleset = lt_is_file(head);
	if (is_ruleset) {
		const size_t errors_before = in->findings.n_errors;
		worst = check_ruleset_folder(in, path);
		if (worst == LT_ESPACE)
			return worst;
		if (worst && in->findings.n_errors == errors_before)
			print_failure(in, &in->err);
		else if (worst)
			worst = LT_NO;
		in->err = (struct lt_err)LT_ERR_INIT;
	}
	status = lt_dir_list(path, &in->findings_arena, &names, &n, &in->err);
	if (status)
		return status;
	for (size_t i = 0; i < n; i++) {
		const char *member = lt_arena_printf(&in->findings_arena, "%s/%s", path, names[i]);
		if (!member)
			return lt_err_memory(&in->err);
		const size_t len = strlen(names[i]);
		const bool yaml = len > 5 && strcmp(names[i] + len - 5, ".yaml") == 0;
		const bool own = is_ruleset && (strcmp(names[i], "ruleset.yaml") == 0 ||
						strcmp(names[i], "items.yaml") == 0);
		const bool folder = lt_is_folder(member);
		if (own || (!folder && !yaml) || (folder && lt_is_link(member)))
			continue;
		status = check_and_tell(in, member, depth + 1);
		if (status == LT_ESPACE || status == LT_EBUG)
			return status;
		worst = status > worst ? status : worst;
	}
	return worst;
}

static enum lt_status check_path(struct invocation *in, const char *path, int depth)
{
	struct yaml_source source = { .name = path };
	enum sheet_format format;
	if (lt_is_folder(path))
		return check_folder(in, path, depth);
	enum lt_status status = sheet_format_of(path, &format, &in->err);
	if (!status && format != SHEET_YAML)
		return check_sheet_file(in, path);
	if (!status)
		status = lt_file_read(path, YAML_MAX_BYTES, &in->findings_arena, &source.text,
				      &source.len, &in->err);
	return status ? status : check_document(in, &source);
}

static void findings_as_json(struct invocation *in, struct lt_json *json)
{
	lt_json_open_object(json, NULL);
	lt_json_int(json, "errors", (long long)in->findings.n_errors);
	lt_json_int(json, "warnings", (long long)in->findings.n_warnings);
	lt_json_open_list(json, "findings");
	for (const struct lt_finding *finding = in->findings.first; finding;
	     finding = finding->next) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "file", finding->file);
		lt_json_int(json, "line", finding->line);
		lt_json_int(json, "column", finding->column);
		lt_json_string(json, "severity", lt_severity_name(finding->severity, LT_EN));
		lt_json_string(json, "path", finding->path);
		lt_json_string(json, "text", finding->text[in->lang]);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_close(json);
}

enum lt_status command_check(struct invocation *in)
{
	enum lt_status worst = LT_OK;
	for (int i = 0; i < in->n_words; i++) {
		enum lt_status status = check_and_tell(in, in->words[i], 0);
		if (status == LT_ESPACE || status == LT_EBUG)
			return status;
		worst = status > worst ? status : worst;
	}
	if (worst && in->n_words == 1 && !in->findings.first)
		return worst;
	lt_findings_sort(&in->findings);
	if (in->findings.n_errors && !worst)
		worst = LT_NO;
	if (in->json) {
		struct lt_json json;
		lt_json_init(&json);
		findings_as_json(in, &json);
		enum lt_status status = print_json(in, &json);
		worst = status ? status : worst;
	} else {
		print_findings(in, worst > LT_NO ? stderr : stdout);
		printf(say(in, "%zu 处错误，%zu 处警告\n", "errors: %zu, warnings: %zu\n"),
		       in->findings.n_errors, in->findings.n_warnings);
	}
	in->findings.first = NULL;
	return worst;
}

/* ---- test ---- */

struct test_view {
	struct invocation *in;
	struct lt_json *json; /* NULL for text */
};

static void report_case(const char *file, const char *name, const char *text, void *context)
{
	const struct test_view *view = context;
	if (view->json) {
		lt_json_open_object(view->json, NULL);
		lt_json_string(view->json, "file", file);
		lt_json_string(view->json, "case", name);
		lt_json_bool(view->json, "passed", !text[0]);
		lt_json_string(view->json, "text", text[0] ? text : NULL);
		lt_json_close(view->json);
	} else if (text[0]) {
		printf("%s: %s: %s\n", file, name, text);
	}
}

static enum lt_status test_one(struct test_view *view, const char *id, struct case_tally *all)
{
	struct invocation *in = view->in;
	struct ruleset *ruleset;
	struct case_tally tally = { 0 };
	enum lt_status status = library_load(&in->library, id, &in->findings, &ruleset, &in->err);
	if (!status)
		status = cases_run(&in->library, ruleset, &in->findings, report_case, view, &tally,
				   &in->err);
	if (status)
		return status;
	note_shadowing(in, library_find(&in->library, id));
	if (!view->json)
		printf(say(in, "%s：%u 例通过，%u 例不通过\n", "%s: %u cases pass, %u fail\n"), id,
		       tally.passed, tally.failed);
	all->passed += tally.passed;
	all->failed += tally.failed;
	return LT_OK;
}

enum lt_status command_test(struct invocation *in)
{
	struct lt_json json;
	struct test_view view = { .in = in, .json = in->json ? &json : NULL };
	struct case_tally tally = { 0 };
	enum lt_status status = LT_OK;
	if (view.json) {
		lt_json_init(&json);
		lt_json_open_object(&json, NULL);
		lt_json_open_list(&json, "cases");
	}
	for (int i = 0; i < in->n_words && !status; i++)
		status = test_one(&view, in->words[i], &tally);
	for (unsigned i = 0; !in->n_words && i < in->library.n_entries && !status; i++)
		status = test_one(&view, in->library.entries[i].id, &tally);
	if (view.json) {
		lt_json_close(&json);
		lt_json_int(&json, "passed", tally.passed);
		lt_json_int(&json, "failed", tally.failed);
		lt_json_close(&json);
		if (!status)
			status = print_json(in, &json);
		lt_json_release(&json);
	}
	if (status)
		return status;
	return tally.failed ? LT_NO : LT_OK;
}
