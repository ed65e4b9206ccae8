/* lingtan register: a body's register of certificates, and issuing into it. */
#include "lingtan/app/register.h"

#include <stdlib.h>
#include <string.h>
#include "certificate.h"
#include "passphrase.h"
#include "progress.h"

/* ---- issuing ---- */

/* Files that lie ready until the number counts. */
struct ready_files {
	struct invocation *in;
	struct certificate_files files;
};

static enum lt_status prepare_files(void *context, const struct certificate *certificate,
				    const struct drawn *drawn, struct lt_err *err)
{
	struct ready_files *ready = context;
	struct invocation *in = ready->in;
	return certificate_files_begin(&ready->files, in->out, in->force, in->workspace.key,
				       certificate, drawn->bytes, drawn->len, err);
}

static enum lt_status name_files(void *context, struct lt_err *err)
{
	struct ready_files *ready = context;
	return certificate_files_finish(&ready->files, err);
}

static enum lt_status tell_issued(struct invocation *in, const char *number)
{
	struct lt_json json;
	if (!in->json) {
		printf(say(in, "已发证 %s：", "issued %s: "), number);
		print_path(in->out);
		printf("\n");
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	json_path(&json, "file", in->out);
	lt_json_string(&json, "kind", "certificate");
	lt_json_string(&json, "number", number);
	lt_json_string(&json, "public", lt_key_public(in->workspace.key));
	lt_json_string(&json, "head", project_head(in->session.project));
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status open_register(struct invocation *in, struct session *registry)
{
	const struct who who = who_asks(in);
	enum lt_status status = session_open(registry, &in->workspace, in->registry, PROJECT_WRITE,
					     &who, &in->err);
	if (!status)
		status = project_permits(registry->project, &in->err);
	registry->command = "certificate";
	registry->lang = in->lang;
	return status;
}

enum lt_status issue_certificate(struct invocation *in, const struct assessment_ref *ref)
{
	struct session registry = { 0 };
	struct ready_files ready = { .in = in,
				     .files = { .file = { .fd = -1 }, .signature = { .fd = -1 } } };
	struct certificate_template *template = NULL;
	const char *found_in = NULL, *number = NULL;
	struct issuing wish = { .project = &in->session,
				.registry = &registry,
				.ref = ref,
				.drawing = { .lang = in->lang, .key = in->workspace.key },
				.write = prepare_files,
				.finish = name_files,
				.context = &ready };
	enum lt_status status = day_of(in, &wish.day);
	if (!status)
		status = certificate_format(in->out, &wish.drawing.format, &in->err);
	if (!status)
		status = certificate_template_find(&in->library, in->template_path,
						   templates_folder(in), &in->session.arena,
						   &in->findings, &template, &found_in, &in->err);
	if (!status)
		status = open_register(in, &registry);
	wish.template = wish.drawing.template = template;
	wish.drawing.template_folder = found_in;
	if (!status) {
		progress_begin(in);
		status = certificate_issue(&wish, &number, &in->findings, &in->err);
		progress_end(in);
	}
	/* it lives as long as the register is open */
	if (!status)
		number = lt_arena_strndup(&in->findings_arena, number, strlen(number));
	certificate_files_abandon(&ready.files);
	if (registry.workspace)
		session_close(&registry);
	if (status)
		return status;
	remember_project(in);
	register_remember(&in->session, in->registry);
	return number ? tell_issued(in, number) : lt_err_memory(&in->err);
}

/* ---- the register ---- */

static enum lt_status make(struct invocation *in)
{
	const struct who who = who_asks(in);
	enum lt_status status = permit_writing(in, in->words[1]);
	if (!status)
		status = open_workspace(in);
	const char *person = status ? NULL : who_name(&who, &in->findings_arena);
	if (!status)
		status = person ? unlock_key(in, person) : lt_err_memory(&in->err);
	if (status)
		return status;
	in->has_session = true;
	status = register_new(&in->session, &in->workspace, in->words[1], &who, &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "已新建证书登记 %s", "register %s made", in->words[1]);
}

static void json_registered(struct lt_json *json, const struct registered *at)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "number", at->number);
	lt_json_string(json, "park", at->park);
	lt_json_string(json, "grade", at->grade);
	lt_json_string(json, "standard", at->standard);
	lt_json_string(json, "assessment", at->assessment);
	lt_json_string(json, "project", at->project);
	lt_json_string(json, "issued", at->day);
	json_text(json, "valid_until", at->valid_until);
	lt_json_string(json, "record", at->record);
	lt_json_string(json, "state", registered_state_names[at->state]);
	lt_json_string(json, "since", at->since);
	json_text(json, "until", at->until);
	json_text(json, "reason", at->reason);
	json_text(json, "other", at->other);
	json_text(json, "by", at->by);
	json_text(json, "surveillance_due", at->due);
	json_text(json, "surveillance_done", at->done);
	json_text(json, "surveillance_note", at->note);
	lt_json_bool(json, "is_due", at->is_due);
	lt_json_close(json);
}

