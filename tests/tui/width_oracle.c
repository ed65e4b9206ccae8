/*
 * width_oracle - one line for each character U+0000..U+10FFFF that is no surrogate: its number, its
 * columns as a cluster with ambiguous characters narrow and wide, and the columns libc gives to what
 * would be drawn in both cases (-1: it would not draw).
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>
#include <wchar.h>
#include "cluster.h"
#include "lingtan/base/text.h"

static int drawn_columns(const char *text, size_t len)
{
	char drawn[CLUSTER_DRAWN];
	int columns = 0;
	const size_t n = cluster_draw(text, len, drawn);

	for (size_t at = 0; at < n;) {
		uint32_t code;
		const size_t step = lt_text_decode(drawn + at, n - at, &code);
		const int more = step ? wcwidth((wchar_t)code) : -1;
		if (more < 0)
			return -1;
		columns += more;
		at += step;
	}
	return columns;
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	for (uint32_t code = 0; code <= 0x10ffff; code++) {
		char text[4];
		int widths[4];
		if (code >= 0xd800 && code <= 0xdfff)
			continue;
		const size_t len = (size_t)utf8proc_encode_char((utf8proc_int32_t)code,
								(utf8proc_uint8_t *)text);
		for (int columns = 1; columns <= 2; columns++) {
			cluster_set_ambiguous(columns);
			widths[columns - 1] = cluster_next(text, len, 0).width;
			widths[columns + 1] = drawn_columns(text, len);
		}
		printf("%x %d %d %d %d\n", code, widths[0], widths[1], widths[2], widths[3]);
	}
	return ferror(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
