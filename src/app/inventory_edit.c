/* Lines of the inventory added, changed, claimed and removed, each as one entry of the journal. */
#include <stdio.h>
#include <string.h>
#include "inventory_parts.h"
#include "lingtan/app/record.h"
#include "lingtan/base/random.h"
#include "lingtan/base/text.h"
#include "lingtan/core/unit_slip.h"
#include "session_parts.h"

/* ---- one field ---- */

/* "31,200.5" as people's sheets have it: commas between threes go; anything else stays to be
 * refused. */
static const char *without_thousands(struct session *session, const char *text)
{
	char plain[80];
	size_t n = 0;
	const char *at = text + strspn(text, " "), *end = at + strcspn(at, ".");
	unsigned since = 0;
	bool seen = false;
	for (; *at && n + 1 < sizeof(plain); at++) {
		if (*at == ',' && at < end) {
			if ((seen && since != 3) || !n || since > 3)
				return text;
			seen = true;
			since = 0;
			continue;
		}
		since += at < end;
		plain[n++] = *at;
		if (at + 1 == end && seen && since != 3)
			return text;
	}
	plain[n] = '\0';
	return *at || !seen ? text : lt_arena_strndup(&session->arena, plain, n);
}

/* "范围一", "范围1", "scope 1": the number at the end. */
static const char *scope_of(const char *text)
{
	static const char *const words[] = { "1", "2", "3", "一", "二", "三" };
	const size_t len = strlen(text);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const size_t end = strlen(words[i]);
		if (len > end && (text[0] < '0' || text[0] > '9') &&
		    strcmp(text + len - end, words[i]) == 0)
			return words[i % 3];
	}
	return text;
}

/* "31200 MWh" typed into the cell of an amount: both. */
static enum lt_status split_amount(struct session *session, struct inventory *inventory,
				   struct ledger_line *line, const char **text, struct lt_err *err)
{
	struct unit_ratio ratio;
	char folded[80];
	lt_text_fold_twins(*text, strlen(*text), folded, sizeof(folded));
	const char *number = folded + strspn(folded, " ");
	const size_t len = strspn(number, "0123456789.,-");
	const char *unit = number + len + strspn(number + len, " ");
	if (!len || !unit[0])
		return LT_OK;
	if (!units_parse(inventory->ledger.units, unit, &ratio))
		return LT_OK;
	*text = lt_arena_strndup(&session->arena, number, len);
	line->unit = lt_arena_strndup(&session->arena, unit, strlen(unit));
	return *text && line->unit ? LT_OK : lt_err_memory(err);
}

/* A factor of one's own is no longer the one of a set. */
static void leave_factor_set(struct ledger_line *line)
{
	if (line->factor.id[0])
		line->factor.cite = "";
	line->factor.id = line->factor.set = line->factor.digest = "";
	line->factor.year = line->factor.region = "";
}

static enum lt_status choose_factor(struct session *session, struct ledger_line *line,
				    const char *id, struct lt_findings *findings,
				    struct lt_err *err)
{
	struct factor_list list;
	unsigned set;
	if (!id[0]) {
		line->factor = (struct ledger_factor){ "", "", "", "", "", "", "", "" };
		return LT_OK;
	}
	enum lt_status status = factor_sets(session, &session->arena, findings, &list, err);
	if (status)
		return status;
	const struct factor *factor = factor_list_find(&list, id, &set);
	if (!factor)
		return lt_err_set(err, LT_EDATA, "没有排放因子“%s”", "there is no factor '%s'", id);
	inventory_take_factor(line, &list, set, factor);
	return LT_OK;
}

static enum lt_status check_unit(const struct inventory *inventory, const char *unit,
				 struct lt_err *err)
{
	struct unit_ratio ratio;
	if (!unit[0] || units_parse(inventory->ledger.units, unit, &ratio))
		return LT_OK;
	return unit_unknown(inventory->ledger.units, unit, err);
}

bool line_sum_months(const struct ledger_line *line, struct lt_decimal *sum, bool *any)
{
	struct lt_decimal month;
	*any = false;
	*sum = (struct lt_decimal){ 0 };
	for (int i = 0; i < LEDGER_MONTHS; i++) {
		if (lt_decimal_parse(line->months[i], strlen(line->months[i]), &month) !=
		    LT_DECIMAL_OK)
			continue;
		*any = true;
		if (!lt_decimal_add(*sum, month, sum))
			return false;
	}
	return true;
}

