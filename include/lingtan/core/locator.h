/*
 * locator - where in a document the evidence stands: "第12页 表3", "p. 12, table 3".
 *
 * A reviewer must find the place without reading the whole: a locator that names no page, table,
 * figure, section, row or sheet is vague. Pure.
 */
#ifndef LINGTAN_CORE_LOCATOR_H
#define LINGTAN_CORE_LOCATOR_H

#include <stdbool.h>

/**
 * locator_is_vague - whether a locator names no place. type: media type of the file ("" = not
 * known); a picture is its own place, so any word will do for one.
 */
bool locator_is_vague(const char *locator, const char *type);

/* The page that a locator names: "第 3 页 表2", "p. 3", "page 3"; the last of several ("第3-5页" is
 * 5). 0 = it names none. */
unsigned locator_page(const char *locator);

#endif
