#include "wreck.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/base/reason.h"
#include "lingtan/core/entry.h"

#define PAGE_SIZE 8192 /* of the files this program makes */
#define HEADER 100
#define TABLE_LEAF 0x0d
#define MOST_PAYLOAD (ENTRY_MAX_BYTES + 1024)

static unsigned two(const unsigned char *at)
{
	return (unsigned)at[0] << 8 | at[1];
}

static uint32_t four(const unsigned char *at)
{
	return (uint32_t)two(at) << 16 | two(at + 2);
}

/* ---- pages ---- */

/* The size that the header says, where it is one that a file can have; else that of our own. */
static unsigned page_size_of(const unsigned char *header)
{
	const unsigned said = two(header + 16) == 1 ? 65536 : two(header + 16);
	const bool ours = memcmp(header, "SQLite format 3", 16) == 0;
	return ours && said >= 512 && (said & (said - 1)) == 0 ? said : PAGE_SIZE;
}

enum lt_status wreck_open(struct wreck *wreck, const char *path, struct lt_err *err)
{
	unsigned char header[HEADER] = { 0 };
	struct stat st;
	*wreck = (struct wreck){ .fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) };
	if (wreck->fd < 0 || fstat(wreck->fd, &st) != 0 ||
	    pread(wreck->fd, header, sizeof(header), 0) < 0)
		return lt_err_because(err, LT_EFILE, errno, "%s：读不出", "%s: cannot be read", path);
	wreck->page_size = page_size_of(header);
	wreck->n_pages = ((uint64_t)st.st_size + wreck->page_size - 1) / wreck->page_size;
	wreck->page = malloc(wreck->page_size);
	wreck->next = malloc(wreck->page_size);
	return wreck->page && wreck->next ? LT_OK : lt_err_memory(err);
}

void wreck_close(struct wreck *wreck)
{
	if (wreck->fd >= 0)
		close(wreck->fd);
	free(wreck->page);
	free(wreck->next);
	*wreck = (struct wreck){ .fd = -1 };
}

/* What lies behind the end of the file reads as zero. */
static bool read_page(const struct wreck *wreck, uint64_t number, unsigned char *out)
{
	if (!number || number > wreck->n_pages)
		return false;
	memset(out, 0, wreck->page_size);
	return pread(wreck->fd, out, wreck->page_size, (off_t)((number - 1) * wreck->page_size)) >
	       0;
}

/* ---- rows ---- */

/* Bytes used; 0 where the number does not end in time. */
static unsigned read_varint(const unsigned char *at, const unsigned char *end, uint64_t *out)
{
	*out = 0;
	for (unsigned i = 0; i < 9 && at + i < end; i++) {
		*out = i == 8 ? *out << 8 | at[i] : *out << 7 | (at[i] & 0x7fu);
		if (i == 8 || !(at[i] & 0x80))
			return i + 1;
	}
	return 0;
}

static int64_t read_integer(const unsigned char *at, size_t len)
{
	uint64_t value = len && at[0] & 0x80 ? UINT64_MAX : 0;
	for (size_t i = 0; i < len; i++)
		value = value << 8 | at[i];
	return (int64_t)value;
}

/* What a serial type says of a column. */
static struct wreck_column column_of(uint64_t serial, size_t offset)
{
	static const unsigned lengths[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0 };
	struct wreck_column column = { .offset = offset };
	if (serial >= 12) {
		column.type = serial % 2 ? WRECK_TEXT : WRECK_BLOB;
		column.len = (size_t)((serial - (serial % 2 ? 13 : 12)) / 2);
		return column;
	}
	column.type = serial == 0 ? WRECK_NULL : serial == 7 ? WRECK_REAL : WRECK_INTEGER;
	column.len = lengths[serial];
	column.number = serial == 9;
	return column;
}

/* The columns of a payload of which n_here bytes are at hand; false where it is no record, or one
 * of more columns. */
