#include "lingtan/base/json_read.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"

struct reader {
	const char *text;
	size_t at, len;
	int depth;
	struct lt_arena *arena;
	struct lt_err *err;
	enum lt_status status;
};

static const struct lt_json_node nothing = { .kind = LT_JSON_NULL, .text = "" };

static bool refuse(struct reader *reader)
{
	unsigned line = 1;
	size_t start = 0;
	if (reader->status)
		return false;
	for (size_t i = 0; i < reader->at && i < reader->len; i++)
		if (reader->text[i] == '\n') {
			line++;
			start = i + 1;
		}
	reader->status =
		lt_err_set(reader->err, LT_EFILE, "第 %u 行第 %zu 列：不是 JSON",
			   "line %u, column %zu: this is no JSON", line, reader->at - start + 1);
	return false;
}

static bool no_memory(struct reader *reader)
{
	reader->status = lt_err_memory(reader->err);
	return false;
}

static char peek(const struct reader *reader)
{
	return reader->at < reader->len ? reader->text[reader->at] : '\0';
}

static void skip_blanks(struct reader *reader)
{
	while (reader->at < reader->len && strchr(" \t\r\n", reader->text[reader->at]) &&
	       reader->text[reader->at])
		reader->at++;
}

static bool take(struct reader *reader, char c)
{
	if (peek(reader) != c)
		return false;
	reader->at++;
	return true;
}

/* ---- texts ---- */

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_four(struct reader *reader, uint32_t *out)
{
	*out = 0;
	for (int i = 0; i < 4; i++) {
		const int digit = digit_of(peek(reader));
		if (digit < 0)
			return refuse(reader);
		*out = *out * 16 + (uint32_t)digit;
		reader->at++;
	}
	return true;
}

static size_t encode(uint32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	const size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	for (size_t i = n - 1; i > 0; i--, code >>= 6)
		out[i] = (char)(0x80 | (code & 0x3f));
	out[0] = (char)(lead[n] | code);
	return n;
}

static bool read_unicode(struct reader *reader, char out[4], size_t *n)
{
	uint32_t code, low;
	if (!read_four(reader, &code))
		return false;
	if (code >= 0xd800 && code < 0xdc00) {
		if (!take(reader, '\\') || !take(reader, 'u') || !read_four(reader, &low) ||
		    low < 0xdc00 || low > 0xdfff)
			return refuse(reader);
		code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
	} else if (!code || (code >= 0xdc00 && code <= 0xdfff)) {
		return refuse(reader);
	}
	*n = encode(code, out);
	return true;
}

static bool read_escape(struct reader *reader, char out[4], size_t *n)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char c = peek(reader);
	const char *found = c ? strchr(from, c) : NULL;
	reader->at++;
	if (c == 'u')
		return read_unicode(reader, out, n);
	if (!found)
		return refuse(reader);
	out[0] = to[found - from];
	*n = 1;
	return true;
}

/* The closing quote of the text that begins here: what it takes at most. */
static size_t measure(const struct reader *reader)
{
	size_t at = reader->at;
	while (at < reader->len && reader->text[at] != '"')
		at += reader->text[at] == '\\' ? 2 : 1;
	return at > reader->len ? reader->len - reader->at : at - reader->at;
}

static bool read_text(struct reader *reader, const char **out)
{
	if (!take(reader, '"'))
		return refuse(reader);
	char *text = lt_arena_alloc(reader->arena, measure(reader) + 1, 1);
	size_t len = 0;
	if (!text)
		return no_memory(reader);
	while (reader->at < reader->len && reader->text[reader->at] != '"') {
		const char *at = reader->text + reader->at;
		uint32_t code;
		size_t n = 0;
		if (*at == '\\') {
			char escaped[4];
			reader->at++;
			if (!read_escape(reader, escaped, &n))
				return false;
			memcpy(text + len, escaped, n);
		} else {
			n = lt_text_decode(at, reader->len - reader->at, &code);
			if (!n || code < 0x20)
				return refuse(reader);
			memcpy(text + len, at, n);
			reader->at += n;
		}
		len += n;
	}
	*out = text;
	return take(reader, '"') || refuse(reader);
}

/* ---- values ---- */

static bool read_value(struct reader *reader, struct lt_json_node *node);

