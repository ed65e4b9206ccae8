/* Issuing: a number of the register and the certificate, together or not at all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/register.h"
#include "lingtan/base/date.h"
#include "lingtan/store/blob.h"
#include "lingtan/store/verify.h"
#include "certificate_parts.h"
#include "session_parts.h"

#define MOST_NUMBER 999999999u

/* The next running number of a series and year. Inside the register's write transaction. */
static enum lt_status next_number(struct session *registry, const char *series, const char *year,
				  const char *day, unsigned *next, struct lt_err *err)
{
	struct registered *list = NULL;
	unsigned n = 0;
	enum lt_status status = register_list(registry, day, &list, &n, err);
	*next = 1;
	for (unsigned i = 0; i < n && !status; i++) {
		const unsigned long number = strtoul(list[i].n, NULL, 10);
		if (strcmp(list[i].series, series) != 0 || strcmp(list[i].year, year) != 0)
			continue;
		if (number >= MOST_NUMBER)
			return lt_err_set(err, LT_EFILE, "登记里的编号 %s 已到头，不能再取号",
					  "the register's number %s is the last there can be",
					  list[i].number);
		if (number >= *next)
			*next = (unsigned)number + 1;
	}
	return status;
}

/* {series}-{year}-{n}; the template was seen to have all three. */
static const char *print_number(struct lt_arena *arena, const struct certificate_template *template,
				const char *year, unsigned n)
{
	const char *text = "", *from = template->number;
	while (*from && text) {
		const size_t plain = strcspn(from, "{");
		text = lt_arena_printf(arena, "%s%.*s", text, (int)plain, from);
		from += plain;
		const char *end = *from ? strchr(from, '}') : NULL;
		if (!end || !text)
			break;
		if (strncmp(from, "{series}", 8) == 0)
			text = lt_arena_printf(arena, "%s%s", text, template->series);
		else if (strncmp(from, "{year}", 6) == 0)
			text = lt_arena_printf(arena, "%s%s", text, year);
		else if (strncmp(from, "{n}", 3) == 0)
			text = lt_arena_printf(arena, "%s%0*u", text,
					       (int)strtol(template->digits, NULL, 10), n);
		from = end + 1;
	}
	return text;
}

/* Whatever speaks against it, all at once. */
static enum lt_status refuse(const struct certificate_case *of, struct lt_findings *findings,
			     struct lt_err *err)
{
	for (unsigned l = 0; l < 2; l++) {
		const char *const *const *list =
			(const char *const *const *)(l ? of->blockers : of->because);
		const unsigned n = l ? of->n_blockers : of->n_because;
		for (unsigned i = 0; i < n; i++) {
			struct lt_finding *finding =
				lt_findings_add(findings, LT_ERROR, "", "%s", "%s", list[LT_ZH][i]);
			if (finding)
				finding->text[LT_EN] = list[LT_EN][i];
		}
	}
	if (of->n_because)
		return lt_err_set(err, LT_NO, "只能出样张，不能发证（%u 处）",
				  "it can only be a specimen, not issued (%u things)",
				  of->n_because);
	return of->n_blockers
		       ? lt_err_set(
				 err, LT_NO, "还不能发证：有 %u 处未完成；见 lingtan ready",
				 "it cannot be issued yet: things in the way: %u; see lingtan ready",
				 of->n_blockers)
		       : LT_OK;
}

/* Whoever issues answers for the numbers. */
static enum lt_status check_pin(const struct issuing *wish, struct lt_err *err)
{
	char public[LT_PUBLIC_HEX];
	if (!wish->ref->profile[0])
		return LT_OK;
	enum lt_status status = pin_signer(wish->project, wish->ref, public, err);
	if (status || strcmp(public, lt_key_public(wish->drawing.key)) == 0)
		return status;
	return lt_err_set(
		err, LT_NO, "参数集是用密钥 %.12s 选用的，不是发证的密钥 %.12s；请由发证机构选用",
		"the profile was chosen with the key %.12s, not with the one that issues, %.12s; the body that issues chooses it",
		public, lt_key_public(wish->drawing.key));
}

static void count_register(void *context, char check, unsigned done, unsigned all)
{
	static const struct label doing = { "核对证书登记", "checking the register" };
	(void)check;
	session_count(context, &doing, done, all);
}

/* What opening a file leaves out: signatures, bytes, a long journal. Of a head this machine knows
 * it is no older file either. */
static enum lt_status check_file(const struct session *session, struct session *watched,
				 struct lt_err *err)
{
	struct verify_report report;
	const struct verify_wish wish = { .anchors = &session->older,
					  .n_anchors = session->older != NULL,
					  .count = session == watched ? session_count_check
								      : count_register,
					  .context = watched };
	enum lt_status status = project_verify(session->project, &wish, &report, err);
	if (status || report.holds)
		return status;
	*err = report.what;
	err->status = LT_NO;
	lt_err_prefix(err, project_path(session->project));
	lt_err_suffix(err, "；核对不通过的文件不能发证，见 lingtan verify",
		      "; nothing is issued from a file that does not hold, see lingtan verify");
	return LT_NO;
}

/* The project as it was gathered from, and the register that the number is taken from. */
static enum lt_status check_files(const struct issuing *wish, const struct certificate *certificate,
				  struct lt_err *err)
{
	enum lt_status status = check_file(wish->project, wish->project, err);
	if (!status &&
	    strcmp(project_head(wish->project->project), certificate->at[CERT_HEAD]) != 0)
		status = lt_err_set(err, LT_NO, "项目在发证时又有改动；请再发一次",
				    "the project changed meanwhile; issue it again");
	return status ? status : check_file(wish->registry, wish->project, err);
}

