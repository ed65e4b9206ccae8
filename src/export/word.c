/* A report's blocks as WordprocessingML. */
#include "word.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/export/box.h"
#include "lingtan/export/word_out.h"
#include "paint.h"

#define ACCENT "0F6B4F"
#define LINE "C9D6D0"
#define SOFT "F4F8F6"
#define HEAD "E3F1EA"
#define MUTED "66756F"

static const char *const tone_colours[] = { [TONE_PLAIN] = "",	      [TONE_GOOD] = "17714F",
					    [TONE_BAD] = "B3362B",    [TONE_WARN] = "9A6208",
					    [TONE_MUTED] = "66756F" };

static const char *say(const struct word *word, const char *zh, const char *en)
{
	return word->document->lang == LT_ZH ? zh : en;
}

/* "" where memory ran out, which the text remembers. */
__attribute__((format(printf, 2, 3))) static const char *format_text(struct word *word, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = lt_arena_vprintf(word->arena, format, args);
	va_end(args);
	word->out->failed |= !text;
	return text ? text : "";
}

/* ---- runs and paragraphs ---- */

struct run_style {
	bool bold, italic;
	const char *colour; /* "" = as the paragraph */
	unsigned half_points; /* 0 = as the paragraph */
};

static void put_run_style(struct text_out *out, const struct run_style *style)
{
	text_put(out, "<w:rPr>");
	if (style->bold)
		text_put(out, "<w:b/><w:bCs/>");
	if (style->italic)
		text_put(out, "<w:i/><w:iCs/>");
	if (style->colour && style->colour[0])
		text_printf(out, "<w:color w:val=\"%s\"/>", style->colour);
	if (style->half_points)
		text_printf(out, "<w:sz w:val=\"%u\"/><w:szCs w:val=\"%u\"/>", style->half_points,
			    style->half_points);
	text_put(out, "</w:rPr>");
}

/* A line end becomes a break. */
static void put_run(struct word *word, const char *text, const struct run_style *style)
{
	struct text_out *out = word->out;
	text_put(out, "<w:r>");
	put_run_style(out, style);
	for (;;) {
		const size_t len = strcspn(text, "\n");
		char *line = lt_arena_strndup(word->arena, text, len);
		text_put(out, "<w:t xml:space=\"preserve\">");
		text_put_escaped(out, line ? line : "");
		text_put(out, "</w:t>");
		out->failed |= !line;
		if (!text[len])
			break;
		text_put(out, "<w:br/>");
		text += len + 1;
	}
	text_put(out, "</w:r>");
}

static void put_paragraph(struct word *word, const char *properties, const char *text,
			  const struct run_style *style)
{
	text_printf(word->out, "<w:p><w:pPr>%s</w:pPr>", properties);
	put_run(word, text, style);
	text_put(word->out, "</w:p>\n");
}

static void put_heading(struct word *word, const struct block *block)
{
	static const unsigned sizes[] = { 32, 26, 24 };
	const unsigned level = block->level < 1 ? 0 : block->level > 3 ? 2 : block->level - 1;
	const char *style = word->frame->heading[level];
	const struct run_style direct = { .bold = true,
					  .colour = level ? ACCENT : "1C2826",
					  .half_points = sizes[level] };
	const struct run_style none = { .colour = "" };
	text_put(word->out, "<w:p><w:pPr>");
	if (style[0]) {
		text_put(word->out, "<w:pStyle w:val=\"");
		text_put_escaped(word->out, style);
		text_put(word->out, "\"/>");
	}
	text_put(word->out, "<w:keepNext/>");
	if (word->breaks)
		text_put(word->out, "<w:pageBreakBefore/>");
	word->breaks = false;
	if (!style[0])
		text_printf(word->out,
			    "<w:spacing w:before=\"%u\" w:after=\"120\"/><w:outlineLvl w:val=\"%u\"/>",
			    level ? 240u : 400u, level);
	text_printf(word->out, "</w:pPr><w:bookmarkStart w:id=\"%u\" w:name=\"_lt%u_%s\"/>",
		    word->frame->first + word->n_marks, word->frame->first, block->anchor);
	put_run(word, block->text, style[0] ? &none : &direct);
	text_printf(word->out, "<w:bookmarkEnd w:id=\"%u\"/></w:p>\n", word->frame->first + word->n_marks++);
}

