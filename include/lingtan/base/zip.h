/*
 * zip - the heads of a ZIP archive, byte for byte (PKWARE's APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16): for
 * those who write one. No clock in them, names are UTF-8, no extensions: at most 4 GiB in all.
 */
#ifndef LINGTAN_BASE_ZIP_H
#define LINGTAN_BASE_ZIP_H

#include <stddef.h>
#include <stdint.h>

#define LT_ZIP_STORED 0
#define LT_ZIP_DEFLATED 8

/* Of each head, without the name. */
#define LT_ZIP_LOCAL_HEAD 30
#define LT_ZIP_CENTRAL_HEAD 46
#define LT_ZIP_END 22

struct lt_zip_member {
	const char *name; /* at most 65,535 bytes */
	unsigned method;
	uint32_t crc;          /* CRC-32 of the member's bytes */
	uint32_t packed, size; /* bytes as they stand in the archive, and unpacked */
	uint32_t at;           /* offset of its local head */
};

/* What stands before a member's name and bytes, and before its name in the list at the end. */
void lt_zip_local_head(const struct lt_zip_member *member, unsigned char out[LT_ZIP_LOCAL_HEAD]);
void lt_zip_central_head(const struct lt_zip_member *member,
			 unsigned char out[LT_ZIP_CENTRAL_HEAD]);

/* The end of an archive: its list of members begins at list_at and is list_len bytes long. */
void lt_zip_end(unsigned n_members, uint32_t list_at, uint32_t list_len,
		unsigned char out[LT_ZIP_END]);

#endif
