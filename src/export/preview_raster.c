#include <stdlib.h>
#include <string.h>
#include "lingtan/export/preview.h"
#include "preview_parts.h"

void raster_release(struct raster *raster)
{
	free(raster->rgb);
	*raster = (struct raster){ 0 };
}

/* ---- smaller ---- */

/* The side of the small picture that belongs to `side`, where `longest` becomes PREVIEW_SIDE. */
static unsigned small_side(unsigned side, unsigned longest)
{
	if (longest <= PREVIEW_SIDE)
		return side;
	const unsigned small = (unsigned)((uint64_t)side * PREVIEW_SIDE / longest);
	return small ? small : 1;
}

bool shrink_begin(struct shrinking *shrink, unsigned width, unsigned height, struct raster *to)
{
	const unsigned longest = width > height ? width : height;
	*shrink = (struct shrinking){ .to = to, .width = width, .height = height };
	if (!width || !height || (uint64_t)width * height > PREVIEW_MAX_PIXELS)
		return false;
	to->width = small_side(width, longest);
	to->height = small_side(height, longest);
	to->rgb = calloc((size_t)to->width * to->height, 3);
	shrink->sums = calloc((size_t)to->width * 3, sizeof(*shrink->sums));
	shrink->counts = calloc(to->width, sizeof(*shrink->counts));
	if (to->rgb && shrink->sums && shrink->counts)
		return true;
	free(shrink->sums);
	free(shrink->counts);
	raster_release(to);
	return false;
}

static void put_row(struct shrinking *shrink)
{
	const unsigned n = shrink->to->width;
	unsigned char *row = shrink->to->rgb + (size_t)shrink->at * n * 3;
	for (unsigned x = 0; x < n; x++)
		for (unsigned c = 0; c < 3 && shrink->counts[x]; c++)
			row[3 * x + c] =
				(unsigned char)(shrink->sums[3 * x + c] / shrink->counts[x]);
	memset(shrink->sums, 0, (size_t)n * 3 * sizeof(*shrink->sums));
	memset(shrink->counts, 0, n * sizeof(*shrink->counts));
}

void shrink_row(struct shrinking *shrink, const unsigned char *rgb)
{
	if (shrink->row >= shrink->height)
		return;
	const unsigned at =
		(unsigned)((uint64_t)shrink->row++ * shrink->to->height / shrink->height);
	if (at != shrink->at)
		put_row(shrink);
	shrink->at = at;
	for (unsigned x = 0; x < shrink->width; x++) {
		const unsigned to = (unsigned)((uint64_t)x * shrink->to->width / shrink->width);
		for (unsigned c = 0; c < 3; c++)
			shrink->sums[3 * to + c] += rgb[3 * (size_t)x + c];
		shrink->counts[to]++;
	}
}

void shrink_end(struct shrinking *shrink)
{
	put_row(shrink);
	free(shrink->sums);
	free(shrink->counts);
}

/* ---- turned ---- */

bool raster_turn(struct raster *raster, unsigned orientation)
{
	const unsigned w = raster->width, h = raster->height;
	const bool is_across = orientation >= 5; /* rows become columns */
	if (!raster->rgb)
		return false;
	if (orientation < 2 || orientation > 8)
		return true;
	const struct raster turned = { .width = is_across ? h : w,
				       .height = is_across ? w : h,
				       .rgb = malloc((size_t)w * h * 3 + 1) };
	if (!turned.rgb)
		return false;
	for (unsigned y = 0; y < turned.height; y++)
		for (unsigned x = 0; x < turned.width; x++) {
			unsigned from_x = is_across ? y : x, from_y = is_across ? x : y;
			if (orientation == 2 || orientation == 3 || orientation == 7 ||
			    orientation == 8)
				from_x = w - 1 - from_x;
			if (orientation == 3 || orientation == 4 || orientation == 6 ||
			    orientation == 7)
				from_y = h - 1 - from_y;
			memcpy(turned.rgb + 3 * ((size_t)y * turned.width + x),
			       raster->rgb + 3 * ((size_t)from_y * w + from_x), 3);
		}
	free(raster->rgb);
	*raster = turned;
	return true;
}