/* The year's amount follows its months unless it was said otherwise: an amount that is not what the
 * months came to is somebody's own figure. */
static enum lt_status follow_months(struct session *session, const struct ledger_line *before,
				    struct ledger_line *line, struct lt_err *err)
{
	struct lt_decimal was, is, amount;
	char text[LT_DECIMAL_TEXT] = "";
	bool any = false;
	const bool had = line_sum_months(before, &was, &any) && any;
	if (before->amount[0] &&
	    (!had ||
	     lt_decimal_parse(before->amount, strlen(before->amount), &amount) != LT_DECIMAL_OK ||
	     lt_decimal_compare(amount, was) != 0))
		return LT_OK;
	if (line_sum_months(line, &is, &any) && any)
		lt_decimal_format(is, text);
	line->amount = lt_arena_strndup(&session->arena, text, strlen(text));
	return line->amount ? LT_OK : lt_err_memory(err);
}

static bool is_month(const char *field)
{
	return field[0] == 'm' && strlen(field) == 3 && strspn(field + 1, "0123456789") == 2;
}

enum lt_status inventory_set(struct session *session, struct inventory *inventory,
			     struct ledger_line *line, const char *field, const char *text,
			     struct lt_findings *findings, struct lt_err *err)
{
	const struct form *form;
	struct ledger_line wanted = *line;
	enum lt_status status = record_form(session->workspace, "line", findings, &form, err);
	const struct form_field *of = status ? NULL : form_find_field(form, field);
	if (!status && !of)
		status = lt_err_set(err, LT_EDATA, "盘查行没有“%s”这一栏；见 lingtan form line",
				    "a line has no field '%s'; see lingtan form line", field);
	if (!status)
		status = session_check_text(of->label.zh, text, of->type == FIELD_WORDS, err);
	if (status)
		return status;
	if (strcmp(of->id, "amount") == 0)
		status = split_amount(session, inventory, &wanted, &text, err);
	if (strcmp(of->id, "scope") == 0)
		text = scope_of(text);
	if (!status && of->type == FIELD_NUMBER)
		text = without_thousands(session, text);
	const char *value = text ? form_normalise_value(of, text, &session->arena) : NULL;
	if (status || !value)
		return status ? status : lt_err_memory(err);
	/* of a factor the set may be named before it, fuels:diesel, and both must be at hand */
	const char *colon = strcmp(of->id, "factor") == 0 ? strchr(value, ':') : NULL;
	status = form_check_value(of, colon ? colon + 1 : value, err);
	if (!status && of->offer == OFFER_UNITS)
		status = check_unit(inventory, value, err);
	if (status && status != LT_NO)
		return status;
	if (strcmp(of->id, "factor") == 0) {
		enum lt_status chosen = choose_factor(session, &wanted, value, findings, err);
		if (chosen)
			return chosen;
	} else {
		if (strcmp(of->id, "factor_value") == 0 &&
		    strcmp(wanted.factor.value, value) != 0)
			leave_factor_set(&wanted);
		*inventory_field(&wanted, of->id) = value;
	}
	if (is_month(of->id)) {
		enum lt_status followed = follow_months(session, line, &wanted, err);
		if (followed)
			return followed;
	}
	*line = wanted;
	return status;
}

/* ---- what changes ---- */

static bool same_group(unsigned a, unsigned b)
{
	return strcmp(line_members[a].group, line_members[b].group) == 0;
}

static bool differs(const struct ledger_line *a, const struct ledger_line *b, unsigned member)
{
	struct ledger_line left = *a, right = *b;
	return strcmp(*line_at(&left, &line_members[member]),
		      *line_at(&right, &line_members[member])) != 0;
}

