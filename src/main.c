/* main - wires the layers together; the only file that knows them all. */
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include "lingtan/cli/cli.h"
#include "lingtan/load/library.h"
#include "lingtan/tui/tui.h"

extern const struct embedded_file embedded_files[];

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	/* text is UTF-8 whatever the locale says; columns need libc to know that */
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	/* numbers are written with a point whatever the user's locale; some libraries ask libc */
	setlocale(LC_NUMERIC, "C");
	/* a file that may not grow is told like a full disk, and the terminal is given back */
	signal(SIGXFSZ, SIG_IGN);
	return cli_run(argc, argv, embedded_files, tui_run);
}
