/* child_parts - what starting a helper for one file and one for many share; for src/base alone. */
#ifndef LINGTAN_SRC_BASE_CHILD_PARTS_H
#define LINGTAN_SRC_BASE_CHILD_PARTS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "lingtan/base/child.h"

/* Descriptors below this are the child's 0, 1 and 2. */
#define FIRST_OWN 3

/**
 * child_spawn - starts argv[0] in a group of its own with these descriptors as its 0 to 3 and no
 * other; input -1 = /dev/null, answer -1 = none. All of them are out of the way of 0 to 3. Returns
 * 0, or what errno would say.
 */
int child_spawn(const char *const *argv, int input, int output, int complaint, int answer,
		pid_t *pid);

/* Moves the ends of a pipe or socket to descriptors from `first` on, out of the way of 0, 1 and 2, which
 * may be closed in this program; -1 is one that could not be moved, and false. */
bool child_move_ends(const int made[2], int first, int ends[2]);

/* LT_EFILE: it took too long. */
enum lt_status child_is_late(struct lt_err *err);

/* Of a clock that nobody sets. */
int64_t child_now_ms(void);

#endif
