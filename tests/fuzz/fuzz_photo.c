/*
 * fuzz_photo - any bytes as the beginning of a photo. With an odd first byte the rest is the EXIF block alone, put into a JPEG file
 * around it. What comes out is a time and degrees, or nothing.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/decimal.h"
#include "lingtan/export/inspect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
	if (!holds)
		abort();
}

static void need_degrees(const char *text, int most)
{
	struct lt_decimal value;
	need(lt_decimal_parse(text, strlen(text), &value) == LT_DECIMAL_OK);
	need(value.units <= most * LT_DECIMAL_ONE && value.units >= -most * LT_DECIMAL_ONE);
	need(value.units % 100000 == 0);
}

static void read_photo(const unsigned char *bytes, size_t len)
{
	static const char shape[] = "dddd-dd-ddTdd:dd:dd";
	struct photo_facts facts;
	photo_read(bytes, len, &facts);
	for (size_t i = 0; facts.taken_at[0] && i < sizeof(shape); i++)
		need(shape[i] == 'd' ? facts.taken_at[i] >= '0' && facts.taken_at[i] <= '9' : facts.taken_at[i] == shape[i]);
	need(!facts.latitude[0] == !facts.longitude[0]);
	if (facts.latitude[0]) {
		need_degrees(facts.latitude, 90);
		need_degrees(facts.longitude, 180);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char head[] = { 0xff, 0xd8, 0xff, 0xe1, 0, 0, 'E', 'x', 'i', 'f', 0, 0 };
	if (size < 1 || size > 60000)
		return 0;
	const size_t before = data[0] & 1 ? sizeof(head) : 0, len = before + size - 1;
	unsigned char *bytes = malloc(len + 1);
	need(bytes != NULL);
	memcpy(bytes, head, before);
	memcpy(bytes + before, data + 1, size - 1);
	if (before) {
		bytes[4] = (unsigned char)((len - 4) >> 8);
		bytes[5] = (unsigned char)(len - 4);
	}
	read_photo(bytes, len);
	free(bytes);
	return 0;
}
