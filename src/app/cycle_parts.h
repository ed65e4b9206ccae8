/* cycle_parts - what the parts of the next cycle share; for src/app/cycle*.c alone. */
#ifndef LINGTAN_APP_CYCLE_PARTS_H
#define LINGTAN_APP_CYCLE_PARTS_H

#include "lingtan/app/cycle.h"
#include "session_parts.h"

/* Where the earlier assessment stands: the session itself, or one of another file, which lives as
 * long as the session does. Errors: LT_EDATA (neither has the entry), LT_EFILE, LT_ESPACE. */
enum lt_status cycle_source(struct session *session, const struct cycle_link *link,
			    struct session **out, struct lt_err *err);

/* session_follow() of an assessment of `source`, within a write transaction. */
enum lt_status cycle_follow(struct session *session, struct session *source,
			    const struct assessment_ref *earlier, const struct new_cycle *wish,
			    const char **name, struct lt_findings *findings, struct lt_err *err);

#endif
