/* The words about the file as a whole: verify, copy, rescue. */
#include <string.h>
#include "certificate.h"
#include "command.h"
#include "progress.h"
#include "lingtan/store/keep.h"
#include "lingtan/store/verify.h"

/* ---- verify ---- */

static enum lt_status report_as_json(struct invocation *in, const struct verify_report *report)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_bool(&json, "holds", report->holds);
	if (report->holds) {
		lt_json_null(&json, "first");
	} else {
		const char check[] = { report->check, 0 };
		lt_json_open_object(&json, "first");
		lt_json_string(&json, "check", check);
		lt_json_string(&json, "text", report->what.text[in->lang]);
		lt_json_close(&json);
	}
	lt_json_int(&json, "entries", report->n_entries);
	lt_json_int(&json, "unsigned", report->n_unsigned);
	lt_json_int(&json, "distrusted", report->n_distrusted);
	lt_json_int(&json, "blobs", report->n_blobs);
	lt_json_int(&json, "purged", report->n_purged);
	lt_json_int(&json, "linked", report->n_linked);
	lt_json_string(&json, "head", report->head);
	lt_json_close(&json);
	return print_json(in, &json);
}

static void report_as_text(const struct invocation *in, const struct verify_report *report)
{
	if (report->holds) {
		printf(say(in,
			   "完好：%u 条记录环环相扣，表中数据与记录一致，%u 份内容与校验值相符\n",
			   "holds: %u entries in one chain, the facts follow from them, %u pieces of bytes have their hashes\n"),
		       report->n_entries, report->n_blobs);
		if (report->n_purged)
			printf(say(in, "另有 %u 份内容已因故清除，校验值和原因仍在\n",
				   "%u pieces were purged for cause; their hashes and the reasons are kept\n"),
			       report->n_purged);
		if (report->n_linked)
			printf(say(in, "另有 %u 份只是链接，内容在文件外，没有核对；取出时（lingtan extract）核对\n",
				   "%u pieces are links to files outside, which were not looked at; extract compares them\n"),
			       report->n_linked);
		if (report->n_unsigned < report->n_entries)
			printf(say(in, "%u 条记录有本人密钥的签名，%u 条的姓名只是自称\n",
				   "%u entries are signed by the person's key, the names in %u are claims\n"),
			       report->n_entries - report->n_unsigned, report->n_unsigned);
		if (report->n_distrusted)
			printf(say(in, "其中 %u 条是用后来停用的密钥签的，落在停用日之后：不可作准\n",
				   "of these %u were signed with a key that was revoked, on or after that day: they do not count\n"),
			       report->n_distrusted);
		printf("%s %s\n", say(in, "最新记录", "head"), report->head);
		printf("%s\n",
		       say(in,
			   "不能证明的：没有签名的姓名只是自称；整个重写过的文件，只有拿别处留下的最新记录（--head）对照才看得出",
			   "not proven: names without a signature are claims; a file written anew as a whole shows only against a head kept elsewhere (--head)"));
		return;
	}
	printf("%s%c%s", say(in, "不完好，第一处（", "does not hold, first ("), report->check,
	       say(in, "）：", "): "));
	print_remark(report->what.text[in->lang]);
	printf("\n");
}

/* The hash of an entry as it was kept elsewhere, in small letters. */
static enum lt_status read_head(struct invocation *in, char out[LT_SHA256_HEX])
{
	const size_t len = strlen(in->head);
	if (len != LT_SHA256_HEX - 1 || strspn(in->head, "0123456789abcdefABCDEF") != len)
		return lt_err_set(&in->err, LT_EUSAGE,
				  "--head 要一条记录的完整校验值：64 位十六进制数字",
				  "--head takes the whole hash of an entry: 64 hexadecimal digits");
	for (size_t i = 0; i <= len; i++)
		out[i] = in->head[i] >= 'A' && in->head[i] <= 'F' ? (char)(in->head[i] + 32)
								  : in->head[i];
	return LT_OK;
}

enum lt_status command_verify(struct invocation *in)
{
	const char *anchors[2];
	char head[LT_SHA256_HEX];
	struct verify_wish wish = { .anchors = anchors, .side_lines = in->all };
	struct verify_report report;
	if (!session_is_project(in->words[0]))
		return verify_certificate(in, in->words[0]);
	/* whatever is wrong with it, its check says so */
	in->role = in->role ? in->role : "evaluator";
	enum lt_status status = in->head ? read_head(in, head) : LT_OK;
	if (!status)
		status = open_project(in, in->words[0], PROJECT_SUSPECT);
	if (status)
		return status;
	if (in->head)
		anchors[wish.n_anchors++] = head;
	if (in->session.older)
		anchors[wish.n_anchors++] = in->session.older;
	progress_begin(in);
	status = session_verify(&in->session, &wish, !in->readonly, &report, &in->err);
	progress_end(in);
	if (status)
		return status;
	if (in->json)
		status = report_as_json(in, &report);
	else
		report_as_text(in, &report);
	return status ? status : report.holds ? LT_OK : LT_NO;
}

