/* A report written into the body's own Word file: its styles, headers, footers, sections and all else
 * stay as they are. */
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zip.h>
#include "lingtan/export/word_out.h"
#include "word.h"

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define RELATIONS "_rels/.rels"
#define WORD_MAX_DEPTH 32 /* of paragraphs within text boxes */

static bool ends_with(const char *text, const char *end)
{
	const size_t len = strlen(text), n = strlen(end);
	return len >= n && strcmp(text + len - n, end) == 0;
}

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

static enum lt_status is_damaged(const struct template *template)
{
	return lt_err_set(template->word->err, LT_EFILE,
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
		return lt_err_set(template->word->err, LT_EFILE, "模板展开后过大；请删去图片后另存",
				  "the template is too large unpacked; take pictures out and save again");
	if (stat->size > 262144 && stat->size / WORD_MAX_RATIO >= stat->comp_size)
		return lt_err_set(template->word->err, LT_EFILE,
				  "模板的压缩比过高，疑似压缩炸弹；请用 Word 打开后另存",
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

static char *attribute_of(const xmlNode *node, const char *name)
{
	return (char *)xmlGetProp(node, (const xmlChar *)name);
}

/* Where the text of the document stands: most programs call it word/document.xml, not all. */
static void find_main(struct template *template)
{
	static const char folder[] = "word/", type[] = "/officeDocument";
	const struct part *part = find_part(template, RELATIONS);
	xmlDocPtr tree = part && is_sound_xml(part)
				 ? xmlReadMemory(part->bytes, (int)part->len, "part", NULL, XML_PARSE_NONET)
				 : NULL;
	const xmlNode *root = tree ? xmlDocGetRootElement(tree) : NULL;
	for (const xmlNode *at = root ? root->children : NULL; at; at = at->next) {
		char *target = attribute_of(at, "Target"), *is = attribute_of(at, "Type");
		const char *name = target && target[0] == '/' ? target + 1 : target;
		if (name && is && strncmp(name, folder, strlen(folder)) == 0 && ends_with(is, type)) {
			struct lt_arena *arena = template->word->arena;
			template->main = lt_arena_printf(arena, "%s", name);
			template->main_relations = lt_arena_printf(arena, "%s_rels/%s.rels", folder,
								   name + strlen(folder));
		}
		xmlFree(target);
		xmlFree(is);
	}
	xmlFreeDoc(tree);
	if (!template->main || !template->main_relations)
		template->main = "word/document.xml",
		template->main_relations = "word/_rels/document.xml.rels";
}

static enum lt_status check_template(struct template *template)
{
	find_main(template);
	const char *const needed[] = { "[Content_Types].xml", template->main, template->main_relations };
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
		return lt_err_set(template->word->err, LT_EFILE, "模板带有宏；请另存为不带宏的 .docx",
				  "the template has macros; save it as a .docx without them");
	const char *text = find_part(template, template->main)->bytes;
	if (strstr(text, "http://purl.oclc.org/ooxml/"))
		return lt_err_set(template->word->err, LT_EFILE,
				  "模板存成了“严格 Open XML”；请另存为普通的 Word 文档（.docx）",
				  "the template is Strict Open XML; save it as an ordinary Word document "
				  "(.docx)");
	return strstr(text, "xmlns:w=\"" W "\"") ? LT_OK : is_damaged(template);
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

/* How much a style is the heading of a level: 2 by the name that every language of Word writes down
 * ("heading 1", in any case), 1 by a name of its own ("标题 1"), 0 not at all. */
static int is_heading(const xmlNode *style, unsigned level)
{
	char english[16], chinese[2][16];
	snprintf(english, sizeof(english), "heading %u", level);
	snprintf(chinese[0], sizeof(chinese[0]), "标题 %u", level);
	snprintf(chinese[1], sizeof(chinese[1]), "标题%u", level);
	int found = 0;
	for (const xmlNode *at = style->children; at && !found; at = at->next) {
		if (at->type != XML_ELEMENT_NODE || strcmp((const char *)at->name, "name") != 0)
			continue;
		char *name = attribute_of(at, "val");
		if (name && strcasecmp(name, english) == 0)
			found = 2;
		else if (name && (strcmp(name, chinese[0]) == 0 || strcmp(name, chinese[1]) == 0))
			found = 1;
		xmlFree(name);
	}
	return found;
}

/* The id of the paragraph style of headings of a level; "" where there is none or it is too long. */
static void find_heading(const xmlNode *styles, unsigned level, char out[WORD_TEXT])
{
	int best = 0;
	out[0] = '\0';
	for (const xmlNode *at = styles ? styles->children : NULL; at; at = at->next) {
		if (at->type != XML_ELEMENT_NODE || strcmp((const char *)at->name, "style") != 0)
			continue;
		const int as = is_heading(at, level);
		char *type = attribute_of(at, "type"), *id = attribute_of(at, "styleId");
		if (as > best && type && strcmp(type, "paragraph") == 0 && id && strlen(id) < WORD_TEXT) {
			best = as;
			memcpy(out, id, strlen(id) + 1);
		}
		xmlFree(type);
		xmlFree(id);
	}
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

struct span {
	const char *from, *to; /* NULL = there is none */
};

/* The next settings of a section from here on, whole: a change that was tracked holds older ones. */
static struct span next_section(const char *at)
{
	static const char open[] = "<w:sectPr", close[] = "</w:sectPr>";
	struct span found = { 0 };
	unsigned depth = 0;
	while ((at = strchr(at, '<'))) {
		const bool opens = strncmp(at, open, strlen(open)) == 0 &&
				   (at[strlen(open)] == '>' || at[strlen(open)] == ' ' || at[strlen(open)] == '/');
		const char *end = strchr(at, '>');
		if (!end)
			break;
		if (opens && !depth)
			found.from = at;
		depth += opens && end[-1] != '/';
		depth -= depth && strncmp(at, close, strlen(close)) == 0;
		if (found.from && !depth) {
			found.to = end + 1;
			return found;
		}
		at = end;
	}
	return (struct span){ 0 };
}

/* The settings of the last section, which stand at the end of the body. */
static struct span last_section(const char *text, const char *body_end)
{
	struct span last = { 0 };
	for (struct span at = next_section(text); at.from && at.to <= body_end; at = next_section(at.to))
		last = at;
	return last.to && last.to + strspn(last.to, " \t\r\n") == body_end ? last : (struct span){ 0 };
}

/* The greatest number that stands where ids do, so that ours are others: "Id="rId7", w:id="12". */
static unsigned greatest_id(const char *text, const char *before, unsigned greatest)
{
	for (const char *at = text; (at = strstr(at, before)); at++) {
		const unsigned long value = strtoul(at + strlen(before), NULL, 10);
		if (value > greatest && value < 1000000000)
			greatest = (unsigned)value;
	}
	return greatest;
}

static unsigned first_free_id(const struct template *template)
{
	const char *text = find_part(template, template->main)->bytes;
	unsigned greatest = greatest_id(text, "id=\"", WORD_FIRST - 1);
	greatest = greatest_id(find_part(template, template->main_relations)->bytes, "Id=\"rId", greatest);
	for (unsigned i = 0; i < template->n_parts; i++)
		greatest = greatest_id(template->parts[i].name, "media/lingtan", greatest);
	return greatest + 1;
}

static void read_frame(const struct template *template, const char *section,
		       struct word_frame *frame)
{
	const struct part *styles = find_part(template, "word/styles.xml");
	xmlDocPtr tree = styles ? xmlReadMemory(styles->bytes, (int)styles->len, "part", NULL, XML_PARSE_NONET)
				: NULL;
	*frame = (struct word_frame){ .text_width = WORD_OWN_WIDTH, .first = first_free_id(template) };
	for (unsigned level = 1; tree && level <= 3; level++)
		find_heading(xmlDocGetRootElement(tree), level, frame->heading[level - 1]);
	xmlFreeDoc(tree);
	if (!section)
		return;
	const unsigned paper = number_in(section, "<w:pgSz", "w:w=\"", 11906);
	const unsigned left = number_in(section, "<w:pgMar", "w:left=\"", 1248),
		       right = number_in(section, "<w:pgMar", "w:right=\"", 1248);
	if (left + right + 2000 < paper)
		frame->text_width = paper - left - right;
}

/* ---- writing into it ---- */

/* A tag that begins or ends a paragraph, or something that holds paragraphs. */
static bool parts_text(const char *tag)
{
	static const char *const names[] = { "w:p", "w:tc", "w:tr", "w:tbl", "w:txbxContent", "w:sdtContent" };
	const char *name = tag + 1 + (tag[1] == '/');
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const size_t len = strlen(names[i]);
		if (strncmp(name, names[i], len) == 0 && strchr("> /", name[len]))
			return true;
	}
	return false;
}

/* Whether "{{park}}" stands here, also where the program that wrote the file has parted it into runs;
 * *end is behind it. */
static bool is_mark(const char *at, const char *mark, const char **end)
{
	for (bool is_first = true; *mark; is_first = false) {
		if (*at == '<' && !is_first && !parts_text(at)) {
			at = strchr(at, '>');
			if (!at)
				return false;
			at++;
		} else if (*at++ != *mark++) {
			return false;
		}
	}
	*end = at;
	return true;
}

/* The tags within a mark that was parted: they stay, its letters do not. */
static void put_tags(struct text_out *out, const char *from, const char *to)
{
	while (from < to && (from = memchr(from, '<', (size_t)(to - from)))) {
		const char *end = strchr(from, '>');
		text_put_bytes(out, from, (size_t)(end + 1 - from));
		from = end + 1;
	}
}

static void put_filled(struct text_out *out, const struct document *document, const char *text,
		       const char *end)
{
	const struct {
		const char *name, *value;
	} fields[] = {
		{ "{{park}}", document->park },	  { "{{title}}", document->title },
		{ "{{standard}}", document->code }, { "{{date}}", document->date },
		{ "{{version}}", document->version },
	};
	while (text < end) {
		const char *brace = memchr(text, '{', (size_t)(end - text)), *behind = NULL;
		size_t f = 0;
		text_put_bytes(out, text, (size_t)((brace ? brace : end) - text));
		if (!brace)
			return;
		text = brace;
		while (f < sizeof(fields) / sizeof(fields[0]) &&
		       !(is_mark(text, fields[f].name, &behind) && behind <= end))
			f++;
		if (f == sizeof(fields) / sizeof(fields[0])) {
			text_put_bytes(out, text++, 1);
			continue;
		}
		text_put_escaped(out, fields[f].value);
		put_tags(out, text, behind);
		text = behind;
	}
}

/* The tag of a paragraph, not of its properties or of page numbers: 1 it begins, -1 it ends, 0 another,
 * or a paragraph that is empty. */
static int paragraph_tag(const char *tag)
{
	if (strncmp(tag, "</w:p>", 6) == 0)
		return -1;
	const char *end = strchr(tag, '>');
	return strncmp(tag, "<w:p", 4) == 0 && (tag[4] == '>' || tag[4] == ' ') && end && end[-1] != '/';
}

/* The paragraph that says {{report}}, whole; a text box in it has paragraphs of its own. */
static struct span find_place(const char *text)
{
	const char *mark = text, *behind;
	const char *begun[WORD_MAX_DEPTH];
	unsigned depth = 0;
	while ((mark = strchr(mark, '{')) && !is_mark(mark, "{{report}}", &behind))
		mark++;
	for (const char *at = text; mark && (at = strchr(at, '<')) && at < mark; at++) {
		const int tag = paragraph_tag(at);
		if (tag > 0 && depth == WORD_MAX_DEPTH)
			return (struct span){ 0 };
		if (tag > 0)
			begun[depth++] = at;
		else if (tag < 0 && depth)
			depth--;
	}
	unsigned inner = 1;
	for (const char *at = mark && depth ? mark : NULL; at && (at = strchr(at, '<')); at++) {
		const int tag = paragraph_tag(at);
		inner = (unsigned)((int)inner + tag);
		if (tag < 0 && !inner)
			return (struct span){ begun[depth - 1], at + strlen("</w:p>") };
	}
	return (struct span){ 0 };
}

/* Behind the report: a paragraph, which ends a table's cell as it must, and the section where the
 * mark's own paragraph ended one. */
static void put_end(struct text_out *out, const struct span *place)
{
	const struct span own = next_section(place->from);
	text_put(out, "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/>");
	if (own.from && own.to <= place->to)
		text_put_bytes(out, own.from, (size_t)(own.to - own.from));
	text_put(out, "</w:pPr></w:p>\n");
}

static enum lt_status write_main(struct template *template)
{
	struct word *word = template->word;
	const char *text = find_part(template, template->main)->bytes, *end = text + strlen(text);
	const char *body_end = strstr(text, "</w:body>");
	struct word_frame *frame = lt_arena_alloc(word->arena, 1, sizeof(*frame));
	if (!frame)
		return lt_err_memory(word->err);
	if (!body_end)
		return is_damaged(template);
	const struct span last = last_section(text, body_end);
	struct span place = find_place(text);
	if (!place.from)
		place.from = place.to = last.from ? last.from : body_end;
	/* the paper is that of the section in which the report stands */
	read_frame(template, next_section(place.from).from, frame);
	word->frame = frame;
	put_filled(word->out, word->document, text, place.from);
	word_write_cover(word);
	enum lt_status status = word_write_blocks(word);
	if (place.to > place.from)
		put_end(word->out, &place);
	put_filled(word->out, word->document, place.to, end);
	return status;
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
	if (strcmp(part->name, template->main) == 0)
		return pack_add(pack, part->name, word->out);
	if (strcmp(part->name, template->main_relations) == 0) {
		word_put_relations(&more, word);
		const enum lt_status status =
			add_before(template, pack, part, "</Relationships>", &more);
		text_release(&more);
		return status;
	}
	if (bears_text(part->name) && ends_with(part->name, ".xml")) {
		put_filled(&more, word->document, part->bytes, part->bytes + strlen(part->bytes));
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
		status = word_add_pictures(&pack, word);
	if (!status)
		status = pack_finish(&pack, file);
	pack_abandon(&pack);
	if (template.zip)
		zip_discard(template.zip);
	return status;
}
