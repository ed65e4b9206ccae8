#include "subset.h"

#include <hb.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- the tables of a CFF font (Adobe technical note 5176) ---- */

struct span {
	const unsigned char *at;
	size_t len;
};

/* An INDEX: so many pieces of bytes. */
struct pieces {
	const unsigned char *offsets, *data; /* data: one before the first piece */
	unsigned n, size;                    /* of an offset */
	size_t len;                          /* of all from data on */
};

struct cff {
	hb_face_t *face; /* owned; NULL = free */
	hb_blob_t *blob; /* owned */
	struct span all;
	struct pieces glyphs, globals, fonts;
	struct span private; /* of a font that has but one */
	const unsigned char *select;
	size_t select_len;
	bool is_read;
	unsigned char known[65536 / 8], loses[65536 / 8];
	/* the pieces that cairo has come upon in this document: of the whole font, then of each of its fonts */
	unsigned char (*found)[65536 / 8];
};

static unsigned long big_endian(const unsigned char *at, unsigned size)
{
	unsigned long value = 0;
	for (unsigned i = 0; i < size; i++)
		value = value << 8 | at[i];
	return value;
}

/* end: where what follows begins. False where it does not fit. */
static bool read_pieces(const struct cff *cff, size_t at, struct pieces *out, size_t *end)
{
	*out = (struct pieces){ 0 };
	if (at + 2 > cff->all.len)
		return false;
	out->n = (unsigned)big_endian(cff->all.at + at, 2);
	*end = at + 2;
	if (!out->n)
		return true;
	if (at + 3 > cff->all.len)
		return false;
	out->size = cff->all.at[at + 2];
	const size_t table = (out->n + 1u) * (size_t)out->size;
	if (out->size < 1 || out->size > 4 || at + 3 + table > cff->all.len)
		return false;
	out->offsets = cff->all.at + at + 3;
	out->data = out->offsets + table - 1;
	out->len = cff->all.len - (at + 3 + table - 1);
	*end = at + 3 + table - 1 + big_endian(out->offsets + table - out->size, out->size);
	return *end <= cff->all.len;
}

/* Empty where there is no such piece. */
static struct span piece(const struct pieces *pieces, long number)
{
	if (number < 0 || number >= (long)pieces->n)
		return (struct span){ 0 };
	const unsigned char *at = pieces->offsets + (size_t)number * pieces->size;
	const size_t from = big_endian(at, pieces->size);
	const size_t to = big_endian(at + pieces->size, pieces->size);
	return from < 1 || to < from || to > pieces->len
		       ? (struct span){ 0 }
		       : (struct span){ pieces->data + from, to - from };
}

/* One number of a DICT; its bytes, 0 at the end. */
static size_t dict_number(struct span dict, size_t at, long *value)
{
	const unsigned char *b = dict.at + at;
	const size_t left = dict.len - at;
	*value = 0;
	if (b[0] == 28 && left >= 3)
		return *value = (int16_t)big_endian(b + 1, 2), 3;
	if (b[0] == 29 && left >= 5)
		return *value = (int32_t)big_endian(b + 1, 4), 5;
	if (b[0] == 30) {
		size_t n = 1;
		while (n < left && (b[n] & 15) != 15 && b[n] >> 4 != 15)
			n++;
		return n < left ? n + 1 : 0;
	}
	if (b[0] >= 32 && b[0] <= 246)
		return *value = b[0] - 139, 1;
	if (b[0] >= 247 && b[0] <= 250 && left >= 2)
		return *value = (b[0] - 247) * 256 + b[1] + 108, 2;
	if (b[0] >= 251 && b[0] <= 254 && left >= 2)
		return *value = -(b[0] - 251) * 256 - b[1] - 108, 2;
	return 0;
}

