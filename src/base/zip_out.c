#include "lingtan/base/zip_out.h"

#include <string.h>

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

enum lt_status lt_zip_open(struct lt_zip_out *zip, const char *name, struct lt_err *err)
{
	const char *kept = lt_arena_strndup(zip->arena, name, strlen(name));
	struct lt_zip_member *members = lt_arena_room(zip->arena, zip->members, zip->n_members,
						      &zip->cap_members, sizeof(*members));
	if (!kept || !members)
		return lt_err_memory(err);
	zip->members = members;
	if (zip->n_members == MOST_MEMBERS || strlen(name) > 0xffff)
		return lt_err_set(err, LT_EDATA, "文件过多，一个 ZIP 放不下",
				  "more files than one ZIP holds");
	struct lt_zip_member *member = &zip->members[zip->n_members++];
	*member = (struct lt_zip_member){
		.name = kept, .method = LT_ZIP_STORED, .at = (uint32_t)zip->at
	};
	unsigned char head[LT_ZIP_LOCAL_HEAD];
	lt_zip_local_head(member, head);
	enum lt_status status = write_bytes(zip, head, sizeof(head), err);
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
	member->packed = member->size += (uint32_t)len;
	return LT_OK;
}

enum lt_status lt_zip_close(struct lt_zip_out *zip, struct lt_err *err)
{
	const struct lt_zip_member *member = &zip->members[zip->n_members - 1];
	unsigned char head[LT_ZIP_LOCAL_HEAD];
	lt_zip_local_head(member, head);
	return lt_file_amend(zip->file, member->at, head, sizeof(head), err);
}

void lt_zip_drop(struct lt_zip_out *zip)
{
	zip->at = zip->members[--zip->n_members].at;
}

static enum lt_status write_entry(struct lt_zip_out *zip, const struct lt_zip_member *member,
				  struct lt_err *err)
{
	unsigned char head[LT_ZIP_CENTRAL_HEAD];
	lt_zip_central_head(member, head);
	enum lt_status status = write_bytes(zip, head, sizeof(head), err);
	return status ? status : write_bytes(zip, member->name, strlen(member->name), err);
}

enum lt_status lt_zip_finish(struct lt_zip_out *zip, struct lt_err *err)
{
	const uint64_t start = zip->at;
	unsigned char end[LT_ZIP_END];
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < zip->n_members && !status; i++)
		status = write_entry(zip, &zip->members[i], err);
	if (status)
		return status;
	lt_zip_end(zip->n_members, (uint32_t)start, (uint32_t)(zip->at - start), end);
	status = write_bytes(zip, end, sizeof(end), err);
	/* a member that was dropped last may have been longer than what came after it */
	return status ? status : lt_file_cut(zip->file, zip->at, err);
}