/* The members of a group that the table has, from `first` on; all of them "" is nothing. */
static enum lt_status change_group(struct changes *changes, const char *table,
				   const char *const *key, const struct ledger_line *line,
				   unsigned first, bool claims, struct lt_err *err)
{
	const char *values[CELL_MAX_MEMBERS];
	struct ledger_line copy = *line;
	unsigned n = 0;
	bool filled = false;
	for (unsigned i = first; i < n_line_members && same_group(i, first); i++) {
		if (claims && !line_members[i].claimable)
			continue;
		values[n] = *line_at(&copy, &line_members[i]);
		filled |= values[n++][0] != 0;
	}
	return changes_add(changes, table, key, line_members[first].group, filled ? values : NULL,
			   err);
}

static enum lt_status change_line(struct changes *changes, const struct ledger_line *before,
				  const struct ledger_line *line, bool claims, struct lt_err *err)
{
	const char *key[2] = { line->id, "" };
	enum lt_status status = LT_OK;
	if (claims)
		status = inventory_own_rung(changes->session, &key[1], err);
	for (unsigned i = 0; i < n_line_members && !status;) {
		unsigned end = i;
		bool moved = false;
		for (; end < n_line_members && same_group(end, i); end++)
			moved |= (!claims || line_members[end].claimable) &&
				 differs(before, line, end);
		if (moved)
			status = change_group(changes, claims ? "claim" : "line", key, line, i,
					      claims, err);
		i = end;
	}
	return status;
}

static bool is_changed(const struct changes *changes, const char *row, const char *group)
{
	for (unsigned i = 0; i < changes->n; i++)
		if (strcmp(changes->at[i].table, "claim") == 0 &&
		    strcmp(changes->at[i].key, row) == 0 && strcmp(changes->at[i].group, group) == 0)
			return true;
	return false;
}

/* Why a claim is as it is. What was said of an amount stays before what is now said of the factor:
 * there is one cell for both. */
static enum lt_status add_reason(struct changes *changes, const char *const *key, struct lt_err *err)
{
	static const char *const groups[] = { "activity", "factor", "fuel", "quality" };
	struct session *session = changes->session;
	const char *row = cell_key_join(&session->arena, key, 2), *reason = session->reason;
	struct words old = { 0 };
	bool keeps = false;
	enum lt_status status = row ? project_get(session->project, "claim", row, "reason",
						  &session->arena, &old, err)
				    : lt_err_memory(err);
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]) && !status && old.at; i++) {
		struct words had = { 0 };
		status = project_get(session->project, "claim", row, groups[i], &session->arena,
				     &had, err);
		keeps |= had.at && !is_changed(changes, row, groups[i]);
	}
	if (status)
		return status;
	if (keeps && old.at[0][0])
		reason = strstr(old.at[0], reason) ? old.at[0]
						   : lt_arena_printf(&session->arena, "%s；%s",
								     old.at[0], reason);
	return reason ? changes_add(changes, "claim", key, "reason", &reason, err)
		      : lt_err_memory(err);
}

/* Another rung's line: only what may be claimed, and with a reason. */
static enum lt_status change_claim(struct session *session, const struct ledger_line *before,
				   const struct ledger_line *line, struct changes *changes,
				   struct lt_err *err)
{
	const char *key[2] = { line->id, NULL };
	for (unsigned i = 0; i < n_line_members; i++)
		if (!line_members[i].claimable && differs(before, line, i))
			return lt_err_set(
				err, LT_EDATA,
				"这一行由 %s 填报，“%s”只能由填报的一方改；核定只改活动量、单位、因子、燃料特性和数据质量",
				"the line was entered on rung %s: '%s' is its own; claim amount, unit, factor, fuel and quality",
				before->entered,
				line_members[i].field ? line_members[i].field
						      : line_members[i].member);
	const unsigned n = changes->n;
	enum lt_status status = change_line(changes, before, line, true, err);
	if (!status && changes->n > n && (!session->reason || !session->reason[0]))
		status = lt_err_set(err, LT_EDATA, "%.*s：核定数与申报数不同，请用 --reason 写明理由",
				    "%.*s: the verified figure differs from the declared one; say why with --reason",
				    LT_CUT(ledger_line_name(before), 120));
	if (!status && changes->n > n)
		status = inventory_own_rung(session, &key[1], err);
	return status || changes->n == n ? status : add_reason(changes, key, err);
}

