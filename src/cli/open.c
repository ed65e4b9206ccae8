/* Opening the project that a command is about, and what is told of it. */
#include <stdlib.h>
#include <string.h>
#include "command.h"
#include "passphrase.h"
#include "lingtan/app/aside.h"
#include "lingtan/app/role.h"
#include "lingtan/base/text.h"

/* XDG_STATE_HOME/lingtan, else ~/.local/state/lingtan; NULL where neither is known. */
static const char *state_home(struct invocation *in)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	if (state && state[0] == '/')
		return lt_arena_printf(&in->findings_arena, "%s/lingtan", state);
	return home && home[0] == '/'
		       ? lt_arena_printf(&in->findings_arena, "%s/.local/state/lingtan", home)
		       : NULL;
}

struct who who_asks(const struct invocation *in)
{
	return (struct who){ .name = in->as,
			     .role = in->role,
			     .state_home = state_home((struct invocation *)(uintptr_t)in) };
}

enum lt_status open_library(struct invocation *in)
{
	const char *data_home = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	char path[4096];
	if (!data_home || data_home[0] != '/') {
		const int len = home && home[0] == '/'
					? snprintf(path, sizeof(path), "%s/.local/share", home)
					: -1;
		data_home = len > 0 && (size_t)len < sizeof(path) ? path : NULL;
	}
	return library_open(&in->library, in->embedded, in->rulesets, data_home, &in->err);
}

enum lt_status open_workspace(struct invocation *in)
{
	if (in->has_workspace)
		return LT_OK;
	in->has_workspace = true;
	const enum lt_status status =
		workspace_open(&in->workspace, &in->library, &in->findings, &in->err);
	if (!status && in->reads_many)
		store_read_many(in->workspace.store);
	return status;
}

void close_project(struct invocation *in)
{
	round_score_close(&in->round_score);
	if (in->has_session)
		session_close(&in->session);
	in->has_session = false;
}

/* What was found about the file that its reader should know. */
static void note_project(const struct invocation *in, enum project_mode mode)
{
	const struct session *session = &in->session;
	if (in->is_told)
		return;
	/* who only writes does not rely on what else is in it */
	if (session->unproven && mode != PROJECT_WRITE)
		fprintf(in->notes,
			say(in,
			    "提示：记录超过 %d 条，打开时没有把表中数据与记录逐条核对；用 lingtan verify 核对\n",
			    "note: more than %d entries: the facts were not held against the journal when it was opened; lingtan verify does that\n"),
			TRUSTED_UNSEEN);
	if (project_is_recovered(session->project))
		fprintf(in->notes, "%s\n",
			say(in,
			    "提示：文件上次写到一半；这里只读不写，已在临时副本上恢复，原文件未动",
			    "note: the file was left in the middle of a write; it is only read here, so it was recovered on a temporary copy and is unchanged"));
	if (project_is_converted(session->project))
		fprintf(in->notes, "%s\n",
			say(in, "提示：文件是旧格式；已在临时副本上升级来读，原文件未动",
			    "note: the file is of an older format; it is read from a temporary copy that was brought up to date"));
	if (project_is_unlogged(session->project))
		fprintf(in->notes, "%s\n",
			say(in,
			    "提示：另一个程序把文件设成了 WAL 方式；已连同其日志复制到临时副本来读，原文件未动",
			    "note: another program put the file into WAL mode; it is read from a temporary copy, with what its log holds"));
	if (session->older && !in->is_aside)
		fprintf(in->notes,
			say(in,
			    "提示：这个文件比本机见过的旧（缺记录 %.12s），是旧副本或另一份副本；见 lingtan verify\n",
			    "note: this file is older than the one this machine knew, or another copy (entry %.12s is not in it); see lingtan verify\n"),
			session->older);
}

enum lt_status permit_writing(struct invocation *in, const char *path)
{
	if (!path || !in->readonly)
		return LT_OK;
	return lt_err_set(&in->err, LT_ESPACE, "%s：--readonly 只看不改，什么也没有写",
			  "%s: --readonly only looks; nothing was written", path);
}

/* What a reviewer says of a file that may not be written goes into a side file. */
static bool is_review(const struct invocation *in)
{
	static const char *const words[] = { "remark", "remarks", "settle",  "return",
					     "rounds", "finding", "findings" };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], in->name) == 0)
			return !in->out;
	return strcmp(in->name, "patch") == 0 && strcmp(in->words[0], "make") == 0;
}

