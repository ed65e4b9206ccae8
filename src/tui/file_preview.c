#include "file_preview.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/base/reason.h"
#include "raster.h"
#include "wrap.h"

void file_preview_init(struct file_preview *preview)
{
	memset(preview, 0, sizeof(*preview));
	lt_arena_init(&preview->arena, 0);
}

void file_preview_release(struct file_preview *preview)
{
	lt_arena_release(&preview->arena);
}

#define MOST_HASHED ((off_t)16 << 20)
#define FOOT_ROWS 3
#define LEAST_ROWS 10

/* What the evidence will be known by. */
static void hash(struct file_preview *preview, int fd, off_t size)
{
	static char piece[65536];
	struct lt_sha256 sha;
	ssize_t got = 0;
	off_t at = 0;
	if (size > MOST_HASHED)
		return;
	lt_sha256_init(&sha);
	while (at < size && (got = pread(fd, piece, sizeof(piece), at)) > 0) {
		lt_sha256_add(&sha, piece, (size_t)got);
		at += got;
	}
	if (at == size)
		lt_sha256_finish(&sha, preview->sha256);
}

static enum lt_status look(struct file_preview *preview, const char *path, struct lt_err *err)
{
	struct stat info;
	/* a pipe of this name would wait for its other end */
	const int fd = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	enum lt_status status = LT_OK;
	if (fd < 0)
		return lt_err_because(err, LT_EFILE, errno, "打不开", "cannot be opened");
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
		status = lt_err_set(err, LT_EFILE, "不是普通文件", "no regular file");
	else {
		preview->changed = info.st_mtime;
		hash(preview, fd, info.st_size);
		status = preview_file(fd, &preview->arena, &preview->seen, err);
	}
	close(fd);
	return status;
}

void file_preview_load(struct file_preview *preview, const struct workbench *bench,
		       const char *path)
{
	struct lt_err err = LT_ERR_INIT;
	if (strcmp(preview->path, path) == 0)
		return;
	lt_arena_reset(&preview->arena);
	preview->seen = (struct preview){ 0 };
	preview->why[0] = preview->sha256[0] = '\0';
	preview->changed = 0;
	if (look(preview, path, &err) != LT_OK) {
		preview->seen = (struct preview){ 0 };
		snprintf(preview->why, sizeof(preview->why), "%s", err.text[bench->lang]);
	}
	snprintf(preview->path, sizeof(preview->path), "%s", path);
}

static void draw_words(const struct canvas *canvas, enum ink ink, const char *text, size_t len)
{
	size_t at = 0;
	for (int row = 0; row < canvas->rows && at < len; row++) {
		const struct wrap_line line = wrap_line(text, len, at, canvas->cols);
		draw_typed(canvas, row, 0, ink, text + line.from, line.to - line.from);
		if (line.is_last)
			break;
		at = line.next;
	}
}

/* Hash and time. */
static void draw_foot(const struct file_preview *preview, const struct workbench *bench,
		      const struct canvas *canvas, const struct attach_file *file)
{
	const bool is_own = preview->sha256[0] != '\0';
	const char *sha = is_own ? preview->sha256 : file->sha256;
	char time[40];
	struct tm local;
	draw_text(canvas, 0, 0, INK_DIM, tell(bench, "哈希", "hash"));
	if (sha)
		draw_format(canvas, 0, 6, INK_DIM, "%.4s %.4s %.4s %.4s%s", sha, sha + 4, sha + 8,
			    sha + 12, is_own ? "" : tell(bench, "  在档", "  on file"));
	else
		draw_text(canvas, 0, 6, INK_DIM, tell(bench, "挂上时算", "when attached"));
	if (localtime_r(&preview->changed, &local) &&
	    strftime(time, sizeof(time), "%Y-%m-%d %H:%M", &local)) {
		draw_text(canvas, 1, 0, INK_DIM, tell(bench, "时间", "time"));
		draw_text(canvas, 1, 6, INK_DIM, time);
	}
}

/* All of the name where two rows hold it: the list may have cut it. The rows that it takes. */
static int draw_name(const struct canvas *canvas, int cols, const char *name)
{
	char cut[400];
	const size_t len = strlen(name), first = cluster_fit(name, len, cols, NULL);
	draw_bytes(canvas, 0, 0, INK_TITLE, name, first);
	if (first == len)
		return 1;
	draw_bytes(canvas, 1, 0, INK_TITLE, cut,
		   cluster_cut_middle(name + first, len - first, canvas->cols, cut, sizeof(cut)));
	return 2;
}

void file_preview_draw(const struct file_preview *preview, const struct workbench *bench,
		       const struct canvas *canvas, const char *path,
		       const struct attach_file *file)
{
	const bool is_known = strcmp(preview->path, path) == 0;
	const bool has_foot = is_known && preview->changed && canvas->rows >= LEAST_ROWS;
	const struct canvas foot = canvas_part(canvas, canvas->rows - FOOT_ROWS + 1, 0, 0, 0);
	char pages[40] = "";
	if (is_known && preview->seen.n_pages > 0)
		snprintf(pages, sizeof(pages), tell(bench, "第 1/%u 页", "page 1/%u"),
			 preview->seen.n_pages);
	const int end = pages[0] ? draw_right(canvas, 0, canvas->cols, INK_DIM, pages) - 2
				 : canvas->cols;
	const int top = 1 + draw_name(canvas, end, file->name);
	const struct canvas body = canvas_part(canvas, top, 0, has_foot ? -FOOT_ROWS : 0, 0);
	if (!is_known)
		return;
	if (has_foot)
		draw_foot(preview, bench, &foot, file);
	if (preview->why[0])
		draw_words(&body, INK_WARN, preview->why, strlen(preview->why));
	else if (preview->seen.kind == PREVIEW_TEXT)
		draw_words(&body, INK_DIM, preview->seen.text, preview->seen.len);
	else if (preview->seen.kind == PREVIEW_PICTURE)
		raster_draw(&body, &preview->seen);
	else
		draw_text(&body, 0, 0, INK_DIM,
			  tell(bench, "这种文件不能预览", "no preview of this kind"));
}
