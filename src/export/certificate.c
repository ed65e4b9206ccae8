#include "lingtan/export/certificate.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <fontconfig/fontconfig.h>
#include <hb.h>
#include <pango/pangofc-font.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/base/json_read.h"
#include "lingtan/export/box.h"
#include "pdf_attach.h"
#include "sheet.h"

#define MOST_INPUT ((size_t)8 << 20)
#define MOST_ANSWER ((size_t)16 << 20)
#define PNG_SCALE (200.0 / 72) /* dots a point */

#define LEFT 74.0
#define RIGHT (A4_WIDTH - 74.0)
#define LABEL_WIDTH 98.0
#define LABEL_WIDTH_LATIN 128.0
#define STATEMENT_TOP 281.0
#define STATEMENT_HEIGHT 58.0
#define ROWS_TOP 392.0
#define ROWS_BOTTOM 626.0
#define CODE_SIDE 108.0
#define FOOT_TOP 640.0
#define MARK_LENGTH 580.0
#define TITLE_SIZE 33.0
#define TITLE_TOP 163.0
#define REASON_SIZE 10.5
#define REASON_LEAST 6.0
#define REASON_LINE 17.0  /* room below the number */
#define REASON_ROOM 36.0  /* room in the place of the second title */

struct page {
	struct sheet sheet;
	struct lt_arena arena;
	const struct lt_json_node *texts;  /* what was asked for */
	const struct lt_json_node *first;  /* of several pages: it bears the logo of all */
	const struct lt_json_node *answer; /* code and record */
	struct frame_inks inks;
	struct colour ink, grey;
	struct lt_err *err;
};

static const char *text_of(const struct page *page, const char *key)
{
	return lt_json_get_text(page->texts, key);
}

/* ---- input ---- */

static enum lt_status read_all(int fd, size_t most, struct lt_arena *arena, char **text,
			       size_t *len, struct lt_err *err)
{
	size_t cap = 65536;
	*text = lt_arena_resize(arena, NULL, cap + 1);
	*len = 0;
	while (*text) {
		const ssize_t n = read(fd, *text + *len, cap - *len);
		if (n < 0)
			return lt_err_set(err, LT_EFILE, "输入读不出", "the input cannot be read");
		*len += (size_t)n;
		if (n == 0) {
			(*text)[*len] = 0;
			return LT_OK;
		}
		if (*len == cap && cap >= most)
			return lt_err_set(err, LT_EFILE, "输入过长", "the input is too long");
		if (*len == cap) {
			cap *= 2;
			*text = lt_arena_resize(arena, *text, cap + 1);
		}
	}
	return lt_err_memory(err);
}

static enum lt_status read_json(int fd, size_t most, struct page *page,
				const struct lt_json_node **out)
{
	char *text;
	size_t len;
	enum lt_status status = read_all(fd, most, &page->arena, &text, &len, page->err);
	return status ? status : lt_json_read(text, len, &page->arena, out, page->err);
}

/* ---- with what it is drawn ---- */

