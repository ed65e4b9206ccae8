/* What this machine remembers of a project, outside of it: the newest head it saw, a copy of the
 * day. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <time.h>
#include <unistd.h>
#include "lingtan/base/reason.h"
#include "lingtan/store/keep.h"
#include "lingtan/store/verify.h"
#include "session_parts.h"
#include "state.h"

#define KEPT_COPIES 3

/* ---- paths: STATE/KIND/NAME ---- */

bool state_path(const struct session *session, const char *kind, const char *name, char *out,
		size_t cap)
{
	const int len =
		snprintf(out, cap, "%s/%s/%s", session->state ? session->state : "", kind, name);
	return session->state && len > 0 && (size_t)len < cap;
}

void state_make_folders(const char *path)
{
	char folder[4200];
	snprintf(folder, sizeof(folder), "%s", path);
	for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		mkdir(folder, 0700);
		*slash = '/';
	}
}

/* An empty file to be written; what stands in the way is removed, and folders are made. */
static int open_empty(const char *path)
{
	const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC;
	const int fd = open(path, flags, 0600);
	if (fd >= 0)
		return fd;
	state_make_folders(path);
	unlink(path);
	return open(path, flags, 0600);
}

static bool write_there(const char *path, const char *text, size_t len, bool is_precious)
{
	const int fd = open_empty(path);
	const bool done =
		fd >= 0 && write(fd, text, len) == (ssize_t)len && (!is_precious || fsync(fd) == 0);
	if (fd >= 0)
		close(fd);
	return done;
}

static bool write_whole(const char *path, const char *text, size_t len, bool is_precious)
{
	char draft[4300];
	/* several threads may have projects of one park open */
	snprintf(draft, sizeof(draft), "%s.%ld", path, (long)gettid());
	const bool done =
		write_there(draft, text, len, is_precious) && rename(draft, path) == 0;
	if (!done)
		unlink(draft);
	return done;
}

bool state_write(const char *path, const char *text, size_t len)
{
	return write_whole(path, text, len, true);
}

bool state_write_light(const char *path, const char *text, size_t len)
{
	return write_whole(path, text, len, false);
}

bool state_write_mark(const char *path, const char *text, size_t len)
{
	return write_there(path, text, len, false);
}

/* ---- files that were held against their journal ---- */

/*
 * A file that was written just now may be written again within one tick of the clock that its times
 * are of, and then looks as it did. On a file system of this machine that is the coarse clock,
 * which only runs forward between the two; elsewhere it is another machine's, or keeps whole
 * seconds.
 */
#define AT_REST_MS 20
#define AT_REST_COARSE_MS 2500

static bool has_clock_of_this_machine(const char *path, const struct stat *st)
{
	static const unsigned long local[] = { EXT4_SUPER_MAGIC,  XFS_SUPER_MAGIC,
					       BTRFS_SUPER_MAGIC, F2FS_SUPER_MAGIC,
					       TMPFS_MAGIC,       OVERLAYFS_SUPER_MAGIC };
	struct statfs system;
	/* ext3 has the magic of ext4, and whole seconds */
	if (st->st_ctim.tv_nsec % 1000000 == 0 || statfs(path, &system) != 0)
		return false;
	for (size_t i = 0; i < sizeof(local) / sizeof(local[0]); i++)
		if ((unsigned long)system.f_type == local[i])
			return true;
	return false;
}

