#include "file_calls.h"

#include <pthread.h>
#include <sqlite3.h>
#include "folder_flush.h"
#include "write_out.h"

static void replace(sqlite3_vfs *vfs, const char *name, sqlite3_syscall_ptr ours)
{
	if (vfs->xGetSystemCall(vfs, name))
		vfs->xSetSystemCall(vfs, name, ours);
}

static void install(void)
{
	sqlite3_vfs *vfs = sqlite3_initialize() == SQLITE_OK ? sqlite3_vfs_find("unix") : NULL;
	if (!vfs || vfs->iVersion < 3 || !vfs->xSetSystemCall)
		return;
	/* of these two the one that this build does not use is not known, or never called */
	replace(vfs, "pwrite64", (sqlite3_syscall_ptr)write_out_at);
	replace(vfs, "pwrite", (sqlite3_syscall_ptr)write_out_at);
	folder_flush_instead_of((open_folder)vfs->xGetSystemCall(vfs, "openDirectory"));
	replace(vfs, "openDirectory", (sqlite3_syscall_ptr)folder_flush_open);
}

void file_calls_install(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, install);
}
