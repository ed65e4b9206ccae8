#include "lingtan/export/box.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include "box_parts.h"

#define OPEN_FILES 16u
/* Where somebody sends the answer to a file instead of a pipe. */
#define REDIRECTED_BYTES ((rlim_t)64 << 20)

static void limit(__rlimit_resource_t what, rlim_t most)
{
	const struct rlimit both = { .rlim_cur = most, .rlim_max = most };
	setrlimit(what, &both);
}

static bool is_file(int fd)
{
	struct stat status;
	return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

void box_limit(void)
{
	/* the sanitizer reserves terabytes of addresses */
	if (!HAS_ADDRESS_SANITIZER)
		limit(RLIMIT_AS, BOX_MEMORY);
	limit(RLIMIT_CPU, BOX_SECONDS);
	limit(RLIMIT_CORE, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	/* the counts of lines are written into files */
	if (COUNTS_LINES)
		return;
	const bool redirected = is_file(STDOUT_FILENO) || is_file(STDERR_FILENO);
	/* a write past the limit fails, it does not end the program */
	signal(SIGXFSZ, SIG_IGN);
	limit(RLIMIT_NOFILE, OPEN_FILES);
	limit(RLIMIT_FSIZE, redirected ? REDIRECTED_BYTES : 0);
}

/* Enough for libc's memory and streams, and for libraries that work on what is open. */
static const int allowed_calls[] = {
	SCMP_SYS(read),         SCMP_SYS(pread64),      SCMP_SYS(readv),
	SCMP_SYS(write),        SCMP_SYS(writev),       SCMP_SYS(lseek),
	SCMP_SYS(_llseek),      SCMP_SYS(close),        SCMP_SYS(fstat),
	SCMP_SYS(fstat64),      SCMP_SYS(newfstatat),   SCMP_SYS(fcntl),
	SCMP_SYS(fcntl64),      SCMP_SYS(dup),          SCMP_SYS(munmap),
	SCMP_SYS(mremap),       SCMP_SYS(brk),          SCMP_SYS(madvise),
	SCMP_SYS(futex),        SCMP_SYS(getrandom),    SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(sigreturn),    SCMP_SYS(sigaltstack),
	SCMP_SYS(getpid),       SCMP_SYS(gettid),       SCMP_SYS(tgkill),
	SCMP_SYS(exit),         SCMP_SYS(exit_group),   SCMP_SYS(restart_syscall),
};
/* These only without PROT_EXEC: no new code. */
static const int allowed_without_code[] = { SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(mprotect) };

static bool fill(scmp_filter_ctx filter)
{
	bool good = filter != NULL;
	/* a call that this machine's kernel has not cannot be added, and need not */
	for (size_t i = 0; good && i < N(allowed_calls); i++)
		seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed_calls[i], 0);
	for (size_t i = 0; good && i < N(allowed_without_code); i++)
		seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed_without_code[i], 1,
				 SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	return good;
}

bool box_load(scmp_filter_ctx filter)
{
	const bool good = fill(filter) && seccomp_load(filter) == 0;
	if (filter)
		seccomp_release(filter);
	return good;
}

bool box_close(void)
{
	if (HAS_ADDRESS_SANITIZER || COUNTS_LINES)
		return false;
	return box_load(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
}

/* libseccomp writes it to a descriptor; what is longer than there is room for is none. */
static unsigned short write_out(scmp_filter_ctx filter, struct sock_filter code[BOX_CODE])
{
	const size_t size = BOX_CODE * sizeof(*code);
	int ends[2];
	char more;
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		return 0;
	ssize_t got = -1;
	if (fill(filter) && seccomp_export_bpf(filter, ends[1]) == 0)
		got = read(ends[0], code, size);
	if (got > 0 && read(ends[0], &more, 1) > 0)
		got = -1;
	close(ends[0]);
	close(ends[1]);
	return got > 0 && (size_t)got % sizeof(*code) == 0
		       ? (unsigned short)((size_t)got / sizeof(*code))
		       : 0;
}

void box_prepare(struct box *box)
{
	box->n = 0;
	if (HAS_ADDRESS_SANITIZER || COUNTS_LINES)
		return;
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (filter) {
		box->n = write_out(filter, box->code);
		seccomp_release(filter);
	}
}

bool box_enter(const struct box *box)
{
	struct sock_filter code[BOX_CODE];
	memcpy(code, box->code, box->n * sizeof(*code));
	const struct sock_fprog program = { .len = box->n, .filter = code };
	return box->n && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
