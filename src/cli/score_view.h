/* score_view - the result of one file, made and told apart from each other; for src/cli alone. */
#ifndef LINGTAN_CLI_SCORE_VIEW_H
#define LINGTAN_CLI_SCORE_VIEW_H

#include "command.h"
#include "lingtan/app/basis.h"
#include "lingtan/app/summary.h"

struct score_view {
	struct assessment assessment;
	struct basis basis;
	struct summary summary;
	const struct plan_node *ladder;
};

/* Close it in any case. Errors: those of open_subject(). */
enum lt_status score_view_open(struct invocation *in, const char *path, struct score_view *view);
void score_view_close(struct score_view *view);

void score_view_print(const struct invocation *in, const struct score_view *view);
void score_view_write(struct lt_json *json, const struct invocation *in, const char *path,
		      const struct score_view *view);

#endif
