/* rung - the four rungs of the claim ladder, from the lowest: who claims what. */
#ifndef LINGTAN_APP_RUNG_H
#define LINGTAN_APP_RUNG_H

#include "lingtan/base/err.h"
#include "lingtan/core/ruleset.h"

enum rung { RUNG_SELF, RUNG_EVALUATOR, RUNG_REVIEWER, RUNG_AWARDED, N_RUNGS };

/* As the file, sheets and the command line write them; NULL ends the list. */
extern const char *const rung_names[];

/* As people say them: 自评, 评价, 复核, 认定. */
extern const struct label rung_titles[N_RUNGS];

/* N_RUNGS for a word that is none. */
enum rung rung_find(const char *name);
bool is_rung(const char *name);
/* What is meant: the word of a rung called by its title; anything else as it is. */
const char *rung_named(const char *typed);

/* Errors: what is said for refusal, for a word that is none; err lists those there are. */
enum lt_status rung_check(const char *name, enum lt_status refusal, struct lt_err *err);

#endif
