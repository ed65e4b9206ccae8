/* lingtan profile: the numbers of a licensed copy, in a project. */
#include "lingtan/app/profiles.h"

#include <string.h>
#include "lingtan/app/record.h"
#include "lingtan/base/text.h"
#include "command.h"

/* ---- what the words share ---- */

/* The assessment that is spoken of; without --assessment the only one. */
static enum lt_status choose(struct invocation *in, enum project_mode mode,
			     const struct assessment_ref **ref)
{
	enum lt_status status = open_project(in, in->words[1], mode);
	return status ? status
		      : session_find_assessment(&in->session, in->assessment, NULL, ref,
						&in->findings, &in->err);
}

static const char *third_word(const struct invocation *in)
{
	return in->n_words > 2 ? in->words[2] : NULL;
}

static enum lt_status find_forms(struct invocation *in, const struct form **form)
{
	return record_form(&in->workspace, "profile", &in->findings, form, &in->err);
}

/* ---- list ---- */

static void json_held(struct lt_json *json, const void *row)
{
	const struct held_profile *held = row;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "digest", held->digest);
	lt_json_string(json, "id", held->id);
	lt_json_string(json, "ruleset", held->ruleset);
	lt_json_string(json, "responsible", held->responsible);
	lt_json_bool(json, "draft", held->is_draft);
	json_list(json, "pinned_by", (const char *const *)held->pinned_by, held->n_pinned_by);
	lt_json_close(json);
}

static void print_held(const struct invocation *in, const void *row)
{
	const struct held_profile *held = row;
	printf("%.12s  %s  %s  ", held->digest, held->id, held->ruleset);
	print_remark(held->responsible);
	printf("%s", held->is_draft ? say(in, "  草稿", "  draft") : "");
	for (unsigned p = 0; p < held->n_pinned_by; p++)
		printf("%s%s", p ? ", " : say(in, "  用于 ", "  of "), held->pinned_by[p]);
	printf("\n");
}

static enum lt_status list(struct invocation *in)
{
	struct held_profile *all = NULL;
	unsigned n = 0;
	enum lt_status status = open_project(in, in->words[1], PROJECT_READ);
	if (!status)
		status = session_profiles(&in->session, in->all, &all, &n, &in->err);
	const struct listing found = { .rows = all, .size = sizeof(*all), .n = n,
				       .json = json_held, .print = print_held };
	return status ? status
		      : tell_listing(in, &found,
				     say(in, "没有参数集，各评价用规则集自己的数值",
					 "no profile: all assessments take the rulesets' own numbers"));
}

/* ---- show ---- */

struct showing {
	struct invocation *in;
	const struct profile *profile;
	struct lt_json *json; /* NULL = text */
};

static void show_row(const struct showing *show, const struct form *form,
		     const char *const *values)
{
	if (show->json && form->list)
		lt_json_open_object(show->json, NULL);
	for (unsigned i = 0; i < form->n_fields; i++) {
		const char *value = values[i][0] ? values[i] : NULL;
		if (show->json)
			lt_json_string(show->json, form->fields[i].id, value);
		else if (value) {
			printf("  %s ", label_text(show->in, &form->fields[i].label));
			print_remark(value);
		}
	}
	if (show->json && form->list)
		lt_json_close(show->json);
	else if (!show->json)
		printf("\n");
}

static enum lt_status show_rows(const struct showing *show, const struct form *form)
{
	struct invocation *in = show->in;
	struct lt_arena *arena = &in->session.arena;
	const char **values = lt_arena_alloc(arena, form->n_fields, sizeof(*values));
	const unsigned n = profile_rows(show->profile, form);
	enum lt_status status = values ? LT_OK : lt_err_memory(&in->err);
	if (status)
		return status;
	if (show->json && form->list)
		lt_json_open_list(show->json, form->list);
	else if (!show->json && n)
		printf("%s\n", label_text(in, &form->title));
	for (unsigned row = 0; row < n && !status; row++) {
		status = profile_row_at(show->profile, form, row, values, arena, &in->err);
		if (!status)
			show_row(show, form, values);
	}
	if (show->json && form->list)
		lt_json_close(show->json);
	return status;
}

static enum lt_status show_all(struct showing *show, const struct form *form,
			       const struct held_profile *held)
{
	enum lt_status status = LT_OK;
	struct lt_json json;
	if (show->in->json) {
		show->json = &json;
		lt_json_init(&json);
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "digest", held->digest);
	} else {
		printf("%.12s\n", held->digest);
	}
	status = show_rows(show, form);
	for (unsigned i = 0; i < form->n_entries && !status; i++)
		status = show_rows(show, &form->entries[i]);
	if (!show->json)
		return status;
	lt_json_close(&json);
	if (!status)
		return print_json(show->in, &json);
	lt_json_release(&json);
	return status;
}

/* What a word is about: the one that is named, else the draft, else the one that is pinned. */
static enum lt_status open_held(struct invocation *in, const struct assessment_ref **ref,
				struct held_profile *held, struct profile **profile)
{
	enum lt_status status = choose(in, PROJECT_READ, ref);
	if (!status)
		status = session_find_profile(&in->session, *ref, third_word(in), held, &in->err);
	return status ? status
		      : session_read_profile(&in->session, held, profile, &in->findings, &in->err);
}

