/*
 * load/form - the documents of forms/README.md as structs: forms, and the list of requested
 * materials.
 *
 * Everything is owned by the arena it was loaded into. A document with an error is not loaded at
 * all; the findings say why, with line and column.
 */
#ifndef LINGTAN_LOAD_FORM_H
#define LINGTAN_LOAD_FORM_H

#include "lingtan/core/form.h"
#include "lingtan/core/vocabulary.h"
#include "lingtan/load/library.h"

/**
 * form_load - a form, held against the tables of a project, the documents of rulesets/README.md and
 * the units. vocabulary and units are for the checks; a proven source does without.
 * Errors: LT_EFILE (findings hold at least one error), LT_ESPACE.
 */
enum lt_status form_load(const struct yaml_source *source, const struct vocabulary *vocabulary,
			 const struct units *units, struct lt_arena *arena,
			 struct lt_findings *findings, struct form **out, struct lt_err *err);

/* A list of requested materials. Errors: LT_EFILE (findings hold at least one error), LT_ESPACE. */
enum lt_status requests_load(const struct yaml_source *source, struct lt_arena *arena,
			     struct lt_findings *findings, struct request_list **out,
			     struct lt_err *err);

/* The forms built into the program, in the order of their ids, and the list that goes with them. */
struct form_set {
	struct form **at;
	unsigned n;
	struct request_list *requests; /* NULL where none is built in */
};

/* Reads all that lies in forms/. Errors: LT_EFILE (findings say why), LT_ESPACE. */
enum lt_status form_set_load(const struct library *library, struct lt_arena *arena,
			     struct lt_findings *findings, struct form_set *out,
			     struct lt_err *err);

/* NULL where there is none. */
const struct form *form_set_find(const struct form_set *set, const char *id);

#endif