/* The same row in register and project, with the signed statement as bytes. */
static enum lt_status enter(struct session *session, const struct certificate *certificate,
			    const char *n, const struct drawn *drawn, bool with_surveillance,
			    struct lt_err *err)
{
	struct changes changes = { .session = session };
	char statement[LT_SHA256_HEX], record[LT_SHA256_HEX];
	struct lt_sha256 sha;
	bool done;
	const char *const *at = certificate->at;
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, drawn->record, drawn->record_len);
	lt_sha256_finish(&sha, record);
	enum lt_status status = blob_put_bytes(session->project, drawn->statement,
					       drawn->statement_len, statement, err);
	const char *const issued[] = { at[CERT_SERIES],
				       at[CERT_RECOGNISED],
				       n,
				       at[CERT_PARK],
				       at[CERT_GRADE_ZH],
				       at[CERT_CODE],
				       at[CERT_PROJECT],
				       at[CERT_ASSESSMENT],
				       at[CERT_ISSUED],
				       at[CERT_VALID_UNTIL],
				       record,
				       statement };
	if (!status)
		status = changes_add(&changes, "certificate", &at[CERT_NUMBER], "issued", issued,
				     err);
	const char *const due[] = { at[CERT_SURVEILLANCE], "", "", session->name };
	if (!status && with_surveillance && at[CERT_SURVEILLANCE][0])
		status = changes_add(&changes, "certificate", &at[CERT_NUMBER], "surveillance", due,
				     err);
	return status ? status : session_commit(session, "issue", &changes, &done, err);
}

/* Number, drawing and entry of the register; inside its write transaction. */
static enum lt_status take_number(const struct issuing *wish, struct certificate_case *of,
				  const char **n, struct drawn *drawn, struct lt_err *err)
{
	struct certificate *certificate = &of->certificate;
	struct lt_arena *arena = &wish->registry->arena;
	const char *year = certificate->at[CERT_RECOGNISED];
	unsigned next;
	enum lt_status status = next_number(wish->registry, certificate->at[CERT_SERIES], year,
					    wish->day, &next, err);
	if (status)
		return status;
	*n = lt_arena_printf(arena, "%u", next);
	certificate->at[CERT_NUMBER] = print_number(arena, wish->template, year, next);
	certificate->at[CERT_KIND] = "certificate";
	const bool is_test = series_is_test(certificate->at[CERT_SERIES]);
	certificate->at[CERT_BECAUSE_ZH] = is_test ? "测试：园区和数值均为编造，不得作为证书" : "";
	certificate->at[CERT_BECAUSE_EN] =
		is_test ? "a test: park and numbers are made up, this is no certificate" : "";
	if (!*n || !certificate->at[CERT_NUMBER])
		return lt_err_memory(err);
	status = certificate_draw(certificate, &wish->drawing, arena, drawn, err);
	/* who stops it now would part a number from its file */
	project_must_finish(wish->registry->project, true);
	if (!status)
		status = wish->write(wish->context, certificate, drawn, err);
	return status ? status : enter(wish->registry, certificate, *n, drawn, true, err);
}

static enum lt_status enter_in_project(const struct issuing *wish,
				       const struct certificate *certificate, const char *n,
				       const struct drawn *drawn, struct lt_err *err)
{
	struct project *project = wish->project->project;
	struct lt_err second = LT_ERR_INIT;
	/* the number is taken and the file is named */
	project_must_finish(project, true);
	enum lt_status status = project_begin(project, true, err);
	if (!status) {
		status = enter(wish->project, certificate, n, drawn, false, err);
		const enum lt_status ended = project_end(project, !status, status ? &second : err);
		status = status ? status : ended;
	}
	project_must_finish(project, false);
	return status;
}

enum lt_status certificate_issue(const struct issuing *wish, const char **number,
				 struct lt_findings *findings, struct lt_err *err)
{
	struct certificate_case of;
	struct drawn drawn = { 0 };
	struct drawing drawing = wish->drawing;
	const char *n = NULL;
	enum lt_status status = register_is(wish->registry, err);
	project_watch_too(wish->registry->project, wish->project->project);
	if (!status && !drawing.key)
		status = lt_err_set(err, LT_EDATA, "发证要签名：--sign 或 --passphrase-file",
				    "a certificate is signed: --sign or --passphrase-file");
	if (!status)
		status = certificate_gather(wish->project, wish->ref, wish->template, wish->day,
					    &of, findings, err);
	if (!status)
		status = refuse(&of, findings, err);
	if (!status)
		status = check_pin(wish, err);
	if (!status)
		status = check_files(wish, &of.certificate, err);
	if (!status)
		status = project_begin(wish->registry->project, true, err);
	session_count(wish->project, NULL, 0, 0);
	if (status)
		return status;
	drawing.fields = &of.fields;
	drawing.watched = wish->project;
	struct issuing with_fields = *wish;
	with_fields.drawing = drawing;
	status = take_number(&with_fields, &of, &n, &drawn, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended =
		project_end(wish->registry->project, !status, status ? &second : err);
	project_must_finish(wish->registry->project, false);
	status = status ? status : ended;
	if (!status)
		status = wish->finish(wish->context, err);
	if (!status)
		status = enter_in_project(wish, &of.certificate, n, &drawn, err);
	if (!status)
		*number = of.certificate.at[CERT_NUMBER];
	free(drawn.bytes);
	return status;
}
