#include "lingtan/app/aside.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/base/file.h"
#include "state.h"

/* Through a whole copy, since nothing is written from a file that is only looked at; the evidence
 * goes with the copy. */
static enum lt_status make_side(struct session *session, const char *file, struct lt_err *err)
{
	char whole[4300];
	struct project *copy = NULL;
	snprintf(whole, sizeof(whole), "%s.whole-%ld", file, (long)getpid());
	state_make_folders(file);
	enum lt_status status = project_copy(session->project, whole, err);
	/* the medium of the original says nothing of this one */
	if (!status && chmod(whole, 0600) != 0)
		status = lt_err_set(err, LT_ESPACE, "%s：写不进去", "%s: cannot be written", whole);
	if (!status)
		status = project_open(session->workspace->store, whole, PROJECT_WRITE, &copy, err);
	if (!status)
		status = project_snapshot(copy, file, err);
	project_close(copy);
	unlink(whole);
	/* another program has just made it */
	if (status == LT_EDATA && lt_is_file(file)) {
		*err = (struct lt_err)LT_ERR_INIT;
		status = LT_OK;
	}
	return status;
}

enum lt_status aside_find(struct session *session, bool make, const char **path, bool *there,
			  struct lt_err *err)
{
	char name[120], file[4200];
	snprintf(name, sizeof(name), "%s-%.16s.lingtan", project_id(session->project),
		 project_head(session->project));
	*path = NULL;
	*there = false;
	if (!state_path(session, "aside", name, file, sizeof(file)))
		return LT_OK;
	*path = lt_arena_strndup(&session->arena, file, sizeof(file));
	if (!*path)
		return lt_err_memory(err);
	*there = lt_is_file(file);
	if (*there || !make)
		return LT_OK;
	const enum lt_status status = make_side(session, file, err);
	*there = !status;
	return status;
}
