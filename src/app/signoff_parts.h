/* signoff_parts - what signatures and decisions share; for src/app alone. */
#ifndef LINGTAN_APP_SIGNOFF_PARTS_H
#define LINGTAN_APP_SIGNOFF_PARTS_H

#include "frozen.h"
#include "lingtan/app/signoff.h"
#include "session_parts.h"

/* What a role's signature is of; NULL = all of it. */
struct state_scope sign_scope(const struct assessment_ref *ref, const struct role *role);

/* Of all that a decision is on, as it stands. */
enum lt_status session_state_hash(struct session *session, const struct assessment_ref *ref,
				  char hash[LT_SHA256_HEX], struct lt_err *err);

#endif
