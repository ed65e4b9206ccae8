/* A workbook's parts and cells. */
#include "book.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "lingtan/base/text.h"
#include "lingtan/export/book_out.h"
#include "lingtan/export/box.h"

#define SPREADSHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006"
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
/* Longer lists stand on a sheet. */
#define INLINE_LIST 255u
#define NAME_UNITS 31u
/* Points; Excel has rows of 409 at most. */
#define LINE_HEIGHT 18u
#define MOST_LINES 20u
/* In characters: what A4 takes upright, and across in a type that can be read. */
#define UPRIGHT_WIDTH 130u
#define ACROSS_WIDTH 240u

const char *book_label(const struct book *book, node of, const char *key)
{
	return lt_json_get_text(lt_json_get(of, key), book->lang_key);
}

const char *book_text(struct book *book, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = lt_arena_vprintf(book->arena, format, args);
	va_end(args);
	book->failed |= !text;
	return text ? text : "";
}

const char *book_word_open(const struct book *book)
{
	return book_say(book, "未定", "open");
}

const char *book_word_na(const struct book *book)
{
	return book_say(book, "不适用", "n/a");
}

const char *book_word_none(const struct book *book)
{
	return book_say(book, "无值", "none");
}

bool book_is_word(const struct book *book, const char *value)
{
	return value == book_word_open(book) || value == book_word_na(book) ||
	       value == book_word_none(book);
}

/* ---- sheets ---- */

/* What a name may not have becomes a blank; no apostrophe, so that quoting is simple. Its length is
 * counted in units of UTF-16. */
static void set_name(struct sheet *sheet, const char *name)
{
	size_t n = 0, left = strlen(name);
	for (unsigned units = 0; left;) {
		uint32_t code;
		size_t len = lt_text_decode(name, left, &code);
		len = len ? len : 1;
		units += len == 4 ? 2 : 1;
		if (units > NAME_UNITS || n + len >= sizeof(sheet->name))
			break;
		const bool bad = code < 0x20 || strchr("[]:*?/\\'", *name);
		memcpy(sheet->name + n, bad ? " " : name, bad ? 1 : len);
		n += bad ? 1 : len;
		name += len;
		left -= len;
	}
	sheet->name[n] = '\0';
}

/* Office suites take names that differ in case alone for one, and the file for damaged. */
static bool name_is_taken(const struct book *book, const char *name)
{
	for (unsigned i = 0; i + 1 < book->n_sheets; i++)
		if (strcasecmp(book->sheets[i].name, name) == 0)
			return true;
	return false;
}

struct sheet *book_sheet(struct book *book, const char *name, const unsigned *widths)
{
	book->has_too_many |= book->n_sheets == BOOK_MAX_SHEETS;
	if (book->has_too_many)
		return NULL;
	struct sheet *sheet = &book->sheets[book->n_sheets++];
	set_name(sheet, name);
	if (!sheet->name[0] || name_is_taken(book, sheet->name))
		snprintf(sheet->name, sizeof(sheet->name), "%u", book->n_sheets);
	for (unsigned i = 0; i < BOOK_MAX_COLUMNS && widths[i]; i++) {
		sheet->widths[i] = widths[i];
		text_printf(&sheet->columns,
			    "<col min=\"%u\" max=\"%u\" width=\"%u\" customWidth=\"1\"/>", i + 1,
			    i + 1, widths[i]);
	}
	return sheet;
}

/* A row of more lines than one says how high it is: some programs do not measure it. */
static void end_row(struct sheet *sheet)
{
	if (!sheet->in_row)
		return;
	text_printf(&sheet->rows, "<row r=\"%u\"", sheet->row);
	if (sheet->lines > 1)
		text_printf(&sheet->rows, " ht=\"%u\"", sheet->lines * LINE_HEIGHT);
	text_put(&sheet->rows, ">");
	text_put_bytes(&sheet->rows, sheet->cells.text ? sheet->cells.text : "", sheet->cells.len);
	text_put(&sheet->rows, "</row>\n");
	sheet->cells.len = 0;
	sheet->lines = 0;
	sheet->in_row = false;
}

void book_row(struct sheet *sheet)
{
	end_row(sheet);
	sheet->in_row = true;
	sheet->column = 0;
	sheet->row++;
}

