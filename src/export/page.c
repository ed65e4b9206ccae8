#include "lingtan/export/page.h"

#include <stdlib.h>
#include <string.h>
#include "chart.h"
#include "lingtan/export/box.h"
#include "lingtan/export/document.h"
#include "page_style.h"
#include "text_out.h"

static const char *const tone_classes[] = { [TONE_PLAIN] = "",	 [TONE_GOOD] = "good",
					    [TONE_BAD] = "bad",	 [TONE_WARN] = "warn",
					    [TONE_MUTED] = "muted" };

static const char *say(const struct document *document, const char *zh, const char *en)
{
	return document->lang == LT_ZH ? zh : en;
}

/* <tag class="…">text</tag> */
static void element(struct text_out *out, const char *tag, const char *class, const char *text)
{
	text_printf(out, "<%s%s%s%s>", tag, class[0] ? " class=\"" : "", class,
		    class[0] ? "\"" : "");
	text_put_escaped(out, text);
	text_printf(out, "</%s>", tag);
}

/* ---- head, cover, contents ---- */

static void put_head(struct text_out *out, const struct document *document)
{
	text_printf(out,
		    "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		    "style-src 'unsafe-inline'; img-src data:\">\n"
		    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
		    "<meta name=\"referrer\" content=\"no-referrer\">\n<title>",
		    say(document, "zh-CN", "en"));
	text_put_escaped(out, document->park);
	text_put(out, " · ");
	text_put_escaped(out, document->title);
	text_put(out, "</title>\n<style>\n");
	for (size_t i = 0; i < sizeof(page_style) / sizeof(page_style[0]); i++)
		text_put(out, page_style[i]);
	text_put(out, "</style>\n</head>\n<body>\n");
}

static void put_cover(struct text_out *out, const struct document *document)
{
	text_put(out, "<header class=\"cover\"><div>");
	element(out, "div", "code", document->code);
	element(out, "h1", "", document->title);
	element(out, "p", "sub", document->park);
	text_put(out, "<dl>");
	for (unsigned i = 1; i < document->n_cover; i++) {
		text_put(out, "<div>");
		element(out, "dt", "", document->cover[i][0].text);
		element(out, "dd", "", document->cover[i][1].text);
		text_put(out, "</div>");
	}
	text_put(out, "</dl></div></header>\n");
	if (!document->mark)
		return;
	text_put(out, "<div class=\"mark\" role=\"note\"><div>");
	element(out, "b", "", document->mark);
	text_put_escaped(out, document->mark_reason);
	text_put(out, "</div></div>\n<div class=\"veil\" aria-hidden=\"true\">");
	text_put_escaped(out, document->mark);
	text_put(out, "</div>\n");
}

static void put_contents(struct text_out *out, const struct document *document)
{
	text_put(out, "<nav aria-label=\"");
	text_put(out, say(document, "目录", "Contents"));
	text_put(out, "\"><div>");
	element(out, "b", "", say(document, "目录", "Contents"));
	for (const struct block *block = document->first; block; block = block->next) {
		if (block->kind != BLOCK_HEADING || block->level > 2)
			continue;
		text_printf(out, "<a href=\"#%s\"%s>", block->anchor,
			    block->level == 2 ? " class=\"l2\"" : "");
		text_put_escaped(out, block->text);
		text_put(out, "</a>");
	}
	text_put(out, "</div></nav>\n");
}

/* ---- tables ---- */

static void put_cell(struct text_out *out, const struct table *table, const struct row *row,
		     unsigned i, unsigned span)
{
	const struct cell *cell = &row->cells[i];
	const char *tone = tone_classes[cell->tone];
	const bool number = table->columns[i].is_number && span == 1;
	text_put(out, "<td");
	if (span > 1)
		text_printf(out, " colspan=\"%u\"", span);
	if (number || tone[0])
		text_printf(out, " class=\"%s%s%s\"", number ? "n" : "", number && tone[0] ? " " : "",
			    tone);
	if (table->columns[i].title[0] && span == 1) {
		text_put(out, " data-l=\"");
		text_put_escaped(out, table->columns[i].title);
		text_put(out, "\"");
	}
	text_put(out, ">");
	text_put_escaped(out, cell->text);
	text_put(out, "</td>");
}

