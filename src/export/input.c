#include "lingtan/export/input.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_HEAD 128

static enum lt_status refuse(struct lt_err *err)
{
	return lt_err_set(err, LT_EFILE, "标准输入不是 lingtan export 给出的内容",
			  "standard input is not what lingtan export hands over");
}

static enum lt_status read_all(int fd, struct lt_arena *arena, char **text, size_t *len,
			       struct lt_err *err)
{
	struct stat info;
	size_t at = 0;
	if (fstat(fd, &info) != 0 || info.st_size < 0 || (size_t)info.st_size > INPUT_MAX)
		return refuse(err);
	*len = (size_t)info.st_size;
	*text = lt_arena_alloc(arena, *len + 1, 1);
	if (!*text)
		return lt_err_memory(err);
	while (at < *len) {
		const ssize_t n = pread(fd, *text + at, *len - at, (off_t)at);
		if (n <= 0)
			return refuse(err);
		at += (size_t)n;
	}
	return LT_OK;
}

enum lt_status render_input_read(int fd, struct render_input *out, struct lt_err *err)
{
	return render_input_read_as(fd, "lingtan-report", out, err);
}

enum lt_status render_input_read_as(int fd, const char *format, struct render_input *out,
				    struct lt_err *err)
{
	size_t len = 0, document, template_len;
	char *text = NULL;
	int head = 0;
	*out = (struct render_input){ .template_bytes = "" };
	lt_arena_init(&out->arena, 0);
	enum lt_status status = read_all(fd, &out->arena, &text, &len, err);
	if (status)
		return status;
	if (memchr(text, '\n', len < MOST_HEAD ? len : MOST_HEAD) == NULL ||
	    sscanf(text, "lingtan-render 1 %zu %zu%n", &document, &template_len, &head) != 2 ||
	    text[head] != '\n')
		return refuse(err);
	len -= (size_t)head + 1;
	text += head + 1;
	if (document > len || template_len != len - document)
		return refuse(err);
	out->template_bytes = text + document;
	out->template_len = template_len;
	status = lt_json_read(text, document, &out->arena, &out->report, err);
	if (!status && strcmp(lt_json_get_text(out->report, "format"), format) != 0)
		return refuse(err);
	out->lang = strcmp(lt_json_get_text(out->report, "lang"), "en") == 0 ? LT_EN : LT_ZH;
	return status;
}

void render_input_release(struct render_input *input)
{
	lt_arena_release(&input->arena);
	*input = (struct render_input){ 0 };
}
