/* What a workbook says of itself: where its parts are, its sheets, shared strings and styles. */
#include "workbook_parts.h"

#include <stdlib.h>
#include <string.h>

#define MOST_SHEETS 1000u
#define MOST_STYLES 65536u
#define MOST_FORMATS 2000u
#define MOST_STRINGS ((size_t)4 << 20)
#define NAME_TEXT 512

static bool ends_with(const char *text, const char *end)
{
	const size_t len = strlen(text), n = strlen(end);
	return len >= n && strcmp(text + len - n, end) == 0;
}

static bool is_one_of(const char *name, const char *a, const char *b)
{
	return strcmp(name, a) == 0 || strcmp(name, b) == 0;
}

/* ---- relations: which part is what ---- */

struct relations {
	struct book *book;
	char folder[PATH_TEXT]; /* that targets are seen from, with the slash; "" at the top */
};

/* The name in the archive of a target, which is a path from the folder or from the top. */
static bool resolve(const char *folder, const char *target, char path[PATH_TEXT])
{
	const bool from_top = target[0] == '/';
	const int len =
		snprintf(path, PATH_TEXT, "%s%s", from_top ? "" : folder, target + from_top);
	return len > 0 && len < PATH_TEXT;
}

static void take_relation(void *context, const char *name, const struct attributes *attributes)
{
	struct relations *relations = context;
	struct book *book = relations->book;
	char type[PATH_TEXT], target[PATH_TEXT], id[PATH_TEXT], path[PATH_TEXT], mode[16];
	if (strcmp(name, "Relationship") != 0 ||
	    !attribute_text(attributes, "Type", type, sizeof(type)) ||
	    !attribute_text(attributes, "Target", target, sizeof(target)) ||
	    !attribute_text(attributes, "Id", id, sizeof(id)) ||
	    (attribute_text(attributes, "TargetMode", mode, sizeof(mode)) &&
	     strcmp(mode, "External") == 0) ||
	    !resolve(relations->folder, target, path))
		return;
	if (ends_with(type, "/officeDocument"))
		memcpy(book->workbook, path, sizeof(path));
	else if (ends_with(type, "/sharedStrings"))
		memcpy(book->strings, path, sizeof(path));
	else if (ends_with(type, "/styles"))
		memcpy(book->styles, path, sizeof(path));
	else if (ends_with(type, "/worksheet"))
		for (unsigned i = 0; i < book->n_sheets; i++)
			if (strcmp(book->sheets[i].relation, id) == 0 && !book->sheets[i].path &&
			    !(book->sheets[i].path =
				      lt_arena_strndup(&book->arena, path, sizeof(path))))
				lt_err_memory(book->err);
}

static const struct part_reader relations_reader = { .begin = take_relation };

/* The relations of a part stand beside it, in _rels/NAME.rels. */
static enum lt_status read_relations_of(struct book *book, const char *part)
{
	struct relations relations = { .book = book };
	const char *slash = strrchr(part, '/');
	const int folder = slash ? (int)(slash - part) + 1 : 0;
	char path[PATH_TEXT + 16];
	snprintf(relations.folder, sizeof(relations.folder), "%.*s", folder, part);
	snprintf(path, sizeof(path), "%s_rels/%s.rels", relations.folder, part + folder);
	return part_read(book, path, &relations_reader, &relations, false);
}

/* ---- sheets ---- */

static void take_sheet(struct book *book, const struct attributes *attributes)
{
	char name[NAME_TEXT], relation[PATH_TEXT], state[16];
	if (!attribute_text(attributes, "name", name, sizeof(name)) ||
	    !attribute_text(attributes, "id", relation, sizeof(relation)) ||
	    book->n_sheets == MOST_SHEETS) {
		book_is_damaged(book);
		return;
	}
	struct sheet_part *sheet = &book->sheets[book->n_sheets++];
	sheet->name = lt_arena_strndup(&book->arena, name, sizeof(name));
	sheet->relation = lt_arena_strndup(&book->arena, relation, sizeof(relation));
	sheet->is_hidden = attribute_text(attributes, "state", state, sizeof(state)) &&
			   is_one_of(state, "hidden", "veryHidden");
	if (!sheet->name || !sheet->relation)
		lt_err_memory(book->err);
}

static void take_workbook(void *context, const char *name, const struct attributes *attributes)
{
	struct book *book = context;
	char text[8];
	if (strcmp(name, "sheet") == 0)
		take_sheet(book, attributes);
	else if (strcmp(name, "workbookPr") == 0 &&
		 attribute_text(attributes, "date1904", text, sizeof(text)))
		book->from_1904 = is_one_of(text, "1", "true");
}

static const struct part_reader workbook_reader = { .begin = take_workbook };

/* ---- shared strings ---- */

struct strings {
	struct book *book;
	bool in_text;
	int in_reading_aid; /* <rPh>: how a word is pronounced, not what it says */
};

static void *grow(void *old, size_t *cap, size_t size, struct lt_err *err)
{
	const size_t more = *cap ? 2 * *cap : 4096;
	void *grown = realloc(old, more * size);
	if (grown)
		*cap = more;
	else
		lt_err_memory(err);
	return grown;
}

