/*
 * fuzz_workbook - an even first byte: the rest is an archive, whatever it is. An odd one: the rest is the text of the parts, parted by
 * NUL (a sheet, shared strings, styles, workbook), and a sound archive is made around them.
 *
 * Orderly statuses; what is printed is UTF-8 within its limits.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>
#include "lingtan/base/text.h"
#include "lingtan/export/workbook.h"

#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
	if (!holds)
		abort();
}

static void add(zip_t *archive, const char *name, const void *bytes, size_t len)
{
	zip_source_t *source = zip_source_buffer(archive, bytes, len, 0);
	const zip_int64_t at = source ? zip_file_add(archive, name, source, 0) : -1;
	need(at >= 0 && zip_set_file_compression(archive, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0);
}

/* The parts that are always good, and those of the input. */
static void add_parts(zip_t *archive, const char *text, size_t len)
{
	static const char top[] = PACKAGE "<Relationship Id='a' Type='" REL "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
	static const char relations[] = PACKAGE "<Relationship Id='r1' Type='" REL "/worksheet' Target='sheet.xml'/>"
						"<Relationship Id='r2' Type='" REL "/sharedStrings' Target='strings.xml'/>"
						"<Relationship Id='r3' Type='" REL "/styles' Target='styles.xml'/></Relationships>";
	static const char workbook[] = "<workbook xmlns:r='" REL "'><sheets><sheet name='A' r:id='r1'/></sheets></workbook>";
	static const char *const names[] = { "xl/sheet.xml", "xl/strings.xml", "xl/styles.xml", "xl/workbook.xml" };
	static const char *const instead[] = { "<x/>", "<x/>", "<x/>", workbook };
	add(archive, "_rels/.rels", top, sizeof(top) - 1);
	add(archive, "xl/_rels/workbook.xml.rels", relations, sizeof(relations) - 1);
	for (size_t i = 0; i < 4; i++) {
		const char *end = len ? memchr(text, 0, len) : NULL;
		const size_t part = end ? (size_t)(end - text) : len;
		add(archive, names[i], part ? text : instead[i], part ? part : strlen(instead[i]));
		text += part + (end != NULL);
		len -= part + (end != NULL);
	}
}

static void write_archive(int fd, const char *text, size_t len)
{
	zip_error_t error;
	zip_stat_t stat;
	zip_error_init(&error);
	zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *archive = memory ? zip_open_from_source(memory, ZIP_TRUNCATE, &error) : NULL;
	need(archive != NULL);
	zip_source_keep(memory);
	add_parts(archive, text, len);
	need(zip_close(archive) == 0 && zip_source_open(memory) == 0 && zip_source_stat(memory, &stat) == 0);
	char *bytes = malloc(stat.size);
	need(bytes && zip_source_read(memory, bytes, stat.size) == (zip_int64_t)stat.size);
	need(write(fd, bytes, stat.size) == (ssize_t)stat.size);
	free(bytes);
	zip_source_close(memory);
	zip_source_free(memory);
	zip_error_fini(&error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lt_err err = LT_ERR_INIT;
	char *text = NULL;
	size_t len = 0, bad;
	if (size < 1)
		return 0;
	int fd = memfd_create("workbook", MFD_CLOEXEC);
	FILE *out = open_memstream(&text, &len);
	need(fd >= 0 && out != NULL);
	if (data[0] & 1)
		write_archive(fd, (const char *)data + 1, size - 1);
	else
		need(write(fd, data + 1, size - 1) == (ssize_t)(size - 1));
	enum lt_status status = workbook_print(fd, out, &err);
	need(fclose(out) == 0);
	need((status == LT_OK || status == LT_EFILE) && status == err.status);
	need(status == LT_OK || (err.text[LT_ZH][0] && err.text[LT_EN][0]));
	need(len <= WORKBOOK_MAX_TEXT + ((size_t)1 << 20));
	if (!status)
		need(lt_text_check(text, len, &bad) != LT_TEXT_NOT_UTF8 && lt_text_check(text, len, &bad) != LT_TEXT_GBK);
	free(text);
	close(fd);
	return 0;
}
