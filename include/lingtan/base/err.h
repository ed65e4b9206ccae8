/*
 * err - how a call says that it could not do its work.
 *
 * A function that can fail returns enum lt_status and fills the caller's struct lt_err; the first
 * cause stays, context is put in front once at a boundary. The text exists in both languages,
 * because who reads it is decided later. No allocation. Wrong *data* is not a failure: it goes to a
 * list of findings (finding.h).
 */
#ifndef LINGTAN_BASE_ERR_H
#define LINGTAN_BASE_ERR_H

#include <stdarg.h>

/* The values above LT_OK are the program's exit codes, so that no table translates between the two.
 */
enum lt_status {
	LT_OK = 0,
	LT_NO = 1,     /* done, and the answer is no */
	LT_EUSAGE = 2, /* wrong usage */
	LT_EFILE = 3,  /* a file could not be read or is not ours */
	LT_EDATA = 4,  /* the data refuses it */
	LT_ESPACE = 5, /* no space or memory, read-only, another writer */
	LT_EBUG = 70,
};

enum lt_lang { LT_ZH, LT_EN, LT_N_LANGS };

#define LT_ERR_TEXT 512

struct lt_err {
	enum lt_status status;
	char text[LT_N_LANGS][LT_ERR_TEXT]; /* UTF-8, cut at a character */
};

#define LT_ERR_INIT                                                                                \
	{                                                                                          \
		.status = LT_OK                                                                    \
	}

/**
 * lt_err_set - record a failure unless one is recorded already; returns status, so that callers can
 * `return lt_err_set(...)`. zh and en take the same arguments in the same order.
 */
enum lt_status lt_err_set(struct lt_err *err, enum lt_status status, const char *zh, const char *en,
			  ...) __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/**
 * lt_err_prefix - put "prefix: " in front of what is recorded (file, line), once at a boundary.
 */
void lt_err_prefix(struct lt_err *err, const char *prefix);

/* Put the cure behind what is recorded, once at a boundary. */
void lt_err_suffix(struct lt_err *err, const char *zh, const char *en);

/* The failure that needs no more words: memory ran out. */
enum lt_status lt_err_memory(struct lt_err *err);

#endif
