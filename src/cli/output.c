/* What the commands print with: columns, values, titles, findings. */
#include <stdlib.h>
#include <string.h>
#include "command.h"
#include "lingtan/app/upgrade.h"
#include "lingtan/app/role.h"
#include "lingtan/base/text.h"

void print_padded(FILE *out, const char *text, int width)
{
	const int pad = width - lt_text_width(text);
	fprintf(out, "%s%*s", text, pad > 0 ? pad : 1, "");
}

static void rounded_text(struct lt_decimal value, bool unbounded, const char *infinity, int places,
			 char *buf)
{
	struct lt_decimal rounded;
	if (!lt_decimal_round(value, places, LT_HALF_EVEN, &rounded))
		rounded = value;
	if (unbounded)
		snprintf(buf, LT_DECIMAL_TEXT, "%s", infinity);
	else
		lt_decimal_format(rounded, buf);
}

static void number_text(const struct value *value, int places, char *buf, size_t cap)
{
	char lo[LT_DECIMAL_TEXT], hi[LT_DECIMAL_TEXT];
	rounded_text(value->lo, value->lo_unbounded, "-∞", places, lo);
	rounded_text(value->hi, value->hi_unbounded, "∞", places, hi);
	const bool exact = value_is_exact(value);
	snprintf(buf, cap, "%s%s%s", lo, exact ? "" : "~", exact ? "" : hi);
}

const char *ends_text(const struct value *value, char *buf, size_t cap)
{
	number_text(value, LT_DECIMAL_PLACES, buf, cap);
	return buf;
}

const char *const compare_signs[] = { "", "≥", ">", "≤", "<" };

const char *origin_in_words(const struct invocation *in, enum origin origin)
{
	static const char *const zh[] = { "", "有据", "自定", "推断", "拟定", "示例" };
	return say(in, zh[origin], origin == ORIGIN_UNSTATED ? "" : origin_names[origin]);
}

static const char *truth_text(const struct invocation *in, const struct value *value)
{
	if (value->lo.units)
		return say(in, "是", "yes");
	return value->hi.units ? say(in, "未定", "open") : say(in, "否", "no");
}

const char *value_text(const struct invocation *in, const struct result *result, uint32_t slot,
		       int places, char *buf, size_t cap)
{
	const struct value *value = &result->values[slot];
	const struct plan_node *node = plan_node_at(result->plan, slot);
	if (value->state == VALUE_NA) {
		snprintf(buf, cap, "%s", say(in, "不适用", "not applicable"));
		return buf;
	}
	if (value->state == VALUE_NONE) {
		snprintf(buf, cap, "%s%s", say(in, "无值：", "none: "),
			 result_none_reason(result, slot, in->lang));
		return buf;
	}
	if (node && node->decl->op == OP_LADDER)
		return grade_text(in, result, node, buf, cap);
	char number[3 * LT_DECIMAL_TEXT];
	if (plan_slot_is_truth(result->plan, slot))
		snprintf(number, sizeof(number), "%s", truth_text(in, value));
	else
		number_text(value, places, number, sizeof(number));
	if (value->maybe_none)
		snprintf(buf, cap, "%s %s %s", number, say(in, "或无值：", "or none:"),
			 result_none_reason(result, slot, in->lang));
	else
		snprintf(buf, cap, "%s", number);
	return buf;
}

const char *grade_title(const struct invocation *in, const struct ruleset *ruleset,
			const char *grade)
{
	const struct term *term =
		grade ? term_find(ruleset->grades, ruleset->n_grades, grade) : NULL;
	return term ? label_text(in, &term->title) : say(in, "未达到", "not reached");
}

