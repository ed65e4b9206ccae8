/*
 * aside - what a reviewer says about a file that may not be written: kept in a side file in the state
 * folder, a copy without evidence that the work goes on from, until a patch is made of it.
 */
#ifndef LINGTAN_APP_ASIDE_H
#define LINGTAN_APP_ASIDE_H

#include "lingtan/app/session.h"

/**
 * aside_find - the side file of a project as it lies in its file now (its head decides), in the
 * session's arena; *there tells whether there is one. *path is NULL where no state is kept. With make
 * it is made. Errors: LT_ESPACE.
 */
enum lt_status aside_find(struct session *session, bool make, const char **path, bool *there,
			  struct lt_err *err);

#endif
