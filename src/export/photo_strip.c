/* A photo or screenshot without what was written into it beside the picture. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/export/box.h"
#include "lingtan/export/photo_strip.h"

#define MOST_BYTES ((size_t)64 << 20)

enum {
	MARK = 0xff,
	START = 0xd8,
	END = 0xd9,
	SCAN = 0xda,
	RESTART0 = 0xd0,
	RESTART7 = 0xd7,
	COMMENT = 0xfe,
	APP0 = 0xe0,
	APP1 = 0xe1,
	APP2 = 0xe2,
	APP14 = 0xee,
	APP15 = 0xef
};

static enum lt_status refuse(struct lt_err *err)
{
	return lt_err_set(err, LT_EFILE, "不是完好的 JPEG 或 PNG 图片", "this is no sound JPEG or PNG picture");
}

/* JFIF, the colour profile and Adobe's transform belong to the picture; all other application
 * segments and comments may say anything. */
static bool is_kept(unsigned char marker, const unsigned char *content, size_t len)
{
	static const char profile[] = "ICC_PROFILE";
	if (marker == APP2)
		return len > sizeof(profile) && memcmp(content, profile, sizeof(profile)) == 0;
	/* JFXX would hold a preview, which may show what was cut off */
	if (marker == APP0)
		return len >= 5 && memcmp(content, "JFIF", 5) == 0;
	if (marker == APP14)
		return len >= 5 && memcmp(content, "Adobe", 5) == 0;
	return marker != COMMENT && !(marker > APP0 && marker <= APP15);
}

/* ---- which side is up ---- */

#define EXIF_HEAD 6u /* "Exif", two zeros */
#define TAG_ORIENTATION 0x0112u
#define MOST_ORIENTATION 8u

/* Of a TIFF in either order of bytes; 0 beyond its end. */
struct tiff {
	const unsigned char *bytes;
	size_t len;
	bool is_little;
};

static unsigned read_16(const struct tiff *tiff, size_t at)
{
	if (at + 2 > tiff->len)
		return 0;
	const unsigned a = tiff->bytes[at], b = tiff->bytes[at + 1];
	return tiff->is_little ? b << 8 | a : a << 8 | b;
}

/* 1 to 8 as Exif has it; 0 where it is not said. */
static unsigned orientation_of(const unsigned char *content, size_t len)
{
	if (len < EXIF_HEAD + 8 || memcmp(content, "Exif\0", EXIF_HEAD) != 0)
		return 0;
	const struct tiff tiff = { content + EXIF_HEAD, len - EXIF_HEAD, content[EXIF_HEAD] == 'I' };
	const size_t high = read_16(&tiff, tiff.is_little ? 6 : 4),
		     first = high << 16 | read_16(&tiff, tiff.is_little ? 4 : 6);
	if (first >= tiff.len)
		return 0;
	const unsigned n = read_16(&tiff, first);
	for (unsigned i = 0; i < n && first + 2 + (i + 1) * (size_t)12 <= tiff.len; i++) {
		const size_t at = first + 2 + i * (size_t)12;
		const unsigned value = read_16(&tiff, at + 8);
		/* a short, and one of them */
		if (read_16(&tiff, at) == TAG_ORIENTATION && read_16(&tiff, at + 2) == 3)
			return value <= MOST_ORIENTATION ? value : 0;
	}
	return 0;
}

/* An Exif of that alone. */
static void write_orientation(unsigned orientation, FILE *out)
{
	const unsigned char segment[] = { MARK, APP1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42,
					  0,	0,    0, 8,  /* the one directory, of one entry */
					  0,	1,    0x01, 0x12, 0, 3, 0, 0, 0, 1, 0,
					  (unsigned char)orientation, 0, 0, 0, 0, 0, 0 };
	fwrite(segment, 1, sizeof(segment), out);
}

