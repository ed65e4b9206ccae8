/* certificate - what the commands about certificates share; for src/cli alone. */
#ifndef LINGTAN_CLI_CERTIFICATE_H
#define LINGTAN_CLI_CERTIFICATE_H

#include "command.h"
#include "lingtan/app/certificate.h"
#include "lingtan/app/register.h"

const char *templates_folder(struct invocation *in);

/* --date, else the day of SOURCE_DATE_EPOCH, else today. */
enum lt_status day_of(struct invocation *in, const char **out);

/* The file and its detached signature. */
enum lt_status write_certificate(struct invocation *in, const char *path,
				 const struct certificate *certificate, const struct drawn *drawn);

/* How a certificate stands by a list of states. */
enum lt_status read_standing(struct invocation *in, const struct proof *proof,
			     struct standing *out);
void json_standing(const struct invocation *in, struct lt_json *json,
		   const struct standing *standing);
void print_standing(const struct invocation *in, const struct standing *standing);

/* Specimens and drafts of several projects into the folder of -o, drawn in one run. */
enum lt_status command_many_certificates(struct invocation *in);

/* Into the register of --register. */
enum lt_status issue_certificate(struct invocation *in, const struct assessment_ref *ref);

/* A certificate, its record or the text of its code. */
enum lt_status verify_certificate(struct invocation *in, const char *path);

#endif
