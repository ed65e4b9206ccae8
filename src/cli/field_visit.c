/* On site: verdicts, methods, interviews, notes, photos. */
#include <string.h>
#include "field.h"
#include "lingtan/app/visit.h"

static enum lt_status find_ref(struct invocation *in, const char *item,
			       const struct assessment_ref **ref)
{
	return session_find_assessment(&in->session, in->assessment, item, ref, &in->findings,
				       &in->err);
}

/* ---- verdicts ---- */

static enum lt_status judge(struct invocation *in, bool on_site)
{
	const struct assessment_ref *ref;
	const bool takes_back = strcmp(in->words[2], "unset") == 0;
	struct new_verdict wish = { .verdict = takes_back ? "" : in->words[2],
				    .text = in->n_words > 3 ? in->words[3] : NULL,
				    .on = in->on,
				    .to_site = in->to_site,
				    .stop = in->stop };
	bool done = false;
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = find_items(in, 1, 1, 1, &ref);
	wish.item = in->words[1];
	if (!status)
		status = on_site ? session_judge_site(&in->session, ref, &wish, &done,
						      &in->findings, &in->err)
				 : session_judge_documents(&in->session, ref, &wish, &done,
							   &in->findings, &in->err);
	if (status)
		return status;
	return on_site ? tell_deed(in, done, "%s 的现场结论已记下",
				   "the verdict on site of %s is written down", in->words[1])
		       : tell_deed(in, done, "%s 的文件结论已记下",
				   "the verdict on the documents of %s is written down",
				   in->words[1]);
}

enum lt_status command_document(struct invocation *in)
{
	return judge(in, false);
}

enum lt_status command_onsite(struct invocation *in)
{
	return judge(in, true);
}

static void json_inspection(struct lt_json *json, const void *row)
{
	const struct inspection_info *at = row;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "assessment", at->assessment);
	lt_json_string(json, "item", at->item);
	json_text(json, "document", at->document);
	json_text(json, "document_text", at->document_text);
	json_text(json, "document_on", at->document_on);
	json_text(json, "document_by", at->document_by);
	json_text(json, "to_site", at->to_site);
	json_text(json, "to_stop", at->to_stop);
	json_text(json, "site", at->site);
	json_text(json, "site_text", at->site_text);
	json_text(json, "site_on", at->site_on);
	json_text(json, "site_stop", at->site_stop);
	json_text(json, "site_by", at->site_by);
	json_methods(json, "methods", at->methods);
	lt_json_int(json, "notes", at->n_notes);
	lt_json_int(json, "interviews", at->n_interviews);
	lt_json_close(json);
}

static const char *verdict_in_words(const struct invocation *in, const char *verdict)
{
	const struct label title = visit_verdict_title(verdict);
	return verdict[0] ? label_text(in, &title) : "—";
}

static void print_inspection(const struct invocation *in, const void *row)
{
	const struct inspection_info *at = row;
	print_padded(stdout, at->item, 10);
	printf("%s ", say(in, "文件", "documents:"));
	print_padded(stdout, verdict_in_words(in, at->document), 16);
	printf("%s ", say(in, "现场", "site:"));
	print_padded(stdout, verdict_in_words(in, at->site), 16);
	for (unsigned m = 0; m < N_METHODS; m++)
		if (at->methods >> m & 1)
			printf("%s ", label_text(in, &visit_method_titles[m]));
	if (at->to_site[0]) {
		printf("%s ", say(in, "→现场", "to site:"));
		printf("%s ", at->to_stop);
		print_remark(at->to_site);
	}
	print_more(at->document_text);
	print_more(at->site_text);
	printf("\n");
}

enum lt_status command_inspections(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct inspection_info *all = NULL;
	unsigned n = 0, kept = 0;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = find_items(in, 1, in->n_words - 1, 1, &ref);
	const char *only = in->n_words > 1 ? in->words[1] : NULL;
	if (!status)
		status = session_inspections(&in->session, ref->name, &all, &n, &in->err);
	if (status)
		return status;
	for (unsigned i = 0; i < n; i++)
		if (!only || strcmp(only, all[i].item) == 0)
			all[kept++] = all[i];
	const struct listing list = { .rows = all, .size = sizeof(*all), .n = kept,
				      .json = json_inspection, .print = print_inspection };
	return tell_listing(in, &list, say(in, "还没有查验记录", "nothing was inspected yet"));
}

enum lt_status command_method(struct invocation *in)
{
	const struct assessment_ref *ref;
	bool done = false;
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = find_items(in, 1, 1, 1, &ref);
	if (!status)
		status = session_use_method(&in->session, ref, in->words[1], in->words[2],
					    !in->off, in->stop,
					    in->n_words > 3 ? in->words[3] : NULL, &done,
					    &in->findings, &in->err);
	return status ? status
		      : tell_deed(in, done, "%s 的查验方法已记下",
				  "the method of %s is written down", in->words[1]);
}

