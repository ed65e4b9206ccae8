/* The file around a report: a plain one of ours, or the body's own. */
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>
#include "lingtan/export/word_out.h"
#include "word.h"

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006"
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
/* A4 with 22 mm on both sides */
#define OWN_WIDTH 9410u

/* ---- pictures ---- */

static enum lt_status add_pictures(struct pack *pack, const struct word *word)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < word->n_pictures && !status; i++) {
		char name[64];
		snprintf(name, sizeof(name), "word/media/lingtan%u.png", i + 1);
		status = pack_add_bytes(pack, name, word->pictures[i].png, word->pictures[i].len);
	}
	return status;
}

static void put_picture_relations(struct text_out *out, const struct word *word)
{
	for (unsigned i = 0; i < word->n_pictures; i++)
		text_printf(out,
			    "<Relationship Id=\"rId%u\" Type=\"" R
			    "/image\" Target=\"media/lingtan%u.png\"/>",
			    FIRST_PICTURE + i, i + 1);
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
		    OWN_WIDTH);
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
	put_picture_relations(&out, word);
	text_put(&out, "</Relationships>");
	return pack_add(pack, "word/_rels/document.xml.rels", &out);
}

enum lt_status word_pack_own(struct word *word, FILE *file)
{
	static const struct word_frame frame = { .heading = { "Heading1", "Heading2", "Heading3" },
						 .text_width = OWN_WIDTH,
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
		status = add_pictures(&pack, word);
	if (!status)
		status = pack_finish(&pack, file);
	pack_abandon(&pack);
	return status;
}

/* ---- the body's own file ---- */

struct part {
	const char *name;
	char *bytes; /* in the arena, NUL-terminated */
	size_t len;
};

struct template {
	struct word *word;
	zip_t *zip;
	struct part *parts;
	unsigned n_parts;
	size_t inflated;
	const char *main, *main_relations; /* names of parts */
};

/* zh and en: sentences without arguments. */
static enum lt_status refuse(const struct template *template, const char *zh, const char *en)
{
	struct lt_err *err = template->word->err;
	lt_err_set(err, LT_EFILE, "%s", "%s", zh);
	snprintf(err->text[LT_EN], sizeof(err->text[LT_EN]), "%s", en);
	return LT_EFILE;
}

static enum lt_status is_damaged(const struct template *template)
{
	return refuse(template,
		      "模板不是 .docx 文件，或已损坏；请用 Word 或 WPS 打开后另存为 .docx",
		      "the template is no .docx file, or it is damaged; open it in an office suite and "
		      "save it as .docx");
}

/* Sizes are looked at before anything is unpacked. */
static enum lt_status check_size(struct template *template, const zip_stat_t *stat)
{
	const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_NAME;
	if ((stat->valid & needed) != needed || (stat->valid & ZIP_STAT_ENCRYPTION_METHOD &&
						 stat->encryption_method != ZIP_EM_NONE))
		return is_damaged(template);
	if (stat->size > WORD_MAX_INFLATED - template->inflated)
		return refuse(template, "模板展开后过大；请删去图片后另存",
			      "the template is too large unpacked; take pictures out and save again");
	if (stat->size > 262144 && stat->size / WORD_MAX_RATIO >= stat->comp_size)
		return refuse(template, "模板的压缩比过高，疑似压缩炸弹；请用 Word 打开后另存",
			      "the template is packed as attacks are; open it in an office suite and "
			      "save it again");
	template->inflated += stat->size;
	return LT_OK;
}

static enum lt_status read_part(struct template *template, unsigned index)
{
	struct part *part = &template->parts[index];
	zip_stat_t stat;
	if (zip_stat_index(template->zip, index, ZIP_FL_ENC_GUESS, &stat) != 0)
		return is_damaged(template);
	enum lt_status status = check_size(template, &stat);
	if (status)
		return status;
	part->name = lt_arena_strndup(template->word->arena, stat.name, strlen(stat.name));
	part->bytes = lt_arena_alloc(template->word->arena, stat.size + 1, 1);
	if (!part->name || !part->bytes)
		return lt_err_memory(template->word->err);
	zip_file_t *file = zip_fopen_index(template->zip, index, 0);
	const zip_int64_t n = file ? zip_fread(file, part->bytes, stat.size) : -1;
	if (file)
		zip_fclose(file);
	part->len = (size_t)stat.size;
	return n == (zip_int64_t)stat.size ? LT_OK : is_damaged(template);
}

static struct part *find_part(const struct template *template, const char *name)
{
	for (unsigned i = 0; i < template->n_parts; i++)
		if (strcmp(template->parts[i].name, name) == 0)
			return &template->parts[i];
	return NULL;
}

/* A document type can name other files and blow itself up; Word files have none. */
static bool is_sound_xml(const struct part *part)
{
	if (strlen(part->bytes) != part->len || strstr(part->bytes, "<!DOCTYPE") ||
	    strstr(part->bytes, "<!ENTITY"))
		return false;
	xmlDocPtr tree = xmlReadMemory(part->bytes, (int)part->len, "part", NULL,
				       XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	const bool good = tree && !tree->intSubset;
	xmlFreeDoc(tree);
	return good;
}

static enum lt_status open_template(struct template *template, const char *bytes, size_t len)
{
	zip_source_t *source = zip_source_buffer_create(bytes, len, 0, NULL);
	template->zip = source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
	if (!template->zip) {
		zip_source_free(source);
		return is_damaged(template);
	}
	const zip_int64_t n = zip_get_num_entries(template->zip, 0);
	if (n <= 0 || n > (zip_int64_t)WORD_MAX_PARTS)
		return is_damaged(template);
	template->parts = lt_arena_alloc(template->word->arena, (size_t)n, sizeof(struct part));
	if (!template->parts)
		return lt_err_memory(template->word->err);
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < (unsigned)n && !status; i++) {
		template->n_parts = i + 1;
		status = read_part(template, i);
	}
	return status;
}

static enum lt_status check_template(struct template *template)
{
	static const char *const needed[] = { "[Content_Types].xml", "word/document.xml",
					      "word/_rels/document.xml.rels" };
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		const struct part *part = find_part(template, needed[i]);
		if (!part || !is_sound_xml(part))
			return is_damaged(template);
	}
	const struct part *styles = find_part(template, "word/styles.xml");
	if (styles && !is_sound_xml(styles))
		return is_damaged(template);
	const char *types = find_part(template, needed[0])->bytes;
	if (strstr(types, "macroEnabled") || find_part(template, "word/vbaProject.bin"))
		return refuse(template, "模板带有宏；请另存为不带宏的 .docx",
			      "the template has macros; save it as a .docx without them");
	return LT_OK;
}

