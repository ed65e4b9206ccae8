/* lingtan certificate of several projects: specimens and drafts into a folder, drawn together. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "certificate.h"
#include "lingtan/app/certificate.h"
#include "passphrase.h"

/* One takes some 30 ms, and the second program has ten seconds of computing time. */
#define MOST_AT_ONCE 120

struct many {
	struct invocation *in;
	struct session *sessions;
	struct certificate_case *cases;
	struct certificate **certificates;
	struct drawing *drawings;
	struct drawn *drawn;
	struct certificate_files *files;
	const char **paths;
	unsigned n, n_open;
};

/* FOLDER/name of the project.pdf */
static const char *path_in(struct many *many, const char *project)
{
	struct invocation *in = many->in;
	const char *slash = strrchr(project, '/'), *name = slash ? slash + 1 : project;
	const char *dot = strrchr(name, '.');
	const size_t len = strlen(in->out);
	return lt_arena_printf(&in->findings_arena, "%s%s%.*s.%s", in->out,
			       len && in->out[len - 1] == '/' ? "" : "/",
			       dot && dot > name ? (int)(dot - name) : (int)strlen(name), name,
			       in->format ? in->format : "pdf");
}

static enum lt_status gather_one(struct many *many, unsigned i,
				 const struct certificate_template *template, const char *folder,
				 const char *day)
{
	struct invocation *in = many->in;
	const struct who who = who_asks(in);
	const struct assessment_ref *ref;
	struct session *session = &many->sessions[i];
	struct certificate_case *of = &many->cases[i];
	many->n_open = i + 1;
	enum lt_status status = session_open(session, &in->workspace, in->words[i],
					     in->readonly ? PROJECT_LOOK : PROJECT_READ,
					     &who, &in->err);
	session->lang = in->lang;
	if (!status)
		status = session_trust(session, TRUSTED_UNSEEN, false, &in->err);
	if (!status)
		status = session_find_assessment(session, in->assessment, NULL, &ref, &in->findings,
						 &in->err);
	if (!status)
		status = certificate_gather(session, ref, template, day, of, &in->findings, &in->err);
	if (!status)
		status = certificate_mark(session, of, in->specimen, &in->err);
	many->certificates[i] = &of->certificate;
	many->drawings[i] = (struct drawing){ .lang = in->lang,
					      .template = template,
					      .template_folder = folder,
					      .fields = &of->fields,
					      .key = in->workspace.key };
	many->paths[i] = path_in(many, in->words[i]);
	if (!status && !many->paths[i])
		return lt_err_memory(&in->err);
	return status ? status
		      : certificate_format(many->paths[i], &many->drawings[i].format, &in->err);
}

static enum lt_status gather(struct many *many)
{
	struct invocation *in = many->in;
	struct certificate_template *template;
	const char *day, *folder;
	enum lt_status status = day_of(in, &day);
	if (!status)
		status = open_workspace(in);
	const struct who who = who_asks(in);
	const char *person = status ? NULL : who_name(&who, &in->findings_arena);
	if (!status)
		status = person ? unlock_key(in, person) : lt_err_memory(&in->err);
	if (!status)
		status = certificate_template_find(&in->library, in->template_path,
						   templates_folder(in), &in->findings_arena,
						   &in->findings, &template, &folder, &in->err);
	for (unsigned i = 0; i < many->n && !status; i++) {
		status = gather_one(many, i, template, folder, day);
		if (status)
			lt_err_prefix(&in->err, in->words[i]);
	}
	return status;
}

/* All lie ready before the first gets its name. */
static enum lt_status write_files(struct many *many)
{
	struct invocation *in = many->in;
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < many->n && !status; i++)
		status = certificate_files_begin(&many->files[i], many->paths[i], in->force,
						 in->workspace.key, many->certificates[i],
						 many->drawn[i].bytes, many->drawn[i].len, &in->err);
	for (unsigned i = 0; i < many->n && !status; i++)
		status = certificate_files_finish(&many->files[i], &in->err);
	return status;
}

static enum lt_status tell(struct many *many)
{
	struct invocation *in = many->in;
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_open_list(&json, "certificates");
	for (unsigned i = 0; i < many->n; i++) {
		const struct certificate *of = many->certificates[i];
		lt_json_open_object(&json, NULL);
		json_path(&json, "file", many->paths[i]);
		lt_json_string(&json, "kind", of->at[CERT_KIND]);
		lt_json_int(&json, "size", (long long)many->drawn[i].len);
		lt_json_close(&json);
		if (in->json)
			continue;
		print_path(many->paths[i]);
		printf("  %s", strcmp(of->at[CERT_KIND], "draft") == 0 ? say(in, "草稿：", "draft: ")
									: say(in, "样张：", "specimen: "));
		print_remark(of->at[in->lang == LT_ZH ? CERT_BECAUSE_ZH : CERT_BECAUSE_EN]);
		printf("\n");
	}
	lt_json_close(&json);
	lt_json_close(&json);
	if (in->json)
		return print_json(in, &json);
	lt_json_release(&json);
	return LT_OK;
}

static bool make_room(struct many *many)
{
	many->sessions = calloc(many->n, sizeof(*many->sessions));
	many->cases = calloc(many->n, sizeof(*many->cases));
	many->certificates = calloc(many->n, sizeof(*many->certificates));
	many->drawings = calloc(many->n, sizeof(*many->drawings));
	many->drawn = calloc(many->n, sizeof(*many->drawn));
	many->files = calloc(many->n, sizeof(*many->files));
	many->paths = calloc(many->n, sizeof(*many->paths));
	for (unsigned i = 0; many->files && i < many->n; i++)
		many->files[i].file.fd = many->files[i].signature.fd = -1;
	return many->sessions && many->cases && many->certificates && many->drawings &&
	       many->drawn && many->files && many->paths;
}

static void release(struct many *many)
{
	for (unsigned i = 0; i < many->n_open; i++)
		if (many->sessions[i].workspace)
			session_close(&many->sessions[i]);
	for (unsigned i = 0; many->drawn && i < many->n; i++)
		free(many->drawn[i].bytes);
	for (unsigned i = 0; many->files && i < many->n; i++)
		certificate_files_abandon(&many->files[i]);
	free(many->sessions);
	free(many->cases);
	free(many->certificates);
	free(many->drawings);
	free(many->drawn);
	free(many->files);
	free(many->paths);
}

static bool is_folder(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

enum lt_status command_many_certificates(struct invocation *in)
{
	struct many many = { .in = in, .n = (unsigned)in->n_words };
	if (in->registry)
		return lt_err_set(&in->err, LT_EUSAGE, "发证一次一个项目：--register 不能和几个项目同用",
				  "certificates are issued one at a time: --register takes one project");
	if (!is_folder(in->out))
		return lt_err_set(&in->err, LT_EUSAGE, "几个项目时 -o 要一个已有的文件夹",
				  "with several projects -o names a folder that is there");
	if (in->n_words > MOST_AT_ONCE)
		return lt_err_set(&in->err, LT_EUSAGE, "一次最多 %d 个项目", "at most %d projects at once",
				  MOST_AT_ONCE);
	enum lt_status status = make_room(&many) ? gather(&many) : lt_err_memory(&in->err);
	if (!status)
		status = certificate_draw_all(many.certificates, many.drawings, many.n,
					      &in->findings_arena, many.drawn, &in->err);
	if (!status)
		status = write_files(&many);
	if (!status)
		status = tell(&many);
	release(&many);
	return status;
}
