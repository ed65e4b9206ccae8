#include "lingtan/app/place.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/base/file.h"
#include "state.h"

#define LARGEST_DRAFT ((size_t)1 << 20)
#define LARGEST_LIST ((size_t)64 << 10)
#define LINE 4096

/* ---- files of lines: fields with a tab between them ---- */

/* Tabs and line ends would split what they stand in. */
static size_t put_field(char *line, size_t cap, size_t len, const char *text, char end)
{
	for (const char *at = text ? text : ""; *at && len + 2 < cap; at++)
		line[len++] = (unsigned char)*at < 0x20 ? ' ' : *at;
	line[len++] = end;
	return len;
}

/* The next field of a line, cut off at its tab; NULL after the last. */
static char *take_field(char **line)
{
	char *field = *line, *tab = field ? strchr(field, '\t') : NULL;
	if (tab)
		*tab = '\0';
	*line = tab ? tab + 1 : NULL;
	return field;
}

static const char *filled(const char *field)
{
	return field && field[0] ? field : NULL;
}

static char *read_small(const char *path, size_t limit, struct lt_arena *arena)
{
	struct lt_err ignored = LT_ERR_INIT;
	const char *text;
	size_t len;
	if (lt_file_read(path, limit, arena, &text, &len, &ignored) != LT_OK)
		return NULL;
	return lt_arena_strndup(arena, text, len);
}

/* ---- where a person was ---- */

bool place_keep(const struct session *session, const struct place *place)
{
	char path[4200], line[LINE];
	size_t len = 0;
	if (!state_path(session, "place", project_id(session->project), path, sizeof(path)))
		return false;
	len = put_field(line, sizeof(line) / 2, len, place->screen, '\t');
	len = put_field(line, sizeof(line) / 2, len, place->assessment, '\t');
	len = put_field(line, sizeof(line) / 2, len, place->item, '\t');
	len = put_field(line, sizeof(line) / 2, len, place->zone, '\n');
	return state_write_light(path, line, len);
}

bool place_find(const struct session *session, struct lt_arena *arena, struct place *out)
{
	char path[4200];
	*out = (struct place){ 0 };
	if (!state_path(session, "place", project_id(session->project), path, sizeof(path)))
		return false;
	char *line = read_small(path, LINE, arena);
	if (!line)
		return false;
	line[strcspn(line, "\n")] = '\0';
	out->screen = filled(take_field(&line));
	out->assessment = filled(take_field(&line));
	out->item = filled(take_field(&line));
	out->zone = filled(take_field(&line));
	return true;
}

/* ---- drafts ---- */

