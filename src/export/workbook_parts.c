#include "workbook_parts.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/export/workbook.h"

#define MOST_DEPTH 100
#define PIECE_BYTES 65536
/* Below this a part cannot do harm, and may be small for what it was. */
#define RATIO_FROM ((zip_uint64_t)256 << 10)

struct parse {
	struct book *book;
	const struct part_reader *reader;
	void *context;
	xmlParserCtxtPtr parser;
	int depth;
};

enum lt_status book_is_damaged(struct book *book)
{
	return lt_err_set(book->err, LT_EFILE,
			  "不是 .xlsx 工作簿，或已损坏；请用表格软件打开后另存为 .xlsx",
			  "this is no .xlsx workbook, or it is damaged; open it in an office suite "
			  "and save it as .xlsx");
}

/* ---- attributes ---- */

/* The parser gives five pointers for each: name, prefix, namespace, value, end of the value. */
bool attribute_text(const struct attributes *attributes, const char *name, char *buf, size_t cap)
{
	const xmlChar *const *at = attributes->at;
	for (int i = 0; i < attributes->n; i++, at += 5) {
		if (strcmp((const char *)at[0], name) != 0)
			continue;
		const size_t len = (size_t)(at[4] - at[3]);
		if (len >= cap)
			return false;
		memcpy(buf, at[3], len);
		buf[len] = 0;
		return true;
	}
	return false;
}

bool attribute_number(const struct attributes *attributes, const char *name, unsigned *out)
{
	char text[12], *end;
	if (!attribute_text(attributes, name, text, sizeof(text)) || text[0] < '0' || text[0] > '9')
		return false;
	const unsigned long value = strtoul(text, &end, 10);
	if (*end || value > UINT32_MAX)
		return false;
	*out = (unsigned)value;
	return true;
}

/* ---- XML ---- */

static void stop_if_failed(struct parse *parse)
{
	if (parse->book->err->status)
		xmlStopParser(parse->parser);
}

static void on_begin(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
		     int n_namespaces, const xmlChar **namespaces, int n_attributes,
		     int n_defaulted, const xmlChar **attributes)
{
	struct parse *parse = context;
	const struct attributes given = { .at = attributes, .n = n_attributes };
	(void)prefix, (void)uri, (void)n_namespaces, (void)namespaces, (void)n_defaulted;
	if (++parse->depth > MOST_DEPTH)
		book_is_damaged(parse->book);
	else if (!parse->book->err->status)
		parse->reader->begin(parse->context, (const char *)name, &given);
	stop_if_failed(parse);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct parse *parse = context;
	(void)prefix, (void)uri;
	parse->depth--;
	if (parse->reader->end && !parse->book->err->status)
		parse->reader->end(parse->context, (const char *)name);
	stop_if_failed(parse);
}

static void on_text(void *context, const xmlChar *text, int len)
{
	struct parse *parse = context;
	if (parse->reader->text && !parse->book->err->status)
		parse->reader->text(parse->context, (const char *)text, (size_t)len);
	stop_if_failed(parse);
}

/* A document type can name other files and blow itself up; workbooks have none. It is refused
 * before the parser looks inside. */
static void on_document_type(void *context, const xmlChar *name, const xmlChar *external_id,
			     const xmlChar *system_id)
{
	struct parse *parse = context;
	(void)name, (void)external_id, (void)system_id;
	lt_err_set(parse->book->err, LT_EFILE, "工作簿里有 DTD 声明，不予读取",
		   "the workbook declares a document type (DTD); that is not read");
	xmlStopParser(parse->parser);
}

static xmlParserCtxtPtr new_parser(struct parse *parse)
{
	xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC,
				  .startElementNs = on_begin,
				  .endElementNs = on_end,
				  .characters = on_text,
				  .ignorableWhitespace = on_text,
				  .cdataBlock = on_text,
				  .internalSubset = on_document_type };
	xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, parse, NULL, 0, NULL);
	if (parser)
		xmlCtxtUseOptions(parser,
				  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	parse->parser = parser;
	return parser;
}

/* ---- the archive ---- */

/* Sizes are looked at before anything is inflated; what comes out is counted against them. */
static enum lt_status check_size(struct book *book, const zip_stat_t *stat, bool again)
{
	const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
	if ((stat->valid & needed) != needed)
		return book_is_damaged(book);
	if (stat->valid & ZIP_STAT_ENCRYPTION_METHOD && stat->encryption_method != ZIP_EM_NONE)
		return lt_err_set(book->err, LT_EFILE, "工作簿设了密码；请去掉密码后另存",
				  "the workbook has a password; take it off and save again");
	if (stat->size > WORKBOOK_MAX_INFLATED ||
	    (!again && stat->size > WORKBOOK_MAX_INFLATED - book->inflated))
		return lt_err_set(
			book->err, LT_EFILE, "工作簿展开后超过 %zu MiB；请只留要读的表另存",
			"the workbook takes more than %zu MiB unpacked; keep only the sheets "
			"that matter and save again",
			WORKBOOK_MAX_INFLATED >> 20);
	if (stat->size > RATIO_FROM && stat->size / WORKBOOK_MAX_RATIO >= stat->comp_size)
		return lt_err_set(book->err, LT_EFILE,
				  "工作簿的压缩比超过 %u，疑似压缩炸弹；请用表格软件打开后另存",
				  "the workbook is packed more than %u times over, as attacks are; "
				  "open it in an office suite and save it again",
				  WORKBOOK_MAX_RATIO);
	if (!again)
		book->inflated += stat->size;
	return LT_OK;
}

static enum lt_status parse_pieces(struct parse *parse, zip_file_t *file, zip_uint64_t size)
{
	struct book *book = parse->book;
	char *piece = malloc(PIECE_BYTES);
	zip_uint64_t total = 0;
	zip_int64_t n = -1;
	bool good = piece != NULL;
	if (!piece)
		lt_err_memory(book->err);
	while (good && (n = zip_fread(file, piece, PIECE_BYTES)) > 0) {
		total += (zip_uint64_t)n;
		good = total <= size && xmlParseChunk(parse->parser, piece, (int)n, 0) == 0 &&
		       !book->err->status;
	}
	good = good && n == 0 && xmlParseChunk(parse->parser, piece, 0, 1) == 0;
	if (!good && !book->err->status) {
		const xmlError *error = xmlCtxtGetLastError(parse->parser);
		if (error && error->code == XML_ERR_NO_MEMORY)
			lt_err_memory(book->err);
		else
			book_is_damaged(book);
	}
	free(piece);
	return book->err->status;
}

enum lt_status part_read(struct book *book, const char *path, const struct part_reader *reader,
			 void *context, bool again)
{
	struct parse parse = { .book = book, .reader = reader, .context = context };
	zip_stat_t stat;
	zip_file_t *file = NULL;
	const zip_int64_t index = zip_name_locate(book->zip, path, ZIP_FL_NOCASE);
	if (index < 0 || zip_stat_index(book->zip, (zip_uint64_t)index, 0, &stat) != 0)
		return book_is_damaged(book);
	enum lt_status status = check_size(book, &stat, again);
	if (!status && !(file = zip_fopen_index(book->zip, (zip_uint64_t)index, 0)))
		status = book_is_damaged(book);
	if (!status && !new_parser(&parse))
		status = lt_err_memory(book->err);
	if (!status)
		status = parse_pieces(&parse, file, stat.size);
	if (parse.parser)
		xmlFreeParserCtxt(parse.parser);
	if (file)
		zip_fclose(file);
	return status;
}
