/*
 * place - what this machine remembers of a person's work beside the project: where they were, what
 * they were typing, which projects were open last. Never in the project; lost without harm.
 *
 * All of it lies in the state folder, as small files that are written as a whole. Where there is no
 * state folder nothing is kept and nothing is found. Owns nothing; texts come in the arena given.
 */
#ifndef LINGTAN_APP_PLACE_H
#define LINGTAN_APP_PLACE_H

#include "lingtan/app/session.h"

/* Where a person was in a project. NULL = not known. */
struct place {
	const char *screen;     /* id of a screen */
	const char *assessment; /* its name */
	const char *item;       /* id */
	const char *zone;       /* part of the screen that had the focus */
};

bool place_keep(const struct session *session, const struct place *place);
bool place_find(const struct session *session, struct lt_arena *arena, struct place *out);

/* Text that is being typed into a field, until it is in the project. `field` names the field for
 * good: letters, digits and . _ - and /. An empty text removes the draft; false
 * where that cannot be done. */
bool draft_keep(const struct session *session, const char *field, const char *text, size_t len);
/* NULL = there is none. */
const char *draft_find(const struct session *session, const char *field, struct lt_arena *arena);
bool draft_drop(const struct session *session, const char *field);

/* The same for what belongs to no project yet: the form of a new one. */
bool loose_draft_keep(const char *state_home, const char *field, const char *text, size_t len);
const char *loose_draft_find(const char *state_home, const char *field, struct lt_arena *arena);

/* Settings of a person on this machine: one word each ("lang", "theme", "hide-score"). */
bool setting_keep(const char *state_home, const char *name, const char *value);
const char *setting_find(const char *state_home, const char *name, struct lt_arena *arena);

/* A project that was open on this machine, the last one first. */
struct recent {
	const char *path, *at; /* at: 2026-03-01T14:03:22+08:00 */
	const char *park, *standard, *rung, *progress, *total, *grade, *item;
	const char *item_title;
	const char *mark; /* failed: a control fails; unproven: evidence missing; met: a grade */
	const char *who, *round, *open; /* name; number of the last round; items left open */
};

#define RECENT_KEPT 20

/* Puts a project first. Texts may be NULL. */
bool recent_keep(const char *state_home, const struct recent *recent);
bool recent_list(const char *state_home, struct lt_arena *arena, struct recent **out, unsigned *n);
/* Takes a project off the list; its file is not touched. */
bool recent_drop(const char *state_home, const char *path);

#endif