static unsigned width_of(const struct sheet *sheet, unsigned column)
{
	unsigned i = 0;
	while (i < column && sheet->widths[i])
		i++;
	return sheet->widths[i];
}

/* Lines that a text takes in its column: Han are two characters wide, what is wrapped loses some. */
static void count_lines(struct sheet *sheet, enum style style, const char *text)
{
	const unsigned width = width_of(sheet, sheet->column);
	unsigned n = 0;
	if (!width || (style != STYLE_HEADER && style != STYLE_TEXT && style != STYLE_INPUT))
		return;
	for (size_t left = strlen(text); left;) {
		uint32_t code = 0;
		const size_t len = lt_text_decode(text, left, &code);
		const size_t step = len ? len : 1;
		n += code < 0x2e80 ? 1 : 2;
		text += step;
		left -= step;
	}
	const unsigned lines = (n + n / 10 + width - 1) / width;
	if (n > width && lines > sheet->lines)
		sheet->lines = lines < MOST_LINES ? lines : MOST_LINES;
}

static void letters_of(unsigned column, char out[8])
{
	char *at = out + 7;
	*at = '\0';
	for (column++; column; column = (column - 1) / 26)
		*--at = (char)('A' + (column - 1) % 26);
	memmove(out, at, strlen(at) + 1);
}

void book_here(const struct sheet *sheet, char out[16])
{
	char letters[8];
	letters_of(sheet->column, letters);
	snprintf(out, 16, "%s%u", letters, sheet->row);
}

const char *book_reference(struct book *book, const struct sheet *sheet)
{
	char letters[8];
	letters_of(sheet->column, letters);
	return book_text(book, "'%s'!$%s$%u", sheet->name, letters, sheet->row);
}

void book_skip(struct sheet *sheet)
{
	sheet->column++;
}

void book_put(struct sheet *sheet, enum style style, const char *text)
{
	char here[16];
	book_here(sheet, here);
	count_lines(sheet, style, text);
	sheet->column++;
	if (!text[0]) {
		text_printf(&sheet->cells, "<c r=\"%s\" s=\"%d\"/>", here, style);
		return;
	}
	text_printf(&sheet->cells,
		    "<c r=\"%s\" s=\"%d\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", here,
		    style);
	text_put_escaped(&sheet->cells, text);
	text_put(&sheet->cells, "</t></is></c>");
}

void book_put_number(struct sheet *sheet, enum style style, const char *decimal)
{
	char here[16];
	book_here(sheet, here);
	sheet->column++;
	if (decimal[0])
		text_printf(&sheet->cells, "<c r=\"%s\" s=\"%d\"><v>%s</v></c>", here, style,
			    decimal);
	else
		text_printf(&sheet->cells, "<c r=\"%s\" s=\"%d\"/>", here, style);
}

void book_put_formula(struct sheet *sheet, enum style style, const char *formula,
		      const char *cached, bool is_text)
{
	char here[16];
	book_here(sheet, here);
	sheet->column++;
	text_printf(&sheet->cells, "<c r=\"%s\" s=\"%d\"%s><f>", here, style,
		    is_text ? " t=\"str\"" : "");
	text_put_escaped(&sheet->cells, formula);
	text_put(&sheet->cells, "</f>");
	if (cached[0]) {
		text_put(&sheet->cells, "<v>");
		text_put_escaped(&sheet->cells, cached);
		text_put(&sheet->cells, "</v>");
	}
	text_put(&sheet->cells, "</c>");
}

/* ---- what may be typed ---- */

void book_check_list(struct sheet *sheet, const char *list)
{
	char here[16];
	const bool is_reference = list[0] == '\'';
	if (!list[0] || (!is_reference && strlen(list) > INLINE_LIST))
		return;
	book_here(sheet, here);
	text_printf(&sheet->checks,
		    "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" "
		    "sqref=\"%s\"><formula1>%s",
		    here, is_reference ? "" : "&quot;");
	text_put_escaped(&sheet->checks, list);
	text_printf(&sheet->checks, "%s</formula1></dataValidation>", is_reference ? "" : "&quot;");
	sheet->n_checks++;
}