/* ---- copy, rescue ---- */

static enum lt_status verify_new(struct invocation *in, const char *path, bool all_there,
				 struct verify_report *report)
{
	const struct verify_wish wish = { .skip_bytes = !all_there };
	/* what is to be said of the file was said of the one that it was taken from */
	in->is_told = true;
	enum lt_status status = open_project(in, path, PROJECT_READ);
	if (!status)
		status = project_verify(in->session.project, &wish, report, &in->err);
	if (!status && !report->holds)
		status = lt_err_set(&in->err, LT_NO, "核对不通过：%s%.0s", "it does not hold: %.0s%s",
				    report->what.text[LT_ZH], report->what.text[LT_EN]);
	return status;
}

static enum lt_status tell_copied(struct invocation *in, const struct verify_report *report)
{
	struct lt_json json;
	if (!in->json) {
		printf("%s", say(in, "已另存为 ", "copied to "));
		print_path(in->words[1]);
		printf("%s\n", say(in, "，核对完好", ", and it holds"));
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	json_path(&json, "path", in->words[1]);
	lt_json_string(&json, "project", project_id(in->session.project));
	lt_json_string(&json, "head", report->head);
	lt_json_bool(&json, "holds", report->holds);
	lt_json_int(&json, "entries", report->n_entries);
	lt_json_int(&json, "blobs", report->n_blobs);
	lt_json_close(&json);
	return print_json(in, &json);
}

enum lt_status command_copy(struct invocation *in)
{
	struct verify_report report;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = project_copy(in->session.project, in->words[1], &in->err);
	if (!status)
		status = verify_new(in, in->words[1], true, &report);
	return status ? status : tell_copied(in, &report);
}

static enum lt_status rescue_as_json(struct invocation *in, const struct rescue_report *report)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_int(&json, "entries", report->n_entries);
	lt_json_int(&json, "entries_lost", report->n_entries_lost);
	lt_json_int(&json, "words", report->n_words);
	lt_json_int(&json, "words_lost", report->n_words_lost);
	lt_json_int(&json, "blobs", report->n_blobs);
	lt_json_int(&json, "blobs_lost", report->n_blobs_lost);
	lt_json_bool(&json, "head_kept", report->head_kept);
	lt_json_close(&json);
	return print_json(in, &json);
}

static void rescue_as_text(const struct invocation *in, const struct rescue_report *report)
{
	printf(say(in, "已存成 %s：记录 %u 条（缺 %u），内容 %u 份（缺 %u）\n",
		   "saved as %s: %u entries (%u lost), %u pieces of bytes (%u lost)\n"),
	       in->words[1], report->n_entries, report->n_entries_lost, report->n_blobs,
	       report->n_blobs_lost);
	if (report->n_words || report->n_words_lost)
		printf(say(in,
			   "缺失的记录写过的，按能读出的补记 %u 处（%u 处补不上），成一条新记录；见 lingtan log，不认可就 lingtan undo\n",
			   "of what lost entries said %u cells were found (%u could not be taken) and written down as one new entry; see lingtan log, and lingtan undo if it is not right\n"),
		       report->n_words, report->n_words_lost);
	if (!report->head_kept)
		printf("%s\n",
		       say(in, "最新的记录没能找回", "the newest entry could not be found"));
}

enum lt_status command_rescue(struct invocation *in)
{
	struct rescue_report report;
	struct verify_report verified;
	const struct who who = who_asks(in);
	enum lt_status status = open_workspace(in);
	in->has_session = !status;
	if (!status)
		status = session_rescue(&in->session, &in->workspace, in->words[0], in->words[1],
					&who, &report, &in->err);
	if (!status)
		status = verify_new(in, in->words[1], false, &verified);
	if (status)
		return status;
	if (in->json)
		status = rescue_as_json(in, &report);
	else
		rescue_as_text(in, &report);
	const bool whole = !report.n_entries_lost && !report.n_words_lost && !report.n_blobs_lost;
	return status ? status : whole ? LT_OK : LT_NO;
}