enum lt_status inventory_changes(struct session *session, const struct ledger_line *before,
				 const struct ledger_line *line, struct changes *changes,
				 struct lt_err *err)
{
	struct ledger_line nothing;
	const char *rung;
	enum lt_status status = inventory_own_rung(session, &rung, err);
	if (status)
		return status;
	ledger_line_init(&nothing);
	if (!before)
		return change_line(changes, &nothing, line, false, err);
	return strcmp(before->entered, rung) == 0
		       ? change_line(changes, before, line, false, err)
		       : change_claim(session, before, line, changes, err);
}

/* What can never be right is not written; what is still missing may be. */
static enum lt_status check_line(struct inventory *inventory, const struct ledger_line *line,
				 struct lt_err *err)
{
	struct ledger_result result;
	const char *bad = NULL;
	if (!line->year[0])
		bad = "year";
	else if (!line->source[0])
		bad = "source";
	if (bad)
		return lt_err_set(err, LT_EDATA, "这一行缺少 %s", "the line lacks its %s", bad);
	return ledger_line_result(inventory->ledger.units, line, &inventory->arena, &result, err);
}

/* ---- the ledger at hand follows ---- */

/* Texts of a line that outlive the session's arena. */
static enum lt_status keep_line(struct inventory *inventory, struct ledger_line *line,
				struct lt_err *err)
{
	line->id = lt_arena_strndup(&inventory->arena, line->id, strlen(line->id));
	bool kept = line->id != NULL;
	for (unsigned i = 0; i < n_line_members && kept; i++) {
		const char **at = line_at(line, &line_members[i]);
		*at = (*at)[0] ? lt_arena_strndup(&inventory->arena, *at, strlen(*at)) : "";
		kept = *at != NULL;
	}
	return kept ? LT_OK : lt_err_memory(err);
}

static enum lt_status show_added(struct inventory *inventory, const struct ledger_line *line,
				 unsigned *at, struct lt_err *err)
{
	struct ledger_line kept = *line;
	enum lt_status status = keep_line(inventory, &kept, err);
	if (!status)
		status = ledger_add(&inventory->ledger, &kept, at, err);
	if (!status && !inventory_has_claims(inventory))
		status = lt_err_memory(err);
	if (status)
		return status;
	inventory->claims[*at].declared = kept.amount;
	inventory->claims[*at].declared_unit = kept.unit;
	return LT_OK;
}

static enum lt_status show_changed(struct session *session, struct inventory *inventory,
				   unsigned at, const struct ledger_line *line, struct lt_err *err)
{
	struct ledger_line kept = *line;
	const char *rung = role_rung(session->workspace, session->role);
	struct inventory_claim *claim = &inventory->claims[at];
	enum lt_status status = keep_line(inventory, &kept, err);
	if (!status)
		status = ledger_set(&inventory->ledger, at, &kept, err);
	if (status)
		return status;
	if (rung && strcmp(kept.entered, rung) != 0) {
		const char *const key[] = { kept.id, rung };
		const char *row = cell_key_join(&session->arena, key, 2);
		struct words reason = { 0 };
		claim->rung = rung_names[rung_find(rung)];
		status = row ? project_get(session->project, "claim", row, "reason",
					   &inventory->arena, &reason, err)
			     : lt_err_memory(err);
		if (reason.at)
			claim->reason = reason.at[0];
		return status;
	}
	claim->declared = kept.amount;
	claim->declared_unit = kept.unit;
	return LT_OK;
}

/* ---- the deeds ---- */

