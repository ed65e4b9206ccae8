/* The register of a body: what stands in it, and how each certificate stands. */
#include "lingtan/app/register.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/key.h"
#include "lingtan/app/place.h"
#include "lingtan/app/role.h"
#include "lingtan/base/csv_out.h"
#include "lingtan/base/date.h"
#include "lingtan/base/file.h"
#include "session_parts.h"

#define SETTING "register" /* of the file: that it is one; of the machine: the last */
#define DUE_DAYS 30

const char *const registered_state_names[] = { "valid",    "suspended", "withdrawn", "given-up",
					       "expired", "superseded", NULL };
const struct label registered_state_titles[N_REGISTERED_STATES] = {
	[REGISTERED_VALID] = { "有效", "valid" },
	[REGISTERED_SUSPENDED] = { "暂停", "suspended" },
	[REGISTERED_WITHDRAWN] = { "撤销", "withdrawn" },
	[REGISTERED_GIVEN_UP] = { "注销", "given up" },
	[REGISTERED_EXPIRED] = { "到期", "expired" },
	[REGISTERED_SUPERSEDED] = { "被替代", "superseded" },
};

/* ---- making one ---- */

static enum lt_status fill(void *context, struct project *project, struct entry *first,
			   struct lt_err *err)
{
	static const char *const key = SETTING, *const yes = "yes";
	struct session *session = context;
	struct changes changes = { .session = session };
	enum lt_status status = changes_add(&changes, "setting", &key, "value", &yes, err);
	if (!status)
		status = changes_add(&changes, "person", &session->name, "roles", &session->role,
				     err);
	const struct lt_key *own = session_key(session);
	if (!status && own)
		status = session_change_key(session, &changes, lt_key_public(own), err);
	journal_sign_with(project, own);
	const struct deed deed = { .by = session->name,
				   .role = session->role,
				   .changes = changes.at,
				   .n_changes = changes.n };
	if (!status)
		status = role_permits(session, &deed, err);
	if (!status && strcmp(session->role, "body") != 0)
		status = lt_err_set(err, LT_EDATA, "证书登记由机构来建（--as 姓名:body）",
				    "a register is made by the body (--as NAME:body)");
	if (!status)
		status = session_sign(session, first, "register", err);
	first->changes = changes.at;
	first->n_changes = changes.n;
	return status;
}

enum lt_status register_new(struct session *session, struct workspace *workspace, const char *path,
			    const struct who *who, struct lt_err *err)
{
	session_start(session, workspace, who);
	session->command = "register new";
	enum lt_status status = session_identify(session, who, err);
	return status ? status
		      : project_create(workspace->store, path, fill, session, &session->project,
				       err);
}

enum lt_status register_is(struct session *session, struct lt_err *err)
{
	struct words value;
	enum lt_status status = project_get(session->project, "setting", SETTING, "value",
					    &session->arena, &value, err);
	if (status || (value.at && strcmp(value.at[0], "yes") == 0))
		return status;
	return lt_err_set(err, LT_EDATA, "%s：不是证书登记；新建：lingtan register new FILE",
			  "%s: it is no register of certificates; make one: lingtan register new FILE",
			  project_path(session->project));
}

const char *register_remembered(struct session *session)
{
	const char *path = setting_find(session->state, SETTING, &session->arena);
	return path && lt_is_file(path) ? path : NULL;
}

void register_remember(const struct session *session, const char *path)
{
	char *whole = realpath(path, NULL);
	if (whole)
		setting_keep(session->state, SETTING, whole);
	free(whole);
}

/* ---- reading ---- */

struct reading {
	struct session *session;
	const char *day;
	struct registered *at;
	unsigned n, cap;
	struct lt_err *err;
};

static enum registered_state state_on(const struct registered *at, const char *state,
				      const char *day)
{
	enum registered_state found = REGISTERED_VALID;
	for (unsigned i = 0; i < N_REGISTERED_STATES; i++)
		if (strcmp(registered_state_names[i], state) == 0)
			found = (enum registered_state)i;
	const bool runs = found == REGISTERED_VALID || found == REGISTERED_SUSPENDED;
	return runs && at->valid_until[0] && strcmp(at->valid_until, day) < 0 ? REGISTERED_EXPIRED
									      : found;
}

static void take_state(struct registered *to, const struct fact_row *row, const char *day)
{
	static const char *const nothing[] = { "valid", "", "", "", "", "" };
	const struct words *state = fact_row_get(row, "state"),
			   *surveillance = fact_row_get(row, "surveillance");
	const char *const *at = state->at ? state->at : nothing;
	to->since = at[1][0] ? at[1] : to->day;
	to->until = at[2];
	to->reason = at[3];
	to->other = at[4];
	to->by = at[5];
	to->due = surveillance->at ? surveillance->at[0] : "";
	to->done = surveillance->at ? surveillance->at[1] : "";
	to->note = surveillance->at ? surveillance->at[2] : "";
	to->state = state_on(to, at[0], day);
	const bool runs = to->state == REGISTERED_VALID || to->state == REGISTERED_SUSPENDED;
	to->is_due = runs && to->due[0] && lt_date_number(to->due) - lt_date_number(day) <= DUE_DAYS;
}

