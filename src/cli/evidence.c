/* The words about evidence: attach, evidence, extract, purge. */
#include "lingtan/app/evidence.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "certificate.h"
#include "command.h"
#include "lingtan/app/paper.h"
#include "lingtan/base/reason.h"
#include "lingtan/base/text.h"

/* ---- attach ---- */

static void json_attached(struct lt_json *json, const struct attached *file)
{
	lt_json_string(json, "sha256", file->sha256);
	lt_json_int(json, "size", (long long)file->size);
	lt_json_string(json, "type", file->type);
	lt_json_bool(json, "known", file->known);
	lt_json_bool(json, "vague", file->vague);
}

static void print_attached(struct invocation *in, const struct attached *file, bool is_paper)
{
	printf(is_paper ? say(in, "签字件 %s 已归档：%.12s，%llu 字节%s\n",
			      "signed paper %s filed: %.12s, %llu bytes%s\n")
			: say(in, "已关联到条款 %s：%.12s，%llu 字节%s\n",
			      "tied to item %s: %.12s, %llu bytes%s\n"),
	       in->words[1], file->sha256, (unsigned long long)file->size,
	       file->known ? say(in, "（文件里已有，未重复存）",
				 " (in the file already, not stored twice)")
			   : "");
}

/* One file as an object, several as a list of them. */
static enum lt_status tell_attached(struct invocation *in, const struct attached *files, unsigned n,
				    bool is_paper)
{
	struct lt_json json;
	for (unsigned i = 0; i < n && !in->json; i++)
		print_attached(in, &files[i], is_paper);
	if (!in->json)
		return LT_OK;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	if (n > 1)
		lt_json_open_list(&json, "files");
	for (unsigned i = 0; i < n; i++) {
		if (n > 1)
			lt_json_open_object(&json, NULL);
		json_attached(&json, &files[i]);
		if (n > 1)
			lt_json_close(&json);
	}
	if (n > 1)
		lt_json_close(&json);
	lt_json_string(&json, "head", project_head(in->session.project));
	lt_json_close(&json);
	return print_json(in, &json);
}

static void note_uninspected(struct invocation *in, const struct attached *file, const char *path)
{
	char name[LT_ERR_TEXT], shown[LT_ERR_TEXT];
	const char *said = file->uninspected.text[in->lang];
	lt_text_visible(said, strlen(said), shown, sizeof(shown));
	lt_text_visible(path, strlen(path), name, sizeof(name));
	if (file->uninspected.status)
		fprintf(stderr,
			say(in, "提示：%s 已存入，但没有读出文件的类型和拍摄时间：%s\n",
			    "note: %s is put in, but its type and time could not be read: %s\n"),
			name, shown);
}

/* What was not downloaded or copied to its end is no evidence, and nobody sees it by the name. */
static void note_empty(const struct invocation *in, const struct attached *file, const char *path)
{
	char name[LT_ERR_TEXT];
	lt_text_visible(path, strlen(path), name, sizeof(name));
	if (file->size == 0)
		fprintf(stderr, say(in, "提示：%s 是空文件（0 字节），请核对\n", "note: %s is empty (0 bytes), look at it\n"),
			name);
}

/* Once: all files of a command have the same locator. */
static void note_vague(struct invocation *in, const struct attached *files, unsigned n)
{
	bool vague = false;
	for (unsigned i = 0; i < n; i++)
		vague |= files[i].vague;
	if (vague)
		fprintf(stderr, "%s\n",
			say(in,
			    "提示：定位笼统，复核时找不到；请写页码、表号，或用 --reason 写明理由",
			    "note: the locator is vague, a reviewer will not find the place; give a page or table, or a --reason"));
}

/* All paths of the command, each with what its options say. */
static enum lt_status attach_paths(struct invocation *in, struct new_evidence *wishes,
				   struct attached *files, unsigned n, bool is_paper)
{
	const struct assessment_ref *ref;
	const enum lt_status status = is_paper ? LT_OK : find_items(in, 1, 1, 1, &ref);
	if (status)
		return status;
	const struct new_evidence wish = { .item = in->words[1],
					   .locator = in->locator,
					   .page = in->page,
					   .table = in->table,
					   .note = in->note,
					   .slot = in->slot,
					   .sender = in->sender,
					   .kind = in->kind,
					   .version_of = in->version_of,
					   .received = in->received,
					   .link = in->link };
	for (unsigned i = 0; i < n; i++) {
		wishes[i] = wish;
		wishes[i].path = in->words[2 + i];
	}
	if (is_paper)
		return session_file_paper(&in->session, in->words[1], templates_folder(in), wishes,
					  files, &in->findings, &in->err);
	return session_attach_all(&in->session, ref, wishes, n, files, &in->findings, &in->err);
}

/* Not opened: closing the project's own file would let go of its locks. */
static enum lt_status must_be_there(struct invocation *in, const char *path)
{
	if (access(path, R_OK) == 0)
		return LT_OK;
	return lt_err_because(&in->err, LT_EFILE, errno, "%s：打不开", "%s: cannot be opened", path);
}

