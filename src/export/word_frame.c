/* The file around a report: a plain one of ours. */
#include <stdio.h>
#include <string.h>
#include "word.h"

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006"
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

/* ---- pictures ---- */

enum lt_status word_add_pictures(struct pack *pack, const struct word *word)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < word->n_pictures && !status; i++) {
		char name[64];
		snprintf(name, sizeof(name), "word/media/lingtan%u.png", word->frame->first + i);
		status = pack_add_bytes(pack, name, word->pictures[i].png, word->pictures[i].len);
	}
	return status;
}

void word_put_relations(struct text_out *out, const struct word *word)
{
	for (unsigned i = 0; i < word->n_pictures; i++)
		text_printf(out,
			    "<Relationship Id=\"rId%u\" Type=\"" R
			    "/image\" Target=\"media/lingtan%u.png\"/>",
			    word->frame->first + i, word->frame->first + i);
}

/* ---- our own file ---- */

static const char *const own_styles[] = {
	XML_HEAD "<w:styles xmlns:w=\"" W "\"><w:docDefaults><w:rPrDefault><w:rPr>"
		 "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"Microsoft YaHei\" w:cs=\"Arial\"/>"
		 "<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>"
		 "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line=\"312\" "
		 "w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>",
	"<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/>"
	"<w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" "
	"w:space=\"4\" w:color=\"0F6B4F\"/></w:pBdr><w:spacing w:before=\"480\" w:after=\"200\"/>"
	"<w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"34\"/><w:szCs w:val=\"34\"/></w:rPr></w:style>",
	"<w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"Normal\"/>"
	"<w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before=\"320\" w:after=\"140\"/>"
	"<w:outlineLvl w:val=\"1\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:color w:val=\"0F6B4F\"/><w:sz w:val=\"27\"/>"
	"<w:szCs w:val=\"27\"/></w:rPr></w:style>",
	"<w:style w:type=\"paragraph\" w:styleId=\"Heading3\"><w:name w:val=\"heading 3\"/><w:basedOn w:val=\"Normal\"/>"
	"<w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before=\"240\" w:after=\"100\"/>"
	"<w:outlineLvl w:val=\"2\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"23\"/><w:szCs w:val=\"23\"/></w:rPr>"
	"</w:style></w:styles>",
};

static const char own_types[] =
	XML_HEAD "<Types xmlns=\"" PACKAGE "/content-types\"><Default Extension=\"rels\" "
	"ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
	"ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"
	"<Override PartName=\"/word/document.xml\" ContentType=\"application/"
	"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
	"<Override PartName=\"/word/styles.xml\" ContentType=\"application/"
	"vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
	"<Override PartName=\"/word/header1.xml\" ContentType=\"application/"
	"vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>"
	"<Override PartName=\"/word/footer1.xml\" ContentType=\"application/"
	"vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>"
	"<Override PartName=\"/docProps/core.xml\" "
	"ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

static enum lt_status add_text(struct pack *pack, const char *name, const char *text)
{
	return pack_add_bytes(pack, name, text, strlen(text));
}

