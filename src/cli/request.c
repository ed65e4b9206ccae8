/* lingtan requests: the material asked of the park. */
#include <string.h>
#include "lingtan/app/duty.h"
#include "lingtan/app/record.h"
#include "lingtan/app/reminder.h"
#include "lingtan/base/text.h"
#include "command.h"

/* ---- the list itself ---- */

static enum lt_status list_known(struct invocation *in, const struct request_list *list)
{
	struct lt_json json;
	if (in->json) {
		lt_json_init(&json);
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "list", list->id);
		lt_json_string(&json, "note", label_text(in, &list->note));
		lt_json_open_list(&json, "entries");
		for (unsigned i = 0; i < list->n_entries; i++) {
			lt_json_open_object(&json, NULL);
			lt_json_string(&json, "id", list->entries[i].id);
			lt_json_string(&json, "topic", list->entries[i].topic);
			lt_json_string(&json, "title", label_text(in, &list->entries[i].title));
			lt_json_string(&json, "cite", list->entries[i].cite);
			lt_json_close(&json);
		}
		lt_json_close(&json);
		lt_json_close(&json);
		return print_json(in, &json);
	}
	printf("%s\n%s\n", label_text(in, &list->title), label_text(in, &list->note));
	for (unsigned t = 0; t < list->n_topics; t++) {
		printf("\n%s\n", label_text(in, &list->topics[t].title));
		for (unsigned i = 0; i < list->n_entries; i++) {
			const struct request_entry *entry = &list->entries[i];
			if (strcmp(entry->topic, list->topics[t].id) != 0)
				continue;
			printf("  ");
			print_padded(stdout, entry->id, 17);
			printf("%s\n", label_text(in, &entry->title));
		}
	}
	return LT_OK;
}

/* ---- what a project asked ---- */

static void print_asked(const struct invocation *in, const struct record *record)
{
	static const char *const more[] = { "owner", "department", "due", "note" };
	print_padded(stdout,
		     form_choice_text(record->form, "state", record_text(record, "state"), in->lang),
		     14);
	if (strlen(record->key) == 32)
		printf("%.12s     ", record->key);
	else
		print_padded(stdout, record->key, 17);
	print_remark(record_text(record, "title"));
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
		if (!record_text(record, more[i])[0])
			continue;
		printf("  ");
		print_remark(record_text(record, more[i]));
	}
	printf("\n");
}

static void json_asked(struct lt_json *json, const struct record *record)
{
	static const char *const members[] = { "topic",	      "title",	       "owner", "department",
					       "due",	      "state",	       "note",	"received_on",
					       "received_from", "files" };
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", record->key);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const char *value = record_text(record, members[i]);
		lt_json_string(json, members[i], value[0] ? value : NULL);
	}
	lt_json_close(json);
}

static bool is_asked(struct record *const *all, unsigned n, const char *id)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(all[i]->key, id) == 0)
			return true;
	return false;
}

static enum lt_status list_asked(struct invocation *in, const struct form *form,
				 const struct request_list *list)
{
	struct record **all;
	unsigned n;
	struct lt_json json;
	enum lt_status status = record_list(&in->session, form, &all, &n, &in->err);
	if (status)
		return status;
	if (in->json) {
		lt_json_init(&json);
		lt_json_open_object(&json, NULL);
		lt_json_open_list(&json, "asked");
		for (unsigned i = 0; i < n; i++)
			json_asked(&json, all[i]);
		lt_json_close(&json);
		lt_json_open_list(&json, "not_asked");
		for (unsigned i = 0; i < list->n_entries; i++)
			if (!is_asked(all, n, list->entries[i].id))
				lt_json_string(&json, NULL, list->entries[i].id);
		lt_json_close(&json);
		lt_json_close(&json);
		return print_json(in, &json);
	}
	for (unsigned i = 0; i < n; i++)
		print_asked(in, all[i]);
	for (unsigned i = 0; i < list->n_entries; i++) {
		if (is_asked(all, n, list->entries[i].id))
			continue;
		print_padded(stdout, say(in, "未索取", "not asked"), 14);
		print_padded(stdout, list->entries[i].id, 17);
		printf("%s\n", label_text(in, &list->entries[i].title));
	}
	return LT_OK;
}

/* ---- asking ---- */

static bool is_wanted(const struct invocation *in, const char *id)
{
	for (int i = 2; i < in->n_words; i++)
		if (strcmp(in->words[i], id) == 0 || strcmp(in->words[i], "all") == 0)
			return true;
	return false;
}

static enum lt_status refuse_unknown(struct invocation *in, const struct request_list *list)
{
	for (int i = 2; i < in->n_words; i++)
		if (strcmp(in->words[i], "all") != 0 && !request_list_find(list, in->words[i]))
			return lt_err_set(
				&in->err, LT_EDATA,
				"清单里没有“%.*s”；见 lingtan requests，别的资料用 lingtan fill FILE request title=…",
				"the list has no '%.*s'; see lingtan requests, for other material lingtan fill FILE request title=...",
				LT_CUT(in->words[i], 80));
	return LT_OK;
}