enum lt_status require_locator(struct invocation *in, int first)
{
	enum lt_status status = LT_OK;
	if (in->locator || in->page || in->table)
		return LT_OK;
	for (int i = first; i < in->n_words && !status; i++)
		status = must_be_there(in, in->words[i]);
	if (status)
		return status;
	return lt_err_set(&in->err, LT_EUSAGE,
			  "请用 --locator 写明在文件的什么位置，如 第12页 表3",
			  "say where in the document with --locator, as in p. 12 table 3");
}

static enum lt_status check_paths(struct invocation *in, unsigned n, bool is_paper)
{
	if (is_paper)
		return n > 1 ? lt_err_set(&in->err, LT_EUSAGE, "签字件一次归档一份",
					  "signed paper is filed one file at a time")
			     : LT_OK;
	const enum lt_status status = must_be_there(in, in->words[0]);
	return status ? status : require_locator(in, 2);
}

enum lt_status command_attach(struct invocation *in)
{
	const unsigned n = (unsigned)in->n_words - 2;
	char id[64];
	const char *row;
	enum lt_status status = open_workspace(in);
	if (status)
		return status;
	const bool is_paper = paper_splits(&in->workspace, templates_folder(in), in->words[1], id,
					   &row, &in->findings_arena);
	status = check_paths(in, n, is_paper);
	if (!status)
		status = open_project(in, in->words[0], PROJECT_WRITE);
	if (status)
		return status;
	struct new_evidence *wishes = lt_arena_alloc(&in->session.arena, n, sizeof(*wishes));
	struct attached *files = lt_arena_alloc(&in->session.arena, n, sizeof(*files));
	status = wishes && files ? attach_paths(in, wishes, files, n, is_paper)
				 : lt_err_memory(&in->err);
	if (status)
		return status;
	remember_project(in);
	for (unsigned i = 0; i < n; i++) {
		note_empty(in, &files[i], wishes[i].path);
		note_uninspected(in, &files[i], wishes[i].path);
	}
	if (!is_paper)
		note_vague(in, files, n);
	return tell_attached(in, files, n, is_paper);
}

/* ---- listing ---- */