static bool read_word(struct reader *reader, const char *word)
{
	const size_t len = strlen(word);
	if (reader->len - reader->at < len || memcmp(reader->text + reader->at, word, len) != 0)
		return refuse(reader);
	reader->at += len;
	return true;
}

static size_t skip_digits(struct reader *reader)
{
	const size_t from = reader->at;
	while (peek(reader) >= '0' && peek(reader) <= '9')
		reader->at++;
	return reader->at - from;
}

static bool read_number(struct reader *reader, struct lt_json_node *node)
{
	const size_t from = reader->at;
	take(reader, '-');
	const bool zero = peek(reader) == '0';
	const size_t whole = skip_digits(reader);
	if (!whole || (zero && whole > 1))
		return refuse(reader);
	if (take(reader, '.') && !skip_digits(reader))
		return refuse(reader);
	if (take(reader, 'e') || take(reader, 'E')) {
		if (!take(reader, '+'))
			take(reader, '-');
		if (!skip_digits(reader))
			return refuse(reader);
	}
	node->kind = LT_JSON_NUMBER;
	node->text =
		lt_arena_strndup(reader->arena, reader->text + from, reader->at - from);
	return node->text || no_memory(reader);
}

/* What stands between brackets; with keys where they are braces. */
static bool read_entries(struct reader *reader, struct lt_json_node *node, char closer)
{
	struct lt_json_node *last = NULL;
	reader->at++;
	if (++reader->depth > LT_JSON_DEPTH)
		return refuse(reader);
	skip_blanks(reader);
	while (!take(reader, closer)) {
		struct lt_json_node *entry = lt_arena_alloc(reader->arena, 1, sizeof(*entry));
		if (!entry)
			return no_memory(reader);
		if (node->n && !take(reader, ','))
			return refuse(reader);
		skip_blanks(reader);
		if (closer == '}') {
			if (!read_text(reader, &entry->key))
				return false;
			skip_blanks(reader);
			if (!take(reader, ':'))
				return refuse(reader);
		}
		if (!read_value(reader, entry))
			return false;
		skip_blanks(reader);
		if (last)
			last->next = entry;
		else
			node->first = entry;
		last = entry;
		node->n++;
	}
	reader->depth--;
	return true;
}

static bool read_value(struct reader *reader, struct lt_json_node *node)
{
	node->text = "";
	skip_blanks(reader);
	switch (peek(reader)) {
	case '{':
		node->kind = LT_JSON_OBJECT;
		return read_entries(reader, node, '}');
	case '[':
		node->kind = LT_JSON_LIST;
		return read_entries(reader, node, ']');
	case '"':
		node->kind = LT_JSON_TEXT;
		return read_text(reader, &node->text);
	case 't':
		node->kind = LT_JSON_TRUE;
		return read_word(reader, "true");
	case 'f':
		node->kind = LT_JSON_FALSE;
		return read_word(reader, "false");
	case 'n':
		return read_word(reader, "null");
	default:
		return read_number(reader, node);
	}
}

enum lt_status lt_json_read(const char *text, size_t len, struct lt_arena *arena,
			    const struct lt_json_node **out, struct lt_err *err)
{
	struct reader reader = { .text = text, .len = len, .arena = arena, .err = err };
	struct lt_json_node *root = lt_arena_alloc(arena, 1, sizeof(*root));
	*out = &nothing;
	if (!root)
		return lt_err_memory(err);
	if (!read_value(&reader, root))
		return reader.status;
	skip_blanks(&reader);
	if (reader.at < len && !refuse(&reader))
		return reader.status;
	*out = root;
	return LT_OK;
}

const struct lt_json_node *lt_json_get(const struct lt_json_node *object, const char *key)
{
	if (object->kind == LT_JSON_OBJECT)
		for (const struct lt_json_node *at = object->first; at; at = at->next)
			if (strcmp(at->key, key) == 0)
				return at;
	return &nothing;
}

const char *lt_json_get_text(const struct lt_json_node *object, const char *key)
{
	return lt_json_get(object, key)->text;
}

bool lt_json_get_bool(const struct lt_json_node *object, const char *key)
{
	return lt_json_get(object, key)->kind == LT_JSON_TRUE;
}

int lt_json_get_int(const struct lt_json_node *object, const char *key)
{
	const long value = strtol(lt_json_get_text(object, key), NULL, 10);
	return value > -1000000000L && value < 1000000000L ? (int)value : 0;
}