/* By when and of whom, where that is said. */
static enum lt_status set_terms(struct invocation *in, struct record *record)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < 2 && !status; i++) {
		if (!(i ? in->owner : in->due))
			continue;
		const char *word = i ? lt_arena_printf(&in->session.arena, "owner=%s", in->owner)
				     : lt_arena_printf(&in->session.arena, "due=%s", in->due);
		status = word ? record_set_word(&in->session, record, word, &in->err)
			      : lt_err_memory(&in->err);
	}
	return status;
}

/* Several are asked as one entry of the journal. */
static enum lt_status commit_asked(struct invocation *in, struct changes *changes, unsigned n,
				   const char *zh, const char *en)
{
	bool done = false;
	char count[16];
	enum lt_status status = session_commit(&in->session, "fill", changes, &done, &in->err);
	if (status)
		return status;
	if (done)
		remember_project(in);
	snprintf(count, sizeof(count), "%u", n);
	return tell_change(in, done, zh, en, count);
}

static enum lt_status ask(struct invocation *in, const struct form *form,
			  const struct request_list *list)
{
	struct changes changes = { .session = &in->session };
	unsigned n = 0;
	enum lt_status status = refuse_unknown(in, list);
	for (unsigned i = 0; i < list->n_entries && !status; i++) {
		struct record *record;
		if (!is_wanted(in, list->entries[i].id))
			continue;
		status = record_request(&in->session, form, &list->entries[i], &record, &in->err);
		if (status || record->exists)
			continue;
		n++;
		status = set_terms(in, record);
		if (!status)
			status = record_changes(&in->session, record, &changes, &in->findings, &in->err);
	}
	return status ? status : commit_asked(in, &changes, n, "已列入清单 %s 项", "%s more asked");
}

/* What was handed over for one year is asked anew for the next: nothing of how it came then stands. */
static enum lt_status ask_one_again(struct invocation *in, struct record *record,
				    struct changes *changes)
{
	static const char *const anew[] = { "state=asked", "note=", "due=", "received_on=",
					    "received_from=", "files=" };
	enum lt_status status = LT_OK;
	for (size_t i = 0; i < sizeof(anew) / sizeof(anew[0]) && !status; i++)
		status = record_set_word(&in->session, record, anew[i], &in->err);
	if (!status)
		status = set_terms(in, record);
	if (!status)
		status = record_changes(&in->session, record, changes, &in->findings, &in->err);
	return status ? status
		      : changes_add(changes, "request", &record->key, "reminded", NULL, &in->err);
}

static enum lt_status ask_again(struct invocation *in, const struct form *form)
{
	struct changes changes = { .session = &in->session };
	struct record **all = NULL;
	unsigned n = 0, n_again = 0;
	enum lt_status status = record_list(&in->session, form, &all, &n, &in->err);
	for (int i = 2; i < in->n_words && !status; i++)
		if (strcmp(in->words[i], "all") != 0 && !is_asked(all, n, in->words[i]))
			status = lt_err_set(&in->err, LT_EDATA, "没有要过“%s”；见 lingtan requests FILE",
					    "'%s' was not asked; see lingtan requests FILE",
					    in->words[i]);
	for (unsigned i = 0; i < n && !status; i++) {
		if (!is_wanted(in, all[i]->key) || request_is_open(record_text(all[i], "state")))
			continue;
		n_again++;
		status = ask_one_again(in, all[i], &changes);
	}
	return status ? status : commit_asked(in, &changes, n_again, "重新索取 %s 项", "%s asked again");
}

/* ---- reminders ---- */

/* Nobody is reminded of what has no owner. */
static enum lt_status tell_ownerless(struct invocation *in, bool has_letters)
{
	const struct form *form;
	struct record **all = NULL;
	unsigned n = 0, n_ownerless = 0;
	enum lt_status status =
		record_form(&in->workspace, "request", &in->findings, &form, &in->err);
	if (!status)
		status = record_list(&in->session, form, &all, &n, &in->err);
	for (unsigned i = 0; i < n && !status; i++)
		n_ownerless += request_is_open(record_text(all[i], "state")) &&
			       !request_owner(record_text(all[i], "owner"),
					      record_text(all[i], "department"))[0];
	if (n_ownerless)
		printf(say(in, "%s另有 %u 项没有责任人也没有部门，没有人会收到催交\n",
			   "%s%u more have neither owner nor department, so nobody is reminded\n"),
		       has_letters ? "\n" : "", n_ownerless);
	return status;
}