/* The last two numbers before an operator (1200 + n for those of two bytes). */
static bool dict_find(struct span dict, unsigned operator, long values[2])
{
	size_t at = 0;
	values[0] = values[1] = 0;
	while (at < dict.len) {
		if (dict.at[at] <= 21) {
			const bool is_long = dict.at[at] == 12;
			if (is_long && at + 1 >= dict.len)
				return false;
			if (operator == (is_long ? 1200u + dict.at[at + 1] : dict.at[at]))
				return true;
			at += is_long ? 2 : 1;
			values[0] = values[1] = 0;
			continue;
		}
		values[0] = values[1];
		const size_t taken = dict_number(dict, at, &values[1]);
		if (!taken)
			return false;
		at += taken;
	}
	return false;
}

static struct span span_at(const struct cff *cff, long at, long len)
{
	return at < 0 || len < 0 || (size_t)at + (size_t)len > cff->all.len
		       ? (struct span){ 0 }
		       : (struct span){ cff->all.at + at, (size_t)len };
}

static bool read_font(struct cff *cff)
{
	struct pieces names, tops, strings;
	size_t end = cff->all.len > 3 ? cff->all.at[2] : cff->all.len;
	long values[2];
	if (!read_pieces(cff, end, &names, &end) || !read_pieces(cff, end, &tops, &end) ||
	    !read_pieces(cff, end, &strings, &end) ||
	    !read_pieces(cff, end, &cff->globals, &end))
		return false;
	const struct span top = piece(&tops, 0);
	if (!dict_find(top, 17, values) || values[1] <= 0 ||
	    !read_pieces(cff, (size_t)values[1], &cff->glyphs, &end))
		return false;
	if (dict_find(top, 18, values))
		cff->private = span_at(cff, values[1], values[0]);
	if (dict_find(top, 1236, values) && values[1] > 0 &&
	    !read_pieces(cff, (size_t)values[1], &cff->fonts, &end))
		return false;
	if (dict_find(top, 1237, values) && values[1] > 0 && (size_t)values[1] < cff->all.len) {
		cff->select = cff->all.at + values[1];
		cff->select_len = cff->all.len - (size_t)values[1];
	}
	return true;
}

/* Which of the fonts of a CID font a glyph is of; -1 = none. */
static long select_font(const struct cff *cff, unsigned glyph)
{
	const unsigned char *at = cff->select;
	if (!at || cff->select_len < 3)
		return -1;
	if (at[0] == 0)
		return 1 + (size_t)glyph < cff->select_len ? at[1 + glyph] : -1;
	const size_t n = big_endian(at + 1, 2);
	if (at[0] != 3 || 3 + n * 3 + 2 > cff->select_len)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (big_endian(at + 3 + i * 3 + 3, 2) > glyph)
			return at[3 + i * 3 + 2];
	return -1;
}

static struct pieces locals_of(const struct cff *cff, unsigned glyph)
{
	struct pieces locals = { 0 };
	struct span private = cff->private;
	size_t end;
	long values[2];
	if (cff->fonts.n) {
		const struct span dict = piece(&cff->fonts, select_font(cff, glyph));
		private = dict_find(dict, 18, values) ? span_at(cff, values[1], values[0])
						      : (struct span){ 0 };
	}
	if (private.at && dict_find(private, 19, values) && values[1] > 0 &&
	    !read_pieces(cff, (size_t)(private.at - cff->all.at) + (size_t)values[1], &locals, &end))
		locals.n = 0;
	return locals;
}

/* ---- the program of a glyph (Adobe technical note 5177) ---- */

#define MOST_CALLS 512u
#define DEEPEST 10u

enum reading {
	AS_WRITTEN, /* as the format says */
	AS_CAIRO    /* as cairo does: a piece that it has come upon is not read again */
};

struct walk {
	enum reading reading;
	const struct pieces *globals, *locals;
	unsigned char *of_globals, *of_locals; /* what has been found of them */
	unsigned stack, hints, mask; /* operands, stems, bytes of a mask (cairo finds these once) */
	long top;
	bool top_is_number, is_over;
	uint32_t calls[MOST_CALLS]; /* number * 2, + 1 of the globals */
	unsigned n_calls;
};

