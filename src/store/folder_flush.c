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

/* What stands there: one that takes an old one's inode is born later, a folder whose names change is
 * changed later. */
struct identity {
	long long device[2], inode, at[2]; /* seconds, ns */
};

/* The last name that is on the disk: of which file, and in what state of its folder. */
static _Thread_local struct {
	struct identity file, folder;
	char path[PATH_MAX];
} flushed;

/* False: there is none, or its file system does not tell this time, or in whole seconds. */
static bool identify(const char *path, unsigned time, struct identity *out)
{
	struct statx found;
	const unsigned asked = STATX_INO | time;
	if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, asked, &found) != 0 ||
	    (found.stx_mask & asked) != asked)
		return false;
	const struct statx_timestamp *at = time == STATX_BTIME ? &found.stx_btime : &found.stx_ctime;
	*out = (struct identity){ { found.stx_dev_major, found.stx_dev_minor },
				  (long long)found.stx_ino,
				  { at->tv_sec, at->tv_nsec } };
	return at->tv_nsec;
}

/* The file alone does not do: one that is moved away and back is the same, and its name is new. */
static bool identify_both(const char *path, struct identity *file, struct identity *folder)
{
	char parent[PATH_MAX];
	const char *slash = strrchr(path, '/');
	if (!slash || strlen(path) >= sizeof(parent))
		return false;
	snprintf(parent, sizeof(parent), "%.*s", (int)(slash - path) + 1, path);
	return identify(path, STATX_BTIME, file) && identify(parent, STATX_CTIME, folder);
}

static bool is_same(const struct identity *a, const struct identity *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* Whether what happens after this has another time by any clock. */
static bool is_settled(const struct identity *identity)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	const long long seconds = now.tv_sec - identity->at[0];
	return seconds > 1 || (seconds >= 0 && seconds * 1000000000LL + now.tv_nsec -
							       identity->at[1] > STEP);
}

void folder_flush_instead_of(open_folder original)
{
	sqlites_own = original;
}

int folder_flush_open(const char *path, int *fd)
{
	struct identity file, folder;
	const bool is_told = identify_both(path, &file, &folder);
	if (is_told && is_same(&file, &flushed.file) && is_same(&folder, &flushed.folder) &&
	    strcmp(path, flushed.path) == 0)
		return SQLITE_CANTOPEN;
	const bool is_certain = is_told && is_settled(&file) && is_settled(&folder);
	const int code = sqlites_own(path, fd);
	if (code != SQLITE_OK || !is_certain || fsync(*fd) != 0)
		return code;
	flushed.file = file;
	flushed.folder = folder;
	snprintf(flushed.path, sizeof(flushed.path), "%s", path);
	close(*fd);
	return SQLITE_CANTOPEN;
}
