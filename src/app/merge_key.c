/* Keys that a merge brings: whether the one that the project knows answers for them. */
#include <string.h>
#include "merge_lock.h"

/* Whether a cell records a key of a person that counts. */
static bool is_key_of(const struct fold *fold, const struct fold_cell *cell, const char *person)
{
	if (strcmp(cell->table, "signing_key") != 0 || strcmp(cell->group, "owner") != 0 ||
	    !cell->value.at || strcmp(cell->value.at[0], person) != 0)
		return false;
	const struct fold_cell *revoked = fold_find(fold, "signing_key", cell->key, "revoked");
	return !revoked || !revoked->value.at;
}

static bool has_key(const struct fold *fold, const char *person)
{
	for (unsigned b = 0; b < fold->n_buckets; b++)
		for (const struct fold_cell *cell = fold->buckets[b]; cell; cell = cell->next)
			if (is_key_of(fold, cell, person))
				return true;
	return false;
}

static const struct carried_entry *find_fresh(const struct merging *merging, const char *hash)
{
	for (unsigned i = 0; hash && i < merging->fresh.n; i++)
		if (strcmp(merging->fresh.at[i].hash, hash) == 0)
			return &merging->fresh.at[i];
	return NULL;
}

/* Whether a key of the person's that is known here signed the entry. */
static bool is_signed_by(const struct fold *mine, const struct carried_entry *entry,
			 const char *person)
{
	char public[LT_PUBLIC_HEX];
	if (!entry || !entry->signature || !entry_signer(entry->signature, public) ||
	    !entry_signature_holds(entry->signature, entry->hash))
		return false;
	const struct fold_cell *cell = fold_find(mine, "signing_key", public, "owner");
	return cell && is_key_of(mine, cell, person);
}

/* People with a key, one for each of their keys, as far as they fit: of more, not every claim is
 * counted. */
#define MOST_PEOPLE 256

static unsigned list_people(const struct fold *mine, const char *people[MOST_PEOPLE])
{
	unsigned n = 0;
	for (unsigned b = 0; b < mine->n_buckets; b++)
		for (const struct fold_cell *cell = mine->buckets[b]; cell; cell = cell->next)
			if (n < MOST_PEOPLE && cell->value.at &&
			    is_key_of(mine, cell, cell->value.at[0]))
				people[n++] = cell->value.at[0];
	return n;
}

static void count_claims(struct merging *merging)
{
	const char *people[MOST_PEOPLE];
	const unsigned n = list_people(&merging->plan.folds[MERGE_MINE], people);
	for (unsigned i = 0; n && i < merging->fresh.n; i++) {
		const struct past_entry *entry =
			history_find(&merging->all, merging->fresh.at[i].hash);
		bool is_claim = false;
		for (unsigned p = 0; entry && !merging->fresh.at[i].signature && p < n; p++)
			is_claim |= strcmp(people[p], entry->entry.by) == 0;
		merging->n_claims += is_claim;
	}
}

enum lt_status merge_keys(struct merging *merging, struct lt_err *err)
{
	struct merge_plan *plan = &merging->plan;
	const struct fold *mine = &plan->folds[MERGE_MINE];
	if (plan->kind == MERGE_NOTHING)
		return LT_OK;
	for (unsigned i = 0; i < plan->n_cells; i++) {
		struct merge_cell *cell = &plan->cells[i];
		if (strcmp(cell->table, "signing_key") != 0 || strcmp(cell->group, "owner") != 0 ||
		    !cell->theirs.at || cell->mine.at || cell->take != TAKE_THEIRS)
			continue;
		const char *person = cell->theirs.at[0];
		const char *hash = cell->writers[MERGE_THEIRS].hash;
		if (!has_key(mine, person) || is_signed_by(mine, find_fresh(merging, hash), person))
			continue;
		/* no program of ours writes that on top of the key it knows */
		if (plan->kind == MERGE_ADOPT)
			return lt_err_set(
				err, LT_EDATA,
				"对方给 %.60s 登记了密钥 %.12s，却没有用其已登记的密钥签名；没有合并",
				"the other file records another key of %.60s, %.12s, that the known one did not sign; nothing was merged",
				person, cell->key);
		cell->why = MERGE_EXCLUSIVE;
		cell->take = TAKE_OPEN;
	}
	count_claims(merging);
	return LT_OK;
}
