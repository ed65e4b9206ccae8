/*
 * faulty - a disk that fails as told, below SQLite: the n-th operation of a kind fails, or the power goes and what was not
 * flushed is lost, torn or written in another order.
 *
 * It stands before SQLite's own files and becomes the default, so that the code under test knows nothing of it. What lies on
 * the disk when a file is first opened after faulty_reset() counts as safe; from then on only what was flushed is. One thread.
 */
#ifndef LINGTAN_TESTS_FAULTY_H
#define LINGTAN_TESTS_FAULTY_H

#include <stdbool.h>
#include <stddef.h>

enum fault {
	FAULT_NONE,
	FAULT_READ,
	FAULT_WRITE,
	FAULT_SHORT_WRITE, /* half of the bytes arrive */
	FAULT_FULL,        /* half of the bytes arrive, the disk is full */
	FAULT_SYNC,
	FAULT_TRUNCATE,
	FAULT_DELETE,
	FAULT_OPEN,
	FAULT_LOCK,
	FAULT_POWER, /* at the n-th write, flush, truncation or deletion nothing works any more */
	FAULT_KILL,  /* there the process is killed, in the middle of every other write */
	N_FAULTS
};

extern const char *const fault_names[N_FAULTS];

void faulty_install(void);

/* A new folder for the files of a test, where TMPDIR says if that is short enough, else in /tmp. */
bool faulty_make_folder(char *folder, size_t cap);

/* Forgets all files; nothing fails. No connection may be open. */
void faulty_reset(void);

/* The n-th operation of the kind from now on fails, n from 1; with forever all that follow as well. */
void faulty_arm(enum fault kind, unsigned n, bool forever);
void faulty_disarm(void);

/* Operations of a kind since faulty_reset(); whether the armed one was reached. */
unsigned faulty_count(enum fault kind);
bool faulty_struck(void);

/* What is on the disk after the power came back: of what was not flushed some, chosen by the seed. Connections must be
 * closed. */
void faulty_cut_power(unsigned seed);

#endif
