/* finding_parts - what the parts of findings, duties and sign-off share; for src/app alone. */
#ifndef LINGTAN_APP_FINDING_PARTS_H
#define LINGTAN_APP_FINDING_PARTS_H

#include "lingtan/app/finding.h"
#include "session_parts.h"

/* What each deed changes, once it is permitted; the deeds of finding.h commit it. Errors: theirs. */
enum lt_status finding_change_new(const struct assessment_ref *ref, const struct new_finding *wish,
				  struct changes *changes, const char **number,
				  struct lt_findings *findings, struct lt_err *err);
enum lt_status finding_change_edit(const struct finding_info *finding,
				   const struct finding_edit *wish, struct changes *changes,
				   struct lt_err *err);
enum lt_status finding_change_verification(const struct finding_info *finding, const char *outcome,
					   const char *text, const char *on,
					   struct changes *changes, struct lt_err *err);
enum lt_status finding_change_withdrawal(const struct finding_info *finding, const char *text,
					 struct changes *changes, struct lt_err *err);
enum lt_status finding_change_answer(const struct finding_info *finding,
				     const struct finding_answer *wish, struct changes *changes,
				     struct lt_err *err);
enum lt_status finding_change_objection(const struct finding_info *finding, const char *text,
					struct changes *changes, struct lt_err *err);
enum lt_status finding_change_ruling(const struct finding_info *finding, const char *outcome,
				     const char *text, struct changes *changes, struct lt_err *err);

#endif
