/* The words about lines of the inventory, its registers and factor sets: line, offset, greencert,
 * meter, calibration, factors. */
#include <string.h>
#include "field.h"
#include "lingtan/app/evidence.h"
#include "lingtan/app/inventory.h"
#include "lingtan/app/record.h"
#include "lingtan/base/text.h"
#include "log.h"

/* ---- line ---- */

/* FIELD=VALUE; what is probably a slip is told on stderr and stands. */
static enum lt_status set_field(struct invocation *in, struct inventory *inventory,
				struct ledger_line *line, const char *word)
{
	struct lt_err said = LT_ERR_INIT;
	const char *equals = strchr(word, '=');
	const size_t len = equals ? (size_t)(equals - word) : 0;
	char name[200];
	if (!len || len >= sizeof(name))
		return lt_err_set(&in->err, LT_EUSAGE, "“%.*s”要写成 栏名=内容",
				  "'%.*s' must be FIELD=VALUE", LT_CUT(word, 80));
	snprintf(name, sizeof(name), "%.*s", (int)len, word);
	enum lt_status status = inventory_set(&in->session, inventory, line, name, equals + 1,
					      &in->findings, &said);
	if (status == LT_NO) {
		print_failure(in, &said);
		return LT_OK;
	}
	if (status)
		in->err = said;
	return status;
}

