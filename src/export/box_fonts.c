/* The box of what draws; in a file of its own, so that who draws nothing needs no fontconfig. */
#include <errno.h>
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <sched.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "box_parts.h"
#include "lingtan/export/box.h"

#if defined(__has_include)
#if __has_include(<linux/landlock.h>)
#include <linux/landlock.h>
#endif
#endif

/* What looking for a font takes: names and folders, and a thread that looks. */
static const int allowed_for_fonts[] = {
	SCMP_SYS(access),     SCMP_SYS(faccessat),	 SCMP_SYS(faccessat2),
	SCMP_SYS(stat),	      SCMP_SYS(lstat),	 SCMP_SYS(statx),
	SCMP_SYS(readlink),   SCMP_SYS(readlinkat),	 SCMP_SYS(getdents),
	SCMP_SYS(getdents64), SCMP_SYS(statfs),	 SCMP_SYS(fstatfs),
	SCMP_SYS(getcwd),     SCMP_SYS(fadvise64),	 SCMP_SYS(set_robust_list),
	SCMP_SYS(rseq),	      SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
};
#define WRITING (O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND)

static void allow_fonts(scmp_filter_ctx filter)
{
	for (size_t i = 0; i < N(allowed_for_fonts); i++)
		seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed_for_fonts[i], 0);
	seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
			 SCMP_A1(SCMP_CMP_MASKED_EQ, WRITING, O_RDONLY));
	seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
			 SCMP_A2(SCMP_CMP_MASKED_EQ, WRITING, O_RDONLY));
	/* a thread, never a process; what clone3 is to start cannot be seen here, and libc does
	 * without it where it is not there */
	seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
			 SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
	seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

/* What is needed to shut the box further: neither gives a right back. */
static void allow_closing(scmp_filter_ctx filter)
{
	seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(seccomp), 0);
	seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
			 SCMP_A0(SCMP_CMP_EQ, PR_SET_NO_NEW_PRIVS, 0));
	seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
			 SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP, 0));
	seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
			 SCMP_A0(SCMP_CMP_EQ, PR_GET_SECCOMP, 0));
}

/* ---- which files ---- */

#if defined(LANDLOCK_CREATE_RULESET_VERSION) && defined(SYS_landlock_create_ruleset)
/* Fonts, how they are chosen, what was kept of that; characters and languages. */
static const char *const font_folders[] = {
	"/usr/share",	     "/usr/local/share", "/etc/fonts", "/usr/local/etc/fonts",
	"/var/cache/fontconfig", "/usr/lib/locale",	 "/usr/lib/fontconfig/cache",
	/* how many threads are worth while */
	"/sys/devices/system/cpu",
};
#define READING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
/* All of the first version; files that are open already stay so. */
#define ALL_OF_FILES (((uint64_t)LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)

static void allow_folder(int rules, const char *folder)
{
	struct landlock_path_beneath_attr beneath = { .allowed_access = READING };
	beneath.parent_fd = open(folder, O_PATH | O_CLOEXEC | O_DIRECTORY);
	if (beneath.parent_fd < 0)
		return;
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
	close(beneath.parent_fd);
}

/* Where this machine keeps fonts besides, as its own settings say. */
static void allow_other_fonts(int rules)
{
	FcConfig *config = FcInitLoadConfig();
	FcStrList *folders = config ? FcConfigGetConfigDirs(config) : NULL;
	const FcChar8 *folder;
	while (folders && (folder = FcStrListNext(folders)))
		allow_folder(rules, (const char *)folder);
	if (folders)
		FcStrListDone(folders);
	if (config)
		FcConfigDestroy(config);
}

/* A filter sees how a file is opened and not which; this says which. Older kernels have none. */
static void keep_to_fonts(void)
{
	const struct landlock_ruleset_attr all = { .handled_access_fs = ALL_OF_FILES };
	const int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	if (rules < 0)
		return;
	for (size_t i = 0; i < N(font_folders); i++)
		allow_folder(rules, font_folders[i]);
	allow_other_fonts(rules);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	syscall(SYS_landlock_restrict_self, rules, 0);
	close(rules);
}
#else
static void keep_to_fonts(void)
{
}
#endif

/* ---- closing ---- */

bool box_close_to_fonts(void)
{
	if (HAS_ADDRESS_SANITIZER || COUNTS_LINES)
		return false;
	keep_to_fonts();
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (filter) {
		allow_fonts(filter);
		allow_closing(filter);
	}
	return box_load(filter);
}