/* "Noto Serif CJK SC Regular 2.001"; a font that stands in for it does not count. */
static enum lt_status describe_font(struct page *page, bool bold, const char **out)
{
	const char *family = page->sheet.family;
	FcChar8 *found = NULL, *style = NULL;
	int version = 0;
	bool same = false;
	PangoFontDescription *wanted = pango_font_description_new();
	pango_font_description_set_family_static(wanted, family);
	pango_font_description_set_weight(wanted, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(wanted, 10 * PANGO_SCALE);
	PangoFont *font = pango_context_load_font(page->sheet.context, wanted);
	pango_font_description_free(wanted);
	FcPattern *pattern = font ? pango_fc_font_get_pattern(PANGO_FC_FONT(font)) : NULL;
	for (int i = 0; pattern && FcPatternGetString(pattern, FC_FAMILY, i, &found) == FcResultMatch;
	     i++)
		same = same || strcmp((const char *)found, family) == 0;
	if (same) {
		FcPatternGetString(pattern, FC_STYLE, 0, &style);
		FcPatternGetInteger(pattern, FC_FONTVERSION, 0, &version);
		*out = lt_arena_printf(&page->arena, "%s %s %d.%03d", family,
				       style ? (const char *)style : "", version >> 16,
				       (version & 0xffff) * 1000 / 65536);
	}
	if (font)
		g_object_unref(font);
	if (!same)
		return lt_err_set(page->err, LT_EFILE,
				  "本机没有字体 %s；请安装 fonts-noto-cjk，或在模板里写明已有的中文字体",
				  "this machine has no font %s; install fonts-noto-cjk, or name a Chinese font in the template",
				  family);
	return *out ? LT_OK : lt_err_memory(page->err);
}

static enum lt_status tell_means(struct page *page, FILE *out)
{
	const char *regular = NULL, *bold = NULL;
	struct lt_json json;
	enum lt_status status = describe_font(page, false, &regular);
	if (!status)
		status = describe_font(page, true, &bold);
	if (status)
		return status;
	const char *libraries = lt_arena_printf(&page->arena, "cairo %s; pango %s; harfbuzz %s; qrencode %s",
						cairo_version_string(), pango_version_string(),
						hb_version_string(), QRcode_APIVersionString());
	const char *fonts = lt_arena_printf(&page->arena, "%s; %s", regular, bold);
	if (!libraries || !fonts)
		return lt_err_memory(page->err);
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "fonts", fonts);
	lt_json_string(&json, "libraries", libraries);
	lt_json_close(&json);
	const char *text = lt_json_finish(&json);
	/* one line: whoever reads waits for its end */
	for (const char *at = text; at && *at; at++)
		if (*at != '\n')
			putc(*at, out);
	if (!text)
		status = lt_err_memory(page->err);
	else if (putc('\n', out) == EOF || fflush(out) != 0)
		status = lt_err_set(page->err, LT_ESPACE, "结果写不出去；请检查磁盘空间",
				    "the answer cannot be written; check for free space");
	lt_json_release(&json);
	return status;
}

/* ---- the page ---- */

static struct style styled(const struct page *page, double size)
{
	return (struct style){ .size = size, .colour = page->ink };
}

/* Why it is no certificate: below the number, or in the place of the second title where that is
 * left out or the reason needs more than a line. */
struct reason {
	struct style style;
	double top;
	bool takes_subtitle, is_long;
};

static struct reason place_reason(struct page *page)
{
	struct reason reason = { .style = styled(page, REASON_SIZE), .top = 266 };
	const char *text = text_of(page, "because");
	if (!text_of(page, "mark")[0])
		return reason;
	reason.style.align = ALIGN_CENTRE;
	reason.style.bold = true;
	reason.style.width = RIGHT - LEFT;
	double height = sheet_measure(&page->sheet, text, &reason.style, NULL);
	reason.is_long = height > REASON_LINE;
	reason.takes_subtitle = !text_of(page, "subtitle")[0] || reason.is_long;
	while (height > REASON_ROOM && reason.style.size > REASON_LEAST) {
		reason.style.size -= 0.5;
		height = sheet_measure(&page->sheet, text, &reason.style, NULL);
	}
	if (reason.takes_subtitle)
		reason.top = (reason.is_long ? 205 : 209) + (REASON_ROOM - height) / 2;
	return reason;
}

