/* Every role against every kind of change, through the one place where facts are committed; what is refused leaves the head. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/app/role.h"

extern const struct embedded_file embedded_files[];

static char folder[64], path[128];
static struct library library;
static struct workspace workspace;
static struct lt_findings findings;
static struct lt_err err;
static struct session session;
static unsigned n_tried;

#define A "t-csus-66-2023/operation/2025"
#define OK(call)                                                                                                                                     \
	do {                                                                                                                                         \
		err = (struct lt_err)LT_ERR_INIT;                                                                                                    \
		if ((call) != LT_OK)                                                                                                                 \
			fail_msg("%s: %s %s", #call, err.text[LT_EN], findings.first ? findings.first->text[LT_EN] : "");                            \
	} while (0)

/* Who may: park, evaluator, leader, reviewer, approver, body by their first letters. */
static const char *const role_names[] = { "park", "evaluator", "leader", "reviewer", "approver", "body" };
static const char *const rung_words[] = { "self", "evaluator", "reviewer", "awarded" };

/* table.group, first member of the value (or NULL), rung of the row (or NULL), who may. Written from assessment.md and issue,
 * not from db/roles.yaml. */
static const struct expected {
	const char *table, *group, *when, *rung, *may;
} expected[] = {
	{ "park", "identity", NULL, NULL, "pelb" },
	{ "park", "location", NULL, NULL, "pelb" },
	{ "park", "boundary", NULL, NULL, "pelb" },
	{ "park", "land_use", NULL, NULL, "pelb" },
	{ "park", "administration", NULL, NULL, "pelb" },
	{ "park", "contact", NULL, NULL, "pelb" },
	{ "person", "profile", NULL, NULL, "pelb" },
	{ "person", "roles", NULL, NULL, "pelb" },
	{ "person", "removed", NULL, NULL, "pelb" },
	{ "signing_key", "owner", NULL, NULL, "pelrab" },
	{ "signing_key", "revoked", NULL, NULL, "pelrab" },
	{ "setting", "value", "on", NULL, "pelb" },
	{ "ruleset", "files", NULL, NULL, "pelb" },
	{ "profile", "files", NULL, NULL, "pelb" },
	{ "assessment", "subject", NULL, NULL, "pelb" },
	{ "assessment", "ruleset", NULL, NULL, "pelb" },
	{ "assessment", "profile", NULL, NULL, "pelb" },
	{ "assessment", "cycle", NULL, NULL, "pelb" },
	{ "assessment", "removed", NULL, NULL, "pelb" },
	{ "obligation", "must", NULL, NULL, "elb" },
	{ "answer", "verdict", NULL, "self", "p" },
	{ "answer", "verdict", NULL, "evaluator", "el" },
	{ "answer", "verdict", NULL, "reviewer", "r" },
	{ "answer", "verdict", NULL, "awarded", "a" },
	{ "answer", "remark", NULL, "self", "p" },
	{ "answer", "remark", NULL, "evaluator", "el" },
	{ "answer", "remark", NULL, "reviewer", "r" },
	{ "answer", "remark", NULL, "awarded", "a" },
	{ "answer", "unsupported", NULL, "self", "p" },
	{ "answer", "unsupported", NULL, "evaluator", "el" },
	{ "answer", "unsupported", NULL, "reviewer", "r" },
	{ "answer", "unsupported", NULL, "awarded", "a" },
	{ "answer", "cited", NULL, "self", "p" },
	{ "answer", "cited", NULL, "evaluator", "el" },
	{ "answer", "cited", NULL, "reviewer", "r" },
	{ "answer", "cited", NULL, "awarded", "a" },
	{ "quantity", "value", NULL, "self", "p" },
	{ "quantity", "value", NULL, "evaluator", "el" },
	{ "quantity", "value", NULL, "reviewer", "r" },
	{ "quantity", "value", NULL, "awarded", "a" },
	{ "quantity", "reason", NULL, "self", "p" },
	{ "quantity", "reason", NULL, "evaluator", "el" },
	{ "quantity", "reason", NULL, "reviewer", "r" },
	{ "quantity", "reason", NULL, "awarded", "a" },
	{ "line", "activity", NULL, "self", "p" },
	{ "line", "activity", NULL, "evaluator", "el" },
	{ "line", "factor", NULL, "self", "p" },
	{ "line", "factor", NULL, "evaluator", "el" },
	{ "line", "note", NULL, "self", "p" },
	{ "line", "note", NULL, "evaluator", "el" },
	{ "line", "removed", NULL, "self", "p" },
	{ "line", "removed", NULL, "evaluator", "el" },
	{ "line", "name", NULL, "self", "p" },
	{ "line", "name", NULL, "evaluator", "el" },
	{ "line", "months", NULL, "self", "p" },
	{ "line", "months", NULL, "evaluator", "el" },
	{ "line", "place", NULL, "self", "p" },
	{ "line", "place", NULL, "evaluator", "el" },
	{ "line", "gas", NULL, "self", "p" },
	{ "line", "gas", NULL, "evaluator", "el" },
	{ "line", "quality", NULL, "self", "p" },
	{ "line", "quality", NULL, "evaluator", "el" },
	{ "line", "boundary", NULL, "self", "p" },
	{ "line", "boundary", NULL, "evaluator", "el" },
	{ "line", "fuel", NULL, "self", "p" },
	{ "line", "fuel", NULL, "evaluator", "el" },
	{ "line", "set", NULL, "self", "p" },
	{ "line", "set", NULL, "evaluator", "el" },
	{ "line", "flow", NULL, "self", "p" },
	{ "line", "flow", NULL, "evaluator", "el" },
	{ "line", "purpose", NULL, "self", "p" },
	{ "line", "purpose", NULL, "evaluator", "el" },
	{ "line", "counts", NULL, "self", "p" },
	{ "line", "counts", NULL, "evaluator", "el" },
	{ "line", "terminal", NULL, "self", "p" },
	{ "line", "terminal", NULL, "evaluator", "el" },
	{ "line", "order", NULL, "self", "p" },
	{ "line", "order", NULL, "evaluator", "el" },
	{ "line", "allocation", NULL, "self", "p" },
	{ "line", "allocation", NULL, "evaluator", "el" },
	{ "line", "entered", NULL, "self", "p" },
	{ "line", "entered", NULL, "evaluator", "el" },
	{ "line", "entered", NULL, "reviewer", "" },
	{ "claim", "activity", NULL, "self", "p" },
	{ "claim", "activity", NULL, "evaluator", "el" },
	{ "claim", "activity", NULL, "reviewer", "r" },
	{ "claim", "activity", NULL, "awarded", "a" },
	{ "claim", "factor", NULL, "evaluator", "el" },
	{ "claim", "reason", NULL, "reviewer", "r" },
	{ "claim", "fuel", NULL, "evaluator", "el" },
	{ "claim", "set", NULL, "evaluator", "el" },
	{ "claim", "quality", NULL, "evaluator", "el" },
	{ "seen", "evidence", NULL, "self", "" },
	{ "seen", "evidence", NULL, "evaluator", "el" },
	{ "seen", "evidence", NULL, "reviewer", "r" },
	{ "seen", "evidence", NULL, "awarded", "a" },
	{ "evidence", "file", NULL, NULL, "pel" },
	{ "evidence", "taken", NULL, NULL, "pel" },
	{ "evidence", "provenance", NULL, NULL, "pel" },
	{ "evidence", "dated", NULL, NULL, "pel" },
	{ "evidence", "validity", NULL, NULL, "elr" },
	{ "evidence", "purged", NULL, NULL, "pelb" },
	{ "tie", "locator", NULL, NULL, "pel" },
	{ "tie", "slot", NULL, NULL, "pel" },
	{ "tie", "vague", NULL, NULL, "pel" },
	{ "tie", "removed", NULL, NULL, "pel" },
	{ "offset", "project", NULL, NULL, "pel" },
	{ "offset", "serials", NULL, NULL, "pel" },
	{ "offset", "holder", NULL, NULL, "pel" },
	{ "offset", "cancelled", NULL, NULL, "pel" },
	{ "offset", "locality", NULL, NULL, "pel" },
	{ "offset", "commitment", NULL, NULL, "pel" },
	{ "offset", "use", NULL, NULL, "pel" },
	{ "offset", "note", NULL, NULL, "pel" },
	{ "offset", "removed", NULL, NULL, "pel" },
	{ "green_certificate", "kind", NULL, NULL, "pel" },
	{ "green_certificate", "codes", NULL, NULL, "pel" },
	{ "green_certificate", "plant", NULL, NULL, "pel" },
	{ "green_certificate", "month", NULL, NULL, "pel" },
	{ "green_certificate", "holder", NULL, NULL, "pel" },
	{ "green_certificate", "cancelled", NULL, NULL, "pel" },
	{ "green_certificate", "use", NULL, NULL, "pel" },
	{ "green_certificate", "note", NULL, NULL, "pel" },
	{ "green_certificate", "removed", NULL, NULL, "pel" },
	{ "meter", "meter", NULL, NULL, "pel" },
	{ "meter", "place", NULL, NULL, "pel" },
	{ "meter", "note", NULL, NULL, "pel" },
	{ "meter", "removed", NULL, NULL, "pel" },
	{ "calibration", "result", NULL, NULL, "pel" },
	{ "calibration", "removed", NULL, NULL, "pel" },
	{ "line_tie", "locator", NULL, NULL, "pel" },
	{ "line_tie", "removed", NULL, NULL, "pel" },
	{ "appraisal", "difficulty", NULL, NULL, "pel" },
	{ "appraisal", "means", NULL, NULL, "pel" },
	{ "appraisal", "removed", NULL, NULL, "pel" },
	{ "evidence", "visit", NULL, NULL, "pel" },
	{ "request", "receipt", NULL, NULL, "pelrb" },
	{ "request", "reminded", NULL, NULL, "pelrb" },
	{ "engagement", "parties", NULL, NULL, "elb" },
	{ "engagement", "basis", NULL, NULL, "elb" },
	{ "engagement", "level", NULL, NULL, "elb" },
	{ "engagement", "contract", NULL, NULL, "elb" },
	{ "engagement", "person_days", NULL, NULL, "elb" },
	{ "engagement", "dates", NULL, NULL, "elb" },
	{ "engagement", "conflict", NULL, NULL, "elb" },
	{ "engagement", "declared", NULL, NULL, "elb" },
	{ "engagement", "acceptance", NULL, NULL, "lb" },
	{ "engagement", "note", NULL, NULL, "elb" },
	{ "engagement", "removed", NULL, NULL, "elb" },
	{ "team", "part", NULL, NULL, "elb" },
	{ "team", "dates", NULL, NULL, "elb" },
	{ "team", "declared", NULL, NULL, "elb" },
	{ "team", "note", NULL, NULL, "elb" },
	{ "team", "removed", NULL, NULL, "elb" },
	{ "place", "place", NULL, NULL, "pel" },
	{ "place", "share", NULL, NULL, "pel" },
	{ "place", "size", NULL, NULL, "pel" },
	{ "place", "marks", NULL, NULL, "pel" },
	{ "place", "contact", NULL, NULL, "pel" },
	{ "place", "note", NULL, NULL, "pel" },
	{ "place", "removed", NULL, NULL, "pel" },
	{ "population", "frame", NULL, NULL, "el" },
	{ "population", "rule", NULL, NULL, "el" },
	{ "population", "draw", NULL, NULL, "el" },
	{ "population", "removed", NULL, NULL, "el" },
	{ "sample", "drawn", NULL, NULL, "el" },
	{ "sample", "replaced", NULL, NULL, "el" },
	{ "sample", "removed", NULL, NULL, "el" },
	{ "stop", "when", NULL, NULL, "el" },
	{ "stop", "what", NULL, NULL, "el" },
	{ "stop", "done", NULL, NULL, "el" },
	{ "stop", "sign_in", NULL, NULL, "el" },
	{ "stop", "removed", NULL, NULL, "el" },
	{ "presence", "planned", NULL, NULL, "el" },
	{ "presence", "signed", NULL, NULL, "el" },
	{ "presence", "removed", NULL, NULL, "el" },
	{ "stop_item", "ask", NULL, NULL, "el" },
	{ "stop_item", "removed", NULL, NULL, "el" },
	{ "stop_place", "planned", NULL, NULL, "el" },
	{ "stop_place", "removed", NULL, NULL, "el" },
	{ "inspection", "document", NULL, NULL, "el" },
	{ "inspection", "to_site", NULL, NULL, "el" },
	{ "inspection", "site", NULL, NULL, "el" },
	{ "method", "used", NULL, NULL, "el" },
	{ "method", "removed", NULL, NULL, "el" },
	{ "interview", "who", NULL, NULL, "el" },
	{ "interview", "when", NULL, NULL, "el" },
	{ "interview", "about", NULL, NULL, "el" },
	{ "interview", "text", NULL, NULL, "el" },
	{ "interview", "agreed", NULL, NULL, "el" },
	{ "interview", "removed", NULL, NULL, "el" },
	{ "note", "text", NULL, NULL, "el" },
	{ "note", "where", NULL, NULL, "el" },
	{ "note", "filed", NULL, NULL, "el" },
	{ "note", "removed", NULL, NULL, "el" },
	{ "review_point", "verdict", NULL, NULL, "r" },
	{ "review_point", "answer", NULL, NULL, "el" },
	{ "review_point", "closed", NULL, NULL, "r" },
	{ "factor_set", "files", NULL, NULL, "pelb" },
	{ "factor_set", "retired", NULL, NULL, "pelb" },
	{ "request", "ask", NULL, NULL, "pelrb" },
	{ "request", "state", NULL, NULL, "pelrb" },
	{ "request", "removed", NULL, NULL, "pelrb" },
	{ "duty", "owner", NULL, NULL, "pelb" },
	{ "remark", "place", NULL, NULL, "pelrab" },
	{ "remark", "text", NULL, NULL, "pelrab" },
	{ "remark", "settled", NULL, NULL, "elrab" },
	{ "remark", "removed", NULL, NULL, "" },
	{ "round", "state", "submitted", "self", "p" },
	{ "round", "state", "submitted", "evaluator", "el" },
	{ "round", "state", "submitted", "reviewer", "r" },
	{ "round", "state", "submitted", "awarded", "a" },
	{ "round", "state", "returned", "self", "el" },
	{ "round", "state", "returned", "evaluator", "r" },
	{ "round", "state", "returned", "reviewer", "a" },
	{ "round", "state", "returned", "awarded", "" },
	{ "round", "state", "reopened", "self", "elb" },
	{ "round", "state", "reopened", "evaluator", "rb" },
	{ "round", "state", "reopened", "reviewer", "ab" },
	{ "round", "state", "reopened", "awarded", "b" },
	{ "round", "state", "forgotten", "self", "" },
	{ "sent_back", "ask", NULL, "self", "el" },
	{ "sent_back", "ask", NULL, "evaluator", "r" },
	{ "sent_back", "ask", NULL, "reviewer", "a" },
	{ "sent_back", "ask", NULL, "awarded", "" },
	{ "finding", "number", NULL, NULL, "elr" },
	{ "finding", "place", NULL, NULL, "elr" },
	{ "finding", "fact", NULL, NULL, "elr" },
	{ "finding", "grade", NULL, NULL, "elr" },
	{ "finding", "due", NULL, NULL, "elr" },
	{ "finding", "withdrawn", NULL, NULL, "elr" },
	{ "finding", "cause", NULL, NULL, "p" },
	{ "finding", "correction", NULL, NULL, "p" },
	{ "finding", "answer", NULL, NULL, "p" },
	{ "finding", "objection", NULL, NULL, "p" },
	{ "finding", "ruling", NULL, NULL, "lrb" },
	{ "finding", "verification", NULL, NULL, "elr" },
	{ "finding_tie", "locator", NULL, NULL, "pel" },
	{ "finding_tie", "removed", NULL, NULL, "pel" },
	{ "sign_off", "mark", NULL, NULL, "pelrab" },
	{ "decision", "outcome", NULL, NULL, "a" },
	{ "tick", "mark", NULL, NULL, "elrab" },
	{ "certificate", "issued", NULL, NULL, "b" },
	{ "certificate", "state", NULL, NULL, "b" },
	{ "certificate", "surveillance", NULL, NULL, "b" },
	{ "reprint", "printed", NULL, NULL, "b" },
};

