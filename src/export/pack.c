#include "pack.h"

#include <stdlib.h>
#include <string.h>

#define MOST_BYTES ((size_t)1 << 31)
#define MOST_PARTS 0xffffu
/* Half the time of zlib's own choice, for a tenth more bytes. */
#define EFFORT 3

enum lt_status pack_begin(struct pack *pack, struct lt_err *err)
{
	*pack = (struct pack){ .err = err };
	pack->is_open = deflateInit2(&pack->deflate, EFFORT, Z_DEFLATED, -MAX_WBITS, 8,
				     Z_DEFAULT_STRATEGY) == Z_OK;
	return pack->is_open ? LT_OK : lt_err_memory(err);
}

static struct lt_zip_member *add_part(struct pack *pack, const char *name)
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
	part->name = lt_arena_strndup(&pack->arena, name, strlen(name));
	if (!part->name)
		return NULL;
	part->head = (struct lt_zip_member){
		.name = part->name, .method = LT_ZIP_DEFLATED, .at = (uint32_t)pack->bytes.len
	};
	pack->n_parts++;
	return &part->head;
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
	struct lt_zip_member *part = add_part(pack, name);
	if (!part)
		return lt_err_memory(pack->err);
	unsigned char head[LT_ZIP_LOCAL_HEAD] = { 0 };
	text_put_bytes(out, (const char *)head, sizeof(head)); /* once its numbers are known */
	text_put(out, name);
	const size_t start = out->len;
	if (!deflate_to(pack, bytes, len))
		return lt_err_memory(pack->err);
	part->crc = (uint32_t)crc32(0, bytes, (uInt)len);
	part->size = (uint32_t)len;
	part->packed = (uint32_t)(out->len - start);
	lt_zip_local_head(part, head);
	memcpy(out->text + part->at, head, sizeof(head));
	return LT_OK;
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
	for (unsigned i = 0; i < pack->n_parts; i++) {
		unsigned char head[LT_ZIP_CENTRAL_HEAD];
		lt_zip_central_head(&pack->parts[i].head, head);
		text_put_bytes(bytes, (const char *)head, sizeof(head));
		text_put(bytes, pack->parts[i].name);
	}
	unsigned char end[LT_ZIP_END];
	lt_zip_end(pack->n_parts, (uint32_t)start, (uint32_t)(bytes->len - start), end);
	text_put_bytes(bytes, (const char *)end, sizeof(end));
	if (bytes->failed)
		return lt_err_memory(pack->err);
	fwrite(bytes->text, 1, bytes->len, out);
	return LT_OK;
}

void pack_abandon(struct pack *pack)
{
	if (pack->is_open)
		deflateEnd(&pack->deflate);
	free(pack->parts);
	lt_arena_release(&pack->arena);
	text_release(&pack->bytes);
	*pack = (struct pack){ 0 };
}
