/* box_parts - what the two boxes share; for src/export alone. */
#ifndef LINGTAN_SRC_EXPORT_BOX_PARTS_H
#define LINGTAN_SRC_EXPORT_BOX_PARTS_H

#include <seccomp.h>
#include <stdbool.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ADDRESS_SANITIZER 1
#endif
#endif
#ifndef HAS_ADDRESS_SANITIZER
#define HAS_ADDRESS_SANITIZER 0
#endif

/* A build that counts which lines are taken (make coverage) writes a file at its end: no box then. */
#ifdef LT_COUNTS_LINES
#define COUNTS_LINES 1
#else
#define COUNTS_LINES 0
#endif

#define N(array) (sizeof(array) / sizeof((array)[0]))

/* Adds what every helper needs, loads the filter and gives it back; NULL is no filter, and false. */
bool box_load(scmp_filter_ctx filter);

#endif
