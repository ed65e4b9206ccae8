/* The words that change a project: new, add, set, quantity, import, submit, undo, redo. */
#include <string.h>
#include "command.h"
#include "lingtan/app/export.h"
#include "lingtan/base/text.h"
#include "lingtan/load/sheet.h"
#include "log.h"
#include "passphrase.h"

enum lt_status tell_change(struct invocation *in, bool done, const char *zh, const char *en,
			   const char *what)
{
	struct lt_json json;
	char shown[500];
	lt_text_visible(what, strlen(what), shown, sizeof(shown));
	if (!in->json) {
		printf(say(in, zh, en), shown);
		printf("\n");
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_bool(&json, "changed", done);
	lt_json_string(&json, "project", project_id(in->session.project));
	lt_json_string(&json, "head", project_head(in->session.project));
	lt_json_close(&json);
	return print_json(in, &json);
}

static struct new_project wish_of(const struct invocation *in)
{
	return (struct new_project){ .park = in->park,
				     .code = in->code,
				     .standard = in->standard,
				     .stage = in->stage,
				     .year = in->year,
				     .park_type = in->type ? in->type : in->park_type,
				     .place = in->place,
				     .reason = in->reason };
}

/* new --from: a project made again from what export wrote of it. */
static enum lt_status rebuild(struct invocation *in, const struct who *who)
{
	struct rebuilt rebuilt;
	enum lt_status status = permit_writing(in, in->words[0]);
	if (!status)
		status = open_workspace(in);
	if (status)
		return status;
	in->has_session = true;
	status = session_rebuild(&in->session, &in->workspace, in->words[0], in->from, who,
				 in->lang, &rebuilt, &in->err);
	if (status)
		return status;
	remember_project(in);
	if (!in->json && rebuilt.n_acts)
		printf(say(in, "轮次、会签、决定等 %u 处属于原来的记录，没有带过来\n",
			   "%u rounds, signatures and decisions belong to the old journal and are not in it\n"),
		       rebuilt.n_acts);
	if (!in->json && rebuilt.n_bytes)
		printf(say(in, "佐证 %u 份只有校验值；内容在佐证包里\n",
			   "%u pieces of evidence are named by their hash; their bytes are in the bundle\n"),
		       rebuilt.n_bytes);
	return tell_change(in, true, "已由 %s 重建", "made again from %s", in->from);
}

enum lt_status command_new(struct invocation *in)
{
	const struct new_project wish = wish_of(in);
	const struct who who = who_asks(in);
	if (in->from)
		return rebuild(in, &who);
	if (!in->standard)
		return lt_err_set(&in->err, LT_EUSAGE,
				  "请用 --standard 指明标准；见 lingtan standards",
				  "name the standard with --standard; see lingtan standards");
	enum lt_status status = permit_writing(in, in->words[0]);
	if (!status)
		status = open_workspace(in);
	if (status)
		return status;
	const char *person = who_name(&who, &in->findings_arena);
	status = person ? unlock_key(in, person) : lt_err_memory(&in->err);
	if (status)
		return status;
	in->has_session = true;
	status = session_new(&in->session, &in->workspace, in->words[0], &who, &wish, &in->findings,
			     &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "已新建 %s", "%s made", in->words[0]);
}

/* Whether another year of the same standard is there to be followed. */
static enum lt_status find_earlier(struct invocation *in, const char **earlier)
{
	const struct assessment_ref *all;
	unsigned n;
	enum lt_status status = session_assessments(&in->session, &all, &n, &in->err);
	for (unsigned i = 0; i < n && !status; i++)
		if (strcmp(all[i].standard, in->standard) == 0 &&
		    strcmp(all[i].year, in->year) < 0)
			*earlier = all[i].name;
	return status;
}

enum lt_status command_add(struct invocation *in)
{
	const char *earlier = NULL;
	const struct new_project wish = wish_of(in);
	if (!in->standard || !in->year)
		return lt_err_set(&in->err, LT_EUSAGE, "请给出 --standard、--stage 和 --year",
				  "--standard, --stage and --year are needed");
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = find_earlier(in, &earlier);
	if (!status)
		status = session_add_assessment(&in->session, &wish, &in->findings, &in->err);
	if (status)
		return status;
	remember_project(in);
	char shown[200] = "";
	if (earlier)
		lt_text_visible(earlier, strlen(earlier), shown, sizeof(shown));
	if (earlier && !in->json)
		fprintf(stderr,
			say(in, "lingtan: 提示：要承接 %s（上次的结论作提示），请撤销后用 lingtan follow\n",
			    "lingtan: note: to follow %s, with its verdicts as hints, undo this and use lingtan follow\n"),
			shown);
	return tell_change(in, true, "已添加评价 %s", "assessment of %s added", in->standard);
}

/* The assessment that an item, the second word, or a rung is about. */
static enum lt_status choose(struct invocation *in, bool of_item,
			     const struct assessment_ref **ref, const char **rung)
{
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = rung_to_write(in, rung);
	return status ? status : find_items(in, 1, of_item, 1, ref);
}

/* As people type it, with whatever input method. */
static enum lt_status read_typed(struct invocation *in, const char **word,
				 const char *(*read)(const char *text, struct lt_arena *arena))
{
	*word = read(*word, &in->session.arena);
	return *word ? LT_OK : lt_err_memory(&in->err);
}

enum lt_status command_set(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct new_answer wish = { .result = in->words[2],
				   .remark = in->remark,
				   .unsupported = in->no_evidence };
	bool done = false;
	enum lt_status status = choose(in, true, &ref, &wish.rung);
	wish.item = in->words[1];
	if (!status)
		status = read_typed(in, &wish.result, sheet_word_typed);
	if (!status)
		status = session_set(&in->session, ref, &wish, &in->findings, &done, &in->err);
	if (status)
		return status;
	if (!done)
		return tell_change(in, false, "条款 %s 本来就是这样，没有改动",
				   "item %s is so already", in->words[1]);
	remember_project(in);
	return tell_change(in, true, "条款 %s 已记下", "item %s written down", in->words[1]);
}

/* 50% is 50 in %, as in a sheet. */
static enum lt_status part_percent(struct invocation *in, struct new_quantity *wish)
{
	const size_t len = strlen(wish->value);
	if (len < 2 || wish->value[len - 1] != '%' || strncmp(wish->value, "na:", 3) == 0 ||
	    (wish->unit && strcmp(wish->unit, "%") != 0))
		return LT_OK;
	wish->value = lt_arena_strndup(&in->session.arena, wish->value, len - 1);
	wish->unit = "%";
	return wish->value ? LT_OK : lt_err_memory(&in->err);
}

enum lt_status command_quantity(struct invocation *in)
{
	struct new_quantity wish = { .id = in->words[1],
				     .value = in->words[2],
				     .unit = in->n_words > 3 ? in->words[3] : NULL,
				     .year = in->year,
				     .source = in->source };
	bool done = false;
	if (!in->year)
		return lt_err_set(&in->err, LT_EUSAGE, "请用 --year 给出年份",
				  "name the year with --year");
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = rung_to_write(in, &wish.rung);
	if (!status)
		status = read_typed(in, &wish.value, sheet_number_typed);
	if (!status && wish.unit)
		status = read_typed(in, &wish.unit, sheet_unit_typed);
	if (!status)
		status = part_percent(in, &wish);
	if (!status)
		status = session_set_quantity(&in->session, &wish, &in->findings, &done, &in->err);
	if (status)
		return status;
	if (!done)
		return tell_change(in, false, "%s 本来就是这个数，没有改动",
				   "%s has that value already", in->words[1]);
	remember_project(in);
	return tell_change(in, true, "%s 已记下", "%s written down", in->words[1]);
}

/* ---- import ---- */

static enum lt_status tell_import(struct invocation *in, const struct changes *changes, bool done)
{
	struct lt_json json;
	if (!in->json && in->dry_run)
		return print_planned(in, changes);
	if (!in->json) {
		const enum lt_status status =
			print_changes(in, changes->at, in->all ? changes->n : 0, 2);
		if (!status)
			printf(say(in, "已导入，改动 %u 处\n", "imported, %u changes\n"), changes->n);
		return status;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	json_changes(in, &json, changes, done);
	lt_json_close(&json);
	return print_json(in, &json);
}

enum lt_status command_import(struct invocation *in)
{
	struct changes changes;
	bool done = false;
	enum lt_status status =
		open_project(in, in->words[0], in->dry_run ? PROJECT_READ : PROJECT_WRITE);
	if (!status && in->rung)
		status = rung_check(in->rung, LT_EUSAGE, &in->err);
	/* a rung that was said comes before the sheet's own */
	if (!status)
		status = session_import_several(&in->session, in->words + 1,
						(unsigned)in->n_words - 1, in->assessment, in->rung,
						in->dry_run, &changes, &done, &in->findings, &in->err);
	if (status)
		return status;
	if (done)
		remember_project(in);
	status = tell_import(in, &changes, done);
	/* what would be refused is refused here, too, after it was shown */
	return status || !in->dry_run ? status
				      : session_may_commit(&in->session, &changes, &in->err);
}

/* ---- submit, undo, redo ---- */

enum lt_status command_submit(struct invocation *in)
{
	const struct assessment_ref *ref;
	const char *rung;
	unsigned round = 0;
	char number[16];
	enum lt_status status = choose(in, false, &ref, &rung);
	if (!status)
		status = session_submit(&in->session, ref, rung, &round, &in->findings, &in->err);
	if (status)
		return status;
	remember_project(in);
	snprintf(number, sizeof(number), "%u", round);
	return tell_change(in, true, "已提交第 %s 轮", "round %s submitted", number);
}

static enum lt_status take_back(struct invocation *in, bool redo)
{
	const char *command = "";
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = redo ? session_redo(&in->session, &command, &in->err)
			      : session_undo(&in->session, &command, &in->err);
	if (status)
		return status;
	remember_project(in);
	return redo ? tell_change(in, true, "已重做：%s", "done again: %s", command)
		    : tell_change(in, true, "已撤销：%s", "undone: %s", command);
}

enum lt_status command_undo(struct invocation *in)
{
	return take_back(in, false);
}

enum lt_status command_redo(struct invocation *in)
{
	return take_back(in, true);
}