const char *grade_text(const struct invocation *in, const struct result *result,
		       const struct plan_node *ladder, char *buf, size_t cap)
{
	const struct ruleset *ruleset = result->plan->ruleset;
	struct grade_view view;
	result_grade(result, ladder, &view);
	if (view.is_certain)
		snprintf(buf, cap, "%s",
			 grade_title(in, ruleset, view.certain ? view.certain : view.otherwise));
	else
		snprintf(buf, cap, "%s%s~%s", say(in, "未定：", "open: "),
			 grade_title(in, ruleset, view.certain),
			 grade_title(in, ruleset, view.possible));
	return buf;
}

const char *slot_title(const struct invocation *in, const struct plan *plan, uint32_t slot)
{
	switch (plan_slot_kind(plan, slot)) {
	case SLOT_ITEM:
		return label_text(in, &plan->items[slot].decl->title);
	case SLOT_QUANTITY:
		return label_text(in, &plan->quantities[slot - plan->first_quantity].decl->title);
	case SLOT_PARAMETER:
		return label_text(in,
				  &plan->numbers[slot - plan->first_parameter].parameter->title);
	case SLOT_CONSTANT:
		return "";
	case SLOT_NODE:
		break;
	}
	return label_text(in, &plan->nodes[slot - plan->first_node].title);
}

void print_failure(const struct invocation *in, const struct lt_err *err)
{
	char text[4 * LT_ERR_TEXT];
	lt_text_visible(err->text[in->lang], strlen(err->text[in->lang]), text, sizeof(text));
	fprintf(stderr, "lingtan: %s\n", text);
}

void print_remark(const char *text)
{
	for (; *text; text++) {
		if (*text == '\n')
			fputs(" ⏎ ", stdout);
		else if (*text == '\t')
			fputs("  ", stdout);
		else if (*text != '\r')
			putchar(*text);
	}
}

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* A report scores the same lines for every rung, and finds the same each time. */
static bool is_told_before(const struct lt_findings *findings, const struct lt_finding *finding)
{
	for (const struct lt_finding *at = findings->first; at != finding; at = at->next)
		if (at->severity == finding->severity && at->line == finding->line &&
		    at->column == finding->column && is_same_text(at->file, finding->file) &&
		    strcmp(at->text[LT_ZH], finding->text[LT_ZH]) == 0)
			return true;
	return false;
}

void print_findings(const struct invocation *in, FILE *out)
{
	for (const struct lt_finding *finding = in->findings.first; finding;
	     finding = finding->next) {
		char text[700], file[400] = "";
		if (is_told_before(&in->findings, finding))
			continue;
		lt_text_visible(finding->text[in->lang], strlen(finding->text[in->lang]), text,
				sizeof(text));
		if (finding->file)
			lt_text_visible(finding->file, strlen(finding->file), file, sizeof(file));
		if (finding->line)
			fprintf(out, "%s:%u:%u: %s: %s\n", file, finding->line, finding->column,
				lt_severity_name(finding->severity, in->lang), text);
		else
			fprintf(out, "%s%s%s: %s\n", file, file[0] ? ": " : "",
				lt_severity_name(finding->severity, in->lang), text);
	}
	const size_t total = in->findings.n_errors + in->findings.n_warnings;
	if (total > in->findings.n_kept)
		fprintf(out, say(in, "……另有 %zu 条未列出\n", "... and %zu more\n"),
			total - in->findings.n_kept);
}

void print_path(const char *path)
{
	char shown[4096];
	lt_text_visible(path, strlen(path), shown, sizeof(shown));
	fputs(shown, stdout);
}

void json_path(struct lt_json *json, const char *key, const char *path)
{
	char shown[4096];
	if (path)
		lt_text_visible(path, strlen(path), shown, sizeof(shown));
	lt_json_string(json, key, path ? shown : NULL);
}

enum lt_status print_json(struct invocation *in, struct lt_json *json)
{
	const char *text = lt_json_finish(json);
	enum lt_status status = text ? LT_OK : lt_err_memory(&in->err);
	if (text)
		fputs(text, stdout);
	lt_json_release(json);
	return status;
}

