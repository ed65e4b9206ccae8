/*
 * render - runs the second program, which is several, one for each set of libraries: a word goes to
 * the one that knows it. LINGTAN_RENDER names lingtan-render where it is elsewhere; the others lie
 * beside it.
 */
#ifndef LINGTAN_SRC_APP_RENDER_H
#define LINGTAN_SRC_APP_RENDER_H

#include "lingtan/base/child.h"
#include "lingtan/base/standby.h"

/**
 * render_run - one word on an open file. Its refusal, two lines on its standard
 * error, one a language, becomes err. Release the result in any case.
 */
enum lt_status render_run(const char *word, int fd, size_t most_output,
			  struct lt_child_result *result, struct lt_err *err);

/* The same with an answer to its first line: reply as in lt_child_job. */
typedef enum lt_status (*render_reply)(void *context, const char *line, size_t len,
				       const char **answer, size_t *answer_len,
				       struct lt_err *err);
struct project;
/* watched: whose watcher is asked whether to go on; NULL = nobody. */
enum lt_status render_converse(const char *word, int fd, size_t most_output, render_reply reply,
			       void *context, struct project *watched,
			       struct lt_child_result *result, struct lt_err *err);

/* The first again, while whoever watches the project is asked whether to go on. */
enum lt_status render_watched(const char *word, int fd, size_t most_output,
			      struct project *watched, struct lt_child_result *result,
			      struct lt_err *err);

/* The same in two parts, as lt_child_start and lt_child_finish. */
enum lt_status render_start(const char *word, int fd, size_t most_output, struct lt_child **child,
			    struct lt_err *err);
enum lt_status render_finish(struct lt_child *child, struct lt_child_result *result,
			     struct lt_err *err);

/* The program of a word that stands by, and one file for it; NULL as in standby.h. */
struct lt_standby *render_stand_by(const char *word);
struct lt_look *render_look(struct lt_standby *standby, int fd);

/* The same with another patience. */
enum lt_status render_run_within(const char *word, int fd, size_t most_output, unsigned timeout_ms,
				 struct lt_child_result *result, struct lt_err *err);

/* Whether every program is where it is looked for. Errors: LT_EFILE (one is not: err names it). */
enum lt_status render_find_all(struct lt_err *err);

#endif