/* Between a row and the one that follows it; at the end 1 more than the last. */
static enum lt_status place_after(struct session *session, struct inventory *inventory,
				  struct ledger_line *line, const unsigned *after,
				  struct lt_err *err)
{
	const struct ledger *ledger = &inventory->ledger;
	struct lt_decimal low = { 0 }, high = { 0 }, order;
	char text[LT_DECIMAL_TEXT];
	bool has_high = false;
	if (after) {
		const char *said = ledger->rows[*after].line.order;
		lt_decimal_parse(said, strlen(said), &low);
	}
	for (unsigned i = 0; i < ledger->n; i++) {
		const char *said = ledger->rows[i].line.order;
		if (!ledger->rows[i].is_there ||
		    lt_decimal_parse(said, strlen(said), &order) != LT_DECIMAL_OK)
			continue;
		if (!after && lt_decimal_compare(order, low) > 0)
			low = order;
		if (after && lt_decimal_compare(order, low) > 0 &&
		    (!has_high || lt_decimal_compare(order, high) < 0)) {
			high = order;
			has_high = true;
		}
	}
	/* a middle that is no longer between them ends the halving: then they stand side by side, as
	 * they do behind the largest number there is */
	if (has_high)
		order.units = low.units / 2 + high.units / 2 + (low.units % 2 + high.units % 2) / 2;
	else if (!lt_decimal_add((struct lt_decimal){ low.units - low.units % LT_DECIMAL_ONE },
				 lt_decimal_from_int(1), &order))
		order = low;
	lt_decimal_format(order, text);
	line->order = lt_arena_strndup(&session->arena, text, strlen(text));
	return line->order ? LT_OK : lt_err_memory(err);
}

/* Behind the line before it; the first of them after all that are there. */
static enum lt_status place_behind(struct session *session, struct inventory *inventory,
				   struct ledger_line *last, struct ledger_line *line,
				   struct lt_err *err)
{
	struct lt_decimal order;
	char text[LT_DECIMAL_TEXT];
	enum lt_status status = LT_OK;
	if (lt_decimal_parse(last->order, strlen(last->order), &order) != LT_DECIMAL_OK) {
		status = place_after(session, inventory, line, NULL, err);
	} else {
		/* behind the largest there is they stand side by side */
		lt_decimal_add(order, lt_decimal_from_int(1), &order);
		lt_decimal_format(order, text);
		line->order = lt_arena_strndup(&session->arena, text, strlen(text));
	}
	*last = *line;
	return status || line->order ? status : lt_err_memory(err);
}

static enum lt_status make_id(struct session *session, struct ledger_line *line, struct lt_err *err)
{
	char id[LT_RANDOM_ID];
	if (line->id[0])
		return LT_OK;
	lt_random_id(id);
	line->id = lt_arena_strndup(&session->arena, id, sizeof(id));
	return line->id ? LT_OK : lt_err_memory(err);
}

enum lt_status inventory_add(struct session *session, struct inventory *inventory,
			     struct ledger_line *line, const unsigned *after, unsigned *at,
			     struct lt_err *err)
{
	struct changes changes = { .session = session };
	bool done;
	enum lt_status status = check_line(inventory, line, err);
	if (!status)
		status = inventory_own_rung(session, &line->entered, err);
	if (!status)
		status = make_id(session, line, err);
	if (!status && !line->order[0])
		status = place_after(session, inventory, line, after, err);
	if (!status && ledger_find(&inventory->ledger, line->id) < inventory->ledger.n)
		status = lt_err_set(err, LT_EDATA, "已有标识为“%s”的行",
				    "there is a line '%s' already", line->id);
	if (!status)
		status = inventory_changes(session, NULL, line, &changes, err);
	if (!status)
		status = session_commit(session, "line", &changes, &done, err);
	return status ? status : show_added(inventory, line, at, err);
}

enum lt_status inventory_draft(struct session *session, struct inventory *inventory,
			       const struct ledger_line *like, const unsigned *after, unsigned *at,
			       struct lt_err *err)
{
	struct ledger_line line = *like;
	line.id = "";
	enum lt_status status = inventory_own_rung(session, &line.entered, err);
	if (!status)
		status = place_after(session, inventory, &line, after, err);
	return status ? status : show_added(inventory, &line, at, err);
}

/* A draft becomes a line of the project. */
static enum lt_status enter_draft(struct session *session, struct inventory *inventory, unsigned at,
				  const struct ledger_line *line, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct ledger_line wanted = *line;
	enum lt_status status = make_id(session, &wanted, err);
	if (!status)
		status = inventory_own_rung(session, &wanted.entered, err);
	if (!status)
		status = inventory_changes(session, NULL, &wanted, &changes, err);
	if (!status)
		status = session_commit(session, "line", &changes, done, err);
	return status ? status : show_changed(session, inventory, at, &wanted, err);
}

