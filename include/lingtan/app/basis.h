/*
 * basis - on which weak numbers a result rests: why it is a specimen, and which conditions it is
 * printed with.
 */
#ifndef LINGTAN_APP_BASIS_H
#define LINGTAN_APP_BASIS_H

#include "lingtan/app/assessment.h"

struct basis {
	enum origin origin;    /* the weakest of all published nodes */
	const char **specimen; /* "illustrative: $points", "draft: CODE" ... each once */
	unsigned n_specimen;
	const char **conditions; /* "inferred: $section_points" ... */
	unsigned n_conditions;
};

/* Collects over the published nodes. Owned by the arena of the assessment. */
enum lt_status basis_collect(struct assessment *assessment, struct basis *out, struct lt_err *err);

/* What an entry names, in words: of "illustrative: $points" 各条分值. What the ruleset has no title for
 * is called as it is written. In the arena, or the ruleset's; NULL when memory ran out. */
const char *basis_words(const struct ruleset *ruleset, const char *entry, enum lt_lang lang,
			struct lt_arena *arena);

/* The title of a node that stands for many: 第 * 章得分 is 各章得分, 范围 * 排放 is 范围 1、2、3 排放. NULL
 * without one, and when memory ran out. */
const char *basis_title_of_all(const struct node *node, enum lt_lang lang, struct lt_arena *arena);

#endif