static enum lt_status see_row(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	const struct words *issued = fact_row_get(row, "issued");
	if (!issued->at)
		return LT_OK;
	reading->at = lt_arena_room(&reading->session->arena, reading->at, reading->n,
				    &reading->cap, sizeof(*reading->at));
	if (!reading->at)
		return lt_err_memory(reading->err);
	struct registered *to = &reading->at[reading->n++];
	const char *const *at = issued->at;
	*to = (struct registered){ .number = row->parts[0],
				   .series = at[0],
				   .year = at[1],
				   .n = at[2],
				   .park = at[3],
				   .grade = at[4],
				   .standard = at[5],
				   .project = at[6],
				   .assessment = at[7],
				   .day = at[8],
				   .valid_until = at[9],
				   .record = at[10],
				   .statement = at[11] };
	take_state(to, row, reading->day);
	return LT_OK;
}

static int by_newest(const void *a, const void *b)
{
	const struct registered *left = a, *right = b;
	const int order = strcmp(right->day, left->day);
	return order ? order : strcmp(right->number, left->number);
}

enum lt_status register_list(struct session *session, const char *day, struct registered **out,
			     unsigned *n, struct lt_err *err)
{
	struct reading reading = { .session = session, .day = day, .err = err };
	enum lt_status status = project_visit(session->project, "certificate", &session->arena,
					      see_row, &reading, err);
	if (status)
		return status;
	if (reading.n)
		qsort(reading.at, reading.n, sizeof(*reading.at), by_newest);
	*out = reading.at;
	*n = reading.n;
	return LT_OK;
}

/* ---- deciding ---- */

enum lt_status register_find(struct session *session, const char *number, const char *day,
			     const struct registered **out, struct lt_err *err)
{
	struct registered *list = NULL;
	unsigned n = 0;
	enum lt_status status = register_is(session, err);
	if (!status)
		status = register_list(session, day, &list, &n, err);
	for (unsigned i = 0; i < n && !status; i++)
		if (strcmp(list[i].number, number) == 0) {
			*out = &list[i];
			return LT_OK;
		}
	return status ? status
		      : lt_err_set(err, LT_EDATA, "登记里没有编号 %s", "the register has no number %s",
				   number);
}

static enum lt_status check_step(const struct registered *now, enum registered_state state,
				 struct lt_err *err)
{
	const struct label *title = &registered_state_titles[now->state];
	if (now->state != REGISTERED_VALID && now->state != REGISTERED_SUSPENDED)
		return lt_err_set(err, LT_EDATA, "%s 已是“%s%.0s”（%s），不再变更；需要时另发新证",
				  "%s is at its end (%.0s%s, %s); issue another where it is needed",
				  now->number, title->zh, title->en, now->since);
	if (now->state == state)
		return lt_err_set(err, LT_EDATA, "%s 已是“%s%.0s”（%s 起）",
				  "%s is so already (%.0s%s, since %s)", now->number, title->zh,
				  title->en, now->since);
	return LT_OK;
}

enum lt_status register_decide(struct session *session, const char *number,
			       enum registered_state state, const char *since, const char *until,
			       const char *other, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct registered *now = NULL, *successor;
	bool done;
	enum lt_status status = session_check_day("--from", since, err);
	if (!status && until)
		status = session_check_day("--until", until, err);
	if (!status && until && strcmp(until, since) < 0)
		status = lt_err_set(err, LT_EDATA, "暂停的结束早于开始", "the suspension ends before it begins");
	if (!status && !session->reason[0])
		status = lt_err_set(err, LT_EDATA, "证书状态的变更要写明理由（--reason）",
				    "another state of a certificate needs a --reason");
	if (!status)
		status = register_find(session, number, since, &now, err);
	if (!status)
		status = check_step(now, state, err);
	if (!status && state == REGISTERED_SUPERSEDED)
		status = register_find(session, other ? other : "", since, &successor, err);
	if (status)
		return status;
	const char *const values[] = { registered_state_names[state], since, until ? until : "",
				       session->reason, other ? other : "", session->name };
	status = changes_add(&changes, "certificate", &number, "state", values, err);
	return status ? status : session_commit(session, "state", &changes, &done, err);
}

