/* digits - a number as people read it. */
#ifndef LINGTAN_BASE_DIGITS_H
#define LINGTAN_BASE_DIGITS_H

#include <stddef.h>

/* "-1234567.8910" as "-1,234,567.8910"; returns the length. out has room for 4/3 of plain and NUL,
 * and is not plain. */
size_t lt_digits_group(const char *plain, char *out);

#endif