static void draw_head(struct page *page)
{
	struct sheet *sheet = &page->sheet;
	const double middle = A4_WIDTH / 2;
	struct style body = styled(page, 12.5), title = styled(page, TITLE_SIZE),
		     subtitle = styled(page, 10.5), number = styled(page, 10.5);
	body.align = title.align = subtitle.align = number.align = ALIGN_CENTRE;
	body.spacing = 2;
	title.bold = true;
	title.spacing = lt_json_get_bool(page->texts, "is_latin") ? 0.5 : 9;
	title.colour = page->inks.accent;
	subtitle.colour = page->inks.gold;
	subtitle.spacing = 0.2;
	number.colour = page->grey;
	/* a long name of a grade stays on one line */
	double width;
	sheet_measure(sheet, text_of(page, "title"), &title, &width);
	if (width > RIGHT - LEFT) {
		title.size *= (RIGHT - LEFT) / width;
		title.spacing *= (RIGHT - LEFT) / width;
	}
	sheet_text(sheet, text_of(page, "body"), &body, middle, 132);
	const struct reason reason = place_reason(page);
	const bool is_marked = text_of(page, "mark")[0], alone = !text_of(page, "subtitle")[0];
	const double top = reason.is_long	      ? TITLE_TOP - 8
			   : alone && !is_marked ? TITLE_TOP + 15
						 : TITLE_TOP;
	/* a smaller one stays in the middle of its room */
	sheet_text(sheet, text_of(page, "title"), &title, middle,
		   top + (TITLE_SIZE - title.size) * 0.72);
	if (!reason.takes_subtitle)
		sheet_text(sheet, text_of(page, "subtitle"), &subtitle, middle, 216);
	sheet_line(sheet, middle - 120, 244, middle + 120, 244, 0.6, page->inks.gold, 1);
	sheet_text(sheet, text_of(page, "number"), &number, middle, 250);
}

static void draw_statement(struct page *page)
{
	struct sheet *sheet = &page->sheet;
	const double middle = A4_WIDTH / 2;
	struct style words = styled(page, 12.5), grade = styled(page, 25);
	words.align = grade.align = ALIGN_CENTRE;
	words.width = RIGHT - LEFT - 10;
	words.leading = 5;
	grade.bold = true;
	grade.colour = page->inks.gold;
	grade.spacing = lt_json_get_bool(page->texts, "is_latin") ? 0.5 : 4;
	double size;
	sheet_measure(sheet, text_of(page, "grade"), &grade, &size);
	if (size > RIGHT - LEFT)
		grade.size *= (RIGHT - LEFT) / size;
	/* as large as three lines allow */
	double height;
	while ((height = sheet_measure(sheet, text_of(page, "statement"), &words, NULL)) >
		       STATEMENT_HEIGHT &&
	       words.size > 8) {
		words.size -= 0.5;
		words.leading = words.leading > 2 ? words.leading - 0.5 : 2;
	}
	sheet_text(sheet, text_of(page, "statement"), &words, middle,
		   STATEMENT_TOP + (STATEMENT_HEIGHT - height) / 2);
	sheet_text(sheet, text_of(page, "grade"), &grade, middle, 342);
}

/* The rows in a size, that far apart; returns the height of all without what is between them. */
static double draw_rows(struct page *page, double size, double gap, bool draw, unsigned *n)
{
	struct sheet on = page->sheet;
	const double label_width = lt_json_get_bool(page->texts, "is_latin") ? LABEL_WIDTH_LATIN
									     : LABEL_WIDTH;
	struct style label = styled(page, size), value = styled(page, size);
	double y = ROWS_TOP, height = 0;
	if (!draw)
		on.cr = NULL;
	label.colour = page->grey;
	label.width = label_width;
	value.width = RIGHT - LEFT - label_width - 14;
	value.leading = 1.5;
	*n = 0;
	const struct lt_json_node *rows = lt_json_get(page->texts, "rows");
	for (const struct lt_json_node *row = rows->first; row; row = row->next, ++*n) {
		const double left = sheet_text(&on, lt_json_get_text(row, "label"), &label, LEFT, y);
		const double right = sheet_text(&on, lt_json_get_text(row, "value"), &value,
						LEFT + label_width + 14, y);
		const double taller = left > right ? left : right;
		height += taller;
		y += taller + gap;
		if (draw && row->next)
			sheet_line(&page->sheet, LEFT, y - gap / 2, RIGHT, y - gap / 2, 0.35,
				   page->inks.gold, 0.5);
	}
	return height;
}