/* ---- what the writer must know of it ---- */

/* The value of an attribute in a tag that begins at `tag`; false where it does not fit. */
static bool attribute_in(const char *tag, const char *name, char *out, size_t cap)
{
	const char *end = strchr(tag, '>'), *at = strstr(tag, name);
	if (!at || !end || at > end)
		return false;
	at += strlen(name);
	const size_t len = strcspn(at, "\"");
	if (len >= cap)
		return false;
	memcpy(out, at, len);
	out[len] = '\0';
	return true;
}

/* The id of the paragraph style that is called "heading N", whatever the language of the program
 * that wrote it. */
static void find_heading(const char *styles, unsigned level, char out[WORD_TEXT])
{
	char name[40];
	snprintf(name, sizeof(name), "<w:name w:val=\"heading %u\"/>", level);
	const char *at = strstr(styles, name), *style = NULL;
	for (const char *from = styles; at && (from = strstr(from, "<w:style ")) && from < at;
	     from++)
		style = from;
	if (!style || !attribute_in(style, "w:styleId=\"", out, WORD_TEXT))
		out[0] = '\0';
}

static unsigned number_in(const char *from, const char *tag, const char *name, unsigned otherwise)
{
	char text[16];
	const char *at = strstr(from, tag);
	if (!at || !attribute_in(at, name, text, sizeof(text)))
		return otherwise;
	const unsigned long value = strtoul(text, NULL, 10);
	return value > 0 && value < 60000 ? (unsigned)value : otherwise;
}

