/*
 * reason - why the system refused: errno in the words of who reads it, whatever the locale.
 *
 * The reasons that a user meets are told in both languages; of others the system's own text stands
 * in both.
 */
#ifndef LINGTAN_BASE_REASON_H
#define LINGTAN_BASE_REASON_H

#include "lingtan/base/err.h"

/* "磁盘已满", "the disk is full"; static, or strerror()'s until its next call. */
const char *lt_reason(int code, enum lt_lang lang);

/**
 * lt_err_because - lt_err_set(), and the reason of errno `code` behind it in brackets: "a.pdf: cannot
 * be opened (permission denied)".
 */
enum lt_status lt_err_because(struct lt_err *err, enum lt_status status, int code, const char *zh,
			      const char *en, ...)
	__attribute__((format(printf, 4, 6), format(printf, 5, 6)));

#endif
