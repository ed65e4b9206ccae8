#include "lingtan/app/accounts.h"

#include <string.h>

static const char emission[] = "emission";

/* Whether the quantity enters what the standard calls its emission. */
static bool enters_emission(const struct plan *plan, unsigned quantity)
{
	const struct ruleset *ruleset = plan->ruleset;
	const struct quantity *whole = ruleset_find_quantity(ruleset, emission);
	if (whole)
		return whole == &ruleset->quantities[quantity];
	const struct plan_dependents *found = &plan->dependents[plan->first_quantity + quantity];
	for (unsigned i = 0; i < found->n; i++)
		if (strcmp(plan->nodes[found->nodes[i]].id, emission) == 0)
			return true;
	return false;
}

/* Whether the score has a figure for the emission; a part of it that no line makes may be open. */
static bool is_scored(const struct assessment *assessment)
{
	const uint32_t slot = plan_find(assessment->plan, emission);
	return slot != NO_SLOT && value_is_exact(&assessment->result.values[slot]);
}

static enum account_fate fate_of(const struct take *take)
{
	return take->measure == TAKE_NOTHING   ? ACCOUNT_LEFT_OUT
	       : take->measure == TAKE_REFUSED ? ACCOUNT_REFUSED
					       : ACCOUNT_COUNTED;
}

/* Lines tell what they come to in the year judged, also where the figure is a mean of more. */
static bool take_parts(struct account *account, const struct balance_figure *figure,
		       const char *year)
{
	const struct ledger *ledger = &account->assessment.accounting->ledger;
	struct lt_decimal sum = { 0 };
	for (unsigned p = 0; p < figure->n_parts; p++) {
		const struct balance_part *part = &figure->parts[p];
		struct account_line *line = &account->lines[part->row];
		const enum account_fate fate = fate_of(part->take);
		if (part->is_over || (line->take && line->fate == ACCOUNT_COUNTED &&
				      fate != ACCOUNT_COUNTED))
			continue;
		if (part->has_tonnes && !lt_decimal_add(sum, part->tonnes, &sum))
			return false;
		if (strcmp(ledger->rows[part->row].line.year, year) != 0)
			continue;
		line->fate = fate;
		line->take = part->take;
		if (part->has_tonnes && !lt_decimal_add(line->tonnes, part->tonnes, &line->tonnes))
			return false;
	}
	if (figure->years > account->years)
		account->years = figure->years;
	return (figure->years <= 1 ||
		lt_decimal_divide(sum, lt_decimal_from_int((long long)figure->years), &sum)) &&
	       lt_decimal_add(account->emission, sum, &account->emission);
}

static enum lt_status take_account(struct accounts *accounts, struct account *account,
				   struct lt_err *err)
{
	const struct accounting *accounting = account->assessment.accounting;
	const struct plan *plan = account->assessment.plan;
	account->years = 1;
	if (!accounting)
		return LT_OK;
	const struct ledger *ledger = &accounting->ledger;
	account->lines = lt_arena_alloc(&accounts->arena, ledger->n + 1, sizeof(*account->lines));
	if (!account->lines)
		return lt_err_memory(err);
	for (unsigned row = 0; row < ledger->n; row++)
		account->lines[row].fate = ledger->rows[row].line.accounts[0] ? ACCOUNT_ELSEWHERE
									       : ACCOUNT_NOT_TAKEN;
	unsigned n_values = 0;
	bool is_open = false;
	for (unsigned q = 0; q < plan->n_quantities; q++) {
		const struct balance_figure *figure = &accounting->balance.figures[q];
		if (figure->state == BALANCE_NONE || !enters_emission(plan, q))
			continue;
		is_open |= figure->state == BALANCE_OPEN;
		n_values += figure->state == BALANCE_VALUE;
		if (!take_parts(account, figure, accounts->year))
			return lt_err_set(err, LT_EDATA, "%s：合计过大", "%s: the sum is too large",
					  account->ref->name);
	}
	account->has_emission = n_values && !is_open && is_scored(&account->assessment);
	return LT_OK;
}

/* The last assessment of a standard in the list stands for it: stages count one ledger alike. */
static bool is_last_of_standard(const struct assessment_ref *refs, unsigned n, unsigned at,
				const char *year)
{
	if (strcmp(refs[at].year, year) != 0)
		return false;
	for (unsigned i = 0; i < n; i++)
		if (i != at && strcmp(refs[i].standard, refs[at].standard) == 0 &&
		    strcmp(refs[i].year, year) == 0 && strcmp(refs[i].stage, refs[at].stage) < 0)
			return false;
	return true;
}

