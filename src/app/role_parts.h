/* role_parts - what role.c and separation.c share. */
#ifndef LINGTAN_APP_ROLE_PARTS_H
#define LINGTAN_APP_ROLE_PARTS_H

#include "lingtan/app/role.h"
#include "lingtan/app/rung.h"

#define ROLE_TEXTS 4

/* LT_EDATA with texts of each language in its sentence. */
enum lt_status role_refuse(struct lt_err *err, const char *const zh[ROLE_TEXTS],
			   const char *const en[ROLE_TEXTS], const char *zh_format,
			   const char *en_format);

/* One person on one rung of an item; roles that are kept apart. */
enum lt_status separation_permits(struct session *session, const struct deed *deed,
				  struct lt_err *err);

#endif
