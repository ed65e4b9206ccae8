/*
 * workbench - the running program on a terminal: a stack of screens over one open project.
 *
 * A screen is a table of functions (struct screen_kind) and its own data. Each frame every visible
 * screen draws from nothing; each key goes to the topmost screen first: its rows of actions, then
 * its key function, then the actions that all screens share (common.c).
 *
 * Screens never write to the project but through calls of app (session.h and its like), between
 * workbench_begin() and workbench_end(), which reads the board anew and tells every screen.
 */
#ifndef LINGTAN_TUI_WORKBENCH_H
#define LINGTAN_TUI_WORKBENCH_H

#include "ahead.h"
#include "draw.h"
#include "keys.h"
#include "lingtan/app/board.h"
#include "lingtan/app/place.h"
#include "lingtan/app/sitting.h"

struct screen;
struct workbench;

enum action_group { GROUP_ANSWER, GROUP_MOVE, GROUP_SCREEN, GROUP_CHANGE, N_ACTION_GROUPS };

/* A key with a meaning: what the foot, the help and the command line show, and what is done. */
struct action {
	enum key key;       /* K_NONE: keys is what is written, key() of the screen handles it */
	char letter;        /* the same where no text is typed; 0 = none */
	struct label keys;  /* how it is written; NULL texts = key_title(key) */
	struct label title; /* one or two words, for the foot */
	struct label help;  /* a line, for the help; NULL texts = title */
	enum action_group group;
	bool in_foot;
	bool in_popup; /* common actions: also while a popup is open */
	bool is_for_words; /* opens what words are written in */
	bool (*is_live)(const struct screen *screen); /* NULL = always */
	void (*run)(struct screen *screen);           /* NULL = key() handles it */
};

enum screen_size {
	SIZE_WHOLE, /* everything between header and foot */
	SIZE_POPUP, /* over what lies below; draws its own box (frame.h) */
};

struct screen_kind {
	const char *id; /* for the place file and tests */
	struct label title;
	enum screen_size size;
	const struct action *actions;
	unsigned n_actions;
	bool has_score_line; /* frame draws it above the foot */
	bool needs_project;
	bool takes_words; /* also where nothing is typed: they begin a text, or the screen tells what became of them */
	/* canvas: the rows between header and score line, or foot; of a popup the same, to be
	 * drawn over */
	void (*draw)(struct screen *screen, const struct canvas *canvas);
	bool (*key)(struct screen *screen, const struct event *event); /* false = not mine */
	bool (*is_typing)(const struct screen *screen); /* letters and digits are text; NULL = no */
	void (*changed)(struct screen *screen);         /* the board was read anew; may be NULL */
	void (*pause)(struct screen *screen);           /* 300 ms without a key: keep drafts */
	void (*score_line)(struct screen *screen, const struct canvas *row); /* NULL = the usual */
	void (*header)(struct screen *screen,
		       const struct canvas *row); /* behind the badge; same */
	void (*close)(struct screen *screen);     /* keeps what was typed, frees the data; NULL = the
						     data is freed and that is all */
	void (*describe)(const struct screen *screen, struct place *place); /* may be NULL */
};

struct screen {
	const struct screen_kind *kind;
	struct workbench *bench;
	void *data; /* owned by the screen */
};

#define MAX_SCREENS 16

#define MOST_REASON 4000 /* bytes; what is typed is shorter */

enum notice_kind { NOTICE_DONE, NOTICE_WARN, NOTICE_ERROR };

struct workbench {
	const struct sitting *sitting;
	struct who who; /* who sits here: as the command line said, or as was said since */
	char who_name[200], who_role[40];
	enum lt_lang lang;
	struct grid grid;
	struct screen stack[MAX_SCREENS];
	unsigned n_screens;
	struct session *session; /* NULL = no project is open */
	char path[4096];         /* of the open project, "" = none */
	const struct assessment_ref *ref;
	struct board *board;   /* NULL = no project is open */
	struct lt_arena found; /* of findings of the last call */
	struct lt_findings findings;
	char notice[1024]; /* one line in place of the score line until the next key */
	enum notice_kind notice_kind;
	bool is_notice_kept; /* whatever is pressed, until a frame has shown it */
	char digit;              /* by which the last key changed the project, or '\0' */
	unsigned long digit_key; /* which key that was, as n_keys counts */
	enum lt_status failed; /* of the last failure that was told */
	char place_kept[600];  /* what the place file says */
	char left_item[80];    /* id: where the last screen stood that was closed, or "" */
	char saved_at[16];     /* 14:03:22, or "" */
	char command[400], reason[MOST_REASON]; /* of the change at hand */
	char unused_draft[40]; /* of words for which more is asked before they are used, or "" */
	bool hides_score;
	long begun_ms, drawn_ms; /* when what is done now began, and when the wait was last shown */
	bool can_cancel;         /* a change is being made, and Esc takes it back */
	bool was_cancelled;
	struct ahead ahead;      /* typed while something was done */
	bool is_ahead;           /* the event at hand is one of those */
	struct event begun_by;   /* the event at hand, without its texts */
	unsigned long n_keys;    /* that came until now, whatever they were for */
	bool is_unmarked; /* this machine does not know the newest entry yet */
	bool is_new_here; /* the list of recent projects does not know yet that it is open */
	bool is_leaving;
};