static bool is_found(const struct walk *walk, uint32_t call)
{
	const unsigned char *found = call & 1 ? walk->of_globals : walk->of_locals;
	return found[(call >> 1) / 8] & 1u << (call >> 1) % 8;
}

/* False: cairo has read it. */
static bool note_call(struct walk *walk, uint32_t call)
{
	unsigned char *found = call & 1 ? walk->of_globals : walk->of_locals;
	if (walk->reading == AS_WRITTEN) {
		if (walk->n_calls < MOST_CALLS)
			walk->calls[walk->n_calls++] = call;
		return true;
	}
	const bool was = is_found(walk, call);
	found[(call >> 1) / 8] |= (unsigned char)(1u << (call >> 1) % 8);
	return !was;
}

static size_t take_number(struct walk *walk, struct span code, size_t at)
{
	static const unsigned char fixed = 255;
	size_t taken = code.at[at] == fixed ? 5 : 0;
	walk->top = 0;
	if (!taken)
		taken = dict_number(code, at, &walk->top);
	walk->stack++;
	walk->top_is_number = true;
	return taken ? taken : code.len - at;
}

static void take_stems(struct walk *walk)
{
	walk->hints += walk->stack / 2;
	walk->stack = 0;
	walk->top_is_number = false;
}

/* The bytes of a mask behind its operator. */
static size_t take_mask(struct walk *walk)
{
	if (walk->reading == AS_WRITTEN || !walk->mask) {
		take_stems(walk);
		walk->mask = (walk->hints + 7) / 8;
	}
	return walk->mask;
}

static void read_code(struct walk *walk, struct span code, unsigned depth);

static void call(struct walk *walk, bool is_global, unsigned depth)
{
	const struct pieces *pieces = is_global ? walk->globals : walk->locals;
	const long bias = pieces->n < 1240 ? 107 : pieces->n < 33900 ? 1131 : 32768;
	const long number = walk->top + bias;
	const struct span code = piece(pieces, number);
	walk->stack -= walk->stack > 0;
	walk->top_is_number = false;
	if (code.at && note_call(walk, (uint32_t)number << 1 | is_global) && depth < DEEPEST)
		read_code(walk, code, depth + 1);
}

enum {
	HSTEM = 1, VSTEM = 3, VMOVE = 4, CALL = 10, RETURN = 11, ESCAPE = 12, END = 14, HSTEMHM = 18,
	HINTMASK = 19, CNTRMASK = 20, RMOVE = 21, HMOVE = 22, VSTEMHM = 23, SHORT = 28, CALL_GLOBAL = 29
};

static void read_code(struct walk *walk, struct span code, unsigned depth)
{
	const bool is_right = walk->reading == AS_WRITTEN;
	for (size_t at = 0; at < code.len && !walk->is_over;) {
		const unsigned char op = code.at[at];
		if (op == SHORT || op >= 32) {
			at += take_number(walk, code, at);
			continue;
		}
		at += op == ESCAPE ? 2 : 1;
		if (op == HSTEM || op == VSTEM || op == HSTEMHM || op == VSTEMHM) {
			take_stems(walk);
		} else if (op == HINTMASK || op == CNTRMASK) {
			at += take_mask(walk);
		} else if (op == CALL || op == CALL_GLOBAL) {
			/* here cairo gives up, and puts in all pieces there are */
			if (!walk->top_is_number && !is_right)
				return;
			call(walk, op == CALL_GLOBAL, depth);
		} else if (op == END) {
			walk->is_over = is_right || depth == 0;
			return;
		} else if (op == RETURN && is_right) {
			return;
		} else {
			walk->top_is_number = false;
			if (is_right || op == RMOVE || op == HMOVE || op == VMOVE)
				walk->stack = 0;
		}
	}
}