/* The largest type in which all rows find room, with what room is left between them. */
static enum lt_status fit_rows(struct page *page)
{
	unsigned n;
	for (double size = 11.5; size >= 7; size -= 0.5) {
		const double left = ROWS_BOTTOM - ROWS_TOP - draw_rows(page, size, 0, false, &n);
		const double gap = n > 1 ? left / (n - 1) : left;
		if (gap < size * 0.3)
			continue;
		draw_rows(page, size, gap < size * 0.72 ? gap : size * 0.72, true, &n);
		return page->err->status;
	}
	return lt_err_set(page->err, LT_EFILE, "文字太多，一页放不下；请缩短地址、边界等",
			  "there is too much text for one page; shorten address, boundary and the like");
}

/* ---- foot: who signs, seal, code ---- */

static enum lt_status draw_code(struct page *page, double x, double y)
{
	struct sheet *sheet = &page->sheet;
	const char *code = lt_json_get_text(page->answer, "code");
	struct style caption = styled(page, 6.6);
	caption.align = ALIGN_CENTRE;
	caption.colour = page->grey;
	caption.width = CODE_SIDE + 8;
	sheet_line(sheet, x, y, x + CODE_SIDE, y, 0.35, page->inks.gold, 0.8);
	if (!code[0]) {
		struct style none = styled(page, 8);
		none.align = ALIGN_CENTRE;
		none.colour = page->grey;
		none.width = CODE_SIDE;
		sheet_text(sheet, text_of(page, "no_code"), &none, x + CODE_SIDE / 2, y + 36);
		cairo_rectangle(sheet->cr, x, y, CODE_SIDE, CODE_SIDE);
		cairo_set_line_width(sheet->cr, 0.35);
		cairo_stroke(sheet->cr);
		return LT_OK;
	}
	QRcode *matrix = QRcode_encodeString(code, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (!matrix)
		return lt_err_memory(page->err);
	const double module = CODE_SIDE / matrix->width;
	cairo_set_source_rgb(sheet->cr, 1, 1, 1);
	cairo_rectangle(sheet->cr, x - 4 * module, y - 4 * module, CODE_SIDE + 8 * module,
			CODE_SIDE + 8 * module);
	cairo_fill(sheet->cr);
	cairo_set_source_rgb(sheet->cr, 0, 0, 0);
	for (int row = 0; row < matrix->width; row++)
		for (int column = 0; column < matrix->width;) {
			const unsigned char *line = matrix->data + row * matrix->width;
			int end = column;
			while (end < matrix->width && (line[end] & 1))
				end++;
			if (end > column)
				cairo_rectangle(sheet->cr, x + column * module, y + row * module,
						(end - column) * module, module);
			column = end > column ? end : column + 1;
		}
	cairo_fill(sheet->cr);
	QRcode_free(matrix);
	sheet_text(sheet, text_of(page, "code_label"), &caption, x + CODE_SIDE / 2,
		   y + CODE_SIDE + 4);
	return LT_OK;
}

struct png_source {
	const unsigned char *at;
	size_t left;
};

static cairo_status_t read_png(void *closure, unsigned char *to, unsigned length)
{
	struct png_source *source = closure;
	if (length > source->left)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(to, source->at, length);
	source->at += length;
	source->left -= length;
	return CAIRO_STATUS_SUCCESS;
}

/* A picture as hexadecimal text, in a box about a point; *drawn false where there is none. */
static enum lt_status draw_picture(struct page *page, const char *key, double x, double y,
				   double width, double height, bool *drawn)
{
	const char *hex = lt_json_get_text(strcmp(key, "logo") == 0 ? page->first : page->texts, key);
	const size_t len = strlen(hex) / 2;
	*drawn = len && page->sheet.notes_glyphs;
	if (!len || *drawn)
		return LT_OK;
	unsigned char *bytes = lt_arena_alloc(&page->arena, len, 1);
	if (!bytes)
		return lt_err_memory(page->err);
	for (size_t i = 0; i < len; i++) {
		const char digits[] = { hex[2 * i], hex[2 * i + 1], 0 };
		bytes[i] = (unsigned char)strtoul(digits, NULL, 16);
	}
	struct png_source source = { bytes, len };
	cairo_surface_t *image = cairo_image_surface_create_from_png_stream(read_png, &source);
	const bool good = cairo_surface_status(image) == CAIRO_STATUS_SUCCESS;
	const int w = good ? cairo_image_surface_get_width(image) : 0,
		  h = good ? cairo_image_surface_get_height(image) : 0;
	if (w > 0 && h > 0) {
		const double scale = width / w < height / h ? width / w : height / h;
		cairo_save(page->sheet.cr);
		cairo_translate(page->sheet.cr, x - w * scale / 2, y - h * scale / 2);
		cairo_scale(page->sheet.cr, scale, scale);
		cairo_set_source_surface(page->sheet.cr, image, 0, 0);
		cairo_paint(page->sheet.cr);
		cairo_restore(page->sheet.cr);
		*drawn = true;
	}
	cairo_surface_destroy(image);
	return *drawn ? LT_OK
		      : lt_err_set(page->err, LT_EFILE, "%s 不是可用的 PNG 图片",
				   "%s is no PNG picture that can be used", key);
}

static enum lt_status draw_seal(struct page *page, double x, double y)
{
	static const double dash[] = { 2.5, 2.5 };
	struct sheet *sheet = &page->sheet;
	struct style label = styled(page, 8.5);
	bool drawn;
	enum lt_status status = draw_picture(page, "seal", x, y, 100, 100, &drawn);
	if (status || drawn)
		return status;
	label.align = ALIGN_CENTRE;
	label.colour = page->grey;
	label.alpha = 0.8;
	cairo_set_source_rgba(sheet->cr, page->grey.r, page->grey.g, page->grey.b, 0.7);
	cairo_set_line_width(sheet->cr, 0.5);
	cairo_set_dash(sheet->cr, dash, 2, 0);
	cairo_new_path(sheet->cr);
	cairo_arc(sheet->cr, x, y, 46, 0, 6.2831853);
	cairo_stroke(sheet->cr);
	cairo_set_dash(sheet->cr, NULL, 0, 0);
	sheet_text(sheet, text_of(page, "seal_label"), &label, x, y - 7);
	return LT_OK;
}

static enum lt_status draw_foot(struct page *page)
{
	struct sheet *sheet = &page->sheet;
	struct style label = styled(page, 9), value = styled(page, 11), small = styled(page, 6.6);
	double y = FOOT_TOP;
	label.colour = small.colour = page->grey;
	sheet_line(sheet, LEFT, FOOT_TOP - 8, RIGHT, FOOT_TOP - 8, 0.6, page->inks.gold, 1);
	const struct lt_json_node *signs = lt_json_get(page->texts, "signs");
	for (const struct lt_json_node *row = signs->first; row; row = row->next) {
		sheet_text(sheet, lt_json_get_text(row, "label"), &label, LEFT, y + 3);
		sheet_text(sheet, lt_json_get_text(row, "value"), &value, LEFT, y + 15);
		y += 36;
	}
	enum lt_status status = draw_seal(page, A4_WIDTH / 2, FOOT_TOP + 52);
	if (!status)
		status = draw_code(page, RIGHT - CODE_SIDE - 2, FOOT_TOP + 5);
	/* beside the code and what stands below it */
	small.width = RIGHT - LEFT - CODE_SIDE - 20;
	small.leading = 1;
	sheet_text(sheet, text_of(page, "check"), &small, LEFT, 758);
	return status;
}

/* Across the page, over all of it, and why in words, so that no copy of it passes for more. */
static void draw_mark(struct page *page)
{
	struct sheet *sheet = &page->sheet;
	struct style word = styled(page, 150);
	struct reason reason = place_reason(page);
	const struct colour red = { 0.75, 0.12, 0.09 };
	double width;
	if (!text_of(page, "mark")[0])
		return;
	word.align = ALIGN_CENTRE;
	word.bold = true;
	word.colour = reason.style.colour = red;
	word.alpha = 0.17;
	word.spacing = lt_json_get_bool(page->texts, "is_latin") ? 4 : 60;
	sheet_measure(sheet, text_of(page, "mark"), &word, &width);
	/* between the frames of the corners that it points to */
	if (width > MARK_LENGTH) {
		word.size *= MARK_LENGTH / width;
		word.spacing *= MARK_LENGTH / width;
	}
	cairo_save(sheet->cr);
	cairo_translate(sheet->cr, A4_WIDTH / 2, A4_HEIGHT * 0.52);
	cairo_rotate(sheet->cr, -0.72);
	sheet_text(sheet, text_of(page, "mark"), &word, 0, -word.size * 0.75);
	cairo_restore(sheet->cr);
	sheet_text(sheet, text_of(page, "because"), &reason.style, A4_WIDTH / 2, reason.top);
}

static enum lt_status draw_page(struct page *page)
{
	bool drawn;
	struct sheet *sheet = &page->sheet;
	cairo_set_source_rgb(sheet->cr, 1, 1, 1);
	cairo_paint(sheet->cr);
	if (!sheet->notes_glyphs)
		frame_draw(sheet, &page->inks);
	enum lt_status status =
		draw_picture(page, "logo", A4_WIDTH / 2, 99, 220, 52, &drawn);
	if (!status && !drawn)
		frame_emblem(sheet, A4_WIDTH / 2, 98, 23, &page->inks);
	if (status)
		return status;
	draw_head(page);
	draw_statement(page);
	status = fit_rows(page);
	if (!status)
		status = draw_foot(page);
	draw_mark(page);
	return page->err->status;
}

/* ---- surfaces ---- */

static cairo_status_t collect(void *closure, const unsigned char *bytes, unsigned length)
{
	return pdf_add(closure, bytes, length) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_NO_MEMORY;
}

static void describe_pdf(struct page *page, cairo_surface_t *surface)
{
	const char *day = lt_arena_printf(&page->arena, "%sT00:00:00Z", text_of(page, "day"));
	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, text_of(page, "name"));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, text_of(page, "body"));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT,
				       text_of(page, "subject"));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "lingtan");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, day);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, day);
}

