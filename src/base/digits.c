#include "lingtan/base/digits.h"

#include <string.h>

size_t lt_digits_group(const char *plain, char *out)
{
	const size_t sign = plain[0] == '-', whole = strcspn(plain, ".");
	size_t n = 0;
	for (size_t i = 0; plain[i]; i++) {
		if (i > sign && i < whole && (whole - i) % 3 == 0)
			out[n++] = ',';
		out[n++] = plain[i];
	}
	out[n] = '\0';
	return n;
}
