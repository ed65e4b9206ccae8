/* What leaves a project: the document of its report, and what is made of it. */
#include "export_parts.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "lingtan/base/file.h"
#include "render.h"

const char *const export_format_names[] = { "docx", "pdf",  "html",	"xlsx",
					    "csv",  "json", "evidence", "requests", NULL };

/* Of a drawn document: a report of hundreds of pages with its explanations. */
#define MOST_DRAWN ((size_t)64 << 20)
#define MOST_TEMPLATE ((size_t)32 << 20)

struct export {
	struct session *session;
	const struct export_wish *wish;
	struct lt_arena arena;
	struct lt_json json;
	const char *text; /* the report's document */
	size_t len;
	struct exported *out;
	struct lt_err *err;
};

/* ---- the file ---- */

static enum lt_status write_file(struct export *export, const void *bytes, size_t len)
{
	struct lt_file_out file;
	enum lt_status status =
		lt_file_begin(&file, export->wish->path, export->wish->replace, export->err);
	if (!status)
		status = lt_file_add(&file, bytes, len, export->err);
	if (!status)
		status = lt_file_finish(&file, export->err);
	lt_file_abandon(&file);
	if (status)
		return status;
	struct lt_sha256 sha;
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, bytes, len);
	lt_sha256_finish(&sha, export->out->sha256);
	export->out->size = len;
	return LT_OK;
}

/* ---- drawn by the second program ---- */

/* What the second program reads: a line with two lengths, the document, the template. It is
 * memory, with no name in any folder. */
static enum lt_status make_input(const char *document, size_t len, const char *template,
				 size_t template_len, int *fd, struct lt_err *err)
{
	char head[96];
	snprintf(head, sizeof(head), "lingtan-render 1 %zu %zu\n", len, template_len);
	*fd = memfd_create("report", MFD_CLOEXEC);
	const bool written = *fd >= 0 && lt_file_put(*fd, head, strlen(head)) &&
			     lt_file_put(*fd, document, len) &&
			     lt_file_put(*fd, template, template_len) && lseek(*fd, 0, SEEK_SET) == 0;
	return written ? LT_OK : lt_err_memory(err);
}

enum lt_status export_draw(struct session *session, const char *word, const char *document,
			   size_t len, const char *template, size_t template_len,
			   struct lt_child_result *result, struct lt_err *err)
{
	int fd = -1;
	enum lt_status status = make_input(document, len, template, template_len, &fd, err);
	if (!status)
		status = render_watched(word, fd, MOST_DRAWN, session->project, result, err);
	if (fd >= 0)
		close(fd);
	return status;
}

static enum lt_status export_drawn(struct export *export, const char *word)
{
	struct lt_child_result result = { 0 };
	const char *template = "";
	size_t len = 0;
	enum lt_status status = LT_OK;
	if (export->wish->template_path)
		status = lt_file_read(export->wish->template_path, MOST_TEMPLATE, &export->arena,
				      &template, &len, export->err);
	if (!status && export->wish->template_path && !len)
		status = lt_err_set(export->err, LT_EFILE, "模板是空文件；请给出机构的 .docx",
				    "the template is an empty file; name the body's .docx");
	if (!status)
		status = export_draw(export->session, word, export->text, export->len, template, len, &result,
				     export->err);
	if (!status)
		status = write_file(export, result.output, result.len);
	lt_child_release(&result);
	return status;
}

/* ---- tables ---- */

static enum lt_status export_tables(struct export *export)
{
	const struct lt_json_node *report;
	enum lt_status status =
		lt_json_read(export->text, export->len, &export->arena, &report, export->err);
	const char *text = status ? NULL : export_csv(report, &export->arena);
	if (!status && !text)
		status = lt_err_memory(export->err);
	return status ? status : write_file(export, text, strlen(text));
}

static enum lt_status export_asked(struct export *export, struct lt_findings *findings)
{
	const char *text = NULL;
	enum lt_status status = export_requests(export->session, export->wish, &export->arena,
						&text, findings, export->err);
	return status ? status : write_file(export, text, strlen(text));
}

/* ---- the whole ---- */

static enum lt_status make(struct export *export)
{
	switch (export->wish->format) {
	case EXPORT_JSON:
		return write_file(export, export->text, export->len);
	case EXPORT_CSV:
		return export_tables(export);
	case EXPORT_DOCX:
	case EXPORT_PDF:
	case EXPORT_HTML:
	case EXPORT_XLSX:
		return export_drawn(export, export_format_names[export->wish->format]);
	case EXPORT_EVIDENCE:
	case EXPORT_REQUESTS:
	case N_EXPORT_FORMATS:
		break;
	}
	return lt_err_set(export->err, LT_EBUG, "没有这种格式", "there is no such format");
}

enum lt_status session_export(struct session *session, const struct assessment_ref *ref,
			      const struct export_wish *wish, struct exported *out,
			      struct lt_findings *findings, struct lt_err *err)
{
	struct export export = { .session = session, .wish = wish, .out = out, .err = err };
	struct report_wish report = wish->report;
	*out = (struct exported){ 0 };
	if (wish->format == EXPORT_XLSX || wish->format == EXPORT_CSV)
		report.extent = REPORT_SHEETS;
	report.with_facts = wish->format == EXPORT_JSON && !report.without_names;
	lt_arena_init(&export.arena, 0);
	lt_json_init(&export.json);
	if (wish->format == EXPORT_EVIDENCE || wish->format == EXPORT_REQUESTS) {
		const enum lt_status written =
			wish->format == EXPORT_REQUESTS
				? export_asked(&export, findings)
				: export_bundle(session, ref, wish, out, &export.arena, findings,
						err);
		lt_arena_release(&export.arena);
		return written;
	}
	enum lt_status status = report_write(session, ref, &report, &export.json, findings, err);
	if (!status) {
		export.text = lt_json_finish(&export.json);
		export.len = export.json.len;
		status = export.text ? make(&export) : lt_err_memory(err);
	}
	lt_json_release(&export.json);
	lt_arena_release(&export.arena);
	return status;
}
