#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/json.h"
#include "lingtan/base/text.h"

void lt_json_init(struct lt_json *json)
{
	*json = (struct lt_json){ 0 };
}

void lt_json_release(struct lt_json *json)
{
	free(json->text);
	lt_json_init(json);
}

static bool reserve(struct lt_json *json, size_t more)
{
	size_t need, cap = json->cap > 0 ? json->cap : 1024;

	if (json->failed)
		return false;
	if (__builtin_add_overflow(json->len + 1, more, &need) || need > SIZE_MAX / 2)
		goto fail;
	while (cap < need)
		cap *= 2;
	if (cap > json->cap) {
		char *text = realloc(json->text, cap);
		if (!text)
			goto fail;
		json->text = text;
		json->cap = cap;
	}
	return true;

fail:
	json->failed = true;
	return false;
}

static void put(struct lt_json *json, const char *text, size_t len)
{
	if (!reserve(json, len))
		return;
	memcpy(json->text + json->len, text, len);
	json->len += len;
	json->text[json->len] = '\0';
}

static void put_new_line(struct lt_json *json)
{
	const size_t len = 1 + 2 * (size_t)json->depth;
	if (!reserve(json, len))
		return;
	memset(json->text + json->len, ' ', len);
	json->text[json->len] = '\n';
	json->len += len;
	json->text[json->len] = '\0';
}

static void put_escape(struct lt_json *json, uint32_t code)
{
	char escape[8];
	int n = snprintf(escape, sizeof(escape), "\\u%04X", (unsigned)(code & 0xffff));
	put(json, escape, (size_t)n);
}

/* Marks that turn the direction of text or cannot be seen; all below U+10000. */
static bool is_unseen(uint32_t code)
{
	return code == 0x061c || (code >= 0x200b && code <= 0x200f) ||
	       (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x2069) ||
	       code == 0xfeff;
}

/* Bytes from here on that stand in a document as they are. */
static size_t count_plain(const char *text)
{
	size_t n = 0;
	while (text[n] >= 0x20 && text[n] < 0x7f && text[n] != '"' && text[n] != '\\')
		n++;
	return n;
}

static void put_quoted(struct lt_json *json, const char *text)
{
	const size_t len = strlen(text);

	put(json, "\"", 1);
	for (size_t i = 0; i < len;) {
		const size_t plain = count_plain(text + i);
		put(json, text + i, plain);
		i += plain;
		if (i == len)
			break;
		uint32_t code = 0;
		size_t n = lt_text_decode(text + i, len - i, &code);
		/* A stray byte would make the whole document unreadable for everybody. */
		if (n == 0)
			put_escape(json, 0xfffd);
		/* whoever prints the document must not be led astray by it either */
		else if (code < 0x20 || (code >= 0x7f && code <= 0x9f) || is_unseen(code))
			put_escape(json, code);
		else if (code == '"' || code == '\\')
			put(json, code == '"' ? "\\\"" : "\\\\", 2);
		else
			put(json, text + i, n);
		i += n > 0 ? n : 1;
	}
	put(json, "\"", 1);
}

/* What stands before every value: comma, line, key. */
static void begin_value(struct lt_json *json, const char *key)
{
	if (json->depth == 0) {
		assert(!key && (json->len == 0 || json->failed));
		return;
	}
	assert((key != NULL) == (json->closer[json->depth - 1] == '}'));
	if (json->has_member[json->depth - 1])
		put(json, ",", 1);
	json->has_member[json->depth - 1] = true;
	put_new_line(json);
	if (key) {
		put_quoted(json, key);
		put(json, ": ", 2);
	}
}

static void open_container(struct lt_json *json, const char *key, char opener, char closer)
{
	begin_value(json, key);
	assert(json->depth < LT_JSON_DEPTH);
	put(json, &opener, 1);
	json->has_member[json->depth] = false;
	json->closer[json->depth] = closer;
	json->depth++;
}

void lt_json_open_object(struct lt_json *json, const char *key)
{
	open_container(json, key, '{', '}');
}

void lt_json_open_list(struct lt_json *json, const char *key)
{
	open_container(json, key, '[', ']');
}

void lt_json_close(struct lt_json *json)
{
	assert(json->depth > 0);
	json->depth--;
	if (json->has_member[json->depth])
		put_new_line(json);
	put(json, &json->closer[json->depth], 1);
}

static void put_word(struct lt_json *json, const char *key, const char *word)
{
	begin_value(json, key);
	put(json, word, strlen(word));
}

void lt_json_string(struct lt_json *json, const char *key, const char *value)
{
	if (!value) {
		lt_json_null(json, key);
		return;
	}
	begin_value(json, key);
	put_quoted(json, value);
}

void lt_json_int(struct lt_json *json, const char *key, long long value)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%lld", value);
	put_word(json, key, digits);
}

void lt_json_bool(struct lt_json *json, const char *key, bool value)
{
	put_word(json, key, value ? "true" : "false");
}

void lt_json_null(struct lt_json *json, const char *key)
{
	put_word(json, key, "null");
}

void lt_json_decimal(struct lt_json *json, const char *key, struct lt_decimal value)
{
	char digits[LT_DECIMAL_TEXT];

	lt_decimal_format(value, digits);
	lt_json_string(json, key, digits);
}

const char *lt_json_finish(struct lt_json *json)
{
	assert(json->depth == 0 && (json->len > 0 || json->failed));
	/* Only a finished document ends in a newline, so that a second call changes nothing. */
	if (!json->failed && json->text[json->len - 1] != '\n')
		put(json, "\n", 1);
	return json->failed ? NULL : json->text;
}
