#include "lingtan/base/zip_out.h"

#include <string.h>

#define LOCAL_SIGNATURE 0x04034b50u
#define CENTRAL_SIGNATURE 0x02014b50u
#define END_SIGNATURE 0x06054b50u
#define VERSION 20u
#define NAMES_ARE_UTF8 0x0800u
/* 1980-01-01, the first day that the format knows */
#define NO_DAY 0x21u
#define LOCAL_HEAD 30u
#define CENTRAL_HEAD 46u
#define MOST_BYTES 0xfffffffeu
#define MOST_MEMBERS 0xfffeu

/* ---- CRC-32 (ISO 3309) ---- */

static uint32_t crc_table[256];

static void make_crc_table(void)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t crc = i;
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
		crc_table[i] = crc;
	}
}

static uint32_t add_crc(uint32_t crc, const unsigned char *bytes, size_t len)
{
	crc = ~crc;
	for (size_t i = 0; i < len; i++)
		crc = crc_table[(crc ^ bytes[i]) & 0xff] ^ crc >> 8;
	return ~crc;
}

/* ---- numbers, the low byte first ---- */

struct record {
	unsigned char bytes[CENTRAL_HEAD];
	size_t len;
};

static void put(struct record *record, uint32_t value, unsigned n)
{
	for (unsigned i = 0; i < n; i++, value >>= 8)
		record->bytes[record->len++] = (unsigned char)(value & 0xff);
}

/* What the two heads of a member have in common. */
static void put_member(struct record *record, const struct lt_zip_member *member)
{
	put(record, VERSION, 2);
	put(record, NAMES_ARE_UTF8, 2);
	put(record, 0, 2); /* stored */
	put(record, 0, 2);
	put(record, NO_DAY, 2);
	put(record, member->crc, 4);
	put(record, member->size, 4);
	put(record, member->size, 4);
	put(record, (uint32_t)strlen(member->name), 2);
	put(record, 0, 2); /* nothing extra */
}

static struct record local_head(const struct lt_zip_member *member)
{
	struct record record = { .len = 0 };
	put(&record, LOCAL_SIGNATURE, 4);
	put_member(&record, member);
	return record;
}

static enum lt_status write_bytes(struct lt_zip_out *zip, const void *bytes, size_t len,
				  struct lt_err *err)
{
	if (zip->at + len > MOST_BYTES)
		return lt_err_set(err, LT_EDATA, "内容超过 4 GiB，一个 ZIP 放不下；请分评价导出",
				  "more than 4 GiB, which one ZIP does not hold; export by "
				  "assessment");
	/* what was dropped is written over */
	enum lt_status status = lt_file_amend(zip->file, zip->at, bytes, len, err);
	zip->at += len;
	return status;
}

/* ---- members ---- */

void lt_zip_begin(struct lt_zip_out *zip, struct lt_file_out *file, struct lt_arena *arena)
{
	*zip = (struct lt_zip_out){ .file = file, .arena = arena };
	if (!crc_table[1])
		make_crc_table();
}

static bool make_room(struct lt_zip_out *zip)
{
	if (zip->n_members < zip->cap_members)
		return true;
	zip->cap_members = zip->cap_members * 2 + 64;
	zip->members = lt_arena_resize(zip->arena, zip->members,
				       zip->cap_members * sizeof(*zip->members));
	return zip->members != NULL;
}

enum lt_status lt_zip_open(struct lt_zip_out *zip, const char *name, struct lt_err *err)
{
	const char *kept = lt_arena_strndup(zip->arena, name, strlen(name));
	if (!kept || !make_room(zip))
		return lt_err_memory(err);
	if (zip->n_members == MOST_MEMBERS || strlen(name) > 0xffff)
		return lt_err_set(err, LT_EDATA, "文件过多，一个 ZIP 放不下",
				  "more files than one ZIP holds");
	struct lt_zip_member *member = &zip->members[zip->n_members++];
	*member = (struct lt_zip_member){ .name = kept, .at = (uint32_t)zip->at };
	const struct record head = local_head(member);
	enum lt_status status = write_bytes(zip, head.bytes, head.len, err);
	return status ? status : write_bytes(zip, name, strlen(name), err);
}

enum lt_status lt_zip_add(struct lt_zip_out *zip, const void *bytes, size_t len,
			  struct lt_err *err)
{
	struct lt_zip_member *member = &zip->members[zip->n_members - 1];
	enum lt_status status = write_bytes(zip, bytes, len, err);
	if (status)
		return status;
	member->crc = add_crc(member->crc, bytes, len);
	member->size += (uint32_t)len;
	return LT_OK;
}

enum lt_status lt_zip_close(struct lt_zip_out *zip, struct lt_err *err)
{
	const struct lt_zip_member *member = &zip->members[zip->n_members - 1];
	const struct record head = local_head(member);
	return lt_file_amend(zip->file, member->at, head.bytes, head.len, err);
}

void lt_zip_drop(struct lt_zip_out *zip)
{
	zip->at = zip->members[--zip->n_members].at;
}

static enum lt_status write_entry(struct lt_zip_out *zip, const struct lt_zip_member *member,
				  struct lt_err *err)
{
	struct record record = { .len = 0 };
	put(&record, CENTRAL_SIGNATURE, 4);
	put(&record, VERSION, 2);
	put_member(&record, member);
	put(&record, 0, 2); /* no comment */
	put(&record, 0, 2); /* disk */
	put(&record, 0, 2);
	put(&record, 0, 4);
	put(&record, member->at, 4);
	enum lt_status status = write_bytes(zip, record.bytes, record.len, err);
	return status ? status : write_bytes(zip, member->name, strlen(member->name), err);
}

enum lt_status lt_zip_finish(struct lt_zip_out *zip, struct lt_err *err)
{
	const uint64_t start = zip->at;
	struct record record = { .len = 0 };
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < zip->n_members && !status; i++)
		status = write_entry(zip, &zip->members[i], err);
	if (status)
		return status;
	put(&record, END_SIGNATURE, 4);
	put(&record, 0, 2);
	put(&record, 0, 2);
	put(&record, zip->n_members, 2);
	put(&record, zip->n_members, 2);
	put(&record, (uint32_t)(zip->at - start), 4);
	put(&record, (uint32_t)start, 4);
	put(&record, 0, 2);
	status = write_bytes(zip, record.bytes, record.len, err);
	/* a member that was dropped last may have been longer than what came after it */
	return status ? status : lt_file_cut(zip->file, zip->at, err);
}