/* What tells this state of the file from any other, as one line; false where it cannot be told. */
static bool describe_file(const struct session *session, char *out, size_t cap)
{
	struct stat st;
	struct timespec now; /* of before the look: what is written after it has a later time */
	const char *path = project_path(session->project);
	if (project_is_copied(session->project) ||
	    clock_gettime(CLOCK_REALTIME_COARSE, &now) != 0 || stat(path, &st) != 0)
		return false;
	const int len = snprintf(out, cap, "%s %llu %llu %lld %lld.%09ld %lld.%09ld\n",
				 project_head(session->project), (unsigned long long)st.st_dev,
				 (unsigned long long)st.st_ino, (long long)st.st_size,
				 (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec,
				 (long long)st.st_ctim.tv_sec, st.st_ctim.tv_nsec);
	const long long ms = (long long)(now.tv_sec - st.st_ctim.tv_sec) * 1000 +
			     (now.tv_nsec - st.st_ctim.tv_nsec) / 1000000;
	return len > 0 && (size_t)len < cap &&
	       (ms > AT_REST_COARSE_MS ||
		(ms > AT_REST_MS && has_clock_of_this_machine(path, &st)));
}

static bool is_noted(const char *path, const char *file)
{
	char noted[400];
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const ssize_t got = fd < 0 ? 0 : read(fd, noted, sizeof(noted));
	if (fd >= 0)
		close(fd);
	return got > 0 && (size_t)got == strlen(file) && memcmp(noted, file, (size_t)got) == 0;
}

/* A file as it lay there before it was read: what is written meanwhile is not what was read. */
struct seen {
	char note[4200], file[400];
	bool is_known;
};

static void see(const struct session *session, struct seen *out)
{
	out->is_known = state_path(session, "trusted", project_id(session->project), out->note,
				   sizeof(out->note)) &&
			describe_file(session, out->file, sizeof(out->file));
}

static void note_seen(const struct session *session, const struct seen *seen)
{
	char after[sizeof(seen->file)];
	if (seen->is_known && describe_file(session, after, sizeof(after)) &&
	    strcmp(seen->file, after) == 0)
		state_write_mark(seen->note, seen->file, strlen(seen->file));
}

enum lt_status session_trust(struct session *session, unsigned most, bool note, struct lt_err *err)
{
	struct seen seen;
	bool whole;
	see(session, &seen);
	session->unproven = false;
	if (seen.is_known && is_noted(seen.note, seen.file))
		return LT_OK;
	enum lt_status status = project_trust(session->project, most, &whole, err);
	session->unproven = !status && !whole;
	if (!status && note && whole)
		note_seen(session, &seen);
	return status;
}

void session_count_check(void *context, char check, unsigned done, unsigned all)
{
	static const struct label database = { "核对数据库", "checking the database" },
				  entries = { "核对记录", "checking entries" },
				  evidence = { "核对佐证", "checking evidence" };
	session_count(context,
		      check == 'a'   ? &database
		      : check == 'b' ? &entries
				     : &evidence,
		      done, all);
}

enum lt_status session_verify(struct session *session, const struct verify_wish *wish, bool note,
			      struct verify_report *report, struct lt_err *err)
{
	struct seen seen;
	struct verify_wish counted = *wish;
	counted.count = session_count_check;
	counted.context = session;
	see(session, &seen);
	enum lt_status status = project_verify(session->project, &counted, report, err);
	session_count(session, NULL, 0, 0);
	session->unproven &= status || !report->holds;
	if (!status && note && report->holds)
		note_seen(session, &seen);
	return status;
}

/* ---- the newest head ---- */

enum lt_status state_compare(struct session *session, struct lt_err *err)
{
	char path[4200], head[LT_SHA256_HEX] = "";
	struct entry entry;
	struct lt_err ignored = LT_ERR_INIT;
	bool found;
	if (!state_path(session, "heads", project_id(session->project), path, sizeof(path)))
		return LT_OK;
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const ssize_t got = fd < 0 ? 0 : read(fd, head, LT_SHA256_HEX - 1);
	if (fd >= 0)
		close(fd);
	if (got != LT_SHA256_HEX - 1 || strcmp(head, project_head(session->project)) == 0)
		return LT_OK;
	/* an entry that is there was this file's, whether or not it can be read */
	enum lt_status status =
		journal_get(session->project, head, &session->arena, &entry, &found, &ignored);
	if (status == LT_ESPACE)
		return lt_err_memory(err);
	if (!status && !found) {
		session->older = lt_arena_strndup(&session->arena, head, sizeof(head));
		return session->older ? LT_OK : lt_err_memory(err);
	}
	return LT_OK;
}

/* ---- the day's copy ---- */

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Of the copies of a project the newest stay; their names begin with the day. */
static void drop_old_copies(const char *folder)
{
	char *names[200];
	int n = 0;
	DIR *dir = opendir(folder);
	for (const struct dirent *at; dir && n < 200 && (at = readdir(dir));) {
		const size_t len = strlen(at->d_name);
		if (len == 18 && strcmp(at->d_name + 10, ".lingtan") == 0)
			names[n++] = strdup(at->d_name);
	}
	if (dir)
		closedir(dir);
	for (int i = 0; i < n; i++)
		if (!names[i])
			n = 0; /* no memory: another day */
	qsort(names, (size_t)n, sizeof(names[0]), by_name);
	for (int i = 0; i < n; i++) {
		char path[4400];
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		if (i + KEPT_COPIES < n)
			unlink(path);
		free(names[i]);
	}
}

static enum lt_status wants_copies(struct session *session, bool *wanted, struct lt_err *err)
{
	struct words value;
	enum lt_status status = project_get(session->project, "setting", "daily_copy", "value",
					    &session->arena, &value, err);
	*wanted = !status && !(value.at && strcmp(value.at[0], "off") == 0);
	return status;
}

static enum lt_status copy_of_day(struct session *session, struct lt_err *err)
{
	char folder[4200], path[4300], day[16];
	const time_t now = time(NULL);
	struct tm local;
	bool wanted;
	enum lt_status status = wants_copies(session, &wanted, err);
	if (status || !wanted || !localtime_r(&now, &local) ||
	    !strftime(day, sizeof(day), "%Y-%m-%d", &local) ||
	    !state_path(session, "copies", project_id(session->project), folder, sizeof(folder)))
		return status;
	snprintf(path, sizeof(path), "%s/%s.lingtan", folder, day);
	if (access(path, F_OK) == 0)
		return LT_OK;
	state_make_folders(path);
	status = project_snapshot(session->project, path, err);
	if (status == LT_EDATA) {
		/* another program has just made it */
		*err = (struct lt_err)LT_ERR_INIT;
		return LT_OK;
	}
	if (!status)
		drop_old_copies(folder);
	return status;
}

enum lt_status session_remember(struct session *session, struct lt_err *err)
{
	char path[4200];
	/* a side file is nobody's copy of the project */
	if (state_path(session, "aside", "", path, sizeof(path)) &&
	    strncmp(project_path(session->project), path, strlen(path)) == 0)
		return LT_OK;
	if (!state_path(session, "heads", project_id(session->project), path, sizeof(path)))
		return LT_OK;
	const char *head = project_head(session->project);
	if (!state_write(path, head, strlen(head)))
		return lt_err_because(err, LT_ESPACE, errno, "%s：写不进去",
				      "%s: cannot be written", path);
	return copy_of_day(session, err);
}
