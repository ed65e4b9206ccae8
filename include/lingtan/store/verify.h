/*
 * verify - does a project file hold: is it what its journal says, and is the journal what was
 * written?
 *
 * In order, naming the first that fails:
 *  (a) the database is sound and its schema as expected;
 *  (b) each entry is canonical, under its hash, of this project, one deeper than its parents, which
 *      are there, and its signature, if it has one, that of a key recorded for who made it;
 *  (c) from the first entry on, each change found what it says was there;
 *  (d) the fact tables hold exactly what follows;
 *  (e) the bytes have their hashes, and those that facts speak of are there;
 *  (f) kept for tables that are derived from others: the schema has none;
 *  (g) the heads that rounds, signatures and decisions name, and the anchors given, are entries
 *      that the head rests on;
 * then, where asked for, (c) of the lines that merges brought in. It does not prove who wrote:
 * unsigned names are claims, and a file written anew from its first entry is caught by (g) alone.
 * Source: the journal's design, "Verify".
 */
#ifndef LINGTAN_STORE_VERIFY_H
#define LINGTAN_STORE_VERIFY_H

#include "lingtan/store/project.h"

struct verify_report {
	bool holds;
	char check;         /* 'a' to 'g' of the first that fails */
	struct lt_err what; /* what fails, in words */
	unsigned n_entries;
	unsigned n_unsigned;
	unsigned n_distrusted; /* signed with a key that counted no more: revoked before, or dated
				  since it may have been in other hands */
	unsigned n_blobs, n_purged;
	unsigned n_linked; /* evidence outside the file, which is not looked at */
	char head[LT_SHA256_HEX];
};

struct verify_wish {
	const char *const *anchors; /* hashes that the head must rest on */
	unsigned n_anchors;
	bool skip_bytes; /* leave out (e): minutes for a file of many gigabytes */
	bool side_lines; /* also fold the lines that merges brought in, each from the start */
	/* NULL, or told how far (a), (b) and (e) are, for who waits; all 0: it cannot be counted */
	void (*count)(void *context, char check, unsigned done, unsigned all);
	void *context;
};

/* Errors are failures of the check itself (no memory); what the file lacks is in the report. */
enum lt_status project_verify(struct project *project, const struct verify_wish *wish,
			      struct verify_report *report, struct lt_err *err);

/**
 * project_trust - (b) to (d) before facts are read or built on: nothing is taken from a file whose
 * tables and journal say different things; *whole. Signatures, bytes and schema are left to
 * project_verify(). Of a journal that has more than `most` entries, as counted in the table, only
 * the newest entry is looked at, whose text must have its hash: opening takes the same time however
 * long it is. Its tables are not held against it, whether or not this machine has seen it before,
 * so that whoever answers for what is read (a certificate) calls project_verify() first.
 * Errors: LT_EFILE (err says what does not hold), LT_ESPACE.
 */
enum lt_status project_trust(struct project *project, unsigned most, bool *whole,
			     struct lt_err *err);

#endif
