/* lingtan export: what leaves a project as a file. */
#include "lingtan/app/export.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "certificate.h"
#include "command.h"
#include "lingtan/base/date.h"
#include "lingtan/base/text.h"
#include "progress.h"

static int find_word(const char *const *words, const char *word)
{
	for (int i = 0; words[i]; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return -1;
}

/* The day of so many seconds, by UTC; false where they are none, or beyond the year 9999. */
static bool day_of_epoch(const char *text, struct tm *day)
{
	char *end;
	const time_t seconds = (time_t)strtoll(text, &end, 10);
	return end != text && !*end && seconds >= 0 && gmtime_r(&seconds, day) && day->tm_year < 10000 - 1900;
}

enum lt_status day_of(struct invocation *in, const char **out)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	const time_t now = time(NULL);
	char text[32];
	struct tm day;
	if (in->date && !lt_date_is(in->date))
		return lt_err_set(&in->err, LT_EUSAGE, "--date 要一个日期，如 2026-03-01",
				  "--date takes a day, as 2026-03-01");
	if (in->date) {
		*out = in->date;
		return LT_OK;
	}
	if (epoch && epoch[0] ? !day_of_epoch(epoch, &day) : !localtime_r(&now, &day))
		return lt_err_set(&in->err, LT_EUSAGE, "SOURCE_DATE_EPOCH 要 1970 年起的秒数，“%.40s”不是；也可用 --date 给出日期",
				  "SOURCE_DATE_EPOCH takes seconds since 1970, not '%.40s'; --date names a day as well",
				  epoch ? epoch : "");
	strftime(text, sizeof(text), "%Y-%m-%d", &day);
	*out = lt_arena_strndup(&in->findings_arena, text, strlen(text));
	return *out ? LT_OK : lt_err_memory(&in->err);
}

static enum lt_status wish_of(struct invocation *in, struct export_wish *wish)
{
	const int format = in->format ? find_word(export_format_names, in->format) : -1;
	const int kind = in->kind ? find_word(report_kind_names, in->kind) : N_REPORT_KINDS;
	if (format < 0 && in->format)
		return lt_err_set(
			&in->err, LT_EUSAGE,
			"没有格式“%.*s”；有 docx、pdf、html、xlsx、csv、json、evidence、requests",
			"there is no format '%.*s'; there are docx, pdf, html, xlsx, csv, json, evidence, requests",
			LT_CUT(in->format, 40));
	if (format < 0)
		return lt_err_set(
			&in->err, LT_EUSAGE,
			"请用 --format 指明格式：docx、pdf、html、xlsx、csv、json、evidence、requests",
			"name the format with --format: docx, pdf, html, xlsx, csv, json, evidence, requests");
	if (kind < 0)
		return lt_err_set(&in->err, LT_EUSAGE,
				  "--kind 有 self（自评价报告）、third（第三方评价报告）、"
				  "statement（核查声明）",
				  "--kind is self, third or statement");
	if (!in->out)
		return lt_err_set(&in->err, LT_EUSAGE, "请用 -o 给出要写的文件",
				  "name the file to write with -o");
	if (in->final && in->draft)
		return lt_err_set(&in->err, LT_EUSAGE, "--draft 和 --final 只能用一个",
				  "--draft and --final exclude each other");
	if (in->rung && rung_check(in->rung, LT_EUSAGE, &in->err))
		return LT_EUSAGE;
	if (in->template_path && format != EXPORT_DOCX)
		return lt_err_set(&in->err, LT_EUSAGE, "--template 只用于 docx",
				  "--template is for docx alone");
	*wish = (struct export_wish){ .format = (enum export_format)format,
				      .path = in->out,
				      .replace = in->force,
				      .template_path = in->template_path,
				      .report = { .kind = (enum report_kind)kind,
						  .rung = in->rung ? rung_find(in->rung) : N_RUNGS,
						  .lang = in->lang,
						  .is_final = in->final,
						  .without_names = in->without_names,
						  .owner = in->owner } };
	return day_of(in, &wish->report.date);
}

static enum lt_status tell(struct invocation *in, const struct export_wish *wish,
			   const struct exported *exported)
{
	struct lt_json json;
	if (!in->json) {
		printf("%s", say(in, "已写出 ", "written: "));
		print_path(in->out);
		printf(say(in, "（%llu 字节，SHA-256 %.12s…）\n", " (%llu bytes, SHA-256 %.12s...)\n"),
		       exported->size, exported->sha256);
		if (wish->format == EXPORT_EVIDENCE)
			printf(say(in, "佐证 %u 份，另有 %u 份没有放入，见目录页\n",
				   "%u pieces of evidence; %u are not in it, see its index\n"),
			       exported->n_files, exported->n_left_out);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "format", export_format_names[wish->format]);
	json_path(&json, "file", in->out);
	lt_json_int(&json, "size", (long long)exported->size);
	lt_json_string(&json, "sha256", exported->sha256);
	lt_json_string(&json, "date", wish->report.date);
	lt_json_string(&json, "state", wish->report.is_final ? "final" : "draft");
	lt_json_string(&json, "head", project_head(in->session.project));
	if (wish->format == EXPORT_EVIDENCE) {
		lt_json_int(&json, "files", exported->n_files);
		lt_json_int(&json, "left_out", exported->n_left_out);
	}
	lt_json_close(&json);
	return print_json(in, &json);
}

enum lt_status command_export(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct export_wish wish;
	struct exported exported;
	enum lt_status status = wish_of(in, &wish);
	if (!status)
		status = open_project_for(in, PROJECT_READ, &ref);
	if (!status) {
		progress_begin(in);
		status = session_export(&in->session, ref, &wish, &exported, &in->findings,
					&in->err);
		progress_end(in);
	}
	return status ? status : tell(in, &wish, &exported);
}
