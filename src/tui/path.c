#include "path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "lingtan/base/text.h"

static const char *home(void)
{
	const char *path = getenv("HOME");
	return path && path[0] == '/' && path[1] ? path : NULL;
}

bool path_expand(const char *text, char out[PATH_TEXT])
{
	text += strspn(text, " ");
	size_t len = strlen(text);
	while (len > 0 && text[len - 1] == ' ')
		len--;
	const bool is_home = text[0] == '~' && (len == 1 || text[1] == '/') && home();
	const int used =
		is_home ? snprintf(out, PATH_TEXT, "%s%.*s", home(), (int)len - 1, text + 1)
			: snprintf(out, PATH_TEXT, "%.*s", (int)len, text);
	return used >= 0 && used < PATH_TEXT;
}

enum lt_status path_too_long(struct lt_err *err)
{
	return lt_err_set(err, LT_EFILE, "路径太长，不能用；请移到上层的文件夹，或换短些的名称",
			  "the path is too long; move it to a folder higher up, or shorten the names");
}

void path_shorten(const char *path, char out[PATH_TEXT])
{
	const size_t len = home() ? strlen(home()) : 0;
	if (len > 0 && strncmp(path, home(), len) == 0 && (path[len] == '/' || !path[len])) {
		const size_t rest = strlen(path + len);
		memmove(out + 1, path + len, rest + 1);
		out[0] = '~';
	} else if (out != path) {
		snprintf(out, PATH_TEXT, "%s", path);
	}
}

const char *path_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

void path_folder(const char *path, char out[PATH_TEXT])
{
	snprintf(out, PATH_TEXT, "%.*s", (int)(path_name(path) - path), path);
}

bool path_has_ending(const char *path, const char *const *endings)
{
	const size_t len = strlen(path);
	if (!endings)
		return true;
	for (; *endings; endings++) {
		const size_t end = strlen(*endings);
		if (len > end && strcasecmp(path + len - end, *endings) == 0)
			return true;
	}
	return false;
}

int draw_path(const struct canvas *canvas, int row, int col, int cols, enum ink ink,
	      const char *path)
{
	char shown[PATH_TEXT * 2];
	char cut[PATH_TEXT * 2];
	const size_t len = lt_text_visible(path, strlen(path), shown, sizeof(shown));
	return draw_bytes(canvas, row, col, ink, cut,
			  cluster_cut_front(shown, len, cols, cut, sizeof(cut)));
}
