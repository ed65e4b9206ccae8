/*
 * digest - what an item says, as one SHA-256: equal digests mean that an answer given under one
 * edition still answers the other. It is the ruleset's own item, whatever a profile puts in the
 * place of its numbers.
 *
 * Taken over the item's own words and numbers (id, clause, kind, form, title, ask, modal words,
 * applicability, points, tiers, line, check points, quantity), one "key=value" a line; not over
 * evidence hints, notes, origins and citations.
 */
#ifndef LINGTAN_CORE_DIGEST_H
#define LINGTAN_CORE_DIGEST_H

#include "lingtan/base/sha256.h"
#include "lingtan/core/ruleset.h"

void item_digest(const struct item *item, char hex[LT_SHA256_HEX]);

/* The files that a result rests on. */
enum ruleset_file { RULESET_FILE_HEAD, RULESET_FILE_ITEMS, RULESET_FILE_UNITS, N_RULESET_FILES };

/**
 * ruleset_files_digest - one digest for a ruleset as it lies in its files: the SHA-256 of the line
 * "lingtan ruleset 1" and then of the digests of ruleset.yaml, items.yaml and units.yaml, each on a
 * line of its own. Unlike item_digest() it changes with every byte.
 */
void ruleset_files_digest(const char *const sha256[N_RULESET_FILES], char hex[LT_SHA256_HEX]);

#endif
