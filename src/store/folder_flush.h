/* folder_flush - the name of a journal is flushed into its folder once, not with each transaction: a
 * running session keeps its journal (script.keep_journal), and SQLite does not know that its name is on
 * the disk already.
 */
#ifndef LINGTAN_STORE_FOLDER_FLUSH_H
#define LINGTAN_STORE_FOLDER_FLUSH_H

typedef int (*open_folder)(const char *path, int *fd);

/* SQLite's own openDirectory, before anything else. */
void folder_flush_instead_of(open_folder original);

/* In its place. SQLite calls it in order to flush the folder of `path`, and takes SQLITE_CANTOPEN for
 * "nothing to flush": so it is if this thread has flushed it for this very file, which its inode and the
 * time of its birth tell, and no name of the folder has changed since, which the folder's time of change
 * tells, once both are older than the steps of the clocks. Otherwise it is flushed; one that fails is
 * left to SQLite. */
int folder_flush_open(const char *path, int *fd);

#endif
