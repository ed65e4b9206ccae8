/* certificate_parts - what gathering and issuing share; for src/app/certificate*.c alone. */
#ifndef LINGTAN_APP_CERTIFICATE_PARTS_H
#define LINGTAN_APP_CERTIFICATE_PARTS_H

#include "lingtan/app/certificate.h"
#include "lingtan/app/writers.h"
#include "lingtan/base/key.h"
#include "lingtan/load/profile.h"

/* A profile that says so (made_up: yes), or whose id or title calls it one of a test or an example:
 * its numbers are nobody's standard. Who answers for it says nothing: there are centres of testing.
 */
bool profile_is_made_up(const struct profile *profile);

/* A park that says at the head of its name that there is no such park. */
bool park_is_made_up(const char *name);

/* The key that signed the entry by which the profile of ref was chosen, this profile and no other;
 * "" = none did. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status pin_signer(struct session *session, const struct assessment_ref *ref,
			  char public[LT_PUBLIC_HEX], struct lt_err *err);

#endif
