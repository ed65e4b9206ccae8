/* make-images - a tool of the build: reads the files that the program is to carry and writes the
 * image of each (load/ruleset.h) as OUT/FILE.img. Usage: make-images OUT FILE... */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "lingtan/base/file.h"
#include "lingtan/load/ruleset.h"

static int fail(const char *file, const char *text)
{
	fprintf(stderr, "make-images: %s: %s\n", file, text);
	return 1;
}

/* The folders above a file. */
static void make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		mkdir(path, 0777);
		*slash = '/';
	}
}

static int make_image(const char *file, const char *out, struct lt_arena *arena)
{
	struct yaml_source source = { .name = file };
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	const void *image;
	size_t len;
	char path[4096];
	lt_findings_init(&findings, arena);
	if (lt_file_read(file, YAML_MAX_BYTES, arena, &source.text, &source.len, &err) ||
	    document_image(&source, arena, &findings, &image, &len, &err)) {
		for (const struct lt_finding *f = findings.first; f; f = f->next)
			fprintf(stderr, "%s:%u:%u: %s\n", file, f->line, f->column, f->text[LT_EN]);
		return fail(file, err.text[LT_EN]);
	}
	if ((size_t)snprintf(path, sizeof(path), "%s.img", out) >= sizeof(path))
		return fail(file, "the path is too long");
	make_folders(path);
	FILE *to = fopen(path, "wb");
	if (!to)
		return fail(path, strerror(errno));
	const bool written = fwrite(image, 1, len, to) == len;
	return fclose(to) == 0 && written ? 0 : fail(path, strerror(errno));
}

int main(int argc, char **argv)
{
	int failed = argc < 3 ? fail("usage", "make-images OUT FILE...") : 0;
	for (int i = 2; i < argc && !failed; i++) {
		struct lt_arena arena;
		char out[4096];
		snprintf(out, sizeof(out), "%s/%s", argv[1], argv[i]);
		lt_arena_init(&arena, 0);
		failed = make_image(argv[i], out, &arena);
		lt_arena_release(&arena);
	}
	return failed;
}