/* The settings of the last section, which stand at the end of the body: header, footer, paper. */
static const char *find_section(const char *body_end, const char *text)
{
	const char *last = NULL;
	for (const char *at = text; (at = strstr(at, "<w:sectPr")) && at < body_end; at++)
		last = at;
	if (!last)
		return NULL;
	const char *end = strstr(last, "</w:sectPr>");
	const char *close = strchr(last, '>');
	const bool is_empty = close && close[-1] == '/';
	end = is_empty ? close + 1 : end ? end + strlen("</w:sectPr>") : NULL;
	/* nothing may stand between it and the end of the body */
	return end && end + strspn(end, " \t\r\n") == body_end ? last : NULL;
}

static void read_frame(const struct template *template, const char *section,
		       struct word_frame *frame)
{
	const struct part *styles = find_part(template, "word/styles.xml");
	*frame = (struct word_frame){ .text_width = OWN_WIDTH };
	for (unsigned level = 1; styles && level <= 3; level++)
		find_heading(styles->bytes, level, frame->heading[level - 1]);
	if (!section)
		return;
	const unsigned paper = number_in(section, "<w:pgSz", "w:w=\"", 11906);
	const unsigned left = number_in(section, "<w:pgMar", "w:left=\"", 1248),
		       right = number_in(section, "<w:pgMar", "w:right=\"", 1248);
	if (left + right + 2000 < paper)
		frame->text_width = paper - left - right;
}

/* ---- writing into it ---- */

/* {{park}} and the like, in whatever part they stand in one piece. */
static void put_filled(struct text_out *out, const struct document *document, const char *text,
		       size_t len)
{
	const struct {
		const char *name, *value;
	} fields[] = {
		{ "{{park}}", document->park },	  { "{{title}}", document->title },
		{ "{{standard}}", document->code }, { "{{date}}", document->date },
		{ "{{version}}", document->version },
	};
	for (size_t i = 0; i < len;) {
		bool found = false;
		const char *brace = memchr(text + i, '{', len - i);
		const size_t plain = brace ? (size_t)(brace - text) - i : len - i;
		text_put_bytes(out, text + i, plain);
		i += plain;
		for (size_t f = 0; i < len && f < sizeof(fields) / sizeof(fields[0]); f++) {
			const size_t n = strlen(fields[f].name);
			if (len - i < n || memcmp(text + i, fields[f].name, n) != 0)
				continue;
			text_put_escaped(out, fields[f].value);
			i += n;
			found = true;
			break;
		}
		if (!found && i < len)
			text_put_bytes(out, text + i++, 1);
	}
}

/* The paragraph that says {{report}}: from its beginning to its end; false where there is none. */
static bool find_place(const char *text, const char **from, const char **to)
{
	const char *mark = strstr(text, "{{report}}");
	*from = NULL;
	for (const char *at = text; mark && (at = strstr(at, "<w:p")) && at < mark; at++)
		if (at[4] == '>' || at[4] == ' ')
			*from = at;
	*to = mark ? strstr(mark, "</w:p>") : NULL;
	if (*to)
		*to += strlen("</w:p>");
	return *from && *to;
}

