/* In a file of its own: term.h names short words as macros. */
#include "terminal_type.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/base/text.h"

#include <curses.h>
#include <term.h>

enum lt_status terminal_type_check(struct lt_err *err)
{
	const char *name = getenv("TERM");
	char capability[] = "cup", shown[80];
	int why;
	lt_text_visible(name ? name : "", name ? strlen(name) : 0, shown, sizeof(shown));
	if (setupterm(NULL, STDOUT_FILENO, &why) != OK)
		return lt_err_set(
			err, LT_EUSAGE,
			"不认识终端类型“%s”；可用 TERM=xterm-256color lingtan ...",
			"unknown terminal type '%s'; try TERM=xterm-256color lingtan ...", shown);
	const char *move = tigetstr(capability);
	const bool can_move = move && move != (const char *)-1;
	del_curterm(cur_term);
	if (can_move)
		return LT_OK;
	return lt_err_set(err, LT_EUSAGE,
			  "终端类型“%s”不能移动光标，画不出画面；请换终端，或用命令，见 lingtan --help",
			  "terminal type '%s' cannot move its cursor, so no screen can be drawn on it; "
			  "use another, or the commands of lingtan --help",
			  shown);
}
