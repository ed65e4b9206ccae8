#include "lingtan/app/preview.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "render.h"

#define MOST_SIDE 160u
#define MOST_ANSWER ((size_t)256 << 10)
#define TIMEOUT_MS 2000u

/* What the program that opens hostile files answers is not trusted either: anything that is not as
 * expected is refused. */
static bool take_text(const char *body, size_t len, struct preview *out)
{
	size_t at;
	out->kind = PREVIEW_TEXT;
	out->text = body;
	out->len = len;
	return lt_text_check(body, len, &at) == LT_TEXT_OK;
}

static bool take_picture(const char *body, size_t len, struct preview *out)
{
	out->kind = PREVIEW_PICTURE;
	out->rgb = (const unsigned char *)body;
	return out->width >= 1 && out->height >= 1 && out->width <= MOST_SIDE &&
	       out->height <= MOST_SIDE && len == (size_t)out->width * out->height * 3;
}

static bool take_answer(const char *answer, size_t len, struct preview *out)
{
	const char *end = memchr(answer, '\n', len < 64 ? len : 64);
	char head[65];
	int used = 0;
	if (!end)
		return false;
	const size_t head_len = (size_t)(end - answer), rest = len - head_len - 1;
	memcpy(head, answer, head_len);
	head[head_len] = '\0';
	if (strcmp(head, "none 0") == 0)
		return rest == 0;
	if (sscanf(head, "text %9u%n", &out->n_pages, &used) == 1 && (size_t)used == head_len)
		return take_text(end + 1, rest, out);
	if (sscanf(head, "picture %9u %3u %3u%n", &out->n_pages, &out->width, &out->height,
		   &used) == 3 &&
	    (size_t)used == head_len)
		return take_picture(end + 1, rest, out);
	return false;
}

enum lt_status preview_file(int fd, struct lt_arena *arena, struct preview *out, struct lt_err *err)
{
	struct lt_child_result result;
	*out = (struct preview){ 0 };
	enum lt_status status =
		render_run_within("preview", fd, MOST_ANSWER, TIMEOUT_MS, &result, err);
	char *copy = status ? NULL : lt_arena_alloc(arena, result.len + 1, 1);
	if (!status && !copy)
		status = lt_err_memory(err);
	if (copy) {
		memcpy(copy, result.output, result.len);
		if (!take_answer(copy, result.len, out)) {
			*out = (struct preview){ 0 };
			status = lt_err_set(
				err, LT_EBUG, "辅助程序的回答无法理解；请重新安装同一版本",
				"what the helper program answers is not understood; install both "
				"programs of one version");
		}
	}
	lt_child_release(&result);
	return status;
}
