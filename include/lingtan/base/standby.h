/*
 * standby - a helper program that is started once and stands by: each file that it is asked about is
 * looked at by a fork of its own, which has that file and nothing of the others.
 *
 * Starting a program and its libraries takes longer than a look at a photo. The helper gets one
 * socket, as its standard input, and hardly any environment. It says that it is ready by one message
 * of one byte; each question is one message of one byte with two descriptors, the file and where to
 * write what is found; it ends when the socket does. A helper that never says that it is ready, or
 * is gone, is not waited for: who asks is told so, and asks it for each file anew (child.h).
 */
#ifndef LINGTAN_BASE_STANDBY_H
#define LINGTAN_BASE_STANDBY_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/err.h"

/* Bytes of an answer, at most. */
#define LT_STANDBY_ANSWER ((size_t)4096)

struct lt_standby;

/* argv as lt_child_job has it. NULL: it cannot be started. Does not wait for it. */
struct lt_standby *lt_standby_start(const char *const *argv);
/* Ends it and all its looks. NULL is let be. */
void lt_standby_stop(struct lt_standby *standby);

struct lt_look;

/* NULL: it is not ready, or gone, or there is no memory. The look ends before the standby does. */
struct lt_look *lt_standby_look(struct lt_standby *standby, int file, unsigned timeout_ms);

/* Whether the answer is whole, or never will be; waits for that within_ms at most. */
bool lt_look_is_done(struct lt_look *look, unsigned within_ms);

/**
 * lt_look_finish - waits, copies the len bytes that were written and a NUL, and releases the look.
 * LT_OK means that it ended: whether that is an answer is for the caller to see. Errors: LT_EFILE (it
 * took too long; the helper was ended, with all its other looks).
 */
enum lt_status lt_look_finish(struct lt_look *look, char answer[LT_STANDBY_ANSWER + 1], size_t *len,
			      struct lt_err *err);

#endif