/* ---- interviews ---- */

static void json_interview(struct lt_json *json, const void *row)
{
	const struct interview_info *at = row;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", at->id);
	lt_json_string(json, "person", at->person);
	json_text(json, "organisation", at->organisation);
	json_text(json, "post", at->post);
	json_text(json, "on", at->on);
	json_text(json, "stop", at->stop);
	json_text(json, "asker", at->asker);
	json_text(json, "assessment", at->assessment);
	json_ids(json, "items", at->items);
	lt_json_string(json, "text", at->text);
	json_text(json, "agreed_on", at->agreed_on);
	lt_json_close(json);
}

static void print_interview(const struct invocation *in, const void *row)
{
	const struct interview_info *at = row;
	(void)in;
	printf("%.8s  %s", at->id, at->on);
	print_more(at->stop);
	print_more(at->person);
	print_more(at->items);
	print_more(at->text);
	printf("\n");
}

enum lt_status command_interview(struct invocation *in)
{
	struct interview_info *all = NULL;
	unsigned n = 0;
	if (in->n_words > 1 && is_field_word(in->words[1]))
		return fill_form_row(in, "interview", NULL, 1);
	if (in->n_words > 1)
		return in->n_words > 2 ? fill_form_row(in, "interview", in->words[1], 2)
				       : show_form_row(in, "interview", in->words[1]);
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = session_interviews(&in->session, in->stop, &all, &n, &in->err);
	if (status)
		return status;
	const struct listing list = { .rows = all, .size = sizeof(*all), .n = n,
				      .json = json_interview, .print = print_interview };
	return tell_listing(in, &list, say(in, "还没有访谈记录", "there is no interview yet"));
}

/* ---- notes ---- */

enum lt_status command_note(struct invocation *in)
{
	const struct new_note wish = { .text = in->words[1],
				       .stop = in->stop,
				       .place = in->place,
				       .at = in->at };
	const char *id = "";
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = session_add_note(&in->session, &wish, &id, &in->err);
	if (status)
		return status;
	id = lt_arena_strndup(&in->session.arena, id, 8);
	return id ? tell_deed(in, true, "记录 %s 已记下", "note %s written down", id)
		  : lt_err_memory(&in->err);
}

static void json_note(struct lt_json *json, const void *row)
{
	const struct note_info *at = row;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", at->id);
	lt_json_string(json, "text", at->text);
	json_text(json, "stop", at->stop);
	json_text(json, "place", at->place);
	json_text(json, "at", at->at);
	lt_json_string(json, "by", at->by);
	lt_json_bool(json, "filed", at->is_filed);
	json_text(json, "assessment", at->assessment);
	json_ids(json, "items", at->items);
	json_text(json, "method", at->method);
	json_text(json, "dropped", at->dropped);
	lt_json_close(json);
}

static void print_note(const struct invocation *in, const void *row)
{
	const struct note_info *at = row;
	printf("%.8s  ", at->id);
	print_padded(stdout, !at->is_filed	? say(in, "未归入", "not filed")
				: at->items[0] ? at->items
					       : say(in, "不归入", "of no item"), 16);
	print_padded(stdout, at->stop, 6);
	print_padded(stdout, at->place, 6);
	print_remark(at->text);
	print_more(at->dropped);
	printf("\n");
}

enum lt_status command_notes(struct invocation *in)
{
	struct note_info *all = NULL;
	unsigned n = 0;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = name_assessment_option(in);
	if (!status && in->item)
		status = session_name_filter(&in->session, in->assessment, &in->item,
					     &in->findings, &in->err);
	const struct note_filter filter = { .stop = in->stop,
					    .assessment = in->assessment,
					    .item = in->item,
					    .unfiled = in->unfiled };
	if (!status)
		status = session_notes(&in->session, &filter, &all, &n, &in->err);
	if (status)
		return status;
	const struct listing list = { .rows = all, .size = sizeof(*all), .n = n,
				      .json = json_note, .print = print_note };
	return tell_listing(in, &list, say(in, "没有这样的记录", "there is no such note"));
}

/* Items after each other, as list_take reads them. */
static const char *words_as_list(struct invocation *in, int from)
{
	const char *list = "";
	for (int i = from; i < in->n_words && list; i++)
		list = lt_arena_printf(&in->session.arena, "%s%s%s", list, list[0] ? "," : "",
				       in->words[i]);
	return list;
}

/* The one that is said, else the one that the note is filed to, else the only one that has the item. */
static enum lt_status assessment_of_note(struct invocation *in, const struct note_info *note,
					 const struct assessment_ref **ref)
{
	const bool is_one = in->n_words == 3 && !strchr(in->words[2], ',');
	if (!in->assessment && note->assessment[0])
		return session_find_assessment(&in->session, note->assessment, NULL, ref,
					       &in->findings, &in->err);
	return find_ref(in, is_one ? in->words[2] : NULL, ref);
}