/* A scan's head and its coded bytes, up to the next marker; returns where that stands. */
static size_t write_scan(const unsigned char *bytes, size_t len, size_t at, size_t head, FILE *out)
{
	size_t end = at + 2 + head;
	/* in coded bytes a mark is followed by 0 or a restart's number */
	while (end + 1 < len && (bytes[end] != MARK || bytes[end + 1] == 0 ||
				 (bytes[end + 1] >= RESTART0 && bytes[end + 1] <= RESTART7)))
		end++;
	end = end + 1 < len ? end : len;
	fwrite(bytes + at, 1, end - at, out);
	return end;
}

static bool strip_jpeg(const unsigned char *bytes, size_t len, FILE *out)
{
	size_t at = 2;
	unsigned orientation = 0;
	if (len < 4 || bytes[0] != MARK || bytes[1] != START)
		return false;
	fwrite(bytes, 1, 2, out);
	while (at + 2 <= len && bytes[at] == MARK) {
		const unsigned char marker = bytes[at + 1];
		/* what follows (previews, depth, films) is not the picture */
		if (marker == END) {
			fwrite(bytes + at, 1, 2, out);
			return true;
		}
		if (at + 4 > len)
			return false;
		const size_t size = (size_t)bytes[at + 2] << 8 | bytes[at + 3];
		if (marker == MARK) {
			at++;
			continue;
		}
		if (size < 2 || at + 2 + size > len)
			return false;
		if (marker == SCAN) {
			at = write_scan(bytes, len, at, size, out);
			continue;
		}
		if (is_kept(marker, bytes + at + 4, size - 2))
			fwrite(bytes + at, 1, size + 2, out);
		if (marker == APP1 && !orientation) {
			orientation = orientation_of(bytes + at + 4, size - 2);
			if (orientation > 1)
				write_orientation(orientation, out);
		}
		at += size + 2;
	}
	return false;
}

static const unsigned char png_signature[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

static size_t read_32(const unsigned char *bytes)
{
	return (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
}

/* The picture, and how its colours are meant; texts, times, places and whatever a program of its own
 * wrote are not. */
static bool is_kept_chunk(const unsigned char *type)
{
	static const char kept[][5] = { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB",
					"sBIT", "pHYs", "bKGD" };
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (memcmp(type, kept[i], 4) == 0)
			return true;
	return false;
}

static bool strip_png(const unsigned char *bytes, size_t len, FILE *out)
{
	static const size_t around = 12; /* length, type, check */
	size_t at = sizeof(png_signature);
	fwrite(bytes, 1, at, out);
	while (len - at >= around) {
		const size_t size = read_32(bytes + at);
		const unsigned char *type = bytes + at + 4;
		if (size > len - at - around)
			return false;
		if (is_kept_chunk(type))
			fwrite(bytes + at, 1, size + around, out);
		if (memcmp(type, "IEND", 4) == 0)
			return size == 0;
		at += size + around;
	}
	return false;
}

/* false: it is no sound JPEG or PNG; what was written till then is void. */
static bool photo_strip(const unsigned char *bytes, size_t len, FILE *out)
{
	if (len >= sizeof(png_signature) && memcmp(bytes, png_signature, sizeof(png_signature)) == 0)
		return strip_png(bytes, len, out);
	return strip_jpeg(bytes, len, out);
}

enum lt_status photo_strip_print(int fd, FILE *out, struct lt_err *err)
{
	struct stat info;
	box_close();
	if (fstat(fd, &info) != 0 || info.st_size < 0 || (size_t)info.st_size > MOST_BYTES)
		return refuse(err);
	const size_t len = (size_t)info.st_size;
	unsigned char *bytes = malloc(len + 1);
	if (!bytes)
		return lt_err_memory(err);
	size_t at = 0;
	while (at < len) {
		const ssize_t n = pread(fd, bytes + at, len - at, (off_t)at);
		if (n <= 0)
			break;
		at += (size_t)n;
	}
	const bool good = at == len && photo_strip(bytes, len, out);
	free(bytes);
	return good ? LT_OK : refuse(err);
}
