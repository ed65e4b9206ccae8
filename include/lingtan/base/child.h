/*
 * child - runs a helper program on an open file, and takes back what it wrote.
 *
 * The helper gets the file as its standard input, a pipe as its standard output, another as its
 * standard error, one more where it is answered, and no other descriptor; hardly any environment;
 * no shell. It is killed, with whatever it started, when it takes too long or writes too much. What
 * comes back is as trustworthy as the file that went in.
 */
#ifndef LINGTAN_BASE_CHILD_H
#define LINGTAN_BASE_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/err.h"

#define LT_CHILD_COMPLAINT 2048

struct lt_child_job {
	const char *const *argv; /* the program's path, then its words; ends with NULL; borrowed */
	int input;               /* descriptor to read from; -1 = nothing to read */
	size_t most_output;      /* bytes */
	unsigned timeout_ms;
	/* NULL, or what is asked for an answer once the helper has written a line (len bytes, with
	 * its end): what it gives, owned by the context until the child is finished, is all that
	 * the helper reads from descriptor 3. A failure ends the helper. */
	enum lt_status (*reply)(void *context, const char *line, size_t len, const char **answer,
				size_t *answer_len, struct lt_err *err);
	void *context;
	/* NULL, or what is asked several times a second while the helper is at work: false ends it,
	 * and the call fails as cancelled (LT_EDATA) */
	bool (*watch)(void *watch_context);
	void *watch_context;
};

struct lt_child_result {
	int exit_code;
	char *output; /* owned; NUL-terminated, any bytes */
	size_t len;
	char complaint[LT_CHILD_COMPLAINT]; /* the beginning of its standard error, as written */
};

struct lt_child;

/**
 * lt_child_start - its time runs from here; the caller may do what else there is to do. *out is
 * NULL after an error. Errors: LT_EFILE (cannot be started), LT_ESPACE.
 */
enum lt_status lt_child_start(const struct lt_child_job *job, struct lt_child **out,
			      struct lt_err *err);

/**
 * lt_child_finish - waits, releases child, and fills result, also where it fails: release it in any
 * case. LT_OK means that it ended by itself, whatever exit_code says. Errors: LT_EFILE (took too
 * long, wrote too much, was ended by a signal), LT_EDATA (cancelled), LT_ESPACE, and what reply
 * failed with.
 */
enum lt_status lt_child_finish(struct lt_child *child, struct lt_child_result *result,
			       struct lt_err *err);
void lt_child_release(struct lt_child_result *result);

/* Whether finish need not wait; waits for that within_ms at most. */
bool lt_child_is_done(struct lt_child *child, unsigned within_ms);

/**
 * lt_child_find - where a helper program lies: beside the one that the environment variable names,
 * else beside the running program, else in ../libexec/lingtan/ seen from there. Errors: LT_EFILE
 * (nowhere: err says where it was looked for).
 */
enum lt_status lt_child_find(const char *name, const char *variable, char *path, size_t cap,
			     struct lt_err *err);

#endif
