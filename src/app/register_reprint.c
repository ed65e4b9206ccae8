/* A certificate printed anew from the register: its record and number stay as they were issued. */
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/register.h"
#include "lingtan/base/date.h"
#include "lingtan/store/blob.h"
#include "session_parts.h"

struct counting {
	const char *number;
	unsigned long most;
};

static enum lt_status see_print(void *context, const struct fact_row *row)
{
	struct counting *counting = context;
	const unsigned long n = strtoul(row->parts[1], NULL, 10);
	if (strcmp(row->parts[0], counting->number) == 0 && n > counting->most)
		counting->most = n;
	return LT_OK;
}

enum lt_status register_read_issued(struct session *registry, const struct registered *of,
				    struct issued *out, struct lt_err *err)
{
	struct statement *statement = &out->statement;
	enum lt_status status =
		blob_get_text(registry->project, of->statement, 2 * CERTIFICATE_MAX, &registry->arena,
			      &out->text, &out->len, err);
	if (status)
		return status;
	if (!statement_read(out->text, out->len, statement) ||
	    !statement_holds(statement, CERTIFICATE_PURPOSE))
		return lt_err_set(err, LT_EFILE, "登记里 %s 的签名记录读不懂，或被改动过；见 lingtan verify",
				  "the register's signed record of %s is not understood, or was changed; see lingtan verify",
				  of->number);
	return certificate_decode(statement->body, statement->len, &registry->arena,
				  &out->certificate, err);
}

/* What was signed when it was issued, and that this key signed it. */
static enum lt_status read_issued(const struct issuing *wish, const struct registered *of,
				  struct drawing *drawing, struct certificate *certificate,
				  struct lt_err *err)
{
	struct issued issued;
	const enum lt_status status = register_read_issued(wish->registry, of, &issued, err);
	if (status)
		return status;
	if (strcmp(issued.statement.public, lt_key_public(drawing->key)) != 0)
		return lt_err_set(err, LT_EDATA,
				  "%s 是用另一把密钥（%.12s）签的；请用那一把补印，或另发新证",
				  "%s was signed with another key (%.12s); print it with that one, or issue another",
				  of->number, issued.statement.public);
	drawing->statement = issued.text;
	drawing->statement_len = issued.len;
	*certificate = issued.certificate;
	return LT_OK;
}

/* The rows that its ruleset asks for, where that is still at hand. */
static void take_fields(const struct issuing *wish, const struct certificate *certificate,
			struct words *fields, struct lt_findings *findings)
{
	struct session *registry = wish->registry;
	struct ruleset *ruleset = NULL;
	struct lt_err ignored = LT_ERR_INIT;
	*fields = (struct words){ 0 };
	if (library_load(registry->workspace->library, certificate->at[CERT_STANDARD], findings,
			 &ruleset, &ignored) != LT_OK)
		return;
	const char **ids = lt_arena_alloc(&registry->arena, ruleset->n_certificate + 1, sizeof(*ids));
	for (unsigned i = 0; ids && i < ruleset->n_certificate; i++)
		ids[i] = ruleset->certificate[i].id;
	*fields = (struct words){ .at = ids, .n = ids ? ruleset->n_certificate : 0 };
}

static enum lt_status enter(struct session *registry, const char *number, const char *n,
			    const char *day, struct lt_err *err)
{
	struct changes changes = { .session = registry };
	const char *const key[] = { number, n };
	const char *const printed[] = { day, registry->reason, registry->name };
	bool done;
	enum lt_status status = changes_add(&changes, "reprint", key, "printed", printed, err);
	return status ? status : session_commit(registry, "reprint", &changes, &done, err);
}

static enum lt_status print(const struct issuing *wish, const struct registered *of,
			    struct drawing *drawing, struct certificate *certificate,
			    struct lt_err *err)
{
	struct session *registry = wish->registry;
	struct counting counting = { .number = of->number };
	struct drawn drawn = { 0 };
	enum lt_status status = project_visit(registry->project, "reprint", &registry->arena,
					      see_print, &counting, err);
	if (status)
		return status;
	drawing->reprint = lt_arena_printf(&registry->arena, "%lu", counting.most + 1);
	if (!drawing->reprint)
		return lt_err_memory(err);
	status = certificate_draw(certificate, drawing, &registry->arena, &drawn, err);
	if (!status)
		status = wish->write(wish->context, certificate, &drawn, err);
	if (!status)
		status = enter(registry, of->number, drawing->reprint, wish->day, err);
	free(drawn.bytes);
	return status;
}

static enum lt_status check(const struct issuing *wish, const struct registered *of,
			    struct lt_err *err)
{
	const struct label *title = &registered_state_titles[of->state];
	if (!wish->registry->reason[0])
		return lt_err_set(err, LT_EDATA, "补印要写明理由（--reason）",
				  "printing anew needs a --reason");
	if (!wish->drawing.key)
		return lt_err_set(err, LT_EDATA, "补印要签名：--sign 或 --passphrase-file",
				  "what is printed anew is signed: --sign or --passphrase-file");
	if (of->state != REGISTERED_VALID && of->state != REGISTERED_SUSPENDED)
		return lt_err_set(err, LT_EDATA, "%s 已是“%s%.0s”（%s），不再补印",
				  "%s is at its end (%.0s%s, %s); it is not printed any more", of->number,
				  title->zh, title->en, of->since);
	return LT_OK;
}

enum lt_status certificate_reprint(const struct issuing *wish, const char *number,
				   struct lt_findings *findings, struct lt_err *err)
{
	struct session *registry = wish->registry;
	const struct registered *of = NULL;
	struct drawing drawing = wish->drawing;
	struct certificate certificate = { { 0 } };
	struct words fields;
	enum lt_status status = register_find(registry, number, wish->day, &of, err);
	if (!status)
		status = check(wish, of, err);
	if (!status)
		status = read_issued(wish, of, &drawing, &certificate, err);
	if (status)
		return status;
	take_fields(wish, &certificate, &fields, findings);
	drawing.fields = &fields;
	status = project_begin(registry->project, true, err);
	if (status)
		return status;
	status = print(wish, of, &drawing, &certificate, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended =
		project_end(registry->project, !status, status ? &second : err);
	status = status ? status : ended;
	return status ? status : wish->finish(wish->context, err);
}