enum lt_status command_file(struct invocation *in)
{
	const struct assessment_ref *ref = NULL;
	const struct note_info *note = NULL;
	bool done = false;
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = session_find_note(&in->session, in->words[1], &note, &in->err);
	if (!status && in->n_words > 2)
		status = assessment_of_note(in, note, &ref);
	if (!status && ref)
		status = name_items(in, 2, in->n_words - 2, 1, ref);
	const char *items = status ? NULL : words_as_list(in, 2);
	if (!status && !items)
		status = lt_err_memory(&in->err);
	if (!status && in->assessment && items[0])
		status = session_move_note(&in->session, ref, in->words[1], items, in->method,
					   &done, &in->findings, &in->err);
	else if (!status)
		status = session_file_note(&in->session, ref, in->words[1], items, in->method,
					   in->dropped, &done, &in->findings, &in->err);
	if (status)
		return status;
	if (!ref)
		return tell_deed(in, done, "记录 %s 的归入已改", "the filing of note %s is changed",
				 in->words[1]);
	/* which of several assessments is not left to be guessed */
	const char *what = lt_arena_printf(&in->session.arena, "%s → %s %s", in->words[1], ref->name,
					   items);
	return what ? tell_deed(in, done, "已归入：%s", "filed: %s", what) : lt_err_memory(&in->err);
}

/* ---- photos ---- */

static void json_photo(struct lt_json *json, const void *row)
{
	const struct photo_info *at = row;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "sha256", at->sha256);
	json_path(json, "name", at->name);
	json_text(json, "taken_at", at->taken_at);
	json_text(json, "stop", at->stop);
	json_text(json, "place", at->place);
	json_ids(json, "fits", at->fits);
	lt_json_close(json);
}

static void print_photo(const struct invocation *in, const void *row)
{
	const struct photo_info *at = row;
	print_padded(stdout, at->taken_at[0] ? at->taken_at : say(in, "时间不明", "no time"), 21);
	print_padded(stdout, at->stop[0] ? at->stop : "—", 6);
	print_path(at->name);
	if (!at->stop[0] && at->n_fits > 1)
		printf("  %s %s", say(in, "时间合于", "falls into"), at->fits);
	print_more(at->place);
	printf("\n");
}

static enum lt_status list_photos(struct invocation *in)
{
	struct photo_info *all = NULL;
	unsigned n = 0;
	enum lt_status status = session_photos(&in->session, &all, &n, &in->err);
	const struct listing list = { .rows = all, .size = sizeof(*all), .n = n,
				      .json = json_photo, .print = print_photo };
	return status ? status : tell_listing(in, &list, say(in, "没有照片", "there is no photo"));
}

/* Photos that still have no stop, and why. */
static enum lt_status tell_left(struct invocation *in)
{
	struct photo_info *all = NULL;
	unsigned n = 0, n_timeless = 0, n_several = 0, n_none = 0;
	enum lt_status status = session_photos(&in->session, &all, &n, &in->err);
	for (unsigned i = 0; i < n && !status; i++) {
		const bool is_left = !all[i].stop[0];
		n_timeless += is_left && !strchr(all[i].taken_at, 'T');
		n_several += is_left && all[i].n_fits > 1;
		n_none += is_left && strchr(all[i].taken_at, 'T') && !all[i].n_fits;
	}
	if (!status && n_timeless + n_several + n_none)
		printf(say(in, "没有归的：时间不明 %u 张，合于几站 %u 张，不在任何一站的时间里 %u 张；见 lingtan photos，用 --stop 指定\n",
			   "left: %u without a time, %u within several stops, %u within none; see lingtan photos, --stop names one\n"),
		       n_timeless, n_several, n_none);
	return status;
}

enum lt_status command_photos(struct invocation *in)
{
	const bool assigns = in->n_words > 1 && strcmp(in->words[1], "assign") == 0;
	bool done = false;
	char count[16];
	unsigned n = 0;
	enum lt_status status = open_project(in, in->words[0],
					     in->n_words > 1 ? PROJECT_WRITE : PROJECT_READ);
	if (status || in->n_words < 2)
		return status ? status : list_photos(in);
	if (assigns) {
		status = session_assign_photos(&in->session, &n, &done, &in->err);
		if (!status && !in->json)
			status = tell_left(in);
		snprintf(count, sizeof(count), "%u", n);
		if (!status && done)
			remember_project(in);
		return status ? status
			      : tell_change(in, done, "已按时间归到停留点：%s 张",
					    "given to stops by their time: %s", count);
	}
	status = session_place_photo(&in->session, in->words[1], in->stop, in->place, &done,
				     &in->err);
	return status ? status
		      : tell_deed(in, done, "%s 已归到停留点", "%s has its stop", in->words[1]);
}
