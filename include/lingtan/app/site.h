/*
 * site - the places of a park: tenants, buildings, plants, groups of vehicles, and its meters, which
 * stand in their own register; each with what the project knows of it elsewhere: calibration,
 * certificates sold, lines of the inventory, samples, stops.
 */
#ifndef LINGTAN_APP_SITE_H
#define LINGTAN_APP_SITE_H

#include "lingtan/app/session.h"

/* Texts that were not said are "". */
struct site_info {
	const char *id;
	const char *kind; /* tenant, building, plant, vehicles, meter, other */
	const char *name, *address, *part_of;
	const char *energy_share; /* per cent */
	const char *count, *area, *power;
	const char *marks; /* ids, separated by commas */
	const char *contact, *phone, *note;
	const char *carrier, *accuracy;            /* of meters */
	const char *calibrated_on, *calibrated_to; /* of meters: the last calibration */
	const char *certificates; /* of own green power that its lines count: kept, sold, or "" */
	unsigned n_lines;         /* lines of the inventory that name it */
	const char *stops;        /* stops that look at it, separated by commas */
	bool is_visited;          /* one of them has taken place */
	const char *populations;  /* of which it was sampled, separated by commas */
};

/* Texts NULL let all through. */
struct site_filter {
	const char *kind, *mark;
	const char *year; /* whose samples and stops are meant; NULL = of all years */
};

/* In the order of kinds, then of ids. Owned by the session's arena. */
enum lt_status session_sites(struct session *session, const struct site_filter *filter,
			     struct site_info **out, unsigned *n, struct lt_err *err);

/* By its id, or its name where that is only one's. Errors: LT_EDATA. */
enum lt_status session_find_site(struct session *session, const char *which,
				 const struct site_info **out, struct lt_err *err);

/* Whether a member is a place, or one of those that it stands for: V1 of V1 and of V1#17. */
bool site_stands_for(const char *place, const char *member);

bool site_has_mark(const struct site_info *site, const char *mark);

/* What a kind is called; of one that is not known, the word itself. */
struct label site_kind_title(const char *kind);

#endif