void book_check_range(struct book *book, struct sheet *sheet, const char *min, const char *max)
{
	char here[16];
	if (!min[0])
		return;
	book_here(sheet, here);
	text_printf(&sheet->checks,
		    "<dataValidation type=\"decimal\" operator=\"%s\" allowBlank=\"1\" "
		    "showErrorMessage=\"1\" error=\"%s\" sqref=\"%s\"><formula1>%s</formula1>",
		    max[0] ? "between" : "greaterThanOrEqual",
		    book_say(book, "超出允许的范围", "outside the permitted range"), here, min);
	if (max[0])
		text_printf(&sheet->checks, "<formula2>%s</formula2>", max);
	text_put(&sheet->checks, "</dataValidation>");
	sheet->n_checks++;
}

/* ---- on paper ---- */

static unsigned whole_width(const struct sheet *sheet)
{
	unsigned width = 0;
	for (unsigned i = 0; sheet->widths[i]; i++)
		width += sheet->widths[i];
	return width;
}

static unsigned pages_across(const struct sheet *sheet)
{
	return (whole_width(sheet) + ACROSS_WIDTH - 1) / ACROSS_WIDTH;
}

static void put_paper(struct text_out *out, const struct sheet *sheet)
{
	text_printf(out,
		    "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" "
		    "header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" fitToWidth=\"%u\" "
		    "fitToHeight=\"0\" orientation=\"%s\"/>"
		    "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>",
		    pages_across(sheet),
		    whole_width(sheet) <= UPRIGHT_WIDTH ? "portrait" : "landscape");
}

/* Titles on every page: the rows that stay in sight, and of a sheet that is more than a page wide the
 * first column. */
static void put_titles(struct text_out *out, const struct sheet *sheet, unsigned number)
{
	text_printf(out, "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"%u\">", number);
	if (pages_across(sheet) > 1) {
		text_put(out, "'");
		text_put_escaped(out, sheet->name);
		text_put(out, "'!$A:$A,");
	}
	text_put(out, "'");
	text_put_escaped(out, sheet->name);
	text_printf(out, "'!$1:$%u</definedName>", sheet->frozen);
}

/* ---- parts ---- */

static enum lt_status add_sheet(struct pack *pack, struct sheet *sheet, unsigned number)
{
	struct text_out out = { 0 };
	char name[64];
	snprintf(name, sizeof(name), "xl/worksheets/sheet%u.xml", number);
	end_row(sheet);
	text_put(&out, XML_HEAD "<worksheet xmlns=\"" SPREADSHEET "\"><sheetPr>"
			       "<pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>"
			       "<sheetView workbookViewId=\"0\"");
	text_put(&out, number == 1 ? " tabSelected=\"1\"" : "");
	if (sheet->frozen)
		text_printf(&out,
			    "><pane ySplit=\"%u\" topLeftCell=\"A%u\" activePane=\"bottomLeft\" "
			    "state=\"frozen\"/></sheetView></sheetViews>",
			    sheet->frozen, sheet->frozen + 1);
	else
		text_put(&out, "/></sheetViews>");
	text_printf(&out, "<sheetFormatPr defaultRowHeight=\"%u\" customHeight=\"1\"/>", LINE_HEIGHT);
	text_put(&out, "<cols>");
	text_put_bytes(&out, sheet->columns.text ? sheet->columns.text : "", sheet->columns.len);
	text_put(&out, "</cols><sheetData>\n");
	text_put_bytes(&out, sheet->rows.text ? sheet->rows.text : "", sheet->rows.len);
	text_put(&out, "</sheetData>");
	if (sheet->n_checks) {
		text_printf(&out, "<dataValidations count=\"%u\">", sheet->n_checks);
		text_put_bytes(&out, sheet->checks.text ? sheet->checks.text : "",
			       sheet->checks.len);
		text_put(&out, "</dataValidations>");
	}
	put_paper(&out, sheet);
	text_put(&out, "</worksheet>");
	out.failed |= sheet->rows.failed || sheet->cells.failed || sheet->columns.failed ||
		      sheet->checks.failed;
	return pack_add(pack, name, &out);
}