static enum lt_status show(struct invocation *in)
{
	const struct assessment_ref *ref;
	const struct form *form;
	struct held_profile held;
	struct profile *profile;
	enum lt_status status = open_held(in, &ref, &held, &profile);
	if (!status)
		status = find_forms(in, &form);
	struct showing showing = { .in = in, .profile = status ? NULL : profile };
	return status ? status : show_all(&showing, form, &held);
}

/* ---- check ---- */

static enum lt_status check(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct held_profile held;
	struct profile *profile;
	struct lt_json json;
	const size_t before = in->findings.n_errors;
	enum lt_status status = open_held(in, &ref, &held, &profile);
	if (!status)
		status = session_check_profile(&in->session, ref, profile, &in->findings, &in->err);
	if (status)
		return status;
	const size_t n = in->findings.n_errors - before;
	if (in->json) {
		lt_json_init(&json);
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "digest", held.digest);
		lt_json_int(&json, "errors", (long long)n);
		lt_json_open_list(&json, "findings");
		for (const struct lt_finding *at = in->findings.first; at; at = at->next) {
			lt_json_open_object(&json, NULL);
			lt_json_string(&json, "severity", lt_severity_name(at->severity, LT_EN));
			lt_json_string(&json, "path", at->path);
			lt_json_string(&json, "text", at->text[in->lang]);
			lt_json_close(&json);
		}
		lt_json_close(&json);
		lt_json_close(&json);
		status = print_json(in, &json);
	} else if (!n) {
		printf(say(in, "参数集 %s 与 %s 相合，可以采用\n",
			   "profile %s fits %s, it can be pinned\n"),
		       held.id, held.ruleset);
	}
	return status ? status : n ? LT_NO : LT_OK;
}

/* ---- set, unset ---- */

/* Words without = fill the fields of the key in their order; the others are FIELD=VALUE. */
static enum lt_status take_word(struct invocation *in, const struct form *form, const char **values,
				const char *word, unsigned *n_keys)
{
	const char *equals = strchr(word, '=');
	const char *text = equals ? equals + 1 : word;
	const struct form_field *field = NULL;
	if (equals) {
		const char *name =
			lt_arena_strndup(&in->session.arena, word, (size_t)(equals - word));
		if (!name)
			return lt_err_memory(&in->err);
		field = form_find_field(form, name);
	} else {
		unsigned n = 0;
		for (unsigned i = 0; i < form->n_fields && !field; i++)
			if (form->fields[i].key && form->list && n++ == *n_keys)
				field = &form->fields[i];
		++*n_keys;
	}
	if (!field)
		return lt_err_set(&in->err, equals ? LT_EDATA : LT_EUSAGE,
				  "“%.*s”不是“%s”的一栏；见 lingtan form profile",
				  "'%.*s' is no field of %s; see lingtan form profile", LT_CUT(word, 80),
				  form->id);
	const char *value = form_normalise_value(field, text, &in->session.arena);
	if (!value)
		return lt_err_memory(&in->err);
	values[field - form->fields] = value;
	return form_check_value(field, value, &in->err);
}

static enum lt_status check_row(struct invocation *in, const struct form *form,
				const char *const *values)
{
	const struct units *units;
	const size_t before = in->findings.n_errors;
	enum lt_status status =
		library_units(in->workspace.library, &in->findings, &units, &in->err);
	if (status)
		return status;
	in->findings.file = NULL;
	form_check_row(form, units, values, &in->findings);
	return in->findings.n_errors == before
		       ? LT_OK
		       : lt_err_set(&in->err, LT_EDATA, "%s%.0s：没有记下",
				    "%.0s%s: not written down", form->title.zh, form->title.en);
}

static enum lt_status read_row(struct invocation *in, const struct assessment_ref *ref,
			       const struct form *form, const struct profile *profile,
			       const char ***out)
{
	const char **values = lt_arena_alloc(&in->session.arena, form->n_fields, sizeof(*values));
	unsigned n_keys = 0;
	enum lt_status status = values ? LT_OK : lt_err_memory(&in->err);
	for (int i = 3; i < in->n_words && !status; i++)
		status = take_word(in, form, values, in->words[i], &n_keys);
	for (unsigned i = 0; i < form->n_fields && !status; i++)
		if (form->fields[i].offer == OFFER_ITEMS && values[i])
			status = session_name_item(&in->session, ref, &values[i], &in->findings,
						   &in->err);
	if (!status)
		status = profile_row_get(profile, form, values, &in->session.arena, &in->err);
	for (unsigned i = 0; i < form->n_fields && !status; i++)
		values[i] = values[i] ? values[i] : "";
	*out = values;
	return status;
}

