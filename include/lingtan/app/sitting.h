/* sitting - what the command line hands over when a person sits down at the screens. */
#ifndef LINGTAN_APP_SITTING_H
#define LINGTAN_APP_SITTING_H

#include "lingtan/app/session.h"

struct sitting {
	struct workspace *workspace; /* borrowed, open */
	const char *path;            /* project to open, or NULL: the start screen */
	const char *assessment;      /* which one of it, or NULL */
	struct who who;
	const char *keys, *templates; /* folders of this person's data; NULL = there is no place */
	enum lt_lang lang;
	bool lang_said; /* else what the person chose on this machine comes first */
	bool readonly;
	bool mouse, plain, no_color, no_unicode;
};

/* What runs the screens: main hands it to the command line, which knows nothing of screens. */
typedef enum lt_status (*sit_down)(const struct sitting *sitting, struct lt_err *err);

#endif