static enum lt_status add_workbook(struct pack *pack, const struct book *book)
{
	struct text_out out = { 0 }, relations = { 0 };
	text_put(&out, XML_HEAD "<workbook xmlns=\"" SPREADSHEET "\" xmlns:r=\"" RELATIONS
			       "\"><bookViews><workbookView/></bookViews><sheets>");
	text_put(&relations, XML_HEAD "<Relationships xmlns=\"" PACKAGE "/relationships\">");
	for (unsigned i = 0; i < book->n_sheets; i++) {
		text_put(&out, "<sheet name=\"");
		text_put_escaped(&out, book->sheets[i].name);
		text_printf(&out, "\" sheetId=\"%u\"%s r:id=\"rId%u\"/>", i + 1,
			    book->sheets[i].is_hidden ? " state=\"hidden\"" : "", i + 1);
		text_printf(&relations,
			    "<Relationship Id=\"rId%u\" Type=\"" RELATIONS
			    "/worksheet\" Target=\"worksheets/sheet%u.xml\"/>",
			    i + 1, i + 1);
	}
	text_put(&out, "</sheets><definedNames>");
	for (unsigned i = 0; i < book->n_sheets; i++)
		if (book->sheets[i].frozen)
			put_titles(&out, &book->sheets[i], i);
	text_put(&out, "</definedNames><calcPr calcId=\"191029\"/></workbook>");
	text_printf(&relations,
		    "<Relationship Id=\"rId%u\" Type=\"" RELATIONS
		    "/styles\" Target=\"styles.xml\"/></Relationships>",
		    book->n_sheets + 1);
	enum lt_status status = pack_add(pack, "xl/workbook.xml", &out);
	return status ? status : pack_add(pack, "xl/_rels/workbook.xml.rels", &relations);
}

static enum lt_status add_types(struct pack *pack, const struct book *book)
{
	struct text_out out = { 0 };
	text_put(&out, XML_HEAD
		 "<Types xmlns=\"" PACKAGE "/content-types\">"
		 "<Default Extension=\"rels\" "
		 "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
		 "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
		 "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
		 "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
		 "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/"
		 "vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
		 "<Override PartName=\"/docProps/core.xml\" "
		 "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>");
	for (unsigned i = 0; i < book->n_sheets; i++)
		text_printf(&out,
			    "<Override PartName=\"/xl/worksheets/sheet%u.xml\" "
			    "ContentType=\"application/vnd.openxmlformats-officedocument."
			    "spreadsheetml.worksheet+xml\"/>",
			    i + 1);
	text_put(&out, "</Types>");
	return pack_add(pack, "[Content_Types].xml", &out);
}