static void print_registered(const struct invocation *in, const struct registered *at)
{
	print_padded(stdout, at->number, 16);
	print_padded(stdout, label_text(in, &registered_state_titles[at->state]), 8);
	print_padded(stdout, at->valid_until[0] ? at->valid_until : "-", 12);
	print_padded(stdout, at->due[0] ? at->due : "-", 11);
	printf("%s  ", at->is_due ? "!" : " ");
	print_remark(at->park);
	printf("  ");
	print_remark(at->grade);
	if (at->reason[0]) {
		printf("  %s", at->since);
		if (at->until[0])
			printf("~%s", at->until);
		printf("  ");
		print_remark(at->reason);
	}
	printf("\n");
}

/* With --overdue only those whose surveillance is due; with --state those in it. */
static bool is_wanted(const struct invocation *in, const struct registered *at)
{
	return (!in->overdue || at->is_due) &&
	       (!in->state || strcmp(in->state, registered_state_names[at->state]) == 0);
}

static enum lt_status list(struct invocation *in)
{
	struct registered *all = NULL;
	struct lt_json json;
	const char *day;
	unsigned n = 0;
	enum lt_status status = day_of(in, &day);
	if (!status)
		status = open_project(in, in->words[1], PROJECT_READ);
	if (!status)
		status = register_is(&in->session, &in->err);
	if (!status)
		status = register_list(&in->session, day, &all, &n, &in->err);
	if (status)
		return status;
	if (!in->json) {
		for (unsigned i = 0; i < n; i++)
			if (is_wanted(in, &all[i]))
				print_registered(in, &all[i]);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "day", day);
	lt_json_open_list(&json, "certificates");
	for (unsigned i = 0; i < n; i++)
		if (is_wanted(in, &all[i]))
			json_registered(&json, &all[i]);
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status decide(struct invocation *in, enum registered_state state, const char *other)
{
	const char *day;
	enum lt_status status = day_of(in, &day);
	if (!status)
		status = open_project(in, in->words[1], PROJECT_WRITE);
	if (!status)
		status = register_decide(&in->session, in->words[2], state,
					 in->from ? in->from : day, in->until, other, &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "%s 的状态已记下", "the state of %s is written down",
			   in->words[2]);
}

static enum lt_status suspend(struct invocation *in)
{
	return decide(in, REGISTERED_SUSPENDED, NULL);
}

static enum lt_status resume(struct invocation *in)
{
	return decide(in, REGISTERED_VALID, NULL);
}

static enum lt_status withdraw(struct invocation *in)
{
	return decide(in, REGISTERED_WITHDRAWN, NULL);
}

static enum lt_status give_up(struct invocation *in)
{
	return decide(in, REGISTERED_GIVEN_UP, NULL);
}

static enum lt_status supersede(struct invocation *in)
{
	return decide(in, REGISTERED_SUPERSEDED, in->words[3]);
}

static enum lt_status surveil(struct invocation *in)
{
	const char *day;
	enum lt_status status = day_of(in, &day);
	if (!status)
		status = open_project(in, in->words[1], PROJECT_WRITE);
	if (!status)
		status = register_surveil(&in->session, in->words[2], in->on ? in->on : day,
					  in->session.reason, in->due ? in->due : "", &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "%s 的监督已记下", "the surveillance of %s is written down",
			   in->words[2]);
}

static enum lt_status tell_published(struct invocation *in, const char *day)
{
	struct lt_json json;
	if (!in->json) {
		printf("%s", say(in, "已写出 ", "written: "));
		print_path(in->out);
		printf("\n");
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	json_path(&json, "file", in->out);
	lt_json_string(&json, "day", day);
	lt_json_string(&json, "public", in->workspace.key ? lt_key_public(in->workspace.key) : NULL);
	lt_json_close(&json);
	return print_json(in, &json);
}

/* The signed list: a statement of JSON, or CSV with its detached signature. */
static enum lt_status publish(struct invocation *in)
{
	const char *day, *text;
	size_t len;
	struct drawn drawn = { 0 };
	struct certificate named = { .at = { [CERT_KIND] = "status list" } };
	const char *dot = in->out ? strrchr(in->out, '.') : NULL;
	const bool csv = dot && strcmp(dot, ".csv") == 0;
	if (!dot || (!csv && strcmp(dot, ".json") != 0))
		return lt_err_set(&in->err, LT_EUSAGE, "请用 -o 给出 .json 或 .csv 文件",
				  "name a .json or .csv file with -o");
	enum lt_status status = day_of(in, &day);
	if (!status)
		status = open_project(in, in->words[1], PROJECT_READ);
	if (!status)
		status = unlock_key(in, in->session.name);
	if (!status)
		status = register_statement(&in->session, day, csv, &in->findings_arena, &text,
					    &len, &in->err);
	if (status)
		return status;
	named.at[CERT_ISSUED] = day;
	drawn.bytes = malloc(len + 1);
	if (!drawn.bytes)
		return lt_err_memory(&in->err);
	memcpy(drawn.bytes, text, len);
	drawn.len = len;
	status = write_certificate(in, in->out, &named, &drawn);
	free(drawn.bytes);
	return status ? status : tell_published(in, day);
}

/* A certificate printed anew from what the register keeps of it. */
static enum lt_status reprint(struct invocation *in)
{
	struct ready_files ready = { .in = in,
				     .files = { .file = { .fd = -1 }, .signature = { .fd = -1 } } };
	struct certificate_template *template = NULL;
	const char *found_in = NULL;
	struct issuing wish = { .registry = &in->session,
				.drawing = { .lang = in->lang },
				.write = prepare_files,
				.finish = name_files,
				.context = &ready };
	if (!in->out)
		return lt_err_set(&in->err, LT_EUSAGE, "请用 -o 给出要写的文件",
				  "name the file to write with -o");
	enum lt_status status = day_of(in, &wish.day);
	if (!status)
		status = certificate_format(in->out, &wish.drawing.format, &in->err);
	if (!status)
		status = permit_writing(in, in->out);
	if (!status)
		status = open_project(in, in->words[1], PROJECT_WRITE);
	if (!status)
		status = unlock_key(in, in->session.name);
	if (!status)
		status = certificate_template_find(&in->library, in->template_path,
						   templates_folder(in), &in->session.arena,
						   &in->findings, &template, &found_in, &in->err);
	wish.template = wish.drawing.template = template;
	wish.drawing.template_folder = found_in;
	wish.drawing.key = in->workspace.key;
	if (!status)
		status = certificate_reprint(&wish, in->words[2], &in->findings, &in->err);
	certificate_files_abandon(&ready.files);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "%s 已补印", "%s is printed anew", in->words[2]);
}

enum lt_status command_register(struct invocation *in)
{
	static const struct {
		const char *word;
		int words;
		enum lt_status (*run)(struct invocation *in);
	} deeds[] = {
		{ "new", 2, make },	    { "list", 2, list },
		{ "suspend", 3, suspend },  { "resume", 3, resume },
		{ "withdraw", 3, withdraw }, { "give-up", 3, give_up },
		{ "supersede", 4, supersede }, { "surveillance", 3, surveil },
		{ "status", 2, publish },    { "reprint", 3, reprint },
	};
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++)
		if (strcmp(deeds[i].word, in->words[0]) == 0 && in->n_words == deeds[i].words)
			return deeds[i].run(in);
	return lt_err_set(
		&in->err, LT_EUSAGE,
		"用法：lingtan register new|list|status FILE，suspend|resume|withdraw|give-up|surveillance FILE NUMBER --reason TEXT，reprint FILE NUMBER -o OUT --reason TEXT，supersede FILE NUMBER NEW --reason TEXT",
		"usage: lingtan register new|list|status FILE, suspend|resume|withdraw|give-up|surveillance FILE NUMBER --reason TEXT, reprint FILE NUMBER -o OUT --reason TEXT, supersede FILE NUMBER NEW --reason TEXT");
}
