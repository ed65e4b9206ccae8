/* A note in two keys, from wherever one is: the key, then Enter. It is filed to items later. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "visit.h"

static void note_given(struct workbench *bench, void *context, const char *text)
{
	const struct new_note wish = { .text = text, .stop = stop_on_screen(bench) };
	const char *id = NULL;
	struct lt_err err = LT_ERR_INIT;
	(void)context;
	workbench_begin(bench, "note");
	const enum lt_status status = session_add_note(bench->session, &wish, &id, &err);
	if (workbench_end(bench, status, &err, status == LT_OK))
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "记下了；以后归到条款",
				    "written down, to be filed to items later"));
}

void note_ask(struct workbench *bench)
{
	char title[160];
	const char *stop = stop_on_screen(bench);
	text_format(title, sizeof(title), "%s%s%s", tell(bench, "记一笔", "Note"), stop ? "  " : "",
		    stop ? stop : "");
	ask_open_kept(bench, "note", title,
		      tell(bench, "半句话也行；Enter 存下，以后再归条款",
			   "half a sentence will do; Enter keeps it, it is filed later"),
		      note_given, NULL);
}

/* ---- filing ---- */

static bool is_separator(char c)
{
	return c == ',' || c == ' ';
}

/* The text with ASCII commas between its pieces. */
static char *take_list(struct workbench *bench, const char *text)
{
	char *list = lt_arena_strndup(&bench->session->arena, text, strlen(text));
	size_t n = 0;
	while (list && *text) {
		const bool is_wide = strncmp(text, "，", 3) == 0 || strncmp(text, "、", 3) == 0;
		list[n++] = is_wide || is_separator(*text) ? ',' : *text;
		text += is_wide ? 3 : 1;
	}
	if (list)
		list[n] = '\0';
	return list;
}

/* Numbers of items have digits, and those without one stand in the ruleset; whatever else is typed
 * says why the note is of none. */
static bool is_list(const struct workbench *bench, const char *list)
{
	bool has_digits = true, is_known = true;
	const char *one;
	size_t len;
	while (lt_ids_next(&list, &one, &len)) {
		char item[100];
		for (size_t i = 0; i < len; i++)
			if ((unsigned char)one[i] >= 0x80)
				return false;
		has_digits &= strcspn(one, "0123456789,") < len;
		snprintf(item, sizeof(item), "%.*s", (int)(len < sizeof(item) ? len : 0), one);
		is_known &= board_find_item(bench->board, item) != NO_SLOT;
	}
	return has_digits || is_known;
}

static const struct note_info *find_note(const struct note_info *all, unsigned n, const char *id)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(all[i].id, id) == 0)
			return &all[i];
	return NULL;
}

/* To the assessment that it is filed to already, else to the one at hand. */
static enum lt_status file_note(struct workbench *bench, const char *id, const char *list,
				const char *reason, bool *done, struct lt_err *err)
{
	const struct assessment_ref *ref = bench->ref;
	struct note_info *all = NULL;
	unsigned n = 0;
	enum lt_status status = session_notes(bench->session, NULL, &all, &n, err);
	const struct note_info *note = status ? NULL : find_note(all, n, id);
	if (!status && note && note->assessment[0] &&
	    strcmp(note->assessment, bench->ref->name) != 0)
		status = session_find_assessment(bench->session, note->assessment, NULL, &ref,
						 &bench->findings, err);
	return status ? status
		      : session_file_note(bench->session, ref, id, list,
					  note && list[0] ? note->method : NULL, reason, done,
					  &bench->findings, err);
}

static void file_given(struct workbench *bench, void *context, const char *text)
{
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	const char *list = take_list(bench, text);
	const bool is_of_items = list && is_list(bench, list);
	workbench_begin(bench, "file");
	const enum lt_status status =
		list ? file_note(bench, context, is_of_items ? list : "", is_of_items ? "" : text,
				 &done, &err)
		     : lt_err_memory(&err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE,
			       !text[0]    ? tell(bench, "又是未归的记录%s", "no longer filed%s")
			       : is_of_items ? tell(bench, "归入：%s", "filed: %s")
					     : tell(bench, "不归条款：%s", "filed to no item: %s"),
			       text);
}

void note_ask_items(struct workbench *bench, const struct note_info *note)
{
	/* its id lives in the session, as long as the project is open */
	ask_open_words(bench, note->id, note->text,
		 tell(bench, "归入哪些条款，用逗号分开；不属于条款的写明理由",
		      "to which items, with commas; or why to none"),
		 note->items[0] ? note->items : note->dropped, false, NULL, file_given,
		 (void *)(uintptr_t)note->id);
}
