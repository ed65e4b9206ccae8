/* inspect - what a file says of itself; stand-in until lingtan-render is asked. */
#ifndef LINGTAN_APP_INSPECT_H
#define LINGTAN_APP_INSPECT_H

#include "lingtan/base/err.h"

struct file_facts {
	char type[128];
	char at[20];
	char latitude[24], longitude[24];
};

enum lt_status inspect_file(int fd, const char *path, struct file_facts *out, struct lt_err *err);

#endif