static enum lt_status add_head(struct pack *pack, const struct book *book)
{
	struct text_out out = { 0 }, core = { 0 };
	text_put(&out, XML_HEAD
		 "<Relationships xmlns=\"" PACKAGE "/relationships\">"
		 "<Relationship Id=\"rId1\" Type=\"" RELATIONS
		 "/officeDocument\" Target=\"xl/workbook.xml\"/>"
		 "<Relationship Id=\"rId2\" Type=\"" PACKAGE
		 "/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
		 "</Relationships>");
	text_put(&core, XML_HEAD
		 "<cp:coreProperties xmlns:cp=\"" PACKAGE "/metadata/core-properties\" "
		 "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
		 "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
		 "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
	text_put_escaped(&core, lt_json_get_text(lt_json_get(book->report, "park"), "name"));
	text_put(&core, "</dc:title><dcterms:created xsi:type=\"dcterms:W3CDTF\">");
	text_put_escaped(&core, lt_json_get_text(book->report, "date"));
	text_put(&core, "T00:00:00Z</dcterms:created></cp:coreProperties>");
	enum lt_status status = pack_add(pack, "_rels/.rels", &out);
	return status ? status : pack_add(pack, "docProps/core.xml", &core);
}

/* Fonts, fills, borders; then the formats that enum style numbers. */
static const char *const styles[] = {
	XML_HEAD "<styleSheet xmlns=\"" SPREADSHEET "\">"
		 "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"#,##0.####\"/></numFmts>",
	"<fonts count=\"4\"><font><sz val=\"11\"/><name val=\"Microsoft YaHei\"/></font>"
	"<font><b/><sz val=\"16\"/><color rgb=\"FF0F6B4F\"/><name val=\"Microsoft YaHei\"/></font>"
	"<font><b/><sz val=\"11\"/><color rgb=\"FF0D4A38\"/><name val=\"Microsoft YaHei\"/></font>"
	"<font><sz val=\"10\"/><color rgb=\"FF66756F\"/><name val=\"Microsoft YaHei\"/></font></fonts>",
	"<fills count=\"5\"><fill><patternFill patternType=\"none\"/></fill>"
	"<fill><patternFill patternType=\"gray125\"/></fill>"
	"<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE3F1EA\"/></patternFill></fill>"
	"<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFFBE8\"/></patternFill></fill>"
	"<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFF4F8F6\"/></patternFill></fill></fills>",
	"<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
	"<border><left style=\"thin\"><color rgb=\"FFC9D6D0\"/></left>"
	"<right style=\"thin\"><color rgb=\"FFC9D6D0\"/></right>"
	"<top style=\"thin\"><color rgb=\"FFC9D6D0\"/></top>"
	"<bottom style=\"thin\"><color rgb=\"FFC9D6D0\"/></bottom><diagonal/></border></borders>",
	"<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
	"</cellStyleXfs><cellXfs count=\"10\">"
	"<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
	"<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>",
	"<xf numFmtId=\"0\" fontId=\"2\" fillId=\"2\" borderId=\"1\" xfId=\"0\" applyFont=\"1\" "
	"applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"center\" "
	"wrapText=\"1\"/></xf>"
	"<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyBorder=\"1\" "
	"applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>",
	"<xf numFmtId=\"49\" fontId=\"0\" fillId=\"3\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" "
	"applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" "
	"wrapText=\"1\"/></xf>"
	"<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyBorder=\"1\" "
	"applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>",
	"<xf numFmtId=\"0\" fontId=\"0\" fillId=\"3\" borderId=\"1\" xfId=\"0\" applyFill=\"1\" "
	"applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>"
	"<xf numFmtId=\"164\" fontId=\"2\" fillId=\"4\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" "
	"applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment "
	"horizontal=\"right\" vertical=\"top\"/></xf>",
	"<xf numFmtId=\"0\" fontId=\"3\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
	"<xf numFmtId=\"0\" fontId=\"2\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs>"
	"<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
	"</styleSheet>",
};

static enum lt_status add_styles(struct pack *pack)
{
	struct text_out out = { 0 };
	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++)
		text_put(&out, styles[i]);
	return pack_add(pack, "xl/styles.xml", &out);
}

static enum lt_status pack_book(struct book *book, FILE *out, struct lt_err *err)
{
	struct pack pack;
	enum lt_status status = pack_begin(&pack, err);
	if (!status)
		status = add_types(&pack, book);
	if (!status)
		status = add_head(&pack, book);
	if (!status)
		status = add_workbook(&pack, book);
	if (!status)
		status = add_styles(&pack);
	for (unsigned i = 0; i < book->n_sheets && !status; i++)
		status = add_sheet(&pack, &book->sheets[i], i + 1);
	if (!status)
		status = pack_finish(&pack, out);
	pack_abandon(&pack);
	return status;
}

/* ---- the first sheet: what it is of, how to fill it in ---- */

static void put_notes(struct book *book, struct sheet *sheet)
{
	static const char *const zh[] = {
		"# 浅黄色的格子可填；有下拉的从下拉里选。其余格子是规则集的内容和公式，改了也不会读回。",
		"# 未填的条款记“未定”，依据它的合计和结论也为“未定”。",
		"# 备注写清依据；佐证文件另交，由评价机构关联到条款和页码。",
		"# 填好后存为 .xlsx 交回，用 lingtan import 逐项核对差异后导入。",
	};
	static const char *const en[] = {
		"# Fill in the light yellow cells; take what a list offers. All else is the ruleset's, or a formula, and is not read back.",
		"# A clause that is not filled in is 'open', and so is what rests on it.",
		"# Say in the remark what a verdict rests on; evidence is handed in as files, and tied to clause and page by the body.",
		"# Save as .xlsx and hand it back; lingtan import shows every difference before it takes anything.",
	};
	for (size_t i = 0; i < sizeof(zh) / sizeof(zh[0]); i++) {
		book_row(sheet);
		book_put(sheet, STYLE_NOTE, book_say(book, zh[i], en[i]));
	}
}

static const char *rung_word(const struct book *book)
{
	node rungs = lt_json_get(book->report, "rungs");
	for (node at = rungs->first; at && book->lang == LT_ZH; at = at->next)
		if (strcmp(lt_json_get_text(at, "rung"), book->rung) == 0)
			return book_label(book, at, "title");
	return book->rung;
}

