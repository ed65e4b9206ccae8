/*
 * load/certificate - templates/certificate.yaml: what a body prints on its certificates, and how it
 * numbers them.
 */
#ifndef LINGTAN_LOAD_CERTIFICATE_H
#define LINGTAN_LOAD_CERTIFICATE_H

#include "lingtan/core/ruleset.h"
#include "lingtan/load/yaml.h"

struct certificate_template {
	const char *certificate; /* its id */
	struct label body;
	const char *signer; /* "" = whoever issues */
	struct label title, statement;
	struct term *fields, *labels;
	unsigned n_fields, n_labels;
	const char *series, *number;
	const char *digits, *valid_months, *surveillance_months; /* whole numbers; "" = none */
	const char *logo, *seal;                                 /* files; "" = none */
	const char *font, *ink, *accent, *gold;
};

/* Owned by the arena. Errors: LT_EFILE (findings say why), LT_ESPACE. */
enum lt_status certificate_template_load(const struct yaml_source *source, struct lt_arena *arena,
					 struct lt_findings *findings,
					 struct certificate_template **out, struct lt_err *err);

/* What one of its labels or fields is called; empty texts where it has none of that id. */
const struct label *certificate_template_label(const struct certificate_template *template,
					       const char *id);

#endif