/* ---- languages ---- */

static inline const char *tell(const struct workbench *bench, const char *zh, const char *en)
{
	return bench->lang == LT_ZH ? zh : en;
}

/* "" where there is no text. */
const char *label_of(const struct workbench *bench, const struct label *label);

/* The title of the document that a place like "S004:843" is in; "" where the standard names none. */
const char *title_of_cited(const struct workbench *bench, const char *cite);

/* Code of the standard, stage in words and year; its name where the ruleset cannot be read. In the
 * session's arena. */
const char *title_of_assessment(struct workbench *bench, const struct assessment_ref *ref);

/* ---- screens ---- */

/* Puts a screen on top; data is taken over. Without room the data is closed, and told. */
struct screen *workbench_push(struct workbench *bench, const struct screen_kind *kind, void *data);
void workbench_pop(struct workbench *bench);
/* Closes every screen above the lowest. */
void workbench_pop_all(struct workbench *bench);
struct screen *workbench_top(struct workbench *bench);
/* Hands a key to the screen on top; a popup that closes by it hands it on so. */
void workbench_press(struct workbench *bench, const struct event *event);

/* ---- the project ---- */

/* Opens a project in the place of the one that is open; on an error that one stays, and the failure
 * is told as a notice. assessment: NULL = the last one, or the first. */
bool workbench_open(struct workbench *bench, const char *path, const char *assessment,
		    bool readonly);
void workbench_shut(struct workbench *bench);
/* Another assessment of the open project. */
bool workbench_choose(struct workbench *bench, const struct assessment_ref *ref);

/* Who sits here, from the next project on that is opened. */
void workbench_be(struct workbench *bench, const char *name, const char *role);

/* ---- changes ---- */

/* Before a call that may change the project: what the journal will call it, in words; clears old
 * findings and the reason. */
void workbench_begin(struct workbench *bench, const char *command);
/* Why, for a change that needs a reason; NULL = not said. After workbench_begin(). */
void workbench_because(struct workbench *bench, const char *reason);
/* After it: tells a failure, or reads the board anew. done: something was changed. True when all
 * went well. */
bool workbench_end(struct workbench *bench, enum lt_status status, const struct lt_err *err,
		   bool done);
/* Tells all screens that the board is another, or is looked at otherwise. */
void workbench_tell_screens(struct workbench *bench);
/* Reads the board anew, since somebody may have changed the file, and tells them. */
void workbench_changed(struct workbench *bench);

/* Whether a change of an item, figure or line of the own rung needs a reason: its round was
 * submitted, and it was not sent back. */
bool workbench_needs_reason(struct workbench *bench, const char *id);

/* For actions: the project was not opened for reading only. */
bool screen_is_writable(const struct screen *screen);

/* Can the own rung be written? may_write tells why not. */
bool workbench_can_write(const struct workbench *bench);
bool workbench_may_write(struct workbench *bench);

/* Says that words were typed where there is something to choose. */
void workbench_tell_words(struct workbench *bench);

/* The name of the own rung, as session calls want it. */
const char *workbench_rung(const struct workbench *bench);

/* Around work that only reads and takes long: Esc stops it. The end tells whether it did. */
void workbench_wait_begin(struct workbench *bench, const char *command);
bool workbench_wait_end(struct workbench *bench);
/* After either end, where the key that began it would do it once more, or confirm what nobody has seen
 * yet: that key, pressed again while it took long, is impatience and no order. */
void workbench_wait_once(struct workbench *bench);
/* Both, after what was read to be looked at. False: that it was stopped, or the error, is told. */
bool workbench_wait_read(struct workbench *bench, enum lt_status status, const struct lt_err *err);

void workbench_tell(struct workbench *bench, enum notice_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void workbench_tell_err(struct workbench *bench, const struct lt_err *err);

/* 2026-03-25, by this machine's clock; "" where it cannot tell. */
void workbench_today(char out[16]);

/* Zeroed memory for a screen's data; without memory NULL, and the person is told. */
void *workbench_room(struct workbench *bench, size_t size);

void workbench_set_language(struct workbench *bench, enum lt_lang lang);

/* What this machine keeps of a change, its mark against older files and its copy of the day, after
 * the change was shown: it waits for the disk once more. False: it failed, and is told. */
bool workbench_remember(struct workbench *bench);

/* Draws a frame and shows it. */
void workbench_show(struct workbench *bench);

/* ---- actions ---- */

extern const struct action common_actions[];
extern const unsigned n_common_actions;

/* Runs the action that a key means here; false where none does. */
bool actions_key(struct screen *screen, const struct action *actions, unsigned n,
		 const struct event *event);
bool action_is_live(const struct screen *screen, const struct action *action);
/* The same for a common action: a popup leaves out what leads elsewhere. */
bool common_is_live(const struct screen *screen, const struct action *action);
/* A command of the journal as people say it: "set 7.2.1 points:8" is 7.2.1 的作答. */
const char *command_words(const struct workbench *bench, const char *command, char *out,
			  size_t cap);
const char *action_keys(const struct workbench *bench, const struct action *action);

#endif