static void put_first_sheet(struct book *book)
{
	static const unsigned widths[] = { 24, 70, 0 };
	node ruleset = lt_json_get(book->report, "ruleset");
	const char *owner = lt_json_get_text(book->report, "owner");
	struct sheet *sheet = book_sheet(book, book_say(book, "说明", "About"), widths);
	if (!sheet)
		return;
	book_row(sheet);
	book_put(sheet, STYLE_TITLE,
		 book_text(book, "# %s", lt_json_get_text(lt_json_get(book->report, "park"), "name")));
	book_row(sheet);
	book_put(sheet, STYLE_NOTE,
		 book_text(book, "# %s %s · %s%s%s", lt_json_get_text(ruleset, "code"),
			   book_label(book, ruleset, "title"), lt_json_get_text(book->report, "date"),
			   owner[0] ? " · " : "", owner));
	book_row(sheet);
	book_put(sheet, STYLE_TEXT, book_say(book, "#评价", "#assessment"));
	book_put(sheet, STYLE_TEXT,
		 lt_json_get_text(lt_json_get(book->report, "assessment"), "name"));
	book_row(sheet);
	book_put(sheet, STYLE_TEXT, book_say(book, "#层级", "#rung"));
	book_put(sheet, STYLE_TEXT, rung_word(book));
	if (owner[0]) {
		book_row(sheet);
		book_put(sheet, STYLE_TEXT, book_say(book, "#责任人", "#owner"));
		book_put(sheet, STYLE_TEXT, owner);
	}
	put_notes(book, sheet);
}

/* ---- the whole ---- */

static enum lt_status make_room(struct book *book, struct lt_err *err)
{
	node plan = lt_json_get(book->report, "plan");
	const unsigned n = lt_json_get(plan, "items")->n + lt_json_get(plan, "numbers")->n +
			   lt_json_get(plan, "nodes")->n +
			   lt_json_get(book->report, "quantities")->n + 1;
	book->items = lt_arena_alloc(book->arena, n, sizeof(*book->items));
	book->cells = lt_arena_alloc(book->arena, n, sizeof(*book->cells));
	book->given = lt_arena_alloc(book->arena, n, sizeof(*book->given));
	book->values = lt_arena_alloc(book->arena, n, sizeof(*book->values));
	book->n_slots = n;
	return book->items && book->cells && book->given && book->values ? LT_OK : lt_err_memory(err);
}

static void release_sheets(struct book *book)
{
	for (unsigned i = 0; i < book->n_sheets; i++) {
		text_release(&book->sheets[i].columns);
		text_release(&book->sheets[i].rows);
		text_release(&book->sheets[i].cells);
		text_release(&book->sheets[i].checks);
	}
}

static enum lt_status make_book(struct book *book, FILE *out, struct lt_err *err)
{
	enum lt_status status = make_room(book, err);
	if (status)
		return status;
	put_first_sheet(book);
	book_sections(book);
	book_quantities(book);
	book_inventory(book);
	/* of a part there is no sum */
	if (!lt_json_get_text(book->report, "owner")[0])
		book_plan(book);
	if (book->failed)
		return lt_err_memory(err);
	if (book->has_too_many)
		return lt_err_set(err, LT_EDATA, "超过 %u 张工作表，一个工作簿放不下；请导出 csv",
				  "more than %u sheets, too many for one workbook; export csv",
				  BOOK_MAX_SHEETS);
	return pack_book(book, out, err);
}

enum lt_status book_print(int fd, FILE *out, struct lt_err *err)
{
	struct render_input input;
	box_close();
	enum lt_status status = render_input_read(fd, &input, err);
	struct book *book = status ? NULL : lt_arena_alloc(&input.arena, 1, sizeof(*book));
	if (!status && !book)
		status = lt_err_memory(err);
	if (!status) {
		book->report = input.report;
		book->lang = input.lang;
		book->lang_key = input.lang == LT_ZH ? "zh" : "en";
		book->rung = lt_json_get_text(input.report, "rung");
		book->arena = &input.arena;
		status = make_book(book, out, err);
		release_sheets(book);
	}
	render_input_release(&input);
	return status;
}
