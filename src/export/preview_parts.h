/* preview_parts - a picture that is made small while it is read; for src/export/preview*.c. */
#ifndef LINGTAN_SRC_EXPORT_PREVIEW_PARTS_H
#define LINGTAN_SRC_EXPORT_PREVIEW_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct raster {
	unsigned width, height;
	unsigned char *rgb; /* owned, [height][width][3]; NULL = none */
};

void raster_release(struct raster *raster);

/* Rows of a large picture, from the top, into the mean colours of a small one. */
struct shrinking {
	struct raster *to;
	unsigned width, height; /* of the large one */
	unsigned row;           /* the next one */
	uint32_t *sums, *counts; /* of the small row at hand; owned */
	unsigned at;
};

/* At most PREVIEW_SIDE either way, never larger than it was. False without memory or pixels. */
bool shrink_begin(struct shrinking *shrink, unsigned width, unsigned height, struct raster *to);
void shrink_row(struct shrinking *shrink, const unsigned char *rgb);
/* Also where rows are missing at the end. */
void shrink_end(struct shrinking *shrink);

/* Turns a picture as EXIF says it was taken: 1 to 8, see the standard's tag 274. False without
 * memory or picture; it stays as it was. */
bool raster_turn(struct raster *raster, unsigned orientation);

/* False where it is damaged beyond use. */
bool preview_jpeg(const unsigned char *bytes, size_t len, struct raster *out);
bool preview_png(const unsigned char *bytes, size_t len, struct raster *out);

/* Words of the first page (owned; NULL = hardly any), else the page. False where it is damaged. */
bool preview_pdf(const unsigned char *bytes, size_t len, char **text, struct raster *out,
		 unsigned *n_pages);

#endif
