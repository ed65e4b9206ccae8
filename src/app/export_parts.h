/* export_parts - the parts of an export; for src/app/export*.c alone. */
#ifndef LINGTAN_APP_EXPORT_PARTS_H
#define LINGTAN_APP_EXPORT_PARTS_H

#include "lingtan/app/export.h"
#include "lingtan/base/file_out.h"
#include "lingtan/base/json_read.h"

/**
 * export_csv - the document's answers, figures and inventory of its rung as tables that import
 * reads again: UTF-8 with a mark, CRLF; a text that a spreadsheet would take for a formula begins
 * with an apostrophe. Owned by the arena; NULL when memory runs out.
 */
const char *export_csv(const struct lt_json_node *report, struct lt_arena *arena);

/* The material asked of the park (of one owner: report.owner) with its state. Errors: LT_EDATA (names
 * are to be left out). */
enum lt_status export_requests(struct session *session, const struct export_wish *wish,
			       struct lt_arena *arena, const char **out,
			       struct lt_findings *findings, struct lt_err *err);

struct lt_child_result;

/**
 * export_draw - one word of the second program on a document and, perhaps, a template. Release the
 * result in any case. Errors: those of render_run(); LT_EDATA (cancelled).
 */
enum lt_status export_draw(struct session *session, const char *word, const char *document,
			   size_t len, const char *template, size_t template_len,
			   struct lt_child_result *result, struct lt_err *err);

/* The evidence of an assessment as a ZIP. */
enum lt_status export_bundle(struct session *session, const struct assessment_ref *ref,
			     const struct export_wish *wish, struct exported *out,
			     struct lt_arena *arena, struct lt_findings *findings,
			     struct lt_err *err);

#endif
