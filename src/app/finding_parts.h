/* finding_parts - what the parts of findings, duties and sign-off share; for src/app alone. */
#ifndef LINGTAN_APP_FINDING_PARTS_H
#define LINGTAN_APP_FINDING_PARTS_H

#include "lingtan/app/finding.h"
#include "session_parts.h"

/* Today, as the clock of this machine has it: 2026-04-26. */
enum lt_status session_today(struct session *session, const char **day, struct lt_err *err);

/* Errors: LT_EDATA (no such day; err names `what`). */
enum lt_status session_check_day(const char *what, const char *day, struct lt_err *err);

#endif