/* What a person still has to write: a field that a click empties. */
static void put_stub(struct word *word, const char *text)
{
	const struct run_style style = { .italic = true, .colour = "8A6D1B" };
	text_put(word->out, "<w:sdt><w:sdtPr><w:alias w:val=\"");
	text_put(word->out, say(word, "待填", "to be written"));
	text_put(word->out, "\"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>");
	put_paragraph(word, "<w:spacing w:before=\"60\" w:after=\"160\"/>",
		      format_text(word, say(word, "〔待填〕%s", "[to be written] %s"), text),
		      &style);
	text_put(word->out, "</w:sdtContent></w:sdt>\n");
}

/* ---- tables ---- */

static void begin_table(struct word *word, const unsigned *widths, unsigned n)
{
	struct text_out *out = word->out;
	static const char *const sides[] = { "top", "left", "bottom", "right", "insideH", "insideV" };
	text_printf(out, "<w:tbl><w:tblPr><w:tblW w:w=\"%u\" w:type=\"dxa\"/><w:tblBorders>",
		    word->frame->text_width);
	for (size_t i = 0; i < sizeof(sides) / sizeof(sides[0]); i++)
		text_printf(out, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"" LINE "\"/>",
			    sides[i]);
	text_put(out, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>"
		      "<w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"80\" w:type=\"dxa\"/>"
		      "<w:bottom w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/>"
		      "</w:tblCellMar></w:tblPr><w:tblGrid>");
	for (unsigned i = 0; i < n; i++)
		text_printf(out, "<w:gridCol w:w=\"%u\"/>", widths[i]);
	text_put(out, "</w:tblGrid>\n");
}

struct cell_style {
	unsigned width, span;
	const char *fill; /* "" = none */
	bool is_right;
	struct run_style run;
};

static void put_cell(struct word *word, const char *text, const struct cell_style *style)
{
	struct text_out *out = word->out;
	text_printf(out, "<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"dxa\"/>", style->width);
	if (style->span > 1)
		text_printf(out, "<w:gridSpan w:val=\"%u\"/>", style->span);
	if (style->fill && style->fill[0])
		text_printf(out, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"%s\"/>",
			    style->fill);
	text_put(out, "</w:tcPr>");
	put_paragraph(word,
		      format_text(word, "%s<w:spacing w:before=\"0\" w:after=\"0\"/>%s",
				      word->keeps ? "<w:keepNext/>" : "",
				      style->is_right ? "<w:jc w:val=\"right\"/>" : ""),
		      text, &style->run);
	text_put(out, "</w:tc>");
}

static unsigned *widths_of(struct word *word, const struct table *table)
{
	unsigned all = 0, *widths = lt_arena_alloc(word->arena, table->n_columns, sizeof(*widths));
	for (unsigned i = 0; i < table->n_columns; i++)
		all += table->columns[i].share;
	for (unsigned i = 0; widths && i < table->n_columns; i++)
		widths[i] = word->frame->text_width * table->columns[i].share / (all ? all : 1);
	word->out->failed |= !widths;
	return widths;
}