static enum lt_status keep(struct invocation *in, const struct assessment_ref *ref,
			   const struct profile *profile)
{
	char digest[LT_SHA256_HEX];
	bool done;
	enum lt_status status = session_keep_profile(&in->session, ref, profile, &in->findings,
						     digest, &done, &in->err);
	if (status)
		return status;
	if (!done)
		return tell_change(in, false, "参数集 %s 本来就是这样，没有改动",
				   "profile %s is so already", profile->id);
	remember_project(in);
	return tell_change(in, true, "参数集 %s 的草稿已记下；采用它：lingtan profile pin",
			   "draft of profile %s written down; lingtan profile pin makes it count",
			   profile->id);
}

static enum lt_status change(struct invocation *in, bool takes_out)
{
	const struct assessment_ref *ref;
	const struct form *whole, *form;
	struct profile *profile;
	const char **values;
	enum lt_status status = choose(in, PROJECT_WRITE, &ref);
	if (!status)
		status = find_forms(in, &whole);
	if (status)
		return status;
	form = profile_form_find(whole, in->words[2]);
	if (!form || (takes_out && !form->list))
		return lt_err_set(
			&in->err, LT_EUSAGE,
			"“%.*s”不是参数集里的一类；有 head parameter points tier line weight",
			"'%.*s' is nothing of a profile; there are head, parameter, points, tier, line, weight",
			LT_CUT(in->words[2], 40));
	status = session_draft_profile(&in->session, ref, &profile, &in->findings, &in->err);
	if (!status)
		status = read_row(in, ref, form, profile, &values);
	if (!status && !takes_out)
		status = check_row(in, form, values);
	if (!status)
		status = profile_row_put(profile, form, values, takes_out, &in->session.arena,
					 &in->err);
	return status ? status : keep(in, ref, profile);
}

static enum lt_status set(struct invocation *in)
{
	return change(in, false);
}

static enum lt_status unset(struct invocation *in)
{
	return change(in, true);
}

/* ---- import, export, pin ---- */

static enum lt_status import(struct invocation *in)
{
	char digest[LT_SHA256_HEX];
	bool done;
	enum lt_status status = open_project(in, in->words[1], PROJECT_WRITE);
	if (!status)
		status = session_import_profile(&in->session, in->words[2], &in->findings, digest,
						&done, &in->err);
	if (status)
		return status;
	if (done)
		remember_project(in);
	return tell_change(
		in, done, "参数集已放进项目：%.12s；采用它：lingtan profile pin",
		"the profile is in the project: %.12s; lingtan profile pin makes it count", digest);
}

static enum lt_status tell_exported(struct invocation *in, const struct held_profile *held)
{
	struct lt_json json;
	if (!in->json) {
		printf(say(in, "参数集 %s 已写到 ", "profile %s written to "), held->id);
		print_path(in->out);
		printf("\n");
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "digest", held->digest);
	lt_json_string(&json, "id", held->id);
	lt_json_string(&json, "ruleset", held->ruleset);
	json_path(&json, "path", in->out);
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status export(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct held_profile held;
	if (!in->out)
		return lt_err_set(&in->err, LT_EUSAGE, "请用 -o 给出要写的文件",
				  "name the file to write with -o");
	enum lt_status status = choose(in, PROJECT_READ, &ref);
	if (!status)
		status = session_find_profile(&in->session, ref, third_word(in), &held, &in->err);
	if (!status)
		status = session_export_profile(&in->session, &held, in->out, &in->err);
	return status ? status : tell_exported(in, &held);
}

static enum lt_status pin(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct held_profile held;
	bool done;
	const char *which = third_word(in);
	const bool none = which && strcmp(which, "none") == 0;
	enum lt_status status = choose(in, PROJECT_WRITE, &ref);
	if (!status && !none)
		status = session_find_profile(&in->session, ref, which, &held, &in->err);
	if (!status)
		status = session_pin_profile(&in->session, ref, none ? NULL : &held, &in->findings,
					     &done, &in->err);
	if (status)
		return status;
	if (done)
		remember_project(in);
	return none ? tell_change(in, done, "%s 用规则集自己的数值",
				  "%s takes the ruleset's own numbers", ref->name)
		    : tell_change(in, done, "已采用参数集 %s", "profile %s is pinned", held.id);
}

/* ---- which word ---- */

enum lt_status command_profile(struct invocation *in)
{
	static const struct {
		const char *word;
		int least, most;
		enum lt_status (*run)(struct invocation *in);
	} words[] = { { "list", 2, 2, list },     { "show", 2, 3, show },
		      { "check", 2, 3, check },   { "set", 4, 1000, set },
		      { "unset", 4, 8, unset },   { "import", 3, 3, import },
		      { "export", 2, 3, export }, { "pin", 2, 3, pin } };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].word, in->words[0]) == 0 && in->n_words >= words[i].least &&
		    in->n_words <= words[i].most)
			return words[i].run(in);
	return lt_err_set(
		&in->err, LT_EUSAGE,
		"用法：lingtan profile list|show|check|pin FILE [PROFILE]；import FILE PATH；export FILE [PROFILE] -o OUT；set|unset FILE points 4.2.1 value=10 cite=第15页",
		"usage: lingtan profile list|show|check|pin FILE [PROFILE]; import FILE PATH; export FILE [PROFILE] -o OUT; set|unset FILE points 4.2.1 value=10 cite='page 15'");
}