#define N_EXPECTED (sizeof(expected) / sizeof(expected[0]))
#define SHA "0000000000000000000000000000000000000000000000000000000000000001"

static int set_up(void **state)
{
	(void)state;
	const struct who who = { .name = "建档", .role = "leader" };
	const struct new_project wish = { .park = "园区", .standard = "t-csus-66-2023", .stage = "operation", .year = "2025", .park_type = "production" };
	snprintf(folder, sizeof(folder), "/tmp/lt-role-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/p.lingtan", folder);
	err = (struct lt_err)LT_ERR_INIT;
	if (library_open(&library, embedded_files, NULL, NULL, &err))
		return -1;
	lt_findings_init(&findings, &library.arena);
	if (workspace_open(&workspace, &library, &findings, &err))
		return -1;
	return session_new(&session, &workspace, path, &who, &wish, &findings, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
	(void)state;
	session_close(&session);
	workspace_release(&workspace);
	library_release(&library);
	unlink(path);
	return rmdir(folder);
}

/* Works as somebody else on the same file. */
static void work_as(const char *name, const char *role)
{
	session.name = name;
	session.role = role;
	session.reason = "因为";
}

/* A value for one part of a key: a row that nobody wrote yet, where nothing else is asked for. */
static const char *part_of_key(const char *table, const char *part, const char *rung)
{
	if (strcmp(part, "rung") == 0)
		return rung;
	if (strcmp(part, "assessment") == 0 && strcmp(table, "assessment") != 0)
		return A;
	if (strcmp(part, "park") == 0)
		return "park";
	/* rows that are somebody's own */
	if (strcmp(part, "step") == 0)
		return session.role;
	if (strcmp(part, "person") == 0)
		return session.name;
	if (strcmp(part, "sha256") == 0 && strcmp(table, "evidence") != 0)
		return SHA;
	if (strcmp(part, "finding") == 0 && strcmp(table, "finding") != 0)
		return "f";
	return lt_arena_printf(&session.arena, strcmp(part, "sha256") == 0 ? "%064u" : "n%u", n_tried + 2);
}

static const char *member_value(const struct expected *of, const char *member, unsigned at)
{
	if (at == 0 && of->when)
		return of->when;
	if (strcmp(member, "by") == 0 || strcmp(member, "person") == 0)
		return session.name;
	if (strcmp(member, "rung") == 0 && of->rung)
		return of->rung;
	return lt_arena_printf(&session.arena, "v%u", n_tried);
}

static enum lt_status add(struct changes *changes, const struct expected *of)
{
	const struct fact_table *table = vocabulary_find_table(workspace.vocabulary, of->table);
	const struct cell_group *group = table ? fact_table_find_group(table, of->group) : NULL;
	const char *key[CELL_MAX_KEY], *values[CELL_MAX_MEMBERS];
	assert_non_null(group);
	for (unsigned i = 0; i < table->key.n; i++)
		key[i] = part_of_key(of->table, table->key.at[i], of->rung);
	for (unsigned i = 0; i < group->members.n; i++)
		values[i] = member_value(of, group->members.at[i], i);
	enum lt_status status = changes_add(changes, of->table, key, of->group, values, &err);
	/* whose a line is stands in a cell of its own */
	if (!status && strcmp(of->table, "line") == 0 && strcmp(of->group, "entered") != 0)
		status = changes_add(changes, "line", key, "entered", &of->rung, &err);
	return status;
}

static enum lt_status try(const char *role, const struct expected *of)
{
	struct changes changes = { .session = &session };
	bool done;
	n_tried++;
	err = (struct lt_err)LT_ERR_INIT;
	/* everyone is somebody new, so that nothing but the role decides */
	work_as(lt_arena_printf(&session.arena, "人%u", n_tried), role);
	enum lt_status status = add(&changes, of);
	return status ? status : session_commit(&session, "try", &changes, &done, &err);
}

static void test_role__every_role_against_every_change(void **state)
{
	static const char *const f = "f", *const sha = SHA;
	struct changes changes = { .session = &session };
	const char *const five[] = { "a", "1", "", "", "" }, *const text[] = { "事实", "评价" };
	unsigned wrong = 0;
	bool done;
	(void)state;
	work_as("评价", "evaluator");
	OK(changes_add(&changes, "evidence", &sha, "file", five, &err));
	OK(changes_add(&changes, "finding", &f, "fact", text, &err));
	OK(session_commit(&session, "try", &changes, &done, &err));
	/* with answers above the park's the assessment is not the park's any more: here there are none */
	for (size_t i = 0; i < N_EXPECTED; i++)
		for (size_t r = 0; r < 6; r++) {
			char head[LT_SHA256_HEX];
			const struct expected *of = &expected[i];
			const bool may = strchr(of->may, role_names[r][0]) != NULL;
			snprintf(head, sizeof(head), "%s", project_head(session.project));
			const enum lt_status status = try(role_names[r], of);
			const bool moved = strcmp(head, project_head(session.project)) != 0;
			if (status == (may ? LT_OK : LT_EDATA) && moved == may)
				continue;
			wrong++;
			print_error("%s %s.%s %s %s: status %d, %s\n", role_names[r], of->table, of->group, of->when ? of->when : "", of->rung ? of->rung : "",
				    (int)status, err.text[LT_EN]);
		}
	assert_int_equal(wrong, 0);
}

static bool has_rung(const struct fact_table *table)
{
	for (unsigned k = 0; k < table->key.n; k++)
		if (strcmp(table->key.at[k], "rung") == 0)
			return true;
	return false;
}

static void must_try_rung(const struct fact_table *table, const char *rung)
{
	const char *group = table->groups[0].group;
	for (size_t i = 0; i < N_EXPECTED; i++)
		if (strcmp(expected[i].table, table->table) == 0 && strcmp(expected[i].group, group) == 0 && strcmp(expected[i].rung, rung) == 0)
			return;
	fail_msg("%s.%s is not tried on rung %s", table->table, group, rung);
}

/* The table above leaves out no group, and of tables with a rung in their key no rung for the first group. */
static void test_role__no_kind_of_change_is_left_out(void **state)
{
	(void)state;
	for (unsigned t = 0; t < workspace.vocabulary->n_tables; t++) {
		const struct fact_table *table = &workspace.vocabulary->tables[t];
		for (unsigned g = 0; g < table->n_groups; g++) {
			unsigned found = 0;
			for (size_t i = 0; i < N_EXPECTED; i++)
				found += strcmp(expected[i].table, table->table) == 0 && strcmp(expected[i].group, table->groups[g].group) == 0;
			if (!found)
				fail_msg("%s.%s is not tried", table->table, table->groups[g].group);
		}
	}
	unsigned n_with_rungs = 0;
	for (unsigned t = 0; t < workspace.vocabulary->n_tables; t++)
		if (has_rung(&workspace.vocabulary->tables[t])) {
			n_with_rungs++;
			for (unsigned r = 0; r < 4; r++)
				must_try_rung(&workspace.vocabulary->tables[t], rung_words[r]);
		}
	assert_true(n_with_rungs > 3);
}

/* ---- what depends on more than the role ---- */

static enum lt_status set_as(const char *name, const char *role, const char *rung, const char *item, const char *points)
{
	const char *const key[] = { A, rung, item }, *const values[] = { "points", points, "" };
	struct changes changes = { .session = &session };
	bool done;
	err = (struct lt_err)LT_ERR_INIT;
	work_as(name, role);
	enum lt_status status = changes_add(&changes, "answer", key, "verdict", points ? values : NULL, &err);
	return status ? status : session_commit(&session, "set", &changes, &done, &err);
}

static void assert_refused(enum lt_status status, const char *part)
{
	assert_int_equal(status, LT_EDATA);
	if (!strstr(err.text[LT_EN], part))
		fail_msg("'%s' does not say '%s'", err.text[LT_EN], part);
	assert_true(err.text[LT_ZH][0]);
	assert_null(strstr(err.text[LT_ZH], part));
}

static void test_role__a_refusal_names_role_thing_and_cure(void **state)
{
	(void)state;
	assert_refused(set_as("周", "park", "evaluator", "4.2.1", "5"), "park may not change evaluator 4.2.1 Intensive use of land, verdict: it is on rung evaluator");
	assert_refused(set_as("局", "body", "evaluator", "4.2.1", "5"), "body may not change evaluator 4.2.1 Intensive use of land, verdict; it is for park, evaluator, team leader");
	assert_non_null(strstr(err.text[LT_ZH], "机构"));
	assert_non_null(strstr(err.text[LT_ZH], "“评价 4.2.1 土地集约利用水平”的结论"));
}

static void test_role__one_person_does_not_stand_on_two_rungs(void **state)
{
	(void)state;
	assert_int_equal(set_as("林", "evaluator", "evaluator", "4.2.1", "5"), LT_OK);
	assert_refused(set_as("林", "reviewer", "reviewer", "4.2.1", "4"), "does not climb two rungs");
	assert_refused(set_as("林", "park", "self", "4.2.1", "4"), "does not climb two rungs");
	/* other items, and other people, are free */
	assert_int_equal(set_as("林", "reviewer", "reviewer", "4.2.2", "4"), LT_OK);
	assert_int_equal(set_as("赵", "reviewer", "reviewer", "4.2.1", "4"), LT_OK);
	/* who took the value back, or whose value another replaced, stands there no more */
	assert_int_equal(set_as("林", "evaluator", "evaluator", "4.2.3", "5"), LT_OK);
	assert_int_equal(set_as("林", "evaluator", "evaluator", "4.2.3", NULL), LT_OK);
	assert_int_equal(set_as("林", "reviewer", "reviewer", "4.2.3", "4"), LT_OK);
	assert_int_equal(set_as("王", "evaluator", "evaluator", "4.2.1", "6"), LT_OK);
	assert_int_equal(set_as("林", "park", "self", "4.2.1", "4"), LT_OK);
	/* a name is a name as a whole: no part of it, no quotes */
	assert_int_equal(set_as("王\",\"role\":\"evaluator", "reviewer", "reviewer", "4.2.1", "3"), LT_OK);
	assert_int_equal(set_as("王 ", "reviewer", "reviewer", "4.2.1", "2"), LT_OK);
}

/* A session reads the journal of a person who was on no other rung once; what another program adds meanwhile counts too. */
static void test_role__a_rung_that_was_taken_elsewhere_meanwhile_is_seen(void **state)
{
	struct session first;
	(void)state;
	assert_int_equal(set_as("吴", "evaluator", "evaluator", "4.2.7", "5"), LT_OK);
	first = session;
	const struct who who = { .name = "吴", .role = "park" };
	OK(session_open(&session, &workspace, path, PROJECT_WRITE, &who, &err));
	assert_int_equal(set_as("吴", "park", "self", "4.2.8", "5"), LT_OK);
	session_close(&session);
	session = first;
	assert_refused(set_as("吴", "evaluator", "evaluator", "4.2.8", "5"), "does not climb two rungs");
	assert_int_equal(set_as("吴", "evaluator", "evaluator", "4.2.9", "5"), LT_OK);
}

static enum lt_status set_setting(const char *role, const char *name, const char *value)
{
	struct changes changes = { .session = &session };
	bool done;
	err = (struct lt_err)LT_ERR_INIT;
	work_as("局", role);
	enum lt_status status = changes_add(&changes, "setting", &name, "value", &value, &err);
	return status ? status : session_commit(&session, "setting", &changes, &done, &err);
}

static void test_role__leader_reviewer_and_decision_maker_are_three(void **state)
{
	(void)state;
	assert_int_equal(set_as("孙", "leader", "evaluator", "4.2.1", "5"), LT_OK);
	assert_refused(set_as("孙", "reviewer", "reviewer", "4.2.5", "4"), "acted as team leader here and cannot be technical reviewer");
	assert_refused(set_as("孙", "approver", "awarded", "4.2.5", "4"), "acted as team leader here and cannot be decision maker");
	assert_int_equal(set_as("钱", "reviewer", "reviewer", "4.2.5", "4"), LT_OK);
	assert_refused(set_as("钱", "approver", "awarded", "4.2.6", "4"), "acted as technical reviewer here");
	/* the body alone may relax it, and that stands in the journal */
	for (size_t r = 0; r < 5; r++)
		assert_refused(set_setting(role_names[r], "separation", "relaxed"), "it is for body");
	assert_int_equal(set_setting("body", "separation", "relaxed"), LT_OK);
	assert_int_equal(set_as("孙", "approver", "awarded", "4.2.5", "4"), LT_OK);
	/* but never two rungs of one item */
	assert_refused(set_as("孙", "approver", "awarded", "4.2.1", "4"), "does not climb two rungs");
	assert_int_equal(set_setting("body", "separation", ""), LT_OK);
	assert_refused(set_as("孙", "approver", "awarded", "4.2.6", "4"), "acted as team leader here");
}

static enum lt_status set_type(const char *role, const char *type)
{
	static const char *const key = A;
	const char *const values[] = { type, "", "" };
	struct changes changes = { .session = &session };
	bool done;
	err = (struct lt_err)LT_ERR_INIT;
	work_as("周", role);
	enum lt_status status = changes_add(&changes, "assessment", &key, "subject", values, &err);
	return status ? status : session_commit(&session, "set", &changes, &done, &err);
}

static void test_role__the_park_changes_the_subject_only_while_it_is_alone(void **state)
{
	(void)state;
	assert_int_equal(set_as("周", "park", "self", "4.2.1", "5"), LT_OK);
	assert_int_equal(set_type("park", "office"), LT_OK);
	assert_int_equal(set_as("林", "evaluator", "evaluator", "4.2.1", "5"), LT_OK);
	assert_refused(set_type("park", "production"), "a rung above has answered");
	assert_int_equal(set_type("evaluator", "production"), LT_OK);
}

static void test_role__what_was_said_is_not_edited_and_nobody_speaks_for_another(void **state)
{
	static const char *const key = "r1";
	const char *const first = "第一句", *const second = "第二句";
	const char *const settled[] = { "yes", "别人" };
	struct changes changes = { .session = &session };
	bool done;
	(void)state;
	work_as("林", "evaluator");
	OK(changes_add(&changes, "remark", &key, "text", &first, &err));
	OK(session_commit(&session, "remark", &changes, &done, &err));
	changes = (struct changes){ .session = &session };
	OK(changes_add(&changes, "remark", &key, "text", &second, &err));
	err = (struct lt_err)LT_ERR_INIT;
	assert_refused(session_commit(&session, "remark", &changes, &done, &err), "what stands is never edited");
	changes = (struct changes){ .session = &session };
	err = (struct lt_err)LT_ERR_INIT;
	OK(changes_add(&changes, "remark", &key, "settled", settled, &err));
	assert_refused(session_commit(&session, "remark", &changes, &done, &err), "in the name of");
	/* it may go as a whole: who says no to it in a merge leaves nothing in its place */
	changes = (struct changes){ .session = &session };
	OK(changes_add(&changes, "remark", &key, "text", NULL, &err));
	OK(session_commit(&session, "remark", &changes, &done, &err));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(test_role__every_role_against_every_change),
		T(test_role__no_kind_of_change_is_left_out),
		T(test_role__a_refusal_names_role_thing_and_cure),
		T(test_role__one_person_does_not_stand_on_two_rungs),
		T(test_role__a_rung_that_was_taken_elsewhere_meanwhile_is_seen),
		T(test_role__leader_reviewer_and_decision_maker_are_three),
		T(test_role__the_park_changes_the_subject_only_while_it_is_alone),
		T(test_role__what_was_said_is_not_edited_and_nobody_speaks_for_another),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
