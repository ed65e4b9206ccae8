#include "pack.h"

#include <stdlib.h>
#include <string.h>

#define LOCAL_SIGNATURE 0x04034b50u
#define CENTRAL_SIGNATURE 0x02014b50u
#define END_SIGNATURE 0x06054b50u
#define VERSION 20u
#define NAMES_ARE_UTF8 0x0800u
#define DEFLATED 8u
/* 1980-01-01, the first day that a ZIP archive knows. */
#define NO_DAY 0x21u
#define LOCAL_HEAD 30u
#define MOST_BYTES ((size_t)1 << 31)
#define MOST_PARTS 0xffffu
/* Half the time of zlib's own choice, for a tenth more bytes. */
#define EFFORT 3

/* ---- numbers, the low byte first ---- */

static void put(struct text_out *out, uint32_t value, unsigned n)
{
	char bytes[4];
	for (unsigned i = 0; i < n; i++, value >>= 8)
		bytes[i] = (char)(value & 0xff);
	text_put_bytes(out, bytes, n);
}

/* What the two heads of a part have in common. */
static void put_part(struct text_out *out, const struct pack_part *part)
{
	put(out, VERSION, 2);
	put(out, NAMES_ARE_UTF8, 2);
	put(out, DEFLATED, 2);
	put(out, 0, 2); /* midnight */
	put(out, NO_DAY, 2);
	put(out, part->crc, 4);
	put(out, part->packed, 4);
	put(out, part->size, 4);
	put(out, (uint32_t)strlen(part->name), 2);
	put(out, 0, 2); /* nothing extra */
}

static void put_entry(struct text_out *out, const struct pack_part *part)
{
	put(out, CENTRAL_SIGNATURE, 4);
	put(out, VERSION, 2);
	put_part(out, part);
	put(out, 0, 2); /* no comment */
	put(out, 0, 2); /* disk */
	put(out, 0, 2);
	put(out, 0, 4);
	put(out, part->at, 4);
	text_put(out, part->name);
}

/* ---- parts ---- */

enum lt_status pack_begin(struct pack *pack, struct lt_err *err)
{
	*pack = (struct pack){ .err = err };
	pack->is_open = deflateInit2(&pack->deflate, EFFORT, Z_DEFLATED, -MAX_WBITS, 8,
				     Z_DEFAULT_STRATEGY) == Z_OK;
	return pack->is_open ? LT_OK : lt_err_memory(err);
}

static struct pack_part *add_part(struct pack *pack, const char *name)
{
	if (pack->n_parts == pack->cap_parts) {
		const unsigned cap = pack->cap_parts * 2 + 32;
		struct pack_part *grown = realloc(pack->parts, cap * sizeof(*grown));
		if (!grown)
			return NULL;
		pack->parts = grown;
		pack->cap_parts = cap;
	}
	struct pack_part *part = &pack->parts[pack->n_parts];
	*part = (struct pack_part){ .name = strdup(name), .at = (uint32_t)pack->bytes.len };
	pack->n_parts += part->name != NULL;
	return part->name ? part : NULL;
}

/* Deflates behind what is there; false without memory. */
static bool deflate_to(struct pack *pack, const void *bytes, size_t len)
{
	z_stream *stream = &pack->deflate;
	unsigned char piece[16384];
	if (deflateReset(stream) != Z_OK)
		return false;
	stream->next_in = bytes;
	stream->avail_in = (uInt)len;
	do {
		stream->next_out = piece;
		stream->avail_out = sizeof(piece);
		if (deflate(stream, Z_FINISH) == Z_STREAM_ERROR)
			return false;
		text_put_bytes(&pack->bytes, (const char *)piece,
			       sizeof(piece) - stream->avail_out);
	} while (stream->avail_out == 0);
	return !pack->bytes.failed;
}

enum lt_status pack_add_bytes(struct pack *pack, const char *name, const void *bytes, size_t len)
{
	struct text_out *out = &pack->bytes;
	if (len > MOST_BYTES || out->len > MOST_BYTES - len || pack->n_parts == MOST_PARTS)
		return lt_err_set(pack->err, LT_EDATA,
				  "内容过多，一个文件放不下；请分评价或分责任人导出",
				  "too much for one file; export by assessment, or by owner");
	struct pack_part *part = add_part(pack, name);
	if (!part)
		return lt_err_memory(pack->err);
	/* the head again when its numbers are known */
	put(out, LOCAL_SIGNATURE, 4);
	put_part(out, part);
	text_put(out, name);
	const size_t start = out->len;
	if (!deflate_to(pack, bytes, len))
		return lt_err_memory(pack->err);
	part->crc = (uint32_t)crc32(0, bytes, (uInt)len);
	part->size = (uint32_t)len;
	part->packed = (uint32_t)(out->len - start);
	struct text_out head = { 0 };
	put_part(&head, part);
	if (!head.failed)
		memcpy(out->text + part->at + 4, head.text, LOCAL_HEAD - 4);
	const bool failed = head.failed;
	text_release(&head);
	return failed ? lt_err_memory(pack->err) : LT_OK;
}

enum lt_status pack_add(struct pack *pack, const char *name, struct text_out *text)
{
	enum lt_status status = text->failed ? lt_err_memory(pack->err)
					     : pack_add_bytes(pack, name, text->text, text->len);
	text_release(text);
	return status;
}

enum lt_status pack_finish(struct pack *pack, FILE *out)
{
	struct text_out *bytes = &pack->bytes;
	const size_t start = bytes->len;
	for (unsigned i = 0; i < pack->n_parts; i++)
		put_entry(bytes, &pack->parts[i]);
	const size_t size = bytes->len - start;
	put(bytes, END_SIGNATURE, 4);
	put(bytes, 0, 4); /* disks */
	put(bytes, pack->n_parts, 2);
	put(bytes, pack->n_parts, 2);
	put(bytes, (uint32_t)size, 4);
	put(bytes, (uint32_t)start, 4);
	put(bytes, 0, 2);
	if (bytes->failed)
		return lt_err_memory(pack->err);
	fwrite(bytes->text, 1, bytes->len, out);
	return LT_OK;
}

void pack_abandon(struct pack *pack)
{
	if (pack->is_open)
		deflateEnd(&pack->deflate);
	for (unsigned i = 0; i < pack->n_parts; i++)
		free(pack->parts[i].name);
	free(pack->parts);
	text_release(&pack->bytes);
	*pack = (struct pack){ 0 };
}