static enum lt_status remind(struct invocation *in)
{
	struct reminder *all = NULL;
	unsigned n = 0;
	struct lt_json json;
	enum lt_status status = session_reminders(&in->session, in->person, in->on, &all, &n,
						  &in->findings, &in->err);
	if (status)
		return status;
	if (in->json) {
		lt_json_init(&json);
		lt_json_open_list(&json, NULL);
		for (unsigned i = 0; i < n; i++) {
			lt_json_open_object(&json, NULL);
			lt_json_string(&json, "owner", all[i].owner);
			lt_json_int(&json, "owed", all[i].n_owed);
			lt_json_int(&json, "overdue", all[i].n_overdue);
			json_text(&json, "reminded_on", all[i].reminded_on);
			json_text(&json, "times", all[i].times);
			lt_json_string(&json, "text", all[i].text);
			lt_json_close(&json);
		}
		lt_json_close(&json);
		return print_json(in, &json);
	}
	for (unsigned i = 0; i < n; i++) {
		if (i)
			printf("\n");
		for (const char *at = all[i].text; *at;) {
			const size_t len = strcspn(at, "\n");
			const char *line = lt_arena_strndup(&in->session.arena, at, len);
			if (!line)
				return lt_err_memory(&in->err);
			print_remark(line);
			printf("\n");
			at += len + (at[len] != 0);
		}
	}
	if (!n)
		printf("%s\n", say(in, "没有欠交的", "nothing is owed"));
	return in->person ? LT_OK : tell_ownerless(in, n > 0);
}

static enum lt_status note_reminders(struct invocation *in)
{
	unsigned n = 0;
	bool done = false;
	char count[16];
	enum lt_status status =
		session_reminded(&in->session, in->person, in->on, &n, &done, &in->err);
	if (status)
		return status;
	if (done)
		remember_project(in);
	snprintf(count, sizeof(count), "%u", n);
	return tell_change(in, done, "已记下催交 %s 项", "reminders noted: %s", count);
}

static bool is_state(const char *word)
{
	static const char *const states[] = { "asked", "received", "insufficient", "unavailable" };
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (strcmp(states[i], word) == 0)
			return true;
	return false;
}

/* What became of one piece of material. */
static enum lt_status settle(struct invocation *in, const struct form *form)
{
	struct record *record = NULL;
	bool done = false;
	const char *words[4];
	unsigned n = 0;
	enum lt_status status = record_open(&in->session, form, in->words[1], &record, &in->err);
	words[n++] = lt_arena_printf(&in->session.arena, "state=%s", in->words[2]);
	if (in->n_words > 3)
		words[n++] = lt_arena_printf(&in->session.arena, "note=%s", in->words[3]);
	if (in->received)
		words[n++] = lt_arena_printf(&in->session.arena, "received_on=%s", in->received);
	if (in->sender)
		words[n++] = lt_arena_printf(&in->session.arena, "received_from=%s", in->sender);
	for (unsigned i = 0; i < n && !status; i++)
		status = words[i] ? record_set_word(&in->session, record, words[i], &in->err)
				  : lt_err_memory(&in->err);
	if (!status)
		status = record_save(&in->session, record, &in->findings, &done, &in->err);
	if (!status && done)
		remember_project(in);
	return status ? status
		      : tell_change(in, done, "%s 的收到情况已记下", "what became of %s is written down",
				    in->words[1]);
}

enum lt_status command_requests(struct invocation *in)
{
	const struct form_set *set;
	const struct form *form;
	const char *verb = in->n_words > 1 ? in->words[1] : "";
	const bool asks = strcmp(verb, "ask") == 0 && in->n_words > 2;
	const bool again = strcmp(verb, "again") == 0 && in->n_words > 2;
	const bool reminds = strcmp(verb, "remind") == 0 && in->n_words == 2;
	const bool notes = strcmp(verb, "reminded") == 0 && in->n_words == 2;
	const bool settles = !asks && !again && (in->n_words == 3 || in->n_words == 4) &&
			     is_state(in->words[2]);
	if (in->n_words > 1 && !asks && !again && !reminds && !notes && !settles)
		return lt_err_set(
			&in->err, LT_EUSAGE,
			"用法：lingtan requests FILE [ask|again ID...|all [--due D] [--owner NAME] | remind | reminded | ID asked|received|insufficient|unavailable [说明]]",
			"usage: lingtan requests FILE [ask|again ID...|all [--due D] [--owner NAME] | remind | reminded | ID asked|received|insufficient|unavailable [NOTE]]");
	enum lt_status status = in->n_words ? open_project(in, in->words[0],
							   asks || again || notes || settles
								   ? PROJECT_WRITE
								   : PROJECT_READ)
					    : open_workspace(in);
	if (!status)
		status = record_forms(&in->workspace, &in->findings, &set, &in->err);
	if (!status)
		status = record_form(&in->workspace, "request", &in->findings, &form, &in->err);
	if (status)
		return status;
	if (!set->requests)
		return lt_err_set(&in->err, LT_EBUG, "程序内没有资料清单",
				  "no list of requests is built in");
	if (reminds || notes)
		return reminds ? remind(in) : note_reminders(in);
	if (settles)
		return settle(in, form);
	if (again)
		return ask_again(in, form);
	if (asks)
		return ask(in, form, set->requests);
	return in->n_words ? list_asked(in, form, set->requests) : list_known(in, set->requests);
}