enum lt_status register_surveil(struct session *session, const char *number, const char *day,
				const char *note, const char *due, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct registered *now = NULL;
	bool done;
	enum lt_status status = session_check_day("--on", day, err);
	if (!status && due[0])
		status = session_check_day("--due", due, err);
	if (!status && !note[0])
		status = lt_err_set(err, LT_EDATA, "监督要写明结果（--reason）",
				    "a surveillance needs words (--reason)");
	if (!status)
		status = register_find(session, number, day, &now, err);
	if (status)
		return status;
	const char *const values[] = { due, day, note, session->name };
	status = changes_add(&changes, "certificate", &number, "surveillance", values, err);
	return status ? status : session_commit(session, "surveillance", &changes, &done, err);
}

/* ---- the list for the public ---- */

static void put_text(FILE *to, const char *name, const char *text, const char *before)
{
	fprintf(to, "%s\"%s\":\"", before, name);
	for (; *text; text++) {
		const unsigned char c = (unsigned char)*text;
		if (c < 0x20 || c == 0x7f)
			fprintf(to, "\\u00%02x", c);
		else if (c == '"' || c == '\\')
			fprintf(to, "\\%c", c);
		else
			putc(c, to);
	}
	putc('"', to);
}

static void put_row(FILE *to, const struct registered *at, const char *before)
{
	fprintf(to, "%s{", before);
	put_text(to, "number", at->number, "");
	put_text(to, "record", at->record, ",");
	put_text(to, "park", at->park, ",");
	put_text(to, "grade", at->grade, ",");
	put_text(to, "standard", at->standard, ",");
	put_text(to, "issued", at->day, ",");
	put_text(to, "valid_until", at->valid_until, ",");
	put_text(to, "state", registered_state_names[at->state], ",");
	put_text(to, "since", at->state == REGISTERED_EXPIRED ? at->valid_until : at->since, ",");
	put_text(to, "until", at->until, ",");
	put_text(to, "reason", at->reason, ",");
	put_text(to, "other", at->other, ",");
	put_text(to, "surveillance_due", at->due, ",");
	putc('}', to);
}

static const char *table_of(const struct registered *list, unsigned n, struct lt_arena *arena,
			    size_t *len)
{
	static const char *const titles[] = { "编号", "园区", "等级", "标准", "颁证日期", "有效期至", "状态",
					      "自", "至", "理由", "取代", "下次监督", "记录" };
	const size_t columns = sizeof(titles) / sizeof(titles[0]);
	struct lt_csv csv;
	lt_csv_init(&csv, arena);
	lt_csv_row(&csv, titles, columns);
	for (unsigned i = 0; i < n; i++) {
		const struct registered *at = &list[i];
		const char *const cells[] = { at->number, at->park, at->grade, at->standard, at->day,
					      at->valid_until,
					      registered_state_titles[at->state].zh,
					      at->since, at->until, at->reason, at->other, at->due,
					      at->record };
		lt_csv_row(&csv, cells, columns);
	}
	return lt_csv_finish(&csv, len);
}

static void put_list(FILE *to, const struct session *session, const char *day,
		     const struct registered *list, unsigned n)
{
	putc('{', to);
	put_text(to, "format", LIST_FORMAT, "");
	put_text(to, "day", day, ",");
	put_text(to, "register", project_id(session->project), ",");
	put_text(to, "head", project_head(session->project), ",");
	fputs(",\"certificates\":[", to);
	for (unsigned i = 0; i < n; i++)
		put_row(to, &list[i], i ? "," : "");
	fputs("]}", to);
}

/* The list with its signature, in the arena; NULL when memory ran out. */
static const char *signed_list(const struct session *session, const struct lt_key *key,
			       const char *day, const struct registered *list, unsigned n,
			       struct lt_arena *arena, size_t *len)
{
	char *body = NULL;
	size_t body_len = 0;
	FILE *to = open_memstream(&body, &body_len);
	if (!to)
		return NULL;
	put_list(to, session, day, list, n);
	const bool written = !ferror(to);
	const char *text = fclose(to) == 0 && written ? statement_make(key, LIST_PURPOSE, body,
								       body_len, arena, len)
						      : NULL;
	free(body);
	return text;
}

enum lt_status register_statement(struct session *session, const char *day, bool csv,
				  struct lt_arena *arena, const char **text, size_t *len,
				  struct lt_err *err)
{
	struct registered *list = NULL;
	unsigned n = 0;
	const struct lt_key *key = session->workspace->key;
	enum lt_status status = register_is(session, err);
	if (!status && !key)
		status = lt_err_set(err, LT_EDATA, "状态表要签名：--sign 或 --passphrase-file",
				    "a list of states is signed: --sign or --passphrase-file");
	if (!status)
		status = register_list(session, day, &list, &n, err);
	if (status)
		return status;
	*text = csv ? table_of(list, n, arena, len)
		    : signed_list(session, key, day, list, n, arena, len);
	return *text ? LT_OK : lt_err_memory(err);
}