static cairo_surface_t *make_surface(struct page *page, struct pdf_bytes *bytes)
{
	const char *format = text_of(page, "format");
	cairo_surface_t *surface;
	if (strcmp(format, "png") == 0)
		return cairo_image_surface_create(CAIRO_FORMAT_RGB24,
						  (int)(A4_WIDTH * PNG_SCALE + 0.5),
						  (int)(A4_HEIGHT * PNG_SCALE + 0.5));
	if (strcmp(format, "svg") == 0) {
		surface = cairo_svg_surface_create_for_stream(collect, bytes, A4_WIDTH, A4_HEIGHT);
		cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PT);
		return surface;
	}
	surface = cairo_pdf_surface_create_for_stream(collect, bytes, A4_WIDTH, A4_HEIGHT);
	describe_pdf(page, surface);
	return surface;
}

/* Goes through the page once without drawing it, for its glyphs. */
static enum lt_status note_glyphs(struct page *page)
{
	cairo_surface_t *nowhere = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
	page->sheet.cr = cairo_create(nowhere);
	cairo_rectangle(page->sheet.cr, 0, 0, 0, 0);
	cairo_clip(page->sheet.cr);
	page->sheet.notes_glyphs = true;
	enum lt_status status = draw_page(page);
	page->sheet.notes_glyphs = false;
	cairo_destroy(page->sheet.cr);
	page->sheet.cr = NULL;
	cairo_surface_destroy(nowhere);
	return status;
}