/* *path becomes the side file where there is one, or one is to be written. */
static enum lt_status go_aside(struct invocation *in, const char **path, enum project_mode mode)
{
	const struct who who = who_asks(in);
	const char *aside;
	bool there = false;
	enum lt_status status = open_workspace(in);
	if (status)
		return status;
	in->has_session = true;
	status = session_open(&in->session, &in->workspace, *path, PROJECT_LOOK, &who, &in->err);
	if (!status)
		status = session_trust(&in->session, TRUSTED_UNSEEN, false, &in->err);
	if (!status)
		status = aside_find(&in->session, mode == PROJECT_WRITE, &aside, &there, &in->err);
	if (status)
		return status;
	in->is_aside = there;
	if (there)
		*path = lt_arena_strndup(&in->findings_arena, aside, strlen(aside));
	close_project(in);
	return *path ? LT_OK : lt_err_memory(&in->err);
}

enum lt_status refuse_dry_run(struct invocation *in)
{
	return lt_err_set(&in->err, LT_EUSAGE, "这样用的 %s 没有 --dry-run，什么也没有做",
			  "%s used like this has no --dry-run; nothing was done", in->name);
}

/* Verbs that know --dry-run open for reading, or say that what they write is taken back. */
static enum lt_status permit_mode(struct invocation *in, const char *path, enum project_mode mode)
{
	if (mode != PROJECT_WRITE)
		return LT_OK;
	if (in->dry_run && !in->is_trial)
		return refuse_dry_run(in);
	return in->is_aside ? LT_OK : permit_writing(in, path);
}

enum lt_status open_side(struct invocation *in, const char *path)
{
	enum lt_status status = open_project(in, path, PROJECT_READ);
	return status ? status : unlock_key(in, in->session.name);
}

/* Whether a word of the command at hand is a path: of one only the name goes into the journal,
 * since where files lie on this machine is nobody's business. */
static bool is_path_word(const struct invocation *in, int i)
{
	static const struct {
		const char *command, *verb; /* verb: the second word; NULL = whatever it is */
		int first;
		bool and_more; /* all words behind it too */
	} paths[] = { { "attach", NULL, 2, true },    { "import", NULL, 1, true },
		      { "profile", NULL, 2, false },  { "finding", NULL, 3, false },
		      { "merge", NULL, 1, false },    { "patch", NULL, 2, false },
		      { "line", "import", 2, true },  { "line", "attach", 3, false },
		      { "factors", "import", 2, false } };
	for (size_t p = 0; p < sizeof(paths) / sizeof(paths[0]); p++)
		if (strcmp(paths[p].command, in->name) == 0 &&
		    (!paths[p].verb || strcmp(paths[p].verb, in->words[1]) == 0) &&
		    (i == paths[p].first || (paths[p].and_more && i > paths[p].first)))
			return true;
	return false;
}

#define SHOWN_BYTES 400 /* of a command in the journal */

/* What the journal will call the command at hand: its name and words, without the project's path. */
static enum lt_status name_command(struct invocation *in)
{
	char text[SHOWN_BYTES + 8], *shown;
	/* the project itself is not named */
	const bool is_second = strcmp(in->name, "profile") == 0 || strcmp(in->name, "key") == 0 ||
			       strcmp(in->name, "patch") == 0 || strcmp(in->name, "register") == 0;
	const int project = is_second ? 1 : 0;
	size_t len = (size_t)snprintf(text, sizeof(text), "%s", in->name);
	/* thousands of files may be named in one command */
	for (int i = 0; i < in->n_words && len <= SHOWN_BYTES; i++) {
		if (i == project)
			continue;
		const char *slash = strrchr(in->words[i], '/');
		const bool is_path = slash && is_path_word(in, i);
		len += (size_t)snprintf(text + len, sizeof(text) - len, " %s",
					is_path ? slash + 1 : in->words[i]);
	}
	shown = lt_arena_alloc(&in->session.arena, SHOWN_BYTES * 3 / 2, 1);
	if (!shown)
		return lt_err_memory(&in->err);
	lt_text_visible(text, lt_text_cut(text, strlen(text), SHOWN_BYTES), shown,
			SHOWN_BYTES * 3 / 2);
	in->session.command = shown;
	return LT_OK;
}

