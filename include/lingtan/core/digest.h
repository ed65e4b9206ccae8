/*
 * digest - what an item says, as one SHA-256: equal digests mean that an answer given under one
 * edition still answers the other.
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

#endif