static enum lt_status draw(struct page *page, struct pdf_bytes *bytes)
{
	cairo_surface_t *surface = make_surface(page, bytes);
	const bool is_png = strcmp(text_of(page, "format"), "png") == 0;
	page->sheet.cr = cairo_create(surface);
	if (is_png)
		cairo_scale(page->sheet.cr, PNG_SCALE, PNG_SCALE);
	enum lt_status status = draw_page(page);
	cairo_destroy(page->sheet.cr);
	page->sheet.cr = NULL;
	cairo_status_t code = CAIRO_STATUS_SUCCESS;
	if (is_png && !status)
		code = cairo_surface_write_to_png_stream(surface, collect, bytes);
	cairo_surface_finish(surface);
	if (code == CAIRO_STATUS_SUCCESS)
		code = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (!status && code != CAIRO_STATUS_SUCCESS)
		status = lt_err_memory(page->err);
	return status;
}

/* A line with its length, then the drawing. */
static enum lt_status finish(struct page *page, FILE *out)
{
	const char *record = lt_json_get_text(page->answer, "record");
	struct pdf_bytes bytes = { 0 };
	struct cut_fonts cut = { 0 };
	page->sheet.cut = &cut;
	enum lt_status status = note_glyphs(page);
	if (!status)
		status = draw(page, &bytes);
	cut_fonts_release(&cut);
	if (!status && strcmp(text_of(page, "format"), "pdf") == 0)
		status = pdf_attach(&bytes, "certificate.json", record, strlen(record),
				    text_of(page, "language"), text_of(page, "day"), page->err);
	if (!status) {
		fprintf(out, "%zu\n", bytes.len);
		fwrite(bytes.at, 1, bytes.len, out);
	}
	free(bytes.at);
	return status;
}