/* Whether a piece of a glyph is not among those that have been found with it and what stands before it. */
static bool loses_piece(struct cff *cff, unsigned glyph)
{
	const long font = cff->fonts.n ? select_font(cff, glyph) : 0;
	const struct pieces locals = locals_of(cff, glyph);
	const struct span code = piece(&cff->glyphs, glyph);
	if (!code.at || font < 0)
		return false;
	const struct walk start = { .globals = &cff->globals,
				    .locals = &locals,
				    .of_globals = cff->found[0],
				    .of_locals = cff->found[1 + font] };
	struct walk written = start, cairo = start;
	cairo.reading = AS_CAIRO;
	read_code(&written, code, 0);
	read_code(&cairo, code, 0);
	for (unsigned i = 0; i < written.n_calls; i++)
		if (!is_found(&cairo, written.calls[i]))
			return true;
	return false;
}

/* ---- fonts ---- */

#define MOST_FONTS 8u

static struct cff fonts[MOST_FONTS];
static unsigned next_font;

static void release(struct cff *cff)
{
	free(cff->found);
	if (cff->blob)
		hb_blob_destroy(cff->blob);
	if (cff->face)
		hb_face_destroy(cff->face);
	memset(cff, 0, sizeof(*cff));
}

void subset_finish(void)
{
	for (unsigned i = 0; i < MOST_FONTS; i++)
		release(&fonts[i]);
}

static struct cff *cff_of(PangoFont *font)
{
	hb_font_t *shaper = pango_font_get_hb_font(font);
	hb_face_t *face = shaper ? hb_font_get_face(shaper) : NULL;
	unsigned len;
	if (!face)
		return NULL;
	for (unsigned i = 0; i < MOST_FONTS; i++)
		if (fonts[i].face == face)
			return &fonts[i];
	struct cff *cff = &fonts[next_font++ % MOST_FONTS];
	release(cff);
	cff->face = hb_face_reference(face);
	cff->blob = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
	cff->all.at = (const unsigned char *)hb_blob_get_data(cff->blob, &len);
	cff->all.len = len;
	cff->is_read = len && read_font(cff);
	/* a font of a CID font is numbered by a byte */
	cff->found = cff->is_read ? calloc(cff->fonts.n ? 1 + 256 : 2, sizeof(*cff->found)) : NULL;
	cff->is_read &= cff->found != NULL;
	return cff;
}

/* Whether a glyph of a font loses a part: known when it is first drawn, by what has been drawn before it. */
static bool subset_may_lose(PangoFont *font, PangoGlyph glyph)
{
	struct cff *cff = font ? cff_of(font) : NULL;
	if (!cff || !cff->is_read || glyph >= 65536)
		return false;
	const unsigned char bit = (unsigned char)(1u << glyph % 8);
	if (!(cff->known[glyph / 8] & bit)) {
		cff->known[glyph / 8] |= bit;
		if (loses_piece(cff, glyph))
			cff->loses[glyph / 8] |= bit;
	}
	return cff->loses[glyph / 8] & bit;
}

/* ---- drawing ---- */

static bool has_pixels(cairo_t *cr)
{
	return cairo_surface_get_type(cairo_get_target(cr)) == CAIRO_SURFACE_TYPE_IMAGE;
}

void subset_mend_run(cairo_t *cr, PangoGlyphItem *run, double x, double y)
{
	PangoFont *font = run->item->analysis.font;
	for (int i = 0; !has_pixels(cr) && i < run->glyphs->num_glyphs; i++) {
		const PangoGlyphInfo *info = &run->glyphs->glyphs[i];
		if (subset_may_lose(font, info->glyph)) {
			const cairo_glyph_t glyph = {
				info->glyph, x + (double)info->geometry.x_offset / PANGO_SCALE,
				y + (double)info->geometry.y_offset / PANGO_SCALE
			};
			cairo_set_scaled_font(cr, pango_cairo_font_get_scaled_font(
							  PANGO_CAIRO_FONT(font)));
			cairo_new_path(cr);
			cairo_glyph_path(cr, &glyph, 1);
			cairo_fill(cr);
		}
		x += (double)info->geometry.width / PANGO_SCALE;
	}
}
