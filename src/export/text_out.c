#include "text_out.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"

static bool reserve(struct text_out *out, size_t more)
{
	if (out->failed)
		return false;
	if (out->len + more + 1 <= out->cap)
		return true;
	size_t cap = out->cap ? out->cap : 16384;
	while (cap < out->len + more + 1)
		cap *= 2;
	char *grown = realloc(out->text, cap);
	out->failed = !grown;
	if (grown) {
		out->text = grown;
		out->cap = cap;
	}
	return grown != NULL;
}

void text_put_bytes(struct text_out *out, const char *bytes, size_t len)
{
	if (!reserve(out, len))
		return;
	memcpy(out->text + out->len, bytes, len);
	out->len += len;
	out->text[out->len] = '\0';
}

void text_put(struct text_out *out, const char *text)
{
	text_put_bytes(out, text, strlen(text));
}

void text_printf(struct text_out *out, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	/* mostly there is room, and once is enough */
	const size_t room = out->failed ? 0 : out->cap - out->len;
	const int len = vsnprintf(room ? out->text + out->len : NULL, room, format, args);
	va_end(args);
	if (len >= 0 && (size_t)len < room) {
		out->len += (size_t)len;
	} else if (len >= 0 && reserve(out, (size_t)len)) {
		vsnprintf(out->text + out->len, (size_t)len + 1, format, again);
		out->len += (size_t)len;
	}
	va_end(again);
}

static const char *reference_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static bool is_xml(uint32_t code)
{
	return code == '\t' || code == '\n' || (code >= 0x20 && code < 0x7f) ||
	       (code >= 0xa0 && code != 0xfffe && code != 0xffff);
}

void text_put_escaped(struct text_out *out, const char *text)
{
	size_t left = strlen(text);
	while (left) {
		uint32_t code = 0;
		const char *reference = reference_of(*text);
		const size_t n = lt_text_decode(text, left, &code);
		if (reference)
			text_put(out, reference);
		else if (!n || !is_xml(code))
			text_put(out, "\xef\xbf\xbd");
		else
			text_put_bytes(out, text, n);
		text += n ? n : 1;
		left -= n ? n : 1;
	}
}

void text_release(struct text_out *out)
{
	free(out->text);
	*out = (struct text_out){ 0 };
}