static void put_row(struct text_out *out, const struct table *table, const struct row *row)
{
	static const char *const classes[] = { [ROW_PLAIN] = "",
					       [ROW_GROUP] = " class=\"g\"",
					       [ROW_TOTAL] = " class=\"t\"" };
	text_printf(out, "<tr%s>", classes[row->kind]);
	for (unsigned i = 0, span; i < table->n_columns; i += span) {
		span = row_span(row, table->n_columns, i);
		put_cell(out, table, row, i, span);
	}
	text_put(out, "</tr>\n");
}

static void put_column_titles(struct text_out *out, const struct table *table)
{
	unsigned all = 0;
	for (unsigned i = 0; i < table->n_columns; i++)
		all += table->columns[i].share;
	text_put(out, "<thead><tr>");
	for (unsigned i = 0; i < table->n_columns; i++) {
		text_printf(out, "<th scope=\"col\" style=\"width:%u%%\"%s>",
			    100 * table->columns[i].share / (all ? all : 1),
			    table->columns[i].is_number ? " class=\"n\"" : "");
		text_put_escaped(out, table->columns[i].title);
		text_put(out, "</th>");
	}
	text_put(out, "</tr></thead>\n");
}

static void put_table(struct text_out *out, const struct block *block)
{
	const struct table *table = block->table;
	const bool is_fields = block->kind == BLOCK_FIELDS;
	if (!table->n_rows)
		return;
	text_printf(out, "<div class=\"wrap\"><table class=\"%s\">",
		    is_fields		   ? "f"
		    : table->n_columns > 3 ? "c"
					   : "s");
	if (table->caption && table->caption[0])
		element(out, "caption", "", table->caption);
	if (!is_fields)
		put_column_titles(out, table);
	text_put(out, "<tbody>\n");
	for (unsigned i = 0; i < table->n_rows; i++)
		put_row(out, table, &table->rows[i]);
	text_put(out, "</tbody></table></div>\n");
}

/* ---- charts ---- */

static void put_polygon(struct text_out *out, const struct shape *shape)
{
	text_put(out, "<polygon points=\"");
	for (unsigned i = 0; i < shape->n_points; i++)
		text_printf(out, "%s%.1f,%.1f", i ? " " : "", shape->points[i].x,
			    shape->points[i].y);
	if (shape->ink == INK_VEIL)
		text_printf(out, "\" fill=\"%s\" fill-opacity=\".22\" stroke=\"%s\" stroke-width=\"2\"/>",
			    ink_colour(shape->ink), ink_colour(shape->ink));
	else
		text_printf(out, "\" fill=\"none\" stroke=\"%s\"/>", ink_colour(shape->ink));
}

static void put_shape(struct text_out *out, const struct shape *shape)
{
	static const char *const anchors[] = { "start", "middle", "end" };
	const char *colour = ink_colour(shape->ink);
	switch (shape->kind) {
	case SHAPE_RECT:
		text_printf(out,
			    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\" "
			    "fill=\"%s\"/>",
			    shape->x, shape->y, shape->width, shape->height, colour);
		break;
	case SHAPE_LINE:
		text_printf(out,
			    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
			    shape->x, shape->y, shape->x + shape->width, shape->y + shape->height,
			    colour);
		break;
	case SHAPE_POLYGON:
		put_polygon(out, shape);
		break;
	case SHAPE_DOT:
		text_printf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>", shape->x,
			    shape->y, shape->width, colour);
		break;
	case SHAPE_TEXT:
		text_printf(out,
			    "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" text-anchor=\"%s\" "
			    "fill=\"%s\">",
			    shape->x, shape->y, shape->size, anchors[shape->anchor], colour);
		text_put_escaped(out, shape->text);
		text_put(out, "</text>");
		break;
	}
}

static enum lt_status put_chart(struct text_out *out, const struct chart *chart,
				struct lt_arena *arena, struct lt_err *err)
{
	struct picture picture;
	enum lt_status status = chart_picture(chart, arena, &picture, err);
	if (status)
		return status;
	text_printf(out, "<figure><svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"",
		    picture.width, picture.height);
	text_put_escaped(out, chart->title);
	text_put(out, "\" xmlns=\"http://www.w3.org/2000/svg\">");
	for (unsigned i = 0; i < picture.n_shapes; i++)
		put_shape(out, &picture.shapes[i]);
	text_put(out, "</svg></figure>\n");
	return LT_OK;
}