/* What stands in the way of scoring becomes a finding; the account goes. */
static enum lt_status leave_out(struct accounts *accounts, struct lt_findings *findings,
				const struct lt_err *why, struct lt_err *err)
{
	struct account *account = &accounts->at[accounts->n];
	lt_findings_add(findings, LT_WARNING, "", "%s 不能评分，未与台账核对：%s%.0s",
			"%s cannot be scored and is not held against the ledger: %.0s%s",
			account->ref->name, why->text[LT_ZH], why->text[LT_EN]);
	assessment_close(&account->assessment);
	*account = (struct account){ 0 };
	return findings->out_of_memory ? lt_err_memory(err) : LT_OK;
}

static enum lt_status open_one(struct session *session, const char *rung, struct accounts *out,
			       bool leaves_out, struct lt_findings *findings, struct lt_err *err)
{
	const struct assessment_options options = { 0 };
	struct account *account = &out->at[out->n];
	struct lt_err refused = LT_ERR_INIT;
	enum lt_status status = session_score(session, account->ref, rung, &options,
					      &account->assessment, findings, &refused);
	if (!status)
		status = take_account(out, account, &refused);
	if (status == LT_EDATA && leaves_out)
		return leave_out(out, findings, &refused, err);
	out->n++;
	if (status)
		*err = refused;
	return status;
}

static enum lt_status open_all(struct session *session, const struct assessment_ref *refs,
			       unsigned n, const char *rung, struct accounts *out, bool leaves_out,
			       struct lt_findings *findings, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < n && !status; i++) {
		const char *own = rung;
		if (!is_last_of_standard(refs, n, i, out->year))
			continue;
		if (!own)
			status = session_highest_rung(session, refs[i].name, &own, err);
		out->at[out->n].ref = &refs[i];
		if (!status)
			status = open_one(session, own, out, leaves_out, findings, err);
		out->rung = own;
	}
	return status;
}

static enum lt_status open_year(struct session *session, const char *year, const char *rung,
				struct accounts *out, bool leaves_out, struct lt_findings *findings,
				struct lt_err *err)
{
	const struct assessment_ref *refs;
	unsigned n;
	*out = (struct accounts){ .year = year };
	lt_arena_init(&out->arena, 0);
	enum lt_status status = session_assessments(session, &refs, &n, err);
	if (status)
		return status;
	for (unsigned i = 0; !year && i < n; i++)
		if (!out->year || strcmp(refs[i].year, out->year) > 0)
			out->year = refs[i].year;
	out->at = lt_arena_alloc(&out->arena, n + 1, sizeof(*out->at));
	if (!out->at)
		return lt_err_memory(err);
	return out->year ? open_all(session, refs, n, rung, out, leaves_out, findings, err) : LT_OK;
}

enum lt_status accounts_open_scored(struct session *session, const char *year, const char *rung,
				    struct accounts *out, struct lt_findings *findings,
				    struct lt_err *err)
{
	return open_year(session, year, rung, out, true, findings, err);
}

enum lt_status accounts_open(struct session *session, const char *year, const char *rung,
			     struct accounts *out, struct lt_findings *findings, struct lt_err *err)
{
	enum lt_status status = open_year(session, year, rung, out, false, findings, err);
	if (status || out->n)
		return status;
	return year ? lt_err_set(err, LT_EDATA, "没有 %s 年的评价", "there is no assessment of %s",
				 year)
		    : lt_err_set(err, LT_EDATA, "项目里没有评价；请先用 lingtan add 加一个",
				 "the project has no assessment; add one with lingtan add");
}

void accounts_close(struct accounts *accounts)
{
	for (unsigned i = 0; i < accounts->n; i++)
		assessment_close(&accounts->at[i].assessment);
	lt_arena_release(&accounts->arena);
}

/* ---- differences ---- */

/* One reason: both fates, and the words of both takes. */
static bool is_same_reason(const struct account_line *a, const struct account_line *b)
{
	const bool both = a->fate == ACCOUNT_COUNTED || a->fate == ACCOUNT_ELSEWHERE ||
			  a->fate == ACCOUNT_NOT_TAKEN;
	return a->fate == b->fate && (both || a->take == b->take);
}

static bool is_same_line(const struct account_line *a, const struct account_line *b)
{
	return a->tonnes.units == b->tonnes.units;
}