static enum lt_status write_main(struct template *template)
{
	struct word *word = template->word;
	const char *text = find_part(template, "word/document.xml")->bytes;
	const char *body_end = strstr(text, "</w:body>"), *from, *to;
	struct word_frame *frame = lt_arena_alloc(word->arena, 1, sizeof(*frame));
	if (!frame)
		return lt_err_memory(word->err);
	if (!body_end)
		return is_damaged(template);
	const char *section = find_section(body_end, text);
	read_frame(template, section, frame);
	word->frame = frame;
	if (!find_place(text, &from, &to))
		from = to = section ? section : body_end;
	put_filled(word->out, word->document, text, (size_t)(from - text));
	word_write_cover(word);
	enum lt_status status = word_write_blocks(word);
	put_filled(word->out, word->document, to, strlen(to));
	return status;
}

static bool ends_with(const char *text, const char *end)
{
	const size_t len = strlen(text), n = strlen(end);
	return len >= n && strcmp(text + len - n, end) == 0;
}

/* A part with something put in before its closing tag. */
static enum lt_status add_before(struct template *template, struct pack *pack,
				 const struct part *part, const char *closing,
				 const struct text_out *more)
{
	struct text_out out = { 0 };
	const char *at = strstr(part->bytes, closing);
	if (!at)
		return is_damaged(template);
	text_put_bytes(&out, part->bytes, (size_t)(at - part->bytes));
	text_put_bytes(&out, more->text ? more->text : "", more->len);
	text_put(&out, at);
	return pack_add(pack, part->name, &out);
}

/* A template (.dotx) becomes a document; pictures are PNG. */
static enum lt_status add_types(struct template *template, struct pack *pack,
				const struct part *part)
{
	struct text_out out = { 0 };
	const char *main = "template.main+xml", *at = strstr(part->bytes, main);
	const char *closing = strstr(part->bytes, "</Types>");
	if (!closing)
		return is_damaged(template);
	if (at) {
		text_put_bytes(&out, part->bytes, (size_t)(at - part->bytes));
		text_put(&out, "document.main+xml");
		at += strlen(main);
	} else {
		at = part->bytes;
	}
	text_put_bytes(&out, at, (size_t)(closing - at));
	if (!strstr(part->bytes, "Extension=\"png\"") && template->word->n_pictures)
		text_put(&out, "<Default Extension=\"png\" ContentType=\"image/png\"/>");
	text_put(&out, closing);
	return pack_add(pack, part->name, &out);
}

static bool bears_text(const char *name)
{
	return strncmp(name, "word/header", 11) == 0 || strncmp(name, "word/footer", 11) == 0;
}

static enum lt_status add_part(struct template *template, struct pack *pack, struct part *part)
{
	struct word *word = template->word;
	struct text_out more = { 0 };
	if (strcmp(part->name, "[Content_Types].xml") == 0)
		return add_types(template, pack, part);
	if (strcmp(part->name, "word/document.xml") == 0)
		return pack_add(pack, part->name, word->out);
	if (strcmp(part->name, "word/_rels/document.xml.rels") == 0) {
		put_picture_relations(&more, word);
		const enum lt_status status =
			add_before(template, pack, part, "</Relationships>", &more);
		text_release(&more);
		return status;
	}
	if (bears_text(part->name) && ends_with(part->name, ".xml")) {
		put_filled(&more, word->document, part->bytes, part->len);
		return pack_add(pack, part->name, &more);
	}
	return pack_add_bytes(pack, part->name, part->bytes, part->len);
}

enum lt_status word_pack_template(struct word *word, const char *bytes, size_t len, FILE *file)
{
	struct template template = { .word = word };
	struct pack pack = { 0 };
	enum lt_status status = open_template(&template, bytes, len);
	if (!status)
		status = check_template(&template);
	if (!status)
		status = write_main(&template);
	if (!status)
		status = pack_begin(&pack, word->err);
	for (unsigned i = 0; i < template.n_parts && !status; i++)
		if (!ends_with(template.parts[i].name, "/"))
			status = add_part(&template, &pack, &template.parts[i]);
	if (!status)
		status = add_pictures(&pack, word);
	if (!status)
		status = pack_finish(&pack, file);
	pack_abandon(&pack);
	if (template.zip)
		zip_discard(template.zip);
	return status;
}
