/* Made-up numbers, parks and the series that is theirs: a rehearsal leaves nothing that a real park
 * could show. */
#include <ctype.h>
#include <string.h>
#include "certificate_parts.h"
#include "session_parts.h"

/* In Chinese anywhere, in other letters as a word, of one or several. */
static bool says(const char *text, const char *word)
{
	const size_t len = strlen(word);
	const bool is_ascii = (unsigned char)word[0] < 0x80;
	for (; text && *text; text++) {
		if (!is_ascii && strncmp(text, word, len) == 0)
			return true;
		size_t n = 0;
		while (is_ascii && n < len && tolower((unsigned char)text[n]) == word[n])
			n++;
		if (is_ascii && n == len && tolower((unsigned char)text[n]) == 's')
			n++;
		if (is_ascii && n >= len && !isalpha((unsigned char)text[n]))
			return true;
		while (is_ascii && isalpha((unsigned char)*text) && isalpha((unsigned char)text[1]))
			text++;
	}
	return false;
}

static bool says_made_up(const char *text)
{
	static const char *const words[] = { "测试",      "示例",       "演示",     "虚构",
					     "编造",      "模拟",       "假设",     "演练",
					     "test",      "example",    "sample",   "demo",
					     "fictional", "fictitious", "invented", "rehearsal" };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (says(text, words[i]))
			return true;
	return false;
}

bool park_is_made_up(const char *name)
{
	static const char *const words[] = { "示例", "测试", "虚构", "Example", "Test" };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strncmp(name, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

bool profile_is_made_up(const struct profile *profile)
{
	if (!profile)
		return false;
	if (profile->made_up && strcmp(profile->made_up, "no") != 0)
		return true;
	return says_made_up(profile->id) || says_made_up(profile->title.zh) ||
	       says_made_up(profile->title.en);
}

bool series_is_test(const char *series)
{
	return series && strncmp(series, TEST_SERIES, strlen(TEST_SERIES)) == 0 &&
	       !isalnum((unsigned char)series[strlen(TEST_SERIES)]);
}

/* ---- who chose the numbers ---- */

/* Whether an entry is what gave the assessment the profile it has now: the journal says so, and the
 * table agrees. */
static bool chose(const struct entry *entry, const char *key, const char *digest)
{
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const struct change *change = &entry->changes[i];
		if (strcmp(change->table, "assessment") == 0 && strcmp(change->key, key) == 0 &&
		    strcmp(change->group, "profile") == 0)
			return change->new.at && change->new.n == 1 &&
			       strcmp(change->new.at[0], digest) == 0;
	}
	return false;
}

enum lt_status pin_signer(struct session *session, const struct assessment_ref *ref,
			  char public[LT_PUBLIC_HEX], struct lt_err *err)
{
	struct writers writers;
	struct entry entry;
	bool found = false;
	public[0] = '\0';
	enum lt_status status =
		writers_read(session, " assessment ", &session->arena, &writers, err);
	const char *const parts[] = { ref->name };
	const char *key = status ? NULL : cell_key_join(&session->arena, parts, 1);
	if (!status && !key)
		return lt_err_memory(err);
	const struct writer *writer =
		status ? NULL : writers_find(&writers, "assessment", key, "profile");
	if (writer)
		status = journal_get(session->project, writer->hash, &session->arena, &entry,
				     &found, err);
	if (!status && found && entry.signature &&
	    !(chose(&entry, key, ref->profile) && entry_signer(entry.signature, public) &&
	      entry_signature_holds(entry.signature, writer->hash)))
		public[0] = '\0';
	return status;
}