/* What the emission differs from the year's own lines: where it is a mean, or of another year. */
static bool beyond_the_year(const struct account *account, unsigned rows, struct lt_decimal *out)
{
	*out = account->emission;
	for (unsigned row = 0; row < rows; row++)
		if (!lt_decimal_subtract(*out, account->lines[row].tonnes, out))
			return false;
	return true;
}

/* The last difference: that one of the two does not rest on the year itself alone. */
static void add_beyond(const struct account *from, const struct account *to, unsigned rows,
		     struct account_difference *found, unsigned *n)
{
	struct lt_decimal of_from, of_to, change;
	if (!rows || !from->has_emission || !to->has_emission ||
	    !beyond_the_year(from, rows, &of_from) || !beyond_the_year(to, rows, &of_to) ||
	    !lt_decimal_subtract(of_to, of_from, &change) || !change.units)
		return;
	found[(*n)++] = (struct account_difference){
		.tonnes = change, .is_mean = from->years > 1 || to->years > 1
	};
}

enum lt_status accounts_differ(struct accounts *accounts, const struct account *from,
			       const struct account *to, struct account_difference **out, unsigned *n,
			       struct lt_err *err)
{
	const unsigned rows = from->lines && to->lines ? from->assessment.accounting->ledger.n : 0;
	struct account_difference *found =
		lt_arena_alloc(&accounts->arena, rows + 1, sizeof(*found));
	*n = 0;
	*out = found;
	if (!found)
		return lt_err_memory(err);
	for (unsigned row = 0; row < rows; row++) {
		const struct account_line *a = &from->lines[row], *b = &to->lines[row];
		struct lt_decimal change;
		unsigned at = 0;
		if (is_same_line(a, b) || !lt_decimal_subtract(b->tonnes, a->tonnes, &change))
			continue;
		while (at < *n && !(is_same_reason(found[at].from, a) && is_same_reason(found[at].to, b)))
			at++;
		if (at == *n) {
			found[at] = (struct account_difference){
				.from = a,
				.to = b,
				.rows = lt_arena_alloc(&accounts->arena, rows, sizeof(unsigned))
			};
			if (!found[at].rows)
				return lt_err_memory(err);
			++*n;
		}
		if (lt_decimal_add(found[at].tonnes, change, &found[at].tonnes))
			found[at].rows[found[at].n++] = row;
	}
	add_beyond(from, to, rows, found, n);
	return LT_OK;
}

/* A counted line differs by its factor, or by its gas. */
const struct label *account_reason(const struct account_difference *found)
{
	static const struct label by_years = { "取多年平均，不只当年",
					       "the mean of several years, not this one alone" };
	static const struct label by_year = { "取别的年份的数", "figures of another year" };
	static const struct label by_factor = { "因子不同", "another factor" };
	static const struct label fates[] = {
		[ACCOUNT_COUNTED] = { "计入", "counted" },
		[ACCOUNT_LEFT_OUT] = { "不计", "left out" },
		[ACCOUNT_REFUSED] = { "无法计入", "cannot be counted" },
		[ACCOUNT_ELSEWHERE] = { "台账注明不计入", "the ledger says it does not count here" },
		[ACCOUNT_NOT_TAKEN] = { "不取此类行", "such lines are not taken" },
	};
	if (!found->to)
		return found->is_mean ? &by_years : &by_year;
	const struct account_line *said = found->to->fate != ACCOUNT_COUNTED   ? found->to
					  : found->from->fate != ACCOUNT_COUNTED ? found->from
										 : NULL;
	if (!said)
		return &by_factor;
	return said->take && said->take->note.zh ? &said->take->note : &fates[said->fate];
}

bool account_rests_on_ledger(const struct account *account, unsigned node)
{
	const struct plan *plan = account->assessment.plan;
	const struct accounting *accounting = account->assessment.accounting;
	const struct plan_node *at = &plan->nodes[node];
	if (!accounting)
		return false;
	for (unsigned t = 0; t < at->n_terms; t++) {
		const uint32_t slot = at->terms[t].slot;
		switch (plan_slot_kind(plan, slot)) {
		case SLOT_ITEM:
			return false;
		case SLOT_QUANTITY:
			if (accounting->balance.figures[slot - plan->first_quantity].state !=
			    BALANCE_VALUE)
				return false;
			break;
		case SLOT_NODE:
			if (!account_rests_on_ledger(account, slot - plan->first_node))
				return false;
			break;
		default:
			break;
		}
	}
	return at->n_terms > 0;
}
