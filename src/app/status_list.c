/* The signed list of states, read. */
#include <string.h>
#include "lingtan/app/register.h"
#include "lingtan/base/json_read.h"

static enum lt_status deny(struct standing *out, const char *zh, const char *en)
{
	out->holds = false;
	out->why[LT_ZH] = zh;
	out->why[LT_EN] = en;
	return LT_OK;
}

static const struct lt_json_node *find_number(const struct lt_json_node *list, const char *number)
{
	const struct lt_json_node *all = lt_json_get(list, "certificates");
	for (const struct lt_json_node *at = all->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "number"), number) == 0)
			return at;
	return NULL;
}

/* By state and day: what ended by itself is not said in the list before it is made anew. */
static enum lt_status judge(const struct lt_json_node *at, const struct proof *proof,
			    const char *day, struct standing *out)
{
	const char *record = lt_json_get_text(at, "record");
	const char *valid_until = lt_json_get_text(at, "valid_until");
	out->state = lt_json_get_text(at, "state");
	out->since = lt_json_get_text(at, "since");
	out->until = lt_json_get_text(at, "until");
	out->reason = lt_json_get_text(at, "reason");
	if (strncmp(record, proof->record, strlen(proof->record)) != 0)
		return deny(out, "状态表里同一编号的是另一份证书",
			    "the list has another certificate under this number");
	if (strcmp(out->state, "valid") != 0)
		return deny(out, "按状态表，这份证书现在不是有效状态",
			    "by the list of states this certificate does not stand");
	if (valid_until[0] && strcmp(valid_until, day) < 0)
		return deny(out, "这份证书已过有效期", "this certificate has expired");
	out->holds = true;
	return LT_OK;
}

enum lt_status status_list_read(const char *text, size_t len, const struct proof *proof,
				const char *day, struct lt_arena *arena, struct standing *out,
				struct lt_err *err)
{
	struct statement statement;
	const struct lt_json_node *list;
	*out = (struct standing){ 0 };
	if (!statement_read(text, len, &statement))
		return lt_err_set(err, LT_EFILE, "不是状态表，或被改动过",
				  "it is no list of states, or it was changed");
	if (strcmp(statement.public, proof->public) != 0 ||
	    !statement_holds(&statement, LIST_PURPOSE))
		return deny(out, "状态表不是这个机构的密钥签的，或被改动过",
			    "the list of states is not signed with the body's key, or it was changed");
	enum lt_status status = lt_json_read(statement.body, statement.len, arena, &list, err);
	if (status)
		return status;
	if (strcmp(lt_json_get_text(list, "format"), LIST_FORMAT) != 0)
		return lt_err_set(err, LT_EFILE, "不是状态表", "it is no list of states");
	out->day = lt_json_get_text(list, "day");
	const char *number = proof->certificate.at[CERT_NUMBER];
	const struct lt_json_node *at = number && number[0] ? find_number(list, number) : NULL;
	if (!at)
		return deny(out, "状态表里没有这个编号", "the list does not know this number");
	return judge(at, proof, day, out);
}