/* ---- verdict, tree ---- */

static void put_verdict(struct text_out *out, const struct document *document,
			const struct verdict *verdict)
{
	text_printf(out, "<div class=\"verdict %s\"><div>", tone_classes[verdict->tone]);
	element(out, "div", "lab", verdict->figure_title);
	text_put(out, "<div class=\"num\">");
	text_put_escaped(out, verdict->figure);
	text_put(out, "<small>");
	text_put_escaped(out, verdict->unit);
	if (verdict->full[0] && strcmp(verdict->full, "—") != 0) {
		text_put(out, say(document, "（满分 ", " (of "));
		text_put_escaped(out, verdict->full);
		text_put(out, say(document, "）", ")"));
	}
	text_put(out, "</small></div></div>");
	if (verdict->grade[0]) {
		text_put(out, "<div>");
		element(out, "div", "lab", say(document, "等级", "Grade"));
		element(out, "div", "grade", verdict->grade);
		text_put(out, "</div>");
	}
	if (verdict->because[0])
		element(out, "p", "why", verdict->because);
	text_put(out, "</div>\n");
}

static void put_tree(struct text_out *out, const struct tree *tree)
{
	text_put(out, "<div class=\"tree\">\n");
	for (unsigned i = 0; i < tree->n_lines; i++) {
		const struct tree_line *line = &tree->lines[i];
		text_printf(out, "<div%s style=\"padding-left:%.1fem\">",
			    line->depth ? "" : " class=\"d0\"", 1.3 * line->depth);
		element(out, "span", "", line->title);
		if (line->origin[0])
			element(out, "em", "", line->origin);
		element(out, "span", "v", line->value);
		if (line->formula[0])
			element(out, "i", "", line->formula);
		if (line->cite[0])
			element(out, "i", "", line->cite);
		text_put(out, "</div>\n");
	}
	text_put(out, "</div>\n");
}

/* ---- blocks ---- */

static enum lt_status put_block(struct text_out *out, const struct document *document,
				const struct block *block, struct lt_arena *arena,
				struct lt_err *err)
{
	switch (block->kind) {
	case BLOCK_HEADING:
		text_printf(out, "<h%u id=\"%s\">", block->level + 1, block->anchor);
		text_put_escaped(out, block->text);
		text_printf(out, "</h%u>\n", block->level + 1);
		break;
	case BLOCK_PARAGRAPH:
		element(out, "p", "", block->text);
		break;
	case BLOCK_NOTE:
		element(out, "p", "note", block->text);
		break;
	case BLOCK_STUB:
		text_printf(out, "<p class=\"stub\" data-l=\"%s\">", say(document, "待填", "To be written"));
		text_put_escaped(out, block->text);
		text_put(out, "</p>\n");
		break;
	case BLOCK_FIELDS:
	case BLOCK_TABLE:
		put_table(out, block);
		break;
	case BLOCK_CHART:
		return put_chart(out, block->chart, arena, err);
	case BLOCK_VERDICT:
		put_verdict(out, document, block->verdict);
		break;
	case BLOCK_TREE:
		put_tree(out, block->tree);
		break;
	case BLOCK_BREAK:
		break;
	}
	return LT_OK;
}

static enum lt_status put_page(struct text_out *out, const struct document *document,
			       struct lt_arena *arena, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	put_head(out, document);
	put_cover(out, document);
	text_put(out, "<div class=\"frame\">\n");
	put_contents(out, document);
	text_put(out, "<main>\n");
	for (const struct block *block = document->first; block && !status; block = block->next)
		status = put_block(out, document, block, arena, err);
	text_put(out, "</main>\n</div>\n<footer>");
	text_put_escaped(out, document->footer);
	text_put(out, "</footer>\n</body>\n</html>\n");
	return status;
}

enum lt_status page_print(int fd, FILE *file, struct lt_err *err)
{
	struct render_input input;
	struct document *document;
	struct text_out out = { 0 };
	box_close();
	enum lt_status status = render_input_read(fd, &input, err);
	if (!status)
		status = document_build(&input, &input.arena, &document, err);
	if (!status)
		status = put_page(&out, document, &input.arena, err);
	if (!status && out.failed)
		status = lt_err_memory(err);
	if (!status)
		fwrite(out.text, 1, out.len, file);
	text_release(&out);
	render_input_release(&input);
	return status;
}