void json_text(struct lt_json *json, const char *key, const char *text)
{
	lt_json_string(json, key, text && text[0] ? text : NULL);
}

void json_list(struct lt_json *json, const char *key, const char *const *texts, unsigned n)
{
	lt_json_open_list(json, key);
	for (unsigned i = 0; i < n; i++)
		lt_json_string(json, NULL, texts[i]);
	lt_json_close(json);
}

enum lt_status tell_listing(struct invocation *in, const struct listing *list, const char *none)
{
	const char *row = list->rows;
	struct lt_json json;
	if (!in->json) {
		for (unsigned i = 0; i < list->n; i++, row += list->size)
			list->print(in, row);
		if (!list->n)
			printf("%s\n", none);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_list(&json, NULL);
	for (unsigned i = 0; i < list->n; i++, row += list->size)
		list->json(&json, row);
	lt_json_close(&json);
	return print_json(in, &json);
}

/* ---- what is scored ---- */

void note_shadowing(const struct invocation *in, const struct library_entry *entry)
{
	char folder[1000];
	if (!entry || !entry->shadows)
		return;
	lt_text_visible(entry->folder, strlen(entry->folder), folder, sizeof(folder));
	fprintf(in->notes,
		say(in, "提示：规则集 %s 来自 %s，替代了内置的同名规则集\n",
		    "note: ruleset %s is from %s; it shadows the built-in one\n"),
		entry->id, folder);
}

static void note_file(const struct invocation *in, const char *file)
{
	char shown[1000];
	if (!file)
		return;
	lt_text_visible(file, strlen(file), shown, sizeof(shown));
	fprintf(in->notes,
		say(in, "提示：用的是 %s，不是内置的\n",
		    "note: %s is used instead of what is built in\n"),
		shown);
}

/* Where this machine has another edition of a project's ruleset, it is offered. */
static void offer_edition(struct invocation *in, const struct assessment *assessment)
{
	char digest[LT_SHA256_HEX];
	struct lt_err ignored = LT_ERR_INIT;
	if (ruleset_at_hand(&in->session, assessment->ruleset->id, digest, &ignored) == LT_OK &&
	    strcmp(digest, assessment->edition_unknown) != 0)
		fprintf(in->notes,
			say(in, "提示：本机有 %s 的另一版（%.12s）；lingtan upgrade 可换用\n",
			    "note: this machine has another edition of %s (%.12s); lingtan upgrade changes to it\n"),
			assessment->ruleset->id, digest);
}

static void warn_of_source(struct invocation *in, const struct assessment *assessment)
{
	const struct library_entry *entry = assessment->entry;
	note_shadowing(in, entry);
	note_file(in, in->library.units_from);
	note_file(in, in->library.factors_from);
	if (assessment->n_left_out)
		fprintf(in->notes,
			say(in, "提示：按 %s 计算，有 %u 条答案不适用，未计入\n",
			    "note: taken as %s, %u answers do not apply and are left out\n"),
			assessment->plan->selection.park_type, assessment->n_left_out);
	if (assessment->edition_unknown)
		fprintf(in->notes,
			say(in, "提示：规则集 %s 不是已知版本（%.12s），按文件里的全文计算\n",
			    "note: ruleset %s is not a known edition (%.12s); scored by the text in the file\n"),
			assessment->ruleset->id, assessment->edition_unknown);
	if (assessment->edition_unknown && in->has_session)
		offer_edition(in, assessment);
	if (assessment->cases_failed)
		fprintf(in->notes,
			say(in,
			    "提示：规则集 %s 自带的算例不通过，结果只供查看；见 lingtan test %s\n",
			    "note: the cases of ruleset %s fail: look at its results, do not rely on them; see lingtan test %s\n"),
			entry->id, entry->id);
}

static enum lt_status open_sheet(struct invocation *in, const char *path,
				 struct assessment *assessment)
{
	const struct assessment_options options = { .park_type = in->park_type,
						    .profile = in->profile };
	enum lt_status status = assessment_open_sheet(assessment, &in->library, path, &options,
						      &in->findings, &in->err);
	if (status)
		return status;
	const char *rung = assessment->sheet->rung ? assessment->sheet->rung : "self";
	if (in->rung && strcmp(in->rung, rung) != 0)
		return lt_err_set(&in->err, LT_EDATA, "%s：答案表只有层级 %s，没有 %s",
				  "%s: the sheet holds rung %s, not %s", path, rung, in->rung);
	return LT_OK;
}

/* --rung, else the rung of the role that was said, else the highest that has an answer. */
static enum lt_status rung_to_read(struct invocation *in, const char *assessment, const char **rung)
{
	const struct who said = { .name = in->as, .role = in->role };
	const char *typed = who_role(&said);
	const char *role = typed ? roles_named(in->workspace.roles, typed) : NULL;
	*rung = in->rung ? in->rung : role ? role_rung(&in->workspace, role) : NULL;
	return *rung ? rung_check(*rung, LT_EUSAGE, &in->err)
		     : session_highest_rung(&in->session, assessment, rung, &in->err);
}

enum lt_status read_round(struct invocation *in, const char *word, unsigned *number)
{
	char *end;
	const unsigned long read = strtoul(word, &end, 10);
	*number = (unsigned)read;
	if (*word >= '0' && *word <= '9' && !*end && read > 0 && read < 100000)
		return LT_OK;
	return lt_err_set(&in->err, LT_EUSAGE, "轮次写成从 1 数起的数字，“%s”不是",
			  "a round is a number from 1 on, which '%s' is not", word);
}

/* As a rung was submitted; what it was is kept as long as the project is open. */
static enum lt_status open_round(struct invocation *in, const struct assessment_ref *ref,
				 const char *rung, struct assessment *assessment)
{
	unsigned number;
	enum lt_status status = read_round(in, in->round, &number);
	if (status)
		return status;
	if (in->profile || in->park_type)
		return lt_err_set(&in->err, LT_EUSAGE, "一轮按提交时的参数集和园区类型算分",
				  "a round is scored with the profile and park type it had");
	status = session_score_round(&in->session, ref, rung, number, &in->round_score,
				     &in->findings, &in->err);
	*assessment = in->round_score.assessment;
	in->round_score.assessment = (struct assessment){ 0 };
	return status;
}

static enum lt_status score_assessment(struct invocation *in, struct assessment *assessment)
{
	const struct assessment_options options = { .park_type = in->park_type,
						    .profile = in->profile };
	const struct assessment_ref *ref;
	const char *rung;
	enum lt_status status = session_find_assessment(&in->session, in->assessment, NULL, &ref,
							&in->findings, &in->err);
	if (!status)
		status = rung_to_read(in, ref->name, &rung);
	if (!status && in->round)
		return open_round(in, ref, rung, assessment);
	return status ? status
		      : session_score(&in->session, ref, rung, &options, assessment, &in->findings,
				      &in->err);
}

static enum lt_status open_assessment(struct invocation *in, const char *path,
				      struct assessment *assessment)
{
	struct lt_err ignored = LT_ERR_INIT;
	enum lt_status status = open_project(in, path, PROJECT_READ);
	/* what is chosen and what is scored are of one state, whoever writes meanwhile */
	if (!status)
		status = project_begin(in->session.project, false, &in->err);
	if (status)
		return status;
	status = score_assessment(in, assessment);
	project_end(in->session.project, true, &ignored);
	return status;
}

enum lt_status open_subject(struct invocation *in, const char *path, struct assessment *assessment)
{
	*assessment = (struct assessment){ 0 };
	enum lt_status status = session_is_project(path) ? open_assessment(in, path, assessment)
							 : open_sheet(in, path, assessment);
	if (!status)
		warn_of_source(in, assessment);
	return status;
}
