#include "folder_flush.h"

#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* No clock of a file system that tells parts of a second goes in longer steps: a timer's tick, FAT's 10 ms. */
#define STEP 20000000LL /* ns */

static open_folder sqlites_own;

/* Which file stands under a name: one that takes an old one's inode is born later. */
struct identity {
	long long device[2], inode, born[2]; /* seconds, ns */
};

/* The last whose name is on the disk. */
static _Thread_local struct {
	struct identity identity;
	char path[PATH_MAX];
} flushed;

/* False: there is none, or its file system does not tell when it was born, or in whole seconds. */
static bool identify(const char *path, struct identity *out)
{
	struct statx found;
	const unsigned asked = STATX_INO | STATX_BTIME;
	if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, asked, &found) != 0 ||
	    (found.stx_mask & asked) != asked || !found.stx_btime.tv_nsec)
		return false;
	*out = (struct identity){ { found.stx_dev_major, found.stx_dev_minor },
				  (long long)found.stx_ino,
				  { found.stx_btime.tv_sec, found.stx_btime.tv_nsec } };
	return true;
}

/* Whether a file that takes its name and its inode after this is born at another time by any clock. */
static bool is_settled(const struct identity *identity)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	const long long seconds = now.tv_sec - identity->born[0];
	return seconds > 1 || (seconds >= 0 && seconds * 1000000000LL + now.tv_nsec -
							       identity->born[1] > STEP);
}

void folder_flush_instead_of(open_folder original)
{
	sqlites_own = original;
}

int folder_flush_open(const char *path, int *fd)
{
	struct identity now;
	const bool is_told = strlen(path) < sizeof(flushed.path) && identify(path, &now);
	if (is_told && memcmp(&now, &flushed.identity, sizeof(now)) == 0 &&
	    strcmp(path, flushed.path) == 0)
		return SQLITE_CANTOPEN;
	const bool is_certain = is_told && is_settled(&now);
	const int code = sqlites_own(path, fd);
	if (code != SQLITE_OK || !is_certain || fsync(*fd) != 0)
		return code;
	flushed.identity = now;
	snprintf(flushed.path, sizeof(flushed.path), "%s", path);
	close(*fd);
	return SQLITE_CANTOPEN;
}
