#include "lingtan/export/inspect.h"

#include <libexif/exif-data.h>
#include <string.h>
#include "lingtan/base/date.h"
#include "lingtan/base/decimal.h"

#define DEGREE_PLACES 7

/* ---- where EXIF stands in a JPEG file ---- */

/* The segment that begins with "Exif", or NULL; segments stand one behind the other, each with its
 * length, up to the picture itself. */
static const unsigned char *find_exif(const unsigned char *bytes, size_t len, size_t *segment_len)
{
	static const unsigned char head[] = { 'E', 'x', 'i', 'f', 0, 0 };
	size_t at = 2;
	if (len < 4 || bytes[0] != 0xff || bytes[1] != 0xd8)
		return NULL;
	while (at + 4 <= len && bytes[at] == 0xff) {
		const unsigned marker = bytes[at + 1];
		const size_t size = (size_t)bytes[at + 2] << 8 | bytes[at + 3];
		if (marker == 0xff) {
			at++;
			continue;
		}
		if (marker == 0xda || marker == 0xd9 || size < 2 || size > len - at - 2)
			return NULL;
		if (marker == 0xe1 && size >= 2 + sizeof(head) &&
		    memcmp(bytes + at + 4, head, sizeof(head)) == 0) {
			*segment_len = size - 2;
			return bytes + at + 4;
		}
		at += 2 + size;
	}
	return NULL;
}

/* ---- time ---- */

static int number(const char *digits, int n)
{
	int value = 0;
	for (int i = 0; i < n; i++)
		value = 10 * value + digits[i] - '0';
	return value;
}

/* "2026:03:27 13:42:10": a day of the calendar since there are such cameras. */
static bool is_moment(const char *text)
{
	static const char shape[] = "dddd:dd:dd dd:dd:dd";
	for (size_t i = 0; i < sizeof(shape) - 1; i++)
		if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
			return false;
	const int year = number(text, 4), month = number(text + 5, 2), day = number(text + 8, 2);
	return year >= 1990 && lt_date_exists(year, month, day) && number(text + 11, 2) < 24 &&
	       number(text + 14, 2) < 60 && number(text + 17, 2) < 60;
}

static void read_time(ExifContent *content, char out[20])
{
	const ExifEntry *entry = exif_content_get_entry(content, EXIF_TAG_DATE_TIME_ORIGINAL);
	if (!entry || entry->format != EXIF_FORMAT_ASCII || !entry->data || entry->size < 19 ||
	    !is_moment((const char *)entry->data))
		return;
	memcpy(out, entry->data, 19);
	out[4] = out[7] = '-';
	out[10] = 'T';
	out[19] = 0;
}

/* ---- place ---- */

/* The letter of north, south, east or west; 0 if there is none. */
static char read_letter(ExifContent *content, int tag)
{
	const ExifEntry *entry = exif_content_get_entry(content, (ExifTag)tag);
	return entry && entry->format == EXIF_FORMAT_ASCII && entry->data && entry->size
		       ? (char)entry->data[0]
		       : 0;
}

/* Degrees, minutes and seconds, each a fraction of whole numbers, as degrees. */
static bool read_degrees(ExifContent *content, int tag, ExifByteOrder order, struct lt_decimal *out)
{
	static const int parts_of_degree[] = { 1, 60, 3600 };
	const ExifEntry *entry = exif_content_get_entry(content, (ExifTag)tag);
	struct lt_decimal sum = { 0 }, part;
	if (!entry || entry->format != EXIF_FORMAT_RATIONAL || entry->components != 3 ||
	    !entry->data || entry->size < 24)
		return false;
	for (int i = 0; i < 3; i++) {
		const ExifRational ratio = exif_get_rational(entry->data + 8 * i, order);
		if (!lt_decimal_divide(lt_decimal_from_int(ratio.numerator),
				       lt_decimal_from_int(ratio.denominator), &part) ||
		    (i > 0 && lt_decimal_compare(part, lt_decimal_from_int(60)) >= 0) ||
		    !lt_decimal_divide(part, lt_decimal_from_int(parts_of_degree[i]), &part) ||
		    !lt_decimal_add(sum, part, &sum))
			return false;
	}
	return lt_decimal_round(sum, DEGREE_PLACES, LT_HALF_EVEN, out);
}

/* One of the two, with its sign; false where there is none or it is beyond `most`. */
static bool read_coordinate(ExifContent *content, ExifByteOrder order, int tag, int letter_tag,
			    const char letters[2], int most, struct lt_decimal *out)
{
	const char letter = read_letter(content, letter_tag);
	if (!letter || (letter != letters[0] && letter != letters[1]) ||
	    !read_degrees(content, tag, order, out) ||
	    lt_decimal_compare(*out, lt_decimal_from_int(most)) > 0)
		return false;
	if (letter == letters[1])
		out->units = -out->units;
	return true;
}

static void format_degrees(struct lt_decimal value, char out[16])
{
	char text[LT_DECIMAL_TEXT];
	const size_t len = lt_decimal_format(value, text);
	/* three digits, the point, seven places and a sign fit */
	if (len < 16)
		memcpy(out, text, len + 1);
}

static void read_place(ExifContent *content, ExifByteOrder order, struct photo_facts *out)
{
	struct lt_decimal latitude, longitude;
	if (!read_coordinate(content, order, EXIF_TAG_GPS_LATITUDE, EXIF_TAG_GPS_LATITUDE_REF, "NS",
			     90, &latitude) ||
	    !read_coordinate(content, order, EXIF_TAG_GPS_LONGITUDE, EXIF_TAG_GPS_LONGITUDE_REF,
			     "EW", 180, &longitude) ||
	    (!latitude.units && !longitude.units))
		return;
	format_degrees(latitude, out->latitude);
	format_degrees(longitude, out->longitude);
}

/* NULL where the photo has none, or without memory. */
static ExifData *load_exif(const unsigned char *bytes, size_t len)
{
	size_t exif_len = 0;
	const unsigned char *exif = find_exif(bytes, len, &exif_len);
	ExifData *data = exif ? exif_data_new() : NULL;
	if (!data)
		return NULL;
	/* as it is: libexif would otherwise put in entries that the format asks for */
	exif_data_unset_option(data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
	exif_data_load_data(data, exif, (unsigned)exif_len);
	return data;
}

bool photo_read(const unsigned char *bytes, size_t len, struct photo_facts *out)
{
	ExifData *data = load_exif(bytes, len);
	*out = (struct photo_facts){ 0 };
	if (!data)
		return false;
	read_time(data->ifd[EXIF_IFD_EXIF], out->taken_at);
	read_place(data->ifd[EXIF_IFD_GPS], exif_data_get_byte_order(data), out);
	exif_data_unref(data);
	return true;
}

unsigned photo_orientation(const unsigned char *bytes, size_t len)
{
	unsigned orientation = 1;
	ExifData *data = load_exif(bytes, len);
	if (!data)
		return orientation;
	const ExifEntry *entry =
		exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
	if (entry && entry->format == EXIF_FORMAT_SHORT && entry->data && entry->size >= 2)
		orientation = exif_get_short(entry->data, exif_data_get_byte_order(data));
	exif_data_unref(data);
	return orientation >= 1 && orientation <= 8 ? orientation : 1;
}
