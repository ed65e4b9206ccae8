/*
 * box - shuts the second program in before it opens a file from elsewhere.
 *
 * Two steps, because a library may have to load its own tables first: box_limit() at the start of
 * the program, box_close() before the first byte of the file is read. What the kernel does not
 * allow to be forbidden stays allowed, silently: the box is a second wall, not the first.
 */
#ifndef LINGTAN_EXPORT_BOX_H
#define LINGTAN_EXPORT_BOX_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>

#define BOX_SECONDS 10u
#define BOX_MEMORY ((size_t)512 << 20)
#define BOX_CODE 256u

/* Computing time, memory, open files, nothing written to files but a redirected output, no new
 * privileges. */
void box_limit(void);

/**
 * box_close - from here on the program can read and write what is open, take memory and end; it can
 * open nothing, run nothing, start nothing, connect to nothing. Such calls fail with EPERM.
 * Returns whether the kernel took it; under the address sanitizer it is not tried.
 */
bool box_close(void);

/* What box_close() has the kernel load, made once for many forks of this program. */
struct box {
	unsigned short n; /* instructions; 0 = there is no box */
	struct sock_filter code[BOX_CODE];
};

/* n is 0 where the kernel has none, and under the address sanitizer. */
void box_prepare(struct box *box);
/* box_close() with it. */
bool box_enter(const struct box *box);

/**
 * box_close_to_fonts - the same for what seeks fonts as it draws: files can be opened too, for reading
 * alone, and threads started. A character that is in a font of its own must still be found, so which
 * files will be opened is not known before; where the kernel has Landlock (5.13 and later, not turned
 * off), it is none outside the system's folders of fonts and languages. box_close() can follow.
 */
bool box_close_to_fonts(void);

#endif