static bool draft_path(const char *state_home, const char *project, const char *field, char *out,
		       size_t cap)
{
	const int len = state_home ? snprintf(out, cap, "%s/drafts/%s/%s", state_home, project,
					      field)
				   : -1;
	if (len < 0 || (size_t)len >= cap)
		return false;
	/* one file a field: its name may not lead elsewhere */
	for (char *at = out + strlen(out) - strlen(field); *at; at++)
		if (!((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
		      (*at >= '0' && *at <= '9') || *at == '.' || *at == '_' || *at == '-'))
			*at = '_';
	return true;
}

static bool keep_draft(const char *path, const char *text, size_t len)
{
	if (len > 0)
		return len <= LARGEST_DRAFT && state_write(path, text, len);
	unlink(path);
	return access(path, F_OK) != 0;
}

bool draft_keep(const struct session *session, const char *field, const char *text, size_t len)
{
	char path[4300];
	return draft_path(session->state, project_id(session->project), field, path,
			  sizeof(path)) &&
	       keep_draft(path, text, len);
}

const char *draft_find(const struct session *session, const char *field, struct lt_arena *arena)
{
	char path[4300];
	if (!draft_path(session->state, project_id(session->project), field, path, sizeof(path)))
		return NULL;
	return filled(read_small(path, LARGEST_DRAFT, arena));
}

bool draft_drop(const struct session *session, const char *field)
{
	return draft_keep(session, field, "", 0);
}

bool loose_draft_keep(const char *state_home, const char *field, const char *text, size_t len)
{
	char path[4300];
	return draft_path(state_home, "new", field, path, sizeof(path)) &&
	       keep_draft(path, text, len);
}

const char *loose_draft_find(const char *state_home, const char *field, struct lt_arena *arena)
{
	char path[4300];
	if (!draft_path(state_home, "new", field, path, sizeof(path)))
		return NULL;
	return filled(read_small(path, LARGEST_DRAFT, arena));
}

/* ---- settings ---- */

static bool setting_path(const char *state_home, const char *name, char *out, size_t cap)
{
	const int len = state_home ? snprintf(out, cap, "%s/settings/%s", state_home, name) : -1;
	return len > 0 && (size_t)len < cap;
}

bool setting_keep(const char *state_home, const char *name, const char *value)
{
	char path[4300];
	return setting_path(state_home, name, path, sizeof(path)) &&
	       state_write(path, value, strlen(value));
}

const char *setting_find(const char *state_home, const char *name, struct lt_arena *arena)
{
	char path[4300];
	if (!setting_path(state_home, name, path, sizeof(path)))
		return NULL;
	char *value = read_small(path, LINE, arena);
	if (value)
		value[strcspn(value, "\r\n")] = '\0';
	return filled(value);
}

/* ---- projects that were open ---- */

static bool recent_path(const char *state_home, char *out, size_t cap)
{
	const int len = state_home ? snprintf(out, cap, "%s/recent", state_home) : -1;
	return len > 0 && (size_t)len < cap;
}

static void take_recent(char *line, struct recent *out)
{
	out->path = take_field(&line);
	out->at = filled(take_field(&line));
	out->park = filled(take_field(&line));
	out->standard = filled(take_field(&line));
	out->rung = filled(take_field(&line));
	out->progress = filled(take_field(&line));
	out->total = filled(take_field(&line));
	out->grade = filled(take_field(&line));
	out->item = filled(take_field(&line));
	/* lines of older programs end here */
	out->item_title = filled(take_field(&line));
	out->mark = filled(take_field(&line));
	out->who = filled(take_field(&line));
	out->round = filled(take_field(&line));
	out->open = filled(take_field(&line));
}

bool recent_list(const char *state_home, struct lt_arena *arena, struct recent **out, unsigned *n)
{
	char path[4300];
	*n = 0;
	*out = lt_arena_alloc(arena, RECENT_KEPT, sizeof(**out));
	char *text = recent_path(state_home, path, sizeof(path))
			     ? read_small(path, LARGEST_LIST, arena)
			     : NULL;
	if (!text || !*out)
		return false;
	for (char *line = text; *line && *n < RECENT_KEPT;) {
		char *end = line + strcspn(line, "\n"), *next = *end ? end + 1 : end;
		*end = '\0';
		take_recent(line, &(*out)[*n]);
		if (filled((*out)[*n].path))
			++*n;
		line = next;
	}
	return true;
}

static size_t put_recent(char *text, size_t cap, size_t len, const struct recent *recent)
{
	const char *const fields[] = { recent->path,	 recent->at,	recent->park,
				       recent->standard, recent->rung,	recent->progress,
				       recent->total,	 recent->grade, recent->item,
				       recent->item_title, recent->mark,	recent->who,
				       recent->round,	 recent->open };
	const size_t n = sizeof(fields) / sizeof(fields[0]);
	size_t needed = n + 1;
	for (size_t i = 0; i < n; i++)
		needed += fields[i] ? strlen(fields[i]) : 0;
	if (len + needed >= cap)
		return len;
	for (size_t i = 0; i < n; i++)
		len = put_field(text, cap, len, fields[i], i + 1 < n ? '\t' : '\n');
	return len;
}

/* Writes the list anew: `first` (NULL = none), then the others but for the one at `without`. */
static bool rewrite_recent(const char *state_home, const struct recent *first, const char *without)
{
	char path[4300];
	struct lt_arena arena;
	struct recent *list;
	unsigned n;
	if (!recent_path(state_home, path, sizeof(path)))
		return false;
	lt_arena_init(&arena, 0);
	char *text = lt_arena_alloc(&arena, LARGEST_LIST, 1);
	recent_list(state_home, &arena, &list, &n);
	size_t len = text && first ? put_recent(text, LARGEST_LIST, 0, first) : 0;
	unsigned left = first ? RECENT_KEPT - 1 : RECENT_KEPT;
	for (unsigned i = 0; text && i < n && left > 0; i++) {
		if (strcmp(list[i].path, without) == 0)
			continue;
		len = put_recent(text, LARGEST_LIST, len, &list[i]);
		left--;
	}
	const bool done = text && state_write(path, text, len);
	lt_arena_release(&arena);
	return done;
}

bool recent_keep(const char *state_home, const struct recent *recent)
{
	return rewrite_recent(state_home, recent, recent->path);
}

bool recent_drop(const char *state_home, const char *path)
{
	return rewrite_recent(state_home, NULL, path);
}
