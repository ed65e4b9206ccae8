/*
 * blanks - a form as people fill it in: labels to the right, a field or a choice behind each, what
 * is wrong under it. Only the blank that has the focus is filled; all are reached by arrows or Tab.
 *
 * Knows nothing of what is filled in: who opens it adds the blanks, reads their values after each
 * change, and puts messages under them. Blanks stay where they are, so pointers to them hold until
 * blanks_release().
 */
#ifndef LINGTAN_TUI_BLANKS_H
#define LINGTAN_TUI_BLANKS_H

#include <stdint.h>
#include "edit.h"
#include "workbench.h"

#define MOST_BLANKS 96
#define MOST_OPTIONS 24

enum blank_kind {
	BLANK_HEADING,
	BLANK_LINE,    /* one line of text */
	BLANK_PROSE,   /* several */
	BLANK_ONE,     /* one of the options, as chips */
	BLANK_SEVERAL, /* any of them: ticks, one below the other where is_column */
};

struct blank_option {
	const char *id;
	struct label title;
	struct label detail, remark; /* of a column; NULL texts = none */
	bool remark_warns;
	bool is_on, is_dim; /* dim: cannot be chosen now */
};

struct blank {
	enum blank_kind kind;
	const char *id; /* borrowed, as all texts */
	struct label label, help;
	const char *unit;  /* at the right end of the field, or NULL */
	const char *aside; /* behind the field, where there is room; or NULL */
	bool is_needed, is_locked, is_column, is_hidden;
	struct edit edit;
	struct blank_option options[MOST_OPTIONS];
	unsigned n_options, at;        /* the option with the cursor */
	char message[LT_N_LANGS][320]; /* under the field; "" = none */
	enum ink message_ink;
};

struct blanks {
	struct blank **at;     /* owned */
	unsigned n, focus;     /* never a heading, unless there is nothing else */
	int first;             /* row that is seen first */
	int least_label;       /* columns that labels have at least */
	unsigned long version; /* grows with every change of a value */
	unsigned long warned;  /* the version of which it was told that no draft is kept */
	/* who types words where options stand chooses nothing by the digits among them */
	bool is_in_words;
	struct {
		/* where a digit chose, and nothing but characters came since: words may begin so; NULL = nowhere */
		const struct blank *of;
		unsigned long key; /* the last of them, as the workbench counts keys */
		unsigned at;
		uint32_t on; /* options as they were before the first of them, a bit each */
	} digit;
};

enum blanks_result {
	BLANKS_IGNORED,
	BLANKS_MOVED,   /* the cursor or the focus */
	BLANKS_CHANGED, /* the value of the blank with the focus */
};

/* NULL where there is no memory or no room. */
struct blank *blanks_add(struct blanks *blanks, enum blank_kind kind, const char *id,
			 const char *zh, const char *en);
void blanks_release(struct blanks *blanks);

/* Gives the option, to be filled in; NULL where there is no room. */
struct blank_option *blank_add_option(struct blank *blank, const char *id, const char *zh,
				      const char *en);

struct blank *blanks_find(const struct blanks *blanks, const char *id);
struct blank *blanks_focused(const struct blanks *blanks);
/* No heading, and not hidden. */
bool blanks_takes_focus(const struct blank *blank);
bool blanks_is_typing(const struct blanks *blanks);

/* The text; of options the ids of those that are on, joined by commas. */
const char *blank_value(const struct blank *blank, char *buf, size_t cap);
bool blank_is_empty(const struct blank *blank);
/* Takes a value over; unknown options are left out. Not counted as a change. */
void blank_set(struct blank *blank, const char *value);

void blank_tell(struct blank *blank, enum ink ink, const char *zh, const char *en);
/* Behind "LABEL：" at its beginning: under its field a message need not name it. */
const char *blank_without_label(const char *text, const char *label);
void blanks_clear_messages(struct blanks *blanks);

/* How many needed blanks there are, and how many of them are filled. */
unsigned blanks_count_needed(const struct blanks *blanks, unsigned *n_filled);

enum blanks_result blanks_key(struct blanks *blanks, struct workbench *bench,
			      const struct event *event);

/* What the foot may say of the blank with the focus. */
bool blanks_on_choice(const struct blanks *blanks);

/* The form in a canvas, the help of the blank with the focus in its last row. */
void blanks_draw(struct blanks *blanks, const struct workbench *bench, const struct canvas *canvas);

/* All values as one text, and back: for drafts. The text is the caller's to free; NULL without
 * memory. What a draft says of blanks that are not there is left out. */
char *blanks_write(const struct blanks *blanks);
void blanks_read(struct blanks *blanks, const char *text);

/* Whether a screen may close whose values the project does not take: where no draft of them could be
 * kept either, that is told first, and who leaves all the same presses once more. */
bool blanks_may_go(struct blanks *blanks, struct workbench *bench, bool is_kept);

#endif