static void prepare(struct page *page)
{
	PangoFontMap *map = pango_cairo_font_map_get_default();
	if (!page->sheet.context)
		page->sheet.context = pango_font_map_create_context(map);
	page->sheet.family = text_of(page, "font");
	pango_cairo_context_set_resolution(page->sheet.context, 72);
	pango_context_set_language(page->sheet.context,
				   pango_language_from_string(text_of(page, "language")));
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(page->sheet.context, options);
	cairo_font_options_destroy(options);
	page->inks.accent = colour_of(text_of(page, "accent"));
	page->inks.gold = colour_of(text_of(page, "gold"));
	page->ink = colour_of(text_of(page, "ink"));
	page->grey = (struct colour){ 0.42, 0.45, 0.46 };
}

static enum lt_status print_all(struct page *page, const struct lt_json_node *pages, FILE *out)
{
	const struct lt_json_node *answer;
	page->texts = page->first = pages->first;
	if (!pages->first)
		return lt_err_set(page->err, LT_EFILE, "没有要画的证书", "there is no certificate to draw");
	prepare(page);
	enum lt_status status = tell_means(page, out);
	if (!status)
		status = read_json(CERTIFICATE_ANSWER_FD, MOST_ANSWER, page, &answer);
	const struct lt_json_node *answers = status ? NULL : lt_json_get(answer, "answers");
	if (!status && answers->n != pages->n)
		status = lt_err_set(page->err, LT_EFILE, "签名记录少了或多了",
				    "there are more or fewer signed records than pages");
	if (status)
		return status;
	page->answer = answers->first;
	for (; page->texts && !status; page->texts = page->texts->next, page->answer = page->answer->next) {
		prepare(page);
		status = finish(page, out);
	}
	return status;
}

enum lt_status certificate_print(int fd, FILE *out, struct lt_err *err)
{
	struct page page = { .err = err };
	const struct lt_json_node *asked;
	page.sheet.err = err;
	lt_arena_init(&page.arena, 0);
	box_close_to_fonts();
	enum lt_status status = read_json(fd, MOST_INPUT, &page, &asked);
	if (!status)
		status = print_all(&page, lt_json_get(asked, "pages"), out);
	if (page.sheet.context)
		g_object_unref(page.sheet.context);
	pango_cairo_font_map_set_default(NULL);
	lt_arena_release(&page.arena);
	return status;
}