static bool read_columns(struct wreck_row *row, const unsigned char *here, size_t n_here)
{
	uint64_t header, serial;
	unsigned at = read_varint(here, here + n_here, &header);
	size_t offset = (size_t)header;
	if (!at || header > n_here || header < at)
		return false;
	while (at < header) {
		const unsigned used = read_varint(here + at, here + header, &serial);
		if (!used || row->n_columns == WRECK_COLUMNS || serial > 2 * MOST_PAYLOAD + 13)
			return false;
		struct wreck_column column = column_of(serial, offset);
		if (column.type == WRECK_INTEGER && column.len) {
			if (offset + column.len > n_here)
				return false;
			column.number = read_integer(here + offset, column.len);
		}
		row->columns[row->n_columns++] = column;
		offset += column.len;
		at += used;
	}
	return offset == row->len;
}

/* How much of a payload lies in the page itself. */
static size_t local_of(const struct wreck *wreck, size_t len)
{
	const size_t usable = wreck->page_size, most = usable - 35;
	const size_t least = (usable - 12) * 32 / 255 - 23;
	if (len <= most)
		return len;
	const size_t some = least + (len - least) % (usable - 4);
	return some <= most ? some : least;
}

static bool read_row(const struct wreck *wreck, uint64_t page, unsigned cell, struct wreck_row *row)
{
	const unsigned char *at = wreck->page + cell, *end = wreck->page + wreck->page_size;
	uint64_t len, rowid;
	const unsigned first = read_varint(at, end, &len);
	const unsigned second = first ? read_varint(at + first, end, &rowid) : 0;
	if (!second || len > MOST_PAYLOAD)
		return false;
	*row = (struct wreck_row){ .rowid = (int64_t)rowid,
				   .page = page,
				   .cell = cell + first + second,
				   .len = (size_t)len };
	const size_t local = local_of(wreck, row->len);
	const size_t tail = local < row->len ? 4 : 0;
	if (row->cell + local + tail > wreck->page_size)
		return false;
	return read_columns(row, wreck->page + row->cell, local);
}

static enum lt_status visit_page(struct wreck *wreck, uint64_t number,
				 enum lt_status (*visit)(void *context, const unsigned char *page,
							 const struct wreck_row *row),
				 void *context)
{
	const unsigned start = number == 1 ? HEADER : 0;
	const unsigned char *head = wreck->page + start;
	enum lt_status status = LT_OK;
	const unsigned n_cells = head[0] == TABLE_LEAF ? two(head + 3) : 0;
	for (unsigned i = 0; i < n_cells && start + 8 + 2 * i + 2 <= wreck->page_size; i++) {
		struct wreck_row row;
		const unsigned cell = two(head + 8 + (size_t)2 * i);
		if (cell < wreck->page_size && read_row(wreck, number, cell, &row))
			status = visit(context, wreck->page, &row);
		if (status)
			return status;
	}
	return visit(context, wreck->page, NULL);
}

enum lt_status wreck_visit(struct wreck *wreck,
			   enum lt_status (*visit)(void *context, const unsigned char *page,
						   const struct wreck_row *row),
			   void *context)
{
	enum lt_status status = LT_OK;
	for (uint64_t n = 1; n <= wreck->n_pages && !status; n++)
		if (read_page(wreck, n, wreck->page))
			status = visit_page(wreck, n, visit, context);
	return status;
}

bool wreck_payload(struct wreck *wreck, const struct wreck_row *row, unsigned char *out)
{
	const size_t usable = wreck->page_size;
	size_t done = local_of(wreck, row->len);
	if (!read_page(wreck, row->page, wreck->next))
		return false;
	memcpy(out, wreck->next + row->cell, done);
	uint32_t page = done < row->len ? four(wreck->next + row->cell + done) : 0;
	while (done < row->len) {
		const size_t left = row->len - done, now = left < usable - 4 ? left : usable - 4;
		if (!read_page(wreck, page, wreck->next))
			return false;
		memcpy(out + done, wreck->next + 4, now);
		page = four(wreck->next);
		done += now;
	}
	return true;
}