enum lt_status inventory_change(struct session *session, struct inventory *inventory, unsigned at,
				const struct ledger_line *line, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	*done = false;
	if (!inventory->ledger.rows[at].line.id[0]) {
		enum lt_status bad = check_line(inventory, line, err);
		return bad ? bad : enter_draft(session, inventory, at, line, done, err);
	}
	enum lt_status status = check_line(inventory, line, err);
	if (!status)
		status = inventory_changes(session, &inventory->ledger.rows[at].line, line,
					   &changes, err);
	if (!status)
		status = session_commit(session, "line", &changes, done, err);
	if (status || !*done)
		return status;
	return show_changed(session, inventory, at, line, err);
}

enum lt_status inventory_verify(struct session *session, struct inventory *inventory, unsigned at,
				const struct ledger_line *line, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct ledger_line *before = &inventory->ledger.rows[at].line;
	const char *key[2] = { before->id, NULL };
	const char *const activity[] = { line->amount, line->unit };
	*done = false;
	enum lt_status status = inventory_own_rung(session, &key[1], err);
	if (!status && strcmp(before->entered, key[1]) == 0)
		status = lt_err_set(err, LT_EDATA, "“%s”是这一层级自己填的，直接改就行",
				    "line '%s' is of this rung itself: change it", before->source);
	if (!status)
		status = check_line(inventory, line, err);
	if (!status)
		status = inventory_changes(session, before, line, &changes, err);
	if (!status)
		status = changes_add(&changes, "claim", key, "activity", activity, err);
	if (!status && session->reason && session->reason[0])
		status = add_reason(&changes, key, err);
	if (!status)
		status = session_commit(session, "line", &changes, done, err);
	if (status || !*done)
		return status;
	return show_changed(session, inventory, at, line, err);
}

enum lt_status inventory_remove(struct session *session, struct inventory *inventory, unsigned at,
				struct lt_err *err)
{
	static const char *const yes = "yes";
	struct changes changes = { .session = session };
	bool done;
	enum lt_status status = changes_add(&changes, "line", &inventory->ledger.rows[at].line.id,
					    "removed", &yes, err);
	if (!status)
		status = session_commit(session, "line", &changes, &done, err);
	if (!status)
		ledger_remove(&inventory->ledger, at);
	return status;
}

enum lt_status inventory_put(struct session *session, struct inventory *inventory,
			     const struct ledger_line *lines, unsigned n, bool dry_run,
			     struct changes *changes, bool *done, struct lt_err *err)
{
	*changes = (struct changes){ .session = session };
	return inventory_put_with(session, inventory, lines, n, dry_run, changes, done, err);
}

enum lt_status inventory_put_with(struct session *session, struct inventory *inventory,
				  const struct ledger_line *lines, unsigned n, bool dry_run,
				  struct changes *changes, bool *done, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	struct ledger_line *all = lt_arena_alloc(&session->arena, n + 1, sizeof(*all));
	*done = false;
	if (!all)
		return lt_err_memory(err);
	struct ledger_line last;
	ledger_line_init(&last);
	for (unsigned i = 0; i < n && !status; i++) {
		const unsigned at = lines[i].id[0] ? ledger_find(&inventory->ledger, lines[i].id)
						   : inventory->ledger.n;
		const bool is_new = at == inventory->ledger.n;
		all[i] = lines[i];
		status = check_line(inventory, &all[i], err);
		if (!status && is_new)
			status = inventory_own_rung(session, &all[i].entered, err);
		if (!status && is_new && !all[i].order[0])
			status = place_behind(session, inventory, &last, &all[i], err);
		if (!status)
			status = make_id(session, &all[i], err);
		if (!status)
			status = inventory_changes(
				session, is_new ? NULL : &inventory->ledger.rows[at].line, &all[i],
				changes, err);
	}
	if (status || dry_run)
		return status;
	status = session_commit(session, "line", changes, done, err);
	for (unsigned i = 0; i < n && !status && *done; i++) {
		unsigned at = ledger_find(&inventory->ledger, all[i].id);
		status = at == inventory->ledger.n
				 ? show_added(inventory, &all[i], &at, err)
				 : show_changed(session, inventory, at, &all[i], err);
	}
	return status;
}