static void add_text(struct book *book, const char *text, size_t len)
{
	struct string_pool *pool = &book->pool;
	while (pool->cap - pool->len < len) {
		char *grown = grow(pool->bytes, &pool->cap, 1, book->err);
		if (!grown)
			return;
		pool->bytes = grown;
	}
	memcpy(pool->bytes + pool->len, text, len);
	pool->len += len;
}

static void begin_string(struct book *book)
{
	struct string_pool *pool = &book->pool;
	if (pool->n == MOST_STRINGS) {
		book_is_damaged(book);
		return;
	}
	if (pool->n == pool->cap_starts) {
		uint32_t *grown =
			grow(pool->starts, &pool->cap_starts, sizeof(*pool->starts), book->err);
		if (!grown)
			return;
		pool->starts = grown;
	}
	pool->starts[pool->n++] = (uint32_t)pool->len;
}

static void strings_begin(void *context, const char *name, const struct attributes *attributes)
{
	struct strings *strings = context;
	(void)attributes;
	if (strcmp(name, "si") == 0)
		begin_string(strings->book);
	else if (strcmp(name, "rPh") == 0)
		strings->in_reading_aid++;
	else if (strcmp(name, "t") == 0)
		strings->in_text = strings->book->pool.n && !strings->in_reading_aid;
}

static void strings_end(void *context, const char *name)
{
	struct strings *strings = context;
	if (strcmp(name, "si") == 0)
		add_text(strings->book, "", 1);
	else if (strcmp(name, "rPh") == 0)
		strings->in_reading_aid--;
	else if (strcmp(name, "t") == 0)
		strings->in_text = false;
}

static void strings_text(void *context, const char *text, size_t len)
{
	struct strings *strings = context;
	if (strings->in_text)
		add_text(strings->book, text, len);
}

static enum lt_status read_strings(struct book *book)
{
	static const struct part_reader reader = { .begin = strings_begin,
						   .end = strings_end,
						   .text = strings_text };
	struct strings strings = { .book = book };
	enum lt_status status = part_read(book, book->strings, &reader, &strings, false);
	/* a string inside a string leaves one without its end */
	if (!status)
		add_text(book, "", 1);
	return book->err->status;
}

/* ---- styles: which cells hold dates and percentages ---- */

struct styles {
	struct book *book;
	bool in_cells; /* <cellXfs>: the list that cells point into */
	struct {
		unsigned id;
		enum cell_style style;
	} formats[MOST_FORMATS];
	unsigned n_formats;
};

static enum cell_style style_of(const struct styles *styles, unsigned id)
{
	for (unsigned i = 0; i < styles->n_formats; i++)
		if (styles->formats[i].id == id)
			return styles->formats[i].style;
	return style_of_builtin(id);
}

static void styles_begin(void *context, const char *name, const struct attributes *attributes)
{
	struct styles *styles = context;
	struct book *book = styles->book;
	char code[NAME_TEXT];
	unsigned id = 0;
	if (strcmp(name, "cellXfs") == 0) {
		styles->in_cells = true;
	} else if (strcmp(name, "xf") == 0 && styles->in_cells) {
		attribute_number(attributes, "numFmtId", &id);
		if (book->n_cell_styles < MOST_STYLES)
			book->cell_styles[book->n_cell_styles++] = (uint8_t)style_of(styles, id);
	} else if (strcmp(name, "numFmt") == 0 && !styles->in_cells &&
		   styles->n_formats < MOST_FORMATS &&
		   attribute_number(attributes, "numFmtId", &id) &&
		   attribute_text(attributes, "formatCode", code, sizeof(code))) {
		styles->formats[styles->n_formats].id = id;
		styles->formats[styles->n_formats++].style = style_of_format(code);
	}
}

static void styles_end(void *context, const char *name)
{
	struct styles *styles = context;
	if (strcmp(name, "cellXfs") == 0)
		styles->in_cells = false;
}

static enum lt_status read_styles(struct book *book)
{
	static const struct part_reader reader = { .begin = styles_begin, .end = styles_end };
	struct styles *styles = lt_arena_alloc(&book->arena, 1, sizeof(*styles));
	book->cell_styles = lt_arena_alloc(&book->arena, MOST_STYLES, sizeof(*book->cell_styles));
	if (!styles || !book->cell_styles)
		return lt_err_memory(book->err);
	styles->book = book;
	return part_read(book, book->styles, &reader, styles, false);
}

/* ---- the whole ---- */

enum lt_status book_open(struct book *book)
{
	lt_arena_init(&book->arena, 0);
	book->sheets = lt_arena_alloc(&book->arena, MOST_SHEETS, sizeof(*book->sheets));
	if (!book->sheets)
		return lt_err_memory(book->err);
	enum lt_status status = read_relations_of(book, "");
	if (!status && !book->workbook[0])
		status = book_is_damaged(book);
	if (!status)
		status = part_read(book, book->workbook, &workbook_reader, book, false);
	if (!status && !book->n_sheets)
		status = book_is_damaged(book);
	if (!status)
		status = read_relations_of(book, book->workbook);
	if (!status && book->styles[0])
		status = read_styles(book);
	if (!status && book->strings[0])
		status = read_strings(book);
	return status;
}

void book_release(struct book *book)
{
	free(book->pool.bytes);
	free(book->pool.starts);
	lt_arena_release(&book->arena);
}