static void json_files(struct lt_json *json, const struct evidence_list *list)
{
	lt_json_open_list(json, "evidence");
	for (unsigned i = 0; i < list->n_files; i++) {
		const struct evidence_file *file = &list->files[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "sha256", file->sha256);
		lt_json_string(json, "name", file->name);
		lt_json_string(json, "size", file->size);
		lt_json_string(json, "type", file->type);
		lt_json_bool(json, "linked", file->linked);
		json_path(json, "path", file->linked ? file->path : NULL);
		json_text(json, "taken_at", file->taken_at);
		json_text(json, "taken_from", file->taken_from);
		json_text(json, "latitude", file->latitude);
		json_text(json, "longitude", file->longitude);
		json_text(json, "sender", file->sender);
		json_text(json, "kind", file->kind);
		json_text(json, "version_of", file->version_of);
		json_text(json, "received", file->received);
		lt_json_string(json, "purged", file->purged);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static void json_ties(struct lt_json *json, const struct evidence_list *list)
{
	lt_json_open_list(json, "ties");
	for (unsigned i = 0; i < list->n_ties; i++) {
		const struct evidence_tie *tie = &list->ties[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "assessment", tie->assessment);
		lt_json_string(json, "item", tie->item);
		lt_json_string(json, "sha256", tie->sha256);
		lt_json_string(json, "locator", tie->locator);
		json_text(json, "page", tie->page);
		json_text(json, "table", tie->table);
		json_text(json, "note", tie->note);
		json_text(json, "slot", tie->slot);
		lt_json_bool(json, "vague", tie->vague);
		lt_json_string(json, "vague_reason", tie->vague_reason);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static void print_ties(const struct invocation *in, const struct evidence_list *list,
		       const struct evidence_file *file)
{
	for (unsigned i = 0; i < list->n_ties; i++) {
		const struct evidence_tie *tie = &list->ties[i];
		if (strcmp(tie->sha256, file->sha256) != 0)
			continue;
		printf("    ");
		print_padded(stdout, tie->item, 10);
		print_remark(tie->locator);
		if (tie->page[0]) {
			printf("%s", say(in, " 第", " p. "));
			print_remark(tie->page);
			printf("%s", say(in, "页", ""));
		}
		if (tie->table[0]) {
			printf(" ");
			print_remark(tie->table);
		}
		if (tie->slot[0])
			printf("  [%s]", tie->slot);
		if (tie->vague)
			printf("%s", say(in, "  定位笼统", "  vague"));
		printf("\n");
	}
}

static void print_files(const struct invocation *in, const struct evidence_list *list)
{
	for (unsigned i = 0; i < list->n_files; i++) {
		const struct evidence_file *file = &list->files[i];
		printf("%.12s  ", file->sha256);
		print_remark(file->name);
		printf("  %s %s", file->size, say(in, "字节", "bytes"));
		if (file->taken_at[0])
			printf("  %s%s", file->taken_at,
			       strcmp(file->taken_from, "name") == 0
				       ? say(in, "（文件名）", " (by its name)")
				       : "");
		if (file->linked)
			printf("%s", say(in, "  链接", "  linked"));
		if (file->purged) {
			printf("%s", say(in, "  已清除：", "  purged: "));
			print_remark(file->purged);
		}
		printf("\n");
		print_ties(in, list, file);
	}
}

/* Awards of every assessment and rung that nothing supports. */
static enum lt_status each_unsupported(struct invocation *in, struct lt_json *json)
{
	const struct assessment_ref *all;
	unsigned n_all;
	enum lt_status status = session_assessments(&in->session, &all, &n_all, &in->err);
	for (unsigned a = 0; a < n_all && !status; a++) {
		for (int r = 0; r < N_RUNGS && !status; r++) {
			struct unsupported *list;
			unsigned n;
			status = session_unsupported(&in->session, &all[a], rung_names[r], &list,
						     &n, &in->err);
			for (unsigned i = 0; i < n && !status; i++) {
				if (json) {
					lt_json_open_object(json, NULL);
					lt_json_string(json, "assessment", all[a].name);
					lt_json_string(json, "rung", list[i].rung);
					lt_json_string(json, "item", list[i].item);
					lt_json_bool(json, "vague", list[i].vague);
					lt_json_string(json, "reason", list[i].reason);
					lt_json_string(json, "cited", list[i].cited);
					lt_json_string(json, "cited_locator",
						       list[i].cited_locator);
					lt_json_close(json);
					continue;
				}
				print_padded(stdout, label_text(in, &rung_titles[r]), 12);
				print_padded(stdout, list[i].item, 10);
				printf("%s", list[i].vague ? say(in, "定位笼统", "vague locator")
							   : say(in, "没有佐证", "no evidence"));
				if (list[i].reason) {
					printf("%s", say(in, "：", ": "));
					print_remark(list[i].reason);
				}
				if (list[i].cited) {
					printf("%s",
					       say(in, "  答案表写明：", "  named in a sheet: "));
					print_remark(list[i].cited);
					printf(" ");
					print_remark(list[i].cited_locator ? list[i].cited_locator
									   : "");
				}
				printf("\n");
			}
		}
	}
	return status;
}

enum lt_status command_evidence(struct invocation *in)
{
	struct evidence_list list;
	struct lt_json json;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = session_evidence(&in->session, &list, &in->err);
	if (status)
		return status;
	if (!in->json) {
		print_files(in, &list);
		if (list.n_files)
			printf("\n");
		return each_unsupported(in, NULL);
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	json_files(&json, &list);
	json_ties(&json, &list);
	lt_json_open_list(&json, "unsupported");
	status = each_unsupported(in, &json);
	lt_json_close(&json);
	lt_json_close(&json);
	if (!status)
		return print_json(in, &json);
	lt_json_release(&json);
	return status;
}

/* ---- extract, purge ---- */

static enum lt_status tell_extracted(struct invocation *in, const struct evidence_file *file)
{
	struct lt_json json;
	if (!in->json) {
		printf("%s", say(in, "已取出 ", "taken out: "));
		print_path(in->out);
		printf(say(in, "，%s 字节，与校验值 %.12s 相符\n",
			   ", %s bytes, which have their hash %.12s\n"),
		       file->size, file->sha256);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "sha256", file->sha256);
	lt_json_string(&json, "name", file->name);
	lt_json_string(&json, "size", file->size);
	json_path(&json, "path", in->out);
	lt_json_close(&json);
	return print_json(in, &json);
}

enum lt_status command_extract(struct invocation *in)
{
	const struct evidence_file *file;
	if (!in->out)
		return lt_err_set(&in->err, LT_EUSAGE, "请用 -o 给出要写的文件",
				  "name the file to write with -o");
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = session_find_evidence(&in->session, in->words[1], &file, &in->err);
	if (!status)
		status = session_extract(&in->session, file->sha256, in->out, &in->err);
	return status ? status : tell_extracted(in, file);
}

static enum lt_status tell_purged(struct invocation *in, const struct evidence_file *file)
{
	struct lt_json json;
	if (!in->json) {
		printf(say(in, "已清除 %.12s 的内容；校验值和原因留在记录里\n",
			   "the bytes of %.12s are purged; the hash and the reason are kept\n"),
		       file->sha256);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_bool(&json, "changed", true);
	lt_json_string(&json, "project", project_id(in->session.project));
	lt_json_string(&json, "head", project_head(in->session.project));
	lt_json_string(&json, "sha256", file->sha256);
	lt_json_string(&json, "name", file->name);
	lt_json_close(&json);
	return print_json(in, &json);
}

enum lt_status command_purge(struct invocation *in)
{
	const struct evidence_file *file;
	if (!in->reason || !in->reason[strspn(in->reason, " \t\n")])
		return lt_err_set(&in->err, LT_EUSAGE, "清除佐证要写明原因（--reason）",
				  "purging evidence needs a --reason");
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = session_find_evidence(&in->session, in->words[1], &file, &in->err);
	if (!status)
		status = session_purge(&in->session, file->sha256, &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_purged(in, file);
}
