#include "lingtan/base/random.h"

#include <sodium.h>

void lt_random_id(char id[LT_RANDOM_ID])
{
	unsigned char bytes[(LT_RANDOM_ID - 1) / 2];
	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2hex(id, LT_RANDOM_ID, bytes, sizeof(bytes));
}

const char *lt_sodium_version(void)
{
	return sodium_version_string();
}