static enum lt_status tell_lines(struct invocation *in, const struct changes *changes,
				 unsigned n_lines, bool done, const char *zh, const char *en)
{
	struct lt_json json;
	if (!in->json && in->dry_run)
		return print_planned(in, changes);
	if (!in->json) {
		if (!done)
			printf("%s\n", say(in, "本来就是这样，没有改动", "all is so already"));
		else
			printf(say(in, zh, en), n_lines);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_int(&json, "lines", n_lines);
	json_changes(in, &json, changes, done);
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status add_line(struct invocation *in, struct inventory *inventory)
{
	struct ledger_line line;
	unsigned at;
	enum lt_status status = LT_OK;
	ledger_line_init(&line);
	line.kind = "emission";
	line.year = in->year ? in->year : "";
	for (int i = 2; i < in->n_words && !status; i++)
		status = set_field(in, inventory, &line, in->words[i]);
	if (!status)
		status = inventory_add(&in->session, inventory, &line, NULL, &at, &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "已添加一行 %s", "line %s added", line.id);
}

static enum lt_status set_line(struct invocation *in, struct inventory *inventory, unsigned at)
{
	struct ledger_line line = inventory->ledger.rows[at].line;
	bool done = false;
	enum lt_status status = LT_OK;
	for (int i = 3; i < in->n_words && !status; i++)
		status = set_field(in, inventory, &line, in->words[i]);
	if (!status)
		status = inventory_change(&in->session, inventory, at, &line, &done, &in->err);
	if (status)
		return status;
	if (!done)
		return tell_change(in, false, "%s 本来就是这样，没有改动", "line %s is so already",
				   line.source);
	remember_project(in);
	return tell_change(in, true, "%s 已记下", "line %s written down", line.source);
}

/* A verified amount: the rung's claim, also where it confirms what was declared. */
static enum lt_status verify_line(struct invocation *in, struct inventory *inventory, unsigned at)
{
	struct ledger_line line = inventory->ledger.rows[at].line;
	bool done = false;
	enum lt_status status =
		in->n_words > 3 ? inventory_set(&in->session, inventory, &line, "amount",
						in->words[3], &in->findings, &in->err)
				: LT_OK;
	if (!status && in->n_words > 4)
		status = inventory_set(&in->session, inventory, &line, "unit", in->words[4],
				       &in->findings, &in->err);
	if (!status)
		status = inventory_verify(&in->session, inventory, at, &line, &done, &in->err);
	if (status)
		return status;
	if (done)
		remember_project(in);
	return tell_change(in, done, "%s 的核定值已记下", "the verified amount of %s is written down",
			   line.source);
}

/* Whether a tie is of the file that was named, by name or the beginning of its hash, and at the
 * place that was named, where one was. */
static bool is_meant(const struct invocation *in, const struct inventory_evidence *tie)
{
	const char *file = in->words[3];
	const size_t len = strlen(file);
	if (strcmp(tie->name, file) != 0 && (len < 6 || strncmp(tie->sha256, file, len) != 0))
		return false;
	return !in->locator || strcmp(tie->locator, in->locator) == 0;
}

static enum lt_status detach_from_line(struct invocation *in, struct inventory *inventory,
				       unsigned at)
{
	const struct ledger_line *line = &inventory->ledger.rows[at].line;
	struct inventory_evidence *ties;
	unsigned n, n_meant = 0, meant = 0;
	bool done = false;
	if (in->n_words != 4)
		return lt_err_set(&in->err, LT_EUSAGE, "请给出一份佐证的名称或校验值",
				  "name one piece of evidence, or its hash");
	enum lt_status status = inventory_evidence(&in->session, inventory, &ties, &n, &in->err);
	for (unsigned i = 0; i < n && !status; i++)
		if (ties[i].row == at && is_meant(in, &ties[i])) {
			meant = i;
			n_meant++;
		}
	if (!status && n_meant != 1)
		status = n_meant ? lt_err_set(&in->err, LT_EDATA,
					      "“%s”在这一行挂了几处；用 --locator 指明是哪一处",
					      "'%s' is tied to the line in several places; say which with --locator",
					      in->words[3])
				 : lt_err_set(&in->err, LT_EDATA, "这一行没有挂“%s”",
					      "'%s' is not tied to the line", in->words[3]);
	if (!status)
		status = inventory_untie(&in->session, &ties[meant], &done, &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, done, "佐证已从 %s 取下", "evidence taken off line %s", line->source);
}

static enum lt_status attach_to_line(struct invocation *in, struct inventory *inventory, unsigned at)
{
	const struct ledger_line *line = &inventory->ledger.rows[at].line;
	struct attached file;
	if (in->n_words != 4)
		return lt_err_set(&in->err, LT_EUSAGE, "请给出一份佐证文件", "name one file");
	enum lt_status status = require_locator(in, 3);
	if (status)
		return status;
	const struct new_evidence wish = { .line = line->id,
					   .path = in->words[3],
					   .locator = in->locator,
					   .page = in->page,
					   .table = in->table,
					   .note = in->note,
					   .sender = in->sender,
					   .kind = in->kind,
					   .received = in->received,
					   .link = in->link };
	status = session_attach(&in->session, NULL, &wish, &file, &in->findings, &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "佐证已挂到 %s", "evidence tied to line %s", line->source);
}

static enum lt_status remove_line(struct invocation *in, struct inventory *inventory, unsigned at)
{
	const char *source = inventory->ledger.rows[at].line.source;
	enum lt_status status = inventory_remove(&in->session, inventory, at, &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "已移除 %s", "line %s taken out", source);
}

static enum lt_status list_lines(struct invocation *in)
{
	in->words[1] = "line";
	return command_show(in);
}

static enum lt_status import_lines(struct invocation *in)
{
	struct changes changes;
	unsigned n_lines = 0;
	bool done = false;
	const struct ledger_import wish = { .paths = in->words + 2,
					    .n_paths = (unsigned)(in->n_words - 2),
					    .year = in->year,
					    .place = in->place,
					    .dry_run = in->dry_run };
	if (!wish.n_paths)
		return lt_err_set(&in->err, LT_EUSAGE, "请给出台账文件（CSV 或工作簿），可以多个",
				  "name the ledgers (CSV or workbooks), as many as you like");
	enum lt_status status = inventory_import(&in->session, &wish, &changes, &n_lines, &done,
						 &in->findings, &in->err);
	if (status)
		return status;
	if (done)
		remember_project(in);
	status = tell_lines(in, &changes, n_lines, done, "已导入 %u 行\n", "imported %u lines\n");
	return status || !in->dry_run ? status
				      : session_may_commit(&in->session, &changes, &in->err);
}

static enum lt_status one_line(struct invocation *in, const char *verb)
{
	struct inventory inventory;
	unsigned at;
	enum lt_status status =
		inventory_open(&in->session, NULL, &inventory, &in->findings, &in->err);
	if (!status && strcmp(verb, "add") == 0) {
		status = add_line(in, &inventory);
	} else if (!status) {
		status = in->n_words < 3
				 ? lt_err_set(&in->err, LT_EUSAGE, "请指明是哪一行", "say which line")
				 : inventory_find(&inventory, in->words[2], in->year, &at,
						  &in->err);
		if (!status)
			status = strcmp(verb, "set") == 0      ? set_line(in, &inventory, at)
				 : strcmp(verb, "verify") == 0 ? verify_line(in, &inventory, at)
				 : strcmp(verb, "attach") == 0 ? attach_to_line(in, &inventory, at)
				 : strcmp(verb, "detach") == 0 ? detach_from_line(in, &inventory, at)
							       : remove_line(in, &inventory, at);
	}
	inventory_close(&inventory);
	return status;
}

/* The verb stands before the file, as with findings; here it goes behind it. */
static bool takes_verb(struct invocation *in, const char *const *verbs, const char **verb)
{
	for (; *verbs; verbs++)
		if (strcmp(in->words[0], *verbs) == 0) {
			*verb = *verbs;
			in->words[0] = in->words[1];
			in->words[1] = *verb;
			return true;
		}
	return false;
}

enum lt_status command_line(struct invocation *in)
{
	static const char *const verbs[] = { "add",    "set",  "remove", "verify",
						"attach", "detach", "list", "import", NULL };
	const char *verb;
	if (!takes_verb(in, verbs, &verb))
		return lt_err_set(&in->err, LT_EUSAGE,
				  "先写 add、set、remove、verify、attach、detach、list 或 import",
				  "say add, set, remove, verify, attach, detach, list or import first");
	if (strcmp(verb, "list") == 0)
		return list_lines(in);
	const bool imports = strcmp(verb, "import") == 0;
	enum lt_status status = open_project(
		in, in->words[0], imports && in->dry_run ? PROJECT_READ : PROJECT_WRITE);
	if (status)
		return status;
	return imports ? import_lines(in) : one_line(in, verb);
}

/* ---- registers: list, or fill one ---- */

enum lt_status command_offset(struct invocation *in)
{
	return use_form(in, "offset");
}

enum lt_status command_greencert(struct invocation *in)
{
	return use_form(in, "greencert");
}

enum lt_status command_meter(struct invocation *in)
{
	return use_form(in, "meter");
}

enum lt_status command_calibration(struct invocation *in)
{
	return use_form(in, "calibration");
}

/* ---- factors ---- */

static enum lt_status factors_as_json(struct invocation *in, const struct factor_list *list)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_list(&json, NULL);
	for (unsigned s = 0; s < list->n; s++) {
		const struct factor_set *set = list->sets[s];
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "set", set->id);
		lt_json_string(&json, "title", label_text(in, &set->title));
		json_text(&json, "digest", list->digests[s]);
		lt_json_open_list(&json, "factors");
		for (unsigned i = 0; i < set->n_factors; i++) {
			const struct factor *factor = &set->factors[i];
			lt_json_open_object(&json, NULL);
			lt_json_string(&json, "id", factor->id);
			lt_json_string(&json, "title", label_text(in, &factor->title));
			lt_json_string(&json, "value", factor->value);
			lt_json_string(&json, "unit", factor->unit);
			lt_json_string(&json, "year", factor->year);
			lt_json_string(&json, "region", factor->region);
			lt_json_string(&json, "cite", factor->cite);
			lt_json_close(&json);
		}
		lt_json_close(&json);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status list_factors(struct invocation *in)
{
	struct factor_list list;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = factor_sets(&in->session, &in->session.arena, &in->findings, &list,
				     &in->err);
	if (status)
		return status;
	if (in->json)
		return factors_as_json(in, &list);
	for (unsigned s = 0; s < list.n; s++) {
		const struct factor_set *set = list.sets[s];
		printf("%s  ", set->id);
		print_remark(label_text(in, &set->title));
		printf("%s\n", list.digests[s][0] ? say(in, "  （本项目）", "  (of this project)") : "");
		for (unsigned i = 0; i < set->n_factors; i++) {
			printf("  ");
			print_padded(stdout, set->factors[i].id, 30);
			printf("%12s %-18s", set->factors[i].value, set->factors[i].unit);
			print_remark(label_text(in, &set->factors[i].title));
			printf("\n");
		}
	}
	return LT_OK;
}

static enum lt_status import_factors(struct invocation *in)
{
	struct changes changes;
	unsigned n_lines = 0;
	bool done = false;
	if (in->n_words != 3)
		return lt_err_set(&in->err, LT_EUSAGE, "请给出一个因子集文件（YAML、CSV 或工作簿）",
				  "name one factor set (YAML, CSV or workbook)");
	/* lines are computed anew with what the file holds, within a transaction */
	in->is_trial = in->dry_run;
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = factors_replace(&in->session, in->words[2], in->dry_run, &changes,
					 &n_lines, &done, &in->findings, &in->err);
	if (status)
		return status;
	if (done)
		remember_project(in);
	status = tell_lines(in, &changes, n_lines, done, "因子集已导入，%u 行按新值重算\n",
			    "factor set imported, %u lines computed anew\n");
	return status || !in->dry_run ? status
				      : session_may_commit(&in->session, &changes, &in->err);
}

enum lt_status command_factors(struct invocation *in)
{
	static const char *const verbs[] = { "list", "import", NULL };
	const char *verb;
	if (!takes_verb(in, verbs, &verb))
		return lt_err_set(&in->err, LT_EUSAGE, "先写 list 或 import",
				  "say list or import first");
	return strcmp(verb, "list") == 0 ? list_factors(in) : import_factors(in);
}
