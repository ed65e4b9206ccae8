#include "lingtan/base/zip.h"

#include <string.h>

#define LOCAL_SIGNATURE 0x04034b50u
#define CENTRAL_SIGNATURE 0x02014b50u
#define END_SIGNATURE 0x06054b50u
#define VERSION 20u
#define NAMES_ARE_UTF8 0x0800u
/* 1980-01-01, the first day that the format knows */
#define NO_DAY 0x21u

/* A number, the low byte first; returns what is behind it. */
static unsigned char *put(unsigned char *at, uint32_t value, unsigned n)
{
	for (unsigned i = 0; i < n; i++, value >>= 8)
		*at++ = (unsigned char)(value & 0xff);
	return at;
}

/* What the two heads of a member have in common. */
static unsigned char *put_member(unsigned char *at, const struct lt_zip_member *member)
{
	at = put(at, VERSION, 2);
	at = put(at, NAMES_ARE_UTF8, 2);
	at = put(at, member->method, 2);
	at = put(at, 0, 2); /* midnight */
	at = put(at, NO_DAY, 2);
	at = put(at, member->crc, 4);
	at = put(at, member->packed, 4);
	at = put(at, member->size, 4);
	at = put(at, (uint32_t)strlen(member->name), 2);
	return put(at, 0, 2); /* nothing extra */
}

void lt_zip_local_head(const struct lt_zip_member *member, unsigned char out[LT_ZIP_LOCAL_HEAD])
{
	put_member(put(out, LOCAL_SIGNATURE, 4), member);
}

void lt_zip_central_head(const struct lt_zip_member *member, unsigned char out[LT_ZIP_CENTRAL_HEAD])
{
	unsigned char *at = put_member(put(put(out, CENTRAL_SIGNATURE, 4), VERSION, 2), member);
	at = put(at, 0, 2); /* no comment */
	at = put(at, 0, 2); /* disk */
	at = put(at, 0, 2); /* attributes */
	at = put(at, 0, 4);
	put(at, member->at, 4);
}

void lt_zip_end(unsigned n_members, uint32_t list_at, uint32_t list_len,
		unsigned char out[LT_ZIP_END])
{
	unsigned char *at = put(out, END_SIGNATURE, 4);
	at = put(at, 0, 4); /* disks */
	at = put(at, n_members, 2);
	at = put(at, n_members, 2);
	at = put(at, list_len, 4);
	at = put(at, list_at, 4);
	put(at, 0, 2); /* no comment */
}
