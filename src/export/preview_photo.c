/* Photos, made small while they are decoded. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <jpeglib.h>
#include <png.h>
#include "lingtan/export/preview.h"
#include "preview_parts.h"

#define MOST_SIDE 30000u
#define MOST_SCANS 200

struct jpeg {
	struct jpeg_decompress_struct info;
	struct jpeg_error_mgr errors;
	jmp_buf damaged;
	struct shrinking shrink;
	unsigned char *row; /* owned */
	bool has_begun;
};

static void on_error(j_common_ptr info)
{
	struct jpeg *jpeg = (struct jpeg *)info;
	longjmp(jpeg->damaged, 1);
}

static void on_message(j_common_ptr info)
{
	(void)info;
}

/* Hundreds of passes over one picture say nothing new. */
static void on_progress(j_common_ptr info)
{
	if (((struct jpeg *)info)->info.input_scan_number > MOST_SCANS)
		on_error(info);
}

/* The library makes it an eighth, a quarter or half as large for nothing. */
static void choose_scale(struct jpeg_decompress_struct *info)
{
	const unsigned longest = info->image_width > info->image_height ? info->image_width
									 : info->image_height;
	info->scale_num = 1;
	info->scale_denom = 8;
	while (info->scale_denom > 1 && longest / info->scale_denom < 2 * PREVIEW_SIDE)
		info->scale_denom /= 2;
	info->out_color_space = JCS_RGB;
	info->dct_method = JDCT_IFAST;
}

static bool decode_jpeg(struct jpeg *jpeg, const unsigned char *bytes, size_t len,
			struct raster *out)
{
	struct jpeg_progress_mgr progress = { .progress_monitor = on_progress };
	struct jpeg_decompress_struct *info = &jpeg->info;
	jpeg_create_decompress(info);
	info->progress = &progress;
	jpeg_mem_src(info, bytes, len);
	if (jpeg_read_header(info, TRUE) != JPEG_HEADER_OK || info->image_width > MOST_SIDE ||
	    info->image_height > MOST_SIDE || info->jpeg_color_space == JCS_CMYK ||
	    info->jpeg_color_space == JCS_YCCK)
		return false;
	choose_scale(info);
	jpeg_start_decompress(info);
	jpeg->row = malloc((size_t)info->output_width * 3);
	jpeg->has_begun = jpeg->row && info->output_components == 3 &&
			  shrink_begin(&jpeg->shrink, info->output_width, info->output_height, out);
	while (jpeg->has_begun && info->output_scanline < info->output_height) {
		JSAMPROW rows[1] = { jpeg->row };
		jpeg_read_scanlines(info, rows, 1);
		shrink_row(&jpeg->shrink, jpeg->row);
	}
	return jpeg->has_begun;
}

bool preview_jpeg(const unsigned char *bytes, size_t len, struct raster *out)
{
	struct jpeg *jpeg = calloc(1, sizeof(*jpeg));
	volatile bool good = false;
	if (!jpeg)
		return false;
	jpeg->info.err = jpeg_std_error(&jpeg->errors);
	jpeg->errors.error_exit = on_error;
	jpeg->errors.output_message = on_message;
	if (setjmp(jpeg->damaged) == 0)
		good = decode_jpeg(jpeg, bytes, len, out);
	else
		good = jpeg->has_begun && jpeg->shrink.row > 0; /* as far as it came */
	if (jpeg->has_begun)
		shrink_end(&jpeg->shrink);
	jpeg_destroy_decompress(&jpeg->info);
	free(jpeg->row);
	free(jpeg);
	return good;
}

bool preview_png(const unsigned char *bytes, size_t len, struct raster *out)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	const png_color white = { 255, 255, 255 };
	struct shrinking shrink;
	unsigned char *pixels = NULL;
	bool good = false;
	if (!png_image_begin_read_from_memory(&image, bytes, len))
		return false;
	image.format = PNG_FORMAT_RGB;
	if (image.width <= MOST_SIDE && image.height <= MOST_SIDE &&
	    (size_t)image.width * image.height <= PREVIEW_MAX_PIXELS)
		pixels = malloc(PNG_IMAGE_SIZE(image));
	if (pixels && png_image_finish_read(&image, &white, pixels, 0, NULL) &&
	    shrink_begin(&shrink, image.width, image.height, out)) {
		for (unsigned y = 0; y < image.height; y++)
			shrink_row(&shrink, pixels + (size_t)y * image.width * 3);
		shrink_end(&shrink);
		good = true;
	}
	png_image_free(&image);
	free(pixels);
	return good;
}