enum lt_status open_project(struct invocation *in, const char *path, enum project_mode mode)
{
	const struct who who = who_asks(in);
	close_project(in);
	enum lt_status status = LT_OK;
	in->is_aside = false;
	if (in->readonly && is_review(in))
		status = go_aside(in, &path, mode);
	if (!status)
		status = permit_mode(in, path, mode);
	if (!status)
		status = open_workspace(in);
	if (status)
		return status;
	in->has_session = true;
	status = session_open(&in->session, &in->workspace, path,
			      mode == PROJECT_READ && in->readonly && !in->is_aside ? PROJECT_LOOK
										    : mode,
			      &who, &in->err);
	if (status)
		return status;
	if (mode == PROJECT_WRITE)
		status = project_permits(in->session.project, &in->err);
	if (!status && mode < PROJECT_SUSPECT)
		status = session_trust(&in->session, TRUSTED_UNSEEN, !in->readonly, &in->err);
	if (status)
		return status;
	in->session.lang = in->lang;
	if (mode == PROJECT_WRITE)
		status = unlock_key(in, in->session.name);
	if (status)
		return status;
	/* blanks are no reason */
	const bool given = in->reason && in->reason[strspn(in->reason, " \t\n")];
	in->session.reason = given ? in->reason : "";
	note_project(in, mode);
	return name_command(in);
}

void remember_project(struct invocation *in)
{
	struct lt_err err = LT_ERR_INIT;
	char shown[LT_ERR_TEXT];
	if (in->is_aside) {
		fprintf(stderr, "%s\n",
			say(in,
			    "提示：原文件一字未动，写在本机的副册里；用 lingtan patch make 文件 --readonly -o 补丁 取出",
			    "note: the file itself is untouched, it was written to a side file on this machine; take it out with lingtan patch make FILE --readonly -o P"));
		return;
	}
	if (session_remember(&in->session, &err) == LT_OK)
		return;
	lt_text_visible(err.text[in->lang], strlen(err.text[in->lang]), shown, sizeof(shown));
	fprintf(stderr,
		say(in, "提示：已写入项目，但本机备份没有完成：%s\n",
		    "note: written to the project, but not to this machine's own copy: %s\n"),
		shown);
}

enum lt_status rung_to_write(struct invocation *in, const char **rung)
{
	*rung = in->rung ? in->rung : role_rung(&in->workspace, in->session.role);
	if (!*rung)
		return lt_err_set(&in->err, LT_EDATA, "角色 %s 不填写条款",
				  "role %s does not answer items", in->session.role);
	return rung_check(*rung, LT_EUSAGE, &in->err);
}

enum lt_status open_project_for(struct invocation *in, enum project_mode mode,
			       const struct assessment_ref **ref)
{
	enum lt_status status = open_project(in, in->words[0], mode);
	return status ? status
		      : session_find_assessment(&in->session, in->assessment, NULL, ref,
						&in->findings, &in->err);
}

enum lt_status name_items(struct invocation *in, int first, int n, int step,
			  const struct assessment_ref *ref)
{
	enum lt_status status = LT_OK;
	for (int i = 0; i < n && !status; i++)
		status = session_name_item(&in->session, ref, &in->words[first + i * step],
					   &in->findings, &in->err);
	/* so it stands in the journal */
	return status ? status : name_command(in);
}

enum lt_status name_assessment_option(struct invocation *in)
{
	const struct assessment_ref *ref;
	const enum lt_status status =
		in->assessment ? session_find_assessment(&in->session, in->assessment, NULL, &ref,
							 &in->findings, &in->err)
			       : LT_OK;
	if (!status && in->assessment)
		in->assessment = ref->name;
	return status;
}

enum lt_status name_item_option(struct invocation *in, const struct assessment_ref **ref)
{
	enum lt_status status = session_find_assessment(&in->session, in->assessment, in->item, ref,
							&in->findings, &in->err);
	return status || !in->item ? status
				   : session_name_item(&in->session, *ref, &in->item, &in->findings,
						       &in->err);
}

enum lt_status find_items(struct invocation *in, int first, int n, int step,
			  const struct assessment_ref **ref)
{
	enum lt_status status = session_find_assessment(&in->session, in->assessment,
							n ? in->words[first] : NULL, ref,
							&in->findings, &in->err);
	return status ? status : name_items(in, first, n, step, *ref);
}