static enum lt_status add_own_head(struct pack *pack, const struct word *word)
{
	const struct document *document = word->document;
	struct text_out out = { 0 };
	enum lt_status status = add_text(pack, "[Content_Types].xml", own_types);
	if (!status)
		status = add_text(pack, "_rels/.rels",
				  XML_HEAD "<Relationships xmlns=\"" PACKAGE
					   "/relationships\"><Relationship Id=\"rId1\" Type=\"" R
					   "/officeDocument\" Target=\"word/document.xml\"/>"
					   "<Relationship Id=\"rId2\" Type=\"" PACKAGE
					   "/relationships/metadata/core-properties\" "
					   "Target=\"docProps/core.xml\"/></Relationships>");
	text_put(&out, XML_HEAD "<cp:coreProperties xmlns:cp=\"" PACKAGE
				"/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
				"xmlns:dcterms=\"http://purl.org/dc/terms/\" "
				"xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
	text_put_escaped(&out, document->title);
	text_put(&out, "</dc:title><dc:subject>");
	text_put_escaped(&out, document->park);
	text_put(&out, "</dc:subject><dcterms:created xsi:type=\"dcterms:W3CDTF\">");
	text_put_escaped(&out, document->date);
	text_put(&out, "T00:00:00Z</dcterms:created></cp:coreProperties>");
	if (status)
		text_release(&out);
	return status ? status : pack_add(pack, "docProps/core.xml", &out);
}

static enum lt_status add_styles(struct pack *pack)
{
	struct text_out out = { 0 };
	for (size_t i = 0; i < sizeof(own_styles) / sizeof(own_styles[0]); i++)
		text_put(&out, own_styles[i]);
	return pack_add(pack, "word/styles.xml", &out);
}

/* "text    3 / 12" at the foot; at the head what the document is not. */
static enum lt_status add_margins(struct pack *pack, const struct word *word)
{
	static const char field[] =
		"<w:r><w:rPr><w:color w:val=\"66756F\"/><w:sz w:val=\"16\"/></w:rPr>"
		"<w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:rPr><w:color w:val=\"66756F\"/>"
		"<w:sz w:val=\"16\"/></w:rPr><w:instrText xml:space=\"preserve\"> %s </w:instrText></w:r>"
		"<w:r><w:rPr><w:sz w:val=\"16\"/></w:rPr><w:fldChar w:fldCharType=\"separate\"/></w:r>"
		"<w:r><w:rPr><w:color w:val=\"66756F\"/><w:sz w:val=\"16\"/></w:rPr><w:t>1</w:t></w:r>"
		"<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
	static const char run[] = "<w:r><w:rPr><w:color w:val=\"%s\"/><w:sz w:val=\"%u\"/></w:rPr>"
				  "<w:t xml:space=\"preserve\">";
	struct text_out foot = { 0 }, head = { 0 };
	text_printf(&foot, XML_HEAD "<w:ftr xmlns:w=\"" W "\"><w:p><w:pPr><w:tabs>"
				    "<w:tab w:val=\"right\" w:pos=\"%u\"/></w:tabs></w:pPr>",
		    WORD_OWN_WIDTH);
	text_printf(&foot, run, "66756F", 16u);
	text_put_escaped(&foot, word->document->footer);
	text_put(&foot, "</w:t></w:r><w:r><w:tab/></w:r>");
	text_printf(&foot, field, "PAGE");
	text_printf(&foot, run, "66756F", 16u);
	text_put(&foot, " / </w:t></w:r>");
	text_printf(&foot, field, "NUMPAGES");
	text_put(&foot, "</w:p></w:ftr>");
	text_put(&head, XML_HEAD "<w:hdr xmlns:w=\"" W "\"><w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr>");
	text_printf(&head, run, "B3362B", 18u);
	text_put_escaped(&head, word->document->mark ? word->document->mark : "");
	text_put(&head, "</w:t></w:r></w:p></w:hdr>");
	enum lt_status status = pack_add(pack, "word/footer1.xml", &foot);
	if (status)
		text_release(&head);
	return status ? status : pack_add(pack, "word/header1.xml", &head);
}

static enum lt_status add_own_relations(struct pack *pack, const struct word *word)
{
	struct text_out out = { 0 };
	text_put(&out, XML_HEAD "<Relationships xmlns=\"" PACKAGE "/relationships\">"
				"<Relationship Id=\"rId1\" Type=\"" R "/styles\" Target=\"styles.xml\"/>"
				"<Relationship Id=\"rId2\" Type=\"" R "/header\" Target=\"header1.xml\"/>"
				"<Relationship Id=\"rId3\" Type=\"" R "/footer\" Target=\"footer1.xml\"/>");
	word_put_relations(&out, word);
	text_put(&out, "</Relationships>");
	return pack_add(pack, "word/_rels/document.xml.rels", &out);
}

enum lt_status word_pack_own(struct word *word, FILE *file)
{
	static const struct word_frame frame = { .heading = { "Heading1", "Heading2", "Heading3" },
						 .text_width = WORD_OWN_WIDTH,
						 .first = WORD_FIRST,
						 .is_own = true };
	struct pack pack = { 0 };
	word->frame = &frame;
	text_put(word->out, XML_HEAD "<w:document xmlns:w=\"" W "\" xmlns:r=\"" R "\"><w:body>\n");
	word_write_cover(word);
	enum lt_status status = word_write_blocks(word);
	text_put(word->out,
		 "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/>"
		 "<w:footerReference w:type=\"default\" r:id=\"rId3\"/>"
		 "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1361\" w:right=\"1248\" "
		 "w:bottom=\"1247\" w:left=\"1248\" w:header=\"680\" w:footer=\"624\" w:gutter=\"0\"/>"
		 "<w:titlePg/></w:sectPr></w:body></w:document>");
	if (!status)
		status = pack_begin(&pack, word->err);
	if (!status)
		status = add_own_head(&pack, word);
	if (!status)
		status = pack_add(&pack, "word/document.xml", word->out);
	if (!status)
		status = add_own_relations(&pack, word);
	if (!status)
		status = add_styles(&pack);
	if (!status)
		status = add_margins(&pack, word);
	if (!status)
		status = word_add_pictures(&pack, word);
	if (!status)
		status = pack_finish(&pack, file);
	pack_abandon(&pack);
	return status;
}
