/*
 * sampling - populations and the samples drawn from them, with seed and reason, and what a sample
 * covers. How it is drawn: core/sample.h.
 *
 * A population is made of the places of a kind (that have its marks) and, up to its size, of numbers
 * on a list ("Vehicles#17"): a park knows the tenants worth a row, and has a list of all. A place that
 * stands for several, a group of 44 vehicles, is that many members ("V1#1" ... "V1#44"), as the
 * figures that are counted over places have it (core/count.h). The list begins with what is entered,
 * so its numbers follow.
 */
#ifndef LINGTAN_APP_SAMPLING_H
#define LINGTAN_APP_SAMPLING_H

#include "lingtan/app/site.h"

struct sampled {
	const char *place, *name;
	const char *how;          /* must, random, replacement */
	const char *with, *reason; /* where it was replaced */
	unsigned order;           /* 1 = drawn first */
	bool is_visited;          /* it, or what it was replaced with in turn */
};

/* The words for `how`; NULL for what no program of ours wrote. */
const struct label *sampled_way(const char *how);

/* Texts that were not said are "". */
struct population_info {
	const char *year, *population;
	const char *kind, *marks, *size, *list, *must, *basis;
	const char *n, *seed, *reason, *method; /* of the draw; n "" = not drawn yet */
	unsigned n_members; /* of places, and numbers */
	unsigned n_places;  /* places of the project in it */
	unsigned n_entered; /* members that these stand for; the numbers of the list follow */
	const struct sampled *sample; /* in the order of the draw */
	unsigned n_sample;
	const char *energy_share; /* per cent of the park's energy that the sample covers; "" where no
				     place of it says */
	bool energy_is_floor;     /* at least: not all that was sampled says its share */
	/* Of a rule that ranks (energy:N, area:N): the first places without that figure, separated by
	 * commas, and how many members have none, the list's among them. */
	const char *unranked;
	unsigned n_unranked;
	bool ranks_by_area;
	unsigned n_visited, n_to_visit; /* replaced ones are not to be visited */
};

/* What a rule that ranks could not rank, as a sentence; texts "" where it ranked all. */
enum lt_status population_tell_unranked(const struct population_info *of, struct lt_arena *arena,
					struct label *out, struct lt_err *err);

/* year NULL = all. Owned by the session's arena. Errors: LT_EDATA (a name with a comma), LT_EFILE,
 * LT_ESPACE. */
enum lt_status session_populations(struct session *session, const char *year,
				   struct population_info **out, unsigned *n, struct lt_err *err);

/* By its name. Errors: LT_EDATA (none). */
enum lt_status session_find_population(struct session *session, const char *year,
				       const char *name, const struct population_info **out,
				       struct lt_err *err);

struct draw_wish {
	const char *n;    /* how many, those always taken included */
	const char *seed; /* NULL = a random one */
};

/**
 * session_draw - draws a sample and writes down number, seed, session->reason and what was drawn; an
 * earlier draw of the same population gives way, which needs a reason. With the same seed, members
 * and rule it is the same sample. *out is the population afterwards. Errors: LT_EDATA (no such
 * population; fewer members than are to be drawn; fewer to be drawn than are always taken; a rule
 * that cannot be read; no reason), those of session_commit().
 */
enum lt_status session_draw(struct session *session, const char *year, const char *population,
			    const struct draw_wish *wish, const struct population_info **out,
			    bool *done, struct lt_err *err);

/* What a draw would give, without writing it down: for a preview, and to check an earlier one. Errors:
 * LT_EDATA (as session_draw()), LT_EFILE, LT_ESPACE. */
enum lt_status session_redraw(struct session *session, const struct population_info *population,
			      const char *n, const char *seed, const struct sampled **out,
			      unsigned *n_out, struct lt_err *err);

/**
 * session_replace - another place instead of a sampled one: `with`, or (NULL) the next in the order
 * of the draw that is not sampled. Errors: LT_EDATA (not sampled, replaced already, no such member,
 * sampled already; no session->reason), those of session_commit().
 */
enum lt_status session_replace(struct session *session, const char *year, const char *population,
			       const char *place, const char *with, const char **took,
			       struct lt_err *err);

#endif
