/*
 * inspect - what a file is, and what a photo says of when and where it was taken.
 */
#ifndef LINGTAN_EXPORT_INSPECT_H
#define LINGTAN_EXPORT_INSPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "lingtan/base/err.h"

struct photo_facts {
	char taken_at[20];                /* "2026-03-27T13:42:10"; "" = not said */
	char latitude[16], longitude[16]; /* degrees, at most 7 places; both or neither */
};

/**
 * photo_read - EXIF from the beginning of a JPEG file: DateTimeOriginal, GPS position. Times that
 * are none, places off the earth and 0°N 0°E, which cameras write that know no better, count as not
 * said. Returns whether there was an EXIF segment.
 */
bool photo_read(const unsigned char *bytes, size_t len, struct photo_facts *out);

/* How the camera was held, by EXIF: 1 (upright) to 8; 1 where it is not said. */
unsigned photo_orientation(const unsigned char *bytes, size_t len);

/**
 * inspect_print - one JSON document:
 *   {"type": "image/jpeg", "taken": {"at": "2026-03-27T13:42:10", "latitude": "22.5431",
 *    "longitude": "114.0579", "from": "exif"}}
 * with null for what is not said. Reads the beginning of the file only. Closes the box (box.h) once
 * libmagic has its tables. Errors: LT_EFILE, LT_ESPACE.
 */
enum lt_status inspect_print(int fd, FILE *out, struct lt_err *err);

/**
 * inspect_each - stands by (base/standby.h): answers the same for each file that comes on the socket,
 * looked at by a fork that closes the box around itself first. What could not be looked at gets an
 * answer that is none. out is not used. Errors: LT_EFILE, LT_ESPACE.
 */
enum lt_status inspect_each(int socket, FILE *out, struct lt_err *err);

#endif
