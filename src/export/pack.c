#include "pack.h"

#include <stdlib.h>

/* 1980-01-01, the first day that a ZIP archive knows. */
#define NO_TIME 0
#define NO_DAY 0x21

enum lt_status pack_begin(struct pack *pack, struct lt_err *err)
{
	*pack = (struct pack){ .err = err };
	pack->source = zip_source_buffer_create(NULL, 0, 0, NULL);
	if (!pack->source)
		return lt_err_memory(err);
	/* the archive takes one hold of it; the other is for reading what was written */
	zip_source_keep(pack->source);
	pack->zip = zip_open_from_source(pack->source, ZIP_TRUNCATE, NULL);
	if (!pack->zip)
		zip_source_free(pack->source);
	return pack->zip ? LT_OK : lt_err_memory(err);
}

static enum lt_status add(struct pack *pack, const char *name, zip_source_t *source)
{
	const zip_int64_t at =
		source ? zip_file_add(pack->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
	if (at < 0) {
		if (source)
			zip_source_free(source);
		return lt_err_memory(pack->err);
	}
	const zip_uint64_t index = (zip_uint64_t)at;
	if (zip_file_set_dostime(pack->zip, index, NO_TIME, NO_DAY, 0) < 0 ||
	    zip_set_file_compression(pack->zip, index, ZIP_CM_DEFLATE, 6) < 0)
		return lt_err_memory(pack->err);
	return LT_OK;
}

enum lt_status pack_add(struct pack *pack, const char *name, struct text_out *text)
{
	const bool failed = text->failed;
	zip_source_t *source =
		failed ? NULL : zip_source_buffer(pack->zip, text->text, text->len, 1);
	if (!source) {
		text_release(text);
		return lt_err_memory(pack->err);
	}
	*text = (struct text_out){ 0 };
	return add(pack, name, source);
}

enum lt_status pack_add_bytes(struct pack *pack, const char *name, const void *bytes, size_t len)
{
	return add(pack, name, zip_source_buffer(pack->zip, bytes, len, 0));
}

static enum lt_status copy_out(struct pack *pack, FILE *out)
{
	char bytes[16384];
	zip_int64_t n;
	if (zip_source_open(pack->source) < 0)
		return lt_err_memory(pack->err);
	while ((n = zip_source_read(pack->source, bytes, sizeof(bytes))) > 0)
		fwrite(bytes, 1, (size_t)n, out);
	zip_source_close(pack->source);
	return n < 0 ? lt_err_memory(pack->err) : LT_OK;
}

enum lt_status pack_finish(struct pack *pack, FILE *out)
{
	if (zip_close(pack->zip) < 0)
		return lt_err_memory(pack->err);
	pack->zip = NULL;
	return copy_out(pack, out);
}

void pack_abandon(struct pack *pack)
{
	if (pack->zip)
		zip_discard(pack->zip);
	if (pack->source)
		zip_source_free(pack->source);
	*pack = (struct pack){ 0 };
}
