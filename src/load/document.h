/* document - what the readers of documents share: places, findings at an entry, the refusal. */
#ifndef LINGTAN_LOAD_DOCUMENT_H
#define LINGTAN_LOAD_DOCUMENT_H

#include "lingtan/load/ruleset.h"

/* Adds one place; false when memory ran out. Parents come before what stands in them. */
bool yaml_positions_add(struct yaml_positions *positions, const struct yaml_position *position,
			unsigned *at);

/* Line and column, in characters and from 1, of the byte at `at`. */
void text_place(const char *text, size_t at, unsigned *line, unsigned *column);

/* An error at list[at]; zh and en take one %s. NULL if it was only counted. */
struct lt_finding *document_complain(struct lt_findings *findings,
				     const struct yaml_positions *positions, const char *list,
				     unsigned at, const char *zh, const char *en, const char *id);

/* Whether errors were found since there were errors_before; then LT_EFILE and how many. */
enum lt_status document_refuse(const char *name, const struct lt_findings *findings,
			       size_t errors_before, struct lt_err *err);

/* The first finding behind `last`, which was the last of the list before; NULL where none was added. */
struct lt_finding *document_findings_since(const struct lt_findings *findings,
					   const struct lt_finding *last);

#endif
