/* form_check - what is wrong with a form or a list of requested materials, beyond its shape; for
 * form.c alone. Findings get the path of their place. */
#ifndef LINGTAN_LOAD_FORM_CHECK_H
#define LINGTAN_LOAD_FORM_CHECK_H

#include "lingtan/base/finding.h"
#include "lingtan/core/form.h"
#include "lingtan/core/vocabulary.h"
#include "schema.h"

void form_check(const struct form *form, const struct vocabulary *vocabulary,
		const struct units *units, struct lt_findings *findings);

void requests_check(const struct request_list *list, struct lt_findings *findings);

#endif
