/*
 * shipped - the shipped table of units, read by the real loader, for a group of tests: its set-up and tear-down.
 */
#ifndef LINGTAN_TESTS_SHIPPED_H
#define LINGTAN_TESTS_SHIPPED_H

#include "written.h"

static struct library library;
static const struct units *units;

static int open_library(void **state)
{
	(void)state;
	struct lt_err err = LT_ERR_INIT;
	struct lt_findings findings;
	if (library_open(&library, embedded_files, NULL, NULL, &err))
		return -1;
	lt_findings_init(&findings, &library.arena);
	return library_units(&library, &findings, &units, &err) == LT_OK ? 0 : -1;
}

static int close_library(void **state)
{
	(void)state;
	library_release(&library);
	return 0;
}

#endif
