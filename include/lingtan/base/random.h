/* random - numbers nobody can guess, as lower-case hexadecimal text. By libsodium; cannot fail. */
#ifndef LINGTAN_BASE_RANDOM_H
#define LINGTAN_BASE_RANDOM_H

#define LT_RANDOM_ID 33 /* 32 digits and NUL */

void lt_random_id(char id[LT_RANDOM_ID]);

/* Version of the library behind it, and behind signatures. */
const char *lt_sodium_version(void);

#endif
