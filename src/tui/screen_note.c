/* A note in two keys, from wherever one is: the key, then Enter. It is filed to items later. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
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

/* Numbers of items are letters, digits and points; whatever else is typed says why it is of none. */
static bool take_list(const char *text, char *out, size_t cap)
{
	size_t n = 0;
	bool is_list = true;
	while (*text && n + 1 < cap) {
		const size_t wide =
			strncmp(text, "，", 3) == 0 || strncmp(text, "、", 3) == 0 ? 3 : 1;
		is_list &= wide == 3 || (unsigned char)*text < 0x80;
		out[n++] = wide == 3 || *text == ' ' ? ',' : *text;
		text += wide;
	}
	out[n] = '\0';
	return is_list;
}

static void file_given(struct workbench *bench, void *context, const char *text)
{
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	char list[600];
	const bool is_list = take_list(text, list, sizeof(list));
	workbench_begin(bench, "file");
	const enum lt_status status = session_file_note(
		bench->session, bench->ref, context, is_list ? list : "", NULL,
		is_list ? "" : text, &done, &bench->findings, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, tell(bench, "归入：%s", "filed: %s"), text);
}

void note_ask_items(struct workbench *bench, const struct note_info *note)
{
	/* its id lives in the session, as long as the project is open */
	ask_open(bench, note->text,
		 tell(bench, "归入哪些条款，用逗号分开；不属于条款的写明理由",
		      "to which items, with commas; or why to none"),
		 note->items[0] ? note->items : note->dropped, false, NULL, file_given,
		 (void *)(uintptr_t)note->id);
}