static void put_titles(struct word *word, const struct table *table, const unsigned *widths)
{
	text_put(word->out, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
	for (unsigned i = 0; i < table->n_columns; i++) {
		const struct cell_style style = {
			.width = widths[i],
			.fill = HEAD,
			.is_right = table->columns[i].is_number,
			.run = { .bold = true, .colour = "0D4A38", .half_points = 19 }
		};
		put_cell(word, table->columns[i].title, &style);
	}
	text_put(word->out, "</w:tr>\n");
}

static void put_row(struct word *word, const struct table *table, const unsigned *widths,
		    const struct row *row, bool is_fields)
{
	text_put(word->out, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
	for (unsigned i = 0, span; i < table->n_columns; i += span) {
		span = row_span(row, table->n_columns, i);
		struct cell_style style = {
			.span = span,
			.is_right = table->columns[i].is_number,
			.fill = row->kind != ROW_PLAIN || (is_fields && i == 0) ? SOFT : "",
			.run = { .bold = row->kind != ROW_PLAIN,
				 .colour = is_fields && i == 0 ? MUTED
							       : tone_colours[row->cells[i].tone],
				 .half_points = 19 }
		};
		for (unsigned w = 0; w < span; w++)
			style.width += widths[i + w];
		style.is_right = style.is_right && span == 1;
		put_cell(word, row->cells[i].text, &style);
	}
	text_put(word->out, "</w:tr>\n");
}

/* Word wants a paragraph between two tables. */
static void put_gap(struct word *word)
{
	text_put(word->out, "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"120\"/></w:pPr></w:p>\n");
}

#define WHOLE_ROWS 6 /* of a table that is not parted */

static void put_table(struct word *word, const struct block *block)
{
	const struct table *table = block->table;
	const struct run_style caption = { .bold = true, .half_points = 20 };
	unsigned *widths = table->n_rows ? widths_of(word, table) : NULL;
	if (!widths)
		return;
	if (table->caption && table->caption[0])
		put_paragraph(word,
			      "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"60\"/>",
			      table->caption, &caption);
	begin_table(word, widths, table->n_columns);
	word->keeps = true;
	if (block->kind == BLOCK_TABLE)
		put_titles(word, table, widths);
	for (unsigned i = 0; i < table->n_rows; i++) {
		/* a short table whole; of a long one no row is left alone above or below the page's end */
		word->keeps = i + 1 < table->n_rows &&
			      (table->n_rows <= WHOLE_ROWS || i == 0 || i + 2 == table->n_rows ||
			       table->rows[i].kind == ROW_GROUP);
		put_row(word, table, widths, &table->rows[i], block->kind == BLOCK_FIELDS);
	}
	word->keeps = false;
	text_put(word->out, "</w:tbl>\n");
	put_gap(word);
}

/* ---- verdict, tree ---- */

/* "Total (points, of 120)": what the figure below is, its unit and full amount where it has them. */
static const char *figure_heading(struct word *word, const struct verdict *verdict)
{
	const bool has_full = verdict->full[0] && strcmp(verdict->full, "—") != 0;
	const char *full = has_full ? format_text(word, say(word, "满分 %s", "of %s"), verdict->full) : "";
	const char *gap = verdict->unit[0] && full[0] ? say(word, "，", ", ") : "";
	if (!verdict->unit[0] && !full[0])
		return verdict->figure_title;
	return format_text(word, say(word, "%s（%s%s%s）", "%s (%s%s%s)"), verdict->figure_title, verdict->unit,
			   gap, full);
}

static void put_verdict(struct word *word, const struct verdict *verdict)
{
	static const char *const colours[] = { [TONE_PLAIN] = ACCENT, [TONE_GOOD] = ACCENT,
					       [TONE_BAD] = "B3362B", [TONE_WARN] = "9A6208",
					       [TONE_MUTED] = MUTED };
	const unsigned half = word->frame->text_width / 2, widths[] = { half, half };
	const struct cell_style small = {
		.width = half, .fill = SOFT, .run = { .colour = MUTED, .half_points = 18 }
	};
	const struct cell_style large = {
		.width = half,
		.fill = SOFT,
		.run = { .bold = true, .colour = colours[verdict->tone], .half_points = 40 }
	};
	begin_table(word, widths, 2);
	text_put(word->out, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
	put_cell(word, figure_heading(word, verdict), &small);
	put_cell(word, verdict->grade[0] ? say(word, "等级", "Grade") : " ", &small);
	text_put(word->out, "</w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr>");
	put_cell(word, verdict->figure, &large);
	put_cell(word, verdict->grade, &large);
	text_put(word->out, "</w:tr></w:tbl>\n");
	put_gap(word);
	if (verdict->because[0])
		put_paragraph(word, "<w:spacing w:after=\"120\"/>", verdict->because,
			      &(struct run_style){ .colour = MUTED, .half_points = 19 });
}

static void put_tree_line(struct word *word, const struct tree_line *line)
{
	const unsigned indent = 240 * (line->depth < 12 ? line->depth : 12);
	const struct run_style title = { .bold = line->depth == 0,
					 .half_points = line->depth ? 18u : 22u };
	const struct run_style value = { .bold = true, .half_points = 18 };
	const struct run_style small = { .colour = MUTED, .half_points = 16 };
	text_printf(word->out,
		    "<w:p><w:pPr>%s<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"%u\"/>"
		    "</w:tabs><w:spacing w:before=\"%u\" w:after=\"0\"/><w:ind w:left=\"%u\"/></w:pPr>",
		    line->depth ? "" : "<w:keepNext/>", word->frame->text_width,
		    line->depth ? 20u : 200u, indent);
	put_run(word, line->title, &title);
	if (line->origin[0]) {
		put_run(word, "  ", &small);
		put_run(word, line->origin, &(struct run_style){ .colour = "9A6208", .half_points = 16 });
	}
	text_put(word->out, "<w:r><w:tab/></w:r>");
	put_run(word, line->value, &value);
	for (int i = 0; i < 2; i++) {
		const char *text = i ? line->cite : line->formula;
		if (!text[0])
			continue;
		text_put(word->out, "<w:r><w:br/></w:r>");
		put_run(word, text, &small);
	}
	text_put(word->out, "</w:p>\n");
}

/* ---- charts ---- */

/* English Metric Units, 12,700 a point */
#define EMU 12700.0

/* Each chart as a picture, in the order in which they stand; fonts are opened for it. */
static enum lt_status draw_charts(struct word *word)
{
	enum lt_status status = LT_OK;
	unsigned n = 0;
	for (const struct block *block = word->document->first; block; block = block->next)
		n += block->kind == BLOCK_CHART;
	word->pictures = lt_arena_alloc(word->arena, n + 1, sizeof(*word->pictures));
	if (!word->pictures)
		return lt_err_memory(word->err);
	for (const struct block *block = word->document->first; block && !status;
	     block = block->next) {
		struct word_picture *picture = &word->pictures[word->n_pictures];
		struct picture shapes;
		if (block->kind != BLOCK_CHART)
			continue;
		status = chart_picture(block->chart, word->arena, &shapes, word->err);
		if (status)
			return status;
		word->n_pictures++;
		picture->width = shapes.width;
		picture->height = shapes.height;
		status = paint_png(&shapes, 2, &picture->png, &picture->len, word->err);
	}
	return status;
}

static void put_chart(struct word *word, const struct chart *chart)
{
	const unsigned at = word->n_put;
	struct text_out *out = word->out;
	if (at >= word->n_pictures)
		return;
	word->n_put++;
	const struct word_picture *picture = &word->pictures[at];
	const double most = word->frame->text_width / 20.0 * 0.94;
	const double width = picture->width * 0.75 < most ? picture->width * 0.75 : most;
	const long cx = (long)(width * EMU),
		   cy = (long)(width * picture->height / picture->width * EMU);
	text_printf(out,
		    "<w:p><w:pPr><w:spacing w:before=\"120\" w:after=\"200\"/><w:jc w:val=\"center\"/>"
		    "</w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" "
		    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\">"
		    "<wp:extent cx=\"%ld\" cy=\"%ld\"/><wp:docPr id=\"%u\" name=\"chart %u\" descr=\"",
		    cx, cy, word->frame->first + at, at + 1);
	text_put_escaped(out, chart->title);
	text_printf(out,
		    "\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">"
		    "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
		    "<pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
		    "<pic:nvPicPr><pic:cNvPr id=\"%u\" name=\"chart %u\"/><pic:cNvPicPr/></pic:nvPicPr>"
		    "<pic:blipFill><a:blip r:embed=\"rId%u\" xmlns:r=\"http://schemas.openxmlformats.org/"
		    "officeDocument/2006/relationships\"/><a:stretch><a:fillRect/></a:stretch>"
		    "</pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>"
		    "<a:ext cx=\"%ld\" cy=\"%ld\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>"
		    "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
		    "</w:drawing></w:r></w:p>\n",
		    word->frame->first + at, at + 1, word->frame->first + at, cx, cy);
}

/* ---- blocks ---- */

static void put_block(struct word *word, const struct block *block)
{
	const struct run_style plain = { .colour = "" };
	const struct run_style note = { .colour = MUTED, .half_points = 18 };
	switch (block->kind) {
	case BLOCK_HEADING:
		put_heading(word, block);
		break;
	case BLOCK_PARAGRAPH:
		put_paragraph(word,
			      block->next && block->next->kind == BLOCK_TABLE
				      ? "<w:keepNext/><w:spacing w:after=\"120\"/>"
				      : "<w:spacing w:after=\"120\"/>",
			      block->text, &plain);
		break;
	case BLOCK_NOTE:
		put_paragraph(word, "<w:spacing w:after=\"120\"/>", block->text, &note);
		break;
	case BLOCK_STUB:
		put_stub(word, block->text);
		break;
	case BLOCK_FIELDS:
	case BLOCK_TABLE:
		put_table(word, block);
		break;
	case BLOCK_CHART:
		put_chart(word, block->chart);
		break;
	case BLOCK_VERDICT:
		put_verdict(word, block->verdict);
		break;
	case BLOCK_TREE:
		for (unsigned i = 0; i < block->tree->n_lines; i++)
			put_tree_line(word, &block->tree->lines[i]);
		break;
	case BLOCK_BREAK:
		word->breaks = true;
		break;
	}
}

enum lt_status word_write_blocks(struct word *word)
{
	word->n_put = 0;
	for (const struct block *block = word->document->first; block; block = block->next)
		put_block(word, block);
	return word->out->failed ? lt_err_memory(word->err) : LT_OK;
}

/* ---- cover and contents ---- */

/* A field that Word makes anew when asked; until then it lists the headings. */
static void put_contents(struct word *word)
{
	const struct run_style title = { .bold = true, .colour = "1C2826", .half_points = 28 };
	bool is_first = true;
	put_paragraph(word, "<w:pageBreakBefore/><w:spacing w:after=\"160\"/>",
		      say(word, "目录", "Contents"), &title);
	for (const struct block *block = word->document->first; block; block = block->next) {
		if (block->kind != BLOCK_HEADING || block->level > 2)
			continue;
		if (!is_first)
			text_put(word->out, "</w:p>\n");
		text_printf(word->out,
			    "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"20\" w:line=\"240\" "
			    "w:lineRule=\"auto\"/><w:ind w:left=\"%u\"/></w:pPr>",
			    block->level == 2 ? 420u : 0u);
		if (is_first)
			text_put(word->out,
				 "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>"
				 "<w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u "
				 "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>");
		is_first = false;
		text_printf(word->out, "<w:hyperlink w:anchor=\"_lt%u_%s\" w:history=\"1\">",
			    word->frame->first, block->anchor);
		put_run(word, block->text, &(struct run_style){ .colour = "" });
		text_put(word->out, "</w:hyperlink>");
	}
	/* in the last of them: a paragraph of its own would be a page of its own after a full one */
	if (!is_first)
		text_put(word->out, "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>\n");
	word->breaks = true;
}

void word_write_cover(struct word *word)
{
	const struct document *document = word->document;
	const unsigned width = word->frame->text_width, widths[] = { width / 4, width - width / 4 };
	const char *above = word->frame->is_own ? "<w:spacing w:before=\"2400\" w:after=\"60\"/>"
						: "<w:spacing w:before=\"240\" w:after=\"60\"/>";
	put_paragraph(word, above, document->code,
		      &(struct run_style){ .colour = MUTED, .half_points = 22 });
	put_paragraph(word, "<w:spacing w:after=\"120\"/>", document->title,
		      &(struct run_style){ .bold = true, .colour = ACCENT, .half_points = 56 });
	put_paragraph(word, "<w:spacing w:after=\"600\"/>", document->park,
		      &(struct run_style){ .bold = true, .half_points = 32 });
	begin_table(word, widths, 2);
	for (unsigned i = 0; i < document->n_cover; i++) {
		const struct cell_style key = {
			.width = widths[0], .fill = SOFT, .run = { .colour = MUTED, .half_points = 21 }
		};
		const struct cell_style value = { .width = widths[1], .run = { .half_points = 21 } };
		text_put(word->out, "<w:tr>");
		put_cell(word, document->cover[i][0].text, &key);
		put_cell(word, document->cover[i][1].text, &value);
		text_put(word->out, "</w:tr>\n");
	}
	text_put(word->out, "</w:tbl>\n");
	put_gap(word);
	if (document->mark)
		put_paragraph(word, "<w:spacing w:before=\"240\"/>",
			      format_text(word, "%s  %s", document->mark, document->mark_reason),
			      &(struct run_style){ .bold = true, .colour = "B3362B", .half_points = 22 });
	put_contents(word);
}

/* ---- the whole ---- */

static enum lt_status write_document(const struct render_input *input, struct word *word, FILE *out)
{
	if (input->template_len)
		return word_pack_template(word, input->template_bytes, input->template_len, out);
	return word_pack_own(word, out);
}

enum lt_status word_print(int fd, FILE *file, struct lt_err *err)
{
	struct render_input input;
	struct document *document;
	struct text_out out = { 0 };
	struct word word = { .out = &out, .err = err };
	box_close_to_fonts();
	enum lt_status status = render_input_read(fd, &input, err);
	if (!status)
		status = document_build(&input, &input.arena, &document, err);
	if (!status) {
		word.document = document;
		word.arena = &input.arena;
		status = draw_charts(&word);
		paint_finish();
	}
	/* the charts are drawn: no font is sought any more, and the body's own file is read */
	box_close();
	if (!status)
		status = write_document(&input, &word, file);
	for (unsigned i = 0; i < word.n_pictures; i++)
		free(word.pictures[i].png);
	text_release(&out);
	render_input_release(&input);
	return status;
}
